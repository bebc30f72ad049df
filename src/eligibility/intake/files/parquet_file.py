"""Reads a parquet file as rows of text; row 1 is the header, as in the other kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from eligibility.intake.files.grid import Grid, Row
from eligibility.intake.notices import refuse
from eligibility.model.diagnostic import Bilingual, SourceLocation

_BATCH = 50_000


def read_parquet(path: Path, name: str = "") -> Grid:
    """The file as a grid; InputError when it is broken."""
    name = name or path.name
    return Grid(path, "", _rows(path, name), name=name)


def _rows(path: Path, name: str) -> Iterator[Row]:
    try:
        file = pq.ParquetFile(path)
        yield 1, [str(name) for name in file.schema_arrow.names]
        number = 1
        for batch in file.iter_batches(batch_size=_BATCH):
            columns = [_texts(column) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                number += 1
                yield number, cells
    except (pa.ArrowException, OSError, UnicodeError, ValueError) as broken:
        raise refuse(
            "broken_file",
            SourceLocation(name),
            Bilingual("parquet 文件损坏，无法读取", f"the parquet file is broken: {type(broken).__name__}"),
            Bilingual("重新导出该文件", "export it again"),
        ) from broken


def _texts(column: Any) -> list[str]:
    """The cells as text; null is blank. Whole numbers keep every digit, for the file does."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        texts = pc.cast(column, pa.string())
        texts.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return ["" if value is None else str(value) for value in column.to_pylist()]
    return ["" if text is None else str(text) for text in texts.to_pylist()]
