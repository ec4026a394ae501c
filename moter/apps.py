from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MoterConfig(AppConfig):
    name = "moter"
    verbose_name = _("Møtestrukturen")

    def ready(self):
        # Models can't be imported before all apps are there.
        from moter import historikksider, offentlig
        from moter.aktiviteter.tidslinje import linjer
        from moter.aktiviteter.valgdel import DEL
        from moter.arbeidsflate import bidrag
        from moter.arshjul import aktiviteter
        from moter.endret import endret_i, milepaeler, siste_politirad
        from moter.hjelp import ADMIN, STEDER
        from moter.innlesing import fora
        from moter.innstillinger import TITTEL, innstillinger
        from moter.models.fora import SETE, deler_forum_med, naboer
        from moter.models.motefri import skoleferier
        from moter.moteplan import arshjul
        from moter.rapportkapitler import KAPITLER as RAPPORTKAPITLER
        from moter.rapportkapitler import tallene
        from moter.sokbart import sokbart
        from moter.start import STEG
        from moter.startsett import GRUPPE as STARTSETT
        from moter.uttrekk import MED, STIER, UTEN
        from slt.felles import endret, start
        from slt.felles.arbeidsflate import BIDRAG
        from slt.felles.arshjul import BIDRAG as ARSHJUL
        from slt.felles.hjelp import er_om
        from slt.felles.innstillinger import INNSTILLINGER
        from slt.felles.offentlig import INNHOLD
        from slt.felles.rapport import KAPITLER, TALL
        from slt.felles.sokbart import KILDER
        from slt.felles.startsett import GRUPPER
        from slt.felles.uttrekk import hva
        from slt.felles.valgdeler import DELER
        from slt.models import DELTAR, LASES_MED, NEVNES_HOS, PLANLESER, RETTER
        from tiltak.apent import SKOLEFERIER
        from tiltak.innlesing.tillegg import TILLEGG
        from tiltak.tidslinje import BIDRAG as TIDSLINJEN

        RETTER[SETE] = ("forumsmedlemskap", "forum")
        RETTER[DELTAR] = ("forumsmedlemskap", "forum__kommune")
        RETTER[PLANLESER] = ("forumsmedlemskap", "forum__planlesere__plan")
        NEVNES_HOS.append(naboer)
        LASES_MED.append(deler_forum_med)
        BIDRAG.append(bidrag)
        ARSHJUL.append(aktiviteter)
        DELER.append(DEL)
        TIDSLINJEN.append(linjer)
        ARSHJUL.append(arshjul.motene)
        endret.KILDER.append(endret_i)
        endret.MILEPAELER.append(milepaeler)
        # A meeting comes before the day on which a plan was treated.
        endret.FRA.insert(0, siste_politirad)
        start.STEG.extend(STEG)
        INNHOLD.update(offentlig.INNHOLD)
        KILDER.append(sokbart)
        INNSTILLINGER.append((TITTEL, innstillinger))
        SKOLEFERIER.append(skoleferier)
        TILLEGG.append(fora)
        GRUPPER.append(STARTSETT)
        hva.MED.extend(MED)
        KAPITLER.extend(RAPPORTKAPITLER)
        TALL.append(tallene)
        historikksider.registrer()
        hva.STIER.update(STIER)
        hva.UTEN.update(UTEN)
        er_om(STEDER, "moter:")
        er_om(ADMIN, "admin:")
