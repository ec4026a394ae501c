"""Days and times of day as people write and paste them, through the forms of the site and
of the admin: what is read, what is stored and shown, and what is said of the rest."""

from datetime import date, time

import pytest
from django.utils import timezone, translation

from moter.models import Mote, Motefri
from moter.moteplan.forms.planlegger import Klokkeslettfelt, OnskeForm
from slt.grunn.tid import les_dag
from tests.factories import (
    ForumFactory,
    KontaktpunktFactory,
    MotefriFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.moter.test_redigering import MOTE, ny
from tests.slt.test_admin import endre, feil, ny_rad, side, skjema
from tiltak.models import Apningstid, Kontaktpunkt

DAGEN = date(2027, 2, 1)
DAGER = [
    "2027-02-01",
    "2027-2-1",
    "1. februar 2027",
    " 1.\u00a0februar\u202f2027 ",
    "\u200b1. februar 2027\ufeff",
    "1. Februar, 2027.",
    "1.februar2027",
    "1. feb 27",
    "1 feb. '27",
    "den 1. februar 2027",
    "mandag 1. februar 2027",
    "Måndag den 1. februar 2027",
    "1.2.2027",
    "01.02.2027",
    "1. 2. 2027",
    "1.2.27",
    "1/2-27",
    "1/2 2027",
    "1/2/27",
    "1–2–2027",
    "1\u20112\u20112027",
    "010227",
    "01022027",
    "20270201",
]
IKKE_DAGER = [
    *("i morgen", "1. februar", "1/2", "2027", "30. februar 2027", "31.2.27"),
    *("1.13.2027", "32. mai 2027", "1. ma 27", "٠١٠٢٢٧", "1.2.2027-3.2.2027", "0"),
]
IKKE_DATO = "Dette er ikke en dato. Skriv for eksempel 1. februar 2027 eller 1.2.2027."
TIDER = {
    "9": time(9),
    "09": time(9),
    "0900": time(9),
    "900": time(9),
    "9.00": time(9),
    "09:00": time(9),
    "09:00:00": time(9),
    "9,00": time(9),
    "9 00": time(9),
    "\u200b9.\u00ad00\u00a0": time(9),
    "kl. 9": time(9),
    "Kl 09.00": time(9),
    "klokka 9": time(9),
    "klokken 9.": time(9),
    "kl. 09.30": time(9, 30),
    "930": time(9, 30),
    "0": time(0),
}
IKKE_TIDER = ["lunsj", "24.00", "8.60", "8.3", "25", "9-10", "09.00–10.00", "٣", "kl."]
IKKE_KLOKKESLETT = "Skriv et klokkeslett, for eksempel 08.30."


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Arbeidsgruppe")


@pytest.fixture
def fri(kommune):
    return MotefriFactory(kommune=kommune, fra=date(2026, 1, 5), til=date(2027, 12, 31))


def test_a_day_is_read_on_the_site(forum, koordinator):
    adresse, lest = ny("mote_ny", forum), {}
    for skrevet in DAGER:
        svar = koordinator.post(adresse, MOTE | {"dag": skrevet})
        assert svar.status_code == 302, (skrevet, svar.context["skjema"].errors)
        mote = Mote.objects.get()
        lest[skrevet] = timezone.localdate(mote.start)
        mote.delete()

    assert lest == dict.fromkeys(DAGER, DAGEN)


def test_a_day_is_read_in_the_admin(fri, koordinator):
    lest = {}
    for skrevet in DAGER:
        svar = endre(koordinator, fri, fra=skrevet)
        assert feil(svar) == {}, skrevet
        lest[skrevet] = Motefri.objects.get().fra
        fri.save()

    assert lest == dict.fromkeys(DAGER, DAGEN)


def test_what_is_no_day_is_told_of_with_an_example_and_kept(forum, fri, koordinator):
    adresse = ny("mote_ny", forum)
    for skrevet in IKKE_DAGER:
        svar = koordinator.post(adresse, MOTE | {"dag": skrevet})
        assert svar.status_code == 422
        assert svar.context["skjema"].errors == {"dag": [IKKE_DATO]}, skrevet
        assert IKKE_DATO in Lest(svar).tekst
        assert innsending(svar)["dag"] == skrevet

        svar = endre(koordinator, fri, fra=skrevet)
        assert feil(svar) == {"fra": [IKKE_DATO]}, skrevet
        assert skjema(svar)["fra"] == [skrevet]

    assert not Mote.objects.exists()
    assert Motefri.objects.get().fra == date(2026, 1, 5)


def test_a_day_of_another_day_of_the_week_is_not_guessed_at(forum, koordinator):
    adresse = ny("mote_ny", forum)

    svar = koordinator.post(adresse, MOTE | {"dag": "tysdag 1. februar 2027"})

    assert svar.context["skjema"].errors == {
        "dag": ["1. februar 2027 er en mandag. Rett datoen eller ta bort ukedagen."]
    }
    assert not Mote.objects.exists()


def test_a_year_of_two_digits_is_the_nearest():
    i_ar = timezone.localdate().year
    for ar in range(i_ar - 49, i_ar + 51):
        assert les_dag(f"1.2.{ar % 100:02}") == date(ar, 2, 1)


def test_a_time_is_read_on_the_site(forum, koordinator):
    adresse, lest = ny("mote_ny", forum), {}
    for skrevet in TIDER:
        svar = koordinator.post(
            adresse, MOTE | {"start_kl": skrevet, "slutt_kl": "1130"}
        )
        assert svar.status_code == 302, (skrevet, svar.context["skjema"].errors)
        mote = Mote.objects.get()
        lest[skrevet] = timezone.localtime(mote.start).time()
        mote.delete()

    assert lest == TIDER


def test_a_time_is_read_in_the_admin_and_shown_in_one_form(kommune, koordinator):
    tjeneste = TjenesteFactory(kommune=kommune)
    punkt = KontaktpunktFactory(tjeneste=tjeneste, verdi="469 34 634")
    adresse = side(Kontaktpunkt, "change", punkt.pk)
    lest, vist = {}, {}
    for skrevet in TIDER:
        sendt = skjema(koordinator.get(adresse))
        tiden = {"fra_dag": "0", "til_dag": "4", "apner": skrevet, "stenger": "15"}
        ny_rad(sendt, "apningstider", **tiden)
        assert feil(koordinator.post(adresse, sendt)) == {}, skrevet
        lest[skrevet] = Apningstid.objects.get().apner
        vist[skrevet] = skjema(koordinator.get(adresse))["apningstider-0-apner"]
        Apningstid.objects.all().delete()

    assert lest == TIDER
    assert vist == {skrevet: [f"{t:%H.%M}"] for skrevet, t in TIDER.items()}

    for skrevet in IKKE_TIDER:
        sendt = skjema(koordinator.get(adresse))
        tiden = {"fra_dag": "0", "til_dag": "4", "apner": "0800", "stenger": skrevet}
        rad = ny_rad(sendt, "apningstider", **tiden)
        svar = koordinator.post(adresse, sendt)
        assert feil(svar) == {f"{rad}-stenger": [IKKE_KLOKKESLETT]}, skrevet
        assert skjema(svar)[f"{rad}-stenger"] == [skrevet]
        # What was read stands in the one form.
        assert skjema(svar)[f"{rad}-apner"] == ["08.00"]
    assert not Apningstid.objects.exists()


def test_what_is_no_time_is_told_of_with_an_example_and_kept(forum, koordinator):
    adresse = ny("mote_ny", forum)
    for skrevet in IKKE_TIDER:
        svar = koordinator.post(
            adresse,
            MOTE | {"dag": "1. februar 2027", "start_kl": "0900", "slutt_kl": skrevet},
        )
        assert svar.context["skjema"].errors == {"slutt_kl": [IKKE_KLOKKESLETT]}
        assert IKKE_KLOKKESLETT in Lest(svar).tekst
        # What was read is shown as the browser's own calendar and clock take it.
        vist = innsending(svar)
        assert (vist["dag"], vist["start_kl"], vist["slutt_kl"]) == (
            "2027-02-01",
            "09:00",
            skrevet,
        )

    assert not Mote.objects.exists()


def test_the_planner_reads_the_same_times(forum):
    for skrevet, ventet in TIDER.items():
        form = OnskeForm({f"forum-{forum.pk}-tid": skrevet}, forum=forum, rammer=None)
        assert form.is_valid(), skrevet
        assert form.cleaned_data["tid"] == ventet
    felt = Klokkeslettfelt()
    assert felt.clean("kl. 0830, klokka 12 og\u00a01415") == (
        time(8, 30),
        time(12),
        time(14, 15),
    )


def test_the_words_are_those_of_the_kommune(kommune, forum, koordinator):
    kommune.malform = "nn"
    kommune.save()

    svar = koordinator.post(
        ny("mote_ny", forum), MOTE | {"dag": "snart", "slutt_kl": "snart"}
    )

    tekst = Lest(svar).tekst
    assert "Dette er ikkje ein dato. Skriv til dømes 1. februar 2027" in tekst
    with translation.override("nn"):
        assert les_dag("laurdag 6. februar 2027") == date(2027, 2, 6)
