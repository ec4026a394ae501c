"""Who may what in a kommune: its coordinators invite people, and take access away,
without an administrator."""

import secrets

from django import forms
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as oversatt
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from slt.felles.bevart import i_malformen
from slt.felles.bremse import for_mange
from slt.felles.eksport import csv_svar
from slt.felles.epost import hele_adressen, send
from slt.felles.tilgang import koordinert_kommune
from slt.models import Bruker, Tilgang, Tilgangslenke
from tiltak.models import Handlingsplan, Tjeneste, Tjenesteredaktor

REDAKTOR = "redaktor"
# Those who may least come first: what is chosen already gives nothing away.
ROLLER = [
    *reversed(Tilgang.Rolle.choices),
    (REDAKTOR, _("redaktør for en tjeneste")),
]
INVITASJONER_I_DOGNET = 100
# {kind, as it stands in addresses: model}.
SLAG = {
    "tilgang": Tilgang,
    "redaktor": Tjenesteredaktor,
    "lenke": Tilgangslenke,
}


def _egen(request, slug):
    """The kommune, if the user coordinates it; else it is as if it were not there."""
    kommune = koordinert_kommune(request.user, slug)
    if kommune is None:
        raise Http404
    return kommune


class Invitasjonsform(forms.Form):
    """Who is to have access, as what, and for how long."""

    epost = forms.EmailField(label=_("e-post"), max_length=254)
    rolle = forms.ChoiceField(label=_("rolle"), choices=ROLLER)
    tjeneste = forms.ModelChoiceField(
        Tjeneste.objects.none(),
        label=_("tjeneste"),
        required=False,
        help_text=_("Bare for redaktører: tjenesten de holder ved like."),
    )
    til = forms.DateField(
        label=_("til og med"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Tomt betyr at tilgangen gjelder til den avsluttes."),
    )

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune = kommune
        self.fields["tjeneste"].queryset = kommune.tjenester.virksomme()

    def clean_epost(self):
        epost = self.cleaned_data["epost"].lower()
        bruker = Bruker.objects.filter(epost__iexact=epost).first()
        if bruker is None:
            Bruker._meta.get_field("epost").run_validators(epost)
        elif not bruker.is_active:
            raise forms.ValidationError(
                _("Brukeren er stengt. Be en administrator om å åpne den.")
            )
        return epost

    def clean_til(self):
        til = self.cleaned_data["til"]
        if til and til < timezone.localdate():
            raise forms.ValidationError(_("Datoen er passert."))
        return til

    def clean(self):
        data = super().clean()
        er_redaktor = data.get("rolle") == REDAKTOR
        if er_redaktor and not data.get("tjeneste") and "tjeneste" not in self.errors:
            self.add_error("tjeneste", _("Velg tjenesten redaktøren holder ved like."))
        if data.get("rolle") and not er_redaktor:
            data["tjeneste"] = None
        if not self.errors and self._har_den():
            raise forms.ValidationError(_("Brukeren har allerede denne tilgangen."))
        return data

    def _har_den(self):
        data = self.cleaned_data
        hvem = {"bruker__epost__iexact": data["epost"]}
        if data["rolle"] == REDAKTOR:
            rader = Tjenesteredaktor.objects.filter(tjeneste=data["tjeneste"], **hvem)
        else:
            rader = Tilgang.objects.filter(
                kommune=self.kommune, rolle=data["rolle"], **hvem
            )
        return rader.ikke_over().exists()

    def gi_tilgang(self):
        """Makes the user if need be, and the right. Returns the user."""
        data = self.cleaned_data
        bruker = Bruker.objects.filter(epost__iexact=data["epost"]).first()
        if bruker is None:
            bruker = Bruker.objects.create_user(data["epost"])
        rolle = data["rolle"]
        if rolle == REDAKTOR:
            Tjenesteredaktor.objects.create(
                bruker=bruker, tjeneste=data["tjeneste"], til=data["til"]
            )
            return bruker
        felles = {"bruker": bruker, "kommune": self.kommune}
        if not Tilgang.objects.ikke_over().filter(rolle=rolle, **felles).exists():
            Tilgang.objects.create(rolle=rolle, til=data["til"], **felles)
        return bruker


class Lenkeform(forms.ModelForm):
    """A link for a partner without accounts."""

    class Meta:
        model = Tilgangslenke
        fields = ["mottaker", "til"]
        widgets = {"til": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def clean_til(self):
        til = self.cleaned_data["til"]
        if til and til < timezone.localdate():
            raise forms.ValidationError(_("Datoen er passert."))
        return til


def _side(request, kommune, *, skjema=None, lenkeskjema=None, ny_lenke="", status=200):
    return render(
        request,
        "slt/tilganger.html",
        {
            "kommune": kommune,
            "plan": Handlingsplan.objects.gjeldende().filter(kommune=kommune).first(),
            "rader": _rader(request.user, kommune),
            "lenker": Tilgangslenke.objects.synlige_for(request.user)
            .ikke_over()
            .filter(kommune=kommune),
            "skjema": skjema or Invitasjonsform(kommune=kommune, prefix="inviter"),
            "lenkeskjema": lenkeskjema or Lenkeform(prefix="lenke"),
            "ny_lenke": ny_lenke,
            "vis_meldinger": True,
        },
        status=status,
    )


def _rader(bruker, kommune):
    """What holds today: (kind, row, who, what), those who may most first."""
    tilganger = (
        Tilgang.objects.synlige_for(bruker)
        .ikke_over()
        .filter(kommune=kommune)
        .select_related("bruker")
    )
    redaktorer = (
        Tjenesteredaktor.objects.synlige_for(bruker)
        .ikke_over()
        .filter(tjeneste__kommune=kommune)
        .select_related("bruker", "tjeneste")
    )
    roller = list(Tilgang.Rolle)
    return [
        *(
            {"slag": "tilgang", "rad": t, "hva": t.get_rolle_display()}
            for t in sorted(tilganger, key=lambda t: (roller.index(t.rolle), t.pk))
        ),
        *(
            {
                "slag": "redaktor",
                "rad": r,
                "hva": oversatt("redaktør: %s") % r.tjeneste,
            }
            for r in redaktorer
        ),
    ]


@never_cache
@require_http_methods(["GET", "POST"])
@i_malformen
def tilganger(request, kommune):
    """Who may what, and the form that invites one more."""
    kommune = _egen(request, kommune)
    if request.method == "GET":
        return _side(request, kommune)
    skjema = Invitasjonsform(request.POST, kommune=kommune, prefix="inviter")
    if not skjema.is_valid():
        return _side(request, kommune, skjema=skjema, status=422)
    if for_mange(
        "inviter", request.user.pk, antall=INVITASJONER_I_DOGNET, sekunder=86400
    ):
        skjema.add_error(None, _("Du har invitert mange i dag. Prøv igjen i morgen."))
        return _side(request, kommune, skjema=skjema, status=429)
    with transaction.atomic():
        bruker = skjema.gi_tilgang()
    if _si_fra(request, bruker, kommune):
        messages.success(request, _("Tilgangen er gitt, og e-posten er sendt."))
    else:
        messages.warning(
            request,
            _(
                "Tilgangen er gitt, men e-posten kom ikke av gårde. Be mottakeren velge "
                "«Glemt passordet?» på innloggingssiden."
            ),
        )
    return redirect("tilganger", kommune.slug)


def _si_fra(request, bruker, kommune):
    """Tells the user by mail; who has no password yet gets a link to choose one."""
    passord = ""
    if not bruker.has_usable_password():
        passord = hele_adressen(
            request,
            reverse(
                "konto:nytt_passord",
                args=[
                    urlsafe_base64_encode(force_bytes(bruker.pk)),
                    default_token_generator.make_token(bruker),
                ],
            ),
        )
    return send(
        bruker.epost,
        oversatt("Tilgang til SLT i %s") % kommune,
        "konto/epost/invitasjon.txt",
        {
            "kommune": kommune,
            "adresse": hele_adressen(request, reverse("konto:logg_inn")),
            "passord": passord,
        },
    )


@require_POST
@i_malformen
def tilgang_avslutt(request, kommune, slag, pk):
    """Takes access away from today on."""
    kommune = _egen(request, kommune)
    rader = SLAG[slag].objects.synlige_for(request.user).ikke_over()
    rad = get_object_or_404(rader, pk=pk, **{SLAG[slag].kommune_sti: kommune})
    if slag == "tilgang" and rad.bruker == request.user:
        messages.warning(
            request, _("Du kan ikke avslutte din egen tilgang. Be en annen gjøre det.")
        )
    else:
        rad.avslutt()
        messages.success(request, _("Tilgangen er avsluttet."))
    return redirect("tilganger", kommune.slug)


@never_cache
@require_POST
@i_malformen
def lenke_ny(request, kommune):
    """Makes a link and shows it, this once."""
    kommune = _egen(request, kommune)
    skjema = Lenkeform(request.POST, prefix="lenke")
    nokkel = secrets.token_urlsafe(32)
    skjema.instance.kommune = kommune
    skjema.instance.avtrykk = Tilgangslenke.avtrykk_av(nokkel)
    if not skjema.is_valid():
        return _side(request, kommune, lenkeskjema=skjema, status=422)
    skjema.save()
    adresse = hele_adressen(request, reverse("lenke", args=[nokkel]))
    return _side(request, kommune, ny_lenke=adresse)


@never_cache
@require_safe
@i_malformen
def tilganger_csv(request, kommune):
    """The same list as a spreadsheet reads it, for the kommune's own control."""
    kommune = _egen(request, kommune)
    rader = [
        [rad["rad"].bruker.epost, rad["hva"], rad["rad"].fra, rad["rad"].til or ""]
        for rad in _rader(request.user, kommune)
    ]
    hode = [
        oversatt("e-post"),
        oversatt("rolle"),
        oversatt("fra og med"),
        oversatt("til og med"),
    ]
    return csv_svar(f"tilganger-{kommune.slug}.csv", [hode, *rader])
