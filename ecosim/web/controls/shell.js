// What only the browser can do for a page: language and theme of the document, downloads, the clipboard, focus, speech.

const cookie = (name, value) => (document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`);

const download = (name, mime, view) => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: mime }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const open = (mime, view) => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  window.open(URL.createObjectURL(new Blob([bytes], { type: mime })), "_blank");
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // without a secure context there is no clipboard: what is selected in a field can still be copied
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
};

// A dialog keeps the focus until it is left, which Escape does.
const keep = (event) => {
  const box = document.querySelector('[aria-modal="true"]');
  if (!box) return;
  if (event.key === "Escape") box.querySelector("[data-leave]")?.click();
  if (event.key !== "Tab") return;
  const inside = [...box.querySelectorAll("button:not(:disabled), a[href], input, select")];
  const here = inside.indexOf(document.activeElement);
  const there = event.shiftKey ? (here > 0 ? here - 1 : inside.length - 1) : (here + 1) % inside.length;
  inside[there]?.focus();
  event.preventDefault();
};

export default {
  render({ model, el }) {
    document.addEventListener("keydown", keep);
    const live = document.createElement("p");
    live.className = "eco-toast";
    live.setAttribute("role", "status");
    el.append(live);
    let hiding = 0;
    const say = (text) => {
      clearTimeout(hiding);
      live.textContent = text;
      live.classList.toggle("is-said", Boolean(text));
      hiding = setTimeout(() => live.classList.remove("is-said"), 4000);
    };
    const dress = () => {
      const lang = model.get("lang");
      const theme = model.get("theme");
      document.documentElement.lang = lang;
      document.title = model.get("title");
      document.documentElement.classList.toggle("eco-large", model.get("large"));
      cookie("eco-lang", lang);
      if (theme === "auto") delete document.documentElement.dataset.theme;
      else if (theme) document.documentElement.dataset.theme = theme;
      if (theme) cookie("eco-theme", theme);
    };
    const obey = () => {
      const order = model.get("order");
      if (!order.do) return;
      if (order.do === "download") download(order.name, order.mime, model.get("content"));
      if (order.do === "open") open(order.mime, model.get("content"));
      if (order.do === "copy") copy(order.text);
      if (order.do === "focus") document.querySelector(order.at)?.focus();
      if (order.say) say(order.say);
    };
    // The heading of a page takes the focus when another page is shown, so that what is read aloud begins there.
    const turned = () => {
      window.scrollTo(0, 0);
      requestAnimationFrame(() => document.querySelector("main h1")?.focus({ preventScroll: true }));
    };
    for (const trait of ["lang", "theme", "title", "large"]) model.on(`change:${trait}`, dress);
    model.on("change:lang", () => live.classList.remove("is-said") || (live.textContent = "")); // it spoke the other one
    model.on("change:order", obey);
    model.on("change:page", turned);
    dress();
    model.set("seen", {
      theme: document.documentElement.dataset.theme ?? "auto",
      origin: location.origin,
      toured: document.cookie.includes("eco-toured=1"),
    });
    model.save_changes();
    model.on("change:toured", () => cookie("eco-toured", "1"));
    return () => document.removeEventListener("keydown", keep);
  },
};
