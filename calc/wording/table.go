package wording

import "suanpan/pricing"

// Table returns what looks up a table of words in a language: a struct of texts,
// in which a %s stands for a name, a number or an amount. All tables are made by
// it, so that a test finds each of them.
func Table[T any](english, chinese T) func(pricing.Lang) *T {
	tables = append(tables, Both{&english, &chinese})
	return func(l pricing.Lang) *T {
		if l == pricing.Chinese {
			return &chinese
		}
		return &english
	}
}

// Both is a table in both languages: pointers to structs of one type.
type Both struct{ English, Chinese any }

var tables []Both

// Tables returns the tables of all packages of the program.
func Tables() []Both { return tables }
