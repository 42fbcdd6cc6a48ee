package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// among makes this browser the owner of two hundred quotes: for three customers,
// of four sizes, of which every tenth is valid for a week. It returns what those
// for a customer come to, in fen, as the program that made them adds it up.
const among = `(async () => {
	const customers = ["Bay Harbour", "海港科技", "00012345678901234567"], sums = {};
	const one = async i => {
		const customer = customers[i % 3];
		const res = await fetch("/api/v1/quotes", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({
			title: "Job " + i, customer, valid_days: i % 10 ? 60 : 7,
			items: [{product: "tencent-im", inputs: {dau: 15000 + i}, quantity: 1 + i % 4}],
		})});
		const q = await res.json();
		sums[customer] = (sums[customer] ?? 0n) + BigInt(q.total.replace(".", ""));
		await fetch("/q/" + q.id + "/own", {method: "POST", redirect: "manual", body: new URLSearchParams({secret: q.owner_token})});
	};
	await one(0); // the browser gets its cookie
	for (let i = 1; i < 200; i += 20) await Promise.all(Array.from({length: Math.min(20, 200 - i)}, (_, j) => one(i + j)));
	return customers.map(c => String(sums[c]));
})()`

// TestAmongTwoHundredQuotes is a rep's job: find a customer's quotes among two
// hundred, sum them up, revise one and withdraw another.
func TestAmongTwoHundredQuotes(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lines: []string{refused(410)}}) // what was withdrawn is gone
	p.visit("/")
	sums := evalAsync[[]string](p, among)
	fen := func() string {
		return eval[string](p, `document.querySelector(".made-sums tbody tr td:last-child").textContent.replace(/[¥,.\s]/g, "")`)
	}

	// Found while typing, in any order and width; the address says it all.
	p.visit("/quotes")
	equal(p, "all of them", p.text(".made-count strong"), "200 quotes")
	p.paste("search", "harbour　ＢＡＹ")
	p.waitText(".made-count strong", "67 of 200 quotes")
	equal(p, "what they come to", fen(), sums[0])
	p.waitAddress("/quotes?search=harbour%E3%80%80%EF%BC%A2%EF%BC%A1%EF%BC%B9")
	p.paste("search", "")
	p.waitText(".made-count strong", "200 quotes")
	p.choose("customer", "海港科技")
	p.waitText(".made-count strong", "67 of 200 quotes")
	equal(p, "what the others come to", fen(), sums[1])
	p.tick("expires", true)
	p.waitText(".made-count strong", "7 of 200 quotes")
	p.choose("sort", "dearest")
	p.wait(`(all => location.search.endsWith("sort=dearest") && all.length === 7 && all.every((n, i) => i === 0 || all[i - 1] >= n))(
		[...document.querySelectorAll(".made-list td.amount")].map(e => Number(e.textContent.replace(/[¥,]/g, ""))))`)
	address := p.address()
	p.reload()
	equal(p, "the address after reloading", p.address(), address)
	equal(p, "found again", p.text(".made-count strong"), "7 of 200 quotes")
	equal(p, "the choice", eval[bool](p, onPage("#expires")+`.checked`), true)
	if table := evalAsync[string](p, `fetch(`+onPage(`.made-count a[download]`)+`.href).then(r => r.text())`); strings.Count(table, "\r\n") != 8 || strings.Count(table, "海港科技") != 7 {
		t.Errorf("the table is %s", table)
	}

	// The dearest is revised: it is there twice, and counts once.
	p.next(".made-list tbody a")
	p.next(`form[action$="/revise"] button`)
	p.sends(func() { p.paste(p.quantity(1), "40*2") })
	equal(p, "what was understood", p.text(".draft-quantity ~ .note"), "80 copies")
	revision := p.save()
	p.visit("/quotes?customer=" + "%E6%B5%B7%E6%B8%AF%E7%A7%91%E6%8A%80")
	equal(p, "with the revision", p.text(".made-count strong"), "68 of 201 quotes")
	equal(p, "the first", eval[string](p, onPage(".made-list a")+`.pathname`), revision)
	states := func() string {
		return eval[string](p, `[...document.querySelectorAll(".made-sums tbody tr")].map(e => [...e.children].slice(0, 2).map(e => e.textContent.trim()).join(" ")).join(", ")`)
	}
	equal(p, "the states", states(), "valid 67, revised 1")

	// One is withdrawn: its owner still sees for whom and how much.
	p.choose("state", "valid")
	p.waitText(".made-count strong", "67 of 201 quotes")
	before := fen()
	total := eval[string](p, `document.querySelectorAll(".made-list td.amount")[1].textContent`)
	p.next(".made-list tbody tr:nth-child(2) a")
	p.next(`a[href$="/withdraw"]`)
	p.next("button[value=withdraw]")
	p.visit("/quotes?customer=" + "%E6%B5%B7%E6%B8%AF%E7%A7%91%E6%8A%80")
	equal(p, "the states", states(), "valid 66, revised 1, withdrawn 1")
	if after, less := fen(), strings.NewReplacer("¥", "", ",", "", ".", "").Replace(strings.TrimSpace(total)); eval[string](p, fmt.Sprintf(`String(BigInt(%s) - BigInt(%s))`, quote(before), quote(less))) != after {
		t.Errorf("of %s are left %s, without %s", before, after, less)
	}
	p.visit("/quotes?state=withdrawn")
	if row := p.text(".made-list tbody tr"); !strings.Contains(row, "海港科技") || !strings.Contains(row, total) || strings.Contains(row, "Job") {
		t.Errorf("the withdrawn quote is listed as %q", row)
	}

	// Pages, and how all of it looks in another language, at the narrowest, in the dark.
	p.visit("/quotes?page=2&sort=customer")
	p.next("a[rel=next]")
	p.contains("the page", p.text(".made-pages"), "Page 3 of 9")
	p.visit("/draft")
	p.visit("/calc/tencent-im?dau=15000")
	p.add()
	p.next(`button[value="new"]`)
	narrow := screen{"narrow", 320, 700, true}
	p.resize(narrow)
	for _, at := range []string{"/draft", "/quotes?lang=zh&state=valid", "/quotes?lang=zh&customer=00012345678901234567"} {
		p.visit(at)
		p.fits(at, narrow)
		p.touchable(at)
		p.media("", true)
		p.accessible(at, "")
		p.media("", false)
	}
}
