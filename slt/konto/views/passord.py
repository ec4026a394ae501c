"""Logging in, and passwords."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from slt.felles.epost import nettsted_i_epost
from slt.felles.malform import malform_i_epost
from slt.konto.forms import BytteForm, GlemtForm, InnloggingForm, sikkerhet


@method_decorator(login_not_required, name="dispatch")
class LogginnView(auth.LoginView):
    template_name = "konto/logg_inn.html"
    authentication_form = InnloggingForm
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        if request.ser_som:
            raise PermissionDenied("one is logged in, and looks as others")
        return super().dispatch(request, *args, **kwargs)


class GlemtView(auth.PasswordResetView):
    template_name = "konto/glemt.html"
    email_template_name = "konto/epost/glemt.txt"
    subject_template_name = "konto/epost/glemt_emne.txt"
    form_class = GlemtForm
    success_url = reverse_lazy("konto:glemt_sendt")

    @property
    def extra_email_context(self):
        """Where the link leads: not to whatever the asker wrote."""
        protokoll, vert = nettsted_i_epost(self.request)
        return {"protocol": protokoll, "domain": vert}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}


class NyttPassordView(auth.PasswordResetConfirmView):
    template_name = "konto/nytt_passord.html"
    success_url = reverse_lazy("inn")
    post_reset_login = True

    def get_user(self, uidb64):
        # A link that was sent before the user was closed opens nothing.
        bruker = super().get_user(uidb64)
        return bruker if bruker and bruker.is_active else None

    def get(self, *args, **kwargs):
        return self._i_malformen(super().get, *args, **kwargs)

    def post(self, *args, **kwargs):
        return self._i_malformen(super().post, *args, **kwargs)

    def _i_malformen(self, view, *args, **kwargs):
        """Answers in the language of whoever has the link, which holds; to all others
        the page says nothing of whom it is about."""
        with override(malform_i_epost(self.user)):
            svar = view(*args, **kwargs)
            if hasattr(svar, "render"):
                svar.render()  # while the language holds
        return svar

    def form_valid(self, form):
        sikkerhet.info("new password of user %s, by link", self.user.pk)
        svar = super().form_valid(form)
        kvittering = gettext("Passordet er valgt, og du er logget inn.")
        messages.success(self.request, kvittering)
        return svar


class BytteView(auth.PasswordChangeView):
    template_name = "konto/passord.html"
    form_class = BytteForm
    success_url = reverse_lazy("konto:min_side")

    def form_valid(self, form):
        sikkerhet.info("new password of user %s", self.request.user.pk)
        svar = super().form_valid(form)
        messages.success(self.request, _("Passordet er byttet."))
        return svar
