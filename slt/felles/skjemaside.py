"""A page of the site with one form: a row, and the rows that hang on it, saved together or
not at all. Where it is opened in place, the same address answers with the form alone."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseFormSet, ModelForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from js_asset import Media

from slt.felles.innsending import innsendingen, lagt_inn, nettopp_lagret, samlet
from slt.felles.skjemarader import endret_pa_skjermen
from slt.grunn.historikk import Art, begrunnet
from slt.grunn.rekkefolge import i_orden
from slt.models import Kommune


@dataclass(frozen=True)
class Del:
    """A part of a form, in the order in which people think of it.

    Attributes:
        innhold: names of fields, several in a tuple where they stand on one line, and of
            the sets of rows.
        lukket: whether it is folded together while it says nothing.
    """

    tittel: str | Promise
    innhold: list[Any]
    lukket: bool = False


@dataclass
class Skjema:
    """A form and the rows below it.

    Attributes:
        rader: {name: the set of rows}.
        deler: in which order they stand; those of the form, then those of rows, where
            nothing is said.
    """

    hoved: ModelForm
    rader: dict[str, BaseFormSet] = field(default_factory=dict)
    deler: list[Del] = field(default_factory=list)

    @property
    def modeller(self):
        return {type(self.hoved.instance), *(r.model for r in self.rader.values())}

    def bare_tegn(self):
        self.hoved.bare_tegnes = True
        for rader in self.rader.values():
            rader.bare_tegn()

    def vis_andres(self):
        """Lets a form that was not saved be drawn with what others did to its rows."""
        for rader in self.rader.values():
            rader.vis_andres()

    def er_gyldig(self):
        # Asked all of them, so that each says what is wrong with it.
        gyldige = [del_.is_valid() for del_ in (self.hoved, *self.rader.values())]
        return all(gyldige)

    def lagre(self):
        """Saves what was sent, and says whether it could be."""
        if not self.er_gyldig():
            self.vis_andres()
            return False
        try:
            self._lagre()
        except ValidationError as feil:
            # Of what stands fast or is in use, the rows say so when they are saved.
            self.hoved.add_error(None, feil.messages)
            return False
        return True

    def _lagre(self):
        renset = self.hoved.cleaned_data
        art = Art.RETTELSE if renset.get("rettelse") else Art.ENDRING
        with begrunnet(renset.get("begrunnelse", ""), art=art):
            # What nobody changed makes no version of the kommune.
            with i_orden([self.hoved.instance] if self.hoved.has_changed() else []):
                self.hoved.save()
            for rader in self.rader.values():
                rader.save()

    @property
    def kvitteringer(self):
        """What the user is told once it is saved, beside that it is."""
        return [k for rader in self.rader.values() for k in rader.kvitteringer()]

    @property
    def har_feil(self):
        return bool(self.hoved.errors) or any(
            rader.total_error_count() for rader in self.rader.values()
        )

    @property
    def er_endret_av_andre(self):
        return self.hoved.er_endret_av_andre

    @property
    def media(self):
        return sum((rader.media for rader in self.rader.values()), self.hoved.media)

    @property
    def seksjoner(self):
        """[(part, [fields on a line, or a set of rows], whether it is open)]."""
        return [
            (del_, linjer, not del_.lukket or self._sier_noe(linjer))
            for del_ in self.deler
            if (linjer := [li for navn in del_.innhold if (li := self._linje(navn))])
        ]

    def _linje(self, navn):
        if isinstance(navn, str) and navn in self.rader:
            return self.rader[navn]
        navnene = (navn,) if isinstance(navn, str) else navn
        return [self.hoved[n] for n in navnene if n in self.hoved.fields]

    @staticmethod
    def _sier_noe(linjer):
        for linje in linjer:
            if isinstance(linje, BaseFormSet):
                if linje.forms or linje.total_error_count():
                    return True
            elif any(felt.errors or felt.value() for felt in linje):
                return True
        return False


def i_siden(request):
    """Whether the answer is put into a page that is open already."""
    return request.headers.get("HX-Request") == "true"


def hele_siden(adresse):
    """The answer to a page that is open already: that it is left for this address. (One
    that leads on by itself would be followed unseen, as the log-in page is.)"""
    return HttpResponse(headers={"HX-Redirect": adresse})


def skjemaside(request, kommune, *, hent, bygg, mal, ferdig, kontekst):
    """Shows the form, draws it anew with a row more, or saves.

    Args:
        hent: returns the row that the asker may change, or a new one; raises Http404.
            Asked again when the kommune is locked: perhaps their right was ended. What is
            sent twice from the same page is saved once.
        bygg: (row, what was sent or None) -> Skjema.
        ferdig: (row) -> the answer when it is saved.
        kontekst: (row) -> what the template needs beside the form.
    """
    if request.method == "POST":
        if endret := endret_pa_skjermen(request.POST):
            data, ny_rad = endret
            rad = hent()
            skjema = bygg(rad, data)
            skjema.bare_tegn()
            return _tegn(request, mal, skjema, kontekst(rad) | {"ny_rad": ny_rad})
        with transaction.atomic():
            # What the form finds unchanged is so until it is saved.
            Kommune.objects.las_med_naboer(kommune.pk)
            rad = hent()
            er_ny, samling = rad.pk is None, innsendingen(request, type(rad))
            inne = er_ny and lagt_inn(type(rad)._default_manager.all(), samling)
            if inne:
                return ferdig(inne)
            mer = kontekst(rad)
            skjema = bygg(rad, request.POST)
            if not er_ny and nettopp_lagret(skjema.modeller, kommune, samling):
                return ferdig(rad)
            with samlet(samling):
                er_lagret = skjema.lagre()
            if er_lagret:
                svar = ferdig(rad)
                for kvittering in skjema.kvitteringer:
                    messages.success(request, kvittering)
                return svar
            # What was not saved stays as it was.
            transaction.set_rollback(True)
        return _tegn(request, mal, skjema, mer, status=422)
    rad = hent()
    return _tegn(request, mal, bygg(rad, None), kontekst(rad))


def _tegn(request, mal, skjema, kontekst, *, status=200):
    ramme = "skjema/del.html" if i_siden(request) else "skjema/side.html"
    felles = {
        "ramme": ramme,
        "skjema": skjema,
        "media": Media.from_media(skjema.media, nonce=request.csp_nonce),
    }
    return render(request, mal, kontekst | felles, status=status)
