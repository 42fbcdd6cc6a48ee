package pricing

import (
	"slices"
	"strconv"
)

// rooms is what rooms are made of, the same for every product, so that one room can
// be priced by the rule of each. What a product adds are its tasks, such as
// recording. The value of a choice is its place in the lists.
type rooms struct {
	facts     []Input // of every room, by position
	audioRule Input   // which of a product's two ways to count audio holds
	sends     []stream
	screens   []stream
	receives  []reception
	examples  []roomExampleFile
}

// stream is what a participant can send: sound, and a picture of an area.
type stream struct {
	audio         bool
	width, height int64 // 0 without a picture
}

// area returns the pixels of the picture; 0 without one.
func (s *stream) area() int64 { return s.width * s.height }

// size returns the picture's size as people write it.
func (s *stream) size() string {
	return strconv.FormatInt(s.width, 10) + times + strconv.FormatInt(s.height, 10)
}

// reception is whom a participant receives, never itself.
type reception struct {
	// nobody, others and audioOnly say what is left out: everything, the rest of
	// the own group, the pictures.
	nobody, others, audioOnly bool
	// group is the only group received, counted from 1; 0 for all.
	group int
}

// audioRule is a way to count the audio of those who receive video too.
type audioRule string

// The ways to count audio.
const (
	// audioWithoutVideo counts audio only while no video is received.
	audioWithoutVideo audioRule = "without_video"
	// audioBesidesVideo counts it also while video is received, if anybody is
	// received without video. However many these are, it is counted once.
	audioBesidesVideo audioRule = "besides_video"
)

var audioRules = []audioRule{audioWithoutVideo, audioBesidesVideo}

// The facts of every room, by position. After them come the audio rule, where a
// product has two, and the product's tasks.
const (
	participantsFact = iota
	minutesFact
	sessionsFact
	firstOwnFact
)

// The fields of a row of participants, by position.
const (
	peopleField = iota
	sendsField
	screenField
	receivesField
)

// roomFact is what is asked of a room, or of a row of its participants.
type roomFact struct {
	id   string
	kind Kind
	file *roomFactFile
}

// facts returns the facts of rooms and the fields of participants, as the file has
// them.
func (raw *roomsFile) facts() []roomFact {
	f := &raw.Facts
	return []roomFact{
		{"participants", KindRows, &f.Participants},
		{"people", KindCount, &f.People},
		{"sends", KindChoice, &f.Sends},
		{"screen", KindChoice, &f.Screen},
		{"receives", KindChoice, &f.Receives},
		{"session_minutes", KindCount, &f.SessionMinutes},
		{"sessions", KindCount, &f.Sessions},
		{"audio_rule", KindChoice, &f.AudioRule},
	}
}

// input returns the fact as the format of price books has it.
func (f *roomFact) input() *inputFile {
	return &inputFile{
		ID: f.id, Kind: f.kind, Name: f.file.Name, Help: f.file.Help, Unit: f.file.Unit,
		Default: f.file.Default, Minimum: f.file.Minimum, Maximum: f.file.Maximum,
	}
}

// compile makes what a valid file says.
func (raw *roomsFile) compile() *rooms {
	out := &rooms{examples: raw.Examples}
	choices := map[string][]Choice{}
	for _, s := range raw.Sends {
		out.sends = append(out.sends, stream{audio: s.Audio, width: s.Width, height: s.Height})
		choices["sends"] = append(choices["sends"], Choice{ID: s.ID, Name: s.Name})
	}
	for _, s := range raw.Screens {
		out.screens = append(out.screens, stream{width: s.Width, height: s.Height})
		choices["screen"] = append(choices["screen"], Choice{ID: s.ID, Name: s.Name})
	}
	for _, r := range raw.Receives {
		out.receives = append(out.receives, reception{nobody: r.Nobody, others: r.Others, audioOnly: r.AudioOnly, group: r.Group})
		choices["receives"] = append(choices["receives"], Choice{ID: r.ID, Name: r.Name, Row: r.Group})
	}
	for _, rule := range audioRules {
		choices["audio_rule"] = append(choices["audio_rule"], Choice{ID: string(rule), Name: raw.AudioRules[rule]})
	}
	inputs := map[string]Input{}
	for _, f := range raw.facts() {
		in := compileInput(f.input())
		if f.kind == KindChoice {
			in.Choices, in.Maximum = choices[f.id], int64(len(choices[f.id]))-1
		}
		inputs[f.id] = in
	}
	participants := inputs["participants"]
	participants.Lettered = true
	participants.Fields = []Input{
		peopleField: inputs["people"], sendsField: inputs["sends"], screenField: inputs["screen"], receivesField: inputs["receives"],
	}
	out.facts = []Input{participantsFact: participants, minutesFact: inputs["session_minutes"], sessionsFact: inputs["sessions"]}
	out.audioRule = inputs["audio_rule"]
	return out
}

// audioRuleFact asks which of a product's ways to count audio holds.
func (r *rooms) audioRuleFact(rules []audioRule) Input {
	in := r.audioRule.clone()
	in.Choices = nil
	for _, rule := range rules {
		if at := slices.Index(audioRules, rule); at >= 0 {
			in.Choices = append(in.Choices, r.audioRule.Choices[at])
		}
	}
	in.Maximum = int64(len(in.Choices)) - 1
	return in
}

// largestPicture returns the largest area that a participant can send.
func (r *rooms) largestPicture() int64 {
	largest := int64(0)
	for _, s := range slices.Concat(r.sends, r.screens) {
		largest = max(largest, s.area())
	}
	return largest
}

// addExamples gives the facts of a room the rooms to start from.
func (r *rooms) addExamples(b *Book) {
	in := &b.Inputs[participantsFact]
	for _, e := range r.examples {
		u := b.NewUsage()
		u.values[minutesFact], u.values[sessionsFact] = e.SessionMinutes, e.Sessions
		for _, g := range e.Participants {
			row := newRow(in)
			row[peopleField] = g.People
			for field, id := range map[int]string{sendsField: g.Sends, screenField: g.Screen, receivesField: g.Receives} {
				row[field] = int64(in.Fields[field].choice(id))
			}
			u.rows[participantsFact] = append(u.rows[participantsFact], row)
		}
		b.Examples = append(b.Examples, Example{ID: e.ID, Name: e.Name, Usage: u})
	}
}
