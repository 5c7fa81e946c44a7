-- The calendar of the demandes: where each stands in its life, what the run of a day did, and what was before.

SET LOCAL search_path = passerelle, pg_temp;

ALTER TABLE demande
  ADD COLUMN valid_from      date,  -- of the last renewal; NULL: of the deposit
  ADD COLUMN preavis_on      date,  -- when that of this validity left
  ADD COLUMN notice          text CHECK (notice IN ('sans-reponse', 'irregulariteSejour', 'ressourcesSuperieures')),
  ADD COLUMN notice_on       date,
  ADD COLUMN served_on       date,  -- proof of delivery
  ADD COLUMN inadmissible_on date,  -- by a commission
  ADD COLUMN radiated_on     date,
  ADD COLUMN motive          text,  -- code of the pivot list motifRadiation
  ADD COLUMN sub_motive      text,
  ADD COLUMN shut            boolean NOT NULL DEFAULT false,  -- it cannot be reactivated any more
  ADD COLUMN frozen_on       date,
  ADD COLUMN due_on          date,  -- when the run of a day looks at it next; NULL: at the next one
  ADD CHECK ((notice IS NULL) = (notice_on IS NULL)),
  ADD CHECK (served_on IS NULL OR notice IS NOT NULL);
-- What will never be due again is put off for ever ('infinity').
CREATE INDEX demande_due ON demande (territory, due_on, demande_id);
CREATE INDEX demande_unplanned ON demande (territory, demande_id) WHERE due_on IS NULL;

-- The columns of a demande that its calendar depends on, for whoever sees the demande.
CREATE VIEW life WITH (security_invoker = true) AS
  SELECT demande_id, version, events, deposited_on, state, coalesce(valid_from, deposited_on) AS valid_from, preavis_on,
    notice, notice_on, served_on, inadmissible_on, radiated_on, motive, sub_motive, shut, frozen_on, territory
  FROM demande;
GRANT SELECT ON life TO passerelle_application;

-- Writes where a demande stands. The second lock holds each row against its state, before and after; who may end or revive
-- a demande may not touch it afterwards: the lock is asked about the row as it was, and lifted for this statement alone.
CREATE FUNCTION write_life(place text, which uuid, life_state text, life_valid_from date, life_preavis_on date, life_notice text,
  life_notice_on date, life_served_on date, life_inadmissible_on date, life_radiated_on date, life_motive text,
  life_sub_motive text, life_shut boolean, life_frozen_on date, life_due_on date)
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
    radiated_on = life_radiated_on, motive = life_motive, sub_motive = life_sub_motive, shut = life_shut,
    frozen_on = life_frozen_on, due_on = coalesce(life_due_on, 'infinity')
    WHERE territory = place AND demande_id = which;
  PERFORM set_config('passerelle.states', coalesce(states, ''), true), set_config('passerelle.own', coalesce(own, ''), true);
END
$$;
GRANT EXECUTE ON FUNCTION write_life(text, uuid, text, date, date, text, date, date, date, date, text, text, boolean, date,
  date) TO passerelle_application;

-- What the event led to, and why: the state at any date is that of the last event before it.
ALTER TABLE event
  ADD COLUMN state  text,
  ADD COLUMN motive text;

-- One run of the calendar over a territory.
CREATE TABLE day_run (
  territory   territory_code NOT NULL REFERENCES territory,
  run_id      uuid NOT NULL,
  day         date NOT NULL,         -- whose beginning it is
  ran_at      timestamptz NOT NULL,
  account_id  text NOT NULL,         -- empty: whoever holds the keys
  beyond      boolean NOT NULL,      -- a second person let it go beyond a usual day
  parameters  text NOT NULL,         -- those of that day: others mean another calendar
  finished_at timestamptz,
  undone_at   timestamptz,
  undone_by   text,
  PRIMARY KEY (territory, run_id),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE INDEX day_run_day ON day_run (territory, day);
CALL protect_by_territory('day_run');

-- Each step that it took, and what the demande was before: kept as long as it may be undone.
CREATE TABLE day_step (
  territory       territory_code NOT NULL,
  run_id          uuid NOT NULL,
  demande_id      uuid NOT NULL,
  rank            integer NOT NULL,  -- of its event
  event           text NOT NULL,
  state           text NOT NULL,
  valid_from      date,
  preavis_on      date,
  notice          text,
  notice_on       date,
  served_on       date,
  inadmissible_on date,
  radiated_on     date,
  motive          text,
  sub_motive      text,
  shut            boolean NOT NULL,
  PRIMARY KEY (territory, run_id, demande_id, rank),
  FOREIGN KEY (territory, run_id) REFERENCES day_run,
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX day_step_demande ON day_step (territory, demande_id);
CALL protect_by_territory('day_step');

GRANT SELECT, INSERT, UPDATE ON day_run TO passerelle_application;
GRANT SELECT, INSERT, DELETE ON day_step TO passerelle_application;
GRANT SELECT ON day_run TO passerelle_auditor;
