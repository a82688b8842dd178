/** What arrays, maps and records lack. */

/** Items by their keys, in the order in which the keys first come. */
export function groupBy<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): Map<Key, [Item, ...Item[]]> {
  const groups = new Map<Key, [Item, ...Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The first item whose key an earlier one has, with that one; undefined where all keys differ. */
export function firstRepeated<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => unknown,
): readonly [earlier: Item, later: Item] | undefined {
  const known = new Map<unknown, Item>();
  for (const item of items) {
    const earlier = known.get(keyOf(item));
    if (earlier !== undefined) return [earlier, item];
    known.set(keyOf(item), item);
  }
  return undefined;
}

/** What a map holds under a key, made when it is first asked for. */
export function getOrMake<Key, Value extends object>(
  known: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  const found = known.get(key);
  if (found) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** A record of the same names with other values. */
export function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, name: string) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}

/** Order by code unit: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
