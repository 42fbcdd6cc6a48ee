package calc_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc/quotes"
)

// TestDoubleSaveAtOnce: a button that is pressed twice, at once or later, saves one
// quote, and both answers lead to it with the owner's secret.
func TestDoubleSaveAtOnce(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	r.add(proItem)
	form := belonging(r.page(), "draft")
	form.Set("do", "save")
	form.Set("title", "once")
	type got struct{ location, secret string }
	answers := make(chan got, 9)
	var all sync.WaitGroup
	press := func() {
		res := r.post(draftPage, form)
		g := got{location: res.Header.Get("Location")}
		for _, cookie := range res.Cookies() {
			if cookie.Name == "owner_once" {
				g.secret = cookie.Value
			}
		}
		if res.StatusCode != http.StatusSeeOther || g.secret == "" {
			t.Errorf("status %d, %+v", res.StatusCode, g)
		}
		answers <- g
	}
	for range 8 {
		all.Go(press)
	}
	all.Wait()
	press()
	close(answers)
	first := <-answers
	for g := range answers {
		if g != first {
			t.Errorf("%v and %v", first, g)
		}
	}
	list := document(t, r.get(quotesPage))
	if n := list.Find(".made-list tbody tr").Length(); n != 1 {
		t.Errorf("%d quotes were saved", n)
	}
	// The secret is the owner's.
	id := strings.TrimPrefix(first.location, "/q/")
	wantStatus(t, withdraw(t, s, id, "Authorization", bearerOf+first.secret), 200)
}

// TestTwoTabs: what was changed in another tab is not saved unseen, and what a
// tab has typed is not lost.
func TestTwoTabs(t *testing.T) {
	r := newRep(t, newServer(t))
	a := r.add(proItem)
	tab := r.page()
	b := r.add(roomsItem) // in the other tab
	res := r.doOn(tab, "save", "customer", "Xiaomi")
	wantStatus(t, res, http.StatusConflict)
	page := document(t, res)
	wantItems(t, page, a, b)
	if !strings.Contains(squeezed(page.Find(".notice.fault")), "another window") || belonging(page, "draft").Get("customer") != "Xiaomi" {
		t.Errorf("conflict: %s", squeezed(page.Find("main")))
	}
	// An item that was changed is another item.
	r.add(proItem + "&dau=1&item=" + a)
	wantStatus(t, r.doOn(page, "save"), http.StatusConflict)
	// Of an item that is gone nothing is done, and the others stay.
	tab = r.page()
	r.do("remove." + b)
	r.doOn(tab, "duplicate."+b)
	wantItems(t, r.page(), a)
	tab = r.page()
	id := r.save()
	// The tab is of a draft that is a quote by now: saving it again leads there,
	// and nothing else that it asks for is done to the next draft.
	if at := r.doOn(tab, "save", "customer", "late").Header.Get("Location"); at != "/q/"+id {
		t.Errorf("saved again as %s", at)
	}
	// What is sent by itself, behind the button, has been saved with the draft.
	wantStatus(t, r.post(draftPage, belonging(tab, "draft"), "HX-Request", "true"), http.StatusNoContent)
	c := r.add(roomsItem)
	res = r.doOn(tab, "clear", "title", "late")
	wantStatus(t, res, http.StatusConflict)
	if page := r.page(); !slices.Equal(items(page), []string{c}) || belonging(page, "draft").Get("title") != "" {
		t.Error("an old page changes the next draft")
	}
	// A calculator that was left open on an item of the draft before adds one.
	d := r.add(proItem + "&item=" + a)
	wantItems(t, r.page(), c, d)
}

// TestManyTabsAtOnce: of changes that come at once none is lost.
func TestManyTabsAtOnce(t *testing.T) {
	r := newRep(t, newServer(t))
	r.add(proItem)
	form := belonging(document(t, r.get(roomsItem)), "quote-form")
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() { wantStatus(t, r.post(itemsPage, form), http.StatusSeeOther) })
	}
	all.Wait()
	if n := len(items(r.page())); n != 7 {
		t.Errorf("%d items", n)
	}
}

// TestDraftSurvivesARestart of the server, whose clock goes on.
func TestDraftSurvivesARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	first := newStore(t, file)
	r := newRep(t, newServer(t, withStore(first)))
	a, b := r.add(proItem), r.add(roomsItem)
	r.do("up."+b, "title", "kept", "quantity."+a, "abc")
	tab := r.page()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	now := noon()
	r.h = newServer(t, withStore(newStore(t, file)), withClock(now))
	page := r.page()
	wantItems(t, page, b, a)
	if form := belonging(page, "draft"); form.Get("title") != "kept" || form.Get("quantity."+a) != "abc" {
		t.Errorf("the draft is %v", form)
	}
	// The tab that was open meanwhile goes on as well.
	if res := r.doOn(tab, "save", "quantity."+a, "2"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", res.StatusCode)
	}
	now.move(40 * 24 * time.Hour)
	if state := squeezed(document(t, r.get(quotesPage)).Find(".made-list .badge")); state != "expired" {
		t.Errorf("the quote is %s", state)
	}
}

// spoil changes the file of a store behind its back.
func spoil(t testing.TB, file, statement string, values ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement, values...); err != nil {
		t.Fatal(err)
	}
}

// TestStoreDoesNotTakeAnything: the draft says so and keeps on its page what
// was typed; calculators do not notice.
func TestStoreDoesNotTakeAnything(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	s := newServer(t, withStore(newStore(t, file)))
	r := newRep(t, s)
	a := r.add(proItem)
	tab := r.page()
	adding := belonging(document(t, r.get(roomsItem)), "quote-form")
	wantBusy := func(what string, res *http.Response) *goquery.Document {
		t.Helper()
		wantStatus(t, res, http.StatusServiceUnavailable)
		if res.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", what)
		}
		return document(t, res)
	}
	check := func(what string, readable bool) {
		t.Helper()
		for _, verb := range []string{"save", "refresh", "remove." + a} {
			page := wantBusy(what, r.doOn(tab, verb, "title", "typed", "note", "<typed>"))
			checkDocument(t, page)
			form := belonging(page, "draft")
			if form.Get("title") != "typed" || form.Get("note") != "<typed>" {
				t.Errorf("%s, %s: what was typed is %v", what, verb, form)
			}
			if readable {
				wantItems(t, page, a)
			} else if !strings.Contains(squeezed(page.Find("main")), "they are kept") {
				t.Errorf("%s, %s: nothing is said of the items", what, verb)
			}
		}
		page := wantBusy(what, r.post(itemsPage, adding))
		if entered(t, page.Find("main a.button").AttrOr("href", "")) != roomsItem {
			t.Errorf("%s: nothing leads back to the calculator", what)
		}
		for _, target := range []string{"/", proItem, imPage + "/estimate.json"} {
			wantStatus(t, r.get(target), 200)
		}
	}
	// Nothing can be written, as on a full disk.
	for _, event := range []string{"INSERT", "UPDATE"} {
		for _, table := range []string{"drafts", "quotes"} {
			spoil(t, file, fmt.Sprintf("CREATE TRIGGER full_%[1]s_%[2]s BEFORE %[2]s ON %[1]s BEGIN SELECT RAISE(ABORT, 'full'); END", table, event))
		}
	}
	check("not written", true)
	// Nor read.
	spoil(t, file, "ALTER TABLE drafts RENAME TO gone")
	check("not read", false)
	wantBusy("not read", r.get(draftPage))
	page := document(t, r.doOn(tab, "save", "title", "typed"))
	// It is back, and the page that was shown meanwhile goes on.
	spoil(t, file, "ALTER TABLE gone RENAME TO drafts")
	for _, event := range []string{"INSERT", "UPDATE"} {
		for _, table := range []string{"drafts", "quotes"} {
			spoil(t, file, fmt.Sprintf("DROP TRIGGER full_%s_%s", table, event))
		}
	}
	res := r.doOn(page, "save")
	wantStatus(t, res, http.StatusSeeOther)
	if quote := getQuote(t, s, strings.TrimPrefix(res.Header.Get("Location"), "/q/")); quote.Title != "typed" || len(quote.Items) != 1 {
		t.Errorf("saved as %+v", quote)
	}
}

// TestSavedButTheDraftStayed: if the draft cannot be emptied after the quote
// was saved, saving it again gives that quote, and once it was changed another.
func TestSavedButTheDraftStayed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	r := newRep(t, newServer(t, withStore(newStore(t, file))))
	a := r.add(proItem)
	tab := r.page()
	spoil(t, file, "CREATE TRIGGER full BEFORE UPDATE ON drafts BEGIN SELECT RAISE(ABORT, 'full'); END")
	first := r.doOn(tab, "save").Header.Get("Location")
	if again := r.doOn(tab, "save").Header.Get("Location"); again != first || first == "" {
		t.Errorf("saved as %q and %q", first, again)
	}
	spoil(t, file, "DROP TRIGGER full")
	res := r.doOn(tab, "save", "quantity."+a, "2")
	wantStatus(t, res, http.StatusConflict)
	page := document(t, res)
	if !strings.Contains(squeezed(page.Find(".notice.fault")), "saved already") {
		t.Errorf("%s", squeezed(page.Find(".notice")))
	}
	if other := r.doOn(page, "save").Header.Get("Location"); other == first || !strings.HasPrefix(other, "/q/") {
		t.Errorf("saved as %s", other)
	}
}

func TestRevisionInTheMaking(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	r.add(proItem)
	first := r.save("title", "first")
	revise := func() {
		t.Helper()
		wantStatus(t, r.post("/q/"+first+"/revise", url.Values{}), http.StatusSeeOther)
	}
	revise()
	page := r.page()
	if page.Find("#draft .notice a[href='/q/"+first+"']").Length() != 1 || page.Find("button[value=independent]").Length() != 1 {
		t.Fatalf("nothing is said of the revision: %s", squeezed(page.Find("main")))
	}
	second := r.save("title", "second")
	if quote := getQuote(t, s, second); quote.Revises == nil || *quote.Revises != first {
		t.Errorf("the revision names %v", quote.Revises)
	}

	// Replaced or withdrawn meanwhile: nothing is lost, and it can be saved as a
	// quote of its own.
	for _, tt := range []struct {
		status int
		say    string
		spoil  func(id, secret string)
	}{
		{http.StatusConflict, "replaced by another one", func(id, secret string) {
			postQuote(t, s, `{"revises":"`+id+`","items":[{"product":"fixture-cloud"}]}`, "Authorization", bearerOf+secret)
		}},
		{http.StatusGone, "was withdrawn", func(id, secret string) { withdraw(t, s, id, "Authorization", bearerOf+secret) }},
	} {
		rep := newRep(t, s)
		rep.add(proItem)
		id := rep.save()
		secret := rep.cookies["owner_once"].Value
		wantStatus(t, rep.post("/q/"+id+"/revise", url.Values{}), http.StatusSeeOther)
		tt.spoil(id, secret)
		res := rep.do("save", "customer", "kept")
		wantStatus(t, res, tt.status)
		page := document(t, res)
		if message := squeezed(page.Find(".notice.fault")); !strings.Contains(message, tt.say) || belonging(page, "draft").Get("customer") != "kept" {
			t.Errorf("%s: %q", tt.say, message)
		}
		wantStatus(t, rep.doOn(page, "independent"), http.StatusSeeOther)
		if quote := getQuote(t, s, rep.save()); quote.Revises != nil || quote.Customer != "kept" {
			t.Errorf("saved as %+v", quote)
		}
	}
}

// TestRevisionOfAnothersQuote: only a browser that has the quote in its list
// may replace it.
func TestRevisionOfAnothersQuote(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	s := newServer(t, withStore(store))
	maker, other := newRep(t, s), newRep(t, s)
	maker.add(proItem)
	id := maker.save()
	other.add(proItem)
	// As if the draft had come to be one by other means than its button.
	b := quotes.Browser(quotes.HashSecret(other.cookies["browser"].Value))
	draft, err := store.Draft(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	sheet := quotes.DecodeSheet(draft.Content)
	sheet.Revises = id
	content, err := sheet.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := store.PutDraft(t.Context(), b, content, draft.Version, time.Now()); err != nil {
		t.Fatal(err)
	}
	res := other.do("save", "title", "mine")
	wantStatus(t, res, http.StatusForbidden)
	if page := document(t, res); belonging(page, "draft").Get("title") != "mine" || !strings.Contains(squeezed(page.Find(".notice.fault")), "owner link") {
		t.Errorf("%s", squeezed(page.Find(".notice")))
	}
	if quote := getQuote(t, s, id); quote.RevisedBy != nil {
		t.Error("somebody else's quote was replaced")
	}
}
