package calc_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

const bodyLimit = 64 << 10

var chineseText = regexp.MustCompile(`\p{Han}`)

func TestAPILanguage(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		name, field, header string
		chinese             bool
	}{
		{"neither", "", "", false},
		{"body zh", "zh", "", true},
		{"body en against header zh", "en", "zh-CN,zh;q=0.9", false},
		{"body zh against header en", "zh", "en-US", true},
		{"header zh", "", "zh-CN,zh;q=0.9", true},
		{"header zh-TW", "", "zh-TW", true},
		{"header zh after en", "", "en-GB,en;q=0.9,zh;q=0.8", false},
		{"header zh before en", "", "zh;q=0.9,en;q=0.8", true},
		{"header fr", "", "fr", false},
		{"header fr, then zh", "", "fr, zh;q=0.5", true},
		{"header broken", "", ";;;q=x,,zh", false},
		{"header star", "", "*", false},
		{"header endless", "", strings.Repeat("zh,", 5000), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lang := ""
			if tt.field != "" {
				lang = fmt.Sprintf(`"lang":%q,`, tt.field)
			}
			inputs := `{` + lang + `"product":"tencent-im","inputs":{"dau":20000}}`
			estimate := decode[estimateAnswer](t, read(t, postJSON(t, s, inputs, "Accept-Language", tt.header)))
			if name := estimate.Options[0].Lines[0].Name; chineseText.MatchString(name) != tt.chinese {
				t.Errorf("line is named %q", name)
			}
			// An error speaks the same language as the answer would.
			p := wantProblem(t, postJSON(t, s, strings.Replace(inputs, "20000", `"x"`, 1), "Accept-Language", tt.header), 422)
			for _, said := range []string{p.Title, p.Detail, p.Errors[0].Message} {
				if chineseText.MatchString(said) != tt.chinese {
					t.Errorf("problem says %q", said)
				}
			}
			if p := wantProblem(t, postJSON(t, s, `{`+lang+`"product":"no"}`, "Accept-Language", tt.header), 404); chineseText.MatchString(p.Detail) != tt.chinese {
				t.Errorf("problem says %q", p.Detail)
			}
		})
	}
}

func TestAnswersVaryByLanguage(t *testing.T) {
	s := newServer(t)
	for _, res := range []*http.Response{get(t, s, "/api/v1/products"), postJSON(t, s, `{"product":"tencent-im"}`)} {
		if !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Language") {
			t.Errorf("Vary is %q", res.Header.Values("Vary"))
		}
	}
}

func TestNumbersAsIntegersOrStrings(t *testing.T) {
	s := newServer(t)
	integers := read(t, postJSON(t, s, `{"product":"tencent-im","inputs":{"dau":15000,"history_days":90,"months":12}}`))
	strings := read(t, postJSON(t, s, `{"product":"tencent-im","inputs":{"months":"12","history_days":"90","dau":"15000"}}`))
	if !slices.Equal(integers, strings) {
		t.Errorf("%s\n%s", integers, strings)
	}
}

// TestEstimateOfTheDocumentation is the answer that the documentation of the
// public interface shows.
func TestEstimateOfTheDocumentation(t *testing.T) {
	res := postJSON(t, newServer(t), `{"product":"tencent-im","price_book":"2020-10-30","lang":"en","inputs":{"dau":15000,"history_days":90,"months":12}}`)
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || !strings.HasPrefix(kind, "application/json") {
		t.Fatalf("status %d, content type %q", res.StatusCode, kind)
	}
	got := decode[estimateAnswer](t, read(t, res))
	if got.Product != "tencent-im" || got.PriceBook != "2020-10-30" || got.Currency != "CNY" || got.Months != 12 || text(got.Recommended) != "pro" {
		t.Errorf("head %+v", got)
	}
	var order []string
	for _, o := range got.Options {
		order = append(order, o.ID)
	}
	if !slices.Equal(order, []string{"pro", "ultimate", "trial"}) {
		t.Fatalf("options in the order %v", order)
	}
	pro, trial := got.Options[0], got.Options[2]
	if pro.Total != "35988.00" || pro.Monthly != "2999.00" || pro.Prepaid != "11988.00" || pro.Postpaid != "24000.00" || pro.Name != "Pro" {
		t.Errorf("pro %+v", pro)
	}
	want := []lineAnswer{
		{"plan", "Plan fee", "11988", "prepaid", "12", "month", "12 × ¥999", ""},
		{"dau_overage", "Daily active users over the allowance", "12000", "postpaid", "1", "10,000 users", "⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000 × 12", ""},
		{"history", "Message history, 90 days", "12000", "postpaid", "12", "month", "12 × ¥1,000", ""},
	}
	for i := range pro.Lines {
		if pro.Lines[i].Source == "" {
			t.Errorf("line %s has no source", pro.Lines[i].ID)
		}
		pro.Lines[i].Source = ""
	}
	if !reflect.DeepEqual(pro.Lines, want) {
		t.Errorf("lines\n%+v, want\n%+v", pro.Lines, want)
	}
	if len(trial.Violations) != 2 || text(trial.Violations[0].Limit) != "100" || text(trial.Violations[1].Limit) != "7" || trial.Violations[0].Message == "" {
		t.Errorf("violations %+v", trial.Violations)
	}
	if len(trial.Notes) == 0 || trial.Total != "0.00" || trial.Feasible || !trial.Complete {
		t.Errorf("trial %+v", trial)
	}
}

// TestListsAreNeverNull: a client may go through every list without a check.
func TestListsAreNeverNull(t *testing.T) {
	s := newServer(t)
	for _, body := range [][]byte{
		read(t, postJSON(t, s, `{"product":"tencent-im"}`)),
		read(t, postJSON(t, s, `{"product":"`+fixture+`"}`)),
		read(t, get(t, s, "/api/v1/products")),
		read(t, get(t, s, "/api/v1/products/"+fixture)),
	} {
		var walk func(path string, v any)
		walk = func(path string, v any) {
			switch v := v.(type) {
			case nil:
				if path != ".recommended" && !strings.HasSuffix(path, ".limit") && !strings.HasSuffix(path, ".group") {
					t.Errorf("%s is null", path)
				}
			case []any:
				for _, e := range v {
					walk(path, e)
				}
			case map[string]any:
				for name, e := range v {
					walk(path+"."+name, e)
				}
			}
		}
		walk("", decode[any](t, body))
	}
}

var (
	moneyText = regexp.MustCompile(`^(0|[1-9][0-9]*)\.[0-9]{2}$`)
	plainText = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$`)
)

// TestMoneyIsDecimalText checks the form of every amount and quantity, and
// that they add up, at sizes where a float would have lost digits.
func TestMoneyIsDecimalText(t *testing.T) {
	s := newServer(t)
	for _, body := range []string{
		`{"product":"tencent-im","inputs":{"dau":1000000000000,"live_domestic_mbps":1000000000000,"live_days":31,"months":36}}`,
		`{"product":"` + fixture + `","inputs":{"hours_a_day":1,"months":3}}`,
		`{"product":"` + fixture + `","inputs":{"printed_pages":999999999999}}`,
	} {
		data := read(t, postJSON(t, s, body))
		if strings.ContainsAny(string(regexp.MustCompile(`"(?:[^"\\]|\\.)*"`).ReplaceAll(data, nil)), ".eE") &&
			regexp.MustCompile(`:\s*-?[0-9]+[.eE]`).Match(data) {
			t.Errorf("there is a float in %s", data)
		}
		for _, o := range decode[estimateAnswer](t, data).Options {
			for _, money := range []string{o.Total, o.Monthly, o.Prepaid, o.Postpaid} {
				if !moneyText.MatchString(money) {
					t.Errorf("%s: %q is not money", o.ID, money)
				}
			}
			sum := decimal.Zero
			for _, line := range o.Lines {
				if !plainText.MatchString(line.Amount) || !plainText.MatchString(line.Quantity) {
					t.Errorf("%s: %s: amount %q, quantity %q", o.ID, line.ID, line.Amount, line.Quantity)
				}
				sum = sum.Add(decimal.RequireFromString(line.Amount))
			}
			if sum.StringFixed(2) != o.Total {
				t.Errorf("%s: the lines sum to %s, the total is %s", o.ID, sum, o.Total)
			}
		}
	}
}

// TestOptionsOrder: feasible ones by total, then the others as the book has
// them.
func TestOptionsOrder(t *testing.T) {
	s := newServer(t)
	for inputs, want := range map[string]string{
		`{}`:                       "trial pro ultimate",
		`{"dau":101}`:              "pro ultimate trial",
		`{"group_members":6001}`:   "trial pro ultimate", // none is feasible
		`{"live_groups":60}`:       "pro ultimate trial",
		`{"groups_per_user":3000}`: "ultimate trial pro",
		`{"group_members":2000,"groups_per_user":1000,"history_days":30,"live_groups":60}`: "ultimate pro trial",
	} {
		got := decode[estimateAnswer](t, read(t, postJSON(t, s, `{"product":"tencent-im","inputs":`+inputs+`}`)))
		var order []string
		for _, o := range got.Options {
			order = append(order, o.ID)
		}
		if strings.Join(order, " ") != want {
			t.Errorf("%s: %v, want %s", inputs, order, want)
		}
		if best := got.Options[0]; best.Feasible != (got.Recommended != nil) || (best.Feasible && *got.Recommended != best.ID) {
			t.Errorf("%s: recommended %s of %v", inputs, text(got.Recommended), order)
		}
	}
}

// TestLimitOfAViolation is the highest value that any add-on reaches, and null
// where there is no number.
func TestLimitOfAViolation(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		product, inputs, option string
		want                    *string
	}{
		{"tencent-im", `{"advanced_moderation":true}`, "trial", nil},
		{"tencent-im", `{"dau":101}`, "trial", pointer("100")},
		{"tencent-im", `{"live_domestic_mbps":1,"live_days":0}`, "trial", pointer("0")},
		{"tencent-im", `{"groups_per_user":1001}`, "pro", pointer("1000")},
		{fixture, `{"video_wall":true}`, "basic", nil},
		{fixture, `{"seats_per_room":17}`, "basic", pointer("16")},
	} {
		data := read(t, postJSON(t, s, fmt.Sprintf(`{"product":%q,"inputs":%s}`, tt.product, tt.inputs)))
		for _, o := range decode[estimateAnswer](t, data).Options {
			if o.ID != tt.option {
				continue
			}
			if o.Feasible || len(o.Violations) != 1 || text(o.Violations[0].Limit) != text(tt.want) {
				t.Errorf("%s: %s: violations %+v, want the limit %s", tt.inputs, o.ID, o.Violations, text(tt.want))
			}
		}
		if tt.want == nil && !strings.Contains(string(data), `"limit":null`) {
			t.Errorf("%s: no limit is null in %s", tt.inputs, data)
		}
	}
}

func TestOtherMethodsAndAddressesOfTheAPI(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		method, target string
		want           int
	}{
		{"GET", estimates, 405},
		{"PUT", estimates, 405},
		{"DELETE", estimates, 405},
		{"OPTIONS", estimates, 0},
		{"POST", "/api/v1/products", 405},
		{"POST", "/api/v1/products/tencent-im", 405},
		{"POST", "/api/openapi.json", 405},
		{"GET", "/api", 404},
		{"GET", "/api/", 404},
		{"GET", "/api/v1", 404},
		{"GET", "/api/v2/estimates", 404},
		{"POST", "/api/v1/estimates/", 404},
		{"POST", "/api/v1/nothing", 404},
		{"GET", "/api/v1/%2e%2e/%2e%2e/etc/passwd", 404},
	} {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			res := send(t, s, request(tt.method, tt.target, "", "Content-Type", "application/json"))
			if tt.want == 0 {
				return // whatever the answer is, it is no failure
			}
			wantProblem(t, res, tt.want)
			if tt.want == 405 && res.Header.Get("Allow") == "" {
				t.Error("the answer does not say which methods are allowed")
			}
		})
	}
}

// TestHeadOfTheAPI: an answer to HEAD has no body, and an error has the content
// type it would have with one.
func TestHeadOfTheAPI(t *testing.T) {
	s := newServer(t)
	for _, target := range []string{estimates, "/api/v1/products", "/api/v1/nothing"} {
		res := send(t, s, request(http.MethodHead, target, ""))
		if res.StatusCode != 404 && res.StatusCode != 405 && res.StatusCode != 200 {
			t.Errorf("HEAD %s: status %d", target, res.StatusCode)
		}
		if kind := res.Header.Get("Content-Type"); res.StatusCode >= 400 && kind != "application/problem+json" {
			t.Errorf("HEAD %s: status %d with content type %q", target, res.StatusCode, kind)
		}
	}
}

func TestProducts(t *testing.T) {
	s := newServer(t)
	type product struct {
		ID         string   `json:"id"`
		Name       string   `json:"name"`
		Summary    string   `json:"summary"`
		Currency   string   `json:"currency"`
		PriceBooks []string `json:"price_books"`
	}
	type list struct {
		Products []product `json:"products"`
	}
	got := decode[list](t, read(t, get(t, s, "/api/v1/products")))
	byID := map[string]product{}
	for _, p := range got.Products {
		byID[p.ID] = p
		if p.Name == "" || p.Summary == "" || p.Currency != "CNY" || len(p.PriceBooks) == 0 {
			t.Errorf("product %+v", p)
		}
	}
	if len(byID) != len(newCatalog(t).Products()) {
		t.Errorf("%d products", len(byID))
	}
	if books := byID[fixture].PriceBooks; !slices.Equal(books, []string{"2026-01-01", "2025-06-01"}) {
		t.Errorf("price books %v, want the newest first", books)
	}
	if name := byID[fixture].Name; name != "Fixture Rooms" {
		t.Errorf("name %q", name)
	}
	for _, res := range []*http.Response{get(t, s, "/api/v1/products?lang=zh"), get(t, s, "/api/v1/products", "Accept-Language", "zh")} {
		if body := string(read(t, res)); !strings.Contains(body, "样例会议室") {
			t.Errorf("not in Chinese: %s", body)
		}
	}
	wantProblem(t, get(t, s, "/api/v1/products?lang=fr"), 400)
}

func TestProduct(t *testing.T) {
	s := newServer(t)
	type book struct {
		ID          string   `json:"id"`
		PriceBook   string   `json:"price_book"`
		PriceBooks  []string `json:"price_books"`
		Assumptions []string `json:"assumptions"`
		Inputs      []struct {
			ID      string          `json:"id"`
			Kind    string          `json:"kind"`
			Default json.RawMessage `json:"default"`
			Minimum *string         `json:"minimum"`
			Maximum *string         `json:"maximum"`
			Unit    string          `json:"unit"`
			Group   *string         `json:"group"`
		} `json:"inputs"`
		Options []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"options"`
		Sources []struct {
			Title string `json:"title"`
			Date  string `json:"date"`
		} `json:"sources"`
	}
	got := decode[book](t, read(t, get(t, s, "/api/v1/products/"+fixture)))
	if got.ID != fixture || got.PriceBook != "2026-01-01" || len(got.PriceBooks) != 2 || len(got.Assumptions) != 2 || len(got.Sources) != 2 {
		t.Errorf("%+v", got)
	}
	var inputs []string
	for _, in := range got.Inputs {
		inputs = append(inputs, strings.Join([]string{in.ID, in.Kind, string(in.Default), text(in.Minimum), text(in.Maximum), in.Unit, text(in.Group)}, " "))
	}
	want := []string{
		`months count "1" 1 36 months null`,
		`meeting_rooms count "1" 1 500 rooms rooms`,
		`hours_a_day count "8" 0 24 hours rooms`,
		`printed_pages count "0" 0 1000000000000 pages rooms`,
		`seats_per_room count "0" 0 1000000000000 seats extras`,
		`welcome_desk yes_no true null null  extras`,
		`video_wall yes_no false null null  extras`,
	}
	if !slices.Equal(inputs, want) {
		t.Errorf("inputs\n%s\nwant\n%s", strings.Join(inputs, "\n"), strings.Join(want, "\n"))
	}
	if len(got.Options) != 2 || got.Options[0].ID != "basic" || got.Options[1].Name != "Business" {
		t.Errorf("options %+v", got.Options)
	}
	older := decode[book](t, read(t, get(t, s, "/api/v1/products/"+fixture+"?price_book=2025-06-01&lang=zh")))
	if older.PriceBook != "2025-06-01" || older.Sources[0].Date != "2025-06-01" || older.Options[0].Name != "基础版" {
		t.Errorf("older book %+v", older)
	}
	wantProblem(t, get(t, s, "/api/v1/products/"+fixture+"?lang="), 400)
}

func TestPriceBookOfAnEstimate(t *testing.T) {
	s := newServer(t)
	for field, want := range map[string]string{"": "246.49", `"price_book":"2026-01-01",`: "246.49", `"price_book":"2025-06-01",`: "226.49"} {
		got := decode[estimateAnswer](t, read(t, postJSON(t, s, `{`+field+`"product":"`+fixture+`"}`)))
		if got.Options[0].Total != want {
			t.Errorf("%s: total %s, want %s", field, got.Options[0].Total, want)
		}
	}
}

func wantStatus(t testing.TB, res *http.Response, status int) {
	t.Helper()
	if res.StatusCode != status {
		t.Errorf("status %d, want %d", res.StatusCode, status)
	}
}
