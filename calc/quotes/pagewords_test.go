package quotes_test

import (
	"suanpan/calc/quotes"
	"suanpan/pricing"
	"suanpan/views"
)

func pageWords(u *pricing.Usage, o *pricing.OptionEstimate, l pricing.Lang) (entries, bought []quotes.Entry) {
	entries, bought = []quotes.Entry{}, []quotes.Entry{}
	for _, e := range views.EntriesOf(u, l) {
		entries = append(entries, quotes.Entry(e))
	}
	for _, p := range views.PurchasesOf(o, l) {
		bought = append(bought, quotes.Entry{Name: p.What, Value: p.Amount})
	}
	return entries, bought
}
