package views

import "suanpan/pricing"

// Bar is the line at the lower edge of a phone: the sum, and what is spoken of
// the answer, which is seen there only while something has to be corrected.
type Bar struct {
	words *words
	// Before stands before the last good sum while something is at fault.
	Before string
	// Amount and Of are the sum and what it is of; without them nothing is shown.
	Amount, Of string
	// Spoken is the answer in one line.
	Spoken string
}

// newBar returns the bar of an answer with a verdict.
func newBar(v *Verdict, spoken string, l pricing.Lang) Bar {
	b := Bar{words: wordsIn(l), Before: estimatorWordsIn(l).Before, Spoken: spoken}
	switch {
	case v == nil:
	case v.Total == "":
		b.Of = v.Name
	default:
		b.Amount, b.Of = v.Total, v.Name+" · "+v.TotalLabel
	}
	return b
}
