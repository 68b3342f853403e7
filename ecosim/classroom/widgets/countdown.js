export default {
  render({ model, el }) {
    const shown = document.createElement("span");
    shown.className = "eco-countdown";
    shown.setAttribute("role", "timer");
    el.append(shown);
    let end = 0;
    const tell = () => {
      const left = model.get("left");
      if (left < 0) { shown.textContent = ""; shown.classList.remove("eco-soon"); return; }
      const seconds = Math.max(0, Math.ceil(model.get("running") ? (end - performance.now()) / 1000 : left));
      const said = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (shown.textContent !== said) shown.textContent = said;
      shown.classList.toggle("eco-soon", seconds <= 10);
    };
    const start = () => { end = performance.now() + 1000 * model.get("left"); tell(); };
    start();
    model.on("change:left change:running change:round", start);
    const beat = setInterval(tell, 250);
    return () => clearInterval(beat);
  },
};
