/** A source of data: sinusoidal gratings in a grid of orientations, spatial frequencies and phases. */
import { asDataset, defineSource, z } from "narrows/parts";

export default defineSource({
  name: "gratings",
  about: "sinusoidal gratings of some orientations, frequencies and phases",
  options: z.strictObject({
    size: z.int().min(4).max(256).default(16).describe("side of an image in pixels"),
    orientations: z.int().positive().default(8).describe("orientations from 0 up to 180 degrees"),
    frequencies: z.int().positive().default(4).describe("cycles per image, from 1"),
    phases: z.int().positive().default(16).describe("phases from 0 up to 360 degrees"),
  }),
  load({ size, orientations, frequencies, phases }) {
    const count = orientations * frequencies * phases;
    const images = new Uint8Array(count * size * size);
    const labels = new Float64Array(count * 3);
    for (let image = 0; image < count; image++) {
      const phase = image % phases;
      const frequency = Math.floor(image / phases) % frequencies;
      const orientation = Math.floor(image / (phases * frequencies));
      const angle = (Math.PI * orientation) / orientations;
      const cycles = (2 * Math.PI * (frequency + 1)) / size;
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const along = x * Math.cos(angle) + y * Math.sin(angle);
          const value = 0.5 + 0.5 * Math.sin(cycles * along + (2 * Math.PI * phase) / phases);
          images[(image * size + y) * size + x] = Math.round(255 * value);
        }
      }
      labels.set([(180 * orientation) / orientations, frequency + 1, (360 * phase) / phases], 3 * image);
    }
    return asDataset(`gratings of ${size} x ${size}`, {
      count,
      imageShape: [size, size, 1],
      images,
      scale: 1 / 255,
      labels,
      labelNames: ["orientation", "frequency", "phase"],
    });
  },
  // A row's place says its orientation: rows are shuffled before they are split.
  isOrdered: () => true,
});
