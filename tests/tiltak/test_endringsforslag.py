"""What those who answer for a tjeneste would have otherwise, and what becomes of it."""

from datetime import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    EndringsforslagFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilbudFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.tiltak.test_runder import med_lenke, side, stemmer
from tiltak.models import (
    Apningstid,
    Bekreftelse,
    Endringsforslag,
    Foresporsel,
    Kontaktpunkt,
    Tiltak,
)
from tiltak.runder.forslag import forskjellene, merke
from tiltak.runder.slag import med_emner
from tiltak.runder.statusforslag import som_innhold


@pytest.fixture(autouse=True)
def _tom():
    cache.clear()


@pytest.fixture
def tjeneste(kommune):
    tjeneste = TjenesteFactory(kommune=kommune, svaransvarlig="ute@kommunen.no")
    KontaktpunktFactory(tjeneste=tjeneste, verdi="22 22 22 22")
    return tjeneste


def foresla(klient, tjeneste, hva, *resten, **endret):
    adresse = reverse(
        f"tiltak:svar_{hva}", args=[tjeneste.kommune.slug, tjeneste.pk, *resten]
    )
    skjema = klient.get(adresse)
    assert skjema.status_code == 200
    return klient.post(adresse, innsending(skjema) | endret)


def behandle(klient, hva, forslag, **mer):
    """As from the list, where the coordinator has just looked."""
    adresse = reverse(f"tiltak:forslag_{hva}", args=["lillestrom", forslag.pk])
    return klient.post(adresse, {"sett": merket(forslag), **mer})


def merket(forslag):
    [lest] = med_emner([Endringsforslag.objects.get(pk=forslag.pk)])
    return merke(lest, forskjellene(lest))


TIDEN = {
    "apningstider-TOTAL_FORMS": "1",
    "apningstider-0-fra_dag": "0",
    "apningstider-0-til_dag": "4",
    "apningstider-0-apner": "08:00",
    "apningstider-0-stenger": "15:30",
    "apningstider-0-uker": "alle",
    "apningstider-0-gjelder": "alltid",
    "apningstider-0-hva": "svarer",
}


def test_a_changed_number_waits_until_it_is_taken_in(tjeneste, koordinator, client):
    punkt = tjeneste.kontaktpunkter.get()
    klient, _lenke = med_lenke(tjeneste)

    svar = foresla(klient, tjeneste, "kontakt", punkt.pk, verdi="33333333", **TIDEN)

    assert svar.status_code == 302
    forslag = Endringsforslag.objects.get()
    assert forslag.innhold["verdi"] == "33 33 33 33"
    assert forslag.sett == {"verdi": "22 22 22 22", "apningstider": []}
    assert Foresporsel.objects.get().svar == "endringer"
    apen = tjeneste.get_absolute_url()
    assert "33 33 33 33" not in Lest(client.get(apen)).tekst
    listen = Lest(koordinator.get(reverse("tiltak:forslag", args=["lillestrom"]))).tekst
    assert "22 22 22 22" in listen
    assert "33 33 33 33" in listen

    behandle(koordinator, "godta", forslag)

    punkt.refresh_from_db()
    forslag.refresh_from_db()
    assert (punkt.verdi, forslag.tilstand) == ("33 33 33 33", "godtatt")
    tid = punkt.apningstider.get()
    assert (tid.apner, tid.stenger) == (time(8), time(15, 30))
    assert Bekreftelse.objects.get().verdi == "33 33 33 33"
    assert "33 33 33 33" in Lest(client.get(apen)).tekst


def test_the_rest_holds_where_something_waits(tjeneste):
    annet = KontaktpunktFactory(tjeneste=tjeneste)
    EndringsforslagFactory(
        tjeneste=tjeneste, kontaktpunkt=tjeneste.kontaktpunkter.exclude(pk=annet.pk)[0]
    )
    klient, _lenke = med_lenke(tjeneste)

    assert "Resten stemmer" in Lest(klient.get(side(tjeneste))).tekst
    stemmer(klient, tjeneste)

    assert Bekreftelse.objects.get().kontaktpunkt == annet
    assert Foresporsel.objects.get().svar == "endringer"


def test_each_card_says_what_is_proposed_of_what(tjeneste, koordinator):
    punkt = tjeneste.kontaktpunkter.get()
    tiltakene = TilbudFactory.create_batch(2, kommune=tjeneste.kommune)
    for tiltak in tiltakene:
        EndringsforslagFactory(
            tjeneste=tjeneste,
            slag="status",
            tiltak=tiltak,
            kontaktpunkt=None,
            innhold=som_innhold({"tilstand": "star_stille", "kommentar": "Tomt."}),
        )
    EndringsforslagFactory(
        tjeneste=tjeneste, kontaktpunkt=punkt, innhold={"instruks": "be om vakta"}
    )

    svar = koordinator.get(reverse("tiltak:forslag", args=["lillestrom"]))

    tekst = Lest(svar).tekst
    titler = [f.overskrift for f in svar.context["forslagene"]]
    assert titler == [
        *(f"{tiltak.tittel}: står stille" for tiltak in tiltakene),
        f"{punkt.visning}: endre et kontaktpunkt",
    ]
    assert f"Ta inn : {titler[0]}, {tjeneste}" in tekst
    # There was nothing.
    assert "Står i dag:" not in tekst
    assert "Foreslått: be om vakta" in tekst


def test_the_same_is_proposed_once(tjeneste):
    punkt = tjeneste.kontaktpunkter.get()
    klient, _lenke = med_lenke(tjeneste)

    for _gang in range(2):
        foresla(klient, tjeneste, "kontakt", punkt.pk, instruks="be om vakta")

    assert Endringsforslag.objects.get().innhold == {"instruks": "be om vakta"}


@pytest.mark.parametrize(
    ("endret", "ventet"),
    [
        ({"verdi": "1234"}, "ikke et telefonnummer"),
        ({}, "Du har ikke endret noe."),
        ({"instruks": "Ring 01010112345"}, ""),
        (TIDEN | {"apningstider-0-apner": "25:00"}, "klokkeslett"),
    ],
)
def test_what_cannot_be_is_not_proposed(endret, ventet, tjeneste):
    klient, _lenke = med_lenke(tjeneste)
    punkt = tjeneste.kontaktpunkter.get()
    if "Ring" in str(endret):
        endret = {"instruks": "x" * 301}

    svar = foresla(klient, tjeneste, "kontakt", punkt.pk, **endret)

    assert svar.status_code == 422
    assert ventet in Lest(svar).tekst
    assert Endringsforslag.objects.count() == 0


def test_hours_that_overlap_are_refused(tjeneste):
    klient, _lenke = med_lenke(tjeneste)
    punkt = tjeneste.kontaktpunkter.get()
    to = TIDEN | {
        navn.replace("-0-", "-1-"): verdi
        for navn, verdi in TIDEN.items()
        if "-0-" in navn
    }
    to |= {"apningstider-TOTAL_FORMS": "2", "apningstider-1-apner": "15:00"}

    svar = foresla(klient, tjeneste, "kontakt", punkt.pk, **to)

    assert svar.status_code == 422
    assert "overlapper" in Lest(svar).tekst


@pytest.mark.parametrize(
    ("en", "annen", "ventet"),
    [
        ((0, 4, 8, 15), (4, 5, 14, 16), True),
        ((0, 4, 8, 15), (0, 4, 15, 16), False),
        ((4, 4, 20, 2), (5, 5, 1, 3), True),
        ((6, 6, 20, 2), (0, 0, 1, 3), True),
        ((0, 6, 0, 0), (3, 3, 4, 5), True),
        ((0, 0, 8, 8), (1, 1, 8, 9), False),
    ],
)
def test_hours_overlap_across_midnight_and_the_week(en, annen, ventet):
    forst, sist = (
        Apningstid(fra_dag=f, til_dag=t, apner=time(a), stenger=time(s))
        for f, t, a, s in (en, annen)
    )

    assert (forst.overlapper(sist), sist.overlapper(forst)) == (ventet, ventet)


def test_a_new_one_and_one_that_is_no_more(tjeneste, koordinator):
    gammelt = tjeneste.kontaktpunkter.get()
    klient, _lenke = med_lenke(tjeneste)
    foresla(klient, tjeneste, "nytt", type="epost", verdi="ute@kommunen.no")
    foresla(klient, tjeneste, "bort", gammelt.pk, merknad="Ring sentralbordet.")

    for forslag in Endringsforslag.objects.order_by("pk"):
        behandle(koordinator, "godta", forslag)

    assert [p.verdi for p in tjeneste.kontaktpunkter.all()] == ["ute@kommunen.no"]
    assert Kontaktpunkt.objects.get().synlighet == "offentlig"


@pytest.mark.parametrize("slag", ["kontakt", "nytt"])
def test_it_is_taken_in_in_other_words(slag, tjeneste, koordinator):
    punkt = tjeneste.kontaktpunkter.get()
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste,
        slag=slag,
        kontaktpunkt=punkt if slag == "kontakt" else None,
        innhold={"verdi": "33 33 33 33", "instruks": "be om oss"}
        | ({"type": "telefon"} if slag == "nytt" else {}),
    )
    adresse = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])

    skjema = koordinator.get(adresse)
    assert innsending(skjema)["verdi"] == "33 33 33 33"
    koordinator.post(adresse, innsending(skjema, instruks="be om Utekontakten"))

    forslag.refresh_from_db()
    assert forslag.tilstand == "godtatt"
    # Who proposed the number says that it holds.
    assert Bekreftelse.objects.get().verdi == "33 33 33 33"
    rader = tjeneste.kontaktpunkter.filter(verdi="33 33 33 33")
    assert [p.instruks for p in rader] == ["be om Utekontakten"]
    assert tjeneste.kontaktpunkter.count() == (1 if slag == "kontakt" else 2)
    assert koordinator.get(adresse).status_code == 302


@pytest.mark.parametrize("slag", ["kontakt", "nytt"])
def test_hours_are_taken_in_in_other_words_too(slag, tjeneste, koordinator):
    punkt = tjeneste.kontaktpunkter.get()
    Apningstid.objects.create(
        kontaktpunkt=punkt, fra_dag=0, til_dag=4, apner=time(10), stenger=time(12)
    )
    klient, _lenke = med_lenke(tjeneste)
    if slag == "kontakt":
        adresse = reverse(
            "tiltak:svar_kontakt", args=["lillestrom", tjeneste.pk, punkt.pk]
        )
        skjema = innsending(klient.get(adresse), **{"apningstider-0-apner": "08:00"})
    else:
        adresse = reverse("tiltak:svar_nytt", args=["lillestrom", tjeneste.pk])
        nytt = {"type": "telefon", "verdi": "33333333"}
        skjema = innsending(klient.get(adresse), **TIDEN, **nytt)
    assert klient.post(adresse, skjema).status_code == 302
    forslag = Endringsforslag.objects.get()
    adresse = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])

    skjema = innsending(koordinator.get(adresse))
    nr = 1 if slag == "kontakt" else 0
    assert skjema[f"apningstider-{nr}-apner"] == "08:00"
    endret = skjema | {f"apningstider-{nr}-stenger": "14:00"}
    assert koordinator.post(adresse, endret).status_code == 302

    forslag.refresh_from_db()
    assert forslag.tilstand == "godtatt"
    [tid] = forslag.tjeneste.kontaktpunkter.order_by("pk").last().apningstider.all()
    assert (tid.apner, tid.stenger) == (time(8), time(14))


def test_a_number_of_the_coordinators_own_is_confirmed_by_nobody(tjeneste, koordinator):
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste, kontaktpunkt=tjeneste.kontaktpunkter.get()
    )
    adresse = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])

    skjema = koordinator.get(adresse)
    koordinator.post(adresse, innsending(skjema, verdi="55 55 55 55"))

    assert tjeneste.kontaktpunkter.get().verdi == "55 55 55 55"
    assert not Bekreftelse.objects.exists()


def test_what_was_proposed_stands_on_their_page(tjeneste):
    klient, _lenke = med_lenke(tjeneste)
    punkt = tjeneste.kontaktpunkter.get()

    foresla(klient, tjeneste, "kontakt", punkt.pk, verdi="33333333", **TIDEN)

    tekst = Lest(klient.get(side(tjeneste))).tekst
    assert "33 33 33 33" in tekst
    assert "hverdager kl. 08.00–15.30" in tekst


def test_the_text_of_a_tiltak(tjeneste, koordinator):
    sted = PlasseringFactory(innsatsomrade__plan__kommune=tjeneste.kommune)
    annet = PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=2)
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)
    klient, _lenke = med_lenke(tjeneste)

    foresla(klient, tjeneste, "tekst", sted.tiltak.pk, tekst="<p>Nå er det slik.</p>")
    andres = reverse(
        "tiltak:svar_tekst", args=["lillestrom", tjeneste.pk, annet.tiltak.pk]
    )

    assert klient.get(andres).status_code == 404
    behandle(koordinator, "godta", Endringsforslag.objects.get())
    assert Tiltak.objects.get(pk=sted.tiltak.pk).tekst == "<p>Nå er det slik.</p>"


def test_somebody_else_answers_for_it(tjeneste, koordinator):
    klient, _lenke = med_lenke(tjeneste)

    foresla(klient, tjeneste, "ansvar", svaransvarlig="ny@kommunen.no")

    assert Foresporsel.objects.get().svar == "ikke_ansvar"
    behandle(koordinator, "godta", Endringsforslag.objects.get())
    tjeneste.refresh_from_db()
    assert tjeneste.svaransvarlig == "ny@kommunen.no"


def test_who_answers_no_longer_has_no_link_any_more(kommune, koordinator):
    """Neither to open nor as it was opened; of what else they answer for, they have."""
    adresse = "ute@kommunen.no"
    overlatt, beholdt = TjenesteFactory.create_batch(
        2, kommune=kommune, svaransvarlig=adresse
    )
    klient, _lenke = med_lenke(overlatt, epost=adresse.upper())
    dor = reverse("svarlenke", args=["hemmelig-0"])
    andres, _lenke = med_lenke(beholdt, epost=adresse)
    apne = [
        k.get(side(t)).status_code for k, t in ((klient, overlatt), (andres, beholdt))
    ]
    foresla(klient, overlatt, "ansvar", svaransvarlig="ny@kommunen.no")

    behandle(koordinator, "godta", Endringsforslag.objects.get())

    lukket = [klient.get(side(overlatt)).status_code, Client().get(dor).status_code]
    assert (apne, lukket) == ([200, 200], [404, 404])
    assert andres.get(side(beholdt)).status_code == 200


def test_who_does_not_want_to_be_asked_says_so_and_may_take_it_back(tjeneste):
    klient, _lenke = med_lenke(tjeneste)
    adresse = side(tjeneste, "svar_sporres_ikke")

    klient.get(adresse)
    tjeneste.refresh_from_db()
    assert not tjeneste.sporres_ikke
    for sendt, ventet in [({}, True), ({"spor": "ja"}, False)]:
        klient.post(adresse, sendt)
        tjeneste.refresh_from_db()
        assert tjeneste.sporres_ikke is ventet


def test_what_is_set_aside_is_said_on_their_page(tjeneste, koordinator):
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste, kontaktpunkt=tjeneste.kontaktpunkter.get()
    )
    klient, _lenke = med_lenke(tjeneste)

    behandle(koordinator, "avvis", forslag, svar="Nummeret er privat.")
    behandle(koordinator, "godta", forslag)

    forslag.refresh_from_db()
    assert forslag.tilstand == "avvist"
    assert tjeneste.kontaktpunkter.get().verdi == "22 22 22 22"
    assert "Nummeret er privat." in Lest(klient.get(side(tjeneste))).tekst


def test_what_was_proposed_of_a_hidden_contact_is_not_told_by_a_link(tjeneste):
    skjult = KontaktpunktFactory(tjeneste=tjeneste, synlighet="koordinator")
    EndringsforslagFactory(tjeneste=tjeneste, kontaktpunkt=skjult)
    klient, _lenke = med_lenke(tjeneste)

    assert skjult.visning not in Lest(klient.get(side(tjeneste))).tekst
    adresse = reverse(
        "tiltak:svar_kontakt", args=["lillestrom", tjeneste.pk, skjult.pk]
    )
    assert klient.get(adresse).status_code == 404


def test_what_cannot_be_done_any_more_is_said(tjeneste, koordinator):
    KontaktpunktFactory(tjeneste=tjeneste, verdi="33 33 33 33")
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste, kontaktpunkt=tjeneste.kontaktpunkter.first()
    )

    svar = behandle(koordinator, "godta", forslag)

    forslag.refresh_from_db()
    assert forslag.tilstand == "venter"
    assert "kunne ikke utføres" in Lest(koordinator.get(svar.url)).tekst


@pytest.mark.parametrize("rolle", ["ansatt", "politirad"])
def test_only_the_coordinator_takes_something_in(rolle, tjeneste):
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste, kontaktpunkt=tjeneste.kontaktpunkter.get()
    )
    bruker = TilgangFactory(kommune=tjeneste.kommune, rolle=Tilgang.Rolle(rolle)).bruker

    svar = behandle(innlogget(bruker), "godta", forslag)

    forslag.refresh_from_db()
    assert (svar.status_code, forslag.tilstand) == (404, "venter")


def test_what_a_proposed_text_has_otherwise_is_marked(tjeneste, koordinator):
    sted = PlasseringFactory(
        innsatsomrade__plan__kommune=tjeneste.kommune,
        tiltak__tekst="<p>Hver fredag.</p><p>For alle.</p>",
    )
    tiltak = sted.tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    klient, _lenke = med_lenke(tjeneste)
    ny = "<p>Hver lørdag.</p><p>For alle.</p>"
    foresla(klient, tjeneste, "tekst", tiltak.pk, tekst=ny)

    [forslag] = koordinator.get(reverse("tiltak:forslag", args=["lillestrom"])).context[
        "forslagene"
    ]

    assert [s.tekst.split() for s in forslag.tekstene if not s.i_begge] == [
        ["fredag."],
        ["lørdag."],
    ]


def uleselige():
    """{why: what no form proposes}."""
    tid = {"fra_dag": 0, "til_dag": 4, "apner": "08:00", "stenger": "15:30"}
    tid |= {"uker": "alle", "gjelder": "alltid", "hva": "svarer"}
    return {
        "synlighet": {"synlighet": "koordinator"},
        "person": {"person": "Funksjonen"},
        "annen rad": {"pk": 5},
        "annen tjeneste": {"tjeneste_id": 99},
        "ukjent felt": {"finnes_ikke": "x"},
        "ikke tekst": {"verdi": ["33 33 33 33"]},
        "ingen liste": {"apningstider": "08-15"},
        "ingen tid": {"apningstider": [{"fra_dag": 0}]},
        "annens tid": {"apningstider": [{**tid, "kontaktpunkt_id": 1}]},
        "ingen klokke": {"apningstider": [{**tid, "apner": "25:00"}]},
    }


@pytest.mark.parametrize("hvorfor", uleselige())
def test_what_no_form_proposes_is_not_carried_out(hvorfor, tjeneste, koordinator):
    """It came with a kommune from elsewhere, or is older than the fields are."""
    punkt = tjeneste.kontaktpunkter.get()
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste, kontaktpunkt=punkt, innhold=uleselige()[hvorfor]
    )
    for_ = Kontaktpunkt.objects.values().get()
    listen = reverse("tiltak:forslag", args=["lillestrom"])
    endre = reverse("tiltak:forslag_endre", args=["lillestrom", forslag.pk])

    sett = Lest(koordinator.get(listen)).tekst
    behandle(koordinator, "godta", forslag)
    svar = koordinator.get(endre)

    assert "Forslaget kan ikke leses" in sett
    assert svar.url == listen
    assert Kontaktpunkt.objects.values().get() == for_
    assert Endringsforslag.objects.get().venter
    behandle(koordinator, "avvis", forslag)
    assert not Endringsforslag.objects.get().venter


def test_what_is_of_another_tjeneste_is_not_carried_out(tjeneste, koordinator):
    andres = KontaktpunktFactory(tjeneste__kommune=tjeneste.kommune)
    forslag = EndringsforslagFactory(tjeneste=tjeneste, kontaktpunkt=andres)

    behandle(koordinator, "godta", forslag)

    assert Kontaktpunkt.objects.get(pk=andres.pk).verdi == andres.verdi
    assert Endringsforslag.objects.get().venter
