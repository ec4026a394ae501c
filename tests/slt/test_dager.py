"""Days at the ends of time are mistyped: refused beside the field, in every form."""

import pytest

from moter.models import Mote, Motefri, Moteserie
from slt.grunn.tid import Dag
from slt.models import Tilgangslenke
from tests.factories import ForumFactory, HandlingsplanFactory, gi_status
from tests.slt.test_admin import LAG, MODELLER, endre, feil
from tiltak.models import Handlingsplan

UMULIGE = ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]
umulige = pytest.mark.parametrize("dag", UMULIGE)

DAGER_I_ADMIN = [
    (modell, felt.name)
    for modell in MODELLER
    for felt in modell._meta.concrete_fields
    if isinstance(felt, Dag) and felt.editable
]


def test_the_admin_has_days():
    assert len(DAGER_I_ADMIN) > 5


@umulige
@pytest.mark.parametrize(("modell", "felt"), DAGER_I_ADMIN)
def test_in_the_admin(modell, felt, dag, kommune, koordinator):
    rad = LAG[modell](kommune)
    if modell is Handlingsplan:
        gi_status(rad, Handlingsplan.Status.GJELDENDE)  # a draft was not treated yet
    ar, maned, dagen = dag.split("-")

    response = endre(koordinator, rad, **{felt: f"{dagen}.{maned}.{ar}"})

    assert felt in feil(response)
    rad.refresh_from_db()
    assert str(getattr(rad, felt)) != dag


# (address, what is sent beside the day, the field that is a day)
SKJEMAER = [
    ("/lillestrom/moteplan/motefri/", {"navn": "Fri", "til": "2027-01-02"}, "fra"),
    ("/lillestrom/moteplan/motefri/", {"navn": "Fri", "fra": "2027-01-02"}, "til"),
    (
        "/lillestrom/moteplan/moter/ny/?forum=radet",
        {"start_kl": "09:00", "slutt_kl": "10:00"},
        "dag",
    ),
    (
        "/lillestrom/moteplan/serier/ny/?forum=radet",
        {"start_kl": "09:00", "slutt_kl": "10:00", "ukedag": "1", "hver_uke": "2"},
        "fra",
    ),
    (
        "/lillestrom/moteplan/serier/ny/?forum=radet",
        {"start_kl": "09:00", "slutt_kl": "10:00", "fra": "2027-01-04"},
        "til",
    ),
    ("/lillestrom/moteplan/planlegger/", {"til": "2027-06-01", "uker": "6"}, "fra"),
    ("/lillestrom/moteplan/planlegger/", {"fra": "2027-01-04", "uker": "6"}, "til"),
    (
        "/lillestrom/2024-2028/registrer-behandling/",
        {"vedtaksform": "vedtatt"},
        "vedtatt_dato",
    ),
]


@umulige
@pytest.mark.parametrize(("adresse", "resten", "felt"), SKJEMAER)
def test_in_the_forms_of_the_site(adresse, resten, felt, dag, kommune, koordinator):
    ForumFactory(kommune=kommune, navn="Rådet", slug="radet")
    HandlingsplanFactory(kommune=kommune)
    vist = koordinator.get(adresse).context["skjema"]
    felt = vist.add_prefix(felt)
    data = {f.html_name: f.value() for f in vist if f.value() not in (None, False)}

    svar = koordinator.post(adresse, data | resten | {felt: dag})

    assert svar.status_code == 422
    skjema = svar.context["skjema"]
    assert felt in {skjema.add_prefix(navn) for navn in skjema.errors}
    for modell in (Motefri, Mote, Moteserie):
        assert not modell.objects.exists()


@umulige
@pytest.mark.parametrize(
    ("adresse", "felter", "felt"),
    [
        (
            "/lillestrom/tilganger/",
            {"inviter-epost": "ny@example.org", "inviter-rolle": "ansatt"},
            "inviter-til",
        ),
        (
            "/lillestrom/tilganger/lenke/",
            {"lenke-mottaker": "Politiet"},
            "lenke-til",
        ),
    ],
)
def test_in_the_forms_of_access(adresse, felter, felt, dag, kommune, koordinator):
    svar = koordinator.post(adresse, felter | {felt: dag})

    assert svar.status_code == 422
    assert not Tilgangslenke.objects.exists()
