"""The lists in rich text: lists hold items, and items stand in lists."""

from html.parser import HTMLParser

from slt.grunn.riktekst.tre import TITLER, TOMME


def rett_lister(renset):
    """Cleaned HTML in which what stands in a list stands in an item of it, an item stands
    in a list, and an item has no headings: a reader of documents tells them by the order
    of the pages, where the list inside an item comes last."""
    bygger = _Listebygger()
    bygger.feed(renset)
    bygger.close()
    return "".join(bygger.ut)


class _Listebygger(HTMLParser):
    """Writes what it reads, with the tags that are missing around lists and items."""

    LISTER = {"ul", "ol"}

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.ut = []
        # What is open: the tag as it was read, and as it was written. Of what was put in,
        # the first is None.
        self.apne = []

    @property
    def i_liste(self):
        return bool(self.apne) and self.apne[-1][1] in self.LISTER

    def _apne(self, lest, skrevet):
        self.ut.append(f"<{skrevet}>")
        self.apne.append((lest, skrevet))

    def _lukk(self):
        self.ut.append(f"</{self.apne.pop()[1]}>")

    def _gjor_plass(self, tag=None):
        """Before a tag or a text: what has to be ended, and what has to stand around it."""
        er_del = tag == "li"
        if self.apne and self.apne[-1] == (None, "li" if er_del else "ul"):
            self._lukk()
        if er_del and not self.i_liste:
            self._apne(None, "ul")
        if self.i_liste and not er_del:
            self._apne(None, "li")

    def handle_starttag(self, tag, attrs):
        self._gjor_plass(tag)
        if tag in TOMME:
            self.ut.append(self.get_starttag_text())
            return
        if tag in TITLER and any(skrevet == "li" for _lest, skrevet in self.apne):
            self._apne(tag, "p")
        else:
            self.ut.append(self.get_starttag_text())
            self.apne.append((tag, tag))

    def handle_endtag(self, tag):
        if any(lest == tag for lest, _skrevet in self.apne):
            while self.apne[-1][0] != tag:
                self._lukk()
            self._lukk()

    def handle_data(self, data):
        if data.strip():
            self._gjor_plass()
        self.ut.append(data)

    def handle_entityref(self, name):
        self._gjor_plass()
        self.ut.append(f"&{name};")

    def handle_charref(self, name):
        self.handle_entityref(f"#{name}")

    def close(self):
        super().close()
        while self.apne:
            self._lukk()
