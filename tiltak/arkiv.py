"""What the archive of the kommune gets when a plan was treated: the frozen file, what was
said of the draft, and what is known of both, as a zip."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from slt.grunn.norsk import slugg
from tiltak.models import Handlingsplan, Innspill, Registrering

FORMAT = "PDF/A-2a"
FAGSYSTEM = "SLT"
_KS = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv"
MELDING = f"{_KS}/arkivmelding/opprett/v1"
KATALOG = f"{_KS}/metadatakatalog/v1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ET.register_namespace("n5mdk", KATALOG)

# The codes of KS' lists: (code, what it is called).
UTEN_OPPFOLGING = "X", "Organinternt dokument uten oppfølging"
FERDIG = "F", "Dokumentet er ferdigstilt"
HOVEDDOKUMENT, VEDLEGG = ("H", "Hoveddokument"), ("V", "Vedlegg")
ARKIVFORMAT = "A", "Arkivformat"
PDFA, REN_TEKST = ("RA-PDF", "PDF/A - ISO 19005-1:2005"), ("RA-TEKST", "Ren tekst")

_INNSPILL = "innspill.txt"
_OPPTATT = {"metadata", "innspill", "arkivmelding"}
# What XML cannot hold, not even as a reference.
_IKKE_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def arkivpakke(registrering: Registrering) -> bytes:
    """Returns the zip of a registration: the frozen PDF, metadata.json, innspill.json and
    innspill.txt, arkivmelding.xml by the schema of KS Fiks Arkiv, and SHA256SUMS. The
    same rows give the same bytes. Who was logged in stands nowhere in it.

    Raises:
        ValueError: the file is not the one that was frozen: its checksum says so.
    """
    with override(registrering.plan.kommune.malform):
        return _zip(Pakke(registrering).filer(), registrering.tid)


@dataclass(frozen=True)
class Vedlagt:
    """A document of the arkivmelding: its name in the zip, and what it was called."""

    tittel: str
    i_pakken: str
    filnavn: str
    innhold: bytes
    tilknyttet: tuple[str, str]
    format: tuple[str, str]
    detaljer: str
    mime: str


class Pakke:
    def __init__(self, registrering):
        self.registrering = registrering
        self.dokument = registrering.dokument
        self.plan = _plan_som_da(registrering)
        self.kommune = _som_da(registrering.plan.kommune, registrering.tid)
        self.rekke = _som_da(registrering.plan.rekke, registrering.tid)
        self.innspill = list(
            Innspill.objects.filter(plan=registrering.plan_id)
            .select_related("horing")
            .order_by("mottatt", "pk")
        )
        self.pdf = bytes(self.dokument.innhold)
        if not self.dokument.er_uskadd:
            raise ValueError(f"document {self.dokument.pk} is not what was frozen")

    def filer(self):
        """Yields (name, bytes) of all but the checksums, in their order."""
        vedlagte = self._vedlagte()
        yield from ((fil.i_pakken, fil.innhold) for fil in vedlagte)
        yield "innspill.json", _json([self._innspill(rad) for rad in self.innspill])
        yield "metadata.json", _json(self._metadata())
        yield "arkivmelding.xml", self._arkivmelding(vedlagte)

    def _vedlagte(self):
        dokument = self.dokument
        plan = Vedlagt(
            tittel=dokument.tittel,
            i_pakken=_navn_i_pakken(dokument.filnavn),
            filnavn=dokument.filnavn,
            innhold=self.pdf,
            tilknyttet=HOVEDDOKUMENT,
            format=PDFA,
            detaljer=FORMAT,
            mime="application/pdf",
        )
        if not self.innspill:
            return [plan]
        innspill = Vedlagt(
            tittel=_("Innspill til %s") % dokument.tittel,
            i_pakken=_INNSPILL,
            filnavn=_INNSPILL,
            innhold=self._lesbart().encode(),
            tilknyttet=VEDLEGG,
            format=REN_TEKST,
            detaljer="UTF-8",
            mime="text/plain",
        )
        return [plan, innspill]

    # As JSON ------------------------------------------------------------------------

    def _metadata(self):
        registrering, dokument, plan = self.registrering, self.dokument, self.plan
        trukket = registrering.trukket and {
            "tid": _tid(registrering.trukket),
            "hvorfor": registrering.hvorfor_trukket,
        }
        return {
            "tittel": dokument.tittel,
            "kommune": {"navn": self.kommune.navn, "nummer": self.kommune.nummer},
            "periode": {"fra": plan.fra_ar, "til": plan.til_ar},
            "planrekke": self.rekke.navn,
            "behandling": {
                "tekst": registrering.behandling or None,
                "form": _kode(Handlingsplan.Vedtaksform, plan.vedtaksform),
                "organ": plan.vedtatt_av or None,
                "dato": plan.vedtatt_dato and plan.vedtatt_dato.isoformat(),
                "saksnummer": plan.vedtatt_sak or None,
            },
            "registrert": _tid(registrering.tid),
            "trukket": trukket,
            "fil": {
                "filnavn": _navn_i_pakken(dokument.filnavn),
                "format": FORMAT,
                "storrelse": len(self.pdf),
                "sha256": dokument.sha256,
                "laget": _tid(dokument.laget),
            },
            "antall_innspill": len(self.innspill),
        }

    def _innspill(self, rad):
        horing = rad.horing and {
            "fra": rad.horing.fra.isoformat(),
            "frist": rad.horing.til.isoformat(),
        }
        return {
            "gjelder": rad.gjelder or None,
            "gjelder_slag": _slag(rad),
            "fra": rad.fra,
            "mottatt": _dag(rad.mottatt) if rad.er_fort_inn else _tid(rad.mottatt),
            "vei": _kode(Innspill.Vei, rad.vei),
            "journalnummer": rad.journalnummer or None,
            "horing": horing,
            "tekst": rad.tekst,
            "vurdering": _kode(Innspill.Vurdering, rad.vurdering),
            "svar": rad.svar or None,
        }

    # As text ------------------------------------------------------------------------

    def _lesbart(self):
        antall = len(self.innspill)
        tittel = _("Innspill til %s") % self.dokument.tittel
        hode = ngettext("%(antall)d innspill", "%(antall)d innspill", antall)
        deler = [
            f"{tittel}\n{self.kommune.navn}\n\n{hode % {'antall': antall}}",
            *(self._ett(nr, rad) for nr, rad in enumerate(self.innspill, start=1)),
        ]
        return _lovlig("\n\n".join(deler)) + "\n"

    def _ett(self, nr, rad):
        # Of what was entered, the day alone is known.
        som = "j. F Y" if rad.er_fort_inn else r"j. F Y \k\l. H.i"
        mottatt = date_format(timezone.localtime(rad.mottatt), som)
        linjer = [
            (_("Fra"), rad.fra),
            (_("Mottatt"), f"{mottatt}, {rad.get_vei_display()}"),
            (_("Gjelder"), str(rad)),
            (_("Journalnummer"), rad.journalnummer),
        ]
        besvart = [
            (_("Vurdering"), rad.get_vurdering_display() or _("ikke vurdert")),
            (_("Svar"), rad.svar),
        ]
        return "\n".join(
            [
                f"{nr}.",
                *_linjer(linjer),
                "",
                _innrykket(rad.tekst),
                "",
                *_linjer(besvart),
            ]
        )

    # As XML -------------------------------------------------------------------------

    def _arkivmelding(self, vedlagte):
        rot = ET.Element(_m("arkivmelding"))
        _under(rot, "system", FAGSYSTEM)
        _under(rot, "antallFiler", len(vedlagte))
        post = ET.SubElement(rot, _m("registrering"), {f"{{{XSI}}}type": "journalpost"})
        _under(post, "opprettetDato", _tid(self.registrering.tid))
        for nummer, fil in enumerate(vedlagte, start=1):
            self._dokumentbeskrivelse(post, nummer, fil)
        _under(post, "tittel", self.dokument.tittel)
        if self.registrering.behandling:
            _under(post, "beskrivelse", self.registrering.behandling)
        if self.registrering.trukket:
            merknad = ET.SubElement(post, _m("merknad"))
            _under(merknad, "merknadstekst", self._trukket())
            _under(merknad, "merknadsdato", _tid(self.registrering.trukket))
        _noekkel(post, f"registrering/{self.registrering.pk}")
        _kodet(post, "journalposttype", UTEN_OPPFOLGING)
        laget = timezone.localtime(self.dokument.laget)
        _under(post, "dokumentetsDato", laget.date().isoformat())
        _under(post, "antallVedlegg", len(vedlagte) - 1)
        ET.indent(rot)
        return ET.tostring(
            rot, encoding="utf-8", xml_declaration=True, default_namespace=MELDING
        )

    def _trukket(self):
        dag = date_format(timezone.localtime(self.registrering.trukket), "j. F Y")
        hvorfor = self.registrering.hvorfor_trukket
        return _("Registreringen er trukket tilbake %(dag)s: %(hvorfor)s") % {
            "dag": dag,
            "hvorfor": hvorfor,
        }

    def _dokumentbeskrivelse(self, post, nummer, fil):
        beskrivelse = ET.SubElement(post, _m("dokumentbeskrivelse"))
        _kodet(beskrivelse, "dokumentstatus", FERDIG)
        _under(beskrivelse, "tittel", fil.tittel)
        _kodet(beskrivelse, "tilknyttetRegistreringSom", fil.tilknyttet)
        _under(beskrivelse, "dokumentnummer", nummer)
        objekt = ET.SubElement(beskrivelse, _m("dokumentobjekt"))
        _under(objekt, "versjonsnummer", 1)
        _kodet(objekt, "variantformat", ARKIVFORMAT)
        _kodet(objekt, "format", fil.format)
        _under(objekt, "formatDetaljer", fil.detaljer)
        _under(objekt, "mimeType", fil.mime)
        _under(objekt, "filnavn", fil.filnavn)
        _under(objekt, "referanseDokumentfil", fil.i_pakken)
        _under(objekt, "sjekksum", sha256(fil.innhold).hexdigest())
        _under(objekt, "sjekksumAlgoritme", "SHA-256")
        _under(objekt, "filstoerrelse", len(fil.innhold))


# What was then ------------------------------------------------------------------------


def _plan_som_da(registrering):
    """The plan as the registration left it: the plan of today may be corrected, or say
    nothing of a treatment that was taken back."""
    historikk = registrering.plan.historikk.order_by("history_id")
    sammen = historikk.filter(history_samling=registrering.samling)
    # When it was taken back, that was another set.
    return sammen.last() or _som_da(registrering.plan, registrering.tid)


def _som_da(rad, tid):
    """The row as it was at a time, or as near to it as its history goes back."""
    historikk = rad.historikk.order_by("history_id")
    da = historikk.filter(history_date__lte=tid).last()
    return da or historikk.first() or rad


# Pieces -------------------------------------------------------------------------------


def _zip(filer, tid):
    filer = list(filer)
    sjekksummer = "".join(
        f"{sha256(innhold).hexdigest()}  {navn}\n" for navn, innhold in filer
    )
    ut, laget = BytesIO(), timezone.localtime(tid).timetuple()[:6]
    with ZipFile(ut, "w", ZIP_STORED) as pakke:
        for navn, innhold in [*filer, ("SHA256SUMS", sjekksummer.encode())]:
            info = ZipInfo(navn, laget)
            info.create_system = 3  # the same on all systems
            info.external_attr = 0o644 << 16
            pakke.writestr(info, innhold)
    return ut.getvalue()


def _navn_i_pakken(filnavn):
    """A name that every system can unpack, and `sha256sum` reads."""
    stamme = slugg(PurePosixPath(filnavn).stem)[:120].strip("-") or "plan"
    return f"{stamme}-plan.pdf" if stamme in _OPPTATT else f"{stamme}.pdf"


def _json(verdi):
    return (json.dumps(verdi, ensure_ascii=False, indent=2) + "\n").encode()


def _kode(valg, verdi):
    return {"kode": verdi, "navn": str(valg(verdi).label)} if verdi else None


def _slag(rad):
    if rad.tiltak_id:
        return "tiltak"
    return "kapittel" if rad.kapittel_id else "plan"


def _tid(tid):
    """Where the kommune is, to the second: 2026-11-29T05:00:00+01:00."""
    return timezone.localtime(tid).isoformat(timespec="seconds")


def _dag(tid):
    """The day on which that is, where the kommune is: 2026-11-29."""
    return timezone.localtime(tid).date().isoformat()


def _linjer(par):
    return [f"   {navn}: {' '.join(verdi.split())}" for navn, verdi in par if verdi]


def _innrykket(tekst):
    """What somebody else wrote, marked on each line: it may look like an answer."""
    return "\n".join(f"   | {linje}".rstrip() for linje in tekst.splitlines())


def _lovlig(tekst):
    return _IKKE_XML.sub("\ufffd", tekst)


def _m(navn):
    return f"{{{MELDING}}}{navn}"


def _under(over, navn, verdi):
    ET.SubElement(over, _m(navn)).text = _lovlig(str(verdi))


def _kodet(over, navn, kode):
    element = ET.SubElement(over, _m(navn))
    for del_, verdi in zip(("kode", "beskrivelse"), kode, strict=True):
        ET.SubElement(element, f"{{{KATALOG}}}{del_}").text = verdi


def _noekkel(over, verdi):
    element = ET.SubElement(over, _m("referanseEksternNoekkel"))
    for del_, innhold in (("fagsystem", FAGSYSTEM), ("noekkel", verdi)):
        ET.SubElement(element, f"{{{KATALOG}}}{del_}").text = innhold
