-- +goose Up

-- What lists show of a quote, apart from its document, so that a list reads no documents, and keeps
-- customer and total of what was withdrawn. A quote that was saved by an earlier program gets its row
-- when a list first comes to it.
CREATE TABLE listings (
    quote       BIGINT NOT NULL PRIMARY KEY REFERENCES quotes (seq) ON DELETE CASCADE,
    created_at  BIGINT NOT NULL,
    valid_until TEXT   NOT NULL,
    -- What was typed is kept as bytes: text has no NUL in PostgreSQL.
    title       BYTEA  NOT NULL,
    customer    BYTEA  NOT NULL,
    -- What the items are called, one a line, and the ids of their products, parted by blanks.
    names       BYTEA  NOT NULL,
    products    TEXT   NOT NULL,
    currency    TEXT   NOT NULL,
    total       TEXT   NOT NULL
);

-- Whichever program withdraws a quote: of one that is in no list nothing is kept.
-- +goose StatementBegin
CREATE FUNCTION keep_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM listings WHERE quote = OLD.seq AND NOT EXISTS (SELECT 1 FROM ownership WHERE quote = OLD.seq);
    INSERT INTO listings (quote, created_at, valid_until, title, customer, names, products, currency, total)
        SELECT OLD.seq, OLD.created_at, OLD.valid_until, '', OLD.customer, '', '', OLD.currency, OLD.total
        WHERE EXISTS (SELECT 1 FROM ownership WHERE quote = OLD.seq)
        ON CONFLICT (quote) DO UPDATE SET title = '', names = '', products = '';
    RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER quotes_withdrawn AFTER UPDATE OF withdrawn_at ON quotes
    FOR EACH ROW WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION keep_listing();
