package pricing

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
)

// update makes the tests write what they otherwise compare with:
//
//	go test ./pricing -update
var update = flag.Bool("update", false, "write the golden bills and the hashes of the published books")

func TestMain(m *testing.M) {
	// Fewer random books than rapid's default keep the tests at some seconds;
	// -rapid.checks on the command line asks for more, as make long does.
	if err := flag.Set("rapid.checks", "50"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

const fixtureFile = "testdata/fixture.yaml"

// fixtureText returns a small book of an invented product that uses every
// feature of the vocabulary once.
func fixtureText(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(fixtureFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func decodeText(t testing.TB, text string) *Book {
	t.Helper()
	b, err := DecodeBook("book.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return b
}

func fixtureBook(t testing.TB) *Book {
	t.Helper()
	return decodeText(t, fixtureText(t))
}

// embeddedCatalog returns the catalog that the program carries.
var embeddedCatalog = sync.OnceValues(func() (*Catalog, error) { return LoadCatalog(EmbeddedBooks()) })

// catalogOf returns the catalog of the embedded books, in any kind of test.
func catalogOf(t interface {
	Helper()
	Fatal(args ...any)
}) *Catalog {
	t.Helper()
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// embeddedProduct returns a product that the program carries.
func embeddedProduct(t testing.TB, id string) *Product {
	t.Helper()
	p, ok := catalogOf(t).Product(id)
	if !ok {
		t.Fatalf("no product %s", id)
	}
	return p
}

// embeddedBook returns a book of it.
func embeddedBook(t testing.TB, product, id string) *Book {
	t.Helper()
	p := embeddedProduct(t, product)
	b, ok := p.Book(id)
	if !ok {
		t.Fatalf("no price book %s of %s", id, product)
	}
	return b
}

func tencentIM(t testing.TB) *Book {
	t.Helper()
	return embeddedBook(t, "tencent-im", "2020-10-30")
}

// usageOf returns the usage that a JSON object of inputs states, read as the
// API reads it: numbers by their digits, yes/no as true and false, choices by
// their ids, rows as objects.
func usageOf(t testing.TB, b *Book, inputs string) *Usage {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(inputs))
	decoder.UseNumber()
	var values map[string]any
	if err := decoder.Decode(&values); err != nil {
		t.Fatalf("%s: %v", inputs, err)
	}
	u := b.NewUsage()
	for id, value := range values {
		in, ok := b.Input(id)
		if !ok {
			t.Fatalf("there is no input %s", id)
		}
		if in.Kind == KindRows {
			setRows(t, u, in, value.([]any))
			continue
		}
		switch value := value.(type) {
		case json.Number:
			noFault(t, u.SetCount(in, value.String()))
		case bool:
			u.SetYesNo(in, value)
		case string:
			noFault(t, u.SetChoice(in, value))
		case []any:
			var ids []string
			for _, id := range value {
				ids = append(ids, id.(string))
			}
			noFault(t, u.SetChoices(in, ids))
		default:
			t.Fatalf("%s: %v is no value of an input", id, value)
		}
	}
	return u
}

func setRows(t testing.TB, u *Usage, in *Input, values []any) {
	t.Helper()
	rows, fault := u.SetRows(in, len(values))
	noFault(t, fault)
	for i, row := range rows {
		for id, value := range values[i].(map[string]any) {
			f := in.field(id)
			if f < 0 {
				t.Fatalf("%s has no field %s", in.ID, id)
			}
			switch value := value.(type) {
			case json.Number:
				noFault(t, row.Cell(in, f).SetCount(value.String()))
			case bool:
				row.Cell(in, f).SetYesNo(value)
			case string:
				noFault(t, row.Cell(in, f).SetChoice(value))
			}
		}
	}
}

func noFault(t testing.TB, fault *InputError) {
	t.Helper()
	if fault != nil {
		t.Fatal(fault)
	}
}

// billText writes everything there is to read in an estimate, as plain text
// that a person can check against the price list.
func billText(e *Estimate) string {
	var b strings.Builder
	recommended := "none"
	if r := e.Recommended(); r != nil {
		recommended = r.Option.ID
	}
	fmt.Fprintf(&b, "recommended: %s\n", recommended)
	for i := range e.Options {
		writeOption(&b, &e.Options[i])
	}
	return b.String()
}

// partText writes a part, leaving out what it does not have.
func partText(p *Part) string {
	s := p.Quantity.String()
	if p.Unit.EN != "" {
		s += " " + p.Unit.EN
	}
	if p.Name.EN != "" {
		s += " of " + p.Name.EN
	}
	if p.FreeBelow > 0 {
		s += fmt.Sprintf(", free below %d", p.FreeBelow)
	}
	if !p.Included.IsZero() {
		s += fmt.Sprintf(", %s included", p.Included)
	}
	s += " at " + p.Price.String()
	switch {
	case p.FullBlocks:
		s += " per full " + p.Block.String()
	case !p.Block.IsZero():
		s += " per started " + p.Block.String()
	case p.Per > 1:
		s += fmt.Sprintf(" per %d", p.Per)
	}
	if !p.Times.Equal(one) {
		s += ", times " + p.Times.String()
	}
	return s
}

func sourceID(s *Source) string {
	if s.Document == nil {
		return "no document"
	}
	return s.Document.ID
}

func writeOption(b *strings.Builder, o *OptionEstimate) {
	fit := "feasible"
	if !o.Feasible {
		fit = "not feasible"
	}
	if !o.Complete {
		fit += ", not complete"
	}
	fmt.Fprintf(b, "\n%s (%s, %s): %s\n", o.Option.ID, o.Option.Name.EN, o.Option.Name.ZH, fit)
	for i := range o.Lines {
		l := &o.Lines[i]
		fmt.Fprintf(b, "  %-19s  %-8s  %19s  %s\n", l.ID(), l.Settlement(), l.Amount, l.Formula)
		fmt.Fprintf(b, "    %s: %s (%s)\n", l.Name.EN, l.Quantity, l.Unit().EN)
		fmt.Fprintf(b, "    source: %s, %s\n", sourceID(l.Source()), l.Source().Section.EN)
		for _, p := range l.Parts() {
			fmt.Fprintf(b, "    = %s\n", partText(&p))
		}
	}
	for _, p := range o.Purchases {
		what := fmt.Sprintf("%d of %d %s", p.Quantity, p.Holds, p.Unit.EN)
		switch {
		case !p.Rate.IsZero():
			what = fmt.Sprintf("%d at the rate %s", p.Quantity, p.Rate)
		case p.Size > 0:
			what += ", a chosen size"
		}
		if p.Size != 0 && p.Size != p.Holds {
			what += fmt.Sprintf(" which is not %d", p.Size)
		}
		fmt.Fprintf(b, "  bought %s, window %d: %s for %s\n", p.ID, p.Window, what, p.Amount)
	}
	for _, p := range o.Pools {
		fmt.Fprintf(b, "  pool %s: %s %s = %s included + %s granted + %s packed + %s postpaid; left %s included, %s packed\n",
			p.Name.EN, p.Demand, p.Unit.EN, p.Included, p.Granted, p.Packed, p.Postpaid, p.IncludedLeft, p.PackedLeft)
	}
	for _, s := range o.Converted() {
		fmt.Fprintf(b, "  converted: %s / %s\n", s.EN, s.ZH)
	}
	for _, s := range o.Simpler() {
		fmt.Fprintf(b, "  simpler: %s / %s\n", s.EN, s.ZH)
	}
	for _, v := range o.Violations {
		limit := fmt.Sprint(v.Limit)
		if v.Input.Kind != KindCount {
			limit = "none"
		}
		fmt.Fprintf(b, "  violation of %s, limit %s: %s / %s\n", v.Input.ID, limit, v.Message.EN, v.Message.ZH)
	}
	for _, n := range o.Notes {
		fmt.Fprintf(b, "  note: %s / %s\n", n.EN, n.ZH)
	}
	for _, c := range o.Cliffs {
		fmt.Fprintf(b, "  cliff: %s / %s\n", c.EN, c.ZH)
	}
	fmt.Fprintf(b, "  total %s, a month %s, prepaid %s, postpaid %s\n",
		o.Total.StringFixed(fen), o.Monthly.StringFixed(fen), o.Prepaid.StringFixed(fen), o.Postpaid.StringFixed(fen))
}

// manyCases leaves a test with many cases out of a short run, as make quick is.
func manyCases(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("many cases: left to the run that is not short")
	}
}

// randomly runs a check on many random problems. A failure names the seed of
// its problem: put it in the place of rand.Uint64 to run that one first.
func randomly(t *testing.T, problems int, check func(r *rand.Rand) error) {
	t.Helper()
	manyCases(t)
	for range problems {
		seed := rand.Uint64()
		if err := check(rand.New(rand.NewPCG(seed, 0))); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// between returns a random number from low to high, both included.
func between(r *rand.Rand, low, high int64) int64 { return low + r.Int64N(high-low+1) }

// ExactTotal returns the sum of the lines, before any rounding.
func (o *OptionEstimate) ExactTotal() decimal.Decimal { return sumOf(o.Lines) }
