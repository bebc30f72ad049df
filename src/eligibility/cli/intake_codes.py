"""`eligibility intake codes`: the catalogue of findings on a terminal."""

from __future__ import annotations

import sys

from rapidfuzz import process

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.reporting.pages.findings_page import catalogues, entry_text


def tell_codes(code: str, *, lang: str) -> None:
    """Print one code of the findings on papers, or all.

    Raises:
        InputError: there is no such code; the nearest is named.

    """
    entries = [entry for one in catalogues() for entry in one.entries if code in ("", entry.code)]
    if not entries:
        near = process.extractOne(code, [entry.code for one in catalogues() for entry in one.entries])
        problem = Bilingual(
            f"没有代码「{code}」，最接近的是 {near[0]}", f"there is no code {code}; the nearest is {near[0]}"
        )
        remedy = Bilingual(
            "不带参数执行 eligibility intake codes 可列出全部", "eligibility intake codes lists them all"
        )
        raise InputError(Diagnostic("unknown_name", SourceLocation("intake codes"), problem, remedy))
    sys.stdout.write("\n".join(entry_text(entry, lang) for entry in entries) + "\n")
