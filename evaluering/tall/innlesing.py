"""Tables of figures that people send, understood row by row as figures of a kommune.
Nothing is stored here.

What a table says by names is looked up; what it names and the kommune has not, somebody
has to say what is: see `Valg`.
"""

import re
from collections import Counter, defaultdict
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluering.models import Indikator, Maling
from evaluering.models.helhet import er_bare_helhet, er_helhet
from evaluering.models.tall import FLEST_TALL
from evaluering.tall import tallord
from evaluering.tall.ark import Ark, tekst
from evaluering.tall.celler import Tvetydig, er_prosent, er_tall, les_spenn, les_tall
from evaluering.tall.innlest import UTEN, Innlest, Oppslag, Ukjent, Valg, sier_det_samme
from evaluering.tall.malen import MA_VAERE_MED
from evaluering.tall.oppsett import Oppsett, overskrifter
from evaluering.tall.utrulling import rull_ut
from slt.grunn.identitetsnummer import avvis_identitetsnummer
from slt.models import Kommune

STEDET = {"sted", "lokalområde"}
FRITT = {"slag": 80, "gruppe": 80, "alder": 40}
# What stands in place of a figure, and not beside one.
UTEN_TALL = {Maling.Merke.SKJULT, Maling.Merke.MANGLER, Maling.Merke.IKKE_AKTUELT}


class Tolker:
    """Understands a sheet as figures of a kommune. Looks up names in what was loaded once:
    5 queries, whatever the number of rows."""

    def __init__(self, kommune: Kommune, oppsett: Oppsett, valg: Valg | None = None):
        self.kommune, self.oppsett, self.valg = kommune, oppsett, valg or Valg()
        self.oppslag = {
            "indikatorer": Oppslag(kommune.indikatorer.select_related("kilde")),
            "steder": Oppslag(kommune.steder.select_related("lokalomrade")),
            "lokalomrader": Oppslag(kommune.lokalomrader.all()),
            "kilder": Oppslag(kommune.kilder.all()),
        }
        egne = Maling.objects.filter(indikator__kommune=kommune).order_by()
        self.finnes = {m.nokkel: m for m in egne}
        self.innlest = Innlest()
        self.radnummer = {}
        self.utelatt, self.avrundet, self.andre = Counter(), 0, Counter()
        self.egne, self.med_fotnote, self.med_stjerne = 0, "", ""
        # The kolonner of a line of which the figure was rounded.
        self.rundet = set()
        self.utenfor, self.nevner_andre = 0, False

    def tolk(self, ark: Ark) -> Innlest:
        """Understands the sheet.

        Raises:
            ValidationError: the table as a whole is of no use.
        """
        utrullet = rull_ut(ark, self.oppsett)
        self.innlest.merknader += utrullet.merknader
        self.innlest.utgiver = tallord.utgiveren(self._sier_utgiver(ark))
        for nr, hva in utrullet.feil:
            self.innlest.si(nr, "", hva)
        self.nevner_andre = any(map(self._er_et_annet_sted, utrullet.linjer))
        self.har_eget_nummer = any(
            self._er_eget_nummer(tekst(linje.celler.get("kommunenummer")))
            for linje in utrullet.linjer
        )
        for linje in utrullet.linjer:
            self._linje(linje.nr, linje.celler)
        self._oppsummer()
        if self.andre and not (self.egne or self.innlest.feil_i_alt):
            raise ValidationError(
                _("Ingen av tallene gjelder %s. Se hvilken kolonne som er kommunen.")
                % self.kommune
            )
        if not utrullet.linjer and not utrullet.feil:
            raise ValidationError(_("Tabellen har ingen tall under overskriftene."))
        self._sjekk_antall()
        return self.innlest

    def _sier_utgiver(self, ark):
        if self.valg.kilde and (
            kilde := self.oppslag["kilder"].ved_pk(self.valg.kilde)
        ):
            yield f"{kilde.navn} {kilde.utgiver}"
        for navn in overskrifter(ark, self.oppsett.hode):
            yield " ".join(navn)
        for nr, celler in ark.rader:
            ordene = [ord_ for ord_ in map(tekst, celler) if ord_]
            # Above the table, and in the notes below it.
            if nr < self.oppsett.hode[0] or len(ordene) == 1:
                yield " ".join(ordene)

    def _oppsummer(self):
        si = self.innlest.merknader.append
        if self.andre:
            nevnt = ", ".join(list(self.andre)[:3])
            si(
                ngettext(
                    "%(antall)d tall gjelder andre kommuner (%(navn)s), og er ikke tatt med.",
                    "%(antall)d tall gjelder andre kommuner (%(navn)s …), og er ikke tatt "
                    "med.",
                    len(self.andre),
                )
                % {"antall": sum(self.andre.values()), "navn": nevnt}
            )
        if self.utenfor:
            si(
                ngettext(
                    "%d tall er fra før eller etter årene som står ved kommunens navn, og "
                    "er ikke tatt med.",
                    "%d tall er fra før eller etter årene som står ved kommunens navn, og "
                    "er ikke tatt med.",
                    self.utenfor,
                )
                % self.utenfor
            )
        for navn, antall in self.utelatt.items():
            si(
                _("«%(navn)s» er ikke tatt med, som du valgte: %(antall)d tall.")
                % {"navn": navn, "antall": antall}
            )
        if self.med_fotnote:
            si(_("Tegnet i «%s» og like år er ikke tatt med.") % self.med_fotnote)
        if self.med_stjerne:
            si(_("Stjernen i «%s» og like tall er ikke tatt med.") % self.med_stjerne)
        andeler = defaultdict(list)
        for m in self.innlest.malinger:
            if m.verdi and m.indikator.teller == Indikator.Teller.ANDEL:
                andeler[m.indikator.navn].append(abs(m.verdi))
        for navn, verdier in andeler.items():
            if len(verdier) > 1 and max(verdier) < 1:
                si(
                    _(
                        "Alle tallene for «%s» er mellom 0 og 1. Er de prosent, skal "
                        "0,245 skrives som 24,5."
                    )
                    % navn
                )
        if self.avrundet:
            si(
                ngettext(
                    "%d tall er avrundet til to desimaler.",
                    "%d tall er avrundet til to desimaler.",
                    self.avrundet,
                )
                % self.avrundet
            )

    def _sjekk_antall(self):
        nye = [maling.nokkel for maling in self.innlest.malinger]
        for _pk, antall in Counter(n[0] for n in (*nye, *self.finnes)).items():
            if antall > FLEST_TALL:
                raise ValidationError(
                    _("En indikator kan ha høyst %d tall. Del den i flere.")
                    % FLEST_TALL
                )

    # A line -----------------------------------------------------------------------------

    def _linje(self, nr, celler):
        feil_for = self.innlest.feil_i_alt
        celler = self._stedet_som_kommune(celler)
        hvor = self._hvor(celler)
        if hvor is None:
            return
        self.egne += not hvor
        for navn, celle in celler.items():
            self._sjekk_celle(nr, navn, celle)
        if self.innlest.feil_i_alt > feil_for:
            return
        slatt_opp = {
            navn: self._slatt_opp(nr, celler, navn, hva)
            for navn, hva in (
                ("indikator", "indikatorer"),
                ("sted", "steder"),
                ("lokalområde", "lokalomrader"),
                ("kilde", "kilder"),
            )
        }
        maling = Maling(
            sted=slatt_opp["sted"] or None,
            lokalomrade=slatt_opp["lokalområde"] or None,
            omfang=self._omfang(nr, celler, hvor),
            kjonn=self._valgt(nr, celler, "kjønn", tallord.kjonn, Maling.Kjonn),
            trinn=self._valgt(nr, celler, "skoleslag", tallord.trinn, Maling.Trinn),
            **{felt: self._fritt(celler, felt) for felt in FRITT},
        )
        self._sett_ar(nr, celler.get("år"), maling)
        if maling.arstall and not slatt_opp["kilde"]:
            self.innlest.siste_ar = max(
                self.innlest.siste_ar or 0, maling.ar.kan_komme_fra
            )
        self._sett_tall(nr, celler, maling)
        if self.innlest.feil_i_alt > feil_for:
            return
        if UTEN in slatt_opp.values() or maling.merke == UTEN:
            return
        if not slatt_opp["indikator"] or None in (
            slatt_opp[navn]
            for navn in ("sted", "lokalområde", "kilde")
            if tekst(celler.get(navn))
        ):
            return  # it waits for somebody to say what the name is
        maling.indikator = slatt_opp["indikator"]
        self._sett_kilde(slatt_opp["kilde"], maling)
        self._sjekk_telling(nr, celler, maling)
        self._sjekk(nr, maling)
        # Without both, somebody has to say what its mark is.
        er_lest = maling.verdi is not None or maling.merke
        if er_lest and self.innlest.feil_i_alt == feil_for:
            self._legg_til(maling)

    def _hvor(self, celler):
        """ "" for the own kommune, or a Maling.Omfang; None of other kommuner."""
        navn, nummer = tekst(celler.get("kommune")), tekst(celler.get("kommunenummer"))
        if not (navn or nummer):
            return ""
        if tallord.er_utenfor(navn, celler.get("år")):
            self.utenfor += 1
            return None
        # Two kommuner may have one name; numbers change with the years.
        if self.har_eget_nummer:
            er_egen = self._er_eget_nummer(nummer)
        else:
            er_egen = tallord.er_kommunen(navn, self.kommune.navn)
        # Where there are others, the sum of all is no figure of this one.
        if er_egen or (er_helhet(navn) and not self.nevner_andre):
            return ""
        if hvor := tallord.omfang(navn or nummer, self.kommune.nummer):
            return hvor
        self.andre[navn or nummer] += 1
        return None

    def _er_eget_nummer(self, nummer):
        uten = re.sub(r"^k-?", "", nummer, flags=re.IGNORECASE)
        return uten.zfill(4) == self.kommune.nummer

    def _er_et_annet_sted(self, linje):
        navn = tekst(linje.celler.get("kommune"))
        return bool(navn) and not (
            er_helhet(navn) or tallord.er_kommunen(navn, self.kommune.navn)
        )

    def _stedet_som_kommune(self, celler):
        """Where schools stand below the kommune, the fylke and the country in one column,
        it says for whom the figure is."""
        navn = tekst(celler.get("sted"))
        kjent = self.oppslag["steder"].ved_navn(navn)
        if not navn or kjent or tekst(celler.get("kommune")) or er_helhet(navn):
            return celler
        if tallord.er_kommunen(navn, self.kommune.navn) or tallord.omfang(
            navn, self.kommune.nummer
        ):
            return celler | {"sted": None, "kommune": navn, "kommunenummer": None}
        return celler

    def _sjekk_celle(self, nr, navn, celle):
        if isinstance(celle, dict):
            hva = next(iter(celle))
            if hva == "formel":
                self.innlest.si(
                    nr, navn, _("Cellen er en formel uten verdi. Lim inn verdien.")
                )
            elif hva == "feil":
                self.innlest.si(nr, navn, _("Cellen er en feil i regnearket."))
            elif hva == "dag":
                om_aret = _("Cellen er en dato. Skriv bare årstallet.")
                annet = _("Cellen er en dato. Skriv den som tekst.")
                self.innlest.si(nr, navn, om_aret if navn == "år" else annet)
            elif hva != "prosent" or navn not in {"tall", "til"}:
                self.innlest.si(nr, navn, _("Cellen må være en tekst eller et tall."))
            return
        if isinstance(celle, bool):
            self.innlest.si(nr, navn, _("Cellen må være en tekst eller et tall."))
            return
        innhold = tekst(celle)
        if str(celle).strip().startswith("="):
            self.innlest.si(nr, navn, _("Cellen er en formel. Lim inn verdien."))
            return
        # Before it is looked into: the same long text may stand in every cell.
        if len(innhold) > FRITT.get(navn, 200):
            self.innlest.si(nr, navn, _("Teksten er for lang."))
            return
        try:
            avvis_identitetsnummer(innhold)
        except ValidationError as feil:
            self.innlest.si(nr, navn, " ".join(feil.messages))

    def _slatt_opp(self, nr, celler, navn, hva):
        """The row of that name; UTEN when it is left out; None when it is unknown, or
        there is no name."""
        innhold = tekst(celler.get(navn))
        if not innhold:
            if navn in MA_VAERE_MED:
                self.innlest.si(nr, navn, _("Cellen er tom."))
            return None
        oppslag, valgt = self.oppslag[hva], getattr(self.valg, hva)
        # A place may have a name that sounds like all of them.
        if funnet := oppslag.ved_navn(innhold):
            return funnet
        if navn in STEDET and er_bare_helhet(innhold):
            celler[navn] = None
            return None
        pk = valgt.get(innhold.casefold())
        if pk == UTEN:
            self.utelatt[innhold] += 1
            return UTEN
        if pk and (funnet := oppslag.ved_pk(pk)):
            return funnet
        ukjent = self.innlest.ukjent(hva, innhold, oppslag)
        ukjent.antall += 1
        prosent = "prosent" if er_prosent(celler.get("tall")) else ""
        ukjent.enheter.add(tekst(celler.get("enhet")) or prosent)
        ukjent.trinn |= {tekst(celler.get(n)) for n in ("gruppe", "skoleslag", "slag")}
        return None

    def _omfang(self, nr, celler, hvor):
        innhold = tekst(celler.get("sammenligning"))
        if not innhold:
            return hvor
        for verdi, etikett in Maling.Omfang.choices:
            if innhold.casefold() in {verdi, str(etikett).casefold()}:
                return verdi
        if funnet := tallord.omfang(innhold, self.kommune.nummer):
            return funnet
        lovlige = ", ".join(map(str, Maling.Omfang.labels))
        self.innlest.si(nr, "sammenligning", _("Skriv en av disse: %s.") % lovlige)
        return ""

    def _valgt(self, nr, celler, navn, les, valg):
        innhold = tekst(celler.get(navn))
        funnet = les(innhold) if innhold else ""
        if funnet is not None:
            return funnet
        lovlige = ", ".join(map(str, valg.labels))
        self.innlest.si(nr, navn, _("Skriv en av disse: %s.") % lovlige)
        return ""

    def _fritt(self, celler, navn):
        innhold = tekst(celler.get(navn))
        if er_bare_helhet(innhold) or er_bare_helhet(tallord.uten_kode(innhold)):
            return ""
        return tallord.alder(innhold) if navn == "alder" else innhold

    def _sett_ar(self, nr, celle, maling):
        funnet = tallord.ar(celle, self.oppsett.to_ar)
        i_ar = timezone.localdate().year
        if not tekst(celle):
            self.innlest.si(nr, "år", _("Cellen er tom."))
        elif not funnet:
            self.innlest.si(nr, "år", _("Skriv et årstall, for eksempel 2023."))
        elif funnet.til_ar and not funnet.periode:
            self.innlest.si(nr, "år", _("Si om det er et skoleår eller to år sammen."))
        elif funnet.kan_komme_fra > i_ar:
            self.innlest.si(nr, "år", _("Året er ikke kommet ennå."))
        else:
            maling.arstall, maling.til_ar, maling.periode = funnet
            if not tekst(celle)[-1:].isdecimal():
                self.med_fotnote = tekst(celle)

    def _sett_tall(self, nr, celler, maling):
        celle = celler.get("tall")
        innhold = tekst(celle)
        self.rundet = set()
        if not innhold:
            self.innlest.si(nr, "tall", _("Cellen er tom."))
            return
        ved_siden = tekst(celler.get("merke"))
        merket = self._merket(ved_siden)
        if isinstance(celle, str) and not er_tall(celle) and tallord.er_merke(innhold):
            self._sett_merke(innhold, maling)
            return
        if isinstance(celle, str) and celle.strip().endswith("*"):
            merket = self._merket("*") or merket
            celle = celle.strip().rstrip("* ")
            self.med_stjerne = self.med_stjerne or ("" if merket else innhold)
        til = celler.get("til")
        if not tekst(til) and (spenn := les_spenn(celle)):
            celle, til = spenn
        maling.verdi = self._tall(nr, celle, "tall")
        if tekst(til):
            maling.verdi_til = self._tall(nr, til, "til")
        maling.merke = merket
        if tallord.merke(ved_siden, self.innlest.utgiver) in UTEN_TALL and not merket:
            self.innlest.si(
                nr, "merke", _("«%s» står ved et tall. Ta bort ett av dem.") % ved_siden
            )

    def _merket(self, innhold):
        """Whether a mark beside a figure says that it is provisional."""
        enkelt = innhold.casefold()
        sier = enkelt != "*" and tallord.er_forelopig(enkelt)
        if sier or self.valg.merker.get(enkelt) == Maling.Merke.FORELOPIG:
            return Maling.Merke.FORELOPIG
        if enkelt == "*" and self.innlest.utgiver == "ssb":
            return Maling.Merke.FORELOPIG
        return ""

    def _sett_merke(self, innhold, maling):
        enkelt = innhold.casefold()
        sagt = self.valg.merker.get(enkelt) or tallord.merke(
            innhold, self.innlest.utgiver
        )
        if sagt == tallord.NULL:
            maling.verdi = Decimal(0)
        elif sagt:
            maling.merke = sagt
            if sagt == UTEN:
                self.utelatt[innhold] += 1
        else:
            ukjent = self.innlest.ukjente["merker"].setdefault(enkelt, Ukjent(innhold))
            ukjent.antall += 1

    def _tall(self, nr, celle, navn):
        try:
            verdi, avrundet = les_tall(celle, self.oppsett.punktum)
        except Tvetydig as feil:
            self.innlest.ukjente["punktum"].setdefault("", Ukjent(tekst(celle)))
            self.innlest.ukjente["punktum"][""].antall += 1
            self.innlest.si(nr, navn, feil)
            return None
        except ValueError as feil:
            self.innlest.si(nr, navn, feil)
            return None
        if avrundet:
            self.avrundet += 1
            self.rundet.add(navn)
        return verdi

    # A figure ---------------------------------------------------------------------------

    def _sett_kilde(self, kilde, maling):
        """Its own source, or the one that was chosen, or that of its indicator; never one
        that is older than the figure."""
        valgt = self.oppslag["kilder"].ved_pk(self.valg.kilde)
        for mulig in (kilde, valgt, maling.indikator.kilde):
            if mulig and (mulig is kilde or mulig.kan_ha_tall_fra(maling.ar)):
                maling.kilde = mulig
                return
        self.innlest.mangler_kilde += 1

    def _sjekk_telling(self, nr, celler, maling):
        """What is counted comes in whole numbers, as they were before they were rounded,
        and not in percentages."""
        if not maling.indikator.kan_summeres:
            return
        for kolonne in ("tall", "til"):
            if er_prosent(celler.get(kolonne)):
                self.innlest.si(
                    nr,
                    kolonne,
                    _("Tallet er en prosent, og indikatoren teller noe."),
                )
            elif kolonne in self.rundet:
                self.innlest.si(nr, kolonne, _("Et antall må være et helt tall."))

    def _sjekk(self, nr, maling):
        for felt in FRITT:
            if maling.indikator.gjelder_alle(getattr(maling, felt)):
                self.innlest.si(
                    nr, felt, _("La feltet stå tomt for tallet som gjelder alle.")
                )
        for kolonne, verdi in (("tall", maling.verdi), ("til", maling.verdi_til)):
            if verdi is not None and (sagt := maling.indikator.feil_ved(verdi)):
                self.innlest.si(nr, kolonne, sagt)
        if maling.verdi_til is not None and maling.verdi_til <= maling.verdi:
            self.innlest.si(nr, "til", _("Det siste tallet må være større."))
        if maling.sted and maling.lokalomrade:
            self.innlest.si(nr, "sted", _("Velg enten et sted eller et lokalområde."))
        if maling.omfang and (maling.sted or maling.lokalomrade):
            self.innlest.si(
                nr, "sted", _("Et sted er i kommunen. La ett av dem stå tomt.")
            )
        if maling.kilde_id and not maling.kilde.kan_ha_tall_fra(maling.ar):
            self.innlest.si(
                nr,
                "kilde",
                _("Kilden er fra %(kilde)d, og kan ikke ha tall fra %(ar)s.")
                % {"kilde": maling.kilde.arstall, "ar": maling.ar},
            )
        if maling.nokkel in self.radnummer:
            self.innlest.si(
                nr,
                "tall",
                _("Et tall for det samme står også på rad %d.")
                % self.radnummer[maling.nokkel],
            )
        self.radnummer.setdefault(maling.nokkel, nr)

    def _legg_til(self, maling):
        finnes = self.finnes.get(maling.nokkel)
        if finnes is None:
            self.innlest.malinger.append(maling)
            return
        finnes.indikator = maling.indikator  # it is loaded
        if sier_det_samme(finnes, maling):
            self.innlest.like.append(maling)
        else:
            self.innlest.endringer.append((finnes, maling))
