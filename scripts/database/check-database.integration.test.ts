import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Server } from "node:net";
import { beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../test/database/test-database";
import type { TestDatabase } from "../../test/database/test-database";
import { checkDatabase } from "./check-database.mjs";
import { withConnection } from "./connection.mjs";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});

test("a server that may lose what it acknowledged is refused, and told why", async () => {
  await expect(checkDatabase(database.databaseUrl)).rejects.toThrow(/fsync.*is off/);
});

test.each(["superuserUrl", "databaseOwnerUrl"] as const)(
  "the login of %s is refused as the application's",
  async (which) => {
    await expect(checkDatabase(database[which])).rejects.toThrow("is a superuser or owns the tables");
  },
);

test("a login that may create in the record's schema is refused: its functions would be found before ours", async () => {
  await withConnection(database.superuserUrl, (client) => client.query("GRANT CREATE ON SCHEMA public TO PUBLIC"));
  await expect(checkDatabase(database.databaseUrl)).rejects.toThrow("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
});

/** A pooler that does not pass our time zone on: it asks for Eastern European Time in its place. */
const startCarelessPooler = async (port: number): Promise<Server> => {
  const pooler = createServer((client) => {
    const server = connect(port, "127.0.0.1");
    client.once("data", (startup) => {
      server.write(Buffer.from(startup.toString("latin1").replace("TimeZone=UTC", "TimeZone=EET"), "latin1"));
      client.pipe(server);
    });
    server.pipe(client);
    for (const socket of [client, server]) socket.on("error", () => client.destroy());
  });
  pooler.listen(0, "127.0.0.1");
  await once(pooler, "listening");
  return pooler;
};

test("a session that is not in UTC is refused", async () => {
  const address = new URL(database.databaseUrl);
  const pooler = await startCarelessPooler(Number(address.port));
  const bound = pooler.address();
  if (bound === null || typeof bound === "string") throw new Error("The pooler has no port.");
  address.port = String(bound.port);
  await expect(checkDatabase(address.href)).rejects.toThrow("The database's sessions are in EET and must be in UTC");
  pooler.close();
});

test("a server that is not there is told", async () => {
  const nobody = new URL(database.databaseUrl);
  nobody.port = "1";
  await expect(checkDatabase(nobody.href)).rejects.toThrow("does not answer");
});

test("an address whose password is wrong is told apart from one where nobody answers", async () => {
  const wrong = new URL(database.databaseUrl);
  wrong.password = "guessed";
  await expect(checkDatabase(wrong.href)).rejects.toThrow("does not accept the login");
  wrong.pathname = "/nothing_here";
  wrong.password = new URL(database.databaseUrl).password;
  await expect(checkDatabase(wrong.href)).rejects.toThrow(/no database of that name/);
});
