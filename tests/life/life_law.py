"""What the texts say of one demande on one day: delays, states, parameters of a territory. Beside each rule stands its
source, or the word "assumption".

CCH is the code de la construction et de l'habitation, CPC the code de procedure civile, "annex" that of the arrete of
23 March 2015, PPGDID the plan of the territory.
"""

import dataclasses
import datetime
import functools

TO_CHECK, ACTIVE, OVERDUE, FROZEN, RADIATED, ERASED = "to_check", "active", "overdue", "frozen", "radiated", "erased"
SANS_REPONSE = "sans-reponse"
ONE_DAY = datetime.timedelta(days=1)



def last_of_month(year, month):
    """The number of the last day of a month: the day before the first of the next."""
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - ONE_DAY).day


@functools.cache
def add_months(day, months):
    """The same day number `months` later (earlier when negative), or the last day of a shorter month (CPC art. 641)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, last_of_month(year, month + 1)))


def is_over(since, months, day):
    """Whether a delay of `months` from `since` has ended: its last day still belongs to it (CPC art. 641, 642 al. 1)."""
    return day > add_months(since, months)


class Refused(Exception):
    """A command that has no effect; says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Parameters:
    """The delays of a territory; each field is a name of the parameters file, with `-` for `_`."""

    validite_mois: int
    preavis_mois: int
    preavis_avance_jours: int
    radiation_non_renouvelee_mois: int
    reactivation_non_renouvelee_mois: int
    radiation_sans_reponse_mois: int
    reactivation_sans_reponse_mois: int
    radiation_irrecevable_mois: int
    effacement_mois: int


@dataclasses.dataclass(slots=True)
class Notice:
    """A letter that announces a radiation, and the day on which it is proven to have been delivered."""

    kind: str
    proven: datetime.date | None = None


@dataclasses.dataclass(slots=True)
class Demande:
    """What the model remembers of one demande."""

    state: str
    t: datetime.date  # validity runs from here: the filing, or the last renewal (CCH R441-2-7)
    preavis_left: datetime.date | None = None  # of this validity
    notice: Notice | None = None
    found_irrecevable: bool = False  # by a commission, since the filing or the last reactivation
    before_freeze: str | None = None
    motive: str | None = None
    radiated_on: datetime.date | None = None

    def begin_validity(self, day):
        """A validity begins; its preavis has not left (CCH R441-2-7)."""
        self.state, self.t, self.preavis_left = ACTIVE, day, None

    def hear_answer(self):
        """A sign of life closes a notice for want of an answer (CCH R441-2-8 c; that any sign will do: assumption)."""
        if self.notice and self.notice.kind == SANS_REPONSE:
            self.notice = None


class Law:
    """What the texts say of one demande on one day, under the parameters of a territory."""

    def __init__(self, parameters):
        self.parameters = parameters
        self.preavis_day = functools.cache(self.preavis_day)

    def preavis_day(self, t):
        """The day on which the preavis leaves: it must have reached the demandeur one month before the end (CCH R441-2-7,
        annex 5); the days of printing and post are an assumption. The month is counted back from the end of validity."""
        end = add_months(t, self.parameters.validite_mois)
        return add_months(end, -self.parameters.preavis_mois) - self.preavis_travels()

    def preavis_travels(self):
        return datetime.timedelta(days=self.parameters.preavis_avance_jours)

    def preavis_is_due(self, demande, day):
        """Once for a validity, on its day or on the first day after it that the demande is seen (assumption)."""
        return demande.preavis_left is None and day >= self.preavis_day(demande.t)

    def validity_is_over(self, demande, day):
        """Valid for one year from the filing or the last renewal (CCH R441-2-7, annex 5)."""
        return is_over(demande.t, self.parameters.validite_mois, day)

    def is_not_renewed(self, demande, day):
        """RADREN at t+13 months (CCH R441-2-8 e, annex 6.1), or two months after the anniversary (PPGDID), and never
        before the preavis has been with the demandeur for its month (CCH R441-2-7; for a late preavis: assumption)."""
        if demande.preavis_left is None:
            return False
        warned = demande.preavis_left + self.preavis_travels()
        return (is_over(demande.t, self.parameters.radiation_non_renouvelee_mois, day)
                and is_over(warned, self.parameters.preavis_mois, day))

    def motive_of_notice(self, demande, day):
        """The motive that a notice with proof has led to, or None: RADCON two months after (CCH R441-2-8 c, annex 6.5),
        RADIRR one month after (CCH R441-2-8 d, annex 6.4)."""
        notice, p = demande.notice, self.parameters
        if notice is None or notice.proven is None:
            return None
        if notice.kind == SANS_REPONSE:
            return "RADCON" if is_over(notice.proven, p.radiation_sans_reponse_mois, day) else None
        return "RADIRR" if is_over(notice.proven, p.radiation_irrecevable_mois, day) else None

    def refuse_reactivation(self, demande, day):
        """Refuses what annex 6.1 and 6.5 do not open: RADREN until t+18 months, RADCON for five months."""
        if demande.motive == "RADREN":
            late = is_over(demande.t, self.parameters.reactivation_non_renouvelee_mois, day)
        elif demande.motive == "RADCON":
            late = is_over(demande.radiated_on, self.parameters.reactivation_sans_reponse_mois, day)
        else:
            raise Refused("motive is not reactivable")
        if late:
            raise Refused("reactivation too late")

    def is_to_be_erased(self, demande, day):
        """One year after the radiation (annex 7, decret 2017-917 art. 4)."""
        return is_over(demande.radiated_on, self.parameters.effacement_mois, day)
