import type { ReactNode } from "react";
import { ResearchNote } from "@/components/shell/research-note";

/** A frame and nothing else: who may see a page is decided in each page, never here. */
const WorkspaceLayout = ({ children }: { readonly children: ReactNode }) => (
  <div className="flex min-h-dvh flex-col">
    {children}
    <ResearchNote />
  </div>
);

export default WorkspaceLayout;
