"""Two at once: what somebody saved is not written over in silence, in the admin."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from evaluering.kunnskap import planstartsider
from moter.models import Motefri
from slt.felles.sider import las_egen
from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AktivitetFactory,
    AnbefalingFactory,
    AnsvarFactory,
    ForumFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.innsending import innsending
from tests.slt.test_admin import feil, side, skjema
from tiltak.models import (
    Kapittel,
    Kontaktpunkt,
    Styringsdokument,
    Tiltak,
    Tjeneste,
)
from tiltak.overgang import ny_periode
from tiltak.planlop import vedta
from tiltak.rediger import gjester, overgang, tilbud

ANDRE = "Noen andre endret dette mens du skrev"


@pytest.fixture
def tjeneste(kommune):
    return TjenesteFactory(kommune=kommune, navn="Utekontakten")


@pytest.fixture
def punkt(tjeneste):
    return KontaktpunktFactory(tjeneste=tjeneste, verdi="469 34 634")


@pytest.fixture
def annen(kommune):
    """Another coordinator of the kommune."""
    return innlogget(TilgangFactory(kommune=kommune).bruker)


def apne(client, rad):
    """The address of the page of a row, and what a browser would send from it."""
    adresse = side(type(rad), "change", rad.pk)
    return adresse, skjema(client.get(adresse))


def feltnavn(data, slutt):
    """The names of the fields of the rows that have an id, by the end of the name."""
    return [
        navn
        for navn in data
        if navn.endswith(f"-{slutt}")
        and "__prefix__" not in navn
        and data[f"{navn.removesuffix(slutt)}id"] != [""]
    ]


def test_what_one_did_not_touch_is_not_written_back(tjeneste, punkt, koordinator):
    """The number was corrected while the page of the tjeneste stood open."""
    adresse, data = apne(koordinator, tjeneste)
    punkt.verdi = "400 00 000"
    punkt.save()

    svar = koordinator.post(adresse, data | {"kortnavn": "UK"}, follow=True)

    assert "ble endret" in svar.text
    tjeneste.refresh_from_db()
    punkt.refresh_from_db()
    assert (tjeneste.kortnavn, punkt.verdi) == ("UK", "400 00 000")


@pytest.mark.parametrize("merke", ["9" * 5000, "9" * 18, "\u0663", "-1", "x", ""])
def test_a_mark_that_is_none_counts_as_stale(merke, tjeneste, punkt, koordinator):
    adresse, data = apne(koordinator, tjeneste)
    [rad] = feltnavn(data, "verdi")
    pa_raden = f"{rad.removesuffix('verdi')}sett"

    for sendt in (
        {"sett": merke, "kortnavn": "UK"},
        {pa_raden: merke, rad: "400 00 000"},
    ):
        svar = koordinator.post(adresse, data | sendt)

        assert ANDRE in svar.text

    tjeneste.refresh_from_db()
    punkt.refresh_from_db()
    assert (tjeneste.kortnavn, punkt.verdi) == ("", "469 34 634")


def test_a_row_that_both_changed_is_refused_and_nothing_is_lost(
    tjeneste, punkt, koordinator
):
    adresse, data = apne(koordinator, tjeneste)
    [verdi] = feltnavn(data, "verdi")
    punkt.verdi = "400 00 000"
    punkt.save()

    svar = koordinator.post(adresse, data | {verdi: "477 95 404", "kortnavn": "UK"})

    assert ANDRE in svar.text
    assert skjema(svar)[verdi] == ["477 95 404"]
    tjeneste.refresh_from_db()
    punkt.refresh_from_db()
    assert (tjeneste.kortnavn, punkt.verdi) == ("", "400 00 000")


def test_the_next_try_goes_through(tjeneste, punkt, koordinator):
    adresse, data = apne(koordinator, tjeneste)
    [verdi] = feltnavn(data, "verdi")
    punkt.verdi = "400 00 000"
    punkt.save()
    svar = koordinator.post(adresse, data | {verdi: "477 95 404"})

    svar = koordinator.post(adresse, skjema(svar))

    assert feil(svar) == {}
    punkt.refresh_from_db()
    assert punkt.verdi == "477 95 404"


def test_a_row_that_another_changed_is_not_taken_off_unseen(
    tjeneste, punkt, koordinator
):
    adresse, data = apne(koordinator, tjeneste)
    [verdi] = feltnavn(data, "verdi")
    punkt.verdi = "400 00 000"
    punkt.save()

    svar = koordinator.post(adresse, data | {verdi.replace("verdi", "DELETE"): "on"})

    assert ANDRE in svar.text
    assert Kontaktpunkt.objects.get().verdi == "400 00 000"


@pytest.mark.parametrize("felt", ["navn", "kortnavn"])
def test_the_row_of_the_page_itself(felt, tjeneste, koordinator, annen):
    adresse, data = apne(koordinator, tjeneste)
    annen_adresse, annens = apne(annen, tjeneste)
    assert feil(annen.post(annen_adresse, annens | {"navn": "Nytt navn"})) == {}

    svar = koordinator.post(adresse, data | {felt: "Mitt"})

    assert ANDRE in svar.text
    assert skjema(svar)[felt] == ["Mitt"]
    tjeneste.refresh_from_db()
    assert (tjeneste.navn, tjeneste.kortnavn) == ("Nytt navn", "")


def test_who_changed_only_a_part_does_not_take_the_row_back(
    tjeneste, punkt, koordinator
):
    adresse, data = apne(koordinator, tjeneste)
    [verdi] = feltnavn(data, "verdi")
    tjeneste.navn = "Nytt navn"
    tjeneste.save()

    svar = koordinator.post(adresse, data | {verdi: "477 95 404"})

    assert feil(svar) == {}
    tjeneste.refresh_from_db()
    punkt.refresh_from_db()
    assert (tjeneste.navn, punkt.verdi) == ("Nytt navn", "477 95 404")


def test_the_title_of_a_tiltak(kommune, koordinator):
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste__kommune=kommune)
    adresse, data = apne(koordinator, tiltak)
    tiltak.tittel = "Ny tittel"
    tiltak.save()

    svar = koordinator.post(adresse, data | {"kontakt_merknad": "Ring"})

    assert ANDRE in svar.text
    tiltak.refresh_from_db()
    assert (tiltak.tittel, tiltak.kontakt_merknad) == ("Ny tittel", "")


def test_a_row_that_was_taken_off_meanwhile_is_not_put_back(
    tjeneste, punkt, koordinator
):
    adresse, data = apne(koordinator, tjeneste)
    punkt.delete()

    svar = koordinator.post(adresse, data | {"kortnavn": "UK"})

    assert svar.status_code in {200, 302}
    assert not Kontaktpunkt.objects.exists()


def test_a_row_that_another_took_off_keeps_nobody_from_saving(
    tjeneste, punkt, koordinator
):
    igjen = KontaktpunktFactory(tjeneste=tjeneste, verdi="400 00 001")
    adresse, data = apne(koordinator, tjeneste)
    punkt.delete()

    svar = koordinator.post(adresse, data | {"kortnavn": "UK"})

    assert svar.status_code == 302
    tjeneste.refresh_from_db()
    assert tjeneste.kortnavn == "UK"
    assert list(Kontaktpunkt.objects.values_list("pk", flat=True)) == [igjen.pk]


def test_what_somebody_wrote_in_a_row_that_is_gone_is_theirs_to_save(
    tjeneste, punkt, koordinator
):
    igjen = KontaktpunktFactory(tjeneste=tjeneste, verdi="400 00 001")
    adresse, data = apne(koordinator, tjeneste)
    [verdi, *_andre] = [
        navn for navn in feltnavn(data, "verdi") if data[navn] == ["469 34 634"]
    ]
    punkt.delete()

    svar = koordinator.post(adresse, data | {verdi: "469 34 635"})
    assert svar.status_code == 200
    assert "Noen andre slettet denne raden mens du skrev." in svar.text
    assert "469 34 635" in svar.text
    assert list(Kontaktpunkt.objects.values_list("pk", flat=True)) == [igjen.pk]

    assert koordinator.post(adresse, skjema(svar)).status_code == 302
    assert {p.verdi for p in Kontaktpunkt.objects.all()} == {"400 00 001", "469 34 635"}


def test_a_user_whom_two_administrators_change(administrator, kommune):
    bruker = TilgangFactory(kommune=kommune).bruker
    adresse, data = apne(administrator, bruker)
    bruker.navn = "Koordinatoren"
    bruker.save()

    svar = administrator.post(adresse, data | {"navn": "SLT"})

    assert ANDRE in svar.text
    bruker.refresh_from_db()
    assert bruker.navn == "Koordinatoren"


@pytest.mark.parametrize("sett", ["", "0", "x", "99999999999", None])
def test_a_mark_that_is_none_is_as_if_all_was_changed(sett, tjeneste, koordinator):
    adresse, data = apne(koordinator, tjeneste)
    data |= {"sett": sett, "navn": "Mitt"}

    svar = koordinator.post(
        adresse, {navn: verdi for navn, verdi in data.items() if verdi is not None}
    )

    assert ANDRE in svar.text
    tjeneste.refresh_from_db()
    assert tjeneste.navn == "Utekontakten"


def test_the_mark_of_another_row_is_none(tjeneste, koordinator):
    annen = TjenesteFactory(kommune=tjeneste.kommune, navn="Mitt")
    adresse, data = apne(koordinator, tjeneste)
    sett = str(Tjeneste.historikk.get(id=annen.pk).pk)

    svar = koordinator.post(adresse, data | {"sett": sett, "navn": "Mitt"})

    assert ANDRE in svar.text


# At the same moment -------------------------------------------------------------------

SAMTIDIGE = 6


def alle_pa_en_gang(klienter, send):
    """What each of the clients is answered, when all of them send at the same moment."""
    klare = threading.Barrier(len(klienter))

    def en(klient, nr):
        try:
            klare.wait(timeout=30)
            return send(klient, nr)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(klienter)) as trader:
        arbeid = [trader.submit(en, klient, nr) for nr, klient in enumerate(klienter)]
        return [a.result(timeout=60) for a in arbeid]


@pytest.fixture
def klienter(transactional_db, kommune):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    return [
        innlogget(TilgangFactory(kommune=kommune).bruker) for _nr in range(SAMTIDIGE)
    ]


def test_of_many_who_save_a_page_of_the_admin_one_does(klienter, kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    apnet = [apne(klient, tjeneste) for klient in klienter]

    def send(klient, nr):
        adresse, data = apnet[nr]
        return klient.post(adresse, data | {"kortnavn": f"UK {nr}"}).status_code

    assert sorted(alle_pa_en_gang(klienter, send)) == [200] * (SAMTIDIGE - 1) + [302]
    assert Tjeneste.historikk.filter(history_type="~").count() == 1


def test_a_row_that_is_sent_many_times_at_once_is_put_in_once(klienter, kommune):
    """The presses come of one user, who has opened the page once."""
    forum = ForumFactory(kommune=kommune)
    klienter = [innlogget(klienter[0].bruker) for _nr in klienter]
    adresse, data = apne(klienter[0], forum)
    data = med_ny_rad(data, "medlemmer", funksjon="rektor")

    svarene = alle_pa_en_gang(
        klienter, lambda klient, _nr: klient.post(adresse, data).status_code
    )

    assert svarene == [302] * SAMTIDIGE
    assert forum.medlemmer.count() == 1


def test_of_many_who_save_a_holiday_one_does(klienter, kommune):
    fri = Motefri.objects.create(
        kommune=kommune, navn="Ferie", fra="2027-02-15", til="2027-02-19"
    )
    adresse = f"/lillestrom/moteplan/motefri/{fri.pk}/"
    apnet = [klient.get(adresse).context["skjema"] for klient in klienter]

    def send(klient, nr):
        data = {f.html_name: f.value() or "" for f in apnet[nr]}
        return klient.post(adresse, data | {"navn": f"Ferie {nr}"}).status_code

    assert sorted(alle_pa_en_gang(klienter, send)) == [302] + [422] * (SAMTIDIGE - 1)
    assert Motefri.historikk.filter(history_type="~").count() == 1


def test_what_many_repeat_at_once_is_made_once(klienter, kommune):
    rad = AktivitetFactory(kommune=kommune, dato="2026-03-05")
    adresse = "/lillestrom/endre/aktiviteter/gjenta/?ar=2027"
    data = {f"a{rad.pk}-med": "on", f"a{rad.pk}-dato": "2027-03-04"}

    svarene = alle_pa_en_gang(
        klienter, lambda klient, _nr: klient.post(adresse, data).status_code
    )

    assert svarene == [302] * SAMTIDIGE
    assert kommune.aktiviteter.filter(gjentar=rad).count() == 1
    assert kommune.aktiviteter.count() == 2


@pytest.mark.parametrize("antall", [2, SAMTIDIGE])
@pytest.mark.parametrize("alt", [False, True])
def test_of_coordinators_who_end_each_other_one_is_left(alt, antall, klienter, kommune):
    """Each ends the next one, in a ring."""
    ring = klienter[:antall]
    for klient in klienter[antall:]:
        klient.bruker.tilganger.get().delete()
    rader = [klient.bruker.tilganger.get() for klient in ring]

    def send(klient, nr):
        rad = rader[(nr + 1) % antall]
        hva = "avslutt-alt" if alt else "avslutt"
        sted = f"/lillestrom/tilganger/tilgang/{rad.pk}/{hva}/"
        return klient.post(sted).status_code

    svarene = alle_pa_en_gang(ring, send)

    assert set(svarene) <= {302, 404}
    igjen = Tilgang.objects.gyldige().filter(kommune=kommune).count()
    assert 1 <= igjen < antall


# Twice from the same page --------------------------------------------------------------


def med_ny_rad(data, prefiks, **felter):
    """What the browser sends when a row is added to an inline and filled in."""
    antall = f"{prefiks}-TOTAL_FORMS"
    nr = int(data[antall][0])
    tom = {
        navn.replace("__prefix__", str(nr)): verdi
        for navn, verdi in data.items()
        if navn.startswith(f"{prefiks}-__prefix__-")
    }
    fylt = {f"{prefiks}-{nr}-{felt}": verdi for felt, verdi in felter.items()}
    return data | tom | fylt | {antall: [str(nr + 1)]}


def _medlem(kommune):
    return ForumFactory(kommune=kommune), "medlemmer", {"funksjon": "rektor"}


def _malsetting(kommune):
    felter = {"type": "hovedmal", "tekst": "<p>Flere  er <em>ute</em>.</p>"}
    return TiltakFactory(plan__kommune=kommune), "malsettinger", felter


def _kontaktpunkt(kommune):
    felter = {"type": "telefon", "verdi": "+47 400 00 000", "synlighet": "offentlig"}
    return TjenesteFactory(kommune=kommune), "kontaktpunkter", felter


def _lenke(kommune):
    felter = {"tittel": "Om det", "adresse": "https://example.org/"}
    return TiltakFactory(plan__kommune=kommune), "lenker", felter


@pytest.mark.parametrize("lag", [_medlem, _malsetting, _kontaktpunkt, _lenke])
def test_a_new_row_that_is_sent_twice_is_put_in_once(lag, kommune, koordinator):
    rad, navn, felter = lag(kommune)
    adresse, data = apne(koordinator, rad)
    data = med_ny_rad(data, navn, **felter)

    forst, igjen = (koordinator.post(adresse, data, follow=True) for _nr in range(2))

    assert "ble endret" in forst.text
    assert "Ingenting er endret." in igjen.text
    assert getattr(rad, navn).count() == 1


@pytest.mark.parametrize("lag", [_medlem, _malsetting])
def test_rows_that_are_equal_are_put_in_where_that_is_meant(lag, kommune, koordinator):
    rad, navn, felter = lag(kommune)
    for antall in (1, 2):
        adresse, data = apne(koordinator, rad)

        koordinator.post(adresse, med_ny_rad(data, navn, **felter))

        assert getattr(rad, navn).count() == antall


@pytest.mark.parametrize("lag", [_medlem, _malsetting])
def test_a_row_that_was_added_on_going_back_is_put_in(lag, kommune, koordinator):
    """And of two that are equal on the page, the second is no echo of the first."""
    rad, navn, felter = lag(kommune)
    adresse, data = apne(koordinator, rad)
    en = med_ny_rad(data, navn, **felter)
    koordinator.post(adresse, en)

    to = med_ny_rad(en, navn, **felter)
    for _nr in range(2):
        koordinator.post(adresse, to)

    assert getattr(rad, navn).count() == 2


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("lag", "annet", "felt", "melding"),
    [
        (
            _kontaktpunkt,
            {"etikett": "vakt"},
            "verdi",
            "Tjenesten har allerede dette kontaktpunktet.",
        ),
        (_lenke, {"tittel": "Mer"}, "adresse", "Lenken er allerede ført opp."),
    ],
)
def test_what_another_put_in_meanwhile_is_said_beside_the_field(
    lag, annet, felt, melding, kommune, koordinator, annen
):
    rad, navn, felter = lag(kommune)
    adresse, data = apne(koordinator, rad)
    annen.post(adresse, med_ny_rad(data, navn, **felter))

    svar = koordinator.post(adresse, med_ny_rad(data, navn, **felter | annet))

    assert feil(svar) == {
        f"{navn}-0-{felt}": [melding],
        navn: ["Noen andre la til en rad mens du skrev. Den er tatt med her."],
    }
    assert getattr(rad, navn).count() == 1


def test_a_number_with_and_without_its_country_is_one(tjeneste, punkt, koordinator):
    adresse, data = apne(koordinator, tjeneste)
    felter = {"type": "telefon", "synlighet": "offentlig"}
    ny = med_ny_rad(data, "kontaktpunkter", verdi=f"+47 {punkt.verdi}", **felter)

    svar = koordinator.post(adresse, ny)

    assert "Tjenesten har allerede dette kontaktpunktet." in svar.text
    assert tjeneste.kontaktpunkter.count() == 1


# A new one, twice ---------------------------------------------------------------------


def _nytt_kapittel(kommune, klient):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    return Kapittel, {"plan": plan.pk, "tittel": "Bakgrunn", "tekst": "<p>Tekst</p>"}


def _nytt_tiltak(kommune, klient):
    omrade = InnsatsomradeFactory(plan__kommune=kommune, plan__status="utkast")
    return Tiltak, {"plan": omrade.plan_id, "tittel": "Natteravn"}


def _nytt_styringsdokument(kommune, klient):
    felter = {"tittel": "Avtalen", "art": "avtale", "fra_ar": "2024"}
    return Styringsdokument, felter


NYE = [_nytt_kapittel, _nytt_tiltak, _nytt_styringsdokument]


def _fylt(lag, kommune, klient):
    """(address, what the browser sends) of a new row that is written on its page."""
    modell, felter = lag(kommune, klient)
    adresse = side(modell, "add")
    data = skjema(klient.get(adresse)) | felter
    if modell is Tiltak:
        lenke = {"tittel": "Les", "adresse": "https://example.org/"}
        data = med_ny_rad(data, "lenker", **lenke)
        data = med_ny_rad(data, "deltiltak", tittel="Vakt", status="i_drift", nytt=[])
    return modell, adresse, data


@pytest.mark.parametrize("lag", NYE)
def test_a_new_row_of_its_own_page_that_is_sent_twice_is_there_once(
    lag, kommune, koordinator
):
    modell, adresse, data = _fylt(lag, kommune, koordinator)

    svar = [koordinator.post(adresse, data | {"_continue": "1"}) for _nr in range(3)]

    assert [s.status_code for s in svar] == [302, 302, 302]
    forst = modell.objects.order_by("pk").first()
    assert {s["Location"] for s in svar} == {side(modell, "change", forst.pk)}
    assert modell.objects.count() == (2 if modell is Tiltak else 1)
    assert modell.historikk.count() == modell.objects.count()


def test_what_is_written_anew_on_a_page_that_is_gone_back_to_is_put_in(
    kommune, koordinator
):
    _modell, adresse, data = _fylt(_nytt_kapittel, kommune, koordinator)

    for tittel in ("Bakgrunn", "Kunnskap", "Kunnskap"):
        koordinator.post(adresse, data | {"tittel": tittel})

    rader = Kapittel.objects.order_by("pk").values_list("tittel", flat=True)
    assert list(rader) == ["Bakgrunn", "Kunnskap"]


def test_one_that_was_deleted_since_comes_anew_once(kommune, koordinator):
    _modell, adresse, data = _fylt(_nytt_kapittel, kommune, koordinator)
    koordinator.post(adresse, data)
    Kapittel.objects.get().delete()

    for _nr in range(3):
        koordinator.post(adresse, data)

    assert Kapittel.objects.count() == 1


def test_equal_rows_of_two_pages_are_two(kommune, koordinator):
    _modell, adresse, data = _fylt(_nytt_kapittel, kommune, koordinator)
    for _nr in range(2):
        data["sett"] = skjema(koordinator.get(adresse))["sett"]
        koordinator.post(adresse, data)

    assert Kapittel.objects.count() == 2


def test_what_was_deleted_meanwhile_is_put_in_again(kommune, koordinator):
    _modell, adresse, data = _fylt(_nytt_kapittel, kommune, koordinator)
    koordinator.post(adresse, data)
    Kapittel.objects.get().delete()

    koordinator.post(adresse, data)

    assert Kapittel.objects.count() == 1


def test_another_who_sends_the_same_is_not_answered_with_it(
    kommune, koordinator, annen, nabo
):
    _modell, adresse, data = _fylt(_nytt_kapittel, kommune, koordinator)
    koordinator.post(adresse, data)

    assert annen.post(adresse, data).status_code == 302
    assert nabo.post(adresse, data).status_code == 200

    assert Kapittel.objects.count() == 2


def test_a_new_row_that_is_sent_many_times_at_once_is_there_once(klienter, kommune):
    klienter = [innlogget(klienter[0].bruker) for _nr in klienter]
    _modell, adresse, data = _fylt(_nytt_kapittel, kommune, klienter[0])

    svarene = alle_pa_en_gang(
        klienter, lambda klient, _nr: klient.post(adresse, data).status_code
    )

    assert svarene == [302] * SAMTIDIGE
    assert Kapittel.objects.count() == 1


# What is said ------------------------------------------------------------------------


def test_nothing_changed_is_said_when_nothing_was(tjeneste, punkt, koordinator):
    adresse, data = apne(koordinator, tjeneste)
    for_ = Kommune.objects.get(pk=tjeneste.kommune_id).versjon

    svar = koordinator.post(adresse, data, follow=True)

    assert "Ingenting er endret." in svar.text
    assert "ble endret" not in svar.text
    assert Kommune.objects.get(pk=tjeneste.kommune_id).versjon == for_


def test_one_stays_on_the_page_where_one_wants_to(tjeneste, koordinator):
    adresse, data = apne(koordinator, tjeneste)

    svar = koordinator.post(adresse, data | {"_continue": "1"})

    assert svar["Location"] == adresse


def test_a_superseded_plan_carries_no_mark(kommune, koordinator):
    omrade = InnsatsomradeFactory(plan__kommune=kommune)
    gi_status(omrade.plan, "avlost")

    svar = koordinator.get(side(type(omrade), "change", omrade.pk))

    assert svar.status_code == 200
    assert "sett" not in skjema(svar)


def test_a_plan_is_taken_over_once_however_many_press(klienter, kommune):
    forrige = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak.plan
    ny = ny_periode(forrige=forrige, tittel="Ny", fra_ar=2028, til_ar=2032)
    adresse = "/lillestrom/2028-2032/overgang/"
    tiltak = forrige.tiltak.get()
    sendt = [
        innsending(klient.get(adresse))
        | {f"t{tiltak.pk}-valg": "viderefores", "handling": "utfor"}
        for klient in klienter
    ]

    alle_pa_en_gang(
        klienter, lambda klient, nr: klient.post(adresse, sendt[nr]).status_code
    )

    assert ny.tiltak.count() == 1
    assert ny.overganger.get().til == ny.tiltak.get()


@pytest.fixture
def vedtas_imens(monkeypatch):
    """Lets somebody adopt the drafts of the kommune after a page was asked for, and before
    it is its turn to write."""

    def vedtas_forst(modul):
        def las(request, kommune):
            for plan in kommune.planer.filter(status="utkast", slug="2028-2032"):
                vedta(plan)
            las_egen(request, kommune)

        monkeypatch.setattr(modul, "las_egen", las)

    return vedtas_forst


@pytest.fixture
def utkast(kommune):
    forrige = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak.plan
    return ny_periode(forrige=forrige, tittel="Ny", fra_ar=2028, til_ar=2032)


def test_a_tilbud_is_not_public_in_a_plan_that_was_adopted_meanwhile(
    vedtas_imens, utkast, kommune, koordinator
):
    tilbud_ = TiltakFactory(kommune=kommune, plan=None)
    omrade = utkast.innsatsomrader.get()
    vedtas_imens(tilbud)

    koordinator.post(
        f"/lillestrom/endre/tilbud/{tilbud_.pk}/ta-inn/", {"innsatsomrade": omrade.pk}
    )

    tilbud_.refresh_from_db()
    assert (tilbud_.plan, tilbud_.publisert) == (utkast, False)


def test_tiltak_of_a_draft_do_not_get_into_a_plan_that_was_adopted_meanwhile(
    vedtas_imens, utkast, kommune, koordinator
):
    annen = HandlingsplanFactory(
        kommune=kommune,
        rekke=PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False),
        status="utkast",
    )
    tiltak = PlasseringFactory(innsatsomrade__plan=annen).tiltak
    omrade = utkast.innsatsomrader.get()
    vedtas_imens(gjester)

    svar = koordinator.post(
        "/lillestrom/2028-2032/sett-inn/",
        {"innsatsomrade": omrade.pk, "tiltak": [tiltak.pk]},
    )

    assert svar.status_code == 422
    assert [sted.plan for sted in tiltak.plasseringer.all()] == [annen]


def test_nothing_is_taken_into_a_plan_that_was_adopted_meanwhile(
    vedtas_imens, utkast, koordinator
):
    adresse = "/lillestrom/2028-2032/overgang/"
    tiltak = utkast.bygger_pa.tiltak.get()
    sendt = innsending(koordinator.get(adresse)) | {f"t{tiltak.pk}-valg": "viderefores"}
    vedtas_imens(overgang)

    svar = koordinator.post(adresse, sendt | {"handling": "utfor"})

    assert svar.status_code == 404
    assert not utkast.tiltak.exists()


def test_no_recommendation_gets_into_a_plan_that_was_adopted_meanwhile(
    vedtas_imens, utkast, kommune, koordinator
):
    anbefaling = AnbefalingFactory(kilde__kommune=kommune, kilde__navn="HKH")
    omrade = utkast.innsatsomrader.get()
    vedtas_imens(planstartsider)

    svar = koordinator.post(
        "/lillestrom/kunnskap/hkh/plan/2028-2032/", {f"a{anbefaling.pk}": omrade.pk}
    )

    assert svar.status_code == 422
    assert "Planen er ikke et utkast lenger." in svar.text
    assert not utkast.tiltak.exists()
