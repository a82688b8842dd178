import { existsSync } from "node:fs";
import type { Configuration } from "../configuration/schema.js";
import { expandHome } from "../data/sources/paths.js";
import { printableNames, UserError } from "../errors.js";
import { readBytes } from "../files/read.js";
import { sha256 } from "../files/sha256.js";
import type { TrainableSettings } from "../model/kinds.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { formatShape } from "../tensor/shape.js";
import { readParameterFile } from "../torch/parameter-file.js";
import type { Experiment } from "./experiment.js";

/** Weights that a training begins with, from a file (rule A11). */
export interface InitialWeights {
  /** As the configuration names it. */
  readonly file: string;
  /** Of its bytes: 64 hexadecimal digits. */
  readonly sha256: string;
  /** One vector, in the order of the model's layout. */
  readonly parameters: Float32Array;
}

/**
 * The initial weights of an experiment where its configuration names a file (`model.initialisation.file`);
 * undefined where they are drawn.
 * @param experiment as `prepareExperiment` makes it.
 * @throws UserError when the file cannot be read, or does not hold every parameter of the model, in its
 * shape, and nothing else.
 */
export function readInitialWeights({
  configuration: { model },
  layout,
}: Pick<Experiment, "configuration" | "layout">): InitialWeights | undefined {
  const file = fileOf(model);
  if (file === undefined) return undefined;
  const { sha256, parameters } = readParameterFile(expandHome(file), model.heads);
  requireFit(parameters, layout, file);
  return { file, sha256, parameters: layout.flatten(parameters) };
}

/** The sum of the file with the initial weights, as it is now; undefined where they are drawn, or the file is gone. */
export function initialFileSum({ model }: Configuration): string | undefined {
  const file = fileOf(model);
  const path = file === undefined ? undefined : expandHome(file);
  return path === undefined || !existsSync(path) ? undefined : sha256(readBytes(path));
}

function fileOf({ initialisation }: TrainableSettings): string | undefined {
  return typeof initialisation === "object" ? initialisation.file : undefined;
}

function requireFit(
  parameters: Parameters<ParameterLayout["misfits"]>[0],
  layout: ParameterLayout,
  where: string,
) {
  const { missing, unknown, misshapen } = layout.misfits(parameters);
  const namesOf = (specs: typeof missing) => printableNames(specs.map(({ name }) => name));
  const problems = [
    ...(missing.length > 0 ? [`it lacks ${namesOf(missing)}`] : []),
    ...(unknown.length > 0 ? [`it holds ${printableNames(unknown)}, which the model has not`] : []),
    ...misshapen
      .slice(0, 1)
      .map(
        ({ name, shape }) =>
          `${name} has shape ${formatShape(parameters.get(name)!.shape)}, and the model needs ${formatShape(shape)}`,
      ),
    ...(misshapen.length > 1 ? [`${misshapen.length - 1} more have other shapes`] : []),
  ];
  if (problems.length === 0) return;
  throw new UserError({
    where,
    what: `${problems.join("; ")} (in Narrows' names and shapes)`,
    remedy: "Give the parameters of this very model (docs/files.md), or change the model to that of the file",
  });
}
