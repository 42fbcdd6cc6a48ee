package export

import (
	"fmt"
	"strings"

	"suanpan/calc/wording"
	"suanpan/pricing"
)

// words are the workbook's own words in one language. What is said of a product
// is in the document already. A %s stands for a name, a %d for a number.
type words struct {
	wording.Common

	// Font is one that every office program of the language's readers has.
	Font string
	// Day is the format of a date.
	Day string

	InputSheet, Comparison              string
	Estimate                            string
	Date, Remark, ID, Revises           string
	ValidDays, Currency                 string
	Prepaid, Postpaid                   string
	PrepaidSum, PostpaidSum             string
	ChangeQuantities, NotComplete       string
	PricesOf                            string
	Unit, UnitPrice, Factor, Settlement string
	Formula, Source                     string
	OfWhich, OfWhichOf, Usage, UsageOf  string
	OfOne, ItemAmount, Times            string
	Entered, Untouched                  string
	PriceBook, PriceBookHash            string
}

var english = words{
	Common: wording.English,

	Font: "Calibri",
	Day:  `[$-409]d mmmm yyyy`,

	InputSheet: "Inputs and assumptions",
	Comparison: "Comparison",

	Estimate:  "Price estimate",
	Date:      "Date",
	Remark:    "Note",
	ID:        "Quote number",
	Revises:   "Replaces quote",
	ValidDays: "Days of validity",
	Currency:  "Currency",

	Prepaid:     "Up front",
	Postpaid:    "Afterwards",
	PrepaidSum:  "Due up front",
	PostpaidSum: "Billed afterwards",

	ChangeQuantities: "Change a quantity in blue, and the amounts follow at the prices shown. Packs, commitments, minimums and plans are not chosen anew; the calculator does that.",
	NotComplete:      "Not complete: something that was asked for has no public price, and the figures leave it out.",

	PricesOf: "prices of %s",

	Unit:       "Unit",
	UnitPrice:  "Unit price",
	Factor:     "× factor",
	Settlement: "Paid",
	Formula:    "How it is computed",
	Source:     "Where the price is from",

	OfWhich:   "of which",
	OfWhichOf: "of which: %s",
	Usage:     "usage",
	UsageOf:   "usage: %s",

	OfOne:      "Total for one",
	ItemAmount: "Amount",
	Times:      "times",

	Entered:       "What was entered",
	Untouched:     "Left as it was",
	PriceBook:     "Price book",
	PriceBookHash: "SHA-256 of the price book",
}

var chinese = words{
	Common: wording.Chinese,

	Font: "Microsoft YaHei",
	Day:  `[$-804]yyyy"年"m"月"d"日"`,

	InputSheet: "需求与假定",
	Comparison: "价格对比",

	Estimate:  "费用估算",
	Date:      "日期",
	Remark:    "备注",
	ID:        "报价编号",
	Revises:   "替代报价",
	ValidDays: "有效天数",
	Currency:  "货币",

	Prepaid:     "预付",
	Postpaid:    "后付",
	PrepaidSum:  "预付金额",
	PostpaidSum: "后付金额",

	ChangeQuantities: "修改蓝色的数量，金额即按表中单价重算。资源包、承诺消费、最低消费和套餐不会重新选择，如需重选请用计算器。",
	NotComplete:      "不完整：所填内容中有一项没有公开价格，金额未包含它。",

	PricesOf: "%s 的价格",

	Unit:       "单位",
	UnitPrice:  "单价",
	Factor:     "× 系数",
	Settlement: "付费方式",
	Formula:    "算式",
	Source:     "价格出处",

	OfWhich:   "其中",
	OfWhichOf: "其中：%s",
	Usage:     "用量",
	UsageOf:   "用量：%s",

	OfOne:      "单份合计",
	ItemAmount: "小计",
	Times:      "份",

	Entered:       "所填需求",
	Untouched:     "未改动的项目（默认值）",
	PriceBook:     "价格版本",
	PriceBookHash: "价格文件的 SHA-256",
}

// wordsIn returns the words of a language.
var wordsIn = wording.Table(english, chinese)

// settlement says when a line is paid.
func (w *words) settlement(id string) string {
	switch pricing.Settlement(id) {
	case pricing.Prepaid:
		return w.Prepaid
	case pricing.Postpaid:
		return w.Postpaid
	default:
		return id
	}
}

// term says how long an item is for.
func (w *words) term(months int64) string {
	if months == 1 {
		return "1 " + w.Month
	}
	return fmt.Sprintf("%d %s", months, w.Months)
}

// title returns what a document is headed with.
func (w *words) title(title, id string) string {
	switch {
	case strings.TrimSpace(title) != "":
		return title
	case id != "":
		return w.Quote
	default:
		return w.Estimate
	}
}
