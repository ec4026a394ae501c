"""The zip for the archive: what is in it, that it is the same each time, that it says
nothing that is not known, and that its arkivmelding is one."""

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from lxml import etree

from slt.grunn.historikk import uten_vern
from tests.factories import (
    BrukerFactory,
    DokumentFactory,
    HandlingsplanFactory,
    HoringFactory,
    InnspillFactory,
    KapittelFactory,
    RegistreringFactory,
    TiltakFactory,
    UtkastFactory,
)
from tiltak.arkiv import KATALOG, MELDING, XSI, arkivpakke
from tiltak.models import Handlingsplan, Innspill, Registrering

# The folder of KS' schema lies beside the repository, or where this says.
SKJEMAENE = Path(
    os.environ.get("ARKIVMELDING_SKJEMA")
    or settings.BASE_DIR.parent / "shared/grunnlag/arkivmelding"
)
TIDEN = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)
PDF = b"%PDF-1.7 frosset"
# What a database holds and XML does not, and what would end a section of it too early.
VONDT = "Plan \x01\x08\x0e\x1b\ufffe ]]> <b>&amp; \U0001f384 'æøå'"


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(
        kommune=kommune,
        tittel="Trygg oppvekst",
        vedtaksform="vedtatt",
        vedtatt_av="kommunestyret",
        vedtatt_dato=date(2026, 3, 3),
        vedtatt_sak="PS 12/26",
    )


@pytest.fixture
def registrering(plan):
    dokument = DokumentFactory(
        kommune=plan.kommune,
        tittel="Trygg oppvekst 2024–2028",
        filnavn="slt-handlingsplan-lillestrom-2024-2028.pdf",
        innhold=PDF,
        laget=TIDEN,
    )
    return RegistreringFactory(
        plan=plan,
        dokument=dokument,
        tid=TIDEN,
        samling=plan.historikk.get().history_samling,
        behandling="Vedtatt av kommunestyret 3. mars 2026 (sak PS 12/26)",
    )


@pytest.fixture
def innspill(plan):
    """Of the whole plan, of a tiltak that is gone, and of a chapter."""
    borte = TiltakFactory(plan=plan, tittel="Natteravn")
    horing = HoringFactory(plan=plan, fra=date(2026, 1, 1), til=date(2026, 1, 31))
    rader = [
        InnspillFactory(
            plan=plan, mottatt=TIDEN, tekst="Bra.\nMer av dette!", vei="innlogget"
        ),
        InnspillFactory(
            plan=plan,
            tiltak=borte,
            gjelder="Tiltak Vold 4: Natteravn",
            fra="Utekontakten",
            tekst="Ta det ut.",
            mottatt=TIDEN,
            journalnummer="26/1234-5",
            horing=horing,
            vurdering="folges",
            svar="Tiltaket er tatt ut.",
        ),
        InnspillFactory(
            plan=plan,
            kapittel=KapittelFactory(plan=plan),
            gjelder="Kapittel: Bakgrunn",
            mottatt=TIDEN,
            tekst="Kort ned.",
            vei="lenke",
        ),
    ]
    with uten_vern():
        borte.delete()
    return rader


def pakket(registrering):
    """{name: bytes} of its zip, in the order of the zip."""
    with ZipFile(BytesIO(arkivpakke(registrering))) as pakke:
        assert pakke.testzip() is None
        return {navn: pakke.read(navn) for navn in pakke.namelist()}


def som_json(filer, navn):
    return json.loads(filer[navn])


def innmat(element):
    """(name, text or what is in it) of an element of the arkivmelding and all below."""
    navn = etree.QName(element)
    kort = navn.localname if navn.namespace == MELDING else f"n5mdk:{navn.localname}"
    assert navn.namespace in {MELDING, KATALOG}
    return kort, [innmat(barn) for barn in element] or element.text


# The files ----------------------------------------------------------------------------


def test_what_is_in_it(registrering, innspill):
    filer = pakket(registrering)

    assert list(filer) == [
        "slt-handlingsplan-lillestrom-2024-2028.pdf",
        "innspill.txt",
        "innspill.json",
        "metadata.json",
        "arkivmelding.xml",
        "SHA256SUMS",
    ]
    assert filer["slt-handlingsplan-lillestrom-2024-2028.pdf"] == PDF


def test_the_checksums_are_those_of_the_files(registrering, innspill):
    filer = pakket(registrering)

    linjer = filer.pop("SHA256SUMS").decode().splitlines()

    assert linjer == [
        f"{sha256(innhold).hexdigest()}  {navn}" for navn, innhold in filer.items()
    ]
    assert linjer[0].startswith(registrering.dokument.sha256)


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_the_usual_program_checks_them(registrering, innspill, tmp_path):
    ZipFile(BytesIO(arkivpakke(registrering))).extractall(tmp_path)
    sjekk = ["sha256sum", "--check", "--strict", "SHA256SUMS"]

    assert subprocess.run(sjekk, cwd=tmp_path, check=False).returncode == 0

    (tmp_path / "metadata.json").write_text("{}")
    assert subprocess.run(sjekk, cwd=tmp_path, check=False).returncode == 1


def test_the_same_rows_give_the_same_bytes(registrering, innspill):
    igjen = Registrering.objects.get(pk=registrering.pk)

    assert arkivpakke(registrering) == arkivpakke(igjen)


def test_a_file_that_is_not_the_frozen_one_is_not_handed_out(registrering):
    registrering.dokument.innhold = b"%PDF-1.7 noe annet"

    with pytest.raises(ValueError, match="is not what was frozen"):
        arkivpakke(registrering)


@pytest.mark.parametrize(
    ("filnavn", "navn"),
    [
        ("Handlingsplan for Ås.pdf", "handlingsplan-for-as.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("SHA256SUMS", "sha256sums.pdf"),
        ("metadata.json", "metadata-plan.pdf"),
        ("arkivmelding.pdf", "arkivmelding-plan.pdf"),
        ("-rf \\ \n.pdf", "rf.pdf"),
        ("\U0001f384.pdf", "plan.pdf"),
        ("a" * 200, f"{'a' * 120}.pdf"),
    ],
)
def test_every_system_can_unpack_it(filnavn, navn, plan):
    dokument = DokumentFactory(kommune=plan.kommune, filnavn=filnavn)
    filer = pakket(RegistreringFactory(plan=plan, dokument=dokument))

    assert next(iter(filer)) == navn
    assert len(filer) == 5


# What is known --------------------------------------------------------------------------


def test_what_is_known_of_the_plan(registrering, innspill):
    assert som_json(pakket(registrering), "metadata.json") == {
        "tittel": "Trygg oppvekst 2024–2028",
        "kommune": {"navn": "Lillestrøm", "nummer": "3205"},
        "periode": {"fra": 2024, "til": 2028},
        "planrekke": "SLT-planen",
        "behandling": {
            "tekst": "Vedtatt av kommunestyret 3. mars 2026 (sak PS 12/26)",
            "form": {"kode": "vedtatt", "navn": "Vedtatt"},
            "organ": "kommunestyret",
            "dato": "2026-03-03",
            "saksnummer": "PS 12/26",
        },
        "registrert": "2026-03-04T12:30:00+01:00",
        "trukket": None,
        "fil": {
            "filnavn": "slt-handlingsplan-lillestrom-2024-2028.pdf",
            "format": "PDF/A-2a",
            "storrelse": len(PDF),
            "sha256": sha256(PDF).hexdigest(),
            "laget": "2026-03-04T12:30:00+01:00",
        },
        "antall_innspill": 3,
    }


def test_what_is_not_known_is_not_said(kommune):
    registrering = RegistreringFactory(plan=HandlingsplanFactory(kommune=kommune))
    filer = pakket(registrering)

    assert som_json(filer, "metadata.json")["behandling"] == {
        "tekst": None,
        "form": None,
        "organ": None,
        "dato": None,
        "saksnummer": None,
    }
    assert som_json(filer, "innspill.json") == []
    assert "innspill.txt" not in filer
    assert b"beskrivelse>" not in filer["arkivmelding.xml"].replace(
        b"dokumentbeskrivelse>", b""
    ).replace(b"n5mdk:beskrivelse>", b"")


def test_it_is_as_it_was_known_then(registrering, plan):
    foer = arkivpakke(registrering)

    plan.vedtatt_av, plan.vedtatt_sak, plan.til_ar = "formannskapet", "FS 1/27", 2029
    plan.save()
    plan.rekke.navn = "Noe annet"
    plan.rekke.save()
    plan.kommune.navn = "Nye Lillestrøm"
    plan.kommune.save()

    assert arkivpakke(Registrering.objects.get(pk=registrering.pk)) == foer


def test_without_its_set_in_the_history_it_goes_by_the_time(plan):
    registrering = RegistreringFactory(plan=plan)

    plan.vedtatt_av = "formannskapet"
    plan.save()

    behandling = som_json(pakket(registrering), "metadata.json")["behandling"]
    assert behandling["organ"] == "kommunestyret"


def test_that_it_was_taken_back_is_said(registrering, plan):
    with uten_vern():
        plan.status = Handlingsplan.Status.UTKAST
        plan.vedtaksform = plan.vedtatt_av = plan.vedtatt_sak = ""
        plan.vedtatt_dato = None
        plan.save()
    registrering.trukket = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    registrering.hvorfor_trukket = "Feil fil."
    registrering.save()
    filer = pakket(registrering)

    metadata = som_json(filer, "metadata.json")
    assert metadata["trukket"] == {
        "tid": "2026-03-06T00:30:00+01:00",
        "hvorfor": "Feil fil.",
    }
    assert metadata["behandling"]["organ"] == "kommunestyret"
    merknad = etree.fromstring(filer["arkivmelding.xml"]).find(
        f".//{{{MELDING}}}merknad"
    )
    assert innmat(merknad) == (
        "merknad",
        [
            (
                "merknadstekst",
                "Registreringen er trukket tilbake 6. mars 2026: Feil fil.",
            ),
            ("merknadsdato", "2026-03-06T00:30:00+01:00"),
        ],
    )


# The innspill -----------------------------------------------------------------------------


def test_all_that_was_said(registrering, innspill):
    InnspillFactory(plan=UtkastFactory(fra_ar=2030, til_ar=2034))  # of another plan
    felles = {"mottatt": "2026-03-04T12:30:00+01:00"}
    ubesvart = {"journalnummer": None, "horing": None, "vurdering": None, "svar": None}

    assert som_json(pakket(registrering), "innspill.json") == [
        felles
        | ubesvart
        | {
            "gjelder": None,
            "gjelder_slag": "plan",
            "fra": "Ungdomsrådet",
            "vei": {"kode": "innlogget", "navn": "fra en som er logget inn"},
            "tekst": "Bra.\nMer av dette!",
        },
        {
            "mottatt": "2026-03-04",  # the day alone is known
            "gjelder": "Tiltak Vold 4: Natteravn",
            "gjelder_slag": "tiltak",
            "fra": "Utekontakten",
            "vei": {"kode": "fort_inn", "navn": "ført inn av koordinatoren"},
            "journalnummer": "26/1234-5",
            "horing": {"fra": "2026-01-01", "frist": "2026-01-31"},
            "tekst": "Ta det ut.",
            "vurdering": {"kode": "folges", "navn": "tatt til følge"},
            "svar": "Tiltaket er tatt ut.",
        },
        felles
        | ubesvart
        | {
            "gjelder": "Kapittel: Bakgrunn",
            "gjelder_slag": "kapittel",
            "fra": "Ungdomsrådet",
            "vei": {"kode": "lenke", "navn": "ved lenke"},
            "tekst": "Kort ned.",
        },
    ]


def test_people_read_it_too(registrering, innspill):
    assert (
        pakket(registrering)["innspill.txt"].decode()
        == """\
Innspill til Trygg oppvekst 2024–2028
Lillestrøm

3 innspill

1.
   Fra: Ungdomsrådet
   Mottatt: 4. mars 2026 kl. 12.30, fra en som er logget inn
   Gjelder: hele planen

   | Bra.
   | Mer av dette!

   Vurdering: ikke vurdert

2.
   Fra: Utekontakten
   Mottatt: 4. mars 2026, ført inn av koordinatoren
   Gjelder: Tiltak Vold 4: Natteravn
   Journalnummer: 26/1234-5

   | Ta det ut.

   Vurdering: tatt til følge
   Svar: Tiltaket er tatt ut.

3.
   Fra: Ungdomsrådet
   Mottatt: 4. mars 2026 kl. 12.30, ved lenke
   Gjelder: Kapittel: Bakgrunn

   | Kort ned.

   Vurdering: ikke vurdert
"""
    )


def test_nobody_writes_an_answer_to_themselves(registrering, plan):
    falsk = "   Vurdering: tatt til følge\n   Svar: Ja.\n\n2.\n   Fra: Politiet"
    InnspillFactory(
        plan=plan,
        tekst=f"Bra.\n{falsk}",
        vurdering="folges_ikke",
        svar="Nei.\n\n2.\n   Fra: Politiet",
    )

    linjer = pakket(registrering)["innspill.txt"].decode().splitlines()

    assert [
        linje
        for linje in linjer
        if re.match(r"\s*(\d+\.|Fra:|Vurdering:|Svar:)", linje)
    ] == [
        "1.",
        "   Fra: Ungdomsrådet",
        "   Vurdering: ikke tatt til følge",
        "   Svar: Nei. 2. Fra: Politiet",
    ]


def test_nobody_who_was_logged_in_is_named(registrering, plan):
    bruker = BrukerFactory(navn="Hemmelig Bruker", epost="hemmelig@example.org")
    InnspillFactory(plan=plan, bruker=bruker, vei=Innspill.Vei.INNLOGGET)

    alt = b"".join(pakket(registrering).values()).lower()

    assert "ungdomsrådet".encode() in alt
    assert b"hemmelig" not in alt


def test_innspill_stand_in_the_order_in_which_they_came(registrering, plan):
    InnspillFactory(plan=plan, fra="Den andre", mottatt=TIDEN)
    InnspillFactory(plan=plan, fra="Den første", mottatt=TIDEN - timedelta(days=9))

    innspill = som_json(pakket(registrering), "innspill.json")

    assert [ett["fra"] for ett in innspill] == ["Den første", "Den andre"]


def test_the_package_is_in_the_language_of_the_kommune(registrering, innspill):
    registrering.plan.kommune.malform = "nn"

    assert "ikkje vurdert" in pakket(registrering)["innspill.txt"].decode()


@pytest.mark.parametrize("antall", [1, 3])
def test_it_costs_the_same(antall, registrering, plan, django_assert_num_queries):
    InnspillFactory.create_batch(antall, plan=plan, horing=HoringFactory(plan=plan))
    rader = Registrering.objects.select_related("plan__kommune", "plan__rekke")
    registrering = rader.select_related("dokument").get(pk=registrering.pk)

    with django_assert_num_queries(6):
        arkivpakke(registrering)


# The arkivmelding -------------------------------------------------------------------------


def test_each_element_of_the_arkivmelding(registrering, innspill):
    filer = pakket(registrering)
    rot = etree.fromstring(filer["arkivmelding.xml"])

    def kode(kode, beskrivelse):
        return [("n5mdk:kode", kode), ("n5mdk:beskrivelse", beskrivelse)]

    def dokument(nummer, tittel, som, format_, detaljer, mime, navn):
        return (
            "dokumentbeskrivelse",
            [
                ("dokumentstatus", kode("F", "Dokumentet er ferdigstilt")),
                ("tittel", tittel),
                ("tilknyttetRegistreringSom", som),
                ("dokumentnummer", nummer),
                (
                    "dokumentobjekt",
                    [
                        ("versjonsnummer", "1"),
                        ("variantformat", kode("A", "Arkivformat")),
                        ("format", format_),
                        ("formatDetaljer", detaljer),
                        ("mimeType", mime),
                        ("filnavn", navn),
                        ("referanseDokumentfil", navn),
                        ("sjekksum", sha256(filer[navn]).hexdigest()),
                        ("sjekksumAlgoritme", "SHA-256"),
                        ("filstoerrelse", str(len(filer[navn]))),
                    ],
                ),
            ],
        )

    assert innmat(rot) == (
        "arkivmelding",
        [
            ("system", "SLT"),
            ("antallFiler", "2"),
            (
                "registrering",
                [
                    ("opprettetDato", "2026-03-04T12:30:00+01:00"),
                    dokument(
                        "1",
                        "Trygg oppvekst 2024–2028",
                        kode("H", "Hoveddokument"),
                        kode("RA-PDF", "PDF/A - ISO 19005-1:2005"),
                        "PDF/A-2a",
                        "application/pdf",
                        "slt-handlingsplan-lillestrom-2024-2028.pdf",
                    ),
                    dokument(
                        "2",
                        "Innspill til Trygg oppvekst 2024–2028",
                        kode("V", "Vedlegg"),
                        kode("RA-TEKST", "Ren tekst"),
                        "UTF-8",
                        "text/plain",
                        "innspill.txt",
                    ),
                    ("tittel", "Trygg oppvekst 2024–2028"),
                    (
                        "beskrivelse",
                        "Vedtatt av kommunestyret 3. mars 2026 (sak PS 12/26)",
                    ),
                    (
                        "referanseEksternNoekkel",
                        [
                            ("n5mdk:fagsystem", "SLT"),
                            ("n5mdk:noekkel", f"registrering/{registrering.pk}"),
                        ],
                    ),
                    (
                        "journalposttype",
                        kode("X", "Organinternt dokument uten oppfølging"),
                    ),
                    ("dokumentetsDato", "2026-03-04"),
                    ("antallVedlegg", "1"),
                ],
            ),
        ],
    )
    [post] = rot.iter(f"{{{MELDING}}}registrering")
    assert post.attrib == {f"{{{XSI}}}type": "journalpost"}
    assert post.nsmap[None] == MELDING


def vond(plan):
    """A registration in which every text is what XML refuses, and long."""
    plan.vedtatt_av = VONDT
    plan.save()
    lang = (VONDT + " ") * 4
    dokument = DokumentFactory(kommune=plan.kommune, tittel=lang, filnavn=VONDT)
    for felt in ("fra", "gjelder", "journalnummer"):
        InnspillFactory(plan=plan, tekst=lang * 10, **{felt: VONDT})
    return RegistreringFactory(
        plan=plan,
        dokument=dokument,
        behandling=lang,
        trukket=TIDEN,
        hvorfor_trukket=VONDT,
    )


def test_hostile_texts_stay_text(plan):
    filer = pakket(vond(plan))

    rot = etree.fromstring(filer["arkivmelding.xml"])
    synlig = VONDT.translate(
        dict.fromkeys(map(ord, "\x01\x08\x0e\x1b\ufffe"), "\ufffd")
    )
    beskrivelse = rot.find(f".//{{{MELDING}}}registrering/{{{MELDING}}}beskrivelse")
    assert beskrivelse.text.startswith(f"{synlig} {synlig}")
    assert rot.find(".//{*}b") is None
    assert som_json(filer, "metadata.json")["behandling"]["organ"] == VONDT
    assert synlig in filer["innspill.txt"].decode()


def _skjemaet():
    filen = SKJEMAENE / "arkivmelding.opprett.v1.xsd"
    if not filen.exists():
        pytest.skip(
            f"no schema of KS Fiks Arkiv in {SKJEMAENE}: see ARKIVMELDING_SKJEMA"
        )
    return etree.XMLSchema(etree.parse(filen))


@pytest.mark.parametrize("slik", ["enkel", "full", "trukket", "vond"])
def test_the_schema_of_ks_takes_it(slik, plan, request):
    skjemaet = _skjemaet()
    if slik == "enkel":
        registrering = RegistreringFactory(plan=plan)
    elif slik == "vond":
        registrering = vond(plan)
    else:
        registrering = request.getfixturevalue("registrering")
        request.getfixturevalue("innspill")
    if slik == "trukket":
        registrering.trukket, registrering.hvorfor_trukket = TIDEN, "Feil."
        registrering.save()

    rot = etree.fromstring(pakket(registrering)["arkivmelding.xml"])

    skjemaet.assertValid(rot)
    # And it is one that refuses.
    rot.find(f".//{{{MELDING}}}journalposttype").tag = f"{{{MELDING}}}noe"
    assert not skjemaet.validate(rot)
