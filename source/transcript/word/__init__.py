"""Word documents (.docx): paragraphs, tables, notes and pictures as a transcript's lines."""

from .reader import read_word

__all__ = ["read_word"]
