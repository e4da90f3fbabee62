"""filmguide: a folder of film entries becomes a film guide, as PDF and as EPUB."""

__version__ = "0.1.0"
