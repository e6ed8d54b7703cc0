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

-- The audit administrator has looked at everything up to here.
CREATE FUNCTION access.review(p_proof bytea, p_up_to bigint, p_remark text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker access.asker := access.asking(p_proof, 'audit-administrator');
BEGIN
    PERFORM FROM access.records r WHERE r.number = p_up_to;
    IF NOT FOUND THEN
        PERFORM access.refuse('record-unknown');
    END IF;
    PERFORM access.record(asker, 'reviewed', NULL, jsonb_build_object('up_to', p_up_to, 'remark', p_remark));
END $$;
