/** Figure 1: what Echo's noise is, from numbers alone. */
import { noiseClouds } from "../../../figures/noise-clouds.js";
import type { NumericArray } from "../../../numeric-array.js";
import { PhiloxStream } from "../../../random/stream.js";
import { type PaperFigure, paperFigure } from "../../../reproduction/figures/paper-figure.js";

const POINTS = 1000;
const ARMS = 5;
/** The paper does not give its own. */
const SCALE = 0.5;
/** Beyond these terms the sum changes by less than the precision of float64. */
const TERMS = 60;

/** A pinwheel of five arms: points [N, 2] around 0. */
function pinwheel(stream: PhiloxStream, count: number): Float64Array {
  const points = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const along = 1 + 0.3 * stream.normal();
    const across = 0.1 * stream.normal();
    const angle = (2 * Math.PI * (i % ARMS)) / ARMS + 0.25 * Math.exp(along);
    points[2 * i] = along * Math.cos(angle) - across * Math.sin(angle);
    points[2 * i + 1] = along * Math.sin(angle) + across * Math.cos(angle);
  }
  return points;
}

/**
 * Echo noise for a channel f(x) = x, s constant: for each point the sum of other points at random, each
 * fainter by s than the one before, [N, 2].
 */
export function echoNoiseOfPoints(points: Float64Array, scale: number, stream: PhiloxStream): Float64Array {
  const count = points.length / 2;
  const noise = new Float64Array(points.length);
  for (let i = 0; i < count; i++) {
    let fading = 1;
    for (let term = 0; term < TERMS; term++) {
      const other = stream.integer(count);
      noise[2 * i]! += fading * points[2 * other]!;
      noise[2 * i + 1]! += fading * points[2 * other + 1]!;
      fading *= scale;
    }
  }
  return noise;
}

/** A source, its gaussian noise and its Echo noise, and what comes out of both channels. */
export function noiseFigure(): PaperFigure | undefined {
  const stream = new PhiloxStream(0, "figure 1");
  const source = pinwheel(stream, POINTS);
  const echo = echoNoiseOfPoints(source, SCALE, stream);
  // As wide as Echo's, so that both channels are as loud.
  const deviation = Math.sqrt(echo.reduce((sum, value) => sum + value * value, 0) / echo.length);
  const gaussian = source.map(() => deviation * stream.normal());
  const cloud = (noise: Float64Array) => ({
    noise: table(noise),
    output: table(source.map((x, k) => x + SCALE * noise[k]!)),
  });
  const caption = `A source of ${POINTS} points (a pinwheel) through two channels z = x + ${SCALE} noise: gaussian noise, and Echo noise, the sum of ever fainter other points. The noise and the output of Echo have one distribution; those of the gaussian channel do not. Drawn from numbers alone; the paper's text does not give its own source and scale.`;
  return paperFigure(1, {
    title: "Echo noise has the shape of what comes out",
    caption,
    panels: [
      {
        title: "Noise and output of both channels",
        spec: noiseClouds(
          {
            source: table(source),
            channels: [
              { name: "gaussian", ...cloud(gaussian) },
              { name: "Echo", ...cloud(echo) },
            ],
          },
          { caption },
        ),
        needs: "nothing",
        rows: null,
      },
    ],
    // Drawn without any training.
    concerns: [],
  });
}

function table(data: Float64Array): NumericArray {
  return { shape: [data.length / 2, 2], data };
}
