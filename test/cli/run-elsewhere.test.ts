import { cpSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { encodeNpz } from "../../src/data/arrays/index.js";
import { readManifest, writeManifest } from "../../src/runs/manifest.js";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

// A run whose data are named by a path that means something in one folder alone, used in another.
const home = commandLine("home");
const away = commandLine("away");
const COUNT = 120;

/** Images of 5 x 5 pixels, of one kind or another. */
function images(factor: number): Uint8Array {
  const data = Uint8Array.from({ length: COUNT * 25 }, (_, k) => (k * factor) % 251);
  return encodeNpz({ images: { shape: [COUNT, 5, 5], data } });
}

const carry = (name: string) =>
  cpSync(join(home.folder, "runs", "k"), join(away.folder, "runs", name), { recursive: true });

beforeAll(async () => {
  writeFileSync(join(home.folder, "shapes.npz"), images(7));
  const configuration = { ...TINY, data: { file: "shapes.npz" } };
  writeFileSync(join(home.folder, "my.yaml"), stringify(configuration));
  const trained = await home.narrows("train", "my.yaml", "--threads", "1", "--run", "k");
  expect(trained.stderr).not.toMatch(/^narrows:/);
  expect(trained.status).toBe(0);
});

const evaluated = async (line: typeof home, ...args: string[]) => {
  const { status, stdout, stderr } = await line.narrows("evaluate", ...args, "--threads", "1", "--json");
  expect(stderr).not.toMatch(/^narrows:/m);
  expect(status).toBe(0);
  const { loss, squaredErrorPerImage } = JSON.parse(stdout) as Record<string, unknown>;
  return { loss, squaredErrorPerImage };
};

test("the folder that paths are relative to is recorded, and they are read from there", async () => {
  expect(readManifest(join(home.folder, "runs", "k")).workingFolder).toMatch(/home-/);
  carry("k");
  expect(await evaluated(away, "k")).toEqual(await evaluated(home, "k"));
});

test("data that have moved are named by --data, and known by their fingerprint", async () => {
  carry("moved");
  const before = await evaluated(home, "k");
  renameSync(join(home.folder, "shapes.npz"), join(home.folder, "renamed.npz"));
  const renamed = join(home.folder, "renamed.npz");
  const gone = await away.narrows("evaluate", "moved");
  expect(gone.status).toBe(2);
  expect(gone.stderr).toMatch(
    /^narrows: \S*runs\/moved: its data are not at the path that it recorded, shapes\.npz from \S*home-\w+, nor from here \(\S*away-\w+\)\. Say where they are now with --data PATH\.\n$/,
  );
  expect(await evaluated(away, "moved", "--data", renamed)).toEqual(before);
  for (const words of [
    ["encode", "moved", "--out", "codes.npz"],
    ["export", "moved", "--out", "onnx"],
    ["report", "moved", "--out", "report.html"],
    ["figure", "reconstructions", "moved", "--out", "figure.svg"],
    ["measure", "pca", "moved"],
    ["resume", "moved", "--set", "training.epochs=4"],
  ]) {
    const { status, stderr } = await away.narrows(...words, "--data", renamed);
    expect({ words, status, stderr: /^narrows: /.exec(stderr) }).toEqual({ words, status: 0, stderr: null });
  }
  // What is recorded stays as it was.
  const { configuration, dataset } = readManifest(join(away.folder, "runs", "moved"));
  expect([configuration.data, dataset?.name]).toEqual([{ file: "shapes.npz" }, "shapes.npz"]);
  expect(readFileSync(join(away.folder, "onnx", "README.md"), "utf8")).toContain("shapes.npz");

  writeFileSync(join(away.folder, "others.npz"), images(11));
  const others = await away.narrows("evaluate", "moved", "--data", "others.npz");
  expect(others.status).toBe(2);
  expect(others.stderr).toMatch(/are not those it was trained on \(their fingerprint differs\)/);
  const nothing = await away.narrows("evaluate", "moved", "--data", "nowhere");
  expect(nothing.stderr).toMatch(/^narrows: nowhere: no such file or folder/);
  renameSync(renamed, join(home.folder, "shapes.npz"));
});

test("a run of an earlier version, which recorded no folder, says what its path is relative to", async () => {
  carry("old");
  const path = join(away.folder, "runs", "old");
  writeManifest(path, { ...readManifest(path), workingFolder: undefined });
  const { status, stderr } = await away.narrows("evaluate", "old");
  expect(status).toBe(2);
  expect(stderr).toMatch(/recorded, shapes\.npz from the folder it was trained in, nor from here/);
  expect((await away.narrows("evaluate", "old", "--data", join(home.folder, "shapes.npz"))).status).toBe(0);
});

test("~ in a configuration is the home folder", async () => {
  const { HOME } = process.env;
  process.env.HOME = home.folder;
  try {
    writeFileSync(join(away.folder, "tilde.yaml"), stringify({ ...TINY, data: { file: "~/shapes.npz" } }));
    const trained = await away.narrows("train", "tilde.yaml", "--threads", "1", "--run", "tilde");
    expect({ status: trained.status, stderr: /^narrows:.*/.exec(trained.stderr) }).toEqual({
      status: 0,
      stderr: null,
    });
    const set = ["--set", `data.file=~/none.npz`, "--run", "none"];
    expect((await away.narrows("train", "tilde.yaml", ...set)).stderr).toContain(
      `${join(home.folder, "none.npz")}: no such file`,
    );
  } finally {
    process.env.HOME = HOME;
  }
});

test("data that are drawn are at no path", async () => {
  writeFileSync(join(home.folder, "drawn.yaml"), stringify(TINY));
  expect((await home.narrows("train", "drawn.yaml", "--threads", "1", "--run", "drawn")).status).toBe(0);
  expect(readManifest(join(home.folder, "runs", "drawn")).workingFolder).toBeUndefined();
  const { stderr } = await home.narrows("evaluate", "drawn", "--data", "shapes.npz");
  expect(stderr).toBe(
    "narrows: --data shapes.npz: the data of drawn (corridors) are read from no path. Leave it out.\n",
  );
});
