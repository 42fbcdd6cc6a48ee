package calc_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"suanpan/calc"
	"suanpan/pricing"
)

// curvesAnswer is the answer as a client of its own would declare it.
type curvesAnswer struct {
	Months     int64 `json:"months"`
	Over       string
	Present    string
	From, To   string
	Quantities []string
	Series     []struct {
		Option, Name string
		Totals       []*string
	}
	Recommended []*string
	Steps       []string
	BreakEvens  []struct {
		Quantity  string
		From, To  *string
		Below, At struct {
			Quantity string
			From, To *string
		}
	} `json:"break_evens"`
	ExactUpTo string `json:"exact_up_to"`
	Headroom  []struct {
		Input, Name, Unit, Present string
		UpTo                       *string `json:"up_to"`
		More                       *string
		AtLeast                    bool `json:"at_least"`
		Next, Total, Rise          *string
	}
	Affordable []struct {
		Option          string
		Quantity, Total *string
		NoBound         bool `json:"no_bound"`
		Unserved        bool
		AtLeast         bool `json:"at_least"`
	}
}

func postCurves(t testing.TB, s *calc.Server, body string) *http.Response {
	t.Helper()
	return send(t, s, request(http.MethodPost, "/api/v1/curves", body, "Content-Type", "application/json"))
}

// curvesRequest is the request for the curves of a variable of a usage.
func curvesRequest(t testing.TB, u *pricing.Usage, v pricing.Variable, more string) string {
	t.Helper()
	body, found := strings.CutSuffix(requestOf(t, u), "}")
	if !found {
		t.Fatal(body)
	}
	return body + fmt.Sprintf(`,"over":%q%s}`, v.ID(), more)
}

// probe answers what the API's estimate says of a usage with a variable at some
// quantity.
type probe struct {
	t *testing.T
	s *calc.Server
	u *pricing.Usage
	v pricing.Variable
}

func (p *probe) at(quantity string) estimateAnswer {
	p.t.Helper()
	n, err := strconv.ParseInt(quantity, 10, 64)
	if err != nil {
		p.t.Fatal(err)
	}
	return decode[estimateAnswer](p.t, read(p.t, postJSON(p.t, p.s, requestOf(p.t, p.v.Each(p.u, []int64{n})[0]))))
}

func total(e estimateAnswer, option *string) *string {
	for i := range e.Options {
		if option != nil && e.Options[i].ID == *option && e.Options[i].Feasible {
			return &e.Options[i].Total
		}
	}
	return nil
}

func plus(t *testing.T, n string, more int64) string {
	t.Helper()
	v, err := strconv.ParseInt(n, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.FormatInt(v+more, 10)
}

func textOf(s *string) string {
	if s == nil {
		return "none"
	}
	return *s
}

func more(t *testing.T, a, b string) bool {
	t.Helper()
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	if !okX || !okY {
		t.Fatal(a, b)
	}
	return x.Cmp(y) > 0
}

// TestCurvesAreRightOnBothSides: of every variable that is set in the examples
// of the newest books, every break-even point, the headroom and what the budget
// buys agree with the estimates at the quantity and beside it.
func TestCurvesAreRightOnBothSides(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	doc := description(t, s)
	points := 0
	for _, product := range newCatalog(t).Products() {
		for _, u := range usagesOf(product.Newest()) {
			now := decode[estimateAnswer](t, read(t, postJSON(t, s, requestOf(t, u))))
			for i, v := range u.Variables() {
				if v.Of(u) == v.Input().Default {
					continue
				}
				body := curvesRequest(t, u, v, `,"points":20,"budget":"12345.67"`)
				data := read(t, postCurves(t, s, body))
				if err := fits(t, doc, "CurvesRequest", []byte(body)); err != nil {
					t.Errorf("%s: %v", body, err)
				}
				if err := fits(t, doc, "Curves", data); err != nil {
					t.Fatalf("%s: %v\n%s", body, err, data)
				}
				c := decode[curvesAnswer](t, data)
				p := &probe{t, s, u, v}
				for _, b := range c.BreakEvens {
					points++
					for _, side := range []struct {
						at, best *string
						from, to *string
					}{{&b.Below.Quantity, b.From, b.Below.From, b.Below.To}, {&b.At.Quantity, b.To, b.At.From, b.At.To}} {
						e := p.at(*side.at)
						if textOf(e.Recommended) != textOf(side.best) || textOf(total(e, b.From)) != textOf(side.from) || textOf(total(e, b.To)) != textOf(side.to) {
							t.Errorf("%s: at %s %s is recommended", body, *side.at, textOf(e.Recommended))
						}
					}
					if b.At.Quantity != b.Quantity || b.Below.Quantity != plus(t, b.Quantity, -1) {
						t.Errorf("%s: %s lies between %s and %s", body, b.Quantity, b.Below.Quantity, b.At.Quantity)
					}
				}
				if c.ExactUpTo != c.To || c.Quantities[0] != c.From || c.Quantities[len(c.Quantities)-1] != c.To {
					t.Errorf("%s: from %s to %s, exact up to %s", body, c.From, c.To, c.ExactUpTo)
				}
				checkHeadroom(t, p, body, now, c.Headroom[i].Input, c.Headroom[i].UpTo, c.Headroom[i].Next, c.Headroom[i].Total)
				for _, a := range c.Affordable {
					if a.Quantity == nil || a.AtLeast {
						continue
					}
					if got := total(p.at(*a.Quantity), &a.Option); textOf(got) != textOf(a.Total) || more(t, *got, "12345.67") {
						t.Errorf("%s: %s of %s cost %s", body, *a.Quantity, a.Option, textOf(got))
					}
					if a.NoBound {
						continue
					}
					got := total(p.at(plus(t, *a.Quantity, 1)), &a.Option)
					if (got == nil) != a.Unserved || got != nil && !more(t, *got, "12345.67") {
						t.Errorf("%s: one more of %s costs %s", body, a.Option, textOf(got))
					}
				}
			}
		}
	}
	if points < 15 {
		t.Errorf("only %d break-even points were checked", points)
	}
}

func checkHeadroom(t *testing.T, p *probe, body string, now estimateAnswer, input string, upTo, next, nextTotal *string) {
	t.Helper()
	if input != p.v.ID() {
		t.Fatalf("%s: headroom of %s, not %s", body, input, p.v.ID())
	}
	if upTo == nil {
		return
	}
	if e := p.at(*upTo); textOf(total(e, e.Recommended)) != textOf(total(now, now.Recommended)) {
		t.Errorf("%s: up to %s it is %s, now %s", body, *upTo, textOf(total(e, e.Recommended)), textOf(total(now, now.Recommended)))
	}
	above := p.at(plus(t, *upTo, 1))
	if textOf(above.Recommended) != textOf(next) || textOf(total(above, next)) != textOf(nextTotal) {
		t.Errorf("%s: one more takes %s at %s", body, textOf(above.Recommended), textOf(total(above, above.Recommended)))
	}
	if nextTotal != nil && !more(t, *nextTotal, textOf(total(now, now.Recommended))) {
		t.Errorf("%s: no rise to %s", body, *nextTotal)
	}
}

// TestCurves: the series of a small range, by the estimates.
func TestCurves(t *testing.T) {
	s := newServer(t)
	c := decode[curvesAnswer](t, read(t, postCurves(t, s, `{"product":"tencent-im","inputs":{"dau":15000,"months":12},"over":"dau","from":9990,"to":"20010","points":3}`)))
	if got := strings.Join(c.Quantities, " "); got != "9990 10000 10001 15000 20000 20001 20010" {
		t.Errorf("quantities %s", got)
	}
	if got := strings.Join(c.Steps, " "); got != "10001 20001" {
		t.Errorf("steps %s", got)
	}
	for i, series := range c.Series {
		for j, n := range c.Quantities {
			e := decode[estimateAnswer](t, read(t, postJSON(t, s, `{"product":"tencent-im","inputs":{"dau":`+n+`,"months":12}}`)))
			if textOf(total(e, &series.Option)) != textOf(c.Series[i].Totals[j]) || textOf(e.Recommended) != textOf(c.Recommended[j]) {
				t.Errorf("%s at %s: %s", series.Option, n, textOf(c.Series[i].Totals[j]))
			}
		}
	}
	if c.Affordable != nil {
		t.Error("there is no budget")
	}
}

func TestCurvesRequestsAtFault(t *testing.T) {
	s := newServer(t)
	for body, status := range map[string]int{
		`{"product":"tencent-im","over":1}`: 400, `{"product":"tencent-im","over":null}`: 400, `{"product":"tencent-im","over":"dau","colour":1}`: 400,
		`{"product":"tencent-im","over":"dau","from":true}`: 400, `{"product":"tencent-im","over":"dau","to":null}`: 400, `{"product":"tencent-im","over":"dau","points":[]}`: 400,
		`{"product":"tencent-im","over":"dau","budget":{}}`: 400, `[]`: 400, `{"over":"dau"}`: 404, `{"product":"tencent-im","price_book":"","over":"dau"}`: 404,
	} {
		wantProblem(t, postCurves(t, s, body), status)
	}
	for body, want := range map[string]string{
		`{"product":"tencent-im"}`:                                                                           "over unknown_input",
		`{"product":"tencent-im","over":"months"}`:                                                           "over unknown_input",
		`{"product":"tencent-im","over":"advanced_moderation"}`:                                              "over unknown_input",
		`{"product":"aliyun-multimodal","over":"workloads[0].rounds"}`:                                       "over unknown_input",
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{}]},"over":"workloads.0.rounds"}`:            "over unknown_input",
		`{"product":"tencent-im","inputs":{"dau":-1,"x":1},"over":"","from":-1,"to":"1e3","points":501}`:     "dau out_of_range, x unknown_input, over unknown_input, from out_of_range, to not_whole, points out_of_range",
		`{"product":"tencent-im","over":"live_days","from":5,"to":4,"points":1}`:                             "to out_of_range, points out_of_range",
		`{"product":"tencent-im","over":"live_days","to":32,"budget":"1.234"}`:                               "to out_of_range, budget not_a_number",
		`{"product":"tencent-im","over":"dau","budget":1.5}`:                                                 "budget not_a_number",
		`{"product":"tencent-im","over":"dau","budget":"1000000000000.01"}`:                                  "budget out_of_range",
		`{"product":"tencent-im","over":"dau","budget":"-1","points":"007","from":"` + digits(100_00) + `"}`: "from out_of_range, points not_a_number, budget not_a_number",
	} {
		p := wantProblem(t, postCurves(t, s, body), 422)
		var got []string
		for _, e := range p.Errors {
			got = append(got, e.Input+" "+e.Code)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%.100s: %s", body, strings.Join(got, ", "))
		}
	}
}

func digits(n int) string { return strings.Repeat("9", n) }

// TestCurvesAtTheEdges: the ends of the range, and quantities and budgets as
// large as they can be.
func TestCurvesAtTheEdges(t *testing.T) {
	s := newServer(t)
	doc := description(t, s)
	for _, body := range []string{
		`{"product":"tencent-im","over":"dau","from":5,"to":5,"points":2}`,
		`{"product":"tencent-im","over":"dau","from":"1000000000000"}`,
		`{"product":"tencent-trtc","inputs":{"av_hd_minutes":1000000000000,"months":36},"over":"av_hd_minutes","points":500,"budget":1000000000000}`,
		`{"product":"tencent-im","inputs":{"group_members":6001},"over":"dau","budget":0}`,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{},{"rounds":5}]},"over":"workloads[1].rounds","lang":"zh"}`,
	} {
		data := read(t, postCurves(t, s, body))
		if err := fits(t, doc, "Curves", data); err != nil {
			t.Errorf("%s: %v\n%.300s", body, err, data)
		}
		if c := decode[curvesAnswer](t, data); len(c.Quantities) == 0 || len(c.Series) == 0 {
			t.Errorf("%s: %+v", body, c)
		}
	}
	// An answer without one of its fields would not fit the description.
	data := read(t, postCurves(t, s, `{"product":"tencent-im","over":"dau"}`))
	for field := range decode[map[string]any](t, data) {
		less := decode[map[string]any](t, data)
		delete(less, field)
		without, err := json.Marshal(less)
		if err != nil {
			t.Fatal(err)
		}
		if fits(t, doc, "Curves", without) == nil {
			t.Errorf("nobody would miss %s", field)
		}
	}
}
