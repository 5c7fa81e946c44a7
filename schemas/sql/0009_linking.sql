-- What finds the demandes of one household although they are spelt otherwise, and deposits that wait for their number.

SET LOCAL search_path = passerelle, pg_temp;

-- A holder as one message presented them: what linking compares. A household that files again in other words adds one.
CREATE TABLE presentation (
  territory        territory_code NOT NULL,
  presentation_id  uuid NOT NULL,
  demande_id       uuid NOT NULL,
  holder           smallint NOT NULL CHECK (holder >= 0),  -- as in holder_key
  presented_at     timestamptz NOT NULL,
  mac              bytea NOT NULL,     -- keyed hash of what is compared: the same words again add nothing
  keys             bigint[] NOT NULL,  -- its rows of blocking_key
  sealed           bytea NOT NULL,     -- what is compared, under the key of the demande
  PRIMARY KEY (territory, presentation_id),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX presentation_demande ON presentation (territory, demande_id);
CALL protect_by_territory('presentation');
CALL protect_by_demande('presentation');

-- Keyed hashes of what two spellings of one person share: only those who share one are compared. No foreign key, which
-- would be looked up for each of a dozen rows; a presentation and its keys come and go together.
CREATE TABLE blocking_key (
  territory        territory_code NOT NULL,
  key              bigint NOT NULL,
  presentation_id  uuid NOT NULL,
  PRIMARY KEY (territory, key, presentation_id)
);
CALL protect_by_territory('blocking_key');

-- By which rules the keys of a territory were made: keys of others would find nobody.
CREATE TABLE blocking_rules (
  territory    territory_code PRIMARY KEY REFERENCES territory,
  fingerprint  bigint NOT NULL,
  made_at      timestamptz NOT NULL
);
CALL protect_by_territory('blocking_rules');

-- What was received from those who may not learn at once whether a demande is there already: the same statements for
-- everyone, the number later.
CREATE TABLE deposit (
  territory    territory_code NOT NULL REFERENCES territory,
  deposit_id   uuid NOT NULL,
  received_at  timestamptz NOT NULL,
  received_on  date NOT NULL,  -- there
  body_id      text NOT NULL,
  key          text NOT NULL,  -- of idempotency
  message_id   uuid NOT NULL,  -- of inbox, at received_at
  agent        text NOT NULL,  -- who deposited, as the decision named them
  account      text NOT NULL,
  role         text NOT NULL,
  purpose      text NOT NULL,
  channel      text NOT NULL,
  settled_at   timestamptz,
  demande_id   uuid,           -- what it became
  refusal      text,           -- codes or rule; a person must look
  PRIMARY KEY (territory, deposit_id),
  FOREIGN KEY (territory, demande_id) REFERENCES demande,
  CHECK (settled_at IS NOT NULL OR demande_id IS NULL AND refusal IS NULL)
);
CREATE INDEX deposit_waiting ON deposit (territory, received_at) WHERE settled_at IS NULL OR refusal IS NOT NULL;
CREATE INDEX deposit_key ON deposit (territory, body_id, key);
CREATE INDEX deposit_demande ON deposit (territory, demande_id);
CALL protect_by_territory('deposit');

GRANT SELECT, INSERT, DELETE ON presentation, blocking_key TO passerelle_application;
GRANT UPDATE (keys) ON presentation TO passerelle_application;
GRANT SELECT, INSERT, UPDATE ON blocking_rules, deposit TO passerelle_application;
GRANT DELETE ON deposit TO passerelle_application;
GRANT UPDATE (demande_id) ON inbox TO passerelle_application;
