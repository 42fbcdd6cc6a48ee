package main

import (
	"context"
	"fmt"

	"suanpan/calc/cli"
	"suanpan/calc/quotes/sqlstore"
)

func (p *program) export(ctx context.Context, args []string) error {
	set, _ := p.flags("export")
	db := p.database(set)
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return &errUsage{"export takes no arguments; it writes to standard output"}
	}
	store, err := sqlstore.OpenReader(ctx, *db)
	if err != nil {
		return err
	}
	defer store.Close()
	return cli.Export(ctx, store, p.out)
}

func (p *program) backup(ctx context.Context, args []string) error {
	set, _ := p.flags("backup")
	db := p.database(set)
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return &errUsage{"backup takes the file that it writes"}
	}
	store, err := sqlstore.OpenReader(ctx, *db)
	if err != nil {
		return err
	}
	defer store.Close()
	return store.Backup(ctx, rest[0])
}

func (p *program) imports(ctx context.Context, args []string) error {
	set, _ := p.flags("import")
	db := p.database(set)
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	if len(rest) > 1 {
		return &errUsage{"import takes at most one file"}
	}
	in, err := p.open(rest)
	if err != nil {
		return err
	}
	defer in.Close()
	store, err := sqlstore.Open(ctx, *db)
	if err != nil {
		return err
	}
	defer store.Close()
	n, err := cli.Import(ctx, store, in)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, n, "quotes imported")
	return nil
}
