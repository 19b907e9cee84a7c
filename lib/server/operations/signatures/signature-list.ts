import "server-only";
import type { SignatureList } from "@/lib/contracts/signatures";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { latestCheckpoint } from "@/lib/server/verifying/latest-checkpoint";
import { connection } from "@/lib/server/db/connection";
import { countWaitingReviews } from "@/lib/server/store/review-items";
import { signaturesOf } from "@/lib/server/signing/signing";
import { waitingItems } from "@/lib/server/signing/waiting-items";

/** What waits in a study, and every signature in it, as they stand now. */
export const signatureListOf = async (study: AuthorizedStudy): Promise<SignatureList> => {
  const [waiting, signatures, checkpoint, reviewsWaiting] = await Promise.all([
    waitingItems(connection, study),
    signaturesOf(connection, study.id),
    latestCheckpoint(study.id),
    countWaitingReviews(connection, study.id),
  ]);
  return {
    waiting: waiting.map(({ item }) => item),
    reviewsWaiting,
    signatures: [...signatures],
    checkpoint,
  };
};
