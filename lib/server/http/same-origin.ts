import "server-only";

const ownOrigins = (request: Request, configuredAddress: string): readonly string[] => {
  const host = request.headers.get("host");
  const protocol = new URL(request.url).protocol;
  const origins = host === null ? [] : [`${protocol}//${host}`];
  return [...origins, new URL(configuredAddress).origin];
};

/**
 * Whether a request that changes something was made by our own pages. Browsers say where a request comes from, in
 * `Origin` and in `Sec-Fetch-Site`; both must agree with us where they are given. A cookie travels with requests of
 * other sites too, so with one at least one of the two must be there; a personal token does not.
 */
export const isFromOwnPages = (request: Request, byCookie: boolean, configuredAddress: string): boolean => {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== null && !ownOrigins(request, configuredAddress).includes(origin)) return false;
  if (site !== null && site !== "same-origin") return false;
  return !byCookie || origin !== null || site !== null;
};
