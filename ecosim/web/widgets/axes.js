// Scales, ticks and paths of charts.

const STEPS = [1, 2, 5, 10]; // of ticks, times a power of ten
const WEEK_STEPS = [1, 2, 4, 5, 10, 13, 20, 26, 52, 104];

// Ticks between two limits, about so many, at round numbers.
function ticksOf(low, high, about) {
  const rough = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.map((each) => each * power).find((each) => each >= rough * 0.999);
  const found = [];
  for (let at = Math.ceil(low / step - 1e-6); at * step <= high + 1e-9 * step; at += 1) found.push(+(at * step).toPrecision(12));
  return { found, step };
}

function weekTicks(weeks, about) {
  const step = WEEK_STEPS.find((each) => (weeks - 1) / each <= about) ?? Math.ceil((weeks - 1) / Math.max(1, about));
  const found = [];
  for (let week = 0; week < weeks; week += step) found.push(week);
  return found;
}

// From what is to be shown to limits that hold it, with a little air; round where they are not given.
function limitsOf(values, given, zero) {
  const shown = values.filter((each) => each !== null && Number.isFinite(each));
  if (given.length === 2) return given;
  if (!shown.length) return [0, 1];
  let [low, high] = [Math.min(...shown), Math.max(...shown)];
  if (zero) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  const air = 0.08 * (high - low || Math.abs(high) || 1);
  if (low !== 0 || zero) low -= air;
  return [low, high + air];
}

const scale = (from, to, low, high) => (value) => low + ((value - from) / (to - from || 1)) * (high - low);

// A line through what there is, broken where there is nothing.
function pathOf(values, x, y) {
  let d = "";
  let pen = false;
  values.forEach((value, week) => {
    if (value === null || value === undefined || !Number.isFinite(value)) {
      pen = false;
      return;
    }
    // a value alone between two gaps becomes a dot: a line without length, with round ends
    const alone = !pen && !Number.isFinite(values[week + 1] ?? NaN);
    d += `${pen ? "L" : "M"}${x(week).toFixed(1)} ${y(value).toFixed(1)}${alone ? "h0.01" : ""}`;
    pen = true;
  });
  return d;
}

// What lies between two lines, piece by piece.
function bandOf(low, high, x, y) {
  let d = "";
  let piece = [];
  const close = () => {
    if (piece.length > 1) {
      const top = piece.map((week) => `${x(week).toFixed(1)} ${y(high[week]).toFixed(1)}`);
      const under = [...piece].reverse().map((week) => `${x(week).toFixed(1)} ${y(low[week]).toFixed(1)}`);
      d += `M${[...top, ...under].join("L")}Z`;
    }
    piece = [];
  };
  low.forEach((value, week) => {
    if (value === null || high[week] === null) close();
    else piece.push(week);
  });
  close();
  return d;
}

// How wide words are; asked of a canvas, which needs no layout.
const ruler = document.createElement("canvas").getContext("2d");
function widthOf(said, font) {
  ruler.font = font;
  return ruler.measureText(said).width;
}

// Heights moved apart by at least a gap, in their order, between two limits; and how far one of them was moved at most.
function apart(wanted, gap, low, high) {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]);
  const found = [...wanted];
  order.forEach((k, nth) => {
    const least = nth ? found[order[nth - 1]] + gap : low;
    found[k] = Math.max(found[k], least);
  });
  [...order].reverse().forEach((k, nth) => {
    const most = nth ? found[order[order.length - nth]] - gap : high;
    found[k] = Math.min(found[k], most);
  });
  return { found, moved: Math.max(0, ...wanted.map((each, k) => Math.abs(each - found[k]))) };
}
