-- What happened and who did it: the shared history, anonymous facts for reports, the audit.
-- INVARIANT: the application appends to these tables; the only column it may rewrite is the position of an event.

SET LOCAL search_path = passerelle, pg_temp;

-- The shared history (CCH R441-2-15), and the feed of changes.
CREATE TABLE event (
  territory    territory_code NOT NULL,
  demande_id   uuid NOT NULL,
  rank         integer NOT NULL CHECK (rank > 0),
  kind         text NOT NULL,
  happened_on  date NOT NULL,
  recorded_at  timestamptz NOT NULL,
  body_id      text NOT NULL,     -- the legal body that caused it
  version      integer NOT NULL,  -- of the demande, once it had happened
  position     bigint,            -- in the order of commits, see change_sequencer
  PRIMARY KEY (territory, demande_id, rank),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE UNIQUE INDEX event_position ON event (territory, position) WHERE position IS NOT NULL;
CREATE INDEX event_unnumbered ON event (territory) WHERE position IS NULL;
CALL protect_by_territory('event');

-- The last position given in each territory. A position is given after the commit of its event, by whoever
-- reads changes, this row locked: what a cursor has passed can never be filled in behind it, and
-- registrations do not wait for each other.
CREATE TABLE change_sequencer (
  territory  territory_code PRIMARY KEY REFERENCES territory,
  last       bigint NOT NULL CHECK (last >= 0)
);
CALL protect_by_territory('change_sequencer');

CREATE FUNCTION number_changes(wanted territory_code) RETURNS bigint LANGUAGE plpgsql
  SET search_path = passerelle, pg_temp AS $$
DECLARE
  before bigint;
  count  bigint;
BEGIN
  INSERT INTO change_sequencer VALUES (wanted, 0) ON CONFLICT DO NOTHING;
  SELECT last INTO STRICT before FROM change_sequencer WHERE territory = wanted FOR UPDATE;
  -- A statement of its own, whose snapshot is taken once the lock is held.
  -- By the place of each row, which nothing else moves: events are only ever added to.
  WITH fresh AS (
    SELECT ctid AS row_place, row_number() OVER (ORDER BY recorded_at, demande_id, rank) AS place
    FROM event WHERE territory = wanted AND position IS NULL
  )
  UPDATE event SET position = before + place FROM fresh WHERE event.ctid = fresh.row_place;
  GET DIAGNOSTICS count = ROW_COUNT;
  UPDATE change_sequencer SET last = before + count WHERE territory = wanted;
  RETURN before + count;
END
$$;
GRANT EXECUTE ON FUNCTION number_changes(territory_code) TO passerelle_application;

-- What reports count once named data are gone: no number, no identifier, values in bands.
CREATE TABLE fact (
  territory  territory_code NOT NULL,
  month      date NOT NULL CHECK (extract(day FROM month) = 1),
  kind       text NOT NULL,
  commune    text,                                       -- the first wanted
  age        text CHECK (age IN ('15-29', '30-44', '45-59', '60-74', '75+')),
  household  smallint CHECK (household BETWEEN 1 AND 6),  -- 6: six and more
  typologie  text
);
CREATE INDEX fact_month ON fact (territory, month, kind);
CALL protect_by_territory('fact');

-- One leaf an action, refused ones included. `subject` is a hash under the key of the demande: it finds the
-- leaves of a demande while its key lives, and nothing after.
CREATE TABLE audit_leaf (
  territory    territory_code NOT NULL,
  leaf_id      uuid NOT NULL,
  recorded_at  timestamptz NOT NULL,
  body_id      text NOT NULL,
  agent        text NOT NULL,
  action       text NOT NULL,
  purpose      text NOT NULL,
  rule         text NOT NULL,  -- of the policy, which allowed or denied
  allowed      boolean NOT NULL,
  subject      bytea,
  hash         bytea NOT NULL,  -- RFC 6962, 2.1: SHA-256 of 0x00 and the other columns
  PRIMARY KEY (territory, leaf_id)
);
CREATE INDEX audit_leaf_subject ON audit_leaf (territory, subject);
CALL protect_by_territory('audit_leaf');

GRANT SELECT, INSERT ON event, fact, audit_leaf TO passerelle_application;
GRANT UPDATE (position) ON event TO passerelle_application;
GRANT SELECT, INSERT, UPDATE ON change_sequencer TO passerelle_application;
GRANT SELECT ON event, audit_leaf TO passerelle_auditor;
