"""Knock-outs: a mechanism is switched off by giving its parameters the value at which it does nothing.

The model that remains is the same model with other numbers, so that what a mechanism is worth can be read off a paired
comparison. ``flow_persistence`` alone has no such parameter: process 11 then treats everybody as idle.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ablation:
    """What an ``ablate`` event does.

    Parameters
    ----------
    label : str
        What no longer happens, in a few English words.
    neutral : dict
        Dotted path of a parameter -> the value at which the mechanism does nothing.
    """

    label: str
    neutral: dict[str, float] = field(default_factory=dict)


def _off(label: str, *paths: str) -> Ablation:
    """Return the ablation that sets the parameters at ``paths`` (without ``context.``) to zero."""
    return Ablation(label, {f"context.{path}": 0.0 for path in paths})


ABLATIONS: dict[str, Ablation] = {
    "flow_persistence": Ablation("flow no longer feeds persistence"),
    "imitation": _off("what others use is no longer noticed", "affordance.omega"),
    "facilitator_shows": _off("the facilitator no longer shows artefacts", "affordance.gamma"),
    "instrumentalisation": _off("use no longer enriches artefacts", "affordance.instrumentalisation"),
    "disorientation": _off("a shortfall of autonomy no longer disorients", "guidance.deficit_cost"),
    "exploration": _off("nobody tries what she has not perceived", "intention.exploration"),
    "habit": _off("having acted no longer makes one act again", "intention.habit"),
    "drive": _off("drive no longer makes one act", "intention.b_P"),
    "tie_preference": _off("ties no longer count in the choice of partners", "encounter.tie_weight"),
    "closure": _off("friends of friends no longer attract", "encounter.closure"),
    "homophily": _off("likeness in skill no longer attracts", "encounter.homophily"),
    "common_interest": _off("a common topic no longer attracts", "encounter.same_topic"),
    "tutor_help": _off("the facilitator no longer makes tasks easier", "challenge.tutor_help"),
    "peer_help": _off("partners no longer make tasks easier", "challenge.peer_help"),
    "crowd": _off("the crowd no longer answers", "response.crowd"),
    "stream": _off("the community's stream no longer reaches everybody", "response.stream"),
    "load": _off("messages are never too many", "response.max_load"),
    "mood": _off("moods no longer come and go", "flow.mood_sd"),
    "peer_learning": _off("partners no longer teach one another", "learning.l_p"),
    "guidance_effect": _off("guidance no longer hinders experts", "learning.xi"),
    "forgetting": _off("nothing is forgotten", "learning.phi"),
    "co_production": _off("learning together no longer leaves content behind", "learning.content_gain"),
    "mastery": _off("artefacts no longer become instruments", "genesis.mastery_rate"),
    "undermining": _off(
        "controlling rewards no longer undermine", "becoming.undermining", "energy.psi", "needs.reward_cost"
    ),
    "internalisation": _off("outer reasons no longer become one's own", "becoming.iota"),
    "autonomy_growth": _off("autonomy no longer changes", "becoming.eta_A"),
    "external_drive": _off("incentives and facilitation no longer push", "energy.lambda_R", "energy.lambda_G"),
    "tie_growth": _off("ties no longer grow", "relation.gain_answered", "relation.gain_ignored"),
    "common_ground": _off("common ground no longer grows", "relation.ground_gain"),
    "acceptance_holds": _off("being accepted no longer holds", "staying.h_W"),
    "newcomer_fragility": _off("newcomers no longer leave more easily", "staying.newcomer"),
    "deadline_pressure": Ablation("deadlines no longer drive away", {"context.staying.deadline_factor": 1.0}),
    "deadline_pull": _off("deadlines no longer make one act", "intention.deadline_pull"),
    "outcome": _off("how it goes no longer colours flow", "flow.outcome"),
    "comeback": _off("nobody comes back", "staying.comeback"),
}
