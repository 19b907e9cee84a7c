import * as z from "zod";
import { STUDY_ROLES } from "../domain/access/permissions";
import { codeText, lineOfText, optionalLine, timeZoneName } from "./text";

/** Words that stand where a code does in an address. */
const TAKEN_CODES: ReadonlySet<string> = new Set(["new", "import"]);

export const studyCode = codeText(64)
  .refine((code) => !TAKEN_CODES.has(code), "is a word of the addresses, and cannot be a study's code")
  .meta({ description: "The study's code, its key", example: "POM-001" });

/** What an address of a study carries. */
export const studyParams = z.object({ code: z.string().min(1).max(200) });

export const newStudy = z
  .strictObject({
    code: studyCode,
    title: lineOfText(200),
    species: lineOfText(60).meta({ example: "mouse" }),
    strain: optionalLine(120),
    timeZone: timeZoneName.meta({ description: "Study days are dates in this time zone", example: "Europe/London" }),
  })
  .meta({ id: "NewStudy" });
export type NewStudy = z.output<typeof newStudy>;

export const study = newStudy
  .extend({
    strain: z.string().nullable(),
    status: z.enum(["DRAFT", "ACTIVE", "LOCKED", "ARCHIVED"]).meta({
      description: "ACTIVE once a protocol version has been signed; LOCKED: nothing is entered until it is unlocked",
    }),
    imported: z.boolean().meta({ description: "Made by the import of a whole bundle" }),
    createdAt: z.iso.datetime(),
    roles: z
      .array(z.enum([...STUDY_ROLES, "administrator"]))
      .meta({ description: "What the asking person is in this study" }),
    animals: z.int().nonnegative().meta({ description: "How many animals are registered" }),
  })
  .meta({ id: "Study" });
export type Study = z.output<typeof study>;

export const studyList = z.object({ studies: z.array(study) }).meta({ id: "StudyList" });
