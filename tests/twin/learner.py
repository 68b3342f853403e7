"""A learner of the twin: one Mesa agent, with a method for each process of the week."""

from __future__ import annotations

from math import floor, sqrt
from typing import TYPE_CHECKING, Any

import mesa

from ecosim import chance as key

from .places import Community, clip

if TYPE_CHECKING:
    from .model import Twin

NOBODY = -1
FACILITATOR = -2
Tie = list[float]  # [w, ground], shared by both ends


def ema(x: float, target: float, rate: float) -> float:
    """Return x moved towards the target by a share of the distance."""
    return x + rate * (target - x)


class Learner(mesa.Agent):
    """Somebody with dispositions, skills and ties.

    What others read of a learner during a process is never written in that process: visiting order does not matter.
    """

    model: Twin

    def __init__(self, model: Twin, number: int, community: int) -> None:
        super().__init__(model)
        self.number = number
        self.community = community
        self.ties: dict[int, Tie] = {}
        self.neighbours: list[int] = []
        self._draw_traits()
        self._draw_states()
        self._start_counters()
        self.start_week()

    # ---- before the first week -------------------------------------------------------------------------------------

    def _draw_traits(self) -> None:
        """Draw what stays: the latent trait, propensity, rate, proneness to flow, interest, profile, arrival."""
        people = self.model.context.population
        draw = self.model.chance
        i = self.number
        self.latent = draw.normal(key.LATENT, 0, i)
        self.profile = self._draw_profile()
        mean, sd = self._spread("propensity", people.b0_mean, people.b0_sd)
        self.propensity = mean + sd * draw.normal(key.PROPENSITY, 0, i)
        sigma = people.rate_sigma
        self.rate = draw.exp(sigma * draw.normal(key.RATE, 0, i) - sigma * sigma / 2.0)
        self.flow_trait = people.flow_trait_sd * draw.normal(key.FLOW_TRAIT, 0, i)
        self.interest = floor(draw.uniform(key.INTEREST, 0, i) * people.topics)
        access = self._profile().get("access")
        self.access: float = self.model.context.access if access is None else access
        self.arrival_week = self._draw_arrival()

    def _draw_arrival(self) -> int:
        """Return the week of arrival: some are there from the start, the others come evenly up to the last week."""
        arrivals = self.model.arrivals
        if arrivals["kind"] != "uniform":
            return 0
        luck, there = self.model.chance.uniform(key.ARRIVAL, 0, self.number), arrivals["at_start"]
        if luck < there:
            return 0
        return floor((luck - there) / (1.0 - there) * (arrivals["until"] + 1))

    def _draw_profile(self) -> int:
        """Return the first profile whose cumulated share exceeds the draw, -1 where no profile applies."""
        total = 0.0
        u = self.model.chance.uniform(key.PROFILE, 0, self.number)
        for index, profile in enumerate(self.model.profiles):
            total += profile["share"]
            if u < total:
                return index
        return len(self.model.profiles) - 1 if total > 1.0 - 1e-9 else -1

    def _profile(self) -> dict[str, Any]:
        """Return the learner's profile, empty for none."""
        return self.model.profiles[self.profile] if self.profile >= 0 else {}

    def _spread(self, name: str, mean: float, sd: float) -> tuple[float, float]:
        """Return mean and spread of a property: the profile's where it gives them."""
        given = self._profile().get(name) or {}
        own_mean, own_sd = given.get("mean"), given.get("sd")
        return (mean if own_mean is None else own_mean), (sd if own_sd is None else own_sd)

    def _draw_states(self) -> None:
        """Draw skills, dispositions and felt acceptance; the rest starts alike for everybody."""
        people = self.model.context.population
        draw = self.model.chance
        mean, sd = self._spread("skill", people.skill_mean, people.skill_sd)
        self.skill = [
            clip(mean + sd * draw.normal(key.SKILL, 0, self.number, k), 0.02, 0.95) for k in range(people.topics)
        ]
        self.first_skill = self.skill[self.interest]
        self.peak_skill = list(self.skill)
        self.autonomy = self._disposition(0, "autonomy", people.autonomy_mean)
        self.efficacy = self._disposition(1, "efficacy", people.efficacy_mean)
        self.autonomous_motive = self._disposition(2, "autonomous_motive", people.autonomous_motive_mean)
        self.persistence = self._disposition(3, "persistence", people.persistence_mean)
        self.external_drive = 0.0
        self.need_autonomy = people.initial_need
        self.need_competence = people.initial_need
        luck = draw.normal(key.RELATEDNESS, 0, self.number)
        self.need_relatedness = clip(people.relatedness_mean + people.relatedness_sd * luck)
        self.mood = 0.0
        self.control = self.immersion = self.unselfconsciousness = self.autotelic = self.flow = 0.0
        self.mastery = [0.0] * len(self.model.artefacts)
        self.enjoyment = [people.initial_enjoyment] * len(self.model.artefacts)

    def _disposition(self, which: int, name: str, usual_mean: float) -> float:
        """Draw one of the four dispositions that share the latent trait."""
        people = self.model.context.population
        mean, sd = self._spread(name, usual_mean, people.disposition_sd)
        own = self.model.chance.normal(key.DISPOSITION, 0, self.number, which)
        return clip(mean + sd * (people.latent_loading * self.latent + people.own_loading * own), 0.02, 0.98)

    def _start_counters(self) -> None:
        """Nobody has enrolled or done anything yet."""
        self.enrolled = False
        self.tenure = 0
        self.used = -1
        self.contributions = 0
        self.weeks_active = 0
        self.weeks_collaborating = 0
        self.first_post_week = -1
        self.first_post_answered = False
        self.supported = self.deficit = self.over_guidance = 0.0

    # ---- the week --------------------------------------------------------------------------------------------------

    @property
    def here(self) -> Community:
        """Return the learner's community."""
        return self.model.communities[self.community]

    @property
    def drive(self) -> float:
        """Return what moves the learner, from within or from without."""
        return 1.0 - (1.0 - self.persistence) * (1.0 - self.external_drive)

    def start_week(self) -> None:
        """Forget what happened last week, but not what was used then."""
        self.acted = False
        self.acts_collectively = False
        self.artefact = -1
        self.effort = 0
        self.partner = NOBODY
        self.partner_skill = 0.0
        self.answered = False
        self.rejected = False
        self.author = NOBODY
        self.author_ground = 0.0
        self.difficulty = 0.0
        self.challenge = 0.0
        self.mismatch = 0.0
        self.load = 0.0
        self.success = 0.0
        self.gain = 0.0
        self.alpha: list[float] = []
        self.compossibles: set[int] = set()
        self.left = False
        self.returned = False
        self.destination = self.community
        self.neighbours = sorted(self.ties)

    def be_guided(self) -> None:
        """Process 0: what guidance makes of autonomy."""
        here = self.here
        self.supported = self.autonomy + (1.0 - self.autonomy) * here.facilitation
        self.deficit = max(0.0, here.demand - self.supported)
        self.over_guidance = max(0.0, here.facilitation + self.autonomy - 1.0)

    def perceive(self) -> None:
        """Process 1: the affordances of the week, and those that are compossibles."""
        if not self.enrolled:
            return
        p = self.model.context.affordance
        exp = self.model.chance.exp
        here = self.here
        seen, total, enrolled_total = self._look_around()
        tutor = here.facilitation * p.gamma
        reach = max(p.openness_floor + p.openness_gain * here.openness, 1.0 - exp(-enrolled_total / p.tie_reach))
        for artefact in self.model.artefacts:
            m = artefact.number
            shown = p.shown / self.model.collective_count if artefact.collective else 0.0
            usage = (seen[m] + tutor * shown) / (total + p.w0 + tutor)
            unseen = 1.0 - here.visibility * min(1.0, p.omega * usage)
            perception = 1.0 - (1.0 - here.signifiers[m]) * (1.0 - self.mastery[m]) * unseen
            effectivity = self.model.sigma(p.kappa * (self.supported - here.required[m]) + p.ease)
            alpha = clip(here.effective_offers[m] * perception * effectivity)
            self.alpha.append(alpha * reach if artefact.collective else alpha)
        self.compossibles = {m for m, alpha in enumerate(self.alpha) if alpha >= p.theta}

    def _look_around(self) -> tuple[list[float], float, float]:
        """Return tie strength seen at each artefact last week, of all ties, and of ties to the enrolled."""
        seen = [0.0] * len(self.model.artefacts)
        total = enrolled_total = 0.0
        for j in self.neighbours:
            other = self.model.learners[j]
            w = self.ties[j][0]
            total += w
            if other.used >= 0:
                seen[other.used] += w
            if other.enrolled:
                enrolled_total += w
        return seen, total, enrolled_total

    def intend(self) -> None:
        """Process 2: whether to act, on what, and how much."""
        options = self._options() if self.enrolled else []
        if not options:
            return
        p = self.model.context.intention
        draw, week, i = self.model.chance, self.model.week, self.number
        value = {
            m: self.alpha[m] * self.autonomous_motive * (p.value_floor + p.value_gain * self.enjoyment[m])
            for m in options
        }
        best = max(value.values())
        weight = {m: draw.exp(p.sharpness * (value[m] - best)) for m in options}
        mean_value = sum(weight[m] * value[m] for m in options) / sum(weight.values())
        push = self.propensity + p.b_V * mean_value + 2.0 * p.b_P * (self.drive - 0.5)
        push += p.habit * (self.used >= 0) + p.deadline_pull * self.here.deadline + p.shock * self.model.shocks_on(i)
        if draw.uniform(key.ACCESS, week, i) >= self.access:
            return
        if draw.uniform(key.ACT, week, i) >= self.model.sigma(push):
            return
        liking = {m: p.sharpness * value[m] + draw.gumbel(key.CHOICE, week, i, m) for m in options}
        self.acted = True
        self.artefact = max(options, key=lambda m: (liking[m], -m))
        self.acts_collectively = self.model.artefacts[self.artefact].collective
        energy = p.lambda_ * self.rate * 2.0 * self.drive * (p.effort_floor + self.autonomous_motive)
        self.effort = 1 + draw.poisson(min(p.max_effort, energy), key.EFFORT, week, i)

    def _options(self) -> list[int]:
        """Return the artefacts that the learner may act on this week."""
        here = self.here
        options = set(self.compossibles)
        explores = self.model.chance.uniform(key.EXPLORE, self.model.week, self.number)
        if explores < self.model.context.intention.exploration:
            options |= {one.number for one in self.model.artefacts if one.collective and here.offers[one.number] > 0.0}
        if here.forced_collaboration >= 0.5:
            options = {m for m in options if self.model.artefacts[m].collective}
        return sorted(options)

    def meet(self) -> None:
        """Process 3: who acts on a collective artefact calls on one of the others who do."""
        if not self.acts_collectively:
            return
        p = self.model.context.encounter
        topic = self.interest
        walked = self._walks(p.walks)
        best = None
        for j in sorted(walked.union(self.neighbours, self._strangers(p.strangers))):
            other = self.model.learners[j]
            if other is self or not other.acts_collectively:
                continue
            score = p.tie_weight * (self.ties[j][0] if j in self.ties else 0.0)
            score += p.closure * (j in walked) + p.same_topic * (other.interest == topic)
            score -= p.homophily * abs(self.skill[topic] - other.skill[topic])
            score += self.model.chance.gumbel(key.CALL, self.model.week, self.number, j)
            if best is None or score > best:
                best, self.partner, self.partner_skill = score, j, other.skill[topic]

    def _walks(self, walks: int) -> set[int]:
        """Return the learners at the ends of two-step walks along ties."""
        draw, week, i = self.model.chance, self.model.week, self.number
        ends: set[int] = set()
        for walk in range(walks if self.neighbours else 0):
            first = floor(draw.uniform(key.WALK, week, i, 2 * walk) * len(self.neighbours))
            beyond = self.model.learners[self.neighbours[first]].neighbours
            ends.add(beyond[floor(draw.uniform(key.WALK, week, i, 2 * walk + 1) * len(beyond))])
        ends.discard(i)
        return ends

    def _strangers(self, strangers: int) -> set[int]:
        """Return learner numbers drawn at random."""
        draw, week, i, n = self.model.chance, self.model.week, self.number, len(self.model.learners)
        return {floor(draw.uniform(key.STRANGER, week, i, slot) * n) for slot in range(strangers)}

    def be_challenged(self) -> None:
        """Process 4: choose a task; a tutor and a partner take some of what is too hard."""
        if not self.acted:
            return
        p = self.model.context.challenge
        here = self.here
        skill = self.skill[self.interest]
        fitting = skill + p.delta
        level = (1.0 - here.self_levelled) * here.curriculum + here.self_levelled * (skill + here.curriculum) / 2.0
        tasks = []
        for slot in range(1 + floor(p.offers * here.choice * self.supported)):
            luck = self.model.chance.normal(key.TASK, self.model.week, self.number, slot)
            tasks.append(clip(level + p.task_sd * luck, 0.02, 1.1))
        self.difficulty = min(tasks, key=lambda task: abs(task - fitting))
        support = p.tutor_help * here.facilitation
        if self.partner != NOBODY:
            support += p.peer_help * clip((self.partner_skill - skill) / p.peer_scale)
        self.challenge = self.difficulty - support * max(0.0, self.difficulty - fitting)
        self.mismatch = self.challenge - fitting

    def _balance(self) -> float:
        """Return how well challenge and skill fit; too much and too little are not felt alike."""
        p = self.model.context.challenge
        width = p.boredom_width
        if self.mismatch >= 0.0:
            width = p.overload_width * (p.overload_floor + p.overload_efficacy * self.efficacy)
        return self.model.chance.exp(-self.mismatch * self.mismatch / (2.0 * width * width))

    def read_messages(self) -> None:
        """Process 5, first half: the load of messages, for everybody."""
        p = self.model.context.response
        here = self.here
        messages = p.stream * here.openness * here.messages
        for j in self.neighbours:
            other = self.model.learners[j]
            if other.acts_collectively and self.ties[j][0] > 0.0:
                messages += other.effort
        self.load = clip((messages - here.message_capacity) / here.message_capacity, 0.0, p.max_load)

    def be_answered(self) -> None:
        """Process 5, second half: a post may find an answer, the answer has an author, and may be a rejection."""
        if not self.acts_collectively:
            return
        p = self.model.context.response
        draw, week, i = self.model.chance, self.model.week, self.number
        here = self.here
        around = [j for j in self.neighbours if self.ties[j][0] > p.active_tie and self.model.learners[j].acted]
        partner = p.partner_reply + p.ground_reply * self._ground(self.partner) if self.partner != NOBODY else 0.0
        terms = [
            partner,
            p.tie_reply * min(p.tie_limit, len(around)),
            p.tutor_reply * here.facilitation,
            p.crowd * here.openness * draw.log(1.0 + here.acting_collectively),
        ]
        chances = p.reply * sum(terms) / (1.0 + p.load_damping * self.load)
        self.answered = draw.uniform(key.ANSWERED, week, i) < 1.0 - draw.exp(-chances)
        if self.answered:
            self.author = self._author(terms, around)
            self.author_ground = self._ground(self.author)
            self.rejected = draw.uniform(key.REJECTION, week, i) < here.rejection

    def _ground(self, other: int) -> float:
        """Return the common ground with somebody, none where there is no tie."""
        return self.ties[other][1] if other in self.ties else 0.0

    def _author(self, terms: list[float], around: list[int]) -> int:
        """Draw who answered, in proportion to the terms."""
        draw, week, i = self.model.chance, self.model.week, self.number
        values = {k: draw.log(terms[k]) + draw.gumbel(key.SOURCE, week, i, k) for k in range(4) if terms[k] > 0.0}
        source = max(values, key=lambda k: (values[k], -k))
        if source == 0:
            return self.partner
        if source == 1:
            loudness = {j: draw.log(self.ties[j][0]) + draw.gumbel(key.AUTHOR, week, i, j) for j in around}
            return max(around, key=lambda j: (loudness[j], -j))
        return FACILITATOR if source == 2 else self._crowd_author()

    def _crowd_author(self) -> int:
        """Return the first of the drawn learners who acts collectively in the community, else nobody."""
        draw, week, i, n = self.model.chance, self.model.week, self.number, len(self.model.learners)
        for slot in range(self.model.context.response.crowd_tries):
            j = floor(draw.uniform(key.CROWD, week, i, slot) * n)
            other = self.model.learners[j]
            if j != i and other.acts_collectively and other.community == self.community:
                return j
        return NOBODY

    def feel(self) -> None:
        """Process 6: mood, for everybody, and the four dimensions of flow of those who act."""
        p = self.model.context.flow
        draw, week, i = self.model.chance, self.model.week, self.number
        fresh = p.mood_sd * draw.normal(key.MOOD, week, i)
        self.mood = p.mood_inertia * self.mood + sqrt(1.0 - p.mood_inertia * p.mood_inertia) * fresh
        if not self.acted:
            return
        balance = self._balance()
        safe = min(1.0, p.safe_base + self.need_relatedness) if self.acts_collectively else p.safe_solo
        lasting = self.flow_trait + self.mood - p.outcome * draw.normal(key.SUCCESS, week, i)
        moment = [lasting + p.noise * draw.normal(key.FEELING, week, i, k) for k in range(4)]
        sigma = self.model.sigma
        self.control = sigma(p.gain * ((balance + self.efficacy + self._goal()) / 3.0 - 0.5) + moment[0])
        immersion = (
            p.immersion_balance * balance
            + p.immersion_feedback * self._fed_back()
            + p.immersion_motive * self.autonomous_motive
            - p.immersion_load * self.load
            - p.immersion_distraction * self.model.context.distraction
        )
        self.immersion = sigma(p.gain * (immersion - 0.5) + moment[1])
        share = p.unselfconscious_immersion
        self.unselfconsciousness = sigma(p.gain * (share * self.immersion + (1.0 - share) * safe - 0.5) + moment[2])
        three = (self.control + self.immersion + self.unselfconsciousness) / 3.0
        pull = (1.0 - p.autotelic_autonomy) * three + p.autotelic_autonomy * self.need_autonomy
        self.autotelic = sigma(p.gain * (pull - 0.5) + moment[3])
        self.flow = (self.control + self.immersion + self.unselfconsciousness + self.autotelic) / 4.0

    def _goal(self) -> float:
        """Return how clear the goal is to this learner."""
        return self.here.goal_clarity * clip(1.0 - self.model.context.guidance.deficit_cost * self.deficit)

    def _fed_back(self) -> float:
        """Return the feedback of the activity and of an answer."""
        return self.here.feedback + (1.0 - self.here.feedback) * self.answered

    def learn(self) -> None:
        """Process 7: success, gains on the interest if active, forgetting elsewhere.

        What the later processes want of the week's start (``skill_before``) is kept.
        """
        p = self.model.context.learning
        topic = self.interest
        self.skill_before = self.skill[topic]
        if self.acted:
            task = self.model.context.challenge
            ease = task.success_logit - self.mismatch / task.success_scale
            luck = self.model.chance.uniform(key.SUCCESS, self.model.week, self.number)
            self.success = float(luck < self.model.sigma(ease))
            self.gain = (1.0 - self.skill_before) * min(1.0, self._own_gain() + self._partner_gain())
        for k, skill in enumerate(self.skill):
            if self.acted and k == topic:
                self.skill[k] = clip(skill + self.gain)
                self.peak_skill[k] = max(self.peak_skill[k], self.skill[k])
            else:
                self.skill[k] = clip(skill - p.phi * max(0.0, skill - p.savings * self.peak_skill[k]))

    def _zone(self, distance: float) -> float:
        """Return how much is learned at a distance above one's skill, 1 at best."""
        if distance <= 0.0:
            return 0.0
        best = self.model.context.learning.zpd
        return (distance / best) * self.model.chance.exp(1.0 - distance / best)

    def _own_gain(self) -> float:
        """Return the gain from one's own work."""
        p = self.model.context.learning
        draw = self.model.chance
        skill, tutor = self.skill_before, self.here.facilitation
        taught = self._zone(self.difficulty - skill) if self.difficulty > skill else p.practice
        work = draw.exp(p.effort_exponent * draw.log(float(self.effort)))
        hindrance = 1.0 - p.xi * tutor * clip((skill - p.expert_from) / p.expert_span)
        help_ = 1.0 + tutor * clip(1.0 - skill / p.novice_span)
        return p.l * work * taught * (p.flow_floor + self.flow) * hindrance * help_

    def _partner_gain(self) -> float:
        """Return what the caller gains from the partner: taught by the more, explaining to the less skilled."""
        if self.partner == NOBODY or self.partner_skill == self.skill_before:
            return 0.0
        p = self.model.context.learning
        through = p.l_p * (p.ground_floor + self._ground(self.partner))
        lead = self.partner_skill - self.skill_before
        return through * self._zone(lead) if lead > 0.0 else p.explaining * through

    def make_instrument(self) -> None:
        """Process 8: mastery of what is used grows, of the rest fades; the next enjoyment is expected."""
        p = self.model.context.genesis
        for m, mastery in enumerate(self.mastery):
            if m == self.artefact:
                gain = p.failure_share + (1.0 - p.failure_share) * self.success
                self.mastery[m] = clip(mastery + p.mastery_rate * (1.0 - mastery) * gain)
            else:
                self.mastery[m] = mastery * p.mastery_keep
        if not self.acted:
            return
        factor = p.enjoyed_solo
        if self.acts_collectively:
            factor = p.enjoyed_answered if self.answered else p.enjoyed_ignored
            factor = p.enjoyed_rejected if self.rejected else factor
        m = self.artefact
        self.enjoyment[m] = clip(ema(self.enjoyment[m], clip(self.autotelic * factor), p.enjoyment_rate))

    def appraise(self) -> None:
        """Process 9: the three needs."""
        p = self.model.context.needs
        here = self.here
        if self.acted:
            pressure = here.incentive * here.controlling
            freedom = (p.choice_floor + (1.0 - p.choice_floor) * here.choice) * (1.0 - self.over_guidance)
            freedom *= clip(1.0 - self.model.context.guidance.deficit_cost * self.deficit)
            freedom *= (1.0 - p.reward_cost * pressure) * (1.0 - p.forced_cost * here.forced_collaboration)
            self.need_autonomy = clip(ema(self.need_autonomy, clip(freedom), p.rate))
            ratio = clip((self.challenge + p.challenge_offset) / (self.skill_before + p.challenge_offset))
            worth = p.challenge_floor + (1.0 - p.challenge_floor) * ratio
            told = p.feedback_floor + (1.0 - p.feedback_floor) * self._fed_back()
            self.need_competence = clip(ema(self.need_competence, self.success * worth * told, p.rate))
        target, rate = p.rest, p.drift
        if self.acts_collectively:
            target, rate = p.ignored, p.relatedness_rate
            if self.answered:
                target = 0.0 if self.rejected else p.accepted_base + p.accepted_ground * self.author_ground
        self.need_relatedness = clip(ema(self.need_relatedness, target, rate))

    def _needs_met(self) -> float:
        """Return the weighted mean of the needs."""
        p = self.model.context.needs
        return (
            p.weight_competence * self.need_competence
            + p.weight_autonomy * self.need_autonomy
            + p.weight_relatedness * self.need_relatedness
        )

    def become(self) -> None:
        """Process 10: efficacy, autonomous motive and autonomy change by acting."""
        if not self.acted:
            return
        p = self.model.context.becoming
        here = self.here
        hard = p.efficacy_easy + p.efficacy_gain * (self.difficulty - self.skill_before) / p.efficacy_span
        self.efficacy = clip(ema(self.efficacy, self.success * clip(hard, 0.3, 1.2), p.efficacy_rate))
        met, motive = self._needs_met(), self.autonomous_motive
        target = p.motive_needs * met + (1.0 - p.motive_needs) * self.autotelic
        undermined = p.undermining * here.incentive * here.controlling * motive
        internalised = p.iota * self.external_drive * met
        self.autonomous_motive = clip(ema(motive, target, p.motive_rate) - undermined + internalised)
        before = self.autonomy
        edge = max(0.0, here.demand - before)
        grown = self.success * (1.0 - here.facilitation) * self.model.chance.exp(-edge * edge / p.edge) * (1.0 - before)
        lost = self.deficit * (1.0 - self.success) * before + p.over_cost * self.over_guidance * before
        self.autonomy = clip(before + p.eta_A * (grown - lost))

    def take_energy(self) -> None:
        """Process 11: persistence feeds on flow, external drive on incentive and facilitation."""
        if not self.enrolled:
            return
        p = self.model.context.energy
        here = self.here
        if self.acted and not self.model.flow_persistence_ablated:
            fed = p.fuel * self.autonomous_motive * self.flow * (1.0 - p.psi * here.incentive * here.controlling)
            fed *= p.efficacy_floor + p.efficacy_gain * self.efficacy
            self.persistence = clip(ema(self.persistence, min(1.0, fed), p.persistence_rate))
        else:
            self.persistence *= p.idle_keep
        pushed = clip(p.lambda_R * here.incentive + p.lambda_G * here.facilitation)
        self.external_drive = clip(ema(self.external_drive, pushed, p.external_rate))

    def decide_to_stay(self) -> None:
        """Process 13, first half: whether to leave, or to come back; nobody has gone yet."""
        if self.arrival_week > self.model.week:
            return
        p = self.model.context.staying
        draw, week, i = self.model.chance, self.model.week, self.number
        rest = self.model.context.needs.rest
        strength = sum(tie[0] for j, tie in sorted(self.ties.items()) if self.model.learners[j].enrolled)
        bond = (1.0 - draw.exp(-strength / p.embedding)) * clip((self.need_relatedness - rest) / (1.0 - rest))
        if not self.enrolled:
            self.returned = draw.uniform(key.RETURN, week, i) < p.comeback * bond * self.persistence
            return
        self.tenure += 1
        excess = p.newcomer * draw.exp(-self.tenure / p.newcomer_weeks) - p.drive_effect * (self.drive - 0.5)
        excess += p.h_L * self.load - p.h_W * bond
        hazard = self.here.hazard * draw.exp(excess) * (p.deadline_factor if self.here.deadline else 1.0)
        self.left = draw.uniform(key.LEAVE, week, i) < 1.0 - draw.exp(-hazard)

    def go_or_come(self) -> None:
        """Process 13, second half: leave, or be enrolled again from next week."""
        if self.left:
            self.enrolled = False
        elif self.returned:
            self.enrolled = True
            self.tenure = 0

    def look_elsewhere(self) -> None:
        """Process 14, first half: find the community of the neighbour who fares best, if better than oneself."""
        p = self.model.context.migration
        if not self.enrolled or self.model.chance.uniform(key.MOVE, self.model.week, self.number) >= p.mobility:
            return
        best = self.experience
        for j, tie in sorted(self.ties.items()):
            other = self.model.learners[j]
            elsewhere = other.enrolled and other.community != self.community
            if elsewhere and tie[0] > p.known_tie and other.experience > best:
                best, self.destination = other.experience, other.community

    @property
    def experience(self) -> float:
        """Return how the learner fares here."""
        return (self.flow + self.need_relatedness) / 2.0

    def end_week(self) -> None:
        """Process 14, second half: move; count; what was used this week is last week's from now on."""
        self.community = self.destination
        self.used = self.artefact
        if self.acted:
            self.weeks_active += 1
        if self.acts_collectively:
            self.contributions += self.effort
            if self.first_post_week < 0:
                self.first_post_week = self.model.week
                self.first_post_answered = self.answered
        if self.partner != NOBODY:
            self.weeks_collaborating += 1
