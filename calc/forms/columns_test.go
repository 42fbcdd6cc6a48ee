package forms_test

import (
	"net/url"
	"strings"
	"testing"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

func embedded(t testing.TB) *pricing.Catalog {
	t.Helper()
	c, err := pricing.LoadCatalog(pricing.EmbeddedBooks())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What is read is written again, shortest; what is not there is refused.
func TestParseColumn(t *testing.T) {
	c := embedded(t)
	for text, want := range map[string]string{
		"tencent-im":                    "tencent-im@2020-10-30",
		"tencent-im@2020-10-30":         "tencent-im@2020-10-30",
		"easemob-im@2026-03-20":         "easemob-im@2026-03-20",
		"easemob-im:pro":                "easemob-im@2026-03-23:pro",
		"easemob-im@2022-09-13:premium": "easemob-im@2022-09-13:premium",

		"": "", "no": "", "tencent-im@": "", "tencent-im@2020": "", "tencent-im:": "", "tencent-im:gold": "",
		"easemob-im:premium": "", "tencent-im:pro@2020-10-30": "", "Tencent-IM": "", " tencent-im": "",
	} {
		column, ok := forms.ParseColumn(text, c)
		if ok != (want != "") || ok && column.String() != want {
			t.Errorf("%q: %v, want %q", text, ok, want)
		}
	}
}

func TestDecodeComparison(t *testing.T) {
	c := embedded(t)
	for query, want := range map[string]string{
		"":                         "",
		"in":                       "",
		"in=tencent-im,easemob-im": "in=easemob-im@2026-03-23,tencent-im@2020-10-30",
		"in=tencent-im&in=easemob-im&in=tencent-im":                             "in=easemob-im@2026-03-23,tencent-im@2020-10-30",
		"in=easemob-im,easemob-im:pro,easemob-im@2022-09-13":                    "in=easemob-im@2026-03-23:pro,easemob-im@2022-09-13",
		"in=tencent-im:pro,easemob-im&as=tencent-im&as=easemob-im:ultimate":     "in=easemob-im@2026-03-23:ultimate,tencent-im@2020-10-30",
		"in=tencent-im&as=easemob-im:pro&as=nonsense":                           "in=tencent-im@2020-10-30",
		"in=tencent-im,easemob-im&dau=1.5万&presence=yes&screenshots=5":          "in=easemob-im@2026-03-23,tencent-im@2020-10-30&dau=15000&presence=yes",
		"in=tencent-im,easemob-im&dau=many&months=1":                            "in=easemob-im@2026-03-23,tencent-im@2020-10-30&dau=many",
		"in=tencent-im,inf-llm&facts=room&sessions=5":                           "in=inf-llm@2024-12-01,tencent-im@2020-10-30",
		"in=tencent-trtc&facts=room&sessions=5&av_hd_minutes=7&dashboard=basic": "in=tencent-trtc@2025-07-10&dashboard=basic&sessions=5&facts=room",
		"in=tencent-trtc&facts=daily-users&sessions=5&av_hd_minutes=7":          "in=tencent-trtc@2025-07-10&av_hd_minutes=7",
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		f := forms.DecodeComparison(values, c)
		got := f.Query()
		if forms.Unchecked(got) != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
		again, err := url.ParseQuery(got)
		if err != nil {
			t.Fatal(err)
		}
		if second := forms.DecodeComparison(again, c).Query(); second != got {
			t.Errorf("%s becomes %s", got, second)
		}
	}
}

// room is a room of twelve, which tencent-trtc meters as 12 × 11 × 45 × 1,200
// minutes.
const room = "participants.0.people=12&participants.0.sends=video_640x360&session_minutes=45&sessions=1200"

// A calculator is compared with the products that share what was entered.
func TestCompareQuery(t *testing.T) {
	c := embedded(t)
	for _, tt := range []struct{ product, query, want string }{
		{"tencent-im", "dau=15000&months=3", "in=tencent-im,easemob-im&months=3&dau=15000"},
		{"easemob-im", "av_hd_minutes=5", "in=easemob-im,tencent-trtc&av_hd_minutes=5"},
		{"easemob-im", "price_book=2026-03-20&option=pro&av_hd_minutes=5&dau=9", "in=easemob-im@2026-03-20,tencent-im,tencent-trtc&dau=9&av_hd_minutes=5"},
		{"easemob-im", "", "in=easemob-im,tencent-im,tencent-trtc"},
		{"tencent-trtc", "screenshots=5", ""},
		// The facts of a room go along while the figures are what they come to, and no
		// other facts do.
		{"tencent-trtc", room + "&av_sd_minutes=7128000&facts=room", "in=tencent-trtc,easemob-im&av_sd_minutes=7128000&" + room + "&facts=room"},
		{"tencent-trtc", room + "&av_sd_minutes=100000&facts=room", "in=tencent-trtc,easemob-im&av_sd_minutes=100000"},
		{"tencent-trtc", room + "&av_sd_minutes=7128000&av_hd_minutes=1&facts=room", "in=tencent-trtc,easemob-im&av_sd_minutes=7128000&av_hd_minutes=1"},
		{"tencent-trtc", room + "&av_sd_minutes=7128000&screenshots=5&facts=room", "in=tencent-trtc,easemob-im&av_sd_minutes=7128000&screenshots=5&" + room + "&facts=room"},
		{"tencent-im", "dau=200&users=1000&registered_users=1000&facts=daily-users", "in=tencent-im,easemob-im&dau=200&users=1000"},
		{"inf-llm", "", ""},
	} {
		values, err := url.ParseQuery(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		product, _ := c.Product(tt.product)
		form, ok := forms.Decode(values, product)
		if !ok {
			t.Fatal("no form")
		}
		columns, got := form.CompareQuery(c)
		if tt.want == "" {
			if len(columns) != 1 {
				t.Errorf("%s?%s: %s", tt.product, tt.query, got)
			}
			continue
		}
		if got != tt.want {
			t.Errorf("%s?%s: %s, want %s", tt.product, tt.query, got, tt.want)
		}
	}
}

// FuzzDecodeComparison: whatever an address says, it is read, and the canonical
// one says the same.
func FuzzDecodeComparison(f *testing.F) {
	c := embedded(f)
	f.Add("in=tencent-im,easemob-im@2026-03-20:pro&as=tencent-im:trial&dau=15000")
	f.Add("in=tencent-trtc,easemob-im&facts=room&participants.0.sends=audio&sessions=9&record=mixed&in.shown=x")
	f.Add("in=" + strings.Repeat("easemob-im,", 20) + "&rows=moderation.add")
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		form := forms.DecodeComparison(values, c)
		if len(form.Columns) > pricing.MaxCompared || len(form.Refused) > pricing.MaxCompared {
			t.Fatalf("%d columns, %d refused", len(form.Columns), len(form.Refused))
		}
		if len(form.Columns) == 0 {
			return
		}
		if compared, err := form.Compare(t.Context()); err != nil || compared == nil && len(form.Columns) >= forms.MinCompared && len(form.Faults()) == 0 {
			t.Fatal("no comparison, and no fault")
		}
		if len(form.Faults()) > 0 {
			return
		}
		canonical, err := url.ParseQuery(form.Query())
		if err != nil {
			t.Fatal(err)
		}
		if again := forms.DecodeComparison(canonical, c).Query(); again != form.Query() {
			t.Fatalf("%s becomes %s", form.Query(), again)
		}
	})
}
