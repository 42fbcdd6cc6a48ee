package pricing

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"suanpan/pricing/packs"

	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v4"
)

// maxBookSize bounds a price book's file; real ones have some tens of KB.
const maxBookSize = 1 << 20

// bookFile is a price book as its YAML file writes it. Every key is required
// unless its comment says otherwise; validate.go has what must hold of the
// values.
type bookFile struct {
	Product     string           `yaml:"product"`
	PriceBook   string           `yaml:"price_book"`
	Currency    string           `yaml:"currency"`
	Name        Text             `yaml:"name"`
	Summary     Text             `yaml:"summary"`
	UseCases    Text             `yaml:"use_cases"`
	Documents   []documentFile   `yaml:"documents"`
	Groups      []groupFile      `yaml:"groups"`
	Inputs      []inputFile      `yaml:"inputs"`
	Options     []optionFile     `yaml:"options"`
	Charges     []chargeFile     `yaml:"charges"`
	Ladders     []ladderFile     `yaml:"ladders"`     // optional
	Assumptions []assumptionFile `yaml:"assumptions"` // optional
	Exclusions  []Text           `yaml:"exclusions"`  // optional
	Examples    []exampleFile    `yaml:"examples"`    // optional
}

type documentFile struct {
	ID         string     `yaml:"id"`
	Title      Text       `yaml:"title"`
	Date       string     `yaml:"date"`
	Confidence Confidence `yaml:"confidence"`
}

type groupFile struct {
	ID     string `yaml:"id"`
	Name   Text   `yaml:"name"`
	Folded bool   `yaml:"folded"` // optional
}

type inputFile struct {
	ID      string      `yaml:"id"`
	Group   string      `yaml:"group"`
	Kind    Kind        `yaml:"kind"`
	Name    Text        `yaml:"name"`
	Help    Text        `yaml:"help"`
	Unit    Unit        `yaml:"unit"`    // for a count
	Default *scalarFile `yaml:"default"` // optional: 0, or no
	Minimum *int64      `yaml:"minimum"` // optional, for a count
	Maximum *int64      `yaml:"maximum"` // optional, for a count

	Choices []choiceFile `yaml:"choices"` // for choice and choices
	Fields  []inputFile  `yaml:"fields"`  // for rows
	// Matrix and Column place a count in a table: both or neither.
	Matrix Text `yaml:"matrix"`
	Column Text `yaml:"column"`
	// Implies is a feature that the input needs; optional, for a count.
	Implies string `yaml:"implies"`
}

type choiceFile struct {
	ID   string `yaml:"id"`
	Name Text   `yaml:"name"`
	Note Text   `yaml:"note"` // optional
}

type optionFile struct {
	ID      string               `yaml:"id"`
	Name    Text                 `yaml:"name"`
	Summary Text                 `yaml:"summary"`
	Limits  map[string]limitFile `yaml:"limits"` // optional, by input
	Notes   []Text               `yaml:"notes"`  // optional
	// Features are what the option offers of an input of kind choices.
	Features []string `yaml:"features"` // optional
}

// limitFile is a number, true or false, unlimited, or {minimum: number}.
type limitFile struct {
	scalarFile
	Minimum int64
}

// UnmarshalYAML reads either form.
func (l *limitFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		return l.scalarFile.UnmarshalYAML(node)
	}
	var raw struct {
		Minimum int64 `yaml:"minimum"`
	}
	err := node.Load(&raw, yaml.WithKnownFields())
	l.Minimum = raw.Minimum
	return err
}

type chargeFile struct {
	ID          string                   `yaml:"id"`
	Name        Text                     `yaml:"name"`
	Settlement  Settlement               `yaml:"settlement"`
	Unit        Text                     `yaml:"unit"`
	Source      sourceFile               `yaml:"source"`
	Assumptions []string                 `yaml:"assumptions"` // optional
	When        map[string]conditionFile `yaml:"when"`        // optional
	Quantity    *quantityFile            `yaml:"quantity"`    // for forms that count
	Extends     string                   `yaml:"extends"`     // for add_ons
	// Lines are the charge's further lines, by use: overage, packs, minimum,
	// plan.
	Lines  map[string]lineFile `yaml:"lines"` // for forms that have them
	Pool   *poolFile           `yaml:"pool"`  // for pool prices
	Prices []priceFile         `yaml:"prices"`
}

type lineFile struct {
	ID         string     `yaml:"id"`
	Name       Text       `yaml:"name"`
	Settlement Settlement `yaml:"settlement"`
	Unit       Text       `yaml:"unit"` // optional: that of the charge
}

// conditionFile is true, false, a choice, or {at_least: number}.
type conditionFile struct {
	Is      scalarFile
	AtLeast *int64
}

// UnmarshalYAML reads either form.
func (c *conditionFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		return c.Is.UnmarshalYAML(node)
	}
	var raw struct {
		AtLeast *int64 `yaml:"at_least"`
	}
	err := node.Load(&raw, yaml.WithKnownFields())
	c.AtLeast = raw.AtLeast
	return err
}

type sourceFile struct {
	Document string `yaml:"document"`
	Section  Text   `yaml:"section"`
}

// quantityFile is what is counted: one input, or the product or sum of several.
type quantityFile struct {
	Product []string `yaml:"product"`
	Sum     []string `yaml:"sum"`
}

// UnmarshalYAML reads the id of an input, {product: [ids]} or {sum: [ids]}.
func (q *quantityFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		q.Product = []string{node.Value}
		return nil
	}
	type plain quantityFile // without this method
	return node.Load((*plain)(q), yaml.WithKnownFields())
}

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

// poolPriceFile is a pool as an option has it: with an allowance of its own,
// or with one of the pool's plans.
type poolPriceFile struct {
	Included int64    `yaml:"included"` // optional
	Plans    []string `yaml:"plans"`    // optional
	// Closed is the input that is at fault beyond the allowance.
	Closed string `yaml:"closed"` // optional
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

type ladderFile struct {
	Levels []levelFile `yaml:"levels"`
}

type levelFile struct {
	Limits map[string]int64 `yaml:"limits"`
	Note   Text             `yaml:"note"`
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

type assumptionFile struct {
	ID   string `yaml:"id"`
	Text Text   `yaml:"text"`
}

type exampleFile struct {
	ID     string               `yaml:"id"`
	Name   Text                 `yaml:"name"`
	Inputs map[string]valueFile `yaml:"inputs"`
}

// valueFile is the value of an input: a scalar, a list of choices, or rows.
type valueFile struct {
	scalarFile
	list []scalarFile
	rows []map[string]scalarFile
}

// UnmarshalYAML reads any of the three.
func (v *valueFile) UnmarshalYAML(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.ScalarNode:
		return v.scalarFile.UnmarshalYAML(node)
	case node.Kind == yaml.SequenceNode && len(node.Content) > 0 && node.Content[0].Kind == yaml.MappingNode:
		return node.Load(&v.rows, yaml.WithUniqueKeys())
	default:
		return node.Load(&v.list)
	}
}

// scalarFile is a whole number, true or false, or a word.
type scalarFile struct {
	tag  string
	text string
}

// UnmarshalYAML keeps the scalar's type and text.
func (s *scalarFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		return errors.New("expected a number, true, false or a word")
	}
	s.tag, s.text = node.ShortTag(), node.Value
	return nil
}

// moneyFile is a price, written as a quoted string: a bare number would have
// passed through a float in any other YAML reader.
type moneyFile struct{ decimal.Decimal }

// UnmarshalYAML reads a quoted decimal.
func (m *moneyFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode || node.ShortTag() != "!!str" {
		return fmt.Errorf("a price is a quoted decimal such as \"0.50\", not %s", node.Value)
	}
	d, ok := parsePrice(node.Value)
	if !ok {
		return fmt.Errorf("%q is not a price: digits and at most one point, no sign", node.Value)
	}
	m.Decimal = d
	return nil
}

// value returns the number of a valid scalar; yes is 1 and no is 0.
func (s scalarFile) value() int64 {
	if s.tag == "!!bool" {
		return yesNo(s.yes())
	}
	return s.count()
}

// bounds returns the least and greatest value of a count.
func (in *inputFile) bounds() (low, high int64) {
	high = MaxCount
	if in.Minimum != nil {
		low = *in.Minimum
	}
	if in.Maximum != nil {
		high = *in.Maximum
	}
	return low, high
}

func (s scalarFile) unlimited() bool { return s.tag == "!!str" && s.text == "unlimited" }

// count returns the number of a scalar that is one; -1 for anything else.
func (s scalarFile) count() int64 {
	if n, err := strconv.ParseInt(s.text, 10, 64); err == nil && s.tag == "!!int" {
		return n
	}
	return -1
}

func (s scalarFile) yes() bool { return s.tag == "!!bool" && strings.EqualFold(s.text, "true") }

// choiceIDs returns the values of a choice; those of a yes/no are no and yes.
func (in *inputFile) choiceIDs() []string {
	if in.Kind == KindYesNo {
		return []string{"no", "yes"}
	}
	var ids []string
	if in.Kind == KindChoice {
		for _, c := range in.Choices {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// bound returns a limit of the book as a number to compare with: what yes/no
// inputs are offered is 1, what they are not is 0.
func (l limitFile) bound() int64 {
	if l.unlimited() || l.Minimum > 0 {
		return unlimited
	}
	return l.value()
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
