// A table of texts as one widget: thousands of cells as widgets of their own would make a page slow. Within something
// that is folded it is only built when somebody unfolds it.

export default {
  render({ model, el }) {
    const cell = (tag, text, scope) => {
      const made = document.createElement(tag);
      made.textContent = text;
      if (scope) made.scope = scope;
      return made;
    };
    const row = (cells) => {
      const made = document.createElement("tr");
      made.append(...cells);
      return made;
    };
    const build = () => {
      const { head, rows, caption } = model.get("content");
      const table = document.createElement("table");
      table.className = "eco-table";
      if (caption) table.append(cell("caption", caption));
      const top = document.createElement("thead");
      top.append(row(head.map((each) => cell("th", each, "col"))));
      const body = document.createElement("tbody");
      body.append(...rows.map(([first, ...rest]) =>
        row([cell("th", first, "row"), ...rest.map((each) => cell("td", each))])));
      table.append(top, body);
      el.setAttribute("aria-label", caption || head[0]);
      el.replaceChildren(table);
    };
    el.className += " eco-scroll";
    el.tabIndex = 0;
    el.setAttribute("role", "region");
    let folded = null;
    const show = () => {
      if (!folded || folded.open) build();
    };
    // the widget hangs in the page only after it has been drawn
    requestAnimationFrame(() => {
      folded = el.closest("details");
      folded?.addEventListener("toggle", show);
      show();
    });
    model.on("change:content", show);
    return () => {
      folded?.removeEventListener("toggle", show);
      model.off("change:content", show);
    };
  },
};
