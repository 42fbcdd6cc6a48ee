package calc_test

import (
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc"
	"suanpan/pricing"
)

// TestRevisionInAnotherLanguage: each page says in its own language what
// changed, and nothing is said to have changed for its words alone.
func TestRevisionInAnotherLanguage(t *testing.T) {
	clock := noon()
	s := newServer(t, withClock(clock))
	const items = `"items":[{"product":"tencent-im","inputs":{"dau":15000,"history_days":30,"months":12},"option":"pro"},` +
		`{"product":"inf-llm","inputs":{"models":[{"input_tokens":"1000000"},{"model":"inf-med-chat-v1","output_tokens":"2000000"}]}}]`
	first := saveQuote(t, s, `{"lang":"en","title":"Chat","customer":"Bay Harbour","note":"Net 30.",`+items+`}`)
	owner := bearerOf + *first.OwnerToken
	clock.move(24 * time.Hour)
	second := saveQuote(t, s, `{"lang":"zh","title":"Chat","customer":"<b>湾港","prepared_by":"李雷","revises":"`+first.ID+`",`+
		strings.Replace(items, "15000", "25000", 1)+`}`, "Authorization", owner)
	for id, want := range map[string]struct{ texts, remarks, line, reason string }{
		first.ID: {
			"Prepared for: Bay Harbour → <b>湾港|Prepared by: none → 李雷|Valid until: 9 April 2026 → 10 April 2026|Language: English → Chinese|Note: Net 30. → none",
			"Peak daily active users: 15,000 users a day → 25,000 users a day", "Daily active users over the allowance", "another quantity is charged",
		},
		second.ID: {
			"客户：Bay Harbour → <b>湾港|报价人：无 → 李雷|有效期至：2026 年 4 月 9 日 → 2026 年 4 月 10 日|语言：英文 → 中文|说明：Net 30. → 无",
			"峰值日活跃用户数（DAU）：15,000 人/天（1.5 万） → 25,000 人/天（2.5 万）", "超出额度的日活跃用户", "计费数量有变",
		},
	} {
		changes := quotePage(t, s, "/q/"+id).Find(".quote-changes")
		if got := strings.Join(each(changes.Find(".texts li")), "|"); got != want.texts {
			t.Errorf("the texts:\n got %s\nwant %s", got, want.texts)
		}
		remarks := each(changes.Find(".difference-of").Has("table").Find("li"))
		if got := strings.Join(remarks, "|"); got != want.remarks {
			t.Errorf("the item:\n got %s\nwant %s", got, want.remarks)
		}
		lines := changes.Find(".differences tbody tr:not(.sum)")
		if lines.Length() != 1 || squeezed(lines.Find(".name")) != want.line || squeezed(lines.Find(".reason")) != want.reason {
			t.Errorf("the lines: %s", squeezed(lines))
		}
	}
}

// each returns the text of each element.
func each(s *goquery.Selection) []string {
	return s.Map(func(_ int, e *goquery.Selection) string { return squeezed(e) })
}

// TestWhyTodayDiffers, of lines that have not one price but several, and of
// another plan: the reason is one that can be.
func TestWhyTodayDiffers(t *testing.T) {
	text, err := fs.ReadFile(pricing.EmbeddedBooks(), "inf-llm/2024-12-01.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dearer := strings.NewReplacer(`price_book: "2024-12-01"`, `price_book: "2027-01-01"`, `for: [inf-chat-v1], price: "10"`, `for: [inf-chat-v1], price: "12"`).Replace(string(text))
	newer, err := pricing.LoadCatalog(pricing.EmbeddedBooks(), fstest.MapFS{"inf-llm/2027-01-01.yaml": {Data: []byte(dearer)}})
	if err != nil {
		t.Fatal(err)
	}
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	q := saveQuote(t, newServer(t, withStore(store)), `{"lang":"en","items":[
		{"product":"inf-llm","inputs":{"models":[{"input_tokens":"1000000"},{"model":"inf-med-chat-v1","input_tokens":"2000000"}]},"quantity":2},
		{"product":"easemob-im","price_book":"2022-09-13","option":"premium","inputs":{"dau":20000}}]}`)
	s := newServer(t, withStore(store), func(c *calc.Config) { c.Catalog = newer })
	items := today(t, s, q.ID).Items
	if lines := items[0].Lines; len(lines) != 1 || lines[0].Reason != "price" || lines[0].Difference != "4" {
		t.Errorf("of the dearer model: %+v", lines)
	}
	if len(items[1].Lines) == 0 || !items[1].OptionGone {
		t.Fatalf("of the plan that is gone: %+v", items[1])
	}
	for _, line := range items[1].Lines {
		if line.Reason == "price" || line.Reason == "times" || line.Reason == "quantity" {
			t.Errorf("of the plan that is gone: %+v", line)
		}
	}
	page := squeezed(quotePage(t, s, "/q/"+q.ID+"/today").Find("main"))
	for _, want := range []string{"its prices, or the rules for them, changed", "another plan’s price: ¥"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in %q", want, page)
		}
	}
	for _, untrue := range []string{"another number of times", "the price went from"} {
		if strings.Contains(page, untrue) {
			t.Errorf("it is said: %q", untrue)
		}
	}
	// The quote's own page says which items newer prices are out for.
	live := quotePage(t, s, "/q/"+q.ID).Find(".banner.live")
	for _, want := range []string{"1. INF", "1 December 2024", "1 January 2027", "2. ", "13 September 2022"} {
		if !strings.Contains(squeezed(live), want) {
			t.Errorf("%q is not in %q", want, squeezed(live))
		}
	}
	if href := live.Find("a").AttrOr("href", ""); href != "/q/"+q.ID+"/today" {
		t.Errorf("it leads to %q", href)
	}
}

// TestWithdrawnRevision: what it revised stands again and can be revised, by the
// API and on the page.
func TestWithdrawnRevision(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	r.add(proItem)
	first := r.save()
	revise := func() string {
		t.Helper()
		wantStatus(t, r.post("/q/"+first+"/revise", url.Values{"answer": {"replace"}}), 303)
		return r.save()
	}
	second := revise()
	if got := getQuote(t, s, first); got.State != "revised" || text(got.RevisedBy) != second {
		t.Fatalf("%+v", got)
	}
	wantStatus(t, r.post("/q/"+second+"/withdraw", url.Values{}), 303)
	if got := getQuote(t, s, first); got.State != "valid" || got.RevisedBy != nil {
		t.Errorf("%s, revised by %s", got.State, text(got.RevisedBy))
	}
	page := r.show("/q/" + first)
	if page.Find(".banner:not(.live), .quote-changes").Length() != 0 || page.Find("form[action$='/revise']").Length() != 1 {
		t.Error("the page has the withdrawn revision still")
	}
	third := revise()
	if got := getQuote(t, s, first); got.State != "revised" || text(got.RevisedBy) != third {
		t.Errorf("%+v", got)
	}
}

// TestRevisionsPointToEachOther, and say item by item and line by line what
// changed.
func TestRevisionsPointToEachOther(t *testing.T) {
	s := newServer(t)
	first := saveQuote(t, s, `{"title":"First","items":[
		{"product":"tencent-im","inputs":{"dau":15000,"months":12},"option":"pro"},
		{"product":"fixture-cloud","price_book":"2025-06-01"},
		{"product":"inf-llm"}]}`)
	owner := bearerOf + *first.OwnerToken
	second := saveQuote(t, s, `{"title":"Second","revises":"`+first.ID+`","items":[
		{"product":"tencent-im","inputs":{"dau":25000,"months":12},"option":"pro","quantity":2},
		{"product":"fixture-cloud"},
		{"product":"tencent-trtc"}, {"product":"inf-llm"}]}`, "Authorization", owner)

	old, fresh := quotePage(t, s, "/q/"+first.ID), quotePage(t, s, "/q/"+second.ID)
	if href := old.Find(".banner a").AttrOr("href", ""); href != "/q/"+second.ID {
		t.Errorf("the old page leads to %q", href)
	}
	if href := fresh.Find(".banner a").AttrOr("href", ""); href != "/q/"+first.ID {
		t.Errorf("the new page leads to %q", href)
	}
	for name, doc := range map[string]*goquery.Document{"old": old, "new": fresh} {
		changes := doc.Find(".quote-changes")
		if changes.Length() != 1 {
			t.Fatalf("%s: %d sections of changes", name, changes.Length())
		}
		text := squeezed(changes)
		for _, want := range []string{
			"¥" + grouped(first.Total), "¥" + grouped(second.Total),
			"15,000 users a day → 25,000 users a day", "Quantity: 1 → 2", "another quantity is charged",
			"Prices: 1 June 2025 → 1 January 2026", "new item", "One other item is unchanged.",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in %q", name, want, text)
			}
		}
	}
	// The owner of a quote may revise only its newest version.
	if old.Find("form[action$='/revise']").Length() != 0 {
		t.Error("who does not own it may revise it")
	}

	wantStatus(t, withdraw(t, s, first.ID, "Authorization", owner), 200)
	fresh = quotePage(t, s, "/q/"+second.ID)
	if text := squeezed(fresh.Find(".banner")); !strings.Contains(text, "has been withdrawn") || fresh.Find(".banner a, .quote-changes").Length() != 0 {
		t.Errorf("of the withdrawn predecessor: %q", text)
	}
	third := saveQuote(t, s, `{"revises":"`+second.ID+`","items":[{"product":"inf-llm"}]}`, "Authorization", bearerOf+*second.OwnerToken)
	wantStatus(t, withdraw(t, s, third.ID, "Authorization", bearerOf+*third.OwnerToken), 200)
	if text := squeezed(quotePage(t, s, "/q/"+second.ID).Find(".banner")); strings.Contains(text, "has been revised") {
		t.Errorf("of the withdrawn successor: %q", text)
	}
}

// TestUnchangedRevision says that nothing changed.
func TestUnchangedRevision(t *testing.T) {
	s := newServer(t)
	first := saveQuote(t, s, oneItem)
	second := saveQuote(t, s, `{"revises":"`+first.ID+`","items":[{"product":"fixture-cloud"}]}`, "Authorization", bearerOf+*first.OwnerToken)
	changes := quotePage(t, s, "/q/"+second.ID).Find(".quote-changes")
	if text := squeezed(changes); !strings.Contains(text, "All items are as before.") || !strings.Contains(text, "±¥0.00") || changes.Find("table").Length() != 0 {
		t.Errorf("changes %q", text)
	}
}

// TestDamagedPredecessor does not keep a quote from being read.
func TestDamagedPredecessor(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	s := newServer(t, withStore(newStore(t, file)))
	first := saveQuote(t, s, oneItem)
	second := saveQuote(t, s, `{"revises":"`+first.ID+`","items":[{"product":"fixture-cloud"}]}`, "Authorization", bearerOf+*first.OwnerToken)
	spoil(t, file, `UPDATE quotes SET total = '1.00' WHERE id = '`+first.ID+`'`)
	if text := squeezed(quotePage(t, s, "/q/"+second.ID).Find(".banner")); !strings.Contains(text, "cannot be shown") {
		t.Errorf("banner %q", text)
	}
}
