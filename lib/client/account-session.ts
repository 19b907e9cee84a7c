import * as z from "zod";
import { SIGN_IN_REFUSALS, type SignInRefusal } from "../contracts/accounts";

/** Why a sign-in failed, as far as the server tells. */
export type SignInOutcome = "signed-in" | "refused" | SignInRefusal | "unavailable" | "no-network";

const csrfAnswer = z.object({ csrfToken: z.string() });
const callbackAnswer = z.object({ url: z.string() });

const post = async (path: string, fields: Readonly<Record<string, string>>): Promise<Response> => {
  const asked = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = csrfAnswer.parse(await asked.json());
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
};

const outcomeOf = async (response: Response): Promise<SignInOutcome> => {
  if (response.status >= 500) return "unavailable";
  const answer = callbackAnswer.safeParse(await response.json());
  if (!answer.success) return "unavailable";
  const { pathname, searchParams } = new URL(answer.data.url, window.location.href);
  const error = searchParams.get("error");
  // Without its own cookie next-auth answers with an address of its own, and signs nobody in.
  if (response.ok && error === null && !pathname.startsWith("/api/auth/")) return "signed-in";
  if (error === "CredentialsSignin") return "refused";
  return SIGN_IN_REFUSALS.find((refusal) => refusal === error) ?? "unavailable";
};

/** Opens a session; the cookie comes with the answer. */
export const signIn = async (email: string, password: string, code: string): Promise<SignInOutcome> => {
  try {
    return await outcomeOf(await post("/api/auth/callback/credentials", { email, password, code }));
  } catch (error) {
    return error instanceof TypeError ? "no-network" : "unavailable";
  }
};

/** Ends the session on the server, so that a copy of the cookie is worth nothing, and goes to the sign-in page. */
export const signOut = async (): Promise<void> => {
  await post("/api/auth/signout", {});
  window.location.assign("/sign-in");
};
