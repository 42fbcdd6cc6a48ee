package quotes

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
)

// What a store answers instead of doing what it was asked. Any other error that
// a store returns is an [ErrUnavailable].
var (
	// ErrNotFound says that there is no such quote.
	ErrNotFound = errors.New("there is no such quote")
	// ErrWithdrawn says that the quote was withdrawn, so that it can neither be
	// read nor revised.
	ErrWithdrawn = errors.New("the quote was withdrawn")
	// ErrRevised says that the quote has been revised already: only the end of
	// the chain that [Record] describes can be revised.
	ErrRevised = errors.New("the quote was revised already")
	// ErrKeyReused says that the idempotency key was used for another request.
	ErrKeyReused = errors.New("the idempotency key was used for another request")
	// ErrConflict says that the draft was changed meanwhile.
	ErrConflict = errors.New("the draft was changed meanwhile")
	// ErrDamaged says that what is stored is not what was saved.
	ErrDamaged = errors.New("the stored quote does not match its hash")
	// ErrDiffers says that a quote that is imported is there already, and is not
	// the same.
	ErrDiffers = errors.New("there is another quote of the same id")
	// ErrUnavailable says that the store cannot do anything at the moment:
	// nothing was saved, and trying again later may help.
	ErrUnavailable = errors.New("the store of quotes is not available")
)

// Record is a saved quote as a store keeps it.
//
// Revisions are a chain: a quote has one revision at most, and only the last of
// the chain can be revised. A quote that was withdrawn is passed over, as if it
// had never been there. Whoever withdraws the last revision thus has the quote
// before it back: it stands again, and can be revised anew. Whoever withdraws
// one from the middle joins what was before it to what came after it.
type Record struct {
	ID string
	// Document is the quote, in the bytes that Hash is of; nil once the quote
	// was withdrawn.
	Document []byte
	// Hash is the SHA-256 of Document, in hexadecimal.
	Hash string
	// Owner is the hash of the owner's secret, as [HashSecret] makes it.
	Owner []byte
	// CreatedAt is in UTC, in whole milliseconds.
	CreatedAt time.Time
	// ValidUntil is the last day on which the quote is valid, as 2026-12-31.
	ValidUntil string
	// Revises is the id of the quote that this one is a revision of, or empty.
	Revises string
	// RevisedBy is the id of the quote that revises this one, or empty: the next
	// of the chain that was not withdrawn. It is found by the store.
	RevisedBy string
	// WithdrawnAt is when the quote was withdrawn, in UTC and whole
	// milliseconds; zero if it was not.
	WithdrawnAt time.Time
	// Listing repeats some of what the document says. It is empty once the quote
	// was withdrawn.
	Listing
}

// Listing is what of a quote is shown in lists.
type Listing struct {
	Title, Customer, Currency, Total string
}

// Withdrawn reports whether the quote was withdrawn.
func (r *Record) Withdrawn() bool { return !r.WithdrawnAt.IsZero() }

// Open returns the document of a record, after checking that it is what was
// saved. Its error is [ErrDamaged], or [ErrWithdrawn].
func (r *Record) Open() (*Document, error) {
	if r.Withdrawn() {
		return nil, ErrWithdrawn
	}
	if Hash(r.Document) != r.Hash {
		return nil, ErrDamaged
	}
	d, err := DecodeDocument(r.Document)
	if err != nil {
		return nil, errors.Join(ErrDamaged, err)
	}
	if d.ID != r.ID || d.CreatedAt != r.CreatedAt.UTC().Format(time.RFC3339) || d.ValidUntil != r.ValidUntil ||
		d.Revises != r.Revises || d.Listing() != r.Listing {
		return nil, fmt.Errorf("%w: the record says otherwise", ErrDamaged)
	}
	return d, nil
}

// OwnedBy reports whether a secret is the owner's, in a time that does not
// depend on the secret.
func (r *Record) OwnedBy(secret string) bool {
	return subtle.ConstantTimeCompare(r.Owner, HashSecret(secret)) == 1
}

// Hash returns the SHA-256 of a document, in hexadecimal.
func Hash(document []byte) string {
	sum := sha256.Sum256(document)
	return hex.EncodeToString(sum[:])
}

// HashSecret returns the hash under which a secret is kept: that of a quote's
// owner, or of a browser. Secrets are random and long, so that a plain hash
// does not give them away.
func HashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// NewSecret returns 130 random bits as 26 letters and digits: an id that cannot
// be guessed, or a secret.
func NewSecret() string { return strings.ToLower(rand.Text()) }

// Browser is the hash of the secret that a browser keeps: what the quotes it made
// and its first draft are found by. Its other drafts are found by hashes of it.
type Browser []byte

// Key makes a request repeatable: a second one with the same key saves nothing
// and returns what the first has saved.
type Key struct {
	// Hash is the hash of the key.
	Hash []byte
	// Request is the hash of the request that came with it.
	Request []byte
	// Sealed is the owner's secret, sealed so that only who has the key can
	// read it.
	Sealed []byte
}

// Saving is what a store saves at once, whole or not at all.
type Saving struct {
	Record Record
	// Browser, if not nil, is the browser whose list the quote belongs to.
	Browser Browser
	// Key may be nil.
	Key *Key
}

// Draft is a draft as a store keeps it.
type Draft struct {
	// Content is nil if there is no draft.
	Content []byte
	// Version changes with every change of the content; it is 0 if there is no
	// draft.
	Version int64
}

// Moved is a quote on its way from one store to another.
type Moved struct {
	Record Record
	// Browsers are those whose lists the quote belongs to.
	Browsers []Browser
	// Kept is what lists still show of a quote that was withdrawn, and of no
	// other; nil if that is not known. It has no title.
	Kept *Listing
}

// Store keeps quotes and drafts. It has no clock: what it does at a time is told
// the time. It is safe for concurrent use, by several
// programs too where it is a server. Every error is one of this package's
// (under errors.Is), or that of the context.
type Store interface {
	// Save saves a quote and returns it as it is stored; when it returns, the
	// quote is safely on disk. If the key was used before with the same
	// request, nothing is saved: it returns the earlier record and the secret
	// that was sealed with it, which is nil if the quote was withdrawn since. A
	// key counts for a day. Errors are ErrKeyReused, and for a revision
	// ErrNotFound, ErrWithdrawn and ErrRevised.
	Save(context.Context, *Saving) (saved *Record, sealed []byte, err error)
	// Quote returns a quote, also one that was withdrawn. It does not open the
	// document. The error is ErrNotFound.
	Quote(ctx context.Context, id string) (*Record, error)
	// Withdraw erases what a quote says and keeps that it was there, and for lists
	// its customer and total. Withdrawing it again changes nothing. The error is
	// ErrNotFound.
	Withdraw(ctx context.Context, id string, at time.Time) error

	// Claim puts a quote into the list of a browser. Doing so again changes
	// nothing. The error is ErrNotFound.
	Claim(ctx context.Context, b Browser, id string) error
	// Owns reports whether a quote is in the list of a browser.
	Owns(ctx context.Context, b Browser, id string) (bool, error)
	// Made calls a function with every quote of a browser's list, in no order, and
	// reads no document for it but of quotes that an earlier program has saved, once.
	Made(ctx context.Context, b Browser, each func(*Listed)) error

	// Draft returns the draft of a browser.
	Draft(context.Context, Browser) (Draft, error)
	// PutDraft replaces the draft of a browser at a time; nil content deletes it.
	// The version is that of the draft that is replaced, and the error ErrConflict
	// if it is not that version any more.
	PutDraft(ctx context.Context, b Browser, content []byte, version int64, at time.Time) error
	// VisitDraft notes that the draft of a browser was looked at, once a day; a
	// draft that is not there is none.
	VisitDraft(ctx context.Context, b Browser, at time.Time) error
	// SweepDrafts erases drafts that were neither changed nor looked at since a
	// time, those first that were left first, and at most a hundredth of all: a
	// clock that jumps erases little. It returns how many.
	SweepDrafts(ctx context.Context, since time.Time) (int64, error)

	// Each calls a function with every quote, oldest first and predecessors
	// before their revisions, until it returns an error, which is returned.
	Each(context.Context, func(*Moved) error) error
	// Import saves quotes that come from another store, all or none, in the
	// order of Each, until next returns io.EOF; any other error of next ends it
	// and is returned. A quote that is there already must be the same; it is then
	// passed over, and only the browsers are added. It returns how many were
	// saved. Errors are ErrDamaged, ErrDiffers, and for a revision ErrNotFound
	// and ErrRevised.
	Import(ctx context.Context, next func() (*Moved, error)) (int, error)

	// Ready reports whether quotes can be saved at this time, by saving something.
	Ready(ctx context.Context, now time.Time) error
	Close() error
}
