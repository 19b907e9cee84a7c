"use client";

import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import type { OwnAccount } from "@/lib/contracts/accounts";
import { useAccountForm } from "./use-account-form";

type OpenSessionsProps = Pick<OwnAccount, "sessions" | "tokens">;

const counted = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${String(count)} ${one}s`);

const NOTHING_MISSING = () => [];

/** What is open in one's name, and how to end it. */
export const OpenSessions = ({ sessions, tokens }: OpenSessionsProps) => {
  const everything = useAccountForm({
    missing: NOTHING_MISSING,
    sending: () => ({ method: "DELETE", address: "/api/v1/account/sessions", body: null }),
    done: () => window.location.assign("/sign-in"),
  });
  const ofTokens = useAccountForm({
    missing: NOTHING_MISSING,
    sending: () => ({ method: "DELETE", address: "/api/v1/account/tokens", body: null }),
  });
  const { faults, summary } = everything.faults.length > 0 ? everything : ofTokens;
  return (
    <div className="max-w-2xl space-y-3">
      <p>
        {counted(sessions, "session")} open, this one included, and {counted(tokens, "personal token")} for programs in
        use. A session that nobody uses ends after 2 hours.
      </p>
      <ErrorSummary
        ref={summary}
        title="Nothing was ended"
        errors={faults.map(({ message }) => ({ message, fieldId: null }))}
      />
      <div className="flex flex-wrap gap-3">
        <form onSubmit={everything.submit}>
          <Button type="submit" pending={everything.isPending}>
            Sign out everywhere, and end all tokens
          </Button>
        </form>
        {tokens === 0 ? null : (
          <form onSubmit={ofTokens.submit}>
            <Button type="submit" pending={ofTokens.isPending}>
              End the tokens alone
            </Button>
          </form>
        )}
      </div>
    </div>
  );
};
