package views

import (
	"fmt"
	"strconv"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// VariableGroup is a group of usages to choose what grows from.
type VariableGroup struct {
	Name  string
	Items []FieldChoice
}

// fill fills in the form of the page.
func (in *forecastPage) fill(f *Forecast) {
	l, say := in.Lang, in.say
	for i, d := range in.Drivers {
		v := d.Variable
		name := in.driverGroup(d)
		if n := len(f.Over); n == 0 || f.Over[n-1].Name != name {
			f.Over = append(f.Over, VariableGroup{Name: name})
		}
		g := &f.Over[len(f.Over)-1]
		g.Items = append(g.Items, FieldChoice{ID: forms.VariableName(v), Name: variableName(v, l), Chosen: i == in.At})
	}
	f.OverNote = in.note(forms.Over, "")

	driver := in.Driver()
	unit, present := driver.Variable.Input().Unit, driver.Of(in.Form.Usage)
	field := func(id, name, help, unit, placeholder, understood string) Field {
		out := Field{
			ID: id, Name: name, Help: help, Kind: pricing.KindCount, Unit: unit, Value: in.Typed[id],
			Placeholder: placeholder, Note: in.note(id, understood),
		}
		out.DescribedBy = id + "-unit " + id + "-help " + out.Note.ID
		return out
	}
	understood := func(id, text string) string {
		switch {
		case strings.TrimSpace(in.Typed[id]) == "":
			return ""
		case in.Entered() && id != forms.Quantities:
			return say.Unused
		default:
			return text
		}
	}
	f.Start = field(forms.Start, say.Start, fmt.Sprintf(say.StartHelp, countWithUnit(present, unit, l)), unit.In(l), say.StartEmpty,
		understood(forms.Start, countWithUnit(in.Start, unit, l)))
	low, high := in.Expected.Around()
	five, _ := pricing.ParseGrowth("5")
	for _, g := range []struct {
		id, name, help string
		empty, has     pricing.Growth
		placeholder    string
	}{
		{forms.Low, say.Low, say.LeftEmpty, low, in.Low, say.Same},
		{forms.Expected, say.Expected, say.LeftEmpty, five, in.Expected, percent(five)},
		{forms.High, say.High, say.LeftEmpty, high, in.High, say.Same},
	} {
		f.Growths = append(f.Growths, field(g.id, g.name, fmt.Sprintf(g.help, percent(g.empty)), say.PerCent, g.placeholder,
			understood(g.id, percent(g.has)+" "+say.PerCent)))
	}
	f.Horizon = field(forms.Horizon, say.Horizon, fmt.Sprintf(say.HorizonHelp, pricing.MaxForecastMonths), "", "12",
		understood(forms.Horizon, term(int64(in.Months), in.words)))
	f.Quantities = field(forms.Quantities, say.Quantities, f.EnteredHelp, "", "", "")
	f.Quantities.DescribedBy = forms.Quantities + "-help " + forms.Quantities + "-note"
	if n := len(in.Quantities); n > 0 {
		lines := make([]string, n)
		for i, q := range in.Quantities {
			lines[i] = strconv.FormatInt(q, 10)
		}
		f.Quantities.Value = strings.Join(lines, "\n")
		f.Quantities.Note.Text = fmt.Sprintf(say.QuantitiesOf, term(int64(n), in.words),
			pricing.Grouped(lines[0]), countWithUnit(in.Quantities[n-1], unit, l))
	}
}

// driverGroup names the group that a driver stands in: the estimator of a fact,
// or the group of the form.
func (in *forecastPage) driverGroup(d pricing.Driver) string {
	if d.Estimator != nil {
		return wording.Fill(in.say.FactsOf, d.Estimator.Name.In(in.Lang))
	}
	group := d.Variable.Input().Group
	if rows, _ := d.Variable.InRow(); rows != nil {
		group = rows.Group
	}
	for i := range in.Form.Book.Groups {
		if g := &in.Form.Book.Groups[i]; g.ID == group {
			return g.Name.In(in.Lang)
		}
	}
	return ""
}

// percent writes a growth without its sign of per cent.
func percent(g pricing.Growth) string {
	return strings.Replace(pricing.Grouped(g.Percent().String()), "-", "−", 1)
}

// note is what is said below a field: what is wrong with it, or what was understood.
func (in *forecastPage) note(id, understood string) Note {
	n := Note{ID: id + "-note", Text: understood}
	if fault := in.Faults[id]; fault != nil {
		n.Text, n.Fault = fault.Message.In(in.Lang), true
	}
	return n
}
