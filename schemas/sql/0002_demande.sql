-- The demandes: encrypted versions, their keys, the few columns in clear, and the numbers.
-- INVARIANT: no name, birth date, contact, NIR nor free text stands in clear in any column.

SET LOCAL search_path = passerelle, pg_temp;

CREATE TABLE demande (
  territory      territory_code NOT NULL REFERENCES territory,
  demande_id     uuid NOT NULL,
  state          text NOT NULL CHECK (state IN ('to_check', 'active', 'overdue', 'radiated', 'erased')),
  guichet        text NOT NULL,        -- of the first deposit
  deposited_on   date NOT NULL,        -- never moves (CCH R441-2-3)
  registered_at  timestamptz NOT NULL,
  version        integer NOT NULL CHECK (version > 0),  -- the last one
  events         integer NOT NULL CHECK (events > 0),   -- rank of the last event
  PRIMARY KEY (territory, demande_id)
);
CALL protect_by_territory('demande');

-- The key of a demande, wrapped by a key of the key file. INVARIANT: erasing a demande is deleting this row.
CREATE TABLE demande_key (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  generation  smallint NOT NULL,  -- of the wrapping key
  wrapped     bytea NOT NULL,
  PRIMARY KEY (territory, demande_id),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX demande_key_generation ON demande_key (territory, generation);
CALL protect_by_territory('demande_key');

-- The whole pivot of a demande, each time it changed.
CREATE TABLE demande_version (
  territory    territory_code NOT NULL,
  demande_id   uuid NOT NULL,
  version      integer NOT NULL CHECK (version > 0),
  recorded_at  timestamptz NOT NULL,
  sealed       bytea NOT NULL,  -- AES-256-GCM under the key of the demande
  PRIMARY KEY (territory, demande_id, version),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
ALTER TABLE demande_version ALTER COLUMN sealed SET STORAGE EXTERNAL;  -- ciphertext does not compress
CALL protect_by_territory('demande_version');

-- Numbers, present and past: after a merge, a split or a renumbering the old one still leads to its demande.
CREATE TABLE numero (
  territory   territory_code NOT NULL,
  numero      text NOT NULL,
  demande_id  uuid NOT NULL,
  scheme      smallint NOT NULL,  -- 1: departmental, 18 characters
  present     boolean NOT NULL,   -- the number that answers give; the others are aliases
  reason      text NOT NULL CHECK (reason IN ('allocated', 'accepted', 'merge', 'split', 'renumbering')),
  validity    tstzrange NOT NULL,
  PRIMARY KEY (territory, numero),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE UNIQUE INDEX numero_present ON numero (territory, demande_id) WHERE present;
CREATE INDEX numero_demande ON numero (territory, demande_id) WHERE NOT present;
CALL protect_by_territory('numero');

-- The next sequence of each territory and month of deposit. Taken in blocks, by a transaction of its own:
-- a gap costs nothing, a lock held during a registration would cost every other one.
CREATE TABLE numero_sequence (
  territory  territory_code NOT NULL REFERENCES territory,
  month      date NOT NULL CHECK (extract(day FROM month) = 1),
  next       integer NOT NULL CHECK (next BETWEEN 1 AND 1000000),
  PRIMARY KEY (territory, month)
);
CALL protect_by_territory('numero_sequence');

-- Persons who will sign the lease, as keyed hashes: what says that two demandes are of one household.
CREATE TABLE holder_key (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  holder      smallint NOT NULL CHECK (holder >= 0),  -- 0: the demandeur; then cotitulaires
  identity    bytea NOT NULL,    -- folded birth name, first first name, birth date
  contacts    bytea[] NOT NULL,  -- each telephone and electronic address
  PRIMARY KEY (territory, demande_id, holder),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX holder_key_identity ON holder_key (territory, identity);
CALL protect_by_territory('holder_key');

-- The social security numbers, under keys of their own (decret 2017-917).
CREATE TABLE nir (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  holder      smallint NOT NULL CHECK (holder >= 0),
  mac         bytea NOT NULL,     -- keyed hash, to match
  generation  smallint NOT NULL,  -- of the key that sealed it
  sealed      bytea NOT NULL,
  PRIMARY KEY (territory, demande_id, holder),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX nir_mac ON nir (territory, mac);
CREATE INDEX nir_generation ON nir (territory, generation);
CALL protect_by_territory('nir');

-- Where a household asks to live, by which access is decided (CCH R441-2-6).
CREATE TABLE wanted_commune (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  rank        smallint NOT NULL CHECK (rank > 0),
  commune     text NOT NULL,
  PRIMARY KEY (territory, demande_id, rank),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX wanted_commune_commune ON wanted_commune (territory, commune);
CALL protect_by_territory('wanted_commune');

-- Two demandes that may be of one household: a person must look.
CREATE TABLE review (
  territory   territory_code NOT NULL,
  review_id   uuid NOT NULL,
  demande_id  uuid NOT NULL,
  other_id    uuid NOT NULL,
  reason      text NOT NULL CHECK (reason IN ('doublon', 'identity_only', 'household_differs')),
  opened_at   timestamptz NOT NULL,
  closed_at   timestamptz,
  PRIMARY KEY (territory, review_id),
  FOREIGN KEY (territory, demande_id) REFERENCES demande,
  FOREIGN KEY (territory, other_id) REFERENCES demande
);
CREATE INDEX review_open ON review (territory, opened_at) WHERE closed_at IS NULL;
CREATE INDEX review_demande ON review (territory, demande_id);
CREATE INDEX review_other ON review (territory, other_id);
CALL protect_by_territory('review');

-- What was erased: replayed after a restore, held against a number that comes back, and named to the partners who
-- must forget it too.
CREATE TABLE erasure (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  numero_mac  bytea NOT NULL,
  generation  smallint NOT NULL,  -- of the key of messages that sealed it
  sealed      bytea NOT NULL,     -- the number, readable as long as that generation
  erased_at   timestamptz NOT NULL,
  act         text NOT NULL,
  PRIMARY KEY (territory, demande_id, numero_mac),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX erasure_numero ON erasure (territory, numero_mac);
CALL protect_by_territory('erasure');

GRANT SELECT, INSERT, UPDATE ON demande, demande_key, numero, numero_sequence, review TO passerelle_application;
GRANT SELECT, INSERT ON demande_version, holder_key, nir, wanted_commune, erasure TO passerelle_application;
-- Wrapping again under a new generation, and erasing, rewrite these.
GRANT UPDATE (generation, sealed) ON nir TO passerelle_application;
GRANT DELETE ON demande_key, demande_version, numero, holder_key, nir, wanted_commune, review
  TO passerelle_application;
GRANT SELECT ON demande, erasure TO passerelle_auditor;

-- Which keys the key file must hold, by their fingerprint: a wrong file is found out before it writes.
CREATE TABLE key_generation (
  key_use      text NOT NULL,
  generation   smallint NOT NULL CHECK (generation > 0),
  fingerprint  bytea NOT NULL,
  made_at      timestamptz NOT NULL,
  forgotten_at timestamptz,
  PRIMARY KEY (key_use, generation)
);
CALL protect_by_any_grant('key_generation');
GRANT SELECT, INSERT, UPDATE ON key_generation TO passerelle_application;
GRANT SELECT ON key_generation TO passerelle_auditor;
