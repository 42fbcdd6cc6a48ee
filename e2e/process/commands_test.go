package process

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The price books that tests are about: a folder of invented ones, laid out like
// that of the published ones.
var books, published = inRoot("testdata/books"), inRoot("pricing/books")

// inRoot returns where a file of the module is, wherever the program runs.
func inRoot(name string) string {
	path, err := filepath.Abs(filepath.Join(root, name))
	if err != nil {
		panic(err) // there is a working folder
	}
	return path
}

func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func words(s string) []string { return strings.Fields(s) }

// TestEstimateFromFileAndStandardInput: both are the same, in both languages.
func TestEstimateFromFileAndStandardInput(t *testing.T) {
	t.Parallel()
	const inputs = `{"dau":15000,"history_days":90,"months":12}`
	file := write(t, t.TempDir(), "inputs.json", inputs)
	for _, flags := range []string{"", "-json", "-lang zh", "-json -lang zh"} {
		args := append([]string{"estimate", "tencent-im"}, words(flags)...)
		typed, dash, read := carryOut(t, inputs, args...), carryOut(t, inputs, append(args, "-")...), carryOut(t, "", append(args, file)...)
		if typed != read || typed != dash || typed.status != 0 || !strings.Contains(strings.ReplaceAll(typed.out, ",", ""), "35988.00") {
			t.Errorf("%q: %+v\n%+v", flags, typed, read)
		}
		if chinese := strings.Contains(typed.out, "腾讯云") || strings.Contains(typed.out, "专业版"); chinese != strings.Contains(flags, "zh") {
			t.Errorf("%q: %s", flags, typed.out)
		}
	}
}

// TestCompare: the columns side by side, as the API has them, from a file or the
// standard input, with or without the facts of a room.
func TestCompare(t *testing.T) {
	t.Parallel()
	const inputs = `{"dau":15000,"history_days":90,"months":12,"presence":true}`
	file := write(t, t.TempDir(), "inputs.json", inputs)
	for _, flags := range []string{"", "-json", "-lang zh"} {
		args := append([]string{"compare", "tencent-im", "easemob-im", "easemob-im@2022-09-13:pro"}, words(flags)...)
		typed, read := carryOut(t, inputs, args...), carryOut(t, "", append(args, file)...)
		if typed != read || typed.status != 0 {
			t.Errorf("%q: %+v\n%+v", flags, typed, read)
		}
	}
	out := carryOut(t, inputs, words("compare tencent-im easemob-im")...).out
	for _, part := range []string{
		"tencent-im@2020-10-30", "easemob-im@2026-03-23", "35,988.00", "45,588.00", "cheapest", "−9,600.00",
		"Presence subscriptions             - not priced here", "? Presence subscriptions: not priced here, ask the vendor", "not all: see below",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("the table lacks %q:\n%s", part, out)
		}
	}
	room := write(t, t.TempDir(), "room", `{"participants":[{"sends":"video_640x360"},{"sends":"audio"},{"sends":"video_1920x1080"}],"session_minutes":30,"sessions":3000}`)
	out = carryOut(t, "{}", "compare", "tencent-trtc", "easemob-im", "-facts", room).out
	for _, part := range []string{"9,934.16", "16,620.00", "cheapest"} {
		if !strings.Contains(out, part) {
			t.Errorf("the table lacks %q:\n%s", part, out)
		}
	}
	// With facts there may be no inputs.
	if r := carryOut(t, "", "compare", "tencent-trtc", "easemob-im", "-facts", room); r.status != 0 || r.out != out {
		t.Errorf("without inputs: %+v", r)
	}
	if r := carryOut(t, "", words("compare tencent-im easemob-im")...); r.status != 1 || !strings.Contains(r.err, "The input is not JSON") {
		t.Errorf("without facts and inputs: %+v", r)
	}
	if r := carryOut(t, `{"colour":1,"months":0}`, words("compare tencent-im easemob-im")...); r.status != 1 || !strings.Contains(r.err, "colour: ") || !strings.Contains(r.err, "months: ") {
		t.Errorf("%+v", r)
	}
}

// TestTableHasEverything: the recommended option first, each line with its
// formula, and why an option is not possible.
func TestTableHasEverything(t *testing.T) {
	t.Parallel()
	out := carryOut(t, `{"dau":15000,"history_days":90,"months":12}`, words("estimate tencent-im")...).out
	for _, part := range []string{
		"2020-10-30", "CNY", "months: 12", "35,988.00", "53,988.00", "recommended", "not feasible",
		"⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000 × 12", "prepaid", "postpaid", "at most 100",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("the table lacks %q:\n%s", part, out)
		}
	}
	if pro, ultimate := strings.Index(out, "\npro"), strings.Index(out, "\nultimate"); pro < 0 || ultimate < pro {
		t.Errorf("the recommended option is not the first:\n%s", out)
	}
}

// brokenBook is a price book with faults in the lines that are named.
func brokenBook(t *testing.T) (text string, faults []string) {
	t.Helper()
	data, err := os.ReadFile(books + "/fixture-cloud/2026-01-01.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text = strings.Replace(string(data), `unit_price: "3.25"`, `unit_price: "3,25"`, 1)
	at := 1 + strings.Count(text[:strings.Index(text, `"3,25"`)], "\n")
	return text, []string{fmt.Sprintf(":%d:", at)}
}

// TestCheck says where a price book is wrong: file, line and column.
func TestCheck(t *testing.T) {
	t.Parallel()
	good := books + "/fixture-cloud/2026-01-01.yaml"
	if r := carryOut(t, "", "check", good); r.status != 0 || r.err != "" || !strings.Contains(r.out, good) {
		t.Errorf("a good book: %+v", r)
	}
	r := carryOut(t, "", "check")
	var checked []string
	for line := range strings.Lines(r.out) {
		name, rest, _ := strings.Cut(line, ": ")
		checked = append(checked, name)
		good := `^ok, \d+ inputs, \d+ options, sha256 [0-9a-f]{64}\n$`
		if strings.HasSuffix(name, "/planning.yaml") {
			good = `^ok, [1-9]\d* estimators\n$`
		}
		if !regexp.MustCompile(good).MatchString(rest) {
			t.Errorf("all books: %q", line)
		}
	}
	if want := words(`aliyun-multimodal/2026-07-01 aliyun-multimodal/planning.yaml
		easemob-im/2026-03-23 easemob-im/2026-03-20 easemob-im/2022-09-13 easemob-im/planning.yaml
		inf-llm/2024-12-01 inf-llm/planning.yaml tencent-im/2020-10-30 tencent-im/planning.yaml
		tencent-trtc/2025-07-10 tencent-trtc/planning.yaml`); r.status != 0 || !slices.Equal(checked, want) {
		t.Errorf("all books: %q, %+v", checked, r)
	}
	if r := carryOut(t, "", "check", "-books", books); r.status != 0 || !strings.Contains(r.out, "tencent-im") || !strings.Contains(r.out, "fixture-cloud/2025-06-01") {
		t.Errorf("all books and a folder: %+v", r)
	}
	text, at := brokenBook(t)
	bad := write(t, t.TempDir(), "broken.yaml", text)
	r = carryOut(t, "", "check", bad, good)
	if r.status != 1 || !strings.Contains(r.out, good) { // the others are checked all the same
		t.Errorf("a broken book: %+v", r)
	}
	for _, place := range at {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(bad+place) + `\d+: .*3,25`).MatchString(r.err) {
			t.Errorf("errors %q do not lead to %s%s", r.err, bad, place)
		}
	}
}

// TestDiff: what is in one book of a product and not in another, what changed,
// and what the examples come to in both.
func TestDiff(t *testing.T) {
	t.Parallel()
	const older, newer = "easemob-im/2026-03-20", "easemob-im/2026-03-23"
	r := carryOut(t, "", "diff", older, newer)
	if r.status != 0 || r.err != "" {
		t.Fatalf("%+v", r)
	}
	for _, line := range []string{
		"easemob-im: 2026-03-20 → 2026-03-23",
		"~ charges[push_plan].prices[pro, ultimate].monthly_fee: 288 → 500",
		"~ charges[push_overage].prices[pro, ultimate].package.price: 288 → 500",
		"+ inputs[message_reporting].kind: yes_no",
		"+ inputs[speech_to_text_messages].kind: count",
		"+ charges[translation_overage].prices[pro, ultimate].unit_price: 0.27",
		"- charges[translation].settlement: prepaid",
	} {
		if !strings.Contains("\n"+r.out, "\n"+line+"\n") {
			t.Errorf("the difference lacks %q:\n%s", line, r.out)
		}
	}
	for _, total := range []string{
		`A social app .* for a year +2026-03-20 +2026-03-23\n`,
		`  pro +116,945\.00 +122,033\.00\n`,
		`  ultimate +106,145\.00 \(recommended\) +111,233\.00 \(recommended\)\n`,
		`  free +0\.00 \(not feasible\) +0\.00 \(not feasible\)\n`,
		// Of an example that only the newer book has a price for.
		`  pro +87,386\.00 \(not complete\) \(recommended\) +136,754\.00\n`,
		`  ! one of the books has no input message_reporting\n`,
	} {
		if !regexp.MustCompile(total).MatchString(r.out) {
			t.Errorf("the examples lack %q:\n%s", total, r.out)
		}
	}
	if n := strings.Count(r.out, "names and sentences differ"); n != 1 || strings.Contains(r.out, ".zh") || strings.Contains(r.out, ".en:") {
		t.Errorf("names and sentences are not only counted:\n%s", r.out)
	}

	// The other way round what was put in is taken out.
	back := carryOut(t, "", "diff", newer, older)
	if !strings.Contains(back.out, "\n- inputs[message_reporting].kind: yes_no\n") || !strings.Contains(back.out, "monthly_fee: 500 → 288\n") {
		t.Errorf("the other way round: %+v", back)
	}
	// Files are as good as embedded books.
	for _, args := range [][]string{
		{"diff", published + "/" + older + ".yaml", published + "/" + newer + ".yaml"}, {"diff", older, published + "/" + newer + ".yaml"},
	} {
		if got := carryOut(t, "", args...); got != r {
			t.Errorf("%q: %+v", args, got)
		}
	}
	if same := carryOut(t, "", "diff", older, published+"/"+older+".yaml"); same.status != 0 || !strings.Contains(same.out, "\nnothing differs\n") {
		t.Errorf("a book and itself: %+v", same)
	}
	// Options that only one of the books has, and books of a folder.
	if r := carryOut(t, "", "diff", "easemob-im/2022-09-13", older); r.status != 0 || !regexp.MustCompile(`  premium +10,838\.00 +–\n`).MatchString(r.out) {
		t.Errorf("%+v", r)
	}
	if r := carryOut(t, "", "diff", "-books", books, "fixture-cloud/2025-06-01", "fixture-cloud/2026-01-01"); r.status != 0 || !strings.Contains(r.out, "\n~ ") {
		t.Errorf("%+v", r)
	}
	// A broken book is told as check tells it.
	text, at := brokenBook(t)
	bad := write(t, t.TempDir(), "broken.yaml", text)
	if r := carryOut(t, "", "diff", "-books", books, bad, "fixture-cloud/2026-01-01"); r.status != 1 || r.out != "" || !strings.Contains(r.err, bad+at[0]) {
		t.Errorf("a broken book: %+v", r)
	}
}

// TestTableOfEveryKind: rows and features from the command line, and what the
// table says of a total that is not complete.
func TestTableOfEveryKind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ args, in, want string }{
		{"aliyun-multimodal", `{"workloads":[{"rounds":88000,"dialogue":"casual"}],"months":12}`, `savings_plan +2,001\.00 +recommended\n`},
		{"tencent-trtc", `{"features":["ai_captions"]}`, `premium_plus +2,875\.00 +recommended\n`},
		{"inf-llm", `{"models":[{"input_tokens":1000000}],"months":3}`, `payg +30\.00 +recommended\n`},
		{"easemob-im -price-book 2026-03-20", `{"translation_characters":5}`, `pro +1,299\.00 +recommended, not complete\n`},
		{"easemob-im", `{"translation_characters":5}`, `pro +1,799\.00 +recommended\n`},
	} {
		if r := carryOut(t, tt.in, append([]string{"estimate"}, words(tt.args)...)...); r.status != 0 || !regexp.MustCompile(tt.want).MatchString(r.out) {
			t.Errorf("%s: %+v, want %s", tt.args, r, tt.want)
		}
	}
	r := carryOut(t, `{"workloads":[{"asr":"loud"},1]}`, "estimate", "aliyun-multimodal")
	if r.status != 1 || !strings.Contains(r.err, "workloads[0].asr: ") || !strings.Contains(r.err, "workloads[1]: ") {
		t.Errorf("%+v", r)
	}
}

// TestBooksThatAreRefused: the program does not start with a price book that is
// wrong, and says where.
func TestBooksThatAreRefused(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile(books + "/fixture-cloud/2026-01-01.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text, at := brokenBook(t)
	published, err := os.ReadFile(published + "/tencent-im/2020-10-30.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, file, text, says string
	}{
		{"broken", "fixture-cloud/2026-01-01.yaml", text, "fixture-cloud/2026-01-01.yaml" + at[0]},
		{"not YAML", "fixture-cloud/2026-01-01.yaml", "product: [", "fixture-cloud/2026-01-01.yaml:2:"},
		{"empty", "fixture-cloud/2026-01-01.yaml", "", "fixture-cloud/2026-01-01.yaml:1:1:"},
		{"same product and date as an embedded one", "tencent-im/2020-10-30.yaml", string(published), "tencent-im/2020-10-30.yaml:1:1: there is"},
		{"in the wrong folder", "other/2026-01-01.yaml", string(good), "other/2026-01-01.yaml:1:1:"},
		{"under the wrong date", "fixture-cloud/2026-01-02.yaml", string(good), "fixture-cloud/2026-01-02.yaml:1:1:"},
		{"with the wrong ending", "fixture-cloud/2026-01-01.yml", string(good), "2026-01-01.yml"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, folder, tt.file, tt.text)
			for _, args := range [][]string{
				{"-addr", "127.0.0.1:0", "-books", folder}, {"estimate", "tencent-im", "-books", folder}, {"check", "-books", folder},
			} {
				r := carryOut(t, "{}", args...)
				if r.status != 1 || r.out != "" || !strings.Contains(r.err, tt.says) {
					t.Errorf("%s: %+v, want %q", args[0], r, tt.says)
				}
			}
		})
	}
	// A revision, or another date, stands beside the published one.
	folder := t.TempDir()
	write(t, folder, "tencent-im/2020-10-30r2.yaml", strings.Replace(string(published), `price_book: "2020-10-30"`, `price_book: "2020-10-30r2"`, 1))
	if r := carryOut(t, "{}", "estimate", "tencent-im", "-json", "-books", folder); !strings.Contains(r.out, `"2020-10-30r2"`) {
		t.Errorf("a revision is not the newest: %+v", r)
	}
}
