"""The pages on which a coordinator says who reads a draft, and sends it on høring."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moter.models import Planleser
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HoringFactory,
    InnspillFactory,
    PlanlenkeFactory,
    PlanleserFactory,
    TilgangFactory,
    TjenesteFactory,
    UtkastFactory,
    gi_status,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.slt.test_admin import NUMMER
from tiltak.models import Horing, Planlenke

I_DAG = timezone.localdate


@pytest.fixture
def plan(kommune):
    return UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)


def side(navn, plan, *args):
    return reverse(f"moter:{navn}", args=[plan.kommune.slug, plan.slug, *args])


def viste(svar):
    """{who a link is for: the link} of those that the page shows."""
    return dict(svar.context["nye_lenker"])


# Fora ---------------------------------------------------------------------------------


def test_the_members_of_the_fora_that_are_chosen_read_the_draft(plan, koordinator):
    for_, valgt, annet = (ForumFactory(kommune=plan.kommune) for _nr in range(3))
    PlanleserFactory(forum=for_, plan=plan)
    medlemmer = [
        innlogget(ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker)
        for forum in (for_, valgt, annet)
    ]

    def leser():
        adresse = plan.get_absolute_url()
        return [klient.get(adresse).status_code == 200 for klient in medlemmer]

    assert leser() == [True, False, False]
    svar = koordinator.post(side("lesere", plan), {"fora": [valgt.pk]})

    assert svar.url == side("lesere", plan)
    assert leser() == [False, True, False]
    assert [rad.forum for rad in Planleser.objects.all()] == [valgt]


def test_the_page_says_how_many_members_can_log_in(plan, koordinator):
    forum = ForumFactory(kommune=plan.kommune, navn="Arbeidsgruppa")
    tomt = ForumFactory(kommune=plan.kommune, navn="Områdemøtet")
    ForumsmedlemFactory(forum=forum, bruker=BrukerFactory())
    ForumsmedlemFactory(forum=forum)
    ForumsmedlemFactory(forum=tomt)

    tekst = koordinator.get(side("lesere", plan)).text

    assert "Arbeidsgruppa (1 medlem kan logge inn)" in tekst
    assert "Områdemøtet (ingen medlemmer kan logge inn ennå)" in tekst


@pytest.mark.parametrize("hvilket", ["the neighbour's", "none", "no number"])
def test_no_other_forum_is_chosen(plan, koordinator, nabokommune, hvilket):
    pk = {
        "the neighbour's": ForumFactory(kommune=nabokommune).pk,
        "none": 9**18,
        "no number": "x",
    }[hvilket]

    svar = koordinator.post(side("lesere", plan), {"fora": [pk]})

    assert (svar.status_code, Planleser.objects.count()) == (422, 0)


# Links --------------------------------------------------------------------------------


def test_a_link_is_made_shown_once_and_revoked(plan, koordinator, client):
    om_en_uke = I_DAG() + timedelta(days=7)

    svar = koordinator.post(
        side("planlenke_ny", plan),
        {"lenke-mottaker": "Ungdomsrådet", "lenke-til": om_en_uke},
        follow=True,
    )

    [(mottaker, adresse)] = viste(svar).items()
    assert f"{mottaker}: {adresse}" in Lest(svar).tekst
    assert mottaker == "Ungdomsrådet"
    assert viste(koordinator.get(side("lesere", plan))) == {}
    [lenke] = Planlenke.objects.all()
    assert (lenke.plan, lenke.til, lenke.horing) == (plan, om_en_uke, None)
    sti = adresse.removeprefix("http://testserver")
    assert client.post(sti).url == plan.get_absolute_url()
    assert client.get(plan.get_absolute_url()).status_code == 200
    assert "laget" in svar.text
    assert "av Koordinator" in svar.text
    assert "kan åpnes til og med" in svar.text  # not the end of a høring

    koordinator.post(side("planlenke_trekk", plan, lenke.pk))

    assert client.get(plan.get_absolute_url()).status_code == 404
    assert client.post(sti).status_code == 404


@pytest.mark.parametrize(
    "endret",
    [
        {"lenke-mottaker": ""},
        {"lenke-mottaker": NUMMER},
        {"lenke-mottaker": "x" * 101},
        {"lenke-til": "2001-01-01"},
        {"lenke-til": "aldri"},
        {"lenke-horing": "999999"},
    ],
)
def test_a_link_that_cannot_be_is_refused_in_words(plan, koordinator, endret):
    HoringFactory(plan=plan)
    data = {"lenke-mottaker": "Ungdomsrådet", "lenke-til": ""} | endret

    svar = koordinator.post(side("planlenke_ny", plan), data)

    assert (svar.status_code, Planlenke.objects.count()) == (422, 0)
    assert svar.context["lenkeskjema"].errors


def test_a_link_by_which_something_was_said_is_revoked_on_the_day_it_was_made(
    plan, koordinator
):
    """It is not deleted as one that never held: what was said leads to it."""
    lenke = PlanlenkeFactory(plan=plan)
    ett = InnspillFactory(plan=plan, planlenke=lenke)

    svar = koordinator.post(side("planlenke_trekk", plan, lenke.pk))

    ett.refresh_from_db()
    assert (svar.status_code, ett.planlenke, ett.planlenke.gjelder) == (
        302,
        lenke,
        False,
    )


def test_a_link_to_another_plan_is_not_revoked_here(plan, koordinator):
    annen = PlanlenkeFactory(plan=UtkastFactory(kommune=plan.kommune))

    svar = koordinator.post(side("planlenke_trekk", plan, annen.pk))

    assert (svar.status_code, Planlenke.objects.get().gjelder) == (404, True)


def test_the_list_of_all_that_gives_access_has_it(plan, koordinator):
    lenke = PlanlenkeFactory(plan=plan, mottaker="Elevrådet")
    tilganger = reverse("tilganger", args=[plan.kommune.slug])

    assert "Elevrådet" in koordinator.get(tilganger).text
    csv = koordinator.get(reverse("tilganger_csv", args=[plan.kommune.slug]))
    assert f"Elevrådet;lenke til utkast: {plan};" in csv.content.decode("utf-8-sig")

    avslutt = reverse("tilgang_avslutt", args=["lillestrom", "planlenke", lenke.pk])
    assert koordinator.post(avslutt).url == tilganger
    assert "Elevrådet" not in koordinator.get(tilganger).text


# Høring -------------------------------------------------------------------------------


def test_a_draft_is_sent_on_horing(plan, koordinator):
    out = TjenesteFactory(kommune=plan.kommune, navn="OUT")
    TjenesteFactory(kommune=plan.kommune, navn="PPT")
    forum = ForumFactory(kommune=plan.kommune, navn="Områdemøtet")
    til = I_DAG() + timedelta(days=30)

    svar = koordinator.post(
        side("horing_ny", plan),
        {
            "fra": I_DAG(),
            "til": til,
            "sporsmal": "Er noe glemt?",
            "tjenester": [out.pk],
            "fora": [forum.pk],
            # Each once, however it is written.
            "andre": "Ungdomsrådet\n\n ungdomsrådet \nFAU ved Volla, og elevrådet",
        },
        follow=True,
    )

    [horing] = Horing.objects.all()
    assert (horing.plan, horing.til, horing.sporsmal) == (plan, til, "Er noe glemt?")
    ventet = {"OUT", "Områdemøtet", "Ungdomsrådet", "FAU ved Volla, og elevrådet"}
    assert set(viste(svar)) == ventet
    assert {lenke.mottaker for lenke in horing.planlenker.all()} == ventet
    for mottaker, adresse in viste(svar).items():
        klient = Client()
        klient.post(adresse.removeprefix("http://testserver"))
        klient.post(
            reverse("tiltak:innspill_nytt", args=[plan.kommune.slug, plan.slug]),
            {"tekst": f"Hei fra {mottaker}"},
        )
    assert {(i.fra, i.tekst, i.horing) for i in plan.innspill.all()} == {
        (mottaker, f"Hei fra {mottaker}", horing) for mottaker in ventet
    }


@pytest.mark.parametrize(
    ("endret", "felt"),
    [
        ({"til": I_DAG() - timedelta(days=1)}, "til"),
        ({"fra": I_DAG() + timedelta(days=40)}, "__all__"),
        ({"sporsmal": NUMMER}, "sporsmal"),
        ({"andre": NUMMER}, "andre"),
        ({"andre": "x" * 101}, "andre"),
        ({"andre": "\n".join(map(str, range(201)))}, "__all__"),
        ({"tjenester": ["x"]}, "tjenester"),
    ],
)
def test_a_horing_that_cannot_be_is_refused_in_words(plan, koordinator, endret, felt):
    data = {"fra": I_DAG(), "til": I_DAG() + timedelta(days=30), "andre": "FAU"}

    svar = koordinator.post(side("horing_ny", plan), data | endret)

    assert (svar.status_code, list(svar.context["skjema"].errors)) == (422, [felt])
    assert (Horing.objects.count(), Planlenke.objects.count()) == (0, 0)


def test_a_day_is_suggested_in_each_form(plan, koordinator):
    lenken = koordinator.get(side("lesere", plan)).context["lenkeskjema"]
    horingen = koordinator.get(side("horing_ny", plan)).context["skjema"]

    assert lenken["til"].value() == I_DAG() + timedelta(days=365)
    assert (horingen["fra"].value(), horingen["til"].value()) == (
        I_DAG(),
        I_DAG() + timedelta(weeks=6),
    )
    assert horingen["andre"].value() == "Ungdomsrådet"


def test_a_horing_is_prolonged_and_ended_early(plan, koordinator):
    horing = HoringFactory(plan=plan, fra=I_DAG() - timedelta(days=5), til=I_DAG())
    adresse = side("horing_endre", plan, horing.pk)

    for til, apen in ((30, True), (-1, False)):
        data = innsending(koordinator.get(adresse), til=I_DAG() + timedelta(days=til))
        assert koordinator.post(adresse, data).status_code == 302
        horing.refresh_from_db()
        assert horing.er_apen is apen


@pytest.mark.parametrize(("dager", "radet"), [(-1, "er gått"), (0, "lenkene tilbake")])
def test_how_to_end_a_horing_depends_on_when_it_began(plan, koordinator, dager, radet):
    horing = HoringFactory(plan=plan, fra=I_DAG() + timedelta(days=dager))

    svar = koordinator.get(side("horing_endre", plan, horing.pk))

    assert radet in svar.context["skjema"]["til"].help_text


def test_a_horing_does_not_write_over_what_another_changed(plan, koordinator):
    horing = HoringFactory(plan=plan)
    adresse = side("horing_endre", plan, horing.pk)
    data = innsending(koordinator.get(adresse), til=I_DAG() + timedelta(days=60))
    horing.til = I_DAG() + timedelta(days=90)
    horing.save()

    svar = koordinator.post(adresse, data)

    horing.refresh_from_db()
    assert (svar.status_code, horing.til) == (422, I_DAG() + timedelta(days=90))


# Who ----------------------------------------------------------------------------------


def test_these_pages_are_for_those_who_keep_the_kommune(plan, koordinator, nabo):
    horing = HoringFactory(plan=plan)
    lenke = PlanlenkeFactory(plan=plan)
    leser = PlanleserFactory(forum=ForumFactory(kommune=plan.kommune), plan=plan)
    medlem = ForumsmedlemFactory(forum=leser.forum, bruker=BrukerFactory()).bruker
    politirad = TilgangFactory(kommune=plan.kommune, rolle="politirad").bruker
    sider = [
        side("lesere", plan),
        side("horing_ny", plan),
        side("horing_endre", plan, horing.pk),
    ]
    sendes = [
        *sider,
        side("planlenke_ny", plan),
        side("planlenke_trekk", plan, lenke.pk),
    ]

    for klient in (nabo, innlogget(medlem), innlogget(politirad)):
        assert [klient.get(adresse).status_code for adresse in sider] == [404] * 3
        assert [klient.post(adresse).status_code for adresse in sendes] == [404] * 5
    assert [koordinator.get(adresse).status_code for adresse in sider] == [200] * 3
    gi_status(plan, "gjeldende")
    assert [koordinator.get(adresse).status_code for adresse in sider] == [404] * 3
    assert [koordinator.post(adresse).status_code for adresse in sendes] == [404] * 5


def test_the_front_page_of_a_draft_leads_there(plan, koordinator):
    politirad = innlogget(
        TilgangFactory(kommune=plan.kommune, rolle="politirad").bruker
    )

    def leder_dit(klient):
        return side("lesere", plan) in klient.get(plan.get_absolute_url()).text

    assert (leder_dit(koordinator), leder_dit(politirad)) == (True, False)
    assert "For koordinatoren" in koordinator.get(plan.get_absolute_url()).text
    assert "For koordinatoren" not in politirad.get(plan.get_absolute_url()).text
    gi_status(plan, "gjeldende")
    assert leder_dit(koordinator) is False


@pytest.mark.parametrize("antall", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    plan, koordinator, antall, django_assert_num_queries
):
    for horing in HoringFactory.create_batch(antall, plan=plan):
        PlanlenkeFactory(plan=plan, horing=horing)
        PlanlenkeFactory(plan=plan)
        PlanleserFactory(forum=ForumFactory(kommune=plan.kommune), plan=plan)

    with django_assert_num_queries(15):
        koordinator.get(side("lesere", plan))
