import * as z from "zod";
import { decisionImpact } from "./entries/answer";
import { shownSignature, signatureInput } from "./signatures";
import { paragraph } from "./text";

/** A change of what had been decided, for the study director to look at again. */
export const reviewItem = z
  .object({
    id: z.string(),
    animal: z.string(),
    recordedAt: z.iso.datetime().meta({ description: "When the change became known" }),
    recordedBy: z.string().nullable().meta({ description: "Who corrected, voided or recorded" }),
    record: z.string().meta({ description: "The original of the record that the entry is a version or a void of" }),
    kind: z.string().meta({ description: "The kind of the entry that was corrected, voided or late" }),
    observedAt: z.iso.datetime().meta({ description: "When that entry was observed" }),
    reasonCode: z.string().nullable(),
    reason: z.string().nullable(),
    firstDoseAt: z.iso.datetime().nullable().meta({ description: "Day 1 of the animal, as it is known now" }),
    impact: decisionImpact,
    decision: z.string().nullable().meta({ description: "What the study director decided; null while it waits" }),
    signature: shownSignature.nullable(),
  })
  .meta({ id: "ReviewItem" });
export type ReviewItem = Readonly<z.output<typeof reviewItem>>;

export const reviewList = z
  .object({
    doseUnit: z.string().nullable(),
    items: z.array(reviewItem),
  })
  .meta({ id: "ReviewList" });

/** Read together, so many can be signed with one password. */
const MOST_AT_ONCE = 200;

const oneDecision = z.strictObject({
  id: z.guid("must be a UUID made by the client").meta({ description: "Of this item's signature, made by the client" }),
  review: z.guid("must be the id of an item to review"),
  decision: paragraph(1000).meta({ description: "What you decide, in words; it is signed" }),
});

export const reviewDecisions = z
  .strictObject({
    items: z.array(oneDecision).min(1).max(MOST_AT_ONCE),
    signature: signatureInput.omit({ id: true }),
  })
  .meta({ id: "ReviewDecisions" });
export type ReviewDecisions = z.output<typeof reviewDecisions>;
