-- Mails of notices: a queue of references. What a mail says is found when it is sent, with the rights of its reader at that time.

CREATE TABLE notices.mails (
    id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    account     uuid        NOT NULL REFERENCES access.accounts,
    notices     bigint[]    NOT NULL,
    daily       boolean     NOT NULL DEFAULT false,
    made_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    next_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts    integer     NOT NULL DEFAULT 0,
    error       text,
    sent_at     timestamptz,
    given_up_at timestamptz
);
CREATE INDEX mails_waiting ON notices.mails (next_at) WHERE sent_at IS NULL AND given_up_at IS NULL;

ALTER TABLE notices.wishes
    ADD digested   bigint NOT NULL DEFAULT 0,
    ADD digest_day date   NOT NULL DEFAULT '2000-01-01';
COMMENT ON COLUMN notices.wishes.digested IS 'The last notice that a daily mail was made of';

GRANT SELECT, INSERT, DELETE ON notices.mails TO zhangtu_app;
GRANT UPDATE (next_at, attempts, error, sent_at, given_up_at) ON notices.mails TO zhangtu_app;
