"""The permission matrix: every address, asked for and sent to, by every role, in its own
kommune and in another one.

An address without a row fails. A cell says how the site answers:

    200, 302, ...   with that status
    L               by leading to the page for logging in

The first table asks for what everybody knows of; those after it, for a draft and for
other things that tell the roles apart. The last one is of the QuerySets beneath.
"""

from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
from django.apps import apps
from django.conf import settings as innstillinger
from django.contrib import admin
from django.core.cache import cache
from django.core.management import get_commands
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from openpyxl import load_workbook

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Egenvurdering,
    Egenvurderingssvar,
    Evaluering,
    Faktor,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kalenderpunkt,
    Kilde,
    Kildesteg,
    Maling,
    Malsettingsindikator,
    Medvirkning,
    Milepal,
    Normsvar,
    Omradeindikator,
    Rapport,
    Tallimport,
    Tiltaksindikator,
    Tiltaksvurdering,
)
from moter.models import (
    Aktivitet,
    Forum,
    Forumskommune,
    Forumsmedlem,
    Kalenderlenke,
    Mote,
    Motefri,
    Moteserie,
    Planleser,
    Sendevei,
)
from slt.felles import dokument
from slt.felles.tilgang import SE_SOM, SOM
from slt.grunn import pdflager
from slt.grunn.historikk import Historisert
from slt.konto.views.ansatt import ny_nokkel
from slt.models import (
    Bilde,
    Bruker,
    Dokument,
    Endringsbrev,
    Forsok,
    Kommune,
    Lokalomrade,
    Sted,
    Stedsdel,
    Tilgang,
    Tilgangslenke,
)
from tests.conftest import innlogget, som_en_test
from tests.factories import (
    AktivitetFactory,
    AnbefalingFactory,
    AnsvarFactory,
    BekreftelseFactory,
    BildeFactory,
    BrukerFactory,
    EgenvurderingFactory,
    EvalueringFactory,
    FeilmeldingFactory,
    FinansieringFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    HoringFactory,
    IndikatorFactory,
    InnspillFactory,
    KalenderlenkeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    MalingFactory,
    MedvirkningFactory,
    MoteFactory,
    MotefriFactory,
    MoteserieFactory,
    NormsvarFactory,
    OpphavFactory,
    PlanimportFactory,
    PlanlenkeFactory,
    PlanleserFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    RapportFactory,
    RegistreringFactory,
    RegnearkimportFactory,
    RundelukkingFactory,
    RundevalgFactory,
    SettDelingFactory,
    StatusrapportFactory,
    StedFactory,
    TallimportFactory,
    TilAnsatteFactory,
    TilbudFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TilskuddFactory,
    TilskuddstiltakFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
    TjenesteTemaFactory,
    UtsendingFactory,
    VeilederFactory,
    ferdig_evaluering,
    ferdig_rapport,
    i_kilden,
    i_runden,
    trekk_tilbake,
)
from tests.test_konsistens import APPER, EKSEMPLER, ruter
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Bekreftelse,
    Endringsforslag,
    Finansiering,
    Foresporsel,
    Handlingsplan,
    Horing,
    Innsatsomrade,
    Innspill,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Opphav,
    Overgang,
    Planlenke,
    Planrekke,
    Plassering,
    Registrering,
    Runde,
    Rundelukking,
    Rundeoppsett,
    Rundevalg,
    SettDeling,
    Statusrapport,
    Styringsdokument,
    Svarlenke,
    Tema,
    TilAnsatte,
    Tilskudd,
    Tilskuddstiltak,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
    Tjeneste,
    Tjenestekommune,
    Tjenestemalgruppe,
    Tjenesteredaktor,
    TjenesteTema,
    Veileder,
    VeilederTema,
)

# Without a user: strangers, partners by a link, staff by the domain of their e-mail.
GJESTER = ["ukjent", "lenke", "domene"]
# Users who do not keep the kommune; the redaktor keeps one tjeneste of it, and the medlem
# sits in one forum.
BRUKERE = ["ansatt", "redaktor", "politirad", "medlem"]
# Coordinators who look at the site as others do.
SER_SOM = ["som publikum", "som ansatt", "som politirad"]
ROLLER = [*GJESTER, *BRUKERE, "koordinator", "administrator", *SER_SOM]


# How an address answers each role -----------------------------------------------------


def rad(gjester, brukere, koordinator, administrator, ser_som, **andre):
    """{role: answer}; of roles that are answered otherwise than their like, by name."""
    return {
        **dict.fromkeys(GJESTER, gjester),
        **dict.fromkeys(BRUKERE, brukere),
        "koordinator": koordinator,
        "administrator": administrator,
        **dict.fromkeys(SER_SOM, ser_som),
        **andre,
    }


def alle(svar):
    return dict.fromkeys(ROLLER, svar)


def unntatt_ser_som(svar):
    """Who looks as others may send nothing."""
    return rad(svar, svar, svar, svar, 403)


APEN = alle(200)
VIDERE = alle(302)
KOMMER = alle(503)  # a document that is being made
FINNES_IKKE = alle(404)
BARE_LES = unntatt_ser_som(405)
INNLOGGET = rad("L", 200, 200, 200, 403)
INGEN_RAD = rad("L", 404, 404, 404, 403)
BARE_SEND = rad("L", 405, 405, 405, 403)


def koordinert(svar, *, redaktor=404):
    """For those who keep the kommune; to others it is not there."""
    egen = rad("L", 404, svar, svar, 403, redaktor=redaktor)
    annen = rad("L", 404, 404, svar, 403)
    return egen, annen


def koordinert_apent(svar):
    """As `koordinert`, of pages that strangers are not asked to log in for."""
    return rad(404, 404, svar, svar, 404), rad(404, 404, 404, svar, 404)


def tjenestenes(svar):
    """For those who see what the services of the kommune see, a link's readers too; to
    others it is not there."""
    leser = dict.fromkeys(["lenke", "domene", "som ansatt", "som politirad"], svar)
    egen = rad(404, svar, svar, svar, 404, medlem=404) | leser
    return egen, rad(404, 404, 404, svar, 404)


def svares(svar, *, redaktor=None, ser_som=404):
    """For those who answer for the tjeneste; to others it says that the link does not
    hold."""
    egen = rad(404, 404, svar, svar, ser_som, redaktor=redaktor or svar)
    annen = rad(404, 404, 404, svar, ser_som)
    return egen, annen


def utkast(svar):
    """For those who write the draft and those who adopt it; to others it is not there."""
    egen = rad(404, 404, svar, svar, 404, politirad=svar)
    annen = rad(404, 404, 404, svar, 404)
    return egen | {"som politirad": svar}, annen


def utkastets_lesere(svar, koordinators, *, ser_som=404):
    """For those who read the draft without writing it; the coordinator has another page."""
    egen = rad(404, 404, koordinators, koordinators, ser_som, politirad=svar)
    annen = rad(404, 404, 404, koordinators, ser_som)
    som = svar if ser_som == 404 else ser_som
    return egen | {"som politirad": som}, annen


def leser_alt(svar):
    """For those who write the plan and those who adopt it, logged in."""
    egen = rad("L", 404, svar, svar, 403, politirad=svar)
    return egen, rad("L", 404, 404, svar, 403)


def i_admin(koordinator, administrator):
    """For those who get into the admin."""
    return rad("L", "L", koordinator, administrator, 403)


# What is of another kommune than the one they work in, is not there.
BORTE = i_admin(404, 404)
RAD_I_ADMIN = (i_admin(200, 200), BORTE)
STAR_FAST = (i_admin(403, 403), BORTE)

LESES = (APEN, BARE_LES)
LESES_I_UTKAST = (utkast(200), BARE_LES)
PDF_AV_UTKAST = (utkast(503), BARE_LES)
ADMINSIDE = (i_admin(200, 200), i_admin(200, 200))
ADMINISTRATORS = (i_admin(403, 200), i_admin(403, 200))
INGENS = (i_admin(403, 403), i_admin(403, 403))
LEDER_VIDERE = (i_admin(302, 302), i_admin(302, 302))

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
    "tiltak_statusrapport",
    "tiltak_veileder",
    "tiltak_tilansatte",
    "tiltak_planrekke",
    "tiltak_styringsdokument",
    "moter_forum",
    "moter_motefri",
    "evaluering_kilde",
    "evaluering_funn",
    "evaluering_anbefaling",
    "evaluering_indikator",
    "evaluering_maling",
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
            "skjemaord",
            "sw",
            "sitemap",
            "sitemap_index",
            "security_txt",
            "forside",
            "hjelp",
            "hjelp_kapittel",
            "hjelp_ord",
            "hjelp_mal",
            "personvern",
            "tiltak:hvem",
            "tiltak:uten_nett",
            "tiltak:manifest",
            "sok",
            "tiltak:tjeneste_list",
            "tiltak:tjeneste_detail",
            "tiltak:kontaktark",
            "endret",
            "endret_atom",
            "arshjul",
            "arshjul_ics",
            "tiltak:kontaktkort",
            "tiltak:qr_kode",
            "tiltak:meld_feil_takk",
            "tiltak:tilbud_list",
            "tiltak:tilbud_detail",
            "tiltak:tilskuddene",
            "tiltak:tilskudd_csv",
            "tiltak:handlingsplan_detail",
            "tiltak:plan",
            "tiltak:dekning",
            "tiltak:innsatsomrade_detail",
            "tiltak:tiltak_list",
            "tiltak:tiltak_detail",
            "tiltak:endringer",
            "tiltak:sammenlign",
            "tiltak:dokumenter",
            "tiltak:dokument",
            "tiltak:dokument_pdf",
            "moter:kalender",
            "moter:forum_kalender",
            "moter:aktivitet_list",
            "moter:aktivitet_detail",
            "moter:forum_list",
            "moter:forum_detail",
            "evaluering:kunnskap",
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
            # As they were frozen.
            "evaluering:evaluering_pdf",
            "evaluering:rapport_list",
            "evaluering:rapport_detail",
            "evaluering:rapport_pdf",
        ],
        LESES,
    ),
    # One that stands in no text; tests/slt/test_bilder.py has the others.
    "bilde": (koordinert_apent(200), BARE_LES),
    "bilde_nytt": (BARE_SEND, koordinert(422)),
    "evaluering:kunnskap_pdf": (KOMMER, BARE_LES),
    "tiltak:kontaktark_pdf": (KOMMER, BARE_LES),
    "endret_pdf": (KOMMER, BARE_LES),
    "arshjul_pdf": (KOMMER, BARE_LES),
    "tiltak:plan_pdf": (KOMMER, BARE_LES),
    "tiltak:plan_kort_pdf": (KOMMER, BARE_LES),
    "tiltak:plan_word": LESES,
    # What is sent changes nothing, so it is open to who looks as others, too.
    "tiltak:hvem_svar": (VIDERE, APEN),
    "tiltak:dokument_kontroll": (APEN, unntatt_ser_som(422)),
    **dict.fromkeys(
        ["tiltak:meld_feil", "tiltak:meld_feil_kontakt"], (APEN, unntatt_ser_som(422))
    ),
    "tiltak:feilmelding_list": (koordinert(200), BARE_SEND),
    "tiltak:feilmelding": (koordinert(200), koordinert(422)),
    "tiltak:feilmelding_angre": (BARE_SEND, koordinert(302)),
    "kommune": (VIDERE, BARE_LES),
    "tiltak:gjeldende": (VIDERE, BARE_LES),
    "tilgangslenke": (APEN, unntatt_ser_som(302)),
    "planlenke": (APEN, unntatt_ser_som(302)),
    "svarlenke": (APEN, unntatt_ser_som(302)),
    "tiltak:svar": (svares(200), svares(405, ser_som=403)),
    "tiltak:svar_stemmer": (svares(405), svares(422, redaktor=409, ser_som=403)),
    "tiltak:svar_uendret": (svares(405), svares(422, redaktor=409, ser_som=403)),
    "tiltak:runde_mote": (koordinert(200), BARE_SEND),
    **dict.fromkeys(
        [
            "tiltak:svar_nytt",
            "tiltak:svar_kontakt",
            "tiltak:svar_tekst",
            "tiltak:svar_status",
            "evaluering:svar_tall",
        ],
        (svares(200), svares(422, ser_som=403)),
    ),
    # Nothing has to be said of it.
    **dict.fromkeys(
        ["tiltak:svar_bort", "tiltak:svar_ansvar", "tiltak:svar_sporres_ikke"],
        (svares(200), svares(302, ser_som=403)),
    ),
    **dict.fromkeys(
        [
            "tiltak:runder",
            "tiltak:forslag",
            "tiltak:kontaktmote",
            "tiltak:rundelukking",
            "tiltak:rundelukking_csv",
        ],
        (koordinert(200), BARE_SEND),
    ),
    **dict.fromkeys(
        ["tiltak:runde", "tiltak:rundeoppsett", "tiltak:forslag_endre"],
        (koordinert(200), koordinert(422)),
    ),
    "tiltak:runde_lukk": (koordinert(200), koordinert(302)),
    # It is open.
    "tiltak:runde_gjenapne": (koordinert(302), koordinert(302)),
    **dict.fromkeys(
        [
            "tiltak:runde_ny",
            "tiltak:runde_send",
            "tiltak:runde_purr",
            "tiltak:runde_si_fra",
            "tiltak:runde_spor_ogsa",
            "tiltak:foresporsel_pa_nytt",
            "tiltak:forslag_godta",
            "tiltak:forslag_avvis",
            "tiltak:forslag_uendret",
            "tiltak:kontaktmote_stemmer",
        ],
        (BARE_SEND, koordinert(302)),
    ),
    "ansatt": (APEN, unntatt_ser_som(422)),
    "ansatt_lenke": (APEN, unntatt_ser_som(302)),
    "kalenderlenke": (FINNES_IKKE, BARE_LES),
    # One's own
    "konto:logg_inn": (
        rad(200, 302, 302, 302, 403),
        rad(200, 302, 302, 302, 403),
    ),
    "konto:logg_ut": (alle(405), VIDERE),
    "konto:min_side": (INNLOGGET, rad("L", 302, 302, 302, 403)),
    "konto:mine_opplysninger": (INNLOGGET, BARE_SEND),
    "konto:passord": (INNLOGGET, INNLOGGET),
    "konto:glemt": (APEN, unntatt_ser_som(200)),
    "konto:glemt_sendt": LESES,
    "konto:nytt_passord": (APEN, unntatt_ser_som(200)),
    "konto:endringsbrev": (
        BARE_SEND,
        (rad("L", 302, 302, 302, 403), rad("L", 404, 404, 302, 403)),
    ),
    "konto:se_som": (
        BARE_SEND,
        (
            rad("L", 403, 302, 302, 403),
            rad("L", 403, 403, 302, 403),
        ),
    ),
    "konto:se_som_slutt": (alle(405), VIDERE),
    "konto:glem_lenker": (alle(405), unntatt_ser_som(302)),
    # For those who sit in a forum, or keep one.
    "mine_kalendere": (INNLOGGET, rad("L", 403, 302, 302, 403, medlem=302)),
    "min_kalender_trekk": (BARE_SEND, rad("L", 404, 404, 404, 403)),
    "inn": (rad("L", 302, 302, 302, 403), BARE_SEND),
    "arbeidsflate": (
        (rad("L", 200, 200, 200, 403), rad("L", 404, 404, 200, 403)),
        BARE_SEND,
    ),
    # Of those who keep the kommune
    "kommune_ny": (rad("L", 404, 404, 200, 403), rad("L", 404, 404, 422, 403)),
    "startsett": (koordinert(200), koordinert(422)),
    "tilganger": (koordinert(200), koordinert(422)),
    "tilganger_csv": (koordinert(200), BARE_SEND),
    "tilgang_avslutt": (BARE_SEND, koordinert(302)),
    "tilgang_avslutt_alt": (koordinert(200), koordinert(302)),
    "inviter_igjen": (BARE_SEND, koordinert(302)),
    "tilgangslenke_ny": (BARE_SEND, koordinert(422)),
    "moter:kalenderlenker": (koordinert(200), koordinert(422)),
    "moter:kalenderlenke_trekk": (BARE_SEND, koordinert(302)),
    **dict.fromkeys(
        [
            "tiltak:tiltak_endre",
            "tiltak:notat_nytt",
            "tiltak:notat_endre",
            "tiltak:kapittel_endre",
            "tiltak:innsatsomrade_endre",
            "tiltak:plan_endre",
            "tiltak:plan_lag",
            "tiltak:kapittel_nytt",
            "tiltak:innsatsomrade_nytt",
            "tiltak:tjeneste_ny",
            "tiltak:tilbud_nytt",
            # Settings
            "innstillinger_kommune",
            "innstillinger_deler",
            "innstillinger_lokalomrader",
            "innstillinger_steder",
            "innstillinger_sted",
            "tiltak:temaer",
            "tiltak:tema",
            "tiltak:veiledere",
            "tiltak:til_ansatte",
            "tiltak:planrekker",
            "tiltak:styringsdokumenter",
        ],
        (koordinert(200), koordinert(422)),
    ),
    # What the other kommune shares is there for the one.
    "tiltak:bank": (koordinert(200), BARE_SEND),
    "tiltak:bank_kopiert": (koordinert(200), BARE_SEND),
    "tiltak:bank_tiltak": (koordinert(200), koordinert(422)),
    "tiltak:bank_opphav": (koordinert(200), koordinert(409)),
    "innstillinger": (koordinert(200), BARE_SEND),
    "start": (koordinert(200), BARE_SEND),
    # Of administrators
    "kommuner": (rad("L", 404, 404, 200, 403), BARE_SEND),
    "utsendinger_uten_kommune": (rad("L", 404, 404, 200, 403), BARE_SEND),
    "utsending_uten_kommune_ligge": (BARE_SEND, rad("L", 404, 404, 302, 403)),
    # A plan from a document
    **dict.fromkeys(
        [
            "tiltak:planimport_ny",
            "tiltak:planimport_etiketter",
            "tiltak:planimport_tjenester",
            "tiltak:planimport_personer",
            "tiltak:planimport_legg_inn",
        ],
        (koordinert(200), koordinert(422)),
    ),
    **dict.fromkeys(
        ["tiltak:planimport", "tiltak:planimport_utelatt"], (koordinert(200), BARE_SEND)
    ),
    # Nothing is chosen that is not said what.
    **dict.fromkeys(
        ["tiltak:planimport_valg", "tiltak:planimport_tilbake"], (BARE_SEND, INGEN_RAD)
    ),
    "tiltak:planimport_lest": (BARE_SEND, koordinert(302)),
    "tiltak:planimport_forkast": (koordinert(200), koordinert(302)),
    # It is in no plan.
    "tiltak:planimport_angre": (INGEN_RAD, INGEN_RAD),
    "tiltak:disposisjon": (koordinert(200), BARE_SEND),
    "tiltak:regneark": (koordinert(200), koordinert(422)),
    **dict.fromkeys(
        ["tiltak:regneark_xlsx", "tiltak:regnearkimport"],
        (koordinert(200), BARE_SEND),
    ),
    **dict.fromkeys(
        ["tiltak:regnearkimport_legg_inn", "tiltak:regnearkimport_forkast"],
        (BARE_SEND, koordinert(302)),
    ),
    **dict.fromkeys(
        ["tiltak:gi_plass", "tiltak:enige_i_nivaene"],
        (BARE_SEND, koordinert(302)),
    ),
    # Nothing moves that is not told where to, and nothing is put nowhere.
    "tiltak:flytt": (BARE_SEND, INGEN_RAD),
    "tiltak:nytt_tiltak": (BARE_SEND, koordinert(409)),
    # What stands in a plan that holds is ended, not erased.
    "tiltak:slett": (INGEN_RAD, INGEN_RAD),
    "tiltak:tilbud_ta_inn": (koordinert(200), koordinert(422)),
    "tiltak:tilskudd_list": (koordinert(200), BARE_SEND),
    "tiltak:tilskudd_ny": (koordinert(200), koordinert(422)),
    "tiltak:tilskudd_endre": (koordinert(200), koordinert(422)),
    # One that was never given.
    "tiltak:tilskudd_slett": (koordinert(200), koordinert(302)),
    "tiltak:tilskudd_igjen": (BARE_SEND, koordinert(302)),
    "tiltak:ny_plan": (koordinert(200), koordinert(422)),
    "tiltak:sett_inn": (koordinert(200), koordinert(422)),
    "tiltak:upublisert": (koordinert(200), BARE_SEND),
    # Nothing has to be known of it.
    "tiltak:registrer_behandling": (koordinert(200), koordinert(302)),
    # Nothing was written yet.
    "tiltak:behandling_bekreft": (koordinert(302), koordinert(302)),
    "tiltak:behandling_pdf": (INGEN_RAD, BARE_SEND),
    "tiltak:behandling_trekk": (INGEN_RAD, INGEN_RAD),
    "tiltak:plan_avslutt": (koordinert(200), koordinert(422)),
    "tiltak:plan_gjenapne": (INGEN_RAD, INGEN_RAD),
    "tiltak:dokument_arkiv": (koordinert(200), BARE_SEND),
    "tiltak:mangler": (koordinert(200), BARE_SEND),
    # What was said of a plan while it was a draft. More cannot be.
    "tiltak:innspill_list": (leser_alt(200), BARE_SEND),
    "tiltak:innspill_pdf": (leser_alt(503), BARE_SEND),
    "tiltak:innspill_svar": (koordinert(200), koordinert(422)),
    "tiltak:innspill_mine": (FINNES_IKKE, BARE_LES),
    "tiltak:innspill_nytt": (FINNES_IKKE, unntatt_ser_som(404)),
    **dict.fromkeys(
        [
            "tiltak:innspill_for_inn",
            "moter:lesere",
            "moter:horing_ny",
            "moter:horing_endre",
        ],
        (INGEN_RAD, INGEN_RAD),
    ),
    "moter:planlenke_ny": (BARE_SEND, INGEN_RAD),
    "moter:planlenke_trekk": (BARE_SEND, INGEN_RAD),
    # What is public already, and a plan that holds already.
    "tiltak:publiser": (BARE_SEND, koordinert(302)),
    "tiltak:overgang": (INGEN_RAD, INGEN_RAD),
    "tiltak:overgang_ta_tilbake": (BARE_SEND, INGEN_RAD),
    # Until the kommune wants all to see it.
    "moter:forebyggingskalender": (tjenestenes(200), BARE_LES),
    "moter:aktiviteter_endre": (koordinert(200), BARE_SEND),
    # Without anything missing, and without anything to repeat.
    "moter:aktiviteter_etterpa": (koordinert(200), koordinert(422)),
    "moter:aktiviteter_gjenta": (koordinert(200), koordinert(302)),
    "moter:moteplan": (koordinert(200), BARE_SEND),
    "moter:mote_flytt": (BARE_SEND, koordinert(302)),
    "moter:mote_behold": (BARE_SEND, koordinert(302)),
    "moter:mote_slipp": (BARE_SEND, koordinert(302)),
    "tiltak:delte_tjenester": (koordinert(200), BARE_SEND),
    "tiltak:tjenestedeling_godta": (BARE_SEND, koordinert(302)),
    "tiltak:tjenestedeling_avsla": (BARE_SEND, koordinert(302)),
    "tiltak:tjenestedeling_sett": (BARE_SEND, koordinert(302)),
    "moter:deling_godta": (BARE_SEND, koordinert(302)),
    "moter:deling_avsla": (BARE_SEND, koordinert(302)),
    "moter:planlegger": (koordinert(200), koordinert(422)),
    "moter:moteplan_ar": (koordinert(200), BARE_SEND),
    "moter:moteplan_denne_maneden": (koordinert(200), BARE_SEND),
    "moter:moteplan_maned": (koordinert(200), BARE_SEND),
    "moter:moter_flytt": (BARE_SEND, koordinert(302)),
    "moter:motefri": (koordinert(200), koordinert(422)),
    "moter:motefri_les": (BARE_SEND, koordinert(422)),
    "moter:motefri_legg_inn": (BARE_SEND, koordinert(422)),
    "moter:motefri_endre": (koordinert(200), koordinert(422)),
    "moter:motefri_slett": (BARE_SEND, koordinert(302)),
    "historikk": (tjenestenes(200), BARE_LES),
    "slettet": (koordinert(200), BARE_SEND),
    "utsendinger": (koordinert(200), BARE_SEND),
    "utsending_ligge": (BARE_SEND, koordinert(302)),
    "sok_uten_treff": (koordinert(200), BARE_SEND),
    "slettet_hent": (BARE_SEND, koordinert(302)),
    # Of what is so already, nothing is brought back.
    "tidligere": (koordinert(200), koordinert(422)),
    **dict.fromkeys(
        [
            "moter:aktivitet_ny",
            "moter:aktivitet_endre",
            "moter:forum_nytt",
            "moter:forum_endre",
            "evaluering:kilde_ny",
            "evaluering:kilde_endre",
            "evaluering:funn_nytt",
            "evaluering:funn_endre",
            "evaluering:anbefaling_ny",
            "evaluering:anbefaling_endre",
            "evaluering:indikator_ny",
            "evaluering:indikator_endre",
        ],
        (koordinert(200), koordinert(422)),
    ),
    # How the work is seen to: read by the politiråd, too.
    **dict.fromkeys(
        [
            "evaluering:medvirkning",
            "evaluering:sjekkliste",
            "evaluering:egenvurdering_list",
            "evaluering:egenvurdering_detail",
        ],
        (leser_alt(200), BARE_SEND),
    ),
    **dict.fromkeys(
        [
            "evaluering:medvirkning_ny",
            "evaluering:medvirkning_endre",
            "evaluering:egenvurdering_endre",
            "evaluering:normsvar",
        ],
        (koordinert(200), koordinert(422)),
    ),
    # A year that is there already.
    "evaluering:egenvurdering_ny": (koordinert(200), koordinert(422)),
    **dict.fromkeys(
        [
            "evaluering:medvirkning_slett",
            "evaluering:egenvurdering_slett",
            "evaluering:normsvar_slett",
        ],
        (koordinert(200), koordinert(302)),
    ),
    **dict.fromkeys(
        ["evaluering:egenvurdering_ferdig", "evaluering:egenvurdering_apne"],
        (BARE_SEND, koordinert(302)),
    ),
    # What other things hang on stays.
    **dict.fromkeys(
        ["moter:forum_slett", "evaluering:kilde_slett", "evaluering:indikator_slett"],
        (koordinert(200), koordinert(409)),
    ),
    **dict.fromkeys(
        [
            "evaluering:funn_slett",
            "evaluering:anbefaling_slett",
            "moter:aktivitet_slett",
            "tiltak:notat_slett",
        ],
        (koordinert(200), koordinert(302)),
    ),
    "evaluering:plan_fra_kilde": (koordinert(200), koordinert(422)),
    # One that is finished: it stands fast.
    "evaluering:evalueringene": (koordinert(200), BARE_SEND),
    "evaluering:evaluering_ny": (koordinert(200), koordinert(422)),
    "evaluering:evaluering_arbeid": (koordinert(200), BARE_SEND),
    "evaluering:evaluering_endre": (koordinert(302), koordinert(422)),
    "evaluering:evaluering_tiltak": (koordinert(302), koordinert(422)),
    "evaluering:evaluering_ferdig": (koordinert(302), koordinert(302)),
    "evaluering:evaluering_apne": (koordinert(200), koordinert(422)),
    "evaluering:evaluering_publiser": (BARE_SEND, koordinert(302)),
    "evaluering:evaluering_slett": (INGEN_RAD, INGEN_RAD),
    "evaluering:rapportene": (koordinert(200), BARE_SEND),
    "evaluering:rapport_ny": (koordinert(200), koordinert(422)),
    "evaluering:rapport_arbeid": (koordinert(200), BARE_SEND),
    "evaluering:rapport_word": (koordinert(200), BARE_SEND),
    "evaluering:rapport_lysbilder": (koordinert(200), BARE_SEND),
    "evaluering:rapport_endre": (koordinert(302), koordinert(422)),
    "evaluering:rapport_ferdig": (koordinert(302), koordinert(302)),
    "evaluering:rapport_apne": (koordinert(200), koordinert(422)),
    "evaluering:rapport_publiser": (BARE_SEND, koordinert(302)),
    "evaluering:rapport_slett": (INGEN_RAD, INGEN_RAD),
    "evaluering:anbefalinger": (INGEN_RAD, INGEN_RAD),
    "evaluering:tallimport_ny": (koordinert(200), koordinert(422)),
    # It has a word that nobody has said anything of.
    "evaluering:tallimport": (koordinert(302), BARE_SEND),
    "evaluering:tallimport_oppsett": (koordinert(200), koordinert(422)),
    "evaluering:tallimport_navn": (koordinert(200), koordinert(422)),
    **dict.fromkeys(
        ["evaluering:tallimport_legg_inn", "evaluering:tallimport_forkast"],
        (BARE_SEND, koordinert(302)),
    ),
    # What was not put in is not undone.
    "evaluering:tallimport_angre": (BARE_SEND, INGEN_RAD),
    **dict.fromkeys(
        ["tiltak:tjeneste_endre", "tiltak:kontaktpunkt_endre"],
        (koordinert(200, redaktor=200), koordinert(422, redaktor=422)),
    ),
    # Series and meetings, of those who keep the forum
    **dict.fromkeys(
        [
            "moter:serie_ny",
            "moter:serie_endre",
            "moter:serie_avslutt",
            "moter:mote_ny",
            "moter:mote_endre",
        ],
        (koordinert(200), koordinert(422)),
    ),
    **dict.fromkeys(
        ["moter:mote_avlys", "moter:mote_gjenopprett"],
        (BARE_SEND, koordinert(302)),
    ),
    # Admin
    "admin:login": (
        rad("L", 403, 302, 302, "L"),
        rad("L", 403, 302, 302, 403),
    ),
    "admin:logout": (BARE_SEND, rad("L", 302, 302, 302, 403)),
    "admin:index": ADMINSIDE,
    "admin:app_list": ADMINSIDE,
    "admin:password_change": 2 * (rad("L", 302, 302, 302, 403),),
    "admin:jsi18n": (i_admin(200, 200), i_admin(405, 405)),
    "admin:velg_kommune": (i_admin(405, 405), (i_admin(302, 302), i_admin(404, 302))),
    # What they find, and do not: test_search_fields_find_nothing_of_another_kommune
    "admin:autocomplete": (i_admin(200, 200), i_admin(405, 405)),
    "admin:admin/finnes/ikke/": (BORTE, BORTE),
    **{
        f"admin:admin/{modell.replace('_', '/')}/1/": LEDER_VIDERE
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


# What stands in a plan, asked for in a draft.
UTKAST = {
    **dict.fromkeys(
        [
            "tiltak:handlingsplan_detail",
            "tiltak:plan",
            "tiltak:dekning",
            "tiltak:innsatsomrade_detail",
            "tiltak:tiltak_list",
            "tiltak:tiltak_detail",
        ],
        LESES_I_UTKAST,
    ),
    "tiltak:plan_pdf": PDF_AV_UTKAST,
    "tiltak:plan_kort_pdf": PDF_AV_UTKAST,
    "tiltak:plan_word": LESES_I_UTKAST,
    # What pays for a tiltak of a draft.
    "tiltak:tilskudd_endre": (koordinert(200), koordinert(422)),
    "tiltak:tilskudd_slett": (koordinert(200), koordinert(302)),
    "tiltak:tilskudd_igjen": (BARE_SEND, koordinert(302)),
    **dict.fromkeys(
        [
            "tiltak:dokument",
            "tiltak:dokument_pdf",
            "tiltak:endringer",
            "tiltak:sammenlign",
        ],
        LESES_I_UTKAST,
    ),
    "tiltak:dokument_arkiv": (koordinert(200), BARE_SEND),
    # It is for a later period: that is asked about.
    "tiltak:registrer_behandling": (koordinert(200), koordinert(422)),
    "tiltak:behandling_bekreft": (koordinert(302), koordinert(302)),
    "tiltak:behandling_pdf": (INGEN_RAD, BARE_SEND),
    "tiltak:behandling_trekk": (INGEN_RAD, INGEN_RAD),
    "tiltak:plan_avslutt": (INGEN_RAD, INGEN_RAD),
    "tiltak:plan_gjenapne": (INGEN_RAD, INGEN_RAD),
    "planlenke": (APEN, unntatt_ser_som(302)),
    "tiltak:innspill_list": (leser_alt(200), BARE_SEND),
    "tiltak:innspill_pdf": (leser_alt(503), BARE_SEND),
    "tiltak:innspill_svar": (koordinert(200), koordinert(422)),
    "tiltak:innspill_for_inn": (koordinert(200), koordinert(422)),
    "tiltak:innspill_mine": (utkastets_lesere(200, 404), BARE_LES),
    "tiltak:innspill_nytt": (
        utkastets_lesere(200, 302),
        utkastets_lesere(422, 302, ser_som=403),
    ),
    "evaluering:medvirkning_ny": (koordinert(200), koordinert(422)),
    "moter:lesere": (koordinert(200), koordinert(302)),
    "moter:planlenke_ny": (BARE_SEND, koordinert(422)),
    "moter:planlenke_trekk": (BARE_SEND, koordinert(302)),
    "moter:horing_ny": (koordinert(200), koordinert(422)),
    "moter:horing_endre": (koordinert(200), koordinert(422)),
    **dict.fromkeys(
        [
            "tiltak:tiltak_endre",
            "tiltak:notat_nytt",
            "tiltak:notat_endre",
            "tiltak:kapittel_endre",
            "tiltak:innsatsomrade_endre",
            "tiltak:plan_endre",
            "tiltak:kapittel_nytt",
            "tiltak:innsatsomrade_nytt",
        ],
        (koordinert(200), koordinert(422)),
    ),
    # By its link, nobody learns of a tiltak that is not public.
    "tiltak:svar_tekst": (svares(404), svares(404, ser_som=403)),
    "tiltak:svar_status": (svares(404), svares(409, ser_som=403)),
    "tiltak:svar_uendret": (svares(405), svares(422, redaktor=409, ser_som=403)),
    "tiltak:notat_slett": (koordinert(200), koordinert(302)),
    "tiltak:disposisjon": (koordinert(200), BARE_SEND),
    "tiltak:regneark": (koordinert(200), koordinert(422)),
    **dict.fromkeys(
        ["tiltak:regneark_xlsx", "tiltak:regnearkimport"],
        (koordinert(200), BARE_SEND),
    ),
    **dict.fromkeys(
        ["tiltak:regnearkimport_legg_inn", "tiltak:regnearkimport_forkast"],
        (BARE_SEND, koordinert(302)),
    ),
    **dict.fromkeys(
        ["tiltak:gi_plass", "tiltak:enige_i_nivaene"],
        (BARE_SEND, koordinert(302)),
    ),
    # Nothing moves that is not told where to, and nothing is put nowhere.
    "tiltak:flytt": (BARE_SEND, INGEN_RAD),
    "tiltak:nytt_tiltak": (BARE_SEND, koordinert(409)),
    "tiltak:slett": (koordinert(200), koordinert(302)),
    "tiltak:overgang": (koordinert(200), koordinert(302)),
    "tiltak:sett_inn": (koordinert(200), koordinert(422)),
    "tiltak:bank_opphav": (koordinert(200), koordinert(409)),
    "tiltak:overgang_ta_tilbake": (BARE_SEND, koordinert(302)),
    "evaluering:anbefalinger": (koordinert(200), koordinert(302)),
    # A tiltak of a draft is not evaluated; the evaluation is of another plan.
    "evaluering:evaluering_tiltak": (koordinert(302), INGEN_RAD),
    # The one that follows is begun from a plan that holds; a draft is public as a whole.
    "tiltak:ny_plan": (INGEN_RAD, INGEN_RAD),
    "tiltak:upublisert": (INGEN_RAD, BARE_SEND),
    "tiltak:mangler": (koordinert(200), BARE_SEND),
    "tiltak:publiser": (BARE_SEND, INGEN_RAD),
    **{
        f"admin:{modell}_{side}": (RAD_I_ADMIN, RAD_I_ADMIN)
        for modell in {*I_PLANEN, "tiltak_statusrapport"}
        for side in ("change", "history", "delete")
    },
    **{
        f"admin:admin/{modell.replace('_', '/')}/1/": LEDER_VIDERE
        for modell in {*I_PLANEN, "tiltak_statusrapport"}
    },
}

# {what is asked for: its table}.
TABELLER = {
    "a treatment that was registered": {
        "tiltak:registrer_behandling": (koordinert(302), koordinert(302)),
        "tiltak:behandling_trekk": (koordinert(200), koordinert(422)),
    },
    "what everybody knows of": MATRISE,
    "a draft": UTKAST,
    "what is not public yet": {
        "tiltak:bank_tiltak": 2 * (INGEN_RAD,),
        "tiltak:tiltak_detail": LESES_I_UTKAST,
        "tiltak:publiser": (BARE_SEND, koordinert(302)),
        "tiltak:tilbud_detail": LESES_I_UTKAST,
    },
    # The medlem sits in another one.
    "a forum that is not on the site": {
        "moter:forum_detail": (koordinert_apent(200), BARE_LES),
        "moter:forum_kalender": (FINNES_IKKE, BARE_LES),
    },
    "an activity that is not for all": {
        "moter:aktivitet_detail": (tjenestenes(200), BARE_LES),
    },
    "an indicator that is not on the site": dict.fromkeys(
        [
            "evaluering:kilde_detail",
            "evaluering:indikator_detail",
            "evaluering:indikator_csv",
            "evaluering:indikator_xlsx",
        ],
        LESES_I_UTKAST,
    ),
    "an evaluation that is finished, and not for all": dict.fromkeys(
        ["evaluering:evaluering_detail", "evaluering:evaluering_pdf"],
        LESES_I_UTKAST,
    ),
    "an evaluation that is under way": {
        "evaluering:evaluering_detail": (koordinert_apent(200), BARE_LES),
        "evaluering:evaluering_pdf": (koordinert_apent(503), BARE_LES),
        "evaluering:evaluering_arbeid": (koordinert(200), BARE_SEND),
        "evaluering:evaluering_endre": (koordinert(200), koordinert(422)),
        "evaluering:evaluering_tiltak": (koordinert(200), koordinert(302)),
        # The document is not made yet; and nobody saw it.
        "evaluering:evaluering_ferdig": (koordinert(503), koordinert(302)),
        "evaluering:evaluering_apne": (koordinert(302), koordinert(302)),
        "evaluering:evaluering_publiser": (BARE_SEND, koordinert(302)),
        "evaluering:evaluering_slett": (koordinert(200), koordinert(302)),
    },
    "a report to the politiråd that is finished": dict.fromkeys(
        ["evaluering:rapport_detail", "evaluering:rapport_pdf"], LESES_I_UTKAST
    ),
    "a report that is under way": {
        "evaluering:rapport_detail": (koordinert_apent(200), BARE_LES),
        "evaluering:rapport_pdf": (koordinert_apent(503), BARE_LES),
        "evaluering:rapport_arbeid": (koordinert(200), BARE_SEND),
        "evaluering:rapport_word": (koordinert(200), BARE_SEND),
        "evaluering:rapport_lysbilder": (koordinert(200), BARE_SEND),
        "evaluering:rapport_endre": (koordinert(200), koordinert(422)),
        # The document is not made yet; and nobody saw it.
        "evaluering:rapport_ferdig": (koordinert(503), koordinert(302)),
        "evaluering:rapport_apne": (koordinert(302), koordinert(302)),
        "evaluering:rapport_publiser": (BARE_SEND, koordinert(302)),
        "evaluering:rapport_slett": (koordinert(200), koordinert(302)),
    },
    "figures that were put in": {
        "evaluering:tallimport": (koordinert(200), BARE_SEND),
        "evaluering:tallimport_oppsett": (INGEN_RAD, INGEN_RAD),
        "evaluering:tallimport_navn": (INGEN_RAD, INGEN_RAD),
        "evaluering:tallimport_legg_inn": (BARE_SEND, koordinert(302)),
        "evaluering:tallimport_forkast": (BARE_SEND, INGEN_RAD),
        "evaluering:tallimport_angre": (BARE_SEND, koordinert(302)),
    },
    "a document that became a plan": {
        "tiltak:planimport": (koordinert(200), BARE_SEND),
        "tiltak:planimport_angre": (koordinert(200), koordinert(302)),
        "tiltak:planimport_utelatt": (INGEN_RAD, BARE_SEND),
        "tiltak:planimport_lest": (BARE_SEND, INGEN_RAD),
        "tiltak:planimport_legg_inn": (koordinert(302), koordinert(302)),
        **dict.fromkeys(
            [
                "tiltak:planimport_etiketter",
                "tiltak:planimport_tjenester",
                "tiltak:planimport_personer",
                "tiltak:planimport_forkast",
            ],
            (INGEN_RAD, INGEN_RAD),
        ),
    },
    "a tjeneste that the redaktor does not keep": dict.fromkeys(
        ["tiltak:tjeneste_endre", "tiltak:kontaktpunkt_endre"],
        (koordinert(200), koordinert(422)),
    ),
    "the right of a redaktor": {"tilgang_avslutt": (BARE_SEND, koordinert(302))},
    "the link to a draft": {"tilgang_avslutt": (BARE_SEND, koordinert(302))},
    "the right of a link": {"tilgang_avslutt": (BARE_SEND, koordinert(302))},
    "the seat of somebody": {
        "tilgang_avslutt": (BARE_SEND, koordinert(302)),
        "tilgang_avslutt_alt": (koordinert(200), koordinert(302)),
    },
    "a secret link to the calendar of a forum": {
        "tilgang_avslutt": (BARE_SEND, koordinert(302)),
    },
    "a key that nobody has": dict.fromkeys(
        ["tilgangslenke", "planlenke", "svarlenke", "ansatt_lenke"],
        (FINNES_IKKE, unntatt_ser_som(404)),
    ),
    # The row of one kommune by the address of the other: it is not there for anybody.
    "a row by the wrong address": {
        **dict.fromkeys(
            ["tiltak:meld_feil", "tiltak:meld_feil_kontakt"],
            (FINNES_IKKE, unntatt_ser_som(404)),
        ),
        "tiltak:feilmelding": (INGEN_RAD, INGEN_RAD),
        "tiltak:feilmelding_angre": (BARE_SEND, INGEN_RAD),
        "tiltak:tilskudd_igjen": (BARE_SEND, INGEN_RAD),
        "tilgang_avslutt": (BARE_SEND, INGEN_RAD),
        "tilgang_avslutt_alt": (INGEN_RAD, INGEN_RAD),
        "tidligere": (INGEN_RAD, INGEN_RAD),
        "historikk": (FINNES_IKKE, BARE_LES),
        "evaluering:tallimport": (INGEN_RAD, BARE_SEND),
        "evaluering:tallimport_oppsett": (INGEN_RAD, INGEN_RAD),
        "evaluering:tallimport_navn": (INGEN_RAD, INGEN_RAD),
        "tiltak:regnearkimport": (INGEN_RAD, BARE_SEND),
        **dict.fromkeys(
            ["tiltak:planimport", "tiltak:planimport_utelatt"], (INGEN_RAD, BARE_SEND)
        ),
        "tiltak:planimport_lest": (BARE_SEND, INGEN_RAD),
        **dict.fromkeys(
            [
                "tiltak:planimport_etiketter",
                "tiltak:planimport_tjenester",
                "tiltak:planimport_personer",
                "tiltak:planimport_legg_inn",
                "tiltak:planimport_forkast",
            ],
            (INGEN_RAD, INGEN_RAD),
        ),
        **dict.fromkeys(
            [
                "tiltak:regnearkimport_legg_inn",
                "tiltak:regnearkimport_forkast",
                "evaluering:tallimport_legg_inn",
                "evaluering:tallimport_forkast",
                "evaluering:tallimport_angre",
            ],
            (BARE_SEND, INGEN_RAD),
        ),
        **dict.fromkeys(
            [
                "moter:aktivitet_detail",
                "evaluering:kilde_detail",
                "evaluering:indikator_detail",
                "evaluering:indikator_csv",
                "evaluering:indikator_xlsx",
                "evaluering:evaluering_detail",
                "evaluering:evaluering_pdf",
                "evaluering:rapport_detail",
                "evaluering:rapport_pdf",
            ],
            (FINNES_IKKE, BARE_LES),
        ),
        **dict.fromkeys(
            [
                "tiltak:tiltak_endre",
                "tiltak:notat_nytt",
                "tiltak:notat_endre",
                "tiltak:notat_slett",
                "tiltak:kapittel_endre",
                "tiltak:innsatsomrade_endre",
                "tiltak:plan_endre",
                "innstillinger_sted",
                "tiltak:tema",
                "tiltak:bank_opphav",
                "tiltak:tilbud_ta_inn",
                "tiltak:tilskudd_endre",
                "tiltak:tilskudd_slett",
                "tiltak:tjeneste_endre",
                "tiltak:kontaktpunkt_endre",
                "tiltak:slett",
                "moter:aktivitet_endre",
                "moter:aktivitet_slett",
                "moter:forum_endre",
                "moter:forum_slett",
                "evaluering:evaluering_endre",
                "evaluering:evaluering_tiltak",
                "evaluering:evaluering_ferdig",
                "evaluering:evaluering_apne",
                "evaluering:evaluering_slett",
                "evaluering:rapport_endre",
                "evaluering:rapport_ferdig",
                "evaluering:rapport_apne",
                "evaluering:rapport_slett",
                "evaluering:kilde_endre",
                "evaluering:kilde_slett",
                "evaluering:funn_nytt",
                "evaluering:funn_endre",
                "evaluering:funn_slett",
                "evaluering:anbefaling_ny",
                "evaluering:anbefaling_endre",
                "evaluering:anbefaling_slett",
                "evaluering:indikator_endre",
                "evaluering:indikator_slett",
                "evaluering:medvirkning_ny",
                "evaluering:medvirkning_endre",
                "evaluering:medvirkning_slett",
                "evaluering:egenvurdering_endre",
                "evaluering:egenvurdering_slett",
                "evaluering:normsvar_slett",
            ],
            2 * (INGEN_RAD,),
        ),
        **dict.fromkeys(["tiltak:flytt", "tiltak:gi_plass"], (BARE_SEND, INGEN_RAD)),
        "evaluering:evaluering_arbeid": (INGEN_RAD, BARE_SEND),
        "evaluering:rapport_arbeid": (INGEN_RAD, BARE_SEND),
        "evaluering:rapport_word": (INGEN_RAD, BARE_SEND),
        "evaluering:rapport_lysbilder": (INGEN_RAD, BARE_SEND),
        "evaluering:rapport_publiser": (BARE_SEND, INGEN_RAD),
        "evaluering:evaluering_publiser": (BARE_SEND, INGEN_RAD),
        "evaluering:egenvurdering_detail": (INGEN_RAD, BARE_SEND),
        **dict.fromkeys(
            ["evaluering:egenvurdering_ferdig", "evaluering:egenvurdering_apne"],
            (BARE_SEND, INGEN_RAD),
        ),
        "ansatt_lenke": (FINNES_IKKE, unntatt_ser_som(404)),
        "tiltak:innspill_svar": (INGEN_RAD, INGEN_RAD),
    },
}


# The world ----------------------------------------------------------------------------


def lag_plan(kommune, tjeneste, **felter):
    """A plan with one of everything, and {what: the row}."""
    plan = HandlingsplanFactory(kommune=kommune, **felter)
    plan.bygger_pa = HandlingsplanFactory(
        kommune=kommune,
        status="avlost",
        fra_ar=plan.fra_ar - 25,
        til_ar=plan.til_ar - 25,
    )
    plan.save()
    plassering = PlasseringFactory(innsatsomrade__plan=plan, nummer=1)
    overgang = Overgang.objects.create(
        ny_plan=plan, fra=TiltakFactory(plan=plan.bygger_pa), valg="avsluttes"
    )
    tilskudd = TilskuddFactory(kommune=kommune)
    return {
        "tiltak_handlingsplan": plan,
        "tiltak_innsatsomrade": plassering.innsatsomrade,
        "tiltak_tiltak": plassering.tiltak,
        "tiltak_kapittel": KapittelFactory(plan=plan),
        "plassering": plassering,
        "tiltak_opphav": OpphavFactory(tiltak=plassering.tiltak),
        "tiltak_tilskudd": tilskudd,
        "tiltak_tilskuddstiltak": TilskuddstiltakFactory(
            tilskudd=tilskudd, tiltak=plassering.tiltak
        ),
        "tiltak_statusrapport": StatusrapportFactory(tiltak=plassering.tiltak),
        "overgang": overgang,
        "ansvar": AnsvarFactory(tiltak=plassering.tiltak, tjeneste=tjeneste),
        # One that was taken back.
        "registrering": RegistreringFactory(
            plan=plan, trukket=timezone.now(), hvorfor_trukket="Feil plan"
        ),
        "tiltak_horing": HoringFactory(plan=plan),
        "tiltak_planlenke": PlanlenkeFactory(
            plan=plan, avtrykk=Planlenke.avtrykk_av(f"plan-{plan.pk}")
        ),
        "tiltak_innspill": InnspillFactory(plan=plan),
        "tiltak_rundevalg": RundevalgFactory(plan=plan),
        "regnearkimport": RegnearkimportFactory(plan=plan),
    }


def lag_tjeneste(kommune):
    tjeneste = TjenesteFactory(kommune=kommune)
    return {
        "tiltak_tjeneste": tjeneste,
        "tiltak_tjenestekommune": TjenestekommuneFactory(tjeneste=tjeneste),
        "tiltak_kontaktpunkt": KontaktpunktFactory(tjeneste=tjeneste),
        "for tjenester": KontaktpunktFactory(tjeneste=tjeneste, synlighet="tjenester"),
    }


def lag_runde(tjeneste):
    """A round in which the tjeneste is asked, and proposes something."""
    runde, foresporsel, lenke, forslag, oppsett = i_runden(tjeneste)
    lenke.avtrykk = Svarlenke.avtrykk_av(f"svar-{tjeneste.kommune.slug}")
    lenke.save()
    return {
        "tiltak_runde": runde,
        "tiltak_foresporsel": foresporsel,
        "tiltak_svarlenke": lenke,
        "tiltak_endringsforslag": forslag,
        "tiltak_rundeoppsett": oppsett,
        "tiltak_rundelukking": RundelukkingFactory(runde=runde),
    }


def lag_forum(forum):
    return {
        "moter_forum": forum,
        "moter_moteserie": MoteserieFactory(forum=forum),
        "moter_mote": MoteFactory(forum=forum),
        "moter_kalenderlenke": KalenderlenkeFactory(forum=forum),
        "moter_forumsmedlem": ForumsmedlemFactory(forum=forum),
        "moter_forumskommune": ForumskommuneFactory(
            forum=forum, kommune=KommuneFactory()
        ),
        "moter_sendevei": Sendevei.objects.create(
            forum=forum, til=ForumFactory(kommune=forum.kommune)
        ),
    }


def lag_kunnskap(tjeneste, *, publisert):
    """A source, what it says, its figures, who gives them and how they came."""
    kommune = tjeneste.kommune
    indikator = IndikatorFactory(
        kommune=kommune,
        publisert=publisert,
        kilde__publisert=publisert,
        oppgis_av=tjeneste,
    )
    kilde = indikator.kilde
    return {
        "evaluering_kilde": kilde,
        "evaluering_funn": FunnFactory(kilde=kilde, publisert=publisert),
        "evaluering_anbefaling": AnbefalingFactory(kilde=kilde, publisert=publisert),
        "evaluering_indikator": indikator,
        "evaluering_maling": MalingFactory(indikator=indikator),
        "evaluering_medvirkning": MedvirkningFactory(kilde=kilde),
        "evaluering_tallimport": TallimportFactory(kommune=kommune),
    }


def lag_evaluering(ting, *, publisert):
    """A finished one of the plan."""
    evaluering = ferdig_evaluering(
        ting["tiltak_handlingsplan"], tiltak=ting["tiltak_tiltak"], publisert=publisert
    )
    return {
        "evaluering_evaluering": evaluering,
        "evaluering_tiltaksvurdering": evaluering.vurderinger.get(),
        "evaluering_milepal": evaluering.milepaler.get(),
    }


def lag_egenvurdering(kommune, **felter):
    """What the politiråd says of its work, each question answered."""
    radet = ForumFactory(kommune=kommune, type=Forum.Type.POLITIRAD)
    vurdering = EgenvurderingFactory.med_svar(svar="ja", forum=radet)
    for navn, verdi in felter.items():
        setattr(vurdering, navn, verdi)
    vurdering.save()
    return vurdering


def lag_eget_arbeid(kommune):
    """How the work is seen to."""
    ferdig = lag_egenvurdering(kommune, ferdig=timezone.now())
    return {
        "evaluering_egenvurdering": ferdig,
        "evaluering_egenvurderingssvar": ferdig.svar.first(),
        "uferdig": lag_egenvurdering(kommune),
        "evaluering_normsvar": NormsvarFactory(kommune=kommune),
        "evaluering_rapport": ferdig_rapport(kommune),
    }


def lag_bestemt(kommune):
    """A meeting of a series that was decided by hand."""
    serie = MoteserieFactory(forum__kommune=kommune)
    return MoteFactory(
        forum=serie.forum,
        serie=serie,
        opprinnelig_dato=timezone.localdate(),
        fastsatt=True,
    )


def lag_kommune(nummer, navn):
    """A kommune with one of everything, and {what: the row}."""
    kommune = KommuneFactory(
        nummer=nummer, navn=navn, slug=navn.lower(), ansattdomener="kommunen.example"
    )
    nokkel = f"nokkel-{kommune.slug}"
    tjeneste = lag_tjeneste(kommune)
    rett = TilgangFactory(kommune=kommune, rolle="ansatt")
    return {
        "kommune": kommune,
        "slt_kommune": kommune,
        "bilde": BildeFactory(kommune=kommune),
        "utsending": UtsendingFactory(
            kommune=kommune, tilstand="uvisst", grunn="avbrutt"
        ),
        "uten_kommune": UtsendingFactory(
            kommune=None, slag="passord", tilstand="avvist", grunn="adresse", tekst=""
        ),
        "slt_lokalomrade": LokalomradeFactory(kommune=kommune),
        "slt_sted": StedFactory(kommune=kommune),
        "tiltak_tema": Tema.objects.create(kommune=kommune, navn="Rus"),
        "tiltak_veileder": VeilederFactory(kommune=kommune),
        "tiltak_tilansatte": TilAnsatteFactory(kommune=kommune),
        "tiltak_styringsdokument": Styringsdokument.objects.create(
            kommune=kommune, tittel="Avtale om samarbeid"
        ),
        "tiltak_planimport": PlanimportFactory(kommune=kommune),
        "tiltak_planrekke": PlanrekkeFactory(
            kommune=kommune, navn="En annen", hoved=False
        ),
        "moter_motefri": MotefriFactory(kommune=kommune),
        "moter_aktivitet": AktivitetFactory(kommune=kommune, publisert=True),
        "mote": MoteFactory(forum__kommune=kommune),
        "bestemt": lag_bestemt(kommune),
        "deling": ForumskommuneFactory(kommune=kommune, godtatt=None),
        "tjenestedeling": TjenestekommuneFactory(kommune=kommune, godtatt=None),
        "trukket": trekk_tilbake(kommune),
        "feilmelding": FeilmeldingFactory(tjeneste__kommune=kommune),
        **lag_forum(ForumFactory(kommune=kommune)),
        **lag_kunnskap(tjeneste["tiltak_tjeneste"], publisert=True),
        **lag_eget_arbeid(kommune),
        **tjeneste,
        **lag_runde(tjeneste["tiltak_tjeneste"]),
        **(planen := lag_plan(kommune, tjeneste["tiltak_tjeneste"])),
        **lag_evaluering(planen, publisert=True),
        "rett": ("tilgang", rett),
        "slt_bruker": BrukerFactory(),
        "lenke": TilgangslenkeFactory(
            kommune=kommune, avtrykk=Tilgangslenke.avtrykk_av(nokkel)
        ),
        "nokkel": nokkel,
        "tilbud": TilbudFactory(kommune=kommune),
        "delt": lag_delt(),
        "ansattnokkel": ny_nokkel(kommune, "kommunen.example"),
    }


def lag_delt(**felter):
    """A tiltak that some other kommune shares."""
    sted = PlasseringFactory(
        innsatsomrade__plan__kommune__deler_tiltak=True, nummer=1, **felter
    )
    return sted.tiltak


@pytest.fixture
def verden(db, settings):
    """Two kommuner with one of everything: (own, other)."""
    settings.SIKKERHETSKONTAKT = "mailto:sikkerhet@example.org"
    settings.PDF_VENT = 0
    cache.clear()
    return lag_kommune("3205", "Lillestrom"), lag_kommune("3222", "Lorenskog")


def lag_varianter(ting, andres):
    """{what is asked for: the things of a kommune, with that in their place}."""
    kommune, tjeneste = ting["kommune"], ting["tiltak_tjeneste"]
    redaktor = TjenesteredaktorFactory(tjeneste=tjeneste)
    sete = ForumsmedlemFactory(forum=ting["moter_forum"], bruker=BrukerFactory())
    utkastet = lag_plan(kommune, tjeneste, fra_ar=2029, til_ar=2032, status="utkast")
    nytt = PlasseringFactory(
        innsatsomrade__plan=ting["tiltak_handlingsplan"],
        nummer=1,
        tiltak__publisert=False,
    )
    rekke = PlanrekkeFactory(kommune=kommune, navn="En tredje", hoved=False)
    registrert = HandlingsplanFactory(kommune=kommune, rekke=rekke)
    RegistreringFactory(plan=registrert)
    lukket = lag_forum(ForumFactory(kommune=kommune, offentlig=False))
    upublisert = lag_kunnskap(ting["tiltak_tjeneste"], publisert=False)
    lagt_inn = TallimportFactory(kommune=kommune, lagt_inn=timezone.now())
    ikke_for_alle = lag_evaluering(ting, publisert=False)
    under_arbeid = EvalueringFactory(plan=ting["tiltak_handlingsplan"])
    til_radet = {
        "evaluering_rapport": ferdig_rapport(kommune, slag="status", publisert=False)
    }
    ble_plan = PlanimportFactory(
        kommune=kommune, plan=utkastet["tiltak_handlingsplan"], lagt_inn=timezone.now()
    )
    vurdering = lag_egenvurdering(kommune)
    svar = vurdering.svar.first()
    uferdig = {
        "evaluering_egenvurdering": vurdering,
        "evaluering_egenvurderingssvar": svar,
    }
    ukjent = ny_nokkel(kommune, "ukjent.example")
    return {
        "what everybody knows of": ting,
        "a draft": ting | utkastet,
        "a treatment that was registered": ting | {"tiltak_handlingsplan": registrert},
        "what is not public yet": ting
        | {"tiltak_tiltak": nytt.tiltak, "tiltak_innsatsomrade": nytt.innsatsomrade}
        | {"tilbud": TilbudFactory(kommune=kommune, publisert=False)}
        | {"delt": lag_delt(tiltak__publisert=False)},
        "a forum that is not on the site": ting | lukket,
        "an activity that is not for all": ting
        | {"moter_aktivitet": AktivitetFactory(kommune=kommune)},
        "an indicator that is not on the site": ting | upublisert,
        "an evaluation that is finished, and not for all": ting | ikke_for_alle,
        "an evaluation that is under way": ting
        | {"evaluering_evaluering": under_arbeid},
        "a report to the politiråd that is finished": ting | til_radet,
        "a report that is under way": ting
        | {"evaluering_rapport": RapportFactory(kommune=kommune)},
        "figures that were put in": ting | {"evaluering_tallimport": lagt_inn},
        "a document that became a plan": ting | {"tiltak_planimport": ble_plan},
        "all that is closed": ting
        | utkastet
        | lukket
        | upublisert
        | ikke_for_alle
        | til_radet
        | {"moter_aktivitet": AktivitetFactory(kommune=kommune)}
        | uferdig,
        "a tjeneste that the redaktor does not keep": ting | lag_tjeneste(kommune),
        "the right of a redaktor": ting | {"rett": ("redaktor", redaktor)},
        "the link to a draft": ting
        | {"rett": ("planlenke", utkastet["tiltak_planlenke"])},
        "the right of a link": ting | {"rett": ("lenke", ting["lenke"])},
        "the seat of somebody": ting | {"rett": ("sete", sete)},
        "a secret link to the calendar of a forum": ting
        | {"rett": ("kalender", ting["moter_kalenderlenke"])},
        "a key that nobody has": ting
        | {"nokkel": "ukjent", "plannokkel": "ukjent", "ansattnokkel": ukjent}
        | {"svarnokkel": "ukjent"},
        "a row by the wrong address": andres | {"kommune": kommune},
    }


@pytest.fixture
def varianter(verden):
    """All that is asked for: (own, other)."""
    egen, annen = verden
    return lag_varianter(egen, annen), lag_varianter(annen, egen)


@pytest.fixture
def _documents_are_waited_for(monkeypatch, settings, tmp_path):
    """None is drawn: whoever may have it is told to wait, however slow the machine. None
    is written, either; it takes a process each."""

    def under_arbeid(*args, **valg):
        raise pdflager.PdfUnderArbeid

    settings.PDF_MAPPE = tmp_path
    monkeypatch.setattr(pdflager, "hent", under_arbeid)
    monkeypatch.setattr(dokument, "kjor", lambda *args: b"PK")
    monkeypatch.setattr(dokument, "FLEST_WORD", 1000)


@pytest.fixture
def klienter(verden):
    """{role: a client}, all of the first kommune."""
    egen, _annen = verden
    kommune = egen["kommune"]

    def med(rolle):
        return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)

    def ved(navn):
        klient = Client()
        assert klient.post(adresse(navn, egen)).status_code == 302
        return klient

    def ser_som(hva):
        klient = med("koordinator")
        valg = {"kommune": kommune.slug, "hva": hva}
        assert klient.post(reverse("konto:se_som"), valg).status_code == 302
        assert klient.session[SE_SOM] == [kommune.pk, hva]
        return klient

    domene = ved("ansatt_lenke")
    Forsok.objects.all().delete()  # that link opens once, and is to be asked for again
    medlem = innlogget(
        ForumsmedlemFactory(forum=egen["moter_forum"], bruker=BrukerFactory()).bruker
    )
    redaktor = med("ansatt")
    TjenesteredaktorFactory(bruker=redaktor.bruker, tjeneste=egen["tiltak_tjeneste"])
    return {
        "ukjent": Client(),
        "lenke": ved("tilgangslenke"),
        "domene": domene,
        "ansatt": med("ansatt"),
        "redaktor": redaktor,
        "politirad": med("politirad"),
        "medlem": medlem,
        "koordinator": med("koordinator"),
        "administrator": innlogget(BrukerFactory(is_superuser=True)),
        **{f"som {hva}": ser_som(hva) for hva in SOM},
    }


AV_EN_PLAN = {navn for navn, url, _view in ruter() if EKSEMPLER["plan"] in url}


def adresse(navn, ting):
    """Where the address of this name is, for these things of one kommune."""
    kommune, plan = ting["kommune"], ting["tiltak_handlingsplan"]
    i_planen = [kommune.slug, plan.slug]
    tilgangstype, rett = ting["rett"]
    egne = {
        "sitemap": ["tiltak"],
        "hjelp_kapittel": ["skriv-planen"],
        "hjelp_mal": ["ros"],
        "tilgangslenke": [ting["nokkel"]],
        "planlenke": [ting.get("plannokkel", f"plan-{plan.pk}")],
        "svarlenke": [ting.get("svarnokkel", f"svar-{kommune.slug}")],
        "tiltak:runde": [kommune.slug, ting["tiltak_runde"].pk],
        "tiltak:runde_mote": [kommune.slug, ting["tiltak_runde"].pk],
        "tiltak:runde_send": [kommune.slug, ting["tiltak_runde"].pk],
        **{
            f"tiltak:runde_{hva}": [kommune.slug, ting["tiltak_runde"].pk]
            for hva in ("purr", "si_fra", "lukk", "gjenapne")
        },
        "tiltak:runde_spor_ogsa": [
            kommune.slug,
            ting["tiltak_runde"].pk,
            ting["tiltak_tjeneste"].pk,
        ],
        "tiltak:rundelukking": [kommune.slug, ting["tiltak_rundelukking"].pk],
        "tiltak:rundelukking_csv": [kommune.slug, ting["tiltak_rundelukking"].pk],
        "tiltak:foresporsel_pa_nytt": [kommune.slug, ting["tiltak_foresporsel"].pk],
        "tiltak:forslag_endre": [kommune.slug, ting["tiltak_endringsforslag"].pk],
        "tiltak:forslag_godta": [kommune.slug, ting["tiltak_endringsforslag"].pk],
        "tiltak:forslag_avvis": [kommune.slug, ting["tiltak_endringsforslag"].pk],
        "tiltak:kontaktmote_stemmer": [kommune.slug, ting["tiltak_tjeneste"].pk],
        **{
            f"tiltak:svar{hva}": [kommune.slug, ting["tiltak_tjeneste"].pk, *resten]
            for hva, resten in {
                "": [],
                "_stemmer": [],
                "_nytt": [],
                "_ansvar": [],
                "_sporres_ikke": [],
                "_kontakt": [ting["tiltak_kontaktpunkt"].pk],
                "_bort": [ting["tiltak_kontaktpunkt"].pk],
                "_tekst": [ting["tiltak_tiltak"].pk],
                "_status": [ting["tiltak_tiltak"].pk],
                "_uendret": [ting["tiltak_tiltak"].pk],
            }.items()
        },
        "tiltak:bank_tiltak": [kommune.slug, ting["delt"].pk],
        "tiltak:bank_opphav": [kommune.slug, ting["tiltak_opphav"].pk],
        "tiltak:innspill_svar": [*i_planen, ting["tiltak_innspill"].pk],
        "moter:horing_endre": [*i_planen, ting["tiltak_horing"].pk],
        "moter:planlenke_trekk": [*i_planen, ting["tiltak_planlenke"].pk],
        "ansatt_lenke": [kommune.slug, ting["ansattnokkel"]],
        "konto:nytt_passord": ["MQ", "a-b"],
        "kalenderlenke": [f"finnes-ikke-{kommune.slug}"],
        "min_kalender_trekk": [ting["moter_kalenderlenke"].pk],
        "moter:forum_kalender": [kommune.slug, ting["moter_forum"].slug],
        "moter:kalenderlenke_trekk": [kommune.slug, ting["moter_kalenderlenke"].pk],
        "slettet_hent": [kommune.slug, EKSEMPLER["uuid"]],
        "historikk": [kommune.slug, "tjeneste", ting["tiltak_tjeneste"].pk],
        "utsending_ligge": [kommune.slug, ting["utsending"].pk],
        "utsending_uten_kommune_ligge": [ting["uten_kommune"].pk],
        "bilde": [ting["bilde"].kode, ting["bilde"].type],
        "tiltak:dokument": [kommune.slug, ting["registrering"].dokument.sha256],
        "tiltak:dokument_arkiv": [kommune.slug, ting["registrering"].dokument.sha256],
        "tiltak:dokument_pdf": [kommune.slug, ting["registrering"].dokument.sha256],
        "tidligere": [
            kommune.slug,
            "tiltak.tjeneste",
            ting["tiltak_tjeneste"].historikk.first().pk,
        ],
        "tilgang_avslutt": [kommune.slug, tilgangstype, rett.pk],
        "inviter_igjen": [kommune.slug, tilgangstype, rett.pk],
        "tilgang_avslutt_alt": [kommune.slug, tilgangstype, rett.pk],
        **{
            f"tiltak:{hva}": [kommune.slug, ting["tiltak_tjeneste"].slug]
            for hva in ("tjeneste_detail", "kontaktkort", "qr_kode")
        },
        "tiltak:tiltak_endre": [kommune.slug, ting["tiltak_tiltak"].pk],
        "tiltak:notat_nytt": [kommune.slug, ting["tiltak_tiltak"].pk],
        "tiltak:notat_endre": [kommune.slug, ting["tiltak_statusrapport"].pk],
        "tiltak:notat_slett": [kommune.slug, ting["tiltak_statusrapport"].pk],
        "tiltak:kapittel_endre": [kommune.slug, ting["tiltak_kapittel"].pk],
        "tiltak:innsatsomrade_endre": [kommune.slug, ting["tiltak_innsatsomrade"].pk],
        "tiltak:plan_endre": [kommune.slug, plan.pk],
        "tiltak:gi_plass": [kommune.slug, ting["tiltak_tiltak"].pk],
        "tiltak:flytt": [kommune.slug, "kapittel", ting["tiltak_kapittel"].pk],
        "tiltak:slett": [kommune.slug, "kapittel", ting["tiltak_kapittel"].pk],
        "innstillinger_sted": [kommune.slug, ting["slt_sted"].pk],
        "tiltak:tema": [kommune.slug, ting["tiltak_tema"].pk],
        "tiltak:tilbud_detail": [kommune.slug, ting["tilbud"].slug],
        "tiltak:tilbud_ta_inn": [kommune.slug, ting["tilbud"].pk],
        **{
            f"tiltak:tilskudd_{side}": [kommune.slug, ting["tiltak_tilskudd"].pk]
            for side in ("endre", "slett", "igjen")
        },
        "evaluering:svar_tall": [
            kommune.slug,
            ting["tiltak_tjeneste"].pk,
            ting["evaluering_indikator"].pk,
        ],
        "evaluering:medvirkning_ny": [kommune.slug, "plan", plan.pk],
        **{
            f"evaluering:medvirkning_{side}": [
                kommune.slug,
                ting["evaluering_medvirkning"].pk,
            ]
            for side in ("endre", "slett")
        },
        **{
            f"evaluering:egenvurdering_{side}": [kommune.slug, ting[hva].pk]
            for side, hva in (
                ("detail", "evaluering_egenvurdering"),
                ("apne", "evaluering_egenvurdering"),
                ("endre", "uferdig"),
                ("slett", "uferdig"),
                ("ferdig", "uferdig"),
            )
        },
        "evaluering:normsvar": [kommune.slug, "mandat"],
        "evaluering:normsvar_slett": [kommune.slug, ting["evaluering_normsvar"].pk],
        "evaluering:kilde_detail": [kommune.slug, ting["evaluering_kilde"].slug],
        "evaluering:plan_fra_kilde": [kommune.slug, ting["evaluering_kilde"].slug],
        "evaluering:anbefalinger": [
            kommune.slug,
            ting["evaluering_kilde"].slug,
            plan.slug,
        ],
        "evaluering:evaluering_tiltak": [
            kommune.slug,
            ting["evaluering_evaluering"].pk,
            ting["tiltak_tiltak"].pk,
        ],
        **{
            f"evaluering:evaluering_{hva}": [
                kommune.slug,
                ting["evaluering_evaluering"].pk,
            ]
            for hva in ("detail", "pdf", "arbeid", "ferdig", "apne", "publiser")
        },
        **{
            f"evaluering:rapport_{hva}": [kommune.slug, ting["evaluering_rapport"].pk]
            for hva in (
                *("detail", "pdf", "arbeid", "endre", "ferdig", "apne", "publiser"),
                *("slett", "word", "lysbilder"),
            )
        },
        "tiltak:publiser": [kommune.slug, "tiltak", ting["tiltak_tiltak"].pk],
        "tiltak:overgang_ta_tilbake": [*i_planen, ting["overgang"].pk],
        "tiltak:tjeneste_endre": [kommune.slug, ting["tiltak_tjeneste"].pk],
        "tiltak:kontaktpunkt_endre": [kommune.slug, ting["tiltak_kontaktpunkt"].pk],
        "tiltak:meld_feil": [kommune.slug, ting["tiltak_tjeneste"].pk],
        "tiltak:meld_feil_kontakt": [
            kommune.slug,
            ting["tiltak_kontaktpunkt"].tjeneste_id,
            ting["tiltak_kontaktpunkt"].pk,
        ],
        "tiltak:feilmelding": [kommune.slug, ting["feilmelding"].pk],
        "tiltak:feilmelding_angre": [kommune.slug, ting["feilmelding"].pk],
        **{
            f"{app}:{hva}_{side}": [kommune.slug, ting[f"{app}_{hva}"].pk]
            for app, hva in (
                ("moter", "forum"),
                ("evaluering", "kilde"),
                ("evaluering", "funn"),
                ("evaluering", "anbefaling"),
                ("evaluering", "indikator"),
                ("evaluering", "evaluering"),
            )
            for side in ("endre", "slett")
        },
        **{
            navn: [kommune.slug, ting["evaluering_kilde"].pk]
            for navn in ("evaluering:funn_nytt", "evaluering:anbefaling_ny")
        },
        "moter:mote_flytt": [kommune.slug, ting["mote"].pk],
        "moter:mote_behold": [kommune.slug, ting["mote"].pk],
        "moter:mote_slipp": [kommune.slug, ting["bestemt"].pk],
        "tiltak:tjenestedeling_godta": [kommune.slug, ting["tjenestedeling"].pk],
        "tiltak:tjenestedeling_avsla": [kommune.slug, ting["tjenestedeling"].pk],
        "tiltak:tjenestedeling_sett": [kommune.slug, ting["trukket"]],
        "moter:deling_godta": [kommune.slug, ting["deling"].pk],
        "moter:deling_avsla": [kommune.slug, ting["deling"].pk],
        "moter:moteplan_maned": [
            kommune.slug,
            timezone.localdate().year,
            timezone.localdate().month,
        ],
        **{
            f"moter:aktivitet_{hva}": [kommune.slug, ting["moter_aktivitet"].pk]
            for hva in ("detail", "endre", "slett")
        },
        "moter:motefri_endre": [kommune.slug, ting["moter_motefri"].pk],
        "moter:motefri_slett": [kommune.slug, ting["moter_motefri"].pk],
        "tiltak:innsatsomrade_detail": [
            *i_planen,
            ting["tiltak_innsatsomrade"].slug,
        ],
        "tiltak:tiltak_detail": [*i_planen, ting["tiltak_innsatsomrade"].slug, 1],
        "tiltak:gjeldende": [kommune.slug, "plan/"],
        "moter:forum_detail": [kommune.slug, ting["moter_forum"].slug],
        "admin:app_list": ["tiltak"],
        "admin:auth_user_password_change": [ting["slt_bruker"].pk],
    }
    if navn in {f"evaluering:indikator_{som}" for som in ("detail", "csv", "xlsx")}:
        egne[navn] = [kommune.slug, ting["evaluering_indikator"].slug]
    if navn.startswith("evaluering:tallimport") and not navn.endswith("_ny"):
        egne[navn] = [kommune.slug, ting["evaluering_tallimport"].pk]
    if navn.startswith("tiltak:planimport") and not navn.endswith("_ny"):
        egne[navn] = [kommune.slug, ting["tiltak_planimport"].pk]
    if navn.startswith("tiltak:regnearkimport"):
        egne[navn] = [*i_planen, ting["regnearkimport"].pk]
    if navn in {"moter:serie_ny", "moter:mote_ny"}:
        forum = ting["moter_forum"].slug
        return f"{reverse(navn, args=[kommune.slug])}?forum={forum}"
    if navn not in egne and navn.startswith(("moter:serie_", "moter:mote_")):
        modell = f"moter_{'moteserie' if 'serie' in navn else 'mote'}"
        egne[navn] = [kommune.slug, ting[modell].pk]
    if navn in egne:
        return reverse(navn, args=egne[navn])
    if navn in AV_EN_PLAN:
        return reverse(navn, args=i_planen)
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
    with suppress(NoReverseMatch):
        return reverse(navn)
    return reverse(navn, args=[kommune.slug])


SENDES = {
    "konto:endringsbrev": lambda ting: {"kommune": ting["kommune"].slug, "send": "1"},
    "konto:se_som": lambda ting: {"kommune": ting["kommune"].slug, "hva": "ansatt"},
    "admin:velg_kommune": lambda ting: {"kommune": ting["kommune"].pk},
    "tiltak:planimport_lest": lambda ting: {"blokker": "1", "lest": "1"},
}
SPORRES = {
    "admin:autocomplete": {
        "app_label": "tiltak",
        "model_name": "ansvar",
        "field_name": "tjeneste",
    },
}


@contextmanager
def angret(klient):
    """Whatever the client does inside the block is undone."""
    cookies = klient.cookies.copy()
    with som_en_test():
        yield
        transaction.set_rollback(True)
    klient.cookies = cookies


def svaret(klient, metode, sted, data):
    """How the site answers."""
    with angret(klient):
        svar = getattr(klient, metode)(sted, data)
    if svar.status_code == 302 and svar["Location"].startswith(
        ("/konto/logg-inn/", "/admin/login/")
    ):
        return "L"
    return svar.status_code


# Addresses ----------------------------------------------------------------------------


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(MATRISE) == {navn for navn, _url, _view in ruter()}


def test_every_address_of_what_stands_in_a_plan_has_a_row_for_a_draft(varianter):
    egen, _annen = varianter
    i_utkast, vanlig = egen["a draft"], egen["what everybody knows of"]

    flytter = {n for n in MATRISE if adresse(n, i_utkast) != adresse(n, vanlig)}

    assert set(UTKAST) == flytter
    assert flytter >= AV_EN_PLAN


def utdrag(navn, hva):
    """Parts of the tables, so that several processes share the work: the largest of them
    are cut in four."""
    sted = "in the admin" if navn.startswith("admin:") else "on the site"
    if hva not in {"what everybody knows of", "a draft"}:
        return sted
    return f"{sted}, {crc32(navn.encode()) % 4 + 1} of 4"


@pytest.mark.usefixtures("_documents_are_waited_for")
@pytest.mark.parametrize(
    ("hva", "del_"),
    sorted(
        {(hva, utdrag(navn, hva)) for hva, rader in TABELLER.items() for navn in rader}
    ),
)
def test_every_address_answers_each_role_as_the_matrix_says(
    hva, del_, varianter, klienter
):
    assert list(klienter) == ROLLER
    rader = {n: rad for n, rad in TABELLER[hva].items() if utdrag(n, hva) == del_}

    avvik = [
        f"{navn}, {metode}, {hvor}, {rolle}: {svar}, not {svarene[rolle]}"
        for navn, metoder in rader.items()
        for metode, ventet in zip(("get", "post"), metoder, strict=True)
        for hvor, sted, data, svarene in sporsmal(navn, metode, ventet, hva, varianter)
        for rolle, klient in klienter.items()
        if (svar := svaret(klient, metode, sted, data)) != svarene[rolle]
    ]

    assert avvik == [], "\n".join(avvik)


def sporsmal(navn, metode, ventet, hva, varianter):
    """[("own" or "other", address, what is sent, {role: answer})]; one where the address
    is the same for both kommuner, and so is the answer."""
    funnet = []
    rader = ventet if isinstance(ventet, tuple) else (ventet, ventet)
    for hvor, kommune, svarene in zip(("own", "other"), varianter, rader, strict=True):
        ting = kommune[hva]
        data = SPORRES.get(navn, {})
        if metode == "post":
            data = SENDES.get(navn, lambda _ting: {})(ting)
        funnet.append((hvor, adresse(navn, ting), data, svarene))
    egen, annen = funnet
    return [egen] if egen[1:] == annen[1:] else funnet


# Whether each role reads what the services see: of its own kommune and of the other.
LESER = {
    "ukjent": (False, False),
    "lenke": (True, False),
    "domene": (True, False),
    "ansatt": (True, False),
    "redaktor": (True, False),
    "politirad": (True, False),
    "medlem": (False, False),
    "koordinator": (True, False),
    "administrator": (True, True),
    "som publikum": (False, False),
    "som ansatt": (True, False),
    "som politirad": (True, False),
}


def leser(klient, verden):
    return tuple(
        ting["for tjenester"].visning
        in klient.get(adresse("tiltak:tjeneste_detail", ting)).text
        for ting in verden
    )


def test_each_role_reads_what_the_services_see_of_its_own_kommune(verden, klienter):
    assert {r: leser(klient, verden) for r, klient in klienter.items()} == LESER


# Whether each role reads what is not published: of its own kommune and of the other.
LESER_UPUBLISERT = dict.fromkeys(ROLLER, (False, False)) | {
    **dict.fromkeys(["politirad", "koordinator", "som politirad"], (True, False)),
    "administrator": (True, True),
}


def ordene_i(svar):
    """The words of a page or of a file."""
    if "spreadsheet" not in svar["Content-Type"]:
        return svar.content.decode()
    ark = load_workbook(BytesIO(svar.content)).active
    return "\n".join(str(celle) for rad in ark.values for celle in rad)


@pytest.mark.parametrize(
    ("navn", "viser"),
    [
        ("evaluering:kunnskap", "evaluering_funn"),
        ("evaluering:kunnskap", "evaluering_anbefaling"),
        ("evaluering:indikator_list", "evaluering_indikator"),
        ("evaluering:tall_csv", "evaluering_indikator"),
        ("evaluering:tall_xlsx", "evaluering_indikator"),
    ],
)
def test_each_role_reads_what_is_not_published_where_it_may(
    navn, viser, varianter, klienter
):
    hva = "an indicator that is not on the site"

    lest = {
        rolle: tuple(
            str(ting[hva][viser]) in ordene_i(klient.get(adresse(navn, ting[hva])))
            for ting in varianter
        )
        for rolle, klient in klienter.items()
    }

    assert lest == LESER_UPUBLISERT


@pytest.mark.parametrize("navn", ["tilgangslenke", "ansatt_lenke"])
def test_a_key_opens_its_own_kommune_alone(navn, verden, klienter):
    lest = {}
    for rolle, klient in klienter.items():
        for nr, ting in enumerate(verden):
            with angret(klient):
                klient.post(adresse(navn, ting))
                lest[rolle, nr] = leser(klient, verden)

    ventet = {}
    for rolle, (egen, annen) in LESER.items():
        apner = rolle not in SER_SOM
        ventet[rolle, 0] = (egen or apner, annen)
        ventet[rolle, 1] = (egen, annen or apner)
    assert lest == ventet


# {(model, field)} of every search field of the admin.
SOKEFELT = {
    (side.model, felt)
    for sider in admin.site._registry.values()
    for side in (sider, *sider.inlines)
    for felt in side.autocomplete_fields
}


def test_search_fields_find_nothing_of_another_kommune(verden, klienter):
    assert (Ansvar, "tjeneste") in SOKEFELT
    for modell, felt in SOKEFELT:
        til = modell._meta.get_field(felt).related_model._meta.label_lower
        egen, annen = (ting[til.replace(".", "_")] for ting in verden)
        sporsmal = {
            "app_label": modell._meta.app_label,
            "model_name": modell._meta.model_name,
            "field_name": felt,
        }

        def funnet(rad, sporsmal=sporsmal):
            svar = klienter["koordinator"].get(
                reverse("admin:autocomplete"), sporsmal | {"term": str(rad)}
            )
            return {int(treff["id"]) for treff in svar.json()["results"]}

        assert (modell, felt, egen.pk in funnet(egen)) == (modell, felt, True)
        assert (modell, felt, annen.pk in funnet(annen)) == (modell, felt, False)


# Commands -----------------------------------------------------------------------------

# For whoever has a shell on the server: the operator, and nobody by an address.
KOMMANDOER = {
    "anonymiser",
    "demo_bruker",
    "demo_moter",
    "demo_runde",
    "eksporter",
    "endringsbrev",
    "helse",
    "importer",
    "innsyn",
    "klargjor",
    "lag_pdf",
    "last_grunndata",
    "planlegg_moter",
    "runder",
    "rydd",
    "serve",
    "slett_kommune",
    "utsending",
}


def test_commands_are_the_operators_alone():
    assert {k for k, app in get_commands().items() if app in APPER} == KOMMANDOER
    rot = Path(innstillinger.BASE_DIR)

    nar_dem = [
        fil.relative_to(rot).as_posix()
        for app in APPER
        for fil in (rot / app).rglob("*.py")
        if "management" not in fil.relative_to(rot).parts
        and any(
            ord_ in fil.read_text(encoding="utf-8")
            for ord_ in ("core.management", "core import management", ".commands")
        )
    ]

    assert nar_dem == []


# Models -------------------------------------------------------------------------------

# Whether each role sees a row: of its own kommune and of the other.
ALLE = alle((True, True))
KOORDINATOR = alle((False, False)) | {
    "koordinator": (True, False),
    "administrator": (True, True),
}
MEDLEM = KOORDINATOR | {"medlem": (True, False)}
POLITIRAD = KOORDINATOR | dict.fromkeys(["politirad", "som politirad"], (True, False))

# {model: who sees a row of what is public; of a draft, for the services, or not on the
# site}.
SES_AV = {
    **dict.fromkeys(
        [
            Kommune,
            Lokalomrade,
            Sted,
            Stedsdel,
            Tema,
            Tjeneste,
            Tjenestemalgruppe,
            TjenesteTema,
            TilAnsatte,
            Veileder,
            VeilederTema,
        ],
        (ALLE, ALLE),
    ),
    Planrekke: (POLITIRAD, POLITIRAD),  # one that has no plan yet
    **dict.fromkeys(
        [
            Handlingsplan,
            Kapittel,
            Innsatsomrade,
            Malsetting,
            Styringsdokument,
            Tiltak,
            Plassering,
            Malgruppe,
            Ansvar,
            AnsvarKontaktpunkt,
            Lenke,
            TiltakLokalomrade,
            TiltakTema,
            TiltakVeileder,
            Opphav,
            Overgang,
            Registrering,
            Funn,
            Funnsvar,
            Faktor,
            Anbefaling,
            Anbefalingssvar,
            Grunnlag,
            Evaluering,
            Tiltaksvurdering,
            Milepal,
            Rapport,
            Kilde,
            Kildesteg,
            Medvirkning,
            Kalenderpunkt,
            Indikator,
            Malsettingsindikator,
            Omradeindikator,
            Tiltaksindikator,
            Maling,
        ],
        (ALLE, POLITIRAD),
    ),
    **dict.fromkeys([Kontaktpunkt, Apningstid, Bekreftelse, Aktivitet], (ALLE, LESER)),
    **dict.fromkeys([Motefri, Tjenestekommune], (ALLE, ALLE)),
    **dict.fromkeys(
        [Forum, Forumskommune, Forumsmedlem, Sendevei, Mote], (ALLE, KOORDINATOR)
    ),
    **dict.fromkeys(
        [
            Finansiering,
            Horing,
            Planleser,
            Innspill,
            Statusrapport,
            # One that is planned.
            Tilskudd,
            Tilskuddstiltak,
        ],
        (POLITIRAD, POLITIRAD),
    ),
    # Once it is finished, and before.
    **dict.fromkeys([Egenvurdering, Egenvurderingssvar], (POLITIRAD, KOORDINATOR)),
    Normsvar: (POLITIRAD, POLITIRAD),
    Moteserie: (MEDLEM, KOORDINATOR),
    Kalenderlenke: (KOORDINATOR, KOORDINATOR),
    **dict.fromkeys(
        [
            Tilgang,
            Tilgangslenke,
            Planlenke,
            SettDeling,
            Tjenesteredaktor,
            Tallimport,
            Rundeoppsett,
            Runde,
            Rundevalg,
            Rundelukking,
            Foresporsel,
            Svarlenke,
            Endringsforslag,
            # And who asked: of their own.
            Endringsbrev,
        ],
        (KOORDINATOR, KOORDINATOR),
    ),
}
# Shown by no list of their own: others than administrators see of users what rights they
# have, by the rows of those, of frozen files what they were made of, and of pictures the texts.
UTEN_LISTE = {Bilde, Bruker, Dokument}


def en_av_hver(ting, punkt):
    """{model: a row}: of the plan of these things, and of the contact point."""
    plan, tiltak, ansvar = (
        ting[hva] for hva in ("tiltak_handlingsplan", "tiltak_tiltak", "ansvar")
    )
    funn, anbefaling = ting["evaluering_funn"], ting["evaluering_anbefaling"]
    malsetting = Malsetting.objects.create(
        plan=plan, type="visjon", tekst="Trygg oppvekst"
    )
    rader = [
        *(
            rad
            for hva, rad in ting.items()
            if hva.startswith(("slt_", "tiltak_", "moter_", "evaluering_"))
        ),
        ting["plassering"],
        ting["overgang"],
        ansvar,
        punkt,
        Apningstid.objects.create(
            kontaktpunkt=punkt, fra_dag=0, til_dag=4, apner="08:00", stenger="15:00"
        ),
        BekreftelseFactory(kontaktpunkt=punkt),
        AnsvarKontaktpunkt.objects.create(ansvar=ansvar, kontaktpunkt=punkt),
        malsetting,
        *i_kilden(
            funn,
            ting["evaluering_indikator"],
            malsetting,
            ting["tiltak_innsatsomrade"],
            tiltak,
            ting["tiltak_tema"],
        ),
        Styringsdokument.objects.create(
            kommune=plan.kommune, plan=plan, tittel="Avtale"
        ),
        Malgruppe.objects.create(tiltak=tiltak, tekst="unge"),
        Lenke.objects.create(tiltak=tiltak, tittel="Mer", adresse="https://x.example"),
        FinansieringFactory(tiltak=tiltak),  # not published
        TiltakLokalomrade.objects.create(
            tiltak=tiltak, lokalomrade=ting["slt_lokalomrade"]
        ),
        TiltakTema.objects.create(tiltak=tiltak, tema=ting["tiltak_tema"]),
        TiltakVeileder.objects.create(tiltak=tiltak, veileder=ting["tiltak_veileder"]),
        VeilederTema.objects.create(
            veileder=ting["tiltak_veileder"], tema=ting["tiltak_tema"]
        ),
        TjenesteTemaFactory(tjeneste=ting["tiltak_tjeneste"], tema=ting["tiltak_tema"]),
        Tjenestemalgruppe.objects.create(
            tjeneste=ting["tiltak_tjeneste"], tekst="unge"
        ),
        Stedsdel.objects.create(
            helhet=StedFactory(kommune=ting["kommune"], type=Sted.Type.FLERE),
            sted=ting["slt_sted"],
        ),
        Funnsvar.objects.create(funn=funn, tiltak=tiltak),
        Grunnlag.objects.create(anbefaling=anbefaling, funn=funn),
        Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=tiltak),
        TilgangFactory(kommune=ting["kommune"]),
        TilgangslenkeFactory(kommune=ting["kommune"]),
        Endringsbrev.objects.create(kommune=ting["kommune"], bruker=BrukerFactory()),
        TjenesteredaktorFactory(tjeneste=ting["tiltak_tjeneste"]),
        SettDelingFactory(kommune=ting["kommune"]),
        ting["registrering"],
        ting["registrering"].dokument,
        ting["bilde"],
        HoringFactory(plan=plan),
        PlanlenkeFactory(plan=plan),
        InnspillFactory(plan=plan),
        PlanleserFactory(
            plan=plan, forum=ForumFactory(kommune=plan.kommune, navn="Leserne")
        ),
    ]
    return {type(rad): rad for rad in rader}


def brukeren(klient):
    """Who the site takes the client for."""
    return klient.get(reverse("forside")).wsgi_request.user


def test_every_model_says_who_sees_its_rows():
    modeller = {m for m in apps.get_models() if issubclass(m, Historisert)}

    assert modeller == set(SES_AV) | UTEN_LISTE
    assert not any(hasattr(m.objects, "synlige_for") for m in UTEN_LISTE)


@pytest.mark.parametrize(
    ("hva", "punkt", "kolonne"),
    [
        ("what everybody knows of", "tiltak_kontaktpunkt", 0),
        ("all that is closed", "for tjenester", 1),
    ],
)
def test_each_model_shows_each_role_what_it_may_see(
    hva, punkt, kolonne, varianter, klienter
):
    """By the one QuerySet that pages, documents, lists and searches ask."""
    rader = [en_av_hver(kommune[hva], kommune[hva][punkt]) for kommune in varianter]
    brukere = {rolle: brukeren(klient) for rolle, klient in klienter.items()}

    for modell, ventet in SES_AV.items():
        sett = {
            rolle: tuple(
                modell.objects.synlige_for(bruker).filter(pk=rad[modell].pk).exists()
                for rad in rader
            )
            for rolle, bruker in brukere.items()
        }
        assert (modell, sett) == (modell, ventet[kolonne])
