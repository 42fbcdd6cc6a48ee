package export_test

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"suanpan/calc/export"
	"suanpan/calc/export/exporttest"
	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

func table(t testing.TB, d *quotes.Document, address string) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.CSV(&b, d, address); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// cells reads a table with a reader that is not ours, rows by column names.
func cells(t testing.TB, text string) []map[string]string {
	t.Helper()
	text, ok := strings.CutPrefix(text, "\ufeff")
	if !ok {
		t.Fatal("there is no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[rows[0][i]] = cell
		}
		all = append(all, m)
	}
	return all
}

// TestTable: every figure of every product is in the table, and adds up.
func TestTable(t *testing.T) {
	t.Parallel()
	for _, l := range languages {
		for _, d := range some(t, l, 2) {
			var lines []wire.Line
			sums := map[string]decimal.Decimal{}
			for _, row := range cells(t, table(t, d, address)) {
				switch row["record"] {
				case "line":
					lines = append(lines, wire.Line{
						ID: row["id"], Name: row["name"], Amount: row["amount"], Settlement: row["settlement"], Quantity: row["quantity"],
						Unit: row["unit"], UnitPrice: row["unit_price"], Formula: row["formula"], Source: row["source"],
					})
				case "item":
					sums["items"] = sums["items"].Add(decimal.RequireFromString(row["amount"]))
				case "total":
					times := decimal.NewFromInt(1)
					if row["item"] != "" {
						times = decimal.RequireFromString(row["item_quantity"])
					}
					sums[row["id"]+strconv.FormatBool(row["item"] == "")] = sums[row["id"]+strconv.FormatBool(row["item"] == "")].Add(times.Mul(decimal.RequireFromString(row["amount"])))
				}
			}
			var want []wire.Line
			for i := range d.Items {
				for _, line := range d.Items[i].Lines {
					line.UnitPrice = priceOfOne(line.UnitPrice, line.Per)
					line.Assumptions, line.Per, line.Parts = nil, "", nil
					want = append(want, line)
				}
			}
			if !reflect.DeepEqual(lines, want) {
				t.Errorf("the lines are not those of the document")
			}
			for key, figure := range map[string]string{
				"items": d.Total, "totaltrue": d.Total, "totalfalse": d.Total, "prepaidtrue": d.Prepaid,
				"prepaidfalse": d.Prepaid, "postpaidtrue": d.Postpaid, "postpaidfalse": d.Postpaid,
			} {
				if !sums[key].Equal(decimal.RequireFromString(figure)) {
					t.Errorf("%s is %s, want %s", key, sums[key], figure)
				}
			}
		}
	}
}

// priceOfOne moves the point of a price that is for so many.
func priceOfOne(price, per string) string {
	if price == "" {
		return ""
	}
	return decimal.RequireFromString(price).Shift(-int32(strings.Count(per, "0"))).String()
}

// TestTableOfNoPrice: a line that has not one price shows none, also in a quote
// that was saved when lines still had one of 0.
func TestTableOfNoPrice(t *testing.T) {
	u := usage(t, "tencent-trtc", `{"deliver_cos_hd_minutes": 50000, "deliver_cos_sd_minutes": 1, "dashboard": "basic", "av_hd_minutes": 1500000}`)
	d := freeze(t, order(pricing.English, quotes.OrderItem{Usage: u, Option: "ultimate", Quantity: 1}))
	for range 2 {
		prices := map[string]string{}
		for _, row := range cells(t, table(t, d, address)) {
			if row["record"] == "line" {
				prices[row["id"]] = row["unit_price"]
			}
		}
		if got := prices["delivery"] + "/" + prices["dashboard_overage"]; got != "/0.00099" {
			t.Errorf("the prices are %s", got)
		}
		d = copyOf(t, d)
		for i := range d.Items[0].Lines {
			if line := &d.Items[0].Lines[i]; line.UnitPrice == "" {
				line.UnitPrice, line.Parts = "0", nil
			}
		}
	}
}

// TestTableOfACredit: a negative amount is a number, and text that begins like
// one is not.
func TestTableOfACredit(t *testing.T) {
	u := usage(t, "aliyun-multimodal", `{"workloads": [{"rounds": 100000, "asr": "standard"}], "new_user": true}`)
	d := freeze(t, order(pricing.Chinese, quotes.OrderItem{Usage: u, Option: "payg", Quantity: 1}))
	text := table(t, d, address)
	for _, want := range []string{",trial_credit,", ",-10,", ",'+86 王,", ",'=1+1 & <报价>,", `,"'-1 line` + "\r\n\r\n" + `second, ""quoted"" _x0041_` + "\n" + `＝third",`} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
	if strings.Count(text, "\r\n") < 20 || !strings.HasSuffix(text, ",\r\n") {
		t.Error("the rows do not end with CR LF")
	}
}

// TestTableOfDigits: digits that are text have a tab behind them where a
// spreadsheet would make another number of them, and nothing else has.
func TestTableOfDigits(t *testing.T) {
	u := usage(t, "tencent-im", `{"dau": 1000000000000}`)
	for text, want := range map[string]string{
		"12345678901": "12345678901", "123456789012": "123456789012\t", "91110000000000000X": "91110000000000000X",
		"00123": "00123\t", "0": "0", "007\t": "007\t\t", "12 345 678 901 234": "12 345 678 901 234", "=1": "'=1", "1234\t": "1234\t",
	} {
		o := order(pricing.English, quotes.OrderItem{Usage: u, Quantity: 1})
		o.Customer = text
		d := freeze(t, o)
		d.Customer = text
		for _, row := range cells(t, table(t, d, address)) {
			switch {
			case row["id"] == "customer" && row["value"] != want:
				t.Errorf("%q is written as %q", text, row["value"])
			case row["record"] == "input" && row["id"] == "dau" && row["value"] != "1000000000000":
				t.Errorf("an input is written as %q", row["value"])
			case row["id"] == "created_at" && row["value"] != "2026-11-23":
				t.Errorf("saved on %q", row["value"])
			}
		}
		var b strings.Builder
		list := []quotes.Shown{{Listed: quotes.Listed{ID: quoteID, Listing: d.Listing(), ValidUntil: d.ValidUntil}, Now: quotes.Valid, Saved: "2026-11-23"}}
		if err := export.ListCSV(&b, list, func(string) string { return address }); err != nil {
			t.Fatal(err)
		}
		if row := cells(t, b.String())[0]; row["customer"] != want || row["created_at"] != "2026-11-23" || row["total"] != d.Total || row["state"] != "valid" || row["url"] != address {
			t.Errorf("the list has %v", row)
		}
	}
}

func TestTableOfAnEstimate(t *testing.T) {
	u := usage(t, "tencent-im", `{}`)
	d := freeze(t, &quotes.Order{ValidDays: 1, Lang: pricing.English, Items: []quotes.OrderItem{{Usage: u, Quantity: 1}}})
	d.ID, d.CreatedAt, d.ValidUntil, d.ValidDays = "", "", "", 0
	var head []string
	for _, row := range cells(t, table(t, d, "")) {
		if row["record"] == "quote" {
			head = append(head, row["id"])
		}
	}
	if want := []string{"lang", "currency"}; !slices.Equal(head, want) {
		t.Errorf("the head has %q, want %q", head, want)
	}
}

var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// checkHarmless fails if a cell begins with what a spreadsheet takes for the
// beginning of a formula.
func checkHarmless(t testing.TB, text string) {
	t.Helper()
	for _, row := range cells(t, text) {
		for column, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) && !number.MatchString(cell) {
				t.Errorf("%s is %q", column, cell)
			}
		}
	}
}

// trouble is text as somebody types it who looks for trouble.
func trouble() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.Custom(func(t *rapid.T) string {
			begin := rapid.SampledFrom([]string{"0", "'", "''", "=", "'=", "''＝", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\"", ",", " ", "-1", "true", "[", "\ufeff"}).Draw(t, "begin")
			return begin + rapid.StringOfN(rapid.SampledFrom([]rune("=,\"'\r\n\t报;1 ")), 0, 8, -1).Draw(t, "rest")
		}),
	)
}

// TestReadBack: every field of a random quote of every product comes back the
// same out of its table.
func TestReadBack(t *testing.T) {
	c := catalog(t)
	var books []*pricing.Book
	for _, p := range c.Products() {
		books = append(books, p.Books...)
	}
	rapid.Check(t, func(t *rapid.T) {
		want := &exporttest.Order{
			Title: trouble().Draw(t, "title"), Customer: trouble().Draw(t, "customer"),
			PreparedBy: trouble().Draw(t, "by"), Note: trouble().Draw(t, "note"),
			ValidDays: rapid.Int64Range(0, quotes.MaxDays).Draw(t, "days"), Lang: rapid.SampledFrom(languages).Draw(t, "lang"),
			Items: []exporttest.OrderItem{},
		}
		d := &quotes.Document{
			Title: want.Title, Customer: want.Customer, PreparedBy: want.PreparedBy, Note: want.Note,
			ValidDays: want.ValidDays, Lang: want.Lang, Total: "0.00",
		}
		// What turns the direction of writing is seen in a table.
		for _, text := range []*string{&want.Title, &want.Customer, &want.PreparedBy, &want.Note} {
			*text = wording.Visible(*text)
		}
		for range rapid.IntRange(0, 4).Draw(t, "items") {
			book := rapid.SampledFrom(books).Draw(t, "book")
			inputs, err := wire.EncodeUsage(randomUsage(t, book))
			if err != nil {
				t.Fatal(err)
			}
			item := exporttest.OrderItem{
				Product: book.Product, PriceBook: book.ID, Inputs: inputs,
				Option:   rapid.SampledFrom(book.Options).Draw(t, "option").ID,
				Quantity: rapid.Int64Range(1, quotes.MaxQuantity).Draw(t, "quantity"),
			}
			want.Items = append(want.Items, item)
			d.Items = append(d.Items, quotes.Item{
				Product: item.Product, PriceBook: item.PriceBook, Inputs: item.Inputs, Option: item.Option, Quantity: item.Quantity,
				Name: trouble().Draw(t, "name"), Entries: []quotes.Entry{{Name: trouble().Draw(t, "entry"), Value: trouble().Draw(t, "value")}},
				Notes: []string{trouble().Draw(t, "sentence")}, Amount: "-1.50", Total: "0",
			})
		}
		var b bytes.Buffer
		if err := export.CSV(&b, d, address); err != nil {
			t.Fatal(err)
		}
		got, err := exporttest.ReadCSV(&b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v came back as %+v", want, got)
		}
		for i := range got.Items {
			p, _ := c.Product(got.Items[i].Product)
			book, _ := p.Book(got.Items[i].PriceBook)
			u, faults, err := wire.DecodeUsage(got.Items[i].Inputs, book)
			if err != nil || len(faults) > 0 {
				t.Fatal(err, faults)
			}
			if again, err := wire.EncodeUsage(u); err != nil || !bytes.Equal(again, got.Items[i].Inputs) {
				t.Fatalf("%s is read as %s (%v)", got.Items[i].Inputs, again, err)
			}
		}
	})
}

// randomUsage sets every input of a book to anything it can be.
func randomUsage(t *rapid.T, book *pricing.Book) *pricing.Usage {
	u := book.NewUsage()
	for i := range book.Inputs {
		switch in := &book.Inputs[i]; in.Kind {
		case pricing.KindRows:
			rows, _ := u.SetRows(in, rapid.IntRange(0, 3).Draw(t, in.ID))
			for _, row := range rows {
				for j := range in.Fields {
					setRandom(t, row.Cell(in, j))
				}
			}
		case pricing.KindChoices:
			ids := rapid.SliceOf(rapid.Map(rapid.SampledFrom(in.Choices), func(c pricing.Choice) string { return c.ID })).Draw(t, in.ID)
			if fault := u.SetChoices(in, ids); fault != nil {
				t.Fatal(fault)
			}
		default:
			setRandom(t, u.Cell(in))
		}
	}
	return u
}

func setRandom(t *rapid.T, cell pricing.Cell) {
	in := cell.Input()
	var fault *pricing.InputError
	switch in.Kind {
	case pricing.KindYesNo:
		cell.SetYesNo(rapid.Bool().Draw(t, in.ID))
	case pricing.KindChoice:
		fault = cell.SetChoice(rapid.SampledFrom(in.Choices).Draw(t, in.ID).ID)
	default:
		fault = cell.SetCount(strconv.FormatInt(rapid.Int64Range(in.Minimum, in.Maximum).Draw(t, in.ID), 10))
	}
	if fault != nil {
		t.Fatal(fault)
	}
}

// TestReadStrange: values that look like others are told apart, and a table
// that a spreadsheet has saved anew is read too.
func TestReadStrange(t *testing.T) {
	d := &quotes.Document{Lang: pricing.English, Total: "0.00", Items: []quotes.Item{{
		Product: "p", Quantity: 1, Inputs: []byte(`{"a":"true","b":true,"c":"[1]","d":"","e":"\"","f":"007","g":[],"h":"-1","i":null,"j":"null","k":"'='"}`),
	}}}
	text := table(t, d, "")
	for name, text := range map[string]string{
		"as written": text, "without a byte order mark": strings.TrimPrefix(text, "\ufeff"), "with LF": strings.ReplaceAll(text, "\r\n", "\n"),
		"without the last line end": strings.TrimSuffix(text, "\r\n"), "all quoted": quoteAll(t, text),
	} {
		got, err := exporttest.ReadCSV(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if string(got.Items[0].Inputs) != string(d.Items[0].Inputs) {
			t.Errorf("%s: %s came back as %s", name, d.Items[0].Inputs, got.Items[0].Inputs)
		}
	}
}

func quoteAll(t *testing.T, text string) string {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestReadNonsense: what is no table of a quote is refused with the row.
func TestReadNonsense(t *testing.T) {
	head, _, _ := strings.Cut(table(t, &quotes.Document{Lang: pricing.English}, ""), "\r\n")
	row := func(cells ...string) string {
		return head + "\r\n" + strings.Join(cells, ",") + strings.Repeat(",", 16-len(cells)) + "\r\n"
	}
	for text, want := range map[string]string{
		"":                             "the first row",
		"a,b\r\n":                      "row 1: there have to be 16 cells",
		head + "\r\nquote\r\n":         "row 2: there have to be 16 cells",
		head + ",\r\n":                 "row 1: there have to be 16 cells",
		head + "\r\n\"quote":           "row 2: a quoted cell does not end",
		head + "\r\n\"quote\"x" + "\n": "row 2: there is something behind a quoted cell",
		strings.Replace(head, "record", "Record", 1) + "\n":                                                "the first row",
		row("quote", "", "", "", "", "", "lang", "", "fr"):                                                 `row 2: there is no language "fr"`,
		row("quote", "", "", "", "", "", "valid_days"):                                                     "row 2: ",
		row("item", "1", "p", "b", "o", "many"):                                                            "row 2: ",
		row("input", "1", "p", "b", "o", "1", "a", "", "1"):                                                "row 2: an input comes before the first item",
		row("item", "1", "p", "b", "o", "1") + "input,1,,,,,a,,[1,,,,,,,\r\n":                              `row 3: "[1" is not the value of an input`,
		head + "\r\n" + strings.Repeat("item,1,p,b,o,1"+strings.Repeat(",", 10)+"\r\n", quotes.MaxItems+1): "row 22: there are more than 20 items",
	} {
		if _, err := exporttest.ReadCSV(strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.300q: %v, want %s", text, err, want)
		}
	}
}

// FuzzCSV: whatever is typed, no cell begins like a formula, and all of it
// comes back.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"=1+1", "'=1", "＝1", "-1", "-1.5", "a\r\nb", "\t=1", "\"", "1,2", "\xff=", "+\xff", "-", "''+", ""} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, title, name string) {
		d := &quotes.Document{
			Title: title, Note: name, Customer: name + title, Lang: pricing.Chinese, Total: name, Prepaid: title,
			Items: []quotes.Item{{
				Name: name, OptionName: title, Product: name, Option: title, PriceBook: name, Quantity: 1,
				Entries: []quotes.Entry{{Name: name, Value: title}}, Notes: []string{name},
				Lines: []wire.Line{{ID: name, Name: title, Amount: name, Quantity: title, Unit: name, UnitPrice: title, Formula: name, Settlement: title, Source: name}},
			}},
		}
		text := table(t, d, name)
		checkHarmless(t, text)
		got, err := exporttest.ReadCSV(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		valid := func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }
		want := &exporttest.Order{Title: valid(title), Note: valid(name), Customer: valid(name + title), Lang: pricing.Chinese, Items: []exporttest.OrderItem{
			{Product: valid(name), Option: valid(title), PriceBook: valid(name), Quantity: 1, Inputs: []byte("{}")},
		}}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v came back as %+v", want, got)
		}
	})
}
