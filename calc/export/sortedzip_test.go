package export_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"

	"suanpan/calc/export"
	"suanpan/pricing"
)

// A document is the same file however often it is written.
func TestWorkbookIsTheSameEveryTime(t *testing.T) {
	d := some(t, pricing.Chinese, 1)[0]
	var first []byte
	for range 40 { // by chance, the two sheets stood the same way 40 times once in 200
		var b bytes.Buffer
		if err := export.XLSX(&b, d, address, catalog(t)); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		}
		if !bytes.Equal(first, b.Bytes()) {
			t.Fatal("it is another file")
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) || names[0] != "[Content_Types].xml" {
		t.Errorf("the parts are %q", names)
	}
}
