/**
 * Random numbers by name: a stream is (seed, purpose, step), for instance (0, "noise", 1234), and is a pure
 * function of them. A run that resumes at step 1234 asks for that stream again; no generator state is ever saved.
 */
import { refuse } from "../errors.js";
import { normalFromWord } from "./normal-quantile.js";
import { philox4x32 } from "./philox.js";

const WORDS = 2 ** 32;

/**
 * The stream of random words keyed by (seed, purpose, step) (rule D2): the seed is the Philox key; the counter holds
 * the number of the block, the step and the hash of the purpose, so that two steps never share a block, nor do two
 * purposes whose 32-bit hashes differ. A stream holds 2^34 words.
 *
 * Every value is made with integer arithmetic and + - * / sqrt only: the bits are equal in every engine and on
 * every machine.
 */
export class PhiloxStream {
  readonly #key = new Uint32Array(2);
  readonly #counter = new Uint32Array(4);
  readonly #block = new Uint32Array(4);
  #used = 4;

  /**
   * @param seed an integer in [0, 2^53), or a bigint in [0, 2^64).
   * @param purpose what the numbers are for; part of the stream's identity, so that it must never be renamed.
   * @param step an integer in [0, 2^53).
   * @throws UserError when the seed, and RangeError when the step is not such a number: people give seeds, programs steps.
   */
  constructor(seed: number | bigint, purpose: string, step = 0) {
    if (typeof seed === "number" ? !(Number.isSafeInteger(seed) && seed >= 0) : seed < 0n || seed >> 64n) {
      refuse(
        "seed",
        `a seed is an integer from 0 to 2^53 - 1, or a bigint from 0 to 2^64 - 1; got ${seed}`,
        "Give 0, for instance",
      );
    }
    const wide = BigInt(seed);
    this.#key[0] = Number(wide & 0xffffffffn);
    this.#key[1] = Number(wide >> 32n);
    this.#counter[3] = hashText(purpose);
    this.restart(step);
  }

  /**
   * Goes to the beginning of another step of the same seed and purpose: as a new stream, without an allocation.
   * @throws RangeError when `step` is not an integer in [0, 2^53).
   */
  restart(step: number): this {
    if (!Number.isSafeInteger(step) || step < 0) {
      throw new RangeError(`a step is an integer from 0 to 2^53 - 1; got ${step}`);
    }
    this.#counter[0] = 0;
    this.#counter[1] = step % WORDS;
    this.#counter[2] = Math.floor(step / WORDS);
    this.#used = 4;
    return this;
  }

  /** Passes over some words of the stream, as if they had been drawn; however many, it costs the same. */
  skip(words: number): this {
    const next = this.#counter[0]! * 4 + this.#used - 4 + words;
    this.#counter[0] = Math.floor(next / 4);
    this.#used = 4;
    for (let left = next % 4; left > 0; left--) this.uint32();
    return this;
  }

  /** The next random word: an integer, uniform in [0, 2^32). */
  uint32(): number {
    if (this.#used === 4) {
      philox4x32(this.#counter, this.#key, this.#block);
      this.#counter[0] += 1;
      this.#used = 0;
    }
    return this.#block[this.#used++];
  }

  /** A multiple of 2^-53, uniform in [0, 1); takes two words (rule D3). */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53;
  }

  /** A standard normal number, from one word by the inverse distribution function (rule D4). */
  normal(): number {
    return normalFromWord(this.uint32());
  }

  /**
   * Fills with uniform numbers in [0, 1). A Float64Array gets the values of {@link uniform}; a Float32Array gets
   * multiples of 2^-24, one word each, as 53 bits rounded to 24 could give 1 (rule D3).
   */
  fillUniform<Out extends Float32Array | Float64Array>(out: Out): Out {
    if (out instanceof Float64Array) {
      for (let i = 0; i < out.length; i++) out[i] = this.uniform();
    } else {
      for (let i = 0; i < out.length; i++) out[i] = (this.uint32() >>> 8) / 2 ** 24;
    }
    return out;
  }

  /**
   * Fills with the factors of dropout (rule D16): 0 with probability `share`, else 1 / (1 - share), so that their mean is 1.
   * Each takes 2, 4 or 8 bits of a word, the fewest that represent `share` exactly, otherwise 16, and the probability is `share`
   * to the nearest multiple of 2^-16. The lowest bits come first. Begins and ends with a block.
   * @param share at least 0 and less than 1.
   */
  fillDropout(out: Float32Array, share: number): Float32Array {
    const bits = [2, 4, 8].find((count) => Number.isInteger(share * 2 ** count)) ?? 16;
    const threshold = Math.round(share * 2 ** bits);
    const kept = 1 / (1 - share);
    const factor = (drawn: number) => (drawn < threshold ? 0 : kept);
    // Whole blocks of four words, read as signed integers, and bytes through a table: many times as fast as word by word.
    const words = new Int32Array(this.#block.buffer);
    const perByte = Math.floor(8 / bits);
    const ofBytes = Float32Array.from({ length: 256 * perByte }, (_, k) =>
      factor((Math.floor(k / perByte) >>> (bits * (k % perByte))) & (2 ** bits - 1)),
    );
    for (let at = 0; at < out.length; ) {
      philox4x32(this.#counter, this.#key, this.#block);
      this.#counter[0] += 1;
      // What lies behind the end of a typed array is not written.
      for (let k = 0; k < 4; k++) {
        const word = words[k]!;
        if (bits === 16) {
          out[at++] = factor(word & 0xffff);
          out[at++] = factor(word >>> 16);
          continue;
        }
        for (let shift = 0; shift < 32; shift += 8) {
          const first = ((word >>> shift) & 0xff) * perByte;
          if (perByte === 4) {
            // The usual quarter, written out: half again as fast.
            out[at] = ofBytes[first]!;
            out[at + 1] = ofBytes[first + 1]!;
            out[at + 2] = ofBytes[first + 2]!;
            out[at + 3] = ofBytes[first + 3]!;
            at += 4;
          } else for (let j = 0; j < perByte; j++) out[at++] = ofBytes[first + j]!;
        }
      }
    }
    this.#used = 4;
    return out;
  }

  /** Fills with standard normal numbers: the values of {@link normal} in turn, rounded to the array's type. */
  fillNormal<Out extends Float32Array | Float64Array>(out: Out): Out {
    for (let i = 0; i < out.length; i++) out[i] = normalFromWord(this.uint32());
    return out;
  }

  /**
   * An integer, uniform in [0, bound), without bias: words that would favour some values are drawn again (rule D5).
   * @param bound an integer in [1, 2^32].
   * @throws RangeError when `bound` is not such a number.
   */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > WORDS) {
      throw new RangeError(`integer() takes a bound from 1 to 2^32; got ${bound}`);
    }
    const limit = WORDS - (WORDS % bound);
    let word = this.uint32();
    while (word >= limit) word = this.uint32();
    return word % bound;
  }

  /** Fills with integers, uniform in [0, bound): the values of {@link integer} in turn (rule D5). */
  fillBelow(out: Float32Array, bound: number): Float32Array {
    for (let i = 0; i < out.length; i++) out[i] = this.integer(bound);
    return out;
  }

  /**
   * Fills each row of an array with the first numbers of a permutation of 0 to bound - 1 of its own (rule D26): Fisher and
   * Yates from the first place on, as far as the row goes.
   * @throws RangeError when a row is longer than `bound`.
   */
  fillDistinct(out: Float32Array, bound: number, rowLength: number): Float32Array {
    if (rowLength > bound)
      throw new RangeError(`a row of ${rowLength} cannot hold distinct numbers below ${bound}`);
    const order = Uint32Array.from({ length: bound }, (_, i) => i);
    // Rows continue with the order that the row before left: an order shuffled again is as random as one shuffled once.
    for (let start = 0; start < out.length; start += rowLength) {
      for (let k = 0; k < rowLength; k++) {
        const other = k + this.integer(bound - k);
        const held = order[k]!;
        order[k] = order[other]!;
        order[other] = held;
        out[start + k] = order[k]!;
      }
    }
    return out;
  }

  /**
   * The numbers 0 to n - 1 in random order, every order equally likely (Fisher and Yates; rule D5).
   * @throws RangeError when `n` is not an integer in [0, 2^32).
   */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let last = n - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const held = order[last];
      order[last] = order[other];
      order[other] = held;
    }
    return order;
  }
}

/**
 * A 32-bit hash of a text: FNV-1a over its UTF-8 bytes, then the final mixing of MurmurHash3, so that texts that
 * differ in their last letter differ in every bit (rule D2). Not for secrets.
 * @returns an unsigned 32-bit integer.
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A number of the `count` rows, without replacement and in ascending order; all of them if there are no more.
 * @param purpose names the random stream (rule D2).
 */
export function drawRows(count: number, rows: number, seed: number, purpose: string): Uint32Array {
  if (rows >= count) return Uint32Array.from({ length: count }, (_, row) => row);
  return new PhiloxStream(seed, purpose).permutation(count).slice(0, rows).sort();
}
