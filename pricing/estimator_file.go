package pricing

import "slices"

// estimatorFile is an estimator as planning data writes it: simple, with facts
// and yields, or that of a room.
type estimatorFile struct {
	ID          string      `yaml:"id"`
	Name        Text        `yaml:"name"`
	Help        Text        `yaml:"help"`
	Source      *sourceFile `yaml:"source"`      // optional
	Assumptions []Text      `yaml:"assumptions"` // optional
	Facts       []inputFile `yaml:"facts"`
	Yields      []yieldFile `yaml:"yields"`
	Carries     []carryFile `yaml:"carries"` // optional
	Room        *roomFile   `yaml:"room"`
}

// yieldFile is an input that a simple estimator yields: a product of facts,
// divided by a constant and rounded up to a whole number if there is one.
type yieldFile struct {
	Input   string   `yaml:"input"`
	Field   string   `yaml:"field"` // for an input of kind rows
	Product []string `yaml:"product"`
	Divide  *int64   `yaml:"divide"` // optional
}

// carryFile is a field of rows that is asked for as a fact of the same id, and
// goes into the row that the estimator yields to as it is.
type carryFile struct {
	Input string `yaml:"input"`
	Field string `yaml:"field"`
}

// allEstimators checks the estimators against the newest book. No two yield the
// same input: what one carries over, the other would replace. No two ask for the
// same fact, so that a link can carry the facts of several.
func (v *planningValidation) allEstimators(all []estimatorFile) {
	seen, yielded, asked := map[string]bool{}, map[targetName]string{}, map[string]string{}
	for i := range all {
		e, p := &all[i], steps("estimators", i)
		v.id(p, "estimator", e.ID, kebabID, seen)
		v.text(under(p, "name"), e.Name)
		v.text(under(p, "help"), e.Help)
		v.texts(under(p, "assumptions"), e.Assumptions)
		if e.Source != nil {
			v.source(under(p, "source"), *e.Source)
		}
		if e.Room != nil {
			if e.Facts != nil || e.Yields != nil || e.Carries != nil {
				v.at(p, "a room brings its own facts and yields")
			}
			v.room(under(p, "room"), e.Room)
		} else {
			v.facts(p, e)
			v.yields(p, e)
			v.carries(p, e)
		}
		for _, name := range slices.Concat(e.targets(), e.carried()) {
			if other, taken := yielded[name]; taken && other != e.ID {
				v.at(p, "%s is yielded by %s and by %s", name, other, e.ID)
			}
			yielded[name] = e.ID
		}
		for _, id := range e.factIDs() {
			if other, taken := asked[id]; taken && other != e.ID {
				v.at(p, "fact %s is asked for by %s and by %s", id, other, e.ID)
			}
			asked[id] = e.ID
		}
	}
}

// facts checks the facts of a simple estimator.
func (v *planningValidation) facts(p []any, e *estimatorFile) {
	seen := map[string]bool{}
	if len(e.Facts) == 0 {
		v.at(under(p, "facts"), "an estimator has facts and yields, or a room")
	}
	for i := range e.Facts {
		f, fp := &e.Facts[i], under(p, "facts", i)
		if f.Kind != KindCount || f.Group != "" || f.Implies != "" || f.Matrix != (Text{}) || f.Column != (Text{}) {
			v.at(under(fp, "kind"), "a fact is a count, without a group")
			continue
		}
		v.inputOrField(fp, "fact", f, seen)
		v.factID(fp, f.ID)
		if !slices.ContainsFunc(e.Yields, func(y yieldFile) bool { return slices.Contains(y.Product, f.ID) }) {
			v.at(fp, "fact %s is used by no yield", f.ID)
		}
	}
}

// factID checks that a fact cannot be mistaken for an input in a link.
func (v *planningValidation) factID(p []any, id string) {
	if _, taken := v.newest.Input(id); taken || slices.Contains(reservedInputs, id) {
		v.at(under(p, "id"), "%s is an input of the price book", id)
	}
}

// yields checks what a simple estimator yields.
func (v *planningValidation) yields(p []any, e *estimatorFile) {
	if len(e.Yields) == 0 {
		v.at(under(p, "yields"), "an estimator yields at least one input")
	}
	seen := map[targetName]bool{}
	for i, y := range e.Yields {
		yp := under(p, "yields", i)
		name := targetName{y.Input, y.Field}
		v.target(yp, name)
		if seen[name] {
			v.at(yp, "%s is yielded twice", name)
		}
		seen[name] = true
		if len(y.Product) == 0 {
			v.at(under(yp, "product"), "a yield is a product of at least one fact")
		}
		for j, id := range y.Product {
			if !slices.ContainsFunc(e.Facts, func(f inputFile) bool { return f.ID == id }) {
				v.at(under(yp, "product", j), "there is no fact %q", id)
			}
		}
		if y.Divide != nil && (*y.Divide < 2 || *y.Divide > MaxCount) {
			v.at(under(yp, "divide"), "a divisor is a whole number from 2 to %d", MaxCount)
		}
	}
}

// carries checks what a simple estimator carries: fields of rows that it yields
// to, which are no facts of their own.
func (v *planningValidation) carries(p []any, e *estimatorFile) {
	seen := map[string]bool{}
	for i := range e.Facts {
		seen[e.Facts[i].ID] = true
	}
	for i, c := range e.Carries {
		cp := under(p, "carries", i)
		name := targetName{c.Input, c.Field}
		if _, ok := v.newest.carried(name); !ok {
			v.at(cp, "%s is no field of rows of price book %s", name, v.newest.ID)
		}
		if !slices.ContainsFunc(e.Yields, func(y yieldFile) bool { return y.Input == c.Input && y.Field != "" }) {
			v.at(cp, "%s has no row that the estimator yields to", name)
		}
		if slices.Contains(e.targets(), name) {
			v.at(cp, "%s is yielded", name)
		}
		if seen[c.Field] {
			v.at(cp, "there are two facts %s", c.Field)
		}
		seen[c.Field] = true
		v.factID(cp, c.Field)
	}
}

// carried looks up a field of rows by its name.
func (b *Book) carried(name targetName) (target, bool) {
	at := b.position(name.input)
	if at < 0 {
		return target{}, false
	}
	f := b.Inputs[at].field(name.field)
	return target{at, f}, f >= 0
}

// targetName is a target by its ids; the field is empty for an input that is
// itself a count.
type targetName struct{ input, field string }

// String returns the name as a message has it: "dau", "workloads.rounds".
func (n targetName) String() string {
	if n.field == "" {
		return n.input
	}
	return n.input + "." + n.field
}

// target checks that the newest book has the input or the field, and that it is
// a count.
func (v *planningValidation) target(p []any, name targetName) {
	if _, ok := v.newest.target(name); !ok {
		v.at(p, "%s is no count of price book %s: an estimator yields an input of kind count, or a field of rows that is one", name, v.newest.ID)
	}
}

// target looks up a count by its name; the term is none.
func (b *Book) target(name targetName) (target, bool) {
	at := b.position(name.input)
	if at < 0 || at == monthsPosition {
		return target{}, false
	}
	in := &b.Inputs[at]
	if name.field == "" {
		return target{at, -1}, in.Kind == KindCount
	}
	f := in.field(name.field)
	return target{at, f}, f >= 0 && in.Fields[f].Kind == KindCount
}

// targets returns what the estimator yields, in the order of the file.
func (e *estimatorFile) targets() []targetName {
	if e.Room != nil {
		return e.Room.targets()
	}
	var names []targetName
	for _, y := range e.Yields {
		names = append(names, targetName{y.Input, y.Field})
	}
	return names
}

// carried returns what the estimator carries, in the order of the file.
func (e *estimatorFile) carried() []targetName {
	var names []targetName
	for _, c := range e.Carries {
		names = append(names, targetName{c.Input, c.Field})
	}
	return names
}

// factIDs returns what the estimator asks for, by id.
func (e *estimatorFile) factIDs() []string {
	var ids []string
	for _, f := range e.Facts {
		ids = append(ids, f.ID)
	}
	for _, c := range e.Carries {
		ids = append(ids, c.Field)
	}
	if e.Room != nil {
		for _, f := range e.Room.facts() {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// compile makes a valid estimator for a book, or returns nil if the book has
// not all of the inputs that it yields and carries, or has one that is called
// like a fact.
func (e *estimatorFile) compile(b *Book, documents []Document) *Estimator {
	out := &Estimator{ID: e.ID, Name: e.Name, Help: e.Help, Assumptions: e.Assumptions, book: b}
	if e.Source != nil {
		s := sourceOf(*e.Source, documents)
		out.Source = &s
	}
	for _, name := range e.targets() {
		t, ok := b.target(name)
		if !ok {
			return nil
		}
		out.targets = append(out.targets, t)
	}
	for _, id := range e.factIDs() {
		if b.position(id) >= 0 {
			return nil
		}
	}
	if e.Room != nil {
		out.Facts = e.factsBook(b, e.Room.facts())
		e.Room.rooms.addExamples(out.Facts)
		out.rule = e.Room.compile()
		return out
	}
	facts := make([]Input, len(e.Facts))
	for i := range e.Facts {
		facts[i] = compileInput(&e.Facts[i])
	}
	for _, name := range e.carried() {
		t, ok := b.carried(name)
		if !ok {
			return nil
		}
		out.carries = append(out.carries, carriedFact{fact: len(facts), target: t})
		facts = append(facts, b.Inputs[t.input].Fields[t.field].clone())
	}
	out.Facts = e.factsBook(b, facts)
	out.rule = e.products(out.Facts)
	return out
}

// factsBook makes the book whose inputs are the facts, all in one group.
func (e *estimatorFile) factsBook(b *Book, facts []Input) *Book {
	out := &Book{
		Product: b.Product, Name: e.Name, Summary: e.Help,
		Groups: []Group{{ID: e.ID, Name: e.Name}}, Inputs: facts, positions: map[string]int{},
	}
	for i := range facts {
		facts[i].Group = e.ID
		out.positions[facts[i].ID] = i
	}
	return out
}

func (e *estimatorFile) products(facts *Book) factProducts {
	products := make(factProducts, len(e.Yields))
	for i, y := range e.Yields {
		products[i].divisor = 1
		if y.Divide != nil {
			products[i].divisor = *y.Divide
		}
		for _, id := range y.Product {
			products[i].factors = append(products[i].factors, facts.position(id))
		}
	}
	return products
}
