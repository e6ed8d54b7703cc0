-- Notices: that something happened which concerns an account. They refer to events and things and say nothing of them: what is
-- told is read when it is shown, with the rights of whoever looks.

CREATE SCHEMA notices;
GRANT USAGE ON SCHEMA notices TO zhangtu_app;

-- One row: whoever follows the log holds it locked while it writes notices and moves on.
CREATE TABLE notices.follower (
    single   boolean     PRIMARY KEY DEFAULT true CHECK (single),
    position bigint      NOT NULL CHECK (position >= 0),
    day      date        NOT NULL DEFAULT '2000-01-01',
    seen_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN notices.follower.position IS 'All notices of events up to here are made, and none of later ones';
COMMENT ON COLUMN notices.follower.day IS 'The last day whose terms were looked at';
-- Nobody is told of what was before there were notices.
INSERT INTO notices.follower (position) SELECT coalesce(max(position), 0) FROM log.events;

CREATE TABLE notices.notices (
    id       bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    account  uuid        NOT NULL REFERENCES access.accounts,
    why      text        NOT NULL CHECK (why IN ('waits', 'decided', 'watched', 'due', 'told')),
    matter   text        NOT NULL DEFAULT 'event' CHECK (matter <> ''),
    position bigint,
    command  uuid,
    more     integer     NOT NULL DEFAULT 0 CHECK (more >= 0),
    things   uuid[]      NOT NULL DEFAULT '{}',
    link     text        CHECK (link ~ '^/([^/]|$)'),
    figures  jsonb       NOT NULL DEFAULT '{}',
    made_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    read_at  timestamptz,
    CHECK ((matter = 'event') = (position IS NOT NULL AND command IS NOT NULL))
);
COMMENT ON COLUMN notices.notices.more IS 'Other events of the same command that concern the account in the same way';
COMMENT ON COLUMN notices.notices.things IS 'Whose terms it tells of; which of them are shown is decided when it is';
-- A command that makes fifty thousand things is one notice.
CREATE UNIQUE INDEX notices_of_commands ON notices.notices (account, command, why);
CREATE INDEX notices_of ON notices.notices (account, id);
CREATE INDEX notices_unread ON notices.notices (account) WHERE read_at IS NULL;

-- Terms that were told: each once before it ends and once after.
CREATE TABLE notices.terms_told (
    account uuid NOT NULL REFERENCES access.accounts,
    matter  text NOT NULL,
    thing   uuid NOT NULL,
    ends    date NOT NULL,
    PRIMARY KEY (account, matter, thing, ends)
);

CREATE TABLE notices.watches (
    id      uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    account uuid        NOT NULL REFERENCES access.accounts,
    thing   uuid,
    unit    uuid,
    topic   text,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (num_nonnulls(thing, unit, topic) > 0 AND (thing IS NULL OR unit IS NULL)),
    UNIQUE NULLS NOT DISTINCT (account, thing, unit, topic)
);
COMMENT ON TABLE notices.watches IS 'A thing, or all that belongs to a unit and those under it; of it, or of everything, one kind of event';

CREATE TABLE notices.wishes (
    account  uuid PRIMARY KEY REFERENCES access.accounts,
    language text NOT NULL CHECK (language IN ('zh', 'en')),
    mail     text NOT NULL CHECK (mail IN ('never', 'at-once', 'daily')),
    address  text CHECK (length(address) <= 254),
    CHECK (mail = 'never' OR address IS NOT NULL)
);
COMMENT ON TABLE notices.wishes IS 'How an account wishes to be told; without a row: in the console alone';

GRANT SELECT, UPDATE ON notices.follower TO zhangtu_app;
GRANT SELECT, INSERT ON notices.notices TO zhangtu_app;
GRANT UPDATE (more, read_at) ON notices.notices TO zhangtu_app;
GRANT SELECT, INSERT ON notices.terms_told TO zhangtu_app;
GRANT SELECT, INSERT, DELETE ON notices.watches TO zhangtu_app;
GRANT SELECT, INSERT, UPDATE ON notices.wishes TO zhangtu_app;
