package views

import (
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// QuoteWords are the words of saved quotes in one language. A %s stands for a
// name, a number, a day or an amount.
type QuoteWords struct {
	// The document.
	wording.Common

	PreparedFor, Date                                         string
	DaysLeft, OneDayLeft, LastDay, ExpiredOn                  string
	Newer, OpenNewer, NewerUnreadable                         string
	Earlier, OpenEarlier, EarlierWithdrawn, EarlierUnreadable string
	OldPrices, OldPricesOf                                    string
	NewerPrices, NewerPricesOf                                string
	Items, Term                                               string
	TotalOfOne, Times, MonthlyOf                              string
	Entered                                                   string
	FinePrint, NotIncluded                                    string
	ID, Hash, QRCode, Scan, Footer                            string

	// What can be done with it.
	Tools, Link, Text, CopyText                                       string
	Download, Excel, CSV, JSON, JSONHelp                              string
	AtToday, AtTodayHelp, UseAsDraft, DraftHelp                       string
	Yours, Revise, ReviseHelp, Withdraw, EnterSecret                  string
	Share, Saved, CustomerLink, CopyCustomerLink                      string
	OwnerLink, OwnerLinkHelp, OwnerLinkWarning, CopyOwnerLink         string
	WithdrawTitle, WithdrawHelp, WithdrawNow, KeepQuote               string
	WithdrawnTitle, WithdrawnHelp, WithdrawnOn                        string
	OwnTitle, OwnHelp, Secret, Continue, WrongSecret, BackToQuote     string
	DraftTitle, DraftHas, DraftHasRevision, ReplaceDraft, AddTo       string
	ReplaceHelp, KeepDraft, NoRoom, ToDraft, IntoNew                  string
	TakenTitle, TakenHelp, NothingTakenTitle, ProductGone, NamedValue string

	// What differs between two quotes.
	ChangesSince, ChangesUntil, Before, After, Today          string
	Unchanged, OneUnchanged, OthersUnchanged, NoFigureChanged string
	ItemAdded, ItemRemoved, FromTo, NotSet, PricesFromTo      string
	InEnglish, InChinese, Label                               string

	// Why a line differs.
	Line, LineAdded, LineRemoved                   string
	PriceFromTo, PricesChanged, OtherPrices        string
	OtherOptionPrice, OtherOption                  string
	UsageChanged, EntriesChanged, AllowanceChanged string
	TermChanged, TimesChanged, RulesChanged        string
	ReasonSeparator                                string

	// At today's prices.
	TodayHelp, TodaySame, TodayNoDifference    string
	TodayNotWhole, Quoted, SameBook, NewerBook string
	OptionGone, OptionInfeasible, NoOptionLeft string
	NoPricesLeft, TodayLeftOut, SameFigures    string

	// The summary.
	SummaryFor, SummaryLineMonthly, SummaryTerm string
	SummaryTotal, SummaryValid                  string
}

var englishQuote = QuoteWords{
	Common: wording.English,

	PreparedFor: "Prepared for",
	Date:        "Date",

	DaysLeft:   "%s days left",
	OneDayLeft: "1 day left",
	LastDay:    "today is the last day",
	ExpiredOn:  "This quote was valid until the end of %s. Ask whoever prepared it whether it still holds.",

	Newer:             "This quote has been revised.",
	OpenNewer:         "Open the newer version",
	NewerUnreadable:   "This quote was revised; the newer version cannot be shown.",
	Earlier:           "This is a revision of an earlier quote.",
	OpenEarlier:       "Open the earlier version",
	EarlierWithdrawn:  "This is a revision of an earlier quote, which has been withdrawn.",
	EarlierUnreadable: "This is a revision of an earlier quote, which cannot be shown.",

	NewerPrices:   "Newer prices are out for what is quoted here: %s.",
	NewerPricesOf: "%s (quoted at the prices of %s, the newest are of %s)",
	OldPrices:     "Prices in this quote were published more than a year ago: %s.",
	OldPricesOf:   "%s, %s",

	Items: "What is quoted",
	Term:  "Term",

	TotalOfOne: "Unit total for %s",
	Times:      "Times %s",
	MonthlyOf:  "%s a month",

	Entered: "What was entered",

	FinePrint:   "What this quote rests on",
	NotIncluded: "What is not included",

	ID:     "Quote",
	Hash:   "SHA-256",
	QRCode: "QR code of this quote’s address",
	Scan:   "Scan to open this quote",
	Footer: "Computed from the vendors’ published prices, of the date that stands with each item. A saved quote never changes.",

	Tools:    "Use this quote",
	Share:    "Share and download",
	Link:     "Link to this quote",
	Text:     "In short, for a message",
	CopyText: "Copy as text",

	Download: "Download",
	Excel:    "Excel (.xlsx)",
	CSV:      "CSV",
	JSON:     "JSON",
	JSONHelp: "The JSON file is the quote exactly as it is kept; its SHA-256 is the one at the foot of the page.",

	AtToday:     "At today’s prices",
	AtTodayHelp: "What the same would cost now, and why.",
	UseAsDraft:  "Use as a new draft",
	DraftHelp:   "Makes a copy of your own. This quote stays as it is.",

	Yours:       "Your quote",
	Revise:      "Revise",
	ReviseHelp:  "Revising makes a new quote; this one then points to it.",
	Withdraw:    "Withdraw",
	EnterSecret: "Did you make this quote in another browser?",

	Saved:            "The quote is saved.",
	CustomerLink:     "Link for your customer",
	CopyCustomerLink: "Copy customer link",
	OwnerLink:        "Owner link: for you alone, shown this once",
	OwnerLinkHelp:    "This browser can revise and withdraw the quote. To do so from another one, keep this link.",
	OwnerLinkWarning: "Do not send it to the customer: whoever has it can withdraw the quote.",
	CopyOwnerLink:    "Copy owner link",

	WithdrawTitle: "Withdraw this quote?",
	WithdrawHelp:  "Its address will say that it was withdrawn, and nothing else. What it says, the customer’s name included, is erased and cannot be brought back. Its number, hash and dates stay.",
	WithdrawNow:   "Withdraw the quote",
	KeepQuote:     "Keep it",

	WithdrawnTitle: "This quote was withdrawn",
	WithdrawnHelp:  "Whoever made it has taken it back. What it said has been erased.",
	WithdrawnOn:    "Withdrawn",

	OwnTitle:    "Is this your quote?",
	OwnHelp:     "With the owner link that was shown when the quote was saved, this browser can revise and withdraw it too. Say yes only in a browser of your own: whoever uses it afterwards can do the same.",
	Secret:      "Owner link, or the secret at its end",
	Continue:    "Yes, make this browser an owner",
	WrongSecret: "This is not the owner’s secret of this quote.",
	BackToQuote: "Back to the quote",

	DraftTitle:       "You have a draft already",
	DraftHas:         "There is something in your draft already (number of items: %s). What is to become of it?",
	DraftHasRevision: "Your draft is the revision of another quote (number of items: %s). What is to become of it?",
	ReplaceDraft:     "Replace the draft",
	AddTo:            "Add these items to the draft",
	IntoNew:          "Start another draft with it",
	ReplaceHelp:      "Replacing discards what is in the draft now.",
	KeepDraft:        "Keep the draft as it is",
	NoRoom:           "A draft holds at most %s items: with these there would be %s.",
	ToDraft:          "Go to the draft",

	TakenTitle:        "The draft differs from the quote",
	TakenHelp:         "The prices of the quote are not here any more. With today’s, this had to be left out:",
	NothingTakenTitle: "Nothing of this quote can be priced any more",
	ProductGone:       "%s: there are no prices for this product any more",
	NamedValue:        "%s: %s",

	ChangesSince: "Compared with the earlier version",
	ChangesUntil: "In the newer version",
	Before:       "Before",
	After:        "After",
	Today:        "Today",

	Unchanged:       "All items are as before.",
	OneUnchanged:    "One other item is unchanged.",
	OthersUnchanged: "%s other items are unchanged.",
	NoFigureChanged: "No amount of this item changed.",

	ItemAdded:    "new item",
	ItemRemoved:  "no longer quoted",
	FromTo:       "%s: %s → %s",
	NotSet:       "default",
	PricesFromTo: "Prices",

	InEnglish: "English",
	InChinese: "Chinese",
	Label:     "%s: ",

	Line:             "Line",
	LineAdded:        "new line",
	LineRemoved:      "no longer charged",
	PriceFromTo:      "the price went from %s to %s",
	PricesChanged:    "its prices, or the rules for them, changed",
	OtherPrices:      "computed from another price list",
	OtherOptionPrice: "another plan’s price: %s instead of %s",
	OtherOption:      "computed by another plan’s prices",
	UsageChanged:     "another quantity is charged",
	EntriesChanged:   "what was entered differs",
	AllowanceChanged: "what is included, the block size or the rounding changed",
	TermChanged:      "charged for another term",
	TimesChanged:     "quoted another number of times",
	RulesChanged:     "it is computed otherwise",
	ReasonSeparator:  "; ",

	TodayHelp:         "The same entries, priced with the newest price lists on %s. The quote itself stays as it is.",
	TodaySame:         "Nothing has changed: the prices quoted are still the newest.",
	TodayNoDifference: "There are newer prices, but they make no difference to this quote.",
	TodayNotWhole:     "Something quoted cannot be priced any more, so that the two totals cannot be compared. Today’s leaves it out.",
	Quoted:            "As quoted",
	SameBook:          "The prices of %s are still the newest.",
	NewerBook:         "Quoted at the prices of %s, compared with those of %s.",
	OptionGone:        "The plan quoted, %s, does not exist any more. The recommended one, %s, is shown instead.",
	OptionInfeasible:  "The plan quoted, %s, cannot serve these entries any more. The recommended one, %s, is shown instead.",
	NoOptionLeft:      "No plan can serve these entries any more.",
	NoPricesLeft:      "There are no prices for this product any more.",
	TodayLeftOut:      "Left out, since the newest prices do not know it: %s.",
	SameFigures:       "Every line costs the same.",

	SummaryFor:         "for %s",
	SummaryLineMonthly: "%s: %s (%s a month)",
	SummaryTerm:        "%[2]s for %[1]s",
	SummaryTotal:       "Total: %s",
	SummaryValid:       "Valid until %s",
}

var chineseQuote = QuoteWords{
	Common: wording.Chinese,

	PreparedFor: "客户",
	Date:        "报价日期",

	DaysLeft:   "还剩 %s 天",
	OneDayLeft: "还剩 1 天",
	LastDay:    "今天是最后一天",
	ExpiredOn:  "这份报价的有效期截至 %s，现已过期；如仍需要，请向报价人确认。",

	Newer:             "这份报价已有修订版。",
	OpenNewer:         "查看新版",
	NewerUnreadable:   "这份报价曾经修订，修订版目前无法显示。",
	Earlier:           "这份报价是修订版。",
	OpenEarlier:       "查看上一版",
	EarlierWithdrawn:  "这份报价是修订版，上一版已撤回。",
	EarlierUnreadable: "这份报价是修订版，上一版目前无法显示。",

	NewerPrices:   "所报内容已有更新的价格：%s。",
	NewerPricesOf: "%s（报价用的是 %s的价格，最新为 %s）",
	OldPrices:     "本报价所用的价格已发布一年以上：%s。",
	OldPricesOf:   "%s，%s",

	Items: "报价内容",
	Term:  "时长",

	TotalOfOne: "%s合计（每份）",
	Times:      "共 %s 份",
	MonthlyOf:  "每月 %s",

	Entered: "所填用量",

	FinePrint:   "报价依据",
	NotIncluded: "未包含的费用",

	ID:     "报价编号",
	Hash:   "SHA-256",
	QRCode: "本报价链接的二维码",
	Scan:   "扫码查看本报价",
	Footer: "按厂商公布的价格计算，价格日期见各项。报价保存后不再改动。",

	Tools:    "使用本报价",
	Share:    "分享与下载",
	Link:     "本报价的链接",
	Text:     "文字版，可直接发到聊天中",
	CopyText: "复制文字版",

	Download: "下载",
	Excel:    "Excel（.xlsx）",
	CSV:      "CSV",
	JSON:     "JSON",
	JSONHelp: "JSON 文件就是本报价的存储原文，其 SHA-256 即页末所列。",

	AtToday:     "按今日价格",
	AtTodayHelp: "同样的内容现在要多少钱，差在哪里。",
	UseAsDraft:  "以此新建草稿",
	DraftHelp:   "复制成您自己的草稿，本报价不变。",

	Yours:       "这是您的报价",
	Revise:      "修订",
	ReviseHelp:  "修订会另存一份新报价，本页将指向新版。",
	Withdraw:    "撤回",
	EnterSecret: "这份报价是您在其他浏览器里做的？",

	Saved:            "报价单已保存。",
	CustomerLink:     "发给客户的链接",
	CopyCustomerLink: "复制客户链接",
	OwnerLink:        "报价人链接：仅供您自己使用，只显示这一次",
	OwnerLinkHelp:    "当前浏览器可以修订和撤回本报价。要在其他浏览器里操作，请保存这个链接。",
	OwnerLinkWarning: "请勿发给客户：拿到它的人可以撤回报价。",
	CopyOwnerLink:    "复制报价人链接",

	WithdrawTitle: "撤回这份报价？",
	WithdrawHelp:  "撤回后，该链接只说明报价已撤回，不再显示任何内容。报价内容（包括客户名称）将被清除，无法恢复；只保留编号、哈希和日期。",
	WithdrawNow:   "撤回报价",
	KeepQuote:     "不撤回",

	WithdrawnTitle: "这份报价已撤回",
	WithdrawnHelp:  "报价人已撤回这份报价，其内容已清除。",
	WithdrawnOn:    "撤回日期",

	OwnTitle:    "这是您的报价吗？",
	OwnHelp:     "凭保存报价时显示的报价人链接，当前浏览器也可以修订和撤回它。请只在您自己的浏览器中确认：之后使用这个浏览器的人都能这样做。",
	Secret:      "报价人链接，或其末尾的密钥",
	Continue:    "是，让这个浏览器成为报价人",
	WrongSecret: "这不是本报价的报价人密钥。",
	BackToQuote: "返回报价单",

	DraftTitle:       "您已有一份草稿",
	DraftHas:         "草稿中已有内容（%s 项），要怎么处理？",
	DraftHasRevision: "这份草稿是另一份报价的修订稿（%s 项），要怎么处理？",
	ReplaceDraft:     "替换草稿",
	AddTo:            "加到草稿里",
	IntoNew:          "另起一份草稿",
	ReplaceHelp:      "替换后，草稿中现有的内容不再保留。",
	KeepDraft:        "保留现有草稿",
	NoRoom:           "一份草稿最多 %s 项，加上这些就有 %s 项了。",
	ToDraft:          "查看草稿",

	TakenTitle:        "草稿与报价单有出入",
	TakenHelp:         "报价所用的价格版本已不在，按最新价格无法沿用的内容：",
	NothingTakenTitle: "这份报价的内容都已无法计价",
	ProductGone:       "%s：该产品已没有价格",
	NamedValue:        "%s：%s",

	ChangesSince: "与上一版相比",
	ChangesUntil: "新版的改动",
	Before:       "原来",
	After:        "现在",
	Today:        "今日",

	Unchanged:       "各项都没有改动。",
	OneUnchanged:    "另有一项没有改动。",
	OthersUnchanged: "另有 %s 项没有改动。",
	NoFigureChanged: "这一项的金额没有变化。",

	ItemAdded:    "新增",
	ItemRemoved:  "不再包含",
	FromTo:       "%s：%s → %s",
	NotSet:       "默认",
	PricesFromTo: "价格版本",

	InEnglish: "英文",
	InChinese: "中文",
	Label:     "%s：",

	Line:             "明细",
	LineAdded:        "新增收费",
	LineRemoved:      "不再收费",
	PriceFromTo:      "价格由 %s 变为 %s",
	PricesChanged:    "单价或计价规则有变",
	OtherPrices:      "所用的价格版本不同",
	OtherOptionPrice: "另一套餐的价格：%s，原套餐为 %s",
	OtherOption:      "按另一套餐计价",
	UsageChanged:     "计费数量有变",
	EntriesChanged:   "所填用量不同",
	AllowanceChanged: "免费额度、计费单位或取整方式有变",
	TermChanged:      "购买时长有变",
	TimesChanged:     "份数有变",
	RulesChanged:     "计算方法有变",
	ReasonSeparator:  "；",

	TodayHelp:         "同样的内容，按 %s最新的价格计算。原报价不变。",
	TodaySame:         "没有变化：报价所用的价格仍是最新的。",
	TodayNoDifference: "价格有更新，但不影响这份报价。",
	TodayNotWhole:     "报价中有内容已无法计价，两个合计不可直接比较；今日合计未包含它。",
	Quoted:            "报价时",
	SameBook:          "%s的价格仍是最新的。",
	NewerBook:         "报价时用 %s的价格，现在用 %s的价格。",
	OptionGone:        "报价所选的%s已不存在，这里与推荐的%s比较。",
	OptionInfeasible:  "报价所选的%s已不能满足这些需求，这里与推荐的%s比较。",
	NoOptionLeft:      "已没有套餐能满足这些需求。",
	NoPricesLeft:      "该产品已没有价格。",
	TodayLeftOut:      "最新价格中没有的内容未计入：%s。",
	SameFigures:       "每一笔都没有变化。",

	SummaryFor:         "致%s",
	SummaryLineMonthly: "%s：%s（每月 %s）",
	SummaryTerm:        "%[1]s %[2]s",
	SummaryTotal:       "合计：%s",
	SummaryValid:       "有效期至 %s",
}

// QuoteWordsIn returns the words of saved quotes in a language.
func QuoteWordsIn(l pricing.Lang) *QuoteWords { return quoteWordsIn(l) }

var quoteWordsIn = wording.Table(englishQuote, chineseQuote)
