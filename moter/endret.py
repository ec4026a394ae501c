"""What is otherwise in the meeting structure of a kommune, and which meetings people ask
from and to."""

from collections import defaultdict

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moter.aktiviteter.oversikt import oppmote
from moter.models import Aktivitet, Forum, Forumsmedlem, Mote
from slt.felles.endret import Avsnitt, Gruppe, Milepael, Punkt, Vindu
from slt.felles.endringslogg import Lesbar
from slt.felles.netto import (
    er_ulike,
    felter_i,
    i_ord,
    les,
    lukket_ved,
    sett,
    synlige_blant,
)
from slt.grunn.kontakt_i_tekst import uten_kontakter

# As many may be chosen among.
FLEST = 200
# Who sits somewhere.
PERSONEN = {"person", "bruker"}
# {model: the fields in which nobody is told of a change}.
TIES = {
    Forum: {"id", "slug", "rekkefolge", "kommune", "offentlig", "lett"},
    Forumsmedlem: {"id", "forum", "rekkefolge", "vara_for", "fra", *PERSONEN},
}


def milepaeler(kommune, bruker):
    """Returns the meetings that were held, of the fora that the user sees, the newest
    first; 1 query."""
    return [_milepael(mote) for mote in _holdte(kommune, bruker)[:FLEST]]


def siste_politirad(kommune, bruker):
    """Returns the last meeting of the politiråd, or None; 1 query."""
    moter = _holdte(kommune, bruker).filter(forum__type=Forum.Type.POLITIRAD)
    mote = moter.first()
    return mote and _milepael(mote)


def _holdte(kommune, bruker):
    moter = Mote.objects.synlige_for(bruker).holdes()
    moter = moter.filter(
        forum__in=Forum.objects.all().i(kommune), slutt__lte=timezone.now()
    )
    return moter.select_related("forum").order_by("-start", "-pk")


def _milepael(mote):
    dag = date_format(mote.dag, "j. F Y")
    return Milepael(f"mote-{mote.pk}", f"{mote.forum}, {dag}", mote.start, mote.slutt)


def endret_i(vindu: Vindu):
    """Returns [Avsnitt] of the fora, who leads them, what meetings and what activities
    were held."""
    per = defaultdict(list)
    for forum, punkt in [*_foraene(vindu), *_motene(vindu)]:
        per[forum].append(punkt)
    fora = Forum.objects.select_related("kommune").order_by("niva", "rekkefolge", "pk")
    rader = {rad.pk: rad for rad in fora.filter(pk__in=per)}
    grupper = [
        Gruppe(str(rad), rad.get_absolute_url(), per[pk]) for pk, rad in rader.items()
    ]
    if borte := [p for pk, punkter in per.items() if pk not in rader for p in punkter]:
        grupper.append(Gruppe(_("Tatt ut"), punkter=borte))
    return [
        Avsnitt(_("Fora og møter"), grupper),
        Avsnitt(_("Aktiviteter"), _aktivitetene(vindu)),
    ]


def _aktivitetene(vindu):
    """[Gruppe] of what was held and called off, as the user may see it today; 1 query."""
    fra, til = timezone.localdate(vindu.fra), timezone.localdate(vindu.slutt)
    rader = Aktivitet.objects.synlige_for(vindu.bruker).filter(
        kommune=vindu.kommune, dato__gte=fra, dato__lt=til
    )
    rader = list(rader)
    if not rader:
        return []
    avlyst = sum(rad.avlyst for rad in rader)
    deler = [str(oppmote(rader))] if avlyst < len(rader) else []
    if avlyst:
        tekst = ngettext("%d aktivitet avlyst", "%d aktiviteter avlyst", avlyst)
        deler.append(tekst % avlyst)
    adresse = reverse("moter:aktivitet_list", args=[vindu.kommune.slug])
    return [Gruppe(_("Aktiviteter"), adresse, [Punkt(_("Holdt"), "; ".join(deler))])]


def _foraene(vindu):
    """Yields (id of a forum, Punkt)."""
    historikkene = [m.historikk.model.objects.all() for m in TIES]
    alle = les(historikkene, vindu.siden, vindu.for_)
    fora = _fora_sett(vindu, alle)
    parene = [
        par
        for par in [*fora, *_ledere_sett(vindu, alle, fora)]
        if er_ulike(par.for_, par.etter, felter_i(par.modell, TIES[par.modell]))
    ]
    lesbar = Lesbar(vindu.kommune, [h for p in parene for h in (p.for_, p.etter) if h])
    for par in parene:
        forum = par.pk if par.modell is Forum else par.rad.forum_id
        yield forum, _punkt(vindu, lesbar, par)


def _innenfra(vindu):
    fora = Forum.objects.innenfra(vindu.bruker)
    return set(fora.values_list("pk", flat=True))


def _fora_sett(vindu, alle):
    innenfra = _innenfra(vindu)
    fora = [par for par in alle if par.modell is Forum]
    return sett(fora, vindu.bruker, lambda h: h.offentlig or h.id in innenfra)


def _ledere_sett(vindu, alle, fora):
    """Returns the Par of who leads the fora; not what was said of one while it was hidden,
    nor of what came or went with it."""
    vist_da = {par.pk for par in fora if par.for_}
    skjult_da = {par.pk for par in alle if par.modell is Forum} - vist_da
    if vindu.til and not vindu.koordinerer:
        # And what was opened since.
        ganger = (vindu.fra, vindu.til)
        lukket = [
            lukket_ved(Forum, vindu.kommune, g, Q(offentlig=False)) for g in ganger
        ]
        skjult_da |= set().union(*lukket) - _innenfra(vindu)
    ledere = [par for par in alle if par.modell is Forumsmedlem and _er_leder(par)]
    synlige = synlige_blant(
        Forum.objects.synlige_for(vindu.bruker), {par.na.forum_id for par in ledere}
    )
    apne = synlige - skjult_da
    ledere = [par for par in ledere if par.na.forum_id in apne]
    return sett(ledere, vindu.bruker, lambda h: True)


def _er_leder(par):
    return Forumsmedlem.Verv.LEDER in {h.verv for h in (par.da, par.na) if h}


def _punkt(vindu, lesbar, par):
    for_, etter = par.for_, par.etter
    felter = []
    if for_ and etter:
        felter = i_ord(
            lesbar,
            for_,
            etter,
            felter_i(par.modell, TIES[par.modell]),
            fra_vises=_kan_nevnes,
            til_vises=_kan_nevnes,
            ser_trukne=vindu.koordinerer,
            er_na=vindu.til is None,
        )
    apent = par.modell is not Forum or par.rad.offentlig
    star_der = par.etter is not None and vindu.til is None
    hva = _hva(par)
    return Punkt(
        hva=hva if vindu.koordinerer or star_der else uten_kontakter(hva),
        handling=_handling(par),
        felter=list(felter),
        sist=par.sist,
        er_rettelse=bool(for_ and etter and par.bare_rettelser),
        merknad="" if apent else _("ikke på nettsiden"),
    )


def _kan_nevnes(felt):
    # What it is called may not be for all.
    return not (felt.is_relation and felt.related_model is Forum)


def _hva(par):
    if par.modell is Forum:
        navn = "" if par.etter else f": {par.rad.navn}"
        return capfirst(f"{Forum._meta.verbose_name}{navn}")
    rad = par.rad
    return f"{_('Leder')}: {rad.funksjon}" if rad.funksjon else _("Leder")


def _handling(par):
    for_, etter = par.for_, par.etter
    if for_ is None:
        return _("Opprettet") if par.modell is Forum else _("Lagt til")
    if etter is None:
        return _("Tatt ut")
    if par.modell is Forum and etter.nedlagt and not for_.nedlagt:
        return _("Lagt ned")
    if par.modell is Forum and etter.navn != for_.navn:
        return _("Fikk nytt navn")
    return _("Endret")


def _motene(vindu):
    """Yields (id of a forum, Punkt): how many meetings it held, and called off; 1 query."""
    moter = Mote.objects.synlige_for(vindu.bruker).som_vises()
    moter = moter.filter(
        forum__in=Forum.objects.all().i(vindu.kommune),
        start__gte=vindu.fra,
        slutt__lte=min(vindu.slutt, timezone.now()),
    )
    planlagt = Q(status=Mote.Status.PLANLAGT)
    rader = (
        moter.order_by()
        .values("forum")
        .annotate(
            holdt=Count("pk", filter=planlagt), avlyst=Count("pk", filter=~planlagt)
        )
    )
    for rad in rader.values_list("forum", "holdt", "avlyst"):
        forum, holdt, avlyst = rad
        deler = []
        if holdt:
            tekst = ngettext("%d møte holdt", "%d møter holdt", holdt)
            deler.append(tekst % holdt)
        if avlyst:
            tekst = ngettext("%d møte avlyst", "%d møter avlyst", avlyst)
            deler.append(tekst % avlyst)
        yield forum, Punkt(_("Møter"), ", ".join(deler))
