// How things look on the map: colours from the page's own values (light or dark), outlines, points, and their names on canvas.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.look = (it) => {
  const { told } = it;
  const NAMES = ["ground", "line", "ink", "soft", "halo", "chosen", "none", "compounds", "compounds-edge", "compounds-ink", "buildings", "buildings-edge",
    "rooms", "rooms-edge", "vehicles", "warehouses", "good", "way", "past", "wrong", "differs-new", "differs-gone", "differs-moved", "differs-other",
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `c${n}`), ...[0, 1, 2, 3, 4, 5, 6].map((n) => `h${n}`)];
  const probe = document.createElement("span");
  probe.hidden = true;
  it.map.getContainer().append(probe);
  const palette = {};
  const read = () => {
    for (const name of NAMES) {
      probe.style.color = `var(--map-${name})`;
      palette[name] = getComputedStyle(probe).color;
    }
  };
  read();
  const font = getComputedStyle(document.body).fontFamily;

  const scheme = () => told.schemes.find((one) => one.name === it.colour);
  const spread = (text) => [...text].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 9973, 7);

  // What the scheme says of a thing: its value, or undefined where it does not speak of the kind.
  const value = (kind, props) => {
    const by = scheme().by[kind];
    return by && (props[by.as || "colour"] ?? null);
  };
  // The colour of a thing, by its name in the palette; legends use the same.
  const named = (kind, props) => {
    const found = value(kind, props);
    return found === undefined ? "" : painted(kind, found);
  };
  const painted = (kind, found) => (found === null ? "none" : scheme().by[kind].paints[found] || `c${(spread(found) % 8) + 1}`);

  const outline = (ctx, geom) => {
    ctx.beginPath();
    for (const ring of geom) ring.forEach((point, at) => (at ? ctx.lineTo(point.x, point.y) : ctx.moveTo(point.x, point.y)));
  };
  const filled = (ctx, geom, fill, edge, { opacity = 1, width = 1, dash = [] } = {}) => {
    outline(ctx, geom);
    ctx.globalAlpha = opacity;
    ctx.fillStyle = fill;
    ctx.fill("evenodd");
    ctx.globalAlpha = 1;
    ctx.strokeStyle = edge;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.stroke();
    ctx.setLineDash([]);
  };

  const area = (kind, opacity, width, dash) => (ctx, geom, z, { props }) => {
    const paint = named(kind, props);
    if (!paint) filled(ctx, geom, palette[kind], palette[`${kind}-edge`], { width, dash });
    else filled(ctx, geom, palette[paint], kind === "rooms" ? palette["rooms-edge"] : palette[paint], { opacity: beneath(kind, z) ? 0.12 : opacity, width });
  };
  // Where rooms are seen, a building is the paper that they lie on.
  const beneath = (kind, z) => kind === "buildings" && z >= zhangtu.map.ROOMS_FROM && it.layers.has("rooms");
  const point = (kind, cornered) => (ctx, geom, z, feature) => spot(ctx, geom[0][0], feature, palette[named(kind, feature.props) || kind], cornered);
  const draw = {
    compounds: area("compounds", 0.35, 1.25, [5, 3]), buildings: area("buildings", 0.62, 1.25), rooms: area("rooms", 0.55, 0.75),
    vehicles: point("vehicles", false), warehouses: point("warehouses", true),
  };

  // A point: round, or on its corner; with how many it stands for where several lie at one place.
  const spot = (ctx, { x, y }, { gathered = 1 }, fill, cornered) => {
    const size = gathered > 1 ? 10 : 6.5;
    ctx.beginPath();
    if (cornered) {
      const far = size * 1.25;
      for (const [dx, dy] of [[0, -far], [far, 0], [0, far], [-far, 0]]) ctx.lineTo(x + dx, y + dy);
      ctx.closePath();
    } else ctx.arc(x, y, size, 0, 2 * Math.PI);
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = palette.halo;
    ctx.stroke();
    ctx.fillStyle = fill;
    ctx.fill();
    if (gathered < 2) return;
    ctx.fillStyle = palette.halo;
    ctx.font = `600 11px ${font}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(gathered > 99 ? "99+" : gathered, x, y + 0.5);
    ctx.textAlign = "start";
    ctx.textBaseline = "alphabetic";
  };

  // What is told of a place: how many items lie in it, and that something there waits or looks wrong.
  const middle = (geom) => {
    const [xs, ys] = [geom.flat().map((point) => point.x), geom.flat().map((point) => point.y)];
    return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
  };
  const badge = (fill, text) => (ctx, geom, z, feature) => {
    const { x, y } = middle(geom);
    const words = text(feature);
    ctx.font = `650 11px ${font}`;
    const wide = Math.max(ctx.measureText(words).width + 10, 18);
    const [left, top] = feature.geomType === 1 ? [x + 6, y - 22] : [x - wide / 2, y - 26];
    ctx.beginPath();
    ctx.roundRect(left, top, wide, 18, 9);
    ctx.lineWidth = 3;
    ctx.strokeStyle = palette.halo;
    ctx.stroke();
    ctx.fillStyle = palette[fill];
    ctx.fill();
    ctx.fillStyle = palette.halo;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(words, left + wide / 2, top + 9.5);
    ctx.textAlign = "start";
    ctx.textBaseline = "alphabetic";
  };
  draw.items = badge("warehouses", ({ props }) => props.count.toLocaleString("en"));
  draw.findings = badge("wrong", ({ all }) => { const many = all.reduce((sum, one) => sum + one.count, 0); return many > 1 ? `! ${many}` : "!"; });

  const edged = (ctx, geom, feature, strokes) => {
    if (feature.geomType === 1) {
      ctx.beginPath();
      ctx.arc(geom[0][0].x, geom[0][0].y, 13, 0, 2 * Math.PI);
    } else outline(ctx, geom);
    ctx.lineJoin = "round";
    for (const [width, stroke] of strokes) {
      ctx.lineWidth = width;
      ctx.strokeStyle = stroke;
      ctx.stroke();
    }
  };
  const marked = (ctx, geom, z, feature) => edged(ctx, geom, feature, [[6, palette.halo], [3, palette.chosen]]);

  const shown = (kind) => (z, { props, absorbed }) => it.layers.has(kind) && !absorbed && (props.kind !== "rooms" || props.floor === null || props.floor === undefined || props.floor === it.floor);
  const rule = (kind, minzoom) => ({ dataLayer: kind, minzoom, filter: shown(kind), symbolizer: { draw: draw[kind] } });
  const isChosen = (kind) => (z, feature) => it.chosen === `${kind}/${feature.props.id}` || (feature.others || []).some((one) => it.chosen === `${kind}/${one.props.id}`);
  const mark = (kind) => ({ dataLayer: kind, filter: isChosen(kind), symbolizer: { draw: marked } });
  // Beside another day: what is new, gone or otherwise there.
  const differs = (kind) => ({ dataLayer: kind, minzoom: 13, filter: (z, feature) => shown(kind)(z, feature) && Boolean(it.differs?.has(feature.props.id)), symbolizer: { draw: (ctx, geom, z, feature) => {
    const stroke = palette[`differs-${it.differs.get(feature.props.id)}`];
    edged(ctx, geom, feature, [[7, palette.halo], [4, stroke]]);
  } } });
  const kinds = ["compounds", "buildings", "rooms", "warehouses", "vehicles"];
  // What is filtered stands among the outlines of what it lies in, also where these are not ticked.
  const around = (kind) => ({ dataLayer: kind, minzoom: 13, filter: () => Boolean(told.filters.kind) && !it.layers.has(kind), symbolizer: { draw: (ctx, geom) => {
    outline(ctx, geom);
    ctx.globalAlpha = 0.7;
    ctx.lineWidth = 1;
    ctx.strokeStyle = palette[`${kind}-edge`];
    ctx.stroke();
    ctx.globalAlpha = 1;
  } } });
  const paint = [around("compounds"), around("buildings"), rule("compounds", 13), rule("buildings", 13), rule("rooms", zhangtu.map.ROOMS_FROM), rule("warehouses", 13),
    rule("vehicles", 13), rule("items", 13), rule("findings", 13), ...kinds.map(differs), ...kinds.map(mark)];

  // Names lie in the middle of what they name, in lines short enough to stand in it; below a point where it is one.
  const lines = (text, most) => {
    const signs = [...text];
    if (signs.length <= most || /^[\x20-\x7e]+$/.test(text)) return [signs.length > 28 ? `${signs.slice(0, 27).join("")}…` : text];
    const first = signs.slice(0, most).join("");
    const rest = signs.slice(most, 2 * most);
    return [first, signs.length > 2 * most ? `${rest.slice(0, -1).join("")}…` : rest.join("")];
  };
  const name = ({ size, weight = 400, ink = "ink", most = 9, within = 0, below = 0, atop = false }) => ({
    place(layout, geom, feature) {
      const text = feature.props.label;
      if (!text || feature.gathered > 1) return undefined;
      if (atop && feature.bbox.minY < 0) return undefined;  // its upper edge lies in the tile above: the name stands there
      const xs = geom.flat().map((point) => point.x);
      const ys = geom.flat().map((point) => point.y);
      const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
      const written = lines(String(text), most);
      layout.scratch.font = `${weight} ${size}px ${font}`;
      const width = Math.max(...written.map((line) => layout.scratch.measureText(line).width));
      if (within && width > (box[2] - box[0]) * within) return undefined;
      const height = size * 1.3 * written.length;
      const anchor = Object.assign(geom[0][0].clone(), { x: (box[0] + box[2]) / 2, y: atop ? box[1] + size * 1.3 : (box[1] + box[3]) / 2 + below });
      const top = below ? anchor.y : anchor.y - height / 2;
      const lettered = (ctx) => {
        ctx.globalAlpha = 1;
        ctx.font = `${weight} ${size}px ${font}`;
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.lineJoin = "round";
        ctx.lineWidth = 3.5;
        ctx.strokeStyle = palette.halo;
        ctx.fillStyle = palette[ink];
        written.forEach((line, at) => {
          const y = top - anchor.y + size * 1.3 * (at + 0.5);
          ctx.strokeText(line, 0, y);
          ctx.fillText(line, 0, y);
        });
        ctx.textAlign = "start";
        ctx.textBaseline = "alphabetic";
      };
      const bboxes = [{ minX: anchor.x - width / 2 - 3, maxX: anchor.x + width / 2 + 3, minY: top - 2, maxY: top + height + 2 }];
      return [{ anchor, bboxes, draw: lettered, deduplicationKey: `${feature.props.id}`, deduplicationDistance: 2048 }];
    },
  });
  const label = (kind, minzoom, how) => ({ dataLayer: kind, minzoom, filter: shown(kind), symbolizer: name(how) });
  const labels = [
    label("buildings", 16, { size: 12, weight: 600, within: 1.6 }),
    label("warehouses", 15, { size: 12, weight: 600, below: 12 }),
    label("compounds", 15, { size: 13, weight: 600, ink: "compounds-ink", most: 14, within: 1.4, atop: true }),
    label("rooms", zhangtu.map.ROOMS_FROM + 1, { size: 11, within: 1, most: 6 }),
    label("vehicles", 17, { size: 11, below: 10 }),
  ];
  return { all: [...kinds, "items", "findings"], palette, scheme, painted, read, paint, labels, kinds, shown };
};

zhangtu.map.ROOMS_FROM = 18;  // the zoom from which one can tell rooms apart
