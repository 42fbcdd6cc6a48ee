package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// The draft and the list of quotes survive a reload, the end of the tab, of the
// browser, and of the server.
func TestDraftSurvives(t *testing.T) {
	t.Parallel()
	db, profile := filepath.Join(t.TempDir(), "suanpan.db"), t.TempDir()
	s, err := startServer("127.0.0.1:0", db)
	if err != nil {
		t.Fatal(err)
	}
	home := s.origin
	// Both are stopped whatever comes of the scenario.
	stopServer := func() error { return s.stop() }
	t.Cleanup(func() {
		if err := stopServer(); err != nil {
			t.Error(err)
		}
	})
	ctx, stop, err := startBrowser(profile)
	if err != nil {
		t.Fatal(err)
	}
	stopBrowser := stop
	t.Cleanup(func() { stopBrowser() })

	is := func(v *tab, when string) {
		v.t.Helper()
		for id, want := range map[string]string{"customer": "小米", "note": "two\nlines", "valid_days": "soon"} {
			equal(v, id+" "+when, v.value(id), want)
		}
		equal(v, "quantity "+when, v.value(v.quantity(1)), "3")
		equal(v, "items "+when, v.names(), "easemob-im tencent-trtc")
		equal(v, "total "+when, v.text("#total"), "¥263,052.00")
	}
	path := ""
	before := func(t *testing.T) {
		p := open(t, visitor{origin: home, profile: ctx})
		p.visit(example)
		p.add()
		path = p.save()
		p.visit(easemob + "?months=12&dau=82370&price_book=2022-09-13")
		p.add()
		p.visit(trtc + "?av_audio_minutes=3000000&option=starter")
		p.add()
		p.paste(p.quantity(1), "3")
		p.waitText("#total", "¥263,052.00") // 3 × 82,056 + 16,884
		p.paste("customer", "小米")
		p.paste("note", "two\nlines")
		p.paste("valid_days", "soon") // at fault, and kept all the same
		p.wait(onPage("#valid_days") + `.getAttribute("aria-invalid") === "true"`)
		p.reload()
		is(p, "after a reload")
		second := open(t, visitor{origin: home, profile: ctx})
		second.visit("/draft")
		is(second, "in another tab")
	}
	if !t.Run("before", before) {
		return
	}

	// The browser is closed, the server is started again, and then the browser.
	stopBrowser()
	stopBrowser = func() {}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	stopServer = func() error { return nil }
	if s, err = startServer(strings.TrimPrefix(home, "http://"), db); err != nil {
		t.Fatal(err)
	}
	stopServer = func() error { return s.stop() }
	if ctx, stop, err = startBrowser(profile); err != nil {
		t.Fatal(err)
	}
	stopBrowser = stop
	t.Run("after", func(t *testing.T) {
		again := open(t, visitor{origin: home, profile: ctx})
		again.visit("/draft")
		is(again, "when all was started again")
		again.visit(path)
		equal(again, "still the owner", again.has("#owner"), true)
		equal(again, "total of the quote", again.text("#total"), "¥35,988.00")
		again.visit("/draft")
		again.paste("valid_days", "14")
		again.save()
		again.visit("/quotes")
		equal(again, "quotes", eval[int](again, `document.querySelectorAll(".made-list tbody tr").length`), 2)
	})
}
