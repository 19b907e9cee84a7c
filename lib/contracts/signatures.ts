import * as z from "zod";
import { ALL_MEANINGS, SUBJECT_KINDS } from "../domain/signatures/signing";

/** What a person adds to something to sign it. The password is asked for each time, and its failures count. */
export const signatureInput = z
  .strictObject({
    id: z
      .guid("must be a UUID made by the client")
      .nullish()
      .meta({ description: "Made by the client: sent twice, it is signed once" }),
    password: z.string().min(1, "Type your password").max(1024),
    meaning: z.enum(ALL_MEANINGS, { error: "Choose what your signature means" }),
  })
  .meta({ id: "SignatureInput", description: "Your password again, and what the signature stands for" });
export type SignatureInput = z.output<typeof signatureInput>;

/** A signature as it is shown, with whether what was signed still stands. */
export const shownSignature = z
  .object({
    id: z.string(),
    subjectKind: z.enum(SUBJECT_KINDS),
    subject: z.string().meta({ description: "An entry's id, a version's number, a study's code" }),
    meaning: z.enum(ALL_MEANINGS),
    signerName: z.string(),
    signerEmail: z.string(),
    signedAt: z.iso.datetime(),
    contentHash: z.string().meta({ description: "SHA-256 of what was signed, hexadecimal" }),
    list: z.string().nullable().meta({ description: "Shared by what was read as one list and signed at once" }),
    intact: z.boolean().meta({ description: "Whether what stands now is what was signed" }),
    changedBy: z
      .object({
        entry: z.string(),
        how: z.enum(["corrected", "voided", "recorded"]),
        at: z.iso.datetime(),
        by: z.string().nullable(),
      })
      .nullable()
      .meta({ description: "The entry that broke it; null while intact, or where the content was altered otherwise" }),
  })
  .meta({ id: "Signature" });
export type ShownSignature = z.output<typeof shownSignature>;
