"""What a plan still lacks, each point with the way to where it is mended; of a draft and
of a plan in force alike."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from slt.grunn.tekst import ren_tekst
from tiltak.detaljer import last_detaljer, med_sted_i_planen
from tiltak.models import Kontaktpunkt, Plassering, Tiltak, planens_orden, star_i
from tiltak.overgang import TILTAK_PER_SIDE, til_overs
from tiltak.publisering import upubliserte
from tiltak.telling import TILTAK, utsagn


@dataclass(frozen=True)
class Rad:
    """One thing that is lacking.

    Attributes:
        adresse: the form of the site where it is mended, or the page where it is read.
        i_admin: the page of the admin where it is mended, where the site has no form.
        merkelapp: where the tiltak stands: "Vold 4".
        detalj: what is the matter, where the heading does not say all of it.
    """

    tittel: str
    adresse: str
    i_admin: str = ""
    merkelapp: str = ""
    detalj: str = ""


@dataclass(frozen=True)
class Gruppe:
    """Things of one kind that are lacking.

    Attributes:
        nokkel: the part of the page's address.
        hvorfor: what it means to those who read the plan, and how it is mended.
        teller: whether it is a lack, and no mere notice of what cannot be mended.
    """

    nokkel: str
    overskrift: str
    hvorfor: str
    rader: list[Rad]
    teller: bool = True


def antall_mangler(plan):
    """Returns how many things the plan lacks."""
    return sum(len(gruppe.rader) for gruppe in mangler(plan) if gruppe.teller)


def mangler(plan):
    """Returns the Gruppe of all that is lacking, without those of which nothing is; a
    constant number of queries.

    Args:
        plan: a Handlingsplan that can be changed, with kommune loaded.
    """
    return [gruppe for gruppe in Gjennomgang(plan).grupper() if gruppe.rader]


def _i_admin(modell, hva, *args):
    return reverse(f"admin:tiltak_{modell}_{hva}", args=args)


class Gjennomgang:
    """All that is asked of a plan, loaded once."""

    def __init__(self, plan):
        self.plan = plan
        self.forside = plan.get_absolute_url()
        self.omrader = list(plan.innsatsomrader.all())
        self.kapitler = list(plan.kapitler.all())
        self.alle = self._last_tiltakene()
        self.varer = [tiltak for tiltak in self.alle if not tiltak.er_avsluttet]
        self.hele = [tiltak for tiltak in self.varer if tiltak.overordnet_id is None]
        last_detaljer(
            self.hele,
            AnonymousUser(),
            deltiltak=Tiltak.objects.exclude(status__in=Tiltak.AVSLUTTEDE),
        )
        self.steder = self._last_stedene()
        self._nevnt = {}

    def _last_tiltakene(self):
        """Those of the plan and its guests, deltiltak too, as they are read here; also
        what is ended, and what is not published yet."""
        rader = med_sted_i_planen(Tiltak.objects.filter(star_i(self.plan)))
        rader = rader.prefetch_related("overganger_til")
        rader = list(rader.order_by(*planens_orden()))
        for tiltak in rader:
            for lest in filter(None, (tiltak, tiltak.overordnet)):
                lest.lest_i = self.plan.pk
        return rader

    def _last_stedene(self):
        """{id of an innsatsområde: its places by number}."""
        steder = defaultdict(list)
        rader = self.plan.plasseringer.select_related("tiltak", "innsatsomrade")
        for sted in rader.order_by("nummer"):
            steder[sted.innsatsomrade_id].append(sted)
        return steder

    def grupper(self):
        yield self._innhold()
        yield self._uten_plass()
        yield self._avsluttede()
        yield self._uten_ansvar()
        yield self._nedlagte()
        yield self._uten_kontakt()
        yield self._uten_malgruppe()
        yield self._uten_niva()
        yield self._tomme_omrader()
        yield self._nummerhull()
        yield self._datoer()
        yield self._tomme_kapitler()
        yield self._tall_i_teksten()
        yield self._upublisert()
        yield from self._overgang()
        yield self._foreslatt_niva()

    # What there is none of ---------------------------------------------------------

    def _innhold(self):
        rader = []
        if not self.omrader:
            rader.append(
                Rad(
                    _("Planen har ingen innsatsområder"),
                    self.forside,
                    _i_admin("innsatsomrade", "add") + f"?plan={self.plan.pk}",
                )
            )
        if not self.hele:
            rader.append(
                Rad(
                    _("Planen har ingen tiltak"),
                    self.forside,
                    _i_admin("tiltak", "add") + f"?plan={self.plan.pk}",
                )
            )
        return Gruppe(
            "innhold",
            _("Planen er ikke skrevet ennå"),
            _("Tiltakene er det leserne ser etter, og de står i innsatsområder."),
            rader,
        )

    def _tomme_omrader(self):
        i_bruk = {
            sted.innsatsomrade_id
            for stedene in self.steder.values()
            for sted in stedene
            if not sted.tiltak.er_avsluttet
        }
        legg_til = _i_admin("tiltak", "add") + f"?plan={self.plan.pk}"
        return Gruppe(
            "omrader",
            _("Innsatsområder uten tiltak"),
            _("Et område uten tiltak sier ikke hva som gjøres. Gi det et tiltak."),
            [
                Rad(omrade.navn, self._omradets_side(omrade), legg_til)
                for omrade in self.omrader
                if omrade.pk not in i_bruk and self.hele
            ],
        )

    def _tomme_kapitler(self):
        return Gruppe(
            "kapitler",
            _("Tomme kapitler"),
            _("Kapitlet står i innholdslisten uten tekst og uten figur."),
            [
                Rad(
                    kapittel.tittel, self._kapitlets_side(kapittel), _kapittel(kapittel)
                )
                for kapittel in self.kapitler
                if not kapittel.figur and not ren_tekst(kapittel.tekst).strip()
            ],
        )

    # What is said of a tiltak ------------------------------------------------------

    def _uten_ansvar(self):
        return Gruppe(
            "ansvar",
            _("Ansvaret er ikke avklart"),
            _(
                "Leserne ser «Ansvar: ikke avklart». Det er lov å si, men da vet ingen "
                "hvem som svarer for tiltaket."
            ),
            [
                self._rad(tiltak, skjema=True)
                for tiltak in self._uten(lambda t: t.har_avklart_ansvar, "ansvar")
            ],
        )

    def _nedlagte(self):
        return Gruppe(
            "nedlagt",
            _("Ansvarlig tjeneste er nedlagt"),
            _("Tjenesten er ikke der lenger. Velg hvem som svarer for tiltaket nå."),
            [
                self._rad(tiltak, skjema=True, detalj=str(ansvar.tjeneste))
                for tiltak, ansvar in self._ansvarlige()
                if ansvar.tjeneste.nedlagt
            ],
        )

    def _uten_kontakt(self):
        """A tjeneste without any contact point for all, once; and a tiltak for which
        those that are chosen, or the main ones, are not for all."""
        ingen, skjulte = defaultdict(list), []
        for tiltak, ansvar in self._ansvarlige():
            if ansvar.tjeneste.nedlagt or ansvar.kontaktpunkter:
                continue
            if ansvar.tjeneste_id in self.har_kontakt:
                skjulte.append((tiltak, ansvar.tjeneste))
            else:
                ingen[ansvar.tjeneste].append(self._sted(tiltak) or tiltak.tittel)
        tjenester = [
            Rad(
                tjeneste.navn,
                tjeneste.get_absolute_url(),
                _i_admin("tjeneste", "change", tjeneste.pk),
                detalj=_("Har ansvar for %s.") % ", ".join(dict.fromkeys(steder)),
            )
            for tjeneste, steder in ingen.items()
        ]
        ved_tiltak = [
            self._rad(
                tiltak,
                skjema=True,
                detalj=_(
                    "%s har kontaktpunkter for alle, men ingen av dem gjelder her. Velg ett."
                )
                % tjeneste.kort,
            )
            for tiltak, tjeneste in skjulte
        ]
        return Gruppe(
            "kontakt",
            _("Ingen måte å kontakte den ansvarlige på"),
            _(
                "Leserne finner ingen telefon, e-post, nettside eller fremgangsmåte. Gi "
                "tjenesten et kontaktpunkt som vises for alle."
            ),
            tjenester + ved_tiltak,
        )

    def _uten_malgruppe(self):
        return Gruppe(
            "malgruppe",
            _("Tiltak uten målgruppe"),
            _(
                "Leserne ser ikke hvem tiltaket er for, og i søk og dekning regnes det "
                "som for alle aldre."
            ),
            [self._rad(tiltak) for tiltak in self._uten(_malgruppene, "malgrupper")],
        )

    def _uten_niva(self):
        return Gruppe(
            "niva",
            _("Forebyggingsnivået er ikke satt"),
            _(
                "Tiltaket teller verken som universelt, selektivt eller indikativt i "
                "dekningen og pyramiden."
            ),
            [self._rad(tiltak) for tiltak in self._uten(lambda t: t.niva)],
        )

    def _foreslatt_niva(self):
        return Gruppe(
            "foreslatt",
            _("Forebyggingsnivået er bare foreslått"),
            _(
                "Nivået er et forslag, ikke kommunens eget. Fjern haken «nivået er "
                "foreslått» når dere er enige i det, eller velg et annet."
            ),
            [
                self._rad(tiltak, detalj=tiltak.get_niva_display())
                for tiltak in self._med_deler()
                if tiltak.niva_foreslatt
            ],
        )

    def _uten_plass(self):
        return Gruppe(
            "plass",
            _("Tiltak uten plass i planen"),
            _(
                "Tiltaket vises ikke for noen før det har et innsatsområde og et nummer, "
                "og ett av stedene er hovedplasseringen."
            ),
            [
                self._rad(tiltak)
                for tiltak in self.hele
                if tiltak.hovedplassering is None
            ],
        )

    def _avsluttede(self):
        """In a draft. What is ended in a plan in force stays in it, and says so."""
        rader = self.alle if self.plan.er_utkast else []
        return Gruppe(
            "avsluttet",
            _("Avsluttede tiltak i utkastet"),
            _(
                "Det som er avsluttet, hører til planen før. Endre statusen, eller slett "
                "tiltaket mens planen er et utkast."
            ),
            [
                self._rad(tiltak, skjema=True, detalj=tiltak.get_status_display())
                for tiltak in rader
                if tiltak.er_avsluttet
            ],
        )

    def _datoer(self):
        return Gruppe(
            "datoer",
            _("Datoer utenfor planperioden"),
            _("Planen gjelder %s. Datoene kan ha fulgt med fra en tidligere plan.")
            % self.plan.periode,
            [
                self._rad(tiltak, detalj=detalj)
                for tiltak in self._med_deler()
                if not tiltak.er_gjest and (detalj := self._dato_utenfor(tiltak))
            ],
        )

    def _dato_utenfor(self, tiltak):
        forste, siste = self.plan.fra_ar, self.plan.til_ar
        # A permanent tiltak may well have begun before the plan.
        if tiltak.fra_dato and tiltak.fra_dato.year > siste:
            return _("Begynner %s.") % _dag(tiltak.fra_dato)
        if tiltak.til_dato and not forste <= tiltak.til_dato.year <= siste:
            return _("Slutter %s.") % _dag(tiltak.til_dato)
        if tiltak.evalueres_dato and tiltak.evalueres_dato.year < forste:
            return _("Evalueres %s.") % _dag(tiltak.evalueres_dato)
        return ""

    # Numbers ------------------------------------------------------------------------

    def _nummerhull(self):
        """In a draft numbers can be mended. In a plan in force they stand, and what was
        taken out of it leaves its number to nobody."""
        fast = not self.plan.er_utkast
        return Gruppe(
            "numre",
            _("Numre som ikke er brukt") if fast else _("Hull i nummereringen"),
            _(
                "Planen gjelder, og da står numrene fast. Her er det ikke noe å rette, men "
                "leserne kan spørre."
            )
            if fast
            else _("Numrene står fast når planen gjelder, og da blir hullet stående."),
            [
                self._hull(omrade, etter)
                for omrade in self.omrader
                for etter in self._etter_hull(omrade)
            ],
            teller=not fast,
        )

    def _etter_hull(self, omrade):
        """Yields (first and last number that is missing, the place after it)."""
        brukt = {nr for pk, nr in self.tatt_ut if pk == omrade.pk}
        stedene = self.steder[omrade.pk]
        numrene = sorted(brukt | {sted.nummer for sted in stedene})
        for for_, nummer in pairwise([0, *numrene]):
            if nummer - for_ > 1:
                etter = next((s for s in stedene if s.nummer >= nummer), None)
                if etter is not None:  # else nobody sees that there is one
                    yield for_ + 1, nummer - 1, etter

    def _hull(self, omrade, hullet):
        fra, til, etter = hullet
        numrene = str(fra) if fra == til else f"{fra}–{til}"
        rettes = self.plan.er_utkast
        return Rad(
            _("%(omrade)s: %(numre)s mangler")
            % {"omrade": omrade.navn, "numre": numrene},
            self._omradets_side(omrade),
            _i_admin("tiltak", "change", etter.tiltak_id) if rettes else "",
            detalj=_("Etter hullet står %(sted)s, «%(tiltak)s».")
            % {"sted": etter.merkelapp, "tiltak": etter.tiltak},
        )

    # What is underway ---------------------------------------------------------------

    def _upublisert(self):
        siden = reverse("tiltak:upublisert", args=self._i_planen)
        return Gruppe(
            "upublisert",
            _("Ikke publisert ennå"),
            _("Bare koordinatorer og politirådet ser det til det er publisert."),
            [
                Rad(
                    str(rad),
                    f"{siden}#{hva}",
                    detalj=rad._meta.verbose_name.capitalize(),
                )
                for hva, rader in upubliserte(self.plan)
                for rad in rader
            ],
        )

    def _overgang(self):
        if not (self.plan.er_utkast and self.plan.bygger_pa_id):
            return
        valgt = list(self.plan.overganger.select_related("fra"))
        ventende = [o for o in valgt if not o.til_id and o.valg in o.BLIR_TILTAK]
        alle = list(til_overs(self.plan))
        steder = {tiltak.pk: nr for nr, tiltak in enumerate(alle)}
        yield Gruppe(
            "ventende",
            _("Valgt, men ikke utført"),
            _("Det som er valgt, kommer ikke inn i planen før det er utført."),
            [
                Rad(
                    str(rad.fra),
                    self._valget(rad.fra_id, steder.get(rad.fra_id, 0)),
                    detalj=rad.get_valg_display(),
                )
                for rad in ventende
            ],
        )
        valgte = {rad.fra_id for rad in valgt}
        yield Gruppe(
            "ikke-valgt",
            _("Tiltak i planen før som det ikke er valgt noe for"),
            _("De faller ut uten et ord når den nye planen tar over."),
            [
                Rad(
                    str(tiltak),
                    self._valget(tiltak.pk, steder[tiltak.pk]),
                    merkelapp=tiltak.merkelapp,
                )
                for tiltak in alle
                if tiltak.pk not in valgte
            ],
        )

    def _valget(self, tiltak, nr):
        """Where it is chosen what becomes of the tiltak, which is so far down the list."""
        siden = reverse("tiltak:overgang", args=self._i_planen)
        side = nr // TILTAK_PER_SIDE + 1
        return f"{siden}?page={side}#tiltak-{tiltak}"

    # What the text says -------------------------------------------------------------

    def _tall_i_teksten(self):
        return Gruppe(
            "tall",
            _("Teksten sier et annet tall"),
            _("Teksten teller annerledes enn planen. Rett den, eller skriv den om."),
            [rad for sted in self._tekster() for rad in self._feil_tall(*sted)],
        )

    def _tekster(self):
        """Yields (what it is, text, innsatsområde that it is of or None, admin page)."""
        planen = _i_admin("handlingsplan", "change", self.plan.pk)
        yield _("Ingressen"), self.plan.ingress, None, (self.forside, planen)
        for kapittel in self.kapitler:
            sted = self._kapitlets_side(kapittel), _kapittel(kapittel)
            yield kapittel.tittel, ren_tekst(kapittel.tekst), None, sted
        for mal in self.malsettinger:
            # Those of the innsatsområder stand among those of the plan.
            sted = reverse("tiltak:plan", args=self._i_planen), planen
            omrade = next(
                (o for o in self.omrader if o.pk == mal.innsatsomrade_id), None
            )
            yield mal.get_type_display().capitalize(), mal.tekst, omrade, sted
        for omrade in self.omrader:
            endre = _i_admin("innsatsomrade", "change", omrade.pk)
            sted = self._omradets_side(omrade), endre
            yield omrade.navn, ren_tekst(omrade.tekst), omrade, sted

    def _feil_tall(self, hva, tekst, omrade, sted):
        """Yields a Rad of each thing that is wrong in a text, once."""
        adresse, i_admin = sted
        feil = dict.fromkeys(self._feilen(sagt, omrade) for sagt in utsagn(tekst))
        yield from (
            Rad(hva, adresse, i_admin, detalj=detalj) for detalj in feil if detalj
        )

    def _feilen(self, sagt, omrade):
        om = self._omradet_i(sagt.setning) or omrade
        if sagt.hva == TILTAK and om is not None:
            antall, navn = self.antall_i[om.pk], om.navn
        elif sagt.hva == TILTAK:
            antall, navn = len(self.lest), _("planen")
        else:
            antall, navn = len(self.leste_omrader), _("planen")
        if not sagt.er_feil(antall, self.andre_tall if sagt.hva == TILTAK else ()):
            return ""
        return _("Teksten sier %(sagt)s, %(navn)s har %(antall)d.") % {
            "sagt": sagt.sagt,
            "navn": navn,
            "antall": antall,
        }

    def _omradet_i(self, setning):
        """The one innsatsområde that a sentence names in full, or None. A sentence with
        many counts is looked through once."""
        if setning not in self._nevnt:
            nevnt = [
                omrade
                for omrade in self.omrader
                if re.search(rf"\b{re.escape(omrade.navn)}\b", setning, re.IGNORECASE)
            ]
            self._nevnt[setning] = nevnt[0] if len(nevnt) == 1 else None
        return self._nevnt[setning]

    # What is asked more than once ---------------------------------------------------

    @cached_property
    def malsettinger(self):
        return list(self.plan.malsettinger.filter(tiltak=None))

    @cached_property
    def tatt_ut(self):
        """{(id of an innsatsområde, number)} of what once stood in a plan that is in
        force by now."""
        if self.plan.er_utkast:
            return set()
        ute = Plassering.historikk.filter(plan=self.plan.pk, history_type="-")
        return set(ute.values_list("innsatsomrade", "nummer"))

    @cached_property
    def har_kontakt(self):
        """The ids of the tjenester with a contact point that all see."""
        synlige = Kontaktpunkt.objects.synlige_for(AnonymousUser())
        synlige = synlige.filter(tjeneste__kommune=self.plan.kommune_id)
        return set(synlige.values_list("tjeneste", flat=True))

    @cached_property
    def leste_omrader(self):
        """Those that readers find."""
        return [o for o in self.omrader if self.plan.er_utkast or o.publisert]

    @cached_property
    def lest(self):
        """The tiltak that readers find in the list of the plan: the count that it says."""
        omrader = {omrade.pk for omrade in self.leste_omrader}
        return [
            tiltak
            for tiltak in self.hele
            if (self.plan.er_utkast or tiltak.publisert)
            and (sted := tiltak.hovedplassering) is not None
            and sted.innsatsomrade_id in omrader
        ]

    @cached_property
    def antall_i(self):
        """{id of an innsatsområde: how many tiltak readers find there}."""
        lest = {tiltak.pk for tiltak in self.lest}
        return {
            omrade.pk: sum(s.tiltak_id in lest for s in self.steder[omrade.pk])
            for omrade in self.omrader
        }

    @cached_property
    def andre_tall(self):
        """What else a text may count: the whole, with parts, an innsatsområde, places,
        what is new, a level, a status."""
        deler = [del_ for t in self.lest for del_ in t.deltiltak.all()]
        med_deler = [*self.lest, *deler]
        return {
            len(self.lest),
            len(med_deler),
            len(med_deler) - sum(bool(t.deltiltak.all()) for t in self.lest),
            sum(self.antall_i.values()),
            *self.antall_i.values(),
            *(sum(t.er_nytt for t in rader) for rader in (self.lest, med_deler)),
            *Counter(t.niva for t in self.lest).values(),
            *Counter(t.status for t in self.lest).values(),
        }

    def _med_deler(self):
        """Each tiltak, and after it its deltiltak."""
        for tiltak in self.hele:
            yield tiltak
            yield from tiltak.deltiltak.all()

    def _leste(self, relasjon):
        """Yields each whole tiltak as it is read at its main place, and where these rows
        say otherwise at another one, there too."""
        for tiltak in self.hele:
            bundne = {rad.plassering_id for rad in getattr(tiltak, relasjon).all()}
            her = [
                sted
                for sted in tiltak.plasseringer.all()
                if sted.plan_id == self.plan.pk and sted.pk in bundne
            ]
            hoved = tiltak.hovedplassering
            for sted in [hoved, *(sted for sted in her if sted != hoved)]:
                tiltak.stedet = sted
                yield tiltak
            tiltak.stedet = hoved

    def _uten(self, har, relasjon="malgrupper"):
        """Yields the tiltak that have it not; where there are deltiltak, they say it, and
        what the whole has, they have, too."""
        for tiltak in self._leste(relasjon):
            if har(tiltak):
                continue
            deler = tiltak.deltiltak.all()
            yield from [del_ for del_ in deler if not har(del_)] if deler else [tiltak]

    def _ansvarlige(self):
        """Yields (tiltak or deltiltak, ansvar) of all who answer for one."""
        for tiltak in self._leste("ansvar"):
            yield from ((tiltak, ansvar) for ansvar in tiltak.ansvarlige)
        for tiltak in self.hele:
            for del_ in tiltak.deltiltak.all():
                yield from ((del_, ansvar) for ansvar in del_.ansvarlige)

    @property
    def _i_planen(self):
        return self.plan.kommune.slug, self.plan.slug

    def _omradets_side(self, omrade):
        return omrade.get_absolute_url()

    def _kapitlets_side(self, kapittel):
        if kapittel.er_upublisert:
            return reverse("tiltak:upublisert", args=self._i_planen) + "#kapittel"
        lesing = reverse("tiltak:plan", args=self._i_planen)
        return f"{lesing}#kapittel-{kapittel.slug}"

    def _sted(self, tiltak):
        """The label of where it stands; of a deltiltak that of the whole."""
        if tiltak.overordnet_id and tiltak.overordnet.merkelapp:
            return _("del av %s") % tiltak.overordnet.merkelapp
        return tiltak.merkelapp

    def _rad(self, tiltak, *, skjema=False, detalj=""):
        """
        Args:
            skjema: whether it is mended in the form of the site.
        """
        endre = reverse("tiltak:tiltak_endre", args=[self._i_planen[0], tiltak.pk])
        return Rad(
            tiltak.tittel,
            endre if skjema else tiltak.get_absolute_url(),
            "" if skjema else _i_admin("tiltak", "change", tiltak.pk),
            merkelapp=self._sted(tiltak),
            detalj=detalj,
        )


def _kapittel(kapittel):
    return _i_admin("kapittel", "change", kapittel.pk)


def _dag(dato):
    return date_format(dato, "j. F Y")


def _malgruppene(tiltak):
    return tiltak.malgruppene
