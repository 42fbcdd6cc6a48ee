package calc

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"suanpan/calc/export"
	"suanpan/calc/quotes"
)

// The content types of the files that a quote is exported to.
const (
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeCSV  = "text/csv; charset=utf-8"
	typeJSON = "application/json"
)

// downloadQuote answers with a file of a quote. The JSON is the document
// itself, in the bytes that the hash is of.
func (s *Server) downloadQuote(c echo.Context, id, ending string) error {
	switch ending {
	case "json", "csv", "xlsx":
	default:
		return quotes.ErrNotFound
	}
	record, err := s.recordOf(c.Request().Context(), id)
	if err != nil {
		return err
	}
	document, err := record.Open()
	if err != nil {
		return err
	}
	if ending == "json" {
		c.Response().Header().Set("Content-Disposition", disposition(document.Title, id, ending))
		return c.Blob(http.StatusOK, typeJSON, record.Document)
	}
	return download(c, document, s.origin(c)+quotePath(id), cmp.Or(document.Title, id), ending)
}

// download answers with a file of a document, which need not have been saved,
// in the format that an ending names: xlsx, else csv.
func download(c echo.Context, d *quotes.Document, address, name, ending string) error {
	write, contentType := export.CSV, typeCSV
	if ending == "xlsx" {
		write, contentType = export.XLSX, typeXLSX
	}
	var b bytes.Buffer
	if err := write(&b, d, address); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", disposition(name, cmp.Or(d.ID, "estimate"), ending))
	return c.Blob(http.StatusOK, contentType, b.Bytes())
}

// maxFileName bounds the name of a file, in characters; file systems take 255
// bytes.
const maxFileName = 60

// disposition returns the header that gives a file its name (RFC 6266): in full
// to whoever understands UTF-8 there, and otherwise in plain letters, or, if
// those are none, as plain says.
func disposition(name, plain, ending string) string {
	full := fileName(name)
	if full == "" {
		full = plain
	}
	ascii := strings.Map(func(r rune) rune {
		if r > '~' {
			return '_'
		}
		return r
	}, full)
	if strings.Trim(ascii, "_ .-") == "" {
		ascii = plain
	}
	return `attachment; filename="` + ascii + "." + ending + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(full), "+", "%20") + "." + ending
}

// fileName returns a text without what a file's name cannot have on some
// system: separators, control characters, a point or space at either end.
func fileName(text string) string {
	letters := []rune(strings.ToValidUTF8(text, ""))
	for i, r := range letters {
		if strings.ContainsRune(`/\:*?"<>|%;`, r) || !unicode.IsPrint(r) {
			letters[i] = '_'
		}
	}
	letters = letters[:min(len(letters), maxFileName)]
	return strings.Trim(string(letters), " .")
}
