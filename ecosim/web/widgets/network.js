// The network: each learner at her place, week by week; how it is drawn stands in network_drawing.js.

const REACH = 18; // CSS pixels from the pointer to a learner
const NARROW = 480; // CSS pixels, of the whole picture

// --- finding learners ---

function nearestTo(film, xy, week, x, y, most) {
  let [found, least] = [-1, most * most];
  for (let i = 0; i < film.count; i += 1) {
    const far = (xy[2 * i] - x) ** 2 + (xy[2 * i + 1] - y) ** 2;
    if (far < least && isShown(film, week, i)) [found, least] = [i, far];
  }
  return found;
}

// The learner next to one in the direction of an arrow key: near, and not too far aside.
function beside(film, xy, week, from, [dx, dy]) {
  let [found, least] = [from, Infinity];
  for (let i = 0; i < film.count; i += 1) {
    const [x, y] = [xy[2 * i] - xy[2 * from], xy[2 * i + 1] - xy[2 * from + 1]];
    const ahead = x * dx + y * dy;
    if (i === from || ahead <= 0 || !isShown(film, week, i)) continue;
    const far = ahead + 2.5 * Math.abs(x * dy - y * dx);
    if (far < least) [found, least] = [i, far];
  }
  return found;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// --- what is said of a learner ---

function saidOf(film, week, i, words, lang) {
  const at = week * film.count + i;
  const number = numberIn(lang, 2);
  const share = (name) => {
    const value = film[name][at];
    return [words[name], value === NONE ? words.none : number(value / FULL)];
  };
  const name = film.names[i] || fill(words.learner, { learner: i });
  const beneath = [film.profiles[film.profile[i]], film.communities.length > 1 ? film.communities[film.community[at]] : ""];
  const state = film.status[at] === LEFT ? words.left : film.active[at] ? words.active : words.idle;
  const rows = [share("persistence"), share("autonomous_motive"), share("skill"), share("flow"),
    [words.ties, String(film.bonds[at])]];
  return { name, beneath: beneath.filter(Boolean).join(" · "), state, rows: film.status[at] === LEFT ? [] : rows };
}

function tipOf(said) {
  const rows = said.rows.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)));
  return [make("strong", {}, said.name), said.beneath && make("span", {}, said.beneath), make("span", {}, said.state),
    rows.length ? make("dl", {}, ...rows) : ""].filter(Boolean);
}

const aloud = (said) => [said.name, said.beneath, said.state, ...said.rows.map((row) => row.join(" "))].filter(Boolean).join(", ");

// --- the legend ---

function swatch(look) {
  const canvas = make("canvas", { width: 36, height: 36, cls: "eco-swatch", "aria-hidden": "true" });
  const ctx = canvas.getContext("2d");
  outline(ctx, look.shape, 18, 18, look.r ?? 11);
  if (look.fill) {
    ctx.fillStyle = look.fill;
    ctx.fill();
  }
  ctx.lineWidth = 2;
  ctx.strokeStyle = look.edge;
  ctx.stroke();
  return canvas;
}

function legendOf(film, trait, words, colours) {
  const item = (said, ...signsOf) => make("li", {}, ...signsOf, make("span", {}, said));
  const rows = looks(trait, colours);
  const last = rows[rows.length - 1];
  const listed = [];
  if (trait === "community") {
    film.communities.forEach((name, k) => listed.push(item(name, swatch(rows[k % 16]))));
  } else {
    listed.push(make("li", {}, make("span", {}, words.low), make("span", { cls: "eco-ramp", "aria-hidden": "true" }),
      make("span", {}, words.high)));
    if (trait === "flow") listed.push(item(words.none_yet, swatch(rows[LEVELS])));
  }
  const plain = { shape: "circle", fill: colours.sunk, edge: colours.edge };
  listed.push(item(words.size, swatch({ ...plain, r: 6 }), swatch({ ...plain, r: 12 })));
  listed.push(item(words.gone, swatch({ ...last, r: 8 })));
  listed.push(item(words.line, make("span", { cls: "eco-tie eco-tie-weak", "aria-hidden": "true" }),
    make("span", { cls: "eco-tie", "aria-hidden": "true" })));
  return listed;
}

// --- the widget ---

function network({ model, el }) {
  const clock = clockNamed(model.get("clock"));
  const canvas = make("canvas", { role: "img" });
  const tip = make("div", { cls: "eco-tip", hidden: true });
  const stage = make("div", { cls: "eco-stage", tabindex: "0", role: "application" }, canvas, tip);
  const live = make("p", { cls: "eco-aloud", "aria-live": "polite" });
  const select = make("select", {});
  const chooser = make("label", { cls: "eco-choose" }, make("span", {}), select);
  const legend = make("ul", { cls: "eco-legend" });
  const root = make("div", { cls: "eco-net" }, stage, make("div", { cls: "eco-under" }, chooser, legend), live);
  el.replaceChildren(root);

  const ctx = canvas.getContext("2d");
  const layer = make("canvas").getContext("2d");
  let film = unpacked(model.get("film"));
  let xy = new Float32Array(0);
  let view = null;
  let drawnWeek = -1;
  let pointed = -1; // under the pointer, or where arrow keys have gone
  let byKeys = false;

  const words = () => model.get("words");
  const trait = () => model.get("trait");
  const week = () => Math.min(clock.week, film.weeks - 1);

  // Everything that hangs on size, theme, trait or film.
  const arrange = () => {
    const { wide, high, ratio } = fitCanvas(canvas);
    const colours = palette();
    const size = parseFloat(getComputedStyle(stage).fontSize) * 0.9 * ratio;
    const margin = (MARGIN + (film.communities.length > 1 ? 14 : 0)) * ratio;
    if (!view || view.wide !== wide || view.high !== high || view.film !== film) xy = placed(film.places, wide, high, margin);
    const base = Math.max(SMALLEST * ratio, Math.min(LARGEST * ratio, 0.46 * nearest(xy)));
    Object.assign(layer.canvas, { width: wide, height: high });
    ctx.font = `600 ${size}px ${getComputedStyle(stage).fontFamily}`;
    const sorted = [...film.bonds].sort((a, b) => a - b);
    const top = Math.max(4, sorted[Math.floor(0.98 * sorted.length)] ?? 4);
    view = { wide, high, ratio, colours, size, base, top, film, sheet: sheetOf(trait(), base, ratio, colours),
      signs: signs(film, xy, ctx, wide, high, size), font: ctx.font };
    drawnWeek = -1;
  };

  const draw = () => {
    if (!view || !canvas.clientWidth) return;
    const { wide, high, ratio, colours, base } = view;
    const shown = week();
    if (drawnWeek !== shown) drawTies(layer, film, xy, shown, ratio, colours);
    drawnWeek = shown;
    ctx.clearRect(0, 0, wide, high);
    ctx.drawImage(layer.canvas, 0, 0);
    const selected = model.get("selected");
    if (selected >= 0 && selected < film.count) drawOwnTies(ctx, film, xy, shown, selected, ratio, colours);
    drawPeople(ctx, film, xy, view, trait(), shown, clock.part);
    if (selected >= 0 && selected < film.count) drawRing(ctx, xy, selected, base, ratio, colours.two, []);
    if (pointed >= 0 && pointed !== selected) drawRing(ctx, xy, pointed, base, ratio, colours.ink, byKeys ? [4, 3] : []);
    ctx.font = view.font;
    drawSigns(ctx, view.signs, view.size, colours);
  };
  const drawSoon = onceAFrame(draw);

  // Beside her where there is room, else above or below, away from her.
  const standBeside = (i) => {
    const [x, y] = [xy[2 * i] / view.ratio, xy[2 * i + 1] / view.ratio];
    const { clientWidth: wide, clientHeight: high } = canvas;
    const narrow = wide < NARROW;
    const right = x > wide / 2;
    tip.classList.toggle("is-narrow", narrow);
    tip.style.left = narrow ? "0" : right ? "auto" : `${x + 14}px`;
    tip.style.right = narrow ? "0" : right ? `${wide - x + 14}px` : "auto";
    const beneath = high - tip.offsetHeight;
    tip.style.top = `${narrow ? (y < high / 2 ? beneath : 0) : Math.max(0, Math.min(y - 20, beneath - 4))}px`;
  };
  const point = (i) => {
    pointed = i;
    tip.hidden = i < 0;
    if (i >= 0) {
      tip.replaceChildren(...tipOf(saidOf(film, week(), i, words(), model.get("lang"))));
      standBeside(i);
    }
    drawSoon();
  };
  const choose = (i) => {
    measure.input();
    model.set("selected", i);
    model.save_changes();
    drawSoon();
  };
  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    const at = [(event.clientX - box.left) * view.ratio, (event.clientY - box.top) * view.ratio];
    return nearestTo(film, xy, week(), ...at, REACH * view.ratio);
  };
  stage.addEventListener("pointermove", (event) => {
    byKeys = false;
    const found = under(event);
    if (found !== pointed) point(found);
    canvas.style.cursor = found >= 0 ? "pointer" : "default";
  });
  stage.addEventListener("pointerleave", () => point(-1));
  stage.addEventListener("click", (event) => {
    const found = under(event);
    choose(found === model.get("selected") ? -1 : found);
    point(found);
  });
  stage.addEventListener("blur", () => point(-1));
  stage.addEventListener("keydown", (event) => {
    byKeys = true;
    if (ARROWS[event.key]) {
      const from = pointed >= 0 ? pointed : model.get("selected");
      const next = from >= 0 ? beside(film, xy, week(), from, ARROWS[event.key])
        : nearestTo(film, xy, week(), view.wide / 2, view.high / 2, Infinity);
      point(next);
      if (next >= 0) live.textContent = aloud(saidOf(film, week(), next, words(), model.get("lang")));
    } else if (event.key === "Enter" || event.key === " ") {
      if (pointed < 0) return;
      choose(pointed);
      live.textContent = fill(words().chosen, { name: film.names[pointed] || fill(words().learner, { learner: pointed }) });
    } else if (event.key === "Escape") {
      choose(-1);
      point(-1);
      live.textContent = words().cleared;
    } else return;
    event.preventDefault();
  });
  select.addEventListener("change", () => {
    model.set("trait", select.value);
    model.save_changes();
    measure.input();
  });

  const label = () => {
    canvas.setAttribute("aria-label", words().summary ?? "");
    stage.setAttribute("aria-label", words().keys ?? "");
    chooser.firstChild.textContent = words().colour;
    chooser.hidden = !model.get("choices").length;
    select.replaceChildren(...model.get("choices").map((each) =>
      make("option", { value: each, selected: each === trait() }, words()[each])));
    legend.hidden = !model.get("legend");
    legend.replaceChildren(...legendOf(film, trait(), words(), palette()));
  };
  const again = () => {
    arrange();
    label();
    if (pointed >= 0) point(pointed); // her card may be in another language now
    draw();
  };
  const refilm = () => {
    film = unpacked(model.get("film"));
    if (pointed >= film.count) point(-1);
    again();
    measure.answered();
  };
  again();
  let seen = -1;
  const follow = () => {
    const moved = week() !== seen;
    seen = week();
    // while the clock runs it is drawn within its frame; a scrubbed week waits for the next one
    if (clock.playing) draw();
    else drawSoon();
    if (moved && pointed >= 0) point(isShown(film, seen, pointed) ? pointed : -1);
  };
  return together(
    clock.on(follow), onTheme(again), onResize(stage, again), onChange(model, ["film"], refilm),
    onChange(model, ["trait", "words", "choices", "legend"], again), onChange(model, ["selected"], drawSoon));
}

export default { render: network };
