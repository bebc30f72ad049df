"""Who is covered by the Kunming reform opinion on old-age security for persons whose land was expropriated."""

__version__ = "0.1.0"
