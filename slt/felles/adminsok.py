"""Search fields of the admin, in which a row of many is found."""

from functools import cache

from django.contrib.admin.widgets import AutocompleteSelect

from slt.felles.forms import RADNUMMER


class Autofullfor(AutocompleteSelect):
    """A search field. Django's own answers with a server error when what is sent is not
    the number of a row."""

    def optgroups(self, name, value, attrs=None):
        numre = [v for v in value if RADNUMMER.fullmatch(str(v))]
        return super().optgroups(name, numre, attrs)


class MedAutofullfor:
    """A page or an inline whose search fields are of that kind."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Autofullfor(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Radautofullfor(AutocompleteSelect):
    """A search field in each row of an inline. Django's own asks the database once for
    each row what the chosen one is called."""

    def __init__(self, field, admin_site, rader):
        super().__init__(field, admin_site)
        # Shared by the copies that the forms of the rows make.
        self.navn = cache(lambda: {str(rad.pk): str(rad) for rad in rader})

    def optgroups(self, name, value, attrs=None):
        tomt = [] if self.is_required else [("", "")]
        valgt = [(v, self.navn()[str(v)]) for v in value if str(v) in self.navn()]
        valgene = [
            self.create_option(name, verdi, tekst, bool(verdi), nr)
            for nr, (verdi, tekst) in enumerate([*tomt, *valgt])
        ]
        return [(None, valgene, 0)]
