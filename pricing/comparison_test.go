package pricing

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
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
	out, faults := c.Compare(context.Background(), usageOf(t, c.Inputs, inputs), room, make([]string, len(names)))
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
	out, faults := c.Compare(context.Background(), c.Inputs.NewUsage(), facts, make([]string, 2))
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
		`{"keep_days": 9}`:                                  {"shelves Shelves: priced here only from 3 shelves, ask the vendor", ""},
		`{"keep_days": 9, "shelves": 3}`:                    {"", ""},
		`{"parcels": 700000, "keep_days": 9, "shelves": 9}`: {"", "parcels Parcels a month: priced here only up to 500,000 parcels, ask the vendor"},
		`{"keep_days": 9, "shelves": 50}`:                   {"shelves Shelves: priced here only up to 40 shelves, ask the vendor", ""},
		`{"keep_days": 9, "shelves": 2}`:                    {"shelves Shelves: priced here only from 3 shelves, ask the vendor", ""},
		// Nothing is kept on the shelves.
		`{}`:                             {"", ""},
		`{"shelves": 45, "parcels": 10}`: {"", ""},
	} {
		out, faults := c.Compare(context.Background(), usageOf(t, c.Inputs, inputs), nil, make([]string, 2))
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
