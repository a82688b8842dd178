import { distortionIndices, distortionMatrix, toLabels, toPoints } from "../../../src/geometry/index.js";
import { CELLS, type Experiment, SIDE } from "../../../src/lab/experiment.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import type { CodeFrame, CodeMeasures, IndexValue, Stimuli } from "../core/contract.js";
import { classesOf } from "./classes.js";
import { noiseOf, separableStimuli } from "./separable.js";

/** For intervals that are drawn while a model is trained. */
const RESAMPLES = 60;

/** What is asked of a code, and of what it is compared with. */
export interface MeasureTask {
  readonly experiment: Experiment;
  readonly stimuli: Stimuli;
  readonly frame: CodeFrame;
  /** The code that distances are compared with, of the same stimuli; undefined: none. */
  readonly reference: CodeFrame | undefined;
}

/** Measures a code: a fraction of a second, so that it is done now and then. */
export function measureCode({ experiment, stimuli, frame, reference }: MeasureTask): CodeMeasures {
  const { step, means, samples, dimensions } = frame;
  const separable = separableStimuli(cellMeans(frame, stimuli), noiseOf(means, samples, dimensions));
  const classes = classesOf(experiment, stimuli);
  const alone = { step, separableStimuli: separable, classesAbout: classes.about };
  if (!reference)
    return { ...alone, capacityDistortion: undefined, classDistortion: undefined, indices: undefined };
  const points = pointsOf(frame, "code");
  const before = pointsOf(reference, "reference");
  const column = (values: ArrayLike<number>) => ({
    shape: [stimuli.count, 1],
    data: Int32Array.from(values),
  });
  const cells = toLabels(column(Array.from(stimuli.xU, (xU, k) => xU * SIDE + stimuli.xL[k]!)), "positions");
  const groups = toLabels(column(classes.of), "classes");
  const stream = new PhiloxStream(0, "lab");
  const indices = distortionIndices(points, before, groups, {
    uniform: (count) => stream.fillUniform(new Float64Array(count)),
    resamples: RESAMPLES,
  });
  const { favoured } = classes;
  return {
    ...alone,
    capacityDistortion: Float32Array.from(distortionMatrix(points, before, cells).matrix.data),
    classDistortion: {
      classes: classes.names,
      values: Float32Array.from(distortionMatrix(points, before, groups).matrix.data),
    },
    indices: {
      prototypization: withInterval(indices.prototypization),
      specialization:
        favoured === undefined ? undefined : withInterval(indices.specialization.byClass[favoured]!),
      orthogonalization: experiment.task === undefined ? undefined : withInterval(indices.orthogonalization),
    },
  };
}

/** The mean code of each pair of positions, [169, dimensions]. */
function cellMeans({ means, dimensions }: CodeFrame, { count, xU, xL }: Stimuli): Float64Array {
  const sums = new Float64Array(CELLS * dimensions);
  const perCell = count / CELLS;
  for (let row = 0; row < count; row++) {
    const cell = xU[row]! * SIDE + xL[row]!;
    for (let d = 0; d < dimensions; d++)
      sums[cell * dimensions + d]! += means[row * dimensions + d]! / perCell;
  }
  return sums;
}

function pointsOf({ means, dimensions }: CodeFrame, name: string) {
  return toPoints({ shape: [means.length / dimensions, dimensions], data: means }, name);
}

function withInterval({ value, low, high }: IndexValue): IndexValue {
  return { value, low, high };
}
