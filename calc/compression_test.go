package calc_test

import (
	"strings"
	"testing"
)

// TestAcceptEncoding: pages, API and files are compressed for whoever takes
// gzip, and for nobody who says no.
func TestAcceptEncoding(t *testing.T) {
	s := newServer(t)
	targets := []string{imPage, "/api/openapi.json", document(t, get(t, s, "/")).Find("link[rel=stylesheet]").AttrOr("href", "")}
	for header, zipped := range map[string]bool{
		"":                         false,
		"gzip":                     true,
		"GZIP":                     true,
		"gzip, deflate, br":        true,
		"br;q=1, gzip ; q=0.8":     true,
		"gzip;q=0.001":             true,
		"gzip;q=1.000":             true,
		"gzip;q=0":                 false,
		"gzip; q=0.0":              false,
		"gzip ;Q=0.000":            false,
		"gzip;q=":                  false,
		"gzip;q=no":                false,
		"identity, gzip;q=0, *":    false,
		"identity":                 false,
		"*":                        false,
		"*;q=0":                    false,
		"ungzip":                   false,
		"x-gzip-like":              false,
		"deflate;q=0.5,gzip;q=1.0": true,
	} {
		for _, target := range targets {
			res := get(t, s, target, "Accept-Encoding", header)
			if got := res.Header.Get("Content-Encoding") == "gzip"; got != zipped {
				t.Errorf("%s with Accept-Encoding %q: compressed %v", target, header, got)
			}
			if !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s with Accept-Encoding %q: Vary %q", target, header, res.Header.Values("Vary"))
			}
		}
	}
}
