"""Edits files that people read, and edits that can't be applied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from edited_captions import (
    Said,
    build,
    editings,
    interviews,
    list_lines,
    read,
    write_lines,
    write_srt,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from vivavoz.captions import Captions, write_captions
from vivavoz.captions.edit import (
    Changes,
    Conflict,
    ConflictKind,
    Edit,
    EditedCue,
    Edits,
    apply_edits,
    excerpt,
    find_changes,
    find_edits,
    merge_changes,
    read_edits,
    write_edits,
)
from vivavoz.captions.measure import measure_columns
from vivavoz.source import Clock, UnreadableSource, UsageError

SAID = [
    ("Ann Lee", "Where were you when the light went out on the island that night?"),
    ("Bo", "I was at home. [laughs] Nobody told me that it had gone out at all, you see."),
    ("#sound", "applause"),
    ("Ann Lee", "Yes."),
    ("Bo", "Yes."),
    ("Ann Lee", "And then you took the boat across, in the dark, with your brother?"),
]

FILE = """
[[edit]]
at = "00:00:03.885"
follows = "the island that night?"
was = "[Bo] I was at home."
precedes = "[laughs] Nobody told me"
cues = [
  { end = "00:00:05.500", lines = ["[Bo] I was", "at “home”."] },
]

[[edit]]
at = "00:00:09.745"
follows = "at all, you see."
was = "[applause]"
precedes = "[Ann Lee] Yes. [Bo]"
cues = []

[[edit]]
at = "00:00:13.681"
follows = "Lee] Yes. [Bo] Yes."
was = ""
precedes = "[Ann Lee] And then"
cues = [
  { start = "00:00:13.600", end = "00:00:13.680", voices = ["Cy"], lines = ["Hear, hear!"] },
]
"""


def _edit(captions: Captions, *changed: tuple[str, str]) -> Edits:
    """Change the text of a captions file."""
    text = edited = write_captions(captions)
    for old, new in changed:
        assert edited.count(old) == 1, old
        edited = edited.replace(old, new)
    return find_edits(read(text), read(edited))


def _show(captions: Captions) -> list[str]:
    return [" | ".join(cue.lines) for cue in captions.cues]


def _replace(old: str, new: str) -> Said:
    return [(speaker, text.replace(old, new)) for speaker, text in SAID]


def _find_conflict(captions: Captions, edits: Edits) -> Conflict:
    built = apply_edits(captions, edits)
    assert built.captions == captions
    (conflict,) = built.conflicts
    return conflict


def test_a_file_of_edits_reads_like_this() -> None:
    captions = build(SAID)
    edits = _edit(
        captions,
        ("00:00:05.191\n<v Bo>[Bo] I was at home.", "00:00:05.500\n<v Bo>[Bo] I was\nat “home”."),
        ("\n[applause]\n", "\n"),
        (
            "\n\n00:00:13.681",
            "\n\n00:00:13.600 --> 00:00:13.680\n<v Cy>Hear, hear!\n\n00:00:13.681",
        ),
    )
    assert write_edits(edits).partition("\n\n")[2] == FILE[1:]


@settings(max_examples=50)
@given(st.data(), interviews())
def test_what_is_read_is_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, said: Said
) -> None:
    path = tmp_path_factory.mktemp("edits") / "talk.edits.toml"
    base = read(write_captions(build(said)))
    edits = find_edits(base, read(write_lines(data.draw(editings())(list_lines(base)), "vtt")))
    path.write_text(write_edits(edits), encoding="utf-8")
    assert read_edits(path) == edits
    assert write_edits(read_edits(path)) == write_edits(edits)


def test_an_edit_knows_its_line(tmp_path: Path) -> None:
    path = tmp_path / "talk.edits.toml"
    path.write_text(f"# Mine\n{FILE}", encoding="utf-8")
    assert [edit.line for edit in read_edits(path).edits] == [3, 12, 19]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"00:00:09.745"', '"9 s"', "line 11: “9 s” is no time; write one like 00:00:27.621."),
        ("voices", "voice", "line 18: There is no “voice” in [cues]; did you mean “voices”?"),
        (
            'was = "[applause]"\n',
            "",
            "line 11: “was” is missing in [[edit]].",
        ),
        ('"Hear, hear!"', "", "line 18: [[edit]]: each cue needs lines"),
        ('start = "00:00:13.600", ', "", "line 18: [[edit]]: each cue that is added needs a start"),
        ('was = ""', "was = 3", "line 18: [[edit]] was: expected a text, got a whole number."),
        ("voices = [", 'place = "position:500%", voices = [', "line 18: “position:500%” is no cue"),
        ("[[edit]]", "[[edits]]", "There is no “edits” in a file of edits; did you mean “edit”?"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = tmp_path / "talk.edits.toml"
    path.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        read_edits(path)
    assert message in str(raised.value)
    with pytest.raises(UnreadableSource):
        read_edits(tmp_path / "none.edits.toml")


def test_neighbours_make_room_for_a_cue_that_was_moved() -> None:
    captions = build(SAID)
    moved = "00:00:09.500 --> 00:00:12.000"
    edits = _edit(captions, ("00:00:09.745 --> 00:00:11.761", moved))
    cues = apply_edits(captions, edits).captions.cues
    assert [(cue.start_ms, cue.end_ms) for cue in cues[2:5]] == [
        (5275, 9500),
        (9500, 12_000),
        (12_000, 12_679),
    ]
    assert cues[:2] == captions.cues[:2]
    assert cues[5:] == captions.cues[5:]


def test_a_cue_put_over_another_stays_there() -> None:
    captions = build(SAID)
    edits = _edit(captions, ("00:00:09.745 --> 00:00:11.761", "00:00:09.745 --> 00:00:12.700"))
    cues = apply_edits(captions, edits).captions.cues
    assert [(cue.start_ms, cue.end_ms) for cue in cues[3:5]] == [(9745, 12_700), (11_845, 12_679)]


def test_words_that_stand_twice_are_told_apart_by_their_neighbours() -> None:
    said = [("Ann", "Yes."), ("Bo", "Now listen."), ("Ann", "Yes."), ("Bo", "Why so?")]
    captions = build(said)
    lines = list_lines(read(write_captions(captions)))
    lines[2] = replace(lines[2], lines=("[Ann] No!",))
    edits = find_edits(read(write_captions(captions)), read(write_lines(lines, "vtt")))
    assert edits.edits[0].repeated
    for other in ("Oh, really?", "Now listen."):
        changed = build([*said[:3], ("Bo", other)])
        assert _show(apply_edits(changed, edits).captions)[2] == "[Ann] No!"
    changed = build([*said[:1], ("Bo", "What?"), said[2], ("Bo", "And now?")])
    assert _find_conflict(changed, edits).kind is ConflictKind.CHANGED
    doubled = build(said * 2)
    assert _find_conflict(doubled, edits).kind is ConflictKind.REPEATED


def test_a_conflict_says_what_stands_there_now() -> None:
    edits = _edit(build(SAID), ("I was at home.", "I was home."))
    conflict = _find_conflict(build(_replace("at home.", "in bed.")), edits)
    assert conflict.kind is ConflictKind.CHANGED
    assert conflict.message == (
        "The words of this edit changed: “[Bo] I was at home.” is now “[Bo] I was in bed.”. "
        "Edit the captions again there, or delete this edit."
    )


def test_excerpts_begin_some_words_before_the_difference() -> None:
    said = "I have said it in so many words that the sea is wider than the "
    assert excerpt(f"{said}grey one.", f"{said}green one, my friend.", 40) == (
        "…the grey one.",
        "…the green one, my friend.",
    )


words = st.text("ab é海")


@given(words, words, words)
def test_excerpts_differ_where_their_texts_do(same: str, one: str, two: str) -> None:
    texts = same * 5 + one, same * 5 + two
    shown = excerpt(*texts, 20)
    assert all(measure_columns(text) <= 20 for text in shown)
    assume(all(text == " ".join(text.split()) for text in texts))
    assert (shown[0] == shown[1]) == (texts[0] == texts[1])


def test_more_words_in_an_edited_sentence_are_a_conflict() -> None:
    edits = _edit(build(SAID), ("[Bo] Yes.", "[Bo] Yes!"))
    assert _find_conflict(build([*SAID[:4], ("Bo", "Yes, we did."), SAID[5]]), edits)


@pytest.mark.parametrize(
    ("old", "new", "said", "shown"),
    [
        (
            "[Bo] I was at home.",
            "[Bo] I was\nin bed.",
            _replace("I was at home.", "I was in bed!"),
            "[Bo] I was | in bed.",
        ),
        (
            "[Bo] I was at home.",
            "In bed.",
            _replace("I was at home.", "In bed."),
            "In bed.",
        ),
        (
            "\n\n00:00:13.681",
            "\n\n00:00:13.600 --> 00:00:13.680\nHear, hear!\n\n00:00:13.681",
            [*SAID[:5], ("Cy", "Hear, hear!"), SAID[5]],
            "[Cy] Hear, hear!",
        ),
        (
            "00:00:03.885 --> 00:00:05.191\n<v Bo>[Bo] I was at home.\n\n",
            "",
            _replace("I was at home. ", ""),
            "[Bo] [laughs] Nobody told me | that it had gone out at all, you see.",
        ),
    ],
)
def test_an_edit_that_the_transcript_follows_is_settled(
    old: str, new: str, said: Said, shown: str
) -> None:
    edits = _edit(build(SAID), (old, new))
    built = apply_edits(build(said), edits)
    assert (built.conflicts, built.settled) == ((), edits.edits)
    assert shown in _show(built.captions)
    after = [cue.start_ms for cue in built.captions.cues]
    assert after == sorted(after)


def test_a_transcript_that_says_part_of_an_edit_and_more_is_a_conflict() -> None:
    edits = _edit(build(SAID), ("I was at home.", "I was."))
    assert _find_conflict(build(_replace("at home.", "in bed.")), edits)


def test_two_edits_of_the_same_words_are_both_conflicts() -> None:
    captions = build(SAID)
    one, two = (_edit(captions, ("I was at home", new)) for new in ("I was out", "I was in"))
    built = apply_edits(captions, Edits(one.edits + two.edits))
    assert [conflict.kind for conflict in built.conflicts] == [ConflictKind.SHARED] * 2
    assert built.captions == captions


def test_a_time_in_a_recording_that_no_longer_fits_is_a_conflict() -> None:
    captions = build(SAID, clock=Clock.RECORDING)
    edits = _edit(captions, (" --> 00:00:05.191", " --> 00:00:05.500"))
    later = replace(
        captions,
        cues=tuple(
            replace(cue, start_ms=cue.start_ms + 60_000, end_ms=cue.end_ms + 60_000)
            for cue in captions.cues
        ),
    )
    assert _find_conflict(later, edits).kind is ConflictKind.TIMES


def test_a_time_of_our_own_making_stays_with_its_words() -> None:
    captions = build(SAID)
    edits = _edit(captions, (" --> 00:00:05.191", " --> 00:00:05.500"))
    later = build([("Ann Lee", "One more thing, before we begin, if I may."), *SAID[1:]])
    cue = apply_edits(later, edits).captions.cues[1]
    assert cue.end_ms - cue.start_ms == 5500 - 3885


def test_a_label_that_is_new_stands_before_the_edited_words() -> None:
    said = [("Ann", "We went there.\n\nI came home late."), ("Bo", "Nobody saw you, I am sure.")]
    edits = _edit(build(said), ("I came home late", "I came home too late"))
    turns = [("Ann", "We went there."), ("Cy", "Why?"), ("Ann", "I came home late."), said[1]]
    assert "[Ann] I came home too late." in _show(apply_edits(build(turns), edits).captions)


def _change(base: Captions, shown: Captions, form: str, *replacements: tuple[str, str]) -> Changes:
    """Change the text of a file of one format; what it was is known as WebVTT."""
    edited = (write_captions if form == "vtt" else write_srt)(shown)
    for old, new in replacements:
        assert old in edited
        edited = edited.replace(old, new)
    return find_changes(read(write_captions(base)), read(write_captions(shown)), read(edited))


def _list_voices(captions: Captions) -> dict[str, set[str | None]]:
    return {" ".join(cue.lines): {span.speaker for span in cue.spans} for cue in captions.cues}


@pytest.mark.parametrize(
    ("form", "label", "speaker"),
    [
        ("srt", "[Ann Lee]", "Ann Lee"),
        ("vtt", "[Ann Lee]", "Ann Lee"),
        ("srt", "[Lee]", "Ann Lee"),
        ("srt", "[Cy]", "Cy"),
        ("srt", "[laughs]", "Bo"),
        ("srt", "Cy:", "Bo"),
    ],
)
def test_a_changed_label_tells_who_speaks_up_to_the_next(
    form: str, label: str, speaker: str
) -> None:
    captions = build(SAID)
    changes = _change(captions, captions, form, ("[Bo] I was at home", f"{label} I was at home"))
    shown = apply_edits(captions, Edits(changes.made)).captions
    voices = _list_voices(shown)
    own, turn, *others = list(voices)[1:]
    assert own.startswith(f"{label} I was at home.")
    assert voices[own] == voices[turn] == {speaker}
    before = _list_voices(captions)
    assert {cue: voices[cue] for cue in others} == {cue: before[cue] for cue in others}
    again = _change(captions, shown, "srt", ("in the dark,", "at night,"))
    assert [edit.was for edit in again.made] == [list(voices)[-1]]
    assert not again.taken_back


def test_a_label_that_is_taken_away_names_nobody() -> None:
    said = [*SAID, ("Bo", "[Yes] I did.")]
    captions = build(said, "bbc")
    for form in ("vtt", "srt"):
        changes = _change(captions, captions, form, ("BO: I was at", "I was at"))
        assert not any(cue.voices for edit in changes.made for cue in edit.cues)
    captions = build([("Ann", "Who?"), ("Bo", "[Laughs] Me.")])
    (edit,) = _change(captions, captions, "srt", ("[Bo] [Laughs]", "[Laughs]")).made
    assert edit.cues == (EditedCue(("[Laughs] Me.",)),)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[Bo] I <i>was</i> at home.", "BO: I was at home."),
        ("<i>[Bo] I was</i> at home.", "BO: I was at home."),
        ("[Bo]\nI was at home.", "BO: | I was at home."),
        ("[Bob] I was at home.", "[Bob] I was at home."),
        ("I was at <i>home</i>.", "I was at home."),
    ],
)
def test_a_label_that_nobody_edited_is_the_styles(typed: str, shown: str) -> None:
    edits = _edit(build(SAID), ("[Bo] I was at home.", typed))
    built = apply_edits(build(SAID, "bbc"), edits)
    (cue,) = (cue for cue in built.captions.cues if "home" in cue.lines[-1])
    assert " | ".join(cue.lines) == shown or shown in " | ".join(cue.lines)
    assert all("".join(run.text for run in row) in cue.lines for row in cue.spans[0].rows)
    assert bool(cue.spans[0].rows) == ("<i>" in typed)


def test_an_edit_that_waits_is_kept_beside_those_that_are_found() -> None:
    waiting = Edit(7000, "gone", "", "", (EditedCue(("Gone!",)),))
    captions = build(SAID)
    base = read(write_captions(captions))
    changes = _change(
        captions, captions, "vtt", ("I was at home", "I was out"), ("in the dark,", "at night,")
    )
    merged = merge_changes([waiting], [changes], base)
    assert merged.edits == (changes.made[0], waiting, changes.made[1])
    assert merge_changes(merged.edits, [changes], base) == merged


@pytest.mark.parametrize(
    ("was", "waits"),
    [
        (
            Edit(0, "[Bo] I was out.", "the island that night?", "[laughs] Nobody told me", ()),
            False,
        ),
        (Edit(0, "", "the island that night?", "[laughs] Nobody told me", ()), False),
        (Edit(0, "[Bo] Yes.", "[Ann Lee] Yes.", "[Ann Lee] And then", ()), True),
        (Edit(0, "", "the island that night?", "[Bo] I was at", ()), True),
    ],
)
def test_edits_that_wait_give_way_to_what_is_made_of_their_words_now(
    was: Edit, *, waits: bool
) -> None:
    captions = build(SAID)
    changes = _change(captions, captions, "vtt", ("I was at home", "I was at sea"))
    merged = merge_changes([was], [changes], read(write_captions(captions)))
    assert (was in merged.edits) == waits
    assert set(changes.made) <= set(merged.edits)


def test_edits_of_two_files_are_merged_and_one_of_them_takes_one_back() -> None:
    captions = build(SAID)
    edits = _edit(captions, ("I was at home", "I was out"), ("<v Bo>[Bo] Yes", "<v Cy>[Bo] Yes"))
    shown = apply_edits(captions, edits).captions
    vtt = _change(captions, shown, "vtt", ("in the dark,", "at night,"))
    back = ("I was out", "I was at home")
    srt = _change(captions, shown, "srt", back, ("applause", "cheers"))
    merged = merge_changes(edits.edits, [vtt, srt], read(write_captions(captions)))
    assert [edit.was.split()[-1] for edit in merged.edits] == ["[applause]", "Yes.", "brother?"]
    assert merged.edits[1] == edits.edits[1]  # who says it is nothing that SubRip could tell


def test_who_says_it_stays_where_other_words_come_from_a_format_without_voices() -> None:
    captions = build(SAID)
    edits = _edit(captions, ("<v Bo>[Bo] Yes", "<v Cy>[Bo] No"))
    shown = apply_edits(captions, edits).captions
    srt = _change(captions, shown, "srt", ("[Bo] No", "[Bo] Never"))
    (edit,) = merge_changes(edits.edits, [srt], read(write_captions(captions))).edits
    assert edit.cues == (EditedCue(("[Bo] Never.",), ("Cy",)),)


def test_looks_and_places_read_back_as_they_were_written(tmp_path: Path) -> None:
    shown = ("I was at home.", "I <b>was</b> at &lt;home&gt; &amp; <i>so</i>.")
    edits = _edit(build(SAID), shown, (" --> 00:00:05.191", " --> 00:00:05.191 line:12%,start"))
    assert any(cue.marked for edit in edits.edits for cue in edit.cues)
    path = tmp_path / "talk.edits.toml"
    path.write_text(write_edits(edits), encoding="utf-8")
    assert read_edits(path) == edits
