"use client";

import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";

type ErrorPageProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** A bug, or a server that cannot be reached. What was saved before is saved; the reference finds the fault in the log. */
const ErrorPage = ({ error, reset }: ErrorPageProps) => (
  <MessagePage
    title="This page could not be shown"
    actions={
      <>
        <Button tone="primary" onClick={reset}>
          Try again
        </Button>
        <LinkButton href="/studies">To the studies</LinkButton>
      </>
    }
  >
    <p>Entries that were confirmed as saved are safe. If it happens again, tell whoever runs this server.</p>
    {error.digest === undefined ? null : (
      <p className="text-base">
        Reference for the server's log: <code className="font-mono">{error.digest}</code>
      </p>
    )}
  </MessagePage>
);

export default ErrorPage;
