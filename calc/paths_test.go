package calc_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// TestPathsWithSomethingStuck: a link that something sticks to leads where it is
// meant to, and never to another site.
func TestPathsWithSomethingStuck(t *testing.T) {
	s := newServer(t)
	const id = "/q/abcdefghijklmnopqrstuvwxyz"
	for target, want := range map[string]string{
		id + "/":                         id,
		id + "。":                         id,
		id + ".":                         id,
		id + ",":                         id,
		id + ")":                         id,
		id + "】":                         id,
		id + "，请查收":                      id,
		id + " thanks":                   id,
		id + "\u200b":                    id,
		id + "...":                       id,
		id + ".json。":                    id + ".json",
		id + "/today/":                   id + "/today",
		"/compare/":                      "/compare",
		"/draft。":                        "/draft",
		imPage + "/":                     imPage,
		imPage + "。":                     imPage,
		imPage + "/?a=1":                 imPage + "?a=1",
		imPage + "%3Fdau=15000&months=2": imPage + "?dau=15000&months=2",
		imPage + "？dau=15000":            imPage + "?dau=15000",
	} {
		r := request("GET", "/", "")
		path, query, _ := strings.Cut(target, "?")
		plain, err := url.PathUnescape(path)
		if err != nil {
			t.Fatal(err)
		}
		r.URL = &url.URL{Path: plain, RawQuery: query}
		res := send(t, s, r)
		if got := res.Header.Get("Location"); res.StatusCode != 302 || got != want {
			t.Errorf("%s: %d, leads to %q, want %q", target, res.StatusCode, got, want)
		}
	}
	for _, target := range []string{"/", imPage, "/compare", "/healthz", "/api/v1/products"} {
		if res := get(t, s, target); res.StatusCode != 200 {
			t.Errorf("%s: %d", target, res.StatusCode)
		}
	}
	for _, target := range []string{"//evil.example/", "///evil.example/。", "/\\evil.example/", "//evil.example/q/x/", "/static/", "/calc/", "/nothing/"} {
		r := request("GET", "/", "")
		r.URL = &url.URL{Path: target}
		wantStatus(t, send(t, s, r), 404)
	}
	// What is sent is not sent on.
	r := httptest.NewRequest("POST", imPage+"/", strings.NewReader("dau=1"))
	r.Header.Set("Content-Type", formType)
	wantStatus(t, send(t, s, r), 404)
}
