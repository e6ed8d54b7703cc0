-- Generations: everything that anyone reads is a schema of its own, built from the log. Here stands which there are.
-- What is in them is never migrated; this catalogue is.

-- A role belongs to the whole server: another database there may have made it already.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhangtu_projector') THEN
        CREATE ROLE zhangtu_projector NOLOGIN;
        EXECUTE format('GRANT zhangtu_projector TO %I', current_user);
    END IF;
    -- The schemas of generations are its own. Where the owner cannot hand the right on, an administrator has done it.
    IF NOT has_database_privilege('zhangtu_projector', current_database(), 'CREATE') THEN
        EXECUTE format('GRANT CREATE ON DATABASE %I TO zhangtu_projector', current_database());
    END IF;
END $$;

CREATE SCHEMA reading;
COMMENT ON SCHEMA reading IS 'Which generations there are; they themselves are the schemas g1, g2 …';

CREATE TABLE reading.generations (
    id           bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    schema       text        NOT NULL UNIQUE GENERATED ALWAYS AS ('g' || id::text) STORED,
    role         text        NOT NULL CHECK (role IN ('live', 'shadow', 'case', 'former')),
    state        text        NOT NULL DEFAULT 'building' CHECK (state IN ('building', 'ready', 'failed')),
    name         text        CHECK (name <> ''),
    digest       text        NOT NULL,
    shape        text        NOT NULL,
    position     bigint      NOT NULL DEFAULT 0 CHECK (position >= 0),
    goal         bigint      NOT NULL CHECK (goal >= 0),
    at           timestamptz,
    only_streams uuid[],
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ready_at     timestamptz,
    retired_at   timestamptz,
    error        text,
    CHECK ((role = 'case') = (name IS NOT NULL)),
    CHECK (role = 'case' OR (at IS NULL AND only_streams IS NULL))
);
COMMENT ON COLUMN reading.generations.digest IS 'Of all that decides which rows follow from the log (projections/generations/definition.py)';
COMMENT ON COLUMN reading.generations.shape IS 'Of its tables and views alone: whether today''s queries can read it';
COMMENT ON COLUMN reading.generations.position IS 'Its rows show the log up to here, and nothing after';
COMMENT ON COLUMN reading.generations.goal IS 'The position it is filled to before anyone may read it; a case stays there';
COMMENT ON COLUMN reading.generations.retired_at IS 'When another one took its place as live';
CREATE UNIQUE INDEX one_live ON reading.generations (role) WHERE role = 'live';
CREATE UNIQUE INDEX case_names ON reading.generations (name) WHERE role = 'case';

-- The parts that a generation is filled by: ranges of streams, each filled in one transaction. Open at the top when NULL.
CREATE TABLE reading.chunks (
    generation bigint  NOT NULL REFERENCES reading.generations ON DELETE CASCADE,
    lower      uuid    NOT NULL,
    upper      uuid,
    done       boolean NOT NULL DEFAULT false,
    events     bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (generation, lower)
);

-- Streams that could not be read on beyond a position: their rows show them as they were before it.
CREATE TABLE reading.parked (
    generation bigint      NOT NULL REFERENCES reading.generations ON DELETE CASCADE,
    stream     uuid        NOT NULL,
    position   bigint      NOT NULL,
    topic      text        NOT NULL,
    error      text        NOT NULL,
    parked_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (generation, stream)
);

REVOKE ALL ON SCHEMA reading FROM PUBLIC;
GRANT USAGE ON SCHEMA reading TO zhangtu_app, zhangtu_projector;
GRANT SELECT ON reading.generations, reading.chunks, reading.parked TO zhangtu_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reading.generations, reading.chunks, reading.parked TO zhangtu_projector;

-- The last position recorded by a moment. recorded_at strictly increases with the position, and positions have no gaps:
-- halving finds it in some twenty looks, and no index on the time has to be kept up by every append.
CREATE FUNCTION log.position_at(moment timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    low    bigint := 0;
    high   bigint := coalesce((SELECT max(e.position) FROM log.events e), 0);
    middle bigint;
BEGIN
    WHILE low < high LOOP
        middle := (low + high + 1) / 2;
        IF (SELECT e.recorded_at <= moment FROM log.events e WHERE e.position = middle) THEN
            low := middle;
        ELSE
            high := middle - 1;
        END IF;
    END LOOP;
    RETURN low;
END $$;
REVOKE ALL ON FUNCTION log.position_at FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.position_at TO zhangtu_app, zhangtu_projector;

GRANT USAGE ON SCHEMA log TO zhangtu_projector;
GRANT SELECT ON log.events TO zhangtu_projector;
