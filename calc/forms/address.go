package forms

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"suanpan/calc/forms/numbers"
	"suanpan/pricing"
)

// Address is the query string of a page as it arrived: by way of chat programs,
// mails and people, which add to links, cut them and escape them anew.
type Address struct {
	pairs []Param
	// check is the check that the address begins with; checks says that there is
	// one, which may be empty.
	check  string
	checks bool
	// repaired says that something could only have meant one thing, and was read
	// as that.
	repaired bool
}

// Notice is what has to be said of an address that was not understood as it came.
type Notice struct {
	// Unread are the parts that mean nothing here.
	Unread []Param
	// Stuck are texts that stood behind a value and were left out, by the name of
	// the value.
	Stuck []Param
	// Broken says that the check does not fit what was read: something is missing,
	// or was changed.
	Broken bool
	// Whole says that there is a check, and that it fits.
	Whole bool
	// Repaired says that something could only have meant one thing, and was read
	// as that.
	Repaired bool
}

// Silent reports whether there is nothing to say.
func (n *Notice) Silent() bool {
	return n == nil || !n.Broken && !n.Repaired && len(n.Unread) == 0 && len(n.Stuck) == 0
}

const (
	// maxPairs bounds the parts of an address that are looked at: more than any
	// form has fields.
	maxPairs = 2000
	// maxNoticed bounds the parts that a notice names, and maxNoticedText the text of
	// one.
	maxNoticed     = 8
	maxNoticedText = 40
)

// escapedAmpersand is a & as it stands in the markup of a page, once or several
// times escaped.
var escapedAmpersand = regexp.MustCompile(`(?i)(?:&|%26)(?:amp(?:;|%3b)|#38(?:;|%3b)|%2338(?:;|%3b))+`)

// ReadAddress parts a query string. Whatever is in it, the work is bounded by its
// length.
func ReadAddress(raw string) *Address {
	a := &Address{}
	if escapedAmpersand.MatchString(raw) {
		raw, a.repaired = escapedAmpersand.ReplaceAllLiteralString(raw, "&"), true
	}
	a.part(raw, true)
	return a
}

// part adds the pairs of a query string. A part without a = may be some that were
// escaped once too often, which is looked at once.
func (a *Address) part(raw string, again bool) {
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" || len(a.pairs) == maxPairs {
			continue
		}
		name, value, given := strings.Cut(part, "=")
		name, value = unescaped(name), unescaped(value)
		if inner := narrowSigns.Replace(name); !given && again && strings.Contains(inner, "=") {
			a.repaired = true
			a.part(inner, false)
			continue
		}
		clean := strings.ToLower(visible(name))
		if clean == CheckName {
			a.check, a.checks = strings.ToLower(visible(value)), true
			continue
		}
		a.pairs = append(a.pairs, Param{name, value})
	}
}

// narrowSigns are the signs of a query string as a Chinese keyboard has them.
var narrowSigns = strings.NewReplacer("＆", "&", "＝", "=")

// unescaped is text without escapes; what is no escape, such as one that was cut,
// stays as it is.
func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return validText(plain)
	}
	return validText(text)
}

// visible returns text without signs that nobody sees, and without blanks around
// it.
func visible(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if numbers.Invisible(r) || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text))
}

// ForProduct returns what the address says in the words of a product's pages, and
// what of it was not understood.
func (a *Address) ForProduct(p *pricing.Product) (url.Values, *Notice) {
	named, _ := a.Values(&Words{by: map[string]*word{PriceBook: bookWord(p)}})
	book, ok := p.Book(named.Get(PriceBook))
	if !ok {
		book = p.Newest() // the page says that there is no such price book
	}
	return a.Values(ProductWords(p, book))
}

// ForComparison is ForProduct for a comparison.
func (a *Address) ForComparison(c *pricing.Catalog) (url.Values, *Notice) {
	columns, _ := a.Values(&Words{by: map[string]*word{Compared: columnsWord()}})
	return a.Values(comparisonWords(DecodeComparison(columns, c)))
}

// Values returns what the address says in the words of a page, and what of it was
// not understood.
func (a *Address) Values(w *Words) (url.Values, *Notice) {
	values, n := url.Values{}, &Notice{Repaired: a.repaired}
	for _, pair := range a.pairs {
		name, word, exact, ok := w.find(pair.Name)
		switch {
		case ok:
			value, stuck := word.read(pair.Value)
			if !word.means(value) {
				n.unread(Param{name, pair.Value})
				continue
			}
			if stuck != "" {
				n.stuck(Param{name, stuck})
			}
			n.Repaired = n.Repaired || !exact
			values[name] = append(values[name], value)
		case !isTracking(pair.Name) && visible(pair.Name) != "":
			n.unread(pair)
		}
	}
	return values, n
}

func (n *Notice) unread(p Param) {
	if len(n.Unread) < maxNoticed {
		n.Unread = append(n.Unread, Param{shortened(p.Name), shortened(p.Value)})
	}
}

func (n *Notice) stuck(p Param) {
	if len(n.Stuck) < maxNoticed {
		n.Stuck = append(n.Stuck, Param{p.Name, shortened(p.Value)})
	}
}

func shortened(text string) string {
	text = visible(text)
	if runes := []rune(text); len(runes) > maxNoticedText {
		return string(runes[:maxNoticedText]) + "…"
	}
	return text
}

// judge compares the check of the address, if it has one, with what was
// understood: a page, and the query string that it would pass on itself. Named is
// what no address with a check leaves out.
func (a *Address) judge(n *Notice, page, canonical, named string) {
	if !a.checks {
		return
	}
	n.Whole = a.check == checkOf(page, canonical) && slices.ContainsFunc(a.pairs, func(p Param) bool {
		return strings.EqualFold(visible(p.Name), named) && p.Value != ""
	})
	n.Broken = !n.Whole
}
