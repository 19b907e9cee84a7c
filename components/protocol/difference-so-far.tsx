"use client";

import { useWatch, type UseFormReturn } from "react-hook-form";
import { Disclosure } from "@/components/ui/disclosure";
import { DifferenceList } from "./difference-list";
import { typedDifference } from "./difference-typed";
import type { Amending, ProtocolFormValues } from "./protocol-form-values";

type DifferenceSoFarProps = {
  readonly form: UseFormReturn<ProtocolFormValues>;
  readonly amending: NonNullable<Amending>;
};

/** What the amendment changes, while it is typed: in a long form nobody has to remember what was touched. */
export const DifferenceSoFar = ({ form, amending }: DifferenceSoFarProps) => {
  useWatch({ control: form.control });
  const { version, base } = amending;
  const changes = typedDifference(form.getValues(), amending);
  const against = `version ${String(base.version)}`;
  if (changes === null)
    return <p className="mb-2 text-ink-soft">What differs is shown once every number can be read.</p>;
  if (changes.length === 0) return <p className="mb-2 text-ink-soft">Nothing differs from {against} yet.</p>;
  const settings = changes.length === 1 ? "1 setting differs" : `${String(changes.length)} settings differ`;
  return (
    <Disclosure summary={`${settings} from ${against}`} className="mb-2">
      <div className="max-h-[40vh] overflow-auto rounded-panel border border-hairline bg-surface">
        <DifferenceList difference={{ version, comparedWith: base.version, changes: [...changes], findings: [] }} />
      </div>
    </Disclosure>
  );
};
