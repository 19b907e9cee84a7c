import type { ReactNode } from "react";
import { AppFrame } from "@/components/shell/app-frame";
import type { Actor } from "@/lib/server/command/actor";
import { signedInUser } from "./signed-in-user";

/** The frame of a page that belongs to no study. */
export const InstallationFrame = async ({
  actor,
  children,
}: {
  readonly actor: Actor;
  readonly children: ReactNode;
}) => {
  const roles = [
    ...(actor.auditor ? (["auditor"] as const) : []),
    ...(actor.administrator ? (["administrator"] as const) : []),
  ];
  return (
    <AppFrame study={null} tabs={[]} current={null} user={await signedInUser(actor, roles)}>
      {children}
    </AppFrame>
  );
};
