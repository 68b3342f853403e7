"""Films are lived in processes of their own: made once, refused when too large, and nobody is harmed by a bad one."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Future
from multiprocessing import active_children
from typing import Any

import numpy as np
import pytest

from ecosim.errors import EcosimError, UsageError
from ecosim.study.runner.executors import usable_processors
from ecosim.web import films, workshop
from ecosim.web.budget import MOST_LEARNERS
from ecosim.web.film import film_of
from ecosim.web.films import film, followed
from ecosim.web.workshop import Workshop, result_of

from .crews import comes, crew, tiny

__all__ = ["crew"]


@pytest.fixture
def asked(crew: Workshop, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return a list of the films that are made from now on; none is kept from before."""
    made: list[tuple[str, int]] = []
    straight = Workshop.film

    def noted(self: Workshop, loaded: Any, replicate: int = 0, *more: Any) -> Future[Any]:
        made.append((loaded.hash()[:6], replicate))
        return straight(self, loaded, replicate, *more)

    monkeypatch.setattr(Workshop, "film", noted)
    films._kept.clear()
    return made


def test_a_film_is_the_one_that_would_be_made_here_and_made_once(asked: list[Any]) -> None:
    loaded = tiny(seed=3)
    made, here = film(loaded, 4), film_of(loaded, 4)
    assert made.run is not None
    assert here.run is not None
    assert made.run.digest() == here.run.digest()
    np.testing.assert_array_equal(made.status, here.status)
    np.testing.assert_array_equal(made.places, here.places)
    assert film(tiny(seed=3), 4) is made
    assert len(asked) == 1
    assert film(loaded, 5) is not made
    assert film(tiny(seed=4), 4) is not made
    assert len(asked) == 3


def test_a_learner_is_followed_in_the_same_run(asked: list[Any]) -> None:
    loaded = tiny(seed=3)
    run = followed(loaded, 0, 2)
    assert list(run.followed) == [2]
    assert len(run.followed[2]) == 3
    whole = film(loaded).run
    assert whole is not None
    assert run.digest() == whole.digest()
    with pytest.raises(EcosimError):
        followed(loaded, 0, 99)
    assert followed(loaded, 0, 2) is run


def test_who_asks_for_what_is_being_made_waits_for_that(asked: list[Any]) -> None:
    loaded, got = tiny(seed=8, learners=30, weeks=20), []
    threads = [threading.Thread(target=lambda: got.append(film(loaded))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20.0)
    assert len(asked) == 1
    assert [each is got[0] for each in got] == [True] * 4
    assert films._making == {}


def test_everybody_stands_where_she_stands_in_the_design_that_it_is_compared_with(asked: list[Any]) -> None:
    base, other = tiny(seed=8), tiny(seed=8, design={"ready_ties": 2, "choice": 0.9})
    np.testing.assert_array_equal(film(other, 0, base).places, film(base).places)
    assert film(base, 0, base) is film(base)
    fewer = tiny(seed=8, learners=5)
    assert film(fewer, 0, base).places.shape == (5, 2)


def test_films_that_nobody_looks_at_are_forgotten_when_there_is_no_room(
    asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "MOST_BYTES", 2 * films.BYTES * 6 * 3)
    for replicate in (0, 1):
        film(tiny(), replicate)
    film(tiny(), 0)
    film(tiny(), 2)
    assert [key[1] for key in films._kept] == [0, 2]
    film(tiny(), 1)
    assert len(asked) == 4


def test_what_is_too_large_is_refused_by_name_before_any_process_hears_of_it(crew: Workshop) -> None:
    with pytest.raises(UsageError) as caught:
        film(tiny(learners=MOST_LEARNERS + 1))
    assert caught.value.problems[0].key == "web.budget.learners"
    assert films._making == {}


def told(crew: Workshop, seconds: float, function: Any, *arguments: Any) -> EcosimError:
    """Return how a page hears of work that goes wrong."""
    crew.film(tiny())  # starts the processes
    assert crew._filming is not None
    with pytest.raises(EcosimError) as caught:
        result_of(crew._filming.submit_within(seconds, function, *arguments))
    for lang in ("en", "fr"):
        assert caught.value.say(lang)
    return caught.value


def test_a_process_that_dies_is_told_and_the_next_film_is_made(crew: Workshop) -> None:
    assert told(crew, 20.0, os._exit, 3).problems[0].key == "web.workshop.lost"
    assert film(tiny(seed=50)).weeks == 3


def test_a_run_without_end_is_stopped_and_the_next_film_is_made(
    crew: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    result_of(crew.film(tiny()))
    begun = time.monotonic()
    error = told(crew, 0.3, time.sleep, 60.0)
    assert error.problems[0].key == "web.workshop.too_long"
    assert time.monotonic() - begun < 15.0
    assert film(tiny(seed=51)).weeks == 3
    monkeypatch.setattr(workshop, "FILM_SECONDS", 0.001)
    with pytest.raises(UsageError, match=r"took longer than 0\.001 seconds"):
        film(tiny(seed=52, learners=2000, weeks=200))  # a second or so: the clock is looked at ten times a second


def test_work_that_was_waiting_when_the_workshop_closes_is_told_and_it_opens_again() -> None:
    own = Workshop()
    future = own.film(tiny())
    own.close()
    with pytest.raises(EcosimError):
        result_of(future)
    assert result_of(own.film(tiny())).weeks == 3
    own.close()
    own.close()


def test_processes_for_comparisons_step_back(crew: Workshop) -> None:
    nice = result_of(crew.comparing().submit(os.nice, 0))
    assert nice == min(19, os.nice(0) + workshop.PATIENCE)
    crew.film(tiny())
    assert crew._filming is not None
    assert result_of(crew._filming.submit(os.nice, 0)) == os.nice(0)


@pytest.mark.long
def test_a_workshop_that_is_warm_starts_no_process_for_a_film() -> None:
    before, count = set(active_children()), usable_processors()
    own = Workshop()
    try:
        own.warm()
        assert comes(lambda: len(set(active_children()) - before) == min(workshop.MOST_FILMING, count) + count)
        there = set(active_children())
        assert comes(lambda: own.film(tiny()).result() is not None)
        begun = time.monotonic()
        assert own.film(tiny(seed=2)).result().weeks == 3
        assert time.monotonic() - begun < 1.0
        assert result_of(own.comparing().submit(abs, -3)) == 3
        assert set(active_children()) == there
    finally:
        own.close()
