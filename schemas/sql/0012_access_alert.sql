-- What an account did too often in a day is looked at by someone else, as a reading is: it names no demande, and stands
-- once for each day, however often it happened.

SET LOCAL search_path = passerelle, pg_temp;

ALTER TABLE access_review
  ALTER COLUMN demande_id DROP NOT NULL,
  ADD COLUMN day date,  -- of an alert about an account; NULL: a reading of a demande
  ADD CHECK ((day IS NULL) = (demande_id IS NOT NULL));
CREATE UNIQUE INDEX access_review_day ON access_review (territory, account_id, action, rule, day)
  WHERE day IS NOT NULL;

-- How many of those uses found nobody.
ALTER TABLE quota_use ADD COLUMN vain integer NOT NULL DEFAULT 0, ADD CHECK (vain BETWEEN 0 AND used);
