"""What a changed row is about: which tiltak, which tjeneste, which plan."""

from django.utils.functional import cached_property

from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Kontaktpunkt,
    Tiltak,
    Tjeneste,
)


class Hvor:
    """Finds it for the rows of `par`, each model asked once; the subclass has `kommune`,
    too."""

    def om(self, par):
        """(model, id) of the tiltak or the tjeneste that a row is about, or of a plan: None
        where the row itself says in which."""
        h = par.rad
        if h.instance_type is Tiltak:
            tiltak = h.id
        elif h.instance_type is AnsvarKontaktpunkt:
            tiltak = self._ansvarets_tiltak.get(h.ansvar_id)
        else:
            tiltak = getattr(h, "tiltak_id", None)
        if tiltak:
            return Tiltak, self._helheten.get(tiltak) or tiltak
        if h.instance_type is Tjeneste:
            return Tjeneste, h.id
        if h.instance_type is Apningstid:
            return Tjeneste, self._punktets_tjeneste.get(h.kontaktpunkt_id)
        if h.instance_type is Kontaktpunkt:
            return Tjeneste, h.tjeneste_id
        return Handlingsplan, h.id if h.instance_type is Handlingsplan else h.plan_id

    def planen_til(self, par):
        """The id of the plan that a row stands in, or None."""
        if par.modell is Handlingsplan:
            return par.pk
        if (plan := getattr(par.rad, "plan_id", None)) is not None:
            return plan
        modell, pk = self.om(par)
        if modell is Tiltak and (tiltak := self.tiltak.get(pk)):
            return tiltak.plan_id
        return None

    @cached_property
    def _helheten(self):
        """{id of a deltiltak: that of the tiltak it is part of}."""
        deler = Tiltak.objects.filter(kommune=self.kommune).exclude(overordnet=None)
        return dict(deler.values_list("pk", "overordnet"))

    @cached_property
    def _ansvarets_tiltak(self):
        pker = {p.rad.ansvar_id for p in self.par if p.modell is AnsvarKontaktpunkt}
        return dict(Ansvar.objects.filter(pk__in=pker).values_list("pk", "tiltak"))

    @cached_property
    def _punktets_tjeneste(self):
        punkter = Kontaktpunkt.objects.filter(tjeneste__kommune=self.kommune)
        return dict(punkter.values_list("pk", "tjeneste"))

    @cached_property
    def tiltak(self):
        """{id: Tiltak} of those that rows are about, with their places."""
        pker = {pk for modell, pk in map(self.om, self.par) if modell is Tiltak}
        rader = Tiltak.objects.filter(pk__in=pker).med_plassering()
        rader = rader.select_related("kommune", "plan__kommune")
        return {tiltak.pk: tiltak for tiltak in rader}

    @cached_property
    def tjenester(self):
        pker = {pk for modell, pk in map(self.om, self.par) if modell is Tjeneste}
        return Tjeneste.objects.select_related("kommune").in_bulk(pker)
