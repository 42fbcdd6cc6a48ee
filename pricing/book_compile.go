package pricing

import (
	"crypto/sha256"
	"slices"
)

// compiler makes a book of its file.
type compiler struct {
	*Book
	raw *bookFile
	// links are what prices still want of other charges, once all are made.
	links []func()
}

// compile turns a valid book into the form that the engine runs on: ids become
// positions, and whatever text does not depend on the usage is put together.
func compile(raw *bookFile, data []byte) *Book {
	b := &compiler{raw: raw, Book: &Book{
		Product: raw.Product, ID: raw.PriceBook, Currency: raw.Currency,
		Name: raw.Name, Summary: raw.Summary, UseCases: raw.UseCases,
		Exclusions: raw.Exclusions,
		Hash:       sha256.Sum256(data),
		file:       data,
		positions:  map[string]int{},
	}}
	for _, g := range raw.Groups {
		b.Groups = append(b.Groups, Group(g))
	}
	for _, d := range raw.Documents {
		b.Sources = append(b.Sources, Document(d))
	}
	b.Inputs = append(b.Inputs, monthsInput)
	for i := range raw.Inputs {
		b.Inputs = append(b.Inputs, compileInput(&raw.Inputs[i]))
	}
	for i := range b.Inputs {
		b.positions[b.Inputs[i].ID] = i
	}
	for i := range raw.Options {
		o := &raw.Options[i]
		b.Options = append(b.Options, Option{
			ID: o.ID, Name: o.Name, Summary: o.Summary, Notes: o.Notes,
			limits: b.compileLimits(o), features: b.compileOffered(o),
		})
	}
	b.compileFeatures()
	for i := range raw.Ladders {
		b.ladders = append(b.ladders, b.compileLadder(&raw.Ladders[i]))
	}
	assumptions := map[string]Text{}
	for _, a := range raw.Assumptions {
		assumptions[a.ID] = a.Text
	}
	for i := range raw.Charges {
		for _, id := range raw.Charges[i].Assumptions {
			delete(assumptions, id)
		}
	}
	for _, a := range raw.Assumptions {
		b.AllAssumptions = append(b.AllAssumptions, a.Text)
		if text, general := assumptions[a.ID]; general {
			b.Assumptions = append(b.Assumptions, text)
		}
	}
	for i := range raw.Charges {
		b.charges = append(b.charges, b.compileCharge(&raw.Charges[i]))
	}
	for _, link := range b.links {
		link()
	}
	for _, e := range raw.Examples {
		b.Examples = append(b.Examples, b.compileExample(e))
	}
	return b.Book
}

func compileInput(in *inputFile) Input {
	out := Input{
		ID: in.ID, Group: in.Group, Kind: in.Kind, Name: in.Name, Help: in.Help, Unit: in.Unit,
		Matrix: in.Matrix, Column: in.Column,
	}
	if in.Default != nil {
		out.Default = in.Default.value()
	}
	for _, c := range in.Choices {
		out.Choices = append(out.Choices, Choice{ID: c.ID, Name: c.Name, Note: c.Note})
	}
	for i := range in.Fields {
		out.Fields = append(out.Fields, compileInput(&in.Fields[i]))
	}
	switch in.Kind {
	case KindCount:
		out.Minimum, out.Maximum = in.bounds()
	case KindYesNo:
		out.Maximum = 1
	case KindChoice:
		out.Maximum = int64(len(in.Choices)) - 1
	case KindChoices:
		out.Maximum = 1<<len(in.Choices) - 1
	case KindRows:
		out.Maximum = MaxRows
	}
	return out
}

// compileOffered returns the bits of the features that an option offers.
func (b *compiler) compileOffered(o *optionFile) int64 {
	offered := int64(0)
	for i := range b.Inputs {
		for _, id := range o.Features {
			if b.Inputs[i].Kind == KindChoices {
				offered |= 1 << b.Inputs[i].choice(id)
			}
		}
	}
	return offered
}

func (b *compiler) compileFeatures() {
	for i := range b.Inputs {
		if b.Inputs[i].Kind != KindChoices {
			continue
		}
		b.features = &features{input: i}
		for _, in := range b.raw.Inputs {
			if in.Implies != "" {
				b.features.implied = append(b.features.implied, impliedFeature{
					input: b.position(in.ID), bit: 1 << b.Inputs[i].choice(in.Implies),
				})
			}
		}
	}
}

// compileLimits makes the limits of an option, in the order of the inputs.
func (b *compiler) compileLimits(o *optionFile) []limit {
	var limits []limit
	for i := range b.Inputs {
		in := &b.Inputs[i]
		own, ok := o.Limits[in.ID]
		if !ok {
			continue
		}
		l := limit{input: i, least: own.Minimum, reach: own.bound()}
		for _, c := range b.raw.Charges {
			if c.Extends == in.ID {
				l.reach = max(l.reach, furthest(&c, o.ID))
			}
		}
		switch {
		case l.least > 0:
			l.violation = Violation{Input: in, Limit: l.least, Message: atLeast(in, l.least)}
		case l.reach >= in.Maximum:
			continue
		default:
			l.violation = Violation{Input: in, Limit: l.reach, Message: atMost(in, l.reach)}
		}
		limits = append(limits, l)
	}
	return limits
}

// furthest returns the highest limit that the add-ons of a charge reach in an
// option.
func furthest(c *chargeFile, option string) int64 {
	reach := int64(0)
	for _, p := range c.Prices {
		if slices.Contains(p.Options, option) {
			for _, a := range p.AddOns {
				reach = max(reach, a.Limit.bound())
			}
		}
	}
	return reach
}

func (b *compiler) compileLadder(raw *ladderFile) ladder {
	var l ladder
	for i := range b.Inputs {
		if _, ok := raw.Levels[0].Limits[b.Inputs[i].ID]; ok {
			l.inputs = append(l.inputs, i)
		}
	}
	for _, r := range raw.Levels {
		one := level{note: r.Note}
		for _, i := range l.inputs {
			one.limits = append(one.limits, r.Limits[b.Inputs[i].ID])
		}
		l.levels = append(l.levels, one)
	}
	return l
}

// compileExample sets the example's inputs in the way of any usage; validation
// has made sure that it is possible.
func (b *compiler) compileExample(e exampleFile) Example {
	u := b.NewUsage()
	for id, value := range e.Inputs {
		in := &b.Inputs[b.position(id)]
		switch in.Kind {
		case KindRows:
			u.rows[b.position(id)] = exampleRows(in, value.rows)
		case KindChoices:
			for _, c := range value.list {
				u.values[b.position(id)] |= 1 << in.choice(c.text)
			}
		default:
			u.values[b.position(id)] = valueOf(in, value.scalarFile)
		}
	}
	return Example{ID: e.ID, Name: e.Name, Usage: u}
}

func exampleRows(in *Input, raw []map[string]scalarFile) []Row {
	rows := make([]Row, len(raw))
	for i := range raw {
		rows[i] = make(Row, len(in.Fields))
		for j := range in.Fields {
			f := &in.Fields[j]
			rows[i][j] = f.Default
			if s, ok := raw[i][f.ID]; ok {
				rows[i][j] = valueOf(f, s)
			}
		}
	}
	return rows
}

// valueOf returns the value of an input that a valid scalar stands for.
func valueOf(in *Input, s scalarFile) int64 {
	if in.Kind == KindChoice {
		return int64(in.choice(s.text))
	}
	return s.value()
}
