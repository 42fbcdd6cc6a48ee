package calc_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"
)

// comparedExports are comparisons of every kind: with something that is not priced,
// with a room, without a plan that could serve, and with nothing that is priced.
var comparedExports = []string{
	"in=easemob-im,tencent-im&" + aYearOfChat,
	"in=easemob-im,tencent-im,tencent-trtc&record=mixed&" + mixedRoomQuery,
	"in=easemob-im,tencent-im&history_days=720",
	"in=easemob-im,inf-llm,easemob-im@2022-09-13&dau=15000&presence=yes&months=5",
}

// sums returns the amounts that a page shows in a row of its table, as plain numbers.
func sums(row *goquery.Selection, within string) []string {
	var all []string
	row.Find("td").Each(func(_ int, cell *goquery.Selection) {
		text := cell.Find(within).First().Text()
		if within == "" {
			text = cell.Contents().First().Text()
			if badge := cell.Find(".badge"); badge.Length() > 0 {
				text = badge.Text()
			}
		}
		all = append(all, plainAmount(text))
	})
	return all
}

func plainAmount(shown string) string {
	text := strings.NewReplacer("¥", "", ",", "", "+", "", "−", "-", " ", "", "—", "").Replace(strings.TrimSpace(shown))
	if strings.Trim(text, "-0123456789.") != "" {
		return ""
	}
	return text
}

// The files have the figures and the words of the page.
func TestComparisonAsFiles(t *testing.T) {
	s := newServer(t)
	for _, lang := range []string{"en", "zh"} {
		for _, query := range comparedExports {
			doc := document(t, get(t, s, "/compare?lang="+lang+"&"+query))
			hrefs := map[string]string{}
			doc.Find(".downloads a").Each(func(_ int, a *goquery.Selection) {
				href, _ := a.Attr("href")
				hrefs[strings.SplitN(href, "?", 2)[0]] = href
			})
			if len(hrefs) != 2 {
				t.Fatalf("%s: files %v", query, hrefs)
			}
			res := get(t, s, hrefs["/compare.csv"], "Accept-Language", lang)
			holdsTable(t, query, doc, read(t, res))
			res = get(t, s, hrefs["/compare.xlsx"], "Accept-Language", lang)
			holdsWorkbook(t, query, doc, read(t, res))
			if d := res.Header.Get("Content-Disposition"); !strings.Contains(d, ".xlsx") || res.Header.Get("X-Robots-Tag") != "noindex" {
				t.Errorf("headers %v", res.Header)
			}
		}
	}
}

// holdsTable compares the CSV with the page.
func holdsTable(t *testing.T, query string, doc *goquery.Document, data []byte) {
	t.Helper()
	text, ok := bytes.CutPrefix(data, []byte("\ufeff"))
	if !ok {
		t.Fatalf("%s: no byte order mark", query)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	amounts := func(record, id, name string) []string {
		var all []string
		for _, row := range rows[1:] {
			if row[at["record"]] == record && (id == "" || row[at["id"]] == id) && (name == "" || row[at["name"]] == name) {
				all = append(all, row[at["amount"]])
			}
		}
		return all
	}
	doc.Find("tr[data-figure]").Each(func(_ int, row *goquery.Selection) {
		id, _ := row.Attr("data-figure")
		if got, want := amounts("figure", id, ""), sums(row, ""); id != "priced" && fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %s %q, the page has %q", query, id, got, want)
		}
	})
	doc.Find("tr[data-charge]").Each(func(_ int, row *goquery.Selection) {
		got, want := amounts("charge", "", words(row.Find("th"))), sums(row, ".sum")
		if len(got) != len(want) {
			t.Fatalf("%s: %q for %q", query, got, want)
		}
		for i := range got {
			if !sameNumber(got[i], want[i]) {
				t.Errorf("%s: %s, the page has %s", query, got[i], want[i])
			}
		}
	})
	for _, li := range doc.Find(`[data-figure="priced"] li, #answer .verdict .reasons li`).EachIter() {
		if !strings.Contains(string(text), words(li)) {
			t.Errorf("%s: the table does not say %q", query, words(li))
		}
	}
	if link, _ := doc.Find("#link").Attr("value"); !strings.Contains(string(text), link) {
		t.Errorf("%s: no %s", query, link)
	}
}

// sameNumber compares decimals of which one has noughts behind.
func sameNumber(a, b string) bool {
	trim := func(s string) string {
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		return s
	}
	return trim(a) == trim(b)
}

// holdsWorkbook compares the first sheet with the page, as it is and computed anew.
func holdsWorkbook(t *testing.T, query string, doc *goquery.Document, data []byte) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if len(f.GetSheetList()) != 3 {
		t.Fatalf("sheets %v", f.GetSheetList())
	}
	name := f.GetSheetList()[0]
	rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	rowOf := func(title string) int {
		for i, row := range rows {
			if len(row) > 1 && row[0] == title {
				return i
			}
		}
		t.Fatalf("%s: no row %q", query, title)
		return 0
	}
	check := func(title string, want []string) int {
		i := rowOf(title)
		for j, amount := range want {
			got := ""
			if j+1 < len(rows[i]) {
				got = rows[i][j+1]
			}
			if amount != "" && !sameNumber(got, amount) || amount == "" && strings.Trim(got, "0123456789.-") == "" && got != "" && got != "—" {
				t.Errorf("%s: %s %q, the page has %q", query, title, rows[i], want)
			}
		}
		return i
	}
	doc.Find("tr[data-charge]").Each(func(_ int, row *goquery.Selection) { check(words(row.Find("th")), sums(row, ".sum")) })
	total := doc.Find(`tr[data-figure="total"]`)
	row := check(words(total.Find("th")), sums(total, ""))
	for j, amount := range sums(total, "") {
		cell, _ := excelize.CoordinatesToCellName(j+2, row+1)
		if formula, _ := f.GetCellFormula(name, cell); amount == "" && formula != "" || amount != "" && formula == "" && doc.Find("tr[data-charge]").Length() > 0 {
			t.Errorf("%s: %s is %q for %q", query, cell, formula, amount)
		}
		if computed, err := f.CalcCellValue(name, cell, excelize.Options{RawCellValue: true}); amount != "" && (err != nil || !sameNumber(computed, amount)) {
			t.Errorf("%s: %s comes to %s, %v, the page has %s", query, cell, computed, err, amount)
		}
	}
}

// A file of what was not understood would lie: there is none.
func TestComparisonThatIsNoFile(t *testing.T) {
	s := newServer(t)
	for _, query := range []string{"", "in=tencent-im", "in=tencent-im,no-such&dau=5", "in=tencent-im,easemob-im", "in=tencent-im,easemob-im&dau=many", "in=tencent-im,easemob-im&dau=5&colour=7"} {
		for _, ending := range []string{"csv", "xlsx"} {
			res := get(t, s, "/compare."+ending+"?"+query)
			if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != 422 {
				t.Errorf("%s of %q: %d", ending, query, res.StatusCode)
			}
		}
	}
}
