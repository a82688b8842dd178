import { expect, test } from "vitest";
import { resizeBilinear } from "../../../src/data/images/bilinear.js";
import golden from "./bilinear.golden.json" with { type: "json" };

// What Pillow 13.0's Image.resize(..., BILINEAR) made of random bytes.
test.each(golden.map((one) => [one.shape.join(" x "), one.size.join(" x "), one] as const))(
  "%s to %s as Pillow does it, byte for byte",
  (_, __, { shape, size, image, resized }) => {
    const given = Uint8Array.from([...image, ...image]);
    const made = resizeBilinear(given, 2, shape as [number, number, number], size as [number, number]);
    expect([...made]).toEqual([...resized, ...resized]);
  },
);
