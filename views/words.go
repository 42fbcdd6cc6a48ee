package views

import "suanpan/calc/wording"

// words are the interface's own words in one language. What is said of a
// product comes from its price book. A %s stands for a name, a number or an
// amount.
type words struct {
	wording.Common

	Tagline, Promise                                                                string
	ProductsTitle, StartEmpty, StartFromFacts                                       string
	TrustExactTitle, TrustExact                                                     string
	TrustSourcedTitle, TrustSourced                                                 string
	TrustCheapestTitle, TrustCheapest                                               string
	Products, OtherLanguage                                                         string
	SkipToAnswer, SkipToForm, Usage, Examples, Calculate                            string
	SetOne, SetMany                                                                 string
	AnswerTitle, Recommended, YourChoice                                            string
	ForOneMonth                                                                     string
	NoOption, NoOptionHelp                                                          string
	ChoiceCostsMore, ChoiceInfeasible, BackToBest, RestOfIt, WithoutIt              string
	CompareTitle                                                                    string
	Link                                                                            string
	MonthsOld, YearsOld                                                             string // behind the day of prices
	OlderPrices, SeeNewest                                                          string
	RestsOn                                                                         string
	Published, Documented, Undated                                                  string
	FixFields                                                                       string
	Unreachable, TooFast                                                            string
	Spoken, SpokenCannot                                                            string
	BackToStart, RequestID, PriceCalculator                                         string
	FooterNote                                                                      string
	Details                                                                         string
	AddRow, RemoveRow                                                               string
	NotComplete, NotCompleteHelp                                                    string
	PoolTitle, PoolUsed, PoolIncluded, PoolFree, PoolPacked, PoolPostpaid, PoolLeft string
	PriceBooks                                                                      string
}

var english = words{
	Common: wording.English,

	Tagline: "What will it cost, and which plan is right?",
	Promise: "Type what your app needs. Suanpan prices every plan to the fen, shows how each figure is made and where the price was published, and names the cheapest plan that does the job.",

	ProductsTitle: "Choose a product",
	StartEmpty:    "Open the calculator",

	StartFromFacts: "Or from what you know:",

	TrustExactTitle: "Exact",
	TrustExact:      "Decimal arithmetic from the first digit to the last; a total is rounded once, to the fen.",

	TrustSourcedTitle: "Sourced",
	TrustSourced:      "Each line shows its formula, the price list it comes from, and what was assumed where the list is silent.",

	TrustCheapestTitle: "Cheapest, provably",
	TrustCheapest:      "All plans are priced every time, with the best add-ons for each. The recommendation is the least of them.",

	Products:      "Products",
	OtherLanguage: "中文",

	SkipToAnswer: "Skip to the estimate",
	SkipToForm:   "Skip to the form",
	Usage:        "What you need",
	Examples:     "Examples",
	Calculate:    "Calculate",

	SetOne:  "1 set",
	SetMany: "%d set",

	AnswerTitle: "Estimate",
	Recommended: "Recommended",
	YourChoice:  "Your choice",

	ForOneMonth: "Total for one month",

	NoOption:     "No plan can serve this",
	NoOptionHelp: "Every plan falls short of something you entered. The table says of what.",

	ChoiceCostsMore:  "%s would cost %s less.",
	ChoiceInfeasible: "This plan cannot serve what you entered, so there is no price for it:",
	BackToBest:       "Back to the recommendation",
	RestOfIt:         "What this plan charges for the rest",
	WithoutIt:        "Without what it cannot serve",

	CompareTitle: "All plans",

	Link: "Link to this estimate",

	MonthsOld:   "%s months old",
	YearsOld:    "%s years old",
	OlderPrices: "These are the prices of %s. There are newer ones.",
	SeeNewest:   "Use the newest prices",

	RestsOn: "What these figures assume",

	Published:  "the vendor’s price page",
	Documented: "the vendor’s documentation",
	Undated:    "the vendor’s price page, undated",

	FixFields: "Correct the marked entry to update the estimate.",

	Unreachable: "The server did not answer. The figures below are for earlier entries.",
	TooFast:     "Too many requests at once. Trying again shortly; the figures below are for earlier entries.",

	Spoken:       "%s: %s a month, %s in total",
	SpokenCannot: "%s: cannot serve this, no price",

	BackToStart:     "All products",
	RequestID:       "Request ID: %s",
	PriceCalculator: "%s price calculator",

	FooterNote: "An estimate, not an offer. What the vendor publishes counts.",

	Details: "Details",

	AddRow:    "Add a row",
	RemoveRow: "Remove",

	NotComplete:     "not complete",
	NotCompleteHelp: "Something you entered has no public price; the total leaves it out.",

	PoolTitle:    "What covers the usage",
	PoolUsed:     "Used",
	PoolIncluded: "Covered by the plan",
	PoolFree:     "Free",
	PoolPacked:   "From packs",
	PoolPostpaid: "Billed afterwards",
	PoolLeft:     "Left unused",

	PriceBooks: "Prices of",
}

var chinese = words{
	Common: wording.Chinese,

	Tagline: "要花多少钱？选哪个套餐？",
	Promise: "填上业务用量，算盘把每个套餐都算到分：每个数字怎么来、依据哪份价目，一目了然；并告诉您满足需求的套餐里哪个最省。",

	ProductsTitle: "选择产品",
	StartEmpty:    "打开计算器",

	StartFromFacts: "或按业务情况推算：",

	TrustExactTitle: "分毫不差",
	TrustExact:      "全程十进制精确计算，总价只在最后一次舍入到分。",

	TrustSourcedTitle: "有据可查",
	TrustSourced:      "每一项都列出算式和价格出处；价目没写清楚的地方，按什么假定计算也写明。",

	TrustCheapestTitle: "确实最省",
	TrustCheapest:      "每次都把所有套餐连同最合适的加购项算一遍，推荐的就是其中总价最低的。",

	Products:      "产品",
	OtherLanguage: "English",

	SkipToAnswer: "跳到费用估算",
	SkipToForm:   "跳到填写处",
	Usage:        "您的需求",
	Examples:     "示例",
	Calculate:    "计算",

	SetOne:  "已填 1 项",
	SetMany: "已填 %d 项",

	AnswerTitle: "费用估算",
	Recommended: "推荐方案",
	YourChoice:  "您选的方案",

	ForOneMonth: "一个月合计",

	NoOption:     "没有套餐能满足这些需求",
	NoOptionHelp: "每个套餐都有达不到的地方，具体见下表。",

	ChoiceCostsMore:  "%s可以省 %s。",
	ChoiceInfeasible: "该套餐不能满足所填需求，因此没有价格：",
	BackToBest:       "改回推荐方案",
	RestOfIt:         "其余用量的费用明细",
	WithoutIt:        "不含无法提供的部分",

	CompareTitle: "全部套餐对比",

	Link: "本次估算的链接",

	MonthsOld:   "距今 %s 个月",
	YearsOld:    "距今 %s 年",
	OlderPrices: "当前使用%s的旧价格，已有更新的价格。",
	SeeNewest:   "改用最新价格",

	RestsOn: "计算所依据的假定",

	Published:  "厂商价格页",
	Documented: "厂商文档",
	Undated:    "厂商价格页，未注明日期",

	FixFields: "请改正标出的内容，结果才会更新。",

	Unreachable: "服务器没有响应，下面仍是之前填写内容的结果。",
	TooFast:     "请求太频繁，稍后自动重试；下面仍是之前填写内容的结果。",

	Spoken:       "%s：每月 %s，合计 %s",
	SpokenCannot: "%s：不能满足需求，没有价格",

	BackToStart:     "全部产品",
	RequestID:       "请求编号：%s",
	PriceCalculator: "%s价格计算器",

	FooterNote: "本页结果为估算，不构成报价；以厂商公布的价格为准。",

	Details: "看明细",

	AddRow:    "加一行",
	RemoveRow: "删除",

	NotComplete:     "不完整",
	NotCompleteHelp: "所填内容中有一项没有公开价格，合计未包含它。",

	PoolTitle:    "用量由什么抵扣",
	PoolUsed:     "用量",
	PoolIncluded: "套餐抵扣",
	PoolFree:     "赠送",
	PoolPacked:   "资源包抵扣",
	PoolPostpaid: "后付费",
	PoolLeft:     "剩余作废",

	PriceBooks: "价格版本",
}

// wordsIn returns the words of a language.
var wordsIn = wording.Table(english, chinese)
