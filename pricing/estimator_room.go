package pricing

import (
	"fmt"
	"slices"
	"strings"
)

// room is the rule of a room's estimator: how a product meters what the
// participants of a room receive.
//
// Per stream, every picture that somebody receives counts by its own area, and
// the time in the room as audio while no picture is received, or by the other
// audio rule also beside pictures. Per user, everybody counts once, by the
// summed area of the pictures received, or as audio without any.
//
// All participants are in the room for the whole session and send and receive
// all the time. A task has a robot in the room that receives what the task
// takes, and is metered as one more participant.
type room struct {
	*rooms
	perUser, screensJoin bool
	audio                []audioRule
	tiers                []int64      // the largest area of each, rising
	sizes                []string     // the largest picture of each; empty for any
	minutes              []int        // targets: audio, then by tier
	firstTask            int          // the fact of the first task
	tasks                [][]roomWork // by task, then by choice
}

// roomWork is what a task does. The first choice of a task takes nothing.
type roomWork struct {
	name         Text
	audioOnly    bool
	audioStreams string
	minutes      []int // targets: audio, then by tier
}

// roomGroup is a group of participants of the same kind.
type roomGroup struct {
	people   int64
	sends    *stream
	screen   *stream
	receives *reception
}

// flow is a number of equal streams that somebody receives from one group.
type flow struct {
	group  int
	count  int64
	stream *stream
	screen bool
	// area is that of the picture received; 0 for the sound alone.
	area int64
}

// meter is a room being metered.
type meter struct {
	*room
	*deriving
	groups  []roomGroup
	besides bool
	time    int64 // minutes of all sessions of a month
}

func (r *room) derive(d *deriving, facts *Usage) {
	m := &meter{room: r, deriving: d, besides: r.audio[0] == audioBesidesVideo}
	if len(r.audio) > 1 {
		m.besides = r.audio[facts.values[firstOwnFact]] == audioBesidesVideo
	}
	for _, row := range facts.rows[participantsFact] {
		m.groups = append(m.groups, roomGroup{
			people: row[peopleField], sends: &r.sends[row[sendsField]], screen: &r.screens[row[screenField]],
			receives: &r.receives[row[receivesField]],
		})
	}
	if !m.groupsExist(&facts.book.Inputs[participantsFact]) {
		return
	}
	var f formula
	f, m.time = newFormula().product(facts.values[minutesFact], facts.values[sessionsFact])
	m.step(nil, m.time, Text{
		EN: "Minutes a month that a participant is in the room: minutes per session × sessions",
		ZH: "每个成员每月的在房时长（分钟）：每场时长 × 每月场次",
	}, f)
	for i := range m.groups {
		m.group(i)
	}
	for i, works := range r.tasks {
		if choice := facts.values[r.firstTask+i]; choice > 0 {
			m.task(&works[choice])
		}
	}
}

// groupsExist records a fault for each row that receives a group which the room
// has not.
func (m *meter) groupsExist(participants *Input) bool {
	for i := range m.groups {
		if of := m.groups[i].receives.group; of > len(m.groups) {
			fault := &InputError{Input: participants.Fields[receivesField].ID, Code: CodeUnknownChoice, Message: Text{
				EN: "There is no group " + RowLetter(of-1) + " in this room.",
				ZH: "这个房间没有 " + RowLetter(of-1) + " 组。",
			}}
			m.faults = append(m.faults, fault.InRow(participants, i))
		}
	}
	return m.faults == nil
}

// group meters the participants of a group, and their screens where these are
// participants too.
func (m *meter) group(i int) {
	g := &m.groups[i]
	if g.people == 0 {
		return
	}
	m.receiver(m.groupLabel(i, g.people), g.people, m.flows(i, g.receives))
	if m.screensJoin && g.screen.area() > 0 {
		f, minutes := newFormula().product(g.people, m.time)
		m.add(m.minutes[0], minutes, Text{
			EN: fmt.Sprintf("Shared screens of %s: in the room as participants that receive no video, audio", m.groupLabel(i, g.people).EN),
			ZH: fmt.Sprintf("%s共享的屏幕：作为不接收画面的成员在房，计语音", m.groupLabel(i, g.people).ZH),
		}, f)
	}
}

// flows returns what a participant of a group receives, or, for the group -1,
// somebody who is of none. What nobody sends is left out.
func (m *meter) flows(receiver int, r *reception) []flow {
	var flows []flow
	for i := range m.groups {
		g := &m.groups[i]
		count := g.people
		if i == receiver {
			count-- // nobody receives itself
		}
		if r.nobody || r.others && i == receiver || r.group > 0 && r.group != i+1 || count <= 0 {
			continue
		}
		area := func(s *stream) int64 {
			if r.audioOnly {
				return 0
			}
			return s.area()
		}
		if g.sends.audio {
			flows = append(flows, flow{group: i, count: count, stream: g.sends, area: area(g.sends)})
		}
		if s := area(g.screen); s > 0 {
			flows = append(flows, flow{group: i, count: count, stream: g.screen, screen: true, area: s})
		}
	}
	return flows
}

// receiver meters people who each receive the same.
func (m *meter) receiver(who Text, people int64, flows []flow) {
	pictures, sounds := split(flows)
	switch {
	case len(pictures) == 0:
		f, minutes := newFormula().product(people, m.time)
		m.add(m.minutes[0], minutes, Text{EN: who.EN + ": no video received, audio", ZH: who.ZH + "：未接收视频，计语音"}, f)
	case m.perUser:
		m.summed(who, people, pictures)
	default:
		for _, p := range pictures {
			f, minutes := newFormula().product(people, p.count, m.time)
			m.add(m.minutes[1+m.tier(p.area)], minutes, Text{
				EN: who.EN + ": each receives " + p.text().EN,
				ZH: who.ZH + "：每人接收" + p.text().ZH,
			}, f)
		}
		if m.besides && len(sounds) > 0 {
			f, minutes := newFormula().product(people, m.time)
			m.add(m.minutes[0], minutes, Text{
				EN: who.EN + ": besides, the audio of " + groupsOf(sounds, " and "),
				ZH: who.ZH + "：视频之外，另收 " + groupsOf(sounds, "、") + " 组的语音",
			}, f)
		}
	}
}

// summed meters people by the summed area of the pictures that each receives.
func (m *meter) summed(who Text, people int64, pictures []flow) {
	sum, area := newFormula(), int64(0)
	for i, p := range pictures {
		if i > 0 {
			sum = sum.text(plus)
		}
		product := int64(0)
		sum, product = sum.product(p.count, p.stream.width, p.stream.height)
		area = plusCapped(area, product)
	}
	m.step(nil, area, Text{EN: who.EN + ": pixels that each receives at a time", ZH: who.ZH + "：每人同时接收的像素总数"}, sum)
	tier := m.tier(area)
	f, minutes := newFormula().product(people, m.time)
	m.add(m.minutes[1+tier], minutes, Text{
		EN: who.EN + ": each counts once, " + m.upTo(tier).EN,
		ZH: who.ZH + "：每人只计一次，" + m.upTo(tier).ZH,
	}, f)
}

// upTo names a tier by its area.
func (m *meter) upTo(tier int) Text {
	limit, word := m.tiers[tier], Text{EN: "up to ", ZH: "不超过 "}
	if limit == unlimitedArea {
		limit, word = 0, Text{EN: "above ", ZH: "超过 "}
		if tier > 0 {
			limit = m.tiers[tier-1]
		}
	}
	pixels := string(formula(nil).count(limit))
	return Text{EN: word.EN + pixels + " pixels", ZH: word.ZH + pixels + " 像素"}
}

// tier returns the tier of an area, the first that is large enough; validation
// allows no picture beyond the last.
func (m *meter) tier(area int64) int {
	i, _ := slices.BinarySearch(m.tiers, area)
	return i
}

// task meters what a task takes, and its robot. Where nothing is sent the task
// does not run.
func (m *meter) task(w *roomWork) {
	flows := m.flows(-1, &reception{audioOnly: w.audioOnly})
	if len(flows) == 0 {
		return
	}
	m.receiver(Text{EN: "Robot of " + w.name.EN, ZH: w.name.ZH + "的机器人"}, 1, flows)
	pictures, sounds := split(flows)
	for _, p := range pictures {
		f, minutes := newFormula().product(p.count, m.time)
		m.add(w.minutes[1+m.tier(p.area)], minutes, Text{EN: w.name.EN + " takes " + p.text().EN, ZH: w.name.ZH + "处理" + p.text().ZH}, f)
	}
	together := w.audioStreams == audioTogether || w.audioStreams == audioTogetherWithoutVideo && len(pictures) == 0
	if together && len(sounds) > 0 {
		f, minutes := newFormula().product(1, m.time)
		m.add(w.minutes[0], minutes, Text{
			EN: w.name.EN + " takes the audio of " + groupsOf(sounds, " and ") + ", together as one",
			ZH: w.name.ZH + "处理 " + groupsOf(sounds, "、") + " 组的语音，合为一路",
		}, f)
		return
	}
	for _, s := range sounds {
		f, minutes := newFormula().product(s.count, m.time)
		m.add(w.minutes[0], minutes, Text{EN: w.name.EN + " takes " + s.text().EN, ZH: w.name.ZH + "处理" + s.text().ZH}, f)
	}
}

// atFault blames the sessions, and the participants too: one session of theirs
// may be too large.
func (r *room) atFault(e *Estimator, _ int) []*Input {
	return []*Input{&e.Facts.Inputs[participantsFact], &e.Facts.Inputs[sessionsFact]}
}

// split parts pictures from what is received as sound alone.
func split(flows []flow) (pictures, sounds []flow) {
	for _, f := range flows {
		if f.area > 0 {
			pictures = append(pictures, f)
		} else {
			sounds = append(sounds, f)
		}
	}
	return pictures, sounds
}

// text says what the flow is of.
func (f *flow) text() Text {
	count, group := string(formula(nil).count(f.count)), RowLetter(f.group)
	what, size := Text{EN: "camera", ZH: "摄像头画面"}, ", "+f.stream.size()
	switch {
	case f.screen:
		what = Text{EN: "screen", ZH: "屏幕画面"}
	case f.area == 0:
		what, size = Text{EN: "audio", ZH: "语音"}, ""
	}
	return Text{
		EN: fmt.Sprintf("%s × %s of %s%s", count, what.EN, group, size),
		ZH: fmt.Sprintf(" %s 组 %s 路%s%s", group, count, what.ZH, strings.Replace(size, ", ", " ", 1)),
	}
}

// groupsOf joins the names of the groups that flows are from.
func groupsOf(flows []flow, and string) string {
	var names []string
	for _, f := range flows {
		names = append(names, RowLetter(f.group))
	}
	return strings.Join(names, and)
}

// groupLabel returns the name of a group with its people.
func (m *meter) groupLabel(i int, people int64) Text {
	unit := m.facts[participantsFact].Fields[peopleField].Unit
	n := string(formula(nil).count(people))
	return Text{
		EN: fmt.Sprintf("%s (%s %s)", RowLetter(i), n, unit.For(people, English)),
		ZH: fmt.Sprintf("%s 组（%s %s）", RowLetter(i), n, unit.For(people, Chinese)),
	}
}

// asks reports whether the fact at a position can ask for something.
func (r *room) asks(fact int) bool { return len(r.audio) < 2 || fact != firstOwnFact }
