package calc_test

import (
	"bytes"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWithdrawnQuotePage says that it was withdrawn, and nothing else.
func TestWithdrawnQuotePage(t *testing.T) {
	clock := noon()
	s := newServer(t, withClock(clock))
	q := saveQuote(t, s, threeItems)
	clock.move(48 * time.Hour)
	wantStatus(t, withdraw(t, s, q.ID, "Authorization", bearerOf+*q.OwnerToken), 200)
	for lang, want := range map[string][]string{
		"en": {"withdrawn", "10 March 2026", "12 March 2026", q.ID, q.Hash},
		"zh": {"已撤回", "2026 年 3 月 10 日", "2026 年 3 月 12 日", q.ID, q.Hash},
	} {
		res := get(t, s, "/q/"+q.ID, "Accept-Language", lang)
		wantStatus(t, res, http.StatusGone)
		wantPrivate(t, res)
		doc := document(t, res)
		checkDocument(t, doc)
		main := squeezed(doc.Find("main"))
		for _, text := range want {
			if !strings.Contains(main, text) {
				t.Errorf("%q is not in %q", text, main)
			}
		}
		for _, gone := range []string{"Rooms", "Xiaomi", "Li Lei", "Net 30", "¥"} {
			if strings.Contains(doc.Text(), gone) {
				t.Errorf("%q is still there", gone)
			}
		}
	}
	// Only who made it has a list of quotes that it is in.
	if document(t, get(t, s, "/q/"+q.ID)).Find("a[href='/quotes']").Length() != 0 {
		t.Error("the customer is led to a list of quotes")
	}
	maker := newRep(t, s)
	maker.add(proItem)
	mine := "/q/" + maker.save()
	wantStatus(t, maker.post(mine+"/withdraw", url.Values{}), http.StatusSeeOther)
	if document(t, maker.get(mine)).Find("main a[href='/quotes']").Length() != 1 {
		t.Error("the maker is not led back to the list of quotes")
	}
	for _, path := range []string{".json", ".csv", ".xlsx", "/today", "/own", "/withdraw"} {
		wantStatus(t, get(t, s, "/q/"+q.ID+path), http.StatusGone)
	}
	for _, path := range []string{"/draft", "/own", "/revise"} {
		res := send(t, s, request(http.MethodPost, "/q/"+q.ID+path, "", "Content-Type", formType))
		wantStatus(t, res, http.StatusGone)
	}
}

// TestDamagedQuotePage: a row that was tampered with is reported, and nothing of
// it is shown.
func TestDamagedQuotePage(t *testing.T) {
	for name, statement := range map[string]string{
		"document": `UPDATE quotes SET document = ?`,
		"hash":     `UPDATE quotes SET hash = '` + strings.Repeat("0", 64) + `'`,
		"customer": `UPDATE quotes SET customer = CAST('somebody else' AS BLOB)`,
		"total":    `UPDATE quotes SET total = '1.00'`,
		"validity": `UPDATE quotes SET valid_until = '2099-12-31'`,
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "quotes.db")
			s := newServer(t, withStore(newStore(t, file)))
			q := saveQuote(t, s, threeItems)
			var values []any
			if name == "document" {
				document := read(t, get(t, s, "/q/"+q.ID+".json"))
				values = append(values, bytes.ReplaceAll(document, []byte("Li Lei"), []byte("Li Sei")))
			}
			spoil(t, file, statement, values...)
			for _, path := range []string{"", ".json", ".csv", ".xlsx", "/today", "/own", "/withdraw"} {
				res := answer(s, request(http.MethodGet, "/q/"+q.ID+path, ""))
				body := string(read(t, res))
				if res.StatusCode != http.StatusInternalServerError || !strings.Contains(body, "hash does not match") {
					t.Errorf("%q: status %d", path, res.StatusCode)
				}
				if strings.Contains(body, "Li ") || strings.Contains(body, "Rooms &") || strings.Contains(body, grouped(q.Total)) {
					t.Errorf("%q shows the content", path)
				}
			}
			for _, path := range []string{"/draft", "/revise", "/withdraw", "/own"} {
				if res := answer(s, request(http.MethodPost, "/q/"+q.ID+path, "", "Content-Type", formType)); res.StatusCode != http.StatusInternalServerError {
					t.Errorf("POST %s: status %d", path, res.StatusCode)
				}
			}
		})
	}
}

func TestQuotePagesWithoutAStore(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	s := newServer(t, withStore(store))
	q := saveQuote(t, s, oneItem)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", ".json", "/today", "/own"} {
		res := answer(s, request(http.MethodGet, "/q/"+q.ID+path, ""))
		if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
			t.Errorf("%q: status %d", path, res.StatusCode)
		}
		wantPrivate(t, res)
	}
}
