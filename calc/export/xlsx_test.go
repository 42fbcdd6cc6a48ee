package export_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"suanpan/calc/export"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// TestWorkbook: every figure of every product is in the workbook, and those
// that follow from others are formulas.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	negative := 0
	for _, l := range languages {
		for _, d := range some(t, l, 2) {
			b := find(t, workbook(t, d, address), d)
			b.holdsTotals(d)
			for i, p := range b.items {
				item := &d.Items[i]
				for j := range item.Lines {
					line := &item.Lines[j]
					b.holdsLine(line, p.row[j])
					kinds[kindOf(line)]++
					if strings.HasPrefix(line.Amount, "-") {
						negative++
					}
				}
				if len(item.Lines) > 0 {
					for _, row := range []int{p.one, p.prepaid, p.postpaid, p.amount} {
						if b.formula("F", row) == "" {
							t.Errorf("row %d has no formula", row)
						}
					}
				}
			}
		}
	}
	for _, kind := range []string{"plain", "ruled", "sum", "constant"} {
		if kinds[kind] < 20 {
			t.Errorf("there are only %d lines that are %s", kinds[kind], kind)
		}
	}
	if negative == 0 {
		t.Error("there is no credit")
	}
}

// TestWorkbookHead: whatever was typed is text, character by character.
func TestWorkbookHead(t *testing.T) {
	u := usage(t, "tencent-im", `{"dau": 15000}`)
	d := freeze(t, order(pricing.Chinese, quotes.OrderItem{Usage: u, Quantity: 1}))
	d.Revises = "zyxwvutsrqponmlkjihgfedcba"
	f := workbook(t, d, address)
	if got, want := f.GetSheetList(), []string{"报价单", "需求与假定"}; !slices.Equal(got, want) {
		t.Errorf("the sheets are %q, want %q", got, want)
	}
	b := find(t, f, d)
	if got := b.text("A", 1); got != d.Title || b.formula("A", 1) != "" {
		t.Errorf("the title is %q (formula %q)", got, b.formula("A", 1))
	}
	var head []string
	for row := 5; row < b.items[0].band-1; row++ {
		head = append(head, b.text("A", row)+"|"+b.text("B", row))
		if formula := b.formula("B", row); formula != "" {
			t.Errorf("B%d is the formula %q", row, formula)
		}
	}
	want := []string{
		"客户|" + d.Customer, "报价人|" + d.PreparedBy, "日期|46349", "有效期至|46379",
		"报价编号|" + quoteID, "替代报价|" + d.Revises, "链接|" + address,
		"备注|-1 line", "|", "|second, \"quoted\" _x0041_", "|＝third",
	}
	if !slices.Equal(head, want) {
		t.Errorf("the head is\n%q, want\n%q", head, want)
	}
	if shown, err := f.GetCellValue(b.sheet, "B7"); err != nil || shown != "2026年11月23日" {
		t.Errorf("the date is shown as %q (%v)", shown, err)
	}
	if ok, link, err := f.GetCellHyperLink(b.sheet, "B11"); !ok || link != address || err != nil {
		t.Errorf("the address links to %q (%v)", link, err)
	}
	if panes, err := f.GetPanes(b.sheet); err != nil || !panes.Freeze || panes.YSplit != 3 {
		t.Errorf("the panes are %+v (%v)", panes, err)
	}
	for _, sheet := range f.GetSheetList() {
		p, err := f.GetPageLayout(sheet)
		if err != nil || *p.Size != 9 || *p.FitToWidth != 1 || *p.FitToHeight != 0 {
			t.Errorf("%s is printed as %+v (%v)", sheet, p, err)
		}
	}
}

// TestWorkbookOfAnEstimate: what was not saved says nothing of validity.
func TestWorkbookOfAnEstimate(t *testing.T) {
	u := usage(t, "tencent-im", `{}`)
	d := freeze(t, &quotes.Order{ValidDays: 1, Lang: pricing.English, Items: []quotes.OrderItem{{Usage: u, Quantity: 1, Option: "trial"}}})
	d.ID, d.CreatedAt, d.ValidUntil, d.ValidDays = "", "", "", 0
	b := find(t, workbook(t, d, ""), d)
	b.holdsTotals(d)
	if got := b.text("A", 1); got != "Price estimate" {
		t.Errorf("the title is %q", got)
	}
	for row := 4; row < b.items[0].band; row++ {
		if got := b.text("A", row) + b.text("B", row); got != "" {
			t.Errorf("row %d says %q", row, got)
		}
	}
	if got := b.text("A", b.items[0].lines); !strings.HasPrefix(got, "Nothing to pay") {
		t.Errorf("without lines it says %q", got)
	}
}

// TestInputSheet: every input is there in words, none by its id, and every
// sentence.
func TestInputSheet(t *testing.T) {
	d := freeze(t, order(pricing.English,
		quotes.OrderItem{Usage: usage(t, "easemob-im", `{"moderation": [{"model": "image_porn", "quantity": 500000}, {"quantity": 7}], "translation_characters": 1000000000000}`), Quantity: 1},
		quotes.OrderItem{Usage: usage(t, "aliyun-multimodal", `{"workloads": [{"rounds": 1000}], "months": 3}`), Quantity: 2},
	))
	f := workbook(t, d, address)
	rows, err := f.GetRows(f.GetSheetName(1), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	has := func(a, b string) {
		t.Helper()
		if !slices.ContainsFunc(rows, func(r []string) bool { return len(r) > 1 && r[0] == a && r[1] == b }) {
			t.Errorf("there is no row %q, %q", a, b)
		}
	}
	has("Price book", "Easemob IM · prices of 2026-03-23")
	has("Moderation models, row 1", "Model Images, pornography · Quantity 500,000 checks a month")
	has("Moderation models, row 2", "Quantity 7 checks a month")
	has("Characters to translate", "1,000,000,000,000 characters a month")
	has("Term", "3 months")
	has("Peak daily active users", "0 users a day")
	has("Moderation models, row 2", "Model Text, all violations (messages)")
	has("New user", "No")
	ids := map[string]bool{}
	for _, p := range catalog(t).Products() {
		for i := range p.Newest().Inputs {
			ids[p.Newest().Inputs[i].ID] = true
		}
	}
	for _, row := range rows {
		for _, cell := range row {
			if before, _, _ := strings.Cut(cell, "["); ids[before] || strings.Contains(cell, "easemob-im") {
				t.Errorf("a cell says %q", cell)
			}
		}
	}
	for i := range d.Items {
		item := &d.Items[i]
		has("SHA-256 of the price book", item.PriceBookHash)
		for _, e := range slices.Concat(item.Entries, item.Bought) {
			has(e.Name, e.Value)
		}
		for _, text := range slices.Concat(item.Assumptions, item.Exclusions, item.Notes, item.Sources) {
			has("", text)
		}
	}
}

// TestExactTo15Digits: whatever has 15 significant digits or fewer stands in
// the file as it is, wherever its point is.
func TestExactTo15Digits(t *testing.T) {
	t.Parallel()
	d := freeze(t, order(pricing.English, quotes.OrderItem{Usage: usage(t, "tencent-im", `{}`), Quantity: 1, Option: "pro"}))
	random := rand.New(rand.NewPCG(1, 2))
	line := d.Items[0].Lines[0]
	line.UnitPrice, line.Parts = "", nil
	d.Items[0].Lines = nil
	for range 2000 {
		digits := 1 + random.IntN(15)
		least := decimal.New(1, int32(digits-1)).IntPart()
		n := least + random.Int64N(9*least)
		line.Amount = decimal.New(n*int64(1-2*random.IntN(2)), -int32(random.IntN(13))).String()
		d.Items[0].Lines = append(d.Items[0].Lines, line)
	}
	b := find(t, workbook(t, d, ""), d)
	for i := range d.Items[0].Lines {
		b.holds("F", b.items[0].lines+i, d.Items[0].Lines[i].Amount)
	}
}

// TestLongNote: a row can hold only so much, and nothing of a note is lost.
func TestLongNote(t *testing.T) {
	d := freeze(t, order(pricing.Chinese, quotes.OrderItem{Usage: usage(t, "tencent-im", `{}`), Quantity: 1}))
	d.Title = strings.Repeat("长", quotes.MaxTitle)
	d.Note = strings.Repeat("价格说明。", quotes.MaxNote/5)
	b := find(t, workbook(t, d, ""), d)
	var note strings.Builder
	for row := 4; row < b.items[0].band; row++ {
		if text := b.text("B", row); strings.HasPrefix(text, "价格说明。") {
			note.WriteString(text)
			if height, err := b.f.GetRowHeight(b.sheet, row); err != nil || height < 150 || height > 409 {
				t.Errorf("row %d is %v points high (%v)", row, height, err)
			}
		}
	}
	if note.String() != d.Note {
		t.Errorf("of the note there are %d bytes, not %d", note.Len(), len(d.Note))
	}
}

// TestUnprintable: text that the files cannot hold does not make them unreadable.
func TestUnprintable(t *testing.T) {
	d := freeze(t, order(pricing.English, quotes.OrderItem{Usage: usage(t, "tencent-im", `{}`), Quantity: 1}))
	d.Title, d.Customer = "a\x00b\x0b\xff", "</t></is></c>]]>&amp;"
	b := find(t, workbook(t, d, ""), d)
	if got := b.text("A", 1); got != "a\ufffdb\ufffd\ufffd" {
		t.Errorf("the title is %q", got)
	}
	if got := b.text("B", 5); got != d.Customer {
		t.Errorf("the customer is %q", got)
	}
}

// TestWorkbookSavedEarlier: a quote that was saved before lines said their parts
// has formulas where a line has a unit price.
func TestWorkbookSavedEarlier(t *testing.T) {
	u := usage(t, "easemob-im", `{"dau": 25000, "translation_characters": 2500000, "months": 12, "moderation": [{"model": "text", "quantity": 9000000}]}`)
	d := freeze(t, order(pricing.English, quotes.OrderItem{Usage: u, Option: "pro", Quantity: 1}))
	want := map[string]string{
		"plan": "B%[1]d*D%[1]d", "dau_overage": "B%[1]d*D%[1]d*E%[1]d", "moderation": "", "translation_plan": "B%[1]d*D%[1]d", "translation_overage": "B%[1]d*D%[1]d*E%[1]d",
	}
	lines := d.Items[0].Lines
	for i := range lines {
		lines[i].Parts, lines[i].Per = nil, ""
		if lines[i].ID == "moderation" {
			lines[i].UnitPrice = "0"
		}
	}
	b := find(t, workbook(t, d, address), d)
	b.holdsTotals(d)
	for i, row := range b.items[0].row {
		formula := want[lines[i].ID]
		if formula != "" {
			formula = fmt.Sprintf(formula, row)
		}
		if got := b.formula("F", row); got != formula {
			t.Errorf("%s is the formula %q, want %q", lines[i].ID, got, formula)
		}
		b.holds("F", row, lines[i].Amount)
	}
	if len(lines) != len(want) {
		t.Errorf("there are %d lines, want %d", len(lines), len(want))
	}
}

// TestWorkbookOfOtherParts: parts that do not add up to the amount make no
// formula, which would show another one.
func TestWorkbookOfOtherParts(t *testing.T) {
	d := freeze(t, order(pricing.English, quotes.OrderItem{Usage: usage(t, "tencent-im", `{"dau": 15000}`), Quantity: 1}))
	line := &d.Items[0].Lines[0]
	line.Parts[0].UnitPrice = "998"
	b := find(t, workbook(t, d, address), d)
	if got := b.formula("F", b.items[0].lines); got != "" {
		t.Errorf("it is the formula %q", got)
	}
	b.holds("F", b.items[0].lines, line.Amount)
	for _, per := range []string{"0", "20", "101", "-10"} {
		line.Parts[0].Per = per
		if err := export.XLSX(&bytes.Buffer{}, d, address, catalog(t)); err == nil {
			t.Errorf("a price for %s is taken for one", per)
		}
	}
}

// TestNoSuchFigure: a document that was made up is refused, whatever it says.
func TestNoSuchFigure(t *testing.T) {
	t.Parallel()
	good := freeze(t, order(pricing.English, quotes.OrderItem{Usage: usage(t, "tencent-im", `{"dau": 15000}`), Quantity: 1}))
	for _, figure := range []string{"", "=1+1", "1e9", "+1", "1.", "１", "NaN", "-", strings.Repeat("1", 1000)} {
		for name, spoil := range map[string]func(*quotes.Document){
			"total":      func(d *quotes.Document) { d.Total = figure },
			"prepaid":    func(d *quotes.Document) { d.Items[0].Prepaid = figure },
			"amount":     func(d *quotes.Document) { d.Items[0].Amount = figure },
			"line":       func(d *quotes.Document) { d.Items[0].Lines[0].Amount = figure },
			"quantity":   func(d *quotes.Document) { d.Items[0].Lines[0].Quantity = figure },
			"unit price": func(d *quotes.Document) { d.Items[0].Lines[0].Parts[0].UnitPrice = figure },
			"of a part":  func(d *quotes.Document) { d.Items[0].Lines[0].Parts[0].Quantity = figure },
		} {
			d := copyOf(t, good)
			spoil(d)
			if err := export.XLSX(&bytes.Buffer{}, d, address, catalog(t)); err == nil {
				t.Errorf("%s %.20q is taken for a figure", name, figure)
			}
		}
	}
}

// TestDigitsStayText: a customer's number is text in the workbook, to the last
// digit.
func TestDigitsStayText(t *testing.T) {
	o := order(pricing.English, quotes.OrderItem{Usage: usage(t, "tencent-im", `{"dau": 15000}`), Quantity: 1})
	o.Customer, o.PreparedBy = "12345678901234567890", "007"
	f := workbook(t, freeze(t, o), address)
	sheet := f.GetSheetName(0)
	for cell, want := range map[string]string{"B5": o.Customer, "B6": o.PreparedBy} {
		kind, err := f.GetCellType(sheet, cell)
		if got, _ := f.GetCellValue(sheet, cell); got != want || err != nil || kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
			t.Errorf("%s is %q of type %d (%v)", cell, got, kind, err)
		}
	}
}
