import "server-only";
import type { MemberList } from "@/lib/contracts/accounts";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { membersOf } from "@/lib/server/store/memberships";

/** Who works in a study, and as what. */
export const listMembers = async (actor: Actor, code: string): Promise<Result<MemberList, Refusal>> => {
  const study = await authorizeStudy(actor, code, "membership.manage");
  return study.ok ? ok({ members: await membersOf(study.value.id) }) : study;
};
