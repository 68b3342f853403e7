// A line chart: series over weeks with bands and faint single runs, what happened, the week of the clock, values under
// the pointer or the arrow keys; and a curve that the viewer draws. How it is drawn stands in chart_drawing.js.

const KEY_STEP = 0.02; // of the height, for a curve drawn with the keys
const WIDE = 5; // times as far with the shift key
const TELL_SKETCH = 200; // ms

// The curve that the viewer draws: values week by week, told to Python when the hand rests or lifts.
function sketchOf(model, redraw) {
  let own = [...model.get("sketched")];
  let from = null; // where the hand was last
  let telling = 0;
  const tell = () => {
    clearTimeout(telling);
    telling = 0;
    model.set("sketched", own.map((each) => each ?? null));
    model.save_changes();
  };
  const set = (week, value, { weeks, limits: [low, high] }) => {
    while (own.length < weeks) own.push(null);
    own[week] = +Math.max(low, Math.min(high, value)).toFixed(5);
  };
  const strokeTo = (week, value, view) => {
    const begun = from ?? { week, value };
    const span = Math.abs(week - begun.week) || 1;
    for (let step = 0; step <= span; step += 1) {
      set(begun.week + Math.sign(week - begun.week) * step, begun.value + ((value - begun.value) * step) / span, view);
    }
    from = { week, value };
    telling ||= setTimeout(tell, TELL_SKETCH);
    redraw();
  };
  return {
    get values() { return own; },
    get drawing() { return from !== null; },
    strokeTo,
    begin() { from = null; },
    lift() {
      if (from) tell();
      from = null;
    },
    // with keys a value is set week by week; from the last week that was set on it is straight
    raise(week, share, view) {
      const [low, high] = view.limits;
      const before = own.slice(0, week).findLastIndex(isThere);
      const begun = own[week] ?? own[before];
      from = before >= 0 && !isThere(own[week]) ? { week: before, value: own[before] } : null;
      strokeTo(week, isThere(begun) ? begun + share * (high - low) : (low + high) / 2, view);
      from = null;
    },
    clear() {
      own = [];
      redraw();
      tell();
    },
    // what Python sets counts, unless the hand has just drawn something newer
    obey() {
      if (!from && !telling) own = [...model.get("sketched")];
    },
    off: () => clearTimeout(telling),
  };
}

// What is said of a week: each curve with its value, and what happened.
function saidOfWeek(view, week) {
  const { words, unit, lang, digits, marks } = view;
  const form = unit === "percent" ? percentIn(lang, digits) : numberIn(lang, digits);
  const told = view.listed.filter((each) => isThere(each.values[week])).map((each) => {
    const [value, low, high] = [each.values, each.low, each.high].map((all) => all?.[week]);
    const ranged = isThere(low) && isThere(high);
    return [each, ranged ? fill(words.range, { value: form(value), low: form(low), high: form(high) }) : form(value)];
  });
  const events = marks.filter((each) => each.week === week).map((each) => each.label);
  return { week: fill(words.week, { week }), told, events };
}

function aloudOfWeek(view, at) {
  const { week, told, events } = saidOfWeek(view, at);
  return [week, ...told.map(([each, value]) => `${each.label ?? ""} ${value}`), ...events].join(", ");
}

function shownOfWeek(view, at) {
  const { week, told, events } = saidOfWeek(view, at);
  const values = told.map(([each, value]) => {
    const dot = make("i", { style: `background:${lookOf(each, view).colour}`, "aria-hidden": "true" });
    return make("span", {}, dot, each.label ? `${each.label} ` : "", make("b", {}, value));
  });
  return [make("strong", {}, week), ...values, ...events.map((each) => make("span", { cls: "eco-week-event" }, each))];
}

// Who hears the page meets a slider over weeks, whose value is what the curves are there; a curve is drawn with keys
// that a slider does not have, so that there what is set is said aloud.
function address(stage, view, { summary, caption }) {
  const { sketch, blank, words, weeks } = view;
  const slides = !sketch && !blank;
  const keys = sketch ? words.sketch_keys : slides ? words.keys : "";
  stage.setAttribute("role", sketch ? "application" : slides ? "slider" : "img");
  stage.setAttribute("aria-label", [summary || caption || words.chart, keys].filter(Boolean).join(" "));
  if (slides) dressed(stage, { "aria-valuemin": "0", "aria-valuemax": String(weeks - 1) });
  else for (const name of ["valuemin", "valuemax", "valuenow", "valuetext"]) stage.removeAttribute(`aria-${name}`);
}

function skeleton() {
  const plot = parts();
  const empty = make("p", { cls: "eco-empty" });
  const made = {
    plot, empty,
    caption: make("p", { cls: "eco-caption" }),
    stage: make("div", { cls: "eco-plotted", tabindex: "0" }, plot.svg, empty),
    readout: make("p", { cls: "eco-readout" }),
    legend: make("ul", { cls: "eco-legend" }),
    hint: make("span", {}),
    clear: make("button", { type: "button" }),
    note: make("p", { cls: "eco-note" }),
    live: make("p", { cls: "eco-aloud", "aria-live": "polite" }),
  };
  made.tools = make("p", { cls: "eco-sketching" }, made.hint, made.clear);
  made.root = make("div", { cls: "eco-chart" }, made.caption, made.stage, made.readout, made.legend, made.tools, made.note, made.live);
  return made;
}

const GIVEN = ["weeks", "unit", "digits", "limits", "marks", "playhead", "zero", "sketch", "sketches", "readout", "words", "lang"];
const AROUND = ["caption", "note", "empty", "summary", "height"];

function chart({ model, el }) {
  const clock = clockNamed(model.get("clock"));
  const at = skeleton();
  const { plot, stage, live } = at;
  el.replaceChildren(at.root);
  const get = (name) => model.get(name);
  const words = () => get("words");
  let view = null;
  let cursor = -1; // week under the pointer or the keys
  let seen = -1;

  const sketch = sketchOf(model, () => {
    view.listed = curves();
    drawCurves(plot, view);
    drawCursor();
    at.clear.disabled = lastOf(sketch.values) < 0;
  });
  // all that is drawn as a line: outcomes, predictions, the curve under the viewer's hand
  const curves = () => {
    const before = get("sketches").map((each) => ({ ...each, sketch: true }));
    const mine = get("sketch") ? [{ label: words().own, values: sketch.values, sketch: true, mine: true }] : [];
    return [...get("series"), ...before, ...mine];
  };

  const weekShown = () => (cursor >= 0 ? cursor : get("playhead") ? Math.min(clock.week, view.weeks - 1) : -1);
  const tell = () => {
    at.readout.hidden = !get("readout") || view.blank;
    const week = weekShown();
    at.readout.replaceChildren(...(week < 0 ? [words().explore] : shownOfWeek(view, week)));
    if (stage.getAttribute("role") !== "slider") return;
    const value = Math.max(0, week);
    dressed(stage, { "aria-valuenow": String(value), "aria-valuetext": aloudOfWeek(view, value) });
  };
  const drawPlayhead = () => {
    if (!view) return;
    const week = get("playhead") ? Math.min(clock.week, view.weeks - 1) : -1;
    drawWeek(plot.play, view, week, { stroke: view.colours.soft, "stroke-width": 2 });
    if (cursor < 0) tell();
  };
  const drawCursor = () => {
    if (!view) return;
    drawWeek(plot.cursor, view, cursor, { stroke: view.colours.ink, "stroke-width": 1 });
    tell();
  };
  const again = () => {
    for (const name of ["caption", "note"]) {
      at[name].textContent = get(name);
      at[name].hidden = !get(name);
    }
    at.tools.hidden = !get("sketch");
    at.hint.textContent = words().sketch;
    at.clear.textContent = words().clear;
    at.clear.disabled = lastOf(sketch.values) < 0;
    stage.classList.toggle("is-sketched", get("sketch"));
    stage.style.height = get("height") || "";
    view = viewOf(stage, curves(), Object.fromEntries(GIVEN.map((name) => [name, get(name)])));
    if (!view) return;
    cursor = Math.min(cursor, view.weeks - 1);
    at.empty.hidden = !view.blank || get("sketch");
    at.empty.textContent = get("empty") || words().empty;
    address(stage, view, { summary: get("summary"), caption: get("caption") });
    drawAxes(plot, view);
    drawMarks(plot, view);
    drawCurves(plot, view);
    drawNames(plot, view);
    const legend = legendFor(view);
    at.legend.hidden = !legend.length;
    at.legend.replaceChildren(...legend);
    drawPlayhead();
    drawCursor();
  };

  // --- pointer and keys ---

  const under = (event) => {
    const box = stage.getBoundingClientRect();
    const { left, right, bottom, top, weeks, limits } = view;
    const week = Math.round(((event.clientX - box.left - left) / (right - left)) * Math.max(1, weeks - 1));
    const value = limits[0] + ((bottom - (event.clientY - box.top)) / (bottom - top)) * (limits[1] - limits[0]);
    return { week: Math.max(0, Math.min(weeks - 1, week)), value };
  };
  const goTo = (week) => {
    if (!get("playhead")) return;
    measure.input();
    clock.pause();
    clock.set(week);
  };
  const leave = () => {
    cursor = -1;
    drawCursor();
  };
  const handlers = {
    pointerdown(event) {
      if (!get("sketch")) return;
      event.preventDefault();
      stage.focus();
      stage.setPointerCapture(event.pointerId);
      measure.input();
      sketch.begin();
      const { week, value } = under(event);
      cursor = week;
      sketch.strokeTo(week, value, view);
    },
    pointermove(event) {
      const { week, value } = under(event);
      const moved = week !== cursor;
      cursor = week;
      if (sketch.drawing && event.buttons) sketch.strokeTo(week, value, view);
      else if (moved) drawCursor();
    },
    pointerup: () => sketch.lift(),
    pointercancel: () => sketch.lift(),
    pointerleave() {
      if (!sketch.drawing && document.activeElement !== stage) leave();
    },
    click: (event) => !get("sketch") && goTo(under(event).week),
    blur: leave,
    keydown(event) {
      if (view.blank && !get("sketch")) return;
      const last = view.weeks - 1;
      const begin = Math.max(0, weekShown());
      const far = event.shiftKey ? WIDE : 1;
      const to = { ArrowLeft: begin - far, ArrowRight: begin + far, Home: 0, End: last }[event.key];
      const up = { ArrowUp: KEY_STEP, ArrowDown: -KEY_STEP }[event.key];
      if (to !== undefined) cursor = Math.max(0, Math.min(last, to));
      else if (up && get("sketch")) {
        cursor = begin;
        measure.input();
        sketch.raise(cursor, up * far, view);
      } else if (event.key === "Enter" && cursor >= 0) goTo(cursor);
      else if (event.key === "Escape") cursor = -1;
      else return;
      event.preventDefault();
      drawCursor();
      if (get("sketch") && cursor >= 0) live.textContent = aloudOfWeek(view, cursor);
    },
  };
  for (const [name, handle] of Object.entries(handlers)) stage.addEventListener(name, (event) => view && handle(event));
  at.clear.addEventListener("click", () => {
    sketch.clear();
    live.textContent = words().cleared;
    stage.focus();
  });

  again();
  return together(
    clock.on(() => {
      if (clock.week === seen) return;
      seen = clock.week;
      drawPlayhead();
    }),
    onTheme(again), onResize(stage, again),
    onChange(model, ["series"], () => {
      again();
      measure.answered();
    }),
    onChange(model, ["sketched"], () => {
      sketch.obey();
      again();
    }),
    onChange(model, [...GIVEN, ...AROUND], again), sketch.off);
}

export default { render: chart };
