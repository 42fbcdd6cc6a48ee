package calc

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"suanpan/calc/export"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// fileFormat is a format that a document can be had in.
type fileFormat struct {
	contentType string
	write       func(w io.Writer, d *quotes.Document, address string, c *pricing.Catalog) error
}

// fileFormats are by the endings of their files' names.
var fileFormats = map[string]fileFormat{
	"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.XLSX},
	"csv":  {"text/csv; charset=utf-8", writeTable},
	"json": {echo.MIMEApplicationJSON, writeDocument},
}

// writeTable writes a document as one table.
func writeTable(w io.Writer, d *quotes.Document, address string, _ *pricing.Catalog) error {
	return export.CSV(w, d, address)
}

// writeDocument writes the JSON of a document.
func writeDocument(w io.Writer, d *quotes.Document, _ string, _ *pricing.Catalog) error {
	text, err := d.Encode()
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// downloadQuote answers with a file of a quote. The JSON is the document
// itself, in the bytes that the hash is of.
func (s *Server) downloadQuote(c echo.Context, id, ending string) error {
	if _, ok := fileFormats[ending]; !ok {
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
		return sendFile(c, record.Document, document.Title, id, ending)
	}
	return s.download(c, document, s.origin(c)+quotePath(id), id, ending)
}

// download answers with a file of a document, which need not have been saved, and
// which says its address. The ending is that of a format; the file has the
// document's title for its name, or else a plain one.
func (s *Server) download(c echo.Context, d *quotes.Document, address, plain, ending string) error {
	var b bytes.Buffer
	if err := fileFormats[ending].write(&b, d, address, s.cfg.Catalog); err != nil {
		return err
	}
	return sendFile(c, b.Bytes(), d.Title, plain, ending)
}

// sendFile answers with a file.
func sendFile(c echo.Context, content []byte, name, plain, ending string) error {
	c.Response().Header().Set("Content-Disposition", disposition(name, plain, ending))
	return c.Blob(http.StatusOK, fileFormats[ending].contentType, content)
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
