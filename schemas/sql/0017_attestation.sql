-- The attestations that were drawn (CCH R441-2-4), and the bodies that have social housing in a commune, which one lists.

SET LOCAL search_path = passerelle, pg_temp;

CREATE TABLE attestation (
  territory       territory_code NOT NULL,
  demande_id      uuid NOT NULL,
  attestation_id  uuid NOT NULL,
  drawn_at        timestamptz NOT NULL,
  body_id         text NOT NULL,  -- the service that gives it
  account_id      text NOT NULL,  -- empty: whoever holds the keys
  valid_from      date NOT NULL,  -- the deposit or the renewal that it proves
  activation      bytea,          -- keyed hash of the code that opens the portal once; NULL: a later one stands in its stead
  PRIMARY KEY (territory, demande_id, attestation_id),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE UNIQUE INDEX attestation_activation ON attestation (activation) WHERE activation IS NOT NULL;
CALL protect_by_territory('attestation');
CALL protect_by_demande('attestation');
GRANT SELECT, INSERT, UPDATE, DELETE ON attestation TO passerelle_application;

CREATE TABLE stock (
  body_id    text NOT NULL,
  commune    commune_code NOT NULL,
  validity   daterange NOT NULL,
  act        text NOT NULL,
  certainty  certainty NOT NULL,
  source     text NOT NULL,
  EXCLUDE USING gist (body_id WITH =, commune WITH =, validity WITH &&)
);
CREATE INDEX stock_commune ON stock (commune);
CALL protect_by_any_grant('stock');
GRANT SELECT ON stock TO passerelle_application, passerelle_auditor;
GRANT INSERT, UPDATE ON stock TO passerelle_application;
