import * as z from "zod";
import { STUDY_ROLES } from "../domain/access/permissions";
import { lineOfText } from "./text";

/** Emails are compared without regard to case, and stored in lower case. ASCII only: no look-alike of another. */
export const accountEmail = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[a-z0-9!#$%&'*+/=?^_{|}~.-]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, "must be an email address");

/** Long enough that no other rule is needed; what is easy to guess nevertheless is refused by the operation. */
const newPassword = z.string().min(12, "must have at least 12 characters").max(256);

/** What the sign-in form sends; a wrong form is answered like a wrong password. */
export const credentials = z.object({
  email: accountEmail,
  password: z.string().min(1, "Type your password").max(1024),
});

/** The roles that an account can hold in every study, present and to come. */
const EVERY_STUDY_ROLES = ["technician", "study_director"] as const;

const everyStudyRoles = z
  .array(z.enum(EVERY_STUDY_ROLES))
  .max(EVERY_STUDY_ROLES.length)
  .meta({ description: "Roles in every study; a membership gives one in a single study" });

export const newUser = z
  .strictObject({
    email: accountEmail.meta({ example: "ana@example.org" }),
    name: lineOfText(120),
    password: newPassword,
    administrator: z.boolean().default(false),
    auditor: z.boolean().default(false).meta({ description: "Auditor of every study" }),
    everyStudyRoles: everyStudyRoles.default([]),
  })
  .meta({ id: "NewUser" });
export type NewUser = z.output<typeof newUser>;

export const user = z
  .object({
    email: z.string(),
    name: z.string(),
    administrator: z.boolean(),
    auditor: z.boolean(),
    everyStudyRoles: z.array(z.enum(EVERY_STUDY_ROLES)),
    disabled: z.boolean(),
  })
  .meta({ id: "User" });
export type User = z.output<typeof user>;

export const userList = z.object({ users: z.array(user) }).meta({ id: "UserList" });

/** Every key that is given is changed; a change of access ends the person's sessions. */
export const userChange = z
  .strictObject({
    name: lineOfText(120).optional(),
    password: newPassword.optional(),
    administrator: z.boolean().optional(),
    auditor: z.boolean().optional(),
    everyStudyRoles: everyStudyRoles.optional(),
    disabled: z.boolean().optional(),
    signOut: z.literal(true).optional().meta({ description: "Ends every session and token of the account" }),
  })
  .meta({ id: "UserChange" });
export type UserChange = z.output<typeof userChange>;

export const ownPasswordChange = z
  .strictObject({ password: z.string().min(1, "Type your password").max(1024), newPassword })
  .meta({ id: "OwnPasswordChange" });
export type OwnPasswordChange = z.output<typeof ownPasswordChange>;

export const userParams = z.object({ email: z.string().min(1).max(300) });

/** All the roles of one person in one study; none takes the person out of it. */
export const membershipChange = z
  .strictObject({ email: accountEmail, roles: z.array(z.enum(STUDY_ROLES)).max(STUDY_ROLES.length) })
  .meta({ id: "MembershipChange" });
export type MembershipChange = z.output<typeof membershipChange>;

export const memberList = z
  .object({
    members: z.array(z.object({ email: z.string(), name: z.string(), roles: z.array(z.enum(STUDY_ROLES)) })),
  })
  .meta({ id: "MemberList" });
export type Member = z.output<typeof memberList>["members"][number];
export type MemberList = { readonly members: readonly Member[] };
