package e2e

import (
	"net/url"
	"strings"
	"testing"
)

// A shared address, the way back and a reload all restore the page exactly.
func TestShareAndReturn(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit("/")
	p.visit(product)
	p.enter("months", "12")
	p.enter("dau", "15000")
	p.click("details:has(#history_days) summary")
	p.enter("history_days", "90")
	p.click("#advanced_moderation")
	p.wait(`location.search.includes("advanced_moderation=yes")`) // the answer has grown by a line, and its rows stand still
	p.click("tr[data-option=ultimate] label")
	const address = product + "?months=12&dau=15000&history_days=90&advanced_moderation=yes&option=ultimate"
	p.wait(`new URLSearchParams(location.search).size === 7`)
	want := canonical(p.address())
	equal(p, "address", want, canonical(address))
	// The copy button is the browser's clipboard and a word that it worked.
	p.grantClipboard()
	label := p.text("#copy")
	p.click("#copy")
	p.wait(`document.getElementById("copy").textContent.trim() === document.getElementById("copy").dataset.copied`)
	link := evalAsync[string](p, `navigator.clipboard.readText()`)
	equal(p, "copied", link, eval[string](p, `location.href`))
	p.waitText("#copy", label)

	other := open(t, visitor{})
	path, ok := strings.CutPrefix(link, origin)
	if !ok {
		t.Fatalf("the link %s leads elsewhere", link)
	}
	other.visit(path)
	other.mirrors("the shared address in another browser", p)
	here := p.snapshot()
	// Whoever opened it carries on with a copy of their own.
	other.enter("dau", "25000")
	other.wait(`location.search.includes("dau=25000")`)
	p.becomes("the sender's page", here)

	p.reload()
	p.becomes("after a reload", here)
	p.click(".brand")
	p.waitAddress("/")
	p.back()
	p.waitAddress(path)
	p.becomes("on the way back", here)
	// Live again: the page that came back still answers.
	p.enter("dau", "25000")
	p.wait(`location.search.includes("dau=25000")`)
	// The whole visit to the calculator is one step of the history.
	p.back()
	p.waitAddress("/")
}

// canonical makes the order of a query string not matter.
func canonical(address string) string {
	path, query, _ := strings.Cut(address, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return address
	}
	return path + "?" + values.Encode()
}
