// What all moving pictures of a page share: one clock, the colours of the theme, sizes, bytes, and a stopwatch.

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

// --- measuring, only where the address asks for it: ?measure=1 ---

function painted(tell) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel(); // its message comes once the frame has been handed to the screen
    channel.port1.onmessage = () => tell(performance.now());
    channel.port2.postMessage(0);
  });
}

function makeMeasure() {
  const asked = new URLSearchParams(location.search).get("measure") === "1";
  const nothing = () => {};
  if (!asked) return { input: nothing, answered: nothing, frame: nothing, rest: nothing };
  const times = { frame: [], input: [], answer: [] };
  let lastFrame = 0;
  let waiting = 0;
  const keep = (list, value) => list.push(value) > 20_000 && list.shift();
  const spread = (list) => {
    const sorted = [...list].sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
    return { p50: at(0.5), p95: at(0.95) };
  };
  globalThis.ecosimStats = {
    get frames() { return times.frame.length; },
    get fps() {
      const all = times.frame.reduce((sum, each) => sum + each, 0);
      return all ? (1000 * times.frame.length) / all : null;
    },
    get frame_ms() { return spread(times.frame); },
    get inputs() { return times.input.length; },
    get input_ms() { return spread(times.input); },
    get answers() { return times.answer.length; },
    get answer_ms() { return spread(times.answer); },
  };
  return {
    // an input has come; the next frame shows it, and the next film or data answers it
    input() {
      const begun = performance.now();
      waiting = begun;
      painted((now) => keep(times.input, now - begun));
    },
    // something new has come from the server
    answered() {
      if (!waiting) return;
      const begun = waiting;
      waiting = 0;
      painted((now) => keep(times.answer, now - begun));
    },
    // a frame is being drawn while the clock runs
    frame(now) {
      if (lastFrame) keep(times.frame, now - lastFrame);
      lastFrame = now;
    },
    // the clock has stopped: what comes next is no frame of it
    rest() { lastFrame = 0; },
  };
}

const measure = (globalThis.ecosimMeasure ??= makeMeasure());

// --- the clock: which week all pictures of one name show ---

const LONGEST_STEP = 250; // ms: who comes back to a page finds it where it was

function makeClock() {
  const heard = new Set();
  let last = 0;
  const tell = () => {
    for (const each of [...heard]) each(clock);
  };
  const frame = (now) => {
    if (!clock.playing) return;
    measure.frame(now);
    clock.at += (clock.speed * Math.min(now - last, LONGEST_STEP)) / 1000;
    last = now;
    if (clock.at >= clock.weeks - 1) {
      clock.at = clock.weeks - 1;
      clock.playing = false;
      measure.rest();
    }
    tell();
    requestAnimationFrame(frame);
  };
  const clock = {
    at: 0, // weeks and parts of a week, for what moves smoothly
    weeks: 1,
    playing: false,
    speed: 4, // weeks a second
    get week() {
      return Math.max(0, Math.min(Math.floor(clock.at + 1e-6), clock.weeks - 1));
    },
    // how far the next week has come, 0 where nothing shall glide
    get part() {
      return clock.playing && !STILL.matches ? clock.at - clock.week : 0;
    },
    set(at) {
      clock.at = Math.max(0, Math.min(at, clock.weeks - 1));
      tell();
    },
    length(weeks) {
      if (weeks === clock.weeks) return;
      clock.weeks = Math.max(1, weeks);
      clock.set(clock.at);
    },
    play() {
      if (clock.playing || clock.weeks < 2) return;
      if (clock.at >= clock.weeks - 1) clock.at = 0;
      clock.playing = true;
      last = performance.now();
      tell();
      requestAnimationFrame(frame);
    },
    pause() {
      if (!clock.playing) return;
      clock.playing = false;
      clock.at = clock.week;
      measure.rest();
      tell();
    },
    on(hear) {
      heard.add(hear);
      return () => heard.delete(hear);
    },
  };
  return clock;
}

function clockNamed(name) {
  const all = (globalThis.ecosimClocks ??= {});
  return (all[name] ??= makeClock());
}

// --- the look ---

function onTheme(tell) {
  const watcher = new MutationObserver(tell);
  watcher.observe(document.documentElement, { attributes: true });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", tell);
  return () => {
    watcher.disconnect();
    dark.removeEventListener("change", tell);
  };
}

const COLOURS = ["paper", "card", "sunk", "ink", "soft", "line", "edge", "one", "one-wash", "two", "two-wash", "s0", "s1",
  "s2", "s3", "low", "high", "gone"];

// The colours of the theme as they are now; a page without the theme gets a legible grey.
function palette() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--eco-${name}`).trim() || "#777777"]));
}

function channels(colour) {
  const hex = colour.replace("#", "");
  const full = hex.length === 3 ? [...hex].map((each) => each + each).join("") : hex;
  return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16) || 0);
}

function between(low, high, share) {
  const [a, b] = [channels(low), channels(high)];
  return `rgb(${a.map((each, k) => Math.round(each + (b[k] - each) * share)).join(",")})`;
}

const DASHES = [[], [7, 3], [9, 3, 2, 3], [2, 3]]; // of the four series, so that none is told by its hue alone

// --- parts of a page ---

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  dressed(element, attributes);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dressed(element, attributes);
  element.append(...children);
  return element;
}

function dressed(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") element.style.cssText = value;
    else element.setAttribute(name === "cls" ? "class" : name, value === true ? "" : value);
  }
  return element;
}

const fill = (said, facts) => (said ?? "").replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");

const numberIn = (lang, digits = 2) => {
  const form = new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value) => form.format(value).replace("-", "\u2212");
};

const percentIn = (lang, digits = 0) => {
  const form = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: digits });
  return (value) => form.format(value).replace("-", "\u2212");
};

function onResize(element, tell) {
  const watcher = new ResizeObserver(tell);
  watcher.observe(element);
  return () => watcher.disconnect();
}

// A canvas in the pixels of the screen; returns its size in those and how many there are to one of CSS.
function fitCanvas(canvas) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const wide = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const high = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  return { wide, high, ratio };
}

// Draws at most once a frame, however often it is asked.
function onceAFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

// --- bytes: the server sends views ---

const bytes = (view) => (view?.buffer ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array(0));
const copied = (view) => bytes(view).slice().buffer; // numbers of several bytes must begin at a multiple of their size
const floats = (view) => new Float32Array(copied(view));
const counts = (view) => new Uint32Array(copied(view));

// What has to be undone when a widget goes.
function together(...offs) {
  return () => offs.forEach((off) => off());
}

function onChange(model, names, tell) {
  for (const name of names) model.on(`change:${name}`, tell);
  return () => names.forEach((name) => model.off(`change:${name}`, tell));
}
