package views

import "suanpan/pricing"

// Share is how an estimate or a forecast is passed on: by its address, as a short
// text, which may be empty, and as files, of which there may be none.
type Share struct {
	Lang       pricing.Lang
	Link, Text string
	Downloads  []Link
}
