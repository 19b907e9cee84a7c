import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Role } from "@/lib/domain/access/permissions";
import { readBundle } from "@/lib/domain/record/read-bundle";
import type { AnimalHistory } from "@/lib/domain/rules/history";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { answered, type Api } from "./api";

const bundleDocument = z.looseObject({
  animals: z.array(z.looseObject({ id: z.string() })),
  entries: z.array(z.looseObject({ animal: z.string(), recordedAt: z.string() })),
});
type BundleDocument = z.output<typeof bundleDocument>;

export type Subject = {
  readonly tag: string;
  readonly group: string;
  readonly history: AnimalHistory;
  /** Of body weight, in g. */
  readonly lastGrams: number;
};
export type StudyCopy = { readonly code: string; readonly subject: Subject };

/** A study that its tests only look at: an animal with much to show, and one on dose. */
export type LookedAt = { readonly code: string; readonly tag: string; readonly onDose: string };

export type StudyCopies = {
  /** Imports a bundle as a study with a code of its own; answers that code. */
  readonly importBundle: (bundle: unknown) => Promise<string>;
  /** The first animal of the demonstration that is as wanted, with some of its dose group in a study of their own. */
  readonly withSubject: (wanted: (subject: Subject) => boolean) => Promise<StudyCopy>;
  /** The same one for every test of a worker: to be read, never written to. */
  readonly toLookAt: () => Promise<LookedAt>;
};

/** Code that no other test has, also when the same database is used again. */
export const newCode = (): string => `E2E-${randomUUID().slice(0, 8)}`;

/** No test writes into the demonstration itself, so that it is the same for all of them. */
const DEMONSTRATION = "POM-001";
const COMPANY = 3;
/** Half of the demonstration's days have everything that there is to see, and are looked through in half the time. */
const LOOKED_AT_ENDS_MS = 25 * 86_400_000;

type Demonstration = { readonly document: BundleDocument; readonly subjects: readonly Subject[] };

const replayed = (document: BundleDocument): Demonstration => {
  const read = readBundle(document);
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  const { protocols, animals, entries } = read.value;
  const subjects = animals.map((animal, index) => {
    const log = entries.filter((entry) => entry.animal === animal.id);
    const lastWeight = log.findLast((entry) => entry.kind === "weight");
    return {
      tag: animal.id,
      group: z.string().parse(document.animals[index]?.["group"]),
      history: replayAnimal(protocols, animal, log).history,
      lastGrams: lastWeight?.kind === "weight" ? Number(lastWeight.grams?.value ?? 0) : 0,
    };
  });
  return { document, subjects };
};

const readDemonstration = async (auditor: Api): Promise<Demonstration> =>
  replayed(await answered(await auditor.get(`/api/v1/studies/${DEMONSTRATION}/bundle`), 200, bundleDocument));

/** What was known by then: a log that ends earlier. */
const asKnownAt = ({ document }: Demonstration, instantMs: number): Demonstration =>
  replayed({ ...document, entries: document.entries.filter(({ recordedAt }) => Date.parse(recordedAt) <= instantMs) });

export const studyCopies = (apiOf: (role: Role) => Promise<Api>): StudyCopies => {
  let demonstration: Promise<Demonstration> | null = null;
  let lookedAt: Promise<LookedAt> | null = null;

  const importBundle = async (bundle: unknown): Promise<string> => {
    const code = newCode();
    const administrator = await apiOf("administrator");
    await answered(await administrator.post(`/api/v1/studies/import?code=${code}`, bundle), 201, z.unknown());
    return code;
  };

  const copy = async (chosen: readonly Subject[], { document }: Demonstration): Promise<string> => {
    const tags = new Set(chosen.map(({ tag }) => tag));
    return importBundle({
      ...document,
      animals: document.animals.filter(({ id }) => tags.has(id)),
      entries: document.entries.filter(({ animal }) => tags.has(animal)),
    });
  };
  const read = (): Promise<Demonstration> => (demonstration ??= apiOf("auditor").then(readDemonstration));
  const find = ({ subjects }: Demonstration, wanted: (subject: Subject) => boolean): Subject => {
    const subject = subjects.find(wanted);
    if (subject === undefined) throw new Error("No animal of the demonstration is as wanted");
    return subject;
  };

  const withSubject = async (wanted: (subject: Subject) => boolean): Promise<StudyCopy> => {
    const from = await read();
    const subject = find(from, wanted);
    const company = from.subjects.filter((other) => other.group === subject.group && other !== subject);
    return { code: await copy([subject, ...company.slice(0, COMPANY)], from), subject };
  };

  const makeLookedAt = async (): Promise<LookedAt> => {
    const from = asKnownAt(await read(), Date.now() - LOOKED_AT_ENDS_MS);
    const worn = from.subjects.toSorted((one, other) => other.history.events.length - one.history.events.length)[0];
    const chosen = [
      worn ?? find(from, () => true),
      find(from, ({ history }) => history.status === "ON_DOSE" && history.dose.gt(0)),
      find(from, ({ history }) => history.status === "WITHHELD"),
      find(from, ({ history }) => history.status === "DISCONTINUED"),
      find(from, ({ group }) => group === "G1"),
    ];
    return { code: await copy(chosen, from), tag: chosen[0]?.tag ?? "", onDose: chosen[1]?.tag ?? "" };
  };
  const toLookAt = (): Promise<LookedAt> => (lookedAt ??= makeLookedAt());

  return { importBundle, withSubject, toLookAt };
};
