package e2e

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// draftThree puts three estimates into the draft, one of them at older prices, one
// twice, with a head.
func (p *tab) draftThree(lang string) {
	p.t.Helper()
	for _, address := range []string{example, easemob + "?months=12&dau=25000&option=premium&price_book=2022-09-13", fullTRTC} {
		p.visit(address)
		p.add()
	}
	title, customer, note := "Messaging and calls", "Acme Ltd", "Tax is not included.\nThe services are ready three working days after the contract is signed."
	if lang != "en" {
		title, customer, note = "即时通讯与音视频报价", "小米科技有限责任公司", "以上价格未含税。\n合同签订后 3 个工作日内开通。"
	}
	for _, f := range [][2]string{{p.quantity(1), "3"}, {"title", title}, {"customer", customer}, {"note", note}} {
		p.sends(func() { p.paste(f[0], f[1]) })
	}
}

// Every page of quotes is as wide as the screen, in both languages, and
// accessible: on the desktop in both themes, on the phone in the dark.
func TestAccessibleQuotes(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		for _, s := range []screen{desktop, {"phone", 390, 844, true}} {
			t.Run(lang+"-"+s.name, func(t *testing.T) {
				t.Parallel()
				lines := []string{refused(403), refused(404), refused(410), refused(422)}
				v := visitor{screen: s, lang: lang, dark: s.mobile && lang != "en", lines: lines}
				p, c := open(t, v), open(t, v)
				look := func(v *tab, what string) {
					t.Helper()
					v.fits(what, s)
					if s.mobile {
						v.touchable(what)
					}
					if !examined(lang, s) {
						return
					}
					if s.mobile {
						v.accessible(what, "")
						return
					}
					v.media("", false)
					v.accessible(what+", light", "")
					v.media("", true)
					v.accessible(what+", dark", `, runOnly: ["color-contrast"]`)
				}
				for _, address := range []string{"/draft", "/quotes", "/q/nothing-here"} {
					p.visit(address)
					look(p, "empty "+address)
				}
				p.draftThree(lang)
				look(p, "draft")
				p.sends(func() { p.paste("valid_days", "soon") })
				p.sends(func() { p.paste(p.quantity(2), "-1") })
				look(p, "draft with faults, while typing")
				p.next("button[value=save]")
				equal(p, "status", p.status(), 422)
				look(p, "draft with faults")
				p.paste("valid_days", "14")
				p.paste(p.quantity(2), "1")
				path := p.save()
				look(p, "quote just saved")
				c.visit(path)
				look(c, "quote as the customer reads it")
				for _, below := range []string{"/today", "/own", "/withdraw"} {
					c.visit(path + below)
					look(c, below)
				}
				c.visit(path + "/own")
				c.paste("secret", "wrong")
				c.next(".claim button")
				look(c, "wrong secret")
				p.next(`form[action$="/revise"] button`)
				look(p, "draft of a revision")
				c.visit(product + "?dau=15000")
				c.add()
				c.visit(path)
				c.next(`form[action$="/draft"] button`)
				look(c, "question about the draft")
				p.paste(p.quantity(1), "2")
				newer := p.save()
				look(p, "revision just saved")
				p.visit(path)
				look(p, "revised")
				p.visit(newer + "/withdraw")
				look(p, "question before withdrawing")
				p.next("button[value=withdraw]")
				look(p, "withdrawn")
				p.visit("/quotes")
				look(p, "list")
				p.visit("/quotes?search=nobody")
				look(p, "nothing found")
			})
		}
	}
}

// touchable checks that what can be touched is large enough for a finger, or,
// as a link in a line of text, has none beside it.
func (p *tab) touchable(what string) {
	p.t.Helper()
	if small := eval[string](p, `[...document.querySelectorAll("input:not([type=hidden], [aria-hidden=true]), textarea, select, button, summary, a.button, a.quiet, .draft-actions a, .made-list a, .downloads a, .lang")].filter(e => e.checkVisibility()).filter(e => {
		const box = (e.matches("input") ? e.closest(".box") ?? e : e).getBoundingClientRect();
		return box.height < 24 || box.width < 24;
	}).map(e => (e.id || e.className || e.localName) + " " + e.textContent.trim() + " " + e.getBoundingClientRect().height).join(", ")`); small != "" {
		p.t.Errorf("%s: too small for a finger: %s", what, small)
	}
}

// The code can be scanned from the screen, in the dark as in the light, and
// from a phone.
func TestQRCode(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(example)
	p.add()
	path := p.save()
	for _, s := range []screen{desktop, {"phone", 390, 844, true}} {
		for _, dark := range []bool{false, true} {
			p.resize(s)
			p.media("", dark)
			name := fmt.Sprintf("%s, dark %t", s.name, dark)
			type box struct{ X, Y, Width, Height float64 }
			at := eval[box](p, `(r => ({X: r.x + scrollX, Y: r.y + scrollY, Width: r.width, Height: r.height}))(document.querySelector("figure.qr svg").getBoundingClientRect())`)
			if at.Width < 96 || at.Width != at.Height {
				t.Errorf("%s: the code is %.0f × %.0f", name, at.Width, at.Height)
			}
			shot := call(p, page.CaptureScreenshot, page.CaptureScreenshotParams{
				CaptureBeyondViewport: new(true), Clip: &page.Viewport{X: at.X, Y: at.Y, Width: at.Width, Height: at.Height, Scale: 1},
			})
			file := filepath.Join(t.TempDir(), "code.png")
			if err := os.WriteFile(file, shot.Data, 0o600); err != nil {
				t.Fatal(err)
			}
			equal(p, "what is scanned, "+name, strings.TrimSpace(tool(t, "zbarimg", "--quiet", "--raw", file)), origin+path)
			// Readers want dark on light: the edge is white, the corner of the
			// first finder pattern, four modules in, is black.
			picture, err := png.Decode(bytes.NewReader(shot.Data))
			if err != nil {
				t.Fatal(err)
			}
			modules := eval[int](p, `document.querySelector("figure.qr svg").viewBox.baseVal.width`)
			size := picture.Bounds().Dx()
			for at, want := range map[int]uint32{size / modules: 0xffff, size * 9 / (2 * modules): 0} {
				if r, g, b, _ := picture.At(at, at).RGBA(); r != want || g != want || b != want {
					t.Errorf("%s: the pixel %d of %d is %04x %04x %04x, not %04x", name, at, size, r, g, b, want)
				}
			}
		}
	}
}

// On paper everything is black on white, and nothing is cut at the edge.
func TestQuoteOnPaper(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lang: "zh-CN", dark: true})
	p.draftThree("zh-CN")
	p.save()
	p.resize(screen{"paper", 680, 994, false}) // A4 at 96 dots an inch, within its margins
	p.media("print", true)
	for _, selector := range []string{".quote-share", ".quote-tools", ".owner-once", ".quote-item .open", "#days-left"} {
		if eval[bool](p, onPage(selector)+`.checkVisibility()`) {
			t.Errorf("%s is printed", selector)
		}
	}
	equal(p, "the owner link is printed", strings.Contains(eval[string](p, `document.body.innerText`), "owner="), false)
	if wide := eval[int](p, `document.scrollingElement.scrollWidth`); wide > 680 {
		t.Errorf("the page is %d wide on paper", wide)
	}
	if cut := eval[[]string](p, `[...document.querySelectorAll(".sheet *")].filter(e => e.checkVisibility() && e.clientWidth && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible").map(e => e.localName + "." + e.className)`); len(cut) > 0 {
		t.Errorf("cut on paper: %v", cut)
	}
	if ink := eval[float64](p, brightness+`(getComputedStyle(document.querySelector("#total")).color)`); ink > .3 {
		t.Errorf("the ink has brightness %.2f", ink)
	}
	// A row of a table is not torn in two between pages.
	for _, selector := range []string{".bill tr", ".figures", ".quote-head"} {
		if b := eval[string](p, `getComputedStyle(`+onPage(selector)+`).breakInside`); !strings.HasPrefix(b, "avoid") {
			t.Errorf("%s may be torn at the end of a page: break-inside is %s", selector, b)
		}
	}
}

// A quote with a long title and as many items as there may be begins on the
// first sheet with its total, and goes on there; names of what was entered are
// not torn into letters, on the screen or on paper.
func TestLongQuoteOnPaper(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lang: "zh-CN"})
	p.visit(fullAliyun)
	p.add()
	p.visit(fullTRTC)
	p.add()
	path := p.save()
	long := evalAsync[string](p, `(async () => {
		const { items } = await (await fetch(`+quote(path+".json")+`)).json();
		const order = { lang: "zh", title: "智能硬件与音视频".repeat(22), customer: "小米", items: Array.from({ length: 20 }, (_, i) => {
			const { product, price_book, inputs, option } = items[i % items.length];
			return { product, price_book, inputs, option };
		}) };
		const answer = await fetch("/api/v1/quotes", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(order) });
		return new URL((await answer.json()).url).pathname;
	})()`)
	p.visit(long)
	torn := func(where string) {
		t.Helper()
		if names := eval[[]string](p, `[...document.querySelectorAll(".entered dt")].filter(e => e.checkVisibility() && e.getBoundingClientRect().width < Math.min(e.textContent.length, 8) * 5).map(e => e.textContent)`); len(names) > 0 {
			t.Errorf("%s: names torn into letters: %v", where, names)
		}
		if eval[int](p, `document.querySelectorAll(".entered dt").length`) < 100 {
			t.Errorf("%s: there are no entries", where)
		}
	}
	torn("desktop")
	p.resize(phone)
	torn("phone")
	p.fits("long quote", phone)
	p.resize(screen{"paper", 680, 994, false})
	p.media("print", false)
	torn("paper")
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal("printing:", err)
	}
	name := filepath.Join(t.TempDir(), "quote.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	sheets := strings.Split(strings.TrimSuffix(tool(t, "pdftotext", "-layout", name, "-"), "\f"), "\f")
	first := dense(sheets[0])
	// The list of items has begun there, and gone some way.
	for _, want := range []string{p.text("#total"), p.text("#item-10 h2")} {
		if !strings.Contains(first, dense(want)) {
			t.Errorf("the first sheet does not have %q: %s", want, sheets[0])
		}
	}
	for i, sheet := range sheets {
		if number := fmt.Sprintf("%d/%d", i+1, len(sheets)); !strings.HasSuffix(dense(sheet), number) {
			t.Errorf("a sheet does not end with its number %s", number)
		}
		if lines := strings.Count(sheet, "\n"); lines < 20 && i < len(sheets)-1 {
			t.Errorf("sheet %d is nearly empty: %s", i+1, sheet)
		}
	}
}
