-- +goose Up

-- A revision that was withdrawn does not count: what it revised can be revised again.
ALTER TABLE quotes DROP CONSTRAINT quotes_revises_key;
CREATE UNIQUE INDEX quotes_revised_once ON quotes (revises) WHERE withdrawn_at IS NULL;
CREATE INDEX quotes_revises ON quotes (revises);
