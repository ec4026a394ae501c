"""A proposed plan becomes a draft, or is taken out again: all of it or nothing."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from slt.grunn.historikk import Dor, Historisert, spor, uten_vern
from slt.models import Bruker
from tiltak.innlesing.angring import slett_ubrukte, slett_utkast
from tiltak.innlesing.arbeid import blokkene, forslaget, las
from tiltak.innlesing.forslag.modell import Planforslag
from tiltak.innlesing.forslag.valg import Valg
from tiltak.innlesing.personer import ubestemte
from tiltak.innlesing.planen import Planrader
from tiltak.innlesing.rader import Rader, UtenPlass
from tiltak.innlesing.tillegg import TILLEGG
from tiltak.models import Handlingsplan, Kontaktpunkt, Planimport, Planrekke, Tjeneste
from tiltak.planlop import forste_rekke

# An import that nobody goes on with; and how long one that was landed can be taken out.
GLEMMES_ETTER = timedelta(days=90)
KAN_ANGRES = timedelta(days=30)


def uten_plass(planimport: Planimport, forslag: Planforslag) -> list[UtenPlass]:
    """What of the proposal would land nowhere, beside what the proposal itself left out.
    Nothing is saved."""
    plan = Handlingsplan(kommune=planimport.kommune)
    return _radene(planimport, forslag, plan).uten_plass


@transaction.atomic
def legg_inn(
    *, planimport: Planimport, bruker: Bruker, plan: Handlingsplan, versjon: int
) -> Handlingsplan:
    """Makes a draft of an import, with the tjenester, the ways in and the fora that it
    needs and the kommune has not got.

    Args:
        plan: not saved; what a form says of it. Without a rekke, it is of the main one.
        versjon: of the import, as somebody has looked at it.

    Raises:
        ValidationError: it is landed, somebody has decided something else meanwhile,
            nobody has decided about a person that it names, or something in it cannot be
            saved. The words say what and where. Nothing is.
    """
    planimport = las(planimport)
    if planimport.lagt_inn:
        raise ValidationError(_("Planen er lagt inn før."), code="lagt_inn")
    if planimport.versjon != versjon:
        raise ValidationError(
            _(
                "Noe er valgt annerledes siden du så på forslaget. Ingenting er lagt "
                "inn. Se hva som står der nå."
            ),
            code="versjon",
        )
    forslag = forslaget(planimport)
    if ubestemte(forslag, Valg.fra_json(planimport.valg)):
        raise ValidationError(
            _(
                "Noe i dokumentet ser ut til å nevne personer. Ta stilling til det først."
            ),
            code="personer",
        )
    if plan.kommune_id != planimport.kommune_id or plan.pk:
        raise ValueError(f"{plan!r} is not a new plan of {planimport.kommune}")
    plan.status = Handlingsplan.Status.UTKAST
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=planimport.navn):
        ny_rekke = _gi_rekke(plan)
        plan.full_clean()
        rader = _radene(planimport, forslag, plan)
        rader.sjekk()
        plan.save()
        rader.lagre()
    planimport.plan, planimport.lagt_inn = plan, timezone.now()
    planimport.laget = _laget(rader, ny_rekke)
    planimport.save()
    return plan


@transaction.atomic
def angre(*, planimport: Planimport, bruker: Bruker) -> list[Historisert]:
    """Takes out the draft that came of an import, also what was changed in it since, and
    what was made for it alone. The import is as it was before it was landed.

    Returns:
        what was made then, and stays since it is in use or somebody has changed it.

    Raises:
        ValidationError: it is not landed, it is too long ago, the plan is adopted, or
            something else rests on it. The words say what is in the way.
    """
    planimport = las(planimport)
    if not planimport.lagt_inn:
        raise ValidationError(_("Planen er ikke lagt inn."))
    if not planimport.blokker:
        raise ValidationError(
            _(
                "Det er mer enn 30 dager siden planen ble lagt inn. Da kan den ikke tas ut her."
            )
        )
    plan, laget = planimport.plan, planimport.laget
    planimport.plan = planimport.lagt_inn = None
    planimport.laget = {}
    planimport.save()
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=_("Angret: %s") % planimport.navn):
        slett_utkast(plan)
        # The first rekke of a kommune is its main one, and nobody else's by now.
        with uten_vern():
            return slett_ubrukte(laget)


def rydd_glemte() -> str:
    """Throws away the documents that nobody made a plan of and has not touched for three
    months; and of those that became one, after a month, all but that they did."""
    na = timezone.now()
    glemte = Planimport.objects.under_arbeid().filter(endret__lt=na - GLEMMES_ETTER)
    antall = glemte.delete()[0]
    ferdige = Planimport.objects.filter(lagt_inn__lt=na - KAN_ANGRES)
    # What names persons is in the choices, too.
    tomt = {"blokker": [], "valg": {}, "tidligere_valg": [], "sett": []}
    tomte = ferdige.exclude(blokker=[]).update(**tomt)
    return f"Slettet {antall} dokumenter som ikke ble til planer, og tømte {tomte}."


def _radene(planimport, forslag, plan) -> Rader:
    """All rows that are to be, not saved."""
    valg = Valg.fra_json(planimport.valg)
    bygger = Planrader(forslag, plan, valg, blokkene(planimport))
    rader = bygger.bygg()
    for legg_til in TILLEGG:
        legg_til(forslag, bygger.tjenestene, rader)
    return rader


def _gi_rekke(plan) -> Planrekke | None:
    """Sets the rekke of a plan that has none; the first of a kommune is made, and then
    returned."""
    if plan.rekke_id:
        return None
    hoved = plan.kommune.planrekker.filter(hoved=True).first()
    plan.rekke = hoved or forste_rekke(plan.kommune)
    return None if hoved else plan.rekke


def _laget(rader, ny_rekke):
    """{model label: [keys]} of what was made beside the plan and its parts."""
    egne = {Tjeneste, Kontaktpunkt}
    egne |= {modell for modell in rader.av if modell._meta.app_label != "tiltak"}
    laget = {
        m._meta.label: [rad.pk for rad in rader.av[m]] for m in egne if rader.av[m]
    }
    if ny_rekke:
        laget[ny_rekke._meta.label] = [ny_rekke.pk]
    return laget
