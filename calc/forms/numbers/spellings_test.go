package numbers

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"suanpan/pricing"
)

// spelling is a line of the table.
type spelling struct {
	line        int
	field       *Field
	text, means string
}

// spellings reads the table of spellings.
func spellings(t testing.TB) []spelling {
	t.Helper()
	data, err := os.ReadFile("testdata/spellings.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []spelling
	var field *Field
	for i, line := range strings.Split(string(data), "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
		case strings.HasPrefix(line, "["):
			field = fieldFrom(t, strings.Trim(line, "[]"))
		default:
			text, means, ok := strings.Cut(line, "→")
			text, means = strings.TrimSpace(text), strings.TrimSpace(means)
			if quoted, err := strconv.Unquote(text); err == nil && strings.HasPrefix(text, `"`) {
				text = quoted
			}
			if !ok || field == nil {
				t.Fatalf("line %d: %s", i+1, line)
			}
			all = append(all, spelling{i + 1, field, text, means})
		}
	}
	return all
}

// fieldFrom reads the head of a part of the table.
func fieldFrom(t testing.TB, head string) *Field {
	t.Helper()
	parts := strings.Split(head, "; ")
	in := &pricing.Input{ID: "field", Kind: pricing.KindCount}
	if _, err := fmt.Sscanf(parts[1], "%d to %d", &in.Minimum, &in.Maximum); err != nil {
		t.Fatalf("%s: %v", head, err)
	}
	_, unit, _ := strings.Cut(parts[0], ": ")
	switch names := strings.Split(unit, ", "); {
	case unit == "":
	case len(names) == 1:
		in.Unit = Money(unit)
	default:
		in.Unit = pricing.Unit{One: names[0], EN: names[1], ZH: names[2]}
	}
	f := Of(in)
	for _, more := range parts[2:] {
		if more == "signed" {
			f.Signed = true
		} else if _, err := fmt.Sscanf(more, "%d decimals", &f.Decimals); err != nil {
			t.Fatalf("%s: %v", head, err)
		}
	}
	return f
}

// TestSpellings: every spelling of the table means what the table says, or is
// refused with the sentence that it names, in both languages.
func TestSpellings(t *testing.T) {
	all := spellings(t)
	if len(all) < 200 {
		t.Errorf("there are only %d", len(all))
	}
	for _, s := range all {
		if got := meaning(t, s.field, s.text); got != s.means {
			t.Errorf("line %d: %q is read as %q, want %q", s.line, s.text, got, s.means)
		}
	}
}

// meaning returns what a text is read as, in the way of the table.
func meaning(t testing.TB, f *Field, text string) string {
	t.Helper()
	v, fault := f.Read(text)
	if fault == nil {
		return v.String()
	}
	if fault.Code != pricing.CodeNotANumber {
		return string(fault.Code)
	}
	for _, s := range sentences() {
		en, zh := s.en.FindStringSubmatch(fault.Message.EN), s.zh.FindStringSubmatch(fault.Message.ZH)
		if en == nil || zh == nil {
			continue
		}
		named := map[string]int{"either": 3, "grouping": 2, "unit": 2, "rest": 2, "bytes": 1, "otherTime": 1, "unclear": 1}[s.name]
		words := en[1:]
		if s.name == "either" || s.name == "grouping" {
			words, named = words[1:], named-1
		}
		return strings.ReplaceAll(strings.Join(append([]string{s.name}, words[:named]...), " "), "\ufffd", "?")
	}
	t.Fatalf("%q: no sentence is like %+v", text, fault.Message)
	return ""
}

type sentence struct {
	name   string
	en, zh *regexp.Regexp
}

// sentences returns those of faults, as patterns.
func sentences() []sentence {
	verb := regexp.MustCompile(`%(\\\[1\\\])?s`)
	pattern := func(v reflect.Value) *regexp.Regexp {
		return regexp.MustCompile(`(?s)^` + verb.ReplaceAllString(regexp.QuoteMeta(v.String()), "(.*?)") + `$`)
	}
	var all []sentence
	v := reflect.ValueOf(say)
	for i := range v.NumField() {
		all = append(all, sentence{v.Type().Field(i).Name, pattern(v.Field(i).Field(0)), pattern(v.Field(i).Field(1))})
	}
	return all
}

// TestExamples: the number that a fault shows is one that the field reads.
func TestExamples(t *testing.T) {
	seen := map[*Field]bool{}
	for _, s := range spellings(t) {
		if f := s.field; !seen[f] {
			seen[f] = true
			for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
				if _, fault := f.Read(f.example().In(l)); fault != nil {
					t.Errorf("%s: %v", f.example().In(l), fault)
				}
			}
		}
	}
}
