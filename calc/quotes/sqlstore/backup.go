package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// errServer is the error of a backup of a server.
var errServer = errors.New("a PostgreSQL database is backed up by its own tools, such as pg_dump --format=custom; suanpan export writes its quotes")

// Backup writes a whole copy of a SQLite database to a file that is not there
// yet, while other programs go on reading and saving: everything that was
// acknowledged before it began is in the copy, which only its owner can read. It
// is under its name once it is whole and on disk, and not before.
func (r *Reader) Backup(ctx context.Context, file string) (err error) {
	if r.path == "" {
		return errServer
	}
	if err := isFree(file); err != nil {
		return err
	}
	begun, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*") // for its owner only
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, begun.Close())
		if gone := os.Remove(begun.Name()); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	if _, err := r.db.ExecContext(ctx, "VACUUM INTO $1", begun.Name()); err != nil {
		return failure(ctx, err)
	}
	if err := isWhole(ctx, begun.Name()); err != nil {
		return err
	}
	if err := begun.Sync(); err != nil {
		return err
	}
	if err := name(begun.Name(), file); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(file))
}

// isFree returns an error if there is something at a path.
func isFree(path string) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return err
}

// isWhole has SQLite look through a copy.
func isWhole(ctx context.Context, path string) error {
	db, err := readSQLite(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	var says string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&says); err != nil {
		return failure(ctx, err)
	}
	if says != "ok" {
		return fmt.Errorf("the copy is not whole: %s", says)
	}
	return nil
}

// name gives a file its name, which has to be free: a second link to it is made
// only then. Where there are no links, it is looked at first.
func name(begun, file string) error {
	err := os.Link(begun, file)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := isFree(file); err != nil {
		return err
	}
	return os.Rename(begun, file)
}

// syncFolder has the names in a folder written to the disk.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
