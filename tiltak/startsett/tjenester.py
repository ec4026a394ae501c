"""The usual tjenester of a kommune, without the contacts that each has of its own; and
those for the whole country, with what has been read of theirs."""

from functools import cache

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from slt.felles.startsett import Gruppe, Ting
from slt.grunn.norsk import slugg, uten_https
from slt.models import Kommune
from tiltak.hvem.landet import KONFLIKTRADET, LANDET
from tiltak.models import Kontaktpunkt, Tjeneste

T = Tjeneste.Type


# The usual ones of a kommune ----------------------------------------------------------


def _vanlig(nokkel, navn, om, type_, *, kort="", ogsa=(), valgt=True, funksjon=""):
    felter = {"type": type_.value, "tekst": om, "kortnavn": kort, "funksjon": funksjon}
    ogsa = tuple(filter(None, (kort, *ogsa)))
    return Ting(nokkel, navn, om, felter, ogsa=ogsa, valgt=valgt)


VANLIGE = (
    _vanlig(
        "slt-koordinator",
        _("SLT-koordinator"),
        _("Samordner det forebyggende arbeidet mellom kommunen, politiet og andre."),
        T.FUNKSJON,
        ogsa=(_("SLT-koordinatoren"),),
        funksjon=Tjeneste.Funksjon.SLT_KOORDINATOR.value,
    ),
    _vanlig(
        "barnevern",
        _("Barneverntjenesten"),
        _("Hjelper barn og familier, og tar imot bekymringsmeldinger."),
        T.KOMMUNAL,
        ogsa=(_("Barnevernet"), _("Barnevernstjenesten")),
    ),
    _vanlig(
        "helsestasjon",
        _("Helsestasjons- og skolehelsetjenesten"),
        _("Helsesykepleiere på helsestasjonen og på skolene."),
        T.KOMMUNAL,
        ogsa=(
            _("Helsestasjonen"),
            _("Skolehelsetjenesten"),
            _("Helsestasjon- og skolehelsetjenesten"),
        ),
    ),
    _vanlig(
        "hfu",
        _("Helsestasjon for ungdom"),
        _("Gratis samtaler om kropp, følelser og helse, uten timebestilling."),
        T.KOMMUNAL,
        kort=_("HFU"),
        valgt=False,
    ),
    _vanlig(
        "ppt",
        _("Pedagogisk-psykologisk tjeneste"),
        _(
            "Hjelper barnehager og skoler når et barn trenger mer for å lære og utvikle seg."
        ),
        T.KOMMUNAL,
        kort=_("PPT"),
        ogsa=(_("PP-tjenesten"),),
    ),
    _vanlig(
        "utekontakt",
        _("Utekontakten"),
        _("Møter unge der de er, og hjelper dem videre."),
        T.TEAM,
        ogsa=(_("Oppsøkende team"), _("Uteteamet"), _("Utekontakt")),
    ),
    _vanlig(
        "psykisk-helse",
        _("Psykisk helse og rus"),
        _("Kommunens hjelp til dem som strever med psykisk helse eller rus."),
        T.KOMMUNAL,
        ogsa=(_("Rus og psykisk helse"), _("Psykisk helse- og rustjenesten")),
    ),
    _vanlig(
        "nav",
        _("NAV"),
        _("Hjelp med jobb, penger og bolig."),
        T.STAT,
        ogsa=(_("NAV-kontoret"),),
    ),
    _vanlig(
        "politi",
        _("Politiet"),
        _("Politikontakten og det forebyggende arbeidet til politiet i kommunen."),
        T.POLITI,
        ogsa=(_("Politikontakten"), _("Politiets forebyggende avdeling")),
    ),
    _vanlig(
        "grunnskoler",
        _("Grunnskolene"),
        _("Barne- og ungdomsskolene i kommunen."),
        T.KOMMUNAL,
    ),
    _vanlig(
        "videregaende",
        _("Videregående skoler"),
        _("Skolene som fylkeskommunen har for ungdom i kommunen."),
        T.FYLKE,
        ogsa=(_("De videregående skolene"),),
        valgt=False,
    ),
    _vanlig(
        "fritidsklubber",
        _("Fritidsklubbene"),
        _("Åpne møteplasser for unge etter skoletid."),
        T.KOMMUNAL,
        ogsa=(_("Ungdomsklubbene"),),
        valgt=False,
    ),
    _vanlig(
        "familievern",
        _("Familievernkontoret"),
        _("Samtaler når det er vanskelig mellom foreldre eller i familien."),
        T.STAT,
        valgt=False,
    ),
    _vanlig(
        "krisesenter",
        _("Krisesenteret"),
        _("Et trygt sted å bo, og noen å snakke med, for dem som opplever vold."),
        T.INTERKOMMUNAL,
        valgt=False,
    ),
    _vanlig(
        "bup",
        _("Barne- og ungdomspsykiatrisk poliklinikk"),
        _("Utreder og behandler barn og unge som er henvist."),
        T.HELSEFORETAK,
        kort=_("BUP"),
        valgt=False,
    ),
    _vanlig(
        "frivilligsentral",
        _("Frivilligsentralen"),
        _("Samler frivillige og det de gjør for andre."),
        T.FRIVILLIG,
        valgt=False,
    ),
)


# For the whole country ----------------------------------------------------------------

# Those that are offered, and what kind of body each is, which no source is given for: the
# coordinator may change it.
TYPER = {
    "116111": T.STAT,
    "116006": T.FRIVILLIG,
    "80033321": T.FRIVILLIG,
    "116123": T.FRIVILLIG,
    "22400040": T.FRIVILLIG,
    "81555201": T.FRIVILLIG,
    "47809050": T.STAT,
    "02800": T.POLITI,
    "tips-politiet-no": T.POLITI,
    "konfliktraadet-no": T.STAT,
}
FORVALGT = {"116111", "116006", "80033321", "konfliktraadet-no"}
# What people also call them.
OGSA = {
    "116111": (_("Alarmtelefonen"), "116 111"),
    "116006": (_("Krisesentertelefonen"), _("Vold- og overgrepslinjen"), "116 006"),
    "80033321": (_("Røde Kors: Kors på halsen"),),
}


def _nokkel(hjelp):
    return slugg(hjelp.telefon or uten_https(hjelp.nett).replace(".", "-"))


def _landets(hjelp):
    nokkel = _nokkel(hjelp)
    nadd = " · ".join(filter(None, [hjelp.nummer, hjelp.nettvisning.split("/")[0]]))
    return Ting(
        nokkel,
        hjelp.navn,
        format_lazy(
            _("{nadd}. {om} Kilde: {kilde}."),
            nadd=nadd,
            om=hjelp.om,
            kilde=hjelp.kildevisning,
        ),
        {"hjelp": hjelp},
        ogsa=OGSA.get(nokkel, ()),
        valgt=nokkel in FORVALGT,
    )


LANDETS = tuple(
    _landets(hjelp) for hjelp in [*LANDET, KONFLIKTRADET] if _nokkel(hjelp) in TYPER
)


# Making them --------------------------------------------------------------------------


def _navnene(kommune):
    rader = kommune.tjenester.order_by().values_list("navn", "kortnavn", "andre_navn")
    for navn, kortnavn, andre_navn in rader:
        yield from (navn, kortnavn, *andre_navn.split(","))


def _lag(kommune, ting):
    andre = ", ".join(
        str(n) for n in ting.ogsa if str(n) != str(ting.felter["kortnavn"])
    )
    tjeneste = Tjeneste(
        kommune=kommune, navn=str(ting.navn), andre_navn=andre, **ting.verdier()
    )
    har = kommune.tjenester.filter(funksjon=tjeneste.funksjon)
    if tjeneste.funksjon and har.exists():
        tjeneste.funksjon = ""  # it has one, which it calls something else
    tjeneste.full_clean()
    tjeneste.save()


def _landets_tekst(hjelp):
    return gettext("%(om)s Kilde: %(kilde)s, lest %(dag)s.") % {
        "om": hjelp.om,
        "kilde": hjelp.kildevisning,
        "dag": date_format(hjelp.sjekket, "j. F Y"),
    }


def _lag_landets(kommune, ting):
    hjelp = ting.felter["hjelp"]
    tjeneste = Tjeneste(
        kommune=kommune,
        navn=str(hjelp.navn),
        andre_navn=", ".join(str(navn) for navn in ting.ogsa),
        type=TYPER[ting.nokkel],
        tekst=_landets_tekst(hjelp),
        **{f"{hvem}_kan_kontakte": True for hvem in hjelp.for_hvem},
    )
    tjeneste.full_clean()
    tjeneste.save()
    for type_, verdi in [("telefon", hjelp.telefon), ("nett", hjelp.nett)]:
        if verdi:
            punkt = Kontaktpunkt(tjeneste=tjeneste, type=type_, verdi=verdi)
            # The hours are those of the first way in.
            er_forst = type_ == "telefon" or not hjelp.telefon
            punkt.apningstid_tekst = str(hjelp.apent) if er_forst else ""
            punkt.full_clean()
            punkt.save()


@cache
def tekstene():
    """What they say that are made here, in both languages: nothing of a kommune, and with
    nobody to call, nothing at all."""
    felt = Tjeneste._meta.get_field("tekst")
    tekster = set()
    for malform in Kommune.Malform.values:
        with override(malform):
            tekster |= {str(ting.felter["tekst"]) for ting in VANLIGE}
            tekster |= {_landets_tekst(ting.felter["hjelp"]) for ting in LANDETS}
    return sorted(map(felt.ryddet, tekster))


GRUPPER = (
    Gruppe(
        "landet",
        _("Hjelp for hele landet"),
        _(
            "Hjelpetelefoner og nettsider som gjelder overalt. Nummeret følger med, og "
            "hvor det er lest. Ring og kontroller før dere deler det."
        ),
        LANDETS,
        _navnene,
        _lag_landets,
    ),
    Gruppe(
        "tjenester",
        _("Vanlige tjenester i en kommune"),
        _(
            "Navn og type. Telefonnumre og adresser er deres egne, og dem fører dere inn "
            "på hver tjeneste etterpå."
        ),
        VANLIGE,
        _navnene,
        _lag,
    ),
)
