package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

var avMinutes = []string{"av_audio_minutes", "av_sd_minutes", "av_hd_minutes", "av_fhd_minutes", "av_2k_minutes", "av_4k_minutes"}

// A table of minutes is filled in from left to right by keyboard alone.
func TestMatrix(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		path  string
		cells []string
		total string
		notes map[string]string
	}{
		// The published example of a lesson with a shared screen.
		{trtc, []string{"30", "60", "30", "", "", ""}, "¥1.89", map[string]string{"av_audio_minutes": "30", "av_sd_minutes": "60"}},
		{trtc, []string{"1000180", "", "", "", "", ""}, "¥5,814.50", map[string]string{"av_audio_minutes": "1,000,180"}},
		{easemob, []string{"1", "", "2500", "", "", ""}, "¥1,299.01", map[string]string{"av_hd_minutes": "2,500"}},
	} {
		t.Run(strings.Trim(c.path, "/")+c.total, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{})
			p.visit(c.path)
			p.unfold()
			before := eval[int](p, `history.length`)
			p.mark(avMinutes[0])
			y := eval[float64](p, `scrollY`)
			want := c.path
			for i, text := range c.cells {
				equal(p, "the tab key leads to the right", eval[string](p, focused), avMinutes[i])
				for n, key := range text {
					p.press(string(key))
					equal(p, "caret", eval[int](p, `document.activeElement.selectionStart`), n+1)
				}
				if text != "" {
					want = strings.Replace(want+"&", "&"+avMinutes[i], "", 1)
					want = strings.TrimSuffix(want, "&")
					if strings.Contains(want, "?") {
						want += "&"
					} else {
						want += "?"
					}
					want += avMinutes[i] + "=" + text
					p.waitAddress(want)
					equal(p, "focus after the answer", eval[string](p, focused), avMinutes[i])
					equal(p, "caret after the answer", eval[int](p, `document.activeElement.selectionStart`), len(text))
				}
				if i < len(c.cells)-1 {
					p.press(kb.Tab)
				}
			}
			p.waitText("#total", c.total)
			equal(p, "scroll", eval[float64](p, `scrollY`), y)
			equal(p, "history, which must not grow", eval[int](p, `history.length`), before)
			for id, note := range c.notes {
				p.waitText("#"+id+"-note", note)
			}
			p.press(kb.Tab, kb.ModifierShift)
			equal(p, "back to the left", eval[string](p, focused), avMinutes[4])
			p.reload()
			p.reopens()

			// At fault, one cell is marked, and its note says why.
			p.unfold()
			p.paste("av_sd_minutes", "abc")
			p.wait(`document.getElementById("av_sd_minutes").getAttribute("aria-invalid") === "true"`)
			equal(p, "marked", eval[int](p, `document.querySelectorAll("[aria-invalid]").length`), 1)
			if p.text("#av_sd_minutes-note") == "" {
				t.Error("no message in the cell")
			}
			equal(p, "last good total", p.text("#total"), c.total)
		})
	}
}

// A cell of a table is called what its row and its column are called, to the
// eye as to the reader.
func TestMatrixLabels(t *testing.T) {
	t.Parallel()
	for _, s := range []screen{desktop, {"phone", 390, 844, true}} {
		for _, lang := range []string{"en", "zh-CN"} {
			t.Run(s.name+"-"+lang, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{screen: s, lang: lang})
				for path, cells := range map[string]int{trtc: 43, easemob: 6} {
					p.visit(path)
					p.unfold()
					if n := eval[int](p, `document.querySelectorAll("td input").length`); n != cells {
						t.Errorf("%s has %d cells, not %d", path, n, cells)
					}
					if wrong := eval[[]string](p, `[...document.querySelectorAll("td input")].filter(e => {
						const td = e.closest("td"), row = td.parentElement.cells[0].textContent.trim();
						const column = td.closest("table").rows[0].cells[td.cellIndex].textContent.trim();
						const label = e.labels.length === 1 ? e.labels[0].textContent : "";
						return !row || !column || !label.includes(row) || !label.includes(column);
					}).map(e => e.id)`); len(wrong) > 0 {
						t.Errorf("%s: not called by row and column: %s", path, strings.Join(wrong, " "))
					}
					if wrong := eval[[]string](p, `[...document.querySelectorAll("td input")].filter(e => {
						const label = e.labels[0].getBoundingClientRect(), own = e.getBoundingClientRect();
						const head = e.closest("table").rows[0].cells[e.closest("td").cellIndex].getBoundingClientRect();
						const row = e.closest("tr").cells[0].getBoundingClientRect();
						const column = label.width > 8 && label.height > 8 ? label : head;
						const above = column.height > 8 && column.bottom <= own.top + 1 && column.left < own.right && column.right > own.left;
						return !above || row.height < 8 || own.width < 40 || own.height < 24;
					}).map(e => e.id)`); len(wrong) > 0 {
						t.Errorf("%s: no name in sight, or no room: %s", path, strings.Join(wrong, " "))
					}
					p.fits(path, s)
				}
			})
		}
	}
}
