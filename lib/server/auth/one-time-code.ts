import "server-only";
import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { create } from "qrcode";

/** What every authenticator app knows: RFC 6238 with SHA-1, six digits, a step of thirty seconds. */
const DIGITS = 6;
const STEP_SECONDS = 30;

/** The number of an instant's step. */
export const stepAt = (instant: Date): number => Math.floor(instant.getTime() / 1000 / STEP_SECONDS);
const ISSUER = "Doseline";
/** As long as the hash, as RFC 4226 advises. */
const SECRET_BYTES = 20;
/** A secret that was shown waits so long for its first code. */
export const SET_UP_MINUTES = 15;
/** A clock may be one step off, to either side. */
const DRIFT_STEPS = 1;

export const newSecret = (): Buffer => randomBytes(SECRET_BYTES);

const totpOf = (secret: Buffer, label: string): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label,
    algorithm: "SHA1",
    digits: DIGITS,
    period: STEP_SECONDS,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  });

/** Six digits, as they are typed: some apps show them in groups. */
export const readOneTimeCode = (typed: string): string | null => {
  const digits = typed.replaceAll(/[\s-]/gu, "");
  return /^\d{6}$/u.test(digits) ? digits : null;
};

/** The step that a code belongs to, of those that count at `nowStep`; null where it is none of theirs. */
export const stepOfCode = (secret: Buffer, code: string, nowStep: number): number | null => {
  const timestamp = nowStep * STEP_SECONDS * 1000;
  const delta = totpOf(secret, "").validate({ token: code, timestamp, window: DRIFT_STEPS });
  return delta === null ? null : nowStep + delta;
};

/** The dark modules of a QR code as the path of an SVG, each a unit square. */
const pathOf = (text: string): { readonly size: number; readonly path: string } => {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const { size } = modules;
  const places = Array.from({ length: size * size }, (_, place) => [Math.floor(place / size), place % size] as const);
  const path = places.flatMap(([row, column]) =>
    modules.get(row, column) === 0 ? [] : [`M${String(column)} ${String(row)}h1v1h-1z`],
  );
  return { size, path: path.join("") };
};

/** What an app needs of a new factor: the secret to type, or the picture to scan. */
export const setUpOf = (secret: Buffer, email: string) => {
  const totp = totpOf(secret, email);
  const address = totp.toString();
  return { secret: totp.secret.base32, address, picture: pathOf(address) };
};
