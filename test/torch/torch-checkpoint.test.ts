import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.js";
import { decodeTorchCheckpoint, readTorchCheckpoint } from "../../src/torch/torch-checkpoint.js";

const fixture = fileURLToPath(new URL("../import/fixtures/tiny.ckpt", import.meta.url));
const bytes = new Uint8Array(readFileSync(fixture));

describe("readTorchCheckpoint", () => {
  it("reads what torch.save wrote: views, strides, types, scalars", () => {
    const { tensors } = readTorchCheckpoint(fixture, { stripPrefix: "model." });
    const read = [...tensors].map(([name, { shape, data }]) => [
      name,
      shape,
      data.constructor.name,
      [...data],
    ]);
    expect(read).toEqual([
      ["encoder.0.weight", [2, 3, 4], "Float32Array", Array.from({ length: 24 }, (_, index) => index)],
      ["encoder.0.bias", [4], "Float32Array", [16, 17, 18, 19]],
      ["fc_mu.weight", [3, 2, 2], "Float32Array", [1, 9, 13, 21, 2, 10, 14, 22, 3, 11, 15, 23]],
      ["scale", [2, 2], "Float32Array", [0.5, 0.5, 0.5, 0.5]],
      ["empty", [0, 3], "Float32Array", []],
      ["half", [3], "Float32Array", [1.5, -2, 65504]],
      ["bfloat16", [3], "Float32Array", [1.5, -2, 2 ** 100]],
      ["double", [1], "Float64Array", [1 / 3]],
      ["num_batches_tracked", [], "Float64Array", [-7]],
      ["mask", [2], "Uint8Array", [1, 0]],
      ["parameter", [1], "Float32Array", [-1]],
    ]);
  });

  it("keeps the names as they are by default", () => {
    expect([...readTorchCheckpoint(fixture).tensors.keys()]).toContain("model.encoder.0.weight");
  });

  it("reads Lightning's counts and hyper-parameters, foreign things by name only", () => {
    expect(readTorchCheckpoint(fixture)).toMatchObject({
      epoch: 5,
      globalStep: 7974,
      hyperParameters: {
        lr: 5e-4,
        dims: [32, 64],
        path: "pathlib.PosixPath",
        shift: -5,
        large: -(2 ** 40),
        huge: "1180591620717411303424",
        raw: "Uint8Array",
        names: ["a"],
        none: null,
        limit: "Infinity",
      },
    });
  });

  it("names a missing file", () => {
    expect(() => readTorchCheckpoint("no/such.ckpt")).toThrow(/^no\/such\.ckpt: no such file/);
  });

  it("refuses every truncation and every flipped bit, or reads the same", () => {
    const whole = readTorchCheckpoint(fixture);
    const damage = fc.record({
      keep: fc.nat({ max: bytes.length - 1 }),
      at: fc.nat({ max: bytes.length - 1 }),
      bit: fc.nat({ max: 7 }),
    });
    fc.assert(
      fc.property(damage, ({ keep, at, bit }) => {
        expect(() => decodeTorchCheckpoint(bytes.subarray(0, keep), "x.ckpt")).toThrow(UserError);
        let read: unknown;
        try {
          read = decodeTorchCheckpoint(bytes.with(at, bytes[at]! ^ (1 << bit)), "x.ckpt");
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          expect((error as Error).message).toMatch(/^x\.ckpt[^\n]*$/);
          return;
        }
        expect(read).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });
});

// A pickle written by hand: enough of the instructions to say anything.
const ascii = (text: string) => [...Buffer.from(text, "latin1")];
const text = (value: string) => [0x58, value.length, 0, 0, 0, ...ascii(value)];
const int = (value: number) => [0x4a, ...new Uint8Array(Int32Array.of(value).buffer)];
const global = (module: string, name: string) => [0x63, ...ascii(`${module}\n${name}\n`)];
const tuple = (...items: number[][]) => [0x28, ...items.flat(), 0x74];
const dict = (...items: number[][]) => [0x7d, 0x28, ...items.flat(), 0x75];
const reduce = (callee: number[], ...args: number[][]) => [...callee, ...tuple(...args), 0x52];
const pickle = (...body: number[][]) => Uint8Array.from([0x80, 2, ...body.flat(), 0x2e]);

const storage = (key: string, count: number, type = "FloatStorage") => [
  ...tuple(text("storage"), global("torch", type), text(key), text("cpu"), int(count)),
  0x51,
];
const tensor = (numbers: number[], offset: number, shape: number[], strides: number[]) =>
  reduce(
    global("torch._utils", "_rebuild_tensor_v2"),
    numbers,
    int(offset),
    tuple(...shape.map(int)),
    tuple(...strides.map(int)),
    [0x89],
    reduce(global("collections", "OrderedDict")),
  );

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
type Files = Record<string, Uint8Array>;
const archive = (data: Uint8Array, more: Files = {}, level: 0 | 6 = 0) =>
  zipSync({ "a/data.pkl": data, "a/data/0": floats(1, 2, 3, 4), ...more }, { level });
/** The archive with its file `b/data/0` called `a/data/0`, as another. */
const twoOfOneName = (file: Uint8Array) =>
  new Uint8Array(
    Buffer.from(Buffer.from(file).toString("latin1").replaceAll("b/data/0", "a/data/0"), "latin1"),
  );
const decode = (file: Uint8Array) => decodeTorchCheckpoint(file, "x.ckpt");
const decodePickle = (...body: number[][]) => decode(archive(pickle(...body)));

describe("what a stream may not do", () => {
  const system = global("posix", "system");
  const command = text("touch /tmp/narrows-was-here");
  const harmless = dict(text("w"), tensor(storage("0", 4), 0, [4], [1]));

  it.each<[string, number[], string]>([
    ["a function called by REDUCE", reduce(system, command), "posix.system"],
    ["a function only mentioned", system, "posix.system"],
    ["STACK_GLOBAL", [...text("os"), ...text("system"), 0x93, ...tuple(command), 0x52], "os.system"],
    ["INST", [0x28, ...command, 0x69, ...ascii("os\nsystem\n")], "os.system"],
    ["OBJ", [0x28, ...global("os", "system"), ...command, 0x6f], "os.system"],
    ["NEWOBJ", [...global("subprocess", "Popen"), ...tuple(command), 0x81], "subprocess.Popen"],
    ["NEWOBJ_EX", [...global("subprocess", "Popen"), ...tuple(command), 0x7d, 0x92], "subprocess.Popen"],
    ["eval by Python 2's name", reduce(global("__builtin__", "eval"), command), "__builtin__.eval"],
    ["getattr", reduce(global("builtins", "getattr"), system, command), "builtins.getattr"],
    ["a name that is JavaScript's", global("constructor", "constructor"), "constructor.constructor"],
    ["a path through an allowed module", global("torch", "storage.os.system"), "torch.storage.os.system"],
    [
      "one deep inside a key that is not needed",
      dict(text("k"), tuple(dict(text("j"), reduce(system)))),
      "posix.system",
    ],
    [
      "one beside sound weights",
      dict(text("state_dict"), harmless, text("callbacks"), reduce(system, command)),
      "posix.system",
    ],
    ["one that is dropped again", [...system, 0x30, ...harmless], "posix.system"],
    ["one in a persistent id", [...tuple(text("storage"), system), 0x51], "posix.system"],
    ["a whole module", global("torch.nn.modules.linear", "Linear"), "torch.nn.modules.linear.Linear"],
  ])("%s: refused, and the class is named", (_, body, name) => {
    expect(() => decodePickle(body)).toThrow(UserError);
    expect(() => decodePickle(body)).toThrow(
      `x.ckpt: it names the foreign class "${name}", which is not loaded.`,
    );
  });

  it.each<[string, number[], RegExp]>([
    ["call what is no class", [...text("a"), ...tuple(), 0x52], /calls what is no class/],
    ["call a class that is only mentioned", reduce(global("torch", "float32")), /calls torch\.float32/],
    [
      "set attributes of a class",
      [...global("torch", "device"), ...dict(), 0x62],
      /attributes of what has none/,
    ],
    ["use an extension code", [0x82, 1], /instruction 0x82/],
    ["use the instructions of protocol 0", ascii("I1\n"), /instruction 0x49/],
    ["take values from an empty stack", [0x30], /takes a value that is not there/],
    ["take a mark that is not there", [0x74], /takes a mark/],
    ["recall what was not kept", [0x68, 9], /recalls a value/],
    ["claim a text longer than the file", [0x58, 255, 255, 255, 255], /truncated/],
    ["claim bytes of 2^63", [0x8e, 0, 0, 0, 0, 0, 0, 0, 128], /truncated/],
    ["claim an enormous integer", [0x8b, 0, 0, 0, 128], /an integer of 2147483648 bytes/],
    ["append to a text", [...text("a"), ...text("b"), 0x61], /no list/],
  ])("a stream may not %s", (_, body, message) => {
    expect(() => decodePickle(body)).toThrow(UserError);
    expect(() => decodePickle(body)).toThrow(message);
  });

  it("a key called __proto__ changes nothing", () => {
    const { hyperParameters } = decodePickle(
      dict(
        text("state_dict"),
        harmless,
        text("hyper_parameters"),
        dict(text("__proto__"), dict(text("polluted"), [0x88])),
      ),
    );
    expect(Object.keys(hyperParameters as object)).toEqual(["__proto__"]);
    expect("polluted" in {}).toBe(false);
  });

  it("a terminal is not commanded by a class's name", () => {
    expect(() => decodePickle(global("\u001b[2J", "x"))).toThrow('"?[2J.x"');
  });

  it.each([
    ["inside itself", [0x5d, 0x71, 1, 0x68, 1, 0x61]],
    ["shared 2^60-fold", [0x5d, ...Array.from({ length: 60 }, () => [0x32, 0x86]).flat()]],
    ["nested 10,000 deep", [0x5d, ...Array.from({ length: 10_000 }, () => 0x85)]],
  ])("a value %s ends in one line", (_, value) => {
    const body = dict(text("state_dict"), harmless, text("hyper_parameters"), value);
    expect(() => decodePickle(body)).toThrow(/hyper_parameters are too large or too deep/);
  });

  it.each<[string, number[]]>([
    ["copied by OrderedDict", [...global("collections", "OrderedDict"), 0x71, 9]],
    ["copied by set", [...global("builtins", "set"), 0x71, 9]],
    ["given to an opaque record", [...global("torch", "device"), 0x71, 9]],
  ])("one list is not %s without end", (_, callee) => {
    const pairs = [0x5d, 0x71, 1, 0x28, ...Array.from({ length: 5000 }, () => [0x29]).flat(), 0x65, 0x30];
    const copies = Array.from({ length: 20_000 }, () => [0x68, 9, 0x68, 1, 0x85, 0x52, 0x30]).flat();
    expect(() => decodePickle([...callee, 0x30], pairs, copies, [0x4e])).toThrow(
      /^x\.ckpt: its pickle has more than 2000000 instructions, counting the elements that these copy\./,
    );
  });

  it("one long text is not compared as a key without end", () => {
    const long = text("k".repeat(255)).with(2, 255);
    const key = [...long, ...ascii("k".repeat(65_280))];
    const sets = Array.from({ length: 2500 }, () => [0x68, 1, 0x4e, 0x73]).flat();
    expect(() => decodePickle([...key, 0x71, 1, 0x30, ...key, 0x30, 0x7d], sets)).toThrow(
      /more than 2000000/,
    );
  });

  it("a tensor has no more axes than PyTorch's", () => {
    const shape = Array.from({ length: 65 }, () => 1);
    expect(() => decodePickle(dict(text("w"), tensor(storage("0", 4), 0, shape, shape)))).toThrow(
      /has 65 axes/,
    );
  });

  it("a text that is shared is written out within bounds", () => {
    const long = [...text("k".repeat(255)).with(2, 255), ...ascii("k".repeat(65_280))];
    const many = Array.from({ length: 20 }, () => [0x68, 1]).flat();
    const body = dict(text("state_dict"), harmless, text("hyper_parameters"), [
      0x28,
      ...long,
      0x71,
      1,
      ...many,
      0x74,
    ]);
    expect(() => decodePickle(body)).toThrow(/hyper_parameters are too large or too deep/);
  });

  it("a stream of empty objects does not fill the memory", () => {
    expect(() => decode(archive(new Uint8Array(3_000_000).fill(0x7d)))).toThrow(
      /more than 2000000 instructions/,
    );
  });
});

describe("tensors that lie", () => {
  const one = (numbers: number[], offset: number, shape: number[], strides: number[]) =>
    decodePickle(dict(text("w"), tensor(numbers, offset, shape, strides)));

  it("reads an honest one", () => {
    expect(one(storage("0", 4), 1, [3], [1]).tensors.get("w")).toEqual({
      shape: [3],
      data: Float32Array.of(2, 3, 4),
    });
  });

  it.each<[string, () => unknown, RegExp]>([
    ["reaches beyond", () => one(storage("0", 4), 1, [4], [1]), /reaches beyond its numbers/],
    ["strides beyond", () => one(storage("0", 4), 0, [2, 2], [3, 1]), /reaches beyond/],
    ["starts before", () => one(storage("0", 4), -1, [1], [1]), /without numbers/],
    ["has a negative extent", () => one(storage("0", 4), 0, [-1], [1]), /no shape/],
    ["has a stride too few", () => one(storage("0", 4), 0, [2, 2], [1]), /reaches beyond/],
    [
      "repeats one number endlessly",
      () => one(storage("0", 4), 0, [1e9, 1e9], [0, 0]),
      /repeat their numbers/,
    ],
    ["has more numbers than the file", () => one(storage("0", 5), 0, [5], [1]), /16 bytes instead of 20/],
    ["has no file", () => one(storage("7", 4), 0, [4], [1]), /numbers "7" are missing/],
    ["climbs out of the archive", () => one(storage("../data.pkl", 4), 0, [4], [1]), /are missing/],
    ["is complex", () => one(storage("0", 2, "ComplexFloatStorage"), 0, [2], [1]), /ComplexFloatStorage/],
    [
      "holds enormous integers",
      () => one(storage("0", 2, "LongStorage"), 0, [2], [1]),
      /integers beyond 2\^53/,
    ],
  ])("refuses one that %s", (_, read, message) => {
    expect(read).toThrow(UserError);
    expect(read).toThrow(message);
  });

  it("reads numbers of a big-endian machine", () => {
    const swapped = floats(1, 2, 3, 4).map((_, index, all) => all[index - (index % 4) + 3 - (index % 4)]!);
    const files = { "a/data/0": swapped, "a/byteorder": Uint8Array.from(ascii("big")) };
    const data = pickle(dict(text("w"), tensor(storage("0", 4), 0, [2, 2], [1, 2])));
    expect(decode(archive(data, files)).tensors.get("w")).toEqual({
      shape: [2, 2],
      data: Float32Array.of(1, 3, 2, 4),
    });
  });
});

describe("archives that are none", () => {
  const weights = pickle(dict(text("w"), tensor(storage("0", 4), 0, [4], [1])));

  it.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(0), /its end is missing/],
    ["a file of PyTorch before 1.6", Uint8Array.of(0x80, 2, 0x8a, 10), /before 1\.6\. Load it there/],
    [
      "one with a file twice",
      twoOfOneName(archive(weights, { "b/data/0": floats(5, 6, 7, 8) })),
      /"a\/data\/0" twice/,
    ],
    ["another zip", zipSync({ "word/document.xml": Uint8Array.of(1) }, { level: 0 }), /it has no data\.pkl/],
    ["an empty zip", zipSync({}), /it has no data\.pkl/],
    ["a dict without weights", archive(pickle(dict())), /it has no weights/],
    ["what is no dict", archive(pickle(text("hello"))), /it has no weights/],
    [
      "weights that are no tensors",
      archive(pickle(dict(text("lr"), int(1)))),
      /holds "lr", which is no tensor/,
    ],
  ])("refuses %s", (_, file, message) => {
    expect(() => decode(file)).toThrow(UserError);
    expect(() => decode(file)).toThrow(message);
  });

  it("tells a flipped bit in the weights", () => {
    const file = archive(weights);
    const at = Buffer.from(file).indexOf(Buffer.from(floats(1, 2, 3, 4)));
    expect(() => decode(file.with(at, 1))).toThrow(/^x\.ckpt:a\/data\/0: its checksum does not fit/);
  });

  it("reads whatever bytes come without a crash", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 60 }), (body, noise) => {
        for (const file of [archive(body), archive(pickle([...body])), noise]) {
          expect(() => decode(file)).toThrow(UserError);
        }
      }),
      { numRuns: 400 },
    );
  });
});
