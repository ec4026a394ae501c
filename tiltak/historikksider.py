"""What of the plan and of the services has a page that tells its history."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.felles.historikksider import (
    BARE_KOORDINATOR,
    BARE_NA,
    ORD,
    SES_IKKE,
    UTEN_VERDI,
    Del,
    Historikkside,
    apnet,
    har_historikkside,
)
from slt.models import har_rett
from tiltak.endret import SES_IKKE as LESERE_SER_IKKE
from tiltak.endret import UTEN_FRA, UTEN_VERDIER
from tiltak.models import (
    SER_UTKAST,
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Finansiering,
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
    Tilskudd,
    Tilskuddstiltak,
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
        rader = modell.objects.filter(pk__in=pker)
        if rader.filter(har_rett(leser, modell.kommune_sti, *SER_UTKAST)).exists():
            return {}
        planer = dict(rader.values_list("pk", "plan"))
        vedtatt = apnet(Handlingsplan, {*planer.values()}, status=UTKAST)
        publisert = apnet(modell, pker, publisert=False)
        tider = {pk: (vedtatt.get(planer[pk]), publisert.get(pk)) for pk in planer}
        return {pk: max(filter(None, naar)) for pk, naar in tider.items() if any(naar)}

    return apent_fra


def _kapittelet(kapittel):
    plan = kapittel.plan
    side = reverse("tiltak:plan", args=[plan.kommune.slug, plan.slug])
    return f"{side}#kapittel-{kapittel.slug}"


def _verdien(h):
    """A number by what kind of number it is, as people read it."""
    punkt = Kontaktpunkt(type=h.type, verdi=h.verdi)
    return capfirst(punkt.get_type_display()), punkt.visning


UTKAST = Handlingsplan.Status.UTKAST


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
            Del(Finansiering, "tiltak"),
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
        Tilskudd, Tilskudd.get_absolute_url, [Del(Tilskuddstiltak, "tilskudd")]
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
    # How a tiltak is paid may have been internal before it was published.
    BARE_KOORDINATOR.update({Finansiering, Tilskudd, Tilskuddstiltak})
    BARE_KOORDINATOR.update({Overgang, Tjenestekommune})
    # Which of them was chosen somewhere is told: by what it is called today.
    BARE_NA.update({*UTEN_VERDIER} - {AnsvarKontaktpunkt})
    UTEN_VERDI.update(UTEN_FRA)
    ORD[Kontaktpunkt, "verdi"] = _verdien
    for modell in (Tiltak, Tjeneste):
        for hvem in Hvem:
            ORD[modell, f"{hvem}_kan_kontakte"] = _kan_kontakte(hvem)
