package forms

import "suanpan/pricing"

// OutlookWork is about the work of the form's outlook, in the unit of
// [pricing.Usage.Work]: it looks along each count of the usage, and computes
// only what that changes.
func (f *Form) OutlookWork() int {
	if len(f.Faults) > 0 {
		return 0
	}
	return f.Usage.Work() * len(f.Usage.Variables())
}

// ForecastWork is about the work of scenarios that are still to be run: each
// month is priced by itself, bought singly and as part of a longer term, before
// courses are compared.
func ForecastWork(scenarios []pricing.Scenario) (work int) {
	for i := range scenarios {
		for _, u := range scenarios[i].Usages {
			work += 4 * u.Work()
		}
	}
	return work
}
