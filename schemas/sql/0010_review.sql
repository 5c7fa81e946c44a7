-- Looking at two demandes: why, what was decided and by whom, how sure reviewers are, and who contests.

SET LOCAL search_path = passerelle, pg_temp;

-- What linking weighed, NULL where nothing was: log2 of the odds that two persons are one, the pattern of their
-- levels (pairs of one pattern may be decided together), the version of the weights, a keyed hash of what was compared.
ALTER TABLE review DROP CONSTRAINT review_reason_check;
ALTER TABLE review
  ADD CONSTRAINT review_reason_check
    CHECK (reason IN ('doublon', 'identity_only', 'household_differs', 'alike', 'contested')),
  ADD COLUMN log_odds real,
  ADD COLUMN levels bigint,
  ADD COLUMN model text,
  ADD COLUMN compared bytea,
  ADD COLUMN due_at timestamptz,                     -- put off until then
  ADD COLUMN decided integer NOT NULL DEFAULT 0;     -- rank of the last decision

-- Two demandes are one pair for ever; of one that was queued twice, the older row stays. The owner sees no row while
-- security is forced: it is lifted for this look alone.
ALTER TABLE review NO FORCE ROW LEVEL SECURITY;
DELETE FROM review r WHERE EXISTS (SELECT FROM review o WHERE o.territory = r.territory
  AND least(o.demande_id, o.other_id) = least(r.demande_id, r.other_id)
  AND greatest(o.demande_id, o.other_id) = greatest(r.demande_id, r.other_id) AND o.review_id < r.review_id);
CREATE UNIQUE INDEX review_pair
  ON review (territory, least(demande_id, other_id), greatest(demande_id, other_id));
CREATE INDEX review_alike ON review (territory, levels, model) WHERE closed_at IS NULL;

-- What people decided of a pair, in order. Undone ones stay, with who undid them.
CREATE TABLE review_decision (
  territory   territory_code NOT NULL,
  review_id   uuid NOT NULL,
  rank        integer NOT NULL CHECK (rank > 0),
  decided_at  timestamptz NOT NULL,
  account_id  text NOT NULL,  -- empty: whoever holds the keys
  outcome     text NOT NULL CHECK (outcome IN ('same', 'different', 'later')),
  reason      text NOT NULL,  -- a code of mappings/registry/motifs-revue.csv
  shown_at    timestamptz,    -- when the pair was first shown to that account
  undone_at   timestamptz,
  undone_by   text,
  PRIMARY KEY (territory, review_id, rank),
  FOREIGN KEY (territory, review_id) REFERENCES review ON DELETE CASCADE,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE INDEX review_decision_account ON review_decision (territory, account_id);

-- Reviews that were closed before decisions were kept: by a merge, the only thing that closed them.
INSERT INTO review_decision (territory, review_id, rank, decided_at, account_id, outcome, reason)
  SELECT territory, review_id, 1, closed_at, '', 'same', 'fusion' FROM review WHERE closed_at IS NOT NULL;
UPDATE review SET decided = 1 WHERE closed_at IS NOT NULL;
CALL protect_by_territory('review_decision');
ALTER TABLE review FORCE ROW LEVEL SECURITY;

-- Since when an account has had a pair before its eyes; gone once decided.
CREATE TABLE review_shown (
  territory   territory_code NOT NULL,
  line_id     uuid NOT NULL,  -- as the queue named it: a review, or a gold one
  account_id  text NOT NULL,
  review_id   uuid NOT NULL,
  shown_at    timestamptz NOT NULL,
  PRIMARY KEY (territory, line_id, account_id),
  FOREIGN KEY (territory, review_id) REFERENCES review ON DELETE CASCADE
);
CALL protect_by_territory('review_shown');

-- Pairs whose answer is known, mixed with the queue under an identifier of their own: what measures reviewers.
CREATE TABLE review_gold (
  territory  territory_code NOT NULL,
  gold_id    uuid NOT NULL,
  review_id  uuid NOT NULL,
  outcome    text NOT NULL CHECK (outcome IN ('same', 'different')),
  added_at   timestamptz NOT NULL,
  added_by   text NOT NULL,
  PRIMARY KEY (territory, gold_id),
  UNIQUE (territory, review_id),
  FOREIGN KEY (territory, review_id) REFERENCES review ON DELETE CASCADE
);
CALL protect_by_territory('review_gold');

CREATE TABLE review_gold_answer (
  territory   territory_code NOT NULL,
  gold_id     uuid NOT NULL,
  account_id  text NOT NULL,
  decided_at  timestamptz NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('same', 'different', 'later')),
  shown_at    timestamptz,
  PRIMARY KEY (territory, gold_id, account_id),
  FOREIGN KEY (territory, gold_id) REFERENCES review_gold ON DELETE CASCADE
);
CALL protect_by_territory('review_gold_answer');

-- The pairs that an account must decide one by one before all those of their pattern are decided with them.
CREATE TABLE review_sample (
  territory   territory_code NOT NULL REFERENCES territory,
  account_id  text NOT NULL,
  like_id     uuid NOT NULL,  -- the pair that stands for the pattern
  outcome     text NOT NULL CHECK (outcome IN ('same', 'different')),
  drawn_at    timestamptz NOT NULL,
  reviews     uuid[] NOT NULL,
  PRIMARY KEY (territory, account_id, like_id, outcome),
  FOREIGN KEY (territory, like_id) REFERENCES review (territory, review_id) ON DELETE CASCADE
);
CALL protect_by_territory('review_sample');

-- What a person of the household has to say against it, in their words.
CREATE TABLE review_contest (
  territory     territory_code NOT NULL,
  contest_id    uuid NOT NULL,
  review_id     uuid NOT NULL,
  demande_id    uuid NOT NULL,  -- under whose key it is sealed
  contested_at  timestamptz NOT NULL,
  sealed        bytea NOT NULL,
  PRIMARY KEY (territory, contest_id),
  FOREIGN KEY (territory, review_id) REFERENCES review ON DELETE CASCADE,
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX review_contest_review ON review_contest (territory, review_id);
CALL protect_by_territory('review_contest');

-- A pair as the queue shows it. `merged_id`: the one of the two that was merged into the other; `settled`: both lead to
-- one demande, by whatever merges; `awaited`: a household about to be housed. Each side is looked up by its key, as those who read it may: both or nothing.
CREATE VIEW review_line WITH (security_invoker = true) AS
  SELECT r.territory, r.review_id, r.demande_id, r.other_id, r.reason, r.log_odds::text AS log_odds, r.levels,
    coalesce(r.model, '') AS model, r.opened_at, r.due_at, r.closed_at IS NULL AS open,
    (SELECT m.other_id FROM merge m WHERE m.territory = r.territory AND m.other_id IN (r.demande_id, r.other_id)
      AND m.kept_id IN (r.demande_id, r.other_id)) AS merged_id,
    alive.one AS alive_id, alive.two AS other_alive_id,
    r.demande_id <> r.other_id AND alive.one = alive.two AS settled,
    EXISTS (SELECT FROM demande_tie t WHERE t.territory = r.territory AND t.demande_id IN (r.demande_id, r.other_id)
      AND t.tie IN ('designation', 'ordre-du-jour') AND t.validity @> acting_day()) AS awaited,
    least(one.deposited_on, two.deposited_on)::text AS since,
    coalesce((SELECT d.outcome FROM review_decision d WHERE d.territory = r.territory AND d.review_id = r.review_id
      AND d.rank = r.decided AND d.undone_at IS NULL), '') AS decided,
    abs(1 / (1 + power(2::double precision, -least(greatest(coalesce(r.log_odds, 0), -60), 60))) - 0.5) AS certainty
  FROM review r,
    LATERAL (SELECT coalesce((SELECT alive_id FROM merge m WHERE m.territory = r.territory
        AND m.other_id = r.demande_id), r.demande_id) AS one,
      coalesce((SELECT alive_id FROM merge m WHERE m.territory = r.territory AND m.other_id = r.other_id),
        r.other_id) AS two) AS alive,
    LATERAL (SELECT deposited_on FROM demande d WHERE d.territory = r.territory AND d.demande_id = r.demande_id
      LIMIT 1) AS one,
    LATERAL (SELECT deposited_on FROM demande d WHERE d.territory = r.territory AND d.demande_id = r.other_id
      LIMIT 1) AS two;

GRANT SELECT ON review_line TO passerelle_application;
GRANT SELECT, INSERT ON review_decision, review_shown, review_gold, review_gold_answer, review_sample, review_contest
  TO passerelle_application;
GRANT UPDATE (undone_at, undone_by) ON review_decision TO passerelle_application;
GRANT UPDATE (drawn_at, reviews) ON review_sample TO passerelle_application;
GRANT DELETE ON review_shown, review_gold_answer TO passerelle_application;
GRANT SELECT ON review_decision TO passerelle_auditor;

-- Looking at pairs and contesting one read demandes: they are held against each.
CREATE OR REPLACE FUNCTION is_bound(action text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN action IN ('show', 'at', 'events', 'list', 'show-document', 'file-document', 'modify', 'correct',
    'check-identity', 'renew', 'radiate', 'reactivate', 'separate', 'merge', 'split', 'renumber', 'accesses',
    'designate', 'follow-candidature', 'enrol', 'decide', 'sign-lease', 'label', 'set-dalo', 'give-opinion', 'export',
    'export-changes', 'tell', 'extract', 'count', 'erase', 'review', 'contest');

-- Who reviews sees both sides of a merge, as who merges does.
CREATE OR REPLACE FUNCTION state_word(state text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE state WHEN 'to_check' THEN 'deposeeIdentiteAVerifier' WHEN 'active' THEN 'active'
    WHEN 'overdue' THEN 'echue'
    WHEN 'merged' THEN CASE WHEN acting('action') IN ('merge', 'split', 'renumber', 'review') THEN 'active'
      ELSE 'radiee' END
    ELSE 'radiee' END;
