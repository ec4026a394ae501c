"""Pictures in texts: made anew, kept in the database, seen by who sees the text."""

import re
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from evaluering.kunnskap.dokument import Kunnskapsutgave
from evaluering.models import Funn
from slt.felles import bilder
from slt.felles.bilder import bildefelter, fremmede_koder, lagre_bilde, ses_av
from slt.felles.dokument import oppdrag
from slt.grunn import pdf
from slt.grunn.bilde import (
    ANNET_SLAG,
    FOR_STORT,
    HEIC,
    IKKE_BILDE,
    ODELAGT,
    STORSTE_UT,
    IngenBilde,
    lag_bilde,
)
from slt.grunn.historikk import uten_vern
from slt.grunn.riktekst import TAGGER, bildekoder, ren_tekst, rens_html
from slt.models import PUBLIKUM, Bilde, Tilgang
from tests.factories import (
    BildeFactory,
    BrukerFactory,
    FunnFactory,
    HandlingsplanFactory,
    KapittelFactory,
    KommuneFactory,
    TilgangFactory,
    figur,
    png,
)
from tests.skjemasvar import feil as feil_i
from tests.skjemasvar import send as send_skjema
from tests.stikkprover import eksempler
from tests.test_pdfstandarder import brudd as brudd_i_pdf
from tiltak.dokument import Utgave
from tiltak.models import Handlingsplan

KODE = "abcdefghijklmnop" * 2
IMG = f'<img src="/bilder/{KODE}.png" alt="En kurve">'
FIGUR = f"<figure>{IMG}</figure>"


def fil(bilde, slag, **valg):
    ut = BytesIO()
    bilde.save(ut, slag, **valg)
    return ut.getvalue()


def stoy(storrelse):
    return Image.effect_noise(storrelse, 90).convert("RGB")


# Made anew ----------------------------------------------------------------------------


@pytest.mark.parametrize("slag", ["PNG", "JPEG", "WEBP"])
def test_a_photograph_comes_out_as_a_jpeg_of_the_size_that_is_shown(slag):
    type_, bilde, innhold = lag_bilde(fil(stoy((2000, 1000)), slag))

    assert (type_, bilde.size) == ("jpg", (1600, 800))
    assert len(innhold) <= STORSTE_UT
    with Image.open(BytesIO(innhold)) as ut:
        assert (ut.format, ut.mode, ut.size) == ("JPEG", "RGB", (1600, 800))


def test_a_drawing_keeps_its_sharp_lines():
    type_, bilde, innhold = lag_bilde(png("teal", (40, 30)))

    assert (type_, bilde.size) == ("png", (40, 30))
    with Image.open(BytesIO(innhold)) as ut:
        assert ut.getpixel((1, 1)) == (0, 128, 128)


def test_what_nothing_was_drawn_on_is_white():
    gjennomsiktig = Image.new("RGBA", (9, 9), (0, 0, 0, 0))
    gjennomsiktig.putpixel((4, 4), (0, 0, 0, 255))

    _type, _bilde, innhold = lag_bilde(fil(gjennomsiktig, "PNG"))

    with Image.open(BytesIO(innhold)) as ut:
        assert ut.mode == "RGB"
        assert (ut.getpixel((0, 0)), ut.getpixel((4, 4))) == ((255,) * 3, (0,) * 3)


def test_nothing_goes_on_but_what_is_seen():
    exif = Image.Exif()
    exif[0x010E] = "HEMMELIG tittel"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"
    merket = fil(
        stoy((60, 30)), "JPEG", exif=exif, comment=b"HEMMELIG", icc_profile=b"HEMMELIG"
    )
    tekst = PngImagePlugin.PngInfo()
    tekst.add_text("Author", "HEMMELIG")
    merket_png = fil(Image.new("RGB", (9, 9)), "PNG", pnginfo=tekst) + b"HEMMELIG"

    for innhold in (merket, merket_png):
        assert b"HEMMELIG" in innhold
        assert b"HEMMELIG" not in lag_bilde(innhold)[2]
    with Image.open(BytesIO(lag_bilde(merket)[2])) as ut:
        assert ut.size == (30, 60)
        assert not ut.getexif()
        assert not {"icc_profile", "comment", "exif"} & set(ut.info)


def test_what_no_quality_makes_small_is_made_smaller(monkeypatch):
    monkeypatch.setattr("slt.grunn.bilde.STORSTE_UT", 9000)

    _type, bilde, innhold = lag_bilde(fil(stoy((400, 400)), "JPEG"))

    assert len(innhold) <= 9000
    assert bilde.width < 400


@pytest.mark.parametrize("modus", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(modus):
    bilde = lag_bilde(fil(Image.new(modus, (8, 8)), "PNG"))[1]

    assert (bilde.mode, bilde.size) == ("RGB", (8, 8))


BILDE = fil(stoy((80, 80)), "JPEG")


@pytest.mark.parametrize(
    ("innhold", "hvorfor"),
    [
        (b"", IKKE_BILDE),
        (b"Bare tekst", IKKE_BILDE),
        (b"\0\0\0\x18ftypheic\0\0\0\0", HEIC),
        (b"\0\0\0\x18ftypavif\0\0\0\0", ANNET_SLAG),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ANNET_SLAG),
        (b"%PDF-1.7", ANNET_SLAG),
        (fil(Image.new("RGB", (9, 9)), "GIF"), ANNET_SLAG),
        (fil(Image.new("RGB", (9, 9)), "BMP"), ANNET_SLAG),
        (BILDE[:600], ODELAGT),
        (b"\x89PNG\r\n\x1a\n", ODELAGT),
        (fil(Image.new("1", (7000, 6000)), "PNG"), FOR_STORT),
        (fil(Image.new("1", (20_000, 10_000)), "PNG"), FOR_STORT),
    ],
    ids=[
        "empty",
        "text",
        "heic",
        "avif",
        "svg",
        "pdf",
        "gif",
        "bmp",
        "cut",
        "head",
        "large",
        "bomb",
    ],
)
def test_what_is_no_picture_for_a_page_is_refused(innhold, hvorfor):
    with pytest.raises(IngenBilde, match=f"^{hvorfor}$"):
        lag_bilde(innhold)


@hypothesis_settings(derandomize=True, deadline=None, max_examples=eksempler(150))
@given(
    st.integers(0, len(BILDE) - 1), st.binary(min_size=1, max_size=40), st.booleans()
)
def test_a_broken_file_is_refused_or_made_anew(sted, bytene, kutt):
    innhold = BILDE[:sted] + bytene + (b"" if kutt else BILDE[sted + len(bytene) :])

    with suppress(IngenBilde):
        assert lag_bilde(innhold)[1].mode == "RGB"


def test_every_reason_has_its_words(kommune, monkeypatch):
    for innhold, hvorfor in [(b"x", IKKE_BILDE), (b"\0\0\0\x18ftypheic", HEIC)]:
        with pytest.raises(ValidationError) as feil:
            lagre_bilde(kommune, innhold)
        assert feil.value.code == hvorfor

    def treg(*_valg):
        raise bilder.avgrenset.ForTregt(-9)

    monkeypatch.setattr("slt.felles.bilder.avgrenset.kjor", treg)
    with pytest.raises(ValidationError) as feil:
        lagre_bilde(kommune, png())
    assert feil.value.code == FOR_STORT


# Kept ---------------------------------------------------------------------------------


def test_the_same_picture_is_one_row_in_each_kommune(kommune):
    bilde = lagre_bilde(kommune, png())

    assert lagre_bilde(kommune, png()) == bilde
    assert lagre_bilde(KommuneFactory(), png()).kode != bilde.kode
    assert re.fullmatch("[a-p]{32}", bilde.kode)
    assert (bilde.type, bilde.bredde, bilde.hoyde) == ("png", 40, 30)
    assert bilde.storrelse == len(bilde.innhold)


def test_there_is_a_bound_to_how_many(kommune, monkeypatch):
    monkeypatch.setattr("slt.felles.bilder.FLEST", 1)
    lagre_bilde(kommune, png())

    with pytest.raises(ValidationError, match="1 bilder"):
        lagre_bilde(kommune, png("red"))
    assert lagre_bilde(kommune, png()) == Bilde.objects.get()


def test_a_picture_stays_as_it_is(kommune):
    bilde = lagre_bilde(kommune, png())

    for gjor in (bilde.save, bilde.delete, Bilde.objects.all().delete):
        with pytest.raises(ValidationError), transaction.atomic():
            gjor()
    assert not hasattr(Bilde.historikk.get(), "innhold")
    # As docs/drift.md says, when it has to go.
    with uten_vern():
        bilde.delete()
    assert not Bilde.objects.exists()


@pytest.mark.parametrize(
    "feil",
    [
        {"kode": "a1" * 16},
        {"type": "gif"},
        {"bredde": 0},
        {"hoyde": 1601},
        {"storrelse": 1_000_001},
    ],
)
def test_the_database_holds_to_it(kommune, feil):
    with pytest.raises(IntegrityError), transaction.atomic():
        BildeFactory(kommune=kommune, **feil)


# Sent ---------------------------------------------------------------------------------


@pytest.fixture
def koordinator(kommune):
    bruker = BrukerFactory()
    TilgangFactory(bruker=bruker, kommune=kommune, rolle=Tilgang.Rolle.KOORDINATOR)
    return bruker


def send(client, kommune, innhold=None):
    sendt = {"fil": SimpleUploadedFile("x.jpg", innhold)} if innhold else {}
    return client.post(reverse("bilde_nytt", args=[kommune.slug]), sendt)


def test_a_coordinator_sends_one(client, kommune, koordinator):
    client.force_login(koordinator)

    svar = send(client, kommune, png())

    bilde = Bilde.objects.get(kommune=kommune)
    assert svar.json() == {"adresse": bilde.adresse, "bredde": 40, "hoyde": 30}
    assert Bilde.historikk.get().history_user == koordinator


@pytest.mark.parametrize("innhold", [None, b"tekst"])
def test_what_is_no_picture_is_answered_in_words(client, kommune, koordinator, innhold):
    client.force_login(koordinator)

    svar = send(client, kommune, innhold)

    assert svar.status_code == 422
    assert "bilde" in svar.json()["feil"]


def test_nobody_else_sends_any(client, kommune, koordinator):
    politirad = BrukerFactory()
    TilgangFactory(bruker=politirad, kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD)

    assert send(client, kommune, png()).status_code == 302
    client.force_login(politirad)
    assert send(client, kommune, png()).status_code == 404
    client.force_login(koordinator)
    assert send(client, KommuneFactory(), png()).status_code == 404
    assert client.get(reverse("bilde_nytt", args=[kommune.slug])).status_code == 405
    assert not Bilde.objects.exists()


def test_a_form_of_another_site_sends_none(kommune, koordinator):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(koordinator)

    assert send(client, kommune, png()).status_code == 403


# Seen ---------------------------------------------------------------------------------


def test_the_texts_that_may_hold_pictures():
    assert {f"{m.__name__}.{f.name}" for m, f in bildefelter()} == {
        "Kapittel.tekst",
        "Funn.utdyping",
        "Kilde.figurer",
    }


def test_a_picture_is_seen_by_who_sees_the_text(client, kommune, koordinator):
    bilde = lagre_bilde(kommune, png())
    annen = BrukerFactory()
    TilgangFactory(bruker=annen, rolle=Tilgang.Rolle.KOORDINATOR)
    politirad = BrukerFactory()
    TilgangFactory(bruker=politirad, kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD)

    def ser(bruker=None):
        client.logout()
        if bruker:
            client.force_login(bruker)
        return client.get(bilde.adresse).status_code

    assert [ser(b) for b in (None, koordinator, politirad, annen)] == [
        404,
        200,
        404,
        404,
    ]
    funn = FunnFactory(kilde__kommune=kommune, utdyping=figur(bilde), publisert=False)
    assert [ser(b) for b in (None, koordinator, politirad, annen)] == [
        404,
        200,
        200,
        404,
    ]
    assert "no-store" in client.get(bilde.adresse)["Cache-Control"]
    funn.publisert = True
    funn.save()
    assert [ser(b) for b in (None, annen)] == [200, 200]


def test_a_draft_keeps_its_pictures_to_itself(client, kommune):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    bilde = lagre_bilde(kommune, png())
    KapittelFactory(plan=plan, tekst=figur(bilde))

    assert client.get(bilde.adresse).status_code == 404


def test_a_picture_that_all_see_is_sent_as_nothing_but_a_picture(client, kommune):
    bilde = lagre_bilde(kommune, png())
    FunnFactory(kilde__kommune=kommune, utdyping=figur(bilde), publisert=True)

    svar = client.get(bilde.adresse)

    assert svar.content == bytes(bilde.innhold)
    assert svar["Content-Type"] == "image/png"
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert svar["Content-Disposition"].startswith("inline")
    assert svar["Cache-Control"] == "public, max-age=3600"
    csp = {del_.strip() for del_ in svar["Content-Security-Policy"].split(";")}
    assert csp == {"default-src 'none'", "sandbox"}
    assert client.get(f"/bilder/{bilde.kode}.jpg").status_code == 404
    assert client.post(bilde.adresse).status_code == 405


def test_a_text_of_another_kommune_shows_it_to_nobody(client, kommune):
    bilde = lagre_bilde(kommune, png())
    FunnFactory(utdyping=figur(bilde), publisert=True)

    assert not ses_av(bilde, PUBLIKUM)
    assert client.get(bilde.adresse).status_code == 404


# In texts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "renset"),
    [
        (IMG, FIGUR),
        (FIGUR.replace(">", ' class="x" onerror="x()">', 2), FIGUR),
        (f"<p>A{IMG}B</p>", f"<p>AB</p>{FIGUR}"),
        (f"<ul><li>{IMG}</li><li>A</li></ul>", f"<ul><li>A</li></ul>{FIGUR}"),
        (f"<h3>{IMG}</h3>", FIGUR),
        (f"<a href='https://a.no'>{IMG}</a>", FIGUR),
        (f"<figcaption>A</figcaption>{IMG}", f"<p>A</p>{FIGUR}"),
        (
            f"<figure>{IMG}<figcaption><b>Foto:</b> A</figcaption></figure>",
            f"<figure>{IMG}<figcaption>Foto: A</figcaption></figure>",
        ),
        (f'<img src="/bilder/{KODE}.png" alt=" ">', ""),
        (f'<img src="/bilder/{KODE}.png">', ""),
        (f'<img src="https://a.no/bilder/{KODE}.png" alt="A">', ""),
        (f'<img src="/bilder/{KODE}.svg" alt="A">', ""),
        ('<img src="data:image/png;base64,AAAA" alt="A">', ""),
        (f'<img src="/bilder/../bilder/{KODE}.png" alt="A">', ""),
        (
            '<figure><img src="x" alt="A"><figcaption>B</figcaption></figure>',
            "<p>B</p>",
        ),
    ],
)
def test_a_picture_stands_by_itself_with_its_words(html, renset):
    assert rens_html(html, bilder=True) == renset
    assert rens_html(renset, bilder=True) == renset
    assert "<img" not in rens_html(html)


def test_what_a_picture_says_is_text():
    html = f"<p>A</p><figure>{IMG}<figcaption>Foto: B</figcaption></figure><p>C</p>"

    assert ren_tekst(html) == "A\nEn kurve\nFoto: B\nC"
    assert bildekoder(html) == {KODE}


DELER = [
    *(IMG, FIGUR, "<figure>", "</figure>", "<figcaption>", "</figcaption>"),
    *("<p>", "</p>", "<ul><li>", "</ul>", "<table><tr><td>", "</table>", "A", "ung.no"),
    *("<blockquote>", "<h4>", "<strong>", "</strong>", '<img src="x" alt="&quot;>">'),
]


@hypothesis_settings(derandomize=True, deadline=None, max_examples=eksempler(300))
@given(st.lists(st.sampled_from(DELER), max_size=12).map("".join))
def test_pictures_in_any_html_come_out_whole(html):
    renset = rens_html(html, bilder=True)

    assert rens_html(renset, bilder=True) == renset
    assert set(re.findall(r"</?([a-z0-9]+)", renset)) <= TAGGER | {
        "figure",
        "img",
        "figcaption",
    }
    assert (
        renset.count(f"<figure>{IMG}")
        == renset.count("<img")
        == renset.count("<figure")
    )
    assert renset.count(IMG) == html.count(IMG)


def test_a_form_asks_for_words(client, kommune, koordinator):
    funn = FunnFactory(kilde__kommune=kommune)
    riktig = figur(lagre_bilde(kommune, png()))
    client.force_login(koordinator)

    svar = lagre_funn(client, funn, re.sub('alt="[^"]*"', 'alt=" "', riktig))

    assert feil_i(svar)["utdyping"].startswith("Et bilde mangler tekst.")
    assert lagre_funn(client, funn, riktig).status_code == 302
    funn.refresh_from_db()
    assert funn.utdyping == riktig


def lagre_funn(client, funn, utdyping):
    adresse = reverse("evaluering:funn_endre", args=[funn.kilde.kommune.slug, funn.pk])
    return send_skjema(client, adresse, utdyping=utdyping)


def test_a_form_refuses_a_picture_of_another_kommune(client, kommune, koordinator):
    funn = FunnFactory(kilde__kommune=kommune)
    fremmed = lagre_bilde(KommuneFactory(), png())
    client.force_login(koordinator)

    svar = lagre_funn(client, funn, figur(fremmed))

    funn.refresh_from_db()
    assert funn.utdyping == ""
    assert "ikke lagt inn i kommunen" in feil_i(svar)["utdyping"]
    assert fremmede_koder(figur(fremmed), kommune.pk) == {fremmed.kode}


def test_a_finding_is_shown_with_what_there_is_to_say_of_it(client, kommune):
    bilde = lagre_bilde(kommune, png())
    tekst = f"<h3>Fra 2021</h3>{figur(bilde, bildetekst='Foto: Kommunen')}"
    FunnFactory(kilde__kommune=kommune, utdyping=tekst, publisert=True)

    side = client.get(reverse("evaluering:kunnskap", args=[kommune.slug]))

    vist = side.content.decode()
    # Below the heading of the finding.
    assert "<h4>Fra 2021</h4>" in vist
    assert figur(bilde, bildetekst="Foto: Kommunen") in vist


def test_pictures_stay_in_history(kommune):
    bilde = lagre_bilde(kommune, png())
    funn = FunnFactory(kilde__kommune=kommune, utdyping=figur(bilde))

    assert Funn.historikk.filter(id=funn.pk).first().utdyping == figur(bilde)


# In documents -------------------------------------------------------------------------


def test_a_document_has_the_picture_and_what_it_shows(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    bilde = lagre_bilde(kommune, fil(stoy((1600, 1600)), "JPEG"))
    under = figur(bilde, bildetekst="Foto: Kommunen")
    KapittelFactory(plan=plan, tekst=f"<p>Se figuren.</p>{under}<p>Etter.</p>")

    innhold = pdf.tegn(Utgave(Handlingsplan.objects.get(pk=plan.pk)).oppdrag())

    assert brudd_i_pdf(innhold) == set()
    assert figurene(innhold) == ["En kurve som stiger"]


def test_so_has_the_knowledge(kommune):
    bilde = lagre_bilde(kommune, png())
    FunnFactory(kilde__kommune=kommune, utdyping=figur(bilde), publisert=True)

    kommune.refresh_from_db()
    innhold = pdf.tegn(Kunnskapsutgave(kommune, None).oppdrag())

    assert brudd_i_pdf(innhold) == set()
    assert figurene(innhold) == ["En kurve som stiger"]


def test_a_document_has_no_picture_of_another_kommune(kommune):
    egen, fremmed = lagre_bilde(kommune, png()), lagre_bilde(KommuneFactory(), png())

    kommune.refresh_from_db()
    laget = oppdrag(f"<p>A</p>{figur(egen)}{figur(fremmed)}", kommune=kommune)

    assert set(laget.bilder) == {egen.adresse.removeprefix("/")}
    assert fremmed.kode not in laget.html
    assert egen.kode in laget.html


def figurene(innhold):
    """What the pictures of a PDF say that they show."""
    import pikepdf

    with pikepdf.open(BytesIO(innhold)) as dokument:
        return [
            str(del_.Alt)
            for del_ in dokument.objects
            if isinstance(del_, pikepdf.Dictionary)
            and del_.get("/S") == "/Figure"
            and "En kurve" in str(del_.get("/Alt", ""))
        ]
