"""Apache Spark: the columnar work of a batch, and reconciliation by component, on a cluster. The rules stay the same."""

from eligibility.spark.columns import SparkColumns
from eligibility.spark.session import LOCAL, Cluster, open_spark

__all__ = ["LOCAL", "Cluster", "SparkColumns", "open_spark"]
