"""Mutation testing of a rulebook: which small changes of the rules do the feature files detect?"""
