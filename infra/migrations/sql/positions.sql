-- Positions: where vehicles said that they were. Telemetry, not events. Rows are added and never changed: the application may do
-- nothing else, and what lies too far back goes by whole days.

CREATE SCHEMA telemetry;
GRANT USAGE ON SCHEMA telemetry TO zhangtu_app, zhangtu_everything;

CREATE TABLE telemetry.positions (
    vehicle     uuid             NOT NULL,
    at          timestamptz      NOT NULL,
    received_at timestamptz      NOT NULL,
    system      text             NOT NULL,
    x           double precision NOT NULL,
    y           double precision NOT NULL,
    point       geometry(Point, 4490),
    speed       real,
    heading     real,
    altitude    real,
    accuracy    real,
    marks       text[]           NOT NULL,
    source      text             NOT NULL
) PARTITION BY RANGE (at);
COMMENT ON COLUMN telemetry.positions.at IS 'By the clock of the device';
COMMENT ON COLUMN telemetry.positions.x IS 'As it was sent, in the system that was declared';
COMMENT ON COLUMN telemetry.positions.point IS 'The same in CGCS2000; NULL where the numbers are no place';
COMMENT ON COLUMN telemetry.positions.speed IS 'Kilometres an hour';
COMMENT ON COLUMN telemetry.positions.marks IS 'What is odd about this one alone; what it is beside others is found when they are read';
COMMENT ON COLUMN telemetry.positions.source IS 'The account that reported it';

-- What is reported again is there once; another place at the same moment is another row.
CREATE UNIQUE INDEX positions_once ON telemetry.positions (vehicle, at, x, y, system);
CREATE INDEX positions_at ON telemetry.positions USING brin (at);

-- Days of which there is no partition: long past, or of a clock that is ahead.
CREATE TABLE telemetry.positions_other PARTITION OF telemetry.positions DEFAULT;

-- The last place of each vehicle, so that nobody has to look for it.
CREATE TABLE telemetry.latest (
    vehicle     uuid        PRIMARY KEY,
    at          timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    point       geometry(Point, 4490) NOT NULL,
    speed       real,
    heading     real,
    accuracy    real,
    marks       text[]      NOT NULL,
    moved       xid8        NOT NULL DEFAULT pg_current_xact_id()
) WITH (fillfactor = 50);
COMMENT ON COLUMN telemetry.latest.moved IS 'The transaction that wrote it: whoever has seen all that were over before it need not look at older ones';

GRANT SELECT, INSERT ON telemetry.positions TO zhangtu_app;
GRANT SELECT, INSERT, UPDATE ON telemetry.latest TO zhangtu_app;
GRANT SELECT ON telemetry.positions, telemetry.latest TO zhangtu_everything;

-- A day as on a calendar in Beijing. False: it was there, or is none that gets a partition.
CREATE FUNCTION telemetry.make_day(p_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today  date        := (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
    begins timestamptz := p_day::timestamp AT TIME ZONE 'Asia/Shanghai';
    ends   timestamptz := (p_day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai';
    made   text        := 'positions_' || to_char(p_day, 'YYYYMMDD');
BEGIN
    -- A clock that is wrong must not make a partition for every day of a century.
    IF p_day NOT BETWEEN today - 400 AND today + 8 THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(7305641121);
    IF to_regclass('telemetry.' || made) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE telemetry.%I (LIKE telemetry.positions)', made);
    -- Some may have come before their day did.
    EXECUTE format('WITH moved AS (DELETE FROM telemetry.positions_other WHERE at >= $1 AND at < $2 RETURNING *)'
        ' INSERT INTO telemetry.%I SELECT * FROM moved', made) USING begins, ends;
    EXECUTE format('ALTER TABLE telemetry.positions ATTACH PARTITION telemetry.%I FOR VALUES FROM (%L) TO (%L)', made, begins, ends);
    RETURN true;
END $$;

-- Everything before a day; how many partitions went. Logs are kept for half a year at least: that is not for a setting to change.
CREATE FUNCTION telemetry.forget(p_before date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    edge constant date := least(p_before, (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date - 183);
    old  text;
    gone integer := 0;
BEGIN
    FOR old IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent = 'telemetry.positions'::regclass AND c.relname ~ '^positions_[0-9]{8}$'
           AND substr(c.relname, 11) < to_char(edge, 'YYYYMMDD')
    LOOP
        EXECUTE format('DROP TABLE telemetry.%I', old);
        gone := gone + 1;
    END LOOP;
    DELETE FROM telemetry.positions_other WHERE at < edge::timestamp AT TIME ZONE 'Asia/Shanghai';
    RETURN gone;
END $$;

REVOKE ALL ON FUNCTION telemetry.make_day, telemetry.forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION telemetry.make_day, telemetry.forget TO zhangtu_app;
