"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { signOut } from "@/lib/client/account-session";

/** Ends the session on the server; without the server nothing is pretended. */
export const SignOutButton = () => {
  const [state, setState] = useState<"idle" | "leaving" | "failed">("idle");
  const leave = async (): Promise<void> => {
    setState("leaving");
    try {
      await signOut();
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <Button pending={state === "leaving"} onClick={() => void leave()}>
        Sign out
      </Button>
      {state === "failed" ? (
        <p role="alert" className="mt-2 text-sm text-stopped">
          The server cannot be reached: you are still signed in. Try again.
        </p>
      ) : null}
    </>
  );
};
