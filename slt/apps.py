from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SltConfig(AppConfig):
    name = "slt"
    verbose_name = _("Kommuner og tilgang")

    def ready(self):
        from slt import checks  # noqa: F401 (they register themselves)
        from slt.endringer.brev import brevdeler
        from slt.felles import start, utsending
        from slt.felles.arbeidsflate import BIDRAG
        from slt.felles.hjelp import er_om
        from slt.felles.rydding import RYDDER
        from slt.felles.samlebrev import BIDRAG as BREV
        from slt.hjelp.sider import STEDER
        from slt.nykommune.steg import STEG as STARTSETT
        from slt.nykommune.steg import plan_fra_startsettet
        from slt.sok.telling import rydd
        from slt.start.steg import STEG
        from slt.utsendinger.bidrag import bidrag

        BIDRAG.append(bidrag)
        BREV.append(brevdeler)
        er_om(STEDER)
        RYDDER.extend([rydd, utsending.rydd])
        start.STEG.extend([*STEG, *STARTSETT])
        start.FLERE_VEIER["plan"] = plan_fra_startsettet
