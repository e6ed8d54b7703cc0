-- Passwords and second factors. What argon2id makes of a password comes in and its digest is compared here: neither the password
-- nor anything that opens in its place ever goes out, and whoever only has the application's rights cannot sign in as anybody.

-- Counts a try. After five wrong ones in a row the account waits, twice as long each time, at most an hour; meanwhile no try
-- counts, and none is looked at. Somebody who comes back the day after begins anew.
CREATE FUNCTION access.count_failure(p_account uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE access.accounts a SET failures = n.failures, failed_at = clock_timestamp(),
           locked_until = CASE WHEN n.failures >= 5
               THEN clock_timestamp() + least(interval '1 minute' * 2 ^ least(n.failures - 5, 10), interval '1 hour') END
      FROM (SELECT CASE WHEN b.failed_at > clock_timestamp() - interval '1 day' THEN b.failures ELSE 0 END + 1 AS failures
              FROM access.accounts b WHERE b.id = p_account) n
     WHERE a.id = p_account;
$$;

-- Whether this is the account's password: right, wrong (which counts) or locked. Two tries at once wait for each other.
CREATE FUNCTION access.try_password(p_account uuid, p_candidate bytea) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM access.accounts a WHERE a.id = p_account FOR UPDATE;
    IF EXISTS (SELECT FROM access.accounts a WHERE a.id = p_account AND a.locked_until > clock_timestamp()) THEN
        RETURN 'locked';
    END IF;
    IF EXISTS (SELECT FROM access.passwords p WHERE p.account = p_account AND p.verifier = sha256(p_candidate)) THEN
        RETURN 'right';
    END IF;
    PERFORM access.count_failure(p_account);
    RETURN 'wrong';
END $$;

-- What somebody needs who is about to try a password. The salt is no secret, and the factor is sealed.
CREATE FUNCTION access.challenge(p_login text) RETURNS TABLE (account uuid, salt bytea, cost text, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, p.salt, p.cost, f.sealed
      FROM access.accounts a JOIN access.passwords p ON p.account = a.id
      LEFT JOIN access.second_factors f ON f.account = a.id AND f.confirmed_at IS NOT NULL
     WHERE a.login = p_login;
$$;

-- A password that somebody hands over, and that opens nothing but its own change.
CREATE FUNCTION access.set_one_time(p_proof bytea, p_account uuid, p_salt bytea, p_cost text, p_verifier bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    held  access.accounts := access.the_account(p_account);
BEGIN
    -- Whoever could set another administrator's password could be two of the three.
    IF held.service OR asker.account IS NOT NULL AND access.administers(held.id) THEN
        PERFORM access.refuse('password-not-yours-to-set');
    END IF;
    INSERT INTO access.passwords (account, salt, cost, verifier) VALUES (held.id, p_salt, p_cost, p_verifier)
        ON CONFLICT (account) DO UPDATE SET salt = p_salt, cost = p_cost, verifier = p_verifier;
    UPDATE access.accounts SET password = 'one-time', failures = 0, locked_until = NULL WHERE id = held.id;
    UPDATE access.sessions SET ended_at = clock_timestamp() WHERE account = held.id AND ended_at IS NULL;
    PERFORM access.revoke_tokens(held.id);
    PERFORM access.rest(asker, held.id);
    PERFORM access.record(asker, 'password-given', held.id, jsonb_build_object('login', held.login));
END $$;

-- The person's own. Ends their other sessions, and this one goes on under a new secret. Tells how the old password was.
CREATE FUNCTION access.change_password(
    p_proof bytea, p_candidate bytea, p_salt bytea, p_cost text, p_verifier bytea, p_renewed bytea
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here  access.sessions;
    tried text;
BEGIN
    PERFORM pg_advisory_xact_lock(7264, 2);
    SELECT * INTO here FROM access.session_of(p_proof);
    IF NOT FOUND THEN
        PERFORM access.refuse('access-not-yours');
    END IF;
    tried := access.try_password(here.account, p_candidate);
    IF tried = 'right' THEN
        UPDATE access.passwords SET salt = p_salt, cost = p_cost, verifier = p_verifier WHERE account = here.account;
        UPDATE access.accounts SET password = 'own', first = false, failures = 0 WHERE id = here.account;
        UPDATE access.sessions SET ended_at = clock_timestamp()
         WHERE account = here.account AND id <> here.id AND ended_at IS NULL;
        UPDATE access.secrets SET digest = p_renewed WHERE session = here.id;
    END IF;
    PERFORM access.record((SELECT (a.id, a.login, 'session')::access.asker FROM access.accounts a WHERE a.id = here.account),
        CASE tried WHEN 'right' THEN 'password-changed' ELSE 'password-refused' END, here.account,
        jsonb_build_object('outcome', tried));
    RETURN tried;
END $$;

-- Second factors: begun, confirmed with a first code, and taken away by whoever knows the password.
CREATE FUNCTION access.begin_factor(p_proof bytea, p_sealed bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, NULL);
BEGIN
    IF EXISTS (SELECT FROM access.second_factors f WHERE f.account = asker.account AND f.confirmed_at IS NOT NULL) THEN
        PERFORM access.refuse('second-factor-there');
    END IF;
    INSERT INTO access.second_factors (account, sealed) VALUES (asker.account, p_sealed)
        ON CONFLICT (account) DO UPDATE SET sealed = p_sealed, last_step = 0;
END $$;

-- What was begun and waits for its first code.
CREATE FUNCTION access.begun_factor(p_proof bytea) RETURNS bytea
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.sealed FROM access.second_factors f
     WHERE f.account = (access.asking(p_proof, NULL)).account AND f.confirmed_at IS NULL;
$$;

CREATE FUNCTION access.confirm_factor(p_proof bytea, p_step bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, NULL);
BEGIN
    UPDATE access.second_factors f SET confirmed_at = clock_timestamp(), last_step = p_step
     WHERE f.account = asker.account AND f.confirmed_at IS NULL;
    IF NOT FOUND THEN
        PERFORM access.refuse('second-factor-not-begun');
    END IF;
    PERFORM access.record(asker, 'second-factor-confirmed', asker.account, NULL);
END $$;

CREATE FUNCTION access.remove_factor(p_proof bytea, p_candidate bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, NULL);
    tried text := access.try_password(asker.account, p_candidate);
BEGIN
    IF tried = 'right' THEN
        DELETE FROM access.second_factors f WHERE f.account = asker.account;
    END IF;
    PERFORM access.record(asker, CASE tried WHEN 'right' THEN 'second-factor-removed' ELSE 'password-refused' END,
        asker.account, jsonb_build_object('outcome', tried));
    RETURN tried;
END $$;

-- For somebody who lost theirs. Of an administrator only at the command line.
CREATE FUNCTION access.remove_factor_of(p_proof bytea, p_account uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    held  access.accounts := access.the_account(p_account);
BEGIN
    IF asker.account IS NOT NULL AND access.administers(held.id) THEN
        PERFORM access.refuse('password-not-yours-to-set');
    END IF;
    DELETE FROM access.second_factors f WHERE f.account = held.id;
    PERFORM access.record(asker, 'second-factor-removed', held.id, jsonb_build_object('login', held.login));
END $$;
