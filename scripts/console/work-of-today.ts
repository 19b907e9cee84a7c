// The people of the demonstration go on with it, by the operations that their own requests go through.
import { randomUUID } from "node:crypto";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { changeAnimal } from "@/lib/server/operations/animals/change-animal";
import { recordEntries } from "@/lib/server/operations/entries/record-entries";
import { draftProtocol } from "@/lib/server/operations/protocol/draft-protocol";
import { actsOfToday } from "@/prisma/seed/demonstration-today";
import type { ActOfToday } from "@/prisma/seed/demonstration-today";
import { CONSOLE } from "./console-actor";

/** The trail says what it is: a person's work, sent by a program from the server's console. */
const actorOf = async (email: string): Promise<Actor> => {
  const [account] = await connection.query<Pick<Actor, "userId" | "email" | "name" | "administrator" | "auditor">>({
    text: `SELECT id::text AS "userId", email, name, administrator, auditor FROM users WHERE email = $1`,
    values: [email],
  });
  if (account === undefined) throw new Error(`The demonstration has no account ${email}`);
  return { ...account, via: "token", address: CONSOLE.address ?? null };
};

const doAct = (actor: Actor, code: string, act: ActOfToday): Promise<Result<unknown, Refusal>> => {
  switch (act.kind) {
    case "record":
      return recordEntries(actor, code, act.entries);
    case "change":
      return changeAnimal(actor, code, act.animal, act.change);
    case "draft":
      return draftProtocol(actor, code, act.settings);
  }
};

/** Corrections, orders, a move and a draft on top of the imported study; the first refusal ends it. */
export const workOfToday = async (
  code: string,
  bundle: unknown,
  directorsPassword: string,
): Promise<Result<null, Refusal>> => {
  const acts = actsOfToday(bundle, {
    now: new Date().toISOString(),
    newId: randomUUID,
    password: directorsPassword,
  });
  for (const act of acts) {
    const done = await doAct(await actorOf(act.email), code, act);
    if (!done.ok) return done;
  }
  return ok(null);
};
