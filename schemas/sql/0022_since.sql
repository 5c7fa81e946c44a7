-- What was recorded since a moment, for partners who ask by date. Events are appended in order of time: a few pages say it.

SET LOCAL search_path = passerelle, pg_temp;

CREATE INDEX event_recorded ON event USING brin (recorded_at) WITH (pages_per_range = 32);
