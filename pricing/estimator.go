package pricing

import (
	"math"
	"math/bits"
	"slices"
	"strconv"
)

// Estimator turns business facts, such as how many users and calls there are,
// into the usage inputs of one price book. It is read-only.
type Estimator struct {
	// ID means the same in every product, as an input's id does: estimators of
	// the same id ask for the same facts, so that [Usage.In] carries these from
	// one product to another.
	ID   string
	Name Text
	Help Text
	// Facts is what is asked for, as a book without options and prices: only
	// its Product, Groups, Inputs and Examples are filled. Its inputs are the
	// facts, without a term; a usage of it holds their values, and its examples
	// are ready-made facts to start from. No fact has the id of an input of the
	// book, nor of a fact of another of its estimators, so that all can stand in
	// one link.
	Facts *Book
	// Source is where the rule was published; nil for one that multiplies what
	// the customer knows.
	Source *Source
	// Assumptions are what the rule rests on where its source is silent.
	Assumptions []Text

	book    *Book
	targets []target
	carries []carriedFact
	rule    rule
}

// carriedFact is a fact that goes into a row as it is: the field of that id.
type carriedFact struct {
	fact   int // by position among the facts
	target target
}

// target is an input that an estimator yields, or the field of its first row.
type target struct {
	input int // by position in the book
	field int // by position in the input; -1 for the input itself
}

// rule computes the targets of an estimator from the facts.
type rule interface {
	// derive adds to d what the facts come to, or why they cannot be metered.
	// What is too large for a target is found afterwards; atFault are the facts
	// that it is blamed on.
	derive(d *deriving, facts *Usage)
	atFault(e *Estimator, target int) []*Input
}

// Book returns the price book whose inputs the estimator yields.
func (e *Estimator) Book() *Book { return e.book }

// Target is an input that an estimator yields.
type Target struct {
	Input *Input
	// Field is the field of the input's first row; nil if Input is a count.
	Field *Input
}

// Targets returns what the estimator yields, in the order of its data.
func (e *Estimator) Targets() []Target {
	targets := make([]Target, len(e.targets))
	for i, t := range e.targets {
		targets[i].Input = &e.book.Inputs[t.input]
		if t.field >= 0 {
			targets[i].Field = t.of(e.book)
		}
	}
	return targets
}

// Carries returns the fields of first rows that facts of the same id go into as
// they are, in the order of the data: what a round uses, beside how many rounds
// there are.
func (e *Estimator) Carries() []Target {
	carries := make([]Target, len(e.carries))
	for i, c := range e.carries {
		carries[i] = Target{Input: &e.book.Inputs[c.target.input], Field: c.target.of(e.book)}
	}
	return carries
}

// FactsOf returns the facts that a usage of the estimator's book has already:
// those that are carried into a row, as its first row has them. All others have
// their default.
func (e *Estimator) FactsOf(u *Usage) *Usage {
	facts := e.Facts.NewUsage()
	for _, c := range e.carries {
		if rows := u.rows[c.target.input]; len(rows) > 0 {
			facts.values[c.fact] = rows[0][c.target.field]
		}
	}
	return facts
}

// Derivation is what facts come to: usage inputs, and how they were computed.
type Derivation struct {
	Estimator *Estimator
	// Yields has every input that the estimator can yield, in the order of its
	// data, those that come to 0 too: the facts replace what stood there.
	Yields []Yield
	// Carries are the facts that are no quantities and go into a row as they are.
	Carries []Carry
	// Steps are the computation in its order.
	Steps []Step
}

// Yield is the quantity that facts come to for one input.
type Yield struct {
	Target
	// Quantity is within the bounds of Field, or else of Input.
	Quantity int64
}

// Carry is a fact that goes into the field of a row as it is.
type Carry struct {
	Target
	// Value is that of Field: the number of a count, 1 or 0 for yes or no, the
	// position of a choice.
	Value int64
}

// Step is one step of a computation.
type Step struct {
	// Text says what is computed.
	Text Text
	// Formula is the computation with its numbers and its result, in signs
	// that read the same in every language: "3 × 600 = 1,800".
	Formula string
	// Adds is the input, or the field of a row, that the result is added to;
	// nil for a step whose result later steps use.
	Adds *Input
	// Quantity is the result.
	Quantity int64
}

// Derive computes the usage inputs from facts, a usage of e.Facts. It is exact:
// quantities are whole numbers, and a quotient is rounded up to one. Where the
// facts come to more than an input can hold, or to less, the faults name the
// facts to blame, and there is no derivation.
func (e *Estimator) Derive(facts *Usage) (*Derivation, []*InputError) {
	d := &deriving{estimator: e, totals: make([]int64, len(e.targets))}
	e.rule.derive(d, facts)
	faults := d.faults
	for i, t := range e.targets {
		counted := t.of(e.book)
		if d.totals[i] < counted.Minimum || d.totals[i] > counted.Maximum {
			for _, fact := range e.rule.atFault(e, i) {
				if !slices.ContainsFunc(faults, func(f *InputError) bool { return f.Input == fact.ID }) {
					faults = append(faults, counted.beyond(fact, d.totals[i]))
				}
			}
		}
	}
	if faults != nil {
		return nil, faults
	}
	out := &Derivation{Estimator: e, Steps: d.steps, Yields: make([]Yield, len(e.targets))}
	for i, t := range e.Targets() {
		out.Yields[i] = Yield{Target: t, Quantity: d.totals[i]}
	}
	for i, t := range e.Carries() {
		out.Carries = append(out.Carries, Carry{Target: t, Value: facts.values[e.carries[i].fact]})
	}
	return out, nil
}

// beyond returns the fault of a fact that makes a quantity leave the bounds of
// the input.
func (in *Input) beyond(fact *Input, quantity int64) *InputError {
	than, bound := Text{EN: "more than ", ZH: "超过 "}, in.Maximum
	if quantity < in.Minimum {
		than, bound = Text{EN: "less than ", ZH: "少于 "}, in.Minimum
	}
	n := Grouped(strconv.FormatInt(bound, 10))
	return &InputError{Input: fact.ID, Code: CodeOutOfRange, Message: Text{
		EN: in.Name.EN + " would come to " + than.EN + n + ".",
		ZH: "按此推算，“" + in.Name.ZH + "”将" + than.ZH + n + "。",
	}}
}

// Apply returns a copy of a usage of the estimator's book in which the derived
// quantities replace what stood there. Those of a row go into the first row,
// which is added if there is none and there is something to put into it, with
// the facts that are carried; its other fields, and the other rows, stay.
func (d *Derivation) Apply(u *Usage) *Usage {
	out := &Usage{book: u.book, values: slices.Clone(u.values), rows: slices.Clone(u.rows)}
	for _, y := range d.Yields {
		at := u.book.position(y.Input.ID)
		if y.Field == nil {
			out.values[at] = y.Quantity
			continue
		}
		if len(out.rows[at]) == 0 {
			if y.Quantity == 0 {
				continue
			}
			out.rows[at] = []Row{newRow(y.Input)}
		}
		out.setInFirstRow(y.Target, y.Quantity)
	}
	for _, c := range d.Carries {
		out.setInFirstRow(c.Target, c.Value)
	}
	return out
}

// setInFirstRow sets a field of the first row, if there is one, in a copy.
func (u *Usage) setInFirstRow(t Target, value int64) {
	at := u.book.position(t.Input.ID)
	if len(u.rows[at]) == 0 {
		return
	}
	rows := slices.Clone(u.rows[at])
	rows[0] = slices.Clone(rows[0])
	rows[0][t.Input.field(t.Field.ID)] = value
	u.rows[at] = rows
}

// of returns the count that the target is.
func (t target) of(b *Book) *Input {
	in := &b.Inputs[t.input]
	if t.field >= 0 {
		return &in.Fields[t.field]
	}
	return in
}

// deriving is a derivation being computed. Quantities beyond any input stop at
// the largest number there is, and are at fault in the end.
type deriving struct {
	estimator *Estimator
	totals    []int64 // by target
	steps     []Step
	faults    []*InputError
}

// add adds a quantity to a target, with the step that computed it.
func (d *deriving) add(target int, quantity int64, text Text, f formula) {
	d.totals[target] = plusCapped(d.totals[target], quantity)
	d.step(d.estimator.targets[target].of(d.estimator.book), quantity, text, f)
}

// step adds a step, and the result to its formula.
func (d *deriving) step(adds *Input, quantity int64, text Text, f formula) {
	d.steps = append(d.steps, Step{Text: text, Formula: string(f.text(" = ").count(quantity)), Adds: adds, Quantity: quantity})
}

// product writes the product of numbers that are not negative, and returns it.
func (f formula) product(factors ...int64) (formula, int64) {
	result := int64(1)
	for i, n := range factors {
		if i > 0 {
			f = f.text(times)
		}
		f, result = f.count(n), timesCapped(result, n)
	}
	return f, result
}

// timesCapped multiplies numbers that are not negative; a product too large is
// the largest number.
func timesCapped(a, b int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	if high != 0 || low > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(low)
}

// plusCapped adds numbers that are not negative in the same way.
func plusCapped(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
