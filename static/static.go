// Package static has the files that pages load. htmx is vendored; its version
// and checksum are in VENDORED.md.
package static

import "embed"

// Files are the files, by name.
//
//go:embed *.css *.js *.svg *.png
var Files embed.FS
