// The flow channel: the acts of the week, perceived challenge against skill, over the band where the two balance.

const TOP = 1.2; // highest challenge shown
const FULL = 254;

function channel({ model, el }) {
  const clock = clockNamed(model.get("clock"));
  const canvas = make("canvas", { role: "img", cls: "eco-acts" });
  const said = make("p", { cls: "eco-readout" });
  const legend = make("ul", { cls: "eco-legend" });
  el.replaceChildren(make("div", { cls: "eco-channel" }, canvas, said, legend));
  const ctx = canvas.getContext("2d");
  const under = make("canvas").getContext("2d");
  const words = () => model.get("words");
  let film = null;
  let view = null;

  const unpack = () => {
    const data = model.get("film");
    film = { weeks: data.weeks, first: counts(data.first), skill: bytes(data.skill), challenge: bytes(data.challenge),
      flow: bytes(data.flow), episode: Math.round(data.episode * FULL), delta: data.delta, below: data.below, above: data.above };
  };

  // --- what stays: the band, the axes, the names of the regions ---

  const band = (low, high, colour, alpha) => {
    const { x, y } = view;
    under.globalAlpha = alpha;
    under.fillStyle = colour;
    under.beginPath();
    for (const [skill, away] of [[0, low], [1, low], [1, high], [0, high]]) under.lineTo(x(skill), y(skill + film.delta + away));
    under.fill();
    under.globalAlpha = 1;
  };
  const drawUnder = () => {
    const { wide, high, size, left, right, top, bottom, x, y, colours, font } = view;
    Object.assign(under.canvas, { width: wide, height: high });
    under.clearRect(0, 0, wide, high);
    under.save();
    under.beginPath();
    under.rect(left, top, right - left, bottom - top);
    under.clip();
    for (const share of [2, 1.4, 1, 0.6]) band(-share * film.below, share * film.above, colours["one-wash"], share > 1 ? 0.4 : 0.75);
    under.strokeStyle = colours.one;
    under.lineWidth = 1.5 * view.ratio;
    under.setLineDash([6 * view.ratio, 4 * view.ratio]);
    under.beginPath();
    under.moveTo(x(0), y(film.delta));
    under.lineTo(x(1), y(1 + film.delta));
    under.stroke();
    under.restore();
    under.strokeStyle = colours.edge;
    under.lineWidth = view.ratio;
    under.strokeRect(left, top, right - left, bottom - top);
    under.fillStyle = colours.soft;
    under.font = font;
    const number = numberIn(model.get("lang"), 1);
    under.textAlign = "center";
    under.textBaseline = "top";
    for (const at of [0, 0.2, 0.4, 0.6, 0.8, 1]) under.fillText(number(at), x(at), bottom + 0.35 * size);
    under.fillText(words().skill, (left + right) / 2, bottom + 1.6 * size);
    under.textAlign = "right";
    under.textBaseline = "middle";
    for (const at of [0, 0.2, 0.4, 0.6, 0.8, 1]) under.fillText(number(at), left - 0.4 * size, y(at));
    under.textAlign = "left";
    under.textBaseline = "top";
    under.fillText(words().challenge, 0, 0);
  };
  const drawRegions = () => {
    const { x, y, size, font, colours, ratio } = view;
    ctx.font = `600 ${font}`;
    ctx.lineWidth = 4 * ratio;
    ctx.lineJoin = "round";
    ctx.strokeStyle = colours.card;
    ctx.fillStyle = colours.ink;
    ctx.textBaseline = "middle";
    const write = (name, skill, challenge, align) => {
      ctx.textAlign = align;
      ctx.strokeText(words()[name], x(skill), y(challenge));
      ctx.fillText(words()[name], x(skill), y(challenge));
    };
    write("anxiety", 0.02, TOP - 0.06, "left");
    write("boredom", 0.98, 0.06, "right");
    ctx.save();
    ctx.translate(x(0.99), y(0.99 + film.delta) + 0.9 * size);
    ctx.rotate(Math.atan2(y(1) - y(0), x(1) - x(0)));
    ctx.textAlign = "right";
    ctx.strokeText(words().flow, 0, 0);
    ctx.fillText(words().flow, 0, 0);
    ctx.restore();
  };

  // --- what moves: the acts ---

  // full circles in flow, open squares out of it: no hue is needed to tell them
  const drawActs = () => {
    const { x, y, ratio, colours } = view;
    const week = Math.min(clock.week, film.weeks - 1);
    const [from, to] = [film.first[week], film.first[week + 1]];
    const r = Math.max(1.8, Math.min(4.5, 60 / Math.sqrt(Math.max(1, to - from)))) * ratio;
    const place = (k) => [x(film.skill[k] / FULL), y((film.challenge[k] / FULL) * TOP)];
    ctx.strokeStyle = colours.two;
    ctx.lineWidth = 1.3 * ratio;
    let inFlow = 0;
    ctx.beginPath();
    for (let k = from; k < to; k += 1) {
      if (film.flow[k] >= film.episode) continue;
      const [at, high] = place(k);
      ctx.rect(at - 0.8 * r, high - 0.8 * r, 1.6 * r, 1.6 * r);
    }
    ctx.stroke();
    ctx.fillStyle = colours.s0;
    ctx.strokeStyle = colours.card;
    ctx.lineWidth = 0.8 * ratio;
    for (let k = from; k < to; k += 1) {
      if (film.flow[k] < film.episode) continue;
      inFlow += 1;
      const [at, high] = place(k);
      ctx.beginPath();
      ctx.arc(at, high, r, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
    return { week, acts: to - from, inFlow };
  };
  const tell = ({ week, acts, inFlow }) => {
    const number = numberIn(model.get("lang"), 0);
    const line = acts ? fill(words().told, { week, count: number(acts), value: number(inFlow) }) : fill(words().nobody, { week });
    if (said.textContent !== line) said.textContent = line;
  };
  const draw = () => {
    if (!view) return;
    ctx.clearRect(0, 0, view.wide, view.high);
    ctx.drawImage(under.canvas, 0, 0);
    const found = drawActs();
    drawRegions();
    tell(found);
  };
  const drawSoon = onceAFrame(draw);

  const swatch = (shape, colours) => {
    const sign = shape === "circle" ? drawn("circle", { cx: 9, cy: 9, r: 6, fill: colours.s0 })
      : drawn("rect", { x: 4, y: 4, width: 10, height: 10, fill: "none", stroke: colours.two, "stroke-width": 2 });
    return drawn("svg", { width: 18, height: 18, "aria-hidden": "true" }, sign);
  };
  const arrange = () => {
    const { wide, high, ratio } = fitCanvas(canvas);
    if (wide < 2) return;
    const style = getComputedStyle(canvas);
    const size = parseFloat(style.fontSize) * ratio;
    const colours = palette();
    const [left, right, top, bottom] = [2.2 * size, wide - 0.9 * size, 1.5 * size, high - 2.9 * size];
    view = { wide, high, ratio, size, colours, left, right, top, bottom, x: scale(0, 1, left, right),
      y: scale(0, TOP, bottom, top), font: `${size}px ${style.fontFamily}` };
    canvas.setAttribute("aria-label", words().summary ?? "");
    legend.replaceChildren(make("li", {}, swatch("circle", colours), make("span", {}, words().in_flow)),
      make("li", {}, swatch("square", colours), make("span", {}, words().out)),
      make("li", {}, make("span", { cls: "eco-band", "aria-hidden": "true" }), make("span", {}, words().band)));
    drawUnder();
    draw();
  };
  const renewed = () => {
    unpack();
    arrange();
    measure.answered();
  };
  unpack();
  arrange();
  let seen = clock.week;
  const follow = () => {
    if (clock.week === seen) return;
    seen = clock.week;
    if (clock.playing) draw();
    else drawSoon();
  };
  return together(clock.on(follow), onTheme(arrange), onResize(canvas, arrange), onChange(model, ["film"], renewed),
    onChange(model, ["words", "lang"], arrange));
}

export default { render: channel };
