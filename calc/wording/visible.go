package wording

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// Visible returns a text with the characters that turn the direction of writing
// as what they are, such as [U+202E]. They are not seen themselves, and with them
// a text, and an amount in it, looks like another one.
func Visible(text string) string {
	if !strings.ContainsFunc(text, turns) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if turns(r) {
			fmt.Fprintf(&b, "[%U]", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func turns(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

// mostRepeated is how much a sentence repeats of what somebody typed or sent, in
// characters.
const mostRepeated = 40

// Repeat returns what was typed or sent as a sentence repeats it: its beginning.
func Repeat(text string) string {
	count := 0
	for i := range text {
		if count++; count > mostRepeated {
			return text[:i] + "…"
		}
	}
	return text
}

// VisiblePage is [Visible] for the texts of a page. What is in its tags stays as
// it is, and so does what somebody is typing.
func VisiblePage(page []byte) []byte {
	if !mayTurn(page) {
		return page
	}
	html := string(page)
	var b strings.Builder
	for typing := false; html != ""; {
		end := strings.IndexByte(html, '<')
		if end < 0 {
			end = len(html)
		}
		if text := html[:end]; typing {
			b.WriteString(text)
		} else {
			b.WriteString(Visible(text))
		}
		html = html[end:]
		if end = strings.IndexByte(html, '>') + 1; end == 0 {
			end = len(html)
		}
		tag := html[:end]
		b.WriteString(tag)
		html = html[end:]
		typing = strings.HasPrefix(tag, "<textarea") || typing && !strings.HasPrefix(tag, "</textarea")
	}
	return []byte(b.String())
}

// mayTurn reports whether there is such a character in a text: quickly, since
// hardly any page has one.
func mayTurn(text []byte) bool {
	for i := 0; ; i++ {
		next := bytes.IndexByte(text[i:], 0xe2) // with which all of them but one begin
		if next < 0 {
			return bytes.Contains(text, []byte("\u061c"))
		}
		if i += next; i+2 >= len(text) {
			return bytes.Contains(text, []byte("\u061c"))
		}
		switch second, third := text[i+1], text[i+2]; {
		case second == 0x80 && (third >= 0x8e && third <= 0x8f || third >= 0xaa && third <= 0xae),
			second == 0x81 && third >= 0xa6 && third <= 0xa9:
			return true
		}
	}
}
