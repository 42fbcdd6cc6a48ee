package wording

import (
	"strings"
	"testing"
	"unicode"
)

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "",
		"算盘 ‘a’ — “b”… ‹":    "算盘 ‘a’ — “b”… ‹",
		"a\u202eb":           "a[U+202E]b",
		"\u061c\u200e\u2069": "[U+061C][U+200E][U+2069]",
		"\u200d\u2028\u202f": "\u200d\u2028\u202f",
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if got := string(VisiblePage([]byte(text))); got != want {
			t.Errorf("a page of %q: %q, want %q", text, got, want)
		}
	}
	// Every character that Unicode has for this, and no other.
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if marked := Visible(string(r)) != string(r) && r != unicode.ReplacementChar && (r < 0xd800 || r > 0xdfff); marked != unicode.Is(unicode.Bidi_Control, r) {
			t.Errorf("%U is marked: %v", r, marked)
		}
		if mayTurn([]byte("—\u200d"+string(r)+"”")) != unicode.Is(unicode.Bidi_Control, r) {
			t.Errorf("%U is not seen", r)
		}
	}
}

func TestVisiblePage(t *testing.T) {
	const turn = "\u202e"
	page := "<p title='" + turn + "'>" + turn + "</p><input value='" + turn + "'><textarea name=a>\n" + turn + "</textarea><b>" + turn + "</b>" + turn
	want := "<p title='" + turn + "'>[U+202E]</p><input value='" + turn + "'><textarea name=a>\n" + turn + "</textarea><b>[U+202E]</b>[U+202E]"
	if got := string(VisiblePage([]byte(page))); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, cut := range []string{"<p", "<", "<textarea>" + turn, turn + "<p " + turn} {
		if got := string(VisiblePage([]byte(cut))); !strings.HasSuffix(got, cut[len(cut)-1:]) {
			t.Errorf("%q became %q", cut, got)
		}
	}
}
