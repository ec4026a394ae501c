"""One tiltak from the lines, fields and cells that belong to it."""

import re
from dataclasses import replace

from . import etiketter as e
from . import funn, kontakter, titler
from .modell import Ansvar, Kontakt, Malgruppe, Plassering, Tekstdel, Tiltak, Verdi
from .navn import delt_i_navn

Nokler = tuple[str, ...]
# So that a phone in prose is one of the text, and a line of its own is a way in.
_BARE_KONTAKT = 0.5


class Tiltaksbygger:
    """Fills a tiltak with what is said of it.

    Args:
        tjenester, lokalomrader: names that are known in the kommune.
    """

    def __init__(
        self, tiltak: Tiltak, etiketter: e.Etiketter, *, tjenester=(), lokalomrader=()
    ):
        self.tiltak = tiltak
        self.etiketter = etiketter
        self.tjenester, self.lokalomrader = tjenester, lokalomrader
        self.sted: Plassering = tiltak.plasseringer[-1]
        self.apent = ("", "", ())  # field and label that wait for a value
        self.ved = ""  # who stands in the row that is being read

    # Paragraphs ------------------------------------------------------------------------

    def avsnitt(self, del_: Tekstdel, *, felt: str = "") -> None:
        """A paragraph or an item of a list, with labels or without.

        Args:
            felt: what it was chosen to be, whatever it says.
        """
        if felt:
            self.felt(felt, "", del_.tekst, del_.blokker, del_.lenker)
            return
        linjer = self.etiketter.linjer(del_.tekst)
        if len(linjer) == 1 and not self.etiketter.linje(linjer[0]):
            self._uten_etikett(del_)
            return
        for linje in linjer:
            self._linje(linje, del_)

    def _linje(self, linje, del_):
        treff = self.etiketter.linje(linje)
        if not treff:
            slag = del_.slag if linje == del_.tekst else "avsnitt"
            lenker = tuple(par for par in del_.lenker if par[0] and par[0] in linje)
            self._uten_etikett(
                Tekstdel(
                    slag, linje, del_.blokker, del_.niva, del_.merke, lenker=lenker
                )
            )
            return
        felt, etikett, verdi = treff
        self.etiketter.brukt.setdefault(etikett, felt)
        if not felt:
            self._ukjent_etikett(etikett, verdi, linje, del_)
        elif verdi or del_.lenker:
            self.apent = ("", "", ())
            lenker = tuple(p for p in del_.lenker if not p[0] or p[0] in linje)
            self.felt(felt, etikett, verdi, del_.blokker, lenker)
        else:
            self.apent = (felt, etikett, del_.blokker)

    def _ukjent_etikett(self, etikett, verdi, linje, del_):
        """ "Sørumsand HFU: hfu@…" is a way in; anything else is text as it stands."""
        self.apent = ("", "", ())
        rest = kontakter.uten(verdi)
        if (
            verdi
            and len(rest) < len(verdi) * _BARE_KONTAKT
            and self._kontakter(verdi, del_.blokker, del_.lenker, etikett)
        ):
            return
        self.tiltak.tekst.append(
            Tekstdel(
                del_.slag,
                linje,
                del_.blokker,
                del_.niva,
                del_.merke,
                lenker=del_.lenker,
            )
        )
        self._fra_prosa(verdi, del_)

    def apne(self, felt: str = "", etikett: str = "", nokler: Nokler = ()) -> None:
        """What follows belongs to a label that stood alone; without one, to none."""
        self.apent = (felt, etikett, nokler)

    def _uten_etikett(self, del_):
        felt, etikett, nokler = self.apent
        if felt and del_.slag != "overskrift":
            self.felt(
                felt, etikett, del_.tekst, _flere(nokler, del_.blokker), del_.lenker
            )
            if del_.slag == "avsnitt" and felt in {
                *e.ROLLER,
                e.TELEFON,
                e.EPOST,
                e.NIVA,
            }:
                self.apent = ("", "", ())
            return
        rest = kontakter.uten(del_.tekst)
        bare_kontakt = len(rest) < len(del_.tekst) * _BARE_KONTAKT
        if bare_kontakt and self._kontakter(del_.tekst, del_.blokker, del_.lenker):
            return
        if self._er_merket_nytt(del_) or self._bare_med_roller(del_):
            return
        for annen in self.tiltak.tekst:
            # Of a tiltak that stands under several areas, the text is one.
            if annen.tekst == del_.tekst and annen.slag == del_.slag:
                annen.blokker = _flere(annen.blokker, del_.blokker)
                return
        self.tiltak.tekst.append(del_)
        self._fra_prosa(del_.tekst, del_)

    def _er_merket_nytt(self, del_):
        if re.fullmatch(r"\W*nytt(?: tiltak)?\W*", del_.tekst, re.IGNORECASE):
            self.tiltak.nytt = Verdi("ja", del_.blokker)
            return True
        return False

    def _fra_prosa(self, tekst, del_):
        """Ways in, ages, grades and rhythm that running text gives."""
        for kontakt in kontakter.finn(tekst):
            if any(_star_for(url, kontakt.verdi) for _ord, url in del_.lenker):
                continue
            ved = _setningen(tekst, kontakt.verdi)
            self._legg_til_kontakt(
                Kontakt(kontakt.art, kontakt.verdi, "", del_.blokker, ved)
            )
        self.lenker(del_.lenker, del_.blokker)
        self.tiltak.hvor_ofte = self.tiltak.hvor_ofte or funn.hvor_ofte_i_prosa(
            tekst, del_.blokker
        )
        if "bti" in tekst.lower() and not self.tiltak.bti:
            self.tiltak.bti = funn.bti(tekst)

    # Fields ----------------------------------------------------------------------------

    def felt(
        self, felt: str, etikett: str, verdi: str, nokler: Nokler, lenker=()
    ) -> None:
        """A value under a label."""
        if not verdi.strip() and not lenker:
            return
        if felt in e.ROLLER:
            self._ansvar(felt, verdi, nokler, lenker)
        elif felt in {e.KONTAKT, e.TELEFON, e.EPOST, e.NETT}:
            self._kontaktfelt(felt, etikett, verdi, nokler, lenker)
        elif felt == e.MALGRUPPE:
            self._malgruppe(verdi, nokler)
        elif felt in {e.MAL, e.FORANKRING}:
            liste = (
                self.tiltak.malsettinger if felt == e.MAL else self.tiltak.forankring
            )
            liste.extend(Verdi(linje, nokler) for linje in verdi.split("\n") if linje)
        elif felt == e.HVEM_KAN:
            self._hvem_kan(etikett, verdi, nokler)
        elif felt in {e.NIVA, e.STATUS, e.HVOR_OFTE, e.LOKALOMRADE, e.NYTT, e.BTI}:
            if not self._enkelt(felt, verdi, nokler):
                self._under_etikett(etikett or felt, verdi, nokler, lenker)
        elif felt == e.TITTEL and not self.tiltak.tittel.tekst:
            self.tiltak.tittel = Verdi(verdi, nokler)
        elif felt == e.NUMMER and re.search(r"\d", verdi):
            self.sted.nummer, self.sted.flerniva = titler.nummer(verdi)
        elif felt in {e.BESKRIVELSE, e.NUMMER, e.OMRADE}:
            self.beskrivelse(verdi, nokler, lenker)
        elif felt != e.HOPP_OVER:
            self._under_etikett(etikett, verdi, nokler, lenker)

    def _hvem_kan(self, etikett, verdi, nokler):
        self.tiltak.kan_kontakte += [Verdi(navn, nokler) for navn in funn.hvem(verdi)]
        setninger = re.split(r"(?<=\.)\s+", verdi)
        rest = " ".join(
            s for s in setninger[1:] or (setninger if not funn.hvem(verdi) else [])
        )
        if rest:
            self._under_etikett(etikett, rest, nokler, ())

    def ansvar_i_tabell(self, tekst: str, rolle: str, nokler: Nokler) -> None:
        """A name, and on a line of its own what part it has, with a note."""
        navn, _linje, merknad = tekst.partition("\n")
        funnet = self.etiketter.felt(merknad.partition(":")[0]) if merknad else ""
        if funnet in e.ROLLER:
            self._kontakter(navn, nokler, korte=True)
            navn = kontakter.uten(navn) or navn.strip()
            self.sted.ansvar.append(
                Ansvar(navn, funnet, nokler, merknad.partition(":")[2].strip())
            )
        else:
            self._ansvar(rolle, tekst, nokler)

    def _enkelt(self, felt, verdi, nokler):
        """Sets what has one value of few; False where the words say other things, or
        more, and so have to stand in the text, too."""
        t = self.tiltak
        if felt == e.NIVA and (niva := funn.niva(verdi)):
            t.niva = Verdi(niva, nokler)
            return _sier_ikke_mer(verdi, r"universel\w*|selekti\w*|indik\w*|foreslått")
        if felt == e.STATUS:
            return self._status(verdi, nokler)
        if felt == e.HVOR_OFTE:
            ofte = funn.hvor_ofte(verdi, nokler)
            t.hvor_ofte = ofte or t.hvor_ofte
            return ofte is not None and _sier_ikke_mer(verdi, re.escape(ofte.tekst))
        if felt == e.NYTT:
            if re.match(r"\W*(?:ja|x|✓|nytt?|sant|true)\b", verdi, re.IGNORECASE):
                t.nytt = Verdi("ja", nokler)
            return len(verdi) < 20
        if felt in {e.BTI, e.NIVA}:
            steg = funn.bti(verdi if "nivå" in verdi.lower() else f"nivå {verdi}")
            # Of three, no two say between which it is.
            if steg is None or len(re.findall(r"\d", verdi)) > len(set(steg)):
                return False
            t.bti = steg
            return len(verdi) < 20
        return self._lokalomrader(verdi, nokler)

    def _status(self, verdi, nokler):
        nytt = bool(re.match(r"\W*nytt?\b", verdi, re.IGNORECASE))
        if nytt:
            self.tiltak.nytt = Verdi("ja", nokler)
        if status := funn.status(verdi):
            self.tiltak.status = Verdi(status, nokler)
        # A year is more than a status says.
        return bool(status or nytt) and len(verdi) < 25 and not re.search(r"\d", verdi)

    def _lokalomrader(self, verdi, nokler):
        kjente = [
            navn
            for navn in self.lokalomrader
            if re.search(rf"\b{re.escape(navn)}\b", verdi, re.IGNORECASE)
        ]
        self.tiltak.lokalomrader += [Verdi(navn, nokler) for navn in kjente]
        hele = re.fullmatch(r"\W*hele? (?:kommunen|kommuna)\W*", verdi, re.IGNORECASE)
        return bool(hele) or (len(_uten_kjente(verdi, kjente)) < 4 and bool(kjente))

    def _ansvar(self, rolle, verdi, nokler, lenker=()):
        if re.match(r"\W*ikkj?e avklar(?:t|a)\b", verdi, re.IGNORECASE):
            return
        linjer = verdi.split("\n")
        uten = (kontakter.uten(linje, self._er_rolle) for linje in linjer)
        navnene = delt_i_navn("\n".join(filter(None, uten)), self.tjenester)
        navnene = [navn for navn in navnene if not kontakter.er_bare_ord(navn)]
        for navn in navnene:
            nytt = self._med_rolle(navn, nokler) or Ansvar(navn, rolle, nokler)
            if (nytt.navn, nytt.rolle) not in {
                (a.navn, a.rolle) for a in self.sted.ansvar
            }:
                self.sted.ansvar.append(nytt)
        # Of several, whose it is; of one, what the parentheses say.
        for linje in linjer:
            ut_av = linje if len(navnene) > 1 else _uten_navn(linje, navnene)
            ordene = kontakter.uten(linje)
            # On a line of its own, it is of those in the whole of the field.
            ved = ordene if re.search(r"[^\W\d]{4}", ordene) else kontakter.uten(verdi)
            her = [par for par in lenker if par[0] in linje]
            self._kontakter(ut_av, nokler, her, korte=True, ved=ved)
        self.lenker(lenker, nokler)

    def _er_rolle(self, ordene):
        return self.etiketter.felt(ordene.partition(":")[0]) in e.ROLLER

    def _med_rolle(self, navn, nokler):
        """ "Politiet (medansvarlig: møter skolene)"."""
        treff = re.fullmatch(r"(.+?)\s*\(([\w ]+?)(?::\s*(.*))?\)", navn)
        rolle = self.etiketter.felt(treff[2]) if treff else ""
        if rolle in e.ROLLER:
            return Ansvar(treff[1], rolle, nokler, treff[3] or "")
        return None

    def _bare_med_roller(self, del_):
        """Whether a paragraph is nothing but names with their parts."""
        if not del_.tekst.endswith(")"):
            return False
        navn = [
            self._med_rolle(n, del_.blokker)
            for n in delt_i_navn(del_.tekst, self.tjenester)
        ]
        if not all(navn):
            return False
        self.sted.ansvar += navn
        return True

    def _malgruppe(self, verdi, nokler):
        har = [_som_sagt(gruppe) for gruppe in self.tiltak.malgrupper]
        for linje in filter(None, re.split(r"\n|;\s*", verdi)):
            for gruppe in malgrupper(linje, nokler):
                if (nr := _plass(har, _som_sagt(gruppe))) is None:
                    self.tiltak.malgrupper.append(gruppe)
                else:
                    lik = self.tiltak.malgrupper[nr]
                    lik.blokker = _flere(lik.blokker, nokler)

    def beskrivelse(self, verdi, nokler, lenker):
        for linje in verdi.split("\n"):
            etikett = self.etiketter.linje(linje)
            if etikett and etikett[2] and etikett[0] in {*e.ROLLER, *e.KJENNETEGN}:
                self.felt(*etikett, nokler, ())
                continue
            treff = re.match(r"[•▪●–-]\s+(.*)", linje)
            slag = "punkt" if treff else "avsnitt"
            del_ = Tekstdel(
                slag, treff[1] if treff else linje, nokler, lenker=tuple(lenker)
            )
            self.tiltak.tekst.append(del_)
            self._fra_prosa(del_.tekst, del_)

    def _under_etikett(self, etikett, verdi, nokler, lenker):
        for del_ in self.tiltak.tekst:
            if (del_.slag, del_.etikett, del_.tekst) == ("felt", etikett, verdi):
                del_.blokker = _flere(del_.blokker, nokler)
                return
        self.tiltak.tekst.append(
            Tekstdel("felt", verdi, nokler, etikett=etikett, lenker=tuple(lenker))
        )
        if etikett and e.normalisert(etikett) not in {"frist", "økonomi"}:
            self.tiltak.hvor_ofte = self.tiltak.hvor_ofte or funn.hvor_ofte_i_prosa(
                verdi, nokler
            )

    # Ways in ---------------------------------------------------------------------------

    def _kontaktfelt(self, felt, etikett, verdi, nokler, lenker):
        linjer = []
        for linje in verdi.split("\n"):
            funnet = self._kontakter(linje, nokler, lenker, korte=True)
            if not funnet and linje.strip():
                linjer.append(linje.strip())
        if linjer:
            merknad = "" if e.normalisert(etikett) in {"", "kontakt"} else etikett
            self._legg_til_kontakt(
                Kontakt("fremgangsmate", " ".join(linjer), merknad, nokler)
            )

    def _kontakter(self, tekst, nokler, lenker=(), merknad="", *, korte=False, ved=""):
        """Adds what the text gives, with the words beside each; `merknad` is of the first,
        and `ved` what stands there of whoever it is. Returns whether it gave any."""
        funnet = [
            kontakt
            for kontakt in kontakter.finn(tekst, korte=korte)
            if kontakt.art != "nettside"
            or not any(_star_for(url, kontakt.verdi) for _ord, url in lenker)
        ]
        for nr, kontakt in enumerate(funnet):
            ord_ = " ".join(filter(None, ["" if nr else merknad, kontakt.merknad]))
            her = ved or ord_ or kontakter.uten(tekst)
            self._legg_til_kontakt(
                Kontakt(kontakt.art, kontakt.verdi, ord_, nokler, her)
            )
        rest = "" if funnet else kontakter.uten(tekst).strip(" .,:;–-()")
        ord_ = " ".join(filter(None, [merknad, rest]))
        antall = self.lenker(lenker, nokler, "" if funnet else ord_, ved or ord_)
        return bool(funnet) or antall > 0

    def lenker(self, lenker, nokler, merknad="", ved=""):
        antall = 0
        for _tekst, adresse in lenker:
            antall += 1
            if adresse.lower().startswith("mailto:"):
                for epost in funn.eposter(adresse[7:].partition("?")[0]):
                    self._legg_til_kontakt(
                        Kontakt("epost", epost, merknad, nokler, ved)
                    )
            elif adresse.lower().startswith("tel:"):
                for telefon in funn.telefoner(adresse[4:], korte=True):
                    self._legg_til_kontakt(
                        Kontakt("telefon", telefon, merknad, nokler, ved)
                    )
            elif adresse.lower().startswith(("http://", "https://")):
                self._legg_til_kontakt(
                    Kontakt("nettside", adresse, merknad, nokler, ved)
                )
            else:
                antall -= 1
        return antall

    def _legg_til_kontakt(self, kontakt):
        kontakt.ved = kontakt.ved or self.ved
        for annen in self.tiltak.kontakter:
            if annen.art == kontakt.art and _lik(annen.verdi) == _lik(kontakt.verdi):
                annen.merknad = annen.merknad or kontakt.merknad
                annen.blokker = _flere(annen.blokker, kontakt.blokker)
                annen.ved = f"{annen.ved}\n{kontakt.ved}".strip()
                return
        self.tiltak.kontakter.append(kontakt)

    # At the end ------------------------------------------------------------------------

    def ferdig(self) -> None:
        """Whom it is for, from the text, where no label says so."""
        t = self.tiltak
        if not any(
            m.alder_fra is not None or m.alder_til is not None for m in t.malgrupper
        ):
            self._fra_teksten(funn.aldre, ("alder_fra", "alder_til"))
        if not any(m.trinn_fra for m in t.malgrupper):
            self._fra_teksten(funn.trinn, ("trinn_fra", "trinn_til"))

    def _fra_teksten(self, finn, navn):
        deler = [
            Tekstdel("tittel", self.tiltak.tittel.tekst, self.tiltak.tittel.blokker),
            *self.tiltak.tekst,
        ]
        sett = set()
        for del_ in deler:
            for par in finn(del_.tekst):
                if par not in sett:
                    sett.add(par)
                    verdier = dict(zip(navn, par, strict=True))
                    self.tiltak.malgrupper.append(
                        Malgruppe(blokker=del_.blokker, **verdier)
                    )


def malgrupper(tekst: str, nokler: Nokler) -> list[Malgruppe]:
    """Groups of a text: one, or one more for each further age or run of grades."""
    aldre, trinn = funn.aldre(tekst), funn.trinn(tekst, ord_ogsa=True)
    if not aldre and (bare := funn.bare_alder(tekst)):
        aldre = [bare]
    # Ages are read as such: they need not stand in words, too.
    ord_ = "" if (aldre or trinn) and funn.sier_bare_alder(tekst) else tekst
    antall = max(len(aldre), len(trinn), 1)
    grupper = []
    for nr in range(antall):
        alder = aldre[nr] if nr < len(aldre) else (None, None)
        klasse = trinn[nr] if nr < len(trinn) else (None, None)
        grupper.append(Malgruppe(ord_ if nr == 0 else "", *alder, *klasse, nokler))
    return grupper


def _uten_navn(linje, navnene):
    for navn in navnene:
        linje = linje.replace(navn, "", 1)
    return linje


def _som_sagt(gruppe):
    return replace(gruppe, blokker=())


def _plass(liste, verdi):
    return liste.index(verdi) if verdi in liste else None


def _sier_ikke_mer(verdi, sagt):
    """Whether little is left of a value without what was understood."""
    rest = re.sub(sagt, "", verdi, flags=re.IGNORECASE)
    resten = re.sub(r"\W|forebygging|førebygging|tiltak|nivå", "", rest)
    return len(resten) < 8 and not re.search(r"\d", resten)


def _star_for(adresse, vist):
    """Whether an address leads where a shown one, perhaps cut or broken, says."""
    hel, del_ = (re.sub(r"\W", "", _lik(verdi)) for verdi in (adresse, vist))
    return hel.startswith(del_)


def _flere(nokler, andre):
    return tuple(dict.fromkeys((*nokler, *andre)))


def _lik(verdi):
    return re.sub(r"^https?://(?:www\.)?|/$", "", verdi).lower()


def _setningen(tekst, verdi):
    """The sentences of a text in which a number or an address stands."""
    er_nummer = re.fullmatch(r"[\d\s+]+", verdi)
    monster, verdi = (r"\D", verdi) if er_nummer else (r"\s", _lik(verdi))
    verdi = re.sub(monster, "", verdi)
    setninger = re.split(r"(?<=[.!?])\s+|\n", tekst)
    return "\n".join(s for s in setninger if verdi in re.sub(monster, "", s.lower()))


def _uten_kjente(verdi, kjente):
    for navn in kjente:
        verdi = re.sub(re.escape(navn), "", verdi, flags=re.IGNORECASE)
    return re.sub(r"\W|\bog\b", "", verdi)
