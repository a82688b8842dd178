import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import wabt from "wabt";

/** A product and the sum that it is added to, as one instruction. */
const fused = (text: string) =>
  text.replace(
    /\(f32x4\.add (\(local\.get \$\w+\)) \(f32x4\.mul (\(local\.get \$\w+\)) (\(local\.get \$\w+\))\)\)/g,
    "(f32x4.relaxed_madd $2 $3 $1)",
  );

test.each([
  { name: "adam", constant: "ADAM_MODULE", file: "adam.wat" },
  { name: "distance-sums", constant: "DISTANCE_SUMS_MODULE", file: "distance-sums.wat" },
  { name: "program", constant: "PROGRAM_MODULE", file: "program.wat" },
  { name: "program-fused", constant: "PROGRAM_FUSED_MODULE", file: "program.wat", written: fused },
])(
  "$name-module.ts is what the kernel's text says (npx vitest run test/kernels -u writes it)",
  async ({ name, constant, file, written }) => {
    const compiler = await wabt();
    const text = readFileSync(`src/kernels/${file}`, "utf8");
    const features = { simd: true, relaxed_simd: true };
    const module = compiler.parseWat(file, written ? written(text) : text, features);
    const bytes = Buffer.from(module.toBinary({}).buffer).toString("base64");
    const source = `/** ${file} as WebAssembly, in base64; written by its test. */\nexport const ${constant} =\n  "${bytes}";\n`;
    await expect(source).toMatchFileSnapshot(`../../src/kernels/${name}-module.ts`);
  },
);
