"""Code in every text that people can write: on no page, in no document, mail or table
does it become anything but text."""

import csv
import re
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from django.urls import reverse

from evaluering.models.frysing import Fryser
from evaluering.tall.malen import KOLONNER
from moter.models import Aktivitet
from slt.felles.eksport import FORMEL, celle, csv_svar
from slt.felles.epost import send
from slt.grunn.historikk import uten_vern
from slt.grunn.tekst import Epost, Fritekst, Nettadresse
from slt.models import Forsok, Kommune
from tests.conftest import som_en_test, vent_pa_epost
from tests.factories import (
    BrukerFactory,
    EndringsforslagFactory,
    FeilmeldingFactory,
    HoringFactory,
    InnspillFactory,
    KalenderlenkeFactory,
    MoteFactory,
    PlanimportFactory,
    PlanlenkeFactory,
    RegnearkimportFactory,
    TilbudFactory,
    TilgangFactory,
    TjenesteredaktorFactory,
    UtkastFactory,
    UtsendingFactory,
    trekk_tilbake,
)
from tests.feil.mengde import mengde
from tests.feil.test_kryssreferanser import fyll
from tests.slt.test_admin import MODELLER, side
from tests.slt.test_matrise import MATRISE, SPORRES, adresse, lag_delt
from tiltak.bank.avtrykk import avtrykk, delte, med_alt
from tiltak.dokument import Utgave
from tiltak.innspill.dokument import Innspillsliste
from tiltak.models import Endringsforslag, Handlingsplan, Planlenke

NYTTELAST = [
    "<script>SPRENGT()</script>",
    '"><img src=x onerror=SPRENGT()>',
    "'><svg/onload=SPRENGT()>",
    "' onmouseover='SPRENGT()' x='",
    '" onfocus="SPRENGT()" autofocus x="',
    "</textarea></title></style><script>SPRENGT()</script>",
    "--><script>SPRENGT()</script><!--",
    "{{7*7}}SPRENGT{{request}}",
    "{% debug %}SPRENGT",
    "{% load static %}{{ settings.SECRET_KEY }}SPRENGT",
    "%(kommune)s%sSPRENGT%d{0}{x.__class__}",
    '<a href="javascript:SPRENGT()">SPRENGT</a>',
    '<a href="JaVa&#x09;script:SPRENGT()">SPRENGT</a>',
    '<a href="https://example.org/" onclick="SPRENGT()" style="x">SPRENGT</a>',
    "[SPRENGT](javascript:SPRENGT())",
    "<iframe srcdoc='<script>SPRENGT()</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=SPRENGT()>",
    "&lt;script&gt;SPRENGT()&lt;/script&gt;",
    "&amp;lt;script&amp;gt;SPRENGT()",
    "SPRENGT\r\nBcc: sprengt@example.org",
    "SPRENGT\nContent-Type: text/html\n\n<script>SPRENGT()</script>",
    "SPRENGT\u2028Bcc: sprengt@example.org",
    "=cmd|'/C calc'!A0 SPRENGT",
    "+SPRENGT()",
    "-2+3+SPRENGT()",
    "@SUM(SPRENGT)",
    "\t=SPRENGT()",
    '=HYPERLINK("http://example.org","SPRENGT")',
    ";=SPRENGT();",
    '"\r\n=SPRENGT()',
    "<base href='//sprengt.example'><form action='//sprengt.example'>SPRENGT",
    "\u202eSPRENGT\u2066<b>",
]
UTVALG = NYTTELAST[:: mengde(1, 16)]
# Where the address of a link may lead.
ADRESSER = ("http:", "https:", "webcal:", "mailto:", "tel:", "sms:", "/", "#", "?", ".")
LENKER = [
    "javascript:SPRENGT()",
    "JAVASCRIPT:SPRENGT()",
    "data:text/html,SPRENGT",
    "https://example.org/\"onclick='SPRENGT()'",
    "https://example.org/'><script>SPRENGT()</script>",
    "https://example.org/{{7*7}}SPRENGT",
    " javascript:SPRENGT()",
]


class Vokter(HTMLParser):
    """Finds what a payload became: a tag or attribute that runs, a link that does."""

    def __init__(self, html):
        super().__init__()
        self.funnet, self.inni = [], None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.inni = tag
        # The code of a page is our own, and says whose page it is.
        fremmed = ("class", "qr") not in attrs and "SPRENGT" in str(attrs)
        if tag in {"img", "iframe", "svg", "math", "base"} and fremmed:
            self.funnet.append((tag, attrs))
        for navn, verdi in attrs:
            verdi = verdi or ""
            if navn.startswith("on") or navn == "srcdoc":
                self.funnet.append((tag, navn, verdi))
            if navn in {"href", "src", "action", "formaction", "data"}:
                renset = re.sub(r"[\x00-\x20]", "", verdi).lower()
                fremmed = not renset.startswith((*ADRESSER, "data:image/"))
                if ":" in renset.partition("/")[0] and fremmed:
                    self.funnet.append((tag, navn, verdi))
                if re.match(r"(https?:)?//sprengt\.example", renset):
                    self.funnet.append((tag, navn, verdi))
            if navn == "style" and "SPRENGT" in verdi:
                self.funnet.append((tag, navn, verdi))
        if tag == "form" and "sprengt" in str(attrs):
            self.funnet.append((tag, attrs))

    def handle_endtag(self, tag):
        self.inni = None

    def handle_data(self, data):
        if self.inni in {"script", "style"} and "SPRENGT" in data:
            self.funnet.append((self.inni, data[:200]))

    def handle_comment(self, data):
        if "SPRENGT" in data:
            self.funnet.append(("comment", data[:200]))


def sprengt(html):
    funnet = Vokter(html).funnet
    # What a template would make of {{7*7}}, {{request}}, {% debug %}, the settings.
    for spor in ("49SPRENGT", "WSGIRequest", settings.SECRET_KEY, "SafeString"):
        if spor in html:
            funnet.append("a template was run")
    return funnet


def felter(rad):
    """The fields of a row that hold what people write."""
    return [
        felt
        for felt in rad._meta.concrete_fields
        if isinstance(felt, Fritekst | Nettadresse | Epost)
        and not felt.choices
        and felt.name != "slug"
    ]


def spreng(rader, last):
    """Writes the payload into every text of every row that takes it, past the forms;
    returns how many did."""
    antall = 0
    for rad in rader:
        for felt in felter(rad):
            verdi = last
            if isinstance(felt, Nettadresse):
                verdi = LENKER[len(last) % len(LENKER)]
            elif isinstance(felt, Epost):
                verdi = "'onclick='SPRENGT" + str(rad.pk) + "'@example.org"
            if not isinstance(felt, Fritekst):
                # What no form takes is not what people write.
                try:
                    felt.clean(verdi, rad)
                except ValidationError:
                    continue
            setattr(rad, felt.name, verdi)
            antall += 1
        if isinstance(rad, Endringsforslag):
            rad.innhold = rad.sett = {"instruks": last}
            rad.svar = "" if rad.venter else rad.svar
        if isinstance(rad, Aktivitet):
            # It says in words where it is, and who holds it.
            rad.sted, rad.tjeneste = None, None
        if "synlighet" in [f.name for f in rad._meta.concrete_fields] and rad.person:
            rad.synlighet = "tjenester"
        try:
            # Also into what stands as it came.
            with transaction.atomic(), uten_vern():
                rad.save()
        except ValidationError:
            antall -= 1
            rad.refresh_from_db()
    return antall


@pytest.fixture
def ting(kommune, settings):
    """What the addresses are of, and all rows of the kommune."""
    settings.SIKKERHETSKONTAKT = "mailto:sikkerhet@example.org"
    settings.PDF_VENT = 0
    rader = fyll(kommune)
    ved_navn = {
        modell._meta.label_lower.replace(".", "_"): r for modell, r in rader.items()
    }
    plan = ved_navn["tiltak_handlingsplan"]
    plan.status, plan.vedtaksform = "gjeldende", Handlingsplan.Vedtaksform.values[0]
    plan.save()
    for rad in rader.values():
        kan_publiseres = "publisert" in {f.name for f in rad._meta.concrete_fields}
        # What is published finished alone, is then changed no more.
        if kan_publiseres and not isinstance(rad, Fryser):
            rad.publisert = True
            rad.save()
    tilbud, delt = TilbudFactory(kommune=kommune), lag_delt()
    utsending = UtsendingFactory(kommune=kommune, tilstand="uvisst", grunn="avbrutt")
    # Of two, one waits, and one was set aside.
    venter = ved_navn["tiltak_endringsforslag"]
    avvist = EndringsforslagFactory(tjeneste=venter.tjeneste, tilstand="avvist")
    opphav = ved_navn["tiltak_opphav"]
    opphav.fra = delt
    opphav.innhold = avtrykk(med_alt(delte(kommune)).get(pk=delt.pk))
    opphav.save()
    return ved_navn | {
        "kommune": kommune,
        "rett": ("tilgang", ved_navn["slt_tilgang"]),
        "nokkel": "ukjent",
        "ansattnokkel": "ukjent",
        "slt_bruker": BrukerFactory(),
        "bilde": ved_navn["slt_bilde"],
        "mote": ved_navn["moter_mote"],
        "overgang": ved_navn["tiltak_overgang"],
        "uferdig": ved_navn["evaluering_egenvurdering"],
        "tiltak_planimport": PlanimportFactory(kommune=kommune),
        "regnearkimport": RegnearkimportFactory(plan=plan),
        "registrering": ved_navn["tiltak_registrering"],
        "tilbud": tilbud,
        "bestemt": MoteFactory(forum=ved_navn["moter_forum"]),
        "deling": ved_navn["moter_forumskommune"],
        "tjenestedeling": ved_navn["tiltak_tjenestekommune"],
        "trukket": trekk_tilbake(kommune),
        "feilmelding": FeilmeldingFactory(tjeneste__kommune=kommune),
        "moter_kalenderlenke": KalenderlenkeFactory(forum=ved_navn["moter_forum"]),
        "delt": delt,
        "utsending": utsending,
        "uten_kommune": UtsendingFactory(
            kommune=None, slag="passord", tilstand="avvist", grunn="adresse", tekst=""
        ),
        "rader": [*rader.values(), tilbud, delt, utsending, avvist],
    }


def test_what_runs_is_seen():
    kjorer = ["<script>SPRENGT()</script>", "<p onclick='SPRENGT()'>", "49SPRENGT"]
    kjorer += ["<a href='javascript:SPRENGT()'>", "<img src=x alt=SPRENGT>"]
    stille = ["<p>SPRENGT</p>", "&lt;script&gt;SPRENGT()", "<a href='/SPRENGT'>"]

    assert [bool(sprengt(html)) for html in kjorer + stille] == (
        [True] * 5 + [False] * 3
    )


def test_no_page_runs_what_people_wrote(
    ting, koordinator, administrator, ingen_tegner, stille, client, tell
):
    sider, avvik, skrevet = 0, [], 0
    for last in UTVALG:
        with transaction.atomic():
            skrevet += spreng([*ting["rader"], koordinator.bruker], last)
            steder = [(n, adresse(n, ting)) for n in MATRISE]
            plan = ting["tiltak_handlingsplan"]
            steder.append(("list", f"{plan.get_absolute_url()}tiltak/?q={last[:100]}"))
            for modell in MODELLER:
                steder.append(("search", f"{side(modell, 'changelist')}?q={last[:90]}"))
            for navn, sted in steder:
                if navn.endswith(("logout", "logg_ut", "_csv")):
                    continue
                for hvem, klient in (("public", client), ("koordinator", koordinator)):
                    if hvem == "public" and navn.startswith(("admin", "search")):
                        continue
                    klient.raise_request_exception = False
                    svar = klient.get(sted, SPORRES.get(navn))
                    sider += 1
                    if svar.status_code >= 500 and svar.status_code != 503:
                        avvik.append((last, hvem, navn, repr(svar.exc_info[1])[:200]))
                    for hode, verdi in svar.headers.items():
                        if set("\r\n") & set(verdi):
                            avvik.append((last, hvem, navn, hode))
                    if svar.headers.get("Content-Type", "").startswith("text/html"):
                        funnet = sprengt(svar.content.decode())
                        avvik += [(last, hvem, navn, f) for f in funnet[:2]]
            # As documents.
            del_ = {"innsatsomrade": ting["tiltak_innsatsomrade"].slug}
            for utgave in (
                Utgave(plan),
                Utgave(plan, kort=True),
                Utgave(plan, **del_),
                Utgave(plan, tjeneste=ting["tiltak_tjeneste"].slug),
                Innspillsliste(plan),
            ):
                sider += 1
                avvik += [(last, "pdf", f) for f in sprengt(utgave.html())[:2]]
                assert re.fullmatch(r"[\w.-]+", utgave.filnavn)
            transaction.set_rollback(True)

    tell(f"pages and documents, with {skrevet} texts that hold code", sider)
    assert avvik == []
    assert skrevet > 20 * len(UTVALG)


def test_what_was_typed_is_shown_again_as_text(ting, koordinator, stille, tell):
    """Forms that are refused keep what was typed."""
    sider, avvik = 0, []
    invitasjon = reverse("tilganger", args=["lillestrom"])
    for last in UTVALG:
        sendinger = [
            (
                invitasjon,
                {"inviter-epost": last, "inviter-rolle": last, "inviter-til": last},
            ),
            (
                reverse("tilgangslenke_ny", args=["lillestrom"]),
                {"lenke-mottaker": last, "lenke-til": last},
            ),
            (reverse("konto:min_side"), {"navn": last * 40}),
            (reverse("konto:logg_inn"), {"username": last, "next": last}),
            (reverse("konto:glemt"), {"email": last}),
            *(
                (
                    side(modell, "add"),
                    dict.fromkeys(
                        ("navn", "tittel", "tekst", "type", "plan", "verdi", "slug"),
                        last,
                    ),
                )
                for modell in MODELLER
                if modell is not Kommune
            ),
        ]
        for url, data in sendinger:
            with transaction.atomic():
                svar = koordinator.post(url, data, follow=True)
                transaction.set_rollback(True)
            sider += 1
            avvik += [(last, url, f) for f in sprengt(svar.content.decode())[:2]]

    tell("refused forms that hold code", sider)
    assert avvik == []
    assert sider >= 20 * len(UTVALG)


I_ET_BREV = {"html", "head", "meta", "title", "body", "p", "br", "a", "hr"}


def test_no_mail_gets_a_header_more(ting, koordinator, mailoutbox, stille, tell):
    hoder = {"Subject", "From", "To", "Date", "Message-ID", "MIME-Version"}
    hoder |= {"Content-Type", "Content-Transfer-Encoding", "Auto-Submitted", "Reply-To"}
    kommune, avvik, antall = ting["kommune"], [], 0
    laster = NYTTELAST[:: mengde(1, 5)]
    for last in laster:
        with som_en_test():
            # As if another door had let the line break in.
            kommune.navn = last
            send(
                "til@example.org",
                f"Tilgang til SLT i {last}",
                "konto/epost/invitasjon.txt",
                {
                    "kommune": kommune,
                    "hva": last,
                    "adresse": "https://example.org/",
                    "passord": "",
                },
                slag="invitasjon",
                kommune=ting["kommune"],
            )
            spreng([kommune], last)
            for epost in (
                "ny@example.org",
                f"ny@example.org\r\nBcc: {antall}@sprengt.example",
                f"ny@example.org,{antall}@sprengt.example",
                f"{last}@example.org",
            ):
                koordinator.post(
                    reverse("tilganger", args=["lillestrom"]),
                    {"inviter-epost": epost, "inviter-rolle": "ansatt"},
                )
                koordinator.post(reverse("konto:glemt"), {"email": epost})
                antall += 2
            transaction.set_rollback(True)
    vent_pa_epost()
    for melding in mailoutbox:
        ferdig = melding.message()
        if set(ferdig.keys()) - hoder or len(melding.recipients()) != 1:
            avvik.append((melding.subject, ferdig.keys(), melding.recipients()))
        deler = [del_.get_content_type() for del_ in ferdig.get_payload()]
        if deler != ["text/plain", "text/html"] or "sprengt.example" in str(
            ferdig["To"]
        ):
            avvik.append((melding.subject, deler))
        [(html, _type)] = melding.alternatives
        tagger = set(re.findall(r"<([a-z0-9]+)", html))
        ut = re.findall(r'<[^>]* href="(?!https?:|mailto:)', html)
        if tagger - I_ET_BREV or ut or "49SPRENGT" in html:
            avvik.append((melding.subject, "in the HTML"))
        if "49SPRENGT" in melding.body or "\n" in melding.subject:
            avvik.append((melding.subject, "run"))

    tell(f"mails asked for with code in them, {len(mailoutbox)} sent", antall)
    assert avvik == []
    assert len(mailoutbox) >= 2 * len(laster)
    assert all(isinstance(melding, EmailMessage) for melding in mailoutbox)


def celler(svar):
    tekst = svar.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(tekst, newline=""), delimiter=";"))


def test_no_cell_begins_a_formula(ting, koordinator, tell):
    antall, avvik = 0, []
    kommune = ting["kommune"]
    for last in NYTTELAST:
        for foran in (
            "",
            " ",
            "  ",
            "\u00a0",
            "\u3000",
            "\ufeff",
            "\u200b",
            "\x0b",
            "\x00",
            "'",
        ):
            for bak in (last, f"={last}", f"＝{last}", f"\r={last}", f"\n@{last}"):
                rader = celler(
                    csv_svar("x.csv", [["første", foran + bak, "siste"], [1, -1, None]])
                )
                antall += 1
                if len(rader) != 2 or len(rader[0]) != 3 or rader[1] != ["1", "-1", ""]:
                    avvik.append((foran, bak, rader))
                # Spreadsheets pass over what is not seen.
                if re.match(r"[\s\ufeff\u200b\x00]*[=+\-@＝＋－＠]", rader[0][1]):
                    avvik.append((foran, bak, rader[0][1]))
        with transaction.atomic():
            bruker = BrukerFactory(epost=f"=cmd{antall}@example.org", navn="")
            TilgangFactory(kommune=kommune, bruker=bruker, rolle="ansatt")
            tjeneste = ting["tiltak_tjeneste"]
            spreng([tjeneste], last)
            TjenesteredaktorFactory(bruker=bruker, tjeneste=tjeneste)
            spreng([ting["evaluering_maling"], ting["evaluering_kilde"]], last)
            spreng([ting["tiltak_tilskudd"]], last)
            for navn, bredde in (
                ("tilganger_csv", 5),
                ("evaluering:tall_csv", len(KOLONNER)),
                ("tiltak:tilskudd_csv", 13),
            ):
                svar = koordinator.get(reverse(navn, args=["lillestrom"]))
                for rad in celler(svar):
                    antall += 1
                    if len(rad) != bredde or any(FORMEL.match(c) for c in rad):
                        avvik.append((last, rad))
            transaction.set_rollback(True)
    assert celle(-1) == -1

    tell("cells with code", antall)
    assert avvik == []


def test_names_of_files_are_of_plain_signs(ting, koordinator, stille, tell):
    """The address of a kommune names downloads; it takes letters and hyphens alone."""
    antall, avvik = 0, []
    for last in NYTTELAST:
        kommune = Kommune(nummer="9999", navn="x", slug=last)
        antall += 1
        with pytest.raises(ValidationError) as feil:
            kommune.full_clean()
        if "slug" not in feil.value.message_dict:
            avvik.append(last)
        svar = koordinator.get(f"/{unquote(last)}/tilganger/tilganger.csv")
        if svar.status_code == 200:
            avvik.append(("found", last))

    tell("names of files", antall)
    assert avvik == []


def test_what_is_said_of_a_draft_is_shown_as_text(kommune, koordinator, tell):
    """To those who keep it, and to who said it."""
    plan = UtkastFactory(kommune=kommune)
    nokkel = "hemmelig"
    horing = HoringFactory(plan=plan)
    lenke = PlanlenkeFactory(
        plan=plan, horing=horing, avtrykk=Planlenke.avtrykk_av(nokkel)
    )
    besvart = {"vurdering": "folges", "svar": "Ja."}
    felles = {"plan": plan, "planlenke": lenke} | besvart
    InnspillFactory(plan=plan)  # which has a form in the list
    rader = [
        horing,
        lenke,
        InnspillFactory(**felles, gjelder="Noe"),
        InnspillFactory(**felles, tiltak_id=10**9, gjelder="Noe som er borte"),
    ]
    leser = Client()
    leser.post(reverse("planlenke", args=[nokkel]))
    i_planen = [kommune.slug, plan.slug]
    sider = [
        (leser, plan.get_absolute_url()),
        (leser, reverse("planlenke", args=[nokkel])),
        (leser, reverse("tiltak:innspill_nytt", args=i_planen)),
        (leser, reverse("tiltak:innspill_mine", args=i_planen)),
        (koordinator, plan.get_absolute_url()),
        (koordinator, reverse("tiltak:innspill_list", args=i_planen)),
        (koordinator, reverse("tiltak:innspill_svar", args=[*i_planen, rader[-1].pk])),
        (koordinator, reverse("moter:lesere", args=i_planen)),
        (koordinator, reverse("moter:horing_endre", args=[*i_planen, horing.pk])),
        (koordinator, reverse("tilganger", args=[kommune.slug])),
    ]
    sendes = [
        (leser, reverse("tiltak:innspill_nytt", args=i_planen)),
        (leser, reverse("tiltak:innspill_nytt", args=[kommune.slug, "2090-2091"])),
        (koordinator, reverse("tiltak:innspill_for_inn", args=i_planen)),
        (koordinator, reverse("moter:planlenke_ny", args=i_planen)),
        (koordinator, reverse("moter:horing_ny", args=i_planen)),
    ]
    felt = ("tekst", "fra", "lenke-mottaker", "andre", "sporsmal", "til", "emne")

    skrevet, avvik = 0, []
    for last in NYTTELAST:
        skrevet += spreng(rader, last)
        svar = [klient.get(sted) for klient, sted in sider]
        assert [s.status_code for s in svar] == [200] * len(sider)
        # Refused, for one field or another, and shown again.
        data = dict.fromkeys(felt, last) | {"mottatt": last, "tiltak": last}
        svar += [klient.post(sted, data) for klient, sted in sendes]
        avvik += [
            (last, s.wsgi_request.path, f) for s in svar for f in sprengt(s.text)[:2]
        ]
        Forsok.objects.all().delete()

    tell(
        f"pages about a draft, with {skrevet} texts that hold code", 15 * len(NYTTELAST)
    )
    assert avvik == []
    assert skrevet > 10 * len(NYTTELAST)
