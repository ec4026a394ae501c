"""Insight, anonymising and tidying: what is found, what is taken away, what stands."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from moter.models import Forumsmedlem, Kalenderlenke
from slt.felles.innsyn import innsyn
from slt.grunn.historikk import Dor, spor
from slt.models import Bruker, Forsok, Tilgang
from tests.factories import (
    BrukerFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    KalenderlenkeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    MalingFactory,
    TallimportFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tiltak.models import Kapittel, Kontaktpunkt, Lenke, Tjeneste, Tjenesteredaktor


@pytest.fixture
def kari(kommune):
    """A coordinator who has left traces."""
    bruker = BrukerFactory(epost="kari@example.org", navn="Kari Prøve")
    TilgangFactory(bruker=bruker, kommune=kommune)
    with spor(Dor.SKJEMA, bruker=bruker, begrunnelse="fordi"):
        TjenesteFactory(kommune=kommune, navn="Oppvekst")
    return bruker


def kjor(*ord_):
    ut = StringIO()
    call_command(*ord_, stdout=ut)
    return ut.getvalue()


def hele_basen():
    """Every value of every row of every table, as one text."""
    from django.apps import apps

    return "\n".join(
        str(rad)
        for modell in apps.get_models()
        for rad in modell._base_manager.values()
    )


def test_insight_holds_the_user_their_access_and_what_they_did(kari):
    data = json.loads(kjor("innsyn", "KARI@example.org"))

    assert data["bruker"]["navn"] == "Kari Prøve"
    assert len(data["knyttet til deg nå"]["tilganger"]) == 1
    assert [(r["hva"], r["begrunnelse"]) for r in data["endringer du har gjort"]] == [
        ("tjeneste", "fordi")
    ]


def test_insight_holds_rights_that_ended_or_were_deleted(kari, kommune):
    """What never held is deleted when it is ended: the history alone knows it."""
    TilgangFactory(bruker=kari, kommune=kommune, rolle="politirad").avslutt()
    tjeneste = TjenesteFactory(kommune=kommune)
    TjenesteredaktorFactory(bruker=kari, tjeneste=tjeneste).avslutt()
    TilgangFactory(kommune=kommune, rolle="ansatt")  # somebody else's

    data = innsyn(kari)

    retter = data["endringer i det som er knyttet til deg"]
    tilganger = [(r["rolle"], r["endring"]) for r in retter["tilganger"]]
    assert sorted(tilganger) == [
        ("SLT-koordinator", "lagt til"),
        ("medlem av politirådet", "lagt til"),
        ("medlem av politirådet", "slettet"),
    ]
    [redaktorer] = [v for k, v in retter.items() if v and k != "tilganger"]
    assert [r["tjeneste"] for r in redaktorer] == [str(tjeneste)] * 2
    assert len(data["knyttet til deg nå"]["tilganger"]) == 1


def test_insight_is_in_words_and_says_each_thing_once(kari, kommune):
    kari.last_login = datetime(2026, 11, 21, 13, 2, 3, tzinfo=UTC)
    kari.save()

    data = innsyn(kari)

    assert data["bruker"] == {
        "nummer": str(kari.pk),
        "sist innlogget": "2026-11-21 14:02:03",
        "administrator": "nei",
        "e-post": "kari@example.org",
        "navn": "Kari Prøve",
        "kan logge inn": "ja",
    }
    assert list(data["knyttet til deg nå"]) == ["tilganger"]
    [tilgang] = data["knyttet til deg nå"]["tilganger"]
    assert tilgang | {"nummer": "1"} == {
        "nummer": "1",
        "fra og med": str(timezone.localdate()),
        "til og med": "",
        "bruker": "Kari Prøve",
        "kommune": "Lillestrøm",
        "rolle": "SLT-koordinator",
    }
    [endring] = data["endringer i det som er knyttet til deg"]["tilganger"]
    assert set(endring) - set(tilgang) == {
        "endret",
        "endring",
        "endret gjennom",
        "slags endring",
        "begrunnelse",
    }
    assert (endring["kommune"], endring["endret gjennom"]) == ("Lillestrøm", "kommando")


def test_insight_holds_the_figures_that_the_user_sent(kari, kommune):
    TallimportFactory(kommune=kommune, bruker=kari, navn="Ungdata.xlsx")
    forkastet = TallimportFactory(kommune=kommune, bruker=kari, navn="Feil.xlsx")
    forkastet.delete()
    TallimportFactory(kommune=kommune)  # somebody else's

    data = innsyn(kari)

    [na] = data["knyttet til deg nå"]["importer av tall"]
    assert (na["hva det er"], na["kommune"]) == ("Ungdata.xlsx", "Lillestrøm")
    endringer = data["endringer i det som er knyttet til deg"]["importer av tall"]
    assert sorted((e["hva det er"], e["endring"]) for e in endringer) == [
        ("Feil.xlsx", "lagt til"),
        ("Feil.xlsx", "slettet"),
        ("Ungdata.xlsx", "lagt til"),
    ]


def test_who_sent_figures_is_anonymised_and_the_figures_stand(kari, kommune):
    sendt = TallimportFactory(kommune=kommune, bruker=kari, navn="Tall fra Kari Prøve")
    maling = MalingFactory(indikator__kommune=kommune, tallimport=sendt)

    kjor("anonymiser", "kari@example.org", "--utfor")
    kjor("anonymiser", "--navn", "Kari Prøve", "--utfor")

    sendt.refresh_from_db()
    assert (sendt.navn, str(sendt.bruker)) == (
        "Tall fra [fjernet]",
        f"fjernet-{kari.pk}@invalid.example",
    )
    assert list(sendt.malinger.all()) == [maling]
    assert "Kari Prøve" not in hele_basen()


def test_figures_that_are_told_apart_by_a_name_stay_apart(kommune):
    """Their key is made of expressions, not of fields alone."""
    en = MalingFactory(indikator__kommune=kommune, slag="Ola Prøve")
    MalingFactory(indikator=en.indikator, slag="ola prøve")

    kjor("anonymiser", "--navn", "Ola Prøve", "--utfor")

    malinger = en.indikator.malinger.all()
    assert {m.slag for m in malinger} == {f"[fjernet] {m.pk}" for m in malinger}


def test_insight_holds_what_is_left_of_what_is_gone(kari, kommune):
    tjeneste = TjenesteFactory(kommune=kommune)
    TjenesteredaktorFactory(bruker=kari, tjeneste=tjeneste).avslutt()
    nummer = tjeneste.pk
    tjeneste.delete()

    [rader] = [
        rader
        for navn, rader in innsyn(kari)[
            "endringer i det som er knyttet til deg"
        ].items()
        if navn != "tilganger"
    ]

    assert {rad["tjeneste"] for rad in rader} == {str(nummer)}


@pytest.mark.parametrize("hvem", [["kari@example.org"], ["--navn", "Kari Prøve"]])
def test_it_is_listed_in_the_same_words_and_nothing_is_changed(hvem, kari, kommune):
    KapittelFactory(
        plan=HandlingsplanFactory(kommune=kommune), tekst="<p>Spør Kari Prøve.</p>"
    )
    for_ = hele_basen()

    liste = kjor("anonymiser", *hvem).splitlines()

    assert hele_basen() == for_
    assert liste[-1] == "Ingenting er endret. Se over, og kjør med --utfor."
    gjort = kjor("anonymiser", *hvem, "--utfor").splitlines()
    assert hele_basen() != for_
    assert gjort == [*liste[:-1], "Det er gjort."]
    assert len(gjort) > 2


def test_a_name_goes_out_of_the_texts_of_one_kommune(kommune, nabokommune):
    egen, andres = (
        KapittelFactory(
            plan=HandlingsplanFactory(kommune=hvor), tekst="<p>Spør Ola Prøve.</p>"
        )
        for hvor in (kommune, nabokommune)
    )
    kommune.personvern = nabokommune.personvern = "<p>Ola Prøve svarer.</p>"
    kommune.save()
    nabokommune.save()
    navnebror = BrukerFactory(navn="Ola Prøve")

    ut = kjor("anonymiser", "--navn", "Ola Prøve", "--kommune", "lillestrom", "--utfor")

    for rad in (egen, andres, kommune, nabokommune, navnebror):
        rad.refresh_from_db()
    assert (egen.tekst, kommune.personvern) == (
        "<p>Spør [fjernet].</p>",
        "<p>[fjernet] svarer.</p>",
    )
    assert (andres.tekst, nabokommune.personvern, navnebror.navn) == (
        "<p>Spør Ola Prøve.</p>",
        "<p>Ola Prøve svarer.</p>",
        "Ola Prøve",
    )
    assert "Ola" not in str(Kapittel.historikk.filter(history_kommune=kommune).values())
    assert {r.tekst for r in Kapittel.historikk.filter(id=andres.pk)} == {andres.tekst}
    assert ut.splitlines() == [
        f"Fjernes fra kommune {kommune.pk}",
        f"Fjernes fra kapittel {egen.pk}",
        "Fjernes fra kapittel (historikk): 1",
        "Fjernes fra kommune (historikk): 1",
        "Det er gjort.",
    ]


def test_addresses_that_have_the_name_stand_and_are_listed(kommune, nabokommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Ring Ola Prøve")
    TjenesteFactory(kommune=kommune, navn="Ring Ola Prøvesen")
    TjenesteFactory(kommune=nabokommune, navn="Ola Prøve")

    ut = kjor("anonymiser", "--navn", "Ola Prøve", "--kommune", "lillestrom", "--utfor")

    tjeneste.refresh_from_db()
    assert (tjeneste.navn, tjeneste.slug) == (
        f"Ring [fjernet] {tjeneste.pk}",
        "ring-ola-prove",
    )
    for_ = tjeneste.historikk.last()
    assert sorted(linje for linje in ut.splitlines() if "adresse" in linje) == [
        f"Står i en adresse, som ikke endres: {hva}: ring-ola-prove"
        for hva in (
            f"tjeneste (historikk) {for_.pk}",
            f"tjeneste {tjeneste.pk}",
        )
    ]


@pytest.mark.parametrize(
    "adresse",
    [
        "https://example.org/ansatte/ase-%C3%B8ye",
        "https://example.org/?hvem=Ase+%C3%98ye&side=2",
        "https://example.org/ase_%c3%b8ye.html",
    ],
)
def test_a_name_in_a_web_address_is_found(adresse, kommune):
    tiltak = TiltakFactory(plan=HandlingsplanFactory(kommune=kommune))
    lenke = Lenke.objects.create(tiltak=tiltak, tittel="Mer", adresse=adresse)
    tiltak.tekst = f'<p>Les <a href="{adresse}">mer</a>.</p>'
    tiltak.save()
    annet = "https://example.org/ase-%C3%B8yen"
    Lenke.objects.create(tiltak=tiltak, tittel="Annet", adresse=annet)

    funnet = json.loads(kjor("innsyn", "--navn", "Ase Øye"))
    ut = kjor("anonymiser", "--navn", "Ase Øye", "--kommune", kommune.slug)

    na = [f for f in funnet if "historikk" not in f["hva"]]
    assert [f["hva"] for f in na] == [f"tiltak {tiltak.pk}", f"lenke {lenke.pk}"]
    assert na[1]["adresse"] == adresse
    assert f"Står i en adresse, som ikke endres: lenke {lenke.pk}: {adresse}" in ut


def test_who_is_anonymised_is_nowhere_and_what_they_did_stands(kari):
    kari.navn = "Kari P. Prøve"
    kari.save()
    assert "Kari" in hele_basen()

    kjor("anonymiser", "kari@example.org", "--utfor")

    assert "Kari" not in hele_basen()
    assert "kari@" not in hele_basen()
    kari.refresh_from_db()
    assert not kari.is_active
    assert not kari.has_usable_password()
    [rad] = Tjeneste.historikk.all()
    assert (rad.history_user, rad.history_aktor, rad.history_change_reason) == (
        kari,
        "[fjernet]",
        "fordi",
    )
    assert not Tilgang.objects.gyldige().filter(bruker=kari).exists()


def test_what_others_have_is_left_alone(kari, kommune):
    """The address of one is a part of the address of another, and a contact point."""
    lang = BrukerFactory(epost="ny-kari@example.org")
    punkt = KontaktpunktFactory(
        tjeneste=TjenesteFactory(kommune=kommune),
        type="epost",
        verdi="kari@example.org",
    )

    ut = kjor("anonymiser", "kari@example.org", "--utfor")

    lang.refresh_from_db()
    punkt.refresh_from_db()
    assert lang.epost == "ny-kari@example.org"
    assert punkt.verdi == "kari@example.org"
    assert f"kontaktpunkt {punkt.pk}" in ut


def test_a_name_goes_out_of_texts_and_their_history(kommune):
    kapittel = KapittelFactory(
        plan=HandlingsplanFactory(kommune=kommune),
        tekst="<p>Spør Ola Prøve. Olaf Prøvesen står.</p>",
    )
    kapittel.tekst = "<p>Ring ola prøve eller Olaf Prøvesen.</p>"
    kapittel.save()
    versjon = type(kommune).objects.get(pk=kommune.pk).versjon

    kjor("anonymiser", "--navn", "Ola Prøve", "--utfor")

    kapittel.refresh_from_db()
    assert kapittel.tekst == "<p>Ring [fjernet] eller Olaf Prøvesen.</p>"
    assert {rad.tekst for rad in Kapittel.historikk.all()} == {
        "<p>Spør [fjernet]. Olaf Prøvesen står.</p>",
        "<p>Ring [fjernet] eller Olaf Prøvesen.</p>",
    }
    assert type(kommune).objects.get(pk=kommune.pk).versjon > versjon  # pages lapse


def test_a_contact_person_goes_and_the_function_stays(kommune):
    punkt = KontaktpunktFactory(
        tjeneste=TjenesteFactory(kommune=kommune),
        type="teams",
        verdi="Ola Prøve",
        person=True,
        synlighet="tjenester",
    )

    kjor("anonymiser", "--navn", "Ola Prøve", "--utfor")

    punkt.refresh_from_db()
    assert punkt.verdi == f"[fjernet] {punkt.pk}"
    assert "Ola" not in hele_basen()


def test_namesakes_and_those_who_are_taken_out_together_are_left_apart(kommune):
    navnebror = BrukerFactory(navn="Ola Prøve")
    tjeneste = TjenesteFactory(kommune=kommune)
    for navn in ("Ola Prøve", "Per Prøve"):
        KontaktpunktFactory(
            tjeneste=tjeneste,
            type="teams",
            verdi=navn,
            person=True,
            synlighet="tjenester",
        )

    ut = kjor("anonymiser", "--navn", "Ola Prøve", "--utfor")
    kjor("anonymiser", "--navn", "Per Prøve", "--utfor")

    navnebror.refresh_from_db()
    assert navnebror.navn == "Ola Prøve"
    assert f"bruker {navnebror.pk}" in ut
    assert {p.verdi for p in tjeneste.kontaktpunkter.all()} == {
        f"[fjernet] {p.pk}" for p in tjeneste.kontaktpunkter.all()
    }


@pytest.mark.parametrize(
    "skrevet", ["Åse Øye", "Åse&nbsp;Øye", "Åse <strong>Øye</strong>", "ÅSE ØYE"]
)
def test_a_name_is_found_however_it_is_set(skrevet, kommune):
    kapittel = KapittelFactory(
        plan=HandlingsplanFactory(kommune=kommune), tekst=f"<p>Spør {skrevet}.</p>"
    )

    kjor("anonymiser", "--navn", "Åse Øye", "--utfor")

    kapittel.refresh_from_db()
    assert "ye" not in kapittel.tekst.lower()


@pytest.mark.parametrize("skrevet", ["Ola Prøves", "Ola Prøve's", "Ola Prøves’"])
def test_a_name_is_found_in_the_genitive(skrevet, kommune):
    kapittel = KapittelFactory(
        plan=HandlingsplanFactory(kommune=kommune), tekst=f"<p>{skrevet} tjeneste</p>"
    )

    kjor("anonymiser", "--navn", "Ola Prøve", "--utfor")

    kapittel.refresh_from_db()
    assert "Prøve" not in kapittel.tekst


def test_what_is_superseded_stands_as_it_was_and_is_listed(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    kapittel = KapittelFactory(plan=plan, tekst="<p>Ola Prøve</p>")
    tiltak = TiltakFactory(plan=plan, tekst="<p>Ola Prøve</p>")
    plan.utarbeidet_av = "Ola Prøve"
    plan.status = plan.Status.AVLOST
    plan.save()
    gjeldende = KapittelFactory(
        plan=HandlingsplanFactory(kommune=kommune, fra_ar=2028, til_ar=2032),
        tekst="<p>Ola Prøve</p>",
    )

    ut = kjor("anonymiser", "--navn", "Ola Prøve", "--utfor")

    for rad in (kapittel, tiltak, gjeldende):
        rad.refresh_from_db()
    tekster = [kapittel.tekst, tiltak.tekst, gjeldende.tekst]
    assert ["Ola Prøve" in tekst for tekst in tekster] == [True, True, False]
    plan.refresh_from_db()
    assert plan.utarbeidet_av == "Ola Prøve"
    assert f"endres ikke: handlingsplan {plan.pk}\n" in ut
    assert f"endres ikke: kapittel {kapittel.pk}\n" in ut
    assert f"endres ikke: tiltak {tiltak.pk}\n" in ut


def test_what_is_stored_about_a_name_can_be_taken_out(kommune):
    punkt = KontaktpunktFactory(
        tjeneste__kommune=kommune, person="Ola Prøve", synlighet="tjenester"
    )

    funnet = json.loads(kjor("innsyn", "--navn", "Ola Prøve"))

    assert sorted((rad["hva"], rad["person"]) for rad in funnet) == [
        (f"kontaktpunkt (historikk) {punkt.historikk.get().pk}", "Ola Prøve"),
        (f"kontaktpunkt {punkt.pk}", "Ola Prøve"),
    ]
    assert json.loads(kjor("innsyn", "--navn", "Kari Prøve")) == []


@pytest.mark.parametrize(
    "ord_",
    [
        ["innsyn", "finnes@ikke.example"],
        ["anonymiser", "finnes@ikke.example"],
        ["anonymiser", "--navn", "Ola"],
        ["anonymiser"],
        ["anonymiser", "--navn", "Ola Prøve", "--kommune", "finnes-ikke"],
        ["anonymiser", "kari@example.org", "--kommune", "lillestrom"],
    ],
)
def test_what_is_wrong_is_said(ord_, db):
    with pytest.raises(CommandError):
        kjor(*ord_)


def lenge_siden(bruker, dager):
    tid = timezone.now() - timedelta(days=dager)
    Bruker.historikk.filter(id=bruker.pk).update(history_date=tid)
    for modell in (Tilgang, Tjenesteredaktor, Forumsmedlem, Kalenderlenke):
        modell.historikk.filter(bruker=bruker).update(history_date=tid)


def test_tidying_takes_out_those_who_left_long_ago(kari, kommune):
    forrige_ar = timezone.localdate() - timedelta(days=400)
    borte, nylig, _aldri, redaktor, medlem, lenket = BrukerFactory.create_batch(6)
    for bruker, til in ((borte, forrige_ar), (nylig, timezone.localdate())):
        TilgangFactory(bruker=bruker, kommune=kommune, fra=forrige_ar, til=til)
    TilgangFactory(bruker=redaktor, kommune=kommune, fra=forrige_ar, til=forrige_ar)
    TjenesteredaktorFactory(bruker=redaktor, tjeneste__kommune=kommune)
    ForumsmedlemFactory(bruker=medlem, forum__kommune=kommune)
    KalenderlenkeFactory(bruker=lenket, forum=None)  # opens nothing by itself
    borte.is_active = False
    borte.save()
    for bruker in Bruker.objects.all():
        lenge_siden(bruker, 400)
    Forsok.objects.create(nokkel="a" * 64, utloper=timezone.now() - timedelta(hours=1))
    Forsok.objects.create(nokkel="b" * 64, utloper=timezone.now() + timedelta(hours=1))

    ut = kjor("rydd")

    igjen = set(Bruker.objects.exclude(epost__startswith="fjernet-"))
    assert igjen == {kari, nylig, redaktor, medlem}
    assert [t.nokkel[0] for t in Forsok.objects.all()] == ["b"]
    assert "Slettet 1 forsøk, anonymiserte 3 brukere." in ut
    assert "anonymiserte 0 brukere" in kjor("rydd")


def test_tidying_waits_as_long_as_the_settings_say(kommune, settings):
    TilgangFactory(
        kommune=kommune,
        fra=timezone.localdate() - timedelta(days=90),
        til=timezone.localdate() - timedelta(days=60),
    )
    [bruker] = Bruker.objects.all()
    lenge_siden(bruker, 61)

    kjor("rydd")
    assert Bruker.objects.get().is_active
    settings.OPPBEVAR_BRUKER_DAGER = 30
    kjor("rydd")

    assert not Bruker.objects.get().is_active


def test_who_lost_today_what_was_given_today_is_no_old_story(kommune):
    tilgang = TilgangFactory(kommune=kommune)
    lenge_siden(tilgang.bruker, 400)
    tilgang.avslutt()

    assert "anonymiserte 0 brukere" in kjor("rydd")


def test_who_never_had_access_goes_too_after_as_long(db):
    lenge_siden(BrukerFactory(), 400)

    kjor("rydd")

    assert Kontaktpunkt.objects.count() == 0
    assert Bruker.objects.get().epost.startswith("fjernet-")
