"""What the engine keeps of each learner's past and the twin's learners do not: counted from what they did."""

from __future__ import annotations

from ecosim.model.state import FIELDS

from .learner import Learner

KEPT = (
    *("weeks_collective", "weeks_in_flow", "posted_again", "left_week"),
    *("apprenance_weeks", "apprenance_streak", "apprenance_longest", "apprenance_sum", "apprenance_squares"),
)
"""The fields of the state that a record keeps."""


class Record:
    """What one learner of the twin has done so far, as the engine keeps it."""

    def __init__(self) -> None:
        for name in KEPT:
            setattr(self, name, int(FIELDS[name].start))

    def add(self, one: Learner, week: int) -> None:
        """Add the week that ``one`` has just lived."""
        context = one.model.context
        self.weeks_collective += one.acts_collectively
        self.weeks_in_flow += one.acted and one.flow >= context.flow.episode
        self.left_week = week if one.left else self.left_week
        since = week - one.first_post_week
        self.posted_again |= one.acts_collectively and 0 < since <= context.observation.repost_weeks
        if not one.enrolled:
            self.apprenance_streak = 0
            return
        product = one.autonomous_motive * (one.efficacy + one.autonomy) / 2.0 * one.persistence
        own = product ** (1.0 / 3.0)
        self.apprenance_weeks += 1
        self.apprenance_sum += own
        self.apprenance_squares += own * own
        held = own >= context.observation.apprenance_level
        self.apprenance_streak = self.apprenance_streak + 1 if held else 0
        self.apprenance_longest = max(self.apprenance_longest, self.apprenance_streak)
