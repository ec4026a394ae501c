"""Forms in templates."""

from itertools import groupby

from django import template

register = template.Library()


@register.filter
def valggrupper(felt):
    """[(name of the group or None, its options)] of a bound field that is a select, in
    order. The options are not asked for once more: they may be rows."""
    valg = felt.field.widget.choices
    grupper = enumerate(valg) if isinstance(valg, list) else ()
    navnene = {
        nr: navn for nr, (navn, inni) in grupper if isinstance(inni, list | tuple)
    }
    return [
        (navnene.get(nr), list(valgene))
        for nr, valgene in groupby(felt.subwidgets, _gruppen)
    ]


def _gruppen(valg):
    """Which group an option is of: Django tells that in what it numbers it by."""
    return int(str(valg.data["index"]).partition("_")[0])
