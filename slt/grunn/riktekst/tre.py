"""The tree of cleaned HTML, in which its parts are put in order."""

from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

TITLER = ("h1", "h2", "h3", "h4", "h5", "h6")
# What has nothing in it, and no end.
TOMME = {"br", "img"}


@dataclass
class Del:
    """An element of cleaned HTML. Its parts are elements, and texts as they are written
    in HTML."""

    tag: str
    attributter: dict = field(default_factory=dict)
    barn: list = field(default_factory=list)

    def __str__(self):
        attributter = "".join(
            f' {navn}="{escape(str(verdi))}"'
            for navn, verdi in self.attributter.items()
        )
        if self.tag in TOMME:
            return f"<{self.tag}{attributter}>"
        return f"<{self.tag}{attributter}>{''.join(map(str, self.barn))}</{self.tag}>"

    def __iter__(self):
        """Yields itself and all elements inside it, as they are read."""
        yield self
        for barn in self.barn:
            if isinstance(barn, Del):
                yield from barn

    @property
    def har_ord(self):
        return any(
            unescape(barn).strip() if isinstance(barn, str) else barn.har_ord
            for barn in self.barn
        )


class _Leser(HTMLParser):
    """Makes a tree of cleaned HTML, in which all that is opened is ended."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.apne = [Del("")]
        self._biter = []  # of the text that is read, which each sign in it parts

    def _avslutt_teksten(self):
        if self._biter:
            self.apne[-1].barn.append("".join(self._biter))
            self._biter = []

    def handle_starttag(self, tag, attrs):
        self._avslutt_teksten()
        ny = Del(tag, {navn: verdi or "" for navn, verdi in attrs})
        self.apne[-1].barn.append(ny)
        if tag not in TOMME:
            self.apne.append(ny)

    def handle_endtag(self, tag):
        self._avslutt_teksten()
        if len(self.apne) > 1:
            self.apne.pop()

    def handle_data(self, data):
        self._biter.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")

    def close(self):
        super().close()
        self._avslutt_teksten()


def les(renset):
    leser = _Leser()
    leser.feed(renset)
    leser.close()
    return leser.apne[0]
