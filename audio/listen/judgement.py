from __future__ import annotations
from .alignment import *
from .acoustic_model import *


def judge_words(wording, script, heard, traced, sound, levels, recording):
    words = [[HeardWord(t, None, None, 0.0) for t in w.tokens] for w in wording.parts]
    for line, tr in zip(script, traced):
        if tr:
            words[line.part][line.token] = HeardWord(
                wording.parts[line.part].tokens[line.token],
                tr.start * 10 + 8,
                tr.stop * 10 + 8,
                1 / (1 + np.exp(-(tr.margin - 1))),
            )
    a = Alignment(wording, tuple(map(tuple, words)), (), (), (), 1.0, sound.duration_ms)
    global LAST
    LAST = (script, heard, traced, sound, levels)
    return a
