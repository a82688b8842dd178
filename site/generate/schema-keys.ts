/** As much of JSON Schema as `z.toJSONSchema` writes. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** One key that may stand in a configuration. */
export interface Key {
  /** From the top, `[]` after a list: `model.encoder.layers[].kernel`. */
  readonly path: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** The types of the parts that must be chosen for the key to be there, from the outside inwards. */
  readonly choices?: readonly string[];
}

/** The choices of a part by their `type`; none where there is nothing to choose. */
export function variantsOf(schema: JsonSchema): { readonly name: string; readonly schema: JsonSchema }[] {
  return (schema.oneOf ?? []).flatMap((variant) => {
    const name = variant.properties?.type?.const;
    return typeof name === "string" ? [{ name, schema: variant }] : [];
  });
}

/**
 * Every key below a schema, in the order of the file.
 * @param chosen The type of this part, whose own key `type` is then not listed.
 */
export function keysOf(schema: JsonSchema, path: string, chosen?: string): Key[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    if (name === "type" && chosen !== undefined) return [];
    const at = `${path}.${name}`;
    const key = { path: at, schema: value, required: schema.required?.includes(name) ?? false };
    return [key, ...keysBelow(value, at)];
  });
}

function keysBelow(schema: JsonSchema, path: string): Key[] {
  const variants = variantsOf(schema);
  if (variants.length > 0) {
    return variants.flatMap(({ name, schema: variant }) =>
      keysOf(variant, path, name).map((key) => ({ ...key, choices: [name, ...(key.choices ?? [])] })),
    );
  }
  if (schema.items) return keysBelow(schema.items, `${path}[]`);
  const objects = [schema, ...(schema.anyOf ?? [])].filter(({ properties }) => properties !== undefined);
  return objects.flatMap((each) => keysOf(each, path));
}
