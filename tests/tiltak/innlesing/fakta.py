"""The facts of Lillestrøm's plan as fixtures/ has them, apart from any database: what a
document is written from, and what a proposal is compared with."""

import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path

import yaml

ROT = Path(__file__).parents[3]
FILER = ("3205-lillestrom.yaml", "3205-lillestrom-plan-2024-2028.yaml")


@dataclass
class Fakta:
    omrade: str
    nummer: int
    tittel: str
    nytt: bool
    tekst: list[str]
    ansvar: list[str] = field(default_factory=list)
    telefon: list[str] = field(default_factory=list)
    epost: list[str] = field(default_factory=list)
    nett: list[str] = field(default_factory=list)
    malgrupper: list[tuple] = field(default_factory=list)
    deltiltak: list[str] = field(default_factory=list)

    @property
    def aldre(self):
        return {
            (fra, til)
            for _tekst, fra, til in self.malgrupper
            if (fra, til) != (None, None)
        }


def _rader():
    for fil in FILER:
        for rad in yaml.safe_load((ROT / "fixtures" / fil).read_text()):
            yield rad["model"].removeprefix("tiltak."), rad["fields"]


def uten_html(html):
    """Paragraphs of a text."""
    linjer = re.split(r"</p>|</li>|</h\d>|<br>", html)
    rene = (
        " ".join(unescape(re.sub(r"<[^>]+>", " ", linje)).split()) for linje in linjer
    )
    return [linje for linje in rene if linje]


@cache
def plan():
    """Chapters as (title, paragraphs), and the tiltak in order."""
    alle: dict[str, list] = {}
    for modell, felt in _rader():
        alle.setdefault(modell, []).append(felt)
    tjenester = {r["slug"]: r for r in alle["tjeneste"]}
    omrader = {r["slug"]: r["navn"] for r in alle["innsatsomrade"]}
    rader = {r["slug"]: r for r in alle["tiltak"]}
    tiltak = {}
    for sted in alle["plassering"]:
        rad = rader[sted["tiltak"][-1]]
        omrade = omrader[sted["innsatsomrade"][-1]]
        tiltak[rad["slug"]] = Fakta(
            omrade,
            sted["nummer"],
            rad["tittel"],
            rad.get("nytt", False),
            uten_html(rad.get("tekst", "")),
        )
    for del_ in (r for r in rader.values() if r.get("overordnet")):
        tiltak[del_["overordnet"][-1]].deltiltak.append(del_["tittel"])
    _legg_til(alle, tiltak, tjenester)
    kapitler = [(r["tittel"], uten_html(r["tekst"])) for r in alle["kapittel"]]
    return kapitler, list(tiltak.values())


def _legg_til(alle, tiltak, tjenester):
    for gruppe in alle["malgruppe"]:
        if mal := tiltak.get(gruppe["tiltak"][-1]):
            mal.malgrupper.append(
                (
                    gruppe.get("tekst", ""),
                    gruppe.get("alder_fra"),
                    gruppe.get("alder_til"),
                )
            )
    valgt: dict[tuple, list] = {}
    for rad in alle["ansvarkontaktpunkt"]:
        valgt.setdefault(tuple(rad["ansvar"][-2:]), []).append(rad["kontaktpunkt"])
    punkter: dict[str, list] = {}
    for rad in alle["kontaktpunkt"]:
        punkter.setdefault(rad["tjeneste"][-1], []).append(rad)
    for ansvar in alle["ansvar"]:
        slug, tjeneste = ansvar["tiltak"][-1], ansvar["tjeneste"][-1]
        if slug not in tiltak or ansvar["rolle"] != "ansvarlig":
            continue
        tiltak[slug].ansvar.append(tjenester[tjeneste]["navn"])
        valgte = {tuple(v[-2:]) for v in valgt.get((slug, tjeneste), [])}
        for punkt in punkter.get(tjeneste, []):
            egen = (punkt["type"], punkt["verdi"]) in valgte
            if egen or (not valgte and punkt.get("hoved", True)):
                _legg_til_punkt(tiltak[slug], punkt)
    for rad in alle["lenke"]:
        if rad["tiltak"][-1] in tiltak:
            _unik(tiltak[rad["tiltak"][-1]].nett, rad["adresse"])


def _legg_til_punkt(mal, punkt):
    lister = {
        "telefon": mal.telefon,
        "sms": mal.telefon,
        "epost": mal.epost,
        "nett": mal.nett,
    }
    if punkt["type"] in lister:
        _unik(lister[punkt["type"]], str(punkt["verdi"]))


def _unik(liste, verdi):
    if verdi not in liste:
        liste.append(verdi)


# What a proposal got right ------------------------------------------------------------


def _sifre(verdi):
    return re.sub(r"\D", "", verdi)


def _adresse(verdi):
    return re.sub(r"^https?://(?:www\.)?|/$", "", verdi.lower())


def treff(forslag, fakta):
    """How many facts of each kind are proposed at the right place, and how many there
    are: {kind: (right, all)}. What is missing is a third part, to read."""
    sett: dict[str, list] = {}

    def si(slag, rett, hva):
        rad = sett.setdefault(slag, [0, 0, []])
        rad[0] += bool(rett)
        rad[1] += 1
        if not rett:
            rad[2].append(hva)

    omrader = [omrade.tittel.tekst for omrade in forslag.innsatsomrader]
    etter_sted = {
        (omrader[s.omrade] if s.omrade is not None else "", s.nummer): t
        for t in forslag.tiltak
        for s in t.plasseringer
    }
    etter_tittel = {t.tittel.tekst: t for t in forslag.tiltak}
    for f in fakta:
        t = etter_tittel.get(f.tittel)
        navn = f"{f.nummer} {f.tittel}"
        si("tittel", t, navn)
        si("nummer", t and any(s.nummer == f.nummer for s in t.plasseringer), navn)
        si("område", t and etter_sted.get((f.omrade, f.nummer)) is t, navn)
        si("nytt", t and bool(t.nytt) == f.nytt, navn)
        ansvar = {a.navn for a in t.ansvar} if t else set()
        for verdi in f.ansvar:
            si("ansvar", verdi in ansvar, (navn, verdi, ansvar))
        for slag, art, like in (
            ("telefon", "telefon", _sifre),
            ("epost", "epost", str.lower),
            ("nett", "nettside", _adresse),
        ):
            har = {like(k.verdi) for k in t.kontakter if k.art == art} if t else set()
            for verdi in getattr(f, slag):
                si(slag, like(verdi) in har, (navn, verdi, har))
        aldre = {(m.alder_fra, m.alder_til) for m in t.malgrupper} if t else set()
        for par in f.aldre:
            si("alder", par in aldre, (navn, par, aldre))
    return sett


def andel(sett):
    rette, alle = (sum(rad[nr] for rad in sett.values()) for nr in (0, 1))
    return rette / alle


def rapport(sett):
    """One line to print: the share of each kind."""
    deler = [f"{slag} {rett}/{alle}" for slag, (rett, alle, _mangler) in sett.items()]
    return f"{andel(sett):.1%} · " + ", ".join(deler)
