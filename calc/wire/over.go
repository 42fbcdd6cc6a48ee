package wire

import (
	"slices"

	"suanpan/pricing"
)

// over returns the position of the count that a request names among those that
// can be varied; -1 with the fault if there is none. Of a row that is among the
// faults already nothing is said twice.
func over(name string, drivers []pricing.Driver, faults []*pricing.InputError) (int, *pricing.InputError) {
	at := slices.IndexFunc(drivers, func(d pricing.Driver) bool { return d.Variable.ID() == name })
	if at >= 0 || slices.ContainsFunc(faults, func(f *pricing.InputError) bool { return InputOf(f.Input) == InputOf(name) }) {
		return at, nil
	}
	return at, &pricing.InputError{Input: "over", Code: pricing.CodeUnknownInput, Message: pricing.Text{
		EN: "over names no count of this request, such as dau or workloads[0].rounds; the term cannot be varied.",
		ZH: "over 须为本次请求中的一项数量，如 dau 或 workloads[0].rounds；购买时长不能变化。",
	}}
}
