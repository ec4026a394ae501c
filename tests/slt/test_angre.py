"""Mistakes are undone from the browser: an earlier state of a row is brought back, and what
was deleted is fetched back with all that went with it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from evaluering.ferdigstilling import apne_igjen
from evaluering.models import Egenvurderingssvar, Funn, Kilde, Maling, Tallimport
from evaluering.tall.tallimport import angre
from moter.models import Forum, Forumskommune, Forumsmedlem, Mote, Motefri, Sendevei
from slt.felles.angre import (
    ER_HENTET,
    ER_LIK,
    hent_tilbake,
    modeller_som_hentes,
    slettet_i,
    tilbake_til,
)
from slt.felles.anonymisering import anonymiser_navn
from slt.grunn.historikk import (
    Art,
    Dor,
    Historisert,
    slett_mange,
    spor,
    uten_vern,
)
from slt.grunn.rekkefolge import i_orden
from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    KapittelFactory,
    KildeFactory,
    KontaktpunktFactory,
    MalingFactory,
    MoteFactory,
    MotefriFactory,
    MoteserieFactory,
    PlasseringFactory,
    TallimportFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.slt.test_admin import endre, side
from tests.slt.test_matrise import en_av_hver, lag_kommune
from tests.slt.test_samtidig import SAMTIDIGE, alle_pa_en_gang, klienter  # noqa: F401
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Plassering,
    Tiltak,
    Tjeneste,
)
from tiltak.planlop import vedta

NOKKEL_UKJENT = uuid4()


@pytest.fixture
def utkast(kommune):
    return HandlingsplanFactory(kommune=kommune, status="utkast")


@pytest.fixture
def plassering(utkast):
    return PlasseringFactory(
        innsatsomrade__plan=utkast,
        innsatsomrade__kortnavn="Vold",
        tiltak__tittel="Natteravner",
        nummer=3,
    )


def slettes(kommune):
    """{set: number of rows} that the page of what was deleted shows."""
    return {s.samling: s.antall for s in slettet_i(kommune=kommune)}


def den_ene(kommune):
    [samling] = slettes(kommune)
    return samling


def hent(client, kommune, samling=None):
    """Presses the button; returns the page that follows."""
    samling = samling or den_ene(kommune)
    adresse = reverse("slettet_hent", args=[kommune.slug, samling])
    return client.post(adresse, follow=True)


def forste(rad):
    """The oldest row of the history."""
    return rad.historikk.order_by("history_id").first()


def adresse(kommune, historisk_rad):
    modell = historisk_rad.instance_type._meta.label_lower
    return reverse("tidligere", args=[kommune.slug, modell, historisk_rad.pk])


def bring(client, kommune, historisk_rad):
    """Looks at an earlier version and presses the button; returns the answer."""
    url = adresse(kommune, historisk_rad)
    return client.post(url, {"sett": client.get(url).context["sett"]})


def slett(rad):
    rad.delete()
    return rad


def endret(rad, **felter):
    for navn, verdi in felter.items():
        setattr(rad, navn, verdi)
    rad.save()
    return rad


def verdier(rad):
    """What the history knows of a row."""
    return {
        f.attname: getattr(rad, f.attname)
        for f in type(rad).historikk.model.tracked_fields
    }


def slag(rad):
    """The kinds of the changes in its history, the oldest first."""
    historikk = type(rad).historikk.filter(id=rad.pk).order_by("history_id")
    return list(historikk.values_list("history_type", flat=True))


# Each door ----------------------------------------------------------------------------


def test_what_was_changed_on_a_form_of_the_site(kommune, koordinator):
    rad = MotefriFactory(kommune=kommune, navn="vinterferie")
    url = reverse("moter:motefri_endre", args=[kommune.slug, rad.pk])
    data = koordinator.get(url).context["skjema"].initial | {"navn": "hostferie"}
    sett = str(rad.historikk.first().pk)
    assert koordinator.post(url, data | {"sett": sett}).status_code == 302
    rad.refresh_from_db()
    assert rad.navn == "hostferie"

    svar = bring(koordinator, kommune, forste(rad))

    assert svar["Location"] == side(Motefri, "history", rad.pk)
    rad.refresh_from_db()
    assert rad.navn == "vinterferie"
    siste = rad.historikk.first()
    assert (siste.history_type, siste.history_dor, siste.history_art) == (
        "~",
        Dor.SKJEMA,
        Art.RETTELSE,
    )
    assert siste.history_user == koordinator.bruker
    da = timezone.localtime(forste(rad).history_date)
    assert siste.history_change_reason.startswith("Tilbake til slik det var")
    assert f"kl. {da:%H.%M}." in siste.history_change_reason


def test_what_was_deleted_on_a_form_of_the_site(kommune, koordinator):
    rad = MotefriFactory(kommune=kommune, navn="vinterferie")
    for_ = verdier(rad)
    url = reverse("moter:motefri_slett", args=[kommune.slug, rad.pk])
    koordinator.post(url, {"sett": rad.historikk.first().pk})
    assert not Motefri.objects.exists()

    svar = hent(koordinator, kommune)

    assert "Hentet tilbake: vinterferie." in svar.text
    assert verdier(Motefri.objects.get()) == for_
    assert slag(rad) == ["+", "-", "+"]


def test_what_was_changed_in_the_admin(kommune, koordinator, plassering):
    tiltak = plassering.tiltak
    assert endre(koordinator, tiltak, tittel="Feil").status_code == 302
    historikk = koordinator.get(side(Tiltak, "history", tiltak.pk))
    url = adresse(kommune, forste(tiltak))
    assert f'href="{url}"' in historikk.text
    assert historikk.text.count("Hent tilbake denne versjonen") == 1
    spurt = koordinator.get(url)
    assert [(f.navn, f.fra, f.til) for f in spurt.context["bytter"]] == [
        ("tittel", "Feil", "Natteravner")
    ]
    tiltak.refresh_from_db()
    assert tiltak.tittel == "Feil"

    bring(koordinator, kommune, forste(tiltak))

    tiltak.refresh_from_db()
    assert tiltak.tittel == "Natteravner"
    historikk = koordinator.get(side(Tiltak, "history", tiltak.pk))
    assert "Tilbake til slik det var" in historikk.text
    # What it is again is not offered; what it was in between is.
    assert f'href="{url}"' not in historikk.text
    assert historikk.text.count("Hent tilbake denne versjonen") == 1


def test_what_was_deleted_in_the_admin(kommune, koordinator, plassering):
    tiltak = plassering.tiltak
    svar = koordinator.post(
        side(Tiltak, "delete", tiltak.pk), {"post": "yes"}, follow=True
    )
    lenke = reverse("slettet", args=[kommune.slug])
    assert f'Var det en feil? <a href="{lenke}">Hent det tilbake</a>' in svar.text
    assert not Tiltak.objects.exists()

    hent(koordinator, kommune)

    assert list(Tiltak.objects.values_list("pk", "tittel")) == [
        (tiltak.pk, "Natteravner")
    ]
    assert "Hentet tilbake" in koordinator.get(side(Tiltak, "history", tiltak.pk)).text


def test_what_an_import_took_out(kommune, koordinator):
    importen = TallimportFactory(kommune=kommune, lagt_inn=timezone.now())
    tall = MalingFactory(indikator__kommune=kommune, tallimport=importen)
    for_ = verdier(tall)
    angre(tallimport=importen, bruker=koordinator.bruker)
    assert not Maling.objects.exists()

    hent(koordinator, kommune)

    assert verdier(Maling.objects.get()) == for_
    # It is in again, and may be undone again.
    importen = Tallimport.objects.get()
    assert importen.angret is None
    assert angre(tallimport=importen, bruker=koordinator.bruker) == 1


def test_what_a_command_changed_and_deleted(kommune, koordinator):
    tjeneste = endret(TjenesteFactory(kommune=kommune, navn="OUT"), navn="Feil")
    slett(MotefriFactory(kommune=kommune))
    assert {
        h.history_dor for h in (tjeneste.historikk.first(), Motefri.historikk.first())
    } == {Dor.KOMMANDO}

    bring(koordinator, kommune, forste(tjeneste))
    hent(koordinator, kommune)

    tjeneste.refresh_from_db()
    assert (tjeneste.navn, Motefri.objects.count()) == ("OUT", 1)


# All that went with it ----------------------------------------------------------------


def test_a_tiltak_comes_back_with_all_its_parts(kommune, koordinator, plassering):
    tiltak = plassering.tiltak
    PlasseringFactory(
        tiltak=tiltak, innsatsomrade__plan=tiltak.plan, nummer=1, hoved=False
    )
    ansvar = AnsvarFactory(tiltak=tiltak)
    punkt = KontaktpunktFactory(tjeneste=ansvar.tjeneste)
    ansvar.kontaktvalg.create(kontaktpunkt=punkt)
    del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak, tittel="I 6. trinn")
    AnsvarFactory(tiltak=del_)
    Malgruppe.objects.create(tiltak=del_, tekst="unge")
    Lenke.objects.create(tiltak=tiltak, tittel="Mer", adresse="https://x.example")
    modeller = [
        Tiltak,
        Plassering,
        Ansvar,
        ansvar.kontaktvalg.model,
        Malgruppe,
        Lenke,
    ]

    def alt():
        return {
            m: sorted((verdier(r) for r in m.objects.all()), key=str) for m in modeller
        }

    for_, sti = alt(), tiltak.get_absolute_url()
    koordinator.post(side(Tiltak, "delete", tiltak.pk), {"post": "yes"})
    assert alt() == {m: [] for m in modeller}
    assert list(slettes(kommune).values()) == [9]

    svar = hent(koordinator, kommune)

    assert "Hentet tilbake: Natteravner og 8 rader til." in svar.text
    assert alt() == for_
    assert Tiltak.objects.get(pk=tiltak.pk).get_absolute_url() == sti
    assert koordinator.get(sti).status_code == 200
    assert [slag(r) for r in (tiltak, del_, ansvar)] == 3 * [["+", "-", "+"]]
    # The new rows are one set, too.
    siste = [m.historikk.first().history_samling for m in modeller]
    assert len(set(siste)) == 1
    assert slettes(kommune) == {}


def test_the_list_names_the_tiltak_not_what_went_with_it(
    kommune, koordinator, plassering
):
    TiltakFactory(plan=plassering.tiltak.plan, overordnet=plassering.tiltak)
    koordinator.post(side(Tiltak, "delete", plassering.tiltak.pk), {"post": "yes"})

    [rad] = koordinator.get(reverse("slettet", args=[kommune.slug])).context["rader"]

    assert (rad.hva, rad.flere, rad.aktor, rad.dor) == (
        "Tiltak: Natteravner",
        "og 2 rader til",
        "Koordinator",
        "administrasjonen",
    )
    assert rad.epost == koordinator.bruker.epost


def test_a_forum_comes_back_without_who_sat_in_it(kommune, nabokommune, koordinator):
    forum = ForumFactory(kommune=kommune, navn="Områdemøte")
    sete = ForumsmedlemFactory(
        forum=forum, funksjon="rektor", person="Navn", bruker=BrukerFactory()
    )
    vara = ForumsmedlemFactory(forum=forum, funksjon="vara", vara_for=sete)
    Sendevei.objects.create(forum=forum, til=ForumFactory(kommune=kommune))
    ForumskommuneFactory(forum=forum, kommune=nabokommune)
    for_ = verdier(forum)
    forum.delete()
    assert list(slettes(kommune).values()) == [5]

    hent(koordinator, kommune)

    assert verdier(Forum.objects.get(pk=for_["id"])) == for_
    assert list(
        Forumsmedlem.objects.order_by("pk").values_list(
            "pk", "funksjon", "vara_for", "person", "bruker"
        )
    ) == [
        (sete.pk, "rektor", None, "", None),
        (vara.pk, "vara", sete.pk, "", None),
    ]
    assert Sendevei.objects.count() == 1
    # The neighbour is asked anew.
    assert list(Forumskommune.objects.values_list("kommune", "godtatt")) == [
        (nabokommune.pk, None)
    ]


def test_a_source_comes_back_with_what_it_says(kommune, koordinator):
    kilde = KildeFactory(kommune=kommune, navn="Ungdata")
    funn = [FunnFactory(kilde=kilde, nummer=nr) for nr in (1, 2)]
    for_ = [verdier(f) for f in funn]
    with spor(Dor.KOMMANDO):
        slett_mange(funn)
        kilde.delete()

    hent(koordinator, kommune)

    assert Kilde.objects.get().navn == "Ungdata"
    assert [verdier(f) for f in Funn.objects.order_by("pk")] == for_


def test_what_it_needs_is_fetched_back_first(kommune, koordinator):
    kilde = KildeFactory(kommune=kommune, navn="Ungdata")
    slett(FunnFactory(kilde=kilde, tekst="Færre drikker"))
    kilde.delete()
    av_kilden, av_funnet = slettes(kommune)

    svar = hent(koordinator, kommune, av_funnet)

    assert (
        "Funn: Færre drikker trenger noe som er slettet: kilde: Ungdata. Hent det "
        "tilbake først."
    ) in svar.text
    assert not Funn.objects.exists()
    hent(koordinator, kommune, av_kilden)
    hent(koordinator, kommune, av_funnet)
    assert Funn.objects.get().kilde.navn == "Ungdata"


def test_a_meeting_is_newer_to_calendars_than_what_they_have(kommune):
    mote = MoteFactory(forum__kommune=kommune)
    for timer in (1, 2):
        endret(mote, slutt=mote.slutt + timedelta(hours=timer))
    sekvens, uid = mote.sekvens, mote.uid
    mote.delete()

    [tilbake] = hent_tilbake(samling=den_ene(kommune), kommune=kommune)

    assert (sekvens, tilbake.uid) == (2, uid)
    assert Mote.objects.get().sekvens > sekvens


def med_alt_under(rad):
    """Deletes a row and whatever keeps it from that; returns all of them."""
    borte = []
    for felt in type(rad)._meta.related_objects:
        if issubclass(felt.related_model, Historisert):
            for barn in felt.related_model._base_manager.filter(
                **{felt.field.name: rad.pk}
            ):
                borte += med_alt_under(barn)
    if type(rad)._base_manager.filter(pk=rad.pk).exists():
        borte.append(type(rad)._base_manager.get(pk=rad.pk))
        type(rad)._base_manager.get(pk=rad.pk).delete()
    return borte


# Rights, what holds somebody's name, and case documents; and a kommune is not deleted.
IKKE_TILBAKE = {
    "Endringsforslag",
    "Foresporsel",
    "Runde",
    "Rundelukking",
    "Rundevalg",
    "Svarlenke",
    "Bilde",
    "Bruker",
    "Dokument",
    "Endringsbrev",
    "Innspill",
    "Kalenderlenke",
    "Kommune",
    "Planlenke",
    "Registrering",
    "SettDeling",
    "Tallimport",
    "Tilgang",
    "Tilgangslenke",
    "Tjenesteredaktor",
}
HISTORISERTE = [m for m in apps.get_models() if issubclass(m, Historisert)]


def test_the_models_that_do_not_come_back_are_listed():
    hentes = {m.__name__ for m in modeller_som_hentes()}

    assert {m.__name__ for m in HISTORISERTE} - hentes == IKKE_TILBAKE - {"Kommune"}


@pytest.fixture
def rader(db):
    """{model: a row} in a kommune with one of everything."""
    ting = lag_kommune("3205", "Lillestrom")
    # What is finished stands fast.
    apne_igjen(ting["evaluering_evaluering"], "Et tall var feil")
    rader = en_av_hver(ting, ting["tiltak_kontaktpunkt"])
    rekke = ting["tiltak_handlingsplan"].rekke
    # What is of one that is finished, stands fast.
    apent = {Egenvurderingssvar: ting["uferdig"].svar.first()}
    return {type(rekke): rekke} | rader | apent


@pytest.mark.postgres
@pytest.mark.parametrize(
    "modell",
    [m for m in HISTORISERTE if m is not Kommune],
    ids=lambda m: m.__name__,
)
def test_each_row_comes_back_as_it_was_or_its_model_is_listed(modell, rader):
    kommune, rad = rader[Kommune], rader[modell]
    with spor(Dor.KOMMANDO), uten_vern():
        borte = med_alt_under(rad)
    hentes = [r for r in borte if type(r).__name__ not in IKKE_TILBAKE]
    assert (rad in hentes) == (modell.__name__ not in IKKE_TILBAKE)

    for samling in slettes(kommune):
        hent_tilbake(samling=samling, kommune=kommune)

    for r in borte:
        na = type(r)._base_manager.filter(pk=r.pk).first()
        if r not in hentes:
            assert na is None
            continue
        kommer = {
            felt: verdi
            for felt, verdi in verdier(r).items()
            if felt.removesuffix("_id") not in r.hentes_ikke_tilbake
        }
        assert (r, kommer) == (r, {felt: verdier(na)[felt] for felt in kommer})


# What is in the way -------------------------------------------------------------------


def uendret_ved(client, kommune, samling):
    """The words of a refusal, after which nothing is otherwise than before it."""
    antall = {m: (m._base_manager.count(), m.historikk.count()) for m in HISTORISERTE}
    svar = hent(client, kommune, samling)
    assert antall == {
        m: (m._base_manager.count(), m.historikk.count()) for m in HISTORISERTE
    }
    return svar.text


@pytest.mark.postgres
def test_a_number_that_is_taken_meanwhile(kommune, koordinator, plassering):
    omrade = plassering.innsatsomrade
    plassering.tiltak.delete()
    fotball = PlasseringFactory(innsatsomrade=omrade, nummer=3)

    hent(koordinator, kommune)

    assert dict(omrade.plasseringer.values_list("pk", "nummer")) == {
        plassering.pk: 3,
        fotball.pk: 4,
    }


def test_a_place_that_is_taken_meanwhile(kommune, koordinator, utkast):
    forst, siste = (KapittelFactory(plan=utkast, tittel=t) for t in ("Først", "Sist"))
    borte = siste.pk
    siste.delete()
    ny = KapittelFactory(plan=utkast, tittel="Ny")

    hent(koordinator, kommune)

    rekken = utkast.kapitler.values_list("pk", "rekkefolge")
    assert list(rekken) == [(forst.pk, 1), (borte, 2), (ny.pk, 3)]


def test_an_earlier_place_is_taken_again(kommune, koordinator, utkast):
    forst, siste = (KapittelFactory(plan=utkast, tittel=t) for t in ("Først", "Sist"))
    siste.rekkefolge = 1
    with i_orden([siste]):
        siste.save()

    bring(koordinator, kommune, forste(siste))

    rekken = utkast.kapitler.values_list("pk", "rekkefolge")
    assert list(rekken) == [(forst.pk, 1), (siste.pk, 2)]


@pytest.mark.postgres
def test_an_address_that_is_taken_meanwhile(kommune, koordinator, utkast):
    slett(TiltakFactory(plan=utkast, tittel="Natteravner"))
    samling = den_ene(kommune)
    TiltakFactory(plan=utkast, tittel="Natteravner")

    assert "Planen har allerede dette tiltaket." in uendret_ved(
        koordinator, kommune, samling
    )


def test_a_name_that_is_taken_meanwhile(kommune, koordinator):
    slett(TjenesteFactory(kommune=kommune, navn="OUT"))
    samling = den_ene(kommune)
    TjenesteFactory(kommune=kommune, navn="OUT")

    assert "Navnet er allerede i bruk i kommunen." in uendret_ved(
        koordinator, kommune, samling
    )


def test_a_service_that_has_it_meanwhile(kommune, koordinator, plassering):
    ansvar = AnsvarFactory(tiltak=plassering.tiltak, tjeneste__navn="OUT")
    ansvar.delete()
    samling = den_ene(kommune)
    AnsvarFactory(
        tiltak=plassering.tiltak, tjeneste=ansvar.tjeneste, rolle=ansvar.rolle
    )

    tekst = uendret_ved(koordinator, kommune, samling)

    assert "Ansvar: Natteravner, OUT: Tjenesten er allerede ført opp." in tekst


def test_a_plan_that_is_superseded_stands(kommune, koordinator, utkast):
    slett(KapittelFactory(plan=utkast))
    rad = endret(KapittelFactory(plan=utkast, tittel="Før"), tittel="Etter")
    samling = den_ene(kommune)
    gi_status(utkast, Handlingsplan.Status.AVLOST)

    assert "Planen er avløst, og står som den er." in uendret_ved(
        koordinator, kommune, samling
    )
    svar = bring(koordinator, kommune, forste(rad))
    assert svar.status_code == 422
    assert "Planen er avløst, og står som den er." in svar.text
    assert Kapittel.objects.get().tittel == "Etter"
    # It is not offered, either.
    historikk = koordinator.get(side(Kapittel, "history", rad.pk))
    assert "Hent tilbake denne versjonen" not in historikk.text


def test_a_number_stands_once_the_plan_holds(kommune, koordinator, plassering):
    endret(plassering, nummer=7)
    gi_status(plassering.tiltak.plan, Handlingsplan.Status.GJELDENDE)

    svar = bring(koordinator, kommune, forste(plassering))

    assert svar.status_code == 422
    assert "da står numrene fast" in svar.text
    plassering.refresh_from_db()
    assert plassering.nummer == 7


@pytest.mark.postgres
def test_an_earlier_name_that_is_taken_meanwhile(kommune, koordinator):
    tjeneste = endret(TjenesteFactory(kommune=kommune, navn="OUT"), navn="Ny")
    TjenesteFactory(kommune=kommune, navn="OUT")

    svar = bring(koordinator, kommune, forste(tjeneste))

    assert svar.status_code == 422
    assert "Tjeneste: OUT: Navnet er allerede i bruk i kommunen." in svar.text
    tjeneste.refresh_from_db()
    assert (tjeneste.navn, tjeneste.historikk.count()) == ("Ny", 2)


def test_an_earlier_version_that_points_to_what_is_gone(kommune, koordinator):
    over = TjenesteFactory(kommune=kommune, navn="Oppvekst")
    tjeneste = TjenesteFactory(kommune=kommune, navn="OUT", overordnet=over)
    endret(tjeneste, overordnet=None)
    over.delete()

    svar = bring(koordinator, kommune, forste(tjeneste))

    assert svar.status_code == 422
    assert (
        "Tjeneste: OUT trenger noe som er slettet: tjeneste: Oppvekst."
    ) in svar.text


def test_what_somebody_changed_after_the_page_was_shown_is_looked_at_first(
    kommune, koordinator
):
    tjeneste = endret(TjenesteFactory(kommune=kommune, navn="OUT"), navn="Feil")
    url = adresse(kommune, forste(tjeneste))
    sett = koordinator.get(url).context["sett"]
    endret(tjeneste, navn="Rettet av en annen")

    svar = koordinator.post(url, {"sett": sett})

    assert svar.status_code == 422
    assert "Noen har endret dette etter at siden ble vist." in svar.text
    tjeneste.refresh_from_db()
    assert tjeneste.navn == "Rettet av en annen"


def test_what_is_so_already_is_not_changed(kommune):
    tjeneste = TjenesteFactory(kommune=kommune)

    with pytest.raises(ValidationError) as feil:
        tilbake_til(historisk_rad=forste(tjeneste), kommune=kommune)

    assert (feil.value.code, tjeneste.historikk.count()) == (ER_LIK, 1)


def test_an_identity_number_does_not_come_back(kommune, koordinator):
    """Of one that came in before there was a guard."""
    tjeneste = endret(TjenesteFactory(kommune=kommune, navn="OUT"), navn="Ny")
    tall = "010100 50053"
    modell = Tjeneste.historikk.model
    modell.objects.filter(pk=forste(tjeneste).pk).update(navn="x")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {modell._meta.db_table} SET navn = %s WHERE navn = 'x'",  # noqa: S608
            [f"Gutten {tall}"],
        )

    svar = bring(koordinator, kommune, forste(tjeneste))

    assert svar.status_code == 422
    tjeneste.refresh_from_db()
    assert tjeneste.navn == "Ny"


# Once, and for 30 days ----------------------------------------------------------------


@pytest.mark.postgres
def test_it_is_fetched_back_once(kommune, koordinator):
    rad = slett(MotefriFactory(kommune=kommune))
    pk = Motefri.historikk.first().id
    samling = den_ene(kommune)
    hent(koordinator, kommune, samling)

    svar = hent(koordinator, kommune, samling)

    assert "Det er hentet tilbake allerede" in svar.text
    assert Motefri.objects.count() == 1
    assert slettes(kommune) == {}
    # Deleted once more, it is the newer deletion that is undone.
    slett(Motefri.objects.get(pk=pk))
    assert samling not in slettes(kommune)
    hent(koordinator, kommune)
    assert Motefri.objects.get().navn == rad.navn


def test_of_many_who_press_at_the_same_moment_one_does_it(klienter, kommune):  # noqa: F811
    slett(TjenesteFactory(kommune=kommune))
    url = reverse("slettet_hent", args=[kommune.slug, den_ene(kommune)])

    svar = alle_pa_en_gang(klienter, lambda klient, _nr: klient.post(url).status_code)

    assert svar == SAMTIDIGE * [302]
    assert Tjeneste.objects.count() == 1
    assert Tjeneste.historikk.filter(history_type="+").count() == 2


def test_of_many_who_bring_a_version_back_one_does(klienter, kommune):  # noqa: F811
    tjeneste = endret(TjenesteFactory(kommune=kommune, navn="OUT"), navn="Feil")
    url = adresse(kommune, forste(tjeneste))
    sett = {"sett": str(tjeneste.historikk.first().pk)}

    svar = alle_pa_en_gang(
        klienter, lambda klient, _nr: klient.post(url, sett).status_code
    )

    assert sorted(svar) == [302] + (SAMTIDIGE - 1) * [422]
    assert tjeneste.historikk.count() == 3


@pytest.mark.parametrize(("dager", "finnes"), [(29, True), (31, False)])
def test_for_30_days(dager, finnes, kommune, koordinator):
    slett(MotefriFactory(kommune=kommune))
    samling = den_ene(kommune)
    da = timezone.now() - timedelta(days=dager)
    Motefri.historikk.filter(history_type="-").update(history_date=da)
    assert (samling in slettes(kommune)) == finnes

    svar = hent(koordinator, kommune, samling)

    assert Motefri.objects.exists() == finnes
    assert ("mer enn 30 dager siden" in svar.text) != finnes


# Persons and rights -------------------------------------------------------------------


def test_rights_are_not_fetched_back(kommune, koordinator):
    tilgang = slett(TilgangFactory(kommune=kommune, rolle="ansatt"))
    samling = Tilgang.historikk.first().history_samling
    assert tilgang.pk is None
    assert slettes(kommune) == {}

    hent(koordinator, kommune, samling)

    assert list(Tilgang.objects.values_list("bruker", flat=True)) == [
        koordinator.bruker.pk
    ]
    siden = reverse(
        "tidligere", args=[kommune.slug, "slt.tilgang", Tilgang.historikk.first().pk]
    )
    assert koordinator.get(siden).status_code == 404


def test_who_sat_in_a_seat_does_not_come_back(kommune, koordinator):
    sete = ForumsmedlemFactory(
        forum__kommune=kommune, funksjon="rektor", person="Navn", bruker=BrukerFactory()
    )
    sete.til = timezone.localdate()
    sete.funksjon = "inspektør"
    sete.fratre()

    bring(koordinator, kommune, forste(sete))

    sete.refresh_from_db()
    assert (sete.funksjon, sete.person, sete.bruker, sete.til) == (
        "rektor",
        "",
        None,
        timezone.localdate(),
    )


def test_the_name_of_a_contact_does_not_come_back(kommune, koordinator):
    borte, endres = (
        KontaktpunktFactory(
            tjeneste__kommune=kommune,
            synlighet="tjenester",
            person="Navn",
            etikett=etikett,
        )
        for etikett in ("borte", "endres")
    )
    endret(endres, person="", etikett="ny")
    borte.delete()

    hent(koordinator, kommune)
    bring(koordinator, kommune, forste(endres))

    rader = Kontaktpunkt.objects.order_by("etikett")
    assert list(rader.values_list("etikett", "person")) == [
        ("borte", ""),
        ("endres", ""),
    ]


def test_what_the_administrator_decides_stays(kommune, koordinator):
    endret(kommune, telefon="66 93 80 00", ansattdomener="ny.example")

    bring(koordinator, kommune, forste(kommune))

    kommune.refresh_from_db()
    assert (kommune.telefon, kommune.ansattdomener) == ("", "ny.example")


def test_a_plan_that_holds_gets_its_text_back_and_holds(kommune, koordinator, utkast):
    endret(utkast, ingress="Feil")
    gi_status(utkast, Handlingsplan.Status.GJELDENDE)

    bring(koordinator, kommune, forste(utkast))

    utkast.refresh_from_db()
    assert (utkast.ingress, utkast.status) == ("", Handlingsplan.Status.GJELDENDE)


def test_the_rule_of_a_series_is_changed_on_its_own_page(kommune, koordinator):
    serie = endret(MoteserieFactory(forum__kommune=kommune), ukedag=4)

    svar = bring(koordinator, kommune, forste(serie))

    assert (svar.status_code, serie.historikk.count()) == (422, 2)
    assert "Det er allerede slik." in svar.text


def test_a_name_that_was_taken_out_does_not_come_back(kommune, koordinator):
    punkt = KontaktpunktFactory(
        tjeneste__kommune=kommune, instruks="Spør etter Navn Navnesen"
    )
    annet = KontaktpunktFactory(
        tjeneste=punkt.tjeneste, instruks="Spør etter Navn Navnesen"
    )
    endret(annet, instruks="Ring")
    punkt.delete()
    anonymiser_navn("Navn Navnesen")

    hent(koordinator, kommune)
    bring(koordinator, kommune, forste(annet))

    assert list(Kontaktpunkt.objects.values_list("instruks", flat=True)) == 2 * [
        "Spør etter [fjernet]"
    ]


# Who may ------------------------------------------------------------------------------


def test_the_neighbour_reaches_nothing(kommune, nabokommune, koordinator, nabo):
    tjeneste = endret(TjenesteFactory(kommune=kommune, navn="OUT"), navn="Ny")
    slett(MotefriFactory(kommune=kommune))
    samling = den_ene(kommune)
    rad = forste(tjeneste)
    egen = reverse("tidligere", args=[nabokommune.slug, "tiltak.tjeneste", rad.pk])

    assert nabo.get(reverse("slettet", args=[kommune.slug])).status_code == 404
    assert hent(nabo, kommune, samling).status_code == 404
    assert nabo.get(adresse(kommune, rad)).status_code == 404
    # By their own address, they find none of it.
    assert nabo.get(egen).status_code == 404
    assert nabo.post(egen).status_code == 404
    hent(nabo, nabokommune, samling)
    with pytest.raises(ValueError, match="not brought back"):
        tilbake_til(historisk_rad=rad, kommune=nabokommune)
    assert not Motefri.objects.exists()
    tjeneste.refresh_from_db()
    assert tjeneste.navn == "Ny"


@pytest.mark.parametrize("rolle", ["ansatt", "politirad"])
def test_others_of_the_kommune_reach_nothing(rolle, kommune):
    tjeneste = endret(TjenesteFactory(kommune=kommune, navn="OUT"), navn="Ny")
    slett(MotefriFactory(kommune=kommune))
    annen = innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)

    assert annen.get(reverse("slettet", args=[kommune.slug])).status_code == 404
    assert hent(annen, kommune).status_code == 404
    for metode in (annen.get, annen.post):
        assert metode(adresse(kommune, forste(tjeneste))).status_code == 404
    assert not Motefri.objects.exists()


def test_looking_changes_nothing(kommune, koordinator):
    slett(MotefriFactory(kommune=kommune))
    url = reverse("slettet_hent", args=[kommune.slug, den_ene(kommune)])

    assert koordinator.get(url).status_code == 405
    assert not Motefri.objects.exists()


def test_a_set_that_holds_rows_of_two_kommuner_is_fetched_back_by_each(
    kommune, nabokommune, koordinator
):
    with spor(Dor.KOMMANDO):
        for denne in (kommune, nabokommune):
            slett(MotefriFactory(kommune=denne))

    hent(koordinator, kommune)

    assert Motefri.objects.get().kommune == kommune
    assert len(slettes(nabokommune)) == 1


@pytest.mark.parametrize(
    ("modell", "pk"), [("tiltak.finnesikke", 1), ("tiltak.tjeneste", 999_999)]
)
def test_what_is_not_there_is_a_404(modell, pk, kommune, koordinator):
    url = reverse("tidligere", args=[kommune.slug, modell, pk])

    assert koordinator.get(url).status_code == 404


# The pages ----------------------------------------------------------------------------


def test_min_side_and_the_admin_lead_to_the_list(kommune, koordinator):
    lenke = f'href="{reverse("slettet", args=[kommune.slug])}"'

    assert lenke in koordinator.get(reverse("konto:min_side")).text
    assert lenke in koordinator.get(reverse("admin:index")).text


def test_an_empty_list_says_so(kommune, koordinator):
    svar = koordinator.get(reverse("slettet", args=[kommune.slug]))

    assert "Ingenting er slettet de siste 30 dagene." in svar.text


@pytest.mark.parametrize("antall", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    antall, kommune, koordinator, django_assert_num_queries
):
    for rad in TjenesteFactory.create_batch(antall, kommune=kommune):
        rad.delete()
    url = reverse("slettet", args=[kommune.slug])
    koordinator.get(url)

    with django_assert_num_queries(9):
        svar = koordinator.get(url)

    assert len(svar.context["rader"]) == antall


def test_the_list_has_pages_the_newest_first(kommune, koordinator):
    for nr in range(1, 23):
        slett(TjenesteFactory(kommune=kommune, navn=f"Tjeneste nummer {nr}"))
    url = reverse("slettet", args=[kommune.slug])

    forste_side, annen = (
        [rad.hva for rad in koordinator.get(url, {"page": nr}).context["rader"]]
        for nr in (1, 2)
    )

    assert forste_side[0] == "Tjeneste: Tjeneste nummer 22"
    assert annen == ["Tjeneste: Tjeneste nummer 2", "Tjeneste: Tjeneste nummer 1"]
    assert koordinator.get(url, {"page": 3}).status_code == 404


def test_nothing_keeps_the_pages(kommune, koordinator):
    tjeneste = endret(TjenesteFactory(kommune=kommune, navn="OUT"), navn="Ny")

    for url in (
        reverse("slettet", args=[kommune.slug]),
        adresse(kommune, forste(tjeneste)),
    ):
        assert "no-store" in koordinator.get(url)["Cache-Control"]


def test_many_rows_are_fetched_back_in_few_queries(
    kommune, django_assert_max_num_queries
):
    tall = [
        MalingFactory(indikator__kommune=kommune, arstall=2000),
    ]
    tall += [
        MalingFactory(indikator=tall[0].indikator, arstall=ar)
        for ar in range(2001, 2020)
    ]
    slett_mange(tall)

    with django_assert_max_num_queries(120):
        hent_tilbake(samling=den_ene(kommune), kommune=kommune)

    assert Maling.objects.count() == 20


def test_what_is_not_deleted_is_no_set(kommune):
    with pytest.raises(ValidationError) as feil:
        hent_tilbake(samling=NOKKEL_UKJENT, kommune=kommune)

    assert feil.value.code == ER_HENTET


@pytest.mark.parametrize("fabrikk", [KapittelFactory, PlasseringFactory])
def test_what_comes_back_to_a_plan_that_was_adopted_waits(fabrikk, kommune, utkast):
    if fabrikk is PlasseringFactory:
        rad = fabrikk(innsatsomrade__plan=utkast).tiltak
    else:
        rad = fabrikk(plan=utkast)
    rad.delete()
    vedta(utkast)
    [slettet] = slettet_i(kommune=kommune)

    hent_tilbake(samling=slettet.samling, kommune=kommune)

    assert not type(rad).objects.get().publisert
