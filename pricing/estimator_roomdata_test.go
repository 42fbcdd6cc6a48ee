package pricing

import (
	"errors"
	"strings"
	"testing"
)

// Each fault of the file is refused with its place and its reason.
func TestRoomsFileIsStrict(t *testing.T) {
	const good = "rooms.yaml"
	if _, err := decodeRooms(good, roomsData); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ old, new, at, want string }{
		{"audio: true, width: 640, height: 360}", "sound: true, width: 640, height: 360}", "{id: video_640x360", `unknown key "sound"`},
		{"facts:\n", "facts:\n  microphone: {}\n", "  microphone:", `unknown key "microphone"`},
		{`name: {en: "People", zh: "人数"}`, `name: {en: "People"}`, `name: {en: "People"}`, "the Chinese text is missing"},
		{"default: 60", "default: 0", "default: 0", "0"},
		{"  sends:\n", "  sends:\n    maximum: 9\n", "    maximum: 9", "sends is no count"},
		{"width: 640, height: 360", "width: 640", "{id: video_640x360", "a picture has a width and a height"},
		{"width: 3840, height: 2160}\n\n#", "width: 3840, height: 200000}\n\n#", "{id: video_3840x2160", "from 1 to 100000"},
		{"{id: audio, name", "{id: nothing, name", `{id: nothing, name: {en: "Audio"`, "there are two choices nothing"},
		{"{id: none, name: {en: \"No\", zh: \"不共享\"}}", "{id: none, name: {en: \"No\", zh: \"不共享\"}, audio: true}", "{id: none", "a screen is a picture without sound"},
		{"nobody: true}", "nobody: true, others: true}", "{id: nobody", "only one thing is left out"},
		{"group: 8}", "group: 51}", "{id: group_h", "a group is counted from 1 to 50"},
		{"without_video: {en", "with_video: {en", "with_video:", `not "with_video"`},
		{"sessions: 3000", "sessions: -1", "sessions: -1", "-1 is not from 0 to 1000000000000"},
		{"session_minutes: 10\n", "session_minutes: 0\n", "session_minutes: 0", "0 is not from 1 to 44640"},
		{"{people: 2, sends: video_640x360", "{people: 2, sends: video_8k", "{people: 2, sends: video_8k", `there is no choice "video_8k"`},
		{"{people: 6, sends: video_640x360, screen: none", "{people: 6, sends: video_640x360, screen: all", "{people: 6", `there is no choice "all"`},
		{"{people: 8, sends: audio, screen: none, receives: everyone}", "{people: 8, sends: audio, screen: none, receives: group_c}", "{people: 8", "there is no group C in this room"},
		{"id: voice-room", "id: live", "id: live\n    name: {en: \"Voice", "there are two examples live"},
	} {
		text := strings.Replace(string(roomsData), tt.old, tt.new, 1)
		line := 1 + strings.Count(text[:max(strings.Index(text, tt.at), 0)], "\n")
		if text == string(roomsData) || !strings.Contains(text, tt.at) {
			t.Errorf("%q in the place of %q changes nothing", tt.new, tt.old)
			continue
		}
		var faults BookErrors
		if _, err := decodeRooms(good, []byte(text)); !errors.As(err, &faults) {
			t.Errorf("%q: got %v, want %q", tt.new, err, tt.want)
			continue
		}
		found := false
		for _, f := range faults {
			found = found || f.File == good && f.Line == line && strings.Contains(f.Reason, tt.want)
		}
		if !found {
			t.Errorf("%q: got %v, want %q in line %d", tt.new, faults, tt.want, line)
		}
	}
}
