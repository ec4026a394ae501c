"""Which tests say nothing when there are no rows: read from their code, not run."""

import ast

# Calls that fail by themselves when what they ask for is not so.
FEILER_SELV = ("raises", "fail", "expect", "assert", "django_assert")
# Calls that give as much as they are given.
LIKE_MYE = {"enumerate", "list", "product", "reversed", "set", "sorted", "tuple", "zip"}
LIKE_MYE |= {"items", "keys", "values"}
SAMLING = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
TOMT = {"[]", "{}", "()", "set()"}


def uten_pastand(kilde):
    """The tests that check nothing for certain.

    Args:
        kilde: the text of a module of tests.

    Returns:
        [(line, name)] of each whose every assert stands in a loop over something that
        may be empty, in an `if`, or says of nothing but such things that they all are
        so.
    """
    modul = _Modul(ast.parse(kilde))
    return [
        (funksjon.lineno, navn)
        for navn, funksjon in modul.funksjoner.items()
        if navn.startswith("test") and not modul.pastar_i(funksjon)
    ]


class _Modul:
    def __init__(self, tre):
        self.funksjoner = {
            node.name: node
            for node in ast.walk(tre)
            if isinstance(node, ast.FunctionDef)
        }
        self.fylte = set()
        for setning in tre.body:
            self.fylte = _med(setning, self.fylte)
        self._svar = {}

    def pastar_i(self, funksjon):
        if funksjon.name not in self._svar:
            self._svar[funksjon.name] = False  # while it is read: it may call itself
            gitt = {
                arg.arg for arg in ast.walk(funksjon.args) if isinstance(arg, ast.arg)
            }
            self._svar[funksjon.name] = self._pastar(funksjon.body, self.fylte - gitt)
        return self._svar[funksjon.name]

    def _pastar(self, setninger, fylte):
        for setning in setninger:
            fylte = _med(setning, fylte)
            if self._setning(setning, fylte):
                return True
        return False

    def _setning(self, setning, fylte):
        match setning:
            case ast.Assert(test=test):
                return not _sant_om_ingenting(test, fylte)
            case ast.For(iter=over, body=kropp):
                i_lokken = _fylt(over, fylte) and self._pastar(kropp, fylte)
                return i_lokken or self._kaller(over)
            case ast.If(body=kropp, orelse=ellers):
                return self._pastar(kropp, fylte) and self._pastar(ellers, fylte)
            case ast.With(items=rammer, body=kropp):
                return any(map(self._kaller, rammer)) or self._pastar(kropp, fylte)
            case ast.Try(body=kropp, finalbody=til_slutt):
                return self._pastar([*kropp, *til_slutt], fylte)
            case ast.While() | ast.Match() | ast.FunctionDef():
                return False
        return self._kaller(setning)

    def _kaller(self, node):
        """Whether it calls something that fails by itself, or a function that does."""
        for kall in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
            navn = _navn(kall)
            if navn.startswith(FEILER_SELV):
                return True
            if navn in self.funksjoner and self.pastar_i(self.funksjoner[navn]):
                return True
        return False


def _navn(kall):
    return getattr(kall.func, "attr", getattr(kall.func, "id", ""))


def _med(setning, fylte):
    """The names that hold something, once this is done too."""
    if not isinstance(setning, ast.Assign):
        return fylte
    satt = {til.id for til in setning.targets if isinstance(til, ast.Name)}
    return fylte | satt if _fylt(setning.value, fylte) else fylte - satt


def _fylt(uttrykk, fylte):
    """Whether there is something in it, whatever the database holds."""
    match uttrykk:
        case ast.Name(id=navn):
            return navn in fylte
        case ast.Constant(value=verdi):
            return bool(verdi)
        case ast.Starred(value=verdi):
            return _fylt(verdi, fylte)
        case ast.List(elts=deler) | ast.Tuple(elts=deler) | ast.Set(elts=deler):
            return any(
                _fylt(d, fylte) if isinstance(d, ast.Starred) else True for d in deler
            )
        case ast.Dict(values=deler):
            return bool(deler)
        case ast.BinOp(left=venstre, right=hoyre):
            return _fylt(venstre, fylte) or _fylt(hoyre, fylte)
        case ast.Call(func=ast.Name(id="range"), args=[*_, siste]):
            return _fylt(siste, fylte)
        case ast.Call(args=gitt) if _navn(uttrykk) in LIKE_MYE:
            over = gitt or [getattr(uttrykk.func, "value", None)]
            return all(_fylt(del_, fylte) for del_ in over)
    velger_ut = isinstance(uttrykk, SAMLING) and any(g.ifs for g in uttrykk.generators)
    return not velger_ut and _gar_over_noe(uttrykk, fylte)


def _gar_over_noe(uttrykk, fylte):
    return isinstance(uttrykk, SAMLING) and all(
        _fylt(ledd.iter, fylte) for ledd in uttrykk.generators
    )


def _sant_om_ingenting(test, fylte):
    """Whether it holds of nothing as well: all(…), not any(…), [… if …] == []."""
    match test:
        case (
            ast.Call(func=ast.Name(id="all"), args=[over])
            | ast.UnaryOp(
                op=ast.Not(), operand=ast.Call(func=ast.Name(id="any"), args=[over])
            )
        ):
            return not _fylt(over, fylte)
        case ast.Compare(left=over, ops=[ast.Eq()], comparators=[fasit]):
            tom = isinstance(over, SAMLING) and ast.unparse(fasit) in TOMT
            return tom and not _gar_over_noe(over, fylte)
        case ast.UnaryOp(op=ast.Not(), operand=over) if isinstance(over, SAMLING):
            return not _gar_over_noe(over, fylte)
    return False
