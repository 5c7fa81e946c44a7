-- How accesses come and go: who ended one or looked at it again, which bodies count as one, and what no act may open.

SET LOCAL search_path = passerelle, pg_temp;

-- The end of an access, and the last time that someone found it still needed, each with the act that says so.
ALTER TABLE access ADD COLUMN ended_by text, ADD COLUMN ended_at timestamptz, ADD COLUMN ended_act text,
  ADD COLUMN reviewed_by text, ADD COLUMN reviewed_at timestamptz, ADD COLUMN review_act text,
  ADD CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (ended_act IS NULL)),
  ADD CHECK ((reviewed_by IS NULL) = (reviewed_at IS NULL) AND (reviewed_by IS NULL) = (review_act IS NULL));

-- Whoever holds the keys, the gateway itself and a person of a household are none of those that an act names: an access
-- in such a role would pass by the second lock.
ALTER TABLE access ADD CONSTRAINT access_role_open
  CHECK (role NOT IN ('passerelle', 'administrateur-local', 'demandeur'));
ALTER TABLE body_role ADD CONSTRAINT body_role_open
  CHECK (role NOT IN ('passerelle', 'administrateur-local', 'demandeur'));
-- Nobody opens an access to oneself, nor finds one's own still needed.
ALTER TABLE access ADD CONSTRAINT access_by_another CHECK (granted_by <> account_id AND reviewed_by <> account_id);

-- A body and all those merged into it by a day, one into another: what was theirs is its own (CCH R441-2-1).
CREATE FUNCTION body_line(body text, day date) RETURNS text[] LANGUAGE sql STABLE
  SET search_path = passerelle, pg_temp AS $$
  WITH RECURSIVE line (body_id) AS (SELECT body
    UNION SELECT s.body_id FROM body_successor s, line l WHERE s.successor_id = l.body_id AND s.since <= day)
  SELECT array_agg(body_id) FROM line
$$;

-- The same with those that it was itself merged into: together they hold what one body may.
CREATE FUNCTION body_family(body text, day date) RETURNS text[] LANGUAGE sql STABLE
  SET search_path = passerelle, pg_temp AS $$
  WITH RECURSIVE heir (body_id) AS (SELECT body
    UNION SELECT s.successor_id FROM body_successor s, heir h WHERE s.body_id = h.body_id AND s.since <= day),
  family (body_id) AS (SELECT body_id FROM heir
    UNION SELECT s.body_id FROM body_successor s, family f WHERE s.successor_id = f.body_id AND s.since <= day)
  SELECT array_agg(body_id) FROM family
$$;

GRANT EXECUTE ON FUNCTION body_line(text, date), body_family(text, date) TO passerelle_application;
