"use client";

import { useSearchParams, useSelectedLayoutSegment } from "next/navigation";
import type { ComponentProps } from "react";
import { atInstant } from "@/components/known-at/known-at-address";
import { AppFrame } from "@/components/shell/app-frame";

/**
 * The frame of a study's pages, which marks the tab that the address is in. Its links keep the instant of the past that is
 * looked at.
 */
export const StudyFrame = ({ study, tabs, finder = [], ...rest }: Omit<ComponentProps<typeof AppFrame>, "current">) => {
  const asKnownAt = useSearchParams().get("asKnownAt");
  const kept = <Link extends { readonly href: string }>(link: Link): Link => ({
    ...link,
    href: atInstant(link.href, asKnownAt),
  });
  return (
    <AppFrame
      {...rest}
      study={study === null ? null : kept(study)}
      tabs={tabs.map(kept)}
      finder={finder.map(kept)}
      current={useSelectedLayoutSegment()}
    />
  );
};
