package forms

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"suanpan/pricing"
)

// Words are the names that the addresses of a page may have, and what may stand
// under each.
type Words struct{ by map[string]*word }

// word is what may stand under a name.
type word struct {
	// ids are what it may be; nil if it is no choice among some.
	ids []string
	// closed says that anything else would be passed over without a word.
	closed bool
	// takes reports whether a text is understood as it stands. Folds says that
	// large letters mean nothing in it.
	takes func(text string) bool
	folds bool
	// signs are all that it is written with, if that is known.
	signs string
}

// everyRow stands in the names of words for the number of a row.
const everyRow = "*"

// anyone are the values of a box in an address.
var anyone = slices.Concat(yes, []string{"no", "false", "off", "0"})

// ProductWords are the words of the calculator of a price book, of its forecast
// and of the estimators that lead to it.
func ProductWords(product *pricing.Product, book *pricing.Book) *Words {
	w := &Words{by: map[string]*word{}}
	w.inputs(book)
	var options, estimators []string
	for i := range book.Options {
		options = append(options, book.Options[i].ID)
	}
	for _, e := range product.Estimators(book) {
		w.inputs(e.Facts)
		estimators = append(estimators, e.ID)
	}
	w.by[PriceBook] = bookWord(product)
	w.by[Option] = &word{ids: options, closed: true}
	w.by[FactsOf] = &word{ids: estimators, closed: true}
	for _, name := range slices.Concat(forecastNames, []string{Budget, Item}) {
		w.by[name] = &word{takes: unstained, folds: true}
	}
	w.common()
	return w
}

// bookWord is the word for a price book of a product.
func bookWord(p *pricing.Product) *word {
	w := &word{}
	for _, b := range p.Books {
		w.ids = append(w.ids, b.ID)
	}
	return w
}

// columnsWord is the word for the names of columns.
func columnsWord() *word {
	const signs = "abcdefghijklmnopqrstuvwxyz0123456789-_.@:,"
	return &word{signs: signs, folds: true, takes: func(text string) bool { return strings.Trim(text, signs) == "" }}
}

// comparisonWords are the words of a comparison.
func comparisonWords(f *Comparison) *Words {
	w := &Words{by: map[string]*word{}}
	if f.Common != nil {
		w.inputs(f.Common.Inputs)
		if f.Common.Facts != nil {
			w.inputs(f.Common.Facts)
		}
		for i := range f.Columns {
			for _, e := range f.Columns[i].Product.Estimators(f.Columns[i].Book) {
				w.inputs(e.Facts) // of a room that is not metered from facts now
			}
		}
	}
	w.by[Compared], w.by[Taken] = columnsWord(), columnsWord()
	for _, name := range []string{ShownFields, FactsOf} {
		w.by[name] = &word{takes: unstained, folds: true}
	}
	w.common()
	return w
}

// common adds the words that every page knows.
func (w *Words) common() {
	w.by["lang"] = &word{ids: []string{"en", "zh"}}
	w.by[Change] = &word{takes: unstained, folds: true}
}

// inputs adds the inputs of a price book.
func (w *Words) inputs(b *pricing.Book) {
	for i := range b.Inputs {
		in := &b.Inputs[i]
		w.input(in.ID, in)
		for j := range in.Fields {
			w.input(in.ID+"."+everyRow+"."+in.Fields[j].ID, &in.Fields[j])
		}
	}
}

func (w *Words) input(name string, in *pricing.Input) {
	if _, known := w.by[name]; known {
		return // one id means the same wherever it stands
	}
	switch in.Kind {
	case pricing.KindYesNo:
		w.by[name] = &word{ids: anyone, closed: true}
	case pricing.KindChoice, pricing.KindChoices:
		ids := make([]string, len(in.Choices))
		for c := range in.Choices {
			ids[c] = in.Choices[c].ID
		}
		w.by[name] = &word{ids: ids}
	case pricing.KindRows:
		w.by[name] = &word{takes: unstained, folds: true}
	default:
		w.by[name] = &word{takes: func(text string) bool {
			_, fault := readCount(text, in)
			return fault == nil || fault.Code != pricing.CodeNotANumber
		}}
	}
}

// find returns the name that is meant by one in an address, and its word. Exact
// says that it was written as it should be, but for large letters.
func (w *Words) find(name string) (meant string, found *word, exact, ok bool) {
	if found, ok := w.at(name); ok {
		return name, found, true, true
	}
	clean := strings.ToLower(width.Narrow.String(visible(name)))
	if found, ok := w.at(clean); ok {
		return clean, found, true, true
	}
	if clean = strings.Trim(strings.TrimPrefix(clean, "amp;"), "?&;,. "); clean != name {
		if found, ok := w.at(clean); ok {
			return clean, found, false, true
		}
	}
	return name, nil, false, false
}

func (w *Words) at(name string) (*word, bool) {
	if found, ok := w.by[name]; ok {
		return found, true
	}
	rows, rest, _ := strings.Cut(name, ".")
	number, field, ok := strings.Cut(rest, ".")
	if !ok {
		return nil, false
	}
	if n, err := strconv.Atoi(number); err != nil || n < 0 || n > maxRowNumber || strconv.Itoa(n) != number {
		return nil, false
	}
	found, ok := w.by[rows+"."+everyRow+"."+field]
	return found, ok
}

// means reports whether a value that was read says anything.
func (w *word) means(value string) bool { return !w.closed || slices.Contains(w.ids, value) }

// read returns the value that is meant by a text, and what stood behind it that
// cannot belong to it, unless that only ended a sentence. A text that cannot be
// read comes back as it is.
func (w *word) read(text string) (value, stuck string) {
	if value, ok := w.match(text); ok && w.ids == nil && !w.folds {
		return value, "" // a number as it was typed, to the last blank
	}
	text = visible(text)
	if value, ok := w.match(text); ok {
		return value, ""
	}
	if value, ok := w.match(strings.TrimRightFunc(text, ends)); ok {
		return value, ""
	}
	head, tail := parted(text)
	if i := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune(w.signs, r) }); w.signs != "" && i >= 0 {
		head, tail = text[:i], text[i:]
	}
	if value, ok := w.match(strings.TrimRightFunc(head, ends)); ok && tail != "" {
		return value, tail
	}
	if id := w.begins(text); id != "" {
		return id, strings.TrimSpace(text[len(id):])
	}
	return text, ""
}

// match returns what a text is, if it is understood as it stands.
func (w *word) match(text string) (string, bool) {
	if w.folds {
		text = strings.ToLower(text)
	}
	if w.ids == nil {
		return text, text != "" && w.takes(text)
	}
	for _, id := range w.ids {
		if strings.EqualFold(id, text) {
			return id, true
		}
	}
	return "", false
}

// begins returns the longest id that a text begins with and that ends there.
func (w *word) begins(text string) string {
	longest := ""
	for _, id := range w.ids {
		if len(id) < len(text) && len(id) > len(longest) && strings.EqualFold(text[:len(id)], id) && !ofID(text[len(id)]) {
			longest = id
		}
	}
	return longest
}

// ofID reports whether a byte can be of an id.
func ofID(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("-_.", b) >= 0
}

// ends reports whether a sign can end the sentence around a link without
// belonging to it.
func ends(r rune) bool {
	return unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsSpace(r)
}

// parted cuts a text at the first sign that ends a clause, with no digit behind
// it. Behind a blank there may be a unit.
func parted(text string) (head, tail string) {
	for i, r := range text {
		if i == 0 || !strings.ContainsRune(clauseEnds, r) {
			continue
		}
		if rest := text[i:]; !digitNext(rest) {
			return text[:i], rest
		}
	}
	return text, ""
}

// digitNext reports whether a digit comes behind the signs that a text begins
// with.
func digitNext(text string) bool {
	rest := width.Narrow.String(strings.TrimLeftFunc(text, ends))
	return rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// clauseEnds are signs that end a clause and are in no value of an address.
const clauseEnds = "。，、；：！？）】》〉」』”’…,;!?)]}>\"'<（【《「"

// unstained reports whether nothing in a text of no certain kind ends a clause.
func unstained(text string) bool {
	for i, r := range text {
		if strings.ContainsRune(clauseEnds, r) && !digitNext(text[i:]) {
			return false
		}
	}
	return !strings.HasSuffix(text, ".")
}
