package quotes

import (
	"encoding/json"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// ItemFacts are business facts that inputs of an item were estimated from.
type ItemFacts struct {
	// Estimator is the id of what made inputs of them, and Name what it is called.
	Estimator string `json:"estimator"`
	Name      string `json:"name"`
	// Inputs has every fact as a request to the estimator takes them, and Entries
	// says those that matter in words.
	Inputs  json.RawMessage `json:"inputs"`
	Entries []Entry         `json:"entries"`
}

// InWords says the facts in one line: "Sessions 40; Length 45 minutes".
func (f *ItemFacts) InWords(l pricing.Lang) string {
	said := make([]string, len(f.Entries))
	for i, e := range f.Entries {
		said[i] = e.Name + " " + e.Value
	}
	if l == pricing.Chinese {
		return strings.Join(said, "；")
	}
	return strings.Join(said, "; ")
}

// FactsIn returns the facts that a usage has been estimated from, in a language.
// Facts that come to something else, since an input was changed by hand, are none.
func FactsIn(all []*forms.Facts, u *pricing.Usage, l pricing.Lang) []ItemFacts {
	var out []ItemFacts
	for _, f := range all {
		if f.Empty() || !f.Yield(u) {
			continue
		}
		inputs, err := wire.EncodeUsage(f.Entries.Usage)
		if err != nil {
			panic(err) // a usage has only ids and numbers
		}
		out = append(out, ItemFacts{
			Estimator: f.Estimator.ID, Name: f.Estimator.Name.In(l), Inputs: inputs, Entries: FactEntries(f.Entries.Usage, l),
		})
	}
	return out
}

// FactEntries lists facts, also the counts that were left at their default: what
// they come to is from these as well.
func FactEntries(u *pricing.Usage, l pricing.Lang) []Entry {
	var out []Entry
	set := EntriesIn(u.Entered(), l)
	facts := u.Book()
	for i := range facts.Inputs {
		in := &facts.Inputs[i]
		if in.Kind == pricing.KindCount && u.IsDefault(in) && in.Default != 0 {
			out = append(out, Entry{ID: in.ID, Name: in.Name.In(l), Value: in.InWords(in.Default).In(l)})
		}
		for len(set) > 0 && (set[0].ID == in.ID || strings.HasPrefix(set[0].ID, in.ID+"[")) {
			out, set = append(out, set[0]), set[1:]
		}
	}
	return out
}

// FactsFor returns the facts of an item for a usage of a price book of its product:
// those whose estimator the book still has, and that still come to the usage.
func (item *Item) FactsFor(product *pricing.Product, u *pricing.Usage) []*forms.Facts {
	var all []*forms.Facts
	for _, e := range product.Estimators(u.Book()) {
		for i := range item.Facts {
			if item.Facts[i].Estimator != e.ID {
				continue
			}
			facts, faults, err := wire.DecodeUsage(item.Facts[i].Inputs, e.Facts)
			if err != nil || len(faults) > 0 {
				continue
			}
			if f := forms.FactsFrom(e, facts); f.Yield(u) {
				all = append(all, f)
			}
		}
	}
	return all
}
