import { type Ref, shallowRef, watch } from "vue";
import type { Lab } from "./core/store-contract.js";

/**
 * The image of a code that changes: one request at a time, and the latest code next, so that a slow decoder is never flooded.
 * @returns The image, [169] from 0, white, to 1, black; undefined while there is no code.
 */
export function useDecoded(
  lab: Lab,
  code: Readonly<Ref<Float32Array | undefined>>,
): Readonly<Ref<Float32Array | undefined>> {
  const image = shallowRef<Float32Array>();
  let isBusy = false;
  let isStale = false;

  async function decode(): Promise<void> {
    if (isBusy) {
      isStale = true;
      return;
    }
    isBusy = true;
    try {
      do {
        isStale = false;
        const asked: Float32Array | undefined = code.value;
        image.value = asked && (await lab.decode(asked));
      } while (isStale);
    } catch {
      // The store says in its notice what was not possible.
      image.value = undefined;
    } finally {
      isBusy = false;
    }
  }
  watch(code, decode, { immediate: true });
  return image;
}
