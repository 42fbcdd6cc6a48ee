package process

import (
	"net/http"
	"strings"
	"testing"

	"suanpan/calc/quotes/storetest"
)

// TestMoves: all quotes move from SQLite to PostgreSQL without losing
// anything, and go on there under the same addresses and secrets.
func TestMoves(t *testing.T) {
	t.Parallel()
	from, to := newFile(t), storetest.Postgres(t)
	p := launch(t, from)
	v, rep := newVisitor(t, "en"), newVisitor(t, "zh")
	first := v.save(t, p.url, newOrder("first", "", "\n<&> \u2028 “报价” 😀"))
	second, err := v.revise(p.url, "second", first)
	if err != nil {
		t.Fatal(err)
	}
	gone := v.save(t, p.url, newOrder("gone", "", ""))
	must(t, http.StatusOK)(v.send(p.url+"/api/v1/quotes/"+gone.ID+"/withdraw", "", "Authorization", "Bearer "+gone.OwnerToken))
	must(t, http.StatusSeeOther)(rep.add(p.url))
	form := formOf(must(t, http.StatusOK)(rep.get(p.url+"/draft")).page(t), "draft")
	form.Set("do", "save")
	path := must(t, http.StatusSeeOther)(rep.post(p.url+"/draft", form)).header.Get("Location")

	run := func(in string, args ...string) result {
		t.Helper()
		r := carryOut(t, in, args...)
		tellsNothing(t, "the output", r.err)
		return r
	}
	text := run("", "export", "-db", from)
	lines := strings.SplitAfter(strings.TrimSuffix(text.out, "\n"), "\n")
	if text.status != 0 || len(lines) != 4 {
		t.Fatalf("export ended with %d after %d lines: %s", text.status, len(lines), text.err)
	}

	// A line that is damaged is refused, and with it all the others.
	for name, damage := range map[string]func(string) string{
		"a figure": func(l string) string { return strings.Replace(l, "35988.00", "35987.00", 1) },
		"cut off":  func(l string) string { return l[:len(l)/2] },
		"no hash":  func(l string) string { return strings.Replace(l, `"hash":"`, `"hash":"0`, 1) },
		"no JSON":  func(string) string { return "\n" },
	} {
		damaged := append([]string{}, lines...)
		if damaged[1] = damage(lines[1]); damaged[1] == lines[1] {
			t.Fatalf("%s: nothing is damaged in %s", name, lines[1])
		}
		r := carryOut(t, strings.Join(damaged, ""), "import", "-db", to)
		if r.status != 1 || r.out != "" || !strings.Contains(r.err, "line 2") {
			t.Errorf("%s: import ended with %+v", name, r)
		}
		if left := run("", "export", "-db", to); left.status != 0 || left.out != "" {
			t.Errorf("%s: something was imported: %s", name, left.out)
		}
	}

	for _, want := range []string{"4 quotes imported\n", "0 quotes imported\n"} {
		if r := run(text.out, "import", "-db", to); r.status != 0 || r.out != want {
			t.Fatalf("import ended with %+v", r)
		}
		if again := run("", "export", "-db", to); again.status != 0 || again.out != text.out {
			t.Errorf("the export of what was imported is another one:\n%s\n%s", again.out, text.out)
		}
	}

	before := must(t, http.StatusOK)(v.get(p.url + "/q/" + second.ID + ".json"))
	p.kill()
	p = launch(t, to)
	areThere(t, p.url, []quote{*first, *second, {ID: strings.TrimPrefix(path, "/q/")}})
	if now := must(t, http.StatusOK)(v.get(p.url + "/q/" + second.ID + ".json")); string(now.body) != string(before.body) {
		t.Error("the document is another one")
	}
	must(t, http.StatusGone)(v.get(p.url + "/q/" + gone.ID))
	// Its maker's browser is known, and the owner's secret is what it was.
	if list := must(t, http.StatusOK)(rep.get(p.url + "/quotes")).page(t); list.Find(`a[href="`+path+`"]`).Length() == 0 {
		t.Error("the quote is not in the list of its maker")
	}
	must(t, http.StatusSeeOther)(rep.post(p.url+path+"/withdraw", nil))
	third, err := v.revise(p.url, "third", second)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.revise(p.url, "late", first); err != errRevised {
		t.Errorf("a quote was revised twice: %v", err)
	}
	must(t, http.StatusForbidden)(v.send(p.url+"/api/v1/quotes/"+third.ID+"/withdraw", "", "Authorization", "Bearer "+second.OwnerToken))
	must(t, http.StatusOK)(v.send(p.url+"/api/v1/quotes/"+third.ID+"/withdraw", "", "Authorization", "Bearer "+third.OwnerToken))
}
