package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// What is packed comes back, whatever it is, and nothing grows.
func TestPack(t *testing.T) {
	for _, document := range [][]byte{
		nil, {}, []byte("{}"), bytes.Repeat([]byte(`{"name":"Active users over the allowance"}`), 500),
		incompressible(1000), packedMagic, append(bytes.Clone(packedMagic), incompressible(100)...), pack(make([]byte, 1000)), make([]byte, 1<<20),
	} {
		packed := pack(document)
		if got := unpack(packed); !bytes.Equal(got, document) || (got == nil) != (document == nil) {
			t.Errorf("%d bytes come back as %d", len(document), len(got))
		}
		if len(packed) > len(document) && !bytes.HasPrefix(document, packedMagic) {
			t.Errorf("%d bytes are stored as %d", len(document), len(packed))
		}
	}
	for _, damaged := range [][]byte{packedMagic, append(bytes.Clone(packedMagic), "no frame"...), pack(make([]byte, 1000))[:10]} {
		if got := unpack(damaged); !bytes.Equal(got, damaged) {
			t.Errorf("%x comes back as %x", damaged, got)
		}
	}
	// A small frame that claims to be larger than what there can be.
	if bomb := pack(make([]byte, maxUnpacked+1)); len(unpack(bomb)) > len(bomb) {
		t.Errorf("%d bytes become %d", len(bomb), len(unpack(bomb)))
	}
}

// Quotes and drafts of an earlier program, which are not packed, are read; new ones
// are packed.
func TestStoredPacked(t *testing.T) {
	both(t, func(t *testing.T, where string) {
		ctx, s, browser := context.Background(), open(t, where), storetest.NewBrowser()
		r := storetest.NewRecord(t, "Quote", "Bay Harbour", "")
		r.Document = bytes.Repeat([]byte("long and the same "), 1000)
		r.Hash = quotes.Hash(r.Document)
		if _, _, err := s.Save(ctx, &quotes.Saving{Record: r, Browser: browser}); err != nil {
			t.Fatal(err)
		}
		if err := s.PutDraft(ctx, browser, r.Document, 0, time.Now()); err != nil {
			t.Fatal(err)
		}
		check := func() {
			t.Helper()
			found, err := s.Quote(ctx, r.ID)
			if err != nil || !bytes.Equal(found.Document, r.Document) {
				t.Errorf("the quote is read as %d bytes, %v", len(found.Document), err)
			}
			draft, err := s.Draft(ctx, browser)
			if err != nil || !bytes.Equal(draft.Content, r.Document) {
				t.Errorf("the draft is read as %d bytes, %v", len(draft.Content), err)
			}
		}
		check()
		for _, kept := range []struct{ column, table string }{{"document", "quotes"}, {"content", "drafts"}} {
			var stored []byte
			if err := s.reader.QueryRowContext(ctx, "SELECT "+kept.column+" FROM "+kept.table).Scan(&stored); err != nil || len(stored) > len(r.Document)/20 {
				t.Errorf("%s: %d bytes are stored as %d, %v", kept.table, len(r.Document), len(stored), err)
			}
			if err := s.commit(ctx, func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, "UPDATE "+kept.table+" SET "+kept.column+" = $1", r.Document)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		check()
	})
}
