"""The pages that are of no kommune speak the language of those that the asker works in:
one's own page, the help, mails, and what is said on errors; and the admin that of the one
chosen."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import get_language

from slt.felles.malform import malform_for, malform_i_epost
from slt.models import Tilgang
from tests.conftest import innlogget, vent_pa_epost
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumsmedlemFactory,
    KommuneFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.lest import Lest
from tests.test_nynorsk import (  # noqa: F401 (fixtures)
    BOKMAL,
    _katalogen,
    bokmal,
    brukt,
    nynorsk,
    oversatt,
    sprak,
    synlige_ord,
)
from tiltak.models import Tiltak

pytestmark = brukt
MIN_SIDE, ADMIN, GLEMT = "/konto/", "/admin/", "/konto/glemt/"
INNLOGGING = "/konto/logg-inn/"


@pytest.fixture
def i_begge(nynorsk, bokmal):  # noqa: F811
    """Coordinates both kommuner, and works in the one in bokmål."""
    bruker = TilgangFactory(kommune=bokmal, bruker__navn="").bruker
    TilgangFactory(kommune=nynorsk, bruker=bruker)
    client = innlogget(bruker)
    velg(client, bokmal)
    return client


def velg(client, kommune):
    return client.post("/admin/velg-kommune/", {"kommune": kommune.pk}, follow=True)


def test_the_admin_speaks_as_the_kommune_that_one_works_in(i_begge, nynorsk, bokmal):  # noqa: F811
    for kommune in (nynorsk, bokmal, nynorsk):
        svar = velg(i_begge, kommune)
        arbeider = "Du arbeider no i" if kommune == nynorsk else "Du arbeider nå i"
        assert (sprak(svar), arbeider in Lest(svar).alt) == (kommune.malform, True)
        for side, nn, nb in (
            (ADMIN, "Kva vil du gjere?", "Hva vil du gjøre?"),
            ("/admin/finnes-ikke/", "Sida finst ikkje", "Siden finnes ikke"),
        ):
            svar = i_begge.get(side)
            ventet = nn if kommune == nynorsk else nb
            assert (side, sprak(svar)) == (side, kommune.malform)
            assert (side, ventet in Lest(svar).alt) == (side, True)
        # The pages of the other one are in its own language all the same.
        for annen in (nynorsk, bokmal):
            side = f"/{annen.slug}/arbeidsflate/"
            assert sprak(i_begge.get(side)) == annen.malform
        assert get_language() == "nb"


# Of no kommune: what they say in nynorsk, and in bokmål.
FELLES = {
    MIN_SIDE: ("Byt passord", "Bytt passord"),
    "/konto/kalender/": ("Møta i kalenderen", "Møtene i kalenderen"),
    "/hjelp/": ("Søk i hjelpa", "Søk i hjelpen"),
    "/konto/finnes-ikke/": ("Sida finst ikkje", "Siden finnes ikke"),
    "/lenke/finnes-ikke/": ("Lenkja gjeld ikkje", "Lenken gjelder ikke"),
}


@pytest.mark.parametrize(
    ("kommuner", "malform"),
    [("nn", "nn"), ("nb", "nb"), ("nb nn", "nb"), ("nn nn", "nn")],
)
def test_what_is_of_no_kommune_does_not_turn_with_the_last_one(
    kommuner,
    malform,
    nynorsk,  # noqa: F811
    bokmal,  # noqa: F811
):
    """It is in nynorsk for who works in that alone, and else in bokmål."""
    bruker = BrukerFactory(navn="")
    egne = [KommuneFactory(malform=malform) for malform in kommuner.split()]
    for kommune in egne:
        TilgangFactory(kommune=kommune, bruker=bruker)
    klient = innlogget(bruker)

    for kommune in (*egne, nynorsk, bokmal, *egne):
        velg(klient, kommune)
        klient.get(f"/{kommune.slug}/arbeidsflate/")
        for side, (nn, nb) in FELLES.items():
            svar = klient.get(side)
            ventet = nn if malform == "nn" else nb
            assert (side, sprak(svar), ventet in Lest(svar).alt) == (
                side,
                malform,
                True,
            )


def test_an_administrator_keeps_the_language_of_the_site(
    administrator,
    nynorsk,  # noqa: F811
    bokmal,  # noqa: F811
):
    sider = ("/kommuner/", "/kommuner/ny/", MIN_SIDE)

    for kommune in (nynorsk, bokmal, nynorsk):
        velg(administrator, kommune)
        administrator.get(f"/{kommune.slug}/arbeidsflate/")
        assert [sprak(administrator.get(s)) for s in sider] == ["nb"] * 3
        assert sprak(administrator.get(ADMIN)) == kommune.malform


@pytest.fixture
def i_nynorsk(nynorsk):  # noqa: F811
    return innlogget(TilgangFactory(kommune=nynorsk, bruker__navn="").bruker)


def test_nothing_is_left_in_bokmal_where_a_coordinator_works(i_nynorsk, nynorsk):  # noqa: F811
    tiltak, tjeneste = Tiltak.objects.first(), nynorsk.tjenester.first()
    sider = [
        MIN_SIDE,
        "/konto/passord/",
        "/konto/kalender/",
        ADMIN,
        "/admin/tiltak/tiltak/",
        f"/admin/tiltak/tiltak/{tiltak.pk}/change/",
        f"/admin/tiltak/tiltak/{tiltak.pk}/history/",
        f"/admin/tiltak/tjeneste/{tjeneste.pk}/change/",
        "/admin/tiltak/tjeneste/add/",
        "/admin/moter/forum/",
        "/hjelp/ord/",
    ]

    bokmalsord = {
        side: funnet
        for side in sider
        if (funnet := BOKMAL.findall(synlige_ord(i_nynorsk.get(side))))
    }

    assert bokmalsord == {}


@pytest.mark.parametrize("hva", ["ansatt", "redaktør", "medlem"])
def test_who_reads_there_is_spoken_to_in_its_language(hva, nynorsk, bokmal):  # noqa: F811
    bruker = BrukerFactory()
    match hva:
        case "ansatt":
            TilgangFactory(bruker=bruker, kommune=nynorsk, rolle=Tilgang.Rolle.ANSATT)
        case "redaktør":
            tjeneste = TjenesteFactory(kommune=nynorsk)
            TjenesteredaktorFactory(bruker=bruker, tjeneste=tjeneste)
        case "medlem":
            forum = ForumFactory(kommune=nynorsk)
            ForumsmedlemFactory(bruker=bruker, forum=forum)

    assert malform_for(bruker) == "nn"
    assert sprak(innlogget(bruker).get(MIN_SIDE)) == "nn"


def test_who_comes_from_a_kommune_logs_in_in_its_language(nynorsk, bokmal, client):  # noqa: F811
    for kommune in (nynorsk, bokmal):
        svar = client.get(f"/{kommune.slug}/tilganger/", follow=True)
        assert svar.redirect_chain[-1][0].startswith(INNLOGGING)
        assert sprak(svar) == kommune.malform


def test_where_all_kommuner_share_a_language_it_is_that(nynorsk, client):  # noqa: F811
    for kommune in (nynorsk, KommuneFactory(malform="nn")):
        TjenesteFactory(kommune=kommune)

    assert [sprak(client.get(s)) for s in ("/", INNLOGGING, "/hjelp/")] == ["nn"] * 3

    KommuneFactory(malform="nb")

    assert [sprak(client.get(s)) for s in ("/", INNLOGGING, "/hjelp/")] == ["nb"] * 3


def test_a_mail_is_in_the_language_of_its_receiver(nynorsk, bokmal, client):  # noqa: F811
    for kommune in (nynorsk, bokmal):
        bruker = TilgangFactory(kommune=kommune).bruker
        client.post(GLEMT, {"email": bruker.epost})
        vent_pa_epost()

    assert ["Lenkja gjeld i tre dagar" in m.body for m in mail.outbox] == [True, False]
    assert ["Lenken gjelder i tre dager" in m.body for m in mail.outbox] == [
        False,
        True,
    ]


def test_a_mail_is_in_the_language_in_which_one_coordinates(nynorsk, bokmal):  # noqa: F811
    for her, der in ((nynorsk, bokmal), (bokmal, nynorsk)):
        bruker = TilgangFactory(kommune=her).bruker
        TilgangFactory(kommune=der, bruker=bruker, rolle=Tilgang.Rolle.ANSATT)

        assert malform_i_epost(bruker) == her.malform


def test_a_mail_to_nobody_asks_as_much(nynorsk):  # noqa: F811
    def sporringer(bruker):
        with CaptureQueriesContext(connection) as fanget:
            malform_i_epost(bruker)
        return len(fanget)

    assert sporringer(None) == sporringer(TilgangFactory(kommune=nynorsk).bruker) > 1


def test_who_looks_as_others_is_spoken_to_as_they_are(i_begge, nynorsk):  # noqa: F811
    sett = {"kommune": nynorsk.slug, "hva": "publikum"}
    i_begge.post(reverse("konto:se_som"), sett)

    assert sprak(i_begge.get("/hjelp/")) == "nn"


def test_an_invitation_is_in_the_language_of_the_kommune(i_begge, nynorsk):  # noqa: F811
    svar = i_begge.post(
        f"/{nynorsk.slug}/tilganger/",
        {"inviter-epost": "ny@example.org", "inviter-rolle": "ansatt"},
    )

    assert svar.status_code == 302
    assert "Logg inn her:" in mail.outbox[0].body
    assert BOKMAL.findall(re.sub(r"https?://\S+", "", mail.outbox[0].body)) == []


def test_whoever_is_invited_chooses_the_password_in_that_language(
    i_begge,
    nynorsk,  # noqa: F811
    client,
):
    i_begge.post(
        f"/{nynorsk.slug}/tilganger/",
        {"inviter-epost": "ny@example.org", "inviter-rolle": "ansatt"},
    )
    lenke = re.search(r"/konto/nytt-passord/\S+", mail.outbox[0].body)[0]

    siden = client.get(lenke, follow=True)
    valgt = siden.redirect_chain[-1][0]
    ulike = client.post(valgt, {"new_password1": "hest", "new_password2": "ku"})
    passord = dict.fromkeys(["new_password1", "new_password2"], "hest batteri stift")
    inne = client.post(valgt, passord, follow=True)

    for svar in (siden, ulike):
        assert sprak(svar) == "nn"
        assert "Vel passord" in Lest(svar).tekst
    assert inne.redirect_chain[-1][0] == f"/{nynorsk.slug}/arbeidsflate/"
    assert "Passordet er valt, og du er logga inn." in Lest(inne).tekst
    # Of a link that no longer holds it is not said whose it was.
    assert sprak(client.__class__().get(lenke)) == "nb"


def test_who_was_logged_out_is_told_so_in_the_language_of_the_page(nynorsk, client):  # noqa: F811
    side = f"/{nynorsk.slug}/tilganger/"

    svar = client.post(side, HTTP_REFERER=f"http://testserver{side}", follow=True)

    assert sprak(svar) == "nn"
    assert "Du var logga ut" in Lest(svar).tekst


def test_a_refused_form_says_so_in_the_language_of_the_page(i_begge, nynorsk):  # noqa: F811
    i_begge.handler.enforce_csrf_checks = True

    svar = i_begge.post(f"/{nynorsk.slug}/tilganger/", {})
    min_side = i_begge.post(MIN_SIDE, {})

    assert (svar.status_code, sprak(svar)) == (403, "nn")
    assert "Skjemaet vart ikkje sendt" in Lest(svar).alt
    assert (min_side.status_code, sprak(min_side)) == (403, "nb")


def test_so_does_a_page_that_fails(i_nynorsk, nynorsk, monkeypatch):  # noqa: F811
    def feiler(*args, **kwargs):
        raise RuntimeError

    i_nynorsk.raise_request_exception = False
    monkeypatch.setattr("slt.konto.views.min_side.Bruker", feiler)
    monkeypatch.setattr("slt.innstillinger.views._kommunens", feiler)

    for side in (MIN_SIDE, f"/{nynorsk.slug}/innstillinger/"):
        svar = i_nynorsk.get(side)
        assert (side, svar.status_code, sprak(svar)) == (side, 500, "nn")
        assert "Noko gjekk gale hos oss" in Lest(svar).alt
