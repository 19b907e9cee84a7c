"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { TextareaField } from "@/components/ui/textarea-field";
import { useEntry } from "@/components/record/use-entry-form";

/** What else is worth saying; it takes no room until somebody wants it. */
export const CommentField = () => {
  const { form, errorAt } = useEntry();
  const [open, setOpen] = useState(() => form.getValues("comment") !== "");
  const begin = (): void => {
    setOpen(true);
    requestAnimationFrame(() => form.setFocus("comment"));
  };
  if (!open) return <Button onClick={begin}>Comment…</Button>;
  return (
    <TextareaField
      {...form.register("comment")}
      id="entry-comment"
      label="Comment"
      rows={2}
      maxLength={2000}
      error={errorAt("comment")}
      className="w-full"
    />
  );
};
