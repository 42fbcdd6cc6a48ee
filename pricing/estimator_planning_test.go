package pricing

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

func TestChangesOfOptions(t *testing.T) {
	for _, tt := range []struct {
		product, book string
		follow        map[string]string // what can follow an option, besides itself
	}{
		// Seed 002, 套餐升级说明: five upgrades, no way down; Starter is where one is before.
		{"tencent-trtc", "", map[string]string{
			"starter":       "basic premium premium_plus ultimate ultimate_plus",
			"basic":         "premium premium_plus ultimate ultimate_plus",
			"premium":       "premium_plus ultimate ultimate_plus",
			"premium_plus":  "ultimate_plus",
			"ultimate":      "ultimate_plus",
			"ultimate_plus": "",
		}},
		{"tencent-im", "", map[string]string{"trial": "pro ultimate", "pro": "ultimate", "ultimate": "pro"}},
		{"easemob-im", "", map[string]string{"free": "pro ultimate", "pro": "ultimate", "ultimate": "pro"}},
		{"easemob-im", "2022-09-13", map[string]string{"free": "pro ultimate premium", "pro": "ultimate premium", "ultimate": "pro premium", "premium": "pro ultimate"}},
		{"aliyun-multimodal", "", map[string]string{"payg": "savings_plan", "savings_plan": "payg"}},
		{"inf-llm", "", map[string]string{"payg": ""}},
	} {
		b := embeddedBook(t, tt.product, tt.book)
		for i := range b.Options {
			from := &b.Options[i]
			want, listed := tt.follow[from.ID]
			if !listed {
				t.Errorf("%s: option %s is not in the table", tt.product, from.ID)
			}
			for j := range b.Options {
				to := &b.Options[j]
				if got := b.CanFollow(from, to); got != (i == j || slices.Contains(strings.Fields(want), to.ID)) {
					t.Errorf("%s: %s after %s: %v", tt.product, to.ID, from.ID, got)
				}
			}
		}
		if c := b.Changes(); (c == nil) != (len(b.Options) == 1) || c != nil && c.Source.Document.ID == "" {
			t.Errorf("%s: the rules come from %v", tt.product, c)
		}
	}
	// Without planning data an option can only stay.
	b := fixtureBook(t)
	if !b.CanFollow(&b.Options[0], &b.Options[0]) || b.CanFollow(&b.Options[0], &b.Options[1]) || b.Changes() != nil {
		t.Error("a book without planning data")
	}
}

// planningFixture is planning data that uses every key.
const planningFixture = `product: demo-parcels
documents:
  - {id: handbook, title: {en: Handbook, zh: 手册}, date: "2024-02-29", confidence: published}
changes:
  source: {document: handbook, section: {en: Changes, zh: 变更}}
  assumptions:
    - {en: Nobody goes back., zh: 不能退回。}
  may_follow:
    basic: [plus, max]
    plus: [max]
    max: []
estimators:
  - id: parcels
    name: {en: Senders, zh: 寄件人}
    help: {en: Who sends., zh: 谁寄件。}
    source: {document: handbook, section: {en: Counting, zh: 计数}}
    assumptions:
      - {en: All send., zh: 人人都寄。}
    facts:
      - id: senders
        kind: count
        name: {en: Senders, zh: 寄件人数}
        help: {en: a, zh: b}
        unit: {en: people, zh: 人}
      - id: each_sends
        kind: count
        default: 3
        maximum: 50
        name: {en: Each sends, zh: 每人寄件}
        help: {en: a, zh: b}
        unit: {en: parcels, zh: 件}
    yields:
      - {input: parcels, product: [senders, each_sends]}
      - {input: keep_days, product: [senders, each_sends], divide: 7}
  - id: crates
    name: {en: Crates, zh: 板条箱}
    help: {en: How many., zh: 多少箱。}
    facts:
      - id: lorries
        kind: count
        name: {en: Lorries, zh: 货车}
        help: {en: a, zh: b}
        unit: {en: lorries, zh: 辆}
    yields:
      - {input: crates, field: number, product: [lorries]}
    carries:
      - {input: crates, field: wood}
  - id: halls
    name: {en: Halls, zh: 大厅}
    help: {en: Who speaks., zh: 谁发言。}
    room:
      metering: per_stream
      audio: [without_video, besides_video]
      screens_join: true
      tiers:
        - {id: small, width: 640, height: 480}
        - {id: large, width: 4096, height: 2176}
      minutes: {audio: shelves, small: rush, large: value}
      tasks:
        - id: tape
          name: {en: Tape, zh: 录音}
          help: {en: a, zh: b}
          choices:
            - {id: none, name: {en: None, zh: 无}}
            - {id: sound, name: {en: Sound, zh: 声音}, takes: audio, minutes: {audio: tapes}}
            - {id: film, name: {en: Film, zh: 影像}, takes: streams, audio_streams: each, minutes: {audio: tapes, small: films, large: films}}
`

// planningProductText returns the book of the product that planningFixture is
// of: its inputs and options are what counts.
func planningProductText() []byte {
	var inputs, limits strings.Builder
	for _, id := range []string{"parcels", "keep_days", "shelves", "rush", "value", "tapes", "films"} {
		bounds := ""
		if id == "keep_days" {
			bounds = "minimum: 1, default: 1, "
		}
		fmt.Fprintf(&inputs, "  - {id: %s, group: all, kind: count, %sname: {en: Number of %s, zh: 数}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}\n", id, bounds, id)
		fmt.Fprintf(&limits, "%s: unlimited, ", id)
	}
	var options strings.Builder
	for _, id := range []string{"basic", "plus", "max"} {
		fmt.Fprintf(&options, "  - {id: %s, name: {en: a, zh: b}, summary: {en: a, zh: b}, limits: {%sinsured: true, crates: unlimited}}\n", id, limits.String())
	}
	return []byte(`product: demo-parcels
price_book: "2024-02-29"
currency: CNY
name: {en: Demo, zh: 示例}
summary: {en: a, zh: b}
use_cases: {en: a, zh: b}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-02-29", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
` + inputs.String() + `  - {id: insured, group: all, kind: yes_no, name: {en: a, zh: b}, help: {en: a, zh: b}}
  - id: crates
    group: all
    kind: rows
    name: {en: a, zh: b}
    help: {en: a, zh: b}
    fields:
      - {id: number, kind: count, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
      - {id: wood, kind: choice, name: {en: a, zh: b}, help: {en: a, zh: b}, choices: [{id: oak, name: {en: a, zh: b}}, {id: pine, name: {en: a, zh: b}}]}
options:
` + options.String() + `charges:
  - id: plan
    name: {en: a, zh: b}
    settlement: prepaid
    unit: {en: month, zh: 个月}
    source: {document: list, section: {en: s, zh: 节}}
    prices: [{options: [basic, plus, max], monthly_fee: "1"}]
`)
}

func planningProduct(t testing.TB) *Product {
	t.Helper()
	return &Product{ID: "demo-parcels", Books: []*Book{decodeText(t, string(planningProductText()))}}
}

// planned returns the product with the planning data.
func planned(t testing.TB, text string) *Product {
	t.Helper()
	p := planningProduct(t)
	data, err := decodePlanning("planning.yaml", []byte(text), p.Books)
	if err != nil {
		t.Fatal(err)
	}
	p.plan(data)
	return p
}

func TestPlanningFixture(t *testing.T) {
	p := planned(t, planningFixture)
	b := p.Newest()
	if len(p.Estimators(b)) != 3 || !b.CanFollow(&b.Options[0], &b.Options[2]) || b.CanFollow(&b.Options[2], &b.Options[0]) {
		t.Fatal("the fixture is not what the other tests take it for")
	}
	e, _ := p.Estimator(b, "parcels")
	if got := e.Source.String(English); got != "Handbook, Counting, 2024-02-29" || len(e.Assumptions) != 1 {
		t.Errorf("source %s, assumptions %v", got, e.Assumptions)
	}
	if got := b.Changes(); got.Source.Section.EN != "Changes" || got.Assumptions[0].ZH != "不能退回。" {
		t.Errorf("got %v", got)
	}
}

// Planning data at fault is refused with the line and the reason. Each case
// puts one text in the place of another; at is on the line of the fault, empty
// for that of the new text.
func TestPlanningRefuses(t *testing.T) {
	p := planningProduct(t)
	for _, tt := range []struct{ old, new, at, reason string }{
		{"product: demo-parcels", "product: demo", "", "the file is that of demo-parcels"},
		{"product: demo-parcels", "product: demo-parcels\nproduct: demo-parcels", "", "already"},
		{"estimators:", "colour: red\nestimators:", "", `unknown key "colour"`},
		{"date: \"2024-02-29\"", "date: 2024-02-29", "", "put it in quotes"},
		{"date: \"2024-02-29\"", "date: yesterday", "", "not a date"},
		{"- {id: handbook, title: {en: Handbook, zh: 手册}", "- {id: handbook, title: {en: Handbook}", "", "the Chinese text is missing"},
		{"{document: handbook, section: {en: Changes", "{document: price-list, section: {en: Changes", "", `there is no document "price-list"`},
		{"section: {en: Changes, zh: 变更}", "section: {en: Changes}", "", "the Chinese text is missing"},
		{"{en: Nobody goes back., zh: 不能退回。}", "{zh: 不能退回。}", "", "the English text is missing"},
		{"plus: [max]", "plus: [super]", "", "no price book of the product has an option super"},
		{"plus: [max]", "plus: [max]\n    super: [max]", "", "no price book of the product has an option super"},
		{"plus: [max]", "plus: [max, max]", "", "max is named twice"},
		{"plus: [max]", "plus: [plus]", "", "can follow itself without being named"},
		{"    plus: [max]\n", "", "basic: [", "nothing is said of what may follow plus"},

		{"- id: parcels", "- id: Parcels", "", "is not an id for this estimator"},
		{"- id: halls", "- id: parcels", "- id: parcels\n    name: {en: Halls", "there are two estimators parcels"},
		{"name: {en: Senders, zh: 寄件人}\n", "name: {en: Senders}\n", "", "the Chinese text is missing"},
		{"    help: {en: Who sends., zh: 谁寄件。}\n", "", "- id: parcels", "the English text is missing"},
		{"source: {document: handbook, section: {en: Counting", "source: {document: other, section: {en: Counting", "", `there is no document "other"`},
		{"{en: All send., zh: 人人都寄。}", "{en: All send.}", "", "the Chinese text is missing"},
		{"- id: senders\n        kind: count", "- id: senders\n        kind: yes_no", "kind: yes_no", "a fact is a count"},
		{"- id: senders\n", "- id: senders\n        group: all\n", "kind: count", "without a group"},
		{"- id: each_sends\n", "- id: senders\n", "- id: senders\n        kind: count\n        default", "there are two facts senders"},
		{"- id: tape\n", "- id: senders\n", "- id: halls", "fact senders is asked for by parcels and by halls"},
		{"- id: senders\n", "- id: shelves\n", "", "shelves is an input of the price book"},
		{"- id: senders\n", "- id: months\n", "", "months is an input of the price book"},
		{"default: 3", "default: 51", "", "a whole number from 0 to 50"},
		{"default: 3", "default: 3.5", "", "would be a float"},
		{"maximum: 50", "maximum: 0", "default: 3", "a whole number from 0 to 0"},
		{"        unit: {en: people, zh: 人}\n", "", "- id: senders", "the English text is missing"},
		{"product: [senders, each_sends]}\n", "product: [senders, others]}\n", "", `there is no fact "others"`},
		{"product: [senders, each_sends]}\n", "product: []}\n", "", "at least one fact"},
		{"product: [senders, each_sends]}\n      - {input: keep_days, product: [senders, each_sends]", "product: [senders]}\n      - {input: keep_days, product: [senders]", "- id: each_sends", "fact each_sends is used by no yield"},
		{"divide: 7", "divide: 1", "", "a divisor is a whole number from 2"},
		{"divide: 7", "divide: \"7\"", "", "expected a whole number"},
		{"{input: parcels,", "{input: boxes,", "", "boxes is no count of price book 2024-02-29"},
		{"{input: parcels,", "{input: months,", "", "months is no count"},
		{"{input: parcels,", "{input: insured,", "", "insured is no count"},
		{"{input: parcels,", "{input: parcels, field: weight,", "", "parcels.weight is no count"},
		{"{input: parcels,", "{input: keep_days,", "- {input: keep_days, product: [senders, each_sends], divide", "keep_days is yielded twice"},
		{"minutes: {audio: shelves,", "minutes: {audio: parcels,", "- id: halls", "parcels is yielded by parcels and by halls"},
		{"    room:\n", "    facts: []\n    yields: []\n    room:\n", "- id: halls", "a room brings its own facts"},
		{"    yields:\n      - {input: parcels, product: [senders, each_sends]}\n      - {input: keep_days, product: [senders, each_sends], divide: 7}\n", "", "- id: parcels", "yields at least one input"},
		{"{input: crates, field: wood}", "{input: crates, field: steel}", "", "crates.steel is no field of rows of price book 2024-02-29"},
		{"{input: crates, field: wood}", "{input: insured, field: wood}", "", "insured.wood is no field of rows"},
		{"{input: crates, field: wood}", "{input: boxes, field: wood}", "", "boxes.wood has no row that the estimator yields to"},
		{"{input: crates, field: wood}", "{input: crates, field: number}", "", "crates.number is yielded"},
		{"{input: crates, field: wood}", "{input: crates, field: wood}\n      - {input: crates, field: wood}", "", "there are two facts wood"},
		{"{input: crates, field: wood}", "{input: crates, field: wood, kind: choice}", "", `unknown key "kind"`},
		{"- id: lorries\n", "- id: wood\n", "- {input: crates, field: wood}", "there are two facts wood"},
		{"- id: senders\n", "- id: wood\n", "- id: crates\n    name", "fact wood is asked for by parcels and by crates"},
		{"    room:\n", "    carries: []\n    room:\n", "- id: halls", "a room brings its own facts"},

		{"metering: per_stream", "metering: per_head", "", "metering is per_stream or per_user"},
		{"audio: [without_video, besides_video]", "audio: []", "", "a room says how audio is counted"},
		{"audio: [without_video, besides_video]", "audio: [always]", "", "audio is counted without_video or besides_video"},
		{"audio: [without_video, besides_video]", "audio: [without_video, without_video]", "", "named twice"},
		{"metering: per_stream", "metering: per_user", "audio: [", "counts each user once"},
		{"{id: large, width: 4096, height: 2176}", "{id: large, width: 4096}", "", "a width and a height"},
		{"{id: small, width: 640, height: 480}", "{id: small}", "", "only the last can be without both"},
		{"{id: small, width: 640, height: 480}", "{id: small, width: -640, height: -480}", "", "whole numbers from 1"},
		{"{id: small, width: 640, height: 480}", "{id: small, width: 9223372036854775807, height: 2}", "", "whole numbers from 1"},
		{"{id: small, width: 640, height: 480}", "{id: small, width: 4096, height: 2176}", "{id: large", "do not rise in area"},
		{"{id: small, width: 640, height: 480}", "{id: audio, width: 640, height: 480}", "", "there are two tiers audio"},
		{"{id: large, width: 4096, height: 2176}", "{id: large, width: 1280, height: 720}", "{id: small", "no tier for the largest pictures"},
		{"minutes: {audio: shelves, small: rush, large: value}", "minutes: {audio: shelves, small: rush}", "", "there is no input for minutes of large"},
		{"minutes: {audio: shelves, small: rush, large: value}", "minutes: {audio: shelves, small: rush, large: value, huge: value}", "", "huge is not one of the minutes"},
		{"minutes: {audio: shelves, small: rush, large: value}", "minutes: {audio: shelves, small: rush, large: insured}", "", "insured is no count"},
		{"- id: tape\n", "- id: sessions\n", "", "there are two tasks sessions"},
		{"- id: tape\n", "- id: rush\n", "", "rush is an input of the price book"},
		{"- {id: none, name: {en: None, zh: 无}}", "- {id: none, name: {en: None, zh: 无}, takes: audio}", "", "the first choice of a task does nothing"},
		{"            - {id: sound, name: {en: Sound, zh: 声音}, takes: audio, minutes: {audio: tapes}}\n            - {id: film", "            #", "- {id: none", "a first choice that does nothing, and others"},
		{"{id: sound, name", "{id: film, name", "id: film, name: {en: Film", "there are two choices film"},
		{"takes: audio,", "takes: pictures,", "", "takes is streams or audio"},
		{"takes: audio,", "takes: audio, audio_streams: each,", "", "audio_streams goes with takes: streams"},
		{"takes: audio, minutes: {audio: tapes}", "takes: audio, minutes: {small: tapes}", "", "there is no input for minutes of audio"},
		{"audio_streams: each", "audio_streams: some", "", "audio_streams is each, together or together_without_video"},
		{"minutes: {audio: tapes, small: films, large: films}", "minutes: {audio: tapes, small: films}", "", "there is no input for minutes of large"},
	} {
		if strings.Count(planningFixture, tt.old) == 0 {
			t.Errorf("%q is not in the fixture", tt.old)
			continue
		}
		text := strings.Replace(planningFixture, tt.old, tt.new, 1)
		at := tt.at
		if at == "" {
			at = tt.new
		}
		line := 1 + strings.Count(text[:strings.Index(text, at)], "\n")
		last := line + strings.Count(strings.TrimSuffix(at, "\n"), "\n")
		err := CheckPlanning("planning.yaml", []byte(text), p.Books)
		var faults BookErrors
		if !errors.As(err, &faults) {
			t.Errorf("%q: accepted, or an error of another type: %v", tt.new, err)
			continue
		}
		if !slices.ContainsFunc(faults, func(f *BookError) bool {
			return f.Line >= line && f.Line <= last && strings.Contains(f.Reason, tt.reason) && f.File == "planning.yaml"
		}) {
			t.Errorf("%q: got %v, want %q in line %d", tt.new, err, tt.reason, line)
		}
	}
}

// A damaged file is refused with places, or what it says can be used.
func TestDamagedPlanning(t *testing.T) {
	p := planningProduct(t)
	rapid.Check(t, func(t *rapid.T) {
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(planningFixture), &document); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 2).Draw(t, "damages") {
			damage(t, document.Content[0])
		}
		data, err := yaml.Marshal(&document)
		if err != nil {
			t.Skip("the damage cannot be written as YAML")
		}
		planning, err := decodePlanning("planning.yaml", data, p.Books)
		if err != nil {
			var faults BookErrors
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("error is %v, not BookErrors", err)
			}
			return
		}
		for _, e := range planning.estimators(p.Newest()) {
			for _, example := range append(e.Facts.Examples, Example{Usage: e.Facts.NewUsage()}) {
				if d, faults := e.Derive(example.Usage); faults == nil {
					checkSteps(t, d)
					d.Apply(p.Newest().NewUsage()).Estimate()
				}
			}
		}
	})
}

func TestCatalogReadsPlanning(t *testing.T) {
	book, plan := &fstest.MapFile{Data: planningProductText()}, &fstest.MapFile{Data: []byte(planningFixture)}
	const place, planPlace = "demo-parcels/2024-02-29.yaml", "demo-parcels/planning.yaml"
	c, err := LoadCatalog(fstest.MapFS{place: book}, fstest.MapFS{planPlace: plan})
	if err != nil {
		t.Fatal(err)
	}
	if p, _ := c.Product("demo-parcels"); len(p.Estimators(p.Newest())) != 3 || p.Newest().Changes() == nil {
		t.Error("the planning data of another folder did not reach the book")
	}
	if books, err := BookFiles(fstest.MapFS{place: book, planPlace: plan}); err != nil || !slices.Equal(books, []string{place}) {
		t.Errorf("the price books are %v, %v", books, err)
	}
	// A newer book elsewhere, without tapes and with another option, has what fits.
	text := strings.NewReplacer("2024-02-29\"\ncurrency", "2025-01-01\"\ncurrency", "tapes", "reels", "wood", "board", "max", "most").Replace(string(planningProductText()))
	c, err = LoadCatalog(fstest.MapFS{place: book, planPlace: plan}, fstest.MapFS{"demo-parcels/2025-01-01.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := c.Product("demo-parcels")
	newer := p.Newest()
	if _, ok := p.Estimator(newer, "halls"); ok || len(p.Estimators(newer)) != 1 || len(p.Estimators(p.Books[1])) != 3 {
		t.Errorf("the newer book has %d estimators", len(p.Estimators(newer)))
	}
	if !newer.CanFollow(&newer.Options[0], &newer.Options[1]) || newer.CanFollow(&newer.Options[0], &newer.Options[2]) {
		t.Error("the options of the newer book")
	}
	for _, tt := range []struct {
		name    string
		folders []fs.FS
		want    string
	}{
		{"in two folders", []fs.FS{fstest.MapFS{place: book, planPlace: plan}, fstest.MapFS{planPlace: plan}}, planPlace + ":1:1: there is planning data of demo-parcels already"},
		{"of no product", []fs.FS{fstest.MapFS{place: book, "demo-boxes/planning.yaml": plan}}, "demo-boxes/planning.yaml:1:1: there is no price book of demo-boxes"},
		{"at fault", []fs.FS{fstest.MapFS{place: book, planPlace: {Data: []byte("product: demo-boxes\ncolour: red\n")}}}, planPlace + `:2:1: unknown key "colour"`},
		{"at the top", []fs.FS{fstest.MapFS{place: book, "planning.yaml": plan}}, "planning.yaml: price books are files"},
	} {
		if c, err := LoadCatalog(tt.folders...); err == nil || c != nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
}
