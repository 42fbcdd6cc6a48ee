package pricing

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// publishedFile has the hash of every published book, in the format of
// sha256sum.
const publishedFile = "testdata/published.sha256"

// TestPublishedBooksAreNeverEdited keeps old quotes at their old prices: what
// was computed with a published book must come out the same for ever.
func TestPublishedBooksAreNeverEdited(t *testing.T) {
	now := map[string]string{}
	files, err := BookFiles(EmbeddedBooks())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(EmbeddedBooks(), file)
		if err != nil {
			t.Fatal(err)
		}
		now[file] = fmt.Sprintf("%x", sha256.Sum256(data))
	}
	published := readPublished(t)
	if *update {
		writePublished(t, published, now)
	}
	for _, file := range slices.Sorted(maps.Keys(published)) {
		switch hash, ok := now[file]; {
		case !ok:
			t.Errorf("%s is gone: a published price book is kept, quotes refer to it", file)
		case hash != published[file]:
			t.Errorf("%s was edited: a published price book is never edited; a new price is a new file, and a mistake is mended by a new file of the same date with a revision (r2). If it was never published, delete its line in %s by hand and run -update", file, publishedFile)
		}
	}
	for _, file := range files {
		if _, ok := published[file]; !ok {
			t.Errorf("%s is not in %s: once its figures are checked, add it with go test ./pricing -run Published -update", file, publishedFile)
		}
	}
}

func readPublished(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(publishedFile)
	if err != nil {
		t.Fatal(err)
	}
	published := map[string]string{}
	for line := range strings.Lines(string(data)) {
		hash, file, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if _, twice := published[file]; !ok || twice || len(hash) != 2*sha256.Size {
			t.Fatalf("%s: %q is not a hash, two spaces and the path of one more book", publishedFile, line)
		}
		published[file] = hash
	}
	return published
}

// writePublished adds the hashes of books that are not listed. One that is
// listed stays as it is, so that -update cannot cover up an edit.
func writePublished(t *testing.T, published, now map[string]string) {
	t.Helper()
	for file, hash := range now {
		if _, ok := published[file]; !ok {
			published[file] = hash
		}
	}
	var b strings.Builder
	for _, file := range slices.Sorted(maps.Keys(published)) {
		fmt.Fprintf(&b, "%s  %s\n", published[file], file)
	}
	if err := os.WriteFile(publishedFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A book carries the hash of its file, which quotes keep beside its id.
func TestBookHashIsThatOfItsFile(t *testing.T) {
	if b := fixtureBook(t); b.Hash != sha256.Sum256([]byte(fixtureText(t))) {
		t.Errorf("hash is %x", b.Hash)
	}
}
