import { readBundle } from "../record/read-bundle";
import { eventKey, keptEventKey } from "../rules/event-key";
import { replayAnimal } from "../rules/replay";
import type { LogEntry } from "../record/log-entry";
import type { AuditFault } from "../trail/audit-fault";
import type { Proof } from "./proof";

type DecisionFault = Pick<AuditFault, "sequence" | "kind" | "what"> & { readonly animal: string };

/**
 * The decisions of a proof against the replay of the bundle that carries it. A bundle that cannot be replayed is no study
 * that was exported: what was done to it shows in its chains and its seal.
 */
export const decisionFaults = (document: unknown, proof: Proof): readonly DecisionFault[] => {
  const read = readBundle(document);
  if (!read.ok) return [];
  const { protocols, animals, entries } = read.value;
  const logs = new Map<string, LogEntry[]>(animals.map(({ id }) => [id, []]));
  for (const entry of entries) logs.get(entry.animal)?.push(entry);
  const sequences = new Map(proof.events.map(({ entryId, sequence }) => [entryId, sequence]));
  const differs = (animal: string, entry: string | null, what: string): DecisionFault => ({
    animal,
    sequence: entry === null ? null : (sequences.get(entry) ?? null),
    kind: "decision differs",
    what,
  });
  const unknown = [...proof.decisions.keys()]
    .filter((tag) => !logs.has(tag))
    .map((tag) => differs(tag, null, "its decisions are there, and it is not in the study"));
  const ofAnimals = animals.flatMap((animal) => {
    const { events } = replayAnimal(protocols, animal, logs.get(animal.id) ?? []).history;
    const kept = proof.decisions.get(animal.id);
    if (kept === undefined) return [differs(animal.id, null, "its decisions are not there")];
    const replayed = new Set(events.map(eventKey));
    const keys = new Set(kept.map(keptEventKey));
    const twice = kept.length === keys.size ? [] : [differs(animal.id, null, "a decision is there twice")];
    return [
      ...twice,
      ...kept
        .filter((decision) => !replayed.has(keptEventKey(decision)))
        .map(({ action, entry }) =>
          differs(animal.id, entry, `${action} at entry ${entry} does not follow from the log`),
        ),
      ...events
        .filter((event) => !keys.has(eventKey(event)))
        .map(({ action, entry }) =>
          differs(animal.id, entry, `${action} at entry ${entry} follows from the log and is not there`),
        ),
    ];
  });
  return [...unknown, ...ofAnimals];
};
