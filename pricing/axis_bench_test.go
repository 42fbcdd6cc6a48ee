package pricing

import (
	"slices"
	"testing"
	"time"
)

// meetings is a usage of tencent-trtc that buys packs for audio and video and
// for recording, and AI minutes.
func meetings(t testing.TB) *Usage {
	t.Helper()
	return usageOf(t, embeddedBook(t, "tencent-trtc", "2025-07-10"), `{"av_audio_minutes": 500000, "av_hd_minutes": 800000,
		"record_mixed_hd_minutes": 60000, "transcode_h264_hd_minutes": 40000, "stt_basic_minutes": 20000, "dashboard": "basic", "months": 18}`)
}

// ratioToEstimate reports how long f takes, and how many full estimates that
// is. The two run in turns, so that a busy machine slows both.
func ratioToEstimate(b *testing.B, u *Usage, f func()) {
	b.Helper()
	var took []time.Duration
	var ratios []float64
	for b.Loop() {
		start := time.Now()
		f()
		here := time.Since(start)
		start = time.Now()
		for range 10 {
			u.Estimate()
		}
		took = append(took, here)
		ratios = append(ratios, 10*float64(here)/float64(time.Since(start)))
	}
	slices.Sort(took)
	slices.Sort(ratios)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms")
	b.ReportMetric(ratios[len(ratios)/2], "x-estimate")
	b.ReportMetric(0, "ns/op") // of both together, which says nothing
}

// BenchmarkCurve200 draws a curve of 200 points over all options, the axis made
// anew, in the range that the page draws.
func BenchmarkCurve200(b *testing.B) {
	u := meetings(b)
	for _, id := range []string{"av_hd_minutes", "record_mixed_hd_minutes", "stt_basic_minutes"} {
		b.Run(id, func(b *testing.B) {
			_, to := axisOf(b, u, id).Range()
			ratioToEstimate(b, u, func() { axisOf(b, u, id).Curve(0, to, 200) })
		})
	}
}

// BenchmarkBreakEven finds all break-even points there are.
func BenchmarkBreakEven(b *testing.B) {
	u := meetings(b)
	for _, id := range []string{"av_hd_minutes", "record_mixed_hd_minutes", "stt_basic_minutes"} {
		b.Run(id, func(b *testing.B) {
			ratioToEstimate(b, u, func() {
				if all := axisOf(b, u, id).BreakEvens(0, MaxCount); all.ExactUpTo < MaxCount {
					b.Fatal("the search was cut off")
				}
			})
		})
	}
}

// BenchmarkHeadroom is what a page shows beside every count of the product.
func BenchmarkHeadroom(b *testing.B) {
	u := meetings(b)
	ratioToEstimate(b, u, func() {
		for _, a := range allAxes(u) {
			a.Headroom()
		}
	})
}

// BenchmarkHeadroomOfRows is the same of the largest number of rows, whose axes
// share what does not depend on the row.
func BenchmarkHeadroomOfRows(b *testing.B) {
	book := embeddedBook(b, "aliyun-multimodal", "2026-07-01")
	in, _ := book.Input("workloads")
	u := book.NewUsage()
	rows, _ := u.SetRows(in, MaxRows)
	for i, row := range rows {
		row[in.field("rounds")], row[in.field("tts_calls")] = int64(1000+37*i), int64(100*i)
	}
	ratioToEstimate(b, u, func() {
		for _, a := range allAxes(u) {
			a.Headroom()
		}
	})
}
