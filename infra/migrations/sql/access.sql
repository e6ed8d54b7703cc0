-- Access: who may come in, as what, with which secret; and what was done about it, for ever.
--
-- The application reads what holds no secret, and changes everything by functions. A change is made for whoever holds the
-- secret whose digest it names (`p_proof`), never for whom the application names: what it may not do for a person who is
-- not there, nobody can do through it either.

CREATE TABLE access.accounts (
    id            uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    login         text        NOT NULL UNIQUE,
    name          text        NOT NULL CHECK (name <> ''),
    unit          text        NOT NULL CHECK (unit <> ''),
    service       boolean     NOT NULL DEFAULT false,
    holder        uuid        REFERENCES access.accounts,
    first         boolean     NOT NULL DEFAULT false,
    password      text        NOT NULL DEFAULT 'none' CHECK (password IN ('none', 'one-time', 'own')),
    made_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    disabled_at   timestamptz,
    resting_since timestamptz,
    failures      integer     NOT NULL DEFAULT 0,
    failed_at     timestamptz,
    locked_until  timestamptz,
    signed_in_at  timestamptz,
    CHECK (login IS NFKC NORMALIZED AND login !~ '[[:space:][:cntrl:]]' AND length(login) BETWEEN 1 AND 64),
    CHECK (holder IS NULL OR service),
    CHECK (NOT service OR password = 'none')
);
COMMENT ON COLUMN access.accounts.unit IS 'The unit that it acts for, as mandates name it';
COMMENT ON COLUMN access.accounts.service IS 'Of another system: comes in with tokens only, which its holder makes';
COMMENT ON COLUMN access.accounts.first IS 'Made at the first start, and still with the password printed then';
COMMENT ON COLUMN access.accounts.resting_since IS
    'Somebody else was given the means to come in as this account: what it is granted rests until the security administrator confirms it';

CREATE TABLE access.grants (
    id       uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    number   bigint      GENERATED ALWAYS AS IDENTITY,
    account  uuid        NOT NULL REFERENCES access.accounts,
    role     text        NOT NULL CHECK (role <> ''),
    division text        CHECK (division ~ '^[0-9]{6}$'),
    unit     uuid,
    given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    given_by text        NOT NULL,
    CHECK (division IS NULL OR unit IS NULL),
    UNIQUE NULLS NOT DISTINCT (account, role, division, unit)
);
COMMENT ON TABLE access.grants IS 'A role in a division and those below it, in a unit and those under it, or (neither) everywhere';
COMMENT ON COLUMN access.grants.number IS 'The order in which they were given: the first that covers a command is the one it is done under';

CREATE TABLE access.sessions (
    id        uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    account   uuid        NOT NULL REFERENCES access.accounts,
    how       text        NOT NULL CHECK (how IN ('password', 'identity')),
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_at   timestamptz NOT NULL,
    ended_at  timestamptz,
    address   text,
    agent     text
);
CREATE INDEX sessions_of ON access.sessions (account) WHERE ended_at IS NULL;

-- What was here before spoke for a name, not for an account.
DROP TABLE access.tokens;
CREATE TABLE access.tokens (
    id         uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    account    uuid        NOT NULL REFERENCES access.accounts,
    name       text        NOT NULL CHECK (name <> ''),
    kinds      text[],
    rights     text[],
    commands   text[],
    made_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CHECK (expires_at > made_at AND expires_at <= made_at + interval '366 days')
);
COMMENT ON COLUMN access.tokens.kinds IS 'What of the account''s rights it carries, as rights and commands do; NULL: all of them';
CREATE INDEX tokens_of ON access.tokens (account);

-- Apart from what it opens, so that everything else can be read.
CREATE TABLE access.secrets (
    digest  bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    session uuid  UNIQUE REFERENCES access.sessions,
    token   uuid  UNIQUE REFERENCES access.tokens,
    CHECK (num_nonnulls(session, token) = 1)
);
COMMENT ON TABLE access.secrets IS 'SHA-256 digests of secrets that were shown once';

CREATE TABLE access.passwords (
    account  uuid  PRIMARY KEY REFERENCES access.accounts,
    salt     bytea NOT NULL CHECK (octet_length(salt) >= 16),
    cost     text  NOT NULL,
    verifier bytea NOT NULL CHECK (octet_length(verifier) = 32)
);
COMMENT ON COLUMN access.passwords.verifier IS
    'SHA-256 of what argon2id makes of the password: this server sees whether somebody knew it, and reading this does not let anybody in';

CREATE TABLE access.second_factors (
    account      uuid        PRIMARY KEY REFERENCES access.accounts,
    sealed       bytea       NOT NULL,
    confirmed_at timestamptz,
    last_step    bigint      NOT NULL DEFAULT 0
);
COMMENT ON COLUMN access.second_factors.sealed IS 'Opens with a key that is a file beside the program, not in this database';
COMMENT ON COLUMN access.second_factors.last_step IS 'A code is taken once: only one of a later step opens';

CREATE TABLE access.identities (
    issuer    text        NOT NULL CHECK (issuer <> ''),
    subject   text        NOT NULL CHECK (subject <> ''),
    account   uuid        NOT NULL REFERENCES access.accounts,
    linked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (issuer, subject)
);

-- A command line at work: there for the length of its transaction only, which the owner alone can begin.
CREATE TABLE access.consoles (digest bytea PRIMARY KEY, by text NOT NULL);

CREATE TABLE access.records (
    number  bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    what    text        NOT NULL CHECK (what <> ''),
    account uuid,
    login   text,
    via     text,
    address text,
    subject uuid,
    detail  jsonb       NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE access.records IS 'Who came in or was refused, who changed what about access, and who used a right that leaves a record';
CREATE INDEX records_of_account ON access.records (account, number);
CREATE INDEX records_of_subject ON access.records (subject, number);

CREATE FUNCTION access.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on access.records is refused: what is recorded is never changed', TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = '访问记录不得修改、删除。';
END $$;
CREATE TRIGGER records_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON access.records
    FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change();
ALTER TABLE access.records ENABLE ALWAYS TRIGGER records_are_immutable;

GRANT SELECT ON access.accounts, access.grants, access.sessions, access.tokens, access.identities, access.records TO zhangtu_app;
