import * as z from "zod";
import { calendarDate, codeText, lineOfText, optionalLine } from "./text";

const SEXES = ["F", "M", "U"] as const;

/** One animal as a form, a pasted row and the API give it. Group gives ladder, starting dose and control. */
export const newAnimal = z
  .strictObject({
    id: codeText(64)
      .refine((tag) => tag !== "new", "is a word of the addresses, and cannot be a tag")
      .meta({ description: "The tag", example: "M013" }),
    sex: z.enum(SEXES).meta({ description: "F female, M male, U unknown" }),
    group: lineOfText(60).meta({ description: "The code of its dose group", example: "G2" }),
    room: optionalLine(60),
    cage: optionalLine(60),
    birthDate: calendarDate.nullish().transform((date) => date ?? null),
    strain: optionalLine(120),
    genotype: optionalLine(120),
  })
  .meta({ id: "NewAnimal" });
export type NewAnimal = z.output<typeof newAnimal>;

/** So many rows a paste or a request may have. */
const MOST_ANIMALS = 2000;

export const newAnimals = z.union([newAnimal, z.array(newAnimal).min(1).max(MOST_ANIMALS)]).meta({ id: "NewAnimals" });
export type NewAnimals = z.output<typeof newAnimals>;

export const animal = z
  .object({
    id: z.string(),
    sex: z.enum(SEXES).nullable(),
    group: z.string().nullable(),
    room: z.string().nullable(),
    cage: z.string().nullable(),
    birthDate: z.string().nullable(),
    strain: z.string().nullable(),
    genotype: z.string().nullable(),
    control: z.boolean(),
    startingDose: z.number().meta({ description: "In the protocol's dose unit; 0 for a control animal" }),
    doseLevels: z.array(z.number()).nullable().meta({ description: "Its dose group's ladder, from high to low" }),
  })
  .meta({ id: "Animal" });
export type Animal = z.output<typeof animal>;

export const animalList = z.object({ animals: z.array(animal) }).meta({ id: "AnimalList" });
