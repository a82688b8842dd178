import { describe, expect, it } from "vitest";
import { echoNoise, sampleEchoTerms } from "../../../src/model/channels/echo-noise.js";
import { Scope } from "../../../src/nn/scope.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { add, constant, exp, log, multiply } from "../../../src/tensor/index.js";
import { evaluate, normals, parameter } from "../../tensor/evaluate.js";
import { checkGradients } from "../../tensor/gradient-check.js";

// The worked example of the specification (section 9): r = 0.8359, log-sigmoid scales, batch of 4, 2 dimensions, 3 terms.
const CLIP = 0.8359;
const CENTRE = [
  [0.5, -0.25],
  [-0.75, 0.1],
  [0.2, 0.9],
  [-0.4, -0.6],
];
const RAW = [
  [0, 1],
  [-1, 0.5],
  [2, -2],
  [0.3, -0.7],
];
const COMPANY = [
  [1, 2, 3],
  [3, 0, 2],
  [0, 3, 1],
  [2, 1, 0],
];
const NOISE = [
  [-0.77124511, 0.5371754],
  [-0.1197738, -0.51679625],
  [0.18230267, -0.59970576],
  [-0.26943528, 0.89700293],
];
const CODE = [
  [0.17765811, 0.07826352],
  [-0.77692612, -0.1688962],
  [0.33422185, 0.84024428],
  [-0.52937649, -0.35120562],
];

const scales = RAW.map((row) => row.map((b) => CLIP / (1 + Math.exp(-b))));
const flat = (rows: readonly (readonly number[])[]) => Float32Array.from(rows.flat());

function expectAll(found: Float32Array, expected: ArrayLike<number>, tolerance: number) {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance);
  });
}

async function noiseOf(
  centre: Float32Array,
  scale: Float32Array,
  company: Float32Array,
  [batch, dimensions, terms]: readonly [number, number, number],
) {
  const f = parameter("centre", [batch, dimensions]);
  const s = parameter("scale", [batch, dimensions]);
  const indices = parameter("company", [batch, terms]);
  const noise = echoNoise(f, log(s), indices);
  return evaluate(
    { noise, code: add(f, multiply(s, noise)) },
    new Map([
      [f, centre],
      [s, scale],
      [indices, company],
    ]),
  );
}

/** The same by Horner's scheme, in float64. */
function horner(centre: Float32Array, scale: Float32Array, company: Float32Array, sizes: readonly number[]) {
  const [batch, dimensions, terms] = sizes as [number, number, number];
  return Float64Array.from({ length: batch * dimensions }, (_, at) => {
    const i = Math.floor(at / dimensions);
    const j = at % dimensions;
    let sum = 0;
    for (let l = terms - 1; l >= 0; l--) {
      const other = company[i * terms + l]! * dimensions + j;
      sum = centre[other]! + scale[other]! * sum;
    }
    return sum;
  });
}

describe("Echo noise", () => {
  it("is that of the worked example", async () => {
    const { noise, code } = await noiseOf(flat(CENTRE), flat(scales), flat(COMPANY), [4, 2, 3]);
    expectAll(noise, flat(NOISE), 1e-5);
    expectAll(code, flat(CODE), 1e-5);
    const rates = scales.map((row) => -row.reduce((sum, s) => sum + Math.log(s), 0));
    expectAll(Float32Array.from(rates), [1.36490145, 2.14583125, 2.6123486, 2.01603387], 1e-5);
  });

  it("is the same by sums of logarithms and by Horner's scheme, over 99 terms too", async () => {
    const sizes = [100, 4, 99] as const;
    const stream = new PhiloxStream(0, "test company");
    const indices = new Float32Array(100 * 99);
    for (let i = 0; i < 100; i++)
      indices.set(
        [...stream.permutation(100)].filter((other) => other !== i),
        i * 99,
      );
    const centre = normals(400, "test centre").map(Math.tanh);
    const scale = normals(400, "test scale").map((b) => 0.8358656 / (1 + Math.exp(-b)));
    const { noise } = await noiseOf(centre, scale, indices, sizes);
    expectAll(noise, horner(centre, scale, indices, sizes), 2e-6);
  });

  it("passes gradients to the images that made it", () =>
    checkGradients(
      [{ shape: [4, 2] }, { shape: [4, 2], from: (normal) => 0.4 + 0.1 * Math.tanh(normal) }],
      (centre, scale) => {
        const noise = echoNoise(centre!, log(scale!), constant(flat(COMPANY), [4, 3]));
        return add(centre!, multiply(exp(log(scale!)), noise));
      },
    ));
});

describe("the company of an image", () => {
  const draw = async (sampling: "with-replacement" | "without-replacement", terms: number) => {
    const scope = new Scope();
    const company = sampleEchoTerms(scope, 6, terms, sampling);
    const drawn = scope.requests.others.get("company")!;
    const role = drawn.origin.kind === "input" ? drawn.origin.role : undefined;
    if (role?.kind !== "noise" || typeof role.distribution === "string")
      throw new Error("no indices were asked for");
    const values = new Float32Array(drawn.shape[0]! * drawn.shape[1]!);
    const stream = new PhiloxStream(3, "test");
    if ("distinctBelow" in role.distribution)
      stream.fillDistinct(values, role.distribution.distinctBelow, drawn.shape[1]!);
    else if ("below" in role.distribution) stream.fillBelow(values, role.distribution.below);
    const { found } = await evaluate({ found: company }, new Map([[drawn, values]]));
    return Array.from({ length: 6 }, (_, i) => [
      ...found.subarray(i * drawn.shape[1]!, (i + 1) * drawn.shape[1]!),
    ]);
  };

  it("without replacement is all others, each once", async () => {
    (await draw("without-replacement", 9)).forEach((row, i) => {
      expect([...row].sort()).toEqual([0, 1, 2, 3, 4, 5].filter((other) => other !== i));
    });
  });

  it("with fewer terms is some of them", async () => {
    (await draw("without-replacement", 2)).forEach((row, i) => {
      expect(new Set([...row, i]).size).toBe(3);
    });
  });

  it("with replacement is any, as many as asked for", async () => {
    const rows = await draw("with-replacement", 40);
    expect(rows.every((row) => row.length === 40)).toBe(true);
    expect(new Set(rows.flat())).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it("is refused to one image alone", () => {
    expect(() => sampleEchoTerms(new Scope(), 1, 3, "without-replacement")).toThrow(/one image has none/);
  });
});
