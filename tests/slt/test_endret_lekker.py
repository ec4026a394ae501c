"""What is otherwise tells nothing that was withdrawn, and nothing that was never open: by
windows that cut between two changes, in texts, and of what hangs on what was hidden."""

from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from slt.felles.endret import Endret, Vindu
from slt.grunn.historikk import Dor, begrunnet, spor, uten_vern
from slt.models import PUBLIKUM
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KildeFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tiltak.models import Malgruppe, Malsetting


@pytest.fixture(autouse=True)
def _ved_skjemaet():
    cache.clear()
    with spor(Dor.SKJEMA):
        yield


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def losen(plan):
    omrade = InnsatsomradeFactory(plan=plan, navn="Ungdom")
    return PlasseringFactory(innsatsomrade=omrade, tiltak__tittel="Ungdomslos").tiltak


def endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


def sagt(kommune, fra, bruker=PUBLIKUM, til=None):
    return repr(Endret(Vindu(kommune, fra, til, bruker)).avsnitt)


# Numbers and addresses in texts -----------------------------------------------------------


@pytest.mark.parametrize(
    ("for_", "etter", "rest"),
    [
        ("Ring 91 23 45 67 for hjelp.", "Ring 91 23 45 99 for hjelp.", "67"),
        ("Ring 91 23 45 67.", "Ring 98 23 45 67.", "91"),
    ],
)
def test_a_number_of_which_a_part_was_changed_is_not_told(
    plan, losen, for_, etter, rest
):
    lang = "Vi møter unge der de er, hver uke, og snakker med dem om det de vil. " * 3
    endre(losen, tekst=f"<p>{lang}{for_}</p>")
    fra = timezone.now()
    endre(losen, tekst=f"<p>{lang}{etter}</p>")

    alt = Endret(Vindu(plan.kommune, fra, None, PUBLIKUM))
    [stykker] = [
        f.stykker
        for a in alt.avsnitt
        for g in a.grupper
        for p in g.punkter
        for f in p.felter
    ]
    assert rest not in "".join(s.tekst for s in stykker if s.i_forste and not s.i_begge)


def test_a_number_is_not_told_in_the_name_of_what_is_gone(plan, losen, kommune):
    mal = Malsetting.objects.create(
        plan=plan, type="hovedmal", tekst="Ring 91 23 45 67"
    )
    gruppe = Malgruppe.objects.create(tiltak=losen, tekst="Ring 92 23 45 67")
    kapittel = KapittelFactory(plan=plan, tittel="Ring 93 23 45 67")
    kilde = KildeFactory(kommune=kommune, publisert=True, navn="Skriv til kari@b.no")
    forum = ForumFactory(kommune=kommune)
    sete = ForumsmedlemFactory(forum=forum, verv="leder", funksjon="Leder 94 23 45 67")
    fra = timezone.now()
    with uten_vern():
        for rad in (mal, gruppe, kapittel, kilde, sete):
            rad.delete()

    alt = sagt(kommune, fra)
    assert "23 45 67" not in alt
    assert "kari@" not in alt


def test_a_number_in_a_name_is_not_told_by_a_window_that_is_over(plan, losen, kommune):
    fra = timezone.now()
    mal = Malsetting.objects.create(
        plan=plan, type="hovedmal", tekst="Ring 91 23 45 67"
    )
    kilde = KildeFactory(kommune=kommune, publisert=True, navn="Skriv til kari@b.no")
    forum = ForumFactory(kommune=kommune)
    sete = ForumsmedlemFactory(forum=forum, verv="leder", funksjon="Leder 94 23 45 67")
    til = timezone.now()
    endre(mal, tekst="Ring oss")
    endre(kilde, navn="Skriv")
    endre(sete, funksjon="Leder")

    alt = sagt(kommune, fra, til=til)
    assert "23 45 67" not in alt
    assert "kari@" not in alt


# What was hidden ---------------------------------------------------------------------------


def test_part_of_a_deltiltak_under_what_was_hidden(plan, losen):
    endre(losen, publisert=False)
    del_ = TiltakFactory(plan=plan, overordnet=losen, tittel="Delen", publisert=True)
    ansvar = AnsvarFactory(tiltak=del_, merknad="Hemmelig")
    gruppe = Malgruppe.objects.create(tiltak=del_, tekst="Hemmelig")
    fra = timezone.now()
    endre(ansvar, merknad="Åpent")
    endre(gruppe, tekst="Åpent")
    endre(losen, publisert=True)

    assert "Hemmelig" not in sagt(plan.kommune, fra)


def test_in_an_omrade_that_was_hidden(plan, losen):
    omrade = plan.innsatsomrader.get()
    endre(omrade, publisert=False)
    endre(losen, tekst="<p>Hemmelig tekst</p>")
    fra = timezone.now()
    endre(losen, tekst="<p>Åpen tekst</p>")
    endre(omrade, publisert=True)

    assert "Hemmelig" not in sagt(plan.kommune, fra)


def test_bound_to_a_place_in_what_was_hidden(plan, losen, kommune):
    ekstra = InnsatsomradeFactory(plan=plan, navn="Skjult", publisert=False)
    plass = PlasseringFactory(innsatsomrade=ekstra, tiltak=losen, hoved=False)
    gruppe = Malgruppe.objects.create(tiltak=losen, plassering=plass, tekst="Hemmelig")
    fra = timezone.now()
    endre(gruppe, tekst="Åpent")
    endre(ekstra, publisert=True)

    assert "Hemmelig" not in sagt(plan.kommune, fra)


def test_parts_of_a_tiltak_hidden_then_and_gone_now(plan, losen):
    endre(losen, publisert=False)
    gruppe = Malgruppe.objects.create(tiltak=losen, tekst="Hemmelig")
    fra = timezone.now()
    gruppe.delete()
    endre(losen, publisert=True)

    assert "Hemmelig" not in sagt(plan.kommune, fra)


def test_hidden_between_and_public_at_both_ends(plan, losen):
    fra = timezone.now()
    endre(losen, publisert=False)
    endre(losen, tekst="<p>Hemmelig</p>")
    midt = timezone.now()
    endre(losen, tekst="<p>Åpent</p>")
    endre(losen, publisert=True)

    for f, t in ((fra, None), (midt, None), (fra, midt)):
        assert "Hemmelig" not in sagt(plan.kommune, f, til=t)


def test_a_window_over_before_the_plan_held(kommune):
    utkast = HandlingsplanFactory(kommune=kommune, status="utkast", tittel="Hemmelig")
    omrade = InnsatsomradeFactory(plan=utkast)
    tiltak = PlasseringFactory(innsatsomrade=omrade).tiltak
    gruppe = Malgruppe.objects.create(tiltak=tiltak, tekst="Hemmelig")
    kapittel = KapittelFactory(plan=utkast, tittel="Hemmelig")
    fra = timezone.now()
    endre(kapittel, tittel="Hemmelig andre gang")
    endre(gruppe, tekst="Hemmelig andre gang")
    endre(tiltak, tittel="Hemmelig andre gang")
    endre(utkast, tittel="Hemmelig andre gang")
    til = timezone.now()
    endre(kapittel, tittel="Åpent")
    endre(gruppe, tekst="Åpent")
    endre(tiltak, tittel="Åpent")
    endre(utkast, tittel="Åpen", status="gjeldende")

    assert sagt(kommune, fra, til=til) == "[]"
    assert "Hemmelig" in sagt(kommune, fra, TilgangFactory(kommune=kommune).bruker, til)


def test_a_window_over_before_a_tiltak_was_published(plan, losen):
    endre(losen, publisert=False)
    gruppe = Malgruppe.objects.create(tiltak=losen, tekst="Hemmelig")
    fra = timezone.now()
    endre(gruppe, tekst="Hemmelig andre gang")
    Malgruppe.objects.create(tiltak=losen, tekst="Hemmelig tredje")
    til = timezone.now()
    for rad in losen.malgrupper.all():
        endre(rad, tekst="Åpent")
    endre(losen, publisert=True)

    assert "Hemmelig" not in sagt(plan.kommune, fra, til=til)


def test_a_window_over_before_an_omrade_was_published(plan, losen):
    omrade = plan.innsatsomrader.get()
    endre(omrade, publisert=False)
    fra = timezone.now()
    endre(losen, tekst="<p>Hemmelig</p>")
    ansvar = AnsvarFactory(tiltak=losen, merknad="Hemmelig")
    til = timezone.now()
    endre(losen, tekst="<p>Åpen</p>")
    endre(ansvar, merknad="")
    endre(omrade, publisert=True)

    assert "Hemmelig" not in sagt(plan.kommune, fra, til=til)


def test_a_window_over_before_a_forum_was_shown(kommune):
    forum = ForumFactory(kommune=kommune, offentlig=False)
    sete = ForumsmedlemFactory(forum=forum, verv="leder", funksjon="Hemmelig")
    fra = timezone.now()
    endre(sete, funksjon="Hemmelig andre gang")
    til = timezone.now()
    endre(sete, funksjon="Åpen")
    endre(forum, offentlig=True)

    assert "Hemmelig" not in sagt(kommune, fra, til=til)


def test_the_reason_of_a_contact_is_for_coordinators(plan, kommune):
    radet = TilgangFactory(kommune=kommune, rolle="politirad").bruker
    koordinatoren = TilgangFactory(kommune=kommune).bruker
    out = TjenesteFactory(kommune=kommune)
    punkt = KontaktpunktFactory(tjeneste=out, verdi="22 22 22 22")
    fra = timezone.now()
    with begrunnet("Erstatter 22 22 22 22"):
        endre(punkt, verdi="33 33 33 33")

    assert "22 22 22 22" in sagt(kommune, fra, koordinatoren)
    assert "22 22 22 22" not in sagt(kommune, fra, radet)


def test_the_reason_in_a_text(plan, losen, kommune):
    radet = TilgangFactory(kommune=kommune, rolle="politirad").bruker
    fra = timezone.now()
    with begrunnet("Tok bort 91 23 45 67"):
        endre(losen, tittel="Losen")

    alt = sagt(kommune, fra, radet)
    assert "91 23 45 67" not in alt
    assert "Tok bort" in alt


def test_a_contact_that_moved_changed_type_and_was_hidden(plan, kommune):
    a, b = TjenesteFactory(kommune=kommune), TjenesteFactory(kommune=kommune)
    punkt = KontaktpunktFactory(
        tjeneste=a, verdi="22 22 22 22", etikett="Kari Nordmann"
    )
    fra = timezone.now()
    endre(punkt, tjeneste=b)
    midt = timezone.now()
    endre(punkt, type="epost", verdi="kari@b.no")
    midt2 = timezone.now()
    endre(punkt, synlighet="koordinator")
    ansatt = TilgangFactory(kommune=kommune, rolle="ansatt").bruker
    radet = TilgangFactory(kommune=kommune, rolle="politirad").bruker

    for bruker in (PUBLIKUM, ansatt, radet):
        for f, t in (
            (fra, None),
            (fra, midt),
            (fra, midt2),
            (midt, midt2),
            (midt2, None),
        ):
            alt = sagt(kommune, f, bruker, t)
            assert "22 22" not in alt
            assert "Kari" not in alt
            assert "kari" not in alt


def test_what_a_contact_of_services_says_is_not_told_to_others(plan, kommune):
    nabo = TilgangFactory(rolle="koordinator").bruker
    out = TjenesteFactory(kommune=kommune)
    fra = timezone.now()
    KontaktpunktFactory(tjeneste=out, verdi="22 22 22 22", synlighet="tjenester")

    assert "22 22" not in sagt(kommune, fra, nabo)
    assert "22 22" not in sagt(kommune, fra)
    ansatt = TilgangFactory(kommune=kommune, rolle="ansatt").bruker
    assert "22 22" in sagt(kommune, fra, ansatt)


# By each door -------------------------------------------------------------------------------


def test_what_is_gone_has_an_entry_of_its_own_in_the_feed(kommune, client):
    rader = [
        TjenesteFactory(kommune=kommune, navn=f"Gammel <{n}> & co") for n in range(2)
    ]
    for rad in rader:
        QuerySet(type(rad).historikk.model).filter(id=rad.pk).update(
            history_date=timezone.now() - timedelta(days=100)
        )
        rad.delete()

    svar = client.get("/lillestrom/endringer.atom")

    atom = "{http://www.w3.org/2005/Atom}"
    oppslag = fromstring(svar.content).findall(f"{atom}entry")  # noqa: S314
    ider = [rad.find(f"{atom}id").text for rad in oppslag]
    assert len(ider) == len(set(ider)) == 2
    sammendrag = "".join(rad.find(f"{atom}summary").text for rad in oppslag)
    assert "Gammel <1> & co" in sammendrag
    cache.clear()
    svar = client.get("/lillestrom/endringer.atom")
    igjen = fromstring(svar.content)  # noqa: S314
    assert [r.find(f"{atom}id").text for r in igjen.findall(f"{atom}entry")] == ider


@pytest.mark.parametrize(
    "sporring",
    [
        "fra=mote-0",
        "fra=mote-99999999999999999999",
        "fra=mote--1",
        "fra=mote-\u0661",
        "fra=\u0661.\u0661.\u0662\u0660\u0662\u0666",
        "fra=-1",
        "fra=99999999999999999999999",
        "fra=30.2.2026",
        "fra=1.1.0000",
        "fra=1.1.9999&til=1.1.2026",
        "fra=1.1.2026&til=31.12.2199",
        "fra=mote-1&fra=tull",
        "fra[]=1&til=%00",
        "fra=2026-01-01T00:00:00Z",
    ],
)
def test_no_window_is_said_so_by_page_and_document(kommune, client, sporring):
    svar = client.get(f"/lillestrom/endringer/?{sporring}")

    assert svar.status_code == 422
    assert client.get(f"/lillestrom/endringer.pdf?{sporring}").status_code == 404


@pytest.mark.parametrize("slutt", ["/", ".pdf", ".atom"])
def test_nothing_is_sent_to_it(kommune, client, slutt):
    assert client.post(f"/lillestrom/endringer{slutt}").status_code == 405
    if slutt != ".pdf":  # which is drawn elsewhere
        assert client.head(f"/lillestrom/endringer{slutt}").status_code == 200


def test_a_kept_page_is_not_shown_to_another_role(kommune, koordinator, client):
    out = TjenesteFactory(kommune=kommune)
    punkt = KontaktpunktFactory(tjeneste=out, verdi="22 22 22 22")
    for modell in (type(out), type(punkt)):
        QuerySet(modell.historikk.model).update(
            history_date=timezone.now() - timedelta(days=3)
        )
    endre(punkt, verdi="33 33 33 33")
    dag = timezone.localdate().isoformat()
    andre = [
        innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)
        for rolle in ("ansatt", "politirad")
    ]
    andre.append(innlogget(TilgangFactory().bruker))

    sider = [
        klient.get(f"/lillestrom/endringer/?fra={dag}").text
        for klient in (koordinator, *andre, client, koordinator)
    ]

    assert ["22 22 22 22" in side for side in sider] == [
        True,
        False,
        False,
        False,
        False,
        True,
    ]
    assert all("33 33 33 33" in side for side in sider)


def test_a_reason_on_a_history_page_names_no_number_to_others(losen, kommune):
    ansatt = innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker)
    with begrunnet("Tok bort 91 23 45 67"):
        endre(losen, tittel="Losen")

    side = ansatt.get(f"/lillestrom/historikk/tiltak/{losen.pk}/")

    assert side.status_code == 200
    assert "Tok bort" in side.text
    assert "91 23 45 67" not in side.text
