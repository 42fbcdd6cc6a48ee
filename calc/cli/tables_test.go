package cli

import (
	"strings"
	"testing"
	"unicode"

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

func TestColumnsOf(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "total": 5, "合计": 4, "每月 GB": 7, "（）": 4, "⌈10 ÷ 3⌉ × ¥5 − 1": 17, "ＡＢ": 4, "。": 2, "…": 1,
	} {
		if got := columnsOf(text); got != want {
			t.Errorf("%q takes %d columns, want %d", text, got, want)
		}
	}
}

// The table is aligned as a terminal shows it, and no line ends in blanks.
func TestTable(t *testing.T) {
	var tab table
	tab.row("", "b", "c")
	tab.row("合计", "1", "")
	tab.row()
	tab.row("a longer line without columns 合计")
	tab.row("x", "12,000", "⌈y⌉ 前")
	var b strings.Builder
	if err := tab.write(&b); err != nil {
		t.Fatal(err)
	}
	const want = "" +
		"      b       c\n" +
		"合计  1\n" +
		"\n" +
		"a longer line without columns 合计\n" +
		"x     12,000  ⌈y⌉ 前\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func compared(t testing.TB, o CompareOptions, inputs, facts string) (string, error) {
	t.Helper()
	var b strings.Builder
	var err error
	if facts == "" {
		err = Compare(embedded(t), o, strings.NewReader(inputs), nil, &b)
	} else {
		err = Compare(embedded(t), o, strings.NewReader(inputs), strings.NewReader(facts), &b)
	}
	return b.String(), err
}

// In Chinese there is nothing but Chinese, ids, signs and figures, and every
// column begins in the same place of all lines.
func TestComparisonInChinese(t *testing.T) {
	o := CompareOptions{Columns: []string{"tencent-im", "easemob-im"}, Lang: pricing.Chinese}
	out, err := compared(t, o, `{"dau": 15000, "history_days": 90, "presence": true}`, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"套餐", "合计", "每月", "差额", "计价范围", "最省", "不全，见下", "全部", "- 未列价", "请向厂商询价"} {
		if !strings.Contains(out, part) {
			t.Errorf("the table lacks %q:\n%s", part, out)
		}
	}
	tableText, _, _ := strings.Cut(out, "\n\ntencent-im@")
	lines := strings.Split(tableText, "\n")
	second := columnsOf(lines[0][:strings.Index(lines[0], "tencent-im")])
	third := columnsOf(lines[0][:strings.Index(lines[0], "easemob-im")])
	for i, line := range lines {
		column := 0
		for _, r := range line {
			if begins := column == second || column == third; begins && unicode.IsSpace(r) {
				t.Errorf("line %d has a blank where a column begins: %q", i, line)
			}
			if before := column == second-1 || column == third-1; before && !unicode.IsSpace(r) {
				t.Errorf("line %d has no blank before a column: %q", i, line)
			}
			if i > 0 && unicode.IsLetter(r) && r < 0x80 && column < second && !strings.Contains(line, "DAU") {
				t.Errorf("line %d has an English label: %q", i, line)
			}
			column += columnsOf(string(r))
		}
	}
}

// With facts there may be no inputs; what is wrong with a text is said of that
// text, and of no body.
// What a price includes, what has none and what does not mean the same everywhere
// is said in the table.
func TestWhatACellSays(t *testing.T) {
	o := CompareOptions{Columns: []string{"tencent-im", "easemob-im", "tencent-trtc"}, Lang: pricing.English}
	out, err := compared(t, o, `{"dau": 15000, "peak_groups": 150000, "av_4k_minutes": 5000, "history_days": 1}`, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"- part of: Plan fee", "- not priced here", "not all: see below", "4K video minutes does not mean the same everywhere:",
		"easemob-im@2026-03-23  over 2560 × 1440\n", "tencent-trtc@2025-07-10  over 2560 × 1440 and up to 4096 × 2176\n",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("the table lacks %q:\n%s", part, out)
		}
	}
}

func TestTextsOfAComparison(t *testing.T) {
	o := CompareOptions{Columns: []string{"tencent-trtc", "easemob-im"}, Lang: pricing.English}
	const facts = `{"participants": [{"people": 2, "sends": "audio"}], "sessions": 5}`
	with, err := compared(t, o, "{}", facts)
	if err != nil {
		t.Fatal(err)
	}
	for _, none := range []string{"", "\n", " \t"} {
		if got, err := compared(t, o, none, facts); err != nil || got != with {
			t.Errorf("%q: %v\n%s", none, err, got)
		}
	}
	for _, tt := range []struct{ inputs, facts, want string }{
		{"", "", "The input is not JSON"},
		{"[]", "", "The input is not a JSON object."},
		{"{", facts, "The input is not JSON"},
		{`{"dau": 1, "dau": 2}`, facts, "A name comes twice in an object"},
		{"", "nonsense", "The text of the facts is not JSON"},
		{"{}", " ", "The text of the facts is not JSON"},
		{"{}", "[]", "The text of the facts is not a JSON object."},
		{"{}", `{"colour": 1}`, "colour: There is no such fact here."},
		{`{"colour": 1}`, facts, "colour: This product has no such input."},
	} {
		if _, err := compared(t, o, tt.inputs, tt.facts); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q, %q: %v, want %q", tt.inputs, tt.facts, err, tt.want)
		}
	}
}

func estimated(t testing.TB, product, inputs string, l pricing.Lang) string {
	t.Helper()
	var b strings.Builder
	if err := Estimate(embedded(t), EstimateOptions{Product: product, Lang: l}, strings.NewReader(inputs), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What is bought is told, and in which year; so is what whoever takes the option
// should know.
func TestPurchasesAndNotes(t *testing.T) {
	for _, tt := range []struct {
		product, inputs string
		lang            pricing.Lang
		parts           []string
	}{
		{"tencent-trtc", `{"av_hd_minutes": 500000, "months": 1}`, pricing.English, []string{"bought: 1 × av_pack_custom (", " minutes) for "}},
		{"tencent-trtc", `{"av_hd_minutes": 500000, "months": 1}`, pricing.Chinese, []string{"购买：1 × av_pack_", "购买时长：1 个月", "推荐", "预付"}},
		{"aliyun-multimodal", `{"workloads": [{"rounds": 900000, "dialogue": "casual"}], "months": 18}`, pricing.English, []string{"× commitment (rate 0.", ", year 1", ", year 2", "~ A commitment is paid once in advance"}},
		{"aliyun-multimodal", `{"workloads": [{"rounds": 900000, "dialogue": "casual"}], "months": 18}`, pricing.Chinese, []string{"× commitment（折扣率 0.", "，第 2 年", "~ 承诺金额一次性预付"}},
		{"aliyun-multimodal", `{"workloads": [{"rounds": 300000}]}`, pricing.English, []string{"~ Workloads, row 1: there is a quantity, but nothing was chosen that is charged for"}},
	} {
		out := estimated(t, tt.product, tt.inputs, tt.lang)
		for _, part := range tt.parts {
			if !strings.Contains(out, part) {
				t.Errorf("%s lacks %q:\n%s", tt.product, part, out)
			}
		}
	}
	var b strings.Builder
	err := Estimate(embedded(t), EstimateOptions{Product: "tencent-im", Lang: pricing.English}, strings.NewReader(""), &b)
	if err == nil || !strings.Contains(err.Error(), "The input is not JSON") {
		t.Errorf("no input: %v", err)
	}
}
