"""Norwegian letters: alphabetical order, web addresses, search without regard to case.

Databases know no Norwegian by themselves: SQLite ignores case in ASCII alone, PostgreSQL
orders as its operator happened to install it. What is here gives the same on both.
"""

import re
from functools import lru_cache

from django.db import models
from django.db.backends.signals import connection_created
from django.db.models.lookups import Transform
from django.utils.text import slugify
from django.utils.translation import gettext as _

# The three last letters, their neighbours' forms, and letters with marks. Capitals are
# named because lower() of a database may know ASCII alone.
_FRA = "ÆÄæäØÖøöÅåÀÁÂÃÈÉÊËÌÍÎÏÒÓÔÕÙÚÛÜÝàáâãèéêëìíîïòóôõùúûüýÇçÑñČčĐđŊŋŠšŦŧŽž"
_TIL = "{{{{||||}}aaaaeeeeiiiioooouuuyyaaaaeeeeiiiioooouuuyyccnnccddnnssttzz"
_ORDEN = str.maketrans(_FRA, _TIL)
_SLUGG = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "đ": "d", "ŋ": "n", "ŧ": "t"}
    # These part words that slugify would put together: 8.–10. trinn.
    | dict.fromkeys("–—/", "-")
)


def orden(tekst):
    """Returns a key that sorts by code point as a Norwegian register does: æ, ø, å last,
    letters with marks as the letters themselves, capitals as small ones."""
    return None if tekst is None else str(tekst).translate(_ORDEN).lower()


class NorskOrden(Transform):
    """`order_by("navn__norsk")`: the order of `orden`, in both databases."""

    lookup_name = "norsk"
    output_field = models.TextField()

    def as_sql(self, compiler, connection, **extra):
        sql, params = compiler.compile(self.lhs)
        return f"norsk_orden({sql})", params

    def as_postgresql(self, compiler, connection, **extra):
        sql, params = compiler.compile(self.lhs)
        return f"""lower(translate({sql}, '{_FRA}', '{_TIL}')) COLLATE "C" """, params


models.CharField.register_lookup(NorskOrden)
models.TextField.register_lookup(NorskOrden)


def slugg(tekst):
    """Returns the text as part of a web address; Django's slugify drops ø and æ."""
    return slugify(str(tekst).lower().translate(_SLUGG))


class Slugg(models.SlugField):
    """An address made from another field when the row is new, and kept from then on.

    Unique among the rows that share the fields in `innen`; the second one gets "-2".
    A constraint on the model keeps it so.
    """

    def __init__(self, *args, av_felt="navn", innen=("kommune",), **kwargs):
        self.av_felt, self.innen = av_felt, tuple(innen)
        kwargs = {"max_length": 80, "blank": True, "editable": False} | kwargs
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"av_felt": self.av_felt, "innen": self.innen}

    def pre_save(self, model_instance, add):
        if not getattr(model_instance, self.attname):
            setattr(model_instance, self.attname, self._ledig(model_instance))
        return getattr(model_instance, self.attname)

    def fyll(self, rader):
        """Gives new rows that are saved together their addresses; 1 query."""
        uten = [rad for rad in rader if not getattr(rad, self.attname)]
        if not uten:
            return
        rekke = {tuple(self._innen(rad).values()): set() for rad in uten}
        forste = uten[0]._meta.get_field(self.innen[0]).attname
        i_dem = {f"{forste}__in": {self._innen(rad)[forste] for rad in uten}}
        andre = type(uten[0])._base_manager.filter(**i_dem).order_by()
        for *innen, slugg_ in andre.values_list(*self._innen(uten[0]), self.attname):
            rekke.setdefault(tuple(innen), set()).add(slugg_)
        for rad in uten:
            opptatt = rekke[tuple(self._innen(rad).values())]
            setattr(rad, self.attname, _ledig(self._grunnlag(rad), opptatt))
            opptatt.add(getattr(rad, self.attname))

    def _innen(self, rad):
        felter = (rad._meta.get_field(navn) for navn in self.innen)
        return {felt.attname: getattr(rad, felt.attname) for felt in felter}

    def _grunnlag(self, rad):
        # Room for the number that makes it unique.
        grunnlag = slugg(getattr(rad, self.av_felt))[: self.max_length - 5].strip("-")
        return grunnlag or "uten-navn"

    def _ledig(self, rad):
        andre = type(rad)._base_manager.exclude(pk=rad.pk)
        andre = andre.filter(**{felt: getattr(rad, felt) for felt in self.innen})
        grunnlag = self._grunnlag(rad)
        opptatt = andre.filter(**{f"{self.attname}__startswith": grunnlag})
        return _ledig(grunnlag, set(opptatt.values_list(self.attname, flat=True)))


def _ledig(grunnlag, opptatt):
    forslag, nummer = grunnlag, 1
    while forslag in opptatt:
        nummer += 1
        forslag = f"{grunnlag}-{nummer}"
    return forslag


# SQLite -------------------------------------------------------------------------------


def _tegn(monster, escape):
    """Yields (what it stands for, whether it is a wildcard) of a LIKE pattern."""
    tegnene = iter(monster)
    for tegn in tegnene:
        if tegn == escape:
            yield next(tegnene, escape).casefold(), False
        else:
            yield tegn.casefold(), tegn in {"%", "_"}


@lru_cache(maxsize=256)
def _prove(monster, escape):
    """Returns the function that says whether a text fits a LIKE pattern."""
    tegnene = list(_tegn(monster, escape))
    jokere = [nr for nr, (_tegnet, er_joker) in enumerate(tegnene) if er_joker]
    if jokere == [0, len(tegnene) - 1] and monster[0] == monster[-1] == "%":
        # This is what icontains asks for; a regular expression may take quadratic time.
        deltekst = "".join(tegnet for tegnet, _er_joker in tegnene[1:-1])
        return lambda tekst: deltekst in tekst
    deler = (
        {"%": ".*", "_": "."}[tegnet] if er_joker else re.escape(tegnet)
        for tegnet, er_joker in tegnene
    )
    return re.compile("".join(deler), re.DOTALL).fullmatch


def _like(monster, tekst, escape=None):
    """LIKE without regard to case, in Norwegian too (SQLite's own knows ASCII)."""
    if monster is None or tekst is None:
        return None
    return bool(_prove(monster, escape)(str(tekst).casefold()))


def laer_norsk(connection, **kwargs):
    """Gives a new SQLite connection the functions that the look-ups above use."""
    if connection.vendor == "sqlite":
        lag = connection.connection.create_function
        lag("norsk_orden", 1, orden, deterministic=True)
        lag("like", 2, _like, deterministic=True)
        lag("like", 3, _like, deterministic=True)


# A signal, because Django offers no other place where a connection is made.
connection_created.connect(laer_norsk, dispatch_uid="slt.grunn.norsk")


def uten_https(adresse):
    """Returns a web address as people read it."""
    return re.sub(r"^https?://(www\.)?|/$", "", adresse)


def tall_i_ord(verdi):
    """Returns a Decimal as Norwegians write it: "33 636" with hard spaces, "7,5"."""
    heltall = int(verdi)
    tekst = f"{abs(heltall):,}".replace(",", "\N{NO-BREAK SPACE}")
    desimaler = f"{abs(verdi - heltall):.2f}"[2:].rstrip("0")
    fortegn = "\N{MINUS SIGN}" if verdi < 0 else ""
    return fortegn + tekst + (f",{desimaler}" if desimaler else "")


# Of fewer persons than these, how many they are is not told: who they are might be guessed.
FA = 5


def personer_i_ord(antall):
    """Returns how many persons, as all may read it: of few, not how many."""
    return _("færre enn %d") % FA if 0 < antall < FA else tall_i_ord(antall)


def kroner(belop):
    """Returns a sum as Norwegians write it: "1 200 000 kr", with hard spaces."""
    return f"{tall_i_ord(belop)}\N{NO-BREAK SPACE}kr"
