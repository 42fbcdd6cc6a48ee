package calc_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"suanpan/pricing"
)

// The products that have inputs of the kinds choice, choices and rows.
const (
	trtc       = "tencent-trtc"
	multimodal = "aliyun-multimodal"
	easemob    = "easemob-im"
	inf        = "inf-llm"
)

// TestFaultCodesOfEveryKind has the public table of codes for choices and rows.
// The faults are "input code", all of them, in their order.
func TestFaultCodesOfEveryKind(t *testing.T) {
	s := newServer(t)
	deep := strings.Repeat("[", 1000) + strings.Repeat("]", 1000)
	for _, tt := range []struct{ name, product, inputs, faults string }{
		{"no such choice", multimodal, `{"device_tier":"gold"}`, "device_tier unknown_choice"},
		{"the empty choice", multimodal, `{"device_tier":""}`, "device_tier unknown_choice"},
		{"a choice in capitals", multimodal, `{"device_tier":"Basic"}`, "device_tier unknown_choice"},
		{"a choice by its name", multimodal, `{"device_tier":"Basic tier"}`, "device_tier unknown_choice"},
		{"a choice by its position", multimodal, `{"device_tier":1}`, "device_tier wrong_type"},
		{"a choice by its position, as text", multimodal, `{"device_tier":"1"}`, "device_tier unknown_choice"},
		{"true for a choice", multimodal, `{"device_tier":true}`, "device_tier wrong_type"},
		{"null for a choice", multimodal, `{"device_tier":null}`, "device_tier wrong_type"},
		{"a list for a choice", multimodal, `{"device_tier":["basic"]}`, "device_tier wrong_type"},
		{"an object for a choice", multimodal, `{"device_tier":{"id":"basic"}}`, "device_tier wrong_type"},

		{"no such feature", trtc, `{"features":["teleport"]}`, "features unknown_choice"},
		{"one feature among good ones", trtc, `{"features":["rtmp_ingest","teleport","mini_program"]}`, "features unknown_choice"},
		{"a feature that is none, and one that is no text", trtc, `{"features":[1,"teleport",2]}`, "features wrong_type features unknown_choice"},
		{"two features, one fault", trtc, `{"features":["teleport","telepathy",""]}`, "features unknown_choice"},
		{"a feature in capitals", trtc, `{"features":["RTMP_ingest"]}`, "features unknown_choice"},
		{"features as text", trtc, `{"features":"rtmp_ingest"}`, "features wrong_type"},
		{"features as an object", trtc, `{"features":{"rtmp_ingest":true}}`, "features wrong_type"},
		{"null for features", trtc, `{"features":null}`, "features wrong_type"},
		{"true for features", trtc, `{"features":true}`, "features wrong_type"},
		{"a number for features", trtc, `{"features":1}`, "features wrong_type"},
		{"a number among features", trtc, `{"features":["rtmp_ingest",1]}`, "features wrong_type"},
		{"null among features", trtc, `{"features":[null]}`, "features wrong_type"},
		{"a list among features", trtc, `{"features":[["rtmp_ingest"]]}`, "features wrong_type"},
		{"deep lists among features", trtc, `{"features":[` + deep + `]}`, "features wrong_type"},

		{"an object for rows", multimodal, `{"workloads":{"rounds":1}}`, "workloads wrong_type"},
		{"text for rows", multimodal, `{"workloads":"rounds"}`, "workloads wrong_type"},
		{"a number for rows", multimodal, `{"workloads":1}`, "workloads wrong_type"},
		{"null for rows", multimodal, `{"workloads":null}`, "workloads wrong_type"},
		{"false for rows", multimodal, `{"workloads":false}`, "workloads wrong_type"},
		{"a number for a row", multimodal, `{"workloads":[1]}`, "workloads[0] wrong_type"},
		{"null for a row", multimodal, `{"workloads":[{},null]}`, "workloads[1] wrong_type"},
		{"a list for a row", multimodal, `{"workloads":[[]]}`, "workloads[0] wrong_type"},
		{"deep lists for a row", multimodal, `{"workloads":[` + deep + `]}`, "workloads[0] wrong_type"},
		{"no row is an object", multimodal, `{"workloads":["a",true,{},[1]]}`, "workloads[0] wrong_type workloads[1] wrong_type workloads[3] wrong_type"},

		{"no such choice in a row", multimodal, `{"workloads":[{"asr":"loud"}]}`, "workloads[0].asr unknown_choice"},
		{"no such choice in the third row", multimodal, `{"workloads":[{},{},{"model":"gpt"}]}`, "workloads[2].model unknown_choice"},
		{"a number for a row's choice", multimodal, `{"workloads":[{"asr":1}]}`, "workloads[0].asr wrong_type"},
		{"null for a row's choice", multimodal, `{"workloads":[{"asr":null}]}`, "workloads[0].asr wrong_type"},
		{"null for a row's count", multimodal, `{"workloads":[{"rounds":null}]}`, "workloads[0].rounds wrong_type"},
		{"null for a row's yes or no", multimodal, `{"workloads":[{"intent":null}]}`, "workloads[0].intent wrong_type"},
		{"text for a row's yes or no", multimodal, `{"workloads":[{"intent":"yes"}]}`, "workloads[0].intent wrong_type"},
		{"true for a row's count", multimodal, `{"workloads":[{"rounds":true}]}`, "workloads[0].rounds wrong_type"},
		{"deep lists for a row's count", multimodal, `{"workloads":[{"rounds":` + deep + `}]}`, "workloads[0].rounds wrong_type"},
		{"no number in a row", multimodal, `{"workloads":[{"rounds":"15k"}]}`, "workloads[0].rounds not_a_number"},
		{"no number in a row, zeros before it", multimodal, `{"workloads":[{"rounds":"007"}]}`, "workloads[0].rounds not_a_number"},
		{"a fraction in a row", multimodal, `{"workloads":[{"rounds":1.5}]}`, "workloads[0].rounds not_whole"},
		{"an exponent in a row", multimodal, `{"workloads":[{"rounds":1e3}]}`, "workloads[0].rounds not_whole"},
		{"a negative number in a row", multimodal, `{"workloads":[{"rounds":-1}]}`, "workloads[0].rounds out_of_range"},
		{"too large a number in a row", multimodal, `{"workloads":[{"rounds":1000000000001}]}`, "workloads[0].rounds out_of_range"},
		{"no such field", multimodal, `{"workloads":[{"colour":1}]}`, "workloads[0].colour unknown_input"},
		{"a field in capitals", multimodal, `{"workloads":[{"Rounds":1}]}`, "workloads[0].Rounds unknown_input"},
		{"a field with an empty name", multimodal, `{"workloads":[{"":1}]}`, "workloads[0]. unknown_input"},
		{"an input in a row", multimodal, `{"workloads":[{"months":1}]}`, "workloads[0].months unknown_input"},
		{"a field beside the rows", multimodal, `{"rounds":1}`, "rounds unknown_input"},
		{"a field by its full name", multimodal, `{"workloads.0.rounds":1}`, "workloads.0.rounds unknown_input"},

		{
			"everything at once, in the order of the book", multimodal,
			`{"zebra":1,"device_tier":"gold","devices":-1,"workloads":[{"colour":1,"tts":"loud","rounds":"x"},7,{"asr":1,"rounds":5}],"months":0}`,
			"months out_of_range workloads[0].rounds not_a_number workloads[0].tts unknown_choice workloads[0].colour unknown_input " +
				"workloads[1] wrong_type workloads[2].asr wrong_type devices out_of_range device_tier unknown_choice zebra unknown_input",
		},
		{"another product's rows", inf, `{"models":[{"model":"gpt","input_tokens":"x"}],"workloads":[]}`, "models[0].model unknown_choice models[0].input_tokens not_a_number workloads unknown_input"},
		{"an input of a newer book", easemob + `","price_book":"2026-03-20`, `{"message_reporting":true}`, "message_reporting unknown_input"},
		{"rows of a newer book", easemob + `","price_book":"2022-09-13`, `{"moderation":[{}]}`, "moderation unknown_input"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := wantProblem(t, postJSON(t, s, fmt.Sprintf(`{"product":"%s","inputs":%s}`, tt.product, tt.inputs)), 422)
			var got []string
			for _, f := range p.Errors {
				got = append(got, f.Input+" "+f.Code)
				if f.Message == "" {
					t.Errorf("nothing is said of %s", f.Input)
				}
			}
			if strings.Join(got, " ") != tt.faults {
				t.Errorf("faults %q, want %q", strings.Join(got, " "), tt.faults)
			}
		})
	}
}

func TestMalformedRows(t *testing.T) {
	s := newServer(t)
	for name, inputs := range map[string]string{
		"duplicate key in a row":              `{"workloads":[{"rounds":1,"rounds":1}]}`,
		"duplicate key in a row, one escaped": `{"workloads":[{"rounds":1,"\u0072ounds":1}]}`,
		"duplicate key in a later row":        `{"workloads":[{},{"colour":1,"colour":2}]}`,
		"duplicate key below a row":           `{"workloads":[{"rounds":{"a":1,"a":2}}]}`,
		"duplicate rows":                      `{"workloads":[],"workloads":[]}`,
		"deep nesting in a row":               `{"workloads":[{"rounds":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}]}`,
		"deep objects in a row":               `{"workloads":[` + strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000) + `]}`,
		"deep nesting that is cut off":        `{"workloads":[` + strings.Repeat(`{"a":[`, 5_000),
		"comma behind the last row":           `{"workloads":[{},]}`,
		"no comma between rows":               `{"workloads":[{}{}]}`,
		"invalid UTF-8 in a row":              "{\"workloads\":[{\"asr\":\"\xff\"}]}",
	} {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, postJSON(t, s, `{"product":"`+multimodal+`","inputs":`+inputs+`}`), 400)
		})
	}
}

// TestNumberOfRows: 50 are allowed; one more is one fault, whatever is in them.
func TestNumberOfRows(t *testing.T) {
	s := newServer(t)
	rows := func(product, input, row string, n int) string {
		return fmt.Sprintf(`{"product":%q,"inputs":{%q:[%s]}}`, product, input, strings.Join(slices.Repeat([]string{row}, n), ","))
	}
	for _, tt := range []struct{ product, input, row, bad string }{
		{multimodal, "workloads", `{"rounds":1000,"dialogue":"casual"}`, `{"rounds":"x","colour":1}`},
		{inf, "models", `{"input_tokens":1000000}`, `1`},
		{easemob, "moderation", `{"quantity":10000}`, `null`},
	} {
		if got := estimate(t, s, rows(tt.product, tt.input, tt.row, pricing.MaxRows)); !got.Options[0].Feasible {
			t.Errorf("%s: 50 rows: %+v", tt.product, got.Options[0])
		}
		for _, row := range []string{tt.row, tt.bad, `{}`} {
			for _, n := range []int{pricing.MaxRows + 1, 1000} {
				p := wantProblem(t, postJSON(t, s, rows(tt.product, tt.input, row, n)), 422)
				if len(p.Errors) != 1 || p.Errors[0].Input != tt.input || p.Errors[0].Code != "too_many_rows" || !strings.Contains(p.Errors[0].Message, "50") {
					t.Errorf("%s: %d rows of %s: %+v", tt.product, n, row, p.Errors)
				}
			}
		}
		// Every fault of 50 rows is told.
		if p := wantProblem(t, postJSON(t, s, rows(tt.product, tt.input, `{"colour":1}`, pricing.MaxRows)), 422); len(p.Errors) != pricing.MaxRows {
			t.Errorf("%s: %d faults of 50 rows", tt.product, len(p.Errors))
		}
	}
}

// TestLeftOutIsTheDefault: what is left out is the same as its default spelt
// out; for a choice that is the first one listed, for rows and features none.
func TestLeftOutIsTheDefault(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ product, short, long string }{
		{multimodal, `{}`, `{"workloads":[],"device_tier":"trial","devices":0,"new_user":false,"months":1}`},
		{
			multimodal, `{"workloads":[{"rounds":88000,"dialogue":"casual"}]}`,
			`{"workloads":[{"rounds":"88000","asr":"none","intent":false,"dialogue":"casual","model":"base","tts":"none","tts_calls":1}]}`,
		},
		{multimodal, `{"devices":100}`, `{"devices":100,"device_tier":"trial"}`},
		{inf, `{"models":[{"output_tokens":5}]}`, `{"models":[{"model":"inf-chat-v1","input_tokens":0,"output_tokens":5}]}`},
		{easemob, `{"moderation":[{"quantity":500000}]}`, `{"moderation":[{"model":"text","quantity":500000}]}`},
		{trtc, `{"av_hd_minutes":100000}`, `{"av_hd_minutes":100000,"features":[],"dashboard":"none","promotions":true,"trial_minutes":false}`},
		{trtc, `{"features":["rtmp_ingest"]}`, `{"features":["rtmp_ingest","rtmp_ingest","rtmp_ingest"]}`},
		{trtc, `{"features":["mini_program","rtmp_ingest"]}`, `{"features":["rtmp_ingest","mini_program"]}`},
	} {
		short, long := fmt.Sprintf(`{"product":%q,"inputs":%s}`, tt.product, tt.short), fmt.Sprintf(`{"product":%q,"inputs":%s}`, tt.product, tt.long)
		if a, b := read(t, postJSON(t, s, short)), read(t, postJSON(t, s, long)); !slices.Equal(a, b) {
			t.Errorf("%s is not %s:\n%s\n%s", tt.short, tt.long, a, b)
		}
	}
	// And it makes a difference not to leave it out.
	if a, b := estimate(t, s, `{"product":"`+trtc+`"}`), estimate(t, s, `{"product":"`+trtc+`","inputs":{"features":["rtmp_ingest"]}}`); text(a.Recommended) == text(b.Recommended) {
		t.Errorf("a feature makes no difference to %s", text(a.Recommended))
	}
}

// TestPurchases has each kind of purchase with the fields that it has, and no
// others.
func TestPurchases(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ name, product, inputs, option, want string }{
		{
			"packs of fixed size", trtc, `{"av_audio_minutes":6000000}`, "starter",
			`[{"id":"av_pack_3000","window":1,"quantity":"2","amount":"33768"}]`,
		},
		{
			"a pack of chosen size", trtc, `{"av_audio_minutes":3500000}`, "starter",
			`[{"id":"av_pack_custom","window":1,"size":"3500000","quantity":"1","amount":"19705"}]`,
		},
		{
			"two windows", trtc, `{"av_audio_minutes":3500000,"months":13,"starter_offer":true}`, "starter",
			`[{"id":"av_pack_3000","window":1,"quantity":"12","amount":"202608"},
			  {"id":"av_pack_custom","window":1,"size":"5980000","quantity":"1","amount":"33667.4"},
			  {"id":"starter_offer","window":1,"quantity":"1","amount":"9.9"},
			  {"id":"av_pack_custom","window":2,"size":"3500000","quantity":"1","amount":"19705"}]`,
		},
		{
			"packs by the month, which have no window", trtc, `{"stt_basic_minutes":15000,"months":3}`, "premium",
			`[{"id":"stt_pack_light","quantity":"1","amount":"50"},{"id":"stt_pack_basic","quantity":"2","amount":"1000"}]`,
		},
		{
			"packs of another product", easemob, `{"rtc_standard_minutes":300000,"months":13}`, "pro",
			`[{"id":"rtc_pack_25","window":1,"quantity":"9","amount":"1512"},
			  {"id":"rtc_pack_250","window":1,"quantity":"1","amount":"1599"},
			  {"id":"rtc_pack_1000","window":1,"quantity":"3","amount":"18540"},
			  {"id":"rtc_pack_25","window":2,"quantity":"1","amount":"168"},
			  {"id":"rtc_pack_250","window":2,"quantity":"1","amount":"1599"}]`,
		},
		{
			"a commitment", multimodal, `{"workloads":[{"rounds":88000,"dialogue":"casual"}],"months":12}`, "savings_plan",
			`[{"id":"commitment","window":1,"quantity":"1","amount":"2001","rate":"0.85"}]`,
		},
		{
			"a commitment in each window", multimodal, `{"workloads":[{"rounds":100000,"asr":"light"}],"months":13}`, "savings_plan",
			`[{"id":"commitment","window":1,"quantity":"1","amount":"100","rate":"0.9"},{"id":"commitment","window":2,"quantity":"1","amount":"100","rate":"0.9"}]`,
		},
		{"nothing", multimodal, `{"workloads":[{"rounds":88000,"dialogue":"casual"}],"months":12}`, "payg", `[]`},
		{"nothing by a plan that cannot serve", easemob, `{"rtc_standard_minutes":300000}`, "free", `[]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := read(t, postJSON(t, s, fmt.Sprintf(`{"product":%q,"inputs":%s}`, tt.product, tt.inputs)))
			answer := decode[struct {
				Options []struct {
					ID        string          `json:"id"`
					Purchases json.RawMessage `json:"purchases"`
				} `json:"options"`
			}](t, data)
			for _, o := range answer.Options {
				if o.ID == tt.option {
					if got, want := canonical(t, o.Purchases), canonical(t, []byte(tt.want)); got != want {
						t.Errorf("purchases\n%s, want\n%s", got, want)
					}
					return
				}
			}
			t.Errorf("there is no option %s", tt.option)
		})
	}
}

// canonical writes JSON with its fields sorted.
func canonical(t testing.TB, data []byte) string {
	t.Helper()
	out, err := json.Marshal(decode[any](t, data))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestLimitsOfEveryKind: a limit is a number for a count, and null for features
// and yes/no inputs; there is one violation for an input, and they are sorted
// by its id.
func TestLimitsOfEveryKind(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ product, inputs, option, want string }{
		{trtc, `{"features":["ai_captions"]}`, "ultimate", "features null"},
		{trtc, `{"features":["ai_captions","rtmp_ingest","voice_effects"]}`, "starter", "features null"},
		{trtc, `{"av_4k_minutes":1,"screenshots":1,"record_page_hd_minutes":1,"features":["mini_program"]}`, "basic", "features null"},
		{multimodal, `{"devices":99,"device_tier":"basic"}`, "payg", "devices 100"},
		{inf, `{"peak_rpm":481,"peak_tpm":768001,"peak_concurrency":48}`, "payg", "peak_rpm 480 peak_tpm 768000"},
		{easemob, `{"rtc_standard_minutes":10001}`, "free", "rtc_standard_minutes 10000"},
		{easemob, `{"av_audio_minutes":10001}`, "free", "rtc_standard_minutes 10000"},
		{easemob, `{"users":101,"reactions":true,"presence":true,"dau":101,"translation_characters":1,"translation_languages":3}`, "free", "dau 100 presence null reactions null translation_characters 0 users 100"},
		{easemob, `{"group_members":3001,"history_days":361,"chatroom_history_days":91}`, "pro", "chatroom_history_days 90 group_members 3000"},
		{easemob, `{"moderation":[{"quantity":0}]}`, "free", ""}, // a row that asks for nothing
	} {
		answer := estimate(t, s, fmt.Sprintf(`{"product":%q,"inputs":%s}`, tt.product, tt.inputs))
		var got []string
		for _, v := range answer.option(t, tt.option).Violations {
			got = append(got, v.Input, text(v.Limit))
			if v.Message == "" {
				t.Errorf("%s: nothing is said of %s", tt.inputs, v.Input)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %s: violations %q, want %q", tt.inputs, tt.option, strings.Join(got, " "), tt.want)
		}
	}
}

// TestIncompleteOptions: what has no public price is said, and the total is
// marked; the next price book has a price for it.
func TestIncompleteOptions(t *testing.T) {
	s := newServer(t)
	const inputs = `"inputs":{"translation_characters":3000000,"translation_languages":2}}`
	older := estimate(t, s, `{"product":"`+easemob+`","price_book":"2026-03-20",`+inputs)
	newer := estimate(t, s, `{"product":"`+easemob+`","price_book":"2026-03-23",`+inputs)
	for _, id := range []string{"pro", "ultimate"} {
		before, after := older.option(t, id), newer.option(t, id)
		if before.Complete || !before.Feasible || len(before.Notes) == 0 || before.line("translation_overage") != "" {
			t.Errorf("%s of 2026-03-20: %+v", id, before)
		}
		if !after.Complete || after.line("translation_plan") != "500" || after.line("translation_overage") != "1080" {
			t.Errorf("%s of 2026-03-23: %+v", id, after)
		}
	}
	for _, answer := range []*estimateAnswer{older, newer} {
		if free := answer.option(t, "free"); free.Feasible || !free.Complete {
			t.Errorf("free: %+v", free)
		}
		if text(answer.Recommended) != "pro" {
			t.Errorf("recommended %s", text(answer.Recommended))
		}
	}
}

// TestProductOfEveryBook: the description of a product has every input of the
// book with what may be entered, in both languages.
func TestProductOfEveryBook(t *testing.T) {
	s := newServer(t)
	type choice struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Note string `json:"note"`
	}
	type input struct {
		ID      string          `json:"id"`
		Kind    string          `json:"kind"`
		Name    string          `json:"name"`
		Help    string          `json:"help"`
		Default json.RawMessage `json:"default"`
		Minimum *string         `json:"minimum"`
		Maximum *string         `json:"maximum"`
		Unit    string          `json:"unit"`
		Choices []choice        `json:"choices"`
		Fields  []input         `json:"fields"`
		Group   *string         `json:"group"`
	}
	type product struct {
		ID          string   `json:"id"`
		PriceBook   string   `json:"price_book"`
		PriceBooks  []string `json:"price_books"`
		Inputs      []input  `json:"inputs"`
		Assumptions []string `json:"assumptions"`
		Sources     []any    `json:"sources"`
		Options     []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"options"`
	}
	var check func(t *testing.T, got input, in *pricing.Input, l pricing.Lang)
	check = func(t *testing.T, got input, in *pricing.Input, l pricing.Lang) {
		t.Helper()
		want := input{ID: in.ID, Kind: string(in.Kind), Name: in.Name.In(l), Help: in.Help.In(l), Unit: in.Unit.In(l)}
		if got.ID != want.ID || got.Kind != want.Kind || got.Name != want.Name || got.Help != want.Help || got.Unit != want.Unit {
			t.Errorf("%+v, want %+v", got, want)
		}
		standard := map[pricing.Kind]string{
			pricing.KindCount: fmt.Sprintf(`"%d"`, in.Default), pricing.KindYesNo: fmt.Sprint(in.Default == 1),
			pricing.KindChoices: "[]", pricing.KindRows: "[]",
		}[in.Kind]
		if in.Kind == pricing.KindChoice {
			standard = `"` + in.Choices[0].ID + `"`
		}
		if string(got.Default) != standard {
			t.Errorf("%s: default %s, want %s", in.ID, got.Default, standard)
		}
		bounds := text(got.Minimum) + " " + text(got.Maximum)
		if want := fmt.Sprint(in.Minimum, " ", in.Maximum); in.Kind == pricing.KindCount && bounds != want || in.Kind != pricing.KindCount && bounds != "null null" {
			t.Errorf("%s: bounds %s, want %s", in.ID, bounds, want)
		}
		if len(got.Choices) != len(in.Choices) || len(got.Fields) != len(in.Fields) {
			t.Fatalf("%s: %d choices, want %d; %d fields, want %d", in.ID, len(got.Choices), len(in.Choices), len(got.Fields), len(in.Fields))
		}
		for i, c := range in.Choices {
			if want := (choice{c.ID, c.Name.In(l), c.Note.In(l)}); got.Choices[i] != want {
				t.Errorf("%s: choice %+v, want %+v", in.ID, got.Choices[i], want)
			}
		}
		for i := range in.Fields {
			check(t, got.Fields[i], &in.Fields[i], l)
		}
	}
	eachBook(t, func(t *testing.T, p *pricing.Product, b *pricing.Book) {
		for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
			got := decode[product](t, read(t, get(t, s, "/api/v1/products/"+p.ID+"?price_book="+b.ID+"&lang="+string(l))))
			if got.ID != p.ID || got.PriceBook != b.ID || len(got.PriceBooks) != len(p.Books) || got.PriceBooks[0] != p.Newest().ID {
				t.Errorf("%s %s of %v", got.ID, got.PriceBook, got.PriceBooks)
			}
			if len(got.Inputs) != len(b.Inputs) || len(got.Options) != len(b.Options) || len(got.Sources) != len(b.Sources) || len(got.Assumptions) != len(b.AllAssumptions) {
				t.Fatalf("%d inputs, %d options, %d sources, %d assumptions", len(got.Inputs), len(got.Options), len(got.Sources), len(got.Assumptions))
			}
			for i := range b.Inputs {
				check(t, got.Inputs[i], &b.Inputs[i], l)
				if group := b.Inputs[i].Group; (group == "") != (got.Inputs[i].Group == nil) || group != "" && *got.Inputs[i].Group != group {
					t.Errorf("%s: group %s, want %q", b.Inputs[i].ID, text(got.Inputs[i].Group), group)
				}
			}
			for i := range b.Options {
				if got.Options[i].ID != b.Options[i].ID || got.Options[i].Name != b.Options[i].Name.In(l) {
					t.Errorf("option %+v", got.Options[i])
				}
			}
		}
	})
	// Without a date it is the newest.
	if got := decode[product](t, read(t, get(t, s, "/api/v1/products/"+easemob))); got.PriceBook != "2026-03-23" ||
		!slices.Equal(got.PriceBooks, []string{"2026-03-23", "2026-03-20", "2022-09-13"}) {
		t.Errorf("%s of %v", got.PriceBook, got.PriceBooks)
	}
}
