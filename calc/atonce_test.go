package calc_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
)

// TestEveryRouteAtOnce is for the race detector, as all tests of this name are:
// whatever a server is asked for, it may be asked for by several visitors at
// once, in both languages, and each is answered as if alone.
func TestEveryRouteAtOnce(t *testing.T) {
	s := newServer(t, withClock(noon()))
	rep := newRep(t, s)
	rep.add(proItem)
	kept := saveQuote(t, s, threeItems)
	q := "/q/" + kept.ID
	css := document(t, get(t, s, "/")).Find("link[rel=stylesheet]").AttrOr("href", "")
	const room = "participants.0.sends=video_1280x720&participants.1.people=12&participants.1.receives=group_a&session_minutes=45&sessions=880"
	const inputs = `"product":"tencent-im","inputs":{"dau":15000,"months":12}`
	pages := []string{
		"/", css, "/healthz", "/readyz", imPage + "?dau=15000&months=12", imPage + "?dau=abc", imPage + "/outlook?dau=15000&over=dau",
		"/calc/tencent-trtc/facts/room?" + room, "/calc/tencent-trtc/forecast?av_hd_minutes=50000&over=av_hd_minutes&expected=20",
		"/compare?in=tencent-trtc,easemob-im&facts=room&" + room,
		"/compare.xlsx?in=tencent-trtc,easemob-im&dau=15000", "/compare.csv?in=tencent-trtc,easemob-im&dau=15000",
		imPage + "/estimate.xlsx?dau=15000", imPage + "/estimate.csv?dau=15000", imPage + "/estimate.json?dau=15000",
		draftPage, draftPage + "/first", draftPage + "/first/delete", quotesPage, quotesPage + ".csv", q, q + "/today", q + "/withdraw", q + "/own", q + ".json", q + ".csv", q + ".xlsx",
		"/api/openapi.json", "/api/v1/products", "/api/v1/products/tencent-trtc", "/api/v1/estimators/tencent-trtc",
		quotesAPI + "/" + kept.ID, quotesAPI + "/" + kept.ID + "/today", "/nothing-here",
	}
	forms := map[string]string{
		imPage: "dau=15000&months=12", "/calc/tencent-trtc/facts/room": room, "/compare": "in=tencent-trtc,easemob-im&facts=room&" + room,
		draftPage: "do=refresh", draftPage + "/first": "do=refresh", draftPage + "/first/delete": "", itemsPage: "product=tencent-im&query=dau%3D15000",
		q + "/revise": "", q + "/draft": "", q + "/own": "secret=" + *kept.OwnerToken,
	}
	calls := map[string]string{
		estimates: `{` + inputs + `}`, "/api/v1/compare": `{"products":[{"product":"tencent-im"},{"product":"easemob-im"}],"inputs":{"dau":15000}}`,
		"/api/v1/curves":                       `{"over":"dau",` + inputs + `}`,
		"/api/v1/forecasts":                    `{"over":"dau","months":3,"growth":{"expected":"5"},` + inputs + `}`,
		"/api/v1/estimators/tencent-trtc/room": `{"facts":{"participants":[{"sends":"audio"},{}],"session_minutes":30,"sessions":30}}`,
		quotesAPI:                              `{"items":[{` + inputs + `}]}`,
	}
	var make []func(lang string) *http.Request
	for _, page := range pages {
		make = append(make, func(lang string) *http.Request { return request("GET", page, "", "Accept-Language", lang) })
	}
	for path, form := range forms {
		make = append(make, func(lang string) *http.Request {
			return request("POST", path, form, "Accept-Language", lang, "Content-Type", formType, "HX-Request", "true")
		})
	}
	for path, body := range calls {
		make = append(make, func(lang string) *http.Request {
			return request("POST", path, body, "Accept-Language", lang, "Content-Type", "application/json")
		})
	}

	var mu sync.Mutex
	answers := map[string]string{}
	var all sync.WaitGroup
	for visitor := range 4 {
		lang := []string{"en", "zh-CN"}[visitor%2]
		all.Go(func() {
			for i := range make {
				r := make[(i+visitor*len(make)/4)%len(make)](lang)
				what := r.Method + " " + r.URL.String() + " in " + lang
				ask := func() *http.Response { return answer(s, r) }
				alone := strings.HasPrefix(r.URL.Path, "/calc/") || strings.HasPrefix(r.URL.Path, "/compare") ||
					strings.HasPrefix(r.URL.Path, "/api/") && r.URL.Path != quotesAPI
				if !alone { // it depends on what others do, in the same browser too
					ask = func() *http.Response { return rep.ask(r) }
				}
				res := ask()
				body := string(read(t, res))
				if res.StatusCode >= 500 || res.StatusCode == http.StatusMethodNotAllowed || res.StatusCode == http.StatusNotFound && r.URL.Path != "/nothing-here" {
					t.Errorf("%s: status %d: %.300s", what, res.StatusCode, body)
				}
				// A workbook has its parts in whatever order.
				if alone && !strings.HasSuffix(r.URL.Path, ".xlsx") {
					mu.Lock()
					if before, asked := answers[what]; asked && before != body {
						t.Errorf("%s is answered in two ways:\n%s\n%s", what, before, body)
					}
					answers[what] = body
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	// At the end, when nothing else needs it any more.
	all.Go(func() { rep.ask(request("POST", q+"/withdraw", "", "Content-Type", formType)) })
	all.Go(func() { withdraw(t, s, kept.ID, "Authorization", bearerOf+*kept.OwnerToken) })
	all.Wait()

	counted := metricsOf(t, s)
	for _, route := range s.Routes() {
		method, path, _ := strings.Cut(route, " ")
		if !strings.Contains(counted, `method="`+method+`",route="`+path+`",status=`) {
			t.Errorf("%s was not asked for: this test has no request for it", route)
		}
	}
}
