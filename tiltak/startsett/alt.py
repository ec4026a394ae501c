"""All of it, in the order in which it is chosen."""

from tiltak.startsett import planen, temaer, tjenester

GRUPPER = (temaer.GRUPPE, *tjenester.GRUPPER, *planen.GRUPPER)
