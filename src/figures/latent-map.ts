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
import { type ImageOptions, imageUri, pictureMarks, pictureSize, requireImages } from "./parts/picture.js";
import { placePictures } from "./parts/place-pictures.js";
import { finiteExtent, page, unit } from "./parts/plane.js";
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

export interface LatentMapPanel {
  readonly title?: string;
  /** [points, 2]: an embedding of the codes. */
  readonly points: NumericArray;
  readonly examples?: readonly LatentMapExample[];
}

export interface LatentMapData {
  /** Maps of the same points under several models, next to each other. */
  readonly panels: readonly LatentMapPanel[];
  /** What the points are coloured by: nothing, one label, or several, each in a map of its own. */
  readonly colours?: PointColours | readonly PointColours[];
}

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
/** About how long the longer side of a picture is, among few and among many. */
const PICTURE_SIDE = { few: 36, many: 30 };
const MANY_PICTURES = 15;
const PICTURE_GAP = 5;
/** From a point to its picture. */
const LEADER = 16;
const PLAIN_MARGIN = 12;
const NO_PICTURE = { width: 0, height: 0, enlarge: 1 };

/**
 * A two-dimensional map of codes: one dot an image, coloured by a label, with some of the images next to their dots. Both
 * axes have the same scale, since distances are what an embedding keeps; the axes themselves mean nothing and carry no
 * numbers.
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
  const maps = panels.flatMap((panel) =>
    (labels.length === 0 ? [undefined] : labels).map((label) => {
      const title = [panel.title, several ? label?.name : undefined]
        .filter((part) => part !== undefined)
        .join(", ");
      return { ...(title === "" ? {} : { title }), ...panelSpec(panel, label, side, options) };
    }),
  );
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
    {
      concat: maps,
      columns: options.columns ?? Math.min(COLUMNS, several ? labels.length : panels.length),
      spacing: 30,
      ...(several ? { resolve: { scale: { color: "independent" } } } : {}),
    },
    tableOfPoints(panels, labels),
  );
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

function panelSpec(
  { points, examples = [] }: LatentMapPanel,
  label: PointColours | undefined,
  side: number,
  { convention }: LatentMapOptions,
): LayerSpec {
  const wanted = examples.length > MANY_PICTURES ? PICTURE_SIDE.many : PICTURE_SIDE.few;
  const size = examples.length > 0 ? pictureSize(asBatch(examples[0].image), wanted) : NO_PICTURE;
  const picture = { width: size.width + PICTURE_GAP, height: size.height + PICTURE_GAP };
  const longer = Math.max(picture.width, picture.height);
  const distance = longer / 2 + LEADER;
  const margin = examples.length > 0 ? distance + longer / 2 : PLAIN_MARGIN;
  const { toPage, width, height } = pageOf(points, side, margin);
  const colouring = label && colouringOf(label);
  const chosen = examples.map(({ index }) => ({ ...toPage(index), colour: colouring?.hexOf(index) ?? GREY }));
  const pictures = placePictures(
    chosen.map(({ x, value }) => ({ x, y: value })),
    { width, height, picture, distance },
  ).map(({ x, y }, k) => ({
    x,
    value: y,
    pointX: chosen[k].x,
    pointY: chosen[k].value,
    colour: chosen[k].colour,
    picture: imageUri(asBatch(examples[k].image), 0, convention, size.enlarge),
  }));
  const dots = Array.from({ length: points.shape[0] }, (_, k) => ({
    ...toPage(k),
    ...(colouring ? { colour: colouring.valueOf(k) } : {}),
  }));
  const own = { color: { field: "colour", type: "nominal" as const, scale: null } };
  return page({ width, height }, [
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

/** A page around the points with one scale for both axes, and places on it in pixels from the lower left corner. */
function pageOf({ shape: [count], data }: NumericArray, side: number, margin: number) {
  const column = (axis: number) => Array.from({ length: count }, (_, k) => data[2 * k + axis]);
  const [left, right] = finiteExtent(column(0))!;
  const [bottom, top] = finiteExtent(column(1))!;
  const inner = Math.max(side - 2 * margin, side / 2);
  const unitLength = inner / (Math.max(right - left, top - bottom) || 1);
  const length = (extent: number) =>
    Math.ceil(Math.max(unitLength * extent + 2 * margin, MINIMUM_SHARE * side));
  const [width, height] = [length(right - left), length(top - bottom)];
  const toPage = (k: number) => ({
    x: width / 2 + unitLength * (data[2 * k] - (left + right) / 2),
    value: height / 2 + unitLength * (data[2 * k + 1] - (bottom + top) / 2),
  });
  return { toPage, width, height };
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
