"""What the plan knows of how a tiltak came to be: the plan before, how the plan was
treated, and what was changed since. It says nothing that readers do not see."""

from datetime import date

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from slt.models import Tilgang
from tiltak.models import Ansvar, Overgang, Plassering, Tiltak, Tjeneste

from . import Linje
from .historikken import LASTET, Historikken, apne_omrader

Valg, Status = Overgang.Valg, Tiltak.Status
SLUTT = {
    Status.AVSLUTTET: lambda: _("Avsluttet."),
    Status.OVERFORT: lambda: _("Overført til fast struktur."),
}


def linjer(tiltak, bruker):
    """Returns the lines: 2 queries, 1 more where it came from another tiltak, and 1 where
    tjenester, and 1 where places, were changed."""
    historikken = Historikken(tiltak)
    return [
        *_veien_inn(tiltak, bruker, historikken),
        *_endret(tiltak, bruker, historikken),
    ]


def planens_start(plan):
    """The day that the plan was treated, or the year that it begins."""
    return plan.vedtatt_dato or plan.fra_ar


# How it came, and where it went -----------------------------------------------------------


def _veien_inn(tiltak, bruker, historikken):
    plan = tiltak.plan
    rader = _overgangene(tiltak, bruker)
    til = [rad for rad in rader if rad.til_id == tiltak.pk]
    if plan.vedtatt_dato:
        yield Linje(plan.vedtatt_dato, _("Planen: %s.") % _uten_dato(plan))
    kom = planens_start(plan)
    if historikken.kom_senere:
        kom = historikken.apnet.dag
    if til:
        for rad in til:
            if _er_apent(rad.fra):
                yield _kom_fra(rad, plan, kom)
    elif historikken.kom_senere:
        yield from _kom_senere(tiltak, historikken.apnet)
    else:
        nytt = plan.bygger_pa_id or tiltak.nytt
        tekst = _("Nytt tiltak i planen for %s.") if nytt else _("Med i planen for %s.")
        yield Linje(kom, tekst % plan.periode)
    if tiltak.fra_dato and tiltak.fra_dato <= timezone.localdate():
        yield Linje(tiltak.fra_dato, _("Tiltaket begynte."))
    yield from map(_ble_til, _etterfolgere(tiltak, rader))


def _overgangene(tiltak, bruker):
    """What it came from and what it became, in plans that the user sees."""
    rader = Overgang.objects.synlige_for(bruker).filter(Q(til=tiltak) | Q(fra=tiltak))
    rader = rader.select_related("ny_plan__kommune", "fra__plan__kommune", "til__plan")
    steder = Plassering.objects.select_related("innsatsomrade")
    return list(
        rader.order_by("pk").prefetch_related(Prefetch("fra__plasseringer", steder))
    )


def _er_apent(annet):
    """Whether all can read of another tiltak."""
    return annet.publisert and not annet.plan.er_utkast


def _etterfolgere(tiltak, rader):
    """What became of it in the next plan of its rekke, as far as all can read of that.
    When a plan of another rekke got it for its own, no date says."""
    return [
        rad
        for rad in rader
        if rad.fra_id == tiltak.pk
        and rad.ny_plan.rekke_id == tiltak.plan.rekke_id
        and not rad.ny_plan.er_utkast
        and (rad.til is None or _er_apent(rad.til))
    ]


def _kom_fra(rad, plan, kom):
    ord_ = {
        Valg.SLAS_SAMMEN: _(
            "Slått sammen med «%(tiltak)s» fra planen for %(periode)s."
        ),
        Valg.DELES: _("Delt ut fra «%(tiltak)s» i planen for %(periode)s."),
    }
    fra = rad.fra.plan
    tekst = ord_.get(
        rad.valg, _("Videreført fra «%(tiltak)s» i planen for %(periode)s.")
    )
    if fra.rekke_id != plan.rekke_id:
        tekst = _("Overtatt fra «%(tiltak)s» i %(plan)s.")
    om = {"tiltak": rad.fra, "periode": fra.periode, "plan": fra}
    return Linje(kom, tekst % om, rad.fra.get_absolute_url())


def _ble_til(rad):
    om = {"periode": rad.ny_plan.periode, "plan": rad.ny_plan}
    if rad.til is None:
        tekst = _("Ikke med i planen for %(periode)s: %(hva)s.")
        om["hva"] = rad.get_valg_display()
        if rad.begrunnelse:
            tekst = _("Ikke med i planen for %(periode)s: %(hva)s. %(hvorfor)s")
            om["hvorfor"] = rad.begrunnelse
    elif rad.valg == Valg.SLAS_SAMMEN:
        tekst = _("Slått sammen med et annet tiltak i planen for %(periode)s.")
    else:
        tekst = _("Ført videre i planen for %(periode)s.")
    return Linje(planens_start(rad.ny_plan), tekst % om)


def _kom_senere(tiltak, apnet):
    """It was published while the plan held. What a load brought, came when its own dates
    say, if they do."""
    if apnet.dor not in LASTET:
        yield Linje(apnet.dag, _("Nytt tiltak i planen for %s.") % tiltak.plan.periode)
    elif not tiltak.fra_dato:
        yield Linje(apnet.dag, _("Lagt inn i løsningen."))


def _uten_dato(plan):
    """How the plan was treated, where the line says when."""
    dato = date_format(plan.vedtatt_dato, "j. F Y")
    ord_ = plan.behandling.replace(f" {dato}", "")
    return ord_[:1].lower() + ord_[1:]


# What was changed since -------------------------------------------------------------------


def _endret(tiltak, bruker, historikken):
    for rad, fra, til in historikken.av_feltet("status"):
        yield Linje(rad.dag, _om_status(fra, til) + _hvorfor(tiltak, bruker, rad))
    for rad, fra, til in historikken.av_feltet("niva"):
        yield Linje(rad.dag, _om_niva(fra, til))
    for rad, fra, til in historikken.av_feltet("frist"):
        yield Linje(rad.dag, _om_frist(fra, til))
    for rad, fra, til in historikken.av_feltet("prioritet"):
        yield Linje(rad.dag, _om_prioritet(fra, til))
    for rad, fra, _til in historikken.av_feltet("tekst"):
        yield Linje(rad.dag, _("Nytt navn. Het før «%s».") % fra)
    yield from _om_ansvar(historikken.av_ansvaret(), bruker)
    yield from _om_plasser(historikken.av_plassene(), bruker)


def _om_status(fra, til):
    if til in SLUTT:
        return SLUTT[til]()
    ord_ = {"fra": Status(fra).label, "til": Status(til).label}
    if fra in SLUTT:
        return _("Tatt opp igjen: %(til)s.") % ord_
    return _("Status endret fra %(fra)s til %(til)s.") % ord_


def _hvorfor(tiltak, bruker, rad):
    """Why it ended, as somebody wrote it for those who write the plan."""
    koordinerer = tiltak.kommune.gir(bruker, Tilgang.Rolle.KOORDINATOR)
    slutter = rad.status in SLUTT and rad.hvorfor
    return f" {rad.hvorfor}" if koordinerer and slutter else ""


def _om_niva(fra, til):
    ord_ = {verdi: Tiltak.Niva(verdi).label if verdi else "" for verdi in (fra, til)}
    if not fra:
        return _("Forebyggingsnivået ble satt: %s.") % ord_[til]
    if not til:
        return _("Forebyggingsnivået ble tatt bort. Det var %s.") % ord_[fra]
    om = {"fra": ord_[fra], "til": ord_[til]}
    return _("Forebyggingsnivået endret fra %(fra)s til %(til)s.") % om


def _om_frist(fra, til):
    om = {
        ende: date_format(date.fromisoformat(dag), "j. F Y") if dag else ""
        for ende, dag in (("fra", fra), ("til", til))
    }
    if not fra:
        return _("Fristen ble satt til %(til)s.") % om
    if not til:
        return _("Fristen %(fra)s ble tatt bort.") % om
    return _("Fristen ble flyttet fra %(fra)s til %(til)s.") % om


def _om_prioritet(fra, til):
    if not til:
        return _("Politirådets prioritet ble tatt bort.")
    til = Tiltak.Prioritet(til).label
    if not fra:
        return _("Politirådet ga tiltaket prioritet: %s.") % til
    om = {"fra": Tiltak.Prioritet(fra).label, "til": til}
    return _("Politirådets prioritet endret fra %(fra)s til %(til)s.") % om


def _om_ansvar(per_tjeneste, bruker):
    if not per_tjeneste:
        return
    # One that is gone is not named.
    tjenester = Tjeneste.objects.synlige_for(bruker).in_bulk(per_tjeneste)
    for pk, skifter in per_tjeneste.items():
        for rad, _fra, til in skifter if pk in tjenester else ():
            om = {"tjeneste": tjenester[pk]}
            if til:
                om["rolle"] = Ansvar.Rolle(til).label
                tekst = _("%(tjeneste)s ble %(rolle)s.")
            else:
                tekst = _("%(tjeneste)s er ikke lenger ansvarlig.")
            yield Linje(rad.dag, tekst % om)


def _om_plasser(skifter, bruker):
    if not skifter:
        return
    steder = {sted for skifte in skifter for sted in skifte[1:] if sted}
    omrader = apne_omrader({omrade for omrade, _nummer in steder}, bruker)
    for rad, fra, til in skifter:
        om = {}
        for ende, sted in (("fra", fra), ("til", til)):
            navn, apnet = omrader.get(sted and sted[0], (None, None))
            # Nobody read of it while the innsatsområde was not public.
            if navn and apnet and rad.tid > apnet:
                om[ende] = f"{navn} {sted[1]}"
        if len(om) == 2:
            yield Linje(rad.dag, _("Flyttet fra %(fra)s til %(til)s.") % om)
        elif "til" in om:
            yield Linje(rad.dag, _("Står også som %(til)s.") % om)
        elif "fra" in om:
            yield Linje(rad.dag, _("Står ikke lenger som %(fra)s.") % om)
