"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Glyph } from "@/components/ui/glyph";
import { isTyping } from "@/components/ui/typing-target";

type BackLinkProps = { readonly href: string; readonly children: string };

/** Where Escape goes: the page above this one. Left alone while something is typed or something open takes the key. */
export const BackLink = ({ href, children }: BackLinkProps) => {
  const router = useRouter();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector("dialog[open], :popover-open") !== null) return;
      router.push(href);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [href, router]);
  return (
    <Link
      href={href}
      className="inline-flex min-h-6 items-center gap-1 text-sm text-ink-soft hover:text-ink print:hidden pointer-coarse:min-h-11"
    >
      <Glyph name="chevron" className="rotate-180 text-[0.75em]" />
      {children}
    </Link>
  );
};
