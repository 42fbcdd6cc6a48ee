package pricing

import "strconv"

// The facts of a room are the same for every product, so that one room can be
// priced by the rule of each. What a product adds are its tasks, such as
// recording. The value of a choice is its place in the tables below.

// stream is what a participant can send: sound, and a picture of an area.
type stream struct {
	choice        Choice
	audio         bool
	width, height int64 // 0 without a picture
}

// area returns the pixels of the picture; 0 without one.
func (s *stream) area() int64 { return s.width * s.height }

// size returns the picture's size as people write it.
func (s *stream) size() string {
	return strconv.FormatInt(s.width, 10) + times + strconv.FormatInt(s.height, 10)
}

// sent are the choices of what a participant sends. All video has its sound
// with it.
var sent = []stream{
	{choice: Choice{ID: "nothing", Name: Text{EN: "Nothing", ZH: "不发送"}}},
	{choice: Choice{ID: "audio", Name: Text{EN: "Audio", ZH: "语音"}}, audio: true},
	video("video_640x360", "Video 640 × 360", "视频 640 × 360", 640, 360),
	video("video_640x480", "Video 640 × 480 (SD)", "视频 640 × 480（标清）", 640, 480),
	video("video_1280x720", "Video 1280 × 720 (HD)", "视频 1280 × 720（高清）", 1280, 720),
	video("video_1920x1080", "Video 1920 × 1080 (full HD)", "视频 1920 × 1080（全高清）", 1920, 1080),
	video("video_2560x1440", "Video 2560 × 1440 (2K)", "视频 2560 × 1440（2K）", 2560, 1440),
	video("video_3840x2160", "Video 3840 × 2160 (4K)", "视频 3840 × 2160（4K）", 3840, 2160),
}

func video(id, en, zh string, width, height int64) stream {
	return stream{choice: Choice{ID: id, Name: Text{EN: en, ZH: zh}}, audio: true, width: width, height: height}
}

// shared are the choices of the screen that each participant of a group shares
// beside what it sends: a picture of its own, without sound.
var shared = []stream{
	{choice: Choice{ID: "none", Name: Text{EN: "No", ZH: "不共享"}}},
	screen("screen_1280x720", "1280 × 720 (HD)", "1280 × 720（高清）", 1280, 720),
	screen("screen_1920x1080", "1920 × 1080 (full HD)", "1920 × 1080（全高清）", 1920, 1080),
	screen("screen_2560x1440", "2560 × 1440 (2K)", "2560 × 1440（2K）", 2560, 1440),
	screen("screen_3840x2160", "3840 × 2160 (4K)", "3840 × 2160（4K）", 3840, 2160),
}

func screen(id, en, zh string, width, height int64) stream {
	return stream{choice: Choice{ID: id, Name: Text{EN: en, ZH: zh}}, width: width, height: height}
}

// reception is whom a participant receives, never itself.
type reception struct {
	choice Choice
	// nobody, others and audioOnly say what is left out: everything, the rest of
	// the own group, the pictures.
	nobody, others, audioOnly bool
	// group is the only group received, counted from 1; 0 for all.
	group int
}

// receptions are the choices of whom a participant receives.
var receptions = append([]reception{
	{choice: Choice{ID: "everyone", Name: Text{EN: "Everyone else", ZH: "其他所有人"}}},
	{choice: Choice{ID: "other_groups", Name: Text{EN: "The other groups", ZH: "其他各组"}}, others: true},
}, append(onlyGroups(), []reception{
	{choice: Choice{ID: "audio_only", Name: Text{EN: "Everyone else, audio only", ZH: "其他所有人，仅语音"}}, audioOnly: true},
	{choice: Choice{ID: "nobody", Name: Text{EN: "Nobody", ZH: "不接收"}}, nobody: true},
}...)...)

// namedGroups is how many groups can be the only one that somebody receives.
const namedGroups = 8

func onlyGroups() []reception {
	only := make([]reception, namedGroups)
	for i := range only {
		name := RowLetter(i)
		only[i] = reception{group: i + 1, choice: Choice{
			ID:   "group_" + string(rune('a'+i)),
			Name: Text{EN: "Only group " + name, ZH: "仅 " + name + " 组"},
			Row:  i + 1,
		}}
	}
	return only
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

var audioRuleChoices = map[audioRule]Choice{
	audioWithoutVideo: {ID: string(audioWithoutVideo), Name: Text{EN: "Only while no video is received", ZH: "仅在未接收视频时计语音"}},
	audioBesidesVideo: {ID: string(audioBesidesVideo), Name: Text{EN: "Besides video, for those received without video", ZH: "接收纯语音成员时，视频之外另计语音"}},
}

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

// The most people of a row, and the minutes of a month with 31 days.
const (
	maxPeople         = 1_000_000
	maxSessionMinutes = 31 * 24 * 60
)

// roomFacts returns the facts of every room.
func roomFacts() []Input {
	return []Input{
		participantsFact: {
			ID: "participants", Kind: KindRows, Maximum: MaxRows, Lettered: true,
			Name: Text{EN: "Participants", ZH: "房间成员"},
			Help: Text{
				EN: "One row per kind of participant; the first row is group A, the second group B, and so on.",
				ZH: "每种成员一行；第一行为 A 组，第二行为 B 组，依此类推。",
			},
			Fields: []Input{
				peopleField: {
					ID: "people", Kind: KindCount, Default: 1, Maximum: maxPeople,
					Name: Text{EN: "People", ZH: "人数"},
					Help: Text{EN: "How many of them are in one room.", ZH: "一个房间里有多少个这样的成员。"},
					Unit: Unit{One: "person", EN: "people", ZH: "人"},
				},
				sendsField: streamField("sends", sent,
					Text{EN: "Each sends", ZH: "每人发送"},
					Text{EN: "All the time. Video has its sound with it and is at the size others receive.", ZH: "全程发送；视频均带语音，按他人实际接收的分辨率填写。"}),
				screenField: streamField("screen", shared,
					Text{EN: "Each shares a screen", ZH: "每人共享屏幕"},
					Text{EN: "A second picture beside the camera, all the time.", ZH: "摄像头之外另发一路屏幕画面，全程共享。"}),
				receivesField: receivesInput(),
			},
		},
		minutesFact: {
			ID: "session_minutes", Kind: KindCount, Default: 60, Minimum: 1, Maximum: maxSessionMinutes,
			Name: Text{EN: "Minutes per session", ZH: "每场时长"},
			Help: Text{EN: "How long everybody is in the room.", ZH: "所有成员同时在房的时长。"},
			Unit: Unit{One: "minute", EN: "minutes", ZH: "分钟"},
		},
		sessionsFact: {
			ID: "sessions", Kind: KindCount, Default: 1, Maximum: MaxCount,
			Name: Text{EN: "Sessions per month", ZH: "每月场次"},
			Help: Text{EN: "Calls, classes or broadcasts of this kind in a month.", ZH: "每月有多少场这样的通话、课堂或直播。"},
			Unit: Unit{One: "session a month", EN: "sessions a month", ZH: "场/月"},
		},
	}
}

func streamField(id string, streams []stream, name, help Text) Input {
	in := Input{ID: id, Kind: KindChoice, Name: name, Help: help, Maximum: int64(len(streams)) - 1}
	for i := range streams {
		in.Choices = append(in.Choices, streams[i].choice)
	}
	return in
}

func receivesInput() Input {
	in := Input{
		ID: "receives", Kind: KindChoice, Maximum: int64(len(receptions)) - 1,
		Name: Text{EN: "Each receives", ZH: "每人接收"},
		Help: Text{EN: "Whom each of them receives, never themselves.", ZH: "每人接收谁的音视频；不会接收自己。"},
	}
	for i := range receptions {
		in.Choices = append(in.Choices, receptions[i].choice)
	}
	return in
}

// audioRuleFact asks which of a product's two ways to count audio holds.
func audioRuleFact(rules []audioRule) Input {
	in := Input{
		ID: "audio_rule", Kind: KindChoice, Maximum: int64(len(rules)) - 1,
		Name: Text{EN: "Audio is counted", ZH: "语音计量方式"},
		Help: Text{
			EN: "The source defines the one and computes its examples by the other.",
			ZH: "原文的定义与其示例的算法不一致，可任选其一。",
		},
	}
	for _, r := range rules {
		in.Choices = append(in.Choices, audioRuleChoices[r])
	}
	return in
}

// roomShape is a room to start from, by the ids of its choices.
type roomShape struct {
	id                string
	name              Text
	minutes, sessions int64
	groups            []shapeGroup
}

type shapeGroup struct {
	people                  int64
	sends, screen, receives string
}

var roomShapes = []roomShape{
	{"one-to-one", Text{EN: "1-to-1 video call", ZH: "一对一视频通话"}, 10, 3000, []shapeGroup{
		{2, "video_640x360", "none", "everyone"},
	}},
	{"group-call", Text{EN: "Group call of six", ZH: "六人会议"}, 45, 200, []shapeGroup{
		{6, "video_640x360", "none", "everyone"},
	}},
	{"class", Text{EN: "Class with a shared screen", ZH: "带屏幕共享的课堂"}, 45, 100, []shapeGroup{
		{1, "video_1280x720", "screen_1920x1080", "everyone"},
		{20, "video_640x360", "none", "group_a"},
	}},
	{"live", Text{EN: "Interactive live with an audience", ZH: "连麦互动直播"}, 120, 30, []shapeGroup{
		{2, "video_1280x720", "none", "everyone"},
		{500, "nothing", "none", "everyone"},
	}},
	{"voice-room", Text{EN: "Voice room", ZH: "语音聊天室"}, 120, 60, []shapeGroup{
		{8, "audio", "none", "everyone"},
		{100, "nothing", "none", "everyone"},
	}},
}

// addRoomExamples gives the facts of a room the ready-made shapes.
func (b *Book) addRoomExamples() {
	in := &b.Inputs[participantsFact]
	for _, s := range roomShapes {
		u := b.NewUsage()
		u.values[minutesFact], u.values[sessionsFact] = s.minutes, s.sessions
		for _, g := range s.groups {
			row := newRow(in)
			row[peopleField] = g.people
			for field, id := range map[int]string{sendsField: g.sends, screenField: g.screen, receivesField: g.receives} {
				row[field] = int64(in.Fields[field].choice(id))
			}
			u.rows[participantsFact] = append(u.rows[participantsFact], row)
		}
		b.Examples = append(b.Examples, Example{ID: s.id, Name: s.name, Usage: u})
	}
}
