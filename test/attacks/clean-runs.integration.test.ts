import { expect, test } from "vitest";
import { useOwnCheckpoints } from "@/test/database/own-checkpoints";
import { writeFault } from "@/lib/domain/trail/audit-fault";
import { makeAllCheckpoints } from "@/lib/server/verifying/make-checkpoint";
import { verifyDatabase } from "@/lib/server/operations/audit/verify-database";
import { exportBundle } from "@/lib/server/operations/studies/export-bundle";
import { BECAUSE, activeStudy, ago, record, recorded, weight } from "@/test/database/entry-study";
import { useStaff } from "@/test/database/set-up";

const RUNS = 100;
const CODE = "CLEAN";

useOwnCheckpoints();
const staff = useStaff();

const save = async (round: number): Promise<string> => {
  const entry = weight(`M00${String(1 + (round % 3))}`, 20 + (round % 7) / 10, ago(30 - (round % 20)));
  recorded(await record(staff.tim, CODE, entry));
  return entry.id;
};

/** What goes on in a study while somebody verifies. */
const goOn = async (round: number): Promise<void> => {
  const id = await save(round);
  if (round % 5 === 0) {
    const corrected = weight(`M00${String(1 + (round % 3))}`, 21, ago(30 - (round % 20)));
    recorded(await record(staff.tim, CODE, { ...corrected, corrects: id, ...BECAUSE }));
  }
  if (round % 7 === 0) await makeAllCheckpoints("entry");
  if (round % 25 === 0) {
    const bundle = await exportBundle(staff.ada, CODE, { proof: "with" });
    if (bundle.ok) for await (const part of bundle.value) expect(part).not.toBe("");
  }
};

test(`${String(RUNS)} runs beside people who record, correct and export: no false alarm`, async () => {
  await activeStudy(staff, CODE);
  const alarms: (readonly string[])[] = [];
  for (let round = 0; round < RUNS; round += 1) {
    const [{ faults }] = await Promise.all([verifyDatabase(null), goOn(round)]);
    if (faults.length > 0) alarms.push(faults.map(writeFault));
  }
  expect(alarms).toEqual([]);
});
