package forms

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// CheckName is the name, in an address, of the check that it begins with: a few
// letters over all that the address says, by which a page knows whether it came
// whole.
const CheckName = "c"

// checkLength is how many letters a check has, each of five bits: one damaged
// address in a thousand million passes.
const checkLength = 6

// checkLetters are written and read in small letters, without those that look
// like a digit.
var checkLetters = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// checkOf returns the check of a page and its canonical query string. How either
// is written is part of every address that was ever passed on, and so cannot be
// changed.
func checkOf(page, canonical string) string {
	sum := sha256.Sum256([]byte(page + "?" + canonical))
	return checkLetters.EncodeToString(sum[:])[:checkLength]
}

// checked returns a canonical query string with its check before it.
func checked(page, canonical string) string {
	head := CheckName + "=" + checkOf(page, canonical)
	if canonical == "" {
		return head
	}
	return head + "&" + canonical
}

// Unchecked returns a query string without the check that it may begin with.
func Unchecked(query string) string {
	rest, ok := strings.CutPrefix(query, CheckName+"=")
	if !ok {
		return query
	}
	_, rest, _ = strings.Cut(rest, "&")
	return rest
}
