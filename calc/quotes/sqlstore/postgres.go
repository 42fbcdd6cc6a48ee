package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// The limits of connections to PostgreSQL, of which it has a hundred unless it
// is told otherwise, for all instances together.
const (
	postgresWriters     = 12
	postgresReaders     = 8
	postgresConnAge     = 30 * time.Minute
	postgresConnIdle    = 5 * time.Minute
	postgresDialTimeout = 3 * time.Second
	// migrationPatience is how long a starting program waits for another one
	// that is bringing the tables up to date.
	migrationPatience = time.Minute
)

// openPostgres opens a PostgreSQL database.
func openPostgres(ctx context.Context, address string) (*store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("the address of the database: %w", err) // pgx leaves the password out
	}
	config.ConnectTimeout = postgresDialTimeout
	if err := migratePostgres(ctx, withSettings(config, 0, migrationPatience)); err != nil {
		return nil, fmt.Errorf("the database %s: %w", config.Database, err)
	}
	pool := func(conns int) *sql.DB {
		db := stdlib.OpenDB(*withSettings(config, patience, lockPatience))
		db.SetMaxOpenConns(conns)
		db.SetMaxIdleConns(conns)
		db.SetConnMaxLifetime(postgresConnAge)
		db.SetConnMaxIdleTime(postgresConnIdle)
		return db
	}
	// Who reads does not stand in line with those who save.
	return &store{dialect: dialect{forUpdate: " FOR UPDATE", analyze: "ANALYZE quotes, ownership, listings"}, writer: pool(postgresWriters), reader: pool(postgresReaders)}, nil
}

// withSettings returns a copy of a configuration whose connections have these
// time limits, of which 0 is none, and whose commits are on disk when they
// return, whatever the server's default is.
func withSettings(config *pgx.ConnConfig, statement, lock time.Duration) *pgx.ConnConfig {
	c := config.Copy()
	params := map[string]string{"application_name": "suanpan"}
	maps.Copy(params, c.RuntimeParams)
	params["synchronous_commit"] = "on"
	params["statement_timeout"] = strconv.FormatInt(statement.Milliseconds(), 10)
	params["lock_timeout"] = strconv.FormatInt(lock.Milliseconds(), 10)
	c.RuntimeParams = params
	return c
}
