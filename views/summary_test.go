package views

import (
	"testing"

	"suanpan/pricing"
)

func TestSummaryText(t *testing.T) {
	chat := SummaryItem{Name: "Chat", Option: "Pro", Term: "12 months", Quantity: 3, Total: "¥300.00"}
	calls := SummaryItem{Name: "Calls", Option: "Basic", Term: "12 months", Quantity: 1, Monthly: "¥10.00", Total: "¥120.00"}
	once := SummaryItem{Name: "通话", Option: "基础版", Term: "1 个月", Quantity: 1, Monthly: "¥120.00", Total: "¥120.00"}
	many := SummaryItem{Name: "通话", Option: "基础版", Term: "12 个月", Quantity: 1200, Monthly: "¥10.00", Total: "¥120.00"}
	for _, tt := range []struct {
		name string
		s    Summary
		want string
	}{
		{
			"quote",
			Summary{
				Lang: pricing.English, Title: "Two\nproducts", Customer: "Acme", Items: []SummaryItem{chat, calls},
				Total: "¥420.00", ValidUntil: "2026-12-31", Link: "https://example.com/q/1",
			},
			"Two products · for Acme\nChat Pro × 3: ¥300.00 for 12 months\nCalls Basic: ¥120.00 for 12 months (¥10.00 a month)\n" +
				"Total: ¥420.00\nValid until 31 December 2026\nhttps://example.com/q/1",
		},
		{"customer only", Summary{Lang: pricing.Chinese, Customer: "小米", Items: []SummaryItem{once}, Total: "¥120.00"}, "致小米\n通话 基础版：1 个月 ¥120.00"},
		{
			"estimate", Summary{Lang: pricing.Chinese, Items: []SummaryItem{many}, Link: "https://example.com/calc/x"},
			"通话 基础版 × 1,200：12 个月 ¥120.00（每月 ¥10.00）\nhttps://example.com/calc/x",
		},
		{
			"not complete", Summary{Lang: pricing.Chinese, Items: []SummaryItem{once}, Incomplete: true, ValidUntil: "2026-12-31"},
			"通话 基础版：1 个月 ¥120.00\n所需内容中有一项没有公开价格，合计未包含它。\n有效期至 2026 年 12 月 31 日",
		},
		{"nothing", Summary{Lang: pricing.English}, ""},
	} {
		if got := SummaryText(&tt.s); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}
