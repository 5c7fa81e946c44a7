-- What the leases of a year count for the targets of attribution (CCH L441-1): rows that nothing ties to anyone, apart from
-- every other fact, without month nor any band beside them.

SET LOCAL search_path = passerelle, pg_temp;

CREATE TABLE target_fact (
  territory  territory_code NOT NULL,
  year       smallint NOT NULL,  -- of the lease
  commune    commune_code,       -- of the dwelling; NULL: not said
  bailleur   text CHECK (bailleur ~ '^[0-9]{9}$'),         -- its SIREN; NULL: not said
  qpv        boolean,            -- in a priority district; NULL: not said
  quartile   text CHECK (quartile IN ('1', '2', '3', '4', '2-4')),  -- of resources; NULL: not known
  renewal    boolean NOT NULL    -- rehoused because of urban renewal
);
CREATE INDEX target_fact_year ON target_fact (territory, year);
CALL protect_by_territory('target_fact');
-- The named columns and no other, as for the other facts (0015).
GRANT SELECT (territory, year, commune, bailleur, qpv, quartile, renewal), INSERT ON target_fact TO passerelle_application;
