package views

import "suanpan/pricing"

// Share is how an estimate or a forecast is passed on: by its address, as a short
// text, which may be empty, and as files, of which there may be none.
type Share struct {
	Lang pricing.Lang
	// Label names the link; without it that is one to an estimate.
	Label      string
	Link, Text string
	Downloads  []Link
}
