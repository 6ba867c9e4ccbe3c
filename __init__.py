"""Vivavoz turns a transcript into captions, descriptions, chapters and a voiced edition."""

__version__ = "0.1.0"
