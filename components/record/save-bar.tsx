"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary, type FieldError } from "@/components/ui/error-summary";
import { KeyHint } from "@/components/ui/key-hint";
import { Notice } from "@/components/ui/notice";
import { localTimeText } from "@/lib/domain/time/local-time";
import { type SaveFailure, useEntry } from "./use-entry-form";
import { KIND_NOUNS } from "@/lib/domain/language/code-words";

type Failure = Exclude<SaveFailure, null>;

const failureWords = (failure: Failure): { readonly title: string; readonly text: string } | null => {
  switch (failure.kind) {
    case "no-answer":
      return {
        title: "No answer from the server.",
        text: "It may or may not have been saved. Everything you typed is still here; saving again is safe and never records it twice.",
      };
    case "unavailable":
      return { title: "The server could not save it.", text: `${failure.detail} Everything you typed is still here.` };
    case "signed-out":
      return {
        title: "You have been signed out.",
        text: "What you typed stays on this device. Sign in, and save it again.",
      };
    case "refused":
      return null;
  }
};

/** The path of each error in a tree of them, with its sentence. */
const errorsIn = (tree: unknown, path: string): readonly FieldError[] => {
  if (typeof tree !== "object" || tree === null) return [];
  if ("type" in tree && "message" in tree && typeof tree.message === "string") {
    return [{ message: tree.message, fieldId: path === "" || path.startsWith("root") ? null : path }];
  }
  return Object.entries(tree).flatMap(([key, inner]) =>
    key === "ref" ? [] : errorsIn(inner, path === "" ? key : `${path}.${key}`),
  );
};

/** The field of a path on the page: the nearest one around it that has an id. */
const fieldIdOf = (path: string): string | null => {
  const parts = path.split(".");
  while (parts.length > 0) {
    const id = `entry-${parts.join("-")}`;
    if (document.getElementById(id) !== null) return id;
    parts.pop();
  }
  return null;
};

/** Everything that is wrong with the form, above it; each a link to its field. It takes the focus after a refused try. */
export const EntryErrors = () => {
  const { form, failure, saving } = useEntry();
  const { errors, submitCount } = form.formState;
  const summary = useRef<HTMLDivElement>(null);
  const listed = errorsIn(errors, "").map(({ message, fieldId }) => ({
    message,
    fieldId: fieldId === null ? null : fieldIdOf(fieldId),
  }));
  const many = listed.length > 1 || listed.some(({ fieldId }) => fieldId === null);
  const tried = useRef(0);
  useEffect(() => {
    if (saving || submitCount === tried.current) return;
    tried.current = submitCount;
    const [first] = listed;
    if (first === undefined) return;
    const only = many || first.fieldId === null ? null : document.getElementById(first.fieldId);
    const target =
      only?.matches("input, textarea, select") === true
        ? only
        : (only?.querySelector<HTMLElement>("input, textarea, select") ?? summary.current);
    target?.focus();
  });
  if (submitCount === 0 && failure === null) return null;
  return <ErrorSummary ref={summary} errors={many ? listed : []} />;
};

/** Save, and why it did not work. Pressed twice it saves once. */
export const SaveBar = ({ label }: { readonly label?: string }) => {
  const { kind, animal, sheet, draft, saving, failure, goTo } = useEntry();
  const isConflict = failure?.kind === "refused" && failure.problem.code === "ENTRY_CONFLICT";
  const words = failure === null ? null : failureWords(failure);
  const { leftMs } = draft.opened;
  return (
    <div className="space-y-2">
      {words === null ? null : (
        <div role="alert">
          <Notice
            tone={failure?.kind === "no-answer" ? "ink" : "stopped"}
            title={words.title}
            actions={
              failure?.kind === "signed-out" ? (
                <a
                  href={`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`}
                  className="font-semibold underline underline-offset-2"
                >
                  Sign in
                </a>
              ) : undefined
            }
          >
            {words.text}
          </Notice>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" pending={saving} className="min-w-56 text-lg">
          {saving
            ? "Saving…"
            : failure === null || failure.kind === "refused"
              ? (label ?? `Save ${KIND_NOUNS[kind]} of ${animal.tag}`)
              : "Save again"}
        </Button>
        <span className="text-sm text-ink-faint pointer-coarse:hidden">
          <KeyHint>Ctrl Enter</KeyHint> saves from anywhere
        </span>
        {leftMs === null ? null : (
          <span className="text-sm text-ink-soft">
            Typed at {localTimeText(leftMs, sheet.study.timeZone)} and not saved yet.
          </span>
        )}
        {leftMs !== null || isConflict ? (
          <Button
            onClick={() => {
              draft.drop();
              goTo(animal.tag);
            }}
          >
            Discard, begin anew
          </Button>
        ) : null}
      </div>
      <span className="sr-only" role="status">
        {saving ? "Saving" : ""}
      </span>
    </div>
  );
};
