/**
 * The tarball of `npm pack`, installed into empty folders by several package managers, with and without install scripts, where nothing
 * but the registry can be reached.
 */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RegistryProxy, startRegistryProxy } from "./registry-proxy.js";
import { buildPage, expectDemo, expectTypes } from "./user.js";

const ROOT = join(import.meta.dirname, "../..");
const MEGABYTE = 2 ** 20;
const MAX_MEGABYTES = 350;
const registry = new URL(execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim());

const reached = await fetch(new URL("onnxruntime-common", registry)).then(
  ({ ok }) => ok,
  () => false,
);
const canInstall = registry.protocol === "https:" && reached;
if (!canInstall) console.log(`skipped: installations, since the registry ${registry.host} cannot be reached`);

/** Package managers, and what each calls a run of install scripts and none. */
const MANAGERS = [
  ["npm", ["npm"], [], ["--ignore-scripts"]],
  ["npm 10", ["npx", "--yes", "npm@10"], [], ["--ignore-scripts"]],
  [
    "pnpm 10",
    ["npx", "--yes", "pnpm@10"],
    ["--config.dangerously-allow-all-builds=true"],
    ["--ignore-scripts"],
  ],
] as const;

const INSTALLATIONS = MANAGERS.flatMap(([name, command, withScripts, withoutScripts]) => [
  {
    name: `${name}, scripts on`,
    command,
    verb: command.at(-1)!.startsWith("pnpm") ? "add" : "install",
    options: withScripts,
  },
  {
    name: `${name}, scripts off`,
    command,
    verb: command.at(-1)!.startsWith("pnpm") ? "add" : "install",
    options: withoutScripts,
  },
]);

describe.skipIf(!canInstall)("the packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "narrows-install-"));
  let proxy: RegistryProxy;
  let tarball: string;

  beforeAll(async () => {
    proxy = await startRegistryProxy(registry);
    tarball = pack("first");
  });
  afterAll(async () => {
    await proxy?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function pack(name: string): string {
    const into = join(folder, name);
    mkdirSync(into);
    execFileSync("npm", ["pack", "--silent", "--pack-destination", into], { cwd: ROOT });
    return join(into, readdirSync(into)[0]!);
  }

  /** Runs a program behind the proxy, without the settings of the npm that runs this test. */
  async function behindProxy(cwd: string, [command, ...args]: readonly [string, ...string[]]): Promise<void> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^ONNXRUNTIME_/i.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      ...proxy.environment,
      npm_config_registry: registry.href,
    };
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect({
      command: [command, ...args].join(" "),
      status,
      printed: status === 0 ? "" : printed,
    }).toMatchObject({
      status: 0,
      printed: "",
    });
  }

  test.each(INSTALLATIONS)(
    "$name: installs from the registry alone, and works",
    async ({ name, command, verb, options }) => {
      const project = join(folder, name.replace(/\W+/g, "-"));
      const home = join(project, "home");
      mkdirSync(home, { recursive: true });
      writeFileSync(join(project, "package.json"), '{"name":"user","type":"module"}');
      const store = verb === "add" ? [`--store-dir=${join(folder, "store")}`] : [];
      const [program, ...rest] = command;
      await behindProxy(project, [program, ...rest, verb, ...options, ...store, tarball]);
      expect(proxy.refused).toEqual([]);
      const megabytes = diskBytes(join(project, "node_modules")) / MEGABYTE;
      console.log(`${name}: ${megabytes.toFixed(0)} MB, ${packagesIn(project)} packages`);
      expect(megabytes).toBeLessThan(MAX_MEGABYTES);
      expectDemo(project, [join(project, "node_modules", ".bin", "narrows")], home);
      expect(proxy.refused).toEqual([]);
    },
  );

  test("npm: the README's TypeScript and a page are built, with the runtime for browsers installed", async () => {
    const project = join(folder, "web");
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{"name":"user","type":"module"}');
    await behindProxy(project, ["npm", "install", tarball, "onnxruntime-web@1.30", "@types/node@20"]);
    expect(proxy.refused).toEqual([]);
    expectTypes(project, { module: "NodeNext", moduleResolution: "NodeNext" });
    expect(await buildPage(project)).toBeLessThan(1_500_000);
  });

  test("is packed to the same bytes again", () => {
    const sum = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
    expect(sum(pack("second"))).toBe(sum(tarball));
  });
});

/** Bytes of the blocks that files take; one that is linked twice counts once. */
function diskBytes(folder: string, seen = new Set<number>()): number {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .reduce((total, path) => {
      const about = lstatSync(path);
      if (about.isSymbolicLink() || seen.has(about.ino)) return total;
      seen.add(about.ino);
      return total + 512 * about.blocks + (about.isDirectory() ? diskBytes(path, seen) : 0);
    }, 0);
}

/** Packages that were installed, by their folders. */
function packagesIn(project: string): number {
  const paths = readdirSync(join(project, "node_modules"), { recursive: true, encoding: "utf8" });
  return new Set(
    paths.flatMap(
      (path) => /(?:^|node_modules\/)((?:@[^/]+\/)?[^/@.][^/]*)\/package\.json$/.exec(path)?.[0] ?? [],
    ),
  ).size;
}
