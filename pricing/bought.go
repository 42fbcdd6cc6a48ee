package pricing

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Bought says what is bought inside the option, "2 × pack of 3,000,000 minutes",
// in which year where the term has several, and for how much.
func (o *OptionEstimate) Bought() []Entry {
	last := 0
	for i := range o.Purchases {
		last = max(last, o.Purchases[i].Window)
	}
	entries := make([]Entry, len(o.Purchases))
	for i := range o.Purchases {
		p := &o.Purchases[i]
		what := p.InWords()
		if p.Window > 0 && last > 1 {
			year := strconv.Itoa(p.Window)
			what = Text{EN: "year " + year + besides + what.EN, ZH: "第 " + year + " 年" + besides + what.ZH}
		}
		amount := inFull(p.Amount)
		entries[i] = Entry{Name: what, Value: Text{EN: amount, ZH: amount}}
	}
	return entries
}

// InWords says what a purchase is of, without the year it is for.
func (p *Purchase) InWords() Text {
	if !p.Rate.IsZero() {
		// The rate is what is left to pay of the list price: 0.75 is 25% off, or
		// 7.5 折 as Chinese counts it.
		off := decimal.NewFromInt(1).Sub(p.Rate).Shift(2)
		return Text{EN: "commitment, " + off.String() + "% off", ZH: "承诺消费，" + p.Rate.Shift(1).String() + " 折"}
	}
	packs := strconv.FormatInt(p.Quantity, 10) + times
	holds := Grouped(strconv.FormatInt(p.Holds, 10)) + " "
	return Text{EN: packs + "pack of " + holds + p.Unit.EN, ZH: packs + holds + apart(p.Unit.ZH) + "资源包"}
}

// apart returns a text as it stands before Chinese, which keeps a distance from
// Latin letters and digits.
func apart(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.Is(unicode.Latin, last) || unicode.IsDigit(last) {
		return text + " "
	}
	return text
}

// inFull writes an exact amount with all its decimals, two at least.
func inFull(amount decimal.Decimal) string {
	text := amount.String()
	if _, decimals, _ := strings.Cut(text, "."); len(decimals) < 2 {
		text = amount.StringFixed(2)
	}
	return "¥" + Grouped(text)
}
