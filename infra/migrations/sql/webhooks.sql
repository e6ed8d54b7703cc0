-- Webhooks: events sent on as they are recorded. Like a token, one carries an account's rights out of the house; so it is made and
-- ended by a function, for whoever the account is, or answers for it, and by nobody else.

CREATE SCHEMA webhooks;
GRANT USAGE ON SCHEMA webhooks TO zhangtu_app;

CREATE TABLE webhooks.webhooks (
    id            uuid        PRIMARY KEY,
    account       uuid        NOT NULL REFERENCES access.accounts,
    name          text        NOT NULL CHECK (name <> ''),
    url           text        NOT NULL CHECK (url ~ '^https?://' AND length(url) <= 2000),
    kinds         text[]      NOT NULL DEFAULT '{}',
    topics        text[]      NOT NULL DEFAULT '{}',
    unit          uuid,
    division      text,
    sealed        bytea       NOT NULL,
    made_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_by       text        NOT NULL,
    ended_at      timestamptz,
    position      bigint      NOT NULL CHECK (position >= 0),
    attempts      integer     NOT NULL DEFAULT 0,
    failing_since timestamptz,
    next_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    paused_at     timestamptz,
    paused_why    text        CHECK ((paused_why IS NULL) = (paused_at IS NULL))
);
COMMENT ON COLUMN webhooks.webhooks.sealed IS 'What deliveries are signed with; opens with a key that is a file beside the program';
COMMENT ON COLUMN webhooks.webhooks.position IS 'Everything up to here was taken, or was not asked for';
CREATE INDEX webhooks_due ON webhooks.webhooks (next_at) WHERE ended_at IS NULL AND paused_at IS NULL;

CREATE TABLE webhooks.deliveries (
    number       bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    webhook      uuid        NOT NULL REFERENCES webhooks.webhooks,
    position     bigint      NOT NULL,
    attempt      integer     NOT NULL,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    status       integer,
    milliseconds integer     NOT NULL,
    error        text
);
COMMENT ON COLUMN webhooks.deliveries.status IS 'What the receiver answered; NULL: nothing';
CREATE INDEX deliveries_of ON webhooks.deliveries (webhook, number);
CREATE INDEX deliveries_at ON webhooks.deliveries (at);

GRANT SELECT ON webhooks.webhooks TO zhangtu_app;
GRANT UPDATE (position, attempts, failing_since, next_at, paused_at, paused_why) ON webhooks.webhooks TO zhangtu_app;
GRANT SELECT, INSERT, DELETE ON webhooks.deliveries TO zhangtu_app;

CREATE FUNCTION access.make_webhook(
    p_proof bytea, p_id uuid, p_account uuid, p_name text, p_url text, p_kinds text[], p_topics text[], p_unit uuid,
    p_division text, p_sealed bytea, p_position bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, NULL);
    held  access.accounts := access.the_account(p_account);
BEGIN
    -- As with tokens: only who it is or answers for it, and not while what they may rests.
    IF asker.account IS NOT NULL AND ((asker.account IN (held.id, held.holder)) IS NOT TRUE OR EXISTS (
        SELECT FROM access.accounts a WHERE a.id = asker.account AND a.resting_since IS NOT NULL)) THEN
        PERFORM access.refuse('access-not-yours');
    END IF;
    INSERT INTO webhooks.webhooks (id, account, name, url, kinds, topics, unit, division, sealed, made_by, position)
        VALUES (p_id, held.id, p_name, p_url, p_kinds, p_topics, p_unit, p_division, p_sealed, asker.login, p_position);
    PERFORM access.record(asker, 'webhook-made', held.id, jsonb_build_object('webhook', p_id, 'name', p_name, 'url', p_url));
END $$;

-- False when it was ended before.
CREATE FUNCTION access.end_webhook(p_proof bytea, p_webhook uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, NULL);
    held  access.accounts;
    found_one boolean;
BEGIN
    SELECT a.* INTO held FROM webhooks.webhooks w JOIN access.accounts a ON a.id = w.account WHERE w.id = p_webhook;
    IF held.id IS NULL OR asker.account IS NOT NULL AND (asker.account IN (held.id, held.holder)) IS NOT TRUE
       AND NOT access.has_role(asker.account, 'system-administrator') THEN
        PERFORM access.refuse('webhook-unknown');
    END IF;
    UPDATE webhooks.webhooks w SET ended_at = clock_timestamp() WHERE w.id = p_webhook AND w.ended_at IS NULL;
    found_one := FOUND;
    IF found_one THEN
        PERFORM access.record(asker, 'webhook-ended', held.id, jsonb_build_object('webhook', p_webhook));
    END IF;
    RETURN found_one;
END $$;

REVOKE ALL ON FUNCTION access.make_webhook, access.end_webhook FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.make_webhook, access.end_webhook TO zhangtu_app;
