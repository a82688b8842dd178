/** Points on their way from where they are seen to where the latest frame has them. */

/** Milliseconds that points may take: frames that come quicker than the first, or slower than the second, do not change it. */
const DURATION = { minimum: 80, maximum: 400 };
/** Weight of the latest interval in the mean interval between frames. */
const MEMORY = 0.3;

export class Glide {
  /** Where points are seen now [points, 2]. */
  readonly now: Float32Array;
  #from: Float32Array;
  #to: Float32Array;
  #started = 0;
  #interval = 200;
  #arrived = true;

  /** @param points [points, 2] */
  constructor(points: Float32Array) {
    this.now = points.slice();
    this.#from = points.slice();
    this.#to = points;
  }

  /** The frame that points are on their way to [points, 2]. */
  get target(): Float32Array {
    return this.#to;
  }

  /**
   * A new frame of as many points: they move there from where they are seen, as long as frames are apart, so that motion is even.
   * @param milliseconds The time now.
   * @param jumps Without motion, for people who prefer that.
   */
  aim(points: Float32Array, milliseconds: number, jumps = false): void {
    const interval = Math.min(Math.max(milliseconds - this.#started, DURATION.minimum), DURATION.maximum);
    this.#interval += MEMORY * (interval - this.#interval);
    this.#started = milliseconds;
    this.#from.set(this.now);
    this.#to = points;
    this.#arrived = false;
    if (jumps) this.#interval = 0;
  }

  /** Moves the points to where they are at a time; whether they are still on their way. */
  advance(milliseconds: number): boolean {
    if (this.#arrived) return false;
    const share =
      this.#interval > 0 ? Math.min(1, Math.max(0, (milliseconds - this.#started) / this.#interval)) : 1;
    for (let k = 0; k < this.now.length; k++)
      this.now[k] = this.#from[k] + share * (this.#to[k] - this.#from[k]);
    this.#arrived = share === 1;
    return !this.#arrived;
  }
}
