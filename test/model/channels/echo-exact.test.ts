import { describe, expect, it } from "vitest";
import { echoNoise } from "../../../src/model/channels/echo-noise.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { log } from "../../../src/tensor/index.js";
import { openProgram, parameter } from "../../tensor/evaluate.js";

// The rate of an Echo channel, -E ln s, against the mutual information found in other ways: from the moments of a gaussian
// source, and by numerical integration for a source of three symbols (spec section 9).

/** What is left out of the sum: the scale to the power of the number of terms. */
const LEFT_OUT = 1e-6;
/** Each dimension is a source of its own. */
const SOURCES = 200;

/** Echo noise made of images that are drawn anew for every sample, as the definition has it. */
async function noiseSamples(
  rounds: number,
  largestScale: number,
  draw: (stream: PhiloxStream) => { centre: number; scale: number },
) {
  const terms = Math.ceil(Math.log(LEFT_OUT) / Math.log(largestScale));
  const centre = parameter("centre", [terms, SOURCES]);
  const scale = parameter("scale", [terms, SOURCES]);
  const company = parameter("company", [terms, terms]);
  const program = await openProgram({ noise: echoNoise(centre, log(scale), company) });
  const stream = new PhiloxStream(7, "test of exact rates");
  const samples = new Float64Array(rounds * SOURCES);
  for (let round = 0; round < rounds; round++) {
    const images = Array.from({ length: terms * SOURCES }, () => draw(stream));
    const { noise } = await program.run(
      new Map([
        [centre, Float32Array.from(images, (image) => image.centre)],
        [scale, Float32Array.from(images, (image) => image.scale)],
        [company, Float32Array.from({ length: terms ** 2 }, (_, i) => i % terms)],
      ]),
    );
    // All rows are made of the same images: one is enough.
    samples.set(noise.subarray(0, SOURCES), round * SOURCES);
  }
  await program.release();
  return { samples, stream };
}

function moments(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

describe("a gaussian source with a constant scale", () => {
  // E e = m / (1 - s) and Var e = v / (1 - s^2), so that z and e are gaussian and I = 1/2 ln(Var z / (s^2 Var e)) = -ln s.
  it.each([0.3, 0.6, 0.8])("s = %d: moments as known, and the rate within 2 %%", async (s) => {
    const mean = 0.4;
    const { samples, stream } = await noiseSamples(200, s, (source) => ({
      centre: mean + source.normal(),
      scale: s,
    }));
    const noise = moments(samples);
    expect(Math.abs(noise.mean - mean / (1 - s))).toBeLessThan(
      5 * Math.sqrt(noise.variance / samples.length),
    );
    expect(Math.abs(noise.variance * (1 - s ** 2) - 1)).toBeLessThan(0.03);
    const sent = moments(samples.map((value) => mean + stream.normal() + s * value));
    expect(Math.abs(sent.variance / noise.variance - 1)).toBeLessThan(0.03);
    const information = 0.5 * Math.log(1 + 1 / (s ** 2 * noise.variance));
    expect(Math.abs(information / -Math.log(s) - 1)).toBeLessThan(0.02);
  });
});

describe("a source of three symbols with scales of their own", () => {
  const symbols = [
    { probability: 0.5, centre: -0.8, scale: 0.7 },
    { probability: 0.3, centre: 0.3, scale: 0.8 },
    { probability: 0.2, centre: 0.9, scale: 0.62 },
  ];
  const rate = -symbols.reduce((sum, { probability, scale }) => sum + probability * Math.log(scale), 0);
  // |z| <= max |f| / (1 - max s).
  const reach = 0.9 / (1 - 0.8);
  const cells = 9001;
  const width = (2 * reach) / (cells - 1);
  const at = (i: number) => -reach + i * width;

  /** A density between the points of its grid. */
  const between = (density: Float64Array, z: number) => {
    const place = (z + reach) / width;
    const low = Math.floor(place);
    if (low < 0 || low >= cells - 1) return 0;
    return density[low]! * (1 - (place - low)) + density[low + 1]! * (place - low);
  };

  /** The density of Echo noise: what stays as it is when an image is sent through it. */
  const density = (() => {
    let present = new Float64Array(cells).fill(1 / (2 * reach));
    for (let turn = 0; turn < 80; turn++) {
      const next = present.map((_, i) =>
        symbols.reduce(
          (sum, { probability, centre, scale }) =>
            sum + (probability / scale) * between(present, (at(i) - centre) / scale),
          0,
        ),
      );
      const mass = next.reduce((sum, value) => sum + value * width, 0);
      present = next.map((value) => value / mass);
    }
    return present;
  })();

  it("the rate is the mutual information, by numerical integration", () => {
    let information = 0;
    for (let i = 0; i < cells; i++) {
      const given = symbols.map(({ centre, scale }) => between(density, (at(i) - centre) / scale) / scale);
      const whole = symbols.reduce((sum, { probability }, k) => sum + probability * given[k]!, 0);
      symbols.forEach(({ probability }, k) => {
        if (given[k]! > 0) information += probability * given[k]! * Math.log(given[k]! / whole) * width;
      });
    }
    expect(Math.abs(information / rate - 1)).toBeLessThan(0.02);
  });

  it("the noise of the engine has that density", async () => {
    const { samples } = await noiseSamples(100, 0.8, (stream) => {
      const u = stream.uniform();
      return u < 0.5 ? symbols[0]! : u < 0.8 ? symbols[1]! : symbols[2]!;
    });
    samples.sort();
    let mass = 0;
    let cell = 0;
    let furthest = 0;
    samples.forEach((value, i) => {
      for (; cell < cells && at(cell) <= value; cell++) mass += density[cell]! * width;
      furthest = Math.max(furthest, Math.abs(mass - i / samples.length));
    });
    // Kolmogorov and Smirnov: 1.95 / sqrt(20,000) is passed by chance once in a thousand.
    expect(furthest).toBeLessThan(0.0138);
  });
});
