-- Boundaries that lie beneath the map: brought by the bureau that has the right to them, each as declared and in CGCS2000.
-- They are a picture, not evidence: nothing in the registry refers to them, and a new file takes the place of an old one.

CREATE SCHEMA ground;
COMMENT ON SCHEMA ground IS 'What a map is drawn on, beside what is registered';

CREATE TABLE ground.boundaries (
    id          bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    collection  text        NOT NULL CHECK (collection <> '' AND length(collection) <= 100),
    name        text        NOT NULL DEFAULT '' CHECK (length(name) <= 200),
    system      text        NOT NULL,
    source      text        NOT NULL,
    is_invented boolean     NOT NULL DEFAULT false,
    imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    shape       public.geometry(Geometry, 4490) NOT NULL
);
CREATE INDEX ON ground.boundaries (collection);
COMMENT ON COLUMN ground.boundaries.system IS 'The coordinate system that the file was declared in';
COMMENT ON COLUMN ground.boundaries.is_invented IS 'Drawn for the demonstration: it bounds nothing';

GRANT USAGE ON SCHEMA ground TO zhangtu_app, zhangtu_everything;
GRANT SELECT ON ground.boundaries TO zhangtu_app, zhangtu_everything;
