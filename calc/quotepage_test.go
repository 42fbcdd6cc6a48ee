package calc_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/boombuler/barcode/qr"
	"github.com/xuri/excelize/v2"

	"suanpan/calc"
)

const onPublicURL = "https://quotes.example"

func withPublicURL(c *calc.Config) { c.PublicURL = onPublicURL }

// quotePage opens the page of a quote, which must be a good one.
func quotePage(t testing.TB, h http.Handler, path string) *goquery.Document {
	t.Helper()
	res := get(t, h, path)
	wantStatus(t, res, 200)
	wantPrivate(t, res)
	doc := document(t, res)
	checkDocument(t, doc)
	checkHeadings(t, doc)
	return doc
}

// wantPrivate checks that an answer is kept by nobody and found by nobody.
func wantPrivate(t testing.TB, res *http.Response) {
	t.Helper()
	if got := res.Header.Get("X-Robots-Tag"); !strings.Contains(got, "noindex") {
		t.Errorf("X-Robots-Tag %q", got)
	}
	if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
		t.Errorf("Cache-Control %q", got)
	}
	if got := res.Header.Get("Referrer-Policy"); got != "same-origin" && got != "no-referrer" {
		t.Errorf("Referrer-Policy %q", got)
	}
}

// checkHeadings checks that no level of headings is left out, and that tables
// say what their heads are of.
func checkHeadings(t testing.TB, doc *goquery.Document) {
	t.Helper()
	level := 0
	doc.Find("h1, h2, h3, h4").Each(func(_ int, s *goquery.Selection) {
		this := int(goquery.NodeName(s)[1] - '0')
		if this > level+1 {
			t.Errorf("after a heading of level %d comes %q of level %d", level, s.Text(), this)
		}
		level = this
	})
	doc.Find("th").Each(func(_ int, s *goquery.Selection) {
		if scope := s.AttrOr("scope", ""); scope != "col" && scope != "row" {
			t.Errorf("the head %q has no scope", s.Text())
		}
	})
	doc.Find("table").Each(func(_ int, s *goquery.Selection) {
		if squeezed(s.Find("caption")) == "" {
			t.Error("a table without a caption")
		}
	})
}

func TestQuotePage(t *testing.T) {
	clock := noon()
	s := newServer(t, withClock(clock), withPublicURL)
	q := saveQuote(t, s, threeItems)
	doc := quotePage(t, s, "/q/"+q.ID)
	for id, want := range map[string]string{
		"total": "¥" + grouped(q.Total), "prepaid": "¥" + grouped(q.Prepaid), "postpaid": "¥" + grouped(q.Postpaid),
		"valid-until": "24 March 2026", "days-left": "14 days left",
		"quote-id": q.ID, "quote-hash": q.Hash, "quote-address": onPublicURL + "/q/" + q.ID,
	} {
		if got := squeezed(byID(doc, id)); got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
	if lang := doc.Find("html").AttrOr("lang", ""); lang != "en" {
		t.Errorf("language %q", lang)
	}
	if doc.Find(`meta[name="robots"][content*="noindex"]`).Length() != 1 {
		t.Error("robots may keep the page")
	}
	facts := squeezed(doc.Find(".quote-facts"))
	for _, want := range []string{"小米 “Xiaomi”", "Li Lei", "10 March 2026"} {
		if !strings.Contains(facts, want) {
			t.Errorf("%q is not in %q", want, facts)
		}
	}
	if note := doc.Find(".quote-note p").Text(); !strings.Contains(note, "Net 30.\nThanks!") {
		t.Errorf("note %q", note)
	}
	// Totals stand before items, and items in their order with every line.
	order := doc.Find(".quote-totals, .quote-item, .fine-print, .quote-foot").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("class", "") })
	if got := strings.Join(order, " "); got != "quote-totals quote-item quote-item quote-item fine-print quote-foot" {
		t.Errorf("the page is %s", got)
	}
	for i, item := range q.Items {
		shown := byID(doc, fmt.Sprintf("item-%d", i+1))
		if rows := shown.Find("tr[data-line]"); rows.Length() != len(item.Lines) {
			t.Errorf("item %d shows %d lines of %d", i, rows.Length(), len(item.Lines))
		}
		for _, line := range item.Lines {
			text := squeezed(shown.Find(fmt.Sprintf("tr[data-line=%q]", line.ID)))
			for _, want := range []string{line.Name, line.Formula, line.Source} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in the line %q", want, text)
				}
			}
		}
		if sums := squeezed(shown.Find(".sum")); !strings.Contains(sums, grouped(item.Amount)) || !strings.Contains(sums, grouped(item.Total)) {
			t.Errorf("item %d comes to %q", i, sums)
		}
	}
	// What two items rest on alike is said once, and what lines rest on is there.
	seen := map[string]bool{}
	doc.Find(".fine-print li > span:first-child").Each(func(_ int, s *goquery.Selection) {
		if text := squeezed(s); seen[text] {
			t.Errorf("said twice: %s", text)
		} else {
			seen[text] = true
		}
	})
	doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
		if href := s.AttrOr("href", ""); doc.Find(href).Length() != 1 {
			t.Errorf("%s leads nowhere", href)
		}
	})
	// Nothing on the page changes the quote, for who does not own it.
	doc.Find("form").Each(func(_ int, form *goquery.Selection) {
		if action := form.AttrOr("action", ""); action != "/q/"+q.ID+"/draft" {
			t.Errorf("a form for %s", action)
		}
	})
}

// TestQuoteSpeaksItsOwnLanguage, whatever the reader's is.
func TestQuoteSpeaksItsOwnLanguage(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, `{"lang":"zh","title":"三个应用","items":[{"product":"tencent-im","inputs":{"dau":15000,"months":12}}]}`)
	for _, path := range []string{"", "/today", "/own"} {
		for _, ask := range []string{"", "?lang=en"} {
			doc := document(t, get(t, s, "/q/"+q.ID+path+ask, "Accept-Language", "en"))
			if lang := doc.Find("html").AttrOr("lang", ""); lang != "zh-CN" {
				t.Errorf("%s%s is in %s", path, ask, lang)
			}
		}
	}
	if text := quotePage(t, s, "/q/"+q.ID).Find("#summary").Text(); !strings.Contains(text, "三个应用") || !strings.Contains(text, "有效期至") {
		t.Errorf("summary %q", text)
	}
}

func TestQuoteTextIsHarmless(t *testing.T) {
	s := newServer(t)
	const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)></textarea></title>`
	quoted := strconv.Quote(evil)
	q := saveQuote(t, s, `{"title":`+quoted+`,"customer":`+quoted+`,"prepared_by":`+quoted+`,"note":`+quoted+`,"items":[{"product":"fixture-cloud"}]}`)
	for _, path := range []string{"", "/today", "/own"} {
		doc := quotePage(t, s, "/q/"+q.ID+path)
		if n := doc.Find("script:not([src]), img, [onerror], [style]").Length(); n != 0 {
			t.Errorf("%s: %d pieces of what was typed became markup", path, n)
		}
	}
	doc := quotePage(t, s, "/q/"+q.ID)
	if doc.Find("h1").Text() != evil || !strings.HasPrefix(doc.Find("#summary").Text(), evil) || doc.Find(".quote-note p").Text() != evil {
		t.Error("what was typed is not shown as it was typed")
	}
	for _, ending := range []string{".json", ".csv", ".xlsx"} {
		_, parameters, err := mime.ParseMediaType(get(t, s, "/q/"+q.ID+ending).Header.Get("Content-Disposition"))
		if name := parameters["filename"]; err != nil || strings.ContainsAny(name, `/\<>:"|?*`) || !strings.HasSuffix(name, ending) {
			t.Errorf("file %q: %v", name, err)
		}
	}
}

// TestSmallestQuote: what is optional is left out without a trace.
func TestSmallestQuote(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	doc := quotePage(t, s, "/q/"+q.ID)
	if h := squeezed(doc.Find("h1")); h != "Quote" {
		t.Errorf("title %q", h)
	}
	if doc.Find(".quote-note, .overview, .banner, #owner, .eyebrow").Length() != 0 {
		t.Error("something is shown that is not there")
	}
	if disposition := get(t, s, "/q/"+q.ID+".csv").Header.Get("Content-Disposition"); !strings.Contains(disposition, q.ID) {
		t.Errorf("file %q", disposition)
	}
}

func TestDaysLeftOfAQuote(t *testing.T) {
	clock := noon()
	s := newServer(t, withClock(clock))
	q := saveQuote(t, s, `{"valid_days":2,"lang":"en","items":[{"product":"fixture-cloud"}]}`)
	for _, tt := range []struct {
		left    string
		expired bool
	}{{"2 days left", false}, {"1 day left", false}, {"today is the last day", false}, {"expired", true}, {"expired", true}} {
		doc := quotePage(t, s, "/q/"+q.ID)
		if got := squeezed(byID(doc, "days-left")); got != tt.left {
			t.Errorf("%q, want %q", got, tt.left)
		}
		if expired := strings.Contains(squeezed(doc.Find(".banner")), "valid until the end of 12 March 2026"); expired != tt.expired {
			t.Errorf("%s: banner %q", tt.left, squeezed(doc.Find(".banner")))
		}
		clock.move(24 * time.Hour)
	}
}

// TestDaysEndInChina: a quote is valid until the day is over there.
func TestDaysEndInChina(t *testing.T) {
	clock := &clock{now: time.Date(2026, 3, 10, 15, 59, 59, 0, time.UTC)} // 23:59:59 there
	s := newServer(t, withClock(clock))
	q := saveQuote(t, s, `{"valid_days":1,"lang":"en","items":[{"product":"fixture-cloud"}]}`)
	for _, want := range []string{"1 day left", "today is the last day"} {
		if got := squeezed(byID(quotePage(t, s, "/q/"+q.ID), "days-left")); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		clock.move(time.Second)
	}
}

// TestQRCode: the path is, module by module, the code of the address, with the
// quiet zone around it.
func TestQRCode(t *testing.T) {
	s := newServer(t, withPublicURL)
	q := saveQuote(t, s, oneItem)
	svg := quotePage(t, s, "/q/"+q.ID).Find("figure.qr svg")
	if svg.Find("path").Length() != 1 || svg.Find("title").Text() == "" || svg.Find("path").AttrOr("fill", "") != "#000" || svg.Find("rect").AttrOr("fill", "") != "#fff" {
		t.Error("the code is not one black path on white, with a title")
	}
	want, err := qr.Encode(onPublicURL+"/q/"+q.ID, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	const quiet = 4
	size := want.Bounds().Dx()
	if box := svg.AttrOr("viewbox", svg.AttrOr("viewBox", "")); box != fmt.Sprintf("0 0 %[1]d %[1]d", size+2*quiet) {
		t.Errorf("box %q for %d modules", box, size)
	}
	dark := map[image.Point]bool{}
	runs := regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(svg.Find("path").AttrOr("d", ""), -1)
	for _, run := range runs {
		x, _ := strconv.Atoi(run[1])
		y, _ := strconv.Atoi(run[2])
		n, _ := strconv.Atoi(run[3])
		if run[3] != run[4] {
			t.Errorf("the run %s is not closed", run[0])
		}
		for i := range n {
			dark[image.Pt(x+i-quiet, y-quiet)] = true
		}
	}
	for y := -quiet; y < size+quiet; y++ {
		for x := -quiet; x < size+quiet; x++ {
			inside := image.Pt(x, y).In(want.Bounds())
			black := false
			if inside {
				r, _, _, _ := want.At(x, y).RGBA()
				black = r == 0
			}
			if dark[image.Pt(x, y)] != black {
				t.Fatalf("module %d, %d is wrong", x, y)
			}
		}
	}
}

// TestLongAddressHasNoCode: who asks with a host's name that fits no code gets
// the page all the same.
func TestLongAddressHasNoCode(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	r := request(http.MethodGet, "/q/"+q.ID, "")
	r.Host = strings.Repeat("a", 5000) + ".example"
	doc := document(t, send(t, s, r))
	if doc.Find("figure.qr").Length() != 0 || doc.Find("#total").Length() != 1 {
		t.Error("the page is not there, or has a code that cannot be")
	}
}

// TestQuoteFiles: the JSON is what the hash is of, byte by byte.
func TestQuoteFiles(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, `{"title":"报价 2026/三","lang":"zh","items":[{"product":"tencent-im","inputs":{"dau":15000,"months":12},"quantity":3}]}`)
	for ending, kind := range map[string]string{
		".json": "application/json", ".csv": "text/csv; charset=utf-8",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	} {
		res := get(t, s, "/q/"+q.ID+ending)
		wantStatus(t, res, 200)
		wantPrivate(t, res)
		if got := res.Header.Get("Content-Type"); got != kind {
			t.Errorf("%s: content type %q", ending, got)
		}
		header := res.Header.Get("Content-Disposition")
		if !strings.HasPrefix(header, `attachment; filename="`) || !strings.Contains(header, "filename*=UTF-8''%E6%8A%A5%E4%BB%B7%202026_%E4%B8%89"+ending) {
			t.Errorf("%s: %q", ending, header)
		}
		body := read(t, res)
		switch ending {
		case ".json":
			sum := sha256.Sum256(body)
			if hex.EncodeToString(sum[:]) != q.Hash {
				t.Error("the JSON does not have the hash of the quote")
			}
		case ".csv":
			if !bytes.HasPrefix(body, []byte("\ufeff")) || !bytes.Contains(body, []byte(q.Total)) {
				t.Errorf("CSV without a mark or total: %.200q", body)
			}
		case ".xlsx":
			if _, err := excelize.OpenReader(bytes.NewReader(body)); err != nil {
				t.Error(err)
			}
		}
		head := send(t, s, request(http.MethodHead, "/q/"+q.ID+ending, ""))
		if head.StatusCode != 200 || head.Header.Get("Content-Disposition") != header {
			t.Errorf("%s: HEAD answers %d", ending, head.StatusCode)
		}
	}
}

func TestHeadOfAQuote(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	for _, path := range []string{"", "/today", "/own"} {
		res := send(t, s, request(http.MethodHead, "/q/"+q.ID+path, ""))
		if res.StatusCode != 200 {
			t.Errorf("%q: HEAD answers %d", path, res.StatusCode)
		}
		wantPrivate(t, res)
	}
}

// TestHostileQuoteAddresses: none finds anything, and none is a failure.
func TestHostileQuoteAddresses(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	for _, id := range []string{
		strings.Repeat("a", 26), strings.Repeat("a", 60_000), q.ID[:25], q.ID + "a", strings.ToUpper(q.ID), "%20" + q.ID,
		"%00", q.ID + "%00", q.ID + ".xls", q.ID + ".json.json", q.ID + "..json", "." + q.ID, ".json", "..json",
		"%2e%2e%2fetc%2fpasswd", "..%2f" + q.ID, q.ID + "%2ftoday", "%ff%fe", "'%20OR%20'1'='1", "%F0%9F%92%B0", q.ID + "%0d%0aX:%20y",
	} {
		for _, path := range []string{"", "/today", "/own", "/withdraw", "/unknown"} {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
				res := send(t, s, request(method, "/q/"+id+path, "", "Content-Type", formType))
				if method == http.MethodPost && (res.StatusCode == 404 || res.StatusCode == 405) {
					continue
				}
				if res.StatusCode != http.StatusNotFound {
					t.Errorf("%s %.40s%s: status %d", method, id, path, res.StatusCode)
				}
			}
		}
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch} {
		if res := send(t, s, request(method, "/q/"+q.ID, "")); res.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: status %d", method, res.StatusCode)
		}
	}
}

// TestOpenInTheCalculator: it shows the figures that are quoted, of old prices
// too, and another option than the recommended one.
func TestOpenInTheCalculator(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, `{"items":[
		{"product":"easemob-im","price_book":"2022-09-13","inputs":{"dau":20000,"months":12}},
		{"product":"tencent-im","inputs":{"dau":15000,"months":12},"option":"ultimate","quantity":4}]}`)
	doc := quotePage(t, s, "/q/"+q.ID)
	for i, item := range q.Items {
		href := byID(doc, fmt.Sprintf("item-%d", i+1)).Find("a[href^='/calc/']").AttrOr("href", "")
		calculator := document(t, get(t, s, href))
		if total := squeezed(byID(calculator, "total")); total != "¥"+grouped(item.Total) {
			t.Errorf("%s shows %s, the quote %s", href, total, item.Total)
		}
	}
}

func TestDocumentPageIsCompressed(t *testing.T) {
	s := newServer(t)
	res := get(t, s, "/q/"+saveQuote(t, s, oneItem).ID, "Accept-Encoding", "gzip")
	wantStatus(t, res, 200)
	if res.Header.Get("Content-Encoding") != "gzip" {
		t.Error("the page is not compressed")
	}
}

// Secrets cannot be tried one after the other.
func TestGuessesAreLimited(t *testing.T) {
	s := newServer(t, func(c *calc.Config) { c.Rate = 1 })
	q := saveQuote(t, s, oneItem)
	statuses := map[int]int{}
	for range 20 {
		statuses[send(t, s, request(http.MethodPost, "/q/"+q.ID+"/own", "secret=x", "Content-Type", formType)).StatusCode]++
	}
	if statuses[http.StatusTooManyRequests] == 0 || statuses[http.StatusForbidden] == 0 {
		t.Errorf("guesses at a secret are answered %v", statuses)
	}
}
