package export

import "github.com/xuri/excelize/v2"

// The colours of the interface, on paper.
const (
	ink    = "22302B"
	quiet  = "66736E"
	accent = "0B6553"
	wash   = "EDF4F1" // behind what is to be found quickly
	rule   = "C9D5D0"
	typed  = "1F4FBF" // what the reader may change, blue as in any model
)

// The formats of numbers. Amounts have two decimals and as many more as they
// need; the last digits are those that a price has at most.
const (
	formatMoney    = `"¥"#,##0.00########`
	formatWhole    = `#,##0`
	formatDecimals = `#,##0.0#########`
	formatGeneral  = `General`
	formatText     = `@`
)

// Sizes of type, in points.
const (
	size      = 10
	smallSize = 9
)

// styles are the looks of cells, by what is in them.
type styles struct {
	title, totalName, total, hint, name, value, date, warning          int
	band, facts, head, headAfter, headRight                            int
	text, textAfter, quantity, given, unitPrice, factor, amount, small int
	ofWhich, partQuantity, partAmount, partFactor                      int // of a line
	sumName, sum, partName, part, itemText, itemUnit, itemTimes, item  int
	section, inputName, inputText                                      int
	reason, chargeReason                                               int // why a comparison has no amount
	fraction                                                           int // of conditional formatting
}

// styleMaker makes styles that differ from the plain text of a workbook.
type styleMaker struct {
	file *excelize.File
	font string
	err  error
}

// look is how a cell differs from plain text at the left of it.
type look struct {
	size                   float64
	bold, right, middle    bool
	color, fill, format    string
	above, below, indented bool
}

func (m *styleMaker) make(l look) int {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: m.font, Size: size, Bold: l.bold, Color: ink},
		Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true},
	}
	if l.size > 0 {
		s.Font.Size = l.size
	}
	if l.color != "" {
		s.Font.Color = l.color
	}
	if l.right {
		s.Alignment.Horizontal = "right"
	}
	if l.format == formatMoney || l.format == formatWhole || l.format == formatGeneral {
		// A number that is too wide is set smaller, not shown as ####.
		s.Alignment.WrapText, s.Alignment.ShrinkToFit = false, true
	}
	if l.indented {
		s.Alignment.Indent = 1
	}
	if l.middle {
		s.Alignment.Vertical = "center"
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.above {
		s.Border = append(s.Border, excelize.Border{Type: "top", Color: rule, Style: 1})
	}
	if l.below {
		s.Border = append(s.Border, excelize.Border{Type: "bottom", Color: rule, Style: 1})
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	id, err := m.file.NewStyle(s)
	if err != nil && m.err == nil {
		m.err = err
	}
	return id
}

func newStyles(f *excelize.File, w *words) (*styles, error) {
	m := &styleMaker{file: f, font: w.Font}
	s := &styles{
		title:     m.make(look{size: 18, bold: true, middle: true, format: formatText}),
		totalName: m.make(look{color: quiet, middle: true, fill: wash}),
		total:     m.make(look{size: 15, bold: true, middle: true, color: accent, fill: wash, format: formatMoney}),
		hint:      m.make(look{size: smallSize, color: quiet, middle: true, fill: wash}),
		name:      m.make(look{color: quiet}),
		// Text of the maker's is text also when somebody edits the cell.
		value:   m.make(look{format: formatText}),
		date:    m.make(look{format: w.Day}),
		warning: m.make(look{bold: true, color: accent}),

		band:      m.make(look{size: 12, bold: true, middle: true, fill: wash, color: accent}),
		facts:     m.make(look{size: smallSize, color: quiet}),
		head:      m.make(look{size: smallSize, bold: true, color: quiet, below: true}),
		headAfter: m.make(look{size: smallSize, bold: true, color: quiet, below: true, indented: true}),
		headRight: m.make(look{size: smallSize, bold: true, color: quiet, below: true, right: true}),

		text:      m.make(look{below: true}),
		textAfter: m.make(look{below: true, indented: true}), // behind a number
		quantity:  m.make(look{below: true, right: true, color: typed, format: formatWhole}),
		given:     m.make(look{below: true, right: true, format: formatWhole}),
		unitPrice: m.make(look{below: true, right: true, format: formatMoney}),
		factor:    m.make(look{below: true, right: true, format: formatGeneral}),
		amount:    m.make(look{below: true, right: true, format: formatMoney}),
		small:     m.make(look{size: smallSize, below: true, color: quiet}),

		ofWhich:      m.make(look{size: smallSize, below: true, color: quiet, indented: true}),
		partQuantity: m.make(look{size: smallSize, below: true, right: true, color: typed, format: formatWhole}),
		partAmount:   m.make(look{size: smallSize, below: true, color: quiet, right: true, format: formatMoney}),
		partFactor:   m.make(look{size: smallSize, below: true, color: quiet, right: true, format: formatGeneral}),

		sumName:   m.make(look{bold: true}),
		sum:       m.make(look{bold: true, right: true, format: formatMoney}),
		partName:  m.make(look{size: smallSize, color: quiet}),
		part:      m.make(look{size: smallSize, color: quiet, right: true, format: formatMoney}),
		itemText:  m.make(look{bold: true, above: true}),
		itemUnit:  m.make(look{bold: true, above: true, indented: true}),
		itemTimes: m.make(look{bold: true, above: true, right: true, color: typed, format: formatWhole}),
		item:      m.make(look{bold: true, above: true, right: true, color: accent, format: formatMoney}),

		reason:       m.make(look{size: smallSize, color: quiet, right: true}),
		chargeReason: m.make(look{size: smallSize, color: quiet, right: true, below: true}),

		section:   m.make(look{bold: true, above: true}),
		inputName: m.make(look{color: quiet}),
		inputText: m.make(look{format: formatText}),
	}
	decimals := formatDecimals
	var err error
	if s.fraction, err = f.NewConditionalStyle(&excelize.Style{CustomNumFmt: &decimals}); err != nil {
		return nil, err
	}
	return s, m.err
}
