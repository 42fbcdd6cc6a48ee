package views

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// mostChoices is how many customers can be chosen: those with the most quotes.
// Others are found by a search, or by their name in the list.
const mostChoices = 100

// quoteStates are the states of a quote in the order in which they are shown.
var quoteStates = []quotes.State{quotes.Valid, quotes.Expired, quotes.Revised, quotes.Withdrawn}

// fields returns what can be chosen besides what is searched for.
func (in *madePage) fields() []MadeField {
	w, asked := in.words, &in.asked
	state := MadeField{Name: forms.State, Label: w.State, Choices: []FieldChoice{{Name: w.Any}}}
	for _, s := range quoteStates {
		state.Choices = append(state.Choices, FieldChoice{ID: string(s), Name: w.stateText(s)})
	}
	order := MadeField{Name: forms.Sort, Label: w.Order, Choices: []FieldChoice{
		{ID: quotes.Newest, Name: w.NewestFirst}, {ID: quotes.Oldest, Name: w.OldestFirst}, {ID: quotes.ByExpiry, Name: w.ByExpiry},
		{ID: quotes.Dearest, Name: w.HighestFirst}, {ID: quotes.Cheapest, Name: w.LowestFirst},
		{ID: quotes.ByCustomer, Name: w.ByCustomer}, {ID: quotes.ByTitle, Name: w.ByTitle},
	}}
	itself := func(id string) string { return id }
	month := func(id string) string { return monthText(id, in.Lang) }
	fields := []MadeField{
		state,
		{Name: forms.Customer, Label: w.Customer, Choices: in.counted(in.Customers, asked.Customer, itself, byName)},
		{Name: forms.Product, Label: w.Product, Choices: in.counted(in.Products, asked.Product, in.productName, byName)},
		{Name: forms.Month, Label: w.SavedIn, Choices: in.counted(in.Saved, asked.Month, month, byNewestID)},
		order,
	}
	for i, chosen := range []string{asked.State, asked.Customer, asked.Product, asked.Month, asked.Sort} {
		choose(&fields[i], chosen)
	}
	return fields
}

// choose marks what was asked for among the choices of a field, of which it may
// be none.
func choose(f *MadeField, id string) {
	i := slices.IndexFunc(f.Choices, func(c FieldChoice) bool { return c.ID == id })
	if i < 0 {
		i = len(f.Choices)
		f.Choices = append(f.Choices, FieldChoice{ID: id, Name: id})
	}
	f.Choices[i].Chosen = true
}

// The orders of choices.
func byName(a, b FieldChoice) int     { return strings.Compare(quotes.Fold(a.Name), quotes.Fold(b.Name)) }
func byNewestID(a, b FieldChoice) int { return strings.Compare(b.ID, a.ID) }

// counted returns the choices among what quotes have, with how many have it.
// What was asked for is always among them, if there is any of it.
func (in *madePage) counted(have map[string]int, asked string, name func(string) string, order func(a, b FieldChoice) int) []FieldChoice {
	ids := slices.SortedFunc(maps.Keys(have), func(a, b string) int {
		return cmp.Or(cmp.Compare(have[b], have[a]), strings.Compare(a, b))
	})
	if len(ids) > mostChoices {
		ids = ids[:mostChoices]
		if have[asked] > 0 && !slices.Contains(ids, asked) {
			ids = append(ids, asked)
		}
	}
	choices := make([]FieldChoice, len(ids))
	for i, id := range ids {
		choices[i] = FieldChoice{ID: id, Name: name(id)}
	}
	slices.SortFunc(choices, order)
	for i := range choices {
		choices[i].Name = fmt.Sprintf(in.words.Counted, choices[i].Name, strconv.Itoa(have[choices[i].ID]))
	}
	return slices.Insert(choices, 0, FieldChoice{Name: in.words.Any})
}

// productName returns what a product is called: its id, if it is not here any more.
func (in *madePage) productName(id string) string {
	if p, ok := in.Catalog.Product(id); ok {
		return p.Newest().Name.In(in.Lang)
	}
	return id
}

// sums returns what the quotes come to that were found, by their state.
func (in *madePage) sums() []MadeSum {
	var sums []MadeSum
	for _, s := range quoteStates {
		if sum := in.States[s]; sum != nil {
			sums = append(sums, newMadeSum(in.words.stateText(s), sum))
		}
	}
	if in.States[quotes.Valid] != nil && in.States[quotes.Expired] != nil {
		sums = append(sums, newMadeSum(in.words.Standing, &in.Standing))
	}
	return sums
}

// months returns the same by the month of saving, where there are several.
func (in *madePage) months() []MadeSum {
	if len(in.Months) < 2 {
		return nil
	}
	sums := make([]MadeSum, len(in.Months))
	for i := range in.Months {
		sums[i] = newMadeSum(monthText(in.Months[i].Month, in.Lang), &in.Months[i].Sum)
	}
	return sums
}

func newMadeSum(label string, sum *quotes.Sum) MadeSum {
	m := MadeSum{Label: label, Count: plain(int64(sum.Count))}
	for _, currency := range slices.Sorted(maps.Keys(sum.Amounts)) {
		m.Amounts = append(m.Amounts, amountIn(currency, sum.Amounts[currency]))
	}
	if m.Amounts == nil {
		m.Amounts = []string{noAmount}
	}
	return m
}

// amountIn writes an amount in a currency; without one there is no amount.
func amountIn(currency string, d decimal.Decimal) string {
	switch currency {
	case "":
		return ""
	case "CNY":
		return money(d)
	default:
		return currency + "\u00a0" + pricing.Grouped(d.StringFixed(2))
	}
}
