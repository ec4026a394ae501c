"""What weighs of what was changed lately, for programs that follow it: what all are told."""

from datetime import timedelta
from hashlib import blake2b

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from slt.felles.bevart import bevart
from slt.felles.endret import Endret, Vindu
from slt.grunn.tid import midnatt
from slt.models import Kommune

DAGER = timedelta(days=90)


class EndretFeed(Feed):
    """An entry of each tiltak, tjeneste or forum, new again when that changes again."""

    feed_type = Atom1Feed

    def get_object(self, request, kommune):
        return get_object_or_404(Kommune, slug=kommune)

    def title(self, kommune):
        return _("Endret i %s") % kommune.navn

    def link(self, kommune):
        return reverse("endret", args=[kommune.slug])

    def items(self, kommune):
        fra = midnatt(timezone.localdate() - DAGER)
        endret = Endret(Vindu(kommune, fra))
        alle = [
            (kommune, avsnitt, gruppe)
            for avsnitt in endret.store
            for gruppe in avsnitt.grupper
            if _sist(gruppe)
        ]
        return sorted(alle, key=lambda rad: _sist(rad[2]), reverse=True)

    def item_title(self, rad):
        _kommune, avsnitt, gruppe = rad
        return gruppe.tittel or avsnitt.tittel

    def item_description(self, rad):
        _kommune, avsnitt, gruppe = rad
        punkter = [f"{p.hva}: {p.handling.lower()}" for p in gruppe.punkter]
        return capfirst("; ".join([avsnitt.tittel, *punkter])) + "."

    def item_link(self, rad):
        kommune, _avsnitt, gruppe = rad
        return gruppe.adresse or self.link(kommune)

    def item_guid(self, rad):
        kommune, avsnitt, gruppe = rad
        hva = f"{avsnitt.tittel}\n{gruppe.tittel}\n{gruppe.adresse}"
        if not gruppe.adresse:
            # Of what is gone, all is called the same.
            hva += "".join(f"\n{punkt.hva}" for punkt in gruppe.punkter)
        merke = blake2b(hva.encode(), digest_size=8).hexdigest()
        dag = timezone.localtime(_sist(gruppe)).date().isoformat()
        return f"urn:slt:{kommune.nummer}:{merke}:{dag}"

    def item_updateddate(self, rad):
        return _sist(rad[2])

    def item_pubdate(self, rad):
        return _sist(rad[2])


def _sist(gruppe):
    return max((p.sist for p in gruppe.punkter if p.sist), default=None)


_feeden = EndretFeed()


@login_not_required
@require_safe
@bevart
def endret_atom(request, kommune):
    """What weighs of the last 90 days."""
    return _feeden(request, kommune=kommune)
