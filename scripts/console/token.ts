// Prints a new personal token of an account, and nothing else.
import { issueToken } from "@/lib/server/operations/accounts/issue-token";
import { answerOf } from "./answer";
import { CONSOLE } from "./console-actor";

const [email = ""] = process.argv.slice(2);

await answerOf(
  () => issueToken(CONSOLE, email),
  (token) => console.log(token),
);
