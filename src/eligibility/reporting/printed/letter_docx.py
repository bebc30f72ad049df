"""The cage of docxtpl: a Word template that the bureau edits, filled for one person.

Quirks: a template is the bureau's own text, so it runs sandboxed; a field that does not exist must be an error that
names it (Jinja would print nothing); what comes from papers is escaped, or `<` in a name breaks the document.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

DEFAULT = Path(__file__).parent / "templates" / "letter.docx"
FIELDS = (
    *("姓名", "身份证号", "户号", "街道", "社区", "小组", "结论", "办法", "依据文件", "审核日", "情形编号"),
    *("说明", "条款标题", "条款", "事实", "材料", "推定", "救济", "草稿", "单位", "日期"),
)
"""Names that a template may use; `条款` has 名称、说明、依据、原文, `材料` 原因、材料、单位, `推定` 名称、取值; `事实` are sentences."""


def fill(template: Path, letter: Mapping[str, Any], path: Path) -> None:
    """Write the letter of one person to `path`.

    Raises:
        InputError: the template is no Word file, has broken tags, or names a field that there is not.

    """
    try:
        document = DocxTemplate(template)
        document.render(dict(letter), jinja_env=SandboxedEnvironment(undefined=StrictUndefined, autoescape=True))
        document.save(path)
    except UndefinedError as error:
        raise _broken(
            template, "template_field", f"没有这个字段：{_named(error)}", f"no such field: {_named(error)}"
        ) from None
    except TemplateSyntaxError as error:
        raise _broken(
            template, "template_syntax", f"标记写错：{error.message}", f"broken tag: {error.message}"
        ) from None
    except (TemplateError, TypeError, ArithmeticError, AttributeError, IndexError) as error:
        raise _broken(template, "template_broken", f"不能套用：{error}", f"cannot be filled: {error}") from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _broken(
            template, "template_unreadable", f"不是可读的 docx 文件：{error}", f"not a readable docx: {error}"
        ) from None


def _named(error: UndefinedError) -> str:
    """The field in Jinja's sentence: the last word it quotes."""
    quoted = re.findall(r"'([^']+)'", str(error))
    return quoted[-1] if quoted else str(error)


def _broken(template: Path, code: str, zh: str, en: str) -> InputError:
    remedy = Bilingual(
        f"请在 Word 中改正；可用字段：{'、'.join(FIELDS)}；原样的模板：eligibility papers template",
        f"mend it in Word; fields: {', '.join(FIELDS)}; the template as shipped: eligibility papers template",
    )
    return InputError(Diagnostic(code, SourceLocation(str(template)), Bilingual(zh, en), remedy))
