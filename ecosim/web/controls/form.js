// A form from a description: levers, numbers, choices, texts, files. What is typed is answered here at once, and told
// to Python when a hand rests; a field that somebody holds is never rebuilt under her fingers.

const REST = 90; // ms after the last movement of a slider until Python hears of it
const ECHO = 1500; // ms for which what comes back for a lever that somebody holds is taken for an echo of older moves

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};

const fill = (said, facts) => said.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");

// Ids must differ between all forms of a page, of which each runs this script for itself.
const newId = () => `eco-${(globalThis.ecosimIds = (globalThis.ecosimIds ?? 0) + 1)}`;

// What a value of a lever means, in the words of its anchors: the nearest, or between which two it lies.
function meaning(field, value, words) {
  const anchors = field.anchors ?? [];
  if (!anchors.length) return "";
  const [low, high] = field.anchored;
  const place = Math.min(Math.max((value - low) / (high - low), 0), 1) * (anchors.length - 1);
  const near = Math.round(place);
  if (Math.abs(place - near) <= 0.25) return anchors[near];
  return fill(words.between, { low: anchors[Math.floor(place)], high: anchors[Math.floor(place) + 1] });
}

function lever(field, words, send, id) {
  let waiting = 0;
  let touched = -ECHO; // when a hand was last on it
  const tell = (value) => {
    touched = performance.now();
    send(value);
  };
  const timed = Array.isArray(field.value);
  const start = timed ? field.value[0][1] : field.value;
  const slide = make("input", { type: "range", id, min: field.low, max: field.high, step: field.step });
  const exact = make("input", {
    type: "number", class: "eco-exact", min: field.legal[0], max: field.legal[1], step: "any",
    "aria-label": fill(words.exact, { label: field.label }),
  });
  const means = make("p", { class: "eco-means", id: `${id}-means` });
  slide.setAttribute("aria-describedby", means.id);
  const span = field.high - field.low || 1;
  const share = (value) => `${(100 * (value - field.low)) / span}%`;
  slide.style.setProperty("--from", share(field.plausible[0]));
  slide.style.setProperty("--to", share(field.plausible[1]));

  const course = make("div", { class: "eco-course" });
  const box = make("div", { class: "eco-lever" });
  const state = { from: 0, until: 0, end: start, over: timed };
  const show = (value) => {
    means.textContent = meaning(field, value, words);
    slide.style.setProperty("--at", share(Math.min(Math.max(value, field.low), field.high)));
    slide.setAttribute("aria-valuetext", `${+value.toPrecision(4)}: ${means.textContent}`);
  };
  const value = () => {
    const first = +exact.value;
    if (!state.over) return first;
    const until = Math.max(state.until, state.from + 1);
    return [[0, first], ...(state.from > 0 ? [[state.from, first]] : []), [until, state.end]];
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => tell(value()), REST);
  };
  slide.addEventListener("input", () => {
    globalThis.ecosimMeasure?.input();
    touched = performance.now();
    exact.value = slide.value;
    show(+slide.value);
    later();
  });
  exact.addEventListener("change", () => {
    const typed = Math.min(Math.max(+exact.value, field.legal[0]), field.legal[1]);
    exact.value = Number.isFinite(typed) ? +typed.toPrecision(6) : start;
    slide.value = exact.value;
    show(+exact.value);
    tell(value());
  });
  const part = (name, least, most, step) => {
    const input = make("input", { type: "number", min: least, max: most, step, id: `${id}-${name}` });
    input.addEventListener("change", () => {
      state[name] = Math.min(Math.max(+input.value || 0, least), most);
      input.value = state[name];
      tell(value());
    });
    const label = make("label", { for: input.id }, words[name]);
    return [make("span", { class: "eco-part" }, label, input), input];
  };
  const [endPart, endInput] = part("end", field.legal[0], field.legal[1], "any");
  const [fromPart, fromInput] = part("from", 0, field.weeks, 1);
  const [untilPart, untilInput] = part("until", 0, field.weeks, 1);
  const over = make("input", { type: "checkbox", id: `${id}-over` });
  over.addEventListener("change", () => {
    state.over = over.checked;
    if (state.over && state.until <= state.from) {
      state.from = Math.floor(field.weeks / 2);
      state.until = state.from + 1;
      state.end = field.low;
    }
    put();
    tell(value());
  });
  if (field.scheduled) {
    const check = make("label", { class: "eco-check", for: over.id }, over, words.over);
    course.append(check, make("div", { class: "eco-parts" }, endPart, fromPart, untilPart));
  }
  const put = () => {
    over.checked = state.over;
    course.classList.toggle("is-over", state.over);
    for (const [name, input] of [["end", endInput], ["from", fromInput], ["until", untilInput]]) {
      if (document.activeElement !== input) input.value = state[name]; // what is being typed stays
    }
  };
  const about = make("details", { class: "eco-about" },
    make("summary", { "aria-label": fill(words.about, { label: field.label }) }, "?"),
    make("p", {}, field.meaning),
    make("p", { class: "eco-fine" }, field.source),
    field.scheduled ? course : null);
  const reset = make("button", {
    type: "button", class: "eco-reset", title: field.was,
    "aria-label": fill(words.reset, { label: field.label }), onclick: () => send(null),
  }, "↺");
  const head = make("div", { class: "eco-lever-head" },
    make("label", { for: id }, field.label), reset, exact, make("span", { class: "eco-unit" }, field.unit), about);
  box.append(head, slide, means);

  const update = (now) => {
    const knots = Array.isArray(now.value) ? now.value : null;
    const first = knots ? knots[0][1] : now.value;
    box.classList.toggle("is-changed", now.changed);
    reset.title = now.was;
    const held = document.activeElement.tagName === "INPUT" && box.contains(document.activeElement);
    if (held && performance.now() - touched < ECHO) return;
    if (knots) {
      state.over = true;
      state.end = knots[knots.length - 1][1];
      state.until = knots[knots.length - 1][0];
      state.from = knots.length > 2 ? knots[knots.length - 2][0] : 0;
    } else state.over = false;
    if (document.activeElement !== exact) exact.value = +(+first).toPrecision(6);
    slide.value = first;
    show(+first);
    put();
  };
  update(field);
  return { box, update };
}

// A field with one control of the browser's own: label above, help beneath, what is wrong beside.
function plain(field, words, tell, id) {
  const help = make("p", { class: "eco-fine", id: `${id}-help` }, field.help ?? "");
  const wrong = make("p", { class: "eco-wrong", role: "alert" }, field.wrong ?? "");
  const described = field.help ? help.id : undefined;
  let control;
  let read = () => control.value;
  if (field.kind === "select") {
    control = make("select", { id, "aria-describedby": described },
      ...field.options.map((each) => make("option", { value: each.value }, each.label)));
  } else if (field.kind === "area") {
    control = make("textarea", { id, rows: field.rows ?? 8, spellcheck: "false", "aria-describedby": described });
  } else if (field.kind === "check") {
    control = make("input", { type: "checkbox", id, "aria-describedby": described });
    read = () => control.checked;
  } else if (field.kind === "number") {
    control = make("input", { type: "number", id, min: field.least, max: field.most, step: field.step ?? 1,
      "aria-describedby": described });
    read = () => (control.value === "" ? null : +control.value);
  } else {
    control = make("input", { type: "text", id, maxlength: field.longest ?? 200, placeholder: field.hint,
      "aria-describedby": described });
  }
  control.addEventListener("change", () => {
    globalThis.ecosimMeasure?.input();
    tell(read());
  });
  const label = make("label", { for: id }, field.label);
  const box = field.kind === "check"
    ? make("div", { class: "eco-field" }, make("label", { class: "eco-check", for: id }, control, field.label), help, wrong)
    : make("div", { class: "eco-field" }, label, control, field.help ? help : null, wrong);
  const update = (now) => {
    wrong.textContent = now.wrong ?? "";
    if (document.activeElement === control) return;
    if (field.kind === "check") control.checked = now.value;
    else control.value = now.value ?? "";
  };
  update(field);
  return { box, update };
}

// One of several, as large buttons: what a class answers, which scenario is taken.
function radio(field, words, tell, id) {
  const box = make("fieldset", { class: "eco-radio" }, make("legend", {}, field.label));
  const inputs = field.options.map((each, place) => {
    const input = make("input", { type: "radio", name: id, id: `${id}-${place}`, value: each.value });
    input.addEventListener("change", () => tell(each.value));
    box.append(make("label", { for: input.id }, input, make("span", {}, each.label)));
    return input;
  });
  const update = (now) => inputs.forEach((input) => (input.checked = input.value === String(now.value)));
  update(field);
  return { box, update };
}

// A file of the viewer's: its size is looked at before a byte of it is read.
function file(field, words, tell, id) {
  const wrong = make("p", { class: "eco-wrong", role: "alert" });
  const input = make("input", { type: "file", id, accept: field.accept });
  input.addEventListener("change", async () => {
    const [chosen] = input.files;
    if (!chosen) return;
    wrong.textContent = "";
    if (chosen.size > field.most) {
      wrong.textContent = fill(field.large, { size: Math.ceil(chosen.size / 1000) });
    } else tell({ name: chosen.name, text: await chosen.text() });
    input.value = "";
  });
  const box = make("div", { class: "eco-field eco-file" },
    make("label", { for: id }, field.label), input, make("p", { class: "eco-fine" }, field.help ?? ""), wrong);
  return { box, update: (now) => (wrong.textContent = now.wrong ?? "") };
}

const KINDS = { lever, radio, file };

export default {
  render({ model, el }) {
    let shape = "";
    let updates = {};
    let count = 0;
    el.classList.add("eco-form");
    // a message each: of what is set twice before Python has answered only the last would arrive
    const tell = (path) => (value) => model.send({ n: ++count, path, value });
    const build = (spec) => {
      updates = {};
      const opened = [...el.querySelectorAll("details.eco-group[open]")].map((each) => each.dataset.group);
      el.replaceChildren(...spec.groups.map((group, place) => {
        const rows = group.fields.map((field) => {
          const made = (KINDS[field.kind] ?? plain)(field, spec.words, tell(field.path), newId());
          updates[field.path] = made.update;
          return made.box;
        });
        if (!group.title) return make("div", { class: "eco-group" }, ...rows);
        const open = shape ? opened.includes(String(place)) : group.open;
        const count = make("span", { class: "eco-count" });
        const box = make("details", { class: "eco-group", "data-group": place, open },
          make("summary", {}, group.title, count), ...rows);
        updates[`count ${group.title}`] = (now) => (count.textContent = now.count ? ` ${now.count}` : "");
        return box;
      }));
    };
    const show = () => {
      const spec = model.get("spec");
      const now = JSON.stringify(spec.groups.map((g) => [g.title, g.fields.map((f) => [f.path, f.kind, f.label, f.weeks,
        f.options, f.low, f.high])])) + spec.words.lang;
      if (now !== shape) build(spec);
      shape = now;
      for (const group of spec.groups) {
        updates[`count ${group.title}`]?.(group);
        for (const field of group.fields) updates[field.path](field);
      }
    };
    model.on("change:spec", show);
    show();
    return () => model.off("change:spec", show);
  },
};
