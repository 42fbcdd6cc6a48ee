package export

import (
	"strconv"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
)

// The widths of the columns of the inputs, in characters.
var inputWidths = []float64{34, 76}

// inputs writes what was entered and what the figures rest on, item by item.
func (s *sheet) inputs(d *quotes.Document) error {
	st, w := s.styles, s.words
	s.add(28, text(st.title, w.InputSheet))
	s.merge(1, "A", "B")
	for i := range d.Items {
		item := &d.Items[i]
		s.add(14)
		s.merge(s.add(22, text(st.band, strconv.Itoa(i+1)+"   "+item.Name+" · "+item.OptionName)), "A", "B")
		s.add(fit, text(st.inputName, w.PriceBook), text(st.inputText, item.Product+"/"+item.PriceBook))
		s.add(fit, text(st.inputName, w.PriceBookHash), text(st.inputText, item.PriceBookHash))
		s.entries(w.Entered, item.Entries)
		for j := range item.Facts {
			s.entries(wording.Fill(w.BusinessFacts, item.Facts[j].Name), item.Facts[j].Entries)
		}
		if err := s.saved(item); err != nil {
			return err
		}
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

// saved writes every input with its value, under its id.
func (s *sheet) saved(item *quotes.Item) error {
	inputs, err := members(item.Inputs)
	if err != nil {
		return err
	}
	if inputs, err = flattened(inputs); err != nil {
		return err
	}
	s.section(s.words.Saved)
	for _, in := range inputs {
		value := in.text()
		cell := text(s.styles.inputText, value)
		if d, err := figure(value); err == nil {
			if cell, err = number(s.styles.inputCount, d, ""); err != nil {
				return err
			}
		}
		s.add(fit, text(s.styles.inputName, in.id), cell)
	}
	return nil
}
