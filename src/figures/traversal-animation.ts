import { type Animation, type FigureSpec, figure, type LayerSpec } from "./figure.js";
import { pictureGrid } from "./parts/picture-grid.js";
import { page, text, unit } from "./parts/plane.js";
import { tableOf } from "./table.js";
import { STYLE } from "./theme.js";
import { requireTraversal, type TraversalData, type TraversalOptions } from "./traversal.js";

/** How a latent traversal that moves is drawn: as one that stands still, and its speed. */
export interface TraversalAnimationOptions extends TraversalOptions {
  /** Default 5. */
  readonly framesPerSecond?: number;
}

const PICTURE_SIDE = 104;
const SLIDER_HEIGHT = 44;
/** Room for half of it at either end. */
const HANDLE = 8;
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
  const channels = channelNames.map((name, channel) => ({ name, channel }));
  const columns = Math.min(channels.length, CHANNELS_IN_A_ROW);
  const rows = Array.from({ length: Math.ceil(channels.length / columns) }, (_, k) =>
    channels.slice(k * columns, (k + 1) * columns),
  );
  const grids = panels.flatMap(({ title, images }) =>
    rows.map((row, k) =>
      pictureGrid(
        row.map(({ channel }) => ({ images, index: channel * values.length + frame })),
        {
          columns,
          side: PICTURE_SIDE,
          convention: options.convention,
          title: panels.length > 1 && k === 0 ? title : undefined,
          under: { title: null, columns: row.map((_, column) => column), names: row.map(({ name }) => name) },
        },
      ),
    ),
  );
  return figure(
    "traversal",
    options,
    {
      title: "Latent traversal",
      caption: [`All channels 0 except the one named, which is ${valueText(values[frame])}.`],
    },
    { vconcat: [...grids, slider(values, frame, Number(grids[0].width))], spacing: 10 },
    tableOf(
      panels.flatMap(({ title }) =>
        channelNames.map((channel) => ({ panel: title, channel, code: values[frame] })),
      ),
      { panel: "panel", channel: "channel", code: "code" },
    ),
  );
}

/** Where between its ends the value stands, with the number under it; the handle stays on the page, so that frames are of one size. */
function slider(values: readonly number[], frame: number, width: number): LayerSpec {
  const [last, value] = [values.length - 1, SLIDER_HEIGHT / 2];
  const [left, right] = [HANDLE, width - HANDLE];
  const number = (x: number, k: number, mark: object) =>
    text([{ x, value, text: valueText(values[k]) }], { dy: 16, ...mark });
  return page({ width, height: SLIDER_HEIGHT }, [
    ...unit([{ x: left, value, right }], { type: "rule", style: STYLE.leader }, { x2: { field: "right" } }),
    ...unit([{ x: left + ((right - left) * frame) / last, value }], {
      type: "circle",
      style: STYLE.handle,
      size: 90,
    }),
    ...number(left, 0, { align: "left" }),
    ...number(right, last, { align: "right" }),
    ...number(width / 2, frame, { style: STYLE.annotation, fontSize: 12 }),
  ]);
}

/** With its sign and as many digits as the steps of a sweep need, so that frames do not flicker. */
function valueText(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  return Number(digits) === 0 ? digits : `${value < 0 ? "−" : "+"}${digits}`;
}
