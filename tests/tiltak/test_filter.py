"""The list of tiltak: what each filter finds, what is said of what cannot be chosen,
and no address that breaks it."""

from itertools import combinations, islice
from types import SimpleNamespace
from unicodedata import normalize
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict

from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    LokalomradeFactory,
    PlasseringFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.lest import Lest
from tests.tiltak.provedata import lag
from tiltak.filters import TiltakFilter
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Malgruppe,
    Overgang,
    Plassering,
    Tema,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
)

LISTE = "/lillestrom/2024-2028/tiltak/"
FELTER = [
    "q",
    "omrade",
    "niva",
    "alder",
    "kontakt",
    "tjeneste",
    "lokalomrade",
    "tema",
    "bti",
    "status",
    "nytt",
]


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


def lag_innhold():
    """Five tiltak, each with its own mark in every filter."""
    kommune = KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")
    plan = HandlingsplanFactory(kommune=kommune)
    vold = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold", rekkefolge=1)
    rus = InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus", rekkefolge=2)

    def tiltak(tittel, omrade=vold, **felter):
        felter = {f"tiltak__{navn}": verdi for navn, verdi in felter.items()}
        return PlasseringFactory(
            innsatsomrade=omrade, tiltak__tittel=tittel, **felter
        ).tiltak

    natteravn = tiltak("Natteravn", niva="universell", foresatte_kan_kontakte=True)
    feltarbeid = tiltak(
        "Ærlig åpenhet",
        niva="selektiv",
        tekst="<p>Rus &amp; <strong>vold</strong> ute på byen.</p>",
        unge_kan_kontakte=True,
        bti_fra=0,
        bti_til=1,
    )
    laering = tiltak("Læring om 100 % trygghet", niva="universell", nytt=True)
    del_ = TiltakFactory(
        plan=plan,
        overordnet=laering,
        tittel="Østlig elevkveld",
        tekst="<p>For vg1_elever</p>",
        nytt=True,
        ansatte_kan_kontakte=True,
        bti_fra=2,
        bti_til=3,
    )
    pilot = tiltak("Pilotprosjekt", rus, status=Tiltak.Status.PLANLAGT, nytt=True)
    PlasseringFactory(innsatsomrade=vold, tiltak=pilot, hoved=False, nummer=9)
    tiltak("Bare et navn", rus)

    out = TjenesteFactory(
        kommune=kommune,
        navn="Oppsøkende ungdomsteam",
        kortnavn="OUT",
        andre_navn="Utekontakten, gateteamet",
    )
    skole = TjenesteFactory(kommune=kommune, navn="Åråsen videregående skole")
    TjenesteFactory(kommune=kommune, navn="Uten tiltak")
    AnsvarFactory(tiltak=feltarbeid, tjeneste=out)
    AnsvarFactory(tiltak=del_, tjeneste=skole)
    AnsvarFactory(tiltak=pilot, tjeneste=out, rolle="samarbeidspart")

    for rad, fra, til in (
        (natteravn, None, None),
        (feltarbeid, 13, 18),
        (del_, 16, 17),
    ):
        Malgruppe.objects.create(tiltak=rad, tekst="x", alder_fra=fra, alder_til=til)
    Malgruppe.objects.create(tiltak=pilot, tekst="x", trinn_fra=8, trinn_til=10)

    fetsund = LokalomradeFactory(kommune=kommune, navn="Fetsund")
    sorum = LokalomradeFactory(kommune=kommune, navn="Sørum")
    LokalomradeFactory(kommune=kommune, navn="Blaker")
    for rad, hvor in ((feltarbeid, fetsund), (laering, fetsund), (del_, sorum)):
        TiltakLokalomrade.objects.create(tiltak=rad, lokalomrade=hvor)
    for rad, navn in ((feltarbeid, "Rusmidler"), (del_, "Skolefravær")):
        tema = Tema.objects.create(kommune=kommune, navn=navn)
        TiltakTema.objects.create(tiltak=rad, tema=tema)
        tema.sokeord = {"Rusmidler": "øl, fyll, snus", "Skolefravær": "skulk, skulker"}[
            navn
        ]
        tema.save()
    return SimpleNamespace(kommune=kommune, plan=plan, vold=vold, rus=rus)


ALLE = [
    "Natteravn",
    "Ærlig åpenhet",
    "Læring om 100 % trygghet",
    "Pilotprosjekt",
    "Bare et navn",
]
N, Å, L, P, B = ALLE


@pytest.fixture(scope="module")
def _grunnlag(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield lag_innhold()
        transaction.set_rollback(True)


@pytest.fixture
def db(_grunnlag):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def kommune(db, _grunnlag):
    return _grunnlag.kommune


@pytest.fixture
def plan(db, _grunnlag):
    return Handlingsplan.objects.select_related("kommune").get(pk=_grunnlag.plan.pk)


def titler(svar):
    return [tiltak.tittel for tiltak in svar.context["tiltakene"]]


def funnet(client, sporring):
    """Titles as listed; checks that page, count and filter say the same."""
    svar = client.get(f"{LISTE}?{sporring}")
    lest = Lest(svar)

    treff = titler(svar)
    assert svar.status_code == 200
    assert dict(svar.context["filter"].form.errors) == {}
    assert [
        ord_.split(": ", 1)[1]
        for a, ord_ in lest.lenker
        if a.startswith((f"{LISTE}vold/", f"{LISTE}rus/"))
    ] == treff
    assert svar.context["paginator"].count == len(treff)
    assert f" {len(treff)} tiltak " in lest.tekst
    return treff


def filtrert(plan, sporring):
    """The same without a page."""
    tiltakene = Tiltak.objects.filter(plan=plan).selvstendige().i_planens_orden()
    filter_ = TiltakFilter(QueryDict(sporring), queryset=tiltakene, plan=plan)
    assert filter_.is_valid()
    return [tiltak.tittel for tiltak in filter_.qs]


# What each finds ----------------------------------------------------------------------


def test_the_whole_list_stands_in_the_order_of_the_plan(client):
    assert funnet(client, "") == ALLE
    lest = Lest(client.get(LISTE))
    assert lest.tekst.index("Vold") < lest.tekst.index("Natteravn")
    assert "Fjern alle valg" not in lest.tekst


ORD = [
    ("natteravn", [N]),
    ("NATTERAVN", [N]),
    ("teravn", [N]),
    ("ærlig", [Å]),
    ("ÆRLIG ÅPENHET", [Å]),
    ("åpenhet ærlig", [Å]),
    ("lÆRing", [L]),
    # The text, not its tags or how its characters are written.
    ("byen", [Å]),
    ("rus & vold", [Å]),
    ("&", [Å]),
    ("strong", []),
    ("<p>", []),
    # Deltiltak, themes, tjenester, those of the deltiltak.
    ("elevkveld", [L]),
    ("østlig", [L]),
    ("vg1", [L]),
    ("rusmidler", [Å]),
    ("skolefravær", [L]),
    # What people call a theme, which stands on no page.
    ("snus", [Å]),
    ("ØL", [Å]),
    ("skulk", [L]),
    ("skulker læring", [L]),
    ("skulker ærlig", []),
    ("out", [Å, P]),
    ("Oppsøkende", [Å, P]),
    ("gateteamet", [Å, P]),
    ("ÅRÅSEN", [L]),
    # Each word somewhere.
    ("out ærlig", [Å]),
    ("skolefravær læring", [L]),
    ("natteravn ærlig", []),
    # Letter by letter, whatever means something to a database.
    ("100 %", [L]),
    ("%", [L]),
    ("_", [L]),
    ("vg1_", [L]),
    ("n_tteravn", []),
    ("natter%", []),
    ("\\", []),
    ("'", []),
    ('"', []),
    (".*", []),
    ("(", []),
    ("[a-z]", []),
    ("a|b", []),
    ("finnes ikke", []),
    ("  natteravn  ", [N]),
    ("   ", ALLE),
    ("natteravn\tNATT", [N]),
]


@pytest.mark.parametrize(("ord_", "treff"), ORD)
def test_words(ord_, treff, plan):
    assert filtrert(plan, urlencode({"q": ord_})) == treff


def test_words_on_the_page(client):
    assert funnet(client, urlencode({"q": "rus & ÅPENHET"})) == [Å]


def test_letters_typed_as_two_characters_are_the_same_letters(client):
    assert funnet(client, urlencode({"q": normalize("NFD", "åpenhet")})) == [Å]


def test_of_very_many_words_the_first_ones_count(client):
    assert funnet(client, urlencode({"q": "natt " * 10 + "finnesikke " * 5})) == [N]


VALG = [
    ("omrade=vold", [N, Å, L, P]),
    ("omrade=rus", [P, B]),
    ("niva=universell", [N, L]),
    ("niva=selektiv", [Å]),
    ("niva=indikativ", []),
    ("niva=uten", [P, B]),
    ("alder=14", [N, Å, P, B]),
    ("alder=10-12", [N, B]),
    ("alder=17", [N, Å, L, B]),
    ("alder=15-16", ALLE),
    ("alder=80", [N, B]),
    ("kontakt=unge", [Å]),
    ("kontakt=foresatte", [N]),
    ("kontakt=ansatte", [L]),
    ("kontakt=andre", []),
    ("tjeneste=oppsokende-ungdomsteam", [Å, P]),
    ("tjeneste=arasen-videregaende-skole", [L]),
    # What holds for the whole kommune, and what a deltiltak brings along.
    ("lokalomrade=fetsund", ALLE),
    ("lokalomrade=sorum", [N, L, P, B]),
    ("lokalomrade=blaker", [N, P, B]),
    ("tema=rusmidler", [Å]),
    ("tema=skolefravaer", [L]),
    ("bti=0", [Å]),
    ("bti=1", [Å]),
    ("bti=2", [L]),
    ("bti=3", [L]),
    ("status=i_drift", [N, Å, L, B]),
    ("status=avsluttet", []),
    ("status=planlagt", [P]),
    ("nytt=on", [L, P]),
    ("nytt=true", [L, P]),
    ("nytt=", ALLE),
    ("q=&omrade=&niva=&alder=&kontakt=&tjeneste=&tema=&bti=&status=", ALLE),
    ("finnes=ikke", ALLE),
    # The last one counts.
    ("niva=universell&niva=selektiv", [Å]),
    ("niva=tull&niva=selektiv", [Å]),
    ("omrade=rus&omrade=", ALLE),
]


@pytest.mark.parametrize(("sporring", "treff"), VALG)
def test_choices(sporring, treff, client):
    assert funnet(client, sporring) == treff


@pytest.mark.parametrize("fra", range(3))
def test_together_filters_find_what_each_of_them_finds(fra, plan):
    """Every third pair of choices, of different filters."""

    enkle = ["q=natteravn", "q=%C3%A6rlig", "q=out", "q=l%C3%A6ring"]
    enkle += ["omrade=vold", "omrade=rus", "niva=universell", "niva=uten"]
    enkle += ["alder=14", "alder=17", "kontakt=unge", "kontakt=ansatte"]
    enkle += ["tjeneste=oppsokende-ungdomsteam", "lokalomrade=sorum"]
    enkle += ["tema=rusmidler", "bti=2", "status=i_drift", "nytt=on"]
    alene = {sporring: filtrert(plan, sporring) for sporring in enkle}
    for en, to in islice(combinations(enkle, 2), fra, None, 3):
        if en.partition("=")[0] != to.partition("=")[0]:
            begge = [t for t in alene[en] if t in alene[to]]
            assert filtrert(plan, f"{en}&{to}") == begge, (en, to)


def test_new_is_by_lineage_where_the_earlier_plan_is_here(plan, client):
    for_ = HandlingsplanFactory(
        kommune=plan.kommune,
        fra_ar=2019,
        til_ar=2023,
        status=Handlingsplan.Status.AVLOST,
    )
    gammelt = TiltakFactory(plan=for_)
    plan.bygger_pa = for_
    plan.save()
    for tiltak in Tiltak.objects.filter(plan=plan).exclude(
        tittel__in=[N, "Østlig elevkveld"]
    ):
        Overgang.objects.create(
            ny_plan=tiltak.plan, fra=gammelt, til=tiltak, valg="viderefores"
        )

    assert funnet(client, "nytt=on") == [N, L]


def test_choices_are_those_of_the_plan_and_its_kommune(client, plan, nabokommune):
    """In Norwegian order; tjenester only those that have a part in it."""
    for modell in (Tema,):
        modell.objects.create(kommune=nabokommune, navn="Naboens")
    LokalomradeFactory(kommune=nabokommune)
    annen = HandlingsplanFactory(
        kommune=plan.kommune, fra_ar=2029, til_ar=2032, status="utkast"
    )
    InnsatsomradeFactory(plan=annen)
    AnsvarFactory(tiltak__plan=annen)

    skjema = client.get(LISTE).context["filter"].form

    def valg(navn):
        return [str(tekst) for _verdi, tekst in skjema.fields[navn].choices]

    assert valg("omrade") == ["Alle", "Vold", "Rus"]
    assert valg("tjeneste") == [
        "Alle",
        "Oppsøkende ungdomsteam",
        "Åråsen videregående skole",
    ]
    assert valg("lokalomrade") == ["Alle", "Blaker", "Fetsund", "Sørum"]
    assert valg("tema") == ["Alle", "Rusmidler", "Skolefravær"]
    assert valg("niva") == [
        "Alle",
        "universell",
        "selektiv",
        "indikativ",
        "ikke oppgitt",
    ]
    assert list(skjema.fields) == FELTER


def test_what_was_chosen_stays_chosen(client):
    svar = client.get(f"{LISTE}?q=natt&niva=universell&alder=14&nytt=on&bti=")

    skjema = svar.context["filter"].form
    assert [skjema[n].value() for n in ("q", "niva", "alder", "nytt", "bti")] == [
        "natt",
        "universell",
        "14",
        "on",
        "",
    ]
    assert 'value="natt"' in svar.text
    assert '<option value="universell" selected>' in svar.text


def test_nothing_found_is_explained_with_ways_on(client):
    lest = Lest(client.get(f"{LISTE}?q=finnesikke"))

    assert "0 tiltak" in lest.tekst
    assert "Ingen tiltak passer med alle valgene." in lest.tekst
    assert LISTE in lest.adresser(LISTE)
    assert "/lillestrom/tjenester/" in lest.adresser("/lillestrom/")


def test_an_empty_plan_says_so(nabokommune, client):
    HandlingsplanFactory(kommune=nabokommune)

    lest = Lest(client.get("/lorenskog/2024-2028/tiltak/"))

    assert "Planen har ingen tiltak ennå." in lest.tekst
    assert "0 tiltak" in lest.tekst


def test_a_draft_is_filtered_like_any_plan(plan, koordinator, client):
    gi_status(plan, Handlingsplan.Status.UTKAST)

    assert titler(koordinator.get(f"{LISTE}?niva=selektiv")) == [Å]
    assert client.get(f"{LISTE}?niva=selektiv").status_code == 404


# What cannot be chosen ----------------------------------------------------------------


def avvist(client, sporring):
    """{field: message} of a page that lists nothing."""
    svar = client.get(f"{LISTE}?{sporring}")
    lest = Lest(svar)

    assert svar.status_code == 200
    assert titler(svar) == []
    assert "Rett opp valgene som er merket." in lest.tekst
    assert "Planen har ingen tiltak ennå" not in lest.tekst
    feil = {navn: str(f[0]) for navn, f in svar.context["filter"].form.errors.items()}
    for navn, melding in feil.items():
        # Beside its field, and tied to it.
        assert f'id="id_{navn}_error"' in svar.text
        assert " ".join(melding.split()) in lest.tekst
    return feil


UKJENT = "Velg et gyldig valg. %s er ikke et av de tilgjengelige valgene."


@pytest.mark.parametrize(
    "navn",
    ["omrade", "niva", "kontakt", "tjeneste", "lokalomrade", "tema", "bti", "status"],
)
@pytest.mark.parametrize("verdi", ["tull", "null"])
def test_unknown_choices_are_explained_and_nothing_is_listed(navn, verdi, client):
    assert avvist(client, urlencode({navn: verdi})) == {navn: UKJENT % verdi}


@pytest.mark.parametrize(
    ("sporring", "feil"),
    [
        ("nytt=tull", {"nytt": "Sett eller fjern haken; annet kan ikke velges."}),
        ("nytt=off", {"nytt": "Sett eller fjern haken; annet kan ikke velges."}),
        ("alder=x", {"alder": "Skriv alderen med tall, for eksempel 14 eller 10-12."}),
        ("alder=18-10", {"alder": "Skriv den laveste alderen først."}),
        ("alder=200", {"alder": "Alderen kan ikke være over 120 år."}),
        (
            "alder=9999",
            {"alder": "Skriv alderen med tall, for eksempel 14 eller 10-12."},
        ),
        (
            "niva=selektiv&alder=x",
            {"alder": "Skriv alderen med tall, for eksempel 14 eller 10-12."},
        ),
        ("niva=selektiv&niva=tull", {"niva": UKJENT % "tull"}),
        ("tjeneste=uten-tiltak", {"tjeneste": UKJENT % "uten-tiltak"}),
    ],
)
def test_impossible_values_are_explained_and_nothing_is_listed(sporring, feil, client):
    assert avvist(client, sporring) == feil


def test_several_wrong_ones_are_explained_each(client):
    assert avvist(client, "omrade=a&alder=b&bti=c&q=natteravn").keys() == {
        "omrade",
        "alder",
        "bti",
    }


def test_choices_of_others_are_unknown_here(plan, nabokommune, client):
    """Another plan's innsatsområde; the neighbour's tjeneste, lokalområde, theme."""
    annen = HandlingsplanFactory(
        kommune=plan.kommune, fra_ar=2029, til_ar=2032, status="utkast"
    )
    InnsatsomradeFactory(plan=annen, navn="Framtid")
    AnsvarFactory(tiltak__plan__kommune=nabokommune, tjeneste__navn="Naboteamet")
    LokalomradeFactory(kommune=nabokommune, navn="Rasta")
    Tema.objects.create(kommune=nabokommune, navn="Nabotema")

    for navn, verdi in [
        ("omrade", "framtid"),
        ("tjeneste", "naboteamet"),
        ("lokalomrade", "rasta"),
        ("tema", "nabotema"),
    ]:
        assert avvist(client, f"{navn}={verdi}") == {navn: UKJENT % verdi}


def test_the_same_address_next_door_is_another_row(plan, nabokommune, client):
    der = PlasseringFactory(
        innsatsomrade__plan__kommune=nabokommune,
        innsatsomrade__navn="Vold",
        tiltak__tittel="Deres",
    ).tiltak
    AnsvarFactory(tiltak=der, tjeneste__navn="Oppsøkende ungdomsteam")
    TiltakTema.objects.create(
        tiltak=der, tema=Tema.objects.create(kommune=nabokommune, navn="Rusmidler")
    )
    TiltakLokalomrade.objects.create(
        tiltak=der, lokalomrade=LokalomradeFactory(kommune=nabokommune, navn="Fetsund")
    )

    for valg, her in [
        ("omrade=vold", [N, Å, L, P]),
        ("tjeneste=oppsokende-ungdomsteam", [Å, P]),
        ("tema=rusmidler", [Å]),
        ("lokalomrade=fetsund", ALLE),
    ]:
        assert funnet(client, valg) == her
        assert titler(client.get(f"/lorenskog/2024-2028/tiltak/?{valg}")) == ["Deres"]


HOSTILE = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF",
    "a" * 10_000,
    "9" * 10_000,
    quote("å" * 3000),
    quote("<script>alert(1)</script>"),
    quote("' OR 1=1 --"),
    quote("{{ 7*7 }}{% url 'x' %}%s%(x)s"),
    quote("🙂" * 50),
    quote("\u202e\u0000\u200b"),
    quote("(" * 150),
    "1e999",
    "-0",
    "%D9%A1%D9%A4",
]


@pytest.mark.parametrize("verdi", HOSTILE)
def test_hostile_values_break_nothing(verdi, client):
    """In every field at once."""
    svar = client.get(f"{LISTE}?" + "&".join(f"{navn}={verdi}" for navn in FELTER))

    feil = list(svar.context["filter"].form.errors)
    assert (svar.status_code, titler(svar)) == (200, [])
    assert "<script>alert" not in svar.text
    assert set(FELTER) - set(feil) <= {"q", "alder"}
    if verdi in ("%00", "a%00b", "a" * 10_000):
        assert feil == FELTER


@pytest.mark.parametrize("navn", FELTER)
def test_a_null_byte_in_one_field_is_told_there(navn, client):
    assert list(avvist(client, f"{navn}=1%00")) == [navn]


def test_digits_of_other_scripts_are_digits(client):
    assert funnet(client, "alder=" + quote("١٤")) == [N, Å, P, B]


def test_a_very_long_search_is_explained(client):
    assert avvist(client, "q=" + "a" * 10_000) == {
        "q": "Sørg for at denne verdien har 200 eller færre tegn (den har nå 10000)."
    }
    assert funnet(client, "q=" + "a" * 200) == []


def test_null_bytes_are_explained(client):
    for navn in ("q", "alder"):
        assert avvist(client, f"{navn}=1%00") == {navn: "Null-tegn er ikke tillatt."}


@pytest.mark.parametrize(
    "sporring", ["&&&", "=", "=x", "q", "q=&q=&q=", "%", "%%%", "a" * 20_000]
)
def test_broken_queries_list_everything(sporring, client):
    svar = client.get(f"{LISTE}?{sporring}")

    assert (svar.status_code, titler(svar)) == (200, ALLE)


# Page by page -------------------------------------------------------------------------


@pytest.fixture
def mange(plan):
    """120 more tiltak, in one innsatsområde of their own."""
    omrade = InnsatsomradeFactory(plan=plan, navn="Mange", rekkefolge=9)
    tiltak = lag(
        Tiltak,
        (
            {"plan": plan, "tittel": f"Et av mange {n}", "slug": f"m-{n}"}
            for n in range(120)
        ),
    )
    lag(
        Plassering,
        (
            {"tiltak": t, "innsatsomrade": omrade, "nummer": n}
            for n, t in enumerate(tiltak, start=1)
        ),
    )
    return [t.tittel for t in tiltak]


def test_the_list_comes_in_pages_that_keep_the_choices(mange, client):
    sett, adresse = [], f"{LISTE}?q=mange&niva=uten&page=1"
    for side in (1, 2, 3):
        svar = client.get(adresse)
        lest = Lest(svar)
        sett += titler(svar)
        assert f"Side {side} av 3" in lest.tekst
        assert " 120 tiltak " in lest.tekst
        neste = [a for a, ord_ in lest.lenker if "Neste" in ord_]
        if side < 3:
            adresse = LISTE + neste[0]
            assert QueryDict(neste[0][1:]).dict() == {
                "q": "mange",
                "niva": "uten",
                "page": str(side + 1),
            }

    assert (sett, neste) == (mange, [])
    assert len(titler(client.get(f"{LISTE}?q=mange&page=2"))) == 50


def test_an_innsatsomrade_that_goes_on_has_its_heading_on_each_page(mange, client):
    for side in (2, 3):
        assert "Mange" in Lest(client.get(f"{LISTE}?page={side}")).tekst


@pytest.mark.parametrize("valg", ["", "q=mange&", "niva=tull&"])
def test_pages_that_are_not_there(valg, mange, client):
    for side in ("0", "-1", "4", "999", "abc", "1.5", "%00", "9" * 5000, "1e3"):
        svar = client.get(f"{LISTE}?{valg}page={side}")

        assert svar.status_code == 404
        assert "Siden finnes ikke" in svar.text


@pytest.mark.parametrize("side", ["1", "", "last"])
def test_other_ways_to_say_a_page(side, client):
    assert titler(client.get(f"{LISTE}?page={side}")) == ALLE


def test_an_empty_list_has_a_first_page(client):
    assert titler(client.get(f"{LISTE}?q=finnesikke&page=1")) == []
    assert client.get(f"{LISTE}?q=finnesikke&page=2").status_code == 404


def test_a_tiltak_without_a_main_place_breaks_nothing(plan, client):
    TiltakFactory(plan=plan, tittel="Uten plass")
    PlasseringFactory(
        innsatsomrade=Innsatsomrade.objects.get(slug="vold"),
        tiltak=TiltakFactory(plan=plan, tittel="Bare på annen plass"),
        hoved=False,
        nummer=50,
    )

    assert funnet(client, "") == ALLE
    assert funnet(client, "omrade=vold") == [N, Å, L, P]
    svar = client.get("/lillestrom/2024-2028/innsatsomrader/vold/")
    assert svar.context["antall"] == 4
    assert client.get("/lillestrom/2024-2028/tiltak/vold/50/").status_code == 200
    assert client.get("/lillestrom/2024-2028/").status_code == 200
