"""Help for the whole country, at the topic where one needs it.

Each says where its number and its hours were read, and when: the page shows both, so that
who doubts can look. What no source says is left out, and its own page is linked instead.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from slt.grunn.norsk import uten_https
from slt.grunn.telefon import grupper_telefon, ringes
from tiltak.models import Tema
from tiltak.models.hvem import Hvem

E = Tema.Emne
ALLE_EMNER = frozenset(E)
VOKSNE = frozenset({Hvem.FORESATTE, Hvem.ANSATTE, Hvem.ANDRE})
ALLE = frozenset(Hvem)
# The day on which the sources were read; who looks them up anew, gives a line its own.
LEST = date(2026, 11, 29)


@dataclass(frozen=True)
class Landsdekkende:
    """A helpline or a page: for whom, about what, how to reach it, and who says so.

    Attributes:
        til_alder: the oldest whom it answers, or None.
    """

    navn: str
    om: str
    emner: frozenset[str]
    for_hvem: frozenset[str]
    kilde: str
    telefon: str = ""
    nett: str = ""
    apent: str = ""
    til_alder: int | None = None
    fra_alder: int | None = None
    sjekket: date = LEST

    @property
    def telefonlenke(self):
        return f"tel:{ringes(self.telefon)}"

    @property
    def nummer(self):
        return grupper_telefon(self.telefon)

    @property
    def veier(self):
        return {self.nummer, self.nett} - {""}

    @property
    def nettvisning(self):
        return uten_https(self.nett)

    @property
    def kildevisning(self):
        return uten_https(self.kilde).split("/")[0]

    def passer(self, hvem, alder):
        """Whether it is for this asker; one who did not say is anybody."""
        if hvem and hvem not in self.for_hvem:
            return False
        if alder is None:
            return True
        return (self.fra_alder or 0) <= alder <= (self.til_alder or alder)


LANDET = [
    Landsdekkende(
        "Alarmtelefonen for barn og unge",
        _("For barn og unge, og for voksne som er bekymret. Gratis."),
        ALLE_EMNER - {E.FRITID, E.ARBEID},
        ALLE,
        telefon="116111",
        nett="https://www.116111.no/",
        apent=_("Telefon hele døgnet. Chat om ettermiddagen og kvelden."),
        kilde="https://www.116111.no/omalarmtelefonen",
    ),
    Landsdekkende(
        "VO-linjen",
        _(
            "For alle som opplever vold eller overgrep, og de rundt dem. Gratis, anonymt."
        ),
        frozenset({E.VOLD, E.OVERGREP, E.KONTROLL}),
        ALLE,
        telefon="116006",
        nett="https://volinjen.no/",
        apent=_("Hele døgnet."),
        kilde="https://www.krisesenter.com/vold-og-overgrepslinjen-116-006-opplever-stor-pagang/",
    ),
    Landsdekkende(
        "Kors på halsen",
        _("Røde Kors for deg under 18 år. Snakk om hva som helst, gratis og anonymt."),
        ALLE_EMNER,
        frozenset({Hvem.UNGE}),
        telefon="80033321",
        nett="https://www.korspahalsen.no/",
        apent=_("Telefon hverdager kl. 14–22. Chat alle dager kl. 14–22."),
        til_alder=17,
        kilde="https://www.adressa.no/nyheter/innenriks/i/KnoByG/roede-kors-stadig-flere-barn-tar-kontakt-om-selvskading",
    ),
    Landsdekkende(
        "Mental Helse Hjelpetelefonen",
        _("For alle som trenger noen å snakke med. Gratis."),
        frozenset({E.PSYKISK, E.BEKYMRET, E.SKOLE, E.MOBBING}),
        ALLE,
        telefon="116123",
        nett="https://www.sidetmedord.no/",
        apent=_("Hele døgnet."),
        kilde="https://www.nrk.no/osloogviken/over-100-barn-under-ni-ar-har-tatt-kontakt-_-hjelpetelefoner-slar-alarm-1.15736352",
    ),
    Landsdekkende(
        "Kirkens SOS",
        _("Noen å snakke med når livet er vanskelig."),
        frozenset({E.PSYKISK}),
        ALLE,
        telefon="22400040",
        nett="https://www.soschat.no/",
        apent=_("Hele døgnet."),
        kilde="https://www.nrk.no/osloogviken/over-100-barn-under-ni-ar-har-tatt-kontakt-_-hjelpetelefoner-slar-alarm-1.15736352",
    ),
    Landsdekkende(
        "RUSinfo",
        _("Svar på spørsmål om rusmidler, også for dem rundt. Anonymt."),
        frozenset({E.RUS}),
        ALLE,
        nett="https://rusinfo.no/",
        apent=_("Åpningstidene står på siden."),
        kilde="https://rusinfo.no/information-in-engslish/",
    ),
    Landsdekkende(
        "Dinutvei.no",
        _("Veiviser til hjelp ved vold og overgrep."),
        frozenset({E.VOLD, E.OVERGREP}),
        ALLE,
        nett="https://dinutvei.no/",
        kilde="https://dinutvei.no/lover-beskyttelse/generell-avvergeplikt-etter-straffeloven-196/",
    ),
    Landsdekkende(
        "Røde Kors-telefonen",
        _("Når andre vil bestemme over livet ditt. For barn og voksne."),
        frozenset({E.KONTROLL}),
        ALLE,
        telefon="81555201",
        nett="https://www.imdi.no/nora/",
        apent=_("Mandag–fredag kl. 9.00–15.30."),
        kilde="https://www.imdi.no/nora/hvem-gjor-hva/",
    ),
    Landsdekkende(
        _("Kompetanseteamet mot negativ sosial kontroll og æresrelatert vold"),
        _("Veileder ansatte. Utsatte over 18 år kan også ta kontakt."),
        frozenset({E.KONTROLL}),
        frozenset({Hvem.UNGE, Hvem.ANSATTE}),
        telefon="47809050",
        nett="https://www.bufdir.no/vold/aresrelatert/kompetanseteamet/",
        apent=_("Mandag–fredag kl. 9–15."),
        fra_alder=18,
        kilde="https://bufdir.no/vold/Krisesentre_incestsentre_og_botilbud_for_utsatt_ungdom/Tvangsekteskap_og_kjonnslemlestelse/",
    ),
    Landsdekkende(
        _("Tips politiet om noe på nettet"),
        _("Press om bilder, deling av bilder eller voksne som tar kontakt med barn."),
        frozenset({E.NETT, E.OVERGREP}),
        ALLE,
        nett="https://tips.politiet.no/",
        apent=_("Leses hele døgnet."),
        kilde="https://www.politiet.no/en/tjenester/tips-politiet/seksuell-utnyttelse-av-barn-pa-internett/",
    ),
    Landsdekkende(
        _("Politiet, når det ikke haster"),
        _("For å spørre, eller si fra om noe du har sett. Haster det, ring 112."),
        frozenset({E.NARMILJO, E.HAT}),
        ALLE,
        telefon="02800",
        nett="https://tips.politiet.no/",
        kilde="https://tips.kripos.no/cmssite.asp?c=1&s=6&menu=2",
    ),
    Landsdekkende(
        "Utveier.no",
        _("Når du er bekymret for at noen er på vei inn i et ekstremt miljø."),
        frozenset({E.HAT}),
        VOKSNE,
        nett="https://www.utveier.no/privatpersoner/",
        kilde="https://www.utveier.no/privatpersoner/",
    ),
    Landsdekkende(
        _("Mobbeombudet i fylket"),
        _("For elever, foresatte og ansatte som trenger råd i en mobbesak."),
        frozenset({E.MOBBING, E.SKOLE}),
        ALLE,
        nett="https://foreldreutvalgene.no/fug/sporsmal/barnet-mitt-blir-mobbet-kan-jeg-ta-direkte-kontakt-med-mobbeombudet/",
        kilde="https://foreldreutvalgene.no/fug/sporsmal/barnet-mitt-blir-mobbet-kan-jeg-ta-direkte-kontakt-med-mobbeombudet/",
    ),
    Landsdekkende(
        "Sex og samfunn",
        _("Chat med helsepersonell om kropp, sex og prevensjon. Anonymt."),
        frozenset({E.KROPP}),
        frozenset({Hvem.UNGE, Hvem.ANDRE}),
        nett="https://www.sexogsamfunn.no/klinikk-og-tilbud/tilbud/chat/",
        apent=_("Åpningstidene står på siden."),
        kilde="https://www.sexogsamfunn.no/klinikk-og-tilbud/tilbud/chat/",
    ),
    Landsdekkende(
        _("Økonomirådgivning i NAV"),
        _("Råd om penger, regninger og gjeld."),
        frozenset({E.ARBEID}),
        ALLE,
        telefon="55553339",
        nett="https://www.nav.no/okonomi-gjeld",
        apent=_("Hverdager kl. 9–15."),
        kilde="https://www.hamar.kommune.no/sosiale-tjenester-og-nav/okonomi-og-gjeldsradgivning/",
    ),
    Landsdekkende(
        "Foreldresupport",
        _("Mental Helse for foreldre som trenger noen å snakke med."),
        frozenset({E.BEKYMRET, E.PSYKISK, E.VOLD, E.RUS, E.SKOLE, E.MOBBING}),
        frozenset({Hvem.FORESATTE}),
        nett="https://mentalhelse.no/aktuelt/apningstidene-pa-foreldresupport-og-studenttelefonen-reduseres/",
        apent=_("Alle dager kl. 15–07."),
        kilde="https://mentalhelse.no/aktuelt/apningstidene-pa-foreldresupport-og-studenttelefonen-reduseres/",
    ),
    Landsdekkende(
        "Ung.no",
        _("Still spørsmål anonymt, og få svar fra fagfolk."),
        ALLE_EMNER,
        frozenset({Hvem.UNGE}),
        nett="https://www.ung.no/oss",
        kilde="https://www.ung.no/krysskulturell/2602_nn_Skal_du_til_utlandet_og_er_redd_for_%C3%A5_bli_etterlatt.html",
    ),
]


def i_landet(emne, hvem=None, alder=None):
    """The national help about an Emne for this asker, in the order in which it is shown;
    where there is none, that for who is only worried."""
    for sok in (emne or E.BEKYMRET, E.BEKYMRET):
        funnet = [h for h in LANDET if sok in h.emner and h.passer(hvem, alder)]
        if funnet:
            return funnet
    return []


# In the starter set alone. Each office has its own number, which its page leads to.
KONFLIKTRADET = Landsdekkende(
    _("Konfliktrådet"),
    _("Mekling når noen er i konflikt, eller noe straffbart er gjort. Gratis."),
    frozenset(),
    ALLE,
    nett="https://konfliktraadet.no/",
    kilde="https://konfliktraadet.no/om-konfliktradet/hvordan-henvise-en-sak/",
    sjekket=date(2026, 11, 29),
)

# As they are stored: what a kommune took of the starter set has these.
VEIER = {vei for hjelp in [*LANDET, KONFLIKTRADET] for vei in hjelp.veier}


def kommunens_egne(punkter):
    """Those of the contact points by which one reaches what a kommune has itself. What
    holds for the whole country came with its number, and the acute number stands in the
    strip of all pages."""
    return punkter.filter(akutt=False).exclude(verdi__in=VEIER)
