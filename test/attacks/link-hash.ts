import { createHash } from "node:crypto";
import type { LinkHash } from "@/lib/domain/trail/chain";

/** As the database's trigger has it: `sha256(previous_hash || convert_to(canonical, 'UTF8'))`. */
export const linkHash: LinkHash = (previousHash, canonical) =>
  createHash("sha256").update(previousHash, "hex").update(canonical, "utf8").digest("hex");
