-- What came, what was answered, what partners must be told.

SET LOCAL search_path = passerelle, pg_temp;

-- One row a message taken in, whole and encrypted; kept for the retention of `inbox`, then dropped by week.
CREATE TABLE inbox (
  territory    territory_code NOT NULL,
  message_id   uuid NOT NULL,
  received_at  timestamptz NOT NULL,
  body_id      text NOT NULL,   -- who sent it
  format       text NOT NULL,   -- peer@version:message
  demande_id   uuid,            -- what it became
  generation   smallint NOT NULL,
  sealed       bytea NOT NULL,
  PRIMARY KEY (received_at, message_id)
) PARTITION BY RANGE (received_at);
ALTER TABLE inbox ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX inbox_demande ON inbox (territory, demande_id);
CREATE INDEX inbox_generation ON inbox (territory, generation);
CALL protect_by_territory('inbox');

-- Weeks are made ahead; a message of a week not made yet is never refused.
CREATE TABLE inbox_other PARTITION OF inbox DEFAULT;
ALTER TABLE inbox_other ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox_other FORCE ROW LEVEL SECURITY;

-- Makes the partition of the week (Monday, UTC) that holds a day, unless messages of that week are in inbox_other
-- already: they then stay there. Partitions have no policy and no grant: they are reached through their parent alone.
CREATE FUNCTION prepare_inbox_week(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = passerelle, pg_temp AS $$
DECLARE
  monday date := date_trunc('week', day)::date;
  name   text := 'inbox_' || to_char(monday, 'IYYY"w"IW');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('passerelle.prepare_inbox_week', 0));
  IF to_regclass(format('passerelle.%I', name)) IS NULL THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF inbox FOR VALUES FROM (%L) TO (%L)', name,
                   monday::timestamp AT TIME ZONE 'UTC', (monday + 7)::timestamp AT TIME ZONE 'UTC');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END IF;
EXCEPTION
  WHEN check_violation THEN NULL;
END
$$;
GRANT EXECUTE ON FUNCTION prepare_inbox_week(date) TO passerelle_application;

-- One row a key that a body gave with a message. The same key again gets the same answer, for ever; the same
-- key with other content is a conflict.
CREATE TABLE idempotency (
  body_id      text NOT NULL,
  key          text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  content_mac  bytea NOT NULL,
  received_at  timestamptz NOT NULL,
  territory    territory_code,
  demande_id   uuid,
  answer       bytea,  -- sealed under the key of the demande: erased with it
  PRIMARY KEY (body_id, key)
) PARTITION BY HASH (body_id, key);
CALL protect_by_body('idempotency');
DO $$
BEGIN
  FOR part IN 0..15 LOOP
    EXECUTE format('CREATE TABLE idempotency_%s PARTITION OF idempotency FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
                   part, part);
    EXECUTE format('ALTER TABLE idempotency_%s ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE idempotency_%s FORCE ROW LEVEL SECURITY', part);
  END LOOP;
END
$$;

-- What partners must be told. In order for each recipient and demande: a row waits for those of lower rank.
CREATE TABLE outbox (
  territory        territory_code NOT NULL,
  recipient        text NOT NULL,
  demande_id       uuid NOT NULL,
  rank             integer NOT NULL,  -- of the event to tell
  version          integer NOT NULL,  -- what to send
  created_at       timestamptz NOT NULL,
  attempts         integer NOT NULL DEFAULT 0,
  due_at           timestamptz NOT NULL,  -- not before
  acknowledged_at  timestamptz,
  quarantined_at   timestamptz,           -- a permanent refusal: a person must look
  reason           text,                  -- code of the last refusal
  PRIMARY KEY (territory, recipient, demande_id, rank),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX outbox_due ON outbox (territory, recipient, due_at)
  WHERE acknowledged_at IS NULL AND quarantined_at IS NULL;
CREATE INDEX outbox_demande ON outbox (territory, demande_id);
CALL protect_by_territory('outbox');

GRANT SELECT, INSERT, UPDATE ON idempotency, outbox TO passerelle_application;
GRANT SELECT, INSERT ON inbox TO passerelle_application;
GRANT DELETE ON inbox, outbox TO passerelle_application;
