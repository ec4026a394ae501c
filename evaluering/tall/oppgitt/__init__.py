"""Figures that a tjeneste gives each year, on the page on which it answers a round."""
