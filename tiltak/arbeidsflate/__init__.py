"""What waits in the plans of a kommune, for each who has something to do with them."""

from slt.felles.arbeidsflate import Bidrag
from tiltak.arbeidsflate.kontaktene import (
    alle_kontaktene,
    bor_bekreftes,
    kontaktpunktene,
    stemmer_dette,
    tjenestene,
    tjenestene_bor_bekrefte,
)
from tiltak.arbeidsflate.pa_vei import pa_vei
from tiltak.arbeidsflate.planene import (
    gjeldende,
    koordinatorens,
    leserens,
    planene,
    planene_som_leses,
)
from tiltak.arbeidsflate.svarene import sporsmalene, svarene
from tiltak.arbeidsflate.tilskuddene import pengene
from tiltak.models import Handlingsplan


def bidrag(hvem):
    """What waits in the plans and with the tjenester: 2 queries; for who keeps some of the
    tjenester, 3 more, and for who writes the plan, 2."""
    planer = list(planene(hvem))
    akutte, egne = kontaktpunktene(hvem)
    her = Bidrag(rammen={"plan": gjeldende(planer), "akuttpunkter": akutte})
    varer = [plan for plan in planer if plan.status != Handlingsplan.Status.AVLOST]
    for plan in varer:
        her.venter += koordinatorens(plan) if hvem.koordinerer else leserens(plan)
    ubekreftet = [punkt for punkt in egne if bor_bekreftes(punkt)]
    if hvem.koordinerer:
        her.venter += svarene(hvem)
        her.venter += pa_vei(hvem)
        her.venter += tjenestene_bor_bekrefte(hvem, ubekreftet)
        her.leses += [
            *planene_som_leses(varer, skriver=True),
            *alle_kontaktene(hvem, egne),
        ]
    else:
        her.venter += sporsmalene(hvem)
        her.venter += [stemmer_dette(hvem, punkt) for punkt in ubekreftet]
        her.leses += [*tjenestene(hvem, egne), *planene_som_leses(varer)]
    her.leses += pengene(hvem)
    return her
