"""Reads one kommune's data from a file into an installation that is empty."""

import json
import zlib
from hashlib import sha256
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Max, QuerySet

from slt.felles.omtale import er_historikk, historikker
from slt.felles.statistikk import tell_opp
from slt.felles.uttrekk.fil import (
    FORMAT,
    MANIFEST,
    UttrekkFeil,
    filnavn,
    fra_linje,
    migrasjoner,
    tabellene,
)
from slt.felles.uttrekk.hva import brukerne, bytefelter, delene, rader
from slt.grunn.historikk import (
    OM_GANGEN,
    Dor,
    Historisert,
    opprett_mange,
    spor,
)
from slt.models import Bruker, Kommune

# As Python's archives give up on what is torn, and on what somebody else made.
ODELAGT = (BadZipFile, zlib.error, EOFError, OSError, KeyError, RuntimeError)
# What comes of making a row of something else, however strange.
UGYLDIG_RAD = (
    *(UttrekkFeil, ValidationError, ValueError, TypeError),
    *(OverflowError, RecursionError),
)
BIT = 1 << 20
# No row and no file is larger, packed out: what is, was made to fill the memory.
STORST = 1 << 27


def les(sti: Path) -> dict:
    """Puts what `skriv` wrote into the database: all of it, or nothing. Rows, history and
    files keep their ids, and nothing more is written into the history but that users came.

    Returns the manifest.

    Raises:
        UttrekkFeil: the file is torn or of another version, or the installation is not
            empty.
    """
    try:
        arkiv = ZipFile(sti)
    except BadZipFile as feil:
        raise _odelagt(sti) from feil
    except OSError as feil:
        raise UttrekkFeil(f"{sti} kan ikke leses: {feil.strerror}.") from feil
    with arkiv:
        try:
            manifest = _manifestet(arkiv)
            _sjekk_versjon(manifest)
            _sjekk_medlemmer(arkiv, manifest["medlemmer"])
        except ODELAGT as feil:
            raise _odelagt(sti) from feil
        _sjekk_tomt()
        with transaction.atomic():
            _les_alt(arkiv, manifest)
    tell_opp()
    return manifest


def _odelagt(sti):
    return UttrekkFeil(f"{sti.name} er ødelagt eller ikke et uttrekk.")


# Before anything is written -----------------------------------------------------------


def _manifestet(arkiv):
    """Raises BadZipFile when it is none."""
    try:
        manifest = json.loads(_lest(arkiv, MANIFEST))
    except ValueError as feil:
        raise BadZipFile from feil
    if not _er_manifest(manifest):
        raise BadZipFile
    return manifest


def _er_manifest(manifest):
    """Whether it has what is asked of it, each of the right kind."""
    if not isinstance(manifest, dict) or "format" not in manifest:
        return False
    deler = [manifest.get(n) for n in ("kommune", "migrasjoner", "medlemmer")]
    if not all(isinstance(del_, dict) for del_ in deler):
        return False
    utelatt = manifest.get("utelatt", [])
    kommune, migrasjoner, medlemmer = deler
    return (
        isinstance(utelatt, list)
        and all(isinstance(kommune.get(n), str) for n in ("nummer", "navn"))
        and all(isinstance(siste, str) for siste in migrasjoner.values())
        and all(isinstance(m, dict) and "sha256" in m for m in medlemmer.values())
    )


def _lest(arkiv, navn):
    """The bytes of a member. More than the archive says that there are, is never read."""
    if arkiv.getinfo(navn).file_size > STORST:
        raise UttrekkFeil(f"Uttrekket er ødelagt: {navn} er for stor.")
    return arkiv.read(navn)


def _sjekk_versjon(manifest):
    if manifest["format"] != FORMAT:
        raise UttrekkFeil(
            f"Uttrekket har format {manifest['format']}, og denne versjonen av "
            f"programmet leser format {FORMAT}. Bruk samme versjon som det ble skrevet "
            "med."
        )
    egne, deres = migrasjoner(), manifest["migrasjoner"]
    for app in sorted(egne.keys() | deres.keys()):
        egen, annen = egne.get(app, ""), deres.get(app, "")
        # They are numbered: the later one stands last.
        if annen > egen:
            raise UttrekkFeil(
                f"Uttrekket er skrevet av en nyere versjon av programmet ({app} "
                f"{annen}; her er {egen or 'den ikke'}). Oppgrader først."
            )
        if annen < egen:
            raise UttrekkFeil(
                f"Uttrekket er skrevet av en eldre versjon av programmet ({app} "
                f"{annen or 'mangler'}; her er {egen}). Importer med den versjonen, og "
                "oppgrader etterpå."
            )


def _sjekk_medlemmer(arkiv, medlemmer):
    """Raises an UttrekkFeil unless all is there, as it was written."""
    navn = arkiv.namelist()
    tabeller = {n for n in medlemmer if not n.startswith(filnavn(""))}
    if sorted(navn) != sorted([*medlemmer, MANIFEST]) or tabeller != set(tabellene()):
        raise UttrekkFeil("Uttrekket har andre deler enn det skal.")
    for ett, sagt in medlemmer.items():
        avtrykk = sha256()
        with arkiv.open(ett) as medlem:
            while bit := medlem.read(BIT):
                avtrykk.update(bit)
        sjekksum = avtrykk.hexdigest()
        riktig = sagt["sha256"] == sjekksum
        if not riktig or ett not in {*tabeller, filnavn(sjekksum)}:
            raise UttrekkFeil(f"Uttrekket er ødelagt: sjekksummen til {ett} er feil.")


def _sjekk_tomt():
    """Raises an UttrekkFeil when there is anything that a row might collide with: rows
    keep their ids."""
    for modell in dict.fromkeys([Bruker, *delene(), *historikker()]):
        if antall := modell._base_manager.count():
            raise UttrekkFeil(
                "Installasjonen er ikke tom: den har "
                f"{antall} {modell._meta.verbose_name_plural}."
            )


# The rows -----------------------------------------------------------------------------


def _les_alt(arkiv, manifest):
    for navn, modell in tabellene().items():
        try:
            with arkiv.open(navn) as medlem:
                _les_rader(arkiv, modell, medlem)
        except UGYLDIG_RAD as feil:
            raise UttrekkFeil(f"{navn} kan ikke leses: {_en_linje(feil)}") from feil
        except DatabaseError as feil:
            # What the database says may quote the row.
            raise UttrekkFeil(f"{navn} ble avvist av databasen.") from feil
    try:
        connection.check_constraints()
    except DatabaseError as feil:
        raise UttrekkFeil("En rad viser til noe som ikke er med.") from feil
    _sjekk_rader(manifest)
    for modell in [Bruker, *delene()]:
        _sett_teller(modell)


def _en_linje(feil):
    tekster = feil.messages if isinstance(feil, ValidationError) else [str(feil)]
    return " ".join(" ".join(tekster).split())


def _les_rader(arkiv, modell, medlem):
    def hent_fil(sjekksum):
        if filnavn(sjekksum) not in arkiv.NameToInfo:
            raise UttrekkFeil("en fil mangler")
        return _lest(arkiv, filnavn(sjekksum))

    # Files are held few at a time.
    antall = 10 if bytefelter(modell) else OM_GANGEN
    lest = (fra_linje(modell, linje, hent_fil) for linje in _linjene(medlem))
    while bunke := list(islice(lest, antall)):
        if modell is Bruker:
            _opprett_brukere(bunke)
        else:
            _sett_inn(modell, bunke)


def _linjene(medlem):
    while linje := medlem.readline(STORST + 1):
        if len(linje) > STORST:
            raise UttrekkFeil("en rad er for stor")
        yield linje


def _opprett_brukere(brukere):
    """Their history did not come with them, so it begins here. Nobody has a password: who
    is to log in is invited."""
    for bruker in brukere:
        bruker.set_unusable_password()
    with spor(Dor.IMPORT, begrunnelse="Kom med uttrekket av en kommune"):
        opprett_mange(brukere)


def _sett_inn(modell, bunke):
    """Saves rows as they stand: no field fills itself in, and no history is written, for
    that comes along."""
    alle = modell._meta.concrete_fields
    for rad in bunke:
        for felt in alle:
            _sjekk_verdi(rad, felt)
    antall = connection.ops.bulk_batch_size(alle, bunke)
    for fra in range(0, len(bunke), antall):
        QuerySet(modell)._insert(
            bunke[fra : fra + antall], fields=alle, using=connection.alias, raw=True
        )


def _sjekk_verdi(rad, felt):
    """Says of which row it is that the database would not be given a text: it may be
    older than the guard."""
    try:
        felt.get_db_prep_save(getattr(rad, felt.attname), connection)
    except ValidationError as feil:
        raise UttrekkFeil(
            f"rad {rad.pk}, {felt.verbose_name}: {_en_linje(feil)}"
        ) from feil


def _sjekk_rader(manifest):
    """Raises an UttrekkFeil unless all that came is of the one kommune."""
    kommuner = list(QuerySet(Kommune))
    nummer = manifest["kommune"].get("nummer")
    if [kommune.nummer for kommune in kommuner] != [nummer]:
        raise UttrekkFeil("Uttrekket har ikke bare den kommunen som det sier.")
    [kommune] = kommuner
    for navn, modell in tabellene().items():
        if modell is Bruker:
            egne = len(brukerne(kommune))
        else:
            egne = rader(modell, kommune).count()
        if not egne == modell._base_manager.count() == _antall(manifest, navn):
            raise UttrekkFeil(f"{navn} har rader som ikke er kommunens.")


def _antall(manifest, navn):
    return manifest["medlemmer"][navn].get("rader")


def _sett_teller(modell):
    """Lets new rows get ids after all that came: after those of rows that were deleted,
    too, for what stands in the history of those is not theirs."""
    hoyeste = [modell._base_manager.aggregate(hoyest=Max("pk"))["hoyest"] or 0]
    if issubclass(modell, Historisert) and not er_historikk(modell):
        slettet = modell.historikk.aggregate(hoyest=Max(modell._meta.pk.attname))
        hoyeste.append(slettet["hoyest"] or 0)
    if not (hoyest := max(hoyeste)):
        return
    tabell, kolonne = modell._meta.db_table, modell._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [connection.ops.quote_name(tabell), kolonne, hoyest],
            )
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [tabell])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [tabell, hoyest],
            )
