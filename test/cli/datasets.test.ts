import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeNpy, encodeNpz } from "../../src/data/arrays/index.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("datasets");
const datasets = (...args: string[]) => narrows("datasets", ...args);

test("make, inspect and refuse to overwrite", async () => {
  const made = await datasets(
    "make",
    "corridors",
    "--samples",
    "400",
    "--seed",
    "7",
    "--out",
    "a.csv",
    "--json",
  );
  expect(made).toMatchObject({ status: 0, stderr: "" });
  const { fingerprint } = JSON.parse(made.stdout);

  const inspected = await datasets("inspect", "a.csv", "--json");
  expect(inspected.status).toBe(0);
  expect(JSON.parse(inspected.stdout)).toMatchObject({
    name: "a.csv",
    count: 400,
    columns: 171,
    imageShape: [13, 13, 1],
    fingerprint,
  });
  expect((await datasets("inspect", "a.csv", "--preview", "2")).stdout).toContain("@@");

  const before = readFileSync(join(folder, "a.csv"));
  const again = await datasets("make", "corridors", "--samples", "4", "--out", "a.csv");
  expect(again).toMatchObject({
    status: 2,
    stdout: "",
    stderr: "narrows: a.csv: the file exists. Choose another name, or add --force to replace it.\n",
  });
  expect(readFileSync(join(folder, "a.csv")).equals(before)).toBe(true);
  expect((await datasets("make", "corridors", "--samples", "4", "--out", "a.csv", "--force")).status).toBe(0);
  expect(JSON.parse((await datasets("inspect", "a.csv", "--json")).stdout).count).toBe(4);
});

test("every bad option is one line with exit code 2, and nothing is written", async () => {
  const files = readdirSync(folder);
  for (const [option, value, message] of [
    ["--samples", "many", /--samples many: expected a number/],
    ["--samples", "0", /--samples 0: 0 is too small/],
    ["--samples", "", /--samples : expected a number/],
    ["--seed", "-1", /--seed -1: -1 is too small/],
    ["--bias", "left:1/2", /--bias left:1\/2: a bias is lower or aligned/],
    ["--bias", "lower:0/0", /every cell has 0 samples/],
    ["--size", "4", /--size 4: the side of a Corridors image is odd/],
  ] as const) {
    const { status, stdout, stderr } = await datasets(
      "make",
      "corridors",
      `${option}=${value}`,
      "--out",
      "b.csv",
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain("\n");
  }
  expect((await datasets("make", "corridors", "--out", "b.txt")).stderr).toMatch(/ends in \.csv/);
  writeFileSync(join(folder, "short.csv"), "0,1,1,0\n0,1\n");
  expect(await datasets("inspect", "short.csv")).toMatchObject({
    status: 2,
    stdout: "",
    stderr:
      "narrows: short.csv, row 2: the row has 2 columns, the first row has 4. Give every row the same number of columns.\n",
  });
  rmSync(join(folder, "short.csv"));
  expect(readdirSync(folder)).toEqual(files);
});

test("lists the sources", async () => {
  expect(JSON.parse((await datasets("--json")).stdout).map(({ name }: { name: string }) => name)).toEqual([
    "corridors",
    "sprites",
    "dsprites",
    "binary-mnist",
    "mnist",
    "fashion-mnist",
    "omniglot",
    "cifar10",
    "file",
    "codes",
  ]);
  expect((await datasets()).stdout).toMatch(
    /^omniglot +characters of 50 alphabets[^\n]*\n +in a configuration: omniglot: /m,
  );
});

test("inspect knows published sets, images, codes and configurations by their looks", async () => {
  const at = (name: string) => join(folder, name);
  const idx = (shape: number[], data: number[]) =>
    Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((extent) => [0, 0, 0, extent]), ...data]);
  mkdirSync(at("digits"));
  writeFileSync(at("digits/t10k-images-idx3-ubyte"), idx([5, 1, 2], [0, 9, 8, 0, 0, 0, 255, 1, 2, 3]));
  writeFileSync(at("digits/t10k-labels-idx1-ubyte"), idx([5], [3, 1, 4, 1, 5]));
  const digits = (await datasets("inspect", "digits")).stdout;
  expect(digits).toMatch(/^mnist\nrows +5\nimage shape +1 x 2 x 1\n/);
  expect(digits).toMatch(/\nsplit +train 0 to 4, validation 4 to 5, test 4 to 5\n/);

  writeFileSync(at("codes.csv"), "-0.5,0.25,3,4\n1,0.5,3,5\n");
  const codes = (await datasets("inspect", "codes.csv", "--json")).stdout;
  expect(JSON.parse(codes)).toMatchObject({
    imageShape: [1, 1, 2],
    range: { min: -0.5, max: 1, mean: 0.3125 },
  });
  expect((await datasets("inspect", "codes.csv", "--labels", "1", "--preview", "1")).stdout).toMatch(
    /\ncodes +of 3 dimensions\npixel value +float32\nnumbers +-0.5000 to 3.000, mean 1.208\nlabel +label: 4 to 5/,
  );

  const x_train = { shape: [3, 2, 2], data: Uint8Array.from({ length: 12 }, (_, k) => k) };
  const y_train = { shape: [3], data: Int32Array.of(2, 0, 1) };
  writeFileSync(at("keras.npz"), encodeNpz({ x_train, y_train }));
  const arrays = ["inspect", "keras.npz", "--array", "x_train"];
  expect((await datasets(...arrays)).stderr).toMatch(
    /y_train not read; the option labelArray \(--label-array\)/,
  );
  expect((await datasets(...arrays, "--label-array", "y_train")).stdout).toMatch(/\nlabel +label: 0 to 2/);

  writeFileSync(at("mine.yaml"), "data: {mnist: {folder: digits, part: test, binarize: static}}\n");
  expect(JSON.parse((await datasets("inspect", "mine.yaml", "--json")).stdout)).toMatchObject({
    count: 5,
    scale: 1,
    split: { train: [0, 4], validation: [4, 5], test: [4, 5] },
  });

  for (const [args, message] of [
    [["digits", "--height", "3"], "--height: it has no meaning for data of the source mnist. Leave it out."],
    [
      ["mine.yaml", "--labels", "3"],
      "--labels: it has no meaning for a configuration, which says it itself. Leave it out.",
    ],
    [
      ["digits", "--source", "mnst"],
      /^narrows: --source mnst: "mnst" is not known \(did you mean mnist\?\)\. Give one of /,
    ],
    [
      ["digits", "--source", "corridors"],
      "--source corridors: it is drawn, not read. Write it into a configuration and inspect that.",
    ],
  ] as const) {
    const { status, stdout, stderr } = await datasets("inspect", ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    if (typeof message === "string") expect(stderr).toBe(`narrows: ${message}\n`);
    else expect(stderr).toMatch(message);
  }
});

test("what many values have is told in lines that fit a terminal", async () => {
  const images = Uint8Array.from({ length: 16 * 64 }, (_, k) => k % 256);
  writeFileSync(join(folder, "grey.npy"), encodeNpy({ shape: [16, 8, 8], data: images }));
  const { stdout } = await datasets("inspect", "grey.npy");
  expect(stdout).toMatch(/^bytes {8}0-15: 6\.3 %, 16-31: 6\.3 %, 32-47: 6\.3 %, 48-63: 6\.3 %,$/m);
  expect(stdout).toMatch(/^ {13}192-207: 6\.3 %, .*240-255: 6\.3 %$/m);
  expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(110);
});

test("reading 200,000 rows takes little memory beside the images", async () => {
  expect((await datasets("make", "corridors", "--out", "big.csv")).status).toBe(0);
  const script = `
    const { readImageCsv } = await import(${JSON.stringify(new URL("../../dist/data/csv/reader.js", import.meta.url))});
    const before = process.resourceUsage().maxRSS;
    const { images } = readImageCsv("big.csv");
    console.log((process.resourceUsage().maxRSS - before) * 1024 - images.length);`;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: folder,
    encoding: "utf8",
  });
  const megabytes = Number(run.stdout) / 1e6;
  console.info(`reading 200,000 rows took ${megabytes.toFixed(0)} MB beside the images`);
  expect(megabytes).toBeLessThan(150); // 45 MB when measured alone
  rmSync(join(folder, "big.csv"));
});

/** Mounts a disk of 256 KB, where this process may. */
function mountSmallDisk(disk: string): boolean {
  mkdirSync(disk);
  const mount = spawnSync("sh", ["-c", `mount -t tmpfs -o size=256k tmpfs "${disk}"`]);
  return mount.status === 0;
}

test("a full disk is one line, and nothing half-written stays", async ({ skip }) => {
  const disk = join(folder, "disk");
  if (!mountSmallDisk(disk)) skip("skipped: this user may not mount a small disk");
  try {
    const { status, stderr } = await datasets(
      "make",
      "corridors",
      "--samples",
      "5000",
      "--out",
      "disk/full.csv",
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/^narrows: disk\/full\.csv: the disk is full\. Free some space[^\n]*\n$/);
    expect(readdirSync(disk)).toEqual([]);
  } finally {
    spawnSync("sh", ["-c", `umount "${disk}"`]);
  }
});
