import { refuse } from "../errors.js";
import { type ClusterBlock, clusterSchema } from "./cluster.js";
import { fillChoices, type Layer, overlay, placeOf } from "./layers.js";
import { type Override, overrideLayer } from "./overrides.js";
import { PRESET_NAMES, presets } from "./presets.js";
import { errorOf, problemsOf } from "./problems.js";
import { type Configuration, configurationSchema, fileSchema } from "./schema.js";

/**
 * The configuration that layers of settings make, the later ones over the earlier, and overrides over all. Whatever
 * has no value has its default. The result is plain JSON; resolved again, it stays as it is.
 * @throws UserError in one line when a key is unknown or a value wrong: the place, the dotted key, and what to do.
 */
export function resolveConfiguration(
  given: readonly Layer[],
  overrides: readonly Override[] = [],
): Configuration {
  return resolveLayers(given, overrides).configuration;
}

/** As {@link resolveConfiguration}, with what was said, before the defaults, and what jobs on a cluster ask for. */
export function resolveLayers(
  given: readonly Layer[],
  overrides: readonly Override[],
): { readonly configuration: Configuration; readonly given: unknown; readonly cluster: ClusterBlock } {
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
  return { configuration, given: merged, cluster: clusterSchema.optional().parse(cluster) ?? {} };
}

/** With the defaults filled in where the settings are sound so far, so that an override can reach into a default list. */
function asParsed(merged: unknown): Record<string, unknown> {
  const whole = fillChoices(fileSchema, merged);
  return (fileSchema.safeParse(whole).data ?? whole) as Record<string, unknown>;
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
