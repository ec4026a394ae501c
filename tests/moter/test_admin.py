"""What a coordinator does with fora and school holidays in the admin, and what is refused
there."""

import re
from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.utils import timezone

from moter.models import (
    Forum,
    Forumsmedlem,
    Mote,
    Motefri,
    Moteserie,
    Sendevei,
)
from slt.models import Bruker, Kommune
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    KommuneFactory,
    LokalomradeFactory,
    MoteFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.slt.test_admin import (
    alt,
    endre,
    feil,
    legg_til,
    ny_rad,
    side,
    skjema,
    sporringer,
    tilbud,
)

UGYLDIG = ["Velg et gyldig valg. Valget er ikke av de tilgjengelige valgene."]
NYTT = {"navn": "Nytt", "type": "arbeidsgruppe", "niva": "utforende"}


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Arbeidsgruppa")


def send(client, forum, gruppe, **verdier):
    """Sends the page of a forum with one more row; returns response and its prefix."""
    url = side(Forum, "change", forum.pk)
    sendt = skjema(client.get(url))
    prefiks = ny_rad(sendt, gruppe, **verdier)
    return client.post(url, sendt), prefiks


def valgene(client, forum, navn):
    """The rows that a field of the page offers."""
    return dict(tilbud(client.get(side(Forum, "change", forum.pk))))[navn].queryset


# Nothing foreign ----------------------------------------------------------------------

# Inline or "", field, what is foreign, what else the row needs.
FREMMED = [
    ("", "lokalomrade", lambda k: LokalomradeFactory(kommune=k), {}),
    ("", "overordnet", lambda k: ForumFactory(kommune=k), {}),
    ("medlemmer", "tjeneste", lambda k: TjenesteFactory(kommune=k), {}),
    (
        "medlemmer",
        "vara_for",
        lambda k: ForumsmedlemFactory(forum__kommune=k),
        {"funksjon": "Vara"},
    ),
    (
        "medlemmer",
        "bruker",
        lambda k: TilgangFactory(kommune=k).bruker.epost,
        {"funksjon": "Rektor"},
    ),
    ("sendeveier", "til", lambda k: ForumFactory(kommune=k), {}),
]


def test_all_choices_among_rows_are_tested_here(forum, koordinator):
    funnet = {
        navn for navn, _felt in tilbud(koordinator.get(side(Forum, "change", forum.pk)))
    }

    assert funnet == {
        *(f"{gruppe}-{felt}" for gruppe, felt, *_ in FREMMED),
        "deltakere-kommune",
    }


@pytest.mark.parametrize(
    ("gruppe", "felt", "lag", "resten"), FREMMED, ids=lambda v: v if v else None
)
def test_a_foreign_row_is_refused_beside_the_field(
    gruppe, felt, lag, resten, forum, nabokommune, koordinator
):
    fremmed = lag(nabokommune)
    fremmed = getattr(fremmed, "pk", fremmed)
    for_ = alt()

    if gruppe:
        svar, prefiks = send(koordinator, forum, gruppe, **resten, **{felt: fremmed})
        navn = f"{prefiks}-{felt}"
    else:
        svar, navn = endre(koordinator, forum, **{felt: fremmed}), felt

    assert feil(svar)[navn] == UGYLDIG
    assert alt() == for_


def test_the_neighbour_opens_and_changes_nothing(forum, nabo):
    for_ = alt()

    for slag in ("change", "delete", "history"):
        for metode in (nabo.get, nabo.post):
            assert metode(side(Forum, slag, forum.pk)).status_code == 404
    assert alt() == for_


def test_how_the_tjeneste_of_a_participant_is_named_is_said(
    forum, nabokommune, koordinator
):
    tips = "Er den i en annen kommune, skriv den som funksjon"

    assert tips not in koordinator.get(side(Forum, "change", forum.pk)).text
    ForumskommuneFactory(forum=forum, kommune=nabokommune)
    assert tips in koordinator.get(side(Forum, "change", forum.pk)).text


def test_a_participant_does_not_keep_the_forum(forum, nabokommune, nabo):
    ForumskommuneFactory(forum=forum, kommune=nabokommune)

    assert nabo.get(side(Forum, "change", forum.pk)).status_code == 404
    assert forum.navn not in nabo.get(side(Forum, "changelist")).text


def test_series_and_meetings_have_their_forms_on_the_site():
    assert not {Moteserie, Mote, Forumsmedlem} & set(admin.site._registry)


# Other kommuner -----------------------------------------------------------------------


def test_all_other_kommuner_may_take_part(forum, kommune, nabokommune, koordinator):
    assert list(valgene(koordinator, forum, "deltakere-kommune")) == [nabokommune]

    svar, _prefiks = send(koordinator, forum, "deltakere", kommune=nabokommune.pk)

    assert feil(svar) == {}
    assert [d.kommune for d in forum.deltakere.all()] == [nabokommune]


def test_that_there_are_no_other_kommuner_is_said_in_the_empty_choice(
    forum, koordinator
):
    svar = koordinator.get(side(Forum, "change", forum.pk))

    assert '<option value="">Ingen andre kommuner bruker løsningen</option>' in re.sub(
        " selected", "", svar.text
    )


def test_what_a_coordinator_shares_waits_for_the_other_kommune(
    forum, nabokommune, koordinator, client
):
    send(koordinator, forum, "deltakere", kommune=nabokommune.pk)

    assert [d.godtatt for d in forum.deltakere.all()] == [None]
    assert forum.navn not in client.get(f"/{nabokommune.slug}/moter/").text


def test_who_keeps_both_or_all_kommuner_accepts_by_sharing(
    forum, nabokommune, koordinator, administrator
):
    TilgangFactory(bruker=koordinator.bruker, kommune=nabokommune)
    send(koordinator, forum, "deltakere", kommune=nabokommune.pk)
    assert [d.godtatt for d in forum.deltakere.all()] == [timezone.localdate()]
    forum.deltakere.get().delete()

    administrator.post("/admin/velg-kommune/", {"kommune": forum.kommune.pk})
    send(administrator, forum, "deltakere", kommune=nabokommune.pk)
    assert [d.godtatt for d in forum.deltakere.all()] == [timezone.localdate()]


def test_a_row_for_a_neighbour_that_was_left_empty_is_none(forum, koordinator):
    svar, _prefiks = send(koordinator, forum, "deltakere", kommune="")

    assert (svar.status_code, list(forum.deltakere.all())) == (302, [])


def test_what_was_accepted_is_not_turned_to_another_kommune(
    forum, kommune, nabokommune, koordinator
):
    deling = ForumskommuneFactory(forum=forum, kommune=nabokommune)
    tredje = KommuneFactory()
    for_ = alt()

    nr = "deltakere-0"
    endre(
        koordinator,
        forum,
        **{f"{nr}-id": deling.pk, f"{nr}-forum": forum.pk},
        **{f"{nr}-kommune": tredje.pk, f"{nr}-godtatt": "2026-02-02"},
    )

    assert alt() == for_
    endre(koordinator, forum, **{f"{nr}-id": deling.pk, f"{nr}-DELETE": "on"})
    assert not forum.deltakere.exists()


def test_a_new_forum_may_be_shared_at_once(kommune, nabokommune, koordinator):
    url = side(Forum, "add")
    sendt = skjema(koordinator.get(url)) | NYTT
    ny_rad(sendt, "deltakere", kommune=nabokommune.pk)

    assert feil(koordinator.post(url, sendt)) == {}

    forum = Forum.objects.get()
    assert forum.kommune == kommune
    assert [d.kommune for d in forum.deltakere.all()] == [nabokommune]


def test_the_own_kommune_and_the_same_one_twice_are_refused(
    forum, kommune, nabokommune, koordinator
):
    svar, prefiks = send(koordinator, forum, "deltakere", kommune=kommune.pk)
    assert feil(svar) == {f"{prefiks}-kommune": UGYLDIG}
    ForumskommuneFactory(forum=forum, kommune=nabokommune)
    svar, _prefiks = send(koordinator, forum, "deltakere", kommune=nabokommune.pk)

    assert "Kommunen deltar allerede." in str(feil(svar))
    assert forum.deltakere.count() == 1


def test_no_other_field_leaves_the_kommune(forum, kommune, nabokommune, koordinator):
    """A kommune sent along for the forum itself is not listened to."""
    assert feil(endre(koordinator, forum, kommune=nabokommune.pk)) == {}

    forum.refresh_from_db()
    assert forum.kommune == kommune


# Users --------------------------------------------------------------------------------


def test_users_of_the_own_kommune_are_offered(forum, kommune, nabokommune, koordinator):
    egen = TilgangFactory(kommune=kommune, rolle="ansatt").bruker
    TilgangFactory(kommune=nabokommune)
    BrukerFactory()

    offered = valgene(koordinator, forum, "medlemmer-bruker")

    assert set(offered) == {egen, koordinator.bruker}


def test_a_user_is_told_by_name_and_address(forum, kommune, koordinator):
    """By the address alone who has not logged in since: they did not say who they are."""
    ola = TilgangFactory(
        kommune=kommune, bruker__navn="Ola", bruker__epost="o@example.org"
    )
    innlogget(ola.bruker)
    TilgangFactory(kommune=kommune, bruker__epost="x@example.org")
    TilgangFactory(kommune=kommune, bruker__navn="Eva", bruker__epost="e@example.org")

    tekst = koordinator.get(side(Forum, "change", forum.pk)).text

    assert "Ola (o@example.org)</option>" in tekst
    assert ">x@example.org</option>" in tekst
    assert ">e@example.org</option>" in tekst


def test_no_number_of_a_user_stands_on_the_page(forum, kommune, koordinator):
    """A low one would tell that somebody had a user before they were invited here."""
    BrukerFactory.create_batch(3)
    bruker = TilgangFactory(kommune=kommune).bruker
    ForumsmedlemFactory(forum=forum, bruker=bruker)

    tekst = koordinator.get(side(Forum, "change", forum.pk)).text

    felter = re.findall(r'<select name="medlemmer-\d+-bruker".*?</select>', tekst, re.S)
    assert f'<option value="{bruker.epost}" selected>' in felter[0]
    assert f'value="{bruker.pk}"' not in felter[0]


def test_a_member_from_elsewhere_stays_when_others_are_changed(forum, koordinator):
    """An administrator put them there; the coordinator does not see them otherwise."""
    annen = BrukerFactory()
    plass = ForumsmedlemFactory(forum=forum, bruker=annen)
    annet_forum = ForumFactory(kommune=forum.kommune)

    assert feil(endre(koordinator, forum, rytme="hver uke")) == {}

    plass.refresh_from_db()
    assert plass.bruker == annen
    svar, prefiks = send(
        koordinator, annet_forum, "medlemmer", funksjon="Ny", bruker=annen.epost
    )
    assert feil(svar) == {f"{prefiks}-bruker": UGYLDIG}


def test_who_becomes_a_member_sees_the_inside(forum, kommune, koordinator):
    bruker = TilgangFactory(kommune=kommune, rolle="ansatt").bruker
    assert list(Forum.objects.innenfra(bruker)) == []

    svar, _prefiks = send(
        koordinator, forum, "medlemmer", funksjon="Rektor", bruker=bruker.epost
    )

    assert feil(svar) == {}
    assert list(Forum.objects.innenfra(bruker)) == [forum]


# The coordinator's work ---------------------------------------------------------------


def test_a_whole_forum_is_made_on_one_page(kommune, koordinator):
    omrade = LokalomradeFactory(kommune=kommune)
    rad = ForumFactory(kommune=kommune, navn="Politirådet")
    out = TjenesteFactory(kommune=kommune)
    url = side(Forum, "add")
    sendt = skjema(koordinator.get(url)) | NYTT
    sendt |= {"lokalomrade": omrade.pk, "overordnet": rad.pk, "formal": "<p>Alt</p>"}
    ny_rad(sendt, "medlemmer", verv="leder", tjeneste=out.pk)
    ny_rad(sendt, "medlemmer", funksjon="Rektor", person="Kari")
    ny_rad(sendt, "sendeveier", til=rad.pk)

    assert feil(koordinator.post(url, sendt)) == {}

    forum = Forum.objects.get(navn="Nytt")
    assert (forum.kommune, forum.slug, forum.offentlig) == (kommune, "nytt", True)
    assert (forum.lokalomrade, forum.overordnet) == (omrade, rad)
    assert [(m.verv, str(m), m.person) for m in forum.medlemmer.all()] == [
        ("leder", str(out), ""),
        ("medlem", "Rektor", "Kari"),
    ]
    assert [vei.til for vei in forum.sendeveier.all()] == [rad]


def test_a_deputy_is_chosen_among_the_members(forum, kommune, koordinator):
    leder = ForumsmedlemFactory(forum=forum, verv="leder")
    ForumsmedlemFactory(forum__kommune=kommune)
    assert list(valgene(koordinator, forum, "medlemmer-vara_for")) == [leder]

    svar, _prefiks = send(
        koordinator, forum, "medlemmer", funksjon="Vara", vara_for=leder.pk
    )

    assert feil(svar) == {}
    assert [v.funksjon for v in leder.varaer.all()] == ["Vara"]


def test_a_forum_with_meetings_is_ended_not_deleted(forum, koordinator):
    MoteFactory(forum=forum)

    koordinator.post(side(Forum, "delete", forum.pk), {"post": "yes"})
    assert Forum.objects.filter(pk=forum.pk).exists()

    assert feil(endre(koordinator, forum, nedlagt=str(timezone.localdate()))) == {}
    forum.refresh_from_db()
    assert forum.nedlagt == timezone.localdate()


def test_laying_a_forum_down_cancels_its_meetings_in_the_calendars(
    forum, kommune, koordinator, client
):
    om_en_uke = timezone.now() + timedelta(days=7)
    MoteFactory(forum=forum, start=om_en_uke, fastsatt=True)
    feed = f"/{kommune.slug}/moter/kalender.ics"

    assert feil(endre(koordinator, forum, formal="Noe annet")) == {}
    assert "STATUS:CONFIRMED" in client.get(feed).text

    assert feil(endre(koordinator, forum, nedlagt=str(timezone.localdate()))) == {}
    tekst = client.get(feed).text
    assert "STATUS:CANCELLED" in tekst
    assert "STATUS:CONFIRMED" not in tekst

    assert feil(endre(koordinator, forum, nedlagt="")) == {}
    assert "STATUS:CONFIRMED" not in client.get(feed).text


def test_a_forum_is_laid_down_on_a_day_to_come(forum, koordinator, client):
    na, i_dag = timezone.now(), timezone.localdate()
    for uker in (1, 3):
        MoteFactory(forum=forum, start=na + timedelta(weeks=uker))

    nedlagt = str(i_dag + timedelta(weeks=2))
    assert feil(endre(koordinator, forum, nedlagt=nedlagt)) == {}

    assert [m.er_avlyst for m in forum.moter.all()] == [False, True]
    assert list(Forum.objects.virksomme()) == [forum]
    tekst = client.get(forum.get_absolute_url()).text
    assert "Forumet blir nedlagt" in tekst
    assert "Møter framover" in tekst


def test_school_holidays_are_kept(kommune, koordinator):
    svar = legg_til(
        koordinator, Motefri, navn="Vinterferie", fra="2027-02-22", til="2027-02-26"
    )

    assert feil(svar) == {}
    fri = Motefri.objects.get()
    assert (fri.kommune, fri.fra, fri.til) == (
        kommune,
        date(2027, 2, 22),
        date(2027, 2, 26),
    )


# Bad input ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felt", "verdi", "ord_"),
    [
        ("navn", "LFM på skolen", "Møter om enkeltsaker er tiltak"),
        ("navn", "", "Feltet er påkrevet"),
        ("type", "tull", "Velg et gyldig valg"),
        ("nedlagt", "2027-02-30", "Dette er ikke en dato"),
        ("overordnet", "9" * 30, "Velg et gyldig valg"),
        ("rytme", "x" * 121, "120"),
    ],
)
def test_a_forum_that_cannot_be_is_said_beside_the_field(
    felt, verdi, ord_, forum, koordinator
):
    for_ = alt()

    svar = endre(koordinator, forum, **{felt: verdi})

    assert list(feil(svar)) == [felt]
    assert ord_ in feil(svar)[felt][0]
    assert alt() == for_


def test_all_that_is_wrong_with_a_forum_is_said_at_once(forum, koordinator):
    under = ForumFactory(kommune=forum.kommune, overordnet=forum)
    galt = {
        "navn": "LFM på skolen",
        "overordnet": under.pk,
    }

    svar = endre(koordinator, forum, **galt)

    assert set(feil(svar)) == set(galt)


def test_fora_are_not_above_each_other(forum, koordinator):
    under = ForumFactory(kommune=forum.kommune, overordnet=forum)

    svar = endre(koordinator, forum, overordnet=under.pk)
    assert feil(svar) == {
        "overordnet": ["Foraene kan ikke være over hverandre i ring."]
    }
    assert feil(endre(koordinator, forum, overordnet=forum.pk)) == {
        "overordnet": UGYLDIG
    }


def test_a_member_is_somebody_and_leaves_after_coming(forum, koordinator):
    svar, prefiks = send(koordinator, forum, "medlemmer", person="Kari")
    assert feil(svar) == {f"{prefiks}-funksjon": ["Oppgi funksjon eller tjeneste."]}
    svar, prefiks = send(
        koordinator,
        forum,
        "medlemmer",
        funksjon="Rektor",
        fra="2027-01-02",
        til="2027-01-01",
    )

    ((felt, meldinger),) = feil(svar).items()
    assert felt in {f"{prefiks}-fra", f"{prefiks}-til"}
    assert meldinger == ["Den siste dagen kan ikke være før den første."]
    assert forum.medlemmer.count() == 0


def test_a_way_leads_to_another_forum_once(forum, koordinator):
    annet = ForumFactory(kommune=forum.kommune)
    svar, prefiks = send(koordinator, forum, "sendeveier", til=forum.pk)
    assert feil(svar) == {f"{prefiks}-til": UGYLDIG}
    Sendevei.objects.create(forum=forum, til=annet)

    svar, prefiks = send(koordinator, forum, "sendeveier", til=annet.pk)

    assert "Forumet kan allerede sende dit." in str(feil(svar))
    assert forum.sendeveier.count() == 1


def test_a_holiday_that_ends_before_it_begins_is_refused(kommune, koordinator):
    svar = legg_til(
        koordinator, Motefri, navn="Jul", fra="2027-01-03", til="2026-12-21"
    )

    ((felt, meldinger),) = feil(svar).items()
    assert felt in {"fra", "til"}
    assert meldinger == ["Den siste dagen kan ikke være før den første."]
    assert not Motefri.objects.exists()


# History and cost ---------------------------------------------------------------------


def test_the_history_shows_members_ways_and_participants(
    forum, nabokommune, koordinator
):
    rad = ForumFactory(kommune=forum.kommune, navn="Politirådet")
    leder = ForumsmedlemFactory(forum=forum, funksjon="Rektorene")
    send(koordinator, forum, "medlemmer", funksjon="Inspektør", vara_for=leder.pk)
    send(koordinator, forum, "sendeveier", til=rad.pk)
    send(koordinator, forum, "deltakere", kommune=nabokommune.pk)

    svar = koordinator.get(side(Forum, "history", forum.pk))
    endringer = {
        (e.handling, e.hva, tuple((f.navn, f.til) for f in e.felter))
        for e in svar.context["endringer"]
    }

    def med(hva):
        return [dict(felter) for _h, navn, felter in endringer if navn == hva]

    assert med("medlem: Inspektør")[0]["vara for"] == "Rektorene"
    assert med("vei for saker: Politirådet") == [{"kan sende til": "Politirådet"}]
    assert med("deltakende kommune: Lørenskog") == [{"kommune": "Lørenskog"}]


def test_a_forum_costs_the_same_with_one_and_three_of_all(forum, koordinator):
    url = side(Forum, "change", forum.pk)

    def flere():
        leder = ForumsmedlemFactory(
            forum=forum,
            tjeneste=TjenesteFactory(kommune=forum.kommune),
            bruker=BrukerFactory(),
        )
        ForumsmedlemFactory(forum=forum, vara_for=leder)
        til = ForumFactory(kommune=forum.kommune)
        Sendevei.objects.create(forum=forum, til=til)
        nr = Kommune.objects.count()
        annen = Kommune.objects.create(
            nummer=f"{7000 + nr}", navn=f"Kommune {nr}", slug=f"kommune-{nr}"
        )
        ForumskommuneFactory(forum=forum, kommune=annen)

    flere()
    en = sporringer(koordinator, url)
    flere()
    flere()

    assert sporringer(koordinator, url) == en


def test_users_stay_the_administrators_business(koordinator):
    """They are offered as members, and no page of theirs opens."""
    assert koordinator.get(side(Bruker, "changelist")).status_code == 403


@pytest.mark.parametrize("felt", ["INITIAL_FORMS", "TOTAL_FORMS"])
def test_the_number_of_rows_that_is_claimed_is_not_believed(felt, forum, koordinator):
    """It would take hours, while nobody else could write."""
    ForumsmedlemFactory(forum=forum)
    adresse = side(Forum, "change", forum.pk)
    sendt = skjema(koordinator.get(adresse)) | {f"medlemmer-{felt}": 10**12}
    for_ = alt()

    svar = koordinator.post(adresse, sendt)

    assert svar.status_code in {200, 302}
    assert alt() == for_
    if felt == "TOTAL_FORMS":
        assert "Vennligst send inn maks 101 skjemaer." in svar.text


def test_a_row_that_is_claimed_to_be_there_is_asked_for(forum, koordinator):
    """It has no member to be named by when the page is drawn again."""
    adresse = side(Forum, "change", forum.pk)
    sendt = skjema(koordinator.get(adresse)) | {"navn": ""}
    sendt |= {f"deltakere-{antall}_FORMS": 1 for antall in ("INITIAL", "TOTAL")}
    for_ = alt()

    svar = koordinator.post(adresse, sendt)

    assert svar.status_code == 200
    assert "Feltet er påkrevet." in svar.text
    assert alt() == for_


# What the levels are called -------------------------------------------------------------


def test_the_levels_to_choose_have_the_names_of_the_kommune(
    forum, kommune, nabokommune, koordinator
):
    kommune.styrende_navn, nabokommune.utforende_navn = "Styringsgruppe", "Naboens"
    kommune.save()
    nabokommune.save()

    svar = koordinator.get(side(Forum, "change", forum.pk))

    valg = [v for v in svar.context["adminform"].form.fields["niva"].choices if v[0]]
    assert valg == [
        ("styrende", "Styringsgruppe (styrende)"),
        ("koordinerende", "koordinerende"),
        ("utforende", "utførende"),
        ("nettverk", "nettverk"),
    ]
    assert feil(endre(koordinator, forum, niva="styrende")) == {}
    forum.refresh_from_db()
    assert (forum.niva, forum.nivanavn) == ("styrende", "Styringsgruppe")
