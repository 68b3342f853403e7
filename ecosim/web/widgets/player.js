// The player: which week is shown. It runs the clock of the page; Python hears of it now and then.

const TELL = 160; // ms between two words to Python while the clock runs
const OWN = 2500; // ms for which a week that comes back from Python is taken for an echo
const ICONS = {
  start: "M5 5h2.4v14H5zM20 5v14L9 12z",
  back: "M16.5 5v14L6.5 12zM17 5h2.4v14H17z",
  play: "M7 4.5v15l13-7.5z",
  pause: "M6.5 5h4v14h-4zM13.5 5h4v14h-4z",
  step: "M7.5 5v14l10-7zM4.6 5H7v14H4.6z",
  end: "M16.6 5H19v14h-2.4zM4 5v14l11-7z",
};

function icon(name) {
  const path = drawn("path", { d: ICONS[name] });
  return drawn("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, path);
}

function player({ model, el }) {
  const clock = clockNamed(model.get("clock"));
  const words = () => model.get("words");
  const sent = new Map(); // week -> when Python was told
  let told = 0;
  let timer = 0;

  const tellNow = () => {
    clearTimeout(timer);
    timer = 0;
    told = performance.now();
    if (model.get("week") === clock.week) return;
    sent.set(clock.week, told);
    model.set("week", clock.week);
    model.save_changes();
  };
  const tell = () => {
    if (!clock.playing) return tellNow();
    if (!timer) timer = setTimeout(tellNow, Math.max(0, told + TELL - performance.now()));
  };

  const go = (week) => {
    measure.input();
    clock.pause();
    clock.set(week);
  };
  const toggle = () => {
    measure.input();
    if (clock.playing) clock.pause();
    else clock.play();
  };
  const acts = {
    start: () => go(0),
    back: () => go(clock.week - 1),
    play: toggle,
    step: () => go(clock.week + 1),
    end: () => go(clock.weeks - 1),
  };
  const buttons = Object.fromEntries(Object.entries(acts).map(([name, act]) => {
    const cls = name === "play" ? "eco-play eco-play-main" : "eco-play";
    return [name, make("button", { type: "button", cls, onclick: act }, icon(name))];
  }));
  const slide = make("input", { type: "range", min: 0, step: 1, cls: "eco-scrub" });
  slide.addEventListener("input", () => go(+slide.value));
  const marks = make("div", { cls: "eco-marks" });
  const readout = make("output", { cls: "eco-week" });
  const now = make("span", { cls: "eco-week-event" });
  const speed = make("select", { cls: "eco-speed" });
  speed.addEventListener("change", () => (clock.speed = +speed.value));
  const pace = make("label", { cls: "eco-pace" }, make("span", {}), speed);
  const root = make("div", { cls: "eco-player", role: "group" },
    make("div", { cls: "eco-keys" }, ...Object.values(buttons)),
    make("div", { cls: "eco-track" }, slide, marks),
    make("div", { cls: "eco-said" }, readout, now), pace);
  el.replaceChildren(root);

  root.addEventListener("keydown", (event) => {
    const tag = event.target.tagName;
    if (tag === "SELECT") return;
    if (event.key === " " && tag !== "BUTTON") acts.play();
    else if (tag !== "INPUT" && event.key === "ArrowRight") acts.step();
    else if (tag !== "INPUT" && event.key === "ArrowLeft") acts.back();
    else if (tag !== "INPUT" && event.key === "Home") acts.start();
    else if (tag !== "INPUT" && event.key === "End") acts.end();
    else return;
    event.preventDefault();
  });

  // What a week is called, and what happens in it.
  const happens = (week) => model.get("marks").filter((each) => each.week === week).map((each) => each.label).join(" · ");
  const called = (week) => fill(words().week, { week, last: clock.weeks - 1 });

  const name = (button, said) => {
    button.setAttribute("aria-label", said);
    button.title = said;
  };
  const show = () => {
    const { week, playing } = clock;
    const event = happens(week);
    if (+slide.value !== week) slide.value = week;
    slide.style.setProperty("--at", clock.weeks > 1 ? week / (clock.weeks - 1) : 0);
    slide.setAttribute("aria-valuetext", event ? `${called(week)}: ${event}` : called(week));
    if (readout.textContent !== called(week)) readout.textContent = called(week);
    if (now.textContent !== event) now.textContent = event;
    if (root.classList.contains("is-playing") !== playing || !buttons.play.title) {
      root.classList.toggle("is-playing", playing);
      buttons.play.replaceChildren(icon(playing ? "pause" : "play"));
      name(buttons.play, words()[playing ? "pause" : "play"]);
    }
    // a button that has the focus stays where it is: only looked-through, never taken away
    for (const each of ["start", "back"]) buttons[each].setAttribute("aria-disabled", week === 0);
    for (const each of ["step", "end"]) buttons[each].setAttribute("aria-disabled", week === clock.weeks - 1);
  };

  const mark = (each) => {
    const place = `--at:${clock.weeks > 1 ? each.week / (clock.weeks - 1) : 0}`;
    if (each.kind === "deadline") return make("span", { cls: "eco-mark-due", style: place, title: each.label });
    const said = fill(words().mark, { week: each.week, label: each.label });
    return make("button", { type: "button", cls: "eco-mark", style: place, title: said, "aria-label": said,
      onclick: () => go(each.week) });
  };
  const build = () => {
    clock.length(model.get("weeks"));
    slide.max = clock.weeks - 1;
    root.setAttribute("aria-label", words().player);
    slide.setAttribute("aria-label", words().scrub);
    for (const [each, button] of Object.entries(buttons)) if (each !== "play") name(button, words()[each]);
    buttons.play.title = "";
    pace.firstChild.textContent = words().speed;
    speed.replaceChildren(...model.get("speeds").map((each) => {
      const said = fill(words().pace, { speed: numberIn(model.get("lang"), 0)(each) });
      return make("option", { value: each, selected: each === clock.speed }, said);
    }));
    marks.replaceChildren(...model.get("marks").filter((each) => each.week < clock.weeks).map(mark));
    root.classList.toggle("is-marked", marks.childElementCount > 0);
    show();
  };

  // Python sets the week; what it only repeats of what was just told is no wish.
  const obey = () => {
    const week = model.get("week");
    if (week === clock.week || performance.now() - (sent.get(week) ?? -OWN) < OWN) return;
    clock.pause();
    clock.set(week);
  };
  const order = () => {
    const { do: wish } = model.get("order");
    if (wish === "play") clock.play();
    else if (wish === "pause") clock.pause();
    else if (wish === "end") {
      clock.pause();
      clock.length(model.get("weeks"));
      clock.set(model.get("weeks") - 1);
    }
  };

  clock.length(model.get("weeks"));
  clock.set(model.get("week"));
  if (model.get("order").do === "end") order();
  build();
  return together(
    clock.on(show), clock.on(tell), onChange(model, ["weeks", "marks", "words", "speeds"], build),
    onChange(model, ["week"], obey), onChange(model, ["order"], order), () => clearTimeout(timer), () => clock.pause());
}

export default { render: player };
