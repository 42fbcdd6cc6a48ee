package pricing

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// estimatorOf returns an estimator of the product's newest book.
func estimatorOf(t testing.TB, product, id string) *Estimator {
	t.Helper()
	p := embeddedProduct(t, product)
	e, ok := p.Estimator(p.Newest(), id)
	if !ok {
		t.Fatalf("%s has no estimator %s", product, id)
	}
	return e
}

// derive returns what facts, as a JSON object, come to.
func derive(t testing.TB, e *Estimator, facts string) *Derivation {
	t.Helper()
	d, faults := e.Derive(usageOf(t, e.Facts, facts))
	for _, f := range faults {
		t.Fatal(f)
	}
	return d
}

// yielded returns the quantities that are not 0, by input.
func yielded(d *Derivation) map[string]int64 {
	out := map[string]int64{}
	for _, y := range d.Yields {
		id := y.Input.ID
		if y.Field != nil {
			id += "." + y.Field.ID
		}
		if y.Quantity != 0 {
			out[id] = y.Quantity
		}
	}
	return out
}

// The rooms of the sources' worked examples, and what they come to. Minutes are
// per month; the total is that of an option for one month.
var goldenRooms = []struct {
	name, product, facts string
	want                 map[string]int64
	inputs               string // stated besides the room
	option, total        string
}{
	// Seed 002, 语音/视频混合计费示例: A sends 640 × 360, B audio, C 1920 × 1080,
	// 30 minutes. Its figures: A 0.21 + 1.89, B 0.42 + 1.89, C 0.42 + 0.21 = 5.04.
	{
		name: "mixed call as the example counts it", product: "tencent-trtc",
		facts: mixedCall(`, "audio_rule": "besides_video"`), want: map[string]int64{"av_audio_minutes": 60, "av_sd_minutes": 60, "av_fhd_minutes": 60},
		option: "starter", total: "5.04",
	},
	// The same by the definition: without the audio of A and C, 5.04 − 0.42.
	{
		name: "mixed call by the definition", product: "tencent-trtc",
		facts: mixedCall(""), want: map[string]int64{"av_sd_minutes": 60, "av_fhd_minutes": 60},
		option: "starter", total: "4.62",
	},
	// 纯音频计费示例: three people, 30 minutes each, 0.63; two streams are one.
	{
		name: "audio call", product: "tencent-trtc",
		facts:  `{"participants": [{"people": 3, "sends": "audio"}], "session_minutes": 30}`,
		want:   map[string]int64{"av_audio_minutes": 90},
		option: "starter", total: "0.63",
	},
	{
		name: "audio call, audio besides video", product: "tencent-trtc",
		facts:  `{"participants": [{"people": 3, "sends": "audio"}], "session_minutes": 30, "audio_rule": "besides_video"}`,
		want:   map[string]int64{"av_audio_minutes": 90},
		option: "starter", total: "0.63",
	},
	// 纯视频计费示例: A 640 × 360, B 1920 × 1080: 1.89 + 0.42 = 2.31.
	{
		name: "video call", product: "tencent-trtc",
		facts:  `{"participants": [{"sends": "video_640x360"}, {"sends": "video_1920x1080"}], "session_minutes": 30}`,
		want:   map[string]int64{"av_sd_minutes": 30, "av_fhd_minutes": 30},
		option: "starter", total: "2.31",
	},
	// 屏幕分享如何计费: teacher and pupil in SD, the teacher's screen in HD:
	// A 0.42, B 0.42 + 0.84, the screen's virtual host 0.21: 1.89, by both rules.
	{
		name: "class with a shared screen", product: "tencent-trtc",
		facts: sharedScreen(""), want: map[string]int64{"av_audio_minutes": 30, "av_sd_minutes": 60, "av_hd_minutes": 30},
		option: "starter", total: "1.89",
	},
	{
		name: "class with a shared screen, audio besides video", product: "tencent-trtc",
		facts: sharedScreen(`, "audio_rule": "besides_video"`), want: map[string]int64{"av_audio_minutes": 30, "av_sd_minutes": 60, "av_hd_minutes": 30},
		option: "starter", total: "1.89",
	},
	// 只有1个人在房间也会计费吗: alone is audio, whatever is sent.
	{
		name: "alone", product: "tencent-trtc",
		facts:  `{"participants": [{"sends": "video_1280x720"}], "sessions": 100}`,
		want:   map[string]int64{"av_audio_minutes": 6000},
		option: "starter", total: "42.00",
	},
	// 录制, 音视频混合输入录制示例: A audio, B 640 × 360, C 1920 × 1080, 10
	// minutes, mixed: 0.09 + 0.19 + 0.79 = 1.07. The robot receives B and C, as A
	// does: the call 0.14 + 0.63 (A), 0.63 (B), 0.14 (C) and the robot 0.77 make
	// 2.31; with the recording 3.38.
	{
		name: "recording a mixed call", product: "tencent-trtc",
		facts: `{"participants": [{"sends": "audio"}, {"sends": "video_640x360"}, {"sends": "video_1920x1080"}], "session_minutes": 10, "record": "mixed"}`,
		want: map[string]int64{
			"av_sd_minutes": 30, "av_fhd_minutes": 30,
			"record_mixed_audio_minutes": 10, "record_mixed_sd_minutes": 10, "record_mixed_fhd_minutes": 10,
		},
		option: "starter", total: "3.38",
	},
	// The robot's audio is counted besides video like anybody's, and so is that
	// of B and C: 3 × 10 × 0.007 = 0.21 more.
	{
		name: "recording a mixed call, audio besides video", product: "tencent-trtc",
		facts: `{"participants": [{"sends": "audio"}, {"sends": "video_640x360"}, {"sends": "video_1920x1080"}], "session_minutes": 10, "record": "mixed", "audio_rule": "besides_video"}`,
		want: map[string]int64{
			"av_audio_minutes": 30, "av_sd_minutes": 30, "av_fhd_minutes": 30,
			"record_mixed_audio_minutes": 10, "record_mixed_sd_minutes": 10, "record_mixed_fhd_minutes": 10,
		},
		option: "starter", total: "3.59",
	},
	// 纯音频输入录制示例: two voices are one, 0.09; three in the room are 0.21.
	{
		name: "recording an audio call", product: "tencent-trtc",
		facts:  `{"participants": [{"people": 2, "sends": "audio"}], "session_minutes": 10, "record": "mixed"}`,
		want:   map[string]int64{"av_audio_minutes": 30, "record_mixed_audio_minutes": 10},
		option: "starter", total: "0.30",
	},
	// In single files each voice counts: 20 × 0.0035 = 0.07.
	{
		name: "recording an audio call in single files", product: "tencent-trtc",
		facts:  `{"participants": [{"people": 2, "sends": "audio"}], "session_minutes": 10, "record": "single"}`,
		want:   map[string]int64{"av_audio_minutes": 30, "record_single_audio_minutes": 20},
		option: "starter", total: "0.28",
	},
	// 转码, 语音/视频混合输入示例: 100 minutes, H.264: 0.56 + 1.2 + 4.8 = 6.56. A
	// pack does a fen better: 3.50 for 1000 of the 1870 converted minutes, and
	// 6.56 × 870 ÷ 1870 = 3.05 for the rest. The four who receive pay 23.10.
	{
		name: "transcoding a mixed call", product: "tencent-trtc",
		facts: `{"participants": [{"sends": "audio"}, {"sends": "video_640x360"}, {"sends": "video_1920x1080"}], "session_minutes": 100, "transcode": "h264"}`,
		want: map[string]int64{
			"av_sd_minutes": 300, "av_fhd_minutes": 300,
			"transcode_audio_minutes": 100, "transcode_h264_sd_minutes": 100, "transcode_h264_fhd_minutes": 100,
		},
		option: "starter", total: "29.65",
	},
	// 纯音频输入示例: 30 minutes, 0.168.
	{
		name: "transcoding an audio call", product: "tencent-trtc",
		facts:  `{"participants": [{"people": 3, "sends": "audio"}], "session_minutes": 30, "transcode": "h265"}`,
		want:   map[string]int64{"av_audio_minutes": 120, "transcode_audio_minutes": 30},
		option: "starter", total: "1.01", // 0.84 + 0.168 = 1.008
	},
	// Two voices beside a picture are two streams for transcoding, one for mixed
	// recording; each task has its robot, and that of recognition hears only.
	{
		name: "all tasks", product: "tencent-trtc",
		facts: `{"participants": [{"people": 2, "sends": "audio", "receives": "nobody"}, {"sends": "video_1280x720", "receives": "nobody"}],
			"session_minutes": 10, "sessions": 2, "record": "mixed", "transcode": "h265", "speech_to_text": "standard"}`,
		want: map[string]int64{
			"av_audio_minutes": 80, "av_hd_minutes": 40, // three people and a robot; two robots
			"record_mixed_audio_minutes": 20, "record_mixed_hd_minutes": 20,
			"transcode_audio_minutes": 40, "transcode_h265_hd_minutes": 20,
			"stt_standard_minutes": 60,
		},
	},
	// Nobody sends: everybody is in the room, there is nothing to record.
	{
		name: "nothing to record", product: "tencent-trtc",
		facts: `{"participants": [{"people": 5}], "record": "single", "speech_to_text": "basic"}`,
		want:  map[string]int64{"av_audio_minutes": 300},
	},
	{name: "nobody", product: "tencent-trtc", facts: `{"participants": [{"people": 0, "sends": "audio"}]}`, want: map[string]int64{}},
	{name: "no facts", product: "tencent-trtc", facts: `{}`, want: map[string]int64{}, option: "starter", total: "0.00"},

	// The mixed call by the summed area: A receives 2,073,600 pixels, B
	// 230,400 + 2,073,600 = 2,304,000, which is 2K, C 230,400. Thousand calls are
	// 30,000 × (9 + 16 + 4) = 870,000 standard minutes; Pro 1299, the basic RTC
	// plan and three packs of 250,000: 738 + 4797 = 5535, or the premium plan with
	// 470,000 in packs: 2388 + 1599 + 8 × 168 + 20,000 × 0.007 = 5471; one more
	// pack of 250,000 for the 220,000: 2388 + 3198 = 5586.
	{
		name: "mixed call, each user once", product: "easemob-im",
		facts:  mixedCall(`, "sessions": 1000`),
		want:   map[string]int64{"av_sd_minutes": 30_000, "av_fhd_minutes": 30_000, "av_2k_minutes": 30_000},
		option: "pro", total: "6770.00", // 1299 + 5471
	},
	// 1280 × 720 is 921,600: one stream is HD, two are full HD, three 2K, and five
	// of them 4,608,000, above 2K.
	{
		name: "group of six, each user once", product: "easemob-im",
		facts: `{"participants": [{"people": 6, "sends": "video_1280x720"}], "session_minutes": 10}`,
		want:  map[string]int64{"av_4k_minutes": 60},
	},
	{
		name: "group of three, each user once", product: "easemob-im",
		facts: `{"participants": [{"people": 3, "sends": "video_1280x720"}], "session_minutes": 10}`,
		want:  map[string]int64{"av_fhd_minutes": 30},
	},
	// Four SD pictures of 307,200 are 1,228,800; the speaker receives nobody's.
	{
		name: "panel, each user once", product: "easemob-im",
		facts: `{"participants": [{"people": 4, "sends": "video_640x480", "receives": "audio_only"}, {"people": 100, "receives": "group_a"}], "session_minutes": 10}`,
		want:  map[string]int64{"av_audio_minutes": 40, "av_fhd_minutes": 1000},
	},
	// A shared screen is a picture, not a participant: 307,200 + 921,600.
	{
		name: "shared screen, each user once", product: "easemob-im",
		facts: sharedScreen(""), want: map[string]int64{"av_sd_minutes": 30, "av_fhd_minutes": 30},
	},
}

func mixedCall(more string) string {
	return `{"participants": [{"sends": "video_640x360"}, {"sends": "audio"}, {"sends": "video_1920x1080"}], "session_minutes": 30` + more + `}`
}

func sharedScreen(more string) string {
	return `{"participants": [{"sends": "video_640x480", "screen": "screen_1280x720"}, {"sends": "video_640x480"}], "session_minutes": 30` + more + `}`
}

func TestGoldenRooms(t *testing.T) {
	for _, tt := range goldenRooms {
		t.Run(tt.name, func(t *testing.T) {
			e := estimatorOf(t, tt.product, "room")
			d := derive(t, e, tt.facts)
			if got := yielded(d); !maps.Equal(got, tt.want) {
				t.Fatalf("got %v, want %v\n%s", got, tt.want, stepText(d))
			}
			if tt.option == "" {
				return
			}
			if got := d.Apply(e.Book().NewUsage()).Estimate().Option(tt.option).Total.StringFixed(fen); got != tt.total {
				t.Errorf("%s costs %s, want %s", tt.option, got, tt.total)
			}
		})
	}
}

// The package example and the dashboard example of seed 002 (套餐包抵扣示例, 数据
// 仪表盘) count the mixed call in converted minutes and in minutes of any kind:
// 720 and 180, or by the definition 660 and 120.
func TestMixedCallInOtherUnits(t *testing.T) {
	e := estimatorOf(t, "tencent-trtc", "room")
	for _, tt := range []struct {
		rule, converted string
		minutes         int64
	}{{"besides_video", "720", 180}, {"without_video", "660", 120}} {
		d := derive(t, e, mixedCall(`, "audio_rule": "`+tt.rule+`"`))
		basic := d.Apply(e.Book().NewUsage()).Estimate().Option("basic")
		if got := basic.Pools[0].Demand.String(); got != tt.converted {
			t.Errorf("%s: %s converted minutes, want %s", tt.rule, got, tt.converted)
		}
		sum := int64(0)
		for _, n := range yielded(d) {
			sum += n
		}
		if sum != tt.minutes {
			t.Errorf("%s: %d minutes, want %d", tt.rule, sum, tt.minutes)
		}
	}
}

// stepText writes the computation as a person reads it.
func stepText(d *Derivation) string {
	var b strings.Builder
	for _, s := range d.Steps {
		id := ""
		if s.Adds != nil {
			id = "  → " + s.Adds.ID
		}
		fmt.Fprintf(&b, "%s / %s\n    %s%s\n", s.Text.EN, s.Text.ZH, s.Formula, id)
	}
	return b.String()
}

func TestRoomIsExplained(t *testing.T) {
	const want = `Minutes a month that a participant is in the room: minutes per session × sessions / 每个成员每月的在房时长（分钟）：每场时长 × 每月场次
    30 × 20 = 600
A (1 person): each receives 10 × camera of B, 640 × 360 / A 组（1 人）：每人接收 B 组 10 路摄像头画面 640 × 360
    1 × 10 × 600 = 6,000  → av_sd_minutes
A (1 person): besides, the audio of C / A 组（1 人）：视频之外，另收 C 组的语音
    1 × 600 = 600  → av_audio_minutes
Shared screens of A (1 person): in the room as participants that receive no video, audio / A 组（1 人）共享的屏幕：作为不接收画面的成员在房，计语音
    1 × 600 = 600  → av_audio_minutes
B (10 people): each receives 1 × camera of A, 1280 × 720 / B 组（10 人）：每人接收 A 组 1 路摄像头画面 1280 × 720
    10 × 1 × 600 = 6,000  → av_hd_minutes
B (10 people): each receives 1 × screen of A, 1920 × 1080 / B 组（10 人）：每人接收 A 组 1 路屏幕画面 1920 × 1080
    10 × 1 × 600 = 6,000  → av_fhd_minutes
C (1 person): no video received, audio / C 组（1 人）：未接收视频，计语音
    1 × 600 = 600  → av_audio_minutes
Robot of “Speech to text: Basic engine”: no video received, audio / “语音转文字：基础语言引擎”的机器人：未接收视频，计语音
    1 × 600 = 600  → av_audio_minutes
“Speech to text: Basic engine” takes 1 × audio of A / “语音转文字：基础语言引擎”处理 A 组 1 路语音
    1 × 600 = 600  → stt_basic_minutes
“Speech to text: Basic engine” takes 10 × audio of B / “语音转文字：基础语言引擎”处理 B 组 10 路语音
    10 × 600 = 6,000  → stt_basic_minutes
“Speech to text: Basic engine” takes 1 × audio of C / “语音转文字：基础语言引擎”处理 C 组 1 路语音
    1 × 600 = 600  → stt_basic_minutes
`
	d := derive(t, estimatorOf(t, "tencent-trtc", "room"), `{"participants": [
		{"people": 1, "sends": "video_1280x720", "screen": "screen_1920x1080"},
		{"people": 10, "sends": "video_640x360", "receives": "group_a"},
		{"people": 1, "sends": "audio", "receives": "audio_only"}
	], "session_minutes": 30, "sessions": 20, "audio_rule": "besides_video", "speech_to_text": "basic"}`)
	if got := stepText(d); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	const summed = `Minutes a month that a participant is in the room: minutes per session × sessions / 每个成员每月的在房时长（分钟）：每场时长 × 每月场次
    30 × 1 = 30
A (2 people): pixels that each receives at a time / A 组（2 人）：每人同时接收的像素总数
    1 × 640 × 360 + 1 × 1,280 × 720 = 1,152,000
A (2 people): each counts once, up to 2,073,600 pixels / A 组（2 人）：每人只计一次，不超过 2,073,600 像素
    2 × 30 = 60  → av_fhd_minutes
`
	d = derive(t, estimatorOf(t, "easemob-im", "room"),
		`{"participants": [{"people": 2, "sends": "video_640x360", "screen": "screen_1280x720"}], "session_minutes": 30}`)
	if got := stepText(d); got != summed {
		t.Errorf("got\n%s\nwant\n%s", got, summed)
	}
}

// The largest room is refused at its facts, without an overflow on the way.
func TestRoomTooLarge(t *testing.T) {
	for _, product := range []string{"tencent-trtc", "easemob-im"} {
		e := estimatorOf(t, product, "room")
		facts := e.Facts.NewUsage()
		for i := range e.Facts.Inputs {
			in := &e.Facts.Inputs[i]
			facts.values[i] = in.Maximum
			if in.Kind == KindRows {
				facts.values[i] = 0
				for range MaxRows {
					row := newRow(in)
					for j := range in.Fields {
						row[j] = in.Fields[j].Maximum
					}
					row[receivesField] = 0
					facts.rows[i] = append(facts.rows[i], row)
				}
			}
		}
		d, faults := e.Derive(facts)
		if d != nil || len(faults) != 2 || faults[0].Input != "participants" || faults[1].Input != "sessions" ||
			faults[0].Code != CodeOutOfRange || !strings.Contains(faults[1].Message.EN, "would come to more than 1,000,000,000,000.") {
			t.Errorf("%s: got %v, %v", product, d, faults)
		}
	}
	// One minute below and above the bound: 10⁶ people alone, so many minutes.
	e := estimatorOf(t, "tencent-trtc", "room")
	d := derive(t, e, `{"participants": [{"people": 1000000}], "session_minutes": 1, "sessions": 1000000}`)
	if got := yielded(d)["av_audio_minutes"]; got != MaxCount {
		t.Errorf("got %d", got)
	}
	if _, faults := e.Derive(usageOf(t, e.Facts, `{"participants": [{"people": 1000000}], "session_minutes": 1, "sessions": 1000001}`)); faults == nil {
		t.Error("no fault above the largest count")
	}
}

func TestRoomGroupMustExist(t *testing.T) {
	e := estimatorOf(t, "tencent-trtc", "room")
	d, faults := e.Derive(usageOf(t, e.Facts, `{"participants": [{"receives": "group_b"}, {"receives": "group_c"}, {"receives": "group_d"}]}`))
	if d != nil || len(faults) != 1 || faults[0].Input != "participants[2].receives" || faults[0].Code != CodeUnknownChoice ||
		faults[0].Message.EN != "There is no group D in this room." {
		t.Errorf("got %v, %v", d, faults)
	}
}

// A room carries over to the other product, but for what that one does not
// offer, which is named.
func TestRoomFactsCarryOver(t *testing.T) {
	from, to := estimatorOf(t, "tencent-trtc", "room"), estimatorOf(t, "easemob-im", "room")
	facts := usageOf(t, from.Facts, mixedCall(`, "sessions": 7, "record": "mixed"`))
	same, left := facts.In(to.Facts)
	if !slices.Equal(left, []string{"record"}) {
		t.Errorf("left out: %v", left)
	}
	d, faults := to.Derive(same)
	if faults != nil || !maps.Equal(yielded(d), map[string]int64{"av_sd_minutes": 210, "av_fhd_minutes": 210, "av_2k_minutes": 210}) {
		t.Errorf("got %v, %v", d, faults)
	}
}

// Every ready-made room can be priced by every product that has rooms.
func TestReadyMadeRooms(t *testing.T) {
	for _, product := range []string{"tencent-trtc", "easemob-im"} {
		e := estimatorOf(t, product, "room")
		var ids []string
		for _, example := range e.Facts.Examples {
			ids = append(ids, example.ID)
			d, faults := e.Derive(example.Usage)
			if faults != nil {
				t.Fatal(faults[0])
			}
			checkSteps(t, d)
			if r := d.Apply(e.Book().NewUsage()).Estimate().Recommended(); r == nil || r.Total.IsZero() && len(yielded(d)) == 0 {
				t.Errorf("%s: %s comes to nothing", product, example.ID)
			}
		}
		if want := []string{"one-to-one", "group-call", "class", "live", "voice-room"}; !slices.Equal(ids, want) {
			t.Errorf("%s has %v", product, ids)
		}
	}
}

func TestGroupNames(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "A2", 49: "X2"} {
		if got := RowLetter(i); got != want {
			t.Errorf("group %d is %s, want %s", i, got, want)
		}
	}
}
