-- Spreadsheets that somebody sent to be recorded: what became of each. The file is kept by its digest; what was recorded is in the log.
CREATE TABLE desk.imports (
    id       uuid        PRIMARY KEY,
    account  uuid        NOT NULL REFERENCES access.accounts,
    command  text        NOT NULL CHECK (command <> ''),
    file     text        NOT NULL CHECK (file ~ '^[0-9a-f]{64}$'),
    name     text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    mandate  json        NOT NULL,
    state    text        NOT NULL DEFAULT 'checking'
             CHECK (state IN ('checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'unreadable')),
    step     text        NOT NULL DEFAULT '',
    done     integer     NOT NULL DEFAULT 0,
    total    integer     NOT NULL DEFAULT 0,
    run      uuid        NOT NULL,
    beat     timestamptz NOT NULL DEFAULT clock_timestamp(),
    outcome  json,
    undoing  json,
    problem  json,
    made_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz
);
CREATE INDEX imports_of ON desk.imports (account, made_at DESC);
COMMENT ON COLUMN desk.imports.mandate IS 'As it was given: reason, documents, effective';
COMMENT ON COLUMN desk.imports.run IS 'Which attempt works on it; one that was cut off changes nothing any more';
COMMENT ON COLUMN desk.imports.beat IS 'When that attempt last showed that it lives';
COMMENT ON COLUMN desk.imports.outcome IS 'What the check found: figures, findings, the first rows';
COMMENT ON COLUMN desk.imports.undoing IS 'What stood in the way of undoing it, if anything did';
GRANT SELECT, INSERT, DELETE ON desk.imports TO zhangtu_app;
GRANT UPDATE (state, step, done, total, run, beat, outcome, undoing, problem, ended_at) ON desk.imports TO zhangtu_app;
