import "server-only";
import { CHANGEABLE } from "@/lib/contracts/animal-changes";
import type { AnimalChangeInput, ChangeableField, MadeChange } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { addChange, changeById, changeableOf, tagNow } from "@/lib/server/store/animal-changes";
import type { FieldValues, KnownChange } from "@/lib/server/store/animal-changes";
import { onAnimal } from "@/lib/server/store/audit-events";
import { lockAnimals } from "@/lib/server/store/lock-animals";
import type { LockedAnimal } from "@/lib/server/store/lock-animals";
import { retrying } from "@/lib/server/db/retrying";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import type { Done } from "@/lib/server/command/command";
import { contentHash } from "@/lib/server/command/content-hash";
import { animalsOf } from "@/lib/server/store/listed-animals";
import { lockStudy } from "@/lib/server/store/locks";
import { animalContents } from "@/lib/server/store/animals";
import { forgetState } from "@/lib/server/store/animal-states";
import { changeFaults } from "./change-faults";

type Changed = { readonly created: boolean; readonly animal: Animal; readonly change: MadeChange };

/** Where an animal stands is its keepers' to say; what it is, the study director's. */
const MOVES: ReadonlySet<ChangeableField> = new Set(["room", "cage"]);

const fieldsOf = (change: AnimalChangeInput): readonly ChangeableField[] =>
  CHANGEABLE.filter((field) => change[field] !== undefined);

const only = (values: FieldValues, fields: readonly ChangeableField[]): FieldValues =>
  Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));

/** What an animal is judged by is read anew with its next entry. */
const FORGETS_STATE: ReadonlySet<ChangeableField> = new Set(["tag", "group"]);

const write = async (
  transaction: Transaction,
  { actor, study, body }: Asked,
  { animalId }: LockedAnimal,
  { fields, before, after }: Difference,
): Promise<void> => {
  const { id, reason } = body;
  const change = { id, reason, before, after, hash: contentHash(body), changedById: actor.userId };
  await addChange(transaction, { ...change, studyId: study.id, animalId });
  if (fields.some((field) => FORGETS_STATE.has(field))) await forgetState(transaction, study.id, animalId);
};

type Asked = {
  readonly actor: Actor;
  readonly study: AuthorizedStudy;
  readonly tag: string;
  readonly body: AnimalChangeInput;
};
type Difference = {
  readonly fields: readonly ChangeableField[];
  readonly before: FieldValues;
  readonly after: FieldValues;
};

const answer = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  tag: string,
  { made }: KnownChange,
  created: boolean,
): Promise<Changed> => {
  const [animal] = await animalsOf(transaction, study, [tag]);
  if (animal === undefined) throw new Error("an animal that was changed is not there");
  return { created, animal, change: made };
};

const knownAnswer = async (
  transaction: Transaction,
  { study, body }: Asked,
  known: KnownChange,
): Promise<Result<Done<Changed>, Refusal>> =>
  known.hash === contentHash(body)
    ? ok({ value: await answer(transaction, study, known.tag, known, false), audit: "unchanged" })
    : refused(
        fieldRefusal("CHANGE_CONFLICT", "id", `is ${body.id}, under which another change was made: make a new id`),
      );

const attempt = async (transaction: Transaction, asked: Asked): Promise<Result<Done<Changed>, Refusal>> => {
  const { study, tag, body } = asked;
  const lock = async (wanted: string): Promise<LockedAnimal | undefined> =>
    (await lockAnimals(transaction, study.id, [wanted]))[0];
  const present = await tagNow(transaction, study.id, tag);
  const animal = (await lock(tag)) ?? (present === null ? undefined : await lock(present));
  if (animal === undefined) return refused(refusal("NOT_FOUND", `Study ${study.code} has no animal ${tag}.`));
  const known = await changeById(transaction, study.id, body.id);
  if (known !== null) return knownAnswer(transaction, asked, known);
  // Nobody registers an animal, or gives a tag, while this one is given.
  await lockStudy(transaction, study.id);
  const stored = await changeableOf(transaction, study.id, animal.animalId);
  const wanted: FieldValues = Object.fromEntries(fieldsOf(body).map((field) => [field, body[field] ?? null]));
  const fields = fieldsOf(body).filter((field) => stored[field] !== wanted[field]);
  if (fields.length === 0) {
    return refused(refusal("NOTHING_TO_CHANGE", `${animal.tag} has these values already. Nothing was changed.`));
  }
  const fault = await changeFaults(transaction, study, animal, body, fields);
  if (fault !== null) return refused(fault);
  const difference = { fields, before: only(stored, fields), after: only(wanted, fields) };
  const contentNow = async () => (await animalContents(transaction, study.id, [animal.animalId])).get(animal.animalId);
  const oldValue = await contentNow();
  await write(transaction, asked, animal, difference);
  const newValue = await contentNow();
  const made = await changeById(transaction, study.id, body.id);
  if (made === null) throw new Error("a change that was made is not there");
  const place = onAnimal(study, animal.animalId);
  const event = {
    ...place,
    kind: "ANIMAL_CHANGED",
    subject: made.tag,
    oldValue,
    newValue,
    reason: body.reason,
  } as const;
  return ok({ value: await answer(transaction, study, made.tag, made, true), audit: [event] });
};

/**
 * Changes an animal's own record with a reason; the old values stay in its trail. What was recorded of it, and what was
 * decided, stays. Sent again with the same id and content it is one change.
 */
export const changeAnimal = async (
  actor: Actor,
  code: string,
  tag: string,
  body: AnimalChangeInput,
): Promise<Result<Changed, Refusal>> => {
  const isMove = fieldsOf(body).every((field) => MOVES.has(field));
  const gate = await authorizeStudy(actor, code, isMove ? "animal.move" : "animal.change");
  if (!gate.ok) return gate;
  if (tag.includes("\u0000")) return refused(refusal("NOT_FOUND", `Study ${gate.value.code} has no such animal.`));
  const asked = { actor, study: gate.value, tag, body };
  const by = auditedBy(actor, gate.value.roles);
  return retrying(() => command(by, (transaction) => attempt(transaction, asked)));
};
