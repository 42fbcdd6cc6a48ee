package pricing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// text writes a combination as "book option total: families + …".
func (c *Combination) text(out *Comparison) string {
	if c == nil {
		return "none"
	}
	var parts []string
	for _, p := range c.Parts {
		var names []string
		for _, f := range p.Families {
			names = append(names, f.ID)
		}
		parts = append(parts, fmt.Sprintf("%s %s %s: %s", out.Columns[p.Column].Book.Product, p.Option.Option.ID, p.Option.Total.StringFixed(fen), strings.Join(names, " ")))
	}
	saves := "nobody serves all"
	if c.Saves != nil {
		saves = "saves " + c.Saves.StringFixed(fen)
	}
	return strings.Join(parts, " + ") + " = " + c.Total.StringFixed(fen) + ", " + saves
}

func TestCombinations(t *testing.T) {
	const social = `{"dau": 15000, "av_hd_minutes": 80000, "months": 12}`
	for _, tt := range []struct {
		name, inputs, facts, want string
		books                     []string
	}{
		{"chat and video", social, "",
			"tencent-im pro 23988.00: chat + tencent-trtc premium 18000.00: calls = 41988.00, saves 8822.00",
			[]string{"tencent-im", "easemob-im", "tencent-trtc"}},
		{"chat and video, which nobody has both", social, "",
			"tencent-im pro 23988.00: chat + tencent-trtc premium 18000.00: calls = 41988.00, nobody serves all",
			[]string{"tencent-im", "tencent-trtc"}},
		{"in another order", social, "",
			"tencent-trtc premium 18000.00: calls + tencent-im pro 23988.00: chat = 41988.00, saves 8822.00",
			[]string{"tencent-trtc", "easemob-im", "tencent-im"}},
		{"one kind of need", `{"dau": 15000}`, "", "none", []string{"tencent-im", "easemob-im", "tencent-trtc"}},
		{"one vendor is cheaper for both", `{"dau": 15000, "av_audio_minutes": 1000}`, "", "none", []string{"easemob-im", "tencent-trtc"}},
		{"two books of one product", social, "", "none", []string{"easemob-im", "easemob-im@2026-03-20"}},
		{"chat and a room", `{"dau": 15000}`, `{"participants": [{"sends": "video_1280x720", "people": 4, "receives": "everyone"}], "sessions": 140, "session_minutes": 45}`,
			"tencent-im pro 1999.00: chat + tencent-trtc premium 1875.00: calls = 3874.00, saves 835.40",
			[]string{"tencent-im", "easemob-im", "tencent-trtc"}},
		{"three kinds", `{"dau": 15000, "av_hd_minutes": 80000, "models": [{"model": "inf-chat-v1", "input_tokens": 1000000}], "push_dau": 90}`, "",
			"easemob-im pro 2299.00: chat push + tencent-trtc premium 1875.00: calls + inf-llm payg 10.00: models = 4184.00, nobody serves all",
			[]string{"tencent-im", "easemob-im", "tencent-trtc", "inf-llm"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := compare(t, tt.inputs, tt.facts, tt.books...)
			if got := out.Combination.text(out); got != tt.want {
				t.Errorf("got  %s\nwant %s\n%s", got, tt.want, out.summary())
			}
		})
	}
}

// Every input of the published books has a family, or belongs to the order.
func TestFamiliesOfTheBooks(t *testing.T) {
	data, err := embeddedFamilies()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range catalogOf(t).Products() {
		for _, b := range p.Books {
			for _, in := range b.Inputs {
				if _, ok := data.of[in.ID]; ok == data.order[in.ID] {
					t.Errorf("%s of %s has no family", in.ID, p.ID)
				}
			}
		}
	}
}

func TestFamiliesAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"order: [a]\nfamilies: [{id: x, name: {en: X, zh: 甲}, inputs: [a]}]":                                               "a is named twice",
		"order: []\nfamilies: [{id: x, name: {en: X}, inputs: [a]}]":                                                       "the Chinese text is missing",
		"order: []\nfamilies: [{id: x, name: {en: X, zh: 甲}, inputs: [a]}, {id: y, name: {en: X, zh: 乙}, inputs: [b, a]}]": "a is named twice",
	} {
		if _, err := decodeFamilies("families.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// slowCombination tries every column for every family, and prices everything anew.
func slowCombination(t *rapid.T, c *Common, out *Comparison, asked map[string]bool, options []string) string {
	var file familiesFile
	if err := yaml.Unmarshal(familiesData, &file); err != nil {
		t.Fatal(err)
	}
	familyOf := func(id string) string {
		if slices.Contains(file.Order, id) {
			return ""
		}
		for _, f := range file.Families {
			if slices.Contains(f.Inputs, id) {
				return f.ID
			}
		}
		return id
	}
	var needs []string
	serves := make([]map[string]bool, len(c.Books))
	for i := range out.Columns {
		serves[i] = map[string]bool{}
		u := out.Columns[i].Estimate.Usage
		for _, in := range u.book.Inputs {
			if f := familyOf(in.ID); f != "" && asked[in.ID] && !u.IsDefault(&in) {
				needs, serves[i][f] = append(needs, f), true
			}
		}
		for _, left := range out.Columns[i].Uncovered {
			needs = append(needs, familyOf(left.ID))
		}
	}
	for i := range out.Columns {
		for _, left := range out.Columns[i].Uncovered {
			delete(serves[i], familyOf(left.ID))
		}
	}
	slices.Sort(needs)
	needs = slices.DeleteFunc(slices.Compact(needs), func(f string) bool { return f == "" })
	if len(needs) < 2 || len(needs) > maxFamilies {
		return "none"
	}
	best, bestTotal, bestUses := "none", decimal.Decimal{}, 0
	to := make([]int, len(needs))
	for {
		if total, uses, ok := priceAssignment(c, out, needs, to, serves, familyOf, options); ok &&
			(bestUses == 0 || total.LessThan(bestTotal) || total.Equal(bestTotal) && uses < bestUses) {
			best, bestTotal, bestUses = fmt.Sprintf("%s by %d", total.StringFixed(fen), uses), total, uses
		}
		f := len(to) - 1
		for ; f >= 0; f-- {
			if to[f]++; to[f] < len(c.Books) {
				break
			}
			to[f] = 0
		}
		if f < 0 {
			break
		}
	}
	if whole := &out.Columns[out.Ranking[0]]; whole.ServesAll() && !bestTotal.LessThan(whole.Option.Total) {
		return "none"
	}
	return best
}

func priceAssignment(c *Common, out *Comparison, needs []string, to []int, serves []map[string]bool, familyOf func(string) string, options []string) (total decimal.Decimal, uses int, ok bool) {
	products := map[string]bool{}
	for i, b := range c.Books {
		mine := map[string]bool{"": true}
		for f, column := range to {
			if column != i {
				continue
			}
			if !serves[i][needs[f]] {
				return total, 0, false
			}
			mine[needs[f]] = true
		}
		if len(mine) == 1 {
			continue
		}
		if uses++; products[b.Product] {
			return total, 0, false
		}
		products[b.Product] = true
		u, whole := b.NewUsage(), out.Columns[i].Estimate.Usage
		for j := range b.Inputs {
			if mine[familyOf(b.Inputs[j].ID)] {
				u.values[j], u.rows[j] = whole.values[j], whole.rows[j]
			}
		}
		o := u.Estimate().Recommended()
		if options[i] != "" {
			o = u.Estimate().Option(options[i])
		}
		if o == nil || !o.Feasible || !o.Complete {
			return total, 0, false
		}
		total = total.Add(o.Total)
	}
	return total, uses, uses >= 2 && uses <= maxCombined
}

// The combination is the cheapest of all assignments that there are.
func TestCombinationIsTheCheapest(t *testing.T) {
	var all []*Book
	for _, p := range catalogOf(t).Products() {
		all = append(all, p.Books...)
	}
	var file familiesFile
	if err := yaml.Unmarshal(familiesData, &file); err != nil {
		t.Fatal(err)
	}
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		books := drawCompared(t, all)
		c, err := NewCommon(catalogOf(t), books, false)
		if err != nil {
			t.Fatal(err)
		}
		usage := c.Inputs.NewUsage()
		for _, f := range file.Families {
			if rapid.Bool().Draw(t, f.ID) {
				continue
			}
			in, ok := c.Inputs.Input(rapid.SampledFrom(f.Inputs).Draw(t, "input"))
			if ok && in.Kind == KindCount {
				*usage.slot(in) = rapid.Int64Range(in.Minimum, min(in.Maximum, in.Minimum+20000)).Draw(t, in.ID)
			} else if ok && in.Kind == KindRows {
				rows, _ := usage.SetRows(in, 1)
				for j := range in.Fields {
					rows[0][j] = drawAllowed(t, &in.Fields[j])
				}
			}
		}
		options := make([]string, len(books))
		out, faults := c.Compare(context.Background(), usage, nil, options)
		if faults != nil {
			t.Fatal(faults[0])
		}
		metered, _ := c.derive(nil)
		priced := make([]*Usage, len(books))
		for i := range out.Columns {
			priced[i] = out.Columns[i].Estimate.Usage
		}
		got := "none"
		if m := out.Combination; m != nil {
			found++
			got = fmt.Sprintf("%s by %d", m.Total.StringFixed(fen), len(m.Parts))
		}
		if want := slowCombination(t, c, out, c.asked(usage, metered, priced), options); got != want {
			t.Fatalf("%s, want %s\n%s\n%s", out.Combination.text(out), want, out.summary(), billText(out.Columns[0].Estimate))
		}
	})
	if found == 0 && !testing.Short() {
		t.Error("no combination was found")
	}
}
