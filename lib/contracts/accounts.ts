import * as z from "zod";
import { STUDY_ROLES } from "../domain/access/permissions";
import { confirmation } from "./confirmation";
import { lineOfText, paragraph } from "./text";

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
  ...confirmation,
});

/** What the form is told once the password was right: a stranger never learns that a second factor is set. */
export const SIGN_IN_REFUSALS = ["CodeRequired", "CodeRefused", "CodeUsed", "CodeUnreadable"] as const;
export type SignInRefusal = (typeof SIGN_IN_REFUSALS)[number];

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

/** An account as an administrator looks after it. */
export const listedUser = user
  .extend({
    locked: z.boolean().meta({ description: "Whether too many wrong passwords or codes lock it just now" }),
    secondFactor: z.boolean().meta({ description: "Whether a code is asked for beside the password" }),
  })
  .meta({ id: "ListedUser" });
export type ListedUser = z.output<typeof listedUser>;

export const userList = z.object({ users: z.array(listedUser) }).meta({ id: "UserList" });

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

export const ownPasswordChange = z.strictObject({ ...confirmation, newPassword }).meta({ id: "OwnPasswordChange" });
export type OwnPasswordChange = z.output<typeof ownPasswordChange>;

/** One's own account, as one looks after it. */
export const ownAccount = z
  .object({
    email: z.string(),
    name: z.string(),
    secondFactor: z
      .object({
        setAt: z.iso.datetime(),
        recoveryCodesLeft: z.int().nonnegative(),
        readable: z.boolean().meta({
          description: "False where the server's secret has changed since: then only a recovery code is accepted",
        }),
      })
      .nullable()
      .meta({ description: "Null where none is set" }),
    sessions: z.int().nonnegative().meta({ description: "Sessions that are open, the one that asks included" }),
    tokens: z.int().nonnegative().meta({ description: "Personal tokens in use" }),
  })
  .meta({ id: "OwnAccount" });
export type OwnAccount = z.output<typeof ownAccount>;

/** Taking the second factor off one's own account: by somebody who has it. */
export const ownConfirmation = z.strictObject(confirmation).meta({ id: "OwnConfirmation" });

/** Begins a second factor; what it shows counts once a code was typed. */
export const factorSetUp = z.strictObject({ password: confirmation.password }).meta({ id: "SecondFactorSetUp" });

export const begunFactor = z
  .object({
    secret: z.string().meta({ description: "To type into an app: base 32" }),
    address: z.string().meta({ description: "The same as an otpauth address" }),
    picture: z.object({ size: z.int().positive(), path: z.string() }).meta({
      description: "That address as a QR code: the dark modules as an SVG path, and how many there are a side",
    }),
    minutes: z.int().positive().meta({ description: "How long it waits for its first code" }),
  })
  .meta({ id: "BegunSecondFactor" });
export type BegunFactor = z.output<typeof begunFactor>;

export const firstCode = z
  .strictObject({ code: z.string().min(1, "Type the code that the app shows").max(64) })
  .meta({ id: "FirstCode" });

export const setFactor = z
  .object({ recoveryCodes: z.array(z.string()).meta({ description: "Shown this once, and kept as hashes alone" }) })
  .meta({ id: "SecondFactor" });
export type SetFactor = z.output<typeof setFactor>;

/** An administrator says why a second factor is taken off somebody's account. */
export const factorRemoval = z
  .strictObject({ reason: paragraph(1000).meta({ description: "Why, in words; it stands in the audit trail" }) })
  .meta({ id: "SecondFactorRemoval" });
export type FactorRemoval = z.output<typeof factorRemoval>;

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
