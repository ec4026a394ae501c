"""Finds where persons stand: the keys that lead to users, and the texts that name somebody.

It looks through all models by itself, so that one that is added later is seen without
being named here.
"""

import re
from urllib.parse import unquote

from django.apps import apps
from django.db.models import Q, SlugField

from slt.grunn.kommunegrense import har_kommune
from slt.grunn.norsk import slugg
from slt.grunn.tekst import Epost, Fritekst, Nettadresse

_ADRESSE_I_TEKST = re.compile(r"""https?://[^\s"'<>]+""", re.IGNORECASE)


def rader_i(modell, kommune):
    """Returns the rows of a model, or of its history: those of one kommune if that is
    given."""
    rader = modell._base_manager.all()
    if kommune is None:
        return rader
    if er_historikk(modell):
        return rader.filter(history_kommune=kommune)
    if har_kommune(modell):
        return rader.filter(**{modell.kommune_sti: kommune.pk})
    return rader.none()


def som_nevner(navn, kommune=None):
    """Yields (row, names of its texts) of each row that has the name as whole words."""
    for modell in apps.get_models():
        felter = [
            f.name
            for f in modell._meta.concrete_fields
            if isinstance(f, (Fritekst, Epost))
        ]
        if er_historikk(modell):
            felter += ["history_aktor"]
        if not felter:
            continue
        nevner = Q()
        for felt in felter:
            nevner |= Q(**{f"{felt}__icontains": _sikker_del(navn)})
        for rad in rader_i(modell, kommune).filter(nevner):
            if any(hele_ord(navn).search(getattr(rad, felt)) for felt in felter):
                yield rad, felter


def med_navnet_i_adressen(navn, kommune=None):
    """Yields (row, field, address) of each address with the name in it: that of the row
    itself, one that it leads to, one in its text."""
    ord_ = slugg(navn)
    if not ord_:
        return
    for modell in apps.get_models():
        felter = [
            felt
            for felt in modell._meta.concrete_fields
            if isinstance(felt, (SlugField, Nettadresse, Fritekst))
        ]
        if not felter:
            continue
        kan_ha = Q()
        for felt in felter:
            del_ = ord_ if isinstance(felt, SlugField) else _sikker_del(navn)
            kan_ha |= Q(**{f"{felt.name}__icontains": del_})
        rader = list(rader_i(modell, kommune).filter(kan_ha))
        for felt in felter:
            for rad in rader:
                for adresse in _adresser_i(felt, getattr(rad, felt.name)):
                    if f"-{ord_}-" in f"-{_ord_i(adresse)}-":
                        yield rad, felt.name, adresse


def _adresser_i(felt, verdi):
    return _ADRESSE_I_TEKST.findall(verdi) if isinstance(felt, Fritekst) else [verdi]


def _ord_i(adresse):
    """Returns the words of an address with a hyphen between them, whatever parts them."""
    return slugg(re.sub(r"[\W_]+", " ", unquote(adresse)))


def hele_ord(navn):
    """Returns a pattern that finds the name, not as a part of a longer word or address,
    however its words are set."""
    ord_ = r"(?:\s|&nbsp;|<[^>]+>)+".join(map(re.escape, navn.split()))
    genitiv = "(?:['’]?s|['’])?"
    return re.compile(rf"(?<![\w.@+-]){ord_}{genitiv}(?![\w@-])", re.IGNORECASE)


def _sikker_del(navn):
    """Returns what every spelling of the name has in common: SQLite knows the case of no
    letters but a to z."""
    return max(re.findall(r"[A-Za-z0-9.@]*", navn), key=len)


def nokler_til(modell):
    """Returns the foreign keys of all models that lead to rows of this one."""
    return [r.field for r in modell._meta.related_objects if not r.many_to_many]


def historikker():
    """Returns the models of all histories."""
    return [m for m in apps.get_models() if er_historikk(m)]


def er_historikk(modell):
    return hasattr(modell, "history_aktor")


def navn_pa(rad):
    """Returns what a row is called to whoever has to find it: "tiltak 5"."""
    return f"{rad._meta.verbose_name} {rad.pk}"
