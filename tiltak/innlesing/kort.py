"""The parts of a proposed plan in words, for who looks it over: each value with the block
that it came from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tiltak.innlesing.forslag.modell import (
    Ansvar,
    Forum,
    HvorOfte,
    Innsatsomrade,
    Kapittel,
    Malgruppe,
    Malsetting,
    Planforslag,
    Styringsdokument,
    Tekstdel,
    Tiltak,
    Verdi,
)
from tiltak.models import Ansvar as Ansvarsrad
from tiltak.models import Hvem, Kontaktpunkt
from tiltak.models import Malsetting as Malsettingsrad
from tiltak.models import Tiltak as Tiltaksrad

UTDRAG = 180
KONTAKTER = {
    "telefon": Kontaktpunkt.Type.TELEFON.label,
    "epost": Kontaktpunkt.Type.EPOST.label,
    "nettside": gettext_lazy("nettside"),
    "fremgangsmate": Kontaktpunkt.Type.FREMGANGSMATE.label,
}
SLAG = {
    Kapittel: gettext_lazy("Kapittel"),
    Innsatsomrade: gettext_lazy("Innsatsområde"),
    Tiltak: gettext_lazy("Tiltak"),
    Malsetting: gettext_lazy("Målsetting"),
    Styringsdokument: gettext_lazy("Styringsdokument"),
    Forum: gettext_lazy("Forum"),
    Verdi: gettext_lazy("Planens tittel"),
}


@dataclass
class Kort:
    """A part of the plan.

    Attributes:
        fakta: [(what it is, [(what it says, key of its block or "")])].
        avsnitt: how many pieces of text it has, in words.
        utdrag: how the text begins.
    """

    slag: str
    tittel: str
    nummer: int | None = None
    nytt: bool = False
    fakta: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    avsnitt: str = ""
    utdrag: str = ""


def kort(element, forslag: Planforslag, nokkel: str) -> Kort:
    """A chapter, an innsatsområde, a tiltak, a goal, a document, a forum, or the title of
    the plan.

    Args:
        nokkel: the block at which it is shown: a tiltak has a number at each.
    """
    ut = Kort(SLAG[type(element)], "")
    if isinstance(element, Tiltak):
        sted = next(
            (s for s in element.plasseringer if nokkel in s.blokker),
            element.plasseringer[0],
        )
        ut.nummer, ut.nytt = sted.nummer, element.nytt is not None
        if not _er_hel(element, forslag):
            ut.slag = _("Deltiltak")
        ut.fakta = _samlet(_om_tiltaket(element, forslag))
    elif isinstance(element, Forum):
        ut.fakta = _samlet(_om_forumet(element))
    elif isinstance(element, Verdi):
        ar = "–".join(str(a) for a in (forslag.fra_ar, forslag.til_ar) if a)
        ut.fakta = [(_("Periode"), [(ar, "")])] if ar else []
    elif isinstance(element, Malsetting):
        ut.slag = capfirst(Malsettingsrad.Type(element.type).label)
    ut.tittel = _tittelen(element)
    if isinstance(element, Kapittel | Innsatsomrade | Tiltak) and element.tekst:
        ut.avsnitt, ut.utdrag = _omfang(element.tekst), _utdrag(element.tekst)
    return ut


def feltene(forslag: Planforslag) -> dict[str, list[str]]:
    """What each block gave its tiltak besides text, by the key of the block: "ansvarlig",
    "telefon"."""
    ut: dict[str, dict[str, None]] = {}
    for hel in forslag.tiltak:
        for tiltak in (hel, *hel.deltiltak):
            begynner = {
                nokkel for sted in tiltak.plasseringer for nokkel in sted.blokker
            }
            for hva, _tekst, nokkel in _om_tiltaket(tiltak, forslag):
                if nokkel not in begynner:
                    ut.setdefault(nokkel, {})[str(hva)] = None
    return {nokkel: list(hva) for nokkel, hva in ut.items()}


def _er_hel(tiltak, forslag):
    return any(tiltak is hel for hel in forslag.tiltak)


def _tittelen(element):
    if isinstance(element, Malsetting | Verdi):
        return element.tekst
    if isinstance(element, Forum):
        return element.navn
    if isinstance(element, Styringsdokument):
        ar = "–".join(str(a) for a in (element.fra_ar, element.til_ar) if a)
        return f"{element.tittel} ({ar})" if ar else element.tittel
    return element.tittel.tekst or _("Uten overskrift")


def _omfang(deler):
    antall = len(deler)
    return ngettext("%d avsnitt tekst", "%d avsnitt tekst", antall) % antall


def _utdrag(deler: list[Tekstdel]):
    tekst = " ".join(
        " ".join(filter(None, [d.etikett and f"{d.etikett}:", d.tekst, *d.celler]))
        for d in deler[:4]
    )
    return Truncator(" ".join(tekst.split())).chars(UTDRAG)


def _samlet(verdier):
    """Values under one heading for each run of the same kind."""
    return [
        (capfirst(str(hva)), [(tekst, nokkel) for _hva, tekst, nokkel in gruppe])
        for hva, gruppe in groupby(verdier, key=lambda verdi: verdi[0])
    ]


def _forste(blokker):
    return blokker[0] if blokker else ""


def _om_tiltaket(t: Tiltak, forslag) -> Iterator[tuple[str, str, str]]:
    for sted in t.plasseringer:
        if sted.omrade is not None:
            omrade = forslag.innsatsomrader[sted.omrade].tittel.tekst
            yield _("innsatsområde"), omrade, _forste(sted.blokker)
    for ansvar in sorted(t.ansvar, key=_rollens_plass):
        navn = f"{ansvar.navn} ({ansvar.merknad})" if ansvar.merknad else ansvar.navn
        yield Ansvarsrad.Rolle(ansvar.rolle).label, navn, _forste(ansvar.blokker)
    for kontakt in t.kontakter:
        tekst = ": ".join(filter(None, [kontakt.merknad, kontakt.verdi]))
        yield KONTAKTER[kontakt.art], tekst, _forste(kontakt.blokker)
    for gruppe in t.malgrupper:
        yield _("målgruppe"), i_ord(gruppe), _forste(gruppe.blokker)
    for hvem in t.kan_kontakte:
        tekst = Hvem(hvem.tekst).label
        yield _("hvem som kan ta kontakt"), tekst, _forste(hvem.blokker)
    if t.niva:
        niva = Tiltaksrad.Niva(t.niva.tekst).label
        yield _("forebyggingsnivå"), niva, _forste(t.niva.blokker)
    if t.bti:
        yield _("BTI-nivå"), "–".join(dict.fromkeys(map(str, t.bti))), ""
    if t.status:
        status = Tiltaksrad.Status(t.status.tekst).label
        yield _("status"), status, _forste(t.status.blokker)
    if t.hvor_ofte:
        yield _("hvor ofte"), rytmen(t.hvor_ofte), _forste(t.hvor_ofte.blokker)
    for hva, verdier in (
        (_("lokalområde"), t.lokalomrader),
        (_("forankring"), t.forankring),
        (_("målsetting"), t.malsettinger),
    ):
        for verdi in verdier:
            yield hva, verdi.tekst, _forste(verdi.blokker)


def _rollens_plass(ansvar: Ansvar):
    return list(Ansvarsrad.Rolle).index(ansvar.rolle)


def _om_forumet(forum: Forum):
    if forum.rytme:
        yield _("hvor ofte"), rytmen(forum.rytme), _forste(forum.rytme.blokker)
    for medlem in forum.medlemmer:
        yield _("medlemmer"), medlem.tekst, _forste(medlem.blokker)


def i_ord(gruppe: Malgruppe) -> str:
    """Whom it is for: the words, the ages, the grades."""
    deler = [gruppe.tekst]
    if gruppe.alder_fra is not None or gruppe.alder_til is not None:
        deler.append(_("%s år") % _spennet(gruppe.alder_fra, gruppe.alder_til))
    if gruppe.trinn_fra is not None:
        deler.append(_("%s. trinn") % _spennet(gruppe.trinn_fra, gruppe.trinn_til))
    return ", ".join(filter(None, deler))


def _spennet(fra, til):
    if fra == til:
        return str(fra)
    if til is None:
        return _("fra %d") % fra
    if fra is None:
        return _("til og med %d") % til
    return f"{fra}–{til}"


def rytmen(rytme: HvorOfte) -> str:
    """How often, in words; those of the source, where it has some."""
    if rytme.tekst:
        return rytme.tekst
    enhet = Tiltaksrad.Tidsenhet(rytme.per).label
    antall = (
        str(rytme.fra) if rytme.til in {None, rytme.fra} else f"{rytme.fra}–{rytme.til}"
    )
    if rytme.hver > 1:
        return _("%(antall)s ganger hver %(hver)d. %(enhet)s") % {
            "antall": antall, "hver": rytme.hver, "enhet": enhet,
        }  # fmt: skip
    return (
        _("%(antall)s ganger i året") % {"antall": antall}
        if rytme.per == "ar"
        else (_("%(antall)s ganger per %(enhet)s") % {"antall": antall, "enhet": enhet})
    )
