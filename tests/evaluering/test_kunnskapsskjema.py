"""The forms of what is known, on the site: what they change, who may, and what is
refused."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Faktor,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kalenderpunkt,
    Kilde,
    Kildesteg,
    Malsettingsindikator,
    Medvirkning,
    Omradeindikator,
    Tiltaksindikator,
)
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    KildeFactory,
    LokalomradeFactory,
    MalingFactory,
    StedFactory,
    TemaFactory,
    TilbudFactory,
    TilgangFactory,
    TiltakFactory,
    i_kilden,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.skjemasvar import TULL, UGYLDIG, feil, send, sporringer, tull_i_alt
from tiltak.models import Malsetting, Tema

PERSONNUMMER = "01010050053"
KUNNSKAP = "/lillestrom/kunnskap/"
NY_KILDE = "/lillestrom/endre/kilder/ny/"
NY_INDIKATOR = "/lillestrom/endre/indikatorer/ny/"
MODELLER = (
    Kilde,
    Kildesteg,
    Medvirkning,
    Kalenderpunkt,
    Funn,
    Faktor,
    Anbefaling,
    Indikator,
    Malsettingsindikator,
    Omradeindikator,
    Tiltaksindikator,
    Funnsvar,
    Anbefalingssvar,
    Grunnlag,
)


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


def lag_kunnskap(kommune, merke=""):
    kilde = KildeFactory(kommune=kommune, navn=f"{merke}Ungdata 2025")
    plan = HandlingsplanFactory(kommune=kommune)
    return SimpleNamespace(
        kommune=kommune,
        kilde=kilde,
        plan=plan,
        funn=FunnFactory(kilde=kilde, tekst=f"{merke}Flere ruser seg"),
        anbefaling=AnbefalingFactory(kilde=kilde, tekst=f"{merke}Styrk utekontakten"),
        indikator=IndikatorFactory(kommune=kommune, kilde=kilde, navn=f"{merke}Treff"),
        tiltak=TiltakFactory(plan=plan, tittel=f"{merke}Natteravn"),
        omrade=InnsatsomradeFactory(plan=plan, navn=f"{merke}Rus"),
        sted=StedFactory(kommune=kommune, navn=f"{merke}Torget"),
        lokalomrade=LokalomradeFactory(kommune=kommune, navn=f"{merke}Strømmen"),
        tema=Tema.objects.create(kommune=kommune, navn=f"{merke}Rus"),
    )


@pytest.fixture
def i(kommune):
    """What is known in the kommune, and the addresses of the forms."""
    i = lag_kunnskap(kommune)
    i.skjema = {
        "kilde": f"/lillestrom/endre/kilder/{i.kilde.pk}/",
        "funn": f"/lillestrom/endre/funn/{i.funn.pk}/",
        "anbefaling": f"/lillestrom/endre/anbefalinger/{i.anbefaling.pk}/",
        "indikator": f"/lillestrom/endre/indikatorer/{i.indikator.pk}/",
    }
    i.nye = {
        "kilde": NY_KILDE,
        "funn": f"/lillestrom/endre/kilder/{i.kilde.pk}/funn/ny/",
        "anbefaling": f"/lillestrom/endre/kilder/{i.kilde.pk}/anbefalinger/ny/",
        "indikator": NY_INDIKATOR,
    }
    return i


def alt():
    """Every row that the forms can change, and how much history there is."""
    return {
        modell.__name__: (
            list(modell.objects.order_by("pk").values()),
            modell.historikk.count(),
        )
        for modell in MODELLER
    }


def funnrad(nr, **felter):
    felter = {"tyngde": "middels", "krever_svar": "on"} | felter
    return {f"funn-{nr}-{felt}": verdi for felt, verdi in felter.items()}


# Sources ------------------------------------------------------------------------------


def test_a_new_source_with_what_it_says(kommune, koordinator, client):
    svar = send(
        koordinator,
        NY_KILDE,
        navn="Ungdata 2025",
        type="ungdata",
        arstall="2025",
        utgiver="NOVA",
        **funnrad(0, tekst="Flere ruser seg", publisert="on"),
        **funnrad(1, tekst="Færre mobbes", krever_svar=None),
        **{
            "anbefalinger-0-tekst": "Styrk utekontakten",
            "anbefalinger-0-type": "styrke",
        },
    )

    kilde = Kilde.objects.get()
    assert (svar.status_code, svar["Location"]) == (
        302,
        f"{KUNNSKAP}#kilde-{kilde.pk}",
    )
    assert (kilde.kommune, kilde.slug) == (kommune, "ungdata-2025")
    assert list(
        kilde.funn.values_list("nummer", "tekst", "krever_svar", "publisert")
    ) == [(1, "Flere ruser seg", True, True), (2, "Færre mobbes", False, False)]
    assert list(kilde.anbefalinger.values_list("nummer", "tekst")) == [
        (1, "Styrk utekontakten")
    ]
    side = Lest(client.get(KUNNSKAP)).tekst
    assert "Flere ruser seg" in side
    assert "Færre mobbes" not in side


def test_a_source_that_says_nothing_is_found_by_its_coordinator(
    kommune, koordinator, client
):
    kilde = KildeFactory(kommune=kommune, navn="HKH 2024")

    assert "Kilder uten funn og anbefalinger" in koordinator.get(KUNNSKAP).text
    assert f'id="kilde-{kilde.pk}"' in koordinator.get(KUNNSKAP).text
    assert "HKH 2024" not in client.get(KUNNSKAP).text

    FunnFactory(kilde=kilde)
    assert "Kilder uten funn og anbefalinger" not in koordinator.get(KUNNSKAP).text


def test_a_source_and_its_rows(i, koordinator):
    andre = FunnFactory(kilde=i.kilde, nummer=i.funn.nummer + 1)

    svar = send(
        koordinator,
        i.skjema["kilde"],
        utgiver="Velferdsforskningsinstituttet NOVA",
        begrunnelse="Rett navn",
        **{
            "funn-0-tekst": "Langt flere ruser seg",
            "funn-1-DELETE": "on",
            **funnrad(2, tekst="Et nytt"),
        },
    )

    assert svar.status_code == 302
    i.kilde.refresh_from_db()
    assert i.kilde.utgiver == "Velferdsforskningsinstituttet NOVA"
    assert i.kilde.historikk.first().history_change_reason == "Rett navn"
    assert not Funn.objects.filter(pk=andre.pk).exists()
    assert [f.tekst for f in i.kilde.funn.all()] == ["Langt flere ruser seg", "Et nytt"]


def test_a_row_of_a_source_leads_to_the_rest_of_it(i, koordinator):
    lenker = Lest(koordinator.get(i.skjema["kilde"])).lenker

    assert (i.skjema["funn"], "Tiltak, sted og tall") in lenker
    assert (i.skjema["anbefaling"], "Hva det ble til") in lenker


def test_saving_without_a_change_changes_nothing(i, koordinator):
    Funnsvar.objects.create(funn=i.funn, tiltak=i.tiltak)
    Anbefalingssvar.objects.create(anbefaling=i.anbefaling, tiltak=i.tiltak)
    Grunnlag.objects.create(anbefaling=i.anbefaling, funn=i.funn)
    i_kilden(
        i.funn,
        i.indikator,
        Malsetting.objects.create(plan=i.plan, type="visjon", tekst="Trygghet"),
        i.omrade,
        i.tiltak,
        TemaFactory(kommune=i.kommune),
    )
    i.indikator.utgangspunkt, i.indikator.utgangsar = "12.50", 2020
    i.indikator.teller = "andel"  # what is counted has no fractions
    i.indikator.save()
    for_ = alt()

    for adresse in i.skjema.values():
        assert send(koordinator, adresse).status_code == 302

    assert alt() == for_


# Findings and recommendations ---------------------------------------------------------


def test_a_finding_and_the_tiltak_that_answers(i, koordinator, client):
    svar = send(
        koordinator,
        i.skjema["funn"],
        tyngde="stor",
        gruppe="ungdomsskoleelever",
        sted=i.sted.pk,
        indikator=i.indikator.pk,
        publisert="on",
        **{"svar-0-tiltak": i.tiltak.pk},
    )

    assert (svar.status_code, svar["Location"]) == (
        302,
        f"{KUNNSKAP}#funn-{i.funn.pk}",
    )
    i.funn.refresh_from_db()
    assert (i.funn.tyngde, i.funn.sted, i.funn.indikator) == (
        "stor",
        i.sted,
        i.indikator,
    )
    assert [rad.tiltak for rad in i.funn.svar.all()] == [i.tiltak]
    siden = client.get(KUNNSKAP).text
    for ordene in ("ungdomsskoleelever", "Natteravn", f'id="funn-{i.funn.pk}"'):
        assert ordene in siden


def test_what_comes_first_changes_places_with_what_stood_there(
    i, koordinator, nabokommune
):
    """Within the kommune: each has places of its own."""
    fremmed = lag_kunnskap(nabokommune)
    for rad in (fremmed.funn, fremmed.indikator):
        rad.framhevet = 2
        rad.save()
    annet = FunnFactory(kilde=KildeFactory(kommune=i.kommune), framhevet=2)
    annen = IndikatorFactory(kommune=i.kommune, kilde=i.kilde, framhevet=2)

    def plasser(*rader):
        for rad in rader:
            rad.refresh_from_db()
        return [rad.framhevet for rad in rader]

    for hva, rad, den_andre, andres in (
        ("funn", i.funn, annet, fremmed.funn),
        ("indikator", i.indikator, annen, fremmed.indikator),
    ):
        assert f"nr. 2 ({den_andre})" in koordinator.get(i.skjema[hva]).text
        send(koordinator, i.skjema[hva], framhevet="1")
        assert plasser(rad, den_andre, andres) == [1, 2, 2]
        send(koordinator, i.skjema[hva], framhevet="2")
        assert plasser(rad, den_andre, andres) == [2, 1, 2]
        send(koordinator, i.skjema[hva], framhevet="")
        assert plasser(rad, den_andre, andres) == [None, 1, 2]
        send(koordinator, i.skjema[hva], framhevet="1")
        assert plasser(rad, den_andre, andres) == [1, None, 2]
        assert feil(send(koordinator, i.skjema[hva], framhevet="9")).keys() == {
            "framhevet"
        }


def test_a_finding_has_a_theme(i, koordinator, client):
    send(koordinator, i.skjema["funn"], tema=i.tema.pk, publisert="on")

    i.funn.refresh_from_db()
    assert i.funn.tema == i.tema
    assert "<summary><span>Rus" in client.get(KUNNSKAP).text


def test_a_new_finding_gets_the_number_after_the_last(i, koordinator):
    FunnFactory(kilde=i.kilde, nummer=i.funn.nummer + 7)

    svar = send(koordinator, i.nye["funn"], tekst="Et til", tyngde="liten")

    funn = Funn.objects.get(tekst="Et til")
    assert svar["Location"] == f"{KUNNSKAP}#funn-{funn.pk}"
    assert (funn.kilde, funn.nummer, funn.publisert) == (
        i.kilde,
        i.funn.nummer + 8,
        False,
    )


def test_a_recommendation_what_it_rests_on_and_what_it_became(i, koordinator):
    svar = send(
        koordinator,
        i.skjema["anbefaling"],
        tema="Rus",
        innsatsomrade=i.omrade.pk,
        annen_oppfolging="Politirådet følger med",
        **{"grunnlag-0-funn": i.funn.pk, "svar-0-tiltak": i.tiltak.pk},
    )

    assert svar["Location"] == f"{KUNNSKAP}#anbefaling-{i.anbefaling.pk}"
    i.anbefaling.refresh_from_db()
    assert (i.anbefaling.tema, i.anbefaling.innsatsomrade) == ("Rus", i.omrade)
    assert list(i.anbefaling.funn.all()) == [i.funn]
    assert list(i.anbefaling.tiltak.all()) == [i.tiltak]
    siden = koordinator.get(KUNNSKAP).text
    assert f'id="anbefaling-{i.anbefaling.pk}"' in siden


@pytest.mark.parametrize(
    ("hva", "knytning"), [("funn", Funnsvar), ("anbefaling", Anbefalingssvar)]
)
def test_why_nothing_is_done_and_a_tiltak_that_does_it_exclude_each_other(
    i, koordinator, hva, knytning
):
    adresse, rad = i.skjema[hva], getattr(i, hva)
    den_ene = "Ta først bort grunnen til at den ikke er fulgt opp."
    begge = {"ikke_fulgt_opp": "for dyrt", "svar-0-tiltak": i.tiltak.pk}
    assert feil(send(koordinator, adresse, **begge)) == {"svar-0-tiltak": den_ene}
    knytning.objects.create(**{hva: rad, "tiltak": i.tiltak})
    assert feil(send(koordinator, adresse, ikke_fulgt_opp="for dyrt")) == {
        "ikke_fulgt_opp": "Den er fulgt opp: Ta bort tiltakene først.",
        "svar-0-tiltak": den_ene,
    }

    # The tiltak goes and the reason comes, and the other way round.
    bytte = {"ikke_fulgt_opp": "for dyrt", "svar-0-DELETE": "on"}
    assert send(koordinator, adresse, **bytte).status_code == 302
    rad.refresh_from_db()
    assert (rad.ikke_fulgt_opp, rad.svar.count()) == ("for dyrt", 0)
    tilbake = {"ikke_fulgt_opp": "", "svar-0-tiltak": i.tiltak.pk}
    assert send(koordinator, adresse, **tilbake).status_code == 302
    rad.refresh_from_db()
    assert (rad.ikke_fulgt_opp, rad.svar.count()) == ("", 1)


def test_what_may_answer_is_what_holds_or_may_come_to_hold(i, koordinator, kommune):
    gammel = HandlingsplanFactory(
        kommune=kommune, status="avlost", fra_ar=2016, til_ar=2020
    )
    borte = TiltakFactory(plan=gammel, tittel="Gammelt")
    TilbudFactory(kommune=kommune, tittel="Åpen hall")

    def tilbys():
        rader = koordinator.get(i.skjema["funn"]).context["skjema"].rader["svar"]
        form = rader.forms[0] if rader.forms else rader.empty_form
        return [navn for _pk, navn in form.fields["tiltak"].choices][1:]

    assert sorted(tilbys()) == ["Natteravn (2024–2028)", "Åpen hall"]
    # What answers already may go on.
    Funnsvar.objects.create(funn=i.funn, tiltak=borte)
    assert "Gammelt (2016–2020)" in tilbys()


# Indicators ---------------------------------------------------------------------------


def test_an_indicator_and_where_it_is_to_go(i, koordinator):
    svar = send(
        koordinator,
        i.skjema["indikator"],
        beskrivelse="Hvor mange vi treffer ute.",
        teller="andel",
        retning="opp",
        utgangspunkt="1200,5",
        utgangsar="2023",
        maltall="2000",
        maltall_ar="2028",
    )

    i.indikator.refresh_from_db()
    assert (svar.status_code, svar["Location"]) == (
        302,
        i.indikator.get_absolute_url(),
    )
    assert (str(i.indikator.utgangspunkt), i.indikator.maltall_ar) == ("1200.50", 2028)


def test_a_new_indicator_needs_a_source_first(kommune, koordinator):
    assert (NY_KILDE, "Ny kilde") in Lest(koordinator.get(NY_INDIKATOR)).lenker
    kilde = KildeFactory(kommune=kommune)
    assert NY_KILDE not in koordinator.get(NY_INDIKATOR).text

    svar = send(
        koordinator,
        NY_INDIKATOR,
        navn="Treff",
        enhet="treff",
        teller="hendelser",
        kilde=kilde.pk,
        minst="0",
    )

    indikator = Indikator.objects.get()
    assert svar["Location"] == indikator.get_absolute_url()
    assert (indikator.kommune, indikator.publisert) == (kommune, False)


def test_the_rules_of_an_indicator_stand_beside_its_fields(i, koordinator):
    adresse = i.skjema["indikator"]

    assert feil(send(koordinator, adresse, maltall="100")) == {
        "maltall": "Oppgi både målet og året."
    }
    assert feil(send(koordinator, adresse, maltall="1.250", maltall_ar="2028")) == {
        "maltall": "«1.250» kan leses på to måter. Skriv 1250, uten punktum."
    }
    assert feil(send(koordinator, adresse, minst="5", hoyst="4")) == {
        "minst": "Det høyeste må være over det laveste."
    }
    assert set(
        feil(send(koordinator, adresse, utgangspunkt="-1", utgangsar="2020"))
    ) == {"utgangspunkt"}


# Removing -----------------------------------------------------------------------------


def test_what_nothing_hangs_on_is_removed(i, koordinator):
    Funnsvar.objects.create(funn=i.funn, tiltak=i.tiltak)
    rekke = ("funn", "anbefaling", "indikator", "kilde")

    for hva in rekke:
        adresse = f"{i.skjema[hva]}slett/"
        assert f'href="{adresse}"' in koordinator.get(i.skjema[hva]).text
        assert koordinator.get(adresse).status_code == 200
        svar = koordinator.post(adresse, follow=True)
        assert "er slettet. Det kan hentes tilbake i 30 dager." in Lest(svar).tekst

    assert [m.objects.count() for m in MODELLER] == [0] * len(MODELLER)


def test_what_something_hangs_on_stays_and_says_what(i, koordinator):
    MalingFactory(indikator=i.indikator)
    for hva, holder in (
        ("kilde", ("1 funn", "1 anbefaling", "1 indikator")),
        ("indikator", ("1 tall",)),
    ):
        adresse = f"{i.skjema[hva]}slett/"
        for svar, status in (
            (koordinator.get(adresse), 200),
            (koordinator.post(adresse), 409),
        ):
            assert svar.status_code == status
            assert all(ordene in Lest(svar).tekst for ordene in holder)

    assert (Kilde.objects.count(), Indikator.objects.count()) == (1, 1)


# Who may ------------------------------------------------------------------------------


def alle_adresser(i):
    egne = [*i.skjema.values()]
    return [*egne, *i.nye.values(), *(f"{adresse}slett/" for adresse in egne)]


def test_the_pages_lead_the_coordinator_there_and_nobody_else(
    i, koordinator, nabo, client, kommune
):
    for rad in (i.funn, i.indikator):
        rad.publisert = True
        rad.save()
    politirad = innlogget(TilgangFactory(kommune=kommune, rolle="politirad").bruker)
    fra_kunnskapen = {v for k, v in (i.skjema | {"ny": NY_KILDE}).items()}
    fra_kunnskapen |= {i.nye["funn"], i.nye["anbefaling"]}
    fra_kunnskapen -= {i.skjema["indikator"]}
    for side, adresser in (
        (KUNNSKAP, fra_kunnskapen),
        ("/lillestrom/indikatorer/", {NY_INDIKATOR}),
        (i.indikator.get_absolute_url(), {i.skjema["indikator"]}),
    ):
        assert adresser <= {a for a, _tekst in Lest(koordinator.get(side)).lenker}
        for andre in (nabo, politirad, client):
            assert "/endre/" not in andre.get(side).text


@pytest.mark.parametrize("rolle", ["ansatt", "politirad"])
def test_to_others_they_are_not_there(i, kommune, rolle):
    klient = innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)
    for_ = alt()

    for adresse in alle_adresser(i):
        assert klient.get(adresse).status_code == 404
        assert (
            klient.post(adresse, {"navn": "Mitt", "tekst": "Mitt"}).status_code == 404
        )

    assert alt() == for_


def test_a_row_is_changed_by_the_address_of_its_own_kommune_alone(i, nabo, koordinator):
    sendt = {hva: innsending(koordinator.get(a)) for hva, a in i.skjema.items()}
    for_ = alt()

    for hva, adresse in i.skjema.items():
        deres = adresse.replace("lillestrom", "lorenskog")
        for sted in (adresse, deres, f"{deres}slett/"):
            assert nabo.get(sted).status_code == 404
            assert nabo.post(sted, sendt[hva]).status_code == 404
    for hva in ("funn", "anbefaling"):
        deres = i.nye[hva].replace("lillestrom", "lorenskog")
        assert nabo.get(deres).status_code == 404
        assert nabo.post(deres, {"tekst": "Mitt"}).status_code == 404

    assert alt() == for_


def test_other_methods_are_refused(i, koordinator):
    adresser = alle_adresser(i)

    svar = [
        (koordinator.put(a).status_code, koordinator.delete(a).status_code)
        for a in adresser
    ]
    assert svar == [(405, 405)] * len(adresser)


def test_nothing_of_another_kommune_is_offered_or_accepted(i, koordinator, nabokommune):
    fremmed = lag_kunnskap(nabokommune, "FREMMED ")
    for adresse in alle_adresser(i):
        assert "FREMMED" not in koordinator.get(adresse).text

    nektes = {
        "funn": {
            "sted": fremmed.sted,
            "lokalomrade": fremmed.lokalomrade,
            "indikator": fremmed.indikator,
            "tema": fremmed.tema,
            "svar-0-tiltak": fremmed.tiltak,
        },
        "anbefaling": {
            "innsatsomrade": fremmed.omrade,
            "svar-0-tiltak": fremmed.tiltak,
            "grunnlag-0-funn": fremmed.funn,
        },
        "indikator": {"kilde": fremmed.kilde},
    }
    svar = {
        hva: [
            feil(send(koordinator, i.skjema[hva], **{felt: rad.pk}))
            for felt, rad in felter.items()
        ]
        for hva, felter in nektes.items()
    }
    assert svar == {
        hva: [{felt: UGYLDIG} for felt in felter] for hva, felter in nektes.items()
    }


# What is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hva", "felter"),
    [
        ("kilde", {"utgiver": ""}),
        ("kilde", {"begrunnelse": ""}),
        ("kilde", funnrad(0, tekst="")),
        ("funn", {"tekst": ""}),
        ("funn", {"ikke_fulgt_opp": ""}),
        ("anbefaling", {"annen_oppfolging": ""}),
        ("indikator", {"beskrivelse": ""}),
    ],
)
def test_identity_numbers_are_refused(i, koordinator, hva, felter):
    [felt] = [felt for felt, verdi in felter.items() if verdi == ""]
    for_ = alt()

    felter = felter | {felt: f"Gjelder {PERSONNUMMER}"}
    svar = send(koordinator, i.skjema[hva], **felter)

    assert set(feil(svar)) == {felt}
    assert alt() == for_


@pytest.mark.parametrize("verdi", TULL)
def test_any_value_in_all_fields_is_no_server_error(i, koordinator, verdi):
    Funnsvar.objects.create(funn=i.funn, tiltak=i.tiltak)
    Grunnlag.objects.create(anbefaling=i.anbefaling, funn=i.funn)
    sidene = [*i.skjema.values(), *i.nye.values()]
    for_ = alt()

    svar = [
        koordinator.post(side, tull_i_alt(koordinator.get(side), verdi)).status_code
        for side in sidene
    ]

    assert svar == [422] * len(sidene)
    assert alt() == for_


def test_rules_are_said_beside_the_fields(i, koordinator, kommune):
    KildeFactory(kommune=kommune, navn="HKH 2024")
    FunnFactory(kilde=i.kilde, nummer=900)

    assert feil(send(koordinator, i.skjema["kilde"], navn="HKH 2024")) == {
        "navn": "Navnet er allerede i bruk i kommunen."
    }
    assert set(feil(send(koordinator, i.skjema["kilde"], arstall="25"))) == {"arstall"}
    assert feil(send(koordinator, i.skjema["funn"], nummer="900")) == {
        "nummer": "Kilden har allerede et funn med nummeret."
    }
    to_ganger = {"svar-0-tiltak": i.tiltak.pk, "svar-1-tiltak": i.tiltak.pk}
    assert send(koordinator, i.skjema["funn"], **to_ganger).status_code == 422
    assert i.funn.svar.count() == 0


@pytest.mark.parametrize(
    ("hva", "felt"), [("kilde", "utgiver"), ("funn", "tekst"), ("indikator", "enhet")]
)
def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    i, koordinator, hva, felt
):
    rad, adresse = getattr(i, hva), i.skjema[hva]
    sendt = innsending(koordinator.get(adresse), **{felt: "Mitt"})
    setattr(rad, felt, "Deres")
    rad.save()

    svar = koordinator.post(adresse, sendt)

    assert svar.status_code == 422
    assert "Mitt" in svar.text
    assert f'href="/admin/evaluering/{hva}/{rad.pk}/history/"' in svar.text
    rad.refresh_from_db()
    assert getattr(rad, felt) == "Deres"


def test_a_finding_that_came_meanwhile_takes_no_number_from_a_new_one(i, koordinator):
    sendt = innsending(
        koordinator.get(i.skjema["kilde"]), **funnrad(1, tekst="Mitt funn")
    )
    FunnFactory(kilde=i.kilde, nummer=i.funn.nummer + 1, tekst="Deres funn")

    assert koordinator.post(i.skjema["kilde"], sendt).status_code == 302

    assert [f.tekst for f in i.kilde.funn.all()] == [
        "Flere ruser seg",
        "Deres funn",
        "Mitt funn",
    ]


def test_a_form_that_is_sent_twice_puts_in_one(i, koordinator):
    rader = innsending(koordinator.get(i.skjema["kilde"]), **funnrad(1, tekst="Nytt"))
    ny = innsending(koordinator.get(i.nye["funn"]), tekst="Et til", tyngde="stor")

    for _gang in range(2):
        koordinator.post(i.skjema["kilde"], rader)
        koordinator.post(i.nye["funn"], ny)

    assert Funn.objects.filter(tekst="Nytt").count() == 1
    assert Funn.objects.filter(tekst="Et til").count() <= 1


def test_the_number_of_queries_does_not_grow(i, koordinator, kommune):
    def fyll(antall):
        for _nr in range(antall):
            funn = FunnFactory(kilde=i.kilde, sted=StedFactory(kommune=kommune))
            tiltak = TiltakFactory(plan=i.plan)
            Funnsvar.objects.create(funn=i.funn, tiltak=tiltak)
            Anbefalingssvar.objects.create(anbefaling=i.anbefaling, tiltak=tiltak)
            Grunnlag.objects.create(anbefaling=i.anbefaling, funn=funn)
            AnbefalingFactory(kilde=i.kilde)
            IndikatorFactory(kommune=kommune, kilde=i.kilde)
            KildeFactory(kommune=kommune)

    sidene = [KUNNSKAP, *i.skjema.values(), *i.nye.values()]
    fyll(2)
    for side in sidene:
        koordinator.get(side)
    antall = {side: sporringer(koordinator, side) for side in sidene}

    fyll(6)

    assert {side: sporringer(koordinator, side) for side in sidene} == antall
