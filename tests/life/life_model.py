"""Lives the life of demandes day by day, slowly and plainly: what the daily run of the gateway is compared with.

Written from the texts and from the contract of the simulation alone, never from the gateway. Every day it looks at every
demande; nothing is scheduled ahead. Beside each rule stands its source (abbreviated as in life_law.py), or the word
"assumption".

usage: life_model.py PARAMETERS.csv SCENARIO.csv [--refusals]
"""

import argparse
import collections
import csv
import dataclasses
import datetime
import sys

from life_law import ACTIVE, ERASED, FROZEN, OVERDUE, RADIATED, TO_CHECK
from life_law import ONE_DAY, SANS_REPONSE, Demande, Law, Notice, Parameters, Refused

STATES = (TO_CHECK, ACTIVE, OVERDUE, FROZEN, RADIATED, ERASED)
RUNNING = (ACTIVE, OVERDUE)  # the states in which timers act
OPEN = (TO_CHECK, ACTIVE, OVERDUE)  # those in which a demandeur may change, withdraw, or be frozen
MOTIVES = ("RADATT", "RADABA", "RADCON", "RADIRR", "RADREN")
COUNTED = (*MOTIVES, "reactivated", "preavis", "refused")
COLUMNS = ("day", *STATES, *COUNTED)
IRRECEVABLE = ("irrecevable-sejour", "irrecevable-ressources")


class Life:
    """All demandes of a territory, and what happens to them on the day that is lived."""

    def __init__(self, parameters):
        self.law = Law(parameters)
        self.demandes = {}
        self.today = collections.Counter()
        self.refusals = collections.Counter()

    def live(self, day, commands):
        """One day: the run, then the commands in their order. Returns its line."""
        self.today.clear()
        for demande in self.demandes.values():
            if demande.state != ERASED:
                self.look(demande, day)
        for command in commands:
            self.obey(command)
        states = collections.Counter(demande.state for demande in self.demandes.values())
        return [day.isoformat(), *(states[name] for name in STATES), *(self.today[name] for name in COUNTED)]

    def look(self, demande, day):
        """The run of a day over one demande. A frozen one is left alone (assumption), one to check too (assumption)."""
        if demande.state in RUNNING:
            self.follow_timers(demande, day)
        elif demande.state == RADIATED and self.law.is_to_be_erased(demande, day):
            demande.state = ERASED

    def follow_timers(self, demande, day):
        """The steps in their order. The notice is before the rest: who is radiated by it is sent no preavis (assumption)."""
        motive = self.law.motive_of_notice(demande, day)
        if motive:
            self.radiate(demande, motive, day)
            return
        if self.law.preavis_is_due(demande, day):
            demande.preavis_left = day
            self.today["preavis"] += 1
        if demande.state == ACTIVE and self.law.validity_is_over(demande, day):
            demande.state = OVERDUE
        if demande.state == OVERDUE and self.law.is_not_renewed(demande, day):
            self.radiate(demande, "RADREN", day)

    def radiate(self, demande, motive, day):
        """Ends a demande; a radiation by a timer bears the day of the run."""
        demande.state, demande.motive, demande.radiated_on, demande.notice = RADIATED, motive, day, None
        self.today[motive] += 1

    def obey(self, command):
        """Does what a command says, or counts it as refused."""
        effect, states = COMMANDS[command.name]
        try:
            effect(self, self.find(command.demande, states), command)
        except Refused as refused:
            self.today["refused"] += 1
            self.refusals[str(refused)] += 1

    def find(self, number, states):
        """The demande of that number in one of those states; for no state, None, and the number must be free."""
        demande = self.demandes.get(number)
        if demande and demande.state == ERASED:
            raise Refused("erased")
        if not states:
            self.refuse_taken(number)
            return None
        if demande is None:
            raise Refused("unknown")
        if demande.state not in states:
            raise Refused("wrong state")
        return demande

    def refuse_taken(self, number):
        """A numero unique is given once (CCH L441-2-1), and an erased demande does not come back."""
        if number in self.demandes:
            raise Refused("number is taken")


@dataclasses.dataclass(frozen=True, slots=True)
class Command:
    """One line of a scenario."""

    day: datetime.date
    name: str
    demande: int
    argument: str


def only(command, *arguments):
    """The argument of a command, which must be one of those: another is a fault of the scenario, not a refusal."""
    if command.argument not in arguments:
        raise ValueError(f"{command.name} does not know that argument")
    return command.argument


def file(life, _, command):
    """The date of filing starts every delay (CCH R441-2-3); filed online, the identity is still to be checked (CCH
    R441-2-3: the form and one identity document)."""
    state = TO_CHECK if only(command, "online", "guichet") == "online" else ACTIVE
    life.demandes[command.demande] = Demande(state, command.day)


def check(_, demande, __):
    """The identity document was seen; validity still runs from the filing (CCH R441-2-3, R441-2-7)."""
    demande.state = ACTIVE


def modify(_, demande, __):
    """A change moves no date (annex 4)."""
    demande.hear_answer()


def renew(_, demande, command):
    """Renewed from that day, number and first date kept (annex 5); a notice of a commission stays (assumption)."""
    demande.begin_validity(command.day)
    demande.hear_answer()


def withdraw(life, demande, command):
    """At once, on a written withdrawal (CCH R441-2-8 b, annex 6.3): a freeze, which no text knows, does not stop it."""
    life.radiate(demande, "RADABA", command.day)


def lease(life, demande, command):
    """At once, when the lease is signed (CCH R441-2-8 a, annex 6.2)."""
    life.radiate(demande, "RADATT", command.day)


def commission(_, demande, command):
    """A commission finds it inadmissible; nothing ends yet (CCH R441-3 e)."""
    only(command, "irrecevable")
    demande.found_irrecevable = True


def notice(_, demande, command):
    """A letter announces a radiation; only a commission opens the way to RADIRR (CCH R441-2-8 c and d, annex 6.4)."""
    kind = only(command, SANS_REPONSE, *IRRECEVABLE)
    if demande.notice:
        raise Refused("notice is open already")
    if kind in IRRECEVABLE and not demande.found_irrecevable:
        raise Refused("no commission")
    demande.notice = Notice(kind)


def proof(_, demande, command):
    """The delivery is proven: a registered letter or its equal; the delay starts (CCH R441-2-8)."""
    if demande.notice is None:
        raise Refused("no open notice")
    if demande.notice.proven:
        raise Refused("proven already")
    demande.notice.proven = command.day


def answer(_, demande, __):
    """The demandeur answered, so the notice has had its effect (CCH R441-2-8 c; for d: assumption)."""
    if demande.notice is None:
        raise Refused("no open notice")
    demande.notice = None


def reactivate(life, demande, command):
    """Undoes RADREN or RADCON in time, number and seniority kept (annex 6.1, 6.5); counts as a renewal (assumption)."""
    life.law.refuse_reactivation(demande, command.day)
    demande.begin_validity(command.day)
    demande.notice, demande.found_irrecevable = None, False
    life.today["reactivated"] += 1


def separate(life, _, command):
    """The one who leaves a couple gets a demande (file type CRS), a filing of that day (assumption)."""
    number = int(command.argument)
    life.refuse_taken(number)
    life.demandes[number] = Demande(ACTIVE, command.day)


def freeze(_, demande, __):
    """No timer acts from now on (assumption: no text)."""
    demande.state, demande.before_freeze = FROZEN, demande.state


def unfreeze(_, demande, __):
    """The state it had, and its dates; the next run sees to what is late (assumption: no text)."""
    demande.state = demande.before_freeze


# Each command with the states from which it is taken.
COMMANDS = {
    "file": (file, ()),
    "check": (check, (TO_CHECK,)),
    "modify": (modify, OPEN),
    "renew": (renew, RUNNING),
    "withdraw": (withdraw, (*OPEN, FROZEN)),
    "lease": (lease, RUNNING),
    "commission": (commission, RUNNING),
    "notice": (notice, RUNNING),
    "proof": (proof, RUNNING),
    "answer": (answer, RUNNING),
    "reactivate": (reactivate, (RADIATED,)),
    "separate": (separate, RUNNING),
    "freeze": (freeze, OPEN),
    "unfreeze": (unfreeze, (FROZEN,)),
}


def read_parameters(path):
    """The parameters of a file `name,value`; a missing, unknown or repeated name is an error."""
    with open(path, encoding="utf-8", newline="") as source:
        rows = [(row["name"].replace("-", "_"), int(row["value"])) for row in csv.DictReader(source)]
    if len(dict(rows)) != len(rows):
        raise ValueError("a parameter is given twice")
    return Parameters(**dict(rows))


def read_commands(lines):
    """The commands of a scenario, `day,command,demande,argument`, whose days must rise."""
    commands = [Command(datetime.date.fromisoformat(row["day"]), row["command"], int(row["demande"]), row["argument"])
                for row in csv.DictReader(lines)]
    if any(after.day < before.day for before, after in zip(commands, commands[1:])):
        raise ValueError("the days of a scenario must rise")
    return commands


def days_from(first, last):
    """Every day from the first to the last, both included."""
    return (first + ONE_DAY * count for count in range((last - first).days + 1))


def simulate(life, commands, last=None):
    """The line of each day, from the first command to `last`, or to the last command."""
    by_day = collections.defaultdict(list)
    for command in commands:
        by_day[command.day].append(command)
    for day in days_from(commands[0].day, last or commands[-1].day) if commands else ():
        yield life.live(day, by_day[day])


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("parameters")
    options.add_argument("scenario")
    options.add_argument("--refusals", action="store_true", help="say on standard error why commands were refused")
    chosen = options.parse_args()
    life = Life(read_parameters(chosen.parameters))
    with open(chosen.scenario, encoding="utf-8", newline="") as source:
        commands = read_commands(source)
    output = csv.writer(sys.stdout, lineterminator="\n")
    output.writerow(COLUMNS)
    output.writerows(simulate(life, commands))
    if chosen.refusals:
        sys.stderr.writelines(f"{count} {why}\n" for why, count in life.refusals.most_common())
    return 0


if __name__ == "__main__":
    sys.exit(main())
