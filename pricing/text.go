package pricing

// Lang is a language of the interface.
type Lang string

// The languages that every text of a price book is written in.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// ParseLang returns the language named by its code, en or zh, and whether
// there is such a language.
func ParseLang(code string) (Lang, bool) {
	l := Lang(code)
	return l, l == English || l == Chinese
}

// Text is a name or sentence in both languages. It needs no escaping before
// use as plain text, and must be escaped like any other in markup.
type Text struct {
	EN string `yaml:"en"`
	ZH string `yaml:"zh"`
}

// In returns the text in language l; any language but Chinese is English.
func (t Text) In(l Lang) string {
	if l == Chinese {
		return t.ZH
	}
	return t.EN
}

// Unit names what an input counts, behind a number: "1 user a day",
// "5 users a day", "5 人/天".
type Unit struct {
	// One is the English singular; empty if it is the same as EN.
	One string `yaml:"one"`
	EN  string `yaml:"en"`
	ZH  string `yaml:"zh"`
}

// In returns the unit without a number, or behind one that is not 1.
func (u Unit) In(l Lang) string { return Text{EN: u.EN, ZH: u.ZH}.In(l) }

// For returns the unit as it stands behind the count n in language l.
func (u Unit) For(n int64, l Lang) string {
	if l != Chinese && n == 1 && u.One != "" {
		return u.One
	}
	return u.In(l)
}
