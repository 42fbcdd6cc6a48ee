package pricing

import (
	"strings"
	"testing"
)

// A book can have rows of several kinds, and one promise for all of them. What
// the others come to along the axis of a row is that of its own kind without it,
// and that of every other kind.
func TestAxesOfRowsOfTwoKinds(t *testing.T) {
	const jobs = "          of: [listening, hurry]\n          window: 6\n"
	text := strings.Replace(poolFixtureText(t), jobs, "          of: [listening, hurry, checking]\n          window: 6\n", 1)
	b := decodeText(t, text)
	u := usageOf(t, b, `{"jobs": [{"rounds": 700, "tongue": "fancy", "urgent": true, "repeats": 3}, {"rounds": 40, "tongue": "plain"}],
		"checks": [{"sort": "sound", "quantity": 90}, {"sort": "post", "quantity": 20}], "months": 2}`)
	rows := 0
	for _, a := range allAxes(u) {
		if a.row < 0 {
			continue
		}
		rows++
		c := a.Curve(0, 20_000, 5)
		all := map[int64]atPoint{}
		for _, x := range c.Quantities {
			all[x] = estimateAt(u, a, x)
		}
		if err := checkTotals(a, c, all); err != nil {
			t.Errorf("%s of row %d of %s: %v", a.input.ID, a.row, b.Inputs[a.position].ID, err)
		}
	}
	if rows != 6 {
		t.Errorf("%d axes of rows", rows)
	}
}
