import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import wabt from "wabt";

test.each([
  ["adam", "ADAM_MODULE"],
  ["distance-sums", "DISTANCE_SUMS_MODULE"],
])(
  "%s-module.ts is what the kernel's text says (npx vitest run test/kernels -u writes it)",
  async (name, constant) => {
    const file = `${name}.wat`;
    const compiler = await wabt();
    const module = compiler.parseWat(file, readFileSync(`src/kernels/${file}`, "utf8"), { simd: true });
    const bytes = Buffer.from(module.toBinary({}).buffer).toString("base64");
    const source = `/** ${file} as WebAssembly, in base64; written by its test. */\nexport const ${constant} =\n  "${bytes}";\n`;
    await expect(source).toMatchFileSnapshot(`../../src/kernels/${name}-module.ts`);
  },
);
