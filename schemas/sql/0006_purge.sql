-- What has passed its retention goes.

SET LOCAL search_path = passerelle, pg_temp;

GRANT DELETE ON erasure TO passerelle_application;

-- Drops the weeks of the inbox that ended before a time and hold no message of anyone; returns how many. Only the owner
-- may drop, and he sees no row of a partition while its security is forced: it is lifted for the look alone, behind a
-- lock that nobody reads through.
CREATE FUNCTION drop_empty_inbox_weeks(before timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = passerelle, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  week     text;
  occupied boolean;
  dropped  integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('passerelle.prepare_inbox_week', 0));
  FOR week IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'inbox'::regclass AND c.relname ~ '^inbox_[0-9]{4}w[0-9]{2}$'
      AND to_date(substr(c.relname, 7), 'IYYY"w"IW') + 7 <= (before AT TIME ZONE 'UTC')::date
    ORDER BY c.relname
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', week);
      EXECUTE format('SELECT EXISTS (SELECT FROM %I)', week) INTO occupied;
      IF occupied THEN
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', week);
      ELSE
        EXECUTE format('DROP TABLE %I', week);
        dropped := dropped + 1;
      END IF;
    EXCEPTION
      WHEN lock_not_available THEN NULL;  -- it goes another day: registrations do not wait for us
    END;
  END LOOP;
  RETURN dropped;
END
$$;
GRANT EXECUTE ON FUNCTION drop_empty_inbox_weeks(timestamptz) TO passerelle_application;
