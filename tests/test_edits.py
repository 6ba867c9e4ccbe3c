"""What a person changed by hand survives every later build, or is shown not to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from edited_captions import build, editings, interviews, list_lines, read, rewrite, write_lines, write_srt, Said
from hypothesis import given, settings
from hypothesis import strategies as st
from vivavoz.captions import write_captions
from vivavoz.captions.edit import Edits, apply_edits, find_edits, merge_edits, read_edits, write_edits

FORMS = {"vtt": write_captions, "srt": write_srt}
forms = st.sampled_from(sorted(FORMS))


@settings(deadline=None, max_examples=3000)
@given(interviews(), editings(), forms, st.data())
def test_a_build_keeps_all_edits(said: Said, editing, form: str, data: st.DataObject) -> None:
    captions = build(said)
    base = read(FORMS[form](captions))
    edited = read(write_lines(editing(list_lines(base)), form))
    edits = find_edits(base, edited)
    
    built = apply_edits(captions, edits)
    assert built.conflicts == ()
    assert find_edits(base, read(FORMS[form](built.captions))) == edits
