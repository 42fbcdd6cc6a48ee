package wording

// Common are the words that several tables have: each of them embeds these.
type Common struct {
	// Sums.
	Total, TotalFor, Monthly, PerMonth, DueUpFront, BilledAfterwards string
	Difference, Amount, Month, Months                                string
	// What is priced, and by what.
	Item, Plan, Quantity, QuantityUsed, Bought, Breakdown, NothingToPay string
	Incomplete, CannotServe, Cheapest, Steps, TryExample                string
	// What a price book says of something that is asked for.
	Priced, Everything, NotAsked, NothingDue, NotPriced, FallsShort string
	NoCharge, Charged                                               string
	// What figures rest on.
	PricesInYuan, Newest, Assumes, FiguresAssume, LeavesOut, GoodToKnow string
	Sources, BusinessFacts                                              string
	// Quotes.
	Quote, QuoteTitle, Customer, PreparedBy, ValidUntil, Note, Language string
	Address, SavedOn, Expired, MyQuotes                                 string
	// What can be done.
	OpenInCalculator, BackToCalculator, CopyLink, Copied, CopyFailed string
	Duplicate                                                        string
	// Short answers: Absent stands for what there is not.
	Yes, Absent string
}

// English and Chinese are the common words in either language.
var (
	English = Common{
		Total:            "Total",
		TotalFor:         "Total for %s",
		Monthly:          "A month",
		PerMonth:         "a month",
		DueUpFront:       "Due up front",
		BilledAfterwards: "Billed afterwards",
		Difference:       "Difference",
		Amount:           "Amount",
		Month:            "month",
		Months:           "months",

		Item:         "Item",
		Plan:         "Plan",
		Quantity:     "Quantity",
		QuantityUsed: "Quantity",
		Bought:       "What is bought",
		Breakdown:    "How this is made up",
		NothingToPay: "Nothing to pay: everything entered is within what this plan includes.",
		Incomplete:   "Something asked for has no public price; the total leaves it out.",
		CannotServe:  "cannot serve this",
		Cheapest:     "cheapest",
		Steps:        "Step by step",
		TryExample:   "Start from an example",

		Priced:     "What is priced",
		Everything: "everything",
		NotAsked:   "not asked for",
		NothingDue: "nothing to pay",
		NotPriced:  "not priced here",
		FallsShort: "cannot serve",
		NoCharge:   "no such charge",
		Charged:    "What is charged",

		PricesInYuan:  "Prices of %s, in CNY",
		Newest:        "newest",
		Assumes:       "Assumes",
		FiguresAssume: "What the figures assume",
		LeavesOut:     "What they leave out",
		GoodToKnow:    "Good to know",
		Sources:       "Where the prices come from",
		BusinessFacts: "Business facts: %s",

		Quote:      "Quote",
		QuoteTitle: "Title",
		Customer:   "Customer",
		PreparedBy: "Prepared by",
		ValidUntil: "Valid until",
		Note:       "Note",
		Language:   "Language",
		Address:    "Address",
		SavedOn:    "Saved",
		Expired:    "expired",
		MyQuotes:   "My quotes",

		OpenInCalculator: "Open in the calculator",
		BackToCalculator: "Back to the calculator of %s",
		CopyLink:         "Copy link",
		Copied:           "Copied",
		CopyFailed:       "Press Ctrl+C to copy",
		Duplicate:        "Duplicate",

		Yes:    "yes",
		Absent: "none",
	}

	Chinese = Common{
		Total:            "合计",
		TotalFor:         "%s合计",
		Monthly:          "每月",
		PerMonth:         "每月",
		DueUpFront:       "预付",
		BilledAfterwards: "后付",
		Difference:       "差额",
		Amount:           "金额",
		Month:            "个月",
		Months:           "个月",

		Item:         "项目",
		Plan:         "套餐",
		Quantity:     "数量",
		QuantityUsed: "用量",
		Bought:       "购买内容",
		Breakdown:    "费用明细",
		NothingToPay: "无需付费：所填用量都在该套餐的免费额度以内。",
		Incomplete:   "所需内容中有一项没有公开价格，合计未包含它。",
		CannotServe:  "不能满足需求",
		Cheapest:     "最省",
		Steps:        "推算步骤",
		TryExample:   "从示例开始",

		Priced:     "计价范围",
		Everything: "全部",
		NotAsked:   "未要求",
		NothingDue: "无需付费",
		NotPriced:  "未列价",
		FallsShort: "不能满足",
		NoCharge:   "无此收费",
		Charged:    "收费明细",

		PricesInYuan:  "%s的价格，单位：元（人民币）",
		Newest:        "最新",
		Assumes:       "所依据的假定",
		FiguresAssume: "计算所依据的假定",
		LeavesOut:     "未计入的费用",
		GoodToKnow:    "注意事项",
		Sources:       "价格出处",
		BusinessFacts: "业务情况：%s",

		Quote:      "报价单",
		QuoteTitle: "标题",
		Customer:   "客户",
		PreparedBy: "报价人",
		ValidUntil: "有效期至",
		Note:       "说明",
		Language:   "语言",
		Address:    "链接",
		SavedOn:    "保存日期",
		Expired:    "已过期",
		MyQuotes:   "我的报价",

		OpenInCalculator: "在计算器中打开",
		BackToCalculator: "返回计算器：%s",
		CopyLink:         "复制链接",
		Copied:           "已复制",
		CopyFailed:       "请按 Ctrl+C 复制",
		Duplicate:        "复制",

		Yes:    "是",
		Absent: "无",
	}
)

// CommonIn returns the common words in a language.
var CommonIn = Table(English, Chinese)
