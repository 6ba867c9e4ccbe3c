"""The acoustic model in pocketsphinx's wheel: how the phones of American English sound.

Phonetically tied mixtures: each phone has a codebook of 128 Gaussians for each of three streams
(cepstra, their first and their second differences), and each senone (a third of a phone in its
context) weighs those of its phone. The file formats are described in pocketsphinx's sources:
`bin_mdef.h` (model definition), `ms_gauden.c` (Gaussians), `ptm_mgau.c` (weights).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...source import UnavailableTool

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

SILENCE, NOISE = "SIL", "+NSN+"
STATES = 3
"""Emitting states of a phone."""
WEIGHT_STEP = 1024 * math.log(1.0001)
"""A weight is stored as a byte: its negated logarithm to the base 1.0001, shifted by 10 bits."""
VARIANCE_FLOOR = 1e-4

_INTERNAL, _BEGIN, _END, _SINGLE = range(4)


@dataclass(frozen=True, slots=True)
class AcousticModel:
    """Arrays as the searches use them. Phones are numbered as the model numbers them."""

    phones: dict[str, int]
    silence: int
    noise: int
    heights: Floats
    """(phones, streams, 128): a Gaussian's log likelihood is its height, …"""
    slopes: Floats
    """… and for each of 13 values itself by its slope and its square by its curve: …"""
    curves: Floats
    """… (phones, streams, 128, 13)"""
    weights: Floats
    """(senones, streams, 128)"""
    senones: Ints
    """The senones of each sequence: (sequences, 3)."""
    _sequences: Ints = field(repr=False)
    """The senone sequence of each phone, then of each triphone."""
    _tree: NDArray[np.void] = field(repr=False)
    _found: dict[tuple[int, int, int, int], int] = field(default_factory=dict, repr=False)

    @property
    def quiet(self) -> tuple[int, int]:
        """The phones that are heard in pauses."""
        return self.silence, self.noise

    @property
    def alone(self) -> Ints:
        """The senones of each phone, whatever stands around it: (phones, 3)."""
        return self.senones[self._sequences[: len(self.phones)]]

    def find_senones(self, phone: int, left: int, right: int, *, first: bool, last: bool) -> int:
        """Return the senone sequence of a phone between two others.

        `first` and `last` say where it stands in its word. Where the model has not heard it
        there, another place in a word, silence around the word or no context at all will do.
        """
        place = (_SINGLE if last else _BEGIN) if first else (_END if last else _INTERNAL)
        key = (phone, left, right, place)
        if key not in self._found:
            self._found[key] = int(self._sequences[self._back_off(phone, left, right, place)])
        return self._found[key]

    def _back_off(self, phone: int, left: int, right: int, place: int) -> int:
        quiet_left = self.silence if place in {_BEGIN, _SINGLE} else left
        quiet_right = self.silence if place in {_END, _SINGLE} else right
        for context in ((left, right), (quiet_left, quiet_right)):
            for position in (place, *range(4)):
                triphone = self._walk((position, phone, *context))
                if triphone is not None:
                    return triphone
        return phone

    def _walk(self, path: tuple[int, ...]) -> int | None:
        """Descend the tree of word position, phone, left and right neighbour."""
        start, count = 0, 4
        node = None
        for key in path:
            level = self._tree[start : start + count]
            places = np.flatnonzero(level["key"] == key)
            if not places.size:
                return None
            node = level[places[0]]
            start, count = int(node["down"]), int(node["count"])
        return None if node is None else int(node["down"])


@cache
def load_acoustic_model() -> AcousticModel:
    """Read the model once. Raises `UnavailableTool` where it is not installed."""
    folder = find_model() / "en-us"
    try:
        definition = (folder / "mdef").read_bytes()
        means = _read_gaussians(folder / "means")
        variances = np.maximum(_read_gaussians(folder / "variances"), VARIANCE_FLOOR)
        weights = (folder / "sendump").read_bytes()
    except OSError as error:
        raise _complain(str(error.strerror)) from error
    heights = -0.5 * (np.log(2 * np.pi * variances) + means**2 / variances).sum(axis=3)
    names, tree, sequences, senones = _read_definition(definition)
    phones = {name: number for number, name in enumerate(names)}
    return AcousticModel(
        phones=phones,
        silence=phones[SILENCE],
        noise=phones[NOISE],
        heights=heights.astype(np.float32),
        slopes=(means / variances).astype(np.float32),
        curves=(-0.5 / variances).astype(np.float32),
        weights=_read_weights(weights, means.shape[1], means.shape[2]),
        senones=senones,
        _sequences=sequences,
        _tree=tree,
    )


def find_model() -> Path:
    """Return the folder of models in pocketsphinx's wheel, without importing it.

    Raises `UnavailableTool`.
    """
    spec = find_spec("pocketsphinx")
    if spec is None or not spec.submodule_search_locations:
        raise _complain("the package is missing")
    return Path(next(iter(spec.submodule_search_locations))) / "model" / "en-us"


def _complain(reason: str) -> UnavailableTool:
    return UnavailableTool(
        f"The acoustic model can't be read ({reason}); reinstall the package pocketsphinx."
    )


def _read_definition(data: bytes) -> tuple[list[str], NDArray[np.void], Ints, Ints]:
    """Return the phones' names, the tree of triphones, their sequences, and all sequences."""
    described = int(np.frombuffer(data, "<i4", 1, 8)[0])
    place = 12 + described
    phones, triphones, _, _, _, _, sequences, _, nodes, _ = np.frombuffer(
        data, "<i4", 10, place
    ).tolist()
    place += 40
    names: list[str] = []
    start = place
    for _ in range(phones):
        stop = data.index(b"\0", place)
        names.append(data[place:stop].decode("ascii"))
        place = stop + 1
    place = start + (place - start + 3) // 4 * 4
    node = np.dtype([("key", "<i2"), ("count", "<i2"), ("down", "<i4")])
    tree = np.frombuffer(data, node, nodes, place)
    place += tree.nbytes
    entry = np.dtype([("sequence", "<i4"), ("transitions", "<i4"), ("attributes", "V4")])
    entries = np.frombuffer(data, entry, triphones, place)
    place += entries.nbytes + 4
    table = np.frombuffer(data, "<u2", sequences * STATES, place)
    return (
        names,
        tree,
        entries["sequence"].astype(np.int32),
        table.reshape(sequences, STATES).astype(np.int32),
    )


def _read_gaussians(path: Path) -> Floats:
    """Return (phones, streams, 128, 13)."""
    data = path.read_bytes()
    mark = b"endhdr\n"
    place = data.index(mark) + len(mark) + 4
    books, streams, densities = np.frombuffer(data, "<i4", 3, place).tolist()
    sizes = np.frombuffer(data, "<i4", streams, place + 12).tolist()
    place += 12 + 4 * streams + 4
    values = np.frombuffer(data, "<f4", books * densities * sum(sizes), place)
    return values.reshape(books, streams, densities, sizes[0])


def _read_weights(data: bytes, streams: int, densities: int) -> Floats:
    place = 0
    while size := int(np.frombuffer(data, "<i4", 1, place)[0]):
        place += 4 + size
    senones = int(np.frombuffer(data, "<i4", 1, place + 8)[0])
    levels = np.frombuffer(data, np.uint8, streams * densities * senones, place + 12)
    heights = np.exp(-WEIGHT_STEP * np.arange(256)).astype(np.float32)
    # Each senone's in one place: levels are stored Gaussian by Gaussian.
    ordered = levels.reshape(streams, densities, senones).transpose(2, 0, 1)
    return heights[np.ascontiguousarray(ordered)]
