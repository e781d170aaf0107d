"""fingerpost: from something that has happened online to the right help."""

__version__ = "1.0.0rc1"
