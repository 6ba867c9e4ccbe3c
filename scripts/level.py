"""Levels of sound on the command line."""

from __future__ import annotations

import math

import click


class Level(click.FloatRange):
    """A number of decibels; “nan”, which lies in every range, is none."""

    name = "level"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the number."""
        level = super().convert(value, param, ctx)
        if math.isnan(level):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return level
