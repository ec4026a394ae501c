"""A proposed plan as rows that are yet to be saved."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.grunn.norsk import slugg
from slt.grunn.rekkefolge import HOYESTE
from slt.grunn.riktekst import rens_html
from slt.grunn.tekst import les_nettadresse
from slt.models import Lokalomrade
from tiltak.innlesing.blokker import Blokk
from tiltak.innlesing.forslag import modell
from tiltak.innlesing.forslag.valg import Valg
from tiltak.innlesing.rader import Rader, UtenPlass, forkortet, lengden
from tiltak.innlesing.riktekst import Hoder, avsnitt, som_html
from tiltak.innlesing.tiltaket import Tiltaksrader
from tiltak.innlesing.tjenester import Tjenestene
from tiltak.innlesing.treff import Oppslag, treff
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Malsetting,
    Overgang,
    Plassering,
    Styringsdokument,
    Tiltak,
)

Art = Styringsdokument.Art
_ARTER = (
    (Art.AVTALE, r"avtale"),
    (Art.FORING, r"\w*lov(?:en|a)?\b|konvensjon|bærekraftsm[åa]l|forskrift|veileder|retningslinj"),
    (Art.VEDTAK, r"vedtak"),
)  # fmt: skip
# Of an area, what it is about is the rest.
_FORAN = re.compile(
    r"(?:(?:innsats|satsings)område\s*\d*\s*[:.–-]*\s*)?"
    r"(?:(?:å\s+)?(?:forebygge|førebyggje|forhindre|redusere|bekjempe|styrke)\s+|"
    r"(?:forebygging|førebygging|bekjempelse|reduksjon)\s+av\s+)?",
    re.IGNORECASE,
)
ARSTALL = range(1990, 2101)


class Planrader:
    """Args:
    plan: not saved; its kommune is that in which all of it lands.
    """

    def __init__(self, forslag: modell.Planforslag, plan: Handlingsplan, valg: Valg, blokker: Iterable[Blokk]):  # fmt: skip
        self.forslag, self.plan = forslag, plan
        self.rader = Rader()
        oppslag = Oppslag(plan.kommune)
        self.tjenestene = Tjenestene(oppslag, treff(forslag, oppslag, valg), self.rader)
        self.hoder = _hoder(blokker, forslag)
        self.omrader: list[Innsatsomrade] = []
        self._uten_omrade: Innsatsomrade | None = None
        self.tiltak: list[Tiltaksrader] = []

    def bygg(self) -> Rader:
        self._kapitler()
        self._innsatsomrader()
        lokalomrader = Lokalomrade.objects.filter(kommune=self.plan.kommune)
        kjente = {omrade.navn.casefold(): omrade for omrade in lokalomrader}
        for forslag in self.forslag.tiltak:
            self._tiltaket(forslag)
        self._plasser()
        for tiltak in self.tiltak:
            tiltak.gi_malgrupper()
            tiltak.gi_malsettinger()
            tiltak.gi_lokalomrader(kjente)
        self._kontakter()
        for tiltak in self.tiltak:
            tiltak.skriv(self.hoder)
        self._overganger()
        self._malsettinger()
        self._styringsdokumenter()
        return self.rader

    # What stands beside the tiltak -----------------------------------------------------

    def _kapitler(self):
        for kapittel in self.forslag.kapitler:
            kort, hel = forkortet(kapittel.tittel.tekst, lengden(Kapittel, "tittel"))
            kort = kort or _("Innledning")
            tekst = (avsnitt(hel) if hel else "") + som_html(kapittel.tekst, self.hoder)
            if not rens_html(tekst, bilder=True):
                if self._er_planens_tittel(kapittel):
                    continue
                hvorfor = _("Kapittelet har ingen tekst.")
                blokker = kapittel.tittel.blokker
                self._uten_plass(_("Kapittel"), kort, hvorfor, blokker)
                continue
            rad = Kapittel(plan=self.plan, tittel=kort, tekst=tekst)
            self.rader.ny(rad, _("Kapittelet «%s»") % kort)

    def _er_planens_tittel(self, kapittel):
        tittel = self.forslag.tittel
        return tittel is not None and tittel.tekst == kapittel.tittel.tekst

    def _innsatsomrader(self):
        for omrade in self.forslag.innsatsomrader:
            tekst = som_html(omrade.tekst, self.hoder)
            self.omrader.append(self._omradet(omrade.tittel.tekst, tekst))

    def _omradet(self, navn, tekst=""):
        kort, hel = forkortet(navn, lengden(Innsatsomrade, "navn"))
        kort = kort or _("Innsatsområde uten navn")
        brukt = {omrade.kortnavn for omrade in self.omrader}
        rad = Innsatsomrade(
            plan=self.plan,
            navn=kort,
            kortnavn=kortnavn(kort, brukt),
            tekst=(avsnitt(hel) if hel else "") + tekst,
        )
        return self.rader.ny(rad, _("Innsatsområdet «%s»") % kort)

    def _malsettinger(self):
        sett = set()
        for mal in self.forslag.malsettinger:
            hva = (mal.type, mal.tekst, mal.omrade)
            if not mal.tekst.strip() or hva in sett:
                continue
            sett.add(hva)
            kjent = mal.type in Malsetting.Type.values
            rad = Malsetting(
                plan=self.plan,
                innsatsomrade=None if mal.omrade is None else self.omrader[mal.omrade],
                type=mal.type if kjent else Malsetting.Type.HOVEDMAL,
                tekst=mal.tekst,
            )
            self.rader.ny(rad, _("Målsettingen «%s»") % forkortet(mal.tekst, 60)[0])

    def _styringsdokumenter(self):
        sett = set()
        for forslag in self.forslag.styringsdokumenter:
            tittel, hel = forkortet(forslag.tittel, lengden(Styringsdokument, "tittel"))
            if not tittel or tittel.casefold() in sett:
                continue
            sett.add(tittel.casefold())
            lenke, mer = _lenken(forslag.lenke)
            rad = Styringsdokument(
                kommune=self.plan.kommune,
                plan=self.plan,
                tittel=tittel,
                art=_arten(tittel),
                tekst="\n".join(filter(None, [hel, forslag.merknad, mer])),
                lenke=lenke,
                **_arene(forslag),
                **_forholdet(forslag),
            )
            self.rader.ny(rad, _("Styringsdokumentet «%s»") % tittel)

    def _uten_plass(self, hva, tekst, hvorfor, blokker):
        self.rader.uten_plass.append(UtenPlass(hva, tekst, hvorfor, blokker))

    # Tiltak ----------------------------------------------------------------------------

    def _tiltaket(self, forslag):
        hele = Tiltaksrader(forslag, self.plan, self.rader, self.tjenestene)
        self.tiltak.append(hele)
        for del_ in forslag.deltiltak:
            egen = Tiltaksrader(del_, self.plan, self.rader, self.tjenestene, hele)
            for sted in del_.plasseringer[:1]:
                egen.gi_ansvar(sted, None)
            self.tiltak.append(egen)

    def _plasser(self):
        """Each tiltak where it stands, with the number that it has there where no other
        has it. The first place is the main one."""
        steder: dict[int, list] = {}
        for tiltak in self.tiltak:
            if tiltak.overordnet:
                continue
            egne = {}
            for sted in tiltak.forslag.plasseringer or [modell.Plassering(None)]:
                omrade = self._stedets(sted)
                if id(omrade) in egne:
                    # Twice in one area is once.
                    tiltak.gi_ansvar(sted, egne[id(omrade)])
                    continue
                rad = Plassering(
                    tiltak=tiltak.tiltak,
                    innsatsomrade=omrade,
                    plan=self.plan,
                    hoved=not egne,
                )
                steder.setdefault(id(omrade), []).append((tiltak, sted, tiltak.ny(rad)))
                self._ansvar_her(tiltak, sted, None if rad.hoved else rad)
                egne[id(omrade)] = None if rad.hoved else rad
        for rekke in steder.values():
            self._gi_numre(rekke)

    def _ansvar_her(self, tiltak, sted, rad):
        """At a further place stands what differs there."""
        forst = tiltak.forslag.plasseringer[0].ansvar if rad else []
        like = [(a.navn, a.rolle, a.merknad) for a in sted.ansvar] == [
            (a.navn, a.rolle, a.merknad) for a in forst
        ]
        if rad is None or not like:
            tiltak.gi_ansvar(sted, rad)

    def _stedets(self, sted):
        if sted.omrade is not None:
            return self.omrader[sted.omrade]
        if self._uten_omrade is None:
            navn = _("Andre tiltak") if self.omrader else _("Tiltak")
            self._uten_omrade = self._omradet(navn)
        return self._uten_omrade

    def _gi_numre(self, rekke):
        """Numbers of the source, where they can be; the rest get the next free one. That
        they had another is for the one who brings the plan in, and for no reader."""
        tatt = set()
        for tiltak, sted, rad in rekke:
            nummer = sted.nummer
            if nummer is None:
                continue
            if 1 <= nummer <= HOYESTE and nummer not in tatt:
                rad.nummer = nummer
                tatt.add(nummer)
            elif not sted.flerniva:
                hvorfor = _(
                    "Nummeret er brukt eller kan ikke brukes. Det neste ledige er gitt."
                )
                blokker = sted.blokker or tiltak.forslag.tittel.blokker
                ordene = f"{nummer} {tiltak.tittel}"
                self._uten_plass(_("Nummer"), ordene, hvorfor, blokker)
        sist = 0
        for _tiltak, _sted, rad in rekke:
            if rad.nummer is None:
                ledige = chain(range(sist + 1, HOYESTE + 1), range(1, sist))
                rad.nummer = next(n for n in ledige if n not in tatt)
                tatt.add(rad.nummer)
            sist = rad.nummer

    def _overganger(self):
        if self.plan.bygger_pa_id is None:
            return
        forrige = list(Tiltak.objects.filter(plan=self.plan.bygger_pa_id))
        for deler in (False, True):
            alle = [t for t in self.tiltak if (t.overordnet is not None) is deler]
            egne = [t for t in forrige if (t.overordnet_id is not None) is deler]
            fra = gar_videre([tiltak.forslag for tiltak in alle], egne)
            for tiltak, gammelt in zip(alle, fra, strict=True):
                if gammelt is not None:
                    self._viderefort(tiltak, gammelt)

    def _viderefort(self, tiltak, gammelt):
        valg = Overgang.Valg.VIDEREFORES
        tiltak.ny(
            Overgang(ny_plan=self.plan, fra=gammelt, til=tiltak.tiltak, valg=valg)
        )

    def _kontakter(self):
        """First where one answers alone: what is found there, is known to be theirs where
        several do."""
        for tiltak in self.tiltak:
            tiltak.tell_sider()
        alene = [t for t in self.tiltak if t.den_ene]
        flere = [t for t in self.tiltak if not t.den_ene]
        for tiltak in (*alene, *flere):
            tiltak.gi_kontakter()
        self.tjenestene.velg_hovedpunkter()
        for tiltak in self.tiltak:
            tiltak.velg_kontaktpunkter()


def gar_videre(
    forslagene: Iterable[modell.Tiltak], forrige: Iterable[Tiltak]
) -> list[Tiltak | None]:
    """Which of the tiltak of an earlier plan each of the proposed ones is: the only one
    with its title, where the document does not say that it is new. All else counts as
    new, whatever the document marks: there is nothing that it goes on from."""
    med_tittel = defaultdict(list)
    for t in forrige:
        med_tittel[slugg(t.tittel)].append(t)
    ut = []
    for forslag in forslagene:
        fra = med_tittel.pop(slugg(forslag.tittel.tekst), [])
        ut.append(fra[0] if len(fra) == 1 and forslag.nytt is None else None)
    return ut


def kortnavn(navn: str, brukt: set[str]) -> str:
    """A short name that none of the others has: what stands before a comma, a dash or
    "og", else as many words as there is room for."""
    lengst = lengden(Innsatsomrade, "kortnavn")
    navn = _FORAN.sub("", navn) or navn
    kort = navn
    if len(kort) > lengst:
        kort = re.split(r"(?i)[,:;/(]|\s[–-]\s|\s(?:og|samt|i)\s", navn)[0].strip()
    if len(kort) > lengst:
        sted = kort.rfind(" ", 0, lengst + 1)
        kort = kort[: sted if sted > 0 else lengst]
        kort = re.sub(
            r"(?i)(?:\s(?:på|av|for|fra|med|mot|til|som|den|det|et|en))+$", "", kort
        )
    kort = capfirst(kort.strip(" .,:;–-")) or _("Tiltak")
    nr, forslag = 1, kort
    while forslag in brukt:
        nr += 1
        forslag = f"{kort[: lengst - len(str(nr)) - 1].strip()} {nr}"
    return forslag


def _hoder(blokker: Iterable[Blokk], forslag: modell.Planforslag) -> Hoder:
    """The heads that the proposal left out, by the rows that they head."""
    utelatt = {u.blokk for u in forslag.utelatt if u.grunn == "tabellhode"}
    hoder, rader = {}, {}
    for blokk in blokker:
        if blokk.tabell:
            rader[blokk.nokkel] = blokk.tabell
            if blokk.nokkel in utelatt:
                hoder.setdefault(blokk.tabell, blokk.celler)
    return {nokkel: (nr, hoder.get(nr, ())) for nokkel, nr in rader.items()}


def _arten(tittel):
    treff = (a for a, monster in _ARTER if re.search(monster, tittel, re.IGNORECASE))
    return next(treff, Art.PLAN)


def _arene(forslag):
    fra, til = forslag.fra_ar, forslag.til_ar
    satt = [ar for ar in (fra, til) if ar is not None]
    if satt != sorted(satt) or any(ar not in ARSTALL for ar in satt):
        return {}
    return {"fra_ar": fra, "til_ar": til}


def _forholdet(forslag):
    """What the source says in the words of the site."""
    ord_ = forslag.forhold.casefold()
    like = [
        v
        for v, navn in Styringsdokument.Forhold.choices
        if str(navn).casefold() == ord_
    ]
    return {"forhold": like[0]} if like else {}


def _lenken(adresse):
    """(the address, "") or ("", what is no address)."""
    if not adresse:
        return "", ""
    try:
        url = les_nettadresse(adresse)
    except ValidationError:
        return "", adresse
    fits = len(url) <= lengden(Styringsdokument, "lenke")
    return (url, "") if fits else ("", adresse)
