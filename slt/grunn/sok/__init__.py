"""Searching what people write, as Norwegian is written. Knows no model: what there is to
search is handed in (`ting.Sokbart`), and the same engine answers on the pages of a kommune
and in the help."""
