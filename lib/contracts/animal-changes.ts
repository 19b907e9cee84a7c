import * as z from "zod";
import { animal, newAnimal } from "./animals";
import { studyParams } from "./studies";
import { calendarDate, lineOfText, paragraph } from "./text";

export const animalParams = studyParams.extend({ tag: z.string().min(1).max(200) });

/** What of an animal's own record can be changed, in the order in which it is shown. */
export const CHANGEABLE = ["tag", "sex", "group", "room", "cage", "birthDate", "strain", "genotype"] as const;
export type ChangeableField = (typeof CHANGEABLE)[number];

const orCleared = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullable().optional().meta({ description: "Null clears it" });

/** A change of an animal's own record: what is left out stays as it is. */
export const animalChange = z
  .strictObject({
    id: z
      .guid("must be a UUID made by the client")
      .meta({ description: "Made by the client: sent twice, it is changed once" }),
    reason: paragraph(1000).meta({ description: "Why; it stays in the trail beside the old values" }),
    tag: newAnimal.shape.id.optional().meta({ description: "In place of a mistyped one", example: "M013" }),
    sex: newAnimal.shape.sex.optional(),
    group: newAnimal.shape.group.optional().meta({ description: "Before the first dose only" }),
    room: orCleared(lineOfText(60)),
    cage: orCleared(lineOfText(60)),
    birthDate: orCleared(calendarDate),
    strain: orCleared(lineOfText(120)),
    genotype: orCleared(lineOfText(120)),
  })
  .superRefine((change, context) => {
    if (CHANGEABLE.some((field) => change[field] !== undefined)) return;
    context.addIssue({
      code: "custom",
      path: [],
      message: `changes nothing: give at least one of ${CHANGEABLE.join(", ")}`,
    });
  })
  .meta({ id: "NewAnimalChange" });
export type AnimalChangeInput = z.output<typeof animalChange>;

/** A change as it was made, with the values it took the place of. */
export const madeChange = z
  .object({
    id: z.string(),
    changedAt: z.iso.datetime(),
    changedBy: z.string().meta({ description: "The name of who changed it" }),
    reason: z.string(),
    fields: z.array(
      z.object({ field: z.enum(CHANGEABLE), before: z.string().nullable(), after: z.string().nullable() }),
    ),
  })
  .meta({ id: "AnimalChange" });
export type MadeChange = Readonly<z.output<typeof madeChange>>;

export const changedAnimal = z.object({ animal, change: madeChange }).meta({ id: "ChangedAnimal" });
export const changeList = z.object({ changes: z.array(madeChange) }).meta({ id: "AnimalChangeList" });
