/**
 * A library for Linux x64 with nothing in it but the names of the libraries it needs, and any text after that: a header, the strings, the dynamic
 * section, and three section headers.
 */
export function elfFile(needed: readonly string[], text = ""): Buffer {
  const strings = Buffer.from(`\0${needed.map((name) => `${name}\0`).join("")}`, "latin1");
  const dynamic = Buffer.alloc((needed.length + 2) * 16);
  let at = 1;
  needed.forEach((name, i) => {
    dynamic.writeBigInt64LE(1n, i * 16);
    dynamic.writeBigUInt64LE(BigInt(at), i * 16 + 8);
    at += name.length + 1;
  });
  // An entry of another tag; the last, of zeros, ends the section.
  dynamic.writeBigInt64LE(30n, needed.length * 16);
  const [stringsAt, dynamicAt] = [64, 64 + strings.length];
  const sectionsAt = dynamicAt + dynamic.length;
  const section = (type: number, link: number, start: number, size: number) => {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(type, 4);
    header.writeBigUInt64LE(BigInt(start), 24);
    header.writeBigUInt64LE(BigInt(size), 32);
    header.writeUInt32LE(link, 40);
    return header;
  };
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  header.writeBigUInt64LE(BigInt(sectionsAt), 40);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(3, 60);
  const sections = [
    section(0, 0, 0, 0),
    section(3, 0, stringsAt, strings.length),
    section(6, 1, dynamicAt, dynamic.length),
  ];
  return Buffer.concat([header, strings, dynamic, ...sections, Buffer.from(`\0${text}\0`, "latin1")]);
}
