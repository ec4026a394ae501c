"""The next period: a plan is begun from the one before, and of each tiltak it is chosen
what becomes of it; it can be left, resumed and taken back."""

import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from evaluering.models import Anbefalingssvar
from slt.felles.omtale import historikker
from slt.grunn.rekkefolge import i_orden
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
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
    VeilederFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.slt.test_admin import sporringer
from tiltak.models import (
    AnsvarKontaktpunkt,
    Handlingsplan,
    Lenke,
    Malgruppe,
    Malsetting,
    Overgang,
    Styringsdokument,
    Tema,
    Tiltak,
    TiltakTema,
    TiltakVeileder,
    Tjeneste,
)
from tiltak.overgang import ny_periode, ta_tilbake, til_overs, utfor, velg
from tiltak.planlop import vedta

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
Valg = Overgang.Valg


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    """A plan in force with something of everything."""
    plan = HandlingsplanFactory(kommune=kommune, ingress="Hva vi gjør.", alder_fra=10)
    KapittelFactory(plan=plan, tittel="Bakgrunn", tekst="<p>Hvorfor</p>")
    Styringsdokument.objects.create(
        kommune=kommune, plan=plan, tittel="Oppvekststrategien"
    )
    vold = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold", rekkefolge=1)
    rus = InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus", rekkefolge=2)
    Malsetting.objects.create(
        plan=plan, innsatsomrade=vold, type="visjon", tekst="Trygge unge"
    )
    natteravn = PlasseringFactory(
        innsatsomrade=vold, nummer=1, tiltak__tittel="Natteravn"
    ).tiltak
    PlasseringFactory(innsatsomrade=rus, nummer=1, tiltak=natteravn, hoved=False)
    PlasseringFactory(innsatsomrade=vold, nummer=4, tiltak__tittel="Konfliktråd")
    PlasseringFactory(innsatsomrade=rus, nummer=2, tiltak__tittel="Foreldremøter")
    med_alt(natteravn)
    return plan


def med_alt(tiltak):
    """Ties to a tiltak all that can be."""
    kommune = tiltak.plan.kommune
    politi = TjenesteFactory(kommune=kommune, navn="Politiet")
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=politi)
    AnsvarKontaktpunkt.objects.create(
        ansvar=ansvar, kontaktpunkt=KontaktpunktFactory(tjeneste=politi)
    )
    Malgruppe.objects.create(tiltak=tiltak, tekst="unge", alder_fra=13, alder_til=18)
    Malsetting.objects.create(
        plan=tiltak.plan, tiltak=tiltak, type="resultatmal", tekst="Færre slagsmål"
    )
    Lenke.objects.create(tiltak=tiltak, tittel="Mer", adresse="https://example.org/")
    tema = Tema.objects.create(kommune=kommune, navn="Rus")
    TiltakTema.objects.create(tiltak=tiltak, tema=tema)
    veileder = VeilederFactory(kommune=tiltak.kommune, tittel="BTI-veilederen")
    TiltakVeileder.objects.create(tiltak=tiltak, veileder=veileder)
    TiltakFactory(plan=tiltak.plan, overordnet=tiltak, tittel="Feltarbeid")
    Anbefalingssvar.objects.create(
        tiltak=tiltak, anbefaling=AnbefalingFactory(kilde__kommune=kommune)
    )


@pytest.fixture
def ny(plan):
    return ny_periode(forrige=plan, tittel="Ny plan", fra_ar=2028, til_ar=2032)


def tiltaket(plan, tittel):
    return plan.tiltak.get(tittel=tittel)


def utfort(ny, tittel, valg=Valg.VIDEREFORES, **mer):
    """What becomes of the tiltak with this title, done."""
    velg(plan=ny, fra=tiltaket(ny.bygger_pa, tittel), valg=valg, **mer)
    utfor(ny)
    return Overgang.objects.filter(fra__tittel=tittel, ny_plan=ny).first()


# Beginning ----------------------------------------------------------------------------


def test_a_new_plan_has_what_stands_around_the_tiltak(plan, ny):
    assert (ny.status, ny.rekke, ny.bygger_pa, ny.slug) == (
        UTKAST,
        plan.rekke,
        plan,
        "2028-2032",
    )
    assert (ny.ingress, ny.alder_fra) == ("Hva vi gjør.", 10)
    assert [k.tekst for k in ny.kapitler.all()] == ["<p>Hvorfor</p>"]
    assert [o.navn for o in ny.innsatsomrader.all()] == ["Vold", "Rus"]
    mal = ny.malsettinger.get()
    assert (mal.tekst, mal.innsatsomrade.plan) == ("Trygge unge", ny)
    assert ny.styringsdokumenter.get().tittel == "Oppvekststrategien"
    assert not ny.tiltak.exists()


def test_it_may_begin_empty(plan):
    ny = ny_periode(
        forrige=plan, tittel="Ny", fra_ar=2028, til_ar=2032, med_rammen=False
    )

    assert not ny.kapitler.exists()
    assert not ny.innsatsomrader.exists()


def test_a_second_one_for_the_same_years_is_refused(plan, ny):
    with pytest.raises(ValidationError) as feilen:
        ny_periode(forrige=plan, tittel="Ny", fra_ar=2028, til_ar=2032)

    assert "Det finnes allerede en plan for denne perioden." in feilen.value.messages
    assert plan.rekke.planer.count() == 2


# What comes along ---------------------------------------------------------------------


def test_a_tiltak_comes_along_with_all_that_belongs_to_it(plan, ny):
    gammelt = tiltaket(plan, "Natteravn")

    overgang = utfort(ny, "Natteravn")

    nytt = overgang.til
    assert (nytt.plan, nytt.slug, nytt.publisert) == (ny, gammelt.slug, True)
    assert [
        (p.innsatsomrade.plan, p.merkelapp, p.hoved) for p in nytt.plasseringer.all()
    ] == [
        (ny, "Vold 1", True),
        (ny, "Rus 1", False),
    ]
    ansvar = nytt.ansvar.get()
    assert ansvar.tjeneste.navn == "Politiet"
    assert ansvar.kontaktvalg.get().kontaktpunkt.tjeneste == ansvar.tjeneste
    assert [m.tekst for m in nytt.malgrupper.all()] == ["unge"]
    assert [(m.tekst, m.plan) for m in nytt.malsettinger.all()] == [
        ("Færre slagsmål", ny)
    ]
    assert [lenke.adresse for lenke in nytt.lenker.all()] == ["https://example.org/"]
    assert [valg.tema.navn for valg in nytt.temavalg.all()] == ["Rus"]
    assert [str(valg) for valg in nytt.veiledervalg.all()] == ["BTI-veilederen"]
    del_ = nytt.deltiltak.get()
    assert (del_.tittel, del_.plan, del_.er_nytt) == ("Feltarbeid", ny, False)
    # What upper rooms tie to it.
    assert Anbefalingssvar.objects.filter(tiltak=nytt).count() == 1
    # The old one has all of it still.
    assert gammelt.ansvar.count() == gammelt.lenker.count() == 1
    assert gammelt.plasseringer.count() == 2


def test_nothing_that_belongs_to_a_tiltak_is_forgotten(plan, ny):
    """All that refers to it, or to what belongs to it, by whatever model."""
    gammelt = tiltaket(plan, "Natteravn")
    nytt = utfort(ny, "Natteravn").til

    def viser_til(tiltak):
        return {
            f"{r.related_model.__name__}.{r.field.name}": r.related_model._base_manager.filter(
                **{r.field.name: tiltak}
            ).count()
            for r in Tiltak._meta.related_objects
            if r.one_to_many and r.related_model is not Overgang
        }

    assert viser_til(nytt) == viser_til(gammelt)
    assert sum(viser_til(nytt).values()) >= 9


def test_numbers_follow_each_other_in_the_order_of_before(plan, ny):
    for tittel in ("Konfliktråd", "Natteravn"):
        velg(plan=ny, fra=tiltaket(plan, tittel), valg=Valg.VIDEREFORES)
    utfor(ny)

    assert {t.tittel: t.merkelapp for t in ny.tiltak.selvstendige()} == {
        "Natteravn": "Vold 1",
        "Konfliktråd": "Vold 2",
    }


def test_what_comes_later_gets_the_next_number(plan, ny):
    utfort(ny, "Konfliktråd")

    assert utfort(ny, "Natteravn").til.merkelapp == "Vold 2"


def test_what_was_new_is_so_no_more_and_what_is_new_is(plan, ny):
    plan.tiltak.filter(tittel="Natteravn")
    gammelt = tiltaket(plan, "Konfliktråd")
    gammelt.nytt = True
    gammelt.save()

    viderefort = utfort(ny, "Konfliktråd").til
    nytt = PlasseringFactory(innsatsomrade=ny.innsatsomrader.first(), nummer=9).tiltak

    assert (viderefort.er_nytt, nytt.er_nytt) == (False, True)
    assert list(Tiltak.objects.nye_i(ny)) == [nytt]


def test_an_innsatsomrade_that_the_new_plan_lacks_comes_along(plan, ny):
    ny.innsatsomrader.get(navn="Rus").delete()

    assert utfort(ny, "Foreldremøter").til.merkelapp == "Rus 1"


def test_what_has_ended_or_is_not_public_is_not_asked_about(plan, ny):
    omrade = plan.innsatsomrader.first()
    PlasseringFactory(innsatsomrade=omrade, nummer=8, tiltak__status="avsluttet")
    PlasseringFactory(innsatsomrade=omrade, nummer=9, tiltak__publisert=False)

    assert [t.tittel for t in til_overs(ny)] == [
        "Natteravn",
        "Konfliktråd",
        "Foreldremøter",
    ]


# The other choices --------------------------------------------------------------------


def test_one_becomes_two(plan, ny):
    utfort(ny, "Natteravn", Valg.DELES, begrunnelse="Ulike målgrupper")

    rader = ny.overganger.filter(fra__tittel="Natteravn")
    assert [(r.til.tittel, r.begrunnelse) for r in rader] == [
        ("Natteravn (del 1)", "Ulike målgrupper"),
        ("Natteravn", "Ulike målgrupper"),
    ]
    assert len({r.til.slug for r in rader}) == 2
    assert [r.til.ansvar.count() for r in rader] == [1, 1]


def test_two_become_one(plan, ny):
    helsa = TjenesteFactory(kommune=plan.kommune, navn="Helsesykepleieren")
    for tjeneste in (helsa, plan.kommune.tjenester.get(navn="Politiet")):
        AnsvarFactory(tiltak=tiltaket(plan, "Konfliktråd"), tjeneste=tjeneste)
    velg(
        plan=ny,
        fra=tiltaket(plan, "Konfliktråd"),
        valg=Valg.SLAS_SAMMEN,
        sammen_med=tiltaket(plan, "Natteravn"),
    )

    ett = utfort(ny, "Natteravn").til

    assert ny.tiltak.selvstendige().get() == ett
    assert {o.fra.tittel for o in ett.overganger_til.all()} == {
        "Natteravn",
        "Konfliktråd",
    }
    assert [a.tjeneste.navn for a in ett.ansvar.all()] == [
        "Politiet",
        "Helsesykepleieren",
    ]


def _sammen(ny, *titler):
    """The tiltak that Natteravn and these become, done at once."""
    for tittel in titler:
        velg(
            plan=ny,
            fra=tiltaket(ny.bygger_pa, tittel),
            valg=Valg.SLAS_SAMMEN,
            sammen_med=tiltaket(ny.bygger_pa, "Natteravn"),
        )
    return utfort(ny, "Natteravn").til


def _med_egne(plan, tittel, *tjenester):
    tiltak = tiltaket(plan, tittel)
    for navn in tjenester:
        tjeneste = Tjeneste.objects.filter(kommune=plan.kommune, navn=navn).first()
        tjeneste = tjeneste or TjenesteFactory(kommune=plan.kommune, navn=navn)
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    Lenke.objects.create(
        tiltak=tiltak, tittel=tittel, adresse=f"https://example.org/{tiltak.pk}"
    )
    return tiltak


def _har(tiltak):
    return {
        *(a.tjeneste.navn for a in tiltak.ansvar.all()),
        *(lenke.tittel for lenke in tiltak.lenker.all()),
    }


def test_what_came_by_a_merge_goes_when_it_is_taken_back(plan, ny, koordinator):
    fra = _med_egne(plan, "Konfliktråd", "Politiet", "Helsesykepleieren")
    ett = _sammen(ny, "Konfliktråd")
    assert _har(ett) == {"Politiet", "Mer", "Helsesykepleieren", "Konfliktråd"}
    rad = ny.overganger.get(fra=fra)

    svar = koordinator.post(
        f"/lillestrom/2028-2032/overgang/{rad.pk}/ta-tilbake/", follow=True
    )

    assert _har(ett) == {"Politiet", "Mer"}
    assert "Det som fulgte med, er fjernet: Helsesykepleieren" in svar.text
    assert "står igjen" not in svar.text
    assert _har(fra) == {"Politiet", "Helsesykepleieren", "Konfliktråd"}
    assert list(til_overs(ny).exclude(overganger_fra__ny_plan=ny)) == [
        fra,
        tiltaket(plan, "Foreldremøter"),
    ]


def test_what_was_changed_since_stays_and_that_is_said(plan, ny, koordinator):
    fra = _med_egne(plan, "Konfliktråd", "Helsesykepleieren", "Skolen")
    ett = _sammen(ny, "Konfliktråd")
    ansvar = ett.ansvar.get(tjeneste__navn="Helsesykepleieren")
    ansvar.merknad = "den enkelte skole"
    ansvar.save()
    skolens = ett.ansvar.get(tjeneste__navn="Skolen")
    AnsvarKontaktpunkt.objects.create(
        ansvar=skolens, kontaktpunkt=KontaktpunktFactory(tjeneste=skolens.tjeneste)
    )
    rad = ny.overganger.get(fra=fra)

    svar = koordinator.post(
        f"/lillestrom/2028-2032/overgang/{rad.pk}/ta-tilbake/", follow=True
    )

    assert _har(ett) == {"Politiet", "Mer", "Helsesykepleieren", "Skolen"}
    assert "hører til flere: Helsesykepleieren (ansvarlig), Skolen" in svar.text


def test_what_was_only_moved_in_the_order_goes(plan, ny):
    fra = _med_egne(plan, "Konfliktråd", "Helsesykepleieren")
    ett = _sammen(ny, "Konfliktråd")
    forst = ett.ansvar.get(tjeneste__navn="Helsesykepleieren")
    forst.rekkefolge = 1
    with i_orden([forst]):
        forst.save()

    ta_tilbake(ny.overganger.get(fra=fra))

    assert _har(ett) == {"Politiet", "Mer"}


def test_what_another_merged_tiltak_has_too_stays(plan, ny):
    fra = _med_egne(plan, "Konfliktråd", "Helsesykepleieren")
    _med_egne(plan, "Foreldremøter", "Helsesykepleieren")
    ett = _sammen(ny, "Konfliktråd", "Foreldremøter")

    ta_tilbake(ny.overganger.get(fra=fra))

    assert _har(ett) == {"Politiet", "Mer", "Helsesykepleieren", "Foreldremøter"}


def test_what_came_by_hand_stays(plan, ny):
    fra = _med_egne(plan, "Konfliktråd", "Helsesykepleieren")
    ett = _sammen(ny, "Konfliktråd")
    AnsvarFactory(tiltak=ett, tjeneste__kommune=plan.kommune, tjeneste__navn="Kirken")

    ta_tilbake(ny.overganger.get(fra=fra))

    assert _har(ett) == {"Politiet", "Mer", "Kirken"}


def test_the_neighbour_takes_no_merge_back(plan, ny, nabo):
    fra = _med_egne(plan, "Konfliktråd", "Helsesykepleieren")
    ett = _sammen(ny, "Konfliktråd")
    rad = ny.overganger.get(fra=fra)

    svar = nabo.post(f"/lillestrom/2028-2032/overgang/{rad.pk}/ta-tilbake/")

    assert svar.status_code == 404
    assert _har(ett) == {"Politiet", "Mer", "Helsesykepleieren", "Konfliktråd"}


def test_none_is_merged_with_what_does_not_come_along(plan, ny):
    velg(
        plan=ny,
        fra=tiltaket(plan, "Konfliktråd"),
        valg=Valg.SLAS_SAMMEN,
        sammen_med=tiltaket(plan, "Natteravn"),
    )
    velg(plan=ny, fra=tiltaket(plan, "Foreldremøter"), valg=Valg.VIDEREFORES)

    with pytest.raises(ValidationError):
        utfor(ny)

    assert not ny.tiltak.exists()
    assert ny.overganger.ventende().count() == 2


@pytest.mark.parametrize("valg", [Valg.AVSLUTTES, Valg.OVERFORES])
def test_what_ends_becomes_nothing(valg, plan, ny):
    overgang = utfort(ny, "Natteravn", valg)

    assert (overgang.valg, overgang.til) == (valg, None)
    assert not ny.tiltak.exists()


# Left, resumed, taken back ------------------------------------------------------------


def test_it_can_be_left_and_resumed(plan, ny):
    velg(plan=ny, fra=tiltaket(plan, "Natteravn"), valg=Valg.VIDEREFORES)
    velg(plan=ny, fra=tiltaket(plan, "Natteravn"), valg=Valg.AVSLUTTES)
    velg(plan=ny, fra=tiltaket(plan, "Konfliktråd"), valg=Valg.ENDRES)
    velg(plan=ny, fra=tiltaket(plan, "Konfliktråd"), valg="")

    assert [(o.fra.tittel, o.valg) for o in ny.overganger.all()] == [
        ("Natteravn", Valg.AVSLUTTES)
    ]


def test_twice_is_once(plan, ny):
    velg(plan=ny, fra=tiltaket(plan, "Natteravn"), valg=Valg.VIDEREFORES)

    assert (utfor(ny), utfor(ny)) == (1, 0)
    assert ny.tiltak.selvstendige().count() == 1


def test_what_was_done_is_taken_back(plan, ny):
    for_ = {
        m: m._base_manager.count()
        for m in Tiltak._meta.apps.get_models()
        if m not in historikker()
    }
    overgang = utfort(ny, "Natteravn")

    ta_tilbake(overgang)

    # The session of nobody: all rows of before, and no more.
    assert {m: m._base_manager.count() for m in for_} == for_
    assert utfort(ny, "Natteravn").til.merkelapp == "Vold 1"


class StrommenGikkError(Exception):
    pass


def strom_gar(rader):
    raise StrommenGikkError


def test_it_is_all_or_nothing(plan, ny, monkeypatch):
    for tittel in ("Natteravn", "Konfliktråd"):
        velg(plan=ny, fra=tiltaket(plan, tittel), valg=Valg.VIDEREFORES)
    monkeypatch.setattr("tiltak.overgang.opprett_mange", strom_gar)

    with pytest.raises(StrommenGikkError):
        utfor(ny)

    assert not ny.tiltak.exists()
    assert ny.overganger.ventende().count() == 2


# Adopted ------------------------------------------------------------------------------


def test_the_new_plan_takes_the_place_of_the_old_one(plan, ny, client):
    utfort(ny, "Natteravn")
    vedta(ny)

    plan.refresh_from_db()
    assert (plan.status, ny.status) == (AVLOST, GJELDENDE)
    assert client.get("/lillestrom/")["Location"] == "/lillestrom/2028-2032/"
    gammel = Lest(client.get("/lillestrom/2024-2028/tiltak/vold/1/"))
    assert ("/lillestrom/2028-2032/tiltak/vold/1/", "Natteravn") in gammel.lenker
    assert "Videreført i planen for 2028–2032" in gammel.tekst


def test_it_is_not_adopted_with_something_left_to_do(plan, ny):
    velg(plan=ny, fra=tiltaket(plan, "Natteravn"), valg=Valg.VIDEREFORES)

    with pytest.raises(ValidationError):
        vedta(ny)

    assert Handlingsplan.objects.gjeldende().get() == plan


# As people do it ----------------------------------------------------------------------


def test_a_coordinator_makes_the_next_plan(plan, koordinator):
    side = koordinator.get("/lillestrom/2024-2028/ny-plan/")
    sendt = innsending(side)
    assert (sendt["fra_ar"], sendt["til_ar"]) == (2028, 2032)

    svar = koordinator.post("/lillestrom/2024-2028/ny-plan/", sendt)

    assert svar["Location"] == "/lillestrom/2028-2032/overgang/"
    adresse = svar["Location"]
    side = koordinator.get(adresse)
    navn = {t.tittel: f"t{t.pk}" for t in plan.tiltak.selvstendige()}
    sendt = innsending(side) | {
        f"{navn['Natteravn']}-valg": "viderefores",
        f"{navn['Konfliktråd']}-valg": "slas_sammen",
        f"{navn['Konfliktråd']}-sammen_med": "vold 1",
        f"{navn['Foreldremøter']}-valg": "avsluttes",
        f"{navn['Foreldremøter']}-begrunnelse": "Ingen kom",
        "handling": "utfor",
    }
    svar = koordinator.post(adresse, sendt, follow=True)

    assert "2 valg er utført." in svar.text
    assert "velger du «Registrer behandling»" in svar.text
    ny = Handlingsplan.objects.get(slug="2028-2032")
    assert [t.tittel for t in ny.tiltak.selvstendige()] == ["Natteravn"]
    assert {o.valg for o in ny.overganger.filter(fra__overordnet=None)} == {
        "viderefores",
        "slas_sammen",
        "avsluttes",
    }
    rad = ny.overganger.get(valg="viderefores", fra__overordnet=None)
    svar = koordinator.post(f"{adresse}{rad.pk}/ta-tilbake/", follow=True)
    assert "Det er tatt tilbake." in svar.text
    assert not ny.tiltak.exists()


def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_saved(
    plan, ny, koordinator
):
    adresse = "/lillestrom/2028-2032/overgang/"
    n = tiltaket(plan, "Natteravn").pk
    sendt = innsending(koordinator.get(adresse)) | {
        f"t{n}-valg": "slas_sammen",
        f"t{n}-sammen_med": "Vold 99",
        f"t{tiltaket(plan, 'Konfliktråd').pk}-valg": "viderefores",
    }

    svar = koordinator.post(adresse, sendt)

    assert svar.status_code == 422
    assert "Ingen tiltak i planen har dette nummeret." in svar.text
    assert 'value="Vold 99"' in svar.text
    assert not ny.overganger.exists()


def test_nobody_writes_over_the_choice_of_somebody_else(plan, ny, koordinator):
    adresse = "/lillestrom/2028-2032/overgang/"
    natteravn = tiltaket(plan, "Natteravn")
    sendt = innsending(koordinator.get(adresse)) | {f"t{natteravn.pk}-valg": "endres"}
    velg(plan=ny, fra=natteravn, valg=Valg.AVSLUTTES)

    svar = koordinator.post(adresse, sendt)

    assert svar.status_code == 422
    assert "Noen andre valgte noe her mens du skrev." in svar.text
    assert ny.overganger.get().valg == Valg.AVSLUTTES


def test_what_somebody_did_not_touch_stays_as_others_chose_it(plan, ny, koordinator):
    adresse = "/lillestrom/2028-2032/overgang/"
    sendt = innsending(koordinator.get(adresse))
    velg(plan=ny, fra=tiltaket(plan, "Natteravn"), valg=Valg.AVSLUTTES)

    assert koordinator.post(adresse, sendt).status_code == 302

    assert ny.overganger.get().valg == Valg.AVSLUTTES


@pytest.mark.parametrize("hvem", ["client", "nabo", "ansatt", "politirad"])
def test_nobody_else_does(hvem, plan, ny, kommune, request):
    overgang = utfort(ny, "Natteravn")
    if hvem in {"ansatt", "politirad"}:
        klient = innlogget(TilgangFactory(kommune=kommune, rolle=hvem).bruker)
    else:
        klient = request.getfixturevalue(hvem)
    nekt = 302 if hvem == "client" else 404

    for adresse in (
        "/lillestrom/2024-2028/ny-plan/",
        "/lillestrom/2028-2032/overgang/",
        f"/lillestrom/2028-2032/overgang/{overgang.pk}/ta-tilbake/",
    ):
        svar = klient.post(adresse, {"tittel": "x", "fra_ar": 2040, "til_ar": 2044})
        assert svar.status_code == nekt

    assert Overgang.objects.filter(pk=overgang.pk).exists()
    assert Handlingsplan.objects.count() == 2


def test_the_page_costs_the_same_with_one_and_three_tiltak(plan, ny, koordinator):
    adresse = "/lillestrom/2028-2032/overgang/"
    utfort(ny, "Natteravn")
    tre = sporringer(koordinator, adresse)
    for nummer in range(20, 26):
        PlasseringFactory(innsatsomrade=plan.innsatsomrader.first(), nummer=nummer)
    utfort(ny, "Konfliktråd")
    utfort(ny, "Foreldremøter")

    assert sporringer(koordinator, adresse) == tre


def test_what_falls_out_for_good_somebody_says_that_they_mean(plan, ny, koordinator):
    adresse = f"/lillestrom/{ny.slug}/registrer-behandling/"
    utfort(ny, "Natteravn")
    TiltakFactory(plan=plan, publisert=False)

    svar = koordinator.post(adresse, {})

    sporsmal = dict(svar.context["skjema"].sporsmal)
    assert "2 tiltak i den forrige planen er ikke valgt" in sporsmal["faller_ut"]
    assert "1 del av den forrige planen er aldri publisert" in sporsmal["upublisert"]
    assert set(sporsmal) == set(svar.context["skjema"].errors)


@pytest.mark.parametrize(
    ("arene", "felt", "melding"),
    [
        ((2030, 2029), "fra_ar", "Planen kan ikke slutte før den begynner."),
        ((2024, 2028), "til_ar", "Det finnes allerede en plan for denne perioden."),
    ],
)
def test_years_that_cannot_be_are_said_beside_their_field(
    arene, felt, melding, plan, koordinator
):
    adresse = "/lillestrom/2024-2028/ny-plan/"
    sendt = innsending(koordinator.get(adresse))
    sendt |= dict(zip(("fra_ar", "til_ar"), arene, strict=True)) | {"tittel": "Min"}

    svar = koordinator.post(adresse, sendt)

    assert svar.status_code == 422
    assert dict(svar.context["skjema"].errors) == {felt: [melding]}
    assert 'value="Min"' in svar.text
    assert Handlingsplan.objects.get() == plan


def test_all_that_is_not_chosen_is_continued_with_one_press(plan, ny, koordinator):
    adresse = f"{ny.get_absolute_url()}overgang/"
    velg(plan=ny, fra=tiltaket(plan, "Natteravn"), valg=Valg.AVSLUTTES)
    antall = plan.tiltak.filter(overordnet=None).count()

    svar = koordinator.post(adresse, {"handling": "resten"}, follow=True)

    assert f"{antall - 1} tiltak til skal videreføres." in svar.text
    valg = dict(ny.overganger.values_list("fra__tittel", "valg"))
    assert valg.pop("Natteravn") == Valg.AVSLUTTES
    assert set(valg.values()) == {Valg.VIDEREFORES}
    assert len(valg) == antall - 1
    assert "er ikke valgt ennå" not in svar.text


def test_to_take_one_back_keeps_what_is_written_of_the_others(plan, ny, koordinator):
    gjort = utfort(ny, "Natteravn")
    annet = tiltaket(plan, "Konfliktråd")
    adresse = f"{ny.get_absolute_url()}overgang/{gjort.pk}/ta-tilbake/"
    skrevet = {f"t{annet.pk}-valg": "endres", f"t{annet.pk}-begrunnelse": "Ny form"}

    koordinator.post(adresse, skrevet)

    assert not ny.overganger.filter(pk=gjort.pk).exists()
    rad = ny.overganger.get(fra=annet)
    assert (rad.valg, rad.begrunnelse) == ("endres", "Ny form")


def test_enter_saves_and_takes_nothing_back(plan, ny, koordinator):
    utfort(ny, "Natteravn")

    html = koordinator.get(f"{ny.get_absolute_url()}overgang/").text

    skjemaet = html[html.index('class="skjema bredt"') :]
    knapp = skjemaet[skjemaet.index("<button") :].split(">")[0]
    assert 'value="lagre"' in knapp
    assert "formaction" not in knapp


def test_the_year_after_follows_a_plan_for_one_year(plan, koordinator):
    ettarig = HandlingsplanFactory(
        kommune=plan.kommune,
        rekke=PlanrekkeFactory(kommune=plan.kommune, navn="År", hoved=False),
        fra_ar=2026,
        til_ar=2026,
        del_av=plan,
    )
    adresse = f"{ettarig.get_absolute_url()}ny-plan/"
    siden = koordinator.get(adresse).text
    assert re.findall(r'name="(?:fra|til)_ar" value="(\d+)"', siden) == ["2027", "2027"]

    sendt = {"tittel": "Aktivitetsplan", "fra_ar": 2027, "til_ar": 2027}
    assert koordinator.post(adresse, sendt).status_code == 302
    assert ettarig.avlost_av.get().del_av == plan


def test_what_is_chosen_is_summed_up_before_it_is_done(plan, ny, koordinator):
    adresse = f"{ny.get_absolute_url()}overgang/"
    assert "Valgt, og står ikke i utkastet" not in koordinator.get(adresse).text
    velg(plan=ny, fra=tiltaket(plan, "Natteravn"), valg=Valg.AVSLUTTES)
    for tittel in ("Konfliktråd", "Foreldremøter"):
        velg(plan=ny, fra=tiltaket(plan, tittel), valg=Valg.VIDEREFORES)

    siden = Lest(koordinator.get(adresse))

    assert "Valgt, og står ikke i utkastet: 2 videreføres, 1 avsluttes." in siden.tekst
    utfor(ny)
    tekst = Lest(koordinator.get(adresse)).tekst
    assert "Valgt, og står ikke i utkastet: 1 avsluttes." in tekst
