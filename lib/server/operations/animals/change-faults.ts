import "server-only";
import type { AnimalChangeInput, ChangeableField } from "@/lib/contracts/animal-changes";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { localDate } from "@/lib/domain/time/local-time";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { LockedAnimal } from "@/lib/server/store/lock-animals";
import { firstObservedAt, firstOrderedDose } from "@/lib/server/store/animals";
import { doseGroups } from "@/lib/server/store/dose-groups";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";

type Checked = {
  readonly transaction: Transaction;
  readonly study: AuthorizedStudy;
  readonly animal: LockedAnimal;
};

const tagFault = async ({ transaction, study }: Checked, tag: string): Promise<Refusal | null> => {
  const [other] = await studyAnimalRows(transaction, study.id, [tag]);
  if (other === undefined) return null;
  return fieldRefusal("ANIMAL_EXISTS", "tag", `is ${tag}, which another animal of study ${study.code} has.`);
};

/** An order that names a dose was given to an animal on drug, or to a control: as what it is read for ever. */
const orderFault = async (
  { transaction, study, animal }: Checked,
  { code, control }: { readonly code: string; readonly control: boolean },
): Promise<Refusal | null> => {
  if (control === animal.control) return null;
  const ordered = await firstOrderedDose(transaction, study.id, animal.animalId);
  if (ordered === null) return null;
  const what = control ? "a group of controls, which are given no drug" : "a group on drug";
  return fieldRefusal(
    "ANIMAL_DOSED",
    "group",
    `stays ${animal.group ?? "as it is"}: an order names a dose of ${ordered} for ${animal.tag}, and ${code} is ${what}.`,
  );
};

const groupFault = async ({ transaction, study, animal }: Checked, group: string): Promise<Refusal | null> => {
  if (animal.dosingFixed) {
    return fieldRefusal("ANIMAL_DOSED", "group", `stays ${animal.group ?? "as it is"}: ${animal.tag} has been dosed.`);
  }
  const rows = await doseGroups(study.id, transaction);
  const wanted = rows.find(({ code }) => code === group);
  if (wanted !== undefined) return orderFault({ transaction, study, animal }, wanted);
  const known = rows.length === 0 ? "the protocol has none yet" : `it has ${rows.map(({ code }) => code).join(", ")}`;
  return fieldRefusal("UNKNOWN_GROUP", "group", `names ${group}, which is no group of the study: ${known}.`);
};

const birthFault = async (
  { transaction, study, animal }: Checked,
  birthDate: string | null,
): Promise<Refusal | null> => {
  if (birthDate === null) return null;
  const today = localDate(animal.clockMs, study.timeZone);
  if (birthDate > today) {
    return fieldRefusal("OUT_OF_RANGE", "birthDate", `is ${birthDate}, which is after today, ${today}.`);
  }
  const firstMs = (await firstObservedAt(transaction, study.id, animal.animalId))?.getTime() ?? null;
  const firstDate = firstMs === null ? null : localDate(firstMs, study.timeZone);
  if (firstDate === null || birthDate <= firstDate) return null;
  const message = `is ${birthDate}, and ${animal.tag} was observed on ${firstDate} already.`;
  return fieldRefusal("BEFORE_BIRTH", "birthDate", message);
};

/** What speaks against a change, at the field it is about; null for nothing. `fields` are those that differ. */
export const changeFaults = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  animal: LockedAnimal,
  { tag, group, birthDate }: AnimalChangeInput,
  fields: readonly ChangeableField[],
): Promise<Refusal | null> => {
  const checked = { transaction, study, animal };
  if (fields.includes("tag") && tag !== undefined) {
    const fault = await tagFault(checked, tag);
    if (fault !== null) return fault;
  }
  if (fields.includes("group") && group !== undefined) {
    const fault = await groupFault(checked, group);
    if (fault !== null) return fault;
  }
  return fields.includes("birthDate") ? birthFault(checked, birthDate ?? null) : null;
};
