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
