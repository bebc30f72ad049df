"""What comes out of a batch: tables, workbooks, page, manifest. Computes no verdict; reads only what others decided."""

from eligibility.reporting.counts import Summary, summary
from eligibility.reporting.manifest import write_manifest
from eligibility.reporting.report import write_report
from eligibility.reporting.tables import write_tables
from eligibility.reporting.workbooks import write_workbooks

__all__ = ["Summary", "summary", "write_manifest", "write_report", "write_tables", "write_workbooks"]
