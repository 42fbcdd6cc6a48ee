package e2e

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
)

// onPage is the expression for what a selector finds.
func onPage(selector string) string { return `document.querySelector(` + quote(selector) + `)` }

// has reports whether there is such an element, in sight or not.
func (p *tab) has(selector string) bool {
	p.t.Helper()
	return eval[bool](p, onPage(selector)+` !== null`)
}

// follow does what leads to another page, or to the same one anew, and waits
// until that is there.
func (p *tab) follow(what func()) {
	p.t.Helper()
	eval[bool](p, `window.left = true`)
	what()
	p.wait(`window.left === undefined`)
}

// next clicks on a link or button that leads on.
func (p *tab) next(selector string) {
	p.t.Helper()
	p.follow(func() { p.click(selector) })
}

// add puts the estimate of the page into the draft, which is shown then.
func (p *tab) add() {
	p.t.Helper()
	p.next("#add")
	equal(p, "path", eval[string](p, `location.pathname`), "/draft")
}

// status is the one that the page was answered with.
func (p *tab) status() int {
	p.t.Helper()
	return eval[int](p, `performance.getEntriesByType("navigation")[0].responseStatus`)
}

// item is the selector of an item of the draft, counted from one.
func item(n int, within string) string {
	return fmt.Sprintf(".draft-items ol > :nth-child(%d of .draft-item) %s", n, within)
}

// quantity is the id of the field for how many there are of an item.
func (p *tab) quantity(n int) string {
	p.t.Helper()
	return eval[string](p, onPage(item(n, ".draft-quantity input"))+`.id`)
}

// names are the items of the draft, each with its plan.
func (p *tab) names() string {
	p.t.Helper()
	return eval[string](p, `[...document.querySelectorAll(".draft-item")].map(e => new URL(e.querySelector(".draft-actions a").href).pathname.replace("/calc/", "")).join(" ")`)
}

// save saves the draft and returns the path of the quote.
func (p *tab) save() string {
	p.t.Helper()
	p.next("button[value=save]")
	path := eval[string](p, `location.pathname`)
	if !strings.HasPrefix(path, "/q/") {
		p.t.Fatalf("after saving the page is %s: %.500s", path, p.text("main"))
	}
	return path
}

// document is what a quote says, without what depends on the reader and on what
// became of it since.
func (p *tab) document() string {
	p.t.Helper()
	return eval[string](p, `[...document.querySelectorAll(".sheet > *")].filter(e => !e.matches(".banner, .quote-changes")).map(e => e.innerText).join("\n")`)
}

// The whole story of a quote: a sales rep puts it together and saves it, the
// customer reads, prints and takes it into a spreadsheet, and makes a copy of
// their own; the rep revises it, and withdraws it in the end.
func TestQuoteStory(t *testing.T) {
	t.Parallel()
	const (
		customer = "小米科技"
		title    = "小米即时通讯与音视频报价"
		rep      = "王芳"
		note     = "含税价另议。\n合同签订后 3 个工作日内开通。"
	)
	p := open(t, visitor{lang: "zh-CN"})

	// Three calculators: one with older prices, one with an option of the rep's
	// choice, and one of which there are three.
	p.visit(product)
	p.enter("months", "12")
	p.enter("dau", "15000")
	p.click("details:has(#history_days) summary")
	p.enter("history_days", "90")
	p.waitAddress(example)
	p.add()
	p.visit(easemob)
	p.enter("dau", "15000")
	p.wait(onPage(`.books a[href*="price_book=2022-09-13&dau=15000"]`))
	p.next(`.books a[href*="price_book=2022-09-13"]`)
	p.add()
	p.visit(trtc)
	p.enter("av_audio_minutes", "3000000")
	p.wait(`location.search.includes("av_audio_minutes=3000000") && ` + onPage("tr[data-option=starter]"))
	if !p.has(`input[name=option][value=starter]:checked`) {
		p.click("tr[data-option=starter] label")
		p.wait(`location.search.includes("option=starter")`)
	}
	p.waitText("#total", "¥16,884.00")
	p.add()
	equal(p, "items", p.names(), "tencent-im easemob-im tencent-trtc")
	p.paste(p.quantity(1), "3")
	p.waitText(item(1, ".draft-sum dd"), "¥107,964.00") // 3 × 35,988

	// In another order, one twice, and not.
	p.next(item(3, "button[value^=up]"))
	equal(p, "moved up", p.names(), "tencent-im tencent-trtc easemob-im")
	p.next(item(1, "button[value^=duplicate]"))
	equal(p, "duplicated", p.names(), "tencent-im tencent-im tencent-trtc easemob-im")
	equal(p, "the copy has the quantity", p.value(p.quantity(2)), "3")
	p.next(item(1, "button[value^=remove]"))
	equal(p, "removed", p.names(), "tencent-im tencent-trtc easemob-im")

	// One is opened in its calculator and put back to where it was.
	p.next(item(3, ".draft-actions a"))
	equal(p, "dau", p.value("dau"), "15000")
	p.enter("dau", "82370")
	p.enter("months", "12")
	p.waitText("#total", "¥82,056.00")
	p.add()
	equal(p, "put back", p.names(), "tencent-im tencent-trtc easemob-im")
	p.waitText(item(3, ".draft-sum dd"), "¥82,056.00")
	const total = "¥206,904.00" // 107,964 + 16,884 + 82,056
	p.waitText("#total", total)

	for _, f := range [][2]string{{"customer", customer}, {"title", title}, {"prepared_by", rep}, {"note", note}, {"valid_days", "14"}} {
		p.paste(f[0], f[1])
	}
	equal(p, "language of the quote", p.value("quote_lang"), "zh")
	path := p.save()
	equal(p, "total", p.text("#total"), total)
	if id := strings.TrimPrefix(path, "/q/"); len(id) < 26 { // 26 of 32 letters are 130 bits
		t.Errorf("the id %s has too few letters", id)
	}

	// The owner link is shown once, to nobody else.
	ownerLink := p.value("owner-link")
	secret, found := strings.CutPrefix(ownerLink, origin+path+"#owner=")
	if !found || len(secret) < 26 {
		t.Fatalf("the owner link is %q", ownerLink)
	}
	p.reload()
	equal(p, "the owner link after a reload", p.has("#owner-link"), false)
	if html := eval[string](p, `document.documentElement.outerHTML`); strings.Contains(html, secret) {
		t.Error("the owner's secret is still in the page")
	}
	equal(p, "the owner's controls", p.has("#owner"), true)
	said := p.document()

	// The customer reads the same, and can change nothing of it.
	c := open(t, visitor{lang: "en", lines: []string{refused(410)}})
	c.visit(path)
	equal(c, "status", c.status(), 200)
	c.same("what the customer reads", c.document(), said)
	equal(c, "language, which is the quote's", eval[string](c, `document.documentElement.lang`), "zh-CN")
	for _, selector := range []string{"#owner", "#owner-link", `form[action$="/revise"]`, `a[href$="/withdraw"]`} {
		equal(c, "the customer sees "+selector, c.has(selector), false)
	}
	equal(c, "fields to type into", eval[int](c, `document.querySelectorAll("input:not([readonly]), textarea:not([readonly]), select").length`), 0)
	for _, want := range []string{customer, title, rep, "含税价另议。", total, "¥107,964.00", "¥16,884.00", "¥82,056.00", "2022"} {
		if !strings.Contains(said, want) {
			t.Errorf("the quote does not say %q", want)
		}
	}
	if left := c.text("#days-left"); !strings.Contains(left, "14") {
		t.Errorf("of 14 days %q are left", left)
	}
	c.printsQuote([]string{title, customer, rep, "含税价另议。", total, c.text("#valid-until"), origin + path, "¥107,964.00", "¥16,884.00", "¥82,056.00"}, 6)
	c.summarises(title, total, origin+path)
	files := c.downloadsQuote(path)
	equal(c, "the JSON's hash", fmt.Sprintf("%x", sha256.Sum256(files["json"])), c.text("#quote-hash"))
	if !strings.HasPrefix(string(files["csv"]), "\ufeff") || !strings.Contains(string(files["csv"]), customer) {
		t.Errorf("the CSV is without its mark, or the customer: %.200s", files["csv"])
	}
	sheet := recalculate(t, files["xlsx"])
	if !strings.Contains(sheet, "206904") {
		t.Errorf("LibreOffice comes to another total than %s:\n%s", total, sheet)
	}
	for _, want := range []string{title, customer, "107964", "16884", "82056"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("LibreOffice does not have %q:\n%s", want, sheet)
		}
	}

	// The customer carries on with a copy.
	c.next(`form[action$="/draft"] button`)
	equal(c, "the copy", c.names(), "tencent-im tencent-trtc easemob-im")
	equal(c, "its customer, who is not told", c.value("customer"), "")
	equal(c, "its title", c.value("title"), title)
	equal(c, "its note", c.value("note"), note)
	equal(c, "its days", c.value("valid_days"), "14")
	c.waitText("#total", total)
	c.next(item(2, "button[value^=remove]"))
	c.paste(c.quantity(1), "1")
	c.waitText("#total", "¥118,044.00") // 35,988 + 82,056
	copied := c.save()
	if copied == path {
		t.Error("the copy has the address of the quote")
	}
	equal(c, "total of the copy", c.text("#total"), "¥118,044.00")
	equal(c, "the copy is the customer's own", c.has("#owner"), true)
	c.visit(path)
	c.same("the rep's quote", c.document(), said)

	// At today's prices: the book of 2022 is not the newest.
	c.next(`a[href$="/today"]`)
	equal(c, "quoted", c.text(".figures .before"), total)
	equal(c, "today", c.text(".figures .after"), "¥236,436.00") // 82,056 has become 111,588
	equal(c, "difference", c.text(".figures .difference"), "+¥29,532.00")
	equal(c, "items", eval[int](c, `document.querySelectorAll(".difference-of").length`), 3)
	reasons := eval[string](c, `[...document.querySelectorAll(".difference-of")].find(e => e.innerText.includes("29,532")).innerText`)
	// 12 × 888 and 7 × 850 × 12 then, 12 × 1,299 and 8 × 1,000 × 12 now.
	for _, want := range []string{"2022", "2026", "¥888", "¥1,299", "¥850", "¥1,000", "¥82,056.00", "¥111,588.00"} {
		if !strings.Contains(reasons, want) {
			t.Errorf("the difference is not explained by %s: %s", want, reasons)
		}
	}
	c.next(".back a")
	c.same("after that", c.document(), said)

	// The rep revises it: both point to each other.
	p.visit(path)
	p.next(`form[action$="/revise"] button`)
	equal(p, "customer", p.value("customer"), customer)
	equal(p, "prepared by", p.value("prepared_by"), rep)
	p.next(item(2, "button[value^=remove]"))
	p.paste(p.quantity(1), "2")
	p.waitText("#total", "¥154,032.00") // 71,976 + 82,056
	p.paste("title", title+"（二）")
	newer := p.save()
	equal(p, "to the old one", p.has(`.banner a[href="`+path+`"]`), true)
	equal(p, "the owner link of the new one", strings.HasPrefix(p.value("owner-link"), origin+newer+"#owner="), true)
	changes := func(v *tab) {
		t.Helper()
		equal(v, "before", v.text(".quote-changes .figures .before"), total)
		equal(v, "after", v.text(".quote-changes .figures .after"), "¥154,032.00")
		equal(v, "difference", v.text(".quote-changes .figures .difference"), "−¥52,872.00")
		// The two that changed, with their lines.
		equal(v, "items that differ", eval[int](v, `document.querySelectorAll(".quote-changes .difference-of:not(:has(.texts))").length`), 2)
		text := eval[string](v, `[...document.querySelectorAll(".quote-changes")].map(e => e.innerText).join("\n")`)
		for _, want := range []string{"−¥35,988.00", "−¥16,884.00", "¥71,976.00", "¥107,964.00"} {
			if !strings.Contains(text, want) {
				t.Errorf("the changes do not say %s: %s", want, text)
			}
		}
	}
	changes(p)
	c.visit(path)
	changes(c)
	c.same("what was saved", c.document(), said)
	c.next(`.banner a[href="` + newer + `"]`)
	equal(c, "total of the new one", c.text("#total"), "¥154,032.00")
	c.next(`.banner a[href="` + path + `"]`)
	p.visit(path)
	equal(p, "what is revised is not revised again", p.has(`form[action$="/revise"]`), false)

	// And withdraws it: the address says so, and nothing else.
	p.visit(newer)
	p.next(`a[href$="/withdraw"]`)
	equal(p, "asked first", eval[string](p, `location.pathname`), newer+"/withdraw")
	p.mu.Lock()
	p.lines = append(p.lines, refused(410))
	p.mu.Unlock()
	p.next("button[value=withdraw]")
	for _, v := range []*tab{p, c} {
		v.visit(newer)
		equal(v, "status", v.status(), 410)
		text := eval[string](v, `document.documentElement.outerHTML`)
		for _, gone := range []string{customer, title, rep, "154,032", "owner-link", "tencent", "腾讯", "环信"} {
			if strings.Contains(text, gone) {
				t.Errorf("what was withdrawn still says %q", gone)
			}
		}
		if !strings.Contains(text, strings.TrimPrefix(newer, "/q/")) {
			t.Error("the id is gone, too")
		}
	}
	for _, rest := range []string{".xlsx", ".csv", ".json", "/today"} {
		equal(c, "status of "+rest, evalAsync[int](c, `fetch(`+quote(newer+rest)+`).then(r => r.status)`), 410)
	}
	c.visit(path)
	c.same("the earlier quote", c.document(), said)
	equal(c, "a link to what is gone", c.has(`.banner a[href="`+newer+`"]`), false)

	// All of them are in the list, newest first, with what became of them.
	p.visit(product + "?dau=15000")
	p.add()
	p.paste("customer", "Acme")
	third := p.save()
	p.visit("/quotes")
	const list = `[...document.querySelectorAll(".made-list tbody tr")].map(e => e.querySelector("a").pathname + " " + e.className.replace("state-", "")).join("\n")`
	equal(p, "my quotes", eval[string](p, list), third+" valid\n"+newer+" withdrawn\n"+path+" valid")
	for _, find := range []struct{ what, want string }{
		{"acme", third + " valid"},
		{customer[:len("小米")], newer + " withdrawn\n" + path + " valid"},
		{"nobody", ""},
	} {
		p.enter("search", "")
		p.paste("search", find.what)
		p.next(".made-search button")
		equal(p, "found by "+find.what, eval[string](p, list), find.want)
	}
	c.visit("/quotes")
	equal(c, "the customer's own", eval[string](c, list), copied+" valid")
}

// The same, in short, in English: with a plan that there is no more.
func TestQuoteInEnglish(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(easemob + "?months=12&dau=25000&option=premium&price_book=2022-09-13")
	p.waitText("#total", "¥68,856.00")
	p.add()
	p.visit(fullAliyun)
	p.add()
	p.paste("customer", "=1+1")
	p.paste("title", "Two <b>estimates</b> & more")
	path := p.save()
	total := p.text("#total")

	c := open(t, visitor{lang: "zh-CN"})
	c.visit(path)
	equal(c, "language", eval[string](c, `document.documentElement.lang`), "en")
	// Sources are called by their Chinese names, too; nothing else is.
	for _, text := range eval[[]string](c, `[...document.querySelectorAll("h1, h2, h3, dt, dd, caption, th[scope=col], .name, .formula, .settlement, .sum th, .notes li, .fine-print li, .quote-share *, .quote-tools *")].map(e => e.textContent)`) {
		if hasHan(text) {
			t.Errorf("Chinese in an English quote: %s", text)
		}
	}
	equal(c, "total", c.text("#total"), total)
	equal(c, "title", c.text("h1"), "Two <b>estimates</b> & more")
	c.printsQuote([]string{"Two <b>estimates</b> & more", "=1+1", total, "¥68,856.00", c.text("#valid-until"), origin + path}, 6)
	files := c.downloadsQuote(path)
	equal(c, "the JSON's hash", fmt.Sprintf("%x", sha256.Sum256(files["json"])), c.text("#quote-hash"))
	if csv := string(files["csv"]); strings.Contains(csv, ",=1+1") || !strings.Contains(csv, "'=1+1") {
		t.Error("the table has a formula in the place of a name")
	}
	plain := strings.NewReplacer("¥", "", ",", "").Replace(strings.TrimSuffix(total, ".00"))
	if sheet := recalculate(t, files["xlsx"]); !strings.Contains(sheet, plain) || !strings.Contains(sheet, "=1+1") {
		t.Errorf("LibreOffice comes to another total than %s, or has lost the name:\n%s", plain, sheet)
	}
	c.next(`a[href$="/today"]`)
	gone := eval[string](c, `document.querySelector(".difference-of").innerText`)
	for _, want := range []string{"Premium", "Pro", "¥68,856.00", "¥39,588.00", "−¥29,268.00", "¥4,888", "¥1,299"} {
		if !strings.Contains(gone, want) {
			t.Errorf("it is not said that the plan is gone, or what it became: %s is missing in %s", want, gone)
		}
	}
}
