package pricing

import "suanpan/pricing/packs"

// poolFile is a pool as all options share it.
type poolFile struct {
	Unit     Text            `yaml:"unit"`
	Inputs   []poolInputFile `yaml:"inputs"`
	Per      int64           `yaml:"per"`   // units that prices are for
	Price    *moneyFile      `yaml:"price"` // optional: else the inputs' list prices
	Block    int64           `yaml:"block"` // units that a pack's size counts
	Window   int64           `yaml:"window"`
	Packs    []packFile      `yaml:"packs"`
	Custom   *customPackFile `yaml:"custom"`   // optional
	Grants   []grantFile     `yaml:"grants"`   // optional
	Offers   []offerFile     `yaml:"offers"`   // optional
	Required []string        `yaml:"required"` // optional
	Plans    []poolPlanFile  `yaml:"plans"`    // optional

	// list is what validation has made of the packs: filling its table is most
	// of the work of loading a book, and is done once.
	list *packs.List
}

type poolInputFile struct {
	Input     string     `yaml:"input"`
	Weight    *moneyFile `yaml:"weight"`
	ListPrice *moneyFile `yaml:"list_price"` // with pools without a price
}

type packFile struct {
	ID    string     `yaml:"id"`
	Size  int64      `yaml:"size"`
	Price *moneyFile `yaml:"price"`
	Once  bool       `yaml:"once"` // optional
}

type customPackFile struct {
	ID      string         `yaml:"id"`
	Maximum int64          `yaml:"maximum"`
	Tiers   []packTierFile `yaml:"tiers"`
}

type packTierFile struct {
	From  int64      `yaml:"from"`
	Price *moneyFile `yaml:"price"`
}

type grantFile struct {
	When     map[string]conditionFile `yaml:"when"`
	Quantity int64                    `yaml:"quantity"`
}

type offerFile struct {
	ID       string                   `yaml:"id"`
	When     map[string]conditionFile `yaml:"when"`
	Quantity int64                    `yaml:"quantity"`
	Price    *moneyFile               `yaml:"price"`
}

type poolPlanFile struct {
	ID         string     `yaml:"id"`
	Name       Text       `yaml:"name"`
	MonthlyFee *moneyFile `yaml:"monthly_fee"`
	Included   int64      `yaml:"included"`
}

// zeros returns the most decimals that a weight has.
func (p *poolFile) zeros() int32 {
	return mostDecimals(p.Inputs, func(in poolInputFile) *moneyFile { return in.Weight })
}

// scale returns the most decimals that a price of something to buy has.
func (p *poolFile) scale() int32 {
	most := max(
		mostDecimals(p.Packs, func(p packFile) *moneyFile { return p.Price }),
		mostDecimals(p.Offers, func(o offerFile) *moneyFile { return o.Price }),
		mostDecimals(p.Plans, func(p poolPlanFile) *moneyFile { return p.MonthlyFee }),
	)
	if p.Custom != nil {
		most = max(most, mostDecimals(p.Custom.Tiers, func(t packTierFile) *moneyFile { return t.Price }))
	}
	return most
}

// listZeros returns the most decimals that a list price has.
func (p *poolFile) listZeros() int32 {
	return mostDecimals(p.Inputs, func(in poolInputFile) *moneyFile { return in.ListPrice })
}

// mostDecimals returns the most decimals that a number has in any of a list's
// items; those without it do not count.
func mostDecimals[T any](items []T, number func(T) *moneyFile) int32 {
	most := int32(0)
	for _, item := range items {
		if n := number(item); n != nil {
			most = max(most, -n.Exponent())
		}
	}
	return most
}
