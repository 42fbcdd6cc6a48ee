package calc

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

// Dynamic answers are compressed lightly: the first level saves nearly as much
// of a page as the last at a fraction of the time. Of those that are shorter than
// the minimum too little would be saved.
const (
	gzipLevel   = gzip.BestSpeed
	gzipMinimum = 1024
)

// zippers are at rest; the standard library's take one and a half times as long.
var zippers = sync.Pool{New: func() any {
	zip, err := gzip.NewWriterLevel(io.Discard, gzipLevel)
	if err != nil {
		panic(err) // there is such a level
	}
	return zip
}}

// compressAnswers compresses answers for whoever takes them compressed.
func compressAnswers() echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			res := c.Response()
			res.Header().Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
			if !acceptsGzip(c.Request()) {
				return next(c)
			}
			w := &zippedWriter{ResponseWriter: res.Writer}
			res.Writer = w
			defer func() {
				res.Writer = w.ResponseWriter
				w.finish()
			}()
			return next(c)
		}
	}
}

// zippedWriter compresses an answer, once it is known to be long enough.
type zippedWriter struct {
	http.ResponseWriter
	zip *gzip.Writer // nil for as long as that is not known
	// held is what came of the answer until then, status what comes before it; 0 if
	// there is no answer yet.
	held   []byte
	status int
}

// WriteHeader keeps the status until it is known whether the answer is compressed.
func (w *zippedWriter) WriteHeader(status int) { w.status = status }

// Write compresses a part of the answer, or keeps it.
func (w *zippedWriter) Write(part []byte) (int, error) {
	if w.zip != nil {
		return w.zip.Write(part)
	}
	if len(w.held)+len(part) < gzipMinimum {
		w.held = append(w.held, part...)
		return len(part), nil
	}
	h := w.Header()
	h.Del(echo.HeaderContentLength) // that of the answer as it was
	h.Set(echo.HeaderContentEncoding, "gzip")
	w.ResponseWriter.WriteHeader(w.status)
	w.zip = zippers.Get().(*gzip.Writer)
	w.zip.Reset(w.ResponseWriter)
	if len(w.held) > 0 {
		if _, err := w.zip.Write(w.held); err != nil {
			return 0, err
		}
	}
	return w.zip.Write(part)
}

// finish ends the answer: a short one is written as it is. If that fails, whoever
// asked has gone.
func (w *zippedWriter) finish() {
	switch {
	case w.zip != nil:
		_ = w.zip.Close()
		w.zip.Reset(io.Discard)
		zippers.Put(w.zip)
	case w.status != 0:
		w.ResponseWriter.WriteHeader(w.status)
		_, _ = w.ResponseWriter.Write(w.held)
	}
}

// acceptsGzip reports whether a request takes gzip (RFC 9110, 12.5.3): named, and
// not with a weight of nothing, which means "anything but this". The last word
// on it counts. Whoever only says that anything will do gets the plain answer.
func acceptsGzip(r *http.Request) bool {
	accepted := false
	for _, line := range r.Header.Values(echo.HeaderAcceptEncoding) {
		for coding := range strings.SplitSeq(line, ",") {
			name, parameters, _ := strings.Cut(coding, ";")
			if strings.EqualFold(strings.TrimSpace(name), "gzip") {
				accepted = !refuses(parameters)
			}
		}
	}
	return accepted
}

// refuses reports whether the parameters of a coding have a weight that is zero
// or none at all, such as "q=0.000".
func refuses(parameters string) bool {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(parameter, "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		value = strings.TrimSpace(value)
		thousandths, err := strconv.ParseUint(strings.Replace(value, ".", "", 1), 10, 16)
		if err != nil || thousandths == 0 {
			return true
		}
	}
	return false
}
