package pricing

import (
	"cmp"
	"errors"
	"slices"
)

// MaxCompared is how many price books can be compared at once.
const MaxCompared = 6

// What keeps price books from being compared.
var (
	// ErrCurrencies is the error of price books in different currencies.
	ErrCurrencies = errors.New("the price books are in different currencies")
	// ErrTwice is the error of naming a price book twice.
	ErrTwice = errors.New("a price book is named twice")
	// ErrTooMany is the error of more than MaxCompared price books.
	ErrTooMany = errors.New("too many price books to compare")
)

// Common is what several price books ask for, each input once: an id means the
// same in all of them. It is read-only, and it depends on which books they are,
// not on their order.
type Common struct {
	// Books are the price books in the order they were given.
	Books []*Book
	// Inputs holds the inputs of all books, as a book without options and
	// prices. Where books differ in what an input can be, it can be all that any
	// of them allows. The default is that of the first book by product, and of
	// a product's newest.
	Inputs *Book
	// Room is the id of the estimator of rooms that a product among them has, the
	// first by product; empty if none meters rooms.
	Room string
	// Facts holds the facts of a room in the same way, if the usage of rooms is
	// to come from them; the inputs that they come to are then missing from
	// Inputs. It is nil otherwise.
	Facts *Book

	order   []int               // positions of Books, by product and the newest first
	meters  []*Estimator        // of rooms, by position in Books; nil for a product without
	rooms   []*Estimator        // those that facts are metered by; nil without facts
	metered map[string]bool     // inputs that rooms come to
	made    map[string][]string // the facts that they come to them by, if there are facts
}

// NewCommon returns what books of a catalog ask for; there must be one at least.
// With fromFacts the minutes of rooms come from the facts of a room, which each
// product meters by its own rule.
func NewCommon(catalog *Catalog, books []*Book, fromFacts bool) (*Common, error) {
	if len(books) > MaxCompared {
		return nil, ErrTooMany
	}
	c := &Common{
		Books: books, meters: make([]*Estimator, len(books)), rooms: make([]*Estimator, len(books)),
		metered: map[string]bool{}, made: map[string][]string{},
	}
	for i, b := range books {
		if b.Currency != books[0].Currency {
			return nil, ErrCurrencies
		}
		if slices.Contains(books[:i], b) {
			return nil, ErrTwice
		}
		c.order = append(c.order, i)
	}
	slices.SortFunc(c.order, func(i, j int) int {
		a, b := books[i], books[j]
		return cmp.Or(cmp.Compare(a.Product, b.Product), compareBooks(b.ID, a.ID))
	})
	var inOrder, rooms []*Book
	for _, i := range c.order {
		inOrder = append(inOrder, books[i])
		e := catalog.room(books[i])
		if e == nil {
			continue
		}
		c.meters[i] = e
		if c.Room == "" {
			c.Room = e.ID
		}
		for _, t := range e.targets {
			c.metered[books[i].Inputs[t.input].ID] = true
		}
		if fromFacts {
			c.rooms[i] = e
			for id, facts := range e.made() {
				c.made[id] = append(c.made[id], facts...)
			}
			rooms = append(rooms, e.Facts)
		}
	}
	if len(rooms) == 0 {
		c.Inputs = unite(inOrder, nil)
	} else {
		c.Inputs = unite(inOrder, c.metered)
		c.Facts = unite(rooms, nil)
		c.Facts.Examples = factExamples(rooms[0].Examples, c.Facts)
	}
	return c, nil
}

// Metered reports whether an input is what a room comes to for one of the
// products. It is not among Inputs if rooms come from facts.
func (c *Common) Metered(id string) bool { return c.metered[id] }

// room returns the estimator of rooms of a book, or nil.
func (c *Catalog) room(b *Book) *Estimator {
	p, ok := c.Product(b.Product)
	if !ok {
		return nil
	}
	for _, e := range p.Estimators(b) {
		if _, ok := e.rule.(*room); ok {
			return e
		}
	}
	return nil
}

// unite returns a book with the inputs of all books but those left out, without
// options and prices.
func unite(books []*Book, without map[string]bool) *Book {
	out := &Book{Currency: books[0].Currency, positions: map[string]int{}}
	for _, b := range books {
		for i := range b.Inputs {
			in := &b.Inputs[i]
			if without[in.ID] {
				continue
			}
			if at := out.position(in.ID); at >= 0 {
				out.Inputs[at].allow(in)
				continue
			}
			out.positions[in.ID] = len(out.Inputs)
			out.Inputs = append(out.Inputs, in.clone())
		}
	}
	for _, b := range books {
		for _, g := range b.Groups {
			known := slices.ContainsFunc(out.Groups, func(o Group) bool { return o.ID == g.ID })
			used := slices.ContainsFunc(out.Inputs, func(in Input) bool { return in.Group == g.ID })
			if used && !known {
				out.Groups = append(out.Groups, g)
			}
		}
	}
	return out
}

// factExamples returns ready-made facts as usages of the facts of all rooms.
func factExamples(examples []Example, facts *Book) []Example {
	out := make([]Example, len(examples))
	for i, e := range examples {
		same, _ := e.Usage.In(facts)
		out[i] = Example{ID: e.ID, Name: e.Name, Usage: same}
	}
	return out
}

// Uncovered is something that a price book has no price and no limit for. Whether
// the product can serve it is for its vendor to say.
type Uncovered struct {
	// ID is that of the input or fact, or of the estimator of rooms where the
	// product has none.
	ID   string
	Name Text
	// Message says what is not priced, in a sentence without its end.
	Message Text
}

// carry returns the usage in one of the books, every input with the value that
// it has in all, and what had to be left out.
func carry(u *Usage, b *Book) (same *Usage, left []Uncovered) {
	same = b.NewUsage()
	for i := range u.book.Inputs {
		in := &u.book.Inputs[i]
		to, ok := b.Input(in.ID)
		ok = ok && to.Kind == in.Kind
		switch {
		case !ok && u.IsDefault(in), ok && u.IsDefault(in) && in.sameDefault(to):
		case ok && u.carry(in, same, to):
		case !ok:
			left = append(left, missing(in.ID, in.Name))
		default:
			left = append(left, Uncovered{ID: in.ID, Name: in.Name, Message: u.refused(in, to)})
		}
	}
	return same, left
}

func missing(id string, name Text) Uncovered {
	return Uncovered{ID: id, Name: name, Message: Text{EN: name.EN + ": not priced here, ask the vendor", ZH: name.ZH + "：该价目没有这一项，请向厂商询价"}}
}

// refused says up to which value a book prices an input, beyond which it is for
// the vendor to say.
func (u *Usage) refused(in, to *Input) Text {
	if in.Kind != KindCount {
		return Text{
			EN: in.Name.EN + ": not all that was chosen is priced here, ask the vendor",
			ZH: in.Name.ZH + "：所选内容该价目不全有，请向厂商询价",
		}
	}
	bound, en, zh := to.Minimum, "only from ", "只给出不少于 "
	if u.Count(in) > to.Maximum {
		bound, en, zh = to.Maximum, "only up to ", "只给出不超过 "
	}
	n := countText(bound).EN
	return Text{
		EN: in.Name.EN + ": priced here " + en + n + " " + to.Unit.For(bound, English) + ", ask the vendor",
		ZH: in.Name.ZH + "：该价目" + zh + n + " " + to.Unit.For(bound, Chinese) + "的价格，请向厂商询价",
	}
}

// comesToSomething reports whether any quantity of the derivation is not 0.
func (d *Derivation) comesToSomething() bool {
	return slices.ContainsFunc(d.Yields, func(y Yield) bool { return y.Quantity > 0 })
}
