import "server-only";

/** The server's clock, in ms since 1970: what a page that is being made calls now. Records take the database's. */
export const serverNowMs = (): number => Date.now();
