package cli_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"suanpan/calc/cli"
	"suanpan/calc/quotes"
	"suanpan/calc/quotes/sqlstore"
	"suanpan/calc/quotes/storetest"
)

func openStore(t *testing.T, where string) quotes.Store {
	t.Helper()
	s, err := sqlstore.Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func sqliteStore(t *testing.T) quotes.Store {
	t.Helper()
	return openStore(t, filepath.Join(t.TempDir(), "quotes.db"))
}

func export(t *testing.T, s quotes.Store) string {
	t.Helper()
	var out bytes.Buffer
	if err := cli.Export(context.Background(), s, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestMove: what is exported, imported and exported again is the same to the
// byte, from the one database to the other and back.
func TestMove(t *testing.T) {
	ctx := context.Background()
	first := sqliteStore(t)
	storetest.Fill(t, first)
	odd := storetest.NewRecord(t, "\u2028 \x00 <script> 算盘 😀 \x7f", "", "")
	if _, _, err := first.Save(ctx, &quotes.Saving{Record: odd}); err != nil {
		t.Fatal(err)
	}
	text := export(t, first)
	for _, to := range []quotes.Store{openStore(t, storetest.Postgres(t)), sqliteStore(t)} {
		for _, want := range []int{strings.Count(text, "\n"), 0} { // the second time all is there
			if n, err := cli.Import(ctx, to, strings.NewReader(text)); err != nil || n != want {
				t.Fatalf("%d quotes were imported, not %d: %v", n, want, err)
			}
			if again := export(t, to); again != text {
				t.Fatalf("the export is another one:\n%.2000s\n%.2000s", again, text)
			}
		}
		found, err := to.Quote(ctx, odd.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := found.Open(); err != nil {
			t.Error(err)
		}
	}
}

func TestMoveNothing(t *testing.T) {
	s := sqliteStore(t)
	if n, err := cli.Import(context.Background(), s, strings.NewReader("")); n != 0 || err != nil {
		t.Error(n, err)
	}
	if text := export(t, s); text != "" {
		t.Errorf("the export of nothing is %q", text)
	}
}

// TestMoveDamaged: a damaged quote is not lost on the way out, but not let in.
func TestMoveDamaged(t *testing.T) {
	ctx := context.Background()
	s := sqliteStore(t)
	good := storetest.NewRecord(t, "good", "", "")
	notText := storetest.NewRecord(t, "not text", "", "")
	notText.Document[3] = 0xff
	changed := storetest.NewRecord(t, "changed", "", "")
	changed.Document[3] ^= 1
	for _, r := range []quotes.Record{good, notText, changed} {
		if _, _, err := s.Save(ctx, &quotes.Saving{Record: r}); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	err := cli.Export(ctx, s, &out)
	if !errors.Is(err, quotes.ErrDamaged) || !strings.Contains(err.Error(), notText.ID+", "+changed.ID) || strings.Contains(err.Error(), good.ID) {
		t.Errorf("the error is %v", err)
	}
	lines := strings.SplitAfter(out.String(), "\n")
	if len(lines) != 4 {
		t.Fatalf("the export is %q", lines)
	}
	empty := sqliteStore(t)
	for _, text := range []string{out.String(), lines[0] + lines[2]} {
		if _, err := cli.Import(ctx, empty, strings.NewReader(text)); !errors.Is(err, quotes.ErrDamaged) || !strings.HasPrefix(err.Error(), "line 2: ") {
			t.Errorf("the error is %v", err)
		}
	}
	if n, err := cli.Import(ctx, empty, strings.NewReader(lines[0])); n != 1 || err != nil {
		t.Errorf("what is whole: %d, %v", n, err)
	}
}

func TestImportRefuses(t *testing.T) {
	ctx := context.Background()
	from := sqliteStore(t)
	first := storetest.NewRecord(t, "first", "", "")
	second := storetest.NewRecord(t, "second", "Customer", first.ID)
	for _, r := range []quotes.Record{first, second} {
		if _, _, err := from.Save(ctx, &quotes.Saving{Record: r, Browser: storetest.NewBrowser()}); err != nil {
			t.Fatal(err)
		}
	}
	text := export(t, from)
	lines := strings.SplitAfter(text, "\n")
	replace := func(old, new string) string {
		t.Helper()
		if !strings.Contains(lines[1], old) {
			t.Fatalf("there is no %q in %s", old, lines[1])
		}
		return lines[0] + strings.Replace(lines[1], old, new, 1)
	}
	s := sqliteStore(t)
	for _, c := range []struct{ text, says string }{
		{text[:len(text)-10], "line 2: "},
		{lines[0] + "\n" + lines[1], "line 2: "},
		{lines[0] + "null\n", "line 2: "},
		{lines[0] + "[]\n", "line 2: "},
		{lines[0] + strings.TrimSpace(lines[1]) + lines[1], "line 2: "},
		{replace(`"id":`, `"ID":`), "line 2: "},
		{replace(`"id":`, `"more":1,"id":`), "more"},
		{replace(`"id":`, `"id":"x","id":`), "duplicate"},
		{replace(`"owner":"`, `"owner":"00`), "line 2: owner"},
		{replace(`"browsers":["`, `"browsers":["x`), "line 2: browsers"},
		{replace(`.123Z"`, `Z"`), "line 2: created_at"},
		{replace(`.123Z"`, `.123+00:00"`), "line 2: created_at"},
		{replace(`"valid_until":"2026`, `"valid_until":"2027`), "line 2: the quote"},
		{replace(`"document":"`, `"document":" `), "line 2: " + quotes.ErrDamaged.Error()},
		{replace(`Customer`, `Customor`), "line 2: " + quotes.ErrDamaged.Error()},
		{replace(`"document":"`, `"document_base64":"`), "line 2: document_base64"},
		{replace(`"document":"`, `"document_base64":"","document":"`), "line 2: there has to be either"},
		{replace(`"valid_until"`, `"withdrawn_at":"2026-07-14T00:00:00.000Z","valid_until"`), "line 2: it was withdrawn"},
		{lines[1], "line 1: the quote"}, // without its predecessor
		{lines[0] + strings.Repeat(" ", 65<<20), "line 2: "},
	} {
		n, err := cli.Import(ctx, s, strings.NewReader(c.text))
		if err == nil || n != 0 || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.300s…: %d, %v, expected %s", c.text, n, err, c.says)
		}
		if left := export(t, s); left != "" {
			t.Fatalf("a part was imported: %s", left)
		}
	}
	if n, err := cli.Import(ctx, s, strings.NewReader(text)); n != 2 || err != nil {
		t.Errorf("the unchanged text: %d, %v", n, err)
	}
}

// broken fails after some bytes, as a disk that is full or a pipe that nobody
// reads.
type broken struct{ room int }

var errBroken = errors.New("broken")

func (b *broken) Write(p []byte) (int, error) {
	if b.room -= len(p); b.room < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func (b *broken) Read(p []byte) (int, error) { return 0, errBroken }

func TestMoveBroken(t *testing.T) {
	ctx := context.Background()
	s := sqliteStore(t)
	storetest.Fill(t, s)
	for _, room := range []int{0, 10_000} {
		if err := cli.Export(ctx, s, &broken{room}); !errors.Is(err, errBroken) || errors.Is(err, quotes.ErrUnavailable) {
			t.Errorf("writing: %v", err)
		}
	}
	if _, err := cli.Import(ctx, s, &broken{}); !errors.Is(err, errBroken) {
		t.Errorf("reading: %v", err)
	}
	s.Close()
	if _, err := cli.Import(ctx, s, strings.NewReader("")); !errors.Is(err, quotes.ErrUnavailable) {
		t.Errorf("a closed store: %v", err)
	}
}
