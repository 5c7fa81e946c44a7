-- What reports need of facts: why, which way a demande moved, how long it had waited; and with which bands it stands in
-- the stock, so that it leaves with those.

SET LOCAL search_path = passerelle, pg_temp;

ALTER TABLE fact
  ADD COLUMN motive text,                                                        -- of a radiation
  ADD COLUMN motion smallint NOT NULL DEFAULT 0 CHECK (motion BETWEEN -1 AND 1),  -- into the active stock, out of it
  ADD COLUMN delay  smallint CHECK (delay >= 0);                                  -- months from the deposit to a lease

-- What would tell too much beside a commune, apart from it: resources and present housing of what entered or left.
CREATE TABLE means_fact (
  territory  territory_code NOT NULL,
  month      date NOT NULL CHECK (extract(day FROM month) = 1),
  kind       text NOT NULL,
  motive     text,
  motion     smallint NOT NULL CHECK (motion IN (-1, 1)),
  resources  text CHECK (resources IN ('0000-0499', '0500-0999', '1000-1499', '1500-1999', '2000+')),
  housing    text
);
CREATE INDEX means_fact_month ON means_fact (territory, month, kind);
CALL protect_by_territory('means_fact');

-- Whether a demande stands in the active stock, and the bands with which it entered it last, sealed under its key.
ALTER TABLE demande
  ADD COLUMN counted boolean NOT NULL DEFAULT false,
  ADD COLUMN bands   bytea;

-- The named columns and no other: the place of a row and its transaction (ctid, xmin) would lead from a fact to the
-- event that was written beside it.
REVOKE SELECT ON fact FROM passerelle_application;
GRANT SELECT (territory, month, kind, commune, age, household, typologie, motive, motion, delay) ON fact
  TO passerelle_application;
GRANT SELECT (territory, month, kind, motive, motion, resources, housing), INSERT ON means_fact
  TO passerelle_application;
