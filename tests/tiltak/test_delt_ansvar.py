"""A tiltak may name a tjeneste that another kommune keeps and shares; once it is shared no
longer, what names it stays, without a way in."""

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from slt.models import Kommune
from slt.sok.lager import LAGER
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TemaFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
    gi_status,
)
from tests.innsending import innsending
from tests.skjemasvar import UGYLDIG, feil, send
from tests.slt.test_kommando import kjor
from tests.tiltak.regneark.ark import Fil, innhold
from tests.tiltak.regneark.ark import legg_inn as legg_inn_ark
from tiltak.dokument import Utgave, _Innhold
from tiltak.innlesing.treff import Oppslag
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Kontaktpunkt,
    TiltakTema,
    Tjeneste,
)

NAVN = "Krisesenteret på Romerike"
SLUG = "krisesenteret-pa-romerike"
NUMMER = "63 80 80 80"


@pytest.fixture
def deling(kommune, nabokommune):
    """Lørenskog keeps the crisis centre, and Lillestrøm has accepted it."""
    cache.clear()
    LAGER.glem()
    tjeneste = TjenesteFactory(kommune=nabokommune, navn=NAVN)
    KontaktpunktFactory(tjeneste=tjeneste, verdi=NUMMER, hoved=True)
    KontaktpunktFactory(
        tjeneste=tjeneste, etikett="Hemmelig", synlighet="koordinator", hoved=True
    )
    return TjenestekommuneFactory(tjeneste=tjeneste, kommune=kommune)


@pytest.fixture
def sted(kommune):
    """The place of a tiltak in the plan of Lillestrøm."""
    plan = HandlingsplanFactory(kommune=kommune)
    return PlasseringFactory(
        tiltak__plan=plan, tiltak__tittel="Trygt hjem", innsatsomrade__plan=plan
    )


@pytest.fixture
def ansvar(deling, sted):
    return AnsvarFactory(tiltak=sted.tiltak, tjeneste=deling.tjeneste)


def endreside(tiltak):
    return reverse("tiltak:tiltak_endre", args=[tiltak.kommune.slug, tiltak.pk])


def trekk(deling, hvordan):
    """The sharing ends."""
    if hvordan == "stoppet":
        deling.godtatt = None
        deling.save()
    if hvordan in {"stoppet", "trukket"}:
        deling.delete()
    else:
        deling.tjeneste.nedlagt = timezone.localdate()
        deling.tjeneste.save()


# Chosen --------------------------------------------------------------------------------


def test_it_is_chosen_in_the_form_with_its_public_points(deling, sted, koordinator):
    side = endreside(sted.tiltak)
    apen = deling.tjeneste.kontaktpunkter.get(synlighet="offentlig")

    rader = koordinator.get(side).context["skjema"].rader["ansvar"]
    assert f"{NAVN} (Lørenskog)" in str(rader.empty_form)
    svar = send(koordinator, side, **{"ansvar-0-tjeneste": deling.tjeneste.pk})
    assert svar.status_code == 302
    assert Ansvar.objects.get().tjeneste == deling.tjeneste
    igjen = koordinator.get(side)
    assert "Hemmelig" not in igjen.text
    valgt = {"ansvar-0-valgte_kontaktpunkter": [apen.pk]}
    assert koordinator.post(side, innsending(igjen, **valgt)).status_code == 302
    assert AnsvarKontaktpunkt.objects.get().kontaktpunkt == apen


def test_its_numbers_are_not_added_to_here(deling, sted, koordinator):
    nytt = {"ansvar-0-tjeneste": deling.tjeneste.pk, "ansvar-0-telefon": "40 00 00 01"}

    svar = send(koordinator, endreside(sted.tiltak), **nytt)

    sagt = "Lørenskog kommune driver tjenesten og legger inn numrene dens."
    assert feil(svar) == {"ansvar-0-telefon": sagt}
    assert Kontaktpunkt.objects.count() == 2


@pytest.mark.parametrize("hva", ["ikke godtatt", "ikke delt"])
def test_what_is_not_accepted_is_refused_beside_the_field(
    hva, deling, sted, koordinator
):
    if hva == "ikke godtatt":
        deling.godtatt = None
        deling.save()
    else:
        deling.delete()

    svar = send(
        koordinator, endreside(sted.tiltak), **{"ansvar-0-tjeneste": deling.tjeneste_id}
    )

    assert feil(svar) == {"ansvar-0-tjeneste": UGYLDIG}
    assert not Ansvar.objects.exists()
    with pytest.raises(ValidationError) as nektet:
        Ansvar(tiltak=sted.tiltak, tjeneste=deling.tjeneste).full_clean()
    assert nektet.value.message_dict == {
        "tjeneste": ["Valget hører til en annen kommune."]
    }


def test_only_who_answers_may_be_anothers(deling, sted):
    egen = TjenesteFactory(kommune=sted.tiltak.kommune)
    egen.overordnet = deling.tjeneste

    with pytest.raises(ValidationError, match="annen kommune"):
        egen.full_clean()


def test_a_hidden_point_of_it_is_not_chosen(ansvar):
    skjult = ansvar.tjeneste.kontaktpunkter.get(synlighet="koordinator")

    with pytest.raises(ValidationError, match="annen kommune"):
        AnsvarKontaktpunkt(ansvar=ansvar, kontaktpunkt=skjult).full_clean()


def test_of_another_kommunes_the_points_for_all_are_offered(ansvar, sted):
    eget = AnsvarFactory(tiltak=sted.tiltak)
    KontaktpunktFactory(tjeneste=eget.tjeneste, synlighet="koordinator")

    assert [p.verdi for p in ansvar.valgbare_kontaktpunkter] == [NUMMER]
    assert eget.valgbare_kontaktpunkter == list(eget.tjeneste.kontaktpunkter.all())


def test_it_is_chosen_in_the_admin(deling, sted, koordinator):
    side = reverse("admin:tiltak_tiltak_change", args=[sted.tiltak.pk])
    sporsmal = {
        "app_label": "tiltak",
        "model_name": "ansvar",
        "field_name": "tjeneste",
        "term": "krisesenter",
    }
    funnet = koordinator.get(reverse("admin:autocomplete"), sporsmal).json()["results"]
    rad = {"ansvar-0-tjeneste": str(deling.tjeneste.pk), "ansvar-0-rekkefolge": "1"}

    svar = koordinator.post(side, innsending(koordinator.get(side), **rad))

    assert [f["id"] for f in funnet] == [str(deling.tjeneste.pk)]
    assert svar.status_code == 302
    assert Ansvar.objects.get().tjeneste == deling.tjeneste
    igjen = koordinator.get(side).text
    assert NAVN in igjen
    assert "Hemmelig" not in igjen


def test_one_not_accepted_is_refused_in_the_admin(deling, sted, koordinator):
    deling.godtatt = None
    deling.save()
    side = reverse("admin:tiltak_tiltak_change", args=[sted.tiltak.pk])
    rad = {"ansvar-0-tjeneste": str(deling.tjeneste.pk), "ansvar-0-rekkefolge": "1"}

    svar = koordinator.post(side, innsending(koordinator.get(side), **rad))

    assert svar.status_code == 200
    assert NAVN not in svar.text
    assert not Ansvar.objects.exists()


def test_the_spreadsheet_names_it(ansvar, sted):
    """One of its own has the same name."""
    egen = TjenesteFactory(kommune=sted.tiltak.kommune, navn=NAVN)
    fil = Fil(sted.plan)
    nokkel = f"T{sted.tiltak.pk}"

    assert fil.celle(nokkel, "ansvarlig").value == f"{NAVN} (Lørenskog)"
    assert NUMMER in fil.celle(nokkel, "kontakt").value
    fil.sett(nokkel, ansvarlig=NAVN, samarbeidspart=f"{NAVN} (Lørenskog)")
    legg_inn_ark(sted.plan, fil)

    roller = dict(Ansvar.objects.values_list("tjeneste", "rolle"))
    assert roller == {egen.pk: "ansvarlig", ansvar.tjeneste_id: "samarbeidspart"}


def test_the_spreadsheet_shows_no_hidden_point_even_to_who_coordinates_both(
    ansvar, sted
):
    [tjeneste] = innhold(sted.plan).tjenester.values()

    assert list(tjeneste.etiketter) == [NUMMER]


def test_a_document_finds_it(deling, kommune, koordinator):
    oppslag = Oppslag(kommune)
    assert oppslag.ved_navn(NAVN) == deling.tjeneste
    assert {p.verdi for p in oppslag.punkter} == {NUMMER}

    egen = TjenesteFactory(kommune=kommune, navn=NAVN)

    assert Oppslag(kommune).ved_navn(NAVN) == egen


# Shown ----------------------------------------------------------------------------------


def sidene(sted):
    kommune, plan = sted.tiltak.kommune.slug, sted.plan.get_absolute_url()
    return {
        "tiltaket": sted.tiltak.get_absolute_url(),
        "listen": f"{plan}tiltak/?tjeneste={SLUG}",
        "filteret": f"{plan}tiltak/",
        "tjenesten": f"/{kommune}/tjenester/{SLUG}/",
        "søk": reverse("sok", args=[kommune]) + "?q=krisesenteret",
    }


def test_it_stands_with_its_public_points_and_its_address_here(ansvar, sted, client):
    kommune = sted.tiltak.kommune
    sett = {navn: client.get(side).text for navn, side in sidene(sted).items()}

    her = f"/{kommune.slug}/tjenester/{SLUG}/"
    assert f'href="{her}"' in sett["tiltaket"]
    assert NUMMER in sett["tiltaket"]
    assert "Trygt hjem" in sett["listen"]
    assert f'value="{SLUG}"' in sett["filteret"]
    assert "Trygt hjem" in sett["tjenesten"]
    assert "Trygt hjem" in sett["søk"]
    assert not any("Hemmelig" in tekst for tekst in sett.values())


def test_the_documents_have_it(ansvar, sted):
    hele = _Innhold(Utgave(sted.plan)).kontekst()
    delen = Utgave(sted.plan, tjeneste=SLUG)

    [tjeneste] = hele["med_kontakt"]
    [tiltaket] = _Innhold(Utgave(sted.plan)).tiltak
    assert [t.pk for t in tjeneste.roller] == [sted.tiltak.pk]
    assert [p.verdi for p in tiltaket.ansvaret[0].kontaktpunkter] == [NUMMER]
    assert delen.finnes
    assert _Innhold(delen).tjeneste == ansvar.tjeneste
    assert not Utgave(sted.plan, tjeneste="en-annen").finnes


def test_who_can_help_finds_it_by_the_tiltak(ansvar, sted, client):
    tema = TemaFactory(
        kommune=sted.tiltak.kommune, navn="Vold", i_hverdagen="Vold hjemme"
    )
    TiltakTema.objects.create(tiltak=sted.tiltak, tema=tema)

    svar = client.post(
        reverse("tiltak:hvem_svar", args=[sted.tiltak.kommune.slug]),
        {"hvem": "unge", "tema": tema.slug},
    )

    assert NUMMER in svar.text
    assert f"/{sted.tiltak.kommune.slug}/tjenester/{SLUG}/" in svar.text


def test_who_keeps_it_sees_nothing_of_the_tiltak(ansvar, sted, client, nabo):
    eier = ansvar.tjeneste.kommune
    HandlingsplanFactory(kommune=eier)

    for klient in (client, nabo):
        for side in (
            f"/{eier.slug}/tjenester/{SLUG}/",
            reverse("sok", args=[eier.slug]) + "?q=trygt",
            reverse("tiltak:tjeneste_list", args=[eier.slug]),
        ):
            assert "Trygt hjem" not in klient.get(side).text
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=ansvar.tjeneste).bruker)
    for klient in (nabo, redaktor):
        flaten = klient.get(reverse("arbeidsflate", args=[eier.slug]))
        assert NAVN in flaten.text
        assert "Trygt hjem" not in flaten.text


def fjern_punktet(klient, tjeneste):
    """Removes its first contact point where it is kept."""
    side = reverse("tiltak:tjeneste_endre", args=[tjeneste.kommune.slug, tjeneste.pk])
    return send(klient, side, **{"kontaktpunkter-0-DELETE": "on"})


@pytest.mark.parametrize("status", ["gjeldende", "avlost"])
def test_a_number_that_another_kommune_chose_is_removed_where_it_is_kept(
    status, ansvar, sted, client, koordinator, nabo
):
    vanlig = KontaktpunktFactory(tjeneste=ansvar.tjeneste, verdi="64 11 22 33")
    [punkt] = ansvar.tjeneste.kontaktpunkter.filter(verdi__endswith=NUMMER[-5:])
    ansvar.velg_kontaktpunkter([punkt])
    gi_status(sted.plan, status)
    side = sted.tiltak.get_absolute_url()
    assert vanlig.visning not in client.get(side).text  # kept now

    assert fjern_punktet(nabo, ansvar.tjeneste).status_code == 302

    assert not AnsvarKontaktpunkt.objects.exists()
    siden = client.get(side).text
    assert NUMMER not in siden
    assert vanlig.visning in siden
    slug = sted.tiltak.kommune.slug
    sagt = f"Lørenskog har fjernet et kontaktpunkt hos {NAVN}, som dere hadde valgt"
    assert sagt in koordinator.get(reverse("arbeidsflate", args=[slug])).text
    delte = koordinator.get(reverse("tiltak:delte_tjenester", args=[slug])).text
    assert f"Lørenskog fjernet {NUMMER} hos {NAVN}" in delte
    assert ("Trygt hjem" in delte) == (status == "gjeldende")


def test_a_number_that_was_hidden_before_it_went_is_not_named(
    ansvar, sted, koordinator, nabo
):
    [punkt] = ansvar.tjeneste.kontaktpunkter.filter(synlighet="offentlig")
    ansvar.velg_kontaktpunkter([punkt])
    punkt.synlighet, punkt.verdi = "koordinator", "64 99 99 99"
    punkt.save()

    assert fjern_punktet(nabo, ansvar.tjeneste).status_code == 302

    side = reverse("tiltak:delte_tjenester", args=[sted.tiltak.kommune.slug])
    assert "Lørenskog fjernet et kontaktpunkt hos" in koordinator.get(side).text
    assert "64 99 99 99" not in koordinator.get(side).text


def test_a_number_that_own_tiltak_chose_is_held_back(ansvar, nabo):
    tjeneste = ansvar.tjeneste
    plan = HandlingsplanFactory(kommune=tjeneste.kommune)
    eget = AnsvarFactory(
        tiltak=TiltakFactory(plan=plan, tittel="Naboens eget"), tjeneste=tjeneste
    )
    [punkt] = tjeneste.kontaktpunkter.filter(synlighet="offentlig")
    for valgt_av in (ansvar, eget):
        valgt_av.velg_kontaktpunkter([punkt])

    svar = fjern_punktet(nabo, tjeneste)

    assert svar.status_code == 422
    assert "er i bruk og kan ikke fjernes: " in svar.text
    assert "Trygt hjem" not in svar.text
    assert AnsvarKontaktpunkt.objects.count() == 2


def test_what_is_over_it_is_not_shown(ansvar, sted, client):
    over = TjenesteFactory(kommune=ansvar.tjeneste.kommune, navn="Naboens over")
    KontaktpunktFactory(tjeneste=over, verdi="64 00 00 00", hoved=True)
    ansvar.tjeneste.kontaktpunkter.filter(synlighet="offentlig").get().delete()
    ansvar.tjeneste.overordnet = over
    ansvar.tjeneste.save()

    siden = client.get(sted.tiltak.get_absolute_url()).text

    assert NAVN in siden
    assert "Naboens over" not in siden
    assert "64 00 00 00" not in siden


def test_queries_do_not_grow_with_those_of_others(ansvar, sted, client):
    def sporringer():
        cache.clear()
        with CaptureQueriesContext(connection) as sett:
            assert client.get(sted.tiltak.get_absolute_url()).status_code == 200
        return len(sett)

    sporringer()  # what is asked once, and kept
    en = sporringer()
    for nr in range(2):
        tjeneste = TjenesteFactory(kommune=ansvar.tjeneste.kommune, navn=f"Nr. {nr}")
        KontaktpunktFactory(tjeneste=tjeneste, hoved=True)
        TjenestekommuneFactory(tjeneste=tjeneste, kommune=sted.tiltak.kommune)
        AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)

    assert sporringer() == en


# Ended ----------------------------------------------------------------------------------


@pytest.mark.parametrize("hvordan", ["stoppet", "trukket", "nedlagt"])
def test_ended_it_is_named_without_a_way_in(hvordan, ansvar, sted, deling, client):
    side = sted.tiltak.get_absolute_url()
    client.get(side)  # kept now

    trekk(deling, hvordan)

    siden = client.get(side)
    assert siden.status_code == 200
    assert NAVN in siden.text
    assert NUMMER not in siden.text
    assert f"/tjenester/{SLUG}/" not in siden.text
    assert Ansvar.objects.get() == ansvar
    assert client.get(sidene(sted)["filteret"]).status_code == 200
    assert client.get(sidene(sted)["søk"]).status_code == 200
    [tiltaket] = _Innhold(Utgave(sted.plan)).tiltak
    assert [str(a.tjeneste) for a in tiltaket.ansvar_uten_kontakt] == [NAVN]
    assert Fil(sted.plan).celle(f"T{sted.tiltak.pk}", "ansvarlig").value == NAVN
    assert kjor("helse").endswith("Ingen rader viser til en annen kommune.\n")


def test_a_new_name_is_right_here_though_it_is_shared_no_longer(
    ansvar, sted, deling, client
):
    trekk(deling, "trukket")
    side = sted.tiltak.get_absolute_url()
    client.get(side)  # kept now

    ansvar.tjeneste.navn = "Krisesenteret i Lillestrøm"
    ansvar.tjeneste.save()

    assert "Krisesenteret i Lillestrøm" in client.get(side).text


@pytest.mark.parametrize("hvordan", ["stoppet", "trukket"])
def test_the_coordinator_is_told(hvordan, ansvar, sted, deling, koordinator):
    trekk(deling, hvordan)
    sted_i = [sted.tiltak.kommune.slug, sted.plan.slug]

    mangler = koordinator.get(reverse("tiltak:mangler", args=sted_i)).text
    flaten = koordinator.get(reverse("arbeidsflate", args=sted_i[:1])).text
    skjemaet = koordinator.get(endreside(sted.tiltak)).text

    assert "Tjenesten deles ikke lenger" in mangler
    assert f"{NAVN}, som Lørenskog holder" in mangler
    # Once: where the one that keeps it ended it, with a button that takes it off.
    sagt = {
        "stoppet": "nevner en tjeneste som ikke deles lenger",
        "trukket": f"Lørenskog deler ikke lenger {NAVN} med dere",
    }
    assert [navn for navn, ord_ in sagt.items() if ord_ in flaten] == [hvordan]
    assert NAVN in skjemaet
    assert NUMMER not in skjemaet


@pytest.mark.parametrize("hvordan", ["trukket", "nedlagt"])
def test_the_page_of_the_tiltak_says_so_to_who_writes_it(
    hvordan, ansvar, sted, deling, koordinator, client
):
    trekk(deling, hvordan)
    side = sted.tiltak.get_absolute_url()
    sagt = {
        "trukket": "Lørenskog deler ikke lenger tjenesten med dere.",
        "nedlagt": "Lørenskog har lagt ned tjenesten.",
    }[hvordan]

    assert sagt in koordinator.get(side).text
    assert sagt not in client.get(side).text


def test_what_names_it_already_is_saved_and_may_be_taken_off(
    ansvar, sted, deling, koordinator
):
    trekk(deling, "trukket")
    side = endreside(sted.tiltak)

    svar = send(koordinator, side, **{"ansvar-0-merknad": "til nyttår"})
    assert svar.status_code == 302
    ansvar.refresh_from_db()
    assert ansvar.merknad == "til nyttår"

    andre = TiltakFactory(plan=sted.plan)
    nektet = send(
        koordinator, endreside(andre), **{"ansvar-0-tjeneste": ansvar.tjeneste_id}
    )
    assert feil(nektet) == {"ansvar-0-tjeneste": UGYLDIG}

    assert send(koordinator, side, **{"ansvar-0-DELETE": "on"}).status_code == 302
    assert not Ansvar.objects.exists()


@pytest.mark.parametrize("hvordan", ["trukket", "skjult"])
@pytest.mark.parametrize("dor", ["skjema", "administrasjonen", "regneark"])
def test_what_was_chosen_of_it_is_kept_when_something_else_is_saved(
    hvordan, dor, ansvar, sted, deling, koordinator
):
    [punkt] = ansvar.tjeneste.kontaktpunkter.filter(synlighet="offentlig")
    ansvar.velg_kontaktpunkter([punkt])
    if hvordan == "trukket":
        trekk(deling, hvordan)
    else:
        punkt.synlighet = "tjenester"
        punkt.save()

    if dor == "skjema":
        sagt = "Kontaktpunkter som er valgt her, deles ikke med dere nå."
        assert sagt in koordinator.get(endreside(sted.tiltak)).text
        svar = send(
            koordinator, endreside(sted.tiltak), **{"ansvar-0-merknad": "til nyttår"}
        )
        assert svar.status_code == 302
    elif dor == "administrasjonen":
        side = reverse("admin:tiltak_tiltak_change", args=[sted.tiltak.pk])
        rad = {"ansvar-0-merknad": "til nyttår"}
        svar = koordinator.post(side, innsending(koordinator.get(side), **rad))
        assert svar.status_code == 302
    else:
        fil = Fil(sted.plan)
        fil.sett(f"T{sted.tiltak.pk}", ansvarlig=f"{NAVN} | til nyttår")
        legg_inn_ark(sted.plan, fil)

    ansvar.refresh_from_db()
    assert ansvar.merknad == "til nyttår"
    assert [valg.kontaktpunkt for valg in ansvar.kontaktvalg.all()] == [punkt]


def test_with_another_tjeneste_what_was_chosen_goes(ansvar, sted, deling, koordinator):
    [punkt] = ansvar.tjeneste.kontaktpunkter.filter(synlighet="offentlig")
    ansvar.velg_kontaktpunkter([punkt])
    trekk(deling, "trukket")
    egen = TjenesteFactory(kommune=sted.tiltak.kommune)

    svar = send(
        koordinator, endreside(sted.tiltak), **{"ansvar-0-tjeneste": str(egen.pk)}
    )

    assert svar.status_code == 302
    assert not AnsvarKontaktpunkt.objects.exists()


def test_the_spreadsheet_does_not_name_it_anew(ansvar, sted, deling):
    trekk(deling, "trukket")
    fil = Fil(sted.plan)
    fil.ny(tittel="Nytt tiltak", omrade=sted.innsatsomrade.navn, ansvarlig=NAVN)

    with pytest.raises(ValidationError, match="annen kommune"):
        legg_inn_ark(sted.plan, fil)


@pytest.mark.parametrize("avtalt", [True, False])
def test_who_keeps_it_is_not_deleted_while_a_tiltak_of_another_names_it(
    avtalt, ansvar, deling
):
    if not avtalt:
        trekk(deling, "trukket")
    sagt = StringIO()

    with pytest.raises(CommandError, match="Avslutt det som er sammen"):
        call_command("slett_kommune", "3222", stdout=sagt)

    hva = f"ansvar: tiltak Trygt hjem, tjeneste {NAVN}, i Lillestrøm"
    assert hva in sagt.getvalue()
    assert Kommune.objects.filter(nummer="3222").exists()


def test_who_names_it_is_deleted_once_it_is_shared_no_longer(ansvar, deling):
    trekk(deling, "trukket")

    kjor("slett_kommune", "3205", slett=True, bekreft="Lillestrøm")

    assert not Kommune.objects.filter(nummer="3205").exists()
    assert Tjeneste.objects.get() == ansvar.tjeneste
