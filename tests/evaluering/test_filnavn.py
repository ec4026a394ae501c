"""What a table that is sent is called is kept: it is guarded as any other text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluering.models import Tallimport
from tests.factories import IndikatorFactory
from tests.slt.test_admin import NUMMER


def send(client, kommune, navn):
    IndikatorFactory(kommune=kommune, navn="Treff")
    fil = SimpleUploadedFile(navn, "indikator;år;tall\nTreff;2024;36500".encode())
    adresse = reverse("evaluering:tallimport_ny", args=[kommune.slug])
    return client.post(adresse, {"fil": fil})


def test_an_identity_number_in_the_name_of_a_file_is_refused(kommune, koordinator):
    svar = send(koordinator, kommune, f"Elev {NUMMER}.csv")

    assert svar.status_code == 422
    assert "fødselsnummer" in svar.context["skjema"].errors["fil"][0]
    assert not Tallimport.objects.exists()


@pytest.mark.parametrize(
    ("navn", "kalt"),
    [
        ("Tall for 2024.csv", "Tall for 2024.csv"),
        ("<b>æ</b>.csv", "b>.csv"),
        ("a" * 300 + ".csv", "a" * 120),
    ],
)
def test_another_name_is_kept_as_far_as_there_is_room(navn, kalt, kommune, koordinator):
    svar = send(koordinator, kommune, navn)

    assert svar.status_code == 302
    assert Tallimport.objects.get().navn == kalt
