-- Offers that wait for their answer: silence for ten days is a refusal (CCH R441-10), which the run of a day notes.

SET LOCAL search_path = passerelle, pg_temp;

CREATE TABLE offer (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  rank        integer NOT NULL,  -- of the event that made it
  made_on     date NOT NULL,
  answer_by   date,              -- when it gives more time than the law
  dwelling    bytea,             -- keyed hash: its answer is about the same
  PRIMARY KEY (territory, demande_id, rank),
  FOREIGN KEY (territory, demande_id, rank) REFERENCES event
);
CALL protect_by_territory('offer');
CALL protect_by_demande('offer');
GRANT SELECT, INSERT, DELETE ON offer TO passerelle_application;

-- As before (0014), with the offers that wait: rank/day/answer by, a blank between two.
CREATE OR REPLACE VIEW life WITH (security_invoker = true) AS
  SELECT demande_id, version, events, deposited_on, state, coalesce(valid_from, deposited_on) AS valid_from, preavis_on,
    notice, notice_on, served_on, inadmissible_on, radiated_on, motive, shut, frozen_on, territory,
    array_to_string(ARRAY(SELECT concat_ws('/', o.rank, o.made_on, coalesce(o.answer_by, o.made_on)) FROM offer o
      WHERE o.territory = demande.territory AND o.demande_id = demande.demande_id ORDER BY o.rank), ' ') AS offers
  FROM demande;
