"""Who can help says nothing of what is not there for all."""

from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TemaFactory,
    TiltakFactory,
)
from tests.tiltak.test_hvem import navnene, spor
from tiltak.models import TiltakTema


def test_of_what_is_not_there_for_all_nobody_reads(kommune, client, koordinator):
    """What is in an innsatsområde that is not public yet, or part of such a tiltak, in a
    draft, or in a plan that another took the place of."""
    rus = TemaFactory(kommune=kommune, navn="Rus", i_hverdagen="Rus og sånt")
    gjeldende = HandlingsplanFactory(kommune=kommune)
    utkast, avlost = (
        HandlingsplanFactory(kommune=kommune, status="utkast", fra_ar=ar, til_ar=ar + 3)
        for ar in (2029, 2018)
    )

    def med_tjeneste(tiltak):
        ansvar = AnsvarFactory(tiltak=tiltak, tjeneste__kommune=kommune)
        KontaktpunktFactory(tjeneste=ansvar.tjeneste)
        TiltakTema.objects.create(tiltak=tiltak, tema=rus)
        return ansvar.tjeneste

    def star_i(plan, publisert=True, **felt):
        sted = PlasseringFactory(
            tiltak__plan=plan,
            innsatsomrade__plan=plan,
            innsatsomrade__publisert=publisert,
            **felt,
        )
        return sted.tiltak

    synlig = star_i(gjeldende)
    tjenester = [
        med_tjeneste(tiltak)
        for tiltak in (
            synlig,
            TiltakFactory(plan=gjeldende, overordnet=star_i(gjeldende)),
            star_i(gjeldende, publisert=False),
            TiltakFactory(plan=gjeldende, overordnet=star_i(gjeldende, False)),
            TiltakFactory(
                plan=gjeldende,
                overordnet=star_i(gjeldende, tiltak__publisert=False),
            ),
            star_i(utkast),
            star_i(avlost),
        )
    ]
    avlost.status = "avlost"
    avlost.save()

    for klient in (client, koordinator):
        assert navnene(spor(klient)) == [t.navn for t in tjenester[:2]]
        for tjeneste in tjenester[:5]:
            tiltak = tjeneste.ansvar.get().tiltak
            tekst = klient.get(tjeneste.get_absolute_url()).text
            assert (tiltak.tittel in tekst) == (tjeneste in tjenester[:2])
