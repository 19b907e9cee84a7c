import type { RuleSetId } from "../../study/protocol";
import { compileRules, type Rules } from "../compile-rules";
import { RULE_SET_2026_1 } from "./2026-1";

/** Every rule set that a protocol version can pin. A table never changes once a study can be pinned to it. */
const RULES: Readonly<Record<RuleSetId, Rules>> = { "2026-1": compileRules(RULE_SET_2026_1) };

export const rulesOf = (id: RuleSetId): Rules => RULES[id];
