"""Many new rows that refer to each other by natural key, put in with few queries.

Django's loader asks for each key that it reads and for each row whether it is there, and
a row that is checked and saved by itself asks for all it refers to, and once for each
constraint. Here rows are put in model by model, and keys are looked up among them.
"""

from collections import defaultdict

from django.apps import apps

from slt.grunn.historikk import opprett_mange


def opprett_samlet(rader):
    """Saves what a fixture holds: rows as dicts, all of them new. Returns how many.

    They are checked as `full_clean` checks them, but for what the database itself sees
    to: constraints, and that nothing stands twice. All rows of a model get their ids in
    the order in which they stand.

    Raises:
        Exception: of any kind, if one of them will not do. It does not say which.
    """
    samling = _Samling()
    for rad in rader:
        samling.legg_til(**rad)
    samling.opprett()
    return len(rader)


class _Samling:
    """The rows of a file on their way in.

    Attributes:
        venter: {model: fields as they stand in the file}, of rows not looked at yet.
        klare: {model: rows}, sound but not saved.
        kjente: {model: {natural key: row}}, saved: what others may refer to.
    """

    def __init__(self):
        self.venter = defaultdict(list)
        self.klare = defaultdict(list)
        self.kjente = defaultdict(dict)

    def legg_til(self, model, fields):
        self.venter[apps.get_model(model)].append(fields)

    def opprett(self):
        for modell in list(self.venter):
            self._opprett(modell)

    def _opprett(self, modell):
        for felter in self.venter.pop(modell, []):
            rad = self._les(modell, felter)
            self.klare[modell].append(rad)
        self._lagre(modell)

    def _lagre(self, modell):
        rader = self.klare.pop(modell, [])
        opprett_mange(rader)
        self._husk(modell, rader)

    def _husk(self, modell, rader):
        if hasattr(modell, "natural_key"):
            self.kjente[modell].update({rad.natural_key(): rad for rad in rader})

    def _les(self, modell, felter):
        verdier = {}
        for navn, verdi in felter.items():
            felt = modell._meta.get_field(navn)
            if felt.many_to_one and verdi is not None:
                verdier[felt.name] = self._finn(felt.related_model, tuple(verdi))
            else:
                verdier[felt.name] = felt.to_python(verdi)
        rad = modell(**verdier)
        # And what the row has filled in by itself.
        hentet = [
            f.name
            for f in modell._meta.concrete_fields
            if f.many_to_one and getattr(rad, f.attname)
        ]
        # An address that is left out is made from the name when the row is saved.
        uten = [] if getattr(rad, "slug", "") else ["slug"]
        rad.full_clean(
            exclude=hentet + uten, validate_unique=False, validate_constraints=False
        )
        return rad

    def _finn(self, modell, nokkel):
        """Returns the row with this natural key, wherever it is on its way."""
        kjente = self.kjente[modell]
        if nokkel not in kjente:
            # It stands in this file; in the same model, it is ready.
            self._opprett(modell)
        if nokkel not in kjente:
            self._hent(modell, nokkel[0])
        return kjente[nokkel]

    def _hent(self, modell, nummer):
        """Looks up what a kommune has of a model; each natural key begins with its
        number. All that the row cannot be without comes along, and where it may be
        without something, what its `nokkelveier` say: the key asks for it."""
        vei = "" if modell.kommune_sti == "pk" else f"{modell.kommune_sti}__"
        rader = modell._default_manager.filter(**{f"{vei}nummer": nummer})
        veier = getattr(modell, "nokkelveier", ())
        self._husk(modell, rader.select_related(*veier))
