"""How it goes with a tiltak: what who answers for it says in a round, and what becomes of
it."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    EndringsforslagFactory,
    ForesporselFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    RundeFactory,
    StatusrapportFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.skjemasvar import sporringer
from tests.tiltak.test_endringsforslag import behandle
from tests.tiltak.test_runder import med_lenke, side, stemmer
from tiltak.models import (
    Endringsforslag,
    Foresporsel,
    Statusrapport,
)

LISTEN = "/lillestrom/endre/forslag/"
UENDRET = {
    "tilstand": "som_planlagt",
    **dict.fromkeys(["kommentar", "gjort", "resultat", "antall_av", "anbefaling"], ""),
    "antall": None,
    "frist": None,
    "ingen_endring": True,
}


@pytest.fixture(autouse=True)
def _tom():
    cache.clear()


@pytest.fixture
def omrade(kommune):
    return InnsatsomradeFactory(plan__kommune=kommune)


@pytest.fixture
def tjeneste(kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    KontaktpunktFactory(tjeneste=tjeneste)
    return tjeneste


@pytest.fixture
def tiltak(omrade, tjeneste):
    return nytt(omrade, tjeneste, "Natteravner")


def nytt(omrade, tjeneste, tittel, *, rolle="ansvarlig", **felter):
    """A tiltak of the plan in force, in which the tjeneste has a part."""
    nytt = TiltakFactory(plan=omrade.plan, tittel=tittel, **felter)
    PlasseringFactory(innsatsomrade=omrade, tiltak=nytt)
    AnsvarFactory(tiltak=nytt, tjeneste=tjeneste, rolle=rolle)
    return nytt


def adresse(tjeneste, tiltak, navn="svar_status"):
    args = [tjeneste.kommune.slug, tjeneste.pk, tiltak.pk]
    return reverse(f"tiltak:{navn}", args=args)


def kortene(klient, tjeneste):
    return klient.get(side(tjeneste)).context["sporsmal"].kort


def trykk(klient, tjeneste, tiltak, **mer):
    """«Ingen endring», on the page as it was just seen."""
    [kort] = [k for k in kortene(klient, tjeneste) if k.tiltak.pk == tiltak.pk]
    data = {"sett": kort.sett, **mer}
    return klient.post(adresse(tjeneste, tiltak, "svar_uendret"), data)


def svar_med(klient, tjeneste, tiltak, **skrevet):
    siden = adresse(tjeneste, tiltak)
    return klient.post(siden, innsending(klient.get(siden)) | skrevet)


def lukk(runde):
    runde.lukket = timezone.now()
    runde.save()


STILLE = {"tilstand": "star_stille", "kommentar": "Venter på skolen."}


# What is answered -------------------------------------------------------------------------


def test_no_change_is_one_press_and_waits_for_the_coordinator(
    tjeneste, tiltak, koordinator
):
    klient, lenke = med_lenke(tjeneste)

    svar = trykk(klient, tjeneste, tiltak)

    assert svar.url == f"{side(tjeneste)}#tiltak-{tiltak.pk}"
    forslag = Endringsforslag.objects.get()
    assert (forslag.slag, forslag.tiltak, forslag.innhold) == (
        "status",
        tiltak,
        UENDRET,
    )
    assert (forslag.foresporsel, forslag.hvordan) == (lenke.foresporsel, "lenke")
    assert Statusrapport.objects.count() == 0
    # Whether what stands of it holds, is still to be said.
    assert Foresporsel.objects.get().besvart is None
    assert "Venter på SLT-koordinatoren" in Lest(klient.get(side(tjeneste))).tekst

    behandle(koordinator, "godta", forslag)

    rapport = Statusrapport.objects.get()
    assert (rapport.tiltak, rapport.runde, rapport.tjeneste, rapport.fra) == (
        tiltak,
        lenke.foresporsel.runde,
        tjeneste,
        "Utekontakten",
    )
    assert (rapport.tilstand, rapport.hvordan, rapport.dato) == (
        "som_planlagt",
        "lenke",
        timezone.localdate(),
    )
    assert [k.svar.hva for k in kortene(klient, tjeneste)] == ["godtatt"]


def test_the_same_press_twice_is_said_once(tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)
    [kort] = kortene(klient, tjeneste)
    hit = adresse(tjeneste, tiltak, "svar_uendret")

    svarene = [klient.post(hit, {"sett": kort.sett}) for _nr in range(2)]

    assert [svar.status_code for svar in svarene] == [302, 302]
    assert [f.innhold for f in Endringsforslag.objects.all()] == [UENDRET]


def test_that_all_holds_pressed_twice_is_said_once(tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)
    sett = klient.get(side(tjeneste)).context["sett"]
    hit = reverse("tiltak:svar_stemmer", args=[tjeneste.kommune.slug, tjeneste.pk])

    svarene = [klient.post(hit, {"sett": sett}) for _nr in range(2)]

    assert [svar.status_code for svar in svarene] == [302, 302]
    assert [f.innhold for f in Endringsforslag.objects.all()] == [UENDRET]


def test_all_that_the_form_asks_is_kept(tjeneste, tiltak, koordinator):
    klient, _lenke = med_lenke(tjeneste)
    sagt = {
        **STILLE,
        "gjort": "Fire turer.",
        "resultat": "Færre ute.",
        "antall": "12",
        "antall_av": "foreldre",
        "frist": "2027-02-01",
        "anbefaling": "endre",
    }

    svar_med(klient, tjeneste, tiltak, **sagt)
    listen = Lest(koordinator.get(LISTEN)).tekst
    behandle(koordinator, "godta", Endringsforslag.objects.get())

    rapport = Statusrapport.objects.get()
    assert {navn: getattr(rapport, navn) for navn in sagt} == sagt | {
        "antall": 12,
        "frist": date(2027, 2, 1),
    }
    tiltak.refresh_from_db()
    assert (tiltak.frist, tiltak.status) == (date(2027, 2, 1), "i_drift")
    assert [
        ord_
        for ord_ in ("Står stille", "Venter på skolen.", "Fire turer.", "Færre ute.")
        if ord_ not in listen
    ] == []
    assert "1. februar 2027" in listen


@pytest.mark.parametrize(
    ("skrevet", "felt", "sier"),
    [
        ({"tilstand": ""}, "tilstand", "Velg hvordan det går"),
        ({"tilstand": "star_stille"}, "kommentar", "hvorfor det ikke går som planlagt"),
        ({"tilstand": "ikke_startet"}, "kommentar", "hvorfor det ikke går"),
        ({**STILLE, "kommentar": "Om 01017000027."}, "kommentar", "fødselsnummer"),
        ({**STILLE, "gjort": "Ring 22 22 22 22."}, "gjort", "telefonnummer"),
        ({**STILLE, "resultat": "Spør a@b.no."}, "resultat", "e-postadresse"),
        ({**STILLE, "antall_av": "elever"}, "antall", "Skriv tallet"),
        ({**STILLE, "antall": "-1"}, "antall", "større enn eller lik 0"),
        ({**STILLE, "frist": "i morgen"}, "frist", "dato"),
        ({**STILLE, "tilstand": "bra"}, "tilstand", "gyldig valg"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    skrevet, felt, sier, tjeneste, tiltak
):
    klient, _lenke = med_lenke(tjeneste)

    svar = svar_med(klient, tjeneste, tiltak, **skrevet)

    assert svar.status_code == 422
    igjen = svar.context["skjema"]
    assert sier in str(igjen.errors[felt])
    assert Endringsforslag.objects.count() == 0
    assert {n: igjen[n].value() for n in skrevet} == skrevet


def test_the_form_says_without_scripts_when_it_must_be_explained(tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)

    siden = Lest(klient.get(adresse(tjeneste, tiltak))).tekst

    assert "Må fylles ut når det ikke går som planlagt" in siden
    assert "Skriv ikke navn på personer" in siden


def test_another_answer_replaces_the_one_that_waits(tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)
    trykk(klient, tjeneste, tiltak)

    svar_med(klient, tjeneste, tiltak, **STILLE)

    forslag = Endringsforslag.objects.get()
    assert forslag.innhold["tilstand"] == "star_stille"
    assert not forslag.sier_ingen_endring


def test_two_cannot_wait_of_one_tiltak_in_one_round(tjeneste, tiltak):
    foresporsel = ForesporselFactory(tjeneste=tjeneste)
    ett = {
        "tjeneste": tjeneste,
        "tiltak": tiltak,
        "kontaktpunkt": None,
        "slag": "status",
        "foresporsel": foresporsel,
        "innhold": UENDRET,
    }
    EndringsforslagFactory(**ett, tilstand="godtatt")
    EndringsforslagFactory(**ett)

    with pytest.raises(IntegrityError), transaction.atomic():
        EndringsforslagFactory(**ett)


def test_an_answer_after_it_was_taken_in_changes_the_note(
    tjeneste, tiltak, koordinator
):
    klient, _lenke = med_lenke(tjeneste)
    trykk(klient, tjeneste, tiltak)
    behandle(koordinator, "godta", Endringsforslag.objects.get())

    svar_med(klient, tjeneste, tiltak, **STILLE)
    behandle(koordinator, "godta", Endringsforslag.objects.som_venter().get())

    assert Statusrapport.objects.get().kommentar == "Venter på skolen."


def test_the_form_begins_with_this_round_and_shows_the_last_one_beside(
    tjeneste, tiltak
):
    for_ = StatusrapportFactory(
        tiltak=tiltak,
        tjeneste=tjeneste,
        runde=RundeFactory(kommune=tjeneste.kommune),
        dato=timezone.localdate() - timedelta(days=200),
        tilstand="annerledes",
        kommentar="Fjorårets grunn",
        gjort="Fjorårets arbeid",
    )
    StatusrapportFactory(tiltak=tiltak, gjort="En annen tjeneste sa dette")
    klient, _lenke = med_lenke(tjeneste)

    forst = klient.get(adresse(tjeneste, tiltak))
    svar_med(klient, tjeneste, tiltak, **STILLE)
    siden = klient.get(adresse(tjeneste, tiltak))

    assert not any(felt.value() for felt in forst.context["skjema"])
    assert for_.gjort in Lest(forst).tekst
    assert "En annen tjeneste" not in Lest(forst).tekst
    verdier = {f.name: f.value() for f in siden.context["skjema"] if f.value()}
    assert verdier == STILLE


# No change --------------------------------------------------------------------------------


def test_no_change_says_again_what_was_said_last(tjeneste, tiltak):
    felles = {"tiltak": tiltak, "tjeneste": tjeneste}
    i_dag = timezone.localdate()
    StatusrapportFactory(**felles, dato=i_dag - timedelta(days=400))
    StatusrapportFactory(
        **felles,
        dato=i_dag - timedelta(days=200),
        gjort="I fjor",
        **STILLE,
    )
    klient, _lenke = med_lenke(tjeneste)

    trykk(klient, tjeneste, tiltak)

    assert Endringsforslag.objects.get().innhold == UENDRET | STILLE


def test_that_a_planned_one_is_not_begun_is_said_why(omrade, tjeneste):
    planlagt = nytt(omrade, tjeneste, "Foreldrenettverk", status="planlagt")
    klient, _lenke = med_lenke(tjeneste)
    [kort] = kortene(klient, tjeneste)

    siden = Lest(klient.get(side(tjeneste)))
    svar = trykk(klient, tjeneste, planlagt)

    assert not kort.kan_trykkes
    assert "Si hvordan det går: Foreldrenettverk" in [ord_ for _a, ord_ in siden.lenker]
    assert svar.status_code == 409
    assert Endringsforslag.objects.count() == 0


def test_a_press_on_what_was_seen_before_somebody_answered_says_so(tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)
    [kort] = kortene(klient, tjeneste)
    svar_med(klient, tjeneste, tiltak, **STILLE)

    svar = klient.post(adresse(tjeneste, tiltak, "svar_uendret"), {"sett": kort.sett})

    assert svar.status_code == 409
    assert "Noen svarte om tiltaket" in Lest(svar).tekst
    assert Endringsforslag.objects.get().innhold["tilstand"] == "star_stille"


def test_all_holds_answers_what_is_left_and_the_button_says_so(
    omrade, tjeneste, tiltak
):
    andre = nytt(omrade, tjeneste, "Fritidsklubb")
    planlagt = nytt(omrade, tjeneste, "Ungdomsråd", status="planlagt")
    klient, _lenke = med_lenke(tjeneste)

    forst = Lest(klient.get(side(tjeneste)))
    svar_med(klient, tjeneste, tiltak, **STILLE)
    siden = Lest(klient.get(side(tjeneste)))
    etter = klient.post(
        side(tjeneste, "svar_stemmer"),
        {"sett": klient.get(side(tjeneste)).context["sett"]},
        follow=True,
    )

    assert "Trykk «Alt stemmer» nederst" in forst.tekst
    assert "Trykk «Resten stemmer» nederst" in siden.tekst
    assert "Si hvordan det går: Ungdomsråd" in siden.tekst
    sagt = Endringsforslag.objects.values_list("tiltak", "innhold__tilstand")
    assert dict(sagt) == {tiltak.pk: "star_stille", andre.pk: "som_planlagt"}
    assert Foresporsel.objects.get().svar == "endringer"
    assert "1 tiltak må det sies noe om for seg" in Lest(etter).tekst
    assert planlagt.endringsforslag.count() == 0


def test_where_nothing_changed_all_holds(tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)

    stemmer(klient, tjeneste)
    stemmer(klient, tjeneste)

    assert Endringsforslag.objects.get().innhold == UENDRET
    assert Foresporsel.objects.get().svar == "stemmer"


def test_what_another_answered_meanwhile_is_seen_before_all_holds(tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)
    sett = klient.get(side(tjeneste)).context["sett"]
    svar_med(klient, tjeneste, tiltak, **STILLE)

    svar = klient.post(side(tjeneste, "svar_stemmer"), {"sett": sett})

    assert svar.status_code == 409
    assert Foresporsel.objects.get().besvart is None


def test_of_a_round_about_tiltak_alone_the_last_answer_answers_it(
    omrade, tjeneste, tiltak
):
    andre = nytt(omrade, tjeneste, "Fritidsklubb")
    klient, lenke = med_lenke(tjeneste)
    runde = lenke.foresporsel.runde
    runde.deler = ["status"]
    runde.save()

    trykk(klient, tjeneste, tiltak)
    halvveis = Foresporsel.objects.get().besvart
    trykk(klient, tjeneste, andre)

    assert halvveis is None
    assert Foresporsel.objects.get().svar == "stemmer"


# What is asked ----------------------------------------------------------------------------


def test_a_tiltak_stands_in_one_list(omrade, tjeneste, tiltak):
    del_ = TiltakFactory(plan=omrade.plan, overordnet=tiltak, tittel="Vaktliste")
    AnsvarFactory(tiltak=del_, tjeneste=tjeneste, rolle="gjennomforer")
    med = nytt(omrade, tjeneste, "Klubbkveld", rolle="samarbeidspart")
    klient, _lenke = med_lenke(tjeneste)

    svar = klient.get(side(tjeneste))

    per_del = {v.del_.nokkel: v.innhold for v in svar.context["deler"]}
    [kort] = per_del["status"].kort
    assert [a.tiltak for a in kort.ansvar] == [tiltak, del_]
    assert [a.tiltak for a in per_del["tiltak"]] == [med]


@pytest.mark.parametrize("deler", [["kontakter", "tiltak"], None])
def test_without_a_round_that_asks_the_old_list_shows(deler, tjeneste, tiltak):
    if deler is None:
        klient = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)
    else:
        klient, lenke = med_lenke(tjeneste)
        lenke.foresporsel.runde.deler = deler
        lenke.foresporsel.runde.save()

    svar = klient.get(side(tjeneste))

    assert svar.context["sporsmal"] is None
    assert [v.del_.nokkel for v in svar.context["deler"]] == ["kontakter", "tiltak"]
    siden = klient.get(adresse(tjeneste, tiltak))
    assert siden.status_code == 404
    assert "Dere blir ikke spurt om dette tiltaket" in Lest(siden).tekst


def test_many_tiltak_are_asked_in_as_many_queries(omrade, tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)
    StatusrapportFactory(tiltak=tiltak, tjeneste=tjeneste)
    trykk(klient, tjeneste, tiltak)
    ett = sporringer(klient, side(tjeneste))
    flere = [nytt(omrade, tjeneste, f"Tiltak {nr}") for nr in range(4)]
    for nytt_ in flere:
        StatusrapportFactory(tiltak=nytt_, tjeneste=tjeneste)
    trykk(klient, tjeneste, flere[0])

    assert sporringer(klient, side(tjeneste)) == ett


def test_of_what_is_another_tjenestes_nothing_is_told_or_taken(omrade, tjeneste):
    fremmed = nytt(omrade, TjenesteFactory(kommune=tjeneste.kommune), "Hemmelig nok")
    klient, _lenke = med_lenke(tjeneste)
    siden = adresse(tjeneste, fremmed)

    svarene = [
        klient.get(siden),
        klient.post(siden, STILLE),
        klient.post(adresse(tjeneste, fremmed, "svar_uendret"), {"sett": "x"}),
    ]

    assert [svar.status_code for svar in svarene] == [404, 409, 409]
    assert [svar for svar in svarene if "Hemmelig nok" in svar.text] == []
    assert Endringsforslag.objects.count() == 0


def test_nobody_else_gets_in(tjeneste, tiltak, client, kommune):
    med_lenke(tjeneste)
    fremmed, _lenke = med_lenke(TjenesteFactory(kommune=KommuneFactory()))

    for klient in (client, fremmed):
        for navn in ("svar_status", "svar_uendret"):
            svar = klient.post(adresse(tjeneste, tiltak, navn), STILLE)
            assert svar.status_code == 404
    assert Endringsforslag.objects.count() == 0


# What ends meanwhile ----------------------------------------------------------------------


def avsluttes(tiltak):
    tiltak.status = "avsluttet"
    tiltak.save()


def avloses(tiltak):
    tiltak.plan.status = "avlost"
    tiltak.plan.save()


def mister_ansvaret(tiltak):
    for rad in tiltak.ansvar.all():
        rad.delete()


@pytest.mark.parametrize("hva", [avsluttes, avloses, mister_ansvaret])
def test_what_ended_meanwhile_is_said_and_what_was_typed_stays(hva, tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)
    siden = adresse(tjeneste, tiltak)
    data = innsending(klient.get(siden)) | STILLE
    [kort] = kortene(klient, tjeneste)
    hva(tiltak)

    svar = klient.post(siden, data)
    trykket = klient.post(
        adresse(tjeneste, tiltak, "svar_uendret"), {"sett": kort.sett}
    )

    assert svar.status_code == trykket.status_code == 409
    assert "Dere blir ikke spurt om dette tiltaket nå" in Lest(svar).tekst
    assert "Venter på skolen." in svar.text
    assert Endringsforslag.objects.count() == 0


def test_of_a_tilbud_that_was_deleted_what_was_typed_stays(kommune, tjeneste):
    borte = TiltakFactory(plan=None, kommune=kommune, publisert=True, tittel="Kafé")
    ansvar = AnsvarFactory(tiltak=borte, tjeneste=tjeneste)
    klient, _lenke = med_lenke(tjeneste)
    siden = adresse(tjeneste, borte)
    data = innsending(klient.get(siden)) | STILLE
    ansvar.delete()
    borte.delete()

    svar = klient.post(siden, data)

    assert svar.status_code == 409
    assert "Venter på skolen." in svar.text


def test_of_a_tjeneste_that_was_laid_down_what_was_typed_is_shown(tjeneste, tiltak):
    klient, _lenke = med_lenke(tjeneste)
    siden = adresse(tjeneste, tiltak)
    data = innsending(klient.get(siden)) | STILLE
    tjeneste.nedlagt = timezone.localdate()
    tjeneste.save()

    svar = klient.post(siden, data)

    assert svar.status_code == 404
    assert "Det du skrev, er ikke lagret" in Lest(svar).tekst
    assert "Venter på skolen." in Lest(svar).tekst


# A round that is closed -------------------------------------------------------------------


def test_a_closed_round_says_so_shows_the_answers_and_takes_nothing(tjeneste, tiltak):
    klient, lenke = med_lenke(tjeneste)
    svar_med(klient, tjeneste, tiltak, **STILLE)
    siden = adresse(tjeneste, tiltak)
    data = innsending(klient.get(siden)) | {"kommentar": "Et svar til."}
    sett = klient.get(side(tjeneste)).context["sett"]
    lukk(lenke.foresporsel.runde)

    vist = Lest(klient.get(side(tjeneste)))
    svarene = [
        klient.post(siden, data),
        klient.post(adresse(tjeneste, tiltak, "svar_uendret"), {"sett": ""}),
        klient.post(side(tjeneste, "svar_stemmer"), {"sett": sett}),
        klient.post(side(tjeneste, "svar_sporres_ikke")),
    ]

    assert "Runden ble lukket" in vist.tekst
    assert "Natteravner" in vist.tekst
    assert "Står stille" in vist.tekst
    assert "Ingen endring" not in vist.tekst
    assert [svar.status_code for svar in svarene] == [409] * 4
    assert "Et svar til." in svarene[0].text
    assert "Runden er lukket" in Lest(svarene[0]).tekst
    assert Endringsforslag.objects.get().innhold["kommentar"] == "Venter på skolen."
    assert Foresporsel.objects.get().besvart is None
    tjeneste.refresh_from_db()
    assert not tjeneste.sporres_ikke


@pytest.mark.parametrize("hva", ["kontakt", "bort", "ansvar"])
def test_what_else_was_typed_when_the_round_closed_stays(hva, tjeneste):
    punkt = tjeneste.kontaktpunkter.get()
    args = [tjeneste.kommune.slug, tjeneste.pk]
    args += [punkt.pk] if hva != "ansvar" else []
    siden = reverse(f"tiltak:svar_{hva}", args=args)
    klient, lenke = med_lenke(tjeneste)
    data = innsending(klient.get(siden)) | {
        "verdi": "33 33 33 33",
        "merknad": "Bruk skjemaet",
        "begrunnelse": "Bruk skjemaet",
    }
    lukk(lenke.foresporsel.runde)

    svar = klient.post(siden, data)

    assert svar.status_code == 409
    assert "Runden er lukket" in Lest(svar).tekst
    assert "Bruk skjemaet" in svar.text
    assert Endringsforslag.objects.count() == 0


def test_who_has_an_account_still_proposes_but_says_no_more_of_the_tiltak(
    tjeneste, tiltak
):
    runde = ForesporselFactory(tjeneste=tjeneste).runde
    klient = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)
    siden = adresse(tjeneste, tiltak)
    data = innsending(klient.get(siden)) | STILLE
    lukk(runde)

    svar = klient.post(siden, data)
    vist = klient.get(side(tjeneste))

    assert svar.status_code == 409
    assert "Venter på skolen." in svar.text
    assert "Runden ble lukket" in Lest(vist).tekst
    assert vist.context["tas_imot"]
    assert stemmer(klient, tjeneste).status_code == 302


def test_a_link_of_a_closed_round_answers_the_one_that_is_open(tjeneste, tiltak):
    klient, lenke = med_lenke(tjeneste)
    lukk(lenke.foresporsel.runde)
    apen = ForesporselFactory(tjeneste=tjeneste)

    trykk(klient, tjeneste, tiltak)
    stemmer(klient, tjeneste)

    assert Endringsforslag.objects.get().foresporsel == apen
    besvarte = Foresporsel.objects.exclude(besvart=None)
    assert list(besvarte) == [apen]


def test_what_waits_when_the_round_is_closed_can_still_be_taken_in(
    tjeneste, tiltak, koordinator
):
    klient, lenke = med_lenke(tjeneste)
    trykk(klient, tjeneste, tiltak)
    lukk(lenke.foresporsel.runde)

    behandle(koordinator, "godta", Endringsforslag.objects.get())

    assert Statusrapport.objects.get().runde == lenke.foresporsel.runde


# Who changes what while they wait ---------------------------------------------------------


def test_the_round_is_closed_while_they_wait_for_their_turn(
    tjeneste, tiltak, monkeypatch
):
    klient, lenke = med_lenke(tjeneste)
    siden = adresse(tjeneste, tiltak)
    data = innsending(klient.get(siden)) | STILLE
    rader = type(Kommune.objects.all())
    las = rader.las

    def las_etter(self, *pker):
        monkeypatch.setattr(rader, "las", las)
        lukk(lenke.foresporsel.runde)
        return las(self, *pker)

    monkeypatch.setattr(rader, "las", las_etter)

    svar = klient.post(siden, data)

    assert svar.status_code == 409
    assert "Venter på skolen." in svar.text
    assert Endringsforslag.objects.count() == 0


def test_a_plan_in_writing_is_asked_nothing_of(kommune, tjeneste):
    utkast = InnsatsomradeFactory(
        plan=HandlingsplanFactory(kommune=kommune, status="utkast")
    )
    skjult = nytt(utkast, tjeneste, "Ikke ute ennå")
    klient, _lenke = med_lenke(tjeneste)

    svar = klient.get(adresse(tjeneste, skjult))

    assert svar.status_code == 404
    assert "Ikke ute ennå" not in svar.text
