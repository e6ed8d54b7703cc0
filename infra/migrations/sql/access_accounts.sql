-- Accounts and what they are granted. The system administrator makes accounts, which have no rights; the security
-- administrator gives rights, and makes no accounts. Neither can do the other's part, nor anything for themselves.

-- Rule: there is always somebody for each of the three.
CREATE FUNCTION access.require_administrators() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT count(DISTINCT g.role) FROM access.grants g JOIN access.accounts a ON a.id = g.account
         WHERE g.role LIKE '%-administrator' AND a.disabled_at IS NULL) < 3 THEN
        PERFORM access.refuse('administrator-last');
    END IF;
END $$;

-- Rule: whoever answers for another system's secret is a person who administers nothing. People answer for themselves.
CREATE FUNCTION access.require_holder(p_service boolean, p_holder uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_holder IS NOT NULL
       AND (NOT p_service OR (access.the_account(p_holder)).service OR access.administers(p_holder)) THEN
        PERFORM access.refuse('holder-not-fit');
    END IF;
END $$;

-- What an account may rests when somebody was given the means to come in as it: so nobody who makes accounts reads as one of
-- them, or makes tokens of a service that one of them answers for. The command line is the machine's owner, whom this does not stop.
CREATE FUNCTION access.rest(p_by access.asker, p_account uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE access.accounts a SET resting_since = coalesce(a.resting_since, clock_timestamp())
     WHERE a.id = p_account AND p_by.account IS NOT NULL;
$$;

-- Whoever had the means to come in as this account may have made tokens of it, which would outlive them.
CREATE FUNCTION access.revoke_tokens(p_account uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE access.tokens t SET revoked_at = clock_timestamp() WHERE t.account = p_account AND t.revoked_at IS NULL;
$$;

CREATE FUNCTION access.make_account(
    p_proof bytea, p_login text, p_name text, p_unit text, p_service boolean, p_holder uuid
) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    made  uuid;
BEGIN
    PERFORM access.require_holder(p_service, p_holder);
    INSERT INTO access.accounts (login, name, unit, service, holder) VALUES (p_login, p_name, p_unit, p_service, p_holder)
        ON CONFLICT (login) DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN
        PERFORM access.refuse('login-taken');
    END IF;
    PERFORM access.record(asker, 'account-made', made, jsonb_build_object(
        'login', p_login, 'name', p_name, 'unit', p_unit, 'service', p_service, 'holder', p_holder));
    RETURN made;
END $$;

CREATE FUNCTION access.change_account(p_proof bytea, p_account uuid, p_name text, p_unit text, p_holder uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    held  access.accounts := access.the_account(p_account);
BEGIN
    PERFORM access.require_holder(held.service, p_holder);
    UPDATE access.accounts SET name = p_name, unit = p_unit, holder = p_holder WHERE id = p_account;
    IF held.holder IS DISTINCT FROM p_holder THEN
        PERFORM access.revoke_tokens(held.id);
        PERFORM access.rest(asker, held.id);
    END IF;
    PERFORM access.record(asker, 'account-changed', p_account, jsonb_build_object(
        'name', p_name, 'unit', p_unit, 'holder', p_holder));
END $$;

CREATE FUNCTION access.disable_account(p_proof bytea, p_account uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    held  access.accounts := access.the_account(p_account);
BEGIN
    UPDATE access.accounts SET disabled_at = coalesce(disabled_at, clock_timestamp()) WHERE id = held.id;
    UPDATE access.sessions SET ended_at = clock_timestamp() WHERE account = held.id AND ended_at IS NULL;
    IF access.administers(held.id) THEN
        PERFORM access.require_administrators();
    END IF;
    PERFORM access.record(asker, 'account-disabled', held.id, jsonb_build_object('login', held.login));
END $$;

CREATE FUNCTION access.enable_account(p_proof bytea, p_account uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    held  access.accounts := access.the_account(p_account);
BEGIN
    UPDATE access.accounts SET disabled_at = NULL WHERE id = held.id;
    PERFORM access.record(asker, 'account-enabled', held.id, jsonb_build_object('login', held.login));
END $$;

CREATE FUNCTION access.unlock_account(p_proof bytea, p_account uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'system-administrator');
    held  access.accounts := access.the_account(p_account);
BEGIN
    UPDATE access.accounts SET failures = 0, locked_until = NULL WHERE id = held.id;
    PERFORM access.record(asker, 'account-unlocked', held.id, jsonb_build_object('login', held.login));
END $$;

-- Rule: whoever administers is a person who comes in by a password of their own, and has no other role.
CREATE FUNCTION access.require_apart(p_account access.accounts, p_role text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF access.administers(p_account.id)
       OR p_role LIKE '%-administrator' AND EXISTS (SELECT FROM access.grants g WHERE g.account = p_account.id) THEN
        PERFORM access.refuse('roles-apart');
    END IF;
    IF p_role LIKE '%-administrator' AND (p_account.service
        OR EXISTS (SELECT FROM access.accounts a WHERE a.holder = p_account.id)
        OR EXISTS (SELECT FROM access.identities i WHERE i.account = p_account.id)) THEN
        PERFORM access.refuse('administrator-not-fit');
    END IF;
END $$;

CREATE FUNCTION access.give(p_proof bytea, p_account uuid, p_role text, p_division text, p_unit uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'security-administrator');
    held  access.accounts := access.the_account(p_account);
    given uuid;
BEGIN
    IF p_account = asker.account THEN
        PERFORM access.refuse('grant-to-oneself');
    END IF;
    SELECT g.id INTO given FROM access.grants g WHERE g.account = p_account AND g.role = p_role
       AND g.division IS NOT DISTINCT FROM p_division AND g.unit IS NOT DISTINCT FROM p_unit;
    IF FOUND THEN
        RETURN given;
    END IF;
    PERFORM access.require_apart(held, p_role);
    -- A password that somebody else handed out may be known to them: whoever is to administer has changed it first.
    IF p_role LIKE '%-administrator' AND held.password <> 'own' AND asker.account IS NOT NULL THEN
        PERFORM access.refuse('administrator-not-fit');
    END IF;
    INSERT INTO access.grants (account, role, division, unit, given_by)
        VALUES (p_account, p_role, p_division, p_unit, asker.login) RETURNING id INTO given;
    PERFORM access.record(asker, 'role-given', p_account, jsonb_build_object(
        'login', held.login, 'role', p_role, 'division', p_division, 'unit', p_unit));
    RETURN given;
END $$;

CREATE FUNCTION access.take(p_proof bytea, p_grant uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'security-administrator');
    taken access.grants;
BEGIN
    DELETE FROM access.grants g WHERE g.id = p_grant RETURNING g.* INTO taken;
    IF NOT FOUND THEN
        PERFORM access.refuse('grant-unknown');
    END IF;
    IF taken.role LIKE '%-administrator' THEN
        PERFORM access.require_administrators();
    END IF;
    PERFORM access.record(asker, 'role-taken', taken.account, jsonb_build_object(
        'role', taken.role, 'division', taken.division, 'unit', taken.unit));
END $$;

-- The security administrator has seen that the right person came in: what rested holds again.
CREATE FUNCTION access.confirm_account(p_proof bytea, p_account uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'security-administrator');
    held  access.accounts := access.the_account(p_account);
BEGIN
    IF held.password = 'one-time' THEN
        PERFORM access.refuse('password-not-own');
    END IF;
    UPDATE access.accounts SET resting_since = NULL WHERE id = held.id;
    PERFORM access.record(asker, 'account-confirmed', held.id, jsonb_build_object('login', held.login));
END $$;
