"""The order of rows among their siblings: each has a place of its own."""

from collections import defaultdict
from contextlib import ExitStack, contextmanager

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import FyltForMange, hev_versjon, parker

# With room above it in the column, for what is moved.
HOYESTE = 9999


class Rekkefolge(FyltForMange, models.PositiveSmallIntegerField):
    """The place of a row among its siblings: those that share the fields in `innen`.

    A row without a place goes last when it is saved. A constraint on the model keeps that
    no two have the same one; who saves inside `i_orden` makes the others move.
    """

    laveste = 0
    # Of a new row the history need not say where it stands.
    gis = True

    def __init__(self, *args, innen, **kwargs):
        self.innen = tuple(innen)
        kwargs = {"default": None, "blank": True} | kwargs
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"innen": self.innen}

    @property
    def validators(self):
        egne = [MinValueValidator(self.laveste), MaxValueValidator(HOYESTE)]
        return [*super().validators, *egne]

    def formfield(self, **kwargs):
        # Also where the place is left out of what the row itself is asked.
        spenn = {"min_value": self.laveste, "max_value": HOYESTE}
        return super().formfield(**spenn | kwargs)

    def pre_save(self, model_instance, add):
        if getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, self._siste(model_instance) + 1)
        return getattr(model_instance, self.attname)

    def fyll(self, rader):
        uten = [rad for rad in rader if getattr(rad, self.attname) is None]
        siste = self._siste_i_hver(uten) if uten else {}
        for rad in uten:
            gruppe = self.gruppe(rad)
            siste[gruppe] = siste.get(gruppe, 0) + 1
            setattr(rad, self.attname, siste[gruppe])

    def _siste_i_hver(self, rader):
        """{group: the last place in it} of the groups of these rows; 1 query."""
        forste = rader[0]._meta.get_field(self.innen[0])
        i_dem = {f"{forste.name}__in": {getattr(rad, forste.attname) for rad in rader}}
        stedene = type(rader[0])._base_manager.filter(**i_dem).order_by()
        siste = stedene.values_list(*self.innen).annotate(n=models.Max(self.attname))
        return {tuple(gruppe): n for *gruppe, n in siste}

    def _siste(self, rad):
        andre = self.sosken(rad).exclude(pk=rad.pk).order_by()
        return andre.aggregate(n=models.Max(self.attname))["n"] or 0

    def gruppe(self, rad):
        """What the row shares with its siblings; None for one that has none."""
        felter = (rad._meta.get_field(navn) for navn in self.innen)
        verdier = tuple(getattr(rad, felt.attname) for felt in felter)
        return None if set(verdier) == {None} else verdier

    def sosken(self, rad):
        """The stored rows of its group, the row itself among them."""
        alle, gruppe = type(rad)._base_manager, self.gruppe(rad)
        if gruppe is None:
            return alle.none()
        return alle.filter(**dict(zip(self.innen, gruppe, strict=True)))

    def flyttes(self, rad):
        """Whether its siblings make room for the row."""
        return self.gruppe(rad) is not None


def egen_plass(*innen, navn, **mer):
    """The constraint that no two of those that share `innen` have the same place."""
    return models.UniqueConstraint(
        fields=[*innen, "rekkefolge"],
        name=navn,
        violation_error_message=_("En annen har allerede denne plassen."),
        **mer,
    )


def feltet(modell):
    """Returns the field that holds the place of a row of the model, or None."""
    felter = modell._meta.concrete_fields
    return next((felt for felt in felter if isinstance(felt, Rekkefolge)), None)


@contextmanager
def i_orden(rader, *, bort=()):
    """Lets rows of one model be saved inside the block, each at the place among its
    siblings that it asks for; those that make room for them are saved after it.

    Args:
        rader: new or changed rows, all of which the block saves.
        bort: rows that the block deletes.
    """
    rader, bort = list(rader), list(bort)
    felt = feltet(type(rader[0])) if rader else None
    grupper = defaultdict(list)
    for rad in rader if felt else []:
        if felt.flyttes(rad):
            grupper[felt.gruppe(rad)].append(rad)
    with ExitStack() as stabel:
        if grupper:
            stabel.enter_context(transaction.atomic())
            # Whoever else moves something here waits, and finds it moved.
            hev_versjon(type(rader[0]).berort_av(rader))
        for gruppe in grupper.values():
            stabel.enter_context(_pa_plass(gruppe, felt, bort))
        yield


@contextmanager
def _pa_plass(rader, felt, bort):
    sosken, navn = felt.sosken(rader[0]), felt.attname
    na = dict(sosken.order_by().values_list("pk", navn))
    bort = [rad for rad in bort if na.pop(rad.pk, None) is not None]
    nokler = [("ny", nr) if r._state.adding else r.pk for nr, r in enumerate(rader)]
    onsket = {n: getattr(r, navn) for n, r in zip(nokler, rader, strict=True)}
    plasser = fordel(na, onsket)
    for nokkel, rad in zip(nokler, rader, strict=True):
        setattr(rad, navn, plasser.pop(nokkel))
    andre = _som_flyttes(sosken, navn, na, plasser)
    egne = [r for r in rader if r.pk in na and getattr(r, navn) != na[r.pk]]
    parker([*andre, *egne, *bort], navn)
    yield
    _lagre(andre)


@transaction.atomic
def lukk(rad):
    """Lets those close up that stand right after the place that this row left."""
    felt = feltet(type(rad))
    sosken, navn = felt.sosken(rad), felt.attname
    na = dict(sosken.order_by().values_list("pk", navn))
    plasser, forlatt = dict(na), getattr(rad, navn)
    if forlatt not in na.values():
        _rykk(plasser, forlatt + 1, -1)
    andre = _som_flyttes(sosken, navn, na, plasser)
    parker(andre, navn)
    _lagre(andre)


def _som_flyttes(sosken, navn, na, plasser):
    """The rows that get another place, with that place."""
    pker = [pk for pk, plass in plasser.items() if plass != na[pk]]
    andre = list(sosken.filter(pk__in=pker)) if pker else []
    for annen in andre:
        setattr(annen, navn, plasser[annen.pk])
    return andre


def _lagre(rader):
    for rad in rader:
        rad.save()


# Who stands where ---------------------------------------------------------------------


def fordel(na, onsket):
    """Returns {row: place}, no two alike.

    A row that is to stand where another one does makes the others move: those after the
    place that it left close up, those from its new one on make room. To a place that is
    free it goes alone.

    Args:
        na: {row: its place now}.
        onsket: {row: the place it asks for, None for the last one}: of rows that are
            there, and of new ones.
    """
    sist = [rad for rad, plass in onsket.items() if plass is None]
    bestemt = {rad: plass for rad, plass in onsket.items() if plass is not None}
    plasser = {rad: plass for rad, plass in na.items() if rad not in sist}
    som_skrevet = plasser | bestemt
    if len(set(som_skrevet.values())) == len(som_skrevet):
        plasser = som_skrevet
    else:
        for rad in sorted(bestemt, key=bestemt.get):
            _flytt(plasser, rad, bestemt[rad])
    for rad in sist:
        plasser[rad] = max(plasser.values(), default=0) + 1
    if max(plasser.values(), default=0) > HOYESTE:
        # Above there is no room: all close up.
        rekken = sorted(plasser, key=plasser.get)
        plasser = {rad: plass for plass, rad in enumerate(rekken, start=1)}
    return plasser


def _flytt(plasser, rad, til):
    fra = plasser.pop(rad, None)
    if fra != til and til in plasser.values():
        if fra is not None:
            _rykk(plasser, fra + 1, -1)
        _rykk(plasser, til, 1)
    plasser[rad] = til


def _rykk(plasser, fra, steg):
    """Moves those that stand one after the other from that place on."""
    stedene = {plass: rad for rad, plass in plasser.items()}
    while fra in stedene:
        plasser[stedene[fra]] += steg
        fra += 1
