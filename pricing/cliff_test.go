package pricing

import (
	"strings"
	"testing"
)

// Every place where the next unit costs more than a unit, or where more costs
// less, is said, and no other. Packs of audio and video minutes cost ¥6.72 a
// thousand from 25 thousand on, and ¥6.352 from 250 on: ¥1,588. Commitments of
// ¥100 have the rate 0.9, those of ¥2001 0.85; smaller ones than ¥100, at 0.95,
// are sold for up to three months.
func TestCliffs(t *testing.T) {
	const (
		trtc = "tencent-trtc/2025-07-10"
		im   = "tencent-im/2020-10-30"
		old  = "easemob-im/2022-09-13"
		ali  = "aliyun-multimodal/2026-07-01"
	)
	for _, tt := range []struct {
		name, book, inputs, option, want string
	}{
		{"just below the next pack", trtc, `{"av_audio_minutes": 240000}`, "starter",
			"Packs of 250,000 converted minutes cost ¥1,588, less than packs of just 240,000, which would cost ¥1,612.80."},
		{"the last block begun", trtc, `{"av_audio_minutes": 239001}`, "starter",
			"Packs of 250,000 converted minutes cost ¥1,588, less than packs of just 240,000, which would cost ¥1,612.80."},
		{"for two months", trtc, `{"av_audio_minutes": 120000, "months": 2}`, "starter",
			"Packs of 250,000 converted minutes cost ¥1,588, less than packs of just 240,000, which would cost ¥1,612.80."},
		{"after what the plan includes", trtc, `{"av_audio_minutes": 350000}`, "basic",
			"Packs of 250,000 converted minutes cost ¥1,588, less than packs of just 240,000, which would cost ¥1,612.80."},
		{"after what is granted", trtc, `{"av_audio_minutes": 250000, "trial_minutes": true}`, "starter",
			"Packs of 250,000 converted minutes cost ¥1,588, less than packs of just 240,000, which would cost ¥1,612.80."},
		{"converted", trtc, `{"av_hd_minutes": 60000}`, "starter",
			"Packs of 250,000 converted minutes cost ¥1,588, less than packs of just 240,000, which would cost ¥1,612.80."},
		{"the next pack for as much", trtc, `{"av_audio_minutes": 24000}`, "starter", ""},
		{"a begun block of the next pack", trtc, `{"av_audio_minutes": 24500}`, "starter", ""},
		{"a pack used up", trtc, `{"av_audio_minutes": 250000}`, "starter", ""},
		{"a pack and a rest", trtc, `{"av_audio_minutes": 250100}`, "starter", ""},
		{"a pack of the size that is needed", trtc, `{"av_audio_minutes": 230000}`, "starter", ""},
		{"no packs at all", trtc, `{"av_audio_minutes": 100}`, "starter", ""},
		{"packs without which there is no use", trtc, `{"stt_basic_minutes": 9500}`, "starter", ""},
		{"a pack that is sold once", trtc, `{"stt_basic_minutes": 900}`, "starter", ""},
		{"an offer taken", trtc, `{"av_audio_minutes": 19500, "starter_offer": true}`, "starter", ""},

		{"a block used up", im, `{"dau": 20000}`, "pro",
			"Daily active users over the allowance: the next one opens another block of 10,000 users, for ¥1,000 more a month."},
		{"the allowance used up", im, `{"dau": 10000}`, "pro",
			"Daily active users over the allowance: the next one opens another block of 10,000 users, for ¥1,000 more a month."},
		{"a block begun", im, `{"dau": 10001}`, "pro", ""},
		{"one less than a block", im, `{"dau": 19999}`, "pro", ""},
		{"below the allowance", im, `{"dau": 9999}`, "pro", ""},
		{"nothing stated", im, `{}`, "pro", ""},
		{"full blocks", old, `{"dau": 20000}`, "pro", ""},

		// 88 × ¥2.20 × 12 = ¥2,323.20
		{"the next rate", ali, `{"workloads": [{"rounds": 88000, "dialogue": "casual"}], "months": 12}`, "savings_plan",
			"Committing ¥2,001 reaches the rate of 0.85, at which ¥1,974.72 would cover the usage; it still costs less than any smaller commitment."},
		// 16 × ¥2.20 × 3 = ¥105.60, of which ¥99 would leave ¥1.39 to be paid
		{"the next rate from the smallest", ali, `{"workloads": [{"rounds": 16000, "dialogue": "casual"}], "months": 3}`, "savings_plan",
			"Committing ¥100 reaches the rate of 0.9, at which ¥95.04 would cover the usage; it still costs less than any smaller commitment."},
		{"the smallest for a year", ali, `{"workloads": [{"rounds": 4000, "dialogue": "casual"}], "months": 12}`, "savings_plan", ""},
		{"the smallest for three months", ali, `{"workloads": [{"rounds": 400, "dialogue": "casual"}], "months": 3}`, "savings_plan", ""},
		{"the smallest for four months", ali, `{"workloads": [{"rounds": 400, "dialogue": "casual"}], "months": 4}`, "savings_plan", ""},
		{"as much as is used", ali, `{"workloads": [{"rounds": 50000, "dialogue": "casual"}], "months": 12}`, "savings_plan", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			product, id, _ := strings.Cut(tt.book, "/")
			o := usageOf(t, embeddedBook(t, product, id), tt.inputs).Estimate().Option(tt.option)
			var got []string
			for _, c := range o.Cliffs {
				got = append(got, c.EN)
				if c.ZH == "" {
					t.Errorf("%s: nothing in Chinese", c.EN)
				}
			}
			if s := strings.Join(got, "\n"); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}
