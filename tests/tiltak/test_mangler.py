"""What a plan lacks: each point is found, leads to where it is mended, and is gone when it
is; and what is right, is no point."""

from datetime import date

import pytest
from django.utils import timezone

from slt.grunn.historikk import uten_vern
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tiltak.mangler import antall_mangler, mangler
from tiltak.models import (
    Handlingsplan,
    Kontaktpunkt,
    Malgruppe,
    Malsetting,
    Overgang,
    Tiltak,
)

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
SIDEN = "/lillestrom/2024-2028/mangler/"


def komplett(tiltak, tjeneste):
    """Gives a tiltak all that one needs."""
    tiltak.niva = Tiltak.Niva.UNIVERSELL
    tiltak.save()
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    Malgruppe.objects.create(tiltak=tiltak, tekst="ungdom")
    return tiltak


@pytest.fixture
def tjeneste(kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    KontaktpunktFactory(tjeneste=tjeneste)
    return tjeneste


@pytest.fixture(params=[UTKAST, GJELDENDE])
def plan(request, kommune, tjeneste):
    """Vold 1 and Vold 2, of which nothing is lacking."""
    plan = HandlingsplanFactory(kommune=kommune, status=request.param)
    omrade = InnsatsomradeFactory(plan=plan, navn="Vold i sentrum", kortnavn="Vold")
    for tittel in ("Natteravn", "Nattkafé"):
        sted = PlasseringFactory(innsatsomrade=omrade, tiltak__tittel=tittel)
        komplett(sted.tiltak, tjeneste)
    return plan


@pytest.fixture
def utkast(plan):
    """The same, as a draft."""
    if not plan.er_utkast:
        with uten_vern():
            plan.status = UTKAST
            plan.save()
    return plan


@pytest.fixture
def i_kraft(plan):
    """The same, in force."""
    if plan.er_utkast:
        plan.status = GJELDENDE
        plan.save()
    return plan


def funnet(plan):
    """[(group, title, label, detail)] of what a plan lacks."""
    plan = Handlingsplan.objects.select_related("kommune").get(pk=plan.pk)
    return [
        (gruppe.nokkel, rad.tittel, rad.merkelapp, rad.detalj)
        for gruppe in mangler(plan)
        for rad in gruppe.rader
    ]


def test_nothing_is_lacking(plan, koordinator):
    assert funnet(plan) == []
    assert antall_mangler(plan) == 0
    assert "Ingenting mangler." in Lest(koordinator.get(SIDEN)).tekst


# Each point: made, found, mended ------------------------------------------------------


def ansvar(plan):
    rad = plan.tiltak.get(tittel="Natteravn").ansvar.get()
    rad.rolle = "samarbeidspart"
    rad.save()
    yield [("ansvar", "Natteravn", "Vold 1", "")]
    rad.rolle = "ansvarlig"
    rad.save()


def ansvar_for_en_del(plan):
    hele = plan.tiltak.get(tittel="Natteravn")
    hele.ansvar.get().delete()
    deler = [
        TiltakFactory(plan=plan, overordnet=hele, tittel=tittel)
        for tittel in ("I byen", "På skolen")
    ]
    AnsvarFactory(
        tiltak=deler[0], tjeneste=plan.kommune.tjenester.get(navn="Utekontakten")
    )
    yield [("ansvar", "På skolen", "del av Vold 1", "")]
    AnsvarFactory(tiltak=hele, tjeneste=plan.kommune.tjenester.get(navn="Utekontakten"))


def ansvar_pa_ett_sted(plan):
    """Where a further place has rows of its own, those hold there."""
    annet = InnsatsomradeFactory(plan=plan, kortnavn="Rus")
    tiltak = plan.tiltak.get(tittel="Natteravn")
    sted = PlasseringFactory(innsatsomrade=annet, tiltak=tiltak, hoved=False)
    rad = AnsvarFactory(
        tiltak=tiltak,
        plassering=sted,
        rolle="gjennomforer",
        tjeneste=plan.kommune.tjenester.get(),
    )
    yield [("ansvar", "Natteravn", "Rus 1", "")]
    rad.delete()


def nedlagt(plan):
    nedlagt = TjenesteFactory(
        kommune=plan.kommune, navn="Fritidsetaten", nedlagt=timezone.localdate()
    )
    rad = AnsvarFactory(
        tiltak=plan.tiltak.get(tittel="Natteravn"),
        tjeneste=nedlagt,
        rolle="medansvarlig",
    )
    yield [("nedlagt", "Natteravn", "Vold 1", "Fritidsetaten")]
    rad.delete()


def kontakt(plan):
    punkt = Kontaktpunkt.objects.get()
    punkt.synlighet = "tjenester"
    punkt.save()
    yield [
        ("kontakt", "Utekontakten", "", "Har ansvar for Vold 1, Vold 2."),
        ("vei", "Natteravn", "Vold 1", ""),
        ("vei", "Nattkafé", "Vold 2", ""),
    ]
    punkt.synlighet = "offentlig"
    punkt.save()


def kontakt_som_er_valgt(plan):
    """The tjeneste has one for all; that which was chosen for the tiltak is not."""
    internt = KontaktpunktFactory(
        tjeneste=plan.kommune.tjenester.get(), synlighet="tjenester", hoved=False
    )
    rad = plan.tiltak.get(tittel="Natteravn").ansvar.get()
    rad.velg_kontaktpunkter([internt])
    detalj = (
        "Utekontakten har kontaktpunkter for alle, men ingen av dem gjelder her. Velg "
        "ett."
    )
    yield [
        ("kontakt", "Natteravn", "Vold 1", detalj),
        ("vei", "Natteravn", "Vold 1", ""),
    ]
    rad.velg_kontaktpunkter([])


def malgruppe(plan):
    tiltak = plan.tiltak.get(tittel="Natteravn")
    tiltak.malgrupper.get().delete()
    yield [("malgruppe", "Natteravn", "Vold 1", "")]
    Malgruppe.objects.create(tiltak=tiltak, tekst="ungdom")


def niva(plan):
    tiltak = plan.tiltak.get(tittel="Natteravn")
    tiltak.niva = ""
    tiltak.save()
    yield [("niva", "Natteravn", "Vold 1", "")]
    tiltak.niva = "selektiv"
    tiltak.save()


def niva_foreslatt(plan):
    tiltak = plan.tiltak.get(tittel="Natteravn")
    tiltak.niva_foreslatt = True
    tiltak.save()
    yield [("foreslatt", "Natteravn", "Vold 1", "universell")]
    tiltak.niva_foreslatt = False
    tiltak.save()


def uten_plass(plan):
    tiltak = TiltakFactory(plan=plan, tittel="Utenfor", publisert=None)
    komplett(tiltak, plan.kommune.tjenester.get())
    ventende = [] if plan.er_utkast else [("upublisert", "Utenfor", "", "Tiltak")]
    yield [("plass", "Utenfor", "", ""), *ventende]
    PlasseringFactory(innsatsomrade=plan.innsatsomrader.get(), tiltak=tiltak)
    tiltak.publisert = True
    tiltak.save()


def tomt_omrade(plan):
    omrade = InnsatsomradeFactory(plan=plan, navn="Rus")
    yield [("omrader", "Rus", "", "")]
    tiltak = PlasseringFactory(innsatsomrade=omrade).tiltak
    komplett(tiltak, plan.kommune.tjenester.get())


def tomt_kapittel(plan):
    kapittel = KapittelFactory(plan=plan, tittel="Bakgrunn", tekst="<p> </p>")
    KapittelFactory(plan=plan, tittel="Modellen", tekst="", figur="pyramide")
    yield [("kapitler", "Bakgrunn", "", "")]
    kapittel.tekst = "<p>Slik er det.</p>"
    kapittel.save()


def uskrevet_kapittel(plan):
    kapittel = KapittelFactory(plan=plan, tittel="Kunnskap", tekst="<p>[Tall.]</p>")
    hvorfor = "Der står bare forslaget fra startsettet, og det vises ikke."
    yield [("kapitler", "Kunnskap", "", hvorfor)]
    kapittel.tekst = "<p>Slik er det [se Ungdata].</p>"
    kapittel.save()


def slutter_etter_planen(plan):
    tiltak = plan.tiltak.get(tittel="Natteravn")
    tiltak.til_dato = date(2031, 6, 1)
    tiltak.save()
    yield [("datoer", "Natteravn", "Vold 1", "Slutter 1. juni 2031.")]
    tiltak.til_dato = date(2028, 12, 31)
    tiltak.save()


def begynner_etter_planen(plan):
    tiltak = plan.tiltak.get(tittel="Natteravn")
    tiltak.fra_dato = date(2029, 1, 1)
    tiltak.save()
    yield [("datoer", "Natteravn", "Vold 1", "Begynner 1. januar 2029.")]
    tiltak.fra_dato = date(2019, 1, 1)  # as permanent ones did
    tiltak.save()


def evalueres_for_planen(plan):
    tiltak = plan.tiltak.get(tittel="Natteravn")
    tiltak.evalueres_dato = date(2023, 5, 2)
    tiltak.save()
    yield [("datoer", "Natteravn", "Vold 1", "Evalueres 2. mai 2023.")]
    tiltak.evalueres_dato = date(2029, 5, 2)  # when it is over
    tiltak.save()


def tall_i_ingressen(plan):
    plan.ingress = "Planen har tre tiltak."
    plan.save()
    yield [("tall", "Ingressen", "", "Teksten sier tre tiltak, planen har 2.")]
    plan.ingress = "Planen har to tiltak i 1 innsatsområde."
    plan.save()


def tall_i_et_kapittel(plan):
    kapittel = KapittelFactory(
        plan=plan, tittel="Bakgrunn", tekst="<p>Vi har <b>fire</b> innsatsområder.</p>"
    )
    yield [("tall", "Bakgrunn", "", "Teksten sier fire innsatsområder, planen har 1.")]
    kapittel.tekst = "<p>Vi har ett innsatsområde.</p>"
    kapittel.save()


def tall_om_et_omrade(plan):
    omrade = plan.innsatsomrader.get()
    omrade.tekst = "<p>Her er det 9 tiltak.</p>"
    omrade.save()
    detalj = "Teksten sier 9 tiltak, Vold i sentrum har 2."
    yield [("tall", "Vold i sentrum", "", detalj)]
    omrade.tekst = "<p>Her er det 2 tiltak.</p>"
    omrade.save()


def tall_i_en_malsetting(plan):
    mal = Malsetting.objects.create(
        plan=plan, type="hovedmal", tekst="Vold i sentrum: alle 9 tiltakene virker"
    )
    detalj = "Teksten sier 9 tiltakene, Vold i sentrum har 2."
    yield [("tall", "Hovedmål", "", detalj)]
    mal.tekst = "Alle tiltakene virker"
    mal.save()


FEIL = [
    ansvar,
    ansvar_for_en_del,
    ansvar_pa_ett_sted,
    nedlagt,
    kontakt,
    kontakt_som_er_valgt,
    malgruppe,
    niva,
    niva_foreslatt,
    uten_plass,
    tomt_omrade,
    tomt_kapittel,
    uskrevet_kapittel,
    slutter_etter_planen,
    begynner_etter_planen,
    evalueres_for_planen,
    tall_i_ingressen,
    tall_i_et_kapittel,
    tall_om_et_omrade,
    tall_i_en_malsetting,
]


@pytest.mark.parametrize("feil", FEIL, ids=lambda feil: feil.__name__)
def test_it_is_found_and_when_mended_gone(feil, plan, koordinator):
    stegene = feil(plan)
    ventet = next(stegene)

    assert funnet(plan) == ventet
    assert antall_mangler(plan) == len(ventet)
    siden = Lest(koordinator.get(SIDEN))
    assert f"{len(ventet)} ting mangler" in siden.tekst
    for _nokkel, tittel, _merkelapp, detalj in ventet:
        adresser = [a for a, ordene in siden.lenker if ordene == tittel]
        assert [koordinator.get(a).status_code for a in adresser] in ([200], [200] * 2)
        assert detalj in siden.tekst

    assert next(stegene, None) is None
    assert funnet(plan) == []


def test_what_readers_are_told_instead_is_said(i_kraft, kommune, koordinator, client):
    """The phone of the kommune is a way in where it is given: then it is a notice."""
    tiltak = i_kraft.tiltak.get(tittel="Natteravn")
    tiltak.ansvar.get().delete()
    assert "finner leserne ingen å ringe" in Lest(koordinator.get(SIDEN)).tekst
    assert antall_mangler(i_kraft) == 2

    kommune.telefon, kommune.epost = "64 99 00 00", "post@example.org"
    kommune.save()

    siden = Lest(koordinator.get(SIDEN))
    assert "1 ting mangler" in siden.tekst
    assert "kommunens egen kontakt: 64 99 00 00, post@example.org." in siden.tekst
    # From the contents, too, though it is not counted there.
    assert siden.adresser("#merknader") == ["#merknader"]
    deler = siden.tekst.split("Verdt å vite")
    assert ["spørre kommunen" in del_ for del_ in deler] == [False, False, True]
    assert ("vei", "Natteravn", "Vold 1", "") in funnet(i_kraft)
    i_kraft.kommune.refresh_from_db()
    assert antall_mangler(i_kraft) == 1
    offentlig = Lest(client.get(tiltak.get_absolute_url())).alle_lenker
    assert {"tel:+4764990000", "mailto:post@example.org"} <= {a for a, _ in offentlig}


def test_one_above_that_can_be_called_is_a_way_in(i_kraft, tjeneste, kommune):
    tiltak = i_kraft.tiltak.get(tittel="Natteravn")
    ansvar = tiltak.ansvar.get()
    ansvar.tjeneste = TjenesteFactory(kommune=kommune, overordnet=tjeneste)
    ansvar.save()

    assert [nokkel for nokkel, *_ in funnet(i_kraft)] == ["kontakt"]


# In a draft ---------------------------------------------------------------------------


def test_an_empty_draft_lacks_all(kommune):
    plan = UtkastFactory(kommune=kommune)

    assert [tittel for _nokkel, tittel, *_ in funnet(plan)] == [
        "Planen har ingen innsatsområder",
        "Planen har ingen tiltak",
    ]


def test_gaps_in_the_numbers_of_a_draft(utkast, tjeneste):
    omrade = utkast.innsatsomrader.get()
    sted = PlasseringFactory(innsatsomrade=omrade, nummer=9, tiltak__tittel="Siste")
    komplett(sted.tiltak, tjeneste)
    detalj = "Etter hullet står Vold 9, «Siste»."
    assert funnet(utkast) == [("numre", "Vold i sentrum: 3–8 mangler", "", detalj)]

    sted.nummer = 4
    sted.save()
    assert [tittel for _nokkel, tittel, *_ in funnet(utkast)] == [
        "Vold i sentrum: 3 mangler"
    ]

    sted.nummer = 3
    sted.save()
    assert funnet(utkast) == []


def test_the_first_number_may_be_missing(utkast):
    omrade = utkast.innsatsomrader.get()
    for sted in omrade.plasseringer.order_by("-nummer"):
        sted.nummer += 1
        sted.save()

    assert [tittel for _nokkel, tittel, *_ in funnet(utkast)] == [
        "Vold i sentrum: 1 mangler"
    ]


@pytest.mark.parametrize("status", Tiltak.AVSLUTTEDE)
def test_what_is_ended_stands_in_a_draft(status, utkast):
    tiltak = utkast.tiltak.get(tittel="Natteravn")
    tiltak.status, tiltak.niva = status, ""  # of what is ended, nothing more is asked
    tiltak.save()
    assert funnet(utkast) == [
        ("avsluttet", "Natteravn", "Vold 1", tiltak.get_status_display())
    ]

    tiltak.status, tiltak.niva = Tiltak.Status.I_DRIFT, "selektiv"
    tiltak.save()
    assert funnet(utkast) == []


@pytest.fixture
def ny(i_kraft, tjeneste, kommune):
    """The draft that follows, with one tiltak of its own."""
    ny = UtkastFactory(
        kommune=kommune,
        rekke=i_kraft.rekke,
        fra_ar=2028,
        til_ar=2032,
        bygger_pa=i_kraft,
    )
    omrade = InnsatsomradeFactory(plan=ny, navn="Vold", kortnavn="Vold")
    komplett(PlasseringFactory(innsatsomrade=omrade).tiltak, tjeneste)
    return ny


def test_choices_that_are_not_made_or_not_done(ny, i_kraft, koordinator):
    natteravn = i_kraft.tiltak.get(tittel="Natteravn")
    Overgang.objects.create(ny_plan=ny, fra=natteravn, valg="viderefores")
    assert funnet(ny) == [
        ("ventende", "Natteravn", "", "videreføres"),
        ("ikke-valgt", "Nattkafé", "Vold 2", ""),
    ]
    siden = Lest(koordinator.get("/lillestrom/2028-2032/mangler/"))
    overgangen = "/lillestrom/2028-2032/overgang/"
    pker = [natteravn.pk, i_kraft.tiltak.get(tittel="Nattkafé").pk]
    assert siden.adresser(overgangen) == [
        f"{overgangen}?page=1#tiltak-{pk}" for pk in pker
    ]
    svar = koordinator.get(f"{overgangen}?page=1").text
    assert all(f'id="tiltak-{pk}"' in svar for pk in pker)

    ny.overganger.update_or_create(fra=natteravn, defaults={"valg": "avsluttes"})
    Overgang.objects.create(
        ny_plan=ny, fra=i_kraft.tiltak.get(tittel="Nattkafé"), valg="overfores"
    )
    assert funnet(ny) == []


def test_each_choice_is_on_its_page_of_the_list(ny, i_kraft, monkeypatch, koordinator):
    for modul in ("tiltak.mangler.planen", "tiltak.rediger.overgang"):
        monkeypatch.setattr(f"{modul}.TILTAK_PER_SIDE", 1)

    adresser = [
        rad.adresse
        for gruppe in mangler(Handlingsplan.objects.get(pk=ny.pk))
        for rad in gruppe.rader
        if gruppe.nokkel == "ikke-valgt"
    ]

    assert [a.partition("?")[2][:7] for a in adresser] == ["page=1#", "page=2#"]
    for adresse in adresser:
        side, _skille, anker = adresse.partition("#")
        assert f'id="{anker}"' in koordinator.get(side).text


def test_a_level_is_asked_for_once_wherever_the_tiltak_stands(utkast):
    tiltak = utkast.tiltak.get(tittel="Natteravn")
    tiltak.niva = ""
    tiltak.save()
    skole = InnsatsomradeFactory(plan=utkast, navn="Skole")
    sted = PlasseringFactory(innsatsomrade=skole, tiltak=tiltak, hoved=False)
    Malgruppe.objects.create(tiltak=tiltak, plassering=sted, tekst="elever")

    assert funnet(utkast) == [("niva", "Natteravn", "Vold 1", "")]


# In force -----------------------------------------------------------------------------


def test_what_is_ended_and_its_number_are_right_in_a_plan_in_force(i_kraft):
    tiltak = i_kraft.tiltak.get(tittel="Natteravn")
    tiltak.status = Tiltak.Status.AVSLUTTET
    tiltak.save()

    assert funnet(i_kraft) == []


def test_a_gap_in_force_is_said_and_is_no_lack(i_kraft, tjeneste, koordinator):
    sted = PlasseringFactory(
        innsatsomrade=i_kraft.innsatsomrader.get(), nummer=4, tiltak__tittel="Siste"
    )
    komplett(sted.tiltak, tjeneste)

    assert [(nokkel, tittel) for nokkel, tittel, *_ in funnet(i_kraft)] == [
        ("numre", "Vold i sentrum: 3 mangler")
    ]
    assert antall_mangler(i_kraft) == 0
    siden = Lest(koordinator.get(SIDEN)).tekst
    assert "Ingenting mangler." in siden
    assert "Vold i sentrum: 3 mangler" in siden


def test_a_number_that_was_taken_out_is_no_gap(i_kraft, tjeneste, kommune):
    """A guest may be taken out of a plan in force; its number is nobody else's."""
    omrade = i_kraft.innsatsomrader.get()
    annen = PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)
    annen = HandlingsplanFactory(kommune=kommune, rekke=annen, slug="vold-2024-2028")
    gjest = PlasseringFactory(innsatsomrade__plan=annen).tiltak
    sted = PlasseringFactory(innsatsomrade=omrade, tiltak=gjest, nummer=3)
    sist = PlasseringFactory(innsatsomrade=omrade, nummer=4)
    komplett(sist.tiltak, tjeneste)

    sted.delete()

    assert funnet(i_kraft) == []


def test_what_is_not_published(i_kraft, tjeneste, koordinator):
    kapittel = KapittelFactory(plan=i_kraft, tittel="Etterord", publisert=False)
    assert funnet(i_kraft) == [("upublisert", "Etterord", "", "Kapittel")]
    [adresse] = Lest(koordinator.get(SIDEN)).adresser("/lillestrom/2024-2028/upubl")
    assert adresse == "/lillestrom/2024-2028/upublisert/#kapittel"
    assert 'id="kapittel"' in koordinator.get(adresse).text

    kapittel.publisert = True
    kapittel.save()
    assert funnet(i_kraft) == []


@pytest.mark.parametrize("tekst", ["", "<p>[Hvorfor kommunen har en plan.]</p>"])
def test_a_chapter_that_is_empty_and_not_published_is_said_once(tekst, i_kraft):
    KapittelFactory(plan=i_kraft, tittel="Bakgrunn", tekst=tekst, publisert=False)

    assert [rad[:2] for rad in funnet(i_kraft)] == [("kapitler", "Bakgrunn")]


def test_what_is_not_published_is_not_counted(i_kraft, tjeneste):
    sted = PlasseringFactory(
        innsatsomrade=i_kraft.innsatsomrader.get(), tiltak__publisert=False
    )
    komplett(sted.tiltak, tjeneste)
    i_kraft.ingress = "Planen har to tiltak."
    i_kraft.save()

    assert {nokkel for nokkel, *_ in funnet(i_kraft)} == {"upublisert"}


# False alarms ---------------------------------------------------------------------------


def test_what_the_whole_has_its_parts_have_too(plan):
    hele = plan.tiltak.get(tittel="Natteravn")
    TiltakFactory(plan=plan, overordnet=hele)

    assert funnet(plan) == []


def test_what_all_parts_have_the_whole_has(plan, tjeneste):
    hele = plan.tiltak.get(tittel="Natteravn")
    hele.ansvar.get().delete()
    hele.malgrupper.get().delete()
    hele.niva = ""
    hele.save()
    for _nr in range(2):
        komplett(TiltakFactory(plan=plan, overordnet=hele), tjeneste)

    assert funnet(plan) == []


def test_a_tilbud_and_another_plan_are_none_of_it(plan, kommune):
    rekke = PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)
    annen = HandlingsplanFactory(kommune=kommune, rekke=rekke, slug="vold-2024-2028")
    PlasseringFactory(innsatsomrade__plan=annen)
    TiltakFactory(kommune=kommune, plan=None)
    TjenesteFactory(kommune=kommune)  # that answers for nothing

    assert funnet(plan) == []


def test_a_guest_is_read_as_it_stands_here(plan, kommune):
    rekke = PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)
    annen = HandlingsplanFactory(kommune=kommune, rekke=rekke, slug="vold-2024-2028")
    gjest = PlasseringFactory(
        innsatsomrade__plan=annen, innsatsomrade__kortnavn="Nær", tiltak__tittel="Gjest"
    ).tiltak
    gjest.niva, gjest.til_dato = "selektiv", date(2040, 1, 1)
    gjest.save()
    Malgruppe.objects.create(tiltak=gjest, tekst="alle")
    PlasseringFactory(innsatsomrade=plan.innsatsomrader.get(), tiltak=gjest)

    assert funnet(plan) == [
        ("ansvar", "Gjest", "Vold 3", ""),
        ("vei", "Gjest", "Vold 3", ""),
    ]


@pytest.mark.parametrize(
    "tekst",
    [
        "Planen har fire tiltak.",
        "Planen har seks tiltak, når delene telles hver for seg.",  # 4 and 2 parts
        "Området har tre tiltak.",  # of Vold i sentrum
        "Fire tiltak fordelt på 2 innsatsområder.",
        "Den forrige planen hadde 12 tiltak.",
        "De tre tiltakene henger sammen.",
        "Ett tiltak er nytt.",
    ],
)
def test_counts_that_are_right(tekst, plan, tjeneste):
    vold = plan.innsatsomrader.get()
    rus = InnsatsomradeFactory(plan=plan, navn="Rus og rusmidler", kortnavn="Rus")
    for omrade in (vold, rus):
        komplett(PlasseringFactory(innsatsomrade=omrade).tiltak, tjeneste)
    hele = plan.tiltak.get(tittel="Natteravn")
    TiltakFactory.create_batch(2, plan=plan, overordnet=hele)
    KapittelFactory(plan=plan, tittel="Om", tekst=f"<p>{tekst}</p>")

    assert funnet(plan) == []


def test_a_text_that_says_it_often_is_told_of_once(plan):
    setning = "Planen har 9 tiltak, og 9 tiltak er mange, og 8 tiltak er det. "
    KapittelFactory(plan=plan, tittel="Om", tekst=f"<p>{setning * 9}</p>")

    assert [detalj for *_, detalj in funnet(plan)] == [
        "Teksten sier 9 tiltak, planen har 2.",
        "Teksten sier 8 tiltak, planen har 2.",
    ]


# Cost, and who ------------------------------------------------------------------------


def _mangelfull(plan, antall):
    for _nr in range(antall):
        omrade = InnsatsomradeFactory(plan=plan, tekst="<p>70 tiltak</p>")
        InnsatsomradeFactory(plan=plan)
        KapittelFactory(plan=plan, tekst="")
        KapittelFactory(plan=plan, publisert=False)
        for nummer in (2, 5):
            tiltak = PlasseringFactory(innsatsomrade=omrade, nummer=nummer).tiltak
            tiltak.til_dato = date(2040, 1, 1)
            tiltak.save()
            TiltakFactory(plan=plan, overordnet=tiltak)
            AnsvarFactory(tiltak=tiltak, rolle="medansvarlig")
        PlasseringFactory(innsatsomrade=omrade, tiltak__niva="selektiv")
        PlasseringFactory(innsatsomrade=omrade, tiltak__status="avsluttet")
        TiltakFactory(plan=plan)
        Malsetting.objects.create(plan=plan, type="visjon", tekst="70 tiltak")


@pytest.mark.parametrize("antall", [1, 3])
@pytest.mark.parametrize(("status", "sporringer"), [(UTKAST, 25), (GJELDENDE, 24)])
def test_it_costs_the_same_whatever_is_lacking(
    antall, status, sporringer, kommune, django_assert_num_queries
):
    plan = HandlingsplanFactory(kommune=kommune, status=status)
    _mangelfull(plan, antall)
    if status == UTKAST:
        plan.bygger_pa = HandlingsplanFactory(
            kommune=kommune, rekke=plan.rekke, fra_ar=2020, til_ar=2024
        )
        plan.save()
        for _nr in range(antall):
            PlasseringFactory(innsatsomrade__plan=plan.bygger_pa)
            fra = PlasseringFactory(innsatsomrade__plan=plan.bygger_pa).tiltak
            Overgang.objects.create(ny_plan=plan, fra=fra, valg="viderefores")
    planer = Handlingsplan.objects.select_related("kommune", "bygger_pa")
    plan = planer.get(pk=plan.pk)

    with django_assert_num_queries(sporringer):
        grupper = mangler(plan)

    assert len(grupper) >= 10


def test_a_superseded_plan_has_no_such_page(plan, koordinator):
    with uten_vern():
        plan.status = AVLOST
        plan.save()

    assert koordinator.get(SIDEN).status_code == 404


@pytest.mark.parametrize("hvem", ["client", "nabo", "ansatt", "politirad"])
def test_nobody_else_reads_it(hvem, plan, kommune, request):
    if hvem in {"ansatt", "politirad"}:
        klient = innlogget(TilgangFactory(kommune=kommune, rolle=hvem).bruker)
    else:
        klient = request.getfixturevalue(hvem)

    assert klient.get(SIDEN).status_code == (302 if hvem == "client" else 404)
    assert SIDEN not in klient.get("/lillestrom/2024-2028/").text


def test_the_plan_of_another_kommune_is_not_there(plan, nabokommune, nabo):
    assert nabo.get(f"/lorenskog{SIDEN.removeprefix('/lillestrom')}").status_code == 404


def test_the_page_is_only_looked_at(plan, koordinator):
    assert koordinator.post(SIDEN).status_code == 405


def test_the_front_page_leads_there(plan, koordinator):
    assert SIDEN in Lest(koordinator.get("/lillestrom/2024-2028/")).adresser(SIDEN)
