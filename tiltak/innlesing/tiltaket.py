"""One proposed tiltak as rows."""

import re
from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.grunn.norsk import slugg, uten_https
from slt.grunn.tekst import les_nettadresse
from slt.grunn.telefon import grupper_telefon
from slt.models import Lokalomrade
from tiltak.innlesing.forslag import modell
from tiltak.innlesing.rader import Rader, UtenPlass, forkortet, lengden
from tiltak.innlesing.riktekst import Hoder, avsnitt, som_html, under_etikett
from tiltak.innlesing.tjenester import Tjenestene, hvem_er, sagt_om
from tiltak.innlesing.treff import adresse, siffer
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Handlingsplan,
    Hvem,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    Tjeneste,
)

ELDST, HOYESTE_TRINN = 120, 13
SVARER = (*Ansvar.ANSVARLIGE, Ansvar.Rolle.GJENNOMFORER)


class Tiltaksrader:
    """Args:
    forslag: a proposed tiltak, or a deltiltak of `overordnet`.
    """

    def __init__(self, forslag: modell.Tiltak, plan: Handlingsplan, rader: Rader, tjenestene: Tjenestene, overordnet: "Tiltaksrader | None" = None):  # fmt: skip
        self.forslag, self.rader, self.tjenestene = forslag, rader, tjenestene
        self.overordnet, self.plan = overordnet, plan
        self.ansvar: list[Ansvar] = []
        # All who have a part in it, also those who are words alone: (role, who).
        self._hvem: list[tuple[str, Tjeneste | str]] = []
        self._valgte: dict[int, list] = {}
        self._under: list[str] = []
        kort, hel = forkortet(forslag.tittel.tekst, lengden(Tiltak, "tittel"))
        self.tittel = kort or _("Tiltak uten tittel")
        self.hel_tittel = hel
        self.hvor = _("Tiltaket «%s»") % self.tittel
        self.tiltak = Tiltak(
            plan=plan,
            overordnet=overordnet and overordnet.tiltak,
            tittel=self.tittel,
            nytt=forslag.nytt is not None,
            **self._status(),
            **self._niva(),
            **self._bti(),
            **self._hvor_ofte(),
            **{f"{v.tekst}_kan_kontakte": True for v in self._hvem_kan()},
            forankring="\n".join(v.tekst for v in forslag.forankring),
        )
        self.ny(self.tiltak)

    def ny(self, rad):
        return self.rader.ny(rad, self.hvor)

    def behold(self, etikett: str, tekst: str) -> None:
        """Keeps in the description what no field holds."""
        self._under.append(under_etikett(str(etikett), tekst))

    # Values of one each ----------------------------------------------------------------

    def _status(self):
        status = self.forslag.status
        if status is None:
            return {}
        if status.tekst in Tiltak.Status.values:
            return {"status": status.tekst}
        self.behold(_("Status"), status.tekst)
        return {}

    def _niva(self):
        """What the source gives is the kommune's own; what it does not stays open."""
        niva = self.forslag.niva
        if niva is None or niva.tekst in Tiltak.Niva.values:
            return {"niva": niva.tekst if niva else ""}
        self.behold(_("Forebyggingsnivå"), niva.tekst)
        return {}

    def _bti(self):
        if self.forslag.bti is None:
            return {}
        fra, til = self.forslag.bti
        return {"bti_fra": fra, "bti_til": til}

    def _hvem_kan(self):
        for verdi in self.forslag.kan_kontakte:
            if verdi.tekst in Hvem.values:
                yield verdi
            else:
                self.behold(_("Hvem kan ta kontakt"), verdi.tekst)

    def _hvor_ofte(self):
        """Each sixth week is no number of times in a week: its words stay."""
        ofte = self.forslag.hvor_ofte
        if ofte is None:
            return {}
        i_orden = ofte.til is None or ofte.til >= ofte.fra
        if ofte.hver == 1 and i_orden and ofte.per in Tiltak.Tidsenhet.values:
            ganger = {"ganger_fra": ofte.fra, "ganger_til": ofte.til}
            return {**ganger, "ganger_per": ofte.per, "uke": ofte.uke}
        if not self._star_i_teksten(ofte.tekst):
            self.behold(_("Hvor ofte"), ofte.tekst)
        return {}

    # Who answers for it ----------------------------------------------------------------

    def gi_ansvar(self, sted: modell.Plassering, plassering: Plassering | None) -> None:
        """Args:
        plassering: None for what holds wherever it stands.
        """
        roller = list(Ansvar.Rolle)
        rekke = sorted(sted.ansvar, key=lambda a: roller.index(Ansvar.Rolle(a.rolle)))
        her = {id(r.tjeneste): r for r in self.ansvar if r.plassering is plassering}
        for a in rekke:
            tjeneste, ordene = self.tjenestene.for_navn(a.navn), _med_merknad(a)
            if hvem := self.tjenestene.svarer(a.navn):
                self._hvem.append((a.rolle, hvem))
            rolle = capfirst(str(Ansvar.Rolle(a.rolle).label))
            if tjeneste is None:
                self.behold(rolle, ordene)
            elif (rad := her.get(id(tjeneste))) is None:
                rad = Ansvar(
                    tiltak=self.tiltak,
                    tjeneste=tjeneste,
                    rolle=a.rolle,
                    plassering=plassering,
                )
                her[id(tjeneste)] = self.ny(rad)
                self.ansvar.append(rad)
                self._merk(rad, a, rolle)
            elif rad.rolle == a.rolle:
                self._merk(rad, a, rolle)
            else:
                self.behold(rolle, ordene)

    def _merk(self, rad, a, rolle):
        """The note, and what stands in parentheses after the name and is no part of it."""
        i_parentes = re.findall(r"\(([^()]+)\)", a.navn)
        navnet = f"{rad.tjeneste.navn} {rad.tjeneste.kortnavn}".casefold()
        mer = [p for p in (*i_parentes, a.merknad) if p and p.casefold() not in navnet]
        merknad = "; ".join(dict.fromkeys([*filter(None, [rad.merknad]), *mer]))
        if len(merknad) <= lengden(Ansvar, "merknad"):
            rad.merknad = merknad
        else:
            self.behold(rolle, _med_merknad(a))

    # Whom it is for, and where it holds -----------------------------------------------

    def gi_malgrupper(self) -> None:
        for gruppe in self.forslag.malgrupper:
            tall = {
                "alder_fra": gruppe.alder_fra,
                "alder_til": gruppe.alder_til,
                "trinn_fra": gruppe.trinn_fra,
                "trinn_til": gruppe.trinn_til,
            }
            tekst = " ".join(gruppe.tekst.split())
            if not _i_orden(gruppe):
                tall = {}
            rad = Malgruppe(tiltak=self.tiltak, **tall)
            # Of a group without words of its own, its ages are the words.
            ord_ = ", ".join(str(del_) for del_ in (rad.alder, rad.trinn) if del_)
            if len(tekst) > lengden(Malgruppe, "tekst"):
                self.behold(_("Målgruppe"), tekst)
                tekst = ""
            rad.tekst = tekst or ord_
            if rad.tekst:
                self.ny(rad)

    def gi_malsettinger(self) -> None:
        for verdi in self.forslag.malsettinger:
            if verdi.tekst.strip():
                type_ = Malsetting.Type.HOVEDMAL
                self.ny(
                    Malsetting(
                        plan=self.plan,
                        tiltak=self.tiltak,
                        type=type_,
                        tekst=verdi.tekst,
                    )
                )

    def gi_lokalomrader(self, kjente: dict[str, Lokalomrade]) -> None:
        """Those that are there. A part of the kommune has meetings and members: a word in
        a plan makes none."""
        for navn in dict.fromkeys(v.tekst for v in self.forslag.lokalomrader):
            if omrade := kjente.get(navn.casefold()):
                self.ny(TiltakLokalomrade(tiltak=self.tiltak, lokalomrade=omrade))
            else:
                self.behold(_("Lokalområde"), navn)

    # Ways in ---------------------------------------------------------------------------

    @property
    def _spor_den_over(self):
        """Whether it is a part without anybody of its own to ask."""
        return not self._hvem and self.overordnet is not None

    @property
    def svarer(self) -> list[Ansvar]:
        """Who answers for it everywhere; of a part without anybody, those of the whole."""
        if self._spor_den_over:
            return self.overordnet.svarer
        return [rad for rad in self.ansvar if rad.plassering is None]

    @property
    def ansvarlige(self) -> list[Tjeneste | str]:
        """Those who answer for it or do it, at any place, be they words alone."""
        if self._spor_den_over:
            return self.overordnet.ansvarlige
        egne = [hvem for rolle, hvem in self._hvem if rolle in SVARER]
        return list({hvem_er(hvem): hvem for hvem in egne}.values())

    @property
    def den_ene(self) -> Tjeneste | None:
        """Who answers for it alone; None where several do, or words."""
        return _en_tjeneste(self.ansvarlige)

    def tell_sider(self) -> None:
        """Counts at whose tiltak web pages stand."""
        sider = {
            adresse(k.verdi) for k in self.forslag.kontakter if k.art == "nettside"
        }
        if tjeneste := self.den_ene:
            self.tjenestene.sider.update((id(tjeneste), side) for side in sider)

    def gi_kontakter(self) -> None:
        lenker: list[Lenke] = []
        for kontakt in self.forslag.kontakter:
            if self._ved_tjeneste(kontakt):
                continue
            if kontakt.art == "nettside" and self._som_lenke(kontakt, lenker):
                continue
            if not self._star_i_teksten(kontakt.verdi) or kontakt.merknad:
                self.behold(_("Kontakt"), _kontakt_i_ord(kontakt))

    def _ved_tjeneste(self, kontakt):
        """Whether it is a way in to one who has a part in it, old or new. Another whose
        it is may get it, too, but is not shown here."""
        har = [rad.tjeneste for rad in self.svarer]
        tjeneste = self._hvis_den_er(kontakt, har)
        punkt = tjeneste and self._punktet(tjeneste, kontakt)
        if punkt is None:
            return False
        if all(annen is not tjeneste for annen in har):
            self.tjenestene.bruk(punkt, self)
            return False
        self._velg(tjeneste, punkt, kontakt)
        return True

    def _hvis_den_er(self, kontakt, har):
        """The one whose way in it is, where the source says so: whom the words around it
        name, who has it already, whose name the address bears, or who answers alone. One
        of somebody else would be worse than none."""
        for ordene in (kontakt.merknad, kontakt.ved):
            if nevnt := self.tjenestene.nevnt(ordene):
                return _en_tjeneste(nevnt)
        for tjeneste in har:
            if self.tjenestene.finn_punkt(tjeneste, kontakt):
                return tjeneste
        i_adressen = _i_adressen(kontakt, self.ansvarlige)
        return _en_tjeneste(i_adressen) if i_adressen else self.den_ene

    def _punktet(self, tjeneste, kontakt):
        if punkt := self.tjenestene.finn_punkt(tjeneste, kontakt):
            return punkt
        if not self._er_vei_inn(tjeneste, kontakt):
            return None
        punkt = self.tjenestene.nytt_punkt(tjeneste, kontakt)
        if punkt is None and tjeneste.pk:
            self._finnes_ikke_hos(tjeneste, kontakt)
        return punkt

    def _finnes_ikke_hos(self, tjeneste, kontakt):
        hvorfor = _(
            "Finnes ikke hos tjenesten %(tjeneste)s, og står derfor bare ved tiltaket "
            "«%(tiltak)s». Legg den inn hos tjenesten hvis den er riktig."
        )
        hvorfor %= {"tjeneste": tjeneste, "tiltak": self.tittel}
        hva, ordene = str(_("Kontakt")), _kontakt_i_ord(kontakt)
        self.rader.uten_plass.append(UtenPlass(hva, ordene, hvorfor, kontakt.blokker))

    def _er_vei_inn(self, tjeneste, kontakt):
        """Whether it is one to the tjeneste: a page that the text leads to is about the
        tiltak, as most pages are."""
        if kontakt.art != "nettside":
            return True
        egen = self.tjenestene.er_egen_side(tjeneste, kontakt)
        return egen and not self._star_i_teksten(kontakt.verdi)

    def _velg(self, tjeneste, punkt, kontakt):
        hos = self.overordnet if self._spor_den_over else self
        hos._valgte.setdefault(id(tjeneste), []).append(punkt)
        self.tjenestene.bruk(punkt, hos)
        if kontakt.merknad and not sagt_om(punkt, kontakt.merknad):
            self.behold(_("Kontakt"), _kontakt_i_ord(kontakt))

    def _som_lenke(self, kontakt, lenker):
        try:
            url = les_nettadresse(kontakt.verdi)
        except ValidationError:
            return False
        if url in {lenke.adresse for lenke in lenker}:
            return True
        if len(url) > lengden(Lenke, "adresse"):
            return False
        ord_ = " ".join(kontakt.merknad.split()) or self._lenkens_ord(kontakt)
        if len(ord_) > lengden(Lenke, "tittel"):
            self.behold(_("Kontakt"), ord_)
            ord_ = ""
        tittel = ord_ or forkortet(uten_https(url), lengden(Lenke, "tittel"))[0]
        lenker.append(self.ny(Lenke(tiltak=self.tiltak, tittel=tittel, adresse=url)))
        return True

    def _lenkens_ord(self, kontakt):
        for del_ in self.forslag.tekst:
            for ord_, url in del_.lenker:
                if adresse(url) == adresse(kontakt.verdi):
                    return " ".join(ord_.split())
        return ""

    def _star_i_teksten(self, verdi):
        alt = " ".join(
            " ".join([d.tekst, *d.celler, *(url for _ord, url in d.lenker)])
            for d in self.forslag.tekst
        ).lower()
        sifrene = siffer(verdi) if re.fullmatch(r"[\d\s+]+", verdi) else ""
        if sifrene:
            return sifrene in re.sub(r"\D", "", alt)
        return adresse(verdi) in alt

    def velg_kontaktpunkter(self) -> None:
        """Chooses them where they are not just those that hold anyway."""
        for rad in self.ansvar:
            punkter = self._valgte.get(id(rad.tjeneste), [])
            punkter = list({id(p): p for p in punkter}.values())
            if not punkter or self.tjenestene.er_hovedpunktene(rad.tjeneste, punkter):
                continue
            for punkt in punkter:
                self.ny(AnsvarKontaktpunkt(ansvar=rad, kontaktpunkt=punkt))

    # The text --------------------------------------------------------------------------

    def skriv(self, hoder: Hoder) -> None:
        hel = avsnitt(self.hel_tittel) if self.hel_tittel else ""
        brodtekst = som_html(self.forslag.tekst, hoder)
        self.tiltak.tekst = hel + brodtekst + "".join(dict.fromkeys(self._under))


def _i_orden(gruppe):
    """Whether ages and grades are such as can be."""
    grenser = (
        (gruppe.alder_fra, gruppe.alder_til, 0, ELDST),
        (gruppe.trinn_fra, gruppe.trinn_til, 1, HOYESTE_TRINN),
    )
    for fra, til, lavest, hoyest in grenser:
        satt = [tall for tall in (fra, til) if tall is not None]
        if satt != sorted(satt) or any(not lavest <= t <= hoyest for t in satt):
            return False
    return True


def _med_merknad(ansvar):
    return f"{ansvar.navn} ({ansvar.merknad})" if ansvar.merknad else ansvar.navn


def _kontakt_i_ord(kontakt):
    verdi = kontakt.verdi
    if kontakt.art == "telefon":
        verdi = grupper_telefon(verdi)
    return f"{kontakt.merknad}: {verdi}" if kontakt.merknad else verdi


def _en_tjeneste(hvem):
    """The only one, where it is a tjeneste."""
    return hvem[0] if len(hvem) == 1 and isinstance(hvem[0], Tjeneste) else None


def _i_adressen(kontakt, hvem):
    """Of several, those whose names alone an address bears."""
    if kontakt.art != "epost" or len(hvem) == 1:
        return []
    foran = set(slugg(kontakt.verdi.partition("@")[0].replace(".", "-")).split("-"))
    ordene = [set(slugg(str(en)).split("-")) for en in hvem]
    alle = Counter(ordet for egne in ordene for ordet in egne)
    bare = [{ordet for ordet in egne if alle[ordet] == 1} for egne in ordene]
    return [en for en, egne in zip(hvem, bare, strict=True) if egne & foran]
