"""The kinds of columns: how a value of a row becomes a cell, and a cell a value.

A value and its text are two things: `hent` takes the value of a row, `vis` says it, `les`
understands what somebody wrote, `sett` gives it to the row, and `lagre` what hangs on it
after the row is saved. What is one of several in a cell stands on a line of its own, its
parts with " | " between them.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.grunn.riktekst import bildekoder, rens_html
from slt.grunn.riktekst.notasjon import fra_notasjon, til_notasjon
from slt.grunn.tekst import les_nettadresse
from slt.grunn.tid import les_dag
from tiltak.regneark.celler import i_malformene
from tiltak.regneark.innhold import Innhold

# What is several in a cell ----------------------------------------------------------------


def en_av_flere(deler: Iterable[str]) -> str:
    """One line of a cell: its parts, without those at its end that say nothing."""
    deler = [re.sub(r"([\\|])", r"\\\1", str(d)).replace("\n", r"\n") for d in deler]
    while deler and not deler[-1]:
        deler.pop()
    return " | ".join(deler)


def linjene(tekst: str) -> list[list[str]]:
    """The lines of a cell that say something, each as its parts."""
    return [
        [_uten_skrastrek(del_) for del_ in re.split(r"(?<!\\)\|", linje)]
        for linje in tekst.split("\n")
        if linje.strip()
    ]


def _uten_skrastrek(tekst):
    ut = re.sub(r"\\([\\|n])", lambda t: "\n" if t[1] == "n" else t[1], tekst)
    return ut.strip()


# Columns -------------------------------------------------------------------------------


class Kolonne:
    """A column.

    Attributes:
        navn: what it is called in the sheet where nobody sees it, and in forms.
        leses: whether what is written in it is taken in.
        bare_nye: whether it is, but only in rows that are new.
        felt: the field of the model that an error may be about.
    """

    leses, bare_nye, felt = True, False, ""

    def __init__(self, navn, tittel, *, bredde=24, bare_nye=False):
        self.navn, self.tittel, self.bredde = navn, tittel, bredde
        self.bare_nye = bare_nye

    def hent(self, rad, k: Innhold):
        raise NotImplementedError

    def vis(self, verdi, k: Innhold) -> str:
        return "" if verdi is None else str(verdi)

    def les(self, tekst: str, k: Innhold):
        """Returns the value; raises a ValidationError that says what may stand there."""
        raise NotImplementedError

    def kan_skrives(self, k: Innhold) -> bool:
        return self.leses

    def celle(self, verdi, k: Innhold):
        """What is put into the cell: text, but a number or a day where it is one."""
        return self.vis(verdi, k)

    def sett(self, rad, verdi):
        """Gives the row the value, before it is saved."""

    def lagre(self, rad, verdi, k: Innhold):
        """Saves what hangs on the row, after it is saved."""

    def nye(self, rad, verdi, k: Innhold) -> list:
        """The rows, not saved, that hang on a row that was just made."""
        return []

    def valg(self, k: Innhold) -> list[str]:
        """What can be chosen in a cell; [] where anything can be written."""
        return []


class Feltkolonne(Kolonne):
    """What stands in one field of the row."""

    def __init__(self, modell, felt, tittel=None, *, navn="", **mer):
        self.feltet = modell._meta.get_field(felt)
        tittel = tittel or self.feltet.verbose_name
        super().__init__(navn or felt, tittel, **mer)
        self.felt = felt

    def hent(self, rad, k):
        return getattr(rad, self.felt)

    def sett(self, rad, verdi):
        setattr(rad, self.felt, verdi)

    def les(self, tekst, k):
        return self.feltet.clean(tekst, None)


class Nettsted(Feltkolonne):
    def les(self, tekst, k):
        return super().les(les_nettadresse(tekst) if tekst else "", k)


class Rikt(Feltkolonne):
    """Rich text, said with a few signs."""

    def vis(self, verdi, k):
        return til_notasjon(verdi or "")

    def les(self, tekst, k):
        html = rens_html(fra_notasjon(tekst), bilder=self.feltet.bilder)
        if bildekoder(html) - k.bildekoder:
            raise ValidationError(
                _("Bildet finnes ikke her. Sett det inn på nettsiden.")
            )
        return super().les(html, k)


class Tall(Feltkolonne):
    def celle(self, verdi, k):
        return verdi

    def les(self, tekst, k):
        if tekst and not re.fullmatch("[0-9]{1,4}", tekst):
            raise ValidationError(_("Skriv et helt tall, eller la cellen stå tom."))
        return self.feltet.clean(tekst or None, None)


class Dagen(Feltkolonne):
    def vis(self, verdi, k):
        return f"{verdi:%d.%m.%Y}" if verdi else ""

    def celle(self, verdi, k):
        return verdi

    def les(self, tekst, k):
        return self.feltet.clean(les_dag(tekst) if tekst else None, None)


class JaNei(Feltkolonne):
    def vis(self, verdi, k):
        return _("ja") if verdi else _("nei")

    def les(self, tekst, k):
        svar = tekst.casefold()
        if svar in {"ja", "x", "1", "sann", "true"}:
            return True
        if svar in {"nei", "", "0", "usann", "false"}:
            return False
        raise ValidationError(_("Skriv ja eller nei."))

    def valg(self, k):
        return [_("ja"), _("nei")]


class Valget(Feltkolonne):
    """One of what a field offers."""

    @property
    def valgene(self):
        return [(verdi, navn) for verdi, navn in self.feltet.choices if verdi]

    def vis(self, verdi, k):
        return str(dict(self.valgene).get(verdi, verdi))

    def les(self, tekst, k):
        if not tekst and self.feltet.blank:
            return ""
        for verdi, navn in self.valgene:
            if tekst.casefold() in {verdi.casefold(), *i_malformene(navn)}:
                return verdi
        raise ValidationError(
            _("«%(kolonne)s» kan være %(valg)s."),
            params={
                "kolonne": capfirst(str(self.tittel)),
                "valg": _oppramset(str(navn) for _verdi, navn in self.valgene),
            },
        )

    def valg(self, k):
        return [str(navn) for _verdi, navn in self.valgene]


def _oppramset(navn):
    *forst, sist = [f"«{n}»" for n in navn]
    return _("%(forst)s eller %(sist)s") % {"forst": ", ".join(forst), "sist": sist}


class Spenn(Kolonne):
    """From one number to another, both in fields of the row: "4–6", "4"."""

    def __init__(self, navn, tittel, fra, til, *, til_alltid=False, **mer):
        super().__init__(navn, tittel, **mer)
        self.felt, self.til, self.til_alltid = fra, til, til_alltid

    def hent(self, rad, k):
        fra, til = getattr(rad, self.felt), getattr(rad, self.til)
        return (fra, None if til == fra else til)

    def vis(self, verdi, k):
        return "–".join(str(tall) for tall in verdi if tall is not None)

    def les(self, tekst, k):
        treff = re.fullmatch(r"([0-9]{1,3})(?:\s*(?:[-–—]|til)\s*([0-9]{1,3}))?", tekst)
        if tekst and not treff:
            raise ValidationError(_("Skriv ett tall, eller fra og til: 4–6."))
        fra, til = (treff and [t and int(t) for t in treff.groups()]) or (None, None)
        return (fra, None if til == fra else til)

    def sett(self, rad, verdi):
        fra, til = verdi
        if self.til_alltid and til is None:
            til = fra
        setattr(rad, self.felt, fra)
        setattr(rad, self.til, til)


class Kryss(Kolonne):
    """Several fields that are either so or not: the names of those that are, one on each
    line.

    Args:
        felter: {field: what it is called}.
    """

    def __init__(self, navn, tittel, felter, **mer):
        super().__init__(navn, tittel, **mer)
        self.felter = felter

    def hent(self, rad, k):
        return tuple(felt for felt in self.felter if getattr(rad, felt))

    def vis(self, verdi, k):
        return "\n".join(str(self.felter[felt]) for felt in verdi)

    def les(self, tekst, k):
        kjente = {
            n: felt for felt, navn in self.felter.items() for n in i_malformene(navn)
        }
        skrevet = {" ".join(li.split()).casefold() for li in tekst.split("\n")} - {""}
        if skrevet - set(kjente):
            raise ValidationError(
                _("Skriv én eller flere av disse, hver på sin linje: %s.")
                % ", ".join(map(str, self.felter.values()))
            )
        valgt = {kjente[navn] for navn in skrevet}
        return tuple(felt for felt in self.felter if felt in valgt)

    def sett(self, rad, verdi):
        for felt in self.felter:
            setattr(rad, felt, felt in verdi)


class Regnet(Kolonne):
    """What is only for looking: it is kept elsewhere."""

    leses = False

    def __init__(self, navn, tittel, hent, **mer):
        super().__init__(navn, tittel, **mer)
        self._hent = hent

    def hent(self, rad, k):
        return self._hent(rad, k)


class Navn(Kolonne):
    """The name of a row of the plan that this one stands in or belongs to, which may itself
    be new in the sheet: who saves the row, finds it.

    Args:
        hva: "omrade" or "tiltak".
        hent: the name of it, of a row.
    """

    def __init__(self, navn, tittel, hva, hent, *, ma_vaere=False, **mer):
        super().__init__(navn, tittel, **mer)
        self.hva, self._hent, self.ma_vaere = hva, hent, ma_vaere

    def hent(self, rad, k):
        return self._hent(rad, k)

    def les(self, tekst, k):
        tekst = " ".join(tekst.split())
        if not tekst and self.ma_vaere:
            raise ValidationError(_("Cellen må fylles ut."))
        if not tekst or tekst in self._kjente(k):
            return tekst
        if self.hva == "omrade":
            melding = _("Innsatsområdet «%s» står verken i planen eller i arket.")
        else:
            melding = _("Tiltaket «%s» står verken i planen eller i arket.")
        if k.titler.get(tekst, 0) > 1:
            melding = _("Flere tiltak heter «%s». Skriv nøkkelen i stedet.")
        raise ValidationError(melding % tekst)

    def _kjente(self, k):
        nye = k.nye_navn[self.hva]
        if self.hva == "omrade":
            return nye.union(k.omradenavn)
        nokler = {f"T{rad.pk}" for rad in k.hele_tiltak}
        return (
            nye
            | nokler
            | {tittel for tittel, antall in k.titler.items() if antall == 1}
        )

    def valg(self, k):
        return k.omradenavn if self.hva == "omrade" else []


def tiltaksnavn(rad, k):
    """What cells call a tiltak: its title, or where others have the same, its key."""
    if rad is None:
        return ""
    return rad.tittel if k.titler[rad.tittel] == 1 else f"T{rad.pk}"


class Plassen(Kolonne):
    """The place of a row among others: who saves it makes room."""

    def __init__(self, hent, tittel=None, **mer):
        super().__init__("nummer", tittel or _("nummer"), bredde=9, **mer)
        self._hent = hent

    def hent(self, rad, k):
        return self._hent(rad)

    def celle(self, verdi, k):
        return verdi

    def les(self, tekst, k):
        if tekst and not re.fullmatch("[0-9]{1,4}", tekst):
            raise ValidationError(_("Skriv et helt tall, eller la cellen stå tom."))
        return int(tekst) if tekst else None
