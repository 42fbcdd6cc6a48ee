package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// A school with 40 classes of 12 pupils a day, on 22 days a month, of 45
// minutes each: the teacher sends a picture and a screen, the pupils receive
// both. How its fields are called, and the same as the API takes it.
const (
	school      = "participants.0.sends=video_1280x720&participants.0.screen=screen_1280x720&participants.1.people=12&participants.1.receives=group_a&session_minutes=45"
	schoolFacts = `{"participants":[{"sends":"video_1280x720","screen":"screen_1280x720"},{"people":12,"receives":"group_a"}],"session_minutes":45,"sessions":%d}`
	schoolPlan  = trtc + "?av_audio_minutes=79200&av_hd_minutes=950400&" + school + "&sessions=880&facts=room"
)

// What the API answers, as far as it is looked at. Amounts and quantities are
// decimal texts.
type (
	apiOption struct {
		ID, Name, Total, Monthly, Prepaid, Postpaid string
		Feasible                                    bool
	}
	apiEstimate struct {
		Recommended string
		Options     []apiOption
	}
	apiDerivation struct {
		Yields   []struct{ Input, Name, Quantity, Unit string }
		Inputs   json.RawMessage
		Estimate apiEstimate
	}
	apiCurves struct {
		Present    string
		Quantities []string
		Series     []struct {
			Option, Name string
			Totals       []string
		}
		BreakEvens []struct {
			Quantity, From, To string
			At                 struct{ From, To string }
		} `json:"break_evens"`
		Headroom []struct {
			Input, Name, Present, More, Rise string
		}
		Affordable []struct{ Option, Name, Quantity, Total string }
	}
	apiForecast struct {
		Scenarios []struct {
			ID     string
			Months []struct {
				Month           int
				Quantity, Total string
			}
			Best  struct{ Total, Prepaid, Postpaid string }
			Stays []struct {
				Name, Difference string
				Course           struct{ Total string }
			}
		}
	}
	apiComparison struct {
		Columns []struct {
			Product, Name, Difference string
			Cheapest                  bool
			Option                    apiOption
			Inputs                    map[string]any
		}
	}
)

// best is the recommended option of an estimate.
func (e apiEstimate) best(t *testing.T) apiOption {
	t.Helper()
	for _, o := range e.Options {
		if o.ID == e.Recommended {
			return o
		}
	}
	t.Fatalf("the API recommends %q, which is none of its options", e.Recommended)
	return apiOption{}
}

// asked asks the API.
func asked[T any](t *testing.T, path, body string) T {
	t.Helper()
	answer, err := http.Post(origin+path, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s says %d (%v): %.400s\nto %s", path, answer.StatusCode, err, data, body)
	}
	var out T
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&out); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return out
}

// digits writes a quantity as the pages do.
func digits(quantity string) string {
	whole, rest, _ := strings.Cut(quantity, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		whole += "." + rest
	}
	return whole
}

// yuan writes an amount as the pages do.
func yuan(amount string) string {
	whole, rest, _ := strings.Cut(amount, ".")
	return "¥" + digits(whole) + "." + (rest + "00")[:max(2, len(rest))]
}

// onward clicks on what leads to another page, and waits until that is there.
func (p *tab) onward(selector, path string) {
	p.t.Helper()
	p.next(selector)
	equal(p, "where "+selector+" leads", eval[string](p, `location.pathname`), path)
}

// contains fails the scenario if a text has not all of some others.
func (p *tab) contains(what, text string, all ...string) {
	p.t.Helper()
	for _, want := range all {
		if !strings.Contains(text, want) {
			p.t.Errorf("%s says nothing of %q: %.600s", what, want, text)
		}
	}
}

// texts are those of the elements that a selector finds, with single spaces.
func (p *tab) texts(selector string) []string {
	p.t.Helper()
	return eval[[]string](p, `[...document.querySelectorAll(`+quote(selector)+`)].map(e => e.textContent.trim().replace(/\s+/g, " "))`)
}

// hasEstimate checks the estimate on the page against that of the API.
func (p *tab) hasEstimate(what string, e apiEstimate) {
	p.t.Helper()
	best := e.best(p.t)
	p.waitText("#total", yuan(best.Total))
	equal(p, what+": option", p.text(".verdict h2"), best.Name)
	equal(p, what+": figures", strings.Join(p.texts(".verdict .figures dd"), " "), yuan(best.Total)+" "+yuan(best.Prepaid)+" "+yuan(best.Postpaid))
	for _, o := range e.Options {
		if row := p.text(`tr[data-option="` + o.ID + `"]`); o.Feasible {
			p.contains(what+": "+o.ID, row, o.Name, yuan(o.Total))
		}
	}
}

// derived checks the figures that the facts come to against those of the API.
func (p *tab) derived(what string, d apiDerivation) {
	p.t.Helper()
	p.waitText("#total", yuan(d.Estimate.best(p.t).Total))
	shown := 0
	for _, y := range d.Yields {
		if y.Quantity != "0" {
			p.contains(what, strings.Join(p.texts(`tr[data-figure="`+y.Input+`"]`), ""), y.Name, digits(y.Quantity)+" "+y.Unit)
			shown++
		}
	}
	equal(p, what, len(p.texts("tr[data-figure]")), shown)
}

// curved checks the outlook on the page against the curves of the API.
func (p *tab) curved(what string, c apiCurves) {
	p.t.Helper()
	at := slices.Index(c.Quantities, c.Present)
	if at < 0 {
		p.t.Fatalf("%s: the curve has nothing for the present quantity %s", what, c.Present)
	}
	equal(p, what+": mark", eval[bool](p, `document.querySelector("#outlook .mark.now text").textContent.includes(`+quote(digits(c.Present))+`)`), true)
	keys, row := p.texts("#outlook .keys li"), p.texts(".outlook-figures tr.now td")
	if len(keys) != len(c.Series) || len(row) != len(c.Series) {
		p.t.Fatalf("%s: %d options in the key, %d in the table, not %d", what, len(keys), len(row), len(c.Series))
	}
	for i, s := range c.Series {
		p.contains(what+": key", keys[i], s.Name, yuan(s.Totals[at]))
		equal(p, what+": table, "+s.Option, row[i], yuan(s.Totals[at]))
	}
	names := map[string]string{}
	for _, s := range c.Series {
		names[s.Option] = s.Name
	}
	turns := p.texts(".turns li")
	if len(turns) < len(c.BreakEvens) {
		p.t.Fatalf("%s: %d sentences about %d break-even points", what, len(turns), len(c.BreakEvens))
	}
	for i, b := range c.BreakEvens {
		p.contains(what+": break-even", turns[i], digits(b.Quantity), names[b.From], names[b.To], yuan(b.At.From), yuan(b.At.To))
	}
	for _, h := range c.Headroom {
		if h.Present == "0" {
			continue
		}
		found := false
		for _, fits := range p.texts(".fits tbody tr") {
			found = found || strings.HasPrefix(fits, h.Name) && strings.Contains(fits, digits(h.Present)) && strings.HasSuffix(fits, yuan(h.Rise)) &&
				(h.More == "0" || strings.Contains(fits, digits(h.More)))
		}
		if !found {
			p.t.Errorf("%s: of %s more fit %s, and then it rises by %s: %s", what, h.Name, h.More, h.Rise, p.texts(".fits tbody tr"))
		}
	}
	var bought []string
	for _, a := range c.Affordable {
		bought = append(bought, a.Name+" "+digits(a.Quantity)+" "+yuan(a.Total))
	}
	shown := eval[[]string](p, `[...document.querySelectorAll(".buys tbody tr")].map(r => r.cells[0].textContent.trim() + " " + (r.cells[1].textContent.match(/[\d,]+/)?.[0] ?? "") + " " + r.cells[2].textContent.trim())`)
	equal(p, what+": budget", strings.Join(shown, "; "), strings.Join(bought, "; "))
}

// forecasts checks the forecast on the page against that of the API.
func (p *tab) forecasts(what string, f apiForecast) {
	p.t.Helper()
	for _, s := range f.Scenarios {
		within := `[data-scenario="` + s.ID + `"] `
		if s.ID == "expected" {
			p.waitText("#total", yuan(s.Best.Total))
			p.contains(what+": figures", p.text(".verdict .figures"), yuan(s.Best.Prepaid), yuan(s.Best.Postpaid))
		} else {
			p.contains(what+": "+s.ID, p.text(".verdict .figures"), yuan(s.Best.Total))
		}
		months := p.texts(within + ".months tr:has(> td.plan)")
		equal(p, what+": months, "+s.ID, len(months), len(s.Months))
		for i, m := range s.Months[:min(len(months), len(s.Months))] {
			p.contains(fmt.Sprintf("%s: month %d, %s", what, m.Month, s.ID), months[i], digits(m.Quantity), yuan(m.Total))
		}
		ways := strings.Join(p.texts(within+".ways tbody tr"), "\n")
		for _, stay := range s.Stays {
			p.contains(what+": ways, "+s.ID, ways, stay.Name, yuan(stay.Course.Total))
			if stay.Difference != "0.00" {
				p.contains(what+": ways, "+s.ID, ways, "+"+yuan(stay.Difference))
			}
		}
	}
}

// compares checks the comparison on the page against that of the API.
func (p *tab) compares(what string, c apiComparison) {
	p.t.Helper()
	columns := eval[[]string](p, `[...document.querySelectorAll("th[data-column]")].map(e => e.dataset.column)`)
	equal(p, what+": columns", len(columns), len(c.Columns))
	for _, column := range c.Columns {
		at := slices.Index(columns, column.Product)
		if at < 0 {
			p.t.Fatalf("%s has %s, not %s", what, columns, column.Product)
		}
		nth := fmt.Sprintf(":nth-of-type(%d)", at+1)
		cell := func(figure string) string { return p.text(`tr[data-figure="` + figure + `"] td` + nth) }
		p.contains(what, p.text(`th[data-column="`+column.Product+`"]`), column.Name)
		equal(p, what+": total of "+column.Product, cell("total"), yuan(column.Option.Total))
		equal(p, what+": up front for "+column.Product, cell("prepaid"), yuan(column.Option.Prepaid))
		if column.Cheapest {
			p.waitText("#total", yuan(column.Option.Total))
		} else {
			equal(p, what+": difference of "+column.Product, cell("difference"), "+"+yuan(column.Difference))
		}
	}
}

// enterSchool says who is in a class, and how many classes there are.
func (p *tab) enterSchool(calculate func()) {
	p.t.Helper()
	const second = "participants-1-people" // the first row is there
	p.click(button("participants.add"))
	p.wait(`!!document.getElementById("` + second + `") && (typeof htmx !== "object" || document.activeElement.id === "` + second + `")`)
	p.choose("participants-0-sends", "video_1280x720")
	p.choose("participants-0-screen", "screen_1280x720")
	p.enter("participants-1-people", "12")
	p.choose("participants-1-receives", "group_a")
	p.enter("session_minutes", "45")
	p.enter("sessions", "880")
	calculate()
}

// growth is what is entered into the forecast.
var growth = [][2]string{{"horizon", "6"}, {"high", "12.5"}, {"expected", "7.5"}, {"low", "1"}}

// What is asked of the API about the school, in a language.
type planned struct {
	derivation apiDerivation
	curves     apiCurves
	forecast   apiForecast
	comparison apiComparison
}

// planOf asks for all that there is to know of so many classes a month.
func planOf(t *testing.T, lang string, sessions int) planned {
	t.Helper()
	facts := fmt.Sprintf(schoolFacts, sessions)
	var out planned
	out.derivation = asked[apiDerivation](t, "/api/v1/estimators/tencent-trtc/room", `{"lang":"`+lang+`","facts":`+facts+`}`)
	inputs := string(out.derivation.Inputs)
	estimate := asked[apiEstimate](t, "/api/v1/estimates", `{"product":"tencent-trtc","lang":"`+lang+`","inputs":`+inputs+`}`)
	if a, b := fmt.Sprint(estimate), fmt.Sprint(out.derivation.Estimate); a != b {
		t.Errorf("the estimate of what the facts come to is %s, and with the facts %s", a, b)
	}
	out.curves = asked[apiCurves](t, "/api/v1/curves", `{"product":"tencent-trtc","lang":"`+lang+`","over":"av_hd_minutes","budget":30000,"inputs":`+inputs+`}`)
	out.forecast = asked[apiForecast](t, "/api/v1/forecasts", `{"product":"tencent-trtc","lang":"`+lang+`","over":"sessions","months":6,"growth":{"low":"1","expected":"7.5","high":"12.5"},"estimator":"room","facts":`+facts+`,"inputs":`+inputs+`}`)
	out.comparison = asked[apiComparison](t, "/api/v1/compare", `{"lang":"`+lang+`","products":[{"product":"tencent-trtc"},{"product":"easemob-im"}],"facts":`+facts+`}`)
	return out
}

// The whole story: from what a school knows to its quote, with all that lies
// between, and back again with other facts.
func TestPlanning(t *testing.T) {
	t.Parallel()
	for lang, api := range map[string]string{"en": "en", "zh-CN": "zh"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			want := planOf(t, api, 880)
			p := open(t, visitor{lang: lang})
			p.visit("/")
			p.onward(`main a[href="`+trtc+`"]`, trtc)
			p.onward(`a[href*="/facts/room"]`, room)
			p.enterSchool(func() {})
			p.waitAddress(room + "?" + school + "&sessions=880")
			p.derived("the facts", want.derivation)
			// By hand: 880 × 45 minutes, a picture and a screen for each of twelve,
			// ¥21,052.24 with the plan and the packs that are the cheapest together.
			p.contains("the figures", strings.Join(p.texts("tr[data-figure] td"), " "), "79,200 ", "950,400 ")
			equal(p, "total", p.text("#total"), "¥21,052.24")

			p.onward("#use", trtc)
			equal(p, "address", p.address(), schoolPlan)
			equal(p, "minutes", p.value("av_audio_minutes")+" "+p.value("av_hd_minutes"), "79200 950400")
			p.hasEstimate("the plan", want.derivation.Estimate)
			equal(p, "the figures are those of the facts", eval[bool](p, `!!document.querySelector(".estimators a") && !document.querySelector(".no-longer")`), true)

			// What matters most to the bill is drawn.
			p.wait(`document.querySelector("#outlook .mark.now text")?.textContent.includes("950,400")`)
			p.enter("budget", "3万")
			p.wait(`document.getElementById("budget-note").textContent.includes("30,000")`)
			p.curved("the curve", want.curves)
			for _, at := range []string{"3,452", "54,204", "247,373"} {
				p.contains("the break-even points", strings.Join(p.texts(".turns li"), "\n"), at)
			}

			p.onward(`a[href*="/forecast?"]`, trtc+"/forecast")
			equal(p, "what grows", p.value("over"), "sessions")
			for _, f := range growth {
				p.enter(f[0], f[1])
			}
			p.wait(`new URLSearchParams(location.search).size === 15 && document.querySelectorAll("[data-scenario=expected] .months tr:has(> td.plan)").length === 6`)
			p.forecasts("the forecast", want.forecast)
			p.follow(p.reload)
			p.forecasts("the forecast, reloaded", want.forecast)

			p.onward("#back a", trtc)
			p.hasEstimate("the plan, back from the forecast", want.derivation.Estimate)
			p.wait(`document.querySelector("#outlook .mark.now text")?.textContent.includes("950,400")`)
			p.onward(`main a[href^="/compare?"]`, "/compare")
			equal(p, "pupils", p.value("participants-1-people")+" "+p.value("sessions"), "12 880")
			p.compares("the comparison", want.comparison)
			if metered := p.text(".metered"); !strings.Contains(metered, "950,400") || !strings.Contains(metered, "475,200") {
				t.Errorf("metered as %s", metered)
			}
			p.onward(`.compared tfoot a[href^="`+trtc+`"]`, trtc)

			link, found := strings.CutPrefix(p.value("link"), origin)
			equal(p, "the link is the program's own", found, true)
			p.onward("#add", "/draft")
			equal(p, "total of the draft", p.text("#total"), "¥21,052.24")
			p.next("button[value=save]")
			saved := p.address()
			p.contains("the quote's address", saved, "/q/")
			equal(p, "total of the quote", p.text("#total"), "¥21,052.24")
			p.onward(`a[href*="`+trtc+`?"]`, trtc)
			p.hasEstimate("the plan, from the quote", want.derivation.Estimate)

			// By the link that the estimate has, to its facts: fewer classes.
			fewer := planOf(t, api, 440)
			p.visit(link)
			p.onward(`a[href*="/facts/room"]`, room)
			p.enter("sessions", "440")
			p.wait(`location.search.includes("&sessions=440")`)
			p.derived("fewer classes", fewer.derivation)
			p.onward("#use", trtc)
			p.hasEstimate("the plan for fewer classes", fewer.derivation.Estimate)
			equal(p, "minutes of fewer classes", p.value("av_audio_minutes")+" "+p.value("av_hd_minutes"), "39600 475200")
			// The quote is what it was.
			p.visit(saved)
			equal(p, "total of the quote", p.text("#total"), "¥21,052.24")
		})
	}
}

// An item of the draft whose facts are changed stays that item.
func TestFactsOfAnItem(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(schoolPlan)
	p.onward("#add", "/draft")
	p.onward(`.draft-actions a`, trtc)
	p.onward(`a[href*="/facts/room"]`, room)
	p.enter("sessions", "440")
	p.wait(`location.search.includes("sessions=440")`)
	p.onward("#use", trtc)
	total := p.text("#total")
	p.onward("#add", "/draft")
	equal(p, "items", eval[int](p, `document.querySelectorAll(".draft-item").length`), 1)
	equal(p, "total", p.text("#total"), total)
}

// The same with buttons and links alone.
func TestPlanningWithoutScript(t *testing.T) {
	t.Parallel()
	want := planOf(t, "en", 880)
	p := open(t, visitor{noScript: true})
	p.visit("/")
	p.onward(`main a[href="`+trtc+`"]`, trtc)
	p.onward(`a[href*="/facts/room"]`, room)
	p.enterSchool(func() { p.onward(".submit button", room) })
	p.derived("the facts", want.derivation)
	p.onward("#use", trtc)
	p.hasEstimate("the plan", want.derivation.Estimate)
	p.enter("budget", "30000")
	p.onward(".budget button", trtc)
	p.curved("the curve", want.curves)
	p.onward(`a[href*="/forecast?"]`, trtc+"/forecast")
	for _, f := range growth {
		p.enter(f[0], f[1])
	}
	p.onward(".submit button", trtc+"/forecast")
	p.forecasts("the forecast", want.forecast)
	p.onward("#back a", trtc)
	p.onward(`main a[href^="/compare?"]`, "/compare")
	p.compares("the comparison", want.comparison)
	p.enter("sessions", "440")
	p.onward(".submit button", "/compare")
	p.compares("the comparison of fewer classes", planOf(t, "en", 440).comparison)
	p.onward(`.compared tfoot a[href^="`+trtc+`"]`, trtc)
	p.hasEstimate("the plan for fewer classes", planOf(t, "en", 440).derivation.Estimate)
	p.onward("#add", "/draft")
	total := p.text("#total")
	p.next("button[value=save]")
	p.contains("the quote's address", p.address(), "/q/")
	equal(p, "total of the quote", p.text("#total"), total)
	if dead := eval[string](p, `[...document.querySelectorAll("[data-copy]")].filter(e => e.checkVisibility()).map(e => e.textContent).join(" ")`); dead != "" {
		t.Errorf("buttons that do nothing: %s", dead)
	}
}

// present is what the drawing says of the present quantity.
const present = `document.querySelector("#outlook .mark.now text")?.textContent`

// The drawing follows what is typed, and takes neither the focus nor the caret.
func TestOutlookFollows(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit("/")
	p.visit(product)
	before := eval[int](p, `history.length`)
	p.mark("dau")
	for i, key := range "15000" {
		p.press(string(key))
		equal(p, "caret", eval[int](p, `document.activeElement.selectionStart`), i+1)
	}
	p.wait(present + `?.includes("15,000")`)
	const place = `JSON.stringify([document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd])`
	equal(p, "caret", eval[string](p, place), `["dau",5,5]`)
	// In the middle: 15000 becomes 125000.
	p.press(kb.Home + kb.ArrowRight + "2")
	p.wait(present + `?.includes("125,000")`)
	equal(p, "caret in the middle", eval[string](p, place), `["dau",2,2]`)
	equal(p, "text", p.value("dau"), "125000")

	// The budget is in the part that is fetched anew.
	scroll := `scrollY`
	p.mark("budget")
	at := eval[float64](p, scroll)
	for i, key := range "50000" {
		p.press(string(key))
		equal(p, "caret in the budget", eval[int](p, `document.activeElement.selectionStart`), i+1)
	}
	p.wait(`document.getElementById("budget-note").textContent.includes("50,000") && document.querySelectorAll(".buys tbody tr").length > 0`)
	equal(p, "caret in the budget", eval[string](p, place), `["budget",5,5]`)
	equal(p, "scroll", eval[float64](p, scroll), at)
	p.press(kb.ArrowLeft + kb.ArrowLeft + "7")
	p.wait(`document.getElementById("budget-note").textContent.includes("500,700")`)
	equal(p, "caret in the budget", eval[string](p, place), `["budget",4,4]`)
	p.enter("budget", "much")
	p.wait(`document.getElementById("budget").getAttribute("aria-invalid") === "true"`)
	equal(p, "the estimate stays", p.text("#answer-state"), "")
	p.enter("budget", "50000")
	p.wait(`!document.getElementById("budget").hasAttribute("aria-invalid") && document.querySelectorAll(".buys tbody tr").length > 0`)

	// Something else is drawn, and the address says so.
	p.choose("over", "history_days")
	p.wait(`document.querySelector("#outlook-body .ticks").textContent !== "" && location.search.includes("over=history_days")`)
	p.wait(`!(` + present + `?.includes("125,000"))`)
	equal(p, "focus", eval[string](p, `document.activeElement.id`), "over")
	p.waitAddress(product + "?dau=125000&over=history_days&budget=50000")
	equal(p, "history, which must not grow", eval[int](p, `history.length`), before)
	// The figures opened stay open.
	p.click(".outlook-figures summary")
	p.enter("dau", "35000")
	p.waitAddress(product + "?dau=35000&over=history_days&budget=50000")
	p.wait(`document.querySelector(".buys tbody tr") && document.querySelector(".fits").textContent.includes("35,000")`)
	equal(p, "open", eval[bool](p, `document.querySelector(".outlook-figures").open`), true)
	p.click(".outlook-figures summary")

	here := p.snapshot()
	p.follow(p.reload)
	p.same("reloaded", p.snapshot(), here)
	p.next(`main a[href*="/forecast?"]`)
	equal(p, "what grows", p.value("over"), "history_days")
	p.back()
	p.wait(`location.pathname === "` + product + `"`)
	p.same("back", p.snapshot(), here)
	p.reopens()

	// While an entry is at fault the drawing stays, as the figures do.
	drawn := p.text("#outlook-body figure")
	p.paste("dau", "abc")
	p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
	equal(p, "the drawing while an entry is at fault", p.text("#outlook-body figure"), drawn)
	p.paste("dau", "45000")
	p.wait(`document.querySelector(".fits").textContent.includes("45,000")`)
}

// firstVisitWithChart is the most that the first visit of a calculator with its
// drawing may transfer.
const firstVisitWithChart = 80_000

func TestOutlookWeight(t *testing.T) {
	t.Parallel()
	for _, address := range []string{schoolPlan + "&over=av_hd_minutes", fullEasemob, fullAliyun} {
		name := strings.Trim(address[:strings.Index(address, "?")], "/")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{}) // a profile of its own: nothing is cached
			p.visit(address)
			if !eval[bool](p, `!!document.querySelector("#outlook svg.plot")`) {
				t.Error("there is no drawing")
			}
			equal(p, "icon", evalAsync[int](p, `fetch(document.querySelector("link[rel=icon]").href).then(r => r.blob().then(() => r.status))`), 200)
			p.waitUntil("all files have come", func() bool { return !slices.ContainsFunc(p.sent(), func(r request) bool { return !r.done }) })
			total := 0.0
			for _, r := range p.sent() {
				total += r.bytes
				t.Logf("%7.0f %s", r.bytes, strings.TrimPrefix(r.url, origin))
			}
			if total > firstVisitWithChart || total < 1000 {
				t.Errorf("the first visit of %s transfers %.0f bytes; at most %d are allowed", name, total, firstVisitWithChart)
			}
		})
	}
}

// The pages of planning, each with something in it.
var planningPages = []struct{ name, address string }{
	{"estimator", room + "?" + school + "&sessions=880&record=mixed&speech_to_text=basic"},
	{"calculator", schoolPlan + "&over=av_hd_minutes&budget=30000"},
	{"steps", product + "?dau=15000&budget=50000"},
	{"forecast", trtc + "/forecast?av_hd_minutes=50000&over=av_hd_minutes&expected=20"},
	{"compare", compare + "?in=tencent-trtc,easemob-im&" + school + "&sessions=880&facts=room"},
}

var phone390 = screen{"phone", 390, 844, true}

// Nobody is kept out of any of them: not by the width of the screen, nor by its
// colours, nor by a reader.
func TestAccessiblePlanning(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		for _, s := range []screen{desktop, phone390} {
			t.Run(lang+"-"+s.name, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{screen: s, lang: lang})
				for _, page := range planningPages {
					p.media("", false)
					p.visit(page.address)
					p.unfold()
					p.fits(page.name, s)
					p.scrolls(page.name)
					if *screenshotDir != "" {
						p.whole(*screenshotDir, fmt.Sprintf("planning-%s-%s-light-%s.png", page.name, lang, s.name))
						p.media("", true)
						p.whole(*screenshotDir, fmt.Sprintf("planning-%s-%s-dark-%s.png", page.name, lang, s.name))
						p.media("", false)
					}
					if !examined(lang, s) {
						continue
					}
					p.accessible(page.name, `, rules: {"color-contrast": {enabled: false}}`)
					// What is beyond the edge of a table's window has no background that
					// could be computed. All of it is seen on a wide screen, and has the
					// same colours on a phone.
					if s.mobile {
						eval[int](p, `(() => { const all = document.querySelectorAll("[role=region][tabindex]"); for (const e of all) e.hidden = e.scrollWidth > e.clientWidth; return all.length })()`)
					} else {
						p.resize(screen{"wide", 2700, 1400, false})
						eval[bool](p, `document.querySelector("main").style.maxInlineSize = "none", true`)
					}
					p.accessible(page.name+", light", `, runOnly: ["color-contrast"]`)
					p.media("", true)
					p.accessible(page.name+", dark", `, runOnly: ["color-contrast"]`)
					p.resize(s)
				}
			})
		}
	}
}

// scrolls checks that nothing has to be scrolled sideways but tables, each in a
// window that a keyboard can scroll and a reader names.
func (p *tab) scrolls(what string) {
	p.t.Helper()
	if wrong := eval[[]string](p, `[...document.querySelectorAll("main *")].filter(e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)
		.filter(e => !(e.tabIndex === 0 && e.role === "region" && (e.ariaLabel || e.getAttribute("aria-labelledby")) && e.querySelector("table")))
		.map(e => e.localName + "." + e.className + "#" + e.id + " " + e.scrollWidth + ">" + e.clientWidth)`); len(wrong) > 0 {
		p.t.Errorf("%s scrolls sideways: %s", what, strings.Join(wrong, ", "))
	}
}
