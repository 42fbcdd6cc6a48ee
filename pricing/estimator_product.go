package pricing

// factProducts is the rule of a simple estimator: each target is a product of
// facts, perhaps divided by a constant and rounded up to a whole number.
type factProducts []factProduct

// factProduct is the product of one target.
type factProduct struct {
	factors []int // by position among the facts
	divisor int64 // 1 if nothing is divided
}

func (p factProducts) derive(d *deriving, facts *Usage) {
	inputs := facts.book.Inputs
	for i, y := range p {
		in := d.estimator.targets[i].of(d.estimator.book)
		text := Text{EN: in.Name.EN + ": ", ZH: in.Name.ZH + "："}
		values := make([]int64, len(y.factors))
		for j, at := range y.factors {
			values[j] = facts.values[at]
			if j > 0 {
				text.EN, text.ZH = text.EN+times, text.ZH+times
			}
			text.EN, text.ZH = text.EN+inputs[at].Name.EN, text.ZH+inputs[at].Name.ZH
		}
		if y.divisor == 1 {
			f, result := newFormula().product(values...)
			d.add(i, result, text, f)
			continue
		}
		f, result := newFormula().text("⌈").product(values...)
		d.add(i, divideUp(result, y.divisor), text, f.text(divided).count(y.divisor).text("⌉"))
	}
}

// divideUp returns a ÷ by rounded up; a is not negative.
func divideUp(a, by int64) int64 {
	q := a / by
	if a%by > 0 {
		q++
	}
	return q
}

// atFault blames every factor: any of them can be made smaller.
func (p factProducts) atFault(e *Estimator, target int) []*Input {
	var blamed []*Input
	for _, at := range p[target].factors {
		blamed = append(blamed, &e.Facts.Inputs[at])
	}
	return blamed
}
