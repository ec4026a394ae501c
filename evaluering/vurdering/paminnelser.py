"""What waits of evaluations: those under way, and what is to be evaluated and is not."""

from datetime import timedelta

from django.db.models import Exists, IntegerField, OuterRef, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.models import Evaluering
from evaluering.vurdering.arbeidet import med_fremdrift
from slt.felles.arbeidsflate import Linje
from tiltak.models import Handlingsplan, Tiltak

# So long before its day a tiltak is named.
I_GOD_TID = timedelta(days=30)
UNDER_ARBEID, PLANEN, SLUTTEN, TILTAKET = range(4)
AV_HVA = {PLANEN: "midtveis", SLUTTEN: "slutt", TILTAKET: "tiltak"}


def linjer(kommune, rader):
    """Yields a line for each row of `sporringer`."""
    for slag, pk, tittel, vurdert, antall in sorted(rader):
        om = {"tittel": tittel, "vurdert": vurdert, "antall": antall}
        if slag == UNDER_ARBEID:
            tekst = _("«%(tittel)s» er under arbeid") % om
            if antall:
                tekst = (
                    _("«%(tittel)s» er under arbeid: %(vurdert)d av %(antall)d vurdert")
                    % om
                )
            adresse = reverse("evaluering:evaluering_arbeid", args=[kommune.slug, pk])
        else:
            tekst = _("«%(tittel)s» skal evalueres, og ingen har begynt") % om
            if slag == SLUTTEN:
                tekst = (
                    _("«%(tittel)s» skal evalueres ved slutten, og ingen har begynt")
                    % om
                )
            adresse = reverse("evaluering:evaluering_ny", args=[kommune.slug])
            adresse = f"{adresse}?gjelder={AV_HVA[slag]}-{pk}"
        yield Linje(tekst, adresse)


def sporringer(kommune):
    """Returns QuerySets of (what it is, its id, its name, two counts): the caller asks for
    them in one query, with what else it has."""
    i_dag = timezone.localdate()
    apne = med_fremdrift(Evaluering.objects.filter(kommune=kommune, ferdig=None))
    planer = Handlingsplan.objects.gjeldende().filter(kommune=kommune)
    evaluert = Evaluering.objects.filter(plan=OuterRef("pk"))
    # The year before its last one; what was said midway is not said of the end.
    nest_siste = planer.filter(~Exists(evaluert), til_ar=i_dag.year + 1)
    slutt = evaluert.filter(slag=Evaluering.Slag.SLUTT)
    siste = planer.filter(~Exists(slutt), til_ar__lte=i_dag.year)
    tiltakene = Tiltak.objects.filter(
        ~Exists(Evaluering.objects.filter(tiltak=OuterRef("pk"))),
        kommune=kommune,
        publisert=True,
        evalueres_dato__lte=i_dag + I_GOD_TID,
    ).exclude(plan__status=Handlingsplan.Status.AVLOST)
    null = Value(0, IntegerField())

    def rader(slag, rader, *antall):
        slag = Value(slag, IntegerField())
        return rader.order_by().values_list(slag, "pk", "tittel", *antall)

    return [
        rader(UNDER_ARBEID, apne, "antall_vurdert", "antall"),
        rader(PLANEN, nest_siste, null, null),
        rader(SLUTTEN, siste, null, null),
        rader(TILTAKET, tiltakene, null, null),
    ]
