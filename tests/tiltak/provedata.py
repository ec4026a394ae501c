"""A plan of any size in which every tiltak has all that a tiltak may have.

Made past the history, in bulk: for tests of what pages cost.
"""

from collections import defaultdict
from datetime import time
from itertools import count

from django.db import connection
from django.db.models import QuerySet

from slt.grunn.rekkefolge import feltet
from slt.models import Lokalomrade, Sted
from tests.factories import HandlingsplanFactory
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
    Styringsdokument,
    Tema,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    Tjeneste,
)
from tiltak.models.plandeler import Publiseres

OMRADER = 3


def lag(modell, rader):
    felles = {"publisert": True} if issubclass(modell, Publiseres) else {}
    rader = [modell(**felles, **rad) for rad in rader]
    if (felt := feltet(modell)) and felt.attname == "rekkefolge":
        plasser = defaultdict(lambda: count(1))
        for rad in rader:
            if rad.rekkefolge is None:
                rad.rekkefolge = next(plasser[felt.gruppe(rad)])
    laget = QuerySet(modell).bulk_create(rader)
    if connection.vendor == "postgresql":
        # In production autovacuum does; without, it plans as if the table were empty.
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {modell._meta.db_table}")
    return laget


def full_plan(kommune, antall, *, fulle=None, **felter):
    """Returns a plan with `antall` tiltak, each with a deltiltak; the first one stands
    at omrade-0/1, and tjeneste-0 answers for all of them.

    Args:
        fulle: how many of them have all that there is, if not all; the rest have a
            place and an ansvar.
    """
    plan = HandlingsplanFactory(kommune=kommune, **felter)
    fa = range(min(antall, 20))
    lag(
        Kapittel,
        (
            {"plan": plan, "tittel": f"K {n}", "slug": f"k-{n}", "tekst": "x"}
            for n in fa
        ),
    )
    i_planen = {"kommune": kommune, "plan": plan}
    lag(Styringsdokument, (i_planen | {"tittel": f"Dokument {n}"} for n in fa))
    omrader = lag(
        Innsatsomrade,
        (
            {
                "plan": plan,
                "navn": f"Område {n}",
                "kortnavn": f"O{n}",
                "slug": f"omrade-{n}",
                "rekkefolge": n,
            }
            for n in range(OMRADER + 1)
        ),
    )
    lokalomrader = lag(
        Lokalomrade,
        ({"kommune": kommune, "navn": f"Bygd {n}", "slug": f"bygd-{n}"} for n in fa),
    )
    temaer = lag(
        Tema,
        ({"kommune": kommune, "navn": f"Tema {n}", "slug": f"tema-{n}"} for n in fa),
    )
    steder = lag(
        Sted,
        ({"kommune": kommune, "navn": f"Sted {n}", "slug": f"sted-{n}"} for n in fa),
    )
    tjenester = _tjenester(kommune, fulle or antall, steder)
    felles = {"plan": plan, "tekst": "<p>Tekst</p>", "nytt": True, "niva": "selektiv"}
    tiltak = lag(
        Tiltak,
        (felles | {"tittel": f"Tiltak {n}", "slug": f"t-{n}"} for n in range(antall)),
    )
    deler = lag(
        Tiltak,
        (
            felles | {"tittel": f"Del av {t}", "slug": f"del-{t.slug}", "overordnet": t}
            for t in tiltak[:fulle]
        ),
    )
    lag(
        Plassering,
        (
            plass
            for n, t in enumerate(tiltak)
            for plass in (
                {
                    "tiltak": t,
                    "innsatsomrade": omrader[n % OMRADER],
                    "nummer": n // OMRADER + 1,
                },
                {
                    "tiltak": t,
                    "innsatsomrade": omrader[OMRADER],
                    "nummer": n + 1,
                    "hoved": False,
                },
            )
        ),
    )
    alle = list(enumerate([*tiltak[:fulle], *deler]))
    lag(Malgruppe, ({"tiltak": t, "tekst": f"Gruppe {n}"} for n, t in alle))
    ung = {"tekst": "Ung", "alder_fra": 13, "rekkefolge": 2}
    lag(Malgruppe, ({"tiltak": t, **ung} for _n, t in alle))
    lag(
        Malsetting,
        (
            {"plan": plan, "tiltak": t, "type": "hovedmal", "tekst": f"Mål {n}"}
            for n, t in alle
        ),
    )
    adresse = "https://example.org/"
    lag(
        Lenke,
        ({"tiltak": t, "tittel": "Les", "adresse": f"{adresse}{n}"} for n, t in alle),
    )
    lag(
        TiltakTema,
        ({"tiltak": t, "tema": temaer[n % len(temaer)]} for n, t in alle),
    )
    lag(
        TiltakLokalomrade,
        (
            {"tiltak": t, "lokalomrade": lokalomrader[n % len(lokalomrader)]}
            for n, t in alle
        ),
    )
    _ansvar(alle, tjenester)
    if fulle:
        resten = tiltak[fulle:]
        lag(Ansvar, ({"tiltak": t, "tjeneste": tjenester[0]} for t in resten))
    return plan


def _tjenester(kommune, antall, steder):
    tjenester = []
    for n in range(max(2, antall // 10)):
        [tjeneste] = lag(
            Tjeneste,
            [
                {
                    "kommune": kommune,
                    "navn": f"Tjeneste {n}",
                    "slug": f"tjeneste-{n}",
                    "type": "kommunal",
                    "overordnet": tjenester[0] if n else None,
                }
            ],
        )
        tjenester.append(tjeneste)
    punkter = lag(
        Kontaktpunkt,
        (
            {
                "tjeneste": t,
                "type": "telefon",
                "verdi": f"{40_000_000 + 2 * n + nr}",
                "hoved": nr == 0,
                "sted": steder[n % len(steder)],
                "akutt": n == nr == 0,
            }
            for n, t in enumerate(tjenester)
            for nr in range(2)
        ),
    )
    lag(
        Apningstid,
        (
            {
                "kontaktpunkt": p,
                "fra_dag": 0,
                "til_dag": 4,
                "apner": time(8),
                "stenger": time(15),
            }
            for p in punkter
        ),
    )
    return tjenester


def _ansvar(alle, tjenester):
    """Two for each: one with the main contact points, one with a chosen one."""
    ansvar = lag(
        Ansvar,
        (
            {"tiltak": t, "tjeneste": tjeneste, "rekkefolge": nr}
            for n, t in alle
            for nr, tjeneste in enumerate(
                (tjenester[0], tjenester[1 + n % (len(tjenester) - 1)])
            )
        ),
    )
    valgbare = {p.tjeneste_id: p for p in Kontaktpunkt.objects.filter(hoved=False)}
    lag(
        AnsvarKontaktpunkt,
        (
            {"ansvar": a, "kontaktpunkt": valgbare[a.tjeneste_id]}
            for a in ansvar
            if a.rekkefolge
        ),
    )
