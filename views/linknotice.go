package views

import (
	"fmt"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// LinkNotice says of the address that a page was opened by what was understood and
// what was not.
type LinkNotice struct {
	// Warning says that figures may be others than were meant.
	Warning bool
	Text    string
	// ReadLabel is what stands before what was read, which is empty where nothing
	// was.
	ReadLabel, Read string
	// Unread are sentences about parts that were not understood.
	Unread []string
}

// NewLinkNotice returns the notice for an address, and what was read of it; nil if
// there is nothing to say.
func NewLinkNotice(n *forms.Notice, read []quotes.Entry, l pricing.Lang) *LinkNotice {
	if n.Silent() {
		return nil
	}
	w := linkWords[l]
	out := &LinkNotice{ReadLabel: w.Read, Warning: n.Broken || !n.Whole && len(n.Unread)+len(n.Stuck) > 0}
	switch {
	case n.Broken:
		out.Text = w.Broken
	case n.Whole:
		out.Text = w.Whole
	case len(n.Unread)+len(n.Stuck) > 0:
		out.Text = w.Partly
	default:
		out.Text = w.Repaired
	}
	for _, p := range n.Unread {
		text := p.Name
		if p.Value != "" {
			text += "=" + p.Value
		}
		out.Unread = append(out.Unread, fmt.Sprintf(w.Unread, text))
	}
	for _, p := range n.Stuck {
		out.Unread = append(out.Unread, fmt.Sprintf(w.Stuck, p.Value, p.Name))
	}
	if out.Read = entriesInLine(read, l); out.Read == "" {
		out.Read = w.Nothing
	}
	return out
}

// entriesInLine writes entries one behind the other.
func entriesInLine(entries []quotes.Entry, l pricing.Lang) string {
	parts := make([]string, len(entries))
	for i, e := range entries {
		parts[i] = fmt.Sprintf(linkWords[l].Entry, e.Name, e.Value)
	}
	return joined(parts, l)
}

// linkNoticeWords are what is said of links.
type linkNoticeWords struct {
	Label, Broken, Whole, Partly, Repaired string
	Read, Nothing, Entry, Unread, Stuck    string
	// Description is of any page, Shared of one that shows an estimate: the answer,
	// and what was entered.
	Description, Shared string
}

var linkWords = map[pricing.Lang]*linkNoticeWords{
	pricing.English: {
		Label:    "About this link",
		Broken:   "This link did not arrive as it was sent: the check in it does not fit what it says. Something may be missing or changed, and the total with it. Ask for the link again before you rely on it.",
		Whole:    "Something was added to this link on its way. Its check fits all the same: what is shown is what was sent.",
		Partly:   "Part of this link was not understood, so the total may not be the one that was meant.",
		Repaired: "This link was altered on its way, as some chat programs and mailers do. It could be read all the same.",
		Read:     "Read",
		Nothing:  "nothing",
		Entry:    "%s: %s",
		Unread:   "Not understood: %s",
		Stuck:    "Left out: “%s”, which stood behind %s",

		Description: "What chat, audio and video, voice agents and language models cost: every plan to the fen, each figure with its formula and published source, and the cheapest plan that does the job.",
		Shared:      "%s. For %s.",
	},
	pricing.Chinese: {
		Label:    "关于这个链接",
		Broken:   "这个链接与发出时不一致：其中的校验码和内容对不上，可能有缺失或被改动，金额也可能因此不同。请让对方重新发送，再作参考。",
		Whole:    "这个链接在转发途中被添加了内容，但校验码相符：显示的就是对方发出的内容。",
		Partly:   "这个链接有一部分没能读懂，金额可能不是原来的意思。",
		Repaired: "这个链接在转发途中被改写过（有些聊天软件和邮件会这样），但内容仍能完整读出。",
		Read:     "已读取",
		Nothing:  "无",
		Entry:    "%s %s",
		Unread:   "没能读懂：%s",
		Stuck:    "已略去“%s”，它跟在 %s 后面",

		Description: "即时通信、音视频、语音智能体和大模型要花多少钱：每个套餐精确到分，每个数字都有算式和公开出处，并选出够用的套餐里最便宜的一个。",
		Shared:      "%s。用量：%s。",
	},
}
