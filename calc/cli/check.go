package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"suanpan/pricing"
)

// ErrFaults is the error of a check that found faults; they have been printed.
var ErrFaults = errors.New("there are faults in the price books")

// Check validates the price books in the given files, or all of the folders if
// no file is given. It prints a line for each good book to out, and each fault
// with its file, line and column to faults.
func Check(files []string, folders []fs.FS, out, faults io.Writer) error {
	if len(files) == 0 {
		c, err := pricing.LoadCatalog(folders...)
		if err != nil {
			fmt.Fprintln(faults, err)
			return ErrFaults
		}
		for _, p := range c.Products() {
			for _, b := range p.Books {
				printGood(out, p.ID+"/"+b.ID, b)
			}
		}
		return nil
	}
	var failed error
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(faults, err)
			failed = ErrFaults
			continue
		}
		b, err := pricing.DecodeBook(file, data)
		if err != nil {
			fmt.Fprintln(faults, err)
			failed = ErrFaults
			continue
		}
		printGood(out, file, b)
	}
	return failed
}

func printGood(out io.Writer, name string, b *pricing.Book) {
	fmt.Fprintf(out, "%s: ok, %d inputs, %d options, sha256 %x\n", name, len(b.Inputs), len(b.Options), b.Hash)
}
