package export

import (
	"testing"

	"suanpan/pricing"
)

// TestSettlementsAreToldApart: what they are called can stand in a formula.
func TestSettlementsAreToldApart(t *testing.T) {
	for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
		w := wordsIn(l)
		if w.Prepaid == w.Postpaid || w.settlement("prepaid") != w.Prepaid || w.settlement("postpaid") != w.Postpaid {
			t.Errorf("%s: settlements are called %q and %q", l, w.Prepaid, w.Postpaid)
		}
	}
}
