import { beforeAll, describe, expect, inject, test } from "vitest";
import { connection } from "@/lib/server/db/connection";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import { superuserUrl } from "../../../../scripts/database/provision.mjs";
import { withConnection } from "../../../../scripts/database/connection.mjs";
import { SETTINGS, activeStudy, ago, cbc, observation, record, weight } from "@/test/database/entry-study";
import { draft, emptyStudy, register, sign, useStaff } from "@/test/database/set-up";

const staff = useStaff();

const studyOf = async (code: string): Promise<{ readonly id: number; readonly timeZone: string }> => {
  const [study] = await connection.query<{ id: number; timeZone: string }>({
    text: `SELECT id, time_zone AS "timeZone" FROM studies WHERE code = $1`,
    values: [code],
  });
  if (study === undefined) throw new Error(`there is no study ${code}`);
  return study;
};

test("a protocol signed while baselines come in: every state is of the signed rules", async () => {
  const code = await emptyStudy(staff, "I-001");
  await draft(staff.dora, code, { ...SETTINGS, referenceRanges: null });
  await register(staff.dora, code, [
    { id: "M001", sex: "F", group: "G2" },
    { id: "M002", sex: "F", group: "G2" },
  ]);
  const baselines = Array.from({ length: 24 }, (_, index) =>
    record(staff.tim, code, cbc(index % 2 === 0 ? "M001" : "M002", 1 + index / 10, ago(10 - index / 10))),
  );
  const changes = (async () => {
    expect((await draft(staff.dora, code, SETTINGS)).status).toBe(200);
    expect((await sign(staff.dora, code)).status).toBe(200);
  })();
  const answers = await Promise.all(baselines);
  await changes;
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  const study = await studyOf(code);
  expect(await checkDecisions(connection, study)).toEqual([]);
  expect((await record(staff.tim, code, observation("M001", ago(1)))).status).toBe(201);
  expect(await checkDecisions(connection, study)).toEqual([]);
});

describe("connections that the database ends", () => {
  let administer: string;
  beforeAll(() => {
    const { port, secrets } = inject("testCluster");
    administer = superuserUrl(port, secrets, new URL(process.env["DATABASE_URL"] ?? "").pathname.slice(1));
  });

  const endAll = (): Promise<unknown> =>
    withConnection(administer, (client) =>
      client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      ),
    );

  test("nothing acknowledged is lost, nothing is stored twice, and no answer is a bug's", async () => {
    const code = await activeStudy(staff, "I-002");
    const saving = new AbortController();
    const endings = (async () => {
      while (!saving.signal.aborted) {
        await endAll();
        await new Promise((resolve) => setTimeout(resolve, 120));
      }
    })();
    const acknowledged: string[] = [];
    for (let index = 0; index < 60; index += 1) {
      const entry = weight("M001", 20 + index / 100, ago(9 - index / 10));
      // A client tries again with the same id until it has an answer.
      for (;;) {
        const { status } = await record(staff.tim, code, entry);
        expect([200, 201, 503]).toContain(status);
        if (status === 503) continue;
        acknowledged.push(entry.id);
        break;
      }
    }
    saving.abort();
    await endings;
    const study = await studyOf(code);
    const stored = await connection.query<{ id: string }>({
      text: "SELECT id FROM entries WHERE study_id = $1 ORDER BY log_number",
      values: [study.id],
    });
    expect(stored.map(({ id }) => id)).toEqual(acknowledged);
    expect(await checkDecisions(connection, study)).toEqual([]);
  });
});
