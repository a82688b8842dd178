import { refuse } from "../errors.js";
import type { OwnPart } from "../own-part.js";
import { type ClusterBlock, clusterSchema } from "./cluster.js";
import { fillChoices, type Layer, overlay, placeOf } from "./layers.js";
import { type Override, overrideLayer } from "./overrides.js";
import { ownPartsOf } from "./own-parts.js";
import { PRESET_NAMES, presets } from "./presets.js";
import { errorOf, problemsOf } from "./problems.js";
import { type Configuration, fileSchema, schemasWith } from "./schema.js";

/** What layers of settings come to. */
interface Resolved {
  readonly configuration: Configuration;
  /** What was said, before the defaults. */
  readonly given: unknown;
  /** What jobs on a cluster ask for. */
  readonly cluster: ClusterBlock;
  /** The parts of one's own that it may use. */
  readonly own: readonly OwnPart[];
}

/**
 * The configuration that layers of settings make, the later ones over the earlier, and overrides over all. Whatever
 * has no value has its default. The configuration is plain JSON; resolved again, it stays as it is. Files with parts of one's own,
 * which the layers name, are run first: the other settings may be theirs.
 * @param others Parts that are given as they are.
 * @throws UserError in one line when a key is unknown or a value wrong: the place, the dotted key, and what to do.
 */
export function resolveLayers(
  given: readonly Layer[],
  overrides: readonly Override[] = [],
  others: readonly OwnPart[] = [],
): Resolved {
  const own = ownPartsOf({ parts: partFiles(given, overrides) }, others);
  const { configuration: configurationSchema, file: fileSchema } = schemasWith(own);
  /** With the defaults filled in where the settings are sound so far, so that an override can reach into a default list. */
  const asParsed = (settings: unknown) => {
    const whole = fillChoices(fileSchema, settings);
    return (fileSchema.safeParse(whole).data ?? whole) as Record<string, unknown>;
  };
  const layers = [...given];
  let merged = given.reduce<unknown>((below, { values }) => overlay(fileSchema, below, values), {});
  for (const override of overrides) {
    if (override.path[0] === "extends") {
      refuse(
        override.where,
        "only a file can build on another",
        "Write the extends into the configuration file",
      );
    }
    const layer =
      override.path.length === 1 && override.path[0] === "preset"
        ? presetLayer(override.value, override.where)
        : overrideLayer(fileSchema, asParsed(merged), override);
    layers.push(layer);
    merged = overlay(fileSchema, merged, layer.values);
  }
  const whole = fillChoices(fileSchema, merged);
  const problems = problemsOf(fileSchema, whole);
  if (problems.length > 0) throw errorOf(problems, (path) => placeOf(layers, path) ?? "configuration");
  const { cluster, ...experiment } = whole as Record<string, unknown>;
  const configuration = JSON.parse(JSON.stringify(configurationSchema.parse(experiment))) as Configuration;
  return { configuration, given: merged, cluster: clusterSchema.optional().parse(cluster) ?? {}, own };
}

/** The files with parts of one's own that layers and overrides name; none where that is not a list of names, which is refused later. */
function partFiles(given: readonly Layer[], overrides: readonly Override[]): readonly string[] {
  const said = [
    ...given.map(({ values }) => values.parts),
    ...overrides.map(({ path, value }) => (path.length === 1 && path[0] === "parts" ? value : undefined)),
  ];
  const last = said.findLast((value) => value !== undefined);
  return Array.isArray(last) && last.every((file) => typeof file === "string") ? last : [];
}

/**
 * The settings of a named preset.
 * @param where Who names it, for the message.
 * @throws UserError when there is no such preset.
 */
export function presetLayer(name: unknown, where: string): Layer {
  const known = PRESET_NAMES.find((preset) => preset === name);
  if (!known) throw errorOf(problemsOf(fileSchema, { preset: name }), () => where);
  // No problem is ever blamed on a preset: its own settings are sound.
  return { values: presets[known].settings, place: () => undefined };
}
