"""What somebody has looked over becomes a draft, all of it or nothing; and is taken out
again, all of it, too."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from moter.models import Forum
from slt.grunn.historikk import Dor
from slt.models import Lokalomrade
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    ForumFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    InnspillFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    RegnearkimportFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.tiltak.innlesing.dokumenter import med_overskrifter
from tests.tiltak.innlesing.fakta import andel, plan, rapport, treff
from tests.tiltak.innlesing.landet import (
    alt_som_star,
    antall_rader,
    av_deler,
    importert,
    lagt_inn,
    som_forslag,
    utkast,
)
from tests.tiltak.innlesing.lest import lest
from tiltak.innlesing import landing
from tiltak.innlesing.arbeid import forslaget
from tiltak.innlesing.gjennomgang import Gjennomgang
from tiltak.innlesing.landing import angre, legg_inn, uten_plass
from tiltak.innlesing.planen import kortnavn
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Kontaktpunkt,
    Planimport,
    Regnearkimport,
    Tiltak,
    Tjeneste,
)
from tiltak.planlop import vedta

MINST = 0.99
ENKEL = (
    "# Fritid",
    "## Tiltak 1: Klubb",
    "Åpent hver fredag.",
    "Ansvar: Ungdomstjenesten",
    "Telefon: 469 34 634",
    "## Tiltak 2: Leir",
    "Ansvar: Ungdomstjenesten",
)


@pytest.fixture
def annen_kommune(db):
    return KommuneFactory()


# A whole plan -------------------------------------------------------------------------


def test_the_facts_of_a_plan_are_in_the_rows_of_another_kommune(annen_kommune):
    """And they go, and come, as one. One test: to read the document takes time."""
    nabo = TjenesteFactory(navn="Oppsøkende ungdomsteam")
    planimport = importert(annen_kommune, lest("docx", med_overskrifter()))
    for_ = alt_som_star()

    landet = lagt_inn(planimport)

    sett = treff(som_forslag(landet), plan()[1])
    print(f"\n{rapport(sett)}")  # noqa: T201 (pytest -s shows the share of each kind)
    assert andel(sett) >= MINST
    assert landet.er_utkast
    assert (planimport.plan, planimport.lagt_inn is not None) == (landet, True)
    assert planimport.blokker
    # One set of changes, by whom and why, and nothing of the neighbour.
    tiltak = Tiltak.historikk.filter(history_kommune=annen_kommune)
    samlinger = {
        h.history_samling
        for modell in (Handlingsplan, Tiltak, Tjeneste, Kontaktpunkt, Ansvar, Forum)
        for h in modell.historikk.filter(history_kommune=annen_kommune)
    }
    assert len(samlinger) == 1
    assert {
        (h.history_dor, h.history_user, h.history_change_reason) for h in tiltak
    } == {(Dor.IMPORT, planimport.bruker, "handlingsplan.docx")}
    assert not nabo.ansvar.exists()

    rester = angre(planimport=planimport, bruker=planimport.bruker)

    assert (rester, alt_som_star()) == ([], for_)
    planimport.refresh_from_db()
    assert (planimport.plan, planimport.lagt_inn, planimport.laget) == (None, None, {})

    igjen = lagt_inn(planimport)

    assert andel(treff(som_forslag(igjen), plan()[1])) >= MINST


@pytest.mark.parametrize("antall", [1, 3])
def test_landing_costs_the_same_for_one_and_three(
    annen_kommune, antall, django_assert_num_queries
):
    deler = ["# Fritid"]
    for nr in range(1, antall + 1):
        deler += [
            f"## Tiltak {nr}: Klubb",
            "Ansvar: Ungdomstjenesten",
            "Samarbeid: Politiet",
            "Telefon: 469 34 634",
            f"Nett: https://klubben.no/{nr}",
            "Målgruppe: Unge, 13–18 år",
            "Mål: Alle er med",
        ]
    planimport = av_deler(annen_kommune, *deler)

    with django_assert_num_queries(116):
        landet = lagt_inn(planimport)

    assert landet.tiltak.count() == antall


def test_a_failure_half_way_changes_nothing(annen_kommune, monkeypatch):
    planimport = av_deler(annen_kommune, *ENKEL)
    for_ = alt_som_star()
    monkeypatch.setattr(landing, "_laget", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        lagt_inn(planimport)

    planimport.refresh_from_db()
    assert (alt_som_star(), planimport.lagt_inn) == (for_, None)


def test_it_is_landed_once(annen_kommune):
    planimport = av_deler(annen_kommune, *ENKEL)
    lagt_inn(planimport)
    antall = antall_rader()

    with pytest.raises(ValidationError, match="lagt inn før"):
        lagt_inn(planimport, fra_ar=2029, til_ar=2032)

    assert antall_rader() == antall


def test_what_was_decided_meanwhile_is_looked_at_first(annen_kommune):
    planimport = av_deler(annen_kommune, *ENKEL)
    Planimport.objects.update(versjon=4)

    with pytest.raises(ValidationError, match="valgt annerledes"):
        lagt_inn(planimport)

    assert not Handlingsplan.objects.exists()


def test_it_lands_in_its_own_kommune_alone(annen_kommune, kommune):
    planimport = av_deler(annen_kommune, *ENKEL)

    with pytest.raises(ValueError, match="not a new plan"):
        legg_inn(
            planimport=planimport,
            bruker=planimport.bruker,
            plan=utkast(kommune),
            versjon=0,
        )


SAMTIDIGE = 4


def test_of_many_who_land_at_once_one_does(transactional_db):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    planimport = av_deler(KommuneFactory(), *ENKEL)
    klare = threading.Barrier(SAMTIDIGE)

    def land(nr):
        klare.wait()
        try:
            lagt_inn(Planimport.objects.get(pk=planimport.pk), fra_ar=2000 + nr)
        except ValidationError as feil:
            return feil.messages
        finally:
            connection.close()
        return "landet"

    with ThreadPoolExecutor(SAMTIDIGE) as trader:
        svar = list(trader.map(land, range(SAMTIDIGE)))

    assert svar.count("landet") == 1
    assert svar.count(["Planen er lagt inn før."]) == SAMTIDIGE - 1
    assert Handlingsplan.objects.count() == 1


# What lands where ---------------------------------------------------------------------


def test_every_value_has_its_field_or_stands_in_the_text(annen_kommune):
    fetsund = LokalomradeFactory(kommune=annen_kommune, navn="Fetsund")
    planimport = av_deler(
        annen_kommune,
        "# Innsatsområde 1: Fritid, kultur og idrett for alle som bor her",
        "Dette er bakgrunnen.",
        "## Tiltak 4: Klubb (nytt tiltak)",
        "Klubben er åpen.",
        "* Den ene",
        "* Den andre",
        "Målgruppe: Ungdom 13–18 år",
        "Nivå: Universell",
        "Status: Planlagt",
        "BTI: nivå 0–1",
        "Hvor ofte: hver sjette uke",
        "Forankring: Kommunalsjefen",
        "Mål: Alle er med",
        "Lokalområde: Fetsund",
        "Hvem kan ta kontakt: Ungdom og foreldre",
        "Frist: 1. mai",
        "Ansvarlig: Utekontakten (OUT)",
        "Samarbeid: Politiet",
        "## Tiltak 9: Leir",
        "Lokalområde: Ytre Enebakk",
    )

    landet = lagt_inn(planimport)

    omrade = landet.innsatsomrader.get()
    assert omrade.navn == "Fritid, kultur og idrett for alle som bor her"
    assert omrade.kortnavn == "Fritid"
    assert omrade.tekst == "<p>Dette er bakgrunnen.</p>"
    klubb, leir = landet.tiltak.all()
    assert [(str(s), s.hoved) for s in klubb.plasseringer.all()] == [("Fritid 4", True)]
    assert [str(s) for s in leir.plasseringer.all()] == ["Fritid 9"]
    assert klubb.tekst == (
        "<p>Klubben er åpen.</p><ul><li><p>Den ene</p></li><li><p>Den andre</p></li></ul>"
        "<p><strong>Frist:</strong> 1. mai</p>"
        "<p><strong>Hvor ofte:</strong> hver sjette uke</p>"
    )
    assert (klubb.nytt, klubb.status, klubb.niva, klubb.niva_foreslatt) == (
        True,
        "planlagt",
        "universell",
        False,
    )
    assert (klubb.bti_niva, klubb.forankring) == ("0–1", "Kommunalsjefen")
    assert [str(m) for m in klubb.malgrupper.all()] == ["Ungdom 13–18 år"]
    assert [str(m) for m in klubb.malsettinger.all()] == ["hovedmål: Alle er med"]
    assert klubb.apent_for == ["unge", "foresatte"]
    assert [v.lokalomrade for v in klubb.lokalomradevalg.all()] == [fetsund]
    assert [str(a) for a in klubb.ansvar.all()] == [
        "Utekontakten (ansvarlig)",
        "Politiet (samarbeidspart)",
    ]
    assert Tjeneste.objects.get(kortnavn="OUT").navn == "Utekontakten"
    assert Tjeneste.objects.get(navn="Politiet").type == Tjeneste.Type.POLITI
    # A level that the source does not give stays open; an area that is not there is
    # words, and makes none.
    assert (leir.niva, leir.status) == ("", "i_drift")
    assert leir.tekst == "<p><strong>Lokalområde:</strong> Ytre Enebakk</p>"
    assert list(Lokalomrade.objects.filter(kommune=annen_kommune)) == [fetsund]


def test_ways_in_that_are_there_are_used_before_new_ones(annen_kommune):
    """The one that is there is found however it is written, and nothing changes at the
    other tiltak of its tjeneste."""
    out = TjenesteFactory(kommune=annen_kommune, navn="Utekontakten", kortnavn="OUT")
    KontaktpunktFactory(tjeneste=out, verdi="469 34 634")
    andre = KontaktpunktFactory(tjeneste=out, verdi="64 99 30 00", hoved=False)
    planimport = av_deler(
        annen_kommune,
        "# Fritid",
        "## Tiltak 1: Klubb",
        "Ansvar: OUT",
        "Telefon: +47 46934634",
        "## Tiltak 2: Leir",
        "Ansvar: OUT",
        "Telefon: 64 99 30 00",
        "## Tiltak 4: Tur",
        "Kontakt: tur@example.org",
    )

    landet = lagt_inn(planimport)

    assert Kontaktpunkt.objects.count() == 2
    # The main ones need not be chosen, and stay so, however often another one stands.
    valgt = {
        str(a.tiltak): [v.kontaktpunkt for v in a.kontaktvalg.all()]
        for a in Ansvar.objects.all()
    }
    assert valgt == {"Klubb": [], "Leir": [andre]}
    tur = landet.tiltak.get(tittel="Tur")
    assert tur.tekst == (
        "<p><strong>Kontakt:</strong> "
        '<a href="mailto:tur@example.org" rel="noopener">tur@example.org</a></p>'
    )


@pytest.mark.parametrize(
    ("valg", "tjenester", "tekst"),
    [
        ("ny", ["Ungdomstjenesten", "Ungdomskontakten"], ""),
        ("ingen", ["Ungdomskontakten"], "<strong>Ansvarlig:</strong> Ungdomstjenesten"),
        ("{pk}", ["Ungdomskontakten"], ""),
        # Of another kommune: as if nothing was chosen.
        ("{naboens}", ["Ungdomskontakten", "Ungdomstjenesten"], ""),
    ],
)
def test_what_was_chosen_for_a_name_holds(annen_kommune, valg, tjenester, tekst):
    egen = TjenesteFactory(kommune=annen_kommune, navn="Ungdomskontakten")
    naboens = TjenesteFactory(navn="Ungdomstjenesten")
    valg = valg.format(pk=egen.pk, naboens=naboens.pk)
    planimport = av_deler(annen_kommune, *ENKEL, tjenester={"ungdomstjenesten": valg})

    landet = lagt_inn(planimport)

    navn = Tjeneste.objects.filter(kommune=annen_kommune).values_list("navn", flat=True)
    assert sorted(navn) == sorted(tjenester)
    assert tekst in landet.tiltak.get(tittel="Leir").tekst
    assert not naboens.ansvar.exists()
    assert egen.ansvar.count() == (2 if valg == str(egen.pk) else 0)


@pytest.mark.parametrize("ordene", ["Ikke avklart", "Ikkje avklart", "Avklares", "–"])
def test_that_nobody_is_named_is_no_tjeneste(annen_kommune, ordene):
    planimport = av_deler(
        annen_kommune, "# Fritid", "## Tiltak 1: Klubb", f"Ansvar: {ordene}"
    )

    landet = lagt_inn(planimport)

    assert not Tjeneste.objects.filter(kommune=annen_kommune).exists()
    assert not landet.tiltak.get().ansvar.exists()


def test_what_is_longer_than_its_field_stands_whole_in_the_text(annen_kommune):
    lang = "Et tiltak med et navn som ingen klarer å lese i ett " * 5
    malgruppe = "Ungdom som bor i eller ofte er i sentrum " * 7
    planimport = av_deler(
        annen_kommune,
        "# Fritid",
        f"## Tiltak 1: {lang}",
        "Ansvar: OUT",
        f"Målgruppe: {malgruppe}, 13–18 år",
    )

    landet = lagt_inn(planimport)

    tiltak = landet.tiltak.get()
    assert len(tiltak.tittel) <= 200
    assert tiltak.tittel.endswith("…")
    assert f"<p>{lang.strip()}</p>" in tiltak.tekst
    assert malgruppe.strip() in tiltak.tekst
    assert [str(m) for m in tiltak.malgrupper.all()] == ["13–18 år"]


def test_numbers_that_cannot_be_are_given_anew(annen_kommune):
    """Those of the source stand, also where they run through all areas."""
    planimport = av_deler(
        annen_kommune,
        "# Fritid",
        "## Tiltak 1: Klubb",
        "Ansvar: OUT",
        "## Tiltak 2: Leir",
        "Ansvar: OUT",
        "## Tiltak 2: Tur",
        "Ansvar: OUT",
        "# Skole",
        "## Tiltak 3: Leksehjelp",
        "Ansvar: OUT",
    )

    sagt = uten_plass(planimport, forslaget(planimport))
    landet = lagt_inn(planimport)

    steder = {str(s.tiltak): str(s) for s in landet.plasseringer.all()}
    assert steder == {
        "Klubb": "Fritid 1",
        "Leir": "Fritid 2",
        "Tur": "Fritid 3",
        "Leksehjelp": "Skole 3",
    }
    assert [(u.hva, u.tekst) for u in sagt] == [("Nummer", "2 Tur")]
    assert landet.tiltak.get(tittel="Tur").tekst == ""


def test_a_tiltak_at_two_places_is_one_with_its_own_ansvar_at_each(annen_kommune):
    planimport = av_deler(
        annen_kommune,
        "# Fritid",
        "## Tiltak 1: Klubb",
        "Ansvar: OUT",
        "# Skole",
        "## Tiltak 1: Klubb",
        "Ansvar: Rektor",
    )

    landet = lagt_inn(planimport)

    tiltak = landet.tiltak.get()
    assert [str(s) for s in tiltak.plasseringer.all()] == ["Fritid 1", "Skole 1"]
    assert [
        (a.tjeneste.navn, str(a.plassering or "")) for a in tiltak.ansvar.all()
    ] == [
        ("OUT", ""),
        ("Rektor", "Skole 1"),
    ]


def test_a_part_has_its_own_ansvar_and_asks_those_of_the_whole(annen_kommune):
    planimport = av_deler(
        annen_kommune,
        "# Skole",
        "## Tiltak 1: Rusundervisning",
        "Ansvar: OUT",
        "Telefon: 469 34 634",
        "### For 8. trinn",
        "Ansvar: Helsesykepleier",
        "Målgruppe: 8. trinn",
        "### For 10. trinn",
        "Målgruppe: 10. trinn",
        "Telefon: 400 00 000",
        "Hvor ofte: to ganger i året",
        blokker={"2": "tiltak", "5": "deltiltak", "8": "deltiltak"},
    )

    landet = lagt_inn(planimport)

    hele = landet.tiltak.get(overordnet=None)
    atte, ti = hele.deltiltak.all()
    assert [(t.tittel, t.gjentas) for t in (atte, ti)] == [
        ("For 8. trinn", ""),
        ("For 10. trinn", "2 ganger per år"),
    ]
    assert [str(a) for a in atte.ansvar.all()] == ["Helsesykepleier (ansvarlig)"]
    assert not ti.ansvar.exists()
    assert [p.verdi for p in hele.ansvar.get().tjeneste.kontaktpunkter.all()] == [
        "469 34 634",
        "400 00 000",
    ]


def test_what_the_plan_before_had_is_not_new(annen_kommune):
    """Unless the document says so; and it is taken out again."""
    forrige = HandlingsplanFactory(kommune=annen_kommune, fra_ar=2020, til_ar=2023)
    klubb, leir, _slutt = (
        PlasseringFactory(innsatsomrade__plan=forrige, tiltak__tittel=tittel).tiltak
        for tittel in ("Klubben!", "Leir", "Noe annet")
    )
    planimport = av_deler(
        annen_kommune,
        "# Fritid",
        "## Tiltak 1: klubben",
        "Ansvar: OUT",
        "## Tiltak 2: Leir (nytt tiltak)",
        "Ansvar: OUT",
        "## Tiltak 3: Tur",
        "Ansvar: OUT",
    )
    for_ = alt_som_star()

    landet = lagt_inn(planimport, rekke=forrige.rekke, bygger_pa=forrige)

    assert [(o.fra, o.til.tittel, o.valg) for o in landet.overganger.all()] == [
        (klubb, "klubben", "viderefores")
    ]
    nye = {t.tittel for t in landet.tiltak.all() if t.er_nytt}
    assert nye == {"Leir", "Tur"}
    assert not leir.overganger_fra.exists()

    angre(planimport=planimport, bruker=planimport.bruker)

    assert alt_som_star() == for_


def test_how_many_count_as_new_is_said_beforehand(annen_kommune):
    """Also where the document marks only some of them."""
    forrige = HandlingsplanFactory(kommune=annen_kommune, fra_ar=2020, til_ar=2023)
    PlasseringFactory(innsatsomrade__plan=forrige, tiltak__tittel="Klubb")
    planimport = av_deler(
        annen_kommune,
        *ENKEL,
        "## Tiltak 3: Tur (nytt tiltak)",
        "Ansvar: OUT",
    )
    g = Gjennomgang(planimport)

    assert (g.nye_mot, g.merket_nye) == ([(forrige, 2)], 1)
    landet = lagt_inn(planimport, rekke=forrige.rekke, bygger_pa=forrige)
    assert sum(t.er_nytt for t in landet.tiltak.all()) == 2


def test_of_several_with_a_title_nobody_knows_which_goes_on(annen_kommune):
    forrige = HandlingsplanFactory(kommune=annen_kommune, fra_ar=2020, til_ar=2023)
    for _gang in range(2):
        PlasseringFactory(innsatsomrade__plan=forrige, tiltak__tittel="Klubb")
    planimport = av_deler(annen_kommune, *ENKEL)

    landet = lagt_inn(planimport, rekke=forrige.rekke, bygger_pa=forrige)

    assert not landet.overganger.exists()


def test_tables_keep_their_heads(annen_kommune):
    planimport = av_deler(
        annen_kommune,
        "# Bakgrunn",
        [["År", "Antall"], ["2023", "4"], ["2024", "6"]],
        "# Fritid",
        *ENKEL[1:],
    )

    landet = lagt_inn(planimport)

    assert '<th scope="col">År</th>' in landet.kapitler.get().tekst


def test_a_chapter_without_text_is_said_to_land_nowhere(annen_kommune):
    planimport = av_deler(annen_kommune, "# Evaluering", "# Fritid", *ENKEL[1:])

    sagt = uten_plass(planimport, forslaget(planimport))
    landet = lagt_inn(planimport)

    assert [(u.hva, u.tekst) for u in sagt] == [("Kapittel", "Evaluering")]
    assert not landet.kapitler.exists()


def test_an_identity_number_is_refused_with_where_it_stands(annen_kommune):
    planimport = av_deler(
        annen_kommune, *ENKEL, "## Tiltak 3: Tur", "Gjelder 13097248022.", "Ansvar: OUT"
    )
    for_ = alt_som_star()

    with pytest.raises(ValidationError) as feil:
        lagt_inn(planimport)

    (melding,) = feil.value.messages
    assert melding.startswith("Tiltaket «Tur»: ")
    assert "13097248022" not in str(feil.value)
    assert alt_som_star() == for_


# Taken out again ----------------------------------------------------------------------


def test_what_others_use_or_changed_stays(annen_kommune):
    planimport = av_deler(
        annen_kommune,
        *ENKEL,
        "## Tiltak 3: Tur",
        "Ansvar: Turlaget",
        "## Tiltak 4: Dans",
        "Ansvar: Danselaget",
    )
    lagt_inn(planimport)
    brukt, endret = (
        Tjeneste.objects.get(navn=navn) for navn in ("Ungdomstjenesten", "Turlaget")
    )
    AnsvarFactory(
        tiltak__plan=UtkastFactory(kommune=annen_kommune, fra_ar=2030, til_ar=2034),
        tjeneste=brukt,
    )
    endret.tekst = "Går på tur."
    endret.save()

    rester = angre(planimport=planimport, bruker=planimport.bruker)

    # With its way in, which would be lost to the tiltak that uses it.
    assert set(rester) >= {brukt, endret}
    assert {str(rad) for rad in rester} == {
        "Ungdomstjenesten",
        "Turlaget",
        "Ungdomstjenesten: telefon 469 34 634",
        "SLT-planen",
    }
    assert not Tjeneste.objects.filter(navn="Danselaget").exists()


def test_what_was_changed_in_the_draft_goes_with_it(annen_kommune):
    planimport = av_deler(annen_kommune, *ENKEL)
    landet = lagt_inn(planimport)
    omrade = landet.innsatsomrader.get()
    PlasseringFactory(innsatsomrade=omrade, tiltak__plan=landet, nummer=7)

    angre(planimport=planimport, bruker=BrukerFactory())

    assert not Handlingsplan.objects.exists()
    assert not Tiltak.objects.exists()


def test_a_spreadsheet_of_the_draft_goes_with_it(annen_kommune):
    planimport = av_deler(annen_kommune, *ENKEL)
    RegnearkimportFactory(plan=lagt_inn(planimport))

    assert angre(planimport=planimport, bruker=planimport.bruker) == []

    assert not Regnearkimport.objects.exists()
    assert not Handlingsplan.objects.exists()


def _vedtatt(plan):
    vedta(plan)


def _bygget_pa(plan):
    HandlingsplanFactory(
        kommune=plan.kommune, rekke=plan.rekke, bygger_pa=plan, fra_ar=2029, til_ar=2032,
        status=Handlingsplan.Status.UTKAST,
    )  # fmt: skip


def _star_i_en_annen(plan):
    annen = UtkastFactory(
        kommune=plan.kommune, rekke__navn="Vold", rekke__hoved=False, fra_ar=2030, til_ar=2034
    )  # fmt: skip
    PlasseringFactory(
        tiltak=plan.tiltak.first(), innsatsomrade=InnsatsomradeFactory(plan=annen)
    )


def _gitt_innspill(plan):
    InnspillFactory(plan=plan)


@pytest.mark.parametrize(
    ("gjor", "sagt"),
    [
        (_vedtatt, "gjelder allerede"),
        (_bygget_pa, "1 handlingsplan"),
        (_star_i_en_annen, "to planer"),
        (_gitt_innspill, "1 innspill"),
    ],
)
def test_what_something_rests_on_is_not_taken_out(annen_kommune, gjor, sagt):
    planimport = av_deler(annen_kommune, *ENKEL)
    gjor(lagt_inn(planimport))
    for_ = alt_som_star()

    with pytest.raises(ValidationError, match=sagt):
        angre(planimport=planimport, bruker=planimport.bruker)

    planimport.refresh_from_db()
    assert (alt_som_star(), planimport.plan is not None) == (for_, True)


def test_what_was_not_landed_is_not_taken_out(annen_kommune):
    planimport = av_deler(annen_kommune, *ENKEL)

    with pytest.raises(ValidationError, match="ikke lagt inn"):
        angre(planimport=planimport, bruker=planimport.bruker)


# What is kept -------------------------------------------------------------------------


def test_documents_that_nobody_goes_on_with_are_thrown_away(annen_kommune):
    glemt, i_arbeid, gammel, ny = (
        av_deler(annen_kommune, *ENKEL, valg={"x": 1}) for _nr in range(4)
    )
    lagt_inn(gammel)
    lagt_inn(ny, fra_ar=2029, til_ar=2032)
    for_lenge_siden = timezone.now() - timedelta(days=91)
    like_for = timezone.now() - timedelta(days=89)
    Planimport.objects.filter(pk=glemt.pk).update(endret=for_lenge_siden)
    Planimport.objects.filter(pk=i_arbeid.pk).update(endret=like_for)
    lenge = timezone.now() - timedelta(days=31)
    Planimport.objects.filter(pk=gammel.pk).update(lagt_inn=lenge, endret=lenge)

    call_command("rydd", stdout=StringIO())

    igjen = {p.pk: bool(p.blokker) for p in Planimport.objects.all()}
    assert igjen == {i_arbeid.pk: True, gammel.pk: False, ny.pk: True}
    gammel.refresh_from_db()
    assert (gammel.plan is not None, gammel.valg, gammel.sett) == (True, {}, [])
    with pytest.raises(ValidationError, match="30 dager"):
        angre(planimport=gammel, bruker=gammel.bruker)


# Fora ---------------------------------------------------------------------------------


def test_fora_come_with_the_plan_and_go_with_it(annen_kommune):
    finnes = ForumFactory(kommune=annen_kommune, navn="Politirådet")
    politi = TjenesteFactory(kommune=annen_kommune, navn="Politiet")
    planimport = av_deler(
        annen_kommune,
        "# Organisering av arbeidet",
        "## Politirådet",
        "Politirådet møtes fire ganger i året.",
        "## SLT-arbeidsgruppe",
        "Gruppen består av Politiet, rektorene og Barnevernet. Den møtes hver 6. uke.",
        "# Fritid",
        *ENKEL[1:],
    )

    lagt_inn(planimport)

    forum = Forum.objects.exclude(pk=finnes.pk).get()
    assert (forum.navn, forum.type, forum.niva, forum.rytme, forum.offentlig) == (
        "SLT-arbeidsgruppe",
        Forum.Type.ARBEIDSGRUPPE,
        Forum.Niva.UTFORENDE,
        "hver 6. uke",
        False,
    )
    assert [(m.tjeneste, m.funksjon) for m in forum.medlemmer.all()] == [
        (politi, ""),
        (None, "rektorene"),
        (None, "Barnevernet"),
    ]
    assert not finnes.medlemmer.exists()

    assert angre(planimport=planimport, bruker=planimport.bruker) == []
    assert list(Forum.objects.all()) == [finnes]


@pytest.mark.parametrize(
    ("navn", "kort"),
    [
        ("Kriminelle nettverk", "Kriminelle nettverk"),
        ("Innsatsområde 2: Rus", "Rus"),
        ("Forebygge vold i nære relasjoner og seksuelle overgrep", "Vold"),
        ("Rus, vold og hatkriminalitet på nett", "Rus"),
        ("Vi jobber sammen på tvers", "Vi jobber sammen"),
        ("Kriminalitetsforebygging", "Kriminalitetsforebyg"),
    ],
)
def test_short_names_of_areas(navn, kort):
    assert kortnavn(navn, set()) == kort
    # Each has its own, and none is longer than there is room for.
    assert kortnavn(navn, {kort}) == f"{kort[:18].strip()} 2"


def test_who_is_named_is_decided_about_first(annen_kommune):
    planimport = av_deler(annen_kommune, *ENKEL[:3], "Ansvar: Kari Nordmann")

    with pytest.raises(ValidationError, match="nevne personer"):
        lagt_inn(planimport)

    assert not Handlingsplan.objects.exists()
