import { expect, test } from "vitest";
import { useOwnCheckpoints } from "@/test/database/own-checkpoints";
import { PASSWORD, join, person, useTestDatabase } from "@/test/people/test-people";
import { listReviews } from "@/lib/server/operations/reviews/list-reviews";
import { listSignatures } from "@/lib/server/operations/signatures/list-signatures";
import { readProtocol } from "@/lib/server/operations/protocol/read-protocol";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { verifyDatabase } from "@/lib/server/operations/audit/verify-database";
import { DIRECTOR_EMAIL, SECOND_TECHNICIAN_EMAIL, TECHNICIAN_EMAIL } from "@/prisma/seed/demonstration-accounts";
import { demonstrationBundle } from "@/prisma/seed/demonstration-bundle";
import { workOfToday } from "./work-of-today";

useOwnCheckpoints();
useTestDatabase();

const CODE = "POM-T";

test("the demonstration leaves a review, a dose to be signed, a signed order and an amendment's draft, all of it proved", async () => {
  const bundle = demonstrationBundle({ endInstant: new Date().toISOString() });
  expect(await importBundle(null, CODE, bundle)).toMatchObject({ ok: true });
  const director = await person(DIRECTOR_EMAIL);
  await join(director, CODE, "study_director");
  for (const email of [TECHNICIAN_EMAIL, SECOND_TECHNICIAN_EMAIL]) await join(await person(email), CODE, "technician");
  expect(await workOfToday(CODE, bundle, PASSWORD)).toMatchObject({ ok: true });

  const reviews = await listReviews(director, CODE);
  expect(reviews).toMatchObject({ ok: true, value: { items: [{ animal: "M034", signature: null }] } });
  const signatures = await listSignatures(director, CODE);
  expect(signatures).toMatchObject({
    ok: true,
    value: {
      waiting: [{ subjectKind: "deviation", animal: "M035" }],
      signatures: [{ subjectKind: "override", animal: "M019", intact: true }],
    },
  });
  const protocol = await readProtocol(director, CODE, null);
  expect(protocol).toMatchObject({ ok: true, value: { versions: [{ status: "IMPORTED" }, { status: "DRAFT" }] } });
  expect((await verifyDatabase(null)).faults).toEqual([]);
});
