"""How a plan was treated is registered here, once that was decided elsewhere, with the
very document as it was then. All or nothing; and it is taken back with a reason, as long
as nobody has built on it."""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from slt.felles.dokument import InnholdetEndret, oppdrag
from slt.felles.ta_tilbake import endret_siden, steg_i, ta_tilbake
from slt.grunn.historikk import begrunnet, samlet_som, uten_vern
from slt.grunn.norsk import uten_https
from slt.grunn.pdflager import HELE
from slt.models import Dokument, Kommune
from tiltak.dokument import Utgave
from tiltak.endringer import planen_sist_endret
from tiltak.models import Handlingsplan, Overgang, Plassering, Registrering
from tiltak.planlop import vedta
from tiltak.publisering import la_alt_folge

Status = Handlingsplan.Status


@dataclass(frozen=True)
class Vedtaksutgave:
    """The whole plan as it will be once its treatment is registered (a
    slt.felles.dokument.Dokument): drawn from what the registration would leave behind,
    which is then undone.

    Attributes:
        behandling: (name of a field of the plan, value) of how it was treated.
    """

    plan: Handlingsplan
    behandling: tuple[tuple[str, Any], ...] = ()

    finnes, forrang = True, HELE

    @property
    def kommune(self):
        return self.plan.kommune

    @property
    def er_utkast(self):
        """It is nobody's yet."""
        return True

    @property
    def nettside(self):
        return self.plan.get_absolute_url()

    @property
    def filnavn(self):
        return f"{self.plan.filnavn}.pdf"

    @property
    def innhold(self):
        i_dag = timezone.localdate().isoformat()
        return (*Utgave(self.plan).innhold, "vedtak", i_dag, *self.behandling)

    def oppdrag(self):
        frosset = self._som_frosset()
        with _som_vedtatt(self.plan, dict(self.behandling)) as plan:
            html = Utgave(plan).html(**frosset)
        return oppdrag(html, kommune=self.kommune)

    def _som_frosset(self):
        """What a document says that is to stand for good. That it is frozen, changes
        nothing of its content, and what comes later is not known to it."""
        adresse = ""
        if settings.SITE_URL:
            sti = reverse("tiltak:dokument_kontroll", args=[self.kommune.slug])
            adresse = uten_https(f"{settings.SITE_URL}{sti}")
        return {
            "frosset": timezone.localdate(),
            "kontrolladresse": adresse,
            "siden": "",
            "sist_endret": planen_sist_endret(self.plan),
        }


@contextmanager
def _som_vedtatt(plan, behandling):
    """The plan as it would be, for as long as the block lasts.

    Raises:
        InnholdetEndret: when somebody saved something since the plan was read.
        ValidationError: when it cannot hold.
    """
    with transaction.atomic():
        Kommune.objects.las_med_naboer(plan.kommune_id)
        planer = Handlingsplan.objects.select_related("kommune", "rekke")
        den = planer.filter(pk=plan.pk).first()
        if den is None or den.kommune.versjon != plan.kommune.versjon:
            raise InnholdetEndret  # whoever asked is told what became of the plan
        vedta(den, **behandling)
        yield den
        transaction.set_rollback(True)


@transaction.atomic
def registrer(utgave, innhold):
    """Registers how a plan was treated, and freezes the document that was shown. The
    caller holds the lock of the kommune, and knows that nothing was changed since.

    Args:
        utgave: the Vedtaksutgave that was shown.
        innhold: its bytes.

    Returns:
        Registrering: the new one.

    Raises:
        ValidationError: when the plan cannot hold, or was registered already.
    """
    plan, tid, samling = utgave.plan, timezone.now(), uuid4()
    with samlet_som(samling):
        vedta(plan, **dict(utgave.behandling))
        registrering = Registrering(
            plan=plan,
            dokument=Dokument.objects.frys(
                innhold,
                kommune=utgave.kommune,
                slag=Dokument.Slag.PLAN,
                tittel=str(utgave.plan),
                filnavn=utgave.filnavn,
            ),
            tid=tid,
            samling=samling,
            behandling=plan.behandling,
        )
        registrering.full_clean()
        registrering.save()
    return registrering


# Taking it back ---------------------------------------------------------------------------


def hindringer(registrering):
    """Returns what others have built on a registration, in words: it is not taken back
    then. In a number of queries that does not grow with the plan."""
    return _hindringer(registrering.plan, _Tilbake(registrering))


def _hindringer(plan, tilbake):
    hva = [] if plan.kan_endres else [_("Planen er avløst.")]
    if tilbake.til_utkast:
        hva += _bygd_pa(plan, tilbake)
    if endret_siden(tilbake.andre):
        hva.append(
            _("Noe som ble endret sammen med registreringen, er endret igjen siden.")
        )
    return hva


def _bygd_pa(plan, tilbake):
    """Yields what needs the plan to hold."""
    neste = list(plan.avlost_av.all())
    for annen in neste:
        yield _("«%s» bygger på planen.") % annen
    fulgt = Overgang.objects.filter(fra__plan=plan).exclude(ny_plan=plan)
    if not neste and fulgt.exists():
        yield _("Tiltak i planen er ført videre i en annen plan.")
    andre = Plassering.objects.gjester().filter(tiltak__plan=plan)
    andre = andre.exclude(plan__status=Status.UTKAST).exclude(pk__in=tilbake.steder)
    if sted := andre.select_related("plan").first():
        yield _("Tiltak i planen står også i «%s», som gjelder.") % sted.plan


@transaction.atomic
def trekk(registrering, hvorfor):
    """Takes a registration back: the plan is what it was before, and so is the plan that
    it superseded. The frozen file stays, marked.

    Args:
        hvorfor: the reason, as others read it.

    Raises:
        ValidationError: when others have built on it, or it was taken back already.
    """
    Kommune.objects.las_med_naboer(registrering.plan.kommune_id)
    registrering = Registrering.objects.uten_innhold().get(pk=registrering.pk)
    if registrering.trukket:
        raise ValidationError(_("Registreringen er trukket tilbake allerede."))
    tilbake = _Tilbake(registrering)
    if hva := _hindringer(registrering.plan, tilbake):
        raise ValidationError(hva)
    with begrunnet(hvorfor):
        with uten_vern():
            tilbake.plan.save()
        ta_tilbake(tilbake.andre)
        if tilbake.til_utkast:
            la_alt_folge(tilbake.plan)
        registrering.trukket = timezone.now()
        registrering.hvorfor_trukket = hvorfor
        registrering.full_clean()
        registrering.save()


class _Tilbake:
    """What becomes of it all when a registration is taken back.

    Attributes:
        plan: the plan, not saved, with the status, and what was known of its treatment,
            that it had. All else may have been corrected since, and stays.
        andre: the steps to undo beside that; see slt.felles.ta_tilbake.
    """

    def __init__(self, registrering):
        self.plan = Handlingsplan.objects.select_related("kommune").get(
            pk=registrering.plan_id
        )
        steg = steg_i(
            registrering.samling, kommune=self.plan.kommune, fra=registrering.tid
        )
        planens = [h for h in steg if self._er_planens(h)]
        self.andre = [
            h
            for h in steg
            if h not in planens and h.instance_type not in {Dokument, Registrering}
        ]
        if planens:
            da = Handlingsplan.historikk.filter(
                id=self.plan.pk, history_id__lt=planens[-1].history_id
            ).latest()
            for felt in ("status", *Handlingsplan.BEHANDLINGEN):
                setattr(self.plan, felt, getattr(da, felt))

    def _er_planens(self, h):
        return h.instance_type is Handlingsplan and h.id == self.plan.pk

    @property
    def til_utkast(self):
        return self.plan.er_utkast

    @property
    def steder(self):
        """The ids of the places that the registration changed or made."""
        return [h.id for h in self.andre if h.instance_type is Plassering]


# Ended without a next one -----------------------------------------------------------------


def kan_gjenapnes(plan):
    """Whether a plan was ended while none took its place, and may hold again."""
    return _avslutningen(plan) is not None


@transaction.atomic
def gjenapne(plan, hvorfor):
    """Lets a plan hold again that was ended by mistake.

    Raises:
        ValidationError: when another one holds in its place, or took it then, or what went
            along with it was changed since.
    """
    Kommune.objects.las_med_naboer(plan.kommune_id)
    plan = Handlingsplan.objects.select_related("kommune", "rekke").get(pk=plan.pk)
    steg = _avslutningen(plan)
    if steg is None:
        raise ValidationError(_("Planen kan ikke settes i kraft igjen."))
    plan.status = Status.GJELDENDE
    with begrunnet(hvorfor), uten_vern():
        plan.full_clean()
        plan.save()
        ta_tilbake(steg)


def _avslutningen(plan):
    """The steps to undo, beside ending it, when a plan that was ended is to hold again;
    None where it may not."""
    if plan.status != Status.AVLOST or plan.gjeldende_i_rekken:
        return None
    for_ = plan.historikk.exclude(status=Status.AVLOST).order_by("history_id").last()
    if for_ is None or for_.status != Status.GJELDENDE:
        return None  # it never held here: what came along with it is all that it is
    slutten = plan.historikk.filter(history_id__gt=for_.history_id)
    slutten = slutten.order_by("history_id").first()
    steg = steg_i(
        slutten.history_samling, kommune=plan.kommune, fra=slutten.history_date
    )
    andre = [h for h in steg if h.instance_type is not Handlingsplan]
    tok_over = any(h.instance_type is Handlingsplan and h.id != plan.pk for h in steg)
    # That another one took its place is taken back with the registration of that one.
    return None if tok_over or endret_siden(andre) else andre
