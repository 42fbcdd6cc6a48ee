package export_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"suanpan/calc/export"
	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// office opens files in LibreOffice and saves them as workbooks again, all of
// them in one run, since starting it takes most of the time.
type office struct {
	t     *testing.T
	in    string
	files []string
	check []func(data []byte)
}

// add has a file opened, and what was saved of it checked.
func (o *office) add(ext string, data []byte, check func(data []byte)) {
	o.t.Helper()
	name := filepath.Join(o.in, strconv.Itoa(len(o.files))+ext)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		o.t.Fatal(err)
	}
	o.files, o.check = append(o.files, name), append(o.check, check)
}

// always has LibreOffice compute every formula of a workbook anew when it opens
// it, instead of believing the values that come with them.
const always = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`

func (o *office) run() {
	o.t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		o.t.Fatalf("LibreOffice is needed to compute the workbooks (libreoffice-calc-nogui): %v", err)
	}
	profile, out := o.t.TempDir(), o.t.TempDir()
	if err := os.Mkdir(filepath.Join(profile, "user"), 0o700); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(always), 0o600); err != nil {
		o.t.Fatal(err)
	}
	args := append([]string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "xlsx", "--outdir", out}, o.files...)
	command := exec.CommandContext(o.t.Context(), program, args...)
	command.WaitDelay = time.Second
	if said, err := command.CombinedOutput(); err != nil {
		o.t.Fatalf("%v: %v\n%s", command, err, said)
	}
	for i, check := range o.check {
		data, err := os.ReadFile(filepath.Join(out, strconv.Itoa(i)+".xlsx"))
		if err != nil {
			o.t.Fatal(err)
		}
		check(data)
	}
}

// change writes a quantity into a cell, as a reader does.
func (b *book) change(row int, quantity int64) {
	b.t.Helper()
	if err := b.f.SetCellInt(b.sheet, "B"+strconv.Itoa(row), quantity); err != nil {
		b.t.Fatal(err)
	}
}

func (b *book) bytes() []byte {
	b.t.Helper()
	data, err := b.f.WriteToBuffer()
	if err != nil {
		b.t.Fatal(err)
	}
	return data.Bytes()
}

// multiply changes the quantities of a document's lines and items at random,
// those that the workbook lets a reader change, and sums it anew in decimals.
func multiply(t *testing.T, random *rand.Rand, d *quotes.Document, b *book) *quotes.Document {
	d = copyOf(t, d)
	var total, prepaid, postpaid decimal.Decimal
	for i := range d.Items {
		item, place := &d.Items[i], b.items[i]
		var one, upFront, afterwards decimal.Decimal
		for j := range item.Lines {
			line := &item.Lines[j]
			amount := decimal.RequireFromString(line.Amount)
			if b.formula("F", place.lines+j) != "" && kindOf(line, item.Months) != "constant" {
				quantity := random.Int64N(1000)
				before := decimal.RequireFromString(line.Quantity)
				amount = amount.Mul(decimal.NewFromInt(quantity)).Div(before)
				line.Quantity, line.Amount = strconv.FormatInt(quantity, 10), amount.String()
				b.change(place.lines+j, quantity)
			}
			one = one.Add(amount)
			if line.Settlement == string(pricing.Prepaid) {
				upFront = upFront.Add(amount)
			} else {
				afterwards = afterwards.Add(amount)
			}
		}
		item.Quantity = 1 + random.Int64N(100)
		b.change(place.amount, item.Quantity)
		times := decimal.NewFromInt(item.Quantity)
		item.Total, item.Prepaid, item.Postpaid = one.StringFixed(2), upFront.StringFixed(2), afterwards.StringFixed(2)
		item.Monthly = one.Round(2).DivRound(decimal.NewFromInt(item.Months), 2).String()
		item.Amount = one.Round(2).Mul(times).String()
		total, prepaid, postpaid = total.Add(one.Round(2).Mul(times)), prepaid.Add(upFront.Round(2).Mul(times)), postpaid.Add(afterwards.Round(2).Mul(times))
	}
	d.Total, d.Prepaid, d.Postpaid = total.String(), prepaid.String(), postpaid.String()
	return d
}

// halves is a quote of amounts that end in half a fen, where binary fractions
// are a little less or more than what they stand for.
func halves(t *testing.T) *quotes.Document {
	d := freeze(t, order(pricing.English, quotes.OrderItem{Usage: usage(t, "tencent-im", `{"dau": 15000}`), Quantity: 1, Option: "pro"}))
	line, item := d.Items[0].Lines[0], d.Items[0]
	line.UnitPrice = "0"
	d.Items = nil
	var total decimal.Decimal
	for i, amounts := range [][]string{{"1.005"}, {"2.675"}, {"1.115", "-0.100"}, {"0.1", "0.2", "0.005"}, {"1000000.005"}, {"8.345", "0.01"}, {"-0.005"}, {"0.125", "0.12"}} {
		item.Name, item.Lines, item.Quantity = fmt.Sprintf("halves %d", i), nil, 3
		var one decimal.Decimal
		for _, amount := range amounts {
			line.Amount = amount
			item.Lines = append(item.Lines, line)
			one = one.Add(decimal.RequireFromString(amount))
		}
		one = one.Round(2)
		item.Total, item.Prepaid, item.Postpaid, item.Months, item.Amount = one.String(), one.String(), "0.00", 1, one.Mul(decimal.NewFromInt(3)).String()
		total = total.Add(one.Mul(decimal.NewFromInt(3)))
		d.Items = append(d.Items, item)
	}
	d.Total, d.Prepaid, d.Postpaid = total.String(), total.String(), "0.00"
	return d
}

// TestLibreOffice: another program reads what is written and computes the same
// from it, as it is and after a quantity was changed.
func TestLibreOffice(t *testing.T) {
	t.Parallel()
	o := &office{t: t, in: t.TempDir()}
	random := rand.New(rand.NewPCG(3, 4))
	recomputed := func(name string, d *quotes.Document, data []byte) {
		o.add(".xlsx", data, func(data []byte) {
			t.Run(name, func(t *testing.T) {
				b := find(t, open(t, data), d)
				b.holdsTotals(d)
				if got := b.text("A", 1); got != d.Title || b.formula("A", 1) != "" {
					t.Errorf("the title is %q (formula %q)", got, b.formula("A", 1))
				}
				if got, want := b.text("B", 5)+b.text("B", 6), d.Customer+d.PreparedBy; got != want {
					t.Errorf("the head says %q, want %q", got, want)
				}
				const line = "second, \"quoted\" _x0041_" // which is an A in the language of the files
				if !slices.ContainsFunc(b.rows, func(r []string) bool { return len(r) > 1 && r[1] == line }) {
					t.Errorf("the note does not say %q", line)
				}
			})
		})
	}
	for _, l := range languages {
		for n, d := range some(t, l, 4) {
			b := find(t, workbook(t, d, address), d)
			name := fmt.Sprintf("%s %d", l, n)
			if (n%2 == 0) == (l == pricing.Chinese) {
				name += ", changed"
				d = multiply(t, random, d, b)
			}
			recomputed(name, d, b.bytes())
		}
	}
	d := halves(t)
	recomputed("halves of a fen", d, find(t, workbook(t, d, address), d).bytes())

	// What a reader changes comes to what the engine has for the same usage.
	var same []*quotes.Document
	for _, l := range languages {
		few := freeze(t, order(l, quotes.OrderItem{Usage: usage(t, "tencent-im", `{"dau": 15000, "months": 12}`), Option: "pro", Quantity: 1}))
		many := freeze(t, order(l, quotes.OrderItem{Usage: usage(t, "tencent-im", `{"dau": 45000, "months": 12}`), Option: "pro", Quantity: 3}))
		b := find(t, workbook(t, few, address), few)
		overage := slices.IndexFunc(few.Items[0].Lines, func(l wire.Line) bool { return l.ID == "dau_overage" })
		b.change(b.items[0].lines+overage, 4)
		b.change(b.items[0].amount, 3)
		recomputed("as the engine has it, "+string(l), many, b.bytes())
		same = append(same, few)
	}

	// No text of a table becomes a formula.
	var table bytes.Buffer
	if err := export.CSV(&table, same[1], address); err != nil {
		t.Fatal(err)
	}
	o.add(".csv", table.Bytes(), func(data []byte) {
		f := open(t, data)
		rows, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		// Where nobody is asked, LibreOffice reads it in an encoding of its own.
		if got := rows[1][8]; !strings.HasPrefix(got, "'=1+1 & <") {
			t.Errorf("the title is %q", got)
		}
		for i, row := range rows {
			for j := range row {
				cell := string(rune('A'+j)) + strconv.Itoa(i+1)
				if formula, err := f.GetCellFormula(f.GetSheetName(0), cell); formula != "" || err != nil {
					t.Errorf("%s has become the formula %q (%v)", cell, formula, err)
				}
			}
		}
	})
	o.run()
}
