"""The editor for rich text: what it needs of the page, and its words in Norwegian."""

from csp.constants import NONCE
from django.utils.translation import gettext
from django.views.i18n import JavaScriptCatalog

# The text editor's import map has the nonce; the style that its library adds when it
# starts is pinned by hash. tests/nettleser fails when it changes.
TEKSTREDIGERING = {
    "script-src": [NONCE],
    "style-src": ["'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
}


class Skjemaord(JavaScriptCatalog):
    """The words of the admin's scripts, with those that Django lacks in Norwegian and
    those of the text editor."""

    def get_catalog(self):
        return super().get_catalog() | {
            "Monday": gettext("mandag"),
            "Tuesday": gettext("tirsdag"),
            "Wednesday": gettext("onsdag"),
            "Thursday": gettext("torsdag"),
            "Friday": gettext("fredag"),
            "Saturday": gettext("lørdag"),
            "Sunday": gettext("søndag"),
            "paragraph": gettext("avsnitt"),
            "heading 3": gettext("mellomtittel"),
            "heading 4": gettext("liten tittel"),
            "heading 5": gettext("minste tittel"),
            "Paragraph": gettext("Vanlig tekst"),
            "Heading 3": gettext("Mellomtittel"),
            "Heading 4": gettext("Liten tittel"),
            "Heading 5": gettext("Minste tittel"),
            "unordered list": gettext("punktliste"),
            "ordered list": gettext("nummerert liste"),
            "blockquote": gettext("sitat"),
            "bold": gettext("fet"),
            "italic": gettext("kursiv"),
            "insert link": gettext("sett inn lenke"),
            "remove link": gettext("fjern lenke"),
            "undo": gettext("angre"),
            "redo": gettext("gjør om"),
            "Update": gettext("Oppdater"),
            "Cancel": gettext("Avbryt"),
            "Edit Link": gettext("Lenke"),
            "URL": gettext("Nettadresse"),
            "Title": gettext("Tittel"),
            "Insert table": gettext("sett inn tabell"),
            "Add column": gettext("ny kolonne til høyre"),
            "Delete column": gettext("slett kolonnen"),
            "Add row": gettext("ny rad under"),
            "Delete row": gettext("slett raden"),
            "Merge cells": gettext("slå sammen celler"),
            "Split cell": gettext("del cellen"),
            "Toggle header cell": gettext("overskrift av eller på"),
            "Delete table": gettext("slett tabellen"),
            # What slt/lim.js says of what was pasted.
            "%s ble ikke med.": gettext("%s ble ikke med."),
            "farger": gettext("farger"),
            "skrifttyper": gettext("skrifttyper"),
            "fotnoter": gettext("fotnoter"),
            "kommentarer": gettext("kommentarer"),
            "bilder": gettext("bilder"),
            "slettet tekst": gettext("slettet tekst"),
        }
