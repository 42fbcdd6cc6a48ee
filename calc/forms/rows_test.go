package forms

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"suanpan/pricing"
)

func product(t testing.TB, id string) *pricing.Product {
	t.Helper()
	for _, p := range products(t) {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("there is no product %s", id)
	return nil
}

func decodeQuery(t testing.TB, p *pricing.Product, query string) *Form {
	t.Helper()
	form, ok := Decode(parse(t, query), p)
	if !ok {
		t.Fatalf("%s: no such price book", query)
	}
	return form
}

// many is a query with n rows whose rounds are 1, 2, 3 and so on.
func many(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf("workloads.%d.rounds=%d", i, i+1)
	}
	return strings.Join(rows, "&")
}

// TestQueryOfEveryKind: what the form becomes, rows, choices and all.
func TestQueryOfEveryKind(t *testing.T) {
	const multimodal, trtc, easemob = "aliyun-multimodal", "tencent-trtc", "easemob-im"
	for _, tt := range []struct{ product, typed, want string }{
		{multimodal, "device_tier=trial", ""}, // the first choice is the default
		{multimodal, "device_tier=standard", "device_tier=standard"},
		{multimodal, "device_tier=standard&device_tier=basic", "device_tier=basic"},
		{multimodal, "device_tier=gold", "device_tier=gold"}, // a fault, as it came
		{multimodal, "device_tier=", "device_tier="},

		{trtc, "features=rtmp_ingest", "features=rtmp_ingest"},
		{trtc, "features=rtmp_ingest&features=mini_program&features=rtmp_ingest", "features=mini_program&features=rtmp_ingest"}, // the order of the book
		{trtc, "months=2&features=rtmp_ingest&dashboard=advanced&promotions=no", "months=2&dashboard=advanced&features=rtmp_ingest&promotions=no"},
		{trtc, "features[]=rtmp_ingest", ""},

		// only what differs, in the order of the book's fields
		{multimodal, "workloads.0.tts=light&workloads.0.rounds=1000&workloads.0.asr=none&workloads.0.tts_calls=1", "workloads.0.rounds=1000&workloads.0.tts=light"},
		{multimodal, "workloads.0.rounds=1.5万&workloads.0.intent=yes", "workloads.0.rounds=15000&workloads.0.intent=yes"},
		{multimodal, "workloads.0.intent=no", "workloads.0.rounds=0"}, // a row in which nothing differs
		{multimodal, "workloads.0.rounds=", "workloads.0.rounds=0"},
		{multimodal, "workloads.0.tts_calls=0", "workloads.0.tts_calls=0"}, // 0 is not its default
		{easemob, "moderation.0.quantity=", "moderation.0.model=text"},
		{easemob, "moderation.0.model=image_ocr", "moderation.0.model=image_ocr"},
		{easemob, "moderation.0.quantity=5&moderation.1.quantity=5", "moderation.0.quantity=5&moderation.1.quantity=5"}, // a model may come twice

		// gaps are closed up, the order is that of the numbers
		{multimodal, "workloads.10.rounds=10&workloads.9.rounds=9&workloads.2.rounds=2", "workloads.0.rounds=2&workloads.1.rounds=9&workloads.2.rounds=10"},
		{multimodal, "workloads.999.rounds=5", "workloads.0.rounds=5"},
		{multimodal, "workloads.0.rounds=1&workloads.0.rounds=2", "workloads.0.rounds=2"},

		// what is no row, or no field of one, is passed over
		{multimodal, "workloads.1000.rounds=5", ""},
		{multimodal, "workloads.00.rounds=5", ""},
		{multimodal, "workloads.01.rounds=5", ""},
		{multimodal, "workloads.%2B1.rounds=5", ""},
		{multimodal, "workloads.-1.rounds=5", ""},
		{multimodal, "workloads.-0.rounds=5", ""},
		{multimodal, "workloads.0x1.rounds=5", ""},
		{multimodal, "workloads.１.rounds=5", ""},
		{multimodal, "workloads.99999999999999999999.rounds=5", ""},
		{multimodal, "workloads..rounds=5", ""},
		{multimodal, "workloads.0=5", ""},
		{multimodal, "workloads.0.=5", ""},
		{multimodal, "workloads.0.colour=5", ""},
		{multimodal, "workloads.0.Rounds=5", ""},
		{multimodal, "workloads.0.rounds.x=5", ""},
		// the rows of an address, and those of a form behind them
		{multimodal, "workloads=5", "workloads.0.rounds=5"},
		{multimodal, "workloads=1.5万::yes~~7", "workloads.0.rounds=15000&workloads.0.intent=yes&workloads.1.rounds=0&workloads.2.rounds=7"},
		{multimodal, "workloads=:~", "workloads.0.rounds=0&workloads.1.rounds=0"},
		{multimodal, "workloads=5:light:::::::::x", "workloads.0.rounds=5&workloads.0.asr=light"},
		{multimodal, "workloads=5&workloads.0.rounds=6", "workloads.0.rounds=5&workloads.1.rounds=6"},
		{multimodal, "workloads=", ""},
		{multimodal, "workloads=x:light~5", "workloads.0.asr=light&workloads.1.rounds=5&workloads.0.rounds=x"},

		{multimodal, "workloads[0].rounds=5", ""},
		{multimodal, "moderation.0.quantity=5", ""},
		{multimodal, "devices.0.rounds=5", ""},
		{easemob, "price_book=2022-09-13&moderation.0.quantity=5", "price_book=2022-09-13"},

		// faults as they were typed
		{multimodal, "workloads.0.rounds=a b", "workloads.0.rounds=0&workloads.0.rounds=a+b"},
		{multimodal, "workloads.3.rounds=x&workloads.3.asr=light", "workloads.0.asr=light&workloads.0.rounds=x"},
		{multimodal, "workloads.0.asr=loud&workloads.0.rounds=5", "workloads.0.rounds=5&workloads.0.asr=loud"},
		{multimodal, "workloads.0.rounds=" + strings.Repeat("x", maxTyped+1), "workloads.0.rounds=0"},
	} {
		p := product(t, tt.product)
		form := decodeQuery(t, p, tt.typed)
		if got := form.Today(); got != tt.want {
			t.Errorf("%s becomes %q, want %q", tt.typed, got, tt.want)
		}
		if got := decodeQuery(t, p, tt.want).Today(); got != tt.want {
			t.Errorf("%s becomes %q", tt.want, got)
		}
	}
}

// TestRowButtons: what each button does to three rows, of 1, 2 and 3 rounds.
func TestRowButtons(t *testing.T) {
	p := product(t, "aliyun-multimodal")
	for _, tt := range []struct{ button, want string }{
		{"workloads.add", "1 2 3 0"},
		{"workloads.0.duplicate", "1 1 2 3"},
		{"workloads.1.duplicate", "1 2 2 3"},
		{"workloads.2.duplicate", "1 2 3 3"},
		{"workloads.0.remove", "2 3"},
		{"workloads.1.remove", "1 3"},
		{"workloads.2.remove", "1 2"},

		// passed over
		{"", "1 2 3"},
		{"workloads", "1 2 3"},
		{"workloads.remove", "1 2 3"},
		{"workloads.duplicate", "1 2 3"},
		{"workloads.3.remove", "1 2 3"},
		{"workloads.3.duplicate", "1 2 3"},
		{"workloads.-1.remove", "1 2 3"},
		{"workloads.-1.duplicate", "1 2 3"},
		{"workloads.99999999999999999999.remove", "1 2 3"},
		{"workloads.x.remove", "1 2 3"},
		{"workloads..remove", "1 2 3"},
		{"workloads.0.explode", "1 2 3"},
		{"workloads.0.remove.now", "1 2 3"},
		{"workloads.Add", "1 2 3"},
		{"models.add", "1 2 3"},
		{"devices.add", "1 2 3"},
		{"add", "1 2 3"},
		{"..", "1 2 3"},
	} {
		form := decodeQuery(t, p, many(3)+"&rows="+url.QueryEscape(tt.button))
		if got := rounds(t, form); got != tt.want {
			t.Errorf("%s: rows of %s, want %s", tt.button, got, tt.want)
		}
		if len(form.Faults) != 0 {
			t.Errorf("%s: faults %v", tt.button, form.Faults)
		}
		if strings.Contains("&"+form.Query(), "&rows=") {
			t.Errorf("%s: the button is in the address %s", tt.button, form.Query())
		}
	}
}

// rounds lists the rounds of the rows.
func rounds(t testing.TB, f *Form) string {
	t.Helper()
	in, ok := f.Book.Input("workloads")
	if !ok {
		t.Fatal("there are no workloads")
	}
	var out []string
	for _, row := range f.Usage.Rows(in) {
		out = append(out, fmt.Sprint(row[0]))
	}
	return strings.Join(out, " ")
}

// TestButtonsWithGapsAndFaults: the number in a button is that of the row as it
// is shown, and a row keeps what was typed into it, right or wrong.
func TestButtonsWithGapsAndFaults(t *testing.T) {
	p := product(t, "aliyun-multimodal")
	form := decodeQuery(t, p, "workloads.4.rounds=4&workloads.7.rounds=lots&workloads.7.asr=light&rows=workloads.1.duplicate")
	for name, want := range map[string]string{"workloads.0.rounds": "4", "workloads.1.rounds": "lots", "workloads.2.rounds": "lots", "workloads.2.asr": "light"} {
		if got := form.Typed[name]; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if form.Faults["workloads.1.rounds"] == nil || form.Faults["workloads.2.rounds"] == nil || len(form.Faults) != 2 {
		t.Errorf("faults %v", form.Faults)
	}
	if form = decodeQuery(t, p, form.Query()+"&rows=workloads.1.remove"); form.Typed["workloads.1.rounds"] != "lots" || len(form.Faults) != 1 {
		t.Errorf("%q, faults %v", form.Typed, form.Faults)
	}
	if form = decodeQuery(t, p, form.Query()+"&rows=workloads.1.remove"); rounds(t, form) != "4" || len(form.Faults) != 0 {
		t.Errorf("rows of %s, faults %v", rounds(t, form), form.Faults)
	}
}

func TestNumberOfRows(t *testing.T) {
	p := product(t, "aliyun-multimodal")
	fifty := rounds(t, decodeQuery(t, p, many(pricing.MaxRows)))
	if n := len(strings.Fields(fifty)); n != pricing.MaxRows {
		t.Fatalf("%d rows", n)
	}
	for _, tt := range []struct {
		query string
		fault bool
		want  string
	}{
		{many(50), false, fifty},
		{many(51), true, fifty},
		{many(500), true, fifty},
		// A row too many pushes out none that is filled in.
		{many(50) + "&rows=workloads.add", true, fifty},
		{many(50) + "&rows=workloads.0.duplicate", true, fifty},
		{many(50) + "&rows=workloads.49.duplicate", true, fifty},
		{many(50) + "&rows=workloads.50.duplicate", false, fifty},
		{many(51) + "&rows=workloads.add", true, fifty},
		{many(51) + "&rows=workloads.50.remove", false, fifty},
		{many(49) + "&rows=workloads.add", false, strings.TrimSuffix(fifty, "50") + "0"},
	} {
		form := decodeQuery(t, p, tt.query)
		fault := form.Faults["workloads"]
		if (fault != nil) != tt.fault || fault != nil && (fault.Code != pricing.CodeTooManyRows || fault.Input != "workloads") || len(form.Faults) > 1 {
			t.Errorf("%.200s…: faults %v", tt.query[len(tt.query)-40:], form.Faults)
		}
		if got := rounds(t, form); got != tt.want {
			t.Errorf("…%s: rows of %s", tt.query[len(tt.query)-40:], got)
		}
	}
	// Faults inside the rows are told beside it, of those that are kept.
	form := decodeQuery(t, p, many(51)+"&workloads.49.rounds=x&workloads.50.rounds=x")
	if form.Faults["workloads"] == nil || form.Faults["workloads.49.rounds"] == nil || len(form.Faults) != 2 {
		t.Errorf("faults %v", form.Faults)
	}
}

// TestFaultsInRows: each has the name of its field, and leaves the field its
// default and what was typed.
func TestFaultsInRows(t *testing.T) {
	form := decodeQuery(t, product(t, "aliyun-multimodal"),
		"device_tier=gold&workloads.1.rounds=x&workloads.1.asr=loud&workloads.1.tts_calls=2.5&workloads.0.rounds=-5&workloads.0.tts=light&workloads.0.intent=?")
	want := map[string]struct {
		code  pricing.Code
		typed string
	}{
		"device_tier":           {pricing.CodeUnknownChoice, "gold"},
		"workloads.0.rounds":    {pricing.CodeOutOfRange, "-5"},
		"workloads.1.rounds":    {pricing.CodeNotANumber, "x"},
		"workloads.1.asr":       {pricing.CodeUnknownChoice, "loud"},
		"workloads.1.tts_calls": {pricing.CodeNotWhole, "2.5"},
	}
	for name, w := range want {
		if f := form.Faults[name]; f == nil || f.Code != w.code || f.Message.EN == "" || f.Message.ZH == "" {
			t.Errorf("%s: %+v, want %s", name, f, w.code)
		}
		if form.Typed[name] != w.typed {
			t.Errorf("%s: %q is kept, want %q", name, form.Typed[name], w.typed)
		}
	}
	if len(form.Faults) != len(want) {
		t.Errorf("faults %v", form.Faults)
	}
	in, _ := form.Book.Input("workloads")
	if rows := form.Usage.Rows(in); !slices.Equal(rows[1], pricing.Row{0, 0, 0, 0, 0, 0, 1}) || !slices.Equal(rows[0], pricing.Row{0, 0, 0, 0, 0, 1, 1}) {
		t.Errorf("rows %v", rows)
	}
	trtc := decodeQuery(t, product(t, "tencent-trtc"), "features=teleport&features=rtmp_ingest")
	if f := trtc.Faults["features"]; f == nil || f.Code != pricing.CodeUnknownChoice {
		t.Errorf("features: %v", trtc.Faults)
	}
}

// anyForm draws a usage of a book.
func anyForm(t *rapid.T, book *pricing.Book) *pricing.Usage {
	u := book.NewUsage()
	value := func(in *pricing.Input, name string) int64 {
		return rapid.OneOf(
			rapid.Just(in.Default), rapid.SampledFrom([]int64{in.Minimum, in.Maximum}), rapid.Int64Range(in.Minimum, in.Maximum),
		).Draw(t, name)
	}
	check := func(fault *pricing.InputError) {
		if fault != nil {
			t.Fatal(fault)
		}
	}
	for i := range book.Inputs {
		in := &book.Inputs[i]
		switch in.Kind {
		case pricing.KindYesNo:
			u.SetYesNo(in, rapid.Bool().Draw(t, in.ID))
		case pricing.KindChoice:
			check(u.SetChoice(in, rapid.SampledFrom(in.Choices).Draw(t, in.ID).ID))
		case pricing.KindChoices:
			var ids []string
			for _, c := range rapid.SliceOfN(rapid.SampledFrom(in.Choices), 0, len(in.Choices)).Draw(t, in.ID) {
				ids = append(ids, c.ID)
			}
			check(u.SetChoices(in, ids))
		case pricing.KindRows:
			rows, fault := u.SetRows(in, rapid.SampledFrom([]int{0, 1, 2, 11, pricing.MaxRows}).Draw(t, in.ID))
			check(fault)
			for r, row := range rows {
				for j := range in.Fields {
					row[j] = value(&in.Fields[j], RowField(in.ID, r, in.Fields[j].ID))
				}
			}
		default:
			check(u.SetCount(in, fmt.Sprint(value(in, in.ID))))
		}
	}
	return u
}

// sameUsage says in which input two usages differ, or nothing.
func sameUsage(a, b *pricing.Usage) string {
	for i := range a.Book().Inputs {
		in := &a.Book().Inputs[i]
		if in.Kind == pricing.KindRows {
			if !slices.EqualFunc(a.Rows(in), b.Rows(in), func(x, y pricing.Row) bool { return slices.Equal(x, y) }) {
				return fmt.Sprintf("%s is %v and then %v", in.ID, a.Rows(in), b.Rows(in))
			}
		} else if a.Count(in) != b.Count(in) {
			return fmt.Sprintf("%s is %d and then %d", in.ID, a.Count(in), b.Count(in))
		}
	}
	return ""
}

// TestUsageSurvivesItsAddress: whatever the usage, of whatever book, its
// canonical query string is read as the same usage and written as the same
// string.
func TestUsageSurvivesItsAddress(t *testing.T) {
	all := products(t)
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(all).Draw(rt, "product")
		book := rapid.SampledFrom(p.Books).Draw(rt, "book")
		form := &Form{Product: p, Book: book, Usage: anyForm(rt, book)}
		if rapid.Bool().Draw(rt, "choose") {
			form.Option = rapid.SampledFrom(book.Options).Draw(rt, "option").ID
		}
		query := form.Query()
		again := decodeQuery(t, p, query)
		if len(again.Faults) != 0 || again.Book != book || again.Option != form.Option {
			rt.Fatalf("%s is read as %s, %q, with the faults %v", query, again.Book.ID, again.Option, again.Faults)
		}
		if differs := sameUsage(form.Usage, again.Usage); differs != "" {
			rt.Fatalf("%s: %s", query, differs)
		}
		if twice := again.Query(); twice != query {
			rt.Fatalf("%s becomes %s", query, twice)
		}
	})
}
