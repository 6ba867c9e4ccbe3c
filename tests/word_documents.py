"""Word documents as small as can be: the XML of a body and of few other parts."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

SCHEMAS = "http://schemas.openxmlformats.org"
WORD = f"{SCHEMAS}/wordprocessingml/2006/main"
RELATIONS = f"{SCHEMAS}/officeDocument/2006/relationships"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("w", WORD),
        ("r", RELATIONS),
        ("wp", f"{SCHEMAS}/drawingml/2006/wordprocessingDrawing"),
        ("a", f"{SCHEMAS}/drawingml/2006/main"),
        ("mc", f"{SCHEMAS}/markup-compatibility/2006"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
    )
)

BREAK = "<w:r><w:br/></w:r>"
STYLES = """
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Ours"><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="character" w:styleId="Name"><w:name w:val="Name"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>
<w:style w:styleId="B"><w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr></w:style>
"""


def relate(*relations: tuple[str, str], outside: str = "", namespace: str = RELATIONS) -> str:
    """Write a `.rels` part: (kind, target), and one more that lies outside the document."""
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{namespace}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations)
    )
    if outside:
        inside += (
            f'<Relationship Id="x" Type="{namespace}/header" Target="{outside}"'
            ' TargetMode="External"/>'
        )
    return f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">{inside}</Relationships>'


def wrap(tag: str, inside: str) -> str:
    return f"<w:{tag} {NAMESPACES}>{inside}</w:{tag}>"


def say(text: str, properties: str = "") -> str:
    """Write a paragraph of one run."""
    return f"<w:p>{properties}{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def styled(text: str, style: str) -> str:
    return say(text, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


def draw(alternative: str, more: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alternative}">{more}'
        '</wp:docPr><a:blip r:embed="r9"/></wp:inline></w:drawing></w:r>'
    )


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


TALK = say("Anna: Hello there.") + say("Ben: Good morning.") + say("Anna: Why a lighthouse?")
"""Three turns."""


def list_parts(body: str, **others: str) -> dict[str, str]:
    """Return a package's parts; `others` are `styles`, `footnotes`, `header` and so on."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{SCHEMAS}/package/2006/content-types"/>',
        "_rels/.rels": relate(("officeDocument", "word/document.xml")),
        "word/document.xml": wrap("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relate(*((kind, f"{kind}.xml") for kind in others)),
        **{
            f"word/{kind}.xml": wrap(kind if kind != "header" else "hdr", inside)
            for kind, inside in others.items()
        },
    }


def pack(path: Path, parts: dict[str, str | bytes] | dict[str, str]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
