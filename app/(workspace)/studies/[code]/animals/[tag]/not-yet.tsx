import { instantWords, type KnownAt } from "@/components/known-at/known-at";
import { PageBand } from "@/components/known-at/known-at-band";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { animalAddress } from "../../study-address";

type NotYetProps = {
  readonly study: AuthorizedStudy;
  /** As it was asked for. */
  readonly tag: string;
  readonly later: { readonly tagNow: string; readonly registeredMs: number };
  readonly knownAt: KnownAt;
};

/** In place of the page of an animal that was registered after the instant that is looked at. */
export const NotYet = ({ study, tag, later: { tagNow, registeredMs }, knownAt }: NotYetProps) => {
  const now = animalAddress(study.code, tagNow);
  return (
    <>
      <PageBand knownAt={knownAt} timeZone={study.timeZone} now={now} />
      <EmptyState
        title={`There was no animal ${tag} yet`}
        action={
          <LinkButton href={now} tone="primary">
            {tagNow} as it is now
          </LinkButton>
        }
      >
        {tagNow} was registered on {instantWords(registeredMs, study.timeZone)}.
      </EmptyState>
    </>
  );
};
