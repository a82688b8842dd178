import { readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { configurationKey } from "../../src/configuration/compare.js";
import { claimRun } from "../../src/plans/claim.js";
import { claimFile } from "../../src/runs/layout.js";
import { updateManifest } from "../../src/runs/manifest.js";
import { closeRun, createRunNamedAfter } from "../../src/runs/run.js";
import { plain, versions } from "../../src/training/about-run.js";
import { temporaryFolder } from "../runs/temporary-folder.js";
import { tinyConfiguration } from "../training/tiny.js";

const configuration = tinyConfiguration();
const wanted = () => true;

/** Makes the run under a name of the maker's own, after a while in which others look too. */
const maker = (root: string, name: string) => async () => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return createRunNamedAfter(root, name, { configuration: plain(configuration), versions: versions() });
};

test("of many that claim one training at once, under whatever names, one makes it", async () => {
  const root = temporaryFolder();
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, k) => claimRun(root, configuration, maker(root, `run-${k}`), wanted)),
  );
  expect(claims.filter((claim) => claim?.kind === "made")).toHaveLength(1);
  expect(claims.filter((claim) => claim?.kind === "held")).toHaveLength(7);
  const { run } = claims.find((claim) => claim?.kind === "made")!;
  expect(new Set(claims.map((claim) => claim?.run.path))).toEqual(new Set([run.path]));
  // Nothing is left of the claim.
  expect(readdirSync(root)).toEqual([run.name]);

  closeRun(run);
  expect(await claimRun(root, configuration, maker(root, "again"), wanted)).toMatchObject({ kind: "opened" });
  closeRun(run);
  updateManifest(run.path, { status: "finished" });
  expect(await claimRun(root, configuration, maker(root, "again"), wanted)).toMatchObject({
    kind: "finished",
  });
  expect(readdirSync(root)).toEqual([run.name]);
});

test("a claim that a dead process left is taken over, and a failed making leaves none", async () => {
  const root = temporaryFolder();
  const claim = claimFile(root, configurationKey(plain(configuration)));
  writeFileSync(claim, JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1, startToken: "gone" }));
  const failing = async () => {
    throw new Error("no data");
  };
  await expect(claimRun(root, configuration, failing, wanted)).rejects.toThrow("no data");
  expect(readdirSync(root)).toEqual([]);
  expect(await claimRun(root, configuration, maker(root, "a"), wanted)).toMatchObject({ kind: "made" });
});

test("whoever no longer wants it waits no longer", async () => {
  const root = temporaryFolder();
  let asked = 0;
  const first = claimRun(root, configuration, maker(root, "a"), wanted);
  expect(await claimRun(root, configuration, maker(root, "b"), () => asked++ > 0)).not.toMatchObject({
    kind: "made",
  });
  expect(await first).toMatchObject({ kind: "made" });
});

test("configurations have one key where they train alike, whatever the order of their settings", () => {
  const { model, ...rest } = plain(configuration);
  expect(configurationKey({ model, ...rest })).toBe(configurationKey({ ...rest, model }));
  expect(configurationKey({ ...rest, model, seed: 1 })).not.toBe(
    configurationKey({ ...rest, model, seed: 2 }),
  );
});
