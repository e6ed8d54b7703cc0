-- What the application notes by itself: that somebody used a right, or was refused. All other records are written by the
-- functions that do what they tell of, so nobody can make up that a role was given.

CREATE FUNCTION access.note(
    p_what text, p_account uuid, p_login text, p_via text, p_subject uuid, p_detail jsonb, p_address text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_what NOT IN ('used', 'refused') THEN
        PERFORM access.refuse('access-not-yours');
    END IF;
    INSERT INTO access.records (what, account, login, via, address, subject, detail)
    VALUES (p_what, p_account, p_login, p_via, p_address, p_subject, p_detail);
END $$;
