-- +goose Up

-- Of programs that start at once, one applies a migration; the others fail here and look again.
CREATE UNIQUE INDEX goose_db_version_once ON goose_db_version (version_id);

CREATE TABLE quotes (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    document     BLOB,
    hash         TEXT    NOT NULL,
    owner        BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    valid_until  TEXT    NOT NULL,
    revises      TEXT    UNIQUE REFERENCES quotes (id),
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

CREATE TABLE ownership (
    browser BLOB    NOT NULL,
    quote   INTEGER NOT NULL REFERENCES quotes (seq),
    PRIMARY KEY (browser, quote)
) STRICT, WITHOUT ROWID;
CREATE INDEX ownership_quote ON ownership (quote);

CREATE TABLE idempotency_keys (
    hash       BLOB    NOT NULL PRIMARY KEY,
    request    BLOB    NOT NULL,
    -- The key is taken first and the quote saved after it.
    quote      TEXT    NOT NULL REFERENCES quotes (id) DEFERRABLE INITIALLY DEFERRED,
    sealed     BLOB,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_quote ON idempotency_keys (quote);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

CREATE TABLE drafts (
    browser    BLOB    NOT NULL PRIMARY KEY,
    content    BLOB    NOT NULL,
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_updated_at ON drafts (updated_at);

-- What programs write to find out whether they can.
CREATE TABLE probes (
    program TEXT    NOT NULL PRIMARY KEY,
    content BLOB    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
