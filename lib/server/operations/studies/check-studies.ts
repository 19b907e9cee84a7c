import "server-only";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { connection } from "@/lib/server/db/connection";
import { studyNames } from "@/lib/server/store/studies";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import type { DecisionFault } from "@/lib/server/judging/check-decisions";

export type CheckedStudy = { readonly code: string; readonly faults: readonly DecisionFault[] };

/**
 * Compares what is stored of the decisions, and the states, with what follows from the logs: of one study, or of all
 * (`code` null). For the server's console: whoever has the machine has the data.
 */
export const checkStudies = async (code: string | null): Promise<Result<readonly CheckedStudy[], Refusal>> => {
  const studies = await studyNames(code);
  if (code !== null && studies.length === 0) return refused(refusal("NOT_FOUND", `There is no study ${code}.`));
  const checked: CheckedStudy[] = [];
  for (const study of studies) checked.push({ code: study.code, faults: await checkDecisions(connection, study) });
  return ok(checked);
};
