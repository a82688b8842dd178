import type { Configuration } from "../../../configuration/schema.js";
import type { Animation, FigureSpec } from "../../../figures/figure.js";
import {
  formatOfPath,
  movingFormatOfPath,
  writeAnimation,
  writeFigure,
} from "../../../figures/render/index.js";
import type { Device } from "../../../onnx/devices.js";
import { nodeDevice } from "../../../onnx/node.js";
import type { Runs } from "../../../run-figures/index.js";
import { greyConventionOf } from "../../../run-figures/runs.js";
import { choice, type Settings, text, type ValuesOf } from "../../../settings/index.js";
import { type Command, type Context, defineCommand } from "../../command/define.js";
import { computing, force, runsAndData } from "../../command/groups.js";
import { claimOutput, warn } from "../../output.js";
import { loadRuns, runsArgument } from "../../run-page.js";

/** Of figures that show images: how pixels become greys. */
export const oneSetting = {
  one: choice(["black", "white"], {
    about: "colour of a grey pixel of value 1",
    defaultText: "white; black for drawn Corridors",
  }),
};

export const conventionOf = ({ one }: ValuesOf<typeof oneSetting>, configuration: Configuration) =>
  one === undefined ? greyConventionOf(configuration) : (`one-is-${one}` as const);

/** The convention of a figure of runs: that of the first one. */
export const conventionFor = (options: ValuesOf<typeof oneSetting>, [{ experiment }]: Runs) =>
  conventionOf(options, experiment.configuration);

const shared = { ...force, ...runsAndData, ...computing };
type FigureOptions = ValuesOf<typeof runsArgument> & ValuesOf<typeof shared> & { readonly out: string };

/**
 * A figure of trained runs, written to a file whose name says the format: the runs, the file and the device are said here, and a
 * figure says its own.
 * @param description.animate Makes the figure that moves, where there is one.
 */
export function figureCommand<S extends Settings>(description: {
  readonly settings?: S;
  readonly details?: string;
  readonly examples: readonly [string, ...string[]];
  draw(runs: Runs, device: Device, options: ValuesOf<S>, context: Context): Promise<FigureSpec>;
  animate?(runs: Runs, device: Device, options: ValuesOf<S>): Promise<Animation>;
}): Command {
  const { settings, draw, animate, ...help } = description;
  const moving = animate ? "; .apng or .gif, which move" : "";
  return defineCommand({
    arguments: runsArgument,
    settings: {
      out: text({
        about: `file to write: .svg, .png, .pdf, .html; .csv for the numbers behind the figure${moving}`,
        placeholder: "file",
        required: true,
      }),
      ...settings,
      ...shared,
    },
    ...help,
    async run(given, context) {
      const options = given as typeof given & FigureOptions & ValuesOf<S>;
      const { names, out, threads } = options;
      const own = ownOf(settings, options);
      const format = animate ? movingFormatOfPath(out) : formatOfPath(out);
      claimOutput(out, options.force);
      const runs = loadRuns(names, options);
      const device = await nodeDevice(options.device, threads);
      if (animate && (format === "apng" || format === "gif"))
        await writeAnimation(out, await animate(runs, device, own), format);
      else {
        const figure = await draw(runs, device, own, context);
        await writeFigure(out, figure);
        for (const note of figure.notes ?? []) warn(note);
      }
      return { json: { out, runs: names }, text: [out] };
    },
  });
}

/** The values of a figure's own settings, without those of all figures. */
function ownOf<S extends Settings>(settings: S | undefined, options: ValuesOf<S>): ValuesOf<S> {
  const names = Object.keys(settings ?? {});
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name))) as ValuesOf<S>;
}
