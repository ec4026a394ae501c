"""Which chapter of the handbook is about which page.

Each app says it of its own pages at start, by the names of their addresses: a chapter, or
"chapter#section". In the admin it is the name up to what is done ("admin:tiltak_tiltak"),
and "admin" for all that have none of their own.
"""

# {name of an address: where in the handbook}
SIDER: dict[str, str] = {}


def er_om(steder, rom=""):
    """Notes which pages the places in the handbook are about.

    Args:
        steder: {a place: [names of addresses]}.
        rom: the namespace of the names, as "tiltak:".
    """
    for sted, navnene in steder.items():
        SIDER.update((rom + navn, sted) for navn in navnene)


def hjelp_til(treff):
    """Returns (chapter, section) about the page with this ResolverMatch, or ("", "") where
    none is."""
    if treff is None:
        return "", ""
    navn = treff.view_name or ""
    sted = SIDER.get(navn)
    if sted is None and navn.startswith("admin:"):
        sted = SIDER.get(navn.rpartition("_")[0]) or SIDER.get("admin")
    kapittel, _, avsnitt = (sted or "").partition("#")
    return kapittel, avsnitt
