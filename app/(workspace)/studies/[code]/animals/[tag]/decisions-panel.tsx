import type { ReactNode } from "react";
import type { KnownAnimal } from "@/components/animal-page/as-known";
import { DecisionList, SupersededDecisions } from "@/components/animal-page/decision-list";
import type { EntryReference } from "@/components/animal-page/explanation-view";
import { atInstant } from "@/components/known-at/known-at-address";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import type { AnimalDays } from "@/lib/domain/language/day-words";
import { animalAddress, versionAddress, whyAddress } from "../../study-address";

type DecisionsPanelProps = {
  readonly code: string;
  readonly tag: string;
  readonly known: KnownAnimal;
  readonly days: AnimalDays;
  /** The entry whose decision is explained; "all" for all of them. */
  readonly why: string | null;
  /** The instant of the past that is shown, as an address has it; null for now. */
  readonly asKnownAt: string | null;
  readonly referenceOf: (entry: string) => EntryReference | null;
  readonly signaturesOf: (entry: string) => ReactNode;
};

/** What was decided, the latest first. Each is explained on request: a reason is longer than all that it explains. */
export const DecisionsPanel = ({
  code,
  tag,
  known: { standing, superseded },
  days,
  why,
  asKnownAt,
  ...rest
}: DecisionsPanelProps) => (
  <Panel
    title="Decisions"
    note={String(standing.length)}
    actions={
      standing.length === 0 || why === "all" ? undefined : (
        <LinkButton
          href={atInstant(`${animalAddress(code, tag)}?why=all`, asKnownAt)}
          tone="quiet"
          prefetch={false}
          scroll={false}
        >
          Explain all
        </LinkButton>
      )
    }
    flush
  >
    <DecisionList
      {...rest}
      decisions={standing}
      days={days}
      why={why}
      whyAddress={(entry) => atInstant(whyAddress(code, tag, entry), asKnownAt)}
      protocolAddress={(version) => versionAddress(code, version)}
    />
    <SupersededDecisions
      decisions={superseded}
      days={days}
      protocolAddress={(version) => versionAddress(code, version)}
    />
  </Panel>
);
