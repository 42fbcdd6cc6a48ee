package calc_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestCookiesOfAnHTTPSAddress: that the public URL begins with https is enough,
// whatever the connection to the server is: cookies are secure and of this host,
// and browsers remember to come by https.
func TestCookiesOfAnHTTPSAddress(t *testing.T) {
	r := newRep(t, newServer(t, withPublicURL))
	r.add(proItem)
	id := r.save()
	res := r.get("/draft?lang=zh")
	if res.Header.Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to come by https")
	}
	names := ""
	for name, cookie := range r.cookies {
		names += name + " "
		if !strings.HasPrefix(name, "__Host-") || !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" {
			t.Errorf("the cookie is %+v", cookie)
		}
	}
	for _, name := range []string{"__Host-browser ", "__Host-lang ", "__Host-owner_once_" + id + " "} {
		if !strings.Contains(names, name) {
			t.Errorf("the cookies are %s", names)
		}
	}
	if document(t, r.get("/q/"+id)).Find("#owner-link").Length() != 1 || document(t, r.get("/q/"+id)).Find("#owner-link").Length() != 0 {
		t.Error("the owner link is not shown once")
	}
	if strings.Contains(get(t, newServer(t), "/").Header.Get("Strict-Transport-Security"), "max-age") {
		t.Error("a server without https tells browsers to come by it")
	}
}

// TestCookiesOfBefore: a browser that was known before cookies had a prefix keeps
// its draft and its quotes. Its cookie is read once, and only where there is none
// with the prefix.
func TestCookiesOfBefore(t *testing.T) {
	clock := noon()
	store := newStore(t, t.TempDir()+"/quotes.db")
	before := newRep(t, newServer(t, withStore(store)))
	before.add(proItem)
	id := before.save()
	before.add(proItem)
	secret := before.cookies["browser"].Value

	s := newServer(t, withStore(store), withPublicURL, withClock(clock))
	r := newRep(t, s)
	r.cookies["browser"] = &http.Cookie{Name: "browser", Value: secret, Path: "/"}
	r.cookies["lang"] = &http.Cookie{Name: "lang", Value: "zh", Path: "/"}
	page := document(t, r.get("/draft"))
	if len(items(page)) != 1 || page.Find("html").AttrOr("lang", "") != "zh-CN" {
		t.Errorf("the draft or the language is lost: %s", squeezed(page.Find("main")))
	}
	kept := r.cookies["__Host-browser"]
	if kept == nil || kept.Value != secret || !kept.Secure || kept.MaxAge < 365*24*3600 || r.cookies["browser"].MaxAge >= 0 {
		t.Errorf("the cookies are %v", r.cookies)
	}
	if document(t, r.get("/q/"+id)).Find("#owner").Length() != 1 {
		t.Error("the quote is not theirs any more")
	}

	// Somebody else's cookie does not take the place of one's own.
	own := newRep(t, s)
	own.add(roomsItem)
	mine := own.cookies["__Host-browser"].Value
	own.cookies["browser"] = &http.Cookie{Name: "browser", Value: secret, Path: "/"}
	own.add(roomsItem)
	if got := own.cookies["__Host-browser"].Value; got != mine || len(items(own.page())) != 2 {
		t.Errorf("the browser became another one: %s", got)
	}

	// When the last of them has ended, none is believed.
	clock.move(3 * 365 * 24 * time.Hour)
	late := newRep(t, s)
	late.cookies["browser"] = &http.Cookie{Name: "browser", Value: secret, Path: "/"}
	if len(items(late.page())) != 0 {
		t.Error("a cookie is read that nobody can have any more")
	}
}

// TestWhatIsOnesOwnIsNotKept: nothing on the way, nor the browser itself, keeps
// the draft and the list of quotes for whoever comes next.
func TestWhatIsOnesOwnIsNotKept(t *testing.T) {
	r := newRep(t, newServer(t))
	r.add(proItem)
	tab := r.page()
	for name, res := range map[string]*http.Response{
		"draft": r.get("/draft"), "list": r.get("/quotes"), "refused": r.doOn(tab, "save", "valid_days", "x"), "list as a file": r.get("/quotes.csv"),
	} {
		if got := res.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
	}
}
