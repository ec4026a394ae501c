"""Whether a contact point is open at a moment, and when it opens: pure, but for the school
holidays, which are asked for once.

What is not given is not said: without hours nothing comes out, and where nobody has said
what holds on a holiday, or when the schools are out, that is what stands there. What comes
out expires: see `Apent.gjelder_til`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from slt.grunn.helligdager import EN_DAG, aftener, helligdager
from slt.grunn.tid import Ukedag
from tiltak.models import Apningstid

# So far ahead the next opening is looked for.
DAGER_FRAM = 14
MIDT_PA_DAGEN = time(12)
# Longer than this no school is without a holiday; where two that are known lie further
# apart, one between them is not entered.
LENGSTE_SKOLETID = timedelta(weeks=13)

# Each gives (first day, last day) of the holidays of a kommune's schools between two days,
# by at most one query; upper apps add at start what they know of.
SKOLEFERIER: list[Callable] = []

Gjelder, Hva, Helligdager, Uker = (
    Apningstid.Gjelder,
    Apningstid.Hva,
    Apningstid.Helligdager,
    Apningstid.Uker,
)


class Tilstand(StrEnum):
    APENT = "apent"  # answers, or the doors are open
    UTE = "ute"  # out where the young are; that says nothing of the telephone
    STENGT = "stengt"  # neither, now
    VET_IKKE = "vet_ikke"


@dataclass(frozen=True)
class Apent:
    """What can be said of one way in at a moment.

    Attributes:
        tekst: the words, in the language that is active: "åpent nå (til kl. 15.30)".
        gjelder_til: the first moment at which they may be others.
        er_beskjed: whether they are the notice of the tjeneste, which holds for all its
            contact points alike.
    """

    tilstand: Tilstand
    tekst: str
    gjelder_til: datetime
    er_beskjed: bool = False


@dataclass(frozen=True)
class Kalender:
    """The days near a moment that are not as others."""

    helligdager: frozenset[date] = frozenset()
    # Hours that end early, mostly: nobody can tell from those of other days.
    aftener: frozenset[date] = frozenset()
    skoleferier: tuple[tuple[date, date], ...] = ()

    def er_skolefri(self, dag):
        """Whether the schools are out; None where that is not known."""
        if any(fra <= dag <= til for fra, til in self.skoleferier):
            return True
        for_ = max((til for _fra, til in self.skoleferier if til < dag), default=None)
        etter = min((fra for fra, _til in self.skoleferier if fra > dag), default=None)
        if for_ is None or etter is None or etter - for_ > LENGSTE_SKOLETID:
            return None
        return False


def kalender_rundt(kommune, na, punkter=None):
    """Returns the Kalender for all that `apent_na` asks of the kommune at that moment;
    1 query.

    Args:
        punkter: for these alone; no query where none of them asks for school holidays.
    """
    dag = _dag(na)
    fra, til = dag - EN_DAG, dag + DAGER_FRAM * EN_DAG
    ferier = (fra - LENGSTE_SKOLETID, til + LENGSTE_SKOLETID)
    spor_om_ferier = punkter is None or any(
        tid.gjelder != Gjelder.ALLTID for p in punkter for tid in p.apningstider.all()
    )
    return Kalender(
        frozenset(helligdager(fra, til)),
        frozenset(aftener(fra, til)),
        tuple(
            ferie
            for finn in SKOLEFERIER
            if spor_om_ferier
            for ferie in finn(kommune, *ferier)
        ),
    )


def apent_na(punkt, tjeneste, na, kalender):
    """Returns what can be said of a contact point now: [Apent], of when it answers first,
    then of when those behind it are out. Nothing where no hours are given.

    Args:
        punkt: a Kontaktpunkt with apningstider loaded.
        tjeneste: whose it is; its notice may say that it is closed.
        na: an aware datetime.
        kalender: as `kalender_rundt` gives it.
    """
    dag = _dag(na)
    if tjeneste.nedlagt and tjeneste.nedlagt <= dag:
        return []
    if tjeneste.er_stengt(dag):
        tekst = stengt_tekst(tjeneste.melding_den(dag))
        til = _midnatt(dag + EN_DAG)
        return [Apent(Tilstand.STENGT, tekst, til, er_beskjed=True)]
    tider = list(punkt.apningstider.all())
    sagt = [
        _si([tid for tid in tider if tid.hva == hva], hva, tjeneste, na, kalender)
        for hva in Hva
    ]
    return [apent for apent in sagt if apent]


def gjelder_til(apne):
    """Returns when the first of these expires; None where there are none."""
    return min((apent.gjelder_til for apent in apne), default=None)


# Stretches ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Stund:
    """From a moment to another, both UTC: aware times of one zone are compared by what the
    clock shows, which is wrong when it is put back. `usikker` is why it may not hold."""

    fra: datetime
    til: datetime
    usikker: str = ""

    def er(self, tid):
        return self.fra <= tid < self.til


def _stunder(tider, tjeneste, dag, kalender):
    """Yields the stretches that begin from the day before on. One belongs to the day on
    which it begins, and ends where a notice begins that it is closed."""
    for nr in range(-1, DAGER_FRAM + 1):
        den = dag + nr * EN_DAG
        if tjeneste.er_stengt(den):
            continue
        for tid in tider:
            if not _er_dagen(tid, den):
                continue
            holder, hvorfor_ikke = _holder(tid, den, kalender)
            if holder is False:
                continue
            siste = den if tid.stenger > tid.apner else den + EN_DAG
            til = _tid(siste, tid.stenger)
            if siste > den and tjeneste.er_stengt(siste):
                til = _midnatt(siste)
            fra = _tid(den, tid.apner)
            if fra < til:
                yield _Stund(fra, til, hvorfor_ikke)


def _er_dagen(tid, dag):
    uke = {Uker.PARTALL: 0, Uker.ODDETALL: 1}.get(tid.uker)
    if uke is not None and dag.isocalendar().week % 2 != uke:
        return False
    return tid.fra_dag <= dag.weekday() <= tid.til_dag


def _holder(tid, dag, kalender):
    """Returns whether hours hold on a day (None: not known), and if not known, why."""
    usikker = ""
    if tid.gjelder != Gjelder.ALLTID:
        fri = kalender.er_skolefri(dag)
        if fri is not None and fri != (tid.gjelder == Gjelder.SKOLEFERIE):
            return False, ""
        if fri is None:
            usikker = _("det er ikke oppgitt når skolene har ferie")
    if tid.helligdager != Helligdager.APENT:
        if dag in kalender.helligdager and tid.helligdager == Helligdager.STENGT:
            return False, ""
        if dag in kalender.helligdager or dag in kalender.aftener:
            usikker = _("det er ikke oppgitt hva som gjelder på helligdager")
    return (None if usikker else True), usikker


def _slatt_sammen(stunder):
    """The same time in as few stretches as can be, in their order."""
    hele = []
    for stund in sorted(stunder, key=lambda s: s.fra):
        if hele and stund.fra <= hele[-1].til:
            hele[-1] = _Stund(hele[-1].fra, max(hele[-1].til, stund.til))
        else:
            hele.append(stund)
    return hele


def _tid(dag, klokkeslett):
    sone = timezone.get_default_timezone()
    return datetime.combine(dag, klokkeslett, sone).astimezone(UTC)


def _dag(tid):
    return timezone.localtime(tid).date()


def _midnatt(dag):
    return _tid(dag, time.min)


# In words ----------------------------------------------------------------------------


def _si(tider, hva, tjeneste, na, kalender):
    """What can be said of hours of one kind, or None."""
    dag, na = _dag(na), na.astimezone(UTC)
    alle = list(_stunder(tider, tjeneste, dag, kalender))
    sikre = _slatt_sammen(stund for stund in alle if not stund.usikker)
    usikre = [stund for stund in alle if stund.usikker]
    gjelder = min(
        tid
        for tid in (_midnatt(dag + EN_DAG), *(t for s in alle for t in (s.fra, s.til)))
        if tid > na
    )
    if naa := next((stund for stund in sikre if stund.er(na)), None):
        tilstand = Tilstand.UTE if hva == Hva.UTE else Tilstand.APENT
        return Apent(tilstand, _apent_tekst(naa, hva, dag, usikre), gjelder)
    neste = next((stund for stund in sikre if stund.fra > na), None)
    i_dag = (u for u in usikre if u.til > na and u.fra < _midnatt(dag + EN_DAG))
    kanskje = min(i_dag, key=lambda u: u.fra, default=None)
    if kanskje and (neste is None or kanskje.fra < neste.fra):
        return Apent(Tilstand.VET_IKKE, kanskje.usikker, gjelder)
    if neste is None:
        return None
    senest = any(na < u.fra < neste.fra for u in usikre)
    # Whether it has been, or may have been.
    var_apent = any(s.er(_midnatt(dag)) or _dagen(s) == dag for s in (*sikre, *usikre))
    tekst = _neste_tekst(neste, hva, dag, senest=senest, var_apent=var_apent)
    return Apent(Tilstand.STENGT, tekst, gjelder)


def _apent_tekst(stund, hva, dag, usikre):
    er_ute = hva == Hva.UTE
    if stund.til >= _midnatt(dag + DAGER_FRAM * EN_DAG):
        return _("ute hele døgnet") if er_ute else _("åpent hele døgnet")
    # A time of day alone says when, if it is that of today or of the night; and where
    # more may follow, nobody knows when it ends.
    i_natt = _tid(dag + EN_DAG, MIDT_PA_DAGEN)
    if stund.til > i_natt or any(u.er(stund.til) for u in usikre):
        return _("ute nå") if er_ute else _("åpent nå")
    ord_ = {"klokken": _klokken(stund.til, slutt=True)}
    if er_ute:
        return _("ute nå (til kl. %(klokken)s)") % ord_
    return _("åpent nå (til kl. %(klokken)s)") % ord_


def _neste_tekst(stund, hva, dag, *, senest, var_apent):
    nar = _nar(stund, dag)
    if hva == Hva.UTE:
        return (_("ute igjen senest %s") if senest else _("ute igjen %s")) % nar
    apner = (_("åpner senest %s") if senest else _("åpner %s")) % nar
    if var_apent:
        return apner
    return _("stengt i dag, %s") % apner


def _nar(stund, dag):
    """ "kl. 12.00" today, "mandag kl. 08.00", "mandag 7. desember kl. 08.00"."""
    den = _dagen(stund)
    ord_ = {
        "klokken": _klokken(stund.fra),
        "dag": Ukedag(den.weekday()).label,
        "dato": date_format(den, "j. F"),
    }
    if den == dag:
        return _("kl. %(klokken)s") % ord_
    if den - dag < timedelta(days=7):
        return _("%(dag)s kl. %(klokken)s") % ord_
    return _("%(dag)s %(dato)s kl. %(klokken)s") % ord_


def _dagen(stund):
    return _dag(stund.fra)


def _klokken(tid, *, slutt=False):
    klokken = f"{timezone.localtime(tid):%H.%M}"
    return "24.00" if slutt and klokken == "00.00" else klokken


def stengt_tekst(melding):
    """ "stengt: ferie til 1. august"; the word is not said twice."""
    if melding.lower().startswith("steng"):
        return melding
    return _("stengt: %s") % melding
