package process

import (
	"net/http"
	"strings"
	"testing"
)

// TestTellsNothing: whatever is asked, and however it goes wrong, ids,
// secrets and what was typed are in neither the log nor the metrics.
func TestTellsNothing(t *testing.T) {
	t.Parallel()
	db := newFile(t)
	p := launch(t, db, measured...)
	v, rep := newVisitor(t, "en"), newVisitor(t, "zh")
	q := v.save(t, p.url, newOrder("first", "", ""), "Idempotency-Key", confidential+" and nobody else's")
	owner := "Bearer " + q.OwnerToken
	must(t, http.StatusSeeOther)(rep.add(p.url))
	draft := formOf(must(t, http.StatusOK)(rep.get(p.url+"/draft")).page(t), "draft")
	draft.Set("customer", confidential)
	draft.Set("do", "save")
	drafted := must(t, http.StatusSeeOther)(rep.post(p.url+"/draft", draft)).header.Get("Location")

	type request struct{ method, path, body, kind, authorization string }
	const form, json = "application/x-www-form-urlencoded", "application/json"
	ask := func(status int, r request) {
		t.Helper()
		must(t, status)(rep.ask(r.method, p.url+r.path, r.body, "Content-Type", r.kind, "Authorization", r.authorization, "Referer", p.url+"/q/"+q.ID+"?secret="+q.OwnerToken))
	}
	secret := "secret=" + q.OwnerToken
	for _, path := range []string{"/q/" + q.ID, drafted} {
		for _, ending := range []string{"", "/today", ".json", ".csv", ".xlsx"} {
			ask(200, request{method: "GET", path: path + ending})
		}
	}
	ask(200, request{method: "GET", path: "/quotes?search=" + confidential + "&before=" + q.ID})
	ask(200, request{method: "GET", path: "/q/" + q.ID + "?" + secret})
	ask(403, request{method: "GET", path: "/q/" + q.ID + "/withdraw?" + secret})
	ask(404, request{method: "GET", path: "/q/" + q.OwnerToken})
	ask(404, request{method: "GET", path: "/q/" + q.ID + ".pdf"})
	ask(404, request{method: "GET", path: "/" + q.OwnerToken + "/" + confidential})
	ask(405, request{method: "DELETE", path: "/q/" + q.ID})
	ask(403, request{method: "POST", path: "/q/" + q.ID + "/own", body: "secret=" + q.ID, kind: form})
	ask(403, request{method: "POST", path: "/q/" + q.ID + "/revise", body: secret, kind: form})
	ask(415, request{method: "POST", path: "/q/" + q.ID + "/own", body: secret, kind: "text/" + confidential})
	ask(303, request{method: "POST", path: "/q/" + q.ID + "/own", body: secret, kind: form})
	ask(400, request{method: "POST", path: "/api/v1/quotes", body: `{"` + confidential + `":1}`, kind: json, authorization: owner})
	ask(422, request{method: "POST", path: "/api/v1/quotes", body: `{"items":[{"product":"tencent-im","inputs":{"` + confidential + `":1}}]}`, kind: json})
	ask(404, request{method: "POST", path: "/api/v1/quotes", body: `{"items":[{"product":"` + confidential + `"}]}`, kind: json})
	ask(403, request{method: "POST", path: "/api/v1/quotes", body: newOrder("", q.ID, ""), kind: json, authorization: owner + "x"})
	ask(403, request{method: "POST", path: "/api/v1/quotes/" + q.ID + "/withdraw", authorization: q.OwnerToken})
	// Damage and a database that fails have more to say than anything else.
	d := openDatabase(t, db)
	change := func(statement string) {
		t.Helper()
		if _, err := d.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	change("UPDATE quotes SET total = '" + confidential + "' WHERE id = '" + q.ID + "'")
	ask(500, request{method: "GET", path: "/q/" + q.ID})
	ask(500, request{method: "GET", path: "/api/v1/quotes/" + q.ID})
	ask(200, request{method: "POST", path: "/api/v1/quotes/" + q.ID + "/withdraw", authorization: owner})
	ask(410, request{method: "GET", path: "/q/" + q.ID})
	change("CREATE TRIGGER t BEFORE INSERT ON quotes BEGIN SELECT RAISE(ABORT, 'no room'); END")
	ask(503, request{method: "POST", path: "/api/v1/quotes", body: newOrder("refused", "", ""), kind: json})
	change("ALTER TABLE quotes RENAME TO gone")
	ask(503, request{method: "GET", path: drafted})
	ask(503, request{method: "GET", path: "/quotes?search=" + confidential})

	metrics := string(must(t, http.StatusOK)(v.get(p.metrics() + "/metrics")).body)
	tellsNothing(t, "metrics", metrics)
	tellsNothing(t, "standard output", p.out.String())
	tellsNothing(t, "the log", p.errs.String())
	for _, said := range []string{"/q/:id/own", "does not match its hash", "no room", "/api/v1/quotes/:id/withdraw"} {
		if !strings.Contains(p.errs.String(), said) {
			t.Errorf("the log does not have %q", said)
		}
	}
	if !strings.Contains(metrics, `route="/q/:id/own"`) {
		t.Error("the metrics do not count these requests")
	}
}
