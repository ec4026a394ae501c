"""The lines of the list of what a plan lacks, and what leads from them."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Rad:
    """One thing that is lacking.

    Attributes:
        adresse: the form of the site where it is mended, or the page where it is read.
        i_admin: the page of the admin where it is mended, where the site has no form.
        merkelapp: where the tiltak stands: "Vold 4".
        detalj: what is the matter, where the heading does not say all of it.
    """

    tittel: str
    adresse: str
    i_admin: str = ""
    merkelapp: str = ""
    detalj: str = ""


@dataclass(frozen=True)
class Gruppe:
    """Things of one kind that are lacking.

    Attributes:
        nokkel: the part of the page's address.
        hvorfor: what it means to those who read the plan, and how it is mended.
        teller: whether it is a lack, and no mere notice of what cannot be mended.
    """

    nokkel: str
    overskrift: str
    hvorfor: str
    rader: list[Rad]
    teller: bool = True


def i_admin(modell, hva, *args):
    """Returns the address of a page of the admin."""
    return reverse(f"admin:tiltak_{modell}_{hva}", args=args)


def kapitlets_skjema(kapittel):
    return i_admin("kapittel", "change", kapittel.pk)
