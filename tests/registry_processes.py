"""Eight processes register the same households at the same time: one number each, whoever is first, and no silent
second one when each spells them otherwise.

Half of the households come with one content from all, and so with one key; the others with a content and a key for
each process. usage: registry_processes.py PROGRAM REPOSITORY [--households N]
"""

import argparse
import collections
import json
import os
import sys
import time

from own_registry import TIME_LIMIT_S, OwnRegistry, invented_demande, invented_person, rows

PROCESSES = 8


def demande(rank, process):
    """The demande of a household; every second one says by whom it is sent."""
    references = {"references": [{"systeme": "essai", "reference": str(process)}]} if rank % 2 == 1 else {}
    return json.dumps(invented_demande(invented_person(rank), **references))


def send_at_once(registry, households):
    """What each process was answered, as {rank: (outcome, numero)}."""
    senders = []
    for process in range(PROCESSES):
        given, told = (registry.base / f"{what}-{process}" for what in ("given", "told"))
        given.write_text("".join(demande(rank, process) + "\n" for rank in range(households)), encoding="utf-8")
        with open(told, "w", encoding="utf-8") as out:
            senders.append((told, registry.start("import", "--territory", "063", "--format", "cerfa", "--workers", 4,
                                                 "--in", given, out=out)))
    answers = []
    for told, sender in senders:
        registry.finish(sender)
        answers.append({int(row["demande"]) - 1: (row["outcome"], row["numero"])
                        for row in rows(told.read_text(encoding="utf-8"))})
    return answers


def wrong_answers(answers, households):
    """What is wrong with what the senders were told."""
    faults = []
    for rank in range(households):
        told = [answer.get(rank) for answer in answers]
        if None in told or len({numero for _, numero in told}) != 1:
            faults.append(f"household {rank}: no answer, or more than one number")
        elif rank % 2 == 0 and len(set(told)) != 1:
            faults.append(f"household {rank}: two answers to one key")
        elif rank % 2 == 1 and collections.Counter(outcome for outcome, _ in told)["new"] != 1:
            faults.append(f"household {rank}: not registered exactly once")
    if len({answer[1] for told in answers for answer in told.values()}) != households:
        faults.append("one number for two households")
    return faults


def wrong_counts(registry, households):
    """What is wrong with what the database holds."""
    keys = households - households // 2 + PROCESSES * (households // 2)
    expected = {"demande": households, "numero": households, "fact": households, "idempotency": keys, "event": keys,
                "outbox": keys, "inbox": keys, "event WHERE kind = 'registration'": households, "audit_leaf WHERE action = 'import'":
                PROCESSES * households, "review": 0}
    return [f"{what}: {count} rows instead of {wanted}" for what, wanted in expected.items()
            if (count := int(registry.sql(f"SELECT count(*) FROM {what}")[0])) != wanted]


def conflicts(registry, tried):
    """The same key with another content, sent by two at once: one answer, one conflict."""
    faults = []
    for rank in range(tried):
        senders = []
        for process in range(2):
            path = registry.base / f"conflict-{process}.json"
            path.write_text(demande(2_000_001 + 2 * rank, process), encoding="utf-8")
            senders.append(registry.start("register", "--territory", "063", "--format", "cerfa", "--key",
                                          f"conflict-{rank}", "--in", path))
        ends = []
        for sender in senders:
            _, errors = sender.communicate(timeout=TIME_LIMIT_S)
            ends.append((sender.returncode, "PAS-REG-003" in errors))
        if sorted(ends) != [(0, False), (1, True)]:
            faults.append(f"conflict {rank}: {ends}")
    return faults


def spelt(person, process):
    """The same person as another process spells them: each by one slip of the keyboard, or none."""
    name = person["nom"]
    slips = [name, name[:3] + name[4:], name[:2] + name[3] + name[2] + name[4:], name[:3] + name[3:4] * 2 + name[4:],
             name.upper(), name[:-1] + "y", name + " Petit", "De " + name]
    spelling = {**person, "nom": slips[process], "email": person["nom"].lower() + "@exemple.invalid"}
    del spelling["nir"]
    return spelling


def silent_numbers(registry, households):
    """Spellings of one household, sent by eight processes at once: one number, or a review of those that it got."""
    senders = []
    for process in range(PROCESSES):
        given, told = (registry.base / f"spelt-{what}-{process}" for what in ("given", "told"))
        people = [invented_person(5_000_000 + rank) for rank in range(households)]
        given.write_text("".join(json.dumps(invented_demande(spelt(person, process))) + "\n" for person in people),
                         encoding="utf-8")
        with open(told, "w", encoding="utf-8") as out:
            senders.append((told, registry.start("import", "--territory", "063", "--format", "cerfa", "--workers", 4,
                                                 "--in", given, out=out)))
    numbers = collections.defaultdict(set)
    for told, sender in senders:
        registry.finish(sender)
        for row in rows(told.read_text(encoding="utf-8")):
            numbers[int(row["demande"])].add(row["numero"])
    queued = set(registry.sql("SELECT numero FROM numero n WHERE EXISTS (SELECT FROM review r WHERE r.closed_at IS NULL "
                              "AND n.demande_id IN (r.demande_id, r.other_id))"))
    faults = [f"spelt household {rank}: a silent number" for rank, given in numbers.items()
              if len(given) > 1 and not given <= queued]
    several = sum(len(given) > 1 for given in numbers.values())
    print(f"{households} households spelt in {PROCESSES} ways: {several} with more than one number, all in review")
    if len(numbers) != households or several == households:
        faults.append("spellings were not registered, or never joined")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("root")
    parser.add_argument("--households", type=int, default=int(os.environ.get("PASSERELLE_HOUSEHOLDS", "100")))
    asked = parser.parse_args()
    registry = OwnRegistry(asked.program, asked.root)
    try:
        registry.load_tables()
        began = time.monotonic()
        answers = send_at_once(registry, asked.households)
        took = time.monotonic() - began
        faults = wrong_answers(answers, asked.households) + wrong_counts(registry, asked.households)
        faults += conflicts(registry, 5)
        faults += silent_numbers(registry, max(10, asked.households // 4))
    finally:
        registry.close()
    print(f"{asked.households} households, {PROCESSES} processes: {PROCESSES * asked.households} messages in {took:.1f} s, "
          f"{PROCESSES * asked.households / took:.0f}/s")
    print("\n".join(faults[:20]) if faults else "one number each")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
