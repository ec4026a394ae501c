"""Evaluations: written by the coordinator, frozen when they are finished, read by all once
they are published."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluering.arbeidsflate import bidrag
from evaluering.ferdigstilling import apne_igjen, gjor_ferdig
from evaluering.models import (
    Evaluering,
    Milepal,
    Tiltaksindikator,
    Tiltaksvurdering,
)
from evaluering.vurdering.dokument import Evalueringsutgave
from evaluering.vurdering.forslag import fra_evalueringen
from evaluering.vurdering.tidslinje import linjer
from slt.felles.arbeidsflate import Hvem
from slt.grunn import pdflager
from slt.grunn.historikk import uten_vern
from slt.models import PUBLIKUM, Dokument
from tests.conftest import innlogget
from tests.factories import (
    DokumentFactory,
    EvalueringFactory,
    ForumFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    MalingFactory,
    MedvirkningFactory,
    MilepalFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    StatusrapportFactory,
    TilbudFactory,
    TilgangFactory,
    TiltakFactory,
    TiltaksvurderingFactory,
    ferdig_evaluering,
)
from tests.lest import Lest
from tiltak.overgang import FORSLAG

HEMMELIG = "Instruktøren er sykmeldt"
UTEN_RADER = {
    "milepaler-TOTAL_FORMS": "0",
    "milepaler-INITIAL_FORMS": "0",
}


@pytest.fixture
def evaluering(kommune):
    return EvalueringFactory(plan__kommune=kommune)


@pytest.fixture
def sted(evaluering):
    return PlasseringFactory(innsatsomrade__plan=evaluering.plan, nummer=1)


@pytest.fixture
def andre(sted):
    return PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=2)


def til(navn, *args):
    return reverse(f"evaluering:{navn}", args=["lillestrom", *args])


def feltene(svar):
    """{field: what the form shows in it}."""
    hoved = svar.context["skjema"].hoved
    return {navn: hoved[navn].value() for navn in hoved.fields}


def sendt(svar, **felter):
    """What a browser sends of the form that it was shown."""
    vist = {navn: "" if v is None else v for navn, v in feltene(svar).items()}
    return vist | felter


# A new one ----------------------------------------------------------------------------


def test_a_new_one_is_of_what_is_chosen(evaluering, koordinator):
    plan = evaluering.plan
    adresse = f"{til('evaluering_ny')}?gjelder=slutt-{plan.pk}"

    svar = koordinator.post(adresse, sendt(koordinator.get(adresse), tittel="Slutten"))

    ny = Evaluering.objects.get(tittel="Slutten")
    assert svar.url == til("evaluering_arbeid", ny.pk)
    assert (ny.slag, ny.plan, ny.kommune) == ("slutt", plan, plan.kommune)
    assert (ny.fra_dato, ny.til_dato) == (date(2024, 1, 1), date(2028, 12, 31))


def test_it_may_be_of_a_tiltak_or_a_forum(kommune, koordinator):
    tiltak, forum = TilbudFactory(kommune=kommune), ForumFactory(kommune=kommune)
    for gjelder in (f"tiltak-{tiltak.pk}", f"forum-{forum.pk}"):
        adresse = f"{til('evaluering_ny')}?gjelder={gjelder}"
        koordinator.post(adresse, sendt(koordinator.get(adresse)))

    alle = Evaluering.objects.order_by("pk")
    assert [rad.gjelder for rad in alle] == [tiltak, forum]


@pytest.mark.parametrize("gjelder", ["", "midtveis-0", "tull", "tiltak-x"])
def test_what_is_not_on_the_list_is_refused(gjelder, evaluering, koordinator):
    svar = koordinator.get(til("evaluering_ny"), {"gjelder": gjelder})

    assert svar.status_code == 422
    assert "Velg" in svar.context["skjema"].errors["gjelder"][0]


def test_neither_a_draft_nor_what_is_of_another_kommune_can_be_chosen(
    kommune, koordinator
):
    utkast = HandlingsplanFactory(kommune=kommune, status="utkast")
    annens = TiltakFactory()
    for gjelder in (f"midtveis-{utkast.pk}", f"tiltak-{annens.pk}"):
        svar = koordinator.get(til("evaluering_ny"), {"gjelder": gjelder})
        assert (gjelder, svar.status_code) == (gjelder, 422)


def test_what_can_be_evaluated_stands_in_groups_the_kind_first(kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune)
    TilbudFactory(kommune=kommune, tittel="Natteravner")
    ForumFactory(kommune=kommune, navn="Områdemøtet")

    side = koordinator.get(til("evaluering_ny")).text

    navnet = f"{plan.rekke} {plan.periode}"
    funnet = re.findall(r'<optgroup label="(\w+)">|<option[^>]*>([^<]+)', side)
    assert [gruppe or valg for gruppe, valg in funnet] == [
        "Velg",
        "Planer",
        f"Midtveis: {navnet}",
        f"Ved slutten: {navnet}",
        "Tiltak",
        "Natteravner",
        "Fora",
        "Områdemøtet",
    ]


def test_a_period_that_ends_before_it_begins_is_refused(evaluering, koordinator):
    adresse = til("evaluering_endre", evaluering.pk)
    data = sendt(koordinator.get(adresse), fra_dato="1.1.2026", til_dato="1.1.2025")

    svar = koordinator.post(adresse, data | UTEN_RADER)

    assert svar.status_code == 422
    assert "Den siste dagen er før den første." in svar.text
    evaluering.refresh_from_db()
    assert evaluering.til_dato == date(2026, 6, 30)


# Writing ------------------------------------------------------------------------------


def test_a_tiltak_begins_with_what_was_said_of_it(evaluering, sted, koordinator):
    StatusrapportFactory(
        tiltak=sted.tiltak,
        dato=date(2025, 4, 1),
        gjort="Åtte temakvelder",
        anbefaling="viderefore",
        antall=3,
        antall_av="elever",
    )

    svar = koordinator.get(til("evaluering_tiltak", evaluering.pk, sted.tiltak_id))

    vist = feltene(svar)
    assert vist["gjennomforing"] == "Våren 2025: som planlagt. Åtte temakvelder."
    assert (vist["tilstand"], vist["videre"]) == ("som_planlagt", "viderefores")
    assert "færre enn 5 elever" in svar.text
    assert not Tiltaksvurdering.objects.exists()


def test_saving_one_leads_to_the_next_and_leaves_the_others(
    evaluering, sted, andre, koordinator
):
    TiltaksvurderingFactory(evaluering=evaluering, tiltak=andre.tiltak, nadde="Alle")
    adresse = til("evaluering_tiltak", evaluering.pk, sted.tiltak_id)

    svar = koordinator.post(
        adresse, sendt(koordinator.get(adresse), videre="endres", nadde="Mange")
    )

    assert svar.url == til("evaluering_tiltak", evaluering.pk, andre.tiltak_id)
    rader = evaluering.vurderinger.order_by("tiltak").values_list("videre", "nadde")
    assert list(rader) == [("endres", "Mange"), ("", "Alle")]


def test_what_is_saved_without_what_becomes_of_it_is_not_assessed(
    evaluering, sted, andre, koordinator
):
    adresse = til("evaluering_tiltak", evaluering.pk, sted.tiltak_id)

    svar = koordinator.post(adresse, sendt(koordinator.get(adresse)), follow=True)

    assert (
        f"Det som står om «{sted.tiltak}», er lagret. Tiltaket regnes som vurdert når du "
        "også har valgt hva som skjer videre."
    ) in Lest(svar).alt
    assert not evaluering.vurderinger.get().er_vurdert


def test_the_list_says_what_there_is_to_assess_by_and_what_is_assessed(
    evaluering, sted, andre, koordinator, kommune
):
    steder = [
        sted,
        andre,
        PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=3),
    ]
    for dato in (date(2025, 4, 1), date(2025, 10, 1), date(2023, 4, 1)):
        StatusrapportFactory(tiltak=sted.tiltak, dato=dato)
    indikator = IndikatorFactory(kommune=kommune, publisert=True)
    MalingFactory(indikator=indikator, arstall=2025)
    Tiltaksindikator.objects.create(indikator=indikator, tiltak=sted.tiltak)
    skrevet = {"evaluering": evaluering}
    TiltaksvurderingFactory(tiltak=sted.tiltak, videre="endres", **skrevet)
    TiltaksvurderingFactory(tiltak=andre.tiltak, nadde="Mange", **skrevet)

    svar = koordinator.get(til("evaluering_arbeid", evaluering.pk))

    [(_omrade, rader)] = svar.context["omrader"]
    assert [(rad.tiltak, grunnlag) for rad, grunnlag in rader] == [
        (sted.tiltak, "2 meldinger, egne tall"),
        (andre.tiltak, "verken meldinger eller egne tall"),
        (steder[2].tiltak, "verken meldinger eller egne tall"),
    ]
    merker = [
        "vurdert: videreføres og endres",
        "begynt, mangler hva som skjer videre",
        "ikke vurdert",
    ]
    _over, radene = Lest(svar).tekst.split(str(sted.tiltak), 1)
    assert re.findall("|".join(merker), radene) == merker


def test_of_one_tiltak_nobody_is_asked_of_the_whole(kommune, koordinator):
    tiltak = TilbudFactory(kommune=kommune)
    av_ett = EvalueringFactory(kommune=kommune, slag="tiltak", plan=None, tiltak=tiltak)

    side = koordinator.get(til("evaluering_arbeid", av_ett.pk)).text

    assert "Svar på spørsmålene" in side
    assert "helheten</a>" not in side


def test_the_last_one_leads_to_how_far_it_has_come(evaluering, sted, koordinator):
    adresse = til("evaluering_tiltak", evaluering.pk, sted.tiltak_id)

    svar = koordinator.post(
        adresse, sendt(koordinator.get(adresse), videre="endres"), follow=True
    )

    assert svar.redirect_chain[-1][0] == til("evaluering_arbeid", evaluering.pk)
    assert "1 av 1 tiltak er vurdert." in svar.text


def test_what_came_since_comes_in_only_where_nobody_wrote(
    evaluering, sted, koordinator
):
    adresse = til("evaluering_tiltak", evaluering.pk, sted.tiltak_id)
    for_ = koordinator.get(adresse)
    koordinator.post(adresse, sendt(for_, nadde="Mine ord"))
    StatusrapportFactory(
        tiltak=sted.tiltak, dato=date(2025, 4, 1), gjort="Turer", antall=50
    )

    uten, med = koordinator.get(adresse), koordinator.get(f"{adresse}?hent=1")

    assert feltene(for_)["gjennomforing"] == ""
    assert "Det vi vet: Ingen har meldt noe om tiltaket i perioden." in for_.text
    assert feltene(uten)["gjennomforing"] == ""
    assert "Ingen har meldt noe om tiltaket i perioden" not in med.text
    assert feltene(med)["gjennomforing"] == "Våren 2025: som planlagt. Turer."
    assert feltene(med)["nadde"] == "Mine ord"
    assert evaluering.vurderinger.get().gjennomforing == ""


def test_what_was_fetched_is_saved_and_may_be_fetched_again(
    evaluering, sted, koordinator
):
    adresse = til("evaluering_tiltak", evaluering.pk, sted.tiltak_id)
    koordinator.post(adresse, sendt(koordinator.get(adresse)))
    for maned, gjort in ((4, "Turer"), (10, "Kvelder")):
        StatusrapportFactory(tiltak=sted.tiltak, dato=date(2025, maned, 1), gjort=gjort)
        hentet = f"{adresse}?hent=1"
        koordinator.post(hentet, sendt(koordinator.get(hentet)))

    assert evaluering.vurderinger.get().gjennomforing == (
        "Våren 2025: som planlagt. Turer.\nHøsten 2025: som planlagt. Kvelder."
    )


def test_the_reason_is_of_the_tiltak_and_not_of_the_change(
    evaluering, sted, koordinator
):
    adresse = til("evaluering_tiltak", evaluering.pk, sted.tiltak_id)

    koordinator.post(
        adresse,
        sendt(koordinator.get(adresse), videre="avsluttes", begrunnelse="Få kom"),
    )

    vurdering = evaluering.vurderinger.get()
    assert vurdering.begrunnelse == "Få kom"
    assert vurdering.historikk.get().history_change_reason == ""


def test_an_identity_number_is_refused_and_what_was_typed_is_kept(
    evaluering, sted, koordinator
):
    adresse = til("evaluering_tiltak", evaluering.pk, sted.tiltak_id)

    svar = koordinator.post(
        adresse, sendt(koordinator.get(adresse), nadde="Eleven 01010750160 kom")
    )

    assert svar.status_code == 422
    assert "01010750160" in svar.text
    assert not evaluering.vurderinger.exists()


def test_two_who_write_of_the_same_tiltak_do_not_write_over_each_other(
    evaluering, sted, koordinator
):
    adresse = til("evaluering_tiltak", evaluering.pk, sted.tiltak_id)
    forst, sa = (koordinator.get(adresse) for _hvem in range(2))
    koordinator.post(adresse, sendt(forst, nadde="Den første"))

    svar = koordinator.post(adresse, sendt(sa, nadde="Den andre"))

    assert svar.status_code == 422
    assert evaluering.vurderinger.get().nadde == "Den første"


def test_the_whole_begins_with_how_many_spoke(evaluering, sted, koordinator):
    svar = koordinator.get(til("evaluering_endre", evaluering.pk))

    ingen = "Ingen har meldt noe om tiltakene i perioden."
    assert f"Det vi vet: {ingen}" in svar.text
    assert feltene(svar)["gjennomforing"] == ""
    StatusrapportFactory(tiltak=sted.tiltak, dato=date(2025, 4, 1))
    svar = koordinator.get(til("evaluering_endre", evaluering.pk))
    assert ingen not in svar.text
    assert "Det er meldt om 1 av 1 tiltak" in feltene(svar)["gjennomforing"]


def test_milestones_are_rows_of_it(evaluering, koordinator):
    adresse = til("evaluering_endre", evaluering.pk)
    rad = {
        "milepaler-TOTAL_FORMS": "1",
        "milepaler-INITIAL_FORMS": "0",
        "milepaler-0-hva": "Ti skoler",
        "milepaler-0-frist": "2025-06-01",
        "milepaler-0-ORDER": "1",
    }

    svar = koordinator.post(adresse, sendt(koordinator.get(adresse)) | rad)

    assert svar.status_code == 302
    assert [(m.hva, m.frist) for m in evaluering.milepaler.all()] == [
        ("Ti skoler", date(2025, 6, 1))
    ]


def test_a_tiltak_of_another_plan_is_not_there(evaluering, koordinator):
    annet = PlasseringFactory(
        innsatsomrade__plan__kommune=evaluering.kommune,
        innsatsomrade__plan__status="avlost",
        innsatsomrade__plan__fra_ar=2019,
        innsatsomrade__plan__til_ar=2023,
    )

    svar = koordinator.get(til("evaluering_tiltak", evaluering.pk, annet.tiltak_id))

    assert svar.status_code == 404


# Finishing ----------------------------------------------------------------------------


@pytest.fixture
def tegnet(monkeypatch):
    """Documents are there at once, with bytes of their own."""
    filer = {}

    def hent(navn, lag_oppdrag, *, vent, ko):
        filer.setdefault(navn, f"%PDF-{navn}".encode())
        return filer[navn]

    monkeypatch.setattr(pdflager, "hent", hent)
    monkeypatch.setattr(pdflager, "lagret", filer.get)
    return filer


def _ferdig(klient, evaluering):
    adresse = til("evaluering_ferdig", evaluering.pk)
    dokumentet = klient.get(adresse).context["dokumentet"]
    return klient.post(adresse, {"dokumentet": dokumentet})


def test_the_document_that_was_shown_is_frozen(evaluering, sted, koordinator, tegnet):
    _ferdig(koordinator, evaluering)

    evaluering.refresh_from_db()
    dokument = evaluering.dokument
    assert evaluering.er_ferdig
    assert dokument.slag == Dokument.Slag.EVALUERING
    assert bytes(dokument.innhold) in tegnet.values()
    pdf = koordinator.get(til("evaluering_pdf", evaluering.pk))
    assert pdf.content == bytes(dokument.innhold)


def test_it_says_what_is_unanswered_and_is_finished_all_the_same(
    evaluering, sted, koordinator, tegnet
):
    svar = koordinator.get(til("evaluering_ferdig", evaluering.pk))

    assert "Ikke besvart: hvem ble nådd?" in svar.text
    assert "1 av 1 tiltak er ikke vurdert." in svar.text
    assert "Hvem som ble spurt, er ikke ført opp." in svar.text
    assert _ferdig(koordinator, evaluering).status_code == 302


@pytest.mark.parametrize(
    ("tilstand", "status", "sies"),
    [
        ("star_stille", "i_drift", True),
        ("star_stille", "innforing", True),
        ("star_stille", "planlagt", False),
        ("avsluttet", "i_drift", True),
        ("avsluttet", "planlagt", True),
        ("avsluttet", "overfort", False),
        ("annerledes", "i_drift", False),
    ],
)
def test_it_tells_of_a_status_that_says_another_thing(
    tilstand, status, sies, evaluering, sted, koordinator, tegnet
):
    tiltak = sted.tiltak
    tiltak.status = status
    tiltak.save()
    TiltaksvurderingFactory(
        evaluering=evaluering, tiltak=tiltak, tilstand=tilstand, videre="endres"
    )
    endre = reverse("tiltak:tiltak_endre", args=["lillestrom", tiltak.pk])
    adresser = [
        til(f"evaluering_{side}", evaluering.pk) for side in ("ferdig", "arbeid")
    ]

    ved_slutten = Lest(koordinator.get(adresser[0])).adresser(endre)
    for_ = Lest(koordinator.get(adresser[1])).adresser(endre)
    _ferdig(koordinator, evaluering)
    etterpa = Lest(koordinator.get(adresser[1])).adresser(endre)

    lenken = [f"{endre}#id_status"] * sies
    assert (ved_slutten, for_, etterpa) == (lenken, [], lenken)


def test_what_is_not_assessed_says_nothing_of_a_status(
    evaluering, sted, koordinator, tegnet
):
    TiltaksvurderingFactory(
        evaluering=evaluering, tiltak=sted.tiltak, tilstand="avsluttet"
    )

    side = Lest(koordinator.get(til("evaluering_ferdig", evaluering.pk)))

    assert "sier noe annet" not in side.tekst


def test_it_says_whom_nobody_is_said_to_have_asked(evaluering, koordinator):
    for gruppe in ("barn_og_unge", "politi"):
        MedvirkningFactory(kilde=None, evaluering=evaluering, gruppe=gruppe)

    tekst = Lest(koordinator.get(til("evaluering_arbeid", evaluering.pk))).tekst

    assert "Hvem som ble spurt, er ikke ført opp." not in tekst
    mangler = "foreldre, tjenester, fylkeskommune, frivillige"
    assert f"Ikke ført opp som spurt: {mangler}" in tekst


def test_what_was_changed_meanwhile_is_not_frozen(
    evaluering, sted, koordinator, tegnet
):
    adresse = til("evaluering_ferdig", evaluering.pk)
    dokumentet = koordinator.get(adresse).context["dokumentet"]
    TiltaksvurderingFactory(evaluering=evaluering, tiltak=sted.tiltak)

    svar = koordinator.post(adresse, {"dokumentet": dokumentet}, follow=True)

    assert "Ingenting er lagret." in svar.text
    assert not Evaluering.objects.ferdige().exists()
    assert not Dokument.objects.exists()


def test_nothing_of_a_finished_one_changes(kommune, sted):
    ferdig = ferdig_evaluering(sted.innsatsomrade.plan, tiltak=sted.tiltak)
    vurdering, milepal = ferdig.vurderinger.get(), ferdig.milepaler.get()
    ferdig.tittel, vurdering.nadde, milepal.hva = ["Noe annet"] * 3

    for rad in (ferdig, vurdering, milepal):
        with pytest.raises(ValidationError, match="Åpne den igjen"):
            rad.save()
        with pytest.raises(ValidationError, match="Åpne den igjen"):
            rad.delete()
    with pytest.raises(ValidationError, match="Åpne den igjen"):
        Milepal(evaluering=ferdig, hva="En til").save()


def test_its_forms_say_so_too(kommune, sted, koordinator):
    ferdig = ferdig_evaluering(sted.innsatsomrade.plan, publisert=False)
    adresse = til("evaluering_tiltak", ferdig.pk, sted.tiltak_id)

    svar = koordinator.post(adresse, {"videre": "endres"})

    assert svar.status_code == 422
    assert "Evalueringen er ferdig. Åpne den igjen" in svar.text
    assert not ferdig.vurderinger.exists()


def test_it_is_opened_again_with_a_reason(sted, koordinator):
    ferdig = ferdig_evaluering(sted.innsatsomrade.plan)
    dokument, adresse = ferdig.dokument, til("evaluering_apne", ferdig.pk)

    uten = koordinator.post(adresse, {"hvorfor": ""})
    koordinator.post(adresse, {"hvorfor": "Et tall var feil"})

    ferdig.refresh_from_db()
    assert uten.status_code == 422
    assert (ferdig.ferdig, ferdig.dokument, ferdig.publisert) == (None, None, False)
    assert ferdig.historikk.first().history_change_reason == "Et tall var feil"
    assert Dokument.objects.filter(pk=dokument.pk).exists()


def test_neither_is_done_twice(sted):
    plan = sted.innsatsomrade.plan
    ferdig, apen = ferdig_evaluering(plan), EvalueringFactory(plan=plan)

    with pytest.raises(ValidationError, match="ferdig allerede"):
        gjor_ferdig(ferdig, Evalueringsutgave(ferdig), b"%PDF", slag="evaluering")
    with pytest.raises(ValidationError, match="åpen allerede"):
        apne_igjen(apen, "Fordi")


def test_one_that_is_not_finished_is_not_published(evaluering, koordinator):
    koordinator.post(til("evaluering_publiser", evaluering.pk), {"publisert": "ja"})

    evaluering.refresh_from_db()
    assert not evaluering.publisert


def test_one_that_is_not_finished_is_removed_with_all_of_it(
    evaluering, sted, koordinator
):
    TiltaksvurderingFactory(evaluering=evaluering, tiltak=sted.tiltak)
    MilepalFactory(evaluering=evaluering)

    koordinator.post(til("evaluering_slett", evaluering.pk))

    igjen = (Evaluering, Tiltaksvurdering, Milepal)
    assert [modell.objects.count() for modell in igjen] == [0, 0, 0]


# Reading ------------------------------------------------------------------------------


def _som(kommune, rolle):
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def test_who_reads_it_depends_on_how_far_it_is(kommune, sted, koordinator, nabo):
    plan = sted.innsatsomrade.plan
    under_arbeid = plan.evalueringer.get()
    ferdig = ferdig_evaluering(plan, publisert=False)
    publisert = ferdig_evaluering(plan)
    klienter = [
        Client(),
        nabo,
        _som(kommune, "ansatt"),
        _som(kommune, "politirad"),
        koordinator,
    ]

    svarene = [
        [
            klient.get(rad.get_absolute_url()).status_code
            for rad in (under_arbeid, ferdig, publisert)
        ]
        for klient in klienter
    ]

    assert svarene == [
        [404, 404, 200],
        [404, 404, 200],
        [404, 404, 200],
        [404, 200, 200],
        [200, 200, 200],
    ]


def test_publishing_opens_it_to_all_and_takes_it_back(sted, koordinator, client):
    ferdig = ferdig_evaluering(sted.innsatsomrade.plan, publisert=False)
    adresse, side = til("evaluering_publiser", ferdig.pk), ferdig.get_absolute_url()
    svarene = [client.get(side).status_code]
    for svar in ("ja", "nei"):
        koordinator.post(adresse, {"publisert": svar})
        svarene.append(client.get(side).status_code)

    assert svarene == [404, 200, 404]


def test_the_notes_behind_it_are_on_no_page_of_it(kommune, sted, andre, client):
    plan = sted.innsatsomrade.plan
    StatusrapportFactory(
        tiltak=sted.tiltak, dato=date(2025, 4, 1), gjort=HEMMELIG, antall=3
    )
    TiltaksvurderingFactory(
        evaluering=plan.evalueringer.get(), tiltak=andre.tiltak, nadde="Mange"
    )
    ferdig = ferdig_evaluering(plan, tiltak=sted.tiltak)
    sider = [
        client.get(ferdig.get_absolute_url()).text,
        Evalueringsutgave(ferdig).html(),
    ]

    assert [HEMMELIG in side for side in sider] == [False, False]
    assert [str(sted.tiltak) in side for side in sider] == [True, True]


def test_what_nobody_assessed_is_not_quoted(kommune, sted, client):
    """Words without a choice are not done: they stand in no document."""
    plan = sted.innsatsomrade.plan
    under_arbeid = plan.evalueringer.get()
    TiltaksvurderingFactory(evaluering=under_arbeid, tiltak=sted.tiltak, nadde=HEMMELIG)

    assert HEMMELIG not in Evalueringsutgave(under_arbeid).html()


def test_what_few_said_is_not_told_outside(kommune, sted, client, koordinator):
    plan = sted.innsatsomrade.plan
    evaluering = EvalueringFactory(plan=plan)
    for navn, antall in (("Elever", 40), ("Foreldre", 3)):
        MedvirkningFactory(
            kilde=None,
            evaluering=evaluering,
            navn=navn,
            antall=antall,
            sagt=f"{navn} sa sitt",
        )
    evaluering.ferdig, evaluering.publisert = timezone.now(), True
    evaluering.dokument = ferdig_evaluering(plan).dokument
    evaluering.save()
    side = evaluering.get_absolute_url()

    ute, inne = client.get(side).text, koordinator.get(side).text

    assert "Elever sa sitt" in ute
    assert "Foreldre sa sitt" not in ute
    assert "Foreldre sa sitt" in inne
    assert "Foreldre sa sitt" not in Evalueringsutgave(evaluering).html()
    assert "Ikke ført opp som spurt" in inne
    assert "Ikke ført opp som spurt" not in ute


def test_the_list_shows_each_what_they_may_read(kommune, sted, client, koordinator):
    plan = sted.innsatsomrade.plan
    ferdig_evaluering(plan, tittel="For alle")
    ferdig_evaluering(plan, tittel="For noen", publisert=False)
    side = til("evaluering_list")

    titler = [
        [str(rad) for rad in klient.get(side).context["evalueringer"]]
        for klient in (Client(), _som(kommune, "politirad"), koordinator)
    ]

    assert titler == [
        ["For alle"],
        ["For noen", "For alle"],
        ["For noen", "For alle", "Midtveisevaluering"],
    ]


@pytest.mark.parametrize("navn", ["evaluering_detail", "evaluering_arbeid"])
def test_many_tiltak_cost_no_more_queries(navn, evaluering, sted, koordinator):
    def antall():
        with CaptureQueriesContext(connection) as sporringer:
            koordinator.get(til(navn, evaluering.pk))
        return len(sporringer)

    vurder = {"evaluering": evaluering, "videre": "endres"}
    TiltaksvurderingFactory(tiltak=sted.tiltak, **vurder)
    antall()
    med_en = antall_na = None
    evaluering.save()
    koordinator.get("/lillestrom/")
    for runde in range(2):
        evaluering.tittel = f"Runde {runde}"
        evaluering.save()
        antall_na, med_en = antall(), antall_na
        for nummer in range(3):
            annet = PlasseringFactory(
                innsatsomrade=sted.innsatsomrade, nummer=10 * runde + nummer + 5
            )
            TiltaksvurderingFactory(tiltak=annet.tiltak, **vurder)

    assert antall_na == med_en


def test_many_evaluations_cost_no_more_queries(evaluering, koordinator):
    def antall():
        with CaptureQueriesContext(connection) as sporringer:
            svar = koordinator.get(til("evalueringene"))
        return len(sporringer), len(svar.context["evalueringer"])

    for_ = antall()
    for _nr in range(2):
        EvalueringFactory(plan=evaluering.plan)

    assert (for_[0], antall()) == (for_[0], (for_[0], for_[1] + 2))


# Where it is found --------------------------------------------------------------------


def test_the_next_plan_is_proposed_what_the_latest_finished_one_says(kommune, sted):
    plan = sted.innsatsomrade.plan
    ny = HandlingsplanFactory(
        kommune=kommune, status="utkast", fra_ar=2029, til_ar=2032, bygger_pa=plan
    )
    under_arbeid = plan.evalueringer.get()
    TiltaksvurderingFactory(
        evaluering=under_arbeid, tiltak=sted.tiltak, videre="avsluttes"
    )
    uten = fra_evalueringen(ny)
    ferdig = ferdig_evaluering(plan, tiltak=sted.tiltak)

    [(pk, forslag)] = fra_evalueringen(ny).items()

    assert uten == {}
    assert (pk, forslag.valg) == (sted.tiltak_id, "viderefores")
    assert forslag.adresse == ferdig.get_absolute_url()
    assert FORSLAG[0] is fra_evalueringen


@pytest.mark.parametrize("publisert", [True, False])
def test_why_is_proposed_only_where_all_can_read_it_already(sted, publisert):
    plan = sted.innsatsomrade.plan
    evaluering = EvalueringFactory(plan=plan)
    TiltaksvurderingFactory(
        evaluering=evaluering, tiltak=sted.tiltak, videre="endres", begrunnelse="Få kom"
    )
    evaluering.ferdig, evaluering.publisert = timezone.now(), publisert
    evaluering.dokument = DokumentFactory(kommune=plan.kommune, slag="evaluering")
    evaluering.save()
    ny = HandlingsplanFactory(
        kommune=plan.kommune, bygger_pa=plan, status="utkast", fra_ar=2028, til_ar=2032
    )

    [forslag] = fra_evalueringen(ny).values()

    ventet = ("Få kom", "") if publisert else ("", "Få kom")
    assert (forslag.begrunnelse, forslag.internt) == ventet


def test_a_plan_that_builds_on_none_is_proposed_nothing(sted):
    ferdig_evaluering(sted.innsatsomrade.plan, tiltak=sted.tiltak)

    assert fra_evalueringen(sted.innsatsomrade.plan) == {}


def test_a_published_one_is_in_the_timeline_of_what_it_speaks_of(sted, andre):
    plan = sted.innsatsomrade.plan
    ferdig_evaluering(plan, tiltak=sted.tiltak, publisert=False)
    ferdig_evaluering(plan, tiltak=sted.tiltak, tittel="Midtveis 2026")

    assert [linje.tekst for linje in linjer(sted.tiltak, PUBLIKUM)] == [
        "Evaluert: Midtveis 2026."
    ]
    assert linjer(andre.tiltak, PUBLIKUM) == []


def _venter(kommune):
    hvem = Hvem(TilgangFactory(kommune=kommune).bruker, kommune, True, False)
    return bidrag(hvem).venter


def _pamint(kommune):
    return [linje.tekst for linje in _venter(kommune)]


def test_the_start_page_says_how_far_it_has_come(evaluering, sted, andre):
    TiltaksvurderingFactory(evaluering=evaluering, tiltak=sted.tiltak, videre="endres")

    assert _pamint(evaluering.kommune) == [
        "«Midtveisevaluering» er under arbeid: 1 av 2 vurdert"
    ]


def test_it_reminds_of_what_is_to_be_evaluated(kommune):
    i_ar = timezone.localdate().year
    plan = HandlingsplanFactory(
        kommune=kommune, fra_ar=i_ar - 2, til_ar=i_ar + 1, tittel="Planen"
    )
    HandlingsplanFactory(
        kommune=kommune,
        rekke=PlanrekkeFactory(kommune=kommune, navn="En annen", hoved=False),
        fra_ar=i_ar,
        til_ar=i_ar + 2,
        tittel="En fersk plan",
    )
    TiltakFactory(plan=plan, tittel="Pilot", evalueres_dato=timezone.localdate())

    assert _pamint(kommune) == [
        "«Planen» skal evalueres, og ingen har begynt",
        "«Pilot» skal evalueres, og ingen har begynt",
    ]


@pytest.mark.parametrize(
    ("ar_igjen", "slag", "minnes_om"),
    [
        (1, None, "midtveis"),
        (1, "midtveis", None),
        (1, "slutt", None),
        (0, None, "slutt"),
        (0, "midtveis", "slutt"),
        (0, "slutt", None),
        (-1, "midtveis", "slutt"),
    ],
)
def test_it_reminds_of_the_end_whatever_was_said_midway(
    ar_igjen, slag, minnes_om, kommune
):
    i_ar = timezone.localdate().year
    plan = HandlingsplanFactory(
        kommune=kommune, fra_ar=i_ar - 3, til_ar=i_ar + ar_igjen
    )
    if slag:
        ferdig_evaluering(plan, slag=slag)

    lenker = [linje.adresse for linje in _venter(kommune)]

    ny = til("evaluering_ny")
    assert lenker == ([f"{ny}?gjelder={minnes_om}-{plan.pk}"] if minnes_om else [])


def test_strangers_are_led_there_where_something_is_published(kommune, client):
    ferdig = ferdig_evaluering(HandlingsplanFactory(kommune=kommune), publisert=False)
    menyen, kunnskapen = kommune.get_absolute_url(), til("kunnskap")
    for_ = [client.get(side, follow=True).text for side in (menyen, kunnskapen)]
    ferdig.publisert = True
    ferdig.save()

    na = [client.get(side, follow=True).text for side in (menyen, kunnskapen)]
    lenker = [kunnskapen, til("evaluering_list")]
    assert [
        [f'href="{lenke}"' in tekst for lenke, tekst in zip(lenker, sider, strict=True)]
        for sider in (for_, na)
    ] == [[False, False], [True, True]]


def test_a_plan_that_is_a_draft_again_is_not_told_of(kommune, client):
    plan = HandlingsplanFactory(kommune=kommune)
    ferdig = ferdig_evaluering(plan)
    for_ = client.get(ferdig.get_absolute_url()).status_code
    plan.status = "utkast"
    with uten_vern():
        plan.save()

    assert (for_, client.get(ferdig.get_absolute_url()).status_code) == (200, 404)


def test_the_search_finds_it(kommune, sted, client):
    ferdig_evaluering(sted.innsatsomrade.plan, tittel="Midtveis om skulk")
    ferdig_evaluering(sted.innsatsomrade.plan, tittel="Skulk", publisert=False)

    svar = client.get("/lillestrom/sok/", {"q": "skulk"})

    grupper = svar.context["grupper"]
    assert [t.ting.tittel for _gruppe, rader in grupper for t in rader] == [
        "Midtveis om skulk"
    ]
