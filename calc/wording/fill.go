package wording

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fill puts names, numbers and amounts into a sentence of the interface, in the
// way of [fmt.Sprintf]. Chinese stands apart from Latin letters and digits, and
// a sentence cannot know whether what it is given begins or ends with them.
func Fill(sentence string, args ...any) string {
	marked := make([]any, len(args))
	for i, arg := range args {
		marked[i] = seamed{arg}
	}
	var b strings.Builder
	last := utf8.RuneError
	for part := range strings.SplitSeq(fmt.Sprintf(sentence, marked...), seam) {
		if part == "" {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(part); unicode.Is(unicode.Han, last) && isLatin(first) || isLatin(last) && unicode.Is(unicode.Han, first) {
			b.WriteByte(' ')
		}
		b.WriteString(part)
		last, _ = utf8.DecodeLastRuneInString(part)
	}
	return b.String()
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) || unicode.IsDigit(r) }

// seam parts what a sentence is given from the sentence; no text has it.
const seam = "\x00"

// seamed is an argument between seams.
type seamed struct{ arg any }

// Format implements [fmt.Formatter].
func (s seamed) Format(f fmt.State, verb rune) {
	_, _ = fmt.Fprintf(f, seam+fmt.FormatString(f, verb)+seam, s.arg) // what fails is the caller's to see
}
