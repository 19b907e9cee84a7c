import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { remoteAddress } from "./remote-address";
import type { Actor } from "@/lib/server/command/actor";
import { sessionIdIn } from "./session-cookie";
import { actorOfSession } from "./sessions";

/** Who looks at the page that is being made, asked once for each page; null for nobody. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const values = (await cookies()).getAll().map(({ name, value }) => [name, value] as const);
  const sessionId = await sessionIdIn(Object.fromEntries(values));
  const actor = sessionId === null ? null : await actorOfSession(sessionId);
  if (actor === null) return null;
  const sent = await headers();
  return { ...actor, address: remoteAddress((name) => sent.get(name)) };
});

/** The same for a page that is nothing without a person: others are sent to sign in, and come back to `address`. */
export const requireActor = async (address: string): Promise<Actor> =>
  (await currentActor()) ?? redirect(`/sign-in?next=${encodeURIComponent(address)}`);
