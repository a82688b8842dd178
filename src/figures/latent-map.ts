import { refuse } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import {
  type FigureSpec,
  figure,
  type LayerSpec,
  requireFinite,
  requireLength,
  requireSameShape,
  requireShape,
  requireSome,
} from "./figure.js";
import { type AxisTitles, longerExtent, mapPage } from "./parts/map-page.js";
import { type ImageOptions, imageUri, pictureMarks, pictureSize, requireImages } from "./parts/picture.js";
import { type Extent, placePictures, roomAround } from "./parts/place-pictures.js";
import { plane, unit } from "./parts/plane.js";
import { colouringOf, type PointColours } from "./parts/point-colours.js";
import { type FigureTable, tableOf } from "./table.js";
import { CATEGORY_COLOURS, GREY, STYLE } from "./theme.js";

/** An image drawn next to the point it belongs to. */
export interface LatentMapExample {
  /** Which point. */
  readonly index: number;
  /** [height, width] or [height, width, channels] in [0, 1], of any size. */
  readonly image: NumericArray;
}

/** One panel of a figure `latent-map`. */
export interface LatentMapPanel {
  readonly title?: string;
  /** [points, 2], an embedding of the codes. */
  readonly points: NumericArray;
  readonly examples?: readonly LatentMapExample[];
  /** Titles of the axes: null for an axis that means nothing, which is not drawn. Default: numbers without titles. */
  readonly axes?: AxisTitles;
  /** Pixels for a unit of the codes. Default: the longest map is `side` long, and all others have its scale. */
  readonly pixelsPerUnit?: number;
}

/** What a figure `latent-map` shows, as plain numbers and names. */
export interface LatentMapData {
  /** Maps of the same points under several models, next to each other. */
  readonly panels: readonly LatentMapPanel[];
  /** What the points are coloured by: nothing, one label, or several, each in a map of its own. */
  readonly colours?: PointColours | readonly PointColours[];
}

/** How a figure `latent-map` is drawn. */
export interface LatentMapOptions extends ImageOptions {
  /** Side of a map in pixels. Default 400, with several labels 300. */
  readonly side?: number;
  /** Maps in a row. Default: one for each label, or for each model; at most 3. */
  readonly columns?: number;
}

const SIDE = { one: 400, several: 300 };
const COLUMNS = 3;
/** A map is at least this share of its side high and wide, however flat the points lie. */
const MINIMUM_SHARE = 0.4;
/** More points than this are drawn smaller. */
const CROWD = 800;
/** A crowd is drawn in this number of rounds. */
const ROUNDS = 4;
/** About how long the longer side of a picture is, among few and among many. */
const PICTURE_SIDE = { few: 36, many: 30 };
const MANY_PICTURES = 15;
const PICTURE_GAP = 5;
const PLAIN_MARGIN = 12;
/** A map on a scale that was asked for may be as small as this. */
const SMALLEST = 48;
/** Places for pictures beside the points, for each picture: with some to choose from, leaders are shorter. */
const SPARE = 1.2;
const NO_PICTURE = { width: 0, height: 0, enlarge: 1 };

/**
 * A two-dimensional map of codes: one dot an image, coloured by a label, with some of the images next to their dots, where they
 * cover none. Both axes have the same scale, since distances are what an embedding keeps, and so have all maps of a figure: a
 * code that contracted is a small one.
 * @throws UserError when the points are not [points, 2], the colours are not one for each, or an example is missing.
 */
export function latentMap(data: LatentMapData, options: LatentMapOptions = {}): FigureSpec {
  const { panels, colours = [] } = data;
  const labels = Array.isArray(colours) ? (colours as readonly PointColours[]) : [colours as PointColours];
  requireSome(panels, "latent-map", "panel of points");
  for (const [index, panel] of panels.entries())
    requirePanel(panel, index, labels, panels[0].points.shape[0]);
  const several = labels.length > 1;
  const side = options.side ?? (several ? SIDE.several : SIDE.one);
  const pixelsPerUnit = commonScale(panels, side);
  const colourings = labels.length === 0 ? [undefined] : labels.map(colouringOf);
  const maps = panels.flatMap((panel) =>
    colourings.map((colouring, k) => {
      const title = [panel.title, several ? labels[k].name : undefined]
        .filter((part) => part !== undefined)
        .join(", ");
      const map = panelSpec({ pixelsPerUnit, ...panel }, colouring, side, options);
      const titled = { ...(title === "" ? {} : { title }), ...map };
      return several && colouring?.key ? { hconcat: [titled, colouring.key] } : titled;
    }),
  );
  const all = {
    concat: maps,
    columns: options.columns ?? Math.min(COLUMNS, several ? labels.length : panels.length),
    spacing: 30,
  };
  const key = several ? undefined : colourings[0]?.key;
  const pictured = panels.some(({ examples = [] }) => examples.length > 0);
  return figure(
    "latent-map",
    options,
    {
      title: "Map of the latent space",
      caption: [
        "Each dot is the code of one image, embedded in two dimensions.",
        labels.length > 0 ? `Colour: ${labels.map(({ name }) => name).join(", ")}.` : "",
        pictured ? "Images stand next to their dots." : "",
      ],
    },
    key
      ? { hconcat: [all, key], spacing: 16 }
      : { ...all, ...(several ? { resolve: { scale: { color: "independent" as const } } } : {}) },
    tableOfPoints(panels, labels),
  );
}

/** The scale on which the longest of the maps that name none is as long as a map may be. */
function commonScale(panels: readonly LatentMapPanel[], side: number): number {
  const free = panels.filter(({ pixelsPerUnit }) => pixelsPerUnit === undefined);
  const longest = Math.max(...free.map(({ points }) => longerExtent(points)));
  const margin = Math.max(...free.map(({ examples = [] }) => pictureOf(examples).margin));
  return Math.max(side - 2 * margin, side / 2) / longest;
}

function requirePanel(
  { title, points, examples = [] }: LatentMapPanel,
  index: number,
  labels: readonly PointColours[],
  first: number,
): void {
  const where = `latent-map, panel ${index + 1}${title ? ` (${title})` : ""}`;
  requireShape(points, ["points", "2"], where);
  const [count, dimensions] = points.shape;
  requireLength(dimensions, 2, `${where}, coordinates`, "axes");
  requireLength(count, first, where, "points of the first panel");
  for (const { name, values } of labels)
    requireLength(values.length, count, `${where}, colours by ${name}`, "points");
  for (const example of examples) {
    requireImages(asBatch(example.image), `${where}, example image`);
    requireSameShape(example.image, examples[0].image, `${where}, example image`, "the first");
    if (example.index >= 0 && example.index < count) continue;
    refuse(
      `${where}, examples`,
      `point ${example.index} has an image, but there are ${count} points`,
      `Choose points from 0 to ${count - 1}`,
    );
  }
  requireFinite(points.data, where);
}

/** One image as a batch of one. */
function asBatch(image: NumericArray): NumericArray {
  return { ...image, shape: [1, ...image.shape] };
}

/** The size of the pictures of a map, with the gap around them, and the room that they need beside the points. */
function pictureOf(examples: readonly LatentMapExample[]) {
  if (examples.length === 0) return { ...{ size: NO_PICTURE, cell: NO_PICTURE, margin: PLAIN_MARGIN } };
  const wanted = examples.length > MANY_PICTURES ? PICTURE_SIDE.many : PICTURE_SIDE.few;
  const size = pictureSize(asBatch(examples[0].image), wanted);
  const cell = { width: size.width + PICTURE_GAP, height: size.height + PICTURE_GAP };
  return { size, cell, margin: Math.max(cell.width, cell.height) + PICTURE_GAP };
}

function panelSpec(
  {
    points,
    examples = [],
    axes: titles = ["", ""],
    pixelsPerUnit,
  }: LatentMapPanel & { readonly pixelsPerUnit: number },
  colouring: ReturnType<typeof colouringOf> | undefined,
  side: number,
  { convention }: LatentMapOptions,
): LayerSpec {
  const { size, cell, margin } = pictureOf(examples);
  const smallest = examples.length > 0 ? MINIMUM_SHARE * side : SMALLEST;
  const pageOf = (minimum: Extent) => mapPage(points, { pixelsPerUnit, margin, minimum }, titles);
  let page = pageOf({ width: smallest, height: smallest });
  // A flat map has little room for many pictures beside it: its page grows in the direction in which it is shorter.
  while (examples.length > 0 && roomAround(page.inner, page, cell) < SPARE * examples.length) {
    const { width, height } = page;
    page = pageOf(
      width < height ? { width: width + cell.width, height } : { width, height: height + cell.height },
    );
  }
  const { toPage, width, height, axes } = page;
  const dots = inRounds(points.shape[0], colouring).map((k) => ({
    ...toPage(k),
    ...(colouring ? { colour: colouring.valueOf(k) } : {}),
  }));
  const chosen = examples.map(({ index }) => ({ ...toPage(index), colour: colouring?.hexOf(index) ?? GREY }));
  const asPlace = ({ x, value }: { x: number; value: number }) => ({ x, y: value });
  const pictures = placePictures(chosen.map(asPlace), {
    ...{ width, height, picture: cell, dots: dots.map(asPlace) },
  }).map(({ x, y }, k) => ({
    x,
    value: y,
    pointX: chosen[k].x,
    pointY: chosen[k].value,
    colour: chosen[k].colour,
    picture: imageUri(asBatch(examples[k].image), 0, convention, size.enlarge),
  }));
  const own = { color: { field: "colour", type: "nominal" as const, scale: null } };
  return plane({ width, height }, ...axes, [
    ...unit(
      dots,
      { type: "circle", size: dots.length > CROWD ? 13 : 24, opacity: 0.85, color: CATEGORY_COLOURS[0] },
      colouring
        ? {
            color: { field: "colour", ...colouring.channel },
            tooltip: { field: "colour", title: colouring.channel.title },
          }
        : {},
    ),
    ...unit(
      pictures,
      { type: "rule", style: STYLE.leader },
      { x2: { field: "pointX" }, y2: { field: "pointY" } },
    ),
    ...unit(chosen, { type: "circle", size: 44, style: STYLE.chosenPoint }, own),
    ...pictureMarks(pictures, size, { filled: false, strokeWidth: 2 }, own),
  ]);
}

/**
 * The order in which points are drawn: a crowd in rounds, each of some points of every colour, colour by colour, so that no class
 * hides another, and the drawing is a small file.
 */
function inRounds(count: number, colouring: ReturnType<typeof colouringOf> | undefined): number[] {
  const all = Array.from({ length: count }, (_, k) => k);
  if (!colouring || count <= CROWD) return all;
  const colours = all.map((k) => colouring.hexOf(k));
  return all.sort(
    (a, b) => (a % ROUNDS) - (b % ROUNDS) || (colours[a] < colours[b] ? -1 : Number(colours[a] > colours[b])),
  );
}

function tableOfPoints(panels: readonly LatentMapPanel[], labels: readonly PointColours[]): FigureTable {
  const rows = panels.flatMap(({ title, points: { shape, data } }, index) =>
    Array.from({ length: shape[0] }, (_, point) => ({
      panel: title ?? String(index + 1),
      point,
      x: data[2 * point],
      y: data[2 * point + 1],
    })),
  );
  return tableOf(rows, {
    ...{ panel: "panel", point: "point", x: "x", y: "y" },
    ...Object.fromEntries(
      labels.map(({ name, values }) => [name, ({ point }: (typeof rows)[number]) => values[point]]),
    ),
  });
}
