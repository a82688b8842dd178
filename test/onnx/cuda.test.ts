import { lstatSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { neededLibraries } from "../../src/onnx/cuda/elf.js";
import { linkedFolder } from "../../src/onnx/cuda/linked-folder.js";
import { cudaPieces, PROVIDER, SHARED } from "../../src/onnx/cuda/pieces.js";
import { bindingWithCuda } from "../../src/onnx/runtime.js";
import { runtimeFiles } from "../../src/onnx/runtime-files.js";
import { elfFile } from "./elf-file.js";
import { fakeMachine } from "./fake-host.js";

const OF_13 = ["libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcudart.so.13"];
const OF_12 = OF_13.map((name) => name.replace("13", "12"));
const NEEDED = (names: readonly string[]) => [...names, "libcuda.so.1", "libstdc++.so.6", "libc.so.6"];
/** What the provider of CUDA 13 is: a library that needs CUDA's and holds the runtime's version. */
const PROVIDER_OF_13 = elfFile(NEEDED(OF_13), "1.30.0");
const DRIVER = { "libcuda.so.1": "/usr/lib/libcuda.so.1" };

const { root, write, host } = fakeMachine();

/** Writes a folder of Python packages, as pip leaves it. */
function pythonPackages(folder: string, version = "1.30.0", provider = PROVIDER_OF_13): string {
  write(`${folder}/onnxruntime/capi/${PROVIDER}`, provider);
  write(`${folder}/onnxruntime/capi/${SHARED}`);
  write(
    `${folder}/onnxruntime/capi/version_info.py`,
    `package_name = 'onnxruntime-gpu'\n__version__ = '${version}'\n`,
  );
  for (const name of OF_13) write(`${folder}/nvidia/cu13/lib/${name}`);
  write(`${folder}/nvidia/cudnn/lib/libcudnn.so.9`);
  return join(root, folder);
}

describe("libraries that a library needs", () => {
  test("are read from its headers", () => {
    expect(neededLibraries(write("some.so", elfFile(["liba.so.1", "libb.so"])))).toEqual([
      "liba.so.1",
      "libb.so",
    ]);
    expect(neededLibraries(write("none.so", elfFile([])))).toEqual([]);
  });

  test("of the runtime's own binding, where this is Linux", () => {
    if (process.platform !== "linux") return;
    const binding = join(runtimeFiles().binaries, "onnxruntime_binding.node");
    expect(neededLibraries(binding)).toContain("libonnxruntime.so.1");
  });

  test("of what is no such library, or one cut short, nobody knows", () => {
    expect(neededLibraries(write("text.so", "no library"))).toBeUndefined();
    expect(neededLibraries(write("empty.so"))).toBeUndefined();
    const whole = elfFile(OF_13);
    for (const size of [63, 64, 100, whole.length - 100]) {
      expect(neededLibraries(write("cut.so", whole.subarray(0, size))), `${size} bytes`).toBeUndefined();
    }
    const far = Buffer.from(whole);
    far.writeBigUInt64LE(2n ** 63n, 40);
    expect(neededLibraries(write("far.so", far))).toBeUndefined();
  });
});

describe("what CUDA needs is found", () => {
  const whole = pythonPackages("venv/lib/python3.12/site-packages");

  test.each([
    ["a Python environment", "venv"],
    ["its packages", "venv/lib/python3.12/site-packages"],
    ["the package's own folder", "venv/lib/python3.12/site-packages/onnxruntime/capi"],
  ])("in %s", (_, folder) => {
    const machine = host({
      environment: { NARROWS_CUDA: join(root, folder) },
      libraries: DRIVER,
      driver: "580.95.05",
    });
    const pieces = cudaPieces(machine);
    expect(pieces).toMatchObject({ missing: [], version: 13, driver: "580.95.05" });
    expect(pieces.provider).toBe(join(whole, "onnxruntime/capi", PROVIDER));
    // In the order in which they need each other.
    expect(pieces.libraries).toEqual([
      ...OF_13.map((name) => join(whole, "nvidia/cu13/lib", name)),
      join(whole, "nvidia/cudnn/lib/libcudnn.so.9"),
    ]);
  });

  test("with the provider in one folder, and CUDA where the system's loader or LD_LIBRARY_PATH has it", () => {
    const flat = write(`flat/${PROVIDER}`, PROVIDER_OF_13).replace(`/${PROVIDER}`, "");
    write(`flat/${SHARED}`);
    const [cublasLt, ...rest] = OF_13;
    const elsewhere = write(`elsewhere/${cublasLt}`);
    const libraries = Object.fromEntries(
      [...rest, "libcudnn.so.9"].map((name) => [name, `/usr/lib/${name}`]),
    );
    const environment = { NARROWS_CUDA: flat, LD_LIBRARY_PATH: `:/nowhere:${join(root, "elsewhere")}` };
    const pieces = cudaPieces(host({ environment, libraries: { ...libraries, ...DRIVER } }));
    expect(pieces.missing).toEqual([]);
    expect(pieces.libraries).toEqual([
      elsewhere,
      ...rest.map((name) => `/usr/lib/${name}`),
      "/usr/lib/libcudnn.so.9",
    ]);
  });

  test("with onnxruntime-node's own provider, of CUDA 12", () => {
    const machine = fakeMachine();
    machine.write(`runtime/bin/${PROVIDER}`, elfFile(NEEDED(OF_12), "1.30.0"));
    machine.write(`runtime/bin/${SHARED}`);
    const none = cudaPieces(machine.host({ libraries: DRIVER, driver: "550.54" }));
    expect(none.version).toBe(12);
    expect(none.missing.map(({ what }) => what)).toEqual([
      "no libcublasLt.so.12, libcublas.so.12, libcurand.so.10, libcudart.so.12, libcudnn.so.9",
    ]);
    expect(none.missing[0]?.remedy).toMatch(/CUDA 12 and cuDNN 9.*nvidia-cublas-cu12/);
    // NVIDIA's packages alone, without a provider.
    for (const name of OF_12) machine.write(`libraries/nvidia/${name.split(".")[0]}/lib/${name}`);
    machine.write("libraries/nvidia/cudnn/lib/libcudnn.so.9");
    const environment = { NARROWS_CUDA: join(machine.root, "libraries") };
    expect(cudaPieces(machine.host({ environment, libraries: DRIVER, driver: "550.54" })).missing).toEqual(
      [],
    );
  });
});

describe("what is missing is named, with what to do", () => {
  const complete = pythonPackages("complete");
  const missing = (...changes: Parameters<typeof host>) =>
    cudaPieces(host(...changes)).missing.map(({ what, remedy }) => `${what} -> ${remedy}`);
  const given = (folder: string) => ({ environment: { NARROWS_CUDA: folder }, libraries: DRIVER });

  test("everything", () => {
    const [provider, driver, ...others] = missing();
    expect(provider).toMatch(
      /^no libonnxruntime_providers_cuda\.so in onnxruntime-node, and NARROWS_CUDA is not set -> .*pip install "onnxruntime-gpu\[cuda,cudnn\]==1\.30\.0"/,
    );
    expect(driver).toMatch(/^no NVIDIA driver, libcuda\.so\.1 -> Install NVIDIA's driver 580 or later/);
    expect(others).toEqual([]);
  });

  test("the folder", () => {
    expect(missing(given(join(root, "nowhere")))).toEqual([
      expect.stringMatching(/NARROWS_CUDA is .*nowhere, which is not a folder/),
    ]);
    expect(missing(given(write("a-file")))).toEqual([expect.stringMatching(/a-file, which is not a folder/)]);
  });

  test("a provider in it", () => {
    const folder = write("empty/readme.txt").replace("/readme.txt", "");
    expect(missing(given(folder))).toEqual([
      expect.stringMatching(/^no lib.*_cuda\.so in .*empty, to which NARROWS_CUDA is set/),
    ]);
  });

  test("what the runtime loads beside it", () => {
    const folder = write(`alone/${PROVIDER}`, PROVIDER_OF_13).replace(`/${PROVIDER}`, "");
    expect(missing(given(folder))).toEqual([
      expect.stringMatching(/^no libonnxruntime_providers_shared\.so next to/),
    ]);
  });

  test("the right version: told by the package, or else found in the library", () => {
    expect(missing(given(pythonPackages("older", "1.29.1")))).toEqual([
      expect.stringMatching(/is of ONNX Runtime 1\.29\.1, onnxruntime-node here is 1\.30\.0 -> .*==1\.30\.0/),
    ]);
    const unknown = write(`unknown/${PROVIDER}`, elfFile(NEEDED(OF_13), "1.30.01")).replace(
      `/${PROVIDER}`,
      "",
    );
    write(`unknown/${SHARED}`);
    expect(missing(given(unknown))).toEqual([expect.stringMatching(/is of ONNX Runtime another version/)]);
  });

  test("a library at all", () => {
    const folder = write(`text/${PROVIDER}`, "\x001.30.0\0").replace(`/${PROVIDER}`, "");
    write(`text/${SHARED}`);
    expect(missing(given(folder))).toEqual([expect.stringMatching(/is not a library for Linux x64/)]);
  });

  test("a newer driver", () => {
    const old = { ...given(complete), driver: "575.57.08" };
    expect(missing(old)).toEqual([
      "NVIDIA's driver 575.57.08 is too old for CUDA 13 -> Install NVIDIA's driver 580 or later (nvidia-smi shows it)",
    ]);
    // Under WSL the version cannot be read; the trial says what is wrong.
    expect(missing(given(complete))).toEqual([]);
  });

  test("another system", () => {
    expect(missing({ platform: "darwin", architecture: "arm64" })).toEqual([
      "onnxruntime-node has CUDA on Linux x64 only, this is darwin arm64 -> Use --device webgpu",
    ]);
  });
});

describe("the runtime is opened through links where its library for CUDA lies elsewhere", () => {
  const machine = fakeMachine();
  const cache = join(machine.root, "cache");
  for (const name of ["onnxruntime_binding.node", "libonnxruntime.so.1", PROVIDER])
    machine.write(`runtime/bin/${name}`, "ours");
  for (const name of [PROVIDER, SHARED, "libonnxruntime.so.1.30.0"])
    machine.write(`theirs/${name}`, "theirs");
  const environment = { NARROWS_CUDA: join(machine.root, "theirs"), XDG_CACHE_HOME: cache };

  test("once: the runtime's own files with the two libraries of the folder", () => {
    const binding = bindingWithCuda(machine.host({ environment }))!;
    const folder = binding.replace("/onnxruntime_binding.node", "");
    expect(folder.startsWith(join(cache, "narrows", "onnxruntime-"))).toBe(true);
    const links = Object.fromEntries(
      readdirSync(folder).map((name) => [name, readlinkSync(join(folder, name))]),
    );
    expect(links).toEqual({
      "onnxruntime_binding.node": join(machine.binaries, "onnxruntime_binding.node"),
      "libonnxruntime.so.1": join(machine.binaries, "libonnxruntime.so.1"),
      [PROVIDER]: join(machine.root, "theirs", PROVIDER),
      [SHARED]: join(machine.root, "theirs", SHARED),
    });
    const before = lstatSync(folder).mtimeMs;
    expect(bindingWithCuda(machine.host({ environment }))).toBe(binding);
    expect(lstatSync(folder).mtimeMs).toBe(before);
    expect(readdirSync(join(cache, "narrows"))).toHaveLength(1);
  });

  test("not without a folder, without a provider in it, or where the runtime has one", () => {
    expect(bindingWithCuda(machine.host())).toBeUndefined();
    expect(
      bindingWithCuda(machine.host({ environment: { ...environment, NARROWS_CUDA: cache } })),
    ).toBeUndefined();
    const own = { ...environment, NARROWS_CUDA: machine.binaries };
    machine.write(`runtime/bin/${SHARED}`);
    expect(bindingWithCuda(machine.host({ environment: own }))).toBeUndefined();
  });

  test("a cache that cannot be written is told with the remedy", () => {
    const file = join(machine.root, "file");
    writeFileSync(file, "");
    expect(() =>
      linkedFolder([join(machine.binaries, "libonnxruntime.so.1")], { XDG_CACHE_HOME: file }),
    ).toThrow(/no folder of links can be made here.*Set XDG_CACHE_HOME to a folder that you may write to/);
  });
});
