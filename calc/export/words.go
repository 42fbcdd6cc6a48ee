package export

import (
	"fmt"
	"strings"

	"suanpan/pricing"
)

// words are the workbook's own words in one language. What is said of a product
// is in the document already. A %s stands for a name, a %d for a number.
type words struct {
	// Font is one that every office program of the language's readers has.
	Font string
	// Day is the format of a date.
	Day string

	QuoteSheet, InputSheet                                             string
	Quote, Estimate                                                    string
	Customer, PreparedBy, Date, ValidUntil, Note, Address, ID, Revises string
	ValidDays, Language, Currency                                      string
	Total, Prepaid, Postpaid                                           string
	DueUpFront, BilledAfterwards                                       string
	ChangeQuantities, NotComplete                                      string
	PricesOf, Month, Months                                            string
	Line, Quantity, Unit, UnitPrice, Factor, Amount, Settlement        string
	Formula, Source                                                    string
	OfWhich, OfWhichOf, Usage, UsageOf                                 string
	NothingToPay, OfOne, Monthly, ItemAmount, Times                    string
	Entered, Saved, Bought, Assumptions, Exclusions, Notes, Sources    string
	PriceBook, PriceBookHash, Term                                     string
}

var english = words{
	Font: "Calibri",
	Day:  `[$-409]d mmmm yyyy`,

	QuoteSheet: "Quote",
	InputSheet: "Inputs and assumptions",

	Quote:      "Quote",
	Estimate:   "Price estimate",
	Customer:   "Customer",
	PreparedBy: "Prepared by",
	Date:       "Date",
	ValidUntil: "Valid until",
	Note:       "Note",
	Address:    "Address",
	ID:         "Quote number",
	Revises:    "Replaces quote",
	ValidDays:  "Days of validity",
	Language:   "Language",
	Currency:   "Currency",

	Total:            "Total",
	Prepaid:          "Up front",
	Postpaid:         "Afterwards",
	DueUpFront:       "Due up front",
	BilledAfterwards: "Billed afterwards",

	ChangeQuantities: "Change a quantity in blue, and the amounts follow at the prices shown. Packs, commitments, minimums and plans are not chosen anew; the calculator does that.",
	NotComplete:      "Not complete: something that was asked for has no public price, and the figures leave it out.",

	PricesOf: "prices of %s",
	Month:    "month",
	Months:   "months",

	Line:       "Item",
	Quantity:   "Quantity",
	Unit:       "Unit",
	UnitPrice:  "Unit price",
	Factor:     "× factor",
	Amount:     "Amount",
	Settlement: "Paid",
	Formula:    "How it is computed",
	Source:     "Where the price is from",

	OfWhich:   "of which",
	OfWhichOf: "of which: %s",
	Usage:     "usage",
	UsageOf:   "usage: %s",

	NothingToPay: "Nothing to pay: everything entered is within what this plan includes.",
	OfOne:        "Total for one",
	Monthly:      "A month",
	ItemAmount:   "Amount",
	Times:        "times",

	Entered:       "What was entered",
	Saved:         "Inputs as saved",
	Bought:        "What is bought",
	Assumptions:   "What the figures assume",
	Exclusions:    "What they leave out",
	Notes:         "Good to know",
	Sources:       "Where the prices come from",
	PriceBook:     "Price book",
	PriceBookHash: "SHA-256 of the price book",
	Term:          "Term in months",
}

var chinese = words{
	Font: "Microsoft YaHei",
	Day:  `[$-804]yyyy"年"m"月"d"日"`,

	QuoteSheet: "报价单",
	InputSheet: "需求与假定",

	Quote:      "报价单",
	Estimate:   "费用估算",
	Customer:   "客户",
	PreparedBy: "报价人",
	Date:       "日期",
	ValidUntil: "有效期至",
	Note:       "备注",
	Address:    "链接",
	ID:         "报价编号",
	Revises:    "替代报价",
	ValidDays:  "有效天数",
	Language:   "语言",
	Currency:   "货币",

	Total:            "合计",
	Prepaid:          "预付",
	Postpaid:         "后付",
	DueUpFront:       "预付金额",
	BilledAfterwards: "后付金额",

	ChangeQuantities: "修改蓝色的数量，金额即按表中单价重算。资源包、承诺消费、最低消费和套餐不会重新选择，如需重选请用计算器。",
	NotComplete:      "不完整：所填内容中有一项没有公开价格，金额未包含它。",

	PricesOf: "%s 的价格",
	Month:    "个月",
	Months:   "个月",

	Line:       "项目",
	Quantity:   "数量",
	Unit:       "单位",
	UnitPrice:  "单价",
	Factor:     "× 系数",
	Amount:     "金额",
	Settlement: "付费方式",
	Formula:    "算式",
	Source:     "价格出处",

	OfWhich:   "其中",
	OfWhichOf: "其中：%s",
	Usage:     "用量",
	UsageOf:   "用量：%s",

	NothingToPay: "无需付费：所填用量都在该套餐的免费额度以内。",
	OfOne:        "单份合计",
	Monthly:      "每月",
	ItemAmount:   "小计",
	Times:        "份",

	Entered:       "所填需求",
	Saved:         "保存的输入值",
	Bought:        "购买内容",
	Assumptions:   "计算所依据的假定",
	Exclusions:    "未计入的费用",
	Notes:         "注意事项",
	Sources:       "价格出处",
	PriceBook:     "价格版本",
	PriceBookHash: "价格文件的 SHA-256",
	Term:          "月数",
}

// wordsIn returns the words of a language.
func wordsIn(l pricing.Lang) *words {
	if l == pricing.Chinese {
		return &chinese
	}
	return &english
}

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
