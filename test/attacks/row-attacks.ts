import { pastTriggers } from "@/test/database/past-triggers";
import type { Superuser } from "@/test/database/past-triggers";

/** Five of each kind of row, one for each seed: what an attack with a seed is made on. */
export type RowTarget = {
  readonly seed: number;
  readonly animalId: number;
  readonly tag: string;
  /** The account that has a membership of its own, by id and email. */
  readonly userId: string;
  readonly email: string;
};

/** What verify has to name. The sequence null: the row has no event. */
export type NamedRow = {
  readonly study: string | null;
  readonly subject: string | null;
  readonly kind: string;
  readonly sequence: number | null;
};

type RowAttack = (superuser: Superuser, target: RowTarget, code: string) => Promise<NamedRow>;

const sequenceOf = async (superuser: Superuser, kind: string, subject: string): Promise<number> => {
  const { rows } = await superuser.query(
    `SELECT sequence::int AS sequence FROM audit_events WHERE kind = $1 AND (subject = $2 OR chain LIKE '%:' || $2) ORDER BY sequence DESC LIMIT 1`,
    [kind, subject],
  );
  const [event] = rows as readonly { readonly sequence: number }[];
  if (event === undefined) throw new Error(`there is no ${kind} of ${subject}`);
  return event.sequence;
};

const idAt = async (superuser: Superuser, text: string, values: readonly unknown[]): Promise<string> => {
  const { rows } = await superuser.query(text, values);
  const [row] = rows as readonly { readonly id: string }[];
  if (row === undefined) throw new Error("there is nothing to attack");
  return row.id;
};

const signatureAt = (superuser: Superuser, { animalId }: RowTarget): Promise<string> =>
  idAt(
    superuser,
    "SELECT id::text FROM signatures WHERE subject IN (SELECT id::text FROM review_items WHERE animal_id = $1)",
    [animalId],
  );

const itemAt = (superuser: Superuser, { animalId }: RowTarget): Promise<string> =>
  idAt(superuser, "SELECT id::text FROM review_items WHERE animal_id = $1", [animalId]);

const onSignature =
  (change: string, kind = "changed"): RowAttack =>
  async (superuser, target, code) => {
    const id = await signatureAt(superuser, target);
    await pastTriggers(superuser, "signatures", () => superuser.query(change, [id]));
    const sequence = kind === "inserted" ? null : await sequenceOf(superuser, "SIGNED", id);
    return { study: code, subject: null, kind, sequence };
  };

const editSignature = (assignment: string): RowAttack =>
  onSignature(`UPDATE signatures SET ${assignment} WHERE id = $1`);

const onChange =
  (change: string, kind = "changed"): RowAttack =>
  async (superuser, { animalId, tag }, code) => {
    await pastTriggers(superuser, "animal_changes", () => superuser.query(change, [animalId]));
    const sequence = kind === "inserted" ? null : await sequenceOf(superuser, "ANIMAL_CHANGED", String(animalId));
    return { study: code, subject: `animal ${tag}`, kind, sequence };
  };

const editChange = (assignment: string): RowAttack =>
  onChange(`UPDATE animal_changes SET ${assignment} WHERE animal_id = $1`);

const onItem =
  (change: string, kind = "changed"): RowAttack =>
  async (superuser, target, code) => {
    const id = await itemAt(superuser, target);
    const sequence = kind === "inserted" ? null : await sequenceOf(superuser, "REVIEW_OPENED", id);
    await pastTriggers(superuser, "review_items", () => superuser.query(change, [id]));
    return { study: code, subject: `animal ${target.tag}`, kind, sequence };
  };

const onMembership =
  (change: string, kind = "changed"): RowAttack =>
  async (superuser, { userId, email }, code) => {
    await pastTriggers(superuser, "memberships", () => superuser.query(change, [userId]));
    const sequence = kind === "inserted" ? null : await sequenceOf(superuser, "MEMBERSHIP_CHANGED", email);
    return { study: code, subject: null, kind, sequence };
  };

const onAccount =
  (change: string, kind = "changed"): RowAttack =>
  async (superuser, { userId, email }) => {
    await pastTriggers(superuser, "users", () => superuser.query(change, [userId]));
    return {
      study: null,
      subject: `account:${userId}`,
      kind,
      sequence: await sequenceOf(superuser, "USER_CREATED", email),
    };
  };

const onEntry =
  (assignment: string): RowAttack =>
  async (superuser, { animalId, tag }, code) => {
    const { rows } = await superuser.query(
      `SELECT entry_id AS entry, sequence::int AS sequence FROM audit_events WHERE animal_id = $1 AND kind = 'ENTRY_CORRECTED'`,
      [animalId],
    );
    const [event] = rows as readonly { readonly entry: string; readonly sequence: number }[];
    await pastTriggers(superuser, "entries", () =>
      superuser.query(`UPDATE entries SET ${assignment} WHERE animal_id = $1 AND id = $2`, [animalId, event?.entry]),
    );
    return { study: code, subject: `animal ${tag}`, kind: "changed", sequence: event?.sequence ?? 0 };
  };

const onAnimal =
  (assignment: string): RowAttack =>
  async (superuser, { animalId, tag }, code) => {
    await pastTriggers(superuser, "animals", () =>
      superuser.query(`UPDATE animals SET ${assignment} WHERE id = $1`, [animalId]),
    );
    return { study: code, subject: `animal ${tag}`, kind: "changed", sequence: 1 };
  };

const onMark =
  (change: string): RowAttack =>
  async (superuser, { seed }, code) => {
    const signature = await idAt(
      superuser,
      "SELECT subject AS id FROM audit_events WHERE kind = 'AUDIT_REVIEWED' ORDER BY sequence OFFSET $1::int LIMIT 1",
      [seed],
    );
    await pastTriggers(superuser, "audit_reviews", () => superuser.query(change, [signature]));
    return { study: code, subject: null, kind: "", sequence: await sequenceOf(superuser, "AUDIT_REVIEWED", signature) };
  };

const SOMEBODY_ELSE = "(SELECT id FROM users WHERE email = 'tim@example.org')";

const ATTACKS: Readonly<Record<string, RowAttack>> = {
  "a signature's content edited": editSignature("content = replace(content, 'decision', 'decisions')"),
  "a signature's content edited and hashed again": editSignature(
    "content = content || ' ', content_hash = sha256(convert_to(content || ' ', 'UTF8'))",
  ),
  "a signature's hash edited": editSignature("content_hash = sha256('x')"),
  "a signature's meaning edited": editSignature("meaning = 'FOLLOW_UP'"),
  "a signature's signer edited": editSignature(`signer = ${SOMEBODY_ELSE}`),
  "a signature's printed name edited": editSignature("signer_name = 'Somebody Else'"),
  "a signature's email edited": editSignature("signer_email = 'tim@example.org'"),
  "a signature's instant edited by a second": editSignature("signed_at = signed_at - interval '1 second'"),
  "a signature put on something else": editSignature("subject = gen_random_uuid()::text"),
  "a signature's list edited": editSignature("list = gen_random_uuid()"),
  "a signature removed": onSignature("DELETE FROM signatures WHERE id = $1", "removed"),
  "a signature inserted": onSignature(
    `INSERT INTO signatures (id, study_id, signer, signer_name, signer_email, meaning, subject_kind, subject, content, content_hash, list, signed_at, created_in)
     SELECT gen_random_uuid(), study_id, signer, signer_name, signer_email, meaning, 'order', subject, content, content_hash, list, signed_at, created_in FROM signatures WHERE id = $1`,
    "inserted",
  ),
  "a membership's role changed": onMembership("UPDATE memberships SET role = 'study_director' WHERE user_id = $1"),
  "a membership inserted beside": onMembership(
    "INSERT INTO memberships (study_id, user_id, role) SELECT study_id, user_id, 'study_director' FROM memberships WHERE user_id = $1",
  ),
  "a membership removed": onMembership("DELETE FROM memberships WHERE user_id = $1", "removed"),
  "an account made administrator": onAccount("UPDATE users SET administrator = true WHERE id = $1"),
  "an account made auditor": onAccount("UPDATE users SET auditor = true WHERE id = $1"),
  "an account given a role in every study": onAccount(
    "UPDATE users SET every_study_roles = '{study_director}' WHERE id = $1",
  ),
  "an account renamed": onAccount("UPDATE users SET name = 'Somebody Else' WHERE id = $1"),
  "an account disabled": onAccount("UPDATE users SET disabled_at = clock_timestamp() WHERE id = $1"),
  "a second factor inserted": async (superuser, { userId }) => {
    await pastTriggers(superuser, "second_factors", () =>
      superuser.query(
        `INSERT INTO second_factors (user_id, sealed, key_id, set_at, recovery_salt)
         VALUES ($1, decode(repeat('00', 44), 'hex'), '0123456789abcdef', clock_timestamp(), decode(repeat('00', 16), 'hex'))`,
        [userId],
      ),
    );
    return { study: null, subject: `account:${userId}`, kind: "inserted", sequence: null };
  },
  "a second factor removed": async (superuser, { userId }) => {
    await superuser.query("BEGIN");
    await superuser.query("SET LOCAL doseline.origin = 'system'");
    await superuser.query("INSERT INTO audit_events (chain, kind) VALUES ('account:' || $1, 'SECOND_FACTOR_SET')", [
      userId,
    ]);
    await superuser.query("COMMIT");
    const sequence = await sequenceOf(superuser, "SECOND_FACTOR_SET", userId);
    return { study: null, subject: `account:${userId}`, kind: "removed", sequence };
  },
  "an animal change's reason edited": editChange("reason = 'Another reason'"),
  "an animal change's author edited": editChange(`changed_by = ${SOMEBODY_ELSE}`),
  "an animal change's old value edited": editChange(`before = '{"cage": "C9"}'`),
  "an animal change's new value edited": editChange(`after = '{"cage": "C9"}'`),
  "an animal change's instant edited": editChange("changed_at = changed_at - interval '1 day'"),
  "an animal change removed": onChange("DELETE FROM animal_changes WHERE animal_id = $1", "removed"),
  "an animal change inserted": onChange(
    `INSERT INTO animal_changes (id, study_id, animal_id, changed_by, reason, before, after, content_hash)
     SELECT gen_random_uuid(), study_id, animal_id, changed_by, 'Made up', after, before, content_hash FROM animal_changes WHERE animal_id = $1`,
    "inserted",
  ),
  "a review item removed": onItem("DELETE FROM review_items WHERE id = $1", "removed"),
  "a review item's impact edited": onItem(
    `UPDATE review_items SET impact = (impact::jsonb || '{"doses": []}')::json WHERE id = $1`,
  ),
  "a review item's cause edited": onItem("UPDATE review_items SET cause = 'late' WHERE id = $1"),
  "a review item inserted": onItem(
    `INSERT INTO review_items (study_id, animal_id, recorded_at, entry_id, cause, impact)
     SELECT r.study_id, r.animal_id, d.recorded_at, r.entry_id, r.cause, r.impact FROM review_items r
     JOIN decision_runs d ON (d.study_id, d.animal_id) = (r.study_id, r.animal_id) AND d.run_number = 1 WHERE r.id = $1`,
    "inserted",
  ),
  "a mark of review removed": async (...given) => ({
    ...(await onMark("DELETE FROM audit_reviews WHERE signature = $1")(...given)),
    kind: "removed",
  }),
  "a mark of review inserted beside": async (...given) => ({
    ...(await onMark(
      "INSERT INTO audit_reviews (study_id, exception, signature) SELECT study_id, 'LATE:made-up', signature FROM audit_reviews WHERE signature = $1",
    )(...given)),
    kind: "changed",
  }),
  "an entry's author edited": onEntry(`recorded_by = (SELECT id FROM users WHERE email = 'dora@example.org')`),
  "an entry's author taken away": onEntry("recorded_by = NULL"),
  "an entry's instant of storing edited": onEntry("stored_at = stored_at - interval '1 day'"),
  "an animal's registration put earlier": onAnimal("created_at = created_at - interval '1 day'"),
  "an animal's registration given to somebody else": onAnimal(`created_by = ${SOMEBODY_ELSE}`),
};

export const rowAttacks: readonly (readonly [name: string, attack: RowAttack])[] = Object.entries(ATTACKS);
