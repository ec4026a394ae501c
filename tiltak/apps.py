from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TiltakConfig(AppConfig):
    name = "tiltak"
    verbose_name = _("Handlingsplanen")

    def ready(self):
        # Models can't be imported before all apps are there.
        from slt.models import LESERETTER
        from tiltak.models.redaktorer import redaktorers_kommuner

        LESERETTER.append(redaktorers_kommuner)
