package pricing

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// comparedBooks returns the books that names such as "easemob-im@2022-09-13"
// stand for.
func comparedBooks(t testing.TB, names ...string) []*Book {
	t.Helper()
	var books []*Book
	for _, name := range names {
		product, id, _ := strings.Cut(name, "@")
		books = append(books, embeddedBook(t, product, id))
	}
	return books
}

// compare compares books by inputs and, unless they are empty, facts as JSON.
func compare(t testing.TB, inputs, facts string, names ...string) *Comparison {
	t.Helper()
	c, err := NewCommon(catalogOf(t), comparedBooks(t, names...), facts != "")
	if err != nil {
		t.Fatal(err)
	}
	var room *Usage
	if facts != "" {
		room = usageOf(t, c.Facts, facts)
	}
	out, faults := c.Compare(usageOf(t, c.Inputs, inputs), room, make([]string, len(names)))
	if faults != nil {
		t.Fatal(faults[0])
	}
	return out
}

// summary writes a comparison as text: a line for each column, best first, and
// one for each row.
func (c *Comparison) summary() string {
	var b strings.Builder
	for _, i := range c.Ranking {
		column := &c.Columns[i]
		fmt.Fprintf(&b, "%s@%s", column.Book.Product, column.Book.ID)
		if column.Option != nil {
			fmt.Fprintf(&b, " %s %s", column.Option.Option.ID, column.Option.Total.StringFixed(fen))
		}
		if column.Difference != nil {
			fmt.Fprintf(&b, " (%s)", column.Difference.StringFixed(fen))
		}
		if column.Cheapest {
			b.WriteString(" cheapest")
		}
		for _, u := range column.Uncovered {
			fmt.Fprintf(&b, "; no %s", u.ID)
		}
		for _, v := range column.Violations() {
			fmt.Fprintf(&b, "; %s", v.Message.EN)
		}
		if column.Option != nil && !column.Option.Complete {
			b.WriteString("; not complete")
		}
		b.WriteString("\n")
	}
	for _, r := range c.Rows {
		fmt.Fprintf(&b, "%s [%s]:", r.Name.EN, strings.Join(r.Inputs, " "))
		for _, i := range c.Ranking {
			cell := r.Cells[i]
			fmt.Fprintf(&b, " | %s", cell.State)
			for _, l := range cell.Lines {
				fmt.Fprintf(&b, " %s %s", l.ID(), l.Amount)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// The columns come with the best first; the cells of a row are in their order.
func TestComparisons(t *testing.T) {
	for _, tt := range []struct {
		name, inputs, facts string
		books               []string
		want                string
	}{
		{
			"two chat products", `{"dau": 15000, "history_days": 90, "months": 12, "group_members": 1000, "peak_groups": 150000}`, "",
			[]string{"tencent-im", "easemob-im"},
			`easemob-im@2026-03-23 pro 39588.00 (0.00) cheapest
tencent-im@2020-10-30 pro 53988.00 (14400.00)
Plan fee []: | charged plan 15588 | charged plan 11988
Peak daily active users [dau]: | charged dau_overage 12000 | charged dau_overage 12000
Members per group [group_members]: | charged group_members 6000 | charged group_members 6000
Message history, chats and groups [history_days]: | charged history 6000 | charged history 12000
Peak number of groups [peak_groups]: | included | charged group_overage 12000
`,
		},
		{
			"what is not covered is not free", `{"dau": 15000, "live_groups": 60, "presence": true}`, "",
			[]string{"tencent-im", "easemob-im", "easemob-im@2022-09-13"},
			`easemob-im@2022-09-13 pro 888.00; no presence; no live_groups
tencent-im@2020-10-30 pro 2999.00; no presence
easemob-im@2026-03-23 pro 3299.00; no live_groups
Plan fee []: | charged plan 888 | charged plan 999 | charged plan 1299
Peak daily active users [dau]: | included | charged dau_overage 1000 | charged dau_overage 1000
Presence subscriptions [presence]: | uncovered | uncovered | charged presence 1000
Live groups (AVChatRoom) [live_groups]: | uncovered | charged live_groups 1000 | uncovered
`,
		},
		{
			"the cheapest is one that serves everything", `{"dau": 15000, "presence": true}`, "",
			[]string{"tencent-im", "easemob-im"},
			`easemob-im@2026-03-23 pro 3299.00 (0.00) cheapest
tencent-im@2020-10-30 pro 1999.00 (-1300.00); no presence
Plan fee []: | charged plan 1299 | charged plan 999
Peak daily active users [dau]: | charged dau_overage 1000 | charged dau_overage 1000
Presence subscriptions [presence]: | charged presence 1000 | uncovered
`,
		},
		{
			"price books of one product, one with a price on request",
			`{"dau": 15000, "translation_characters": 3000000, "push_dau": 18000, "av_hd_minutes": 100000}`, "",
			[]string{"easemob-im", "easemob-im@2026-03-20", "easemob-im@2022-09-13"},
			`easemob-im@2026-03-23 pro 6457.00 (0.00) cheapest
easemob-im@2022-09-13 pro 888.00 (-5569.00); no av_hd_minutes; no push_dau; no translation_characters
easemob-im@2026-03-20 pro 5263.00 (-1194.00); not complete
Plan fee []: | charged plan 1299 | charged plan 888 | charged plan 1299
Peak daily active users [dau]: | charged dau_overage 1000 | included | charged dau_overage 1000
Real-time audio and video [av_2k_minutes av_4k_minutes av_audio_minutes av_fhd_minutes av_hd_minutes av_sd_minutes rtc_standard_minutes]: | charged rtc_plan 2388 | uncovered | charged rtc_plan 2388
Peak daily push users [push_dau]: | charged push_plan 500 push_overage 500 | uncovered | charged push_plan 288 push_overage 288
Characters to translate [translation_characters]: | charged translation_plan 500 translation_overage 270 | uncovered | on_request
`,
		},
		{
			"nothing serves it", `{"history_days": 1000}`, "",
			[]string{"tencent-im", "easemob-im"},
			`easemob-im@2026-03-23; Message history, chats and groups: at most 720 days
tencent-im@2020-10-30; Message history: at most 360 days
`,
		},
		{
			"one serves it", `{"history_days": 720}`, "",
			[]string{"tencent-im", "easemob-im"},
			`easemob-im@2026-03-23 pro 3299.00 (0.00) cheapest
tencent-im@2020-10-30; Message history: at most 360 days
Plan fee []: | charged plan 1299 | no_option
Message history, chats and groups [history_days]: | charged history 2000 | no_option
`,
		},
		{
			// 150,000 minutes of SD, full HD and 2K, the pictures that A, B and C
			// receive at a time, against one stream after the other.
			"the mixed call, each by its own rule", `{}`, mixedCall(`, "sessions": 3000`),
			[]string{"tencent-trtc", "easemob-im", "tencent-im"},
			`tencent-trtc@2025-07-10 ultimate 9934.16 (0.00) cheapest
easemob-im@2026-03-23 pro 16620.00 (6685.84)
tencent-im@2020-10-30 trial 0.00 (-9934.16); no room
Plan fee []: | charged plan 6250 | charged plan 1299 | included
Real-time audio and video [av_2k_minutes av_4k_minutes av_audio_minutes av_fhd_minutes av_hd_minutes av_sd_minutes rtc_standard_minutes]: | charged av_packs 3684.16 | charged rtc_plan 8399 rtc_packs 6852 rtc_overage 70 | uncovered
`,
		},
		{
			// Neither a blank row nor what says nothing without another input.
			"what asks for nothing lacks nothing",
			`{"dau": 500, "moderation": [{"model": "text", "quantity": 0}], "live_days": 20, "translation_languages": 3, "device_tier": "standard"}`, "",
			[]string{"tencent-im", "easemob-im", "aliyun-multimodal"},
			`tencent-im@2020-10-30 pro 999.00 (0.00) cheapest
easemob-im@2026-03-23 pro 1299.00 (300.00)
aliyun-multimodal@2026-07-01 payg 0.00 (-999.00); no dau
Plan fee []: | charged plan 999 | charged plan 1299 | none
`,
		},
		{
			"what does ask lacks what it lacks",
			`{"dau": 500, "moderation": [{"model": "text", "quantity": 1}], "live_international_mbps": 1, "live_days": 20, "translation_languages": 3, "translation_characters": 1, "device_tier": "standard", "devices": 100}`, "",
			[]string{"tencent-im", "easemob-im", "aliyun-multimodal"},
			`aliyun-multimodal@2026-07-01 payg 1000.00; no dau; no moderation; no translation_characters; no translation_languages; no live_international_mbps; no live_days
tencent-im@2020-10-30 pro 1079.00; no devices; no device_tier; no moderation; no translation_characters; no translation_languages
easemob-im@2026-03-23 pro 2299.00; no devices; no device_tier; no live_international_mbps; no live_days
Device subscription [device_tier devices]: | charged device_subscription 1000 | uncovered | uncovered
Plan fee []: | none | charged plan 999 | charged plan 1299
Moderation models [moderation]: | uncovered | uncovered | charged moderation_plan 500
Characters to translate [translation_characters]: | uncovered | uncovered | charged translation_plan 500
Live-group bandwidth, international [live_international_mbps]: | uncovered | charged live_international 80 | uncovered
`,
		},
		{
			// A dashboard has a fee without any minutes; a task of an empty room has
			// nothing to do.
			"a fee without usage, a task without a room",
			`{"dau": 500, "dashboard": "basic"}`, `{"record": "mixed", "sessions": 9}`,
			[]string{"tencent-trtc", "easemob-im"},
			`tencent-trtc@2025-07-10 starter 799.00; no dau
easemob-im@2026-03-23 pro 1299.00; no dashboard
Plan fee []: | included | charged plan 1299
Monitoring dashboard [av_2k_minutes av_4k_minutes av_audio_minutes av_fhd_minutes av_hd_minutes av_sd_minutes dashboard]: | charged dashboard 799 | uncovered
`,
		},
		{
			"offers and the way of counting audio are no needs, a task and a dashboard are",
			`{"promotions": false, "trial_minutes": true, "dashboard": "basic"}`,
			mixedCall(`, "record": "mixed", "audio_rule": "besides_video"`),
			[]string{"easemob-im", "tencent-trtc"},
			`tencent-trtc@2025-07-10 starter 802.21 (0.00) cheapest
easemob-im@2026-03-23 free 0.00 (-802.21); no dashboard; no record
Recording and transcoding minutes [recording]: | charged recording_overage 3.21 | uncovered
Monitoring dashboard [av_2k_minutes av_4k_minutes av_audio_minutes av_fhd_minutes av_hd_minutes av_sd_minutes dashboard]: | charged dashboard 799 | uncovered
`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := compare(t, tt.inputs, tt.facts, tt.books...).summary()
			// The 25 inputs of recording and transcoding would say no more.
			got = regexp.MustCompile(`\[record_mixed_2k\S*( \S+_minutes){24}\]`).ReplaceAllString(got, "[recording]")
			if got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

// drawCompared draws some of the books, in any order.
func drawCompared(t *rapid.T, all []*Book) []*Book {
	return rapid.Permutation(all).Draw(t, "order")[:rapid.IntRange(1, min(len(all), MaxCompared)).Draw(t, "books")]
}

// drawUnion draws a usage of united inputs.
func drawUnion(t *rapid.T, b *Book) *Usage {
	u := b.NewUsage()
	for i := range b.Inputs {
		in := &b.Inputs[i]
		if rapid.IntRange(0, 3).Draw(t, "set") > 0 {
			continue
		}
		if in.Kind == KindRows {
			rows, _ := u.SetRows(in, rapid.IntRange(0, 2).Draw(t, "rows"))
			for _, row := range rows {
				for j := range in.Fields {
					row[j] = drawAllowed(t, &in.Fields[j])
				}
			}
			continue
		}
		*u.slot(in) = drawAllowed(t, in)
	}
	return u
}

func drawAllowed(t *rapid.T, in *Input) int64 {
	return rapid.OneOf(rapid.Int64Range(in.Minimum, in.Maximum), rapid.Int64Range(in.Minimum, min(in.Maximum, in.Minimum+20000))).Draw(t, in.ID)
}

// byHand enters a usage into another book, value by value, and returns what
// cannot be entered.
func byHand(u *Usage, b *Book) (*Usage, []string) {
	own, left := u.In(b)
	for i := range b.Inputs {
		in := &b.Inputs[i]
		// Rows and choices are carried by what they hold, counts and yes or no
		// whatever they are where nothing is said.
		if from, ok := u.book.Input(in.ID); ok && in.Kind == from.Kind && (in.Kind == KindCount || in.Kind == KindYesNo) {
			if n := u.Count(from); n >= in.Minimum && n <= in.Maximum {
				own.values[i] = n
			} else if !slices.Contains(left, in.ID) {
				left = append(left, in.ID)
			}
		}
	}
	return own, left
}

// asksAnywhere reports whether an input can ask for something of any of the
// books, and, by brute force, whether it makes an option of theirs dearer or
// unable to serve the usage. What an option charges that lacks something else is
// no price of the usage: it can be one for going without.
func asksAnywhere(c *Common, out *Comparison, id string) (can, costs bool) {
	for i, b := range c.Books {
		position := b.position(id)
		if position < 0 {
			continue
		}
		can = can || b.asks(position, nil)
		with := out.Columns[i].Estimate.Usage
		if b.chooses(position) || with.stated()[position] == 0 {
			continue // without it the same thing may have another price, or a grant
		}
		without := &Usage{book: b, values: slices.Clone(with.values), rows: slices.Clone(with.rows)}
		without.values[position], without.rows[position] = b.Inputs[position].Default, nil
		less := without.Estimate()
		for _, o := range with.Estimate().Options {
			other := less.Option(o.Option.ID)
			dearer := o.ExactTotal().GreaterThan(other.ExactTotal()) || !o.Complete && other.Complete
			costs = costs || o.Feasible && dearer || len(o.Violations) > len(other.Violations)
		}
	}
	return can, costs
}

// chooses reports whether an input chooses between prices of the same thing.
func (b *Book) chooses(position int) bool {
	return slices.ContainsFunc(b.charges, func(c charge) bool {
		return slices.ContainsFunc(c.prices, func(prices []conditionalPrice) bool {
			return slices.ContainsFunc(prices, func(p conditionalPrice) bool { return p.when.read(position) }) &&
				slices.ContainsFunc(prices, func(p conditionalPrice) bool { return !p.when.read(position) })
		})
	})
}

// checkComparison checks what holds of every comparison.
func checkComparison(t *rapid.T, c *Common, out *Comparison, usage *Usage, options []string) {
	for i := range out.Columns {
		column := &out.Columns[i]
		own, left := byHand(usage, column.Book)
		if column.Derivation != nil {
			own = column.Derivation.Apply(own)
		}
		if got, want := billText(column.Estimate), billText(own.Estimate()); got != want {
			t.Fatalf("%s: got\n%s\nwant\n%s", column.Book.Product, got, want)
		}
		for _, u := range column.Uncovered {
			if column.Derivation == nil && !slices.Contains(left, u.ID) && c.Facts == nil {
				t.Fatalf("%s is covered by %s", u.ID, column.Book.Product)
			}
		}
		for _, id := range left {
			told := slices.ContainsFunc(column.Uncovered, func(u Uncovered) bool { return u.ID == id })
			canAsk, costs := asksAnywhere(c, out, id)
			if told && !canAsk || !told && canAsk && costs {
				t.Fatalf("%s: uncovered %v, can ask %v, costs %v", id, told, canAsk, costs)
			}
		}
		if options[i] != "" && column.Option.Option.ID != options[i] {
			t.Fatalf("%s instead of %s", column.Option.Option.ID, options[i])
		}
		total, lines := decimal.Zero, 0
		for _, r := range out.Rows {
			cell := r.Cells[i]
			total, lines = total.Add(cell.Amount), lines+len(cell.Lines)
			if (cell.State == CellCharged) != (len(cell.Lines) > 0) {
				t.Fatalf("%s has %d lines", cell.State, len(cell.Lines))
			}
		}
		if o := column.Option; o == nil {
			if column.Estimate.Recommended() != nil || lines > 0 {
				t.Fatal("there is an option")
			}
		} else if !total.Equal(o.ExactTotal()) || lines != len(o.Lines) {
			t.Fatalf("the rows come to %s in %d lines, the option to %s in %d", total, lines, o.ExactTotal(), len(o.Lines))
		}
	}
	ranked := slices.Clone(out.Ranking)
	slices.Sort(ranked)
	for i := range ranked {
		if ranked[i] != i {
			t.Fatalf("ranking %v", out.Ranking)
		}
	}
	for n, i := range out.Ranking {
		column := &out.Columns[i]
		if column.Cheapest && !column.ServesAll() {
			t.Fatal("a column that does not serve everything is the cheapest")
		}
		best := &out.Columns[out.Ranking[0]]
		if column.ServesAll() && (!best.Cheapest || column.Option.Total.LessThan(best.Option.Total)) {
			t.Fatal("the first is not the cheapest")
		}
		if n > 0 && column.ServesAll() && !out.Columns[out.Ranking[n-1]].ServesAll() {
			t.Fatal("a column that serves everything comes after one that does not")
		}
		if column.Difference != nil && !column.Difference.Equal(column.Option.Total.Sub(best.Option.Total)) {
			t.Fatalf("the difference is %s", column.Difference)
		}
	}
}

// Every column has the figures of its own book, its rows add up to its total,
// and the order of the columns does not matter.
func TestComparisonOfPublishedBooks(t *testing.T) {
	catalog, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	var all []*Book
	for _, p := range catalog.Products() {
		all = append(all, p.Books...)
	}
	rapid.Check(t, func(t *rapid.T) { checkAnyComparison(t, drawCompared(t, all), rapid.Bool().Draw(t, "from facts")) })
}

func TestComparisonOfRandomBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []*Book
		for i := range 3 {
			b := drawBook(t).Book
			b.Product = fmt.Sprintf("product-%d", i)
			all = append(all, b)
		}
		checkAnyComparison(t, drawCompared(t, all), false)
	})
}

func checkAnyComparison(t *rapid.T, books []*Book, fromFacts bool) {
	c, err := NewCommon(catalogOf(t), books, fromFacts)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range books {
		for i := range b.Inputs {
			derived := c.Facts != nil && c.Metered(b.Inputs[i].ID)
			if _, ok := c.Inputs.Input(b.Inputs[i].ID); ok == derived {
				t.Fatalf("input %s: asked for %v, derived %v", b.Inputs[i].ID, ok, derived)
			}
		}
	}
	usage := drawUnion(t, c.Inputs)
	var facts *Usage
	if c.Facts != nil {
		facts = rapid.SampledFrom(c.Facts.Examples).Draw(t, "room").Usage
	}
	options := make([]string, len(books))
	for i, b := range books {
		if rapid.IntRange(0, 3).Draw(t, "choose") == 0 {
			options[i] = rapid.SampledFrom(b.Options).Draw(t, "option").ID
		}
	}
	out, faults := c.Compare(usage, facts, options)
	if faults != nil {
		t.Fatal(faults[0])
	}
	checkComparison(t, c, out, usage, options)

	order := make([]int, len(books))
	for i := range order {
		order[i] = i
	}
	order = rapid.Permutation(order).Draw(t, "other order")
	otherBooks, otherOptions := make([]*Book, len(books)), make([]string, len(books))
	for to, from := range order {
		otherBooks[to], otherOptions[to] = books[from], options[from]
	}
	other, err := NewCommon(catalogOf(t), otherBooks, fromFacts)
	if err != nil {
		t.Fatal(err)
	}
	same, left := usage.In(other.Inputs)
	if len(left) > 0 {
		t.Fatalf("%v is lost", left)
	}
	again, faults := other.Compare(same, facts, otherOptions)
	if faults != nil {
		t.Fatal(faults[0])
	}
	if got, want := again.summary(), out.summary(); got != want {
		t.Fatalf("in another order:\n%s\nfirst:\n%s", got, want)
	}
}

// The rooms of the source cost by each product what its own derivation and its
// own prices say.
func TestComparedRooms(t *testing.T) {
	for _, tt := range goldenRooms {
		out := compare(t, `{}`, tt.facts, "easemob-im", "tencent-trtc")
		for i := range out.Columns {
			column := &out.Columns[i]
			if column.Book.Product != tt.product {
				continue
			}
			if got := yielded(column.Derivation); fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
			}
			if tt.option != "" && column.Estimate.Option(tt.option).Total.StringFixed(fen) != tt.total {
				t.Errorf("%s: %s, want %s", tt.name, column.Estimate.Option(tt.option).Total, tt.total)
			}
		}
	}
}

// A workload asks for something as soon as a book charges for it or limits it.
func TestWorkloadsThatAsk(t *testing.T) {
	books := []string{"tencent-im", "easemob-im", "tencent-trtc"}
	for _, tt := range []struct {
		inputs, facts string
		want          bool
	}{
		{`{}`, "", false},
		{`{"months": 12, "live_days": 20, "trial_minutes": true, "moderation": [{"model": "text"}]}`, "", false},
		{`{}`, `{"record": "mixed", "sessions": 100, "participants": [{"people": 0}]}`, false},
		{`{"dau": 1}`, "", true},
		{`{"dau": 1}`, `{}`, true},
		{`{"advanced_moderation": true}`, "", true},
		{`{"features": ["rtmp_ingest"]}`, "", true},
		{`{}`, `{"participants": [{"people": 2, "sends": "audio"}]}`, true},
	} {
		if got := compare(t, tt.inputs, tt.facts, books...).Asks; got != tt.want {
			t.Errorf("%s %s: %v", tt.inputs, tt.facts, got)
		}
	}
}

func TestFactsTooLargeToCompare(t *testing.T) {
	c, err := NewCommon(catalogOf(t), comparedBooks(t, "easemob-im", "tencent-trtc"), true)
	if err != nil {
		t.Fatal(err)
	}
	facts := usageOf(t, c.Facts, mixedCall(fmt.Sprintf(`, "sessions": %d`, int64(MaxCount))))
	out, faults := c.Compare(c.Inputs.NewUsage(), facts, make([]string, 2))
	var ids []string
	for _, f := range faults {
		ids = append(ids, f.Input)
	}
	if out != nil || !slices.Equal(ids, []string{"participants", "sessions"}) {
		t.Errorf("%v, faults of %v", out, ids)
	}
}

func TestNotToBeCompared(t *testing.T) {
	im := tencentIM(t)
	dollars := *im
	dollars.Currency = "USD"
	for _, tt := range []struct {
		books []*Book
		want  error
	}{
		{[]*Book{im, &dollars}, ErrCurrencies},
		{[]*Book{im, im}, ErrTwice},
		{make([]*Book, MaxCompared+1), ErrTooMany},
	} {
		if _, err := NewCommon(catalogOf(t), tt.books, false); !errors.Is(err, tt.want) {
			t.Errorf("got %v, want %v", err, tt.want)
		}
	}
}

// Books that differ in what an input can be are asked for all of it, and say
// what they do not allow. What is left out means the same for both: the default
// of one, which the other may not allow.
func TestInputsThatDiffer(t *testing.T) {
	text := strings.Replace(fixtureText(t), "product: ", "product: other-", 1)
	for from, to := range map[string]string{
		"    maximum: 500000\n":                                     "    maximum: 900000\n",
		"    minimum: 1\n    maximum: 50\n    default: 2\n":         "    minimum: 3\n    maximum: 40\n    default: 5\n",
		"    inputs: {parcels: 1200, keep_days: 40, insured: false": "    inputs: {parcels: 1200, shelves: 5, keep_days: 40, insured: false",
	} {
		if !strings.Contains(text, from) {
			t.Fatalf("the book has no %q", from)
		}
		text = strings.Replace(text, from, to, 1)
	}
	c, err := NewCommon(catalogOf(t), []*Book{decodeText(t, text), fixtureBook(t)}, false)
	if err != nil {
		t.Fatal(err)
	}
	shelves, _ := c.Inputs.Input("shelves")
	if parcels, _ := c.Inputs.Input("parcels"); parcels.Maximum != 900000 || shelves.Minimum != 1 || shelves.Maximum != 50 {
		t.Errorf("%d parcels, %d to %d shelves", parcels.Maximum, shelves.Minimum, shelves.Maximum)
	}
	for inputs, want := range map[string][2]string{
		`{"keep_days": 9}`:                                  {"shelves Shelves: at least 3 shelves", ""},
		`{"keep_days": 9, "shelves": 3}`:                    {"", ""},
		`{"parcels": 700000, "keep_days": 9, "shelves": 9}`: {"", "parcels Parcels a month: at most 500,000 parcels"},
		`{"keep_days": 9, "shelves": 50}`:                   {"shelves Shelves: at most 40 shelves", ""},
		`{"keep_days": 9, "shelves": 2}`:                    {"shelves Shelves: at least 3 shelves", ""},
		// Nothing is kept on the shelves.
		`{}`:                             {"", ""},
		`{"shelves": 45, "parcels": 10}`: {"", ""},
	} {
		out, faults := c.Compare(usageOf(t, c.Inputs, inputs), nil, make([]string, 2))
		if faults != nil {
			t.Fatal(faults[0])
		}
		var got [2]string
		for i := range out.Columns {
			for _, u := range out.Columns[i].Uncovered {
				got[i] += u.ID + " " + u.Message.EN
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", inputs, got, want)
		}
	}
}

// Which inputs ask for something is read off the books: what only chooses a
// price, or allows for an offer or a credit, does not.
func TestInputsThatAskForNothing(t *testing.T) {
	want := []string{"aliyun-multimodal/new_user", "tencent-trtc/trial_minutes", "tencent-trtc/starter_offer", "tencent-trtc/promotions"}
	var got []string
	for _, b := range comparedBooks(t, "aliyun-multimodal", "easemob-im", "inf-llm", "tencent-im", "tencent-trtc") {
		for i := range b.Inputs {
			if i != monthsPosition && !b.asks(i, nil) {
				got = append(got, b.Product+"/"+b.Inputs[i].ID)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
