"""fingerpost: from something that has happened online to the right help."""

__version__ = "0.1.0"
