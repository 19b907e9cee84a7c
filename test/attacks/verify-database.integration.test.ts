import { expect, test } from "vitest";
import { useOwnCheckpoints } from "@/test/database/own-checkpoints";
import { writeFault } from "@/lib/domain/trail/audit-fault";
import { exactJson } from "@/lib/domain/trail/canonical-json";
import { verifyBundle } from "@/lib/domain/proof/verify-bundle";
import { makeAllCheckpoints } from "@/lib/server/verifying/make-checkpoint";
import { checkSignature, quickLinkHash, textHash } from "@/lib/server/verifying/checkpoint-signatures";
import { verifyDatabase } from "@/lib/server/operations/audit/verify-database";
import {
  BECAUSE,
  DEVIATION,
  activeStudy,
  ago,
  cbc,
  dose,
  lft,
  observation,
  record,
  recorded,
  weight,
} from "@/test/database/entry-study";
import { useStaff } from "@/test/database/set-up";
import { exportBundle } from "@/lib/server/operations/studies/export-bundle";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { randomStudy } from "@/test/random-study/random-study";

useOwnCheckpoints();
const staff = useStaff();
const means = { hash: quickLinkHash, textHash, checkSignature, isTrusted: null };

const faults = async (): Promise<readonly string[]> => (await verifyDatabase(null)).faults.map(writeFault);

const exportedText = async (code: string, proof: "with" | "without" | "auto"): Promise<string> => {
  const result = await exportBundle(staff.ada, code, { proof });
  if (!result.ok) throw new Error(result.fault.detail);
  let text = "";
  for await (const part of result.value) text += part;
  return text;
};
const exported = async (...asked: Parameters<typeof exportedText>): Promise<Record<string, unknown>> =>
  JSON.parse(await exportedText(...asked)) as Record<string, unknown>;

test("what was recorded, corrected, voided and signed here is as it was recorded, in the database and in its bundle", async () => {
  await activeStudy(staff, "HERE");
  const first = cbc("M001", 1.5, ago(5));
  recorded(await record(staff.tim, "HERE", [weight("M001", 25), dose("M001", 4, ago(9), DEVIATION), first]));
  recorded(await record(staff.tim, "HERE", [lft("M002", ago(4)), observation("M002", ago(3))]));
  recorded(await record(staff.tim, "HERE", [{ ...cbc("M001", 0.4, ago(5)), corrects: first.id, ...BECAUSE }]));
  expect(await faults()).toEqual([]);
  await makeAllCheckpoints("entry");
  expect(await faults()).toEqual([]);
  const bundle = await exported("HERE", "auto");
  expect(verifyBundle(bundle, means)).toMatchObject({
    faults: [],
    entries: 6,
    signatures: [{ kind: "protocol", subject: "1", name: "dora", email: "dora@example.org", broken: null }],
  });
  expect(await exported("HERE", "without")).not.toHaveProperty("proof");
  expect(await faults()).toEqual([]);
});

const parsedOrNull = (text: string): Record<string, unknown> | null => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
};

test("200 changes of one byte, spread over a real bundle: each breaks the JSON, changes nothing that it says, or is found", async () => {
  const text = await exportedText("HERE", "with");
  const said = exactJson(JSON.parse(text));
  const bytes = Buffer.from(text);
  const missed: number[] = [];
  let found = 0;
  for (let round = 0; round < 200; round += 1) {
    const at = (round * 7919 + 13) % bytes.length;
    const changed = Buffer.from(bytes);
    changed[at] = (bytes[at] ?? 0) ^ (1 << (round % 7));
    const document = parsedOrNull(changed.toString("utf8"));
    if (document === null || exactJson(document) === said) continue;
    if ((verifyBundle(document, means)?.faults.length ?? 0) > 0) found += 1;
    else missed.push(at);
  }
  expect(missed).toEqual([]);
  expect(found).toBeGreaterThan(100);
});

test("an imported study, also after something was recorded in it, and a bundle with proof that is imported again", async () => {
  const bundle = randomStudy({ seed: 7, endInstant: "2026-02-04T09:00:00Z" });
  expect(await importBundle(staff.admin, "CAME", bundle)).toMatchObject({ ok: true });
  expect(await exported("CAME", "auto")).toEqual(bundle);
  expect(verifyBundle(await exported("CAME", "with"), means)).toMatchObject({ faults: [] });
  const again = await exported("CAME", "with");
  expect(await importBundle(staff.admin, "AGAIN", again)).toMatchObject({ ok: true });
  const auto = await exported("AGAIN", "auto");
  expect(auto).toEqual(again);
  expect(verifyBundle(auto, means)).toMatchObject({ faults: [] });
  expect(verifyBundle(await exported("AGAIN", "with"), means)).toMatchObject({ faults: [] });
  expect(await faults()).toEqual([]);
});
