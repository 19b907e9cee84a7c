import { cookies } from "next/headers";
import { SignOutButton } from "@/components/accounts/sign-out-button";
import { readTheme, THEME_COOKIE } from "@/components/shell/theme";
import type { UserMenuProps } from "@/components/shell/user-menu";
import type { Role } from "@/lib/domain/access/permissions";
import type { Actor } from "@/lib/server/command/actor";
import { rolesText } from "@/lib/domain/language/code-words";

/** What the frame's menu says of whoever is signed in. */
export const signedInUser = async (actor: Actor, roles: readonly Role[]): Promise<UserMenuProps> => ({
  name: actor.name,
  role: roles.length === 0 ? "Signed in" : rolesText(roles),
  theme: readTheme((await cookies()).get(THEME_COOKIE)?.value),
  links: [
    { label: "All studies", href: "/studies" },
    { label: "Your account", href: "/account" },
    ...(actor.administrator ? [{ label: "Accounts", href: "/accounts" }] : []),
    ...(actor.auditor || actor.administrator ? [{ label: "Audit trail of accounts", href: "/audit" }] : []),
  ],
  signOut: <SignOutButton />,
});
