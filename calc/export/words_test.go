package export

import (
	"reflect"
	"testing"

	"suanpan/pricing"
)

// TestWords: nothing is left unsaid in either language, and what settlements
// are called tells them apart and can stand in a formula.
func TestWords(t *testing.T) {
	for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
		w := wordsIn(l)
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			if v.Field(i).String() == "" {
				t.Errorf("%s: %s is not said", l, v.Type().Field(i).Name)
			}
		}
		if w.Prepaid == w.Postpaid || w.settlement("prepaid") != w.Prepaid || w.settlement("postpaid") != w.Postpaid {
			t.Errorf("%s: settlements are called %q and %q", l, w.Prepaid, w.Postpaid)
		}
	}
	if english == chinese {
		t.Error("both languages say the same")
	}
}
