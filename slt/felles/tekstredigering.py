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
            # What slt/bilde.js says.
            "bilde": gettext("bilde"),
            "Sett inn et bilde": gettext("Sett inn et bilde"),
            "Bildet": gettext("Bildet"),
            "Bildefil": gettext("Bildefil"),
            "JPEG, PNG eller WebP, på opptil 5 MB.": gettext(
                "JPEG, PNG eller WebP, på opptil 5 MB."
            ),
            "Hva viser bildet?": gettext("Hva viser bildet?"),
            "Leses opp for dem som ikke ser bildet.": gettext(
                "Leses opp for dem som ikke ser bildet."
            ),
            "Bildetekst": gettext("Bildetekst"),
            "Valgfritt. Står under bildet, gjerne med hvem som har laget det.": gettext(
                "Valgfritt. Står under bildet, gjerne med hvem som har laget det."
            ),
            "Sett inn": gettext("Sett inn"),
            "Oppdater": gettext("Oppdater"),
            "Fjern bildet": gettext("Fjern bildet"),
            "Avbryt": gettext("Avbryt"),
            "Velg et bilde.": gettext("Velg et bilde."),
            "Skriv hva bildet viser.": gettext("Skriv hva bildet viser."),
            "Filen er for stor. Den kan være på 5 MB.": gettext(
                "Filen er for stor. Den kan være på 5 MB."
            ),
            "Bildet ble ikke sendt. Se om du er på nett, og prøv igjen.": gettext(
                "Bildet ble ikke sendt. Se om du er på nett, og prøv igjen."
            ),
            "Bildet ble ikke lagret. Se om du fortsatt er logget inn, og prøv igjen.": gettext(
                "Bildet ble ikke lagret. Se om du fortsatt er logget inn, og prøv igjen."
            ),
            "Bildet ble ikke lagret.": gettext("Bildet ble ikke lagret."),
        }
