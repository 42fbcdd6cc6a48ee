package views

import "suanpan/calc/wording"

// forecastWords are the words of the page of a forecast. A %s or %d stands for a
// name, a number or an amount.
type forecastWords struct {
	// Link leads to the page from a calculator.
	wording.Common

	Link, LinkHelp string

	Title, Heading, Summary      string
	Grows, OverHelp              string
	FactsOf                      string
	Start, StartHelp, StartEmpty string
	GrowthTitle, GrowthHelp      string
	Low, Expected, High          string
	LeftEmpty                    string
	Same                         string
	PerCent                      string
	Horizon, HorizonHelp         string
	Entered, EnteredHelp         string
	Quantities, QuantitiesOf     string
	Unused                       string
	Kept, KeptNone, ChangeThem   string

	NoVariable, OtherFault             string
	Growing, AsEntered                 string
	ForMonths, ForMonth                string
	WithLow, WithHigh                  string
	Throughout, InMonth                string
	InMonths, FromMonth, Then          string
	None, NoneHelp                     string
	Nothing, AtMost, NotExact          string
	Document, InLast                   string
	ScenarioLow, ScenarioExpected      string
	ScenarioHigh                       string
	ChartTitle, ChartBest, ChartSwitch string
	ChartNote, ChartHelp, ChartMonth   string
	Ways, Way                          string
	Unserved                           string
	ByMonth, MonthColumn               string
	Alone, InSequence, Switch          string
	Window, WindowsNote, BeforeRounded string
	HowMade, Rules                     string
	Changes, NoChanges, RuleOf         string
}

var forecastEnglish = forecastWords{
	Common: wording.English,

	Link:     "Forecast",
	LinkHelp: "what it costs as usage grows, and when to change plans",

	Title:   "%s: forecast",
	Heading: "Forecast: %s",
	Summary: "One quantity grows from month to month, everything else stays as it is. What every month costs, and when another plan is the better one.",

	Grows:      "What grows",
	OverHelp:   "Everything else in the calculator stays the same. If a fact grows, the usage estimated from it grows with it.",
	FactsOf:    "Facts: %s",
	Start:      "In the first month",
	StartHelp:  "Left empty, it is what the calculator has: %s.",
	StartEmpty: "as now",

	GrowthTitle: "Growth per month",
	GrowthHelp:  "In per cent, compounded; minus if it shrinks. Every month is rounded to a whole number.",
	Low:         "Low",
	Expected:    "Expected",
	High:        "High",
	LeftEmpty:   "Left empty: %s%%",
	Same:        "auto",
	PerCent:     "%",
	Horizon:     "Months",
	HorizonHelp: "From 1 to %d.",

	Entered:      "Or enter every month",
	EnteredHelp:  "One month a line, up to %d; or paste a column or row of a spreadsheet. Tabs, semicolons, and commas with a space behind them part months as well. 15,000, 1.5万 and 15k are understood; a lone “100,200” is not, since it may be one number or two. No month may be left empty; 0 is a month without any. Start, growth and the number of months above are not used then.",
	Quantities:   "Quantity of each month",
	QuantitiesOf: "%s, from %s to %s",
	Unused:       "The months below are used instead.",
	Kept:         "What stays the same",
	KeptNone:     "Nothing else is entered.",
	ChangeThem:   "Change it in the calculator",

	NoVariable: "Nothing that was entered is a quantity that could grow. Add a row in the calculator first.",
	OtherFault: "An entry of the calculator is at fault, so there is no forecast yet. It can be corrected there.",

	Growing:   "%s · %s%% a month",
	AsEntered: "Months as entered",
	ForMonths: "the cheapest way, for %s",
	ForMonth:  "the cheapest way, for one month",
	WithLow:   "Low, %s%%",
	WithHigh:  "High, %s%%",

	Throughout: "%s throughout",
	InMonth:    "%s in month %d",
	InMonths:   "%s in months %d–%d",
	FromMonth:  "%s from month %d on",
	Then:       ", ",

	None:     "No plan can serve every month",
	NoneHelp: "Nor can any change of plans that is allowed. The table says which months each plan cannot serve.",
	Nothing:  "0 does not grow: enter what the first month has.",
	AtMost:   "The quantity is kept at %s, the most that can be entered.",
	NotExact: "There were so many ways to buy that not all of them were compared: a cheaper sequence may exist.",

	Document: "What this is a forecast of",
	InLast:   "In month %d",

	ScenarioLow:      "Low growth",
	ScenarioExpected: "Expected growth",
	ScenarioHigh:     "High growth",

	ChartTitle:  "Cost of each month",
	ChartBest:   "Cheapest sequence",
	ChartSwitch: "month %d: %s",
	ChartHelp:   "Cost of each month from 1 to %d: the cheapest sequence (%s) and keeping one plan. The table below has the same figures.",
	ChartNote:   "What is bought for a window of months is drawn in equal parts over them.",
	ChartMonth:  "month",

	Ways:     "Ways to buy",
	Way:      "Way",
	Unserved: "cannot serve %s",

	ByMonth:     "Month by month",
	MonthColumn: "Month",
	Alone:       "Cheapest for the month alone",
	InSequence:  "In the cheapest sequence",
	Switch:      "change",

	Window:        "Bought together",
	WindowsNote:   "The months and the windows add up to the total, before it is rounded to the fen.",
	BeforeRounded: "Total before rounding",

	HowMade: "How this is worked out",
	Rules: "Each month is priced for itself, with its own quantity.\n" +
		"What lasts a year (packs, commitments, yearly prices) is bought for a window, the months 1–12, 13–24 and 25–36, for what its months use together beyond each month’s own allowance; packs and commitments are taken to cover that evenly.\n" +
		"Where audio and video, or another pool, has plans of its own, one of them is kept for all months and paid in a month that uses nothing of it too.\n" +
		"A discount for a term of 12 months is counted only for windows that keep one plan throughout. In a window in which the plan changes, months are bought singly.\n" +
		"What is free or sold only once is counted once, in the first months that ask for it.",
	Changes:   "Changing plans",
	NoChanges: "Nothing is known of changing the plan of this product during a term, so no change is counted on: the cheapest sequence keeps one plan.",
	RuleOf:    "Source: %s.",
}

var forecastChinese = forecastWords{
	Common: wording.Chinese,

	Link:     "增长预测",
	LinkHelp: "用量增长后每月要花多少、何时该换套餐",

	Title:   "%s：增长预测",
	Heading: "增长预测：%s",
	Summary: "一项数量逐月变化，其余不变：看每个月要花多少，从哪个月起换套餐更省。",

	Grows:      "哪一项在变",
	OverHelp:   "计算器里的其余各项保持不变。若变化的是业务情况，由其推算的用量随之变化。",
	FactsOf:    "业务情况：%s",
	Start:      "第一个月",
	StartHelp:  "不填则用计算器里的数：%s。",
	StartEmpty: "同现在",

	GrowthTitle: "每月增长",
	GrowthHelp:  "百分比，按复利计算；减少则填负数。每个月取整到个位。",
	Low:         "低",
	Expected:    "预期",
	High:        "高",
	LeftEmpty:   "不填：%s%%",
	Same:        "自动",
	PerCent:     "%",
	Horizon:     "月数",
	HorizonHelp: "1 到 %d 个月。",

	Entered:      "或逐月填写",
	EnteredHelp:  "每行一个月，最多 %d 个月；也可直接粘贴表格里的一列或一行。制表符、分号、顿号，以及后面带空格的逗号也可分隔各月。15,000、1.5万、15k 都能识别；单独一个“100,200”可能是一个数，也可能是两个，不予猜测。中间不能留空，没有用量的月份填 0。填写后，上面的起始值、增长率和月数不再使用。",
	Quantities:   "各月用量",
	QuantitiesOf: "%s，从 %s 到 %s",
	Unused:       "改用下面逐月填写的数。",
	Kept:         "保持不变的内容",
	KeptNone:     "没有填写其他内容。",
	ChangeThem:   "到计算器中修改",

	NoVariable: "所填内容中没有可以增长的用量，请先在计算器里加一行。",
	OtherFault: "计算器里有内容填写有误，暂时无法预测，请在计算器中改正。",

	Growing:   "%s · 每月 %s%%",
	AsEntered: "逐月填写",
	ForMonths: "最省安排，%s合计",
	ForMonth:  "最省安排，一个月合计",
	WithLow:   "低增长，%s%%",
	WithHigh:  "高增长，%s%%",

	Throughout: "全程%s",
	InMonth:    "第 %[2]d 个月%[1]s",
	InMonths:   "第 %[2]d–%[3]d 个月%[1]s",
	FromMonth:  "第 %[2]d 个月起%[1]s",
	Then:       "，",

	None:     "没有套餐能满足每一个月",
	NoneHelp: "在允许的范围内更换套餐也不行。下表列出各套餐满足不了的月份。",
	Nothing:  "0 不会增长：请填写第一个月的用量。",
	AtMost:   "用量最多可填 %s，到此不再增长。",
	NotExact: "可选的购买方式太多，未能全部比较，可能还有更省的安排。",

	Document: "预测的内容",
	InLast:   "第 %d 个月",

	ScenarioLow:      "低增长",
	ScenarioExpected: "预期增长",
	ScenarioHigh:     "高增长",

	ChartTitle:  "每月费用",
	ChartBest:   "最省安排",
	ChartSwitch: "第 %d 个月：%s",
	ChartHelp:   "第 1 到 %d 个月每月的费用：最省安排（%s），以及一直用同一套餐。下表有相同的数字。",
	ChartNote:   "为一段时期一并购买的内容，在图中平均画到各月。",
	ChartMonth:  "月",

	Ways:     "购买方式",
	Way:      "方式",
	Unserved: "满足不了%s",

	ByMonth:     "逐月明细",
	MonthColumn: "月份",
	Alone:       "单看当月最省",
	InSequence:  "最省安排中",
	Switch:      "更换",

	Window:        "一并购买",
	WindowsNote:   "各月与各时期的金额相加，即为舍入到分之前的合计。",
	BeforeRounded: "舍入前合计",

	HowMade: "计算方法",
	Rules: "每个月按当月用量单独计价。\n" +
		"有效期一年的内容（资源包、承诺消费、按年价格）按时期购买，即第 1–12、13–24、25–36 个月；用量取各月超出当月额度部分之和，资源包和承诺视为均匀抵扣。\n" +
		"音视频等资源池另有套餐的，全程只用其中一档，没有用量的月份也照付。\n" +
		"满 12 个月才有的优惠，只计给全程不换套餐的时期；中途换套餐的时期按单月购买。\n" +
		"只赠送一次或只能购买一次的内容只计一次，算在最先用到它的月份。",
	Changes:   "更换套餐",
	NoChanges: "该产品未说明购买期内能否更换套餐，因此不考虑更换：最省安排全程用同一套餐。",
	RuleOf:    "出处：%s。",
}

// forecastWordsIn returns the words of a language.
var forecastWordsIn = wording.Table(forecastEnglish, forecastChinese)
