package wording

import "testing"

// TestFill: Chinese and Latin stand apart where a sentence meets what is put
// into it, and nothing else is changed.
func TestFill(t *testing.T) {
	for _, tt := range []struct {
		sentence string
		args     []any
		want     string
	}{
		{"%s要多花 %s。", []any{"通讯 IM", "¥1.00"}, "通讯 IM 要多花 ¥1.00。"},
		{"%s要多花 %s。", []any{"通讯", "¥1.00"}, "通讯要多花 ¥1.00。"},
		{"%s报价单", []any{"TRTC"}, "TRTC 报价单"},
		{"各套餐的%s随“%s”的变化", []any{"12 个月合计", "DAU"}, "各套餐的 12 个月合计随“DAU”的变化"},
		{"%s的价格", []any{"2026 年 7 月 1 日"}, "2026 年 7 月 1 日的价格"},
		{"第 %[2]d 个月起%[1]s", []any{"Pro", 3}, "第 3 个月起 Pro"},
		{"每月 %s%%", []any{"2.5"}, "每月 2.5%"},
		{"%s: %s a month", []any{"4K专业版", "¥1.00"}, "4K专业版: ¥1.00 a month"}, // a name stays as it is
		{"致%s", []any{""}, "致"},
		{"nothing to fill in", nil, "nothing to fill in"},
	} {
		if got := Fill(tt.sentence, tt.args...); got != tt.want {
			t.Errorf("%q with %q: %q, want %q", tt.sentence, tt.args, got, tt.want)
		}
	}
}
