"""Invents the commands that a territory gives over some days: a file that fills in its first year and goes on living.

Each demande lives chapters, one for each validity; a chapter says its commands, and from when the next validity counts.
What follows from a command is not asked: a chapter may go on with a demande that was radiated long ago, and then its
commands are refused, as in a desk. The parameters of a territory are not read: the days on which something turns are
tried for all of those known (see TURNS). Nobody is named.

usage: life_scenario.py --demandes N --seed S [--from 2026-01-01] [--days 730]
"""

import argparse
import csv
import datetime
import random
import sys

from life_law import ONE_DAY, SANS_REPONSE, add_months, last_of_month

FIRST_YEAR_SHARE = 0.72
MONTH_END_SHARE = 0.2  # of the days that are drawn, moved to the 28th, 29th, 30th or 31st
ONLINE_SHARE = 0.6
IRRECEVABLE = ("irrecevable-sejour", "irrecevable-ressources")
# Months from t after which, in a known territory, who did not renew is radiated or can come back no more.
TURNS = (13, 14, 16, 18)


class Scenario:
    """The commands so far, the numbers given, and the draw that everything follows."""

    def __init__(self, seed, first, days, demandes):
        self.random = random.Random(seed)
        self.first, self.last = first, first + ONE_DAY * (days - 1)
        self.demandes, self.given = demandes, 0
        self.commands = []

    def say(self, day, name, number, argument=""):
        """One command, forgotten when it falls after the last day."""
        if day <= self.last:
            self.commands.append((day, name, number, argument))

    def chance(self, share):
        return self.random.random() < share

    def pick(self, weights):
        """A key of `weights`, as often as its weight says."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def between(self, start, low, high):
        """A day from `low` to `high` days after `start`; a share is moved to the end of its month, never before `low`."""
        day = start + ONE_DAY * self.random.randint(low, high)
        if not self.chance(MONTH_END_SHARE):
            return day
        moved = day.replace(day=min(self.random.randint(28, 31), last_of_month(day.year, day.month)))
        return moved if moved >= start + ONE_DAY * low else day

    def new_number(self):
        self.given += 1
        return self.given

    def has_room(self):
        return self.given < self.demandes


def tell(scenario):
    """All commands of the scenario, by day; those of one demande keep their order in a day."""
    while scenario.has_room():
        number = scenario.new_number()
        begin(scenario, number, filing_day(scenario, number))
    stranger = 10 * scenario.demandes
    for place in range(scenario.demandes // 200):
        command = scenario.random.choice(("check", "modify", "renew", "withdraw", "lease", "proof", "reactivate"))
        scenario.say(scenario.between(scenario.first, 0, 700), command, stranger + place)
    scenario.say(scenario.last, "modify", stranger)  # so that the last day is lived
    return sorted(scenario.commands, key=lambda command: command[0])


def filing_day(scenario, number):
    """Spread over the first year, less dense after it; the first filing opens the scenario."""
    if number == 1:
        return scenario.first
    days = (scenario.last - scenario.first).days
    year = min(364, days)
    if days == year or scenario.chance(FIRST_YEAR_SHARE):
        return min(scenario.between(scenario.first, 0, year), scenario.last)
    return min(scenario.between(scenario.first, year + 1, days), scenario.last)


def begin(scenario, number, day):
    """A filing, the check of the identity when it was online, then its life."""
    if not scenario.chance(ONLINE_SHARE):
        scenario.say(day, "file", number, "guichet")
        live(scenario, number, day)
        return
    scenario.say(day, "file", number, "online")
    checks = {check_soon: 84, check_slowly: 9, check_after_its_validity: 3, check_never: 4}
    if scenario.pick(checks)(scenario, number, day):
        live(scenario, number, day)


def check_soon(scenario, number, day):
    """Within 30 days, as a guichet should."""
    scenario.say(scenario.between(day, 0, 30), "check", number)
    return True


def check_slowly(scenario, number, day):
    """Late, and now and then frozen meanwhile."""
    checked = scenario.between(day, 31, 120)
    if scenario.chance(0.2):
        scenario.say(scenario.between(day, 1, 15), "freeze", number)
        scenario.say(scenario.between(day, 16, 29), "unfreeze", number)
    if scenario.chance(0.3):
        scenario.say(scenario.between(day, 1, 29), "lease", number)
    scenario.say(checked, "check", number)
    return True


def check_after_its_validity(scenario, number, day):
    """So late that the preavis leaves late too; half renew then."""
    checked = scenario.between(add_months(day, 12), -20, 75)
    scenario.say(checked, "check", number)
    if scenario.chance(0.5):
        renewed = scenario.between(checked, 1, 40)
        scenario.say(renewed, "renew", number)
        live(scenario, number, renewed)
    return False


def check_never(scenario, number, day):
    """It waits for ever, unless withdrawn; a renewal is not for it."""
    if scenario.chance(0.4):
        scenario.say(scenario.between(day, 300, 390), "renew", number)
    if scenario.chance(0.4):
        scenario.say(scenario.between(day, 10, 200), "withdraw", number)
    return False


def live(scenario, number, t):
    """Chapter after chapter, until one ends it or the scenario is over."""
    while t and t <= scenario.last:
        change(scenario, number, t)
        stumble(scenario, number, t)
        t = scenario.pick(CHAPTERS)(scenario, number, t)


def change(scenario, number, t):
    """None, one or two changes in a validity."""
    for _ in range(scenario.pick({0: 30, 1: 45, 2: 25})):
        scenario.say(scenario.between(t, 1, 350), "modify", number)


def stumble(scenario, number, t):
    """A few commands that cannot be done in the state that the demande most likely has."""
    if scenario.chance(0.06):
        name, argument = scenario.random.choice((
            ("proof", ""), ("answer", ""), ("reactivate", ""), ("check", ""), ("unfreeze", ""), ("file", "guichet"),
            ("notice", IRRECEVABLE[0]), ("separate", "1"), ("commission", "irrecevable")))
        scenario.say(scenario.between(t, 1, 360), name, number, argument)


def renew_in_time(scenario, number, t):
    """Most when the preavis comes, some on the last day of the validity."""
    end = add_months(t, 12)
    when = scenario.pick({"preavis": 78, "early": 12, "last day": 10})
    day = {"preavis": scenario.between(end, -50, -1), "early": scenario.between(end, -150, -51), "last day": end}[when]
    scenario.say(day, "renew", number)
    return day


def renew_late(scenario, number, t):
    """While overdue; some on the days on which a territory radiates or the day before."""
    when = scenario.pick({"soon": 55, "first day": 15, "turn": 30})
    turn = add_months(t, scenario.random.choice(TURNS[:2])) + ONE_DAY * scenario.random.randint(0, 1)
    first = add_months(t, 12) + ONE_DAY
    day = {"soon": scenario.between(first, 1, 24), "first day": first, "turn": turn}[when]
    scenario.say(day, "renew", number)
    return day


def never_renew(scenario, number, t):
    """Radiated; a third come back, in time, on a last day, or one day too late."""
    if not scenario.chance(0.45):
        return None
    turn = add_months(t, scenario.random.choice(TURNS)) + ONE_DAY * scenario.random.randint(0, 1)
    day = turn if scenario.chance(0.6) else scenario.between(add_months(t, 14), 2, 55)
    scenario.say(day, "reactivate", number)
    return day


def be_housed(scenario, number, t):
    """A lease is signed."""
    day = scenario.between(t, 1, 355)
    scenario.say(day, "lease", number)
    return come_back_in_vain(scenario, number, day)


def be_withdrawn(scenario, number, t):
    """Withdrawn in writing."""
    day = scenario.between(t, 1, 355)
    scenario.say(day, "withdraw", number)
    return come_back_in_vain(scenario, number, day)


def come_back_in_vain(scenario, number, radiated):
    """After a radiation that nothing undoes: soon, or on the last day before the erasure, or after it."""
    erased = add_months(radiated, 12)
    day = scenario.pick({None: 72, "soon": 14, erased: 3, erased + ONE_DAY: 6, erased + ONE_DAY * 30: 5})
    if day:
        command = scenario.random.choice(("reactivate", "reactivate", "renew", "modify"))
        scenario.say(scenario.between(radiated, 0, 60) if day == "soon" else day, command, number)
    return None


def send(scenario, number, kind, day):
    """A notice; answers the day of the proof of its delivery: early, late, or None. Some are sent or proven twice."""
    scenario.say(day, "notice", number, kind)
    how = scenario.pick({"early": 76, "late": 12, "never": 12})
    if how == "never":
        return None
    proven = scenario.between(day, 1, 12) if how == "early" else scenario.between(day, 30, 75)
    scenario.say(proven, "proof", number)
    if scenario.chance(0.1):
        scenario.say(proven + ONE_DAY, "proof", number)
    if scenario.chance(0.1):
        scenario.say(proven + ONE_DAY * 2, "notice", number, kind)
    return proven


def be_warned(scenario, number, t):
    """A letter stays without answer, or not: answered in time, on the last day, on the day after, or by another act."""
    if scenario.chance(0.2):
        scenario.say(t + ONE_DAY, "commission", number, "irrecevable")
    proven = send(scenario, number, SANS_REPONSE, scenario.between(t, 5, 250))
    if proven is None:
        if scenario.chance(0.5):
            scenario.say(scenario.between(t, 251, 300), "answer", number)
        return renew_in_time(scenario, number, t)
    last = add_months(proven, 2)
    act = scenario.pick({"silence": 48, "answer": 34, "modify": 9, "renew": 9})
    if act == "silence":
        return return_from_silence(scenario, number, last + ONE_DAY)
    day = scenario.pick({"in time": 60, last: 22, last + ONE_DAY: 18})
    day = scenario.between(proven, 1, 55) if day == "in time" else day
    scenario.say(day, act, number)
    return day if act == "renew" else renew_in_time(scenario, number, t)


def return_from_silence(scenario, number, radiated):
    """Of those radiated for want of an answer, half come back: within five months, on the last day, or a day late."""
    last = add_months(radiated, 5)
    day = scenario.pick({None: 50, "in time": 22, radiated: 5, last: 13, last + ONE_DAY: 10})
    day = scenario.between(radiated, 1, 140) if day == "in time" else day
    if day:
        scenario.say(day, "reactivate", number)
        if scenario.chance(0.3):
            scenario.say(day + ONE_DAY * 3, "notice", number, scenario.random.choice(IRRECEVABLE))
    return day


def end_twice(scenario, number, t):
    """The delay of a notice ends on the day on which a territory radiates what is not renewed."""
    kind, months = scenario.random.choice(((SANS_REPONSE, 2), (IRRECEVABLE[0], 1)))
    proven = add_months(t, scenario.random.choice(TURNS[:2]) - months)
    scenario.say(proven - ONE_DAY * 9, "commission", number, "irrecevable")
    scenario.say(proven - ONE_DAY * 5, "notice", number, kind)
    scenario.say(proven, "proof", number)
    return None


def act_while_overdue(scenario, number, t):
    """Between the end of the validity and the radiation, a desk does all that it does before."""
    day = add_months(t, 12) + ONE_DAY * scenario.random.randint(1, 12)
    act = scenario.pick({"lease": 15, "withdraw": 15, "separate": 15, "answer": 25, "silence": 30})
    if act == "separate":
        separate_on(scenario, number, day)
        return renew_late(scenario, number, t)
    if act in ("lease", "withdraw"):
        scenario.say(day, act, number)
        return come_back_in_vain(scenario, number, day)
    scenario.say(day, "commission", number, "irrecevable")
    scenario.say(day, "notice", number, scenario.random.choice((SANS_REPONSE, *IRRECEVABLE)))
    scenario.say(day + ONE_DAY, "proof", number)
    if act == "answer":
        scenario.say(day + ONE_DAY * 10, "answer", number)
    renewed = day + ONE_DAY * 12
    scenario.say(renewed, "renew", number)
    return renewed


def be_found_irrecevable(scenario, number, t):
    """A commission, a notice, its delay; some are warned without a commission, some answer, none can come back."""
    found = scenario.between(t, 10, 200)
    if scenario.chance(0.92):
        scenario.say(found, "commission", number, "irrecevable")
    proven = send(scenario, number, scenario.random.choice(IRRECEVABLE), scenario.between(found, 0, 20))
    if proven is None:
        return renew_in_time(scenario, number, t)
    last = add_months(proven, 1)
    if scenario.chance(0.55):
        act, day = scenario.random.choice(("modify", "renew", "reactivate")), scenario.between(proven, 1, 60)
        scenario.say(day, act, number)
        return day if act == "renew" else None
    answered = scenario.random.choice((scenario.between(proven, 0, 27), last, last + ONE_DAY))
    scenario.say(answered, "answer", number)
    return renew_in_time(scenario, number, t)


def separate(scenario, number, t):
    """A couple parts; the one who stays renews in time."""
    separate_on(scenario, number, scenario.between(t, 5, 340))
    return renew_in_time(scenario, number, t)


def separate_on(scenario, number, day):
    """The one who leaves gets a demande, or, by a slip of the desk, a number that is taken."""
    if not scenario.has_room() or scenario.chance(0.05):
        scenario.say(day, "separate", number, str(number))
    else:
        other = scenario.new_number()
        scenario.say(day, "separate", number, str(other))
        if day <= scenario.last:
            live(scenario, other, day)


def be_frozen(scenario, number, t):
    """Frozen over the end of its validity, some with a proven notice; then renewed, or left to the next run."""
    end = add_months(t, 12)
    frozen, thawed = scenario.between(end, -70, -1), scenario.between(end, -15, 100)
    if scenario.chance(0.3):
        scenario.say(frozen - ONE_DAY * 20, "notice", number, SANS_REPONSE)
        scenario.say(frozen - ONE_DAY * 15, "proof", number)
    scenario.say(frozen, "freeze", number)
    if scenario.chance(0.3):
        scenario.say(frozen + ONE_DAY, scenario.random.choice(("renew", "withdraw", "freeze", "modify")), number)
    if scenario.chance(0.15):
        return None
    thawed = max(thawed, frozen + ONE_DAY)
    scenario.say(thawed, "unfreeze", number)
    if scenario.chance(0.4):
        return never_renew(scenario, number, t)
    renewed = scenario.between(thawed, 0, 20)
    scenario.say(renewed, "renew", number)
    return renewed


CHAPTERS = {renew_in_time: 38, renew_late: 9, never_renew: 13, be_housed: 14, be_withdrawn: 4, be_warned: 7,
            be_found_irrecevable: 4, separate: 3, be_frozen: 4, end_twice: 1,
            act_while_overdue: 3}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--demandes", type=int, required=True)
    options.add_argument("--seed", type=int, required=True)
    options.add_argument("--from", dest="first", type=datetime.date.fromisoformat, default=datetime.date(2026, 1, 1))
    options.add_argument("--days", type=int, default=730)
    chosen = options.parse_args()
    output = csv.writer(sys.stdout, lineterminator="\n")
    output.writerow(("day", "command", "demande", "argument"))
    output.writerows(tell(Scenario(chosen.seed, chosen.first, chosen.days, chosen.demandes)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
