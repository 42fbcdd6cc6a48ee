package e2e

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"
)

//go:embed testdata/axe.min.js
var axe string

// TestVendored holds the checker to the version that is on record.
func TestVendored(t *testing.T) {
	record, err := os.ReadFile("testdata/VENDORED.md")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(axe))
	if !strings.Contains(string(record), "`"+hex.EncodeToString(sum[:])+"`") {
		t.Errorf("testdata/axe.min.js has sha256 %x, which testdata/VENDORED.md does not record", sum)
	}
}

type finding struct {
	ID, Help string
	Nodes    []struct {
		Target         []string
		FailureSummary string
	}
}

// examined reports whether pages are examined by the checker in a language on a
// screen: in each language, and on each screen, once. What it finds depends on
// one or the other, not on both, and it takes longer than all the rest.
func examined(lang string, s screen) bool { return (lang == "en") != s.mobile }

// accessible runs the checker on the page. A contrast that it cannot compute
// counts as a violation: nobody would look at it otherwise.
func (p *tab) accessible(what, rules string) {
	p.t.Helper()
	if !eval[bool](p, `typeof window.axe === "object"`) {
		eval[bool](p, axe+"; true")
	}
	// Loading the page's files again would only show that they are there.
	// On a phone the menu goes on beyond the edges, where its links, all of one
	// style, have no background that could be computed. Nor have the cells of a
	// table that is wider than its window, which look as on the desktop, nor text
	// in a drawing, whose colours TestOutlook holds to those of other text.
	eval[bool](p, `window.beyond = target => {
		const e = document.querySelector(target);
		if (e?.closest("svg.plot")) return true;
		const region = e?.closest("[role=region][tabindex]");
		if (region && region.scrollWidth > region.clientWidth) return true;
		const nav = e?.closest("header nav")?.getBoundingClientRect(), own = e?.getBoundingClientRect();
		return !!nav && (own.left < nav.left || own.right > nav.right);
	}, true`)
	findings := evalAsync[[]finding](p, `axe.run(document, {resultTypes: ["violations", "incomplete"], preload: false`+rules+`}).then(r =>
		[...r.violations, ...r.incomplete.filter(i => i.id === "color-contrast").map(i =>
			({...i, nodes: i.nodes.filter(n => !beyond(n.target[0]))})).filter(i => i.nodes.length)].map(f =>
			({id: f.id, help: f.help, nodes: f.nodes.map(n => ({target: n.target.map(String), failureSummary: n.failureSummary ?? n.any.map(a => a.message).join("; ")}))})))`)
	for _, f := range findings {
		for i, n := range f.Nodes {
			if i == 4 {
				p.t.Errorf("%s: %s: and %d more", what, f.ID, len(f.Nodes)-i)
				break
			}
			p.t.Errorf("%s: %s (%s) at %s: %s", what, f.ID, f.Help, strings.Join(n.Target, " "), strings.Join(strings.Fields(n.FailureSummary), " "))
		}
	}
}

// Pages with something of everything that a product can have.
const (
	fullTRTC = trtc + "?months=12&av_audio_minutes=3000000&av_hd_minutes=80000&record_mixed_hd_minutes=6000&transcode_h264_hd_minutes=4000" +
		"&dashboard=advanced&stt_basic_minutes=3000&features=rtmp_ingest&features=callkit_group&promotions=no"
	fullAliyun = aliyun + "?months=12&workloads.0.rounds=30000&workloads.0.asr=light&workloads.0.intent=yes&workloads.0.dialogue=vision&workloads.0.tts=standard" +
		"&workloads.1.rounds=90000&workloads.1.asr=premium&workloads.1.intent=yes&workloads.1.dialogue=casual&workloads.1.model=qwen3.7-max&workloads.1.tts=premium" +
		"&new_user=yes&devices=500&device_tier=basic"
	fullINF = inf + "?months=6&models.0.model=inf-chat-fin-v1&models.0.input_tokens=40000000&models.0.output_tokens=8000000" +
		"&models.1.model=inf-med-chat-v1&models.1.input_tokens=25000000&models.1.output_tokens=10000000&peak_concurrency=24&peak_rpm=200&peak_tpm=350000"
	fullEasemob = easemob + "?months=12&dau=25000&group_members=1000&history_days=90&reactions=yes&message_reporting=yes&av_audio_minutes=300000&av_hd_minutes=2500" +
		"&moderation.0.model=image_politics&moderation.0.quantity=500000&moderation.1.model=image_porn&moderation.1.quantity=500000" +
		"&push_dau=18000&translation_characters=3000000&translation_languages=3&speech_to_text_messages=80000"
	olderEasemob = easemob + "?dau=15000&price_book=2026-03-20&translation_characters=500&translation_languages=4"
)

// Every product's page, in the two ways that differ most, one light and one
// dark; the width and the
// console of the others are looked at by TestPhone and TestScreenshots.
func TestAccessibleProducts(t *testing.T) {
	t.Parallel()
	for lang, s := range map[string]screen{"en": desktop, "zh-CN": phone} {
		for name, address := range map[string]string{
			"trtc": fullTRTC, "aliyun": fullAliyun, "inf": fullINF, "easemob": fullEasemob, "older": olderEasemob,
			"row at fault": aliyun + "?workloads.0.rounds=abc&workloads.0.tts_calls=0x",
			"no plan":      inf + "?peak_concurrency=49&models.0.input_tokens=1000000",
		} {
			t.Run(lang+"-"+s.name+"-"+name, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{screen: s, lang: lang, dark: s.mobile, lines: []string{refused(422)}})
				p.visit(address)
				p.unfold()
				p.accessible(name, "")
				p.fits(name, s)
			})
		}
	}
}

func TestAccessible(t *testing.T) {
	t.Parallel()
	pages := []struct{ name, address string }{
		{"start", "/"},
		{"empty", product},
		{"figures", product + "?months=12&dau=15000&peak_groups=150000&history_days=90&live_domestic_mbps=5&advanced_moderation=yes&option=ultimate"},
		{"faults", product + "?dau=abc&users=-1"},
		{"infeasible", product + "?group_members=6001"},
		{"chosen in vain", product + "?dau=15000&option=trial"},
		{"not found", "/nothing-here"},
	}
	for lang, s := range map[string]screen{"en": desktop, "zh-CN": phone} {
		t.Run(fmt.Sprintf("%s-%s", lang, s.name), func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{screen: s, lang: lang, lines: []string{refused(404), refused(422)}})
			for _, page := range pages {
				p.media("", false)
				p.visit(page.address)
				p.accessible(page.name+", light", "")
				p.media("", true)
				// Only colours are different in the dark.
				p.accessible(page.name+", dark", `, runOnly: ["color-contrast"]`)
			}
			// While an entry is at fault the earlier figures stand there,
			// marked as such: they must be legible all the same.
			p.media("", false)
			p.visit(example)
			p.paste("dau", "abc")
			p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
			p.accessible("fault while typing, light", "")
			p.media("", true)
			p.accessible("fault while typing, dark", `, runOnly: ["color-contrast"]`)
		})
	}
}
