"""The forms of accounts: logging in, passwords, and giving access."""

from datetime import timedelta
from functools import partial
from logging import getLogger

from django import forms
from django.conf import settings
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
)
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from slt.felles.bremse import avsender, forsok, tell
from slt.felles.epost import send, ved_siden
from slt.felles.forms import Dato
from slt.felles.kjente import kjente
from slt.felles.malform import malform_i_epost
from slt.grunn.epostadresse import Adressefelt, normal_adresse
from slt.grunn.tekst import Epostfelt
from slt.grunn.tid import Dagfelt, sjekk_dag
from slt.models import Bruker, Tilgang, Tilgangslenke, Utsending
from tiltak.models import Tjeneste

# It tells who logged in, and that somebody did not: users by number, never by address.
sikkerhet = getLogger("slt.sikkerhet")


FOR_MANGE = _("For mange forsøk. Vent et kvarter, og prøv igjen.")


KVARTER = 15 * 60


def _grenser(request, epost):
    """Returns [(who, how many tries in a quarter of an hour)]: an account from one place,
    all accounts from one place, and an account from everywhere. The last is high: else
    anybody could shut out anybody."""
    sted = avsender(request)
    try:
        konto = normal_adresse(epost)
    except ValidationError:  # nobody has it
        konto = epost.strip().casefold()
    return [(f"{sted} {konto}", 10), (sted, 100), (konto, 200)]


class InnloggingForm(AuthenticationForm):
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


class GlemtForm(PasswordResetForm):
    """Asking for a link to choose a password, the first one too."""

    email = Epostfelt(
        label=PasswordResetForm.base_fields["email"].label,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

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
        # In the language of its receiver; the other thread would know of none.
        self.malform = malform_i_epost(self.funnet[0] if self.funnet else None)
        ved_siden(partial(super().save, **valg))

    def get_users(self, email):
        return self.funnet

    def send_mail(self, emnemal, mal, kontekst, fra, til, *args, **valg):
        with override(self.malform):
            send(
                til,
                render_to_string(emnemal, kontekst),
                mal,
                kontekst,
                slag=Utsending.Slag.PASSORD,
                varer=timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
            )


class BytteForm(PasswordChangeForm):
    """Changing the password; guessing at the old one is slowed like logging in."""

    def clean_old_password(self):
        if forsok("bytte", self.user.pk) >= 10:
            raise ValidationError(FOR_MANGE, code="for_mange")
        try:
            return super().clean_old_password()
        except ValidationError:
            tell("bytte", self.user.pk, sekunder=KVARTER)
            raise


class NavnForm(forms.ModelForm):
    class Meta:
        model = Bruker
        fields = ["navn"]


class AdresseForm(forms.Form):
    epost = Adressefelt(label=_("e-postadressen din på jobb"), max_length=254)

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune = kommune

    def clean_epost(self):
        epost = self.cleaned_data["epost"]
        if epost.rpartition("@")[2] not in self.kommune.domener:
            raise forms.ValidationError(
                _("Adressen må slutte på %s.") % _(" eller ").join(self.kommune.domener)
            )
        return epost


REDAKTOR = "redaktor"


# The role that may least comes first: what is chosen already gives nothing away.
ROLLER = [
    *reversed(Tilgang.Rolle.choices),
    (REDAKTOR, _("redaktør for en tjeneste")),
]


def om_et_ar():
    return timezone.localdate() + timedelta(days=365)


class Sluttdatofelt(Dagfelt):
    """The last day of an access; empty where it has none."""

    widget = Dato

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text", _("Tomt betyr at tilgangen gjelder til den avsluttes.")
        )
        super().__init__(label=_("til og med"), required=False, **kwargs)

    default_validators = [sjekk_dag]

    def validate(self, value):
        super().validate(value)
        if value and value < timezone.localdate():
            raise forms.ValidationError(_("Datoen er passert."), code="passert")


class InvitasjonForm(forms.Form):
    """Who is to have access, as what, and for how long; to whom has it already, for how
    long from now on."""

    epost = Adressefelt(label=_("e-post"), max_length=254)
    rolle = forms.ChoiceField(label=_("rolle"), choices=ROLLER)
    tjeneste = forms.ModelChoiceField(
        Tjeneste.objects.none(),
        label=_("tjeneste"),
        required=False,
        help_text=_("Bare for redaktører: tjenesten de holder ved like."),
    )
    til = Sluttdatofelt(
        help_text=_(
            "Tomt betyr at tilgangen gjelder til den avsluttes, også for den som har en "
            "sluttdato fra før."
        )
    )

    def __init__(self, *args, kommune, av, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune, self.av = kommune, av
        self.fields["tjeneste"].queryset = kommune.tjenester.virksomme()

    def clean_epost(self):
        epost = self.cleaned_data["epost"]
        bruker = Bruker.objects.med_epost(epost).first()
        if bruker is None:
            Bruker._meta.get_field("epost").run_validators(epost)
        elif not bruker.is_active and kjente(self.kommune, [bruker]):
            raise forms.ValidationError(
                _("Brukeren er stengt. Be en administrator om å åpne den.")
            )
        return epost

    def clean(self):
        data = super().clean()
        if "rolle" in data and "tjeneste" in data:
            self._sjekk_tjenesten(data["rolle"] == REDAKTOR, data["tjeneste"])
        if not self.errors and self._er_ens_egen():
            raise forms.ValidationError(
                _("Du kan ikke endre din egen tilgang. Be en annen gjøre det.")
            )
        return data

    def _sjekk_tjenesten(self, er_redaktor, tjeneste):
        if er_redaktor and not tjeneste:
            self.add_error("tjeneste", _("Velg tjenesten redaktøren holder ved like."))
        elif tjeneste and not er_redaktor:
            self.add_error("tjeneste", _("Tjeneste velges bare for redaktører."))

    def _er_ens_egen(self):
        egne = self.av.tilganger.ikke_over().filter(
            kommune=self.kommune, rolle=self.cleaned_data["rolle"]
        )
        epost = self.cleaned_data["epost"]
        return egne.filter(bruker__in=Bruker.objects.med_epost(epost)).exists()


class TilgangslenkeForm(forms.ModelForm):
    """A link for a partner without accounts."""

    til = Sluttdatofelt(initial=om_et_ar)

    class Meta:
        model = Tilgangslenke
        fields = ["mottaker", "til"]
