-- Who and where: territories, bodies, guichets, parameters, retention. Everything dated, with the act that
-- decided it, so that the past reads as it was.

CREATE SCHEMA passerelle;
GRANT USAGE ON SCHEMA passerelle TO passerelle_application, passerelle_auditor;
SET LOCAL search_path = passerelle, pg_temp;

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO passerelle_application, passerelle_auditor', current_database());
END
$$;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Two validities of one thing may not overlap: gist needs equality of ordinary types.
CREATE EXTENSION btree_gist SCHEMA passerelle;

CREATE DOMAIN territory_code AS text CHECK (VALUE ~ '^[0-9]{3}$');

-- What the present transaction may see. Not set, or set to nothing: no row of any table.
CREATE FUNCTION granted_territories() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(nullif(current_setting('passerelle.territories', true), ''), ',');
CREATE FUNCTION granted_body() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('passerelle.body', true), '');
GRANT EXECUTE ON FUNCTION granted_territories(), granted_body() TO passerelle_application, passerelle_auditor;

-- Every table is protected by one of these conditions, its owner included.
CREATE PROCEDURE protect(target regclass, visible text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY scope ON %s USING (%s) WITH CHECK (%s)', target, visible, visible);
END
$$;
-- The scalar sub-query is computed once a statement. No index serves a CASE: the planner weighs indexes by what a
-- statement asks, and never thinks that this condition alone makes a territory small enough to be read whole.
CREATE PROCEDURE protect_by_territory(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  CALL protect(target, 'CASE WHEN territory = ANY ((SELECT granted_territories())::text[]) THEN true ELSE false END');
END
$$;
CREATE PROCEDURE protect_by_body(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  CALL protect(target, 'body_id = (SELECT granted_body())');
END
$$;
-- Reference data without territory: seen by whoever may see some territory.
CREATE PROCEDURE protect_by_any_grant(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  CALL protect(target, '(SELECT granted_territories()) IS NOT NULL');
END
$$;

-- What has been applied to this database; only its owner reads it as a table.
CREATE TABLE migration (
  number      integer PRIMARY KEY,
  name        text NOT NULL,
  digest      bytea NOT NULL,  -- SHA-256 of the file: an applied migration never changes
  applied_at  timestamptz NOT NULL
);
ALTER TABLE migration ENABLE ROW LEVEL SECURITY;
ALTER TABLE migration FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON migration TO passerelle_owner USING (true) WITH CHECK (true);

CREATE FUNCTION schema_version() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = passerelle, pg_temp
  BEGIN ATOMIC SELECT coalesce(max(number), 0) FROM migration; END;
GRANT EXECUTE ON FUNCTION schema_version() TO passerelle_application, passerelle_auditor;

CREATE TABLE territory (
  territory  territory_code PRIMARY KEY,
  name       text NOT NULL,
  zone       text NOT NULL,  -- of the tz database: where its days begin
  status     text NOT NULL CHECK (status IN ('public', 'assumption'))  -- how sure its code is
);
CALL protect_by_territory('territory');

CREATE TABLE territory_departement (
  territory    territory_code NOT NULL REFERENCES territory,
  departement  text NOT NULL,
  validity     daterange NOT NULL,
  act          text NOT NULL,
  EXCLUDE USING gist (departement WITH =, validity WITH &&)  -- a departement is of one territory at a time
);
CALL protect_by_territory('territory_departement');

-- Who gives the numbers of a territory: two at once would give one number twice.
CREATE TABLE allocator (
  territory  territory_code NOT NULL REFERENCES territory,
  allocator  text NOT NULL CHECK (allocator IN ('passerelle', 'external')),
  validity   daterange NOT NULL,
  act        text NOT NULL,
  EXCLUDE USING gist (territory WITH =, validity WITH &&)
);
CALL protect_by_territory('allocator');

CREATE TABLE body (
  body_id   text NOT NULL,
  name      text NOT NULL,
  kind      text NOT NULL,
  siren     text CHECK (siren ~ '^[0-9]{9}$'),
  validity  daterange NOT NULL,
  act       text NOT NULL,
  EXCLUDE USING gist (body_id WITH =, validity WITH &&)
);
CALL protect_by_any_grant('body');

CREATE TABLE guichet (
  territory  territory_code NOT NULL REFERENCES territory,
  guichet    text NOT NULL CHECK (guichet ~ '^(G[0-9]{4}|GDPUB)$'),
  body_id    text NOT NULL,
  name       text NOT NULL,
  validity   daterange NOT NULL,
  act        text NOT NULL,
  EXCLUDE USING gist (territory WITH =, guichet WITH =, validity WITH &&)
);
CALL protect_by_territory('guichet');

-- Durations and thresholds differ between texts and territories: they are data.
CREATE TABLE parameter (
  territory  territory_code NOT NULL REFERENCES territory,
  name       text NOT NULL,
  value      text NOT NULL,
  validity   daterange NOT NULL,
  act        text NOT NULL,
  EXCLUDE USING gist (territory WITH =, name WITH =, validity WITH &&)
);
CALL protect_by_territory('parameter');

-- Whom to tell of changes in a territory: each row is one queue of the outbox.
CREATE TABLE subscription (
  territory  territory_code NOT NULL REFERENCES territory,
  recipient  text NOT NULL,
  validity   daterange NOT NULL,
  act        text NOT NULL,
  EXCLUDE USING gist (territory WITH =, recipient WITH =, validity WITH &&)
);
CALL protect_by_territory('subscription');

-- How long each store keeps what it holds.
CREATE TABLE retention (
  store      text PRIMARY KEY,
  purpose    text NOT NULL,
  months     integer CHECK (months >= 0),
  days       integer CHECK (days >= 0),
  counted    text NOT NULL,  -- from when; or why it has no end
  extension  text NOT NULL,  -- who may lengthen it, and how far
  basis      text NOT NULL,
  CHECK ((months IS NULL) = (days IS NULL))  -- no duration: kept, since nobody is named
);
CALL protect_by_any_grant('retention');

GRANT SELECT ON territory, territory_departement, allocator, body, guichet, parameter, subscription, retention
  TO passerelle_application, passerelle_auditor;
-- Reference data is administered through the gateway, which leaves an audit leaf.
GRANT INSERT, UPDATE ON territory, territory_departement, allocator, body, guichet, parameter, subscription, retention
  TO passerelle_application;
