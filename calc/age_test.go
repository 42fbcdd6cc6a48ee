package calc_test

import (
	"strings"
	"testing"
	"time"
)

// TestOldPricesSayTheirAge: beside the date of prices stands how old they are, once
// that is over a year, wherever that date is told; a quote's document does not change
// with the day.
func TestOldPricesSayTheirAge(t *testing.T) {
	now := noon() // 10 March 2026
	s := newServer(t, withClock(now))
	says := func(target, part string) {
		t.Helper()
		if page := squeezed(document(t, get(t, s, target)).Find("body")); !strings.Contains(page, part) {
			t.Errorf("%s does not say %q", target, part)
		}
	}
	silent := func(target string) {
		t.Helper()
		for _, sign := range []string{" old)", "距今"} {
			if page := squeezed(document(t, get(t, s, target)).Find("body")); strings.Contains(page, sign) {
				t.Errorf("%s says %q", target, sign)
			}
		}
	}
	const lang = "lang=zh"
	says(imPage+"?dau=15000", "Prices of 30 October 2020 (5 years old), in CNY")
	says(imPage+"?dau=15000&"+lang, "2020 年 10 月 30 日（距今 5 年）")
	says("/calc/tencent-im/forecast?dau=15000", "30 October 2020 (5 years old)")
	says("/", "30 October 2020 (5 years old)")
	says("/calc/easemob-im?dau=15000&price_book=2022-09-13", "These are the prices of 13 September 2022 (3 years old).")
	says("/compare?in=tencent-im,easemob-im&dau=15000", "prices of 30 October 2020 (5 years old)")
	silent("/calc/tencent-trtc?av_hd_minutes=50000")
	silent("/calc/tencent-trtc?av_hd_minutes=50000&" + lang)

	young := saveQuote(t, s, `{"lang":"en","items":[{"product":"tencent-trtc","inputs":{"av_hd_minutes":50000}}]}`)
	old := saveQuote(t, s, `{"lang":"zh","items":[{"product":"tencent-im","inputs":{"dau":15000}},{"product":"tencent-im","inputs":{"dau":15}},{"product":"tencent-trtc","inputs":{}}]}`)
	silent("/q/" + young.ID)
	says("/q/"+old.ID, "本报价所用的价格已发布一年以上：腾讯云即时通信 IM，2020 年 10 月 30 日（距今 5 年）。")
	before := string(read(t, get(t, s, "/q/"+young.ID+".json")))
	now.move(200 * 24 * time.Hour)
	says("/q/"+young.ID, "10 July 2025 (14 months old).")
	if after := string(read(t, get(t, s, "/q/"+young.ID+".json"))); after != before {
		t.Errorf("the document became %s", after)
	}
}
