-- +goose Up

-- A revision that was withdrawn does not count: what it revised can be revised again. SQLite takes a
-- constraint from a table only with the table, and the table only if nothing refers to it: those that
-- do are made anew too.

CREATE TABLE new_quotes (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    document     BLOB,
    hash         TEXT    NOT NULL,
    owner        BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    valid_until  TEXT    NOT NULL,
    revises      TEXT    REFERENCES new_quotes (id),
    withdrawn_at INTEGER,
    -- What was typed is kept as bytes: text has no NUL in PostgreSQL.
    title        BLOB    NOT NULL,
    customer     BLOB    NOT NULL,
    currency     TEXT    NOT NULL,
    total        TEXT    NOT NULL,
    -- Title and customer in lower case.
    search       TEXT    NOT NULL,
    CHECK ((document IS NULL) = (withdrawn_at IS NOT NULL))
) STRICT;
INSERT INTO new_quotes (seq, id, document, hash, owner, created_at, valid_until, revises, withdrawn_at, title, customer, currency, total, search)
    SELECT seq, id, document, hash, owner, created_at, valid_until, revises, withdrawn_at, title, customer, currency, total, search
    FROM quotes ORDER BY seq;

CREATE TABLE new_ownership (
    browser BLOB    NOT NULL,
    quote   INTEGER NOT NULL REFERENCES new_quotes (seq),
    PRIMARY KEY (browser, quote)
) STRICT, WITHOUT ROWID;
INSERT INTO new_ownership (browser, quote) SELECT browser, quote FROM ownership;

CREATE TABLE new_idempotency_keys (
    hash       BLOB    NOT NULL PRIMARY KEY,
    request    BLOB    NOT NULL,
    -- The key is taken first and the quote saved after it.
    quote      TEXT    NOT NULL REFERENCES new_quotes (id) DEFERRABLE INITIALLY DEFERRED,
    sealed     BLOB,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO new_idempotency_keys (hash, request, quote, sealed, created_at)
    SELECT hash, request, quote, sealed, created_at FROM idempotency_keys;

DROP TABLE ownership;
DROP TABLE idempotency_keys;
DROP TABLE quotes;

-- What refers to a table follows its name.
ALTER TABLE new_quotes RENAME TO quotes;
ALTER TABLE new_ownership RENAME TO ownership;
ALTER TABLE new_idempotency_keys RENAME TO idempotency_keys;

CREATE UNIQUE INDEX quotes_revised_once ON quotes (revises) WHERE withdrawn_at IS NULL;
CREATE INDEX quotes_revises ON quotes (revises);
CREATE INDEX ownership_quote ON ownership (quote);
CREATE INDEX idempotency_keys_quote ON idempotency_keys (quote);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
