package calc_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestCalculatorAsText: what a message says is what the page shows.
func TestCalculatorAsText(t *testing.T) {
	s := newServer(t)
	for lang, want := range map[string]string{
		"en": "Tencent Cloud IM Pro: ¥35,988.00 for 12 months (¥2,999.00 a month)\nhttp://example.com" + proItem,
		"zh": "腾讯云即时通信 IM 专业版：12 个月 ¥35,988.00（每月 ¥2,999.00）\nhttp://example.com" + proItem,
	} {
		page := document(t, get(t, s, proItem+"&lang="+lang))
		text, address, _ := strings.Cut(byID(page, "text").Text(), "http")
		if text += "http" + entered(t, address); text != want {
			t.Errorf("%q, want %q", text, want)
		}
		page.Find("button[data-copy]").Each(func(_ int, b *goquery.Selection) {
			_, hidden := b.Attr("hidden")
			if byID(page, b.AttrOr("data-copy", "")).Length() != 1 || !hidden || b.AttrOr("data-copied", "") == "" || b.AttrOr("data-failed", "") == "" {
				t.Errorf("the button %q copies nothing", squeezed(b))
			}
		})
	}
	if page := document(t, get(t, s, imPage+"?dau=15000&option=trial")); page.Find("#text, .downloads").Length() != 0 {
		t.Error("an estimate that cannot serve is offered as a text")
	}
}

func TestEstimateAsFile(t *testing.T) {
	s := newServer(t)
	page := document(t, get(t, s, proItem+"&option=ultimate&item=abc"))
	var targets []string
	page.Find(".downloads a").Each(func(_ int, a *goquery.Selection) { targets = append(targets, a.AttrOr("href", "")) })
	if len(targets) != 3 {
		t.Fatalf("downloads %v", targets)
	}
	for i, begins := range []string{"PK\x03\x04", "\ufeff", "{"} {
		if strings.Contains(targets[i], "item") || !strings.Contains(targets[i], "option=ultimate") {
			t.Errorf("the address is %s", targets[i])
		}
		res := get(t, s, targets[i]+"&lang=zh")
		wantStatus(t, res, 200)
		body := string(read(t, res))
		if !strings.HasPrefix(body, begins) || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment; filename=") ||
			!strings.Contains(res.Header.Get("X-Robots-Tag"), "noindex") || !strings.Contains(res.Header.Get("Cache-Control"), "private") {
			t.Errorf("%s: %.20q, %v", targets[i], body, res.Header)
		}
		if i == 2 {
			d := decode[map[string]any](t, []byte(body))
			for _, name := range []string{"id", "created_at", "valid_until", "valid_days", "revises"} {
				if _, ok := d[name]; ok {
					t.Errorf("an estimate that is not saved has %s", name)
				}
			}
			if d["total"] != "53988.00" || d["lang"] != "zh" || d["title"] != "腾讯云即时通信 IM 费用估算" {
				t.Errorf("%.300s", body)
			}
		} else if i == 1 && (!strings.Contains(body, "53988.00") || !strings.Contains(body, "http://example.com"+imPage)) {
			t.Errorf("%s", body)
		}
		if strings.Contains(body, "0001") && i == 2 {
			t.Errorf("there is a date in %.300s", body)
		}
	}
	for target, status := range map[string]int{
		imPage + "/estimate.xlsx?dau=x": 422, imPage + "/estimate.csv?dau=15000&option=trial": 422, imPage + "/estimate.json?option=gold": 422,
		imPage + "/estimate.csv?price_book=1999-01-01": 404, "/calc/no-such/estimate.csv": 404, imPage + "/estimate.pdf": 404,
	} {
		res := get(t, s, target)
		wantStatus(t, res, status)
		checkDocument(t, document(t, res))
	}
	wantStatus(t, send(t, s, request("HEAD", targets[0], "")), 200)
}

// TestCalculatorsDoNotReadTheStore: they work while it does not.
func TestCalculatorsDoNotReadTheStore(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	s := newServer(t, withStore(store))
	r := newRep(t, s)
	id := r.add(proItem)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/", proItem, proItem + "&item=" + id, "/api/v1/products"} {
		wantStatus(t, r.get(target), 200)
	}
	wantStatus(t, r.post(imPage, url.Values{"dau": {"1"}, "item": {id}}, "HX-Request", "true"), 200)
	for _, target := range []string{draftPage, quotesPage} {
		wantStatus(t, r.get(target), http.StatusServiceUnavailable)
	}
	// Whoever was never here has no draft to be read.
	for _, target := range []string{draftPage, quotesPage} {
		wantStatus(t, newRep(t, s).get(target), 200)
	}
}
