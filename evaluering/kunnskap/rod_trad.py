"""What the page of knowledge says: the threads, what comes first of them, and where they
break."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Value

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kilde,
)
from slt.grunn.norsk import orden
from slt.models import PUBLIKUM, Bruker, Kommune
from tiltak.detaljer import liste_med_sted
from tiltak.models import Handlingsplan, Innsatsomrade, Tema, Tiltak

TYNGDER = Funn.Tyngde.values


@dataclass
class Trader:
    """What somebody sees of what is known in a kommune.

    Attributes:
        funnene: by source and number; each with `tiltakene` and `anbefalingene`.
        anbefalingene: likewise, each with `tiltakene`.
        indikatorer: what is measured.
        tiltak: those that answer something; and, where the breaks are asked for, all that
            stand in the plan.
    """

    funnene: list[Funn]
    anbefalingene: list[Anbefaling]
    indikatorer: list[Indikator]
    tiltak: list[Tiltak] = field(default_factory=list)
    plan: Handlingsplan | None = None
    svarer: set[int] = field(default_factory=set)

    @cached_property
    def kilder(self) -> list[Kilde]:
        """Those that say something, the newest first, each with `funnene` and
        `anbefalingene`."""
        kilder = {}
        for navn in ("funnene", "anbefalingene"):
            for rad in getattr(self, navn):
                kilde = kilder.setdefault(rad.kilde_id, rad.kilde)
                if not hasattr(kilde, "funnene"):
                    kilde.funnene, kilde.anbefalingene = [], []
                getattr(kilde, navn).append(rad)
        return sorted(kilder.values(), key=lambda k: (-k.arstall, orden(k.navn)))

    @property
    def framhevet(self) -> list[Funn]:
        """The findings that the coordinator chose to come first."""
        valgt = [f for f in self.funnene if f.framhevet]
        return sorted(valgt, key=lambda f: f.framhevet)

    @property
    def framhevede_indikatorer(self) -> list[Indikator]:
        valgt = [i for i in self.indikatorer if i.framhevet]
        return sorted(valgt, key=lambda i: i.framhevet)

    @property
    def temaer(self) -> list[tuple[Tema | None, list[Funn]]]:
        """The findings by theme, those that weigh most first, and so the themes; last
        those without one."""
        grupper = defaultdict(list)
        for funn in self.funnene:
            grupper[funn.tema].append(funn)
        for gruppe in grupper.values():
            gruppe.sort(key=_tyngde)

        def plass(par):
            tema, gruppe = par
            tunge = sum(f.tyngde == Funn.Tyngde.STOR for f in gruppe)
            return (tema is None, -tunge, tema.plass if tema else 0, tema and tema.pk)

        return sorted(grupper.items(), key=plass)

    @cached_property
    def ubesvarte(self) -> list[Funn]:
        """Findings that no tiltak answers, those that weigh most first."""
        return sorted((f for f in self.funnene if f.er_ubesvart), key=_tyngde)

    @property
    def uten_oppfolging(self) -> list[Anbefaling]:
        """Recommendations that nothing follows up."""
        return [a for a in self.anbefalingene if a.er_ubesvart]

    @cached_property
    def uten_funn(self) -> list[Tiltak]:
        """Tiltak of the plan that rest on none."""
        steder = []
        for tiltak in self.tiltak if self.plan else ():
            if tiltak.overordnet_id is None and tiltak.pk not in self.svarer:
                steder += [
                    (
                        sted.innsatsomrade.rekkefolge,
                        sted.innsatsomrade_id,
                        sted.nummer,
                        tiltak,
                    )
                    for sted in tiltak.plasseringer.all()
                    if sted.hoved and sted.plan_id == self.plan.pk
                ]
        return [tiltak for *_sted, tiltak in sorted(steder, key=lambda sted: sted[:3])]

    @property
    def er_apent(self) -> bool:
        """Whether something of it is published."""
        alle = (*self.funnene, *self.anbefalingene, *self.indikatorer)
        return any(rad.publisert for rad in alle)


def trader(
    bruker: Bruker, kommune: Kommune, plan: Handlingsplan | None, *, med_hull: bool
) -> Trader:
    """What the user sees, in 6 queries, whatever there is.

    Args:
        med_hull: whether the tiltak that answer nothing are asked for, too.
    """
    indikatorer = Indikator.objects.synlige_for(bruker).filter(kommune=kommune)
    # That of a draft is not there for all.
    omrader = Innsatsomrade.objects.synlige_for(bruker)
    omrader = omrader.filter(pk=OuterRef("innsatsomrade"))
    funn = Funn.objects.select_related("kilde", "sted", "lokalomrade", "tema")
    anbefalinger = Anbefaling.objects.select_related("kilde", "innsatsomrade")
    tradene = Trader(
        funnene=_synlige(funn, bruker, kommune),
        anbefalingene=_synlige(
            anbefalinger.annotate(omradet_vises=Exists(omrader)), bruker, kommune
        ),
        indikatorer=list(indikatorer.select_related("kommune", "kilde")),
        plan=plan if med_hull else None,
    )
    _knytt(tradene, bruker, kommune)
    return tradene


def _synlige(rader, bruker, kommune):
    """Those of a kommune that the user sees, each with whether nothing answers it."""
    ubesvarte = rader.model.objects.ubesvarte().filter(pk=OuterRef("pk"))
    rader = rader.synlige_for(bruker).i(kommune)
    return list(rader.annotate(er_ubesvart=Exists(ubesvarte)))


def _knytt(tradene, bruker, kommune):
    """Ties what is loaded together."""
    par = _knytninger(kommune)
    tradene.svarer = {til for hva, _fra, til in par if hva != "grunnlag"}
    tradene.tiltak = _tiltakene(tradene, bruker)
    til = {
        "funnsvar": {t.pk: t for t in tradene.tiltak},
        "anbefalingssvar": {t.pk: t for t in tradene.tiltak},
        "grunnlag": {a.pk: a for a in tradene.anbefalingene},
    }
    knyttet = defaultdict(set)
    for hva, fra, til_pk in par:
        knyttet[hva, fra].add(til_pk)

    def de(hva, rad):
        # In the order in which they were loaded.
        return [t for pk, t in til[hva].items() if pk in knyttet[hva, rad.pk]]

    for anbefaling in tradene.anbefalingene:
        anbefaling.tiltakene = de("anbefalingssvar", anbefaling)
    indikatorer = {i.pk: i for i in tradene.indikatorer}
    for funn in tradene.funnene:
        funn.tiltakene = de("funnsvar", funn)
        funn.anbefalingene = de("grunnlag", funn)
        funn.tallene = indikatorer.get(funn.indikator_id)


def _knytninger(kommune):
    """[(what ties, the id of a finding or a recommendation, the id that it is tied to)];
    1 query."""

    def rader(modell, fra, til):
        knytninger = modell.objects.filter(**{f"{fra}__kilde__kommune": kommune})
        hva = Value(modell._meta.model_name)
        return knytninger.order_by().values_list(hva, f"{fra}_id", f"{til}_id")

    return list(
        rader(Funnsvar, "funn", "tiltak").union(
            rader(Anbefalingssvar, "anbefaling", "tiltak"),
            rader(Grunnlag, "funn", "anbefaling"),
        )
    )


def _tiltakene(tradene, bruker):
    hvilke = Q(pk__in=tradene.svarer)
    if tradene.plan:
        hvilke |= Q(plan=tradene.plan, overordnet=None)
    tiltak = Tiltak.objects.synlige_for(bruker).filter(hvilke)
    return liste_med_sted(tiltak)


def _tyngde(funn):
    return TYNGDER.index(funn.tyngde)


def noe_er_publisert(kommune: Kommune) -> bool:
    """Whether there is anything for all to read; at most 3 queries."""
    return any(
        modell.objects.synlige_for(PUBLIKUM).filter(**{sti: kommune}).exists()
        for modell, sti in (
            (Funn, "kilde__kommune"),
            (Anbefaling, "kilde__kommune"),
            (Indikator, "kommune"),
        )
    )
