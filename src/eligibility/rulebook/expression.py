"""The text of an expression to its connectives and leaves. sqlglot parses; nothing runs that is not listed here.

Allowed are `and`, `or`, `not`, brackets, and the leaves that a caller accepts. ≤ ≥ ≠ and full-width brackets may be
written too. A number may carry a unit (`0.3 亩`), which sqlglot meets as `quantity(0.3, '亩')`. A text that is longer or
deeper than any person writes is refused before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation
from eligibility.model.errors import EligibilityError
from eligibility.model.policy import AllOf, AnyOf, Formula, Not
from eligibility.rulebook.problems import finding

Leaf = Callable[[exp.Expr], Formula]
"""Gives meaning to a leaf; raises `ExpressionError`."""

UNREADABLE: Formula = AllOf(())
"""Stands where an expression could not be read; a draft with findings never becomes a policy."""

_SIGNS = str.maketrans(
    {
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "（": "(",
        "）": ")",
        "，": ",",
        "％": "%",
        "×": "*",
        "÷": "/",
        "－": "-",
        "＋": "+",
        "＜": "<",
        "＞": ">",
        "＝": "=",
    }
)
LONGEST = 1_000
"""Characters of one expression."""

DEEPEST = 12
"""Brackets within brackets."""

_WITH_UNIT = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*([\u4e00-\u9fff]+|㎡|%)")
_A_DAY = re.compile(r"(?<![\w.])([12]\d{3})(?:-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?!\d)")
_AS_MET = re.compile(r"QUANTITY\((\S+), '(\S+)'\)", re.IGNORECASE)
_COMMENT = re.compile(r"--|/\*")
_NOTS = re.compile(r"(?:\bnot\s+)+", re.IGNORECASE)
_QUOTED = re.compile(r"('[^']*'|\"[^\"]*\")")
_ALLOWED = Bilingual(
    "可用：比较（= != < <= > >=）、in、and、or、not、unknown(事实)、年龄(日期)、带单位的数、日期、日期加减年月日、"
    "同类的量相加减、量乘以数（60%、1/3、1.5 或参数）",
    "allowed: = != < <= > >=, in, and, or, not, unknown(fact), 年龄(day), numbers with units, days, days ± 年/月/日, "
    "sums of like quantities, a quantity times a number (60%, 1/3, 1.5 or a parameter)",
)


class ExpressionError(EligibilityError):
    """One leaf of an expression has no meaning; without a finding where its cause is reported already."""

    def __init__(self, text: Diagnostic | None) -> None:
        super().__init__("" if text is None else text.in_language("zh"))
        self.finding = text


def compile_text(text: str, leaf: Leaf, at: SourceLocation, wrong: list[Diagnostic]) -> Formula:
    """The formula of `text`; what is wrong with it is added to `wrong`, each leaf for itself."""
    over = _over_limit(text, at)
    if over is not None:
        wrong.append(over)
        return UNREADABLE
    bad: list[ExpressionError] = []
    try:
        formula = _connect(sqlglot.parse_one(_as_sql(text)), leaf, bad)
    except (SqlglotError, RecursionError):
        problem = Bilingual(f"表达式无法解析：{text}", f"the expression cannot be parsed: {text}")
        wrong.append(finding("bad_expression", at, problem, _ALLOWED))
        return UNREADABLE
    wrong.extend(item.finding for item in bad if item.finding is not None)
    return UNREADABLE if bad else formula


def not_allowed(node: exp.Expr, at: SourceLocation) -> ExpressionError:
    """The complaint about a construct that no expression may contain."""
    written = _AS_MET.sub(r"\1 \2", node.sql())[:80]
    problem = Bilingual(f"表达式中不允许“{written}”", f"“{written}” is not allowed in an expression")
    return ExpressionError(finding("bad_expression", at, problem, _ALLOWED))


def flatten(formulas: list[Formula], into: type[AllOf] | type[AnyOf]) -> Formula:
    """One conjunction or disjunction, with those of the same kind inside it opened up."""
    parts: list[Formula] = []
    for formula in formulas:
        parts.extend(formula.of if isinstance(formula, into) and formula.of else (formula,))
    return into(tuple(parts))


def _over_limit(text: str, at: SourceLocation) -> Diagnostic | None:
    plain = "".join(_QUOTED.split(text)[::2])
    depth = deepest = 0
    for mark in plain:
        depth += (mark in "(（") - (mark in ")）")
        deepest = max(deepest, depth)
    deepest = max(deepest, len(max(_NOTS.findall(plain), default="").split()))
    remedy = Bilingual(
        "请拆成几个条件，在条款里用 all / any 连接", "split it into conditions and join them in the clause"
    )
    if len(text) > LONGEST:
        problem = Bilingual(f"表达式超过 {LONGEST} 字", f"the expression is longer than {LONGEST} characters")
        return finding("too_large", at, problem, remedy)
    if _COMMENT.search("".join(_QUOTED.split(text)[::2])):
        problem = Bilingual("表达式中不能写注释（-- 或 /*）", "no comment (-- or /*) may stand in an expression")
        return finding("bad_expression", at, problem, Bilingual("说明写在 note 里", "write remarks under “note”"))
    if deepest > DEEPEST:
        problem = Bilingual(f"括号嵌套超过 {DEEPEST} 层", f"brackets are nested more than {DEEPEST} deep")
        return finding("too_deep", at, problem, remedy)
    return None


def _as_sql(text: str) -> str:
    pieces = _QUOTED.split(text)
    plain = [_plain(piece.translate(_SIGNS)) for piece in pieces[::2]]
    return "".join(a + b for a, b in zip(plain, [*pieces[1::2], ""], strict=True))


def _plain(piece: str) -> str:
    """Return a piece outside quotation marks with days in them, and numbers with units as calls."""
    return "".join(
        part if part.startswith("'") else _WITH_UNIT.sub(r"quantity(\1, '\2')", part)
        for part in _QUOTED.split(_A_DAY.sub(_quoted_day, piece))
    )


def _quoted_day(match: re.Match[str]) -> str:
    year, month, day = match[1], match[2] or match[4], match[3] or match[5]
    return f"'{year}-{month}-{day}'"


def _connect(node: exp.Expr, leaf: Leaf, bad: list[ExpressionError]) -> Formula:
    match node:
        case exp.Paren():
            return _connect(node.this, leaf, bad)
        case exp.And() | exp.Or():
            parts = [_connect(side, leaf, bad) for side in (node.left, node.right)]
            return flatten(parts, AllOf if isinstance(node, exp.And) else AnyOf)
        case exp.Not():
            return Not(_connect(node.this, leaf, bad))
    try:
        return leaf(node)
    except ExpressionError as found:
        bad.append(found)
        return UNREADABLE
