package pricing

import (
	"math/bits"
	"strings"
)

// features are what a plan must offer: those that were chosen, and those that
// some usage needs.
type features struct {
	input   int
	implied []impliedFeature
}

// impliedFeature is a feature that an input needs as soon as it is stated.
type impliedFeature struct {
	input int
	bit   int64
}

// needed returns the bits of the features that the values ask for.
func (f *features) needed(values []int64) int64 {
	need := values[f.input]
	for _, i := range f.implied {
		if values[i.input] > 0 {
			need |= i.bit
		}
	}
	return need
}

// check returns the violation of an option that lacks a feature, or nil, and
// the notes of those that were asked for.
func (f *features) check(in *Input, values []int64, offered int64) (*Violation, []Text) {
	need := f.needed(values)
	var notes []Text
	for rest := need; rest != 0; rest &= rest - 1 {
		if c := &in.Choices[bits.TrailingZeros64(uint64(rest))]; c.Note != (Text{}) {
			notes = append(notes, c.Note)
		}
	}
	missing := need &^ offered
	if missing == 0 {
		return nil, notes
	}
	var en, zh []string
	for ; missing != 0; missing &= missing - 1 {
		c := &in.Choices[bits.TrailingZeros64(uint64(missing))]
		en, zh = append(en, c.Name.EN), append(zh, c.Name.ZH)
	}
	return &Violation{Input: in, Message: Text{
		EN: "Not offered: " + strings.Join(en, ", "),
		ZH: "不提供：" + strings.Join(zh, "、"),
	}}, notes
}

// ladder is a list of levels, each with what it allows; a usage needs the
// first that allows all of it, which the options' notes say.
type ladder struct {
	inputs []int
	levels []level
}

type level struct {
	limits []int64 // by the ladder's inputs
	note   Text
}

// note returns what is to be said of the level that the values need; nothing
// if no level is enough, which the options' limits say.
func (l *ladder) note(values []int64) (Text, bool) {
levels:
	for _, level := range l.levels {
		for i, input := range l.inputs {
			if values[input] > level.limits[i] {
				continue levels
			}
		}
		return level.note, true
	}
	return Text{}, false
}
