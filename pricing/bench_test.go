package pricing

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// Usages of the benchmarks: nothing at all, the example of the public
// interface, and everything at its largest.
const (
	smallInputs   = `{}`
	typicalInputs = `{"dau": 15000, "history_days": 90, "months": 12}`
	largestInputs = `{"dau": 1000000000000, "peak_groups": 1000000000000, "users": 1000000000000, "friends_per_user": 3000,
		"groups_per_user": 1000, "group_members": 2000, "daily_new_groups": 10000, "live_groups": 1000000000000,
		"live_domestic_mbps": 1000000000000, "live_international_mbps": 1000000000000, "live_days": 31,
		"history_days": 360, "advanced_moderation": true, "months": 36}`
)

var benchmarkUsages = []struct{ name, inputs string }{
	{"small", smallInputs},
	{"typical", typicalInputs},
	{"huge", largestInputs},
}

// explain estimates a usage and reads all that a page shows of it.
func explain(u *Usage) (length int) {
	e := u.Estimate()
	for i := range e.Options {
		o := &e.Options[i]
		length += len(o.Option.Name.In(Chinese))
		for j := range o.Lines {
			l := &o.Lines[j]
			length += len(l.Formula) + len(l.Name.In(Chinese)) + len(l.Source().String(Chinese))
		}
		for _, v := range o.Violations {
			length += len(v.Message.In(Chinese))
		}
	}
	return length
}

func BenchmarkEstimate(b *testing.B) {
	c, err := embeddedCatalog()
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range c.Products() {
		book := p.Newest()
		usages := map[string]*Usage{"small": book.NewUsage(), "typical": book.Examples[0].Usage, "full": fullUsage(book), "huge": largestUsage(book, 2)}
		for _, name := range []string{"small", "typical", "full", "huge"} {
			b.Run(p.ID+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					explain(usages[name])
				}
			})
		}
	}
}

// fullUsage sets every input of a book to what a large customer may have, with
// five rows where there are rows, for a year and a half.
func fullUsage(b *Book) *Usage {
	u := b.NewUsage()
	some := func(in *Input, i int) int64 {
		if in.Kind == KindCount {
			return min(max(int64(12_345+1_000*i), in.Minimum), in.Maximum)
		}
		return min(1, in.Maximum)
	}
	for i := range b.Inputs {
		in := &b.Inputs[i]
		if in.Kind != KindRows {
			u.values[i] = some(in, i)
			continue
		}
		for n := range 5 {
			row := make(Row, len(in.Fields))
			for j := range in.Fields {
				row[j] = some(&in.Fields[j], n)
			}
			u.rows[i] = append(u.rows[i], row)
		}
	}
	u.values[monthsPosition] = 18
	return u
}

// BenchmarkLoadCatalog reads, checks and compiles all embedded books, as the
// program does once when it starts.
func BenchmarkLoadCatalog(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LoadCatalog(EmbeddedBooks()); err != nil {
			b.Fatal(err)
		}
	}
}

// handUsage, handOption and handBill are Tencent IM as a careful programmer
// would write it out, without a book and without explanations: the least that
// the same sums cost.
type handUsage struct {
	dau, peakGroups, users, friends, groupsPerUser, members, newGroups int64
	liveGroups, domestic, international, liveDays, history, months     int64
	moderation                                                         bool
}

type handBill struct {
	feasible                          bool
	total, monthly, prepaid, postpaid decimal.Decimal
}

type handAddOn struct {
	limit int64
	fee   decimal.Decimal
}

type handOption struct {
	fee                                                                            decimal.Decimal
	dau, peakGroups, users, friends, groupsPerUser, members, newGroups, liveGroups int64
	bandwidth, history                                                             int64
	moderation                                                                     bool
	moreGroupsPerUser, moreMembers, moreLiveGroups, moreHistory                    []handAddOn
}

func yuan(n int64) decimal.Decimal { return decimal.NewFromInt(n) }

var (
	handThousand      = yuan(1000)
	handUserBlock     = yuan(10_000)
	handGroupBlock    = yuan(100_000)
	handDomestic      = yuan(2)
	handInternational = yuan(4)
	handModeration    = yuan(1000)
	handOptions       = []handOption{handTrial, handPro, handUltimate}
	handTrial         = handOption{fee: yuan(0), dau: 100, peakGroups: 100, users: 100, friends: 20, groupsPerUser: 50, members: 20, newGroups: 100, liveGroups: 10, bandwidth: 0, history: 7}
	handPro           = handOption{
		fee: yuan(999), dau: unlimited, peakGroups: unlimited, users: unlimited, friends: 3000, groupsPerUser: 500, members: 200, newGroups: 10_000,
		liveGroups: 50, bandwidth: unlimited, history: 7, moderation: true,
		moreGroupsPerUser: []handAddOn{{1000, yuan(1100)}},
		moreMembers:       []handAddOn{{2000, yuan(500)}},
		moreLiveGroups:    []handAddOn{{unlimited, yuan(1000)}},
		moreHistory:       []handAddOn{{30, yuan(500)}, {90, yuan(1000)}, {180, yuan(1500)}, {360, yuan(2500)}},
	}
	handUltimate = handOption{
		fee: yuan(2999), dau: unlimited, peakGroups: unlimited, users: unlimited, friends: 3000, groupsPerUser: 1000, members: 2000, newGroups: 10_000,
		liveGroups: unlimited, bandwidth: unlimited, history: 30, moderation: true,
		moreGroupsPerUser: []handAddOn{{3000, yuan(900)}},
		moreMembers:       []handAddOn{{6000, yuan(500)}},
		moreHistory:       []handAddOn{{90, yuan(500)}, {180, yuan(1000)}, {360, yuan(2000)}},
	}
)

// handNeed returns the fee of the add-on that a need takes, and whether the
// need can be served.
func handNeed(need, own int64, addOns []handAddOn) (decimal.Decimal, bool) {
	if need <= own {
		return decimal.Decimal{}, true
	}
	var best *handAddOn
	for i := range addOns {
		if a := &addOns[i]; a.limit >= need && (best == nil || a.fee.LessThan(best.fee)) {
			best = a
		}
	}
	if best == nil {
		return decimal.Decimal{}, false
	}
	return best.fee, true
}

func handOverage(quantity int64, block, price decimal.Decimal) decimal.Decimal {
	over := decimal.NewFromInt(quantity).Sub(block) // a block is included
	if over.Sign() <= 0 {
		return decimal.Decimal{}
	}
	n, rest := over.QuoRem(block, 0)
	if !rest.IsZero() {
		n = n.Add(one)
	}
	return n.Mul(price)
}

func handEstimate(u *handUsage, bills *[3]handBill) {
	months := decimal.NewFromInt(u.months)
	for i := range handOptions {
		o, bill := &handOptions[i], &bills[i]
		bill.feasible = u.users <= o.users && u.friends <= o.friends && u.newGroups <= o.newGroups
		var prepaid, postpaid decimal.Decimal
		add := func(sum *decimal.Decimal, monthly decimal.Decimal) {
			if !monthly.IsZero() {
				*sum = sum.Add(monthly.Mul(months))
			}
		}
		need := func(sum *decimal.Decimal, need, own int64, addOns []handAddOn) {
			fee, ok := handNeed(need, own, addOns)
			bill.feasible = bill.feasible && ok
			add(sum, fee)
		}
		add(&prepaid, o.fee)
		if u.dau > o.dau {
			bill.feasible = false
		} else {
			add(&postpaid, handOverage(u.dau, handUserBlock, handThousand))
		}
		if u.peakGroups > o.peakGroups {
			bill.feasible = false
		} else {
			add(&postpaid, handOverage(u.peakGroups, handGroupBlock, handThousand))
		}
		need(&prepaid, u.groupsPerUser, o.groupsPerUser, o.moreGroupsPerUser)
		need(&prepaid, u.members, o.members, o.moreMembers)
		need(&prepaid, u.liveGroups, o.liveGroups, o.moreLiveGroups)
		need(&postpaid, u.history, o.history, o.moreHistory)
		switch {
		case u.moderation && !o.moderation:
			bill.feasible = false
		case u.moderation:
			add(&prepaid, handModeration)
		}
		days := decimal.NewFromInt(u.liveDays)
		if u.domestic > o.bandwidth {
			bill.feasible = false
		} else if u.domestic > 0 {
			add(&postpaid, decimal.NewFromInt(u.domestic).Mul(days).Mul(handDomestic))
		}
		if u.international > o.bandwidth {
			bill.feasible = false
		} else if u.international > 0 {
			add(&postpaid, decimal.NewFromInt(u.international).Mul(days).Mul(handInternational))
		}
		bill.total = prepaid.Add(postpaid).Round(2)
		bill.monthly = bill.total.DivRound(months, 2)
		bill.prepaid, bill.postpaid = prepaid.Round(2), postpaid.Round(2)
	}
}

func handUsageOf(b testing.TB, inputs string) *handUsage {
	u := usageOf(b, tencentIM(b), inputs)
	count := func(id string) int64 {
		in, ok := u.Book().Input(id)
		if !ok {
			b.Fatalf("no input %s", id)
		}
		return u.Count(in)
	}
	return &handUsage{
		dau: count("dau"), peakGroups: count("peak_groups"), users: count("users"), friends: count("friends_per_user"),
		groupsPerUser: count("groups_per_user"), members: count("group_members"), newGroups: count("daily_new_groups"),
		liveGroups: count("live_groups"), domestic: count("live_domestic_mbps"), international: count("live_international_mbps"),
		liveDays: count("live_days"), history: count("history_days"), months: u.Months(), moderation: count("advanced_moderation") == 1,
	}
}

// The baseline is only worth comparing with if it computes the same.
func TestBaselineAgreesWithEstimate(t *testing.T) {
	for _, inputs := range []string{smallInputs, typicalInputs, largestInputs, `{"group_members": 6001}`, `{"live_domestic_mbps": 1, "live_days": 0}`} {
		e := usageOf(t, tencentIM(t), inputs).Estimate()
		var bills [3]handBill
		handEstimate(handUsageOf(t, inputs), &bills)
		for i, id := range []string{"trial", "pro", "ultimate"} {
			o, hand := e.Option(id), bills[i]
			if o.Feasible != hand.feasible || !o.Total.Equal(hand.total) || !o.Monthly.Equal(hand.monthly) ||
				!o.Prepaid.Equal(hand.prepaid) || !o.Postpaid.Equal(hand.postpaid) {
				t.Errorf("%s of %s: by hand %+v, estimated\n%s", id, inputs, hand, billText(e))
			}
		}
	}
}

// listSum is a use of Tencent RTC at list price, and what it weighs.
type listSum struct {
	minutes             int64
	listPrice, converts decimal.Decimal
}

// handSums are the sums that any calculator of Tencent RTC has to make: the
// converted minutes and the list price of each pool and of delivery. They are
// made for each of the six plans; no pack is looked for and nothing explained.
func handSums(pools [][]listSum, months decimal.Decimal) (total decimal.Decimal) {
	for range 6 {
		for _, pool := range pools {
			var list, converted decimal.Decimal
			for _, s := range pool {
				n := decimal.NewFromInt(s.minutes)
				list, converted = list.Add(n.Mul(s.listPrice)), converted.Add(n.Mul(s.converts))
			}
			total = total.Add(list.Shift(-3).Mul(months)).Add(converted)
		}
	}
	return total
}

// handSumsOf takes the minutes and prices of a usage's pools and rates.
func handSumsOf(u *Usage) (pools [][]listSum) {
	for i := range u.book.charges {
		if len(u.book.charges[i].prices[0]) == 0 {
			continue
		}
		var pool []listSum
		switch p := u.book.charges[i].prices[0][0].price.(type) {
		case *poolPrice:
			for _, in := range p.inputs {
				pool = append(pool, listSum{u.values[in.input], decimal.New(in.list, -p.listZeros), p.quantity(in.weight)})
			}
		case *rates:
			for _, item := range p.items {
				pool = append(pool, listSum{u.values[item.input], item.price, one})
			}
		}
		pools = append(pools, pool)
	}
	return pools
}

// BenchmarkSums times the sums of Tencent RTC with every input set, for
// comparison with the estimate of the same usage.
func BenchmarkSums(b *testing.B) {
	u := fullUsage(embeddedBook(b, "tencent-trtc", ""))
	pools, months := handSumsOf(u), decimal.NewFromInt(u.Months())
	b.ReportAllocs()
	for b.Loop() {
		handSums(pools, months)
	}
}

func BenchmarkBaseline(b *testing.B) {
	for _, bb := range benchmarkUsages {
		b.Run(bb.name, func(b *testing.B) {
			u := handUsageOf(b, bb.inputs)
			var bills [3]handBill
			b.ReportAllocs()
			for b.Loop() {
				handEstimate(u, &bills)
			}
		})
	}
}

// BenchmarkRatio times the engine, explanations and all, against the baseline
// in turns within one run, so that a busy machine slows both. The figure that
// counts is x-baseline, the median over the rounds.
func BenchmarkRatio(b *testing.B) {
	for _, bb := range benchmarkUsages {
		b.Run(bb.name, func(b *testing.B) {
			u, hand := usageOf(b, tencentIM(b), bb.inputs), handUsageOf(b, bb.inputs)
			var bills [3]handBill
			engine := func() { explain(u) }
			baseline := func() { handEstimate(hand, &bills) }
			var ratios []float64
			for b.Loop() {
				ratios = append(ratios, float64(timed(engine))/float64(timed(baseline)))
			}
			slices.Sort(ratios)
			b.ReportMetric(ratios[len(ratios)/2], "x-baseline")
			b.ReportMetric(testing.AllocsPerRun(100, engine), "engine-allocs")
			b.ReportMetric(testing.AllocsPerRun(100, baseline), "baseline-allocs")
			b.ReportMetric(0, "ns/op") // of a round, which says nothing
		})
	}
}

// timed returns how long f takes to run some times over.
func timed(f func()) time.Duration {
	start := time.Now()
	for range 50 {
		f()
	}
	return time.Since(start)
}
