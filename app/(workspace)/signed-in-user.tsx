import { cookies } from "next/headers";
import { SignOutButton } from "@/components/accounts/sign-out-button";
import { readTheme, THEME_COOKIE } from "@/components/shell/theme";
import type { UserMenuProps } from "@/components/shell/user-menu";
import type { Role } from "@/lib/domain/access/permissions";
import type { Actor } from "@/lib/server/command/actor";

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  technician: "Technician",
  study_director: "Study director",
  auditor: "Auditor",
  administrator: "Administrator",
};

/** "Study director, administrator". */
export const rolesText = (roles: readonly Role[]): string => {
  const words = roles.map((role, place) => (place === 0 ? ROLE_WORDS[role] : ROLE_WORDS[role].toLowerCase()));
  return words.length === 0 ? "Signed in" : words.join(", ");
};

/** What the frame's menu says of whoever is signed in. */
export const signedInUser = async (actor: Actor, roles: readonly Role[]): Promise<UserMenuProps> => ({
  name: actor.name,
  role: rolesText(roles),
  theme: readTheme((await cookies()).get(THEME_COOKIE)?.value),
  links: [
    { label: "All studies", href: "/studies" },
    { label: "Your account", href: "/account" },
    ...(actor.administrator ? [{ label: "Accounts", href: "/accounts" }] : []),
    ...(actor.auditor || actor.administrator ? [{ label: "Audit trail of accounts", href: "/audit" }] : []),
  ],
  signOut: <SignOutButton />,
});
