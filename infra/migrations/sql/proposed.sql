-- What is proposed and not decided yet. It may name people, so it can be deleted, and is once nobody needs it.
CREATE TABLE desk.proposed (
    proposal uuid        NOT NULL,
    digest   text        NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    content  bytea       NOT NULL,
    kept_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (proposal, digest)
);
COMMENT ON TABLE desk.proposed IS 'The commands of a proposal, as its events name them by digest; gone when they were carried out';
GRANT SELECT, INSERT, DELETE ON desk.proposed TO zhangtu_app;
