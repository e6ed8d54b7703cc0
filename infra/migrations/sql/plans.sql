-- Plans: working papers like those of the desk, but of several people. What they say becomes a fact only when they are applied.
CREATE TABLE desk.plans (
    id             uuid        PRIMARY KEY,
    title          text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    note           text        NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
    mandate        json        NOT NULL,
    state          text        NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'submitted', 'applied', 'dropped')),
    version        integer     NOT NULL DEFAULT 1,
    made_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    proposal       text,
    first_position bigint,
    last_position  bigint
);
COMMENT ON COLUMN desk.plans.version IS 'Counted with every change of the plan or of its lines: whoever applies it says which one was looked at';

CREATE TABLE desk.plan_members (
    plan    uuid NOT NULL REFERENCES desk.plans ON DELETE CASCADE,
    account uuid NOT NULL REFERENCES access.accounts,
    part    text NOT NULL CHECK (part IN ('owner', 'editor', 'reader')),
    PRIMARY KEY (plan, account)
);
CREATE INDEX plan_members_of ON desk.plan_members (account);

CREATE TABLE desk.plan_lines (
    id         uuid        PRIMARY KEY,
    plan       uuid        NOT NULL REFERENCES desk.plans ON DELETE CASCADE,
    place      integer     NOT NULL,
    said       json        NOT NULL CHECK (pg_column_size(said) <= 100000),
    seen       integer,
    version    integer     NOT NULL DEFAULT 1,
    written_by uuid        NOT NULL REFERENCES access.accounts,
    changed_by uuid        NOT NULL REFERENCES access.accounts,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (plan, place) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON COLUMN desk.plan_lines.said IS 'A line as a batch has it';
COMMENT ON COLUMN desk.plan_lines.seen IS 'The version that the thing had when the line was written';

-- Who changed what, when; a remark is one of these, and nothing of this is changed.
CREATE TABLE desk.plan_deeds (
    number  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan    uuid        NOT NULL REFERENCES desk.plans ON DELETE CASCADE,
    account uuid        NOT NULL REFERENCES access.accounts,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    deed    text        NOT NULL CHECK (deed <> ''),
    line    uuid,
    words   text        NOT NULL DEFAULT '' CHECK (length(words) <= 2000),
    before  json
);
CREATE INDEX plan_deeds_of ON desk.plan_deeds (plan, number);

GRANT SELECT, INSERT, UPDATE ON desk.plans TO zhangtu_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON desk.plan_members, desk.plan_lines TO zhangtu_app;
GRANT SELECT, INSERT ON desk.plan_deeds TO zhangtu_app;
