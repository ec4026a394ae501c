"""The loaded plan of Lillestrøm against an independent reading of its source."""

import re
from collections import Counter
from hashlib import sha256
from io import StringIO
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction

from slt.grunn.historikk import Historisert
from slt.models import PUBLIKUM, Bruker, Kommune, Lokalomrade
from tests.factories import KommuneFactory, UtkastFactory
from tests.tiltak import fasit_lillestrom as fasit
from tests.tiltak.regneark.ark import Fil, cellene, legg_inn
from tiltak.detaljer import last_detaljer
from tiltak.filters import TiltakFilter
from tiltak.models import (
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kontaktpunkt,
    Lenke,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    Tjeneste,
)

# Sees every contact point; not a row of its own, so that nothing is loaded but fixtures.
LESER = Bruker(is_superuser=True)

TYPE = Kontaktpunkt.Type


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database with all that comes with the software: loaded once for this module
    and undone after it. The name tells pytest-django that a database is wanted."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("last_grunndata", stdout=StringIO())
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kommune(db):
    return Kommune.objects.get(nummer="3205")


@pytest.fixture(scope="module")
def plan(kommune):
    return kommune.planer.get(fra_ar=2024, til_ar=2028)


@pytest.fixture(scope="module")
def tiltak(plan):
    """{(slug of the innsatsområde, number): Tiltak}, with all that a page says of it."""
    steder = Plassering.objects.filter(innsatsomrade__plan=plan, hoved=True)
    rader = {
        (sted.innsatsomrade.slug, sted.nummer): sted.tiltak
        for sted in steder.select_related("innsatsomrade", "tiltak__plan")
    }
    last_detaljer(list(rader.values()), LESER)
    return rader


def deler(tiltak):
    return [tiltak, *tiltak.deltiltak.all()]


def kontaktpunkter(tiltak, *typer):
    return [
        punkt
        for del_ in deler(tiltak)
        for ansvar in del_.ansvar.all()
        for punkt in ansvar.kontaktpunkter
        if punkt.type in typer
    ]


def siffer(nummer):
    return re.sub(r"\D", "", nummer.removeprefix("+47"))


def nettadresse(adresse):
    return re.sub(r"^https?://(www\.)?|/$", "", adresse)


def fakta(felt):
    """{tiltak: what the source says}, for all 47."""
    return {nokkel: set(rad.get(felt, ())) for nokkel, rad in fasit.TILTAK.items()}


def ulikt(rett, lastet):
    """{key: (missing, superfluous)} where two dicts of sets differ."""
    return {
        nokkel: (sorted(mangler, key=str), sorted(for_mye, key=str))
        for nokkel in rett | lastet
        if (mangler := rett.get(nokkel, set()) - lastet.get(nokkel, set()))
        | (for_mye := lastet.get(nokkel, set()) - rett.get(nokkel, set()))
    }


# The plan -----------------------------------------------------------------------------


def test_each_area_has_its_numbers_without_gaps(plan):
    numre = {omrade.slug: [] for omrade in Innsatsomrade.objects.filter(plan=plan)}
    for slug, nummer in Plassering.objects.filter(innsatsomrade__plan=plan).values_list(
        "innsatsomrade__slug", "nummer"
    ):
        numre[slug].append(nummer)

    assert {slug: sorted(liste) for slug, liste in numre.items()} == {
        slug: list(range(1, antall + 1)) for slug, antall in fasit.ANTALL.items()
    }
    assert list(numre) == list(fasit.ANTALL)
    assert Tiltak.objects.filter(plan=plan, overordnet=None).count() == 47


def test_the_plan_says_nothing_about_an_adoption_that_is_unknown(plan):
    assert (plan.status, plan.alder_fra, plan.alder_til) == ("gjeldende", 10, 25)
    assert (
        plan.vedtaksform,
        plan.vedtatt_av,
        plan.vedtatt_dato,
        plan.vedtatt_sak,
    ) == ("", "", None, "")


def test_there_are_six_lokalomrader(kommune):
    navn = Lokalomrade.objects.filter(kommune=kommune).order_by("navn__norsk")

    assert [str(omrade) for omrade in navn] == fasit.LOKALOMRADER


# The tiltak ---------------------------------------------------------------------------


def test_each_number_is_the_right_tiltak(tiltak):
    assert tiltak.keys() == fasit.TILTAK.keys()
    assert {
        nokkel: tiltak[nokkel].tittel
        for nokkel, rad in fasit.TILTAK.items()
        if rad["tittel"].lower() not in tiltak[nokkel].tittel.lower()
    } == {}


def test_what_is_new(tiltak):
    assert {nokkel for nokkel, rad in tiltak.items() if rad.er_nytt} == {
        nokkel for nokkel, rad in fasit.TILTAK.items() if rad.get("nytt")
    }


def test_drug_education_has_three_parts_and_the_last_is_new(tiltak):
    delene = tiltak[fasit.UNGDOM, 10].deltiltak.all()

    assert [
        (gruppe.trinn_fra, gruppe.trinn_til or gruppe.trinn_fra, del_.er_nytt)
        for del_ in delene
        for gruppe in del_.malgrupper.all()
    ] == [(trinn, trinn, nytt) for _tittel, trinn, nytt in fasit.RUSUNDERVISNING]
    assert [
        del_.tittel
        for del_, (tittel, *_resten) in zip(delene, fasit.RUSUNDERVISNING, strict=True)
        if tittel not in del_.tittel
    ] == []


def test_target_ages(tiltak):
    lastet = {
        nokkel: {
            (gruppe.alder_fra, gruppe.alder_til)
            for del_ in deler(rad)
            for gruppe in del_.malgrupper.all()
        }
        - {(None, None)}
        - ({(18, None)} if fasit.TILTAK[nokkel].get("voksne") else set())
        for nokkel, rad in tiltak.items()
    }

    assert ulikt(fakta("alder"), lastet) == {}


def test_target_grades(tiltak):
    def hver(spenn):
        return {trinn for fra, til in spenn for trinn in range(fra, til + 1)}

    gitt, kan_sta = fakta("trinn"), fakta("skoleslag")
    feil = {}
    for nokkel, rad in tiltak.items():
        lastet = hver(
            (fra, gruppe.trinn_til or fra)
            for del_ in deler(rad)
            for gruppe in del_.malgrupper.all()
            if (fra := gruppe.trinn_fra or gruppe.trinn_til)
        )
        mangler = hver(gitt[nokkel]) - lastet
        for_mye = lastet - hver(gitt[nokkel] | kan_sta[nokkel])
        if mangler or for_mye:
            feil[nokkel] = (mangler, for_mye)

    assert feil == {}


def test_how_often_and_in_which_week(tiltak):
    def gjentas(rad):
        per = "ar" if rad.ganger_per == "skolear" else rad.ganger_per
        return (rad.ganger_fra, rad.ganger_til or rad.ganger_fra, per, rad.uke)

    lastet = {
        nokkel: {gjentas(del_) for del_ in deler(rad) if del_.gjentas}
        for nokkel, rad in tiltak.items()
    }
    rett = {
        nokkel: {rad["gjentas"]} if "gjentas" in rad else set()
        for nokkel, rad in fasit.TILTAK.items()
    }

    assert ulikt(rett, lastet) == {}


def test_who_may_make_contact_where_the_source_says_so(tiltak):
    def hvem(rad):
        return {
            felt
            for felt in ("unge", "foresatte", "ansatte", "andre")
            if getattr(rad, f"{felt}_kan_kontakte")
        }

    rett = {nokkel: sa for nokkel, sa in fakta("kontakt").items() if sa}

    assert ulikt(rett, {nokkel: hvem(tiltak[nokkel]) for nokkel in rett}) == {}


def test_which_are_not_yet_in_operation(tiltak):
    assert {
        nokkel for nokkel, rad in tiltak.items() if rad.status != rad.Status.I_DRIFT
    } == fasit.IKKE_I_DRIFT


def test_the_step_of_the_bti_guide(tiltak):
    assert {
        nokkel: (rad.bti_fra, rad.bti_til)
        for nokkel, rad in tiltak.items()
        if rad.bti_fra is not None
    } == {nokkel: rad["bti"] for nokkel, rad in fasit.TILTAK.items() if "bti" in rad}


def test_a_level_is_always_marked_as_proposed(plan):
    med_niva = Tiltak.objects.filter(plan=plan).exclude(niva="")

    assert set(med_niva.values_list("niva_foreslatt", flat=True)) == {True}


def test_a_tiltak_holds_for_the_whole_kommune_and_the_whole_period(plan):
    hele = Tiltak.objects.filter(plan=plan).selvstendige()

    assert list(TiltakLokalomrade.objects.filter(tiltak__in=hele)) == []
    assert set(hele.values_list("fra_dato", "til_dato")) == {(None, None)}


# Who answers --------------------------------------------------------------------------


def test_responsible_services(tiltak):
    kan_sta = fakta("kan_ansvar")
    feil = {}
    for nokkel, venter in fakta("ansvar").items():
        navn = [
            f"{ansvar.tjeneste.navn}, {ansvar.tjeneste.kortnavn}".lower()
            for del_ in deler(tiltak[nokkel])
            for ansvar in del_.ansvar.all()
            if ansvar.rolle in {ansvar.Rolle.ANSVARLIG, ansvar.Rolle.MEDANSVARLIG}
        ]
        mangler = {bit for bit in venter if not any(bit in tekst for tekst in navn)}
        for_mye = {
            tekst
            for tekst in navn
            if not any(bit in tekst for bit in venter | kan_sta[nokkel])
        }
        if mangler or for_mye:
            feil[nokkel] = (mangler, for_mye)

    assert feil == {}


def test_only_fact_has_nobody_responsible(tiltak):
    assert {
        nokkel
        for nokkel, rad in tiltak.items()
        if not any(del_.har_avklart_ansvar for del_ in deler(rad))
    } == fasit.ANSVAR_IKKE_AVKLART


# How to reach them --------------------------------------------------------------------


def test_phone_numbers_at_each_tiltak_and_no_others(tiltak):
    lastet = {
        nokkel: {siffer(p.verdi) for p in kontaktpunkter(rad, TYPE.TELEFON, TYPE.SMS)}
        for nokkel, rad in tiltak.items()
    }
    # An emergency number may stand where the source mentions it.
    nod = fakta("nodnummer")
    lastet = {nokkel: numre - nod[nokkel] for nokkel, numre in lastet.items()}

    assert ulikt(fakta("telefon"), lastet) == {}


def test_email_addresses_at_each_tiltak_and_no_others(tiltak):
    lastet = {
        nokkel: {p.verdi.lower() for p in kontaktpunkter(rad, TYPE.EPOST)}
        for nokkel, rad in tiltak.items()
    }

    assert ulikt(fakta("epost"), lastet) == {}


def test_web_addresses_at_each_tiltak(tiltak):
    lastet = {
        nokkel: {nettadresse(p.verdi) for p in kontaktpunkter(rad, TYPE.NETT)}
        | {
            nettadresse(lenke.adresse)
            for del_ in deler(rad)
            for lenke in del_.lenker.all()
        }
        for nokkel, rad in tiltak.items()
    }

    assert lastet.keys() == fasit.TILTAK.keys()
    assert {
        nokkel: mangler
        for nokkel, rett in fakta("nett").items()
        if (mangler := rett - lastet[nokkel])
    } == {}


def test_no_address_is_invented(kommune, plan):
    punkter = Kontaktpunkt.objects.filter(tjeneste__kommune=kommune)
    numre = {siffer(p.verdi) for p in punkter.filter(type__in=[TYPE.TELEFON, TYPE.SMS])}
    eposter = {p.verdi.lower() for p in punkter.filter(type=TYPE.EPOST)}
    svaransvarlige = Tjeneste.objects.filter(kommune=kommune).exclude(svaransvarlig="")
    eposter |= {t.svaransvarlig.lower() for t in svaransvarlige}
    nett = {nettadresse(p.verdi) for p in punkter.filter(type=TYPE.NETT)}
    nett |= {
        nettadresse(lenke.adresse) for lenke in Lenke.objects.filter(tiltak__plan=plan)
    }

    def kjente(felt):
        return set().union(*fakta(felt).values())

    assert min(len(numre), len(eposter), len(nett)) > 10
    assert numre - kjente("telefon") - fasit.NODNUMRE == set()
    assert eposter - kjente("epost") == set()
    assert nett - kjente("nett") - fasit.KAPITLENES_NETT == set()


def test_a_number_or_address_stands_once_in_the_kommune(kommune):
    antall = Counter(
        (punkt.type, siffer(punkt.verdi) if punkt.er_nummer else punkt.verdi.lower())
        for punkt in Kontaktpunkt.objects.filter(
            tjeneste__kommune=kommune, type__in=[TYPE.TELEFON, TYPE.SMS, TYPE.EPOST]
        )
    )

    assert len(antall) > 20
    assert {verdi: n for verdi, n in antall.items() if n > 1} == {}


def test_no_number_or_address_stands_in_running_text(kommune):
    """What stands in a text does not change when the tjeneste changes it."""
    numre = set().union(*fakta("telefon").values())
    monster = re.compile(
        r"\S+@\S+\.\w+|" + "|".join(r"(?:\s|&nbsp;)?".join(nummer) for nummer in numre)
    )
    punkter = [tekst for rad, felt, tekst in tekster() if felt.name == "verdi"]

    assert any(monster.search(tekst) for tekst in punkter)
    assert {
        (type(rad).__name__, rad.pk, felt.name): treff
        for rad, felt, tekst in tekster()
        if not isinstance(felt, models.EmailField)
        and (type(rad), felt.name)
        not in {(Kontaktpunkt, "verdi"), (Kommune, "telefon")}
        and (treff := monster.findall(tekst))
    } == {}


def test_the_police_have_four_numbers(kommune):
    assert sorted(
        siffer(punkt.verdi)
        for punkt in Kontaktpunkt.objects.filter(
            tjeneste__kommune=kommune,
            tjeneste__type=Tjeneste.Type.POLITI,
            type=TYPE.TELEFON,
        )
    ) == sorted(fasit.POLITIETS_NUMRE)


def test_what_to_ask_the_police_for_and_what_to_do_when_nobody_answers(kommune):
    punkter = Kontaktpunkt.objects.filter(tjeneste__kommune=kommune, type=TYPE.TELEFON)
    be_om = {siffer(p.verdi) for p in punkter if "politistasjon" in p.instruks}
    ikke_svar = {siffer(p.verdi) for p in punkter if "sms" in p.ved_ikke_svar.lower()}

    assert be_om == {"64993000"}
    assert ikke_svar == {"40437933"}


def test_when_the_numbers_are_answered(kommune):
    lastet = {}
    for tid in Apningstid.objects.filter(
        kontaktpunkt__tjeneste__kommune=kommune, kontaktpunkt__type=TYPE.TELEFON
    ).select_related("kontaktpunkt"):
        lastet.setdefault(siffer(tid.kontaktpunkt.verdi), set()).add(
            (tid.fra_dag, tid.til_dag, f"{tid.apner:%H:%M}", f"{tid.stenger:%H:%M}")
        )

    assert ulikt(fasit.TELEFONTIDER, lastet) == {}


# Persons ------------------------------------------------------------------------------


def tekster():
    """Yields (row, field, text) for every text in the loaded rows."""
    for model in historiserte():
        felter = [
            felt
            for felt in model._meta.concrete_fields
            if isinstance(felt, (models.CharField, models.TextField))
        ]
        for rad in model.objects.all():
            for felt in felter:
                if tekst := getattr(rad, felt.attname):
                    yield rad, felt, str(tekst)


def test_no_text_names_a_private_person(kommune):
    funnet, lest = {}, 0
    for rad, felt, tekst in tekster():
        lest += 1
        ordene = re.findall(r"[^\W\d_]+", tekst.lower())
        par = [" ".join(to) for to in pairwise(ordene)]
        for uttrykk in ordene + par:
            if sha256(uttrykk.encode()).hexdigest() in fasit.NAVN:
                sted = (type(rad).__name__, rad.pk, felt.name)
                funnet[sted] = funnet.get(sted, 0) + 1

    assert lest > 2000
    assert funnet == {}


def test_no_contact_is_a_named_person(kommune, tiltak):
    teams = kontaktpunkter(tiltak[fasit.HAT, 3], TYPE.TEAMS)

    assert set(Kontaktpunkt.objects.values_list("person", flat=True)) == {""}
    assert len(teams) == 1
    assert teams[0].synlighet != Kontaktpunkt.Synlighet.OFFENTLIG


# Of these the sources give no way in for all; fixtures/README.md says the same in words.
# What they do not give, the services are asked for.
UTEN_OFFENTLIG_KONTAKT = {
    "ahus",
    "akershus-fylkeskommune",
    "antidoping-norge",
    "bibliotekene",
    "bti",
    "bufetat",
    "fagstab-oppvekst",
    "familievernkontoret",
    "fritidsklubbene",
    "kommuneoverlegen",
    "kultur-og-frivillighet",
    "lillestrom-kommune",
    "lions",
    "moteplasser",
    "nav",
    "oppvekst",
    "phfs-ungdom",
    "politikontakten",
    "ppa",
    "radikaliseringskontakten",
    "ressurs-og-familieteamet",
    "slt-koordinator",
}


def test_these_tjenester_have_no_public_contact(kommune):
    apne = Kontaktpunkt.objects.synlige_for(PUBLIKUM).values("tjeneste")
    uten = kommune.tjenester.virksomme().exclude(pk__in=apne)

    assert set(uten.values_list("slug", flat=True)) == UTEN_OFFENTLIG_KONTAKT


def test_what_people_get_is_said_of_those_of_which_the_plan_says_it(kommune):
    med = kommune.tjenester.exclude(resultat="")

    assert med.count() == 14
    # The names stand in a setting, which is off.
    assert (kommune.viser_navn, kommune.slt_koordinator_navn) == (False, "")
    assert dict(
        kommune.tjenester.exclude(funksjon="").values_list("funksjon", "slug")
    ) == {"slt_koordinator": "slt-koordinator", "politikontakt": "politikontakten"}


# The loading --------------------------------------------------------------------------


def historiserte():
    return [model for model in apps.get_models() if issubclass(model, Historisert)]


def test_every_loaded_row_has_one_history_row_by_the_command(kommune):
    feil, antall = {}, 0
    for model in historiserte():
        rader = Counter(
            (pk, "+", "kommando") for pk in model.objects.values_list("pk", flat=True)
        )
        historikk = Counter(
            model.historikk.values_list(
                model._meta.pk.attname, "history_type", "history_dor"
            )
        )
        antall += len(rader)
        if rader != historikk:
            feil[model.__name__] = (rader - historikk, historikk - rader)

    assert antall > 1000
    assert feil == {}


def test_loading_again_changes_nothing(kommune):
    def innhold():
        rader = {model: model._base_manager.count() for model in apps.get_models()}
        return rader | dict(Kommune.objects.values_list("nummer", "versjon"))

    for_ = innhold()

    with transaction.atomic():
        call_command("last_grunndata", stdout=StringIO())
        etter = innhold()
        transaction.set_rollback(True)

    assert etter == for_
    assert for_[Handlingsplan] > 0


# Words that people search with ----------------------------------------------------------


@pytest.mark.parametrize(
    ("ord_", "treff"),
    {
        "alkohol": (fasit.UNGDOM, 10),
        "snus": (fasit.UNGDOM, 10),
        "hasj": (fasit.UNGDOM, 22),
        "fylla": (fasit.UNGDOM, 10),
        "vape": (fasit.UNGDOM, 10),
        "skulk": (fasit.UNGDOM, 17),
        "skulker": (fasit.UNGDOM, 7),
        "mobbet": (fasit.UNGDOM, 16),
        "erting": (fasit.UNGDOM, 16),
        "slåss": (fasit.VOLD, 5),
        "juling": (fasit.VOLD, 6),
        "helsesøster": (fasit.UNGDOM, 15),
        "sommerjobb": (fasit.UNGDOM, 6),
        "kniv": (fasit.NETTVERK, 4),
        "rasisme": (fasit.HAT, 1),
        "mamma": (fasit.UNGDOM, 19),
        "deprimert": (fasit.UNGDOM, 21),
    }.items(),
)
def test_everyday_words_find_something(ord_, treff, plan):
    """Not all of the plan either: that would be no answer."""
    tiltakene = Tiltak.objects.filter(plan=plan).selvstendige()
    filter_ = TiltakFilter({"q": ord_}, queryset=tiltakene, plan=plan)

    steder = Plassering.objects.filter(tiltak__in=filter_.qs, hoved=True)
    funnet = set(steder.values_list("innsatsomrade__slug", "nummer"))

    assert treff in funnet
    assert len(funnet) < 20


# As a spreadsheet -----------------------------------------------------------------------


def test_the_plan_as_a_spreadsheet_says_what_is_stored(plan):
    spor = Tiltak.historikk.count()

    f = legg_inn(plan, Fil(plan))

    assert (f.er_tom, f.merknader) == (True, [])
    assert Tiltak.historikk.count() == spor


@pytest.mark.parametrize("hvor", ["her", "i en annen kommune"])
def test_the_plan_goes_into_a_new_draft_by_spreadsheet_and_loses_nothing(plan, hvor):
    with transaction.atomic():
        utkast = UtkastFactory(
            kommune=plan.kommune if hvor == "her" else med_alt_i(plan.kommune),
            rekke__navn="Prøve",
            rekke__hoved=hvor != "her",
        )

        f = legg_inn(utkast, Fil(plan))

        assert (f.feil, f.endrede, f.fjernet) == ([], [], [])
        assert cellene(utkast) == cellene(plan)
        transaction.set_rollback(True)


def med_alt_i(kommune):
    """Another kommune with what cells of the plan's spreadsheet name."""
    andre = KommuneFactory()
    nye = {}
    for rader in (
        kommune.lokalomrader.all(),
        kommune.temaer.all(),
        kommune.veiledere.all(),
        kommune.tjenester.all(),
        Kontaktpunkt.objects.filter(tjeneste__kommune=kommune).order_by("pk"),
    ):
        for rad in rader:
            gammel = rad.pk
            rad.pk, rad._state.adding = None, True
            if isinstance(rad, Kontaktpunkt):
                rad.tjeneste, rad.sted = nye[rad.tjeneste_id], None
            else:
                rad.kommune = andre
            if isinstance(rad, Tjeneste):
                rad.overordnet = None
                nye[gammel] = rad
            rad.save()
    return andre
