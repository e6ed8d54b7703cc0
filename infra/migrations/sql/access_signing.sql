-- Coming in and going out: sessions, opened by a password (and a code) or by an identity that another house vouches for.

CREATE FUNCTION access.open_session(p_account uuid, p_how text, p_digest bytea, p_address text, p_agent text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    opened uuid;
BEGIN
    INSERT INTO access.sessions (account, how, ends_at, address, agent)
        VALUES (p_account, p_how, clock_timestamp() + interval '12 hours', p_address, p_agent) RETURNING id INTO opened;
    INSERT INTO access.secrets (digest, session) VALUES (p_digest, opened);
    UPDATE access.accounts SET failures = 0, locked_until = NULL, signed_in_at = clock_timestamp() WHERE id = p_account;
END $$;

-- A try and what came of it. Of a login that is nobody's nothing is kept: people type passwords there.
CREATE FUNCTION access.record_try(p_account uuid, p_how text, p_outcome text, p_address text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO access.records (what, account, login, via, address, subject, detail)
    VALUES (CASE p_outcome WHEN 'opened' THEN 'signed-in' ELSE 'sign-in-refused' END, p_account,
            (SELECT a.login FROM access.accounts a WHERE a.id = p_account), p_how, p_address, p_account,
            jsonb_build_object('outcome', p_outcome));
$$;

-- `p_step` is the moment of the code that was given, if it is one of the account's factor; whether the password is right is
-- found here. The outcome is for the records: strangers are told the same of most of them.
CREATE FUNCTION access.sign_in(
    p_login text, p_candidate bytea, p_code_given boolean, p_step bigint, p_digest bytea, p_address text, p_agent text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held    access.accounts;
    factor  access.second_factors;
    outcome text;
BEGIN
    -- Held until the end: whoever closes the account or hands out another password meanwhile finds this session, and ends it.
    SELECT * INTO held FROM access.accounts a WHERE a.login = p_login AND a.password <> 'none' FOR UPDATE;
    outcome := CASE WHEN held.id IS NULL THEN 'unknown' ELSE access.try_password(held.id, p_candidate) END;
    IF outcome = 'right' THEN
        SELECT * INTO factor FROM access.second_factors f WHERE f.account = held.id AND f.confirmed_at IS NOT NULL;
        outcome := CASE
            WHEN held.disabled_at IS NOT NULL THEN 'closed'
            WHEN factor.account IS NULL THEN 'opened'
            WHEN NOT p_code_given THEN 'code-needed'
            WHEN p_step > factor.last_step THEN 'opened'
            ELSE 'code-wrong' END;
        IF outcome = 'code-wrong' THEN
            PERFORM access.count_failure(held.id);
        ELSIF outcome = 'opened' THEN
            UPDATE access.second_factors f SET last_step = p_step WHERE f.account = factor.account;
            PERFORM access.open_session(held.id, 'password', p_digest, p_address, p_agent);
        END IF;
    END IF;
    PERFORM access.record_try(held.id, 'password', outcome, p_address);
    RETURN outcome;
END $$;

CREATE FUNCTION access.sign_in_as(p_issuer text, p_subject text, p_digest bytea, p_address text, p_agent text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held    access.accounts;
    outcome text;
BEGIN
    SELECT a.* INTO held FROM access.identities i JOIN access.accounts a ON a.id = i.account
     WHERE i.issuer = p_issuer AND i.subject = p_subject FOR UPDATE;
    outcome := CASE WHEN held.id IS NULL THEN 'unknown' WHEN held.disabled_at IS NOT NULL THEN 'closed' ELSE 'opened' END;
    IF outcome = 'opened' THEN
        PERFORM access.open_session(held.id, 'identity', p_digest, p_address, p_agent);
    END IF;
    PERFORM access.record_try(held.id, 'identity', outcome, p_address);
    RETURN outcome;
END $$;

-- One of one's own sessions (this one when none is named), or all of them: also while the password must be changed.
CREATE FUNCTION access.sign_out(p_proof bytea, p_session uuid, p_everywhere boolean) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here access.sessions;
    n    integer;
BEGIN
    SELECT * INTO here FROM access.session_of(p_proof);
    UPDATE access.sessions s SET ended_at = clock_timestamp()
     WHERE s.account = here.account AND s.ended_at IS NULL AND (p_everywhere OR s.id = coalesce(p_session, here.id));
    GET DIAGNOSTICS n = ROW_COUNT;
    IF n > 0 THEN
        PERFORM access.record((SELECT (a.id, a.login, 'session')::access.asker FROM access.accounts a WHERE a.id = here.account),
            'signed-out', here.account, jsonb_build_object('sessions', n));
    END IF;
    RETURN n;
END $$;

-- All sessions of somebody else.
CREATE FUNCTION access.end_sessions(p_proof bytea, p_account uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    held  access.accounts := access.the_account(p_account);
    n     integer;
BEGIN
    UPDATE access.sessions s SET ended_at = clock_timestamp() WHERE s.account = held.id AND s.ended_at IS NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    PERFORM access.record(asker, 'sessions-ended', held.id, jsonb_build_object('login', held.login, 'sessions', n));
    RETURN n;
END $$;

-- Who another house vouches for is this account. Never an administrator: that house would be all three.
CREATE FUNCTION access.link(p_proof bytea, p_account uuid, p_issuer text, p_subject text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    held  access.accounts := access.the_account(p_account);
BEGIN
    IF held.service OR access.administers(held.id) THEN
        PERFORM access.refuse('identity-not-fit');
    END IF;
    INSERT INTO access.identities (issuer, subject, account) VALUES (p_issuer, p_subject, held.id) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM access.refuse('identity-taken');
    END IF;
    PERFORM access.rest(asker, held.id);
    PERFORM access.record(asker, 'identity-linked', held.id, jsonb_build_object('issuer', p_issuer, 'subject', p_subject));
END $$;

CREATE FUNCTION access.unlink(p_proof bytea, p_issuer text, p_subject text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    owner uuid;
BEGIN
    DELETE FROM access.identities i WHERE i.issuer = p_issuer AND i.subject = p_subject RETURNING i.account INTO owner;
    IF NOT FOUND THEN
        PERFORM access.refuse('identity-unknown');
    END IF;
    UPDATE access.sessions s SET ended_at = clock_timestamp()
     WHERE s.account = owner AND s.how = 'identity' AND s.ended_at IS NULL;
    PERFORM access.revoke_tokens(owner);
    PERFORM access.record(asker, 'identity-unlinked', owner, jsonb_build_object('issuer', p_issuer, 'subject', p_subject));
END $$;
