"""Every page of the admin, sent back as the browser got it: it says that nothing was
changed, and nothing was."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse
from lxml import html

from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import BrukerFactory, TilgangFactory

RADER = 3  # of each kind


@pytest.fixture
def administrator(db):
    call_command("last_grunndata", verbosity=0)
    bruker = BrukerFactory(is_superuser=True)
    TilgangFactory(kommune=Kommune.objects.get(slug="lillestrom"))
    return innlogget(bruker)


def sendes(svar, navn):
    """{name: [value]} of what the browser sends from the form with this id."""
    [skjema] = [s for s in html.fromstring(svar.text).forms if s.get("id") == navn]
    data = {}
    for felt, verdi in skjema.form_values():
        data.setdefault(felt, []).append(verdi)
    return data


def test_what_is_sent_back_untouched_changes_nothing(administrator):
    for_ = dict(Kommune.objects.values_list("pk", "versjon"))
    endret, sett = [], set()
    for modell in admin.site._registry:
        navn = f"{modell._meta.app_label}_{modell._meta.model_name}"
        liste = administrator.get(reverse(f"admin:{navn}_changelist"))
        for rad in liste.context["cl"].result_list[:RADER]:
            adresse = reverse(f"admin:{navn}_change", args=[rad.pk])
            side = administrator.get(adresse)
            data = sendes(side, f"{modell._meta.model_name}_form")
            svar = administrator.post(adresse, data, follow=True)
            sett.add(navn)
            if "Ingenting er endret." not in svar.text or "ble endret" in svar.text:
                endret.append((navn, str(rad)))

    assert len(sett) > 15
    assert endret == []
    assert dict(Kommune.objects.values_list("pk", "versjon")) == for_
