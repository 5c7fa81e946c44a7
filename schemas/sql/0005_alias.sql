-- Numbers that move: after a merge, a split or a renumbering every old one still leads to its demande.

SET LOCAL search_path = passerelle, pg_temp;

ALTER TABLE demande DROP CONSTRAINT demande_state_check;
ALTER TABLE demande ADD CONSTRAINT demande_state_check
  CHECK (state IN ('to_check', 'active', 'overdue', 'radiated', 'merged', 'erased'));

-- Since when, and until when, a number was the present one of its demande: `validity`, the last time.
-- Which demande brought it into another one by a merge, and gets it back by a split: `owner_id`; NULL: none.
ALTER TABLE numero ADD COLUMN owner_id uuid;
ALTER TABLE numero ADD FOREIGN KEY (territory, owner_id) REFERENCES demande;

-- Which demande was merged into which. A split deletes the row; the events stay, and so does all that the other held.
CREATE TABLE merge (
  territory  territory_code NOT NULL,
  other_id   uuid NOT NULL,         -- the one whose numbers became aliases
  kept_id    uuid NOT NULL,         -- of this one
  alive_id   uuid NOT NULL,         -- where its numbers lead today: the kept one, or what that was merged into
  state      text NOT NULL CHECK (state IN ('to_check', 'active', 'overdue', 'radiated')),  -- of the other before
  merged_at  timestamptz NOT NULL,
  act        text NOT NULL,
  PRIMARY KEY (territory, other_id),
  FOREIGN KEY (territory, other_id) REFERENCES demande,
  FOREIGN KEY (territory, kept_id) REFERENCES demande,
  FOREIGN KEY (territory, alive_id) REFERENCES demande
);
CREATE INDEX merge_alive ON merge (territory, alive_id);
CALL protect_by_territory('merge');

GRANT SELECT, INSERT, UPDATE, DELETE ON merge TO passerelle_application;
