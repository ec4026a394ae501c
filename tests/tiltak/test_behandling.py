"""How a plan was treated is registered, with the very document as it was; and taken back
while nobody has built on it."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from slt.felles.ta_tilbake import steg_i, ta_tilbake
from slt.grunn import pdflager
from slt.grunn.historikk import Dor, Historisert, spor, uten_vern
from slt.models import Dokument, Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    DokumentFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    InnspillFactory,
    KapittelFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tiltak.behandling import (
    Vedtaksutgave,
    gjenapne,
    hindringer,
    kan_gjenapnes,
    registrer,
    trekk,
)
from tiltak.models import Handlingsplan, Malgruppe, Overgang, Plassering, Registrering
from tiltak.overgang import ny_periode, utfor, velg
from tiltak.planlop import avlos
from tiltak.rediger import avslutning

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
VEDTATT = {
    "vedtaksform": "vedtatt",
    "vedtatt_av": "kommunestyret",
    "vedtatt_dato": date(2028, 6, 14),
    "vedtatt_sak": "42/28",
}
PDF = b"%PDF-1.7 as it was shown"


@pytest.fixture
def gammel(kommune):
    """A plan that holds, of whose tiltak some stand in another one, too."""
    plan = HandlingsplanFactory(kommune=kommune, fra_ar=2024, til_ar=2028)
    vold = HandlingsplanFactory(
        kommune=kommune,
        rekke=PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False),
        tittel="Voldsplan",
    )
    ungdom = InnsatsomradeFactory(plan=plan, navn="Ungdom")
    hjem = InnsatsomradeFactory(plan=vold, navn="Hjem")
    politiet = TjenesteFactory(kommune=kommune, navn="Politiet")
    for nr in range(1, 5):
        tiltak = PlasseringFactory(innsatsomrade=ungdom, nummer=nr).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=politiet)
        Malgruppe.objects.create(tiltak=tiltak, tekst="Unge")
        if nr > 1:
            sted = PlasseringFactory(innsatsomrade=hjem, nummer=nr - 1, tiltak=tiltak)
            Malgruppe.objects.create(tiltak=tiltak, plassering=sted, tekst="Voksne")
    return plan


@pytest.fixture
def utkast(gammel):
    """The next plan: one of the shared tiltak goes on in it, one ends, one is forgotten."""
    plan = ny_periode(forrige=gammel, tittel="Ny plan", fra_ar=2028, til_ar=2032)
    for nr, valg in [(2, "viderefores"), (3, "avsluttes")]:
        sted = gammel.plasseringer.get(innsatsomrade__plan=gammel, nummer=nr)
        velg(plan=plan, fra=sted.tiltak, valg=valg)
    utfor(plan)
    return plan


def registrert(plan, innhold=PDF, **behandling):
    plan = Handlingsplan.objects.select_related("kommune", "rekke").get(pk=plan.pk)
    utgave = Vedtaksutgave(plan, behandling=tuple((behandling or VEDTATT).items()))
    return registrer(utgave, innhold)


def alt():
    """{model: rows} of all that is there, but for what a registration leaves for good."""
    return {
        modell: [
            {navn: verdi for navn, verdi in rad.items() if navn != "versjon"}
            for rad in modell._base_manager.order_by("pk").values()
        ]
        for modell in apps.get_models()
        if issubclass(modell, Historisert) and modell not in {Dokument, Registrering}
    }


def statuser(*planer):
    return [Handlingsplan.objects.get(pk=plan.pk).status for plan in planer]


@pytest.mark.postgres
def test_the_plan_holds_and_the_document_is_frozen(gammel, utkast):
    registrering = registrert(utkast)

    utkast.refresh_from_db()
    assert statuser(gammel, utkast) == [AVLOST, GJELDENDE]
    assert {felt: getattr(utkast, felt) for felt in VEDTATT} == VEDTATT
    dokument = Dokument.objects.get()
    assert registrering.dokument == dokument
    assert bytes(dokument.innhold) == PDF
    assert dokument.sha256 == sha256(PDF).hexdigest()
    assert dokument.filnavn == f"{utkast.filnavn}.pdf"
    assert "kommunestyret" in registrering.behandling


def test_what_is_not_known_is_not_invented(utkast):
    registrering = registrert(utkast, vedtaksform="")

    utkast.refresh_from_db()
    assert utkast.status == GJELDENDE
    assert [getattr(utkast, felt) for felt in VEDTATT] == ["", "", None, ""]
    assert registrering.behandling == ""


def test_a_second_registration_is_refused(utkast):
    registrert(utkast)

    with pytest.raises(ValidationError, match="registrert allerede"):
        registrert(utkast, b"%PDF another")

    assert Registrering.objects.count() == Dokument.objects.count() == 1


def test_the_document_is_drawn_as_if_it_were_adopted_and_nothing_is_so(gammel, utkast):
    fer = alt()
    plan = Handlingsplan.objects.select_related("kommune", "rekke").get(pk=utkast.pk)
    utgave = Vedtaksutgave(plan, behandling=tuple(VEDTATT.items()))

    html = utgave.oppdrag().html

    assert "Vedtatt av kommunestyret 14. juni 2028 (sak 42/28)" in html
    assert "UTKAST" not in html
    assert ">Frosset<" in html
    assert "siden planen ble behandlet" not in html
    assert "utkast" not in utgave.filnavn
    assert alt() == fer
    assert statuser(gammel, utkast) == [GJELDENDE, UTKAST]


def test_the_document_says_when_the_content_was_last_changed(utkast, settings):
    settings.SITE_URL = "https://slt.example.org"
    sist = datetime(2026, 3, 5, 12, tzinfo=UTC)
    for modell in apps.get_models():
        if hasattr(modell, "history_date"):
            modell._base_manager.update(history_date=sist)
    plan = Handlingsplan.objects.select_related("kommune", "rekke").get(pk=utkast.pk)

    html = Vedtaksutgave(plan, behandling=tuple(VEDTATT.items())).oppdrag().html

    assert "Innhold sist endret 5. mars 2026" in html
    i_dag = date_format(timezone.localdate(), "j. F Y")
    assert f"{i_dag}. Om en fil er nøyaktig dette dokumentet" in html
    assert "slt.example.org/lillestrom/dokumenter/kontroll" in html
    settings.SITE_URL = ""
    uten = Vedtaksutgave(plan, behandling=tuple(VEDTATT.items())).oppdrag().html
    assert "Om en fil" not in uten


@pytest.mark.postgres
def test_all_is_as_before_when_it_is_taken_back(gammel, utkast):
    fer = alt()
    registrering = registrert(utkast)
    assert alt() != fer

    trekk(registrering, "Feil plan")

    assert alt() == fer
    registrering.refresh_from_db()
    assert registrering.trukket is not None
    assert registrering.hvorfor_trukket == "Feil plan"
    assert Dokument.objects.get().sha256 == sha256(PDF).hexdigest()
    siste = Handlingsplan.historikk.filter(id=gammel.pk).first()
    assert (siste.status, siste.history_change_reason) == (GJELDENDE, "Feil plan")


def test_it_can_be_registered_again(utkast):
    forste = registrert(utkast)
    trekk(forste, "Feil dato")

    andre = registrert(utkast, vedtaksform="etterretning")

    assert [r.pk for r in Registrering.objects.som_star()] == [andre.pk]
    # The same bytes are kept once.
    assert Dokument.objects.count() == 1


def test_a_plan_that_holds_already_is_frozen_later(gammel):
    registrering = registrert(gammel)

    assert statuser(gammel) == [GJELDENDE]
    trekk(registrering, "Ikke behandlet likevel")
    gammel.refresh_from_db()
    assert (gammel.status, gammel.vedtaksform) == (GJELDENDE, "")


def test_what_was_corrected_in_the_plan_since_stays(utkast):
    registrering = registrert(utkast)
    utkast.refresh_from_db()
    utkast.ingress = "Rettet"
    utkast.save()

    trekk(registrering, "Feil")

    utkast.refresh_from_db()
    assert (utkast.status, utkast.ingress, utkast.vedtatt_sak) == (UTKAST, "Rettet", "")


def bygg_videre(utkast):
    ny_periode(forrige=utkast, tittel="Etter den", fra_ar=2032, til_ar=2036)


def for_videre_uten_a_bygge_pa(utkast):
    annen = UtkastFactory(
        kommune=utkast.kommune, rekke=utkast.rekke, fra_ar=2032, til_ar=2036
    )
    fra = utkast.tiltak.first()
    Overgang.objects.create(ny_plan=annen, fra=fra, valg="viderefores")


def sett_inn_i_annen(utkast):
    vold = Handlingsplan.objects.get(tittel="Voldsplan")
    sted = utkast.plasseringer.first()
    nytt = PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=9).tiltak
    PlasseringFactory(innsatsomrade=vold.innsatsomrader.get(), tiltak=nytt, nummer=9)


def endre_det_som_ble_flyttet(utkast):
    vold = Handlingsplan.objects.get(tittel="Voldsplan")
    sted = vold.plasseringer.get(nummer=1)
    sted.merknad = "Sagt siden"
    sted.save()


def si_mer_om_det_som_ble_til(utkast):
    vold = Handlingsplan.objects.get(tittel="Voldsplan")
    AnsvarFactory(
        tiltak=vold.tiltak.first(),
        tjeneste=TjenesteFactory(kommune=vold.kommune, navn="Skolen"),
    )


def si_mer_om_der_det_star(utkast):
    vold = Handlingsplan.objects.get(tittel="Voldsplan")
    sted = vold.plasseringer.get(nummer=1)
    Malgruppe.objects.create(tiltak=sted.tiltak, plassering=sted, tekst="Lærere")


def avlos_den(utkast):
    utkast.refresh_from_db()
    utkast.status = AVLOST
    utkast.save()


@pytest.mark.parametrize(
    ("bygd", "hva"),
    [
        (bygg_videre, "bygger på planen"),
        (for_videre_uten_a_bygge_pa, "ført videre i en annen"),
        (sett_inn_i_annen, "Voldsplan"),
        (endre_det_som_ble_flyttet, "endret igjen siden"),
        (si_mer_om_det_som_ble_til, "endret igjen siden"),
        (si_mer_om_der_det_star, "endret igjen siden"),
        (avlos_den, "avløst"),
    ],
)
def test_it_stands_when_somebody_has_built_on_it(bygd, hva, gammel, utkast):
    registrering = registrert(utkast)
    utkast.refresh_from_db()
    bygd(utkast)
    fer = alt()

    registrering = Registrering.objects.get()
    assert any(hva in ord_ for ord_ in hindringer(registrering))
    with pytest.raises(ValidationError, match=hva):
        trekk(registrering, "Feil")

    assert alt() == fer
    registrering.refresh_from_db()
    assert registrering.trukket is None


def test_a_draft_in_which_its_tiltak_stand_keeps_nobody_from_taking_it_back(utkast):
    registrering = registrert(utkast)
    annet = UtkastFactory(
        kommune=utkast.kommune,
        rekke=PlanrekkeFactory(kommune=utkast.kommune, navn="Skole", hoved=False),
    )
    PlasseringFactory(
        innsatsomrade=InnsatsomradeFactory(plan=annet), tiltak=utkast.tiltak.first()
    )

    trekk(registrering, "Feil")

    assert statuser(utkast) == [UTKAST]


def test_what_was_frozen_is_not_undone_by_any_other_way(gammel, utkast):
    registrering = registrert(utkast)
    fer = alt()
    steg = steg_i(registrering.samling, kommune=utkast.kommune, fra=registrering.tid)

    with pytest.raises(ValueError, match="stands"):
        ta_tilbake(steg)

    assert alt() == fer
    assert Registrering.objects.count() == Dokument.objects.count() == 1


def test_the_document_is_another_one_by_what_is_said_and_by_the_day(
    utkast, monkeypatch
):
    def innhold(**behandling):
        return Vedtaksutgave(utkast, behandling=tuple(behandling.items())).innhold

    uten, med = innhold(vedtatt_sak=""), innhold(vedtatt_sak="42/28")
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2028, 9, 1))

    assert len({uten, med, innhold(vedtatt_sak="")}) == 3


def test_it_is_taken_back_once(utkast):
    registrering = registrert(utkast)
    trekk(registrering, "Feil")

    with pytest.raises(ValidationError, match="allerede"):
        trekk(registrering, "Feil igjen")


@pytest.mark.postgres
def test_a_frozen_file_never_changes_and_never_goes(utkast):
    dokument = registrert(utkast).dokument
    dokument.tittel = "Et annet dokument"

    with pytest.raises(ValidationError):
        dokument.save()
    with pytest.raises(ProtectedError):
        Dokument.objects.get().delete()
    with pytest.raises(ValidationError):
        DokumentFactory().delete()
    with pytest.raises(ValidationError):
        Registrering.objects.get().delete()

    assert Dokument.objects.get(kommune=utkast.kommune).tittel == str(utkast)


@pytest.mark.postgres
def test_other_bytes_are_refused_whatever_else_is_as_it_was(utkast):
    dokument = registrert(utkast).dokument
    dokument.innhold = b"%PDF forged"

    with pytest.raises(ValidationError):
        dokument.save()

    assert bytes(Dokument.objects.get().innhold) == PDF


def test_a_draft_has_no_treatment(utkast):
    utkast.vedtaksform, utkast.vedtatt_av = "vedtatt", "kommunestyret"

    with pytest.raises(ValidationError, match="Registrer behandlingen"):
        utkast.full_clean()


def test_it_costs_the_same_to_ask_what_was_built_with_one_and_three_tiltak(
    gammel, utkast, django_assert_num_queries
):
    registrert(utkast)
    Kommune.objects.get()  # the connection is warm

    with CaptureQueriesContext(connection) as forst:
        hindringer(Registrering.objects.select_related("plan__kommune").get())
    for nr in range(5, 8):
        PlasseringFactory(innsatsomrade=utkast.innsatsomrader.get(), nummer=nr)

    with django_assert_num_queries(len(forst)):
        hindringer(Registrering.objects.select_related("plan__kommune").get())


# The pages --------------------------------------------------------------------------------

SKRIV = "/lillestrom/2028-2032/registrer-behandling/"
BEKREFT = f"{SKRIV}bekreft/"
SKREVET = {
    "vedtaksform": "vedtatt",
    "vedtatt_av": "kommunestyret",
    "vedtatt_dato": "2026-06-14",
    "vedtatt_sak": "42/26",
    "faller_ut": "on",
}


@pytest.fixture
def tegner(monkeypatch):
    """Draws at once, whatever is asked for; the real one is tried by the tests of PDF."""
    tegnet = {}

    def hent(navn, lag_oppdrag, **_):
        tegnet[navn] = b"%PDF-1.7 " + lag_oppdrag().html.encode()
        return tegnet[navn]

    monkeypatch.setattr(pdflager, "hent", hent)
    monkeypatch.setattr(pdflager, "lagret", tegnet.get)
    return tegnet


@pytest.fixture
def _i_ar(monkeypatch):
    """The year in which the plan begins."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2028, 9, 1))


def vist(koordinator, **endret):
    svar = koordinator.post(SKRIV, SKREVET | endret)
    assert (svar.status_code, svar.headers["Location"]) == (302, BEKREFT)
    svar = koordinator.get(BEKREFT)
    assert svar.status_code == 200
    return svar


@pytest.mark.usefixtures("tegner", "_i_ar")
def test_a_coordinator_sees_the_document_and_registers(
    gammel, utkast, koordinator, client
):
    svar = vist(koordinator)
    vises = koordinator.get(f"{SKRIV}plan.pdf")
    assert "Vedtatt av kommunestyret 14. juni 2026 (sak 42/26)" in Lest(svar).tekst
    assert svar.context["antall"] == 1  # not those of the plan before
    assert statuser(gammel, utkast) == [GJELDENDE, UTKAST]

    svar = koordinator.post(BEKREFT, {"dokumentet": svar.context["dokumentet"]})

    registrering = Registrering.objects.get()
    assert statuser(gammel, utkast) == [AVLOST, GJELDENDE]
    assert bytes(registrering.dokument.innhold) == vises.content
    adresse = f"/lillestrom/dokumenter/{registrering.dokument.sha256}"
    assert svar.headers["Location"] == f"{adresse}/"
    # Anybody may read it, and tell whether a file is it.
    assert client.get(f"{adresse}.pdf").content == vises.content
    siden = Lest(client.get(f"{adresse}/"))
    assert registrering.dokument.sha256 in siden.tekst
    assert "Trekk registreringen tilbake" not in siden.tekst
    assert (
        "Planen slik den ble behandlet"
        in Lest(client.get("/lillestrom/2028-2032/")).tekst
    )


@pytest.mark.usefixtures("tegner", "_i_ar")
def test_what_was_changed_meanwhile_is_seen_first(utkast, koordinator):
    dokumentet = vist(koordinator).context["dokumentet"]
    utkast.tiltak.first().save()
    tiltak = utkast.tiltak.first()
    tiltak.tittel = "Endret imens"
    tiltak.save()

    svar = koordinator.post(BEKREFT, {"dokumentet": dokumentet}, follow=True)

    assert "Ingenting er registrert" in Lest(svar).tekst
    assert statuser(utkast) == [UTKAST]
    assert not Registrering.objects.exists()
    # Once it was seen anew, it goes.
    koordinator.post(BEKREFT, {"dokumentet": svar.context["dokumentet"]})
    assert statuser(utkast) == [GJELDENDE]
    assert "Endret imens" in bytes(Dokument.objects.get().innhold).decode()


@pytest.mark.usefixtures("_i_ar")
def test_what_was_drawn_anew_is_seen_first(utkast, koordinator, tegner):
    dokumentet = vist(koordinator).context["dokumentet"]
    for navn in tegner:
        tegner[navn] += b" otherwise"

    koordinator.post(BEKREFT, {"dokumentet": dokumentet})

    assert statuser(utkast) == [UTKAST]
    assert not Dokument.objects.exists()


@pytest.mark.usefixtures("tegner")
def test_a_first_plan_is_adopted_ahead_of_its_period_and_says_so(
    kommune, koordinator, client, monkeypatch
):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 11, 20))
    plan = UtkastFactory(kommune=kommune, fra_ar=2028, til_ar=2032)
    assert "Planen gjelder fra 1. januar 2028." in Lest(koordinator.get(SKRIV)).tekst

    svar = vist(koordinator)
    assert "Planen gjelder fra 1. januar 2028." in Lest(svar).tekst
    vises = koordinator.get(f"{SKRIV}plan.pdf")
    assert "Gjelder fra 1. januar 2028." in vises.content.decode()
    koordinator.post(BEKREFT, {"dokumentet": svar.context["dokumentet"]})

    assert statuser(plan) == [GJELDENDE]
    side = plan.get_absolute_url()
    assert "Vedtatt, gjelder fra 1. januar 2028" in Lest(client.get(side)).tekst
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2028, 1, 1))
    assert "gjelder fra" not in Lest(client.get(side)).tekst


@pytest.mark.usefixtures("tegner")
def test_ahead_of_the_period_it_is_said_what_would_be_superseded(
    utkast, koordinator, monkeypatch
):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 11, 20))

    tekst = Lest(koordinator.get(SKRIV)).tekst

    assert "avløses" in tekst
    assert "allerede i dag, ikke 1. januar 2028" in tekst
    assert "Skal planen gjelde fra 1. januar 2028, venter du med å registrere" in tekst


@pytest.mark.postgres
@pytest.mark.usefixtures("tegner", "_i_ar")
def test_pressed_twice_it_is_registered_once(utkast, koordinator):
    dokumentet = vist(koordinator).context["dokumentet"]
    koordinator.post(BEKREFT, {"dokumentet": dokumentet})

    svar = koordinator.post(BEKREFT, {"dokumentet": dokumentet}, follow=True)

    assert "registrert allerede" in Lest(svar).tekst
    assert Registrering.objects.count() == 1


@pytest.mark.usefixtures("tegner")
@pytest.mark.parametrize(
    ("endret", "felt", "melding"),
    [
        ({"vedtaksform": ""}, "vedtaksform", "hvordan planen ble behandlet"),
        ({"vedtatt_dato": "2027-12-01"}, "vedtatt_dato", "ikke kommet"),
        ({"vedtatt_dato": "32. mai"}, "vedtatt_dato", "ikke en dato"),
        ({"vedtatt_av": "Per 13097248022"}, "vedtatt_av", "fødselsnummer"),
        ({"faller_ut": ""}, "faller_ut", "Kryss av"),
        ({"fra_i_dag": ""}, "fra_i_dag", "Kryss av"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    endret, felt, melding, utkast, koordinator, monkeypatch
):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 9, 1))

    svar = koordinator.post(SKRIV, SKREVET | {"fra_i_dag": "on"} | endret)

    assert svar.status_code == 422
    skjema = svar.context["skjema"]
    assert list(skjema.errors) == [felt]
    assert melding in str(skjema.errors[felt])
    assert skjema["vedtatt_sak"].value() == "42/26"
    assert koordinator.get(BEKREFT).headers["Location"] == SKRIV


def velg_uten_a_utfore(utkast):
    sted = utkast.bygger_pa.plasseringer.get(
        innsatsomrade__plan=utkast.bygger_pa, nummer=4
    )
    velg(plan=utkast, fra=sted.tiltak, valg="viderefores")


def sett_inn_fra_et_utkast(utkast):
    annet = UtkastFactory(
        kommune=utkast.kommune,
        rekke=PlanrekkeFactory(kommune=utkast.kommune, navn="Skole", hoved=False),
    )
    sted = PlasseringFactory(innsatsomrade=InnsatsomradeFactory(plan=annet))
    PlasseringFactory(
        innsatsomrade=utkast.innsatsomrader.get(), tiltak=sted.tiltak, nummer=9
    )


@pytest.mark.usefixtures("tegner", "_i_ar")
@pytest.mark.parametrize(
    ("gjor", "hvorfor"),
    [
        (velg_uten_a_utfore, "uten å være utført"),
        (sett_inn_fra_et_utkast, "som er et utkast"),
    ],
)
def test_why_a_plan_cannot_hold_yet_is_said(gjor, hvorfor, gammel, utkast, koordinator):
    gjor(utkast)
    koordinator.post(SKRIV, SKREVET)

    vises = koordinator.get(BEKREFT, follow=True)
    sendt = koordinator.post(BEKREFT, {"dokumentet": "x"})

    assert vises.redirect_chain == [(SKRIV, 302)]
    assert hvorfor in Lest(vises).tekst
    assert koordinator.get(f"{SKRIV}plan.pdf").status_code == 302
    assert sendt.status_code == 302
    assert statuser(gammel, utkast) == [GJELDENDE, UTKAST]
    assert not Dokument.objects.exists()


@pytest.mark.usefixtures("tegner", "_i_ar")
def test_what_is_asked_anew_is_answered_before_anything_is_registered(
    gammel, utkast, koordinator
):
    dokumentet = vist(koordinator).context["dokumentet"]
    KapittelFactory(plan=gammel, publisert=False)

    svar = koordinator.post(BEKREFT, {"dokumentet": dokumentet}, follow=True)

    assert svar.redirect_chain == [(SKRIV, 302)]
    assert list(svar.context["skjema"].errors) == ["upublisert"]
    assert statuser(gammel, utkast) == [GJELDENDE, UTKAST]


@pytest.mark.usefixtures("tegner", "_i_ar")
def test_it_is_taken_back_with_a_reason(gammel, utkast, koordinator, client):
    koordinator.post(BEKREFT, {"dokumentet": vist(koordinator).context["dokumentet"]})
    adresse = f"/lillestrom/dokumenter/{Dokument.objects.get().sha256}/"

    uten = koordinator.post(f"{SKRIV}trekk/", {"hvorfor": ""})
    svar = koordinator.post(f"{SKRIV}trekk/", {"hvorfor": "Saken ble utsatt"})

    assert uten.status_code == 422
    assert svar.status_code == 302
    assert statuser(gammel, utkast) == [GJELDENDE, UTKAST]
    assert "Saken ble utsatt" in Lest(koordinator.get(adresse)).tekst
    # It is of a draft now, and so are its documents.
    assert client.get(adresse).status_code == 404
    assert client.get(f"{adresse[:-1]}.pdf").status_code == 404
    assert client.get("/lillestrom/2028-2032/").status_code == 404


@pytest.mark.usefixtures("tegner", "_i_ar")
def test_it_is_not_taken_back_when_somebody_has_built_on_it(utkast, koordinator):
    koordinator.post(BEKREFT, {"dokumentet": vist(koordinator).context["dokumentet"]})
    utkast.refresh_from_db()
    bygg_videre(utkast)

    siden = koordinator.get(f"{SKRIV}trekk/")
    svar = koordinator.post(f"{SKRIV}trekk/", {"hvorfor": "Feil"})

    assert "Etter den 2032–2036» bygger på planen" in Lest(siden).tekst
    assert svar.status_code == 422
    assert statuser(utkast) == [GJELDENDE]


@pytest.mark.usefixtures("tegner", "_i_ar")
@pytest.mark.parametrize("adresse", [BEKREFT, f"{SKRIV}plan.pdf"])
def test_it_is_said_why_a_plan_cannot_hold(gammel, utkast, koordinator, adresse):
    koordinator.post(SKRIV, SKREVET)
    glemt = gammel.plasseringer.get(innsatsomrade__plan=gammel, nummer=4)
    velg(plan=utkast, fra=glemt.tiltak, valg="viderefores")
    koordinator.post(SKRIV, SKREVET)

    svar = koordinator.get(adresse, follow=True)

    assert svar.redirect_chain == [(SKRIV, 302)]
    assert "uten å være utført" in Lest(svar).tekst
    assert statuser(gammel, utkast) == [GJELDENDE, UTKAST]


@pytest.mark.usefixtures("_i_ar")
@pytest.mark.parametrize("adresse", [BEKREFT, f"{SKRIV}plan.pdf"])
def test_a_plan_that_goes_while_it_is_drawn(
    kommune, koordinator, tegner, monkeypatch, adresse
):
    plan = HandlingsplanFactory(
        kommune=kommune, status=UTKAST, fra_ar=2028, til_ar=2032
    )
    koordinator.post(SKRIV, SKREVET)
    tegn = pdflager.hent

    def imens(navn, lag_oppdrag, **mer):
        Handlingsplan.objects.get(pk=plan.pk).delete()
        return tegn(navn, lag_oppdrag, **mer)

    monkeypatch.setattr(pdflager, "hent", imens)

    assert koordinator.get(adresse).status_code == 404
    assert tegner == {}


@pytest.mark.usefixtures("tegner")
@pytest.mark.parametrize("hvem", ["client", "nabo", "politirad"])
def test_nobody_else_registers_or_takes_back(hvem, utkast, request, kommune):
    if hvem == "politirad":
        tilgang = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD)
        klient = innlogget(tilgang.bruker)
    else:
        klient = request.getfixturevalue(hvem)
    ventet = 302 if hvem == "client" else 404

    for adresse in (SKRIV, BEKREFT, f"{SKRIV}plan.pdf", f"{SKRIV}trekk/"):
        assert (adresse, klient.get(adresse).status_code) == (adresse, ventet)
    assert klient.post(SKRIV, SKREVET).status_code == ventet
    assert klient.post(BEKREFT, {"dokumentet": "x"}).status_code == ventet
    assert statuser(utkast) == [UTKAST]


def test_what_was_withdrawn_is_found_by_those_who_keep_the_plan(utkast, koordinator):
    registrering = registrert(utkast)
    dokumentet = f"/lillestrom/dokumenter/{registrering.dokument.sha256}/"
    trekk(registrering, "Feil")

    forsiden = Lest(koordinator.get("/lillestrom/2028-2032/"))
    listen = Lest(koordinator.get("/lillestrom/dokumenter/"))

    assert ("/lillestrom/dokumenter/", "Frosne dokumenter") in forsiden.lenker
    assert dokumentet in listen.adresser(dokumentet)
    assert (
        "/lillestrom/dokumenter/",
        "Alle frosne dokumenter",
    ) in Lest(koordinator.get(dokumentet)).lenker


def test_the_way_from_registering_to_what_has_no_answer(utkast, koordinator):
    InnspillFactory(plan=utkast)

    lenker = Lest(koordinator.get(SKRIV)).lenker

    adresse = "/lillestrom/2028-2032/innspill/?ubesvarte=on"
    assert (adresse, "1 innspill har ikke fått svar") in lenker


def test_a_file_is_told_from_another(utkast, client):
    registrering = registrert(utkast)
    adresse = "/lillestrom/dokumenter/kontroll/"

    def kontroller(innhold):
        fil = SimpleUploadedFile("plan.pdf", innhold, "application/pdf")
        svar = client.post(adresse, {"fil": fil})
        assert svar.status_code == 200
        return Lest(svar).tekst

    assert "Filen er ekte." in kontroller(PDF)
    assert registrering.dokument.sha256 in kontroller(PDF)
    assert "ikke lik noe dokument" in kontroller(PDF + b" ")
    assert client.post(adresse, {}).status_code == 422
    trekk(registrering, "Feil")
    # To whoever does not see the plan, there is no such document.
    assert "ikke lik noe dokument" in kontroller(PDF)


def test_the_neighbours_documents_are_the_neighbours(utkast, client, nabokommune):
    sjekksum = registrert(utkast).dokument.sha256

    for slutt in ("/", ".pdf"):
        adresse = f"/{nabokommune.slug}/dokumenter/{sjekksum}{slutt}"
        assert client.get(adresse).status_code == 404
    liste = Lest(client.get(f"/{nabokommune.slug}/dokumenter/")).tekst
    assert "Ingen dokumenter er frosset" in liste
    assert "Ny plan" in Lest(client.get("/lillestrom/dokumenter/")).tekst


@pytest.mark.postgres
def test_a_file_that_was_changed_in_the_database_is_not_handed_out(
    utkast, koordinator, client
):
    dokument = registrert(utkast).dokument
    with connection.cursor() as cursor:
        cursor.execute("UPDATE slt_dokument SET innhold = %s", [b"%PDF forged"])

    for klient, slutt in (
        (client, ".pdf"),
        (koordinator, ".pdf"),
        (koordinator, "/arkiv.zip"),
    ):
        svar = klient.get(f"/lillestrom/dokumenter/{dokument.sha256}{slutt}")
        assert (slutt, svar.status_code) == (slutt, 503)
        assert svar.headers["Cache-Control"].startswith("no-store")
        assert "ikke lenger den som ble frosset" in Lest(svar).tekst
        assert b"forged" not in svar.content
    assert client.get(f"/lillestrom/dokumenter/{dokument.sha256}/").status_code == 200


def test_what_was_new_and_waited_is_in_the_plan_that_is_registered_anew(utkast):
    registrering = registrert(utkast)
    utkast.refresh_from_db()
    omrade = InnsatsomradeFactory(plan=utkast, navn="Nytt område", publisert=None)
    kapittel = KapittelFactory(plan=utkast, tittel="Nytt kapittel", publisert=None)
    tiltak = PlasseringFactory(
        innsatsomrade=omrade, tiltak__tittel="Nytt tiltak", tiltak__publisert=None
    ).tiltak
    del_ = TiltakFactory(plan=utkast, overordnet=tiltak, publisert=None)
    nye = [omrade, kapittel, tiltak, del_]
    assert [rad.publisert for rad in nye] == [False] * 4

    trekk(registrering, "Feil")

    for rad in nye:
        rad.refresh_from_db()
    assert [rad.publisert for rad in nye] == [True] * 4
    # As the readers of the draft see it, and as it will be.
    plan = Handlingsplan.objects.select_related("kommune", "rekke").get(pk=utkast.pk)
    html = Vedtaksutgave(plan).oppdrag().html
    for tekst in ("Nytt område", "Nytt kapittel", "Nytt tiltak"):
        assert tekst in html


# Ended without a next one -----------------------------------------------------------------


def test_a_plan_is_ended_and_holds_again(gammel, koordinator):
    fer = alt()
    adresse = "/lillestrom/2024-2028/"

    uten = koordinator.post(f"{adresse}avslutt/", {"hvorfor": "Nytt samarbeid"})
    assert uten.status_code == 422
    assert "ved dokumentet" not in Lest(uten).tekst  # there is none
    assert "ds-error-summary" in uten.text
    assert statuser(gammel) == [GJELDENDE]
    koordinator.post(f"{adresse}avslutt/", {"hvorfor": "Feil", "ingen_ny": "on"})
    assert statuser(gammel) == [AVLOST]
    assert alt() != fer
    svar = koordinator.post(f"{adresse}gjenapne/", {"hvorfor": "Det var en feil"})

    assert svar.status_code == 302
    assert alt() == fer


@pytest.mark.parametrize("status", [GJELDENDE, AVLOST])
def test_a_plan_is_ended_as_others_have_left_it(
    gammel, koordinator, monkeypatch, status
):
    las = avslutning.las_egen

    def las_etter_andre(*args):
        plan = Handlingsplan.objects.get(pk=gammel.pk)
        plan.tittel, plan.status = "Rettet imens", status
        plan.save()
        las(*args)

    monkeypatch.setattr(avslutning, "las_egen", las_etter_andre)

    svar = koordinator.post(
        "/lillestrom/2024-2028/avslutt/", {"hvorfor": "Feil", "ingen_ny": "on"}
    )

    gammel.refresh_from_db()
    if status == GJELDENDE:
        assert svar.status_code == 302
        assert (gammel.tittel, gammel.status) == ("Rettet imens", AVLOST)
    else:
        assert svar.status_code == 422
        assert "Planen gjelder ikke lenger." in Lest(svar).tekst


def test_a_plan_that_was_superseded_is_not_reopened(gammel, utkast, koordinator):
    registrert(utkast)

    svar = koordinator.post("/lillestrom/2024-2028/gjenapne/", {"hvorfor": "Feil"})

    assert svar.status_code == 404
    assert statuser(gammel, utkast) == [AVLOST, GJELDENDE]


def som_na(plan):
    return Handlingsplan.objects.select_related("kommune", "rekke").get(pk=plan.pk)


def test_what_took_its_place_and_was_frozen_is_not_undone_by_reopening_it(
    kommune, koordinator
):
    gammel = HandlingsplanFactory(kommune=kommune, fra_ar=2024, til_ar=2028)
    registrert(ny_periode(forrige=gammel, tittel="Ny", fra_ar=2028, til_ar=2032))
    # None holds now, and nothing of what went along was touched.
    avlos(som_na(Handlingsplan.objects.get(tittel="Ny")))

    svar = koordinator.post("/lillestrom/2024-2028/gjenapne/", {"hvorfor": "Feil"})

    assert svar.status_code == 404
    assert statuser(gammel) == [AVLOST]
    assert Registrering.objects.count() == Dokument.objects.count() == 1


def test_a_plan_that_came_here_ended_keeps_what_came_with_it(kommune, koordinator):
    with spor(Dor.IMPORT), uten_vern():
        plan = HandlingsplanFactory(
            kommune=kommune, fra_ar=2024, til_ar=2028, status=AVLOST
        )
        PlasseringFactory(innsatsomrade=InnsatsomradeFactory(plan=plan))
    fer = alt()

    svar = koordinator.post("/lillestrom/2024-2028/gjenapne/", {"hvorfor": "Feil"})

    assert svar.status_code == 404
    assert alt() == fer


def test_a_draft_that_was_ended_does_not_hold_by_reopening_it(kommune):
    plan = som_na(UtkastFactory(kommune=kommune))
    avlos(plan)

    assert not kan_gjenapnes(som_na(plan))


def test_what_was_done_to_an_ended_plan_since_stays_when_it_is_reopened(gammel):
    fer = alt()
    avlos(som_na(gammel))
    tjeneste = TjenesteFactory(kommune=gammel.kommune, navn="Ny tjeneste")
    with spor(Dor.KOMMANDO), uten_vern():
        # As names are taken out everywhere.
        plan = som_na(gammel)
        plan.ingress = "Uten navn"
        plan.save()
        tjeneste.navn = "Uten navn"
        tjeneste.save()

    gjenapne(som_na(gammel), "Feil")

    tjeneste.refresh_from_db()
    assert tjeneste.navn == "Uten navn"
    assert som_na(gammel).ingress == "Uten navn"
    etter = alt()
    assert etter[Plassering] == fer[Plassering]
    assert statuser(gammel) == [GJELDENDE]


def test_a_plan_is_not_reopened_beside_another_one_of_its_years(gammel, kommune):
    avlos(som_na(gammel))
    UtkastFactory(kommune=kommune, rekke=gammel.rekke, fra_ar=2026, til_ar=2030)

    with pytest.raises(ValidationError, match="overlapper"):
        gjenapne(som_na(gammel), "Feil")

    assert statuser(gammel) == [AVLOST]


def test_a_plan_is_ended_as_it_is_by_then(gammel, koordinator, monkeypatch):
    las_egen = avslutning.las_egen

    def endre_og_las(request, kommune):
        plan = som_na(gammel)
        plan.ingress = "Skrevet imens"
        plan.save()
        las_egen(request, kommune)

    monkeypatch.setattr(avslutning, "las_egen", endre_og_las)

    koordinator.post(
        "/lillestrom/2024-2028/avslutt/", {"hvorfor": "Feil", "ingen_ny": "on"}
    )

    assert som_na(gammel).ingress == "Skrevet imens"
    assert statuser(gammel) == [AVLOST]


def test_a_plan_that_another_one_took_the_place_of_is_not_ended_once_more(
    gammel, utkast, koordinator, monkeypatch
):
    las_egen = avslutning.las_egen

    def registrer_og_las(request, kommune):
        registrert(utkast)
        las_egen(request, kommune)

    monkeypatch.setattr(avslutning, "las_egen", registrer_og_las)

    svar = koordinator.post(
        "/lillestrom/2024-2028/avslutt/", {"hvorfor": "Feil", "ingen_ny": "on"}
    )

    assert svar.status_code == 422
    assert "Planen gjelder ikke lenger." in Lest(svar).tekst


@pytest.mark.postgres
def test_the_bytes_of_a_document_are_read_where_they_are_sent(
    gammel, utkast, koordinator
):
    dokument = f"/lillestrom/dokumenter/{registrert(utkast).dokument.sha256}"

    def leser_bytene(metode, adresse, *args):
        with CaptureQueriesContext(connection) as sporringer:
            assert getattr(koordinator, metode)(adresse, *args).status_code < 400
        return any('"slt_dokument"."innhold"' in s["sql"] for s in sporringer)

    assert [
        leser_bytene("get", f"{dokument}.pdf"),
        leser_bytene("get", f"{dokument}/"),
        leser_bytene("get", "/lillestrom/dokumenter/"),
        leser_bytene("get", "/lillestrom/2028-2032/"),
        leser_bytene("get", f"{SKRIV}trekk/"),
        leser_bytene("post", f"{SKRIV}trekk/", {"hvorfor": "Feil"}),
    ] == [True, False, False, False, False, False]


def test_of_the_very_same_registered_again_the_one_that_stands_is_shown(
    utkast, koordinator
):
    forste = registrert(utkast)
    trekk(forste, "Feil")
    andre = registrert(utkast)
    sjekksum = andre.dokument.sha256

    svar = koordinator.get(f"/lillestrom/dokumenter/{sjekksum}/")

    funnet = Registrering.objects.med_sjekksum(sjekksum)
    assert [r.pk for r in funnet] == [andre.pk, forste.pk]
    assert svar.context["registrering"] == andre


@pytest.mark.parametrize("dor", [Dor.IMPORT, Dor.KOMMANDO, Dor.SKJEMA])
def test_a_plan_that_came_as_ended_is_not_reopened(kommune, koordinator, dor):
    with spor(dor):
        plan = HandlingsplanFactory(kommune=kommune, status=AVLOST)
        PlasseringFactory(innsatsomrade__plan=plan)
    fer = alt()

    siden = koordinator.get(plan.get_absolute_url())
    svar = koordinator.post(f"{plan.get_absolute_url()}gjenapne/", {"hvorfor": "Feil"})

    assert b"gjenapne/" not in siden.content
    assert svar.status_code == 404
    assert alt() == fer


def test_a_plan_without_history_is_not_reopened(kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune, status=AVLOST)
    plan.historikk.all().delete()

    svar = koordinator.get(plan.get_absolute_url())

    assert svar.status_code == 200
    assert b"gjenapne/" not in svar.content
