package forms

import (
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"suanpan/pricing"
)

var loadCatalog = sync.OnceValues(func() (*pricing.Catalog, error) {
	return pricing.LoadCatalog(pricing.EmbeddedBooks(), os.DirFS("../../testdata/books"))
})

// products returns the product of the test books, and the published ones.
func products(t testing.TB) []*pricing.Product {
	t.Helper()
	c, err := loadCatalog()
	if err != nil {
		t.Fatal(err)
	}
	return c.Products()
}

func fixture(t testing.TB) *pricing.Product {
	t.Helper()
	for _, p := range products(t) {
		if p.ID == "fixture-cloud" {
			return p
		}
	}
	t.Fatal("there is no fixture")
	return nil
}

func parse(t testing.TB, query string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func TestQueryHasOnlyWhatDiffers(t *testing.T) {
	p := fixture(t)
	for _, tt := range []struct{ typed, recommended, want string }{
		{"", "basic", ""},
		{"months=1&meeting_rooms=1&hours_a_day=8&printed_pages=0&welcome_desk=yes&video_wall=no&option=", "basic", ""},
		{"hours_a_day=0", "basic", "hours_a_day=0"},                                                          // 0 is not the default
		{"video_wall=yes&months=12&welcome_desk=no", "business", "months=12&welcome_desk=no&video_wall=yes"}, // the order of the book
		{"printed_pages=1.5万", "basic", "printed_pages=15000"},
		{"printed_pages= ", "basic", ""},
		{"option=basic", "basic", ""},
		{"option=business", "basic", "option=business"},
		{"option=gold", "basic", ""},
		{"option=basic", "", "option=basic"},
		{"price_book=2026-01-01", "basic", ""},
		{"price_book=2025-06-01&option=business&months=2", "basic", "price_book=2025-06-01&months=2&option=business"},
		{"months=2&months=3", "basic", "months=3"},
		{"welcome_desk=no&welcome_desk=yes", "basic", ""},
		{"welcome_desk=on", "basic", ""},
		{"welcome_desk=TRUE", "basic", ""},
		{"welcome_desk=maybe", "basic", "welcome_desk=no"},
		{"item=a7&months=2&option=business", "basic", "months=2&option=business&item=a7"},
		{"item=A7", "basic", ""},
		{"item=" + strings.Repeat("a", 27), "basic", ""},
		{"item=a%22", "basic", ""},
		{"printed_pages=a b&months=99", "basic", "months=99&printed_pages=a+b"}, // faults as they were typed
		{"printed_pages=" + strings.Repeat("x", maxTyped+1), "basic", ""},
		{"utm_source=x&lang=zh&Months=3", "basic", ""},
	} {
		form, ok := Decode(parse(t, tt.typed), p)
		if !ok {
			t.Fatalf("%s: no such price book", tt.typed)
		}
		form.Follow(tt.recommended)
		if got := form.Today(); got != tt.want {
			t.Errorf("%s becomes %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func TestUnknownPriceBook(t *testing.T) {
	for _, id := range []string{"1999-01-01", "2026-01-01r2", "2026-1-1", "newest"} {
		if _, ok := Decode(url.Values{PriceBook: {id}}, fixture(t)); ok {
			t.Errorf("there is a price book %s", id)
		}
	}
}

func TestFaultsByInput(t *testing.T) {
	form, _ := Decode(parse(t, "months=0&meeting_rooms=501&hours_a_day=25&printed_pages=1,5&seats_per_room=2.5&video_wall=?"), fixture(t))
	want := map[string]pricing.Code{
		"months": pricing.CodeOutOfRange, "meeting_rooms": pricing.CodeOutOfRange, "hours_a_day": pricing.CodeOutOfRange,
		"printed_pages": pricing.CodeNotANumber, "seats_per_room": pricing.CodeNotWhole,
	}
	for id, code := range want {
		if f := form.Faults[id]; f == nil || f.Code != code || f.Input != id || f.Message.EN == "" || f.Message.ZH == "" {
			t.Errorf("%s: %+v, want %s", id, f, code)
		}
	}
	if len(form.Faults) != len(want) {
		t.Errorf("%d faults", len(form.Faults))
	}
	if form.Typed["printed_pages"] != "1,5" {
		t.Errorf("what was typed is lost: %q", form.Typed)
	}
}

// TestFaultLeavesTheDefault: an entry at fault counts as left out, wherever
// the rest of the form is read without it.
func TestFaultLeavesTheDefault(t *testing.T) {
	form, _ := Decode(parse(t, "hours_a_day=99"), fixture(t))
	in, _ := form.Book.Input("hours_a_day")
	if n := form.Usage.Count(in); n != 8 {
		t.Errorf("%d hours", n)
	}
}

// FuzzDecodeForm: any query string is read without a panic, and the canonical
// query string of the result is read as the same usage and the same faults.
func FuzzDecodeForm(f *testing.F) {
	for _, query := range []string{
		"", "months=12&dau=15000", "dau=1.5万&option=ultimate", "price_book=2025-06-01&welcome_desk=no&welcome_desk=yes",
		"dau=%ff&months=x&option=gold", "printed_pages=99999999999999999999999999", "&&=&a=b;c", "meeting_rooms=0&seats_per_room=-5",
		"device_tier=basic&workloads.0.asr=light&workloads.0.rounds=1.5万&workloads.7.tts_calls=0&workloads.00.rounds=1&workloads.1000.rounds=1",
		"features=rtmp_ingest&features=mini_program&dashboard=advanced&promotions=no&promotions=yes&trial_minutes=yes",
		"device_tier=gold&features=teleport&workloads.3.rounds=x&workloads.3.asr=loud&workloads.2.intent=?&models.0.model=",
		"models.0.model=inf-med-chat-v1&models.0.input_tokens=5&models.5.output_tokens=%31&rows=models.0.duplicate",
		"moderation.0.model=image_ocr&moderation.0.quantity=500000&rows=moderation.add&price_book=2026-03-20",
		"moderation.0.quantity=5&moderation.1.model=audio_voice&rows=moderation.0.remove", "workloads.0.rounds=0&workloads.0.rounds=x&rows=workloads.add",
		"facts=room&facts=relay&facts=no&participants.0.people=2&participants.1.sends=audio&participants.1.receives=group_h&sessions=1万亿&relayed_streams=x",
		"facts=tokens&requests=5&tokens_in=&models.0.input_tokens=5000&facts=tokens&rows=models.add&registered_users=lots&facts=daily-users",
		many(51), many(50) + "&rows=workloads.0.duplicate", "rows=workloads.-1.remove", "workloads.0.rounds.x=1&workloads..=1&rows=..",
	} {
		f.Add(query)
	}
	all := products(f)
	f.Fuzz(func(t *testing.T, query string) {
		values, _ := url.ParseQuery(query) // what could be read of it, as the server takes it
		for _, p := range all {
			if _, ok := Decode(values, p); !ok {
				continue
			}
			for _, recommended := range []string{"", p.Newest().Options[0].ID} {
				form, _ := Decode(values, p)
				form.Follow(recommended)
				canonical := form.Query()
				parsed, err := url.ParseQuery(canonical)
				if err != nil {
					t.Fatalf("%q becomes %q: %v", query, canonical, err)
				}
				again, ok := Decode(parsed, p)
				if !ok || again.Book != form.Book || again.Pinned() != form.Pinned() {
					t.Fatalf("%q becomes %q, of another price book", query, canonical)
				}
				if differs := sameUsage(form.Usage, again.Usage); differs != "" {
					t.Fatalf("%q becomes %q: %s", query, canonical, differs)
				}
				for name, fault := range form.Faults {
					// Rows over the number and boxes that there are not cannot be kept.
					typed, kept := form.Typed[name]
					if kept && len(typed) <= maxTyped && again.Faults[name] == nil {
						t.Fatalf("%q becomes %q: %s is no longer at fault", query, canonical, name)
					}
					if fault.Message.EN == "" || fault.Message.ZH == "" {
						t.Fatalf("%q: nothing is said of %s", query, name)
					}
				}
				for name := range again.Faults {
					if form.Faults[name] == nil {
						t.Fatalf("%q becomes %q: %s is at fault only then", query, canonical, name)
					}
				}
				again.Follow(recommended)
				if twice := again.Query(); twice != canonical {
					t.Fatalf("%q becomes %q, and that %q", query, canonical, twice)
				}
			}
		}
	})
}
