// What each artefact is in the week of the clock, per community: a table of texts in which bars grow and marks move.

function landscape({ model, el }) {
  const clock = clockNamed(model.get("clock"));
  const table = make("table", { cls: "eco-lands" });
  const legend = make("ul", { cls: "eco-legend" });
  const scroll = make("div", { cls: "eco-land-scroll", tabindex: "0", role: "region" }, table);
  el.replaceChildren(make("div", { cls: "eco-land" }, scroll, legend));
  const words = () => model.get("words");
  let film = null;
  let cells = [];
  let seen = -1;

  const sign = (collective) => {
    const heads = collective ? [[5, 8], [13, 8], [9, 5]] : [[9, 6]];
    const people = heads.flatMap(([x, y]) => [drawn("circle", { cx: x, cy: y, r: 2.4 }),
      drawn("path", { d: `M${x - 4} ${y + 8}a4 4.5 0 0 1 8 0z` })]);
    return drawn("svg", { viewBox: "0 0 18 18", class: "eco-sign", "aria-hidden": "true" }, ...people);
  };
  const cell = () => {
    const bar = make("span", { cls: "eco-offer" });
    const mark = make("span", { cls: "eco-possible" });
    const users = make("span", { cls: "eco-users" });
    const aloud = make("span", { cls: "eco-aloud" });
    const box = make("td", {}, make("span", { cls: "eco-rail", "aria-hidden": "true" }, bar, mark), users, aloud);
    users.setAttribute("aria-hidden", "true");
    return { box, bar, mark, users, aloud };
  };
  const build = () => {
    const data = model.get("film");
    film = { ...data, values: floats(data.values) };
    const several = film.communities.length > 1;
    const columns = Math.max(1, film.communities.length);
    cells = [];
    const rows = film.names.map((name, m) => {
      const kind = words()[film.collective[m] ? "collective" : "solo"];
      const head = make("th", { scope: "row" }, sign(film.collective[m]), make("span", { cls: "eco-aloud" }, kind), name);
      head.title = kind;
      const own = Array.from({ length: columns }, cell);
      cells.push(own);
      return make("tr", {}, head, ...own.map((each) => each.box));
    });
    const top = several ? [make("thead", {}, make("tr", {}, make("td", {}),
      ...film.communities.map((name) => make("th", { scope: "col" }, name))))] : [];
    table.replaceChildren(make("caption", { cls: "eco-aloud" }, words().caption), ...top, make("tbody", {}, ...rows));
    scroll.setAttribute("aria-label", words().caption);
    const item = (said, ...signs) => make("li", {}, ...signs, make("span", {}, said));
    legend.replaceChildren(
      item(words().offered, make("span", { cls: "eco-key-offer", "aria-hidden": "true" })),
      item(words().possible, make("span", { cls: "eco-key-possible", "aria-hidden": "true" })),
      item(words().users), item(words().solo, sign(false)), item(words().collective, sign(true)));
    seen = -1;
    show();
  };
  const show = () => {
    const week = Math.min(clock.week, film.weeks - 1);
    if (week === seen) return;
    seen = week;
    const number = numberIn(model.get("lang"), 2);
    const share = percentIn(model.get("lang"));
    const most = film.names.length;
    const columns = Math.max(1, film.communities.length);
    cells.forEach((row, m) => row.forEach((each, c) => {
      const at = 4 * ((week * columns + c) * most + m);
      const [offered, , possible, users] = film.values.subarray(at, at + 4);
      const there = Number.isFinite(possible);
      each.bar.style.width = `${100 * Math.min(1, offered)}%`;
      each.mark.style.left = `${100 * (there ? possible : 0)}%`;
      each.mark.hidden = !there;
      each.users.textContent = users;
      each.box.classList.toggle("is-unused", !users);
      each.aloud.textContent = there
        ? fill(words().told, { value: number(offered), share: share(possible), count: users }) : words().nobody;
    }));
  };
  const renewed = () => {
    build();
    measure.answered();
  };
  build();
  return together(clock.on(show), onChange(model, ["film"], renewed), onChange(model, ["words", "lang"], build));
}

export default { render: landscape };
