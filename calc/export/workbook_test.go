package export_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"suanpan/calc/export"
	"suanpan/calc/quotes"
	"suanpan/calc/wire"
)

// workbook writes a document and opens what was written.
func workbook(t testing.TB, d *quotes.Document, address string) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := export.XLSX(&b, d, address, catalog(t)); err != nil {
		t.Fatal(err)
	}
	return open(t, b.Bytes())
}

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// book is a workbook with the places in it that belong to a document.
type book struct {
	t     testing.TB
	f     *excelize.File
	sheet string
	rows  [][]string // as they are kept, not as they are shown
	items []place
}

// place is where an item stands: its lines are in the rows from lines on, each
// in its row with its parts below it, and each sum in a row of its own; monthly
// is 0 if there is none.
type place struct {
	band, lines                             int
	row                                     []int
	one, monthly, prepaid, postpaid, amount int
}

// rowsOf returns how many rows a line has.
func rowsOf(l *wire.Line) int {
	switch kindOf(l) {
	case "ruled":
		return 2
	case "sum":
		return 1 + len(l.Parts)
	default:
		return 1
	}
}

// find finds the items of a document.
func find(t testing.TB, f *excelize.File, d *quotes.Document) *book {
	t.Helper()
	b := &book{t: t, f: f, sheet: f.GetSheetName(0)}
	var err error
	if b.rows, err = f.GetRows(b.sheet, excelize.Options{RawCellValue: true}); err != nil {
		t.Fatal(err)
	}
	for i := range d.Items {
		item := &d.Items[i]
		band := strconv.Itoa(i+1) + "   " + item.Name + " · " + item.OptionName
		at := slices.IndexFunc(b.rows, func(r []string) bool { return len(r) > 0 && r[0] == band })
		if at < 0 {
			t.Fatalf("there is no row %q", band)
		}
		p := place{band: at + 1, lines: at + 4}
		p.one = p.lines
		for j := range item.Lines {
			p.row = append(p.row, p.one)
			p.one += rowsOf(&item.Lines[j])
		}
		p.one = max(p.one, p.lines+1)
		next := p.one + 1
		if item.Months > 1 {
			p.monthly = next
			next++
		}
		p.prepaid, p.postpaid, p.amount = next, next+1, next+2
		b.items = append(b.items, p)
	}
	return b
}

// text returns what a cell holds, as it is kept.
func (b *book) text(column string, row int) string {
	if i := int(column[0] - 'A'); row <= len(b.rows) && i < len(b.rows[row-1]) {
		return b.rows[row-1][i]
	}
	return ""
}

func (b *book) formula(column string, row int) string {
	b.t.Helper()
	formula, err := b.f.GetCellFormula(b.sheet, column+strconv.Itoa(row))
	if err != nil {
		b.t.Fatal(err)
	}
	return formula
}

// holds checks that a cell holds exactly a figure.
func (b *book) holds(column string, row int, figure string) {
	b.t.Helper()
	if got, want := b.text(column, row), decimal.RequireFromString(figure); got == "" || !decimal.RequireFromString(got).Equal(want) {
		b.t.Errorf("%s%d holds %q, want %s", column, row, got, want)
	}
}

// holdsTotals checks all figures of the document but those of its lines.
func (b *book) holdsTotals(d *quotes.Document) {
	b.t.Helper()
	b.holds("A", 3, d.Total)
	b.holds("C", 3, d.Prepaid)
	b.holds("F", 3, d.Postpaid)
	for i, p := range b.items {
		item := &d.Items[i]
		b.holds("F", p.one, item.Total)
		b.holds("F", p.prepaid, item.Prepaid)
		b.holds("F", p.postpaid, item.Postpaid)
		b.holds("B", p.amount, strconv.FormatInt(item.Quantity, 10))
		b.holds("F", p.amount, item.Amount)
		if p.monthly > 0 {
			b.holds("F", p.monthly, item.Monthly)
		}
	}
}

// kindOf says how an amount is made of its quantity: it is a constant, a
// quantity at a price, a quantity of which not all is charged, or a sum.
func kindOf(l *wire.Line) string {
	switch {
	case len(l.Parts) == 0 && (l.UnitPrice == "" || l.UnitPrice == "0"):
		return "constant"
	case len(l.Parts) == 0:
		return "plain"
	case l.UnitPrice == "":
		return "sum"
	case l.Parts[0].Included+l.Parts[0].Block+l.Parts[0].FreeBelow != "":
		return "ruled"
	default:
		return "plain"
	}
}

// charged is the formula of what is charged of the quantity in a cell.
func charged(p *wire.Part, cell string) string {
	over := cell
	if p.Included != "" {
		over = "MAX(0," + cell + "-" + p.Included + ")"
	}
	switch {
	case p.FreeBelow != "":
		return "IF(" + cell + "<" + p.FreeBelow + ",0," + cell + ")"
	case p.Blocks == "full":
		return "ROUNDDOWN(" + over + "/" + p.Block + ",0)"
	case p.Block != "":
		return "ROUNDUP(" + over + "/" + p.Block + ",0)"
	default:
		return over
	}
}

// holdsPrice checks the price and the factor of a part, and that the amount
// is made of them.
func (b *book) holdsPrice(p *wire.Part, charged string, row int) {
	b.t.Helper()
	b.holds("D", row, p.UnitPrice)
	factor := decimal.NewFromInt(1)
	if p.Times != "" {
		factor = decimal.RequireFromString(p.Times)
	}
	factor = factor.Shift(-int32(strings.Count(p.Per, "0")))
	want := fmt.Sprintf("%s*D%d", charged, row)
	if factor.Equal(decimal.NewFromInt(1)) {
		if got := b.text("E", row); got != "" {
			b.t.Errorf("E%d holds %q", row, got)
		}
	} else {
		b.holds("E", row, factor.String())
		want += fmt.Sprintf("*E%d", row)
	}
	if got := b.formula("F", row); got != want {
		b.t.Errorf("F%d is the formula %q, want %q", row, got, want)
	}
}

// holdsLine checks the rows of a line.
func (b *book) holdsLine(l *wire.Line, row int) {
	b.t.Helper()
	b.holds("B", row, l.Quantity)
	b.holds("F", row, l.Amount)
	if got := b.text("A", row) + b.text("C", row) + b.text("H", row) + b.text("I", row); got != l.Name+l.Unit+l.Formula+l.Source {
		b.t.Errorf("row %d says %q of %+v", row, got, l)
	}
	counted, cell := "", "B"+strconv.Itoa(row)
	switch kindOf(l) {
	case "constant":
		if got := b.text("D", row) + b.formula("F", row); got != "" {
			b.t.Errorf("row %d has %q", row, got)
		}
	case "plain":
		b.holdsPrice(&l.Parts[0], cell, row)
	case "ruled":
		p := &l.Parts[0]
		b.holdsPrice(p, cell, row)
		b.holds("B", row+1, p.Quantity)
		counted = charged(p, "B"+strconv.Itoa(row+1))
		if got := b.text("C", row+1); got != p.Unit {
			b.t.Errorf("C%d holds %q, want %q", row+1, got, p.Unit)
		}
	case "sum":
		if got := b.text("D", row); got != "" {
			b.t.Errorf("D%d holds %q", row, got)
		}
		if got, want := b.formula("F", row), fmt.Sprintf("SUM(F%d:F%d)", row+1, row+len(l.Parts)); got != want {
			b.t.Errorf("F%d is the formula %q, want %q", row, got, want)
		}
		var all []string
		for i := range l.Parts {
			p, at := &l.Parts[i], row+1+i
			all = append(all, charged(p, "B"+strconv.Itoa(at)))
			b.holds("B", at, p.Quantity)
			b.holdsPrice(p, all[i], at)
			b.holds("F", at, amountOf(b.t, p, p.Quantity).String())
			if got := b.text("A", at) + b.text("C", at); !strings.HasSuffix(got, p.Name+p.Unit) {
				b.t.Errorf("row %d says %q of %+v", at, got, p)
			}
		}
		if l.ID != "recording_overage" { // converted
			counted = strings.Join(all, "+")
		}
	}
	if got := b.formula("B", row); got != counted {
		b.t.Errorf("B%d is the formula %q, want %q", row, got, counted)
	}
}

// amountOf returns what the engine has for another quantity of a part.
func amountOf(t testing.TB, p *wire.Part, quantity string) decimal.Decimal {
	t.Helper()
	other := *p
	other.Quantity = quantity
	read, err := other.Read(decimal.NewFromString)
	if err != nil {
		t.Fatal(err)
	}
	return read.Amount()
}
