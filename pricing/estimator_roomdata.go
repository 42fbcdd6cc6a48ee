package pricing

import (
	_ "embed" // for the file
	"slices"
	"sync"
)

// roomsFile is what rooms are made of, as its YAML file writes it. Every key is
// required unless its comment says otherwise.
type roomsFile struct {
	Facts      roomFactsFile      `yaml:"facts"`
	Sends      []streamFile       `yaml:"sends"`
	Screens    []streamFile       `yaml:"screens"`
	Receives   []receptionFile    `yaml:"receives"`
	AudioRules map[audioRule]Text `yaml:"audio_rules"`
	Examples   []roomExampleFile  `yaml:"examples"`
}

// roomFactsFile is what is asked of a room, by the ids of the facts and of the
// fields of participants.
type roomFactsFile struct {
	Participants   roomFactFile `yaml:"participants"`
	People         roomFactFile `yaml:"people"`
	Sends          roomFactFile `yaml:"sends"`
	Screen         roomFactFile `yaml:"screen"`
	Receives       roomFactFile `yaml:"receives"`
	SessionMinutes roomFactFile `yaml:"session_minutes"`
	Sessions       roomFactFile `yaml:"sessions"`
	AudioRule      roomFactFile `yaml:"audio_rule"`
}

// roomFactFile has the words of a fact, and for a count what it can be.
type roomFactFile struct {
	Name    Text        `yaml:"name"`
	Help    Text        `yaml:"help"`
	Unit    Unit        `yaml:"unit"`    // for a count
	Default *scalarFile `yaml:"default"` // optional: 0
	Minimum *int64      `yaml:"minimum"` // optional, for a count
	Maximum *int64      `yaml:"maximum"` // optional, for a count
}

// streamFile is something that a participant can send; without width and height it
// has no picture.
type streamFile struct {
	ID     string `yaml:"id"`
	Name   Text   `yaml:"name"`
	Audio  bool   `yaml:"audio"`  // optional
	Width  int64  `yaml:"width"`  // optional
	Height int64  `yaml:"height"` // optional
}

// receptionFile is whom a participant receives: everybody else, but for what one
// of the last four leaves out.
type receptionFile struct {
	ID        string `yaml:"id"`
	Name      Text   `yaml:"name"`
	Nobody    bool   `yaml:"nobody"`     // optional
	Others    bool   `yaml:"others"`     // optional
	AudioOnly bool   `yaml:"audio_only"` // optional
	Group     int    `yaml:"group"`      // optional
}

// roomExampleFile is a room to start from.
type roomExampleFile struct {
	ID             string            `yaml:"id"`
	Name           Text              `yaml:"name"`
	SessionMinutes int64             `yaml:"session_minutes"`
	Sessions       int64             `yaml:"sessions"`
	Participants   []participantFile `yaml:"participants"`
}

type participantFile struct {
	People   int64  `yaml:"people"`
	Sends    string `yaml:"sends"`
	Screen   string `yaml:"screen"`
	Receives string `yaml:"receives"`
}

//go:embed rooms.yaml
var roomsData []byte

// embeddedRooms returns what rooms are made of, which is read once.
var embeddedRooms = sync.OnceValues(func() (*rooms, error) { return decodeRooms("rooms.yaml", roomsData) })

// decodeRooms reads and validates what rooms are made of. The file name appears in
// errors only. The error is a [BookErrors] with every fault that could be found.
func decodeRooms(file string, data []byte) (*rooms, error) {
	d := &decoder{file: file}
	var raw roomsFile
	if d.load(data, &raw) {
		v := &roomsValidation{&validation{decoder: d}}
		v.all(&raw)
	}
	if err := d.err(); err != nil {
		return nil, err
	}
	return raw.compile(), nil
}

// roomsValidation is the state of validating what rooms are made of.
type roomsValidation struct{ *validation }

func (v *roomsValidation) all(raw *roomsFile) {
	for _, f := range raw.facts() {
		p := steps("facts", f.id)
		v.text(under(p, "name"), f.file.Name)
		v.text(under(p, "help"), f.file.Help)
		if f.kind == KindCount {
			v.count(p, f.input())
		} else if f.file.Unit != (Unit{}) || f.file.Default != nil || f.file.Minimum != nil || f.file.Maximum != nil {
			v.at(p, "%s is no count: it has a name and a help text", f.id)
		}
	}
	v.streams("sends", raw.Sends)
	v.streams("screens", raw.Screens)
	for i, s := range raw.Screens {
		if s.Audio {
			v.at(steps("screens", i, "audio"), "a screen is a picture without sound")
		}
	}
	v.receptions(raw.Receives)
	for _, rule := range audioRules {
		v.text(steps("audio_rules", string(rule)), raw.AudioRules[rule])
	}
	for rule := range raw.AudioRules {
		if !slices.Contains(audioRules, rule) {
			v.at(steps("audio_rules", string(rule)), "audio is counted %s, not %q", oneOf(audioRules), rule)
		}
	}
	v.examples(raw)
}

func (v *roomsValidation) streams(key string, all []streamFile) {
	seen := map[string]bool{}
	if len(all) == 0 {
		v.at(steps(key), "there is nothing to choose from")
	}
	for i, s := range all {
		p := steps(key, i)
		v.id(p, "choice", s.ID, choiceID, seen)
		v.text(under(p, "name"), s.Name)
		if (s.Width == 0) != (s.Height == 0) || min(s.Width, s.Height) < 0 || max(s.Width, s.Height) > maxSide {
			v.at(p, "a picture has a width and a height from 1 to %d", int64(maxSide))
		}
	}
}

func (v *roomsValidation) receptions(all []receptionFile) {
	seen := map[string]bool{}
	if len(all) == 0 {
		v.at(steps("receives"), "there is nothing to choose from")
	}
	for i, r := range all {
		p := steps("receives", i)
		v.id(p, "choice", r.ID, choiceID, seen)
		v.text(under(p, "name"), r.Name)
		leaves := 0
		for _, out := range []bool{r.Nobody, r.Others, r.AudioOnly, r.Group != 0} {
			if out {
				leaves++
			}
		}
		if leaves > 1 {
			v.at(p, "only one thing is left out: nobody, others, audio_only, or all groups but one")
		}
		if r.Group < 0 || r.Group > MaxRows {
			v.at(under(p, "group"), "a group is counted from 1 to %d", MaxRows)
		}
	}
}

func (v *roomsValidation) examples(raw *roomsFile) {
	seen := map[string]bool{}
	for i, e := range raw.Examples {
		p := steps("examples", i)
		v.id(p, "example", e.ID, kebabID, seen)
		v.text(under(p, "name"), e.Name)
		v.within(under(p, "session_minutes"), e.SessionMinutes, &raw.Facts.SessionMinutes)
		v.within(under(p, "sessions"), e.Sessions, &raw.Facts.Sessions)
		if len(e.Participants) == 0 || len(e.Participants) > MaxRows {
			v.at(under(p, "participants"), "a room has 1 to %d rows of participants", MaxRows)
		}
		for j, g := range e.Participants {
			gp := under(p, "participants", j)
			v.within(under(gp, "people"), g.People, &raw.Facts.People)
			v.named(under(gp, "sends"), g.Sends, slices.ContainsFunc(raw.Sends, func(s streamFile) bool { return s.ID == g.Sends }))
			v.named(under(gp, "screen"), g.Screen, slices.ContainsFunc(raw.Screens, func(s streamFile) bool { return s.ID == g.Screen }))
			at := slices.IndexFunc(raw.Receives, func(r receptionFile) bool { return r.ID == g.Receives })
			v.named(under(gp, "receives"), g.Receives, at >= 0)
			if at >= 0 && raw.Receives[at].Group > len(e.Participants) {
				v.at(under(gp, "receives"), "there is no group %s in this room", RowLetter(raw.Receives[at].Group-1))
			}
		}
	}
}

// within checks a number of an example.
func (v *roomsValidation) within(p []any, n int64, f *roomFactFile) {
	in := inputFile{Minimum: f.Minimum, Maximum: f.Maximum}
	if low, high := in.bounds(); n < low || n > high {
		v.at(p, "%d is not from %d to %d", n, low, high)
	}
}

func (v *roomsValidation) named(p []any, id string, known bool) {
	if !known {
		v.at(p, "there is no choice %q", id)
	}
}
