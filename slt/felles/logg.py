"""What may stand in the log: nothing personal, and nothing that opens a door."""

import logging
import re

# In the addresses of links: what nobody but the receiver may know.
HEMMELIG = re.compile(r"(/(?:lenke|nytt-passord|ansatt)/)[^\s\"']+")
EPOST = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SPORRING = re.compile(r"(?<=[\w/])\?[^\s\"']+")
IDENTITETSNUMMER = re.compile(r"\b\d{6}[ -]?\d{5}\b")


def skjul(tekst):
    """Returns the text without secrets, searches and choices, addresses and numbers of
    people."""
    tekst = HEMMELIG.sub(r"\1…", tekst)
    tekst = SPORRING.sub("?…", tekst)
    tekst = EPOST.sub("…@…", tekst)
    return IDENTITETSNUMMER.sub("…", tekst)


class Skjuler(logging.Formatter):
    """A formatter whose lines say nothing of that, tracebacks included."""

    def format(self, record):
        return skjul(super().format(record))
