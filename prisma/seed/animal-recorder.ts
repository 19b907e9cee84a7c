import { readEntry } from "../../lib/domain/record/read-entry";
import { continueReplay } from "../../lib/domain/rules/continue";
import { replayAnimal, type Replayed } from "../../lib/domain/rules/replay";
import type { LogEntry } from "../../lib/domain/record/log-entry";
import type { Protocol, StudyAnimal } from "../../lib/domain/study/protocol";

/** An entry as it stands in a `dose-history/1` document. */
export type EntryDocument = Readonly<Record<string, unknown>> & { readonly id: string; readonly recordedAt: string };

/** The state of the rules as known at the last entry recorded. */
export type KnownState = Replayed["state"]["animal"];

/**
 * Writes one animal's log in the order in which the entries became known, and knows at each point what the rules say:
 * who doses the simulated animal looks here, as a technician looks at the screen.
 */
export type AnimalRecorder = {
  readonly record: (document: EntryDocument) => void;
  readonly state: () => KnownState;
  readonly documents: () => readonly EntryDocument[];
};

export const animalRecorder = (protocols: readonly Protocol[], animal: StudyAnimal): AnimalRecorder => {
  const documents: EntryDocument[] = [];
  const log: LogEntry[] = [];
  let { state } = replayAnimal(protocols, animal, []);

  const record = (document: EntryDocument): void => {
    const entry = readEntry(document, document.id, animal.control);
    if (!entry.ok) throw new Error(`The generator made a wrong entry: ${entry.fault.path} ${entry.fault.message}`);
    documents.push(document);
    log.push(entry.value);
    const continued = entry.value.kind === "void" ? null : continueReplay(protocols, animal, state, entry.value);
    state = continued?.state ?? replayAnimal(protocols, animal, log).state;
  };

  return { record, state: () => state.animal, documents: () => documents };
};
