package views

import "strings"

// Abacus is a drawing of a suanpan that shows an amount: a rod for each digit,
// two beads of five above the beam and five beads of one below it.
type Abacus struct {
	Width, Height int
	Beam          int
	Rods          []Rod
}

// Rod is one rod with its beads.
type Rod struct {
	X     int
	Beads []Bead
	// Point marks the rod in front of the decimal point.
	Point bool
}

// Bead is one bead; Counts says that it is moved to the beam.
type Bead struct {
	X, Y   int
	Counts bool
}

// The measures of the drawing, in its own units.
const (
	abacusRods  = 9
	rodSpacing  = 44
	beadWidth   = 38
	beadHeight  = 18
	slotHeight  = 20
	frameMargin = 12
	upperSlots  = 3 // two beads and a gap
	lowerSlots  = 7 // five beads and a gap
	beamHeight  = 8
)

// newAbacus draws an amount with two decimals, such as 35988.00. An amount
// with more digits than there are rods loses its first ones, as it would on a
// real abacus.
func newAbacus(amount string) *Abacus {
	whole, fraction, _ := strings.Cut(amount, ".")
	digits := strings.Repeat("0", abacusRods) + whole + fraction
	digits = digits[len(digits)-abacusRods:]
	a := &Abacus{
		Width:  2*frameMargin + abacusRods*rodSpacing,
		Height: 2*frameMargin + (upperSlots+lowerSlots)*slotHeight + beamHeight,
		Beam:   frameMargin + upperSlots*slotHeight,
	}
	for i, digit := range digits {
		x := frameMargin + i*rodSpacing + rodSpacing/2
		rod := Rod{X: x, Point: i == abacusRods-1-len(fraction)}
		value := int(digit - '0')
		five, ones := value/5, value%5
		bead := func(top, slot int, counts bool) {
			rod.Beads = append(rod.Beads, Bead{X: x - beadWidth/2, Y: top + slot*slotHeight + (slotHeight-beadHeight)/2, Counts: counts})
		}
		bead(frameMargin, 0, false)
		bead(frameMargin, 1+five, five == 1)
		below := a.Beam + beamHeight
		for n := range 5 {
			if n < ones {
				bead(below, n, true)
			} else {
				bead(below, n+lowerSlots-5, false)
			}
		}
		a.Rods = append(a.Rods, rod)
	}
	return a
}
