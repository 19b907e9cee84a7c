import { randomUUID } from "node:crypto";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { useOwnCheckpoints } from "@/test/database/own-checkpoints";
import * as changesRoute from "@/app/api/v1/studies/[code]/animals/[tag]/changes/route";
import * as auditReviewsRoute from "@/app/api/v1/studies/[code]/audit/reviews/route";
import * as signRoute from "@/app/api/v1/studies/[code]/reviews/sign/route";
import type { AuditFault } from "@/lib/domain/trail/audit-fault";
import { PASSWORD, join as joins, person } from "@/test/people/test-people";
import { makeAllCheckpoints } from "@/lib/server/verifying/make-checkpoint";
import { connection } from "@/lib/server/db/connection";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import type { Superuser } from "@/test/database/past-triggers";
import { copyTestDatabase, createTestDatabase } from "@/test/database/test-database";
import type { TestDatabase } from "@/test/database/test-database";
import { readExceptions } from "@/lib/server/operations/audit/read-exceptions";
import { verifyDatabase } from "@/lib/server/operations/audit/verify-database";
import { BECAUSE, DEVIATION, SETTINGS, ago, cbc, dose, record, recorded } from "@/test/database/entry-study";
import { draft, emptyStudy, register, send, sign, withToken } from "@/test/database/set-up";
import type { Answer, Staff } from "@/test/database/set-up";
import { pastTriggers } from "@/test/database/past-triggers";
import { rowAttacks } from "./row-attacks";
import type { NamedRow, RowTarget } from "./row-attacks";

const CODE = "ROWS";
const SEEDS = [0, 1, 2, 3, 4];
const TAGS = SEEDS.map((seed) => `M${String(seed + 1)}`);

useOwnCheckpoints();
let whole: TestDatabase;
let targets: readonly RowTarget[];

const done = ({ status, body }: Answer, expected: number): unknown => {
  expect({ status, body }).toMatchObject({ status: expected });
  return body;
};

const signature = (meaning: string) => ({ password: PASSWORD, meaning });

/** A slip in a count, a dose on it, the correction, its item decided and reviewed, and a move of the animal. */
const liveThrough = async ({ dora, tim, ada }: Staff, tag: string): Promise<void> => {
  const slip = cbc(tag, 1.9, ago(2));
  recorded(await record(tim, CODE, dose(tag, 4, ago(5), DEVIATION)));
  recorded(await record(tim, CODE, slip));
  recorded(await record(tim, CODE, dose(tag, 4, ago(1))));
  const corrected = { ...cbc(tag, 0.9, slip.observedAt), corrects: slip.id, ...BECAUSE };
  recorded(await record(tim, CODE, corrected));
  const change = { id: randomUUID(), reason: "Moved", cage: "C2" };
  done(await send(changesRoute.POST, "POST", dora, { code: CODE, tag }, change), 201);
  const [item] = await connection.query<{ readonly id: string }>({
    text: "SELECT r.id::text FROM review_items r JOIN animals a ON (a.study_id, a.id) = (r.study_id, r.animal_id) WHERE a.tag = $1",
    values: [tag],
  });
  const items = [{ id: randomUUID(), review: item?.id, decision: "The dose stands as given" }];
  done(await send(signRoute.POST, "POST", dora, { code: CODE }, { items, signature: signature("REVIEWED") }), 200);
  const read = await readExceptions(ada, CODE);
  if (!read.ok) throw new Error(read.fault.detail);
  const exceptions = read.value.exceptions
    .filter(({ key }) => key === `OWN_CORRECTION:${corrected.id}`)
    .map(({ key, changedMs }) => ({ key, changedAt: new Date(changedMs).toISOString() }));
  const marked = { exceptions, note: "Seen", signature: signature("REVIEWED") };
  done(await send(auditReviewsRoute.POST, "POST", ada, { code: CODE }, marked), 200);
};

const makeStudy = async (): Promise<void> => {
  const staff: Staff = {
    admin: await withToken(await person("admin@example.org", { administrator: true })),
    dora: await withToken(await person("dora@example.org")),
    tim: await withToken(await person("tim@example.org")),
    ada: await withToken(await person("ada@example.org", { auditor: true })),
  };
  await emptyStudy(staff, CODE);
  done(await draft(staff.dora, CODE, SETTINGS), 200);
  done(
    await register(
      staff.dora,
      CODE,
      TAGS.map((id) => ({ id, sex: "F", group: "G2", cage: "C1" })),
    ),
    201,
  );
  done(await sign(staff.dora, CODE), 200);
  const found: RowTarget[] = [];
  for (const [seed, tag] of TAGS.entries()) {
    await liveThrough(staff, tag);
    const email = `p${String(seed)}@example.org`;
    const member = await person(email);
    await joins(member, CODE, "technician");
    const [animal] = await connection.query<{ readonly id: number }>({
      text: "SELECT id FROM animals WHERE tag = $1",
      values: [tag],
    });
    found.push({ seed, animalId: animal?.id ?? 0, tag, userId: member.userId, email });
  }
  targets = found;
  await makeAllCheckpoints("entry");
};

const withDatabase = async <Value>(urls: TestDatabase, work: () => Promise<Value>): Promise<Value> => {
  useDatabase(openDatabase(urls.databaseUrl, { connections: 4 }));
  try {
    return await work();
  } finally {
    await database().close();
  }
};

const asSuperuser = async (urls: TestDatabase, work: (superuser: Superuser) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: urls.superuserUrl, options: "-c TimeZone=UTC" });
  await client.connect();
  try {
    await work({ query: (text, values) => client.query(text, values === undefined ? [] : [...values]) });
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  process.env["NEXTAUTH_SECRET"] = "a secret of the tests, long enough for a key";
  process.env["NEXTAUTH_URL"] = "http://127.0.0.1:3000";
  whole = await createTestDatabase();
  await withDatabase(whole, makeStudy);
});

const found = (urls: TestDatabase): Promise<readonly AuditFault[]> =>
  withDatabase(urls, async () => (await verifyDatabase(null)).faults);

const isNamed = (fault: AuditFault, { study, subject, kind, sequence }: NamedRow): boolean =>
  fault.study === study && fault.subject === subject && fault.kind === kind && fault.sequence === sequence;

test("as it was recorded there is nothing to name", async () => {
  expect(await found(whole)).toEqual([]);
});

test.each(rowAttacks)("%s, with five seeds: each found and named, and nothing else", async (_, attack) => {
  const copy = await copyTestDatabase(whole);
  const expected: NamedRow[] = [];
  await asSuperuser(copy, async (superuser) => {
    for (const target of targets) expected.push(await attack(superuser, target, CODE));
  });
  const faults = await found(copy);
  const missed = expected.filter((named) => !faults.some((fault) => isNamed(fault, named)));
  const others = faults.filter((fault) => !expected.some((named) => isNamed(fault, named)));
  expect({ missed, others }).toEqual({ missed: [], others: [] });
  expect(faults).toHaveLength(SEEDS.length);
});

test.each([
  ["its signer", "signed_by = (SELECT id FROM users WHERE email = 'tim@example.org')"],
  ["its instant", "signed_at = signed_at - interval '1 day'"],
  ["what it is", "status = 'imported'"],
])("of a signed protocol version %s edited", async (_, assignment) => {
  const copy = await copyTestDatabase(whole);
  await asSuperuser(copy, (superuser) =>
    pastTriggers(superuser, "protocol_versions", () =>
      superuser.query(`UPDATE protocol_versions SET ${assignment} WHERE version = 1`),
    ),
  );
  expect(await found(copy)).toMatchObject([
    { study: CODE, subject: null, kind: "changed", sequence: expect.any(Number) },
  ]);
});

test("an account inserted, with a membership: neither has an event", async () => {
  const copy = await copyTestDatabase(whole);
  const id = randomUUID();
  await asSuperuser(copy, async (superuser) => {
    await pastTriggers(superuser, "users", () =>
      superuser.query("INSERT INTO users (id, email, name, administrator) VALUES ($1, 'x@example.org', 'X', true)", [
        id,
      ]),
    );
    await pastTriggers(superuser, "memberships", () =>
      superuser.query(
        "INSERT INTO memberships (study_id, user_id, role) SELECT id, $1, 'study_director' FROM studies",
        [id],
      ),
    );
  });
  expect(await found(copy)).toMatchObject([
    { study: CODE, subject: null, kind: "inserted", sequence: null, what: expect.stringContaining("x@example.org") },
    { study: null, subject: `account:${id}`, kind: "inserted", sequence: null },
  ]);
});

test("an account removed is named by its chain", async () => {
  const copy = await copyTestDatabase(whole);
  const [{ userId, email } = { userId: "", email: "" }] = targets;
  await asSuperuser(copy, async (superuser) => {
    await superuser.query("SET session_replication_role = replica");
    for (const table of ["memberships", "api_tokens", "users"])
      await pastTriggers(superuser, table, () =>
        superuser.query(`DELETE FROM ${table} WHERE ${table === "users" ? "id" : "user_id"} = $1`, [userId]),
      );
  });
  const faults = await found(copy);
  expect(faults).toContainEqual(
    expect.objectContaining({ subject: `account:${userId}`, kind: "removed", what: expect.stringContaining(email) }),
  );
});
