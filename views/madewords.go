package views

import (
	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// madeWords are the words of the list of quotes, in one language. A %s stands for a
// name, a number, a day or an amount.
type madeWords struct {
	wording.Common

	Help                                                string
	Search, SearchHelp, SearchButton, ShowAll           string
	State, Product, SavedIn, Any, Soon, Order           string
	NewestFirst, OldestFirst, HighestFirst, LowestFirst string
	ByCustomer, ByTitle, ByExpiry                       string
	Valid, Revised, Withdrawn                           string
	Untitled, WithdrawnQuote                            string
	NoQuotes, NoQuotesHelp, NothingFound, NothingOnPage string
	Skip, ToDraft                                       string
	AllQuotes, OneQuote, Found                          string
	Standing, SumsLabel, SumsHelp, Quotes, ByMonth      string
	ExpiresToday, ExpiresTomorrow, ExpiresIn            string
	Pages, Page, Previous, Next, First                  string
	CSV, OnlyOf                                         string
	Counted                                             string
}

var englishMade = madeWords{
	Common: wording.English,

	Help:         "The quotes that this browser has made. The list belongs to the browser: opening a quote’s owner link in another one puts the quote into the list there.",
	Search:       "Search",
	SearchHelp:   "Words of the title, the customer, the items or the number, in any order.",
	SearchButton: "Find",
	ShowAll:      "Show all quotes",
	State:        "State",
	Product:      "Product",
	SavedIn:      "Saved in",
	Any:          "all",
	Soon:         "expires within 7 days",
	Order:        "Order",
	NewestFirst:  "newest first", OldestFirst: "oldest first",
	HighestFirst: "highest total first", LowestFirst: "lowest total first",
	ByCustomer: "by customer", ByTitle: "by title", ByExpiry: "by validity, first to end first",
	Valid: "valid", Revised: "revised", Withdrawn: "withdrawn",
	Untitled:       "Untitled quote",
	WithdrawnQuote: "Withdrawn quote",
	NoQuotes:       "No quotes yet",
	NoQuotesHelp:   "A quote appears here once the draft has been saved.",
	NothingFound:   "No quote is like this.",
	NothingOnPage:  "The list is not this long.",
	Skip:           "Skip to the quotes",
	ToDraft:        "Go to the draft",
	AllQuotes:      "%s quotes",
	OneQuote:       "1 quote",
	Found:          "%s of %s quotes",
	Standing:       "valid and expired",
	SumsLabel:      "What they come to",
	SumsHelp:       "What was revised or withdrawn is in no sum but its own.",
	Quotes:         "Quotes",
	ByMonth:        "By month of saving, valid and expired",
	ExpiresToday:   "today is the last day", ExpiresTomorrow: "until tomorrow", ExpiresIn: "in %s days",
	Pages: "Pages of the list", Page: "Page %s of %s", Previous: "Previous page", Next: "Next page", First: "To the first page",
	CSV:     "Download these as CSV",
	OnlyOf:  "Only quotes for %s",
	Counted: "%s (%s)",
}

var chineseMade = madeWords{
	Common: wording.Chinese,

	Help:         "当前浏览器做过的报价。列表属于这个浏览器；在其他浏览器里打开某份报价的报价人链接，它就会出现在那里的列表中。",
	Search:       "搜索",
	SearchHelp:   "标题、客户、报价内容或编号中的词，顺序不限，用空格隔开。",
	SearchButton: "查找",
	ShowAll:      "显示全部报价",
	State:        "状态",
	Product:      "产品",
	SavedIn:      "保存月份",
	Any:          "全部",
	Soon:         "7 天内到期",
	Order:        "排序",
	NewestFirst:  "最新的在前", OldestFirst: "最早的在前",
	HighestFirst: "金额从高到低", LowestFirst: "金额从低到高",
	ByCustomer: "按客户", ByTitle: "按标题", ByExpiry: "按有效期，先到期的在前",
	Valid: "有效", Revised: "已修订", Withdrawn: "已撤回",
	Untitled:       "未命名的报价单",
	WithdrawnQuote: "已撤回的报价单",
	NoQuotes:       "还没有报价",
	NoQuotesHelp:   "草稿保存后，报价会出现在这里。",
	NothingFound:   "没有符合条件的报价。",
	NothingOnPage:  "列表没有这么多页。",
	Skip:           "跳到报价列表",
	ToDraft:        "去报价草稿",
	AllQuotes:      "共 %s 份报价",
	OneQuote:       "共 1 份报价",
	Found:          "符合条件 %s 份，全部 %s 份",
	Standing:       "有效与已过期",
	SumsLabel:      "金额合计",
	SumsHelp:       "已修订和已撤回的报价只单独列出，不并入其他合计。",
	Quotes:         "份数",
	ByMonth:        "按保存月份（有效与已过期）",
	ExpiresToday:   "今天到期", ExpiresTomorrow: "明天到期", ExpiresIn: "%s 天后到期",
	Pages: "报价列表分页", Page: "第 %s 页，共 %s 页", Previous: "上一页", Next: "下一页", First: "回到第一页",
	CSV:     "下载所列报价（CSV）",
	OnlyOf:  "只看给%s的报价",
	Counted: "%s（%s）",
}

var madeWordsIn = wording.Table(englishMade, chineseMade)

// stateText says what has become of a quote.
func (w *madeWords) stateText(s quotes.State) string {
	return map[quotes.State]string{
		quotes.Valid: w.Valid, quotes.Expired: w.Expired, quotes.Revised: w.Revised, quotes.Withdrawn: w.Withdrawn,
	}[s]
}

// monthText writes a month such as 2026-07: "July 2026", "2026 年 7 月".
func monthText(month string, l pricing.Lang) string {
	text := day(month+"-01", l)
	if l == pricing.Chinese {
		return text[:len(text)-len(" 1 日")]
	}
	return text[len("1 "):]
}
