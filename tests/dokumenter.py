"""Every document of the site, for both kommuner of the fixtures and in both languages: asked
for at its address as people do, and drawn once for all tests and processes of a run."""

import fcntl
import gc
import json
import re
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from io import StringIO
from unittest.mock import patch

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.test.signals import template_rendered
from django.urls import resolve
from django.utils import timezone

from slt.grunn import pdflager
from slt.grunn.historikk import Dor, spor
from slt.grunn.pdf import Oppdrag, ombrekk, skriv
from slt.models import Kommune
from tests.factories import (
    AnsvarFactory,
    EvalueringFactory,
    HandlingsplanFactory,
    HoringFactory,
    InnsatsomradeFactory,
    InnspillFactory,
    KapittelFactory,
    LokalomradeFactory,
    MedvirkningFactory,
    MilepalFactory,
    PlasseringFactory,
    RapportFactory,
    StatusrapportFactory,
    TilgangFactory,
    TiltakFactory,
    TiltaksvurderingFactory,
    TjenesteFactory,
)
from tests.tiden import det_gar, for_dager_siden
from tiltak.models import Handlingsplan, Kontaktpunkt, Malsetting, Plassering, Tiltak

# {kind: address below the kommune}: each kind of document has a line here.
SLAG = {
    "hele": "2024-2028/plan.pdf",
    "kort": "2024-2028/plan-kort.pdf",
    "omrade": "2024-2028/plan.pdf?innsatsomrade=vold-og-overgrep",
    "tjeneste": "2024-2028/plan.pdf?tjeneste={tjeneste}",
    "kunnskap": "kunnskap.pdf",
    "ark": "kontaktark.pdf",
    "ark_ansatte": "kontaktark.pdf?for=ansatte&lokalomrade={lokalomrade}",
    "vedtak": "2024-2028/registrer-behandling/plan.pdf",
    "innspill": "2024-2028/innspill.pdf",
    "endringer": "endringer.pdf?fra=1.1.2020",
    "arshjul": "arshjul.pdf?ar=2028&slag=moter&slag=tiltak&slag=frister",
    "evaluering": "evalueringer/{evaluering}/evaluering.pdf",
    "evaluering_ferdig": "endre/evalueringer/{evaluering}/ferdig/",
    "rapport": "rapporter/{rapport}/rapport.pdf",
    "rapport_ferdig": "endre/rapporter/{rapport}/ferdig/",
    "arsrapport": "rapporter/{arsrapport}/rapport.pdf",
    "en_annen_dag": "2024-2028/plan.pdf?dato={dag}",
}
# That of another day is of what was open then: the plan of the other kommune is a draft.
UTEN = {("lorenskog", "en_annen_dag")}
# What a coordinator has said before the document is asked for.
BEHANDLET = {"vedtaksform": "vedtatt", "vedtatt_av": "kommunestyret"}
SPURT_OM = dict.fromkeys(["er_over", "fra_i_dag"], "on")
TJENESTE = {"lillestrom": "out", "lorenskog": "politiet"}
LOKALOMRADE = {"lillestrom": "fetsund", "lorenskog": "nord"}
DOKUMENTER = [
    f"{kommune}/{malform}/{slag}"
    for kommune in TJENESTE
    for malform in ("nb", "nn")
    for slag in SLAG
    if (kommune, slag) not in UTEN
]


@dataclass(frozen=True)
class Spurt:
    """What one document came of.

    Attributes:
        view: the name of its address.
        slag: the class that made it.
        valg: the names of the fields of it that are not as they are by default.
        maler: the templates that were rendered.
    """

    view: str
    slag: str
    valg: list[str]
    maler: list[str]


# Asked for ----------------------------------------------------------------------------


def spor_om_alle(mappe):
    """Writes what it takes to draw each document (NAME.oppdrag) and what it came of
    (NAME.spurt) into the folder. Leaves nothing in the database."""
    with transaction.atomic():
        call_command("last_grunndata", stdout=StringIO())
        det_gar(2)
        lorenskog = Kommune.objects.get(slug="lorenskog")
        _lag_plan(lorenskog)
        LokalomradeFactory(kommune=lorenskog, navn="Nord")
        klient = Client()
        bruker = TilgangFactory(kommune=lorenskog).bruker
        TilgangFactory(kommune=Kommune.objects.get(slug="lillestrom"), bruker=bruker)
        klient.force_login(bruker)
        for plan in Handlingsplan.objects.filter(kommune__slug__in=TJENESTE):
            _lag_innspill(plan)
        evaluert = {
            plan.kommune.slug: _lag_evaluering(plan).pk
            for plan in Handlingsplan.objects.filter(slug="2024-2028")
        }
        rapporter = {slug: _lag_rapporter(slug) for slug in TJENESTE}
        for slug in TJENESTE:
            _endre(Kommune.objects.get(slug=slug))
        for navn in DOKUMENTER:
            oppdrag, spurt = _be_om(klient, *navn.split("/"), evaluert, rapporter)
            (mappe / navn).parent.mkdir(parents=True, exist_ok=True)
            (mappe / f"{navn}.oppdrag").write_bytes(oppdrag.som_json())
            (mappe / f"{navn}.spurt").write_text(json.dumps(asdict(spurt)))
        (mappe / "lillestrom/titler.json").write_text(json.dumps(_titler()))
        transaction.set_rollback(True)


def _be_om(klient, slug, malform, slag, evaluert, rapporter):
    """(Oppdrag, Spurt) of a document."""
    kommune = Kommune.objects.get(slug=slug)
    if kommune.malform != malform:
        kommune.malform = malform
        kommune.save()
    valgt = {
        "tjeneste": TJENESTE[slug],
        "lokalomrade": LOKALOMRADE[slug],
        "dag": for_dager_siden(1),
        "evaluering": evaluert[slug],
        **rapporter[slug],
    }
    adresse = f"/{slug}/{SLAG[slag].format(**valgt)}"
    if slag == "vedtak":
        skjema = adresse.removesuffix("plan.pdf")
        assert klient.post(skjema, BEHANDLET | SPURT_OM, secure=True).status_code == 302
    with _fanget() as (oppdrag, utgaver, maler):
        svar = klient.get(adresse, secure=True)
    assert (adresse, svar.status_code) == (adresse, 200)
    [utgave] = utgaver
    spurt = Spurt(
        view=resolve(adresse.partition("?")[0]).view_name,
        slag=navn_pa(type(utgave)),
        valg=[f.name for f in fields(utgave) if getattr(utgave, f.name) != f.default],
        maler=sorted({mal for mal in maler if mal}),
    )
    return oppdrag[0], spurt


@contextmanager
def _fanget():
    """([Oppdrag], [what makes it], [template]) of what is asked for meanwhile; nothing
    is drawn."""
    oppdrag, utgaver, maler = [], [], []

    def hent(navn, lag_oppdrag, *, vent, ko):
        utgaver.append(lag_oppdrag.__self__)
        oppdrag.append(lag_oppdrag())
        return b"%PDF-"

    def rendret(template, **_resten):
        maler.append(template.name)

    template_rendered.connect(rendret)
    with patch.multiple(pdflager, hent=hent, lagret=lambda navn: None):
        try:
            yield oppdrag, utgaver, maler
        finally:
            template_rendered.disconnect(rendret)


def navn_pa(klasse):
    return f"{klasse.__module__}.{klasse.__qualname__}"


TEKST = """
<p>Den som er <strong>urolig</strong>, kan <a href="https://example.org/">lese <em>mer</em>
her</a>.</p><h3>Slik gjør vi</h3><h4>Først</h4>
<ul><li><p>Vi hører etter.</p><p>Så ringer vi.</p></li>
<li><p>Vi møtes:</p><ol><li><p>på skolen</p></li><li><p>hjemme</p></li></ol></li></ul>
<blockquote><p>Ingen skal stå alene.</p><ul><li>Boazodoallu, đ, ŋ og ŧ</li></ul></blockquote>
"""


def _lag_plan(kommune):
    """A draft, for the fixtures have no plan of this kommune; with all that an editor
    lets people write."""
    plan = HandlingsplanFactory(
        kommune=kommune, status=Handlingsplan.Status.UTKAST, ingress="Sammen."
    )
    for figur in ("slt_nivaer", "pyramide"):
        KapittelFactory(plan=plan, tekst=TEKST, figur=figur)
    omrade = InnsatsomradeFactory(
        plan=plan, navn="Vold og overgrep", kortnavn="Vold", tekst=TEKST
    )
    Malsetting.objects.create(plan=plan, type="visjon", tekst="Ingen skal slås.")
    Malsetting.objects.create(
        plan=plan, type="hovedmal", tekst="Færre skader.", innsatsomrade=omrade
    )
    for slug in ("barnevernvakten", "hfu", "politiet"):
        tiltak = PlasseringFactory(
            innsatsomrade=omrade, tiltak__tekst=TEKST, tiltak__nytt=True
        ).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=kommune.tjenester.get(slug=slug))
    TiltakFactory(plan=plan, overordnet=tiltak)


def _lag_innspill(plan):
    """What was said of a plan: of all that it may be about, answered and not, long and
    short."""
    HoringFactory(plan=plan, sporsmal="Er noe glemt?")
    sted = plan.plasseringer.select_related("tiltak", "innsatsomrade").first()
    kapittel = plan.kapitler.first()
    for felter in (
        {"tekst": f"{'Vi mener mye om dette. ' * 60}\n\nOg mer.\nPå en ny linje."},
        {"kapittel": kapittel, "gjelder": f"Kapittel: {kapittel}"},
        {"tiltak": sted.tiltak, "gjelder": f"{sted.merkelapp}: {sted.tiltak}"},
        {"tiltak_id": 10**9, "gjelder": "Rus 90: Noe som ble tatt ut"},
    ):
        InnspillFactory(plan=plan, journalnummer="2026/1-2", **felter)
        InnspillFactory(
            plan=plan, vurdering="folges", svar="Teksten er endret.", **felter
        )


def _lag_evaluering(plan):
    """One that says something of most tiltak, at length of some, with milestones and with
    who was asked."""
    evaluering = EvalueringFactory(
        plan=plan, gjennomforing=TEKST, nadde=TEKST, virkning=TEKST, videre=TEKST
    )
    tiltakene = plan.tiltak.filter(overordnet=None).order_by("pk")
    for nr, tiltak in enumerate(tiltakene):
        TiltaksvurderingFactory(
            evaluering=evaluering,
            tiltak=tiltak,
            tilstand="som_planlagt" if nr % 3 else "star_stille",
            gjennomforing="Våren 2025: som planlagt.\nÅtte temakvelder. "
            * (1 + nr % 4),
            nadde="Foreldre: 120 (våren 2025)." if nr % 2 else "",
            virkning="Treff: 12 % (2022) → 9 % (2025)" if nr % 3 else "",
            videre="viderefores" if nr % 5 else "",
            begrunnelse="Flere ringer." if nr % 2 else "",
        )
    MilepalFactory(evaluering=evaluering, nadd=evaluering.til_dato)
    MilepalFactory(evaluering=evaluering, frist=evaluering.til_dato, merknad="Neste år")
    MedvirkningFactory(
        kilde=None,
        evaluering=evaluering,
        navn="Elever",
        antall=40,
        sagt="Mer på kvelden",
    )
    return evaluering


def _lag_rapporter(slug):
    """{name: id} of one to the politiråd and one of a year, with all that they may say."""
    kommune = Kommune.objects.get(slug=slug)
    plan = kommune.planer.get(slug="2024-2028")
    for nr, tiltak in enumerate(plan.tiltak.filter(overordnet=None).order_by("pk")):
        stille = nr % 4 == 0
        StatusrapportFactory(
            tiltak=tiltak,
            tilstand="star_stille" if stille else "som_planlagt",
            kommentar="Det mangler folk. " * (1 + nr % 5) if stille else "",
        )
    felter = {
        "kommune": kommune,
        "plan": plan,
        "fra_dato": date(2022, 1, 1),
        "til_dato": timezone.localdate(),
        "innledning": TEKST,
        "bes_om": TEKST,
    }
    return {
        "rapport": RapportFactory(slag="status", tittel="Status", **felter).pk,
        "arsrapport": RapportFactory(slag="ar", tittel="Året", **felter).pk,
    }


def _endre(kommune):
    """What is otherwise than it was loaded: what weighs, and what is small."""
    punkt = Kontaktpunkt.objects.filter(tjeneste__kommune=kommune).first()
    with spor(Dor.SKJEMA):
        punkt.instruks = "Be om vakten"
        punkt.save()
        TjenesteFactory(kommune=kommune, navn="En ny tjeneste")
        for tiltak in Tiltak.objects.filter(kommune=kommune, publisert=True)[:2]:
            tiltak.tekst = f"{tiltak.tekst}{TEKST}"
            tiltak.tittel = f"{tiltak.tittel}, nytt navn"
            tiltak.save()


def _titler():
    """[(innsatsområde, number, label, title)] of Lillestrøm's tiltak, in their order."""
    steder = Plassering.objects.filter(
        innsatsomrade__plan__kommune__slug="lillestrom", hoved=True
    ).select_related("innsatsomrade", "tiltak")
    return [
        (p.innsatsomrade.slug, p.nummer, p.merkelapp, p.tiltak.tittel)
        for p in steder.order_by("innsatsomrade__rekkefolge", "nummer")
    ]


# Drawn --------------------------------------------------------------------------------


def tegnet(mappe, navn):
    """The file of a document, drawn unless another test did so: NAME.pdf, and what cannot
    be read from it as NAME.json (see `mal_opp`)."""
    fil = mappe / f"{navn}.pdf"
    with alene(mappe / f"{navn}.las"):
        if not fil.exists():
            oppdrag = Oppdrag(**json.loads((mappe / f"{navn}.oppdrag").read_text()))
            gc.disable()  # a fifth faster; the process that draws does so, too
            try:
                dokument = ombrekk(oppdrag)
                innhold = skriv(dokument)
            finally:
                gc.enable()
            (mappe / f"{navn}.json").write_text(json.dumps(mal_opp(dokument)))
            fil.write_bytes(innhold)
    return fil


@contextmanager
def alene(las):
    """The others who come with the same file wait."""
    with las.open("w") as fil:
        fcntl.flock(fil, fcntl.LOCK_EX)
        yield


def mal_opp(dokument):
    """Where the boxes are, in pixels.

    Returns a dict:
        sider: for each page the share of its height that has something on it.
        deler: the numbers of the pages that end a part: the next begins on a new one.
        revet: ids of the tiltak on more than one page.
        tiltak: how many tiltak have a box.
        tabeller: how many tables of facts or contacts there are.
        revne_tabeller: the first words of each of them on more than one page.
        alene: headings, of tables too, with nothing below them on their page.
        utenfor: texts that reach beyond the box that they stand in.
    """
    sider, bokser, alene, utenfor = [], defaultdict(list), [], []
    for nummer, side in enumerate(dokument.pages, 1):
        boks = side._page_box
        ting = (*_tekster(boks), *_figurer(boks))
        bunn = max((_over_bunnen(del_, boks) for del_ in ting), default=0)
        for del_ in boks.descendants():
            if type(del_).__name__ in {"BlockBox", "TableBox", "TableCaptionBox"}:
                bokser[del_.element].append((nummer, del_))
                if re.fullmatch("h[1-6]|caption", del_.element_tag) and bunn:
                    alene += [del_] if _over_bunnen(del_, boks) >= bunn - 1 else []
        utenfor += _utenfor(boks.children[0])
        sider.append(bunn / boks.height)
    deler = {nummer for b in bokser.values() for nummer in _slutter(b)}
    tiltak = [(e, b) for e, b in bokser.items() if e.get("class") == "tiltak"]
    tabeller = [b for e, b in bokser.items() if _er_tiltaks_tabell(e)]
    return {
        "sider": sider,
        "deler": sorted({*deler, len(sider)}),
        "tiltak": len(tiltak),
        "revet": [e.get("id") for e, b in tiltak if _er_revet(b)],
        "tabeller": len(tabeller),
        "revne_tabeller": [
            next(_tekster(b[0][1])).text for b in tabeller if _er_revet(b)
        ],
        "alene": [next(_tekster(del_)).text for del_ in alene],
        "utenfor": utenfor,
    }


def _er_revet(deler):
    return len({nummer for nummer, _boks in deler}) > 1


def _er_tiltaks_tabell(element):
    slag = {"fakta", "kontakter"} & set(element.get("class", "").split())
    return element.tag == "table" and bool(slag)


def _slutter(deler):
    """The pages that must end for the sake of an element, of [(page, box)] of it."""
    (forste, boks), (siste, _boks) = deler[0], deler[-1]
    if boks.style["break_before"] == "page":
        yield forste - 1
    if boks.style["break_after"] == "page":
        yield siste


def _tekster(boks):
    return (
        b
        for b in boks.descendants()
        if type(b).__name__ == "TextBox" and b.text.strip()
    )


def _figurer(boks):
    return (b for b in boks.descendants() if type(b).__name__.endswith("ReplacedBox"))


def _over_bunnen(tekst, side):
    bunn = tekst.position_y + tekst.height - side.content_box_y()
    return bunn if bunn <= side.height + 1 else 0  # what is lower is the page's foot


def _utenfor(boks, hoyre=None):
    """Texts whose right edge lies beyond that of the block, cell or page around them."""
    navn = type(boks).__name__
    if navn in {"BlockBox", "TableCellBox"}:
        hoyre = boks.content_box_x() + boks.width
    if navn == "TextBox" and hoyre and boks.position_x + boks.width > hoyre + 1:
        return [boks.text]
    return [t for del_ in getattr(boks, "children", ()) for t in _utenfor(del_, hoyre)]
