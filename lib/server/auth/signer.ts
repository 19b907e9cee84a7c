import "server-only";
import type { Signer } from "@/lib/contracts/confirmation";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";

export const hasSecondFactor = async (userId: string): Promise<boolean> => {
  const found = await connection.query({
    text: `SELECT user_id FROM second_factors WHERE user_id = $1::uuid AND set_at IS NOT NULL`,
    values: [userId],
  });
  return found.length === 1;
};

/** Whoever looks at a page, as the forms there ask them to sign. */
export const signerOf = async ({ userId, name }: Actor): Promise<Signer> => ({
  name,
  secondFactor: await hasSecondFactor(userId),
});
