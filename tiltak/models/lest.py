"""A tiltak as it is read: in one of the plans in which it stands, at one of its places."""

import re

from django.utils.functional import cached_property

_ANSVAR_I_TEKSTEN = re.compile(
    r"<strong>(?:med)?ansvarl[ei]g:</strong>(?!\s*(?:ikkj?e |u|skal )?avklar)\s*\w",
    re.IGNORECASE,
)


class SomLest:
    """What a tiltak says where it is read. All of it is as loaded: no query after
    `med_plassering` and `last_detaljer`.

    Attributes:
        lest_i: the id of the plan in which it is read, where that need not be its own.
    """

    lest_i = None

    @property
    def er_nytt(self):
        """New relative to the plan that its own builds on; in other plans, and without
        any, it is not said. No query after `med_plassering`."""
        if self.er_tilbud or self.er_gjest:
            return False
        if self.plan.bygger_pa_id:
            return not self.overganger_til.all()
        return self.nytt

    @property
    def er_gjest(self):
        """Whether it is read in another plan than its own."""
        return self.lest_i not in (None, self.plan_id)

    @cached_property
    def hovedplassering(self):
        """The main place in the plan where it is read, or None for a deltiltak. No query
        after `med_plassering`."""
        if self.overordnet_id or self.er_tilbud:
            return None
        plan = self.lest_i or self.plan_id
        steder = self.plasseringer.all()
        return next((p for p in steder if p.hoved and p.plan_id == plan), None)

    @cached_property
    def stedet(self):
        """The place at which it is read: the main one, unless somebody says another. None
        for a deltiltak, which is the same wherever the whole stands."""
        return self.hovedplassering

    def her(self, rader):
        """Of rows of a `PaSted`, those that hold where it is read: bound to the place, or
        where there are none, to no place."""
        sted = self.stedet and self.stedet.pk
        return [rad for rad in rader if rad.plassering_id == sted] or [
            rad for rad in rader if rad.plassering_id is None
        ]

    @property
    def ansvaret(self):
        """Who has a part in it, where it is read. As loaded; so are the next ones."""
        return self.her(self.ansvar.all())

    @property
    def ansvaret_etter_kontakt(self):
        """The same, those first who can be called, and last those of whom no way in is
        shown. Needs `last_detaljer`."""
        return sorted(
            self.ansvaret,
            key=lambda a: (
                not a.kontaktpunkter,
                not any(punkt.er_nummer for punkt in a.kontaktpunkter),
            ),
        )

    @property
    def ansvarlige(self):
        """Of them, those who answer for it."""
        return [a for a in self.ansvaret if a.rolle in type(a).ANSVARLIGE]

    @property
    def malgruppene(self):
        """Whom it is for, where it is read."""
        return self.her(self.malgrupper.all())

    @property
    def forankringer(self):
        """The functions and bodies it is anchored with, where it is read."""
        her = self.stedet.forankring if self.stedet else ""
        return (her or self.forankring).splitlines()

    @property
    def merkelapp(self):
        """The short label of where it is read, where areas mix: "Vold 4"."""
        return self.stedet.merkelapp if self.stedet else ""

    @cached_property
    def andre_plasseringer(self):
        """Those that are loaded, but the main one."""
        return [p for p in self.plasseringer.all() if p != self.hovedplassering]

    @property
    def ansvar_uten_kontakt(self):
        """Those of whom the page shows no contact point. Needs `last_detaljer`."""
        return [a for a in self.ansvaret if not a.kontaktpunkter]

    @property
    def mangler_kontakt(self):
        """Whether the page has nobody to call, for it or for a part of it. Needs
        `last_detaljer`."""
        deler = (self, *self.deltiltak.all())
        return not any(a.kontaktpunkter for t in deler for a in t.ansvaret)

    @property
    def mangler_ansvar(self):
        """Whether to say "ikke avklart": nobody is responsible, for it or, when it is a
        deltiltak, for the whole; where there are parts, they say it. Needs
        `last_detaljer`."""
        if self.har_avklart_ansvar:
            return False
        if self.overordnet_id:
            return not self.overordnet.har_avklart_ansvar
        return not self.deltiltak.all()

    @property
    def ansvar_i_teksten(self):
        """Whether the text says who is responsible, under that label, as it does where a
        plan was read from a document and the name became no tjeneste."""
        return bool(_ANSVAR_I_TEKSTEN.search(self.tekst))

    @property
    def har_avklart_ansvar(self):
        """Whether somebody is responsible; "ikke avklart" is a legal answer."""
        return any(a.er_ansvarlig for a in self.ansvaret)
