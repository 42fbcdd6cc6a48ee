package pricing

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// partsText writes the parts of a line of an option.
func partsText(t *testing.T, u *Usage, option, line string) string {
	t.Helper()
	o := u.Estimate().Option(option)
	if o == nil {
		t.Fatalf("there is no option %s", option)
	}
	at := slices.IndexFunc(o.Lines, func(l Line) bool { return l.ID() == line })
	if at < 0 {
		t.Fatalf("%s has no line %s", option, line)
	}
	var parts []string
	for _, p := range o.Lines[at].Parts() {
		parts = append(parts, partText(&p)+" = "+p.Amount().String())
	}
	return o.Lines[at].Formula + "\n" + strings.Join(parts, "\n")
}

// Each form of price says what its line is the sum of.
func TestPartsOfEachForm(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, product, book, inputs, option, line, want string }{
		{
			"a monthly fee", "tencent-im", "2020-10-30", `{"months": 12}`, "pro", "plan",
			"12 × ¥999\n12 month at 999 = 11988",
		}, {
			"an add-on", "tencent-im", "2020-10-30", `{"history_days": 90, "months": 3}`, "pro", "history",
			"3 × ¥1,000\n3 month at 1000 = 3000",
		}, {
			"a package price, started", "tencent-im", "2020-10-30", `{"dau": 20001, "months": 2}`, "pro", "dau_overage",
			"⌈(20,001 − 10,000) ÷ 10,000⌉ × ¥1,000 × 2\n20001 users a day of Peak daily active users, 10000 included at 1000 per started 10000, times 2 = 4000",
		}, {
			"a package price, full", "easemob-im", "2022-09-13", `{"dau": 72370}`, "pro", "dau_overage",
			"⌊(72,370 − 10,000) ÷ 10,000⌋ × ¥850\n72370 users a day of Peak daily active users, 10000 included at 850 per full 10000 = 5100",
		}, {
			"a unit price", "tencent-trtc", "2025-07-10", `{"ai_conversation_minutes": 300, "months": 2}`, "starter", "ai_conversation",
			"300 × ¥0.01 × 2\n300 minutes a month of AI conversation at 0.01, times 2 = 6",
		}, {
			"a unit price of a product", "tencent-im", "2020-10-30", `{"live_domestic_mbps": 10, "live_days": 31}`, "pro", "live_domestic",
			"10 × 31 × ¥2\n310 Mbps × day at 2 = 620",
		}, {
			"a unit price with an allowance", "easemob-im", "2026-03-23", `{"translation_characters": 2500000}`, "pro", "translation_overage",
			"(2,500,000 × 1 − 2,000,000) ÷ 1,000 × ¥0.27\n2500000 billable character, 2000000 included at 0.27 per 1000 = 135",
		}, {
			"a subscription", "tencent-trtc", "2025-07-10", `{"av_hd_minutes": 1500000, "dashboard": "basic", "months": 2}`, "starter", "dashboard_overage",
			"(1,500,000 − 1,000,000) ÷ 1,000 × ¥0.99 × 2\n1500000 minutes a month, 1000000 included at 0.99 per 1000, times 2 = 990",
		}, {
			"a yearly price", "aliyun-multimodal", "2026-07-01", `{"devices": 100, "device_tier": "basic", "months": 13}`, "payg", "device_subscription",
			"100 × ¥5 × ⌈13 ÷ 12⌉\n100 device and year of Basic Edition at 5, times 2 = 1000",
		}, {
			"rates, one of them", "tencent-trtc", "2025-07-10", `{"deliver_cos_hd_minutes": 50000}`, "starter", "delivery",
			"50,000 × ¥0.61 ÷ 1,000\n50000 minutes a month of Delivery to Tencent COS, HD at 0.61 per 1000 = 30.5",
		}, {
			"rates, two of them", "tencent-trtc", "2025-07-10", `{"deliver_cos_hd_minutes": 50000, "deliver_third_party_sd_minutes": 7, "months": 12}`, "starter", "delivery",
			"(50,000 × ¥0.61 + 7 × ¥1.90) ÷ 1,000 × 12\n50000 minutes a month of Delivery to Tencent COS, HD at 0.61 per 1000, times 12 = 366\n" +
				"7 minutes a month of Delivery to a third party, SD at 1.9 per 1000, times 12 = 0.1596",
		}, {
			"rates with a waiver that ends", "tencent-trtc", "2025-07-10", `{"relay_tencent_mbps": 7917327, "relay_third_party_mbps": 1}`, "starter", "relay",
			"7,917,327 × ¥90 + 1 × ¥90\n7917327 Mbps of Relay to Tencent live streaming, free below 100 at 90 = 712559430\n1 Mbps of Relay to third parties at 90 = 90",
		}, {
			"rates with a waiver", "tencent-trtc", "2025-07-10", `{"relay_tencent_mbps": 99, "relay_third_party_mbps": 1}`, "starter", "relay",
			"1 × ¥90\n1 Mbps of Relay to third parties at 90 = 90",
		}, {
			"a row", "inf-llm", "2024-12-01", `{"models": [{"model": "inf-chat-v1", "input_tokens": 10000000}], "months": 12}`, "payg", "input_tokens",
			"10,000,000 ÷ 1,000,000 × ¥10 × 12\n10000000 token of inf-chat-v1 (general, finance, medical) at 10 per 1000000, times 12 = 1200",
		}, {
			"rows with a product and a factor", "aliyun-multimodal", "2026-07-01",
			`{"workloads": [{"rounds": 1000, "dialogue": "casual", "model": "deepseek"}, {"rounds": 10, "dialogue": "vision"}, {"rounds": 5}], "months": 3}`, "payg", "dialogue",
			"(1,000 ÷ 1,000 × ¥2.20 × 4 + 10 ÷ 1,000 × ¥12) × 3\n1000 call a month of Casual chat (plugins, instructions, maps and travel) · DeepSeek, except V4 Pro (×4) at 2.2 per 1000, times 12 = 26.4\n10 call a month of Video conversation, photo translation, photo Q&A Premium Edition at 12 per 1000, times 3 = 0.36",
		}, {
			"rows by a yes", "aliyun-multimodal", "2026-07-01", `{"workloads": [{"rounds": 1000, "intent": true}]}`, "payg", "intent",
			"1,000 ÷ 1,000 × ¥0.80\n1000 call a month at 0.8 per 1000 = 0.8",
		}, {
			"rows below their minimum", "easemob-im", "2026-03-20", `{"moderation": [{"model": "text", "quantity": 7}], "months": 2}`, "pro", "moderation_plan",
			"2 × ¥500\n2 month at 500 = 1000",
		}, {
			"a pool at its price", "tencent-trtc", "2025-07-10", `{"av_hd_minutes": 30}`, "starter", "av_overage",
			"30 × 4 ÷ 1,000 × ¥7\n120 converted minutes at 7 per 1000 = 0.84",
		}, {
			"a pool at list prices", "tencent-trtc", "2025-07-10", `{"record_single_audio_minutes": 100, "record_page_hd_minutes": 1, "months": 2}`, "starter", "recording_overage",
			"(100 × ¥3.50 + 1 × ¥90) ÷ 1,000 × 2\n100 minutes a month of Recording, single stream, audio at 3.5 per 1000, times 2 = 0.7\n" +
				"1 minutes a month of Page recording, HD at 90 per 1000, times 2 = 0.18",
		}, {
			"a pool at list prices, partly covered", "tencent-trtc", "2025-07-10", `{"record_single_audio_minutes": 25100}`, "starter", "recording_overage",
			"25,100 × ¥3.50 ÷ 1,000 × (1 − 25,000 ÷ 25,100)\n",
		}, {
			"packs", "tencent-trtc", "2025-07-10", `{"record_single_audio_minutes": 25100}`, "starter", "recording_packs",
			"25 × ¥3.44\n",
		}, {
			"a commitment", "aliyun-multimodal", "2026-07-01", `{"workloads": [{"rounds": 1000000, "dialogue": "vision"}]}`, "savings_plan", "commitment",
			"¥12,000 × 0.8\n",
		}, {
			"a credit", "aliyun-multimodal", "2026-07-01", `{"workloads": [{"rounds": 100000, "dialogue": "vision"}], "new_user": true}`, "payg", "trial_credit",
			"−min(¥10, 1 × ¥1,200)\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u := usageOf(t, embeddedBook(t, tt.product, tt.book), tt.inputs)
			if got := partsText(t, u, tt.option, tt.line); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// checkParts checks that the parts of a line add up to its amount, that what is
// charged of them is its quantity, and that they are left out only where the
// amount is rounded or chosen.
func checkParts(l *Line) error {
	parts := l.Parts()
	if len(parts) == 0 {
		chosen := strings.HasSuffix(l.ID(), "_packs") || slices.Contains([]string{"commitment", "trial_credit"}, l.ID())
		rounded := slices.Contains([]string{"recording_overage", "usage_overage"}, l.ID())
		if !chosen && !rounded {
			return fmt.Errorf("%s: %s has no parts", l.ID(), l.Formula)
		}
		return nil
	}
	var amount, charged decimal.Decimal
	for _, p := range parts {
		amount, charged = amount.Add(p.Amount()), charged.Add(p.Charged())
		if !p.Amount().IsPositive() && !p.Price.IsZero() {
			return fmt.Errorf("%s: the part %s comes to %v", l.ID(), partText(&p), p.Amount())
		}
		if len(parts) > 1 && p.Name.EN == "" && p.Unit.EN == "" {
			return fmt.Errorf("%s: nobody knows what the part %s is", l.ID(), partText(&p))
		}
	}
	if !amount.Equal(l.Amount) {
		return fmt.Errorf("%s: the parts add up to %v, not to %v", l.ID(), amount, l.Amount)
	}
	// The rest of a pool is converted, its list prices are not.
	if l.ID() != "recording_overage" && !charged.Equal(l.Quantity) {
		return fmt.Errorf("%s: %v are charged, not %v", l.ID(), charged, l.Quantity)
	}
	return nil
}

// checkFormula checks that working out the formula of a line gives its amount,
// exactly unless it is rounded window by window.
func checkFormula(l *Line, u *Usage) error {
	value, err := workOut(l.Formula)
	if err != nil {
		return fmt.Errorf("%s: %s: %w", l.ID(), l.Formula, err)
	}
	off := value.Sub(value, l.Amount.Rat())
	slack := new(big.Rat)
	if len(l.Parts()) == 0 {
		slack.SetFrac64((u.Months()+monthsOfYear-1)/monthsOfYear, 200) // half a fen a window
	}
	if off.Abs(off).Cmp(slack) > 0 {
		return fmt.Errorf("%s: %s is %s away from %v", l.ID(), l.Formula, off.FloatString(10), l.Amount)
	}
	return nil
}

// Whatever is asked of whatever product: the parts of a line are its amount,
// and so is its formula.
func TestPartsAndFormulaAreTheAmount(t *testing.T) {
	checkOnRealBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		for _, o := range u.Estimate().Options {
			for i := range o.Lines {
				for _, err := range []error{checkParts(&o.Lines[i]), checkFormula(&o.Lines[i], u)} {
					if err != nil {
						t.Fatalf("%s: %v", o.Option.ID, err)
					}
				}
			}
		}
	})
}

// Books that nobody has published say the same.
func TestPartsOfRandomBooks(t *testing.T) {
	t.Parallel()
	checkOnRandomBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		for _, o := range u.Estimate().Options {
			for i := range o.Lines {
				for _, err := range []error{checkParts(&o.Lines[i]), checkFormula(&o.Lines[i], u)} {
					if err != nil {
						t.Fatalf("%s: %v", o.Option.ID, err)
					}
				}
			}
		}
	})
}

// workOut works a formula out as a reader with a calculator does.
func workOut(formula string) (*big.Rat, error) {
	w := &worker{rest: formula}
	value := w.sum()
	if w.rest != "" {
		return nil, fmt.Errorf("there is no reading %q", w.rest)
	}
	return value, nil
}

type worker struct{ rest string }

func (w *worker) take(sign string) (ok bool) {
	w.rest, ok = strings.CutPrefix(w.rest, sign)
	return ok
}

func (w *worker) sum() *big.Rat {
	value := w.product()
	for {
		switch {
		case w.take(plus):
			value.Add(value, w.product())
		case w.take(minus):
			value.Sub(value, w.product())
		default:
			return value
		}
	}
}

func (w *worker) product() *big.Rat {
	value := w.factor()
	for {
		switch {
		case w.take(times):
			value.Mul(value, w.factor())
		case w.take(divided):
			value.Quo(value, w.factor())
		default:
			return value
		}
	}
}

func (w *worker) factor() *big.Rat {
	whole := func(end string, up bool) *big.Rat {
		value := w.sum()
		w.take(end)
		n, rest := new(big.Int).DivMod(value.Num(), value.Denom(), new(big.Int))
		if up && rest.Sign() > 0 {
			n.Add(n, big.NewInt(1))
		}
		return new(big.Rat).SetInt(n)
	}
	switch {
	case w.take("−min("):
		a := w.sum()
		w.take(", ")
		b := w.sum()
		w.take(")")
		if b.Cmp(a) < 0 {
			a = b
		}
		return a.Neg(a)
	case w.take("("):
		value := w.sum()
		w.take(")")
		return value
	case w.take("⌈"):
		return whole("⌉", true)
	case w.take("⌊"):
		return whole("⌋", false)
	}
	w.take("¥")
	n := 0
	for n < len(w.rest) && (strings.Contains("0123456789.", w.rest[n:n+1]) || (w.rest[n] == ',' && n+1 < len(w.rest) && w.rest[n+1] != ' ')) {
		n++
	}
	value, ok := new(big.Rat).SetString(strings.ReplaceAll(w.rest[:n], ",", ""))
	if !ok {
		return new(big.Rat)
	}
	w.rest = w.rest[n:]
	return value
}
