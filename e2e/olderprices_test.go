package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// Older prices are said to be so, stay while the entries change, and give way
// to the newest without losing an entry.
func TestOlderPrices(t *testing.T) {
	t.Parallel()
	for _, noScript := range []bool{false, true} {
		t.Run(map[bool]string{false: "live", true: "without script"}[noScript], func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{noScript: noScript})
			const pinned = "price_book=2022-09-13"
			p.visit(easemob)
			equal(p, "the newest prices are not remarked upon", eval[bool](p, `!!document.querySelector(".older")`), false)
			p.visit(easemob + "?" + pinned)
			says := func() {
				t.Helper()
				text := p.text(".older")
				if !strings.Contains(text, "2022") || !strings.Contains(text, "13") {
					t.Errorf("it says %q", text)
				}
				equal(p, "it can be seen at once", eval[bool](p, `(r => r.top >= 0 && r.bottom < innerHeight)(document.querySelector(".older").getBoundingClientRect())`), true)
			}
			says()
			p.enter("dau", "82370")
			if noScript {
				p.press(kb.Enter)
			}
			p.waitText("#total", "¥6,838.00") // the published example
			equal(p, "address", canonical(p.address()), canonical(easemob+"?dau=82370&"+pinned))
			says()
			p.enter("months", "12")
			if noScript {
				p.press(kb.Enter)
			}
			p.waitText("#total", "¥82,056.00")
			equal(p, "address", canonical(p.address()), canonical(easemob+"?months=12&dau=82370&"+pinned))
			if !noScript {
				p.reopens()
			}
			newest := eval[string](p, `document.querySelector(".older a").getAttribute("href")`)
			equal(p, "the newest prices", newest, easemob+"?months=12&dau=82370")
			p.click(".older a")
			p.waitAddress(newest)
			p.waitText("#total", "¥111,588.00") // 12 × (1,299 + 8 × 1,000)
			equal(p, "dau", p.value("dau"), "82370")
			equal(p, "months", p.value("months"), "12")
			equal(p, "said no more", eval[bool](p, `!!document.querySelector(".older")`), false)
			equal(p, "the prices of the form", eval[string](p, `document.querySelector("input[name=price_book]").value`), "2026-03-23")
			if noScript {
				return
			}
			// From there to each of the others, with the same entries.
			links := eval[[]string](p, `[...document.querySelectorAll(".books a")].map(e => e.getAttribute("href"))`)
			slices.Sort(links)
			if want := []string{newest, strings.Replace(newest, "?", "?price_book=2022-09-13&", 1), strings.Replace(newest, "?", "?price_book=2026-03-20&", 1)}; !slices.Equal(links, want) {
				t.Errorf("links to the price books: %v", links)
			}
			equal(p, "the one shown", eval[string](p, `document.querySelector(".books a[aria-current]").getAttribute("href")`), newest)
			p.click(`.books a[href*="price_book=2026-03-20"]`)
			p.wait(`location.search.includes("price_book=2026-03-20")`)
			p.wait(`!!document.querySelector(".older")`)
			p.waitText("#total", "¥111,588.00")
			// The other language keeps the prices.
			p.click("#lang-switch")
			p.wait(`document.documentElement.lang === "zh-CN"`)
			equal(p, "in Chinese", eval[bool](p, `document.querySelector("input[name=price_book]").value === "2026-03-20" && !!document.querySelector(".older")`), true)
		})
	}
}

// Entries that other prices do not know are not carried over in silence.
func TestOlderPricesWithUnknownEntries(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(easemob + "?dau=15000&callback_cache=yes&moderation.0.model=image_porn&moderation.0.quantity=500000")
	p.waitText("#total", "¥5,049.00") // 1,299 + 1,000 + 2,000 + 750
	p.click(`.books a[href*="price_book=2022-09-13"]`)
	p.wait(`location.search.includes("price_book=2022-09-13")`)
	p.waitText("#total", "¥888.00")
	// On the way back they are there again.
	p.back()
	p.wait(`!location.search.includes("price_book")`)
	p.waitText("#total", "¥5,049.00")
}

// What has no public price is said to be missing from the total.
func TestIncomplete(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{lang: lang})
			p.visit(easemob + "?price_book=2026-03-20")
			equal(p, "complete", eval[bool](p, `!!document.querySelector(".incomplete")`), false)
			p.unfold()
			p.enter("translation_characters", "500")
			p.wait(`!!document.querySelector(".incomplete")`)
			p.enter("translation_languages", "4")
			p.wait(`document.querySelector(".small").innerText.includes("2,000")`) // 4 × 500 characters, among the notes
			p.waitText("#total", "¥1,299.00")
			equal(p, "it stands with the total", eval[bool](p, `document.querySelector(".incomplete").checkVisibility() && !!document.querySelector(".incomplete").closest(".verdict")`), true)
			if p.text(".incomplete") == "" {
				t.Error("nothing is said")
			}
			spoken := p.text("#spoken")
			// The same total of the same plan, with nothing left out.
			complete := open(t, visitor{lang: lang})
			complete.visit(easemob + "?price_book=2026-03-20&option=pro")
			complete.waitText("#total", "¥1,299.00")
			if complete.text("#spoken") == spoken {
				t.Errorf("the reader, and the phone's lower edge, say %q of an incomplete total as of a complete one", spoken)
			}
			p.reload()
			equal(p, "after a reload", eval[bool](p, `!!document.querySelector(".incomplete")`), true)
			equal(p, "spoken", p.text("#spoken"), spoken)
			p.unfold()
			p.enter("translation_characters", "")
			p.wait(`!document.querySelector(".incomplete")`)
		})
	}
}
