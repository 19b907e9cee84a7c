import * as z from "zod";
import { ALL_MEANINGS, SUBJECT_KINDS } from "../domain/signatures/signing";
import { confirmation } from "./confirmation";

/** What a person adds to something to sign it. Password and code are asked for each time, and their failures count. */
export const signatureInput = z
  .strictObject({
    id: z
      .guid("must be a UUID made by the client")
      .nullish()
      .meta({ description: "Made by the client: sent twice, it is signed once" }),
    ...confirmation,
    meaning: z.enum(ALL_MEANINGS, { error: "Choose what your signature means" }),
  })
  .meta({
    id: "SignatureInput",
    description: "Your password again, a code where you have a second factor, and what the signature stands for",
  });
export type SignatureInput = z.output<typeof signatureInput>;

/** A signature as it is shown, with whether what was signed still stands. */
export const shownSignature = z
  .object({
    id: z.string(),
    subjectKind: z.enum(SUBJECT_KINDS),
    subject: z.string().meta({ description: "An entry's id, a version's number, a study's code" }),
    animal: z.string().nullable(),
    says: z.string().meta({ description: "What was signed, in words" }),
    reason: z.string().nullable().meta({ description: "Why, as it was written when it was ordered or signed" }),
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

const waitingKind = z.enum(["order", "override", "deviation"]);

/** Something recorded here that waits for the director's signature. */
export const waitingItem = z
  .object({
    subjectKind: waitingKind,
    subject: z.string().meta({ description: "The entry's id" }),
    animal: z.string(),
    says: z.string(),
    reason: z.string().nullable(),
    decision: z.string().nullable().meta({ description: "What followed from it, as a sentence" }),
    observedAt: z.string(),
    recordedAt: z.iso.datetime(),
    recordedBy: z.string(),
    contentHash: z.string().meta({ description: "SHA-256 of what is read here; sent back, it says what is signed" }),
  })
  .meta({ id: "WaitingForSignature" });
export type WaitingItem = z.output<typeof waitingItem>;

export const signatureList = z
  .object({
    waiting: z.array(waitingItem),
    reviewsWaiting: z.int().nonnegative().meta({ description: "Changed decisions that wait for review, signed there" }),
    signatures: z.array(shownSignature),
    checkpoint: z.string().meta({ description: "The latest checkpoint of the audit trail, in words" }),
  })
  .meta({ id: "SignatureList" });
export type SignatureList = z.output<typeof signatureList>;

/** Read as one list, signed at once. */
const MOST_ITEMS = 200;

export const listToSign = z
  .strictObject({
    id: z.guid("must be a UUID made by the client").meta({ description: "Of the list: sent twice, it is signed once" }),
    ...confirmation,
    items: z
      .array(
        z.strictObject({
          subjectKind: waitingKind,
          subject: z.string().min(1).max(200),
          meaning: z.enum(ALL_MEANINGS),
          contentHash: z
            .string()
            .regex(/^[0-9a-f]{64}$/u, "must be the contentHash of the item as it was read, 64 hexadecimal digits"),
        }),
      )
      .min(1, "must have at least one item")
      .max(MOST_ITEMS),
  })
  .meta({ id: "ListToSign" });
export type ListToSign = z.output<typeof listToSign>;
