package pricing

// Converts reports whether the demand is made of usages by weights, so that its
// formula says more than the figure.
func (u *PoolUse) Converts() bool {
	return u.Formula != "" && u.Formula != Grouped(u.Demand.String())
}

// Converted says how the usages of an option's pools are converted, where no line
// does: packs and allowances are used up by what they come to. Where all is paid
// at list prices it does not matter.
func (o *OptionEstimate) Converted() []Text {
	var notes []Text
	for i := range o.Pools {
		u := &o.Pools[i]
		onLine := u.Postpaid.IsPositive() && !u.of.price.IsZero()
		if onLine || u.Postpaid.Equal(u.Demand) || !u.Converts() {
			continue
		}
		demand := u.Formula + " = " + Grouped(u.Demand.String()) + " "
		notes = append(notes, Text{
			EN: u.Name.EN + ": " + demand + u.Unit.EN + ".",
			ZH: u.Name.ZH + "：" + demand + u.Unit.ZH + "。",
		})
	}
	return notes
}
