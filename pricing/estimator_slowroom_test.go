package pricing

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// slowRoom meters a room person by person, by the words of the rules, from the
// ids of the choices. It shares nothing with the rule of the program.
type slowRoom struct {
	perUser, besides bool
	people           []slowPerson
	minutes          map[string]int64
}

type slowPerson struct {
	group           int
	sends, screen   string
	receives        string
	robotOfAudio    bool
	robot, isScreen bool
}

// pixels reads the size out of "video_640x360".
func pixels(choice string) int64 {
	var width, height int64
	_, size, _ := strings.Cut(choice, "_")
	if n, _ := fmt.Sscanf(size, "%dx%d", &width, &height); n != 2 {
		return 0
	}
	return width * height
}

func (r *slowRoom) tier(area int64) string {
	switch {
	case area <= 640*480:
		return "sd"
	case area <= 1280*720:
		return "hd"
	case area <= 1920*1080:
		return "fhd"
	case area <= 2560*1440:
		return "2k"
	default:
		return "4k"
	}
}

// receives reports whether person i receives what person j sends.
func (r *slowRoom) receives(i, j int) bool {
	a, b := r.people[i], r.people[j]
	switch {
	case i == j || a.isScreen || b.robot || b.isScreen:
		return false
	case a.robot:
		return true
	case a.receives == "everyone" || a.receives == "audio_only":
		return true
	case a.receives == "other_groups":
		return a.group != b.group
	case strings.HasPrefix(a.receives, "group_"):
		return a.receives == "group_"+string(rune('a'+b.group))
	default:
		return false
	}
}

// meter adds the minute that a person is in the room.
func (r *slowRoom) meter(i int) {
	var areas []int64
	sound := false
	p := r.people[i]
	for j, other := range r.people {
		if !r.receives(i, j) {
			continue
		}
		if deaf := p.robotOfAudio || p.receives == "audio_only"; deaf {
			sound = sound || other.sends != "nothing"
			continue
		}
		if a := pixels(other.sends); a > 0 {
			areas = append(areas, a)
		} else if other.sends == "audio" {
			sound = true
		}
		if a := pixels(other.screen); a > 0 {
			areas = append(areas, a)
		}
	}
	sum := int64(0)
	for _, a := range areas {
		sum += a
		if !r.perUser {
			r.minutes["av_"+r.tier(a)+"_minutes"]++
		}
	}
	if r.perUser && sum > 0 {
		r.minutes["av_"+r.tier(sum)+"_minutes"]++
	}
	if len(areas) == 0 || (r.besides && sound) {
		r.minutes["av_audio_minutes"]++
	}
}

// take adds the minute that a task takes, with its robot.
func (r *slowRoom) take(prefix string, alone, together bool) {
	voices, areas := 0, 0
	for _, p := range r.people {
		if p.robot || p.isScreen {
			continue
		}
		for _, picture := range []string{p.sends, p.screen} {
			if a := pixels(picture); a > 0 {
				areas++
				r.minutes[prefix+r.tier(a)+"_minutes"]++
			}
		}
		if p.sends == "audio" {
			voices++
		}
	}
	if voices > 1 && (together || (alone && areas == 0)) {
		voices = 1
	}
	if voices > 0 {
		audio := prefix + "audio_minutes"
		if strings.HasPrefix(prefix, "transcode") {
			audio = "transcode_audio_minutes"
		}
		r.minutes[audio] += int64(voices)
	}
	if voices+areas > 0 {
		r.people = append(r.people, slowPerson{robot: true})
		r.meter(len(r.people) - 1)
	}
}

func (r *slowRoom) recognise(engine string) {
	heard := int64(0)
	for _, p := range r.people {
		if !p.robot && !p.isScreen && p.sends != "nothing" {
			heard++
		}
	}
	if heard > 0 {
		r.minutes["stt_"+engine+"_minutes"] += heard
		r.people = append(r.people, slowPerson{robot: true, robotOfAudio: true})
		r.meter(len(r.people) - 1)
	}
}

// chosen returns the id of the choice that a fact has; empty if it is not asked.
func chosen(facts *Usage, id string) string {
	in, ok := facts.book.Input(id)
	if !ok {
		return ""
	}
	return in.Choices[facts.Count(in)].ID
}

func slowDerive(e *Estimator, facts *Usage) map[string]int64 {
	r := &slowRoom{
		perUser: e.book.Product == "easemob-im", besides: chosen(facts, "audio_rule") == "besides_video",
		minutes: map[string]int64{},
	}
	in, _ := facts.book.Input("participants")
	for group, row := range facts.Rows(in) {
		word := func(field string) string {
			f := in.field(field)
			return in.Fields[f].Choices[row[f]].ID
		}
		for range row[in.field("people")] {
			r.people = append(r.people, slowPerson{group: group, sends: word("sends"), screen: word("screen"), receives: word("receives")})
		}
	}
	for _, p := range r.people {
		if pixels(p.screen) > 0 && !r.perUser {
			r.people = append(r.people, slowPerson{isScreen: true})
		}
	}
	for i := range r.people {
		r.meter(i)
	}
	if record := chosen(facts, "record"); record != "" && record != "none" {
		r.take("record_"+record+"_", false, record == "mixed")
	}
	if transcode := chosen(facts, "transcode"); transcode != "" && transcode != "none" {
		r.take("transcode_"+transcode+"_", true, false)
	}
	if engine := chosen(facts, "speech_to_text"); engine != "" && engine != "none" {
		r.recognise(engine)
	}
	minutes, _ := facts.book.Input("session_minutes")
	sessions, _ := facts.book.Input("sessions")
	for id := range r.minutes {
		if r.minutes[id] *= facts.Count(minutes) * facts.Count(sessions); r.minutes[id] == 0 {
			delete(r.minutes, id)
		}
	}
	return r.minutes
}

func TestRoomEqualsPeopleMeteredOneByOne(t *testing.T) {
	for _, product := range []string{"tencent-trtc", "easemob-im"} {
		e := estimatorOf(t, product, "room")
		t.Run(product, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				facts := drawRoom(t, e.Facts)
				d, faults := e.Derive(facts)
				if faults != nil {
					t.Fatal(faults[0])
				}
				if got, want := yielded(d), slowDerive(e, facts); !maps.Equal(got, want) {
					t.Fatalf("got %v, one by one %v\n%s", got, want, stepText(d))
				}
				checkSteps(t, d)
			})
		})
	}
}

func drawRoom(t *rapid.T, facts *Book) *Usage {
	u := facts.NewUsage()
	groups := rapid.IntRange(0, 4).Draw(t, "groups")
	for i := range facts.Inputs {
		in := &facts.Inputs[i]
		switch in.Kind {
		case KindRows:
			for range groups {
				row := newRow(in)
				for j := range in.Fields {
					row[j] = rapid.Int64Range(0, min(in.Fields[j].Maximum, 7)).Draw(t, in.Fields[j].ID)
					if id := in.Fields[j].ID; id == "receives" {
						named := rapid.SampledFrom(roomReceptions(groups)).Draw(t, id)
						row[j] = int64(in.Fields[j].choice(named))
					}
				}
				u.rows[i] = append(u.rows[i], row)
			}
		case KindCount:
			u.values[i] = rapid.Int64Range(in.Minimum, 50).Draw(t, in.ID)
		default:
			u.values[i] = rapid.Int64Range(0, in.Maximum).Draw(t, in.ID)
		}
	}
	return u
}

// roomReceptions are the receptions that a room of so many groups can have.
func roomReceptions(groups int) []string {
	ids := []string{"everyone", "everyone", "other_groups", "audio_only", "nobody"}
	for i := range groups {
		ids = append(ids, "group_"+string(rune('a'+i)))
	}
	return ids
}

// checkSteps checks that the steps make up the yields, and that the formula of
// each gives its quantity.
func checkSteps(t fataler, d *Derivation) {
	sums := map[*Input]int64{}
	for _, s := range d.Steps {
		if s.Adds != nil {
			sums[s.Adds] += s.Quantity
		}
		if s.Text.EN == "" || s.Text.ZH == "" {
			t.Fatalf("a step without text: %+v", s)
		}
		left, right, _ := strings.Cut(strings.ReplaceAll(s.Formula, ",", ""), " = ")
		if right != fmt.Sprint(s.Quantity) || calculated(left) != s.Quantity {
			t.Fatalf("the formula %s is not that of %d", s.Formula, s.Quantity)
		}
	}
	for _, y := range d.Yields {
		counted := y.Input
		if y.Field != nil {
			counted = y.Field
		}
		if sums[counted] != y.Quantity {
			t.Fatalf("%s is %d, its steps add up to %d", counted.ID, y.Quantity, sums[counted])
		}
	}
}

// calculated works a formula out: a sum of products, or one product divided and
// rounded up.
func calculated(formula string) int64 {
	inner, rounded := strings.CutPrefix(formula, "⌈")
	inner = strings.TrimSuffix(inner, "⌉")
	product, by, _ := strings.Cut(inner, " ÷ ")
	sum := int64(0)
	for _, part := range strings.Split(product, " + ") {
		factors := int64(1)
		for _, text := range strings.Split(part, " × ") {
			var n int64
			if _, err := fmt.Sscan(text, &n); err != nil {
				return -1
			}
			factors *= n
		}
		sum += factors
	}
	if rounded {
		var n int64
		if _, err := fmt.Sscan(by, &n); err != nil {
			return -1
		}
		sum = (sum + n - 1) / n
	}
	return sum
}
