"""The workbench in a browser: pages over the services of `application.workbench`, and a database of accounts, leases and drafts.

Nothing here is an act: what officers do is in the record of the run. The database can be thrown away but for the accounts.
"""
