package forms

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"suanpan/pricing"
)

// FactsOf is the name that says which estimators a usage is from. It comes once
// for each, and with it come their facts under their own names.
const FactsOf = "facts"

// Facts are the facts of an estimator, filled in, and what they come to.
type Facts struct {
	Estimator *pricing.Estimator
	// Entries are the facts as they came.
	Entries *Form
	// Derivation is nil if the facts are at fault.
	Derivation *pricing.Derivation
	// Faults are those of the entries, and of facts that come to more or to less
	// than the inputs can be, by the name of the field.
	Faults map[string]*pricing.InputError
}

// DecodeFacts reads the facts of an estimator.
func DecodeFacts(values url.Values, e *pricing.Estimator) *Facts {
	f := &Facts{Estimator: e, Entries: DecodeBook(values, e.Facts)}
	f.Faults = f.Entries.Faults
	if len(f.Faults) == 0 {
		f.derive()
	}
	return f
}

// derive finds what the facts come to.
func (f *Facts) derive() {
	var faults []*pricing.InputError
	f.Derivation, faults = f.Estimator.Derive(f.Entries.Usage)
	f.Faults = map[string]*pricing.InputError{}
	for _, fault := range faults {
		f.Faults[fieldOf(fault.Input)] = fault
	}
}

// FactsFrom are facts of an estimator that a usage of its facts has.
func FactsFrom(e *pricing.Estimator, facts *pricing.Usage) *Facts {
	f := &Facts{Estimator: e, Entries: &Form{Book: e.Facts, Usage: facts}}
	f.derive()
	return f
}

// fieldOf returns the name in the form of what a fault names: "workloads.0.asr"
// for "workloads[0].asr".
func fieldOf(input string) string {
	return strings.NewReplacer("[", ".", "]", "").Replace(input)
}

// Empty reports whether no fact was entered that comes to anything: facts that are
// carried into a row as they are need one.
func (f *Facts) Empty() bool {
	carried := f.Estimator.Carries()
	return len(f.Entries.Faults) == 0 && !slices.ContainsFunc(f.Entries.Book.Inputs, func(in pricing.Input) bool {
		return !f.Entries.Usage.IsDefault(&in) &&
			!slices.ContainsFunc(carried, func(c pricing.Target) bool { return c.Field.ID == in.ID })
	})
}

// WithUsage returns facts of the same estimator that have nothing but a usage,
// such as that of an example.
func (f *Facts) WithUsage(u *pricing.Usage) *Facts {
	return &Facts{Estimator: f.Estimator, Entries: &Form{Book: u.Book(), Usage: u}}
}

// Yield reports whether a usage of the estimator's book has what the facts come
// to. Where an input was changed by hand it has not.
func (f *Facts) Yield(u *pricing.Usage) bool {
	return f.Derivation != nil && UsageQuery(f.Derivation.Apply(u)) == UsageQuery(u)
}

// decodeFacts reads the facts that the form says its usage is from, in the order
// of the book. Estimators that the book has not are passed over.
func decodeFacts(values url.Values, product *pricing.Product, book *pricing.Book) []*Facts {
	var all []*Facts
	for _, e := range product.Estimators(book) {
		if slices.Contains(values[FactsOf], e.ID) {
			all = append(all, DecodeFacts(values, e))
		}
	}
	return all
}

// Fact returns the facts of an estimator that the form says its usage is from,
// or nil.
func (f *Form) Fact(e *pricing.Estimator) *Facts {
	for _, facts := range f.Facts {
		if facts.Estimator == e {
			return facts
		}
	}
	return nil
}

// Without returns the form without the facts of an estimator.
func (f *Form) Without(e *pricing.Estimator) *Form {
	out := *f
	out.Facts = slices.DeleteFunc(slices.Clone(f.Facts), func(facts *Facts) bool { return facts.Estimator == e })
	return &out
}

// With returns the form with what facts come to in the place of what it has, and
// with the facts. These must not be at fault.
func (f *Form) With(facts *Facts) *Form {
	out := f.Without(facts.Estimator)
	out.Usage = facts.Derivation.Apply(f.Usage)
	out.Faults = maps.Clone(f.Faults)
	for _, t := range slices.Concat(facts.Estimator.Targets(), facts.Estimator.Carries()) {
		if t.Field == nil {
			delete(out.Faults, t.Input.ID)
		} else {
			delete(out.Faults, RowField(t.Input.ID, 0, t.Field.ID))
		}
	}
	var all []*Facts
	for _, e := range f.Product.Estimators(f.Book) {
		if e == facts.Estimator {
			all = append(all, facts)
		} else if other := out.Fact(e); other != nil {
			all = append(all, other)
		}
	}
	out.Facts = all
	return out
}

// FactsQuery returns the query string of an estimator's page: that of the
// calculator that it is for, which may have facts of the same estimator, and the
// facts.
func (f *Form) FactsQuery(facts *Facts) string {
	return f.withItem(f.seal(f.canonicalFacts(facts)))
}

// JudgeFacts has a notice say whether the address that an estimator's page was
// read from came whole.
func (f *Form) JudgeFacts(a *Address, n *Notice, facts *Facts) {
	if f.Judge(a, n); !n.Whole { // a calculator's address leads to its estimators, too
		a.judge(n, f.Product.ID, f.canonicalFacts(facts), PriceBook)
	}
}

func (f *Form) canonicalFacts(facts *Facts) string {
	return f.canonical(func(q *query) {
		f.Without(facts.Estimator).queryFacts(q)
		facts.Entries.queryInputs(q)
		if f.Fact(facts.Estimator) != nil {
			q.add(FactsOf, facts.Estimator.ID)
		}
	})
}

// StartQuery returns the query string of the page of an estimator that is not in
// use: that of the calculator, and the facts that are in its first row already.
func (f *Form) StartQuery(e *pricing.Estimator) string {
	return f.FactsQuery(&Facts{Estimator: e, Entries: &Form{Book: e.Facts, Usage: e.FactsOf(f.Usage)}})
}

// queryFacts adds the facts that the usage is from.
func (f *Form) queryFacts(q *query) {
	for _, facts := range f.Facts {
		facts.Entries.queryInputs(q)
		q.add(FactsOf, facts.Estimator.ID)
	}
}

// Param is a name and a value of a query string.
type Param struct{ Name, Value string }

// CarriedFacts returns the facts of a calculator's form, which no field of it
// shows, as a page sends them with the rest.
func (f *Form) CarriedFacts() []Param {
	var q query
	f.queryFacts(&q)
	return params(q.String())
}

// Carried returns what an estimator's page sends besides the facts: the form of
// the calculator that it is for.
func (f *Form) Carried(e *pricing.Estimator) []Param {
	out := params(f.Without(e).Query())
	if f.Fact(e) != nil {
		out = append(out, Param{FactsOf, e.ID})
	}
	return out
}

// params parts a query string, in its order, without its check.
func params(query string) []Param {
	var out []Param
	for part := range strings.SplitSeq(Unchecked(query), "&") {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			continue
		}
		if text, err := url.QueryUnescape(value); err == nil {
			out = append(out, Param{name, text})
		}
	}
	return out
}
