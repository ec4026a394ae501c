"""What is new in a plan that holds is not public until somebody says so, and what was
never public can go; what has ended counts as in force nowhere."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from slt.grunn.historikk import opprett_mange
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tests.slt.test_admin import ny_rad, side, skjema, sporringer
from tiltak.dekning import antall_per_niva, dekning_etter_niva
from tiltak.dokument import Utgave
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Malsetting,
    Plassering,
    Tiltak,
)
from tiltak.publisering import antall_upubliserte, publiser

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
PLANEN = "/lillestrom/2024-2028/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def omrade(plan):
    return InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")


@pytest.fixture
def natteravn(omrade):
    """Vold 1, which is public."""
    return PlasseringFactory(
        innsatsomrade=omrade, nummer=1, tiltak__tittel="Natteravn"
    ).tiltak


@pytest.fixture
def nytt(natteravn, omrade):
    """Vold 2, which is not."""
    return PlasseringFactory(
        innsatsomrade=omrade,
        nummer=2,
        tiltak__tittel="Nattklubb",
        tiltak__publisert=False,
        tiltak__tekst="<p>Ganske nytt</p>",
        tiltak__niva="selektiv",
    ).tiltak


def nummeret(tiltak):
    return tiltak.plasseringer.get().nummer


# How it begins ------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "publisert"), [(UTKAST, True), (GJELDENDE, False)])
@pytest.mark.parametrize("dor", ["en", "mange"])
def test_what_is_new_is_public_with_its_plan_or_not_yet(
    status, publisert, dor, kommune
):
    plan = HandlingsplanFactory(kommune=kommune, status=status)
    rader = [
        Tiltak(plan=plan, tittel="Nytt"),
        Kapittel(plan=plan, tittel="Nytt", tekst="<p>x</p>"),
        Innsatsomrade(plan=plan, navn="Nytt", kortnavn="Nytt"),
    ]

    for rad in rader:
        rad.save() if dor == "en" else opprett_mange([rad])

    lagret = [type(rad).objects.get(pk=rad.pk).publisert for rad in rader]
    assert lagret == [publisert] * 3
    assert [rad.historikk.get().publisert for rad in rader] == [publisert] * 3


def test_a_tiltak_that_is_added_in_the_admin_is_not_public(
    plan, omrade, client, koordinator
):
    url = side(Tiltak, "add")
    sendt = skjema(koordinator.get(url)) | {"tittel": "Nattklubb", "plan": plan.pk}
    ny_rad(sendt, "plasseringer", innsatsomrade=omrade.pk, nummer="1", hoved="on")

    svar = koordinator.post(url, sendt, follow=True)

    assert "vises ikke for alle før det er publisert" in svar.text
    adresse = Tiltak.objects.get().get_absolute_url()
    assert client.get(adresse).status_code == 404
    assert "Tiltaket er ikke publisert." in koordinator.get(adresse).text


# Who sees it --------------------------------------------------------------------------

SIDENE = [
    PLANEN,
    f"{PLANEN}tiltak/",
    f"{PLANEN}tiltak/?q=nattklubb",
    f"{PLANEN}innsatsomrader/vold/",
    f"{PLANEN}dekning/",
    f"{PLANEN}plan/",
    f"{PLANEN}tiltak/vold/1/",
    "/lillestrom/tjenester/politiet/",
    "/sitemap-tiltak.xml",
]


@pytest.fixture
def upublisert(nytt, kommune):
    """One of all that may wait, each with the word in it."""
    AnsvarFactory(
        tiltak=nytt, tjeneste=TjenesteFactory(kommune=kommune, navn="Politiet")
    )
    Malsetting.objects.create(
        plan=nytt.plan, tiltak=nytt, type="visjon", tekst="Nattklubb for alle"
    )
    KapittelFactory(plan=nytt.plan, tittel="Om nattklubb", publisert=False)
    InnsatsomradeFactory(
        plan=nytt.plan, navn="Nattklubber", kortnavn="Natt", publisert=False
    )
    TiltakFactory(
        plan=nytt.plan,
        overordnet=Tiltak.objects.get(tittel="Natteravn"),
        tittel="Nattklubb om natten",
        publisert=False,
    )
    return nytt


@pytest.mark.parametrize("adresse", SIDENE)
def test_nobody_reads_of_it_on_the_pages_of_the_plan(
    adresse, upublisert, client, koordinator
):
    for klient in (client, koordinator):
        svar = klient.get(adresse)

        assert svar.status_code == 200
        sagt = svar.text.replace('value="nattklubb"', "").replace("q=nattklubb", "")
        assert "nattklubb" not in sagt.lower().replace("søkeord: nattklubb", "")


def test_its_pages_are_there_for_those_who_write_and_adopt_the_plan(
    upublisert, client, koordinator, nabo, kommune
):
    adresser = [
        upublisert.get_absolute_url(),
        Innsatsomrade.objects.get(navn="Nattklubber").get_absolute_url(),
    ]
    politirad = innlogget(TilgangFactory(kommune=kommune, rolle="politirad").bruker)
    ansatt = innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker)

    def svarene(klient):
        return [klient.get(adresse).status_code for adresse in adresser]

    assert svarene(koordinator) == svarene(politirad) == [200, 200]
    assert svarene(client) == svarene(ansatt) == svarene(nabo) == [404, 404]


def test_no_document_holds_it(upublisert):
    for utgave in (
        Utgave(upublisert.plan),
        Utgave(upublisert.plan, kort=True),
        Utgave(upublisert.plan, innsatsomrade="vold"),
    ):
        html = utgave.html().lower()
        assert "natteravn" in html or utgave.kort
        assert "nattklubb" not in html
    assert not Utgave(upublisert.plan, tjeneste="politiet").finnes
    assert not Utgave(upublisert.plan, innsatsomrade="nattklubber").finnes


def test_it_counts_nowhere(upublisert):
    assert sum(antall_per_niva(upublisert.plan).values()) == 0
    tabell = dekning_etter_niva(upublisert.plan)
    assert [rad.omrade.navn for rad in tabell.rader] == ["Vold"]
    assert sum(celle.antall for celle in tabell.rader[0].celler) == 1


def test_a_draft_shows_all_of_itself(kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune, status=UTKAST)
    PlasseringFactory(
        innsatsomrade=InnsatsomradeFactory(plan=plan, navn="Rus"),
        tiltak=TiltakFactory(plan=plan, tittel="Natteravn", publisert=None),
    )

    assert "Natteravn" in Lest(koordinator.get(f"{PLANEN}tiltak/")).tekst
    assert "Natteravn" in Utgave(plan).html()


# Publishing ---------------------------------------------------------------------------


def test_the_coordinator_is_told_and_publishes(nytt, client, koordinator):
    liste = f"{PLANEN}tiltak/"
    assert "1 ny del av planen er ikke publisert ennå." in koordinator.get(liste).text
    assert "publisert" not in client.get(liste).text
    upublisert = koordinator.get(f"{PLANEN}upublisert/")
    assert "Nattklubb" in Lest(upublisert).tekst
    slettes = f"/lillestrom/endre/tiltak/{nytt.pk}/slett/"
    assert f'href="{slettes}"' in upublisert.text
    assert koordinator.get(slettes).status_code == 200

    svar = koordinator.post(f"/lillestrom/endre/tiltak/{nytt.pk}/publiser/")

    assert svar["Location"] == f"{PLANEN}upublisert/"
    assert "«Nattklubb» er publisert." in koordinator.get(svar["Location"]).text
    assert "Nattklubb" in Lest(client.get(liste)).tekst
    assert client.get(nytt.get_absolute_url()).status_code == 200


def test_what_is_published_already_stays_so(nytt, koordinator):
    """Pressed twice, or by two of them."""
    adresse = f"/lillestrom/endre/tiltak/{nytt.pk}/publiser/"
    koordinator.post(adresse)
    antall = nytt.historikk.count()

    svar = koordinator.post(adresse)

    assert (svar.status_code, svar.url) == (302, f"{PLANEN}upublisert/")
    assert nytt.historikk.count() == antall


@pytest.mark.parametrize("hvem", ["client", "nabo", "ansatt", "politirad"])
def test_nobody_else_publishes(hvem, nytt, kommune, request):
    if hvem in {"ansatt", "politirad"}:
        klient = innlogget(TilgangFactory(kommune=kommune, rolle=hvem).bruker)
    else:
        klient = request.getfixturevalue(hvem)

    svar = klient.post(f"/lillestrom/endre/tiltak/{nytt.pk}/publiser/")
    siden = klient.get(f"{PLANEN}upublisert/")

    nytt.refresh_from_db()
    assert not nytt.publisert
    assert svar.status_code == siden.status_code == (302 if hvem == "client" else 404)


def test_the_way_there_is_a_press(nytt, koordinator):
    svar = koordinator.get(f"/lillestrom/endre/tiltak/{nytt.pk}/publiser/")

    assert svar.status_code == 405


def test_the_first_to_be_published_gets_the_next_number(nytt, omrade):
    annet = PlasseringFactory(
        innsatsomrade=omrade, nummer=3, tiltak__publisert=False
    ).tiltak

    publiser(annet)
    assert (nummeret(annet), nummeret(nytt)) == (2, 3)

    publiser(nytt)
    assert (nummeret(annet), nummeret(nytt)) == (2, 3)


def test_a_number_that_was_public_stands(nytt):
    publiser(nytt)
    sted = nytt.plasseringer.get()
    sted.nummer = 7

    with pytest.raises(ValidationError):
        sted.save()

    assert nummeret(nytt) == 2


def test_parts_go_with_the_whole_and_not_before_it(nytt):
    del_ = TiltakFactory(plan=nytt.plan, overordnet=nytt, publisert=False)
    with pytest.raises(ValidationError) as feilen:
        publiser(del_)
    assert feilen.value.messages == ["Publiser først tiltaket det er del av."]

    publiser(nytt)

    del_.refresh_from_db()
    assert del_.publisert


def test_a_tiltak_needs_a_main_place_that_is_public(plan, omrade, koordinator):
    skjult = InnsatsomradeFactory(plan=plan, publisert=False)
    tiltak = PlasseringFactory(innsatsomrade=skjult, tiltak__publisert=False).tiltak
    PlasseringFactory(innsatsomrade=omrade, tiltak=tiltak, hoved=False)

    svar = koordinator.post(
        f"/lillestrom/endre/tiltak/{tiltak.pk}/publiser/", follow=True
    )

    assert "Gi først tiltaket en hovedplassering" in svar.text
    tiltak.refresh_from_db()
    assert not tiltak.publisert


@pytest.mark.parametrize("status", [UTKAST, AVLOST])
def test_only_a_plan_that_holds_has_something_to_publish(status, kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune, status=status)

    assert koordinator.get(f"{PLANEN}upublisert/").status_code == 404
    assert antall_upubliserte(plan) == (0, 0)


# Removing -----------------------------------------------------------------------------


def test_what_was_never_public_can_be_removed(nytt, koordinator):
    koordinator.post(side(Tiltak, "delete", nytt.pk), {"post": "yes"})

    assert not Tiltak.objects.filter(pk=nytt.pk).exists()


@pytest.mark.parametrize(
    "lag",
    [
        lambda plan: InnsatsomradeFactory(plan=plan, publisert=False),
        lambda plan: KapittelFactory(plan=plan, publisert=False),
    ],
)
def test_so_can_chapters_and_innsatsomrader(lag, plan, koordinator):
    rad = lag(plan)

    koordinator.post(side(type(rad), "delete", rad.pk), {"post": "yes"})

    assert not type(rad).objects.filter(pk=rad.pk).exists()


def test_what_was_public_is_ended_and_not_removed(natteravn, nytt):
    publiser(nytt)

    for rad in (natteravn, nytt, natteravn.plasseringer.get()):
        with pytest.raises(ValidationError):
            rad.delete()

    assert Tiltak.objects.count() == Plassering.objects.count() == 2


# Ended --------------------------------------------------------------------------------


@pytest.fixture(params=["avsluttet", "overfort"])
def avsluttet(request, natteravn, omrade, kommune):
    tiltak = PlasseringFactory(
        innsatsomrade=omrade,
        nummer=2,
        tiltak__tittel="Pilot",
        tiltak__status=request.param,
        tiltak__niva="selektiv",
    ).tiltak
    AnsvarFactory(
        tiltak=tiltak, tjeneste=TjenesteFactory(kommune=kommune, navn="Politiet")
    )
    return tiltak


@pytest.mark.parametrize(
    "adresse",
    [
        PLANEN,
        f"{PLANEN}tiltak/",
        f"{PLANEN}dekning/",
        "/lillestrom/tjenester/politiet/",
    ],
)
def test_what_has_ended_is_not_listed_as_in_force(adresse, avsluttet, client):
    assert "Pilot" not in Lest(client.get(adresse)).tekst


def test_it_counts_nowhere_when_it_has_ended(avsluttet, client):
    assert "Se tiltaket" in Lest(client.get(PLANEN)).tekst
    assert sum(antall_per_niva(avsluttet.plan).values()) == 0
    assert "1 tiltak" in Lest(client.get(f"{PLANEN}innsatsomrader/vold/")).tekst


def test_it_is_found_by_those_who_ask_for_it(avsluttet, client):
    lest = Lest(client.get(f"{PLANEN}tiltak/?status={avsluttet.status}"))
    assert "Pilot" in lest.tekst
    assert "Natteravn" not in lest.tekst

    side_ = Lest(client.get(avsluttet.get_absolute_url())).tekst
    assert ("Tiltaket er avsluttet." in side_) == (avsluttet.status == "avsluttet")
    assert ("overført til fast struktur, og" in side_) == (
        avsluttet.status == "overfort"
    )
    omradet = Lest(client.get(f"{PLANEN}innsatsomrader/vold/")).tekst
    assert "Avsluttet i perioden" in omradet
    assert "Pilot" in omradet


def test_the_document_says_what_ended_without_telling_more(avsluttet):
    html = Utgave(avsluttet.plan).html()

    assert html.count("Pilot") == 1
    assert "Avsluttet i perioden: Pilot (Vold 2, " in html
    assert not Utgave(avsluttet.plan, tjeneste="politiet").finnes


def test_the_page_costs_the_same_with_one_and_three_of_each(upublisert, koordinator):
    adresse = f"{PLANEN}upublisert/"
    en = sporringer(koordinator, adresse)
    for nr in range(2):
        omrade = InnsatsomradeFactory(plan=upublisert.plan, publisert=False)
        KapittelFactory(plan=upublisert.plan, publisert=False)
        tiltak = PlasseringFactory(
            innsatsomrade=omrade, nummer=nr + 1, tiltak__publisert=False
        ).tiltak
        TiltakFactory(plan=upublisert.plan, overordnet=tiltak, publisert=False)

    assert sporringer(koordinator, adresse) == en


def test_a_chapter_is_read_before_it_is_published(plan, koordinator):
    Kapittel.objects.create(
        plan=plan, tittel="Nytt", tekst="<p>Slik vil vi ha det.</p>"
    )

    assert "Slik vil vi ha det." in koordinator.get(f"{PLANEN}upublisert/").text


# What the starter set proposes, and nobody has written -----------------------------------

FORSLAGET = "<p>[Hvorfor kommunen har en plan.]</p>"


def test_what_is_only_proposed_is_not_said_to_be_published(plan, koordinator, client):
    kapittel = KapittelFactory(
        plan=plan, tittel="Bakgrunn", tekst=FORSLAGET, publisert=False
    )
    siden = f"{PLANEN}upublisert/"
    dit = f"/lillestrom/endre/kapittel/{kapittel.pk}/publiser/"
    assert dit not in koordinator.get(siden).text

    svar = koordinator.post(dit, follow=True)

    assert "«Bakgrunn» er ikke publisert. Der står bare forslaget" in Lest(svar).tekst
    assert "«Bakgrunn» er publisert." not in Lest(svar).tekst
    kapittel.refresh_from_db()
    assert kapittel.publisert is False
    disposisjon = Lest(koordinator.get(f"{PLANEN}rediger/"))
    assert "Vises ikke Her står bare forslaget" in disposisjon.tekst

    kapittel.tekst = "<p>Vi vil ha trygge unge.</p>"
    kapittel.save()
    assert dit in koordinator.get(siden).text
    assert "«Bakgrunn» er publisert." in Lest(koordinator.post(dit, follow=True)).tekst
    assert "Vi vil ha trygge unge." in Lest(client.get(f"{PLANEN}plan/")).tekst


def test_what_is_only_proposed_is_not_said_to_wait_for_being_published(
    plan, koordinator, client
):
    KapittelFactory(plan=plan, tittel="Bakgrunn", tekst=FORSLAGET, publisert=False)
    siden = f"{PLANEN}upublisert/"
    forslag = (
        "1 kapittel har bare forslaget fra startsettet, og vises ikke for leserne."
    )

    def linjer():
        return Lest(koordinator.get("/lillestrom/arbeidsflate/")).adresser(siden)

    forsiden = Lest(koordinator.get(PLANEN))
    assert forslag in forsiden.tekst
    assert "ikke publisert ennå" not in forsiden.tekst
    assert forsiden.adresser(siden) == linjer() == [f"{siden}#uskrevet"]
    lest = Lest(koordinator.get(siden))
    assert "Alt som er skrevet i planen, er publisert." in lest.tekst
    assert "Kapitler ingen har skrevet ennå" in lest.tekst
    assert forslag not in Lest(client.get(PLANEN)).tekst

    KapittelFactory(plan=plan, tittel="Etterord", publisert=False)
    forsiden = Lest(koordinator.get(PLANEN))
    assert forslag in forsiden.tekst
    assert "1 ny del av planen er ikke publisert ennå." in forsiden.tekst
    assert sorted(linjer()) == [siden, f"{siden}#uskrevet"]


def test_who_publishes_the_plan_is_told_which_chapters_do_not_go_along(
    kommune, koordinator
):
    utkast = UtkastFactory(kommune=kommune)
    KapittelFactory(plan=utkast, tittel="Bakgrunn", tekst=FORSLAGET)
    KapittelFactory(plan=utkast, tittel="Mål", tekst="<p>Trygge unge.</p>")
    hvilke = "Dette kapitlet har bare forslaget fra startsettet, og vises ikke"

    side = koordinator.get(f"{utkast.get_absolute_url()}registrer-behandling/")
    steg = koordinator.get("/lillestrom/start/").context["stegene"]

    assert f"{hvilke} for leserne: «Bakgrunn»." in Lest(side).tekst
    rest = "1 kapittel har bare forslaget fra startsettet, og vises ikke for leserne."
    assert [s.rest for s in steg if s.steg.nokkel == "vedtak"] == [rest]
