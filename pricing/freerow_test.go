package pricing

import (
	"slices"
	"testing"
)

// A row that states a quantity and chose nothing that costs anything is told, and
// none that costs something or states nothing; every option has the note.
func TestFreeRows(t *testing.T) {
	for _, tt := range []struct{ product, inputs, en, zh string }{
		{"aliyun-multimodal", `{}`, "", ""},
		{"aliyun-multimodal", `{"workloads": [{}]}`, "", ""},
		{"aliyun-multimodal", `{"workloads": [{"asr": "standard"}]}`, "", ""},
		{"aliyun-multimodal", `{"workloads": [{"rounds": 300000}]}`,
			"Workloads, row 1: there is a quantity, but nothing was chosen that is charged for, so the total has nothing for it.",
			"交互场景第 1 行填了数量，但没有选用任何收费的内容，合计中没有它的费用。"},
		{"aliyun-multimodal", `{"workloads": [{"rounds": 1, "intent": true}, {"rounds": 2, "model": "kimi"}, {"rounds": 3, "tts": "light", "tts_calls": 0}]}`,
			"Workloads, rows 2, 3: there is a quantity, but nothing was chosen that is charged for, so the total has nothing for it.",
			"交互场景第 2、3 行填了数量，但没有选用任何收费的内容，合计中没有它的费用。"},
		{"aliyun-multimodal", `{"workloads": [{"rounds": 1, "asr": "light"}, {"rounds": 1, "dialogue": "broadcast"}, {"rounds": 1, "tts": "light"}]}`, "", ""},
		{"easemob-im", `{"moderation": [{"quantity": 1}, {"quantity": 0}]}`, "", ""},
		{"inf-llm", `{"models": [{"input_tokens": 1}]}`, "", ""},
		{"tencent-im", `{"dau": 1}`, "", ""},
	} {
		u := usageOf(t, embeddedBook(t, tt.product, ""), tt.inputs)
		var want []Text
		if tt.en != "" {
			want = []Text{{EN: tt.en, ZH: tt.zh}}
		}
		if got := u.FreeRows(); !slices.Equal(got, want) {
			t.Errorf("%s %s: %v, want %v", tt.product, tt.inputs, got, want)
		}
		for _, o := range u.Estimate().Options {
			for _, note := range want {
				if !slices.Contains(o.Notes, note) {
					t.Errorf("%s says %v", o.Option.ID, o.Notes)
				}
			}
		}
	}
}
