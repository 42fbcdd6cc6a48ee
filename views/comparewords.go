package views

import "suanpan/calc/wording"

// compareWords are the words of the comparison. A %s stands for a name, a number
// or an amount.
type compareWords struct {
	wording.Common

	Title, Intro                              string
	Onward, OnwardHelp                        string // on a calculator
	Choose, ChooseHelp, PricesOf              string
	ChooseTwo, Refused, EnterUsage            string
	Only                                      string
	RoomTitle, FromRoom, FromRoomHelp         string
	AsTyped, AsTypedHelp, TypedRemark         string
	CheapestOfAll, CheapestTie, NextIs, Alone string
	NoneServesAll, NoneServesAllHelp          string
	Table, OptionOf                           string
	RecommendedIs                             string
	ToCheapest                                string
	Serves                                    string
	NotCovered, FallsShort, NotComplete       string
	NoOption, Without                         string
	Included, Uncovered, Cannot, OnRequest    string
	None                                      string
	Charged                                   string
	Metered, MeteredHelp, More                string
	ComesTo, Nothing                          string
	Rests, Link, Nav                          string
	Spoken                                    string
}

var compareEnglish = compareWords{
	Common: wording.English,

	Title:      "Compare products",
	Onward:     "Compare",
	OnwardHelp: "the same with other vendors and products",
	Intro:      "One workload, entered once, priced by several products or price books side by side.",
	Choose:     "What to compare",
	ChooseHelp: "Up to six price books.",
	PricesOf:   "prices of %s",
	ChooseTwo:  "Choose at least two price books.",
	EnterUsage: "Enter what is needed, such as users, minutes or calls. What each of them charges for it will stand here.",
	Refused:    "Left out: %s. There is no such price book, or it is one too many.",
	Only:       "Only %s.",

	RoomTitle:    "Audio and video",
	FromRoom:     "From the room",
	FromRoomHelp: "Say once who is in it; each product meters it by its own rule.",
	AsTyped:      "Minutes as typed",
	AsTypedHelp:  "Streams that are seen at once are then counted as typed, by every product alike.",
	TypedRemark:  "Minutes are taken as typed. Products count streams that are seen at once in different ways; entering the room instead compares that too.",

	CheapestOfAll:     "Cheapest that serves everything",
	CheapestTie:       "Equally cheap, serving everything",
	NextIs:            "%s would cost %s more.",
	Alone:             "No other column serves everything.",
	NoneServesAll:     "No column serves everything",
	NoneServesAllHelp: "Each of them lacks something that was entered; the table says what. The totals leave it out and cannot be compared.",

	Table:         "Side by side",
	OptionOf:      "Plan of %s",
	RecommendedIs: "%s (cheapest plan)",
	ToCheapest:    "Difference to the cheapest",
	Serves:        "Serves everything",
	NotCovered:    "Does not cover",
	FallsShort:    "Cannot serve",
	NotComplete:   "Something has no public price; the total leaves it out.",
	NoOption:      "No plan can serve this",
	Without:       "without what it does not serve",
	Included:      "nothing to pay",
	Uncovered:     "not covered",
	Cannot:        "cannot serve",
	OnRequest:     "price on request",
	None:          "no such charge",
	Charged:       "What is charged",

	Metered:     "How each product meters the room",
	MeteredHelp: "The same room, by each product’s own rule.",
	More:        "%d more steps are in the calculator’s estimator.",
	ComesTo:     "comes to",
	Nothing:     "nothing",
	Rests:       "What the figures of %s assume and leave out",
	Link:        "Link to this comparison",
	Nav:         "Compare",

	Spoken: "%s is the cheapest that serves everything: %s a month, %s in total",
}

var compareChinese = compareWords{
	Common: wording.Chinese,

	Title:      "产品对比",
	Onward:     "产品对比",
	OnwardHelp: "同样的用量，其他厂商或产品要多少钱",
	Intro:      "同一份业务需求只填一次，几个产品或几份价目并排计价。",
	Choose:     "对比哪些",
	ChooseHelp: "最多选六份价目。",
	PricesOf:   "%s的价格",
	ChooseTwo:  "请至少选择两份价目。",
	EnterUsage: "请填写所需用量，如用户数、时长或调用次数；各自的费用将显示在这里。",
	Refused:    "未列入：%s。没有这份价目，或者已超过六份。",
	Only:       "仅%s。",

	RoomTitle:    "音视频用量",
	FromRoom:     "按房间情况推算",
	FromRoomHelp: "房间里有谁只填一次，各产品按各自的规则计量。",
	AsTyped:      "直接填写时长",
	AsTypedHelp:  "同时观看的多路画面按所填时长计算，各产品一视同仁。",
	TypedRemark:  "音视频时长按所填计算。各产品对同时观看的多路画面计量规则不同，改填房间情况可以把这一点也比出来。",

	CheapestOfAll:     "满足全部需求且最省",
	CheapestTie:       "满足全部需求且同样最省",
	NextIs:            "%s要多花 %s。",
	Alone:             "其他各列都不能满足全部需求。",
	NoneServesAll:     "没有一列能满足全部需求",
	NoneServesAllHelp: "每一列都有所填需求中的某项不能提供，具体见下表；合计未包含这些，不能直接比较。",

	Table:         "并排对比",
	OptionOf:      "%s的套餐",
	RecommendedIs: "%s（最省）",
	ToCheapest:    "与最省者的差额",
	Serves:        "满足全部需求",
	NotCovered:    "未覆盖",
	FallsShort:    "不能满足",
	NotComplete:   "有一项没有公开价格，合计未包含它。",
	NoOption:      "没有套餐能满足",
	Without:       "未含不能提供的部分",
	Included:      "无需付费",
	Uncovered:     "未覆盖",
	Cannot:        "不能满足",
	OnRequest:     "需询价",
	None:          "无此收费",
	Charged:       "收费明细",

	Metered:     "各产品如何计量这个房间",
	MeteredHelp: "同一个房间，按各产品自己的规则。",
	More:        "另有 %d 个步骤，见计算器的推算页。",
	ComesTo:     "计得",
	Nothing:     "无",
	Rests:       "%s的金额依据哪些假定、未计入哪些费用",
	Link:        "本次对比的链接",
	Nav:         "对比",

	Spoken: "%s满足全部需求且最省：每月 %s，合计 %s",
}

// compareWordsIn returns the words of a language.
var compareWordsIn = wording.Table(compareEnglish, compareChinese)
