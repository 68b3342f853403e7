// How a chart is drawn. Elements stay where they are; only their shapes change, so that nothing flickers.

const DIRECT = 0.26; // share of the width that names beside the lines may take
const USUAL = 13; // CSS pixels, of the letters for which lines are as thick as they are told here
const NUDGE = 1.6; // lines of text by which such a name may be moved

const inked = (tag, attributes) => drawn(tag, { fill: "none", ...attributes });
const isThere = (value) => Number.isFinite(value ?? NaN);
const lastOf = (values) => values.reduce((found, each, week) => (isThere(each) ? week : found), -1);

function parts() {
  const groups = ["bands", "spread", "axes", "marks", "lines", "play", "cursor", "names"];
  const made = Object.fromEntries(groups.map((name) => [name, drawn("g", { class: `eco-${name}` })]));
  const svg = drawn("svg", { class: "eco-plot", focusable: "false", "aria-hidden": "true" }, ...Object.values(made));
  return { svg, ...made };
}

// As many elements as there are things, those that are there kept.
function matched(group, count, makeOne) {
  while (group.childElementCount > count) group.lastChild.remove();
  while (group.childElementCount < count) group.append(makeOne());
  return [...group.children];
}

// Outcomes by their stroke; predictions dotted, the viewer's own in the second accent. Lines grow with the letters.
function lookOf(each, { colours, grown }) {
  const stroke = (each.stroke ?? 0) % 4;
  const [colour, dash, wide] = each.sketch ? [each.mine ? colours.two : colours.ink, [1, 6], 3.2]
    : [colours[`s${stroke}`], each.dash ?? DASHES[stroke], 2.4];
  return { colour, dash: dash.map((length) => length * grown), wide: wide * grown };
}

// --- room: how much names, numbers and the plot take ---

// What tells each curve, at its end, and whether there is room for it.
function namesOf(listed, y, { size, font, top, bottom, wide }) {
  const named = listed.filter((each) => lastOf(each.values) >= 0 && each.label);
  const widest = Math.max(0, ...named.map((each) => widthOf(each.label, `600 ${font}`)));
  const { found, moved } = apart(named.map((each) => y(each.values[lastOf(each.values)])), 1.25 * size, top, bottom);
  return { named, ends: found, widest, direct: named.length > 0 && widest < DIRECT * wide && moved < NUDGE * size };
}

// Scales and sizes of a plot of some curves; nothing where there is no room at all.
function viewOf(stage, listed, given) {
  const style = getComputedStyle(stage);
  const size = parseFloat(style.fontSize);
  const font = `${size}px ${style.fontFamily}`;
  const [wide, high] = [stage.clientWidth, stage.clientHeight];
  if (!wide || !high) return null;
  const weeks = Math.max(given.weeks, ...listed.map((each) => each.values.length), 1);
  const values = listed.flatMap((each) => [each.values, each.low ?? [], each.high ?? [], ...(each.spread ?? [])]).flat();
  const limits = limitsOf(values, given.limits, given.zero);
  const { found: ticks, step } = ticksOf(...limits, Math.max(2, Math.min(5, high / (3.2 * size))));
  const said = given.unit === "percent" ? percentIn(given.lang, step < 0.01 ? 1 : 0)
    : numberIn(given.lang, Math.max(0, Math.min(4, -Math.floor(Math.log10(step) + 1e-9))));
  const left = Math.ceil(Math.max(...ticks.map((each) => widthOf(said(each), font)), size)) + 10;
  const top = given.marks.some((each) => each.kind !== "deadline") ? 2.6 * size : 0.7 * size;
  const bottom = high - 2.9 * size;
  const y = scale(...limits, bottom, top);
  const names = namesOf(listed, y, { size, font, top, bottom, wide });
  const direct = names.direct && !given.sketch;
  const right = wide - (direct ? names.widest + 16 : 14);
  const x = scale(0, Math.max(1, weeks - 1), left, right);
  return { ...names, ...given, listed, size, font, wide, high, weeks, limits, ticks, said, left, right, top, bottom, x, y, direct,
    colours: palette(), grown: size / USUAL, blank: !values.some(isThere) };
}

// --- what stays for a while ---

function drawAxes(plot, view) {
  const { wide, high, size, left, right, bottom, x, y, ticks, said, weeks, colours, words } = view;
  dressed(plot.svg, { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high });
  const made = [];
  for (const tick of ticks) {
    const zero = tick === 0 && view.zero;
    made.push(inked("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), stroke: zero ? colours.ink : colours.line,
      "stroke-width": zero ? 1.6 : 1 }));
    made.push(drawn("text", { x: left - 8, y: y(tick) + 0.35 * size, "text-anchor": "end", class: "eco-tick" }, said(tick)));
  }
  made.push(inked("line", { x1: left, x2: right, y1: bottom, y2: bottom, stroke: colours.line }));
  for (const week of weekTicks(weeks, (right - left) / (3.4 * size))) {
    made.push(inked("line", { x1: x(week), x2: x(week), y1: bottom, y2: bottom + 4, stroke: colours.edge }));
    made.push(drawn("text", { x: x(week), y: bottom + 1.35 * size, "text-anchor": "middle", class: "eco-tick" }, String(week)));
  }
  made.push(drawn("text", { x: (left + right) / 2, y: high - 0.25 * size, "text-anchor": "middle", class: "eco-tick" }, words.weeks));
  plot.axes.replaceChildren(...made);
}

// Names of events stand in two rows above the plot; one that finds no room keeps its line, and is told under the cursor.
function drawMarks(plot, view) {
  const { size, font, left, right, top, bottom, x, colours, weeks, marks } = view;
  const rows = [-Infinity, -Infinity];
  const made = [];
  for (const each of [...marks].sort((a, b) => a.week - b.week)) {
    if (each.week >= weeks) continue;
    const at = x(each.week);
    if (each.kind === "deadline") {
      const [w, h] = [0.3 * size, 0.55 * size];
      made.push(drawn("path", { d: `M${at - w} ${bottom - h}h${2 * w}l${-w} ${h}z`, fill: colours.edge }));
      continue;
    }
    made.push(inked("line", { x1: at, x2: at, y1: top - 0.4 * size, y2: bottom, stroke: colours.two, "stroke-width": 1.4,
      "stroke-dasharray": "3 3" }));
    const long = widthOf(each.label, font);
    const begin = Math.max(left, Math.min(at - long / 2, right - long));
    const row = rows.findIndex((end) => end + 8 < begin);
    if (row < 0 || long > right - left) continue;
    rows[row] = begin + long;
    made.push(drawn("text", { x: begin, y: top - (0.65 + 1.1 * row) * size, class: "eco-event" }, each.label));
  }
  plot.marks.replaceChildren(...made);
}

function drawCurves(plot, view) {
  const { listed, x, y } = view;
  const round = { "stroke-linejoin": "round", "stroke-linecap": "round" };
  const lines = matched(plot.lines, listed.length, () => inked("path", round));
  const banded = listed.filter((each) => each.low?.length);
  const bands = matched(plot.bands, banded.length, () => drawn("path", { opacity: 0.18 }));
  const strewn = listed.filter((each) => each.spread?.length);
  const spread = matched(plot.spread, strewn.length, () => inked("path", { "stroke-width": 1, opacity: 0.28 }));
  listed.forEach((each, k) => {
    const { colour, dash, wide } = lookOf(each, view);
    dressed(lines[k], { d: pathOf(each.values, x, y), stroke: colour, "stroke-width": wide, "stroke-dasharray": dash.join(" ") || "none" });
  });
  banded.forEach((each, k) => dressed(bands[k], { d: bandOf(each.low, each.high, x, y), fill: lookOf(each, view).colour }));
  strewn.forEach((each, k) =>
    dressed(spread[k], { d: each.spread.map((one) => pathOf(one, x, y)).join(""), stroke: lookOf(each, view).colour }));
}

function drawNames(plot, view) {
  const { direct, named, ends, right, size } = view;
  const names = matched(plot.names, direct ? named.length : 0, () => drawn("text", { class: "eco-name" }));
  names.forEach((each, k) => {
    dressed(each, { x: right + 8, y: ends[k] + 0.35 * size, fill: lookOf(named[k], view).colour });
    if (each.textContent !== named[k].label) each.textContent = named[k].label;
  });
}

// Where names do not fit beside their lines; a curve that stands alone under the viewer's hand needs none.
function legendFor(view) {
  const { direct } = view;
  const listed = view.listed.filter((each) => each.label && (each.mine || lastOf(each.values) >= 0));
  if (direct || (listed.length === 1 && listed[0].mine)) return [];
  return listed.map((each) => {
    const { colour, dash, wide } = lookOf(each, view);
    const line = inked("line", { x1: 2, x2: 32, y1: 5, y2: 5, stroke: colour, "stroke-width": wide,
      "stroke-dasharray": dash.join(" ") || "none", "stroke-linecap": "round" });
    return make("li", {}, drawn("svg", { width: 34, height: 10, "aria-hidden": "true" }, line), make("span", {}, each.label));
  });
}

// --- what moves ---

// A line through a week, and a dot on every curve there.
function drawWeek(group, view, week, look) {
  group.replaceChildren();
  if (week < 0 || week > view.weeks - 1 || view.blank) return;
  const { x, y, top, bottom, listed, colours } = view;
  group.append(inked("line", { x1: x(week), x2: x(week), y1: top, y2: bottom, ...look }));
  for (const each of listed) {
    if (!isThere(each.values[week])) continue;
    group.append(drawn("circle", { cx: x(week), cy: y(each.values[week]), r: 4.5 * view.grown, fill: lookOf(each, view).colour,
      stroke: colours.card, "stroke-width": 1.5 }));
  }
}
