"""Pictures that people send, made anew: nothing of the file goes on but what is seen.

What it was made with, where and when, its colour profile, and what hides behind the
picture, are left out. It runs in a process of its own (slt.grunn.avgrenset), for a small
file can hold a picture that takes all memory.
"""

import json
import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

STORSTE_SIDE = 1600
STORSTE_UT = 1_000_000
FLEST_PIKSLER = 40_000_000

# Why there is no picture.
IKKE_BILDE, HEIC, ANNET_SLAG, FOR_STORT, ODELAGT = (
    "ikke_bilde",
    "heic",
    "annet_slag",
    "for_stort",
    "odelagt",
)
_ANDRE_SLAG = (
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"%PDF",
    b"<svg",
    b"<?xml",
    b"\0\0\1\0",
)
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
# As many colours as a drawing, a chart or a logo has, and no photograph.
FA_FARGER = 256


class IngenBilde(Exception):  # noqa: N818
    """There is no picture in it that can be shown; says why, as one of the words above."""


def lag(innhold):
    """Yields the answer in bytes: a line of JSON, {type, bredde, hoyde} or {feil}, and then
    the picture."""
    try:
        type_, bilde, nytt = lag_bilde(innhold)
    except IngenBilde as feil:
        yield json.dumps({"feil": str(feil)}).encode() + b"\n"
        return
    hode = {"type": type_, "bredde": bilde.width, "hoyde": bilde.height}
    yield json.dumps(hode).encode() + b"\n"
    yield nytt


def lag_bilde(innhold):
    """Returns ("png" or "jpg", the picture, its bytes).

    Raises:
        IngenBilde: with the reason.
    """
    bilde = _apne(innhold)
    try:
        bilde, er_tegning = _tegnet(bilde)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as feil:
        # Pillow raises these for files that end or contradict themselves.
        raise IngenBilde(ODELAGT) from feil
    if er_tegning and len(nytt := _skrevet(bilde, "PNG", optimize=True)) <= STORSTE_UT:
        return "png", bilde, nytt
    while True:
        for kvalitet in (85, 75, 65):
            nytt = _skrevet(bilde, "JPEG", quality=kvalitet, optimize=True)
            if len(nytt) <= STORSTE_UT:
                return "jpg", bilde, nytt
        # Noise, which no quality makes small.
        bilde = bilde.resize([max(1, side * 3 // 4) for side in bilde.size])


def _apne(innhold):
    """The picture, not decoded yet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of size: the bound here is lower
        try:
            bilde = Image.open(BytesIO(innhold), formats=["PNG", "JPEG", "WEBP"])
        except UnidentifiedImageError as feil:
            raise IngenBilde(_hva_det_er(innhold)) from feil
        except Image.DecompressionBombError as feil:
            raise IngenBilde(FOR_STORT) from feil
        except (OSError, ValueError, SyntaxError, EOFError) as feil:
            raise IngenBilde(ODELAGT) from feil
    if bilde.width * bilde.height > FLEST_PIKSLER:
        raise IngenBilde(FOR_STORT)
    return bilde


def _hva_det_er(innhold):
    """Why a file that cannot be opened is no picture, by how it begins."""
    if innhold[4:8] == b"ftyp":
        return HEIC if innhold[8:12] in _HEIC else ANNET_SLAG
    if innhold.lstrip().startswith(_ANDRE_SLAG):
        return ANNET_SLAG
    kjent = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
    return ODELAGT if innhold.startswith(kjent) else IKKE_BILDE


def _tegnet(bilde):
    """Returns (the picture, the right way up, on white, no larger than it is shown, with
    nothing else; whether it is a drawing rather than a photograph)."""
    bilde.draft("RGB", (STORSTE_SIDE, STORSTE_SIDE))  # of a JPEG, no more is decoded
    bilde.load()
    bilde = ImageOps.exif_transpose(bilde)
    gjennomsiktig = bilde.has_transparency_data
    if bilde.mode.startswith("I") or bilde.mode == "F":
        bilde = _atte_bit(bilde)
    if gjennomsiktig:
        # On white: black lines on nothing would be lost on a dark page.
        over = bilde.convert("RGBA")
        bilde = Image.new("RGB", over.size, "white")
        bilde.paste(over, mask=over.getchannel("A"))
    bilde = bilde.convert("RGB")
    er_tegning = gjennomsiktig or bilde.getcolors(FA_FARGER) is not None
    bilde.thumbnail((STORSTE_SIDE, STORSTE_SIDE), Image.Resampling.LANCZOS)
    rent = Image.new("RGB", bilde.size)
    rent.paste(bilde)
    return rent, er_tegning


def _atte_bit(bilde):
    """Sixteen bits of grey as eight; Pillow itself would cut them off."""
    return bilde.convert("I").point(lambda lys: lys / 257).convert("L")


def _skrevet(bilde, slag, **valg):
    ut = BytesIO()
    bilde.save(ut, slag, **valg)
    return ut.getvalue()
