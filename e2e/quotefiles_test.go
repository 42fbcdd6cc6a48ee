package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	browserproto "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// tool runs a program that reads what comes out. Without it nothing would be
// tested, and that is a failure.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.WaitDelay = time.Second
	var said bytes.Buffer
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s (`make tools` installs what is missing): %v\n%s", command, err, said.String())
	}
	return string(out)
}

// dense is a text without its spaces and line breaks, which are not kept when
// text is printed.
func dense(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// printsQuote prints the quote that the page shows, as the browser does when
// the reader saves it as PDF, and reads what is on the paper.
func (p *tab) printsQuote(want []string, pages int) {
	p.t.Helper()
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		p.t.Fatal("printing:", err)
	}
	name := filepath.Join(p.t.TempDir(), "quote.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		p.t.Fatal(err)
	}
	printed := tool(p.t, "pdftotext", "-layout", name, "-")
	if n := strings.Count(printed, "\f"); n < 1 || n > pages {
		p.t.Errorf("printed on %d pages, not on at most %d", n, pages)
	}
	text := dense(printed)
	// Every sheet says which it is, and of how many.
	sheets := strings.Split(strings.TrimSuffix(printed, "\f"), "\f")
	for i, sheet := range sheets {
		if number := fmt.Sprintf("%d/%d", i+1, len(sheets)); !strings.HasSuffix(dense(sheet), number) {
			p.t.Errorf("a sheet does not end with its number %s: %s", number, sheet)
		}
	}
	for _, w := range want {
		if !strings.Contains(text, dense(w)) {
			p.t.Errorf("%q is not printed: %s", w, printed)
		}
	}
	// All items with all lines, and what is assumed and left out.
	for _, w := range eval[[]string](p, `[...document.querySelectorAll(".quote-item h2, .bill .name, .bill td.amount, .fine-print li span")].map(e => e.innerText)`) {
		if !strings.Contains(text, dense(w)) {
			p.t.Errorf("%q is not printed", w)
		}
	}
	// What can be clicked on only is of no use on paper.
	for _, w := range eval[[]string](p, `[...document.querySelectorAll("nav a, .quote-share :is(button, a, summary), .quote-tools button, .quote-tools a, .quote-tools h2, .open a, .left:not(.expired)")].map(e => e.textContent.trim()).filter(w => w.length > 3 && w !== "JSON")`) {
		if strings.Contains(text, dense(w)) {
			p.t.Errorf("%q is printed, although of no use on paper", w)
		}
	}
	// The code is printed so that it can be read.
	prefix := filepath.Join(p.t.TempDir(), "page")
	tool(p.t, "pdftoppm", "-png", "-r", "150", "-f", "1", "-l", "1", "-singlefile", name, prefix)
	equal(p, "the code on paper", strings.TrimSpace(tool(p.t, "zbarimg", "--quiet", "--raw", prefix+".png")), p.text("#quote-address"))
}

// summarises copies the short text, fit for a message.
func (p *tab) summarises(want ...string) {
	p.t.Helper()
	p.grantClipboard()
	p.click("[data-copy=summary]")
	p.wait(onPage("[data-copy=summary]") + `.textContent.trim() === ` + onPage("[data-copy=summary]") + `.dataset.copied`)
	text := evalAsync[string](p, `navigator.clipboard.readText()`)
	for _, w := range want {
		if !strings.Contains(text, w) {
			p.t.Errorf("%q is not in what was copied: %s", w, text)
		}
	}
}

// downloadsQuote clicks on the links to the files, and returns these by their
// endings.
func (p *tab) downloadsQuote(path string) map[string][]byte {
	p.t.Helper()
	dir := p.t.TempDir()
	if _, err := chromedp.CallBrowser(p.ctx, browserproto.SetDownloadBehavior, browserproto.SetDownloadBehaviorParams{
		Behavior: browserproto.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
	}); err != nil {
		p.t.Fatal("allowing downloads:", err)
	}
	files := map[string][]byte{}
	for _, ending := range []string{"xlsx", "csv", "json"} {
		p.click(`.downloads a[href="` + path + "." + ending + `"]`)
		p.waitUntil("the ."+ending+" is there", func() bool {
			names, _ := filepath.Glob(filepath.Join(dir, "*."+ending))
			if len(names) != 1 {
				return false
			}
			data, err := os.ReadFile(names[0])
			files[ending] = data
			return err == nil && len(data) > 0
		})
	}
	return files
}

// cached are the values that a workbook brings for its formulas.
var cached = regexp.MustCompile(`(</f>)<v>[^<]*</v>`)

// recalculate opens a workbook in LibreOffice and returns its sheets as comma
// separated values. The values that came with the formulas are taken out
// before, so that LibreOffice has to compute them.
func recalculate(t *testing.T, workbook []byte) string {
	t.Helper()
	dir, out := t.TempDir(), t.TempDir()
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal("the workbook is none:", err)
	}
	var bare bytes.Buffer
	w, formulas := zip.NewWriter(&bare), 0
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			formulas += len(cached.FindAll(data, -1))
			data = cached.ReplaceAll(data, []byte("$1"))
		}
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if formulas < 10 {
		t.Errorf("the workbook has only %d formulas", formulas)
	}
	name := filepath.Join(dir, "quote.xlsx")
	if err := os.WriteFile(name, bare.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	// Commas, quotation marks, UTF-8, as shown, and all sheets.
	const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
	tool(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", filter, "--outdir", out, name)
	sheets, err := filepath.Glob(filepath.Join(out, "*.csv"))
	if err != nil || len(sheets) != 2 {
		t.Fatalf("LibreOffice made %v of the workbook (%v)", sheets, err)
	}
	var all strings.Builder
	for _, sheet := range sheets {
		data, err := os.ReadFile(sheet)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}
