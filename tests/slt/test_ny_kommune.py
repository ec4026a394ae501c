"""How a kommune begins: the administrator's form, and the starter set."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from moter.models import Forum
from slt.felles.startsett import GRUPPER
from slt.grunn import pdflager
from slt.grunn.historikk import Historisert
from slt.models import Bruker, Dokument, Kommune, Tilgang
from slt.nykommune import views
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    TemaFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tests.slt.test_samtidig import alle_pa_en_gang
from tiltak.models import (
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Tema,
    Tjeneste,
)
from tiltak.planlop import vedta

NY, SETT = "/kommuner/ny/", "/lillestrom/startsett/"
ALLE = [f"{g.nokkel}:{t.nokkel}" for g in GRUPPER for t in g.ting]


def felter(**andre):
    return {
        "navn": "Nittedal",
        "nummer": "3232",
        "slug": "",
        "malform": "nb",
        "aksentfarge": "gronn",
        "vakt_navn": "Barnevernsvakten",
        "vakt_telefon": "",
        "vakt_dekning": "ukjent",
        "vakt_tid": "",
        "koordinator": "",
        "startsett": [],
    } | andre


def meldinger(svar):
    return [str(m) for m in svar.context["messages"]]


def antall():
    modeller = (Kommune, Tema, Tjeneste, Kontaktpunkt, Forum, Kapittel, Innsatsomrade)
    return [modell.objects.count() for modell in modeller]


# The form of a new kommune ------------------------------------------------------------


def test_an_administrator_makes_a_kommune_and_its_coordinator_is_written_to(
    administrator,
):
    svar = administrator.post(
        NY,
        felter(
            vakt_telefon="64 99 00 00",
            vakt_dekning="dogn",
            koordinator="slt@example.org",
            startsett=["temaer", "fora"],
        ),
        follow=True,
    )

    kommune = Kommune.objects.get()
    assert svar.redirect_chain == [("/nittedal/startsett/", 302)]
    # There one works from then on.
    assert administrator.session["admin_kommune"] == kommune.pk
    opprettet, *resten = meldinger(svar)
    assert opprettet == (
        "Nittedal er opprettet, med adressen /nittedal/. "
        '<a class="ds-link" href="/kommuner/ny/">Ny kommune</a> · '
        '<a class="ds-link" href="/kommuner/">Alle kommunene</a>'
    )
    assert opprettet in svar.text  # as links
    assert resten == [
        "Barnevernsvakten står i akuttstripen med 64 99 00 00.",
        "Tatt med: Temaer (14), Fora på hvert nivå (3).",
        "slt@example.org er SLT-koordinator, og har fått en invitasjon på e-post.",
    ]
    assert (kommune.slug, kommune.nummer, kommune.aksentfarge) == (
        "nittedal",
        "3232",
        "gronn",
    )
    punkt = Kontaktpunkt.objects.get()
    assert (str(punkt.tjeneste), punkt.verdi, punkt.akutt) == (
        "Barnevernsvakten",
        "64 99 00 00",
        True,
    )
    apent = punkt.apningstider.get()
    assert str(apent).startswith("alle dager")
    assert apent.helligdager == Apningstid.Helligdager.APENT
    tilgang = Tilgang.objects.get()
    assert (tilgang.bruker.epost, tilgang.rolle, tilgang.til) == (
        "slt@example.org",
        "koordinator",
        None,
    )
    [epost] = mail.outbox
    assert epost.to == ["slt@example.org"]
    assert "/konto/nytt-passord/" in epost.body
    # One change, by one user.
    spor = {
        (rad.history_samling, rad.history_user, rad.history_dor)
        for modell in (
            Kommune,
            Tema,
            Tjeneste,
            Kontaktpunkt,
            Apningstid,
            Forum,
            Tilgang,
        )
        for rad in modell.historikk.filter(history_type="+")
    }
    assert [s[1:] for s in spor] == [(administrator.bruker, "skjema")]


def test_without_the_number_of_the_vakt_the_strip_has_the_national_one(administrator):
    svar = administrator.post(NY, felter(koordinator=""), follow=True)

    assert meldinger(svar)[1] == (
        "Barnevernsvakten mangler nummer. Alarmtelefonen 116 111 står i akuttstripen så "
        "lenge."
    )
    assert (Tjeneste.objects.count(), mail.outbox) == (0, [])
    stripe = re.search(
        r'class="akutt".*?<details', Client().get("/nittedal/").text, re.DOTALL
    )[0]
    assert re.findall(r'href="tel:(\d+)"', stripe) == ["112", "113", "116111"]


@pytest.mark.parametrize(
    ("endring", "feil"),
    [
        (
            {"nummer": "3205"},
            {"nummer": ["3205 er Lillestrøm, som er opprettet allerede."]},
        ),
        ({"nummer": "12"}, {"nummer": ["Kommunenummeret har fire sifre."]}),
        (
            {"slug": "lillestrom"},
            {"slug": ["Lillestrøm har denne adressen."]},
        ),
        (
            {"navn": " Lillestrøm", "slug": "annen"},
            {
                "navn": [
                    (
                        "En annen kommune her har dette navnet. Skriv fylket bak navnet, "
                        "for eksempel «Våler (Østfold)», og gjør det samme hos den andre."
                    )
                ]
            },
        ),
        (
            {"navn": "Kommuner"},
            {"slug": ["Nettstedet bruker denne adressen selv."]},
        ),
        (
            {"koordinator": "ikke en adresse"},
            {
                "koordinator": [
                    "Dette er ikke en e-postadresse. Skriv for eksempel post@kommunen.no."
                ]
            },
        ),
        ({"vakt_telefon": "12"}, ["vakt_telefon"]),
        ({"vakt_dekning": "dogn"}, ["vakt_telefon"]),
        ({"vakt_telefon": "64990000", "vakt_navn": ""}, ["vakt_navn"]),
        ({"vakt_telefon": "64990000", "vakt_dekning": "ord"}, ["vakt_tid"]),
        ({"vakt_telefon": "64990000", "vakt_tid": "kveld"}, ["vakt_dekning"]),
        ({"vakt_navn": "01010050053"}, ["vakt_navn"]),
        ({"aksentfarge": "rosa"}, ["aksentfarge"]),
        ({"startsett": ["finnes-ikke"]}, ["startsett"]),
        ({"navn": "Ny\0kommune"}, ["navn"]),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_made(
    administrator, kommune, endring, feil
):
    for_ = antall()

    svar = administrator.post(NY, felter(**endring))

    skjema = svar.context["skjema"]
    assert svar.status_code == 422
    assert (list(skjema.errors) if isinstance(feil, list) else skjema.errors) == feil
    assert (antall(), Bruker.objects.count()) == (for_, 1)
    assert skjema["nummer"].value() == endring.get("nummer", "3232")


def test_the_fylke_tells_two_apart_in_the_address_too(administrator):
    for nummer, fylke in (("3419", "Innlandet"), ("3114", "Østfold")):
        svar = administrator.post(NY, felter(nummer=nummer, navn=f"Våler ({fylke})"))
        assert svar.status_code == 302

    assert {k.navn: k.slug for k in Kommune.objects.all()} == {
        "Våler (Innlandet)": "valer-innlandet",
        "Våler (Østfold)": "valer-ostfold",
    }


def test_an_address_that_another_has_gets_one_that_is_free_beside_it(
    administrator, kommune
):
    svar = administrator.post(NY, felter(navn="Lillestrom"))

    skjema = svar.context["skjema"]
    assert skjema.errors == {
        "slug": [
            "Lillestrøm har adressen «lillestrom». «lillestrom-2» er ledig.",
        ]
    }
    assert skjema["slug"].value() == "lillestrom-2"
    svar = administrator.post(NY, felter(navn="Lillestrom", slug="lillestrom-2"))
    assert svar.status_code == 302


def test_of_a_name_that_is_taken_no_address_is_made(administrator, kommune):
    """It would stand there still when the fylke is written behind the name."""
    skjema = administrator.post(NY, felter(navn="Lillestrøm")).context["skjema"]

    assert list(skjema.errors) == ["navn"]
    assert not skjema["slug"].value()


def test_a_name_has_nothing_that_nobody_sees(administrator):
    svar = administrator.post(NY, felter(navn="\u200b\u202e", slug="usynlig"))

    assert svar.context["skjema"].errors == {"navn": ["Feltet er påkrevet."]}

    administrator.post(NY, felter(navn="\u202eNitte\u00addal"))

    kommune = Kommune.objects.get()
    assert (kommune.navn, kommune.slug) == ("Nittedal", "nittedal")


def test_when_the_mail_does_not_go_it_is_said_and_can_be_sent_again(
    administrator, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    svar = administrator.post(NY, felter(koordinator="ny@example.org"), follow=True)

    assert any("E-posten kom ikke av gårde" in melding for melding in meldinger(svar))
    tilgang = Tilgang.objects.get(kommune__slug="nittedal")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    igjen = ["nittedal", "tilgang", tilgang.pk]
    administrator.post(reverse("inviter_igjen", args=igjen))
    assert [melding.to for melding in mail.outbox] == [["ny@example.org"]]


def test_a_closed_user_is_not_made_coordinator(administrator):
    BrukerFactory(epost="stengt@example.org", is_active=False)

    svar = administrator.post(NY, felter(koordinator="stengt@example.org"))

    assert svar.context["skjema"].errors == {
        "koordinator": ["Brukeren er stengt. Åpne den først."]
    }


def test_who_was_beaten_to_it_is_told(administrator, monkeypatch):
    ekte = views.opprett

    def annen_forst(**hva):
        Kommune(nummer="3232", navn="Annen", slug="annen").save()
        monkeypatch.setattr(views, "opprett", ekte)
        return ekte(**hva)

    monkeypatch.setattr(views, "opprett", annen_forst)

    svar = administrator.post(NY, felter(startsett=["temaer"]))

    assert svar.status_code == 422
    assert list(svar.context["skjema"].errors) == ["nummer"]
    assert Tema.objects.count() == 0


def test_only_administrators_make_kommuner(koordinator, client):
    for_ = antall()

    assert koordinator.get(NY).status_code == 404
    assert koordinator.post(NY, felter()).status_code == 404
    assert client.post(NY, felter())["Location"].startswith("/konto/logg-inn/")
    assert antall() == for_


def test_the_list_of_kommuner_leads_to_the_form(administrator, kommune, koordinator):
    lenker = Lest(administrator.get("/admin/slt/kommune/")).lenker

    assert (NY, "Ny kommune med startsett") in lenker
    # To those to whom there is nothing there, nothing leads.
    assert NY not in koordinator.get("/admin/slt/kommune/").text
    assert administrator.get(NY).status_code == 200
    assert administrator.put(NY).status_code == 405


# The starter set ----------------------------------------------------------------------


def ta(klient, *valg, **andre):
    return klient.post(SETT, {"valg": list(valg)} | andre, follow=True)


def test_all_of_it_can_be_taken_and_every_row_is_whole(koordinator, kommune):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")

    svar = ta(koordinator, *ALLE)

    assert svar.redirect_chain == [(SETT, 302)]
    for gruppe in GRUPPER:
        sted = plan if gruppe.i_plan else kommune
        assert gruppe.der(sted) == {ting.nokkel for ting in gruppe.ting}
    for modell in (Tema, Tjeneste, Kontaktpunkt, Forum, Kapittel, Innsatsomrade):
        for rad in modell.objects.all():
            assert isinstance(rad, Historisert)
            rad.full_clean()
            assert rad.historikk.get().history_user == koordinator.bruker
    # Every number is one that a source says, and says which.
    for tjeneste in Tjeneste.objects.filter(kontaktpunkter__type="telefon"):
        assert "Kilde: " in tjeneste.tekst
    assert not Forum.objects.filter(offentlig=True).exists()


def test_what_is_there_is_said_and_not_made_again(koordinator, kommune):
    TemaFactory(kommune=kommune, navn="  RUS ".strip())
    TemaFactory(kommune=kommune, navn="Noe vondt", i_hverdagen="har det  vondt")
    TjenesteFactory(
        kommune=kommune, navn="NAV Lillestrøm", andre_navn="nav, trygdekontoret"
    )
    TjenesteFactory(kommune=kommune, navn="Skolepsykologene", kortnavn="ppt")
    ForumFactory(kommune=kommune, navn="POLITI RÅDET")
    der = [
        "temaer:rus",
        "temaer:psykisk",
        "tjenester:nav",
        "tjenester:ppt",
        "fora:politirad",
    ]
    for_ = antall()

    side = koordinator.get(SETT)
    svar = ta(koordinator, *der)

    tilbys = re.findall(r'name="valg" value="([^"]+)"', side.text)
    assert [n for n in ALLE if n not in tilbys] == sorted(der, key=ALLE.index)
    assert side.text.count("har dere") == len(der)
    assert meldinger(svar) == ["Dere hadde alt dette fra før. Ingenting er endret."]
    assert antall() == for_


def test_taken_in_bokmal_is_there_in_nynorsk(koordinator, kommune):
    ta(koordinator, "temaer:nett", "tjenester:barnevern")
    kommune.malform = "nn"
    kommune.save()

    ta(koordinator, "temaer:nett", "tjenester:barnevern", "tjenester:videregaende")

    assert set(Tema.objects.values_list("navn", flat=True)) == {"Digital trygghet"}
    with override("nn"):
        ny = next(
            str(t.navn)
            for g in GRUPPER
            for t in g.ting
            if (g.nokkel, t.nokkel) == ("tjenester", "videregaende")
        )
    assert ny == "Vidaregåande skular"
    assert set(Tjeneste.objects.values_list("navn", flat=True)) == {
        "Barneverntjenesten",
        ny,
    }


def test_a_kommune_in_nynorsk_gets_nynorsk(administrator):
    administrator.post(
        NY,
        felter(
            malform="nn",
            startsett=["tjenester"],
            koordinator="a@example.org",
            vakt_telefon="64990000",
        ),
    )

    navnene = set(Tjeneste.objects.values_list("navn", flat=True))
    assert navnene >= {"Barneverntenesta", "Barnevernsvakta"}
    assert "Vel eit passord her." in mail.outbox[0].body
    assert "Du er SLT-koordinator der." in mail.outbox[0].body


def test_what_is_said_of_it_is_in_the_language_of_the_page(administrator):
    KommuneFactory(malform="nb")

    svar = administrator.post(
        NY,
        felter(malform="nn", startsett=["temaer"], koordinator="a@example.org"),
        follow=True,
    )

    assert '<html lang="nn"' in svar.text
    assert meldinger(svar) == [
        (
            "Nittedal er oppretta, med adressa /nittedal/. "
            '<a class="ds-link" href="/kommuner/ny/">Ny kommune</a> · '
            '<a class="ds-link" href="/kommuner/">Alle kommunane</a>'
        ),
        "Barnevernsvakta manglar nummer. Alarmtelefonen 116 111 står i akuttstripa så lenge.",
        "Teke med: Tema (14).",
        "a@example.org er SLT-koordinator, og har fått ein invitasjon på e-post.",
    ]


def krysset(svar, navn):
    return re.search(rf'(?:value|name)="{navn}"[^>]* checked', svar.text) is not None


def test_chapters_without_a_plan_would_go_nowhere_and_that_is_said(
    koordinator, kommune
):
    svar = ta(koordinator, "kapitler:bakgrunn", "temaer:rus")

    assert svar.status_code == 422
    assert "må stå i en plan" in str(svar.context["skjema"].errors["lag_plan"])
    assert krysset(svar, "kapitler:bakgrunn")
    assert not krysset(svar, "lag_plan")
    assert (Tema.objects.count(), Handlingsplan.objects.count()) == (0, 0)


@pytest.mark.parametrize("har_plan", [False, True])
def test_a_draft_is_proposed_with_its_chapters_to_who_has_no_plan(
    har_plan, koordinator, kommune
):
    if har_plan:
        HandlingsplanFactory(kommune=kommune)

    svar = koordinator.get("/lillestrom/startsett/")

    assert krysset(svar, "temaer:rus")
    for navn in ("lag_plan", "kapitler:bakgrunn"):
        assert krysset(svar, navn) is not har_plan


PLAN = {"lag_plan": "on", "plan-tittel": "SLT-plan", "plan-fra_ar": "2027"}


def test_the_draft_of_another_kommune_is_none_to_put_it_into(
    koordinator, kommune, nabokommune
):
    naboens = HandlingsplanFactory(kommune=nabokommune, status="utkast")

    assert koordinator.get(SETT).context["utkast"] is None
    ta(koordinator, "kapitler:bakgrunn", "innsatsomrader:rus")

    assert not naboens.kapitler.exists()
    assert not naboens.innsatsomrader.exists()


def test_a_draft_is_made_when_it_is_asked_for(koordinator, kommune):
    valg = ["kapitler:bakgrunn", "innsatsomrader:rus"]

    svar = ta(koordinator, *valg, **PLAN, **{"plan-til_ar": "2030"})

    plan = Handlingsplan.objects.get()
    assert svar.redirect_chain == [("/lillestrom/2027-2030/rediger/", 302)]
    assert (plan.tittel, plan.status, plan.rekke.hoved) == ("SLT-plan", "utkast", True)
    assert [str(k) for k in plan.kapitler.all()] == ["Bakgrunn"]
    assert [o.kortnavn for o in plan.innsatsomrader.all()] == ["Rus"]


def test_years_that_are_wrong_are_said_and_nothing_is_taken(koordinator, kommune):
    for_ = antall()

    svar = ta(koordinator, "temaer:rus", **PLAN, **{"plan-til_ar": "2020"})

    assert svar.status_code == 422
    assert svar.context["planskjema"].errors
    assert 'value="2020"' in svar.text
    assert re.search(r'value="temaer:rus"[^>]* checked', svar.text)
    assert not re.search(r'value="temaer:vold"[^>]* checked', svar.text)
    assert (antall(), Handlingsplan.objects.count()) == (for_, 0)


@pytest.mark.parametrize("valg", [[], ["temaer:finnes-ikke"], ["x"]])
def test_nothing_or_what_is_not_there_is_refused(koordinator, kommune, valg):
    svar = ta(koordinator, *valg)

    assert (svar.status_code, Tema.objects.count()) == (422, 0)
    assert 'role="alert"' in svar.text


def test_an_unwritten_chapter_is_not_for_readers(koordinator, kommune):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    ta(koordinator, "kapitler:bakgrunn", "kapitler:kunnskap", "innsatsomrader:rus")
    skrevet = plan.kapitler.get(tittel="Kunnskapsgrunnlag")
    skrevet.tekst = "<p>Ungdata viser at [nesten] alle trives.</p>"
    skrevet.save()
    # Nor for those who read the draft.
    assert [k.tittel for k in plan.kapitler.lesernes(plan)] == ["Kunnskapsgrunnlag"]

    vedta(plan)

    siden = Client().get("/lillestrom/2024-2028/plan/").text
    assert ("Kunnskapsgrunnlag" in siden, "Bakgrunn" in siden) == (True, False)
    assert plan.kapitler.get(tittel="Bakgrunn").er_upublisert


def test_only_those_who_coordinate_it_take_it(nabo, kommune, client, administrator):
    valg = {"valg": ["temaer:rus"]}

    assert nabo.get(SETT).status_code == 404
    assert nabo.post(SETT, valg).status_code == 404
    assert client.post(SETT, valg)["Location"].startswith("/konto/logg-inn/")
    assert Tema.objects.count() == 0
    assert administrator.post(SETT, valg).status_code == 302
    assert [t.kommune for t in Tema.objects.all()] == [kommune]
    assert administrator.put(SETT).status_code == 405


def test_of_many_presses_at_once_one_takes_it(transactional_db, kommune):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    klienter = [innlogget(TilgangFactory(kommune=kommune).bruker) for _nr in range(3)]
    valg = {"valg": ["temaer:rus", "landet:116111", "kapitler:bakgrunn"]}
    valg |= PLAN | {"plan-til_ar": "2030"}

    svarene = alle_pa_en_gang(klienter, lambda k, _nr: k.post(SETT, valg).status_code)

    assert svarene == [302, 302, 302]
    assert (Tema.objects.count(), Tjeneste.objects.count()) == (1, 1)
    assert (Handlingsplan.objects.count(), Kapittel.objects.count()) == (1, 1)


def test_it_asks_as_much_however_much_is_there(koordinator, kommune):
    HandlingsplanFactory(kommune=kommune, status="utkast")

    def sporringer():
        with CaptureQueriesContext(
            connection,
        ) as sporringene:
            koordinator.get(SETT)
        return len(sporringene)

    sporringer()
    uten = sporringer()
    ta(koordinator, *ALLE)
    InnsatsomradeFactory(plan=Handlingsplan.objects.get())
    koordinator.get(SETT)

    assert sporringer() == uten


def test_no_two_things_are_taken_for_each_other():
    navnene = [
        (gruppe.nokkel, navn)
        for gruppe in GRUPPER
        for ting in gruppe.ting
        for navn in set(ting.navnene())
    ]

    assert len(navnene) > 100
    assert [navn for navn in navnene if navnene.count(navn) > 1] == []


# From nothing to a plan ---------------------------------------------------------------


@pytest.fixture
def tegnet(monkeypatch):
    """Draws at once; {name of a document: the HTML that it is drawn from}."""
    tegnet = {}

    def hent(navn, lag_oppdrag, **_):
        tegnet[navn] = b"%PDF-1.7 " + lag_oppdrag().html.encode()
        return tegnet[navn]

    monkeypatch.setattr(pdflager, "hent", hent)
    monkeypatch.setattr(pdflager, "lagret", tegnet.get)
    return tegnet


@pytest.mark.postgres
def test_from_the_form_to_a_small_plan_that_everybody_reads(administrator, tegnet):
    administrator.post(NY, felter(koordinator="slt@example.org", startsett=["landet"]))
    lenke = re.search(
        r"http://testserver(/konto/nytt-passord/\S+)", mail.outbox[0].body
    )
    slt = Client()
    side = slt.get(lenke[1], follow=True)
    passord = dict.fromkeys(["new_password1", "new_password2"], "hest batteri stift")
    slt.post(side.redirect_chain[-1][0], passord)

    arene = [timezone.localdate().year, timezone.localdate().year + 3]
    sett = slt.get("/nittedal/startsett/")
    valgt = re.findall(r'name="valg" value="([^"]+)"[^>]* checked', sett.text)
    slt.post(
        "/nittedal/startsett/",
        {"valg": valgt, **PLAN, "plan-fra_ar": arene[0], "plan-til_ar": arene[1]},
    )
    planen = f"/nittedal/{arene[0]}-{arene[1]}/"
    omrade = Innsatsomrade.objects.get(kortnavn="Rus")
    slt.post(
        f"{planen}rediger/tiltak/",
        {"tittel": "Foreldremøter om rus", "omrade": omrade.pk},
    )
    behandling = f"{planen}registrer-behandling/"
    slt.post(behandling, {"vedtaksform": "vedtatt", "vedtatt_av": "kommunestyret"})
    dokumentet = slt.get(f"{behandling}bekreft/").context["dokumentet"]
    slt.post(f"{behandling}bekreft/", {"dokumentet": dokumentet})

    fremmed = Client()
    assert "Foreldremøter om rus" in fremmed.get(f"{planen}tiltak/").text
    assert "Hvorfor kommunen har planen" not in fremmed.get(f"{planen}plan/").text
    assert Kapittel.objects.filter(
        tekst__contains="Hvorfor kommunen har planen"
    ).exists()
    frosset = bytes(Dokument.objects.get().innhold).decode()
    assert "Foreldremøter om rus" in frosset
    assert "Hvorfor kommunen har planen" not in frosset
