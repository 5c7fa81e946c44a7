-- Messages that could not be treated: kept as they came until a person has looked.

SET LOCAL search_path = passerelle, pg_temp;

-- One row a message that faults stopped. Its content goes when it is closed; the row stays for the retention of
-- `quarantaine`. A deposit that could not be settled is one of them, under the identifier of its raw message.
CREATE TABLE quarantine (
  territory       territory_code NOT NULL REFERENCES territory,
  quarantine_id   uuid NOT NULL,
  quarantined_at  timestamptz NOT NULL,
  body_id         text NOT NULL,      -- who sent it
  key             text NOT NULL,      -- of idempotency, to register under; empty: that of its content
  format          text NOT NULL,      -- by which it was read: peer@version:message
  whole           boolean NOT NULL,   -- the document as it came; else one demande of a longer file
  rank            bigint NOT NULL,    -- in its file, from 1; 0: the file itself
  faults          text[] NOT NULL,    -- code|path|line|column|line of the mapping; or the rule that denied
  agent           text NOT NULL,      -- who tried, as the decision named them
  account         text NOT NULL,
  role            text NOT NULL,
  purpose         text NOT NULL,
  channel         text NOT NULL,
  action          text NOT NULL,
  deposit_id      uuid,               -- of a deposit that could not be settled
  numero_mac      bytea,              -- keyed hash of the number that it names: an erasure finds it
  content_mac     bytea,              -- keyed hash: the same message again adds nothing
  generation      smallint,
  sealed          bytea,
  closed_at       timestamptz,
  outcome         text,               -- registered, dropped, settled
  reason          text,               -- code, of one that was dropped
  PRIMARY KEY (territory, quarantine_id),
  CHECK ((closed_at IS NULL) = (outcome IS NULL)),
  CHECK ((sealed IS NULL) = (generation IS NULL)),
  CHECK (closed_at IS NULL OR sealed IS NULL)
);
ALTER TABLE quarantine ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX quarantine_content ON quarantine (territory, body_id, content_mac) WHERE closed_at IS NULL;
CREATE INDEX quarantine_numero ON quarantine (territory, numero_mac);
CALL protect_by_territory('quarantine');

GRANT SELECT, INSERT, UPDATE, DELETE ON quarantine TO passerelle_application;
