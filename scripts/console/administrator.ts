// Makes an administrator's account, the first of an installation, and prints its password, which is kept nowhere else.
import { newUser } from "@/lib/contracts/accounts";
import { readInput } from "@/lib/contracts/field-faults";
import { refusal } from "@/lib/contracts/problem";
import { refused } from "@/lib/domain/result";
import { createUser } from "@/lib/server/operations/accounts/create-user";
import { readablePassword } from "../setup/private-file.mjs";
import { answerOf } from "./answer";
import { CONSOLE } from "./console-actor";

const [email, name] = process.argv.slice(2);
const password = readablePassword();

await answerOf(
  async () => {
    const read = readInput(newUser, { email, name, password, administrator: true });
    return read.ok ? createUser(CONSOLE, read.value) : refused(refusal("INVALID_INPUT", "Not made:", read.fault));
  },
  (user) => console.log(`${user.email}  ${password}`),
);
