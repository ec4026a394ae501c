"""What is said of a draft: who may say it and who may read it, by every door, and what
becomes of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from slt.felles.angre import hent_tilbake, slettet_i
from slt.felles.anonymisering import anonymiser_navn
from slt.felles.innsyn import innsyn
from slt.grunn import pdflager
from slt.grunn.historikk import uten_vern
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    DokumentFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HoringFactory,
    InnspillFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlanlenkeFactory,
    PlanleserFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
    UtkastFactory,
    gi_status,
)
from tests.lest import Lest
from tests.slt.test_admin import NUMMER
from tiltak.innspill.dokument import Innspillsliste
from tiltak.innspill.forms import ForInnForm
from tiltak.innspill.views import lesernes
from tiltak.models import Handlingsplan, Horing, Innspill, Planlenke

I_DAG = timezone.localdate


@pytest.fixture
def plan(kommune):
    return UtkastFactory(
        kommune=kommune, tittel="Utkastet vårt", fra_ar=2029, til_ar=2032
    )


@pytest.fixture
def sted(plan):
    """A tiltak and its place in the draft."""
    return PlasseringFactory(
        innsatsomrade__plan=plan,
        innsatsomrade__kortnavn="Rus",
        nummer=1,
        tiltak__tittel="Natteravner",
    )


def lenke_til(plan, nokkel="hemmelig", **felter):
    return PlanlenkeFactory(plan=plan, avtrykk=Planlenke.avtrykk_av(nokkel), **felter)


def ved_lenke(nokkel="hemmelig"):
    """A client that opened the link."""
    klient = Client()
    svar = klient.post(reverse("planlenke", args=[nokkel]))
    assert svar.status_code == 302
    return klient


def medlem_av(forum):
    return innlogget(ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker)


def side(navn, plan, *args):
    return reverse(f"tiltak:{navn}", args=[plan.kommune.slug, plan.slug, *args])


def nytt(plan, **sporring):
    adresse = side("innspill_nytt", plan)
    deler = "&".join(f"{navn}={verdi}" for navn, verdi in sporring.items())
    return f"{adresse}?{deler}" if deler else adresse


def send(klient, plan, tekst="Bra plan.", fra="Rektorene", **sporring):
    return klient.post(nytt(plan, **sporring), {"tekst": tekst, "fra": fra})


def felt_for(lenke):
    return f'<input type="hidden" name="lenke" value="{lenke.pk}">'


def test_it_is_from_whom_the_form_said(plan):
    forst = lenke_til(plan, "en", mottaker="Utekontakten")
    sist = lenke_til(plan, "to", mottaker="Rektorene")
    klient = ved_lenke("en")
    klient.post(reverse("planlenke", args=["to"]))
    assert felt_for(sist) in klient.get(nytt(plan)).text
    skjema = {"tekst": "Bra.", "lenke": sist.pk}
    sist.avslutt()

    svar = klient.post(nytt(plan), skjema)

    assert svar.status_code == 422
    assert "Se hvem innspillet sendes fra nå" in Lest(svar).tekst
    assert not Innspill.objects.exists()
    # They see that it is from others now, and send it.
    assert "Innspillet sendes fra Utekontakten" in Lest(svar).tekst
    assert felt_for(forst) in svar.text
    svar = klient.post(nytt(plan), skjema | {"lenke": forst.pk})
    assert svar.status_code == 302
    assert Innspill.objects.get().fra == "Utekontakten"


def test_no_text_makes_the_list_too_dear_to_draw(plan):
    InnspillFactory(plan=plan, tekst="x" * 5000)
    InnspillFactory(plan=plan, tekst="a\n" * 2499)
    InnspillFactory(plan=plan, tekst="Bra.\nMer av dette!")

    html = Innspillsliste(Handlingsplan.objects.get(pk=plan.pk)).html()

    assert "x" * 51 not in html
    assert html.count("x" * 50) == 100
    assert "a / a / a" in html
    assert html.count("<br>") == 1
    assert "Bra.<br>Mer av dette!" in html


# Who reads the draft, and who says something ------------------------------------------


@pytest.fixture
def folk(plan, koordinator, nabo):
    """{who: a client}."""
    valgt = ForumFactory(kommune=plan.kommune)
    PlanleserFactory(forum=valgt, plan=plan)
    lenke_til(plan)
    lenke_til(plan, "trukket")
    lenke_til(plan, "utlopt")
    klienter = {
        "stranger": Client(),
        "ansatt": innlogget(
            TilgangFactory(kommune=plan.kommune, rolle="ansatt").bruker
        ),
        "neighbour": nabo,
        "member of the forum": medlem_av(valgt),
        "member of another forum": medlem_av(ForumFactory(kommune=plan.kommune)),
        "link": ved_lenke(),
        "revoked link": ved_lenke("trukket"),
        "expired link": ved_lenke("utlopt"),
        "politirad": innlogget(
            TilgangFactory(kommune=plan.kommune, rolle="politirad").bruker
        ),
        "koordinator": koordinator,
    }
    Planlenke.objects.get(avtrykk=Planlenke.avtrykk_av("trukket")).avslutt()
    utlopt = Planlenke.objects.get(avtrykk=Planlenke.avtrykk_av("utlopt"))
    utlopt.fra = I_DAG() - timedelta(days=9)
    utlopt.til = I_DAG() - timedelta(days=1)
    utlopt.save()
    return klienter


LESERE = {"member of the forum", "link", "politirad", "koordinator"}
SIER_NOE = LESERE - {"koordinator"}
LESER_ALT = {"politirad", "koordinator"}


def som_far(folk, adresse, status=200):
    return {
        hvem
        for hvem, klient in folk.items()
        if klient.get(adresse).status_code == status
    }


@pytest.fixture
def _documents_are_waited_for(monkeypatch, settings, tmp_path):
    def under_arbeid(*args, **valg):
        raise pdflager.PdfUnderArbeid

    settings.PDF_MAPPE = tmp_path
    monkeypatch.setattr(pdflager, "hent", under_arbeid)


@pytest.mark.usefixtures("_documents_are_waited_for")
@pytest.mark.parametrize(
    ("adresse", "svar", "hvem"),
    [
        (lambda sted: side("plan", sted.tiltak.plan), 200, LESERE),
        (lambda sted: side("innspill_list", sted.tiltak.plan), 200, LESER_ALT),
        (lambda sted: sted.url, 200, LESERE),
        (lambda sted: side("innspill_pdf", sted.tiltak.plan), 503, LESER_ALT),
        (lambda sted: nytt(sted.tiltak.plan), 200, SIER_NOE),
        (lambda sted: side("handlingsplan_detail", sted.tiltak.plan), 200, LESERE),
        (lambda sted: side("tiltak_list", sted.tiltak.plan), 200, LESERE),
        (lambda sted: side("plan_pdf", sted.tiltak.plan), 503, LESERE),
        (lambda sted: side("innspill_for_inn", sted.tiltak.plan), 200, {"koordinator"}),
        (lambda sted: nytt(sted.tiltak.plan), 302, {"koordinator"}),
        (lambda sted: sted.innsatsomrade.get_absolute_url(), 200, LESERE),
        (lambda sted: side("dekning", sted.tiltak.plan), 200, LESERE),
        (lambda sted: side("innspill_mine", sted.tiltak.plan), 200, SIER_NOE),
    ],
)
def test_who_reads_what_of_a_draft(adresse, svar, hvem, folk, plan, sted):
    KapittelFactory(plan=plan)

    assert som_far(folk, adresse(sted), svar) == hvem


def test_who_finds_the_draft_by_searching_and_in_lists(folk, plan, sted):
    sok = f"{side('tiltak_list', plan)}?q=natteravner"
    forsiden = reverse("kommune", args=[plan.kommune.slug])

    assert {hvem for hvem, k in folk.items() if sted.url in k.get(sok).text} == LESERE
    assert {
        hvem
        for hvem, k in folk.items()
        if plan.get_absolute_url() in k.get(forsiden).text
    } == LESERE


def test_who_says_something(folk, plan):
    svar = {hvem: send(klient, plan, hvem) for hvem, klient in folk.items()}

    assert {h for h, s in svar.items() if s.status_code == 302} == LESERE
    assert set(Innspill.objects.values_list("tekst", "vei")) == {
        ("link", "lenke"),
        ("politirad", "innlogget"),
        ("member of the forum", "innlogget"),
    }


def test_what_was_said_is_read_by_whoever_said_it_and_by_those_who_read_all(folk, plan):
    for hvem in SIER_NOE:
        send(folk[hvem], plan, f"fra: {hvem}")

    mine, listen = side("innspill_mine", plan), side("innspill_list", plan)
    sett = {
        hvem: {
            annen
            for annen in SIER_NOE
            for adresse in (mine, listen)
            if f"fra: {annen}" in folk[hvem].get(adresse).text
        }
        for hvem in folk
    }

    assert sett == {hvem: set() for hvem in folk} | {
        "link": {"link"},
        "member of the forum": {"member of the forum"},
        "politirad": SIER_NOE,
        "koordinator": SIER_NOE,
    }


def test_one_link_does_not_show_what_was_said_by_another(plan):
    lenke_til(plan)
    lenke_til(plan, "annen", mottaker="Skolene")
    send(ved_lenke(), plan, "Fra rådet")

    assert (
        ved_lenke("annen").get(side("innspill_mine", plan)).text.count("Fra rådet") == 0
    )
    assert ved_lenke().get(side("innspill_mine", plan)).text.count("Fra rådet") == 1


def test_a_link_opens_its_own_plan_alone(plan, nabokommune):
    lenke_til(plan)
    egen_annen = UtkastFactory(kommune=plan.kommune, fra_ar=2040, til_ar=2041)
    naboens = UtkastFactory(kommune=nabokommune)
    klient = ved_lenke()

    for annen in (egen_annen, naboens):
        assert klient.get(annen.get_absolute_url()).status_code == 404
        assert send(klient, annen).status_code == 404
    assert list(Innspill.objects.all()) == []


def test_a_reader_by_link_sees_no_contact_that_is_for_the_services(plan, sted):
    lenke_til(plan)
    tjeneste = TjenesteFactory(kommune=plan.kommune)
    sted.tiltak.ansvar.create(tjeneste=tjeneste)
    punkt = KontaktpunktFactory(tjeneste=tjeneste, synlighet="tjenester")
    apent = KontaktpunktFactory(tjeneste=tjeneste)
    klient = ved_lenke()

    sider = [klient.get(a).text for a in (sted.url, tjeneste.get_absolute_url())]

    assert [apent.visning in tekst for tekst in sider] == [True, True]
    assert [punkt.visning in tekst for tekst in sider] == [False, False]


# The door -----------------------------------------------------------------------------


def test_the_door_opens_at_a_press_and_leads_to_the_draft(plan, client):
    lenke_til(plan)
    dor = reverse("planlenke", args=["hemmelig"])

    assert client.get(dor).status_code == 200
    assert client.get(plan.get_absolute_url()).status_code == 404

    svar = client.post(dor, follow=True)

    assert svar.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert "Du leser et utkast til handlingsplan ved en lenke." in Lest(svar).alt


def test_the_session_of_a_reader_is_a_new_one(plan, koordinator):
    lenke_til(plan)
    for_ = koordinator.session.session_key

    koordinator.post(reverse("planlenke", args=["hemmelig"]))

    assert koordinator.session.session_key not in {for_, None}


def test_a_door_that_is_shut_says_so(plan, client):
    lenke_til(plan).avslutt()

    for nokkel in ("hemmelig", "ukjent"):
        for metode in (client.get, client.post):
            svar = metode(reverse("planlenke", args=[nokkel]))
            assert (svar.status_code, "Lenken gjelder ikke" in svar.text) == (404, True)
            assert plan.tittel not in svar.text


def test_who_guesses_links_is_slowed_down(db, client):
    dor = reverse("planlenke", args=["gjettet"])

    statuser = [client.get(dor).status_code for _gang in range(61)]

    assert statuser == [404] * 60 + [429]


def test_a_link_is_forgotten_on_request(plan):
    lenke_til(plan)
    klient = ved_lenke()

    klient.post(reverse("konto:glem_lenker"))

    assert klient.get(plan.get_absolute_url()).status_code == 404


# Saying something ---------------------------------------------------------------------


def test_what_comes_by_a_link_is_stored_with_all_that_is_known(plan, sted):
    horing = HoringFactory(plan=plan)
    lenke = lenke_til(plan, horing=horing, mottaker="Ungdomsrådet")

    svar = ved_lenke().post(
        nytt(plan, tiltak=sted.tiltak.pk),
        # Who has a link is not asked who they are.
        {"tekst": "Vi savner kveldsåpent.", "fra": "Ordføreren", "vei": "fort_inn"},
    )

    assert svar.url == side("innspill_mine", plan)
    [ett] = Innspill.objects.all()
    assert (ett.fra, ett.tekst, ett.vei) == (
        "Ungdomsrådet",
        "Vi savner kveldsåpent.",
        "lenke",
    )
    assert (ett.tiltak, ett.kapittel, ett.gjelder) == (
        sted.tiltak,
        None,
        "Rus 1: Natteravner",
    )
    assert (ett.planlenke, ett.horing, ett.bruker) == (lenke, horing, None)
    assert ett.historikk.get().history_dor == "lenke"


def test_what_comes_from_a_user_is_theirs(plan):
    bruker = TilgangFactory(kommune=plan.kommune, rolle="politirad").bruker
    kapittel = KapittelFactory(plan=plan, tittel="Bakgrunn")
    klient = innlogget(bruker)

    forslag = klient.get(nytt(plan)).context["skjema"]["fra"].value()
    send(klient, plan, kapittel=kapittel.pk, fra="Politiet")

    [ett] = Innspill.objects.all()
    assert forslag == "Politirådet"
    assert (ett.fra, ett.vei, ett.bruker, ett.planlenke) == (
        "Politiet",
        "innlogget",
        bruker,
        None,
    )
    assert (ett.kapittel, ett.gjelder) == (kapittel, "Kapittel: Bakgrunn")
    # The next time, the same is suggested.
    assert klient.get(nytt(plan)).context["skjema"]["fra"].value() == "Politiet"


def test_every_page_of_a_draft_has_a_way_to_say_something(plan, sted):
    lenke_til(plan)
    kapittel = KapittelFactory(plan=plan)
    klient = ved_lenke()

    def veier(adresse):
        return Lest(klient.get(adresse)).adresser(side("innspill_nytt", plan))

    assert veier(plan.get_absolute_url()) == [nytt(plan)]
    assert veier(side("plan", plan)) == [nytt(plan, kapittel=kapittel.pk)]
    omradet = sted.innsatsomrade.get_absolute_url()
    assert veier(omradet) == [nytt(plan, tiltak=sted.tiltak.pk)]
    assert veier(sted.url) == [nytt(plan, tiltak=sted.tiltak.pk)]


def test_no_page_has_that_way_for_others(plan, sted, koordinator, client):
    assert Lest(koordinator.get(sted.url)).adresser(nytt(plan)) == []

    gi_status(plan, "gjeldende")

    assert Lest(client.get(sted.url)).adresser(nytt(plan)) == []
    assert Lest(koordinator.get(sted.url)).adresser(nytt(plan)) == []


def test_a_coordinator_is_led_to_entering_what_others_say(plan, sted, koordinator):
    svar = koordinator.get(nytt(plan, tiltak=sted.tiltak.pk), follow=True)

    assert svar.context["skjema"]["emne"].value() == f"tiltak-{sted.tiltak.pk}"


def test_whoever_presses_twice_has_said_it_once(plan):
    lenke_til(plan)
    klient = ved_lenke()

    svar = [send(klient, plan).status_code for _gang in range(2)]

    assert (svar, Innspill.objects.count()) == ([302, 302], 1)


def test_the_same_said_elsewhere_later_or_for_somebody_else_is_said_anew(plan, sted):
    lenke_til(plan)
    annen = lenke_til(plan, "annen")
    klient = ved_lenke()
    send(klient, plan)

    send(klient, plan, tiltak=sted.tiltak_id)
    klient.post(reverse("planlenke", args=["annen"]))
    send(klient, plan)
    with uten_vern():
        ett = annen.innspill.get()
        ett.mottatt -= timedelta(minutes=11)
        ett.save()
    send(klient, plan)

    assert [
        (ett.tiltak_id, ett.planlenke == annen)
        for ett in Innspill.objects.order_by("pk")
    ] == [(None, False), (sted.tiltak_id, False), (None, True), (None, True)]


# Refused in words; nothing that was typed is lost -------------------------------------


def avvist(svar, ordene, tekst="Bra plan."):
    """Whether it says so, and still has what was typed."""
    lest = Lest(svar).tekst
    return (ordene in lest, tekst in svar.text, Innspill.objects.count()) == (
        True,
        True,
        0,
    )


def test_nothing_comes_in_after_the_window(plan):
    horing = HoringFactory(plan=plan, fra=I_DAG() - timedelta(days=9), til=I_DAG())
    lenke_til(plan, horing=horing)
    klient = ved_lenke()
    assert klient.get(nytt(plan)).context["hindring"] == ""

    horing.til = I_DAG() - timedelta(days=1)
    horing.save()
    svar = send(klient, plan)

    assert (svar.status_code, avvist(svar, "Fristen for innspill gikk ut")) == (
        422,
        True,
    )
    assert "Fristen for innspill gikk ut" in klient.get(nytt(plan)).text
    # It is read still, but nothing offers what is refused.
    forsiden = klient.get(plan.get_absolute_url())
    assert (forsiden.status_code, nytt(plan) in forsiden.text) == (200, False)


def test_of_two_links_the_one_by_which_something_may_be_said_is_meant(plan):
    apen = lenke_til(plan, "apen")
    stengt = HoringFactory(
        plan=plan, fra=I_DAG() - timedelta(days=9), til=I_DAG() - timedelta(days=1)
    )
    lenke_til(plan, "stengt", horing=stengt)
    klient = ved_lenke("apen")
    klient.post(reverse("planlenke", args=["stengt"]))

    svar = klient.post(
        reverse("tiltak:innspill_nytt", args=[plan.kommune.slug, plan.slug]),
        {"tekst": "Slik mener vi."},
    )

    assert svar.status_code == 302
    assert Innspill.objects.get().planlenke == apen


def test_of_two_links_the_one_that_was_opened_last_is_meant(plan):
    lenke_til(plan, "forste", mottaker="A")
    siste = lenke_til(plan, "siste", mottaker="B")
    klient = ved_lenke("forste")
    klient.post(reverse("planlenke", args=["siste"]))

    klient.post(
        reverse("tiltak:innspill_nytt", args=[plan.kommune.slug, plan.slug]),
        {"tekst": "Slik mener vi."},
    )

    assert Innspill.objects.get().planlenke == siste


def test_the_last_day_of_a_window_counts(plan):
    i_dag = HoringFactory(plan=plan, fra=I_DAG() - timedelta(days=9), til=I_DAG())
    HoringFactory(
        plan=plan, fra=I_DAG() - timedelta(days=9), til=I_DAG() - timedelta(days=1)
    )

    assert list(Horing.objects.apne()) == [i_dag]


def test_the_window_of_another_plan_is_not_to_be_chosen(plan):
    HoringFactory(plan=UtkastFactory(kommune=plan.kommune, fra_ar=2040, til_ar=2044))
    var = HoringFactory(plan=plan)

    skjema = ForInnForm(instance=Innspill(plan=plan), plan=plan)

    assert list(skjema.fields["horing"].queryset) == [var]


def test_nothing_comes_in_before_the_window(plan):
    fra = I_DAG() + timedelta(days=1)
    horing = HoringFactory(plan=plan, fra=fra, til=fra + timedelta(days=9))
    lenke_til(plan, horing=horing)

    svar = send(ved_lenke(), plan)

    assert avvist(svar, "Det kan gis innspill fra og med")


def test_a_link_that_was_revoked_meanwhile(plan):
    lenke = lenke_til(plan)
    klient = ved_lenke()
    assert klient.get(nytt(plan)).status_code == 200

    lenke.avslutt()
    svar = send(klient, plan)

    assert (svar.status_code, avvist(svar, "Lenken kan være trukket tilbake")) == (
        404,
        True,
    )
    assert plan.tittel not in svar.text
    assert klient.get(nytt(plan)).status_code == 404


def test_a_link_that_is_revoked_while_its_reader_waits(plan, monkeypatch):
    """Found once it is their turn, not only when they came."""
    lenke = lenke_til(plan)
    klient = ved_lenke()
    las = lesernes.Kommune.objects.las
    monkeypatch.setattr(
        type(lesernes.Kommune.objects),
        "las",
        lambda self, *pker: (lenke.avslutt(), las(*pker)),
    )

    svar = send(klient, plan)

    assert (svar.status_code, avvist(svar, "Lenken er trukket tilbake.")) == (422, True)


def _forumet_leser_ikke(leser):
    if leser.pk:
        leser.delete()


def _kontoen_stenges(leser):
    bruker = leser.forum.medlemmer.get().bruker
    bruker.is_active = False
    bruker.save()


@pytest.mark.parametrize("mist", [_forumet_leser_ikke, _kontoen_stenges])
def test_a_seat_that_is_lost_while_its_holder_waits(plan, monkeypatch, mist):
    leser = PlanleserFactory(forum=ForumFactory(kommune=plan.kommune), plan=plan)
    klient = medlem_av(leser.forum)
    las = lesernes.Kommune.objects.las
    monkeypatch.setattr(
        type(lesernes.Kommune.objects),
        "las",
        lambda self, *pker: (mist(leser), las(*pker)),
    )

    svar = send(klient, plan)

    assert avvist(svar, "Du har ikke lenger tilgang til utkastet.")
    assert not Innspill.objects.exists()


def test_a_plan_that_was_adopted_meanwhile(plan, client):
    lenke_til(plan)
    klient = ved_lenke()

    gi_status(plan, "gjeldende")
    svar = send(klient, plan)

    assert (svar.status_code, avvist(svar, "planen kan være behandlet imens")) == (
        404,
        True,
    )
    # It says no more of a plan that is not there at all.
    plan.slug = "2090-2091"
    assert Lest(send(client, plan)).tekst == Lest(svar).tekst


def test_a_plan_that_is_adopted_while_a_reader_waits(plan, monkeypatch):
    lenke_til(plan)
    klient = ved_lenke()
    las = lesernes.Kommune.objects.las
    monkeypatch.setattr(
        type(lesernes.Kommune.objects),
        "las",
        lambda self, *pker: (gi_status(plan, "gjeldende"), las(*pker)),
    )

    svar = send(klient, plan)

    assert avvist(svar, "Planen er ikke lenger et utkast.")


def test_a_tiltak_that_was_removed_meanwhile(plan, sted):
    lenke_til(plan)
    klient = ved_lenke()
    pk = sted.tiltak.pk
    sted.delete()
    sted.tiltak.delete()

    svar = send(klient, plan, tiltak=pk)

    assert (svar.status_code, avvist(svar, "er tatt ut av utkastet imens")) == (
        422,
        True,
    )
    # As the form says, it can be sent about the whole plan instead.
    assert f'action="{nytt(plan)}"' in svar.text
    assert send(klient, plan).status_code == 302
    assert Innspill.objects.get().gjelder == ""
    assert "er ikke lenger i utkastet" in klient.get(nytt(plan, tiltak=pk)).text


@pytest.mark.parametrize("pk", ["0", "-1", "x", "9" * 18, "9" * 30, "1 or 1"])
def test_what_stands_in_no_plan_is_not_there(plan, pk):
    lenke_til(plan)
    klient = ved_lenke()

    for navn in ("tiltak", "kapittel"):
        assert klient.get(nytt(plan), {navn: pk}).context["er_borte"]
    assert Innspill.objects.count() == 0


def test_what_is_of_another_plan_is_not_there(plan):
    lenke_til(plan)
    annen = PlasseringFactory(
        innsatsomrade__plan=UtkastFactory(kommune=plan.kommune, tittel="Annet")
    )
    annen.tiltak.tittel = "Hemmelig tiltak"
    annen.tiltak.save()

    svar = ved_lenke().get(nytt(plan, tiltak=annen.tiltak.pk))

    assert (svar.context["er_borte"], "Hemmelig tiltak" in svar.text) == (True, False)


@pytest.mark.parametrize("felt", ["tekst", "fra"])
def test_identity_numbers_are_refused_beside_the_field(plan, felt):
    bruker = TilgangFactory(kommune=plan.kommune, rolle="politirad").bruker

    svar = send(innlogget(bruker), plan, **{felt: f"Gjelder {NUMMER}"})

    assert (svar.status_code, Innspill.objects.count()) == (422, 0)
    assert list(svar.context["skjema"].errors) == [felt]
    assert f"Gjelder {NUMMER}" in svar.text


def test_who_sends_very_often_is_slowed_down(plan):
    lenke_til(plan)
    klient = ved_lenke()

    svar = [send(klient, plan, f"Nr. {n}") for n in range(11)]

    assert [s.status_code for s in svar] == [302] * 10 + [429]
    assert "Nr. 10" in svar[-1].text
    assert Innspill.objects.count() == 10


def test_a_link_brings_so_many_in_a_day_and_no_more(plan, monkeypatch):
    monkeypatch.setattr(lesernes, "INNSPILL_I_DOGNET", 2)
    lenke = lenke_til(plan)
    InnspillFactory(plan=plan, planlenke=lenke)
    InnspillFactory(
        plan=plan, planlenke=lenke, mottatt=timezone.now() - timedelta(days=2)
    )
    klient = ved_lenke()

    svar = [send(klient, plan, f"Nr. {n}").status_code for n in range(2)]

    assert (svar, Innspill.objects.count()) == ([302, 422], 3)


# The list, and the answers ------------------------------------------------------------


def svar_pa(
    klient, ett, *, vurdering="folges", svar="Vi gjør det.", sett=None, sporring=""
):
    adresse = side("innspill_svar", ett.plan, ett.pk)
    prefiks = f"svar-{ett.pk}"
    if sett is None:
        sett = klient.get(adresse).context["skjema"]["sett"].value()
    return klient.post(
        f"{adresse}{sporring}",
        {
            f"{prefiks}-vurdering": vurdering,
            f"{prefiks}-svar": svar,
            f"{prefiks}-sett": sett,
        },
    )


def test_the_list_is_in_the_order_of_the_plan(plan, sted, koordinator):
    kapittel = KapittelFactory(plan=plan, tittel="Bakgrunn")
    borte = PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=2)
    for nr, felter in enumerate(
        [
            {"tiltak": borte.tiltak, "gjelder": "Rus 2: Ungdomsklubb"},
            {"tiltak": sted.tiltak, "gjelder": "Rus 1: Slik det het da"},
            {"kapittel": kapittel, "gjelder": "Kapittel: Bakgrunn"},
            {},
        ]
    ):
        InnspillFactory(plan=plan, tekst=f"Innspill {nr}", **felter)
    borte_pk = borte.tiltak.pk
    borte.delete()
    borte.tiltak.delete()

    grupper = koordinator.get(side("innspill_list", plan)).context["grupper"]

    assert [(g.navn, g.er_borte, [i.tekst for i in g.innspill]) for g in grupper] == [
        ("Hele planen", False, ["Innspill 3"]),
        ("Kapittel: Bakgrunn", False, ["Innspill 2"]),
        ("Rus 1: Natteravner", False, ["Innspill 1"]),
        ("Rus 2: Ungdomsklubb", True, ["Innspill 0"]),
    ]
    assert Innspill.objects.get(tekst="Innspill 0").tiltak_id == borte_pk


def test_a_tiltak_that_is_brought_back_has_its_innspill_again(plan, sted, koordinator):
    InnspillFactory(plan=plan, tiltak=sted.tiltak, gjelder="Rus 1: Natteravner")
    sted.tiltak.delete()
    listen = side("innspill_list", plan)
    borte = [g.er_borte for g in koordinator.get(listen).context["grupper"]]

    [slettet] = slettet_i(kommune=plan.kommune)
    hent_tilbake(samling=slettet.samling, kommune=plan.kommune)

    [gruppe] = koordinator.get(listen).context["grupper"]
    assert (borte, gruppe.er_borte, gruppe.url) == ([True], False, sted.url)


def test_an_innspill_is_answered_on_the_list(plan, koordinator):
    ett, annet = InnspillFactory(plan=plan), InnspillFactory(plan=plan)
    listen = side("innspill_list", plan)
    skjema = koordinator.get(listen).context["grupper"][0].innspill[0].skjema

    svar = svar_pa(
        koordinator, ett, sett=str(skjema["sett"].value()), sporring="?ubesvarte=on"
    )

    ett.refresh_from_db()
    assert svar.url == f"{listen}?ubesvarte=on"
    assert (ett.vurdering, ett.svar) == ("folges", "Vi gjør det.")
    [gruppe] = koordinator.get(svar.url).context["grupper"]
    assert gruppe.innspill == [annet]


def test_the_answer_is_read_by_whoever_asked(plan, koordinator):
    lenke_til(plan)
    klient = ved_lenke()
    send(klient, plan)

    svar_pa(koordinator, Innspill.objects.get(), svar="Åpningstiden er utvidet.")

    lest = Lest(klient.get(side("innspill_mine", plan)))
    assert "Tatt til følge. Åpningstiden er utvidet." in lest.tekst
    assert (side("plan", plan), "Les videre i utkastet") in lest.lenker


@pytest.mark.parametrize("hva", ["the window is closed", "the plan is adopted"])
def test_a_reader_finds_the_answers_when_nothing_more_can_be_said(plan, hva):
    horing = HoringFactory(plan=plan, fra=I_DAG() - timedelta(days=9))
    lenke_til(plan, horing=horing)
    leser = PlanleserFactory(forum=ForumFactory(kommune=plan.kommune), plan=plan)
    klienter = [ved_lenke(), medlem_av(leser.forum)]
    horing.til = I_DAG() - timedelta(days=1)
    horing.save()
    if hva == "the plan is adopted":
        gi_status(plan, "gjeldende")

    mine = side("innspill_mine", plan)
    ser = [mine in k.get(plan.get_absolute_url()).text for k in (*klienter, Client())]

    assert ser == [True, True, False]
    assert [k.get(mine).status_code for k in (*klienter, Client())] == [200, 200, 404]


def test_an_answer_does_not_write_over_that_of_another(plan, koordinator):
    ett = InnspillFactory(plan=plan)
    sett = str(ett.historikk.first().pk)
    svar_pa(koordinator, ett, svar="Den første.")

    svar = svar_pa(koordinator, ett, svar="Den andre.", sett=sett)

    ett.refresh_from_db()
    assert (svar.status_code, ett.svar) == (422, "Den første.")
    assert "Den andre." in svar.text
    assert "Den første." in svar.text
    # In knowledge of it, the coordinator may.
    sett = svar.context["skjema"]["sett"].value()
    assert svar_pa(koordinator, ett, svar="Den andre.", sett=sett).status_code == 302


@pytest.mark.parametrize(
    ("vurdering", "svar"), [("", ""), ("folges", ""), ("", "Ja."), ("ukjent", "Ja.")]
)
def test_half_an_answer_is_none(plan, koordinator, vurdering, svar):
    ett = InnspillFactory(plan=plan)

    svaret = svar_pa(koordinator, ett, vurdering=vurdering, svar=svar)

    ett.refresh_from_db()
    assert (svaret.status_code, ett.vurdering, ett.svar) == (422, "", "")


def test_an_innspill_about_what_is_gone_is_answered(plan, sted, koordinator):
    ett = InnspillFactory(plan=plan, tiltak=sted.tiltak, gjelder="Rus 1")
    sted.tiltak.delete()

    assert svar_pa(koordinator, ett).status_code == 302


def test_only_coordinators_of_the_kommune_answer(folk, plan):
    ett = InnspillFactory(plan=plan)

    svar = {
        hvem: svar_pa(klient, ett, sett="").status_code
        for hvem, klient in folk.items()
        if hvem != "koordinator"
    }

    ett.refresh_from_db()
    assert (ett.svar, set(svar.values())) == ("", {302, 404})
    assert {h for h, s in svar.items() if s == 302} == {
        "stranger",
        "link",
        "revoked link",
        "expired link",
    }  # who is asked to log in


def test_the_politirad_reads_the_list_without_forms(folk, plan):
    InnspillFactory(plan=plan, tekst="Til alle")

    svar = folk["politirad"].get(side("innspill_list", plan))

    assert ("Til alle" in svar.text, "<textarea" in svar.text) == (True, False)


def test_what_came_some_other_way_is_entered(plan, sted, koordinator):
    horing = HoringFactory(plan=plan)

    svar = koordinator.post(
        side("innspill_for_inn", plan),
        {
            "fra": "En innbygger",
            "emne": f"tiltak-{sted.tiltak.pk}",
            "tekst": "Mer lys ved stasjonen.",
            "mottatt": "2026-03-02",
            "journalnummer": "2026/123-4",
            "horing": horing.pk,
        },
    )

    [ett] = Innspill.objects.all()
    assert svar.status_code == 302
    assert (ett.vei, ett.tiltak, ett.gjelder) == (
        "fort_inn",
        sted.tiltak,
        "Rus 1: Natteravner",
    )
    assert (ett.journalnummer, ett.horing, ett.bruker) == ("2026/123-4", horing, None)
    assert timezone.localtime(ett.mottatt).strftime("%Y-%m-%d") == "2026-03-02"


@pytest.mark.parametrize(
    "endret",
    [
        {"mottatt": "2999-01-01"},
        {"mottatt": ""},
        {"emne": "tiltak-999999"},
        {"emne": "x"},
        {"tekst": ""},
        {"fra": ""},
        {"tekst": NUMMER},
        {"horing": "999999"},
    ],
)
def test_what_is_entered_wrongly_is_refused(plan, koordinator, endret):
    HoringFactory(plan=plan)
    data = {"fra": "En", "tekst": "To", "mottatt": "2026-03-02", "emne": ""} | endret

    svar = koordinator.post(side("innspill_for_inn", plan), data)

    assert (svar.status_code, list(svar.context["skjema"].errors)) == (
        422,
        list(endret),
    )
    assert Innspill.objects.count() == 0


def test_the_list_stays_when_the_plan_is_adopted(folk, plan):
    ett = InnspillFactory(plan=plan)

    gi_status(plan, "gjeldende")

    assert som_far(folk, side("innspill_list", plan)) == LESER_ALT
    assert som_far(folk, side("innspill_for_inn", plan)) == set()
    assert som_far(folk, nytt(plan)) == set()
    forsider = {
        hvem
        for hvem, klient in folk.items()
        if f'"{side("innspill_list", plan)}"'
        in klient.get(plan.get_absolute_url()).text
    }
    assert forsider == LESER_ALT
    assert svar_pa(folk["koordinator"], ett).status_code == 302


@pytest.mark.parametrize("antall", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    plan, koordinator, antall, django_assert_num_queries
):
    lenke = lenke_til(plan)
    steder = PlasseringFactory.create_batch(antall, innsatsomrade__plan=plan)
    for nr, sted in enumerate(steder, 1):
        KapittelFactory(plan=plan)
        InnspillFactory(
            plan=plan, tiltak=sted.tiltak, gjelder=f"Omr {nr}", planlenke=lenke
        )
    klient = ved_lenke()

    with django_assert_num_queries(13):
        koordinator.get(side("innspill_list", plan))
    with django_assert_num_queries(8):
        klient.get(side("innspill_mine", plan))


# The document -------------------------------------------------------------------------


def test_the_document_is_kept_by_nobody(plan, koordinator, settings, tmp_path):
    settings.PDF_MAPPE, settings.PDF_VENT = tmp_path, 60
    gi_status(plan, "gjeldende")
    InnspillFactory(plan=plan)

    svar = koordinator.get(side("innspill_pdf", plan))

    assert (svar.status_code, svar["Content-Type"]) == (200, "application/pdf")
    assert svar["Cache-Control"] == "private, no-store"


def test_the_document_says_what_the_list_says(plan, sted):
    InnspillFactory(
        plan=plan,
        tiltak=sted.tiltak,
        fra="Skolene",
        tekst="Første linje.\n\n<b>Andre</b>",
        vurdering=Innspill.Vurdering.DELVIS,
        svar="Litt av det.",
        journalnummer="26/1-2",
    )
    InnspillFactory(plan=plan)

    html = Innspillsliste(plan).html()

    for ordene in (
        "2 innspill; 1 delvis tatt til følge; 1 ikke besvart.",
        "Rus 1: Natteravner",
        "&lt;b&gt;Andre&lt;/b&gt;",
        "journalnummer 26/1-2",
        "<strong>Delvis tatt til følge.</strong> Litt av det.",
        "Ikke besvart.",
    ):
        assert ordene in html
    assert "data-stempel" not in html


# What is stored of persons ------------------------------------------------------------


def test_what_somebody_said_is_in_what_they_may_see_of_themselves(plan):
    bruker = TilgangFactory(kommune=plan.kommune, rolle=Tilgang.Rolle.POLITIRAD).bruker
    send(innlogget(bruker), plan, "Slik mener vi.")

    [rad] = innsyn(bruker)["knyttet til deg nå"]["innspill"]

    assert (rad["innspill"], rad["hvordan det kom"]) == (
        "Slik mener vi.",
        "fra en som er logget inn",
    )


def _nytt(felt, plan, sted):
    """Another value of a field."""
    return {
        "plan_id": lambda: (
            UtkastFactory(
                kommune=plan.kommune, rekke=plan.rekke, fra_ar=2040, til_ar=2044
            ).pk
        ),
        "tiltak_id": lambda: sted.tiltak_id,
        "kapittel_id": lambda: KapittelFactory(plan=plan).pk,
        "mottatt": lambda: timezone.now() - timedelta(days=1),
        "vei": lambda: Innspill.Vei.LENKE,
        "planlenke_id": lambda: lenke_til(plan).pk,
        "bruker_id": lambda: BrukerFactory().pk,
    }.get(felt, lambda: "Noe annet")()


@pytest.mark.parametrize("felt", Innspill.INNKOMMET)
def test_what_was_said_is_not_changed(plan, sted, felt):
    ett = InnspillFactory(plan=plan)
    fer = Innspill.objects.filter(pk=ett.pk).values().get()
    setattr(ett, felt, _nytt(felt, plan, sted))

    with pytest.raises(ValidationError, match="saksdokument"):
        ett.save()

    assert Innspill.objects.filter(pk=ett.pk).values().get() == fer


def test_what_was_said_is_answered_anew_and_not_deleted(plan):
    ett = InnspillFactory(plan=plan)
    ett.vurdering, ett.svar = "folges", "Tatt med."
    ett.save()

    with pytest.raises(ValidationError, match="saksdokument"):
        ett.delete()

    assert Innspill.objects.get().svar == "Tatt med."


def test_a_name_is_taken_out_of_an_innspill_that_stands(plan):
    ett = InnspillFactory(plan=plan, tekst="Spør Navn Navnesen om det.")

    resultat = anonymiser_navn("Navn Navnesen")

    ett.refresh_from_db()
    assert ett.tekst == "Spør [fjernet] om det."
    assert resultat.rader == [f"innspill {ett.pk}"]
    assert [h.tekst for h in ett.historikk.all()] == [ett.tekst, ett.tekst]


def test_a_frozen_file_that_names_somebody_is_told_of_and_stands(kommune):
    fil = DokumentFactory(kommune=kommune, tittel="Plan av Navn Navnesen")

    resultat = anonymiser_navn("Navn Navnesen")

    fil.refresh_from_db()
    assert (resultat.frosset, fil.tittel) == (
        [f"dokument {fil.pk}"],
        "Plan av Navn Navnesen",
    )
