"""Addresses below a kommune. Those of a plan carry its years; the short forms lead to
the plan in force."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from tiltak import views
from tiltak.bank import views as bank
from tiltak.feilmeldinger.views import koordinators as feilene
from tiltak.feilmeldinger.views import lesernes as meldere
from tiltak.hvem import uten_nett
from tiltak.hvem import views as hvem
from tiltak.innlesing import views as innlesing
from tiltak.innspill.views import koordinators, lesernes
from tiltak.publisering import PUBLISERES
from tiltak.rediger import (
    avslutning,
    behandling,
    deling,
    gjester,
    innstillinger,
    mangler,
    notater,
    overgang,
    planen,
    tilbud,
)
from tiltak.rediger import views as rediger
from tiltak.regneark import views as regneark
from tiltak.runder.views import forslag, runder, status, svar
from tiltak.runder.views import lukking as rundelukking
from tiltak.runder.views import moter as rundemoter
from tiltak.tilskudd import views as tilskudd


class PlanConverter(StringConverter):
    """A plan as one part of an address, which ends in its years: 2024-2028, 2026,
    vold-2024-2028."""

    regex = r"(?:[\w-]+-)?[0-9]{4}(?:-[0-9]{4})?"


class NummerConverter(StringConverter):
    """The number of a tiltak; short enough for every database."""

    regex = r"[1-9][0-9]{0,3}"


class PubliseresConverter(StringConverter):
    """What is published one by one in a plan that holds."""

    regex = "|".join(PUBLISERES)


class SjekksumConverter(StringConverter):
    """A SHA-256, as it is printed."""

    regex = "[0-9a-f]{64}"


class PlandelConverter(StringConverter):
    """What is moved or removed where the plan is written."""

    regex = "|".join({**planen.FLYTTES, **planen.SLETTES})


register_converter(PlandelConverter, "plandel")
register_converter(SjekksumConverter, "sjekksum")
register_converter(PlanConverter, "plan")
register_converter(PubliseresConverter, "publiseres")
register_converter(NummerConverter, "nummer")

app_name = "tiltak"
urlpatterns = [
    # Whom to call -------------------------------------------------------------------
    path("hvem-kan-hjelpe/", hvem.HvemView.as_view(), name="hvem"),
    path("hvem-kan-hjelpe/svar/", hvem.hvem_svar, name="hvem_svar"),
    # Without a network ---------------------------------------------------------------
    path("uten-nett/", uten_nett.uten_nett, name="uten_nett"),
    path("manifest.webmanifest", uten_nett.manifest, name="manifest"),
    path("tjenester/", views.TjenesteListView.as_view(), name="tjeneste_list"),
    path(
        "tjenester/<slug:slug>/",
        views.TjenesteDetailView.as_view(),
        name="tjeneste_detail",
    ),
    path("tjenester/<slug:slug>/kontakt.vcf", views.kontaktkort, name="kontaktkort"),
    path("tjenester/<slug:slug>/kode.svg", views.qr_kode, name="qr_kode"),
    path("kontaktark/", views.KontaktarkView.as_view(), name="kontaktark"),
    path("kontaktark.pdf", views.kontaktark_pdf, name="kontaktark_pdf"),
    # What is wrong there ------------------------------------------------------------
    path("meld-feil/takk/", meldere.MeldFeilTakkView.as_view(), name="meld_feil_takk"),
    path("meld-feil/<int:tjeneste>/", meldere.meld_feil, name="meld_feil"),
    path(
        "meld-feil/<int:tjeneste>/<int:kontakt>/",
        meldere.meld_feil,
        name="meld_feil_kontakt",
    ),
    path("tilbud/", views.TilbudListView.as_view(), name="tilbud_list"),
    path("tilbud/<slug:slug>/", views.TilbudDetailView.as_view(), name="tilbud_detail"),
    # What pays for it ----------------------------------------------------------------
    path("tilskudd/", tilskudd.TilskuddeneView.as_view(), name="tilskuddene"),
    path("tilskudd/tilskudd.csv", tilskudd.tilskudd_csv, name="tilskudd_csv"),
    # What was frozen ----------------------------------------------------------------
    path("dokumenter/", views.DokumenterView.as_view(), name="dokumenter"),
    path("dokumenter/kontroll/", views.dokument_kontroll, name="dokument_kontroll"),
    path(
        "dokumenter/<sjekksum:sjekksum>/", views.DokumentView.as_view(), name="dokument"
    ),
    path("dokumenter/<sjekksum:sjekksum>.pdf", views.dokument_pdf, name="dokument_pdf"),
    path(
        "dokumenter/<sjekksum:sjekksum>/arkiv.zip",
        behandling.dokument_arkiv,
        name="dokument_arkiv",
    ),
    # Forms of the coordinator -----------------------------------------------------
    path("endre/tiltak/<int:pk>/", rediger.tiltak_endre, name="tiltak_endre"),
    path("endre/tiltak/<int:pk>/plass/", planen.gi_plass, name="gi_plass"),
    path("endre/tiltak/<int:pk>/notat/", notater.notat_nytt, name="notat_nytt"),
    path("endre/notat/<int:pk>/", notater.notat_endre, name="notat_endre"),
    path("endre/notat/<int:pk>/slett/", notater.notat_slett, name="notat_slett"),
    path("endre/tilskudd/", tilskudd.tilskudd_list, name="tilskudd_list"),
    path("endre/tilskudd/nytt/", tilskudd.tilskudd_ny, name="tilskudd_ny"),
    path("endre/tilskudd/<int:pk>/", tilskudd.tilskudd_endre, name="tilskudd_endre"),
    path(
        "endre/tilskudd/<int:pk>/slett/",
        tilskudd.tilskudd_slett,
        name="tilskudd_slett",
    ),
    path(
        "endre/tilskudd/<int:pk>/igjen/",
        tilskudd.tilskudd_igjen,
        name="tilskudd_igjen",
    ),
    path("endre/tilbud/nytt/", tilbud.tilbud_nytt, name="tilbud_nytt"),
    path("endre/tilbud/<int:pk>/ta-inn/", tilbud.tilbud_ta_inn, name="tilbud_ta_inn"),
    path("endre/kapittel/<int:pk>/", rediger.kapittel_endre, name="kapittel_endre"),
    path(
        "endre/innsatsomrade/<int:pk>/",
        rediger.innsatsomrade_endre,
        name="innsatsomrade_endre",
    ),
    path("endre/plan/<int:pk>/", rediger.plan_endre, name="plan_endre"),
    path("endre/plan/ny/", rediger.plan_lag, name="plan_lag"),
    # A plan from a document ---------------------------------------------------------
    path("endre/plan/les-inn/", innlesing.planimport_ny, name="planimport_ny"),
    path("endre/plan/les-inn/<int:pk>/", innlesing.planimport, name="planimport"),
    path(
        "endre/plan/les-inn/<int:pk>/valg/",
        innlesing.planimport_valg,
        name="planimport_valg",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/tilbake/",
        innlesing.planimport_tilbake,
        name="planimport_tilbake",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/lest/",
        innlesing.planimport_lest,
        name="planimport_lest",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/etiketter/",
        innlesing.planimport_etiketter,
        name="planimport_etiketter",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/tjenester/",
        innlesing.planimport_tjenester,
        name="planimport_tjenester",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/personer/",
        innlesing.planimport_personer,
        name="planimport_personer",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/utelatt/",
        innlesing.planimport_utelatt,
        name="planimport_utelatt",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/legg-inn/",
        innlesing.planimport_legg_inn,
        name="planimport_legg_inn",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/angre/",
        innlesing.planimport_angre,
        name="planimport_angre",
    ),
    path(
        "endre/plan/les-inn/<int:pk>/forkast/",
        innlesing.planimport_forkast,
        name="planimport_forkast",
    ),
    path("endre/<plandel:hva>/<int:pk>/flytt/", planen.flytt, name="flytt"),
    path("endre/<plandel:hva>/<int:pk>/slett/", planen.slett, name="slett"),
    path("endre/tjenester/delte/", deling.delte_tjenester, name="delte_tjenester"),
    path(
        "endre/tjenester/delte/<int:pk>/godta/",
        deling.tjenestedeling_godta,
        name="tjenestedeling_godta",
    ),
    path(
        "endre/tjenester/delte/<int:pk>/avsla/",
        deling.tjenestedeling_avsla,
        name="tjenestedeling_avsla",
    ),
    path(
        "endre/tjenester/delte/<uuid:samling>/sett/",
        deling.tjenestedeling_sett,
        name="tjenestedeling_sett",
    ),
    path("endre/feilmeldinger/", feilene.feilmelding_list, name="feilmelding_list"),
    path("endre/feilmeldinger/<int:pk>/", feilene.feilmelding, name="feilmelding"),
    path(
        "endre/feilmeldinger/<int:pk>/angre/",
        feilene.feilmelding_angre,
        name="feilmelding_angre",
    ),
    path("endre/tjenester/ny/", rediger.tjeneste_ny, name="tjeneste_ny"),
    path("endre/tjenester/<int:pk>/", rediger.tjeneste_endre, name="tjeneste_endre"),
    path(
        "endre/kontaktpunkter/<int:pk>/",
        rediger.kontaktpunkt_endre,
        name="kontaktpunkt_endre",
    ),
    path(
        "endre/<publiseres:hva>/<int:pk>/publiser/",
        rediger.publiser_del,
        name="publiser",
    ),
    # Rounds ---------------------------------------------------------------------------
    path("svar/<int:pk>/", svar.svar, name="svar"),
    path("svar/<int:pk>/stemmer/", svar.svar_stemmer, name="svar_stemmer"),
    path("svar/<int:pk>/nytt/", svar.svar_nytt, name="svar_nytt"),
    path("svar/<int:pk>/ansvar/", svar.svar_ansvar, name="svar_ansvar"),
    path("svar/<int:pk>/ikke-spor/", svar.svar_sporres_ikke, name="svar_sporres_ikke"),
    path("svar/<int:pk>/kontakt/<int:punkt>/", svar.svar_kontakt, name="svar_kontakt"),
    path("svar/<int:pk>/kontakt/<int:punkt>/bort/", svar.svar_bort, name="svar_bort"),
    path("svar/<int:pk>/tiltak/<int:tiltak>/", svar.svar_tekst, name="svar_tekst"),
    path("svar/<int:pk>/status/<int:tiltak>/", status.svar_status, name="svar_status"),
    path(
        "svar/<int:pk>/status/<int:tiltak>/ingen-endring/",
        status.svar_uendret,
        name="svar_uendret",
    ),
    path("endre/runder/", runder.runder, name="runder"),
    path("endre/runder/ny/", runder.runde_ny, name="runde_ny"),
    path("endre/runder/<int:pk>/", runder.runde, name="runde"),
    path("endre/runder/<int:pk>/send/", runder.runde_send, name="runde_send"),
    path("endre/runder/<int:pk>/minn/", runder.runde_purr, name="runde_purr"),
    path("endre/runder/<int:pk>/si-fra/", runder.runde_si_fra, name="runde_si_fra"),
    path(
        "endre/runder/<int:pk>/spor/<int:tjeneste>/",
        runder.runde_spor_ogsa,
        name="runde_spor_ogsa",
    ),
    path("endre/runder/<int:pk>/lukk/", rundelukking.runde_lukk, name="runde_lukk"),
    path(
        "endre/runder/<int:pk>/gjenapne/",
        rundelukking.runde_gjenapne,
        name="runde_gjenapne",
    ),
    path(
        "endre/runder/lukking/<int:pk>/",
        rundelukking.rundelukking,
        name="rundelukking",
    ),
    path(
        "endre/runder/lukking/<int:pk>/runde.csv",
        rundelukking.rundelukking_csv,
        name="rundelukking_csv",
    ),
    path(
        "endre/runder/foresporsel/<int:pk>/pa-nytt/",
        runder.foresporsel_pa_nytt,
        name="foresporsel_pa_nytt",
    ),
    path("endre/runder/<int:pk>/mote/", rundemoter.runde_mote, name="runde_mote"),
    path("endre/forslag/", forslag.forslag, name="forslag"),
    path("endre/forslag/uendret/", forslag.forslag_uendret, name="forslag_uendret"),
    path("endre/forslag/<int:pk>/godta/", forslag.forslag_godta, name="forslag_godta"),
    path("endre/forslag/<int:pk>/", forslag.forslag_endre, name="forslag_endre"),
    path("endre/forslag/<int:pk>/avvis/", forslag.forslag_avvis, name="forslag_avvis"),
    path("endre/kontakter/mote/", rundemoter.kontaktmote, name="kontaktmote"),
    path(
        "endre/kontakter/mote/<int:pk>/",
        rundemoter.kontaktmote_stemmer,
        name="kontaktmote_stemmer",
    ),
    path("innstillinger/runder/", runder.rundeoppsett, name="rundeoppsett"),
    # What other kommuner share --------------------------------------------------------
    path("tiltaksbank/", bank.bank, name="bank"),
    path("tiltaksbank/<int:pk>/", bank.bank_tiltak, name="bank_tiltak"),
    path("tiltaksbank/kopiert/", bank.bank_kopiert, name="bank_kopiert"),
    path("tiltaksbank/kopiert/<int:pk>/", bank.bank_opphav, name="bank_opphav"),
    # Settings -----------------------------------------------------------------------
    path("innstillinger/temaer/", innstillinger.temaer, name="temaer"),
    path("innstillinger/temaer/<int:pk>/", innstillinger.tema, name="tema"),
    path("innstillinger/veiledere/", innstillinger.veiledere, name="veiledere"),
    path("innstillinger/til-ansatte/", innstillinger.til_ansatte, name="til_ansatte"),
    path("innstillinger/planrekker/", innstillinger.planrekker, name="planrekker"),
    path(
        "innstillinger/vedtak-og-avtaler/",
        innstillinger.styringsdokumenter,
        name="styringsdokumenter",
    ),
    # Of a plan --------------------------------------------------------------------
    path(
        "<plan:plan>/",
        views.HandlingsplanDetailView.as_view(),
        name="handlingsplan_detail",
    ),
    path("<plan:plan>/plan/", views.PlanView.as_view(), name="plan"),
    path("<plan:plan>/plan.pdf", views.plan_pdf, name="plan_pdf"),
    path("<plan:plan>/plan.docx", views.plan_word, name="plan_word"),
    path(
        "<plan:plan>/plan-kort.pdf",
        views.plan_kort_pdf,
        name="plan_kort_pdf",
    ),
    path("<plan:plan>/rediger/", planen.disposisjon, name="disposisjon"),
    path("<plan:plan>/rediger/tiltak/", planen.nytt_tiltak, name="nytt_tiltak"),
    path("<plan:plan>/rediger/kapittel/", rediger.kapittel_nytt, name="kapittel_nytt"),
    path(
        "<plan:plan>/rediger/innsatsomrade/",
        rediger.innsatsomrade_nytt,
        name="innsatsomrade_nytt",
    ),
    path(
        "<plan:plan>/rediger/nivaer/",
        planen.enige_i_nivaene,
        name="enige_i_nivaene",
    ),
    path("<plan:plan>/rediger/regneark/", regneark.regneark, name="regneark"),
    path(
        "<plan:plan>/rediger/regneark/plan.xlsx",
        regneark.regneark_xlsx,
        name="regneark_xlsx",
    ),
    path(
        "<plan:plan>/rediger/regneark/<int:pk>/",
        regneark.regnearkimport,
        name="regnearkimport",
    ),
    path(
        "<plan:plan>/rediger/regneark/<int:pk>/legg-inn/",
        regneark.regnearkimport_legg_inn,
        name="regnearkimport_legg_inn",
    ),
    path(
        "<plan:plan>/rediger/regneark/<int:pk>/forkast/",
        regneark.regnearkimport_forkast,
        name="regnearkimport_forkast",
    ),
    path("<plan:plan>/ny-plan/", overgang.ny_plan, name="ny_plan"),
    path("<plan:plan>/overgang/", overgang.overgang, name="overgang"),
    path(
        "<plan:plan>/overgang/<int:pk>/ta-tilbake/",
        overgang.overgang_ta_tilbake,
        name="overgang_ta_tilbake",
    ),
    path(
        "<plan:plan>/registrer-behandling/",
        behandling.registrer_behandling,
        name="registrer_behandling",
    ),
    path(
        "<plan:plan>/registrer-behandling/bekreft/",
        behandling.behandling_bekreft,
        name="behandling_bekreft",
    ),
    path(
        "<plan:plan>/registrer-behandling/plan.pdf",
        behandling.behandling_pdf,
        name="behandling_pdf",
    ),
    path(
        "<plan:plan>/registrer-behandling/trekk/",
        avslutning.behandling_trekk,
        name="behandling_trekk",
    ),
    path("<plan:plan>/avslutt/", avslutning.plan_avslutt, name="plan_avslutt"),
    path("<plan:plan>/gjenapne/", avslutning.plan_gjenapne, name="plan_gjenapne"),
    path("<plan:plan>/sett-inn/", gjester.sett_inn_tiltak, name="sett_inn"),
    path("<plan:plan>/upublisert/", rediger.upublisert, name="upublisert"),
    path("<plan:plan>/mangler/", mangler.mangler, name="mangler"),
    path("<plan:plan>/endringer/", views.EndringerView.as_view(), name="endringer"),
    path("<plan:plan>/sammenlign/", views.SammenlignView.as_view(), name="sammenlign"),
    path("<plan:plan>/dekning/", views.DekningView.as_view(), name="dekning"),
    path(
        "<plan:plan>/innsatsomrader/<slug:slug>/",
        views.InnsatsomradeDetailView.as_view(),
        name="innsatsomrade_detail",
    ),
    path("<plan:plan>/tiltak/", views.TiltakListView.as_view(), name="tiltak_list"),
    path(
        "<plan:plan>/tiltak/<slug:innsatsomrade>/<nummer:nummer>/",
        views.TiltakDetailView.as_view(),
        name="tiltak_detail",
    ),
    # What is said of a draft ---------------------------------------------------------
    path("<plan:plan>/innspill/", koordinators.innspill_list, name="innspill_list"),
    path("<plan:plan>/innspill.pdf", koordinators.innspill_pdf, name="innspill_pdf"),
    path("<plan:plan>/innspill/nytt/", lesernes.innspill_nytt, name="innspill_nytt"),
    path("<plan:plan>/innspill/mine/", lesernes.innspill_mine, name="innspill_mine"),
    path(
        "<plan:plan>/innspill/for-inn/",
        koordinators.innspill_for_inn,
        name="innspill_for_inn",
    ),
    path(
        "<plan:plan>/innspill/<int:pk>/svar/",
        koordinators.innspill_svar,
        name="innspill_svar",
    ),
    # In force ---------------------------------------------------------------------
    re_path(
        r"^(?P<resten>(?:plan|dekning|tiltak|innsatsomrader/[\w-]+"
        r"|tiltak/[\w-]+/[0-9]{1,4})/|plan(?:-kort)?\.pdf)$",
        views.til_gjeldende,
        name="gjeldende",
    ),
]
