-- Places: communes and what they became, EPCI, districts of a city, priority zones, thresholds. Each line is dated, with
-- the act that decided it, how sure we are of it and where it was read, so that the past reads as it was.

SET LOCAL search_path = passerelle, pg_temp;

CREATE DOMAIN certainty AS text CHECK (VALUE IN ('public', 'unsure', 'assumption'));
CREATE DOMAIN commune_code AS text CHECK (VALUE ~ '^[0-9][0-9AB][0-9]{3}$');
CREATE DOMAIN epci_code AS text CHECK (VALUE ~ '^[0-9]{9}$');

-- What a code of the code officiel geographique is: a commune or, once it has merged, a part of its successor. A code
-- that a merger keeps has one line for each name.
CREATE TABLE commune (
  commune    commune_code NOT NULL,
  name       text NOT NULL,
  successor  commune_code,        -- NULL: it is a commune
  validity   daterange NOT NULL,  -- without a first day: none is known
  act        text NOT NULL,
  certainty  certainty NOT NULL,
  source     text NOT NULL,
  EXCLUDE USING gist (commune WITH =, validity WITH &&),
  CHECK (commune <> successor)
);
CREATE INDEX commune_successor ON commune (successor) WHERE successor IS NOT NULL;
CALL protect_by_any_grant('commune');

CREATE TABLE epci (
  epci       epci_code NOT NULL,  -- its SIREN
  name       text NOT NULL,
  kind       text NOT NULL,       -- CC, CA, CU, METRO
  validity   daterange NOT NULL,
  act        text NOT NULL,
  certainty  certainty NOT NULL,
  source     text NOT NULL,
  EXCLUDE USING gist (epci WITH =, validity WITH &&)
);
CALL protect_by_any_grant('epci');

CREATE TABLE epci_commune (
  epci       epci_code NOT NULL,
  commune    commune_code NOT NULL,
  validity   daterange NOT NULL,
  act        text NOT NULL,
  certainty  certainty NOT NULL,
  source     text NOT NULL,
  EXCLUDE USING gist (commune WITH =, validity WITH &&)  -- a commune is of one EPCI at a time
);
CALL protect_by_any_grant('epci_commune');

-- The districts of a city, by which it counts and sets targets.
CREATE TABLE district (
  district   text NOT NULL CHECK (district ~ '^[a-z][a-z0-9-]*$'),
  commune    commune_code NOT NULL,
  name       text NOT NULL,
  validity   daterange NOT NULL,
  act        text NOT NULL,
  certainty  certainty NOT NULL,
  source     text NOT NULL,
  EXCLUDE USING gist (district WITH =, validity WITH &&)
);
CREATE INDEX district_commune ON district (commune);
CALL protect_by_any_grant('district');

-- Priority zones of the city policy: QPV, and the ZUS before them. One that is no longer a zone may still count for the
-- targets of attribution (CCH L441-1): a ZUS until 1 January 2021, a former QPV for six years.
CREATE TABLE zone (
  zone           text NOT NULL CHECK (zone ~ '^[a-z][a-z0-9-]*$'),
  kind           text NOT NULL CHECK (kind IN ('qpv', 'zus')),
  name           text NOT NULL,
  code           text,  -- the official one; NULL: no source at hand gives it
  communes       text[] NOT NULL CHECK (cardinality(communes) > 0),
  counted_until  date,  -- the first day on which it counts no more; NULL: as long as it is a zone
  validity       daterange NOT NULL,
  act            text NOT NULL,
  certainty      certainty NOT NULL,
  source         text NOT NULL,
  EXCLUDE USING gist (zone WITH =, validity WITH &&)
);
CREATE INDEX zone_communes ON zone USING gin (communes);
CALL protect_by_any_grant('zone');

-- Amounts and targets that hold in a place: a commune, an EPCI, a district, or everywhere (`*`).
CREATE TABLE threshold (
  threshold  text NOT NULL,
  place      text NOT NULL,
  value      numeric NOT NULL CHECK (value >= 0),
  unit       text NOT NULL,
  validity   daterange NOT NULL,
  act        text NOT NULL,
  certainty  certainty NOT NULL,
  source     text NOT NULL,
  EXCLUDE USING gist (threshold WITH =, place WITH =, validity WITH &&)
);
CREATE INDEX threshold_place ON threshold (place);
CALL protect_by_any_grant('threshold');

GRANT SELECT ON commune, epci, epci_commune, district, zone, threshold TO passerelle_application, passerelle_auditor;
GRANT INSERT, UPDATE ON commune, epci, epci_commune, district, zone, threshold TO passerelle_application;

-- Adds lines to one of these tables. A line is its cells, in the order of `columns`, with U+001F between; an empty one is
-- NULL. What is said already is left; a line that says otherwise from a day to come on (`today` and later), or that gives an
-- end to come, ends the line without end that is there; any other one that contradicts what is said is refused, by its rank.
CREATE FUNCTION add_lines(target regclass, keys text[], columns text[], lines text[], today date,
  OUT added bigint, OUT refused integer[]) LANGUAGE plpgsql SET search_path = passerelle, pg_temp AS $$
DECLARE
  given   jsonb := (SELECT jsonb_agg(jsonb_object(columns, string_to_array(line, chr(31), '')) ORDER BY rank)
                    FROM unnest(lines) WITH ORDINALITY AS l (line, rank));
  told    text[] := '{validity,act,certainty,source}';
  alike   text := (SELECT string_agg(format('c.%1$I = r.%1$I', key), ' AND ') FROM unnest(keys) AS key);
  same    text := '(to_jsonb(c) - $2) = (to_jsonb(r) - $2)';
BEGIN
  EXECUTE format('UPDATE %1$s AS ending SET validity = daterange(lower(ending.validity), last.day) FROM (
      SELECT c.ctid AS line, min(CASE WHEN %3$s THEN upper(r.validity) ELSE lower(r.validity) END) AS day
      FROM %1$s AS c JOIN jsonb_populate_recordset(NULL::%1$s, $1) AS r ON %2$s
      WHERE upper_inf(c.validity) AND CASE WHEN %3$s
        THEN lower(r.validity) IS NOT DISTINCT FROM lower(c.validity) AND upper(r.validity) >= $3
        ELSE lower(r.validity) >= $3 AND coalesce(lower(c.validity) < lower(r.validity), true) END
      GROUP BY c.ctid) AS last WHERE ending.ctid = last.line', target, alike, same) USING given, told, today;
  EXECUTE format('INSERT INTO %1$s SELECT * FROM jsonb_populate_recordset(NULL::%1$s, $1) ON CONFLICT DO NOTHING', target)
    USING given;
  GET DIAGNOSTICS added = ROW_COUNT;
  EXECUTE format('SELECT coalesce(array_agg(rank::integer ORDER BY rank), ''{}'')
      FROM jsonb_array_elements($1) WITH ORDINALITY AS e (one, rank), jsonb_populate_record(NULL::%1$s, e.one) AS r
      WHERE NOT EXISTS (SELECT FROM %1$s AS c WHERE %2$s AND %3$s
        AND c.validity @> coalesce(lower(r.validity), ''-infinity'')
        AND (upper_inf(r.validity) OR upper(r.validity) = upper(c.validity)))', target, alike, same)
    INTO refused USING given, told;
END
$$;

-- The commune that a code stands for on a day: itself, or what it has become.
CREATE FUNCTION present_commune(code text, day date) RETURNS text LANGUAGE plpgsql STABLE
  SET search_path = passerelle, pg_temp AS $$
DECLARE
  heir text := code;
  next text;
  step integer := 0;
BEGIN
  LOOP
    SELECT successor INTO next FROM commune WHERE commune = heir AND successor IS NOT NULL AND validity @> day;
    EXIT WHEN next IS NULL OR step = 20;  -- no table that was loaded holds a circle
    heir := next;
    step := step + 1;
  END LOOP;
  RETURN heir;
END
$$;

-- These communes and every code that was merged into one of them by that day.
CREATE FUNCTION with_merged_communes(communes text[], day date) RETURNS text[] LANGUAGE sql STABLE
  SET search_path = passerelle, pg_temp AS $$
  WITH RECURSIVE part (commune) AS (SELECT unnest(communes) UNION
    SELECT c.commune::text FROM commune c JOIN part p ON c.successor = p.commune WHERE c.validity @> day)
  SELECT array_agg(commune ORDER BY commune) FROM part
$$;

-- The wanted places that acts open to who acts in a territory: communes, with those that merged into them, since the one
-- that they became has their demandes; `*` for every place, `-` for none. An act that names a commune which has merged
-- opens no more than that name.
CREATE FUNCTION area_of(place text) RETURNS text[] LANGUAGE plpgsql STABLE SET search_path = passerelle, pg_temp AS $$
DECLARE
  whole boolean;
  named text[];
BEGIN
  SELECT bool_or(a.communes IS NULL), array_agg(DISTINCT code) FILTER (WHERE code IS NOT NULL) INTO whole, named
    FROM body_area a LEFT JOIN unnest(a.communes) AS code ON true
    WHERE a.territory = place AND a.body_id = ANY (acting_list('bodies')) AND a.validity @> acting_day();
  RETURN CASE WHEN whole THEN '{*}' ELSE coalesce(with_merged_communes(named, acting_day()), '{-}') END;
END
$$;
GRANT EXECUTE ON FUNCTION add_lines(regclass, text[], text[], text[], date, OUT bigint, OUT integer[]),
  present_commune(text, date), with_merged_communes(text[], date), area_of(text) TO passerelle_application;
GRANT EXECUTE ON FUNCTION present_commune(text, date) TO passerelle_auditor;

-- As before (0007), but for the wanted places, which follow what communes have become.
CREATE OR REPLACE FUNCTION demande_ties(place text, demande uuid, desk text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  needed text[] := passerelle.acting_list('needed');
  whole  boolean := needed = '{}';
  held   text[] := coalesce(string_to_array(passerelle.acting('ties_' || place), ','), passerelle.account_ties(place));
  bodies text[] := passerelle.acting_list('bodies');
  area   text[];  -- found once for the transaction by `bind_rows`
  actor  text := passerelle.acting('account');
  today  date := passerelle.acting_day();
  moment timestamptz := passerelle.acting('moment');
BEGIN
  IF whole OR 'localisation' = ANY (needed) THEN
    area := coalesce(string_to_array(passerelle.acting('area_' || place), ','), passerelle.area_of(place));
    IF area = '{*}' OR EXISTS (SELECT FROM passerelle.wanted_commune w
        WHERE w.territory = place AND w.demande_id = demande AND w.commune = ANY (area)) THEN
      held := held || 'localisation'::text;
    END IF;
  END IF;
  IF (whole OR 'depot' = ANY (needed)) AND EXISTS (SELECT FROM passerelle.guichet
      WHERE territory = place AND guichet = desk AND body_id = ANY (bodies)) THEN
    held := held || 'depot'::text;
  END IF;
  IF (whole OR 'seconde-personne' = ANY (needed)) AND EXISTS (SELECT FROM passerelle.approval
      WHERE territory = place AND account_id = actor AND action = passerelle.acting('action')
      AND demande_id = demande AND approved_at <= moment AND expires_at > moment) THEN
    held := held || 'seconde-personne'::text;
  END IF;
  IF whole OR NOT needed <@ (passerelle.ties_elsewhere() || 'none'::text) THEN
    held := held || ARRAY(SELECT tie FROM passerelle.demande_tie WHERE territory = place AND demande_id = demande
      AND (body_id IS NULL OR body_id = ANY (bodies)) AND (account_id IS NULL OR account_id = actor)
      AND validity @> today);
  END IF;
  RETURN held;
END
$$;
CREATE OR REPLACE FUNCTION bind_rows() RETURNS void LANGUAGE plpgsql SET search_path = passerelle, pg_temp AS $$
DECLARE
  lacking text[];  -- ties to whole territories that who acts has nowhere: what asks for one opens nothing
  mine    integer[];
  whole   text[];
  own     text;
BEGIN
  PERFORM set_config('passerelle.ties_' || place, array_to_string(account_ties(place), ','), true),
    set_config('passerelle.area_' || place, array_to_string(area_of(place), ','), true)
    FROM unnest(acting_list('territories')) AS place WHERE acting('role') <> 'administrateur-local';
  SELECT coalesce(array_agg(tie), '{}') INTO lacking
    FROM unnest(ARRAY['habilitation', 'parc', 'enregistreur', 'convention', 'gestion-partagee', 'abonnement',
      'motif-urgent']) AS tie
    WHERE NOT EXISTS (SELECT FROM unnest(acting_list('territories')) AS place
      WHERE tie = ANY (string_to_array(acting('ties_' || place), ',')));
  SELECT coalesce(array_agg(rank), '{}') INTO mine FROM access_rule
    WHERE role = acting('role') AND purpose = acting('purpose') AND NOT ties && lacking
      AND acting('channel') = ANY (channels) AND acting('action') = ANY (actions)
      AND validity @> coalesce(acting_day(), date '2000-01-01');
  SELECT coalesce(array_agg(DISTINCT stored), '{}') INTO whole
    FROM access_rule r, unnest(ARRAY['to_check', 'active', 'overdue', 'radiated', 'merged', 'erased']) AS stored
    WHERE r.rank = ANY (mine) AND 'aucune' = ANY (r.relations) AND state_word(stored) = ANY (r.states)
      AND (r.ties = '{}' OR NOT EXISTS (SELECT FROM unnest(acting_list('territories')) AS place
        WHERE NOT coalesce(string_to_array(acting('ties_' || place), ','), '{}') @> r.ties));
  SELECT string_agg(DISTINCT id::text, ',') INTO own
    FROM household_person p LEFT JOIN merge m ON (m.territory, m.other_id) = (p.territory, p.demande_id),
      unnest(ARRAY[p.demande_id, m.alive_id]) AS id
    WHERE p.account_id = acting('account') AND p.validity && daterange(NULL, acting_day(), '[]');
  PERFORM set_config('passerelle.lines', array_to_string(mine, ','), true),
    set_config('passerelle.needed', (SELECT string_agg(DISTINCT tie, ',') FROM access_rule, unnest(ties || 'none'::text) AS tie
      WHERE rank = ANY (mine)), true),
    set_config('passerelle.states', array_to_string(whole, ','), true),
    set_config('passerelle.own', coalesce(own, ''), true),
    set_config('passerelle.every', (own IS NULL AND cardinality(whole) = 6)::text, true);
END
$$;
