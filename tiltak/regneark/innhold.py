"""A plan as its spreadsheet has it: its rows with all that hangs on them, and what cells may
name. Read once, in a number of queries that does not grow with the plan."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q

from slt.models import Bilde, Bruker
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
    Tjeneste,
    planens_orden,
)

OFFENTLIG = Kontaktpunkt.Synlighet.OFFENTLIG
# {what it is called on a row: (model, how its rows are ordered)}
DELER = {
    "malgrupper": (Malgruppe, ["rekkefolge", "pk"]),
    "ansvar": (Ansvar, ["rekkefolge", "pk"]),
    "lenker": (Lenke, ["rekkefolge", "pk"]),
    "malsettinger": (Malsetting, ["rekkefolge", "pk"]),
    "lokalomrader": (TiltakLokalomrade, ["lokalomrade__navn__norsk", "pk"]),
    "temaer": (TiltakTema, ["tema__navn__norsk", "pk"]),
    "veiledere": (TiltakVeileder, ["veileder__tittel__norsk", "pk"]),
}


def plannokkel(plan):
    """What marks one plan among all plans on all sites: its key, and the id of the change
    that made it."""
    forst = plan.historikk.model.objects.filter(id=plan.pk).order_by("history_id")
    samling = forst.values_list("history_samling", flat=True).first()
    return f"{plan.pk}-{samling.hex if samling else ''}"


class Innhold:
    """The plan, and what can be named in its kommune.

    Attributes:
        nye_navn: {"omrade" or "tiltak": names that a sheet that is read gives to new rows}.
    """

    def __init__(self, plan: Handlingsplan, bruker: Bruker):
        self.plan, self.kommune, self.bruker = plan, plan.kommune, bruker
        self.nye_navn = {"omrade": set(), "tiltak": set()}

    @cached_property
    def nokkel(self):
        return plannokkel(self.plan)

    # The rows of the plan ----------------------------------------------------------------

    @cached_property
    def tiltak(self):
        """Those at home in the plan, each deltiltak after the tiltak it is part of."""
        rader = list(
            Tiltak.objects.filter(plan=self.plan)
            .prefetch_related("overganger_til")
            .order_by(*planens_orden())
        )
        alle = {rad.pk: rad for rad in rader}
        for rad in rader:
            rad.plan, rad.kommune = self.plan, self.kommune
            rad.overordnet = alle.get(rad.overordnet_id)
            rad.sted = self._hjemme.get(rad.pk)
            self._gi_deler(rad, (rad.pk, None))
        return rader

    @cached_property
    def plasser(self):
        """The further places of the plan's own tiltak in it."""
        alle = {rad.pk: rad for rad in self.tiltak}
        rader = [sted for sted in self._steder if not sted.hoved]
        for rad in rader:
            rad.tiltak = alle[rad.tiltak_id]
            self._gi_deler(rad, (rad.tiltak_id, rad.pk))
        return rader

    @cached_property
    def omrader(self):
        return self._av_planen(self.plan.innsatsomrader)

    @cached_property
    def kapitler(self):
        return self._av_planen(self.plan.kapitler)

    @cached_property
    def malsettinger(self):
        """Those of the plan, then those of each innsatsområde."""
        rader = self._av_planen(self.plan.malsettinger.filter(tiltak=None))
        omrader = {rad.pk: (nr, rad) for nr, rad in enumerate(self.omrader, 1)}
        for rad in rader:
            rad.innsatsomrade = omrader.get(rad.innsatsomrade_id, (0, None))[1]
        return sorted(rader, key=lambda m: omrader.get(m.innsatsomrade_id, (0, 0))[0])

    @cached_property
    def dokumenter(self):
        rader = self._av_planen(self.plan.styringsdokumenter)
        for rad in rader:
            rad.kommune = self.kommune
        return rader

    def _av_planen(self, rader):
        rader = list(rader.order_by("rekkefolge", "pk"))
        for rad in rader:
            rad.plan = self.plan
        return rader

    @cached_property
    def _steder(self):
        omrader = {rad.pk: rad for rad in self.omrader}
        steder = list(
            Plassering.objects.filter(plan=self.plan, tiltak__plan=self.plan).order_by(
                "innsatsomrade__rekkefolge", "innsatsomrade", "nummer"
            )
        )
        for sted in steder:
            sted.plan, sted.innsatsomrade = self.plan, omrader[sted.innsatsomrade_id]
        return steder

    @cached_property
    def _hjemme(self):
        return {sted.tiltak_id: sted for sted in self._steder if sted.hoved}

    @cached_property
    def _deler(self):
        """{name: {(tiltak, place): rows}}."""
        ut = {}
        for navn, (modell, orden) in DELER.items():
            rader = modell.objects.filter(tiltak__plan=self.plan).order_by(*orden)
            if modell is Ansvar:
                rader = rader.prefetch_related("kontaktvalg")
            ut[navn] = defaultdict(list)
            for rad in rader:
                sted = getattr(rad, "plassering_id", None)
                ut[navn][rad.tiltak_id, sted].append(rad)
        return ut

    def _gi_deler(self, rad, hvor):
        rad.deler = {navn: rader[hvor] for navn, rader in self._deler.items()}

    # What cells may name -----------------------------------------------------------------

    @cached_property
    def tjenester(self):
        """{id: tjeneste} with its contact points, by name: the kommune's own, those that
        others share with it, and those that tiltak name though they do so no longer."""
        her = Tjeneste.objects.i(self.kommune).order_by().values("pk")
        tjenester = Tjeneste.objects.valgbare_i(self.kommune)
        tjenester = tjenester.annotate(er_her=Q(pk__in=her))
        tjenester = tjenester.med_kontaktpunkter(self.bruker)
        rader = {t.pk: t for t in tjenester.order_by("navn__norsk", "pk")}
        egne = {t.navn.casefold() for t in rader.values() if self._er_egen(t)}
        for tjeneste in rader.values():
            egen = self._er_egen(tjeneste)
            like = not egen and tjeneste.navn.casefold() in egne
            tjeneste.i_arket = (
                tjeneste.med_eier(self.kommune) if like else str(tjeneste)
            )
            tjeneste.punkter = [
                punkt
                for punkt in tjeneste.kontaktpunkter.all()
                if egen or (tjeneste.er_her and punkt.synlighet == OFFENTLIG)
            ]
            tjeneste.etiketter = _etiketter(tjeneste.punkter)
        return rader

    def _er_egen(self, tjeneste):
        return tjeneste.kommune_id == self.kommune.pk

    @cached_property
    def tjeneste_ved_navn(self):
        """{name or short name, in small letters: tjeneste}; one that two have, is none's."""
        navn = {t.i_arket.casefold(): t for t in self.tjenester.values()}
        korte = defaultdict(list)
        for tjeneste in self.tjenester.values():
            korte[tjeneste.kortnavn.casefold()].append(tjeneste)
        return {k: t[0] for k, t in korte.items() if k and len(t) == 1} | navn

    @cached_property
    def lokalomrader(self):
        return {
            rad.pk: rad for rad in self.kommune.lokalomrader.order_by("navn__norsk")
        }

    @cached_property
    def temaer(self):
        return {rad.pk: rad for rad in self.kommune.temaer.order_by("navn__norsk")}

    @cached_property
    def veiledere(self):
        return {rad.pk: rad for rad in self.kommune.veiledere.order_by("tittel__norsk")}

    @cached_property
    def bildekoder(self):
        return set(
            Bilde.objects.filter(kommune=self.kommune).values_list("kode", flat=True)
        )

    @cached_property
    def omradenavn(self):
        return [rad.navn for rad in self.omrader]

    @cached_property
    def hele_tiltak(self):
        return [rad for rad in self.tiltak if rad.overordnet_id is None]

    @cached_property
    def titler(self):
        """{title: how many tiltak of the plan, deltiltak apart, have it}."""
        antall = defaultdict(int)
        for rad in self.hele_tiltak:
            antall[rad.tittel] += 1
        return antall


def _etiketter(alle):
    """{what cells call a contact point of a tjeneste: the point}: its number or address,
    with more where two have the same."""
    punkter: dict[str, Kontaktpunkt] = {}
    for punkt in alle:
        navn = " ".join(punkt.verdi.split())
        if navn in punkter:
            navn = f"{navn} ({punkt.etikett or punkt.get_type_display()})"
        if navn in punkter:
            navn = f"{navn} {punkt.pk}"
        punkter[navn] = punkt
    return punkter
