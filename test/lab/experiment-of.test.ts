import { describe, expect, test } from "vitest";
import { wholeConfiguration } from "../../site/lab/core/whole-configuration.js";
import { loadConfiguration } from "../../src/configuration/load.js";
import { FIRST_EXPERIMENT } from "../../src/lab/experiment.js";
import { labLinkOf } from "../../src/lab/experiment-of.js";
import { readLink } from "../../src/lab/link.js";

const GEOMETRY = "configs/geometry-of-efficient-codes";
const linkOfFile = (file: string, ...changes: string[]) =>
  labLinkOf(loadConfiguration(`${GEOMETRY}/${file}.yaml`, changes).configuration);

describe("the lab's link to a run", () => {
  test.each([
    {},
    { frequencies: { kind: "lower" } as const, task: "E2M1", seed: 4 },
    { limit: { kind: "beta", beta: 2 } as const, channel: "echo" as const, network: "paper" as const },
  ])("of the lab's own experiment is the same: %j", (settings) => {
    const experiment = { ...FIRST_EXPERIMENT, ...settings };
    const link = labLinkOf(wholeConfiguration(experiment));
    expect(link?.isSame).toBe(true);
    expect(readLink(link!.settings)).toEqual({ experiment });
  });

  test("of a run of the paper's recipe has its settings, and is said to be another", () => {
    const link = linkOfFile("baseline-quick", "objective.capacity=0.3");
    expect(link).toEqual({ settings: "rate=0.3&network=paper", isSame: false });
  });

  test.each([
    ["another bias", linkOfFile("baseline-quick", "data.corridors.bias=lower:500/100")],
    ["images of another size", linkOfFile("baseline-quick", "data.corridors.size=15")],
    ["more dimensions", linkOfFile("baseline-quick", "model.channel.dimensions=40")],
    ["a classifier of codes", labLinkOf({ data: { codes: {} }, model: { type: "classifier" } })],
  ])("does not lead %s to something else", (_, link) => expect(link).toBeUndefined());
});
