"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/text-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { faultsOf, send } from "@/lib/client/send";

/** Imports a whole study from a dose-history/1 file, under a code of its own. All of it or nothing. */
export const ImportStudyForm = () => {
  const router = useRouter();
  const [failures, setFailures] = useState<readonly string[]>([]);
  const summary = useErrorFocus(failures);
  const [progress, setProgress] = useState<string | null>(null);

  const fail = (messages: readonly string[]): void => {
    setProgress(null);
    setFailures(messages);
  };

  const importFile = async (form: FormData): Promise<void> => {
    const file = form.get("bundle");
    const typed = form.get("code");
    const code = typeof typed === "string" ? typed.trim() : "";
    if (code === "") return fail(["Type the code that the study will have here."]);
    if (!(file instanceof File) || file.size === 0) return fail(["Choose the file of the bundle."]);
    setFailures([]);
    setProgress(`Reading ${file.name}, ${(file.size / 1_000_000).toFixed(1)} MB…`);
    const text = await file.text();
    setProgress("Checking, judging and storing every entry. This takes some seconds for thousands of them…");
    const sent = await send("POST", `/api/v1/studies/import?code=${encodeURIComponent(code)}`, text);
    if (sent.kind === "done") {
      router.push(`/studies/${encodeURIComponent(code)}/board`);
      return;
    }
    fail(faultsOf(sent).map(({ path, message }) => (path === "$" ? message : `${path}: ${message}`)));
  };

  return (
    <form action={importFile} className="max-w-xl space-y-3">
      <ErrorSummary
        ref={summary}
        title="Nothing was imported"
        errors={failures.map((message) => ({ message, fieldId: null }))}
      />
      <TextField name="code" label="Code of the new study" autoComplete="off" />
      <TextField
        name="bundle"
        type="file"
        className="[&_input]:py-1.5 [&_input]:file:mr-3 [&_input]:file:font-medium [&_input]:file:text-accent-strong"
        accept=".json,application/json"
        label="Bundle, dose-history/1"
      />
      <Button type="submit" pending={progress !== null}>
        Import a study
      </Button>
      <p role="status" className="min-h-[1.4em] text-ink-soft">
        {progress}
      </p>
    </form>
  );
};
