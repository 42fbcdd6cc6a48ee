package forms

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"suanpan/pricing"
)

// read reads an address of a product as its page does.
func read(t testing.TB, p *pricing.Product, raw string) (*Form, *Notice) {
	t.Helper()
	a := ReadAddress(raw)
	values, n := a.Values(ProductWords(p, p.Newest()))
	f, ok := Decode(values, p)
	if !ok {
		return nil, n
	}
	f.Judge(a, n)
	return f, n
}

// said writes a notice in a few words.
func said(n *Notice) string {
	var all []string
	add := func(holds bool, word string) {
		if holds {
			all = append(all, word)
		}
	}
	add(n.Broken, "broken")
	add(n.Whole, "whole")
	add(n.Repaired, "repaired")
	for _, p := range n.Unread {
		all = append(all, "unread "+p.Name+"="+p.Value)
	}
	for _, p := range n.Stuck {
		all = append(all, "stuck "+p.Name+" "+p.Value)
	}
	return strings.Join(all, "; ")
}

// TestReadAddress: what can mean one thing only is read, anything else is said.
func TestReadAddress(t *testing.T) {
	for _, tt := range []struct{ product, raw, want, said string }{
		{"tencent-im", "dau=15000", "dau=15000", ""},
		{"tencent-im", "", "", ""},
		{"tencent-im", "&&dau=15000&", "dau=15000", ""},
		{"tencent-im", "DAU=15000", "dau=15000", ""},
		{"tencent-im", "ｄａｕ=15000", "dau=15000", ""},
		{"tencent-im", "option=PRO&dau=15000", "dau=15000&option=pro", ""},

		{"tencent-im", "months=12&amp;dau=15000", "months=12&dau=15000", "repaired"},
		{"tencent-im", "months=12&AMP;dau=15000", "months=12&dau=15000", "repaired"},
		{"tencent-im", "months=12&amp;amp;dau=15000", "months=12&dau=15000", "repaired"},
		{"tencent-im", "months=12&amp%3Bdau=15000", "months=12&dau=15000", "repaired"},
		{"tencent-im", "months=12%26amp%3Bdau=15000", "months=12&dau=15000", "repaired"},
		{"tencent-im", "months=12&#38;dau=15000", "months=12&dau=15000", "repaired"},
		{"tencent-im", "months%3D12%26dau%3D15000", "months=12&dau=15000", "repaired"},
		{"tencent-im", "months＝12＆dau＝15000", "months=12&dau=15000", "repaired"},

		{"tencent-im", "dau=15000。", "dau=15000", ""},
		{"tencent-im", "dau=15000.", "dau=15000", ""},
		{"tencent-im", "dau=15000)", "dau=15000", ""},
		{"tencent-im", "dau=15000%E3%80%82", "dau=15000", ""},
		{"tencent-im", "dau=15000>", "dau=15000", ""},
		{"tencent-im", "dau=15000】", "dau=15000", ""},
		{"tencent-im", "dau=15000%20", "dau=15000", ""},
		{"tencent-im", "dau=15000%0A", "dau=15000", ""},
		{"tencent-im", "dau=%E2%80%8B15000%E2%81%A0", "dau=15000", ""},
		{"tencent-im", "%E2%80%8Bdau=15000", "dau=15000", ""},
		{"tencent-im", "dau=15000！！", "dau=15000", ""},
		{"easemob-im", "callback_cache=yes。", "callback_cache=yes", ""},
		{"easemob-im", "callback_cache=yes,", "callback_cache=yes", ""},
		{"easemob-im", "callback_cache=YES", "callback_cache=yes", ""},

		{"tencent-im", "dau=15000，请查收", "dau=15000", "stuck dau ，请查收"},
		{"tencent-im", "option=ultimate，请查收", "option=ultimate", "stuck option ，请查收"},
		{"tencent-im", "option=ultimate请查收", "option=ultimate", "stuck option 请查收"},
		{"tencent-im", "option=ultimate <-- this one", "option=ultimate", "stuck option <-- this one"},
		{"easemob-im", "callback_cache=yes（报价）", "callback_cache=yes", "stuck callback_cache （报价）"},
		{"aliyun-multimodal", "workloads=1000:light，谢谢", "workloads.0.rounds=1000&workloads.0.asr=light", "stuck workloads ，谢谢"},

		{"tencent-im", "option=ultim", "", "unread option=ultim"},
		{"tencent-im", "option=", "", "unread option="},
		{"easemob-im", "callback_cache=ye", "", "unread callback_cache=ye"},
		{"easemob-im", "callback_cache=", "", "unread callback_cache="},
		{"easemob-im", "callback_cache=是", "", "unread callback_cache=是"},
		{"tencent-im", "dua=15000", "", "unread dua=15000"},
		{"tencent-im", "dau=15000&screenshots=5", "dau=15000", "unread screenshots=5"},
		{"tencent-im", "dau=15000&workloads.0.rounds=5", "dau=15000", "unread workloads.0.rounds=5"},
		{"tencent-im", "dau=15000&hello", "dau=15000", "unread hello="},
		{"tencent-im", "facts=nothing", "", "unread facts=nothing"},
		{"tencent-trtc", "feature=rtmp_ingest", "", "unread feature=rtmp_ingest"}, // nearly a name

		{"tencent-im", "dau=15000&utm_source=mail&fbclid=x&from=singlemessage&isappinstalled=0&spm=a.b", "dau=15000", ""},
		{"tencent-im", "c=&dau=15000", "dau=15000", "broken"},
		{"tencent-im", "c=aaaaaa&dau=15000", "dau=15000", "broken"},
		{"tencent-im", "c=abc", "", "broken"},
		{"tencent-im", "c", "", "broken"},
	} {
		p := product(t, tt.product)
		f, n := read(t, p, tt.raw)
		if f == nil {
			t.Errorf("%s: no form", tt.raw)
			continue
		}
		if got := f.Today(); got != tt.want || len(f.Faults) > 0 {
			t.Errorf("%s is read as %q, want %q; faults %v", tt.raw, got, tt.want, f.Faults)
		}
		if got := said(n); got != tt.said {
			t.Errorf("%s: %q is said, want %q", tt.raw, got, tt.said)
		}
	}
}

// TestFaultsAreKept: a number that cannot be read stays in its field, with its
// fault, and is no matter of the address.
func TestFaultsAreKept(t *testing.T) {
	for _, raw := range []string{"dau=many", "dau=1-2", "dau=请查收", "dau=15000 请查收", "dau=15000 minutes", "dau=-5。", "live_days=99"} {
		f, n := read(t, product(t, "tencent-im"), raw)
		if len(f.Faults) != 1 || len(n.Unread) > 0 {
			t.Errorf("%s: faults %v, %s", raw, f.Faults, said(n))
		}
	}
}

// passedOn are addresses as they are passed on, of every kind of entry.
func passedOn(t testing.TB) map[*pricing.Product][]string {
	t.Helper()
	all := map[*pricing.Product][]string{}
	for id, typed := range map[string][]string{
		"tencent-im":        {"dau=15000&months=12&history_days=90&option=ultimate", "dau=200&users=1000&registered_users=1000&facts=daily-users", ""},
		"easemob-im":        {"callback_cache=yes&dau=12000&moderation=text:5000~image_ocr:20", "price_book=2022-09-13&dau=82370"},
		"tencent-trtc":      {"av_hd_minutes=80000&features=rtmp_ingest&features=mini_program&promotions=no&months=36"},
		"aliyun-multimodal": {"workloads=1000:standard:yes:casual:qwen-max:light:2~500&devices=150&over=devices&budget=5000"},
	} {
		p := product(t, id)
		for _, query := range typed {
			f, _ := Decode(parse(t, query), p)
			all[p] = append(all[p], f.Query())
		}
	}
	return all
}

// TestEveryCutIsNoticed: an address that was passed on says so wherever its end is
// missing, as soon as it has begun.
func TestEveryCutIsNoticed(t *testing.T) {
	for p, queries := range passedOn(t) {
		for _, whole := range queries {
			f, n := read(t, p, whole)
			if f.Query() != whole || !n.Whole || !n.Silent() {
				t.Errorf("%s is read as %s: %s", whole, f.Query(), said(n))
			}
			for end := len("c="); end < len(whole); end++ {
				if f, n := read(t, p, whole[:end]); f != nil && n.Silent() {
					t.Errorf("%s is read as if it were whole", whole[:end])
				}
			}
		}
	}
}

// TestCheckDoesNotMindTheWriting: order, case, trackers and escaped signs do not
// matter; every other digit does.
func TestCheckDoesNotMindTheWriting(t *testing.T) {
	for p, queries := range passedOn(t) {
		for _, whole := range queries {
			parts := strings.Split(whole, "&")
			backwards := append([]string{}, parts...)
			for i := range backwards {
				backwards[i] = parts[len(parts)-1-i]
			}
			long := url.Values{}
			for _, part := range parts {
				name, value, _ := strings.Cut(part, "=")
				long.Add(name, value)
			}
			for _, raw := range []string{
				strings.Join(backwards, "&"), strings.ToUpper(whole), strings.ReplaceAll(whole, "&", "&amp;"), whole + "。", whole + "\u200b",
				whole + "&utm_source=x&from=timeline", "gclid=5&" + whole, strings.ReplaceAll(whole, "-", "%2D"), long.Encode(),
			} {
				f, n := read(t, p, raw)
				if f == nil || !n.Whole {
					t.Errorf("%s does not fit: %s", raw, said(n))
				}
			}
		}
	}
}

// TestChangedAddressIsNoticed changes one sign of an address that was passed on:
// it reads the same, or something is said, or it is at fault.
func TestChangedAddressIsNoticed(t *testing.T) {
	all := passedOn(t)
	var linked []*pricing.Product
	for _, p := range products(t) {
		if len(all[p]) > 0 {
			linked = append(linked, p)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(linked).Draw(rt, "product")
		whole := rapid.SampledFrom(all[p]).Draw(rt, "address")
		at := rapid.IntRange(len("c="), len(whole)-1).Draw(rt, "at")
		with := rapid.SampledFrom([]string{"", "0", "9", "x", "&", "=", "~", ":", "%", "+", ".", "。", "&amp;", " "}).Draw(rt, "with")
		changed := whole[:at] + with + whole[at+rapid.IntRange(0, 1).Draw(rt, "instead"):]
		f, n := read(t, p, changed)
		if f != nil && n.Silent() && len(f.Faults) == 0 && f.Query() != whole {
			rt.Fatalf("%s is read as %s, and nothing is said", changed, f.Query())
		}
	})
}

// FuzzReadAddress: whatever comes, it is read within bounds, and what is read is
// passed on as it was read.
func FuzzReadAddress(f *testing.F) {
	f.Add("c=abcdef&price_book=2020-10-30&dau=15000&amp;months=12。")
	f.Add("workloads=1:2~3&workloads.0.rounds=5&%zz=%&＝＆")
	f.Fuzz(func(t *testing.T, raw string) {
		for _, p := range products(t) {
			form, n := read(t, p, raw)
			if form == nil {
				continue
			}
			if len(n.Unread) > maxNoticed || len(n.Stuck) > maxNoticed {
				t.Fatalf("%d and %d parts are named", len(n.Unread), len(n.Stuck))
			}
			if len(form.Faults) > 0 {
				continue
			}
			again, n := read(t, p, form.Query())
			if again == nil || again.Query() != form.Query() || !n.Whole || !n.Silent() {
				t.Fatalf("%s is read as %s: %s", form.Query(), again.Query(), said(n))
			}
		}
	})
}
