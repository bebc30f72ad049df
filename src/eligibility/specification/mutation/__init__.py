"""Mutants of a rulebook and what becomes of them: how much of the law do the feature files hold fast?"""
