"""Copies what stands in one plan into the next, with all that belongs to it: also what
upper apps tie to a tiltak."""

from django.db.models import CASCADE

from slt.grunn.historikk import Historisert, opprett_mange
from tiltak.models import Handlingsplan, Overgang, Plassering, Tiltak


class Kopi:
    """A copy under way.

    Attributes:
        av: {(model, id of the old row): the new row}.
    """

    def __init__(self, fra, til):
        self.av = {(Handlingsplan, fra.pk): til}

    def ta_med(self, rader, egne=None, **nytt):
        """Copies rows of one model. What they refer to that was copied too, they refer to
        as copied. Returns the new rows.

        Args:
            nytt: {name of a field: value} of what is other than it was.
            egne: gives the same for one of the rows.
        """
        rader = list(rader)
        nye = [self.kopi(rad, **nytt, **(egne(rad) if egne else {})) for rad in rader]
        opprett_mange(nye)
        for gammel, ny in zip(rader, nye, strict=True):
            self.av[type(gammel), gammel.pk] = ny
        return nye

    def ta_med_deler(self, rader):
        """Copies what belongs to rows that were copied: their parts, and the parts of
        these."""
        for felt in deler_av(type(rader[0])) if rader else []:
            sti = {f"{felt.name}__in": [rad.pk for rad in rader]}
            deler = felt.model._base_manager.filter(**sti).order_by("pk")
            deler = [rad for rad in deler if self.skal_med(rad)]
            self.ta_med(deler)
            self.ta_med_deler(deler)

    def skal_med(self, rad):
        """Whether it is to be copied with the tiltak that it belongs to: not what was so
        by another way, nor what stands in another plan or holds there alone."""
        if (type(rad), rad.pk) in self.av or isinstance(rad, Plassering):
            return False
        sted = getattr(rad, "plassering_id", None)
        return sted is None or (Plassering, sted) in self.av

    def kopi(self, rad, **nytt):
        """Returns the copy of one row, not saved."""
        verdier = {}
        for felt in rad._meta.concrete_fields:
            if felt.primary_key:
                continue
            verdi = getattr(rad, felt.attname)
            if felt.is_relation and (felt.related_model, verdi) in self.av:
                verdier[felt.name] = self.av[felt.related_model, verdi]
            else:
                verdier[felt.attname] = verdi
        return type(rad)(**verdier | nytt)


def deler_av(modell):
    """Returns the foreign keys by which rows belong to rows of the model: those of parts
    that go when it goes, and of a tiltak all that is tied to it."""
    return [
        r.field
        for r in modell._meta.related_objects
        if r.one_to_many
        and issubclass(r.related_model, Historisert)
        and r.related_model.kopieres
        and not issubclass(r.related_model, Overgang)
        and r.related_model is not modell
        and (modell is Tiltak or r.on_delete is CASCADE)
    ]
