"""What should never be there, in all kommuner."""

from django.apps import apps

from slt.grunn.kommunegrense import brudd_pa_kommunegrensen, har_kommune


def feil_i_radene():
    """Yields (row's model, its id, the field) of each row that leads into another kommune;
    a query for each field that could."""
    for modell in filter(har_kommune, apps.get_models()):
        for felt, rader in brudd_pa_kommunegrensen(modell):
            for pk in rader.values_list("pk", flat=True):
                yield modell, pk, felt
