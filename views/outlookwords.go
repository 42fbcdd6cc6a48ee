package views

import "suanpan/calc/wording"

// outlookWords are the words of the part of a calculator that shows how the cost
// moves with the usage. A %s stands for a name, a quantity or an amount.
type outlookWords struct {
	wording.Common

	Title, Lead, Against, Show, Nothing, Fault, Late string
	ChartTitle, Desc, DescNone                       string
	NowMark, NowKey, CheapestKey                     string
	UpToKey, FromKey                                 string

	Turns, LastTurn                                 string
	Cheaper, Level, Lost, Gained, NoneServes, First string
	Stays, StaysUpTo, CompleteUpTo, MoreTurns       string
	NextBeyond                                      string

	Table, Now, TurnHere, NoneHere, FirstHere string
	StepHere, StepsLeft                       string

	Fits, FitsHelp, Entry, FitsMore, ThenRises        string
	More, NothingMore, AtLeast, Any                   string
	Rises, RisesWith, NoPlan, NeverRises, NotSearched string
	FitsLeft, Unused                                  string
	Budget, BudgetLabel, BudgetHelp, AtMost           string
	BudgetNone, BudgetLimit, BudgetOtherwise          string
}

var outlookEnglish = outlookWords{
	Common: wording.English,

	Title:   "How the cost moves",
	Lead:    "What each plan comes to if one entry changes and the rest stays.",
	Against: "Vary",
	Show:    "Show",
	Nothing: "There is no quantity to vary yet.",
	Fault:   "Correct the marked entry to see this.",
	Late:    "Much is being computed right now. This follows in a moment; without JavaScript, reload the page.",

	ChartTitle:  "%s by “%s”, for every plan",
	Desc:        "From %s to %s. Now, at %s, %s is the cheapest plan, at %s.",
	DescNone:    "From %s to %s. Now, at %s, no plan can serve this.",
	NowMark:     "now %s",
	NowKey:      "%s now",
	CheapestKey: "%s now, the cheapest",
	UpToKey:     "serves up to %s",
	FromKey:     "cannot serve less than %s",

	Turns:        "Where another plan begins to pay",
	LastTurn:     "How far it goes",
	Cheaper:      "From %[1]s on, %[2]s is cheaper than %[3]s: %[4]s against %[5]s.",
	Level:        "From %[1]s on, %[2]s costs no more than %[3]s: %[4]s.",
	Lost:         "From %[1]s on, %[3]s can no longer serve it, and %[2]s is the cheapest: %[4]s.",
	Gained:       "From %[1]s on, %[2]s can serve it and is cheaper than %[3]s: %[4]s against %[5]s.",
	NoneServes:   "From %s on, no plan can serve it.",
	First:        "From %s on, a plan can serve it: %s, at %s.",
	Stays:        "From the present quantity on, %s stays the best choice however far it grows.",
	StaysUpTo:    "From the present quantity on, %[1]s stays the best choice up to %[2]s at least. Beyond that the search was cut off.",
	CompleteUpTo: "There are very many such points. Up to %s the list is complete.",
	MoreTurns:    "%d more such points up to %s are not listed.",
	NextBeyond:   "The next one lies beyond the drawing.",

	Table:     "The same in figures",
	Now:       "now",
	TurnHere:  "another plan from here",
	NoneHere:  "no plan from here",
	FirstHere: "a plan from here",
	StepHere:  "a step",
	StepsLeft: "%d more steps are not listed.",

	Fits:        "What still fits",
	FitsHelp:    "How much more of each entry, all else staying, before the total for %s rises.",
	Entry:       "Entry",
	FitsMore:    "Still fits",
	ThenRises:   "Then the total rises by",
	More:        "%s more, up to %s",
	NothingMore: "nothing more",
	AtLeast:     "at least %s",
	Any:         "any quantity",
	Rises:       "%s",
	RisesWith:   "%s, with %s",
	NoPlan:      "no plan serves more",
	NeverRises:  "does not rise",
	NotSearched: "not searched further",
	FitsLeft:    "%d more entries are not listed.",
	Unused:      "Not used yet (%d)",

	Budget:          "What a budget buys",
	BudgetLabel:     "Budget for %s",
	BudgetHelp:      "For the whole term. The most of “%s” that each plan serves within it.",
	AtMost:          "At most",
	BudgetNone:      "nothing within this amount",
	BudgetLimit:     "the plan’s limit",
	BudgetOtherwise: "more may fit",
}

var outlookChinese = outlookWords{
	Common: wording.Chinese,

	Title:   "费用随用量怎么变",
	Lead:    "其他内容不变、只改变一项用量时，各套餐的合计费用。",
	Against: "变化的用量",
	Show:    "查看",
	Nothing: "还没有可以变化的用量。",
	Fault:   "请改正标出的内容，之后显示。",
	Late:    "当前计算任务较多，稍后自动显示；未启用 JavaScript 时请刷新页面。",

	ChartTitle:  "各套餐的%s随“%s”的变化",
	Desc:        "从 %s 到 %s。目前为 %s，%s最省，%s。",
	DescNone:    "从 %s 到 %s。目前为 %s，没有套餐能满足。",
	NowMark:     "目前 %s",
	NowKey:      "目前 %s",
	CheapestKey: "目前 %s，最省",
	UpToKey:     "最多支持 %s",
	FromKey:     "用量达到 %s 才可用",

	Turns:        "到多少用量该换套餐",
	LastTurn:     "用量的上限",
	Cheaper:      "达到 %[1]s起，%[2]s比%[3]s便宜：%[4]s，对比 %[5]s。",
	Level:        "达到 %[1]s起，%[2]s不比%[3]s贵：%[4]s。",
	Lost:         "达到 %[1]s起，%[3]s不再能满足，%[2]s最省：%[4]s。",
	Gained:       "达到 %[1]s起，%[2]s可以满足，且比%[3]s便宜：%[4]s，对比 %[5]s。",
	NoneServes:   "达到 %s起，没有套餐能满足。",
	First:        "达到 %s起，有套餐可以满足：%s，%s。",
	Stays:        "从目前的用量起，无论增长多少，%s始终最省。",
	StaysUpTo:    "从目前的用量起，至少到 %[2]s，%[1]s始终最省；再往上未继续搜索。",
	CompleteUpTo: "这样的临界点非常多，%s以内已全部列出。",
	MoreTurns:    "另有 %d 个临界点（至 %s）未列出。",
	NextBeyond:   "下一个临界点在图外。",

	Table:     "用数字看",
	Now:       "目前",
	TurnHere:  "起换套餐",
	NoneHere:  "起无套餐可用",
	FirstHere: "起有套餐可用",
	StepHere:  "阶梯",
	StepsLeft: "另有 %d 处阶梯未列出。",

	Fits:        "还有多少余量",
	FitsHelp:    "其他内容不变，每项用量还能增加多少，%s合计才会上涨。",
	Entry:       "用量",
	FitsMore:    "余量",
	ThenRises:   "之后合计上涨",
	More:        "还可增加 %s，至 %s",
	NothingMore: "没有余量",
	AtLeast:     "至少%s",
	Any:         "不限",
	Rises:       "%s",
	RisesWith:   "%s，改用%s",
	NoPlan:      "再多则没有套餐能满足",
	NeverRises:  "不上涨",
	NotSearched: "未继续搜索",
	FitsLeft:    "另有 %d 项未列出。",
	Unused:      "尚未使用的项目（%d）",

	Budget:          "预算能买多少",
	BudgetLabel:     "%s的预算",
	BudgetHelp:      "按整个购买时长计，各套餐在预算内最多能满足多少“%s”。",
	AtMost:          "最多",
	BudgetNone:      "预算不够",
	BudgetLimit:     "套餐上限",
	BudgetOtherwise: "可能还有余地",
}

// outlookWordsIn returns the words of a language.
var outlookWordsIn = wording.Table(outlookEnglish, outlookChinese)
