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

// accessible runs the checker on the page. A contrast that it cannot compute
// counts as a violation: nobody would look at it otherwise.
func (p *tab) accessible(what, rules string) {
	p.t.Helper()
	if !eval[bool](p, `typeof window.axe === "object"`) {
		eval[bool](p, axe+"; true")
	}
	// Loading the page's files again would only show that they are there.
	findings := evalAsync[[]finding](p, `axe.run(document, {resultTypes: ["violations", "incomplete"], preload: false`+rules+`}).then(r =>
		[...r.violations, ...r.incomplete.filter(i => i.id === "color-contrast")].map(f =>
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
	for _, lang := range []string{"en", "zh-CN"} {
		for _, s := range []screen{desktop, phone} {
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
}
