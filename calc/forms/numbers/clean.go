package numbers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"suanpan/calc/wording"
)

// typed is a text as it is read, and as it is quoted.
type typed struct {
	// text has neither blanks nor anything that cannot be seen, in small letters,
	// narrow signs and simple Chinese characters.
	text string
	// spaced has the same characters as they were typed, and the blanks.
	spaced string
	// parted says that there is a tab or the end of a line between two digits, as
	// where two cells of a table were pasted.
	parted bool
}

// Clean returns a text without what cannot be seen in it, with every blank of
// Unicode as a plain one, and with narrow signs. Tabs and the ends of lines stay.
func Clean(text string) string {
	return strings.Map(clean, strings.ToValidUTF8(text, "\ufffd"))
}

func clean(r rune) rune {
	switch {
	case r >= 'Ａ'-'A'+'!' && r <= 'Ａ'-'A'+'~':
		return r - ('Ａ' - 'A')
	case unicode.Is(unicode.Zs, r):
		return ' '
	case Invisible(r):
		return -1
	}
	if plain, ok := plainSigns[r]; ok {
		return plain
	}
	return r
}

// Invisible reports whether a character cannot be seen and is no blank.
func Invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r) || r == '\u2800'
}

// plainSigns are signs in the form that is read: those of typography, and wide
// ones that are no wide form of ASCII.
var plainSigns = map[rune]rune{
	'−': '-', '–': '-', '—': '-', '‐': '-', '‑': '-', '‒': '-', '―': '-', '﹣': '-',
	'﹢': '+', '﹡': '*', '∗': '*', '✕': '×', '✖': '×', '⨯': '×', '∕': '/', '⁄': '/', '﹪': '%',
	'￥': '¥', '’': '\'', '‘': '\'', 'ʼ': '\'',
}

// simple are characters of traditional Chinese in numbers and units, and those
// that numbers are written with on cheques.
var simple = map[rune]rune{
	'萬': '万', '億': '亿', '兩': '两', '〇': '零', '佰': '百', '仟': '千', '拾': '十',
	'壹': '一', '贰': '二', '貳': '二', '叁': '三', '參': '三', '肆': '四', '伍': '五', '陆': '六', '陸': '六', '柒': '七', '捌': '八', '玖': '九',
	'個': '个', '鐘': '钟', '鍾': '钟', '時': '时', '週': '周', '禮': '礼', '條': '条', '張': '张', '頁': '页', '間': '间', '臺': '台', '場': '场', '輪': '轮',
	'圓': '圆', '塊': '块', '員': '员', '觀': '观', '眾': '众', '戶': '户', '設': '设', '備': '备', '請': '请', '語': '语', '種': '种', '組': '组', '幀': '帧', '鏡': '镜', '錢': '钱',
}

// normalize brings a text into the form that is read.
func normalize(text string) *typed {
	t := &typed{}
	var spaced, small strings.Builder
	digit, broken := false, false
	for _, r := range strings.TrimFunc(Clean(text), unicode.IsSpace) {
		if unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' {
			broken = broken || r != ' '
			spaced.WriteByte(' ')
			continue
		}
		isDigit := '0' <= r && r <= '9'
		t.parted = t.parted || broken && digit && isDigit
		digit, broken = isDigit, false
		spaced.WriteRune(r)
		r = unicode.ToLower(r)
		if s, ok := simple[r]; ok {
			r = s
		}
		small.WriteRune(r)
	}
	t.text, t.spaced = small.String(), spaced.String()
	return t
}

// quoted returns a part of what is read as it was typed.
func (t *typed) quoted(p piece) string {
	from := utf8.RuneCountInString(t.text[:p.at])
	to := from + utf8.RuneCountInString(p.text)
	var out strings.Builder
	at := 0
	for _, r := range t.spaced {
		inside := at >= from && at < to
		switch {
		case r == ' ':
			inside = at > from && at < to
		case unicode.IsControl(r):
			at, r = at+1, '\ufffd'
		default:
			at++
		}
		if inside {
			out.WriteRune(r)
		}
	}
	return wording.Repeat(out.String())
}
