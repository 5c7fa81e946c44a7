-- What is sent to a partner whose services we call, how often, and what became of it; how far we have asked it.

SET LOCAL search_path = passerelle, pg_temp;

-- The last file number of a partner; they come back after 999 999, the minute in the name tells them apart.
CREATE TABLE feed_sequence (
  territory  territory_code NOT NULL REFERENCES territory,
  recipient  text NOT NULL,
  last       integer NOT NULL CHECK (last BETWEEN 1 AND 999999),
  PRIMARY KEY (territory, recipient)
);
CALL protect_by_territory('feed_sequence');

-- The file of a line of the outbox: the same name and the same day at each attempt, so that whoever gets it twice
-- knows it. It goes with its line.
CREATE TABLE feed_file (
  territory   territory_code NOT NULL,
  recipient   text NOT NULL,
  demande_id  uuid NOT NULL,
  rank        integer NOT NULL,
  name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  type        text NOT NULL,  -- CRE, MOD...
  named_at    timestamptz NOT NULL,
  attempts    integer NOT NULL CHECK (attempts >= 0),
  PRIMARY KEY (territory, recipient, demande_id, rank),
  UNIQUE (territory, recipient, name),
  FOREIGN KEY (territory, recipient, demande_id, rank) REFERENCES outbox ON DELETE CASCADE
);
CALL protect_by_territory('feed_file');

-- One row a sending. `sent`: no answer is known, since the gateway ended before it.
CREATE TABLE feed_receipt (
  territory    territory_code NOT NULL,
  recipient    text NOT NULL,
  demande_id   uuid NOT NULL,
  rank         integer NOT NULL,
  attempt      integer NOT NULL CHECK (attempt > 0),
  sent_at      timestamptz NOT NULL,
  answered_at  timestamptz,
  outcome      text NOT NULL CHECK (outcome IN ('sent', 'accepted', 'refused', 'passing')),
  code         text NOT NULL CHECK (length(code) <= 64),  -- why; never a value
  PRIMARY KEY (territory, recipient, demande_id, rank, attempt),
  FOREIGN KEY (territory, recipient, demande_id, rank) REFERENCES feed_file ON DELETE CASCADE,
  CHECK ((outcome = 'sent') = (answered_at IS NULL))
);
CREATE INDEX feed_receipt_sent ON feed_receipt (territory, recipient, sent_at);
CALL protect_by_territory('feed_receipt');

-- From when a service of a partner is asked next.
CREATE TABLE feed_cursor (
  territory  territory_code NOT NULL REFERENCES territory,
  recipient  text NOT NULL,
  service    text NOT NULL,
  since      timestamptz NOT NULL,
  PRIMARY KEY (territory, recipient, service)
);
CALL protect_by_territory('feed_cursor');

GRANT SELECT, INSERT, UPDATE ON feed_sequence, feed_file, feed_receipt, feed_cursor TO passerelle_application;
