"""Stages and signatures: where each case stands, who may sign it next, appeals and corrections."""
