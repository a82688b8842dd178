import { type Animation, type FigureSpec, figure, type UnitSpec } from "./figure.js";
import { imageUri, pictureMarks, pictureSize } from "./parts/picture.js";
import { page, text, unit } from "./parts/plane.js";
import { tableOf } from "./table.js";
import { STYLE } from "./theme.js";
import { requireTraversal, type TraversalData, type TraversalOptions } from "./traversal.js";

export interface TraversalAnimationOptions extends TraversalOptions {
  /** Default 5. */
  readonly framesPerSecond?: number;
}

const PICTURE_SIDE = 104;
const GAP = 12;
const CAPTION_HEIGHT = 20;
const SLIDER_HEIGHT = 44;
/** More channels than these are shown in several rows. */
const CHANNELS_IN_A_ROW = 8;

/**
 * A latent traversal that moves: a picture for each channel, all sweeping through the values at once, each with all other
 * channels at 0; one frame for each value.
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
  const columns = Math.min(channelNames.length, CHANNELS_IN_A_ROW);
  const heading = panels.length > 1 ? CAPTION_HEIGHT : 0;
  const [stepX, stepY] = [picture.width + GAP, picture.height + GAP + CAPTION_HEIGHT];
  const panelHeight = Math.ceil(channelNames.length / columns) * stepY + heading;
  const [width, pictures] = [columns * stepX, panels.length * panelHeight];
  const height = pictures + SLIDER_HEIGHT;
  const cells = panels.flatMap(({ images }, panel) =>
    channelNames.map((name, channel) => ({
      text: name,
      x: ((channel % columns) + 0.5) * stepX,
      value:
        height -
        (panel * panelHeight +
          heading +
          Math.floor(channel / columns) * stepY +
          CAPTION_HEIGHT +
          picture.height / 2),
      picture: imageUri(images, channel * values.length + frame, options.convention, enlarge),
    })),
  );
  const titles = panels.map(({ title }, panel) => ({
    text: title,
    x: GAP / 2,
    value: height - panel * panelHeight - CAPTION_HEIGHT / 2,
  }));
  return figure(
    "traversal",
    options,
    {
      title: "Latent traversal",
      caption: [`All channels 0 except the one named, which is ${valueText(values[frame])}.`],
    },
    page({ width, height }, [
      ...pictureMarks(cells, picture),
      ...text(cells, { style: STYLE.annotation, dy: -picture.height / 2 - 9 }),
      ...text(heading > 0 ? titles : [], {
        style: STYLE.annotation,
        align: "left",
        fontWeight: "bold",
        fontSize: 12,
      }),
      ...slider(values, frame, { left: GAP / 2, right: width - GAP / 2, value: (2 / 3) * SLIDER_HEIGHT }),
    ]),
    tableOf(
      panels.flatMap(({ title }) =>
        channelNames.map((channel) => ({ panel: title, channel, code: values[frame] })),
      ),
      { panel: "panel", channel: "channel", code: "code" },
    ),
  );
}

/** Where between its ends the value stands, with the number under it. */
function slider(
  values: readonly number[],
  frame: number,
  { left, right, value }: { readonly left: number; readonly right: number; readonly value: number },
): UnitSpec[] {
  const last = values.length - 1;
  const number = (x: number, k: number, mark: object) =>
    text([{ x, value, text: valueText(values[k]) }], { dy: 16, ...mark });
  return [
    ...unit([{ x: left, value, right }], { type: "rule", style: STYLE.leader }, { x2: { field: "right" } }),
    ...unit([{ x: left + ((right - left) * frame) / last, value }], {
      type: "circle",
      style: STYLE.handle,
      size: 90,
    }),
    ...number(left, 0, { align: "left" }),
    ...number(right, last, { align: "right" }),
    ...number((left + right) / 2, frame, { style: STYLE.annotation, fontSize: 12 }),
  ];
}

/** With its sign and as many digits as the steps of a sweep need, so that frames do not flicker. */
function valueText(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  return Number(digits) === 0 ? digits : `${value < 0 ? "−" : "+"}${digits}`;
}
