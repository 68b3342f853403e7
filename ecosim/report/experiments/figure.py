"""The figure of an experiment: what was expected against what came out, in few colours so that it stays small."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from ecosim.report.experiments.places import Place
from ecosim.report.plots.style import PAPER
from ecosim.report.study.plots import figure
from ecosim.report.study.shown import Shown
from ecosim.study.findings import Findings

DPI, COLOURS = 110, 64


def draw(found: Findings, place: Place, lang: str) -> None:
    """Draw the figure of an experiment and write it beside its study.

    Parameters
    ----------
    found : Findings
        What the study found.
    place : Place
        The experiment.
    lang : {"en", "fr"}
        Language of its words.
    """
    stream = BytesIO()
    figure("expectations", Shown(found), lang).savefig(stream, dpi=DPI, facecolor=PAPER)
    with Image.open(stream) as image:
        flat = image.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(place.figure(lang), "PNG", optimize=True)
