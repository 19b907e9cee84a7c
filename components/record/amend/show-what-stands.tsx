"use client";

import { Button } from "@/components/ui/button";

type ShowWhatStandsProps = { readonly onShow: () => void };

/** The way out where somebody else has changed the entry since its form was opened. */
export const ShowWhatStands = ({ onShow }: ShowWhatStandsProps) => (
  <p className="flex flex-wrap items-center gap-3">
    <Button onClick={onShow}>Show what stands now</Button>
    <span className="text-ink-soft">Look at it, and decide again.</span>
  </p>
);
