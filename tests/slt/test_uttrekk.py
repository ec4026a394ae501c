"""A kommune that moves: written to a file, read into an empty installation, deleted."""

import json
from datetime import date, time, timedelta
from hashlib import sha256
from io import StringIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader
from django.db.models import ForeignKey, QuerySet
from django.utils import timezone

from evaluering.models import Kildesteg
from moter.models import Forum, Forumskommune, Kalenderlenke
from slt.felles.omtale import er_historikk
from slt.felles.uttrekk import fil, hva, les
from slt.grunn.historikk import Dor, Historisert, spor
from slt.grunn.kommunegrense import kommune_id
from slt.management.commands.last_grunndata import medfolgende
from slt.models import (
    Bilde,
    Bruker,
    Dokument,
    Endringsbrev,
    Kommune,
    OrdUtenTreff,
    Sted,
)
from tests.factories import (
    AktivitetFactory,
    AnsvarFactory,
    BekreftelseFactory,
    BildeFactory,
    BrukerFactory,
    DokumentFactory,
    EgenvurderingFactory,
    FeilmeldingFactory,
    FinansieringFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    HoringFactory,
    KalenderlenkeFactory,
    KapittelFactory,
    KildeFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    MedvirkningFactory,
    MoteFactory,
    MotefriFactory,
    MoteserieFactory,
    NormsvarFactory,
    OpphavFactory,
    PlanimportFactory,
    RegnearkimportFactory,
    RundeFactory,
    SettDelingFactory,
    StatusrapportFactory,
    StedFactory,
    TallimportFactory,
    TilbudFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TilskuddstiltakFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
    UtsendingFactory,
    ferdig_evaluering,
    ferdig_rapport,
    i_runden,
    om_runden,
)
from tests.slt.test_admin import NUMMER
from tests.slt.test_kommando import HENVISNINGER, feil, kjor, lag_plan, lag_tiltak
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Lenke,
    Tjenestekommune,
    Tjenestemalgruppe,
)

VARE = [
    modell
    for modell in apps.get_models(include_auto_created=True)
    if modell._meta.app_label in {"slt", "tiltak", "moter", "evaluering"}
]
# What of a user is not the kommune's.
BRUKERENS_EGET = {"password", "last_login", "is_superuser"}


@pytest.fixture
def ut(tmp_path):
    return tmp_path / "ut.zip"


# What goes along ----------------------------------------------------------------------


def test_every_model_goes_along_or_is_named_with_the_reason():
    uten = dict(hva.UTEN)
    for modell in hva.UTEN:
        if issubclass(modell, Historisert):
            uten[modell.historikk.model] = "as what it is the history of"
    med = [Bruker, *hva.delene()]

    for modell in apps.get_models(include_auto_created=True):
        grunn = uten.get(modell) or hva.UTEN_APPER.get(modell._meta.app_label)
        assert (modell, modell in med) == (modell, grunn is None)
    assert all(uten.values())
    assert len(med) == len(set(med))


def test_what_a_row_refers_to_stands_before_it():
    henvisninger = [
        (nr, felt.related_model)
        for nr, modell in enumerate(hva.MED)
        for felt in modell._meta.concrete_fields
        if isinstance(felt, ForeignKey) and felt.related_model is not Bruker
    ]

    assert len(henvisninger) > 80
    assert [
        (hva.MED[nr], til) for nr, til in henvisninger if til not in hva.MED[: nr + 1]
    ] == []


# Out and in ---------------------------------------------------------------------------


def tom_databasen():
    """Throws away every row of ours, as if there had never been one."""
    for modell in reversed(VARE):
        QuerySet(modell)._raw_delete("default")
    assert not any(modell._base_manager.exists() for modell in VARE)


def verdiene(modell, hvilke=lambda rad: True):
    """The rows of a table, as they are stored, but for what of a user stays."""
    uten = BRUKERENS_EGET if modell is Bruker else ()
    navn = [f.attname for f in modell._meta.concrete_fields if f.attname not in uten]
    return [
        {n: som_bytes(getattr(rad, n)) for n in navn}
        for rad in modell._base_manager.order_by("pk")
        if hvilke(rad)
    ]


def som_bytes(verdi):
    return bytes(verdi) if isinstance(verdi, memoryview) else verdi


@pytest.mark.postgres
def test_lillestrom_comes_in_as_it_went_out(db, ut):
    filer = [f for f in medfolgende() if f.stem.startswith("3205")]
    kjor("last_grunndata", *filer)
    kommune = Kommune.objects.get()
    kjent = TilgangFactory(
        kommune=kommune,
        bruker__navn="Koordinator",
        bruker__last_login=timezone.now() + timedelta(hours=1),
    ).bruker
    dokument = DokumentFactory(kommune=kommune)
    bilde = BildeFactory(kommune=kommune)
    filene = [dokument.innhold, bilde.innhold]
    uten = {*hva.UTEN, Bruker.historikk.model}
    for_ = {modell: verdiene(modell) for modell in VARE if modell not in uten}

    assert "Lillestrøm" in kjor("eksporter", "3205", ut=ut)
    tom_databasen()
    assert "La inn Lillestrøm" in kjor("importer", ut)

    for modell, rader in for_.items():
        assert verdiene(modell) == rader
    assert sum(map(len, for_.values())) > 2000
    assert len(for_[Sted.historikk.model]) > 50
    assert [som_bytes(Dokument.objects.get().innhold)] == filene[:1]
    assert [som_bytes(Bilde.objects.get().innhold)] == filene[1:]
    assert Dokument.objects.get().er_uskadd
    assert Bruker.objects.get().navn == kjent.navn
    assert kjor("helse").endswith("Ingen rader viser til en annen kommune.\n")


def lag_alt(kommune):
    """Rows of every model that goes along."""
    for lag, *_ in HENVISNINGER:
        lag(kommune)
    tiltak = lag_tiltak(kommune)
    punkt = KontaktpunktFactory(tjeneste=TjenesteFactory(kommune=kommune))
    bruker = TilgangFactory(kommune=kommune).bruker
    Apningstid.objects.create(
        kontaktpunkt=punkt,
        fra_dag=1,
        til_dag=5,
        apner=time(8),
        stenger=time(15, 30),
    )
    Lenke.objects.create(tiltak=tiltak, tittel="Mer", adresse="https://example.org/")
    OpphavFactory(tiltak=tiltak)
    Tjenestemalgruppe.objects.create(tjeneste=punkt.tjeneste, tekst="Ungdom")
    OrdUtenTreff.objects.create(kommune=kommune, maned=date(2026, 11, 1), ord="mobbing")
    KapittelFactory(plan=lag_plan(kommune))
    TallimportFactory(kommune=kommune)
    kilde = KildeFactory(kommune=kommune)
    Kildesteg.objects.create(kilde=kilde, navn="Intervjuer")
    MedvirkningFactory(kilde=kilde)
    EgenvurderingFactory.med_svar(forum__kommune=kommune)
    NormsvarFactory(kommune=kommune)
    ferdig_evaluering(lag_plan(kommune), tiltak=tiltak)
    mote = MoteFactory(forum=ForumFactory(kommune=kommune))
    ferdig_rapport(kommune, plan=lag_plan(kommune), siden=mote)
    HoringFactory(plan=lag_plan(kommune))
    MoteserieFactory(forum=ForumFactory(kommune=kommune))
    UtsendingFactory(kommune=kommune, tilstand="avvist", grunn="adresse")
    BildeFactory(kommune=kommune)
    DokumentFactory(kommune=kommune)
    TilgangslenkeFactory(kommune=kommune)
    Endringsbrev.objects.create(kommune=kommune, bruker=bruker)
    MotefriFactory(kommune=kommune)
    AktivitetFactory(kommune=kommune, gjentar=AktivitetFactory(kommune=kommune))
    TjenesteredaktorFactory(tjeneste=punkt.tjeneste, bruker=bruker)
    SettDelingFactory(kommune=kommune)
    BekreftelseFactory(kontaktpunkt=punkt, av=bruker)
    StatusrapportFactory(
        tiltak=TilbudFactory(kommune=kommune),
        tjeneste=punkt.tjeneste,
        runde=RundeFactory(kommune=kommune),
    )
    FinansieringFactory(tiltak=tiltak, fra="Bufdir", belop=1_200_000)
    TilskuddstiltakFactory(tiltak=tiltak, belop=50_000)
    om_runden(i_runden(punkt.tjeneste)[0], lag_plan(kommune))
    FeilmeldingFactory(tjeneste=punkt.tjeneste, kontaktpunkt=punkt)
    PlanimportFactory(kommune=kommune, bruker=bruker)
    RegnearkimportFactory(kommune=kommune, plan=lag_plan(kommune), bruker=bruker)
    KalenderlenkeFactory(forum=ForumFactory(kommune=kommune))


def kommunens(kommune):
    """{model: its rows of the kommune}, found row by row, another way than the export."""
    fora = set(Forum.objects.filter(kommune=kommune).values_list("pk", flat=True))

    def er_kommunens(rad):
        if isinstance(rad, (Kalenderlenke, Kalenderlenke.historikk.model)):
            return rad.forum_id in fora
        if er_historikk(type(rad)):
            return rad.history_kommune_id == kommune.pk
        return kommune_id(rad) == kommune.pk

    return {modell: verdiene(modell, er_kommunens) for modell in hva.delene()}


@pytest.fixture
def to_kommuner(kommune, nabokommune):
    """Two kommuner with rows of everything, who share a forum and a user."""
    lag_alt(kommune)
    lag_alt(nabokommune)
    felles = BrukerFactory(epost="felles@example.org")
    for en in (kommune, nabokommune):
        TilgangFactory(kommune=en, bruker=felles)
    KalenderlenkeFactory(bruker=felles, forum=None)
    for egen, annen in ((kommune, nabokommune), (nabokommune, kommune)):
        forum = ForumFactory(kommune=egen, navn=f"Felles forum i {egen.navn}")
        ForumskommuneFactory(forum=forum, kommune=annen)
        TjenestekommuneFactory(tjeneste__kommune=egen, kommune=annen)
        ForumsmedlemFactory(forum=forum, bruker=felles)
    # One that is deleted has nothing left but its history.
    StedFactory(kommune=kommune, navn="Borte").delete()
    return kommune, nabokommune


@pytest.mark.postgres
def test_each_model_comes_in_as_it_went_out_and_nothing_of_the_neighbour(
    to_kommuner, ut
):
    kommune, nabo = to_kommuner
    egne, naboens = kommunens(kommune), kommunens(nabo)
    assert [modell for modell, rader in egne.items() if not rader] == []
    kjor("eksporter", kommune.nummer, ut=ut)
    with ZipFile(ut) as arkiv:
        innhold = b"".join(arkiv.read(navn) for navn in arkiv.namelist()).decode(
            errors="replace"
        )
    tom_databasen()

    kjor("importer", ut)

    for modell, rader in egne.items():
        assert (modell, verdiene(modell)) == (modell, rader)
        pker = {rad[modell._meta.pk.attname] for rad in rader}
        assert not pker & {rad[modell._meta.pk.attname] for rad in naboens[modell]}
    assert nabo.navn not in innhold
    assert f'"kommune_id": {nabo.pk},' not in innhold
    assert not Forumskommune.objects.exists()
    assert not Tjenestekommune.objects.exists()
    felles = Bruker.objects.get(epost="felles@example.org")
    assert {t.kommune_id for t in felles.tilganger.all()} == {kommune.pk}
    assert not felles.kalenderlenker.exists()
    # A new row does not get the id of one that was deleted, nor its history.
    nytt = StedFactory(kommune=Kommune.objects.get(), navn="Nytt")
    assert [h.navn for h in Sted.historikk.filter(id=nytt.pk)] == ["Nytt"]


@pytest.mark.parametrize("deles", [True, False])
def test_what_names_anothers_tjeneste_is_left_out_and_said(
    deles, kommune, nabokommune, ut
):
    eget = AnsvarFactory(tiltak=lag_tiltak(kommune))
    punkt = KontaktpunktFactory(tjeneste__kommune=nabokommune)
    deling = TjenestekommuneFactory(tjeneste=punkt.tjeneste, kommune=kommune)
    with spor(Dor.SKJEMA, bruker=BrukerFactory()):
        andres = AnsvarFactory(tiltak=eget.tiltak, tjeneste=punkt.tjeneste)
    andres.velg_kontaktpunkter([punkt])
    if not deles:
        deling.delete()

    sagt = kjor("eksporter", kommune.nummer, ut=ut)
    tom_databasen()
    lest = kjor("importer", ut)

    hva_ = f"ansvar: tiltak {eget.tiltak}, tjeneste {punkt.tjeneste}\n"
    assert f"Ikke med, for en annen kommune holder det: {hva_}" in sagt
    assert f"Ikke med, for en annen kommune holdt det: {hva_}" in lest
    assert list(Ansvar.objects.all()) == [eget]
    assert set(Ansvar.historikk.values_list("id", flat=True)) == {eget.pk}
    assert not AnsvarKontaktpunkt.objects.exists()
    assert not AnsvarKontaktpunkt.historikk.exists()
    assert not Bruker.objects.exists()


def test_users_come_without_what_is_not_the_kommunes(kommune, nabokommune, ut):
    kjent = BrukerFactory(navn="Kjent", is_superuser=True)
    kjent.set_password("hemmelig")
    kjent.save()
    # Somebody typed this address, and learns nothing more by it.
    fremmed = BrukerFactory(navn="Fremmed", last_login=timezone.now())
    naboens = TilgangFactory(kommune=nabokommune).bruker
    TilgangFactory(kommune=kommune, bruker=fremmed)
    TilgangFactory(kommune=kommune, bruker=kjent)
    with spor(Dor.SKJEMA, bruker=kjent):
        StedFactory(kommune=kommune)

    kjor("eksporter", kommune.nummer, ut=ut)
    tom_databasen()
    kjor("importer", ut)

    brukere = {b.epost: b for b in Bruker.objects.all()}
    assert brukere.keys() == {kjent.epost, fremmed.epost}
    assert naboens.epost not in brukere
    assert brukere[kjent.epost].navn == "Kjent"
    assert brukere[fremmed.epost].navn == ""
    for bruker in brukere.values():
        assert not bruker.has_usable_password()
        assert not bruker.is_superuser
        assert bruker.last_login is None
        assert [h.history_dor for h in Bruker.historikk.filter(id=bruker.pk)] == [
            Dor.IMPORT
        ]
    assert Sted.historikk.get().history_user_id == kjent.pk
    # The nightly tidying up finds nobody who has long had nothing.
    assert "anonymiserte 0 brukere" in kjor("rydd")


# Bad input ----------------------------------------------------------------------------


@pytest.fixture
def uttrekk(kommune, ut):
    """A file, and an installation that is empty."""
    LokalomradeFactory(kommune=kommune, navn="Nord")
    BildeFactory(kommune=kommune)
    kjor("eksporter", kommune.nummer, ut=ut)
    tom_databasen()
    return ut


def endre(ut, navn, ny, *, signer=True):
    """Writes the file anew with other content in a member; `ny` makes it of the old one,
    and None takes it out."""
    with ZipFile(ut) as arkiv:
        deler = {n: arkiv.read(n) for n in arkiv.namelist()}
    deler[navn] = ny(deler[navn])
    if signer and navn != fil.MANIFEST:
        manifest = json.loads(deler[fil.MANIFEST])
        manifest["medlemmer"][navn]["sha256"] = sha256(deler[navn]).hexdigest()
        deler[fil.MANIFEST] = json.dumps(manifest).encode()
    with ZipFile(ut, "w") as arkiv:
        for n, innhold in deler.items():
            if innhold is not None:
                arkiv.writestr(n, innhold)


NORD = "rader/slt.lokalomrade.ndjson"


def i_manifestet(**mer):
    return lambda gammelt: json.dumps(json.loads(gammelt) | mer).encode()


def bytt(gammelt, nytt):
    def ny(innhold):
        assert gammelt in innhold
        return innhold.replace(gammelt, nytt)

    return ny


def sier(ut):
    """What the import says when it refuses; nothing is written then."""
    melding = feil("importer", ut)
    assert not any(modell._base_manager.exists() for modell in VARE)
    return melding


@pytest.mark.parametrize("igjen", [0, 10, 1000, -1])
def test_a_file_that_was_cut_off_is_refused(uttrekk, igjen):
    uttrekk.write_bytes(uttrekk.read_bytes()[:igjen])

    assert sier(uttrekk) == "ut.zip er ødelagt eller ikke et uttrekk."


def test_one_byte_that_was_changed_is_found(uttrekk):
    innhold = bytearray(uttrekk.read_bytes())
    with ZipFile(uttrekk) as arkiv:
        storst = max(arkiv.infolist(), key=lambda del_: del_.compress_size)
    # Past its header, in the middle of what was packed.
    innhold[storst.header_offset + 60 + storst.compress_size // 2] ^= 0xFF
    uttrekk.write_bytes(innhold)

    assert "ødelagt" in sier(uttrekk)


def test_a_checksum_that_is_wrong_is_named(uttrekk):
    endre(uttrekk, NORD, bytt(b"Nord", b"Nard"), signer=False)

    assert sier(uttrekk) == f"Uttrekket er ødelagt: sjekksummen til {NORD} er feil."


def test_a_part_that_is_missing_is_missed(uttrekk):
    endre(uttrekk, NORD, lambda _innhold: None, signer=False)

    assert sier(uttrekk) == "Uttrekket har andre deler enn det skal."


def test_a_file_that_is_not_there_is_named(db, ut):
    assert sier(ut) == f"{ut} kan ikke leses: No such file or directory."


def test_another_archive_is_none_of_ours(db, ut):
    with ZipFile(ut, "w") as arkiv:
        arkiv.writestr("noe.txt", "noe")

    assert sier(ut) == "ut.zip er ødelagt eller ikke et uttrekk."


@pytest.mark.parametrize(
    "manifest",
    ["[]", "{}", '{"format": 1}', "nei", "[" * 100_000],
)
def test_a_manifest_that_is_none_is_refused(uttrekk, manifest):
    endre(uttrekk, fil.MANIFEST, lambda _gammelt: manifest.encode())

    assert sier(uttrekk) == "ut.zip er ødelagt eller ikke et uttrekk."


@pytest.mark.parametrize(
    "mer",
    [
        {"kommune": None},
        {"kommune": {"nummer": 3205}},
        {"migrasjoner": []},
        {"migrasjoner": {"slt": 1}},
        {"medlemmer": "alle"},
        {"medlemmer": {"rader/slt.kommune.ndjson": 1}},
        {"utelatt": 5},
    ],
    ids=str,
)
def test_a_manifest_with_something_else_in_it_is_refused(uttrekk, mer):
    endre(uttrekk, fil.MANIFEST, i_manifestet(**mer))

    assert sier(uttrekk) == "ut.zip er ødelagt eller ikke et uttrekk."


def test_a_file_under_another_name_than_its_checksum_is_refused(uttrekk):
    navn, innhold = "filer/../../../etc/cron.d/x", b"* * * * * root id"
    with ZipFile(uttrekk, "a") as arkiv:
        arkiv.writestr(navn, innhold)
    ny = {navn: {"rader": 0, "sha256": sha256(innhold).hexdigest()}}

    def med_filen(gammelt):
        medlemmer = json.loads(gammelt)["medlemmer"]
        return i_manifestet(medlemmer=medlemmer | ny)(gammelt)

    endre(uttrekk, fil.MANIFEST, med_filen)

    assert sier(uttrekk) == f"Uttrekket er ødelagt: sjekksummen til {navn} er feil."


def test_what_is_packed_to_fill_the_memory_is_refused(uttrekk, monkeypatch):
    monkeypatch.setattr(les, "STORST", 50_000)
    endre(uttrekk, NORD, lambda innhold: innhold[:-1] + b" " * 60_000 + b"\n")

    assert "en rad er for stor" in sier(uttrekk)

    endre(uttrekk, fil.MANIFEST, lambda gammelt: gammelt + b" " * 60_000)
    assert sier(uttrekk) == "Uttrekket er ødelagt: manifest.json er for stor."


def test_another_format_is_refused(uttrekk):
    endre(uttrekk, fil.MANIFEST, i_manifestet(format=fil.FORMAT + 1))

    assert f"format {fil.FORMAT + 1}" in sier(uttrekk)


@pytest.mark.parametrize(
    ("siste", "sagt"),
    [("9999_senere", "nyere versjon"), ("0000_for", "eldre versjon")],
)
def test_another_version_is_refused_and_says_what_to_do(uttrekk, siste, sagt):
    andre = fil.migrasjoner() | {"tiltak": siste}
    endre(uttrekk, fil.MANIFEST, i_manifestet(migrasjoner=andre))

    melding = sier(uttrekk)

    assert sagt in melding
    assert siste in melding


def test_the_last_migration_of_each_app_is_what_django_has(monkeypatch):
    # The tests make the tables without them.
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {})

    siste = dict(MigrationLoader(None).graph.leaf_nodes())

    egne = fil.migrasjoner()
    assert egne == {app: siste[app] for app in ("evaluering", "moter", "slt", "tiltak")}


def test_an_installation_that_is_not_empty_is_left_alone(uttrekk):
    BrukerFactory()

    assert feil("importer", uttrekk) == (
        "Installasjonen er ikke tom: den har 1 brukere."
    )
    assert not Kommune.objects.exists()


@pytest.mark.parametrize(
    ("navn", "ny", "sagt"),
    [
        (NORD, bytt(b'"navn"', b'"nvan"'), "raden har andre felter"),
        (NORD, bytt(b'"Nord"', f'"Nord {NUMMER}"'.encode()), ", navn: "),
        (NORD, lambda innhold: b"[]\n", "raden har andre felter"),
        (NORD, lambda innhold: b"{\n", "kan ikke leses"),
        (NORD, lambda innhold: b"[" * 100_000 + b"\n", "kan ikke leses"),
        (NORD, bytt(b'"id": ', b'"id": 99999999999999999999'), NORD),
        (NORD, lambda innhold: innhold + innhold, "avvist av databasen"),
        (NORD, lambda innhold: b"", "rader som ikke er kommunens"),
        ("rader/slt.bilde.ndjson", bytt(b'"innhold": "', b'"innhold": "0'), "mangler"),
        ("rader/slt.kommune.ndjson", bytt(b"3205", b"3206"), "ikke bare den kommunen"),
    ],
)
def test_a_row_that_is_wrong_stops_it_all(uttrekk, navn, ny, sagt):
    endre(uttrekk, navn, ny)

    assert sagt in sier(uttrekk)


@pytest.mark.postgres
def test_a_row_of_another_kommune_is_not_taken_in(kommune, nabokommune, ut):
    LokalomradeFactory(kommune=kommune)
    kjor("eksporter", kommune.nummer, ut=ut)
    egen = f'"kommune_id": {kommune.pk}'.encode()
    endre(ut, NORD, bytt(egen, f'"kommune_id": {nabokommune.pk}'.encode()))
    tom_databasen()

    assert sier(ut) == "En rad viser til noe som ikke er med."


def test_history_of_another_kommune_is_not_taken_in(uttrekk):
    navn = "rader/slt.historisklokalomrade.ndjson"
    endre(uttrekk, navn, bytt(b'"history_kommune_id": ', b'"history_kommune_id": 9'))

    assert sier(uttrekk) == f"{navn} har rader som ikke er kommunens."


def test_a_kommune_that_is_not_there_is_not_written(db, ut):
    assert feil("eksporter", "9999", ut=ut) == (
        "Det finnes ingen kommune med nummer 9999."
    )
    assert not ut.exists()


def test_nothing_is_written_over(kommune, ut):
    ut.write_text("noe")

    assert feil("eksporter", kommune.nummer, ut=ut) == f"{ut} finnes fra før."
    assert ut.read_text() == "noe"


def test_a_folder_that_is_not_there_is_said(kommune, tmp_path):
    ut = tmp_path / "borte" / "ut.zip"

    assert feil("eksporter", kommune.nummer, ut=ut).startswith(f"{ut} kan ikke skrives")


def test_what_was_not_finished_is_not_there(kommune, ut, monkeypatch):
    monkeypatch.setattr("slt.felles.uttrekk.skriv.migrasjoner", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        kjor("eksporter", kommune.nummer, ut=ut)

    assert list(ut.parent.iterdir()) == []


def test_only_its_owner_reads_the_file(kommune, ut):
    kjor("eksporter", kommune.nummer, ut=ut)

    assert ut.stat().st_mode & 0o777 == 0o600


# Deleting -----------------------------------------------------------------------------


def alt_som_er():
    return {modell: verdiene(modell) for modell in VARE}


def test_one_file_is_one_file(kommune, ut, settings):
    assert " og 0 filer, " in kjor("eksporter", kommune.nummer, ut=ut)

    BildeFactory(kommune=kommune)
    ut.unlink()

    assert " og 1 fil, " in kjor("eksporter", kommune.nummer, ut=ut)


@pytest.mark.postgres
def test_a_kommune_is_listed_first_and_deleted_when_its_name_is_typed(
    kommune, nabokommune, settings, tmp_path
):
    settings.PDF_MAPPE = tmp_path
    lag_alt(nabokommune)
    felles = TilgangFactory(kommune=nabokommune).bruker
    lag_alt(kommune)
    TilgangFactory(kommune=kommune, bruker=felles)
    alene = TilgangFactory(kommune=kommune, bruker__epost="alene@example.org").bruker
    for_, naboens = alt_som_er(), kommunens(nabokommune)

    liste = kjor("slett_kommune", "3205")
    assert liste.startswith("Lillestrøm, kommunenummer 3205:\n")
    assert f"  lokalområder: {kommune.lokalomrader.count()}\n" in liste
    assert "Ingenting er slettet." in liste
    for bekreft in ("", "Lørenskog", "lillestrøm"):
        assert "Lillestrøm" in feil(
            "slett_kommune", "3205", slett=True, bekreft=bekreft
        )
    assert alt_som_er() == for_

    tegnet = tmp_path / "plan.pdf"
    tegnet.write_bytes(b"%PDF-")
    sagt = kjor("slett_kommune", "3205", slett=True, bekreft="Lillestrøm")

    assert not tegnet.exists()
    for modell, rader in kommunens(nabokommune).items():
        assert (modell, verdiene(modell)) == (modell, rader)
        assert (modell, rader) == (modell, naboens[modell])
    assert f"Har ikke tilgang til noe lenger: {alene.epost}." in sagt
    assert felles.epost not in sagt
    assert Bruker.objects.filter(pk=alene.pk).exists()


@pytest.mark.parametrize("eier", ["kommune", "nabokommune"])
def test_what_is_shared_with_another_kommune_has_to_end_first(
    kommune, nabokommune, eier
):
    eier, deltaker = (
        (kommune, nabokommune) if eier == "kommune" else (nabokommune, kommune)
    )
    forum = ForumFactory(kommune=eier, navn="Stasjonsforum")
    ForumskommuneFactory(forum=forum, kommune=deltaker)
    for_ = alt_som_er()
    sagt = StringIO()

    with pytest.raises(CommandError, match="Avslutt det som er sammen"):
        call_command(
            "slett_kommune", "3205", slett=True, bekreft="Lillestrøm", stdout=sagt
        )

    assert (
        "Henger sammen med en annen kommune: deltakende kommune: forum Stasjonsforum, "
        f"kommune {deltaker.navn}\n"
    ) in sagt.getvalue()
    assert alt_som_er() == for_


def test_it_is_said_where_the_documents_could_not_be_thrown_away(
    kommune, settings, tmp_path
):
    settings.PDF_MAPPE = tmp_path
    (tmp_path / "plan.pdf").mkdir()  # no file, and so not removed as one

    sagt = kjor("slett_kommune", "3205", slett=True, bekreft="Lillestrøm")

    assert f"Tøm {tmp_path} selv" in sagt
    assert not Kommune.objects.exists()


def test_a_row_that_leads_into_another_kommune_is_found(kommune, nabokommune):
    omrade = LokalomradeFactory(kommune=kommune)
    sted = StedFactory(kommune=nabokommune)
    QuerySet(Sted).filter(pk=sted.pk).update(lokalomrade=omrade)

    assert "Avslutt" in feil("slett_kommune", "3205", slett=True, bekreft="Lillestrøm")
    assert Kommune.objects.count() == 2


def test_a_kommune_that_is_not_there_is_not_deleted(db):
    assert feil("slett_kommune", "9999") == (
        "Det finnes ingen kommune med nummer 9999."
    )
