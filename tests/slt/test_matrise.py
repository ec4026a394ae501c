"""The permission matrix: every address, asked for and sent to, by every role, in its own
kommune and in another one.

An address without a row fails. A cell says how the site answers:

    200, 302, ...   with that status
    L               by leading to the page for logging in
"""

from contextlib import suppress

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from slt.felles.tilgang import SE_SOM
from slt.grunn.historikk import Historisert
from slt.models import Tilgangslenke
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    HandlingsplanFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    StedFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.test_konsistens import ruter
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Plassering,
    Tema,
    Tiltak,
)

# "ser som": a coordinator who looks at the site as the public does.
ROLLER = [
    "ukjent",
    "lenke",
    "ansatt",
    "redaktor",
    "politirad",
    "koordinator",
    "administrator",
    "ser som",
]


# How an address answers each role, in the order of ROLLER.
APEN = [200] * 8
VIDERE = [302] * 8
KOMMER = [503] * 8  # a document that is being made
FINNES_IKKE = [404] * 8
# Who looks as others may send nothing.
BARE_LES = [405, 405, 405, 405, 405, 405, 405, 403]
INNLOGGET = ["L", "L", 200, 200, 200, 200, 200, 403]
BARE_SEND = ["L", "L", 405, 405, 405, 405, 405, 403]


def koordinert(svar, *, redaktor=404):
    """For those who keep the kommune; to others it is not there."""
    egen = ["L", "L", 404, redaktor, 404, svar, svar, 403]
    annen = ["L", "L", 404, 404, 404, 404, svar, 403]
    return egen, annen


def i_admin(koordinator, administrator):
    """For those who get into the admin."""
    return ["L", "L", "L", "L", "L", koordinator, administrator, 403]


# What is of another kommune than the one they work in, is not there.
BORTE = i_admin(404, 404)
RAD_I_ADMIN = (i_admin(200, 200), BORTE)
STAR_FAST = (i_admin(403, 403), BORTE)

LESES = (APEN, BARE_LES)
ADMINSIDE = (i_admin(200, 200), i_admin(200, 200))
ADMINISTRATORS = (i_admin(403, 200), i_admin(403, 200))
INGENS = (i_admin(403, 403), i_admin(403, 403))

KOMMUNENS = {
    "slt_lokalomrade",
    "slt_sted",
    "tiltak_handlingsplan",
    "tiltak_innsatsomrade",
    "tiltak_tiltak",
    "tiltak_tjeneste",
    "tiltak_kontaktpunkt",
    "tiltak_kapittel",
    "tiltak_tema",
}
# What stands in a plan that holds is ended, not erased.
I_PLANEN = {
    "tiltak_handlingsplan",
    "tiltak_innsatsomrade",
    "tiltak_tiltak",
    "tiltak_kapittel",
}

# {name of the address: (asked for, sent to)}; each of them one row, or two where another
# kommune is answered otherwise.
MATRISE = {
    **dict.fromkeys(
        [
            "healthz",
            "robots",
            "sitemap",
            "sitemap_index",
            "security_txt",
            "forside",
            "personvern",
            "tiltak:tjeneste_list",
            "tiltak:tjeneste_detail",
            "tiltak:handlingsplan_detail",
            "tiltak:plan",
            "tiltak:dekning",
            "tiltak:innsatsomrade_detail",
            "tiltak:tiltak_list",
            "tiltak:tiltak_detail",
        ],
        LESES,
    ),
    "tiltak:plan_pdf": (KOMMER, BARE_LES),
    "tiltak:plan_kort_pdf": (KOMMER, BARE_LES),
    "kommune": (VIDERE, BARE_LES),
    "tiltak:gjeldende": (VIDERE, BARE_LES),
    "lenke": (FINNES_IKKE, [*FINNES_IKKE[:-1], 403]),  # nobody has this one
    "ansatt": (APEN, [422, 422, 422, 422, 422, 422, 422, 403]),
    "ansatt_lenke": (FINNES_IKKE, [*FINNES_IKKE[:-1], 403]),
    # One's own
    "konto:logg_inn": (
        [200, 200, 302, 302, 302, 302, 302, 403],
        [200, 200, 302, 302, 302, 302, 302, 403],
    ),
    "konto:logg_ut": ([405] * 8, VIDERE),
    "konto:min_side": (INNLOGGET, ["L", "L", 302, 302, 302, 302, 302, 403]),
    "konto:mine_opplysninger": (INNLOGGET, BARE_SEND),
    "konto:passord": (INNLOGGET, INNLOGGET),
    "konto:glemt": (APEN, [*APEN[:-1], 403]),
    "konto:glemt_sendt": LESES,
    "konto:nytt_passord": (APEN, [*APEN[:-1], 403]),
    "konto:se_som": (
        BARE_SEND,
        (
            ["L", "L", 403, 403, 403, 302, 302, 403],
            ["L", "L", 403, 403, 403, 403, 302, 403],
        ),
    ),
    "konto:se_som_slutt": ([405] * 8, VIDERE),
    "konto:glem_lenker": ([405] * 8, [*VIDERE[:-1], 403]),
    # Of those who keep the kommune
    "tilganger": (koordinert(200), koordinert(422)),
    "tilganger_csv": (koordinert(200), BARE_SEND),
    "tilgang_avslutt": (BARE_SEND, koordinert(302)),
    "inviter_igjen": (BARE_SEND, koordinert(302)),
    "lenke_ny": (BARE_SEND, koordinert(422)),
    "tiltak:tiltak_endre": (koordinert(200), koordinert(422)),
    **dict.fromkeys(
        ["tiltak:tjeneste_endre", "tiltak:kontaktpunkt_endre"],
        (koordinert(200, redaktor=200), koordinert(422, redaktor=422)),
    ),
    # Admin
    "admin:login": (
        ["L", "L", 403, 403, 403, 302, 302, "L"],
        ["L", "L", 403, 403, 403, 302, 302, 403],
    ),
    "admin:logout": (BARE_SEND, ["L", "L", 302, 302, 302, 302, 302, 403]),
    "admin:index": ADMINSIDE,
    "admin:app_list": ADMINSIDE,
    "admin:password_change": 2 * (["L", "L", 302, 302, 302, 302, 302, 403],),
    "admin:jsi18n": (i_admin(200, 200), i_admin(405, 405)),
    "admin:velg_kommune": (i_admin(405, 405), (i_admin(302, 302), i_admin(404, 302))),
    # For Ansvar, which chooses among the tjenester of the kommune
    "admin:autocomplete": (i_admin(200, 200), i_admin(405, 405)),
    "admin:admin/finnes/ikke/": (BORTE, BORTE),
    **{
        f"admin:admin/{modell.replace('_', '/')}/1/": (
            i_admin(302, 302),
            i_admin(302, 302),
        )
        for modell in {*KOMMUNENS, "slt_kommune", "slt_bruker"}
    },
    **{
        f"admin:{modell}_{side}": ADMINSIDE
        for modell in KOMMUNENS
        for side in ("changelist", "add")
    },
    **{
        f"admin:{modell}_{side}": (RAD_I_ADMIN, RAD_I_ADMIN)
        for modell in KOMMUNENS
        for side in ("change", "history")
    },
    **{
        f"admin:{modell}_delete": (
            (STAR_FAST, STAR_FAST) if modell in I_PLANEN else (RAD_I_ADMIN, RAD_I_ADMIN)
        )
        for modell in KOMMUNENS
    },
    "admin:slt_kommune_changelist": ADMINSIDE,
    "admin:slt_kommune_add": ADMINISTRATORS,
    **{
        f"admin:slt_kommune_{side}": 2 * ((i_admin(200, 200), i_admin(404, 200)),)
        for side in ("change", "history")
    },
    "admin:slt_kommune_delete": INGENS,
    **{
        f"admin:slt_bruker_{side}": ADMINISTRATORS
        for side in ("changelist", "add", "change", "history")
    },
    "admin:slt_bruker_delete": INGENS,
    "admin:auth_user_password_change": ADMINISTRATORS,
}


# The world ----------------------------------------------------------------------------


def lag_kommune(nummer, navn):
    """A kommune with one of everything, and {what: the row}."""
    kommune = KommuneFactory(
        nummer=nummer, navn=navn, slug=navn.lower(), ansattdomener="kommunen.example"
    )
    plan = HandlingsplanFactory(kommune=kommune)
    plassering = PlasseringFactory(innsatsomrade__plan=plan, nummer=1)
    tjeneste = TjenesteFactory(kommune=kommune)
    AnsvarFactory(tiltak=plassering.tiltak, tjeneste=tjeneste)
    return {
        "kommune": kommune,
        "slt_kommune": kommune,
        "slt_lokalomrade": LokalomradeFactory(kommune=kommune),
        "slt_sted": StedFactory(kommune=kommune),
        "tiltak_handlingsplan": plan,
        "tiltak_innsatsomrade": plassering.innsatsomrade,
        "tiltak_tiltak": plassering.tiltak,
        "tiltak_tjeneste": tjeneste,
        "tiltak_kontaktpunkt": KontaktpunktFactory(tjeneste=tjeneste),
        "tiltak_kapittel": KapittelFactory(plan=plan),
        "tiltak_tema": Tema.objects.create(kommune=kommune, navn="Rus"),
        "tilgang": TilgangFactory(kommune=kommune, rolle="ansatt"),
        "slt_bruker": BrukerFactory(),
    }


@pytest.fixture
def verden(db, settings):
    """Two kommuner with one of everything: (own, other)."""
    settings.SIKKERHETSKONTAKT = "mailto:sikkerhet@example.org"
    settings.PDF_VENT = 0
    cache.clear()
    return lag_kommune("3205", "Lillestrom"), lag_kommune("3222", "Lorenskog")


@pytest.fixture
def klienter(verden):
    """{role: a client}, all of the first kommune."""
    egen, _annen = verden

    def med(rolle):
        return innlogget(TilgangFactory(kommune=egen["kommune"], rolle=rolle).bruker)

    lenke = TilgangslenkeFactory(
        kommune=egen["kommune"], avtrykk=Tilgangslenke.avtrykk_av("partner")
    )
    partner = Client()
    partner.post(reverse("lenke", args=["partner"]))
    assert list(partner.session["tilgangslenker"]) == [lenke.pk]
    redaktor = med("ansatt")
    TjenesteredaktorFactory(bruker=redaktor.bruker, tjeneste=egen["tiltak_tjeneste"])
    ser_som = med("koordinator")
    sesjon = ser_som.session
    sesjon[SE_SOM] = [egen["kommune"].pk, "publikum"]
    sesjon.save()
    return {
        "ukjent": Client(),
        "lenke": partner,
        "ansatt": med("ansatt"),
        "redaktor": redaktor,
        "politirad": med("politirad"),
        "koordinator": med("koordinator"),
        "administrator": innlogget(BrukerFactory(is_superuser=True)),
        "ser som": ser_som,
    }


def adresse(navn, ting):
    """Where the address of this name is, for the things of one kommune; and what to send
    to it."""
    kommune, plan = ting["kommune"], ting["tiltak_handlingsplan"]
    i_planen = [kommune.slug, plan.periode]
    egne = {
        "sitemap": ["tiltak"],
        "lenke": [f"nokkel-{kommune.slug}"],
        "ansatt_lenke": [kommune.slug, "nokkel"],
        "konto:nytt_passord": ["MQ", "a-b"],
        "tilgang_avslutt": [kommune.slug, "tilgang", ting["tilgang"].pk],
        "inviter_igjen": [kommune.slug, "tilgang", ting["tilgang"].pk],
        "tiltak:tjeneste_detail": [kommune.slug, ting["tiltak_tjeneste"].slug],
        "tiltak:tiltak_endre": [kommune.slug, ting["tiltak_tiltak"].pk],
        "tiltak:tjeneste_endre": [kommune.slug, ting["tiltak_tjeneste"].pk],
        "tiltak:kontaktpunkt_endre": [kommune.slug, ting["tiltak_kontaktpunkt"].pk],
        "tiltak:innsatsomrade_detail": [
            *i_planen,
            ting["tiltak_innsatsomrade"].slug,
        ],
        "tiltak:tiltak_detail": [*i_planen, ting["tiltak_innsatsomrade"].slug, 1],
        "tiltak:gjeldende": [kommune.slug, "plan/"],
        "admin:app_list": ["tiltak"],
        "admin:auth_user_password_change": [ting["slt_bruker"].pk],
    }
    if navn in egne:
        return reverse(navn, args=egne[navn])
    if navn.startswith("admin:admin/"):  # Django's own two without a name
        sti = navn.removeprefix("admin:")
        app, _strek, resten = sti.removeprefix("admin/").partition("/")
        modell = f"{app}_{resten.partition('/')[0]}"
        return (
            f"/{sti.replace('/1/', f'/{ting[modell].pk}/')}"
            if modell in ting
            else f"/{sti}"
        )
    if navn.startswith("admin:") and navn.endswith(("_change", "_delete", "_history")):
        modell = navn.removeprefix("admin:").rpartition("_")[0]
        if modell in ting:
            return reverse(navn, args=[ting[modell].pk])
    if navn in {
        "tiltak:plan",
        "tiltak:plan_pdf",
        "tiltak:plan_kort_pdf",
        "tiltak:dekning",
        "tiltak:tiltak_list",
        "tiltak:handlingsplan_detail",
    }:
        return reverse(navn, args=i_planen)
    with suppress(NoReverseMatch):
        return reverse(navn)
    return reverse(navn, args=[kommune.slug])


def svaret(klient, metode, sted, data):
    """How the site answers; whatever it did is undone."""
    cookies = klient.cookies.copy()
    with transaction.atomic():
        svar = getattr(klient, metode)(sted, data)
        transaction.set_rollback(True)
    klient.cookies = cookies
    if svar.status_code == 302 and svar["Location"].startswith(
        ("/konto/logg-inn/", "/admin/login/")
    ):
        return "L"
    return svar.status_code


SENDES = {
    "konto:se_som": lambda ting: {"kommune": ting["kommune"].slug, "hva": "ansatt"},
    "admin:velg_kommune": lambda ting: {"kommune": ting["kommune"].pk},
}
SPORRES = {
    "admin:autocomplete": {
        "app_label": "tiltak",
        "model_name": "ansvar",
        "field_name": "tjeneste",
    },
}


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(MATRISE) == {navn for navn, _url, _view in ruter()}


# What each role sees of one of everything in a draft and in a plan that holds, in its own
# kommune and in another: how many rows.
ALT = {
    "ukjent": (1, 1),
    "lenke": (1, 1),
    "ansatt": (1, 1),
    "redaktor": (1, 1),
    "politirad": (2, 1),
    "koordinator": (2, 1),
    "administrator": (2, 2),
    "ser som": (1, 1),
}


def test_each_model_says_what_each_role_sees(verden, klienter):
    """Rows of a plan, by the one QuerySet that pages, documents, lists and searches ask:
    a draft is for those who write it and those who adopt it."""
    for ting in verden:
        plan = HandlingsplanFactory(
            kommune=ting["kommune"], fra_ar=2029, til_ar=2032, status="utkast"
        )
        KapittelFactory(plan=plan)
        sted = PlasseringFactory(innsatsomrade__plan=plan)
        AnsvarFactory(tiltak=sted.tiltak, tjeneste=ting["tiltak_tjeneste"])

    for modell in (Handlingsplan, Kapittel, Innsatsomrade, Tiltak, Plassering, Ansvar):
        sett = {}
        for rolle, klient in klienter.items():
            rader = modell.objects.synlige_for(brukeren(klient))
            sett[rolle] = tuple(
                rader.filter(**{modell.kommune_sti: ting["kommune"]}).count()
                for ting in verden
            )
        assert (modell, sett) == (modell, ALT)


def brukeren(klient):
    """Who the site takes the client for."""
    return klient.get(reverse("forside")).wsgi_request.user


@pytest.mark.parametrize(
    "modell", [m for m in apps.get_models() if issubclass(m, Historisert)], ids=str
)
def test_each_model_owns_what_is_seen_of_it(modell, db):
    modell.objects.synlige_for(AnonymousUser()).exists()


def test_every_address_answers_each_role_as_the_matrix_says(verden, klienter):
    avvik = []
    for navn, metoder in MATRISE.items():
        for metode, ventet in zip(("get", "post"), metoder, strict=True):
            rader = ventet if isinstance(ventet, tuple) else (ventet, ventet)
            for hvor, ting, rad in zip(("own", "other"), verden, rader, strict=True):
                data = SPORRES.get(navn, {})
                if metode == "post":
                    data = SENDES.get(navn, lambda _ting: {})(ting)
                sted = adresse(navn, ting)
                svar = [svaret(klienter[r], metode, sted, data) for r in ROLLER]
                if svar != rad:
                    avvik.append(f"{navn}, {metode}, {hvor}: {svar}, not {rad}")

    assert avvik == []
