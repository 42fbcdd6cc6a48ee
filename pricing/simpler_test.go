package pricing

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestSimplerAgreesWithTryingEverySize compares what is said beside the packs of
// audio and video minutes with every number of packs of every size. Money is in
// thousandths of a yuan, of which a minute beyond the packs costs 7.
func TestSimplerAgreesWithTryingEverySize(t *testing.T) {
	t.Parallel()
	book := embeddedBook(t, "tencent-trtc", "2025-07-10")
	pool := bookPacks(t)["tencent-trtc/2025-07-10 av"]
	if pool == nil {
		t.Fatal("no pool of audio and video minutes")
	}
	said, silent := 0, 0
	randomly(t, 400, func(r *rand.Rand) error {
		minutes := between(r, 25, between(r, 30, 9000)) * 1000
		if r.IntN(2) == 0 {
			minutes += between(r, 1, 999)
		}
		u := usageOf(t, book, fmt.Sprintf(`{"av_audio_minutes": %d}`, minutes))
		o := u.Estimate().Option("starter")
		var kinds, packs, cost int64
		for _, p := range o.Purchases {
			kinds, packs, cost = kinds+1, packs+p.Quantity, cost+p.Amount.Shift(3).IntPart()
		}
		rest := o.Pools[0].Postpaid.IntPart()
		cost += rest * 7
		parts := kinds
		if rest > 0 {
			parts++
		}

		var want, fewest int64 // the cost of the simplest way, and its packs
		try := func(size, price, n int64) {
			over := max(minutes-n*size*1000, 0)
			here, of := n*price+over*7, int64(1)
			if over > 0 {
				of++
			}
			if kinds > 1 && of < parts && (here-cost)*1000 <= cost && (want == 0 || n == fewest && here < want) {
				want, fewest = here, n
			}
		}
		for n := int64(1); n <= packs && want == 0; n++ {
			for _, p := range pool.packs.Fixed() {
				try(p.Size, p.Price, n)
			}
			for size := int64(1); size <= 12_000; size++ {
				try(size, size*pool.packs.Custom().PriceOf(size), n)
			}
		}
		all := o.Pools[0].Simpler()
		if want == 0 || len(all) != 1 {
			if silent++; want != 0 || len(all) != 0 {
				return fmt.Errorf("%d minutes: %v, want %d in %d packs", minutes, all, want, fewest)
			}
			return nil
		}
		said++
		s := all[0]
		if s.Quantity != fewest || s.More.Shift(3).IntPart() != want-cost || s.Instead != int(kinds) || s.Window != 1 {
			return fmt.Errorf("%d minutes: %+v, want %d in %d packs, %d more", minutes, s, want, fewest, want-cost)
		}
		if len(o.Simpler()) != 1 {
			return fmt.Errorf("%d minutes: said as %v", minutes, o.Simpler())
		}
		return nil
	})
	if !testing.Short() && (said < 20 || silent < 20) {
		t.Errorf("%d were said, %d were not", said, silent)
	}
}

// Windows that are alike are said once, others each with its year.
func TestSimplerSaysTheYears(t *testing.T) {
	t.Parallel()
	book := embeddedBook(t, "tencent-trtc", "2025-07-10")
	for _, tt := range []struct {
		months int
		want   []string
	}{
		{12, []string{"Audio and video minutes, simpler: 1 × pack of 2,760,000 converted minutes instead of 2 kinds of packs, for ¥4.00 more."}},
		{24, []string{"Audio and video minutes, simpler: 1 × pack of 2,760,000 converted minutes instead of 2 kinds of packs, for ¥4.00 more. The same holds for every year."}},
		{25, []string{
			"Year 1 · Audio and video minutes, simpler: 1 × pack of 2,760,000 converted minutes instead of 2 kinds of packs, for ¥4.00 more.",
			"Year 2 · Audio and video minutes, simpler: 1 × pack of 2,760,000 converted minutes instead of 2 kinds of packs, for ¥4.00 more.",
		}},
	} {
		u := usageOf(t, book, fmt.Sprintf(`{"av_audio_minutes": 340000, "months": %d}`, tt.months))
		var got []string
		for _, s := range u.Estimate().Option("basic").Simpler() {
			got = append(got, s.EN)
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%d months: %q", tt.months, got)
		}
	}
}
