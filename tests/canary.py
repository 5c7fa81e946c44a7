"""Looks for personal data where none may be: errors, logs, the files of the database, temporary files, processes.

usage: canary.py PROGRAM REPOSITORY [--whole]
Marked people (canary_marks.py) go through every command, right and broken in each field; then each mark is sought in
whatever is not the product of a command. Without --whole, one message of each peer and one in 37 of the broken
demandes and documents are tried.
"""

import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from canary_door import demandes_come_through_the_door
from canary_marks import STEM, YEAR, Marks, Pivot, Search, broken, damaged
from canary_processes import a_gateway_that_crashes_leaves_no_core, watch
from own_registry import POSTGRES, OwnRegistry, rows

# What a command is run for: it holds the values that its caller asked for, and goes to that caller alone.
PRODUCTS = {
    "convert": "the converted file", "show": "the demande asked for", "review show": "the two demandes of a pair", "at": "the demande asked for",
    "export": "the demandes of the territory", "attestation": "the attestation asked for", "document show": "the copy asked for", "events --changes": "what an event changed", "events --detail": "what an event says", "link explain": "the two lines, but with --hide-values",
    "complement": "what the pivot cannot hold of the demandes, for the way back",
    "draft": "the names of columns, which a sample gives in its first line",
}
# What reads no demande and no person.
NO_DATA = {"formats": "reads the tables of the project", "access check": "reads the tables of access",
           "access doc": "reads the tables of access", "life table": "reads the tables of the life of demandes", "access explain": "reads the tables of access", "generate": "invents",
           "migrate": "reads the schema", "link generate": "invents", "mapping check": "reads the tables of mappings",
           "mapping matrix": "reads the tables of mappings", "mapping doc": "reads the tables of mappings"}
SPEC = "id id\nlast_name nom\nfirst_name prenom\ndate naissance\n"
TIME_LIMIT_S = 600
USUAL_STRIDE = 37  # of the broken demandes and documents, when not all of them are tried


class Canary:
    """Runs commands and keeps what is wrong with them."""

    def __init__(self, options):
        self.program, self.root = Path(options.program).resolve(), Path(options.repository).resolve()
        self.stride = 1 if options.whole else USUAL_STRIDE
        self.search, self.marks, self.faults, self.told, self.ran = Search(), Marks(), [], 0, set()
        self.registry = OwnRegistry(self.program, self.root)
        self.here = self.registry.base / "work"
        self.temporary = self.registry.base / "temporary"
        self.here.mkdir()
        self.temporary.mkdir(mode=0o777)
        self.pivot = Pivot(self.root)
        self.demande = self.pivot.whole(self.marks)
        self.file = self.write("right.jsonl", json.dumps(self.demande, ensure_ascii=False).encode() + b"\n")

    def write(self, name, content):
        path = self.here / name
        path.write_bytes(content)
        return path

    def check(self, holds, text):
        if not holds:
            self.faults.append(text)
            print(f"canary: {text}", file=sys.stderr, flush=True)

    def clean(self, where, data):
        """Bytes in which no mark may stand."""
        self.told += 1
        found = self.search.marks_in(data)
        self.check(not found, f"{where}: holds a marked {', '.join(found)}")

    def start(self, verb, *arguments, data=False, **streams):
        self.ran.add(" ".join(verb))
        words = [self.program, "--home", self.root, *verb, *(["--data", self.registry.data] if data else []), *arguments]
        return subprocess.Popen([str(word) for word in words], env={**os.environ, "TMPDIR": str(self.temporary)},
                                **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams})

    def run(self, verb, *arguments, given=None, **options):
        """Runs a command of words `verb`; both streams must be clean, but standard output where it is a product."""
        words = verb.split()
        streams = {"stdin": subprocess.PIPE} if given is not None else {}
        running = self.start(words, *arguments, **{**streams, **options})
        out, said = running.communicate(given, timeout=TIME_LIMIT_S)
        name = f"{verb} {' '.join(str(word) for word in arguments if str(word).startswith('-'))}"
        self.check(running.returncode in (0, 1, 2, 3), f"{name}: ends with {running.returncode}")
        self.clean(f"{name}, standard error", said)
        product = verb in PRODUCTS or any(f"{verb} {word}" in PRODUCTS for word in arguments)
        if not product and out is not None:
            self.clean(f"{name}, standard output", out)
        return running.returncode, out, said.decode(errors="replace")

    def on(self, verb, *arguments, **options):
        return self.run(verb, *arguments, data=True, **options)


# Files.

def formats(canary):
    """The message of each peer that carries most; all of them when the whole is tried."""
    known = [(row["format"], int(row["champs du pivot couverts"].split("/")[0])) for row in rows(canary.run("formats")[1].decode())]
    if canary.stride == 1:
        return [name for name, _ in known]
    largest = {}
    for name, fields in known:
        largest[name.split("@")[0]] = max(largest.get(name.split("@")[0], (0, "")), (fields, name))
    return [name for _, name in largest.values()]


def right_files_are_converted_both_ways(canary):
    documents = {}
    for name in formats(canary):
        there, receipt, back = canary.here / f"there.{name}", canary.here / "receipt.csv", canary.here / "back"
        parked = canary.here / "parked.csv"
        canary.run("convert", "--from", "cerfa", "--to", name, "--in", canary.file, "--out", there, "--receipt", receipt)
        canary.check(there.exists(), f"{name}: the marked demande does not go out")
        if not there.exists():
            continue
        documents[name] = there.read_bytes()
        canary.clean(f"receipt to {name}", receipt.read_bytes())
        canary.run("convert", "--from", name, "--to", "cerfa", "--in", there, "--out", back, "--receipt", receipt,
                   "--complement", parked)
        canary.clean(f"receipt from {name}", receipt.read_bytes())
        canary.run("convert", "--from", "cerfa", "--to", name, "--in", back, "--complement", parked)
        canary.run("validate", "--format", name, *(["--json"] if len(documents) % 2 else []), there)
    carried = sum(bool(canary.search.marks_in(document)) for document in documents.values())
    canary.check(carried >= 6, f"only {carried} messages carry a mark")  # a few hold codes and dates alone
    return documents


def broken_files_are_told_without_their_values(canary, documents):
    lines = list(broken(canary.demande, canary.marks))[::canary.stride]
    spoilt = canary.write("broken.jsonl", b"".join(lines))
    for how in ([], ["--json"]):
        status, out, _ = canary.run("validate", "--format", "cerfa", *how, spoilt)
        canary.check(status == 1 and out.count(b"\n") > len(lines) / 2, "the broken demandes are not told as faulty")
    for name in list(documents)[::1 if canary.stride == 1 else 3]:
        canary.run("convert", "--from", "cerfa", "--to", name, "--in", spoilt, "--out", canary.here / "out",
                   "--receipt", canary.here / "receipt.csv")
        canary.clean(f"receipt of broken demandes to {name}", (canary.here / "receipt.csv").read_bytes())
    for name, document in documents.items():
        for rank, harmed in enumerate(list(damaged(document, 12))[::canary.stride]):
            if rank % 2:
                canary.run("validate", "--format", name, given=harmed)
            canary.run("convert", "--from", name, "--to", "cerfa", "--out", canary.here / "out", given=harmed)
    return spoilt


def tables_of_people_are_linked_and_drafted(canary, documents):
    people = "".join(f"{rank};{canary.marks.text()};{canary.marks.text()};{YEAR}-03-1{rank % 9}\n" for rank in range(40))
    table = canary.write("people.csv", f"id;nom;prenom;naissance\n{people}".encode())
    spec = canary.write("people.spec", SPEC.encode())
    given = ["--spec", spec, "--in", table]
    canary.run("link", *given, "--with", table, "--out", canary.here / "pairs.csv", "--clusters", canary.here / "clusters.csv")
    canary.run("link", *given, "--out", canary.here / "pairs.csv", "--clusters", canary.here / "clusters.csv")
    for name in ("pairs.csv", "clusters.csv"):
        canary.clean(f"link, {name}", (canary.here / name).read_bytes())
    canary.run("link advise", *given)
    canary.run("link explain", *given, "--left", 1, "--right", 2)
    hidden = canary.run("link explain", *given, "--left", 1, "--right", 2, "--hide-values")[1]
    canary.clean("link explain --hide-values", hidden)
    canary.run("link evaluate", "--truth", table, "--clusters", table)
    model = canary.here / "people.model"
    trained = ["--spec", spec, "--in", table, "--version", "essai", "--out", model]
    canary.run("link train", *trained)
    canary.clean("link train, the model", model.read_bytes())
    canary.run("link compare", "--model", model, "--with", model, "--in", table)
    canary.run("link drift", "--model", model, "--in", table)
    canary.run("link", "--model", model, "--in", table, "--out", canary.here / "pairs.csv")
    canary.clean("link --model, pairs.csv", (canary.here / "pairs.csv").read_bytes())
    canary.run("link drift", "--model", table, "--in", table)
    canary.run("link", "--spec", table, "--in", table)
    for harm in (people.encode(), people.encode() + b'"' + canary.marks.text().encode(), b"\xff" + people.encode()):
        canary.run("link", "--spec", spec, "--in", canary.write("harmed.csv", harm))
    tabular = next(document for document in documents.values() if b";" in document.split(b"\n")[0])
    for name, codec, sample in (("a", "csv", tabular), ("b", "json", canary.file.read_bytes()), ("c", "csv", people.encode()),
                                ("d", "json", b'{"' + canary.marks.text().encode())):
        canary.run("mapping draft", "--codec", codec, "--in", canary.write(f"sample.{codec}", sample), "--peer", name,
                   "--out", canary.here / "draft")
    for path in (canary.here / "draft/a").rglob("*"):
        if path.is_file():
            canary.clean(f"mapping draft, {path.name}", path.read_bytes())


# The registry.

def the_registry_lives_a_life(canary, spoilt):
    canary.registry.load_tables()
    on, place = canary.on, ["--territory", "063"]
    first = rows(on("register", *place, "--format", "cerfa", "--key", "k1", "--in", canary.file)[1].decode())[0]["numero"]
    canary.check(len(first) == 18, "the marked demande is not registered")
    on("register", *place, "--format", "cerfa", "--key", "k1", "--in", spoilt)
    on("import", *place, "--format", "cerfa", "--in", spoilt)
    other = json.loads(json.dumps(canary.demande))
    other["demandeur"].update(nom=canary.marks.text(), prenoms=canary.marks.text(), nir=None, email=None, telephones=[],
                              dateNaissance="1971-11-23", adresse={"voie": canary.marks.text(), "codePostal": "03200"})
    other["cotitulaires"] = []
    second = rows(on("register", *place, "--format", "cerfa", "--key", "k2",
                     given=json.dumps(other).encode())[1].decode())[0]["numero"]
    demandes_change(canary, first, spoilt)
    on("find", *place, "--in", spoilt)
    cursor = on("export", *place, "--out", canary.here / "out")[2].split()[-1]
    for verb in ("show", "events"):
        on(verb, first)
    for name in formats(canary):
        on("show", first, "--format", name)
    on("at", first, "--date", time.strftime("%Y-%m-%d", time.gmtime()))
    on("merge", first, second, "--act", "essai")
    on("split", second)
    pairs_are_reviewed(canary, first)
    territory_is_linked(canary)
    on("renumber", second)
    accesses_are_opened_and_closed(canary, first)
    news = rows(on("outbox list", *place, "--recipient", "sne", "--lease", 0)[1].decode())
    on("outbox acknowledge", *place, "--recipient", "sne", news[0]["demande"], news[0]["rank"])
    on("outbox refuse", *place, "--recipient", "sne", news[1]["demande"], news[1]["rank"], "--reason", "C1")
    on("outbox refused", *place, "--recipient", "sne")
    on("outbox requeue", *place, "--recipient", "sne", news[1]["demande"], news[1]["rank"])
    messages_wait_in_quarantine(canary)
    for verb in ("sne send", "sne pull"):
        on(verb, *place, "--host", "127.0.0.1", "--port", 1, "--certificate", spoilt, "--key", spoilt, "--authorities", spoilt)
    on("sne receipts", *place)
    for use in ("demande", "nir", "message"):
        on("keys rotate", "--use", use)
        on("keys rewrite", "--use", use)
        on("keys forget", "--use", use, "--generation", 1)
    demandes_live(canary, second)
    copies_are_filed(canary, first)
    attestations_are_drawn(canary, first)
    on("erase", second, "--act", "essai")
    on("export", *place, "--since", cursor, "--erased", canary.here / "erased.csv", "--aliases", canary.here / "aliases.csv")
    on("purge", "--preview")
    on("purge")
    on("show", second)
    registry_is_copied(canary)
    return first


def demandes_change(canary, numero, spoilt):
    """What takes the place of what a demande said, what is refused for it, and what its history tells of it."""
    on = canary.on
    for verb in ("modify", "renew", "separate"):
        for key, file in (("whole", canary.file), ("spoilt", spoilt)):
            on(verb, numero, "--format", "cerfa", "--key", f"{verb}-{key}", "--in", file)
    on("modify", numero, "--format", "cerfa", "--key", "proof", "--proof", "--in", canary.file)
    for rank in (2, 3):
        on("events", numero, "--changes", rank)


def messages_wait_in_quarantine(canary):
    """What import cannot treat is kept, shown without its values, tried again and dropped."""
    on, place = canary.on, ["--territory", "063"]
    stopped = {**canary.demande, "guichet": {"guichet": "G6399"}, "numeroUnique": None}
    on("import", *place, "--format", "cerfa", given=json.dumps(stopped).encode())
    on("import", *place, "--format", "cerfa", given=b'{"pivot":"1","demandeur":{"nom":"' + canary.marks.text().encode())
    lines = rows(on("quarantine list", *place)[1].decode())
    canary.check(len(lines) >= 2, "nothing of what import could not treat waits")
    for line in lines:
        on("quarantine show", *place, line["id"])
        on("quarantine replay", *place, line["id"], "--dry-run")
        on("quarantine replay", *place, line["id"])
        on("quarantine drop", *place, line["id"], "--reason", canary.marks.text())
    on("quarantine drop", *place, lines[0]["id"], "--reason", "DOUBLON")


def demandes_live(canary, numero):
    """The calendar, and what a person lets happen to one demande."""
    on, today = canary.on, time.strftime("%Y-%m-%d", time.gmtime())
    on("life show", numero)
    for event in ("renewed", "withdrawn", "reactivated", canary.marks.text()):
        on("life do", event, numero)
    on("life do", "modified", numero, "--on", canary.marks.text())
    on("life at", numero, "--date", today)
    on("life at", numero, "--date", canary.marks.text(), "--known", canary.marks.text())
    for motive in ("x", canary.marks.text()):
        detail = {"pivot": "1", "candidatures": [{"rpls": "63AB00421C", "motifDecision": motive}], motive: motive}
        on("life do", "not_allocated", numero, "--detail", "-", given=json.dumps(detail).encode())
    detail = {"pivot": "1", "candidatures": [{"rpls": "63AB00421C", "motifDecision": canary.marks.text()}]}
    on("life do", "not_allocated", numero, "--detail", "-", given=json.dumps(detail).encode())
    rank = rows(on("events", numero)[1].decode())[-1]["rank"]
    on("events", numero, "--detail", rank)
    on("run-day", today, "--territory", "063", "--preview", "--set", f"validite-mois={canary.marks.text()}")
    on("run-day", today, "--territory", "063")
    on("undo-day", today, "--territory", "063")
    for how in ([], ["--from", "named"], ["--public"]):
        on("report", today[:4], "--territory", "063", *how)
        on("targets", today[:4], "--territory", "063", *how)
    on("report", canary.marks.text(), "--territory", "063")
    for name in ("priority", "delay", "ranked", canary.marks.text()):
        on("waiting", name, "--territory", "063")


def attestations_are_drawn(canary, numero):
    canary.check(bool(canary.search.marks_in(canary.on("attestation", numero)[1])), "an attestation names nobody")
    canary.on("attestation", canary.marks.text())
    for day in ("2099-01-01", canary.marks.text()):
        canary.on("attestation due", "--territory", "063", "--at", day)


def copies_are_filed(canary, numero):
    """Copies that hold a mark, right and wrong."""
    on, octets = canary.on, b"%PDF-1.7 " + canary.marks.text().encode()
    copy = canary.write("copy.pdf", octets)
    done = rows(on("document add", numero, "--kind", "identite", "--in", copy)[1].decode())
    on("document add", numero, "--kind", "ressources", "--in", copy, "--replace", done[0]["id"])
    for wrong in (["--kind", canary.marks.text()], ["--kind", "identite", "--type", canary.marks.text()]):
        on("document add", numero, *wrong, given=octets)
    on("document add", numero, "--kind", "identite", given=canary.marks.text().encode())
    on("document list", numero)
    canary.check(on("document show", numero, done[0]["id"])[1] == octets, "a copy does not come back")
    on("document show", numero, canary.marks.text())
    other = rows(on("document add", numero, "--kind", "motif", given=octets)[1].decode())
    on("document remove", numero, other[0]["id"])


def registry_is_copied(canary):
    """Into a file, whose script is searched too, and made again from it elsewhere, but for who was erased."""
    copy, there = canary.here / "copy", canary.registry.base / "restored"
    canary.on("backup", "--out", copy)
    script = subprocess.run([POSTGRES / "pg_restore", "-f", "-", copy], capture_output=True, check=True).stdout
    canary.check(len(script) > 100_000, "the backup is too small to show anything")
    canary.clean("backup", script)
    there.mkdir(mode=0o711)
    for name in ("registre.cles", "effacements.journal"):
        shutil.copy2(canary.registry.data / name, there / name)
    canary.clean("journal of erasures", (there / "effacements.journal").read_bytes())
    done = canary.run("restore", "--data", there, "--in", copy)
    canary.check(done[0] == 0, "the backup is not restored")
    canary.run("restore", "--data", there, "--in", canary.file)
    for path in canary.search.marks_in_files(there):
        canary.check(False, f"{Path(path).relative_to(there)}: holds a mark")


def territory_is_linked(canary):
    """All persons of it compared, and a deposit that is answered later."""
    on, place = canary.on, ["--territory", "063"]
    on("link territory", *place, "--open")
    on("link drift", *place)
    on("link reindex", *place)
    people = canary.here / "everyone.csv"
    on("link people", *place, "--out", people)
    canary.check(bool(canary.search.marks_in(people.read_bytes())), "people to learn from are not written")
    canary.registry.sql("INSERT INTO account VALUES ('depot', 'personne', NULL, '', '[2015-01-01,)', 'x')")
    on("register", *place, "--format", "cerfa", "--key", "kd", "--as", "depot", "--purpose", "enregistrement",
       given=json.dumps(canary.demande).encode())
    on("deposits number", *place, "--key", "kd", "--as", "depot", "--purpose", "enregistrement")
    canary.registry.sql("UPDATE deposit SET settled_at = NULL, demande_id = NULL")
    on("deposits settle", *place)
    on("deposits list", *place)


def pairs_are_reviewed(canary, numero):
    """Every verb of review, by an agent named for both demandes of a protected pair."""
    on, place = canary.on, ["--territory", "063"]
    canary.registry.sql("""
        INSERT INTO body VALUES ('afpbsa', 'x', 'gestionnaire', NULL, '[2015-01-01,)', 'x');
        INSERT INTO account VALUES ('gestion', 'agent', 'afpbsa', 'x', '[2015-01-01,)', 'x');
        INSERT INTO access VALUES (gen_random_uuid(), '063', 'gestion', 'gestionnaire', 'afpbsa', '[2015-01-01,)', 'x',
          'autre', '2026-01-01', '2099-01-01');
        INSERT INTO demande_tie SELECT '063', demande_id, 'dossier-nominatif', NULL, 'gestion', '[2015-01-01,)', 'x' FROM demande;
        UPDATE review SET closed_at = NULL""")
    agent = ["--as", "gestion", "--role", "gestionnaire", "--purpose", "unicite"]
    listed = rows(on("review list", *place, *agent)[1].decode())
    canary.check(len(listed) == 1, "no pair of marked demandes waits")
    pair = [listed[0]["id"], *place, *agent]
    canary.check(bool(canary.search.marks_in(on("review show", *pair)[1])), "a marked pair is not shown")
    on("review decide", *pair, "--different", "--why", canary.marks.text())
    on("review decide", *pair, "--same", "--why", "meme-personne", "--keep", canary.marks.text())
    on("review decide", *pair, "--different", "--why", "homonyme")
    on("review undo", *pair)
    on("review contest", numero, "--as", "gestion", "--role", "gestionnaire", "--purpose", "unicite", "--why", canary.marks.text())
    on("review gold", listed[0]["id"], *place)
    on("review measure", *place)
    canary.registry.sql("UPDATE review SET closed_at = opened_at")


def accesses_are_opened_and_closed(canary, numero):
    """Every verb of access, most of them refused; and a file of people in place of a certificate."""
    on, place, act = canary.on, ["--territory", "063"], ["--act", "essai"]
    on("access person", numero, "--account", "compte", "--relation", "demandeur", *act)
    on("access tie", numero, "--tie", "depot", "--account", "compte", *act)
    for verb in ("grant", "review", "revoke"):
        on(f"access {verb}", "compte", "--access", "bailleur", *place, *act)
    for verb in ("ask", "approve"):
        on(f"access {verb}", *place, "--action", "show", "--numero", numero, *(["--account", "compte"] if verb == "approve" else []))
    for verb in ("list", "reviews"):
        on(f"access {verb}", *place)
    on("access judge", 1, *place, "--outcome", "justifie")
    on("access certificate", "compte", *place, "--file", canary.file, *act)
    told = on("events", numero, "--as", "compte", "--role", "bailleur", "--purpose", "instruction")
    canary.check(told[0] != 0, "an account without access reads a history")


def wrong_tables_are_told_without_their_cells(canary):
    columns = {"guichets": "territoire,guichet,organisme,nom,depuis,acte", "abonnements": "territoire,destinataire,depuis,acte",
               "territoires": "territoire,nom,departements,zone,allocateur,depuis,acte,statut,source",
               "conservation": "donnees,finalite,mois,jours,depuis,prolongation,fondement",
               "communes": "commune,nom,successeur,depuis,jusqua,acte,certitude,source",
               "epci": "epci,nom,nature,depuis,jusqua,acte,certitude,source",
               "epci-communes": "epci,commune,depuis,jusqua,acte,certitude,source",
               "quartiers": "quartier,commune,nom,depuis,jusqua,acte,certitude,source",
               "zones": "zone,nature,nom,code,communes,depuis,jusqua,compte_jusqua,acte,certitude,source",
               "seuils": "seuil,lieu,valeur,unite,depuis,jusqua,acte,certitude,source"}
    for table, names in columns.items():
        folder = canary.here / f"tables-{table}"
        folder.mkdir()
        count = names.count(",") + 1
        cells = [",".join(canary.marks.text() for _ in range(count)) for _ in range(3)]
        for header in (names, cells[0]):
            (folder / f"{table}.csv").write_text(header + "\n" + "\n".join(cells) + "\n")
            canary.on("reference", "--tables", folder)
    for commune in ("63113", canary.marks.text()):
        canary.on("place", commune)


def the_world_fails(canary, first):
    canary.run("validate", "--format", "cerfa", canary.here)
    canary.run("convert", "--from", "cerfa", "--to", "sne", "--in", canary.file, "--out", canary.here)
    canary.run("convert", "--from", "cerfa", "--to", "sne", "--in", canary.file, "--out", "/dev/full")
    closed, pipe = os.pipe()
    os.close(closed)
    many = canary.write("many.jsonl", canary.file.read_bytes() * 400)
    running = canary.start(["convert"], "--from", "cerfa", "--to", "cerfa", "--in", many, stdout=pipe)
    canary.clean("convert, closed pipe", running.communicate(timeout=TIME_LIMIT_S)[1])
    os.close(pipe)
    small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
    for ignored in (True, False):  # SIGXFSZ ignored, then deadly
        running = canary.start(["convert"], "--from", "cerfa", "--to", "cerfa", "--in", many, "--out", canary.here / "cut",
                               preexec_fn=small, restore_signals=not ignored)
        canary.clean("convert, file too large", running.communicate(timeout=TIME_LIMIT_S)[1])
    canary.run("show", first, "--database", f"postgresql://a:{canary.marks.text()}@127.0.0.1:1/x", "--keys",
               canary.registry.data / "registre.cles")
    for fault in (signal.SIGINT, signal.SIGTERM):
        running = canary.start(["convert"], "--from", "cerfa", "--to", "sne", "--out", canary.here / "stopped",
                               stdin=subprocess.PIPE)
        running.stdin.write(canary.file.read_bytes() * 40)
        running.stdin.flush()
        time.sleep(0.3)
        running.send_signal(fault)
        canary.clean("convert, interrupted", running.communicate(timeout=TIME_LIMIT_S)[1])
    left = [path.name for path in canary.here.iterdir() if path.name.endswith(".part") or path.name == "stopped"]
    canary.check(left in ([], ["cut.part"]), f"left half written: {left}")


def kill_server(canary, fault):
    """The server, once there is one: a gateway that found it dead may still be starting it."""
    for _ in range(600):
        try:
            return os.kill(canary.registry.server(), fault)
        except (OSError, IndexError):  # it has not named itself yet, or its predecessor is named
            time.sleep(0.1)
    return canary.check(False, "no server is started again")


def the_database_dies_in_the_middle(canary):
    lines = []
    for _ in range(200):
        person = json.loads(json.dumps(canary.demande))
        person["demandeur"].update(nom=canary.marks.text(), nir=None, email=None, telephones=[])
        person["cotitulaires"] = []
        lines.append(json.dumps(person).encode() + b"\n")
    many = canary.write("import.jsonl", b"".join(lines))
    running = canary.start(["import"], "--territory", "063", "--format", "cerfa", "--in", many, data=True)
    watch(canary, running)
    for kill in (signal.SIGKILL, signal.SIGABRT):
        running = canary.start(["import"], "--territory", "063", "--format", "cerfa", "--in", many, data=True)
        time.sleep(0.5)
        kill_server(canary, kill)
        out, said = running.communicate(timeout=TIME_LIMIT_S)
        canary.clean("import, server killed", out + said)


# What is left.

def nothing_is_left_in_clear(canary):
    canary.registry.sql("CHECKPOINT")
    dump = subprocess.run([POSTGRES / "pg_dump", "-h", canary.registry.data / "socket", "-U", "passerelle_cluster",
                           "passerelle"], capture_output=True, check=True).stdout
    canary.check(len(dump) > 1_000_000, "the dump of the database is too small to show anything")
    canary.clean("dump of the database", dump)
    canary.clean("log of the server", (canary.registry.data / "cluster.log").read_bytes())
    for folder in (canary.registry.data, canary.temporary):
        for path in canary.search.marks_in_files(folder):
            canary.check(False, f"{Path(path).relative_to(folder)}: holds a mark")


def the_search_finds_what_leaks(canary):
    """A copy of an output, planted in a log and in pages, must be found: else all that is above shows nothing."""
    output = canary.run("convert", "--from", "cerfa", "--to", "cerfa", "--in", canary.file)[1]
    expected = {"text", "phone", "nir", "siret", "amount", "numero", "date"}
    canary.check(set(canary.search.marks_in(b"LOG:  " + output)) == expected, "the search misses a kind of mark")
    spelt = [STEM.upper().encode(), STEM.encode().hex().encode(), f"{STEM}".encode("utf-16-be"), b"le 13/02/1907", b"63 99 87 04"]
    for leak in spelt:
        canary.check(bool(canary.search.marks_in(b"x " + leak + b" y")), f"the search misses {leak}")
    with tempfile.TemporaryDirectory() as folder:
        for rank, leak in enumerate((output, *spelt[:3])):
            Path(folder, str(rank)).write_bytes(os.urandom(100_000) + leak + bytes(8192))
        canary.check(len(canary.search.marks_in_files(Path(folder))) == 4, "the search misses a leak in a file")


def every_command_has_been_run(canary):
    done = set(canary.ran) | set(NO_DATA)
    for verb in verbs(canary, []):
        canary.check(verb in done or any(verb == name.split()[0] for name in done), f"{verb}: no marked demande goes there")
        for below in verbs(canary, [verb]):
            canary.check(f"{verb} {below}" in done or verb in NO_DATA, f"{verb} {below}: no marked demande goes there")


def verbs(canary, above):
    """The sub-commands that a help lists."""
    text = subprocess.run([canary.program, *above, "--help"], capture_output=True, check=True).stdout.decode()
    listed = re.split(r"^(?:Commandes|Registre|Service|Subcommands):\n", text, flags=re.MULTILINE)[1:]
    return [line.split()[0] for part in listed for line in part.splitlines() if re.match(r"^  [a-z]", line)]


def try_all(canary):
    the_search_finds_what_leaks(canary)
    documents = right_files_are_converted_both_ways(canary)
    spoilt = broken_files_are_told_without_their_values(canary, documents)
    tables_of_people_are_linked_and_drafted(canary, documents)
    first = the_registry_lives_a_life(canary, spoilt)
    wrong_tables_are_told_without_their_cells(canary)
    the_world_fails(canary, first)
    demandes_come_through_the_door(canary)
    the_database_dies_in_the_middle(canary)
    a_gateway_that_crashes_leaves_no_core(canary)
    nothing_is_left_in_clear(canary)
    every_command_has_been_run(canary)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("repository")
    parser.add_argument("--whole", action="store_true")
    canary = Canary(parser.parse_args())
    try:
        try_all(canary)
    finally:
        canary.registry.close()
    print(f"canary: {len(canary.faults)} faults; {canary.told} outputs, logs and tables searched")
    for name, reason in PRODUCTS.items():
        print(f"  not searched: {name} ({reason})")
    return 1 if canary.faults else 0


if __name__ == "__main__":
    sys.exit(main())
