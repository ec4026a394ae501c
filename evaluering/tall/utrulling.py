"""A sheet by its layout, one line for each figure; what is left out is told of."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluering.models.helhet import er_bare_helhet, er_helhet
from evaluering.tall import tallord
from evaluering.tall.ark import Ark, celle_i, kolonnenavn, tekst
from evaluering.tall.celler import er_tall
from evaluering.tall.oppsett import TILLEGG, UTELATT, Oppsett

# All columns of all rows that are read would be millions, each of which takes a kilobyte.
FLEST_I_TABELLEN = 100_000
# So many of the rows that are left out are told of one by one.
NEVNES = 5
# What a row says of its figures, and not what they are.
NOKLER = (
    "indikator",
    "år",
    "kommune",
    "sted",
    "lokalområde",
    "kjønn",
    "alder",
    "skoleslag",
    "slag",
    "gruppe",
)


@dataclass(frozen=True)
class Linje:
    """A figure with what its row, its heading and the whole table say of it.

    Attributes:
        nr: the number of its row.
        celler: {role: cell}.
    """

    nr: int
    celler: dict


@dataclass
class Utrullet:
    """All figures of a sheet.

    Attributes:
        feil: (number of the row, what is wrong) of rows that the headings say nothing of.
        merknader: what was left out, in words.
    """

    linjer: list[Linje] = field(default_factory=list)
    feil: list[tuple[int, str]] = field(default_factory=list)
    merknader: list[str] = field(default_factory=list)


def rull_ut(ark: Ark, oppsett: Oppsett) -> Utrullet:
    """The figures of a sheet, as its layout has them.

    Raises:
        ValidationError: there are more than are taken.
    """
    return _Utruller(ark, oppsett).rull_ut()


def tomme_nokler(ark: Ark, oppsett: Oppsett) -> list[int]:
    """The columns that say what figures are of in some rows that have any, and are empty
    in others: it has to be said what that means."""
    return sorted(_Utruller(ark, oppsett).med_tomme)


class _Utruller:
    def __init__(self, ark, oppsett):
        self.oppsett, self.tallene = oppsett, oppsett.plasser("tall")
        self.nokler = {
            p: k.rolle for p, k in enumerate(oppsett.kolonner) if k.rolle in NOKLER
        }
        self.ut = Utrullet(merknader=list(ark.merknader))
        for nr, celle in ark.flettet_i([*self.tallene, *oppsett.plasser("til")]):
            if nr > oppsett.hode[1] and er_tall(celle):
                self._feil(nr, _("Et tall står i celler som er slått sammen. Del dem."))
        self.ark = ark.fylt(unntatt=self.tallene)
        self.rader = [(nr, c) for nr, c in self.ark.rader if nr > oppsett.hode[1]]
        self._tell()
        self.over = {}

    def _feil(self, nr, hva):
        self.ut.feil.append((nr, hva))

    def _tell(self):
        """Which of the columns that say what a figure is of are filled in most rows, and
        which are empty in some."""
        med_tall = [c for _nr, c in self.rader if self._har_tall(c)]
        fylt = Counter(p for c in med_tall for p in self.nokler if tekst(celle_i(c, p)))
        # A row of a sum leaves more than one of them out.
        self.fylt = {
            p for p in self.nokler if fylt[p] > 1 and fylt[p] * 2 >= len(med_tall)
        }
        vanlige = [c for c in med_tall if not self._er_sum(c)]
        self.med_tomme = {
            p
            for p in self.nokler
            if fylt[p] and any(not tekst(celle_i(c, p)) for c in vanlige)
        }

    def _har_tall(self, celler):
        return any(tekst(celle_i(celler, p)) for p in self.tallene)

    def rull_ut(self):
        utenom, summer, tomme = [], [], 0
        for nr, celler in self.rader:
            if any(tekst(c) for c in celler[len(self.oppsett.kolonner) :]):
                self._feil(nr, _("Raden har flere kolonner enn overskriftene."))
            elif self._begynner_en_ny(celler):
                self.ut.merknader.append(
                    _(
                        "Rad %(nr)d og de under er ikke lest: Det ser ut som en tabell "
                        "til. Si at overskriftene er der, så leses den."
                    )
                    % {"nr": nr}
                )
                break
            elif not self._har_tall(celler):
                self._sjekk_mellomtittel(nr, celler)
                utenom.append((nr, celler))
            elif self._er_sum(celler):
                summer.append((nr, celler))
            else:
                tomme += self._rad(nr, celler)
                self._sjekk_antall()
        self.ut.linjer = _skill_enhetene(self.ut.linjer)
        _si_om_rader(self.ut, utenom, _("uten tall"))
        _si_om_rader(self.ut, summer, _("med sum"))
        if tomme:
            self.ut.merknader.append(
                ngettext(
                    "%d rute er tom, og gir ikke noe tall.",
                    "%d ruter er tomme, og gir ikke noe tall.",
                    tomme,
                )
                % tomme
            )
        _si_om_kolonner(self.ut, self.ark, self.oppsett)
        return self.ut

    def _rad(self, nr, celler):
        """Adds the figures of a row; returns how many of its cells are empty."""
        felles, tallene, deler = dict(self.oppsett.faste), [], []
        for plass, kolonne in enumerate(self.oppsett.kolonner):
            celle = celle_i(celler, plass)
            if kolonne.rolle == "tall":
                tallene.append((kolonne, celle))
                continue
            if plass in self.med_tomme:
                celle = self._eller_over(nr, plass, celle)
            if kolonne.rolle == "indikator":
                deler.append(tekst(celle))
            elif kolonne.rolle and kolonne.rolle != UTELATT:
                felles[kolonne.rolle] = celle
        if any(deler):
            felles["indikator"] = ", ".join(filter(None, deler))
        tomme = 0
        for kolonne, celle in tallene:
            if len(tallene) > 1 and not tekst(celle):
                tomme += 1
                continue
            faste = _begge(felles, kolonne.faste)
            if tillegg := faste.pop(TILLEGG, ""):
                navn = faste.get("indikator") or felles.get("indikator", "")
                faste["indikator"] = f"{navn}, {tillegg}"
            self.ut.linjer.append(Linje(nr, felles | faste | {"tall": celle}))
        return tomme

    def _sjekk_antall(self):
        if len(self.ut.linjer) > FLEST_I_TABELLEN:
            raise ValidationError(
                _("Tabellen har mer enn %d tall. Del den i flere.") % FLEST_I_TABELLEN
            )

    def _eller_over(self, nr, plass, celle):
        """What the cell says; or the one above it, where empty cells mean that."""
        if tekst(celle):
            self.over[plass] = celle
            # What is grouped by this column begins anew.
            self.over = {p: c for p, c in self.over.items() if p <= plass}
        elif self.oppsett.tomme == "over":
            return self.over.get(plass)
        elif not self.oppsett.tomme:
            self._feil(nr, _("En celle er tom. Si hva tomme celler betyr."))
        return celle

    def _er_sum(self, celler):
        """Whether the row adds up those of the places, or others, and says less than they
        do. What a publisher gives of both sexes, or of all kinds, is a figure."""
        navn = [(rolle, tekst(celle_i(celler, p))) for p, rolle in self.nokler.items()]
        if any(_er_sum_av_stedene(rolle, ordene) for rolle, ordene in navn):
            return True
        forste = next((ordene for _rolle, ordene in navn if ordene), "")
        mangler = any(not tekst(celle_i(celler, p)) for p in self.fylt)
        return er_helhet(forste) and mangler

    def _begynner_en_ny(self, celler):
        """Whether it is a row of headings: words, or years on end, stand where figures
        do."""
        hva = [celle for p in self.tallene if tekst(celle := celle_i(celler, p))]
        if len(hva) < 2:
            return False
        arene = [aret.arstall for celle in hva if (aret := tallord.ar(celle))]
        if len(arene) == len(hva):
            return all(til - fra == 1 for fra, til in pairwise(arene))
        ord_ = [c for c in hva if not er_tall(c) and not tallord.er_merke(tekst(c))]
        return len(ord_) + len(arene) == len(hva) and not any(
            er_tall(c) and not tallord.ar(c) for c in celler
        )

    def _sjekk_mellomtittel(self, nr, celler):
        """A title among the rows that says what those under it are of is no note."""
        ordene = [tekst(c) for c in celler if tekst(c)]
        if len(set(ordene)) != 1 or not any(r > nr for r, _c in self.rader):
            return
        navn = ordene[0]
        sier = (
            tallord.kjonn(navn) or tallord.trinn(navn) or tallord.ar(navn, "flere_ar")
        )
        if sier or tallord.er_alder(navn):
            self._feil(
                nr,
                _("«%s» står over radene under. Sett det i en egen kolonne.")
                % navn[:40],
            )


def _skill_enhetene(linjer):
    """The number and the percentage of the same, below each other, are two indicators."""
    enhetene = defaultdict(set)
    for linje in linjer:
        enhetene[tekst(linje.celler.get("indikator"))].add(
            tekst(linje.celler.get("enhet"))
        )
    ut = []
    for linje in linjer:
        navn, enhet = (tekst(linje.celler.get(n)) for n in ("indikator", "enhet"))
        if enhet and navn and len(enhetene[navn] - {""}) > 1:
            linje = Linje(linje.nr, linje.celler | {"indikator": f"{navn}, {enhet}"})
        ut.append(linje)
    return ut


def _begge(felles, faste):
    """What a heading says, with what the row says of the same."""
    ut = dict(faste)
    for rolle in {"indikator", "slag", "gruppe"} & faste.keys() & felles.keys():
        sagt = tekst(felles[rolle])
        # The name of the whole is no part of a name.
        if sagt and not er_bare_helhet(sagt):
            ut[rolle] = f"{sagt}, {faste[rolle]}"
    return ut


def _er_sum_av_stedene(rolle, ordene):
    if re.fullmatch(r"(?:del|total)?sum(?:men)?:?", ordene, re.IGNORECASE):
        return True
    med_navn = rolle in {"sted", "lokalområde", "år"}
    if med_navn and re.match(r"(?:gjennom)?snitt(?:et)?\b", ordene, re.IGNORECASE):
        return True
    av_steder = rolle in {"sted", "lokalområde"} and er_bare_helhet(ordene)
    return av_steder and "kommun" not in ordene.casefold()


def _si_om_rader(ut, rader, hva):
    if not rader:
        return
    nevnt = [
        f"{nr} «{next(filter(None, map(tekst, celler)))[:60]}»"
        for nr, celler in rader[:NEVNES]
    ]
    flere = _(" og %d til") % (len(rader) - NEVNES) if len(rader) > NEVNES else ""
    ut.merknader.append(
        ngettext(
            "Rad %(hva)s er ikke tatt med: %(rader)s%(flere)s.",
            "Rader %(hva)s er ikke tatt med: %(rader)s%(flere)s.",
            len(rader),
        )
        % {"hva": hva, "rader": ", ".join(nevnt), "flere": flere}
    )


def _si_om_kolonner(ut, ark, oppsett):
    brukt = {p for _nr, celler in ark.rader for p, c in enumerate(celler) if tekst(c)}
    utelatt = [kolonnenavn(p + 1) for p in oppsett.plasser(UTELATT) if p in brukt]
    if utelatt:
        ut.merknader.append(
            ngettext(
                "Kolonne %s er ikke tatt med.",
                "Kolonnene %s er ikke tatt med.",
                len(utelatt),
            )
            % ", ".join(utelatt)
        )
