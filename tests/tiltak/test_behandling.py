"""How a plan was treated is registered, with the very document as it was; and taken back
while nobody has built on it."""

from datetime import date
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from slt.grunn.historikk import Historisert
from slt.models import Dokument, Kommune
from tests.factories import (
    AnsvarFactory,
    DokumentFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TjenesteFactory,
)
from tiltak.behandling import Vedtaksutgave, hindringer, registrer, trekk
from tiltak.models import Handlingsplan, Malgruppe, Registrering
from tiltak.overgang import ny_periode, utfor, velg

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
    assert "utkast" not in utgave.filnavn
    assert alt() == fer
    assert statuser(gammel, utkast) == [GJELDENDE, UTKAST]


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


def avlos_den(utkast):
    utkast.refresh_from_db()
    utkast.status = AVLOST
    utkast.save()


@pytest.mark.parametrize(
    ("bygd", "hva"),
    [
        (bygg_videre, "bygger på planen"),
        (sett_inn_i_annen, "Voldsplan"),
        (endre_det_som_ble_flyttet, "endret igjen siden"),
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


def test_it_is_taken_back_once(utkast):
    registrering = registrert(utkast)
    trekk(registrering, "Feil")

    with pytest.raises(ValidationError, match="allerede"):
        trekk(registrering, "Feil igjen")


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
