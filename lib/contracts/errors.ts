/**
 * Every reason for which the product refuses a request, with its HTTP status. The code is the contract with programs,
 * the title is for people; what exactly was wrong stands in the `detail` and the `errors` of each answer.
 */
export const ERRORS = {
  // About the request as such: thrown by lib/server/http before any operation runs.
  MALFORMED_JSON: { status: 400, title: "The body is not well-formed JSON" },
  MALFORMED_REQUEST: { status: 400, title: "The request cannot be read" },
  FOREIGN_ORIGIN: { status: 403, title: "The request comes from another site" },
  NOT_FOUND: { status: 404, title: "Not found" },
  METHOD_NOT_ALLOWED: { status: 405, title: "This address does not take that method" },
  BODY_TOO_LARGE: { status: 413, title: "The body is too large" },
  WRONG_CONTENT_TYPE: { status: 415, title: "The body must be application/json" },
  INVALID_INPUT: { status: 422, title: "Some fields are not valid" },
  TOO_MANY_REQUESTS: { status: 429, title: "Too many attempts" },
  INTERNAL: { status: 500, title: "Something went wrong on the server" },
  DATABASE_UNAVAILABLE: { status: 503, title: "The database cannot be reached" },

  // About who asks: lib/server/auth.
  NOT_SIGNED_IN: { status: 401, title: "Sign in first" },
  FORBIDDEN: { status: 403, title: "Your role does not allow this" },
  WRONG_PASSWORD: { status: 403, title: "The password is not right" },
  CODE_REQUIRED: { status: 403, title: "The code of the second factor is missing" },
  WRONG_CODE: { status: 403, title: "The code of the second factor is not right" },
  SECOND_FACTOR_UNREADABLE: { status: 409, title: "The second factor was set under another secret of the server" },

  // About fields: they stand in `errors[].code`, inside INVALID_INPUT.
  REQUIRED: { status: 422, title: "The field is missing" },
  WRONG_TYPE: { status: 422, title: "The field has the wrong type" },
  UNKNOWN_KEY: { status: 422, title: "There is no such field" },
  REPEATED_KEY: { status: 422, title: "Field given twice" },
  INVALID_FORMAT: { status: 422, title: "The field is not written as it must be" },
  INVALID_VALUE: { status: 422, title: "The field does not take this value" },
  OUT_OF_RANGE: { status: 422, title: "The field is out of range" },
  FORBIDDEN_CHARACTER: { status: 422, title: "The text holds a character that cannot be stored" },
  TOO_DEEP: { status: 422, title: "The document is nested too deeply" },

  // Accounts: lib/server/operations/accounts.
  EMAIL_TAKEN: { status: 409, title: "Another account has this email" },
  UNKNOWN_USER: { status: 422, title: "There is no such account" },
  ROLES_CONFLICT: { status: 422, title: "These roles exclude each other" },
  WEAK_PASSWORD: { status: 422, title: "The password is too easy to guess" },
  SECOND_FACTOR_SET: { status: 409, title: "The account has a second factor already" },
  NO_SECOND_FACTOR: { status: 409, title: "The account has no second factor" },
  NO_SET_UP: { status: 409, title: "No second factor is being set up" },

  // Studies, protocol, animals.
  STUDY_EXISTS: { status: 409, title: "Another study has this code" },
  GROUPS_FIXED: { status: 422, title: "The dose groups of a signed protocol stay as they are" },
  NO_PROTOCOL_DRAFT: { status: 409, title: "There is no protocol to sign" },
  PROTOCOL_CHANGED: { status: 409, title: "The protocol has changed since it was read" },
  INVALID_PROTOCOL: { status: 422, title: "The protocol is not valid" },
  UNKNOWN_GROUP: { status: 422, title: "The study has no such group" },
  GROUP_IN_USE: { status: 409, title: "Animals belong to this group" },
  ANIMAL_EXISTS: { status: 409, title: "Another animal has this tag" },
  ANIMAL_DOSED: { status: 409, title: "The animal keeps its group: it was dosed, or its dose ordered" },
  CHANGE_CONFLICT: { status: 409, title: "Another change has this id" },
  NOTHING_TO_CHANGE: { status: 422, title: "The record says this already" },
  REPEATED_ANIMAL: { status: 422, title: "The tag occurs twice" },

  // Entries: lib/server/operations/entries.
  UNKNOWN_ANIMAL: { status: 422, title: "The study has no such animal" },
  UNKNOWN_ENTRY: { status: 422, title: "The study has no such entry" },
  REPEATED_ENTRY: { status: 422, title: "The id occurs twice" },
  ENTRY_CONFLICT: { status: 409, title: "Another entry has this id" },
  ENTRY_CHANGED: { status: 409, title: "The entry has been corrected or voided since it was read" },
  ENTRY_IN_THE_FUTURE: { status: 422, title: "The entry was observed in the future" },
  BEFORE_BIRTH: { status: 422, title: "The entry was observed before the animal's birth" },
  IMPOSSIBLE_VALUE: { status: 422, title: "No animal can have this value" },
  REASON_REQUIRED: { status: 422, title: "The dose is a deviation, and its reason is missing" },
  ANIMAL_OFF_STUDY: { status: 422, title: "The animal had left the study" },
  ANIMAL_WITHOUT_GROUP: { status: 422, title: "The animal has no dose group" },
  STUDY_NOT_ACTIVE: { status: 409, title: "The protocol has not been signed" },

  // Signatures and the life of a study: lib/server/operations/signatures, lib/server/operations/studies.
  SIGNATURE_CONFLICT: { status: 409, title: "Another signature has this id" },
  UNKNOWN_REVIEW: { status: 422, title: "The study has no such item to review" },
  SIGNED_ALREADY: { status: 409, title: "This has been signed already" },
  SIGNED_CONTENT_CHANGED: { status: 409, title: "What is to be signed has changed since it was read" },
  STUDY_LOCKED: { status: 409, title: "The study is locked or archived" },
  STUDY_NOT_LOCKED: { status: 409, title: "The study is not locked" },

  // Bundles: lib/server/operations/studies.
  INVALID_BUNDLE: { status: 422, title: "The bundle is not valid" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ErrorCode = keyof typeof ERRORS;
