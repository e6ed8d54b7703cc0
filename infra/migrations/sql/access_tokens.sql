-- Tokens: of an account, made by whoever it is, or who answers for it; for a year at most.

CREATE FUNCTION access.make_token(
    p_proof bytea, p_account uuid, p_digest bytea, p_name text, p_expires timestamptz,
    p_kinds text[], p_rights text[], p_commands text[]
) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, NULL);
    held  access.accounts := access.the_account(p_account);
    made  uuid;
BEGIN
    -- Not even an administrator makes one of somebody else: it would be a way to read in their name.
    IF asker.account IS NOT NULL AND (asker.account IN (held.id, held.holder)) IS NOT TRUE THEN
        PERFORM access.refuse('access-not-yours');
    END IF;
    -- Nor does whoever may not be the person who answers for that system.
    IF EXISTS (SELECT FROM access.accounts a
                WHERE a.id = asker.account AND a.id <> held.id AND a.resting_since IS NOT NULL) THEN
        PERFORM access.refuse('access-not-yours');
    END IF;
    IF (p_expires > clock_timestamp() AND p_expires <= clock_timestamp() + interval '366 days') IS NOT TRUE THEN
        PERFORM access.refuse('token-term');
    END IF;
    INSERT INTO access.tokens (account, name, expires_at, kinds, rights, commands)
        VALUES (held.id, p_name, p_expires, p_kinds, p_rights, p_commands) RETURNING id INTO made;
    INSERT INTO access.secrets (digest, token) VALUES (p_digest, made);
    PERFORM access.record(asker, 'token-made', held.id, jsonb_build_object('token', made, 'name', p_name,
        'expires', p_expires, 'kinds', p_kinds, 'rights', p_rights, 'commands', p_commands));
    RETURN made;
END $$;

-- False when it was revoked before.
CREATE FUNCTION access.revoke_token(p_proof bytea, p_token uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, NULL);
    held  access.accounts;
    found_one boolean;
BEGIN
    SELECT a.* INTO held FROM access.tokens t JOIN access.accounts a ON a.id = t.account WHERE t.id = p_token;
    IF asker.account IS NOT NULL AND (asker.account IN (held.id, held.holder)) IS NOT TRUE
       AND NOT access.has_role(asker.account, 'system-administrator') THEN
        PERFORM access.refuse('token-unknown');
    END IF;
    UPDATE access.tokens t SET revoked_at = clock_timestamp() WHERE t.id = p_token AND t.revoked_at IS NULL;
    found_one := FOUND;
    IF found_one THEN
        PERFORM access.record(asker, 'token-revoked', held.id, jsonb_build_object('token', p_token));
    END IF;
    RETURN found_one;
END $$;
