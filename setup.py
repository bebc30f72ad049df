"""Puts the rulebooks and their features into the wheel; everything else is told in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class WithRules(build_py):
    """A wheel carries what stands beside the package in a checkout."""

    def run(self) -> None:
        """Build, then copy; an editable installation reads the checkout."""
        super().run()
        if not self.editable_mode:
            for name in ("rules", "features"):
                shutil.copytree(
                    HERE / name, Path(self.build_lib) / "eligibility" / "shipped" / name, dirs_exist_ok=True
                )


setup(cmdclass={"build_py": WithRules})
