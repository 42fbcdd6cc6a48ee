package process

import (
	"bytes"
	"database/sql"
	"net/http"
	"net/url"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// openDatabase opens the database of a program as somebody may who has got hold
// of it.
func openDatabase(t *testing.T, db string) *sql.DB {
	t.Helper()
	driver := "sqlite"
	if isServer(db) {
		driver = "pgx"
	}
	d, err := sql.Open(driver, db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// TestTampered: what somebody has changed in the database is reported,
// and nothing of it is shown; the other quotes are as they were.
func TestTampered(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, db string) {
		p := launch(t, db)
		d := openDatabase(t, db)
		set := func(id, column string, value any) {
			t.Helper()
			if _, err := d.Exec("UPDATE quotes SET "+column+" = $1 WHERE id = $2", value, id); err != nil {
				t.Fatal(err)
			}
		}
		// Documents are stored compressed, and read if they are not.
		documentOf := func(id string) []byte {
			t.Helper()
			return must(t, http.StatusOK)(newVisitor(t, "en").get(p.url + "/q/" + id + ".json")).body
		}
		cheaper := func(id string) []byte {
			was := documentOf(id)
			now := bytes.Replace(was, []byte(`"total":"107964.00"`), []byte(`"total":"007964.00"`), 1)
			if bytes.Equal(now, was) {
				t.Fatalf("the document does not have the total: %.500s", was)
			}
			return now
		}

		maker := newVisitor(t, "zh")
		makes := func() *quote {
			t.Helper()
			q := maker.save(t, p.url, newOrder("", "", ""))
			must(t, http.StatusSeeOther)(maker.post(p.url+"/q/"+q.ID+"/own", url.Values{"secret": {q.OwnerToken}}))
			return q
		}
		good := []quote{*makes()}
		var bad []*quote
		for _, tamper := range []func(q *quote){
			func(q *quote) { set(q.ID, "document", cheaper(q.ID)) },
			func(q *quote) { set(q.ID, "hash", strings.Repeat("0", 64)) },
			func(q *quote) { set(q.ID, "hash", "") },
			func(q *quote) { set(q.ID, "total", "1.00") },
			func(q *quote) { set(q.ID, "total", confidential) },
			func(q *quote) { set(q.ID, "customer", []byte(confidential+" other")) },
			func(q *quote) { set(q.ID, "title", []byte{0xff}) },
			func(q *quote) { set(q.ID, "created_at", 0) },
			func(q *quote) { set(q.ID, "valid_until", "2099-12-31") },
			func(q *quote) { set(q.ID, "document", []byte{}) },
			func(q *quote) { set(q.ID, "document", documentOf(q.ID)[:1000]) },
		} {
			q := makes()
			tamper(q)
			bad = append(bad, q)
		}
		// Documents of two quotes in each other's place, alone and with the hash.
		for _, withHash := range []bool{false, true} {
			one, other := makes(), makes()
			ofOne, ofOther := documentOf(one.ID), documentOf(other.ID)
			set(one.ID, "document", ofOther)
			set(other.ID, "document", ofOne)
			if withHash {
				set(one.ID, "hash", other.Hash)
				set(other.ID, "hash", one.Hash)
			}
			bad = append(bad, one, other)
		}
		good = append(good, *makes())

		says := map[string]string{"en": "its hash does not match", "zh": "哈希校验未通过"}
		for _, q := range bad {
			for _, v := range []*visitor{maker, newVisitor(t, "en")} {
				for _, ask := range []struct{ method, path string }{
					{"GET", "/q/ID"}, {"GET", "/q/ID/today"}, {"GET", "/q/ID/withdraw"}, {"GET", "/q/ID/own"},
					{"GET", "/q/ID.json"}, {"GET", "/q/ID.csv"}, {"GET", "/q/ID.xlsx"},
					{"POST", "/q/ID/draft"}, {"POST", "/q/ID/revise"},
					{"GET", "/api/v1/quotes/ID"}, {"GET", "/api/v1/quotes/ID/today"},
				} {
					r, err := v.ask(ask.method, p.url+strings.Replace(ask.path, "ID", q.ID, 1), "", "Content-Type", "application/x-www-form-urlencoded")
					if err != nil {
						t.Fatal(err)
					}
					if r.status != http.StatusInternalServerError || !strings.Contains(string(r.body), says[v.lang]) {
						t.Errorf("%s %s: status %d: %.300s", ask.method, ask.path, r.status, r.body)
					}
					if text := string(r.body); strings.Contains(text, confidential) || strings.Contains(text, "7964") || strings.Contains(text, "7,964") {
						t.Errorf("%s %s shows something of it: %.2000s", ask.method, ask.path, text)
					}
				}
			}
		}

		areThere(t, p.url, good)
		list := must(t, http.StatusOK)(maker.get(p.url + "/quotes")).page(t)
		for _, q := range good {
			if list.Find(`a[href="/q/`+q.ID+`"]`).Length() == 0 {
				t.Error("a quote is not in the list any more")
			}
		}
		// The list has what was saved with each, and reads no document.
		for _, q := range bad {
			row := list.Find(`tr:has(a[href="/q/` + q.ID + `"])`)
			if text := row.Text(); row.Length() != 1 || !strings.Contains(text, "¥107,964.00") || strings.Contains(text, " other") {
				t.Errorf("the list shows what a quote was made to say: %q", text)
			}
		}
		r := carryOut(t, "", "export", "-db", db)
		if r.status != 1 || strings.Count(r.out, "\n") != len(good)+len(bad) {
			t.Errorf("export ends with %d after %d lines", r.status, strings.Count(r.out, "\n"))
		}
		for _, q := range bad {
			if !strings.Contains(r.err, q.ID) {
				t.Errorf("export does not name a quote that was tampered with: %s", r.err)
			}
		}
		for _, q := range good {
			if strings.Contains(r.err, q.ID) {
				t.Errorf("export names a quote that is as it was: %s", r.err)
			}
		}
		// It takes no more than one request to be rid of one.
		for _, q := range bad {
			must(t, http.StatusOK)(maker.send(p.url+"/api/v1/quotes/"+q.ID+"/withdraw", "", "Authorization", "Bearer "+q.OwnerToken))
			must(t, http.StatusGone)(maker.get(p.url + "/q/" + q.ID))
		}
		if n := len(exported(t, db)); n != len(good)+len(bad) {
			t.Errorf("%d quotes are there", n)
		}
	})
}
