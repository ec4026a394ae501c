"""What of the plan and of the services has a page that tells its history."""

from collections import defaultdict

from django.db.models import Min, OuterRef, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.felles.historikksider import (
    BARE_KOORDINATOR,
    BARE_NA,
    ORD,
    SES_IKKE,
    Del,
    Historikkside,
    apnet,
    har_historikkside,
)
from slt.models import Tilgang, retter_av
from tiltak.endret import SES_IKKE as LESERE_SER_IKKE
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Hvem,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Overgang,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
    Tjeneste,
    Tjenestekommune,
    Tjenestemalgruppe,
    TjenesteTema,
)


def _apent_fra(modell):
    """(ids, who reads) -> {id: since when it is seen}: once its plan was adopted, and it
    was published itself; always by those who see drafts."""

    def apent_fra(pker, leser):
        if _ser_utkast(leser, modell, pker):
            return {}
        planer = dict(modell.objects.filter(pk__in=pker).values_list("pk", "plan"))
        vedtatt = _vedtatt({plan for plan in planer.values() if plan})
        tider = defaultdict(list)
        for pk, plan in planer.items():
            tider[pk].append(vedtatt.get(plan))
        for pk, tid in apnet(modell, "publisert", pker).items():
            tider[pk].append(tid)
        kjente = {pk: [t for t in naar if t] for pk, naar in tider.items()}
        return {pk: max(naar) for pk, naar in kjente.items() if naar}

    return apent_fra


def _ser_utkast(leser, modell, pker):
    """Whether the reader sees drafts in the kommune of the rows."""
    kommuner = modell.objects.filter(pk__in=pker[:1]).values_list(
        modell.kommune_sti, flat=True
    )
    retter = retter_av(leser)
    if retter is None:
        return False
    return any(
        (rolle, pk) in retter
        for pk in kommuner
        for rolle in (Tilgang.Rolle.KOORDINATOR, Tilgang.Rolle.POLITIRAD)
    )


def _vedtatt(planer):
    """{id: when it ceased to be a draft} of plans that were one."""
    historikk = Handlingsplan.historikk.model.objects
    utkast = Handlingsplan.Status.UTKAST
    som_utkast = historikk.filter(id=OuterRef("id"), status=utkast)
    sist = som_utkast.order_by("-history_id").values("history_id")[:1]
    siden = historikk.filter(id__in=planer, history_id__gt=Subquery(sist))
    return dict(siden.order_by().values_list("id").annotate(Min("history_date")))


def _kapittelet(kapittel):
    plan = kapittel.plan
    side = reverse("tiltak:plan", args=[plan.kommune.slug, plan.slug])
    return f"{side}#kapittel-{kapittel.slug}"


def _verdien(h):
    """A number by what kind of number it is, as people read it."""
    punkt = Kontaktpunkt(type=h.type, verdi=h.verdi)
    return capfirst(punkt.get_type_display()), punkt.visning


def _kan_kontakte(hvem):
    """Whether these may make contact: the name of the field says who, and not what of."""

    def ordene(h):
        kan = getattr(h, f"{hvem}_kan_kontakte")
        return _("%s kan ta kontakt") % hvem.label, _("ja") if kan else _("nei")

    return ordene


APNINGSTIDER = Del(Apningstid, "kontaktpunkt")
SIDER = [
    Historikkside(
        Tiltak,
        Tiltak.get_absolute_url,
        [
            Del(Plassering, "tiltak"),
            Del(Ansvar, "tiltak", (Del(AnsvarKontaktpunkt, "ansvar"),)),
            Del(Malgruppe, "tiltak"),
            Del(TiltakLokalomrade, "tiltak"),
            Del(TiltakTema, "tiltak"),
            Del(Malsetting, "tiltak"),
            Del(TiltakVeileder, "tiltak"),
            Del(Lenke, "tiltak"),
            Del(Overgang, "til"),
        ],
        egne="overordnet",
        apent_fra=_apent_fra(Tiltak),
    ),
    Historikkside(
        Tjeneste,
        Tjeneste.get_absolute_url,
        [
            Del(Kontaktpunkt, "tjeneste", (APNINGSTIDER,)),
            Del(Tjenestemalgruppe, "tjeneste"),
            Del(TjenesteTema, "tjeneste"),
            Del(Tjenestekommune, "tjeneste"),
        ],
    ),
    Historikkside(
        Kontaktpunkt, lambda punkt: punkt.tjeneste.get_absolute_url(), [APNINGSTIDER]
    ),
    Historikkside(Kapittel, _kapittelet, apent_fra=_apent_fra(Kapittel)),
    Historikkside(
        Innsatsomrade,
        Innsatsomrade.get_absolute_url,
        [Del(Malsetting, "innsatsomrade")],
        apent_fra=_apent_fra(Innsatsomrade),
    ),
]


def registrer():
    har_historikkside(*SIDER)
    for modell, felter in LESERE_SER_IKKE.items():
        SES_IKKE.setdefault(modell, set()).update(felter)
    BARE_KOORDINATOR.update({Overgang, Tjenestekommune})
    BARE_NA.add(Kontaktpunkt)
    ORD[Kontaktpunkt, "verdi"] = _verdien
    for modell in (Tiltak, Tjeneste):
        for hvem in Hvem:
            ORD[modell, f"{hvem}_kan_kontakte"] = _kan_kontakte(hvem)
