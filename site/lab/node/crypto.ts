/** What the browser has in place of `node:crypto`: its own SHA-256 is asynchronous, and not there on a page without https. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** A hash that is fed bit by bit, as Node has it. */
export function createHash(name: "sha256") {
  if (name !== "sha256") throw new RangeError(`there is no ${name} here`);
  const hash = sha256.create();
  const own = {
    update(data: Uint8Array | string) {
      hash.update(typeof data === "string" ? new TextEncoder().encode(data) : data);
      return own;
    },
    digest: (_encoding: "hex") => bytesToHex(hash.digest()),
  };
  return own;
}
