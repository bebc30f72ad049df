"""Wires what people do after a batch: answers from the workbook, signatures, appeals, and what is still open."""
