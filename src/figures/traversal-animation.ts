import type { Animation } from "./animation.js";
import type { FigureSpec } from "./figure.js";
import { imageUri, pictureSize } from "./parts/picture.js";
import type { UnitSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";
import { requireTraversal, type TraversalData, type TraversalOptions } from "./traversal.js";

export interface TraversalAnimationOptions extends TraversalOptions {
  /** Default 5, as in the paper's code. */
  readonly framesPerSecond?: number;
}

const PICTURE_SIDE = 104;
const GAP = 12;
const CAPTION_HEIGHT = 20;
const SLIDER_HEIGHT = 44;
/** More channels than these are shown in several rows. */
const MOST_IN_A_ROW = 8;

/**
 * A latent traversal that moves: a picture for each channel beside each other, all sweeping through the values at
 * once, each with all other channels at 0; one frame for each value.
 * @throws UserError as {@link traversal} does.
 */
export function traversalAnimation(data: TraversalData, options: TraversalAnimationOptions = {}): Animation {
  requireTraversal(data);
  return {
    name: "traversal",
    title: options.title ?? "Latent traversal",
    framesPerSecond: options.framesPerSecond ?? 5,
    frames: data.values.map((_, frame) => frameSpec(data, frame, options)),
  };
}

function frameSpec(data: TraversalData, frame: number, options: TraversalAnimationOptions): FigureSpec {
  const { panels, channelNames, values } = data;
  const { enlarge, ...picture } = pictureSize(panels[0].images, PICTURE_SIDE);
  const columns = Math.min(channelNames.length, MOST_IN_A_ROW);
  const rowsAPanel = Math.ceil(channelNames.length / columns);
  const titled = panels.length > 1;
  const [stepX, stepY] = [picture.width + GAP, picture.height + GAP + CAPTION_HEIGHT];
  const panelHeight = rowsAPanel * stepY + (titled ? CAPTION_HEIGHT : 0);
  const [width, pictures] = [columns * stepX, panels.length * panelHeight];
  const height = pictures + SLIDER_HEIGHT;
  const cells = panels.flatMap(({ images }, panel) =>
    channelNames.map((name, channel) => ({
      name,
      x: (channel % columns) * stepX + stepX / 2,
      y:
        panel * panelHeight +
        (titled ? CAPTION_HEIGHT : 0) +
        Math.floor(channel / columns) * stepY +
        CAPTION_HEIGHT +
        picture.height / 2,
      picture: imageUri(
        images,
        channel * values.length + frame,
        options.convention ?? "one-is-black",
        enlarge,
      ),
    })),
  );
  const position = (extent: number, reverse: boolean) => ({
    type: "quantitative" as const,
    scale: { domain: [0, extent], nice: false, zero: false, reverse },
    axis: null,
  });
  const place = {
    x: { field: "x", ...position(width, false) },
    y: { field: "y", ...position(height, true) },
  };
  return {
    name: "traversal",
    title: options.title ?? "Latent traversal",
    caption: options.caption ?? `All channels 0 but the one named, which is ${valueText(values[frame])}.`,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      width,
      height,
      encoding: place,
      layer: [
        {
          data: { values: cells },
          mark: { type: "image", ...picture, aspect: false },
          encoding: { url: { field: "picture", type: "nominal" } },
        },
        { data: { values: cells }, mark: { type: "rect", style: STYLE.pictureFrame, ...picture } },
        {
          data: { values: cells },
          mark: { type: "text", style: STYLE.annotation, dy: -picture.height / 2 - 9 },
          encoding: { text: { field: "name", type: "nominal" } },
        },
        ...(titled ? [panelTitles(data, panelHeight)] : []),
        ...slider(values, frame, { left: GAP / 2, right: width - GAP / 2, y: pictures + SLIDER_HEIGHT / 3 }),
      ],
    },
    table: {
      columns: ["panel", "channel", "code"],
      rows: panels.flatMap(({ title }) => channelNames.map((name) => [title, name, values[frame]])),
    },
  };
}

function panelTitles({ panels }: TraversalData, panelHeight: number): UnitSpec {
  return {
    data: {
      values: panels.map(({ title }, panel) => ({
        name: title,
        x: GAP / 2,
        y: panel * panelHeight + CAPTION_HEIGHT / 2,
      })),
    },
    mark: { type: "text", style: STYLE.annotation, align: "left", fontWeight: "bold", fontSize: 12 },
    encoding: { text: { field: "name", type: "nominal" } },
  };
}

/** Where between its ends the value stands, with the number under it. */
function slider(
  values: readonly number[],
  frame: number,
  { left, right, y }: { readonly left: number; readonly right: number; readonly y: number },
): UnitSpec[] {
  const last = values.length - 1;
  const at = left + ((right - left) * frame) / last;
  const ends = [
    { x: left, y, name: valueText(values[0]) },
    { x: right, y, name: valueText(values[last]) },
  ];
  const text = { field: "name", type: "nominal" as const };
  return [
    {
      data: { values: [{ x: left, y, right }] },
      mark: { type: "rule", style: STYLE.leader },
      encoding: { x2: { field: "right" } },
    },
    {
      data: { values: [{ x: at, y }] },
      mark: { type: "circle", style: STYLE.handle, size: 90 },
    },
    {
      data: { values: ends.slice(0, 1) },
      mark: { type: "text", style: STYLE.quietAnnotation, align: "left", dy: 16 },
      encoding: { text },
    },
    {
      data: { values: ends.slice(1) },
      mark: { type: "text", style: STYLE.quietAnnotation, align: "right", dy: 16 },
      encoding: { text },
    },
    {
      data: { values: [{ x: (left + right) / 2, y, name: valueText(values[frame]) }] },
      mark: { type: "text", style: STYLE.annotation, dy: 16, fontSize: 12 },
      encoding: { text },
    },
  ];
}

/** With its sign and as many digits as the steps of a sweep need, so that frames do not flicker. */
function valueText(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  return Number(digits) === 0 ? digits : `${value < 0 ? "−" : "+"}${digits}`;
}
