"""Checks the registry through the command line, on the real program and a PostgreSQL that it keeps itself.

usage: registry_command_line.py PROGRAM REPOSITORY
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
import unittest
from pathlib import Path

from own_registry import POSTGRES, OwnRegistry, invented_demande, invented_person, rows

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
EXAMPLES = ROOT / "mappings/peer"
WHOLE = {"prenoms": "Anne, Lise", "nir": "290016311300117", "email": "anne@zorglubine.example"}
SECRETS = [b"orglubine", b"ORGLUBINE", b"290016311300117", b"39981234", b"Vivement un balcon", b"anne@"]


def variant(**changes):
    """Anne's demande, or that of whoever bears another name, with members of the demandeur changed; None takes one
    away."""
    return invented_demande({**(stranger(changes["nom"]) if "nom" in changes else WHOLE), **changes},
                            texteLibre="Vivement un balcon")


def moved(rank):
    """Another telephone and another address: nothing confirms any more who that is."""
    there = invented_person(rank)
    return {"telephones": [{"nature": "portable", **there["telephones"][0]}], "adresse": there["adresse"]}


def stranger(name):
    """Someone of that name, however it is spelt."""
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode().upper()
    person = invented_person(int.from_bytes(plain.encode(), "big") % 900_000)
    return {**person, "prenoms": "Anne, Lise", "email": f"{plain.lower()}@zorglubine.example",
            "telephones": [{"nature": "portable", **person["telephones"][0]}]}


def other_place(**changes):
    """Anne's demande with members of the demande changed."""
    return {**variant(), **changes}


def setUpModule():  # the name that unittest looks for
    Registry.registry = OwnRegistry(PROGRAM, ROOT)
    unittest.addModuleCleanup(Registry.registry.close)
    Registry.registry.load_tables()
    Registry.data = Registry.registry.data


class Registry(unittest.TestCase):
    """All share one registry, and so one server."""

    @staticmethod
    def run_program(*arguments, given=None):
        return subprocess.run([PROGRAM, "--home", str(ROOT), *map(str, arguments)], input=given, capture_output=True,
                              timeout=120, check=False)

    def on(self, verb, *arguments, given=None):
        """Runs a verb on the registry of the class."""
        if isinstance(given, dict):
            given = json.dumps(given).encode()
        return self.run_program(*verb.split(), "--data", self.data, *arguments, given=given)

    def register(self, demande, key, territory="063"):
        return self.on("register", "--territory", territory, "--format", "cerfa", "--key", key, given=demande)

    def numero(self, demande, key):
        """The number given to a demande, and whether it is new."""
        done = self.register(demande, key)
        self.assertEqual(done.returncode, 0, done.stderr)
        row = rows(done.stdout.decode())[0]
        return row["numero"], row["outcome"]

    def sql(self, text):
        """One value, as the administrator of the server sees it; columns apart by a space."""
        return "\n".join(self.registry.sql(text))

    def assert_refused(self, done, code):
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(code, done.stderr)


class Life(Registry):
    def test_a_demande_gets_a_number_is_shown_and_tells_its_history(self):
        numero, outcome = self.numero(variant(nom="Un"), "life-1")
        self.assertEqual((outcome, numero[:7], numero[-5:]), ("new", "0630126", "G6301"))
        shown = json.loads(self.on("show", numero).stdout)
        self.assertEqual((shown["numeroUnique"], shown["demandeur"]["nom"]), (numero, "Un"))
        self.assertNotIn("nir", shown["demandeur"])
        events = rows(self.on("events", numero).stdout.decode())
        self.assertEqual([(event["rank"], event["kind"]) for event in events], [("1", "registration")])
        today = events[0]["date"]
        self.assertEqual(json.loads(self.on("at", numero, "--date", today).stdout), shown)
        self.assert_refused(self.on("at", numero, "--date", "2026-01-05"), b"PAS-REG-009")

    def test_the_same_key_gets_the_same_answer_and_another_content_a_conflict(self):
        first = self.numero(variant(nom="Deux"), "life-2")
        self.assertEqual(self.numero(variant(nom="Deux"), "life-2"), first)
        self.assert_refused(self.register(variant(nom="Trois"), "life-2"), b"PAS-REG-003")
        self.assertEqual(self.sql("SELECT allowed FROM audit_leaf WHERE rule = 'PAS-REG-003' "
                                  "AND action = 'register'"), "f")

    def test_a_household_keeps_its_number_whoever_files_again(self):
        numero, _ = self.numero(variant(nom="Quatre"), "life-4")
        self.assertEqual(self.numero(variant(nom="QUÀTRE", prenoms="Anne"), "life-5"), (numero, "known"))
        self.assertEqual(self.numero(variant(nom="Quatre", nir=None), "life-6"), (numero, "known"), "two contacts")

    def test_less_than_certain_gets_a_number_and_a_line_for_review(self):
        numero, _ = self.numero(variant(nom="Cinq"), "life-7")
        other, outcome = self.numero(variant(nom="Cinq", nir=None, email=None, **moved(950_001)), "life-8")
        self.assertEqual(outcome, "new")
        self.assertNotEqual(other, numero)
        found = self.on("find", "--territory", "063", given=variant(nom="Cinq")).stdout.decode().splitlines()
        self.assertEqual(found, ["demande,numero,relation", f"1,{numero},same", f"1,{other},identity_only"])
        self.assertEqual(self.sql("SELECT r.reason FROM review r JOIN numero n "
                                  f"USING (demande_id) WHERE n.numero = '{other}'"), "identity_only")

    def test_a_file_of_a_peer_is_imported_and_goes_out_in_the_format_of_another(self):
        order = ("import", "--territory", "063", "--format", "sne", "--in", EXAMPLES / "sne/examples/02.00-CRE-famille.xml")
        done = self.on(*order)
        self.assertEqual(done.returncode, 0, done.stderr)
        row = rows(done.stdout.decode())[0]
        self.assertEqual((row["demande"], row["outcome"]), ("1", "new"))
        self.assertEqual(self.on(*order).stdout, done.stdout, "the same content, the same answer")
        out = self.on("show", row["numero"], "--format", "bailleur-arverne")
        self.assertEqual(out.returncode, 0, out.stderr)
        self.assertIn(row["numero"].encode(), out.stdout)

    def test_an_export_gives_the_territory_then_what_has_changed(self):
        numero, _ = self.numero(variant(nom="Six"), "life-9")
        whole = self.on("export", "--territory", "063")
        self.assertIn(numero, [json.loads(line)["numeroUnique"] for line in whole.stdout.splitlines()])
        cursor = whole.stderr.decode().split()[-1]
        self.assertEqual(self.on("export", "--territory", "063", "--since", cursor).stdout, b"")
        later, _ = self.numero(variant(nom="Sept"), "life-10")
        changed = self.on("export", "--territory", "063", "--since", cursor)
        self.assertEqual([json.loads(line)["numeroUnique"] for line in changed.stdout.splitlines()], [later])
        self.assertEqual(self.on("erase", numero, "--act", "essai").returncode, 0)
        forget = self.registry.base / "forget.csv"
        changed = self.on("export", "--territory", "063", "--since", changed.stderr.decode().split()[-1], "--erased", forget)
        self.assertEqual((changed.stdout, forget.read_text()), (b"", f"numero\n{numero}\n"))

    def test_a_partner_is_told_in_order_until_it_acknowledges(self):
        def news(*lease):
            done = self.on("outbox list", "--territory", "063", "--recipient", "sne", "--limit", "10000", *lease)
            self.assertEqual(done.returncode, 0, done.stderr)
            return [row for row in rows(done.stdout.decode()) if row["numero"] == numero]

        def acknowledge(line):
            return self.on("outbox acknowledge", "--territory", "063", "--recipient", "sne", line["demande"],
                           line["rank"]).returncode

        numero, _ = self.numero(variant(nom="Neuf"), "life-12")
        self.numero(variant(nom="Neuf"), "life-13")
        first = news("--lease", "0")
        self.assertEqual([(line["rank"], line["kind"]) for line in first], [("1", "registration")])
        self.assertEqual((acknowledge(first[0]), acknowledge(first[0])), (0, 1), "once")
        self.assertEqual([line["kind"] for line in news("--lease", "0")], ["filed_again"])

    def test_numbers_move_and_every_old_one_leads_to_the_demande(self):
        def moved(*order):
            done = self.on(*order)
            self.assertEqual(done.returncode, 0, done.stderr)
            row = rows(done.stdout.decode())[0]
            return row["outcome"], row["numero"], row["since"]

        def shown(numero):
            return json.loads(self.on("show", numero).stdout)["numeroUnique"]

        kept, _ = self.numero(variant(nom="Quatorze"), "alias-1")
        other, _ = self.numero({**variant(nom="Quinze", nir=None), "dateCreation": "2025-03-04"}, "alias-2")
        cursor = self.on("export", "--territory", "063", "--out", os.devnull).stderr.decode().split()[-1]
        self.assertEqual(moved("merge", kept, other, "--act", "essai"), ("done", kept, "2025-03-04"))
        self.assertEqual(moved("merge", kept, other, "--act", "essai"), ("known", kept, "2025-03-04"))
        given = "0630119004221G6302"
        self.assertEqual(moved("renumber", kept, "--to", given), ("done", given, "2025-03-04"))
        self.assertEqual([shown(numero) for numero in (kept, other, given)], [given] * 3)
        self.assertEqual(self.numero({**variant(nom="Quinze", nir=None), "numeroUnique": other}, "alias-3"), (given, "known"))
        aliases = self.registry.base / "aliases.csv"
        self.on("export", "--territory", "063", "--since", cursor, "--aliases", aliases, "--out", os.devnull)
        self.assertEqual({row["numero"]: row["present"] for row in rows(aliases.read_text())}, {kept: given, other: given})
        self.assertEqual(moved("split", other), ("done", other, "2025-03-04"))
        self.assertEqual((shown(other), shown(kept)), (other, given))
        allocated = moved("renumber", other)
        self.assertEqual((allocated[0], allocated[1][:7]), ("done", "0630325"))
        self.assert_refused(self.on("split", kept), b"PAS-REG-012")
        self.assert_refused(self.on("renumber", given, "--to", other), b"PAS-REG-007")
        self.assert_refused(self.on("merge", kept, "0630126999999G6301", "--act", "essai"), b"PAS-REG-009")
        self.assert_refused(self.on("merge", kept, "0030126999999G0301", "--act", "essai"), b"PAS-REG-002")

    def test_a_person_decides_of_two_demandes_and_undoes_it(self):
        older, _ = self.numero({**variant(nom="Vingt", nir=None, email=None), "dateCreation": "2025-03-04"}, "review-1")
        younger, _ = self.numero(variant(nom="Vingt", nir=None, email=None, **moved(950_002)), "review-2")
        self.sql("""INSERT INTO body VALUES ('afpbsa', 'x', 'gestionnaire', NULL, '[2015-01-01,)', 'x');
                    INSERT INTO account SELECT name, 'agent', 'afpbsa', 'x', '[2015-01-01,)', 'x'
                      FROM unnest(ARRAY['revue', 'second']) AS name;
                    INSERT INTO access SELECT gen_random_uuid(), '063', name, 'gestionnaire', 'afpbsa', '[2015-01-01,)', 'x',
                      'autre', '2026-01-01', '2099-01-01' FROM unnest(ARRAY['revue', 'second']) AS name""")
        place, agent = ["--territory", "063"], ["--as", "revue", "--purpose", "unicite"]

        def review(verb, *more):
            done = self.on(f"review {verb}", *place, *agent, *more)
            for value in SECRETS:
                self.assertNotIn(value, done.stderr)
            return done

        def waiting():
            listed = review("list")
            self.assertNotIn(b"ingt", listed.stdout)
            return {row["id"]: (row["one"], row["two"]) for row in rows(listed.stdout.decode())}

        def approved(action, *numeros):
            for numero in numeros:
                wish = [*place, "--action", action, "--numero", numero]
                self.assertEqual(self.on("access ask", *wish, *agent).returncode, 0)
                self.assertEqual(self.on("access approve", *wish, "--account", "revue", "--as", "second", "--purpose",
                                         "gestion").returncode, 0)

        pair = next(line for line, numeros in waiting().items() if set(numeros) == {older, younger})
        shown = review("show", pair).stdout.decode()
        self.assertIn("demandeur.nom,=,identique,Vingt,Vingt", shown)
        self.assertIn("demandeur.telephones.numero,≠,différent,", shown)
        same = (pair, "--same", "--why", "meme-personne")
        self.assertEqual(review("decide", *same).returncode, 1, "nobody has approved")
        self.assert_refused(review("decide", pair, "--different", "--why", "meme-personne"), b"PAS-REG-023")
        approved("merge", older, younger)
        self.assertEqual(review("decide", *same).stdout.decode(), f"id,outcome\n{pair},same\n")
        self.assertEqual(json.loads(self.on("show", younger).stdout)["numeroUnique"], older)
        self.assertNotIn(pair, waiting())
        approved("split", older)
        self.assertEqual(review("undo", pair).returncode, 0)
        self.assertIn(pair, waiting())
        self.assertEqual(review("decide", pair, "--later", "--why", "piece-attendue").returncode, 0)
        self.assertNotIn(pair, waiting())
        self.assertEqual(self.on("review decide", pair, *place, "--different", "--why", "homonyme").returncode, 1,
                         "who decides is named")

    def test_a_purge_is_shown_bounded_and_done(self):
        def purged(*options):
            done = self.on("purge", *options)
            self.assertEqual(done.returncode, 0, done.stderr)
            return {row["store"]: int(row["rows"]) for row in rows(done.stdout.decode())}

        self.numero(variant(nom="Seize"), "purge-1")
        self.assertEqual(purged("--preview")["message"], 0)
        self.sql("UPDATE inbox SET received_at = received_at - interval '31 days' WHERE message_id = "
                 "(SELECT message_id FROM inbox ORDER BY received_at DESC LIMIT 1)")
        self.assertEqual(purged("--preview")["message"], 1)
        self.assertEqual(self.on("purge", "--at-most", 0).returncode, 1)
        self.assertEqual(purged("--at-most", 1)["message"], 1)
        self.assertEqual(purged("--preview")["message"], 0)

    def test_a_demande_lives_and_a_day_is_seen_run_and_undone(self):
        numero, _ = self.numero(variant(nom="Trente"), "life-20")
        shown = rows(self.on("life show", numero).stdout.decode())[0]
        self.assertEqual((shown["state"], shown["next"]), ("active", "preavis"))
        self.assert_refused(self.on("life do", "not_renewed", numero), b"PAS-VIE-001")
        self.assert_refused(self.on("life do", "reactivated", numero), b"PAS-VIE-002")
        self.assertEqual(self.on("life do", "renewed", numero).returncode, 0)
        today = rows(self.on("events", numero).stdout.decode())[-1]["date"]
        self.assertEqual(rows(self.on("life show", numero).stdout.decode())[0]["valid_from"], today)
        place = ["--territory", "003"]
        seen = rows(self.on("run-day", today, *place, "--preview").stdout.decode())
        self.assertIn("not_renewed", {row["name"] for row in seen})
        self.assert_refused(self.on("run-day", today, *place, "--preview", "--set", "validite-mois=0"), b"PAS-VIE-007")
        self.assertEqual(self.on("run-day", today, *place).returncode, 0)
        self.assertEqual(self.on("undo-day", today, *place).stdout.decode().splitlines()[-1], "0,0")
        self.assert_refused(self.on("undo-day", today, *place), b"PAS-VIE-009")

    def change(self, verb, numero, demande, *arguments):
        return self.on(verb, numero, "--format", "cerfa", *arguments, given=demande)

    def test_a_demande_changes_and_its_history_tells_what(self):
        numero, _ = self.numero(variant(nom="Lunaire"), "change-1")
        later = variant(nom="Lunaire", situationFamiliale="divorce")
        done = self.change("modify", numero, later, "--key", "change-2")
        self.assertEqual((done.returncode, done.stdout.decode().splitlines()[-1]), (0, f"1,changed,{numero}"), done.stderr)
        self.assertEqual(self.change("modify", numero, later, "--key", "change-2").stdout, done.stdout)
        self.assert_refused(self.change("modify", numero, variant(nom="Lunaire"), "--key", "change-2"), b"PAS-REG-003")
        shown = json.loads(self.on("show", numero).stdout)
        self.assertEqual((shown["numeroUnique"], shown["demandeur"]["situationFamiliale"]), (numero, "divorce"))
        self.assertEqual(self.on("events", numero, "--changes", 2).stdout.decode().splitlines(),
                         ["path,before,after", "demandeur.situationFamiliale,celibataire,divorce"])
        self.assertEqual(self.change("renew", numero, variant(nom="Lunaire"), "--key", "change-3").returncode, 0)
        events = rows(self.on("events", numero).stdout.decode())
        self.assertEqual([(event["kind"], event["version"]) for event in events],
                         [("registration", "1"), ("modified", "2"), ("renewed", "3")])
        self.assert_refused(self.change("modify", numero, variant(nom="Solaire"), "--key", "change-4"), b"PAS-REG-0")
        renamed = variant(nom="Lunaire", dateNaissance="1961-01-01")
        self.assert_refused(self.change("modify", numero, renamed, "--key", "change-5"), b"PAS-REG-013")
        self.assertIn(b"refus", self.change("modify", numero, renamed, "--key", "change-6", "--proof").stderr)
        self.assert_refused(self.on("events", numero, "--changes", 9), b"PAS-REG-009")

    def test_a_file_of_the_sne_changes_the_demande_that_it_names(self):
        numero, _ = self.numero(variant(nom="Stellaire"), "change-7")
        changed = {**variant(nom="Stellaire", situationFamiliale="divorce"), "numeroUnique": numero}
        ended = {"pivot": "1", "numeroUnique": numero, "guichet": {"guichet": "G6301"}, "dateCreation": "2026-01-05",
                 "radiation": {"motif": "abandon"}}

        def sent(kind, demande):
            file = self.run_program("convert", "--from", "cerfa", "--to", f"sne@02.01:{kind}",
                                    given=json.dumps(demande).encode()).stdout
            return self.on("import", "--territory", "063", "--format", "sne", given=file)

        for kind in ("MOD", "REN"):
            for _ in ("once", "again"):
                done = sent(kind, changed)
                self.assertIn(f"1,changed,{numero}", done.stdout.decode(), done.stderr)
        self.assertIn(b"PAS-VIE-001", sent("RAD", ended).stderr, "nobody radiates by the keys of the machine")
        events = rows(self.on("events", numero).stdout.decode())
        self.assertEqual([event["kind"] for event in events], ["registration", "modified", "renewed"])

    def test_who_leaves_a_household_gets_a_demande(self):
        leaving = {**stranger("Parti"), "lienDemandeur": "conjoint"}
        numero, _ = self.numero({**variant(nom="Restant"), "cotitulaires": [leaving]}, "change-8")
        done = self.change("separate", numero, variant(nom="Parti"), "--key", "change-9")
        row = rows(done.stdout.decode())[0]
        self.assertEqual(row["outcome"], "new", done.stderr)
        kinds = [rows(self.on("events", each).stdout.decode())[-1]["kind"] for each in (numero, row["numero"])]
        self.assertEqual(kinds, ["separated", "separation"])
        self.assert_refused(self.change("separate", numero, variant(nom="Inconnue"), "--key", "change-10"), b"PAS-REG-014")

    def test_events_say_what_they_are_about_and_the_past_is_asked_by_day(self):
        numero, _ = self.numero(variant(nom="Candidate"), "change-11")

        def tell(event, members):
            return self.on("life do", event, numero, "--detail", "-", given={"pivot": "1", **members})
        dwelling = {"rpls": "63AB00421C"}
        self.assertEqual(tell("not_allocated", {"candidatures": [{**dwelling, "motifDecision": "ressources"}]}).returncode, 0)
        self.assert_refused(tell("not_allocated", {"candidatures": [dwelling]}), b"PAS-VIE-010")
        self.assert_refused(tell("not_allocated", {"texteLibre": "x"}), b"PAS-VIE-011")
        self.assert_refused(tell("allocated", {"candidatures": [dwelling]}), b"PAS-VIE-012")
        self.assertEqual(json.loads(self.on("events", numero, "--detail", 2).stdout)["candidatures"],
                         [{**dwelling, "motifDecision": "ressources"}])
        self.assert_refused(self.on("events", numero, "--detail", 1), b"PAS-REG-009")
        today = rows(self.on("events", numero).stdout.decode())[0]["date"]
        past = rows(self.on("life at", numero, "--date", today, "--known", today).stdout.decode())[0]
        self.assertEqual((past["numero"], past["state"], past["motive"]), (numero, "active", ""))
        self.assert_refused(self.on("life at", numero, "--date", "2020-01-01"), b"PAS-VIE-006")
    def test_copies_of_documents_are_filed_listed_read_replaced_and_withdrawn(self):
        numero, _ = self.numero(variant(nom="Justifie"), "document-1")

        def add(octets, *how):
            return self.on("document add", numero, *how, given=octets)

        def kinds():
            return [row["kind"] for row in rows(self.on("document list", numero).stdout.decode())]
        pdf, jpeg = b"%PDF-1.7 " + bytes(range(256)), b"\xff\xd8\xff\xe0 invente"
        first = rows(add(pdf, "--kind", "identite").stdout.decode())[0]
        self.assertEqual(first["outcome"], "new")
        self.assertEqual(rows(add(pdf, "--kind", "identite").stdout.decode())[0], {**first, "outcome": "known"})
        self.assertEqual(self.on("document show", numero, first["id"]).stdout, pdf)
        self.assert_refused(add(pdf, "--kind", "bulletin"), b"PAS-VAL-002")
        self.assert_refused(add(pdf, "--kind", "identite", "--type", "image/png"), b"PAS-JUS-001")
        self.assert_refused(add(b"<svg>", "--kind", "identite"), b"PAS-JUS-001")
        self.assert_refused(add(pdf + bytes(8 << 20), "--kind", "identite"), b"PAS-LIM-012")
        done = add(jpeg, "--kind", "ressources", "--replace", first["id"])
        self.assertEqual(rows(done.stdout.decode())[0]["outcome"], "replaced")
        self.assertEqual(kinds(), ["ressources"])
        self.assertEqual(self.on("document remove", numero, first["id"]).returncode, 0)
        self.assertEqual(kinds(), [])
        for unknown in (first["id"], "x"):
            self.assert_refused(self.on("document show", numero, unknown), b"PAS-JUS-002")
        self.assertIn(numero.encode(), self.on("attestation due", "--territory", "063", "--at", "2099-01-01").stdout)
        self.assertIn("JUSTIFIE", self.on("attestation", numero).stdout.decode().upper())
        self.assertNotIn(numero.encode(), self.on("attestation due", "--territory", "063", "--at", "2099-01-01").stdout)

    def test_a_report_counts_the_same_from_facts_and_from_named_data_and_hides_small_numbers(self):
        ranks = range(700_000, 700_013)
        people = [invented_demande(invented_person(rank), dateCreation="2019-04-05") for rank in ranks]
        for demande in people[:2]:
            demande["logementRecherche"]["localisations"] = [{"commune": "63300"}]
        people[2] |= {"etat": "radiee", "radiation": {"motif": "attribution", "date": "2020-06-20"}}
        text = "".join(json.dumps(demande) + "\n" for demande in people)
        self.assertEqual(self.on("import", "--territory", "063", "--format", "cerfa", given=text.encode()).returncode, 0)
        for year in ("2019", "2020", "2021"):
            told, named = (self.on("report", year, "--territory", "063", "--from", source) for source in ("facts", "named"))
            self.assertEqual((told.returncode, told.stdout), (0, named.stdout))
            self.assertIn("confidentiel", told.stderr.decode())
        self.assertEqual(self.figures("2020")["stock", "total", ""], "12")
        self.assertEqual(self.figures("2020")["pressure", "total", ""], "12.0")
        self.assertEqual(self.figures("2020")["delay", "commune", "63113"], "14.0")
        public = self.figures("2020", "--public")
        self.assertEqual(public["audience", "", ""], "public")
        self.assertEqual(public["stock", "total", ""], "12")
        self.assertEqual(public["stock", "commune", "63300"], "secret")
        self.assertEqual(public["stock", "commune", "63113"], "secret")
        self.assertEqual(public["pressure", "total", ""], "secret", "one was housed")
        self.assertEqual(self.on("report", "hier", "--territory", "063").returncode, 2)

    def figures(self, year, *how):
        done = self.on("report", year, "--territory", "063", *how)
        return {(row["indicator"], row["by"], row["value"]): row["figure"] for row in rows(done.stdout.decode())}

    def test_targets_and_lists_of_a_territory_where_nobody_was_housed(self):
        self.assertIn(b"share_outside_qpv,total,,-", self.on("targets", "2020", "--territory", "063").stdout)
        for name in ("priority", "delay", "ranked"):
            self.assertEqual(self.on("waiting", name, "--territory", "063").stdout.count(b"\n"), 1)

    def test_keys_are_turned_and_forgotten(self):
        numero, _ = self.numero(variant(nom="Dix"), "life-14")
        turned = self.on("keys rotate", "--use", "demande")
        self.assertEqual(turned.returncode, 0, turned.stderr)
        self.assertIn("sous la génération 2", turned.stderr.decode())
        self.assertEqual(self.sql("SELECT count(*) FROM demande_key WHERE generation = 1"), "0")
        self.assertEqual(self.on("keys forget", "--use", "demande", "--generation", 2).returncode, 2, "it writes")
        self.assertEqual(self.on("keys forget", "--use", "demande", "--generation", 1).returncode, 0)
        self.assertEqual(json.loads(self.on("show", numero).stdout)["demandeur"]["nom"], "Dix")

    def test_every_command_leaves_its_trace(self):
        numero, _ = self.numero(variant(nom="Huit"), "life-11")
        before = int(self.sql("SELECT count(*) FROM audit_leaf"))
        self.on("show", numero, "--body", "afpbsa", "--why", "vérification")
        self.assertEqual(int(self.sql("SELECT count(*) FROM audit_leaf")), before + 1)
        self.assertEqual(self.sql("SELECT action, body_id, purpose FROM audit_leaf "
                                  "ORDER BY leaf_id DESC LIMIT 1"), "show afpbsa gestion")


class BadInput(Registry):
    def test_each_fault_has_its_code_and_leaves_nothing(self):
        before = self.sql("SELECT count(*) FROM demande")
        for code, demande, territory in (
                (b"PAS-REG-001", other_place(guichet={"guichet": "G9999"}), "063"),
                (b"PAS-REG-002", other_place(logementRecherche={"localisations": [{"commune": "75056"}]}), "063"),
                (b"PAS-REG-002", other_place(numeroUnique="0030126000001G0301"), "063"),
                (b"PAS-REG-001", variant(), "003"),
                (b"PAS-REG-001", variant(), "999"),
                (b"PAS-STR-005", variant(dateNaissance=None), "063"),
                (b"PAS-REG-006", variant(nom="-"), "063"),
                (b"PAS-VAL-013", other_place(numeroUnique="0631326000001G6301"), "063")):
            done = self.register(demande, f"bad-{code}-{territory}", territory)
            self.assert_refused(done, code)
            self.assertNotIn(b"orglubine", done.stdout + done.stderr)
            self.assertEqual(self.sql("SELECT count(*) FROM demande"), before, code)
        for verb in (("show",), ("events",), ("at", "--date", "2026-01-01"), ("erase", "--act", "essai")):
            self.assert_refused(self.on(*verb, "0631326000001G6301"), b"PAS-VAL-013")
            self.assert_refused(self.on(*verb, "0630126999999G6301"), b"PAS-REG-009")

    def test_wrong_usage_ends_with_2(self):
        for arguments in (("show", "0630126999999G6301"), ("show", "--data", self.data),
                          ("show", "--data", self.data, "--database", "x", "0630126999999G6301"),
                          ("show", "--database", "postgresql:///x", "0630126999999G6301"),
                          ("at", "--data", self.data, "0630126999999G6301", "--date", "hier"),
                          ("register", "--data", self.data, "--territory", "063", "--format", "inconnu", "--key", "k"),
                          ("register", "--data", self.data, "--territory", "063", "--format", "cerfa", "--key", "k" * 201),
                          ("reference", "--data", self.data, "--tables", self.data / "absent")):
            self.assertEqual(self.run_program(*arguments, given=b"").returncode, 2, arguments)

    def test_a_place_reads_as_it_was_and_a_merged_commune_by_its_successor(self):
        told = {}
        for commune, day in (("63113", "2017-06-30"), ("63133", "2018-12-31"), ("63133", "2026-01-15")):
            done = self.on("place", commune, "--at", day)
            self.assertEqual(done.returncode, 0, done.stderr)
            told[commune, day] = {(row["what"], row["id"]): row for row in rows(done.stdout.decode())}
        clermont = told["63113", "2017-06-30"]
        self.assertEqual(clermont["threshold", "premier-quartile-ressources"]["value"], "7206")
        self.assertEqual(clermont["qpv", "clermont-vergnes"]["value"], "in_force")
        self.assertEqual(clermont["zus", "zus-clermont-gauthiere"]["value"], "counted")
        self.assertEqual(clermont["commune", "63113"]["certainty"], "assumption")
        self.assertNotIn("successor", [what for what, _ in told["63133", "2018-12-31"]])
        self.assertEqual(told["63133", "2026-01-15"]["successor", "63226"]["name"], "Mur-sur-Allier")
        self.assertIn(("63226"), self.on("place", "63226").stdout.decode())

    def test_a_place_that_is_none_is_refused(self):
        self.assert_refused(self.on("place", "6311"), b"PAS-VAL-010")
        self.assert_refused(self.on("place", "63999"), b"PAS-VAL-011")
        self.assert_refused(self.on("place", "97999"), b"PAS-VAL-011")
        self.assertEqual(self.on("place", "63113", "--at", "hier").returncode, 2)

    def test_tables_of_places_are_loaded_by_who_administers_every_territory(self):
        tables = self.registry.base / "seuils"
        tables.mkdir()
        header = "seuil,lieu,valeur,unite,depuis,jusqua,acte,certitude,source\n"
        line = "essai-de-seuil,03001,{},%,{},,acte inventé,assumption,inventée\n"
        (tables / "seuils.csv").write_text(header + line.format(10, "2020-01-01"), encoding="utf-8")
        self.assertEqual(self.on("reference", "--tables", tables).returncode, 0)
        (tables / "seuils.csv").write_text(header + line.format(20, "2020-01-01"), encoding="utf-8")
        done = self.on("reference", "--tables", tables)
        self.assertEqual(done.returncode, 2)
        self.assertIn("seuils.csv:2 : cette ligne contredit".encode(), done.stderr)
        (tables / "seuils.csv").write_text(header + line.format(20, "2999-01-01"), encoding="utf-8")
        self.assertEqual(self.on("reference", "--tables", tables).returncode, 0)
        for day, value in (("2998-12-31", "10"), ("2999-01-01", "20")):
            told = rows(self.on("place", "03001", "--at", day).stdout.decode())
            self.assertEqual([row["value"] for row in told if row["id"] == "essai-de-seuil"], [value])
        self.assertNotEqual(self.on("reference", "--tables", tables, "--as", "personne").returncode, 0)

    def test_a_database_that_is_not_there_ends_with_3(self):
        keys = self.data / "registre.cles"
        done = self.run_program("show", "--database", "host=/nonexistent", "--keys", keys, "0630126999999G6301")
        self.assertEqual((done.returncode, done.stdout), (3, b""))
        self.assertIn(b"08006", done.stderr)

    def test_missing_or_foreign_keys_end_with_3_and_write_nothing(self):
        keys, aside = self.data / "registre.cles", self.data / "aside"
        keys.rename(aside)
        try:
            self.assertEqual(self.register(variant(nom="Treize"), "keys-1").returncode, 3)
            lines = aside.read_text(encoding="utf-8").splitlines()
            with open(os.open(keys, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as foreign:
                for line in lines:
                    foreign.write(line[:-64] + line[-64:][::-1] + "\n" if line[-64:].isalnum() else line + "\n")
            done = self.register(variant(nom="Treize"), "keys-1")
            self.assertEqual(done.returncode, 3)
            self.assertNotIn(lines[-1][-64:].encode(), done.stderr)
        finally:
            aside.replace(keys)
        self.assertEqual(self.numero(variant(nom="Treize"), "keys-1")[1], "new")

    def test_a_server_that_was_killed_is_started_again(self):
        numero, _ = self.numero(variant(nom="Onze"), "killed-1")
        os.kill(self.registry.server(), 9)
        self.assertEqual(self.numero(variant(nom="Onze"), "killed-1"), (numero, "new"))

    def test_an_import_whose_database_goes_in_the_middle_ends_well(self):
        count, place = 400, self.registry.base / "import.jsonl"
        names = ["".join(chr(ord("A") + int(digit)) for digit in str(rank)) for rank in range(count)]
        place.write_text("".join(json.dumps(variant(nom=f"Milieu{name}", nir=None)) + "\n" for name in names))
        with open(self.registry.base / "told.csv", "w+", encoding="utf-8") as told:
            order = ("import", "--territory", "063", "--format", "cerfa", "--in", place)
            importing = self.registry.start(*order, out=told)
            while os.fstat(told.fileno()).st_size == 0 and importing.poll() is None:
                time.sleep(0.01)
            os.kill(self.registry.server(), 9)
            self.registry.finish(importing)
            told.seek(0)
            answers = sorted(told.read().splitlines())
        self.assertEqual(sum(line.split(",")[1] == "new" for line in answers), count)
        self.assertEqual(sorted(self.registry.finish(self.registry.start(*order)).splitlines()), answers)


class FullDisk(unittest.TestCase):
    def test_a_full_disk_refuses_and_keeps_nothing_by_halves_then_all_goes_on(self):
        disk = Path(tempfile.mkdtemp(prefix="passerelle-disk-"))
        self.addCleanup(disk.rmdir)
        mount = ["mount", "-t", "tmpfs", "-o", "size=160m,mode=711", "tmpfs", str(disk)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            self.skipTest("SKIPPED: only root can mount a small disk")
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        registry = OwnRegistry(PROGRAM, ROOT, disk)
        self.addCleanup(registry.close)
        registry.load_tables()
        demande = registry.base / "demande.json"
        demande.write_text(json.dumps({**variant(nom="Douze"), "texteLibre": "Un balcon. " * 400}))
        order = ("register", "--territory", "063", "--format", "cerfa", "--key", "disk-1", "--in", demande)
        full = registry.base / "full"
        with open(full, "wb", buffering=0) as file, self.assertRaises(OSError):
            while True:
                file.write(bytes(1 << 12))
        refused = registry.start(*order)
        self.assertEqual((refused.communicate()[0].splitlines()[1:], refused.returncode), ([], 3))
        full.unlink()
        self.assertEqual(rows(registry.finish(registry.start(*order)))[0]["outcome"], "new")
        self.assertEqual(registry.sql("SELECT (SELECT count(*) FROM demande), (SELECT count(*) FROM event), "
                                      "(SELECT count(*) FROM idempotency)"), ["1 1 1"])


class Erasure(Registry):
    def test_nothing_of_an_erased_demande_is_left_anywhere(self):
        kept, _ = self.numero(variant(nom="Voisin", nir=None, email=None), "erase-0")
        numero, _ = self.numero(variant(), "erase-1")
        self.assertEqual(self.on("erase", numero, "--act", "un an après radiation").returncode, 0)
        self.assert_refused(self.on("show", numero), b"PAS-REG-009")
        self.assert_refused(self.register(variant(), "erase-1"), b"PAS-REG-008")
        self.assertEqual(self.on("show", kept).returncode, 0)
        searched = [*SECRETS, numero.encode()]
        searched += [value.hex().encode() for value in searched]  # how octets are written in SQL
        dump = subprocess.run([POSTGRES / "pg_dump", "-h", self.data / "socket", "-U", "passerelle_cluster",
                               "passerelle"], capture_output=True, check=True).stdout
        self.assertIn(kept.encode(), dump)
        for value in searched:
            self.assertNotIn(value, dump)
        seen = self.sql("SELECT string_agg(query_to_xml(format('SELECT * FROM passerelle.%I', relname), true, true, '')"
                        "::text, '') FROM pg_class WHERE relnamespace = 'passerelle'::regnamespace AND relkind = 'r'")
        for value in searched:
            self.assertNotIn(value, seen.encode())

    def test_no_file_ever_held_a_name_in_clear(self):
        numero, _ = self.numero(variant(), "erase-2")
        self.sql("CHECKPOINT")
        self.assertEqual(self.on("erase", numero, "--act", "essai").returncode, 0)
        for path in self.data.rglob("*"):  # pages and write-ahead log included
            if path.is_file():
                content = path.read_bytes()
                for value in SECRETS:
                    self.assertNotIn(value, content, path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
