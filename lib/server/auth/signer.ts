import "server-only";
import type { Signer } from "@/lib/contracts/confirmation";
import type { Actor } from "@/lib/server/command/actor";
import { hasFactor } from "@/lib/server/store/second-factors";

/** Whoever looks at a page, as the forms there ask them to sign. */
export const signerOf = async ({ userId, name }: Actor): Promise<Signer> => ({
  name,
  secondFactor: await hasFactor(userId),
});
