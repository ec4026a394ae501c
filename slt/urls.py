"""All addresses. What the site needs itself comes first: those words are refused as
the address of a kommune (slt.models.RESERVERTE_SLUGGER)."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import require_safe

from evaluering.sitemaps import SITEMAPS as KUNNSKAP
from moter.kalender import views as kalendersider
from moter.sitemaps import SITEMAPS as FORA
from slt import bilder, views
from slt.arbeidsflate.views import arbeidsflate, inn
from slt.arshjul import views as arshjulsider
from slt.endringer import endret as endretsider
from slt.endringer import views as endringssider
from slt.endringer.feed import endret_atom
from slt.endringer.historikk import historikk
from slt.innstillinger import views as innstillinger
from slt.konto.views import tilganger
from slt.konto.views.ansatt import ansatt, ansatt_lenke
from slt.konto.views.tilgangslenker import tilgangslenke
from slt.nykommune import views as nykommune
from slt.sok.views import sok, uten_treff
from slt.start import views as startsider
from slt.utsendinger import views as utsendinger
from tiltak.innspill.views.lesernes import planlenke
from tiltak.runder.views.svar import svarlenke
from tiltak.sitemaps import SITEMAPS as PLANER


class TilgangstypeConverter(StringConverter):
    """What type of access: a role, the keeping of a tjeneste, a link."""

    regex = "|".join(tilganger.TILGANGSTYPER)


SITEMAPS = PLANER | FORA | KUNNSKAP

register_converter(TilgangstypeConverter, "tilgangstype")


class BildekodeConverter(StringConverter):
    """The code of a picture."""

    regex = "[a-p]{32}"


class BildetypeConverter(StringConverter):
    regex = "png|jpg"


register_converter(BildekodeConverter, "bildekode")
register_converter(BildetypeConverter, "bildetype")

urlpatterns = [
    path("", views.forside, name="forside"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("skjemaord.js", views.skjemaord, name="skjemaord"),
    path("sw.js", views.sw, name="sw"),
    path(
        "sitemap.xml",
        login_not_required(require_safe(index)),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemap_index",
    ),
    path(
        "sitemap-<section>.xml",
        login_not_required(require_safe(sitemap)),
        {"sitemaps": SITEMAPS},
        name="sitemap",
    ),
    path("admin/", admin.site.urls),
    path("bilder/<bildekode:kode>.<bildetype:type_>", bilder.bilde, name="bilde"),
    path("hjelp/", include("slt.hjelp.urls")),
    path("konto/inn/", inn, name="inn"),
    path("konto/", include("slt.konto.urls")),
    # One's own page of the meetings.
    path("konto/kalender/", kalendersider.mine_kalendere, name="mine_kalendere"),
    path(
        "konto/kalender/<int:pk>/trekk/",
        kalendersider.min_kalender_trekk,
        name="min_kalender_trekk",
    ),
    path("kommuner/ny/", nykommune.kommune_ny, name="kommune_ny"),
    path(
        "kommuner/utsendinger/",
        utsendinger.utsendinger_uten_kommune,
        name="utsendinger_uten_kommune",
    ),
    path(
        "kommuner/utsendinger/<int:pk>/la-ligge/",
        utsendinger.utsending_uten_kommune_ligge,
        name="utsending_uten_kommune_ligge",
    ),
    path("kommuner/", startsider.kommuner, name="kommuner"),
    path("lenke/<str:nokkel>/", tilgangslenke, name="tilgangslenke"),
    path("lenke/plan/<str:nokkel>/", planlenke, name="planlenke"),
    path("lenke/svar/<str:nokkel>/", svarlenke, name="svarlenke"),
    path(
        "lenke/kalender/<str:nokkel>.ics",
        kalendersider.kalenderlenke,
        name="kalenderlenke",
    ),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("<slug:kommune>/sok/", sok, name="sok"),
    path("<slug:kommune>/sok/uten-treff/", uten_treff, name="sok_uten_treff"),
    path("<slug:kommune>/personvern/", views.personvern, name="personvern"),
    path("<slug:kommune>/ansatt/", ansatt, name="ansatt"),
    path("<slug:kommune>/ansatt/<str:nokkel>/", ansatt_lenke, name="ansatt_lenke"),
    path("<slug:kommune>/tilganger/", tilganger.tilganger, name="tilganger"),
    path(
        "<slug:kommune>/tilganger/tilganger.csv",
        tilganger.tilganger_csv,
        name="tilganger_csv",
    ),
    path(
        "<slug:kommune>/tilganger/<tilgangstype:tilgangstype>/<int:pk>/avslutt/",
        tilganger.tilgang_avslutt,
        name="tilgang_avslutt",
    ),
    path(
        "<slug:kommune>/tilganger/<tilgangstype:tilgangstype>/<int:pk>/avslutt-alt/",
        tilganger.tilgang_avslutt_alt,
        name="tilgang_avslutt_alt",
    ),
    path(
        "<slug:kommune>/tilganger/<tilgangstype:tilgangstype>/<int:pk>/inviter/",
        tilganger.inviter_igjen,
        name="inviter_igjen",
    ),
    path(
        "<slug:kommune>/tilganger/lenke/",
        tilganger.tilgangslenke_ny,
        name="tilgangslenke_ny",
    ),
    path("<slug:kommune>/utsendinger/", utsendinger.utsendinger, name="utsendinger"),
    path(
        "<slug:kommune>/utsendinger/<int:pk>/la-ligge/",
        utsendinger.utsending_ligge,
        name="utsending_ligge",
    ),
    path("<slug:kommune>/bilder/", bilder.bilde_nytt, name="bilde_nytt"),
    path("<slug:kommune>/arbeidsflate/", arbeidsflate, name="arbeidsflate"),
    path("<slug:kommune>/startsett/", nykommune.startsett, name="startsett"),
    path("<slug:kommune>/start/", startsider.start, name="start"),
    # Settings; each app has its own beside these ---------------------------------------
    path(
        "<slug:kommune>/innstillinger/",
        innstillinger.innstillinger,
        name="innstillinger",
    ),
    path(
        "<slug:kommune>/innstillinger/kommunen/",
        innstillinger.om_kommunen,
        name="innstillinger_kommune",
    ),
    path(
        "<slug:kommune>/innstillinger/deler/",
        innstillinger.deler,
        name="innstillinger_deler",
    ),
    path(
        "<slug:kommune>/innstillinger/lokalomrader/",
        innstillinger.lokalomrader,
        name="innstillinger_lokalomrader",
    ),
    path(
        "<slug:kommune>/innstillinger/steder/",
        innstillinger.steder,
        name="innstillinger_steder",
    ),
    path(
        "<slug:kommune>/innstillinger/steder/<int:pk>/",
        innstillinger.sted,
        name="innstillinger_sted",
    ),
    path(
        "<slug:kommune>/historikk/<str:modell>/<int:pk>/", historikk, name="historikk"
    ),
    path("<slug:kommune>/endringer/", endretsider.EndretView.as_view(), name="endret"),
    path("<slug:kommune>/endringer.atom", endret_atom, name="endret_atom"),
    path("<slug:kommune>/endringer.pdf", endretsider.endret_pdf, name="endret_pdf"),
    path("<slug:kommune>/arshjul/", arshjulsider.ArshjulView.as_view(), name="arshjul"),
    path("<slug:kommune>/arshjul.pdf", arshjulsider.arshjul_pdf, name="arshjul_pdf"),
    path("<slug:kommune>/arshjul.ics", arshjulsider.arshjul_ics, name="arshjul_ics"),
    path("<slug:kommune>/slettet/", endringssider.slettet, name="slettet"),
    path(
        "<slug:kommune>/slettet/<uuid:samling>/hent/",
        endringssider.slettet_hent,
        name="slettet_hent",
    ),
    path(
        "<slug:kommune>/tidligere/<str:modell>/<int:pk>/",
        endringssider.tidligere,
        name="tidligere",
    ),
    path("<slug:kommune>/", views.kommune_detail, name="kommune"),
    path("<slug:kommune>/", include("evaluering.urls")),
    path("<slug:kommune>/", include("moter.urls")),
    path("<slug:kommune>/", include("tiltak.urls")),
]

handler400 = "slt.views.forstar_ikke"
handler403 = "slt.views.ingen_tilgang"
handler404 = "slt.views.finnes_ikke"
handler500 = "slt.views.noe_gikk_galt"
