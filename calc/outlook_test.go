package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

const (
	imOutlook = imPage + "/outlook"
	rtcPage   = "/calc/tencent-trtc"
)

// TestOutlookOnThePage: the curve of the example, with the figures of its price
// book.
func TestOutlookOnThePage(t *testing.T) {
	s := newServer(t)
	for lang, want := range map[string][]string{
		"en": {
			"How the cost moves", "Total for 12 months by “Peak daily active users”, for every plan", "now 15,000", "20k",
			"From 101 users a day on, Trial can no longer serve it, and Pro is the cheapest: ¥11,988.00.",
			"From the present quantity on, Pro stays the best choice however far it grows.",
			"Peak daily active users 15,000 users a day | 5,000 more, up to 20,000 users a day | ¥12,000.00", "¥23,988.00 now, the cheapest", "serves up to 100",
			"Pro | 20,000 users a day | ¥23,988.00", "Ultimate | nothing within this amount |", "Trial | 100 users a day the plan’s limit | ¥0.00",
		},
		"zh": {
			"费用随用量怎么变", "各套餐的 12 个月合计随“峰值日活跃用户数（DAU）”的变化", "目前 15,000", "2 万",
			"达到 101 人/天起，体验版不再能满足，专业版最省：¥11,988.00。", "从目前的用量起，无论增长多少，专业版始终最省。",
			"| 还可增加 5,000，至 20,000 人/天（2 万） | ¥12,000.00", "目前 ¥23,988.00，最省", "最多支持 100",
			"专业版 | 20,000 人/天（2 万） | ¥23,988.00", "旗舰版 | 预算不够 |", "体验版 | 100 人/天 套餐上限 | ¥0.00",
		},
	} {
		doc := document(t, get(t, s, imPage+"?months=12&dau=15000&budget=30000&lang="+lang))
		checkDocument(t, doc)
		text := squeezed(byID(doc, "outlook"))
		doc.Find("#outlook tr").Each(func(_ int, tr *goquery.Selection) {
			text += "\n" + strings.Join(tr.Children().Map(func(_ int, cell *goquery.Selection) string { return squeezed(cell) }), " | ")
		})
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is not in %s", lang, w, text)
			}
		}
		if n := doc.Find("#outlook svg[role=img] > title").Length(); n != 2 {
			t.Errorf("%s: %d drawings with a title", lang, n)
		}
		// Half of the range is exactly in the middle of the drawing.
		ticks := doc.Find("#outlook svg.wide .ticks text:not(.end)")
		if at, now := ticks.FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Text() == "15k" || s.Text() == "1.5 万" }), doc.Find("#outlook svg.wide circle.now"); at.AttrOr("x", "?") != now.AttrOr("cx", "") {
			t.Errorf("%s: 15,000 is at %s, not %s", lang, now.AttrOr("cx", ""), at.AttrOr("x", "?"))
		}
		row := doc.Find("#outlook .outlook-figures tr.now td")
		if got := squeezed(row); !strings.Contains(got, "¥23,988.00") || !strings.Contains(got, "¥47,988.00") {
			t.Errorf("%s: the row of now says %s", lang, got)
		}
	}
}

// TestBudgetOfAPlanThatCannotServe: no budget buys it.
func TestBudgetOfAPlanThatCannotServe(t *testing.T) {
	doc := document(t, get(t, newServer(t), imPage+"?dau=15000&live_domestic_mbps=5&budget=30000&over=dau"))
	if got := squeezed(doc.Find("#outlook .buys tbody tr").First()); got != "Trialcannot serve this" {
		t.Error(got)
	}
}

// TestOutlookInTheAddress: what it shows is kept in the address, unless it is
// what would be shown unasked.
func TestOutlookInTheAddress(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ form, query string }{
		{"dau=15000&over=&budget=", "dau=15000"},
		{"dau=15000&over=history_days&budget=3万", "dau=15000&over=history_days&budget=30000"},
		{"dau=15000&over=nothing&budget=+1,999.99+", "dau=15000&budget=1999.99"},
		{"dau=15000&over=months&budget=no", "dau=15000&budget=no"},
		{"dau=15000&budget=" + strings.Repeat("9", 200), "dau=15000"},
	} {
		res := postForm(t, s, imPage, "lang=en&"+strings.ReplaceAll(tt.form, "万", "%E4%B8%87"))
		if at := entered(t, res.Header.Get("Location")); res.StatusCode != 303 || at != imPage+"?"+tt.query {
			t.Errorf("%s leads to %s (%d), not %s", tt.form, at, res.StatusCode, tt.query)
		}
	}
	doc := document(t, get(t, s, imPage+"?dau=15000&over=history_days&budget=30000"))
	if at := doc.Find("#over option[selected]"); at.AttrOr("value", "") != "history_days" || doc.Find(`#over option[value=""]`).Text() != "Peak daily active users" {
		t.Errorf("chosen: %s", at.AttrOr("value", ""))
	}
	if at := link(t, doc); !strings.HasSuffix(at, "?dau=15000&over=history_days&budget=30000") {
		t.Errorf("the link is %s", at)
	}
	if at := byID(doc, "budget").AttrOr("value", ""); at != "30000" {
		t.Errorf("the budget is %q", at)
	}
	// A field of a row, too.
	doc = document(t, get(t, s, "/calc/aliyun-multimodal?workloads.0.rounds=200000&workloads.0.asr=light&over=workloads.0.tts_calls"))
	if at := doc.Find("#over option[selected]").AttrOr("value", ""); at != "workloads.0.tts_calls" {
		t.Errorf("chosen: %s", at)
	}
}

// TestOutlookIsFetchedAnew: the answer to a change has no drawing, and asks for
// one; an answer to an entry at fault does not.
func TestOutlookIsFetchedAnew(t *testing.T) {
	s := newServer(t)
	res := live(t, s, imPage, "dau=15000")
	if res.Header.Get("HX-Trigger") != "answered" || strings.Contains(string(read(t, res)), "plot") {
		t.Error("the answer has the drawing, or does not ask for it")
	}
	res = live(t, s, imPage, "dau=x")
	if res.Header.Get("HX-Trigger") != "" {
		t.Error("an entry at fault asks for a drawing")
	}
	page := document(t, get(t, s, imPage+"?dau=15000&lang=zh"))
	at := byID(page, "outlook").AttrOr("hx-get", "")
	part := document(t, get(t, s, at+"&dau=15000"))
	if want, err := byID(page, "outlook-body").Html(); err != nil || want != must(part.Find("body").Html()) {
		t.Errorf("%s is not the part of the page (%v)", at, err)
	}
	for target, status := range map[string]int{imOutlook + "?dau=x": 422, "/calc/none/outlook": 404, imOutlook + "?price_book=1999-01-01": 404} {
		if res := get(t, s, target); res.StatusCode != status {
			t.Errorf("%s: %d, not %d", target, res.StatusCode, status)
		}
	}
	// The page says where entries are at fault; the drawing waits.
	doc := document(t, get(t, s, imPage+"?dau=x"))
	if got := squeezed(byID(doc, "outlook-body")); got != "Correct the marked entry to see this." {
		t.Error(got)
	}
}

func must(s string, err error) string {
	if err != nil {
		panic(err)
	}
	return s
}

// TestHostileOutlook: whatever is asked for is answered, a budget at fault with a
// message beside it and nothing typed lost.
func TestHostileOutlook(t *testing.T) {
	s := newServer(t)
	for typed, message := range map[string]string{
		"abc": "This is not a number. Enter one such as 5,000 yuan.", "-5": "Enter an amount from 0 to 1,000,000,000,000.",
		"0.999": "An amount has two decimals at most.", "1e9": "Powers and exponents are not understood here. Write all the digits, such as 5,000 yuan.",
		"1000000000000.01": "Enter an amount from 0 to 1,000,000,000,000.", "<script>alert(1)</script>": "This is not a number. Enter one such as 5,000 yuan.",
		"$5": "5 is understood, “$” is not: the unit here is “yuan”. Enter, for example, 5,000 yuan.",
		"5k": "¥5,000.00", "￥１２.５": "¥12.50", "0": "¥0.00", "999 × 12": "¥11,988.00", "1.5万元": "¥15,000.00",
	} {
		doc := document(t, get(t, s, imPage+"?dau=5&budget="+url.QueryEscape(typed)))
		field, note := byID(doc, "budget"), byID(doc, "budget-note")
		if got := squeezed(note); got != message || field.AttrOr("value", "") != typed {
			t.Errorf("%q: %q beside %q", typed, got, field.AttrOr("value", ""))
		}
		if faulty := strings.HasPrefix(message, "¥"); note.HasClass("fault") == faulty || (field.AttrOr("aria-invalid", "") == "true") == faulty {
			t.Errorf("%q: marked as at fault: %t", typed, note.HasClass("fault"))
		}
		if doc.Find("#answer-state").Text() != "" || doc.Find("#outlook .chart").Length() != 1 {
			t.Errorf("%q: the budget keeps the estimate back", typed)
		}
	}
	for _, over := range []string{"months", "advanced_moderation", "workloads.0.rounds", "<svg>", "dau[0]", "%00", strings.Repeat("x", 5000)} {
		doc := document(t, get(t, s, imPage+"?dau=5&over="+url.QueryEscape(over)))
		if at := doc.Find("#over option[selected]"); at.Text() != "Peak daily active users" {
			t.Errorf("%.20q: %q is drawn", over, at.Text())
		}
	}
}

// TestEveryOutlook: all examples of all books, in both languages, and an empty
// form. Nothing is drawn outside the paper.
func TestEveryOutlook(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	eachBook(t, func(t *testing.T, p *pricing.Product, b *pricing.Book) {
		for _, u := range append([]*pricing.Usage{b.NewUsage()}, usagesOf(b)...) {
			for _, lang := range []string{"en", "zh"} {
				doc := document(t, pageOf(t, s, u, lang))
				checkDocument(t, doc)
				doc.Find("#outlook svg.plot").Each(func(_ int, plot *goquery.Selection) {
					box := strings.Fields(plot.AttrOr("viewbox", plot.AttrOr("viewBox", "")))
					if len(box) != 4 {
						t.Fatalf("the paper is %v", box)
					}
					plot.Find("path").Each(func(_ int, path *goquery.Selection) {
						checkPath(t, path.AttrOr("d", ""), number(t, box[2]), number(t, box[3]))
					})
				})
			}
		}
	})
}

func usagesOf(b *pricing.Book) []*pricing.Usage {
	var all []*pricing.Usage
	for _, e := range b.Examples {
		all = append(all, e.Usage)
	}
	return all
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// checkPath checks that the places that a path moves to are on the paper.
func checkPath(t *testing.T, d string, width, height float64) {
	t.Helper()
	for _, part := range strings.FieldsFunc(d, func(r rune) bool { return strings.ContainsRune("MLHVZhv", r) }) {
		if at := strings.Fields(part); len(at) == 2 {
			if x, y := number(t, at[0]), number(t, at[1]); x < 0 || x > width || y < 0 || y > height {
				t.Errorf("%s is off the paper", d)
			}
		}
	}
}

// TestBreakEvensOnThePage: each of the sentences is right on both sides, by the
// API.
func TestBreakEvensOnThePage(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, rtcPage+"?months=12&av_audio_minutes=20000&av_hd_minutes=80000&over=av_hd_minutes"))
	turns := doc.Find("#outlook .turns li")
	if turns.Length() != 3 {
		t.Fatalf("%d sentences: %s", turns.Length(), squeezed(turns))
	}
	turns.Each(func(_ int, li *goquery.Selection) {
		f := strings.Fields(strings.NewReplacer(",", "", ":", "", "¥", "", ".00.", ".00").Replace(li.Text()))
		// From 15944 minutes a month on Basic is cheaper than Starter 6000.00 against 6000.02.
		n, err := strconv.Atoi(f[1])
		if err != nil {
			t.Fatal(f)
		}
		for _, tt := range []struct {
			quantity int
			cheapest string
		}{{n - 1, f[10]}, {n, f[6]}} {
			e := decode[estimateAnswer](t, read(t, postJSON(t, s, fmt.Sprintf(`{"product":"tencent-trtc","inputs":{"months":12,"av_audio_minutes":20000,"av_hd_minutes":%d}}`, tt.quantity))))
			if e.Options[0].Name != tt.cheapest {
				t.Errorf("%s: at %d %s is the cheapest", li.Text(), tt.quantity, e.Options[0].Name)
			}
			if tt.quantity == n && e.Options[0].Total != f[11] {
				t.Errorf("%s: at %d it is %s", li.Text(), n, e.Options[0].Total)
			}
		}
	})
}

// BenchmarkOutlook measures the part of the page: of the example, and of a usage
// with every input of the largest form set.
func BenchmarkOutlook(b *testing.B) {
	s := newServer(b)
	all := url.Values{"months": {"12"}}
	product, _ := newCatalog(b).Product("tencent-trtc")
	for _, in := range product.Newest().Inputs {
		if in.Kind == pricing.KindCount && in.ID != pricing.Months {
			all.Set(in.ID, "12345")
		}
	}
	for name, target := range map[string]string{"example": imOutlook + "?dau=15000&months=12", "everything": rtcPage + "/outlook?" + all.Encode()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if res := get(b, s, target); res.StatusCode != 200 {
					b.Fatal(res.StatusCode)
				}
			}
		})
	}
}

// pageOf answers the page of a usage, by the address that the form leads to.
func pageOf(t *testing.T, s http.Handler, u *pricing.Usage, lang string) *http.Response {
	t.Helper()
	book := u.Book()
	query := forms.UsageQuery(u)
	return get(t, s, "/calc/"+book.Product+"?"+query+"&price_book="+book.ID+"&lang="+lang)
}

// TestEveryInputHasItsHeadroom: those that are set, and folded below them all
// others: first those of which some fits for nothing, last those that never cost
// anything.
func TestEveryInputHasItsHeadroom(t *testing.T) {
	s := newServer(t)
	for lang, want := range map[string]struct{ any, nothing, summary string }{
		"en": {"any quantity", "nothing more", "Not used yet (%d)"}, "zh": {"不限", "没有余量", "尚未使用的项目（%d）"},
	} {
		for address, set := range map[string]int{
			imPage + "?dau=15000&history_days=90": 2, rtcPage + "?av_hd_minutes=500000&av_audio_minutes=20000&months=12": 2, "/calc/easemob-im": 1,
			"/calc/aliyun-multimodal?workloads.0.rounds=200000&workloads.0.asr=light&workloads.1.rounds=7&workloads.1.asr=light": 2,
		} {
			doc := document(t, get(t, s, address+map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")]+"lang="+lang))
			checkDocument(t, doc)
			form := doc.Find("#over option").Length()
			shown, unused := doc.Find("#outlook .fits > table tbody tr"), doc.Find("#outlook .fits details tbody tr")
			if shown.Length() != set || shown.Length()+unused.Length() != form || form < 3 {
				t.Errorf("%s: %d and %d of %d have their headroom", address, shown.Length(), unused.Length(), form)
			}
			if got := squeezed(doc.Find("#outlook .fits summary")); got != fmt.Sprintf(want.summary, unused.Length()) {
				t.Errorf("%s: %q", address, got)
			}
			last := 0
			unused.Each(func(_ int, row *goquery.Selection) {
				rank := 0
				switch squeezed(row.Find("td").First()) {
				case want.any:
					rank = 2
				case want.nothing:
					rank = 1
				}
				if rank < last {
					t.Errorf("%s: %q comes behind others", address, squeezed(row))
				}
				last = rank
			})
		}
	}
}

// TestLargestShareIsDrawn: unasked, of the entries the one that the bill would be
// lowest without.
func TestLargestShareIsDrawn(t *testing.T) {
	s := newServer(t)
	for address, want := range map[string]string{
		rtcPage + "?av_audio_minutes=79200&av_hd_minutes=950400":                                          "av_hd_minutes",
		rtcPage + "?av_audio_minutes=9504000&av_hd_minutes=7920":                                          "av_audio_minutes",
		"/calc/inf-llm?models.0.input_tokens=5&models.1.input_tokens=7000000000&models.2.output_tokens=9": "models.1.input_tokens",
		// What is free is drawn before nothing.
		imPage + "?dau=50": "dau",
	} {
		doc := document(t, get(t, s, address))
		chosen := doc.Find("#over option[selected]")
		name := squeezed(chosen)
		other := document(t, get(t, s, address+"&over="+want))
		if chosen.AttrOr("value", "?") != "" || name != squeezed(other.Find("#over option[selected]")) {
			t.Errorf("%s: %q is drawn, want %s", address, name, want)
		}
	}
}

// TestTurnsInFigures: the table names another plan where there is one, says where
// none serves and from where one does, and so does the title of the sentences.
func TestTurnsInFigures(t *testing.T) {
	s := newServer(t)
	const inf = "/calc/inf-llm?models.0.input_tokens=1500000&peak_concurrency=4&over=peak_concurrency"
	for address, want := range map[string][2]string{
		inf + "&lang=en":                       {"49 no plan from here", "How far it goes"},
		inf + "&lang=zh":                       {"49 起无套餐可用", "用量的上限"},
		imPage + "?dau=15000&over=dau&lang=en": {"101 another plan from here", "Where another plan begins to pay"},
		imPage + "?dau=15000&over=dau&lang=zh": {"101 起换套餐", "到多少用量该换套餐"},
	} {
		doc := document(t, get(t, s, address))
		rows := doc.Find("#outlook .outlook-figures tbody th").Map(func(_ int, th *goquery.Selection) string { return squeezed(th) })
		if !slices.Contains(rows, want[0]) {
			t.Errorf("%s: the rows are %q, want %q", address, rows, want[0])
		}
		if got := squeezed(doc.Find("#outlook .turns h3")); got != want[1] {
			t.Errorf("%s: the title is %q, want %q", address, got, want[1])
		}
	}
}
