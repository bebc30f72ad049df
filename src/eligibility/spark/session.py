"""The one place where pyspark is met: a session, or a clear word on what is missing. What is written on the door:

- Spark runs on Java 17 or later and starts it itself; without it the start ends in a traceback of sockets.
- It draws a progress bar over whatever else is on the terminal.
- Days before 1582 are shifted by ten days unless the calendar mode says CORRECTED.
- Its Python workers are whatever `python3` is on the path unless PYSPARK_PYTHON says otherwise: without this package.
- A driver that takes the machine's name for its address cannot be reached where that name does not resolve.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.parallel import Found, Given

LOCAL = "local[*]"
"""All cores of this machine, without a cluster."""

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
_HERE = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


class Cluster:
    """A running Spark."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def read(self, files: Path) -> Any:
        """The Parquet file, or the folder of them, as a data frame."""
        return self._session.read.parquet(str(files.resolve()))

    def sql(self, query: str, **frames: Any) -> Any:
        """The answer to a query that names `frames`, as a data frame."""
        for name, frame in frames.items():
            frame.createOrReplaceTempView(name)
        return self._session.sql(query)

    def each(self, work: Callable[[Given], Found], items: Sequence[Given]) -> list[Found]:
        """`work` done on every item, wherever there is room; results in the order of the items."""
        context = self._session.sparkContext
        parts = max(1, min(len(items), 4 * context.defaultParallelism))
        return list(context.parallelize(items, parts).map(work).collect())


@contextmanager
def open_spark(master: str = LOCAL) -> Iterator[Cluster]:
    """A Spark session on `master`, stopped at the end.

    Raises:
        InputError: pyspark is not installed, no Java is found, or Spark does not start.

    """
    session = _start(master)
    try:
        yield Cluster(session)
    finally:
        session.stop()


def _start(master: str) -> Any:
    if find_spec("pyspark") is None:
        raise _missing(
            "spark_missing",
            Bilingual("未安装 PySpark", "PySpark is not installed"),
            Bilingual(
                "请执行 pip install 'eligibility[spark]'，或去掉 --engine spark",
                "pip install 'eligibility[spark]', or leave out --engine spark",
            ),
        )
    if _java() is None:
        raise _missing(
            "java_missing",
            Bilingual("没有找到 Java，Spark 无法启动", "no Java was found, and Spark does not start without it"),
            Bilingual(
                "请安装 Java 17 或更高版本（或设置 JAVA_HOME），或去掉 --engine spark",
                "install Java 17 or later (or set JAVA_HOME), or leave out --engine spark",
            ),
        )
    return _session(master)


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


def _session(master: str) -> Any:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("eligibility").master(master)
    for key, value in (_SETTINGS | (_HERE if master.startswith("local") else {})).items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as refused:
        raise _missing(
            "spark_not_started",
            Bilingual(
                f"Spark 未能启动（{master}）：{type(refused).__name__}",
                f"Spark did not start ({master}): {type(refused).__name__}",
            ),
            Bilingual(
                "请检查 Java 版本（17 或更高）与 --spark-master 的地址，参见 docs/spark.md",
                "check that Java is 17 or later and the address of --spark-master; see docs/spark.md",
            ),
        ) from refused


def _missing(code: str, problem: Bilingual, remedy: Bilingual) -> InputError:
    return InputError(Diagnostic(code, SourceLocation("--engine spark"), problem, remedy))
