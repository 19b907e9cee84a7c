"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import type { ComponentProps } from "react";
import { AppFrame } from "@/components/shell/app-frame";

/** The frame of a study's pages, which marks the tab that the address is in. */
export const StudyFrame = (props: Omit<ComponentProps<typeof AppFrame>, "current">) => (
  <AppFrame {...props} current={useSelectedLayoutSegment()} />
);
