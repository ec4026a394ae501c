"""Rich text as a few readable signs, and back."""

import pytest

from slt.grunn.riktekst import rens_html
from slt.grunn.riktekst.notasjon import fra_notasjon, til_notasjon

# (rich text, how it reads)
PAR = [
    ("<p>En.</p><p>To.</p>", "En.\n\nTo."),
    ("<p>En<br>to</p>", "En\nto"),
    ("<h3>A</h3><h4>B</h4><p>c</p><h3>D</h3>", "# A\n\n## B\n\nc\n\n# D"),
    ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
    ("<ol><li>a<br>videre</li><li>b</li></ol>", "1. a\n  videre\n2. b"),
    ("<p><strong>fet</strong> og <em>kursiv</em></p>", "**fet** og *kursiv*"),
    ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    ('<p><a href="https://a.no/b">her</a></p>', "[her](https://a.no/b)"),
    ("<p>Se www.kommunen.no.</p>", "Se www.kommunen.no."),
    (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td>3</td></tr></table>",
        "| A | B |\n| 1\\|2 | 3 |",
    ),
    # What is no sign.
    ("<p>5 * 3 * 2 og **x**</p>", "5 \\* 3 \\* 2 og \\*\\*x\\*\\*"),
    ("<p>1. mai<br>- nei<br># 4<br>&gt; 3</p>", "1\\. mai\n\\- nei\n\\# 4\n\\> 3"),
    ("<p>&lt;p&gt; &amp; [a](b) C:\\mappe</p>", "\\<p> & \\[a](b) C:\\mappe"),
]
# What the signs cannot say.
SOM_HTML = [
    "<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>1</td></tr></table>",
    f'<figure><img src="/bilder/{"a" * 32}.png" alt="En kurve"></figure>',
    "<p><strong>a <em>b</em></strong></p>",
    "<ul><li><p>a</p><p>b</p></li></ul>",
]


@pytest.mark.parametrize(("html", "tekst"), PAR)
def test_rich_text_reads_so_and_comes_back(html, tekst):
    html = rens_html(html)

    assert til_notasjon(html) == tekst
    assert rens_html(fra_notasjon(tekst)) == html


@pytest.mark.parametrize("html", SOM_HTML)
def test_what_the_signs_cannot_say_stands_as_html(html):
    html = rens_html(f"<p>Før.</p>{html}<p>Etter.</p>", bilder=True)

    tekst = til_notasjon(html)

    assert [bit[:1] for bit in tekst.split("\n\n")] == ["F", "<", "E"]
    assert rens_html(fra_notasjon(tekst), bilder=True) == html


@pytest.mark.parametrize(
    ("skrevet", "html"),
    [
        ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("Ord:\n- a\nSlutt", "<p>Ord:</p><ul><li>a</li></ul><p>Slutt</p>"),
        ("**ikke lukket og * alene", "<p>**ikke lukket og * alene</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", '<p><a rel="noopener">x</a></p>'),
        ("| alene |", "<p>| alene |</p>"),
        ("", ""),
    ],
)
def test_whatever_somebody_writes_becomes_rich_text(skrevet, html):
    assert rens_html(fra_notasjon(skrevet)) == html
