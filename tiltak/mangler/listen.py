"""The list of all that a plan lacks, in the order in which it is shown."""

from tiltak.mangler import planen, teksten, tiltakene
from tiltak.mangler.innhold import Planinnhold


def antall_mangler(plan):
    """Returns how many things the plan lacks."""
    return sum(len(gruppe.rader) for gruppe in mangler(plan) if gruppe.teller)


def mangler(plan):
    """Returns the Gruppe of all that is lacking, without those of which nothing is; a
    constant number of queries.

    Args:
        plan: a Handlingsplan that can be changed, with kommune loaded.
    """
    return [gruppe for gruppe in _grupper(Planinnhold(plan)) if gruppe.rader]


def _grupper(her):
    yield planen.innhold(her)
    yield tiltakene.uten_plass(her)
    yield tiltakene.avsluttede(her)
    yield tiltakene.uten_ansvar(her)
    yield tiltakene.nedlagte(her)
    yield tiltakene.deles_ikke(her)
    yield tiltakene.uten_kontakt(her)
    yield tiltakene.uten_vei(her)
    yield tiltakene.uten_malgruppe(her)
    yield tiltakene.uten_niva(her)
    yield planen.tomme_omrader(her)
    yield planen.nummerhull(her)
    yield tiltakene.datoer(her)
    yield tiltakene.passert_frist(her)
    yield planen.tomme_kapitler(her)
    yield teksten.tall_i_teksten(her)
    yield planen.upublisert(her)
    yield from planen.overgang(her)
    yield tiltakene.foreslatt_niva(her)
