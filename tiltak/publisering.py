"""What is new in a plan that holds: seen by those who write it, until it is published."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, OuterRef, Subquery
from django.utils.translation import gettext as _

from slt.grunn.historikk import parker
from tiltak.detaljer import med_sted_i_planen
from tiltak.models import Handlingsplan, Innsatsomrade, Kapittel, Tiltak

# {as it stands in addresses: model}
PUBLISERES = {
    "innsatsomrade": Innsatsomrade,
    "kapittel": Kapittel,
    "tiltak": Tiltak,
}


class Venter(NamedTuple):
    """How much of a plan is not public: what can be published, and chapters that somebody
    has to write first."""

    nye: int = 0
    uskrevne: int = 0


def upubliserte(plan):
    """Returns [(key of PUBLISERES, rows)] of what can be published of a plan that holds,
    with what their addresses need; 5 queries."""
    if plan.er_utkast:
        return []
    alle = {
        hva: modell.objects.upubliserte_i(plan).select_related("plan__kommune")
        for hva, modell in PUBLISERES.items()
    }
    alle["tiltak"] = med_sted_i_planen(alle["tiltak"])
    return [(hva, list(rader)) for hva, rader in alle.items() if rader]


def antall_upubliserte(plan):
    """Returns how many rows that are, as Venter; 1 query."""
    if plan.er_utkast or not plan.kan_endres:
        return Venter()
    her = OuterRef("pk")
    nye = [modell.objects.upubliserte_i(her) for modell in PUBLISERES.values()]
    uskrevne = Kapittel.objects.uskrevne().filter(plan=her, publisert=False)
    planen = Handlingsplan.objects.filter(pk=plan.pk)
    tall = planen.values_list(_antall(uskrevne), *map(_antall, nye)).get()
    antall_uskrevne, *antall_nye = (n or 0 for n in tall)
    return Venter(nye=sum(antall_nye), uskrevne=antall_uskrevne)


def _antall(rader):
    return Subquery(rader.order_by().values("plan").annotate(n=Count("pk")).values("n"))


@transaction.atomic
def publiser(rad):
    """Makes public what is new in a plan that holds. A tiltak gets its number, and takes
    its deltiltak along.

    Raises:
        ValidationError: while what it stands in is not public, or nobody has written it.
    """
    if isinstance(rad, Kapittel) and rad.er_uskrevet:
        raise ValidationError(
            _(
                "«%s» er ikke publisert. Der står bare forslaget fra startsettet, og det "
                "vises ikke for leserne. Skriv kapitlet først."
            )
            % rad
        )
    if isinstance(rad, Tiltak):
        _sjekk_stedet(rad)
        _gi_numre(rad)
    rad.publisert = True
    rad.save()
    if isinstance(rad, Tiltak):
        for del_ in rad.deltiltak.filter(publisert=False):
            publiser(del_)


def la_alt_folge(utkast):
    """Lets all of a plan that is a draft again be public when it is, as all that is
    written in one: also what waited while it held."""
    for modell in PUBLISERES.values():
        for rad in modell.objects.filter(plan=utkast, publisert=False):
            rad.publisert = True
            rad.save()


def la_delene_folge(tilbud):
    """Lets the parts of what stands in no plan be public when it is."""
    for del_ in tilbud.deltiltak.exclude(publisert=tilbud.publisert):
        del_.publisert = tilbud.publisert
        del_.save()


def _sjekk_stedet(tiltak):
    if tiltak.overordnet_id:
        if not tiltak.overordnet.publisert:
            raise ValidationError(_("Publiser først tiltaket det er del av."))
    elif not tiltak.plasseringer.filter(
        hoved=True, plan=tiltak.plan, innsatsomrade__publisert=True
    ).exists():
        raise ValidationError(
            _(
                "Gi først tiltaket en hovedplassering i et innsatsområde som er publisert."
            )
        )


def _gi_numre(tiltak):
    """The next number after those that are public, at each of its places in plans that
    hold; others that wait move behind it."""
    gjelder = Handlingsplan.Status.GJELDENDE
    steder = tiltak.plasseringer.filter(plan__status=gjelder)
    for sted in steder.select_related("innsatsomrade"):
        stedene = sted.innsatsomrade.plasseringer
        siste = stedene.filter(tiltak__publisert=True).aggregate(n=Max("nummer"))["n"]
        ventende = stedene.filter(tiltak__publisert=False).exclude(pk=sted.pk)
        flyttes = [sted, *ventende.order_by("nummer")]
        parker(flyttes, "nummer")
        for nummer, plassering in enumerate(flyttes, start=(siste or 0) + 1):
            plassering.nummer = nummer
            plassering.save()
