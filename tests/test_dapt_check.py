"""What is promised of the check of DAPT documents: that each of its rules sees what breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.audio.describe.dapt import NOT_CHECKED, Rule, check_dapt

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tta="http://www.w3.org/ns/ttml#audio"
  xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
  xmlns:daptm="http://www.w3.org/ns/ttml/profile/dapt#metadata" xmlns:ebuttm="urn:ebu:tt:metadata"
  ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/dapt1.0/content"
  ttp:processorProfiles="all(http://www.w3.org/ns/ttml/profile/dapt1.0/processor)"
  ttp:timeBase="media" ttp:frameRate="25" ttp:tickRate="1000"
  daptm:scriptRepresents="visual.nonText visual.text" daptm:scriptType="asRecorded"
  daptm:langSrc="zxx" xml:lang="en">
  <head>
    <metadata>
      <ttm:agent type="person" xml:id="her"><ttm:name type="full">Ada Berg</ttm:name></ttm:agent>
      <ttm:agent type="character" xml:id="voice">
        <ttm:name type="alias">NARRATOR</ttm:name><ttm:actor agent="her"/>
      </ttm:agent>
      <daptm:daptOriginTimecode>10:00:00:24</daptm:daptOriginTimecode>
      <ebuttm:documentStartOfProgramme>10:00:00:24</ebuttm:documentStartOfProgramme>
      <colour xmlns="urn:example:house">blue</colour>
    </metadata>
    <resources>
      <audio type="audio/wave" xml:id="bell"><source><data>UklGRg==</data></source></audio>
      <data type="audio/mpeg" xml:id="wind" length="4"><chunk>UklG</chunk><chunk>Rg==</chunk></data>
    </resources>
  </head>
  <body timeContainer="par" end="1m">
    <div xml:id="e1" begin="00:00:01.5" end="100f" ttm:agent="voice" daptm:onScreen="ON"
      daptm:represents="visual.nonText">
      <ttm:desc daptm:descType="scene">12</ttm:desc>
      <animate begin="0s" end="300t" tta:gain="1;0.39" fill="freeze"/>
      <p daptm:represents="visual.text.x-sign"><span><audio tta:gain="-.5" clipBegin="0.1s">
        <source><data type="audio/wave" encoding="base16" length="2">ABCD</data></source>
        <source src="#wind"/></audio>A sign.</span></p>
    </div>
    <div daptm:represents="visual.nonText">
      <div xml:id="e2"><p xml:lang="en-GB"><audio src="2.flac" type="audio/flac"/>A house.</p></div>
      <div xml:id="e3"><p daptm:langSrc=""><audio src="#bell"/>A bell.</p></div>
      <div xml:id="e4"><p tta:speak="fast">A road.</p></div>
      <div xml:id="e5"><metadata><hold xmlns="urn:uuid:6f0f3c1e-52f4-4b0e-9d43-6c1d8a1f7b25"
        begin="4s" dur="1.5s"/></metadata><p>A sea.</p></div>
    </div>
  </body>
</tt>
"""

HOLD = 'begin="4s" dur="1.5s"'

BREAKS: dict[Rule, list[tuple[str, str]]] = {
    Rule.XML: [("</tt>", ""), ("<tt ", "<!DOCTYPE tt>\n<tt "), ("A road.", "&eacute;")],
    Rule.ENCODING: [("UTF-8", "ISO-8859-1"), ("<?xml", "\ufeff<?xml")],
    Rule.ROOT: [('http://www.w3.org/ns/ttml"', 'http://www.w3.org/2006/04/ttaf1"')],
    Rule.STRUCTURE: [
        ("<body", "<head/>\n  <body"),
        ("</body>", "</body><body/>"),
        ("A road.</p>", "A road.<p/></p>"),
        ("A bell.", "A bell.<animate tta:gain='1;0'/>"),
        ('<div xml:id="e4">', '<div xml:id="e4">A street'),
    ],
    Rule.CONTENT_PROFILE: [("dapt1.0/content", "imsc1.2/text")],
    Rule.PROFILE: [("ttp:timeBase", "ttp:profile='x' ttp:timeBase")],
    Rule.PROCESSOR_PROFILE: [("dapt1.0/processor", "dapt2.0/processor")],
    Rule.SCRIPT_REPRESENTS: [('daptm:scriptRepresents="visual.nonText visual.text"', "")],
    Rule.DESCRIPTOR: [
        ('"visual.nonText visual.text"', '"visual.nonText,visual.text"'),
        ("visual.text.x-sign", "visual.text.sign"),
    ],
    Rule.DEFAULT_LANGUAGE: [('xml:lang="en"', ""), ('xml:lang="en"', "xml:lang=''")],
    Rule.LANGUAGE: [("en-GB", "English (British)")],
    Rule.SCRIPT_TYPE: [("asRecorded", "final"), ('daptm:scriptType="asRecorded"', "")],
    Rule.IDENTIFIER: [('"e4"', '"4"'), ('"e4"', '"e:4"')],
    Rule.UNIQUE: [('"e4"', '"bell"')],
    Rule.CHARACTER_ID: [(' xml:id="her"', "")],
    Rule.CHARACTER_NAME: [('<ttm:name type="alias">NARRATOR</ttm:name>', ""), ("full", "given")],
    Rule.TALENT: [('agent="her"', 'agent="voice"'), ('agent="her"', 'agent="e1"')],
    Rule.AGENT_REFERENCE: [('ttm:agent="voice"', 'ttm:agent="voice nobody"')],
    Rule.REPRESENTS: [('"visual.text.x-sign"', '"visual.text visual.nonText"')],
    Rule.REPRESENTED: [('<div daptm:represents="visual.nonText">', "<div>")],
    Rule.MISMATCH: [("visual.text.x-sign", "audio"), ('"visual.nonText">', '"visual">')],
    Rule.LANGUAGE_SOURCE: [('"zxx"', '"no language"')],
    Rule.ON_SCREEN: [('"ON"', '"on"')],
    Rule.DESCRIPTION_TYPE: [('"scene"', '"mood"')],
    Rule.SOURCE: [
        ('<source src="#wind"/>', "<source/>"),
        ('src="#bell"', ""),
        ('<source src="#wind"/>', "<source src='#wind'><data type='a/b'>AA==</data></source>"),
    ],
    Rule.REFERENCE: [('"#wind"', '"#bell"'), ('"#bell"', '"#gong"')],
    Rule.MEDIA_TYPE: [
        (' type="audio/flac"', ""),
        ("audio/flac", "flac"),
        ('type="audio/wave" encoding', "encoding"),
        ('src="#bell"', 'src="#bell" type="audio/wave"'),
    ],
    Rule.DATA_SOURCE: [("UklGRg==", "<source src='a.wav' type='audio/wave'/>")],
    Rule.DATA: [
        ("UklGRg==", "UklGRg"),
        ("UklGRg==", ""),
        ("ABCD", "ABCDEF"),
        ("base16", "base8"),
        ('length="4"', 'length="5"'),
        ("<chunk>UklG", "text<chunk>UklG"),
    ],
    Rule.AUDIO_LANGUAGE: [
        ('src="#bell"', 'src="#bell" xml:lang="fr"'),
        ('xml:id="bell"', 'xml:id="bell" xml:lang="fr"'),
        ('xml:id="wind"', 'xml:id="wind" xml:lang="fr"'),
        ("<source><data type", '<source xml:lang="fr"><data type'),
    ],
    Rule.OUT_OF_LINE: [
        ("</head>", "<animation/></head>"),
        ("<p tta:speak", '<p animate="a" tta:speak'),
    ],
    Rule.ANIMATION: [("1;0.39", "0.39")],
    Rule.GAIN: [("1;0.39", "1;39%"), ('"-.5"', '"-6dB"')],
    Rule.FILL: [("freeze", "hold")],
    Rule.SPEAK: [('"fast"', '"200wpm"')],
    Rule.TIME_BASE: [('"media"', '"smpte"')],
    Rule.TIME_CONTAINER: [('"par"', '"seq"')],
    Rule.FRAME_RATE: [(' ttp:frameRate="25"', "")],
    Rule.TICK_RATE: [(' ttp:tickRate="1000"', "")],
    Rule.TIME: [
        ("00:00:01.5", "00:00:01:12"),
        ("00:00:01.5", "1.5"),
        ("00:00:01.5", "1.5 s"),
        ("00:00:01.5", "00:60:01"),
        ("00:00:01.5", "wallclock(10:00)"),
    ],
    Rule.INTERVAL: [
        ('end="100f"', 'end="1s"'),
        ('begin="0s" end="300t"', 'begin="1s" end="300t"'),
    ],
    Rule.HOLD: [
        (HOLD, HOLD.replace('begin="4s" ', "")),
        (HOLD, HOLD.replace("1.5s", "long")),
        (HOLD, HOLD.replace("4s", "60.1s")),
        (HOLD, HOLD.replace("4s", "2s")),
    ],
    Rule.CLIP_TIME: [('clipBegin="0.1s"', 'clipBegin="00:00:01"')],
    Rule.PROHIBITED: [
        ("ttp:timeBase", f"ttp:{name}='x' ttp:timeBase")
        for name in ("clockMode", "dropMode", "markerMode", "subFrameRate")
    ],
    Rule.TIMECODE_PLACE: [
        (
            "<colour",
            "<daptm:daptOriginTimecode>10:00:00:00</daptm:daptOriginTimecode><colour",
        ),
        (
            "<ttm:desc",
            "<ebuttm:documentStartOfProgramme>10:00:00:00</ebuttm:documentStartOfProgramme><ttm:desc",
        ),
    ],
    Rule.ORIGIN_TIMECODE: [
        ("Timecode>10:00:00:24", "Timecode>10:00:00"),
        ("Timecode>10:00:00:24", "Timecode>10:00:00:25"),
    ],
    Rule.PROGRAMME_TIMECODE: [("Programme>10:00:00:24", "Programme>ten o'clock")],
}


def test_a_good_document_has_nothing_to_find() -> None:
    assert check_dapt(GOOD) == ()


def test_no_rule_is_without_something_that_breaks_it() -> None:
    assert set(BREAKS) == set(Rule)


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        pytest.param(rule, *change, id=f"{rule.name}-{number}")
        for rule, changes in BREAKS.items()
        for number, change in enumerate(changes)
    ],
)
def test_what_breaks_a_rule_is_found(rule: Rule, good: str, bad: str) -> None:
    broken = GOOD.replace(good, bad, 1)
    found = [finding for finding in check_dapt(broken) if finding.rule is rule]
    assert found
    assert found[0].line is not None
    assert found[0].message == f"{found[0].found} {rule.demand}"


def test_a_finding_has_the_line_of_the_element() -> None:
    (finding,) = check_dapt(GOOD.replace('"scene"', '"mood"'))
    assert GOOD.splitlines()[(finding.line or 0) - 1].strip().startswith("<ttm:desc")
    assert finding.rule.section == "Script Event Description"
    assert "mood" in finding.message


def test_what_is_foreign_is_pruned() -> None:
    foreign = '<x:y xmlns:x="urn:x" begin="whenever"><div begin="whenever"/></x:y></body>'
    assert check_dapt(GOOD.replace("</body>", foreign)) == ()


def test_every_demand_that_is_not_checked_says_why() -> None:
    assert all(section and demand and reason for section, demand, reason in NOT_CHECKED)


@given(st.data())
def test_a_mangled_document_never_breaks_the_check(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 40)))
    check_dapt(GOOD[:start] + data.draw(st.text(max_size=5)) + GOOD[end:])
