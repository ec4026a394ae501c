"""The columns of what hangs on a row in rows of its own: whom it is for, who answers for it,
where one can read more. Rows that stay as they are, are left alone; what was changed is
changed in its row, so that the history tells of it as one change."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from slt.grunn.tekst import les_nettadresse
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
)
from tiltak.rediger.forms.valg import Valg
from tiltak.regneark.slag import Kolonne, Valget, en_av_flere, linjene


def eier(rad):
    """Returns what a row that hangs on this one says of it: {field: value}."""
    if isinstance(rad, Plassering):
        return {"tiltak": rad.tiltak, "plassering": rad}
    return {"tiltak": rad}


def sett_rekken(lagret, onsket, like, lag):
    """Makes the stored rows of a model what they are to be.

    Args:
        lagret: the rows, in order.
        onsket: [{field: value}], in order.
        like: (row, {field: value}) → whether the row is that one, where it is not the same
            in all of it.
        lag: {field: value} → a new row.

    Returns:
        the rows, in order.
    """
    rekken = _par(list(lagret), onsket, like)
    for rad in lagret:
        if rad not in rekken:
            rad.delete()
    rekken = [rad or lag(verdier) for rad, verdier in zip(rekken, onsket, strict=True)]
    flyttes = _er_flyttet(rekken)
    for rad, verdier in zip(rekken, onsket, strict=True):
        endret = rad.pk is None or not _er_lik(rad, verdier)
        for felt, verdi in verdier.items():
            setattr(rad, felt, verdi)
        if flyttes:
            # One by one they go last: those that hold at another place share the numbers.
            rad.rekkefolge = None
        if endret:
            rad.full_clean(exclude=["rekkefolge"])
        if endret or flyttes:
            rad.save()
    return rekken


def _par(igjen, onsket, like):
    """[the stored row that is to be this one, or None]: one that is so already, else the
    first that is like it."""
    rekken = [None] * len(onsket)
    for passer in (_er_lik, like):
        for nr, verdier in enumerate(onsket):
            if rekken[nr] is None:
                rad = next((r for r in igjen if passer(r, verdier)), None)
                if rad is not None:
                    rekken[nr] = rad
                    igjen.remove(rad)
    return rekken


def _er_lik(rad, verdier):
    return all(getattr(rad, felt) == verdi for felt, verdi in verdier.items())


def _er_flyttet(rekken):
    """Whether the rows do not stand in this order; a new row stands last by itself."""
    plasser = [rad.rekkefolge if rad.pk else 10_000 for rad in rekken]
    return plasser != sorted(plasser)


class Rekke(Kolonne):
    """Rows of a model, one on each line.

    Attributes:
        modell: of the rows.
        felter: those that a line says, in order.
    """

    modell, felter = None, ()

    def __init__(self, deler, tittel, **mer):
        super().__init__(deler, tittel, **{"bredde": 36} | mer)

    def hent(self, rad, k):
        rader = rad.deler[self.navn]
        return tuple(tuple(getattr(r, felt) for felt in self.felter) for r in rader)

    def lagre(self, rad, verdi, k):
        sett_rekken(
            rad.deler[self.navn],
            self._onsket(verdi),
            lambda _rad, _verdier: True,
            lambda _verdier: self.modell(**self.eier(rad)),
        )

    def nye(self, rad, verdi, k):
        return [
            self.modell(**self.eier(rad), **verdier) for verdier in self._onsket(verdi)
        ]

    def eier(self, rad):
        return eier(rad)

    def _onsket(self, verdi):
        return [dict(zip(self.felter, verdier, strict=True)) for verdier in verdi]

    def _renset(self, verdier):
        return tuple(
            self.modell._meta.get_field(felt).clean(verdi, None)
            for felt, verdi in zip(self.felter, verdier, strict=True)
        )


class Lenker(Rekke):
    modell, felter = Lenke, ("tittel", "adresse")

    def vis(self, verdi, k):
        return "\n".join(map(en_av_flere, verdi))

    def les(self, tekst, k):
        ut = []
        for deler in linjene(tekst):
            if len(deler) > 2:
                raise ValidationError(_("Skriv tittelen, så « | » og nettadressen."))
            ut.append(self._renset([deler[0], les_nettadresse(deler[-1])]))
        return tuple(ut)


class Malsettinger(Rekke):
    modell, felter = Malsetting, ("type", "tekst")

    def vis(self, verdi, k):
        navn = dict(Malsetting.Type.choices)
        return "\n".join(en_av_flere([navn[type_], tekst]) for type_, tekst in verdi)

    def les(self, tekst, k):
        typen, ut = Valget(Malsetting, "type"), []
        for deler in linjene(tekst):
            type_, ordene = deler if len(deler) == 2 else ("resultatmål", deler[0])
            if len(deler) > 2:
                raise ValidationError(_("Skriv typen, så « | » og målsettingen."))
            ut.append(self._renset([typen.les(type_, k), ordene]))
        return tuple(ut)

    def eier(self, rad):
        return {"plan": rad.plan, "tiltak": rad}


# Whom it is for --------------------------------------------------------------------------

_TRINN = r"(?:(vg)\s*([1-3])|([0-9]{1,2})\.?)\s*(?:trinn|steg|klasse)?"
_ALDER = r"([0-9]{1,3})\s*(?:år)?"
_FRA, _TIL, _STREK = (
    r"(?:fra|frå)\s+(?:og med\s+)?",
    r"til\s+og\s+med\s+",
    r"\s*[-–—]\s*",
)


def _spenn(tekst, ett):
    """(from, to) as matches of one that is said alone, from or to; or None."""
    for form, hvilke in (
        (f"{_FRA}(?P<a>{ett})", "a "),
        (f"{_TIL}(?P<b>{ett})", " b"),
        (f"(?P<a>{ett}){_STREK}(?P<b>{ett})", "ab"),
        (f"(?P<a>{ett})", "aa"),
    ):
        if treff := re.fullmatch(form, tekst, re.IGNORECASE):
            return [treff[d] if d != " " else None for d in hvilke]
    return None


def _alder(tekst):
    tekst = tekst if "år" in tekst.casefold() else ""
    if (spenn := _spenn(tekst, _ALDER)) is None:
        return None
    return [ett and int(re.search("[0-9]+", ett)[0]) for ett in spenn]


def _trinn(tekst):
    if (spenn := _spenn(tekst, _TRINN)) is None:
        return None
    if not re.search("vg|trinn|steg|klasse", tekst, re.IGNORECASE):
        return None
    ut = []
    for ett in spenn:
        treff = ett and re.fullmatch(_TRINN, ett, re.IGNORECASE)
        tall = treff and (treff[2] or treff[3])
        ut.append(tall and int(tall) + (10 if treff[1] else 0))
    return ut


def _fra_til(fra, til, ett, enhet=""):
    if fra is None and til is None:
        return ""
    if til is None:
        return f"{_('fra')} {ett(fra)}{enhet}"
    if fra is None:
        return f"{_('til og med')} {ett(til)}{enhet}"
    return f"{ett(fra)}{enhet}" if fra == til else f"{ett(fra)}–{ett(til)}{enhet}"


def _aldre_i_ord(fra, til):
    return _fra_til(fra, til, str, " år")


def _trinn_i_ord(fra, til):
    forste, siste = fra or til, til or fra
    if forste is None:
        return ""
    # Grades of the same school share the word.
    enhet = " trinn" if siste <= 10 else ""
    alene = "" if enhet else " trinn"
    return _fra_til(
        fra, til, lambda n: f"vg{n - 10}" if n > 10 else f"{n}.{alene}", enhet
    )


class Malgrupper(Rekke):
    modell = Malgruppe
    felter = ("tekst", "alder_fra", "alder_til", "trinn_fra", "trinn_til")

    def vis(self, verdi, k):
        return "\n".join(
            en_av_flere(
                [tekst, *filter(None, [_aldre_i_ord(*alder), _trinn_i_ord(*trinn)])]
            )
            for tekst, *tall in verdi
            for alder, trinn in [(tall[:2], tall[2:])]
        )

    def les(self, tekst, k):
        return tuple(self._lest(deler) for deler in linjene(tekst))

    def _lest(self, deler):
        ordene, *resten = deler
        alder, trinn = [None, None], [None, None]
        for del_ in filter(None, resten):
            if (aldre := _alder(del_)) is not None:
                alder = aldre
            elif (trinnene := _trinn(del_)) is not None:
                trinn = trinnene
            else:
                raise ValidationError(
                    _(
                        "«%s» er verken en alder eller et trinn. Skriv for eksempel "
                        "«elever | 13–16 år | 8.–10. trinn»."
                    )
                    % del_
                )
        return self._renset([ordene, *alder, *trinn])


# Who answers for it ----------------------------------------------------------------------


class Ansvarlig(Kolonne):
    """The tjenester that have one role: name, note, and the contact points that hold here."""

    def __init__(self, rolle):
        super().__init__(rolle.value, rolle.label, bredde=32)
        self.rolle = rolle

    def hent(self, rad, k):
        return tuple(
            (a.tjeneste_id, a.merknad, _punktene(a, k))
            for a in rad.deler["ansvar"]
            if a.rolle == self.rolle
        )

    def vis(self, verdi, k):
        return "\n".join(self._linje(*ett, k) for ett in verdi)

    @staticmethod
    def _linje(tjeneste, merknad, punkter, k):
        tjenesten = k.tjenester[tjeneste]
        navn = {punkt.pk: etikett for etikett, punkt in tjenesten.etiketter.items()}
        valgte = sorted(navn[pk] for pk in punkter if pk in navn)
        return en_av_flere([tjenesten.i_arket, merknad, *valgte])

    def les(self, tekst, k):
        verdier = [self._lest(deler, k) for deler in linjene(tekst)]
        if len({tjeneste for tjeneste, *_resten in verdier}) < len(verdier):
            raise ValidationError(_("Tjenesten er allerede ført opp."))
        return tuple(verdier)

    @staticmethod
    def _lest(deler, k):
        navn, merknad, *etiketter = [*deler, ""][: max(2, len(deler))]
        tjeneste = k.tjeneste_ved_navn.get(" ".join(navn.split()).casefold())
        if tjeneste is None:
            raise ValidationError(
                _("Tjenesten «%s» finnes ikke i kommunen. Lag den først.") % navn
            )
        punkter = []
        for etikett in filter(None, etiketter):
            punkt = tjeneste.etiketter.get(" ".join(etikett.split()))
            if punkt is None:
                raise ValidationError(
                    _("«%(punkt)s» er ikke et kontaktpunkt hos %(tjeneste)s.")
                    % {"punkt": etikett, "tjeneste": tjeneste}
                )
            punkter.append(punkt.pk)
        merknad = Ansvar._meta.get_field("merknad").clean(merknad, None)
        return tjeneste.pk, merknad, tuple(sorted(punkter))


def _punktene(ansvar, k):
    """The ids of those that were chosen, of those that cells name."""
    kan_velges = {p.pk for p in k.tjenester[ansvar.tjeneste_id].punkter}
    valgte = {valg.kontaktpunkt_id for valg in ansvar.kontaktvalg.all()}
    return tuple(sorted(valgte & kan_velges))


def _onsket_ansvar(verdier):
    """[({field: value}, ids of the points that hold here)].

    Args:
        verdier: {role: what the column of that role holds}.
    """
    onsket = [
        ({"tjeneste_id": tjeneste, "rolle": rolle, "merknad": merknad}, punkter)
        for rolle, ettene in verdier.items()
        for tjeneste, merknad, punkter in ettene
    ]
    if len({verdi["tjeneste_id"] for verdi, _p in onsket}) < len(onsket):
        raise ValidationError(_("Tjenesten er allerede ført opp."))
    return onsket


def nytt_ansvar(rad, verdier):
    """The rows, not saved, of who has a part in what was just made; `verdier` as above. The
    points that hold are kept on the row, for `kontaktvalg`."""
    ut = []
    for verdi, punkter in _onsket_ansvar(verdier):
        ansvar = Ansvar(**eier(rad), **verdi)
        ansvar.punkter = punkter
        ut.append(ansvar)
    return ut


def kontaktvalg(ansvar, k):
    """The rows, not saved, that say which points hold, of a row made by `nytt_ansvar`."""
    punkter = k.tjenester[ansvar.tjeneste_id].etiketter.values()
    return [
        AnsvarKontaktpunkt(ansvar=ansvar, kontaktpunkt=punkt)
        for punkt in punkter
        if punkt.pk in ansvar.punkter
    ]


def lagre_ansvar(rad, verdier, k):
    """Saves who has a part in it; `verdier` as above."""
    lagret = rad.deler["ansvar"]
    onsket = _i_gammel_orden(lagret, _onsket_ansvar(verdier))
    rader = sett_rekken(
        lagret,
        [verdi for verdi, _punkter in onsket],
        lambda a, verdi: a.tjeneste_id == verdi["tjeneste_id"],
        lambda _verdi: Ansvar(**eier(rad)),
    )
    for ansvar, (_verdi, punkter) in zip(rader, onsket, strict=True):
        if _punktene(ansvar, k) != punkter:
            tjenestens = k.tjenester[ansvar.tjeneste_id].etiketter.values()
            valgt = [p for p in tjenestens if p.pk in punkter]
            ansvar.velg_kontaktpunkter(valgt, blant=tjenestens)


def _i_gammel_orden(lagret, onsket):
    """Those that were there in the order that they had, across the roles, unless somebody
    wrote them in another one."""
    plass = {a.tjeneste_id: nr for nr, a in enumerate(lagret)}
    gammel = sorted(onsket, key=lambda o: plass.get(o[0]["tjeneste_id"], len(plass)))
    for rolle in {verdi["rolle"] for verdi, _p in onsket}:
        na = [o for o in onsket if o[0]["rolle"] == rolle]
        if na != [o for o in gammel if o[0]["rolle"] == rolle]:
            return onsket
    return gammel


# What is chosen among what the kommune has -------------------------------------------------


class Valgte(Kolonne):
    """Names, one on each line, of what the kommune has.

    Args:
        deler: what both the rows and what can be chosen are called.
        rad: the Valgrad.
    """

    def __init__(self, deler, tittel, rad, *, ukjent, **mer):
        super().__init__(deler, tittel, **mer)
        self.rad, self.ukjent = rad, ukjent

    def hent(self, rad, k):
        felt = f"{self.rad.felt}_id"
        return tuple(getattr(valgt, felt) for valgt in rad.deler[self.navn])

    def vis(self, verdi, k):
        mulige = getattr(k, self.navn)
        return "\n".join(str(rad) for pk, rad in mulige.items() if pk in verdi)

    def les(self, tekst, k):
        mulige = getattr(k, self.navn)
        ved_navn = {
            " ".join(str(rad).split()).casefold(): pk for pk, rad in mulige.items()
        }
        valgt = set()
        for linje in tekst.split("\n"):
            navn = " ".join(linje.split())
            if not navn:
                continue
            if navn.casefold() not in ved_navn:
                raise ValidationError(str(self.ukjent) % navn)
            valgt.add(ved_navn[navn.casefold()])
        return tuple(pk for pk in mulige if pk in valgt)

    def lagre(self, rad, verdi, k):
        mulige = getattr(k, self.navn)
        valg = Valg(self.rad, mulige.values(), [rad.pk])
        valg.velg(rad, [mulige[pk] for pk in verdi])

    def nye(self, rad, verdi, k):
        mulige = getattr(k, self.navn)
        return [
            self.rad.modell(**{self.rad.eier: rad, self.rad.felt: mulige[pk]})
            for pk in verdi
        ]
