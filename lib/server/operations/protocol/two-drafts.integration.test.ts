import { expect, test } from "vitest";
import { protocolVersion } from "@/lib/contracts/protocol";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { join, person } from "@/test/people/test-people";
import type { Actor } from "@/lib/server/command/actor";
import { SETTINGS, activeStudy } from "@/test/database/entry-study";
import { PROTOCOL, draft, emptyStudy, said, sign, useStaff, withToken } from "@/test/database/set-up";
import type { Answer } from "@/test/database/set-up";
import { discardProtocolDraft } from "./discard-protocol-draft";

const staff = useStaff();

const { groups: _groups, ...AMENDABLE } = SETTINGS;
const WARMER = { ...AMENDABLE, reason: "Warmer mice", feverCelsius: 39 };
const WIDER = { ...AMENDABLE, reason: "Samples come late", febrileWindowHours: 48 };

const secondDirector = async (code: string): Promise<Actor> => {
  const dana = await withToken(await person(`dana-${code.toLowerCase()}@example.org`));
  await join(dana, code, "study_director");
  return dana;
};

const saved = ({ status, body }: Answer): ProtocolVersion => {
  expect(status).toBe(200);
  return protocolVersion.parse(body);
};

test("of two directors who draft at once the second one is told, and writes over nothing unseen", async () => {
  const code = await activeStudy(staff, "TD-001");
  const dana = await secondDirector(code);
  const first = saved(await draft(staff.dora, code, { ...WARMER, version: 2, draftSavedAt: null }));
  const late = await draft(dana, code, { ...WIDER, version: 2, draftSavedAt: null });
  expect(said(late)).toBe("409 PROTOCOL_CHANGED");
  expect(late.body).toMatchObject({ detail: expect.stringContaining("dora has saved a draft since") as string });

  const over = saved(await draft(dana, code, { ...WIDER, draftSavedAt: first.savedAt }));
  expect(over).toMatchObject({ febrileWindowHours: 48, savedBy: dana.name });
  expect(said(await draft(staff.dora, code, { ...WARMER, draftSavedAt: first.savedAt }))).toBe("409 PROTOCOL_CHANGED");
});

test("the same draft sent again is saved, though its first answer was lost", async () => {
  const code = await activeStudy(staff, "TD-002");
  const body = { ...WARMER, version: 2, draftSavedAt: null };
  saved(await draft(staff.dora, code, body));
  expect(saved(await draft(staff.dora, code, body))).toMatchObject({ version: 2, feverCelsius: 39 });
});

test("a draft made from a version that has been amended since is not saved", async () => {
  const code = await activeStudy(staff, "TD-003");
  const dana = await secondDirector(code);
  saved(await draft(staff.dora, code, WARMER));
  saved(await sign(staff.dora, code));
  const late = await draft(dana, code, { ...WIDER, version: 2, draftSavedAt: null });
  expect(said(late)).toBe("409 PROTOCOL_CHANGED");
  expect(late.body).toMatchObject({ detail: expect.stringContaining("Version 2 has been signed") as string });
  saved(await draft(dana, code, { ...WIDER, version: 3, draftSavedAt: null }));
});

test("a draft that was discarded, or saved again, is neither saved nor discarded as it was read", async () => {
  const code = await activeStudy(staff, "TD-004");
  const first = saved(await draft(staff.dora, code, WARMER));
  const second = saved(await draft(staff.dora, code, WIDER));
  expect(await discardProtocolDraft(staff.dora, code, first.savedAt)).toMatchObject({
    ok: false,
    fault: { code: "PROTOCOL_CHANGED" },
  });
  expect(await discardProtocolDraft(staff.dora, code, second.savedAt)).toMatchObject({ ok: true });
  const gone = await draft(staff.dora, code, { ...WARMER, draftSavedAt: second.savedAt });
  expect(said(gone)).toBe("409 PROTOCOL_CHANGED");
});

test("the draft of a first version is held to the same", async () => {
  const code = await emptyStudy(staff, "TD-005");
  const first = saved(await draft(staff.dora, code, { ...PROTOCOL, draftSavedAt: null }));
  expect(said(await draft(staff.dora, code, { ...PROTOCOL, feverCelsius: 39, draftSavedAt: null }))).toBe(
    "409 PROTOCOL_CHANGED",
  );
  saved(await draft(staff.dora, code, { ...PROTOCOL, feverCelsius: 39, draftSavedAt: first.savedAt }));
});
