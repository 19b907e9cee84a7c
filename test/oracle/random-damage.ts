import * as fc from "fast-check";

type Place = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string | number };

/** Every key and list item of a document, in its order. */
const placesIn = (node: unknown): Place[] => {
  if (Array.isArray(node)) return node.flatMap((item, key): Place[] => [{ holder: node, key }, ...placesIn(item)]);
  if (typeof node !== "object" || node === null) return [];
  const holder = node as Record<string, unknown>;
  return Object.keys(holder).flatMap((key): Place[] => [{ holder, key }, ...placesIn(holder[key])]);
};

const copyOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

const read = ({ holder, key }: Place): unknown => (holder as Record<string | number, unknown>)[key];
const replace = ({ holder, key }: Place, value: unknown): void => {
  (holder as Record<string | number, unknown>)[key] = value;
};

/** What a hand, a spreadsheet or a broken sender puts where something else belongs. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  false,
  "",
  " \t",
  "7.5",
  "e0",
  "M2",
  "<",
  "RASH",
  "rash",
  "A__B",
  "FEBRILE_NEUTROPENIA",
  "WEIGHT_LOSS",
  "2026-01-04T09:00Z",
  "2026-01-04T09:00:00",
  "2026-02-29T09:00:00Z",
  "2026-01-04 09:00:00Z",
  "2026-01-04T09:00:00.1234Z",
  "2026-01-04T24:00Z",
  "2026-01-09T09:00:00-08:00",
  -1,
  0,
  0.5,
  1,
  2,
  3,
  4,
  6,
  100,
  101,
  [],
  [1],
  {},
  [{}],
  { lower: 2, upper: 1 },
  { basis: "percentOfBaseline", grade3Below: 50 },
  { term: "RASH", grade: 4 },
  { neutrophils: ">=" },
];

export type Damage = { readonly where: number; readonly what: number; readonly other: number; readonly how: string };

export const randomDamage: fc.Arbitrary<Damage> = fc.record({
  where: fc.nat(),
  what: fc.nat(),
  other: fc.nat(),
  how: fc.constantFrom("replace", "replace", "replace", "remove", "remove", "repeat", "swap", "copy", "copy", "copy"),
});

const sameKeyElsewhere = (places: readonly Place[], at: Place, other: number): Place | undefined => {
  const alike = places.filter(({ key }) => (typeof at.key === "number" ? typeof key === "number" : key === at.key));
  return alike[other % alike.length];
};

/** Damages a copy of a document: a value replaced, removed, repeated, exchanged with or copied from another of its key. */
export const damaged = (document: unknown, damages: readonly Damage[]): unknown => {
  const copy: unknown = copyOf(document);
  for (const { where, what, other, how } of damages) {
    const places = placesIn(copy);
    const at = places[where % places.length];
    if (at === undefined) return STRANGE[what % STRANGE.length];
    const elsewhere = sameKeyElsewhere(places, at, other) ?? at;
    if (how === "replace") replace(at, copyOf(STRANGE[what % STRANGE.length]));
    else if (how === "copy") replace(at, copyOf(read(elsewhere)));
    else if (how === "repeat" && Array.isArray(at.holder)) at.holder.push(copyOf(read(at)));
    else if (how === "swap" && elsewhere.holder === at.holder) {
      const [here, there] = [read(at), read(elsewhere)];
      replace(at, there);
      replace(elsewhere, here);
    } else if (!Array.isArray(at.holder)) delete at.holder[String(at.key)];
    else at.holder.splice(Number(at.key), 1);
  }
  return copy;
};
