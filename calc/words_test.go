package calc_test

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	// Every package that has words of its own.
	_ "suanpan/calc/cli"
	_ "suanpan/calc/export"
	"suanpan/calc/wording"
	_ "suanpan/views"
)

// TestEveryWordIsInBothLanguages: a word forgotten in one language would be a
// blank on a page, and a name or an amount that only one of them takes a hole.
func TestEveryWordIsInBothLanguages(t *testing.T) {
	all := wording.Tables()
	if len(all) < 10 {
		t.Errorf("only %d tables were found", len(all))
	}
	for _, both := range all {
		en, zh := reflect.ValueOf(both.English).Elem(), reflect.ValueOf(both.Chinese).Elem()
		if common := en.FieldByName("Common"); common.IsValid() &&
			(common.Interface() != any(wording.English) || zh.FieldByName("Common").Interface() != any(wording.Chinese)) {
			t.Errorf("%s has the common words of another language", en.Type())
		}
		for _, s := range wordsOf(both) {
			if strings.TrimSpace(s.en) == "" || strings.TrimSpace(s.zh) == "" {
				t.Errorf("%s is %q in English and %q in Chinese", s.name, s.en, s.zh)
			}
			if en, zh := verbs(s.en), verbs(s.zh); !reflect.DeepEqual(en, zh) {
				t.Errorf("%s takes %v in English and %v in Chinese", s.name, en, zh)
			}
		}
	}
}

// TestWordsAreSaidOnce: what two tables say in both languages is said by the
// common one, which no other hides a word of.
func TestWordsAreSaidOnce(t *testing.T) {
	common := reflect.TypeFor[wording.Common]()
	at := map[[2]string]string{}
	for _, both := range wording.Tables() {
		table := reflect.TypeOf(both.English).Elem()
		for _, s := range wordsOf(both) {
			if other := at[[2]string{s.en, s.zh}]; other != "" {
				t.Errorf("%s and %s say %q", other, s.name, s.en)
			}
			at[[2]string{s.en, s.zh}] = s.name
		}
		embedded, embeds := table.FieldByName("Common")
		for i := range table.NumField() {
			if _, hides := common.FieldByName(table.Field(i).Name); hides && embeds && embedded.Type == common {
				t.Errorf("%s hides the common word %s", table, table.Field(i).Name)
			}
		}
	}
}

// said is a text of a table.
type said struct{ name, en, zh string }

// wordsOf returns the texts of a table, without the common ones.
func wordsOf(both wording.Both) []said {
	en, zh := reflect.ValueOf(both.English).Elem(), reflect.ValueOf(both.Chinese).Elem()
	var out []said
	for i := range en.NumField() {
		name := en.Type().String() + "." + en.Type().Field(i).Name
		switch a, b := en.Field(i), zh.Field(i); a.Kind() {
		case reflect.String:
			out = append(out, said{name, a.String(), b.String()})
		case reflect.Map:
			for _, key := range a.MapKeys() {
				s := said{name: fmt.Sprintf("%s[%v]", name, key), en: a.MapIndex(key).String()}
				if v := b.MapIndex(key); v.IsValid() {
					s.zh = v.String()
				}
				out = append(out, s)
			}
			for _, key := range b.MapKeys() {
				if !a.MapIndex(key).IsValid() {
					out = append(out, said{name: fmt.Sprintf("%s[%v]", name, key), zh: b.MapIndex(key).String()})
				}
			}
		case reflect.Struct: // the common words
		default:
			panic(name + " is no text")
		}
	}
	return out
}

var verb = regexp.MustCompile(`%%|%(?:\[(\d)\])?([a-z])`)

// verbs returns how a sentence writes each of the arguments that it takes, by
// their position, counting from 1.
func verbs(sentence string) map[int]string {
	out := map[int]string{}
	next := 1
	for _, m := range verb.FindAllStringSubmatch(sentence, -1) {
		if m[0] == "%%" {
			continue
		}
		if n, err := strconv.Atoi(m[1]); err == nil {
			next = n
		}
		out[next] = m[2]
		next++
	}
	return out
}
