"use client";

import { Folded } from "@/components/ui/folded";
import { LateMark } from "@/components/ui/late-mark";
import type { EventLine } from "./event-line";
import { FieldList } from "./field-list";

type EventRowsProps = {
  readonly lines: readonly EventLine[];
  /** Of each kind on the page its title and what it means. */
  readonly kinds: Readonly<Record<string, readonly [title: string, says: string | undefined]>>;
  /** The address of the trail: with a person it shows what else that one did. */
  readonly address: string;
};

/** An email, broken before its @ where it has to be. */
const Person = ({ email }: { readonly email: string }) => {
  const [name, ...domain] = email.split("@");
  return (
    <>
      {name}
      {domain.length === 0 ? null : (
        <>
          <wbr />
          {`@${domain.join("@")}`}
        </>
      )}
    </>
  );
};

const Place = ({ line: [place, hash, date, time] }: { readonly line: EventLine }) => (
  <th scope="row">
    {date}
    <p>{time}</p>
    <small>{place}</small>
    <code title={`SHA-256 of the event and all before it in its chain: ${hash}`}>{hash.slice(0, 12)}</code>
  </th>
);

const What = ({ line, kinds }: { readonly line: EventLine } & Pick<EventRowsProps, "kinds">) => {
  const [, , , , kind, late, about, href, entry, beside, reason] = line;
  const [title, says] = kinds[kind] ?? [kind];
  return (
    <td>
      <b title={says}>{title}</b>
      {late === null ? null : (
        <p>
          <LateMark late={late} />
        </p>
      )}
      {about === null ? null : <p>{href === null ? about : <a href={href}>{about}</a>}</p>}
      {entry === null ? null : <small>{`entry ${entry}`}</small>}
      {beside === null ? null : <small>{beside}</small>}
      {reason === null ? null : <p>{`“${reason}”`}</p>}
    </td>
  );
};

const Who = ({ line, address }: { readonly line: EventLine } & Pick<EventRowsProps, "address">) => {
  const [, , , , , , , , , , , actor, acting, from] = line;
  return (
    <td>
      <a href={`${address}?${new URLSearchParams({ person: actor }).toString()}`} title="All that this person did">
        <Person email={actor} />
      </a>
      <p>{acting}</p>
      {from === null ? null : <small className="from">{from}</small>}
    </td>
  );
};

const Changes = ({ line }: { readonly line: EventLine }) => {
  const [, , , , , , , , , , , , , , fields, first, isChange] = line;
  const more = fields.slice(first);
  if (fields.length === 0) return <td>nothing beside it</td>;
  return (
    <td>
      <FieldList fields={fields.slice(0, first)} isChange={isChange} />
      {more.length === 0 ? null : (
        <Folded summary={more.length === 1 ? "1 more field" : `${String(more.length)} more fields`}>
          {() => <FieldList fields={more} isChange={isChange} />}
        </Folded>
      )}
    </td>
  );
};

/** Rows of events, drawn on the server and again in the browser from the texts of each. */
export const EventRows = ({ lines, kinds, address }: EventRowsProps) =>
  lines.map((line) => (
    <tr key={line[0]} className="may-break">
      <Place line={line} />
      <What line={line} kinds={kinds} />
      <Who line={line} address={address} />
      <Changes line={line} />
    </tr>
  ));
