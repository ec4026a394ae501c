"""What is otherwise in a plan than when it was treated: net, told apart, and nothing that
its readers do not see."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.grunn.historikk import Art, Dor, begrunnet, spor, uten_vern
from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    RegistreringFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.slt.test_admin import side, skjema
from tiltak.endret import SES_IKKE
from tiltak.endringer import planens_deler
from tiltak.models import (
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Kontaktpunkt,
    Malgruppe,
    Overgang,
    Tiltak,
    Tjeneste,
)
from tiltak.siden import Siden

ADRESSE = "/lillestrom/2024-2028/endringer/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    """A plan that holds, as it was frozen."""
    with spor(Dor.SKJEMA):
        plan = HandlingsplanFactory(kommune=kommune)
        ungdom = InnsatsomradeFactory(plan=plan, navn="Ungdom", kortnavn="Ungdom")
        tiltak = PlasseringFactory(
            innsatsomrade=ungdom, nummer=1, tiltak__tittel="Ungdomslos"
        ).tiltak
        out = TjenesteFactory(kommune=kommune, navn="Utekontakten")
        KontaktpunktFactory(tjeneste=out, verdi="22 22 22 22", hoved=True)
        AnsvarFactory(tiltak=tiltak, tjeneste=out)
        KapittelFactory(plan=plan, tittel="Bakgrunn")
        RegistreringFactory(plan=plan)
    return plan


@pytest.fixture
def losen(plan):
    return plan.tiltak.get()


@pytest.fixture(autouse=True)
def _ved_skjemaet():
    with spor(Dor.SKJEMA):
        yield


def endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


def punktene(plan):
    """[(heading, what, how, [fields], whether it was only corrected)]."""
    return [
        (g.tittel, p.hva, p.handling, [f.navn for f in p.felter], p.er_rettelse)
        for g in Siden(plan).grupper
        for p in g.punkter
    ]


def test_nothing_is_otherwise_at_first(plan):
    assert punktene(plan) == []
    assert str(Siden(plan)) == ""


def test_the_page_says_that_nothing_is_otherwise(plan, client):
    tekst = Lest(client.get(ADRESSE)).tekst

    assert "Ingenting er endret siden" in tekst
    assert "annerledes" not in tekst


def test_what_was_changed_added_and_taken_out(plan, losen):
    endre(losen, tittel="Losen")
    losen.ansvar.get().delete()
    KapittelFactory(plan=plan, tittel="Nytt")

    assert punktene(plan) == [
        ("Losen", "Ansvar: Utekontakten", "Tatt ut", [], False),
        ("Losen", "Tiltak", "Endret", ["Tittel"], False),
        ("Planen ellers", "Kapittel: Nytt", "Lagt til", [], False),
    ]
    assert str(Siden(plan)) == "3 endringer"


def test_a_guest_that_is_not_published_is_not_told_of(plan):
    vold = HandlingsplanFactory(
        kommune=plan.kommune,
        rekke=PlanrekkeFactory(kommune=plan.kommune, navn="Vold", hoved=False),
    )
    hjemme = PlasseringFactory(
        innsatsomrade__plan=vold, tiltak__tittel="Hemmelig", tiltak__publisert=False
    )
    sted = PlasseringFactory(
        innsatsomrade=plan.innsatsomrader.get(), nummer=2, tiltak=hjemme.tiltak
    )
    Malgruppe.objects.create(tiltak=hjemme.tiltak, plassering=sted, tekst="Få")

    assert punktene(plan) == []


def test_what_became_of_the_tiltak_of_the_plan_before_is_no_change_in_this_one(plan):
    for_ = HandlingsplanFactory(
        kommune=plan.kommune,
        rekke=plan.rekke,
        fra_ar=2020,
        til_ar=2024,
        status="avlost",
    )
    with uten_vern():
        fra = TiltakFactory(plan=for_)
        Overgang.objects.create(ny_plan=plan, fra=fra, valg="avsluttes")

    assert punktene(plan) == []


def test_changes_are_found_by_kommune_and_day(plan, losen):
    endre(losen, tittel="Losen")

    with CaptureQueriesContext(connection) as sporringer:
        assert str(Siden(plan)) == "1 endring"

    # Only by both are they found without going through all history there is.
    siden = [s["sql"] for s in sporringer if '"history_date" >' in s["sql"]]
    assert siden
    assert [sql for sql in siden if '"history_kommune_id" =' not in sql] == []


def test_what_was_changed_back_is_not_otherwise(plan, losen):
    endre(losen, tittel="Losen")
    endre(losen, tittel="Ungdomslos")
    nytt = KapittelFactory(plan=plan, publisert=False)
    nytt.delete()

    assert punktene(plan) == []


def test_a_correction_is_told_apart_until_it_is_changed_too(plan, losen):
    with begrunnet("Skrivefeil", art=Art.RETTELSE):
        endre(losen, tittel="Ungdomslosen")
    assert punktene(plan) == [("Ungdomslosen", "Tiltak", "Endret", ["Tittel"], True)]
    assert str(Siden(plan)) == "1 rettelse"

    endre(losen, status=Tiltak.Status.AVSLUTTET)

    assert [p[-1] for p in punktene(plan)] == [False]


def test_whom_to_call_is_corrected(plan):
    endre(plan.kommune.tjenester.get().kontaktpunkter.get(), verdi="33 33 33 33")

    assert [p[-1] for p in punktene(plan)] == [True]


def test_nothing_is_said_that_readers_do_not_see(plan, losen, kommune):
    out = kommune.tjenester.get()
    nytt = TiltakFactory(plan=plan, publisert=False, tittel="Hemmelig tiltak")
    AnsvarFactory(tiltak=nytt, tjeneste=out)
    TiltakFactory(plan=plan, overordnet=losen, publisert=False, tittel="Hemmelig del")
    omrade = InnsatsomradeFactory(plan=plan, publisert=False, navn="Hemmelig område")
    PlasseringFactory(innsatsomrade=omrade, tiltak=losen, hoved=False)
    internt = KontaktpunktFactory(
        tjeneste=out, synlighet="tjenester", verdi="44 44 44 44"
    )
    endre(internt, verdi="55 55 55 55")
    endre(out, svaransvarlig="hemmelig@example.org", andre_navn="UK")
    BekreftelseFactory(kontaktpunkt=out.kontaktpunkter.first())
    TjenesteFactory(kommune=kommune, navn="Har ingenting med planen å gjøre")

    assert punktene(plan) == []


def test_what_was_for_a_few_is_not_told_once_it_is_open(plan, kommune, client):
    out = kommune.tjenester.get()
    punkt = KontaktpunktFactory(
        tjeneste=out, synlighet="tjenester", verdi="44 44 44 44"
    )
    registrert(plan)
    endre(punkt, verdi="55 55 55 55", synlighet="offentlig")

    assert [p[2] for p in punktene(plan)] == ["Lagt til"]
    assert "44 44 44 44" not in Lest(client.get(ADRESSE)).tekst


def test_a_contact_point_for_a_few_that_is_chosen_is_not_told_of(plan, losen, client):
    ansvar = losen.ansvar.get()
    internt = KontaktpunktFactory(
        tjeneste=ansvar.tjeneste, synlighet="tjenester", verdi="44 44 44 44"
    )
    valgt = AnsvarKontaktpunkt.objects.create(ansvar=ansvar, kontaktpunkt=internt)

    assert punktene(plan) == []

    registrert(plan)
    apent = ansvar.tjeneste.kontaktpunkter.get(synlighet="offentlig")
    endre(valgt, kontaktpunkt=apent)
    internt.delete()

    assert [p[2] for p in punktene(plan)] == ["Lagt til"]
    assert "444" not in Lest(client.get(ADRESSE)).tekst.replace(" ", "")


def test_a_contact_point_that_is_for_a_few_by_now_was_taken_out(plan, client):
    punkt = plan.kommune.tjenester.get().kontaktpunkter.get()
    endre(punkt, synlighet="tjenester", verdi="44 44 44 44")

    assert [p[2] for p in punktene(plan)] == ["Tatt ut"]
    assert "444" not in Lest(client.get(ADRESSE)).tekst.replace(" ", "")


@pytest.mark.parametrize("blir", ["apent", "borte"])
def test_what_was_not_published_then_is_never_told(plan, kommune, client, blir):
    omrade = InnsatsomradeFactory(plan=plan, publisert=False, navn="Hemmelig område")
    nytt = PlasseringFactory(
        innsatsomrade=omrade, tiltak__tittel="Hemmelig", tiltak__publisert=False
    ).tiltak
    malgruppe = Malgruppe.objects.create(tiltak=nytt, tekst="Hemmelig gruppe")
    ansvar = AnsvarFactory(
        tiltak=nytt,
        tjeneste=TjenesteFactory(kommune=kommune, navn="Hemmelig tjeneste"),
        merknad="Hemmelig merknad",
    )
    kapittel = KapittelFactory(plan=plan, tittel="Hemmelig kapittel", publisert=False)
    registrert(plan)

    if blir == "apent":
        endre(kapittel, tittel="Kunnskap", publisert=True)
        endre(omrade, navn="Hjem", publisert=True)
        endre(nytt, tittel="Nytt tiltak", publisert=True)
        endre(malgruppe, tekst="Unge")
        endre(ansvar, merknad="Åpen merknad")
    else:
        for rad in (malgruppe, ansvar, nytt.plasseringer.get(), nytt, omrade, kapittel):
            rad.delete()

    apnet = ["Lagt til"] * 2 + ["Publisert"] * 3 if blir == "apent" else []
    assert sorted(p[2] for p in punktene(plan)) == apnet
    tekst = Lest(client.get(ADRESSE)).tekst
    assert "Hemmelig" not in tekst.replace("Hemmelig tjeneste", "")
    assert ("Nytt tiltak" in tekst) == (blir == "apent")


def test_whom_to_call_for_what_is_not_published_is_not_told(plan, kommune):
    nytt = TiltakFactory(plan=plan, publisert=False)
    krise = TjenesteFactory(kommune=kommune, navn="Krisesenteret")
    AnsvarFactory(tiltak=nytt, tjeneste=krise)
    registrert(plan)

    endre(krise, navn="Krise- og incestsenteret")

    assert punktene(plan) == []


def registrert(plan):
    """Frozen anew, now."""
    rad = plan.registreringer.get()
    rad.tid = timezone.now()
    rad.save()


def test_what_was_done_with_the_registration_is_no_change_since(plan, losen):
    rad = plan.registreringer.get()
    with begrunnet("", samling=rad.samling):
        endre(plan, ingress="Skrevet i samme trykk")

    assert punktene(plan) == []


def test_without_a_registration_the_day_counts(plan, losen):
    gammel = HandlingsplanFactory(
        kommune=plan.kommune,
        fra_ar=2020,
        til_ar=2023,
        status=Handlingsplan.Status.AVLOST,
        vedtaksform="vedtatt",
        vedtatt_dato=timezone.localdate() - timedelta(days=1),
    )
    KapittelFactory(plan=gammel, tittel="Kom siden")

    assert [p[1] for p in punktene(gammel)] == ["Kapittel: Kom siden"]
    # What is loaded was there before.
    for dor in (Dor.IMPORT, Dor.KOMMANDO):
        with spor(dor):
            KapittelFactory(plan=gammel, tittel=f"Ved {dor}")
    assert [p[1] for p in punktene(gammel)] == ["Kapittel: Kom siden"]


def test_what_was_changed_on_the_day_itself_is_no_change_since(kommune):
    plan = HandlingsplanFactory(
        kommune=kommune, vedtaksform="vedtatt", vedtatt_dato=timezone.localdate()
    )
    KapittelFactory(plan=plan, tittel="Samme dag")

    assert punktene(plan) == []


def test_what_is_changed_of_a_part_stands_with_the_whole(plan, losen):
    del_ = TiltakFactory(plan=plan, overordnet=losen, tittel="Del")
    registrert(plan)
    endre(del_, tittel="Delen")

    assert [(p[0], p[3]) for p in punktene(plan)] == [("Ungdomslos", ["Tittel"])]


def test_the_parts_of_what_is_not_published_are_not_told_of(plan, kommune):
    hele = TiltakFactory(plan=plan, publisert=False)
    del_ = TiltakFactory(plan=plan, overordnet=hele, tittel="Hemmelig del")
    registrert(plan)
    AnsvarFactory(tiltak=del_, tjeneste=kommune.tjenester.get())

    assert punktene(plan) == []


def test_values_that_look_the_same_are_not_set_beside_each_other(plan, losen):
    endre(losen, tekst="<p>Hei</p>")
    registrert(plan)
    endre(losen, tekst="<p><strong>Hei</strong></p>")

    [felt] = [f for g in Siden(plan).grupper for p in g.punkter for f in p.felter]
    assert (felt.fra, felt.til) == ("", "")


def test_nothing_is_said_where_it_is_not_known(kommune, client):
    HandlingsplanFactory(kommune=kommune, fra_ar=2024, til_ar=2028)

    assert "ikke kjent når planen ble behandlet" in Lest(client.get(ADRESSE)).tekst


def test_the_page_lists_them_for_everybody(plan, losen, client, koordinator):
    endre(losen, tittel="<b>Losen</b>")

    for klient in (client, koordinator):
        siden = klient.get(ADRESSE)
        assert "1 endring" in Lest(siden).tekst
        assert "Tittel: fra Ungdomslos til <b>Losen</b>" in Lest(siden).tekst
        assert "<b>Losen" not in siden.content.decode()
    assert (ADRESSE, "1 endring") in Lest(client.get("/lillestrom/2024-2028/")).lenker


@pytest.mark.parametrize(
    ("hake", "rettelse"), [({}, False), ({"rettelse": "on"}, True)]
)
def test_the_form_of_a_tiltak_asks_which_it_is(
    hake, rettelse, plan, losen, koordinator
):
    adresse = f"/lillestrom/endre/tiltak/{losen.pk}/"
    data = innsending(koordinator.get(adresse)) | {"tittel": "Losen"} | hake

    assert koordinator.post(adresse, data).status_code == 302

    assert punktene(plan) == [("Losen", "Tiltak", "Endret", ["Tittel"], rettelse)]


@pytest.mark.parametrize(
    "endret", [{"status": "planlagt"}, {"ansvar-0-merknad": "den enkelte skole"}]
)
def test_what_the_plan_decides_is_no_correction(endret, plan, losen, koordinator):
    adresse = f"/lillestrom/endre/tiltak/{losen.pk}/"
    data = innsending(koordinator.get(adresse)) | endret | {"rettelse": "on"}

    svar = koordinator.post(adresse, data)

    assert svar.status_code == 422
    assert "er en endring, ikke en rettelse" in Lest(svar).tekst
    assert punktene(plan) == []
    del data["rettelse"]
    assert koordinator.post(adresse, data).status_code == 302
    assert [p[-1] for p in punktene(plan)] == [False]


def test_the_form_asks_nothing_in_a_draft(plan, losen, koordinator, kommune):
    utkast = HandlingsplanFactory(
        kommune=kommune, fra_ar=2029, til_ar=2032, status=Handlingsplan.Status.UTKAST
    )
    tiltak = PlasseringFactory(innsatsomrade__plan=utkast).tiltak

    for rad, spor_ in ((losen, True), (tiltak, False)):
        siden = koordinator.get(f"/lillestrom/endre/tiltak/{rad.pk}/")
        assert ("Bare en rettelse" in siden.content.decode()) is spor_


def test_the_admin_asks_which_it_is(plan, losen, koordinator):
    kapittel = plan.kapitler.get()
    adresse = side(type(kapittel), "change", kapittel.pk)
    data = skjema(koordinator.get(adresse)) | {"tittel": "Bakgrunnen"}

    assert koordinator.post(adresse, data | {"_rettelse": "on"}).status_code == 302

    assert [(p[1], p[-1]) for p in punktene(plan)] == [("Kapittel: Bakgrunnen", True)]


def test_what_the_plan_decides_is_no_correction_in_the_admin_either(
    plan, losen, koordinator
):
    adresse = side(Tiltak, "change", losen.pk)
    data = skjema(koordinator.get(adresse)) | {"status": "planlagt", "_rettelse": "on"}

    assert koordinator.post(adresse, data).status_code == 302
    with begrunnet("", art=Art.RETTELSE):
        losen.ansvar.get().delete()

    assert [(p[1], p[-1]) for p in punktene(plan)] == [
        ("Ansvar: Utekontakten", False),
        ("Tiltak", False),
    ]


def test_it_costs_the_same_for_one_and_three(plan, losen, kommune):
    omrade = plan.innsatsomrader.get()
    andre = [PlasseringFactory(innsatsomrade=omrade, nummer=n).tiltak for n in (2, 3)]
    registrert(plan)

    def sporringer(antall):
        with CaptureQueriesContext(connection) as fanget:
            assert len(punktene(Handlingsplan.objects.get())) == antall
        return [q["sql"][:90] for q in fanget]

    endre(losen, tittel="Losen")
    en = sporringer(1)
    for tiltak in andre:
        endre(tiltak, tittel=f"Endret {tiltak.pk}")

    assert sporringer(3) == en


def test_of_each_field_somebody_decided_whether_readers_see_it(db):
    """A new field is public here unless it is listed: look before adding it."""
    modeller = {Handlingsplan, Tjeneste, Kontaktpunkt, Apningstid, *planens_deler()}
    ses = {
        modell.__name__: sorted(
            felt.name
            for felt in modell.historikk.model.tracked_fields
            if felt.name not in SES_IKKE[None] | SES_IKKE.get(modell, set())
        )
        for modell in modeller - {Overgang}
    }

    # Whom to call: who may, and what holds for a while, are a part of it.
    assert ses["Tjeneste"] == [
        "andre_kan_kontakte",
        "ansatte_kan_kontakte",
        "foresatte_kan_kontakte",
        "kortnavn",
        "melding",
        "melding_fra",
        "melding_til",
        "navn",
        "nedlagt",
        "resultat",
        "stengt",
        "tekst",
        "type",
        "unge_kan_kontakte",
    ]
    assert ses["TiltakVeileder"] == ["tiltak", "veileder"]
    assert ses["Kontaktpunkt"] == [
        "akutt",
        "apningstid_tekst",
        "bare_ansatte",
        "etikett",
        "hoved",
        "instruks",
        "sted",
        "tjeneste",
        "type",
        "ved_ikke_svar",
        "verdi",
    ]
    assert ses["Handlingsplan"] == [
        "alder_fra",
        "alder_til",
        "bygger_pa_tekst",
        "fra_ar",
        "ingress",
        "malgruppe_tekst",
        "til_ar",
        "tittel",
        "utarbeidet_av",
    ]


def test_what_a_contact_point_was_is_told_to_coordinators_alone(
    plan, client, koordinator, nabo
):
    punkt = plan.kommune.tjenester.get().kontaktpunkter.get()
    endre(punkt, verdi="33 33 33 33")

    for klient in (client, nabo):
        tekst = Lest(klient.get(ADRESSE)).tekst
        assert "22 22 22 22" not in tekst
        assert "Kontaktpunkt: 33 33 33 33: endret" in tekst
    assert "fra 22 22 22 22 til 33 33 33 33" in Lest(koordinator.get(ADRESSE)).tekst

    punkt.delete()

    for klient in (client, nabo):
        assert "33 33 33 33" not in Lest(klient.get(ADRESSE)).tekst
