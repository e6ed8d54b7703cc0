-- The one way into the log: one call, one transaction, everything or nothing.
--
-- It takes the log's lock, so that commit order is position order and a reader who follows positions misses nothing. The lock
-- is held until the commit is on disk, so commands that wait are carried together: one call records several commands, each
-- judged by itself. What a person can cause (a repeat, a version conflict, a value taken, something still held) is answered
-- as that command's outcome and not raised, so that one refusal does not undo the others.
--
-- `p_sizes` says how many events each command has; the arrays of events are those of all commands, one after the other.
-- `p_conditions` holds JSON a command, or an empty text where there is nothing to check or keep.

CREATE FUNCTION log.append(
    p_commands   uuid[],
    p_sizes      integer[],
    p_conditions text[],
    p_mandates   bytea[],
    p_ids        uuid[],
    p_versions   integer[],
    p_topics     text[],
    p_states     bytea[]
) RETURNS TABLE (outcome text, first_position bigint, detail jsonb)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_position bigint;
    last_time     timestamptz;
    a             integer := 1;
    b             integer;
BEGIN
    -- Each statement below must see what was committed before the lock was got: only READ COMMITTED does.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'log.append needs READ COMMITTED';
    END IF;
    PERFORM pg_advisory_xact_lock(7264, 1);
    SELECT e.position, e.recorded_at INTO last_position, last_time FROM log.events e ORDER BY e.position DESC LIMIT 1;
    last_position := coalesce(last_position, 0);
    last_time := coalesce(last_time, '-infinity');

    FOR i IN 1 .. cardinality(p_commands) LOOP
        -- A size that does not fit would leave a gap in the positions, or conditions without an event that tells of them.
        IF (p_sizes[i] >= 1) IS NOT TRUE THEN
            RAISE EXCEPTION 'log.append needs at least one event a command';
        END IF;
        b := a + p_sizes[i] - 1;
        detail := NULL;
        SELECT e.position INTO first_position FROM log.events e WHERE e.command_id = p_commands[i] AND e.line = 0;
        IF FOUND THEN
            outcome := 'repeated';
        ELSE
            -- Each stream must go on exactly where the decision left it. One event is by far the most common case, and much
            -- quicker without sets.
            IF a = b THEN
                outcome := CASE WHEN p_versions[a] - 1 <> coalesce(
                    (SELECT max(e.originator_version) FROM log.events e WHERE e.originator_id = p_ids[a]), 0)
                    THEN 'conflict' END;
                detail := CASE WHEN outcome IS NOT NULL THEN jsonb_build_object('id', p_ids[a]) END;
            ELSE
                SELECT c.outcome, c.detail INTO outcome, detail FROM log.check_streams(p_ids[a:b], p_versions[a:b]) c;
            END IF;
            IF outcome IS NULL AND p_conditions[i] <> '' THEN
                SELECT c.outcome, c.detail INTO outcome, detail FROM log.check_conditions(p_conditions[i]::jsonb) c;
            END IF;
        END IF;
        IF outcome IS NULL THEN
            IF p_conditions[i] <> '' THEN
                PERFORM log.keep_conditions(p_conditions[i]::jsonb);
            END IF;
            -- The clock of the database, made strictly increasing: also when it was set back.
            last_time := greatest(clock_timestamp(), last_time + interval '1 microsecond');
            first_position := last_position + 1;
            IF a = b THEN
                INSERT INTO log.events VALUES (first_position, last_time, p_ids[a], p_versions[a], p_topics[a], p_states[a],
                                               p_mandates[a], p_commands[i], 0, 1);
            ELSE
                INSERT INTO log.events
                SELECT last_position + u.o, last_time + (u.o - 1) * interval '1 microsecond', u.id, u.version, u.topic,
                       u.state, u.mandate, p_commands[i], u.o - 1, p_sizes[i]
                  FROM unnest(p_ids[a:b], p_versions[a:b], p_topics[a:b], p_states[a:b], p_mandates[a:b]) WITH ORDINALITY
                       u(id, version, topic, state, mandate, o);
            END IF;
            outcome := 'recorded';
            last_position := last_position + p_sizes[i];
            last_time := last_time + (p_sizes[i] - 1) * interval '1 microsecond';
        END IF;
        RETURN NEXT;
        a := b + 1;
    END LOOP;
    IF a - 1 <> cardinality(p_ids) THEN
        RAISE EXCEPTION 'log.append needs a command for every event, and an event for every command';
    END IF;
END $$;

CREATE FUNCTION log.check_streams(p_ids uuid[], p_versions integer[], OUT outcome text, OUT detail jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT 'conflict', jsonb_build_object('id', s.id) INTO outcome, detail
      FROM (SELECT u.id, min(u.version) AS version, max(u.version) AS last, count(*) AS events
              FROM unnest(p_ids, p_versions) u(id, version) GROUP BY u.id) s
     WHERE s.version - 1 <> coalesce((SELECT max(e.originator_version) FROM log.events e WHERE e.originator_id = s.id), 0)
        OR s.last - s.version + 1 <> s.events
     LIMIT 1;
END $$;

-- Whether what the decision read is still so, and the values it claims are free (or given up in the same command).
CREATE FUNCTION log.check_conditions(p jsonb, OUT outcome text, OUT detail jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT jsonb_build_object('id', r.id) INTO detail
      FROM jsonb_to_recordset(p -> 'read') r(id uuid, version integer)
     WHERE r.version <> coalesce((SELECT max(e.originator_version) FROM log.events e WHERE e.originator_id = r.id), 0)
     LIMIT 1;
    IF FOUND THEN
        outcome := 'conflict';
        RETURN;
    END IF;
    SELECT jsonb_build_object('scope', n.scope, 'value', n.value, 'holder', c.holder) INTO detail
      FROM jsonb_to_recordset(p -> 'claims') n(scope text, value text, holder uuid)
      JOIN log.claims c USING (scope, value)
     WHERE c.holder <> n.holder
       AND NOT EXISTS (SELECT FROM jsonb_to_recordset(p -> 'releases') r(scope text, value text, holder uuid)
                        WHERE r.scope = n.scope AND r.value = n.value AND r.holder = c.holder)
     LIMIT 1;
    IF FOUND THEN
        outcome := 'taken';
        RETURN;
    END IF;
    SELECT jsonb_build_object('scope', n.scope, 'value', n.value, 'holder', min(n.holder::text)) INTO detail
      FROM jsonb_to_recordset(p -> 'claims') n(scope text, value text, holder uuid)
     GROUP BY n.scope, n.value HAVING count(DISTINCT n.holder) > 1 LIMIT 1;
    IF FOUND THEN
        outcome := 'taken';
        RETURN;
    END IF;
    SELECT r.outcome, r.detail INTO outcome, detail FROM log.check_holdings(p) r;
END $$;

-- Whether those that end hold nothing from then on, counting what this command hands over; and whether nobody who has
-- ended is given anything beyond that moment. An end that this command moves or takes back counts as it will be.
CREATE FUNCTION log.check_holdings(p jsonb, OUT outcome text, OUT detail jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT jsonb_build_object('holder', m.holder, 'count', count(*), 'held', (array_agg(h.held ORDER BY h.held))[1:5])
      INTO detail
      FROM jsonb_to_recordset(p -> 'emptied') m(holder uuid, moment timestamptz)
      JOIN log.holdings h ON h.holder = m.holder AND h.until > m.moment
     WHERE NOT EXISTS (SELECT FROM jsonb_to_recordset(p -> 'holdings') n(holder uuid, held uuid, until timestamptz)
                        WHERE n.holder = h.holder AND n.held = h.held)
       AND NOT EXISTS (SELECT FROM jsonb_to_recordset(p -> 'ended') d(holder uuid, held uuid)
                        WHERE d.holder = h.holder AND d.held = h.held)
     GROUP BY m.holder LIMIT 1;
    IF FOUND THEN
        outcome := 'held';
        RETURN;
    END IF;
    SELECT jsonb_build_object('holder', n.holder, 'count', 1, 'held', jsonb_build_array(n.held)) INTO detail
      FROM jsonb_to_recordset(p -> 'holdings') n(holder uuid, held uuid, until timestamptz)
      JOIN (SELECT e.holder, e.moment FROM log.endings e
             WHERE NOT EXISTS (SELECT FROM jsonb_to_recordset(p -> 'emptied') m(holder uuid) WHERE m.holder = e.holder)
            UNION ALL
            SELECT m.holder, m.moment FROM jsonb_to_recordset(p -> 'emptied') m(holder uuid, moment timestamptz)) e
        ON e.holder = n.holder AND n.until > e.moment
     LIMIT 1;
    IF FOUND THEN
        outcome := 'held';
    END IF;
END $$;

CREATE FUNCTION log.keep_conditions(p jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM log.claims c
     USING jsonb_to_recordset(p -> 'releases') r(scope text, value text, holder uuid)
     WHERE c.scope = r.scope AND c.value = r.value AND c.holder = r.holder;
    INSERT INTO log.claims
    SELECT DISTINCT n.scope, n.value, n.holder FROM jsonb_to_recordset(p -> 'claims') n(scope text, value text, holder uuid)
        ON CONFLICT DO NOTHING;
    DELETE FROM log.holdings h
     USING jsonb_to_recordset(p -> 'ended') d(holder uuid, held uuid)
     WHERE h.holder = d.holder AND h.held = d.held;
    INSERT INTO log.holdings
    SELECT n.holder, n.held, n.until FROM jsonb_to_recordset(p -> 'holdings') n(holder uuid, held uuid, until timestamptz)
        ON CONFLICT (holder, held) DO UPDATE SET until = excluded.until;
    INSERT INTO log.endings
    SELECT m.holder, m.moment FROM jsonb_to_recordset(p -> 'emptied') m(holder uuid, moment timestamptz)
        ON CONFLICT (holder) DO UPDATE SET moment = excluded.moment;
    INSERT INTO vault.person_keys (subject, destroyed_at)
    SELECT DISTINCT s.subject::uuid, clock_timestamp() FROM jsonb_array_elements_text(p -> 'erased') s(subject)
        ON CONFLICT (subject) DO UPDATE SET key = NULL, destroyed_at = excluded.destroyed_at
        WHERE person_keys.key IS NOT NULL;
END $$;

REVOKE ALL ON FUNCTION log.append, log.check_streams, log.check_conditions, log.check_holdings, log.keep_conditions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append TO zhangtu_app;
