package pricing

// Outline says how a driver changes from month to month: by growths from a start,
// each a scenario, or through quantities that were stated.
type Outline struct {
	Driver Driver
	// Quantities, unless nil, are those of each month; the rest is not used then.
	Quantities []int64
	// Start is the quantity of the first month, Months how many there are, and
	// Growths are those of the scenarios, in their order.
	Start   int64
	Months  int
	Growths []ScenarioGrowth
}

// ScenarioGrowth is the growth of the scenario with an id.
type ScenarioGrowth struct {
	ID     string
	Growth Growth
}

// DefaultForecastMonths is of how many months a forecast is that does not say.
const DefaultForecastMonths = 12

// OutlinePart is a part of an outline that can be at fault.
type OutlinePart int

// The parts of an outline.
const (
	PartStart OutlinePart = iota
	PartGrowth
	PartQuantities
)

// OutlineFault is what is wrong with an outline.
type OutlineFault struct {
	Part OutlinePart
	// Scenario is the id of the scenario that is at fault, and Month the first
	// month, from 1, in which it is.
	Scenario string
	Month    int
	// Fault names no input.
	Fault *InputError
}

// Scenarios returns the scenarios of the outline, none of which is run yet, while
// all of a usage but the driver stays the same. Facts can come to more than an
// input can hold in some month: then there is a fault for each scenario in which
// they do, and its part is the one that leads there.
func (o *Outline) Scenarios(u *Usage) ([]Scenario, []OutlineFault) {
	scenarios := o.outlined()
	var faults []OutlineFault
	for i := range scenarios {
		s := &scenarios[i]
		usages, month, fault := o.Driver.Usages(u, s.Quantities)
		s.Usages = usages
		if fault == nil {
			continue
		}
		part := PartGrowth
		switch {
		case s.Growth == nil:
			part = PartQuantities
		case month == 1:
			part = PartStart
		}
		faults = append(faults, OutlineFault{Part: part, Scenario: s.ID, Month: month, Fault: fault})
	}
	if faults != nil {
		return nil, faults
	}
	return scenarios, nil
}

// outlined returns the scenarios by their quantities.
func (o *Outline) outlined() []Scenario {
	if o.Quantities != nil {
		return []Scenario{{ID: ScenarioEntered, Quantities: o.Quantities}}
	}
	in := o.Driver.Variable.Input()
	scenarios := make([]Scenario, len(o.Growths))
	for i := range o.Growths {
		g := &o.Growths[i]
		scenarios[i] = Scenario{ID: g.ID, Growth: &g.Growth, Quantities: g.Growth.Quantities(in, o.Start, o.Months)}
	}
	return scenarios
}
