-- The log: every change there ever was, in one order, for ever.

CREATE SCHEMA log;
GRANT USAGE ON SCHEMA log TO zhangtu_app;

CREATE TABLE log.events (
    position           bigint      PRIMARY KEY,
    recorded_at        timestamptz NOT NULL,
    originator_id      uuid        NOT NULL,
    originator_version integer     NOT NULL CHECK (originator_version > 0),
    topic              text        NOT NULL,
    state              bytea       NOT NULL,
    mandate            bytea       NOT NULL,
    command_id         uuid        NOT NULL,
    line               integer     NOT NULL CHECK (line >= 0),
    lines              integer     NOT NULL CHECK (lines > line),
    UNIQUE (originator_id, originator_version)
);
COMMENT ON TABLE log.events IS
    'Written only by log.append, under its lock: positions have no gaps, recorded_at strictly increases.';

-- One row a command: finds the first answer to a repeated command.
CREATE UNIQUE INDEX events_command ON log.events (command_id) WHERE line = 0;

-- Values that only one aggregate may have at a time (plate, VIN, certificate …). Derived from the events, kept in their
-- transaction.
CREATE TABLE log.claims (
    scope  text NOT NULL,
    value  text NOT NULL,
    holder uuid NOT NULL,
    PRIMARY KEY (scope, value)
);

-- Who holds what until when ('infinity': no end known). Tells whether a unit, building or warehouse can end.
CREATE TABLE log.holdings (
    holder uuid        NOT NULL,
    held   uuid        NOT NULL,
    until  timestamptz NOT NULL,
    PRIMARY KEY (holder, held)
);

-- From when on a unit, building or warehouse that ended holds nothing.
CREATE TABLE log.endings (
    holder uuid        PRIMARY KEY,
    moment timestamptz NOT NULL
);

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on log.events is refused: what is recorded is never changed; record a correction instead', TG_OP
        USING ERRCODE = 'insufficient_privilege',
              HINT = '账已入册，不得修改、删除；如有错误，请登记更正。';
END $$;

CREATE TRIGGER events_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
-- Also when a session replays as a replica, which switches ordinary triggers off.
ALTER TABLE log.events ENABLE ALWAYS TRIGGER events_are_immutable;

GRANT SELECT ON log.events, log.claims, log.holdings, log.endings TO zhangtu_app;

-- Keys of people, apart from the log. A destroyed key leaves its row, so that it is never made anew.
CREATE SCHEMA vault;
GRANT USAGE ON SCHEMA vault TO zhangtu_app;
CREATE TABLE vault.person_keys (
    subject      uuid        PRIMARY KEY,
    key          bytea,
    destroyed_at timestamptz,
    CHECK ((key IS NULL) = (destroyed_at IS NOT NULL))
);
GRANT SELECT, INSERT ON vault.person_keys TO zhangtu_app;
