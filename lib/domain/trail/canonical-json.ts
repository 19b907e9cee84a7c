const membersOf = (value: object): string =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${exactJson(member)}`)
    .join(",");

/** JSON with sorted keys: equal for equal values, in whichever order they were written. Null is not absent. */
export const exactJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(exactJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  return `{${membersOf(value)}}`;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** The keys in which two documents differ; "" where they differ as a whole. Empty: they are equal. */
export const differingKeys = (left: unknown, right: unknown): readonly string[] => {
  if (!isObject(left) || !isObject(right)) return exactJson(left) === exactJson(right) ? [] : [""];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.filter((key) => exactJson(own(left, key)) !== exactJson(own(right, key)));
};
