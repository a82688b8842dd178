/** What the figures of dimension and imbalance must show, whatever the drawing looks like. */
import { describe, expect, it } from "vitest";
import type { FigureSpec } from "../../src/figures/figure.js";
import { informationPlane } from "../../src/figures/information-plane.js";
import { layerProfiles } from "../../src/figures/layer-profiles.js";
import { overDimension } from "../../src/figures/over-dimension.js";
import { overEpochs } from "../../src/figures/over-epochs.js";
import { tickChoice } from "../../src/figures/parts/plane.js";
import { relativeImbalance } from "../../src/figures/relative-imbalance.js";
import { renderSvg } from "../../src/figures/render/svg.js";
import { CATEGORY_COLOURS } from "../../src/figures/theme.js";
import { overSizes, planes, profiles } from "./examples/intrinsic-dimension.js";

const layers = ["l0", "l1", "l2"];
/** Where the points of a figure stand on its horizontal axis, not the arrows of bars that it cuts. */
const placesOf = ({ spec }: FigureSpec) => {
  const { layer } = spec as unknown as {
    layer: { mark: { type: string; shape?: string }; data: { values: { x: number }[] } }[];
  };
  return layer
    .find(({ mark }) => mark.type === "point" && !mark.shape?.startsWith("triangle"))!
    .data.values.map(({ x }) => x);
};
/** Colours of the marks that stand in a drawing. */
const coloursOf = (svg: string) =>
  new Set([...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/g)].map(([, colour]) => colour));

describe("profiles over layers", () => {
  it("are means over seeds with their interval; nothing stands where nothing was measured", () => {
    const { table } = layerProfiles(
      {
        layers,
        profiles: [
          {
            name: "2",
            values: [[1, 3], [], [5]],
            published: [undefined, { value: 4, uncertainty: 1 }, undefined],
          },
        ],
      },
      { interval: "deviation", legendTitle: "K", column: "dimension" },
    );
    expect(table.columns).toEqual(["K", "source", "layer", "dimension", "low", "high", "seeds"]);
    expect(table.rows).toEqual([
      ["2", "measured", "l0", 2, 2 - Math.SQRT2, 2 + Math.SQRT2, 2],
      ["2", "measured", "l2", 5, 5, 5, 1],
      ["2", "published", "l1", 4, 3, 5, ""],
    ]);
  });

  it("say what bars and dashes are, and only where there are any", () => {
    expect(profiles.ofSize.caption).toContain("bars: one standard deviation over 3 seeds");
    expect(profiles.ofSize.caption).toContain("published values");
    expect(profiles.logarithmic.caption).not.toMatch(/seeds|published/);
  });

  it("draw published lines dashed in the colour of ours, in the same colours with fewer curves", async () => {
    const draw = (names: readonly string[]) =>
      renderSvg(
        layerProfiles(
          {
            layers,
            profiles: names.map((name) => ({
              name,
              values: [[1], [2], [3]],
              published: [1, 2, 3].map((value) => ({ value })),
            })),
          },
          { colours: "ordered", colourOrder: ["2", "8", "32"] },
        ),
      );
    const all = await draw(["2", "8", "32"]);
    const one = await draw(["8"]);
    const dashed = /stroke="(#[0-9a-f]{6})"[^>]*stroke-dasharray="4,3"/.exec(one)!;
    expect(coloursOf(all)).toContain(dashed[1]);
    expect(one.match(new RegExp(dashed[1]!, "g"))!.length).toBeGreaterThan(4);
    expect(all.match(/stroke-dasharray="4,3"/g)).toHaveLength(3);
  });

  it("name their levels and all layers", async () => {
    const svg = await renderSvg(profiles.ofSize);
    for (const text of ["data", "K", "l0", "l10", "published"]) expect(svg).toContain(`>${text}<`);
  });
});

describe("curves over epochs", () => {
  it("stand at epoch + 1, so that the untrained network has a place", async () => {
    const figure = overEpochs(
      { curves: [{ name: "a", points: [10, 0, 1].map((x) => ({ x, values: [x] })) }] },
      { quantity: "q" },
    );
    expect(figure.table.rows.map((row) => row[2])).toEqual([0, 1, 10]);
    expect(placesOf(figure)).toEqual([1, 2, 11]);
    expect(await renderSvg(figure)).toContain(">10<");
  });
});

describe("ticks of epochs", () => {
  it("leave out what crowds a later one, never the last", () => {
    const epochs = [0, 1, 2, 5, 10, 20, 50, 75, 100, 150, 200];
    const { spec } = overEpochs({ curves: [{ name: "a", points: epochs.map((x) => ({ x, values: [1] })) }] });
    const { x } = (spec as unknown as { encoding: { x: { axis: { values: number[] } } } }).encoding;
    expect(x.axis.values.map((tick) => tick - 1).reverse()).toEqual([0, 1, 2, 5, 10, 20, 50, 100, 200]);
  });
});

describe("curves over the size of the code", () => {
  it("have one axis, or two with titles in the colours of their curves", async () => {
    const two = await renderSvg(overSizes.twoAxes);
    const [first, second] = CATEGORY_COLOURS;
    const title = (colour: string, name: string) => new RegExp(`fill="${colour}"[^>]*>${name}<`);
    expect(two).toMatch(title(first, "information imbalance"));
    expect(two).toMatch(title(second, "Fréchet distance"));
    expect(await renderSvg(overSizes.oneAxis)).not.toMatch(title(first, "information imbalance"));
  });

  it("put each axis in its own range", () => {
    const { spec } = overDimension({
      curves: [{ name: "Δ", points: [{ x: 2, values: [0.4] }] }],
      right: [{ name: "FID", points: [{ x: 2, values: [300] }] }],
    });
    const { layer } = spec as unknown as { layer: { encoding: { y: { scale: { domain: number[] } } } }[] };
    const ends = layer.map(({ encoding }) => encoding.y.scale.domain.at(-1)!);
    expect(ends[0]).toBeCloseTo(0.42, 12);
    expect(ends[1]).toBeCloseTo(315, 9);
  });
});

describe("relative imbalance", () => {
  it("stands between layers, names both sides of 0 and reaches no further than it can", async () => {
    const figure = relativeImbalance(
      { layers, profiles: [{ name: "K = 4", values: [[1.99, 1.2], [-0.1]] }] },
      { interval: "confidence" },
    );
    expect(figure.table.rows.map((row) => row[2])).toEqual(["l0→l1", "l1→l2"]);
    const { encoding } = figure.spec as unknown as {
      encoding: { y: { scale: { domain: [number, number] } } };
    };
    expect(placesOf(figure)).toEqual([0.5, 1.5]);
    const [low, high] = encoding.y.scale.domain;
    expect(low).toBe(-high);
    expect(high).toBeLessThanOrEqual(2.24);
    const svg = await renderSvg(figure);
    expect(svg).toContain(">expansion<");
    expect(svg).toContain(">compression<");
  });
});

describe("information plane", () => {
  it("names its corners, and the pairs that have a label", async () => {
    const svg = await renderSvg(planes.linear);
    for (const text of ["equivalent", "independent", "layer contains input", "input contains layer", "l3"])
      expect(svg).toContain(`>${text}<`);
    expect((await renderSvg(planes.consecutive)).match(/>l4→l5</g)).toHaveLength(2);
  });

  it("keeps pairs in their order, with intervals in both directions", () => {
    const { table } = informationPlane(
      {
        series: [
          {
            name: "K = 4",
            points: [
              { aToB: [0.4, 0.6], bToA: [0.1, 0.1], label: "b", published: { aToB: 0.3, bToA: 0.2 } },
              { aToB: [0.1], bToA: [0.2], label: "a" },
            ],
          },
        ],
      },
      { interval: "deviation" },
    );
    const half = Math.SQRT2 / 10;
    expect(table.rows.map((row) => row[2])).toEqual(["b", "a", "b"]);
    for (const [k, value] of [0.5, 0.5 - half, 0.5 + half, 0.1, 0.1, 0.1, 2].entries())
      expect(table.rows[0]![3 + k]).toBeCloseTo(value, 12);
    expect(table.rows[2]!.slice(1)).toEqual(["published", "b", 0.3, 0.3, 0.3, 0.2, 0.2, 0.2, ""]);
  });
});

it("ticks of a logarithmic axis are powers of ten, with steps between where these are few", () => {
  expect(tickChoice([0.0004, 1.4], true).values).toEqual([0.001, 0.01, 0.1, 1]);
  expect(tickChoice([0.02, 0.4], true).values!.map((tick) => Number(tick.toPrecision(3)))).toEqual([
    0.02, 0.05, 0.1, 0.2,
  ]);
  expect(tickChoice([0, 31], false)).toEqual({ tickCount: 6 });
});
