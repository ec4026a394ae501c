"""The form of a forum on the site: what it changes, who may, and what is refused."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from moter.models import Forum, Forumskommune, Forumsmedlem, Mote, Sendevei
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    KommuneFactory,
    LokalomradeFactory,
    MoteFactory,
    MoteserieFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.skjemasvar import TULL, UGYLDIG, feil, send, sporringer, tull_i_alt

PERSONNUMMER = "01010050053"
NYTT = "/lillestrom/endre/fora/ny/"


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Politirådet")


@pytest.fixture
def skjema(forum):
    return f"/lillestrom/endre/fora/{forum.pk}/"


def rad(nr, **felter):
    """A member that is put in, as the row is drawn before something is typed."""
    felter = {"verv": "medlem", "fra": timezone.localdate().isoformat()} | felter
    return {f"medlemmer-{nr}-{felt}": verdi for felt, verdi in felter.items()}


def valgene(svar, sett, felt):
    """What a row of the set offers in the field."""
    rader = svar.context["skjema"].rader[sett]
    form = rader.forms[0] if rader.forms else rader.empty_form
    return {navn for _verdi, navn in form.fields[felt].choices}


# What it changes ----------------------------------------------------------------------


def test_a_new_forum_with_who_sits_in_it(kommune, koordinator, client):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")

    svar = send(
        koordinator,
        NYTT,
        navn="Politirådet",
        type="politirad",
        niva="styrende",
        formal="<p>Samordner.</p>",
        rytme="fire ganger i året",
        **{
            **rad(0, funksjon="ordføreren", verv="leder"),
            **rad(1, tjeneste=tjeneste.pk),
        },
    )

    forum = Forum.objects.get()
    assert (svar.status_code, svar["Location"]) == (302, forum.get_absolute_url())
    assert (forum.kommune, forum.slug, forum.rytme) == (
        kommune,
        "politiradet",
        "fire ganger i året",
    )
    assert list(forum.medlemmer.values_list("funksjon", "verv", "tjeneste")) == [
        ("ordføreren", "leder", None),
        ("", "medlem", tjeneste.pk),
    ]
    siden = Lest(client.get(forum.get_absolute_url())).tekst
    for ordene in ("Samordner.", "Fire ganger i året", "ordføreren", "Utekontakten"):
        assert ordene in siden


def test_what_it_is_and_why_it_was_changed(forum, skjema, koordinator, kommune):
    over = ForumFactory(kommune=kommune, navn="Ledermøtet")
    omrade = LokalomradeFactory(kommune=kommune)

    svar = send(
        koordinator,
        skjema,
        navn="SLT-rådet",
        overordnet=over.pk,
        lokalomrade=omrade.pk,
        offentlig=None,
        lett="on",
        begrunnelse="Vedtatt i rådet",
    )

    assert svar.status_code == 302
    forum.refresh_from_db()
    assert (forum.navn, forum.overordnet, forum.lokalomrade) == (
        "SLT-rådet",
        over,
        omrade,
    )
    assert (forum.offentlig, forum.lett) == (False, True)
    siste = forum.historikk.first()
    assert (siste.history_user, siste.history_dor, siste.history_change_reason) == (
        koordinator.bruker,
        "skjema",
        "Vedtatt i rådet",
    )


def test_saving_without_a_change_changes_nothing(forum, skjema, koordinator):
    ForumsmedlemFactory(forum=forum)
    ForumskommuneFactory(forum=forum)
    Sendevei.objects.create(forum=forum, til=ForumFactory(kommune=forum.kommune))
    modeller = (Forum, Forumsmedlem, Forumskommune, Sendevei)
    for_ = [modell.historikk.count() for modell in modeller]

    assert send(koordinator, skjema).status_code == 302

    assert [modell.historikk.count() for modell in modeller] == for_


def test_members_are_added_moved_linked_to_a_user_and_taken_away(
    forum, skjema, koordinator, kommune
):
    borte, leder, siste = (
        ForumsmedlemFactory(forum=forum, funksjon=navn)
        for navn in ("rektor", "ordfører", "lensmann")
    )
    bruker = TilgangFactory(kommune=kommune, rolle="ansatt").bruker

    send(
        koordinator,
        skjema,
        **{
            "medlemmer-0-DELETE": "on",
            "medlemmer-1-bruker": bruker.epost,
            "medlemmer-1-ORDER": "9",
            **rad(3, funksjon="barnevernet"),
        },
    )

    assert not Forumsmedlem.objects.filter(pk=borte.pk).exists()
    assert list(forum.medlemmer.values_list("funksjon", "bruker")) == [
        ("lensmann", None),
        ("ordfører", bruker.pk),
        ("barnevernet", None),
    ]
    assert {leder.pk, siste.pk} <= {m.pk for m in forum.medlemmer.all()}


def test_a_vara_does_not_go_unseen_with_the_member(forum, skjema, koordinator):
    fast = ForumsmedlemFactory(forum=forum, funksjon="ordfører")
    ForumsmedlemFactory(forum=forum, funksjon="varaordfører", vara_for=fast)

    svar = send(koordinator, skjema, **{"medlemmer-0-DELETE": "on"})

    assert feil(svar) == {
        "medlemmer-1-vara_for": (
            "Medlemmet fjernes. Fjern varaen også, eller velg et annet."
        )
    }
    assert forum.medlemmer.count() == 2

    begge = {"medlemmer-0-DELETE": "on", "medlemmer-1-DELETE": "on"}
    assert send(koordinator, skjema, **begge).status_code == 302
    assert forum.medlemmer.count() == 0


def test_no_name_is_asked_for_and_one_that_stands_there_can_be_taken_away(
    forum, skjema, koordinator
):
    ForumsmedlemFactory(forum=forum, funksjon="rektor")
    navngitt = ForumsmedlemFactory(forum=forum, funksjon="leder", person="Navn")

    rader = koordinator.get(skjema).context["skjema"].rader["medlemmer"].forms
    assert ["person" in rad.fields for rad in rader] == [False, True]

    send(koordinator, skjema, **{"medlemmer-1-person": ""})
    navngitt.refresh_from_db()
    assert navngitt.person == ""


def test_where_it_sends_matters(forum, skjema, koordinator, kommune):
    til = ForumFactory(kommune=kommune)

    send(koordinator, skjema, **{"sendeveier-0-til": til.pk})

    assert [vei.til for vei in forum.sendeveier.all()] == [til]
    svar = send(koordinator, skjema, **{"sendeveier-1-til": til.pk})
    assert svar.status_code == 422


def test_a_neighbour_is_asked_and_who_keeps_both_answers_at_once(
    forum, skjema, koordinator, nabokommune
):
    tredje = KommuneFactory()
    TilgangFactory(kommune=tredje, bruker=koordinator.bruker)

    svar = send(
        koordinator,
        skjema,
        **{
            "deltakere-0-kommune": nabokommune.pk,
            "deltakere-1-kommune": tredje.pk,
        },
    )

    sagt = Lest(koordinator.get(svar.url)).tekst
    assert "Tilbudt Lørenskog, som må godta." in sagt
    assert f"{tredje} viser nå {forum}." in sagt
    godtatt = dict(forum.deltakere.values_list("kommune", "godtatt"))
    assert godtatt == {nabokommune.pk: None, tredje.pk: timezone.localdate()}
    assert "Venter på svar fra SLT-koordinatoren der." in koordinator.get(skjema).text


def test_who_takes_it_back_reads_what_came_of_it(
    forum, skjema, koordinator, nabokommune
):
    ForumskommuneFactory(forum=forum, kommune=nabokommune)

    svar = send(koordinator, skjema, **{"deltakere-0-DELETE": "on"})

    sagt = Lest(koordinator.get(svar.url)).tekst
    assert f"Lørenskog viser ikke lenger {forum}." in sagt


def test_what_one_kommune_accepted_does_not_hold_for_another(
    forum, skjema, koordinator, nabokommune
):
    deling = ForumskommuneFactory(forum=forum, kommune=nabokommune)
    annen = KommuneFactory()

    send(koordinator, skjema, **{"deltakere-0-kommune": annen.pk})

    deling.refresh_from_db()
    assert deling.kommune == nabokommune


def test_its_last_day_ends_its_series_and_calls_off_what_was_to_come(
    forum, skjema, koordinator
):
    serie = MoteserieFactory(forum=forum, fra=timezone.localdate() - timedelta(365))
    i_tide = MoteFactory(forum=forum, start=timezone.now() + timedelta(days=2))
    sent = MoteFactory(forum=forum, start=timezone.now() + timedelta(days=40))
    dag = timezone.localdate() + timedelta(days=10)

    svar = koordinator.post(
        skjema,
        innsending(koordinator.get(skjema), nedlagt=dag.isoformat()),
        follow=True,
    )

    assert "1 møte etter denne dagen er avlyst." in Lest(svar).tekst
    serie.refresh_from_db()
    assert serie.til == dag
    assert {m.pk: m.status for m in Mote.objects.all()} == {
        i_tide.pk: "planlagt",
        sent.pk: "avlyst",
    }


# Removing -----------------------------------------------------------------------------


def test_one_that_never_met_is_removed_with_what_hangs_on_it(
    forum, skjema, koordinator
):
    ForumsmedlemFactory(forum=forum)
    assert f'href="{skjema}slett/"' in koordinator.get(skjema).text

    assert koordinator.get(f"{skjema}slett/").status_code == 200
    assert Forum.objects.count() == 1
    svar = koordinator.post(f"{skjema}slett/", follow=True)

    assert "«Politirådet» er slettet. Det kan hentes tilbake" in Lest(svar).tekst
    assert (Forum.objects.count(), Forumsmedlem.objects.count()) == (0, 0)


def test_pressed_twice_it_is_removed_and_leads_on(skjema, koordinator):
    svar = [koordinator.post(f"{skjema}slett/") for _ in range(2)]

    assert [s.status_code for s in svar] == [302, 302]
    assert svar[0].url == svar[1].url
    assert koordinator.get(f"{skjema}slett/").status_code == 404


def test_one_that_has_met_says_what_holds_it(forum, skjema, koordinator):
    MoteFactory(forum=forum)
    MoteFactory(forum=forum)

    for svar, status in (
        (koordinator.get(f"{skjema}slett/"), 200),
        (koordinator.post(f"{skjema}slett/"), 409),
    ):
        assert svar.status_code == status
        tekst = Lest(svar).tekst
        assert "fordi noe hører til det: 2 møter." in tekst
        assert "Legg forumet ned i stedet" in tekst
    assert Forum.objects.count() == 1


# Who may ------------------------------------------------------------------------------


def test_the_pages_lead_the_coordinator_there_and_nobody_else(
    forum, skjema, koordinator, nabo, client
):
    medlem = ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker
    for adresse, side in (
        (skjema, forum.get_absolute_url()),
        (NYTT, reverse("moter:forum_list", args=["lillestrom"])),
    ):
        klienter = (koordinator, nabo, innlogget(medlem), client)
        ser = [f'href="{adresse}"' in k.get(side).text for k in klienter]
        assert ser == [True, False, False, False]


def test_the_start_of_an_empty_kommune_leads_here(kommune, koordinator):
    assert f'href="{NYTT}"' in koordinator.get("/lillestrom/start/").text


@pytest.mark.parametrize("rolle", ["ansatt", "politirad"])
def test_to_others_it_is_not_there(forum, skjema, kommune, rolle, koordinator):
    data = innsending(koordinator.get(skjema), navn="Mitt")
    klient = innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)

    for adresse in (skjema, NYTT, f"{skjema}slett/"):
        assert klient.get(adresse).status_code == 404
        assert klient.post(adresse, data).status_code == 404

    assert list(Forum.objects.values_list("navn", flat=True)) == ["Politirådet"]


def test_a_forum_is_changed_by_the_address_of_its_own_kommune_alone(
    forum, skjema, koordinator, nabo
):
    data = innsending(koordinator.get(skjema), navn="Mitt")
    ForumskommuneFactory(forum=forum, kommune=nabo.bruker.tilganger.get().kommune)
    for adresse in (
        skjema,
        f"/lorenskog/endre/fora/{forum.pk}/",
        f"/lorenskog/endre/fora/{forum.pk}/slett/",
    ):
        assert nabo.get(adresse).status_code == 404
        assert nabo.post(adresse, data).status_code == 404

    forum.refresh_from_db()
    assert forum.navn == "Politirådet"


def test_other_methods_are_refused(skjema, koordinator):
    for adresse in (skjema, NYTT, f"{skjema}slett/"):
        assert koordinator.put(adresse).status_code == 405
        assert koordinator.delete(adresse).status_code == 405


def test_nothing_of_another_kommune_is_offered_or_accepted(
    forum, skjema, koordinator, kommune, nabokommune
):
    ForumsmedlemFactory(forum=forum)
    ForumFactory(kommune=kommune)
    LokalomradeFactory(kommune=kommune)
    annet = ForumFactory(kommune=nabokommune, navn="FREMMED forum")
    fremmed = {
        "overordnet": annet.pk,
        "lokalomrade": LokalomradeFactory(kommune=nabokommune, navn="FREMMED").pk,
        "medlemmer-0-tjeneste": TjenesteFactory(
            kommune=nabokommune, navn="FREMMED tjeneste"
        ).pk,
        "medlemmer-0-bruker": TilgangFactory(
            kommune=nabokommune, bruker__epost="fremmed@example.org"
        ).bruker.epost,
        "sendeveier-0-til": annet.pk,
    }
    for adresse in (skjema, NYTT):
        side = koordinator.get(adresse).text
        assert "FREMMED" not in side
        assert "fremmed@" not in side

    for felt, verdi in fremmed.items():
        assert feil(send(koordinator, skjema, **{felt: verdi})) == {felt: UGYLDIG}


def test_who_has_not_shown_themselves_is_offered_by_address(
    forum, skjema, koordinator, kommune
):
    annen = TilgangFactory(
        kommune=kommune, bruker__navn="Kari", bruker__last_login=None
    ).bruker
    ForumsmedlemFactory(forum=forum)
    for adresse in (skjema, NYTT):
        svar = koordinator.get(adresse)
        assert annen.epost in valgene(svar, "medlemmer", "bruker")
        assert "Kari" not in svar.text

    innlogget(annen)

    navn = valgene(koordinator.get(skjema), "medlemmer", "bruker")
    assert f"Kari ({annen.epost})" in navn


# What is refused ----------------------------------------------------------------------


def test_rules_are_said_beside_the_fields(forum, skjema, koordinator, kommune):
    ForumFactory(kommune=kommune, navn="Ledermøtet")

    assert feil(send(koordinator, skjema, navn="Ledermøtet")) == {
        "navn": "Navnet er allerede i bruk i kommunen."
    }
    assert set(feil(send(koordinator, skjema, navn="SO-teamet"))) == {"navn"}
    assert feil(send(koordinator, skjema, **rad(0, verv="leder"))) == {
        "medlemmer-0-funksjon": "Oppgi funksjon eller tjeneste."
    }
    i_dag = timezone.localdate()
    i_gar = (i_dag - timedelta(days=1)).isoformat()
    svar = send(koordinator, skjema, **rad(0, funksjon="rektor", til=i_gar))
    assert feil(svar) == {
        "medlemmer-0-fra": "Den siste dagen kan ikke være før den første."
    }


@pytest.mark.parametrize("verdi", TULL)
def test_any_value_in_all_fields_is_no_server_error(forum, skjema, koordinator, verdi):
    fast = ForumsmedlemFactory(forum=forum, person="Navn")
    ForumsmedlemFactory(forum=forum, vara_for=fast)
    Sendevei.objects.create(forum=forum, til=ForumFactory(kommune=forum.kommune))
    ForumskommuneFactory(forum=forum)

    svar = [
        koordinator.post(side, tull_i_alt(koordinator.get(side), verdi)).status_code
        for side in (skjema, NYTT)
    ]

    assert svar == [422, 422]
    forum.refresh_from_db()
    assert forum.navn == "Politirådet"


def test_a_forum_is_not_above_itself(forum, skjema, koordinator, kommune):
    under = ForumFactory(kommune=kommune, overordnet=forum)

    assert feil(send(koordinator, skjema, overordnet=under.pk)) == {
        "overordnet": "Foraene kan ikke være over hverandre i ring."
    }
    assert feil(send(koordinator, skjema, overordnet=forum.pk)) == {
        "overordnet": UGYLDIG
    }


@pytest.mark.parametrize(
    "felt",
    ["navn", "formal", "rytme", "begrunnelse", "medlemmer-0-funksjon"],
)
def test_identity_numbers_are_refused(forum, skjema, koordinator, felt):
    feltene = {**rad(0, funksjon="rektor"), felt: f"Gjelder {PERSONNUMMER}"}
    svar = send(koordinator, skjema, **feltene)

    assert set(feil(svar)) == {felt}
    forum.refresh_from_db()
    assert (forum.navn, forum.medlemmer.count()) == ("Politirådet", 0)


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    forum, skjema, koordinator, kommune
):
    medlem = ForumsmedlemFactory(forum=forum, funksjon="rektor")
    sendt = innsending(
        koordinator.get(skjema),
        navn="Mitt",
        **{"medlemmer-0-funksjon": "min rektor"},
    )
    forum.navn, medlem.funksjon = "Deres", "deres rektor"
    forum.save()
    medlem.save()

    svar = koordinator.post(skjema, sendt)

    assert svar.status_code == 422
    assert 'value="Mitt"' in svar.text
    assert f'href="/admin/moter/forum/{forum.pk}/history/"' in svar.text
    forum.refresh_from_db()
    medlem.refresh_from_db()
    assert (forum.navn, medlem.funksjon) == ("Deres", "deres rektor")
    # In knowledge of it, the next try goes through.
    assert koordinator.post(skjema, innsending(svar)).status_code == 302
    medlem.refresh_from_db()
    assert medlem.funksjon == "min rektor"


def test_one_that_was_removed_meanwhile_is_not_there(forum, skjema, koordinator):
    sendt = innsending(koordinator.get(skjema), navn="Mitt")
    forum.delete()

    assert koordinator.post(skjema, sendt).status_code == 404
    assert koordinator.post(f"{skjema}slett/").status_code == 404


def test_a_new_one_that_is_sent_twice_is_put_in_once(kommune, koordinator):
    sendt = innsending(
        koordinator.get(NYTT), navn="Rådet", type="politirad", niva="styrende"
    )

    svar = [koordinator.post(NYTT, sendt) for _ in range(2)]

    assert [s.status_code for s in svar] == [302, 302]
    assert Forum.objects.count() == 1


def test_the_button_for_one_more_saves_nothing(forum, skjema, koordinator):
    data = innsending(koordinator.get(skjema), navn="Nytt", _ny_rad="medlemmer")

    svar = koordinator.post(skjema, data)

    assert svar.status_code == 200
    assert 'name="medlemmer-0-funksjon"' in svar.text
    assert 'value="Nytt"' in svar.text
    forum.refresh_from_db()
    assert forum.navn == "Politirådet"


def test_the_number_of_queries_does_not_grow(forum, skjema, koordinator, kommune):
    def fyll(antall):
        for _nr in range(antall):
            tjeneste = TjenesteFactory(kommune=kommune)
            bruker = TilgangFactory(kommune=kommune, rolle="ansatt").bruker
            ForumsmedlemFactory(forum=forum, tjeneste=tjeneste, bruker=bruker)
            Sendevei.objects.create(forum=forum, til=ForumFactory(kommune=kommune))
            ForumskommuneFactory(forum=forum)

    fyll(2)
    koordinator.get(skjema)
    antall = sporringer(koordinator, skjema)

    fyll(6)

    assert sporringer(koordinator, skjema) == antall
