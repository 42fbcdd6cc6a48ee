package sqlstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// logSuffix is behind the name of a SQLite file in that of its log, which has
// what was saved lately.
const logSuffix = "-wal"

// place is where a SQLite file was when it was opened. An open file can be moved
// and deleted, and then takes what is saved with it: nobody finds that any more.
type place struct {
	path string
	file fs.FileInfo
	// logged is whether the file has a log, as it has wherever there can be one.
	logged bool
}

// errGone is the error of a file that is not at its path any more.
var errGone = errors.New("the file of the database is no longer at its path")

// holds returns an error if the file is not the one at its path any more. A
// server, which has no place, keeps its files itself.
func (p *place) holds() error {
	if p == nil {
		return nil
	}
	switch there, err := os.Stat(p.path); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", errGone, err)
	case err != nil:
		return err
	case !os.SameFile(there, p.file):
		return fmt.Errorf("%w, another one is", errGone)
	}
	return nil
}

// keeps returns an error if what was written just now is not in the files at
// their paths.
func (p *place) keeps() error {
	if err := p.holds(); err != nil || p == nil || !p.logged {
		return err
	}
	if _, err := os.Stat(p.path + logSuffix); err != nil {
		return fmt.Errorf("%w, its log is gone: %w", errGone, err)
	}
	return nil
}
