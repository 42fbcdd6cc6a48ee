package sqlstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	// free is how many bytes have to stay free on the disk.
	free int64
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

// errFull is the error of a disk that has less space left than is to stay free.
var errFull = errors.New("the disk is nearly full")

// hasRoom returns an error if too little space is left to save anything.
func (p *place) hasRoom() error {
	if p == nil || p.free == 0 {
		return nil
	}
	if free, known := freeSpace(filepath.Dir(p.path)); known && free < p.free {
		return fmt.Errorf("%w: %d MB are free, and %d MB have to stay free", errFull, free>>20, p.free>>20)
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
