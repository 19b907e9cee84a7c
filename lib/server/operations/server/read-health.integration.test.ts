import { expect, test } from "vitest";
import { GET } from "@/app/api/health/route";
import { health } from "@/lib/contracts/health";
import { useTestDatabase } from "@/test/people/test-people";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";

useTestDatabase();

const ask = async () => {
  const response = await GET(new Request("http://127.0.0.1:3000/api/health"), { params: Promise.resolve({}) });
  return { http: response.status, ...health.parse(await response.json()) };
};

test("all is well: the database answers, and has every migration", async () => {
  expect(await ask()).toMatchObject({ http: 200, status: "ok", database: "ok", migrations: "current" });
  expect((await ask()).version).toMatch(/^\d+\.\d+\.\d+$/);
});

test("a database that is away is told, and is no failure of asking", async () => {
  const reachable = database();
  const away = openDatabase("postgresql://nobody:nothing@127.0.0.1:1/none");
  useDatabase(away);
  try {
    expect(await ask()).toMatchObject({
      http: 503,
      status: "unavailable",
      database: "unreachable",
      migrations: "unknown",
    });
  } finally {
    useDatabase(reachable);
    await away.close();
  }
});
