import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer } from "../data/downloads/server.js";
import { commandLine } from "./narrows.js";

const { folder, narrows, narrowsKilled } = commandLine("datasets-get");
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer({});
});
afterAll(() => server.close());

const get = (...args: string[]) => narrows("datasets", "get", ...args);

test("a wrong checksum is one line and exit code 2; the file is set aside", async () => {
  server.files["chardata.mat"] = { content: new TextEncoder().encode("no Omniglot") };
  const { status, stdout, stderr } = await get("omniglot", "--from", server.url);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(
    /^narrows: data\/omniglot\/chardata\.mat: the MD5 of what http:\S+ sent is [0-9a-f]{32}, not 21ecaf[^\n]*\.bad[^\n]*\n$/,
  );
  expect(readdirSync(join(folder, "data/omniglot"))).toEqual(["chardata.mat.bad"]);
});

test("without a network: which file to put where, from which address", async () => {
  const { status, stderr } = await get("dsprites", "--out", "here", "--from", "http://127.0.0.1:1/x/");
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^narrows: http:\/\/127\.0\.0\.1:1\/x\/dsprites_ndarray\S+\.npz: it cannot be reached \([^\n]+\)\. Fetch that file by other means and put it at here\/dsprites_ndarray\S+\.npz, or name a mirror with --from\.\n$/,
  );
});

test("Ctrl-C keeps what is there, and exits with 130", async () => {
  const content = new Uint8Array(400_000);
  server.files["binarized_mnist_train.amat"] = { content, pieces: 2000 };
  const part = join(folder, "data/binary-mnist/binarized_mnist_train.amat.part");
  const hasCome = () => existsSync(part) && readFileSync(part).length > 0;
  const asked = ["datasets", "get", "binary-mnist", "--from", server.url, "--json"];
  const { status, stdout } = await narrowsKilled(hasCome, "SIGINT", ...asked);
  expect(status).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({
    name: "binary-mnist",
    folder: join("data", "binary-mnist"),
    files: [{ outcome: "stopped", url: `${server.url}/binarized_mnist_train.amat` }],
  });
  const kept = readFileSync(part).length;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(content.length);
});

test("an unknown name is told with those there are, and the help tells the memory", async () => {
  const { status, stderr } = await get("minst");
  expect(status).toBe(2);
  expect(stderr).toMatch(/minst.*binary-mnist, mnist, fashion-mnist, omniglot, dsprites, cifar10/);
  const help = await get("--help");
  expect(help.status).toBe(0);
  expect(help.stdout).toMatch(/narrows datasets get mnist/);
  expect(help.stdout).toMatch(/3 GB for all/);
});
