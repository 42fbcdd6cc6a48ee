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
	LowerWithout, OfWhatIsPriced              string
	NonePricesAll, NonePricesAllHelp          string
	NonePricesAny                             string
	NoneCan, NoneCanHelp                      string
	BandDiffers, BandOf                       string
	Table, OptionOf                           string
	RecommendedIs                             string
	ToCheapest                                string
	NothingPriced, Short, NotComplete         string
	NoOption, Without, Partly                 string
	PartOf, OnRequest                         string
	Metered, MeteredHelp, More                string
	ComesTo, Nothing                          string
	Rests, Link, Nav                          string
	Spoken, SpokenLower                       string
	TextTitle, TextCheapest, TextWithout      string
	AddWithout, QuotedWithout, CannotAdd      string
	Together, TogetherOnly, TogetherSaves     string
	TogetherAdd, CheapestSingle               string
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

	CheapestOfAll:     "Cheapest with everything priced",
	CheapestTie:       "Equally cheap, with everything priced",
	NextIs:            "%s would cost %s more.",
	Alone:             "No other column prices everything.",
	LowerWithout:      "%s comes to %s less, without what its price book does not price: %s. Ask the vendor what that costs.",
	OfWhatIsPriced:    "%s: %s, without %s",
	NonePricesAll:     "No column prices everything",
	NonePricesAllHelp: "Each total leaves out what its price book does not price, which is for the vendor to say; only with that can they be compared. The lowest first:",
	NonePricesAny:     "Some cannot serve it, by limits that their price books state; the others have no price for any of it. The table says of what.",
	NoneCan:           "No column can serve this",
	NoneCanHelp:       "Each falls short of something that was entered, by limits that its price book states. The table says of what.",
	BandDiffers:       "“%s” does not mean the same in all columns: %s.",
	BandOf:            "%s, %s",

	Table:         "Side by side",
	OptionOf:      "Plan of %s",
	RecommendedIs: "%s (cheapest plan)",
	ToCheapest:    "Difference to the cheapest",
	NothingPriced: "nothing of this is priced here",
	Short:         "Cannot serve",
	NotComplete:   "%s: no public price, ask the vendor",
	NoOption:      "No plan can serve this",
	Without:       "without what it cannot serve",
	Partly:        "of what is priced here",
	PartOf:        "part of “%s”",
	OnRequest:     "price on request",

	Metered:     "How each product meters the room",
	MeteredHelp: "The same room, by each product’s own rule.",
	More:        "%d more steps are in the calculator’s estimator.",
	ComesTo:     "comes to",
	Nothing:     "nothing",
	Rests:       "What the figures of %s assume and leave out",
	Link:        "Link to this comparison",
	Nav:         "Compare",

	Spoken:      "%s is the cheapest with everything priced: %s a month, %s in total",
	SpokenLower: "%s comes to less, without all of it priced",

	TextTitle:    "Price comparison, %s",
	TextCheapest: "cheapest with everything priced",
	TextWithout:  "of what is priced; ask the vendor about %s",

	AddWithout:    "without %s",
	QuotedWithout: "%s is quoted without %s, for which there is no public price.",
	CannotAdd:     "Nothing here to quote",

	Together:      "Cheapest from several vendors",
	TogetherOnly:  "No single product prices all of it.",
	TogetherSaves: "%s less than the cheapest single product for all of it.",
	TogetherAdd:   "Add all to quote",

	CheapestSingle: "Cheapest single product with everything priced",
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

	CheapestOfAll:     "全部需求都有报价，且最省",
	CheapestTie:       "全部需求都有报价，且同样最省",
	NextIs:            "%s要多花 %s。",
	Alone:             "其他各列都没有给全部需求定价。",
	LowerWithout:      "%s的合计低 %s，但其价目没有这些项：%s。相应费用请向厂商询价。",
	OfWhatIsPriced:    "%s：%s，未含%s",
	NonePricesAll:     "没有一列给全部需求定价",
	NonePricesAllHelp: "各列合计都不含自家价目没有的项，这些要向厂商询价，补上之后才能比较。按合计从低到高：",
	NonePricesAny:     "有的按其价目写明的上限达不到，其余的价目中所填各项一项也没有，具体见下表。",
	NoneCan:           "没有一列能满足需求",
	NoneCanHelp:       "按各自价目写明的上限，每一列都有所填的某项达不到，具体见下表。",
	BandDiffers:       "“%s”在各列中含义不同：%s。",
	BandOf:            "%s%s",

	Table:         "并排对比",
	OptionOf:      "%s的套餐",
	RecommendedIs: "%s（最省）",
	ToCheapest:    "与最省者的差额",
	NothingPriced: "所填各项均未列价",
	Short:         "不能满足",
	NotComplete:   "%s：没有公开价格，请向厂商询价",
	NoOption:      "没有套餐能满足",
	Without:       "未含不能提供的部分",
	Partly:        "仅含已列价的部分",
	PartOf:        "已含在“%s”中",
	OnRequest:     "需询价",

	Metered:     "各产品如何计量这个房间",
	MeteredHelp: "同一个房间，按各产品自己的规则。",
	More:        "另有 %d 个步骤，见计算器的推算页。",
	ComesTo:     "计得",
	Nothing:     "无",
	Rests:       "%s的金额依据哪些假定、未计入哪些费用",
	Link:        "本次对比的链接",
	Nav:         "对比",

	Spoken:      "%s全部有报价且最省：每月 %s，合计 %s",
	SpokenLower: "%s更低，但有未列价的项",

	TextTitle:    "价格对比（%s）",
	TextCheapest: "全部有报价且最省",
	TextWithout:  "仅含已列价的部分，%s请向厂商询价",

	AddWithout:    "不含%s",
	QuotedWithout: "%s的报价不含%s，这些没有公开价格。",
	CannotAdd:     "没有可报价的内容",

	Together:      "分别选购最省",
	TogetherOnly:  "没有一个产品给全部需求定价。",
	TogetherSaves: "比全部用同一个产品少 %s。",
	TogetherAdd:   "全部加入报价单",

	CheapestSingle: "单个产品全部有报价，且最省",
}

// compareWordsIn returns the words of a language.
var compareWordsIn = wording.Table(compareEnglish, compareChinese)
