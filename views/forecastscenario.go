package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// ScenarioView is one scenario as it is shown.
type ScenarioView struct {
	ID, Name, Sequence, Total string
	// Folded scenarios are shown when they are opened.
	Folded     bool
	Notes      []string
	Chart      *Chart
	Ways       []WayRow
	MonthRows  []MonthRow
	Windows    bool
	Exact      string // the total before rounding, where it differs
	TotalExact string
	None       bool
}

// WayRow is one way to buy.
type WayRow struct {
	Name, Total, Difference string
	Best                    bool
	// Cannot says why it is none.
	Cannot string
}

// MonthRow is a month of the table, or what is bought for a window behind the
// last month of it: its Month is then the first and the last.
type MonthRow struct {
	Month, Quantity   string
	Alone, AloneTotal string
	Option, Amount    string
	Switch, IsWindow  bool
	Lines             []quotes.Entry
	Bought            []string
	BoughtInMonth     []string
}

func newScenarioView(s *pricing.Scenario, folded bool, l pricing.Lang) ScenarioView {
	say, f := forecastWordsIn(l), s.Forecast
	v := ScenarioView{
		ID: s.ID, Folded: folded,
		Name: map[string]string{
			pricing.ScenarioLow: say.ScenarioLow, pricing.ScenarioExpected: say.ScenarioExpected,
			pricing.ScenarioHigh: say.ScenarioHigh, pricing.ScenarioEntered: say.AsEntered,
		}[s.ID],
		Sequence: say.None, Total: say.Absent,
	}
	if f.Best == nil {
		v.None = true
	} else {
		v.Sequence, v.Total = sequence(f.Best, l), money(f.Best.Total)
		if !f.Best.Complete {
			v.Notes = append(v.Notes, wordsIn(l).NotCompleteHelp)
		}
		v.Chart = newForecastChart(s, l)
	}
	if !f.Exact {
		v.Notes = append(v.Notes, say.NotExact)
	}
	v.Ways = waysOf(f, l)
	v.monthRows(s, l)
	return v
}

// waysOf lists the cheapest sequence, unless it keeps one option, and keeping each
// of the options.
func waysOf(f *pricing.Forecast, l pricing.Lang) []WayRow {
	say := forecastWordsIn(l)
	var rows []WayRow
	kept := f.Best != nil && len(f.Best.Changes) == 0
	if f.Best != nil && !kept {
		rows = append(rows, WayRow{Name: sequence(f.Best, l), Total: money(f.Best.Total), Best: true})
	}
	for i := range f.Stays {
		stay := &f.Stays[i]
		row := WayRow{Name: wording.Fill(say.Throughout, stay.Option.Name.In(l))}
		switch c := stay.Course; {
		case c == nil:
			row.Cannot = wordsIn(l).CannotServe
			if len(stay.Unserved) > 0 {
				row.Cannot = fmt.Sprintf(say.Unserved, monthRanges(stay.Unserved, l))
			}
		case kept && f.Best.Months[0].Option == stay.Option:
			row.Total, row.Best = money(c.Total), true
		default:
			row.Total, row.Difference = money(c.Total), "+"+money(c.Total.Sub(f.Best.Total))
		}
		rows = append(rows, row)
	}
	return rows
}

// monthRows fills in the table of months.
func (v *ScenarioView) monthRows(s *pricing.Scenario, l pricing.Lang) {
	best := s.Forecast.Best
	var exact []decimal.Decimal
	if best != nil {
		for m := range best.Months {
			exact = append(exact, best.Months[m].Exact())
		}
		for i := range best.Windows {
			exact = append(exact, best.Windows[i].Exact())
		}
		exact = append(exact, best.ExactTotal())
	}
	texts := aligned(exact)
	for m := range s.Forecast.Months {
		row := MonthRow{
			Month: strconv.Itoa(m + 1), Quantity: plain(s.Quantities[m]),
			Alone: forecastWordsIn(l).Absent,
		}
		if alone := s.Forecast.Months[m].Alone().Recommended(); alone != nil {
			row.Alone, row.AloneTotal = alone.Option.Name.In(l), money(alone.Total)
		}
		if best != nil {
			month := &best.Months[m]
			row.Option, row.Amount = month.Option.Name.In(l), texts[m]
			row.Switch = slices.Contains(best.Changes, m+1)
			for i := range month.Purchases {
				row.BoughtInMonth = append(row.BoughtInMonth, month.Purchases[i].InWords().In(l))
			}
		}
		v.MonthRows = append(v.MonthRows, row)
		if best == nil {
			continue
		}
		for i := range best.Windows {
			if w := &best.Windows[i]; w.Last == m+1 {
				v.Windows = true
				v.MonthRows = append(v.MonthRows, windowRow(w, texts[len(best.Months)+i], l))
			}
		}
	}
	if best != nil {
		v.TotalExact = texts[len(texts)-1]
		if !best.ExactTotal().Equal(best.Total) {
			v.Exact = v.TotalExact
			v.TotalExact = money(best.Total)
		}
	}
}

// windowRow is what was bought for several months together.
func windowRow(w *pricing.CourseWindow, amount string, l pricing.Lang) MonthRow {
	row := MonthRow{IsWindow: true, Month: strconv.Itoa(w.First) + "–" + strconv.Itoa(w.Last), Amount: amount}
	for i := range w.Purchases {
		row.Bought = append(row.Bought, w.Purchases[i].InWords().In(l)+" · "+aligned([]decimal.Decimal{w.Purchases[i].Amount})[0])
	}
	for i := range w.Lines {
		line := &w.Lines[i]
		row.Lines = append(row.Lines, quotes.Entry{Name: line.Name.In(l), Value: aligned([]decimal.Decimal{line.Amount})[0]})
	}
	return row
}

// sequence says which option a course has in which months.
func sequence(c *pricing.Course, l pricing.Lang) string {
	say, all := forecastWordsIn(l), c.Stretches()
	if len(all) == 1 {
		return wording.Fill(say.Throughout, all[0].Option.Name.In(l))
	}
	parts := make([]string, len(all))
	for i, s := range all {
		name := s.Option.Name.In(l)
		switch {
		case i == len(all)-1:
			parts[i] = wording.Fill(say.FromMonth, name, s.First)
		case s.First == s.Last:
			parts[i] = wording.Fill(say.InMonth, name, s.First)
		default:
			parts[i] = wording.Fill(say.InMonths, name, s.First, s.Last)
		}
	}
	return strings.Join(parts, say.Then)
}

// monthRanges writes months as "months 1–3, 7", "第 1–3、7 个月".
func monthRanges(months []int, l pricing.Lang) string {
	var parts []string
	for i := 0; i < len(months); {
		j := i
		for j+1 < len(months) && months[j+1] == months[j]+1 {
			j++
		}
		part := strconv.Itoa(months[i])
		if j > i {
			part += "–" + strconv.Itoa(months[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	switch {
	case l == pricing.Chinese:
		return "第 " + strings.Join(parts, "、") + " 个月"
	case len(months) == 1:
		return "month " + parts[0]
	default:
		return "months " + strings.Join(parts, ", ")
	}
}
