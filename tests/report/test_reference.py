"""The reference pages and the ODD are what the code says: current, complete, linked, French where they are French."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter
from typing import Any

import numpy as np
import pytest

from ecosim import language
from ecosim.equation import is_equation
from ecosim.language import LANGUAGES, table
from ecosim.model import engine, run, week
from ecosim.model.kernel import Kernel, Weekly
from ecosim.model.metrics import METRICS
from ecosim.model.networks import NETWORKS
from ecosim.model.state import FIELDS, World
from ecosim.report.reference import pages, reading, words
from ecosim.report.reference.declared import levers, parameters
from ecosim.report.reference.markdown import code, plain
from ecosim.report.reference.naming import places
from ecosim.report.reference.odd.beginning import networks
from ecosim.report.reference.odd.equations import age
from ecosim.report.reference.odd.purpose import patterns
from ecosim.report.reference.odd.schedule import step_code
from ecosim.report.reference.presets import differences
from ecosim.report.reference.tracing import uses
from ecosim.scenario import presets
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.document import Scenario
from ecosim.scenario.events import AnyEvent
from ecosim.scenario.resolve import load
from ecosim.scenario.tree import arms, options

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
NAMES = [f"{name}.md" for name in (pages.INDEX, *pages.PAGES)]
OWN_METRICS = [name for name in METRICS if METRICS[name].compute.__module__.startswith("ecosim.")]
#: What texts may write as code besides names of the model.
FREE = re.compile(
    r"[a-zA-Z]|s|--set .*|\w+\.(csv|json|md)|ecosim( .*)?|ecosim/\w+|tests/\w+|.*[{\[=:].*|communities\..*|preset:.*"
    r"|context\.\w+|Engine\.step|smooth|abrupt|do|label|arrivals|artefacts|rewire|within|blocks|flow_persistence|philox|exp|log"
    r"|clip|make docs|deadlines|reference_\w+"
)


@cache
def built(lang: str) -> dict[str, str]:
    """Return the pages as the code makes them now."""
    return pages.build(lang)


def folder(lang: str) -> Path:
    """Return where the pages of a language stand."""
    return DOCS / pages.FOLDERS[lang]


def flat(tree: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return a table of words with dotted keys."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return found


def reference_words(lang: str) -> dict[str, list[str]]:
    """Return key -> texts of the pages' own words, lists as they are and single texts as lists of one."""
    tree = {name: each for name, each in table(f"reference_{lang}").items() if name != "sentences"}
    return {key: said if isinstance(said, list) else [said] for key, said in flat(tree).items()}


# Current -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_pages_are_current(name: str, lang: str) -> None:
    current = (folder(lang) / name).read_text(encoding="utf-8")
    assert current == built(lang)[name], f"{pages.FOLDERS[lang]}/{name} is not what the code says: run `make docs`"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_no_page_that_nothing_makes(lang: str) -> None:
    assert {path.name for path in folder(lang).iterdir()} == set(NAMES) == set(built(lang))


def test_the_command_writes_the_same_pages_in_another_process(tmp_path: Path) -> None:
    stale = tmp_path / "reference" / "gone.md"
    stale.parent.mkdir()
    stale.write_text("a page of long ago", encoding="utf-8")
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "LC_ALL": "fr_FR.UTF-8"}
    command = [sys.executable, "-m", "ecosim.report.reference", str(tmp_path)]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=tmp_path).stdout
    assert len(said.splitlines()) == 2 * len(NAMES)
    assert not stale.exists()
    for lang in LANGUAGES:
        for name in NAMES:
            assert (tmp_path / pages.FOLDERS[lang] / name).read_text(encoding="utf-8") == built(lang)[name]


# Complete ------------------------------------------------------------------------------------------------------------


def anchors(page: str) -> set[str]:
    """Return the places of a page that links can lead to."""
    return set(re.findall(r'<a id="([^"]+)">', page))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_is_declared_has_its_place(lang: str) -> None:
    made = built(lang)
    ledger = {each.path for group in parameters(lang).values() for each in group}
    assert len(ledger) > 150
    assert ledger <= anchors(made["parameters.md"])
    assert {f"design.{name}" for name in (*(each.name for each in levers(lang)), "deadlines")} <= anchors(
        made["levers.md"]
    )
    assert set(OWN_METRICS) <= anchors(made["metrics.md"])
    assert set(presets.names()) <= anchors(made["presets.md"])
    happenings = {f"event-{options(event.model_fields['do'])[0]}" for event in arms(AnyEvent)}
    kinds = {f"network-{name}" for name in (*NETWORKS, "edges")}
    assert happenings | kinds | {f"ablation-{name}" for name in ABLATIONS} <= anchors(made["events.md"])
    assert {f"state-{name}" for name in FIELDS} <= anchors(made["odd.md"])
    assert {f"equation-{name}" for name in reading.every_equation()} <= anchors(made["odd.md"])
    assert {f"mechanism-{name}" for name in reading.equations()} <= anchors(made["odd.md"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ledger_says_what_is_declared(lang: str) -> None:
    lines = {path: line for line in built(lang)["parameters.md"].splitlines() for path in anchors(line)}
    for group in parameters(lang).values():
        for each in group:
            line = lines[each.path]
            for said in (each.label, each.meaning, each.leaf.symbol):
                assert plain(said) in line or code(said) in line, each.path
            for value in (each.leaf.legal, each.leaf.plausible, f"{each.default:g}"):
                assert code(value) in line, each.path


def test_grades_are_counted() -> None:
    page = built("en")["parameters.md"]
    grades = [each.leaf.evidence for group in parameters("en").values() for each in group]
    assert f"| assumed | a guess that no data support yet | {grades.count('assumed')} |" in page
    assert sum(int(count) for count in re.findall(r"\]\(#\w+\) .* \| (\d+) \|", page)) == len(grades)


@pytest.mark.parametrize("name", sorted(reading.every_equation()))
def test_every_equation_stands_with_its_formula_and_all_its_arguments(name: str) -> None:
    page = built("en")["odd.md"]
    entry = page.partition(f'<a id="equation-{name}"></a>')[2].partition("<a id=")[0]
    function = reading.every_equation()[name]
    formula = reading.sentences(function)
    assert formula.startswith("Return ")
    assert plain(formula.removeprefix("Return ")) in entry
    given = re.findall(r"^\| `(\w+)` \| (.+) \|$", entry, re.MULTILINE)
    assert [argument for argument, _ in given] == list(function.__annotations__)[:-1]
    assert "return " in entry


def test_networks_of_the_scenario_are_those_that_are_generated() -> None:
    assert networks() == [*NETWORKS, "edges"]


def test_expectations_have_the_status_of_the_page_of_the_model() -> None:
    said = (DOCS / "model.md").read_text(encoding="utf-8").partition("## Propositions")[2].partition("\n## ")[0]
    letters = {"built_in": {"B"}, "emergent": {"E"}, "mixed": {"B", "E"}, "open": {"E"}}
    found = dict(re.findall(r"(?:^|[.)] |\n)(\d+) (.*?)(?=[.)] \d+ |\n\d+ |\Z)", said.partition("\n\n")[2], re.DOTALL))
    assert len(found) == len(patterns("en")) == 20
    for (number, status, _), (other, french, _) in zip(patterns("en"), patterns("fr"), strict=True):
        assert (number, status) == (other, french)
        grades = {letter for group in re.findall(r"\(([^)]*?\b[BE]\b[^)]*)", found[number]) for letter in group}
        assert grades & {"B", "E"} == letters[status], number


def test_presets_tell_what_they_change_and_nothing_else() -> None:
    assert not list(differences(Scenario()))
    changed = {path: new for path, new, _ in differences(load("preset:xmooc").scenario)}
    assert changed["weeks"] == 12
    assert changed["context.population.b0_sd"] == 1.2
    assert changed["design.hazard"].plain() == 0.2
    assert "design.demand" in changed and "design.rejection" not in changed
    section = built("fr")["presets.md"].partition('<a id="xmooc">')[2]
    assert all(f"`{path}`" in section for path in changed)


# The week, as it is lived --------------------------------------------------------------------------------------------


def lived(**settings: Any) -> engine.Engine:
    """Return a small world with several kinds of people, before its first week."""
    chosen = {"learners": 14, "weeks": 4, "design.rejection": 0.3, "design.incentive": 0.25} | settings
    return run.new_engine(load({}, set=chosen))


def test_processes_stand_in_the_order_in_which_a_week_calls_them(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    made = {lang: built(lang)["odd.md"] for lang in LANGUAGES}  # before the spies, which stand in no file

    def spy(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *arguments: (called.append(name), function(*arguments))[1]

    for each in reading.week():
        owner, name = (engine.Engine, "_schedule") if each.number == 0 else (engine, each.name)
        monkeypatch.setattr(owner, name, spy(each.name, getattr(owner, name)))
    lived().step()
    assert called == [each.name for each in reading.week()]
    for page in made.values():
        assert re.findall(r"^\| \d+ \| \[`(\w+)`\]\(#process-", page, re.MULTILINE) == called
        assert re.findall(r"^### 7\.\d+ `(\w+)`$", page, re.MULTILINE) == called
        assert step_code() in page


def recorded(monkeypatch: pytest.MonkeyPatch, world: engine.Engine) -> Iterator[tuple[str, dict[str, float], Any, Any]]:
    """Live a world in plain Python; yield each call of an equation with the states before and after the week."""
    world.world = World(world.learners, world.now, world.acts, world.lever, world.artefacts)
    calls: list[tuple[str, dict[str, float]]] = []

    def spy(function: Callable[..., Any]) -> Callable[..., Any]:
        names = list(function.__annotations__)[:-1]

        def called(*given: float) -> Any:
            calls.append((function.__name__, dict(zip(names, given, strict=True))))
            return function(*given)

        return called

    for kind in (Kernel, Weekly):
        monkeypatch.setattr(kind, "__call__", lambda self, *arguments: self.function(*arguments))
    for module in (import_module(f"{week.__name__}.{each.name}") for each in iter_modules(week.__path__)):
        for name, thing in list(vars(module).items()):
            if is_equation(thing) and name in reading.every_equation():
                monkeypatch.setattr(module, name, spy(thing))
    while world.running:
        before = {name: set(array.ravel().tolist()) for name, array in world.learners._asdict().items()}
        world.step()
        after = {name: set(array.ravel().tolist()) for name, array in world.learners._asdict().items()}
        yield from ((name, given, before, after) for name, given in calls)
        calls.clear()


def test_arguments_are_what_the_pages_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every parameter and lever has a value that no other has: what an equation is given tells where it is from."""
    settings, values = {}, {}
    for place, each in enumerate(one for group in parameters("en").values() for one in group):
        if isinstance(each.default, float) and each.name not in ("access", "mobility", "latent_loading"):
            low, high = each.leaf.plausible
            values[each.path] = settings[each.path] = low + (high - low) * (0.3 + 0.0017 * place)
    for place, each in enumerate(levers("en")):
        if not each.leaf.whole and each.name not in ("ready_ties", "hazard"):
            low, high = each.leaf.plausible
            values[each.path] = settings[each.path] = low + (high - low) * (0.4 + 0.0113 * place)
    settings |= {"context.migration.mobility": 1.0, "design.hazard": 0.3}
    traced = {}
    for use in uses():
        for argument, origin in use.arguments.items():
            traced.setdefault((use.equation, argument), []).append(origin)
    seen = set()
    for name, given, before, after in recorded(monkeypatch, lived(**settings)):
        for argument, value in given.items():
            origins = traced[name, argument]
            found = [check(origin, value, values, before, after) for origin in origins]
            assert None in found or True in found, f"{name}: {argument} is {value}, not from {origins}"
            seen |= {(name, argument)} if True in found else set()
    assert len(seen) > 150


def check(origin: Any, value: float, values: dict[str, float], before: Any, after: Any) -> bool | None:
    """Tell whether a value may come from an origin, ``None`` where its kind tells nothing."""
    if origin.kind in ("parameter", "lever"):
        path = f"{'context' if origin.kind == 'parameter' else 'design'}.{origin.name.removesuffix('_')}"
        return bool(np.isclose(value, values[path], rtol=1e-12)) if path in values else None
    if origin.kind == "state":
        held = after if age(origin.name, origin.read) == "this_week" else before
        return value in held[origin.name] if origin.name != "tenure" else None
    return None


def test_what_has_been_renewed_within_the_week_is_told_from_what_has_not() -> None:
    ages = {
        (use.equation, argument): age(origin.name, origin.read)
        for use in uses()
        for argument, origin in use.arguments.items()
        if origin.kind == "state" and use.process != "stay"
    }
    assert ages["persistence", "motive"] == ages["persistence", "efficacy"] == "this_week"
    assert ages["mean_need", "competence"] == ages["own_apprenance", "persistence"] == "this_week"
    assert ages["autotelic", "need_autonomy"] == ages["felt_competence", "skill"] == "last_week"
    assert ages["autonomous_motive", "external"] == ages["value", "enjoyment"] == "last_week"
    assert ages["persistence", "now"] == ages["mastered", "mastery"] == "before"
    assert ages["mean_effort", "rate"] == "constant"


# Words ---------------------------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_words_to_fill_in() -> None:
    english, french = reference_words("en"), reference_words("fr")
    assert set(english) == set(french)
    for key, texts in english.items():
        assert len(texts) == len(french[key]), key
        for one, other in zip(texts, french[key], strict=True):
            assert {part[1] for part in Formatter().parse(one)} == {part[1] for part in Formatter().parse(other)}, key


class Asked(dict[str, Any]):
    """A dictionary that remembers what it was asked for."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def test_no_orphan_words(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences, asked, find = Asked(table("reference_fr")["sentences"]), set(), language._found
    monkeypatch.setattr(language, "_found", lambda name, key: (asked.add((name, key)), find(name, key))[1])
    monkeypatch.setattr(
        words, "table", lambda name: {"sentences": sentences} if name == "reference_fr" else table(name)
    )
    pages.build("fr")
    used = {key for name, key in asked if name == "reference_fr"}
    orphans = {key for key in reference_words("fr") if key not in used and not key.startswith("odd.patterns.p")}
    assert not orphans, sorted(orphans)
    assert not set(sentences) - sentences.asked


def test_nothing_english_is_left_in_french_pages() -> None:
    whole = "\n".join(re.sub(r"```.*?```", "", page, flags=re.DOTALL) for page in built("fr").values())
    said = [each.meaning for group in parameters("en").values() for each in group]
    said += [each.meaning for each in levers("en")]
    said += [anchor for each in levers("en") for anchor in each.anchors]
    said += [METRICS[name].say_meaning("en") for name in OWN_METRICS]
    said += [ablation.label for ablation in ABLATIONS.values()]
    said += [text for key, texts in reference_words("en").items() for text in texts if len(text) > 25]
    said += [key for key, french in table("reference_fr")["sentences"].items() if len(key) > 25 and key != french]
    french = {text for texts in reference_words("fr").values() for text in texts}
    left = [each for each in said if each not in french and (each in whole or plain(each) in whole)]
    assert not left


def bare(text: str) -> str:
    """Return a text without code, targets of links and numbers of formulas."""
    return re.sub(r"``?[^`]*``?|\]\([^)]*\)", "", text)


def test_french_typography() -> None:
    texts = [text for texts in reference_words("fr").values() for text in texts]
    texts += list(table("reference_fr")["sentences"].values())
    for text in texts:
        assert not re.search(r"[^\u00a0\s.][?!;»%]|[^\u00a0]:(?!//)| [?!;:»%]|\u2019", bare(text)), text
    for page in built("fr").values():
        assert not re.search(r"\w [?!;:»%]", bare(page))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_in_texts_exist(lang: str) -> None:
    for key, texts in reference_words(lang).items():
        for text in texts:
            for name in re.findall(r"`([^`]+)`", text):
                assert name in places() or FREE.fullmatch(name), f"{key}: there is no {name!r}"


def test_a_sentence_that_was_changed_has_no_french_any_more() -> None:
    with pytest.raises(KeyError, match="no French"):
        words.translated("Return something that nobody has translated.", "fr")
    assert words.translated("Return something that nobody has translated.", "en")


# Markdown ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str, lang: str) -> None:
    links = re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", built(lang)[name])
    assert links
    for target, place in links:
        path = (folder(lang) / target).resolve() if target else folder(lang) / name
        assert path.exists(), target
        if place:
            assert place in anchors(path.read_text(encoding="utf-8")), f"{target}#{place}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_anchors_are_unique_and_tables_are_even(name: str, lang: str) -> None:
    page = built(lang)[name]
    found = re.findall(r'<a id="([^"]+)">', page)
    assert len(found) == len(set(found))
    width = 0
    for line in page.splitlines():
        if not line.startswith("| "):
            width = 0
            continue
        cells = len(re.findall(r"(?<!\\)\|", line)) - 1
        width = width or cells
        assert cells == width <= 7, line
    assert page.endswith("\n") and not page.endswith("\n\n")
