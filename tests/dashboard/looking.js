// What tests ask of a page: what is said on it, what is too small for a finger, where the focus can go and where it is.
globalThis.looking = {
  said() {
    const found = new Set();
    const silent = "script, style, noscript, textarea, .eco-code, .eco-loading, [aria-live]";
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const at = walk.currentNode.parentElement;
      if (!at.closest(silent) && at.checkVisibility()) found.add(walk.currentNode.textContent.trim());
    }
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) {
      for (const each of document.querySelectorAll(`body [${name}]`)) {
        if (!each.closest("[lang]:not(html)")) found.add(each.getAttribute(name));
      }
    }
    return [...found];
  },

  // what is pressed or typed into, less high or wide than `least` pixels; a label belongs to what it names
  small(least, wanted = "button, a[href], input, select, summary, [tabindex='0']") {
    return [...document.querySelectorAll(wanted)]
      .filter((each) => each.checkVisibility() && !each.closest("label"))
      .map((each) => [each, each.getBoundingClientRect()])
      .filter(([, box]) => box.width && box.right > 0 && Math.min(box.height, box.width) < least - 0.5)
      .map(([each, box]) => `${this.name(each)} ${box.width}x${box.height}`);
  },

  name: (each) => `${each.tagName}.${each.className} ${(each.getAttribute("aria-label") ?? each.textContent).trim().slice(0, 40)}`,

  reachable() {
    return [...document.querySelectorAll("button, a[href], input, select, summary, textarea, [tabindex='0']")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.tabIndex >= 0)
      .filter((each) => each.type !== "radio" || each.closest("fieldset").querySelector("input") === each)
      .map((each) => this.name(each));
  },

  // the place of what has the focus, its name, whether one sees that it has it, and whether it is on screen
  focus() {
    const at = document.activeElement;
    const own = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    const ring = (own.outlineStyle !== "none" && parseFloat(own.outlineWidth) >= 2) || own.boxShadow !== "none";
    const place = [...document.querySelectorAll("*")].indexOf(at);
    return [place, this.name(at), ring || at.type === "range", box.top < innerHeight && box.bottom > 0];
  },

  moving() {
    return [...document.querySelectorAll(".eco *")]
      .filter((each) => each.checkVisibility())
      .filter((each) => getComputedStyle(each).transitionDuration.split(",").some((time) => parseFloat(time) > 0))
      .map((each) => this.name(each));
  },
};
