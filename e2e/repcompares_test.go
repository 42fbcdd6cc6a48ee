package e2e

import (
	"strings"
	"testing"
)

// A rep's job, with the customer on the phone: chat for 800,000 registered users, 6 %
// of them daily, 30,000 groups and 180 days of history, against a competitor. Live
// groups come up, which that one has no price for; its column goes into a quote all
// the same, and the link opens in the customer's browser as it was sent.
func TestRepComparesChat(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(compare + "?in=tencent-im,easemob-im")
	p.enter("months", "1年")
	p.enter("users", "80万")
	// A share is not a number that is read, and the page says so beside the field.
	p.enter("dau", "800000*6%")
	p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
	p.enter("dau", "48000")
	p.wait(`document.getElementById("dau").getAttribute("aria-invalid") !== "true"`)
	p.enter("peak_groups", "3万")
	p.unfold()
	p.enter("history_days", "180")
	p.waitText("#total", "¥69,588.00")
	p.contains("the verdict", p.text("#answer .verdict"), "Easemob IM · Pro", "Tencent Cloud IM would cost ¥8,400.00 more.")

	p.enter("live_groups", "10")
	p.waitText("#total", "¥77,988.00")
	p.contains("the verdict", p.text("#answer .verdict"), "Tencent Cloud IM · Pro", "Easemob IM · Pro comes to ¥8,400.00 less", "Live groups (AVChatRoom)", "Ask the vendor")
	p.waitText(`[data-figure=difference] td:nth-of-type(1)`, "−¥8,400.00 of what is priced here")

	// As it stands it is sent: the link, and the same as text.
	p.grantClipboard()
	p.click("#copy-text")
	p.wait(`document.getElementById("copy-text").textContent.trim() === document.getElementById("copy-text").dataset.copied`)
	text := evalAsync[string](p, `navigator.clipboard.readText()`)
	p.contains("the text", text, "1. Tencent Cloud IM · Pro: ¥77,988.00", "2. Easemob IM · Pro: ¥69,588.00 · of what is priced; ask the vendor about Live groups (AVChatRoom)", "48,000 users a day")
	link := text[strings.LastIndex(text, "\n")+1:]
	equal(p, "link", link, eval[string](p, `document.getElementById("link").value`))
	path, ok := strings.CutPrefix(link, origin)
	if !ok {
		t.Fatalf("the link %s leads elsewhere", link)
	}
	p.waitAddress(strings.Replace(path, path[strings.Index(path, "c="):strings.Index(path, "in=")], "", 1))
	customer := open(t, visitor{})
	customer.visit(path)
	for _, part := range []string{"#answer .verdict", ".compared", "#text"} {
		equal(customer, "what the customer sees of "+part, customer.text(part), p.text(part))
	}
	equal(customer, "notice", customer.has("#link-notice"), false)
	narrow := screen{"narrow", 320, 640, true}
	customer.resize(narrow)
	customer.fits("the comparison on the narrowest phone", narrow)

	// What is typed last goes along, however soon the button is pressed.
	p.follow(func() {
		eval[bool](p, `(() => {
			const field = document.getElementById("dau");
			field.value = "58000";
			field.dispatchEvent(new Event("input", {bubbles: true}));
			document.getElementById("add-easemob-im-2026-03-23").click();
			return true;
		})()`)
	})
	equal(p, "path", eval[string](p, `location.pathname`), "/draft")
	p.contains("the draft", p.text(inItem), "Easemob IM", "58,000 users a day", "¥81,588.00")
	p.contains("its note", p.value("note"), "Easemob IM is quoted without Live groups (AVChatRoom)")

	// And without a script.
	plain := open(t, visitor{noScript: true})
	plain.visit(path)
	plain.next("#add-tencent-im-2020-10-30")
	plain.contains("the draft", plain.text(inItem), "Tencent Cloud IM", "48,000 users a day", "¥77,988.00")
}
