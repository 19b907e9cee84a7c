import "server-only";

const LONGEST = 300;

/**
 * Where a request came from, for the audit trail: the address that the server or the proxy before it noted, and the
 * program as it names itself. Null where neither is known.
 */
export const remoteAddress = (header: (name: string) => string | null): string | null => {
  const address = header("x-forwarded-for")?.trim() ?? "";
  const program = header("user-agent")?.trim() ?? "";
  const text = [address, program].filter((part) => part !== "").join("; ");
  return text === "" ? null : text.replaceAll(/\p{Cc}|\p{Cs}/gu, "").slice(0, LONGEST);
};
