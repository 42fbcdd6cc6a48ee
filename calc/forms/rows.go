package forms

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"suanpan/pricing"
)

// Change is the name of the buttons that add, duplicate and remove rows. Its
// value is "workloads.add", "workloads.0.duplicate" or "workloads.0.remove".
const Change = "rows"

// RowField is the name of a field in a row: "workloads.0.rounds".
func RowField(rows string, row int, field string) string {
	return rows + "." + strconv.Itoa(row) + "." + field
}

// change is what a button asks to be done with the rows of an input.
type change struct {
	rows, verb string
	row        int
}

func rowChange(values url.Values) change {
	parts := strings.Split(values.Get(Change), ".")
	switch len(parts) {
	case 2:
		return change{rows: parts[0], verb: parts[1], row: -1}
	case 3:
		if n, err := strconv.Atoi(parts[1]); err == nil {
			return change{rows: parts[0], verb: parts[2], row: n}
		}
	}
	return change{}
}

// maxRowNumber bounds the numbers of rows that are looked at. A form numbers
// its rows from 0; gaps are closed up.
const maxRowNumber = 999

// typedRow is what was typed into one row, by field.
type typedRow map[string]string

// setRows reads the rows of an input, and does with them what a button asked
// for.
func (f *Form) setRows(in *pricing.Input, values url.Values, c change) {
	typed := typedRows(in, values)
	rows := typed
	if c.rows == in.ID {
		rows = c.apply(typed)
	}
	filled, fault := f.Usage.SetRows(in, len(rows))
	if fault != nil {
		f.fail(in.ID, fault)
		// A row too many must not push out one that was filled in.
		rows = typed[:min(len(typed), pricing.MaxRows)]
		filled, _ = f.Usage.SetRows(in, len(rows))
	}
	for i, row := range rows {
		for j := range in.Fields {
			id := in.Fields[j].ID
			if text, given := row[id]; given {
				f.set(filled[i].Cell(in, j), RowField(in.ID, i, id), text)
			}
		}
	}
}

// dropUntouched takes the one row with which lettered rows begin on a page out of
// a form in which nothing was entered, there or elsewhere: it is as if there were
// none.
func (f *Form) dropUntouched() {
	if len(f.Faults) > 0 {
		return
	}
	var begun *pricing.Input
	for i := range f.Book.Inputs {
		switch in := &f.Book.Inputs[i]; {
		case in.Lettered && f.begun(in):
			begun = in
		case in.ID != pricing.Months && !f.Usage.IsDefault(in):
			return
		}
	}
	if begun != nil {
		_, _ = f.Usage.SetRows(begun, 0) // fewer rows than the most there can be
	}
}

// begun reports whether an input has one row, and nothing in it.
func (f *Form) begun(in *pricing.Input) bool {
	rows := f.Usage.Rows(in)
	if len(rows) != 1 {
		return false
	}
	for j := range in.Fields {
		if rows[0][j] != in.Fields[j].Default {
			return false
		}
	}
	return true
}

// The signs between the rows of an input in an address, and between the fields of
// a row: neither is in a number or an id, and both stand in an address as they
// are.
const (
	rowBreak   = "~"
	fieldBreak = ":"
)

// typedRows collects the rows of an input: those of an address, and behind them
// those of a form, in the order of their numbers.
func typedRows(in *pricing.Input, values url.Values) []typedRow {
	var rows []typedRow
	if given := values[in.ID]; len(given) > 0 && given[len(given)-1] != "" {
		rows = addressRows(in, given[len(given)-1])
	}
	byNumber := map[int]typedRow{}
	for name, given := range values {
		rest, ok := strings.CutPrefix(name, in.ID+".")
		if !ok || len(given) == 0 {
			continue
		}
		number, field, _ := strings.Cut(rest, ".")
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n > maxRowNumber || strconv.Itoa(n) != number ||
			!slices.ContainsFunc(in.Fields, func(f pricing.Input) bool { return f.ID == field }) {
			continue
		}
		if byNumber[n] == nil {
			byNumber[n] = typedRow{}
		}
		byNumber[n][field] = given[len(given)-1]
	}
	numbers := slices.SortedFunc(maps.Keys(byNumber), cmp.Compare)
	for _, n := range numbers {
		rows = append(rows, byNumber[n])
	}
	return rows
}

// addressRows reads rows as an address has them: "1000:standard~500" are two, with
// the fields in their order and those at the end left out that have their default.
func addressRows(in *pricing.Input, text string) []typedRow {
	var rows []typedRow
	for row := range strings.SplitSeq(text, rowBreak) {
		if len(rows) > maxRowNumber {
			break
		}
		typed := typedRow{}
		for j, value := range strings.Split(row, fieldBreak) {
			if value != "" && j < len(in.Fields) {
				typed[in.Fields[j].ID] = value
			}
		}
		rows = append(rows, typed)
	}
	return rows
}

// apply does what a button asked for. What cannot be done is passed over.
func (c change) apply(rows []typedRow) []typedRow {
	switch inside := c.row >= 0 && c.row < len(rows); {
	case c.verb == "add":
		return append(rows, typedRow{})
	case c.verb == "duplicate" && inside:
		return slices.Concat(rows[:c.row+1], rows[c.row:])
	case c.verb == "remove" && inside:
		return slices.Concat(rows[:c.row], rows[c.row+1:])
	default:
		return rows
	}
}

// maxLongRows bounds the rows of an input that stand in an address as a form sends
// them, which people can read and change; more are written shortly, so that an
// address stays within what servers and chat programs take.
const maxLongRows = 1500

// rows adds rows: as a form sends them, unless that is too long and none of them is
// at fault, since what is in a field at fault may hold any sign.
func (q *query) rows(in *pricing.Input, rows []pricing.Row, faulty bool) {
	var long query
	long.rowsOfForm(in, rows)
	text := long.String()
	if long.Len() > maxLongRows && !faulty {
		text = in.ID + "=" + rowsOfAddress(in, rows)
	}
	if q.Len() > 0 && text != "" {
		q.WriteByte('&')
	}
	q.WriteString(text)
}

// rowsOfForm adds the fields that differ from their defaults, and the first field
// of a row in which none does.
func (q *query) rowsOfForm(in *pricing.Input, rows []pricing.Row) {
	for i, row := range rows {
		before := q.Len()
		for j := range in.Fields {
			if row[j] != in.Fields[j].Default {
				q.add(RowField(in.ID, i, in.Fields[j].ID), valueText(&in.Fields[j], row[j]))
			}
		}
		if q.Len() == before {
			q.add(RowField(in.ID, i, in.Fields[0].ID), valueText(&in.Fields[0], row[0]))
		}
	}
}

// rowsOfAddress writes rows as [addressRows] reads them.
func rowsOfAddress(in *pricing.Input, rows []pricing.Row) string {
	all := make([]string, len(rows))
	for i, row := range rows {
		fields := make([]string, len(in.Fields))
		for j := range in.Fields {
			if row[j] != in.Fields[j].Default {
				fields[j] = valueText(&in.Fields[j], row[j])
			}
		}
		all[i] = strings.TrimRight(strings.Join(fields, fieldBreak), fieldBreak)
	}
	return strings.Join(all, rowBreak)
}
