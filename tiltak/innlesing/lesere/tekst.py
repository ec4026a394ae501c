"""Pasted text into blocks: paragraphs, lists, headings by their looks, and tables as
programs put them on the clipboard, with tabs."""

import re
from collections.abc import Iterator
from itertools import islice

from tiltak.innlesing.blokker import (
    AVSNITT,
    INNHOLD,
    OVERSKRIFT,
    PUNKT,
    RAD,
    Blokk,
    som_linjer,
)
from tiltak.innlesing.linjer import lapp

LENGSTE_OVERSKRIFT = 110
LENGSTE_LINJE = 100_000
_PUNKT = re.compile(
    r"^\s*(?:[•▪●○◦■□‣∙·\uf0b7*]|[–-](?=\s)|o(?=\s{1,4}[A-ZÆØÅ]))\s*(?=\S)"
)
_NUMMER = re.compile(r"^\s*(\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_DESIMAL = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=[A-ZÆØÅ])")
_ETIKETT = re.compile(
    r"^[A-ZÆØÅ][\w/-]*(?: [\w/-]+){0,3}\s*:(?=\s|$)|^(?:Telefon|Tlf)\.? [\d+]"
)
# "Delmål 1.1: Flere møteplasser": a heading, though it has a colon.
_NUMMERERT_ORD = re.compile(
    r"^[A-ZÆØÅ]\w*(?:område|mål|strategi|satsn?ing|tema|del)\s+(?:nr\.?\s*)?\d{1,2}"
    r"(?:\.\d{1,2})*\s*[.:–-]\s+\S|^(?:Strategi|Satsn?ing|Tema|Del|Mål|Område)\s+"
    r"(?:nr\.?\s*)?\d{1,2}(?:\.\d{1,2})*\s*[.:–-]\s+\S"
)
_BARE_ETIKETT = re.compile(r"^[A-ZÆØÅ][\w/-]*(?: [\w/-]+){0,3}\s*:$")
_TILTAK = re.compile(r"^(?:Tiltak|TILTAK)\s+(?:nr\.?\s*)?\d")
_BARE_ADRESSE = re.compile(r"^(?:mailto:|https?://|www\.)\S+$")
# A line that ends so goes on.
_HENGER = re.compile(r"\s(?:og|eller|i|for|til|på|av|med|mot|om|fra|som|ved)$")
# So many lines away, numbers are of the same list.
NAER = 4
_MARKDOWN = re.compile(r"^(#{1,6})\s+(.*)$")


def blokker(innhold: bytes) -> Iterator[bytes]:
    """The blocks of a text in UTF-8, a line of JSON each."""
    yield from som_linjer(les(innhold.decode("utf-8", errors="replace")))


def les(tekst: str) -> Iterator[Blokk]:
    linjer = [
        linje.replace("\xa0", " ").rstrip()
        for linje in tekst.replace("\f", "\n\n").splitlines()
    ]
    yield from Leser(linjer, _har_luft(linjer)).les()


def _har_luft(linjer):
    """Whether an empty line says nothing: in text copied from a PDF there is one after
    almost every line."""
    fylte = sum(bool(linje.strip()) for linje in linjer)
    tomme = sum(
        not linje.strip() and nr > 0 and bool(linjer[nr - 1].strip())
        for nr, linje in enumerate(linjer)
    )
    brutt = sum(
        bool(re.match(r"\s*[a-zæøå]", linje)) and nr > 1 and not linjer[nr - 1].strip()
        for nr, linje in enumerate(linjer)
    )
    return brutt > 10 and tomme * 2 > fylte


class Leser:
    def __init__(self, linjer: list[str], luftig: bool):
        self.linjer, self.luftig = linjer, luftig
        self.tabell = 0
        self.i_tabell = False
        lengder = sorted(len(linje.strip()) for linje in linjer if linje.strip())
        # A line of the usual length was broken by the margin.
        vanlig = lengder[len(lengder) * 3 // 4] if lengder else 0
        self.full = max(30, min(60, vanlig * 7 // 10))
        if not self._har_brutte_linjer():
            self.full = LENGSTE_LINJE

    def _har_brutte_linjer(self):
        """Whether any line goes on with a small letter; else each is a whole paragraph."""
        forrige = ""
        for linje in map(str.strip, self.linjer):
            if forrige and re.match(r"[a-zæøåäö](?![.)])", linje):
                return True
            forrige = linje
        return False

    def les(self) -> Iterator[Blokk]:
        apen = None
        tom = True
        for nr, linje in enumerate(self.linjer, 1):
            if not linje.strip():
                tom = True
                continue
            ny = self._blokk(linje, nr, tom)
            if apen is not None and self._fortsetter(apen, ny, tom):
                apen = _forlenget(apen, ny)
            else:
                if apen is not None:
                    yield apen
                apen = ny
            tom = False
        if apen is not None:
            yield apen

    def _blokk(self, linje, nr, tom):
        sted = ("linje", str(nr))
        # A bullet may be followed by a tab, too.
        celler = tuple(celle.strip() for celle in linje.split("\t"))
        if len(celler) > 1 and sum(map(bool, celler)) > 1 and not _PUNKT.match(linje):
            self.tabell += not self.i_tabell
            self.i_tabell = True
            return Blokk(0, sted, RAD, celler=celler, tabell=self.tabell)
        self.i_tabell = False
        tekst = " ".join(linje.split())
        if treff := _MARKDOWN.match(tekst):
            return Blokk(0, sted, OVERSKRIFT, treff[2], niva=len(treff[1]))
        if re.search(r"(?:\.{4,}|…{2,})\s*\d+$", tekst):
            return Blokk(0, sted, INNHOLD, tekst)
        if treff := _PUNKT.match(tekst):
            return Blokk(0, sted, PUNKT, tekst[treff.end() :], 1, "•")
        treff = _DESIMAL.match(tekst)
        if treff and self._som_overskrift(tekst, nr, tom):
            return Blokk(0, sted, OVERSKRIFT, tekst, niva=treff[1].count(".") + 1)
        if (treff := _NUMMER.match(tekst)) and not self._nummerert_overskrift(
            tekst, nr, tom
        ):
            return Blokk(0, sted, PUNKT, tekst[treff.end() :], 1, treff[1])
        if self._som_overskrift(tekst, nr, tom):
            return Blokk(0, sted, OVERSKRIFT, tekst, niva=self._niva(tekst))
        return Blokk(0, sted, AVSNITT, tekst)

    def _nummerert_overskrift(self, tekst, nr, tom):
        """A numbered line with no other one near it."""
        for steg in (-1, 1):
            for nabo in islice(self._naboer(nr, steg), NAER):
                if _NUMMER.match(nabo):
                    return False
        return self._som_overskrift(tekst, nr, tom)

    def _som_overskrift(self, tekst, nr, tom):
        if _TILTAK.match(tekst) or _NUMMERERT_ORD.match(tekst):
            return len(tekst) <= 2 * LENGSTE_OVERSKRIFT
        if not _ser_ut_som_overskrift(tekst):
            return False
        # Where lines are broken, one that goes on is no heading.
        foran, etter = self._nabo(nr, -1), self._nabo(nr, 1)
        if foran and self._gar_pa(foran) and (self.luftig or not tom):
            return False
        # What a label alone is of stands on the next line.
        if not etter or (foran and _BARE_ETIKETT.match(foran)):
            return False
        if re.match(r"[a-zæøå]", etter):
            delt = _HENGER.search(tekst) or (self.luftig and len(tekst) > 30)
            return bool(delt) and len(etter) < 50 and not re.search(r"[.:]$", etter)
        return len(tekst) <= 80

    def _gar_pa(self, linje):
        """Whether the next line seems to go on with this one."""
        if re.search(r"[.:!?]$", linje) or len(linje) < self.full:
            return False
        return not any(m.match(linje) for m in (_PUNKT, _BARE_ADRESSE, _ETIKETT))

    def _nabo(self, nr, steg):
        return next(self._naboer(nr, steg), "")

    def _naboer(self, nr, steg):
        """Lines that are not empty, before or after one."""
        sted = nr - 1 + steg
        while 0 <= sted < len(self.linjer):
            if self.linjer[sted].strip():
                yield self.linjer[sted].strip()
            sted += steg

    def _niva(self, tekst):
        if _TILTAK.match(tekst):
            return 3
        return 1 if tekst.isupper() and len(tekst) > 2 else 2

    def _fortsetter(self, apen, ny, tom):
        if RAD in {apen.slag, ny.slag} or INNHOLD in {apen.slag, ny.slag} or ny.merke:
            return False
        if _brutt_adresse(apen.tekst) and not re.match(
            r"https?:|www\.|[A-ZÆØÅ]", ny.tekst
        ):
            return True
        if (
            _TILTAK.match(ny.tekst)
            or _NUMMERERT_ORD.match(ny.tekst)
            or _ETIKETT.match(ny.tekst)
            or _BARE_ADRESSE.match(ny.tekst)
        ):
            return False
        liten = ny.tekst[0].islower()
        if apen.slag == OVERSKRIFT or _TILTAK.match(apen.tekst):
            # A title over two lines goes on with a small letter.
            return liten and len(ny.tekst) < 60
        if _HENGER.search(apen.tekst):
            return True
        if ny.slag == OVERSKRIFT:
            return False
        ferdig = bool(re.search(r"[.:!?]$", apen.tekst))
        forrige_linje = self._nabo(int(ny.sted[1]), -1)
        if tom and not self.luftig:
            return liten and not ferdig
        if ferdig:
            return (
                not tom
                and len(forrige_linje) > self.full
                and not _ETIKETT.match(apen.tekst)
            )
        return liten or len(forrige_linje) > self.full


def _ser_ut_som_overskrift(tekst):
    if (
        len(tekst) > LENGSTE_OVERSKRIFT
        or "@" in tekst
        or re.search(r"[.,;:!?-]$", tekst)
    ):
        return False
    if _ETIKETT.match(tekst) or _BARE_ADRESSE.match(tekst):
        return False
    return bool(re.match(r"(?:\d+(?:\.\d+)*[.)]?\s+)?[A-ZÆØÅÄÖ]", tekst)) and bool(
        re.search(r"[^\W\d_]{3}", tekst)
    )


def _brutt_adresse(tekst):
    return bool(re.search(r"(?:https?://|www\.)\S*[-_/]$", tekst))


def _forlenget(apen, ny):
    tekst = lapp(apen.tekst, (f"{ny.merke} " if ny.merke else "") + ny.tekst)
    return Blokk(0, apen.sted, apen.slag, tekst, apen.niva, apen.merke)
