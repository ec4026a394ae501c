"""What has to be true of a database before it is used, and of the settings in
production."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Advarsel
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError


@register(Tags.database)
def basen_er_av_denne_utgaven(databases=None, **kwargs):
    """Until the first release, migrations are written anew now and then: a database from
    before is told by the names of migrations that are no longer there."""
    for alias in databases or []:
        try:
            loader = MigrationLoader(connections[alias])
        except DatabaseError:  # whoever asks next says why it can't be reached
            continue
        egne = {app.label for app in apps.get_app_configs() if _er_egen(app)}
        ukjente = {
            navn
            for app, navn in set(loader.applied_migrations)
            - set(loader.disk_migrations)
            if app in egne
        }
        if ukjente:
            yield Error(
                "Databasen er laget av en tidligere utgave enn 0.1.0 og kan ikke "
                "oppgraderes. Lag en ny og tom database (på SQLite: flytt filen i var/).",
                id="slt.E002",
            )


@register(Tags.security, deploy=True)
def nettstedet_kjenner_sin_adresse(app_configs, **kwargs):
    """Else the links in mails are made of what a stranger wrote in the request."""
    if not settings.SITE_URL:
        yield Advarsel(
            "SITE_URL er ikke satt: lenkene i e-poster lages da av navnet i forespørselen, "
            "uten port. Sett den til nettstedets egen adresse.",
            id="slt.W003",
        )


def _er_egen(app):
    return app.name.split(".")[0] in {"slt", "tiltak", "moter", "evaluering"}
