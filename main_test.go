package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// books is the folder of the test books, laid out like pricing/books.
const books = "testdata/books"

// result is what a run of the program left behind.
type result struct {
	status   int
	out, err string
}

// run runs the program to its end with arguments, standard input and
// environment variables, given as name, value, name, value. A command has one
// thread, of which the race detector sees nothing, and reads all price books,
// which is slow under it: a short run leaves commands out.
func run(t *testing.T, in string, args []string, env ...string) result {
	t.Helper()
	if testing.Short() {
		t.Skip("one thread: left to the run that is not short")
	}
	var out, errs bytes.Buffer
	p := &program{in: strings.NewReader(in), out: &out, err: &errs, getenv: environment(env)}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	status := p.run(ctx, args)
	return result{status, out.String(), errs.String()}
}

func environment(pairs []string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func words(s string) []string { return strings.Fields(s) }

// TestExitStatus: 0, 2 for wrong usage, 1 for everything else; and what went
// wrong is one clear line on the standard error, beginning with the program's
// name.
func TestExitStatus(t *testing.T) {
	tests := []struct {
		args   string
		status int
		says   string // on standard error
	}{
		{"version", 0, ""},
		{"help", 0, ""},
		{"-h", 0, ""},
		{"serve -h", 0, ""},
		{"estimate -h", 0, ""},
		{"check --help", 0, ""},
		{"check", 0, ""},
		{"compare -h", 0, ""},
		{"compare tencent-im easemob-im", 0, ""},
		{"compare tencent-im easemob-im@2022-09-13:pro easemob-im -", 0, ""},
		{"estimate tencent-im", 0, ""},
		{"estimate tencent-im -", 0, ""},
		{"diff -h", 0, ""},
		{"diff easemob-im/2026-03-20 easemob-im/2026-03-23", 0, ""},
		{"diff pricing/books/easemob-im/2026-03-20.yaml easemob-im/2026-03-23", 0, ""},

		{"nonsense", 2, "nonsense"},
		{"Serve", 2, "Serve"},
		{"version 1", 2, "version"},
		{"-nonsense", 2, "nonsense"},
		{"serve somewhere", 2, "somewhere"},
		{"serve -rate fast", 2, "-rate"},
		{"serve -rate -1", 2, "-rate"},
		{"serve -rate NaN", 2, "-rate"},
		{"serve -rate Inf", 2, "-rate"},
		{"serve -trusted-proxies 10.0.0.0", 2, "-trusted-proxies"},
		{"serve -trusted-proxies 10.0.0.0/33", 2, "-trusted-proxies"},
		{"serve -public-url example.com", 2, "-public-url"},
		{"serve -public-url ftp://example.com", 2, "-public-url"},
		{"serve -addr", 2, "addr"},
		{"estimate", 2, "product"},
		{"estimate tencent-im a b", 2, "file"},
		{"estimate tencent-im -lang fr", 2, "-lang"},
		{"estimate tencent-im -nonsense", 2, "nonsense"},
		{"check -json", 2, "json"},
		{"compare", 2, "two products"},
		{"compare tencent-im", 2, "two products"},
		{"compare tencent-im -", 2, "two products"},
		{"compare tencent-im easemob-im -lang fr", 2, "-lang"},
		{"diff", 2, "two price books"},
		{"diff easemob-im/2026-03-20", 2, "two price books"},
		{"diff easemob-im/2022-09-13 easemob-im/2026-03-20 easemob-im/2026-03-23", 2, "two price books"},
		{"diff -json easemob-im/2026-03-20 easemob-im/2026-03-23", 2, "json"},

		{"diff easemob-im/2026-03-20 tencent-im/2020-10-30", 1, "different products"},
		{"diff easemob-im/1999-01-01 easemob-im/2026-03-20", 1, "easemob-im/1999-01-01"},
		{"diff easemob-im/2026-03-20 no-such-product/2026-03-20", 1, "no-such-product/2026-03-20"},
		{"diff easemob-im/ easemob-im/2026-03-20", 1, "easemob-im/"},
		{"diff easemob-im easemob-im/2026-03-20", 1, "easemob-im"},
		{"diff no-such-file.yaml easemob-im/2026-03-20", 1, "no-such-file.yaml"},
		{"diff testdata easemob-im/2026-03-20", 1, "testdata"},
		{"diff go.mod easemob-im/2026-03-20", 1, "go.mod:1:1"},
		{"diff -books no-such-folder easemob-im/2026-03-20 easemob-im/2026-03-23", 1, "no-such-folder"},
		{"estimate no-such-product", 1, "no-such-product"},
		{"estimate tencent-im -price-book 1999-01-01", 1, "1999-01-01"},
		{"estimate tencent-im no-such-file.json", 1, "no-such-file.json"},
		{"estimate tencent-im testdata", 1, "testdata"},
		{"compare tencent-im tencent-im", 1, "named twice"},
		{"compare tencent-im easemob-im@1999-01-01", 1, "easemob-im@1999-01-01"},
		{"compare tencent-im easemob-im:gold", 1, "easemob-im:gold"},
		{"compare tencent-im easemob-im no-such-file.json", 1, "no-such-file.json"},
		{"compare tencent-im easemob-im -facts no-such-facts", 1, "no-such-facts"},
		{"compare tencent-im inf-llm -facts testdata/../go.mod", 1, "not JSON"},
		{"check no-such-file.yaml", 1, "no-such-file.yaml"},
		{"check -books no-such-folder", 1, "no-such-folder"},
		{"serve -books no-such-folder", 1, "no-such-folder"},
		{"serve -addr 127.0.0.1:99999", 1, "99999"},
		{"serve -addr nonsense", 1, "nonsense"},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			r := run(t, "{}", words(tt.args))
			if r.status != tt.status {
				t.Errorf("exit status %d, want %d: %s", r.status, tt.status, r.err)
			}
			if tt.status == 0 {
				if r.err != "" || r.out == "" {
					t.Errorf("output %q, errors %q", r.out, r.err)
				}
				return
			}
			if r.out != "" {
				t.Errorf("output %q", r.out)
			}
			if strings.Count(r.err, "\n") != 1 || !strings.HasSuffix(r.err, "\n") || !strings.Contains(r.err, tt.says) {
				t.Errorf("errors %q, want one line about %s", r.err, tt.says)
			}
			if !strings.HasPrefix(r.err, "suanpan: ") && !strings.HasPrefix(tt.args, "check") {
				t.Errorf("errors %q do not say whose they are", r.err)
			}
		})
	}
}

// TestInputsAtFault: what the API refuses, the command line refuses too, all
// faults in one line.
func TestInputsAtFault(t *testing.T) {
	for in, says := range map[string][]string{
		"":                         {"JSON"},
		"[]":                       {"object"},
		`{"dau":1,"dau":2}`:        {"twice"},
		`{"dau":"15k","colour":1}`: {"dau", "colour"},
		`{"months":0,"live_days":1.5,"users":true}`:   {"months", "live_days", "users"},
		`{"dau":` + strings.Repeat("9", 70_000) + `}`: {"bytes"},
	} {
		r := run(t, in, []string{"estimate", "tencent-im"})
		if r.status != 1 || r.out != "" || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%.40s: %+v", in, r)
		}
		for _, word := range says {
			if !strings.Contains(r.err, word) {
				t.Errorf("%.40s: %q says nothing of %s", in, r.err, word)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	if r := run(t, "", []string{"version"}); !regexp.MustCompile(`^suanpan \S+ go1\.\d+.*\n$`).MatchString(r.out) {
		t.Errorf("version says %q", r.out)
	}
}

// TestEveryFlagIsExplained: -h of a command names its flags and exits with 0.
func TestEveryFlagIsExplained(t *testing.T) {
	for command, flags := range map[string]string{
		"serve":    "addr db rate trusted-proxies public-url books",
		"estimate": "json lang price-book books",
		"compare":  "json lang facts books",
		"check":    "books",
		"diff":     "books",
		"export":   "db",
		"import":   "db",
	} {
		r := run(t, "", []string{command, "-h"})
		for _, name := range words(flags) {
			if !strings.Contains(r.out, "  -"+name) {
				t.Errorf("%s -h says nothing of -%s", command, name)
			}
		}
	}
}

// TestFlagsAnywhere: flags may stand before, between and behind the arguments.
func TestFlagsAnywhere(t *testing.T) {
	file := write(t, t.TempDir(), "inputs.json", `{"meeting_rooms":2}`)
	want := run(t, "", []string{"estimate", "-json", "-books", books, "-price-book", "2025-06-01", "fixture-cloud", file})
	if want.status != 0 {
		t.Fatal(want.err)
	}
	for _, args := range [][]string{
		{"estimate", "fixture-cloud", file, "-json", "-books", books, "-price-book", "2025-06-01"},
		{"estimate", "fixture-cloud", "-json", "-books=" + books, file, "--price-book=2025-06-01"},
		{"estimate", "-books", books, "fixture-cloud", "-price-book", "2025-06-01", "--json", file},
	} {
		if got := run(t, "", args); got != want {
			t.Errorf("%q: %+v", args, got)
		}
	}
}

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
	s := start(t, []string{"-books", books})
	for _, tt := range fixtureCases {
		t.Run(tt.name, func(t *testing.T) {
			api := s.post(t, "/api/v1/estimates", `{"product":"fixture-cloud","inputs":`+tt.inputs+`}`)
			checkFixture(t, api, tt)

			cli := run(t, tt.inputs, []string{"estimate", "-books", books, "-json", "fixture-cloud"})
			if cli.status != 0 || compact(t, []byte(cli.out)) != compact(t, api) {
				t.Errorf("the command line says\n%s%s\nthe API\n%s", cli.out, cli.err, api)
			}

			table := run(t, tt.inputs, []string{"estimate", "-books", books, "fixture-cloud"})
			for option, total := range tt.totals {
				if !regexp.MustCompile(`(?m)^` + option + `\s+` + regexp.QuoteMeta(grouped(total)) + `\s`).MatchString(table.out) {
					t.Errorf("the table lacks %s %s:\n%s", option, total, table.out)
				}
			}

			doc := s.page(t, "/calc/fixture-cloud"+tt.query)
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
			if link := doc.Find("#link").AttrOr("value", ""); link != s.url+"/calc/fixture-cloud"+tt.query {
				t.Errorf("the page's link is %s", link)
			}
		})
	}
	// It is in the menu of every page, and in the list of the API.
	if s.page(t, "/").Find(`nav a[href="/calc/fixture-cloud"]`).Length() != 1 {
		t.Error("the product is not in the menu")
	}
	if list := string(s.get(t, "/api/v1/products")); !strings.Contains(list, `"fixture-cloud"`) || !strings.Contains(list, `"tencent-im"`) {
		t.Errorf("products %s", list)
	}
	if description := string(s.get(t, "/api/openapi.json")); !strings.Contains(description, "seats_per_room") {
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

// TestEstimateFromFileAndStandardInput: both are the same, in both languages.
func TestEstimateFromFileAndStandardInput(t *testing.T) {
	const inputs = `{"dau":15000,"history_days":90,"months":12}`
	file := write(t, t.TempDir(), "inputs.json", inputs)
	for _, flags := range []string{"", "-json", "-lang zh", "-json -lang zh"} {
		args := append([]string{"estimate", "tencent-im"}, words(flags)...)
		typed, dash, read := run(t, inputs, args), run(t, inputs, append(args, "-")), run(t, "", append(args, file))
		if typed != read || typed != dash || typed.status != 0 || !strings.Contains(strings.ReplaceAll(typed.out, ",", ""), "35988.00") {
			t.Errorf("%q: %+v\n%+v", flags, typed, read)
		}
		if chinese := strings.Contains(typed.out, "腾讯云") || strings.Contains(typed.out, "专业版"); chinese != strings.Contains(flags, "zh") {
			t.Errorf("%q: %s", flags, typed.out)
		}
	}
}

// TestCompare: the columns side by side, as the API has them, from a file or the
// standard input, with or without the facts of a room.
func TestCompare(t *testing.T) {
	const inputs = `{"dau":15000,"history_days":90,"months":12,"presence":true}`
	file := write(t, t.TempDir(), "inputs.json", inputs)
	for _, flags := range []string{"", "-json", "-lang zh"} {
		args := append([]string{"compare", "tencent-im", "easemob-im", "easemob-im@2022-09-13:pro"}, words(flags)...)
		typed, read := run(t, inputs, args), run(t, "", append(args, file))
		if typed != read || typed.status != 0 {
			t.Errorf("%q: %+v\n%+v", flags, typed, read)
		}
	}
	out := run(t, inputs, words("compare tencent-im easemob-im")).out
	for _, part := range []string{
		"tencent-im@2020-10-30", "easemob-im@2026-03-23", "35,988.00", "45,588.00", "cheapest", "−9,600.00",
		"Presence subscriptions             - uncovered", "? Presence subscriptions: not in this price book",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("the table lacks %q:\n%s", part, out)
		}
	}
	room := write(t, t.TempDir(), "room", `{"participants":[{"sends":"video_640x360"},{"sends":"audio"},{"sends":"video_1920x1080"}],"session_minutes":30,"sessions":3000}`)
	out = run(t, "{}", []string{"compare", "tencent-trtc", "easemob-im", "-facts", room}).out
	for _, part := range []string{"9,934.16", "16,620.00", "cheapest"} {
		if !strings.Contains(out, part) {
			t.Errorf("the table lacks %q:\n%s", part, out)
		}
	}
	// With facts there may be no inputs.
	if r := run(t, "", []string{"compare", "tencent-trtc", "easemob-im", "-facts", room}); r.status != 0 || r.out != out {
		t.Errorf("without inputs: %+v", r)
	}
	if r := run(t, "", words("compare tencent-im easemob-im")); r.status != 1 || !strings.Contains(r.err, "The input is not JSON") {
		t.Errorf("without facts and inputs: %+v", r)
	}
	if r := run(t, `{"colour":1,"months":0}`, words("compare tencent-im easemob-im")); r.status != 1 || !strings.Contains(r.err, "colour: ") || !strings.Contains(r.err, "months: ") {
		t.Errorf("%+v", r)
	}
}

// TestTableHasEverything: the recommended option first, each line with its
// formula, and why an option is not possible.
func TestTableHasEverything(t *testing.T) {
	out := run(t, `{"dau":15000,"history_days":90,"months":12}`, words("estimate tencent-im")).out
	for _, part := range []string{
		"2020-10-30", "CNY", "months: 12", "35,988.00", "53,988.00", "recommended", "not feasible",
		"⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000 × 12", "prepaid", "postpaid", "at most 100",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("the table lacks %q:\n%s", part, out)
		}
	}
	if pro, ultimate := strings.Index(out, "\npro"), strings.Index(out, "\nultimate"); pro < 0 || ultimate < pro {
		t.Errorf("the recommended option is not the first:\n%s", out)
	}
}

// brokenBook is a price book with faults in the lines that are named.
func brokenBook(t *testing.T) (text string, faults []string) {
	t.Helper()
	data, err := os.ReadFile(books + "/fixture-cloud/2026-01-01.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text = strings.Replace(string(data), `unit_price: "3.25"`, `unit_price: "3,25"`, 1)
	at := 1 + strings.Count(text[:strings.Index(text, `"3,25"`)], "\n")
	return text, []string{fmt.Sprintf(":%d:", at)}
}

// TestCheck says where a price book is wrong: file, line and column.
func TestCheck(t *testing.T) {
	good := books + "/fixture-cloud/2026-01-01.yaml"
	if r := run(t, "", []string{"check", good}); r.status != 0 || r.err != "" || !strings.Contains(r.out, good) {
		t.Errorf("a good book: %+v", r)
	}
	r := run(t, "", []string{"check"})
	var checked []string
	for line := range strings.Lines(r.out) {
		name, rest, _ := strings.Cut(line, ": ")
		checked = append(checked, name)
		good := `^ok, \d+ inputs, \d+ options, sha256 [0-9a-f]{64}\n$`
		if strings.HasSuffix(name, "/planning.yaml") {
			good = `^ok, [1-9]\d* estimators\n$`
		}
		if !regexp.MustCompile(good).MatchString(rest) {
			t.Errorf("all books: %q", line)
		}
	}
	if want := words(`aliyun-multimodal/2026-07-01 aliyun-multimodal/planning.yaml
		easemob-im/2026-03-23 easemob-im/2026-03-20 easemob-im/2022-09-13 easemob-im/planning.yaml
		inf-llm/2024-12-01 inf-llm/planning.yaml tencent-im/2020-10-30 tencent-im/planning.yaml
		tencent-trtc/2025-07-10 tencent-trtc/planning.yaml`); r.status != 0 || !slices.Equal(checked, want) {
		t.Errorf("all books: %q, %+v", checked, r)
	}
	if r := run(t, "", []string{"check", "-books", books}); r.status != 0 || !strings.Contains(r.out, "tencent-im") || !strings.Contains(r.out, "fixture-cloud/2025-06-01") {
		t.Errorf("all books and a folder: %+v", r)
	}
	text, at := brokenBook(t)
	bad := write(t, t.TempDir(), "broken.yaml", text)
	r = run(t, "", []string{"check", bad, good})
	if r.status != 1 || !strings.Contains(r.out, good) { // the others are checked all the same
		t.Errorf("a broken book: %+v", r)
	}
	for _, place := range at {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(bad+place) + `\d+: .*3,25`).MatchString(r.err) {
			t.Errorf("errors %q do not lead to %s%s", r.err, bad, place)
		}
	}
}

// TestDiff: what is in one book of a product and not in another, what changed,
// and what the examples come to in both.
func TestDiff(t *testing.T) {
	const older, newer = "easemob-im/2026-03-20", "easemob-im/2026-03-23"
	r := run(t, "", []string{"diff", older, newer})
	if r.status != 0 || r.err != "" {
		t.Fatalf("%+v", r)
	}
	for _, line := range []string{
		"easemob-im: 2026-03-20 → 2026-03-23",
		"~ charges[push_plan].prices[pro, ultimate].monthly_fee: 288 → 500",
		"~ charges[push_overage].prices[pro, ultimate].package.price: 288 → 500",
		"+ inputs[message_reporting].kind: yes_no",
		"+ inputs[speech_to_text_messages].kind: count",
		"+ charges[translation_overage].prices[pro, ultimate].unit_price: 0.27",
		"- charges[translation].settlement: prepaid",
	} {
		if !strings.Contains("\n"+r.out, "\n"+line+"\n") {
			t.Errorf("the difference lacks %q:\n%s", line, r.out)
		}
	}
	for _, total := range []string{
		`A social app .* for a year +2026-03-20 +2026-03-23\n`,
		`  pro +116,945\.00 +122,033\.00\n`,
		`  ultimate +106,145\.00 \(recommended\) +111,233\.00 \(recommended\)\n`,
		`  free +0\.00 \(not feasible\) +0\.00 \(not feasible\)\n`,
		// Of an example that only the newer book has a price for.
		`  pro +87,386\.00 \(not complete\) \(recommended\) +136,754\.00\n`,
		`  ! one of the books has no input message_reporting\n`,
	} {
		if !regexp.MustCompile(total).MatchString(r.out) {
			t.Errorf("the examples lack %q:\n%s", total, r.out)
		}
	}
	if n := strings.Count(r.out, "names and sentences differ"); n != 1 || strings.Contains(r.out, ".zh") || strings.Contains(r.out, ".en:") {
		t.Errorf("names and sentences are not only counted:\n%s", r.out)
	}

	// The other way round what was put in is taken out.
	back := run(t, "", []string{"diff", newer, older})
	if !strings.Contains(back.out, "\n- inputs[message_reporting].kind: yes_no\n") || !strings.Contains(back.out, "monthly_fee: 500 → 288\n") {
		t.Errorf("the other way round: %+v", back)
	}
	// Files are as good as embedded books.
	for _, args := range [][]string{
		{"diff", "pricing/books/" + older + ".yaml", "pricing/books/" + newer + ".yaml"}, {"diff", older, "pricing/books/" + newer + ".yaml"},
	} {
		if got := run(t, "", args); got != r {
			t.Errorf("%q: %+v", args, got)
		}
	}
	if same := run(t, "", []string{"diff", older, "pricing/books/" + older + ".yaml"}); same.status != 0 || !strings.Contains(same.out, "\nnothing differs\n") {
		t.Errorf("a book and itself: %+v", same)
	}
	// Options that only one of the books has, and books of a folder.
	if r := run(t, "", []string{"diff", "easemob-im/2022-09-13", older}); r.status != 0 || !regexp.MustCompile(`  premium +10,838\.00 +–\n`).MatchString(r.out) {
		t.Errorf("%+v", r)
	}
	if r := run(t, "", []string{"diff", "-books", books, "fixture-cloud/2025-06-01", "fixture-cloud/2026-01-01"}); r.status != 0 || !strings.Contains(r.out, "\n~ ") {
		t.Errorf("%+v", r)
	}
	// A broken book is told as check tells it.
	text, at := brokenBook(t)
	bad := write(t, t.TempDir(), "broken.yaml", text)
	if r := run(t, "", []string{"diff", "-books", books, bad, "fixture-cloud/2026-01-01"}); r.status != 1 || r.out != "" || !strings.Contains(r.err, bad+at[0]) {
		t.Errorf("a broken book: %+v", r)
	}
}

// TestTableOfEveryKind: rows and features from the command line, and what the
// table says of a total that is not complete.
func TestTableOfEveryKind(t *testing.T) {
	for _, tt := range []struct{ args, in, want string }{
		{"aliyun-multimodal", `{"workloads":[{"rounds":88000,"dialogue":"casual"}],"months":12}`, `savings_plan +2,001\.00 +recommended\n`},
		{"tencent-trtc", `{"features":["ai_captions"]}`, `premium_plus +2,875\.00 +recommended\n`},
		{"inf-llm", `{"models":[{"input_tokens":1000000}],"months":3}`, `payg +30\.00 +recommended\n`},
		{"easemob-im -price-book 2026-03-20", `{"translation_characters":5}`, `pro +1,299\.00 +recommended, not complete\n`},
		{"easemob-im", `{"translation_characters":5}`, `pro +1,799\.00 +recommended\n`},
	} {
		if r := run(t, tt.in, append([]string{"estimate"}, words(tt.args)...)); r.status != 0 || !regexp.MustCompile(tt.want).MatchString(r.out) {
			t.Errorf("%s: %+v, want %s", tt.args, r, tt.want)
		}
	}
	r := run(t, `{"workloads":[{"asr":"loud"},1]}`, []string{"estimate", "aliyun-multimodal"})
	if r.status != 1 || !strings.Contains(r.err, "workloads[0].asr: ") || !strings.Contains(r.err, "workloads[1]: ") {
		t.Errorf("%+v", r)
	}
}

// TestBooksThatAreRefused: the program does not start with a price book that is
// wrong, and says where.
func TestBooksThatAreRefused(t *testing.T) {
	good, err := os.ReadFile(books + "/fixture-cloud/2026-01-01.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text, at := brokenBook(t)
	published, err := os.ReadFile("pricing/books/tencent-im/2020-10-30.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, file, text, says string
	}{
		{"broken", "fixture-cloud/2026-01-01.yaml", text, "fixture-cloud/2026-01-01.yaml" + at[0]},
		{"not YAML", "fixture-cloud/2026-01-01.yaml", "product: [", "fixture-cloud/2026-01-01.yaml:2:"},
		{"empty", "fixture-cloud/2026-01-01.yaml", "", "fixture-cloud/2026-01-01.yaml:1:1:"},
		{"same product and date as an embedded one", "tencent-im/2020-10-30.yaml", string(published), "tencent-im/2020-10-30.yaml:1:1: there is"},
		{"in the wrong folder", "other/2026-01-01.yaml", string(good), "other/2026-01-01.yaml:1:1:"},
		{"under the wrong date", "fixture-cloud/2026-01-02.yaml", string(good), "fixture-cloud/2026-01-02.yaml:1:1:"},
		{"with the wrong ending", "fixture-cloud/2026-01-01.yml", string(good), "2026-01-01.yml"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, folder, tt.file, tt.text)
			for _, args := range [][]string{
				{"-addr", "127.0.0.1:0", "-books", folder}, {"estimate", "tencent-im", "-books", folder}, {"check", "-books", folder},
			} {
				r := run(t, "{}", args)
				if r.status != 1 || r.out != "" || !strings.Contains(r.err, tt.says) {
					t.Errorf("%s: %+v, want %q", args[0], r, tt.says)
				}
			}
		})
	}
	// A revision, or another date, stands beside the published one.
	folder := t.TempDir()
	write(t, folder, "tencent-im/2020-10-30r2.yaml", strings.Replace(string(published), `price_book: "2020-10-30"`, `price_book: "2020-10-30r2"`, 1))
	if r := run(t, "{}", []string{"estimate", "tencent-im", "-json", "-books", folder}); !strings.Contains(r.out, `"2020-10-30r2"`) {
		t.Errorf("a revision is not the newest: %+v", r)
	}
}

// server is the program while it serves.
type server struct {
	url  string
	stop context.CancelFunc
	// ended has the exit status once the program has ended.
	ended chan int
	errs  *bytes.Buffer
}

// start starts the program on a free port and waits until it listens. It is
// stopped when the test ends.
func start(t *testing.T, args []string, env ...string) *server {
	t.Helper()
	if !slices.Contains(args, "-db") && environment(env)("SUANPAN_DB") == "" {
		env = append(env, "SUANPAN_DB", filepath.Join(t.TempDir(), "suanpan.db"))
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &server{stop: stop, ended: make(chan int, 1), errs: new(bytes.Buffer)}
	listening := make(chan net.Addr, 1)
	p := &program{
		in: strings.NewReader(""), out: io.Discard, err: s.errs, getenv: environment(env),
		listening: func(a net.Addr) { listening <- a },
	}
	if environment(env)("SUANPAN_ADDR") == "" {
		args = append([]string{"-addr", "127.0.0.1:0"}, args...)
	}
	go func() { s.ended <- p.run(ctx, args) }()
	select {
	case a := <-listening:
		s.url = "http://" + a.String()
	case status := <-s.ended:
		t.Fatalf("the program ended with %d: %s", status, s.errs)
	case <-time.After(20 * time.Second):
		t.Fatal("the program does not listen")
	}
	t.Cleanup(func() { stop(); s.wait(t) })
	return s
}

// wait waits until the program has ended, and checks that it ended well.
func (s *server) wait(t *testing.T) {
	t.Helper()
	select {
	case status := <-s.ended:
		if status != 0 {
			t.Errorf("exit status %d: %s", status, s.errs)
		}
		s.ended <- status // for whoever waits next
	case <-time.After(20 * time.Second):
		t.Error("the program does not end")
	}
}

// client does not wait for ever.
var client = &http.Client{Timeout: 20 * time.Second}

func (s *server) do(t *testing.T, r *http.Request) (*http.Response, []byte) {
	t.Helper()
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

func (s *server) request(t *testing.T, method, target, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, s.url+target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (s *server) get(t *testing.T, target string) []byte {
	t.Helper()
	res, body := s.do(t, s.request(t, http.MethodGet, target, ""))
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d: %.300s", target, res.StatusCode, body)
	}
	return body
}

func (s *server) post(t *testing.T, target, body string) []byte {
	t.Helper()
	r := s.request(t, http.MethodPost, target, body)
	r.Header.Set("Content-Type", "application/json")
	res, answer := s.do(t, r)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d: %.300s", body, res.StatusCode, answer)
	}
	return answer
}

func (s *server) page(t *testing.T, target string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(s.get(t, target)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestShutdownLetsRequestsFinish: a request under way is answered in full after
// the program was told to end; new ones are not taken.
func TestShutdownLetsRequestsFinish(t *testing.T) {
	s := start(t, nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	const body = `{"product":"tencent-im","inputs":{"dau":20000}}`
	fmt.Fprintf(conn, "POST /api/v1/estimates HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:10])
	time.Sleep(100 * time.Millisecond) // the handler is reading the body now
	s.stop()
	// New visitors are turned away while the old one is still waited for.
	deadline := time.Now().Add(10 * time.Second)
	for {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			break
		}
		c.Close()
		if time.Now().After(deadline) {
			t.Fatal("the program still takes connections")
		}
		time.Sleep(10 * time.Millisecond)
	}
	select {
	case status := <-s.ended:
		t.Fatalf("the program ended with %d while a request was under way", status)
	default:
	}
	if _, err := io.WriteString(conn, body[10:]); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 200")) || !bytes.Contains(answer, []byte(`"1999.00"`)) {
		t.Errorf("the request was answered with %q, %v", answer, err)
	}
	s.wait(t)
}

// TestEnvironment: each setting can come from the environment, and a flag wins
// over it.
func TestEnvironment(t *testing.T) {
	s := start(t, nil, "SUANPAN_ADDR", "127.0.0.1:0", "SUANPAN_RATE", "0.5", "SUANPAN_BOOKS", books,
		"SUANPAN_PUBLIC_URL", "https://suanpan.example", "SUANPAN_TRUSTED_PROXIES", "127.0.0.0/8, ::1/128")
	if link := s.page(t, "/calc/fixture-cloud").Find("#link").AttrOr("value", ""); link != "https://suanpan.example/calc/fixture-cloud" {
		t.Errorf("link %q", link)
	}
	status := func(s *server, address string) int {
		r := s.request(t, http.MethodGet, "/api/v1/products", "")
		r.Header.Set("X-Forwarded-For", address)
		res, _ := s.do(t, r)
		return res.StatusCode
	}
	// A burst of two is four times the rate; each forwarded address has its own.
	for i, want := range []int{200, 200, 429} {
		if got := status(s, "198.51.100.1"); got != want {
			t.Errorf("request %d: status %d, want %d", i+1, got, want)
		}
	}
	if got := status(s, "198.51.100.2"); got != 200 {
		t.Errorf("another address: status %d", got)
	}

	flag := start(t, []string{"-rate", "0", "-trusted-proxies", "", "-public-url", "http://flag.example"},
		"SUANPAN_RATE", "0.5", "SUANPAN_PUBLIC_URL", "https://suanpan.example")
	if link := flag.page(t, "/calc/tencent-im").Find("#link").AttrOr("value", ""); link != "http://flag.example/calc/tencent-im" {
		t.Errorf("link %q", link)
	}
	for range 10 {
		if got := status(flag, "198.51.100.1"); got != 200 {
			t.Errorf("status %d without a limit", got)
		}
	}

	for name, value := range map[string]string{
		"SUANPAN_RATE": "fast", "SUANPAN_TRUSTED_PROXIES": "everybody", "SUANPAN_PUBLIC_URL": "nowhere",
	} {
		if r := run(t, "", []string{"serve", "-addr", "127.0.0.1:0"}, name, value); r.status != 2 || r.err == "" {
			t.Errorf("%s=%s: %+v", name, value, r)
		}
	}
	if r := run(t, "", []string{"estimate", "x"}, "SUANPAN_BOOKS", "no-such-folder"); r.status != 1 {
		t.Errorf("%+v", r)
	}
}

// TestAddressInUse is told in one line.
func TestAddressInUse(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	r := run(t, "", []string{"-addr", listener.Addr().String()})
	if r.status != 1 || r.out != "" || strings.Count(r.err, "\n") != 1 || !strings.Contains(r.err, listener.Addr().String()) {
		t.Errorf("%+v", r)
	}
}

// TestServerSaysWhereItIs: the address in the output opens the calculator.
func TestServerSaysWhereItIs(t *testing.T) {
	out, in := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	p := &program{in: strings.NewReader(""), out: in, err: io.Discard, getenv: environment(nil)}
	go func() {
		ended <- p.run(ctx, []string{"-addr", "localhost:0"})
		in.Close()
	}()
	defer stop()
	time.AfterFunc(20*time.Second, func() { in.Close() }) // it says nothing
	line := make([]byte, 200)
	n, err := out.Read(line)
	if err != nil {
		t.Fatalf("the program says nothing: %v", err)
	}
	url := regexp.MustCompile(`http://\S+`).FindString(string(line[:n]))
	res, err := client.Get(url)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%q: %v", line[:n], err)
	} else {
		res.Body.Close()
	}
	stop()
	select {
	case status := <-ended:
		if status != 0 {
			t.Errorf("exit status %d", status)
		}
	case <-time.After(20 * time.Second):
		t.Error("the program does not end")
	}
}

// TestSlowVisitorsAreCutOff: a visitor who sends nothing does not hold a
// connection for ever.
func TestSlowVisitorsAreCutOff(t *testing.T) {
	t.Parallel() // it takes as long as the time limit
	s := start(t, nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(readHeaderTimeout + 10*time.Second)); err != nil {
		t.Fatal(err)
	}
	var timeout net.Error
	if _, err := io.ReadAll(conn); errors.As(err, &timeout) && timeout.Timeout() {
		t.Error("the connection is still open")
	}
}
