package numbers

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// measure is what may stand beside the numbers of a field.
type measure struct {
	// of is the known unit that the field counts, or nil.
	of *unit
	// names are those of what the field counts, and of what can be converted into
	// it.
	names []scaledName
	// per are names of what it is counted by, as the month in "minutes a month".
	per []string
	// letters says that k, m and b multiply.
	letters bool
}

// scaledName is a name of a unit, and how it is converted into the field's.
type scaledName struct {
	name string
	scale
}

// scale converts a number with a unit into the unit of the field.
type scale struct{ times, over int64 }

// same is the scale of the field's own unit.
var same = scale{1, 1}

// apply converts a number. It reports false where the result has no end.
func (s scale) apply(v decimal.Decimal) (decimal.Decimal, bool) {
	v = v.Mul(decimal.NewFromInt(s.times))
	if s.over == 1 {
		return v, true
	}
	// A quotient that ends does so within as many digits more as the divisor has
	// factors of two or of five, whichever are more.
	const more = 16
	q, rest := v.QuoRem(decimal.NewFromInt(s.over), max(0, -v.Exponent())+more)
	return q, rest.IsZero()
}

// measureOf returns what may stand beside numbers that count a unit.
func measureOf(u pricing.Unit) *measure {
	m := &measure{letters: true}
	var own []string
	for _, name := range []string{u.EN, u.One, u.ZH} {
		if name != "" {
			m.names = append(m.names, scaledName{joined(strings.ToLower(name)), same})
		}
		what, per := parted(name)
		if per != "" {
			m.per = append(m.per, per)
		}
		for n := range strings.FieldsFuncSeq(what, func(r rune) bool { return r == '、' || r == '或' }) {
			own = append(own, n)
			if m.of == nil {
				m.of = known(n)
			}
		}
	}
	for _, per := range m.per {
		if unit := known(per); unit != nil {
			m.per = append(m.per, strings.Fields(unit.names)...)
			break
		}
	}
	for _, n := range own {
		m.names = append(m.names, scaledName{n, same})
		// "个座位" is counted as 座位 and as 个 too.
		if counted, ok := strings.CutPrefix(n, "个"); ok && m.kind() == "" {
			m.names = append(m.names, scaledName{"个", same}, scaledName{counted, same})
		}
	}
	if m.of != nil {
		m.letters = m.of.kind != bits && m.of.kind != stored
		m.convert()
	}
	return m
}

// convert adds the names of the unit of the world that the field counts, and of
// those that are converted into it.
func (m *measure) convert() {
	for i := range units {
		u := &units[i]
		s := scale{u.size, m.of.size}
		switch {
		case u == m.of:
			s = same
		case u.kind != m.of.kind || !slices.Contains([]string{clock, calendar, bits}, u.kind):
			continue
		}
		for n := range strings.FieldsSeq(u.names) {
			m.names = append(m.names, scaledName{n, s})
		}
		if u.short != "" {
			m.names = append(m.names, scaledName{u.short, s})
		}
	}
	if m.of.named("用户") {
		for name, per := range active {
			if m.counts(per) {
				m.names = append(m.names, scaledName{name, same})
			}
		}
	}
}

// parted parts the name of a unit, "minutes a month" or "分钟/月", into what is
// counted and what it is counted by, without blanks.
func parted(name string) (what, per string) {
	name = strings.ToLower(strings.TrimSuffix(name, " at a time"))
	for _, by := range []string{" a ", " an ", " per ", "/"} {
		if before, after, ok := strings.Cut(name, by); ok && known(joined(name)) == nil {
			return joined(before), joined(after)
		}
	}
	return joined(name), ""
}

func joined(s string) string { return strings.ReplaceAll(s, " ", "") }

// known returns the unit of the world with a name, or nil.
func known(name string) *unit {
	for i := range units {
		if units[i].named(name) && name != "个" {
			return &units[i]
		}
	}
	return nil
}

func (u *unit) named(name string) bool {
	for n := range strings.FieldsSeq(u.names) {
		if n == name {
			return true
		}
	}
	return false
}

// kind is that of the unit that the field counts.
func (m *measure) kind() string {
	if m.of == nil {
		return ""
	}
	return m.of.kind
}

// maxUnit bounds, in bytes, the text that is compared with names of units.
const maxUnit = 48

// unit returns the scale of what stands behind a number, if it is a unit that the
// field understands, with or without what that is counted by.
func (m *measure) unit(text string) (scale, bool) {
	if len(text) > maxUnit || text == "" {
		return scale{}, false
	}
	for _, n := range m.names {
		if rest, ok := strings.CutPrefix(text, n.name); ok && (rest == "" || m.by(rest)) {
			return n.scale, true
		}
	}
	return same, m.by(text) // 15000/天
}

// by reports whether what follows a unit is what the field counts it by.
func (m *measure) by(text string) bool {
	if per, ok := adverbs[text]; ok {
		return m.counts(per)
	}
	for _, by := range []string{"/", "per", "every", "each", "an", "a", "每个", "每", "一个", "一"} {
		if name, ok := strings.CutPrefix(text, by); ok && m.counts(name) {
			return true
		}
	}
	return false
}

// counts reports whether the field counts its unit by something.
func (m *measure) counts(per string) bool { return slices.Contains(m.per, per) }

// before returns how long what stands in front of a number is, if the field
// understands it: a sign of money, "百分之", or what the number is counted by
// ("每天").
func (m *measure) before(text string) int {
	for _, sign := range signs[m.kind()] {
		if strings.HasPrefix(text, sign) {
			return len(sign)
		}
	}
	if m.kind() == share && strings.HasPrefix(text, "百分之") {
		return len("百分之")
	}
	for _, name := range m.per {
		for _, by := range []string{"每个", "每"} {
			if strings.HasPrefix(text, by+name) {
				return len(by + name)
			}
		}
	}
	return 0
}
