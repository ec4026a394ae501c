"""Logging in and out, passwords, one's own page, links for partners, and looking at the
site as others see it."""

from functools import partial
from inspect import getclosurevars, isroutine
from logging import getLogger
from urllib.parse import unquote, urljoin, urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
)
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, path, resolve, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.bremse import avsender, for_mange, forsok, tell
from slt.felles.epost import send, ved_siden
from slt.felles.innsyn import innsyn
from slt.felles.tilgang import (
    ANSATT,
    LENKER,
    SE_SOM,
    SOM,
    koordinert_kommune,
    mens_man_ser_som,
)
from slt.models import Bruker, Tilgangslenke

# Who logged in, and who did not: users by number, never by address.
sikkerhet = getLogger("slt.sikkerhet")

FOR_MANGE = _("For mange forsøk. Vent et kvarter, og prøv igjen.")
KVARTER = 15 * 60


def _grenser(request, epost):
    """[(who, how many tries in a quarter)]: an account from one place, all accounts from
    one place, and an account from everywhere. The last is high: else anybody could shut
    out anybody."""
    # As the database compares them: it takes dotless i for i.
    sted, konto = avsender(request), epost.strip().upper().lower()
    return [(f"{sted} {konto}", 10), (sted, 100), (konto, 200)]


class Innloggingsform(AuthenticationForm):
    """Logging in; only what fails counts as a try."""

    def clean(self):
        grenser = _grenser(self.request, self.cleaned_data.get("username") or "")
        if any(forsok("innlogging", hvem) >= antall for hvem, antall in grenser):
            sikkerhet.warning("log-in refused: too many tries")
            raise ValidationError(FOR_MANGE, code="for_mange")
        try:
            renset = super().clean()
        except ValidationError:
            for hvem, _antall in grenser:
                tell("innlogging", hvem, sekunder=KVARTER)
            sikkerhet.warning("log-in failed")
            raise
        if self.user_cache:
            sikkerhet.info("log-in of user %s", self.user_cache.pk)
        return renset


@method_decorator(login_not_required, name="dispatch")
class LogginnView(auth.LoginView):
    template_name = "konto/logg_inn.html"
    authentication_form = Innloggingsform
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        if request.ser_som:
            raise PermissionDenied("one is logged in, and looks as others")
        return super().dispatch(request, *args, **kwargs)

    def get_redirect_url(self):
        """Where `next` leads, unless it is only for sending to: such an address comes
        along when somebody was logged out before they pressed a button."""
        neste = super().get_redirect_url()
        sti = urlsplit(urljoin(self.request.path, neste)).path
        return neste if _kan_leses(unquote(sti)) else ""


def _kan_leses(sti):
    """Whether what is at the path takes GET; what is not there says so itself."""
    try:
        view = resolve(sti).func
    except Resolver404:
        return True
    if klasse := getattr(view, "view_class", None):
        return "get" in klasse.http_method_names
    return all("GET" in _metoder(lag) for lag in _lagene(view))


def _lagene(view):
    """A view and what its decorators stand around."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def _metoder(view):
    """What django.views.decorators.http lets through to a view."""
    if not isroutine(view):
        return ["GET"]
    return getclosurevars(view).nonlocals.get("request_method_list", ["GET"])


class GlemtForm(PasswordResetForm):
    """Asking for a link to choose a password, the first one too."""

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self):
        super().clean()
        grenser = _grenser(self.request, self.cleaned_data.get("email") or "")
        for hvem, _antall in grenser:
            tell("glemt", hvem, sekunder=KVARTER)
        if any(forsok("glemt", hvem) > antall for hvem, antall in grenser):
            sikkerhet.warning("password link refused: too many tries")
            raise ValidationError(FOR_MANGE, code="for_mange")
        return self.cleaned_data

    def save(self, **valg):
        """Finds out who is to have mail, and does all else beside the request: with and
        without a user it does the same."""
        # Django leaves out those who have no password yet: here, whoever was invited.
        funnet = Bruker.objects.med_epost(self.cleaned_data["email"])
        self.funnet = list(funnet.filter(is_active=True))
        ved_siden(partial(super().save, **valg))

    def get_users(self, email):
        return self.funnet

    def send_mail(self, emnemal, mal, kontekst, fra, til, *args, **valg):
        send(til, render_to_string(emnemal, kontekst), mal, kontekst)


class GlemtView(auth.PasswordResetView):
    template_name = "konto/glemt.html"
    email_template_name = "konto/epost/glemt.txt"
    subject_template_name = "konto/epost/glemt_emne.txt"
    form_class = GlemtForm
    success_url = reverse_lazy("konto:glemt_sendt")

    @property
    def extra_email_context(self):
        """Where the link leads: the host that somebody asked by is not to be trusted
        where the site knows its own."""
        if not settings.SITE_URL:
            return None
        sted = urlsplit(settings.SITE_URL)
        return {"protocol": sted.scheme, "domain": sted.netloc}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}


class NyttPassordView(auth.PasswordResetConfirmView):
    template_name = "konto/nytt_passord.html"
    success_url = reverse_lazy("konto:min_side")
    post_reset_login = True

    def get_user(self, uidb64):
        # A link that was sent before the user was closed opens nothing.
        bruker = super().get_user(uidb64)
        return bruker if bruker and bruker.is_active else None

    def form_valid(self, form):
        sikkerhet.info("new password of user %s, by link", self.user.pk)
        svar = super().form_valid(form)
        messages.success(self.request, _("Passordet er valgt, og du er logget inn."))
        return svar


class Bytteform(PasswordChangeForm):
    """Changing the password; guessing at the old one is slowed like logging in."""

    def clean_old_password(self):
        if forsok("bytte", self.user.pk) >= 10:
            raise ValidationError(FOR_MANGE, code="for_mange")
        try:
            return super().clean_old_password()
        except ValidationError:
            tell("bytte", self.user.pk, sekunder=KVARTER)
            raise


class BytteView(auth.PasswordChangeView):
    template_name = "konto/passord.html"
    form_class = Bytteform
    success_url = reverse_lazy("konto:min_side")

    def form_valid(self, form):
        sikkerhet.info("new password of user %s", self.request.user.pk)
        svar = super().form_valid(form)
        messages.success(self.request, _("Passordet er byttet."))
        return svar


class Navneform(forms.ModelForm):
    class Meta:
        model = Bruker
        fields = ["navn"]


@never_cache
@require_http_methods(["GET", "POST"])
def min_side(request):
    """What the user may, what is stored about them, and the ways on. Takes their name."""
    kommuner = list(request.user.koordinerer)
    bruker = Bruker.objects.get(pk=request.user.pk)
    skjema = Navneform(
        request.POST if request.method == "POST" else None, instance=bruker
    )
    if request.method == "POST" and skjema.is_valid():
        skjema.save()
        messages.success(request, _("Navnet er lagret."))
        return redirect("konto:min_side")
    return render(
        request,
        "konto/min_side.html",
        {
            "tilganger": request.user.tilganger.gyldige().select_related("kommune"),
            "redaktor_for": request.user.redaktor_for.gyldige().select_related(
                "tjeneste__kommune"
            ),
            "kommuner": kommuner,
            "skjema": skjema,
            "vis_meldinger": True,
        },
        status=422 if skjema.errors else 200,
    )


@never_cache
@require_safe
def mine_opplysninger(request):
    """All that is stored about the user, to take along."""
    svar = JsonResponse(
        innsyn(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    svar["Content-Disposition"] = 'attachment; filename="mine-opplysninger.json"'
    return svar


# Links for partners -------------------------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def lenke(request, nokkel):
    """Lets in whoever has the link. Only at the press of a button: programs that look at
    links in mail do not press."""
    lenken = (
        Tilgangslenke.objects.gyldige()
        .select_related("kommune")
        .filter(avtrykk=Tilgangslenke.avtrykk_av(nokkel))
        .first()
    )
    if lenken is None and for_mange(
        "lenke", avsender(request), antall=60, sekunder=KVARTER
    ):
        return render(request, "konto/lenke.html", {"for_mange": True}, status=429)
    if lenken and request.method == "POST":
        apnet = request.session.get(LENKER, [])
        request.session.cycle_key()
        request.session[LENKER] = [*{*apnet, lenken.pk}]
        return redirect("tiltak:tjeneste_list", lenken.kommune.slug)
    return render(
        request,
        "konto/lenke.html",
        {"lenke": lenken, "kommune": lenken and lenken.kommune},
        status=200 if lenken else 404,
    )


@login_not_required
@require_POST
def glem_lenker(request):
    """Ends what links opened in this browser; whoever is logged in stays so."""
    for nokkel in (LENKER, ANSATT):
        request.session.pop(nokkel, None)
    return redirect("forside")


# As others see it ---------------------------------------------------------------------


@require_POST
def se_som(request):
    """A coordinator looks at the site as the public, a tjeneste or the politiråd would."""
    kommune = koordinert_kommune(request.user, request.POST.get("kommune", ""))
    if kommune is None or request.POST.get("hva") not in SOM:
        raise PermissionDenied
    request.session[SE_SOM] = [kommune.pk, request.POST["hva"]]
    return redirect(kommune)


@mens_man_ser_som
@login_not_required
@require_POST
def se_som_seg_selv(request):
    """The way back."""
    request.session.pop(SE_SOM, None)
    return redirect("konto:min_side")


app_name = "konto"
urlpatterns = [
    path(
        "logg-inn/",
        LogginnView.as_view(),
        name="logg_inn",
    ),
    # Who is not logged in has nothing to lose by logging out.
    path(
        "logg-ut/",
        mens_man_ser_som(login_not_required(auth.LogoutView.as_view())),
        name="logg_ut",
    ),
    path("", min_side, name="min_side"),
    path("mine-opplysninger.json", mine_opplysninger, name="mine_opplysninger"),
    path(
        "passord/",
        never_cache(BytteView.as_view()),
        name="passord",
    ),
    path("glemt/", login_not_required(GlemtView.as_view()), name="glemt"),
    path(
        "glemt/sendt/",
        login_not_required(
            auth.PasswordResetDoneView.as_view(template_name="konto/glemt_sendt.html")
        ),
        name="glemt_sendt",
    ),
    path(
        "nytt-passord/<uidb64>/<token>/",
        login_not_required(NyttPassordView.as_view()),
        name="nytt_passord",
    ),
    path("glem-lenker/", glem_lenker, name="glem_lenker"),
    path("se-som/", se_som, name="se_som"),
    path("se-som/slutt/", se_som_seg_selv, name="se_som_slutt"),
]
