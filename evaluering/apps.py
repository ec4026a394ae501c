from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvalueringConfig(AppConfig):
    name = "evaluering"
    verbose_name = _("Kunnskap og tall")

    def ready(self):
        # Models can't be imported before all apps are there.
        from evaluering import arshjul, historikksider, offentlig
        from evaluering.arbeidsflate import bidrag
        from evaluering.endret import endret_i
        from evaluering.frosset import frosne
        from evaluering.hjelp import ADMIN, STEDER
        from evaluering.innstillinger import TITTEL, innstillinger
        from evaluering.kunnskap.kalenderlenker import kalenderlenker
        from evaluering.kunnskap.tidslinje import linjer
        from evaluering.models import (
            Anbefaling,
            Anbefalingssvar,
            Evaluering,
            Funn,
            Funnsvar,
            Grunnlag,
            Kilde,
            Milepal,
            Tiltaksvurdering,
        )
        from evaluering.rapporter.kapitler import KAPITLER as RAPPORTKAPITLER
        from evaluering.sokbart import sokbart
        from evaluering.start import STEG
        from evaluering.tall.oppgitt import runden
        from evaluering.tall.tallimport import rydd_glemte
        from evaluering.uttrekk import MED
        from evaluering.vurdering import tidslinje as evaluert
        from evaluering.vurdering.forslag import fra_evalueringen
        from moter.aktiviteter.kalender import SE_OGSA
        from slt.felles import start
        from slt.felles.arbeidsflate import BIDRAG
        from slt.felles.arshjul import BIDRAG as ARET
        from slt.felles.endret import KILDER as ENDRET
        from slt.felles.frosset import FROSNE
        from slt.felles.hjelp import er_om
        from slt.felles.innstillinger import INNSTILLINGER
        from slt.felles.offentlig import INNHOLD
        from slt.felles.rapport import KAPITLER
        from slt.felles.rydding import RYDDER
        from slt.felles.sokbart import KILDER
        from slt.felles.uttrekk import hva
        from slt.grunn.den_dagen import fantes_da
        from tiltak.overgang import FORSLAG
        from tiltak.runder import deler, slag
        from tiltak.runder.forslag import Slag
        from tiltak.tidslinje import BIDRAG as TIDSLINJEN

        RYDDER.append(rydd_glemte)
        BIDRAG.append(bidrag)
        ARET.extend(arshjul.BIDRAG)
        ENDRET.append(endret_i)
        FROSNE.append(frosne)
        start.STEG.extend(STEG)
        # It weighs more than what was said last.
        FORSLAG.insert(0, fra_evalueringen)
        SE_OGSA.append(kalenderlenker)
        TIDSLINJEN.extend([linjer, evaluert.linjer])
        INNHOLD.update(offentlig.INNHOLD)
        KILDER.append(sokbart)
        INNSTILLINGER.append((TITTEL, innstillinger))
        deler.DELER.append(runden.DEL)
        slag.SLAG[Slag.TALL] = runden.TALL
        hva.MED.extend(MED)
        # What was taken back must not return: it stands as it is, where it was there.
        fantes_da(Kilde, Funn, Anbefaling, Grunnlag, Funnsvar, Anbefalingssvar)
        fantes_da(Evaluering, Tiltaksvurdering, Milepal)
        KAPITLER.extend(RAPPORTKAPITLER)
        historikksider.registrer()
        er_om(STEDER, "evaluering:")
        er_om(ADMIN, "admin:")
