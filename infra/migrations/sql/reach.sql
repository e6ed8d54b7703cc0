-- Reach: what a transaction declared that it may see, as the policies and views of every generation ask for it.
--
-- A declaration is transaction-local settings. Under a key (a kind, 'names', 'personal', 'masked', 'complete', 'own') stands 'all',
-- the number of a group of grants, or nothing; by group stand divisions and granted units, and by generation what was found to
-- lie in them (projections/jurisdiction.py).

-- The application while it reads for somebody who may see everything. A role belongs to the whole server: another database there
-- may have made it already.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhangtu_everything') THEN
        CREATE ROLE zhangtu_everything NOLOGIN;
    END IF;
    IF NOT pg_has_role('zhangtu_app', 'zhangtu_everything', 'MEMBER') THEN
        GRANT zhangtu_everything TO zhangtu_app;
    END IF;
END $$;

GRANT USAGE ON SCHEMA access TO zhangtu_projector, zhangtu_everything;
GRANT USAGE ON SCHEMA reading, log, vault TO zhangtu_everything;
GRANT SELECT ON reading.generations, reading.chunks, reading.parked, log.events, vault.person_keys TO zhangtu_everything;
GRANT EXECUTE ON FUNCTION log.position_at TO zhangtu_everything;

-- A setting that was local to an earlier transaction of the session is not NULL afterwards, but empty.
CREATE FUNCTION access.declared(setting text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('zhangtu.' || setting, true), '');

CREATE FUNCTION access.reach(key text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN access.declared('reach_' || key);

CREATE FUNCTION access.whole(key text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(access.reach(key) = 'all', false);

CREATE FUNCTION access.divisions(key text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN access.declared('divisions_' || access.reach(key))::text[];
COMMENT ON FUNCTION access.divisions IS 'Patterns of LIKE';

CREATE FUNCTION access.granted(key text) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN access.declared('granted_' || access.reach(key))::uuid[];
COMMENT ON FUNCTION access.granted IS 'The units that grants name, without those under them';

CREATE FUNCTION access.moment(generation text) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN access.declared(generation || '_moment')::timestamptz;
COMMENT ON FUNCTION access.moment IS 'What holds then or later decides where things belong';
