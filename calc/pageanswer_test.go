package calc_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestPinnedPriceBook: an older book says so, and offers the newest and every
// other one with the same entries.
func TestPinnedPriceBook(t *testing.T) {
	s := newServer(t)
	const page = "/calc/" + easemob
	for _, tt := range []struct{ query, older, newest string }{
		{"dau=20000", "", ""},
		{"dau=20000&price_book=2026-03-23", "", ""},
		{"dau=20000&price_book=2026-03-20", "20 March 2026", "?dau=20000"},
		{"dau=20000&price_book=2022-09-13", "13 September 2022", "?dau=20000"},
		{"dau=20000&option=ultimate&price_book=2022-09-13", "13 September 2022", "?dau=20000&option=ultimate"},
		{
			"months=12&moderation.0.model=image_ocr&moderation.0.quantity=500000&price_book=2026-03-20", "20 March 2026",
			"?months=12&moderation.0.model=image_ocr&moderation.0.quantity=500000",
		},
	} {
		whole, part := document(t, get(t, s, page+"?"+tt.query)), fragment(t, live(t, s, page, tt.query))
		for where, doc := range map[string]*goquery.Document{"page": whole, "answer": part} {
			older := doc.Find(".older")
			if older.Length() != min(1, len(tt.older)) || !strings.Contains(squeezed(older), tt.older) {
				t.Errorf("%s: the %s says of its age %q", tt.query, where, squeezed(older))
			}
			if got := entered(t, older.Find("a").AttrOr("href", page)); got != page+tt.newest && tt.older != "" {
				t.Errorf("%s: the newest prices are at %s, want %s", tt.query, got, page+tt.newest)
			}
			books := doc.Find(".books a")
			if books.Length() != 3 || doc.Find(".books a[aria-current=true]").Length() != 1 {
				t.Errorf("%s: %d links to price books", tt.query, books.Length())
			}
			if first := books.First(); !strings.Contains(squeezed(first), "23 March 2026") || !strings.Contains(squeezed(first), "newest") {
				t.Errorf("%s: the first price book is %q", tt.query, squeezed(first))
			}
			// Each of them opens the same entries with the prices it names.
			for i, id := range []string{"2026-03-23", "2026-03-20", "2022-09-13"} {
				href := books.Eq(i).AttrOr("href", "")
				to, err := url.Parse(href)
				if err != nil || to.Path != page {
					t.Fatalf("%s: a price book is at %q", tt.query, href)
				}
				there := document(t, get(t, s, href))
				if dau := byID(there, "dau").AttrOr("value", ""); strings.Contains(tt.query, "dau=") != (dau == "20000") {
					t.Errorf("%s: %s has %q users", tt.query, href, dau)
				}
				if pinned := there.Find("form input[name=price_book]").AttrOr("value", "2026-03-23"); pinned != id {
					t.Errorf("%s: %s has the prices of %s, want %s", tt.query, href, pinned, id)
				}
				if strings.Contains(tt.query, "option=ultimate") && chosen(t, there) != "ultimate" {
					t.Errorf("%s: %s shows %s", tt.query, href, chosen(t, there))
				}
			}
		}
		if book := whole.Find("form input[name=price_book]").AttrOr("value", ""); (book == "2026-03-23") != (tt.older == "") {
			t.Errorf("%s: the form has the price book %q", tt.query, book)
		}
		if strings.Contains(tt.query, "2022-09-13") && whole.Find("[data-option]").Length() != 4 {
			t.Errorf("%s: %d options", tt.query, whole.Find("[data-option]").Length())
		}
	}
	// A product with one book has nothing to choose from.
	if n := document(t, get(t, s, imPage)).Find(".books, .older").Length(); n != 0 {
		t.Errorf("%d lists of price books", n)
	}
}

// TestPurchasesAndPoolsInTheAnswer: what is bought, in which year, and what it
// covers.
func TestPurchasesAndPoolsInTheAnswer(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		name, target string
		bought       []string
		pools        []string
	}{
		{
			"a pack of chosen size", "/calc/" + trtc + "?av_audio_minutes=3500000&option=starter",
			[]string{"1 × pack of 3,500,000 converted minutes ¥19,705.00"},
			[]string{"Used: 3,500,000 converted minutes; From packs: 3,500,000 converted minutes"},
		},
		{
			"two years", "/calc/" + trtc + "?months=13&av_audio_minutes=3500000&starter_offer=yes&option=starter",
			[]string{
				"year 1 · 12 × pack of 3,000,000 converted minutes ¥202,608.00", "year 1 · 1 × pack of 5,980,000 converted minutes ¥33,667.40",
				"year 1 · 1 × pack of 20,000 converted minutes ¥9.90", "year 2 · 1 × pack of 3,500,000 converted minutes ¥19,705.00",
			},
			[]string{"Used: 45,500,000 converted minutes; From packs: 45,500,000 converted minutes"},
		},
		{
			"within the plan", "/calc/" + trtc + "?av_audio_minutes=100000&option=basic",
			nil, []string{"Used: 100,000 converted minutes; Covered by the plan: 100,000 converted minutes; Left unused: 10,000 converted minutes"},
		},
		{
			"a commitment", "/calc/" + multimodal + "?months=12&workloads.0.rounds=88000&workloads.0.dialogue=casual",
			[]string{"commitment, 15% off ¥2,001.00"}, nil,
		},
		{"nothing", "/calc/" + trtc, nil, nil},
		{"no such thing", imPage + "?dau=20000", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := document(t, get(t, s, tt.target))
			var bought, pools []string
			doc.Find("#answer .purchases li").Each(func(_ int, li *goquery.Selection) { bought = append(bought, squeezed(li)) })
			doc.Find("#answer .pool").Each(func(_ int, pool *goquery.Selection) {
				var rows []string
				pool.Find("dl > div").Each(func(_ int, row *goquery.Selection) {
					rows = append(rows, squeezed(row.Find("dt"))+": "+squeezed(row.Find("dd")))
				})
				if len(rows) > 0 {
					pools = append(pools, strings.Join(rows, "; "))
				}
			})
			if !slices.Equal(bought, tt.bought) {
				t.Errorf("bought\n%q, want\n%q", bought, tt.bought)
			}
			if !slices.Equal(pools, tt.pools) {
				t.Errorf("pools\n%q, want\n%q", pools, tt.pools)
			}
		})
	}
}

func TestIncompleteOnThePage(t *testing.T) {
	s := newServer(t)
	for query, want := range map[string]int{
		"price_book=2026-03-20":                                      0,
		"translation_characters=5&price_book=2026-03-20":             1,
		"translation_characters=5&option=free&price_book=2026-03-20": 0, // it cannot serve it at all
		"translation_languages=5&price_book=2026-03-20":              0,
		"translation_characters=5":                                   0, // the newest have a price
	} {
		for _, res := range []*http.Response{get(t, s, "/calc/"+easemob+"?"+query), live(t, s, "/calc/"+easemob, query)} {
			doc := document(t, res)
			if n := doc.Find("#total").Closest("header").Find(".incomplete").Length(); n != want {
				t.Errorf("%s: incomplete %d times, want %d", query, n, want)
			}
		}
	}
}
