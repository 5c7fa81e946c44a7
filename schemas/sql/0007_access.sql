-- Who acts: accounts, what dated acts open to them, what ties them to a demande. And the second lock, by which the
-- database itself holds the rules of access against every row that an action on a demande reads or writes.

SET LOCAL search_path = passerelle, pg_temp;

-- A body merged into another: what was its own is the successor's from that day.
CREATE TABLE body_successor (
  body_id       text NOT NULL,
  successor_id  text NOT NULL,
  since         date NOT NULL,
  act           text NOT NULL,
  PRIMARY KEY (body_id, successor_id),
  CHECK (body_id <> successor_id)
);
CALL protect_by_any_grant('body_successor');

ALTER TABLE guichet ADD COLUMN basis text NOT NULL DEFAULT '';  -- by which text it registers (CCH R441-2-1)
ALTER TABLE guichet ADD COLUMN scope text NOT NULL DEFAULT 'tous' CHECK (scope IN ('tous', 'salaries'));

-- Which wanted places a body may see (CCH R441-2-6): some communes, or the whole territory.
CREATE TABLE body_area (
  territory  territory_code NOT NULL REFERENCES territory,
  body_id    text NOT NULL,
  communes   text[],  -- NULL: all
  validity   daterange NOT NULL,
  act        text NOT NULL,
  EXCLUDE USING gist (territory WITH =, body_id WITH =, validity WITH &&)
);
CALL protect_by_territory('body_area');

-- What is true of a body, whatever the demande.
CREATE TABLE body_tie (
  territory  territory_code NOT NULL REFERENCES territory,
  body_id    text NOT NULL,
  tie        text NOT NULL CHECK (tie IN ('parc', 'convention', 'gestion-partagee')),
  validity   daterange NOT NULL,
  act        text NOT NULL,
  EXCLUDE USING gist (territory WITH =, body_id WITH =, tie WITH =, validity WITH &&)
);
CALL protect_by_territory('body_tie');

-- In which roles a body may let its agents act, and how many of them: four consultants of an EPCI, for instance.
CREATE TABLE body_role (
  territory  territory_code NOT NULL REFERENCES territory,
  body_id    text NOT NULL,
  role       text NOT NULL,
  most       integer CHECK (most > 0),  -- NULL: any number
  validity   daterange NOT NULL,
  act        text NOT NULL,
  EXCLUDE USING gist (territory WITH =, body_id WITH =, role WITH =, validity WITH &&)
);
CALL protect_by_territory('body_role');

-- Who may act for a body: another body, a common agent, the manager (CCH R441-2-1).
CREATE TABLE delegation (
  territory    territory_code NOT NULL REFERENCES territory,
  body_id      text NOT NULL,  -- for whom
  delegate_id  text NOT NULL,
  validity     daterange NOT NULL,
  act          text NOT NULL,
  EXCLUDE USING gist (territory WITH =, body_id WITH =, delegate_id WITH =, validity WITH &&),
  CHECK (body_id <> delegate_id)
);
CALL protect_by_territory('delegation');

-- Who may be told apart: an agent named by an act, a program, or a person of a household on the portal.
CREATE TABLE account (
  account_id  text PRIMARY KEY CHECK (account_id ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  kind        text NOT NULL CHECK (kind IN ('agent', 'programme', 'personne')),
  body_id     text,           -- that it is of
  name        text NOT NULL,  -- of an agent; empty for a person of a household
  validity    daterange NOT NULL,
  act         text NOT NULL,
  CHECK ((kind = 'personne') = (body_id IS NULL)),
  CHECK (kind <> 'personne' OR name = '')
);
CALL protect_by_any_grant('account');

-- By which certificate a program, or an agent, is known at the doors.
CREATE TABLE certificate (
  fingerprint  bytea PRIMARY KEY CHECK (octet_length(fingerprint) = 32),  -- SHA-256 of the certificate
  account_id   text NOT NULL REFERENCES account,
  validity     daterange NOT NULL,
  act          text NOT NULL
);
CALL protect_by_any_grant('certificate');

-- What one act opens to one account: one role in one territory, for one body.
CREATE TABLE access (
  access_id    uuid PRIMARY KEY,
  territory    territory_code NOT NULL REFERENCES territory,
  account_id   text NOT NULL REFERENCES account,
  role         text NOT NULL,
  body_id      text NOT NULL,      -- acted for: that of the account unless delegated
  validity     daterange NOT NULL,
  act          text NOT NULL,
  granted_by   text NOT NULL,      -- the account that wrote it
  granted_at   timestamptz NOT NULL,
  review_on    date NOT NULL,      -- someone looks whether it is still needed
  EXCLUDE USING gist (territory WITH =, account_id WITH =, role WITH =, body_id WITH =, validity WITH &&)
);
CREATE INDEX access_body ON access (territory, body_id, role);
CALL protect_by_territory('access');

-- Which account is which person of the household of a demande.
CREATE TABLE household_person (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  account_id  text NOT NULL REFERENCES account,
  relation    text NOT NULL CHECK (relation IN ('demandeur', 'cotitulaire', 'representant', 'membre', 'ancien')),
  holder      smallint NOT NULL CHECK (holder >= 0),  -- rank of the cotitulaire, from 0; 0 for anyone else
  validity    daterange NOT NULL,
  act         text NOT NULL,
  FOREIGN KEY (territory, demande_id) REFERENCES demande,
  EXCLUDE USING gist (territory WITH =, demande_id WITH =, account_id WITH =, validity WITH &&)
);
CREATE INDEX household_person_account ON household_person (account_id);
CALL protect_by_territory('household_person');

-- What is true of a demande for a body, one of its accounts, or everyone: candidate on its dwelling, referred to it,
-- on its agenda, backed by a document...
CREATE TABLE demande_tie (
  territory   territory_code NOT NULL,
  demande_id  uuid NOT NULL,
  tie         text NOT NULL CHECK (tie IN ('contingent', 'designation', 'acte-personnel', 'salarie', 'saisine',
                'ordre-du-jour', 'dossier-nominatif', 'mandat', 'consentement', 'justificatif', 'retrait-ecrit',
                'avertissement', 'commission', 'bail', 'delai')),
  body_id     text,
  account_id  text,
  validity    daterange NOT NULL,
  act         text NOT NULL,
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
CREATE INDEX demande_tie_demande ON demande_tie (territory, demande_id);
CALL protect_by_territory('demande_tie');

-- Four eyes: one person asks, another one opens, for one action and a short while.
CREATE TABLE approval (
  territory    territory_code NOT NULL REFERENCES territory,
  approval_id  uuid NOT NULL,
  account_id   text NOT NULL,  -- who asks
  action       text NOT NULL,
  demande_id   uuid,           -- NULL: an action on no demande
  asked_at     timestamptz NOT NULL,
  approved_by  text,
  approved_at  timestamptz,
  expires_at   timestamptz,
  PRIMARY KEY (territory, approval_id),
  FOREIGN KEY (territory, demande_id) REFERENCES demande,
  CHECK (approved_by <> account_id),
  CHECK ((approved_by IS NULL) = (approved_at IS NULL) AND (approved_by IS NULL) = (expires_at IS NULL))
);
CREATE INDEX approval_account ON approval (territory, account_id, action);
CALL protect_by_territory('approval');

-- What was seen in an emergency or of the gravest facts: someone else looks at it later.
CREATE TABLE access_review (
  territory    territory_code NOT NULL,
  review_id    uuid NOT NULL,
  account_id   text NOT NULL,
  action       text NOT NULL,
  rule         text NOT NULL,
  alert        boolean NOT NULL,  -- to be looked at now
  demande_id   uuid NOT NULL,
  reason       bytea NOT NULL,    -- sealed under the key of the demande: erased with it
  happened_at  timestamptz NOT NULL,
  reviewed_by  text,
  reviewed_at  timestamptz,
  outcome      text CHECK (outcome IN ('justifie', 'injustifie')),
  PRIMARY KEY (territory, review_id),
  FOREIGN KEY (territory, demande_id) REFERENCES demande,
  CHECK (reviewed_by <> account_id),
  CHECK ((reviewed_by IS NULL) = (outcome IS NULL))
);
CREATE INDEX access_review_open ON access_review (territory, happened_at) WHERE outcome IS NULL;
CALL protect_by_territory('access_review');

-- How often an account did in a day what is counted.
CREATE TABLE quota_use (
  territory   territory_code NOT NULL REFERENCES territory,
  account_id  text NOT NULL,
  action      text NOT NULL,
  day         date NOT NULL,
  used        integer NOT NULL CHECK (used > 0),
  PRIMARY KEY (territory, account_id, action, day)
);
CALL protect_by_territory('quota_use');

-- The rules of mappings/access, a line for each rule and actor, in their order; written by the owner alone.
CREATE TABLE access_rule (
  rank       integer PRIMARY KEY,
  rule       text NOT NULL,
  role       text NOT NULL,
  purpose    text NOT NULL,
  channels   text[] NOT NULL,
  actions    text[] NOT NULL,
  states     text[] NOT NULL,
  relations  text[] NOT NULL,
  ties       text[] NOT NULL,
  validity   daterange NOT NULL
);
CALL protect_by_any_grant('access_rule');

-- Which rules these are: they are written again only when they have changed.
CREATE TABLE access_rule_digest (digest bytea PRIMARY KEY);
CALL protect_by_any_grant('access_rule_digest');

GRANT SELECT ON body_successor, body_area, body_tie, body_role, delegation, account, certificate, access,
  household_person, demande_tie, approval, access_review, quota_use, access_rule TO passerelle_application;
GRANT INSERT, UPDATE ON body_successor, body_area, body_tie, body_role, delegation, account, certificate, access,
  household_person, demande_tie, approval, access_review, quota_use TO passerelle_application;
GRANT DELETE ON household_person, demande_tie, approval, access_review, quota_use TO passerelle_application;
GRANT SELECT ON account, access, approval, access_review TO passerelle_auditor;

-- What a transaction was opened with.
CREATE FUNCTION acting(part text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('passerelle.' || part, true), '');
CREATE FUNCTION acting_list(part text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(string_to_array(acting(part), ','), '{}');
CREATE FUNCTION acting_day() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE RETURN acting('day')::date;

-- Actions that read or write one demande after another, and so are held against each.
CREATE FUNCTION is_bound(action text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN action IN ('show', 'at', 'events', 'list', 'show-document', 'file-document', 'modify', 'correct',
    'check-identity', 'renew', 'radiate', 'reactivate', 'separate', 'merge', 'split', 'renumber', 'accesses',
    'designate', 'follow-candidature', 'enrol', 'decide', 'sign-lease', 'label', 'set-dalo', 'give-opinion', 'export',
    'export-changes', 'tell', 'extract', 'count', 'erase');

-- The word of the rules for a state of the table. What was merged was radiated for it (CCH R441-2-8 f), what was
-- erased had been radiated; but who merges and divides works on both sides.
CREATE FUNCTION state_word(state text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE state WHEN 'to_check' THEN 'deposeeIdentiteAVerifier' WHEN 'active' THEN 'active'
    WHEN 'overdue' THEN 'echue'
    WHEN 'merged' THEN CASE WHEN acting('action') IN ('merge', 'split', 'renumber') THEN 'active' ELSE 'radiee' END
    ELSE 'radiee' END;

-- Whether an act opens a territory to who acts, in this role and for this body: their own, one that theirs was merged
-- into, or one that delegates to theirs. An account, an act or a delegation that has ended opens nothing. These are
-- functions of plpgsql because it keeps the plans of what it runs; SQL would make them again for every transaction.
CREATE FUNCTION act_opens(place text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = passerelle, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM access a JOIN account c USING (account_id)
    WHERE a.territory = place AND a.account_id = acting('account') AND a.role = acting('role')
      AND a.body_id = acting('body') AND a.validity @> acting_day() AND c.validity @> acting_day()
      AND (c.body_id = ANY (acting_list('bodies')) OR EXISTS (SELECT FROM delegation d WHERE d.territory = place
        AND d.body_id = a.body_id AND d.delegate_id = c.body_id AND d.validity @> acting_day())));
END
$$;

-- Ties of who acts that hold for every demande of a territory. What a second person approved without naming a demande is
-- an action on none.
CREATE FUNCTION account_ties(place text) RETURNS text[] LANGUAGE plpgsql STABLE
  SET search_path = passerelle, pg_temp AS $$
DECLARE
  bodies text[] := acting_list('bodies');
  moment timestamptz := acting('moment');
BEGIN
  RETURN array_remove(ARRAY[
    CASE WHEN act_opens(place) THEN 'habilitation' END,
    CASE WHEN EXISTS (SELECT FROM guichet WHERE territory = place AND body_id = ANY (bodies)
      AND validity @> acting_day()) THEN 'enregistreur' END,
    CASE WHEN EXISTS (SELECT FROM subscription WHERE territory = place AND recipient = acting('account')
      AND validity @> acting_day()) THEN 'abonnement' END,
    CASE WHEN NOT is_bound(acting('action')) AND EXISTS (SELECT FROM approval WHERE territory = place
      AND account_id = acting('account') AND action = acting('action') AND demande_id IS NULL
      AND approved_at <= moment AND expires_at > moment) THEN 'seconde-personne' END], NULL)
    || acting_list('claims')
    || ARRAY(SELECT tie FROM body_tie WHERE territory = place AND body_id = ANY (bodies) AND validity @> acting_day());
END
$$;

-- Ties that no line of `demande_tie` holds.
CREATE FUNCTION ties_elsewhere() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ARRAY['habilitation', 'localisation', 'parc', 'enregistreur', 'depot', 'convention', 'gestion-partagee',
    'abonnement', 'seconde-personne', 'motif-urgent'];

-- The ties of who acts to one demande: all of them, or those that `bind_rows` found some rule to need; it found those to a
-- whole territory too, once for the transaction. Asked for each row: names are whole, since a search path of its own would
-- cost each call.
CREATE FUNCTION demande_ties(place text, demande uuid, desk text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  needed text[] := passerelle.acting_list('needed');
  whole  boolean := needed = '{}';
  held   text[] := coalesce(string_to_array(passerelle.acting('ties_' || place), ','), passerelle.account_ties(place));
  bodies text[] := passerelle.acting_list('bodies');
  actor  text := passerelle.acting('account');
  today  date := passerelle.acting_day();
  moment timestamptz := passerelle.acting('moment');
BEGIN
  IF (whole OR 'localisation' = ANY (needed)) AND EXISTS (SELECT FROM passerelle.body_area a
      WHERE a.territory = place AND a.body_id = ANY (bodies) AND a.validity @> today
      AND (a.communes IS NULL OR EXISTS (SELECT FROM passerelle.wanted_commune w
        WHERE w.territory = place AND w.demande_id = demande AND w.commune = ANY (a.communes)))) THEN
    held := held || 'localisation'::text;
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

-- Who acts as a person of the household. Who was of it once is no stranger again; nor is who is of a demande merged into
-- this one, though nobody has said yet which person of this one that is: such a one reads nothing.
CREATE FUNCTION relation_to(place text, demande uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  actor text := passerelle.acting('account');
  past  daterange := daterange(NULL, passerelle.acting_day(), '[]');
BEGIN
  RETURN coalesce((SELECT CASE WHEN validity @> upper(past) - 1 THEN relation ELSE 'ancien' END
      FROM passerelle.household_person WHERE territory = place AND demande_id = demande AND account_id = actor
        AND validity && past ORDER BY validity @> upper(past) - 1 DESC LIMIT 1),
    CASE WHEN EXISTS (SELECT FROM passerelle.household_person p JOIN passerelle.merge m
        ON m.territory = place AND m.other_id = p.demande_id
      WHERE p.territory = place AND p.account_id = actor AND p.validity && past AND m.alive_id = demande)
      THEN 'membre' END,
    'aucune');
END
$$;

-- The states whose demandes are all open to who acts, whatever ties them; `own`: the demandes of a household of theirs.
CREATE FUNCTION open_states() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE RETURN acting_list('states');
CREATE FUNCTION own_demandes() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE RETURN acting_list('own')::uuid[];
CREATE FUNCTION opens_every_row() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(acting('every') = 'true', false);

-- Whether a rule opens one demande.
CREATE FUNCTION row_open(place text, demande uuid, state text, desk text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  lines integer[] := passerelle.acting_list('lines')::integer[];
  word  text;
  held  text[];
  who   text := 'aucune';
BEGIN
  IF lines = '{}' THEN RETURN false; END IF;
  word := passerelle.state_word(state);
  held := passerelle.demande_ties(place, demande, desk);
  IF demande = ANY (passerelle.own_demandes()) THEN who := passerelle.relation_to(place, demande); END IF;
  RETURN EXISTS (SELECT FROM passerelle.access_rule WHERE rank = ANY (lines) AND word = ANY (states)
    AND who = ANY (relations) AND ties <@ held);
END
$$;

-- Opens a transaction: who acts, how, and on which territories. Those that no act opens to who acts are left out, once
-- and for every statement. The gateway itself (role `passerelle`) and the administrator of its machine hold the keys:
-- no act opens a territory to them. `claims`: ties that the gateway has established and no table holds.
CREATE FUNCTION open_scope(asked text, body text, account text, role text, purpose text, action text, channel text,
  moment timestamptz, claims text) RETURNS void LANGUAGE plpgsql SET search_path = passerelle, pg_temp AS $$
DECLARE
  granted text;
  today   date;
BEGIN
  PERFORM set_config('passerelle.territories', asked, true), set_config('passerelle.body', body, true),
    set_config('passerelle.account', account, true), set_config('passerelle.role', role, true),
    set_config('passerelle.purpose', purpose, true),
    set_config('passerelle.action', regexp_replace(action, '^establish/', ''), true),
    set_config('passerelle.channel', channel, true), set_config('passerelle.moment', moment::text, true),
    set_config('passerelle.claims', claims, true), set_config('passerelle.own', '', true),
    set_config('passerelle.lines', '', true),
    set_config('passerelle.every', (role = 'passerelle' OR NOT is_bound(action))::text, true),
    set_config('passerelle.states', CASE WHEN role = 'passerelle' OR NOT is_bound(action)
      THEN 'to_check,active,overdue,radiated,merged,erased' ELSE '' END, true);
  IF role = 'passerelle' OR (role = 'administrateur-local' AND NOT is_bound(action)) THEN RETURN; END IF;
  SELECT coalesce((moment AT TIME ZONE zone)::date, (moment AT TIME ZONE 'UTC')::date) INTO today
    FROM (SELECT min(zone) AS zone FROM territory) AS here;
  PERFORM set_config('passerelle.day', today::text, true);
  IF role <> 'administrateur-local' THEN
    IF concat(body, account, role, purpose, action, channel) LIKE '%,%' THEN
      RAISE invalid_parameter_value USING MESSAGE = 'a word of a scope is a list';
    END IF;
    PERFORM set_config('passerelle.bodies', (
      WITH RECURSIVE line (body_id) AS (SELECT open_scope.body UNION SELECT s.body_id FROM body_successor s, line l
        WHERE s.successor_id = l.body_id AND s.since <= today)
      SELECT string_agg(body_id, ',') FROM line), true);
    SELECT string_agg(place, ',') INTO granted FROM unnest(string_to_array(asked, ',')) AS place
      WHERE act_opens(place) OR (channel = 'portail' AND EXISTS (SELECT FROM household_person p
        JOIN account c USING (account_id) WHERE p.territory = place AND p.account_id = open_scope.account
          AND p.validity @> today AND c.validity @> today))
        OR (channel = 'portail' AND action IN ('register', 'establish/register'));  -- anyone may ask anywhere
    PERFORM set_config('passerelle.territories', coalesce(granted, ''), true);
  END IF;
  IF is_bound(action) THEN PERFORM bind_rows(); END IF;
END
$$;

-- Which lines of the rules may open a row to who acts, and which states they open whole.
CREATE FUNCTION bind_rows() RETURNS void LANGUAGE plpgsql SET search_path = passerelle, pg_temp AS $$
DECLARE
  lacking text[];  -- ties to whole territories that who acts has nowhere: what asks for one opens nothing
  mine    integer[];
  whole   text[];
  own     text;
BEGIN
  PERFORM set_config('passerelle.ties_' || place, array_to_string(account_ties(place), ','), true)
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

-- The second lock: a demande is seen when its territory is granted and a rule opens it; what hangs on it, with it.
ALTER POLICY scope ON demande
  USING (CASE WHEN territory = ANY ((SELECT granted_territories())::text[])
    THEN (state = ANY ((SELECT open_states())::text[]) AND demande_id <> ALL ((SELECT own_demandes())::uuid[]))
      OR row_open(territory, demande_id, state, guichet) ELSE false END)
  WITH CHECK (CASE WHEN territory = ANY ((SELECT granted_territories())::text[]) THEN true ELSE false END);

CREATE PROCEDURE protect_by_demande(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER POLICY scope ON %1$s USING (CASE WHEN territory = ANY ((SELECT granted_territories())::text[])'
    ' THEN (SELECT opens_every_row()) OR EXISTS (SELECT FROM demande d WHERE d.territory = %1$s.territory'
    ' AND d.demande_id = %1$s.demande_id) ELSE false END) WITH CHECK (CASE WHEN territory ='
    ' ANY ((SELECT granted_territories())::text[]) THEN true ELSE false END)', target);
END
$$;
CALL protect_by_demande('demande_key');
CALL protect_by_demande('demande_version');
CALL protect_by_demande('nir');
CALL protect_by_demande('event');
CALL protect_by_demande('outbox');

-- What a demande is to who acts, from which its rights follow: no word of what it says. Ties are not looked for
-- where the rules open every row whatever they are.
CREATE FUNCTION standing(place text, demande uuid)
  RETURNS TABLE (state text, relation text, holder integer, ties text)
  LANGUAGE sql STABLE ROWS 1
BEGIN ATOMIC
  SELECT state_word(d.state), relation_to(place, d.demande_id),
    coalesce((SELECT p.holder::integer FROM household_person p WHERE p.territory = place
      AND p.demande_id = d.demande_id AND p.account_id = acting('account') AND p.validity @> acting_day()), 0),
    CASE WHEN acting('role') IN ('passerelle', 'administrateur-local') THEN ''
      ELSE array_to_string(demande_ties(place, d.demande_id, d.guichet), ',') END
  FROM demande d WHERE d.territory = place AND d.demande_id = demande;
END;

DO $$
DECLARE
  made regprocedure;
BEGIN
  FOR made IN SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'passerelle'::regnamespace AND p.prokind = 'f' AND p.proname IN ('acting', 'acting_list',
      'acting_day', 'state_word', 'act_opens', 'account_ties', 'ties_elsewhere', 'demande_ties', 'relation_to', 'open_states', 'own_demandes',
      'opens_every_row', 'row_open', 'is_bound', 'open_scope', 'bind_rows', 'standing')
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO passerelle_application', made);
  END LOOP;
END
$$;
-- Every policy asks these, the auditor's reading too.
GRANT EXECUTE ON FUNCTION acting(text), acting_list(text), acting_day(), open_states(), own_demandes(),
  opens_every_row(), row_open(text, uuid, text, text) TO passerelle_auditor;
