import * as z from "zod";

/** What a person is asked for again before something is done in their name: the password, and a code where one is set. */
export const confirmation = {
  password: z.string().min(1, "Type your password").max(1024),
  code: z.string().max(64).nullish().meta({
    description: "The code that your app shows, or a recovery code; needed where you have set a second factor",
    example: "287082",
  }),
};

export type Confirmation = { readonly password: string; readonly code?: string | null | undefined };

/** Who signs on a page: the printed name, and whether a code is asked for beside the password. */
export type Signer = { readonly name: string; readonly secondFactor: boolean };
