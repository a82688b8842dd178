import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../src/configuration/load.js";
import { configurationFile, folderWith, messageOf } from "./files.js";

const refusal = (text: string) => messageOf(() => loadConfiguration(configurationFile(text)));

describe("a configuration that is no honest one ends in one line", () => {
  it.each([
    ["flow lists", "a: ", "["],
    ["flow mappings", "a: ", "{b: "],
    ["lists in one line", "", "- "],
  ])("with 100,000 %s in each other", (_, before, level) => {
    expect(refusal(before + level.repeat(100_000))).toMatch(/nested more than 64 deep|valid YAML/);
  });

  it("with lists as deep as the stack allows", () => {
    expect(refusal(`a: ${"[".repeat(300)}${"]".repeat(300)}`)).toBe(
      "my.yaml:1:67: parts within parts are nested more than 64 deep. Write it flatter.",
    );
  });

  it("with thousands of aliases, of merged parts, and of itself", () => {
    const anchors = Array.from({ length: 5000 }, (_, k) => `a${k}: &a${k} {b: 1}`).join("\n");
    expect(refusal(`${anchors}\nl: [${Array.from({ length: 5000 }, (_, k) => `*a${k}`).join()}]`)).toMatch(
      /Excessive alias count/,
    );
    const levels = Array.from(
      { length: 40 },
      (_, k) => `m${k + 1}: &m${k + 1} {<<: [*m${k}, *m${k}], x${k}: 1}`,
    );
    expect(refusal(`m0: &m0 {x: 1}\n${levels.join("\n")}`)).toMatch(/Excessive alias count/);
    expect(refusal("a: &a [*a]")).toMatch(/^my\.yaml/);
  });

  it("with a device or a huge file as what it extends", () => {
    const folder = folderWith({
      "zero.yaml": "extends: /dev/zero\n",
      "link.yaml": "extends: device.yaml\n",
      "big.yaml": "extends: huge.yaml\n",
      "huge.yaml": "",
    });
    symlinkSync("/dev/zero", join(folder, "device.yaml"));
    // Takes no room on the disk.
    truncateSync(join(folder, "huge.yaml"), 2 ** 33);
    for (const name of ["zero", "link"]) {
      expect(messageOf(() => loadConfiguration(join(folder, `${name}.yaml`)))).toMatch(
        /: this is a device, and a configuration is a file\. Give a file of at most 4 MiB\.$/,
      );
    }
    expect(messageOf(() => loadConfiguration(join(folder, "big.yaml")))).toBe(
      "huge.yaml: the file is too large for a configuration. Give a file of at most 4 MiB.",
    );
  });

  it("with a chain of thousands of files", () => {
    const chain = Object.fromEntries(
      Array.from({ length: 300 }, (_, k) => [`f${k}.yaml`, `extends: f${k + 1}.yaml\n`]),
    );
    const folder = folderWith({ ...chain, "f300.yaml": "seed: 3\n" });
    expect(messageOf(() => loadConfiguration(join(folder, "f0.yaml")))).toMatch(
      /^f31\.yaml:1:1: 32 files build on each other, and this one names another\./,
    );
    expect(loadConfiguration(join(folder, "f270.yaml")).configuration.seed).toBe(3);
  });

  it("with a list or a mapping for a key, or a tag", () => {
    expect(refusal("? [a]\n: 1\n")).toMatch(/^my\.yaml:1:3: .*A key is a word/);
    expect(refusal("seed: !!binary aGk=\n")).toMatch(/^my\.yaml:1:7: .*Unresolved tag/);
  });
});
