"""Kills the gateway and its PostgreSQL at every place of a registration, and of a review with its merge and its undoing,
again and again, then checks that nothing acknowledged was lost and that nothing was done twice. Faulty gateways show
that the check finds what it must.

usage: crash.py SENDER REPOSITORY [--kills N]
"""

import argparse
import collections
import math
import os
import random
import subprocess
import sys
import time

from own_registry import OwnRegistry

TIME_LIMIT_S = 120
FEWEST_PLACES = 30
HOUSEHOLDS = 3
TRIES = 12  # some places are passed by one gateway in ten
VICTIMS = ("gateway", "server")
WAYS = 4  # in which two gateways meet: at once or not, at the first or the second passage
LOST_ITS_SERVER = 3  # exit status
# What the final state of the registry must never show, each as a query that answers the rows that are wrong.
WRONG = {
    "a household with two demandes": "SELECT identity FROM holder_key GROUP BY identity HAVING count(*) > 1",
    "a demande without its key, version or number": """
        SELECT demande_id FROM demande d WHERE 1 <> (SELECT count(*) FROM demande_key k WHERE k.demande_id = d.demande_id)
        OR d.version <> (SELECT count(*) FROM demande_version v WHERE v.demande_id = d.demande_id)
        OR 1 <> (SELECT count(*) FROM numero n WHERE n.demande_id = d.demande_id AND present)""",
    "a history with a gap": """
        SELECT d.demande_id FROM demande d LEFT JOIN event e USING (demande_id) GROUP BY d.demande_id, d.events
        HAVING count(e.rank) <> d.events OR max(e.rank) <> d.events OR min(e.rank) <> 1""",
    "an event that partners were not told, or twice": """
        SELECT e.demande_id FROM event e FULL JOIN outbox o USING (demande_id, rank)
        WHERE o.rank IS NULL OR e.rank IS NULL""",
    "an event without its message, or the reverse": """
        SELECT coalesce(e.demande_id, i.demande_id) FROM
        (SELECT demande_id, count(*) AS n FROM event GROUP BY 1) e FULL JOIN
        (SELECT demande_id, count(*) AS n FROM inbox GROUP BY 1) i USING (demande_id) WHERE e.n IS DISTINCT FROM i.n""",
    "an event without its key, or the reverse": """
        SELECT coalesce(e.demande_id, i.demande_id) FROM
        (SELECT demande_id, count(*) AS n FROM event GROUP BY 1) e FULL JOIN
        (SELECT demande_id, count(*) AS n FROM idempotency GROUP BY 1) i USING (demande_id)
        WHERE e.n IS DISTINCT FROM i.n""",
    "a key without its answer": "SELECT key FROM idempotency WHERE answer IS NULL",
    "an event without its audit leaf": """
        SELECT e.demande_id FROM event e WHERE NOT EXISTS (SELECT FROM audit_leaf a WHERE a.action = 'register'
        AND a.recorded_at = e.recorded_at AND a.subject IS NOT NULL)""",
    "a registration without its anonymous fact, or twice":
        "SELECT 1 WHERE (SELECT count(*) FROM fact) <> (SELECT count(*) FROM demande)",
    "a stock that is not what its facts add up to":
        "SELECT 1 WHERE (SELECT sum(motion) FROM fact) <> (SELECT count(*) FROM demande WHERE counted)",
    "a stock that counts one who waits for nothing, or not one who waits":
        "SELECT demande_id FROM demande WHERE counted <> (state IN ('active', 'overdue'))",
}


# What registries whose pairs were reviewed must never show, besides what holds of every history.
HISTORY = ("a history with a gap", "an event that partners were not told, or twice",
           "a stock that is not what its facts add up to",
           "a stock that counts one who waits for nothing, or not one who waits")
WRONG_REVIEWED = {
    **{name: WRONG[name] for name in HISTORY},
    "a review closed without its decision": """
        SELECT review_id FROM review r WHERE closed_at IS NOT NULL AND NOT EXISTS (SELECT FROM review_decision d
        WHERE d.review_id = r.review_id AND d.rank = r.decided AND undone_at IS NULL AND outcome <> 'later')""",
    "a decision that stands on a review that waits": """
        SELECT review_id FROM review r JOIN review_decision d USING (review_id) WHERE closed_at IS NULL
        AND d.rank = r.decided AND undone_at IS NULL AND outcome <> 'later'""",
    "a decision whose rank is missing": """
        SELECT review_id FROM review r WHERE decided <> (SELECT count(*) FROM review_decision d
        WHERE d.review_id = r.review_id)""",
    "a decision without its merge": """
        SELECT review_id FROM review r JOIN review_decision d USING (review_id) WHERE d.rank = r.decided
        AND undone_at IS NULL AND outcome = 'same' AND NOT EXISTS (SELECT FROM merge m
        WHERE m.other_id IN (r.demande_id, r.other_id) AND m.kept_id IN (r.demande_id, r.other_id))""",
    "a merge without its decision": """
        SELECT m.other_id FROM merge m WHERE NOT EXISTS (SELECT FROM review r JOIN review_decision d USING (review_id)
        WHERE m.other_id IN (r.demande_id, r.other_id) AND m.kept_id IN (r.demande_id, r.other_id)
        AND d.rank = r.decided AND undone_at IS NULL AND outcome = 'same')""",
    "a merge half done": """
        SELECT demande_id FROM demande d LEFT JOIN merge m ON m.other_id = d.demande_id
        WHERE (d.state = 'merged') <> (m.other_id IS NOT NULL)
        OR (SELECT count(*) FROM numero n WHERE n.demande_id = d.demande_id AND present)
          <> CASE WHEN d.state = 'merged' THEN 0 ELSE 1 END
        OR (d.state = 'merged') <> EXISTS (SELECT FROM numero n WHERE n.owner_id = d.demande_id)""",
    "a merge or a split told on one side": """
        SELECT 1 WHERE (SELECT count(*) FROM event WHERE kind = 'merge') <> (SELECT count(*) FROM event
          WHERE kind = 'merged')
        OR (SELECT count(*) FROM event WHERE kind = 'split') <> (SELECT count(*) FROM event WHERE kind = 'restored')""",
    "an event of a merge without its audit leaf": """
        SELECT e.demande_id FROM event e WHERE kind IN ('merge', 'merged', 'split', 'restored') AND NOT EXISTS
        (SELECT FROM audit_leaf a WHERE a.action IN ('merge', 'split') AND a.recorded_at = e.recorded_at
        AND a.allowed)""",
}


class Gateways:
    """Gateways to kill, on one registry, and what they acknowledged: for each key, every answer that was read."""

    def __init__(self, sender, root):
        self.sender = sender
        self.registry = OwnRegistry(None, root)
        self.acknowledged = collections.defaultdict(set)
        self.refusals = collections.Counter()
        self.households = 0
        self.killed = collections.Counter()
        self.run(0, 0)
        self.sql("""INSERT INTO guichet VALUES ('063', 'G6301', 'afpbsa', 'x', '[2015-01-01,)', 'x');
                    INSERT INTO subscription VALUES ('063', 'sne', '[2015-01-01,)', 'x')""")

    def close(self):
        self.registry.close(lambda: self.run(0, 0))

    def start(self, first, count, sender, *more):
        words = [self.sender, self.registry.home, self.registry.data, first, count, sender, *more]
        return subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def end(self, process, may_fail=False):
        """What a gateway said before it ended, was killed or, when it may, lost its server."""
        out, errors = process.communicate(timeout=TIME_LIMIT_S)
        if process.returncode not in ((0, LOST_ITS_SERVER, -9) if may_fail else (0,)):
            raise RuntimeError(f"a gateway ended with {process.returncode}: {errors}")
        for words in map(str.split, out.splitlines()):
            if len(words) == 2 and words[0] == "refused":
                self.refusals[words[1]] += 1
            if len(words) == 3 and words[0].startswith("m"):
                self.acknowledged[words[0]].add((words[1], words[2]))
        return out, errors

    def run(self, first, count, *more):
        return self.end(self.start(first, count, 0, *more), may_fail="--crash" in more)[0]

    def sql(self, text):
        """Waits for a server that was killed and is starting again."""
        for _ in range(100):
            done = self.registry.psql(text)
            if done.returncode == 0:
                return done.stdout.splitlines()
            time.sleep(0.1)
        raise RuntimeError(done.stderr)

    def places(self):
        """Every place that a new registration, a known household and a repeated message pass."""
        first = self.new_households()
        said = self.run(first, HOUSEHOLDS, "--sites") + self.end(self.start(first, HOUSEHOLDS, 1, "--sites"))[0]
        return sorted({line for line in said.splitlines() if line.startswith(("sent ", "answered "))})

    def new_households(self, count=HOUSEHOLDS):
        """The first of some households that nobody has filed yet."""
        self.households += count
        return self.households - count

    def kill(self, place, victim, attempt):
        """Two gateways register the same new households, at once or, every second time, one after the other; the second
        is told to kill. Then the same messages again, by a gateway that nobody kills."""
        first = self.new_households()
        other = self.start(first, HOUSEHOLDS, 0)
        if attempt % 2 == 1:
            self.end(other)
        killer = self.start(first, HOUSEHOLDS, 1, "--crash", place, attempt // 2 % 2, victim)
        _, errors = self.end(killer, may_fail=True)
        if attempt % 2 == 0:
            self.end(other, may_fail=True)
        self.killed[place] += "killed" in errors
        self.run(first, HOUSEHOLDS)

    def check(self, wrong):
        """Each query that answers rows, with their number."""
        return [f"{fault}: {len(rows)}" for fault, query in wrong.items() if (rows := self.sql(query))]

    def faults(self):
        """Everything that is wrong with what was acknowledged and with what is there."""
        found = self.check(WRONG)
        kept = set(self.sql("SELECT key FROM idempotency"))
        numbers = set(self.sql("SELECT numero FROM numero"))
        for code, told in self.refusals.items():
            kept_leaves = int(self.sql("SELECT count(*) FROM audit_leaf WHERE NOT allowed AND subject IS NULL AND "
                                       f"action = 'register' AND rule = '{code}'")[0])
            if kept_leaves < told:
                found.append(f"refused without its audit leaf: {code}, {told - kept_leaves} times")
        by_household = collections.defaultdict(set)
        for key, answers in self.acknowledged.items():
            told = {answer for answer in answers if answer[1] != "?"}
            if key not in kept or any(numero not in numbers for _, numero in told):
                found.append(f"acknowledged and lost: {key}")
            if len(told) > 1:
                found.append(f"two answers to one key: {key}")
            by_household[key.split("-")[0]] |= {numero for _, numero in told}
        return found + [f"two numbers for one household: {household}"
                        for household, told in by_household.items() if len(told) > 1]


class Reviewers(Gateways):
    """Gateways to kill while they look at pairs of namesakes, in the name of one agent."""

    def __init__(self, sender, root):
        super().__init__(sender, root)
        self.decided = set()  # what was acknowledged: a pair, and what was decided of it
        self.sql("""INSERT INTO body VALUES ('afpbsa', 'x', 'gestionnaire', NULL, '[2015-01-01,)', 'x');
                    INSERT INTO account VALUES ('gestion', 'agent', 'afpbsa', 'x', '[2015-01-01,)', 'x');
                    INSERT INTO access VALUES (gen_random_uuid(), '063', 'gestion', 'gestionnaire', 'afpbsa',
                      '[2015-01-01,)', 'x', 'autre', '2026-01-01', '2099-01-01')""")

    def end(self, process, may_fail=False):
        out, errors = super().end(process, may_fail)
        for words in map(str.split, out.splitlines()):
            if words[:1] == ["decided"]:
                self.decided.add((words[1], words[2]))
            if words[:1] == ["undone"]:
                self.decided.add((words[1], "undone"))
        return out, errors

    def new_pairs(self, count=HOUSEHOLDS):
        """Namesakes whose merge and split a second person has approved."""
        self.run(self.new_households(count), count, "--namesakes")
        self.sql("""INSERT INTO approval SELECT '063', gen_random_uuid(), 'gestion', wish, demande_id, '2026-01-01',
                    'autre', '2026-01-01', '2099-01-01' FROM demande d, unnest(ARRAY['merge', 'split']) AS wish
                    WHERE NOT EXISTS (SELECT FROM approval a WHERE a.demande_id = d.demande_id)""")

    def places(self):
        self.new_pairs(3 * HOUSEHOLDS)  # of every kind
        said = self.run(0, 0, "--review", "--sites")
        return sorted({line for line in said.splitlines() if line.startswith(("sent ", "answered "))})

    def kill(self, place, victim, attempt):
        """Two gateways review the same pairs, at once or one alone; the second is told to kill."""
        self.new_pairs()
        other = self.start(0, 0, 0, "--review") if attempt % 2 == 1 else None
        killer = self.start(0, 0, 1, "--review", "--crash", place, attempt // 2 % 2, victim)
        _, errors = self.end(killer, may_fail=True)
        if other:
            self.end(other, may_fail=True)
        self.killed[place] += "killed" in errors
        self.run(0, 0, "--review")

    def faults(self):
        kept = {tuple(line.split()) for line in self.sql("SELECT review_id, outcome FROM review_decision")}
        undone = {(line, "undone") for line in self.sql("SELECT review_id FROM review_decision WHERE undone_at IS NOT NULL")}
        lost = self.decided - kept - undone
        waiting = self.sql("SELECT review_id FROM review WHERE closed_at IS NULL")
        return (self.check(WRONG_REVIEWED) + [f"acknowledged and lost: {len(lost)} decisions"] * bool(lost)
                + [f"never decided: {len(waiting)} pairs"] * bool(waiting))


def kill_again_and_again(sender, root, kills, kind=Gateways):
    """The faults after so many kills, spread over every place and both victims."""
    gateways = kind(sender, root)
    try:
        places = gateways.places()
        random.Random(1).shuffle(places)  # so that a short run has something of everything
        wanted = math.ceil(kills / len(places))
        began = time.monotonic()
        for attempt in range(wanted * TRIES):
            for rank, place in enumerate(places):
                if gateways.killed[place] < wanted and gateways.killed.total() < kills:
                    gateways.kill(place, VICTIMS[(rank + attempt // WAYS) % len(VICTIMS)], attempt)
        print(f"{gateways.killed.total()} kills at {len(places)} places, "
              f"each at least {min(gateways.killed[place] for place in places)} times "
              f"({min(places, key=lambda place: gateways.killed[place])}), "
              f"{gateways.households} households, {time.monotonic() - began:.0f} s")
        short = (gateways.killed.total() < kills or len(places) < FEWEST_PLACES
                 or (kind is Gateways and not gateways.refusals))
        return gateways.faults() + (["fewer kills, places or refusals than wanted"] if short else [])
    finally:
        gateways.close()


def find_bug(sender, root, bug, what):
    """Whether the check finds a gateway with that bug; a fault when it does not."""
    gateways = Gateways(sender, root)
    try:
        place = {"acknowledges-before-commit": "sent insert_leaf", "tells-outside-the-transaction": "answered insert_leaf"}
        found = []
        for _ in range(TRIES):  # two that are to meet may miss each other
            if any(what in fault for fault in found):
                break
            first = gateways.new_households(7)
            if bug in place:
                gateways.run(first, 7, "--bug", bug, "--crash", place[bug], 1, "gateway")
            else:
                both = [gateways.start(first, 7, sender, "--bug", bug) for sender in (0, 1)]
                for one in both:
                    gateways.end(one)
            found = gateways.faults()
        print(f"{bug}: {'found, ' + found[0] if found else 'NOT FOUND'}")
        return [] if any(what in fault for fault in found) else [f"the bug {bug} was not found"]
    finally:
        gateways.close()


def find_bug_of_review(sender, root):
    """Whether the check finds a gateway that merges, and decides the pair by a transaction of its own."""
    reviewers = Reviewers(sender, root)
    try:
        found = []
        for attempt in range(TRIES):  # what is killed may be a decision without a merge
            if any("a merge without its decision" in fault for fault in found):
                break
            reviewers.new_pairs()
            killer = reviewers.start(0, 0, 1, "--review", "--bug", "decides-outside-the-transaction", "--crash",
                                     "before what comes late", attempt % 4, "gateway")
            reviewers.end(killer, may_fail=True)
            found = reviewers.check(WRONG_REVIEWED)
        print(f"decides-outside-the-transaction: {'found, ' + found[0] if found else 'NOT FOUND'}")
        wanted = "a merge without its decision"
        return [] if any(wanted in fault for fault in found) else ["the bug decides-outside-the-transaction was not found"]
    finally:
        reviewers.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sender")
    parser.add_argument("root")
    parser.add_argument("--kills", type=int, default=int(os.environ.get("PASSERELLE_KILLS", "20")))
    asked = parser.parse_args()
    faults = kill_again_and_again(asked.sender, asked.root, asked.kills)
    faults += kill_again_and_again(asked.sender, asked.root, asked.kills, Reviewers)
    faults += find_bug_of_review(asked.sender, asked.root)
    faults += find_bug(asked.sender, asked.root, "acknowledges-before-commit", "acknowledged and lost")
    faults += find_bug(asked.sender, asked.root, "tells-outside-the-transaction", "partners were not told")
    faults += find_bug(asked.sender, asked.root, "reads-then-inserts", "two demandes")
    print("\n".join(faults) if faults else "nothing lost, nothing twice")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
