package views

import (
	"fmt"

	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Verdict is the head of the answer.
type Verdict struct {
	// Label says whether the option is recommended or was chosen.
	Label, Name string
	// None says that no option is feasible and none was chosen, Cannot that the
	// one that was chosen is not: then there is no price, for the reasons given.
	None, Cannot      bool
	Reasons           []string
	Monthly           string
	TotalLabel, Total string
	Prepaid, Postpaid string
	// Remark compares a chosen option with the recommended one.
	Remark string
	// Best is the address of the same estimate with the recommended option.
	Best string
	// Spoken is the whole in one line, for the screen reader and the phone's
	// lower edge.
	Spoken string
}

func (v *Verdict) class() string {
	switch {
	case v.None:
		return "verdict none"
	case v.Cannot:
		return "verdict no-price"
	default:
		return "verdict"
	}
}

// newVerdict returns the head of an estimate of which an option is shown: the
// recommended one or another, or none.
func newVerdict(e *pricing.Estimate, shown *pricing.OptionEstimate, l pricing.Lang) Verdict {
	w, best := wordsIn(l), e.Recommended()
	switch {
	case shown == nil:
		return Verdict{Label: w.AnswerTitle, Name: w.NoOption, None: true, Spoken: w.NoOption}
	case !shown.Feasible:
		return cannotServe(shown, e.Usage.Months(), l)
	}
	v := Verdict{
		Label: w.Recommended, Name: shown.Option.Name.In(l),
		Monthly: money(shown.Monthly), Total: money(shown.Total),
		Prepaid: money(shown.Prepaid), Postpaid: money(shown.Postpaid),
		TotalLabel: totalLabel(e.Usage.Months(), w),
	}
	v.Spoken = fmt.Sprintf(w.Spoken, v.Name, v.Monthly, v.Total)
	if !shown.Complete {
		v.Spoken += " · " + w.NotComplete
	}
	if shown == best {
		return v
	}
	v.Label = w.YourChoice
	if difference := e.Difference(shown); difference.IsPositive() {
		v.Remark = wording.Fill(w.ChoiceCostsMore, best.Option.Name.In(l), money(difference))
	}
	return v
}

// cannotServe is the head of the answer where the option that was chosen cannot
// serve what was entered: what the rest of it would cost is no price of it.
func cannotServe(shown *pricing.OptionEstimate, months int64, l pricing.Lang) Verdict {
	w := wordsIn(l)
	v := Verdict{
		Label: w.YourChoice, Name: shown.Option.Name.In(l), Cannot: true,
		Remark: w.ChoiceInfeasible, Reasons: whyNot(shown, l), Monthly: noAmount, Total: noAmount,
		TotalLabel: totalLabel(months, w),
	}
	v.Spoken = wording.Fill(w.SpokenCannot, v.Name)
	return v
}

// totalLabel says what a total is for.
func totalLabel(months int64, w *words) string {
	if months == 1 {
		return w.ForOneMonth
	}
	return fmt.Sprintf(w.TotalFor, term(months, w))
}

// OptionRow is one option in the comparison.
type OptionRow struct {
	ID, Name, Summary string
	// Value is what the form sends for it: nothing for the recommended one,
	// so that the choice goes on following the recommendation.
	Value                      string
	Chosen, Feasible, Best     bool
	Monthly, Total, Difference string
	// Reasons say why an infeasible option is so.
	Reasons []string
}

func (o *OptionRow) class() string {
	switch {
	case o.Chosen && o.Feasible:
		return "chosen"
	case o.Chosen:
		return "chosen infeasible"
	case !o.Feasible:
		return "infeasible"
	default:
		return ""
	}
}

func newOptionRow(e *pricing.Estimate, o, shown *pricing.OptionEstimate, l pricing.Lang) OptionRow {
	row := OptionRow{
		ID: o.Option.ID, Name: o.Option.Name.In(l), Summary: o.Option.Summary.In(l),
		Value: o.Option.ID, Chosen: o == shown, Feasible: o.Feasible, Best: o == e.Recommended(),
		Reasons: whyNot(o, l),
	}
	if row.Best {
		row.Value = ""
	}
	if o.Feasible {
		row.Monthly, row.Total = money(o.Monthly), money(o.Total)
		if !row.Best {
			row.Difference = "+" + money(e.Difference(o))
		}
	}
	return row
}

// whyNot says why an option cannot serve what was entered.
func whyNot(o *pricing.OptionEstimate, l pricing.Lang) []string {
	out := make([]string, len(o.Violations))
	for i := range o.Violations {
		out[i] = o.Violations[i].Message.In(l)
	}
	return out
}
