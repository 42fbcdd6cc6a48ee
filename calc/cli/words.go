package cli

import (
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// cliWords are the words of the tables. A %s stands for an id or an amount, a %d
// for a number.
type cliWords struct {
	Months, Recommended, NotFeasible, NotComplete string
	Bought, Year, Rate, Holds                     string
	Settlements                                   map[pricing.Settlement]string

	Option, Total, Difference string
	Partly, Nothing           string
	OnRequest, NoOption       string
	PartOf, Bounds            string
	Together                  string
}

var english = cliWords{
	Months: "months: %d", Recommended: "recommended", NotFeasible: "not feasible", NotComplete: "not complete",
	Bought: "bought: %d × %s for %s", Year: ", year %d", Rate: " (rate %s)", Holds: " (%s %s)",
	Settlements: map[pricing.Settlement]string{pricing.Prepaid: "prepaid", pricing.Postpaid: "postpaid"},

	Option: "option", Total: "total", Difference: "difference",
	Partly: "not all: see below", Nothing: "nothing of this",
	OnRequest: "on request", NoOption: "no option",
	PartOf: "part of: %s", Bounds: "%s does not mean the same everywhere:",
	Together: "cheapest from several: %s",
}

var chinese = cliWords{
	Months: "购买时长：%d 个月", Recommended: "推荐", NotFeasible: "不能满足", NotComplete: "有未计价项",
	Bought: "购买：%d × %s，%s", Year: "，第 %d 年", Rate: "（折扣率 %s）", Holds: "（%s %s）",
	Settlements: map[pricing.Settlement]string{pricing.Prepaid: "预付", pricing.Postpaid: "后付"},

	Option: "套餐", Total: "合计", Difference: "差额",
	Partly: "不全，见下", Nothing: "一项也没有",
	OnRequest: "没有公开价", NoOption: "没有可用套餐",
	PartOf: "已含在%s中", Bounds: "“%s”在各价目中含义不同：",
	Together: "分别选购最省：%s",
}

// wordsIn returns the words of a language.
var wordsIn = wording.Table(english, chinese)
