-- Who uploaded which file: nothing tells it of a file before something cites it, and only its uploader may cite it then.
CREATE TABLE access.uploads (
    digest  text        NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    account uuid        NOT NULL REFERENCES access.accounts,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (digest, account)
);
GRANT SELECT, INSERT ON access.uploads TO zhangtu_app;
