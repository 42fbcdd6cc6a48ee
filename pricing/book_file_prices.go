package pricing

// priceFile is the price of a charge for some of the options: exactly one of
// its forms.
type priceFile struct {
	Options []string                 `yaml:"options"`
	When    map[string]conditionFile `yaml:"when"` // optional

	MonthlyFee *moneyFile `yaml:"monthly_fee"`

	UnitPrice *moneyFile `yaml:"unit_price"`
	Per       int64      `yaml:"per"`      // optional, with unit_price
	Included  int64      `yaml:"included"` // optional, with unit_price

	Package      *packageFile      `yaml:"package"`
	AddOns       []addOnFile       `yaml:"add_ons"`
	Subscription *subscriptionFile `yaml:"subscription"`
	Yearly       *yearlyFile       `yaml:"yearly"`
	Rates        *ratesFile        `yaml:"rates"`
	Rows         *rowPriceFile     `yaml:"rows"`
	Pool         *poolPriceFile    `yaml:"pool"`
	Commitment   *commitmentFile   `yaml:"commitment"`
	Credit       *creditFile       `yaml:"credit"`
	OnRequest    *Text             `yaml:"on_request"`
}

// forms returns the names of the forms that the price has.
func (p *priceFile) forms() []string {
	var names []string
	for _, form := range []struct {
		name  string
		given bool
	}{
		{"monthly_fee", p.MonthlyFee != nil}, {"unit_price", p.UnitPrice != nil}, {"package", p.Package != nil},
		{"add_ons", len(p.AddOns) > 0}, {"subscription", p.Subscription != nil}, {"yearly", p.Yearly != nil},
		{"rates", p.Rates != nil}, {"rows", p.Rows != nil}, {"pool", p.Pool != nil},
		{"commitment", p.Commitment != nil}, {"credit", p.Credit != nil}, {"on_request", p.OnRequest != nil},
	} {
		if form.given {
			names = append(names, form.name)
		}
	}
	return names
}

// subscriptionFile is a fee with an included quantity and a price beyond it.
type subscriptionFile struct {
	MonthlyFee *moneyFile `yaml:"monthly_fee"`
	Included   int64      `yaml:"included"`
	UnitPrice  *moneyFile `yaml:"unit_price"`
	Per        int64      `yaml:"per"` // optional
}

// yearlyFile is a price by choice for every started year.
type yearlyFile struct {
	By     string              `yaml:"by"`
	Prices []priceOfChoiceFile `yaml:"prices"`
}

// priceOfChoiceFile is the price of one or more choices.
type priceOfChoiceFile struct {
	For   []string   `yaml:"for"`
	Price *moneyFile `yaml:"price"`
	Per   int64      `yaml:"per"` // optional
}

type ratesFile struct {
	Per   int64          `yaml:"per"` // optional
	Items []rateItemFile `yaml:"items"`
}

type rateItemFile struct {
	Input     string     `yaml:"input"`
	Price     *moneyFile `yaml:"price"`
	FreeBelow int64      `yaml:"free_below"` // optional
}

// rowPriceFile is the price of an input's rows.
type rowPriceFile struct {
	Rows       string              `yaml:"rows"`
	Quantity   []string            `yaml:"quantity"`
	By         string              `yaml:"by"`
	Prices     []priceOfChoiceFile `yaml:"prices"`
	Multiplier *multiplierFile     `yaml:"multiplier"` // optional
	Minimum    *moneyFile          `yaml:"minimum"`    // optional
}

type multiplierFile struct {
	By      string       `yaml:"by"`
	Only    []string     `yaml:"only"`
	Factors []factorFile `yaml:"factors"`
}

type factorFile struct {
	For    []string   `yaml:"for"`
	Factor *moneyFile `yaml:"factor"`
}

type packageFile struct {
	Included *int64     `yaml:"included"`
	Block    int64      `yaml:"block"`
	Blocks   blocks     `yaml:"blocks"`
	Price    *moneyFile `yaml:"price"`
}

type addOnFile struct {
	Limit      limitFile  `yaml:"limit"`
	MonthlyFee *moneyFile `yaml:"monthly_fee"`
}

type commitmentFile struct {
	Of     []string             `yaml:"of"`
	Window int64                `yaml:"window"`
	Unused string               `yaml:"unused"`
	Tiers  []commitmentTierFile `yaml:"tiers"`
}

type commitmentTierFile struct {
	From       int64      `yaml:"from"`
	To         int64      `yaml:"to"`
	Rate       *moneyFile `yaml:"rate"`
	TermAtMost int64      `yaml:"term_at_most"` // optional
}

type creditFile struct {
	Of     []string   `yaml:"of"`
	Months int64      `yaml:"months"`
	Amount *moneyFile `yaml:"amount"`
}

// poolPriceFile is a pool as an option has it: with an allowance of its own,
// or with one of the pool's plans.
type poolPriceFile struct {
	Included int64    `yaml:"included"` // optional
	Plans    []string `yaml:"plans"`    // optional
	// Closed is the input that is at fault beyond the allowance.
	Closed string `yaml:"closed"` // optional
}
