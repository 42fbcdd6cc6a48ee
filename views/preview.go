package views

import (
	"fmt"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// Preview is what programs show of a page where its link is passed on, and search
// engines where they found it.
type Preview struct {
	Title, Description string
	// URL is the address of the page, or empty, Picture that of its picture, both
	// whole.
	URL, Picture string
	// PictureText says what is on the picture.
	PictureText string
}

// The size of the picture of every preview.
const (
	pictureWidth  = "1200"
	pictureHeight = "630"
)

// preview returns the preview of a page at a path, which has its query string
// behind it.
func (v *Visit) preview(title, description, path string) Preview {
	return v.previewIn(v.Lang, title, description, path)
}

// previewIn is preview in a language that need not be the visitor's.
func (v *Visit) previewIn(l pricing.Lang, title, description, path string) Preview {
	p := Preview{
		Title: title, Description: description,
		Picture: v.Origin + v.Assets.Picture, PictureText: wordsIn(l).Tagline,
	}
	if path != "" {
		p.URL = v.Origin + path
	}
	return p
}

// previewOf says of an estimate which plan it is of, and what that costs.
func previewOf(p Preview, name string, verdict *Verdict, entries []quotes.Entry, l pricing.Lang) Preview {
	if len(entries) < 2 { // nothing but the term
		return p
	}
	p.Title = name + " · " + verdict.Name
	if verdict.Total != "" {
		p.Title += " · " + verdict.Total
	}
	p.Description = fmt.Sprintf(linkWordsIn(l).Shared, verdict.Spoken, entriesInLine(entries, l))
	return p
}
