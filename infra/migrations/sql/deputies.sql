-- Deputies: who decides on proposals in whose place, from one day to another. Made by whoever will be absent, in person.
CREATE TABLE access.deputies (
    id        uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    account   uuid        NOT NULL REFERENCES access.accounts,
    deputy    uuid        NOT NULL REFERENCES access.accounts,
    from_day  date        NOT NULL,
    until_day date        NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at  timestamptz,
    CHECK (account <> deputy),
    CHECK (until_day >= from_day AND until_day < from_day + 366)
);
COMMENT ON COLUMN access.deputies.until_day IS 'The last day on which the deputy decides, as days are counted in China';
CREATE INDEX deputies_of ON access.deputies (account) WHERE ended_at IS NULL;
CREATE INDEX deputies_for ON access.deputies (deputy) WHERE ended_at IS NULL;
GRANT SELECT ON access.deputies TO zhangtu_app;

CREATE FUNCTION access.make_deputy(p_proof bytea, p_deputy text, p_from date, p_until date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker  access.asker := access.asking(p_proof, 'approver');
    chosen uuid;
    made   uuid;
BEGIN
    IF asker.account IS NULL THEN
        PERFORM access.refuse('access-not-yours');
    END IF;
    SELECT a.id INTO chosen FROM access.accounts a
     WHERE a.login = p_deputy AND a.id <> asker.account AND a.disabled_at IS NULL AND access.has_role(a.id, 'approver');
    IF NOT FOUND THEN
        PERFORM access.refuse('deputy-not-fit');
    END IF;
    IF (p_until >= p_from AND p_until < p_from + 366) IS NOT TRUE THEN
        PERFORM access.refuse('deputy-term');
    END IF;
    INSERT INTO access.deputies (account, deputy, from_day, until_day)
        VALUES (asker.account, chosen, p_from, p_until) RETURNING id INTO made;
    PERFORM access.record(asker, 'deputy-made', chosen,
        jsonb_build_object('deputy', p_deputy, 'from', p_from, 'until', p_until));
    RETURN made;
END $$;

-- False when it had ended before.
CREATE FUNCTION access.end_deputy(p_proof bytea, p_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, NULL);
    own   access.deputies;
    ended boolean;
BEGIN
    SELECT * INTO own FROM access.deputies d WHERE d.id = p_id AND d.account = asker.account;
    IF NOT FOUND THEN
        PERFORM access.refuse('deputy-unknown');
    END IF;
    UPDATE access.deputies d SET ended_at = clock_timestamp() WHERE d.id = p_id AND d.ended_at IS NULL;
    ended := FOUND;
    IF ended THEN
        PERFORM access.record(asker, 'deputy-ended', own.deputy, '{}');
    END IF;
    RETURN ended;
END $$;

REVOKE ALL ON FUNCTION access.make_deputy, access.end_deputy FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.make_deputy, access.end_deputy TO zhangtu_app;
