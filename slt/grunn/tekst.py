"""The text that people write: cleaned, and refused where it holds an identity number,
whatever the door."""

import re
import unicodedata
from functools import cached_property

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from slt.grunn.identitetsnummer import avvis_identitetsnummer
from slt.grunn.limt import LENGST_EPOST, epost_i, nettadresse_i, uten_usynlige
from slt.grunn.riktekst import er_for_dyp, har_bilde_uten_ord, rens_html

# Text ---------------------------------------------------------------------------------

# The editor offers what the cleaning leaves.
_UTVIDELSER = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Heading": {"levels": [3, 4, 5]},
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "autolink": False, "defaultProtocol": "https"},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Lim": True,
}
_LANG_REKKE = re.compile("[\u0300-\U0010ffff]{31,}")
# More than any text in a plan has.
LENGST = 200_000


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
    """Leaves at most 30 marks on a letter: no language has more, and sorting them takes
    quadratic time."""
    tegnene, merker = [], 0
    for tegn in treff[0]:
        merker = merker + 1 if unicodedata.category(tegn)[0] == "M" else 0
        if merker <= 30:
            tegnene.append(tegn)
    return "".join(tegnene)


def sjekk_storrelse(tekst, *, rik):
    """Raises a ValidationError when a text is longer, or the lists of rich text are
    deeper, than the pages can be made of quickly."""
    if len(tekst) > LENGST:
        raise ValidationError(
            _("Teksten er for lang: %(antall)d tegn. Den kan ha %(lengst)d."),
            code="for_lang",
            params={"antall": len(tekst), "lengst": LENGST},
        )
    if rik and er_for_dyp(tekst):
        raise ValidationError(
            _(
                "Teksten har lister eller sitater i for mange nivåer. Flytt noe av det ut."
            ),
            code="for_dyp",
        )


# Fields -------------------------------------------------------------------------------


class Identitetsnummervakt:
    """Mixin for text fields: tidies values, and refuses identity numbers in forms, in
    model validation and when a value is prepared for the database."""

    rik = False

    @cached_property
    def validators(self):
        # They are not given in __init__, for migrations would carry them.
        return [*super().validators, self.avvis]

    def ryddet(self, tekst):
        return rydd_tekst(tekst, en_linje=True)

    def avvis(self, verdi):
        """Raises a ValidationError for what no door may let in."""
        sjekk_storrelse(str(verdi or ""), rik=self.rik)
        avvis_identitetsnummer(verdi)

    def _ryddet(self, verdi):
        if verdi is None or hasattr(verdi, "resolve_expression"):
            return verdi
        # Before it is tidied: of what is too deep, only the words would be left.
        sjekk_storrelse(str(verdi), rik=self.rik)
        return self.ryddet(str(verdi))

    def formfield(self, **kwargs):
        return super().formfield(**{"validators": [self.avvis], **kwargs})

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

    With a max_length up to 300 it is one line. `rik=True` is HTML from the editor, with
    pictures where `bilder=True`.
    """

    def __init__(self, *args, rik=False, bilder=False, **kwargs):
        self.rik, self.bilder = rik, bilder
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.rik:
            kwargs["rik"] = True
        if self.bilder:
            kwargs["bilder"] = True
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
        return self._renset(tekst) if self.rik else tekst

    def _renset(self, html):
        return rens_html(html, bilder=self.bilder)

    def avvis(self, verdi):
        super().avvis(verdi)
        # Otherwise the cleaning would take it out without a word.
        if self.bilder and har_bilde_uten_ord(str(verdi or "")):
            raise ValidationError(
                _(
                    "Et bilde mangler tekst. Velg bildet, og skriv hva det viser, for dem "
                    "som ikke ser det."
                ),
                code="uten_alt",
            )

    def formfield(self, **kwargs):
        if self.rik:
            # Imported here, so that this module does not need the editor's app.
            from django_prose_editor.fields import ProseEditorFormField

            utvidelser = _UTVIDELSER | ({"Bilde": True} if self.bilder else {})
            editor = {"extensions": utvidelser, "sanitize": self._renset}
            kwargs = {"form_class": ProseEditorFormField, **editor, **kwargs}
        elif self.en_linje and not self.choices:
            kwargs.setdefault("widget", forms.TextInput)
            # This is what the admin gives every TextField.
            if kwargs["widget"] is AdminTextareaWidget:
                kwargs["widget"] = AdminTextInputWidget
        return super().formfield(**kwargs)


class Nettadressefelt(forms.URLField):
    """A field of a form for a web address, also as it is pasted or typed without the
    scheme."""

    default_error_messages = {
        "invalid": _(
            "Dette er ikke en nettadresse. Skriv for eksempel "
            "https://www.kommunen.no/ung."
        )
    }

    def __init__(self, **kwargs):
        super().__init__(**{"assume_scheme": "https", **kwargs})

    def to_python(self, value):
        return super().to_python(nettadresse_i(str(value or "")))


# What mail is written with reads "=?utf-8?q?ol=61?=@…" as "ola@…": an address that looks
# like another one, and leads to the same box.
KODET = "=?"


class Epostfelt(forms.EmailField):
    """A field of a form for an e-mail address, also as it is pasted.

    `tar_ut_usynlige` says whether signs that nobody sees are taken out of it.
    """

    tar_ut_usynlige = True
    default_error_messages = {
        "invalid": _(
            "Dette er ikke en e-postadresse. Skriv for eksempel post@kommunen.no."
        ),
        "flere": _(
            "Her står det flere e-postadresser. La bare én stå, for eksempel "
            "post@kommunen.no."
        ),
    }

    def to_python(self, value):
        tekst = str(value or "")
        if len(tekst) > LENGST_EPOST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if self.tar_ut_usynlige:
            tekst = uten_usynlige(tekst)
        tekst = super().to_python(epost_i(tekst))
        if len(re.findall(r"[^\s@,;]+@[^\s@,;]+\.", tekst)) > 1:
            raise ValidationError(self.error_messages["flere"], code="flere")
        if KODET in tekst:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return tekst


def les_nettadresse(tekst):
    """Returns the web address as it is stored; raises a ValidationError for all else."""
    try:
        return Nettadresse().formfield().clean(tekst)
    except ValidationError as feil:
        # What is no address need not be told how one begins.
        raise feil.error_list[0] from feil


def les_epost(tekst):
    """Returns the address as it is stored; raises a ValidationError for all else."""
    return Epost().formfield().clean(tekst)


_HTTP = re.compile("https?://", re.IGNORECASE)


class Nettadresse(Identitetsnummervakt, models.URLField):
    """An address on the web: http or https, also when typed without.

    Pages make links of it, so that nothing else gets in by whatever door, and what got
    in past them all is read as nothing.
    """

    default_validators = [URLValidator(schemes=["http", "https"])]

    def ryddet(self, tekst):
        return super().ryddet(nettadresse_i(tekst))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": Nettadressefelt, **kwargs})

    def avvis(self, verdi):
        super().avvis(verdi)
        if verdi and not _HTTP.match(verdi):
            raise ValidationError(
                _("Nettadressen må begynne med https:// eller http://."), code="adresse"
            )

    def from_db_value(self, verdi, uttrykk, connection):
        return verdi if not verdi or _HTTP.match(verdi) else ""


class Epost(Identitetsnummervakt, models.EmailField):
    """An address for e-mail, also as it is pasted."""

    def ryddet(self, tekst):
        return super().ryddet(epost_i(uten_usynlige(tekst)))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": Epostfelt, **kwargs})

    def avvis(self, verdi):
        super().avvis(verdi)
        if verdi and KODET in verdi:
            raise ValidationError(
                Epostfelt.default_error_messages["invalid"], code="invalid"
            )
