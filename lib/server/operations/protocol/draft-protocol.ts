import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { ProtocolSettings, ProtocolVersion } from "@/lib/contracts/protocol";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import type { DoseGroup } from "@/lib/domain/study/dose-group";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { onStudy } from "@/lib/server/store/audit-events";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import { rebuildAnimalStates } from "@/lib/server/judging/rebuild-animal-states";
import { countInOtherGroups } from "@/lib/server/store/animals";
import { setDoseGroups } from "@/lib/server/store/dose-groups";
import { lockStudy } from "@/lib/server/store/locks";
import { protocolContent, saveDraft } from "@/lib/server/store/protocol-versions";
import { draftOf, latestInForce, protocolVersionOf, storedProtocols } from "./protocol-rows";
import type { StoredProtocol } from "./protocol-rows";
import { readAmendment, readFirstDraft } from "./read-draft";
import type { Draft } from "./read-draft";

/** Groups that are no longer named go, unless animals belong to them; the others are as the draft says. */
const saveGroups = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  groups: readonly DoseGroup[],
): Promise<Result<null, Refusal>> => {
  const codes = groups.map(({ code }) => code);
  const [kept] = await countInOtherGroups(transaction, study.id, codes);
  if (kept !== undefined) {
    return refused(
      fieldRefusal("GROUP_IN_USE", "groups", `Group ${kept.code} has ${kept.animals} animals and cannot be left out.`),
    );
  }
  const rows = groups.map((group) => ({
    ...group,
    doseLevels: group.doseLevels.map((level) => level.toFixed()),
    startingDose: group.startingDose.toFixed(),
  }));
  await setDoseGroups(transaction, study.id, rows);
  return ok(null);
};

const saveSettings = (transaction: Transaction, actor: Actor, study: AuthorizedStudy, { settings }: Draft) =>
  saveDraft(transaction, { studyId: study.id, version: Number(settings["version"]), settings }, actor.userId);

const saveFirst = async (
  transaction: Transaction,
  actor: Actor,
  study: AuthorizedStudy,
  draft: Draft,
): Promise<Result<null, Refusal>> => {
  const groups = await saveGroups(transaction, study, draft.groups);
  if (!groups.ok) return groups;
  await saveSettings(transaction, actor, study, draft);
  await rebuildAnimalStates(transaction, study.id);
  return ok(null);
};

const contentOf = (transaction: Transaction, study: AuthorizedStudy, draft: StoredProtocol | undefined) =>
  draft === undefined ? null : protocolContent(transaction, study.id, draft.row.version);

/** Two people may have the draft open: what the other one did since is not written over unseen. */
const changedSince = (
  { draftSavedAt, version }: ProtocolSettings,
  stored: readonly StoredProtocol[],
): Refusal | null => {
  if (draftSavedAt === undefined) return null;
  const [draft, base] = [draftOf(stored), latestInForce(stored)];
  const changed = (what: string): Refusal =>
    refusal(
      "PROTOCOL_CHANGED",
      `${what} since you opened it. Nothing of yours was saved: open it anew, and change that.`,
    );
  if (base !== undefined && (version ?? Infinity) <= base.row.version)
    return changed(`Version ${String(base.row.version)} has been signed`);
  if (draft === undefined) return draftSavedAt === null ? null : changed("The draft has been discarded");
  const same = draftSavedAt !== null && draft.row.draftedAt.getTime() === Date.parse(draftSavedAt);
  return same ? null : changed(`${draft.row.draftedBy ?? "Somebody"} has saved a draft`);
};

/** The same draft sent again, because its answer was lost on the way. */
const isSavedAlready = (actor: Actor, { settings }: Draft, stored: StoredProtocol | undefined): boolean =>
  stored !== undefined && stored.row.draftedBy === actor.name && isDeepStrictEqual(settings, stored.row.settings);

/**
 * Saves the draft of a study's protocol, whole: of its first version with the dose groups, and once one is in force of an
 * amendment. Nothing in it counts until it is signed.
 */
export const draftProtocol = async (
  actor: Actor,
  code: string,
  wanted: ProtocolSettings,
): Promise<Result<ProtocolVersion, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "protocol.draft");
  if (!gate.ok) return gate;
  const study = gate.value;

  return command(auditedBy(actor, study.roles), async (transaction) => {
    await lockStudy(transaction, study.id);
    const earlier = await storedProtocols(transaction, study);
    const changed = changedSince(wanted, earlier);
    const base = latestInForce(earlier);
    const draft = base === undefined ? readFirstDraft(wanted) : readAmendment(wanted, base);
    if (changed !== null && !(draft.ok && isSavedAlready(actor, draft.value, draftOf(earlier))))
      return refused(changed);
    if (!draft.ok) return draft;
    const before = await contentOf(transaction, study, draftOf(earlier));
    if (base === undefined) {
      const first = await saveFirst(transaction, actor, study, draft.value);
      if (!first.ok) return first;
    } else {
      await saveSettings(transaction, actor, study, draft.value);
    }
    const stored = await storedProtocols(transaction, study);
    const saved = draftOf(stored);
    if (saved === undefined) throw new Error("a draft that was just saved is not there");
    const record = {
      ...onStudy(study),
      kind: "PROTOCOL_DRAFTED",
      subject: String(saved.row.version),
      oldValue: before,
      newValue: await contentOf(transaction, study, saved),
    } as const;
    return ok({ value: await protocolVersionOf(transaction, study, stored, saved), audit: [record] });
  });
};
