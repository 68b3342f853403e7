"""8. Make an instrument: mastery grows by use and fades without; what is expected of an artefact follows experience."""

from __future__ import annotations

from typing import Any

from ecosim.mechanisms.genesis import enjoyed, expected_enjoyment, mastered
from ecosim.model.kernel import kernel, weekly


def make_instrument(w: Any) -> None:
    """Renew mastery of all artefacts and the enjoyment expected of the one used."""
    use(w.world, w.count, w.p.genesis)


@weekly
def use(world, count, p):
    """Let mastery fade but where it was used; renew expected enjoyment."""
    people, acts = world.people, world.acts
    practise(acts.learner, acts.artefact, acts.success, people.mastery, acts.new_mastery, count, p)
    lose(people.mastery, p.mastery_keep)
    master(acts.learner, acts.artefact, acts.new_mastery, people.mastery, count)
    enjoy(
        acts.learner, acts.artefact, acts.collective, acts.answered, acts.rejected, acts.autotelic, people.enjoyment,
        count, p,
    )  # fmt: skip


@kernel
def practise(learner, artefact, success, mastery, new_mastery, count, p):
    """Set the mastery to which the week's use leads."""
    for k in range(count):
        now = mastery[artefact[k], learner[k]]
        new_mastery[k] = mastered(now, success[k], p.mastery_rate, p.failure_share)


@kernel
def lose(mastery, keeping):
    """Let all mastery fade."""
    for m in range(mastery.shape[0]):
        row = mastery[m]
        for i in range(row.size):
            row[i] *= keeping


@kernel
def master(learner, artefact, new_mastery, mastery, count):
    """Write the mastery of what was used: it did not fade."""
    for k in range(count):
        mastery[artefact[k], learner[k]] = new_mastery[k]


@kernel
def enjoy(learner, artefact, collective, answered, rejected, delight, enjoyment, count, p):
    """Renew the enjoyment expected of what was used."""
    for k in range(count):
        factor = enjoyed(
            collective[k], answered[k], rejected[k], p.enjoyed_solo, p.enjoyed_answered, p.enjoyed_ignored,
            p.enjoyed_rejected,
        )  # fmt: skip
        i, m = learner[k], artefact[k]
        enjoyment[m, i] = expected_enjoyment(enjoyment[m, i], delight[k], factor, p.enjoyment_rate)
