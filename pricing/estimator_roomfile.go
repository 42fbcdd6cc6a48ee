package pricing

import (
	"fmt"
	"math"
	"regexp"
	"slices"
)

// roomFile is how a product meters a room, as planning data writes it.
type roomFile struct {
	// Metering is per_stream or per_user.
	Metering string `yaml:"metering"`
	// Audio are the ways to count audio that the product offers, one or two.
	Audio []audioRule `yaml:"audio"`
	// ScreensJoin says that a shared screen is in the room as a participant of
	// its own, which receives nothing. Optional.
	ScreensJoin bool           `yaml:"screens_join"`
	Tiers       []roomTierFile `yaml:"tiers"`
	// Minutes are the inputs for minutes received, by tier and for audio.
	Minutes map[string]string `yaml:"minutes"`
	Tasks   []roomTaskFile    `yaml:"tasks"` // optional

	rooms *rooms // what the rooms of every product are made of
}

// roomTierFile is a class of pictures up to an area; without width and height it
// has those of any area.
type roomTierFile struct {
	ID     string `yaml:"id"`
	Width  *int64 `yaml:"width"`  // optional
	Height *int64 `yaml:"height"` // optional
}

// roomTaskFile is a task that can run in a room, such as recording: a fact, and
// what its choices do. The first choice does nothing.
type roomTaskFile struct {
	ID      string         `yaml:"id"`
	Name    Text           `yaml:"name"`
	Help    Text           `yaml:"help"`
	Choices []roomWorkFile `yaml:"choices"`
}

type roomWorkFile struct {
	ID   string `yaml:"id"`
	Name Text   `yaml:"name"`
	// Takes is streams (all that is sent) or audio (the sound of all who send).
	Takes string `yaml:"takes"` // for choices but the first
	// AudioStreams says how streams without a picture count.
	AudioStreams string `yaml:"audio_streams"` // with takes: streams
	// Minutes are the inputs for minutes taken, by tier and for audio.
	Minutes map[string]string `yaml:"minutes"` // for choices but the first
}

// The words of room files.
const (
	perStream = "per_stream"
	perUser   = "per_user"

	takesStreams = "streams"
	takesAudio   = "audio"

	audioEach                 = "each"
	audioTogether             = "together"
	audioTogetherWithoutVideo = "together_without_video"

	// audioMinutes is the place of audio among the minutes by tier.
	audioMinutes = "audio"
)

// tierID is the id of a tier; it may begin with a digit, such as 4k.
var tierID = regexp.MustCompile(`^[a-z0-9]+$`)

var (
	meterings        = []string{perStream, perUser}
	takes            = []string{takesStreams, takesAudio}
	audioStreamRules = []string{audioEach, audioTogether, audioTogetherWithoutVideo}
)

func (v *planningValidation) room(p []any, r *roomFile) {
	if !slices.Contains(meterings, r.Metering) {
		v.at(under(p, "metering"), "metering is %s, not %q", oneOf(meterings), r.Metering)
	}
	if len(r.Audio) == 0 {
		v.at(under(p, "audio"), "a room says how audio is counted: %s", oneOf(audioRules))
	}
	for i, rule := range r.Audio {
		switch {
		case !slices.Contains(audioRules, rule):
			v.at(under(p, "audio", i), "audio is counted %s, not %q", oneOf(audioRules), rule)
		case slices.Contains(r.Audio[:i], rule):
			v.at(under(p, "audio", i), "%s is named twice", rule)
		case rule == audioBesidesVideo && r.Metering == perUser:
			v.at(under(p, "audio", i), "%s counts each user once, so not %s", perUser, rule)
		}
	}
	v.tiers(under(p, "tiers"), r)
	v.minutes(under(p, "minutes"), r.Minutes, r.tierNames())
	seen := map[string]bool{}
	for _, in := range r.rooms.facts {
		seen[in.ID] = true
		v.factID(p, in.ID)
	}
	rule := r.rooms.audioRule.ID
	seen[rule] = true
	v.factID(p, rule)
	for i := range r.Tasks {
		v.task(under(p, "tasks", i), &r.Tasks[i], r, seen)
	}
}

// tiers checks that every picture is of one tier.
func (v *planningValidation) tiers(p []any, r *roomFile) {
	seen, last := map[string]bool{audioMinutes: true}, int64(0)
	for i, t := range r.Tiers {
		tp := under(p, i)
		v.id(tp, "tier", t.ID, tierID, seen)
		area := t.area()
		switch {
		case (t.Width == nil) != (t.Height == nil) || t.Width == nil && i < len(r.Tiers)-1:
			v.at(tp, "a tier has a width and a height; only the last can be without both")
		case t.Width != nil && (*t.Width < 1 || *t.Height < 1 || max(*t.Width, *t.Height) > maxSide):
			v.at(tp, "width and height are whole numbers from 1 to %d", int64(maxSide))
		case area <= last:
			v.at(tp, "the tiers do not rise in area: %d follows %d", area, last)
		}
		last = area
	}
	if largest := r.rooms.largestPicture(); last < largest || r.Metering == perUser && last != unlimitedArea {
		v.at(p, "there is no tier for the largest pictures: one picture has up to %d pixels, the pictures of a user together can have any number", largest)
	}
}

// maxSide bounds the sides of a picture in a tier.
const maxSide = 100_000

// unlimitedArea is the area of a tier that has pictures of any.
const unlimitedArea = math.MaxInt64

func (t *roomTierFile) area() int64 {
	if t.Width == nil || t.Height == nil {
		return unlimitedArea
	}
	return timesCapped(max(*t.Width, 0), max(*t.Height, 0))
}

// size returns the largest picture of the tier as people write it; nothing where
// any is of it.
func (t *roomTierFile) size() string {
	if t.Width == nil || t.Height == nil {
		return ""
	}
	return (&stream{width: *t.Width, height: *t.Height}).size()
}

// tierNames returns the names of the minutes of a room: audio, then the tiers.
func (r *roomFile) tierNames() []string {
	names := []string{audioMinutes}
	for _, t := range r.Tiers {
		names = append(names, t.ID)
	}
	return names
}

// minutes checks that there is an input for each name and for no other.
func (v *planningValidation) minutes(p []any, inputs map[string]string, names []string) {
	for _, name := range names {
		if id, ok := inputs[name]; ok {
			v.target(under(p, name), targetName{input: id})
		} else {
			v.at(p, "there is no input for minutes of %s", name)
		}
	}
	for name := range inputs {
		if !slices.Contains(names, name) {
			v.at(under(p, name), "%s is not one of the minutes, which are those of %s", name, oneOf(names))
		}
	}
}

func (v *planningValidation) task(p []any, t *roomTaskFile, r *roomFile, seen map[string]bool) {
	v.id(p, "task", t.ID, wordID, seen)
	v.factID(p, t.ID)
	v.text(under(p, "name"), t.Name)
	v.text(under(p, "help"), t.Help)
	choices := map[string]bool{}
	if len(t.Choices) < 2 {
		v.at(under(p, "choices"), "a task has a first choice that does nothing, and others")
	}
	for i := range t.Choices {
		w, wp := &t.Choices[i], under(p, "choices", i)
		v.id(wp, "choice", w.ID, choiceID, choices)
		v.text(under(wp, "name"), w.Name)
		switch {
		case i == 0:
			if w.Takes != "" || w.AudioStreams != "" || w.Minutes != nil {
				v.at(wp, "the first choice of a task does nothing")
			}
		case w.Takes == takesAudio:
			if w.AudioStreams != "" {
				v.at(wp, "audio_streams goes with takes: %s", takesStreams)
			}
			v.minutes(under(wp, "minutes"), w.Minutes, []string{audioMinutes})
		case w.Takes == takesStreams:
			if !slices.Contains(audioStreamRules, w.AudioStreams) {
				v.at(under(wp, "audio_streams"), "audio_streams is %s, not %q", oneOf(audioStreamRules), w.AudioStreams)
			}
			v.minutes(under(wp, "minutes"), w.Minutes, r.tierNames())
		default:
			v.at(under(wp, "takes"), "takes is %s, not %q", oneOf(takes), w.Takes)
		}
	}
}

// targets returns the inputs that the room yields: those for minutes received,
// then those of the tasks.
func (r *roomFile) targets() []targetName {
	var names []targetName
	add := func(inputs map[string]string) {
		for _, tier := range r.tierNames() {
			if id, ok := inputs[tier]; ok && !slices.Contains(names, targetName{input: id}) {
				names = append(names, targetName{input: id})
			}
		}
	}
	add(r.Minutes)
	for _, t := range r.Tasks {
		for _, w := range t.Choices {
			add(w.Minutes)
		}
	}
	return names
}

// facts returns the facts of the room: those of every room, the audio rule if
// there are two, and the tasks.
func (r *roomFile) facts() []Input {
	var facts []Input
	for i := range r.rooms.facts {
		facts = append(facts, r.rooms.facts[i].clone())
	}
	if len(r.Audio) > 1 {
		facts = append(facts, r.rooms.audioRuleFact(r.Audio))
	}
	for _, t := range r.Tasks {
		in := Input{ID: t.ID, Kind: KindChoice, Name: t.Name, Help: t.Help, Maximum: int64(len(t.Choices)) - 1}
		for _, w := range t.Choices {
			in.Choices = append(in.Choices, Choice{ID: w.ID, Name: w.Name})
		}
		facts = append(facts, in)
	}
	return facts
}

// compile makes the rule of a valid room.
func (r *roomFile) compile() *room {
	names := r.targets()
	targets := func(inputs map[string]string) []int {
		var at []int
		for _, tier := range r.tierNames() {
			if id, ok := inputs[tier]; ok {
				at = append(at, slices.Index(names, targetName{input: id}))
			}
		}
		return at
	}
	out := &room{
		rooms:   r.rooms,
		perUser: r.Metering == perUser, screensJoin: r.ScreensJoin, audio: r.Audio,
		minutes: targets(r.Minutes), firstTask: firstOwnFact,
	}
	if len(r.Audio) > 1 {
		out.firstTask++
	}
	for _, t := range r.Tiers {
		out.tiers, out.sizes = append(out.tiers, t.area()), append(out.sizes, t.size())
	}
	for _, t := range r.Tasks {
		var works []roomWork
		for _, w := range t.Choices {
			works = append(works, roomWork{
				name: Text{
					EN: fmt.Sprintf("“%s: %s”", t.Name.EN, w.Name.EN),
					ZH: fmt.Sprintf("“%s：%s”", t.Name.ZH, w.Name.ZH),
				},
				audioOnly: w.Takes == takesAudio, audioStreams: w.AudioStreams, minutes: targets(w.Minutes),
			})
		}
		out.tasks = append(out.tasks, works)
	}
	return out
}
