"""The small faults: every place in a module where one can be put, and what the source looks like with it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
UNNOTICED = ("repr", "init", "strict")
"""How a public document looks in a debugger (that secrets are not shown has a test of its own), whether a field could
be given at making too, and a programmer's own assertion that lists are equally long, behind the check that says so to
whoever sent them."""
Scoped = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Mutant:
    """One fault. ``inside``: the dotted name of the function or class; ``change``: what it says instead of what;
    ``code``: the whole line in which it begins.
    """

    file: str
    inside: str
    line: int
    change: str
    code: str
    start: int
    end: int
    new: str

    @property
    def name(self) -> str:
        """Where it is, for a person."""
        return f"{self.file}:{self.line} {self.inside}: {self.change}"

    def put_into(self, source: bytes) -> bytes:
        """The module with the fault."""
        return source[: self.start] + self.new.encode() + source[self.end :]


def mutants_of(root: Path, file: str) -> list[Mutant]:
    """All the faults that can be put into one module, in order."""
    source = (root / file).read_bytes()
    finder = _Finder(file, source)
    finder.visit(ast.parse(source))
    return sorted(finder.found, key=lambda mutant: (mutant.start, mutant.end, mutant.new))


class _Finder(ast.NodeVisitor):
    def __init__(self, file: str, source: bytes) -> None:
        self.found: list[Mutant] = []
        self._file = file
        self._source = source
        self._lines = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
        self._scopes: list[Scoped] = []

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, Scoped):
            self._scopes.append(node)
            for part in node.body:
                self.visit(part)
            self._scopes.pop()
            return
        if isinstance(node, ast.keyword) and node.arg in UNNOTICED:
            return
        if isinstance(node, ast.JoinedStr):
            return  # where things stand within a text is not told exactly before Python 3.12
        if isinstance(node, ast.AnnAssign):
            if node.value is not None:
                self.visit(node.value)
            return
        for new in _faults(node, self._scopes[-1] if self._scopes else None):
            self._add(node, new)
        self.generic_visit(node)

    def _add(self, node: ast.AST, new: str) -> None:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._lines[node.lineno - 1] + node.col_offset
        end = self._lines[node.end_lineno - 1] + node.end_col_offset
        old = " ".join(self._source[start:end].decode().split())
        inside = ".".join(scope.name for scope in self._scopes)
        change = f"{old[:120]} -> {new}"
        code = self._source.splitlines()[node.lineno - 1].decode().strip()
        self.found.append(Mutant(self._file, inside, node.lineno, change, code, start, end, new))


def _faults(node: ast.AST, scope: Scoped | None) -> Iterator[str]:
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                flipped = [*node.ops[:place], COMPARED[type(operator)](), *node.ops[place + 1 :]]
                yield f"({ast.unparse(ast.Compare(node.left, flipped, node.comparators))})"
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield f"({ast.unparse(ast.BoolOp(other, node.values))})"
        case ast.UnaryOp(op=ast.Not()):
            yield f"({ast.unparse(node.operand)})"
        case ast.Constant(value=bool()):
            yield str(not node.value)
        case ast.Constant(value=int(number)):
            yield str(number + 1)
        case ast.Return(value=ast.expr() as value) if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            if isinstance(scope.returns, ast.Name) and scope.returns.id == "bool":
                yield f"return not ({ast.unparse(value)})"
            elif not isinstance(value, ast.Constant) or value.value is not None:
                yield "return None"
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))):
            return  # no value comes there: the type checker says so, and nobody can try it
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield "pass"
        case ast.If(orelse=[]) if isinstance(node.body[-1], ast.Return | ast.Continue):
            yield "pass"
