package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// screenWidths are the widths that pages are looked at in, and half of each is
// what is left of it at a zoom of 200 %.
var screenWidths = []int64{320, 390, 768, 1024, 1440, 1920, 160, 195, 384, 512, 720, 960}

// longest is the longest number that a field takes, as people write it.
const longest = "1,000,000,000,000"

// fillNumbers types the longest number into every field for numbers, and opens all
// that is folded. The program hears nothing of it.
var fillNumbers = fmt.Sprintf(`(() => {
	for (const d of document.querySelectorAll("details")) d.open = true;
	const fields = [...document.querySelectorAll("input[inputmode=decimal]")];
	for (const f of fields) f.value = %q;
	for (const f of document.querySelectorAll("textarea#quantities")) f.value = Array(36).fill(%[1]q).join("\n");
	return fields.length;
})()`, longest)

// unseen names the fields for numbers in which not all can be seen: those that are
// narrower or lower than what is in them, that reach out of the window or of their
// box, and that overlap; and says by how much the page is too wide.
const unseen = `(() => {
	const faults = [], fields = [...document.querySelectorAll("input[inputmode=decimal], textarea#quantities")].filter(f => f.checkVisibility());
	const boxes = fields.map(f => f.closest(".box").getBoundingClientRect());
	fields.forEach((f, i) => {
		const r = f.getBoundingClientRect(), b = boxes[i];
		const says = what => faults.push(f.id + " " + what);
		if (f.scrollWidth > f.clientWidth) says("shows " + f.clientWidth + " of " + f.scrollWidth + " px");
		if (f.localName === "textarea" && f.scrollHeight > f.clientHeight) says("shows " + f.clientHeight + " of " + f.scrollHeight + " px of its lines");
		if (r.left < -1 || r.right > document.documentElement.clientWidth + 1) says("reaches out of the window");
		if (r.left < b.left - 1 || r.right > b.right + 1 || r.bottom > b.bottom + 1) says("reaches out of its box");
		for (const child of f.closest(".box").children) {
			const c = child.getBoundingClientRect();
			if (child !== f && c.left < r.right - 1 && c.right > r.left + 1 && c.top < r.bottom - 1 && c.bottom > r.top + 1) says("is covered by " + (child.id || child.className));
			if (c.right > b.right + 1) says("has its unit outside of its box");
		}
		boxes.forEach((o, j) => {
			if (j > i && b.left < o.right - 1 && o.left < b.right - 1 && b.top < o.bottom - 1 && o.top < b.bottom - 1) says("overlaps " + fields[j].id);
		});
	});
	const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
	if (wide > 0 && innerWidth >= 320) faults.push("the page is " + wide + " px too wide");
	return faults.join("; ");
})()`

// TestEveryDigitIsSeen: with the longest number in every field there is, no digit
// is hidden, on any page, at any width, at twice the size, in both languages.
func TestEveryDigitIsSeen(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(example)
	p.add()
	fields := 0
	for _, address := range []string{
		product, easemob, trtc, aliyun + "?workloads.0.rounds=1&workloads.1.rounds=1", inf + "?models.0.input_tokens=1",
		easemob + "?moderation.0.quantity=1",
		product + "/facts/daily-users", trtc + "/facts/room?participants.0.people=2", inf + "/facts/peak", aliyun + "/facts/rounds",
		product + "/forecast?dau=1&quantities=1", twoCompared, roomCompared, "/draft",
	} {
		for _, lang := range []string{"en", "zh"} {
			separator := "?"
			if strings.Contains(address, "?") {
				separator = "&"
			}
			p.resize(desktop)
			p.visit(address + separator + "lang=" + lang)
			fields += eval[int](p, fillNumbers)
			for _, width := range screenWidths {
				p.resize(screen{width: width, height: 900})
				if faults := eval[string](p, unseen); faults != "" {
					t.Errorf("%s in %s at %d px: %.600s", address, lang, width, faults)
				}
			}
		}
	}
	if fields < 200 {
		t.Errorf("only %d fields were looked at", fields)
	}
}
