"""Lives of demandes, worked out by hand from the texts: what the model must give, and the gateway too.

A life is written as the days on which something happens or a state changes: what happened, then how many demandes are in
each state at the end of that day. Nothing else may happen up to the last day. Sources are abbreviated as in life_law.py.
"""

import pathlib
import typing

HERE = pathlib.Path(__file__).resolve().parent
NATIONAL, PUY_DE_DOME = HERE / "national.csv", HERE / "puy_de_dome.csv"


class Case(typing.NamedTuple):
    """A life: where, its commands, the last day lived, and what is seen."""

    sentence: str
    source: str
    territory: pathlib.Path
    commands: str
    last: str
    seen: str


MONTHS = (  # CPC art. 641
    ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-01-31", 13, "2027-02-28"),
    ("2026-01-31", 2, "2026-03-31"), ("2028-02-29", 12, "2029-02-28"), ("2028-02-29", 48, "2032-02-29"),
    ("2027-02-28", 12, "2028-02-28"), ("2026-12-31", 2, "2027-02-28"), ("2026-11-30", 1, "2026-12-30"),
    ("2026-12-15", 1, "2027-01-15"), ("2026-03-31", -1, "2026-02-28"), ("2028-03-31", -1, "2028-02-29"),
    ("2026-01-31", -1, "2025-12-31"), ("2026-12-31", -12, "2025-12-31"), ("2099-12-31", 2, "2100-02-28"),
    ("2026-05-31", 0, "2026-05-31"))

VALIDITY = (
    Case("a filing of 31 January lives to the ends of months", "CPC art. 641; annex 5, 6.1, 7", NATIONAL,
         "2026-01-31 file 1 guichet", "2028-12-31",
         """2026-01-31: 1 active
            2026-12-16: preavis
            2027-02-01: 1 overdue
            2027-03-01: RADREN 1 radiated
            2028-03-02: 1 erased"""),
    Case("the plan waits two months after the anniversary", "PPGDID", PUY_DE_DOME,
         "2026-01-31 file 1 guichet", "2028-12-31",
         """2026-01-31: 1 active
            2026-12-16: preavis
            2027-02-01: 1 overdue
            2027-04-01: RADREN 1 radiated
            2028-04-02: 1 erased"""),
    Case("a filing of 29 February ends on the 28th, and is radiated from the 29th", "CPC art. 641", NATIONAL,
         "2028-02-29 file 1 guichet", "2029-12-31",
         """2028-02-29: 1 active
            2029-01-13: preavis
            2029-03-01: 1 overdue
            2029-03-30: RADREN 1 radiated"""),
    Case("a validity that ends on 28 February is over on the 29th", "CPC art. 641", NATIONAL,
         "2027-02-28 file 1 guichet", "2028-12-31",
         """2027-02-28: 1 active
            2028-01-13: preavis
            2028-02-29: 1 overdue
            2028-03-29: RADREN 1 radiated"""),
    Case("one month before 31 March is the last of February", "CCH R441-2-7; backwards: assumption", NATIONAL,
         "2027-03-31 file 1 guichet", "2028-03-31",
         """2027-03-31: 1 active
            2028-02-14: preavis"""),
    Case("a renewal on the last day keeps it active, and has a preavis of its own", "CCH R441-2-7; annex 5", NATIONAL,
         "2026-01-15 file 1 guichet; 2027-01-15 renew 1", "2028-01-16",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-11-30: preavis
            2028-01-16: 1 overdue"""),
    Case("a renewal before the preavis makes it unneeded", "CCH R441-2-7", NATIONAL,
         "2026-01-15 file 1 guichet; 2026-11-29 renew 1", "2027-11-29",
         """2026-01-15: 1 active
            2027-10-14: preavis"""),
    Case("an overdue demande is renewed on the last day before its radiation", "annex 6.1", NATIONAL,
         "2026-01-15 file 1 guichet; 2027-02-15 renew 1", "2027-12-31",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue
            2027-02-15: 1 active
            2027-12-31: preavis"""),
    Case("on the day of its radiation a renewal comes too late", "the run comes first: assumption", NATIONAL,
         "2026-01-15 file 1 guichet; 2027-02-16 renew 1", "2027-12-31",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue
            2027-02-16: RADREN refused 1 radiated"""),
    Case("an overdue demande is told, judged and changed as an active one", "assumption", PUY_DE_DOME,
         """2026-01-15 file 1 guichet; 2027-01-16 commission 1 irrecevable; 2027-01-17 notice 1 irrecevable-sejour
            2027-01-18 proof 1; 2027-01-19 answer 1; 2027-01-20 modify 1; 2027-01-21 separate 1 2; 2027-01-22 lease 1""",
         "2027-01-31",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue
            2027-01-21: 1 active 1 overdue
            2027-01-22: RADATT 1 active 1 radiated"""),
    Case("an overdue demande may be withdrawn", "annex 6.3", NATIONAL,
         "2026-01-15 file 1 guichet; 2027-01-20 withdraw 1", "2027-12-31",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue
            2027-01-20: RADABA 1 radiated"""),
    Case("a modification moves no date", "annex 4", NATIONAL,
         "2026-01-15 file 1 guichet; 2027-01-10 modify 1", "2027-01-31",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue"""),
)

IDENTITY = (
    Case("a demande to check has no preavis and no end", "assumption", NATIONAL,
         "2026-01-15 file 1 online", "2029-12-31",
         "2026-01-15: 1 to_check"),
    Case("a demande to check may change", "annex 4", NATIONAL,
         "2026-01-15 file 1 online; 2026-01-16 modify 1", "2026-01-31",
         "2026-01-15: 1 to_check"),
    Case("checked in time, its validity runs from the filing", "CCH R441-2-3, R441-2-7", NATIONAL,
         "2026-01-15 file 1 online; 2026-02-14 check 1", "2027-01-31",
         """2026-01-15: 1 to_check
            2026-02-14: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue"""),
    Case("checked after its validity, it waits for its late preavis and one month more", "CCH R441-2-7; assumption",
         NATIONAL, "2026-01-15 file 1 online; 2027-03-15 check 1", "2027-12-31",
         """2026-01-15: 1 to_check
            2027-03-15: 1 active
            2027-03-16: preavis 1 overdue
            2027-05-01: RADREN 1 radiated"""),
    Case("who is not checked may withdraw, and nothing else ends it", "annex 6.3; no number, no attribution: CCH L441-2-1",
         NATIONAL, "2026-01-15 file 1 online; 2026-02-01 lease 1; 2026-02-02 renew 1; 2026-02-03 withdraw 1", "2026-12-31",
         """2026-01-15: 1 to_check
            2026-02-01: refused
            2026-02-02: refused
            2026-02-03: RADABA 1 radiated"""),
)

REACTIVATION = (
    Case("reactivated on the last of eighteen months, a 29 February", "annex 6.1; CPC art. 641", NATIONAL,
         "2026-08-31 file 1 guichet; 2028-02-29 reactivate 1", "2029-03-01",
         """2026-08-31: 1 active
            2027-07-16: preavis
            2027-09-01: 1 overdue
            2027-10-01: RADREN 1 radiated
            2028-02-29: reactivated 1 active
            2029-01-13: preavis
            2029-03-01: 1 overdue"""),
    Case("a day after eighteen months it is too late", "annex 6.1", NATIONAL,
         "2026-08-31 file 1 guichet; 2028-03-01 reactivate 1", "2028-03-31",
         """2026-08-31: 1 active
            2027-07-16: preavis
            2027-09-01: 1 overdue
            2027-10-01: RADREN 1 radiated
            2028-03-01: refused"""),
    Case("the plan counts sixteen months, to their last day", "PPGDID", PUY_DE_DOME,
         "2026-10-31 file 1 guichet; 2028-02-29 reactivate 1", "2028-03-31",
         """2026-10-31: 1 active
            2027-09-15: preavis
            2027-11-01: 1 overdue
            2028-01-01: RADREN 1 radiated
            2028-02-29: reactivated 1 active"""),
    Case("a day after sixteen months it is too late", "PPGDID", PUY_DE_DOME,
         "2026-10-31 file 1 guichet; 2028-03-01 reactivate 1", "2028-03-31",
         """2026-10-31: 1 active
            2027-09-15: preavis
            2027-11-01: 1 overdue
            2028-01-01: RADREN 1 radiated
            2028-03-01: refused"""),
    Case("reactivated on the very day of its radiation", "the run comes first: assumption", NATIONAL,
         "2026-01-15 file 1 guichet; 2027-02-16 reactivate 1", "2027-12-31",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue
            2027-02-16: RADREN reactivated 1 active"""),
    Case("no answer can be made good on the last of five months", "annex 6.5", NATIONAL,
         "2027-10-01 file 1 guichet; 2027-12-20 notice 1 sans-reponse; 2027-12-31 proof 1; 2028-08-01 reactivate 1",
         "2028-08-31",
         """2027-10-01: 1 active
            2028-03-01: RADCON 1 radiated
            2028-08-01: reactivated 1 active"""),
    Case("no answer cannot be made good after five months", "annex 6.5", NATIONAL,
         "2027-10-01 file 1 guichet; 2027-12-20 notice 1 sans-reponse; 2027-12-31 proof 1; 2028-08-02 reactivate 1",
         "2028-08-31",
         """2027-10-01: 1 active
            2028-03-01: RADCON 1 radiated
            2028-08-02: refused"""),
    Case("a lease, a withdrawal and an inadmissible demande do not come back", "annex 6.1 and 6.5 open no other", NATIONAL,
         """2026-01-15 file 1 guichet; 2026-01-15 file 2 guichet; 2026-01-15 file 3 guichet; 2026-01-16 lease 1
            2026-01-17 withdraw 2; 2026-01-18 commission 3 irrecevable; 2026-01-18 notice 3 irrecevable-sejour
            2026-01-18 proof 3; 2026-02-20 reactivate 1; 2026-02-20 reactivate 2; 2026-02-20 reactivate 3""", "2026-12-31",
         """2026-01-15: 3 active
            2026-01-16: RADATT 2 active 1 radiated
            2026-01-17: RADABA 1 active 2 radiated
            2026-02-19: RADIRR 3 radiated
            2026-02-20: 3 refused"""),
    Case("an active demande is not reactivated", "annex 6.1", NATIONAL,
         "2026-01-15 file 1 guichet; 2026-01-16 reactivate 1", "2026-01-31",
         """2026-01-15: 1 active
            2026-01-16: refused"""),
)

NOTICES = (
    Case("answered on the last of two months, a 29 February", "CCH R441-2-8 c; annex 6.5; CPC art. 641", NATIONAL,
         "2027-10-01 file 1 guichet; 2027-12-20 notice 1 sans-reponse; 2027-12-31 proof 1; 2028-02-29 answer 1",
         "2028-07-31",
         "2027-10-01: 1 active"),
    Case("answered the day after two months", "annex 6.5", NATIONAL,
         "2027-10-01 file 1 guichet; 2027-12-20 notice 1 sans-reponse; 2027-12-31 proof 1; 2028-03-01 answer 1",
         "2028-07-31",
         """2027-10-01: 1 active
            2028-03-01: RADCON refused 1 radiated"""),
    Case("inadmissible one month after a proof of 31 January", "CCH R441-2-8 d; annex 6.4; CPC art. 641", NATIONAL,
         """2026-09-01 file 1 guichet; 2027-01-10 commission 1 irrecevable; 2027-01-20 notice 1 irrecevable-ressources
            2027-01-31 proof 1""", "2027-07-01",
         """2026-09-01: 1 active
            2027-03-01: RADIRR 1 radiated"""),
    Case("a notice without proof of delivery ends nothing", "CCH R441-2-8", NATIONAL,
         "2026-09-01 file 1 guichet; 2026-09-02 notice 1 sans-reponse", "2027-07-16",
         "2026-09-01: 1 active"),
    Case("a change or a renewal is an answer", "assumption", NATIONAL,
         """2026-09-01 file 1 guichet; 2026-09-02 notice 1 sans-reponse; 2026-09-03 proof 1; 2026-11-03 modify 1
            2026-11-04 notice 1 sans-reponse; 2026-11-04 proof 1; 2027-01-04 renew 1; 2027-01-04 answer 1""", "2027-07-31",
         """2026-09-01: 1 active
            2027-01-04: refused"""),
    Case("neither stays a notice of a commission", "CCH R441-2-8 d; assumption", NATIONAL,
         """2026-09-01 file 1 guichet; 2026-09-02 commission 1 irrecevable; 2026-09-02 notice 1 irrecevable-sejour
            2026-09-03 proof 1; 2026-09-20 modify 1; 2026-10-01 renew 1""", "2026-10-31",
         """2026-09-01: 1 active
            2026-10-04: RADIRR 1 radiated"""),
    Case("an answer closes a notice of a commission, which may send another", "assumption", NATIONAL,
         """2026-09-01 file 1 guichet; 2026-09-02 commission 1 irrecevable; 2026-09-02 notice 1 irrecevable-sejour
            2026-09-03 proof 1; 2026-10-03 answer 1; 2026-11-01 notice 1 irrecevable-sejour; 2026-11-01 proof 1""",
         "2026-12-31",
         """2026-09-01: 1 active
            2026-12-02: RADIRR 1 radiated"""),
    Case("a notice waits for its commission", "annex 6.4", NATIONAL,
         """2026-09-01 file 1 guichet; 2026-09-02 notice 1 irrecevable-sejour; 2026-09-03 commission 1 irrecevable
            2026-09-04 notice 1 irrecevable-sejour""", "2026-12-31",
         """2026-09-01: 1 active
            2026-09-02: refused"""),
    Case("a reactivation forgets the commission before it", "assumption", NATIONAL,
         """2026-09-01 file 1 guichet; 2026-09-02 commission 1 irrecevable; 2026-09-02 notice 1 sans-reponse
            2026-09-02 proof 1; 2026-11-03 reactivate 1; 2026-11-04 notice 1 irrecevable-sejour""", "2026-12-31",
         """2026-09-01: 1 active
            2026-11-03: RADCON reactivated
            2026-11-04: refused"""),
    Case("one notice at a time, proven once", "assumption", NATIONAL,
         """2026-09-01 file 1 guichet; 2026-09-02 commission 1 irrecevable; 2026-09-02 proof 1; 2026-09-03 answer 1
            2026-09-04 notice 1 sans-reponse; 2026-09-05 notice 1 irrecevable-sejour; 2026-09-06 proof 1
            2026-09-20 proof 1""", "2026-11-30",
         """2026-09-01: 1 active
            2026-09-02: refused
            2026-09-03: refused
            2026-09-05: refused
            2026-09-20: refused
            2026-11-07: RADCON 1 radiated"""),
    Case("an overdue demande ends by the notice when both end on one day", "assumption", NATIONAL,
         "2026-01-15 file 1 guichet; 2026-12-10 notice 1 sans-reponse; 2026-12-15 proof 1", "2027-12-31",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue
            2027-02-16: RADCON 1 radiated"""),
    Case("who is radiated on the day of the preavis is not sent it", "assumption", NATIONAL,
         "2026-01-15 file 1 guichet; 2026-09-20 notice 1 sans-reponse; 2026-09-29 proof 1", "2027-06-30",
         """2026-01-15: 1 active
            2026-11-30: RADCON 1 radiated"""),
)

FREEZES = (
    Case("frozen over its term, it passes two steps in the next run", "assumption", NATIONAL,
         "2026-01-15 file 1 guichet; 2027-01-10 freeze 1; 2027-03-01 unfreeze 1", "2027-12-31",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-10: 1 frozen
            2027-03-01: 1 active
            2027-03-02: RADREN 1 radiated"""),
    Case("frozen before its preavis, it gets it late and one month more", "CCH R441-2-7; assumption", NATIONAL,
         "2026-01-15 file 1 guichet; 2026-11-15 freeze 1; 2027-03-01 unfreeze 1", "2027-12-31",
         """2026-01-15: 1 active
            2026-11-15: 1 frozen
            2027-03-01: 1 active
            2027-03-02: preavis 1 overdue
            2027-04-18: RADREN 1 radiated"""),
    Case("a notice outlives a freeze, and its radiation bears the day of the run", "assumption", NATIONAL,
         """2026-01-15 file 1 guichet; 2026-02-01 notice 1 sans-reponse; 2026-02-02 proof 1; 2026-03-01 freeze 1
            2026-05-09 unfreeze 1; 2026-10-10 reactivate 1""", "2026-12-31",
         """2026-01-15: 1 active
            2026-03-01: 1 frozen
            2026-05-09: 1 active
            2026-05-10: RADCON 1 radiated
            2026-10-10: reactivated 1 active"""),
    Case("it comes back to the state it had, and obeys nothing meanwhile", "assumption", NATIONAL,
         """2026-01-15 file 1 online; 2026-02-01 freeze 1; 2026-02-02 check 1; 2026-02-03 modify 1; 2026-02-04 freeze 1
            2026-02-05 unfreeze 1; 2026-02-06 unfreeze 1""", "2026-12-31",
         """2026-01-15: 1 to_check
            2026-02-01: 1 frozen
            2026-02-02: refused
            2026-02-03: refused
            2026-02-04: refused
            2026-02-05: 1 to_check
            2026-02-06: refused"""),
    Case("a freeze does not stop a written withdrawal", "CCH R441-2-8 b", NATIONAL,
         "2026-01-15 file 1 guichet; 2026-02-01 freeze 1; 2026-02-03 withdraw 1; 2026-02-04 unfreeze 1", "2026-12-31",
         """2026-01-15: 1 active
            2026-02-01: 1 frozen
            2026-02-03: RADABA 1 radiated
            2026-02-04: refused"""),
    Case("an overdue demande thaws overdue", "assumption", NATIONAL,
         "2026-01-15 file 1 guichet; 2027-01-20 freeze 1; 2027-01-25 unfreeze 1", "2027-02-16",
         """2026-01-15: 1 active
            2026-11-30: preavis
            2027-01-16: 1 overdue
            2027-01-20: 1 frozen
            2027-01-25: 1 overdue
            2027-02-16: RADREN 1 radiated"""),
)

ENDS = (
    Case("radiated on 28 February 2027, erased on 29 February 2028", "annex 7; decret 2017-917 art. 4", NATIONAL,
         "2027-01-01 file 1 guichet; 2027-02-28 withdraw 1", "2029-12-31",
         """2027-01-01: 1 active
            2027-02-28: RADABA 1 radiated
            2028-02-29: 1 erased"""),
    Case("radiated on 29 February, erased on 1 March", "annex 7; CPC art. 641", NATIONAL,
         "2028-01-01 file 1 guichet; 2028-02-29 lease 1; 2029-02-28 reactivate 1", "2029-12-31",
         """2028-01-01: 1 active
            2028-02-29: RADATT 1 radiated
            2029-02-28: refused
            2029-03-01: 1 erased"""),
    Case("what is erased or unknown obeys nothing, and its number is not given again", "annex 7", NATIONAL,
         """2026-01-01 file 1 guichet; 2026-01-01 withdraw 1; 2027-01-02 reactivate 1; 2027-01-03 file 1 guichet
            2027-01-04 renew 2""", "2027-01-31",
         """2026-01-01: RADABA 1 radiated
            2027-01-02: refused 1 erased
            2027-01-03: refused
            2027-01-04: refused"""),
    Case("a number is given once", "CCH L441-2-1", NATIONAL,
         "2026-01-01 file 1 guichet; 2026-01-02 file 1 online; 2026-01-03 separate 1 1", "2026-01-31",
         """2026-01-01: 1 active
            2026-01-02: refused
            2026-01-03: refused"""),
    Case("who leaves a couple begins a validity, and the other goes on", "file type CRS; assumption", NATIONAL,
         "2026-01-15 file 1 guichet; 2026-03-31 separate 1 2", "2027-05-01",
         """2026-01-15: 1 active
            2026-03-31: 2 active
            2026-11-30: preavis
            2027-01-16: 1 active 1 overdue
            2027-02-13: preavis
            2027-02-16: RADREN 1 active 1 radiated
            2027-04-01: 1 overdue 1 radiated
            2027-05-01: RADREN 2 radiated"""),
)
