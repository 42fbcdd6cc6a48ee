package pricing

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"
)

// What is asked for falls into families of needs: chat, audio and video, language
// models. A family is served whole by one product, and products differ in what
// they are cheap for. So each family can go to the product that suits it.
const (
	// maxFamilies bounds the families that are assigned: 6 products to each of 6.
	maxFamilies = 6
	// maxCombined is how many products one buys from at the most.
	maxCombined = 3
)

// Combination assigns each family of what is asked for to one of several products,
// so that it costs least. Each product is priced once, with all that it serves.
type Combination struct {
	// Parts are in the order of the columns.
	Parts []CombinedPart
	// Total is the sum of what the products cost.
	Total decimal.Decimal
	// Saves is how much less that is than the cheapest column that prices
	// everything; nil where none does.
	Saves *decimal.Decimal
}

// CombinedPart is what one product serves.
type CombinedPart struct {
	// Column is its position among the columns.
	Column   int
	Families []Family
	// ComparedColumn is that column, priced for these families alone. It has the
	// derivation of a room if all that comes of the room is among them.
	ComparedColumn
}

// combining is a combination in the making.
type combining struct {
	*families
	ctx     context.Context
	columns []ComparedColumn
	usages  []*Usage // of the columns
	options []string // chosen, or empty
	// room is the family of what rooms come to, to which their facts belong.
	room int
	// needs are the families that are asked for, by their positions, in their order;
	// own are those of inputs that are families by themselves, which follow the others.
	needs []int
	own   []Family
	// serves has the needs that each column prices, as bits.
	serves []uint
	// parts are what a column comes to for some of the needs; nil if it cannot serve
	// them.
	parts []map[uint]*CombinedPart

	taken []uint // by column, as bits
	best  *Combination
}

// combine finds the cheapest assignment of families to products; nil if one
// product costs no more than any.
//
// Every assignment to at most maxCombined different products is tried, of which
// there are few; what a column costs for a set of families is computed once.
// Among equals the one with fewer products is taken, then the one whose families,
// in their order, go to earlier columns.
func (c *Common) combine(ctx context.Context, out *Comparison, asked map[string]bool, usages []*Usage, options []string) error {
	data, err := embeddedFamilies()
	if err != nil {
		return err
	}
	m := &combining{families: data, ctx: ctx, columns: out.Columns, usages: usages, options: options, room: -1}
	if e := c.anyRoom(); e != nil {
		m.room = m.family(e.Targets()[0].Input.ID, Text{})
	}
	m.find(asked)
	if len(m.needs) < 2 || len(m.needs) > maxFamilies {
		return nil
	}
	m.parts, m.taken = make([]map[uint]*CombinedPart, len(usages)), make([]uint, len(usages))
	for i := range m.parts {
		m.parts[i] = map[uint]*CombinedPart{}
	}
	m.assign(0)
	if m.best == nil {
		return nil
	}
	if whole := &out.Columns[out.Ranking[0]]; whole.ServesAll() {
		saves := whole.Option.Total.Sub(m.best.Total)
		if !saves.IsPositive() {
			return nil
		}
		m.best.Saves = &saves
	}
	out.Combination = m.best
	return nil
}

// family returns the position of the family of an input; -1 for one that says how
// is bought.
func (m *combining) family(id string, name Text) int {
	if m.order[id] {
		return -1
	}
	if at, ok := m.of[id]; ok {
		return at
	}
	at := slices.IndexFunc(m.own, func(f Family) bool { return f.ID == id })
	if at < 0 {
		at = len(m.own)
		m.own = append(m.own, Family{ID: id, Name: name})
	}
	return len(m.list) + at
}

// named returns the family at a position.
func (m *combining) named(at int) Family {
	if at < len(m.list) {
		return m.list[at]
	}
	return m.own[at-len(m.list)]
}

// find finds what is asked for, and which columns price it.
func (m *combining) find(asked map[string]bool) {
	has, lacks := make([][]int, len(m.usages)), make([][]int, len(m.usages))
	add := func(to *[]int, family int) {
		if family >= 0 && !slices.Contains(*to, family) {
			*to = append(*to, family)
		}
	}
	for i, u := range m.usages {
		for j := range u.book.Inputs {
			if in := &u.book.Inputs[j]; asked[in.ID] && !u.IsDefault(in) {
				add(&has[i], m.family(in.ID, in.Name))
			}
		}
		for _, left := range m.columns[i].Uncovered {
			if m.isInput(left.ID) {
				add(&lacks[i], m.family(left.ID, left.Name))
			} else {
				add(&lacks[i], m.room)
			}
		}
		for _, family := range slices.Concat(has[i], lacks[i]) {
			add(&m.needs, family)
		}
	}
	slices.Sort(m.needs)
	m.serves = make([]uint, len(m.usages))
	for i := range m.usages {
		for bit, family := range m.needs {
			if slices.Contains(has[i], family) && !slices.Contains(lacks[i], family) {
				m.serves[i] |= 1 << bit
			}
		}
	}
}

// isInput reports whether an id is that of an input of one of the books.
func (m *combining) isInput(id string) bool {
	return slices.ContainsFunc(m.usages, func(u *Usage) bool { return u.book.position(id) >= 0 })
}

// assign gives the needs from one on to columns, in every way.
func (m *combining) assign(need int) {
	if need == len(m.needs) {
		m.weigh()
		return
	}
	for i := range m.usages {
		if m.ctx.Err() != nil {
			return
		}
		if m.serves[i]&(1<<need) == 0 || m.taken[i] == 0 && !m.mayAdd(i) {
			continue
		}
		m.taken[i] |= 1 << need
		m.assign(need + 1)
		m.taken[i] &^= 1 << need
	}
}

// mayAdd reports whether a column may be one product more.
func (m *combining) mayAdd(column int) bool {
	n := 0
	for i, taken := range m.taken {
		if taken == 0 {
			continue
		}
		if n++; m.usages[i].book.Product == m.usages[column].book.Product {
			return false
		}
	}
	return n < maxCombined
}

// weigh takes an assignment if it is better than those before it.
func (m *combining) weigh() {
	var total decimal.Decimal
	var parts []CombinedPart
	for i, taken := range m.taken {
		if taken == 0 {
			continue
		}
		p := m.part(i, taken)
		if p == nil {
			return
		}
		total, parts = total.Add(p.Option.Total), append(parts, *p)
	}
	if len(parts) < 2 {
		return // a single product is a column
	}
	if m.best == nil || total.LessThan(m.best.Total) || total.Equal(m.best.Total) && len(parts) < len(m.best.Parts) {
		m.best = &Combination{Parts: parts, Total: total}
	}
}

// part returns what a column comes to for some of the needs; nil if it cannot
// serve them.
func (m *combining) part(column int, taken uint) *CombinedPart {
	p, known := m.parts[column][taken]
	if known {
		return p
	}
	u := m.usages[column].clone()
	for j := range u.book.Inputs {
		in := &u.book.Inputs[j]
		if need := slices.Index(m.needs, m.family(in.ID, in.Name)); need >= 0 && taken&(1<<need) == 0 {
			u.values[j], u.rows[j] = in.Default, nil
		}
	}
	priced := ComparedColumn{Book: u.book}
	priced.price(u, m.options[column])
	if priced.ServesAll() {
		if d := m.columns[column].Derivation; d != nil && d.Apply(u).equal(u) {
			priced.Derivation = d
		}
		p = &CombinedPart{Column: column, ComparedColumn: priced}
		for bit, family := range m.needs {
			if taken&(1<<bit) != 0 {
				p.Families = append(p.Families, m.named(family))
			}
		}
	}
	m.parts[column][taken] = p
	return p
}
