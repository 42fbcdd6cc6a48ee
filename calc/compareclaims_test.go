package calc_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// aYearOfChat is a chat plan of a year, with live groups that one of the vendors
// has no price for.
const aYearOfChat = "dau=48000&users=800000&peak_groups=30000&history_days=180&months=12&live_groups=10"

// A competitor that comes to less without something is neither unable nor the
// cheapest: how much less, and without what, is said wherever it is named.
func TestWhatIsNotPricedIsSaid(t *testing.T) {
	s := newServer(t)
	for lang, want := range map[string]struct{ label, lower, total, difference, unpriced, cell string }{
		"en": {
			"Cheapest with everything priced", "Easemob IM · Pro comes to ¥8,400.00 less, without what its price book does not price: Live groups (AVChatRoom). Ask the vendor what that costs.",
			"¥69,588.00 of what is priced here", "−¥8,400.00 of what is priced here", "Live groups (AVChatRoom): not priced here, ask the vendor", "part of “Plan fee”",
		},
		"zh": {
			"全部需求都有报价，且最省", "环信即时通讯 IM · 专业版的合计低 ¥8,400.00，但其价目没有这些项：直播群（AVChatRoom）数。相应费用请向厂商询价。",
			"¥69,588.00 仅含已列价的部分", "−¥8,400.00 仅含已列价的部分", "直播群（AVChatRoom）数：该价目没有这一项，请向厂商询价", "已含在“套餐包费用”中",
		},
	} {
		doc := document(t, get(t, s, "/compare?in=easemob-im,tencent-im&lang="+lang+"&"+aYearOfChat))
		if got := words(doc.Find("#answer .verdict .eyebrow")); got != want.label {
			t.Errorf("label %q", got)
		}
		if got := words(doc.Find("#answer .verdict .reasons li")); got != want.lower {
			t.Errorf("remark %q", got)
		}
		for figure, want := range map[string]string{"total": want.total, "difference": want.difference, "priced": want.unpriced} {
			if got := words(doc.Find(`[data-figure="` + figure + `"] td`).Eq(0)); got != want {
				t.Errorf("%s %q", figure, got)
			}
		}
		if got := words(doc.Find("#total")); got != "¥77,988.00" {
			t.Errorf("total %q", got)
		}
		if text := doc.Find("#text").Text(); !strings.Contains(text, "¥69,588.00 · ") || !strings.Contains(text, "¥77,988.00 · ") {
			t.Errorf("text %q", text)
		}
		// Groups cost something here only beyond what the other one includes.
		groups := document(t, get(t, s, "/compare?in=easemob-im,tencent-im&dau=15000&peak_groups=150000&lang="+lang))
		if got := words(groups.Find("tr[data-charge] td.included .absent")); got != "— "+want.cell {
			t.Errorf("cell %q", got)
		}
	}
}

// Where no column prices everything, what each comes to is said with what it lacks;
// only limits that price books state make all of them unable.
func TestNothingPricesAll(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/compare?lang=en&in=easemob-im,inf-llm,tencent-im&presence=yes&"+aYearOfChat))
	if got := words(doc.Find("#answer .verdict h2")); got != "No column prices everything" {
		t.Errorf("verdict %q", got)
	}
	if got, want := words(doc.Find("#answer .verdict li")), "Tencent Cloud IM · Pro: ¥77,988.00, without Presence subscriptions "+
		"Easemob IM · Pro: ¥81,588.00, without Live groups (AVChatRoom)"; got != want {
		t.Errorf("in order %q", got)
	}
	// What prices nothing of it comes to no amount.
	if got := words(doc.Find(`[data-figure="total"] td`).Eq(1)); got != "— nothing of this is priced here" {
		t.Errorf("total of nothing %q", got)
	}
	if got := words(doc.Find(".compared tfoot td").Eq(2)); !strings.HasPrefix(got, "Nothing here to quote") {
		t.Errorf("quoting nothing %q", got)
	}
	doc = document(t, get(t, s, "/compare?lang=en&in=inf-llm,tencent-im&history_days=1000"))
	if got := words(doc.Find("#answer .verdict p")); !strings.HasPrefix(got, "Some cannot serve it, by limits") || doc.Find("#answer .verdict li").Length() != 0 {
		t.Errorf("nothing and unable: %q", got)
	}
	doc = document(t, get(t, s, "/compare?lang=en&in=easemob-im,tencent-im&live_groups=5&history_days=1000"))
	if got := words(doc.Find("#answer .verdict")); !strings.HasPrefix(got, "No column can serve this") || doc.Find(".compared tfoot button").Length() != 0 {
		t.Errorf("verdict %q", got)
	}
}

// No page says that a column prices everything beside a cell that says it does not,
// that something is free that a fee includes, or the cheapest of what leaves
// something out.
func TestNoClaimBesideItsContrary(t *testing.T) {
	s := newServer(t)
	for _, query := range []string{
		"in=easemob-im,tencent-im&" + aYearOfChat,
		"in=easemob-im,easemob-im@2026-03-20,easemob-im@2022-09-13,tencent-im,tencent-trtc&dau=15000&av_hd_minutes=30000&translation_characters=1000000",
		"in=easemob-im,tencent-im,tencent-trtc&record=mixed&" + mixedRoomQuery,
		"in=aliyun-multimodal,inf-llm,tencent-trtc&workloads.0.rounds=5000&av_sd_minutes=700000",
		"in=tencent-trtc:basic,easemob-im:pro&av_sd_minutes=7&dashboard=basic",
	} {
		doc := document(t, get(t, s, "/compare?lang=en&"+query))
		columns := doc.Find(".compared thead [data-column]")
		if columns.Length() == 0 {
			t.Errorf("%s compares nothing", query)
		}
		columns.Each(func(i int, head *goquery.Selection) {
			everything := doc.Find(`[data-figure="priced"] td`).Eq(i).Find(".serves").Length() == 1
			best := doc.Find(`[data-figure="difference"] td`).Eq(i).Find(".badge").Length() == 1
			if best && !everything {
				t.Errorf("%s: column %d is the cheapest of a part", query, i)
			}
			fee := doc.Find("tr[data-charge]").FilterFunction(func(_ int, row *goquery.Selection) bool {
				return words(row.Find("th")) == "Plan fee"
			}).Find("td").Eq(i).Find(".sum").Length() > 0
			doc.Find("tr[data-charge]").Each(func(_ int, row *goquery.Selection) {
				cell := row.Find("td").Eq(i)
				if everything && (cell.HasClass("uncovered") || cell.HasClass("cannot") || cell.HasClass("on_request")) {
					t.Errorf("%s: column %d prices everything, and %q", query, i, words(cell))
				}
				if fee && words(row.Find("th")) != "Plan fee" && words(cell) == "— nothing to pay" {
					t.Errorf("%s: %s is free in column %d", query, words(row.Find("th")), i)
				}
			})
		})
	}
}

// Minutes of pictures that are not bounded alike come with a word about it.
func TestBandsAreSaidToDiffer(t *testing.T) {
	s := newServer(t)
	const books = "/compare?lang=en&in=easemob-im,tencent-trtc&"
	doc := document(t, get(t, s, books+"av_4k_minutes=500&av_sd_minutes=5"))
	if got := words(doc.Find("#answer .cliff").Eq(1)); got != "“4K video minutes” does not mean the same in all columns: Easemob IM, over 2560 × 1440; Tencent RTC (TRTC), over 2560 × 1440 and up to 4096 × 2176." {
		t.Errorf("bands %q", got)
	}
	if n := document(t, get(t, s, books+"av_sd_minutes=5")).Find("#answer .cliff").Length(); n != 1 {
		t.Errorf("%d remarks on what is the same", n)
	}
	c := compareJSON(t, s, `{"products":[{"product":"tencent-im"},{"product":"tencent-trtc"},{"product":"easemob-im"}],"inputs":{"av_4k_minutes":5}}`)
	if len(c.Bands) != 1 || c.Bands[0].Input != "av_4k_minutes" || c.Bands[0].Bounds[0] != nil || *c.Bands[0].Bounds[1] == *c.Bands[0].Bounds[2] {
		t.Errorf("%+v", c.Bands)
	}
}

// Every column can be put into the draft as it is shown, and says without what.
func TestComparedColumnsAreQuoted(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/compare?lang=en&in=easemob-im,tencent-im:ultimate&"+aYearOfChat))
	cells := doc.Find(".compared tfoot td")
	if got := words(cells.Eq(1)); !strings.HasPrefix(got, "Add to quote: Easemob IM without Live groups (AVChatRoom)") {
		t.Errorf("button %q", got)
	}
	for i, total := range []string{"¥69,588.00", "¥95,988.00"} {
		button := doc.Find(".compared tfoot button").Eq(i)
		form, _ := button.Attr("form")
		sent := url.Values{"lang": {"en"}}
		doc.Find(`input[form="` + form + `"]`).Each(func(_ int, field *goquery.Selection) {
			name, _ := field.Attr("name")
			value, _ := field.Attr("value")
			sent.Set(name, value)
		})
		if action, _ := doc.Find("form#" + form).Attr("action"); action != "/draft/items" {
			t.Fatalf("the button of column %d sends to %q", i, action)
		}
		res := send(t, s, request("POST", "/draft/items", sent.Encode(), "Content-Type", formType))
		if res.StatusCode != 303 {
			t.Fatalf("%d", res.StatusCode)
		}
		draft := document(t, send(t, s, request("GET", "/draft?lang=en", "", "Cookie", res.Header.Get("Set-Cookie"))))
		if got := words(draft.Find("main")); !strings.Contains(got, total) {
			t.Errorf("the draft has no %s: %s", total, got)
		}
		note := []string{"Easemob IM is quoted without Live groups (AVChatRoom), for which there is no public price.", ""}[i]
		if got := words(draft.Find("textarea#note")); got != note {
			t.Errorf("the note is %q", got)
		}
	}
}

// TestFaultsOfComparedRows: a row that is none, and a fact that is none, are
// called what they are.
func TestFaultsOfComparedRows(t *testing.T) {
	s := newServer(t)
	p := wantProblem(t, postCompare(t, s, `{"products":[{"product":"tencent-trtc"},{"product":"easemob-im"}],"facts":{"participants":[null,5],"colour":1}}`), 422)
	var got []string
	for _, f := range p.Errors {
		got = append(got, f.Input+" "+f.Code+" "+f.Message)
	}
	want := "participants[0] wrong_type Give a row as an object, with its fields by name.\n" +
		"participants[1] wrong_type Give a row as an object, with its fields by name.\n" +
		"colour unknown_input There is no such fact here."
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	// An input that no product has is none; rows that are no list are no list.
	p = wantProblem(t, postCompare(t, s, `{"products":[{"product":"tencent-trtc"},{"product":"easemob-im"}],"inputs":{"colour":1,"moderation":{}}}`), 422)
	if p.Errors[0].Message != "Give a list of rows." || p.Errors[1].Message != "This product has no such input." {
		t.Errorf("%+v", p.Errors)
	}
}
