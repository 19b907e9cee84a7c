// @ts-check
import { createServer } from "node:http";
import { CHECKOUT } from "../setup/environment.mjs";
import { PlainFault } from "../setup/plain-fault.mjs";
import { refuse, unreadable } from "./unreadable-request.mjs";

export const HOST = "127.0.0.1";
const PATIENCE_WITH_REQUESTS_MS = 5000;

/** @param {import("node:net").Server} server @param {number} port @returns {Promise<void>} */
const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const isTaken = /** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE";
      reject(
        isTaken
          ? new PlainFault(`Something already listens on ${HOST}:${port}. Stop it, or set PORT to another port.`)
          : error,
      );
    });
    server.listen(port, HOST, resolve);
  });

/** Finds out before anything slow that the port is taken. @param {number} port @returns {Promise<void>} */
export const checkPort = async (port) => {
  const probe = createServer();
  await listen(probe, port);
  await new Promise((resolve) => probe.close(resolve));
};

/** Takes no more requests, and lets those under way end. @param {import("node:http").Server} server @returns {Promise<void>} */
const close = (server) =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), PATIENCE_WITH_REQUESTS_MS).unref();
  });

/**
 * Makes the pages ready to be served, in this process: one process less to start, to watch and to leave behind.
 * @param {number} port @param {boolean} isDevelopment
 */
export const prepareWebServer = async (port, isDevelopment) => {
  const { default: next } = await import("next");
  const app = next({ dev: isDevelopment, dir: CHECKOUT, hostname: HOST, port });
  await app.prepare();
  const answer = app.getRequestHandler();
  const server = createServer((request, response) => {
    const refusal = unreadable(request.method ?? "", request.url ?? "");
    if (refusal === null) void answer(request, response);
    else refuse(response, refusal);
  });
  const upgrade = app.getUpgradeHandler();
  server.on("upgrade", (request, socket, head) => {
    void upgrade(request, socket, head);
  });
  return { listen: () => listen(server, port), close: () => close(server) };
};
