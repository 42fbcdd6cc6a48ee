package views

import "suanpan/calc/wording"

// linkWords are what is said of links, and of pages where their links are passed
// on.
type linkWords struct {
	Label, Broken, Whole, Partly, Repaired string
	Read, Nothing, Entry, Unread, Stuck    string
	// Description is of any page, Shared of one that shows an estimate: the answer,
	// and what was entered.
	Description, Shared string
	// Quote is of a quote.
	Quote string
}

var linkWordsIn = wording.Table(
	linkWords{
		Label:    "About this link",
		Broken:   "This link did not arrive as it was sent: the check in it does not fit what it says. Something may be missing or changed, and the total with it. Ask for the link again before you rely on it.",
		Whole:    "Something was added to this link on its way. Its check fits all the same: what is shown is what was sent.",
		Partly:   "Part of this link was not understood, so the total may not be the one that was meant.",
		Repaired: "This link was altered on its way, as some chat programs and mailers do. It could be read all the same.",
		Read:     "Read",
		Nothing:  "nothing at all",
		Entry:    "%s: %s",
		Unread:   "Not understood: %s",
		Stuck:    "Left out: “%s”, which stood behind %s",

		Description: "What chat, audio and video, voice agents and language models cost: every plan to the fen, each figure with its formula and published source, and the cheapest plan that does the job.",
		Shared:      "%s. For %s.",
		Quote:       "A price quote: open it to read what was quoted, line by line, with formulas and sources.",
	},
	linkWords{
		Label:    "关于这个链接",
		Broken:   "这个链接与发出时不一致：其中的校验码和内容对不上，可能有缺失或被改动，金额也可能因此不同。请让对方重新发送，再作参考。",
		Whole:    "这个链接在转发途中被添加了内容，但校验码相符：显示的就是对方发出的内容。",
		Partly:   "这个链接有一部分没能读懂，金额可能不是原来的意思。",
		Repaired: "这个链接在转发途中被改写过（有些聊天软件和邮件会这样），但内容仍能完整读出。",
		Read:     "已读取",
		Nothing:  "一项也没有",
		Entry:    "%s %s",
		Unread:   "没能读懂：%s",
		Stuck:    "已略去“%s”，它跟在 %s 后面",

		Description: "即时通信、音视频、语音智能体和大模型要花多少钱：每个套餐精确到分，每个数字都有算式和公开出处，并选出够用的套餐里最便宜的一个。",
		Shared:      "%s。用量：%s。",
		Quote:       "一份报价：打开可逐行查看金额、算式和出处。",
	},
)
