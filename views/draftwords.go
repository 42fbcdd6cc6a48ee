package views

import (
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// DraftWords are the words of the draft, and of what leads there from a
// calculator, in one language. A %s stands for a name, a
// number, a day or an amount.
type DraftWords struct {
	// Everywhere.
	wording.Common

	Quotes, Draft string

	// In a calculator.
	AddToQuote, PutBack, CannotQuote, AddsShown string
	EstimateOf                                  string

	// The draft.
	DraftTitle, DraftHelp                          string
	EmptyTitle, EmptyHelp, LastSaved, OpenQuote    string
	SkipToDraft, DraftFooter                       string
	Items, ItemCount, OneItem, Nth, And            string
	Prices, OlderPrices                            string
	Up, Down, Remove, RemoveAll, Recalculate       string
	RemovedOne, RemovedMany, Undo                  string
	CannotPrice                                    string
	OnePrice                                       string
	Head, TitleHelp, CustomerHelp                  string
	PreparedByHelp, NoteHelp                       string
	ValidDays, ValidDaysHelp, Days, Lang, LangHelp string
	Uncounted                                      string
	Save, SaveHelp, FixFirst                       string
	Revision, RevisionHelp, Independent            string

	// Where there are several.
	Drafts, DraftNumber, DraftName, DraftNameHelp string
	NewDraft, AddsHere, AddsElsewhere, UseThis    string
	DeleteDraft, DeleteTitle, DeleteHelp          string
	DeleteEmpty, DeleteNow, KeepIt, DrawerFull    string

	// What went wrong with it.
	ChangedElsewhere, Full, WasRevised, WasWithdrawn string
	NotOwner, NotSavedNow, ItemsSafe                 string
	Gone, SavedBefore                                string
}

var englishDraft = DraftWords{
	Common: wording.English,

	Quotes: "Quotes", Draft: "Draft",

	AddToQuote:  "Add to quote",
	PutBack:     "Put back into the quote",
	CannotQuote: "Only a plan that can serve all of this can be put into a quote. Choose another plan, or change what is entered.",
	AddsShown:   "The estimate shown here is added. After a change, press Calculate first.",
	EstimateOf:  "%s: price estimate",

	DraftTitle: "Draft quote",
	DraftHelp:  "Only this browser sees the draft. Saving makes it a quote with an address of its own, which never changes again.",

	EmptyTitle: "Nothing in it yet",
	EmptyHelp:  "Open a calculator, type what is needed, and press “Add to quote”. Up to 20 estimates, of any of the products, make one quote.",
	LastSaved:  "The last draft was saved.",
	OpenQuote:  "Open that quote",

	SkipToDraft: "Skip to the draft",
	DraftFooter: "Computed from the vendors’ published prices. Nothing is quoted until the draft is saved.",

	Items:     "Items",
	ItemCount: "%s items",
	OneItem:   "1 item",
	Nth:       "item %s",
	And:       ", ",

	Prices:      "Prices of %s",
	OlderPrices: "there are newer ones",

	Up: "Move up", Down: "Move down", Remove: "Remove", RemoveAll: "Empty the draft", Recalculate: "Recalculate",
	RemovedOne:  "One item was removed.",
	RemovedMany: "The draft was emptied.",
	Undo:        "Undo",

	CannotPrice: "This item cannot be priced as it is. Open it in the calculator and put it back, or remove it; until then the draft cannot be saved.",

	OnePrice: "Unit total (%s)",

	Head:           "On the quote",
	TitleHelp:      "If you leave it empty, the suggestion in grey is used.",
	CustomerHelp:   "Who the quote is for.",
	PreparedByHelp: "Who answers questions about it.",
	NoteHelp:       "Conditions, next steps: whatever the customer should read.",
	ValidDays:      "Valid for",
	ValidDaysHelp:  "Counted from the day after saving.",
	Days:           "days",
	Lang:           "Language of the quote",
	LangHelp:       "The quote is shown in this language, whoever opens it.",

	Uncounted: "No total yet: first correct what is marked in %s.",

	Save:     "Save the quote",
	SaveHelp: "You get a link for the customer. Figures and prices are frozen as they stand here.",
	FixFirst: "Nothing has been saved yet: correct what is marked.",

	Revision:     "This draft is to replace a quote you made.",
	RevisionHelp: "Open that quote",
	Independent:  "Make it a quote of its own",

	Drafts:        "Drafts in this browser",
	DraftNumber:   "Draft %s",
	DraftName:     "Name of this draft",
	DraftNameHelp: "For yourself: it is not on the quote.",
	NewDraft:      "Start another draft",
	AddsHere:      "“Add to quote” adds here",
	AddsElsewhere: "“Add to quote” adds to another draft: %s.",
	UseThis:       "Add to this one instead",
	DeleteDraft:   "Delete this draft",
	DeleteTitle:   "Delete this draft?",
	DeleteHelp:    "There are %s items in it. They cannot be brought back. Quotes saved from it stay.",
	DeleteEmpty:   "There is nothing in it. Quotes saved from it stay.",
	DeleteNow:     "Delete the draft",
	KeepIt:        "Keep it",
	DrawerFull:    "There are 20 drafts in this browser, as many as there may be. Delete one first.",

	ChangedElsewhere: "The items of the draft were changed in another window, or their prices have changed. This is how they are now; look them over and save again.",
	Full:             "A quote has at most 20 items, and the draft has as many. Remove one, or save this quote and start another.",
	WasRevised:       "The quote that this draft is to replace was replaced by another one meanwhile. Make this a quote of its own, or start again from the newest version.",
	WasWithdrawn:     "The quote that this draft is to replace was withdrawn. Make this a quote of its own, and save again.",
	NotOwner:         "Only whoever made a quote can replace it, and this browser is not known to have made it. Open its owner link here, or make this a quote of its own.",
	NotSavedNow:      "Nothing could be saved just now. What you typed is still here: try again in a moment. Request ID: %s",
	ItemsSafe:        "The items cannot be shown at the moment; they are kept and will be back.",
	Gone:             "The draft that this was typed into has been saved or replaced meanwhile. This is the draft there is now.",

	SavedBefore: "This draft was saved already, as it was then: that quote is in “My quotes”. Save again to make another quote of what it is now.",
}

var chineseDraft = DraftWords{
	Common: wording.Chinese,

	Quotes: "报价", Draft: "报价草稿",

	AddToQuote:  "加入报价单",
	PutBack:     "放回报价单",
	CannotQuote: "能满足全部用量的套餐才能加入报价单：请另选套餐，或调整用量。",
	AddsShown:   "加入的是当前显示的结果；改动之后请先点“计算”。",
	EstimateOf:  "%s费用估算",

	DraftTitle: "报价草稿",
	DraftHelp:  "草稿只有当前浏览器可见。保存后生成一份报价单，有自己的链接，内容不再改变。",

	EmptyTitle: "草稿里还没有内容",
	EmptyHelp:  "打开任一产品的计算器，填好用量，点“加入报价单”。一份报价单最多 20 项，产品不限。",
	LastSaved:  "上一份草稿已保存。",
	OpenQuote:  "查看那份报价",

	SkipToDraft: "跳到报价草稿",
	DraftFooter: "按厂商公布的价格计算；草稿保存后才成为报价单。",

	Items:     "报价内容",
	ItemCount: "共 %s 项",
	OneItem:   "共 1 项",
	Nth:       "第 %s 项",
	And:       "、",

	Prices:      "%s的价格",
	OlderPrices: "已有更新的价格",

	Up: "上移", Down: "下移", Remove: "移除", RemoveAll: "清空草稿", Recalculate: "重新计算",
	RemovedOne:  "已移除一项。",
	RemovedMany: "草稿已清空。",
	Undo:        "撤销",

	CannotPrice: "这一项目前无法计价。请在计算器中打开、修改后放回，或将其移除；在此之前草稿不能保存。",

	OnePrice: "单份合计（%s）",

	Head:           "报价单信息",
	TitleHelp:      "不填则用框内灰色所示的标题。",
	CustomerHelp:   "报价给谁。",
	PreparedByHelp: "客户有疑问时联系谁。",
	NoteHelp:       "商务条件、后续安排等需要客户了解的内容。",
	ValidDays:      "有效期",
	ValidDaysHelp:  "从保存次日起算。",
	Days:           "天",
	Lang:           "报价单语言",
	LangHelp:       "无论谁打开，都以这种语言显示。",

	Uncounted: "暂无合计：请先改正%s中标出的内容。",

	Save:     "保存报价单",
	SaveHelp: "保存后得到可发给客户的链接，金额与价格按此刻冻结。",
	FixFirst: "尚未保存：请先改正标出的内容。",

	Revision:     "这份草稿是您一份报价的修订稿。",
	RevisionHelp: "查看原报价",
	Independent:  "改为独立的报价",

	Drafts:        "当前浏览器的草稿",
	DraftNumber:   "草稿 %s",
	DraftName:     "草稿名称",
	DraftNameHelp: "仅供自己辨认，不会出现在报价单上。",
	NewDraft:      "另起一份草稿",
	AddsHere:      "“加入报价单”加到这里",
	AddsElsewhere: "“加入报价单”目前加到另一份草稿：%s。",
	UseThis:       "改为加到这一份",
	DeleteDraft:   "删除这份草稿",
	DeleteTitle:   "要删除这份草稿吗？",
	DeleteHelp:    "其中有 %s 项内容，删除后无法恢复。由它保存的报价不受影响。",
	DeleteEmpty:   "其中没有内容。由它保存的报价不受影响。",
	DeleteNow:     "删除草稿",
	KeepIt:        "保留",
	DrawerFull:    "当前浏览器已有 20 份草稿，不能再多。请先删除一份。",

	ChangedElsewhere: "草稿内容已在其他窗口中改动，或者价格有变。下面是现在的内容，请核对后再保存。",
	Full:             "一份报价单最多 20 项，草稿已满。请移除一项，或先保存这份报价，再另做一份。",
	WasRevised:       "要修订的报价已有其他修订版。可把这份草稿改为独立的报价，或从最新版重新修订。",
	WasWithdrawn:     "要修订的报价已撤回。请把这份草稿改为独立的报价，再保存。",
	NotOwner:         "只有报价人可以修订，而当前浏览器不是这份报价的报价人。请先在这里打开它的报价人链接，或改为独立的报价。",
	NotSavedNow:      "暂时无法保存。您填写的内容都还在，请稍候再试。请求编号：%s",
	ItemsSafe:        "各项内容暂时无法显示，但都已保留，稍后即可恢复。",
	Gone:             "您填写的那份草稿已被保存或替换。下面是现在的草稿。",

	SavedBefore: "这份草稿此前已保存过一次，那份报价在“我的报价”里。现在的内容已不同，再点一次保存，将另存为一份新的报价。",
}

// DraftWordsIn returns the words of the draft in a language.
func DraftWordsIn(l pricing.Lang) *DraftWords { return draftWordsIn(l) }

var draftWordsIn = wording.Table(englishDraft, chineseDraft)
