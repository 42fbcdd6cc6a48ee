package e2e

import (
	"strings"
	"testing"
)

// What is at hand to be copied after saving is the customer's link, on a phone,
// too; the owner's is below it, under its own name.
func TestCustomerLinkFirst(t *testing.T) {
	t.Parallel()
	for _, s := range []screen{desktop, phone} {
		p := open(t, visitor{screen: s})
		p.grantClipboard()
		p.visit(example)
		p.add()
		path := p.save()
		for _, b := range []struct{ field, want string }{{"link", origin + path}, {"owner-link", p.value("owner-link")}} {
			button := `[data-copy="` + b.field + `"]`
			equal(p, "name of the other", p.text(`[data-copy=link]`) != p.text(`[data-copy=owner-link]`), true)
			p.click(button)
			p.wait(onPage(button) + `.textContent === ` + onPage(button) + `.dataset.copied`)
			equal(p, "copied", evalAsync[string](p, `navigator.clipboard.readText()`), b.want)
			p.wait(onPage(button) + `.textContent !== ` + onPage(button) + `.dataset.copied`)
		}
		const top = `.getBoundingClientRect().top`
		p.visit(path)
		eval[bool](p, `(scrollTo({top: 0, behavior: "instant"}), true)`)
		for _, selector := range []string{"[data-copy=link]", "[data-copy=summary]", `a[href$=".xlsx"]`} {
			if at := eval[float64](p, onPage(selector)+top); at > 300 {
				t.Errorf("%s: %s is %.0f from the top", s.name, selector, at)
			}
		}
		if at := eval[float64](p, onPage("h1")+top); at > 400 {
			t.Errorf("%s: the quote begins %.0f from the top", s.name, at)
		}
	}
}

// The owner link makes another browser an owner, too. Its secret leaves the
// address bar at once and never travels in an address or a header.
func TestOwnerLink(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(example)
	p.add()
	path := p.save()
	link := p.value("owner-link")
	_, secret, _ := strings.Cut(link, "#owner=")
	if len(secret) < 26 {
		t.Fatalf("the owner link is %q", link)
	}

	// In another browser, which has opened the quote before.
	other := open(t, visitor{lines: []string{refused(403)}})
	other.visit(path)
	equal(other, "an owner", other.has("#owner"), false)
	other.visit("/")
	other.visit(path + "#owner=" + secret)
	// It is asked first: nothing is sent, and nobody is an owner, before a yes.
	other.wait(`document.querySelector(".claim")`)
	other.wait(`document.getElementById("secret").value`)
	equal(other, "address while it is asked", eval[string](other, `location.href`), origin+path+"/own")
	for _, r := range other.sent() {
		if strings.Contains(r.sent, secret) {
			t.Errorf("the secret is sent unasked: %s %s", r.method, r.url)
		}
	}
	other.next(".claim button")
	other.wait(onPage("#owner") + ``)
	equal(other, "address", eval[string](other, `location.href`), origin+path)
	equal(other, "the owner link is not shown again", other.has("#owner-link"), false)
	// On the way back it does not come up either.
	other.follow(other.back)
	if at := eval[string](other, `location.href`); strings.Contains(at, secret) {
		t.Errorf("the secret is in the address %s", at)
	}
	// Wherever one goes from there.
	other.visit(path)
	other.next(`a[href="/quotes"]`)
	equal(other, "my quotes", eval[string](other, onPage(".made-list a")+`.pathname`), path)
	posted := 0
	for _, r := range other.sent() {
		inBody := r.method == "POST" && r.url == origin+path+"/own"
		switch {
		case strings.Contains(r.url, secret):
			t.Errorf("the secret is in the address of %s %s", r.method, r.url)
		case strings.Contains(r.sent, secret) && !inBody:
			t.Errorf("the secret is sent with %s %s: %s", r.method, r.url, r.sent)
		case inBody:
			posted++
			head, _, _ := strings.Cut(r.sent, "secret=")
			if strings.Contains(head, secret) || strings.Count(r.sent, secret) != 1 {
				t.Errorf("the secret is sent in a header: %s", r.sent)
			}
		}
	}
	if posted == 0 {
		t.Error("no request with the secret was seen")
	}
	// The program has said nothing of it, nor of what the browser is known by.
	if serverLog.contains(secret) {
		t.Error("the secret is in the log")
	}
	if !serverLog.contains(`"/q/:id/own"`) {
		t.Error("the log says nothing of the request at all")
	}

	// A wrong one makes nobody an owner.
	stranger := open(t, visitor{lines: []string{refused(403)}})
	stranger.visit(path + "#owner=" + strings.Repeat("a", len(secret)))
	stranger.wait(`document.querySelector(".claim")`)
	stranger.wait(`document.getElementById("secret").value`)
	stranger.next(".claim button")
	stranger.wait(`document.getElementById("secret-note")`)
	equal(stranger, "status", stranger.status(), 403)
	stranger.visit(path)
	equal(stranger, "an owner", stranger.has("#owner"), false)
	stranger.visit(path + "/withdraw")
	equal(stranger, "status of withdrawing", stranger.status(), 403)
	// Typed into the form, with the link before it, it is the same secret.
	stranger.visit(path)
	stranger.next(`a[href$="/own"]`)
	stranger.paste("secret", link)
	stranger.next(".claim button")
	equal(stranger, "an owner", stranger.has("#owner"), true)
}
