"""The plan as a document."""

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from slt.grunn.pdf import lag_pdf
from tiltak.detaljer import last_detaljer
from tiltak.models import Tiltak, Tjeneste

PUBLIKUM = AnonymousUser()


def lag_plan_pdf(plan):
    """Returns the plan as PDF in bytes, with what the public may see: a document is
    passed on.

    Raises:
        PdfUtilgjengelig: see slt.grunn.pdf.
    """
    return lag_pdf(plan_html(plan), stilark="slt/pdf.css")


def plan_html(plan):
    """Returns the finished HTML of the document."""
    tiltak = list(
        Tiltak.objects.filter(plan=plan)
        .selvstendige()
        .i_planens_orden()
        .med_plassering()
    )
    last_detaljer(tiltak, PUBLIKUM)
    per_omrade = {}
    for t in tiltak:
        per_omrade.setdefault(t.hovedplassering.innsatsomrade_id, []).append(t)
    return render_to_string(
        "tiltak/pdf/plan.html",
        {
            "plan": plan,
            "kommune": plan.kommune,
            "kapitler": plan.kapitler.all(),
            "malsettinger": plan.malsettinger.filter(innsatsomrade=None, tiltak=None),
            "styringsdokumenter": plan.styringsdokumenter.all(),
            "omrader": [
                (omrade, per_omrade.get(omrade.pk, []))
                for omrade in plan.innsatsomrader.all()
            ],
            "tjenester": Tjeneste.objects.virksomme()
            .filter(kommune=plan.kommune)
            .med_kontaktpunkter(PUBLIKUM),
        },
    )
