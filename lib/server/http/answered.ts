import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { Answer } from "./endpoint";

/** What an operation came to, as an answer: 200 with its value, or what `shape` makes of it. */
export const answered = <Value>(
  result: Result<Value, Refusal>,
  shape: (value: Value) => readonly [status: number, body: unknown] = (value) => [200, value],
): Result<Answer, Refusal> => {
  if (!result.ok) return result;
  const [status, body] = shape(result.value);
  return ok({ status, body });
};
