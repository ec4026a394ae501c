"""The text that people write: cleaned, and refused where it holds an identity number,
whatever the door."""

import re
import unicodedata
from functools import cached_property
from html import unescape

import nh3
from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from slt.grunn.identitetsnummer import avvis_identitetsnummer

# Text ---------------------------------------------------------------------------------

_VASKER = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "a"},
    attributes={"*": set(), "a": {"href"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)
# What the editor offers, the same as what the cleaning leaves.
_UTVIDELSER = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Heading": {"levels": [3, 4]},
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False},
}
_LANG_REKKE = re.compile("[\u0300-\U0010ffff]{31,}")
_LINJESLUTT = re.compile(r"<br>|</(?:p|li|h3|h4|blockquote)>")


def rydd_tekst(tekst, *, en_linje=False):
    """Returns the text in NFC, lines ended by LF, and without white space around it."""
    if "\0" in tekst or re.search("[\ud800-\udfff]", tekst):
        # PostgreSQL refuses the one, every encoding the other.
        raise ValidationError(
            _("Teksten inneholder tegn som ikke kan lagres. Skriv den inn på nytt."),
            code="ugyldige_tegn",
        )
    tekst = unicodedata.normalize("NFC", _LANG_REKKE.sub(_uten_merkehauger, tekst))
    if en_linje:
        return " ".join(filter(None, map(str.strip, tekst.splitlines())))
    return tekst.replace("\r\n", "\n").replace("\r", "\n").strip()


def _uten_merkehauger(treff):
    """At most 30 marks on a letter: no language has more, and sorting is quadratic."""
    tegnene, merker = [], 0
    for tegn in treff[0]:
        merker = merker + 1 if unicodedata.category(tegn)[0] == "M" else 0
        if merker <= 30:
            tegnene.append(tegn)
    return "".join(tegnene)


def rens_html(html):
    """Returns the HTML with the few tags that rich text may have; "" without words.

    Cleaned HTML comes back as it is.
    """
    # What a dropped tag held together is read differently the next time.
    for _gang in range(5):
        urenset, html = html, _VASKER.clean(html).strip()
        if html == urenset:
            break
    return html if _uten_tagger(html).strip() else ""


def ren_tekst(html):
    """Returns the words of rich text as plain text, a line for each paragraph."""
    html = _LINJESLUTT.sub("\n", " ".join(_VASKER.clean(html).split()))
    linjer = (" ".join(linje.split()) for linje in _uten_tagger(html).splitlines())
    return "\n".join(filter(None, linjer))


def _uten_tagger(renset):
    return unescape(nh3.clean(renset, tags=set()))


# Fields -------------------------------------------------------------------------------


class Identitetsnummervakt:
    """Mixin for text fields: tidies values, and refuses identity numbers in forms, in
    model validation and when a value is prepared for the database."""

    @cached_property
    def validators(self):
        # Not in __init__: migrations would carry them.
        return [*super().validators, avvis_identitetsnummer]

    def ryddet(self, tekst):
        return rydd_tekst(tekst, en_linje=True)

    def avvis(self, verdi):
        """Raises a ValidationError for what no door may let in."""
        avvis_identitetsnummer(verdi)

    def _ryddet(self, verdi):
        if verdi is None or hasattr(verdi, "resolve_expression"):
            return verdi
        return self.ryddet(str(verdi))

    def formfield(self, **kwargs):
        return super().formfield(**{"validators": [avvis_identitetsnummer], **kwargs})

    def clean(self, value, model_instance):
        return super().clean(self._ryddet(value), model_instance)

    def pre_save(self, model_instance, add):
        # Set, so that memory has what the database gets.
        verdi = self._ryddet(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, verdi)
        return verdi

    def get_db_prep_save(self, value, connection):
        # The one place that save, bulk_create, bulk_update and update() all pass.
        # Lookups do not. Tidied again, as the last two skip pre_save.
        value = self._ryddet(value)
        verdier = [value]
        if hasattr(value, "as_sql"):
            uttrykk = value.flatten() if hasattr(value, "flatten") else ()
            verdier = [u.value for u in uttrykk if isinstance(u, models.Value)]
        try:
            for verdi in verdier:
                self.avvis(verdi)
        except ValidationError as feil:
            feil.add_note(f"Field: {self}")
            raise
        return super().get_db_prep_save(value, connection)


class Fritekst(Identitetsnummervakt, models.TextField):
    """The one field for text that people write.

    With a max_length up to 300 it is one line. `rik=True` is HTML from the editor.
    """

    def __init__(self, *args, rik=False, **kwargs):
        self.rik = rik
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.rik:
            kwargs["rik"] = True
        return name, path, args, kwargs

    @property
    def en_linje(self):
        return not self.rik and self.max_length is not None and self.max_length <= 300

    @cached_property
    def validators(self):
        # A TextField of Django limits its form field alone.
        if self.max_length is None:
            return super().validators
        return [*super().validators, MaxLengthValidator(self.max_length)]

    def ryddet(self, tekst):
        tekst = rydd_tekst(tekst, en_linje=self.en_linje)
        return rens_html(tekst) if self.rik else tekst

    def formfield(self, **kwargs):
        if self.rik:
            # Here, so that this module does not ask for the editor's app.
            from django_prose_editor.fields import ProseEditorFormField

            editor = {"extensions": dict(_UTVIDELSER), "sanitize": rens_html}
            kwargs = {"form_class": ProseEditorFormField, **editor, **kwargs}
        elif self.en_linje and not self.choices:
            kwargs.setdefault("widget", forms.TextInput)
            # What the admin gives every TextField.
            if kwargs["widget"] is AdminTextareaWidget:
                kwargs["widget"] = AdminTextInputWidget
        return super().formfield(**kwargs)


_HTTP = re.compile("https?://", re.IGNORECASE)


class Nettadresse(Identitetsnummervakt, models.URLField):
    """An address on the web: http or https, also when typed without.

    Pages make links of it, so that nothing else gets in by whatever door, and what got
    in past them all is read as nothing.
    """

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def avvis(self, verdi):
        super().avvis(verdi)
        if verdi and not _HTTP.match(verdi):
            raise ValidationError(
                _("Nettadressen må begynne med https:// eller http://."), code="adresse"
            )

    def from_db_value(self, verdi, uttrykk, connection):
        return verdi if not verdi or _HTTP.match(verdi) else ""


class Epost(Identitetsnummervakt, models.EmailField):
    """An address for e-mail."""
