"""The address of a new kommune, in the admin and on the site."""

from itertools import count

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from slt.grunn.limt import uten_usynlige
from slt.grunn.norsk import slugg
from slt.models import Kommune


class AdresseAvNavn:
    """A form of a kommune. The address of a new one may be left empty: it comes of the
    name, which stands before it in the form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            felt = self.fields["slug"]
            felt.required = False
            felt.help_text = format_lazy(
                "{} {}", felt.help_text, _("Tomt felt: adressen lages av navnet.")
            )

    def clean_navn(self):
        """It stands in the middle of sentences on every page: what nobody sees in it might
        turn the rest of them round, or be all that there is."""
        navn = " ".join(uten_usynlige(self.cleaned_data["navn"]).split())
        if not navn:
            melding = self.fields["navn"].error_messages["required"]
            raise ValidationError(melding, code="required")
        return navn

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        navn = self.cleaned_data.get("navn")
        if slug or not navn:
            return slug
        slug = slugg(navn)[: Kommune._meta.get_field("slug").max_length]
        if not slug:
            raise ValidationError(_("Skriv adressen: den kan ikke lages av navnet."))
        annen = Kommune.objects.filter(slug=slug).first()
        ledig = _ledig(slug) if annen else slug
        if Kommune.objects.filter(navn=navn).exists():
            # The name is refused; the field stays empty, so as to follow the next one.
            return ledig
        # What is said of it stands beside it in the field.
        self.data = self.data.copy()
        self.data[self.add_prefix("slug")] = ledig
        if annen is None:
            return ledig
        raise ValidationError(
            _("%(annen)s har adressen «%(slug)s». «%(ledig)s» er ledig."),
            params={"annen": annen, "slug": slug, "ledig": ledig},
        )


def _ledig(slug):
    """The first address of this kind that no kommune has: valer-2."""
    brukt = set(Kommune.objects.values_list("slug", flat=True))
    lengste = Kommune._meta.get_field("slug").max_length
    for nr in count(2):
        hale = f"-{nr}"
        if (ny := slug[: lengste - len(hale)] + hale) not in brukt:
            return ny
