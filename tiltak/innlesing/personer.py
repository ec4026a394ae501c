"""Who is named in a proposal where a function should stand: for the coordinator to say
what stands there instead (Valg.roller_for).

By rules of thumb: a common first name and a surname, or what looks like a name right after
"v/", "kontaktperson" or a title. Names of services, schools and places begin likewise, so
that what a place or a service can end in is no surname.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .forslag.modell import Innsatsomrade, Planforslag, Tiltak
from .forslag.valg import Valg


@dataclass(frozen=True)
class Pekt:
    """A text that names a person.

    Attributes:
        tiltak: the title of the one that it belongs to, or of the innsatsområde or
            the chapter.
        felt: "ansvar", "kontakt", "forankring", "tittel" or "tekst".
        tekst: as choices refer to it: the whole text, and of a title or of prose the
            name alone.
        navn: the name in it.
    """

    tiltak: str
    felt: str
    tekst: str
    navn: str
    blokker: tuple[str, ...] = ()


def ubestemte(forslag: Planforslag, valg: Valg) -> list[Pekt]:
    """Those that nobody has decided about."""
    return [pekt for pekt in pekt_ut(forslag) if pekt.tekst not in valg.roller_for]


def pekt_ut(forslag: Planforslag) -> list[Pekt]:
    """Each text once for each tiltak and field."""
    deler = [*forslag.kapitler, *forslag.innsatsomrader]
    steder = [(del_.tittel.tekst, list(_over(del_))) for del_ in deler]
    steder += [(t.tittel.tekst, list(_prosa(t))) for t in _alle(forslag.tiltak)]
    ut = [
        Pekt(tiltak.tittel.tekst, felt, tekst, navn, blokker)
        for tiltak in _alle(forslag.tiltak)
        for felt, tekst, blokker in _tekster(tiltak)
        if (navn := personnavn(tekst))
    ]
    ut += [
        Pekt(hvor, felt, _adressen(tekst) or navn, navn, verdi.blokker)
        for hvor, verdier in steder
        for felt, verdi in verdier
        for tekst in (verdi.tekst, *getattr(verdi, "celler", ()))
        if (navn := personnavn(tekst))
    ]
    like: dict[tuple, Pekt] = {}
    for pekt in ut:
        like.setdefault((pekt.tiltak, pekt.felt, pekt.tekst), pekt)
    return list(like.values())


def _over(del_):
    """The title of an area, and tables, which are lists of people now and then."""
    if isinstance(del_, Innsatsomrade):
        yield "tittel", del_.tittel
    for tekst in del_.tekst:
        if tekst.celler:
            yield "tekst", tekst


def _adressen(tekst):
    return tekst if re.fullmatch(r"[^\s@]+@\S+", tekst) else ""


def _prosa(tiltak):
    """Titles and text, in which a name is a part."""
    yield "tittel", tiltak.tittel
    for del_ in tiltak.tekst:
        yield "tekst", del_


def _alle(tiltakene) -> Iterator[Tiltak]:
    for tiltak in tiltakene:
        yield tiltak
        yield from _alle(tiltak.deltiltak)


def _tekster(tiltak):
    for ansvar in tiltak.ansvar:
        yield "ansvar", ansvar.navn, ansvar.blokker
        yield "ansvar", ansvar.merknad, ansvar.blokker
    for kontakt in tiltak.kontakter:
        if kontakt.art in {"fremgangsmate", "epost"}:
            yield "kontakt", kontakt.verdi, kontakt.blokker
        yield "kontakt", kontakt.merknad, kontakt.blokker
    for verdi in tiltak.forankring:
        yield "forankring", verdi.tekst, verdi.blokker


# Names -------------------------------------------------------------------------------

# Common in Norway, of several generations and languages.
_FORNAVN = frozenset(
    re.findall(
        r"\w+",
        """
    aida aisha aleksander alexander ali alma amalie amanda amina amir anders andrea andreas
    andrzej ane anette anita anja ann anna anne annette anton are arild arne arvid asbjørn
    astrid aud aurora axel beate benjamin bente berit birgit birgitte bjarne bjørg bjørn
    børge camilla carina caroline cathrine cecilie charlotte christian christina christine
    dagfinn daniel david egil eilif eirik eivind elin eline elisabeth ella ellen else emil
    emilie emma erik erika erlend espen eva fatima filip fredrik frida frode geir
    georg gerd gina grete gro grethe gunn gunnar gunvor guri guro gustav guttorm hamza hanna
    hannah hanne hans harald hassan heidi helen helene helge helga henrik henriette hilde
    håkon håvard ibrahim ida inga inge ingeborg inger ingrid ingunn ingvild irene isak
    ivar jakob janne jens joakim johan johanna johanne johannes john johnny jon jonas
    jorunn jostein julia julie jørgen jørn kaja kamilla karen kari karianne karin karina
    karl karoline katarina kathrine katrine kenneth kine kirsten kirsti kjell kjersti kjetil
    klara knut kristian kristin kristina kristine kristoffer lars lasse laila leif lena
    lene leon linda line linnea lisa lise lukas mads magne magnus maja malin marcus
    maren margit margrete mari maria marianne marie marit marius markus marta marte martin
    martine mathias mathilde mats michael mikael mikkel miriam mohamed mohammad mohammed
    mona monica morten muhammad mustafa nikolai nils nina nora odin olav ole oliver
    olivia omar oskar otto ove ola olga peder pernille per petter philip piotr ragnhild
    ragnar randi rebecca reidar reidun renate rita roar robert roger rolf ronny rune ruth
    sander sara sebastian selma sigrid sigurd silje simen siri siv sofia sofie solveig
    steinar stian stig stine susanne svein sverre synne synnøve tanja terje tobias
    tom tomas tommy tora torbjørn tore torhild torill torunn tove trine trond
    trygve tuva turid ulf unni vebjørn vegard vera vetle victoria vidar vigdis wenche
    yasmin yngve yusuf øivind ørjan øystein øyvind åge åse ådne åshild
    """,
    )
)
# Words, months or weekdays as well: only with what looks like a surname.
_OGSA_ORD = frozenset(
    re.findall(
        r"\w+",
        "are bo dag even finn jan line liv mai may odd per stein storm tone tor",
    )
)
# What ends names of services, places and functions: not of people.
_IKKE_ETTERNAVN = re.compile(
    r"""(?: \w*(?: kommun(?:e|en|a) | skol(?:e|en|er) | skul(?:e|en) | barnehage[nr]?
      | tjenest(?:e|en|er|ene) | tenest(?:e|en|ene|er) | avdeling(?:en|a)? | kontor(?:et)?
      | senter(?:et)? | sentret | sykehus(?:et)? | sjukehus(?:et)? | klinikk(?:en)?
      | politi(?:et)? | politidistrikt | distrikt(?:et)? | råd(?:et)? | team(?:et)?
      | gruppe[nr]? | gruppa | utvalg(?:et)? | nettverk(?:et)? | forening(?:en|a)?
      | stiftelse[nr]? | organisasjon(?:en|er)? | klubb(?:en)? | kirke[nr]? | menighet
      | kirkelig | bymisjon | hjelp(?:en)? | vern(?:et)? | vakt(?:en)? | ravn(?:ene|er)?
      | huset? | hus | heimen? | hjem(?:met)? | stasjon(?:en)? | sentral(?:en)? | fond(?:et)?
      | forum(?:et)? | prosjekt(?:et)? | plan(?:en)? | gate[na]? | gata | veg(?:en)?
      | vei(?:en)? | plass(?:en)? | torg(?:et)? | park(?:en)? | by(?:en)? | bygd(?:a)?
      | omsorg(?:en)? | helse(?:n)? | kultur(?:en)? | idrett(?:en)? | fritid(?:en)?
      | oppvekst | leder(?:en)? | leiar(?:en)? | sjef(?:en)? | rektor(?:en|er)?
      | koordinator(?:en)? | kontakt(?:en)? | rådgiver(?:en)? | sykepleier(?:en)?
      | ansvarlig | ansvarleg | konsulent(?:en)? | lærer(?:en)? | inspektør(?:en)?
      | tiltak(?:et)? | modell(?:en)? | program(?:met)? | kurs(?:et)? | metode[nr]?
      | institutt(?:et)? | universitet(?:et)? | bibliotek(?:et)? | selskap(?:et)?
      | direktorat(?:et)? | styre[nt]? | minde | kors | barna | camp | cup | dag(?:en)?
      | øst | vest | nord | sør | as | ung(?:e|dom)? | videregående | vgs | sfo | hfu
      | nav | slt | bti | fau | ppt | ppu | norge | allé | tun(?:et)? | legat(?:et)?
      | døgn | akuttmottak(?:et)? | media | akademi(?:et)? | fellesskap(?:et)? | voksne
    ))""",
    re.VERBOSE | re.IGNORECASE,
)
_ORD = r"[A-ZÆØÅÄÖÉ][a-zæøåäöéèüçćšžłń]+(?:-[A-ZÆØÅÄÖÉ][a-zæøåäöéèü]+)?"
_MELLOMLEDD = r"(?:van|von|de|der|al|el|bin|den)"
# "Kari Anne Nordmann", "Ola N.", "Anne-Lise van der Berg", "KARI NORDMANN".
_NAVN = re.compile(
    rf"(?<![\w.@-]){_ORD}(?:(?:\s{_MELLOMLEDD}){{0,2}}\s(?:{_ORD}|[A-ZÆØÅ]\.?(?!\w))){{1,4}}"
    r"(?![\w@])"
)
_STORE = re.compile(r"(?<![\w-])([A-ZÆØÅ]{2,})\s([A-ZÆØÅ]{3,})(?![\w-])")
_BAKVENDT = re.compile(rf"(?<![\w-])({_ORD}),\s({_ORD})(?![\w-])")
# After these a person is named, or the place where somebody works.
_FORAN = re.compile(
    r"""(?<!\w)(?: v/ | v\. | ved | kontaktperson(?:en|er|ar)? | kontakt | att\.? | c/o
      | (?:[\w-]*(?: rektor | leder | leiar | sjef | koordinator | rådgiver | rådgjevar
          | sykepleier | sjukepleiar | inspektør | kontakt(?:en)? | konsulent | lærer | lærar | lensmann | miljøarbeider | saksbehandler
          | veileder | terapeut | betjent | psykolog | ordfører | ordførar | direktør)) )
        \s?:?\s?""",
    re.VERBOSE | re.IGNORECASE,
)
# After these it is a person, or a place of work that says so itself.
_STILLING = re.compile(
    r"(?<!\w)[\w-]*(?:rektor|leder|leiar|koordinator|rådgiver|rådgjevar|sykepleier|"
    r"sjukepleiar|politikontakt|konsulent|lensmann|betjent)\s?:?\s?$",
    re.IGNORECASE,
)
# No first name begins or ends like these: "Utekontakten Nes", "Kirkens Hus", "Nedre Nes".
_IKKE_FORNAVN = re.compile(
    r"\w*(?:en|et|ene|ns|nas|ane|ske|isk|sk|ens)|nedre|øvre|søndre|nordre|indre|ytre|nye|"
    r"gamle|store|lille|ung|unge|barn|norges|norsk|blå|røde|hvite|grønne|redd|mental|aktiv|"
    r"frelses|natt\w*|oslo|akershus|romerike|viken|voksne|home|start|alle|åpen|åpent|fri",
    re.IGNORECASE,
)
_ETTERNAVN = re.compile(
    r"(?i:moen|vik|dahl|lie|berg|lien|fjeld|solli|hagen|bakken|haugen)|"
    r"\w{2,}(?:sen|son|sson|zon|dottir|datter|sdatter|ssen|stad|rud|berg|lund|dal|vik|nes|"
    r"land|haug|bakken|moen|hagen|lien|ić|ic|ski|ska|mann|strøm|gaard|gård|ussen|seter|set)"
)
_FLAGG = re.VERBOSE | re.IGNORECASE
_ALENE = re.compile(rf"({_ORD})(?=\W*$|[,(]|\s+(?:tlf|telefon|mob))")
_EPOST = re.compile(r"[a-zæøå-]{2,}(?:\.[a-zæøå-]+){1,3}\d*@", re.IGNORECASE)


def personnavn(tekst: str) -> str:
    """The first name of a person in a text, or ""."""
    if treff := _EPOST.match(tekst):
        fornavn, *resten = treff[0].rstrip("@").split(".")
        er_navn = _er_fornavn(fornavn) and not any(map(_er_tittel, resten))
        return ".".join([fornavn, *resten]) if er_navn else ""
    for treff in _NAVN.finditer(tekst):
        if navn := _med_etternavn(treff, tekst):
            return navn
    for treff in (*_STORE.finditer(tekst), *_BAKVENDT.finditer(tekst)):
        fornavn, etternavn = treff.groups()
        if treff.re is _BAKVENDT:
            fornavn, etternavn = etternavn, fornavn
        if _er_fornavn(fornavn) and not _er_tittel(etternavn):
            return treff[0]
    return _bare_fornavn(tekst)


def _med_etternavn(treff, tekst):
    """The name without a title before it, where it is one of a person."""
    ordene = treff[0].split()
    while (
        len(ordene) > 2
        and not _er_fornavn(ordene[0])
        and (_er_tittel(ordene[0]) or _er_fornavn(ordene[1]))
    ):
        ordene = ordene[1:]
    fornavn, *resten = ordene
    siste = re.match(r"\s(\w+)|", tekst[treff.end() :])[1] or ""
    if any(map(_er_tittel, [*resten, siste])):
        return ""
    etter_ord = re.search(
        rf"(?:{_FORAN.pattern})$", tekst[: treff.end() - len(" ".join(ordene))], _FLAGG
    )
    som_etternavn = _ETTERNAVN.fullmatch(resten[-1])
    if fornavn.lower() in _OGSA_ORD:
        er_navn = som_etternavn or etter_ord
    elif _er_fornavn(fornavn):
        er_navn = True
    else:
        ukjent = not _IKKE_FORNAVN.fullmatch(fornavn) and not _er_tittel(fornavn)
        stilling = _STILLING.search(tekst[: treff.end() - len(" ".join(ordene))])
        er_navn = etter_ord and ukjent and (som_etternavn or stilling)
    return " ".join(ordene) if er_navn else ""


def _er_tittel(ordet):
    return bool(_IKKE_ETTERNAVN.fullmatch(ordet))


def _bare_fornavn(tekst):
    """ "Kari" alone, or after "v/" and the like."""
    for start in (0, *(foran.end() for foran in _FORAN.finditer(tekst))):
        treff = _ALENE.match(tekst, start)
        if treff and _er_fornavn(treff[1]) and treff[1].lower() not in _OGSA_ORD:
            return treff[1]
    return ""


def _er_fornavn(ordet):
    deler = ordet.lower().split("-")
    return all(del_ in _FORNAVN or del_ in _OGSA_ORD for del_ in deler)
