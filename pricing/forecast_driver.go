package pricing

import "fmt"

// Driver is what grows in a forecast: a count of a usage, or one of the facts
// that a usage was estimated from, by which all that is derived from them grows
// together.
type Driver struct {
	Variable Variable
	// Estimator and Facts say what the variable is a fact of. They are nil for a
	// count of the usage itself.
	Estimator *Estimator
	Facts     *Usage
}

// Drivers returns the counts of the usage, as [Usage.Variables] does.
func (u *Usage) Drivers() []Driver {
	variables := u.Variables()
	all := make([]Driver, len(variables))
	for i, v := range variables {
		all[i].Variable = v
	}
	return all
}

// Drivers returns the counts of some facts, a usage of e.Facts.
func (e *Estimator) Drivers(facts *Usage) []Driver {
	all := facts.Drivers()
	for i := range all {
		all[i].Estimator, all[i].Facts = e, facts
	}
	return all
}

// Volume reports whether the driver is a fact that says how much there is, such
// as sessions or registered users, and so is likely to be what grows. What an
// average one of them is like, such as its minutes, is asked for with a usual
// value as its default.
func (d Driver) Volume() bool {
	rows, _ := d.Variable.InRow()
	return d.Estimator != nil && rows == nil && d.Variable.in.Default <= 1
}

// Of returns the quantity that the facts state, or else a usage.
func (d Driver) Of(u *Usage) int64 {
	if d.Facts != nil {
		return d.Variable.Of(d.Facts)
	}
	return d.Variable.Of(u)
}

// Usages returns a usage for each of some quantities: the same as u but for the
// driver, or for what the facts come to with it. The quantities must be ones that
// the driver can have. Where facts come to more than an input can hold there are
// none; the fault then is that of the month, counted from 1, in which they do
// first. It names no input.
func (d Driver) Usages(u *Usage, quantities []int64) (months []*Usage, month int, fault *InputError) {
	if d.Facts == nil {
		return d.Variable.Each(u, quantities), 0, nil
	}
	months = make([]*Usage, len(quantities))
	for m, facts := range d.Variable.Each(d.Facts, quantities) {
		derived, faults := d.Estimator.Derive(facts)
		if len(faults) > 0 {
			text := faults[0].Message
			return nil, m + 1, &InputError{Code: faults[0].Code, Message: Text{
				EN: fmt.Sprintf("Month %d: %s", m+1, text.EN), ZH: fmt.Sprintf("第 %d 个月：%s", m+1, text.ZH),
			}}
		}
		months[m] = derived.Apply(u)
	}
	return months, 0, nil
}

// Rest returns what stays the same while the driver grows: a usage without what
// it changes, which then has its default, and the other facts, or nil for a count
// of the usage.
func (d Driver) Rest(u *Usage) (rest, facts *Usage) {
	if d.Facts == nil {
		return d.Variable.reset(u), nil
	}
	rest = u
	for _, t := range d.Estimator.Targets() {
		v := Variable{in: t.Input}
		if t.Field != nil {
			if len(rest.Rows(t.Input)) == 0 {
				continue
			}
			v = Variable{in: t.Field, rows: t.Input, field: t.Input.field(t.Field.ID)}
		}
		rest = v.reset(rest)
	}
	return rest, d.Variable.reset(d.Facts)
}

// reset returns a usage in which the variable has its default.
func (v Variable) reset(u *Usage) *Usage { return v.Each(u, []int64{v.in.Default})[0] }
