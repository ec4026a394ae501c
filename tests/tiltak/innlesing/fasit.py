"""What the right plan is of each document in andre.py, and how much of it a proposal has."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.tiltak.innlesing import andre, andre_pdf
from tests.tiltak.innlesing.andre_pdf import RADER, RADER_2
from tiltak.innlesing.forslag.etiketter import normalisert


@dataclass
class Rett:
    """What a tiltak should be proposed as; what is not given is not asked for.

    Attributes:
        felt: (label, value) of what stands in the text under its own label.
        tekst: part of its description.
    """

    omrade: str
    tittel: str
    ansvar: tuple[str, ...] = ()
    nummer: int | None = None
    samarbeid: tuple[str, ...] = ()
    felt: tuple[tuple[str, str], ...] = ()
    alder: tuple | None = None
    telefon: str = ""
    epost: str = ""
    status: str = ""
    nytt: bool = False
    niva: str = ""
    tekst: str = ""


@dataclass
class Dokument:
    """Attributes:
    lag: makes it, as bytes, or as text.
    kapitler: titles that are among the chapters.
    mal: texts that are among the goals.
    """

    slag: str
    lag: Callable[[], bytes | str]
    rett: list[Rett]
    kapitler: tuple[str, ...] = ()
    mal: tuple[str, ...] = ()


def _frist(ord_, etikett="Frist"):
    return ((etikett, ord_),)


def _liggende(rader, omrade):
    return [
        Rett(
            omrade, tittel, (ansvar,), int(nr[-1]), felt=_frist(nar, "Når"), tekst=tekst
        )
        for nr, tittel, tekst, ansvar, nar in rader
    ]


LIGGENDE = _liggende(RADER, "Oppvekst") + _liggende(RADER_2, "Lokalmiljø")

DOKUMENTER = {
    "tabell per område": Dokument(
        "docx", andre.tabell_per_omrade,
        [
            Rett("Tidlig innsats", "Kartlegge overganger mellom barnehage og skole", ("Barnehage og skole",), felt=_frist("Høst 2025"), status="planlagt"),
            Rett("Tidlig innsats", "Foreldreveiledning i grupper", ("Familiens hus", "Helsestasjonen"), felt=(("Økonomi", "200 000 kr per år"),), status="i_drift"),
            Rett("Tidlig innsats", "Faste møter med politiet", ("Kommunalsjef oppvekst",), felt=_frist("Kvartalsvis"), status="i_drift"),
            Rett("Trygt ungdomsmiljø", "Utvide åpningstidene på ungdomsklubben", ("Kultur",), felt=_frist("2026"), status="planlagt"),
            Rett("Trygt ungdomsmiljø", "Natteravner i sentrum", ("Foreldreutvalgene", "frivilligsentralen"), felt=_frist("Løpende"), status="i_drift"),
        ],
        ("Innledning", "Evaluering av planen"),
    ),
    "hovedmål, delmål, tiltak": Dokument(
        "docx", andre.mal_og_tiltak,
        [
            Rett("", "Miljøarbeidere på alle ungdomsskoler", ("Skoleledelsen",), felt=_frist("August 2026", "Tidspunkt")),
            Rett("", "Voksenvakter på arrangementer", ("Kulturskolen",), felt=_frist("Fra 2027", "Tidspunkt")),
            Rett("", "Felles rutine mot digital mobbing", ("Skolene", "PPT"), felt=_frist("2026", "Tidspunkt")),
            Rett("", "Foreldremøter om alkohol på 8. trinn", ("Helsesykepleierne",), felt=_frist("Hver høst", "Tidspunkt")),
            Rett("", "Kontroller på utesteder", ("Skjenkekontrollen", "politiet"), felt=_frist("Løpende", "Tidspunkt")),
        ],
        mal=("Barn og unge er trygge", "Flere voksne er til stede", "Færre blir utsatt for mobbing",
             "Unge starter senere med alkohol", "Foreldre setter grenser", "Skjenking følger loven"),
    ),
    "liggende PDF med streker": Dokument("pdf", andre_pdf.liggende_med_streker, LIGGENDE),
    "liggende PDF uten streker": Dokument("pdf", andre_pdf.liggende_uten_streker, LIGGENDE),
    "seks sider med samme hode": Dokument(
        "pdf", andre_pdf.seks_sider,
        [Rett("Skole", f"Tiltak for gruppe {nr}", (f"Tjeneste {nr}",), nr, felt=_frist(str(2024 + nr % 5), "Når")) for nr in range(1, 31)],
    ),
    "to spalter": Dokument(
        "pdf", andre_pdf.to_spalter,
        [
            Rett("Ute blant unge", "Feltarbeid i helgene", ("Utekontakten",), alder=(13, 20), telefon="22 33 44 55", tekst="trekker inn mot sentrum"),
            Rett("Ute blant unge", "Gratis trening på fredager", ("Idrettsrådet",), tekst="Hallene holdes åpne"),
            Rett("Hjelp til familier", "Familieråd", ("Barneverntjenesten",), alder=(None, 17), tekst="trekker inn mot sentrum"),
            Rett("Hjelp til familier", "Åpen dør på helsestasjonen", ("Helsestasjonen",), epost="helsestasjonen@nordbygda.kommune.no"),
        ],
        ("Bakgrunn",),
    ),
    "nummerert i tre nivåer": Dokument(
        "docx", andre.tre_niva,
        [
            Rett("Foreldre som ressurs", "Foreldrenettverk i hver klasse", ("Skolene",), 1, ("FAU", "helsesykepleier"), _frist("Høsten 2026", "Tidsramme"), tekst="FAU hjelper"),
            Rett("Foreldre som ressurs", "Temakvelder", ("SLT-koordinator",), 2, felt=_frist("Årlig", "Tidsramme")),
            Rett("Skole og utdanning", "Tett på fravær", ("Rektorene",), 1, felt=_frist("Fra 2025", "Tidsramme")),
            Rett("Skole og utdanning", "Los i videregående", ("Fylkeskommunen", "NAV"), 2, tekst="Losene følger"),
        ],
        ("Innledning", "Kunnskapsgrunnlag", "Økonomi"),
    ),
    "strategier med lister": Dokument(
        "docx", andre.strategi_og_lister,
        [
            Rett("Vi jobber sammen på tvers", "Felles fagdag for alle ansatte hvert år", ("SLT-koordinator",)),
            Rett("Vi jobber sammen på tvers", "Taushetsplikt på agendaen i alle personalmøter", ("Virksomhetslederne",)),
            Rett("Vi er tidlig ute", "Hjembesøk til alle nyfødte", ("Helsestasjonen",)),
            Rett("Vi er tidlig ute", "Lavterskel samtaletilbud for ungdom 13–23 år", ("NAV",), alder=(13, 23)),
            Rett("Vi er tidlig ute", "Forebyggende samtaler på 9. trinn", ("Politiet", "skolene")),
        ],
        ("Forebyggende plan", "Oppfølging"),
    ),
    "bare fet skrift": Dokument(
        "docx", andre.bare_fet_skrift,
        [
            Rett("RUSFOREBYGGING", "Ungdommens kveld", ("Ungdomsklubben",), felt=_frist("Januar 2025", "Oppstart")),
            Rett("RUSFOREBYGGING", "Rusfri skoletur", ("FAU",), felt=_frist("Hver vår", "Oppstart")),
            Rett("KRIMINALITETSFOREBYGGING", "Rask reaksjon", ("Lensmannskontoret",), felt=_frist("Nå", "Oppstart")),
            Rett("KRIMINALITETSFOREBYGGING", "Lokal mekling", ("Konfliktrådet",), felt=_frist("2026", "Oppstart")),
        ],
        ("BAKGRUNN", "EVALUERING"),
    ),
    "nynorsk": Dokument(
        "docx", andre.nynorsk,
        [
            Rett("Psykisk helse", "Skulehelsetenesta på kveldstid", ("Helsestasjonen",), samarbeid=("Ungdomshuset", "BUP"), felt=_frist("Heile perioden", "Tidsrom"), alder=(13, 19), tekst="Open dør"),
            Rett("Psykisk helse", "Kurs i livsmeistring", ("Ungdomsskulane",), samarbeid=("PPT",), felt=_frist("Haustar", "Tidsrom")),
            Rett("Rus", "Vaksne i sentrum", ("Frivilligsentralen",), samarbeid=("Lensmannen",), tekst="Natteramnane"),
        ],
        ("Innleiing", "Vidare arbeid"),
    ),
    "svensk": Dokument(
        "docx", andre.svensk,
        [
            Rett("Trygghet i centrum", "Fältarbete på helger", ("Socialförvaltningen",), samarbeid=("Polisen", "Svenska kyrkan"), felt=_frist("Löpande", "Tidplan")),
            Rett("Trygghet i centrum", "Bättre belysning", ("Tekniska kontoret",), samarbeid=("Fastighetsägare",), felt=_frist("2025", "Tidplan")),
            Rett("Unga i riskzon", "Orosanmälan följs upp", ("Socialtjänsten",), samarbeid=("Skolan",), felt=_frist("2026", "Tidplan")),
        ],
        ("Inledning", "Uppföljning"),
    ),
    "hva, hvem, når": Dokument(
        "xlsx", andre.hva_hvem_nar,
        [
            Rett("Barn", "Kartlegging av trivsel i barnehagen", ("Barnehagene",), felt=_frist("Høst", "Når")),
            Rett("Barn", "Foreldrekurs for nye foreldre", ("Helsestasjonen",), felt=_frist("Hver måned", "Når")),
            Rett("Ungdom", "Ungdomslos på hjul", ("Ungdomskontakten",), felt=_frist("Fra 2026", "Når")),
            Rett("Ungdom", "Ferietilbud i alle ferier", ("Kultur og fritid",), felt=_frist("Vinter, sommer og høst", "Når")),
            Rett("Ungdom", "Konfliktmekling", ("Konfliktrådet",), felt=_frist("Ved behov", "Når")),
        ],
    ),
    "tekst og vedlegg": Dokument(
        "docx", andre.tekst_og_vedlegg,
        [
            Rett("Trygg hverdag", "Mobil ungdomsbase", ("Ungdom og fritid",), felt=_frist("1. mars 2026"), alder=(14, 18), tekst="En buss"),
            Rett("Trygg hverdag", "Foreldreapp", ("Kommunikasjon",), felt=_frist("2027"), tekst="Appen samler"),
            Rett("God start", "Språkgrupper", ("Barnehagene",), felt=_frist("Løpende"), alder=(3, 5), tekst="Små barn"),
        ],
        ("Bakgrunn",),
    ),
    "årshjul og kontaktliste": Dokument(
        "docx", andre.arshjul_og_kontaktliste,
        [
            Rett("Tidlig samtale", "Bekymringssamtale", ("Politikontakten",), 1),
            Rett("Tidlig samtale", "Koordinerende team", ("Oppvekstsjefen",), 2),
            Rett("Gode fritidstilbud", "Utlånssentral", ("Frivilligsentralen",), 3),
        ],
        ("Innledning", "Årshjul for SLT-arbeidet", "Kontaktliste"),
    ),
    "sporede endringer": Dokument(
        "docx", andre.sporede_endringer,
        [
            Rett("Ungdomskriminalitet", "Oppsøkende team", ("Uteseksjonen",), 1, tekst="fire kvelder"),
            Rett("Ungdomskriminalitet", "Samarbeid med kjøpesenteret", ("Uteseksjonen", "senterledelsen"), 2, nytt=True),
        ],
        ("Innledning", "Evaluering"),
    ),
    "flere i cellen": Dokument(
        "docx", andre.flere_i_cellen,
        [
            Rett("Skole", "Mobbeombud på alle skoler", ("Skoleeier",), 1, alder=(6, 16)),
            Rett("Skole", "Elevmegling", ("Skoleeier",), 2, alder=(6, 16)),
            Rett("Skole", "Skolevandring", ("Skoleeier",), 3, alder=(6, 16)),
            Rett("Skole", "Foreldreskole", ("Helsesykepleier",), 4),
            Rett("Fritid", "Klubbkvelder", ("Kulturenheten",), 5, alder=(13, 18)),
            Rett("Fritid", "Aktivitetsguide", ("Kulturenheten",), 6, alder=(13, 18)),
            Rett("Fritid", "Åpen hall", ("Idrettskontoret",), 7),
        ],
    ),
    "fra nettleseren": Dokument(
        "pdf", andre_pdf.fra_nettleser,
        [
            Rett("Nærmiljø", "Nabolagsverter", ("Boligkontoret",), 1, felt=_frist("2026", "Når"), alder=(16, None), tekst="Verter er"),
            Rett("Nærmiljø", "Grønne møteplasser", ("Park og vei",), 2, felt=_frist("2027", "Når")),
            Rett("Skolemiljø", "Helsesykepleier i alle friminutt", ("Skolehelsetjenesten",), 1, felt=_frist("Nå", "Når")),
        ],
        ("Hvorfor en plan", "Rullering"),
    ),
    "overskrifter i versaler": Dokument(
        "pdf", andre_pdf.versaler,
        [
            Rett("RUS OG DOPING", "Treningssentre uten doping", ("Folkehelsekoordinator",), 1, alder=(15, 25), tekst="Sentrene får"),
            Rett("RUS OG DOPING", "Ruskontrakter", ("Rustjenesten", "politiet"), 2, alder=(None, 17)),
            Rett("VOLD I NÆRE RELASJONER", "Opplæring i avverging", ("Barneverntjenesten",), 1),
        ],
        ("INNLEDNING", "KILDER"),
    ),
    "ett ark": Dokument(
        "xlsx", andre.ett_ark,
        [
            Rett("Fellesskap", "Fritidsfond", ("Kulturkontoret",), samarbeid=("NAV", "idrettslagene"), tekst="Dekker"),
            Rett("Fellesskap", "Leksehjelp", ("Biblioteket",), samarbeid=("Røde Kors",), tekst="To dager"),
            Rett("Kunnskap", "Ungdata junior", ("Folkehelserådgiver",), samarbeid=("Skolene",), tekst="Hvert tredje"),
            Rett("Kunnskap", "Fagdag om vold", ("SLT-koordinator",), samarbeid=("Politiet", "krisesenteret"), tekst="For alle"),
        ],
    ),
    "limt inn": Dokument(
        "tekst", andre.limt_inn,
        [
            Rett("Barn og familie", "Styrket helsestasjon med to nye årsverk", ("Helse og mestring",)),
            Rett("Barn og familie", "Gruppetilbud til barn som pårørende", ("Familieteamet",)),
            Rett("Unge voksne", "Jobbsøkerkurs hver måned", ("NAV",)),
            Rett("Unge voksne", "Bolig først for unge mellom 18 og 24 år", ("Boligkontoret",), alder=(18, 24)),
            Rett("Unge voksne", "Mentorordning", ("Frivilligsentralen",)),
        ],
        ("Innledning", "Oppfølging"),
        ("Alle barn har minst én trygg voksen.", "Flere fullfører videregående."),
    ),
    "egne stiler": Dokument(
        "docx", andre.blandet_word,
        [
            Rett("Oppvekst og læring", "Trygge overganger", ("Oppvekstavdelingen",), felt=_frist("2026", "Ferdig innen"), tekst="Skoler og barnehager"),
            Rett("Oppvekst og læring", "Aktive skoler", ("Eiendom",), samarbeid=("Velforeningene",), felt=_frist("2027", "Ferdig innen")),
            Rett("Rus og psykisk helse", "Rask psykisk helsehjelp for unge", ("Psykisk helse og rus",), samarbeid=("Fastlegene",)),
        ],
        ("Om planen", "Vedlegg"),
    ),
}  # fmt: skip


def svar(forslag, dokument):
    """Yields (kind, whether it is right, what) of each fact; a tiltak that should not be
    there is a fact that is wrong."""
    omrader = [omrade.tittel.tekst for omrade in forslag.innsatsomrader]
    etter_tittel = {t.tittel.tekst: t for t in forslag.tiltak}
    for rett in dokument.rett:
        t = etter_tittel.pop(rett.tittel, None)
        yield "tittel", t is not None, rett.tittel
        steder = t.plasseringer if t else []
        har = [omrader[s.omrade] if s.omrade is not None else "" for s in steder]
        yield "område", har == [rett.omrade], (rett.tittel, rett.omrade, har)
        yield from _felt(t, rett)
    for tittel in etter_tittel:
        yield "for mange", False, tittel
    kapitler = {k.tittel.tekst for k in forslag.kapitler}
    yield from (("kapittel", k in kapitler, (k, kapitler)) for k in dokument.kapitler)
    mal = {m.tekst for m in forslag.malsettinger}
    mal |= {m.tekst for t in forslag.tiltak for m in t.malsettinger}
    yield from (("mål", m in mal, (m, mal)) for m in dokument.mal)
    yield "dekning", forslag.dekning.andel > 0.98, forslag.dekning


def _felt(t, rett):
    def er(slag, sant, hva):
        return slag, bool(t and sant), (rett.tittel, hva)

    if rett.ansvar:
        har = tuple(a.navn for a in t.ansvar if a.rolle == "ansvarlig") if t else ()
        yield er("ansvar", har == rett.ansvar, har)
    if rett.samarbeid:
        har = (
            tuple(a.navn for a in t.ansvar if a.rolle == "samarbeidspart") if t else ()
        )
        yield er("samarbeid", har == rett.samarbeid, har)
    if rett.nummer is not None:
        yield er("nummer", t and t.plasseringer[0].nummer == rett.nummer, rett.nummer)
    delene = [(normalisert(d.etikett), d.tekst) for d in t.tekst] if t else []
    for etikett, verdi in rett.felt:
        yield er(
            "felt", (normalisert(etikett), verdi) in delene, (etikett, verdi, delene)
        )
    if rett.alder:
        har = [(m.alder_fra, m.alder_til) for m in t.malgrupper] if t else []
        yield er("alder", rett.alder in har, (rett.alder, har))
    kontakter = [(k.art, k.verdi) for k in t.kontakter] if t else []
    for art in ("telefon", "epost"):
        if verdi := getattr(rett, art):
            yield er(art, (art, verdi) in kontakter, (verdi, kontakter))
    if rett.status:
        yield er(
            "status", t and t.status and t.status.tekst == rett.status, rett.status
        )
    if rett.niva:
        yield er("nivå", t and t.niva and t.niva.tekst == rett.niva, rett.niva)
    if rett.nytt:
        yield er("nytt", t and t.nytt, "")
    if rett.tekst:
        yield er("tekst", any(rett.tekst in tekst for _e, tekst in delene), rett.tekst)
