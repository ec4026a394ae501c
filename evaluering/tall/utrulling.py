"""A sheet by its layout, one line for each figure; what is left out is told of."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl.utils import get_column_letter

from evaluering.models.helhet import er_helhet
from evaluering.tall import tallord
from evaluering.tall.ark import Ark, celle_i, tekst
from evaluering.tall.celler import er_tall
from evaluering.tall.oppsett import UTELATT, Oppsett

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
        delsummer: {what stands above columns that add others up: their figures}.
    """

    linjer: list[Linje] = field(default_factory=list)
    feil: list[tuple[int, str]] = field(default_factory=list)
    merknader: list[str] = field(default_factory=list)
    delsummer: Counter = field(default_factory=Counter)


def rull_ut(ark: Ark, oppsett: Oppsett) -> Utrullet:
    """The figures of a sheet, as its layout has them."""
    ark.fyll_flettede()
    ut = Utrullet(merknader=list(ark.merknader))
    rader = [(nr, celler) for nr, celler in ark.rader if nr > oppsett.hode[1]]
    tallene = oppsett.plasser("tall")
    nokler = {p: k.rolle for p, k in enumerate(oppsett.kolonner) if k.rolle in NOKLER}
    fylt = _vanligvis_fylt(rader, nokler, tallene)
    utenom, summer, tomme = [], [], 0
    slatt_sammen = ark.slatt_sammen(tallene)
    for nr, celler in rader:
        if any(tekst(c) for c in celler[len(oppsett.kolonner) :]):
            ut.feil.append((nr, _("Raden har flere kolonner enn overskriftene.")))
        elif _begynner_en_ny(celler, tallene):
            ut.merknader.append(
                _(
                    "Rad %(nr)d og de under er ikke lest: Det ser ut som en tabell til. "
                    "Si at overskriftene er der, så leses den."
                )
                % {"nr": nr}
            )
            break
        elif not any(tekst(celle_i(celler, p)) for p in tallene):
            utenom.append((nr, celler))
        elif _er_sum(celler, nokler, fylt) or _er_delsum(celler, nokler):
            summer.append((nr, celler))
        else:
            tomme += _rull_ut_rad(ut, nr, celler, oppsett, slatt_sammen)
    _si_om_rader(ut, utenom, _("uten tall"))
    _si_om_rader(ut, summer, _("med sum"))
    ut.merknader += [
        _(
            "«%(navn)s» er en sum av noen av de andre, og er ikke tatt med: %(antall)d tall."
        )
        % {"navn": navn, "antall": antall}
        for navn, antall in ut.delsummer.items()
        if tallord.er_delsum(navn)
    ]
    if tomme:
        ut.merknader.append(
            ngettext(
                "%d rute er tom, og gir ikke noe tall.",
                "%d ruter er tomme, og gir ikke noe tall.",
                tomme,
            )
            % tomme
        )
    _si_om_kolonner(ut, ark, oppsett)
    return ut


def _rull_ut_rad(ut, nr, celler, oppsett, slatt_sammen):
    """Adds the figures of a row; returns how many of its cells are empty."""
    felles, tallene, deler = dict(oppsett.faste), [], []
    for plass, kolonne in enumerate(oppsett.kolonner):
        celle = celle_i(celler, plass)
        if kolonne.rolle == "tall":
            if (nr, plass) in slatt_sammen and tekst(celle):
                ut.feil.append(
                    (
                        nr,
                        _(
                            "Tallet «%s» står i flere celler som er slått sammen, og kan "
                            "gjelde dem sammen. Del cellen, og skriv hva hver av dem er."
                        )
                        % tekst(celle),
                    )
                )
                continue
            tallene.append((kolonne, celle))
        elif kolonne.rolle == "indikator":
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
        if any(map(tallord.er_delsum, kolonne.faste.values())):
            ut.delsummer.update(kolonne.faste.values())
            continue
        ut.linjer.append(Linje(nr, felles | kolonne.faste | {"tall": celle}))
    return tomme


def _vanligvis_fylt(rader, nokler, tallene):
    """The columns that say what a figure is of in nearly every row that has one."""
    antall, med_tall = Counter(), 0
    for _nr, celler in rader:
        if any(er_tall(celle_i(celler, p)) for p in tallene):
            med_tall += 1
            antall.update(p for p in nokler if tekst(celle_i(celler, p)))
    return {p for p in nokler if antall[p] > 1 and antall[p] >= 0.5 * med_tall}


def _er_sum(celler, nokler, fylt):
    """Whether the row adds others up: it is called so, and says less than they do."""
    navn = _navnene(celler, nokler)
    forste = next(filter(None, navn), "")
    mangler = any(not tekst(celle_i(celler, p)) for p in fylt)
    return er_helhet(forste) and mangler


def _er_delsum(celler, nokler):
    """Whether it adds up some of the others, and is a total of nothing that is asked for."""
    # "Sum gutter" are the boys, where that is what is told apart.
    andre = [p for p, rolle in nokler.items() if rolle not in {"kjønn", "skoleslag"}]
    return any(map(tallord.er_delsum, _navnene(celler, andre)))


def _navnene(celler, nokler):
    return [tekst(celle_i(celler, p)) for p in nokler]


def _begynner_en_ny(celler, tallene):
    """Whether it is a row of headings: words, or years on end, stand where figures do."""
    hva = [celle for p in tallene if tekst(celle := celle_i(celler, p))]
    if len(hva) < 2:
        return False
    arene = [aret.arstall for celle in hva if (aret := tallord.ar(celle))]
    if len(arene) == len(hva):
        return all(til - fra == 1 for fra, til in pairwise(arene))
    ord_ = [c for c in hva if not er_tall(c) and not tallord.er_merke(tekst(c))]
    return len(ord_) + len(arene) == len(hva) and not any(
        er_tall(c) and not tallord.ar(c) for c in celler
    )


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
    utelatt = [get_column_letter(p + 1) for p in oppsett.plasser(UTELATT) if p in brukt]
    if utelatt:
        ut.merknader.append(
            ngettext(
                "Kolonne %s er ikke tatt med.",
                "Kolonnene %s er ikke tatt med.",
                len(utelatt),
            )
            % ", ".join(utelatt)
        )
