// Takes the second factor off an account: the way out where no administrator is left who could.
import { factorRemoval } from "@/lib/contracts/accounts";
import { readInput } from "@/lib/contracts/field-faults";
import { refusal } from "@/lib/contracts/problem";
import { refused } from "@/lib/domain/result";
import { removeSecondFactor } from "@/lib/server/operations/accounts/remove-second-factor";
import { answerOf } from "./answer";
import { CONSOLE } from "./console-actor";

const [email = "", reason] = process.argv.slice(2);

await answerOf(
  async () => {
    const read = readInput(factorRemoval, { reason });
    return read.ok
      ? removeSecondFactor(CONSOLE, email, read.value)
      : refused(refusal("INVALID_INPUT", "Not taken off:", read.fault));
  },
  () => console.log(`The password alone opens the account of ${email} now.`),
);
