import type { ChangeableField } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";
import { sexWord } from "@/lib/domain/language/animal-words";

export const OWN_FIELD_WORDS: Readonly<Record<ChangeableField, string>> = {
  tag: "Tag",
  sex: "Sex",
  group: "Dose group",
  room: "Room",
  cage: "Cage",
  birthDate: "Born",
  strain: "Strain",
  genotype: "Genotype",
};
export const OWN_FIELDS = Object.keys(OWN_FIELD_WORDS) as readonly ChangeableField[];

/** A value of an animal's own record as people read it. */
export const ownValueText = (field: ChangeableField, value: string | null): string =>
  (field === "sex" ? (sexWord(value) ?? (value === null ? null : "unknown")) : value) ?? "not recorded";

export const ownValue = (animal: Animal, field: ChangeableField): string | null =>
  field === "tag" ? animal.id : animal[field];
