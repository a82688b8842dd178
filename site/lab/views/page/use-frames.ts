import { onBeforeUnmount } from "vue";

/**
 * Draws once for each picture of the screen, as long as something moves, and not at all otherwise.
 * @param draw Gets the time in milliseconds, and how long the picture before was seen; returns whether something still moves.
 * @returns Asks for a picture; many calls before the next one are one.
 */
export function useFrames(draw: (now: number, elapsed: number) => boolean): () => void {
  let requested: number | undefined;
  let before: number | undefined;
  const run = (now: number) => {
    requested = undefined;
    const moves = draw(now, before === undefined ? 16 : Math.min(100, now - before));
    before = moves ? now : undefined;
    if (moves) request();
  };
  function request(): void {
    requested ??= requestAnimationFrame(run);
  }
  onBeforeUnmount(() => {
    if (requested !== undefined) cancelAnimationFrame(requested);
  });
  return request;
}
