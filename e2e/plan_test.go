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
	columns := eval[[]string](p, `[...document.querySelectorAll("th[data-column]")].map(e => e.dataset.column.split("@")[0])`)
	equal(p, what+": columns", len(columns), len(c.Columns))
	for _, column := range c.Columns {
		at := slices.Index(columns, column.Product)
		if at < 0 {
			p.t.Fatalf("%s has %s, not %s", what, columns, column.Product)
		}
		nth := fmt.Sprintf(":nth-of-type(%d)", at+1)
		cell := func(figure string) string { return p.text(`tr[data-figure="` + figure + `"] td` + nth) }
		p.contains(what, p.text(`th[data-column^="`+column.Product+`@"]`), column.Name)
		equal(p, what+": total of "+column.Product, cell("total"), yuan(column.Option.Total))
		equal(p, what+": up front for "+column.Product, cell("prepaid"), yuan(column.Option.Prepaid))
		if column.Cheapest {
			p.waitText("#total", yuan(column.Option.Total))
		} else {
			equal(p, what+": difference of "+column.Product, cell("difference"), "+"+yuan(column.Difference))
		}
	}
}

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
