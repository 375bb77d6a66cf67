"""The formulas of the half-steps of k-means, as rich text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorquant_gui.session.step_kind import StepKind


def _tr(text: str) -> str:
    return QCoreApplication.translate("Formulas", text)


def formula_assign() -> str:
    """Return the formula of an assignment, as rich text."""
    return _tr(
        "<i>label</i>(<i>x</i>) = the <i>j</i> with the least ‖<i>x</i> − <i>c<sub>j</sub></i>‖²"
        " &nbsp;·&nbsp; error = Σ <i>w</i>(<i>x</i>) ‖<i>x</i> − "
        "<i>c</i><sub>label(<i>x</i>)</sub>‖², <i>w</i>: pixels of colour <i>x</i>"
        " &nbsp;·&nbsp; Lloyd 1982"
    )


def formula_update(kind: StepKind = StepKind.MEAN) -> str:
    """Return the formula of an update, as rich text."""
    mean = _tr(
        "<i>m<sub>j</sub></i> = Σ <i>w</i>(<i>x</i>) <i>x</i> / Σ <i>w</i>(<i>x</i>), over all "
        "<i>x</i> with label <i>j</i>"
    )
    towards = _tr(
        "one or more steps of <i>c<sub>j</sub></i> towards <i>m<sub>j</sub></i>, over all colours "
        "or a sample of them"
    )
    step = {
        StepKind.MEAN: _tr("<i>c<sub>j</sub></i> ← <i>m<sub>j</sub></i> &nbsp;·&nbsp; Lloyd 1982"),
        StepKind.OVERSHOOT: _tr(
            "<i>c<sub>j</sub></i> ← <i>c<sub>j</sub></i> + ω (<i>m<sub>j</sub></i> − "
            "<i>c<sub>j</sub></i>), 1 &lt; ω ≤ 2 (over-relaxation)"
        ),
        StepKind.TOWARDS: towards,
        StepKind.OTHER: towards,
    }[kind]
    return f"{mean} &nbsp;·&nbsp; {step}"


def formula_seeding(kind: str, method: str = "") -> str:
    """Return the formula of a seeding, as rich text; empty where there is none."""
    if kind == "splits":
        return _tr(
            "cut where ‖Σ<sub>1</sub> <i>w x</i>‖² / <i>W</i><sub>1</sub> + ‖Σ<sub>2</sub> "
            "<i>w x</i>‖² / <i>W</i><sub>2</sub> is largest, <i>W</i> = Σ <i>w</i> of a part"
            " &nbsp;·&nbsp; Wu 1992"
        )
    if kind == "draws" and method == "kmeans++":
        return _tr(
            "chance of <i>x</i> ∝ <i>w</i>(<i>x</i>) min<sub><i>j</i></sub> ‖<i>x</i> − "
            "<i>c<sub>j</sub></i>‖² &nbsp;·&nbsp; Arthur &amp; Vassilvitskii 2007"
        )
    if kind == "draws" and method == "random":
        return _tr("chance of <i>x</i> ∝ <i>w</i>(<i>x</i>) &nbsp;·&nbsp; Forgy 1965")
    return ""
