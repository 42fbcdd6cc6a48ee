package export

import (
	"fmt"
	"strconv"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// The widths of the columns of the inputs, in characters.
var inputWidths = []float64{34, 76}

// inputs writes what was entered and what the figures rest on, item by item, in
// words. The catalog has the names of inputs that were left as they were.
func (s *sheet) inputs(d *quotes.Document, c *pricing.Catalog) error {
	st, w := s.styles, s.words
	s.add(28, text(st.title, w.InputSheet))
	s.merge(1, "A", "B")
	for i := range d.Items {
		item := &d.Items[i]
		s.add(14)
		s.merge(s.add(22, text(st.band, strconv.Itoa(i+1)+"   "+item.Name+" · "+item.OptionName)), "A", "B")
		s.add(fit, text(st.inputName, w.PriceBook), text(st.inputText, item.Name+" · "+fmt.Sprintf(w.PricesOf, item.PriceBook)))
		s.add(fit, text(st.inputName, w.PriceBookHash), text(st.inputText, item.PriceBookHash))
		s.entries(w.Entered, item.Entries)
		for j := range item.Facts {
			s.entries(wording.Fill(w.BusinessFacts, item.Facts[j].Name), item.Facts[j].Entries)
		}
		s.entries(w.Untouched, item.Untouched(d.Lang, c))
		s.entries(w.Bought, item.Bought)
		s.sentences(w.FiguresAssume, item.Assumptions)
		s.sentences(w.LeavesOut, item.Exclusions)
		s.sentences(w.GoodToKnow, item.Notes)
		s.sentences(w.Sources, item.Sources)
	}
	return s.write("portrait", 1)
}

// section begins a list.
func (s *sheet) section(name string) {
	s.add(8)
	s.add(fit, text(s.styles.section, name), blank(s.styles.section))
}

func (s *sheet) entries(name string, entries []quotes.Entry) {
	if len(entries) == 0 {
		return
	}
	s.section(name)
	for _, e := range entries {
		s.add(fit, text(s.styles.inputName, e.Name), text(s.styles.inputText, e.Value))
	}
}

func (s *sheet) sentences(name string, sentences []string) {
	if len(sentences) == 0 {
		return
	}
	s.section(name)
	for _, sentence := range sentences {
		s.add(fit, nil, text(s.styles.inputText, sentence))
	}
}
