-- +goose Up

-- A migration is applied once, whatever becomes of the lock.
CREATE UNIQUE INDEX goose_db_version_once ON goose_db_version (version_id);

CREATE TABLE quotes (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           TEXT   NOT NULL UNIQUE,
    document     BYTEA,
    hash         TEXT   NOT NULL,
    owner        BYTEA  NOT NULL,
    created_at   BIGINT NOT NULL,
    valid_until  TEXT   NOT NULL,
    revises      TEXT   UNIQUE REFERENCES quotes (id),
    withdrawn_at BIGINT,
    -- What was typed is kept as bytes: text has no NUL in PostgreSQL.
    title        BYTEA  NOT NULL,
    customer     BYTEA  NOT NULL,
    currency     TEXT   NOT NULL,
    total        TEXT   NOT NULL,
    -- Title and customer in lower case.
    search       TEXT   NOT NULL,
    CHECK ((document IS NULL) = (withdrawn_at IS NOT NULL))
);

CREATE TABLE ownership (
    browser BYTEA  NOT NULL,
    quote   BIGINT NOT NULL REFERENCES quotes (seq),
    PRIMARY KEY (browser, quote)
);
CREATE INDEX ownership_quote ON ownership (quote);

CREATE TABLE idempotency_keys (
    hash       BYTEA  NOT NULL PRIMARY KEY,
    request    BYTEA  NOT NULL,
    -- The key is taken first and the quote saved after it.
    quote      TEXT   NOT NULL REFERENCES quotes (id) DEFERRABLE INITIALLY DEFERRED,
    sealed     BYTEA,
    created_at BIGINT NOT NULL
);
CREATE INDEX idempotency_keys_quote ON idempotency_keys (quote);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

CREATE TABLE drafts (
    browser    BYTEA  NOT NULL PRIMARY KEY,
    content    BYTEA  NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX drafts_updated_at ON drafts (updated_at);

-- What programs write to find out whether they can.
CREATE TABLE probes (
    program TEXT   NOT NULL PRIMARY KEY,
    content BYTEA  NOT NULL,
    at      BIGINT NOT NULL
);
