import "server-only";
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { serverEnvironment } from "@/lib/server/config/environment";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A secret as it lies in the database, and which key it was sealed with. */
export type Sealed = { readonly sealed: Buffer; readonly keyId: string };

/** A key of its own for this one use, made of the server's secret. */
const factorKey = (): { readonly key: Buffer; readonly keyId: string } => {
  const secret = serverEnvironment().nextAuthSecret;
  const key = Buffer.from(hkdfSync("sha256", secret, "", "doseline second factor, sealing key", 32));
  const keyId = createHash("sha256").update("doseline second factor, key id").update(key).digest("hex").slice(0, 16);
  return { key, keyId };
};

/** Seals a secret for one account: in the row of another it does not open. */
export const sealSecret = (userId: string, secret: Buffer): Sealed => {
  const { key, keyId } = factorKey();
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), sealed]), keyId };
};

/** The secret again; null where the server's secret is another one now, or the row is not what was stored. */
export const openSecret = (userId: string, { sealed, keyId }: Sealed): Buffer | null => {
  const known = factorKey();
  if (known.keyId !== keyId) return null;
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  try {
    const cipher = createDecipheriv(CIPHER, known.key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(userId))
      .setAuthTag(sealed.subarray(NONCE_BYTES, tagEnd));
    return Buffer.concat([cipher.update(sealed.subarray(tagEnd)), cipher.final()]);
  } catch {
    return null;
  }
};
