// How the network is drawn. Ties are drawn once a week on a layer of their own, dots every frame from a sheet of
// ready-made ones: two thousand of them move on a slow machine.

const [COME, THERE, LEFT] = [0, 1, 2];
const NONE = 255;
const FULL = 254;
const FADE = 6; // weeks after leaving until nothing is left of her
const LEVELS = 24; // shades from low to high
const SIZES = 5;
const SHADES = 8; // of ties
const LARGEST = 11; // CSS pixels, radius
const SMALLEST = 1.9;
const MARGIN = 16;
const SHAPES = ["circle", "square", "triangle", "diamond"];

// --- what came from Python ---

function unpacked(film) {
  const traits = ["flow", "persistence", "autonomous_motive", "skill"];
  return {
    count: film.count ?? 0,
    weeks: film.weeks ?? 1,
    places: floats(film.places),
    groups: bytes(film.groups),
    pairs: counts(film.pairs),
    strength: bytes(film.strength),
    status: bytes(film.status),
    community: bytes(film.community),
    active: bytes(film.active),
    bonds: bytes(film.bonds),
    profile: bytes(film.profile),
    names: film.names ?? [],
    profiles: film.profiles ?? [],
    communities: film.communities ?? [],
    ...Object.fromEntries(traits.map((name) => [name, bytes(film[name])])),
  };
}

// --- where dots stand on the screen ---

// Places in pixels, turned so that they fill the room they have.
function placed(places, wide, high, margin) {
  const count = places.length / 2;
  let best = null;
  for (let step = 0; step < 36 && count; step += 1) {
    const [c, s] = [Math.cos((step * Math.PI) / 36), Math.sin((step * Math.PI) / 36)];
    let [left, right, top, low] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < count; i += 1) {
      const x = c * places[2 * i] - s * places[2 * i + 1];
      const y = s * places[2 * i] + c * places[2 * i + 1];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      low = Math.max(low, y);
    }
    const scale = Math.min((wide - 2 * margin) / Math.max(right - left, 0.4), (high - 2 * margin) / Math.max(low - top, 0.4));
    if (!best || scale > best.scale * 1.02) best = { scale, c, s, x: (left + right) / 2, y: (top + low) / 2 };
  }
  const found = new Float32Array(places.length);
  for (let i = 0; i < count; i += 1) {
    const { scale, c, s } = best;
    found[2 * i] = wide / 2 + scale * (c * places[2 * i] - s * places[2 * i + 1] - best.x);
    found[2 * i + 1] = high / 2 + scale * (s * places[2 * i] + c * places[2 * i + 1] - best.y);
  }
  return found;
}

// How far the nearest is for somebody in the middle of the ranking; looked at for some of many.
function nearest(xy) {
  const count = xy.length / 2;
  if (count < 2) return 100;
  const found = [];
  for (let i = 0; i < count; i += Math.ceil(count / 250)) {
    let least = Infinity;
    for (let j = 0; j < count; j += 1) {
      const far = (xy[2 * i] - xy[2 * j]) ** 2 + (xy[2 * i + 1] - xy[2 * j + 1]) ** 2;
      if (j !== i && far < least) least = far;
    }
    found.push(least);
  }
  return Math.sqrt(found.sort((a, b) => a - b)[Math.floor(found.length / 2)]);
}

// --- the sheet of dots ---

function outline(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "circle") ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") ctx.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
  else if (shape === "triangle") {
    ctx.moveTo(x, y - 1.15 * r);
    ctx.lineTo(x + 1.08 * r, y + 0.8 * r);
    ctx.lineTo(x - 1.08 * r, y + 0.8 * r);
  } else {
    ctx.moveTo(x, y - 1.25 * r);
    ctx.lineTo(x + 1.1 * r, y);
    ctx.lineTo(x, y + 1.25 * r);
    ctx.lineTo(x - 1.1 * r, y);
  }
  ctx.closePath();
}

// Looks, one a row: shades from low to high and "none yet", or communities; last those who have left.
function looks(trait, colours) {
  const gone = { shape: "circle", edge: colours.gone, thin: 0.62 };
  if (trait === "community") {
    const shown = Array.from({ length: 16 }, (_, k) => ({
      shape: SHAPES[(k + Math.floor(k / 4)) % 4], fill: colours[`s${k % 4}`], edge: colours.card,
    }));
    return [...shown, gone];
  }
  const shades = Array.from({ length: LEVELS }, (_, k) => ({
    shape: "circle", fill: between(colours.low, colours.high, k / (LEVELS - 1)), edge: colours.edge,
  }));
  return [...shades, { shape: "circle", fill: colours.card, edge: colours.edge }, gone];
}

const radiusOf = (base, size) => base * (0.6 + (0.4 * size) / (SIZES - 1));

function sheetOf(trait, base, ratio, colours) {
  const rows = looks(trait, colours);
  const side = 2 * Math.ceil(1.35 * base + 2 * ratio);
  const canvas = make("canvas", { width: side * SIZES, height: side * rows.length });
  const ctx = canvas.getContext("2d");
  rows.forEach((look, row) => {
    for (let size = 0; size < SIZES; size += 1) {
      const r = radiusOf(base, size) * (look.thin ?? 1);
      outline(ctx, look.shape, (size + 0.5) * side, (row + 0.5) * side, r);
      if (look.fill) {
        ctx.fillStyle = look.fill;
        ctx.fill();
      }
      ctx.lineWidth = (look.fill ? 0.8 : 1.2) * ratio * Math.min(1, base / (4 * ratio) + 0.35);
      ctx.strokeStyle = look.edge;
      ctx.stroke();
    }
  });
  return { canvas, side, rows: rows.length };
}

// --- ties ---

function drawTies(ctx, film, xy, week, ratio, colours) {
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  const ties = film.pairs.length / 2;
  const crowd = Math.max(0.4, Math.min(1, Math.sqrt(900 / Math.max(1, ties))));
  const buckets = Array.from({ length: 2 * SHADES }, () => []);
  for (let e = 0; e < ties; e += 1) {
    const strength = film.strength[week * ties + e];
    if (!strength) continue;
    const apart = film.groups[film.pairs[2 * e]] !== film.groups[film.pairs[2 * e + 1]];
    buckets[(apart ? SHADES : 0) + Math.min(SHADES - 1, Math.floor((strength / FULL) * SHADES))].push(e);
  }
  ctx.strokeStyle = colours.ink;
  buckets.forEach((listed, k) => {
    const share = ((k % SHADES) + 0.5) / SHADES;
    ctx.globalAlpha = (0.14 + 0.76 * share) * crowd * (k >= SHADES ? 0.4 : 1);
    ctx.lineWidth = (0.7 + 1.9 * share) * ratio * Math.sqrt(crowd);
    ctx.beginPath();
    for (const e of listed) {
      const [i, j] = [2 * film.pairs[2 * e], 2 * film.pairs[2 * e + 1]];
      ctx.moveTo(xy[i], xy[i + 1]);
      ctx.lineTo(xy[j], xy[j + 1]);
    }
    ctx.stroke();
  });
  ctx.globalAlpha = 1;
}

function drawOwnTies(ctx, film, xy, week, who, ratio, colours) {
  const ties = film.pairs.length / 2;
  ctx.strokeStyle = colours.two;
  for (let e = 0; e < ties; e += 1) {
    const [i, j] = [film.pairs[2 * e], film.pairs[2 * e + 1]];
    const strength = film.strength[week * ties + e];
    if (!strength || (i !== who && j !== who)) continue;
    ctx.lineWidth = (1 + 2.5 * (strength / FULL)) * ratio;
    ctx.beginPath();
    ctx.moveTo(xy[2 * i], xy[2 * i + 1]);
    ctx.lineTo(xy[2 * j], xy[2 * j + 1]);
    ctx.stroke();
  }
}

// --- people ---

// How much is left to see of somebody who has left, 0 .. 1.
function remains(film, week, i) {
  for (let ago = 0; ago < FADE; ago += 1) {
    if (week - ago < 0 || film.status[(week - ago) * film.count + i] !== LEFT) return 1 - (ago - 1) / FADE;
  }
  return 0;
}

const isShown = (film, week, i) => {
  const status = film.status[week * film.count + i];
  return status === THERE || (status === LEFT && remains(film, week, i) > 0);
};

// Which row of the sheet she has: the shade of her trait, gliding to that of next week.
function rowOf(film, trait, week, part, i) {
  const at = week * film.count + i;
  if (trait === "community") return film.community[at] % 16;
  const values = film[trait];
  const value = values[at];
  if (value === NONE) return LEVELS;
  const next = part && week + 1 < film.weeks ? values[at + film.count] : value;
  const glided = next === NONE ? value : value + (next - value) * part;
  return Math.round((glided / FULL) * (LEVELS - 1));
}

function drawPeople(ctx, film, xy, view, trait, week, part) {
  const { sheet, top } = view;
  const { side } = sheet;
  const stamp = (i, row, size) => ctx.drawImage(sheet.canvas, size * side, row * side, side, side,
    Math.round(xy[2 * i] - side / 2), Math.round(xy[2 * i + 1] - side / 2), side, side);
  const here = [];
  for (let i = 0; i < film.count; i += 1) {
    const status = film.status[week * film.count + i];
    if (status === THERE) here.push(i);
    else if (status === LEFT) {
      const left = remains(film, week, i);
      if (left <= 0) continue;
      ctx.globalAlpha = 0.25 + 0.75 * left;
      stamp(i, sheet.rows - 1, 1);
    }
  }
  ctx.globalAlpha = 1;
  for (const i of here) {
    const share = Math.sqrt(Math.min(1, film.bonds[week * film.count + i] / top));
    stamp(i, rowOf(film, trait, week, part, i), Math.round(share * (SIZES - 1)));
  }
}

function drawRing(ctx, xy, i, r, ratio, colour, dash) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2.2 * ratio;
  ctx.setLineDash(dash.map((each) => each * ratio));
  ctx.beginPath();
  ctx.arc(xy[2 * i], xy[2 * i + 1], r + 3.5 * ratio, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.setLineDash([]);
}

// Names of communities outside of their discs, above or below, where there is more room.
function signs(film, xy, ctx, wide, high, size) {
  if (film.communities.length < 2) return [];
  const found = film.communities.map(() => ({ left: Infinity, right: -Infinity, top: Infinity, low: -Infinity }));
  for (let i = 0; i < film.count; i += 1) {
    const box = found[film.community[i]];
    if (!box) continue;
    box.left = Math.min(box.left, xy[2 * i]);
    box.right = Math.max(box.right, xy[2 * i]);
    box.top = Math.min(box.top, xy[2 * i + 1]);
    box.low = Math.max(box.low, xy[2 * i + 1]);
  }
  const taken = [];
  return found.map((box, k) => {
    if (box.left > box.right) return null;
    const said = film.communities[k];
    const half = ctx.measureText(said).width / 2;
    const x = Math.max(half + 4, Math.min(wide - half - 4, (box.left + box.right) / 2));
    const above = box.top + box.low < high;
    let y = above ? box.top - 1.1 * size : box.low + 1.1 * size;
    y = Math.max(0.8 * size, Math.min(high - 0.8 * size, y));
    while (taken.some((each) => Math.abs(each.y - y) < 1.2 * size && Math.abs(each.x - x) < each.half + half)) {
      y += (above ? 1 : -1) * 1.2 * size;
    }
    taken.push({ x, y, half });
    return { said, x, y };
  }).filter(Boolean);
}

function drawSigns(ctx, listed, size, colours) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 0.35 * size;
  ctx.strokeStyle = colours.card;
  ctx.fillStyle = colours.ink;
  for (const { said, x, y } of listed) {
    ctx.strokeText(said, x, y);
    ctx.fillText(said, x, y);
  }
}
