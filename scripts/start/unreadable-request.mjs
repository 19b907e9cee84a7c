// @ts-check
// What no page or route can be asked: told before Next sees it, which answers such requests as if it had failed itself.

/** @typedef {{ readonly status: 400 | 405, readonly code: string, readonly title: string, readonly detail: string }} Unreadable */

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** @param {string} path */
const canBeDecoded = (path) => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};

/**
 * What is wrong with the first line of a request; null when it can be read.
 * @param {string} method @param {string} target @returns {Unreadable | null}
 */
export const unreadable = (method, target) => {
  if (!METHODS.has(method)) {
    const detail = `The method ${method} is not one that this server takes.`;
    return { status: 405, code: "METHOD_NOT_ALLOWED", title: "This address does not take that method", detail };
  }
  const [path = ""] = target.split("?");
  if (path.startsWith("/") && canBeDecoded(path)) return null;
  const detail = "The address is not one of this server: it must start with / and be percent-encoded UTF-8.";
  return { status: 400, code: "MALFORMED_REQUEST", title: "The request cannot be read", detail };
};

/** @param {import("node:http").ServerResponse} response @param {Unreadable} refusal */
export const refuse = (response, { status, code, title, detail }) => {
  const type = `urn:doseline:problem:${code.toLowerCase().replaceAll("_", "-")}`;
  const allow = status === 405 ? { allow: [...METHODS].join(", ") } : {};
  response.writeHead(status, {
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
    ...allow,
  });
  response.end(JSON.stringify({ type, code, title, status, detail, errors: [] }));
};
