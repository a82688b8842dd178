import type { ScalarTag, SchemaOptions } from "yaml";

// The authors' code reads its files with PyYAML, which is YAML 1.1 with patterns of its own: 75_000 and 1:30 are numbers,
// yes is true, and 1e-4 is a text, since a power needs a point and a sign. The patterns are compared with PyYAML 6.0.4 in
// the tests. A date stays the text that it is: no setting is one.

type Read = (text: string) => unknown;

/** A kind of plain value: what it looks like, and what it is. */
function kind(name: string, test: RegExp, read: Read): ScalarTag {
  return {
    tag: `tag:yaml.org,2002:${name}`,
    default: true,
    test,
    resolve(text, onError) {
      const value = read(text);
      if (typeof value === "number" && Number.isNaN(value) && !/nan$/i.test(text)) {
        onError(`${text} is no number`);
      }
      return value;
    },
  };
}

const NULL = /^(?:~|null|Null|NULL|)$/;
const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INTEGER =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;

const PYTHON_VALUES: readonly ScalarTag[] = [
  kind("null", NULL, () => null),
  kind("bool", BOOLEAN, (text) => /^(?:yes|true|on)$/i.test(text)),
  kind("float", FLOAT, (text) => signed(text, unsignedFloat)),
  kind(
    "int",
    INTEGER, // There is no -0 among whole numbers.
    (text) => signed(text, unsignedInteger) + 0,
  ),
];

/** How PyYAML reads plain values, as options of the parser; texts that are quoted stay texts. */
export const PYTHON_YAML: SchemaOptions = {
  schema: "failsafe",
  customTags: (texts) => [...texts, ...PYTHON_VALUES],
};

function signed(text: string, read: (digits: string) => number): number {
  const digits = text.replaceAll("_", "").toLowerCase();
  const value = read(digits.replace(/^[-+]/, ""));
  return digits.startsWith("-") ? -value : value;
}

function unsignedFloat(digits: string): number {
  if (digits === ".inf") return Number.POSITIVE_INFINITY;
  if (digits === ".nan") return Number.NaN;
  return inSixties(digits);
}

function unsignedInteger(digits: string): number {
  if (/^0[bx]/.test(digits)) return Number(digits);
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  return inSixties(digits);
}

/** A number, or several with colons between them, each worth sixty of the next: 1:30 is 90. */
function inSixties(digits: string): number {
  return digits.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
}
