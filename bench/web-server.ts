import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { freePort } from "../scripts/database/cluster.mjs";
import { CHECKOUT } from "../scripts/setup/environment.mjs";
import type { BenchDatabase } from "./bench-database";

export type WebServer = { readonly address: string; readonly stop: () => Promise<void> };

/** The product as "npm start" runs it, built when its sources have changed, on the database of the bench. */
export const startWebServer = async ({
  databaseUrl,
  databaseOwnerUrl,
  directory,
}: BenchDatabase): Promise<WebServer> => {
  const port = String(await freePort());
  const address = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, [join(CHECKOUT, "scripts", "start.mjs")], {
    cwd: CHECKOUT,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATABASE_OWNER_URL: databaseOwnerUrl,
      NEXTAUTH_URL: address,
      NEXTAUTH_SECRET: randomUUID(),
      PORT: port,
      DATA_DIR: join(directory, "web"),
    },
  });
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const ready = new Promise<boolean>((resolve) => {
    void exited.then(() => resolve(false));
    let said = "";
    server.stdout.setEncoding("utf8").on("data", (part: string) => {
      said += part;
      if (/^Ready /m.test(said)) resolve(true);
    });
  });
  if (!(await ready)) throw new Error("the server of the bench did not start; the reason is above");
  const stop = async (): Promise<void> => {
    server.kill("SIGTERM");
    await exited;
  };
  return { address, stop };
};

export type Visitor = {
  /** The whole answer of an address of the server. */
  readonly get: (path: string) => Promise<string>;
  readonly post: (path: string, body: unknown) => Promise<string>;
};

const cookiesOf = (answer: Response): readonly string[] =>
  answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");

const textOf = async (answer: Response): Promise<string> => {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answers ${String(answer.status)}: ${text.slice(0, 300)}`);
  return text;
};

/** Signs in as the form does. */
export const visit = async (
  address: string,
  account: { readonly email: string; readonly password: string },
): Promise<Visitor> => {
  const asked = await fetch(`${address}/api/auth/csrf`);
  const before = cookiesOf(asked);
  const { csrfToken } = JSON.parse(await textOf(asked)) as { readonly csrfToken: string };
  const signedIn = await fetch(`${address}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: before.join("; ") },
    body: new URLSearchParams({ ...account, csrfToken, json: "true" }),
  });
  const headers = { cookie: [...before, ...cookiesOf(signedIn)].join("; "), origin: address };
  await textOf(signedIn);
  return {
    get: async (path) => textOf(await fetch(`${address}${path}`, { headers, redirect: "error" })),
    post: async (path, body) =>
      textOf(
        await fetch(`${address}${path}`, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
      ),
  };
};
