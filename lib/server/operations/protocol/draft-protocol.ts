import "server-only";
import type { ProtocolSettings, ProtocolVersion } from "@/lib/contracts/protocol";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { FieldFault, Refusal } from "@/lib/contracts/problem";
import { readDoseGroups } from "@/lib/domain/bundle/read-dose-groups";
import { readProtocol } from "@/lib/domain/bundle/read-protocol";
import type { BundleFault } from "@/lib/domain/bundle/check";
import { protocolDocument } from "@/lib/domain/bundle/write-protocol";
import { levelsOfGroups } from "@/lib/domain/protocol/dose-group";
import type { DoseGroup } from "@/lib/domain/protocol/dose-group";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { allOrNothing } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/kernel/actor";
import { rebuildAnimalStates } from "@/lib/server/kernel/rebuild-animal-states";
import { protocolVersionOf, storedProtocols } from "./protocol-rows";

type Draft = { readonly settings: object; readonly groups: readonly DoseGroup[] };

const fieldFault = ({ path, message }: BundleFault): FieldFault => ({ path, code: "INVALID_PROTOCOL", message });

/** By the domain's own readers, so that form, API and bundle take and refuse the same. */
const readDraft = (wanted: ProtocolSettings): Result<Draft, Refusal> => {
  const groups = readDoseGroups(wanted, "");
  const levels = wanted.doseLevels ?? (groups.ok ? levelsOfGroups(groups.value).map((level) => level.toNumber()) : []);
  const protocol = readProtocol({ ...wanted, version: 1, effectiveFrom: null, doseLevels: levels }, "");
  const levelsUnknown = wanted.doseLevels === undefined && !groups.ok;
  const faults = [
    ...(protocol.ok || (levelsUnknown && protocol.fault.path === "doseLevels") ? [] : [fieldFault(protocol.fault)]),
    ...(groups.ok ? [] : [fieldFault(groups.fault)]),
  ];
  if (protocol.ok && groups.ok) {
    const { resumePolicy, ...settings } = protocolDocument(protocol.value);
    const chosen = wanted.resumePolicy === undefined || wanted.resumePolicy === null ? {} : { resumePolicy };
    return ok({ settings: { ...settings, ...chosen }, groups: groups.value });
  }
  const [first] = faults;
  return refused(refusal("INVALID_PROTOCOL", `${first?.path ?? "$"} ${first?.message ?? "is not valid"}.`, faults));
};

/** Groups that are no longer named go, unless animals belong to them; the others are as the draft says. */
const saveGroups = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  groups: readonly DoseGroup[],
): Promise<Result<null, Refusal>> => {
  const codes = groups.map(({ code }) => code);
  const inUse = await transaction.query<{ readonly code: string; readonly animals: number }>({
    text: `SELECT group_code AS code, count(*)::int AS animals FROM animals
     WHERE study_id = $1 AND group_code IS NOT NULL AND group_code <> ALL ($2) GROUP BY group_code ORDER BY group_code`,
    values: [study.id, codes],
  });
  const [kept] = inUse;
  if (kept !== undefined) {
    return refused(
      fieldRefusal("GROUP_IN_USE", "groups", `Group ${kept.code} has ${kept.animals} animals and cannot be left out.`),
    );
  }
  await transaction.query({
    text: `DELETE FROM dose_groups WHERE study_id = $1 AND code <> ALL ($2)`,
    values: [study.id, codes],
  });
  for (const [position, group] of groups.entries()) {
    await transaction.query({
      text: `INSERT INTO dose_groups (study_id, code, label, control, dose_levels, starting_dose, position)
       VALUES ($1, $2, $3, $4, $5::numeric[], $6::numeric, $7)
       ON CONFLICT (study_id, code) DO UPDATE SET
         label = excluded.label, control = excluded.control, dose_levels = excluded.dose_levels,
         starting_dose = excluded.starting_dose, position = excluded.position`,
      values: [
        study.id,
        group.code,
        group.label,
        group.control,
        group.doseLevels.map((level) => level.toFixed()),
        group.startingDose.toFixed(),
        position,
      ],
    });
  }
  return ok(null);
};

/** Saves the draft of a study's protocol and its dose groups, whole. Nothing in it counts until it is signed. */
export const draftProtocol = async (
  actor: Actor,
  code: string,
  wanted: ProtocolSettings,
): Promise<Result<ProtocolVersion, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "protocol.draft");
  if (!gate.ok) return gate;
  const study = gate.value;
  const draft = readDraft(wanted);
  if (!draft.ok) return draft;

  return allOrNothing(async (transaction) => {
    await transaction.query({ text: `SELECT FROM studies WHERE id = $1 FOR NO KEY UPDATE`, values: [study.id] });
    const earlier = await storedProtocols(transaction, study);
    if (earlier.some(({ row }) => row.status !== "draft")) {
      return refused(
        refusal(
          "PROTOCOL_SIGNED",
          "The protocol has been signed and stays as it is; amendments are not in this version.",
        ),
      );
    }
    const groups = await saveGroups(transaction, study, draft.value.groups);
    if (!groups.ok) return groups;
    await transaction.query({
      text: `INSERT INTO protocol_versions (study_id, version, status, settings, drafted_by) VALUES ($1, 1, 'draft', $2, $3)
       ON CONFLICT (study_id, version) DO UPDATE SET
         settings = excluded.settings, drafted_by = excluded.drafted_by, drafted_at = clock_timestamp()`,
      values: [study.id, JSON.stringify(draft.value.settings), actor.userId],
    });
    await rebuildAnimalStates(transaction, study.id);
    const [saved] = await storedProtocols(transaction, study);
    if (saved === undefined) throw new Error("a draft that was just saved is not there");
    return ok(await protocolVersionOf(transaction, study, saved));
  });
};
