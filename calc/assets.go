package calc

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/static"
	"suanpan/views"
)

// assets are the files that pages load, under names with a hash of their
// content, so that a browser can keep them for ever.
type assets struct {
	views  views.Assets
	byName map[string]*asset
}

type asset struct {
	plain, zipped []byte
	contentType   string
}

// loadAssets reads, hashes and compresses the embedded files.
func loadAssets() (*assets, error) {
	a := &assets{byName: map[string]*asset{}}
	urls := map[string]string{}
	names, err := fs.Glob(static.Files, "*")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(static.Files, name)
		if err != nil {
			return nil, err
		}
		zipped, err := compress(data)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(name)
		hashed := strings.TrimSuffix(name, ext) + "." + base64.RawURLEncoding.EncodeToString(sum[:9]) + ext
		a.byName[hashed] = &asset{plain: data, zipped: zipped, contentType: mime.TypeByExtension(ext)}
		urls[name] = "/static/" + hashed
	}
	a.views = views.Assets{
		Style: urls["suanpan.css"], HTMX: urls["htmx.min.js"], Script: urls["suanpan.js"], Icon: urls["icon.svg"],
		Quote: urls["quote.js"], Picture: urls["preview.png"],
	}
	if a.views.Style == "" || a.views.HTMX == "" || a.views.Script == "" || a.views.Icon == "" || a.views.Quote == "" || a.views.Picture == "" {
		return nil, fmt.Errorf("an asset is missing: %+v", a.views)
	}
	return a, nil
}

func compress(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// static answers with one of the assets.
func (s *Server) static(c echo.Context) error {
	file, ok := s.assets.byName[c.Param("name")]
	if !ok {
		return plainError(http.StatusNotFound)
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := file.plain
	if acceptsGzip(c.Request()) {
		h.Set("Content-Encoding", "gzip")
		body = file.zipped
	}
	return c.Blob(http.StatusOK, file.contentType, body)
}
