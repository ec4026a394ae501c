"""Imports that the tests land, and a plan that was landed, read back from its rows."""

from collections import Counter

from django.apps import apps

from tests.factories import BrukerFactory
from tests.tiltak.innlesing.lest import docx, fra_docx
from tiltak.innlesing.forslag import modell
from tiltak.innlesing.landing import legg_inn
from tiltak.models import Handlingsplan, Kontaktpunkt, Planimport


def importert(kommune, blokker, /, **valg):
    """An import of blocks; of the choices, those that are given."""
    return Planimport.objects.create(
        kommune=kommune,
        bruker=BrukerFactory(),
        navn="handlingsplan.docx",
        sjekksum="0" * 64,
        blokker=[blokk.som_json() for blokk in blokker],
        valg=valg,
    )


def av_deler(kommune, *deler, **valg):
    """The same, of headings and paragraphs as `docx` has them."""
    return importert(kommune, fra_docx(docx(*deler)), **valg)


def utkast(kommune, **egne):
    """What a form makes of it; not saved."""
    mer = {"tittel": "Handlingsplan", "fra_ar": 2024, "til_ar": 2028} | egne
    return Handlingsplan(kommune=kommune, **mer)


def lagt_inn(planimport, **egne):
    """Lands it; the import is as it is then."""
    plan = legg_inn(
        planimport=planimport,
        bruker=planimport.bruker,
        plan=utkast(planimport.kommune, **egne),
        versjon=planimport.versjon,
    )
    planimport.refresh_from_db()
    return plan


def antall_rader():
    """How many rows there are of each model, the history apart."""
    return Counter(
        {
            modell._meta.label: modell._base_manager.count()
            for modell in apps.get_models()
            if not modell.__name__.startswith("Historisk")
        }
    )


def alt_som_star():
    """Every row but those of the history and of the import itself, without what counts
    its changes: {model label: rows}."""
    return {
        modell._meta.label: sorted(
            tuple(sorted((n, str(v)) for n, v in rad.items() if n != "versjon"))
            for rad in modell._base_manager.values()
        )
        for modell in apps.get_models()
        if not modell.__name__.startswith("Historisk") and modell is not Planimport
    }


# Read back ----------------------------------------------------------------------------

_ARTER = {
    Kontaktpunkt.Type.TELEFON: "telefon",
    Kontaktpunkt.Type.EPOST: "epost",
    Kontaktpunkt.Type.NETT: "nettside",
}


def som_forslag(plan):
    """The rows as a proposal of the same, to be compared with the facts."""
    omrader = list(plan.innsatsomrader.order_by("rekkefolge"))
    ut = modell.Planforslag(
        innsatsomrader=[
            modell.Innsatsomrade(modell.Verdi(omrade.navn)) for omrade in omrader
        ]
    )
    for tiltak in plan.tiltak.filter(overordnet=None):
        steder = [
            modell.Plassering(omrader.index(sted.innsatsomrade), sted.nummer)
            for sted in tiltak.plasseringer.all()
        ]
        ansvar = list(tiltak.ansvar.select_related("tjeneste"))
        steder[0].ansvar = [modell.Ansvar(a.tjeneste.navn, a.rolle) for a in ansvar]
        ut.tiltak.append(
            modell.Tiltak(
                modell.Verdi(tiltak.tittel),
                steder,
                nytt=modell.Verdi("ja") if tiltak.nytt else None,
                malgrupper=[
                    modell.Malgruppe(m.tekst, m.alder_fra, m.alder_til)
                    for m in tiltak.malgrupper.all()
                ],
                kontakter=[*_veier_inn(ansvar), *_lenker(tiltak)],
            )
        )
    return ut


def _veier_inn(ansvar):
    """Those that hold at the tiltak, as pages show them."""
    for rad in ansvar:
        valgte = set(rad.kontaktvalg.values_list("kontaktpunkt", flat=True))
        for punkt in rad.tjeneste.kontaktpunkter.all():
            if punkt.gjelder(valgte) and punkt.type in _ARTER:
                yield modell.Kontakt(_ARTER[punkt.type], punkt.verdi)


def _lenker(tiltak):
    return [modell.Kontakt("nettside", lenke.adresse) for lenke in tiltak.lenker.all()]
