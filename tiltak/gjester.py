"""Tiltak that stand in other plans than their own: how they get there, and what becomes
of them when one of the two is superseded. Nothing in a plan that holds freezes with
another, and nothing in one that was superseded goes on changing."""

from django.db import transaction

from tiltak.kopiering import Kopi
from tiltak.models import PA_STED, Ansvar, Handlingsplan, Overgang, Plassering, Tiltak

Valg, Status = Overgang.Valg, Tiltak.Status
BLE = {Valg.AVSLUTTES: Status.AVSLUTTET, Valg.OVERFORES: Status.OVERFORT}


def kan_settes_inn(plan):
    """Returns the tiltak of other plans of the kommune that may stand in this one and do
    not: by plan, in the order of each."""
    stenges = {Handlingsplan.Status.AVLOST}
    if not plan.er_utkast:
        stenges.add(Handlingsplan.Status.UTKAST)
    andre = Handlingsplan.objects.filter(kommune=plan.kommune_id)
    andre = andre.exclude(rekke=plan.rekke_id).exclude(status__in=stenges)
    tiltakene = Tiltak.objects.i_kraft().selvstendige().filter(plan__in=andre)
    tiltakene = tiltakene.exclude(pk__in=plan.plasseringer.values("tiltak"))
    i_orden = (
        tiltakene.i_planens_orden()
        .med_plassering()
        .select_related("plan__kommune", "plan__rekke")
    )
    return i_orden.order_by("plan", *i_orden.query.order_by)


@transaction.atomic
def sett_inn(tiltakene, innsatsomrade):
    """Lets tiltak of other plans stand in an innsatsområde, too, each with the next
    number.

    Raises:
        ValidationError: when one of them cannot.
    """
    for tiltak in tiltakene:
        sted = Plassering(
            tiltak=tiltak,
            innsatsomrade=innsatsomrade,
            nummer=innsatsomrade.neste_nummer,
        )
        sted.full_clean()
        sted.save()


def etter_avlosning(forrige, ny=None):
    """Lets the places that tiltak of a superseded plan have in others go over to their
    successors. Where they have none, the other plan gets the tiltak for its own, ended if
    that was chosen. And what was a guest in the superseded plan stays there as it was.
    Inside `uten_vern`.

    Args:
        ny: the plan that takes its place, if one does.
    """
    overganger = Overgang.objects.filter(ny_plan=ny) if ny else Overgang.objects.none()
    ble_til = {}
    for rad in overganger.exclude(til=None).select_related("til").order_by("-pk"):
        ble_til[rad.fra_id] = rad.til
    avsluttes = overganger.filter(til=None).values_list("fra", "valg")
    status = {fra: BLE[valg] for fra, valg in avsluttes if valg in BLE}
    steder = Plassering.objects.gjester().filter(tiltak__plan=forrige)
    steder = steder.exclude(plan__status=Handlingsplan.Status.AVLOST)
    # What others were merged into keeps its own number, and so goes first.
    sammen = overganger.filter(valg=Valg.SLAS_SAMMEN)
    sammen = set(sammen.values_list("fra", flat=True))
    for tiltak, plan in sorted(_per_plan(steder), key=lambda par: par[0].pk in sammen):
        if tiltak.pk not in ble_til:
            nytt = {"status": status[tiltak.pk]} if tiltak.pk in status else {}
            ble_til[tiltak.pk] = egen_kopi(tiltak, plan, **nytt)
            continue
        til = ble_til[tiltak.pk]
        _flytt(tiltak, plan, til)
        if til.plan.rekke_id == plan.rekke_id:
            # The next plan of the one that got it: there it is continued.
            egen_kopi(til, plan)
    for tiltak, plan in _per_plan(forrige.plasseringer.gjester()):
        egen_kopi(tiltak, plan)


def egen_kopi(tiltak, plan, **nytt):
    """Gives a plan in which a tiltak is a guest the same tiltak for its own, as it stands
    there. Returns it."""
    kopi = Kopi(tiltak.plan, plan)
    tatt = set(plan.tiltak.values_list("slug", flat=True))

    def egen_slug(rad):
        return {"slug": ""} if rad.slug in tatt else {}

    [ny] = kopi.ta_med([tiltak], egen_slug, nytt=False, **nytt)
    deler = list(tiltak.deltiltak.order_by("rekkefolge", "pk"))
    kopi.ta_med(deler, egen_slug, nytt=False)
    kopi.ta_med_deler([tiltak, *deler])
    hoved = plan.plasseringer.get(tiltak=tiltak, hoved=True)
    _flytt(tiltak, plan, ny)
    _gjor_til_eget(ny, hoved)
    Overgang.objects.create(ny_plan=plan, fra=tiltak, til=ny, valg=Valg.VIDEREFORES)
    return ny


def _per_plan(steder):
    """[(tiltak, plan in which it is a guest)], each once; plans that hold first: there
    nothing has its home in a draft."""
    steder = steder.select_related("tiltak__plan", "plan__kommune").order_by("pk")
    steder = sorted(steder, key=lambda sted: sted.plan.er_utkast)
    return list({(sted.tiltak, sted.plan): None for sted in steder})


def _flytt(tiltak, plan, til):
    """Lets another tiltak stand where this one is a guest, with what is said of it there.
    Where that one stands already, it does so once."""
    har = {p.innsatsomrade_id: p for p in plan.plasseringer.filter(tiltak=til)}
    har_hoved = any(p.hoved for p in har.values())
    for sted in plan.plasseringer.filter(tiltak=tiltak):
        if annet := har.get(sted.innsatsomrade_id):
            _gi_videre(sted, annet)
            sted.delete()
            continue
        sted.tiltak, sted.hoved = til, sted.hoved and not har_hoved
        sted.save()
        for modell in PA_STED:
            for rad in modell.objects.filter(plassering=sted):
                rad.tiltak, rad.rekkefolge = til, None  # after those that it has
                rad.save()


def _gi_videre(sted, annet):
    """What is said of a place that goes, is said of the one that stays: nothing is lost
    but what it says already."""
    for modell in PA_STED:
        har = {_hva(rad) for rad in modell.objects.filter(plassering=annet)}
        for rad in modell.objects.filter(plassering=sted):
            if _hva(rad) not in har:
                rad.plassering, rad.tiltak, rad.rekkefolge = annet, annet.tiltak, None
                rad.save()
    merknader = dict.fromkeys(filter(None, (annet.merknad, sted.merknad)))
    linjer = dict.fromkeys(
        [*annet.forankring.splitlines(), *sted.forankring.splitlines()]
    )
    annet.merknad = " ".join(merknader)[: annet._meta.get_field("merknad").max_length]
    annet.forankring = "\n".join(linjer)
    annet.save()


def _hva(rad):
    """What a row is about: a tjeneste, or whom a tiltak is for."""
    return rad.tjeneste_id if isinstance(rad, Ansvar) else str(rad)


def _gjor_til_eget(tiltak, hoved):
    """What was said of the place alone, where the tiltak is no guest any more, is said of
    the tiltak."""
    for modell in PA_STED:
        bundne = list(modell.objects.filter(plassering=hoved))
        for rad in modell.objects.filter(tiltak=tiltak, plassering=None):
            if bundne:
                rad.delete()
        for rad in bundne:
            rad.plassering = None
            rad.save()
    hoved.refresh_from_db()
    if hoved.forankring:
        tiltak.forankring, hoved.forankring = hoved.forankring, ""
        tiltak.save()
        hoved.save()
