package pricing

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// property is what must hold of a usage. The book's file is handed over for
// properties that read it, and the numbers at which something changes.
type property func(t *rapid.T, raw *bookFile, u *Usage, edges []int64)

// checkOnBooks checks a property on random usages, of random books and of all
// that the program carries.
func checkOnBooks(t *testing.T, check property) {
	t.Helper()
	t.Parallel()
	checkOnRandomBooks(t, check)
	checkOnRealBooks(t, check)
}

// checkOnRealBooks checks a property on all books that the program carries.
func checkOnRealBooks(t *testing.T, check property) {
	t.Helper()
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Products() {
		for _, b := range p.Books {
			checkOnBook(t, b, check)
		}
	}
}

// checkOnPlainBooks checks a property on books without the concepts that
// slow_test.go does not know.
func checkOnPlainBooks(t *testing.T, check property) {
	t.Helper()
	t.Parallel()
	checkOnRandomBooks(t, check)
	checkOnBook(t, tencentIM(t), check)
}

func checkOnRandomBooks(t *testing.T, check property) {
	t.Helper()
	t.Run("random books", rapid.MakeCheck(func(t *rapid.T) {
		b := drawBook(t)
		defer func() {
			if t.Failed() {
				t.Log(b.text)
			}
		}()
		for range 3 { // reading a book takes longer than pricing
			check(t, b.raw, drawUsage(t, b.Book, b.edges), b.edges)
		}
	}))
}

func checkOnBook(t *testing.T, b *Book, check property) {
	t.Helper()
	raw, edges := (&decoder{}).decode(b.file), edgesOf(b)
	t.Run(b.Product+" "+b.ID, rapid.MakeCheck(func(t *rapid.T) {
		check(t, raw, drawUsage(t, b, edges), edges)
	}))
}

// edgesOf returns the numbers at which a book changes something.
func edgesOf(b *Book) []int64 {
	edges := []int64{0, 1, MaxCount}
	conditionsOf := func(cs conditions) {
		for _, c := range cs {
			edges = append(edges, c.want)
		}
	}
	for i := range b.Options {
		for _, l := range b.Options[i].limits {
			edges = append(edges, l.reach, l.least)
		}
	}
	for i := range b.charges {
		conditionsOf(b.charges[i].when)
		for _, prices := range b.charges[i].prices {
			for _, p := range prices {
				conditionsOf(p.when)
				edges = append(edges, edgesOfPrice(p.price)...)
			}
		}
	}
	for _, l := range b.ladders {
		for _, level := range l.levels {
			edges = append(edges, level.limits...)
		}
	}
	slices.Sort(edges)
	return slices.Compact(edges)
}

func edgesOfPrice(p price) (edges []int64) {
	switch p := p.(type) {
	case *addOnPrice:
		edges = append(edges, p.own)
		for _, a := range p.addOns {
			edges = append(edges, a.limit)
		}
	case *packagePrice:
		edges = append(edges, p.included.IntPart(), p.included.Add(p.block).IntPart(), p.included.Add(p.block).Add(p.block).IntPart())
	case *subscription:
		edges = append(edges, p.overage.included.IntPart())
	case *rates:
		for _, item := range p.items {
			edges = append(edges, item.freeBelow)
		}
	case *poolPrice:
		for _, plan := range p.plans {
			edges = append(edges, plan.included/pow10(p.zeros))
		}
		for _, g := range p.grants {
			edges = append(edges, g.units/pow10(p.zeros))
		}
		for _, o := range p.offers {
			edges = append(edges, o.units/pow10(p.zeros))
		}
		for _, pack := range p.packs.Fixed() {
			edges = append(edges, pack.Size*p.block)
		}
		size, _, from := p.packs.Bulk()
		edges = append(edges, (from+size)*p.block)
		if c := p.packs.Custom(); c != nil {
			for _, t := range c.Tiers {
				edges = append(edges, t.From*p.block)
			}
		}
	case *commitment:
		for _, t := range p.tiers {
			edges = append(edges, 1000*t.from.IntPart(), 1000*t.to.IntPart())
		}
	}
	return edges
}
