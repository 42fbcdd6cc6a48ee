package pricing

import (
	"context"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// checkClaims checks that a comparison claims nothing that its figures do not say,
// by looking at each pair of columns and at each cell.
func checkClaims(t *rapid.T, out *Comparison) {
	whole := func(c *ComparedColumn) bool {
		return c.Option != nil && len(c.Option.Violations) == 0 && c.Option.Complete && len(c.Uncovered) == 0
	}
	for i := range out.Columns {
		a := &out.Columns[i]
		able := slices.ContainsFunc(a.Estimate.Options, func(o OptionEstimate) bool { return len(o.Violations) == 0 })
		if a.Chosen {
			able = len(a.Option.Violations) == 0
		}
		if able == (a.Standing() == StandingUnable) {
			t.Fatalf("%s is %s, able %v", a.Book.Product, a.Standing(), able)
		}
		if whole(a) != (a.Standing() == StandingWhole) || a.Standing() == StandingNothing && len(a.Uncovered) == 0 {
			t.Fatalf("%s is %s and lacks %v", a.Book.Product, a.Standing(), a.Uncovered)
		}
		cheapest := whole(a)
		for j := range out.Columns {
			b := &out.Columns[j]
			cheapest = cheapest && (!whole(b) || !b.Option.Total.LessThan(a.Option.Total))
			before := slices.Index(out.Ranking, i) < slices.Index(out.Ranking, j)
			switch sa, sb := slices.Index(standings, a.Standing()), slices.Index(standings, b.Standing()); {
			case sa < sb && !before:
				t.Fatalf("%s (%s) is behind %s (%s)", a.Book.Product, a.Standing(), b.Book.Product, b.Standing())
			case sa == sb && able && a.Option.Total.LessThan(b.Option.Total) && !before:
				t.Fatalf("%s at %s is behind %s at %s", a.Book.Product, a.Option.Total, b.Book.Product, b.Option.Total)
			}
		}
		if cheapest != a.Cheapest {
			t.Fatalf("%s is the cheapest: %v", a.Book.Product, a.Cheapest)
		}
		for _, r := range out.Rows {
			checkCell(t, out, a, i, &r)
		}
	}
	for _, r := range out.Rows {
		named := false
		for i, cell := range r.Cells {
			if cell.State != CellCharged && cell.State != CellOnRequest {
				continue
			}
			for _, id := range r.Inputs {
				in, ok := out.Columns[i].Book.Input(id)
				named = named || ok && in.Name == r.Name
			}
			for _, c := range out.Columns[i].Book.charges {
				named = named || withPlace(c.name, "{limit}", Text{EN: "…", ZH: "…"}) == r.Name
			}
		}
		if !named {
			t.Fatalf("no column that charges for it calls it %s", r.Name.EN)
		}
	}
}

// checkCell checks what the cell of a column says of a row.
func checkCell(t *rapid.T, out *Comparison, column *ComparedColumn, i int, r *ComparedRow) {
	cell := r.Cells[i]
	if column.ServesAll() && slices.Contains([]CellState{CellUncovered, CellCannot, CellOnRequest, CellNoOption}, cell.State) {
		t.Fatalf("%s serves everything and is %s for %s", column.Book.Product, cell.State, r.Name.EN)
	}
	if (cell.Why == "") != (cell.State != CellIncluded) || (cell.PartOf >= 0) != (cell.Why == IncludedElsewhere) {
		t.Fatalf("%s: %s, %q, part of %d", r.Name.EN, cell.State, cell.Why, cell.PartOf)
	}
	switch cell.Why {
	case IncludedElsewhere:
		if other := out.Rows[cell.PartOf].Cells[i]; len(other.Lines) == 0 {
			t.Fatalf("%s is part of %s, for which nothing is charged", r.Name.EN, out.Rows[cell.PartOf].Name.EN)
		}
	case IncludedFree:
		for _, other := range out.Rows {
			if len(r.Inputs) > 0 && len(other.Inputs) == 0 && len(other.Cells[i].Lines) > 0 {
				t.Fatalf("nothing is to pay for %s beside a plan fee", r.Name.EN)
			}
		}
	}
}

// A product that has no price for something stays in the ranking, whatever it would
// cost less, and is not unable. Its own limits make it so.
func TestWhatIsNotPriced(t *testing.T) {
	const chat = `"dau": 48000, "users": 800000, "peak_groups": 30000, "history_days": 180, "months": 12`
	for _, tt := range []struct {
		name, inputs, want string
		books              []string
		standings          []Standing
	}{
		{
			"a cheaper one without chat rooms", `{` + chat + `, "live_groups": 10}`,
			`tencent-im@2020-10-30 pro 77988.00 (0.00) cheapest
easemob-im@2026-03-23 pro 69588.00 (-8400.00); no live_groups
Plan fee []: | charged plan 11988 | charged plan 15588
Peak daily active users [dau]: | charged dau_overage 48000 | charged dau_overage 48000
Message history, chats and groups [history_days]: | charged history 18000 | charged history 6000
`, []string{"tencent-im", "easemob-im"}, []Standing{StandingWhole, StandingPart},
		},
		{
			"each lacks something", `{` + chat + `, "live_groups": 10, "presence": true}`,
			`tencent-im@2020-10-30 pro 77988.00; no presence
easemob-im@2026-03-23 pro 81588.00; no live_groups
inf-llm@2024-12-01 payg 0.00; no dau; no users; no peak_groups; no history_days; no presence; no live_groups
Plan fee []: | charged plan 11988 | charged plan 15588 | none
Peak daily active users [dau]: | charged dau_overage 48000 | charged dau_overage 48000 | uncovered
Message history, chats and groups [history_days]: | charged history 18000 | charged history 6000 | uncovered
Presence subscriptions [presence]: | uncovered | charged presence 12000 | uncovered
`, []string{"inf-llm", "tencent-im", "easemob-im"}, []Standing{StandingNothing, StandingPart, StandingPart},
		},
		{
			"a stated limit", `{` + chat + `, "friends_per_user": 5000, "live_groups": 10}`,
			`easemob-im@2026-03-23; no live_groups; Friends per user: at most 3,000 friends
tencent-im@2020-10-30; Friends per user: at most 3,000 friends
`, []string{"tencent-im", "easemob-im"}, []Standing{StandingUnable, StandingUnable},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := compare(t, tt.inputs, "", tt.books...)
			if got := out.summary(); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
			for i := range out.Columns {
				if got := out.Columns[i].Standing(); got != tt.standings[i] {
					t.Errorf("%s is %s, want %s", out.Columns[i].Book.Product, got, tt.standings[i])
				}
			}
		})
	}
}

// What a plan covers is part of its fee; what nobody asked for is no gift.
func TestWhyNothingIsToPay(t *testing.T) {
	// Groups, and 8,000 minutes, are within what the one product includes; others
	// charge for them.
	out := compare(t, `{"dau": 15000, "peak_groups": 150000, "av_audio_minutes": 8000}`, "", "tencent-im", "easemob-im", "tencent-trtc")
	text := func(row string, column int) string {
		at := slices.IndexFunc(out.Rows, func(r ComparedRow) bool { return r.Name.EN == row })
		if at < 0 {
			t.Fatalf("no row %s in\n%s", row, out.summary())
		}
		cell := out.Rows[at].Cells[column]
		if cell.PartOf < 0 {
			return string(cell.Why)
		}
		return out.Rows[cell.PartOf].Name.EN
	}
	if got := text("Peak number of groups", 1); got != "Plan fee" {
		t.Errorf("groups are part of %q", got)
	}
	if got := text("Audio and video minutes", 1); got != "Plan fee" {
		t.Errorf("minutes within the plan are part of %q", got)
	}
	if got := text("Plan fee", 2); got != string(IncludedFree) {
		t.Errorf("the fee of a free plan is %q", got)
	}
}

// renamedRTC is a catalog with a product that meters rooms as another one does, but
// calls its minutes otherwise, and draws its first line at another picture.
func renamedRTC(t *testing.T) *Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for from, to := range map[string]string{"tencent-trtc/2025-07-10.yaml": "other-rtc/2025-07-10.yaml", "tencent-trtc/planning.yaml": "other-rtc/planning.yaml"} {
		data, err := fs.ReadFile(EmbeddedBooks(), from)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(data), "tencent-trtc", "other-rtc")
		text = regexp.MustCompile(`\b(av|record_mixed)(_(audio|sd|hd|fhd|2k|4k)_minutes)\b`).ReplaceAllString(text, "own_$1$2")
		text = strings.Replace(text, "{id: sd, width: 640, height: 480}", "{id: sd, width: 640, height: 360}", 1)
		files[to] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := LoadCatalog(EmbeddedBooks(), files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A room is what joins products that meter it: under other names the minutes are
// the same row, and nothing of them is missing.
func TestRoomsUnderOtherNames(t *testing.T) {
	catalog := renamedRTC(t)
	var books []*Book
	for _, id := range []string{"other-rtc", "tencent-trtc", "easemob-im"} {
		p, _ := catalog.Product(id)
		books = append(books, p.Newest())
	}
	c, err := NewCommon(catalog, books, true)
	if err != nil {
		t.Fatal(err)
	}
	// The pictures of 640 × 480 are HD to the one that draws the line at 640 × 360.
	facts := usageOf(t, c.Facts, `{"participants": [{"people": 2, "sends": "video_640x480"}], "sessions": 1000, "record": "mixed"}`)
	out, faults := c.Compare(context.Background(), c.Inputs.NewUsage(), facts, make([]string, len(books)))
	if faults != nil {
		t.Fatal(faults[0])
	}
	rows := map[string]int{"own_av_hd_minutes": 0, "own_record_mixed_hd_minutes": 0}
	for id := range rows {
		rows[id] = slices.IndexFunc(out.Rows, func(r ComparedRow) bool { return slices.Contains(r.Inputs, id) })
	}
	for i, want := range []CellState{CellCharged, CellCharged, CellCharged} {
		if got := out.Rows[rows["own_av_hd_minutes"]].Cells[i].State; got != want {
			t.Errorf("the call in column %d: %s, want %s", i, got, want)
		}
	}
	for i, want := range []CellState{CellCharged, CellCharged, CellUncovered} {
		if got := out.Rows[rows["own_record_mixed_hd_minutes"]].Cells[i].State; got != want {
			t.Errorf("the recording in column %d: %s, want %s", i, got, want)
		}
	}
	if a, b := &out.Columns[0], &out.Columns[1]; !a.ServesAll() || !b.ServesAll() || !a.Option.Total.GreaterThan(b.Option.Total) {
		t.Errorf("other limits cost %s, %s", a.Option.Total, b.Option.Total)
	}
	rapid.Check(t, func(t *rapid.T) {
		room := rapid.SampledFrom(c.Facts.Examples).Draw(t, "room").Usage
		u := *room
		u.values = slices.Clone(room.values)
		u.values[c.Facts.position("record")] = int64(rapid.IntRange(0, 2).Draw(t, "record"))
		out, faults := c.Compare(context.Background(), drawUnion(t, c.Inputs), &u, make([]string, len(books)))
		if faults != nil {
			t.Fatal(faults[0])
		}
		checkClaims(t, out)
	})
}

// Minutes that are typed under one name, but bounded otherwise, are said to be so.
func TestBandsThatDiffer(t *testing.T) {
	catalog := renamedRTC(t)
	renamed, _ := catalog.Product("other-rtc")
	trtc, _ := catalog.Product("tencent-trtc")
	easemob, _ := catalog.Product("easemob-im")
	im, _ := catalog.Product("tencent-im")
	for _, tt := range []struct {
		books        []*Book
		inputs, want string
	}{
		{[]*Book{trtc.Newest(), easemob.Newest()}, `{"av_sd_minutes": 5}`, ""},
		{[]*Book{trtc.Newest(), easemob.Newest()}, `{"dau": 5}`, ""},
		{
			[]*Book{im.Newest(), trtc.Newest(), easemob.Newest()}, `{"av_4k_minutes": 5, "av_sd_minutes": 5}`,
			"av_4k_minutes: ; over 2560 × 1440 and up to 4096 × 2176; over 2560 × 1440",
		},
		{
			[]*Book{renamed.Newest(), trtc.Newest()}, `{"record_single_sd_minutes": 5, "record_single_hd_minutes": 5, "record_single_fhd_minutes": 5, "record_single_audio_minutes": 5}`,
			"record_single_sd_minutes: up to 640 × 360; up to 640 × 480\nrecord_single_hd_minutes: over 640 × 360 and up to 1280 × 720; over 640 × 480 and up to 1280 × 720",
		},
	} {
		c, err := NewCommon(catalog, tt.books, false)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, band := range c.bands(usageOf(t, c.Inputs, tt.inputs)) {
			var bounds []string
			for _, b := range band.Bounds {
				bounds = append(bounds, b.EN)
			}
			got = append(got, band.Input.ID+": "+strings.Join(bounds, "; "))
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.inputs, strings.Join(got, "\n"), tt.want)
		}
	}
}
