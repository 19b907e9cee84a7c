import * as z from "zod";
import { signatureInput } from "./signatures";
import { paragraph } from "./text";

/** A step in a study's life: why, and the signature of whoever takes it. */
export const lifeStep = z
  .strictObject({
    reason: paragraph(1000).meta({ description: "Why, in words; it is signed and kept" }),
    signature: signatureInput,
  })
  .meta({ id: "StudyLifeStep" });
export type LifeStep = z.output<typeof lifeStep>;
