"""Proposes how a sheet of figures is laid out, from what stands in it; the one who sent
it has the last word."""

import hashlib
import re
from collections import Counter

from evaluering.models import Maling
from evaluering.models.helhet import er_bare_helhet, er_helhet
from evaluering.tall import tallord
from evaluering.tall.ark import Ark, celle_i, tekst
from evaluering.tall.celler import er_tall, les_spenn
from evaluering.tall.oppsett import TILLEGG, UTELATT, Kolonne, Oppsett, overskrifter

SER_PA = 400
FLEST_HODERADER = 3
STEDENE = {"kommune", "sted", "lokalområde"}
SKOLE = re.compile(r"sk[ou]le|skulen?\b|\bvgs\b|barnehage")


def merke_av_form(ark: Ark, oppsett: Oppsett) -> str:
    """What marks a file of this shape: its headings, and its title where that alone says
    what its figures are; whatever the years are. "" where nothing in it says so: the next
    one of the same headings may be of anything."""
    ark = ark.fylt()
    navn = [" ".join(deler).casefold() for deler in overskrifter(ark, oppsett.hode)]
    uten_ar = [re.sub(r"\d{4}", "#", n) for n in navn]
    # A year more makes the table wider by columns of the same heading.
    like = [n for nr, n in enumerate(uten_ar) if nr == 0 or n != uten_ar[nr - 1]]
    vist = oppsett.faste.get("indikator", "").casefold()
    if vist and not any(vist in n for n in navn):
        tittel = _tittelen(ark, oppsett.hode)
        if not tittel:
            return ""
        like.append(re.sub(r"\d+", "#", tittel.casefold()))
    return hashlib.blake2b(repr(like).encode(), digest_size=16).hexdigest()


def foresla(arkene: list[Ark], kommune) -> Oppsett:
    """The likeliest layout of what was sent: of the sheet with most figures."""
    ark = max(arkene, key=_antall_tall)
    return foresla_for(ark, kommune)


def foresla_for(ark: Ark, kommune, hode=None, over="") -> Oppsett:
    """The likeliest layout of a sheet.

    Args:
        hode: the rows of headings, where somebody has said which.
        over: as Oppsett has it, where somebody has said it.
    """
    ark = ark.fylt()
    hode = hode or _hodet(ark)
    forslag = _Forslag(ark, hode, kommune, over)
    oppsett = Oppsett(ark.navn, hode, forslag.kolonner())
    sier_indikator = any("indikator" in k.faste for k in oppsett.kolonner)
    sagt = {rolle for kolonne in oppsett.kolonner for rolle in kolonne.faste}
    ord_er = (rolle for rolle in ("indikator", "gruppe") if rolle in sagt)
    oppsett.over = over or next(ord_er, "slag")
    if not sier_indikator and not oppsett.plasser("indikator"):
        oppsett.faste["indikator"] = forslag.vises or _tittelen(ark, hode, forslag)
    # Some have a sheet for each year.
    if tallord.ar(ark.navn) and not any(map(tekst, forslag.arsceller(oppsett))):
        oppsett.faste["år"] = ark.navn
    if any(tallord.kan_vaere_to(c) for c in forslag.arsceller(oppsett)):
        skole = any(
            re.search("sk[ou]le|trinn", " ".join(h), re.I) for h in forslag.hoder
        )
        oppsett.to_ar = Maling.Periode.SKOLEAR if skole else Maling.Periode.FLERE_AR
    return oppsett


def les_overskriftene(ark: Ark, oppsett: Oppsett, kommune) -> None:
    """Has each column of figures say what stands above it, whoever chose the columns."""
    ark = ark.fylt()
    forslag = _Forslag(ark, oppsett.hode, kommune, oppsett.over)
    oppsett.kolonner = forslag.med_overskrifter([k.rolle for k in oppsett.kolonner])


def _antall_tall(ark):
    return sum(er_tall(c) for _nr, celler in ark.rader[:SER_PA] for c in celler)


def _tittelen(ark, hode, forslag=None):
    """What the sheet itself says that its figures are, or ""."""
    over = [celler for nr, celler in ark.rader if nr < hode[0]]
    # What one column says of all of them.
    sagt = forslag.sagt_om_alle if forslag else []
    av_kolonnen = sagt[0][:120] if len(sagt) == 1 else ""
    return _tittel(over) or av_kolonnen or _tittel_av_navnet(ark.navn)


def _tittel(titler):
    """The first words above the headings that name something."""
    for celler in titler:
        ordene = [tekst(c) for c in celler if tekst(c)]
        if ordene and not er_tall(ordene[0]):
            navn = re.sub(r"^(?:tabell )?\d+[.:]? ?", "", ordene[0], flags=re.I)
            return re.split(r",? etter ", navn)[0][:120]
    return ""


def _tittel_av_navnet(navn):
    """What a file or a sheet is called, if somebody has given it a name."""
    navn = re.sub(r"\.(?:csv|txt|xlsx)$", "", navn, flags=re.IGNORECASE)
    navn = " ".join(re.sub(r"[_\d]+", " ", navn).split()).strip(" -–()")
    uten_navn = re.fullmatch(r"(?:ark|sheet|tabell|limt inn|data|eksport)?", navn, re.I)
    return "" if uten_navn else navn[:1].upper() + navn[1:120]


def _hodet(ark):
    """The rows of headings: those right above the first rows that hold figures."""
    rader = ark.rader[:SER_PA]
    med_tall = [_har_tall(celler) for _nr, celler in rader]
    for plass in range(len(rader)):
        if not med_tall[plass] or not plass:
            continue
        neste = med_tall[plass : plass + 3]
        if sum(neste) * 2 > len(neste):
            break
    else:
        plass = min(1, len(rader))
    bredest = max((_fylt(celler) for _nr, celler in rader[plass:]), default=0)
    forste = plass - 1
    while (
        forste > 0
        and plass - forste < FLEST_HODERADER
        # A title stands alone, headings of groups do not.
        and (bredest < 3 or _ulike(rader[forste - 1][1]) > 1)
        and rader[forste - 1][0] == rader[forste][0] - 1
    ):
        forste -= 1
    if bredest < 3:
        forste = plass - 1
    forste = max(forste, 0)
    return rader[forste][0], rader[max(plass - 1, 0)][0]


def _under(ark, hode):
    """The rows below the headings; a title among them and a note below say nothing of what
    a column is."""
    under = [celler for nr, celler in ark.rader if nr > hode[1]][:SER_PA]
    return [c for c in under if _ulike(c) > 1 or sum(map(er_tall, c)) > 1] or under


def _fylt(celler):
    return sum(bool(tekst(c)) for c in celler)


def _ulike(celler):
    """How many different texts: a title that is merged across columns is one."""
    return len({tekst(c) for c in celler if tekst(c)})


def _har_tall(celler):
    """Whether there is a figure in the row that is no year."""
    return any(er_tall(c) and tallord.ar(c) is None for c in celler)


class _Forslag:
    """Proposes what the columns of a sheet are."""

    def __init__(self, ark, hode, kommune, over):
        self.over = over
        under = _under(ark, hode)
        self.hoder = overskrifter(ark, hode)
        self.verdier = [
            [c for celler in under if tekst(c := celle_i(celler, plass))]
            for plass in range(ark.bredde)
        ]
        self.har_ar = any(_nesten_alle(v, tallord.ar) for v in self.verdier if v)
        self.kommune = kommune
        self.steder = {tallord.stedsnavn(n) for n in _navnene(kommune.steder)}
        self.omrader = {tallord.stedsnavn(n) for n in _navnene(kommune.lokalomrader)}
        self.indikatorer = {n.casefold() for n in _navnene(kommune.indikatorer)}
        self.brukt, self.roller, self.sagt_om_alle = Counter(), set(), []
        over = [celler for nr, celler in ark.rader if nr < hode[0]]
        self.har_tittel, self.alene, self.motsagt = bool(_tittel(over)), False, False

    def kolonner(self):
        roller = [self._rolle(plass) for plass in range(len(self.hoder))]
        tallene = [nr for nr, rolle in enumerate(roller) if rolle == "tall"]
        # What is counted out of the figures beside it is none of its own.
        regnet = [
            nr for nr in tallene if any(map(tallord.REGNET_UT.search, self.hoder[nr]))
        ]
        for nr in regnet if len(regnet) < len(tallene) else ():
            roller[nr] = UTELATT
        # Years again may begin a table beside this one.
        if igjen := [nr for nr, rolle in enumerate(roller) if rolle == ""]:
            for nr in range(igjen[0], len(roller)):
                roller[nr] = roller[nr] if roller[nr] == UTELATT else ""
        kolonner = self.med_overskrifter(roller)
        # Beside years, a figure of no year is likely their sum.
        for nr in _uten_ar(kolonner):
            er_sum = er_helhet(" ".join(self.hoder[nr]))
            roller[nr] = UTELATT if er_sum else ""
        for nr in self._andre_steder(kolonner):
            roller[nr] = UTELATT
        return self.med_overskrifter(roller)

    def _andre_steder(self, kolonner):
        """The columns that are called something else where the kommune has a column of its
        own: another kommune, likely, and no part of this one."""
        tallene = {nr: k.faste for nr, k in enumerate(kolonner) if k.rolle == "tall"}
        har_egen = any(
            tallord.er_kommunen(faste.get("kommune", ""), self.kommune.navn)
            for faste in tallene.values()
        )
        ord_ = {"slag", "gruppe", "indikator"}
        return [
            nr
            for nr, faste in tallene.items()
            if har_egen and faste.keys() & ord_ and not faste.keys() & STEDENE
        ]

    def med_overskrifter(self, roller):
        """The columns as these roles have it, with what stands above their figures."""
        self.roller, self.motsagt = set(roller), False
        sagt = {nr: self._les(nr) for nr, rolle in enumerate(roller) if rolle == "tall"}
        self.alene = len(sagt) == 1 and "indikator" not in roller
        ordene = [set(rest) for _faste, rest in sagt.values()]
        # What stands above all of them tells none from another: it is what they show.
        felles = set.intersection(*ordene) if len(ordene) > 1 else set()
        navn = [n for n in felles if not tallord.SIER_INGENTING.fullmatch(n)]
        self.vises = navn[0] if len(navn) == 1 else ""
        slag = {r.casefold() for rest in ordene for r in rest - felles}
        flere_slags_tall = (
            sum(bool(tallord.SIER_INGENTING.fullmatch(r)) for r in slag) > 1
        )
        # What is counted and what is a share of it are no two parts of one.
        enheter = {tallord.enhet_i(r) for rest in ordene for r in rest - felles}
        self.blandet = len(enheter) > 1
        for faste, rest in sagt.values():
            faste |= self._resten(
                [r for r in rest if r not in felles], flere_slags_tall
            )
        return [
            Kolonne(rolle, sagt[nr][0] if nr in sagt else {})
            for nr, rolle in enumerate(roller)
        ]

    def arsceller(self, oppsett):
        for plass in oppsett.plasser("år"):
            yield from self.verdier[plass]
        for kolonne in oppsett.kolonner:
            yield kolonne.faste.get("år")
        yield oppsett.faste.get("år")

    def _rolle(self, plass):
        verdier, hode = self.verdier[plass], self.hoder[plass]
        if not verdier:
            return UTELATT
        roller = tallord.roller_ved(hode[-1]) if hode else []
        overskrift = hode[-1] if hode else ""
        rolle = self._ved_innhold(verdier, roller, overskrift) or self._ved_overskrift(
            verdier, roller
        )
        # What is said once is not said again by another column.
        if rolle in {"år", "kjønn", "kommune", "kommunenummer", "alder", "skoleslag"}:
            self.brukt[rolle] += 1
            if self.brukt[rolle] > 1:
                # Years again may begin a table beside this one.
                return "" if rolle == "år" else UTELATT
        if not hode and rolle == "tall":
            return ""
        return rolle

    def _ved_innhold(self, verdier, roller, overskrift):
        tekster = {tekst(v) for v in verdier}
        if tallord.UTEN_TALL.search(overskrift):
            return UTELATT
        ar = [v for v in verdier if tallord.ar(v) is not None]
        nok = 0.5 if tallord.heter(overskrift, ("år",)) else 0.9
        if len(ar) >= max(1, len(verdier) * nok):
            return "år"
        if _nesten_alle(verdier, tallord.er_tid_i_ar):
            # A day or a quarter is no year, and is said to be none.
            return UTELATT if self.har_ar else "år"
        # Ages and grades may be written as numbers.
        if _nesten_alle(verdier, er_tall) and (
            rolle := tallord.heter(overskrift, ("alder", "gruppe"))
        ):
            return rolle
        if self._er_numre(verdier, roller):
            return "kommunenummer" if "kommunenummer" in roller else UTELATT
        kjonn = [t for t in tekster if tallord.kjonn(t) is not None]
        er_kjonn = len(kjonn) == len(tekster)
        # What is no sex is said beside its row: the others are no kinds of it.
        if len(kjonn) * 2 >= len(tekster) and tallord.heter(overskrift, ("kjønn",)):
            return "kjønn"
        # Ages may be written as spans, and nothing else.
        har_tall = any(map(er_tall, verdier)) or not any(map(les_spenn, verdier))
        if har_tall and _nesten_alle(verdier, _kan_vaere_tall):
            return "til" if roller[:1] == ["til"] else "tall"
        if er_kjonn and any(len(t) > 1 and tallord.kjonn(t) for t in tekster):
            return "kjønn"
        if any(map(tallord.trinn, tekster)) and all(
            tallord.trinn(t) is not None for t in tekster
        ):
            return "skoleslag"
        if all(tallord.er_alder(t) or er_helhet(t) for t in tekster):
            return "alder"
        return self._ved_steder(tekster) or self._ved_noen_tall(verdier, overskrift)

    def _ved_noen_tall(self, verdier, overskrift):
        """A column of figures in which some are not written as such, as "ca. 20": that is
        said beside them. Below a year one figure is enough."""
        if tallord.heter(overskrift, ("alder", "gruppe", "slag")):
            return ""
        antall = sum(bool(er_tall(v) or les_spenn(v)) for v in verdier)
        under_ar = tallord.ar(overskrift) is not None
        return "tall" if antall and (under_ar or antall * 2 >= len(verdier)) else ""

    def _ved_steder(self, tekster):
        navn = {tallord.stedsnavn(t) for t in tekster}
        if any(SKOLE.search(n) for n in navn) and any(
            tallord.er_kommunen(t, self.kommune.navn) for t in tekster
        ):
            return "sted"
        if any(tallord.er_kommunen(t, self.kommune.navn) for t in tekster) and not (
            navn & self.steder
        ):
            return "kommune"
        for rolle, kjente in (("sted", self.steder), ("lokalområde", self.omrader)):
            if navn & kjente:
                return rolle
        return ""

    def _ved_overskrift(self, verdier, roller):
        """By the first word of its heading that fits a text."""
        passer = [r for r in roller if r not in {"tall", "til", "år", "kommunenummer"}]
        if passer[:1] == ["merke"]:
            sier = any(map(tallord.er_forelopig, map(tekst, verdier)))
            return "merke" if sier else UTELATT
        like = len({tekst(v) for v in verdier}) == 1
        sier_alt = {"indikator", "enhet", "kilde", "sted", "kommune", "alder"}
        if passer and passer[0] in sier_alt:
            return passer[0]
        if like and (passer[:1] not in (["slag"], ["gruppe"]) or _alle(verdier)):
            if not _alle(verdier):
                self.sagt_om_alle.append(tekst(verdier[0]))
            return UTELATT
        for ledig in (*passer[:1], "slag", "gruppe"):
            if ledig in {"slag", "gruppe"} and not self.brukt[ledig]:
                self.brukt[ledig] += 1
                return ledig
        return "indikator"

    def _er_numre(self, verdier, roller):
        """Whether they are numbers of kommuner: their own, or by the heading."""
        tall = {tekst(v).zfill(4) for v in verdier}
        if not all(re.fullmatch(r"\d{4}|NA|0000", t.lstrip("K-")) for t in tall):
            return False
        return "kommunenummer" in roller or (
            self.kommune.nummer in tall and len(tall) > 20
        )

    def _les(self, plass):
        """What the heading of a column of figures says of them, and its other words."""
        faste, rest = {}, []
        for del_ in self.hoder[plass]:
            sier = {}
            self._les_del(del_, sier, rest)
            # What a column says of each row is said of all by no heading.
            if (sier.keys() - {"kommune"}) & self.roller:
                rest.append(del_)
                self.motsagt = True
            else:
                faste |= sier
        return faste, rest

    def _resten(self, rest, flere_slags_tall):
        faste = {}
        sier_lite = tallord.SIER_LITE if self.alene else tallord.SIER_INGENTING
        generelle = [r for r in rest if sier_lite.fullmatch(r)]
        # The number and the percentage of the same, beside each other.
        if generelle and flere_slags_tall:
            faste[TILLEGG] = " ".join(generelle).casefold()[:40]
        if navn := ", ".join(r for r in rest if r not in generelle)[:80]:
            # Above the only figures, and below no title, it says what they are.
            sier_hva = self.alene and not (self.har_tittel or self.motsagt)
            kjent = sier_hva or self.blandet or navn.casefold() in self.indikatorer
            faste[self.over or ("indikator" if kjent else self._ledig())] = navn
        return faste

    def _ledig(self):
        """What no column says already."""
        ledige = (r for r in ("slag", "gruppe") if r not in self.roller)
        return next(ledige, "indikator")

    def _les_del(self, del_, faste, rest):
        del_ = tallord.uten_dag(del_)
        if tallord.ar(del_):
            faste["år"] = del_
        elif funnet := re.search(
            r"\b(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)?(?:\b|(?=[KMQU]\d))", del_
        ):
            faste["år"] = funnet[0]
            self._les_del_uten_ar(del_.replace(funnet[0], " "), faste, rest)
        else:
            self._les_del_uten_ar(del_, faste, rest)

    def _les_del_uten_ar(self, del_, faste, rest):
        # Machines write vold_mishandling.
        del_ = tallord.uten_tegn(" ".join(del_.replace("_", " ").split()))
        hele, del_ = (
            del_,
            tallord.uten_tegn(tallord.SIER_AT_DET_ER_TALL.sub("", del_)) or del_,
        )
        navn = tallord.stedsnavn(del_)
        if delt := tallord.kjonn_og_resten(del_):
            faste["kjønn"], resten = delt
            self._les_del_uten_ar(resten, faste, rest)
        elif tallord.er_forelopig(del_):
            faste["merke"] = del_
        elif len(del_) > 1 and tallord.kjonn(del_):
            faste["kjønn"] = del_
        elif tallord.trinn(del_):
            faste["skoleslag"] = del_
        elif tallord.er_alder(del_):
            faste["alder"] = del_
        elif tallord.er_kommunen(del_, self.kommune.navn) or tallord.omfang(
            del_, self.kommune.nummer
        ):
            faste["kommune"] = del_
        elif navn in self.steder:
            faste["sted"] = del_
        elif navn in self.omrader:
            faste["lokalområde"] = del_
        elif del_ and not er_bare_helhet(del_):
            rest.append(hele)


def _uten_ar(kolonner):
    """The columns of figures that say no year, where others do and no column has it."""
    tallene = [nr for nr, k in enumerate(kolonner) if k.rolle == "tall"]
    uten = [nr for nr in tallene if "år" not in kolonner[nr].faste]
    har = len(uten) < len(tallene) and all(k.rolle != "år" for k in kolonner)
    return uten if har else []


def _navnene(rader):
    return rader.values_list("navn", flat=True)


def _kan_vaere_tall(celle):
    return er_tall(celle) or tallord.er_merke(tekst(celle)) or bool(les_spenn(celle))


def _alle(verdier):
    return all(er_helhet(tekst(v)) for v in verdier)


def _nesten_alle(verdier, passer):
    """All but a footnote or two."""
    return sum(bool(passer(v)) for v in verdier) >= max(1, len(verdier) * 0.9)
