package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"suanpan/pricing"
)

// ErrFaults is the error of a check that found faults; they have been printed.
var ErrFaults = errors.New("there are faults in the price books")

// Check validates the price books and planning data in the given files, or all
// of the folders if no file is given. It prints a line for each good file to out,
// and each fault with its file, line and column to faults.
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
			if p.Planned() {
				fmt.Fprintf(out, "%s/%s: ok, %d estimators\n", p.ID, pricing.PlanningFile, len(p.Estimators(p.Newest())))
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
		if filepath.Base(file) == pricing.PlanningFile {
			if err := checkPlanning(file, data, folders); err != nil {
				fmt.Fprintln(faults, err)
				failed = ErrFaults
			} else {
				fmt.Fprintf(out, "%s: ok\n", file)
			}
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

// checkPlanning validates planning data against the price books beside its file,
// or, if there are none, against those that the folders have of the product.
func checkPlanning(file string, data []byte, folders []fs.FS) error {
	place, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return err
	}
	beside, err := filepath.Glob(filepath.Join(place, "*.yaml"))
	if err != nil {
		return err
	}
	var books []*pricing.Book
	for _, name := range beside {
		if filepath.Base(name) == pricing.PlanningFile {
			continue
		}
		book, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		b, err := pricing.DecodeBook(name, book)
		if err != nil {
			return err
		}
		books = append(books, b)
	}
	if len(books) == 0 {
		c, err := pricing.LoadCatalog(folders...)
		if err != nil {
			return err
		}
		p, ok := c.Product(filepath.Base(place))
		if !ok {
			return fmt.Errorf("%s:1:1: there is no price book of %s", file, filepath.Base(place))
		}
		books = p.Books
	}
	return pricing.CheckPlanning(file, data, books)
}

func printGood(out io.Writer, name string, b *pricing.Book) {
	fmt.Fprintf(out, "%s: ok, %d inputs, %d options, sha256 %x\n", name, len(b.Inputs), len(b.Options), b.Hash)
}
