/** `narrows reproduce echo` as a user has it, from images of a blink and trainings of an epoch. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { PhiloxStream } from "../../src/random/stream.js";
import { chromiumPath, IN_A_BROWSER, reportAsSeen, VIEWS } from "../browser.js";
import { idx } from "../data/files.js";
import { commandLine, hasBegun } from "./narrows.js";

const { folder, narrows, narrowsKilled } = commandLine("reproduce-echo");

/** 300 blots of 28 x 28 pixels: enough for a batch of 100, and their covariance in 32 dimensions. */
const IMAGES = 300;
mkdirSync(join(folder, "small"));
const stream = new PhiloxStream(0, "blots");
const blots = Array.from(
  { length: IMAGES },
  () => [6 + 16 * stream.uniform(), 6 + 16 * stream.uniform()] as const,
);
writeFileSync(
  join(folder, "small", "t10k-images-idx3-ubyte"),
  idx(
    [IMAGES, 28, 28],
    Uint8Array.from({ length: IMAGES * 784 }, (_, k) => {
      const [x, y] = blots[Math.floor(k / 784)]!;
      const [row, column] = [Math.floor((k % 784) / 28), k % 28];
      return 255 * Math.exp(-((row - y) ** 2 + (column - x) ** 2) / 18);
    }),
  ),
);
writeFileSync(join(folder, "small", "t10k-labels-idx1-ubyte"), idx([IMAGES], new Uint8Array(IMAGES)));

const SMALL = ["--folder", "small"];
const reproduce = (...args: string[]) => narrows("reproduce", "echo", ...args);

test("--dry-run says what would be trained, and writes nothing", async () => {
  const { status, stdout, stderr } = await reproduce(
    ...SMALL,
    "--methods",
    "echo,vae",
    "--epochs",
    "2",
    "--dry-run",
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(
    /^Echo, MNIST t10k, beta = 0\.3, seed 0\s+echo-binary-mnist-small-beta0\.3-s0\s+to do\s+4\s+4$/m,
  );
  expect(stdout).toMatch(
    /^VAE on dependent factors, beta = 1, gamma = 20, seed 0\s+vae-dependent-generated-beta1-gamma20-s0/m,
  );
  // Two methods at three values of beta; two channels on two kinds of factors in three settings.
  expect(stdout).toMatch(/18 runs, /);
  expect(stdout).toMatch(/^about \d+ .*with 2 workers .*, of which .* to measure and draw all$/m);
  expect(stdout).toMatch(
    /^it shows Table 1, .*Figure 2, Figure 4, Figure 6, Figure 7, -ELBO over the training steps$/m,
  );
  expect(readdirSync(folder)).toEqual(["small"]);
});

test.each([
  [
    "an unknown part",
    ["--only", "table4"],
    /--only table4: "table4" is not known \(did you mean table\d\?\)/,
  ],
  ["an unknown method", ["--methods", "ehco"], /no method is called "ehco"\. Did you mean Echo\?/],
  ["unknown data", ["--data", "mnits"], /--data mnits: "mnits" is not known \(did you mean mnist\?\)/],
  [
    "data that are not there",
    ["--data", "omniglot"],
    /"narrows datasets get omniglot --out small\/omniglot"/,
  ],
  ["no beta", ["--betas", "0.3,-1"], /--betas 0\.3,-1: -1 is too small/],
  ["no epoch", ["--epochs", "0"], /--epochs 0: 0 is too small/],
  ["no worker", ["--workers", "0"], /--workers 0: 0 is too small/],
  [
    "published data that are not there",
    ["--preset", "paper", "--methods", "vae", "--seeds", "1"],
    /small\/binary-mnist\/binarized_mnist_train\.amat, .*chardata\.mat, .*"narrows datasets get binary-mnist --out small\/binary-mnist" and "narrows datasets get omniglot .*" and "narrows datasets get fashion-mnist .*" and "narrows datasets get dsprites .*"/,
  ],
])("%s is reported in one line with exit code 2, and nothing is written", async (_, options, message) => {
  const { status, stdout, stderr } = await reproduce(...SMALL, ...options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd()).not.toContain("\n");
  expect(existsSync(join(folder, "runs"))).toBe(false);
});

/** Name, time and content of every file. */
const traces = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ file, time: statSync(file).mtimeMs, bytes: readFileSync(file, "base64") }));

test("a whole reproduction: tables, figures, statements; asked again it changes nothing", async () => {
  const asked = [
    ...SMALL,
    ...["--only", "table1,table3,figures", "--methods", "echo,vae", "--betas", "1,4"],
    // One process, which keeps the images of all runs.
    ...["--epochs", "1", "--steps", "2", "--workers", "1", "--out", "echo"],
  ];
  const { status, stdout, stderr } = await reproduce(...asked);
  expect({ status, failed: /failed|error/i.exec(stderr)?.input }).toEqual({ status: 0, failed: undefined });
  expect(stdout).toMatch(
    /^Table 1, MNIST t10k\..*\nMethod .*\nEcho\s+\S+\s+26\.4\s+exact\s+\S+: the rate itself/m,
  );
  expect(stdout).toMatch(/^VAE\s+\S+\s+26\.2\s+upper bound/m);
  expect(stdout).toMatch(/5 of 5 runs in .*open echo\/report\.html/);

  const document = JSON.parse(readFileSync(join(folder, "echo/results.json"), "utf8"));
  const [echo, vae] = document.table1;
  expect(echo).toMatchObject({
    method: "Echo",
    rateEstimator: "exact",
    information: null,
    runs: 1,
    trimmed: 0,
  });
  expect(echo.rate.mean + echo.distortion.mean).toBeCloseTo(echo.negativeElbo.mean, 10);
  expect(vae.information.informationNats).toBeLessThanOrEqual(vae.information.ceilingNats);
  expect(vae.published.negativeElboNats).toBe(89.8);
  // The model of Figure 4 fills a cell of Table 2 in two rows, which is not asked for on the page.
  expect(document.table2.map(({ row }: { row: number }) => row)).toEqual([1, 4]);
  expect(document.table3).toHaveLength(1);
  expect(document.table3[0].totalCorrelationNats[0]).toBeGreaterThan(0);
  expect(document.claims.find(({ id }: { id: string }) => id === "echo-below-vae-omniglot").verdict).toBe(
    "not tested",
  );
  expect(
    document.claims.find(({ id }: { id: string }) => id === "echo-below-vae-binary-mnist").verdict,
  ).toMatch(/holds|fails/);

  const panels = readdirSync(join(folder, "echo/panels")).filter((name) => name.endsWith(".svg"));
  expect(panels).toEqual([
    "figure-01-a.svg",
    "figure-02-a.svg",
    "figure-04-a.svg",
    "figure-06-a.svg",
    "figure-07-a.svg",
    "figure-s1-a.svg",
  ]);
  const page = readFileSync(join(folder, "echo/report.html"), "utf8");
  expect(page).toMatch(/Differs from the paper: .*300 test images alone, drawn binary once/);
  expect(readFileSync(join(folder, "echo/report.pdf"), "latin1")).toMatch(/^%PDF-/);

  const before = traces(join(folder, "echo"));
  const again = await reproduce(...asked);
  expect(again.stdout).toMatch(/nothing has changed since echo\/report\.html was written/);
  expect(traces(join(folder, "echo"))).toEqual(before);
});

describe.skipIf(!chromiumPath)(IN_A_BROWSER, () => {
  it.each(VIEWS)(
    "the report, $width pixels wide, $colorScheme, is silent, fits, and has every panel drawn",
    async (view) => {
      const seen = await reportAsSeen(join(folder, "echo/report.html"), view);
      expect(seen).toEqual({ noise: [], scrolls: false, drawn: 6 });
    },
  );
});

test("Ctrl-C lets the workers save and exits with 130; the same command continues", async () => {
  const asked = [
    ...SMALL,
    "--only",
    "table1",
    "--methods",
    "vae",
    "--epochs",
    "400",
    "--workers",
    "1",
    "--runs",
    "stopped",
  ];
  const result = async () => JSON.parse((await reproduce(...asked, "--dry-run", "--json")).stdout);
  const [{ run, totalSteps }] = await result();
  const begun = () => hasBegun(join(folder, "stopped", run));
  const stopped = await narrowsKilled(begun, "SIGINT", "reproduce", "echo", ...asked, "--out", "left");
  expect(stopped.status).toBe(130);
  expect(stopped.stderr).toMatch(/stopped, and saved\nstopped: 0 of \d runs? (?:are|is) finished/);
  const after = (await result()).find((one: { run: string }) => one.run === run);
  expect(after).toMatchObject({ state: "continues", totalSteps });
  expect(after.stepsLeft).toBeLessThan(totalSteps);
  expect(existsSync(join(folder, "left"))).toBe(false);
});
