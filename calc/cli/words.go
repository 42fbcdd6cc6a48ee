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

	Option, Total, Difference, Serves string
	No                                string
	States                            map[pricing.CellState]string
}

var english = cliWords{
	Months: "months: %d", Recommended: "recommended", NotFeasible: "not feasible", NotComplete: "not complete",
	Bought: "bought: %d × %s for %s", Year: ", year %d", Rate: " (rate %s)", Holds: " (%s %s)",
	Settlements: map[pricing.Settlement]string{pricing.Prepaid: "prepaid", pricing.Postpaid: "postpaid"},

	Option: "option", Total: "total", Difference: "difference", Serves: "serves everything",
	No: "no",
	States: map[pricing.CellState]string{
		pricing.CellIncluded: "included", pricing.CellUncovered: "uncovered", pricing.CellCannot: "cannot",
		pricing.CellOnRequest: "on request", pricing.CellNone: "none", pricing.CellNoOption: "no option",
	},
}

var chinese = cliWords{
	Months: "购买时长：%d 个月", Recommended: "推荐", NotFeasible: "不能满足", NotComplete: "有未计价项",
	Bought: "购买：%d × %s，%s", Year: "，第 %d 年", Rate: "（折扣率 %s）", Holds: "（%s %s）",
	Settlements: map[pricing.Settlement]string{pricing.Prepaid: "预付", pricing.Postpaid: "后付"},

	Option: "套餐", Total: "合计", Difference: "差额", Serves: "满足全部需求",
	No: "否",
	States: map[pricing.CellState]string{
		pricing.CellIncluded: "无需付费", pricing.CellUncovered: "未覆盖", pricing.CellCannot: "不能满足",
		pricing.CellOnRequest: "需询价", pricing.CellNone: "无此收费", pricing.CellNoOption: "没有可用套餐",
	},
}

// wordsIn returns the words of a language.
var wordsIn = wording.Table(english, chinese)
