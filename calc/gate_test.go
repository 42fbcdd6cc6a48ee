package calc_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// dearForecast and dearQuery ask for as much as one request can.
const dearForecast = `{"product":"tencent-trtc","over":"av_hd_minutes","months":36,"growth":{"low":"1","expected":"2","high":"3"},"inputs":{"av_hd_minutes":50000}}`

func dearQuery() string {
	q := url.Values{}
	for i := range 50 {
		q.Set(fmt.Sprintf("workloads.%d.rounds", i), "1000")
		q.Set(fmt.Sprintf("workloads.%d.dialogue", i), "casual")
	}
	return q.Encode()
}

// While dear work floods, what is light is answered, dear work is refused for the
// moment, and a page does without the part of it that is dear.
func TestDearWorkKeepsNobodyWaiting(t *testing.T) {
	s := newServer(t)
	giveBack := s.FillDear(0)
	query := dearQuery()
	const page = "/calc/aliyun-multimodal"
	forecastPage := "/calc/tencent-trtc/forecast?over=av_hd_minutes&av_hd_minutes=50000&horizon=36&expected=2"
	ask := func(method, target, body, kind string, headers ...string) *http.Response {
		return send(t, s, request(method, target, body, append(headers, "Content-Type", kind)...))
	}
	for _, light := range []*http.Response{
		ask("POST", imPage, "dau=15000", formType, "HX-Request", "true"),
		ask("POST", page, query, formType, "HX-Request", "true"),
		ask("POST", estimates, `{"product":"tencent-trtc"}`, "application/json"),
		get(t, s, "/"), get(t, s, rtcPage+"?av_hd_minutes=1000"), get(t, s, imPage+"/outlook?dau=15000"), get(t, s, draftPage),
	} {
		wantStatus(t, light, 200)
	}
	late := document(t, get(t, s, page+"?"+query))
	if trigger := byID(late, "outlook").AttrOr("hx-trigger", ""); !strings.HasPrefix(trigger, "load,") || late.Find("#outlook svg").Length() > 0 {
		t.Errorf("the outlook is fetched at %q", trigger)
	}
	for _, dear := range []*http.Request{
		request("POST", "/api/v1/forecasts", dearForecast, "Content-Type", "application/json"),
		request("GET", forecastPage, ""),
		request("GET", page+"/outlook?"+query, ""),
		request("POST", "/api/v1/curves", `{"product":"tencent-trtc","inputs":{"av_hd_minutes":5000},"over":"av_hd_minutes","points":500}`, "Content-Type", "application/json"),
	} {
		res := answer(s, dear)
		wantStatus(t, res, 503)
		if res.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", dear.URL.Path)
		}
	}
	giveBack()
	wantStatus(t, ask("POST", "/api/v1/forecasts", dearForecast, "application/json"), 200)
	wantStatus(t, get(t, s, forecastPage), 200)
	if whole := document(t, get(t, s, page+"?"+query)); whole.Find("#outlook svg").Length() == 0 {
		t.Error("the page comes without its outlook though nobody else computes")
	}
	if !s.Idle() {
		t.Error("places are left taken")
	}
}

// Dear work counts for several requests.
func TestDearWorkIsWeighed(t *testing.T) {
	s := newServer(t, withRate(5)) // 20 at once
	answered := 0
	for range 20 {
		if res := send(t, s, request("POST", "/api/v1/forecasts", dearForecast, "Content-Type", "application/json")); res.StatusCode == 200 {
			answered++
		}
	}
	if answered < 2 || answered > 8 {
		t.Errorf("%d forecasts were answered at once", answered)
	}
}

// Who waits for a place and goes away is not computed for.
func TestWhoLeavesTheQueueAtOnce(t *testing.T) {
	s := newServer(t)
	giveBack := s.FillDear(1)
	ctx, leave := context.WithCancel(t.Context())
	done := make(chan int)
	go func() {
		r := request("POST", "/api/v1/forecasts", dearForecast, "Content-Type", "application/json")
		done <- answer(s, r.WithContext(ctx)).StatusCode
	}()
	leave()
	if status := <-done; status != 499 {
		t.Errorf("status %d", status)
	}
	giveBack()
	if !s.Idle() {
		t.Error("a place is left taken")
	}
}

// Slow lines keep nobody out: whose body is still to come, and whose answer is
// still on its way, has no place.
func TestSlowLinesAtOnce(t *testing.T) {
	s := newServer(t)
	server := httptest.NewServer(s)
	defer server.Close()
	live := func() *http.Response {
		return answer(s, request("POST", imPage, "dau=15000", "Content-Type", formType, "HX-Request", "true"))
	}
	var rest []*io.PipeWriter
	answers := make(chan int)
	for range 2 * s.LightPlaces() {
		body, w := io.Pipe()
		rest = append(rest, w)
		go func() {
			r, _ := http.NewRequestWithContext(t.Context(), "POST", server.URL+imPage, body)
			r.Header.Set("Content-Type", formType)
			r.Header.Set("HX-Request", "true")
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				answers <- 0
				return
			}
			res.Body.Close()
			answers <- res.StatusCode
		}()
		if _, err := io.WriteString(w, "dau=15"); err != nil {
			t.Fatal(err)
		}
	}
	wantStatus(t, live(), 200)
	for _, w := range rest {
		_, _ = io.WriteString(w, "000")
		w.Close()
	}
	for range rest {
		if status := <-answers; status != 200 {
			t.Errorf("a slow body is answered %d", status)
		}
	}

	blocked, release := make(chan bool), make(chan bool)
	for range 2 * s.LightPlaces() {
		go func() {
			s.ServeHTTP(&slowWriter{httptest.NewRecorder(), blocked, release}, request("GET", imPage, ""))
			answers <- 0
		}()
		<-blocked
	}
	wantStatus(t, live(), 200)
	close(release)
	for range 2 * s.LightPlaces() {
		<-answers
	}
	if !until(s.Idle) {
		t.Error("places are left taken")
	}
}

// slowWriter is a line on which nothing goes out for the time being.
type slowWriter struct {
	*httptest.ResponseRecorder
	blocked, release chan bool
}

func (w *slowWriter) Write(p []byte) (int, error) {
	select {
	case w.blocked <- true:
	default:
	}
	<-w.release
	return w.ResponseRecorder.Write(p)
}
