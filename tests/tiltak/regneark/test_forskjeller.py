"""A plan goes out as a spreadsheet and comes back: what is told, and what comes of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from slt.grunn.historikk import Dor
from tests.factories import (
    InnsatsomradeFactory,
    KommuneFactory,
    PlasseringFactory,
    TjenesteFactory,
    UtkastFactory,
    gi_status,
)
from tests.tiltak.regneark.ark import Fil, cellene, forskjellene, innhold, legg_inn
from tiltak.models import Ansvar, Malgruppe, Plassering, Tiltak
from tiltak.regneark.celler import FOR_LANG, GRUNNLAG
from tiltak.regneark.lagring import Avvist, Valgt, lagre
from tiltak.regneark.skriv import regneark

pytestmark = pytest.mark.usefixtures("_i_samme_prosess")


def nokkel(rad, bokstav="T"):
    return f"{bokstav}{rad.pk}"


def endringene(f):
    """[(heading, was, becomes, whether it is a conflict)]."""
    return [
        (e.navn, e.for_, e.etter, e.konflikt)
        for rad in f.endrede
        for e in rad.endringer
    ]


def antall_spor():
    modeller = (Tiltak, Plassering, Malgruppe, Ansvar)
    return sum(modell.historikk.model.objects.count() for modell in modeller)


def lagret(rad):
    return type(rad).objects.get(pk=rad.pk)


# Nothing, and each kind of change -------------------------------------------------------


def test_what_nobody_changed_changes_nothing(verden):
    spor, versjon = antall_spor(), lagret(verden.kommune).versjon

    f = legg_inn(verden.plan, Fil(verden.plan))

    assert (f.er_tom, f.merknader) == (True, [])
    assert (antall_spor(), lagret(verden.kommune).versjon) == (spor, versjon)


@pytest.mark.parametrize(
    ("skrevet", "ventet"), [("11–2", (11, 2)), ("10", (10, 10)), ("", (None, None))]
)
def test_so_do_its_months_which_stand_in_place_of_a_week(skrevet, ventet, verden):
    for maneder in ("1-3", skrevet):
        fil = Fil(verden.plan)
        fil.sett(nokkel(verden.klubb), uke="", maneder=maneder)

        assert legg_inn(verden.plan, fil).feil == []

    t = lagret(verden.klubb)
    assert (t.maned_fra, t.maned_til) == ventet


@pytest.mark.parametrize("maneder", ["oktober", "13", "10-13", "0"])
def test_months_that_are_none_are_refused(maneder, verden):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.klubb), uke="", maneder=maneder)

    with pytest.raises(Avvist, match="Tiltak!"):
        legg_inn(verden.plan, fil)

    assert lagret(verden.klubb).maned_fra is None


def test_each_column_of_a_tiltak_comes_back(verden):
    fil = Fil(verden.plan)
    skrevet = {
        "tittel": "Fritidsklubb",
        "tekst": "Åpent.\n\n- hver uke\n- **alle**",
        "status": "under innføring",
        "niva": "Selektiv",
        "nytt": "ja",
        "malgrupper": "ungdom | 13–18 år\nforesatte",
        "hvem": "foresatte\nbarn og unge",
        "kontakt_merknad": "etter avtale",
        "ansvarlig": "NAV",
        "samarbeidspart": "Politiet | ny merknad | 400 20 730",
        "ganger": "4-6",
        "ganger_per": "år",
        "uke": 44,
        "fra_dato": date(2029, 8, 1),
        "til_dato": "1.2.2030",
        "lokalomrader": "fetsund",
        "malsettinger": "hovedmål | Flere møtes.\nFærre er alene.",
        "lenker": "Mer om oss | a.no/om\nAndre | https://b.no/",
        "temaer": "Skolefravær",
        "veiledere": "BTI-veilederen",
        "forankring": "Kommunedirektøren\nPolitirådet",
        "bti": "0 til 1",
        "evalueres_dato": date(2030, 1, 2),
        "evalueres_tekst": "Hver vår",
        "frist": "1. juni 2029",
        "prioritet": "Høy",
        "statuslinje": "Fem av seks er i gang.",
    }
    punkt = verden.politi.kontaktpunkter.get()
    skrevet["samarbeidspart"] = f"Politiet | ny merknad | {punkt.verdi}"
    fil.sett(nokkel(verden.klubb), **skrevet)
    ansvar = {a.tjeneste_id: a.pk for a in verden.klubb.ansvar.all()}

    f = legg_inn(verden.plan, fil)

    assert f.feil == []
    t = lagret(verden.klubb)
    assert (
        t.tekst
        == "<p>Åpent.</p><ul><li>hver uke</li><li><strong>alle</strong></li></ul>"
    )
    felter = ["tittel", "status", "niva", "nytt", "kontakt_merknad", "uke"]
    felter += ["fra_dato", "til_dato", "ganger_fra", "ganger_til", "ganger_per"]
    felter += ["bti_fra", "bti_til", "evalueres_dato", "evalueres_tekst", "forankring"]
    felter += ["frist", "prioritet", "statuslinje"]
    assert [getattr(t, felt) for felt in felter] == [
        *("Fritidsklubb", "innforing", "selektiv", True, "etter avtale", 44),
        *(date(2029, 8, 1), date(2030, 2, 1), 4, 6, "ar"),
        *(0, 1, date(2030, 1, 2), "Hver vår", "Kommunedirektøren\nPolitirådet"),
        *(date(2029, 6, 1), "hoy", "Fem av seks er i gang."),
    ]
    assert t.apent_for == ["unge", "foresatte"]
    assert [str(m) for m in t.malgrupper.order_by("rekkefolge")] == [
        "ungdom, 13–18 år",
        "foresatte",
    ]
    assert {(a.pk, a.tjeneste_id, a.rolle, a.merknad) for a in t.ansvar.all()} == {
        (ansvar[verden.nav.pk], verden.nav.pk, "ansvarlig", ""),
        (ansvar[verden.politi.pk], verden.politi.pk, "samarbeidspart", "ny merknad"),
    }
    valgt = t.ansvar.get(tjeneste=verden.politi).kontaktvalg.get()
    assert valgt.kontaktpunkt == punkt
    assert [(m.type, m.tekst) for m in t.malsettinger.order_by("rekkefolge")] == [
        ("hovedmal", "Flere møtes."),
        ("resultatmal", "Færre er alene."),
    ]
    assert [
        (lenke.tittel, lenke.adresse) for lenke in t.lenker.order_by("rekkefolge")
    ] == [
        ("Mer om oss", "https://a.no/om"),
        ("Andre", "https://b.no/"),
    ]
    assert [v.lokalomrade for v in t.lokalomradevalg.all()] == [verden.omrade]
    assert [v.tema for v in t.temavalg.all()] == [verden.tema]
    assert [v.veileder for v in t.veiledervalg.all()] == [verden.veileder]


def test_the_change_is_one_set_by_import_and_says_why(verden, koordinator):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.klubb), tittel="Ny", malgrupper="alle")
    fil.sett(nokkel(verden.fagdag), niva="indikativ")

    legg_inn(verden.plan, fil, bruker=koordinator.bruker, begrunnelse="Etter møtet")

    rader = [Tiltak.historikk.filter(id=t.pk)[0] for t in (verden.klubb, verden.fagdag)]
    rader += Malgruppe.historikk.filter(history_dor=Dor.IMPORT)
    assert len({rad.history_samling for rad in rader}) == 1
    assert {rad.history_change_reason for rad in rader} == {"Etter møtet"}
    assert {rad.history_user for rad in rader} == {koordinator.bruker}
    assert {rad.history_dor for rad in rader} == {Dor.IMPORT}


def test_the_other_sheets_come_back_too(verden):
    fil, plan = Fil(verden.plan), verden.plan
    kapittel, mal = plan.kapitler.get(), plan.malsettinger.get()
    dokument = plan.styringsdokumenter.get()
    fil.sett(nokkel(kapittel, "K"), "Kapitler", tekst="# Nå\n\nEtter.")
    fil.sett(nokkel(mal, "M"), "Målsettinger", type="hovedmål", tekst="Tryggere.")
    fil.sett(nokkel(dokument, "S"), "Styringsdokumenter", art="avtale", fra_ar=2024)
    fil.sett(nokkel(verden.rus, "I"), "Innsatsområder", nummer=1, kortnavn="Rusen")
    fil.ny("Kapitler", nummer=1, tittel="Først", tekst="Ord")
    fil.ny("Målsettinger", omrade="Rus", type="strategi", tekst="Sammen.")

    legg_inn(plan, fil)

    kapitler = plan.kapitler.order_by("rekkefolge").values_list("tittel", "tekst")
    assert list(kapitler) == [
        ("Først", "<p>Ord</p>"),
        ("Bakgrunn", "<h3>Nå</h3><p>Etter.</p>"),
    ]
    maltekster = plan.malsettinger.values_list("innsatsomrade__navn", "type", "tekst")
    assert sorted(maltekster, key=str) == [
        ("Rus", "strategi", "Sammen."),
        (None, "hovedmal", "Tryggere."),
    ]
    dokument.refresh_from_db()
    assert (dokument.art, dokument.fra_ar) == ("avtale", 2024)
    omrader = plan.innsatsomrader.order_by("rekkefolge").values_list(
        "kortnavn", flat=True
    )
    assert list(omrader) == ["Rusen", "Vold"]


# New rows, places, order ------------------------------------------------------------------


def test_new_rows_may_name_each_other(verden):
    fil = Fil(verden.plan)
    fil.ny("Innsatsområder", navn="Nett", kortnavn="Nett")
    fil.ny(
        tittel="=Nettvett",
        omrade="Nett",
        malgrupper="elever | 8. trinn–vg1",
        ansvarlig="Politiet\nNav | noe | ",
        temaer="Skolefravær",
    )
    fil.ny(tittel="For 8. trinn", del_av="=Nettvett", niva="universell")
    fil.ny("Flere plasser", tiltak="=Nettvett", omrade="Rus", ansvarlig="Nav")
    fil.uten_formler()

    legg_inn(verden.plan, fil)

    ny = Tiltak.objects.get(tittel="=Nettvett")
    assert [(s.merkelapp, s.hoved) for s in ny.plasseringer.order_by("-hoved")] == [
        ("Nett 1", True),
        ("Rus 1", False),
    ]
    sted = ny.plasseringer.get(hoved=False)
    assert [a.tjeneste for a in Ansvar.objects.filter(plassering=sted)] == [verden.nav]
    assert [str(m) for m in ny.malgrupper.all()] == ["elever, 8. trinn–vg1"]
    her = ny.ansvar.filter(plassering=None).order_by("rekkefolge")
    assert [(a.tjeneste, a.merknad) for a in her] == [
        (verden.politi, ""),
        (verden.nav, "noe"),
    ]
    assert [(d.tittel, d.niva) for d in ny.deltiltak.all()] == [
        ("For 8. trinn", "universell")
    ]


def test_a_text_that_looks_like_a_formula_comes_back_as_it_was(verden):
    verden.klubb.tittel, verden.klubb.forankring = "=1+1", "@lederen\n-og flere\n+en"
    verden.klubb.save()

    fil = Fil(verden.plan)

    assert fil.celle(nokkel(verden.klubb), "tittel").data_type == "s"
    assert forskjellene(verden.plan, fil).er_tom


def test_the_same_sheet_twice_makes_no_row_twice(verden):
    fil = Fil(verden.plan)
    fil.ny(tittel="Nytt", omrade="Rus", malgrupper="alle")
    fil.ny("Kapitler", tittel="Til", tekst="Ord")
    legg_inn(verden.plan, fil)

    f = forskjellene(verden.plan, fil)

    assert (f.nye, f.endrede, f.feil) == ([], [], [])


def test_tiltak_move_and_the_others_make_room(verden):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.natteravn), nummer=1)
    fil.sett(nokkel(verden.fagdag), omrade="Rus", nummer=None)

    legg_inn(verden.plan, fil)

    steder = Plassering.objects.filter(plan=verden.plan)
    steder = steder.order_by("innsatsomrade__rekkefolge", "nummer")
    assert [(str(s), s.tiltak.tittel) for s in steder] == [
        ("Vold 1", "Natteravn"),
        ("Vold 2", "Klubb"),
        ("Rus 1", "Fagdag"),
    ]


def test_a_row_that_is_only_rewritten_stays_where_others_moved_it(verden):
    fil, plan = Fil(verden.plan), verden.plan
    kapittel = plan.kapitler.get()
    fil.sett(nokkel(kapittel, "K"), "Kapitler", tittel="Bakgrunnen")
    fil.ny("Kapitler", nummer=kapittel.rekkefolge, tittel="Først", tekst="Ord")

    legg_inn(plan, fil)

    kapitler = plan.kapitler.order_by("rekkefolge").values_list("tittel", flat=True)
    assert list(kapitler) == ["Først", "Bakgrunnen"]


def test_a_further_place_keeps_what_holds_there_alone(verden):
    sted = PlasseringFactory(
        innsatsomrade=verden.rus, tiltak=verden.klubb, nummer=1, hoved=False
    )
    Malgruppe.objects.create(tiltak=verden.klubb, plassering=sted, tekst="foreldre")
    fil = Fil(verden.plan)
    fil.sett(nokkel(sted, "P"), "Flere plasser", malgrupper="foreldre | fra 18 år")
    fil.sett(nokkel(sted, "P"), "Flere plasser", merknad="Bare her.", nummer=3)

    legg_inn(verden.plan, fil)

    rader = Malgruppe.objects.filter(tiltak=verden.klubb).order_by("plassering", "pk")
    assert {(m.plassering_id, str(m)) for m in rader} == {
        (None, "ungdom, 13–16 år"),
        (None, "elever, 8. trinn–vg1"),
        (sted.pk, "foreldre, fra 18 år"),
    }
    sted.refresh_from_db()
    assert (sted.merknad, sted.nummer) == ("Bare her.", 3)


# The plan changed, too --------------------------------------------------------------------


def test_what_only_the_plan_changed_stays(verden):
    fil = Fil(verden.plan)
    verden.klubb.tittel = "Byttet imens"
    verden.klubb.save()
    verden.klubb.malgrupper.first().delete()
    PlasseringFactory(innsatsomrade=verden.rus, tiltak__tittel="Kom til")

    f = forskjellene(verden.plan, fil)

    assert f.er_tom


@pytest.mark.parametrize("arkets", [False, True])
def test_what_both_changed_is_chosen(verden, arkets):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.klubb), tittel="Arkets", niva="selektiv")
    verden.klubb.tittel = "Planens"
    verden.klubb.save()
    valgt = [f"{nokkel(verden.klubb)}-tittel"] if arkets else []

    f = legg_inn(verden.plan, fil, arkets=valgt)

    assert endringene(f) == [
        ("Tittel", "Planens", "Arkets", True),
        ("Forebyggingsnivå", "", "selektiv", False),
    ]
    t = lagret(verden.klubb)
    assert (t.tittel, t.niva) == ("Arkets" if arkets else "Planens", "selektiv")


def test_the_same_change_on_both_sides_is_none(verden):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.klubb), tittel="Begges")
    verden.klubb.tittel = "Begges"
    verden.klubb.save()

    assert forskjellene(verden.plan, fil).er_tom


def test_a_row_that_is_gone_from_the_plan_comes_back_only_when_asked_for(verden):
    fil = Fil(verden.plan)
    borte = nokkel(verden.natteravn)
    verden.natteravn.delete()

    f = legg_inn(verden.plan, fil)
    assert [rad.heter for rad in f.borte] == ["Natteravn"]
    assert not Tiltak.objects.filter(tittel="Natteravn").exists()

    legg_inn(verden.plan, fil, lages=[borte])
    assert str(Tiltak.objects.get(tittel="Natteravn").plasseringer.get()) == "Vold 3"


def test_a_row_that_is_gone_from_the_sheet_goes_only_when_asked_for(verden):
    fil = Fil(verden.plan)
    fil.fjern(nokkel(verden.klubb))
    fil.fjern(nokkel(verden.fagdag))
    fil.fjern(nokkel(verden.del_))

    f = legg_inn(verden.plan, fil)
    assert {nokkel for _ark, nokkel, _rad in f.fjernet} == {
        nokkel(verden.klubb),
        nokkel(verden.fagdag),
        nokkel(verden.del_),
    }
    assert verden.plan.tiltak.count() == 4

    legg_inn(verden.plan, fil, slettes=[nokkel(verden.fagdag), nokkel(verden.del_)])
    steder = Plassering.objects.filter(plan=verden.plan).order_by("nummer")
    assert [(str(s), s.tiltak.tittel) for s in steder] == [
        ("Vold 1", "Klubb"),
        ("Vold 2", "Natteravn"),
    ]


def test_a_sheet_that_is_gone_takes_nothing_along(verden):
    fil = Fil(verden.plan)
    del fil.bok["Kapitler"]

    f = forskjellene(verden.plan, fil)

    assert (f.er_tom, f.merknader) == (
        True,
        ["Arket «Kapitler» mangler i filen. Det er ikke endret."],
    )


# In a plan that holds -----------------------------------------------------------------------


def test_in_a_plan_that_holds_what_is_new_is_not_public_and_takes_the_next_number(
    gjelder,
):
    fil = Fil(gjelder.plan)
    fil.ny(tittel="Nytt", omrade="Vold", nummer=1)

    legg_inn(gjelder.plan, fil)

    nytt = Tiltak.objects.get(tittel="Nytt")
    assert (nytt.publisert, str(nytt.plasseringer.get())) == (False, "Vold 4")


def test_in_a_plan_that_holds_numbers_stand(gjelder):
    fil = Fil(gjelder.plan)
    fil.sett(nokkel(gjelder.natteravn), nummer=7)

    with pytest.raises(Avvist) as feil:
        legg_inn(gjelder.plan, fil)

    assert feil.value.feil == [
        (
            f"Tiltak!D{fil.rad(nokkel(gjelder.natteravn))}",
            (
                "Planen gjelder, og da står numrene fast. Et tiltak som flyttes, kan få "
                "en plassering til."
            ),
        )
    ]
    assert str(gjelder.natteravn.plasseringer.get()) == "Vold 3"


def test_in_a_plan_that_holds_nothing_is_removed(gjelder):
    fil = Fil(gjelder.plan)
    fil.fjern(nokkel(gjelder.klubb))

    with pytest.raises(ValidationError, match="avsluttes, men slettes ikke"):
        legg_inn(gjelder.plan, fil, slettes=[nokkel(gjelder.klubb)])

    assert Tiltak.objects.filter(pk=gjelder.klubb.pk).exists()


def test_a_plan_that_was_superseded_stands_as_it_is(gjelder):
    fil = Fil(gjelder.plan)
    fil.sett(nokkel(gjelder.klubb), tittel="Nytt")
    gi_status(gjelder.plan, "avlost")

    with pytest.raises(ValidationError, match="Planen er avløst"):
        legg_inn(gjelder.plan, fil)

    assert lagret(gjelder.klubb).tittel == "Klubb"


# What is wrong is said by its cell ---------------------------------------------------------

FEIL = {
    "status": ("", "«Status» kan være «planlagt», «under innføring»,"),
    "niva": ("tull", "«Forebyggingsnivå» kan være «universell», «selektiv» eller"),
    "tittel": ("", "Feltet kan ikke være blankt."),
    "omrade": ("Finnes ikke", "Innsatsområdet «Finnes ikke» står verken i planen"),
    "nummer": ("to", "Skriv et helt tall"),
    "del_av": ("Fagdag", "«Del av tiltaket» kan ikke endres her"),
    "ansvarlig": ("Brannvesenet", "Tjenesten «Brannvesenet» finnes ikke"),
    "medansvarlig": ("Nav | | 99", "«99» er ikke et kontaktpunkt hos Nav."),
    "gjennomforer": ("Politiet\nPolitiet", "Tjenesten er allerede ført opp."),
    "malgrupper": ("alle | snart", "«snart» er verken en alder eller et trinn."),
    "hvem": ("alle", "Skriv én eller flere av disse"),
    "ganger": ("ofte", "Skriv ett tall, eller fra og til"),
    "uke": ("x", "Skriv et helt tall"),
    "fra_dato": ("i morgen", "dato"),
    "lenker": ("Mer | a.no | b", "Skriv tittelen"),
    "malsettinger": ("tull | Flere", "«Type» kan være"),
    "temaer": ("Romfart", "Temaet «Romfart» finnes ikke"),
    "kontakt_merknad": ("x" * 301, "300"),
    "nytt": ("kanskje", "Skriv ja eller nei."),
    "evalueres_tekst": ("=1+1", "Cellen har en formel."),
    "forankring": ("01010050053", "fødselsnummer"),
}


def test_what_is_wrong_is_said_by_its_cell_and_nothing_is_saved(verden):
    fil = Fil(verden.plan)
    fil.sett(
        nokkel(verden.klubb), **{navn: tekst for navn, (tekst, _m) in FEIL.items()}
    )
    spor = antall_spor()

    f = forskjellene(verden.plan, fil)
    with pytest.raises(Avvist):
        lagre(innhold(verden.plan), f, Valgt())

    sagt = dict(f.feil)
    for navn, (_tekst, ventet) in FEIL.items():
        celle = fil.celle(nokkel(verden.klubb), navn)
        assert ventet in sagt.pop(f"Tiltak!{celle.coordinate}"), navn
    assert (sagt, antall_spor()) == ({}, spor)


@pytest.mark.parametrize(
    ("skrevet", "kolonne", "ventet"),
    [
        ({"fra_dato": "2.1.2030", "til_dato": "1.1.2030"}, "tittel", "slutte før"),
        ({"ganger": "4"}, "tittel", "Si hvor mange ganger"),
        ({"samarbeidspart": "Politiet\nNav"}, "samarbeidspart", "allerede ført opp"),
    ],
)
def test_what_only_the_row_as_a_whole_cannot_be(verden, skrevet, kolonne, ventet):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.klubb), **skrevet)

    with pytest.raises(Avvist) as feil:
        legg_inn(verden.plan, fil)

    [(hvor, hva)] = feil.value.feil
    nr = fil.rad(nokkel(verden.klubb))
    assert hvor.startswith("Tiltak!")
    assert hvor.endswith(str(nr))
    assert ventet in hva


@pytest.mark.parametrize(
    ("rad", "ventet"),
    [
        ({"tittel": "Uten sted"}, "Skriv innsatsområdet som tiltaket står i."),
        ({"omrade": "Rus"}, "Feltet kan ikke være blankt."),
        (
            {"tittel": "Del", "del_av": "Fagdag", "omrade": "Rus"},
            "Et deltiltak står under tiltaket det er del av.",
        ),
    ],
)
def test_a_new_row_that_lacks_something(verden, rad, ventet):
    fil = Fil(verden.plan)
    fil.ny(**rad)

    with pytest.raises(Avvist) as feil:
        legg_inn(verden.plan, fil)

    assert [hva for _hvor, hva in feil.value.feil] == [ventet]


def test_two_new_rows_that_are_in_each_others_way(verden):
    fil = Fil(verden.plan)
    fil.ny("Innsatsområder", navn="A", kortnavn="X")
    fil.ny("Innsatsområder", navn="B", kortnavn="X")

    with pytest.raises(Avvist, match="i veien for hverandre"):
        legg_inn(verden.plan, fil)


def test_keys_that_cannot_be(verden):
    fil = Fil(verden.plan)
    fil.ny(tittel="Ukjent", omrade="Rus")
    nr = fil.ny(tittel="Kopi", omrade="Rus")
    fil.ark().cell(nr - 1, 1).value = "T999999"
    fil.ark().cell(nr, 1).value = nokkel(verden.klubb)

    f = forskjellene(verden.plan, fil)

    assert [hva for _hvor, hva in f.feil] == [
        (
            f"Nøkkelen «{nokkel(verden.klubb)}» står på flere rader: "
            f"{fil.rad(nokkel(verden.klubb))}, {nr}. Tøm den på radene som er nye."
        ),
        "Nøkkelen «T999999» finnes ikke i planen. Tøm den hvis raden er ny.",
    ]


def test_a_level_that_somebody_chose_is_no_proposal_any_more(verden):
    verden.klubb.niva, verden.klubb.niva_foreslatt = "universell", True
    verden.klubb.save()
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.klubb), niva="selektiv")

    legg_inn(verden.plan, fil)

    verden.klubb.refresh_from_db()
    assert (verden.klubb.niva, verden.klubb.niva_foreslatt) == ("selektiv", False)


def test_of_a_plan_of_another_site_keys_say_nothing(verden):
    """They may be those of other rows here."""
    fil = Fil(verden.plan)
    fil.bok[GRUNNLAG]["B1"].value = "1-annet"
    fil.fjern(nokkel(verden.natteravn))
    fil.sett(nokkel(verden.klubb), forankring="Rektor")

    f = forskjellene(verden.plan, fil)

    assert (f.fjernet, f.nye) == ([], [])
    assert endringene(f) == [("Forankret hos", "", "Rektor", True)]


def test_a_row_that_went_and_cannot_be_read_is_not_offered(verden):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.natteravn), niva="tull")
    verden.natteravn.delete()

    f = forskjellene(verden.plan, fil)

    assert (f.borte, f.feil) == ([], [])


def test_what_is_read_only_is_not_taken_in(verden):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.klubb), kontakt="Ring meg")

    f = forskjellene(verden.plan, fil)

    assert f.er_tom
    assert "endres ikke her" in " ".join(f.merknader)


# However the sheet was handled --------------------------------------------------------------


def test_columns_move_and_get_other_names_and_rows_are_sorted(verden):
    fil = Fil(verden.plan)
    ark = fil.ark()
    verdier = [list(rad) for rad in ark.iter_rows(values_only=True)]
    verdier = [rad[::-1] for rad in [*verdier[:2], *verdier[:1:-1]]]
    tittel = verdier[0].index("tittel")
    verdier[1][tittel] = "Hva vi gjør"
    verdier.insert(2, [None] * len(verdier[0]))
    ark.delete_rows(1, ark.max_row)
    for nr, rad in enumerate(verdier):
        ark.append(["" if nr < 2 else None, *rad, "Ny kolonne" if nr == 1 else "x"])
    ark.cell(ark.max_row, tittel + 2).value = "Endret"

    f = forskjellene(verden.plan, fil)

    assert endringene(f) == [("Tittel", "Klubb", "Endret", False)]
    assert f.merknader == [
        "Kolonnen «Ny kolonne» i arket «Tiltak» er ikke med i planen."
    ]


def test_the_headings_do_where_the_hidden_row_is_gone(verden):
    fil = Fil(verden.plan)
    for ark in fil.bok.worksheets[:6]:
        ark.delete_rows(1)
    fil.ark()["A1"].value = "Nykel"
    celle = fil.ark().cell(2, 2)
    celle.value = f"{celle.value} nå"

    f = forskjellene(verden.plan, fil)

    assert endringene(f) == [("Tittel", "Klubb", "Klubb nå", False)]
    assert (f.feil, f.nye) == ([], [])


def test_a_column_that_is_gone_changes_nothing(verden):
    fil = Fil(verden.plan)
    fil.ark().delete_cols(fil.kolonne("niva"))
    verden.klubb.niva = "selektiv"
    verden.klubb.save()

    f = forskjellene(verden.plan, fil)

    assert (f.er_tom, f.merknader) == (
        True,
        ["Kolonnen «Forebyggingsnivå» mangler i arket «Tiltak». Den er ikke endret."],
    )


def test_without_what_was_written_all_that_differs_is_a_conflict(verden):
    fil = Fil(verden.plan)
    fil.sett(nokkel(verden.klubb), niva="selektiv")
    del fil.bok["_grunnlag"]

    f = legg_inn(verden.plan, fil)

    assert endringene(f) == [("Forebyggingsnivå", "", "selektiv", True)]
    assert (f.nye, lagret(verden.klubb).niva) == ([], "")


@pytest.mark.parametrize(
    ("merket", "lest"),
    [
        ("1-9534243d5fa84263933ae04059043752", "1-9534243d5fa84263933ae04059043752"),
        ("04059043752", ""),
        ("Kari 04059043752", ""),
    ],
)
def test_what_marks_a_plan_is_no_text_about_somebody(verden, merket, lest):
    """Eleven digits of it may by chance pass for an identity number; what is no such mark
    is not kept."""
    fil = Fil(verden.plan)
    fil.bok["_grunnlag"]["B1"].value = merket

    assert fil.lest()["plan"] == lest


def test_a_text_that_is_too_long_for_a_cell_stays(verden):
    kapittel = verden.plan.kapitler.get()
    kapittel.tekst = f"<p>{'Mange ord. ' * 4000}</p>"
    kapittel.save()
    fil = Fil(verden.plan)

    assert fil.celle(nokkel(kapittel, "K"), "tekst", "Kapitler").value == str(FOR_LANG)
    fil.sett(nokkel(kapittel, "K"), "Kapitler", tittel="Ny")
    legg_inn(verden.plan, fil)
    kapittel.refresh_from_db()
    assert (kapittel.tittel, len(kapittel.tekst) > 40_000) == ("Ny", True)


# From one plan into another ---------------------------------------------------------------


def test_the_sheet_of_another_kommune_becomes_rows_of_this_plan(verden):
    andre = KommuneFactory(nummer="3222", navn="Lørenskog")
    plan = UtkastFactory(kommune=andre)
    PlasseringFactory(
        innsatsomrade=InnsatsomradeFactory(plan=plan, navn="Fra før", kortnavn="F"),
        tiltak__pk=verden.klubb.pk + 1000,
        tiltak__tittel="Eget",
    )
    for tjeneste in (verden.politi, verden.nav):
        TjenesteFactory(kommune=andre, navn=tjeneste.navn, kortnavn=tjeneste.kortnavn)

    f = legg_inn(plan, Fil(verden.plan))

    assert "Arket er ikke lastet ned fra denne planen" in f.merknader[0]
    assert (f.feil, f.fjernet, len(f.nye)) == ([], [], 9)
    assert set(plan.tiltak.values_list("tittel", flat=True)) == {
        *("Eget", "Klubb", "Fagdag", "Natteravn", "6. trinn")
    }
    klubb = plan.tiltak.get(tittel="Klubb")
    assert {a.tjeneste.kommune for a in klubb.ansvar.all()} == {andre}
    assert forskjellene(plan, Fil(verden.plan)).nye == []
    assert cellene(verden.plan)["Kapitler"] == cellene(plan)["Kapitler"]


# What it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize("antall", [1, 3])
def test_to_write_and_to_compare_cost_the_same_for_one_and_three(
    verden, antall, django_assert_num_queries
):
    for _nr in range(antall):
        tiltak = PlasseringFactory(innsatsomrade=verden.rus).tiltak
        Ansvar.objects.create(tiltak=tiltak, tjeneste=verden.nav)
        Malgruppe.objects.create(tiltak=tiltak, tekst="alle")
    with django_assert_num_queries(23):
        regneark(innhold(verden.plan))
    fil = Fil(verden.plan)
    for tiltak in verden.plan.tiltak.all():
        fil.sett(nokkel(tiltak), tittel=f"{tiltak.tittel} 2", ansvarlig="Nav")

    with django_assert_num_queries(20):
        assert len(forskjellene(verden.plan, fil).endrede) == antall + 4
