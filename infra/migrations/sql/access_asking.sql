-- Who asks: found from the secret that they hold. Everything that changes something about access begins here.

CREATE TYPE access.asker AS (account uuid, login text, via text);

-- A rule that says no; the program knows its sentences by the code.
CREATE FUNCTION access.refuse(p_code text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'ZTACC', MESSAGE = p_code;
END $$;

CREATE FUNCTION access.record(p_by access.asker, p_what text, p_subject uuid, p_detail jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO access.records (what, account, login, via, subject, detail)
    VALUES (p_what, p_by.account, p_by.login, p_by.via, p_subject, jsonb_strip_nulls(coalesce(p_detail, '{}')));
$$;

-- The session that a secret opens: used in the last half hour, opened in the last twelve, of an account that may come in.
CREATE FUNCTION access.session_of(p_digest bytea) RETURNS SETOF access.sessions
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.* FROM access.secrets k JOIN access.sessions s ON s.id = k.session JOIN access.accounts a ON a.id = s.account
     WHERE k.digest = p_digest AND s.ended_at IS NULL AND s.ends_at > clock_timestamp()
       AND s.seen_at > clock_timestamp() - interval '30 minutes' AND a.disabled_at IS NULL;
$$;

CREATE FUNCTION access.has_role(p_account uuid, p_role text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access.grants g WHERE g.account = p_account AND g.role = p_role);
$$;

CREATE FUNCTION access.administers(p_account uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access.grants g WHERE g.account = p_account AND g.role LIKE '%-administrator');
$$;

-- Whoever holds this secret, if they have the role (any, where none is named) and their password is their own. Tokens do
-- not count: with them one reads and sends commands, and changes nothing about access.
CREATE FUNCTION access.asking(p_proof bytea, p_role text) RETURNS access.asker
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who access.asker;
BEGIN
    -- One change after the other: each sees the roles that the one before left.
    PERFORM pg_advisory_xact_lock(7264, 2);
    SELECT NULL, c.by, 'command line' INTO who FROM access.consoles c WHERE c.digest = p_proof;
    IF FOUND THEN
        RETURN who;
    END IF;
    SELECT a.id, a.login, 'session' INTO who
      FROM access.session_of(p_proof) s JOIN access.accounts a ON a.id = s.account
     WHERE (s.how <> 'password' OR a.password = 'own')
       AND (p_role IS NULL OR a.resting_since IS NULL AND access.has_role(a.id, p_role));
    IF NOT FOUND THEN
        PERFORM access.refuse('access-not-yours');
    END IF;
    RETURN who;
END $$;

-- The account that a change is about.
CREATE FUNCTION access.the_account(p_account uuid) RETURNS access.accounts
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account access.accounts;
BEGIN
    SELECT * INTO account FROM access.accounts a WHERE a.id = p_account;
    IF NOT FOUND THEN
        PERFORM access.refuse('account-unknown');
    END IF;
    RETURN account;
END $$;

-- Whom a secret opens the door to, with all that they were granted. `p_session` says which kind of secret it was sent as.
CREATE FUNCTION access.principal(p_digest bytea, p_session boolean) RETURNS TABLE (
    account uuid, login text, unit text, via text, kinds text[], rights text[], commands text[], grants jsonb,
    session uuid, must_change boolean, how text, opened_at timestamptz, seen_at timestamptz, ends_at timestamptz
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own     access.accounts;
    entered access.sessions;
    carried access.tokens;
BEGIN
    IF p_session THEN
        SELECT * INTO entered FROM access.session_of(p_digest);
    ELSE
        SELECT t.* INTO carried FROM access.secrets k JOIN access.tokens t ON t.id = k.token
         WHERE k.digest = p_digest AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp();
    END IF;
    SELECT * INTO own FROM access.accounts a WHERE a.id IN (entered.account, carried.account) AND a.disabled_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    must_change := p_session AND entered.how = 'password' AND own.password <> 'own';
    SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'division', g.division, 'unit', g.unit) ORDER BY g.number), '[]')
      INTO grants FROM access.grants g
     WHERE g.account = own.id AND own.resting_since IS NULL AND must_change IS NOT TRUE;
    SELECT own.id, own.login, own.unit, coalesce(carried.name, 'session'), carried.kinds, carried.rights, carried.commands
      INTO account, login, unit, via, kinds, rights, commands;
    SELECT entered.id, entered.how, entered.opened_at, entered.seen_at, entered.ends_at
      INTO session, how, opened_at, seen_at, ends_at;
    IF entered.seen_at < clock_timestamp() - interval '1 minute' THEN
        UPDATE access.sessions s SET seen_at = clock_timestamp() WHERE s.id = entered.id;
    END IF;
    RETURN NEXT;
END $$;
