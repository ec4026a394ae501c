"""Pages as they stood on a day that is over: as the copies that were taken that day, and
with nothing that is hidden today."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluering.models import Funnsvar, Tiltaksindikator
from slt.felles.den_dagen import for_alle_den, forste_dag
from slt.felles.tilgang import SE_SOM
from slt.grunn.den_dagen import (
    FANTES_DA,
    SOM_DA,
    BareLesing,
    dagen,
    er_en_annen,
    i_dag,
)
from slt.grunn.historikk import Dor, spor, uten_vern
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    FunnFactory,
    HandlingsplanFactory,
    KapittelFactory,
    KontaktpunktFactory,
    MalingFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
)
from tests.lest import Lest
from tests.tiden import det_gar, for_dager_siden
from tests.tiltak.pdf.conftest import uten_tegning  # noqa: F401 (a fixture)
from tests.tiltak.test_sider import lag_innhold
from tiltak.dokument import Utgave
from tiltak.models import Apningstid, Handlingsplan, Kontaktpunkt, Malsetting, Tiltak

PLANEN = "/lillestrom/2024-2028/"
TILTAKET = f"{PLANEN}tiltak/vold/2/"
SIDER = [
    PLANEN,
    f"{PLANEN}plan/",
    f"{PLANEN}tiltak/",
    f"{PLANEN}tiltak/?q=natteravn",
    f"{PLANEN}innsatsomrader/vold/",
    TILTAKET,
    f"{PLANEN}tiltak/vold/1/",
    f"{PLANEN}dekning/",
    "/lillestrom/tjenester/",
    "/lillestrom/tjenester/oppsokende-ungdomsteam/",
    "/lillestrom/tjenester/politiet/",
    "/lillestrom/tilbud/",
]


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def innhold(db):
    """A kommune with a plan, made 60 days ago."""
    with spor(Dor.SKJEMA):
        innhold = lag_innhold()
        # What is open now is said of today alone.
        for rad in Apningstid.objects.all():
            rad.delete()
        det_gar(60)
        yield innhold


@pytest.fixture
def kommune(innhold):
    return innhold.kommune


def endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


def endre_mye(i):
    """Something of everything: changed, added, taken out, moved."""
    endre(i.plan, tittel="Tryggere oppvekst", ingress="Noe annet.")
    endre(i.vold, navn="Vold og uro", tekst="<p>Annet om vold</p>")
    endre(i.plan.kapitler.first(), tittel="Bakteppet", tekst="<p>Noe annet</p>")
    KapittelFactory(plan=i.plan, tittel="Nytt kapittel", publisert=True)
    endre(i.tiltak, tittel="Feltarbeid", tekst="<p>Alt nytt.</p>", niva="indikativ")
    endre(i.natteravn, status=Tiltak.Status.AVSLUTTET)
    i.tiltak.ansvar.first().delete()
    i.tiltak.lenker.get().delete()
    i.tiltak.malgrupper.get().delete()
    AnsvarFactory(tiltak=i.natteravn, tjeneste=i.politi)
    endre(i.out, tekst="Møter ingen.", navn="Ungdomsteamet")
    endre(i.politi, nedlagt=date(2020, 1, 1))
    TjenesteFactory(kommune=i.kommune, navn="Helsestasjonen")
    PlasseringFactory(
        innsatsomrade=i.ungdom, tiltak__tittel="Losen", tiltak__publisert=True
    )
    Malsetting.objects.create(plan=i.plan, type="hovedmal", tekst="Et nytt mål")


def lest(klient, adresse, dag=None):
    """What somebody reads there: words and links, without what says which day it is."""
    if dag:
        adresse += f"{'&' if '?' in adresse else '?'}dato={dag}"
    svar = klient.get(adresse)
    assert svar.status_code == 200, (adresse, svar.status_code)
    # Which day it is, stands by itself.
    html = re.sub(
        r'<aside class="ds-alert den-dagen".*?</aside>'
        r'|<section aria-labelledby="en-annen-dag">.*?</section>',
        "",
        svar.text,
        flags=re.DOTALL,
    )
    html = re.sub(r"(\?|&amp;)dato=[\d-]+", "", html)
    svar.content = html.encode()
    side = Lest(svar)
    return side.tekst, side.lenker


@pytest.mark.parametrize("side", SIDER)
def test_a_page_is_as_the_copy_that_was_taken_that_day(side, innhold, client):
    ansatt = innlogget(TilgangFactory(kommune=innhold.kommune, rolle="ansatt").bruker)
    kopier = [lest(klient, side) for klient in (client, ansatt)]
    endre_mye(innhold)

    da = [lest(klient, side, for_dager_siden(30)) for klient in (client, ansatt)]

    assert da == [uten_word(kopi) for kopi in kopier]


def test_the_copies_are_otherwise_today(innhold, client):
    kopier = [lest(client, side) for side in SIDER]
    endre_mye(innhold)
    cache.clear()

    like = [s for s, kopi in zip(SIDER, kopier, strict=True) if lest(client, s) == kopi]

    # It lists what stands outside the plan, and there is nothing.
    assert like == ["/lillestrom/tilbud/"]


def uten_word(kopi):
    """The Word document is that of today, and is offered there alone."""
    tekst, lenker = kopi
    word = "Last ned planen som Word-dokument"
    return tekst.replace(f"{word} ", ""), [par for par in lenker if par[1] != word]


# Of whom ------------------------------------------------------------------------------


def test_the_page_says_which_day_it_is_of_and_leads_on_to_that_day(innhold, client):
    dag = for_dager_siden(30)

    svar = client.get(f"{TILTAKET}?dato={dag}")

    side = Lest(svar)
    assert "Slik sto det" in side.tekst
    assert "er de som gjelder i dag" in side.tekst
    assert (TILTAKET, "Se siden slik den er i dag") in side.lenker
    assert (f"{PLANEN}innsatsomrader/vold/?dato={dag}", "Vold") in side.lenker
    assert svar["X-Robots-Tag"] == "noindex"


def test_the_coordinator_changes_nothing_from_there(innhold, koordinator):
    for side in SIDER:
        adresse = f"{side}{'&' if '?' in side else '?'}dato={for_dager_siden(30)}"
        svar = koordinator.get(adresse)

        assert "/endre/" not in svar.text, side
        assert "/admin/" not in "".join(a for a, _t in Lest(svar).lenker), side


def test_nothing_can_be_changed_meanwhile(innhold):
    with (
        for_alle_den(for_dager_siden(30), innhold.kommune),
        pytest.raises(BareLesing),
    ):
        innhold.out.save()

    assert not er_en_annen()


def test_how_questions_are_asked_is_as_before_also_where_it_went_wrong(innhold):
    """The connection is shared: on PostgreSQL, its way to group rows is another inside."""
    for_ = connection.features.allows_group_by_selected_pks
    connection.features.allows_group_by_selected_pks = True
    try:
        with (
            pytest.raises(BareLesing),
            for_alle_den(for_dager_siden(30), innhold.kommune),
        ):
            assert not connection.features.allows_group_by_selected_pks
            innhold.out.save()

        assert connection.features.allows_group_by_selected_pks
    finally:
        connection.features.allows_group_by_selected_pks = for_


def test_inside_it_is_that_day_and_today_can_be_asked(innhold):
    dag = for_dager_siden(30)
    endre(innhold.natteravn, tittel="Nattugle")
    titler = Tiltak.objects.filter(pk=innhold.natteravn.pk).values_list("tittel")

    with for_alle_den(dag, innhold.kommune):
        assert (dagen(), titler.get()) == (dag, ("Natteravn",))
        with i_dag():
            assert (dagen(), titler.all().get()) == (for_dager_siden(0), ("Nattugle",))
    assert titler.all().get() == ("Nattugle",)


def test_the_day_itself_counts_to_its_end(innhold, client):
    endre(innhold.natteravn, tittel="Nattugle")
    det_gar(10)

    titler = [
        "Nattugle" in lest(client, f"{PLANEN}tiltak/", for_dager_siden(dager))[0]
        for dager in (11, 10, 9)
    ]

    assert titler == [False, True, True]


# What is hidden today -----------------------------------------------------------------


def skjul_tiltaket(i):
    with uten_vern():
        endre(i.natteravn, publisert=False)


def skjul_omradet(i):
    with uten_vern():
        endre(i.vold, publisert=False)


def planen_som_utkast(i):
    with uten_vern():
        behandling = dict.fromkeys(Handlingsplan.BEHANDLINGEN, "")
        endre(i.plan, **behandling | {"vedtatt_dato": None}, status="utkast")


@pytest.mark.parametrize(
    ("skjul", "ord_"),
    [
        (skjul_tiltaket, "Natteravn"),
        (skjul_omradet, "Om vold"),
        (planen_som_utkast, "Natteravn"),
    ],
)
@pytest.mark.parametrize("hvem", ["client", "nabo", "ansatt"])
def test_what_is_hidden_today_is_not_shown_as_it_was(
    skjul, ord_, hvem, innhold, request
):
    if hvem == "ansatt":
        rolle = TilgangFactory(kommune=innhold.kommune, rolle=Tilgang.Rolle.ANSATT)
        klient = innlogget(rolle.bruker)
    else:
        klient = request.getfixturevalue(hvem)
    skjul(innhold)

    for side in SIDER:
        adresse = f"{side}{'&' if '?' in side else '?'}dato={for_dager_siden(30)}"
        svar = klient.get(adresse)
        assert ord_ not in svar.text, side


def test_what_was_not_open_then_is_not_there(innhold, client):
    """Before the day it became public, nobody read it; it is public today."""
    with uten_vern():
        endre(innhold.natteravn, publisert=False)
        det_gar(20)
        endre(innhold.natteravn, publisert=True)

    adresse = f"{PLANEN}tiltak/vold/1/"
    assert client.get(f"{adresse}?dato={for_dager_siden(40)}").status_code == 200
    svar = client.get(f"{adresse}?dato={for_dager_siden(10)}")
    assert svar.status_code == 404
    assert "eller den var ikke åpen ennå" in Lest(svar).tekst
    assert client.get(adresse).status_code == 200


def test_what_was_deleted_stands_as_it_stood(innhold, client):
    """It was public, and nobody has taken it back: the plan is what it was."""
    malet = innhold.plan.malsettinger.get(type="visjon")
    with uten_vern():
        malet.delete()

    for dag, ventet in [(for_dager_siden(30), True), (None, False)]:
        assert ("Trygge unge" in lest(client, f"{PLANEN}plan/", dag)[0]) is ventet


@pytest.mark.parametrize(
    ("hvilken", "ord_"),
    [
        (lambda i: i.natteravn, "Natteravn"),
        (lambda i: i.plan.kapitler.first(), "Hvorfor"),
        (lambda i: i.vold, "Om vold"),
    ],
)
def test_what_was_closed_when_it_was_deleted_does_not_return(
    hvilken, ord_, innhold, client
):
    rad = hvilken(innhold)
    with uten_vern():
        endre(rad, publisert=False)
        if rad == innhold.vold:
            for plassering in rad.plasseringer.all():
                plassering.delete()
        rad.delete()

    for side in SIDER:
        adresse = f"{side}{'&' if '?' in side else '?'}dato={for_dager_siden(30)}"
        assert ord_ not in client.get(adresse).text, side


@pytest.mark.parametrize(
    ("da", "na", "vises"),
    [(True, False, False), (False, True, False), (True, True, True)],
)
def test_gaps_are_told_where_they_were_published_and_still_are(
    da, na, vises, innhold, client
):
    with uten_vern():
        endre(innhold.plan, hull_er_publisert=da)
        det_gar(40)
        endre(innhold.plan, hull_er_publisert=na)

    svar = client.get(f"{PLANEN}dekning/?dato={for_dager_siden(30)}")

    assert ("«Ungdom» har " in Lest(svar).tekst) is vises


def test_a_part_of_what_is_hidden_today_is_not_shown(innhold, client):
    del_ = innhold.tiltak.deltiltak.get()
    with uten_vern():
        endre(innhold.tiltak, publisert=False)
        endre(del_, publisert=True)

    for side in SIDER:
        adresse = f"{side}{'&' if '?' in side else '?'}dato={for_dager_siden(30)}"
        svar = client.get(adresse)
        assert svar.status_code in {200, 404}, side
        assert del_.tittel not in svar.text, side


# Whom to call ---------------------------------------------------------------------------


def skjul_punktet(punkt):
    endre(punkt, synlighet=Kontaktpunkt.Synlighet.KOORDINATOR)


def slett_punktet(punkt):
    punkt.delete()


def bytt_nummeret(punkt):
    endre(punkt, verdi="22 22 22 22")


def ta_navnet_av(punkt):
    endre(punkt, person="")


@pytest.mark.parametrize("trekk", [skjul_punktet, slett_punktet, bytt_nummeret])
@pytest.mark.parametrize("hvem", ["client", "koordinator", "nabo"])
def test_a_number_that_was_withdrawn_does_not_return(trekk, hvem, innhold, request):
    klient = request.getfixturevalue(hvem)
    trekk(innhold.out.kontaktpunkter.get(verdi="47795404"))
    if hvem == "koordinator" and trekk is skjul_punktet:
        pytest.skip("the coordinator sees it today")

    for side in SIDER:
        adresse = f"{side}{'&' if '?' in side else '?'}dato={for_dager_siden(30)}"
        tekst = klient.get(adresse).text
        assert "47795404" not in tekst, side
        assert "477 95 404" not in tekst, side
    html = utgaven(innhold.plan, for_dager_siden(30)).html()
    assert "477 95 404" not in html


def test_a_number_that_was_taken_out_of_a_text_does_not_return(innhold, client):
    """What stands in the text today still does, in whatever groups it was written."""
    with uten_vern():
        endre(innhold.tiltak, kontakt_merknad="Ring 90 11 22 33 eller 47000001.")
        endre(
            innhold.tiltak,
            tekst="<p>Skriv til ola@example.org før 13.03.2024, i 2024-2028.</p>",
        )
        det_gar(40)
        endre(innhold.tiltak, kontakt_merknad="Ring 470 00 001.", tekst="<p>Nytt</p>")
    dag = for_dager_siden(30)

    tekst = lest(client, TILTAKET, dag)[0]
    html = utgaven(innhold.plan, dag).html()

    for sted in (tekst, html):
        assert "90 11 22 33" not in sted
        assert "ola@" not in sted
        assert "47000001" in sted.replace(" ", "")
        assert "13.03.2024, i 2024-2028" in sted
    assert "Ring (…) eller" in tekst


@pytest.mark.parametrize("hvem", ["client", "koordinator"])
def test_a_name_that_was_taken_off_does_not_return(hvem, innhold, request):
    klient = request.getfixturevalue(hvem)
    ta_navnet_av(innhold.out.kontaktpunkter.get(person="Kari Nordmann"))

    for side in SIDER:
        adresse = f"{side}{'&' if '?' in side else '?'}dato={for_dager_siden(30)}"
        assert "Nordmann" not in klient.get(adresse).text, side


def test_a_number_that_came_later_is_not_there(innhold, client):
    KontaktpunktFactory(tjeneste=innhold.out, verdi="33 33 33 33")

    tjenesten = "/lillestrom/tjenester/oppsokende-ungdomsteam/"
    assert "33 33 33 33" in lest(client, tjenesten)[0]
    assert "33 33 33 33" not in lest(client, tjenesten, for_dager_siden(30))[0]


def test_the_acute_strip_is_that_of_today(innhold, client):
    KontaktpunktFactory(tjeneste=innhold.politi, verdi="44 44 44 44", akutt=True)
    adresse = f"{PLANEN}?dato={for_dager_siden(30)}"

    assert "444 44 444" in Lest(client.get(adresse)).alt
    assert "444 44 444" in utgaven(innhold.plan, for_dager_siden(30)).html()


def test_what_is_open_now_is_not_said_of_another_day(innhold, client):
    punkt = innhold.out.kontaktpunkter.get(verdi="46934634", type="telefon")
    for dag in range(7):
        Apningstid.objects.create(
            kontaktpunkt=punkt, fra_dag=dag, til_dag=dag, apner="00:00", stenger="23:59"
        )
    det_gar(40)

    assert "Åpent" in lest(client, TILTAKET)[0]
    assert "Åpent" not in lest(client, TILTAKET, for_dager_siden(30))[0]


def test_what_another_kommune_shares_no_more_is_not_told(innhold, nabokommune, client):
    vakt = TjenesteFactory(kommune=nabokommune, navn="Felles vakt")
    KontaktpunktFactory(tjeneste=vakt, verdi="55 55 55 55")
    deling = TjenestekommuneFactory(tjeneste=vakt, kommune=innhold.kommune)
    AnsvarFactory(tiltak=innhold.tiltak, tjeneste=vakt)
    det_gar(40)
    dag = for_dager_siden(30)
    cache.clear()
    assert "55 55 55 55" in lest(client, TILTAKET, dag)[0]

    deling.delete()
    cache.clear()

    assert "55 55 55 55" not in lest(client, TILTAKET, dag)[0]


# What is known, and figures ------------------------------------------------------------


def test_figures_are_told_of_today_alone(innhold, client):
    """Those of two days together could tell what each of them hides."""
    maling = MalingFactory(
        indikator__kommune=innhold.kommune,
        indikator__publisert=True,
        indikator__kilde__publisert=True,
        indikator__navn="Anmeldelser",
    )
    Tiltaksindikator.objects.create(tiltak=innhold.tiltak, indikator=maling.indikator)
    det_gar(40)

    assert "Anmeldelser" in lest(client, TILTAKET)[0]
    assert "Anmeldelser" not in lest(client, TILTAKET, for_dager_siden(30))[0]


def test_a_finding_that_was_withdrawn_does_not_return(innhold, client):
    funn = FunnFactory(
        kilde__kommune=innhold.kommune,
        kilde__publisert=True,
        publisert=True,
        tekst="Mange er ute sent.",
    )
    Funnsvar.objects.create(funn=funn, tiltak=innhold.tiltak)
    det_gar(40)
    dag = for_dager_siden(30)
    assert "ute sent" in lest(client, TILTAKET, dag)[0]

    endre(funn, publisert=False)
    cache.clear()

    assert "ute sent" not in lest(client, TILTAKET, dag)[0]


# Days that make no sense ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("skrevet", "vist", "melding"),
    [
        ("2026-02-30", "2026-02-30", "Dette er ikke en dato"),
        ("0000-01-01", "0000-01-01", "Dette er ikke en dato"),
        ("i går", "i går", "Dette er ikke en dato"),
        ("<script>", "<script>", "Dette er ikke en dato"),
        ("", "", "Skriv en dato"),
        ("0001-01-01", "01.01.0001", "begynner"),
        ("9999-12-31", "31.12.9999", "har ikke vært ennå"),
        ("i morgen kl. 8", "i morgen kl. 8", "Dette er ikke en dato"),
        ("1999-01-01", "01.01.1999", "begynner"),
    ],
)
def test_a_day_that_makes_no_sense_is_told_of_beside_the_field(
    skrevet, vist, melding, innhold, client, koordinator
):
    for klient in (client, koordinator):
        svar = klient.get(PLANEN, {"dato": skrevet})

        assert svar.status_code == 422
        skjema = svar.context["skjema"]
        assert melding in str(skjema.errors["dato"])
        felt = skjema["dato"].subwidgets[0].data
        assert (felt["value"] or "", felt["type"]) == (vist, "text")
        assert "<script>" not in svar.text.replace("<script src", "")
        assert (PLANEN, "Se siden slik den er i dag") in Lest(svar).lenker


def test_the_first_day_that_is_known_is_one_and_the_day_before_is_none(innhold, client):
    forst = forste_dag(innhold.kommune)

    svarene = [
        client.get("/lillestrom/tjenester/", {"dato": forst - timedelta(days=dager)})
        for dager in (0, 1)
    ]

    assert [svar.status_code for svar in svarene] == [200, 422]
    assert "Slik sto det" in svarene[0].text


def test_today_is_the_page_itself(innhold, client):
    svar = client.get(f"{PLANEN}?dato={for_dager_siden(0)}")

    assert svar.status_code == 200
    assert "Slik sto det" not in svar.text


def test_a_page_that_was_not_there_says_so(innhold, client):
    PlasseringFactory(innsatsomrade=innhold.ungdom, nummer=9, tiltak__publisert=True)
    adresse = f"{PLANEN}tiltak/ungdom/9/"

    svar = client.get(f"{adresse}?dato={for_dager_siden(30)}")

    assert client.get(adresse).status_code == 200
    assert svar.status_code == 404
    assert "Denne siden fantes ikke" in Lest(svar).tekst
    assert (adresse, "Se siden slik den er i dag") in Lest(svar).lenker


def test_what_is_hidden_and_what_was_never_there_answer_alike(innhold, client):
    skjul_tiltaket(innhold)

    tekster = {
        Lest(client.get(f"{adresse}?dato={for_dager_siden(30)}")).tekst
        for adresse in (f"{PLANEN}tiltak/vold/1/", f"{PLANEN}tiltak/vold/99/")
    }

    [tekst] = tekster
    assert "Denne siden fantes ikke" in tekst


def test_nothing_is_changed_by_such_an_address(innhold, client, koordinator):
    for klient in (client, koordinator):
        svar = klient.post(f"{PLANEN}?dato={for_dager_siden(30)}")
        assert svar.status_code in {302, 405}


def test_the_short_address_leads_to_the_plan_of_that_day(innhold, client):
    dag = for_dager_siden(30)
    ny = HandlingsplanFactory(
        kommune=innhold.kommune, fra_ar=2029, til_ar=2032, status="utkast"
    )
    with uten_vern():
        endre(innhold.plan, status="avlost")
        endre(ny, status="gjeldende")

    svarene = [client.get("/lillestrom/tiltak/", {"dato": d}) for d in (dag, "")]

    assert svarene[0].url == f"{PLANEN}tiltak/?dato={dag}"


# As a document --------------------------------------------------------------------------


def utgaven(plan, dag, **hvilken):
    planer = Handlingsplan.objects.select_related("kommune")
    return Utgave(planer.get(pk=plan.pk), **hvilken, dag=dag)


@pytest.mark.parametrize(
    "fil", ["plan.pdf", "plan-kort.pdf", "plan.pdf?innsatsomrade=vold"]
)
def test_the_document_of_another_day_is_for_who_is_logged_in(
    fil, innhold, client, nabo, settings
):
    settings.PDF_VENT = 0
    skille = "&" if "?" in fil else "?"
    adresse = f"{PLANEN}{fil}{skille}dato={for_dager_siden(30)}"

    svarene = [klient.get(adresse) for klient in (client, nabo)]

    assert svarene[0].status_code == 302
    assert svarene[1].status_code in {200, 503}  # another test may have had it drawn
    assert svarene[0].url.startswith("/konto/logg-inn/?next=")
    assert client.get(f"{PLANEN}{fil}").status_code in {200, 503}


def test_the_document_stands_as_it_stood_and_says_so(innhold):
    dag = for_dager_siden(30)
    endre_mye(innhold)

    da, na = (utgaven(innhold.plan, d).html() for d in (dag, None))

    assert "Slik sto planen" in da
    assert "Slik sto planen" not in na
    for tekst, i_da in [("Oppsøkende arbeid", True), ("Losen", False)]:
        assert (tekst in da, tekst in na) == (i_da, not i_da), tekst


def test_documents_of_two_days_are_two(innhold):
    utgaver = [
        utgaven(innhold.plan, d)
        for d in (None, for_dager_siden(30), for_dager_siden(31))
    ]

    assert len({u.innhold for u in utgaver}) == 3
    assert len({u.filnavn for u in utgaver}) == 3


def test_the_document_is_the_same_whoever_asks(innhold, koordinator, uten_tegning):  # noqa: F811
    """What is kept for one, is sent to the next."""
    skjul_tiltaket(innhold)

    koordinator.get(f"{PLANEN}plan.pdf?dato={for_dager_siden(30)}")

    [html] = uten_tegning
    assert "Oppsøkende arbeid" in html
    assert "Natteravn" not in html


def test_nobody_keeps_the_document_of_another_day(innhold, koordinator, monkeypatch):
    monkeypatch.setattr("slt.grunn.pdflager.lagret", lambda navn: b"%PDF-")

    svarene = [
        koordinator.get(f"{PLANEN}plan.pdf{sporring}")["Cache-Control"]
        for sporring in ("", f"?dato={for_dager_siden(30)}")
    ]

    assert svarene == ["no-cache", "private, no-store"]


def test_there_is_no_document_of_a_plan_that_was_a_draft(
    innhold, koordinator, settings
):
    settings.PDF_VENT = 0
    with uten_vern():
        planen_som_utkast(innhold)
        det_gar(20)
        endre(innhold.plan, status="gjeldende")

    svarene = [
        koordinator.get(f"{PLANEN}plan.pdf?dato={for_dager_siden(d)}").status_code
        for d in (10, 70)
    ]

    assert svarene == [404, 503]


# The machine ------------------------------------------------------------------------------


def test_all_that_is_shown_of_another_day_is_in_the_history_whole():
    mangler = {
        (modell._meta.label, felt.column)
        for modell in SOM_DA.values()
        for felt in modell._meta.concrete_fields
        if felt.column
        not in {f.column for f in modell.historikk.model._meta.concrete_fields}
    }

    assert len(SOM_DA) > 20
    assert mangler == set()


def test_rights_are_those_of_today():
    vist = {m._meta.label for m in [*SOM_DA.values(), *FANTES_DA.values()]}

    assert not vist & {
        "slt.Bruker",
        "slt.Kommune",
        "slt.Tilgang",
        "slt.Tilgangslenke",
        "tiltak.Tjenesteredaktor",
        "tiltak.Planlenke",
        "moter.Forumsmedlem",
        "moter.Planleser",
    }


@pytest.mark.parametrize("side", SIDER)
def test_it_costs_the_same_however_much_was_changed(side, innhold, client):
    adresse = f"{side}{'&' if '?' in side else '?'}dato={for_dager_siden(30)}"

    def sporringer():
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as sporringene:
            assert client.get(adresse).status_code == 200
        return len(sporringene)

    for_ = sporringer()
    for nr in range(3):
        for tiltak in Tiltak.objects.all():
            endre(tiltak, kontakt_merknad=f"Merknad {nr}")
        endre(innhold.out, tekst=f"Tekst {nr}")
        PlasseringFactory(innsatsomrade=innhold.vold, tiltak__publisert=True)
    det_gar(0)

    assert sporringer() == for_


# Kept pages, and who comes after ----------------------------------------------------------


def test_what_was_made_for_one_is_not_sent_to_the_next(innhold, client, koordinator):
    """The coordinator sees what is not published; the page that is kept of it is theirs."""
    skjul_tiltaket(innhold)
    adresse = f"{PLANEN}tiltak/vold/1/?dato={for_dager_siden(30)}"

    svarene = [k.get(adresse) for k in (koordinator, client, koordinator, client)]

    assert [svar.status_code for svar in svarene] == [200, 404, 200, 404]
    assert ["Natteravn" in svar.text for svar in svarene] == [True, False, True, False]


def test_who_looks_as_the_public_sees_what_the_public_sees(innhold, koordinator):
    skjul_tiltaket(innhold)
    adresse = f"{PLANEN}tiltak/vold/1/?dato={for_dager_siden(30)}"
    assert koordinator.get(adresse).status_code == 200

    okt = koordinator.session
    okt[SE_SOM] = [innhold.kommune.pk, "publikum"]
    okt.save()

    assert koordinator.get(adresse).status_code == 404


def test_it_is_told_in_the_language_of_the_kommune(innhold, client):
    endre(innhold.kommune, malform="nn")

    tekst = Lest(client.get(f"{PLANEN}?dato={for_dager_siden(30)}")).tekst

    assert "Slik stod det" in tekst
    assert "Sjå sida slik ho er i dag" in tekst


def test_after_an_error_all_is_as_it_is_today(innhold, client, monkeypatch):
    adresse = f"{PLANEN}dekning/"
    endre(innhold.natteravn, niva="indikativ")
    monkeypatch.setattr("tiltak.views.planen.dekning_etter_alder", None)

    with pytest.raises(TypeError):
        client.get(f"{adresse}?dato={for_dager_siden(30)}")

    assert not er_en_annen()
    assert Tiltak.objects.get(pk=innhold.natteravn.pk).niva == "indikativ"
