"""Figures that a tjeneste gives each year, where it answers a round."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from evaluering.models import Indikator, Kilde, Maling
from slt.grunn.tid import i_ar
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    EndringsforslagFactory,
    IndikatorFactory,
    KontaktpunktFactory,
    MalingFactory,
    TallimportFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.tiltak.test_endringsforslag import behandle
from tests.tiltak.test_runder import med_lenke, side, stemmer
from tiltak.models import Endringsforslag, Foresporsel
from tiltak.runder.forslag import godta

FJORARET = i_ar() - 1
PERSONNUMMER = "01010050053"


@pytest.fixture(autouse=True)
def _tom():
    cache.clear()


@pytest.fixture
def tjeneste(kommune):
    tjeneste = TjenesteFactory(
        kommune=kommune, navn="Utekontakten", svaransvarlig="ute@kommunen.no"
    )
    KontaktpunktFactory(tjeneste=tjeneste)
    return tjeneste


def indikator_av(tjeneste, **felter):
    felter = {"navn": "Treff ute", "publisert": True} | felter
    return IndikatorFactory(kommune=tjeneste.kommune, oppgis_av=tjeneste, **felter)


@pytest.fixture
def indikator(tjeneste):
    return indikator_av(tjeneste)


@pytest.fixture
def klient(tjeneste):
    return med_lenke(tjeneste)[0]


def adresse(tjeneste, indikator):
    return reverse(
        "evaluering:svar_tall", args=[tjeneste.kommune.slug, tjeneste.pk, indikator.pk]
    )


def oppgi(klient, indikator, **endret):
    hvor = adresse(indikator.oppgis_av, indikator)
    skjema = klient.get(hvor)
    assert skjema.status_code == 200
    return klient.post(hvor, innsending(skjema) | endret)


def foreslatt(indikator, verdi="1234.00", arstall=FJORARET, **felter):
    innhold = {"indikator": indikator.slug, "arstall": arstall, "verdi": verdi}
    return EndringsforslagFactory(
        tjeneste=indikator.oppgis_av,
        slag="tall",
        kontaktpunkt=None,
        innhold=innhold,
        **felter,
    )


# What is asked ------------------------------------------------------------------------


def test_the_page_asks_until_the_figure_is_given(indikator, klient, tjeneste):
    mangler = f"Vi mangler tallet for {FJORARET}."
    MalingFactory(indikator=indikator, arstall=FJORARET - 1, verdi=1070)

    spor = Lest(klient.get(side(tjeneste))).tekst
    oppgi(klient, indikator, verdi="1 234")
    venter = Lest(klient.get(side(tjeneste))).tekst
    MalingFactory(
        indikator=indikator, arstall=FJORARET, verdi=1234, kilde__arstall=i_ar()
    )
    Endringsforslag.objects.get().delete()
    gitt = Lest(klient.get(side(tjeneste))).tekst

    assert "Treff ute" in spor
    assert f"{FJORARET - 1}: 1 070" in spor.replace("\xa0", " ")
    assert mangler in spor
    assert mangler not in venter
    assert "venter på SLT-koordinatoren" in venter
    assert "1 234" not in venter.replace("\xa0", " ")
    assert mangler not in gitt
    assert f"{FJORARET}: 1 234" in gitt.replace("\xa0", " ")


def test_a_figure_of_a_part_is_not_the_one_that_is_asked_for(
    indikator, klient, tjeneste
):
    MalingFactory(
        indikator=indikator, arstall=FJORARET, gruppe="jenter på ungdomsskolen"
    )
    MalingFactory(indikator=indikator, arstall=FJORARET, omfang="landet")

    tekst = Lest(klient.get(side(tjeneste))).tekst

    assert f"Vi mangler tallet for {FJORARET}." in tekst


def test_few_persons_are_hidden_and_what_is_not_published_shows_no_figure(
    klient, tjeneste
):
    faa = indikator_av(tjeneste, navn="Samtaler", teller="personer")
    uten = indikator_av(tjeneste, navn="Henvisninger", publisert=False)
    MalingFactory(indikator=faa, arstall=FJORARET, verdi=3)
    MalingFactory(indikator=uten, arstall=FJORARET, verdi=4711)

    tekst = Lest(klient.get(side(tjeneste))).tekst

    assert f"{FJORARET}: skjult" in tekst
    assert f"Tallet for {FJORARET} er oppgitt." in tekst
    assert "711" not in tekst


def test_the_coordinator_sees_the_figure_before_it_is_published(koordinator, tjeneste):
    MalingFactory(
        indikator=indikator_av(tjeneste, publisert=False), arstall=FJORARET, verdi=711
    )

    assert f"{FJORARET}: 711" in Lest(koordinator.get(side(tjeneste))).tekst


def test_a_figure_that_came_meanwhile_is_not_confirmed_unseen(klient, tjeneste):
    indikator = indikator_av(tjeneste, publisert=False)
    sett = klient.get(side(tjeneste)).context["sett"]
    MalingFactory(indikator=indikator, arstall=FJORARET)

    svar = klient.post(side(tjeneste, "svar_stemmer"), {"sett": sett})

    assert (svar.status_code, Foresporsel.objects.get().svar) == (409, "")


def test_what_holds_holds_whether_or_not_the_figure_is_given(
    indikator, klient, tjeneste
):
    stemmer(klient, tjeneste)
    assert Foresporsel.objects.get().svar == "stemmer"


def test_a_figure_is_no_answer_to_the_rest(indikator, klient, tjeneste):
    oppgi(klient, indikator, verdi="12")

    assert Foresporsel.objects.get().svar == ""
    assert "Alt stemmer" in Lest(klient.get(side(tjeneste))).tekst
    stemmer(klient, tjeneste)
    assert Foresporsel.objects.get().svar == "stemmer"


def test_one_and_three_indicators_take_as_many_queries(klient, tjeneste):
    def sporringer():
        with CaptureQueriesContext(connection) as fanget:
            klient.get(side(tjeneste))
        return len(fanget)

    def en_til(nr):
        ny = indikator_av(tjeneste, navn=f"Indikator nr. {nr}")
        MalingFactory(indikator=ny, arstall=FJORARET)
        foreslatt(ny)

    en_til(1)
    sporringer()
    med_en = sporringer()
    en_til(2)
    en_til(3)

    assert sporringer() == med_en


def test_one_and_three_proposals_take_as_many_queries(koordinator, tjeneste):
    listen = reverse("tiltak:forslag", args=["lillestrom"])

    def sporringer():
        with CaptureQueriesContext(connection) as fanget:
            koordinator.get(listen)
        return len(fanget)

    def en_til(nr):
        ny = indikator_av(tjeneste, navn=f"Indikator nr. {nr}")
        MalingFactory(indikator=ny, arstall=FJORARET)
        foreslatt(ny)

    en_til(1)
    sporringer()
    med_en = sporringer()
    en_til(2)
    en_til(3)

    assert sporringer() == med_en


# Who may ------------------------------------------------------------------------------


def test_who_keeps_the_tjeneste_has_the_same_page(indikator, tjeneste):
    bruker = TjenesteredaktorFactory(tjeneste=tjeneste).bruker

    svar = oppgi(innlogget(bruker), indikator, verdi="12")

    assert svar.url == side(tjeneste)
    [forslag] = Endringsforslag.objects.all()
    assert (forslag.hvordan, forslag.innhold["verdi"]) == ("konto", "12.00")


def test_others_find_nothing_there(indikator, tjeneste, nabokommune, client):
    annen = TjenesteFactory(kommune=tjeneste.kommune)
    i_naboen = TjenesteFactory(kommune=nabokommune)
    ansatt = TilgangFactory(kommune=tjeneste.kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    utenfra = [client, innlogget(ansatt), med_lenke(annen)[0], med_lenke(i_naboen)[0]]

    for hvem in utenfra:
        assert hvem.get(adresse(tjeneste, indikator)).status_code == 404
        svar = hvem.post(adresse(tjeneste, indikator), {"arstall": 2020, "verdi": "1"})
        assert svar.status_code == 404
    assert Endringsforslag.objects.count() == 0


def test_nobody_gives_the_figure_of_another_tjeneste(klient, tjeneste, nabokommune):
    andres = indikator_av(TjenesteFactory(kommune=tjeneste.kommune))
    ingens = IndikatorFactory(kommune=tjeneste.kommune)
    naboens = indikator_av(TjenesteFactory(kommune=nabokommune))

    for indikatoren in (andres, ingens, naboens):
        sendt = {"arstall": FJORARET, "verdi": "1"}
        svar = klient.post(adresse(tjeneste, indikatoren), sendt)
        assert svar.status_code == 404
    assert Endringsforslag.objects.count() == 0
    assert "Tall dere oppgir" not in Lest(klient.get(side(tjeneste))).tekst


def test_it_is_asked_or_sent_and_nothing_else(indikator, klient, tjeneste):
    assert klient.put(adresse(tjeneste, indikator)).status_code == 405


def test_a_tjeneste_of_another_kommune_is_not_asked(indikator, nabokommune):
    indikator.oppgis_av = TjenesteFactory(kommune=nabokommune)

    with pytest.raises(ValidationError) as feil:
        indikator.full_clean()

    assert list(feil.value.message_dict) == ["oppgis_av"]


def test_the_coordinator_says_who_gives_it(koordinator, tjeneste, nabokommune):
    indikator = IndikatorFactory(kommune=tjeneste.kommune)
    nedlagt = TjenesteFactory(kommune=tjeneste.kommune, nedlagt="2020-01-01")
    hvor = reverse("evaluering:indikator_endre", args=["lillestrom", indikator.pk])

    skjema = koordinator.get(hvor)
    valgene = skjema.context["skjema"].hoved.fields["oppgis_av"].queryset
    koordinator.post(hvor, innsending(skjema, oppgis_av=tjeneste.pk))

    assert (tjeneste in valgene, nedlagt in valgene) == (True, False)
    assert Indikator.objects.get(pk=indikator.pk).oppgis_av == tjeneste


# What is written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skrevet", "lest"),
    [("1 234,5", "1234.50"), ("0", "0.00"), ("7,25", "7.25"), ("12 %", "12.00")],
)
def test_a_figure_is_read_as_people_write_it(skrevet, lest, klient, tjeneste):
    andel = indikator_av(tjeneste, teller="andel", enhet="prosent")

    svar = oppgi(klient, andel, verdi=skrevet)

    assert svar.status_code == 302
    assert Endringsforslag.objects.get().innhold == {
        "indikator": andel.slug,
        "arstall": FJORARET,
        "verdi": lest,
    }


@pytest.mark.parametrize(
    ("sendt", "felt", "ventet"),
    [
        ({"verdi": "mange"}, "verdi", "Skriv et tall"),
        ({"verdi": "1.234"}, "verdi", "kan leses på to måter"),
        ({"verdi": "12,5"}, "verdi", "helt tall"),
        ({"verdi": "12 %"}, "verdi", "prosent"),
        ({"verdi": "-1"}, "verdi", "ikke være under 0"),
        ({"verdi": "9" * 14}, "verdi", "for stort"),
        ({"verdi": ""}, "verdi", "kryss av"),
        ({"verdi": "5", "har_ikke": "on", "merknad": "x"}, "verdi", "kryss av"),
        ({"har_ikke": "on"}, "merknad", "Skriv kort hvorfor"),
        ({"har_ikke": "on", "merknad": PERSONNUMMER}, "merknad", "fødselsnummer"),
        ({"verdi": "5", "arstall": str(i_ar())}, "arstall", "ikke over"),
        ({"verdi": "5", "arstall": "1066"}, "arstall", "1900"),
        ({"verdi": "5", "arstall": ""}, "arstall", "påkrevet"),
        ({"verdi": "5", "arstall": "9" * 40}, "arstall", "ikke over"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(sendt, felt, ventet, indikator, klient):
    svar = oppgi(klient, indikator, **sendt)

    assert svar.status_code == 422
    feil = svar.context["skjema"].errors
    assert list(feil) == [felt]
    assert ventet in feil[felt][0]
    assert svar.context["skjema"]["verdi"].value() == sendt.get("verdi")
    assert Endringsforslag.objects.count() == 0


def test_the_same_figure_is_proposed_once(indikator, klient):
    for _gang in range(2):
        oppgi(klient, indikator, verdi="12")

    assert Endringsforslag.objects.count() == 1


# What becomes of it -------------------------------------------------------------------


def listen(koordinator):
    svar = koordinator.get(reverse("tiltak:forslag", args=["lillestrom"]))
    return Lest(svar).tekst.replace("\xa0", " ")


def test_the_button_on_the_list_takes_it_in(indikator, klient, koordinator):
    oppgi(klient, indikator, verdi="1 234")
    adresse = reverse("tiltak:forslag", args=["lillestrom"])
    [forslag] = koordinator.get(adresse).context["forslagene"]

    koordinator.post(f"{adresse}{forslag.pk}/godta/", {"sett": forslag.merket})

    assert Maling.objects.get().verdi == 1234


def test_it_is_taken_in_with_a_source_of_its_own(
    indikator, klient, koordinator, client
):
    oppgi(klient, indikator, verdi="1 234", merknad="Uten juli.")
    for_ = Maling.objects.count()
    sett = listen(koordinator)
    [forslag] = Endringsforslag.objects.all()
    behandle(koordinator, "godta", forslag)

    assert for_ == 0
    for ord_ in (f"Treff ute, {FJORARET}", "1 234", "Uten juli."):
        assert ord_ in sett
    [maling] = Maling.objects.all()
    assert (maling.arstall, maling.verdi, maling.hva) == (FJORARET, 1234, "")
    assert (maling.kilde.utgiver, maling.kilde.arstall) == ("Utekontakten", FJORARET)
    assert maling.kilde.publisert is False
    forslag.refresh_from_db()
    assert forslag.tilstand == "godtatt"
    apen = Lest(client.get(indikator.get_absolute_url())).tekst.replace("\xa0", " ")
    assert "1 234" in apen


def test_few_persons_stay_hidden_from_all_that_read(
    klient, koordinator, client, tjeneste
):
    samtaler = indikator_av(tjeneste, teller="personer", enhet="personer")
    oppgi(klient, samtaler, verdi="3")

    behandle(koordinator, "godta", Endringsforslag.objects.get())

    assert Maling.objects.get().verdi == 3
    fil = reverse("evaluering:indikator_csv", args=["lillestrom", samtaler.slug])
    assert "skjult" in client.get(fil).content.decode()
    for hvor in (samtaler.get_absolute_url(), side(tjeneste)):
        assert "skjult" in Lest(klient.get(hvor)).tekst


def test_what_stands_there_is_replaced(indikator, klient, koordinator):
    importert = TallimportFactory(kommune=indikator.kommune)
    sto = MalingFactory(
        indikator=indikator,
        arstall=FJORARET,
        verdi=900,
        verdi_til=1000,
        tallimport=importert,
    )
    MalingFactory(indikator=indikator, arstall=FJORARET, gruppe="jenter ute", verdi=5)
    oppgi(klient, indikator, verdi="1234")
    sett = listen(koordinator)

    behandle(koordinator, "godta", Endringsforslag.objects.get())

    assert "900–1 000" in sett
    sto.refresh_from_db()
    assert (sto.verdi, sto.verdi_til, sto.tallimport) == (1234, None, None)
    assert sto.kilde.utgiver == "Utekontakten"
    assert Maling.objects.count() == 2


def test_that_there_is_none_is_taken_in_as_missing(indikator, klient, koordinator):
    oppgi(klient, indikator, har_ikke="on", merknad="Vi telte ikke.")
    sett = listen(koordinator)

    behandle(koordinator, "godta", Endringsforslag.objects.get())

    assert "Vi telte ikke." in sett
    [maling] = Maling.objects.all()
    assert (maling.verdi, maling.merke) == (None, "mangler")


def test_the_source_is_called_the_same_whoever_takes_it_in(indikator):
    with override("nn"):
        godta(foreslatt(indikator))

    kilde = indikator.malinger.get().kilde
    assert kilde.navn == f"Tall fra Utekontakten {FJORARET}"


def test_figures_of_one_year_have_one_source(tjeneste, koordinator):
    for navn in ("Treff", "Samtaler"):
        behandle(koordinator, "godta", foreslatt(indikator_av(tjeneste, navn=navn)))

    egne = Kilde.objects.filter(utgiver="Utekontakten")
    assert [k.malinger.count() for k in egne] == [2]


def test_it_is_taken_in_in_other_words(indikator, koordinator):
    forslag = foreslatt(indikator)
    hvor = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])

    skjema = koordinator.get(hvor)
    assert innsending(skjema)["verdi"] == 1234
    feil = koordinator.post(hvor, innsending(skjema, verdi="12,5"))
    svar = koordinator.post(hvor, innsending(skjema, verdi="1 240", merke="forelopig"))

    assert feil.status_code == 422
    assert svar.status_code == 302
    [maling] = Maling.objects.all()
    assert (maling.verdi, maling.merke) == (1240, "forelopig")
    assert maling.kilde.utgiver == "Utekontakten"
    forslag.refresh_from_db()
    assert forslag.tilstand == "godtatt"


def test_what_stands_there_is_written_over_by_the_coordinator(indikator, koordinator):
    sto = MalingFactory(indikator=indikator, arstall=FJORARET, verdi=900)
    forslag = foreslatt(indikator, verdi=None)
    hvor = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])

    skjema = koordinator.get(hvor)
    koordinator.post(hvor, innsending(skjema))

    sto.refresh_from_db()
    assert (sto.verdi, sto.merke) == (None, "mangler")


def test_what_is_set_aside_changes_nothing_and_is_said(
    indikator, klient, koordinator, tjeneste
):
    oppgi(klient, indikator, verdi="12")

    behandle(
        koordinator, "avvis", Endringsforslag.objects.get(), svar="Ta med juli også."
    )

    assert Maling.objects.count() == 0
    tekst = Lest(klient.get(side(tjeneste))).tekst
    assert f"Treff ute, {FJORARET}" in tekst
    assert "Ta med juli også." in tekst
    assert f"Vi mangler tallet for {FJORARET}." in tekst


def test_what_changed_meanwhile_is_marked(indikator, klient, koordinator):
    oppgi(klient, indikator, verdi="12")
    MalingFactory(indikator=indikator, arstall=FJORARET, verdi=11)

    assert "Endret siden forslaget kom" in listen(koordinator)


@pytest.mark.parametrize("borte", ["slettet", "oppgis av andre"])
def test_of_what_is_asked_no_longer_nothing_is_taken_in(borte, indikator, koordinator):
    forslag = foreslatt(indikator)
    if borte == "slettet":
        indikator.delete()
    else:
        indikator.oppgis_av = TjenesteFactory(kommune=indikator.kommune)
        indikator.save()

    sett = listen(koordinator)
    svar = behandle(koordinator, "godta", forslag)
    sagt = Lest(koordinator.get(svar.url)).tekst
    endre = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])

    assert "oppgir den ikke lenger" in sett
    assert endre not in sett
    assert koordinator.get(endre).status_code == 404
    assert "kunne ikke utføres" in sagt
    forslag.refresh_from_db()
    assert (forslag.tilstand, Maling.objects.count()) == ("venter", 0)
    behandle(koordinator, "avvis", forslag)
    forslag.refresh_from_db()
    assert forslag.tilstand == "avvist"


def test_what_cannot_stand_any_more_is_said(indikator, koordinator):
    forslag = foreslatt(indikator)
    indikator.hoyst = 100
    indikator.save()

    svar = behandle(koordinator, "godta", forslag)

    assert "ikke være over 100" in Lest(koordinator.get(svar.url)).tekst
    assert (Maling.objects.count(), Kilde.objects.filter(type="annet").count()) == (
        0,
        0,
    )


@pytest.mark.parametrize(
    "innhold",
    [
        {},
        {"indikator": "x", "arstall": "i fjor", "verdi": "5"},
        {"indikator": "x", "arstall": 10**30, "verdi": "5"},
        {"indikator": ["x"], "arstall": 2024, "verdi": "5"},
        {"indikator": "x", "arstall": 2024, "verdi": "mange"},
        {"indikator": "x", "arstall": 2024, "verdi": "NaN"},
    ],
)
def test_what_is_no_figure_stops_no_page(
    innhold, indikator, klient, tjeneste, koordinator
):
    EndringsforslagFactory(
        tjeneste=tjeneste, slag="tall", kontaktpunkt=None, innhold=innhold
    )
    listen = reverse("tiltak:forslag", args=[tjeneste.kommune.slug])

    assert "Forslaget kan ikke leses" in Lest(koordinator.get(listen)).tekst
    assert klient.get(side(tjeneste)).status_code == 200
