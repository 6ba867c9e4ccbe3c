"""What a person changed by hand survives every later build, or is shown not to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from edited_captions import (
    WORDING,
    Line,
    Said,
    build,
    changes,
    editings,
    interviews,
    list_lines,
    long_interviews,
    read,
    rewrite,
    write_lines,
    write_srt,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from vivavoz.captions import Captions, write_captions
from vivavoz.captions.edit import (
    ConflictKind,
    Edits,
    apply_edits,
    find_edits,
)
from vivavoz.captions.edit.ink import ink
from vivavoz.source import Clock

FORMS = {"vtt": write_captions, "srt": write_srt}
forms = st.sampled_from(sorted(FORMS))
claim = settings(max_examples=50)


@claim
@given(st.data(), interviews(), forms)
def test_a_build_keeps_every_edit(data: st.DataObject, said: Said, form: str) -> None:
    captions = build(said)
    base = read(FORMS[form](captions))
    edits = find_edits(base, read(write_lines(data.draw(editings())(list_lines(base)), form)))
    built = apply_edits(captions, edits)
    assert built.conflicts == ()
    again = find_edits(base, read(FORMS[form](built.captions)))
    assert FORMS[form](apply_edits(captions, again).captions) == FORMS[form](built.captions)


@claim
@given(st.data(), long_interviews(), forms)
def test_a_build_shows_what_a_person_left(data: st.DataObject, said: Said, form: str) -> None:
    captions = build(said)
    base = read(FORMS[form](captions))
    edited = read(write_lines(data.draw(editings())(list_lines(base)), form))
    assume(not _overlaps(list_lines(edited)))
    built = apply_edits(captions, find_edits(base, edited))
    assert list_lines(read(FORMS[form](built.captions))) == list_lines(edited)


def _overlaps(lines: list[Line]) -> bool:
    return any(one.end_ms > two.start_ms for one, two in pairwise(lines))


@claim
@given(st.data(), long_interviews(), forms)
def test_edits_survive_what_changes_elsewhere(data: st.DataObject, said: Said, form: str) -> None:
    edited = data.draw(st.sets(st.integers(0, len(said) - 1), min_size=1, max_size=2))
    base = read(FORMS[form](build(said)))
    lines = data.draw(editings())(list_lines(base), [f"{number}x" for number in edited])
    edits = find_edits(base, read(write_lines(lines, form)))
    captions = build(data.draw(changes(said, edited)))
    built = apply_edits(captions, edits)
    assert built.conflicts == ()
    _check_words(built.captions, edits)
    again = find_edits(read(FORMS[form](captions)), read(FORMS[form](built.captions)))
    assert FORMS[form](apply_edits(captions, again).captions) == FORMS[form](built.captions)


def _check_words(captions: Captions, edits: Edits) -> None:
    """Hold what is shown against what was written, word for word and line by line.

    Labels are the style's.
    """

    def set_label(line: str) -> str:
        label = r"^(-?)\[(Ann|Bo Li)\](?= |$)"
        return re.sub(label, lambda found: found[1] + captions.style.show_label(found[2]), line)

    shown = Counter(line for cue in captions.cues for line in cue.lines)
    lines = (line for edit in edits.edits for cue in edit.cues for line in cue.lines)
    shown.subtract(map(set_label, lines))
    assert min(shown.values(), default=0) >= 0


@claim
@given(st.data(), long_interviews(), forms, st.sampled_from(["bbc", "dcmp"]))
def test_words_survive_another_style(
    data: st.DataObject, said: Said, form: str, style: str
) -> None:
    base = read(FORMS[form](build(said)))
    lines = data.draw(editings(WORDING))(list_lines(base))
    edits = find_edits(base, read(write_lines(lines, form)))
    captions = build(said, style)
    built = apply_edits(captions, edits)
    assert built.conflicts == ()
    _check_words(built.captions, edits)
    times = [time_ms for cue in built.captions.cues for time_ms in (cue.start_ms, cue.end_ms)]
    assert times == sorted(times)


@claim
@given(st.data(), long_interviews())
def test_a_moved_time_in_a_recording_stays_when_the_timing_improves(
    data: st.DataObject, said: Said
) -> None:
    captions = build(said, clock=Clock.RECORDING)
    lines = list_lines(read(write_captions(captions)))
    place = data.draw(st.integers(0, len(lines) - 1))
    start_ms, end_ms = lines[place].start_ms + 130, lines[place].end_ms - 170
    assume(end_ms - start_ms > 200)
    lines[place] = replace(lines[place], start_ms=start_ms, end_ms=end_ms)
    edits = find_edits(read(write_captions(captions)), read(write_lines(lines, "vtt")))
    later_ms = data.draw(st.integers(-100, 100))
    improved = replace(
        captions,
        cues=tuple(
            replace(cue, start_ms=cue.start_ms + later_ms, end_ms=cue.end_ms + later_ms)
            for cue in captions.cues
        ),
    )
    cues = apply_edits(improved, edits).captions.cues
    assert (cues[place].start_ms, cues[place].end_ms) == (start_ms, end_ms)
    assert all(
        cue == other
        for number, (cue, other) in enumerate(zip(cues, improved.cues, strict=True))
        if abs(number - place) > 1
    )


@claim
@given(st.data(), long_interviews(), forms)
def test_what_changes_in_the_edited_place_is_a_conflict(
    data: st.DataObject, said: Said, form: str
) -> None:
    number = data.draw(st.integers(0, len(said) - 1))
    base = read(FORMS[form](build(said)))
    lines = data.draw(editings(WORDING, least=1))(list_lines(base), [f"{number}x"])
    edits = find_edits(base, read(write_lines(lines, form)))
    assume(edits.edits)
    edit = data.draw(st.sampled_from(edits.edits))
    own = [word for word in edit.was.split() if f"{number}x" in word]
    assume(edit.was and any(f"{number}x" in word for word in edit.was.split()))
    speaker, text = said[number]
    words = text.split()
    place = words.index(data.draw(st.sampled_from(own)))
    words[place : place + 1] = data.draw(
        st.sampled_from([[], ["other"], ["more", words[place] + "s"]])
    )
    captions = build([*said[:number], (speaker, " ".join(words)), *said[number + 1 :]])
    built = apply_edits(captions, edits)
    # Another edit may be one, too: of two cues that became one, the words of the first changed.
    found = {conflict.edit: conflict.kind for conflict in built.conflicts}
    assume(edit not in built.settled)  # the transcript may say the same by now
    assert found[edit] is ConflictKind.CHANGED
    rest = Edits(tuple(each for each in edits.edits if each != edit))
    assert apply_edits(captions, rest).captions == built.captions


@claim
@given(st.data(), long_interviews(), forms, st.sampled_from(["netflix", "bbc"]))
def test_edits_that_the_transcript_follows_are_settled(
    data: st.DataObject, said: Said, form: str, style: str
) -> None:
    words = sorted({word for _, text in said for word in re.findall(r"\d+x\d+", text)})
    mended = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=4, unique=True))
    new = {word: data.draw(st.sampled_from([f"m{word}", f"m{word} too"])) for word in mended}

    def mend(text: str) -> str:
        return re.sub(r"\d+x\d+", lambda word: new.get(word[0], word[0]), text)

    base = read(FORMS[form](build(said)))
    lines = [replace(line, lines=tuple(map(mend, line.lines))) for line in list_lines(base)]
    edits = find_edits(base, read(write_lines(lines, form)))
    captions = build([(speaker, mend(text)) for speaker, text in said], style)
    built = apply_edits(captions, edits)
    assert built.conflicts == ()
    assert set(built.settled) == set(edits.edits)
    assert _ink(built.captions) == _ink(captions)


def _ink(captions: Captions) -> str:
    return ink(" ".join(line for cue in captions.cues for line in cue.lines))


@claim
@given(st.data(), interviews(), forms)
def test_edits_of_edits_are_edits_and_what_is_taken_back_is_none(
    data: st.DataObject, said: Said, form: str
) -> None:
    captions = build(said)
    base = read(FORMS[form](captions))
    first = data.draw(editings())(list_lines(base))
    once = apply_edits(captions, find_edits(base, read(write_lines(first, form))))
    second = data.draw(editings())(list_lines(read(FORMS[form](once.captions))))
    edits = find_edits(base, read(write_lines(second, form)))
    twice = apply_edits(captions, edits)
    assert twice.conflicts == ()
    again = find_edits(base, read(FORMS[form](twice.captions)))
    assert FORMS[form](apply_edits(captions, again).captions) == FORMS[form](twice.captions)
    assert find_edits(base, read(write_lines(list_lines(base), form))).edits == ()


@claim
@given(interviews(), st.sampled_from(["netflix", "bbc", "dcmp"]))
def test_without_edits_captions_are_what_they_were(said: Said, style: str) -> None:
    captions = build(said, style)
    built = apply_edits(captions, Edits(()))
    assert built.conflicts == ()
    assert write_captions(built.captions) == write_captions(captions)


@claim
@given(
    interviews(),
    forms,
    st.sampled_from(["", "ass", "microdvd"]),
    st.sampled_from(["netflix", "bbc"]),
)
def test_what_an_editor_does_to_every_file_is_no_edit(
    said: Said, form: str, via: str, style: str
) -> None:
    text = FORMS[form](build(said, style))
    assert find_edits(read(text), read(rewrite(text, form, via=via))).edits == ()
