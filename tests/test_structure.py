"""The house rules that no linter knows, read from the syntax trees of src/."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import po_bridge
from po_bridge._face import HOMES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "po_bridge"
MODULES = sorted(PACKAGE.rglob("*.py"))

LINES_IN_A_FILE = 300
LINES_IN_A_FUNCTION = 50

VENDOR_FREE_ROOMS = ("models", "mapping", "matching", "planning", "ports", "execution", "journal")
VENDOR_TABLES = {"nuorder", "xseries", "rseries"}
VENDOR = re.compile(
    r"(?<![a-z]) (?: nu[-_ ]?order | [xr][-_ ]?series | lightspeed | vend(?![a-z])"
    r" | consignment | item[-_ ]?matri(?:x|ces) )",
    re.IGNORECASE | re.VERBOSE,
)
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)


def each(modules: list[Path]) -> pytest.MarkDecorator:
    """Run a test once for each module."""
    return pytest.mark.parametrize("path", modules, ids=[name_of(module) for module in modules])


def name_of(path: Path) -> str:
    """Give a module's path as people write it."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """Read a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def report(path: Path, findings: list[tuple[int, str]]) -> None:
    """Fail with one ``file:line`` for each finding."""
    if findings:
        lines = [f"{name_of(path)}:{line} {what}" for line, what in sorted(findings)]
        pytest.fail("\n".join(lines), pytrace=False)


# --- vendors' names -------------------------------------------------------------------------------


def is_vendor_table(path: Path) -> bool:
    """Tell whether a module is ``mapping/<vendor>.py`` or stands in ``mapping/<vendor>/``."""
    inside = path.relative_to(PACKAGE).parts
    return inside[0] == "mapping" and inside[1].removesuffix(".py") in VENDOR_TABLES


def vendor_free() -> list[Path]:
    """List the modules in which no vendor may be named."""
    inside = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in VENDOR_FREE_ROOMS]
    return [path for path in inside if not is_vendor_table(path)]


def bare_strings(tree: ast.Module) -> set[int]:
    """Collect the identities of docstrings, those under attributes included."""
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(node.value) for node in statements if isinstance(node.value, ast.Constant)}


def words_of(node: ast.AST) -> Iterator[str]:
    """Yield each identifier and string that stands on one node itself."""
    for field, value in ast.iter_fields(node):
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and field != "type_comment":
                yield word
            elif isinstance(word, bytes):
                yield word.decode("latin-1")


def vendors_in(word: str) -> list[str]:
    """Find the vendor's words in an identifier or string, whichever way it is spelt."""
    return VENDOR.findall(HUMP.sub("_", word)) or VENDOR.findall(word)


@pytest.mark.parametrize(
    "word",
    ["NuOrder", "NUORDER", "nuorder_id", "fromXSeries", "x-series", "RSERIES", "Lightspeed", "vend_id"],
)
def test_vendor_is_seen(word: str) -> None:
    """A vendor's name is recognised in every spelling that code uses."""
    assert vendors_in(word)


@pytest.mark.parametrize(
    "word", ["vendor", "menu_order", "max_series", "MaxSeries", "order_series", "series"]
)
def test_other_words_are_no_vendor(word: str) -> None:
    """Words that merely contain a vendor's letters are left alone."""
    assert not vendors_in(word)


@each(vendor_free())
def test_no_vendor_is_named(path: Path) -> None:
    """Outside adapters and wire tables no identifier and no string names a vendor or its resource."""
    tree = tree_of(path)
    exempt = bare_strings(tree)
    findings = [
        (getattr(node, "lineno", 1), f"names a vendor: {word[:60]!r}")
        for node in ast.walk(tree)
        if id(node) not in exempt
        for word in words_of(node)
        if vendors_in(word)
    ]
    if vendors_in(path.stem):
        findings.append((1, "a module is named after a vendor"))
    report(path, findings)


# --- __init__.py ----------------------------------------------------------------------------------


def exported(statement: ast.stmt) -> ast.expr | None:
    """Give the value of ``__all__ = ...``, and nothing for any other statement."""
    match statement:
        case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
            return value
        case _:
            return None


def strange_in_init(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield what a package's __init__.py should not hold."""
    docstring = ast.get_docstring(tree) is not None
    for statement in tree.body[docstring:]:
        value = exported(statement)
        if value is not None:
            if not isinstance(value, ast.List | ast.Tuple):
                yield statement.lineno, "__all__ is a list or tuple of names, written out"
            else:
                names = [ast.literal_eval(element) for element in value.elts]
                if names != sorted(set(names)):
                    yield statement.lineno, f"__all__ is not sorted: {sorted(set(names))}"
        elif not isinstance(statement, ast.Import | ast.ImportFrom):
            yield statement.lineno, "an __init__.py holds imports and __all__, nothing else"


FACE = PACKAGE / "__init__.py"
ROOMS = [path for path in MODULES if path.name == "__init__.py" and path != FACE]


@each(ROOMS)
def test_init_only_exports(path: Path) -> None:
    """An __init__.py holds imports and a sorted __all__."""
    report(path, list(strange_in_init(tree_of(path))))


@each(ROOMS)
def test_init_exports_what_it_imports(path: Path) -> None:
    """Each public name that an __init__.py imports stands in its __all__, and no other does."""
    body = tree_of(path).body
    imports = [node for node in body if isinstance(node, ast.ImportFrom) and node.module != "__future__"]
    visible = {alias.asname or alias.name for node in imports for alias in node.names}
    public = {name for name in visible if not name.startswith("_")}
    lists = [value for statement in body if (value := exported(statement)) is not None]
    listed = {name for value in lists for name in ast.literal_eval(value)}
    odd = public.symmetric_difference(listed)
    report(path, [(1, f"{name} is in only one of the imports and __all__") for name in odd])


def test_face_is_said_alike_to_people_checkers_and_python() -> None:
    """What checkers import, what Python finds on demand and what __all__ lists are the same names."""
    body = tree_of(FACE).body
    [checked] = [node for node in body if isinstance(node, ast.If)]
    seen = {
        alias.name: f"{node.module}"
        for node in checked.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == HOMES
    assert po_bridge.__all__ == sorted(HOMES)
    assert list(dir(po_bridge)) == sorted(HOMES)
    for name in HOMES:
        assert getattr(po_bridge, name) is not None


def test_import_reads_nothing_that_was_not_asked_for() -> None:
    """``import po_bridge`` alone loads no room of it and no library outside Python's own."""
    show = "import sys, po_bridge; print(*sorted(name for name in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", show], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name for name in loaded if name.startswith("po_bridge")} == {"po_bridge", "po_bridge._face"}
    assert not {"attrs", "cattrs", "httpx", "tenacity"} & set(loaded)


def test_unknown_name_of_the_face_is_an_attribute_error() -> None:
    """A name that the face does not have is refused as Python refuses it."""
    with pytest.raises(AttributeError, match="module 'po_bridge' has no attribute 'Brigde'"):
        _ = po_bridge.Brigde  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # what is tested


# --- size -----------------------------------------------------------------------------------------


@each(MODULES)
def test_file_is_short(path: Path) -> None:
    """A file has one noun, so it stays below 300 lines."""
    size = len(path.read_text(encoding="utf-8").splitlines())
    report(path, [(size, f"{size} lines, at most {LINES_IN_A_FILE}")] if size > LINES_IN_A_FILE else [])


@each(MODULES)
def test_functions_are_short(path: Path) -> None:
    """A function has at most 50 lines."""
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, FUNCTIONS)]
    sizes = [(node, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]
    report(
        path,
        [
            (node.lineno, f"{node.name}() has {size} lines, at most {LINES_IN_A_FUNCTION}")
            for node, size in sizes
            if size > LINES_IN_A_FUNCTION
        ],
    )


# --- docstrings -----------------------------------------------------------------------------------


def is_overload(node: ast.AST) -> bool:
    """Tell whether a function is only one of the signatures of another."""
    decorators = getattr(node, "decorator_list", [])
    return any(ast.unparse(decorator).endswith("overload") for decorator in decorators)


def public_definitions(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Definition]]:
    """Yield public functions and classes, and the public methods of the latter, with dotted names."""
    for node in body:
        if isinstance(node, DEFINITIONS) and not node.name.startswith("_") and not is_overload(node):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node.body, f"{prefix}{node.name}.")


@each(MODULES)
def test_public_things_have_docstrings(path: Path) -> None:
    """Every public function, class and method says what it is."""
    report(
        path,
        [
            (node.lineno, f"{name} has no docstring")
            for name, node in public_definitions(tree_of(path).body)
            if not ast.get_docstring(node)
        ],
    )


def bare_attributes(body: list[ast.stmt]) -> Iterator[ast.AnnAssign]:
    """Yield the public annotated attributes of a class that no string follows."""
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        described = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if not described and not node.target.id.startswith("_"):
            yield node


@each(MODULES)
def test_public_attributes_have_docstrings(path: Path) -> None:
    """Each public attribute of a public class says what it holds."""
    definitions = public_definitions(tree_of(path).body)
    report(
        path,
        [
            (bare.lineno, f"{name}.{ast.unparse(bare.target)} has no docstring")
            for name, node in definitions
            if isinstance(node, ast.ClassDef)
            for bare in bare_attributes(node.body)
        ],
    )
