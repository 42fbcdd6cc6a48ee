package calc_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// example is a public example: a request, and what anybody relies on in its
// answer.
type example struct {
	Name    string          `json:"name"`
	Request json.RawMessage `json:"request"`
	Expect  struct {
		Recommended *string `json:"recommended"`
		Options     map[string]struct {
			Feasible   bool              `json:"feasible"`
			Complete   bool              `json:"complete"`
			Total      string            `json:"total"`
			Violations []string          `json:"violations"`
			Lines      map[string]string `json:"lines"`
		} `json:"options"`
	} `json:"expect"`
}

// minimumExamples is how many examples of a product there are at least. Fewer
// means that some were lost, not that all is well.
var minimumExamples = map[string]int{
	"tencent-im": 12, "tencent-trtc": 32, "easemob-im": 20, "aliyun-multimodal": 13, "inf-llm": 3,
}

// TestPublicExamples sends every public example through the real API.
func TestPublicExamples(t *testing.T) {
	data, err := os.ReadFile("testdata/estimates.json")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(newServer(t))
	defer server.Close()
	ran := map[string]int{}
	for _, ex := range decode[[]example](t, data) {
		product := decode[struct {
			Product string `json:"product"`
		}](t, ex.Request).Product
		ran[product]++
		t.Run(ex.Name, func(t *testing.T) { checkExample(t, server, ex) })
	}
	for product, n := range minimumExamples {
		if ran[product] < n {
			t.Errorf("%d examples of %s ran, there must be %d", ran[product], product, n)
		}
	}
}

func checkExample(t *testing.T, server *httptest.Server, ex example) {
	res, err := server.Client().Post(server.URL+estimates, "application/json", strings.NewReader(string(ex.Request)))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body := read(t, res)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", res.StatusCode, body)
	}
	got := decode[estimateAnswer](t, body)
	if text(got.Recommended) != text(ex.Expect.Recommended) {
		t.Errorf("recommended %s, want %s", text(got.Recommended), text(ex.Expect.Recommended))
	}
	if len(got.Options) != len(ex.Expect.Options) {
		t.Errorf("%d options, want %d", len(got.Options), len(ex.Expect.Options))
	}
	for _, o := range got.Options {
		want, ok := ex.Expect.Options[o.ID]
		if !ok {
			t.Errorf("there is an option %s, which is not expected", o.ID)
			continue
		}
		if o.Feasible != want.Feasible || o.Complete != want.Complete {
			t.Errorf("%s: feasible %t, complete %t, want %t, %t", o.ID, o.Feasible, o.Complete, want.Feasible, want.Complete)
		}
		if o.Total != want.Total {
			t.Errorf("%s: total %s, want %s", o.ID, o.Total, want.Total)
		}
		var violations []string
		for _, v := range o.Violations {
			violations = append(violations, v.Input)
		}
		if !slices.Equal(violations, want.Violations) {
			t.Errorf("%s: violations %v, want %v", o.ID, violations, want.Violations)
		}
		for _, d := range differentLines(o.Lines, want.Lines) {
			t.Errorf("%s: %s", o.ID, d)
		}
	}
}

// differentLines compares lines by id and amount. A line of amount 0 may be
// shown or left out.
func differentLines(got []lineAnswer, want map[string]string) []string {
	var out []string
	seen := map[string]bool{}
	for _, line := range got {
		if seen[line.ID] {
			out = append(out, "line "+line.ID+" comes twice")
		}
		seen[line.ID] = true
		amount, err := decimal.NewFromString(line.Amount)
		if err != nil {
			out = append(out, fmt.Sprintf("line %s: %v", line.ID, err))
			continue
		}
		expected := decimal.Zero
		if text, ok := want[line.ID]; ok {
			expected = decimal.RequireFromString(text)
		}
		if !amount.Equal(expected) {
			out = append(out, fmt.Sprintf("line %s is %s, want %s", line.ID, amount, expected))
		}
	}
	for id, amount := range want {
		if !seen[id] && !decimal.RequireFromString(amount).IsZero() {
			out = append(out, fmt.Sprintf("line %s of %s is missing", id, amount))
		}
	}
	return out
}

// text shows what may be null.
func text(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}
