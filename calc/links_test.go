package calc_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc"
	"suanpan/pricing"
)

// sharedLinks are links of every kind of page as the page itself writes them.
func sharedLinks(t testing.TB, s *calc.Server) []string {
	t.Helper()
	var all []string
	for path, entries := range map[string][]string{
		imPage: {
			"dau=15000&history_days=90&months=12",
			"dau=15000&option=ultimate&peak_groups=30000&months=24",
		},
		"/calc/easemob-im":   {"dau=12000&callback_cache=yes&months=3", "price_book=2022-09-13&dau=82370&months=2"},
		"/calc/tencent-trtc": {"av_hd_minutes=80000&months=12&features=rtmp_ingest&features=mini_program&promotions=no"},
		"/calc/aliyun-multimodal": {
			"workloads.0.rounds=500000&workloads.0.asr=standard&workloads.0.dialogue=casual&workloads.1.rounds=1000&workloads.1.tts=light&months=12",
		},
		"/calc/inf-llm":                 {"models.0.input_tokens=3000000&models.0.output_tokens=1000000&peak_rpm=30"},
		imPage + "/facts/daily-users":   {"registered_users=800000&active_share=6&months=12"},
		"/calc/tencent-trtc/facts/room": {"participants.0.people=12&participants.0.sends=video_640x360&session_minutes=45&sessions=1200"},
		"/compare":                      {"in=tencent-im,easemob-im&dau=15000&history_days=90&months=12"},
	} {
		for _, entered := range entries {
			res := send(t, s, request("POST", path, entered, "Content-Type", formType, "HX-Request", "true"))
			link := res.Header.Get("HX-Replace-Url")
			if link == "" {
				t.Fatalf("%s with %s has no link: %d", path, entered, res.StatusCode)
			}
			all = append(all, link)
		}
	}
	res := send(t, s, request("GET", imPage+"/forecast?dau=8000&over=dau&expected=7&horizon=18", "", "HX-Request", "true"))
	return append(all, res.Header.Get("HX-Replace-Url"))
}

// opened is what a link shows.
type opened struct {
	status int
	total  string
	// notice says that something is said of the link, faults that an entry is at
	// fault.
	notice, faults bool
}

func open(t testing.TB, s *calc.Server, link string) opened {
	t.Helper()
	path, query, _ := strings.Cut(link, "?")
	for range 3 {
		r := request("GET", "/", "")
		r.URL = &url.URL{Path: path, RawQuery: query}
		if plain, err := url.PathUnescape(path); err == nil {
			r.URL.Path = plain
		}
		res := send(t, s, r)
		if res.StatusCode != http.StatusFound && res.StatusCode != http.StatusSeeOther {
			doc := document(t, res)
			return opened{
				status: res.StatusCode, total: words(doc.Find("#total")), notice: doc.Find("#link-notice").Length() == 1,
				faults: doc.Find(`[aria-invalid="true"]`).Length() > 0,
			}
		}
		path, query, _ = strings.Cut(res.Header.Get("Location"), "?")
	}
	t.Fatalf("%s leads on and on", link)
	return opened{}
}

// repairs are what can happen to a link and leave one meaning only.
var repairs = map[string]func(string) string{
	"escaped ampersands":       func(l string) string { return strings.ReplaceAll(l, "&", "&amp;") },
	"twice escaped ampersands": func(l string) string { return strings.ReplaceAll(l, "&", "&amp;amp;") },
	"numeric ampersands":       func(l string) string { return strings.ReplaceAll(l, "&", "&#38;") },
	"a full stop":              func(l string) string { return l + "." },
	"a Chinese full stop":      func(l string) string { return l + "。" },
	"an escaped full stop":     func(l string) string { return l + "%E3%80%82" },
	"a comma":                  func(l string) string { return l + "," },
	"a bracket":                func(l string) string { return l + ")" },
	"a Chinese bracket":        func(l string) string { return l + "）" },
	"an angle":                 func(l string) string { return l + ">" },
	"a quotation mark":         func(l string) string { return l + "”" },
	"an exclamation":           func(l string) string { return l + "！" },
	"a blank":                  func(l string) string { return l + "%20" },
	"a new line":               func(l string) string { return l + "%0D%0A" },
	"a zero-width space":       func(l string) string { return l + "%E2%80%8B" },
	"a byte order mark":        func(l string) string { return l + "%EF%BB%BF" },
	"a soft hyphen":            func(l string) string { return strings.Replace(l, "=", "=%C2%AD", 3) },
	"trackers of a mailer":     func(l string) string { return l + "&utm_source=mail&utm_medium=email&mc_cid=0a1b" },
	"trackers of WeChat":       func(l string) string { return l + "&from=singlemessage&isappinstalled=0&scene=1&clicktime=1700000000" },
	"trackers before":          func(l string) string { return strings.Replace(l, "?", "?fbclid=IwAR0&spm=a2c4g.1&", 1) },
	"large letters": func(l string) string {
		path, query, _ := strings.Cut(l, "?")
		return path + "?" + strings.ToUpper(query)
	},
	"another order": func(l string) string {
		path, query, _ := strings.Cut(l, "?")
		values, _ := url.ParseQuery(query)
		return path + "?" + values.Encode()
	},
	"a slash before the question mark":   func(l string) string { return strings.Replace(l, "?", "/?", 1) },
	"an escaped question mark":           func(l string) string { return strings.Replace(l, "?", "%3F", 1) },
	"a Chinese question mark":            func(l string) string { return strings.Replace(l, "?", "？", 1) },
	"escaped equals signs":               func(l string) string { return strings.ReplaceAll(l, "=", "%3D") },
	"Chinese equals and ampersand signs": func(l string) string { return strings.NewReplacer("=", "＝", "&", "＆").Replace(l) },
}

// damages are what can happen to a link and leave a doubt.
var damages = map[string]func(string) string{
	"words stuck to it":          func(l string) string { return l + "，请查收" },
	"words stuck without a sign": func(l string) string { return l + "请查收" },
	"words behind a blank":       func(l string) string { return l + "%20please%20check" },
	"another link stuck to it":   func(l string) string { return l + "http://example.com/" },
	"the last sign cut":          func(l string) string { return l[:len(l)-1] },
	"the last three signs cut":   func(l string) string { return l[:len(l)-3] },
	"the last parameter cut":     func(l string) string { return l[:strings.LastIndex(l, "&")] },
	"cut behind the book": func(l string) string {
		parts := strings.SplitAfterN(l, "&", 3)
		return strings.TrimSuffix(parts[0]+parts[1], "&")
	},
	"cut in the middle": func(l string) string { i := strings.Index(l, "?"); return l[:i+2+(len(l)-i)/2] },
	"a parameter in the middle": func(l string) string {
		parts := strings.Split(l, "&")
		return strings.Join(append(parts[:2:2], parts[3:]...), "&")
	},
	"a digit changed": func(l string) string {
		i := strings.LastIndexAny(l, "0123456789")
		return l[:i] + string('0'+(l[i]-'0'+1)%10) + l[i+1:]
	},
	"a nought added":               func(l string) string { return l + "0" },
	"a parameter it does not know": func(l string) string { return l + "&peak_group=5" },
	"a name mistyped":              func(l string) string { i := strings.LastIndex(l, "="); return l[:i-1] + l[i:] },
	"the check cut":                func(l string) string { i := strings.Index(l, "c="); return l[:i+4] + l[i+8:] },
	"the check empty":              func(l string) string { i := strings.Index(l, "c="); return l[:i+2] + l[i+8:] },
	"another check":                func(l string) string { i := strings.Index(l, "c="); return l[:i+2] + "aaaaaa" + l[i+8:] },
}

// TestDamagedLinks: whatever happens to a link on its way, it shows the total that
// was shared, or says something.
func TestDamagedLinks(t *testing.T) {
	manyCases(t)
	s := newServer(t)
	cases := 0
	for _, link := range sharedLinks(t, s) {
		whole := open(t, s, link)
		if whole.status != 200 || whole.total == "" || whole.notice {
			t.Errorf("%s: %+v", link, whole)
			continue
		}
		for name, repair := range repairs {
			cases++
			if got := open(t, s, repair(link)); got.total != whole.total || got.status != 200 {
				t.Errorf("%s, %s: %+v, want %s", link, name, got, whole.total)
			}
		}
		for name, damage := range damages {
			cases++
			damaged := damage(link)
			got := open(t, s, damaged)
			if !got.notice && !got.faults && got.status == 200 {
				t.Errorf("%s, %s: %+v, and nothing is said", link, name, got)
			}
		}
	}
	if cases < 300 {
		t.Errorf("%d cases", cases)
	}
}

// TestLinkNotice: what is said of a link, in both languages, and that nothing is
// where there is nothing to say.
func TestLinkNotice(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ link, says string }{
		{imPage + "?dau=15000&lang=en", ""},
		{imPage + "?dau=15000&utm_source=x&lang=en", ""},
		{imPage + "?lang=en", ""},
		{imPage + "?dau=15000&amp;months=12&lang=en", "It could be read all the same.Read Term: 12 months, Peak daily active users: 15,000"},
		{imPage + "?dau=15000&option=ultimate，请查收&lang=zh", "这个链接有一部分没能读懂"},
		{imPage + "?dau=15000&option=ultimate，请查收&lang=zh", "已略去“，请查收”，它跟在 option 后面"},
		{imPage + "?dau=15000&option=ultimate，请查收&lang=zh", "套餐 旗舰版"},
		{imPage + "?dau=15000&amp;option=ultimate&lang=en", ", Plan: Ultimate"},
		{imPage + "?dua=15000&lang=en", "Not understood: dua=15000"},
		{imPage + "?c=aaaaaa&price_book=2020-10-30&dau=15000&lang=en", "did not arrive as it was sent"},
		{"/compare?in=tencent-im,easemob-im&dau=15000&colour=5&lang=en", "Not understood: colour=5"},
		{imPage + "/forecast?dau=8000&over=dau&colour=5&lang=en", "Not understood: colour=5"},
		{imPage + "/facts/daily-users?registered_users=5&colour=5&lang=en", "Not understood: colour=5"},
		{imPage + "?<b>=1&lang=en", "Not understood: <b>=1"},
	} {
		notice := document(t, get(t, s, strings.NewReplacer("<", "%3C", ">", "%3E").Replace(tt.link))).Find("#link-notice")
		if (notice.Length() > 0) != (tt.says != "") || !strings.Contains(words(notice), tt.says) {
			t.Errorf("%s: %q is said, want %q", tt.link, words(notice), tt.says)
		}
	}
}

// TestLinkIsPinned: the link, the address and the text of a page name the price
// book and begin with the check; links that mean the prices of the day do not.
func TestLinkIsPinned(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, imPage+"?dau=15000&months=12"))
	link, _ := doc.Find("#link").Attr("value")
	const want = "&price_book=2020-10-30&months=12&dau=15000"
	if _, query, _ := strings.Cut(link, "?"); !strings.HasPrefix(query, "c=") || !strings.HasSuffix(query, want) {
		t.Errorf("link %s", link)
	}
	if text := doc.Find("#text").Text(); !strings.HasSuffix(text, link) {
		t.Errorf("text %q", text)
	}
	doc.Find(".examples a, header nav a").Each(func(_ int, a *goquery.Selection) {
		if href, _ := a.Attr("href"); strings.Contains(href, "price_book") || strings.Contains(href, "c=") {
			t.Errorf("%s is pinned", href)
		}
	})
}

// TestLinksOfTheLargestForms: fifty rows of everything fit into what common
// servers take.
func TestLinksOfTheLargestForms(t *testing.T) {
	s := newServer(t)
	const most = 8 << 10
	for page, row := range map[string]url.Values{
		"/calc/aliyun-multimodal": {
			"workloads.N.rounds": {"999999999999"}, "workloads.N.asr": {"premium"}, "workloads.N.intent": {"yes"}, "workloads.N.dialogue": {"knowledge_base"},
			"workloads.N.model": {"qwen3.5-omni-plus-audio"}, "workloads.N.tts": {"standard"}, "workloads.N.tts_calls": {"999"},
		},
		"/calc/easemob-im": {"moderation.N.model": {"video_contraband"}, "moderation.N.quantity": {"999999999999"}},
		"/calc/inf-llm":    {"models.N.model": {"inf-med-chat-v1"}, "models.N.input_tokens": {"999999999999"}, "models.N.output_tokens": {"999999999998"}},
	} {
		typed := url.Values{"months": {"36"}}
		for n := range 50 {
			for name, value := range row {
				typed[strings.Replace(name, "N", strconv.Itoa(n), 1)] = value
			}
		}
		res := send(t, s, request("POST", page, typed.Encode(), "Content-Type", formType, "HX-Request", "true"))
		link := res.Header.Get("HX-Replace-Url")
		if link == "" || len(link) > most {
			t.Errorf("%s: %d bytes, status %d", page, len(link), res.StatusCode)
		}
		if got := open(t, s, link); got.notice || got.total == "" {
			t.Errorf("%s: %+v", page, got)
		}
	}
}

// TestLinksOutliveTheirPrices: a link that was copied before a newer book came out
// opens with the same figures after it, and says that there are newer ones; a link
// of the site means the prices of the day.
func TestLinksOutliveTheirPrices(t *testing.T) {
	before := newServer(t)
	link := byID(document(t, get(t, before, imPage+"?dau=15000&months=12")), "link").AttrOr("value", "")
	link = strings.TrimPrefix(link, "http://example.com")
	compared := send(t, before, request("POST", "/compare", "in=tencent-im,easemob-im&dau=15000&months=12", "Content-Type", formType, "HX-Request", "true")).Header.Get("HX-Replace-Url")

	data, err := fs.ReadFile(pricing.EmbeddedBooks(), "tencent-im/2020-10-30.yaml")
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.NewReplacer(`price_book: "2020-10-30"`, `price_book: "2026-11-01"`, `monthly_fee: "999"`, `monthly_fee: "1099"`).Replace(string(data))
	catalog, err := pricing.LoadCatalog(pricing.EmbeddedBooks(), fstest.MapFS{"tencent-im/2026-11-01.yaml": {Data: []byte(newer)}})
	if err != nil {
		t.Fatal(err)
	}
	after := newServer(t, func(c *calc.Config) { c.Catalog = catalog })
	page := document(t, get(t, after, link))
	if got := words(byID(page, "total")); got != "¥23,988.00" || byID(page, "link-notice").Length() != 0 {
		t.Errorf("%s: %s, %q", link, got, words(byID(page, "link-notice")))
	}
	if page.Find(".older").Length() != 1 {
		t.Error("nothing is said of the newer prices")
	}
	if got, want := open(t, after, compared), open(t, before, compared); got != want || want.total == "" {
		t.Errorf("%s: %+v, before %+v", compared, got, want)
	}
	if got := open(t, after, imPage+"?dau=15000&months=12"); got.total != "¥25,188.00" {
		t.Errorf("at the prices of the day: %+v", got)
	}
}
