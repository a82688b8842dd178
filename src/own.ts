/**
 * The value that a record itself has under a name which somebody gave: what every object inherits, such as `constructor`, is
 * none.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
