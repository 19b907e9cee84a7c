import { canonicalEvent } from "@/lib/domain/trail/canonical";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { CHAINED_COLUMNS } from "@/lib/server/store/audit-chain";
import { linkHash } from "@/test/attacks/link-hash";
import { pastTriggers } from "@/test/database/past-triggers";
import type { Superuser } from "@/test/database/past-triggers";

/** Where an attack is made: an animal's chain, and a number from which it takes its place in it. */
export type Target = { readonly animalId: number; readonly tag: string; readonly chain: string; readonly seed: number };

/** What verify has to name: one of the kinds, at the animal, at one of the sequences (null: wherever). */
export type Named = {
  readonly kinds: readonly string[];
  readonly sequences: readonly number[] | null;
  readonly subject: string;
};

export type Attack = (superuser: Superuser, target: Target) => Promise<Named>;

const eventsOf = async (superuser: Superuser, { chain }: Target): Promise<readonly ChainedEvent[]> => {
  const { rows } = await superuser.query(
    `SELECT ${CHAINED_COLUMNS} FROM audit_events WHERE chain = $1 ORDER BY sequence`,
    [chain],
  );
  return rows as readonly ChainedEvent[];
};

const named = ({ tag }: Target, kinds: readonly string[], ...sequences: readonly number[]): Named => ({
  kinds,
  sequences: sequences.length === 0 ? null : sequences,
  subject: `animal ${tag}`,
});

/** A place in the chain that is neither its first nor its last, and is an entry's. */
const middle = async (superuser: Superuser, target: Target): Promise<number> => {
  const events = await eventsOf(superuser, target);
  return 2 + (target.seed % (events.length - 2));
};

const lastOf = async (superuser: Superuser, target: Target): Promise<number> =>
  (await eventsOf(superuser, target)).length;

/** Changes a column of one event. */
const edit =
  (change: string): Attack =>
  async (superuser, target) => {
    const sequence = await middle(superuser, target);
    await pastTriggers(superuser, "audit_events", () =>
      superuser.query(`UPDATE audit_events SET ${change} WHERE chain = $1 AND sequence = $2`, [target.chain, sequence]),
    );
    return named(target, ["changed"], sequence);
  };

const removeFrom = (superuser: Superuser, { chain }: Target, from: number, to: number) =>
  pastTriggers(superuser, "audit_events", () =>
    superuser.query(`DELETE FROM audit_events WHERE chain = $1 AND sequence BETWEEN $2 AND $3`, [chain, from, to]),
  );

const HASHED_AGAIN = `UPDATE audit_events SET previous_hash = decode($3, 'hex'), hash = decode($4, 'hex') WHERE chain = $1 AND sequence = $2`;

/** Everything from a place on hashed again, as somebody does who knows the form. */
const hashAgain = async (superuser: Superuser, target: Target, from: number): Promise<void> => {
  const events = await eventsOf(superuser, target);
  let before = events[from - 2]?.hash ?? "0".repeat(64);
  for (const event of events.slice(from - 1)) {
    const hash = linkHash(before, canonicalEvent(event));
    await superuser.query(HASHED_AGAIN, [target.chain, event.sequence, before, hash]);
    before = hash;
  }
};

/** Makes room at a place; the events after it keep the hash of the place that they had. */
const insertAt = async (superuser: Superuser, { chain }: Target, place: number, hash: string): Promise<void> => {
  await superuser.query(`UPDATE audit_events SET sequence = sequence + 1000001 WHERE chain = $1 AND sequence >= $2`, [
    chain,
    place,
  ]);
  await superuser.query(
    `UPDATE audit_events SET sequence = sequence - 1000000 WHERE chain = $1 AND sequence > 1000000`,
    [chain],
  );
  await superuser.query(
    `INSERT INTO audit_events (chain, sequence, at, kind, actor, actor_text, roles, origin, address, study_id, animal_id, subject, new_value, previous_hash, hash, created_in)
     SELECT chain, $2, at, 'ENTRY_RECORDED', actor, actor_text, roles, origin, address, study_id, animal_id, subject, '{"forged":true}',
       hash, decode($4, 'hex'), created_in FROM audit_events WHERE chain = $1 AND sequence = $3`,
    [chain, place, place - 1, hash],
  );
};

/** Hashes one event as it stands, on the hash before it. */
const hashAlone = async (superuser: Superuser, target: Target, sequence: number): Promise<void> => {
  const events = await eventsOf(superuser, target);
  const event = events[sequence - 1];
  const before = events[sequence - 2]?.hash ?? "0".repeat(64);
  if (event !== undefined)
    await superuser.query(HASHED_AGAIN, [target.chain, sequence, before, linkHash(before, canonicalEvent(event))]);
};

const swap = (superuser: Superuser, chain: string, left: number, right: number) =>
  pastTriggers(superuser, "audit_events", async () => {
    const move = `UPDATE audit_events SET sequence = $3 WHERE chain = $1 AND sequence = $2`;
    await superuser.query(move, [chain, left, 1_000_000]);
    await superuser.query(move, [chain, right, left]);
    await superuser.query(move, [chain, 1_000_000, right]);
  });

/** Another value in the table of an entry of the animal; answers the place of the event that recorded it. */
const editEntry = async (superuser: Superuser, { animalId, chain, seed }: Target): Promise<number> => {
  const { rows } = await superuser.query(
    `SELECT e.id, a.sequence::int AS sequence FROM entries e JOIN audit_events a ON a.study_id = e.study_id AND a.entry_id = e.id
     WHERE e.animal_id = $1 AND e.kind = 'weight' AND a.chain = $2 ORDER BY a.sequence`,
    [animalId, chain],
  );
  const entries = rows as readonly { readonly id: string; readonly sequence: number }[];
  const entry = entries[seed % entries.length];
  await superuser.query(
    `UPDATE body_weights SET grams = grams + 0.1 WHERE entry_id = $1 AND study_id = (SELECT study_id FROM animals WHERE id = $2)`,
    [entry?.id, animalId],
  );
  return entry?.sequence ?? 0;
};

/** The attacks that are made on a database as it stands; those that put an older one in its place are made elsewhere. */
const ATTACKS: Readonly<Record<string, Attack>> = {
  "a value changed": edit("new_value = replace(new_value, '}', ',\"x\":1}')"),
  "an actor changed": edit("actor_text = 'somebody@example.org'"),
  "an instant changed": edit("at = at + interval '1 second'"),
  "a reason changed": edit("reason = 'another reason'"),
  "the first row deleted": async (superuser, target) => {
    await removeFrom(superuser, target, 1, 1);
    return named(target, ["removed"], 1);
  },
  "a middle row deleted": async (superuser, target) => {
    const sequence = await middle(superuser, target);
    await removeFrom(superuser, target, sequence, sequence);
    return named(target, ["removed"], sequence);
  },
  "a middle row deleted, and the rest numbered anew": async (superuser, target) => {
    const sequence = await middle(superuser, target);
    await removeFrom(superuser, target, sequence, sequence);
    await pastTriggers(superuser, "audit_events", async () => {
      await superuser.query(
        `UPDATE audit_events SET sequence = sequence + 1000000 WHERE chain = $1 AND sequence > $2`,
        [target.chain, sequence],
      );
      await superuser.query(
        `UPDATE audit_events SET sequence = sequence - 1000001 WHERE chain = $1 AND sequence > 1000000`,
        [target.chain],
      );
    });
    return named(target, ["removed"], sequence);
  },
  "the last row deleted": async (superuser, target) => {
    const last = await lastOf(superuser, target);
    await removeFrom(superuser, target, last, last);
    return named(target, ["truncated"], last);
  },
  "a tail cut off": async (superuser, target) => {
    const last = await lastOf(superuser, target);
    const from = last - 1 - (target.seed % 3);
    await removeFrom(superuser, target, from, last);
    return named(target, ["truncated"], from);
  },
  "a forged row inserted": async (superuser, target) => {
    const place = await middle(superuser, target);
    await pastTriggers(superuser, "audit_events", async () => {
      await insertAt(superuser, target, place, "ab".repeat(32));
      if (target.seed % 2 === 0) await hashAlone(superuser, target, place);
    });
    return named(target, ["inserted"], place);
  },
  "a forged row at the end": async (superuser, target) => {
    const place = (await lastOf(superuser, target)) + 1;
    await pastTriggers(superuser, "audit_events", () => insertAt(superuser, target, place, "ab".repeat(32)));
    return named(target, ["inserted"], place);
  },
  "two rows swapped": async (superuser, target) => {
    const last = await lastOf(superuser, target);
    const left = 1 + (target.seed % (last - 1));
    const right = left + 1 + (target.seed % (last - left));
    await swap(superuser, target.chain, left, right);
    return named(target, ["reordered"], left, right);
  },
  "a whole chain hashed again": async (superuser, target) => {
    const sequence = await middle(superuser, target);
    await pastTriggers(superuser, "audit_events", async () => {
      const change = `UPDATE audit_events SET actor_text = 'somebody@example.org' WHERE chain = $1 AND sequence = $2`;
      await superuser.query(change, [target.chain, sequence]);
      await hashAgain(superuser, target, 1);
    });
    return named(target, ["rewritten"]);
  },
  "the table of the entries edited alone": async (superuser, target) => {
    let sequence = 0;
    await pastTriggers(superuser, "body_weights", async () => {
      sequence = await editEntry(superuser, target);
    });
    return named(target, ["changed"], sequence);
  },
  "a trigger disabled and a row edited": async (superuser, target) => {
    await superuser.query("ALTER TABLE body_weights DISABLE TRIGGER refuse_change");
    return named(target, ["changed"], await editEntry(superuser, target));
  },
  "an entry removed with its event": async (superuser, target) => {
    const last = await lastOf(superuser, target);
    const { rows } = await superuser.query(
      `SELECT entry_id AS id FROM audit_events WHERE chain = $1 AND sequence = $2`,
      [target.chain, last],
    );
    await removeFrom(superuser, target, last, last);
    await pastTriggers(superuser, "entries", () =>
      superuser.query(`DELETE FROM entries WHERE id = $1 AND animal_id = $2`, [
        (rows as readonly { id: string }[])[0]?.id,
        target.animalId,
      ]),
    );
    return named(target, ["truncated"], last);
  },
  "an animal's record edited": async (superuser, target) => {
    await pastTriggers(superuser, "animals", () =>
      superuser.query(`UPDATE animals SET cage = 'elsewhere' WHERE id = $1`, [target.animalId]),
    );
    return named(target, ["changed"]);
  },
  "a decision edited": async (superuser, target) => {
    await pastTriggers(superuser, "decision_runs", () =>
      superuser.query(`UPDATE decision_runs SET dose = dose + 1 WHERE animal_id = $1 AND run_number = 2`, [
        target.animalId,
      ]),
    );
    return named(target, ["decision differs"], 2);
  },
};

export const attacks: readonly (readonly [name: string, attack: Attack])[] = Object.entries(ATTACKS);
