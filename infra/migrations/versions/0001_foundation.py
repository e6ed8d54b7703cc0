"""Foundation: PostGIS, the application's role, and the tokens that open the door."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

EXTENSION = "CREATE EXTENSION IF NOT EXISTS postgis"

# A role belongs to the whole server: another database there may have made it already. On a server of the user's own it
# cannot log in; the application logs in as whoever the address names, and takes on this role.
ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhangtu_app') THEN
        CREATE ROLE zhangtu_app NOLOGIN;
        EXECUTE format('GRANT zhangtu_app TO %I', current_user);
    END IF;
END $$
"""

TOKENS = """
CREATE SCHEMA access;
REVOKE ALL ON SCHEMA access FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO zhangtu_app;

CREATE TABLE access.tokens (
    digest      bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    name        text NOT NULL CHECK (name <> ''),
    actor       text NOT NULL CHECK (actor <> ''),
    unit        text NOT NULL CHECK (unit <> ''),
    role        text NOT NULL CHECK (role <> ''),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at  timestamptz CHECK (expires_at > created_at),
    revoked_at  timestamptz CHECK (revoked_at >= created_at)
);
COMMENT ON TABLE access.tokens IS 'Who may act: SHA-256 digests of secrets that were shown once, and whom they speak for';
GRANT SELECT ON access.tokens TO zhangtu_app;
"""


def upgrade() -> None:
    for statement in (EXTENSION, ROLE, TOKENS):
        op.execute(statement)
