"""What was changed at the origin of what was copied, since somebody last looked."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from json import dumps

from slt.grunn.ordforskjell import Stykke, forskjell
from tiltak.bank.avtrykk import avtrykk, delte, i_ord, med_alt, utfylt
from tiltak.models import Handlingsplan, Opphav, Overgang, Tiltak


@dataclass(frozen=True)
class Endret:
    """A field that says something else at the origin than it did."""

    navn: str
    stykker: list[Stykke]

    @property
    def er_lang(self):
        """Whether there may be more of it than is seen at once."""
        return sum(len(stykke.tekst) for stykke in self.stykker) > 600


@dataclass(frozen=True)
class Opphavet:
    """An origin, as it is now.

    Attributes:
        fra: the tiltak there; None when it is not shared any more.
    """

    rad: Opphav
    fra: Tiltak | None

    @cached_property
    def na(self):
        """What is shared of it now; only where it is."""
        return avtrykk(self.fra)

    @cached_property
    def da(self):
        """What was shared of it when somebody last looked; only where it still is."""
        return utfylt(self.rad.innhold, self.na)

    @property
    def er_endret(self):
        return self.fra is not None and self.na != self.da

    @property
    def er_trukket(self):
        """Whether it was shared once, and nobody has said that they know it is no more."""
        return self.fra is None and self.rad.fra_id is not None

    @property
    def merke(self):
        """What tells one state of it from another."""
        if self.fra is None:
            return ""
        tekst = dumps(self.na, sort_keys=True)
        return sha256(tekst.encode()).hexdigest()[:32]

    @property
    def endringer(self):
        """[Endret], of what people read."""
        if not self.er_endret:
            return []
        da, na = i_ord(self.da), i_ord(self.na)
        return [
            Endret(navn, forskjell(da[navn], na[navn]))
            for navn in na
            if da[navn] != na[navn]
        ]

    def sett(self):
        """What it says now is known from here on. One that is not shared any more is not
        followed any more."""
        if self.fra is not None:
            self.rad.innhold, self.rad.tittel = self.na, self.fra.tittel
        self.rad.fra = self.fra
        self.rad.save()


def opphavene(rader, kommune):
    """Returns [Opphavet] of the rows of Opphav of a kommune; a few queries, however many
    they are. Where a plan was superseded, the origin is what was carried on into the next.
    """
    rader, delt = list(rader), med_alt(delte(kommune))
    fra = delt.in_bulk({rad.fra_id for rad in rader} - {None})
    videre = _videreforte({rad.fra_id for rad in rader} - {None, *fra})
    etter = delt.in_bulk(videre.values()) if videre else {}
    return [
        Opphavet(rad, fra.get(rad.fra_id) or etter.get(videre.get(rad.fra_id)))
        for rad in rader
    ]


def _videreforte(pker):
    """{the tiltak: what it is in a plan that holds}, by id, of those that were carried on
    as one."""
    valg = (Overgang.Valg.VIDEREFORES, Overgang.Valg.ENDRES)
    rader = Overgang.objects.filter(
        fra__in=pker, valg__in=valg, ny_plan__status=Handlingsplan.Status.GJELDENDE
    )
    return dict(rader.exclude(til=None).order_by("pk").values_list("fra", "til"))
