"""A page as people read it: its words, and where its links lead."""

from html.parser import HTMLParser


class Lest(HTMLParser):
    """What stands in a response.

    Attributes:
        tekst: the words of the page's own part (main), white space as single spaces.
        alt: those of the whole page.
        lenker: (address, words) of each link in main.
        alle_lenker: those of the whole page.
    """

    def __init__(self, svar):
        super().__init__()
        self._i_main = self._skjult = 0
        self._ord, self._ord_i_main, self._lenke = [], [], None
        self.lenker, self.alle_lenker = [], []
        self.feed(svar.text)
        self.tekst = " ".join(" ".join(self._ord_i_main).split())
        self.alt = " ".join(" ".join(self._ord).split())

    def handle_starttag(self, tag, attrs):
        self._i_main += tag == "main"
        self._skjult += tag in {"script", "style", "template"}
        if tag == "a":
            self._lenke = (dict(attrs).get("href", ""), [])

    def handle_endtag(self, tag):
        self._skjult -= tag in {"script", "style", "template"}
        if tag == "a" and self._lenke:
            adresse, ordene = self._lenke
            lenke = (adresse, " ".join("".join(ordene).split()))
            self.alle_lenker.append(lenke)
            if self._i_main:
                self.lenker.append(lenke)
            self._lenke = None
        self._i_main -= tag == "main"

    def handle_data(self, data):
        if self._skjult:
            return
        self._ord.append(data)
        if self._i_main:
            self._ord_i_main.append(data)
        if self._lenke:
            self._lenke[1].append(data)

    def adresser(self, *begynnelser):
        """The addresses in main that begin with one of these, in their order."""
        return [
            adresse for adresse, _ in self.lenker if adresse.startswith(begynnelser)
        ]
