import type { Refusal } from "@/lib/contracts/problem";
import type { Result } from "@/lib/domain/result";
import { database } from "@/lib/server/db/database";

/** Wrong input, as the other commands answer it. */
const WRONG_INPUT = 2;

const LONGEST_LIST = 20;

/** A refusal as one line, with the places that it names. */
const lineOf = ({ detail, errors }: Refusal): string => {
  const places = errors.filter(({ message }) => !detail.includes(message)).slice(0, LONGEST_LIST);
  return [detail, ...places.map(({ path, message }) => `${path} ${message}`)].join(" ");
};

/** Runs one operation and tells what came of it: its value as told, or its refusal in one line and exit code 2. */
export const answerOf = async <Value>(
  operation: () => Promise<Result<Value, Refusal>>,
  tell: (value: Value) => void,
): Promise<void> => {
  try {
    const answer = await operation();
    if (answer.ok) {
      tell(answer.value);
    } else {
      console.error(lineOf(answer.fault));
      process.exitCode = WRONG_INPUT;
    }
  } finally {
    await database().close();
  }
};
