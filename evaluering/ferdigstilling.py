"""What is written becomes a document that never changes, with the very bytes that were
shown; it is opened again with a reason, and shown to all when the coordinator says so."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.models.frysing import Fryser
from slt.felles.dokument import Dokument as Utgave
from slt.felles.dokument import tegnet
from slt.felles.sider import las_egen, sendt
from slt.grunn import pdflager
from slt.grunn.historikk import begrunnet
from slt.models import Bruker, Dokument, Kommune
from tiltak.rediger.avslutning import HvorforForm


@transaction.atomic
def gjor_ferdig(rad: Fryser, utgave: Utgave, innhold: bytes, *, slag: Dokument.Slag):
    """Freezes the document that was shown; from then on the row stands fast. The caller
    holds the lock of the kommune, and knows that nothing was changed since.

    Raises:
        ValidationError: when it is finished already.
    """
    if rad.er_ferdig:
        raise ValidationError(_("%(den)s er ferdig allerede.") % {"den": rad.DEN})
    rad.ferdig = timezone.now()
    rad.dokument = Dokument.objects.frys(
        innhold,
        kommune=rad.kommune,
        slag=slag,
        tittel=str(rad),
        filnavn=utgave.filnavn,
    )
    rad.full_clean()
    rad.save()


@transaction.atomic
def apne_igjen(rad: Fryser, hvorfor: str):
    """Lets what is finished be written in again; then only the coordinator sees it. The
    frozen file stays.

    Raises:
        ValidationError: when it is open already.
    """
    if not rad.er_ferdig:
        raise ValidationError(_("%(den)s er åpen allerede.") % {"den": rad.DEN})
    rad.ferdig, rad.dokument, rad.publisert = None, None, False
    with begrunnet(hvorfor):
        rad.full_clean()
        rad.save()


@dataclass(frozen=True)
class Ferdigstilling:
    """The pages on which rows of one kind (evaluering.models.frysing.Fryser) are finished.

    Attributes:
        slag: what the frozen files are.
        rader: of a kommune, all that its pages need loaded.
        utgave: the document of a row, as it will be frozen.
        tilbake: where the pages lead back to.
        pdf: where a draft of the document is.
        mangler: (row, user) -> what it does not say, in words: it may be finished all the
            same.
        hvem: who may read it once it is finished, in a sentence.
        for_frysing: keeps what else is to stand fast in the row.
        mal: the page that asks, which builds on that of all, and `mer` what it needs
            besides.
    """

    slag: Dokument.Slag
    rader: Callable[[Kommune], QuerySet]
    utgave: Callable[[Model], Utgave]
    tilbake: Callable[[Model], str]
    pdf: Callable[[Model], str]
    mangler: Callable[[Model, Bruker], list[str]]
    hvem: str
    for_frysing: Callable[[Model], None] = lambda _rad: None
    mal: str = "evaluering/ferdig.html"
    mer: Callable[[Model], dict] = lambda _rad: {}

    def _en(self, kommune, pk):
        return get_object_or_404(self.rader(kommune), pk=pk)

    def _si(self, request, rad, tekst, niva=messages.INFO):
        messages.add_message(request, niva, tekst % {"den": rad.DEN})

    def ferdig(self, request, kommune, pk):
        """Shows the very document that is frozen, says what is missing, and freezes it."""
        rad = self._en(kommune, pk)
        if rad.er_ferdig:
            self._si(request, rad, _("%(den)s er ferdig allerede."))
            return redirect(self.tilbake(rad))
        if request.method == "POST":
            return self._frys(request, kommune, pk)
        utgave, innhold, venteside = tegnet(
            request, lambda: self.utgave(self._en(kommune, pk))
        )
        if venteside:
            return venteside
        kontekst = {
            "kommune": kommune,
            "rad": rad,
            "hvem": self.hvem,
            "mangler": self.mangler(rad, request.user),
            "pdf": self.pdf(rad),
            "tilbake": self.tilbake(rad),
            "storrelse": len(innhold),
            "dokumentet": _merke(utgave, innhold),
            **self.mer(rad),
        }
        return render(request, self.mal, kontekst)

    def _frys(self, request, kommune, pk):
        """Freezes what was shown, if that is still what there is."""
        with transaction.atomic():
            las_egen(request, kommune)
            rad = self._en(kommune, pk)
            if rad.er_ferdig:
                self._si(request, rad, _("%(den)s er ferdig allerede."))
                return redirect(self.tilbake(rad))
            utgave = self.utgave(rad)
            innhold = pdflager.lagret(pdflager.nokkel(*utgave.innhold))
            vist = request.POST.get("dokumentet")
            if not innhold or _merke(utgave, innhold) != vist:
                tekst = _(
                    "Noe ble endret etter at du så dokumentet. Ingenting er lagret. Se på "
                    "det på nytt."
                )
                self._si(request, rad, tekst, messages.WARNING)
                return redirect(request.path)
            self.for_frysing(rad)
            gjor_ferdig(rad, utgave, innhold, slag=self.slag)
        tekst = _("%(den)s er ferdig, og dokumentet er frosset.")
        self._si(request, rad, tekst, messages.SUCCESS)
        return redirect(self.tilbake(rad))

    def apne(self, request, kommune, pk):
        """Opens what is finished again, with a reason; the frozen file stays."""
        rad = self._en(kommune, pk)
        if not rad.er_ferdig:
            self._si(request, rad, _("%(den)s er åpen allerede."))
            return redirect(self.tilbake(rad))
        skjema = HvorforForm(sendt(request))
        if request.method == "POST" and skjema.is_valid():
            try:
                self._apne(request, kommune, pk, skjema.cleaned_data["hvorfor"])
            except ValidationError as feil:
                skjema.add_error(None, feil.messages)
            else:
                self._si(request, rad, _("%(den)s er åpen igjen."), messages.SUCCESS)
                return redirect(self.tilbake(rad))
        kontekst = {
            "kommune": kommune,
            "rad": rad,
            "skjema": skjema,
            "tilbake": self.tilbake(rad),
        }
        status = 422 if request.method == "POST" else 200
        return render(request, "evaluering/apne.html", kontekst, status=status)

    def _apne(self, request, kommune, pk, hvorfor):
        with transaction.atomic():
            las_egen(request, kommune)
            apne_igjen(self._en(kommune, pk), hvorfor)

    def publiser(self, request, kommune, pk):
        """Lets all read what is finished, or takes it back from them."""
        skal = request.POST.get("publisert") == "ja"
        with transaction.atomic():
            las_egen(request, kommune)
            rad = self._en(kommune, pk)
            if not rad.er_ferdig:
                self._si(
                    request,
                    rad,
                    _("%(den)s må gjøres ferdig først."),
                    messages.WARNING,
                )
                return redirect(self.tilbake(rad))
            rad.publisert = skal
            try:
                rad.full_clean()
            except ValidationError as feil:
                messages.warning(request, " ".join(feil.messages))
                return redirect(self.tilbake(rad))
            rad.save()
        tekst = (
            _("Alle kan lese den nå.") if skal else _("Den er ikke lenger publisert.")
        )
        self._si(request, rad, tekst, messages.SUCCESS)
        return redirect(self.tilbake(rad))


def _merke(utgave, innhold):
    """What tells the document that was shown, of the row as it was, from all others."""
    return f"{pdflager.nokkel(*utgave.innhold)}-{sha256(innhold).hexdigest()}"
