-- The desk: working papers of people, which are no facts of the registry: drafts, saved views, settings. Each is its account's alone.
CREATE SCHEMA desk;
REVOKE ALL ON SCHEMA desk FROM PUBLIC;
GRANT USAGE ON SCHEMA desk TO zhangtu_app;

CREATE TABLE desk.papers (
    account uuid        NOT NULL REFERENCES access.accounts,
    sort    text        NOT NULL CHECK (sort <> ''),
    name    text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    content json        NOT NULL CHECK (pg_column_size(content) <= 1000000),
    version integer     NOT NULL DEFAULT 1,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account, sort, name)
);
CREATE INDEX papers_forgotten ON desk.papers (sort, kept_at);
COMMENT ON COLUMN desk.papers.content IS 'As it was sent, in that order, with characters that jsonb has none of';
COMMENT ON COLUMN desk.papers.version IS 'Counted from 1 each time it is kept, so that two windows do not overwrite each other';
GRANT SELECT, INSERT, UPDATE, DELETE ON desk.papers TO zhangtu_app;
