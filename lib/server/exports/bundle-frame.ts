import "server-only";
import { readDoseGroups } from "@/lib/domain/record/read-dose-groups";
import type { StudyBundle } from "@/lib/domain/record/read-bundle";
import type { DoseGroup } from "@/lib/domain/study/dose-group";
import { groupOf } from "@/lib/server/store/animal-document";
import type { BundleAnimal } from "@/lib/server/store/animal-document";
import type { DoseGroupRow } from "@/lib/server/store/dose-groups";
import type { StudyFrame } from "@/lib/server/store/study-frame";

type Document = Readonly<Record<string, unknown>>;

/** A `dose-history/1` document that `readBundle` found valid. */
export type BundleDocument = Document & {
  readonly study: Document;
  readonly protocols: readonly Document[];
  readonly animals: readonly Document[];
  readonly entries: readonly Document[];
};

const textOr = (document: Document, key: string, otherwise: string): string => {
  const value = Object.hasOwn(document, key) ? document[key] : undefined;
  return typeof value === "string" ? value : otherwise;
};

const FRAME_KEYS: ReadonlySet<string> = new Set(["study", "protocols", "animals", "entries"]);

const animalsOf = (document: BundleDocument, bundle: StudyBundle): readonly BundleAnimal[] =>
  bundle.animals.map((animal, index) => ({
    document: document.animals[index] ?? {},
    startingDose: animal.startingDose.toFixed(),
    control: animal.control,
    doseLevels: animal.doseLevels?.map((level) => level.toFixed()) ?? null,
  }));

const LONGEST_CODE = 64;

/** The groups that the latest protocol version names, as this application exports them. */
const namedGroups = ({ protocols }: BundleDocument): readonly DoseGroup[] => {
  const latest = protocols[protocols.length - 1];
  const read = latest === undefined ? null : readDoseGroups(latest, "");
  return read?.ok === true ? read.value.filter(({ code }) => code.length > 0 && code.length <= LONGEST_CODE) : [];
};

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** A group known only by its animals has what they share: a starting dose and ladder, where they are the same. */
const groupOfAnimals = (code: string, animals: readonly BundleAnimal[]): DoseGroupRow => {
  const [first] = animals;
  const startsAlike = animals.every(({ startingDose }) => startingDose === first?.startingDose);
  const stepsAlike = animals.every(({ doseLevels }) => same(doseLevels, first?.doseLevels));
  const control = animals.every((animal) => animal.control);
  return {
    code,
    label: code,
    control,
    doseLevels: stepsAlike ? (first?.doseLevels ?? []) : [],
    startingDose: startsAlike ? (first?.startingDose ?? null) : null,
  };
};

const groupsOf = (document: BundleDocument, animals: readonly BundleAnimal[]): readonly DoseGroupRow[] => {
  const rows = new Map<string, DoseGroupRow>(
    namedGroups(document).map(({ code, label, control, doseLevels, startingDose }) => [
      code,
      {
        code,
        label,
        control,
        doseLevels: doseLevels.map((level) => level.toFixed()),
        startingDose: startingDose.toFixed(),
      },
    ]),
  );
  for (const code of new Set(animals.map(groupOf))) {
    if (code === null || rows.has(code)) continue;
    rows.set(
      code,
      groupOfAnimals(
        code,
        animals.filter((animal) => groupOf(animal) === code),
      ),
    );
  }
  return [...rows.values()];
};

/** What of a bundle is not an entry, ready to be stored under a code. */
export const frameOfBundle = (
  document: BundleDocument,
  bundle: StudyBundle,
  { code, createdBy }: { readonly code: string; readonly createdBy: string | null },
): StudyFrame => {
  const animals = animalsOf(document, bundle);
  const outside = Object.entries(document).filter(([key]) => !FRAME_KEYS.has(key));
  return {
    study: {
      code,
      title: textOr(document.study, "title", ""),
      species: bundle.study.species,
      strain: textOr(document.study, "strain", ""),
      timeZone: bundle.study.timeZone,
      extra: { bundle: Object.fromEntries(outside), study: document.study },
      createdById: createdBy,
      status: "active",
      imported: true,
    },
    protocols: bundle.protocols.map(({ version, effectiveFrom }, index) => ({
      version,
      settings: document.protocols[index],
      effectiveFromMs: effectiveFrom?.ms ?? null,
      effectiveFromText: effectiveFrom?.text ?? null,
    })),
    groups: groupsOf(document, animals),
    animals,
  };
};
