"""A plan that begins with what a survey recommends: what it gets, and that pressing again
adds nothing twice."""

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluering.kunnskap.planstart import LENGSTE_TITTEL, i_ord, ta_med
from evaluering.models import Anbefaling, Anbefalingssvar, Kilde
from slt.grunn.riktekst import ren_tekst
from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KildeFactory,
    TilgangFactory,
    TiltakFactory,
)
from tiltak.models import Handlingsplan, Planrekke, Plassering, Tiltak

STATUS, TYPE = Handlingsplan.Status, Anbefaling.Type


@pytest.fixture(autouse=True)
def _nothing_is_kept(db):
    cache.clear()


@pytest.fixture
def kilde(kommune):
    return KildeFactory(kommune=kommune, navn="HKH")


@pytest.fixture
def utkast(kommune):
    return HandlingsplanFactory(
        kommune=kommune, status=STATUS.UTKAST, fra_ar=2028, til_ar=2032
    )


@pytest.fixture
def vold(utkast):
    return InnsatsomradeFactory(plan=utkast, navn="Vold", kortnavn="Vold")


def begynn(kilde):
    return reverse("evaluering:plan_fra_kilde", args=[kilde.kommune.slug, kilde.slug])


def velg(kilde, plan):
    deler = [kilde.kommune.slug, kilde.slug, plan.slug]
    return reverse("evaluering:anbefalinger", args=deler)


# A draft ------------------------------------------------------------------------------


def test_the_first_plan_of_a_kommune_gets_a_rekke(kilde, koordinator):
    svar = koordinator.post(
        begynn(kilde), {"tittel": "Trygg by", "fra_ar": 2027, "til_ar": 2030}
    )

    plan = Handlingsplan.objects.get()
    assert svar.url == velg(kilde, plan)
    assert (plan.status, plan.slug, plan.bygger_pa) == ("utkast", "2027-2030", None)
    assert plan.rekke.hoved


def test_it_follows_the_plan_in_force_of_the_rekke_that_is_chosen(kilde, koordinator):
    gjeldende = HandlingsplanFactory(kommune=kilde.kommune)
    vold = Planrekke.objects.create(kommune=kilde.kommune, navn="Vold")
    side = koordinator.get(begynn(kilde))
    assert side.context["skjema"].initial == {
        "fra_ar": 2028,
        "til_ar": 2032,
        "rekke": gjeldende.rekke_id,
    }

    for rekke in (gjeldende.rekke, vold):
        sendt = {"tittel": "Ny", "rekke": rekke.pk, "fra_ar": 2028, "til_ar": 2032}
        assert koordinator.post(begynn(kilde), sendt).status_code == 302

    nye = Handlingsplan.objects.filter(status=STATUS.UTKAST).order_by("pk")
    assert [plan.bygger_pa for plan in nye] == [gjeldende, None]


def test_a_draft_that_cannot_be_is_refused_beside_the_field(kilde, utkast, koordinator):
    svar = koordinator.post(
        begynn(kilde), {"tittel": "Ny", "fra_ar": 2032, "til_ar": 2028}
    )

    assert svar.status_code == 422
    assert "Planen kan ikke slutte før den begynner." in svar.text
    assert Handlingsplan.objects.count() == 1
    assert list(svar.context["utkastene"]) == [utkast]


def test_nothing_is_left_of_a_first_draft_that_cannot_be(kilde, koordinator):
    svar = koordinator.post(
        begynn(kilde), {"tittel": "Ny", "fra_ar": 1700, "til_ar": 1704}
    )

    assert list(svar.context["skjema"].errors) == ["fra_ar", "til_ar"]
    assert not Planrekke.objects.exists()


# What becomes tiltak ------------------------------------------------------------------


def test_what_is_chosen_becomes_tiltak_of_the_draft(kilde, utkast, vold, koordinator):
    rus = InnsatsomradeFactory(plan=utkast, navn="Rus", kortnavn="Rus")
    forste = AnbefalingFactory(kilde=kilde, type=TYPE.OPPRETTE, tekst="Flere klubber.")
    andre = AnbefalingFactory(kilde=kilde, type=TYPE.STYRKE, tekst="ord " * 60)
    AnbefalingFactory(kilde=kilde)

    svar = koordinator.post(
        velg(kilde, utkast),
        {f"a{forste.pk}": vold.pk, f"a{andre.pk}": rus.pk},
        follow=True,
    )

    ett, to = utkast.tiltak.order_by("pk")
    assert (ett.tittel, ett.tekst, ett.status) == ("Flere klubber", "", "planlagt")
    assert to.tittel.startswith("ord ord")
    assert to.tittel.endswith("ord …")
    assert len(to.tittel) <= LENGSTE_TITTEL
    assert ren_tekst(to.tekst).split() == ["ord"] * 60
    assert to.status == "i_drift"
    assert [p.merkelapp for p in Plassering.objects.order_by("pk")] == [
        "Vold 1",
        "Rus 1",
    ]
    assert set(Anbefalingssvar.objects.values_list("anbefaling", "tiltak")) == {
        (forste.pk, ett.pk),
        (andre.pk, to.pk),
    }
    assert "2 tiltak er lagt inn i utkastet." in svar.text
    assert f'href="{ett.get_absolute_url()}"' in svar.text
    assert len(svar.context["skjema"].fields) == 1


def test_pressing_again_adds_nothing_twice(kilde, utkast, vold, koordinator):
    anbefaling = AnbefalingFactory(kilde=kilde)
    sendt = {f"a{anbefaling.pk}": vold.pk}

    koordinator.post(velg(kilde, utkast), sendt)
    koordinator.post(velg(kilde, utkast), sendt)
    ta_med(plan=utkast, valg=[(anbefaling, vold)])

    assert utkast.tiltak.count() == 1


def test_another_plan_and_a_tiltak_that_was_removed_do_not_count(
    kilde, utkast, vold, koordinator
):
    anbefaling = AnbefalingFactory(kilde=kilde)
    annet = TiltakFactory(plan=HandlingsplanFactory(kommune=kilde.kommune))
    Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=annet)

    for _gang in range(2):
        koordinator.post(velg(kilde, utkast), {f"a{anbefaling.pk}": vold.pk})
        assert utkast.tiltak.count() == 1
        utkast.tiltak.get().delete()


def test_a_plan_without_innsatsomrader_gets_one(kilde, utkast, koordinator):
    en, to = AnbefalingFactory(kilde=kilde), AnbefalingFactory(kilde=kilde)

    koordinator.post(velg(kilde, utkast), {f"a{en.pk}": "nytt", f"a{to.pk}": "nytt"})

    omrade = utkast.innsatsomrader.get()
    assert omrade.navn == "Anbefalinger"
    assert [p.nummer for p in omrade.plasseringer.order_by("nummer")] == [1, 2]


def test_what_is_not_followed_up_is_said_and_not_offered(kilde, utkast, koordinator):
    anbefaling = AnbefalingFactory(kilde=kilde, ikke_fulgt_opp="det er gjort.")

    svar = koordinator.get(velg(kilde, utkast))

    assert svar.context["skjema"].fields == {}
    assert "Ikke fulgt opp, fordi det er gjort." in svar.text
    with pytest.raises(ValidationError):
        ta_med(plan=utkast, valg=[(anbefaling, None)])
    assert not Tiltak.objects.exists()


def test_an_innsatsomrade_of_another_plan_is_refused(kilde, utkast, vold, koordinator):
    anbefaling = AnbefalingFactory(kilde=kilde)
    annet = InnsatsomradeFactory(plan=HandlingsplanFactory(kommune=kilde.kommune))

    svar = koordinator.post(velg(kilde, utkast), {f"a{anbefaling.pk}": annet.pk})

    assert svar.status_code == 422
    assert not Tiltak.objects.exists()


@pytest.mark.parametrize("status", [STATUS.GJELDENDE, STATUS.AVLOST])
def test_only_a_draft_is_begun_so(kilde, kommune, koordinator, status):
    plan = HandlingsplanFactory(kommune=kommune, status=status)

    assert koordinator.get(velg(kilde, plan)).status_code == 404
    with pytest.raises(ValidationError, match="ikke et utkast lenger"):
        ta_med(plan=plan, valg=[(AnbefalingFactory(kilde=kilde), None)])


@pytest.mark.parametrize(
    ("tekst", "tittel"),
    [
        ("Flere klubber.", "Flere klubber"),
        ("Flere\n klubber", "Flere klubber"),
        ("x" * 150, "x" * (LENGSTE_TITTEL - 1) + "…"),
    ],
)
def test_titles_are_short(tekst, tittel):
    assert i_ord(tekst)[0] == tittel


def test_signs_of_html_are_only_signs():
    assert i_ord(f"<b>{'ord ' * 40}")[1].startswith("<p>&lt;b&gt;ord")


def test_the_page_costs_the_same_for_one_and_three(kilde, utkast, vold, koordinator):
    def antall():
        with CaptureQueriesContext(connection) as sporringer:
            assert koordinator.get(velg(kilde, utkast)).status_code == 200
        return len(sporringer)

    def lag():
        AnbefalingFactory(kilde=kilde)
        ta_med(plan=utkast, valg=[(AnbefalingFactory(kilde=kilde), vold)])

    lag()
    forste = antall()
    lag()
    lag()

    assert antall() == forste


# Who, and from where ------------------------------------------------------------------


def test_only_the_coordinator_of_the_kommune_gets_there(kilde, utkast, kommune, nabo):
    klienter = [nabo] + [
        innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)
        for rolle in Tilgang.Rolle
        if rolle != Tilgang.Rolle.KOORDINATOR
    ]

    for klient in klienter:
        for adresse in (begynn(kilde), velg(kilde, utkast)):
            assert klient.get(adresse).status_code == 404
            assert klient.post(adresse, {}).status_code == 404


def test_pages_lead_there_for_the_coordinator_alone(kilde, koordinator, client):
    tom = KildeFactory(kommune=kilde.kommune)
    AnbefalingFactory(kilde=kilde, publisert=True)
    sider = ["/lillestrom/", "/lillestrom/kunnskap/"]
    for side in sider:
        assert f'href="{begynn(kilde)}"' in koordinator.get(side).text
        assert begynn(tom) not in koordinator.get(side).text
        assert begynn(kilde) not in client.get(side).text

    plan = HandlingsplanFactory(kommune=kilde.kommune)
    ny = reverse("tiltak:ny_plan", args=["lillestrom", plan.slug])

    assert f'href="{begynn(kilde)}"' in koordinator.get(ny).text


def test_the_survey_of_lorenskog_becomes_a_plan():
    call_command("last_grunndata", stdout=StringIO())
    kommune = Kommune.objects.get(nummer="3222")
    kilde = Kilde.objects.filter(kommune=kommune, anbefalinger__isnull=False).first()
    klient = innlogget(TilgangFactory(kommune=kommune).bruker)
    klient.post(begynn(kilde), {"tittel": "Ny plan", "fra_ar": 2027, "til_ar": 2030})
    plan = Handlingsplan.objects.get(kommune=kommune)
    side = klient.get(velg(kilde, plan))
    apne = side.context["skjema"].fields
    assert len(apne) > 20

    svar = klient.post(velg(kilde, plan), dict.fromkeys(apne, "nytt"))

    assert svar.status_code == 302
    assert plan.tiltak.count() == len(apne)
    tekster = set(kilde.anbefalinger.values_list("tekst", flat=True))
    for tiltak in plan.tiltak.prefetch_related("anbefalinger"):
        (anbefaling,) = tiltak.anbefalinger.all()
        assert anbefaling.tekst in tekster
        begynnelse = tiltak.tittel.removesuffix("…").strip()
        assert " ".join(anbefaling.tekst.split()).startswith(begynnelse)
    assert klient.get(velg(kilde, plan)).context["skjema"].fields == {}
    assert klient.get(plan.get_absolute_url()).status_code == 200
