package calc_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"suanpan/calc/quotes"
)

// class are the facts of 40 classes a day: a teacher and 12 pupils, 45 minutes,
// recorded, for a year.
const class = "months=12&participants.0.sends=video_1280x720&participants.1.people=12&participants.1.sends=video_640x360" +
	"&session_minutes=45&sessions=1200&record=mixed"

// classFacts are what has to be said of them wherever they are shown.
var classFacts = []string{"Rooms", "1,200", "45 minutes", "12 people", "Mixed"}

func wantFacts(t *testing.T, what, text string) {
	t.Helper()
	for _, part := range classFacts {
		if !strings.Contains(text, part) {
			t.Errorf("%s does not say %q: %.1500s", what, part, text)
		}
	}
}

// usedFacts returns the address of the calculator with what the class comes to.
func usedFacts(t *testing.T, r *rep) string {
	t.Helper()
	use, ok := document(t, r.get("/calc/tencent-trtc/facts/room?"+class)).Find("#use").Attr("href")
	if !ok || !strings.Contains(use, "facts=room") {
		t.Fatalf("the figures are used at %s", use)
	}
	return use
}

// itemsOf returns the items of a quote as they are saved.
func itemsOf(t *testing.T, r *rep, id string) []quotes.Item {
	t.Helper()
	d, err := quotes.DecodeDocument(read(t, r.get("/q/"+id+".json")))
	if err != nil {
		t.Fatal(err)
	}
	return d.Items
}

// TestFactsStayWithAQuote: the facts of an estimate are on the page of its quote,
// in the document and whatever is made of it, in the link back to the calculator,
// and in what a copy of it is saved as.
func TestFactsStayWithAQuote(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	use := usedFacts(t, r)
	calculator := document(t, r.get(use))
	wantFacts(t, "the text of the estimate", calculator.Find("#summary, textarea").Text())
	total := squeezed(byID(calculator, "total"))
	_, query, _ := strings.Cut(use, "?")
	for _, ending := range []string{"csv", "json"} {
		wantFacts(t, "the estimate's "+ending, string(read(t, r.get("/calc/tencent-trtc/estimate."+ending+"?"+query))))
	}
	item := r.add(use)
	wantFacts(t, "the draft", squeezed(byID(r.page(), "item-"+item)))
	id := r.save()

	saved := itemsOf(t, r, id)
	if len(saved[0].Facts) != 1 || saved[0].Facts[0].Estimator != "room" {
		t.Fatalf("saved with the facts %+v", saved[0].Facts)
	}
	page := quotePage(t, s, "/q/"+id)
	wantFacts(t, "the page", squeezed(page.Find("#item-1 .facts")))
	wantFacts(t, "the text", page.Find("#summary").Text())
	wantFacts(t, "the CSV", string(read(t, r.get("/q/"+id+".csv"))))
	file := string(read(t, r.get("/q/"+id+".json")))
	wantFacts(t, "the JSON", file)
	workbook, err := excelize.OpenReader(bytes.NewReader(read(t, r.get("/q/"+id+".xlsx"))))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := workbook.GetRows(workbook.GetSheetName(1))
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for _, row := range rows {
		cells = append(cells, row...)
	}
	wantFacts(t, "the workbook", strings.Join(cells, "\n"))
	if hash := squeezed(byID(page, "quote-hash")); hash != quotes.Hash([]byte(file)) {
		t.Errorf("the page's hash is %s, the file's another", hash)
	}

	// Back in the calculator, and from there at the facts.
	back, _ := page.Find("#item-1 a[href^='/calc/']").Attr("href")
	calculator = document(t, r.get(back))
	if got := squeezed(byID(calculator, "total")); got != total || calculator.Find("#link-notice").Length() > 0 {
		t.Errorf("%s shows %s, want %s", back, got, total)
	}
	facts, _ := calculator.Find("a[href*='/facts/room']").Attr("href")
	if minutes := document(t, r.get(facts)).Find("#session_minutes").AttrOr("value", ""); minutes != "45" {
		t.Errorf("%s says %q minutes", facts, minutes)
	}

	// A copy of it has them, too; one whose figures were changed has none.
	r.post("/q/"+id+"/draft", url.Values{})
	wantFacts(t, "the copy", squeezed(r.page().Find(".draft-item")))
	if copied := itemsOf(t, r, r.save()); !reflect.DeepEqual(copied[0].Facts, saved[0].Facts) {
		t.Errorf("the copy is saved with %+v", copied[0].Facts)
	}
	changed := document(t, r.get(use))
	typed := belonging(changed, "calculator")
	typed.Set("av_hd_minutes", "7")
	res := r.post("/calc/tencent-trtc", typed)
	r.add(res.Header.Get("Location"))
	if other := itemsOf(t, r, r.save()); other[0].Facts != nil {
		t.Errorf("figures that were changed by hand are said to be from %+v", other[0].Facts)
	}
}

// TestFactsOfAnEarlierQuote: facts that the estimator does not take any more stay
// on the page, and not in the link.
func TestFactsOfAnEarlierQuote(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	r.add(usedFacts(t, r))
	item := itemsOf(t, r, r.save())[0]
	facts := item.Facts[0]
	product, _ := newCatalog(t).Product("tencent-trtc")
	book, _ := product.Book(item.PriceBook)
	usage, _ := item.Usage(product, book)
	if all := item.FactsFor(product, usage); len(all) != 1 || !all[0].Yield(usage) {
		t.Fatalf("the facts are %v", all)
	}
	for _, damage := range [][2]string{{`"45"`, `"46"`}, {`"session_minutes"`, `"session_hours"`}, {"{", "["}} {
		item.Facts[0].Inputs = json.RawMessage(strings.Replace(string(facts.Inputs), damage[0], damage[1], 1))
		if all := item.FactsFor(product, usage); string(item.Facts[0].Inputs) == string(facts.Inputs) || len(all) != 0 {
			t.Errorf("%s: the facts are %v", item.Facts[0].Inputs, all)
		}
	}
}
