package calc_test

import (
	"net/http"
	"testing"
)

func TestPageLanguage(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ name, query, cookie, header, want string }{
		{"nothing", "", "", "", "en"},
		{"header", "", "", "zh-CN,zh;q=0.9", "zh-CN"},
		{"header of another language", "", "", "fr", "en"},
		{"cookie before header", "", "en", "zh", "en"},
		{"query before cookie", "?lang=zh", "en", "en", "zh-CN"},
		{"unknown query", "?lang=fr", "zh", "", "zh-CN"},
		{"unknown cookie", "", "fr", "zh", "zh-CN"},
	} {
		for _, target := range []string{"/", imPage, "/nothing"} {
			t.Run(tt.name+" "+target, func(t *testing.T) {
				r := request(http.MethodGet, target+tt.query, "", "Accept-Language", tt.header)
				if tt.cookie != "" {
					r.AddCookie(&http.Cookie{Name: "lang", Value: tt.cookie})
				}
				doc := document(t, send(t, s, r))
				if lang, _ := doc.Find("html").Attr("lang"); lang != tt.want {
					t.Errorf("html lang %q, want %q", lang, tt.want)
				}
				if heading := doc.Find("title").Text(); chineseText.MatchString(heading) != (tt.want == "zh-CN") {
					t.Errorf("title %q", heading)
				}
			})
		}
	}
}

// TestLanguageOfTheForm: the answer to the form speaks the language of the page
// that the form is on, whatever the browser would like.
func TestLanguageOfTheForm(t *testing.T) {
	s := newServer(t)
	for lang, want := range map[string]bool{"zh": true, "en": false, "fr": false} {
		doc := document(t, live(t, s, imPage, "lang="+lang+"&dau=x"))
		if note := squeezed(byID(doc, "dau-note")); chineseText.MatchString(note) != want {
			t.Errorf("%s: %q", lang, note)
		}
	}
}

func TestLanguageSwitchKeepsTheEstimate(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, imPage+"?dau=20000&option=ultimate"))
	href, _ := byID(doc, "lang-switch").Attr("href")
	other := document(t, get(t, s, href))
	if lang, _ := other.Find("html").Attr("lang"); lang != "zh-CN" {
		t.Errorf("%s is in %s", href, lang)
	}
	if link(t, other) != link(t, doc) || chosen(t, other) != "ultimate" {
		t.Errorf("%s opens %s", href, link(t, other))
	}
}

func TestLanguageCookie(t *testing.T) {
	for _, tt := range []struct {
		name, target, proto string
		trusted, secure     bool
		want                string
	}{
		{"zh", imPage + "?lang=zh", "", false, false, "zh"},
		{"en on the start page", "/?lang=en", "", false, false, "en"},
		{"not asked for", imPage, "", false, false, ""},
		{"unknown", imPage + "?lang=fr", "", false, false, ""},
		{"through a trusted proxy with TLS", imPage + "?lang=zh", "https", true, true, "zh"},
		{"TLS that anybody may claim", imPage + "?lang=zh", "https", false, false, "zh"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(t)
			if tt.trusted {
				s = newServer(t, withProxies("192.0.2.0/24")) // where test requests come from
			}
			cookies := get(t, s, tt.target, "X-Forwarded-Proto", tt.proto).Cookies()
			if tt.want == "" {
				if len(cookies) != 0 {
					t.Errorf("cookies %v", cookies)
				}
				return
			}
			if len(cookies) != 1 {
				t.Fatalf("cookies %v", cookies)
			}
			c, name := cookies[0], "lang"
			if tt.secure {
				name = "__Host-lang"
			}
			if c.Name != name || c.Value != tt.want || c.Path != "/" || c.Domain != "" || !c.HttpOnly ||
				c.SameSite != http.SameSiteLaxMode || c.MaxAge < 30*24*3600 || c.Secure != tt.secure {
				t.Errorf("cookie %v", c)
			}
		})
	}
}
