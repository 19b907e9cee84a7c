"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import type { AnimalFilter } from "./animal-choice";

/** Where one is: which animal, which kind of entry, and what the list is narrowed to. All of it stands in the address. */
export type RecordPlace = { readonly animal: string | null; readonly kind: EntryKind; readonly filter: AnimalFilter };

export type RecordPlaceControl = {
  readonly place: RecordPlace;
  readonly hrefOf: (change: Partial<RecordPlace>) => string;
  /** Goes there without asking the server: everything is on the page already. */
  readonly go: (change: Partial<RecordPlace>) => void;
};

const placeIn = (query: URLSearchParams, kinds: readonly EntryKind[]): RecordPlace => {
  const wanted = query.get("kind");
  return {
    animal: query.get("animal"),
    kind: kinds.find((kind) => kind === wanted) ?? kinds[0] ?? "weight",
    filter: { room: query.get("room") ?? "", cage: query.get("cage") ?? "", group: query.get("group") ?? "" },
  };
};

const queryOf = ({ animal, kind, filter }: RecordPlace): string => {
  const query = new URLSearchParams();
  query.set("kind", kind);
  if (animal !== null) query.set("animal", animal);
  for (const [name, value] of Object.entries(filter)) if (value !== "") query.set(name, value);
  return query.toString();
};

export const useRecordPlace = (kinds: readonly EntryKind[]): RecordPlaceControl => {
  const path = usePathname();
  const query = useSearchParams();
  const place = useMemo(() => placeIn(new URLSearchParams(query), kinds), [query, kinds]);
  const hrefOf = useCallback(
    (change: Partial<RecordPlace>) => `${path}?${queryOf({ ...place, ...change })}`,
    [path, place],
  );
  const go = useCallback(
    (change: Partial<RecordPlace>) => {
      const href = hrefOf(change);
      // Another animal or kind can be gone back from; a narrowed list is the same place.
      if ("animal" in change || "kind" in change) window.history.pushState(null, "", href);
      else window.history.replaceState(null, "", href);
    },
    [hrefOf],
  );
  return { place, hrefOf, go };
};
