import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { localDateText, localTimeText } from "@/lib/domain/time/local-time";

type Version = Pick<ProtocolVersion, "version" | "status" | "effectiveFrom" | "signedAt" | "signedBy" | "inForce">;

/** "2 Mar 2026, 09:00 Europe/London". */
export const instantText = (instant: string, timeZone: string): string => {
  const ms = Date.parse(instant);
  return `${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)} ${timeZone}`;
};

/** From when a version is in force. */
export const sinceText = ({ version, status, effectiveFrom }: Version, timeZone: string): string => {
  if (effectiveFrom !== null) return `from ${instantText(effectiveFrom, timeZone)}`;
  return status === "DRAFT" && version > 1 ? "from its signature" : "from the beginning";
};

/** How it came about: signed by whom and when, or imported. */
export const originText = ({ status, signedAt, signedBy }: Version, timeZone: string): string => {
  if (status === "IMPORTED") return "imported, not signed here";
  if (status === "DRAFT" || signedAt === null) return "draft, not signed";
  return `signed by ${signedBy ?? "somebody"} on ${instantText(signedAt, timeZone)}`;
};

/** Whether it is in force, and from when. */
export const inForceText = (version: Version, timeZone: string): string => {
  const since = sinceText(version, timeZone);
  switch (version.inForce) {
    case "NOW":
      return `in force ${since}`;
    case "LATER":
      return `not yet in force: ${since}`;
    case "EARLIER":
      return `no longer in force: was so ${since}`;
    case "NOT_SIGNED":
      return `not in force; it would be ${since}`;
  }
};
