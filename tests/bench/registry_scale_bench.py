#!/usr/bin/env python3
"""Measures an import into the registry, then looks at how PostgreSQL finds rows among millions: no hot statement may read
a big table from end to end.

usage: registry_scale_bench.py [IMPORTED [KEPT]]    demandes imported (default 250000) and kept (default 3000000)

Wants a build of the preset `release`, and some 8 GB of disk for 3 000 000.
"""
import collections
import json
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from own_registry import OwnRegistry, invented_demande, invented_person, rows  # noqa: E402

PROGRAM = ROOT / "build/release/passerelle"
TERRITORIES = 40
FEW = 200
MANY_ROWS = 10_000  # a table of fewer may be read from end to end: the week of messages made ahead has none
# Rows of no demande that was ever filed, with payloads of 1 kB; keys and versions that nobody opens.
FILL = """
SET session_replication_role = replica;
SET synchronous_commit = off;
INSERT INTO territory SELECT '2' || lpad(k::text, 2, '0'), 'x', 'Europe/Paris', 'assumption'
  FROM generate_series(1, {territories} - 1) AS k;
CREATE TEMP TABLE filled AS SELECT i, CASE i % {territories} WHEN 0 THEN '063'
    ELSE '2' || lpad((i % {territories})::text, 2, '0') END AS territory,
  (lpad(to_hex(i), 12, '0') || substr(md5(i::text), 1, 20))::uuid AS id, sha256(i::text::bytea) AS hash,
  timestamptz '2025-01-01 00:00Z' + i * interval '1 second' AS time
  FROM generate_series(1, {count}) AS i;
INSERT INTO demande SELECT territory, id, 'active', 'G6301', '2025-01-01', time, 1, 1 FROM filled;
INSERT INTO demande_key SELECT territory, id, 1, hash FROM filled;
INSERT INTO demande_version SELECT territory, id, 1, time, decode(repeat(md5(i::text), 64), 'hex') FROM filled;
INSERT INTO numero SELECT territory, territory || '0125' || lpad((i / {territories})::text, 6, '0') || 'G6309', id, 1,
  true, 'accepted', tstzrange(time, NULL) FROM filled;
INSERT INTO holder_key SELECT territory, id, 0, hash, ARRAY[hash] FROM filled;
INSERT INTO presentation SELECT territory, id, id, 0, time, hash, ARRAY[i, -i]::bigint[], hash FROM filled;
INSERT INTO blocking_key SELECT territory, key, id FROM filled, unnest(ARRAY[i, -i]::bigint[]) AS key;
INSERT INTO nir SELECT territory, id, 0, hash, 1, hash FROM filled;
INSERT INTO wanted_commune SELECT territory, id, 1, '63113' FROM filled;
INSERT INTO review SELECT territory, id, id, id, 'doublon', time, NULL FROM filled WHERE i % 10 = 0;
INSERT INTO merge SELECT territory, id, id, id, 'active', time, 'x' FROM filled WHERE i % 10 = 0;
INSERT INTO event SELECT territory, id, 1, 'registration', '2025-01-01', time, 'x', 1, i / {territories} + 1 FROM filled;
INSERT INTO change_sequencer SELECT territory, max(i) / {territories} + 1 FROM filled GROUP BY territory
  ON CONFLICT (territory) DO UPDATE SET last = excluded.last;
INSERT INTO fact SELECT territory, '2025-01-01', 'registration', '63113', '30-44', 1, 'T2' FROM filled;
INSERT INTO outbox SELECT territory, 'sne', id, 1, 1, time, 1, time, CASE WHEN i % 10 > 0 THEN time END, NULL, NULL
  FROM filled;
INSERT INTO inbox SELECT territory, id, time, 'x', 'cerfa', id, 1, hash FROM filled;
INSERT INTO idempotency SELECT 'x', 'k' || i, hash, time, territory, id, hash FROM filled;
INSERT INTO audit_leaf SELECT territory, id, time, 'x', 'x', 'register', 'x', 'x', true, hash, hash FROM filled;
"""
EXPLAIN = """
ALTER DATABASE passerelle SET session_preload_libraries = 'auto_explain';
ALTER DATABASE passerelle SET auto_explain.log_min_duration = 0;
ALTER DATABASE passerelle SET auto_explain.log_nested_statements = on;
"""


def demande(rank):
    """One of 1 kB."""
    return json.dumps(invented_demande(invented_person(rank), texteLibre="Vivement un balcon. " * 15))


def import_demandes(registry, first, count):
    """Seconds that the import of new demandes takes, and their numbers."""
    given, told = registry.base / "given.jsonl", registry.base / "told.csv"
    with open(given, "w", encoding="utf-8") as file:
        file.writelines(demande(rank) + "\n" for rank in range(first, first + count))
    began = time.monotonic()
    with open(told, "w", encoding="utf-8") as out:
        registry.finish(registry.start("import", "--territory", "063", "--format", "cerfa", "--in", given, out=out))
    seconds = time.monotonic() - began
    numeros = [row["numero"] for row in rows(told.read_text(encoding="utf-8")) if row["outcome"] == "new"]
    if len(numeros) != count:
        sys.exit(f"{len(numeros)} new demandes instead of {count}")
    return seconds, numeros


def fill(registry, count):
    began = time.monotonic()
    registry.sql(FILL.format(territories=TERRITORIES, count=count))
    registry.sql("VACUUM ANALYZE")
    registry.sql(EXPLAIN)
    print(f"{count} demandes over {TERRITORIES} territories kept, {time.monotonic() - began:.0f} s to make them")


def use_everything(registry):
    """Each command once, and enough registrations that PostgreSQL makes its generic plans."""
    seconds, numeros = import_demandes(registry, 5_000_000, FEW)
    print(f"{FEW} registrations among them: {FEW / seconds:.0f}/s, start-up and the log of plans included")
    person = registry.base / "person.json"
    person.write_text(demande(5_000_000), encoding="utf-8")
    last = int(registry.sql("SELECT last FROM change_sequencer WHERE territory = '063'")[0])
    for order in (("show", numeros[0]), ("events", numeros[0]), ("at", numeros[0], "--date", "2099-01-01"),
                  ("find", "--territory", "063", "--in", person),
                  ("outbox list", "--territory", "063", "--recipient", "sne"),
                  ("export", "--territory", "063", "--since", last, "--out", registry.base / "changes"),
                  ("merge", numeros[1], numeros[2], "--act", "essai"), ("split", numeros[2]), ("renumber", numeros[1]),
                  ("erase", numeros[0], "--act", "essai")):
        registry.finish(registry.start(*order))
    # The first page holds rows that no key opens: the export stops there, its plan is in the log.
    registry.start("export", "--territory", "063").communicate()


def big_tables(registry):
    return set(registry.sql("SELECT relname FROM pg_class WHERE relnamespace = 'passerelle'::regnamespace "
                            f"AND reltuples >= {MANY_ROWS}"))


def big_scans(log, big):
    """How many plans the log holds, and the big tables that they read from end to end, by statement."""
    plans = re.findall(r"  plan:\n\tQuery Text: (.*?)\n(?=\S)", log, re.DOTALL)
    scans = collections.Counter()
    for plan in plans:
        for table in re.findall(r"Seq Scan on (\w+)", plan):
            if table in big:
                scans[table, " ".join(plan.split()[:12])] += 1
    return len(plans), scans


def main():
    imported, kept = (int(size) for size in (sys.argv[1:] + ["250000", "3000000"][len(sys.argv) - 1:])[:2])
    registry = OwnRegistry(PROGRAM, ROOT)
    try:
        registry.load_tables()
        seconds, _ = import_demandes(registry, 0, imported)
        print(f"import of {imported} demandes of 1 kB: {seconds:.0f} s, {imported / seconds:.0f}/s")
        fill(registry, kept)
        use_everything(registry)
        plans, scans = big_scans((registry.base / "data/cluster.log").read_text(encoding="utf-8"),
                                 big_tables(registry))
    finally:
        registry.close()
    print(f"{plans} plans looked at, {len(scans)} statements that read a big table from end to end")
    for (table, statement), count in scans.most_common():
        print(f"  {table}, {count} times: {statement}")
    return 1 if scans or not plans else 0


if __name__ == "__main__":
    # The verb of benches gives the name of a program that this one does not have.
    sys.argv[1:] = [word for word in sys.argv[1:] if word.isdigit()]
    sys.exit(main())
