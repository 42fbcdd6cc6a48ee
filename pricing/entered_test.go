package pricing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// said writes entries as lines, in both languages.
func said(entries []Entry) string {
	var lines strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&lines, "%s: %s = %s | %s = %s\n", e.ID, e.Name.EN, e.Value.EN, e.Name.ZH, e.Value.ZH)
	}
	return lines.String()
}

func TestEntered(t *testing.T) {
	for _, tt := range []struct{ product, book, inputs, want string }{
		{"tencent-im", "2020-10-30", `{}`, `
months: Term = 1 month | 购买时长 = 1 个月
`},
		{"tencent-im", "2020-10-30", `{"dau":1,"months":12,"users":150000000,"history_days":90,"advanced_moderation":true}`, `
months: Term = 12 months | 购买时长 = 12 个月
dau: Peak daily active users = 1 user a day | 峰值日活跃用户数（DAU） = 1 人/天
users: Registered users = 150,000,000 users | 注册用户总数 = 150,000,000 人（1.5 亿）
history_days: Message history = 90 days | 历史消息存储时长 = 90 天
advanced_moderation: Advanced moderation = Yes | 安全打击服务高级版 = 是
`},
		{"aliyun-multimodal", "2026-07-01", `{"workloads":[{"rounds":100000,"asr":"standard","intent":true},{}]}`, `
months: Term = 1 month | 购买时长 = 1 个月
workloads[0]: Workloads, row 1 = Rounds 100,000 rounds a month · Speech recognition Standard · Intent recognition Yes | 交互场景 1 = 交互轮次 100,000 轮/月（10 万） · 语音识别 标准版 · 意图识别 是
workloads[1]: Workloads, row 2 =  | 交互场景 2 = 
`},
		{"tencent-trtc", "2025-07-10", `{"features":["mini_program","ai_noise_reduction"]}`, `
months: Term = 1 month | 购买时长 = 1 个月
features: Features needed = AI noise reduction (calls and recordings) · Mini Program calls | 需要的功能 = AI 降噪（通话与录制） · 小程序通话加速
`},
	} {
		got := said(usageOf(t, embeddedBook(t, tt.product, tt.book), tt.inputs).Entered())
		if want := strings.TrimPrefix(tt.want, "\n"); got != want {
			t.Errorf("%s: got\n%swant\n%s", tt.inputs, got, want)
		}
	}
	rows := &Input{Kind: KindRows, Name: Text{EN: "People", ZH: "人"}, Lettered: true}
	if got := rows.RowTitle(1); got != (Text{EN: "Group B", ZH: "B 组"}) {
		t.Errorf("the second lettered row is %v", got)
	}
	offer := &Input{Kind: KindYesNo, Default: 1}
	if got := offer.InWords(0); got != (Text{EN: "No", ZH: "否"}) {
		t.Errorf("what was declined is %v", got)
	}
}

func TestBought(t *testing.T) {
	for _, tt := range []struct{ product, book, inputs, option, want string }{
		{"tencent-im", "2020-10-30", `{"dau":15000}`, "pro", ""},
		{"aliyun-multimodal", "2026-07-01", `{"months":24,"workloads":[{"rounds":100000,"asr":"standard","intent":true}]}`, "savings_plan", `
: year 1 · commitment, 10% off = ¥1,674.00 | 第 1 年 · 承诺消费，9 折 = ¥1,674.00
: year 2 · commitment, 10% off = ¥1,674.00 | 第 2 年 · 承诺消费，9 折 = ¥1,674.00
`},
		{"tencent-trtc", "2025-07-10", `{"months":12,"av_hd_minutes":100000000}`, "premium", `
: 1597 × pack of 3,000,000 converted minutes = ¥26,963,748.00 | 1597 × 3,000,000 折算分钟资源包 = ¥26,963,748.00
: 1 × pack of 4,440,000 converted minutes = ¥24,997.20 | 1 × 4,440,000 折算分钟资源包 = ¥24,997.20
`},
		// What is bought for single months is of no year.
		{"tencent-trtc", "2025-07-10", `{"months":24,"av_audio_minutes":12500,"stt_basic_minutes":10000}`, "starter", `
: year 1 · 1 × pack of 150,000 converted minutes = ¥1,008.00 | 第 1 年 · 1 × 150,000 折算分钟资源包 = ¥1,008.00
: year 2 · 1 × pack of 150,000 converted minutes = ¥1,008.00 | 第 2 年 · 1 × 150,000 折算分钟资源包 = ¥1,008.00
: 1 × pack of 1,000 converted minutes = ¥50.00 | 1 × 1,000 折算分钟资源包 = ¥50.00
: 23 × pack of 10,000 converted minutes = ¥11,500.00 | 23 × 10,000 折算分钟资源包 = ¥11,500.00
`},
	} {
		o := usageOf(t, embeddedBook(t, tt.product, tt.book), tt.inputs).Estimate().Option(tt.option)
		if got, want := said(o.Bought()), strings.TrimPrefix(tt.want, "\n"); got != want {
			t.Errorf("%s: got\n%swant\n%s", tt.inputs, got, want)
		}
	}
	traffic := &Purchase{Quantity: 2, Holds: 500, Unit: Text{EN: "GB", ZH: "GB"}}
	if got := traffic.InWords(); got != (Text{EN: "2 × pack of 500 GB", ZH: "2 × 500 GB 资源包"}) {
		t.Errorf("a pack of gigabytes is %v", got)
	}
	for amount, want := range map[string]string{"0": "¥0.00", "12": "¥12.00", "7.50": "¥7.50", "1234.5678": "¥1,234.5678"} {
		if got := inFull(decimal.RequireFromString(amount)); got != want {
			t.Errorf("%s is written %s, want %s", amount, got, want)
		}
	}
}

func TestCounted(t *testing.T) {
	unit := Unit{One: "user a day", EN: "users a day", ZH: "人/天"}
	for _, tt := range []struct {
		n      int64
		en, zh string
	}{
		{0, "0 users a day", "0 人/天"},
		{1, "1 user a day", "1 人/天"},
		{2, "2 users a day", "2 人/天"},
		{9_999, "9,999 users a day", "9,999 人/天"},
		{10_000, "10,000 users a day", "10,000 人/天（1 万）"},
		{15_000, "15,000 users a day", "15,000 人/天（1.5 万）"},
		{12_345, "12,345 users a day", "12,345 人/天"}, // 1.2345 万 reads no better
		{10_100, "10,100 users a day", "10,100 人/天（1.01 万）"},
		{12_000_000, "12,000,000 users a day", "12,000,000 人/天（1,200 万）"}, // not .12 亿
		{100_000_000, "100,000,000 users a day", "100,000,000 人/天（1 亿）"},
		{123_450_000, "123,450,000 users a day", "123,450,000 人/天（12,345 万）"},
		{1_000_000_000_000, "1,000,000,000,000 users a day", "1,000,000,000,000 人/天（10,000 亿）"},
	} {
		if got := unit.Counted(tt.n); got != (Text{EN: tt.en, ZH: tt.zh}) {
			t.Errorf("%d: %q", tt.n, got)
		}
	}
}
