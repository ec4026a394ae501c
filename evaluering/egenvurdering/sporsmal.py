"""What a politiråd is asked about its own work: a line of help for each sentence, and what
the data know of it in a year."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluering.models import Egenvurdering, Egenvurderingssvar, Medvirkning
from moter.models import Forumsmedlem, Mote
from tiltak.models import Statusrapport, Styringsdokument

P = Egenvurderingssvar.Punkt

HJELP = {
    P.RETTE_FOLK: gettext_lazy(
        "De som leder kommunen og politiet her, kommer selv og kan si ja."
    ),
    P.MOTE_OFTE: gettext_lazy("Møtene blir holdt, og ikke avlyst eller utsatt."),
    P.KUNNSKAP: gettext_lazy(
        "Tall og erfaringer ligger ved innkallingen, og vi bruker dem når vi velger."
    ),
    P.ANBEFALINGER: gettext_lazy(
        "Vi hører hva det ble til, også når det ikke ble noe av."
    ),
    P.PLANEN: gettext_lazy(
        "Vi vet hvilke tiltak som går, hvilke som står stille, og hvorfor."
    ),
    P.BARN_OG_UNGE: gettext_lazy(
        "De blir spurt før vi bestemmer oss, og får vite hva vi gjorde med svaret."
    ),
    P.AVTALEN: gettext_lazy(
        "Vi har lest avtalen det siste året, og den gjelder fremdeles."
    ),
    P.ROLLER: gettext_lazy(
        "Alle vet hva politirådet, SLT-koordinatoren og tjenestene gjør, og "
        "koordinatoren har et mandat."
    ),
    P.KJENT: gettext_lazy("De vet at det finnes, og hvor de kan lese om det."),
    P.VIRKER: gettext_lazy("Nevn gjerne én ting i merknaden."),
}


def forrige(vurdering) -> dict[str, Egenvurderingssvar]:
    """{question: what the same politiråd answered in the latest year before, as far as that
    is finished}; 1 query."""
    siste = (
        Egenvurdering.objects.ferdige()
        .filter(forum=vurdering.forum_id, arstall__lt=vurdering.arstall)
        .order_by("-arstall")
        .values("pk")[:1]
    )
    svar = Egenvurderingssvar.objects.filter(egenvurdering__in=siste)
    return {rad.punkt: rad for rad in svar.select_related("egenvurdering")}


def fakta(vurdering) -> dict[str, str]:
    """{question: what stands here of it, of the year in question}; 5 queries."""
    kommune, ar = vurdering.forum.kommune, vurdering.arstall
    notater = Statusrapport.objects.filter(tiltak__kommune=kommune, dato__year=ar)
    barn = Medvirkning.objects.i(kommune).av_barn_og_unge()
    return {
        P.RETTE_FOLK: _medlemmene(vurdering.forum),
        P.MOTE_OFTE: _motene(vurdering.forum, ar),
        P.PLANEN: _antall_notater(notater.count(), ar),
        P.BARN_OG_UNGE: _antall_grupper(
            barn.filter(Q(fra_dato__year=ar) | Q(til_dato__year=ar)).count(), ar
        ),
        P.AVTALEN: _avtalen(kommune),
    }


def _medlemmene(forum):
    antall = Forumsmedlem.objects.gyldige().filter(forum=forum).count()
    return (
        ngettext(
            "%d funksjon er ført opp som medlem.",
            "%d funksjoner er ført opp som medlemmer.",
            antall,
        )
        % antall
    )


def _motene(forum, ar):
    moter = Mote.objects.filter(forum=forum, start__year=ar)
    holdt = Q(status=Mote.Status.PLANLAGT, slutt__lt=timezone.now())
    igjen = Q(status=Mote.Status.PLANLAGT, slutt__gte=timezone.now())
    n = moter.aggregate(
        holdt=Count("pk", filter=holdt), igjen=Count("pk", filter=igjen)
    )
    tekst = _("Møteplanen for %(ar)s: %(holdt)d holdt, %(igjen)d gjenstår.") % {
        "ar": ar,
        **n,
    }
    return f"{tekst} {_('Avtalt: %s.') % forum.rytme}" if forum.rytme else tekst


def _antall_notater(antall, ar):
    return ngettext(
        "%(n)d notat om hvordan det går med et tiltak, er fra %(ar)s.",
        "%(n)d notater om hvordan det går med tiltakene, er fra %(ar)s.",
        antall,
    ) % {"n": antall, "ar": ar}


def _antall_grupper(antall, ar):
    return ngettext(
        "%(n)d gruppe av barn og unge er ført opp som spurt i %(ar)s.",
        "%(n)d grupper av barn og unge er ført opp som spurt i %(ar)s.",
        antall,
    ) % {"n": antall, "ar": ar}


def _avtalen(kommune):
    politiet = Q(tittel__icontains="politi") | Q(parter__icontains="politi")
    avtaler = kommune.styringsdokumenter.filter(
        politiet, art=Styringsdokument.Art.AVTALE
    )
    avtale = avtaler.order_by("-inngatt", "-pk").first()
    if avtale is None:
        return _("Ingen avtale med politiet er ført opp.")
    return f"{avtale.tittel} ({avtale.nar})." if avtale.nar else f"{avtale.tittel}."
