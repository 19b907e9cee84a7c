import "server-only";

/** Of a row of `users`: an auditor whom no membership as auditor limits to some studies. */
export const AUDITS_EVERY_STUDY = `(users.auditor AND NOT EXISTS
      (SELECT FROM memberships WHERE memberships.user_id = users.id AND memberships.role = 'auditor'))`;
