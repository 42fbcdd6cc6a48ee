package pricing

import "slices"

// made returns by which facts of a room inputs come about: by its participants,
// or by a task such as recording. An input of a price book that has no part in a
// room is made by none.
func (e *Estimator) made() map[string][]string {
	made := map[string][]string{}
	r, ok := e.rule.(*room)
	if !ok {
		return made
	}
	add := func(fact int, targets []int) {
		for _, t := range targets {
			id, of := e.book.Inputs[e.targets[t].input].ID, e.Facts.Inputs[fact].ID
			if !slices.Contains(made[id], of) {
				made[id] = append(made[id], of)
			}
		}
	}
	add(participantsFact, r.minutes)
	for i, works := range r.tasks {
		for _, w := range works {
			add(r.firstTask+i, w.minutes)
		}
	}
	return made
}

// unstated stands for the bounds of minutes that a product says nothing of.
var unstated = Text{EN: "not stated", ZH: "未说明"}

// bounds says which pictures the minutes of an input are of.
func (e *Estimator) bounds(id string) Text {
	if e == nil {
		return unstated
	}
	r := e.rule.(*room)
	all := [][]int{r.minutes}
	for _, works := range r.tasks {
		for _, w := range works {
			all = append(all, w.minutes)
		}
	}
	for _, minutes := range all {
		for place, t := range minutes {
			if e.book.Inputs[e.targets[t].input].ID == id {
				return r.bounds(place)
			}
		}
	}
	return unstated
}

// bounds says which pictures are of a place among the minutes of a room: none of
// audio, which comes first.
func (r *room) bounds(place int) Text {
	if place == 0 {
		return Text{EN: "no picture", ZH: "无画面"}
	}
	over, upTo := "", r.sizes[place-1]
	if place > 1 {
		over = r.sizes[place-2]
	}
	switch {
	case over == "" && upTo == "":
		return Text{EN: "of any size", ZH: "不限分辨率"}
	case over == "":
		return Text{EN: "up to " + upTo, ZH: "不超过 " + upTo}
	case upTo == "":
		return Text{EN: "over " + over, ZH: "超过 " + over}
	default:
		return Text{EN: "over " + over + " and up to " + upTo, ZH: "超过 " + over + "、不超过 " + upTo}
	}
}
