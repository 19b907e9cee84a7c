import type { Decimal } from "../decimal";
import type { AnimalState } from "../rules/state";
import type { Measured, ObservedEntry } from "../record/log-entry";
import type { Baseline } from "../grading/baseline";
import { type CountEdges, type Edges, edgesFor, type RisingEdges } from "../grading/edges";
import { type Analyte, analyteRow } from "../record/analytes";
import { protocolInForce } from "../study/in-force";
import { canonicalUnit } from "../units/unit-factors";
import { withUnit } from "../language/with-unit";
import type { Protocol } from "../study/protocol";

/** How near to an edge is near: within this part of the edge, on either side. */
const NEAR = "0.05";

type Edge = { readonly at: Decimal; readonly says: string };
type Near = { readonly says: string; readonly closeness: number };
type Compared = {
  readonly label: string;
  readonly unit: string;
  readonly measured: Measured | null;
  readonly edges: readonly Edge[];
};

/** The edges at which a dose is withheld or may be resumed; those between milder grades decide nothing. */
const edgesOfCount = (edges: CountEdges | string): readonly Edge[] =>
  typeof edges === "string"
    ? []
    : [
        { at: edges.grade3Below, says: "grade 3 begins below" },
        ...(edges.grade4Below === null ? [] : [{ at: edges.grade4Below, says: "grade 4 begins below" }]),
        { at: edges.recoverAt, says: "recovery is at" },
      ];

const edgesOfLiver = (edges: RisingEdges | string): readonly Edge[] =>
  typeof edges === "string"
    ? []
    : [
        { at: edges.above[1], says: "grade 3 begins above" },
        { at: edges.above[2], says: "grade 4 begins above" },
      ];

const nearOf = ({ label, unit, measured, edges }: Compared): readonly Near[] =>
  measured === null
    ? []
    : edges.flatMap(({ at, says }) => {
        if (at.isZero()) return [];
        const distance = measured.value.minus(at).abs().div(at);
        if (distance.gt(NEAR)) return [];
        const qualifier = measured.qualifier === null ? "" : `${measured.qualifier} `;
        const text = `${label} ${withUnit(`${qualifier}${measured.value.toFixed()}`, unit)}`;
        const edge = withUnit(at.toSignificantDigits(4).toFixed(), unit);
        return [{ says: `${text}: ${says} ${edge}`, closeness: 1 - distance.toNumber() }];
      });

const comparedOf = (entry: ObservedEntry, edges: Edges, bilirubinUnit: string): readonly Compared[] => {
  const named = (field: Analyte): Pick<Compared, "label" | "unit"> => ({
    label: analyteRow(field).label,
    unit: field === "bilirubin" ? bilirubinUnit : canonicalUnit(field),
  });
  switch (entry.kind) {
    case "weight": {
      const [, , grade3] = typeof edges.weight === "string" ? [] : edges.weight;
      const weightEdges = grade3 === undefined ? [] : [{ at: grade3, says: "grade 3 weight loss begins at" }];
      return [{ ...named("grams"), measured: entry.grams, edges: weightEdges }];
    }
    case "cbc":
      return (["neutrophils", "platelets"] as const).map((field) => ({
        ...named(field),
        measured: entry[field],
        edges: edgesOfCount(edges[field]),
      }));
    case "lft":
      return (["alt", "ast", "bilirubin"] as const).map((field) => ({
        ...named(field),
        measured: entry[field],
        edges: edgesOfLiver(edges[field]),
      }));
    case "observation":
    case "dose":
    case "order":
    case "disposition":
      return [];
  }
};

/** Compares the entries of an animal with the edges of each protocol version, which are worked out once. */
const edgesOfAnimal = (baseline: Baseline | null): ((protocol: Protocol) => Edges) => {
  const known = new Map<Protocol, Edges>();
  return (protocol) => {
    const edges = known.get(protocol) ?? edgesFor(protocol, baseline);
    known.set(protocol, edges);
    return edges;
  };
};

/**
 * Finds the edge that a value of an entry is nearest to, in words; null where none is near. `closeness` is 1 on the edge.
 * The entries are those of the time after the animal's first dose.
 */
export const nearestEdges = (
  protocols: readonly Protocol[],
  { baseline }: AnimalState,
): ((entry: ObservedEntry) => Near | null) => {
  const edgesUnder = edgesOfAnimal(baseline);
  return (entry) => {
    const protocol = protocolInForce(protocols, entry.observedAt.ms);
    const compared = comparedOf(entry, edgesUnder(protocol), protocol.referenceRanges.bilirubin.unit ?? "");
    return compared.flatMap(nearOf).toSorted((one, other) => other.closeness - one.closeness)[0] ?? null;
  };
};
