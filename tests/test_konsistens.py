"""The conventions of the house, as tests."""

import os
import re
import subprocess
import sys
from importlib import import_module
from io import StringIO
from pathlib import Path

import django.contrib.admin
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.template import engines
from django.template.base import Lexer, TokenType
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver, reverse

from moter.models import Kalenderlenke
from slt.felles.admin import Historikkadmin
from slt.grunn.historikk import SLIPPES, Historisert, begrunnet
from slt.grunn.identitetsnummer import IdentitetsnummerFunnet
from slt.grunn.kommunegrense import har_kommune
from slt.grunn.norsk import Slugg
from slt.grunn.tekst import (
    Epost,
    Epostfelt,
    Identitetsnummervakt,
    Nettadresse,
    Nettadressefelt,
)
from slt.grunn.tid import Dag, Dagfelt, Klokkefelt, Klokkeslett
from slt.models import Bruker, Forsok, Kommune, OrdUtenTreff, Utsending
from tests.factories import (
    AktivitetFactory,
    ForumFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KommuneFactory,
    KontaktpunktFactory,
    MalingFactory,
    PlasseringFactory,
    RegistreringFactory,
    TilbudFactory,
    TjenesteFactory,
    ferdig_evaluering,
    ferdig_rapport,
)
from tests.pastander import uten_pastand
from tests.slt.test_admin import NUMMER
from tiltak.models import Feilmelding, Planimport, Regnearkimport
from tiltak.models.deler import egne_holder_andres_slipper

APPER = ["slt", "tiltak", "moter", "evaluering"]
ALLE = [m for m in apps.get_models() if m._meta.app_label in APPER]
# The rows themselves, without the tables that hold their history.
EGNE = [m for m in ALLE if not hasattr(m, "instance_type")]
hver_modell = pytest.mark.parametrize("modell", EGNE, ids=lambda m: m.__name__)


# Models -------------------------------------------------------------------------------


def test_there_is_a_migration_for_each_change_of_a_model(db, settings):
    # On SQLite the tests make their tables without migrations; here they count.
    settings.MIGRATION_MODULES = {}
    ut = StringIO()

    call_command("makemigrations", dry_run=True, stdout=ut, no_color=True)

    assert ut.getvalue() == "No changes detected\n"


# Counts: of tries, thrown away after minutes; of words, after a month. What is on its way
# in, with each key press; what is on its way out, and what readers say is wrong, which say
# themselves what became of them.
UTEN_SPOR = {
    Feilmelding,
    Forsok,
    OrdUtenTreff,
    Planimport,
    Regnearkimport,
    Utsending,
}


@hver_modell
def test_every_change_is_traced(modell):
    assert issubclass(modell, Historisert) or modell in UTEN_SPOR


@hver_modell
def test_every_row_belongs_to_a_kommune(modell, db):
    # A user's calendar spans all kommuner where they sit in a forum.
    if modell in {Bruker, Kalenderlenke, Forsok}:
        assert not har_kommune(modell)
        return
    felt, sti = modell, modell.kommune_sti
    for navn in sti.split("__"):
        felt = felt._meta.get_field(navn if navn != "pk" else felt._meta.pk.name)
        felt = felt.related_model or felt.model

    assert felt is Kommune
    assert list(modell._base_manager.filter(**{sti: 0})) == []


@hver_modell
def test_no_reference_is_emptied_without_a_trace(modell):
    """SET_NULL and the like change rows in the database, past the history. What the
    database does not hold is left as it is."""
    # The last two: either of the others, and emptied row by row, with its history.
    tillatt = {models.PROTECT, models.CASCADE, egne_holder_andres_slipper, SLIPPES}

    avvik = [
        felt.name
        for felt in modell._meta.concrete_fields
        if felt.is_relation
        and felt.remote_field.on_delete not in tillatt
        and felt.db_constraint
    ]

    assert avvik == []


@hver_modell
def test_the_ways_to_many_go_by_models_with_history(modell):
    ingen_historikk = {"groups", "user_permissions"}  # Django's, not in use

    avvik = {
        felt.name
        for felt in modell._meta.many_to_many
        if not issubclass(felt.remote_field.through, Historisert)
    }

    assert avvik <= ingen_historikk


# Text that nobody writes freely, or that has a rule of its own.
UTEN_VAKT = {
    "slt.Bruker.password": "a hash",
    "slt.Kommune.nummer": "four digits, by a constraint",
    "slt.Tilgangslenke.avtrykk": "a hash",
    "slt.Dokument.sha256": "a hash, by a constraint",
    "slt.Bilde.kode": "letters alone, by a constraint",
    "tiltak.Planlenke.avtrykk": "a hash",
    "tiltak.Svarlenke.avtrykk": "a hash",
    "tiltak.Foresporsel.brev": "the program's own",
    "moter.Kalenderlenke.avtrykk": "a hash",
    "slt.Forsok.nokkel": "a hash",
    "slt.Utsending.nokkel": "the program's own",
    "slt.Utsending.melding_id": "made by chance",
    "slt.Utsending.svar": "numbers",
    "slt.Utsending.tekst": "has keys made by chance; the rest is guarded where it is kept",
    "slt.Utsending.html": "the same",
    "tiltak.Planimport.sjekksum": "a hash",
    "evaluering.Tallimport.form": "a hash",
    "slt.Kommune.slug": "letters, digits and hyphens; an administrator's alone",
    # See test_reasons_are_guarded.
    "history_change_reason": "the reason that is given for a change",
    "history_aktor": "Bruker.navn as it was",
    "history_type": "one sign",
}


@pytest.mark.parametrize("modell", ALLE, ids=lambda m: m.__name__)
def test_all_text_is_guarded_against_identity_numbers(modell):
    kilde = getattr(modell, "instance_type", modell)

    avvik = [
        felt.name
        for felt in modell._meta.concrete_fields
        if isinstance(felt, models.CharField | models.TextField)
        and not isinstance(felt, Identitetsnummervakt | Slugg)
        and not felt.choices
        and felt.name not in UTEN_VAKT
        and f"{kilde._meta.label}.{felt.name}" not in UTEN_VAKT
    ]

    assert avvik == []


def test_reasons_are_guarded(kommune):
    with pytest.raises(IdentitetsnummerFunnet), begrunnet(f"Gjelder {NUMMER}"):
        TjenesteFactory(kommune=kommune)


def _navn(modell):
    yield str(modell._meta.verbose_name)
    yield str(modell._meta.verbose_name_plural)
    for felt in modell._meta.concrete_fields:
        if felt.name not in {"id", "password", "last_login", "is_superuser"}:
            yield str(felt.verbose_name)


@hver_modell
def test_names_begin_with_a_small_letter(modell):
    """Django makes the first one large where a sentence begins."""
    avvik = [
        navn
        for navn in _navn(modell)
        if navn[0].isupper() and not re.match(r"[A-ZÆØÅ]{2,}", navn)
    ]

    assert avvik == []


@hver_modell
def test_every_constraint_speaks_norwegian_to_the_user(modell):
    avvik = [
        regel.name
        for regel in modell._meta.constraints
        if regel.violation_error_message == regel.default_violation_error_message
    ]

    assert avvik == []


@hver_modell
def test_every_model_says_what_it_is(modell):
    assert modell.__doc__
    assert not modell.__doc__.startswith(f"{modell.__name__}(")  # Django's own


def test_every_admin_page_has_the_history():
    assert admin.site._registry
    avvik = [
        modell
        for modell, sider in admin.site._registry.items()
        if not isinstance(sider, Historikkadmin)
    ]

    assert avvik == []


# Addresses ----------------------------------------------------------------------------

# The listed exception from logging in.
OFFENTLIGE = {
    "forside",
    "healthz",
    "robots",
    "skjemaord",
    "sw",
    "sitemap",
    "sitemap_index",
    "security_txt",
    # The handbook says nothing that not all may read.
    "hjelp",
    "hjelp_kapittel",
    "hjelp_ord",
    "hjelp_mal",
    "kommune",
    "endret",
    "endret_pdf",
    "endret_atom",
    "arshjul",
    "arshjul_pdf",
    "arshjul_ics",
    "personvern",
    "sok",
    # For those who read by a link, too.
    "historikk",
    "ansatt",
    "ansatt_lenke",
    "tilgangslenke",
    "planlenke",
    "svarlenke",
    # Of a tjeneste, for the one who answers for it, by a link.
    "tiltak:svar",
    "tiltak:svar_stemmer",
    "tiltak:svar_nytt",
    "tiltak:svar_ansvar",
    "tiltak:svar_sporres_ikke",
    "tiltak:svar_kontakt",
    "tiltak:svar_bort",
    "tiltak:svar_tekst",
    "tiltak:svar_status",
    "tiltak:svar_uendret",
    "evaluering:svar_tall",
    # Of a draft, for those who read it by a link.
    "tiltak:innspill_nytt",
    "tiltak:innspill_mine",
    "tiltak:hvem",
    "tiltak:hvem_svar",
    "tiltak:uten_nett",
    "tiltak:manifest",
    "tiltak:tjeneste_list",
    "tiltak:tjeneste_detail",
    "tiltak:kontaktark",
    "tiltak:kontaktark_pdf",
    "tiltak:kontaktkort",
    "tiltak:qr_kode",
    "tiltak:meld_feil",
    "tiltak:meld_feil_kontakt",
    "tiltak:meld_feil_takk",
    "tiltak:tilbud_list",
    "tiltak:tilbud_detail",
    "tiltak:tilskuddene",
    "tiltak:tilskudd_csv",
    "tiltak:handlingsplan_detail",
    "tiltak:plan",
    "tiltak:plan_pdf",
    "tiltak:plan_kort_pdf",
    "tiltak:plan_word",
    "tiltak:dekning",
    "tiltak:innsatsomrade_detail",
    "tiltak:tiltak_list",
    "tiltak:tiltak_detail",
    "tiltak:gjeldende",
    "tiltak:dokumenter",
    "tiltak:endringer",
    "tiltak:sammenlign",
    "tiltak:dokument",
    "tiltak:dokument_pdf",
    "tiltak:dokument_kontroll",
    "bilde",
    "moter:kalender",
    "moter:forum_kalender",
    "kalenderlenke",
    "moter:aktivitet_list",
    "moter:aktivitet_detail",
    # Once the kommune wants all to see it.
    "moter:forebyggingskalender",
    "moter:forum_list",
    "moter:forum_detail",
    "evaluering:kunnskap",
    "evaluering:kunnskap_pdf",
    "evaluering:kilde_detail",
    "evaluering:indikator_list",
    "evaluering:indikator_detail",
    "evaluering:tall_csv",
    "evaluering:tall_xlsx",
    "evaluering:indikator_csv",
    "evaluering:indikator_xlsx",
    "evaluering:mal_csv",
    "evaluering:mal_xlsx",
    "evaluering:evaluering_list",
    "evaluering:evaluering_detail",
    "evaluering:evaluering_pdf",
    "evaluering:rapport_list",
    "evaluering:rapport_detail",
    "evaluering:rapport_pdf",
    # To log in and out one need not be logged in.
    "konto:logg_inn",
    "konto:logg_ut",
    "konto:glemt",
    "konto:glemt_sendt",
    "konto:nytt_passord",
    "konto:se_som_slutt",
    "konto:glem_lenker",
    "admin:login",
}
EKSEMPLER = {
    "int": "1",
    "path": "1",
    "slug": "x",
    "str": "x",
    "plan": "2024-2028",
    "publiseres": "tiltak",
    "plandel": "tiltak",
    "nummer": "1",
    "sjekksum": "0" * 64,
    "bildekode": "abcdefghijklmnop" * 2,
    "bildetype": "png",
    "tilgangstype": "tilgang",
    "uuid": "11111111-1111-4111-8111-111111111111",
}


def ruter(resolver=None, fortilfelle="", rom=()):
    """Yields (name, an address, the view) of every address that the site answers to."""
    for rute in (resolver or get_resolver()).url_patterns:
        adresse = fortilfelle + _eksempel(rute.pattern)
        if isinstance(rute, URLResolver):
            yield from ruter(rute, adresse, (*rom, *filter(None, [rute.namespace])))
        else:
            yield ":".join((*rom, rute.name or adresse)), f"/{adresse}", rute.callback


def _eksempel(monster):
    """An address that fits: whatever stands for a part gets an example."""
    if hasattr(monster, "_route"):
        return re.sub(
            r"<(?:(\w+):)?\w+>",
            lambda del_: EKSEMPLER[del_[1] or "str"],
            str(monster._route),
        )
    return {
        r"^(?P<app_label>slt|tiltak|moter|evaluering)/$": "tiltak/",
        r"(?P<url>.*)$": "finnes/ikke/",
    }.get(str(monster), "plan/")


def test_no_kommune_may_take_an_address_of_the_site(db):
    forste = {url.split("/")[1] for _navn, url, _view in ruter()}
    egne = {ledd for ledd in forste if re.fullmatch(r"[-\w]+", ledd)}

    egne -= {EKSEMPLER["slug"]}
    assert egne >= {"admin", "konto", "lenke"}
    for slug in egne:
        with pytest.raises(IntegrityError), transaction.atomic():
            KommuneFactory(slug=slug)


def test_only_the_listed_addresses_are_public():
    offentlige = {
        navn
        for navn, _url, view in ruter()
        if not getattr(view, "login_required", True)
    }

    assert offentlige == OFFENTLIGE


def test_every_other_address_asks_to_log_in(kommune, client):
    lukkede = [(navn, url) for navn, url, _view in ruter() if navn not in OFFENTLIGE]
    assert len(lukkede) > 50

    for navn, url in lukkede:
        for metode in (client.get, client.post):
            assert (navn, metode(url).status_code) == (navn, 302)
            svar = metode(url, follow=True)
            assert (navn, svar.redirect_chain[-1][0].partition("?")[0]) == (
                navn,
                reverse("konto:logg_inn"),
            )


@pytest.fixture
def offentlige_sider(kommune, settings):
    """{name: address} of every public page of a kommune with a plan.

    Nobody waits for documents here: they answer 503 with a page that does.
    """
    settings.PDF_VENT = 0
    cache.clear()
    kommune.forebyggingskalender_er_apen = True
    kommune.save()
    sted = PlasseringFactory(
        innsatsomrade__plan=HandlingsplanFactory(kommune=kommune), nummer=1
    )
    plan, omrade = sted.tiltak.plan, sted.innsatsomrade
    tjeneste = TjenesteFactory(kommune=kommune)
    punkt = KontaktpunktFactory(tjeneste=tjeneste)
    forum = ForumFactory(kommune=kommune)
    indikator = IndikatorFactory(kommune=kommune, publisert=True, kilde__publisert=True)
    FunnFactory(kilde=indikator.kilde, indikator=indikator, publisert=True)
    for arstall in (2022, 2023):
        MalingFactory(indikator=indikator, arstall=arstall)
    i_planen = [kommune.slug, plan.slug]
    sjekksum = RegistreringFactory(plan=plan).dokument.sha256
    evaluering = ferdig_evaluering(plan, tiltak=sted.tiltak)
    rapport = ferdig_rapport(kommune)
    return {
        # Shut to scripts altogether, as tests/slt/test_bilder.py says.
        "bilde": None,
        "tiltak:endringer": reverse("tiltak:endringer", args=i_planen),
        "tiltak:sammenlign": reverse("tiltak:sammenlign", args=i_planen),
        "tiltak:dokumenter": reverse("tiltak:dokumenter", args=[kommune.slug]),
        "tiltak:dokument": reverse("tiltak:dokument", args=[kommune.slug, sjekksum]),
        "tiltak:dokument_pdf": reverse(
            "tiltak:dokument_pdf", args=[kommune.slug, sjekksum]
        ),
        "tiltak:dokument_kontroll": reverse(
            "tiltak:dokument_kontroll", args=[kommune.slug]
        ),
        "forside": reverse("forside"),
        "hjelp": reverse("hjelp"),
        "hjelp_kapittel": reverse("hjelp_kapittel", args=["skriv-planen"]),
        "hjelp_ord": reverse("hjelp_ord"),
        "hjelp_mal": reverse("hjelp_mal", args=["ros"]),
        "healthz": reverse("healthz"),
        "robots": reverse("robots"),
        "skjemaord": reverse("skjemaord"),
        "sw": reverse("sw"),
        "sitemap_index": reverse("sitemap_index"),
        "sitemap": None,  # its sections are in the index
        "kommune": reverse("kommune", args=[kommune.slug]),
        "konto:logg_inn": reverse("konto:logg_inn"),
        "konto:logg_ut": reverse("konto:logg_ut"),
        "konto:glemt": reverse("konto:glemt"),
        "konto:glemt_sendt": reverse("konto:glemt_sendt"),
        "konto:nytt_passord": reverse("konto:nytt_passord", args=["MQ", "a-b"]),
        "konto:se_som_slutt": reverse("konto:se_som_slutt"),
        "konto:glem_lenker": reverse("konto:glem_lenker"),
        "security_txt": reverse("security_txt"),
        "personvern": reverse("personvern", args=[kommune.slug]),
        "sok": reverse("sok", args=[kommune.slug]),
        "historikk": reverse("historikk", args=[kommune.slug, "tjeneste", tjeneste.pk]),
        "tilgangslenke": reverse("tilgangslenke", args=["ukjent"]),
        "planlenke": reverse("planlenke", args=["ukjent"]),
        "svarlenke": reverse("svarlenke", args=["ukjent"]),
        **{
            f"tiltak:svar{hva}": reverse(
                f"tiltak:svar{hva}", args=[kommune.slug, tjeneste.pk, *resten]
            )
            for hva, resten in {
                "": [],
                "_stemmer": [],
                "_nytt": [],
                "_ansvar": [],
                "_sporres_ikke": [],
                "_kontakt": [1],
                "_bort": [1],
                "_tekst": [1],
                "_status": [1],
                "_uendret": [1],
            }.items()
        },
        "tiltak:innspill_nytt": reverse("tiltak:innspill_nytt", args=i_planen),
        "tiltak:innspill_mine": reverse("tiltak:innspill_mine", args=i_planen),
        "ansatt": reverse("ansatt", args=[kommune.slug]),
        "ansatt_lenke": reverse("ansatt_lenke", args=[kommune.slug, "ukjent"]),
        "admin:login": reverse("admin:login"),
        "moter:kalender": reverse("moter:kalender", args=[kommune.slug]),
        "moter:forum_kalender": reverse(
            "moter:forum_kalender", args=[kommune.slug, forum.slug]
        ),
        "kalenderlenke": reverse("kalenderlenke", args=["ukjent"]),
        "tiltak:hvem": reverse("tiltak:hvem", args=[kommune.slug]),
        "tiltak:hvem_svar": reverse("tiltak:hvem_svar", args=[kommune.slug]),
        "tiltak:uten_nett": reverse("tiltak:uten_nett", args=[kommune.slug]),
        "tiltak:manifest": reverse("tiltak:manifest", args=[kommune.slug]),
        "tiltak:tjeneste_list": reverse("tiltak:tjeneste_list", args=[kommune.slug]),
        "tiltak:tjeneste_detail": tjeneste.get_absolute_url(),
        "tiltak:kontaktark": reverse("tiltak:kontaktark", args=[kommune.slug]),
        "endret": reverse("endret", args=[kommune.slug]),
        "endret_pdf": reverse("endret_pdf", args=[kommune.slug]),
        "endret_atom": reverse("endret_atom", args=[kommune.slug]),
        "arshjul": reverse("arshjul", args=[kommune.slug]),
        "arshjul_pdf": reverse("arshjul_pdf", args=[kommune.slug]),
        "arshjul_ics": reverse("arshjul_ics", args=[kommune.slug]),
        "tiltak:kontaktark_pdf": reverse("tiltak:kontaktark_pdf", args=[kommune.slug]),
        "tiltak:kontaktkort": f"{tjeneste.get_absolute_url()}kontakt.vcf",
        "tiltak:qr_kode": f"{tjeneste.get_absolute_url()}kode.svg",
        "tiltak:meld_feil": reverse(
            "tiltak:meld_feil", args=[kommune.slug, tjeneste.pk]
        ),
        "tiltak:meld_feil_kontakt": reverse(
            "tiltak:meld_feil_kontakt", args=[kommune.slug, tjeneste.pk, punkt.pk]
        ),
        "tiltak:meld_feil_takk": reverse("tiltak:meld_feil_takk", args=[kommune.slug]),
        "tiltak:tilbud_list": reverse("tiltak:tilbud_list", args=[kommune.slug]),
        "tiltak:tilbud_detail": TilbudFactory(kommune=kommune).get_absolute_url(),
        "tiltak:handlingsplan_detail": plan.get_absolute_url(),
        "tiltak:plan": reverse("tiltak:plan", args=i_planen),
        "tiltak:plan_pdf": reverse("tiltak:plan_pdf", args=i_planen),
        "tiltak:plan_kort_pdf": reverse("tiltak:plan_kort_pdf", args=i_planen),
        "tiltak:plan_word": reverse("tiltak:plan_word", args=i_planen),
        "tiltak:dekning": reverse("tiltak:dekning", args=i_planen),
        "tiltak:tiltak_list": reverse("tiltak:tiltak_list", args=i_planen),
        "tiltak:tiltak_detail": sted.tiltak.get_absolute_url(),
        "tiltak:gjeldende": reverse("tiltak:gjeldende", args=[kommune.slug, "plan/"]),
        "tiltak:innsatsomrade_detail": reverse(
            "tiltak:innsatsomrade_detail", args=[*i_planen, omrade.slug]
        ),
        "moter:aktivitet_list": reverse("moter:aktivitet_list", args=[kommune.slug]),
        "moter:aktivitet_detail": AktivitetFactory(
            kommune=kommune, publisert=True, antall=40, trinn_fra=8
        ).get_absolute_url(),
        "moter:forebyggingskalender": reverse(
            "moter:forebyggingskalender", args=[kommune.slug]
        ),
        "moter:forum_list": reverse("moter:forum_list", args=[kommune.slug]),
        "moter:forum_detail": ForumFactory(kommune=kommune).get_absolute_url(),
        "evaluering:svar_tall": reverse(
            "evaluering:svar_tall", args=[kommune.slug, tjeneste.pk, indikator.pk]
        ),
        "evaluering:kilde_detail": indikator.kilde.get_absolute_url(),
        "evaluering:indikator_detail": indikator.get_absolute_url(),
        **{
            f"evaluering:indikator_{som}": reverse(
                f"evaluering:indikator_{som}", args=[kommune.slug, indikator.slug]
            )
            for som in ("csv", "xlsx")
        },
        **{
            navn: reverse(navn, args=[kommune.slug])
            for navn in (
                "evaluering:kunnskap",
                "evaluering:kunnskap_pdf",
                "evaluering:indikator_list",
                "evaluering:tall_csv",
                "evaluering:tall_xlsx",
                "evaluering:mal_csv",
                "evaluering:mal_xlsx",
                "evaluering:evaluering_list",
                "evaluering:rapport_list",
                "tiltak:tilskuddene",
                "tiltak:tilskudd_csv",
            )
        },
        "evaluering:evaluering_detail": evaluering.get_absolute_url(),
        "evaluering:evaluering_pdf": f"{evaluering.get_absolute_url()}evaluering.pdf",
        "evaluering:rapport_detail": rapport.get_absolute_url(),
        "evaluering:rapport_pdf": f"{rapport.get_absolute_url()}rapport.pdf",
    }


def test_every_public_page_is_shut_to_scripts_and_styles_of_others(
    offentlige_sider, client
):
    assert set(offentlige_sider) == OFFENTLIGE
    seksjoner = re.findall(
        r"<loc>https?://[^/]+(/[^<]*)</loc>",
        client.get(offentlige_sider["sitemap_index"]).content.decode(),
    )
    assert seksjoner

    for url in [*filter(None, offentlige_sider.values()), *seksjoner, "/finnes-ikke/"]:
        svar = client.get(url)
        assert (url, svar.status_code) in {(url, s) for s in (200, 302, 404, 405, 503)}
        regler = dict(
            regel.strip().partition(" ")[::2]
            for regel in svar.headers["Content-Security-Policy"].split(";")
        )
        assert (url, regler["default-src"]) == (url, "'none'")
        assert (url, regler["script-src"], regler["style-src"]) == (
            url,
            "'self'",
            "'self'",
        )
        assert "unsafe" not in svar.headers["Content-Security-Policy"]
        assert "nonce" not in svar.headers["Content-Security-Policy"]


def test_no_page_has_code_or_looks_of_its_own(offentlige_sider, client):
    """What the header would stop: found here, not by whoever opens the page."""
    sett = 0
    for url in filter(None, offentlige_sider.values()):
        svar = client.get(url)
        if not svar.headers["Content-Type"].startswith("text/html"):
            continue
        html, sett = svar.content.decode(), sett + 1
        assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html) == []
        assert re.findall(r"<style\b|\sstyle=|\son\w+=|javascript:", html) == []
    assert sett > 10


# What is sent from here is told from what others send in one's name, by a cookie.
SKJEMAER = ("konto:", "tiltak:dokument_kontroll")


def test_nobody_leaves_a_cookie_on_the_public_pages(offentlige_sider, client):
    satt = {
        navn: dict(client.get(url).cookies)
        for navn, url in offentlige_sider.items()
        if url and not navn.startswith(SKJEMAER)
    }

    assert len(satt) > 20
    assert satt == {navn: {} for navn in satt}


# Files --------------------------------------------------------------------------------

ROT = Path(settings.BASE_DIR)
MALER = ROT / "templates"
MALFILER = sorted(MALER.rglob("*.html"))
DJANGOS_MALER = Path(django.contrib.admin.__file__).parent / "templates"


# Slow to load and seldom needed: by the functions that use them, not at each start.
TREGE = [
    "holidays",
    "icalendar",
    "markdown_it",
    "openpyxl",
    "phonenumbers",
    "weasyprint",
]


def test_slow_libraries_are_not_loaded_at_the_start():
    svar = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, django; django.setup(); import slt.urls; print(*sys.modules)",
        ],
        cwd=ROT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "slt.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    lastet = svar.stdout.split()
    assert "moter.moteplan.hinder" in lastet
    assert "evaluering.tall.diagram" in lastet
    assert [navn for navn in TREGE if navn in lastet] == []


def test_every_day_in_the_database_is_one_that_people_mean():
    andre = [
        f"{modell.__name__}.{felt.name}"
        for modell in apps.get_models()
        if modell._meta.app_label in APPER
        for felt in modell._meta.concrete_fields
        if isinstance(felt, models.DateField)
        and not isinstance(felt, (models.DateTimeField, Dag))
    ]

    assert andre == []


def _skjemaer(klasse=forms.BaseForm):
    for under in klasse.__subclasses__():
        yield under
        yield from _skjemaer(under)


# What people paste, and the fields of models and of forms that read it.
LIMES = {
    models.DateField: Dag,
    models.TimeField: Klokkeslett,
    models.EmailField: Epost,
    models.URLField: Nettadresse,
}
LIMES_I_SKJEMA = {
    forms.DateField: Dagfelt,
    forms.TimeField: Klokkefelt,
    forms.EmailField: Epostfelt,
    forms.URLField: Nettadressefelt,
}


def test_every_field_reads_what_people_paste():
    """In the models, and so in the admin; and in every form of the site."""
    import_module(settings.ROOT_URLCONF)
    feltene = [
        (f"{modell.__name__}.{felt.name}", felt, LIMES)
        for modell in ALLE
        for felt in modell._meta.concrete_fields
        if not isinstance(felt, models.DateTimeField)
    ]
    feltene += [
        (f"{skjema.__name__}.{navn}", felt, LIMES_I_SKJEMA)
        for skjema in _skjemaer()
        if skjema.__module__.split(".")[0] in APPER
        for navn, felt in getattr(skjema, "base_fields", {}).items()
    ]
    lest = [felt for _navn, felt, _slag in feltene if isinstance(felt, Dagfelt)]
    andre = [
        navn
        for navn, felt, slag in feltene
        for djangos, vart in slag.items()
        if isinstance(felt, djangos) and not isinstance(felt, vart)
    ]

    assert lest
    assert andre == []


def _kilder():
    for app in APPER:
        yield from (ROT / app).rglob("*.py")
    yield from MALFILER


def test_every_template_is_used():
    tekster = {fil: fil.read_text(encoding="utf-8") for fil in _kilder()}
    ubrukte = []
    for mal in MALFILER:
        navn = mal.relative_to(MALER).as_posix()
        nevnt = any(
            f'"{navn}"' in tekst or f"'{navn}'" in tekst
            for fil, tekst in tekster.items()
            if fil != mal
        )
        # One that stands in the place of Django's own is asked for by Django.
        if not (nevnt or navn == "403_csrf.html" or (DJANGOS_MALER / navn).exists()):
            ubrukte.append(navn)

    assert ubrukte == []


@pytest.mark.parametrize(
    "navn", [mal.relative_to(MALER).as_posix() for mal in MALFILER]
)
def test_every_template_can_be_read(navn):
    assert get_template(navn).template.name == navn


def _blokker(tekst):
    biter = Lexer(tekst).tokenize()
    return [b.split_contents() for b in biter if b.token_type == TokenType.BLOCK]


def _unyttig_lastet(tekst):
    """The libraries that a template loads whole and uses no tag or filter of."""
    biter, blokker = Lexer(tekst).tokenize(), _blokker(tekst)
    brukt = {navn for navn, *_resten in blokker}
    brukt |= {
        filter_ for bit in biter for filter_ in re.findall(r"\|(\w+)", bit.contents)
    }
    bibliotekene = engines["django"].engine.template_libraries
    return [
        navn
        for ord_, *lastet in blokker
        for navn in (lastet if ord_ == "load" else ())
        if brukt.isdisjoint({*bibliotekene[navn].tags, *bibliotekene[navn].filters})
    ]


def test_what_is_loaded_to_no_use_is_seen():
    assert _unyttig_lastet("{% load i18n tiltak %}{{ x }} tall telefon") == [
        "i18n",
        "tiltak",
    ]
    assert _unyttig_lastet("{% load i18n %}{% translate 'x' %}") == []
    assert _unyttig_lastet("{% load i18n %}{% if x|language_name %}{% endif %}") == []


def test_no_template_loads_what_it_does_not_use():
    avvik = {
        mal.relative_to(MALER).as_posix(): lastet
        for mal in sorted(MALER.rglob("*.*"))
        if (lastet := _unyttig_lastet(mal.read_text(encoding="utf-8")))
    }

    assert avvik == {}


def test_every_address_in_code_is_given_by_name():
    """An address of our own that is written out breaks when it moves."""
    avvik = [
        str(mal.relative_to(ROT))
        for mal in MALFILER
        if re.search(r"(?:href|action)=\"/", mal.read_text(encoding="utf-8"))
    ]

    assert avvik == []


def test_no_partial_with_a_form_is_left_without_its_token():
    """With "only" a partial gets no token, and its form is refused in a browser, though
    not by the client of these tests."""
    maler = {
        mal.relative_to(MALER).as_posix(): _blokker(mal.read_text()) for mal in MALFILER
    }
    med_token = {navn for navn, blokker in maler.items() if ["csrf_token"] in blokker}
    # And those that have one by a partial of theirs.
    while (
        nye := {
            navn
            for navn, blokker in maler.items()
            for tag, *ord_ in blokker
            if tag == "include" and ord_[0].strip("\"'") in med_token
        }
        - med_token
    ):
        med_token |= nye

    uten = [
        (navn, ord_[0])
        for navn, blokker in maler.items()
        for tag, *ord_ in blokker
        if tag == "include"
        and "only" in ord_
        and ord_[0].strip("\"'") in med_token
        and "csrf_token=csrf_token" not in ord_
    ]

    assert len(med_token) > 20
    assert uten == []


# Tests --------------------------------------------------------------------------------


def test_every_test_checks_something_whatever_rows_there_are():
    """An assert that stands in a loop or an `if` alone is not made where there are no
    rows. Compare whole lists with ==, or assert that there are rows first."""
    filer = sorted((ROT / "tests").rglob("test_*.py"))
    assert Path(__file__) in filer

    avvik = [
        f"{fil.relative_to(ROT)}:{linje} {navn}"
        for fil in filer
        for linje, navn in uten_pastand(fil.read_text(encoding="utf-8"))
    ]

    assert avvik == []


# The documentation --------------------------------------------------------------------


def test_every_test_that_the_documentation_names_is_there():
    dokumenter = "\n".join(
        fil.read_text() for fil in (settings.BASE_DIR / "docs").rglob("*.md")
    )
    nevnt = set(re.findall(r"`([\w/]+\.py)::(\w+)`", dokumenter))

    borte = [
        f"{fil}::{test}"
        for fil, test in sorted(nevnt)
        if not (sti := settings.BASE_DIR / "tests" / fil).is_file()
        or f"\ndef {test}(" not in sti.read_text()
    ]

    assert len(nevnt) > 100
    assert borte == []
