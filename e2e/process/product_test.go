package process

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// pinned is how a link begins that names the newest prices of the invented product.
var pinned = regexp.MustCompile(`\?c=[a-z0-9]{6}&price_book=2026-01-01&?`)

// fixtureCase is an estimate of the invented product whose figures were
// computed by hand from its book.
type fixtureCase struct {
	name, inputs, query string
	recommended         string
	// totals and lines are by option; a line is "id amount".
	totals map[string]string
	lines  map[string][]string
}

var fixtureCases = []fixtureCase{
	{
		// basic: 120.50 + 1 × 8 × 3.25 + 99.99; business: 480 + 1 × 8 × 2.405 + 99.99
		name: "all defaults", inputs: `{}`, query: "", recommended: "basic",
		totals: map[string]string{"basic": "246.49", "business": "599.23"},
		lines: map[string][]string{
			"basic":    {"rent 120.5", "room_hours 26", "welcome_desk 99.99"},
			"business": {"rent 480", "room_hours 19.24", "welcome_desk 99.99"},
		},
	},
	{
		// Only full blocks of pages are paid: ⌊5,499 ÷ 500⌋ = 10 and ⌊1,499 ÷ 500⌋ = 2.
		// 14 seats need the larger add-on of basic and none of business.
		// basic: 3 × (120.50 + 90 × 3.25 + 10 × 7.50 + 150) = 3 × 638
		// business: 3 × (480 + 90 × 2.405 + 2 × 7.50) = 3 × 711.45
		name:        "three months without the desk",
		inputs:      `{"months":3,"meeting_rooms":10,"hours_a_day":9,"printed_pages":6499,"seats_per_room":14,"welcome_desk":false}`,
		query:       "?months=3&meeting_rooms=10&hours_a_day=9&printed_pages=6499&seats_per_room=14&welcome_desk=no",
		recommended: "basic",
		totals:      map[string]string{"basic": "1914.00", "business": "2134.35"},
		lines: map[string][]string{
			"basic":    {"rent 361.5", "room_hours 877.5", "page_overage 225", "larger_rooms 450"},
			"business": {"rent 1440", "room_hours 649.35", "page_overage 45"},
		},
	},
	{
		// basic serves 10 rooms and no wall; what it cannot serve adds nothing.
		// business: 480 + 11 × 8 × 2.405 + 99.99 + 300
		name: "a wall and one room too many", inputs: `{"meeting_rooms":11,"video_wall":true}`,
		query: "?meeting_rooms=11&video_wall=yes", recommended: "business",
		totals: map[string]string{"business": "1091.63", "basic": "220.49"},
		lines: map[string][]string{
			"business": {"rent 480", "room_hours 211.64", "welcome_desk 99.99", "video_wall 300"},
			"basic":    {"rent 120.5", "welcome_desk 99.99"},
		},
	},
	{
		// The guard is for a wall without a desk, both conditions at once.
		// business: 480 + 8 × 2.405 + 300 + 45.05; basic, without any wall: 120.50 + 8 × 3.25
		name: "a wall that nobody watches", inputs: `{"video_wall":true,"welcome_desk":false}`,
		query: "?welcome_desk=no&video_wall=yes", recommended: "business",
		totals: map[string]string{"business": "844.29", "basic": "146.50"},
		lines: map[string][]string{
			"business": {"rent 480", "room_hours 19.24", "video_wall 300", "wall_guard 45.05"},
			"basic":    {"rent 120.5", "room_hours 26"},
		},
	},
	{
		// business: 3 × (480 + 2.405 + 99.99) = 1747.185, rounded once, half up
		name: "a total to be rounded", inputs: `{"hours_a_day":"1","months":"3","seats_per_room":17}`,
		query: "?months=3&hours_a_day=1&seats_per_room=17", recommended: "business",
		totals: map[string]string{"business": "1747.19", "basic": "671.22"},
		lines: map[string][]string{
			"business": {"rent 1440", "room_hours 7.215", "welcome_desk 299.97"},
			"basic":    {"rent 361.5", "room_hours 9.75", "welcome_desk 299.97"},
		},
	},
}

// estimate is the part of the API's answer that the cases are about.
type estimate struct {
	Recommended string `json:"recommended"`
	Options     []struct {
		ID    string `json:"id"`
		Total string `json:"total"`
		Lines []struct {
			ID     string `json:"id"`
			Amount string `json:"amount"`
		} `json:"lines"`
	} `json:"options"`
}

func checkFixture(t *testing.T, data []byte, want fixtureCase) {
	t.Helper()
	var got estimate
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	if got.Recommended != want.recommended || len(got.Options) != len(want.totals) {
		t.Errorf("recommended %s of %d options, want %s", got.Recommended, len(got.Options), want.recommended)
	}
	for _, o := range got.Options {
		var lines []string
		for _, l := range o.Lines {
			lines = append(lines, l.ID+" "+l.Amount)
		}
		if o.Total != want.totals[o.ID] || strings.Join(lines, ", ") != strings.Join(want.lines[o.ID], ", ") {
			t.Errorf("%s: %s from %v, want %s from %v", o.ID, o.Total, lines, want.totals[o.ID], want.lines[o.ID])
		}
	}
}

// TestProductThatNoCodeKnows: one new file is a new product, on the page, in the
// API and on the command line, and all three say the same.
func TestProductThatNoCodeKnows(t *testing.T) {
	t.Parallel()
	p, v := launch(t, newFile(t), "-books", books), newVisitor(t, "en")
	answered := must(t, http.StatusOK)
	for _, tt := range fixtureCases {
		t.Run(tt.name, func(t *testing.T) {
			api := answered(v.send(p.url+"/api/v1/estimates", `{"product":"fixture-cloud","inputs":`+tt.inputs+`}`)).body
			checkFixture(t, api, tt)

			cli := carryOut(t, tt.inputs, "estimate", "-books", books, "-json", "fixture-cloud")
			if cli.status != 0 || compact(t, []byte(cli.out)) != compact(t, api) {
				t.Errorf("the command line says\n%s%s\nthe API\n%s", cli.out, cli.err, api)
			}

			table := carryOut(t, tt.inputs, "estimate", "-books", books, "fixture-cloud")
			for option, total := range tt.totals {
				if !regexp.MustCompile(`(?m)^` + option + `\s+` + regexp.QuoteMeta(grouped(total)) + `\s`).MatchString(table.out) {
					t.Errorf("the table lacks %s %s:\n%s", option, total, table.out)
				}
			}

			doc := answered(v.get(p.url + "/calc/fixture-cloud" + tt.query)).page(t)
			if total := doc.Find("#total").Text(); total != "¥"+grouped(tt.totals[tt.recommended]) {
				t.Errorf("the page says %s", total)
			}
			var lines []string
			doc.Find("[data-line]").Each(func(_ int, e *goquery.Selection) { lines = append(lines, e.AttrOr("data-line", "")) })
			var want []string
			for _, l := range tt.lines[tt.recommended] {
				want = append(want, words(l)[0])
			}
			if strings.Join(lines, " ") != strings.Join(want, " ") {
				t.Errorf("the page has the lines %v, want %v", lines, want)
			}
			if link := doc.Find("#link").AttrOr("value", ""); strings.TrimSuffix(pinned.ReplaceAllString(link, "?"), "?") != p.url+"/calc/fixture-cloud"+tt.query {
				t.Errorf("the page's link is %s", link)
			}
		})
	}
	// It is in the menu of every page, and in the list of the API.
	if answered(v.get(p.url+"/")).page(t).Find(`nav a[href="/calc/fixture-cloud"]`).Length() != 1 {
		t.Error("the product is not in the menu")
	}
	if list := string(answered(v.get(p.url + "/api/v1/products")).body); !strings.Contains(list, `"fixture-cloud"`) || !strings.Contains(list, `"tencent-im"`) {
		t.Errorf("products %s", list)
	}
	if description := string(answered(v.get(p.url + "/api/openapi.json")).body); !strings.Contains(description, "seats_per_room") {
		t.Error("the description of the API does not have its inputs")
	}
}

// grouped writes an amount as people read it.
func grouped(amount string) string {
	if whole, fraction, _ := strings.Cut(amount, "."); len(whole) > 3 {
		return whole[:len(whole)-3] + "," + whole[len(whole)-3:] + "." + fraction
	}
	return amount
}

func compact(t *testing.T, data []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, data); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return b.String()
}
