-- The history of a demande: what changed, what each event says beside its kind, sealed; and columns in clear that told
-- too much.

SET LOCAL search_path = passerelle, pg_temp;

-- Locks a demande that the second lock opens to who acts; raises when it does not. From here on the transaction is the
-- gateway's own work on it: comparing it with others of its territory, and writing what it has become, by which who acts
-- may no longer see it (another commune, another state).
CREATE FUNCTION take_in_hand(place text, which uuid) RETURNS void LANGUAGE plpgsql
  SET search_path = passerelle, pg_temp AS $$
BEGIN
  PERFORM FROM demande WHERE territory = place AND demande_id = which FOR UPDATE;
  IF NOT FOUND THEN RAISE insufficient_privilege USING MESSAGE = 'a demande that is not for who acts'; END IF;
  PERFORM set_config('passerelle.states', 'to_check,active,overdue,radiated,merged,erased', true),
    set_config('passerelle.own', '', true), set_config('passerelle.every', 'true', true);
END
$$;
GRANT EXECUTE ON FUNCTION take_in_hand(text, uuid) TO passerelle_application;

-- What an event says beside its kind and its day, as a piece of the pivot: the dwelling, a rank, a motive. Nothing of it is
-- in clear; `dwelling` finds the candidates for one, and names neither it nor them.
CREATE TABLE event_detail (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  rank        integer NOT NULL,
  dwelling    bytea,           -- keyed hash
  sealed      bytea NOT NULL,  -- under the key of the demande
  PRIMARY KEY (territory, demande_id, rank),
  FOREIGN KEY (territory, demande_id, rank) REFERENCES event
);
CREATE INDEX event_detail_dwelling ON event_detail (territory, dwelling) WHERE dwelling IS NOT NULL;
CALL protect_by_territory('event_detail');
CALL protect_by_demande('event_detail');
GRANT SELECT, INSERT, DELETE ON event_detail TO passerelle_application;

-- Only which delay an open notice makes run stays in clear: why says that a residence is irregular.
ALTER TABLE demande NO FORCE ROW LEVEL SECURITY;
ALTER TABLE day_step NO FORCE ROW LEVEL SECURITY;
ALTER TABLE demande DROP CONSTRAINT demande_notice_check;
UPDATE demande SET notice = 'irrecevable' WHERE notice <> 'sans-reponse';
UPDATE day_step SET notice = 'irrecevable' WHERE notice <> 'sans-reponse';
ALTER TABLE demande ADD CONSTRAINT demande_notice_check CHECK (notice IN ('sans-reponse', 'irrecevable'));
ALTER TABLE demande FORCE ROW LEVEL SECURITY;
ALTER TABLE day_step FORCE ROW LEVEL SECURITY;

DROP VIEW life;
ALTER TABLE demande DROP COLUMN sub_motive;
ALTER TABLE day_step DROP COLUMN sub_motive;
CREATE VIEW life WITH (security_invoker = true) AS
  SELECT demande_id, version, events, deposited_on, state, coalesce(valid_from, deposited_on) AS valid_from, preavis_on,
    notice, notice_on, served_on, inadmissible_on, radiated_on, motive, shut, frozen_on, territory
  FROM demande;
GRANT SELECT ON life TO passerelle_application;

-- As before (0011), without what is no column any more.
DROP FUNCTION write_life(text, uuid, text, date, date, text, date, date, date, date, text, text, boolean, date, date);
CREATE FUNCTION write_life(place text, which uuid, life_state text, life_valid_from date, life_preavis_on date, life_notice text,
  life_notice_on date, life_served_on date, life_inadmissible_on date, life_radiated_on date, life_motive text,
  life_shut boolean, life_frozen_on date, life_due_on date)
  RETURNS void LANGUAGE plpgsql SET search_path = passerelle, pg_temp AS $$
DECLARE
  states text := current_setting('passerelle.states', true);
  own    text := current_setting('passerelle.own', true);
BEGIN
  PERFORM FROM demande WHERE territory = place AND demande_id = which FOR UPDATE;
  IF NOT FOUND THEN RAISE insufficient_privilege USING MESSAGE = 'a demande that is not for who acts'; END IF;
  PERFORM set_config('passerelle.states', 'to_check,active,overdue,radiated,merged,erased', true),
    set_config('passerelle.own', '', true);
  UPDATE demande SET state = life_state, valid_from = life_valid_from, preavis_on = life_preavis_on, notice = life_notice,
    notice_on = life_notice_on, served_on = life_served_on, inadmissible_on = life_inadmissible_on,
    radiated_on = life_radiated_on, motive = life_motive, shut = life_shut, frozen_on = life_frozen_on,
    due_on = coalesce(life_due_on, 'infinity')
    WHERE territory = place AND demande_id = which;
  PERFORM set_config('passerelle.states', coalesce(states, ''), true), set_config('passerelle.own', coalesce(own, ''), true);
END
$$;
GRANT EXECUTE ON FUNCTION write_life(text, uuid, text, date, date, text, date, date, date, date, text, boolean, date, date)
  TO passerelle_application;
