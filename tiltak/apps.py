from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TiltakConfig(AppConfig):
    name = "tiltak"
    verbose_name = _("Handlingsplanen")

    def ready(self):
        # Models can't be imported before all apps are there.
        from slt.felles import endret, start
        from slt.felles.arbeidsflate import BIDRAG
        from slt.felles.arshjul import BIDRAG as ARET
        from slt.felles.hjelp import er_om
        from slt.felles.innstillinger import INNSTILLINGER
        from slt.felles.offentlig import INNHOLD
        from slt.felles.rapport import KAPITLER, TALL
        from slt.felles.rydding import RYDDER
        from slt.felles.samlebrev import BIDRAG as BREV
        from slt.felles.sokbart import KILDER
        from slt.felles.startsett import GRUPPER
        from slt.felles.tilgang import APNERE
        from slt.felles.uttrekk import hva
        from slt.felles.valgdeler import DELER
        from slt.grunn.den_dagen import fantes_da, som_da
        from slt.models import LASES_MED, LESER, NEVNES_HOS, RETTER
        from tiltak import anbefalt, arshjul, historikksider, offentlig, overgang
        from tiltak.arbeidsflate import bidrag
        from tiltak.endringer import (
            FANTES_DA,
            LUKKET,
            STO_DA,
            TELLER_DA,
            planens_deler,
        )
        from tiltak.endringsliste import behandlet, endret_i
        from tiltak.feilmeldinger.rydding import rydd as rydd_feilmeldinger
        from tiltak.hjelp import ADMIN, STEDER
        from tiltak.hvem.valgdel import DEL
        from tiltak.innlesing.landing import rydd_glemte as rydd_dokumenter
        from tiltak.innstillinger import TITTEL, innstillinger
        from tiltak.models import PLANLENKER, REDAKTOR, Planlenke
        from tiltak.models.delinger import deler_tjeneste_med, mottakere
        from tiltak.models.tjenester import FORESLATTE_TEKSTER
        from tiltak.rapportkapitler import KAPITLER as RAPPORTKAPITLER
        from tiltak.rapportkapitler import tallene
        from tiltak.regneark.regnearkimport import rydd_glemte as rydd_regneark
        from tiltak.runder import brev, deler, egne, lop, slag, status
        from tiltak.runder.forslag import Slag
        from tiltak.runder.statusforslag import STATUS
        from tiltak.sokbart import sokbart
        from tiltak.start import STEG
        from tiltak.startsett.alt import GRUPPER as STARTSETT
        from tiltak.startsett.tjenester import tekstene
        from tiltak.tidslinje import BIDRAG as TIDSLINJEN
        from tiltak.tidslinje import notatene
        from tiltak.tidslinje.planen import linjer
        from tiltak.tilskudd.arshjul import frister
        from tiltak.uttrekk import MED, UTEN

        RETTER[REDAKTOR] = ("redaktor_for", "tjeneste")
        # Who keeps a tjeneste reads what those of its kommune see.
        RETTER[LESER] = ("redaktor_for", "tjeneste__kommune")
        NEVNES_HOS.append(mottakere)
        LASES_MED.append(deler_tjeneste_med)
        APNERE[PLANLENKER] = Planlenke.apner
        RYDDER.extend([rydd_dokumenter, rydd_regneark, rydd_feilmeldinger, lop.rydd])
        BIDRAG.append(bidrag)
        ARET.extend(arshjul.BIDRAG)
        ARET.append(frister)
        endret.KILDER.append(endret_i)
        endret.FRA.append(behandlet)
        BREV.append(brev.brevdeler)
        TIDSLINJEN.extend([linjer, notatene.linjer])
        overgang.FORSLAG.append(anbefalt.av_notatene)
        deler.DELER.extend([egne.KONTAKTER, status.DEL, egne.TILTAK])
        slag.SLAG[Slag.STATUS] = STATUS
        start.STEG.extend(STEG)
        INNHOLD.update(offentlig.INNHOLD)
        KILDER.append(sokbart)
        DELER.append(DEL)
        INNSTILLINGER.append((TITTEL, innstillinger))
        GRUPPER.extend(STARTSETT)
        FORESLATTE_TEKSTER.append(tekstene)
        hva.MED.extend(MED)
        KAPITLER.extend(RAPPORTKAPITLER)
        TALL.append(tallene)
        historikksider.registrer()
        hva.UTEN.update(UTEN)
        som_da(*planens_deler(), *STO_DA, teller=TELLER_DA, lukket=LUKKET)
        fantes_da(*FANTES_DA)
        er_om(STEDER, "tiltak:")
        er_om(ADMIN, "admin:")
