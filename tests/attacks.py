"""Attacks on the command line and its registry, tried and refused, each told by its name.

usage: attacks.py PROGRAM REPOSITORY
"""

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

from own_registry import OwnRegistry, invented_demande, invented_person, rows

SQL = ("'; DROP TABLE passerelle.demande; --", "\\' OR '1'='1", "$$; DELETE FROM event; $$ %s%n \u02bc OR 1=1 --", "{\"}',NULL); --")
FORMULAS = ("=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-1+cmd|' /C calc'!A0", " =cmd|'x'!A0")
FORGED = "PAS-REG-999 bloquant : forgé"
LOG = (f"x\r\n{FORGED}\n{FORGED}", "x\x1b[2J\x1b]0;titre\x07\u009b31m", f"x\u202egpj.exe\u2066\u200b\ufeff\u2028{FORGED}",
       b"x\xff\xc0\xaf".decode(errors="surrogateescape"))
TERRITORIES = ("063,003", "*", "%", "\u0660\u0666\u0663", "063 ", " 063", "63", "0063", "", "063\n003", "{063}", "063;003", "06_", "ALL",
               "063'", "\uff10\uff16\uff13", "06\u0333")
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
EVIDENCE = {"audit_leaf"}  # every attempt leaves one
PEER = "title Essai\ncodec csv\nstatus assumption\ncomplement-class identity\ncomplement-retention P1Y\n"
SECRET = "secret:x:0:0:planted"


class Attacks:
    """The registry that is attacked, and what went wrong."""

    def __init__(self, program, root):
        self.program, self.root = program, root
        self.registry = OwnRegistry(program, root)
        self.registry.load_tables()
        self.here = self.registry.base / "work"
        self.here.mkdir()
        self.faults, self.tried = [], []
        self.numero = self.register(invented_demande({"nir": "290016311300117"}), "k1")
        self.erased = self.register(invented_demande({**invented_person(1), "nom": "Efface"}), "k2")
        self.on("erase", self.erased, "--act", "essai")

    def run(self, *arguments, given=None):
        words = [os.fsencode(str(word)) for word in (self.program, "--home", self.root, *arguments)]
        return subprocess.run(words, input=given, capture_output=True, timeout=120, check=False)

    def on(self, verb, *arguments, given=None):
        return self.run(*verb.split(), "--data", self.registry.data, *arguments, given=given)

    def register(self, demande, key, *options):
        done = self.on("register", "--territory", "063", "--format", "cerfa", "--key", key, *options,
                       given=json.dumps(demande).encode())
        return rows(done.stdout.decode())[0]["numero"]

    def state(self):
        """How many rows each table has, with what the schema and the roles are."""
        tables = self.registry.sql("SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'passerelle'::regnamespace "
                                   "AND c.relkind = 'r' ORDER BY 1")
        counts = self.registry.sql(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
        schema = self.registry.sql("SELECT md5(string_agg(attrelid::regclass::text || attname || atttypid, ',' ORDER BY 1)) "
                                   "FROM pg_attribute UNION ALL SELECT count(*)::text FROM pg_roles")
        return [line for line in counts if line.split()[0] not in EVIDENCE] + schema

    def check(self, name, holds, text):
        self.tried.append(name)
        if not holds:
            self.faults.append(f"{name}: {text}")
            print(f"attacks: {name}: {text}", file=sys.stderr, flush=True)


def shown(text):
    return ascii(text)[1:40]


# SQL.

def sql_in_what_is_looked_for(attacks):
    """Texts that select: nothing is found by them, and nothing changes."""
    before = attacks.state()
    for text in SQL:
        tries = {"number": ("show", text), "territory": ("export", "--territory", text),
                 "recipient": ("outbox list", "--territory", "063", "--recipient", text),
                 "line of the outbox": ("outbox acknowledge", "--territory", "063", "--recipient", "sne", text, "1"),
                 "second number": ("merge", attacks.numero, text, "--act", "essai"),
                 "new number": ("renumber", attacks.numero, "--to", text), "day": ("at", attacks.numero, "--date", text)}
        for what, order in tries.items():
            done = attacks.on(*order)
            found = attacks.numero.encode() in done.stdout
            attacks.check(f"SQL in a {what}, {shown(text)}", not found and done.returncode in (0, 1, 2, 3),
                          f"ends with {done.returncode}")
            attacks.check(f"SQL in a {what} is no query, {shown(text)}", b"SQLSTATE 42" not in done.stderr, "a query broke")
    attacks.check("SQL in what is looked for changes nothing", attacks.state() == before, "the database has changed")


def sql_in_what_is_kept(attacks):
    """Texts that are written: they stand there, letter for letter."""
    for rank, text in enumerate(SQL):
        attacks.on("show", attacks.numero, "--body", text, "--why", text)
        kept = attacks.registry.sql("SELECT body_id FROM audit_leaf ORDER BY leaf_id DESC LIMIT 1")
        attacks.check(f"SQL in a body and a reason, {shown(text)}", kept == [text], f"{kept}")
        numero = attacks.register(invented_demande(invented_person(100 + rank), texteLibre=text), text)
        back = json.loads(attacks.on("show", numero).stdout)["texteLibre"]
        attacks.check(f"SQL in a key and a free text, {shown(text)}", back == text, "not kept as it was")
        attacks.on("erase", numero, "--act", text)
        acts = attacks.registry.sql("SELECT act FROM erasure ORDER BY erased_at DESC LIMIT 1")
        attacks.check(f"SQL in an act, {shown(text)}", acts == [text], f"{acts}")


def sql_in_reference_tables(attacks):
    columns = {"guichets": ("territoire,guichet,organisme,nom,depuis,acte", "063,G6303,{0},{0},2015-01-01,{0}"),
               "abonnements": ("territoire,destinataire,depuis,acte", "063,{0},2015-01-01,{0}"),
               "territoires": ("territoire,nom,departements,zone,allocateur,depuis,acte,statut,source",
                               "{0},{0},{0},{0},{0},{0},{0},{0},{0}"),
               "seuils": ("seuil,lieu,valeur,unite,depuis,jusqua,acte,certitude,source",
                          "essai,*,1,{0},2015-01-01,,{0},assumption,{0}")}
    demandes = attacks.registry.sql("SELECT count(*) FROM demande")
    for table, (header, row) in columns.items():
        for rank, text in enumerate(SQL):
            folder = attacks.here / f"{table}{rank}"
            folder.mkdir()
            cell = '"' + text.replace('"', '""') + '"'
            (folder / f"{table}.csv").write_text(f"{header}\n{row.format(cell)}\n".replace("G6303", f"G63{rank + 10}"))
            done = attacks.on("reference", "--tables", folder)
            attacks.check(f"SQL in {table}.csv, {shown(text)}", b"SQLSTATE 42" not in done.stderr, "a query broke")
    attacks.check("SQL in reference tables changes no demande",
                  attacks.registry.sql("SELECT count(*) FROM demande") == demandes, "demandes have gone")


# What is told.

def harmless(told):
    """Whether a text holds nothing that drives a terminal, turns the direction, or begins a line that we did not write."""
    text = told.decode("utf-8", errors="surrogateescape")
    clean = not CONTROLS.search(text) and not re.search("[\ud800-\udfff]", text)
    return clean and not any(line.startswith(FORGED) for line in text.splitlines())


def forged_lines_and_signs_in_what_is_told(attacks):
    for text in LOG:
        peers = attacks.here / f"peers{len(attacks.tried)}"
        (peers / "essai/1").mkdir(parents=True)
        (peers / "essai/peer.table").write_bytes((PEER + "inherits " + text).encode(errors="surrogateescape"))
        (peers / "essai/1/m.table").write_bytes(f"title {text}\nschema {text}\n".encode(errors="surrogateescape"))
        spec = attacks.here / "spec"
        spec.write_bytes(f"{text} nom\n{text}\n".encode(errors="surrogateescape"))
        tables = attacks.here / f"tables{len(attacks.tried)}"
        tables.mkdir()
        (tables / "guichets.csv").write_bytes(f'territoire,guichet\n"{text}","{text}"\n'.encode(errors="surrogateescape"))
        tries = {"a command": (text,), "a file": ("validate", "--format", "sne", f"/nowhere/{text}"),
                 "a format": ("convert", "--from", text, "--to", "cerfa"), "a file written": (
                     "convert", "--from", "cerfa", "--to", "sne", "--in", os.devnull, "--out", f"/nowhere/{text}"),
                 "a folder": ("--peers", f"/nowhere/{text}", "formats"), "a partner": ("mapping", "check", text),
                 "tables of a partner": ("--peers", peers, "mapping", "check", "essai"),
                 "a spec": ("link", "--spec", spec, "--in", os.devnull), "a spec's name": ("link", "--spec", text, "--in", "-"),
                 "an option": (f"--{text}",), "a draft": ("mapping", "draft", "--codec", text, "--in", "x"),
                 "a role": ("access", "explain", "--role", text, "--action", "show", "--purpose", "x", "--territory", "063"),
                 "a number": ("show", "--data", attacks.registry.data, text),
                 "a territory": ("export", "--data", attacks.registry.data, "--territory", text),
                 "a database": ("show", "--database", f"host=/nowhere/{text}", "--keys", f"/nowhere/{text}", "1"),
                 "an invention": ("generate", "--count", 1, "--seed", 1, "--format", "cerfa", "--territory", text),
                 "a kind": ("generate", "--count", 1, "--seed", 1, "--format", "cerfa", "--territory", "063", "--kind", text),
                 "a use of keys": ("keys", "rotate", "--data", attacks.registry.data, "--use", text),
                 "reference tables": ("reference", "--data", attacks.registry.data, "--tables", tables)}
        for what, order in tries.items():
            done = attacks.run(*order)
            attacks.check(f"signs in {what}, {shown(text)}", harmless(done.stderr), f"told as they are: {done.stderr[:200]}")
            attacks.check(f"signs in {what} are refused, {shown(text)}", done.returncode in (1, 2, 3), f"{done.returncode}")
        forged_documents(attacks, text)


def forged_documents(attacks, text):
    """Names of columns, members and elements are not ours either."""
    raw = text.encode(errors="surrogateescape")
    documents = {"cerfa": b'{"pivot":"1",' + json.dumps(text).encode() + b":1}", "sne": b"<" + raw + b">", "alin": b'{"' + raw + b'":1}',
                 "bailleur-arverne": b'NUM_UNIQUE;"' + raw + b'"\n1;2\n', "bailleur-volcans": raw}
    for name, document in documents.items():
        for how in ([], ["--json"]):
            done = attacks.run("validate", "--format", name, *how, given=document)
            attacks.check(f"signs in a document of {name}, {shown(text)}", harmless(done.stderr) and harmless(done.stdout),
                          f"told as they are: {(done.stderr + done.stdout)[:200]}")


# Tables that spreadsheets open.

def computed(document, separator):
    """The cells that a spreadsheet would compute: read as it reads, without our reader."""
    text = document.decode("utf-8-sig" if document.startswith(b"\xef\xbb\xbf") else "cp1252")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    return [cell for cell in cells if re.match(r"\s*[=@\t\r]\s*\S|\s*[+-](?![\d .,()/-]*$)", cell)]


def formulas_in_tables(attacks):
    for text in FORMULAS:
        demande = invented_demande({"nom": text, "email": None, "adresse": {"voie": text, "complementBatiment": "'" + text,
                                                                            "codePostal": "63000", "commune": "63113"}},
                                   numeroUnique="0630126000001G6301")
        source, there = attacks.here / "demande.json", attacks.here / "there.csv"
        source.write_text(json.dumps(demande))
        for peer, separator in (("bailleur-arverne", ";"), ("fichier-partage", ";")):
            attacks.run("convert", "--from", "cerfa", "--to", peer, "--in", source, "--out", there)
            document = there.read_bytes()
            attacks.check(f"formula in {peer}, {shown(text)}", text.encode() in document and not computed(document, separator),
                          f"{computed(document, separator)}")
            back = json.loads(attacks.run("convert", "--from", peer, "--to", "cerfa", "--in", there).stdout.splitlines()[-1])
            attacks.check(f"formula back from {peer}, {shown(text)}", back["demandeur"]["nom"] == text, "not the same name")
        people, spec = attacks.here / "people.csv", attacks.here / "people.spec"
        spec.write_text("id id\nlast_name nom\nfirst_name prenom\n")
        people.write_text("id;nom;prenom\n" + "".join(f'"{text}{rank}";Nom{rank % 9};Prenom{rank % 9}\n' for rank in range(60)))
        attacks.run("link", "--spec", spec, "--in", people, "--out", there, "--clusters", attacks.here / "clusters.csv")
        for path in (there, attacks.here / "clusters.csv"):
            attacks.check(f"formula in {path.name} of link, {shown(text)}", not computed(path.read_bytes(), ","), "computed")
        numero = attacks.register(invented_demande(invented_person(200)), "formula" + text, "--body", text)
        events = attacks.on("events", numero).stdout
        attacks.check(f"formula in events, {shown(text)}", b"cmd" in events and not computed(events, ","), "computed")
        attacks.on("erase", numero, "--act", "essai")


# Files.

def tables_of_a_partner_that_name_files_elsewhere(attacks):
    secret = attacks.here / "secret.table"
    secret.write_text(SECRET + "\n")
    for rank, (directive, name) in enumerate([(word, name) for word in ("inherits", "schema") for name in (
            "../../secret.table", str(secret), "./../../secret.table", "1/../../../secret.table", "lien.table")]):
        peers = attacks.here / f"partners{rank}"
        (peers / "essai/1").mkdir(parents=True)
        (peers / "essai/codes").mkdir()
        (peers / "essai/peer.table").write_text(PEER)
        (peers / "essai/1/m.table").write_text(f"title T\nschema {'1/x.csv' if directive == 'inherits' else name}\n"
                                               + (f"inherits {name}\n" if directive == "inherits" else ""))
        if name == "lien.table":
            for link in ("lien.table", "codes/lien.csv"):
                (peers / "essai" / link).symlink_to(secret)
        done = attacks.run("--peers", peers, "mapping", "check", "essai")
        attacks.check(f"{directive} {shown(name)} of a partner", done.returncode in (1, 2) and b"planted" not in done.stderr
                      + done.stdout, f"ends with {done.returncode}: {done.stderr[:300]}")


def links_and_pipes_planted_where_files_are_written(attacks):
    shared = attacks.here / "shared"
    shared.mkdir(mode=0o777)
    victim = attacks.here / "victim"
    for rank, planted in enumerate(("out.part", "out")):
        victim.write_text("mine")
        (shared / planted).symlink_to(victim)
        done = attacks.on("show", attacks.numero, "--out", shared / "out")
        written = shared / "out"
        attacks.check(f"a link planted as {planted}", done.returncode == 0 and victim.read_text() == "mine"
                      and not written.is_symlink() and stat.S_IMODE(written.stat().st_mode) == 0o600, "it was followed")
        written.unlink()
    hard = shared / "out.part"
    hard.hardlink_to(victim)
    attacks.on("show", attacks.numero, "--out", shared / "out")
    attacks.check("a hard link planted as out.part", victim.read_text() == "mine", "it was written through")
    if os.geteuid() != 0:
        return
    for name in ("pipe", "link"):
        os.mkfifo(shared / name) if name == "pipe" else (shared / name).symlink_to("/dev/null")
        os.chown(shared / name, 65534, 65534, follow_symlinks=False)
        done = attacks.on("show", attacks.numero, "--out", shared / name)
        attacks.check(f"a {name} that another planted", done.returncode == 3, f"ends with {done.returncode}")


def names_of_partners_that_are_paths(attacks):
    sample = attacks.here / "sample.csv"
    sample.write_text("NOM;VILLE\nA;B\n")
    for name in ("../ailleurs", "/tmp/ailleurs", "a/b", "..", ".", "a\\b", "A", "a b", "a\n"):
        done = attacks.run("mapping", "draft", "--codec", "csv", "--in", sample, "--peer", name, "--out", attacks.here / "drafts")
        attacks.check(f"a partner named {shown(name)}", done.returncode == 2 and not (attacks.here / "ailleurs").exists(),
                      f"ends with {done.returncode}")


# Who is where.

def forged_territories(attacks):
    before = attacks.state()
    for text in TERRITORIES:
        demande = json.dumps(invented_demande(invented_person(201))).encode()
        tries = {"export": (), "find": ("--format", "cerfa"), "import": ("--format", "cerfa"),
                 "register": ("--format", "cerfa", "--key", "forged"), "outbox list": ("--recipient", "sne")}
        for verb, options in tries.items() if text in TERRITORIES[:3] else [("export", ())]:
            done = attacks.on(verb, "--territory", text, *options, given=demande)
            attacks.check(f"{verb} of the territory {shown(text)}", done.returncode != 0 and b"0630" not in done.stdout
                          and b'"pivot"' not in done.stdout, f"ends with {done.returncode}")
    attacks.check("forged territories change nothing", attacks.state() == before, "the database has changed")


def answers_that_would_tell_who_has_a_demande(attacks):
    """Unknown, erased or of another territory: the same text, the same exit status, as many lines."""
    numbers = {"unknown": "0630126999999G6301", "erased": attacks.erased, "of another territory": "0030126999999G0301",
               "of no territory": "9990126999999G6301"}
    tries = {"show": (), "events": (), "at": ("--date", "2026-06-01"), "erase": ("--act", "essai"), "split": (), "renumber": ()}
    for verb, options in tries.items():
        answers = {what: attacks.on(verb, numero, *options) for what, numero in numbers.items()}
        told = {(done.returncode, done.stdout, done.stderr) for done in answers.values()}
        attacks.check(f"{verb} of a number that leads nowhere", len(told) == 1, f"{told}")
    for place in ("063", "003"):
        absent = attacks.on("find", "--territory", place, given=json.dumps(invented_demande(invented_person(202))).encode())
        elsewhere = attacks.on("find", "--territory", "003", given=json.dumps(invented_demande({})).encode())
        attacks.check(f"find of a person who is elsewhere, {place}", (absent.returncode, absent.stdout, absent.stderr)
                      == (elsewhere.returncode, elsewhere.stdout, elsewhere.stderr), "the answers differ")


ALL = (sql_in_what_is_looked_for, sql_in_what_is_kept, sql_in_reference_tables, forged_lines_and_signs_in_what_is_told,
       formulas_in_tables, tables_of_a_partner_that_name_files_elsewhere, links_and_pipes_planted_where_files_are_written,
       names_of_partners_that_are_paths, forged_territories, answers_that_would_tell_who_has_a_demande)


def main():
    program, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    attacks = Attacks(program, root)
    try:
        for attack in ALL:
            attack(attacks)
    finally:
        attacks.registry.close()
    print("\n".join(attacks.tried))
    print(f"attacks: {len(attacks.tried)} tried, {len(attacks.faults)} succeeded")
    return 1 if attacks.faults else 0


if __name__ == "__main__":
    sys.exit(main())
