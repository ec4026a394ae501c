"""Each factory makes the least valid row of its model."""

from datetime import date, time, timedelta
from hashlib import sha256
from io import BytesIO
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from evaluering.models import (
    Anbefaling,
    Egenvurdering,
    Egenvurderingssvar,
    Evaluering,
    Faktor,
    Funn,
    Indikator,
    Kalenderpunkt,
    Kilde,
    Kildesteg,
    Maling,
    Malsettingsindikator,
    Medvirkning,
    Milepal,
    Normsvar,
    Omradeindikator,
    Rapport,
    Tallimport,
    Tiltaksindikator,
    Tiltaksvurdering,
)
from moter.models import (
    Aktivitet,
    Forum,
    Forumskommune,
    Forumsmedlem,
    Kalenderlenke,
    Mote,
    Motefri,
    Moteserie,
    Planleser,
)
from slt.felles.rapport import kapitlene
from slt.grunn.historikk import uten_vern
from slt.grunn.telefon import grupper_telefon
from slt.grunn.tid import Ukedag
from slt.models import (
    Bilde,
    Bruker,
    Dokument,
    Kommune,
    Lokalomrade,
    Sted,
    Tilgang,
    Tilgangslenke,
    Utsending,
)
from tiltak.innlesing.blokker import AVSNITT, OVERSKRIFT, Blokk, nummerert
from tiltak.models import (
    Ansvar,
    Bekreftelse,
    Endringsforslag,
    Feilmelding,
    Finansiering,
    Foresporsel,
    Handlingsplan,
    Horing,
    Innsatsomrade,
    Innspill,
    Kapittel,
    Kontaktpunkt,
    Opphav,
    Planimport,
    Planlenke,
    Planrekke,
    Plassering,
    Registrering,
    Regnearkimport,
    Runde,
    Rundelukking,
    Rundeoppsett,
    Rundevalg,
    SettDeling,
    Statusrapport,
    Svarlenke,
    Tema,
    TilAnsatte,
    Tilskudd,
    Tilskuddstiltak,
    Tilstand,
    Tiltak,
    Tjeneste,
    Tjenestekommune,
    Tjenesteredaktor,
    TjenesteTema,
    Veileder,
)


class Radfabrikk(DjangoModelFactory):
    """A factory that also makes what could only have come about earlier: a tiltak in a
    plan that is superseded."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, *args, **kwargs):
        with uten_vern():
            return super()._create(*args, **kwargs)


class BrukerFactory(Radfabrikk):
    class Meta:
        model = Bruker

    epost = factory.Sequence(lambda n: f"bruker{n}@example.org")


class KommuneFactory(Radfabrikk):
    class Meta:
        model = Kommune

    # None that a kommune has, nor a test by name: however many were made before.
    nummer = factory.Sequence(lambda n: f"{6000 + n % 3900}")
    navn = factory.Sequence(lambda n: f"Prøvekommune {n}")
    slug = factory.Sequence(lambda n: f"provekommune-{n}")
    hvem_er_pa = True


class TilgangFactory(Radfabrikk):
    class Meta:
        model = Tilgang

    bruker = factory.SubFactory(BrukerFactory)
    kommune = factory.SubFactory(KommuneFactory)
    rolle = Tilgang.Rolle.KOORDINATOR


class UtsendingFactory(Radfabrikk):
    class Meta:
        model = Utsending

    kommune = factory.SubFactory(KommuneFactory)
    slag = Utsending.Slag.SAMLEBREV
    til = factory.Sequence(lambda n: f"mottaker{n}@example.org")
    emne = "Stemmer kontaktene?"

    @factory.lazy_attribute
    def tekst(self):
        ferdig = getattr(self, "tilstand", "") in Utsending.FERDIGE
        return "" if ferdig else "Se over kontaktene.\n"


class TilgangslenkeFactory(Radfabrikk):
    class Meta:
        model = Tilgangslenke

    kommune = factory.SubFactory(KommuneFactory)
    mottaker = "Politiet"
    avtrykk = factory.Sequence(lambda n: Tilgangslenke.avtrykk_av(str(n)))


class DokumentFactory(Radfabrikk):
    class Meta:
        model = Dokument

    kommune = factory.SubFactory(KommuneFactory)
    slag = Dokument.Slag.PLAN
    tittel = "Handlingsplan 2024–2028"
    filnavn = "handlingsplan.pdf"
    innhold = factory.Sequence(lambda n: f"%PDF-1.7 {n}".encode())
    storrelse = factory.LazyAttribute(lambda d: len(d.innhold))
    sha256 = factory.LazyAttribute(lambda d: sha256(d.innhold).hexdigest())


def png(farge="teal", storrelse=(40, 30)):
    """The bytes of a picture."""
    ut = BytesIO()
    Image.new("RGB", storrelse, farge).save(ut, "PNG")
    return ut.getvalue()


class BildeFactory(Radfabrikk):
    class Meta:
        model = Bilde

    kommune = factory.SubFactory(KommuneFactory)
    innhold = factory.Sequence(lambda n: png((n % 256, n // 256 % 256, 90)))
    kode = factory.LazyAttribute(lambda b: Bilde.kode_for(b.kommune, b.innhold))
    type = Bilde.Type.PNG
    bredde, hoyde = 40, 30
    storrelse = factory.LazyAttribute(lambda b: len(b.innhold))


def figur(bilde, alt="En kurve som stiger", bildetekst=""):
    """The picture as it stands in a text."""
    under = bildetekst and f"<figcaption>{bildetekst}</figcaption>"
    return (
        f'<figure><img src="{bilde.adresse}" alt="{alt}" width="{bilde.bredde}" '
        f'height="{bilde.hoyde}">{under}</figure>'
    )


class LokalomradeFactory(Radfabrikk):
    class Meta:
        model = Lokalomrade

    kommune = factory.SubFactory(KommuneFactory)
    navn = factory.Sequence(lambda n: f"Område {n}")


class StedFactory(Radfabrikk):
    class Meta:
        model = Sted

    kommune = factory.SubFactory(KommuneFactory)
    navn = factory.Sequence(lambda n: f"Sted {n}")
    type = Sted.Type.ANNET


class PlanrekkeFactory(Radfabrikk):
    class Meta:
        model = Planrekke
        django_get_or_create = ["kommune", "navn"]

    kommune = factory.SubFactory(KommuneFactory)
    navn = "SLT-planen"
    hoved = True


class HandlingsplanFactory(Radfabrikk):
    class Meta:
        model = Handlingsplan

    kommune = factory.SubFactory(KommuneFactory)
    rekke = factory.SubFactory(
        PlanrekkeFactory, kommune=factory.SelfAttribute("..kommune")
    )
    tittel = "Handlingsplan"
    fra_ar = 2024
    til_ar = 2028
    status = Handlingsplan.Status.GJELDENDE


class RegistreringFactory(Radfabrikk):
    class Meta:
        model = Registrering

    plan = factory.SubFactory(HandlingsplanFactory)
    dokument = factory.SubFactory(
        DokumentFactory, kommune=factory.SelfAttribute("..plan.kommune")
    )


class UtkastFactory(HandlingsplanFactory):
    status = Handlingsplan.Status.UTKAST


class HoringFactory(Radfabrikk):
    class Meta:
        model = Horing

    plan = factory.SubFactory(UtkastFactory)
    til = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class PlanlenkeFactory(Radfabrikk):
    class Meta:
        model = Planlenke

    plan = factory.SubFactory(UtkastFactory)
    mottaker = "Ungdomsrådet"
    avtrykk = factory.Sequence(lambda n: Planlenke.avtrykk_av(f"plan{n}"))


class InnspillFactory(Radfabrikk):
    class Meta:
        model = Innspill

    plan = factory.SubFactory(UtkastFactory)
    fra = "Ungdomsrådet"
    tekst = factory.Sequence(lambda n: f"Innspill {n}")
    vei = Innspill.Vei.FORT_INN


class KapittelFactory(Radfabrikk):
    class Meta:
        model = Kapittel

    publisert = True
    plan = factory.SubFactory(HandlingsplanFactory)
    tittel = factory.Sequence(lambda n: f"Kapittel {n}")
    tekst = "<p>Tekst</p>"


class InnsatsomradeFactory(Radfabrikk):
    class Meta:
        model = Innsatsomrade

    publisert = True
    plan = factory.SubFactory(HandlingsplanFactory)
    navn = factory.Sequence(lambda n: f"Innsatsområde {n}")
    kortnavn = factory.Sequence(lambda n: f"Omr {n}")


class TiltakFactory(Radfabrikk):
    """A tiltak without a place; `PlasseringFactory` makes one that has it."""

    class Meta:
        model = Tiltak

    publisert = True
    plan = factory.SubFactory(HandlingsplanFactory)
    tittel = factory.Sequence(lambda n: f"Prøvetiltak {n}")


class TilbudFactory(TiltakFactory):
    """A tiltak that stands in no plan."""

    class Meta:
        model = Tiltak

    kommune = factory.SubFactory(KommuneFactory)
    plan = None
    tittel = factory.Sequence(lambda n: f"Prøvetilbud {n}")


class PlasseringFactory(Radfabrikk):
    class Meta:
        model = Plassering

    innsatsomrade = factory.SubFactory(InnsatsomradeFactory)
    tiltak = factory.SubFactory(
        TiltakFactory, plan=factory.SelfAttribute("..innsatsomrade.plan")
    )
    nummer = factory.LazyAttribute(lambda p: p.innsatsomrade.neste_nummer)


class OpphavFactory(Radfabrikk):
    """Where a tiltak was copied from, which is not there any more."""

    class Meta:
        model = Opphav

    tiltak = factory.SubFactory(TiltakFactory)
    kommunenavn = "Fjernvik"
    tittel = "Prøvetiltaket der"


class TjenesteFactory(Radfabrikk):
    class Meta:
        model = Tjeneste

    # One of which there is nothing to say, stands in no list.
    tekst = "Slik er det her."
    kommune = factory.SubFactory(KommuneFactory)
    navn = factory.Sequence(lambda n: f"Tjeneste {n}")
    type = Tjeneste.Type.KOMMUNAL


class TjenestekommuneFactory(Radfabrikk):
    """That a tjeneste is shared with a kommune, which has accepted it."""

    class Meta:
        model = Tjenestekommune

    tjeneste = factory.SubFactory(TjenesteFactory)
    kommune = factory.SubFactory(KommuneFactory)
    godtatt = date(2026, 1, 1)


def trekk_tilbake(kommune):
    """What was changed together when another kommune took back a tjeneste."""
    TjenestekommuneFactory(kommune=kommune).delete()
    return Tjenestekommune.historikk.latest().history_samling


class SettDelingFactory(Radfabrikk):
    class Meta:
        model = SettDeling

    kommune = factory.SubFactory(KommuneFactory)
    samling = factory.LazyFunction(uuid4)


class TjenesteredaktorFactory(Radfabrikk):
    class Meta:
        model = Tjenesteredaktor

    bruker = factory.SubFactory(BrukerFactory)
    tjeneste = factory.SubFactory(TjenesteFactory)


class KontaktpunktFactory(Radfabrikk):
    class Meta:
        model = Kontaktpunkt

    tjeneste = factory.SubFactory(TjenesteFactory)
    type = Kontaktpunkt.Type.TELEFON
    verdi = factory.Sequence(lambda n: grupper_telefon(f"{40000000 + n}"))


class BekreftelseFactory(Radfabrikk):
    class Meta:
        model = Bekreftelse

    kontaktpunkt = factory.SubFactory(KontaktpunktFactory)
    hvordan = Bekreftelse.Hvordan.TELEFON


class RundeFactory(Radfabrikk):
    """A round that is sent, and is to be answered."""

    class Meta:
        model = Runde

    kommune = factory.SubFactory(KommuneFactory)
    arstall = factory.Sequence(lambda n: 2000 + n // 53 % 190)
    uke = factory.Sequence(lambda n: 1 + n % 53)
    frist = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    startet = factory.LazyFunction(timezone.now)


class ForesporselFactory(Radfabrikk):
    class Meta:
        model = Foresporsel

    tjeneste = factory.SubFactory(TjenesteFactory)
    runde = factory.SubFactory(
        RundeFactory, kommune=factory.SelfAttribute("..tjeneste.kommune")
    )


class SvarlenkeFactory(Radfabrikk):
    class Meta:
        model = Svarlenke

    foresporsel = factory.SubFactory(ForesporselFactory)
    avtrykk = factory.Sequence(lambda n: Svarlenke.avtrykk_av(f"svar{n}"))


class EndringsforslagFactory(Radfabrikk):
    """That a number is another one by now."""

    class Meta:
        model = Endringsforslag

    tjeneste = factory.SubFactory(TjenesteFactory)
    slag = Endringsforslag.Slag.KONTAKT
    kontaktpunkt = factory.SubFactory(
        KontaktpunktFactory, tjeneste=factory.SelfAttribute("..tjeneste")
    )
    innhold = factory.LazyFunction(lambda: {"verdi": "33 33 33 33"})
    hvordan = Bekreftelse.Hvordan.LENKE


def i_runden(tjeneste):
    """One row of each kind that says what a tjeneste is asked and answers."""
    foresporsel = ForesporselFactory(tjeneste=tjeneste)
    return [
        foresporsel.runde,
        foresporsel,
        SvarlenkeFactory(foresporsel=foresporsel),
        EndringsforslagFactory(tjeneste=tjeneste, foresporsel=foresporsel),
        Rundeoppsett.objects.create(kommune=tjeneste.kommune),
    ]


class RundevalgFactory(Radfabrikk):
    class Meta:
        model = Rundevalg

    plan = factory.SubFactory(HandlingsplanFactory)
    runde = factory.SubFactory(
        RundeFactory, kommune=factory.SelfAttribute("..plan.kommune")
    )


class RundelukkingFactory(Radfabrikk):
    """That a round was closed, and opened again."""

    class Meta:
        model = Rundelukking

    runde = factory.SubFactory(RundeFactory)
    gjenapnet = factory.LazyFunction(timezone.now)
    innhold = factory.LazyFunction(lambda: {"versjon": 1})
    hvorfor = "De ringte."


def om_runden(runde, plan):
    """One row of each kind that says of what a round asks, and how it was closed."""
    omrade = plan.innsatsomrader.first()
    valg = RundevalgFactory(plan=plan, innsatsomrade=omrade)
    return [valg, RundelukkingFactory(runde=runde)]


class StatusrapportFactory(Radfabrikk):
    """That it goes as planned, as somebody said on the phone."""

    class Meta:
        model = Statusrapport

    tiltak = factory.SubFactory(TiltakFactory)
    tilstand = Tilstand.SOM_PLANLAGT
    hvordan = Bekreftelse.Hvordan.TELEFON


class FinansieringFactory(Radfabrikk):
    class Meta:
        model = Finansiering

    tiltak = factory.SubFactory(TiltakFactory)
    slag = Finansiering.Slag.TILSKUDD


class TilskuddFactory(Radfabrikk):
    """A grant that somebody plans to apply for."""

    class Meta:
        model = Tilskudd

    kommune = factory.SubFactory(KommuneFactory)
    ordning = factory.Sequence(lambda n: f"Ordning {n}")
    giver = "Bufdir"
    arstall = 2026

    class Params:
        # What it came to, and was all that was asked for.
        ga = factory.Trait(
            tilstand="innvilget", sokt=factory.SelfAttribute("gitt"), gitt=100_000
        )


class TilskuddstiltakFactory(Radfabrikk):
    class Meta:
        model = Tilskuddstiltak

    tiltak = factory.SubFactory(TiltakFactory)
    tilskudd = factory.LazyAttribute(
        lambda rad: TilskuddFactory(kommune=rad.tiltak.kommune, ga=True)
    )


class FeilmeldingFactory(DjangoModelFactory):
    """That nobody answers there."""

    class Meta:
        model = Feilmelding

    tjeneste = factory.SubFactory(TjenesteFactory)
    emne = Feilmelding.Emne.SVARER_IKKE


class TemaFactory(Radfabrikk):
    class Meta:
        model = Tema

    kommune = factory.SubFactory(KommuneFactory)
    navn = factory.Sequence(lambda n: f"Tema {n}")


class TjenesteTemaFactory(Radfabrikk):
    class Meta:
        model = TjenesteTema

    tjeneste = factory.SubFactory(TjenesteFactory)
    tema = factory.SubFactory(
        TemaFactory, kommune=factory.SelfAttribute("..tjeneste.kommune")
    )


class TilAnsatteFactory(Radfabrikk):
    """The text for all themes."""

    class Meta:
        model = TilAnsatte

    kommune = factory.SubFactory(KommuneFactory)
    tekst = "<p>Snakk med lederen din.</p>"
    gjennomgatt = date(2026, 8, 17)


class VeilederFactory(Radfabrikk):
    class Meta:
        model = Veileder

    kommune = factory.SubFactory(KommuneFactory)
    type = Veileder.Type.VEILEDER
    tittel = factory.Sequence(lambda n: f"Veileder {n}")
    adresse = factory.Sequence(lambda n: f"https://example.org/veileder/{n}")


class AnsvarFactory(Radfabrikk):
    class Meta:
        model = Ansvar

    tiltak = factory.SubFactory(TiltakFactory)
    tjeneste = factory.SubFactory(
        TjenesteFactory, kommune=factory.SelfAttribute("..tiltak.kommune")
    )


class ForumFactory(Radfabrikk):
    class Meta:
        model = Forum

    kommune = factory.SubFactory(KommuneFactory)
    navn = factory.Sequence(lambda n: f"Forum {n}")
    type = Forum.Type.ARBEIDSGRUPPE
    niva = Forum.Niva.UTFORENDE


class ForumskommuneFactory(Radfabrikk):
    """That a kommune takes part in a forum, and has accepted it."""

    class Meta:
        model = Forumskommune

    forum = factory.SubFactory(ForumFactory)
    kommune = factory.SubFactory(KommuneFactory)
    godtatt = date(2026, 1, 1)


class ForumsmedlemFactory(Radfabrikk):
    class Meta:
        model = Forumsmedlem

    forum = factory.SubFactory(ForumFactory)
    funksjon = factory.Sequence(lambda n: f"Funksjon {n}")


class PlanleserFactory(Radfabrikk):
    class Meta:
        model = Planleser

    forum = factory.SubFactory(ForumFactory)
    plan = factory.SubFactory(
        UtkastFactory, kommune=factory.SelfAttribute("..forum.kommune")
    )


class MoteserieFactory(Radfabrikk):
    """Every Tuesday from nine to half past ten, from the first Monday of 2027."""

    class Meta:
        model = Moteserie

    forum = factory.SubFactory(ForumFactory)
    ukedag = Ukedag.TIRSDAG
    fra = date(2027, 1, 4)
    start_kl = time(9)
    slutt_kl = time(10, 30)


def klokka_tolv(*, dager):
    """Noon, so many days from today."""
    tolv = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return tolv + timedelta(days=dager)


class MoteFactory(Radfabrikk):
    """A meeting of one hour at noon, a day later than the one before."""

    class Meta:
        model = Mote

    forum = factory.SubFactory(ForumFactory)
    # Not at the hour of the test: late in the evening it would end on the day after, which
    # no form can say.
    start = factory.Sequence(lambda n: klokka_tolv(dager=1 + n % 300))
    slutt = factory.LazyAttribute(lambda mote: mote.start + timedelta(hours=1))


class AktivitetFactory(Radfabrikk):
    class Meta:
        model = Aktivitet

    kommune = factory.SubFactory(KommuneFactory)
    tittel = factory.Sequence(lambda n: f"Aktivitet {n}")
    slag = Aktivitet.Slag.TEMAKVELD
    dato = date(2026, 3, 5)


class MotefriFactory(Radfabrikk):
    class Meta:
        model = Motefri

    kommune = factory.SubFactory(KommuneFactory)
    navn = factory.Sequence(lambda n: f"ferie {n}")
    fra = date(2027, 2, 22)
    til = date(2027, 2, 26)


class KalenderlenkeFactory(Radfabrikk):
    class Meta:
        model = Kalenderlenke

    forum = factory.SubFactory(ForumFactory)
    avtrykk = factory.Sequence(lambda n: Kalenderlenke.avtrykk_av(f"kalender {n}"))


class KildeFactory(Radfabrikk):
    class Meta:
        model = Kilde

    kommune = factory.SubFactory(KommuneFactory)
    navn = factory.Sequence(lambda n: f"Kilde {n}")
    type = Kilde.Type.UNGDATA
    arstall = 2025
    utgiver = "NOVA"


class EvalueringFactory(Radfabrikk):
    """One of a plan, under way."""

    class Meta:
        model = Evaluering

    plan = factory.SubFactory(HandlingsplanFactory)
    kommune = factory.SelfAttribute("plan.kommune")
    slag = Evaluering.Slag.MIDTVEIS
    tittel = "Midtveisevaluering"
    fra_dato = date(2024, 1, 1)
    til_dato = date(2026, 6, 30)


def ferdig_evaluering(plan, *, publisert=True, tiltak=None, **felter):
    """A finished one of a plan, with a milestone; and with what it says of a tiltak."""
    evaluering = EvalueringFactory(
        plan=plan, virkning="<p>Færre skulker.</p>", **felter
    )
    MilepalFactory(evaluering=evaluering)
    if tiltak:
        TiltaksvurderingFactory(
            evaluering=evaluering, tiltak=tiltak, videre="viderefores"
        )
    evaluering.ferdig = timezone.now()
    evaluering.dokument = DokumentFactory(kommune=plan.kommune, slag="evaluering")
    evaluering.publisert = publisert
    evaluering.save()
    return evaluering


class RapportFactory(Radfabrikk):
    """One of the year, under way, with all the chapters that it may have."""

    class Meta:
        model = Rapport

    kommune = factory.SubFactory(KommuneFactory)
    slag = Rapport.Slag.AR
    tittel = "Årsrapport"
    fra_dato = date(2026, 1, 1)
    til_dato = date(2026, 12, 31)
    kapitler = factory.LazyAttribute(
        lambda rad: [
            k.nokkel for k in kapitlene(rad.slag, om_en_tjeneste=bool(rad.tjeneste))
        ]
    )
    tjeneste = None


def ferdig_rapport(kommune, *, publisert=True, **felter):
    rapport = RapportFactory(kommune=kommune, **felter)
    rapport.ferdig = timezone.now()
    rapport.dokument = DokumentFactory(kommune=kommune, slag="rapport")
    rapport.publisert = publisert
    rapport.save()
    return rapport


class TiltaksvurderingFactory(Radfabrikk):
    class Meta:
        model = Tiltaksvurdering

    tiltak = factory.SubFactory(TiltakFactory)
    evaluering = factory.SubFactory(
        EvalueringFactory, plan=factory.SelfAttribute("..tiltak.plan")
    )


class MilepalFactory(Radfabrikk):
    class Meta:
        model = Milepal

    evaluering = factory.SubFactory(EvalueringFactory)
    hva = "Ti skoler er med"


class MedvirkningFactory(Radfabrikk):
    """Somebody who was asked in a source; with `kilde=None`, of what is given instead."""

    class Meta:
        model = Medvirkning

    kilde = factory.SubFactory(KildeFactory)
    kommune = factory.LazyAttribute(
        lambda rad: (rad.kilde or getattr(rad, "plan", None) or rad.evaluering).kommune
    )
    navn = "lærere"


class EgenvurderingFactory(Radfabrikk):
    """One of a politiråd, under way; with answers from `med_svar`."""

    class Meta:
        model = Egenvurdering

    forum = factory.SubFactory(ForumFactory, type=Forum.Type.POLITIRAD)
    arstall = 2026

    @classmethod
    def med_svar(cls, svar="", **felter):
        """The same with each question, answered alike."""
        vurdering = cls(**felter)
        with uten_vern():
            for punkt in Egenvurderingssvar.Punkt.values:
                vurdering.svar.create(punkt=punkt, svar=svar)
        return vurdering


class NormsvarFactory(Radfabrikk):
    class Meta:
        model = Normsvar

    kommune = factory.SubFactory(KommuneFactory)
    punkt = Normsvar.Punkt.MANDAT
    svar = Normsvar.Svar.HAR


class FunnFactory(Radfabrikk):
    class Meta:
        model = Funn

    kilde = factory.SubFactory(KildeFactory)
    nummer = factory.Sequence(lambda n: n % 30_000 + 1)
    tekst = factory.Sequence(lambda n: f"Funn {n}")


class AnbefalingFactory(Radfabrikk):
    class Meta:
        model = Anbefaling

    kilde = factory.SubFactory(KildeFactory)
    nummer = factory.Sequence(lambda n: n % 30_000 + 1)
    type = Anbefaling.Type.STYRKE
    tekst = factory.Sequence(lambda n: f"Anbefaling {n}")


class IndikatorFactory(Radfabrikk):
    """Counts what happens; `teller="personer"` counts persons."""

    class Meta:
        model = Indikator

    kilde = factory.SubFactory(KildeFactory, kommune=factory.SelfAttribute("..kommune"))
    kommune = factory.SubFactory(KommuneFactory)
    navn = factory.Sequence(lambda n: f"Indikator {n}")
    enhet = "treff"
    teller = Indikator.Teller.HENDELSER


def i_kilden(funn, indikator, malsetting, omrade, tiltak, tema):
    """One row of each kind that says what a source is, what its finding means, and what
    an indicator serves."""
    kilde = funn.kilde
    return [
        Kildesteg.objects.create(kilde=kilde, navn="Intervjuer"),
        MedvirkningFactory(kilde=kilde, antall=12),
        Kalenderpunkt.objects.create(
            kilde=kilde, tema=tema, arstall=2026, trinn=8, tekst="Foreldremøte"
        ),
        Faktor.objects.create(funn=funn, type=Faktor.Type.RISIKO, tema=tema),
        Malsettingsindikator.objects.create(indikator=indikator, malsetting=malsetting),
        Omradeindikator.objects.create(indikator=indikator, innsatsomrade=omrade),
        Tiltaksindikator.objects.create(indikator=indikator, tiltak=tiltak),
    ]


class MalingFactory(Radfabrikk):
    class Meta:
        model = Maling

    indikator = factory.SubFactory(IndikatorFactory)
    kilde = factory.SelfAttribute("indikator.kilde")
    arstall = 2023
    verdi = 100


class TallimportFactory(Radfabrikk):
    class Meta:
        model = Tallimport

    kommune = factory.SubFactory(KommuneFactory)
    bruker = factory.SubFactory(BrukerFactory)
    navn = "tall.xlsx"
    # It is laid out as our own, and there is something wrong with its year.
    rader = factory.LazyFunction(
        lambda: [
            {
                "navn": "Tall",
                "rader": [[1, ["indikator", "år", "tall"]], [2, ["Treff", "24", "1"]]],
                "flettet": [],
                "merknader": [],
            }
        ]
    )
    oppsett = factory.LazyFunction(
        lambda: {
            "ark": "Tall",
            "hode": [1, 1],
            "kolonner": [{"rolle": r} for r in ("indikator", "år", "tall")],
        }
    )
    bekreftet = True


class RegnearkimportFactory(Radfabrikk):
    class Meta:
        model = Regnearkimport

    plan = factory.SubFactory(UtkastFactory)
    kommune = factory.SelfAttribute("plan.kommune")
    bruker = factory.SubFactory(BrukerFactory)
    navn = "plan.xlsx"
    lest_innhold = {"plan": "", "grunnlag": {}, "ark": {}, "feil": []}


def gi_status(plan, status):
    """A plan in any state, also one that it can't come to by itself any more."""
    plan.status = status
    if plan.er_utkast:
        # It was not treated yet.
        for felt in Handlingsplan.BEHANDLINGEN:
            setattr(plan, felt, None if felt == "vedtatt_dato" else "")
    with uten_vern():
        plan.save()
    return plan


class PlanimportFactory(DjangoModelFactory):
    """A document of one area with one tiltak, read from pasted text."""

    class Meta:
        model = Planimport

    kommune = factory.SubFactory(KommuneFactory)
    bruker = factory.SubFactory(BrukerFactory)
    navn = "plan.docx"
    sjekksum = factory.Sequence(lambda nr: f"{nr:064x}")
    blokker = factory.LazyFunction(
        lambda: [
            blokk.som_json()
            for blokk in nummerert(
                [
                    Blokk(0, ("avsnitt", "1"), OVERSKRIFT, "Rus", 1),
                    Blokk(0, ("avsnitt", "2"), OVERSKRIFT, "Tiltak 1: Uteteam", 2),
                    Blokk(
                        0, ("avsnitt", "3"), AVSNITT, "Møter unge. Går ute i helgene."
                    ),
                    Blokk(0, ("avsnitt", "4"), AVSNITT, "Ansvar: Utekontakten"),
                    Blokk(0, ("avsnitt", "5"), AVSNITT, "Telefon: 22 22 55 55"),
                ]
            )
        ]
    )
