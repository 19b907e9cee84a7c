import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as previewRoute from "@/app/api/v1/studies/[code]/entries/preview/route";
import { PASSWORD } from "@/test/people/test-people";
import { connection } from "@/lib/server/db/connection";
import { signaturesOf } from "@/lib/server/signing/signing";
import { BECAUSE, activeStudy, ago, cbc, DEVIATION, dose, record, recorded } from "@/test/database/entry-study";
import { said, send, useStaff } from "@/test/database/set-up";

const staff = useStaff();
const CODE = "ORDERS";
let studyId = 0;

const order = (action: string, more: object = {}) => ({
  id: randomUUID(),
  animal: "M001",
  kind: "order",
  observedAt: ago(3),
  action,
  reason: "Seen at the round",
  ...more,
});
const by = (meaning: string, password = PASSWORD) => ({ signature: { meaning, password } });

const signatures = (subject: string) => signaturesOf(connection, studyId, { subjects: [subject] });
const isStored = async (id: string): Promise<boolean> =>
  (await connection.query({ text: "SELECT FROM entries WHERE id = $1", values: [id] })).length === 1;

beforeAll(async () => {
  await activeStudy(staff, CODE);
  recorded(await record(staff.dora, CODE, [dose("M001", 4, ago(9), DEVIATION), cbc("M001", 0.6, ago(6))]));
  const rows = await connection.query<{ readonly id: number }>({
    text: "SELECT id FROM studies WHERE code = $1",
    values: [CODE],
  });
  studyId = rows[0]?.id ?? 0;
});

describe("an order with its signature", () => {
  test("is recorded and signed in one step, bound to what the log says of it", async () => {
    const sent = { ...order("RESUME", { dose: 3 }), ...by("DECIDED_AGAINST_RULES") };
    recorded(await record(staff.dora, CODE, sent));
    const [signature, ...others] = await signatures(sent.id);
    expect(others).toEqual([]);
    expect(signature).toMatchObject({ subjectKind: "override", signerName: "dora", intact: true });

    // Sent again it is the same entry, signed once; with a correction the signature is broken by it.
    recorded(await record(staff.dora, CODE, sent), 200);
    expect(await signatures(sent.id)).toHaveLength(1);
    const corrected = { ...order("RESUME", { dose: 2 }), corrects: sent.id, ...BECAUSE };
    recorded(await record(staff.dora, CODE, { ...corrected, ...by("DECIDED_AGAINST_RULES") }));
    expect(await signatures(sent.id)).toMatchObject([
      { intact: false, changedBy: { entry: corrected.id, how: "corrected", by: "dora" } },
    ]);
    expect(await signatures(corrected.id)).toMatchObject([{ intact: true }]);
    const voided = { id: randomUUID(), animal: "M001", voids: corrected.id, ...BECAUSE };
    recorded(await record(staff.dora, CODE, voided));
    expect(await signatures(corrected.id)).toMatchObject([
      { intact: false, changedBy: { entry: voided.id, how: "voided" } },
    ]);
  });

  test("keeps the password nowhere", async () => {
    const rows = await connection.query<{ readonly found: boolean }>({
      text: `SELECT bool_or(position($1 in concat(e::text, s::text)) > 0) AS found
             FROM entries e LEFT JOIN signatures s ON s.subject = e.id`,
      values: [PASSWORD],
    });
    expect(rows).toEqual([{ found: false }]);
  });

  test("is not recorded with a wrong password, and the failure counts", async () => {
    const sent = { ...order("DISCONTINUE"), ...by("ORDERED", "not the password") };
    expect(said(await record(staff.dora, CODE, sent))).toBe("403 WRONG_PASSWORD signature.password");
    expect(await isStored(sent.id)).toBe(false);
    const [account] = await connection.query<{ readonly failures: number }>({
      text: "SELECT failed_attempts AS failures FROM users WHERE id = $1",
      values: [staff.dora.userId],
    });
    expect(account?.failures).toBeGreaterThan(0);
    expect(said(await record(staff.dora, CODE, [sent]))).toBe("403 WRONG_PASSWORD [0].signature.password");
  });

  test("is not recorded with a meaning that it cannot have", async () => {
    const sent = { ...order("DISCONTINUE"), ...by("DATA_COMPLETE") };
    expect(said(await record(staff.dora, CODE, sent))).toBe("422 INVALID_VALUE signature.meaning");
    expect(await isStored(sent.id)).toBe(false);
    expect(said(await record(staff.dora, CODE, { ...sent, ...by("SOMETHING") }))).toBe(
      "422 INVALID_INPUT signature.meaning",
    );
  });

  test("is not signed by a technician, whose hold needs none", async () => {
    const hold = order("WITHHOLD", { animal: "M002", observedAt: ago(1) });
    recorded(await record(staff.dora, CODE, dose("M002", 4, ago(2), DEVIATION)));
    expect(said(await record(staff.tim, CODE, { ...hold, ...by("ORDERED") }))).toMatch(/^403 FORBIDDEN/u);
    recorded(await record(staff.tim, CODE, hold));
    expect(await signatures(hold.id)).toEqual([]);
  });

  test("without one is recorded and stays to be signed", async () => {
    const sent = order("SET_DOSE", { animal: "M003", dose: 0, observedAt: ago(1) });
    recorded(await record(staff.dora, CODE, dose("M003", 0, ago(2), DEVIATION)));
    recorded(await record(staff.dora, CODE, sent));
    expect(await signatures(sent.id)).toEqual([]);
  });

  test("is looked at in a preview, and not signed", async () => {
    const sent = { ...order("WITHHOLD"), ...by("ORDERED", "not the password") };
    expect((await send(previewRoute.POST, "POST", staff.dora, { code: CODE }, sent)).status).toBe(200);
    expect(await signatures(sent.id)).toEqual([]);
  });
});
