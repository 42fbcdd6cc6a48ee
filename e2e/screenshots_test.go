package e2e

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestScreenshots takes the pictures that a person looks through, and the one
// in the README: with -screenshots FOLDER they are kept.
func TestScreenshots(t *testing.T) {
	t.Parallel()
	dir := *screenshotDir
	if dir == "" {
		dir = t.TempDir()
	} else if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	screens := []screen{desktop, {"phone", 390, 844, true}}
	schemes := []string{"light", "dark"}
	for _, lang := range []string{"en", "zh"} {
		for _, s := range screens {
			t.Run(lang+"-"+s.name, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{screen: s, lang: lang})
				for _, scheme := range schemes {
					p.media("", scheme == "dark")
					p.visit(example)
					p.shoot(dir, fmt.Sprintf("calc-%s-%s-%s.png", lang, scheme, s.name), s)
				}
				// The other products: enough to look at in two of the four ways.
				if scheme := map[string]string{"endesktop": "light", "zhphone": "dark"}[lang+s.name]; scheme != "" {
					p.media("", scheme == "dark")
					for name, address := range map[string]string{"trtc": fullTRTC, "aliyun": fullAliyun, "easemob": fullEasemob, "inf": fullINF, "older": olderEasemob} {
						p.visit(address)
						p.shoot(dir, fmt.Sprintf("%s-%s-%s-%s.png", name, lang, scheme, s.name), s)
						if *screenshotDir != "" {
							p.whole(dir, fmt.Sprintf("%s-%s-%s-%s-whole.png", name, lang, scheme, s.name))
						}
					}
				}
				p.media("", false)
				p.visit("/")
				p.shoot(dir, fmt.Sprintf("start-%s-light-%s.png", lang, s.name), s)
				p.quotePictures(dir, lang, s)
				if s.mobile {
					return
				}
				// A4 at 96 dots an inch.
				paper := screen{"paper", 794, 1123, false}
				p.resize(paper)
				p.media("print", false)
				p.visit(example)
				p.shoot(dir, fmt.Sprintf("print-%s.png", lang), paper)
			})
		}
	}
}

// quotePictures takes the pictures of a draft, of a quote and of what can be
// done with it, in the light and in the dark.
func (p *tab) quotePictures(dir, lang string, s screen) {
	p.t.Helper()
	both := func(name string) {
		p.t.Helper()
		for _, scheme := range []string{"light", "dark"} {
			p.media("", scheme == "dark")
			picture := fmt.Sprintf("%s-%s-%s-%s", name, lang, scheme, s.name)
			eval[bool](p, `(scrollTo({top: 0, behavior: "instant"}), true)`)
			p.shoot(dir, picture+".png", s)
			if *screenshotDir != "" {
				p.whole(dir, picture+"-whole.png")
			}
		}
		p.media("", false)
	}
	p.draftThree(lang)
	both("draft")
	path := p.save()
	both("quote-saved")
	p.visit(path)
	both("quote")
	if *screenshotDir != "" && !s.mobile {
		pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			p.t.Fatal("printing:", err)
		}
		if err := os.WriteFile(filepath.Join(dir, "quote-"+lang+".pdf"), pdf, 0o644); err != nil {
			p.t.Fatal(err)
		}
	}
	p.visit(path + "/today")
	both("today")
	p.visit(path)
	p.next(`form[action$="/revise"] button`)
	p.paste(p.quantity(1), "2")
	newer := p.save()
	p.visit(newer)
	both("revision")
	p.visit(product + "?dau=15000")
	p.add()
	p.save()
	p.visit("/quotes")
	both("list")
}

// shoot takes a picture of what the visitor sees.
func (p *tab) shoot(dir, name string, s screen) {
	p.t.Helper()
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("%s: %v", name, err)
	}
	config, err := png.DecodeConfig(bytes.NewReader(picture))
	if err != nil || int64(config.Width) != s.width || int64(config.Height) != s.height {
		p.t.Errorf("%s is %d×%d (%v), not %d×%d", name, config.Width, config.Height, err, s.width, s.height)
	}
	if err := os.WriteFile(filepath.Join(dir, name), picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// whole takes a picture of the whole page with all groups open, for whoever
// looks through the pictures.
func (p *tab) whole(dir, name string) {
	p.t.Helper()
	p.unfold()
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatalf("%s: %v", name, err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
