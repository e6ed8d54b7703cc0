-- Drawings that somebody brings in, on their way into the log: which files, and what was chosen. The files are kept by their digests.
CREATE TABLE desk.drawings (
    id          uuid        PRIMARY KEY,
    account     uuid        NOT NULL REFERENCES access.accounts,
    building    uuid        NOT NULL,
    files       json        NOT NULL,
    choices     json        NOT NULL DEFAULT '{}',
    position    bigint,
    made_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX drawings_of ON desk.drawings (account, made_at DESC);
COMMENT ON COLUMN desk.drawings.choices IS 'How it is read and placed, and what is to be recorded of each difference';
COMMENT ON COLUMN desk.drawings.position IS 'Where in the log it was recorded, once it was';
GRANT SELECT, INSERT, DELETE ON desk.drawings TO zhangtu_app;
GRANT UPDATE (choices, position) ON desk.drawings TO zhangtu_app;
