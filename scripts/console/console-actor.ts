import { hostname, userInfo } from "node:os";
import type { Actor } from "@/lib/server/command/actor";

/** The operating system's account, where it has one. */
const accountName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
};

/** Who sits at the server's own console may make accounts and studies: whoever has the machine has the data. */
export const CONSOLE: Actor = {
  userId: "00000000-0000-0000-0000-000000000000",
  email: "console",
  name: "The server's console",
  administrator: true,
  auditor: false,
  via: "console",
  address: `${accountName()}@${hostname()}`,
};
