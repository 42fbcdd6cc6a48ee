package wire

import "suanpan/pricing"

// Forecast is the JSON of what a product costs while one of its counts changes
// from month to month. Amounts of months and windows are exact; totals are their
// sums, rounded once.
type Forecast struct {
	Product   string `json:"product"`
	PriceBook string `json:"price_book"`
	Currency  string `json:"currency"`
	// Over names the count that changes. Estimator is left out unless it is one of
	// that estimator's facts.
	Over      string     `json:"over"`
	Estimator string     `json:"estimator,omitempty"`
	Months    int        `json:"months"`
	Scenarios []Scenario `json:"scenarios"`
	// Changes is null for a product of which nothing is known about changing
	// options: then none is counted on.
	Changes *Changes `json:"changes"`
}

// Changes is the JSON of what the rules of changing options rest on.
type Changes struct {
	Source      string   `json:"source"`
	Assumptions []string `json:"assumptions"`
}

// Scenario is the JSON of one way that the count may go.
type Scenario struct {
	ID string `json:"id"`
	// Growth is in per cent a month, null for quantities that were stated.
	Growth *string `json:"growth"`
	// Months has each month by itself.
	Months []ForecastMonth `json:"months"`
	// Best is null if there is no way to serve every month.
	Best *Course `json:"best"`
	// Exact is false if so many ways were open that some were not looked at.
	Exact bool   `json:"exact"`
	Stays []Stay `json:"stays"`
}

// ForecastMonth is the JSON of a month by itself: the cheapest option for a term
// of this month alone.
type ForecastMonth struct {
	Month       int     `json:"month"`
	Quantity    string  `json:"quantity"`
	Recommended *string `json:"recommended"`
	Total       *string `json:"total"`
}

// Stay is the JSON of keeping one option throughout.
type Stay struct {
	Option string `json:"option"`
	Name   string `json:"name"`
	// Course is null if the option cannot serve every month, and Unserved are the
	// months that it cannot.
	Course   *Course `json:"course"`
	Unserved []int   `json:"unserved"`
	// Difference is to the best course; null if one of them is missing.
	Difference *string `json:"difference"`
}

// Course is the JSON of one option for each month, and what that costs.
type Course struct {
	Total      string `json:"total"`
	Prepaid    string `json:"prepaid"`
	Postpaid   string `json:"postpaid"`
	ExactTotal string `json:"exact_total"`
	Complete   bool   `json:"complete"`
	// Changes are the months, from 2, in which the option is another one.
	Changes []int          `json:"changes"`
	Months  []CourseMonth  `json:"months"`
	Windows []CourseWindow `json:"windows"`
}

// CourseMonth is the JSON of a month of a course. Term is the number of months of
// the order that it is part of.
type CourseMonth struct {
	Month     int        `json:"month"`
	Option    string     `json:"option"`
	Term      int        `json:"term"`
	Amount    string     `json:"amount"`
	Purchases []Purchase `json:"purchases"`
}

// CourseWindow is the JSON of what is bought for several months together.
type CourseWindow struct {
	First     int        `json:"first"`
	Last      int        `json:"last"`
	Amount    string     `json:"amount"`
	Lines     []Line     `json:"lines"`
	Purchases []Purchase `json:"purchases"`
}

// NewForecast returns the JSON of forecasts of a book, of which there is at least
// one, while something changes; its texts are in language l.
func NewForecast(b *pricing.Book, over pricing.Driver, scenarios []pricing.Scenario, l pricing.Lang) *Forecast {
	out := &Forecast{
		Product: b.Product, PriceBook: b.ID, Currency: b.Currency,
		Over: over.Variable.ID(), Months: len(scenarios[0].Quantities), Scenarios: make([]Scenario, len(scenarios)),
	}
	if over.Estimator != nil {
		out.Estimator = over.Estimator.ID
	}
	if c := b.Changes(); c != nil {
		out.Changes = &Changes{Source: c.Source.String(l), Assumptions: texts(c.Assumptions, l)}
	}
	for i := range scenarios {
		out.Scenarios[i] = newScenario(&scenarios[i], l)
	}
	return out
}

func newScenario(s *pricing.Scenario, l pricing.Lang) Scenario {
	f := s.Forecast
	out := Scenario{
		ID: s.ID, Months: make([]ForecastMonth, len(f.Months)), Best: newCourse(f.Best, l),
		Exact: f.Exact, Stays: make([]Stay, len(f.Stays)),
	}
	if s.Growth != nil {
		percent := s.Growth.Percent().String()
		out.Growth = &percent
	}
	for m := range f.Months {
		month := ForecastMonth{Month: m + 1, Quantity: count(s.Quantities[m])}
		if best := f.Months[m].Alone().Recommended(); best != nil {
			total := money(best.Total)
			month.Recommended, month.Total = &best.Option.ID, &total
		}
		out.Months[m] = month
	}
	for i := range f.Stays {
		stay := &f.Stays[i]
		out.Stays[i] = Stay{
			Option: stay.Option.ID, Name: stay.Option.Name.In(l),
			Course: newCourse(stay.Course, l), Unserved: append([]int{}, stay.Unserved...),
		}
		if stay.Course != nil && f.Best != nil {
			difference := money(stay.Course.Total.Sub(f.Best.Total))
			out.Stays[i].Difference = &difference
		}
	}
	return out
}

// newCourse returns the JSON of a course, or nil for none.
func newCourse(c *pricing.Course, l pricing.Lang) *Course {
	if c == nil {
		return nil
	}
	out := &Course{
		Total: money(c.Total), Prepaid: money(c.Prepaid), Postpaid: money(c.Postpaid), ExactTotal: c.ExactTotal().String(),
		Complete: c.Complete, Changes: append([]int{}, c.Changes...),
		Months: make([]CourseMonth, len(c.Months)), Windows: make([]CourseWindow, len(c.Windows)),
	}
	for m := range c.Months {
		month := &c.Months[m]
		out.Months[m] = CourseMonth{
			Month: m + 1, Option: month.Option.ID, Term: month.Term,
			Amount: month.Exact().String(), Purchases: newPurchases(month.Purchases),
		}
	}
	for i := range c.Windows {
		w := &c.Windows[i]
		out.Windows[i] = CourseWindow{
			First: w.First, Last: w.Last, Amount: w.Exact().String(),
			Lines: make([]Line, len(w.Lines)), Purchases: newPurchases(w.Purchases),
		}
		for j := range w.Lines {
			out.Windows[i].Lines[j] = newLine(&w.Lines[j], l)
		}
	}
	return out
}

func newPurchases(bought []pricing.Purchase) []Purchase {
	out := make([]Purchase, len(bought))
	for i := range bought {
		out[i] = newPurchase(&bought[i])
	}
	return out
}
