package numbers

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"suanpan/pricing"
)

// people is a field whose numbers have every spelling.
var people = Of(&pricing.Input{ID: "users", Kind: pricing.KindCount, Maximum: pricing.MaxCount, Unit: pricing.Unit{One: "user a day", EN: "users a day", ZH: "人/天"}})

// chinese writes a number in Chinese, from the largest place, in one of the ways
// in which people do.
func chinese(n int64, digits [10]string, formal bool) string {
	if n == 0 {
		return digits[0]
	}
	if n >= 1e8 {
		return chinese(n/1e8, digits, formal) + "亿" + rest(n%1e8, 1e7, digits, formal)
	}
	if n >= 1e4 {
		return chinese(n/1e4, digits, formal) + "万" + rest(n%1e4, 1e3, digits, formal)
	}
	for _, p := range []struct {
		size int64
		word string
	}{{1000, "千"}, {100, "百"}, {10, "十"}} {
		if n < p.size {
			continue
		}
		head := digits[n/p.size]
		if p.size == 10 && n < 20 && !formal {
			head = ""
		}
		return head + p.word + rest(n%p.size, p.size/10, digits, formal)
	}
	return digits[n]
}

// rest writes what stands behind a place.
func rest(n, next int64, digits [10]string, formal bool) string {
	switch {
	case n == 0:
		return ""
	case n < next:
		return digits[0] + chinese(n, digits, true)
	default:
		return chinese(n, digits, true)
	}
}

// TestChineseNumerals: every number up to twenty thousand, written out in full,
// and some larger ones.
func TestChineseNumerals(t *testing.T) {
	plain := [10]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	cheque := [10]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	check := func(n int64, text string) {
		if v, fault := people.Read(text); fault != nil || v.IntPart() != n {
			t.Fatalf("%s is read as %s, %v, want %d", text, v, fault, n)
		}
	}
	step := int64(1)
	if testing.Short() {
		step = 97
	}
	for n := int64(0); n <= 20_000; n += step {
		check(n, chinese(n, plain, false))
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 99_999_999_999).Draw(t, "n")
		check(n, chinese(n, plain, rapid.Bool().Draw(t, "formal")))
		check(n, chinese(n, cheque, true))
	})
}

// TestWrittenOut writes sums and products whose value is known in many ways, and
// reads them.
func TestWrittenOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var total decimal.Decimal
		var terms []string
		for range rapid.IntRange(1, 3).Draw(t, "terms") {
			product := decimal.NewFromInt(1)
			var factors []string
			for range rapid.IntRange(1, 3).Draw(t, "factors") {
				n, text := drawNumber(t)
				product = product.Mul(n)
				factors = append(factors, text)
			}
			total = total.Add(product)
			times := rapid.SampledFrom([]string{"*", "×", " x ", "＊", " × "}).Draw(t, "times")
			if slices.Contains(factors, "0") {
				times = "*" // "0x10" is another number elsewhere
			}
			terms = append(terms, strings.Join(factors, times))
		}
		text := strings.Join(terms, rapid.SampledFrom([]string{"+", " + ", "＋"}).Draw(t, "plus"))
		text += rapid.SampledFrom([]string{"", "人", " users", " users a day", "人/天", " 人 / 天", "个用户"}).Draw(t, "unit")
		if rapid.Bool().Draw(t, "wide") {
			text = wide(text)
		}
		if len(text) > MaxTyped {
			return
		}
		v, fault := people.Read(text)
		switch {
		case !total.IsInteger():
			if fault == nil || fault.Code != pricing.CodeNotWhole {
				t.Fatalf("%q is %s, and read as %s, %v", text, total, v, fault)
			}
		case total.GreaterThan(decimal.NewFromInt(pricing.MaxCount)):
			if fault == nil || fault.Code != pricing.CodeOutOfRange {
				t.Fatalf("%q is %s, and read as %s, %v", text, total, v, fault)
			}
		case fault != nil || !v.Equal(total):
			t.Fatalf("%q is %s, and read as %s, %v", text, total, v, fault)
		}
	})
}

// drawNumber draws a number and one of the ways in which people write it.
func drawNumber(t *rapid.T) (decimal.Decimal, string) {
	n := rapid.Int64Range(0, 9_999_999).Draw(t, "number")
	plain := strconv.FormatInt(n, 10)
	value := decimal.NewFromInt(n)
	switch rapid.IntRange(0, 6).Draw(t, "way") {
	case 0:
		return value, pricing.Grouped(plain)
	case 1:
		return value, strings.ReplaceAll(pricing.Grouped(plain), ",", rapid.SampledFrom([]string{" ", "\u00a0", "\u2009", "_", "'", "，"}).Draw(t, "separator"))
	case 2:
		if n%1000 != 0 { // which may be groups of three
			return value, decimal.New(n, -4).String() + rapid.SampledFrom([]string{"万", " 万", "w", "W", "萬"}).Draw(t, "word")
		}
		return value, plain
	case 3:
		return value.Shift(3), plain + rapid.SampledFrom([]string{"k", "K", "千", " thousand"}).Draw(t, "word")
	case 4:
		n = n%99 + 1
		d := n % 10
		return decimal.NewFromInt(n/10*1e4 + d*1e3), strconv.FormatInt(n/10, 10) + rapid.SampledFrom([]string{"万", "w", "万 "}).Draw(t, "word") + strconv.FormatInt(d, 10)
	case 5:
		n = n%9 + 1
		d := rapid.Int64Range(0, 9999).Draw(t, "below")
		below := strconv.FormatInt(10000+d, 10)[1:]
		return decimal.NewFromInt(n*1e4 + d), strconv.FormatInt(n, 10) + "万" + below
	default:
		return value, plain
	}
}

// TestBounded: a hostile text costs little, whatever it is.
func TestBounded(t *testing.T) {
	long := strings.Repeat("9", MaxTyped)
	for _, text := range []string{
		strings.Repeat("9", 1_000_000), strings.Repeat("万", 1_000_000), strings.Repeat("1,", 1_000_000), strings.Repeat("\u200b", 1_000_000) + "5",
		long, strings.Repeat("9*", MaxTyped/2-1) + "9", strings.Repeat("9亿*", MaxTyped/5) + "9", strings.Repeat("亿", MaxTyped/3), strings.Repeat("1年", MaxTyped/4),
		strings.Repeat("m", MaxTyped), strings.Repeat("1.", MaxTyped/2), strings.Repeat("+", MaxTyped), strings.Repeat("1e9", MaxTyped/3),
	} {
		for _, s := range []*Field{people, {Maximum: 10, Unit: pricing.Unit{EN: "minutes", ZH: "分钟"}, Limits: people.Limits}} {
			if n := testing.AllocsPerRun(1, func() { _, _ = s.Read(text) }); n > 20_000 {
				t.Errorf("%.20q costs %v allocations", text, n)
			}
		}
	}
}

// BenchmarkRead reads a number that is understood, and one that is not, in a field
// with many units.
func BenchmarkRead(b *testing.B) {
	minutes := Of(&pricing.Input{ID: "m", Kind: pricing.KindCount, Maximum: pricing.MaxCount, Unit: pricing.Unit{One: "minute a month", EN: "minutes a month", ZH: "分钟/月"}})
	for name, text := range map[string]string{"plain": "15000", "unit": "1.5万分钟/月", "fault": strings.Repeat("1年", 30)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = minutes.Read(text)
			}
		})
	}
}
